"""How much of each ingredient a regimen comes to in a day.

``scheduled`` counts as-needed lines as nothing and ranges at their low end; ``maximum`` counts everything at the most
the directions allow; ``expected`` is what quantity and days' supply imply, where both are stated. A patch counts by
the rate that is worn, however long it is worn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import frozen

import medsteward.drugs.index  # noqa: F401  it says which ingredients are opioids, and so which one leads
from medsteward.caches import remembered
from medsteward.model.amount import Amount
from medsteward.model.number import Ratio, decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Component, Product, Role
from medsteward.model.regimen import Regimen
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Dimension, Unit

REMEMBERED = 50_000
"""How many different regimens are kept reckoned."""

_PER_DAY = {Unit.MG: Unit.MG_PER_D, Unit.MCG: Unit.MCG_PER_D, Unit.G: Unit.G_PER_D}


@frozen(cache_hash=True)
class Daily:
    """A day's amount in one unit: mg/d, mcg/d, or the mcg/h that is worn. ``expected`` None: not stated."""

    scheduled: Amount
    expected: Amount | None
    maximum: Amount

    @property
    def unit(self) -> Unit:
        """The unit of all three."""
        return self.maximum.unit

    @cached_property
    def ratios(self) -> tuple[Ratio, Ratio | None, Ratio]:
        """The three figures as whole numbers over whole numbers, for adding up many without reducing each sum."""
        expected = None if self.expected is None else self.expected.value.as_integer_ratio()
        return self.scheduled.value.as_integer_ratio(), expected, self.maximum.value.as_integer_ratio()


@frozen
class IngredientDose:
    """One ingredient of a regimen and its day's amount (None: it cannot be counted, ``lacking`` says why).

    ``working`` shows the reckoning, one step in words and numbers per line.
    """

    ingredient: str
    role: Role
    daily: Daily | None
    lacking: Problem | None
    working: tuple[str, ...]


@frozen
class LineDoses:
    """Every ingredient of a regimen with its day's amount, and what deserves a word."""

    ingredients: tuple[IngredientDose, ...]
    cautions: tuple[Caution, ...]


@frozen
class _Rate:
    """How much a day of something countable: units of the product, or mass of the leading ingredient."""

    scheduled: Fraction
    maximum: Fraction
    working: tuple[str, ...]


@remembered(REMEMBERED)
def daily_doses(regimen: Regimen) -> LineDoses:
    """The day's amounts of each ingredient of a regimen.

    Never refuses: an ingredient that cannot be counted carries the problem that says what is missing.
    """
    product = regimen.product
    if product.form == "patch":
        return _worn(regimen)
    lead = product.lead
    found = tuple(_ingredient(regimen, component, lead) for component in product.components)
    return LineDoses(found, _cautions(regimen, found))


# --- patches ----------------------------------------------------------------------------------------------------


def _worn(regimen: Regimen) -> LineDoses:
    """The rate worn at once: patches times labelled rate, whatever the wear time."""
    product, sig = regimen.product, regimen.sig
    doses = [taking.dose for taking in sig.takings if taking.dose is not None]
    if not doses:
        text = 'how many patches are worn, and how often they are changed, is missing; add it, as in "1 every 3 days"'
        return LineDoses(tuple(_lacks(each, "DIR-001", text) for each in product.components), ())
    stated = [dose.high for dose in doses] + [each for each in (_daily_most(sig), sig.limit) if each is not None]
    measured = next((each for each in stated if each.unit is not Unit.PATCH), None)
    if measured is not None:
        text = f'{measured}: patches are counted; write how many are worn, as in "1 patch every 72 hours"'
        return LineDoses(tuple(_lacks(each, "DIR-007", text) for each in product.components), ())
    low = sum((dose.low.value for dose in doses), Fraction(0))
    high = sum((dose.high.value for dose in doses), Fraction(0))
    found = tuple(_worn_ingredient(component, low, high, regimen) for component in product.components)
    cautions = []
    wear, labelled = sig.wear_hours, product.wear_hours
    if wear is not None and labelled is not None and (wear.low != labelled or wear.high != labelled):
        shown = " to ".join(decimal_text(hours) for hours in dict.fromkeys((wear.low, wear.high)))
        cautions.append(
            Caution(
                "DIR-101",
                f"changed every {shown} h, which is unusual: this patch is labelled for {labelled} h. "
                "The rate worn is counted, so the interval does not change the figure",
            )
        )
    supply = _patch_supply(regimen, high)
    return LineDoses(found, tuple(cautions) + supply)


def _daily_most(sig: Sig) -> Amount | None:
    return None if sig.daily_total is None else sig.daily_total.high


def _worn_ingredient(component: Component, low: Fraction, high: Fraction, regimen: Regimen) -> IngredientDose:
    strength = component.strength
    if strength is None:
        return _lacks(
            component, "DIR-002", f"the rate of the {component.ingredient} patch is missing; write it, as in 25 mcg/h"
        )
    if strength.unit.dimension not in (Dimension.RATE, Dimension.MASS_PER_DAY):
        return _lacks(component, "DIR-002", f"{strength} is no rate of a patch; write it as in 25 mcg/h")
    as_needed = regimen.sig.as_needed
    scheduled = strength * (Fraction(0) if as_needed else low)
    maximum = strength * high
    expected = maximum if regimen.quantity is not None and _days(regimen) is not None else None
    patches = Amount(high, Unit.PATCH)
    working = (f"{patches} of {strength} worn at once = {maximum}",)
    return IngredientDose(component.ingredient, component.role, Daily(scheduled, expected, maximum), None, working)


def _patch_supply(regimen: Regimen, worn: Fraction) -> tuple[Caution, ...]:
    """Say so when quantity and days' supply imply another wear time than the label's or the directions'."""
    days, labelled = _days(regimen), regimen.product.wear_hours
    if regimen.quantity is None or days is None or labelled is None or regimen.quantity.value == 0:
        return ()
    wear = regimen.sig.wear_hours.high if regimen.sig.wear_hours is not None else Fraction(labelled)
    implied = days * 24 * worn / regimen.quantity.value
    if implied == wear:
        return ()
    return (
        Caution(
            "DIR-101",
            f"{regimen.quantity} for {decimal_text(days)} days imply a change every {decimal_text(implied, 1)} h, "
            f"not {decimal_text(wear, 1)} h; the rate worn is counted",
        ),
    )


# --- everything else --------------------------------------------------------------------------------------------


def _ingredient(regimen: Regimen, component: Component, lead: str) -> IngredientDose:
    product, sig = regimen.product, regimen.sig
    problem = _missing_directions(regimen)
    if problem is not None:
        return IngredientDose(component.ingredient, component.role, None, problem, ())
    leading = next(each for each in product.components if each.ingredient == lead)

    def mass(dose: Amount) -> Amount | None:
        return mass_of(dose, component, leading)

    amounts = [dose for taking in sig.takings if (dose := taking.dose) is not None]
    amounts += [sig.daily_total] if sig.daily_total is not None else []
    limits = [Dose(sig.limit, sig.limit)] if sig.limit is not None else []
    for dose in (*amounts, *limits):
        if mass(dose.high) is None:
            return _no_strength(component, dose.high, product)
    unit = mass((amounts or limits)[0].high).unit  # type: ignore[union-attr]
    rate = _rate(regimen, mass, unit)
    expected = _expected(regimen, component, unit)
    per_day = _PER_DAY[unit]
    daily = Daily(
        Amount(rate.scheduled, per_day),
        None if expected is None else Amount(expected, per_day),
        Amount(rate.maximum, per_day),
    )
    working = rate.working
    if expected is not None and regimen.quantity is not None:
        days = _days(regimen)
        working += (
            f"expected: {regimen.quantity} for {decimal_text(days or Fraction(0))} days = "
            f"{decimal_text(expected)} {per_day.value}",
        )
    return IngredientDose(component.ingredient, component.role, daily, None, working)


def mass_of(dose: Amount, component: Component, leading: Component) -> Amount | None:
    """How much of ``component`` a dose holds; None where its strength is not known or does not fit."""
    unit = dose.unit
    if unit.dimension is Dimension.MASS:
        if component.ingredient == leading.ingredient:
            return dose
        if component.strength is None or leading.strength is None or leading.strength.value == 0:
            return None
        if component.strength.unit.dimension is not leading.strength.unit.dimension:
            return None
        share = component.strength.value * component.strength.unit.scale
        share /= leading.strength.value * leading.strength.unit.scale
        return dose * share
    strength = component.strength
    if strength is None:
        return None
    if unit is Unit.ML:
        if strength.unit.dimension is not Dimension.CONCENTRATION:
            return None
        return Amount(dose.value * strength.to(Unit.MG_PER_ML).value, Unit.MG)
    return strength * dose.value if strength.unit.dimension is Dimension.MASS else None


def _missing_directions(regimen: Regimen) -> Problem | None:
    sig = regimen.sig
    if sig.daily_total is not None and not sig.takings:
        return None
    limited = sig.limit is not None or (sig.limit_doses is not None and any(t.dose for t in sig.takings))
    dosed = [taking for taking in sig.takings if taking.dose is not None]
    if not dosed and sig.limit is None:
        return Problem("DIR-006", "", 'how much is taken each time is missing; add it, as in "1 tablet" or "5 mg"')
    if any(taking.dose is None for taking in sig.takings) and dosed:
        return Problem("DIR-006", "", "one of the times has no dose; write the dose beside each time")
    if not limited and any(taking.times_per_day is None for taking in dosed):
        if sig.as_needed:
            return Problem(
                "DIR-001", "", 'as needed, but how often at most is missing; add a limit, such as "up to 4 per day"'
            )
        return Problem("DIR-001", "", 'how often is missing; add it, as in "every 6 hours" or "3 times daily"')
    if limited and len(dosed) > 1 and any(taking.times_per_day is None for taking in dosed):
        return Problem("DIR-001", "", "one of the doses has no schedule; write how often beside each dose")
    return None


def _no_strength(component: Component, dose: Amount, product: Product) -> IngredientDose:
    what = product.brand or component.ingredient
    if dose.unit.dimension is Dimension.MASS:
        text = f"how much {component.ingredient} comes with {dose} is not stated; write both strengths, as in 5/325"
    elif component.strength is not None:
        text = f"{dose} of {component.strength} cannot be counted; write the strength per {dose.unit.value}"
    elif dose.unit is Unit.ML:
        text = f"the concentration of {what} is missing, so {dose} cannot be counted; write it, as in 20 mg/mL"
    else:
        text = f"the strength of {component.ingredient} is missing, so {dose} cannot be counted; write it after {what}"
    return _lacks(component, "DIR-002", text)


def _lacks(component: Component, code: str, text: str) -> IngredientDose:
    return IngredientDose(component.ingredient, component.role, None, Problem(code, "", text), ())


def _rate(regimen: Regimen, mass: Callable[[Amount], Amount | None], unit: Unit) -> _Rate:
    """Scheduled and maximum per day of one ingredient, in ``unit``, with the working."""
    sig = regimen.sig

    def value(dose: Amount) -> Fraction:
        found = mass(dose)
        assert found is not None, "a dose of unknown mass is no zero: it is refused before anything is added up"
        return found.to(unit).value

    low = high = Fraction(0)
    steps: list[str] = []
    for taking in sig.takings:
        if taking.dose is None or taking.times_per_day is None:
            continue
        low += value(taking.dose.low) * taking.times_per_day.low
        high += value(taking.dose.high) * taking.times_per_day.high
        steps.append(_step(taking, value(taking.dose.high), unit))
    if sig.daily_total is not None:
        low += value(sig.daily_total.low)
        high += value(sig.daily_total.high)
        steps.append(f"{sig.daily_total} a day")
    limit = _limit(regimen, value)
    limited, uncapped = "", None
    if limit is not None:
        if not steps:  # no dose is stated, or not how often: the limit alone says how much
            low, high = Fraction(0), limit
            steps.append(f"at most {decimal_text(limit)} {unit.value} a day")
        elif limit < high:
            limited = f"; limited to {decimal_text(limit)} {_PER_DAY[unit].value}"
            uncapped, high, low = high, limit, min(low, limit)
    if sig.as_needed:
        low = Fraction(0)
    reached = high if uncapped is None else uncapped
    total = f"maximum: {' + '.join(steps)} = {decimal_text(reached)} {_PER_DAY[unit].value}{limited}"
    if sig.as_needed:
        note: tuple[str, ...] = ("scheduled: as needed = 0",)
    elif low != high:
        note = (f"scheduled: low end = {decimal_text(low)} {_PER_DAY[unit].value}",)
    else:
        note = ()
    return _Rate(low, high, (total, *note))


def _step(taking: Taking, each: Fraction, unit: Unit) -> str:
    """``2 tablets (10 mg) x 6 a day``."""
    assert taking.dose is not None
    assert taking.times_per_day is not None
    return f"{_counted(taking.dose.high, each, unit)} x {_times_text(taking.times_per_day)} a day"


def _counted(dose: Amount, each: Fraction, unit: Unit) -> str:
    """``2 tablets (10 mg)``; ``10 mg`` where the dose is the amount; ``10 mg (650 mg)`` for what comes with 10 mg."""
    if dose.unit.dimension is Dimension.MASS and dose.to(unit).value == each:
        return str(dose)
    return f"{dose} ({decimal_text(each)} {unit.value})"


def _times_text(times: Span) -> str:
    if times.high.denominator == 1 or times.high > 1:
        return decimal_text(times.high)
    return f"{times.high.numerator}/{times.high.denominator}"


def _limit(regimen: Regimen, value: Callable[[Amount], Fraction]) -> Fraction | None:
    sig = regimen.sig
    limits: list[Fraction] = []
    if sig.limit is not None:
        limits.append(value(sig.limit))
    if sig.limit_doses is not None:
        largest = max((value(t.dose.high) for t in sig.takings if t.dose is not None), default=None)
        if largest is not None:
            limits.append(sig.limit_doses * largest)
    return min(limits, default=None)


def _days(regimen: Regimen) -> Fraction | None:
    return regimen.days_supply if regimen.days_supply is not None else regimen.sig.duration_days


def _expected(regimen: Regimen, component: Component, unit: Unit) -> Fraction | None:
    """Strength x quantity / days' supply, where all three are known."""
    days = _days(regimen)
    if regimen.quantity is None or days is None or days == 0:
        return None
    strength, quantity = component.strength, regimen.quantity
    if strength is None:
        return None
    if strength.unit.dimension is Dimension.CONCENTRATION and quantity.unit is Unit.ML:
        return Amount(quantity.value * strength.to(Unit.MG_PER_ML).value / days, Unit.MG).to(unit).value
    if strength.unit.dimension is Dimension.MASS and quantity.unit.is_count:
        return (strength * (quantity.value / days)).to(unit).value
    return None


def _cautions(regimen: Regimen, found: Sequence[IngredientDose]) -> tuple[Caution, ...]:
    cautions: list[Caution] = []
    rare = [t.times_per_day for t in regimen.sig.takings if t.times_per_day and 0 < t.times_per_day.high < 1]
    if rare:
        cautions.append(
            Caution(
                "DIR-102",
                f"taken every {decimal_text(1 / rare[0].high, 2)} days; the amount is averaged over days, "
                "and the day of the dose itself is higher",
            )
        )
    for each in found:
        if each.daily is not None and each.daily.expected is not None and each.daily.maximum < each.daily.expected:
            cautions.append(
                Caution(
                    "DIR-105",
                    f"quantity and days' supply imply {each.daily.expected} of {each.ingredient}, "
                    f"more than the {each.daily.maximum} these directions allow",
                )
            )
    return tuple(cautions)
