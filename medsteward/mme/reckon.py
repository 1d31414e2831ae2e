"""Factor times daily dose. Bands are chosen by the day's total of the ingredient over all lines."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from medsteward.caches import remembered
from medsteward.doses.daily import Daily
from medsteward.errors import MedstewardError
from medsteward.mme.result import Applied, mme_amount
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.product import Product
from medsteward.model.unit import Dimension, Unit
from medsteward.tables.table import Factor, FactorTable, Formula, factor_for

Bands = tuple[Factor, ...]


@frozen
class NoFactor:
    """The table does not rate this use: why, in a sentence. ``form_decides`` when stating the form would help."""

    reason: str
    form_decides: bool = False


@remembered(4096)
def bands_for(
    table: FactorTable, ingredient: str, route: str | None, form: str | None, dimension: Dimension | None = None
) -> Bands | NoFactor:
    """The rated bands for one use of an ingredient, or the reason why there are none.

    ``dimension`` is that of the dose, where it is known: a dose by mass is never that of a patch.
    """
    if route is None:
        rated = tuple(
            dict.fromkeys(
                (row.route, row.dose_form)
                for row in table.factors
                if row.ingredient == ingredient and row.value is not None and dimension in (None, row.per.dimension)
            )
        )
        if rated:
            shown = ", ".join(dict.fromkeys(" ".join(filter(None, use)) for use in rated))
            return NoFactor(
                f"the form or route of {ingredient} decides its factor ({shown}); add it", form_decides=True
            )
        return _unrated(table, ingredient, None)
    bands = table.bands(ingredient, route, table_form(form))
    if not bands or any(band.value is None for band in bands):
        return _unrated(table, ingredient, route, bands)
    return bands


def _unrated(table: FactorTable, ingredient: str, route: str | None, bands: Bands = ()) -> NoFactor:
    blank = [row.note for row in (bands or table.factors) if row.ingredient == ingredient and row.value is None]
    if blank and (bands or not table.rated_routes(ingredient)):
        return NoFactor(f"{table.id} gives no factor: {blank[0]}")
    by = f" by the {route} route" if route else ""
    rated = ", ".join(dict.fromkeys(use[0] for use in table.rated_routes(ingredient)))
    tail = f"; it rates it as {rated}" if rated else ""
    if rated and not by:
        return NoFactor(f"{table.id} rates {ingredient} only as {rated}, which this is not")
    return NoFactor(f"{table.id} does not rate {ingredient}{by}{tail}")


def table_form(form: str | None) -> str | None:
    """The form as tables name it: the last word (``buccal film`` is a film, ``nasal spray`` a spray)."""
    return form.rsplit(" ", 1)[-1] if form else None


@remembered(65536)
def applied(bands: Bands, totals: Daily) -> Applied:
    """The band of each figure, chosen by the day's totals of the ingredient."""
    return Applied(
        factor_for(bands, totals.scheduled),
        factor_for(bands, totals.expected) if totals.expected is not None else None,
        factor_for(bands, totals.maximum),
    )


def mme_of(daily: Daily, factors: Applied) -> Daily:
    """Each figure times its factor, in MME/d. Refuses (``UnitMismatch``) a dose the factor is not per."""
    expected = None
    if daily.expected is not None and factors.expected is not None:
        expected = times(daily.expected, factors.expected)
    return Daily(times(daily.scheduled, factors.scheduled), expected, times(daily.maximum, factors.maximum))


def times(dose: Amount, factor: Factor) -> Amount:
    """A daily dose times a factor: MME per day."""
    if factor.value is None:
        raise MedstewardError(f"{factor.ingredient} has no factor")
    return mme_amount(dose.to(factor.per).value * factor.value)


def sum_daily(figures: Iterable[Daily]) -> Daily:
    """The day's total of one ingredient over several lines. ``expected`` is None unless every line has it."""
    first, *rest = figures
    total = first
    for each in rest:
        unit = total.unit
        expected = None
        if total.expected is not None and each.expected is not None:
            expected = total.expected + each.expected.to(unit)
        total = Daily(total.scheduled + each.scheduled.to(unit), expected, total.maximum + each.maximum.to(unit))
    return total


def working(daily: Daily, factors: Applied, mme: Daily) -> tuple[str, ...]:
    """The multiplication in words: ``maximum: 40 mg/d x 1.5 = 60 MME/d``."""
    steps = [_product("maximum", daily.maximum, factors.maximum, mme.maximum)]
    if mme.scheduled != mme.maximum:
        steps.append(_product("scheduled", daily.scheduled, factors.scheduled, mme.scheduled))
    if mme.expected is not None and daily.expected is not None and factors.expected is not None:
        steps.append(_product("expected", daily.expected, factors.expected, mme.expected))
    return tuple(steps)


def _product(name: str, dose: Amount, factor: Factor, mme: Amount) -> str:
    value = decimal_text(factor.value) if factor.value is not None else "?"
    return f"{name}: {dose.to(factor.per)} x {value} = {mme}"


def mme_from_quantity(
    table: FactorTable, product: Product, ingredient: str, strength: Amount, quantity: Fraction, days: Fraction
) -> Amount | NoFactor:
    """MME per day of one dispensing: strength x quantity / days' supply x factor.

    ``quantity`` counts what the strength is per: tablets, mL, sprays, patches. Patches use the table's quantity
    factor where it has one, which holds for the labelled wear time only. Source: the documentation sheet of the CDC
    file of 2018. Refuses (``ValueError``) days' supply of zero.
    """
    bands = quantity_bands(table, product, ingredient)
    if isinstance(bands, NoFactor):
        return bands
    per_day = quantity_per_day(strength, quantity, days)
    return times(per_day, factor_for(bands, per_day))


def quantity_bands(table: FactorTable, product: Product, ingredient: str) -> Bands | NoFactor:
    """The rated bands for the formula of quantity and days' supply, or the reason why there are none."""
    if product.route is None:
        return NoFactor(f"the form or route of {ingredient} is not known", form_decides=True)
    bands = table.bands(ingredient, product.route, table_form(product.form), Formula.QUANTITY)
    if not bands or any(band.value is None for band in bands):
        return _unrated(table, ingredient, product.route, bands)
    return bands


def quantity_per_day(strength: Amount, quantity: Fraction, days: Fraction) -> Amount:
    """Strength x quantity / days' supply: mg per day, or patches' rate per day. Refuses (``ValueError``) no days."""
    if days <= 0:
        raise ValueError("days' supply is more than 0")
    per_day = Amount(strength.value * quantity / days, strength.unit)
    if per_day.unit.dimension is Dimension.MASS:
        return Amount(per_day.to(Unit.MG).value, Unit.MG_PER_D)
    if per_day.unit.dimension is Dimension.CONCENTRATION:
        return Amount(per_day.to(Unit.MG_PER_ML).value, Unit.MG_PER_D)
    return per_day
