"""Out of which products a line can be dispensed: listed ones alike, own ones, and the present one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from attrs import evolve, frozen

from medsteward.drugs.index import drug_of
from medsteward.drugs.matching import products_of
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass, ListedProduct
from medsteward.model.labels import as_labelled
from medsteward.model.product import Component, Product
from medsteward.model.unit import Dimension, Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.supply import OwnProduct, Supply

_DAY = Fraction(24)
_HOURS = re.compile(r"\d+")
_LIQUIDS = ("solution", "suspension")


@frozen
class Making:
    """How tracks are made: own products in place of listed ones, tablets that may be split, the mark of a syringe.

    ``mark`` None: by the volume. ``taken_per_day`` is actual use by drug, for as-needed lines and for doses given as a
    range. ``as_written``: a combination stays one, where it would be lowered as the opioid alone. ``floor`` False: a
    liquid is lowered as far as it can be drawn up.
    """

    products: tuple[OwnProduct, ...] = ()
    split: bool = False
    mark: Fraction | None = None
    taken_per_day: tuple[tuple[str, Amount], ...] = ()
    as_written: bool = False
    floor: bool = True


# --- products ---------------------------------------------------------------------------------------------------


def alike_products(product: Product, lead: str, making: Making, times: int | None = None) -> tuple[ListedProduct, ...]:
    """Listed single-ingredient products of the same route, form and release, as sold now.

    A combination without any gives its own combination instead. Extended-release products of another labelled
    interval are other products: those of the line's own stay, else those that may be taken so many ``times`` a day,
    or most of them.
    """
    names = frozenset(component.ingredient for component in product.components)
    for ingredients in dict.fromkeys((names,) if making.as_written else (frozenset({lead}), names)):
        found = tuple(
            listed
            for listed in products_of(ingredients)
            if listed.product.form in _forms_together(product, lead)
            and listed.product.route == product.route
            and product.release in (None, listed.product.release)
            and listed.in_fda_ndc_2025 != "not found"
        )
        if found:
            return _same_interval(found, product, times)
    return ()


_MIXED = {
    "gabapentin": frozenset({"tablet", "capsule"}),
    "carbamazepine": frozenset({"tablet", "chewable tablet"}),
}
"""Whose immediate-release forms may be mixed (ours): tablets and capsules of plain gabapentin alone; carbamazepine
tablets with the chewable ones, as 100 mg hardly exists otherwise."""
WORN_TOGETHER = {"fentanyl": tuple((Fraction(each), Fraction(12)) for each in (25, 50, 75))}
"""Patches that may be worn at once where one was worn: of one maker, changed together (ours)."""
_LABELLED_DOWN = Fraction(1, 2)
"""mcg/h by which a label of 12 says less than the patch gives: 25 and 12 are 37.5."""


def worn_together(lead: str, doses: Sequence[tuple[Moment, Fraction]]) -> tuple[tuple[Fraction, ...], ...]:
    """Patches that may be worn at once in place of those of now, without those that give the same by their labels."""
    now = sum((amount for _, amount in doses), Fraction(0))
    return tuple(each for each in WORN_TOGETHER.get(lead, ()) if not 0 < now - sum(each) <= _LABELLED_DOWN)


def _forms_together(product: Product, lead: str) -> frozenset[str]:
    mixed = _MIXED.get(lead, frozenset())
    whole = product.form in mixed and product.release in (None, "IR") and len(product.components) == 1
    return mixed if whole else frozenset({product.form or ""})


def _same_interval(found: tuple[ListedProduct, ...], product: Product, times: int | None) -> tuple[ListedProduct, ...]:
    extended = [each for each in found if each.product.release == "ER"]
    if not extended or product.form == "patch":
        return found
    own = next((each.interval for each in extended if each.product.listed == product.listed), None)
    fitting = [each.interval for each in extended if times and str(int(_DAY / times)) in _HOURS.findall(each.interval)]
    interval = own or Counter(fitting or [each.interval for each in extended]).most_common(1)[0][0]
    return tuple(each for each in found if each.product.release != "ER" or each.interval == interval)


def too_often_for_er(alike: Sequence[ListedProduct], times: int) -> str | None:
    """IR, where the directions say nothing and no extended-release product may be taken that often."""
    hours = [int(h) for p in alike if p.product.release == "ER" for h in _HOURS.findall(p.interval)]
    return "IR" if hours and times > _DAY / min(hours) else None


def fewest_times(alike: Sequence[ListedProduct], times: int) -> int:
    """How often a day an extended-release product is taken at least: never longer apart than its label says."""
    hours = [int(hour) for listed in alike[:1] for hour in _HOURS.findall(listed.interval)]
    return min(times, ceil(_DAY / max(hours))) if hours else times


def supplies_of(
    product: Product, lead: str, release: str | None, alike: Sequence[ListedProduct], making: Making
) -> tuple[Supply, ...]:
    """What can be dispensed of a product: the user's own products of the drug and release, else the listed ones."""
    own = [each for each in making.products if each.ingredient == lead and each.release == (release or "IR")]
    if own:
        return tuple(
            Supply(
                product=_own_name(each),
                strength=strength_in(each.strength),
                unit=each.unit,
                part=_part(each.form, each.release, each.unit, each.splittable, making),
                schedule=_schedule(lead),
                may_be_split=_may_be_split(each.form, each.release, each.unit, each.splittable),
                per_ml=each.per_ml,
                by_volume=each.unit is Unit.ML and making.mark is None,
            )
            for each in own
        )
    by_strength: dict[Fraction, Supply] = {}
    for listed in sorted(_at_hand(alike, product, lead), key=lambda each: "[" in (each.product.listed or "")):
        component = next(each for each in listed.product.components if each.ingredient == lead)
        if component.strength is None or listed.product.unit is None:
            continue
        if product.form in _LIQUIDS and not _same_concentration(product, component, lead):
            continue
        if len(product.components) > 1 and len(listed.product.components) > 1 and not _same_partners(product, listed):
            continue
        strength, per_ml = strength_in(component.strength), Fraction(1)
        stated = next(each.strength for each in product.components if each.ingredient == lead)
        if product.form in _LIQUIDS:
            # the bottle of the line, in its own words: 10 mg/5 mL is not asked for as 2 mg/mL
            strength, per_ml = (
                (strength, listed.product.per_ml) if stated is None else (strength_in(stated), product.per_ml)
            )
        by_strength.setdefault(
            strength,
            Supply(
                product=as_labelled(listed.product.listed or lead, per_ml),
                strength=strength,
                unit=listed.product.unit,
                part=_part(product.form or "", listed.product.release, listed.product.unit, listed.splittable, making),
                schedule=listed.schedule,
                brands=listed.brands,
                few_makers=listed.few_makers or bool(listed.makers and listed.product.listed != product.listed),
                may_be_split=_may_be_split(
                    product.form or "", listed.product.release, listed.product.unit, listed.splittable
                ),
                per_ml=per_ml,
                by_volume=listed.product.unit is Unit.ML and making.mark is None,
            ),
        )
    return tuple(by_strength[strength] for strength in sorted(by_strength))


def _at_hand(alike: Sequence[ListedProduct], product: Product, lead: str) -> Sequence[ListedProduct]:
    """The products that a pharmacy is likely to have: those of few makers only where the line is written for one.

    Then its brand's other strengths are at hand as well. Where there are no others, all are left.
    """
    usual = [each for each in alike if not each.few_makers]
    if lead in WORN_TOGETHER and product.form == "patch":
        # two patches of usual strengths in place of one between them that few make
        return [each for each in alike if not each.makers or each.product.listed == product.listed]
    own = next((each for each in alike if each.product.listed == product.listed), None)
    if own is not None and own.few_makers:
        return [each for each in alike if not each.few_makers or each is own or set(each.brands) & set(own.brands)]
    return usual or alike


def _same_concentration(product: Product, component: Component, lead: str) -> bool:
    stated = next(each.strength for each in product.components if each.ingredient == lead)
    assert component.strength is not None
    return stated is None or abs(strength_in(stated) - strength_in(component.strength)) * 100 <= strength_in(
        component.strength
    )


def _same_partners(product: Product, listed: ListedProduct) -> bool:
    """Whether every partner comes in the same strength, so that fewer units never bring more of it."""
    own = {each.ingredient: each.strength for each in product.components[1:]}
    return all(own.get(each.ingredient) in (None, each.strength) for each in listed.product.components[1:])


FINEST_MARK = Fraction(1, 10)
"""The finest mark of an oral syringe that a plan uses, in mL. Ours."""


def least_of(product: Product, lead: str, drug_class: DrugClass, alike: Sequence[ListedProduct]) -> Fraction | None:
    """The smallest usual single dose of a line, from which the last dose can be left; None: no product tells.

    The weakest product of its kind that more than a few make; of a liquid, the weakest immediate-release tablet or
    capsule of the drug, else its weakest liquid. Halves count for benzodiazepines, whose tablets are often scored.
    """
    solid = alike
    if product.form in _LIQUIDS:
        names = frozenset(component.ingredient for component in product.components)
        kinds = (frozenset({lead}), names)
        found = [each for kind in kinds for each in products_of(kind) if _is_solid(each)]
        solid = found or list(alike)
    usual = [each for each in solid if not each.few_makers] or solid
    strengths = []
    for each in usual:
        component = next(one for one in each.product.components if one.ingredient == lead)
        if component.strength is None:
            continue
        is_halved = drug_class is DrugClass.BENZODIAZEPINE and _may_be_split(
            each.product.form or "", each.product.release, each.product.unit or Unit.TABLET, each.splittable
        )
        strengths.append(strength_in(component.strength) / (2 if is_halved else 1))
    return min(strengths, default=None)


FLOOR_SHARE = Fraction(1, 10)
"""The share of the first dose below which a liquid is not planned. Ours."""


def floor_of(
    product: Product, doses: Sequence[tuple[Moment, Fraction]], least: Fraction | None, making: Making
) -> Fraction:
    """The day's amount of a liquid below which only the stop is planned; 0: none, and for what is no liquid.

    The larger of a tenth of the first dose and the smallest usual unit dose, and never above the present dose. Ours.
    """
    if product.form not in _LIQUIDS or not making.floor:
        return Fraction(0)
    now = sum((amount for _, amount in doses), Fraction(0))
    return min(now, max(now * FLOOR_SHARE, least or Fraction(0)))


def _is_solid(listed: ListedProduct) -> bool:
    product = listed.product
    return (
        product.form in ("tablet", "capsule")
        and (product.route, product.release) == ("oral", "IR")
        and listed.in_fda_ndc_2025 != "not found"
    )


def _part(form: str, release: str | None, unit: Unit, splittable: str, making: Making) -> Fraction:
    """The smallest share of a unit: a mark, half a tablet where the user says it is scored, or the whole."""
    if unit is Unit.ML:
        return making.mark or FINEST_MARK
    return Fraction(1, 2) if making.split and _may_be_split(form, release, unit, splittable) else Fraction(1)


def _may_be_split(form: str, release: str | None, unit: Unit, splittable: str) -> bool:
    """Whether halves can be had where the tablets at hand are scored: only plain immediate-release tablets."""
    return form == "tablet" and release == "IR" and unit is Unit.TABLET and splittable != "no"


def as_rate(component: Component, alike: Sequence[ListedProduct]) -> Component:
    """The strength of a patch that is sold in mg/24 h, written as so many mg, as what it gives a day."""
    sold = {c.strength.unit for p in alike for c in p.product.components if c.strength is not None}
    if component.strength is None or sold != {Unit.MG_PER_D} or component.strength.unit.dimension is not Dimension.MASS:
        return component
    return evolve(component, strength=Amount(component.strength.to(Unit.MG).value, Unit.MG_PER_D))


def patch_unit(component: Component) -> Unit:
    """What a patch gives: mcg/h, or mg a day where its label says it so (clonidine)."""
    strength = component.strength
    return (
        Unit.MG_PER_D if strength is not None and strength.unit.dimension is Dimension.MASS_PER_DAY else Unit.MCG_PER_H
    )


def strength_in(strength: Amount) -> Fraction:
    """The number of mg (mg per mL, mcg/h, or mg a day) in a unit."""
    if strength.unit.dimension is Dimension.CONCENTRATION:
        return strength.to(Unit.MG_PER_ML).value
    if strength.unit.dimension is Dimension.RATE:
        return strength.to(Unit.MCG_PER_H).value
    if strength.unit.dimension is Dimension.MASS_PER_DAY:
        return strength.to(Unit.MG_PER_D).value
    return strength.value if strength.unit is Unit.MCG else strength.to(Unit.MG).value


def _own_name(own: OwnProduct) -> str:
    release = own.release if own.release != "IR" else ""
    strength = as_labelled(str(own.strength), own.per_ml)
    return " ".join(filter(None, (own.ingredient, release, strength, own.form)))


def _schedule(drug: str) -> str:
    return drug_of(drug).schedule


def present(product: Product, component: Component, lead: str, supplies: Sequence[Supply]) -> Supply | None:
    """The product as written, for days on which the dose stays as it is."""
    if component.strength is None:
        return None
    strength = strength_in(component.strength)
    found = next((supply for supply in supplies if supply.strength == strength), None)
    if found is not None or product.unit is None:
        return found
    release = product.release if product.release == "ER" and product.form != "patch" else None
    name = product.listed or " ".join(filter(None, (lead, release, str(component.strength), product.form)))
    part = Fraction(1, 2) if product.form == "tablet" else Fraction(1)
    return Supply(as_labelled(name, product.per_ml), strength, product.unit, part, per_ml=product.per_ml)
