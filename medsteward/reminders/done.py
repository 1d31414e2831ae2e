"""What a case says has been done, checked against what reminders ask about."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from attrs import frozen

from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case
from medsteward.reminders.reminder import Kind

NAMES: Mapping[str, Kind] = MappingProxyType(
    {
        "bowel_regimen": Kind.BOWEL_REGIMEN,
        "naloxone": Kind.NALOXONE,
        "naloxone_on_hand": Kind.NALOXONE,
        "naloxone_expires": Kind.NALOXONE_EXPIRY,
        "screening": Kind.SCREENING,
        "pdmp": Kind.PDMP,
        "urine_drug_test": Kind.URINE_DRUG_TEST,
        "agreement": Kind.AGREEMENT,
        "reassess": Kind.REASSESS,
        "methadone_start": Kind.METHADONE_START,
        "ecg": Kind.ECG,
        "blood_pressure": Kind.BLOOD_PRESSURE,
    }
)
"""What may stand in a case's ``[done]`` table, and the reminder it is about. ``naloxone_expires`` is the printed day
of the naloxone at hand; every other is the last day it was done, or true."""

ALSO = ("treatment_plan", "pain_procedure")
"""Names that only the CDC recommendations ask about."""


@frozen
class Done:
    """What was done: the last day by kind, or True where the day is not stated; False: stated as not done."""

    facts: Mapping[Kind, date | bool]
    others: Mapping[str, date | bool]
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]

    def of(self, kind: Kind) -> date | bool | None:
        """The last day, or True; None where nothing is recorded, or that it was not done."""
        return self.facts.get(kind) or None

    def words(self, kind: Kind) -> str:
        """What is recorded of a kind."""
        record = self.of(kind)
        if isinstance(record, date):
            return f"last done on {record}"
        if record:
            return "done"
        return "stated as not done" if self.denies(kind) else "nothing is recorded as done"

    def denies(self, kind: Kind) -> bool:
        """Whether the case says that it was not done."""
        return self.facts.get(kind) is False


def read_done(case: Case) -> Done:
    """Sort the ``[done]`` table. Unknown names are problems; days after the day asked about are not counted."""
    facts: dict[Kind, date | bool] = {}
    others: dict[str, date | bool] = {}
    problems: list[Problem] = []
    cautions: list[Caution] = []
    for name, value in case.done:
        key = name.strip().casefold().replace("-", "_").replace(" ", "_")
        kind = NAMES.get(key)
        if kind is None and key not in ALSO:
            near = tuple(difflib.get_close_matches(key[:60], (*NAMES, *ALSO), n=3))
            text = f'"{name[:60]}" is not something reminders ask about; they know {", ".join((*NAMES, *ALSO))}'
            problems.append(Problem("DONE-001", f"done.{name[:60]}", text, near))
            continue
        if kind is Kind.NALOXONE_EXPIRY and not isinstance(value, date):
            problems.append(Problem("CASE-002", f"done.{name}", f"{name} is a day as in 2027-01-04"))
            continue
        if kind is not Kind.NALOXONE_EXPIRY and isinstance(value, date) and value > case.as_of:
            text = f"{name} is recorded for {value}, after {case.as_of}; it was not counted"
            cautions.append(Caution("DONE-101", text, f"done.{name}"))
            continue
        if kind is None:
            others[key] = value
        else:
            facts[kind] = _later(facts.get(kind), value)
    return Done(MappingProxyType(facts), MappingProxyType(others), tuple(problems), tuple(cautions))


def _later(one: date | bool | None, other: date | bool) -> date | bool:
    """The later of two records of the same; a day says more than True, and True more than False."""
    if isinstance(one, date) and isinstance(other, date):
        return max(one, other)
    return next((each for each in (one, other) if isinstance(each, date)), bool(one) or bool(other))
