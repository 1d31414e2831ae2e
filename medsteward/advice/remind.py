"""The reminders of a case, with the day's MME counted for it."""

from __future__ import annotations

from medsteward.advice.mme import MmeReport, mme_for_pain, mme_per_day
from medsteward.advice.recommendations import Recommendation, recommendations
from medsteward.mme.result import AtLeast, NoTotal
from medsteward.model.amount import Amount
from medsteward.model.regimen import Case
from medsteward.reminders.remind import remind
from medsteward.reminders.reminder import RemindReport
from medsteward.tables.table import FactorTable


def day_mme(report: MmeReport) -> tuple[Amount | None, bool]:
    """The day's MME of a report as reminders take it: the most that directions allow, and whether it is complete."""
    if isinstance(report.total, NoTotal):
        return None, True
    return report.total.maximum, not isinstance(report.total, AtLeast)


def reminders_for(case: Case, *, table: FactorTable, counted: MmeReport | None = None) -> RemindReport:
    """What to offer or do for a case on its day, with its MME under one table; ``counted``: where it is ready."""
    mme, complete = day_mme(counted or mme_per_day(case, table=table))
    return remind(case, mme=mme, mme_complete=complete)


def recommendations_for(
    case: Case, *, table: FactorTable, counted: MmeReport | None = None
) -> tuple[Recommendation, ...]:
    """The 12 recommendations of CDC 2022 for a case, with its MME under one table; ``counted``: where it is ready."""
    report = counted or mme_per_day(case, table=table)
    mme, complete = day_mme(report)
    return recommendations(case, mme=mme, mme_complete=complete, mme_for_pain=mme_for_pain(report))
