"""How a plan's days are weighed: MME under a table over several opioids, or one drug's own amount."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import frozen

from medsteward.mme.reckon import Bands, NoFactor, bands_for
from medsteward.model.amount import Amount
from medsteward.model.unit import Dimension, Unit
from medsteward.schedules.drafting import Scales
from medsteward.schedules.plan import Course, Request
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.supply import Track
from medsteward.tables.table import FactorTable, factor_for


@frozen
class _Rated:
    """One track's factors, what turns its day's amount into what they are per, and which total chooses among them."""

    bands: Bands
    scale: Fraction
    unit: Unit
    total: int


def factors_of(track: Track, table: FactorTable) -> Bands | None:
    """The factors of a track, or None where the table has none (and for every drug that is not an opioid)."""
    if not track.drug_class.is_opioid_agonist:
        return None
    found = bands_for(table, track.drug, track.route, track.form, track.daily_unit.dimension)
    return None if isinstance(found, NoFactor) else found


def scales_of(request: Request, table: FactorTable) -> Scales:
    """The scales of every course of a request, and the MME over all of its opioids."""
    return Scales(
        tuple(_weigh(course, table) for course in request.courses),
        mme_over([track for course in request.courses for track in course.tracks], table),
    )


def _weigh(course: Course, table: FactorTable) -> Callable[[tuple[Fraction, ...]], Fraction]:
    if course.total_unit is not Unit.MME_PER_D:
        return _sum
    mme = mme_over(course.tracks, table)

    def weigh(amounts: tuple[Fraction, ...]) -> Fraction:
        found = mme(amounts)
        if found is None:
            names = ", ".join(dict.fromkeys(track.drug for track in course.tracks))
            raise NotPossible(f"{table.id} has not a factor for each of {names}, so no plan in MME can be counted")
        return found

    return weigh


def _sum(amounts: tuple[Fraction, ...]) -> Fraction:
    return sum(amounts, Fraction(0))


def mme_over(tracks: Sequence[Track], table: FactorTable) -> Callable[[tuple[Fraction, ...]], Fraction | None]:
    """A function from the day's amounts of these tracks to MME per day.

    Drugs that are no opioids count nothing. None: there is no opioid, or the table gives one of those taken no factor.
    A banded factor is chosen by the day's total of the ingredient, as everywhere.
    """
    opioids = [(place, track) for place, track in enumerate(tracks) if track.drug_class.is_opioid_agonist]
    rated: dict[int, _Rated] = {}
    totalled: dict[tuple[str, Dimension], int] = {}
    for place, track in opioids:
        bands = factors_of(track, table)
        if bands is not None:
            unit = bands[0].per
            total = totalled.setdefault((track.drug, unit.dimension), len(totalled))
            rated[place] = _Rated(bands, track.daily_unit.scale / unit.scale, unit, total)

    is_banded = any(len(each.bands) > 1 for each in rated.values())

    def mme(amounts: tuple[Fraction, ...]) -> Fraction | None:
        if not opioids or any(amounts[place] and place not in rated for place, _ in opioids):
            return None
        totals = [Fraction(0)] * len(totalled)
        for place, each in rated.items() if is_banded else ():
            totals[each.total] += amounts[place] * each.scale * each.unit.scale
        result = Fraction(0)
        for place, each in rated.items():
            if not amounts[place]:
                continue
            band = each.bands[0]
            if len(each.bands) > 1:
                band = factor_for(each.bands, Amount(totals[each.total] / each.unit.scale, each.unit))
            assert band.value is not None
            result += amounts[place] * each.scale * band.value
        return result

    return mme
