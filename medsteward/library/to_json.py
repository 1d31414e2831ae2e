"""Answers as plain data: the document that the command prints, ready for ``json.dumps`` or a web framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from importlib import import_module
from types import MappingProxyType
from typing import Any

from medsteward.errors import MedstewardError

WRITERS: Mapping[str, str] = MappingProxyType(
    {
        "About": "known.drugs:about_document",
        "Case": "case.document:case_document",
        "CheckReport": "check.document:document",
        "Comparison": "known.tables:diff_document",
        "FactorTable": "known.tables:show_document",
        "FillsReport": "fills.document:document",
        "Finding": "check.document:finding",
        "LimitsOf": "known.doses:show_document",
        "Line": "case.document:medication",
        "MmeReport": "mme.document:document",
        "PainMatch": "known.matching_json:document",
        "PlanReport": "plan.document:document",
        "Proposed": "proposed.document:document",
        "RemindReport": "remind.document:document",
        "Review": "review.document:document",
        "Revision": "plan.changes:revision_document",
        "ScheduleCheck": "held.document:document",
        "ScoreReport": "known.score_json:document",
        "TakenApart": "known.rxnorm_name:document",
        "Tally": "fills.document:last_document",
    }
)
"""The class of each answer, and what makes its document: a module of ``medsteward.writers`` and its function."""

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "AtLeast": "mme.document:total_figures",
        "Caution": "shared.problems:warning",
        "CompleteTotal": "mme.document:total_figures",
        "Problem": "shared.problems:problem",
        "Source": "shared.problems:source",
    }
)
"""Parts of answers, as the documents of the whole show them."""

LISTS: Mapping[str, str] = MappingProxyType(
    {
        "DoseLimit": "known.doses:list_document",
        "Drug": "known.drugs:list_document",
        "FactorTable": "known.tables:list_document",
        "Rule": "check.rules:document",
    }
)
"""What several of a kind are one document of; of anything else several are an array."""


class NoDocument(MedstewardError, TypeError):
    """A value that no document shows. ``kind`` is its class."""

    def __init__(self, kind: type) -> None:
        self.kind = kind
        super().__init__(
            f"medsteward writes no JSON of {kind.__module__}.{kind.__qualname__}; give an answer of a call"
        )


def to_json(found: object) -> Any:
    """An answer as the JSON document of the command that prints it: dicts, lists, texts, numbers, true, false, None.

    Several answers are an array, or the one document of a list (drugs, tables, dose limits, rules). Amounts, days and
    exact numbers are written as documents have them: at most six places, half up. Plain data stays as it is. Raises
    ``NoDocument`` (a ``TypeError``) for anything else.

    >>> from medsteward.model.amount import Amount
    >>> from medsteward.model.unit import Unit
    >>> to_json({"dose": Amount(Fraction(1, 3), Unit.MG)})
    {'dose': {'value': 0.333333, 'unit': 'mg'}}
    """
    name = type(found).__name__
    if type(found).__module__.startswith("medsteward."):
        where = WRITERS.get(name) or PARTS.get(name)
        if where is not None:
            return plain(_loaded(where)(found))
        if name == "NoTotal":
            return None  # as in the document: no figure, and problems say why
        if name in LISTS:
            return to_json([found])
        if name == "Amount":
            return _amount(found)
    if isinstance(found, list | tuple):
        return _several(found)
    return plain(found)


def _several(found: Sequence[object]) -> Any:
    kinds = {type(each).__name__ for each in found if type(each).__module__.startswith("medsteward.")}
    if len(kinds) == 1 and all(type(each).__name__ in kinds for each in found) and (where := LISTS.get(*kinds)):
        return plain(_loaded(where)(found))
    return [to_json(each) for each in found]


def plain(value: Any) -> Any:
    """A document without anything of ours in it. Raises ``NoDocument`` for what is not data."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Fraction):
        from medsteward.model.number import json_number

        return json_number(value) if value >= 0 else -json_number(-value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): to_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    raise NoDocument(type(value))


def _amount(found: Any) -> dict[str, Any]:
    return {"value": plain(found.value), "unit": found.unit.value}


def _loaded(where: str) -> Callable[[Any], Any]:
    module, _, function = where.partition(":")
    made: Callable[[Any], Any] = getattr(import_module(f"medsteward.writers.{module}"), function)
    return made
