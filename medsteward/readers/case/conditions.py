"""Conditions as a case or an option states them, to the fields of a patient. What is not read is a problem."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.model.problem import Caution, Problem

WHERE = "patient.conditions"
_LONGEST = 60


@frozen
class ConditionsStated:
    """What conditions state: by our names, and what of it belongs to other fields."""

    conditions: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    indication: str | None = None
    child_pugh: str | None = None
    gestational_weeks: int | None = None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    in_remission: tuple[str, ...] = ()


def read_conditions(texts: Sequence[str]) -> ConditionsStated:
    """Read conditions: phrases, and codes of the systems that are known. Never raises for the content."""
    from medsteward.patient.conditions.reading import Reading, joined
    from medsteward.patient.conditions.stated import read_stated

    readings: list[Reading] = []
    problems: list[Problem] = []
    for text in texts:
        found = read_stated(text)
        if found.reading.understood:
            readings.append(found.reading)
        else:
            problems.append(unread_condition(text, WHERE, found.near, found.hint))
    all_ = joined(readings)
    cautions = [Caution("COND-102", each, WHERE) for each in all_.asks]
    cautions += [Caution("COND-103", each, WHERE) for each in all_.refused]
    return ConditionsStated(
        conditions=all_.conditions,
        contexts=all_.contexts,
        indication=all_.indications[0] if len(all_.indications) == 1 else None,
        child_pugh=all_.child_pugh,
        gestational_weeks=all_.gestational_weeks,
        problems=tuple(problems),
        cautions=tuple(cautions),
        in_remission=all_.in_remission,
    )


def unread_condition(text: str, where: str, near: Sequence[str], hint: str = "") -> Problem:
    """The problem of a condition that is not read."""
    said = " ".join(text[:_LONGEST].split())
    if near:
        advice = f"; did you mean {' or '.join(near)}?"
    elif hint:
        advice = f": {hint}"
    else:
        advice = "; write it another way, several apart, or its code"
    return Problem("COND-001", where, f'"{said}" is not a condition we know{advice}', tuple(near), "condition", said)
