"""A line of a plan in another form or out of other products, and what is a rotation that nobody plans by a factor.

The same drug by the same route at the same total is a bridge. Labels give the total of IR to ER forms unchanged
(recalled); that ER to IR is its reverse, and for which drugs, is medsteward's own rule.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.advice.taper.courses import PlanningStops
from medsteward.advice.taper.other_forms import listed_strength, times_by_label
from medsteward.advice.taper.track_supplies import Making, alike_products, fewest_times, floor_of, least_of, supplies_of
from medsteward.advice.taper.tracks import may_end_at_bedtime
from medsteward.drugs.index import drug_of
from medsteward.drugs.matching import products_of
from medsteward.model.problem import Problem
from medsteward.model.product import Component, Product
from medsteward.schedules.moment import MOST_TIMES, Moment, moments_for
from medsteward.schedules.supply import OtherForm, OwnProduct, Supply, Track

BRIDGED = frozenset({"morphine", "oxycodone", "hydromorphone", "oxymorphone", "tapentadol", "tramadol"})
"""Opioids whose extended-release form may go on as the immediate-release one at the same total (ours)."""
_IR_A_DAY = 4
"""Doses a day of an immediate-release product of which no label is known (ours)."""


def rotation(what: str) -> PlanningStops:
    """Why a change of drug or route is refused, and what is done instead."""
    text = (
        f"{what} is a rotation, not a step: MME compares risk and gives no dose, and tolerance to the new medicine is "
        "not known. The prescriber chooses the new regimen and states it with its dose: "
        '--present "DRUG FORM=DOSE" --on DATE --why "..."'
    )
    return PlanningStops(Problem("TAPER-027", "replan", text))


def out_of_products(track: Track, own: Sequence[OwnProduct], making: Making, taken: Collection[str]) -> Track:
    """A line out of the user's own products of its drug. Raises ``PlanningStops`` where they are of another route."""
    here = [each for each in own if each.route == track.route]
    if not here:
        routes = " and ".join(dict.fromkeys(each.route for each in own))
        raise rotation(f"{track.drug} from {track.route} to {routes}")
    forms = list(dict.fromkeys((each.form, each.release) for each in here))
    now = (track.form, track.release or "IR")
    if now not in forms:
        form, release = forms[0]
        mine = [each for each in here if (each.form, each.release) == (form, release)]
        return in_form(track, OtherForm(form, release), evolve(making, products=tuple(mine)), taken)
    mine = [each for each in here if (each.form, each.release) == now]
    product = Product((Component(track.drug),), form=track.form, route=track.route, release=track.release)
    making = evolve(making, products=tuple(mine))
    return evolve(track, supplies=supplies_of(product, track.drug, track.release, (), making))


def in_form(track: Track, asked: OtherForm, making: Making, taken: Collection[str]) -> Track:
    """A line at its doses before the plan in another form by the same route. ``taken`` are names of other lines.

    Raises ``PlanningStops`` for a rotation, a form that is not bridged, and one that is not sold.
    """
    product = asked_product(track, asked, making)
    _refuse_base(track, product)
    return of_product(track, product, making, taken)


def asked_product(track: Track, asked: OtherForm, making: Making) -> Product:
    """What a line is asked to be dispensed as. Raises ``PlanningStops`` for a rotation, and where it is not clear."""
    own = [each for each in making.products if (each.form, each.route) == (asked.form, track.route)]
    listed = [each.product for each in products_of(frozenset({track.drug})) if each.product.form == asked.form]
    if not own and listed and all(each.route != track.route for each in listed):
        raise rotation(f"{track.drug} from {track.form} to {asked.form}")
    if track.wear_days is not None or asked.form == "patch":
        raise rotation(f"{track.drug} from {track.form} to {asked.form}")
    here = [each for each in listed if each.route == track.route]
    if not own and not here:
        sold = dict.fromkeys(each.product.form for each in products_of(frozenset({track.drug})))
        raise _not_met(f"no {track.drug} {asked.form} is known; write one of {', '.join(filter(None, sold))}")
    release = asked.release or (own[0].release if own else _only({each.release or "IR" for each in here}))
    if release is None:
        raise _not_met(f'{track.drug} {asked.form}s are IR or ER; write which, as in --form "IR {asked.form}"')
    _refuse_release(track, asked.form, release)
    product = Product((Component(track.drug),), form=asked.form, route=track.route, release=release)
    if asked.form == "solution" and not own:
        weak = [each for each in products_of(frozenset({track.drug})) if _fits(each.product, product)]
        product = min(weak, key=listed_strength).product if weak else product
    return product


def of_product(track: Track, product: Product, making: Making, taken: Collection[str]) -> Track:
    """A line at its doses before the plan as a product of another form. ``taken`` are names of other lines.

    Raises ``PlanningStops`` for one that is not sold.
    """
    form, release = product.form or "", product.release or "IR"
    alike = alike_products(product, track.drug, making)
    supplies = supplies_of(product, track.drug, release, alike, making)
    if not supplies:
        raise _not_met(f"no {track.drug} {release} {form} can be dispensed; give what can be had with --products")
    times = len(track.doses)
    if release == "IR" and track.release == "ER":
        times = max(times, times_by_label(alike[0].interval) if alike else _IR_A_DAY)
    told = next(
        each
        for each in (release, f"{release} {form}", *(f"{release} {form} {n}" for n in range(2, 100)))
        if f"{track.drug} {each}" not in taken
    )
    doses = spread(track.daily, times, supplies, track.doses)
    least = least_of(product, track.drug, track.drug_class, alike)
    return evolve(
        track,
        form=form,
        release=release,
        doses=doses,
        supplies=supplies,
        least=least,
        floor=floor_of(product, doses, least, making),
        lowest=Fraction(0),
        present=supplies[0] if form == "solution" else None,
        fewest_times=fewest_times(alike, times) if release == "ER" and alike else 1,
        ends_at_bedtime=release == "ER" and may_end_at_bedtime(track.drug),
        most_units=None,
        told=told,
    )


def spread(
    daily: Fraction, times: int, supplies: Sequence[Supply], doses: Sequence[tuple[Moment, Fraction]] = ()
) -> tuple[tuple[Moment, Fraction], ...]:
    """A day's amount at so many times, as even as the products allow, the larger doses later; their own doses kept.

    The largest amount that they make, where they do not make this one.
    """
    piece = min(supply.strength * supply.part for supply in supplies)
    if len(doses) == times and all((amount / piece).denominator == 1 for _, amount in doses):
        return tuple(doses)
    pieces = int(daily / piece)
    times = max(1, min(times, MOST_TIMES, pieces))
    each, more = divmod(pieces, times)
    return tuple((moment, piece * (each + (place >= times - more))) for place, moment in enumerate(moments_for(times)))


def _refuse_release(track: Track, form: str, release: str) -> None:
    before = track.release or "IR"
    if before == release:
        return
    if release == "ER":
        raise rotation(f"{track.drug} from immediate release to an extended-release {form}")
    if track.drug not in BRIDGED:
        raise rotation(f"{track.drug} from extended release to an immediate-release {form}")


def _refuse_base(track: Track, asked: Product) -> None:
    """Refuse to go from a strength that is labeled as the base to one of a salt, or back, as if mg were the same."""
    now = Product((Component(track.drug),), form=track.form, route=track.route, release=track.release or "IR")
    before, after = _labeled_as_base(now), _labeled_as_base(asked)
    if before == after:
        return
    base, salt = (now, asked) if before else (asked, now)
    names = [" ".join(filter(None, (each.release, each.form))) for each in (base, salt)]
    share = label_share(track, asked)
    same = "" if share is None else f": by the labels {in_whole_mg(share)}. The plan has other lines"
    raise _not_met(
        f"{track.drug} {names[0]}s are labeled in mg of the base and {names[1]}s in mg of the salt, so the same mg is "
        f"another dose{same}, so the prescriber reads both labels and states the dose: "
        f'--present "{track.drug} {" ".join(filter(None, (asked.release, asked.form)))}=..." --on DATE --why "..."'
    )


def label_share(track: Track, asked: Product) -> Fraction | None:
    """How many mg on the label of a product are 1 mg on that of a line; None where no label says so."""
    now = Product((Component(track.drug),), form=track.form, route=track.route, release=track.release or "IR")
    before, after = _labeled_as_base(now), _labeled_as_base(asked)
    if before == after:
        return Fraction(1)
    of_base = drug_of(track.drug).of_base
    if of_base is None:
        return None
    return of_base.share if after else 1 / of_base.share


def in_whole_mg(share: Fraction) -> str:
    """A share of labels in words: 9 mg for each 10 mg of the label before."""
    return f"{share.numerator} mg are the same dose as {share.denominator} mg of the label before"


def _labeled_as_base(product: Product) -> bool:
    """Whether what is sold in this form is labeled in mg of the base."""
    alike = [each.product for each in products_of(frozenset({product.lead})) if _fits(each.product, product)]
    return bool(alike) and all(component.salt == _BASE for each in alike for component in each.components[:1])


_BASE = "base"
"""How the list of products says that a strength is of the base."""


def _only(releases: set[str]) -> str | None:
    return next(iter(releases)) if len(releases) == 1 else None


def _fits(product: Product, asked: Product) -> bool:
    return (product.form, product.route, product.release) == (asked.form, asked.route, asked.release)


def _not_met(text: str) -> PlanningStops:
    return PlanningStops(Problem("TAPER-024", "form", text))
