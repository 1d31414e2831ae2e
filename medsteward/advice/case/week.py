"""What a list itself shows of opioid tolerance: the least MME of each of the last seven days."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve

from medsteward.advice.case.mme import mme_per_day
from medsteward.mme.result import NoTotal
from medsteward.model.amount import Amount
from medsteward.model.regimen import Case, Line
from medsteward.tables.table import FactorTable

WEEK_DAYS = 7
"""Days of at least 60 MME that make tolerant, by the labels' definition."""


def week_mme(case: Case, *, table: FactorTable) -> Amount | None:
    """The least MME a day over the seven days before the case's day, in MME/d; None: the list does not show it.

    Only opioid lines that state their first day count, and what is taken as needed counts as nothing: that it may be
    taken does not show that it was. Where lines may be one prescription, each counts once.
    """
    first = case.as_of - timedelta(days=WEEK_DAYS)
    if case.patient.opioid_tolerant is not None:
        return None
    lines = tuple([line for line in case.lines if line.start is not None and line.regimen is not None])
    lines = tuple([line for line in lines if _is_opioid(line)]) if lines else ()
    if not lines or not any(line.start is not None and line.start <= first for line in lines):
        return None
    counted: dict[tuple[Line, ...], Amount] = {}
    least: Amount | None = None
    for number in range(WEEK_DAYS):
        day = first + timedelta(days=number)
        active = tuple([line for line in lines if _is_taken(line, day)])
        found = counted.get(active)
        if found is None:
            total = mme_per_day(evolve(case, lines=active, as_of=day), table=table).total if active else None
            if total is None or isinstance(total, NoTotal):
                return None
            found = total.scheduled
            if total.if_renewals is not None and total.if_renewals.value < found.value:
                found = total.if_renewals
            counted[active] = found
        if least is None or found.value < least.value:
            least = found
    return least


def _is_opioid(line: Line) -> bool:
    return line.regimen is not None and line.regimen.product.is_opioid


def _is_taken(line: Line, day: date) -> bool:
    return line.is_active_on(day) and (line.lapsed is None or day < line.lapsed)
