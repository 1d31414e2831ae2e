"""Earlier decisions about findings: ``RULE=REASON``, or the ``acknowledged`` part of an earlier check document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from medsteward.errors import UnreadableInput
from medsteward.model.acknowledgement import Acknowledgement, Reason
from medsteward.model.number import exact_number


def read_acknowledgement(text: str, *, on: date) -> Acknowledgement:
    """``DDI-001=will_monitor`` as a decision made on a day. Refuses (``UnreadableInput``) other text."""
    rule, mark, code = text.partition("=")
    reason = Reason.named(code) if mark else None
    if reason is None:
        codes = ", ".join(each.code for each in Reason)
        raise UnreadableInput(
            f'"{text[:60]}"', f"write RULE=REASON, as in DDI-001=will_monitor; the reasons are {codes}"
        )
    return Acknowledgement(rule.strip().upper(), reason, on)


def read_acknowledged(document: Any, name: str) -> tuple[Acknowledgement, ...]:
    """The decisions kept in an earlier ``medsteward.check/1`` document, with the case as it was then."""
    found = document.get("acknowledged") if isinstance(document, Mapping) else None
    if not isinstance(found, list):
        raise UnreadableInput(name, 'it holds no "acknowledged" list; give the JSON that `medsteward check` wrote')
    return tuple(_one(each, name) for each in found)


def _one(table: Any, name: str) -> Acknowledgement:
    try:
        reason = Reason.named(table["reason"])
        doses = table.get("doses")
        if reason is None:
            raise ValueError(table["reason"])
        return Acknowledgement(
            rule=str(table["rule"]),
            reason=reason,
            on=date.fromisoformat(table["on"]),
            note=str(table.get("note") or ""),
            drugs=_texts(table.get("drugs")),
            doses=None if doses is None else tuple((str(drug), _dose(dose)) for drug, dose in doses.items()),
            sedatives=_texts(table.get("sedatives")),
            conditions=_texts(table.get("conditions")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UnreadableInput(name, "an acknowledged finding in it is not as `medsteward check` writes it") from None


def _texts(value: Sequence[Any] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(str(each) for each in value)


def _dose(value: Any) -> Fraction | None:
    if value is None:
        return None
    number = exact_number(value)
    if number is None:
        raise ValueError(value)
    return number
