"""Answers to findings: ``RULE=REASON``, the ``acknowledged`` list of an earlier check document, or that of a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from medsteward.errors import UnreadableInput
from medsteward.model.acknowledgement import Acknowledgement, AnsweredMedicine, AnsweredState, Reason
from medsteward.model.number import exact_number
from medsteward.model.problem import Problem

MOST = 200
"""Answers that are read in one case or document."""
_MOST_TEXT = 1000
_SEVERITIES = ("info", "minor", "moderate", "major", "contraindicated")
_KEYS = (
    *("rule", "reason", "text", "note", "on", "until", "by", "drugs", "doses", "conditions", "age_band", "egfr_band"),
    *("prescribers", "severity", "tier", "rests_until", "expires", "sedatives", "finding"),
)
_EXAMPLE = 'as in { rule = "DDI-001", reason = "will_monitor", on = 2027-01-04 }'


def read_acknowledgement(text: str, *, on: date, by: str = "") -> Acknowledgement:
    """``DDI-001=will_monitor`` as an answer of a day. Refuses (``UnreadableInput``) other text."""
    rule, mark, code = text.partition("=")
    reason = Reason.named(code) if mark else None
    if reason is None:
        codes = ", ".join(each.code for each in Reason)
        raise UnreadableInput(
            f'"{text[:60]}"', f"write RULE=REASON, as in DDI-001=will_monitor; the reasons are {codes}"
        )
    return Acknowledgement(rule.strip().upper(), reason, on, by=by)


def read_acknowledged(document: Any, name: str) -> tuple[Acknowledgement, ...]:
    """The answers kept in an earlier ``medsteward.check/1`` document, with the state that each answered."""
    found = document.get("acknowledged") if isinstance(document, Mapping) else None
    if found is None and isinstance(document, Mapping) and isinstance(document.get("check"), Mapping):
        found = document["check"].get("acknowledged")  # a review holds its check
    if not isinstance(found, list):
        raise UnreadableInput(name, 'it holds no "acknowledged" list; give the JSON that `medsteward check` wrote')
    try:
        return tuple(_one(each) for each in found[:MOST])
    except ValueError as error:
        raise UnreadableInput(name, f"an acknowledged finding in it {error}") from None


def read_stated_acknowledgements(value: Any) -> tuple[tuple[Acknowledgement, ...], tuple[Problem, ...]]:
    """The ``acknowledged`` list of a case, and what of it was not understood: such an answer rests nothing."""
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        return (), (Problem("CASE-002", "acknowledged", f"acknowledged is a list of tables, {_EXAMPLE}"),)
    if len(value) > MOST:
        text = f"acknowledged has {len(value):,} answers; at most {MOST} are read, so none was"
        return (), (Problem("CASE-004", "acknowledged", text),)
    found: list[Acknowledgement] = []
    problems: list[Problem] = []
    for number, table in enumerate(value):
        where = f"acknowledged[{number}]"
        unknown = [str(key)[:30] for key in table if key not in _KEYS]
        if unknown:
            problems.append(Problem("CASE-001", where, f"{', '.join(unknown[:5])}: not a field of an answer we know"))
        try:
            found.append(_one(table))
        except ValueError as error:
            problems.append(Problem("CASE-002", where, f"this answer {error}, {_EXAMPLE}"))
    return tuple(found), tuple(problems)


def _one(table: Any) -> Acknowledgement:
    """One answer. Raises ``ValueError`` with what is wrong with it."""
    if not isinstance(table, Mapping):
        raise ValueError("is no table")
    reason = Reason.named(_text(table, "reason"))
    if reason is None:
        raise ValueError(f"needs a reason: {', '.join(each.code for each in Reason)}")
    rule = _text(table, "rule").strip().upper()
    if not rule:
        raise ValueError("names no rule")
    on = _day(table.get("on"))
    if on is None:
        raise ValueError("needs the day on which it was given (on)")
    return Acknowledgement(
        rule=rule,
        reason=reason,
        on=on,
        note=_text(table, "note"),
        by=_text(table, "by"),
        until=_day(table.get("until")),
        state=_state(table),
    )


def _state(table: Mapping[str, Any]) -> AnsweredState:
    medicines, drugs = _drugs(table)
    severity, tier = table.get("severity"), table.get("tier")
    if severity is not None and severity not in _SEVERITIES:
        raise ValueError(f"has a severity that is none of {', '.join(_SEVERITIES)}")
    if tier is not None and (type(tier) is not int or tier not in (1, 2, 3)):
        raise ValueError("has a tier that is not 1, 2 or 3")
    return AnsweredState(
        medicines=medicines,
        drugs=drugs,
        conditions=_texts(table, "conditions"),
        age_band=_text(table, "age_band") or None,
        kidney_band=_text(table, "egfr_band") or None,
        prescribers=_texts(table, "prescribers"),
        severity=severity,
        tier=tier,
    )


def _drugs(table: Mapping[str, Any]) -> tuple[tuple[AnsweredMedicine, ...] | None, tuple[str, ...] | None]:
    """Drugs with their doses, or by name alone: the one or the other."""
    value = table.get("drugs")
    if value is None:
        return None, None
    if not isinstance(value, list):
        raise ValueError("has drugs that are no list")
    if all(isinstance(each, Mapping) for each in value):
        return tuple(_medicine(each) for each in value), None
    return None, tuple(sorted({each.strip().casefold() for each in _texts(table, "drugs") or ()}))


def _medicine(table: Mapping[str, Any]) -> AnsweredMedicine:
    drug, unit = _text(table, "drug").strip().casefold(), table.get("unit")
    if not drug:
        raise ValueError("has a drug without a name")
    if unit not in (None, "mg/d", "mcg/h"):
        raise ValueError("has a dose in another unit than mg/d or mcg/h")
    daily = table.get("daily")
    number = None if daily is None else exact_number(daily)
    if daily is not None and number is None:
        raise ValueError("has a dose that is no number")
    return AnsweredMedicine(
        drug=drug,
        daily=number,
        is_rate=unit == "mcg/h",
        route=_text(table, "route") or None,
        release=_text(table, "release") or None,
        last_day=_day(table.get("last_day")),
    )


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise ValueError(f"has a {key} that is no text of at most {_MOST_TEXT:,} characters")
    return value


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    value = table.get(key)
    if value is None:
        return None
    if not _is_texts(value):
        raise ValueError(f"has {key} that are no list of texts")
    return tuple(value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and len(each) <= _MOST_TEXT for each in value)


def _day(value: Any) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("has a day that is not as 2027-01-04") from None
