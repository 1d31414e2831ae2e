"""The check of a case, with the day's MME handed to the rules that ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.advice.case.mme import MmeReport, mme_per_day
from medsteward.advice.case.remind import day_mme, mme_if_all
from medsteward.interactions.check import check
from medsteward.interactions.result import CheckReport
from medsteward.model.acknowledgement import Acknowledgement
from medsteward.model.regimen import Case
from medsteward.tables.table import FactorTable


def check_case(
    case: Case,
    *,
    table: FactorTable,
    acknowledged: Sequence[Acknowledgement] = (),
    new_since: Case | None = None,
    counted: MmeReport | None = None,
) -> CheckReport:
    """Hold every rule against a case, with its MME under ``table``.

    A total that is not complete decides only where it reaches a figure already; below it, the rule stays unknown.
    ``counted`` is the case's MME where it has been counted before; an earlier case is counted for itself.
    """
    report = counted or mme_per_day(case, table=table)
    earlier = None if new_since is None else mme_per_day(new_since, table=table)
    mme, complete = day_mme(report)
    before, before_complete = (None, True) if earlier is None else day_mme(earlier)
    return check(
        case,
        mme=mme,
        mme_is_complete=complete,
        mme_if_all=mme_if_all(report),
        acknowledged=acknowledged,
        new_since=new_since,
        mme_before=before,
        mme_before_is_complete=before_complete,
        mme_before_if_all=None if earlier is None else mme_if_all(earlier),
    )
