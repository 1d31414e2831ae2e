"""The check of a case, with the day's MME handed to the rules that ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.remind import pictured
from medsteward.interactions.check import check_picture
from medsteward.interactions.result import CheckReport
from medsteward.model.acknowledgement import Acknowledgement
from medsteward.model.regimen import Case
from medsteward.patient.picture import Picture
from medsteward.tables.table import FactorTable


def check_case(
    case: Case,
    *,
    table: FactorTable,
    acknowledged: Sequence[Acknowledgement] = (),
    new_since: Case | None = None,
    picture: Picture | None = None,
) -> CheckReport:
    """Hold every rule against a case, with its MME under ``table``.

    A total that is not complete decides only where it reaches a figure already; below it, the rule stays unknown.
    ``picture`` is that of the case with its MME, where it is ready; an earlier case is counted for itself.
    """
    if picture is None:
        picture = pictured(case, mme_per_day(case, table=table))
    earlier = None if new_since is None else pictured(new_since, mme_per_day(new_since, table=table))
    return check_picture(picture, acknowledged=acknowledged, new_since=earlier)
