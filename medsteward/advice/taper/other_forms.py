"""A medication line in another form, as it would be planned if it were written so: its track and its words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from attrs import evolve

from medsteward.advice.taper.track_supplies import (
    Making,
    alike_products,
    fewest_times,
    floor_of,
    least_of,
    supplies_of,
)
from medsteward.advice.taper.tracks import may_end_at_bedtime
from medsteward.drugs.matching import products_of
from medsteward.model.drug import ListedProduct
from medsteward.model.number import decimal_text
from medsteward.model.product import Component, Product
from medsteward.model.unit import Dimension, Unit
from medsteward.schedules.moment import MOST_TIMES, Moment, moments_for
from medsteward.schedules.plan import Request
from medsteward.schedules.supply import Track

_LIQUID = ("solution", "suspension")
_SOLID = ("capsule", "tablet", "orally disintegrating tablet")
_WRITTEN = 100
"""Parts of a mL that a volume is written in."""
_FEWEST_OF_IR = 3
"""Doses a day of an immediate-release product in place of an extended-release one, at least (ours)."""


def other_forms(track: Track, request: Request, *, own_products: bool = False) -> Iterator[Track]:
    """The track at the same daily amount as a liquid or in other solid forms, where listed products make its doses.

    Each is the track that its line, said anew, is read as, so that a command with that line gives the same plan.
    ``own_products``: only the user's own products of the present form were looked at, so it is one of them.
    """
    if track.wear_days is not None or track.unit is not Unit.MG:
        return
    making = Making(split=request.split, mark=None if request.by_volume else request.mark, floor=request.floor)
    for form, release in _forms(track, own_products):
        other = _turned(track, form, release, making)
        if other is not None:
            yield other


def _forms(track: Track, own_products: bool) -> list[tuple[str, str]]:
    if own_products:
        return [(track.form, track.release or "IR"), *_forms(track, False)]
    wanted = [(form, "IR") for form in _LIQUID]
    if track.release == "ER":
        wanted += [("capsule" if track.form == "tablet" else "tablet", "ER"), ("tablet", "IR")]
    elif track.form in _SOLID:
        wanted += [(form, "IR") for form in _SOLID]
    here = (track.form, track.release)
    return [each for each in wanted if each != here or _has_a_weaker(track)]


def _has_a_weaker(track: Track) -> bool:
    """Whether a weaker liquid of the drug is sold."""
    sold = [each for each in products_of(frozenset({track.drug})) if each.product.form == track.form]
    strengths = [listed_strength(each) for each in sold if each.in_fda_ndc_2025 != "not found"]
    return track.form in _LIQUID and bool(strengths) and min(strengths) < min(each.strength for each in track.supplies)


def listed_strength(listed: ListedProduct) -> Fraction:
    """The mg in one unit of a listed product or in one mL, or the mcg/h of a patch."""
    strength = listed.product.components[0].strength
    assert strength is not None
    rates = {Dimension.CONCENTRATION: Unit.MG_PER_ML, Dimension.RATE: Unit.MCG_PER_H}
    return strength.to(rates.get(strength.unit.dimension, Unit.MG)).value


def _turned(track: Track, form: str, release: str, making: Making) -> Track | None:
    """The track in another form, or None where that cannot be made."""
    product = Product((Component(track.drug),), form=form, route="oral", release=release)
    if form in _LIQUID:
        listed = [
            each
            for each in products_of(frozenset({track.drug}))
            if (each.product.form, each.product.release, each.product.route) == (form, release, "oral")
            and each.in_fda_ndc_2025 != "not found"
        ]
        if not listed:
            return None
        # one concentration, the weakest: its marks make the smallest steps
        product = min(listed, key=listed_strength).product
    alike = alike_products(product, track.drug, making)
    supplies = supplies_of(product, track.drug, release, alike, making)
    if not alike or not supplies:
        return None
    smallest = min(supply.strength * supply.part for supply in supplies)
    doses: tuple[tuple[Moment, Fraction], ...] | None = track.doses
    if release == "IR" and track.release == "ER":
        doses = _more_often(track, smallest, times_by_label(alike[0].interval))
    if doses is None:
        return None
    # the present dose need not stand at a mark: the first dose that is drawn up is the next lower one
    volumes = [amount / supplies[0].strength * _WRITTEN for _, amount in doses]
    made = volumes if form in _LIQUID else [amount / smallest for _, amount in doses]
    if any(each.denominator != 1 for each in made):
        return None
    least = least_of(product, track.drug, track.drug_class, alike)
    return evolve(
        track,
        form=form,
        release=release,
        doses=doses,
        supplies=supplies,
        present=supplies[0] if form in _LIQUID else None,
        fewest_times=fewest_times(alike, len(doses)) if release == "ER" else 1,
        ends_at_bedtime=release == "ER" and may_end_at_bedtime(track.drug),
        most_units=None,
        worn_together=(),
        least=least,
        floor=floor_of(product, doses, least, making),
        lowest=Fraction(0),
    )


def _more_often(track: Track, smallest: Fraction, most: int) -> tuple[tuple[Moment, Fraction], ...] | None:
    """The day's amount in equal doses, as often as the label of the shorter-acting product says, or nearly so."""
    for times in range(min(most, MOST_TIMES), max(_FEWEST_OF_IR, len(track.doses)) - 1, -1):
        if (track.daily / times / smallest).denominator == 1:
            return tuple((moment, track.daily / times) for moment in moments_for(times))
    return None


def times_by_label(interval: str) -> int:
    """How often a day a product is taken at least, by the hours that its label leaves between two doses."""
    hours = [int("".join(c for c in part if c.isdigit()) or 0) for part in interval.replace("-", " ").split()]
    longest = max([hour for hour in hours if hour], default=6)
    return ceil(24 / longest)


# --- words ------------------------------------------------------------------------------------------------------


_FEW = 3
"""Strengths that the name of a form lists; of more it names the range."""


def form_words(other: Track) -> str:
    """What a form is called as an alternative: ``immediate-release tablets 15/30 mg of morphine``."""
    if other.form in _LIQUID:
        return f"oral {other.form} {other.supplies[0].strength_words(other.unit)} of {other.drug}"
    known = [decimal_text(supply.strength) for supply in other.supplies]
    strengths = "/".join(known) if len(known) <= _FEW else f"{known[0]} to {known[-1]}"
    kind = "extended-release" if other.release == "ER" else "immediate-release"
    return f"{kind} {other.form}s {strengths} mg of {other.drug}"


def form_note(track: Track, other: Track) -> str:
    """What is to be known of a line in another form."""
    if track.release == "ER" and other.release == "IR":
        return "the same daily dose, taken more often; the first step already lowers it"
    return "the same daily dose in another form" if track.release == "ER" else ""
