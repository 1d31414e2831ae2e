"""Observations that hold facts of a patient under our own codes: weight, scores, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from medsteward.model.conditions import indication_of
from medsteward.model.number import decimal_text
from medsteward.model.patient_facts import (
    CHILD_PUGH,
    DAYS,
    DONE,
    FACTS,
    FLAGS,
    HIGHEST,
    LISTS,
    NUMBERS,
    SCORES,
    TEXTS,
    sex_named,
    unread_sex,
)
from medsteward.readers.fhir.element import (
    Remarks,
    Table,
    codes_in,
    first_day,
    flag_of,
    number_of,
    object_of,
    shown,
    span_of,
    text_of,
)

_HOLDS = frozenset({"final", "amended", "corrected"})
"""Statuses of an Observation that holds."""

Done = tuple[tuple[str, date | bool], ...]

_SYSTEMS = (FACTS, SCORES, DONE)


def is_fact(table: Table) -> bool:
    """Whether an Observation holds a fact under one of our codes."""
    code = table.get("code")
    return isinstance(code, dict) and bool(codes_in(code, _SYSTEMS))


def read_facts(found: Sequence[tuple[Table, str]], as_of: date, remarks: Remarks) -> tuple[dict[str, Any], Done]:
    """The facts by their names in ``Patient``, and what was done. Each Observation comes with its place.

    Of several of one fact the latest on the day counts; two different ones of one day are a problem, and neither does.
    """
    values: dict[tuple[str, str], list[tuple[date, Any, str]]] = {}
    for table, at, day in measured(found, as_of, remarks):
        for system in _SYSTEMS:
            for name in codes_in(object_of(table, "code", at, remarks), system)[:1]:
                value = _value(table, system, name, at, remarks)
                if value is not None:
                    values.setdefault((system, name), []).append((day, value, at))
    facts: dict[str, Any] = {}
    scores: list[tuple[str, Any]] = []
    done: list[tuple[str, date | bool]] = []
    for (system, name), each in values.items():
        latest = max(day for day, _, _ in each)
        same = list(dict.fromkeys(value for day, value, _ in each if day == latest))
        if system == FACTS and name in LISTS:
            facts[name] = tuple(same)
        elif len(same) > 1:
            remarks.problem("CASE-003", each[-1][2], f"two values of {shown(name)}; keep the one that is meant")
        elif system == FACTS:
            facts[name] = same[0]
        elif system == SCORES:
            scores.append((name, same[0]))
        else:
            done.append((name, same[0]))
    if scores:
        facts["scores"] = tuple(scores)
    return facts, tuple(done)


def _value(table: Table, system: str, name: str, at: str, remarks: Remarks) -> Any:
    """The value as the fact has it; None, with a problem noted, where it cannot be."""
    found: Any = None
    if system == SCORES:
        found = _number(table, name, None, at, remarks)
    elif system == DONE:
        flag = flag_of(table, "valueBoolean", at, remarks)
        found = flag if flag is not None else _day(table, at, remarks)
    elif name in NUMBERS:
        found = _number(table, name, NUMBERS[name][1], at, remarks)
    elif name in FLAGS:
        found = flag_of(table, "valueBoolean", at, remarks)
    elif name in DAYS:
        found = _day(table, at, remarks)
    elif name == "sex":
        found = sex_of(table, "valueString", at, remarks)
    elif name in TEXTS or name in LISTS:
        found = text_of(table, "valueString", at, remarks)
        if found is not None and not _is_allowed(name, found):
            remarks.problem("CASE-002", f"{at}.valueString", f'"{shown(found)}" is no {TEXTS.get(name, name)}')
            return None
    else:
        remarks.problem("FHIR-001", f"{at}.code", f'"{shown(name)}" is no fact that medsteward knows')
        return None
    if found is None and not any(problem.where.startswith(at) for problem in remarks.problems):
        remarks.problem("FHIR-001", at, f"{shown(name)} has no value of the kind that it needs")
    return found


def sex_of(table: Table, key: str, at: str, remarks: Remarks) -> str | None:
    """The sex in our word, ``unknown`` among them; None, with a problem noted, for a word that is not read."""
    text = text_of(table, key, at, remarks)
    name = None if text is None else sex_named(text)
    if text is not None and name is None:
        remarks.problem(
            "CASE-002", f"{at}.{key}", unread_sex(shown(text)), "female", "male", fact="sex", said=shown(text)
        )
    return name


def _is_allowed(name: str, text: str) -> bool:
    if name == "child_pugh":
        return text in CHILD_PUGH
    return name != "indication" or indication_of(text) is not None


def _day(table: Table, at: str, remarks: Remarks) -> date | None:
    return first_day(table, "valueDateTime", at, remarks)


def _number(table: Table, name: str, code: str | None, at: str, remarks: Remarks) -> Any:
    quantity = object_of(table, "valueQuantity", at, remarks)
    if quantity is None:
        return None
    place = f"{at}.valueQuantity"
    value = number_of(quantity, "value", place, remarks)
    if quantity.get("code") != code or quantity.get("comparator") is not None:
        what = "without a unit" if code is None else f"in {code}"
        remarks.problem("UNIT-001", place, f"{shown(name)} is a plain number {what}")
        return None
    if value is not None and value > HIGHEST.get(name, value):
        remarks.problem("NUM-002", f"{place}.value", f"{shown(name)} of {decimal_text(value)} cannot be meant")
        return None
    return value


def measured(found: Iterable[tuple[Table, str]], as_of: date, remarks: Remarks) -> Iterator[tuple[Table, str, date]]:
    """The Observations that hold on a day, each with its place and its own day; without one it is the oldest."""
    for table, at in found:
        status = table.get("status")
        if not isinstance(status, str) or status not in _HOLDS:
            continue
        day = _measured_on(table)
        if day is not None and day > as_of:
            remarks.caution("FHIR-102", f"a fact of {day} is later than the day asked about; it was not used", at)
            continue
        yield table, at, day or date.min


def _measured_on(table: Table) -> date | None:
    """The day that an Observation is of; None: it does not say."""
    period = table.get("effectivePeriod")
    texts = [table.get("effectiveDateTime"), table.get("effectiveInstant"), table.get("issued")]
    texts += [period.get("end"), period.get("start")] if isinstance(period, dict) else []
    spans = (span_of(text) for text in texts if isinstance(text, str))
    return next((span[0] for span in spans if span is not None), None)
