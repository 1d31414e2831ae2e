"""The MME that a record itself states, held against ours. It is kept and compared, never trusted."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction

from attrs import frozen

from medsteward.fills.left_out import BUPRENORPHINE
from medsteward.fills.supply import MILLIONTHS, FillStatus, FillSupply, supply_of
from medsteward.model.fill import Fill, Reported
from medsteward.tables.table import FactorTable


class Cause(Enum):
    """Why a reported MME differs from ours."""

    BUPRENORPHINE = "buprenorphine"
    PATCH_WEAR = "patch wear"
    TABLE = "table vintage"
    NO_FACTOR = "no factor"
    OPIOID_USE_DISORDER = "opioid use disorder"
    NOT_AN_OPIOID = "not an opioid"
    UNKNOWN = "not explained"


@frozen
class ReportedDifference:
    """A reported MME per day that is not ours (None: we have none). ``tables`` are those that give the reported one."""

    reported: Fraction
    ours: int | None
    cause: Cause
    tables: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The reason in words."""
        as_in = f"; {', '.join(self.tables)} would give it" if self.tables else ""
        return {
            Cause.BUPRENORPHINE: f"buprenorphine: tables differ on whether it has MME{as_in}",
            Cause.PATCH_WEAR: f"patch wear: strength x quantity / days' supply was not corrected for it{as_in}",
            Cause.TABLE: f"table vintage: another edition's factor{as_in}",
            Cause.NO_FACTOR: f"the table used has no factor for it{as_in}",
            Cause.OPIOID_USE_DISORDER: "treatment of opioid use disorder has no MME",
            Cause.NOT_AN_OPIOID: "this is not an opioid, so it has no MME",
            Cause.UNKNOWN: "no factor table here gives the reported figure; check strength, quantity and days' supply",
        }[self.cause]


def difference(
    fill: Fill, supply: FillSupply, table: FactorTable, others: Sequence[FactorTable]
) -> ReportedDifference | None:
    """How the reported MME of a fill differs, and why; None where it agrees as far as it is printed, or is not there.

    ``others`` are the tables that may explain a difference.
    """
    reported = fill.reported
    if reported is None:
        return None
    ours = supply.mme
    if _is(reported, ours if ours is not None else 0):
        return None
    if supply.is_excluded:
        return ReportedDifference(reported.value, None, Cause.OPIOID_USE_DISORDER)
    if not supply.is_opioid:
        return ReportedDifference(reported.value, None, Cause.NOT_AN_OPIOID)
    given = []
    uncorrected = supply.formula_mme is not None and _is(reported, supply.formula_mme)
    for other in others:
        if other is table:
            continue
        found = supply_of(supply.dispensed, other)
        if not isinstance(found, FillSupply) or found.status is not FillStatus.COUNTED:
            continue
        if found.mme is not None and _is(reported, found.mme):
            given.append(other.id)
        elif found.formula_mme is not None and _is(reported, found.formula_mme):
            uncorrected = True
            given.append(other.id)
    if BUPRENORPHINE in supply.drug:
        cause = Cause.BUPRENORPHINE
    elif uncorrected:
        cause = Cause.PATCH_WEAR
    elif supply.status is FillStatus.NO_FACTOR:
        cause = Cause.NO_FACTOR
    else:
        cause = Cause.TABLE if given else Cause.UNKNOWN
    return ReportedDifference(reported.value, ours, cause, () if uncorrected and ours is not None else tuple(given))


def _is(reported: Reported, mme: int) -> bool:
    """Whether millionths of an MME are what is printed, at the places it is printed with."""
    off = abs(reported.value - Fraction(mme, MILLIONTHS))
    return off <= Fraction(1, 2 * 10**reported.places)
