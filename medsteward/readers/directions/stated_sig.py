"""What a line says of taking the product: doses in its units, limits, supply."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import overload

from attrs import evolve

from medsteward import units
from medsteward.drugs.matching import Match, usual_number
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.product import Product
from medsteward.model.sig import Dose, Sig, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.kinds import (
    AmountLimit,
    AsNeeded,
    Awake,
    BothNostrils,
    DosesLimited,
    Duration,
    Limit,
    NumberLimit,
    Quantity,
    ReasonPhrase,
    Strength,
    SupplyPhrase,
)
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.understood import Count, Planned, Understood

_SPRAYED = (Unit.SPRAY, Unit.ACTUATION)


def sig_of(found: Phrases, understood: Understood, product: Product, matched: Match, notes: Notes) -> Sig:
    """The directions, with doses in the units of the product."""
    twice = found.has(BothNostrils)
    takings = tuple(_taking(planned, product, matched, twice=twice) for planned in understood.takings)
    nostrils = found.first(BothNostrils)
    counted = (each.dose.low.unit for each in takings if each.dose is not None and each.dose.low.unit.is_count)
    if nostrils is not None and any(unit not in _SPRAYED for unit in counted):
        notes.problem("DIR-007", f'"{nostrils.text}": of what? Write it as in "1 spray {nostrils.text}"')
    if product.form == "patch":
        takings = _patches(takings)
    strength_only = bool(understood.strengths) and is_mass(understood.strengths[0])
    said = found.has(Strength)
    if strength_only and not said and understood.daily_total is None and all(t.dose is None for t in takings):
        # "Percocet 5/325 every 6 hours": one unit of the product each time
        one = Amount(Fraction(1), product.unit or Unit.TABLET)
        if usual := usual_number(product.brand):
            text = f"no number is written: one was counted each time; {usual} are usual (UK; needs a second source)"
            notes.caution("DIR-110", text)
        takings = tuple(evolve(t, dose=Dose(one, one)) for t in takings) or (Taking(Dose(one, one), None),)
    needed = found.all(AsNeeded)
    reasons = [phrase.reason for phrase in needed if phrase.reason]
    reasons += [phrase.text for phrase in found.all(ReasonPhrase)]
    limit, limit_doses = _limits(found, takings, product, notes)
    wear = None
    if product.form == "patch":
        wear = next((planned.wear for planned in understood.takings if planned.wear is not None), None)
    durations = [phrase.days for phrase in found.all(Duration)]
    awake = found.has(Awake)
    if awake:
        notes.caution("DIR-103", "while awake: counted around the clock, the most these directions allow")
    return Sig(
        takings=takings,
        as_needed=bool(needed),
        reason="; ".join(dict.fromkeys(reasons)) or None,
        limit=limit,
        limit_doses=limit_doses,
        daily_total=in_mg(understood.daily_total, product),
        wear_hours=wear,
        while_awake=awake,
        duration_days=durations[0] if durations else None,
    )


def _patches(takings: tuple[Taking, ...]) -> tuple[Taking, ...]:
    """Patches need no frequency: what counts is how many are worn at once, one where no number is stated."""
    one = Amount(Fraction(1), Unit.PATCH)
    stated = tuple(t for t in takings if t.dose is not None and t.dose.low.unit.is_count)
    if stated:
        return stated
    times = takings[0].times_per_day if takings else None
    return (Taking(Dose(one, one), times),)


def _taking(planned: Planned, product: Product, matched: Match, *, twice: bool) -> Taking:
    dose = planned.dose
    if isinstance(dose, Count):
        unit = product.unit if product.unit is not None and product.unit.is_count else _piece(matched)
        dose = Dose(Amount(dose.low, unit), Amount(dose.high, unit))
    dose = in_mg(dose, product)
    if twice and dose is not None and dose.low.unit in _SPRAYED:
        dose = Dose(dose.low * Fraction(2), dose.high * Fraction(2))
    return Taking(dose, planned.times_per_day, planned.moments)


def _piece(matched: Match) -> Unit:
    """What a bare count counts, where the products that fit are of several kinds: tablets if any is a tablet."""
    fitting = [p.product.unit for p in (matched.fits or matched.alike) if p.product.unit and p.product.unit.is_count]
    return Unit.TABLET if not fitting or Unit.TABLET in fitting else fitting[0]


@overload
def in_mg(dose: Dose, product: Product) -> Dose: ...
@overload
def in_mg(dose: None, product: Product) -> None: ...
@overload
def in_mg(dose: Dose | None, product: Product) -> Dose | None: ...
def in_mg(dose: Dose | None, product: Product) -> Dose | None:
    """A mass in the unit the product's strength is labelled in, or in mg; a volume in mL."""
    if dose is None or dose.low.unit.is_count:
        return dose
    if dose.low.unit.dimension is Dimension.VOLUME:
        return Dose(units.convert(dose.low, Unit.ML), units.convert(dose.high, Unit.ML))
    labelled = next((c.strength.unit for c in product.components if c.strength is not None), Unit.MG)
    unit = labelled if labelled.dimension is Dimension.MASS else Unit.MG
    return Dose(units.convert(dose.low, unit), units.convert(dose.high, unit))


def _limits(
    found: Phrases, takings: Sequence[Taking], product: Product, notes: Notes
) -> tuple[Amount | None, Fraction | None]:
    """The most per day: an amount, or a number of doses."""
    if not found.has(Limit):
        return None, None
    amount: Amount | None = None
    doses: Fraction | None = None
    for phrase in found.all(Limit):
        match phrase:
            case DosesLimited(most=most):
                doses = most if doses is None else min(doses, most)
                continue
            case NumberLimit(most=most):
                limit = _counted_limit(phrase, takings, product, notes)
                if limit is None:
                    doses = most if doses is None else min(doses, most)
                    continue
            case AmountLimit():
                if not _is_of(phrase, product, notes):
                    continue
                limit = phrase.most
            case _:
                continue
        limit = limit if limit.unit.is_count else in_mg(Dose(limit, limit), product).low
        if amount is not None and amount.unit is not limit.unit:
            notes.problem("DIR-007", f'"{phrase.text}" is a second limit in another unit; keep the one that is meant')
            continue
        amount = limit if amount is None or limit < amount else amount
    return amount, doses


def _is_of(limit: AmountLimit, product: Product, notes: Notes) -> bool:
    """Whether a limit by amount is surely that of the leading ingredient."""
    if limit.of is None and len(product.components) > 1 and is_mass(limit.most):
        notes.caution("DIR-106", f'"{limit.text}": of which ingredient? The limit was not used')
        return False
    if limit.of is not None and product.lead not in limit.of.ingredients and not is_mass(limit.most):
        notes.problem("DIR-007", f'"{limit.text}" counts another drug; give that drug a line of its own')
        return False
    if limit.of is not None and product.lead not in limit.of.ingredients:
        notes.caution("DIR-106", f'"{limit.text}" limits another ingredient; it was not used')
        return False
    return True


def _counted_limit(limit: NumberLimit, takings: Sequence[Taking], product: Product, notes: Notes) -> Amount | None:
    """A bare number as one of what the doses count; None: they count nothing, so it is a number of doses."""
    counted = next((t.dose for t in takings if t.dose is not None and t.dose.low.unit.is_count), None)
    number = decimal_text(limit.most)
    if counted is None and _is_several_units(takings, product):
        asked = f'"{limit.text}": of doses, or of tablets and the like? Write it as in "max 4 doses a day"'
        notes.problem("DIR-007", asked)
        return None
    if counted is None:
        notes.caution("DIR-106", f'"{limit.text}" was read as {number} doses a day')
        return None
    unit = counted.low.unit
    if counted.high.value != 1:
        notes.caution("DIR-106", f'"{limit.text}" was read as {number} {unit.counted(limit.most)}, not doses')
    return Amount(limit.most, unit)


def _is_several_units(takings: Sequence[Taking], product: Product) -> bool:
    """Whether a dose by mass is not one unit of the product, so that a number of units is not one of doses."""
    strength = product.lead_component.strength
    if strength is None or not is_mass(strength):
        return False
    doses = (taking.dose.high for taking in takings if taking.dose is not None)
    return any(is_mass(each) and each.to(strength.unit).value != strength.value for each in doses)


def supply_of(found: Phrases, product: Product, notes: Notes) -> tuple[Amount | None, Fraction | None]:
    """Quantity and days' supply, where the line states them."""
    if not found.has(Quantity, SupplyPhrase):
        return None, None
    quantities = found.all(Quantity)
    days = [phrase.days for phrase in found.all(SupplyPhrase)]
    days += [phrase.days for phrase in quantities if phrase.days is not None]
    if len({phrase.number for phrase in quantities}) > 1 or len(set(days)) > 1:
        notes.problem("DIR-007", "quantity or days' supply is given twice; keep the one that is meant")
    quantity = None
    if any(phrase.number == 0 for phrase in quantities):
        notes.problem("NUM-002", "a quantity of 0 cannot be meant; leave it out")
    if quantities:
        quantity = Amount(quantities[0].number, quantities[0].unit or product.unit or Unit.TABLET)
        if quantity.unit is Unit.L:
            quantity = units.convert(quantity, Unit.ML)
    return quantity, days[0] if days else None


def is_mass(amount: Amount) -> bool:
    """Whether this is an amount by mass."""
    return amount.unit.dimension is Dimension.MASS
