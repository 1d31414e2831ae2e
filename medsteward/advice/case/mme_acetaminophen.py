"""Acetaminophen over all products of a case, beside its ceilings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medsteward.advice.case.mme_line import LineShare
from medsteward.advice.case.mme_report import Acetaminophen
from medsteward.caches import remembered
from medsteward.doses.acetaminophen import Adult, adult_of
from medsteward.doses.daily import Daily
from medsteward.mme.reckon import sum_daily
from medsteward.model.amount import Amount
from medsteward.model.problem import Caution
from medsteward.model.regimen import Patient
from medsteward.model.unit import Unit
from medsteward.tables.table import TableStatus as TableStatus


def acetaminophen_over_all(shares: Sequence[LineShare], patient: Patient, again: frozenset[int]) -> Acetaminophen:
    """``again``: the lines that would not count if each prescription counted once."""
    numbered = [
        (number, share)
        for number, share in enumerate(shares, start=1)
        if share.holds_acetaminophen or share.refused_acetaminophen
    ]
    return _in_all(
        tuple([share.acetaminophen for _, share in numbered if share.acetaminophen is not None]),
        tuple([each.acetaminophen for n, each in numbered if each.acetaminophen is not None and n not in again]),
        tuple([f"line {number}" for number, share in numbered if share.acetaminophen is None]),
        adult_of(patient),
    )


@remembered(4096)
def _in_all(
    found: tuple[Daily, ...], once: tuple[Daily, ...], missing: tuple[str, ...], adult: Adult | None
) -> Acetaminophen:
    """The same acetaminophen is the same object, so that what is said and written of it is found again."""
    from medsteward.limits.acetaminophen import ceilings_where  # lists without acetaminophen need no limits

    daily = sum_daily(found) if found else _NONE
    if_renewals = sum_daily(once).maximum if once and len(once) < len(found) else None
    return Acetaminophen(daily, ceilings_where(adult, daily), missing, if_renewals)


_NOTHING = Amount(Fraction(0), Unit.MG_PER_D)


_NONE = Daily(_NOTHING, None, _NOTHING)


@remembered(4096)
def acetaminophen_cautions(apap: Acetaminophen) -> tuple[Caution, ...]:
    """What to say of acetaminophen above a ceiling, or of a part of it that is not known."""
    found = []
    if apap.missing:
        found.append(
            Caution(
                "APAP-102",
                f"acetaminophen of {', '.join(apap.missing)} could not be counted; the total is at least this",
            )
        )
    above = [check for check in apap.ceilings if check.maximum_above and check.applies]
    if above:
        lowest = min(above, key=lambda check: check.ceiling.at.value)
        once = apap.if_renewals
        if once is None:
            tail = f", above {lowest.ceiling.at} ({lowest.ceiling.whose.value}); consider which product to change"
        else:
            beside = "above" if lowest.ceiling.at < once else "not above"
            tail = (
                f" if all lines are taken, above {lowest.ceiling.at} ({lowest.ceiling.whose.value}), and to {once} if "
                f"each prescription is taken once, {beside} it; ask which are taken"
            )
        found.append(Caution("APAP-101", f"acetaminophen over all products comes to {apap.daily.maximum}{tail}"))
    return tuple(found)
