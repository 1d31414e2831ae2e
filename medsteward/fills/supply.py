"""What one dispensing comes to in a day under a table: strength x quantity / days' supply x factor.

A prescription's MME per day is rounded once, half up, to whole millionths of an MME; from then on only integers are
added, so that every engine agrees to the last digit.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import evolve, field, frozen

from medsteward.caches import remembered
from medsteward.drugs.dispensing import BOTTLES, OTHER_WEAR
from medsteward.drugs.index import find, opioids_in
from medsteward.drugs.oud import oud_treatments
from medsteward.fills.left_out import is_left_out
from medsteward.fills.patches import worn
from medsteward.mme.reckon import Bands, NoFactor, bands_for, quantity_bands, quantity_per_day, table_form
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.fill import Dispensed, QuantityUnit
from medsteward.model.number import decimal_text
from medsteward.model.oud import TREATMENT, OudTreatment
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product
from medsteward.model.unit import Dimension, Unit
from medsteward.tables.table import FactorTable, Formula, factor_for
from medsteward.thresholds import whole

MILLIONTHS = 1_000_000
"""Millionths of an MME in one MME."""

UNLIKELY = whole("unlikely_mme")
"""MME per day of one fill above which a slip is likelier than the dose."""


class DrugKind(Enum):
    """The kinds of drugs that a history of fills looks at."""

    OPIOID = "opioid"
    BENZODIAZEPINE = "benzodiazepine"
    Z_DRUG = "Z-drug"
    GABAPENTINOID = "gabapentinoid"

    __hash__ = object.__hash__  # members are compared by identity, and asked for in sets by the million


SEDATIVES = (DrugKind.BENZODIAZEPINE, DrugKind.Z_DRUG, DrugKind.GABAPENTINOID)
"""What an opioid's days are held against."""

_KIND_OF = {
    DrugClass.BENZODIAZEPINE: DrugKind.BENZODIAZEPINE,
    DrugClass.Z_DRUG: DrugKind.Z_DRUG,
    DrugClass.GABAPENTINOID: DrugKind.GABAPENTINOID,
}


class FillStatus(Enum):
    """What became of a dispensing."""

    COUNTED = "counted"
    NO_FACTOR = "no_factor"
    EXCLUDED = "excluded"
    NOT_AN_OPIOID = "not_an_opioid"


TotalOf = tuple[str, Dimension]
"""What a day's total that chooses a factor is the total of: an ingredient, in amounts that can be added."""


@frozen(eq=False)
class FillSupply:
    """One dispensing under one table.

    ``mme`` is its MME per day in millionths, None where it has none; ``dose`` the opioid's amount per day, or the rate
    worn. ``bands`` are set where the factor depends on the day's total of the ingredient: ``mme`` is then that of this
    dispensing alone. ``same_drug`` is equal
    for dispensings of which one continues the other. ``measured`` is False for products that measures leave out.
    ``is_opioid``: it holds one; ``is_counted``: it brings MME; ``is_banded``: the day's total chooses its factor.
    ``is_excluded``: it is treatment of opioid use disorder, which has no MME; ``unclear`` names opioids that may be.
    """

    dispensed: Dispensed
    drug: str
    kinds: frozenset[DrugKind]
    status: FillStatus
    same_drug: str
    mme: int | None = None
    dose: Amount | None = None
    bands: Bands = ()
    working: str = ""
    reason: str | None = None
    measured: bool = True
    cautions: tuple[Caution, ...] = ()
    formula_mme: int | None = field(default=None, repr=False)
    unclear: tuple[str, ...] = ()

    is_opioid: bool = field(init=False, repr=False)
    is_counted: bool = field(init=False, repr=False)
    is_banded: bool = field(init=False, repr=False)
    is_excluded: bool = field(init=False, repr=False)
    total_of: TotalOf | None = field(init=False, repr=False)
    """What the day's total is of that chooses its factor, where it is banded."""

    def __attrs_post_init__(self) -> None:
        # worked out once: they are asked for at every fill
        object.__setattr__(self, "is_opioid", DrugKind.OPIOID in self.kinds)
        object.__setattr__(self, "is_counted", self.status is FillStatus.COUNTED)
        object.__setattr__(self, "is_banded", len(self.bands) > 1)
        object.__setattr__(self, "is_excluded", self.status is FillStatus.EXCLUDED)
        object.__setattr__(self, "total_of", (self.drug, self.bands[0].per.dimension) if self.is_banded else None)


@frozen
class Unusable:
    """A dispensing that cannot be reckoned: the column at fault and the problem."""

    column: str
    problem: Problem


def millionths(value: Fraction) -> int:
    """MME as whole millionths, half up."""
    return (2 * value.numerator * MILLIONTHS + value.denominator) // (2 * value.denominator)


@remembered(20_000)
def supply_of(dispensed: Dispensed, table: FactorTable) -> FillSupply | Unusable:
    """What a dispensing comes to under a table. An opioid that cannot be reckoned is ``Unusable``, never zero."""
    product = dispensed.product
    opioids = opioids_in(product)
    names = tuple(component.ingredient for component in product.components)
    plain = FillSupply(
        dispensed=dispensed,
        drug=opioids[0] if len(opioids) == 1 else " / ".join(opioids or names),
        kinds=_kinds(product, bool(opioids)),
        status=FillStatus.NOT_AN_OPIOID,
        same_drug=_same_drug(product),
        measured=not is_left_out(product, opioids),
        cautions=dispensed.cautions,
    )
    if not opioids:
        return plain
    answers = oud_treatments(product, dispensed.indication)
    if all(each is OudTreatment.YES for each in answers.values()):
        return evolve(plain, status=FillStatus.EXCLUDED, reason=TREATMENT, measured=False)
    plain = evolve(plain, unclear=tuple(name for name in opioids if answers[name] is OudTreatment.UNCLEAR))
    parts = [_one_opioid(plain, ingredient, table) for ingredient in opioids]
    for part in parts:
        if isinstance(part, Unusable):
            return part
    supplies = [part for part in parts if isinstance(part, FillSupply)]
    return _remarked(supplies[0] if len(supplies) == 1 else _together(plain, supplies))


def _remarked(supply: FillSupply) -> FillSupply:
    """With a word where the MME is so high that a slip is likelier."""
    if supply.mme is None or supply.mme <= UNLIKELY * MILLIONTHS:
        return supply
    mme = decimal_text(Fraction(supply.mme, MILLIONTHS), 1, thousands=True)
    text = f"this fill alone comes to {mme} MME a day; check strength, quantity and days' supply"
    return evolve(supply, cautions=(*supply.cautions, Caution("FILL-109", text)))


def _together(plain: FillSupply, parts: list[FillSupply]) -> FillSupply:
    """Two opioids in one product: their sum, where both are rated."""
    unrated = next((part for part in parts if part.mme is None), None)
    if unrated is not None:
        return evolve(plain, status=FillStatus.NO_FACTOR, reason=unrated.reason, cautions=unrated.cautions)
    cautions = tuple(dict.fromkeys(caution for part in parts for caution in part.cautions))
    return evolve(
        plain,
        status=FillStatus.COUNTED,
        mme=sum(part.mme or 0 for part in parts),
        working="; ".join(part.working for part in parts),
        cautions=cautions,
    )


def _kinds(product: Product, has_opioid: bool) -> frozenset[DrugKind]:
    found = {DrugKind.OPIOID} if has_opioid else set()
    for component in product.components:
        known = find(component.ingredient)
        kind = _KIND_OF.get(known.drug_class) if known is not None else None
        if kind is not None:
            found.add(kind)
    return frozenset(found)


def _same_drug(product: Product) -> str:
    """Equal for products of which one fill continues another: the same strengths by the same route and release."""
    parts = sorted(f"{c.ingredient} {'' if c.strength is None else c.strength}" for c in product.components)
    release = product.release if product.release in ("ER", "DR") else "IR"
    if product.form in (None, "tablet", "capsule") and product.route in (None, "oral"):
        how = "solid"  # records name the form in one row and leave it out in the next
    else:
        how = f"{product.route}, {table_form(product.form)}"
    return f"{' + '.join(parts)}, {how}, {release}"


# --- one opioid -------------------------------------------------------------------------------------------------


def _one_opioid(plain: FillSupply, ingredient: str, table: FactorTable) -> FillSupply | Unusable:
    product = plain.dispensed.product
    strength = next(c.strength for c in product.components if c.ingredient == ingredient)
    if strength is None:
        text = f"the strength of {ingredient} is missing; add it, as in 10 mg, 20 mg/mL or 25 mcg/h"
        return Unusable("strength", Problem("DIR-002", "", text))
    if product.form == "patch" or strength.unit.dimension is Dimension.RATE:
        return _patch(plain, ingredient, strength, table)
    counted = _counted(plain, ingredient, strength)
    if isinstance(counted, Unusable):
        return counted
    quantity, cautions = counted
    days = plain.dispensed.days
    dose = quantity_per_day(strength, quantity, Fraction(days))
    bands = quantity_bands(table, product, ingredient)
    if isinstance(bands, NoFactor):
        return _without(evolve(plain, dose=dose), bands)
    if dose.unit.dimension is not bands[0].per.dimension:
        text = f"{strength} of {ingredient} does not fit a factor per {bands[0].per.value}; check strength and form"
        return Unusable("strength", Problem("UNIT-001", "", text))
    factor = factor_for(bands, dose)
    assert factor.value is not None
    mme = dose.to(factor.per).value * factor.value
    shown = f"{strength} x {decimal_text(quantity)} / {days} days x {decimal_text(factor.value)}"
    return evolve(
        plain,
        status=FillStatus.COUNTED,
        mme=millionths(mme),
        dose=dose,
        bands=bands if len(bands) > 1 else (),
        working=f"{shown} = {decimal_text(mme)} MME/d",
        cautions=(*plain.cautions, *cautions),
    )


def _without(plain: FillSupply, found: NoFactor) -> FillSupply | Unusable:
    if found.form_decides:
        return Unusable("form", Problem("DIR-010", "", found.reason))
    return evolve(plain, status=FillStatus.NO_FACTOR, reason=found.reason)


def _counted(plain: FillSupply, ingredient: str, strength: Amount) -> tuple[Fraction, tuple[Caution, ...]] | Unusable:
    """The quantity in what the strength is per: mL of a liquid, units of anything else."""
    dispensed = plain.dispensed
    quantity, unit = dispensed.quantity, dispensed.quantity_unit
    liquid = strength.unit.dimension is Dimension.CONCENTRATION
    if not liquid and unit in (None, QuantityUnit.EACH):
        return quantity, ()
    if not liquid:
        named = unit.value if unit is not None else ""
        return _unfit(f"a quantity in {named} does not fit a strength of {strength}; check quantity and its unit")
    if unit is QuantityUnit.ML:
        return quantity, ()
    if unit is QuantityUnit.GRAM:
        return _unfit(f"a quantity in grams does not fit {strength}; write it in mL")
    return _in_ml(quantity, unit, ingredient, strength, dispensed.product.route)


FEWEST_ML = whole("fewest_ml")
"""A whole quantity of a liquid below this, without a unit, may count bottles, and is refused."""


def _in_ml(
    quantity: Fraction, unit: QuantityUnit | None, ingredient: str, strength: Amount, route: str | None
) -> tuple[Fraction, tuple[Caution, ...]] | Unusable:
    bottle = next((b for b in BOTTLES if (b.ingredient, b.route, b.strength) == (ingredient, route, strength)), None)
    if bottle is not None:
        holds = bottle.holds.value
        if unit is None and (quantity / holds).denominator == 1:
            return quantity, ()
        if quantity.denominator == 1:
            total = quantity * holds
            said = f"{decimal_text(quantity)} bottle{'' if quantity == 1 else 's'} of {ingredient} counted as "
            return total, (Caution("FILL-102", f"{said}{decimal_text(total)} mL"),)
    if unit is None and (quantity.denominator != 1 or quantity >= FEWEST_ML):
        return quantity, ()
    number = decimal_text(quantity)
    return _unfit(f"{number} of a liquid of {strength}: bottles or mL? Write mL, with mL as the unit of quantity")


def _unfit(text: str) -> Unusable:
    return Unusable("quantity", Problem("FILL-005", "", text))


# --- patches ----------------------------------------------------------------------------------------------------


def _patch(plain: FillSupply, ingredient: str, strength: Amount, table: FactorTable) -> FillSupply | Unusable:
    """The rate that is worn. The factor for quantity and days' supply serves only where no other is printed."""
    dispensed = plain.dispensed
    product, quantity, days = dispensed.product, dispensed.quantity, dispensed.days
    if strength.unit.dimension is not Dimension.RATE:
        text = f"{strength} is no rate of a {ingredient} patch; write it as in 25 mcg/h"
        return Unusable("strength", Problem("UNIT-001", "", text))
    if dispensed.quantity_unit not in (None, QuantityUnit.EACH):
        return _unfit("patches are counted one by one; check quantity and its unit")
    labelled = product.wear_hours
    if labelled is None:
        text = f"how long this {ingredient} patch is worn is not known to us, so no rate worn can be told"
        return Unusable("drug_name", Problem("FILL-006", "", text))
    others = [each.hours for each in OTHER_WEAR if each.ingredient == ingredient]
    found = worn(quantity, days, labelled, others)
    number = decimal_text(quantity)
    if found is None:
        wears = " nor ".join(f"{hours} h" for hours in (labelled, *others))
        text = f"{number} patches for {days} days fit neither a wear of {wears}; check quantity and days' supply"
        if not others:
            text = f"{number} patches for {days} days do not fit a wear of {wears}; check quantity and days' supply"
        return Unusable("quantity", Problem("FILL-006", "", text))
    rate = strength * Fraction(found.patches)
    factor = _per_rate(table, product, ingredient, labelled)
    if isinstance(factor, NoFactor):
        return _without(evolve(plain, dose=rate), factor)
    mme = rate.to(Unit.MCG_PER_H).value * factor
    cautions: tuple[Caution, ...] = ()
    if found.hours != labelled:
        text = (
            f"{number} patches for {days} days imply a change every {found.hours} h, not {labelled} h as labelled: "
            f"counted as {found.patches} worn at a time, {rate}; the days' supply was not reset"
        )
        cautions = (Caution("FILL-101", text),)
    formula = quantity_bands(table, product, ingredient)
    by_formula = None
    if not isinstance(formula, NoFactor):
        per_day = quantity_per_day(strength, quantity, Fraction(days))
        value = factor_for(formula, per_day).value
        by_formula = None if value is None else millionths(per_day.to(formula[0].per).value * value)
    return evolve(
        plain,
        status=FillStatus.COUNTED,
        mme=millionths(mme),
        dose=rate,
        working=f"{found.patches} x {strength} worn x {decimal_text(factor)} = {decimal_text(mme)} MME/d",
        cautions=(*plain.cautions, *cautions),
        formula_mme=by_formula,
    )


def _per_rate(table: FactorTable, product: Product, ingredient: str, labelled: int) -> Fraction | NoFactor:
    """MME per day for each mcg/h worn: the table's own factor, or its factor per patch by the days it is worn."""
    bands = bands_for(table, ingredient, product.route, product.form, Dimension.RATE)
    if not isinstance(bands, NoFactor):
        assert bands[0].value is not None
        return bands[0].value
    for row in table.bands(ingredient, product.route or "", table_form(product.form), Formula.QUANTITY):
        if row.value is not None and row.is_rate:
            return row.value * 24 / labelled
    return bands
