"""The check of a case, with the day's MME handed to the rules that ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.advice.mme import mme_per_day
from medsteward.interactions.check import check
from medsteward.interactions.result import Acknowledgement, CheckReport
from medsteward.mme.result import AtLeast, NoTotal
from medsteward.model.regimen import Case
from medsteward.tables.table import FactorTable


def check_case(
    case: Case,
    *,
    table: FactorTable,
    acknowledged: Sequence[Acknowledgement] = (),
    new_since: Case | None = None,
) -> CheckReport:
    """Hold every rule against a case, with its MME under ``table``.

    A total that is not complete decides only where it reaches a figure already; below it, the rule stays unknown.
    """
    total = mme_per_day(case, table=table).total
    if isinstance(total, NoTotal):
        return check(case, acknowledged=acknowledged, new_since=new_since)
    return check(
        case,
        mme=total.maximum,
        mme_is_complete=not isinstance(total, AtLeast),
        acknowledged=acknowledged,
        new_since=new_since,
    )
