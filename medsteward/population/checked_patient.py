"""What `check` says of one patient's fills, as rows: the only place where a population is held against the rules."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from medsteward.advice.case.check import check_case
from medsteward.fills.by_day import days_in, joined
from medsteward.fills.case import case_of_fills
from medsteward.interactions.result import Finding
from medsteward.model.fill import History
from medsteward.population.engine import Value
from medsteward.tables.table import FactorTable


@frozen
class CheckedPatient:
    """One patient: each finding as a row, and whether the case was whole."""

    rows: tuple[tuple[Value, ...], ...]
    is_whole: bool


def check_patient(history: History, as_of: date, table: FactorTable) -> CheckedPatient:
    """What `check` says of one patient's fills."""
    case = case_of_fills(history, as_of=as_of, table=table)
    report = check_case(case, table=table)
    rows = tuple(_row(history.patient, each) for each in report.findings)
    return CheckedPatient(rows, not case.problems and not case.unread)


def _row(patient: str, found: Finding) -> tuple[Value, ...]:
    spans = [
        (each.first_day.toordinal(), each.last_day.toordinal())
        for each in found.overlaps
        if each.first_day is not None and each.last_day is not None
    ]
    days = days_in(joined(spans)) if spans and len(spans) == len(found.overlaps) else None
    return patient, found.id, found.severity.name.lower(), found.tier, days, ", ".join(found.drugs)
