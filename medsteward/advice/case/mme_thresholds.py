"""Which thresholds of a table a day's MME reaches, and whom a table is not for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medsteward.advice.case.mme_line import LineShare
from medsteward.advice.case.mme_report import MmeReport, ThresholdCheck
from medsteward.caches import remembered
from medsteward.mme.result import AtLeast, Entry, NoTotal, Total, mme_amount, total_of
from medsteward.model.amount import Amount
from medsteward.model.conditions import IMPLIES, Indication, indication_of
from medsteward.model.problem import Caution
from medsteward.model.regimen import Patient
from medsteward.model.source import Source, Standing
from medsteward.tables.table import FactorTable, Threshold
from medsteward.tables.table import TableStatus as TableStatus
from medsteward.thresholds import whole

ADULT_AGE = whole("adult_age")


_OUTSIDE_BY_CONDITION = {
    "cancer": Indication.CANCER_PAIN,
    "palliative care": Indication.PALLIATIVE_CARE,
    "end of life": Indication.PALLIATIVE_CARE,
    "sickle cell disease": Indication.SICKLE_CELL_PAIN,
}


def total_for_pain(entries: Sequence[Entry]) -> Total | None:
    """The part of the total that is for pain alone. None: all of it is, as in nearly every case."""
    counted = [entry for entry in entries if entry.mme is not None]
    pain = [entry.mme for entry in counted if entry.mme is not None and entry.oud.is_for_pain_alone]
    if len(pain) == len(counted):
        return None
    return total_of(pain, ()) if pain else NoTotal((), "no opioid is known to be for pain alone")


def mme_for_pain(report: MmeReport) -> Amount | None:
    """The most of the day in MME/d of the opioids that are surely for pain alone. None: none of them was counted.

    Lines that may be one prescription count once.
    """
    part = total_for_pain(report.entries if report.once is None else report.once)
    total = report.total if part is None else part
    return None if isinstance(total, NoTotal) else total.if_renewals or total.maximum


@remembered(8192)
def thresholds_reached(
    table: FactorTable, total: Total, part: Total | None, part_once: Total | None
) -> tuple[ThresholdCheck, ...]:
    """The thresholds held against what is for pain alone: ``part`` of the total; None: all of it.

    ``part_once`` is the same with each prescription once.

    What treats opioid use disorder, or may do so, is not judged by them.
    """
    pain = total if part is None else part
    if isinstance(total, NoTotal) or isinstance(pain, NoTotal):
        return ()
    both, low = "", total.if_renewals or total.maximum
    if part_once is not None:
        low = mme_amount(Fraction(0)) if isinstance(part_once, NoTotal) else part_once.maximum
    if total.if_renewals is not None:
        both = f"{total.maximum} in all, {total.if_renewals} with each prescription once"
    return tuple(
        _threshold(
            table,
            threshold,
            both,
            _reached(total, total.scheduled, pain.scheduled, threshold),
            _reached(total, total.maximum, pain.maximum, threshold),
            None if total.if_renewals is None else _reached(total, total.if_renewals, low, threshold),
        )
        for threshold in table.thresholds
    )


@remembered(256)
def _threshold(
    table: FactorTable,
    threshold: Threshold,
    figures: str,
    scheduled: bool | None,
    maximum: bool | None,
    if_renewals: bool | None,
) -> ThresholdCheck:
    place = Source(table.citation, threshold.where, table.year, table.url or _doi(table), Standing.VERIFIED, table.id)
    return ThresholdCheck(threshold, place, scheduled, maximum, if_renewals, figures)


def _doi(table: FactorTable) -> str | None:
    return f"https://doi.org/{table.doi}" if table.doi else None


def _reached(total: Total, figure: Amount, for_pain: Amount, threshold: Threshold) -> bool | None:
    """Compared exactly, never with the printed figure.

    None: not known, because the total is incomplete and below, or at the mark only with what is not surely for pain.
    """
    if for_pain.value >= threshold.at:
        return True
    return None if isinstance(total, AtLeast) or figure.value >= threshold.at else False


def outside_thresholds(patient: Patient, shares: Sequence[LineShare]) -> Indication | None:
    """The care that the guideline of the thresholds leaves out, if this is such care."""
    if patient.indication is not None:
        found = indication_of(patient.indication)
        if found is not None and found.is_outside_thresholds:
            return found
    for condition in patient.conditions:
        for name in (condition, *IMPLIES.get(condition, ())):
            if name in _OUTSIDE_BY_CONDITION:
                return _OUTSIDE_BY_CONDITION[name]
    return next((share.outside for share in shares if share.outside is not None), None) if shares else None


def table_cautions(table: FactorTable) -> tuple[Caution, ...]:
    """What should be known about a table wherever it is used."""
    return cautions_of_table(table, None)


@remembered(1024)
def cautions_of_table(table: FactorTable, age: int | None) -> tuple[Caution, ...]:
    """What to say of a table, and of a patient that it is not about by age."""
    found = []
    if table.status is not TableStatus.CURRENT:
        kind = "has been superseded" if table.status is TableStatus.SUPERSEDED else "is for research"
        found.append(Caution("MME-104", f"{table.id} {kind}; use it to compare, not to prescribe"))
    if age is not None and age < ADULT_AGE:
        found.append(Caution("MME-103", "MME tables are made for adults; this patient is under 18"))
    return tuple(found)
