"""What is stated of one medicine over all lines of it: the figures that limits are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from medsteward.doses.daily import daily_doses
from medsteward.doses.single import shortest_interval, single_doses, units_a_day
from medsteward.limits.limit import LimitKind
from medsteward.model.unit import Unit
from medsteward.patient.overlaps import EVER
from medsteward.patient.taken import TakenDrug

DAILY = (LimitKind.MAX_DAILY, LimitKind.START_DAILY_MAX, LimitKind.CAUTION_DAILY)
SINGLE = (LimitKind.MAX_SINGLE, LimitKind.FIRST_DOSE_MAX)

_TO_MG = {
    "mg": Fraction(1),
    "mg/d": Fraction(1),
    "mcg": Fraction(1, 1000),
    "mcg/d": Fraction(1, 1000),
    "g/d": Fraction(1000),
}


@frozen
class CaseDose:
    """One figure of a medicine, in ``unit``, and the lines that it comes from."""

    value: Fraction
    unit: str
    items: tuple[TakenDrug, ...]


def stated_dose(kind: LimitKind, unit: str, items: Iterable[TakenDrug]) -> CaseDose | None:
    """What is stated of what a limit of this kind and unit is about; None: nothing, or not all of it.

    A day's total of which a part is not known is what is known of it, where that is something: it is that or more.
    Lines that may be one prescription are added once.
    """
    found = tuple(items)
    if kind in DAILY:
        return _daily(unit, tuple(item for item in found if not item.again))
    if kind in SINGLE:
        return _largest(unit, found)
    if kind is LimitKind.MAX_RATE:
        return _rate(tuple(item for item in found if not item.again))
    if kind is LimitKind.MAX_PATCHES:
        return _patches(tuple(item for item in found if not item.again))
    if kind is LimitKind.MAX_COURSE_DAYS:
        return _course(found)
    if kind is LimitKind.MIN_INTERVAL_H:
        return _closest(found)
    return None


def _daily(unit: str, items: tuple[TakenDrug, ...]) -> CaseDose | None:
    if unit in ("tablets/d", "capsules/d"):
        counts = [(item, count) for item in items if (count := units_a_day(item.regimen)) is not None]
        return _sum(counts, unit)
    scale = _TO_MG.get(unit)
    if scale is None:
        return None
    return _sum([(i, i.part.daily_mg / scale) for i in items if i.part.daily_mg is not None], unit)


def _sum(parts: list[tuple[TakenDrug, Fraction]], unit: str) -> CaseDose | None:
    if not parts:
        return None
    return CaseDose(sum((value for _, value in parts), Fraction(0)), unit, tuple(item for item, _ in parts))


def _largest(unit: str, items: tuple[TakenDrug, ...]) -> CaseDose | None:
    scale = _TO_MG.get(unit)
    if scale is None:
        return None
    doses: list[tuple[Fraction, TakenDrug]] = []
    for item in items:
        single: Mapping[str, Fraction] = single_doses(item.regimen)
        if item.ingredient in single:
            doses.append((single[item.ingredient] / scale, item))
    if not doses:
        return None
    value, item = max(doses, key=lambda each: each[0])
    return CaseDose(value, unit, (item,))


def _rate(items: tuple[TakenDrug, ...]) -> CaseDose | None:
    rates: list[tuple[TakenDrug, Fraction]] = []
    for item in items:
        for dose in daily_doses(item.regimen).ingredients:
            if dose.ingredient == item.ingredient and dose.daily is not None and dose.daily.unit is Unit.MCG_PER_H:
                rates.append((item, dose.daily.maximum.value))
    return _sum(rates, "mcg/h")


def _patches(items: tuple[TakenDrug, ...]) -> CaseDose | None:
    worn = [
        (item, sum((t.dose.high.value for t in item.regimen.sig.takings if t.dose is not None), Fraction(0)))
        for item in items
        if item.part.form == "patch"
    ]
    return _sum([(item, count) for item, count in worn if count], "patches")


def _course(items: tuple[TakenDrug, ...]) -> CaseDose | None:
    """From the first day to the last, where every line has both; else the longest that a line says."""
    if all(item.since and item.until != EVER for item in items):
        days = Fraction(max(item.until for item in items) - min(item.since for item in items) + 1)
        return CaseDose(days, "d", items)
    said = []
    for item in items:
        days_said = item.regimen.sig.duration_days or item.regimen.days_supply
        if days_said is not None:
            said.append((days_said, item))
    if not said:
        return None
    longest, item = max(said, key=lambda each: each[0])
    return CaseDose(longest, "d", (item,))


def _closest(items: tuple[TakenDrug, ...]) -> CaseDose | None:
    intervals = [(hours, item) for item in items if (hours := shortest_interval(item.regimen)) is not None]
    if not intervals:
        return None
    hours, item = min(intervals, key=lambda each: each[0])
    return CaseDose(hours, "h", (item,))
