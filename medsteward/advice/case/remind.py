"""The reminders of a case, with the day's MME counted for it."""

from __future__ import annotations

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.advice.case.mme_thresholds import mme_for_pain
from medsteward.advice.case.recommendations import Recommendation, recommendations_of
from medsteward.advice.case.week import week_mme
from medsteward.mme.result import AtLeast, NoTotal
from medsteward.model.amount import Amount
from medsteward.model.regimen import Case
from medsteward.patient.picture import Picture
from medsteward.reminders.remind import remind_picture
from medsteward.reminders.reminder import RemindReport
from medsteward.reminders.risks import risks_of
from medsteward.tables.table import FactorTable


def day_mme(report: MmeReport) -> tuple[Amount | None, bool]:
    """The day's MME on which reminders, findings and recommendations may rest, and whether it is complete.

    It is the most that directions allow, in MME/d, with each prescription once where lines may be one prescription.
    """
    total = report.total
    if isinstance(total, NoTotal):
        return None, True
    return total.if_renewals or total.maximum, not isinstance(total, AtLeast)


def mme_if_all(report: MmeReport) -> Amount | None:
    """The higher figure, in MME/d, where lines may be one prescription and all of them are taken; else None."""
    total = report.total
    return None if isinstance(total, NoTotal) or total.if_renewals is None else total.maximum


def most_a_day(report: MmeReport) -> Amount | None:
    """The most that is taken a day if every line is, in MME/d: what a new opioid is added to. None: no figure."""
    return None if isinstance(report.total, NoTotal) else report.total.maximum


def pictured(case: Case, report: MmeReport) -> Picture:
    """The picture of a case with its MME as counted."""
    mme, complete = day_mme(report)
    week = week_mme(case, table=report.table)
    return Picture(case, mme=mme, mme_complete=complete, mme_if_all=mme_if_all(report), week_mme=week)


def reminders_for(case: Case, *, table: FactorTable) -> RemindReport:
    """What to offer or do for a case on its day, with its MME under one table."""
    picture = pictured(case, mme_per_day(case, table=table))
    return remind_picture(picture, risks_of(picture))


def recommendations_for(case: Case, *, table: FactorTable) -> tuple[Recommendation, ...]:
    """The 12 recommendations of CDC 2022 for a case, with its MME under one table."""
    report = mme_per_day(case, table=table)
    picture = pictured(case, report)
    return recommendations_of(picture, risks_of(picture), mme_for_pain=mme_for_pain(report))
