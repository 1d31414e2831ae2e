"""Whether what was read can be meant: parts that must agree, doses a product can make, numbers in reason."""

from __future__ import annotations

from fractions import Fraction

from medsteward import units
from medsteward.caches import remembered
from medsteward.drugs.matching import Description, Match, match
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.product import Product
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.offers import in_amount
from medsteward.readers.directions.pairs import STRENGTH_ALONE
from medsteward.readers.directions.understood import Count, Understood
from medsteward.thresholds import figure, whole

_LONGEST_DAYS = whole("rarest_dose")
_RAREST = Fraction(1, _LONGEST_DAYS)
_MOST_OFTEN = whole("most_times")
"""Times a day."""
_HOURLY = whole("opioid_most_times")
"""Times a day from which the interval of an opioid is asked about."""
_WIDEST, _WIDEST_OF_CONCENTRATE = whole("wide_range"), whole("wide_range_concentrate")
"""How many times the low end the high end of a dose is where it is asked about."""
MOST_PATCHES = whole("patches_at_once")
"""Patches that are worn at once; more are asked about."""
_MOST_OPIOID_UNITS, _MOST_UNITS = whole("opioid_units_at_once"), whole("units_at_once")
_MOST_ML, _MOST_CONCENTRATE_MG = whole("opioid_ml_at_once"), whole("concentrate_mg_at_once")
_CONCENTRATE = figure("concentrate_from")
"""mg/mL from which a liquid is a concentrate, measured in fractions of a mL."""
_STRONGEST_ORAL = figure("strongest_oral")
_SMALLEST_PIECE = whole("pieces")
"""The parts of a tablet that are given at the finest: quarters."""
_THIRDS, _NEAR_A_THIRD = 3, figure("near_a_third")
_MANY_ML_OF_STRONGEST = whole("strongest_oral_ml")
"""mL at one time, of the oral concentrates of morphine and oxycodone, from which mg are named."""
_APART = figure("mass_beside_count")
_TIMES_LISTED = whole("times_listed_mass")
_TIMES_LARGEST_STRENGTH = whole("times_largest_strength")
_HIGH_DOSE_DRUGS = frozenset({"methadone"})
"""Drugs whose usual doses can be many units or mL at one time."""
_MOST_TIMES_THE_LARGEST = whole("times_largest_product")
SOLIDS = frozenset({Dimension.TABLET, Dimension.CAPSULE, Dimension.FILM, Dimension.LOZENGE, Dimension.SUPPOSITORY})
"""What is counted and swallowed, dissolved or inserted."""


def check_doses(understood: Understood, product: Product, sig: Sig, matched: Match, notes: Notes) -> None:
    """Note what cannot be meant: disagreeing parts, impossible doses, numbers out of reason."""
    strength = product.lead_component.strength
    check_strengths(product, matched, notes)
    for dose, mass in understood.checks:
        _check_mass(dose, mass, strength, notes)
    _check_day(understood, product, sig, notes)
    _check_halved(understood, product, matched, notes)
    if not all(_all_numbers(sig, product)):
        notes.problem("NUM-002", "a dose, strength, limit or frequency of 0 cannot be meant; leave the line out then")
    for planned in understood.takings:
        if planned.times_per_day is not None and (asked := _asked_of(planned.times_per_day, product.is_opioid)):
            notes.problem("DIR-007", asked)
    _check_limit(sig, strength, notes)
    for taking in sig.takings:
        _check_range(taking, product, strength, notes)
        _check_unit(taking, product, strength, matched, notes)
        if not understood.checks:
            _point_at_concentrate(taking, product, strength, notes)


@remembered(1024)
def _asked_of(times: Span, opioid: bool) -> str:
    """What is asked about an interval that is too long or too short; empty: nothing."""
    if 0 < times.high < _RAREST:
        return f"less than once in {_LONGEST_DAYS} days; check the interval"
    if times.high > _MOST_OFTEN:
        return f"more than {_MOST_OFTEN} times a day; check the interval"
    return "an opioid more often than every hour; check the interval" if times.high > _HOURLY and opioid else ""


def _check_limit(sig: Sig, strength: Amount | None, notes: Notes) -> None:
    """A limit below one dose contradicts the dose, whether they are written in the same unit or not."""
    if sig.daily_total is not None and sig.limit is not None and sig.limit != sig.daily_total.high:
        notes.problem("DIR-007", f"{sig.daily_total} a day and at most {sig.limit} a day: which is it?")
    for taking in sig.takings:
        dose = taking.dose
        if dose is None or sig.limit is None:
            continue
        if dose.low.unit is sig.limit.unit:
            is_below = sig.limit < dose.low
        else:
            most, least = _in_mg(sig.limit, strength), _in_mg(dose.low, strength)
            is_below = most is not None and least is not None and most < least
        if is_below:
            notes.problem("DIR-007", f"at most {sig.limit} a day, but one dose is {dose}; check both")


def _in_mg(amount: Amount, strength: Amount | None) -> Fraction | None:
    """An amount in mg of the leading ingredient; None where its strength does not tell."""
    if amount.unit.dimension is Dimension.MASS:
        return amount.to(Unit.MG).value
    if strength is None:
        return None
    if amount.unit.is_count and strength.unit.dimension is Dimension.MASS:
        return amount.value * strength.to(Unit.MG).value
    if amount.unit.dimension is Dimension.VOLUME and strength.unit.dimension is Dimension.CONCENTRATION:
        return amount.to(Unit.ML).value * strength.to(Unit.MG_PER_ML).value
    return None


def _check_range(taking: Taking, product: Product, strength: Amount | None, notes: Notes) -> None:
    """A range of an opioid whose ends lie far apart is likelier a slip of the point, the unit or the line."""
    dose = taking.dose
    if dose is None or dose.low is dose.high or not dose.low.value or not product.is_opioid:
        return
    concentrate = (
        dose.high.unit is Unit.ML
        and strength is not None
        and _is_concentration(strength)
        and strength.to(Unit.MG_PER_ML).value >= _STRONGEST_ORAL
    )
    if dose.high.value >= _WIDEST * dose.low.value or (
        concentrate and dose.high.value > _WIDEST_OF_CONCENTRATE * dose.low.value
    ):
        notes.problem("DIR-007", f"{dose} is a wide range for one dose of an opioid; check both numbers and the unit")


def _all_numbers(sig: Sig, product: Product) -> list[Fraction]:
    numbers = [taking.dose.high.value for taking in sig.takings if taking.dose is not None]
    numbers += [taking.times_per_day.high for taking in sig.takings if taking.times_per_day is not None]
    numbers += [component.strength.value for component in product.components if component.strength is not None]
    numbers += [sig.limit.value] if sig.limit is not None else []
    numbers += [sig.daily_total.high.value] if sig.daily_total is not None else []
    return numbers + ([sig.limit_doses] if sig.limit_doses is not None else [])


def _check_mass(dose: Dose | Count, mass: Dose, strength: Amount | None, notes: Notes) -> None:
    """A count or volume and the mass beside it must agree, low end with low end and high end with high end."""
    if strength is None or strength.unit.dimension not in (Dimension.MASS, Dimension.CONCENTRATION):
        notes.problem("DIR-002", f"{mass} in how many of what strength? Write the strength, as in 5 mg tablet")
        return
    ends = (dose.low, dose.high) if isinstance(dose, Count) else (dose.low.value, dose.high.value)
    if isinstance(dose, Dose) and dose.high.unit.dimension is Dimension.VOLUME:
        ends = (units.convert(dose.low, Unit.ML).value, units.convert(dose.high, Unit.ML).value)
    each_mg = strength.to(Unit.MG if strength.unit.dimension is Dimension.MASS else Unit.MG_PER_ML).value
    for number, said in zip(ends, (mass.low, mass.high), strict=True):
        actual = Amount(number * each_mg, Unit.MG)
        if abs(actual.value - said.to(Unit.MG).value) > actual.value * _APART:
            shown = decimal_text(number) if isinstance(dose, Count) else str(Amount(number, dose.high.unit))
            notes.problem(
                "DIR-004", f"{shown} of {strength} is {actual.to(said.unit)}, not {said}. Check which is right"
            )
            return


def _check_day(understood: Understood, product: Product, sig: Sig, notes: Notes) -> None:
    """A mass that is stated beside dose and schedule, of a day or in total, must be what they come to."""
    if not understood.day_checks and not understood.total_checks:
        return
    strength = product.lead_component.strength
    doses = [(_mg_of(t.dose.high, strength), t.times_per_day.high) for t in sig.takings if t.dose and t.times_per_day]
    total = sum((each * times for each, times in doses), Fraction(0))
    for stated in understood.day_checks:
        if total != stated.high.to(Unit.MG).value:
            day = Amount(total, Unit.MG)
            notes.problem("DIR-004", f'the doses come to {day} a day, not "{stated.text}". Check which is right')
    for check in understood.total_checks:
        if check.high.to(Unit.MG).value not in {total, *(each for each, _ in doses)}:
            text = f'"{check.text}" is neither one dose nor a day\'s ({Amount(total, Unit.MG)}). Check which is right'
            notes.problem("DIR-004", text)


def _check_halved(understood: Understood, product: Product, matched: Match, notes: Notes) -> None:
    """Half of a tablet is read where one can be halved: not of a capsule, nor of one that lets go slowly."""
    if understood.halved is None:
        return
    parts = {listed.splittable for listed in matched.fits}
    if product.unit is not Unit.TABLET or product.release == "ER" or not parts or parts == {"no"}:
        whole, half = understood.halved
        text = f'"{whole.text}" and "{half.text}" cannot both be the dose: this product is not made to be halved'
        notes.problem("DIR-007", text)


def _mg_of(dose: Amount, strength: Amount | None) -> Fraction:
    """What a dose is in mg of the lead ingredient; 0 where that cannot be told."""
    if dose.unit.dimension is Dimension.MASS:
        return dose.to(Unit.MG).value
    if strength is not None and strength.unit.dimension is Dimension.MASS and dose.unit.is_count:
        return dose.value * strength.to(Unit.MG).value
    if strength is not None and strength.unit.dimension is Dimension.CONCENTRATION and dose.unit is Unit.ML:
        return dose.value * strength.to(Unit.MG_PER_ML).value
    return Fraction(0)


def _check_piece(dose: Amount, product: Product, strength: Amount, notes: Notes) -> None:
    """A mass that is a crumb of one tablet: its unit is likelier a slip (ours: below a quarter)."""
    one = product.unit
    if one is None or one.dimension not in SOLIDS:
        return
    if 0 < dose.to(strength.unit).value * _SMALLEST_PIECE < strength.value:
        notes.problem(
            "DIR-007", f"{dose} is less than a quarter of a {strength} {one.value}; check the unit of the dose"
        )


def _is_piece(count: Fraction) -> bool:
    """Whether a number of tablets is whole, or in quarters or thirds as people write them (0.33, 0.67)."""
    if count.denominator == 1:
        return True
    thirds = count * _THIRDS
    return (count * _SMALLEST_PIECE).denominator == 1 or abs(thirds - round(thirds)) <= _NEAR_A_THIRD


def _check_unit(taking: Taking, product: Product, strength: Amount | None, matched: Match, notes: Notes) -> None:
    """A dose must fit the product: tablets of tablets, mL of a liquid; and be possible."""
    if taking.dose is None:
        return
    dose = taking.dose.high
    unit = dose.unit
    if strength is not None and strength.unit.dimension is Dimension.CONCENTRATION and unit.is_count:
        if unit.dimension in SOLIDS:
            notes.problem("DIR-007", f"{unit.counted(Fraction(2))} cannot be of {strength}; check form and strength")
        return
    if strength is not None and strength.unit.dimension is Dimension.MASS and unit is Unit.ML:
        notes.problem("DIR-007", f"mL cannot be of {strength}; write the concentration, as in 20 mg/mL")
        return
    if unit is Unit.ML:
        _check_volume(dose, product, strength, notes)
    if unit.dimension is Dimension.MASS and strength is not None and strength.unit.dimension is Dimension.MASS:
        _check_piece(dose, product, strength, notes)
    if unit.is_count:
        usual = _MOST_OPIOID_UNITS if product.is_opioid and not _is_high_dose(product) else _MOST_UNITS
        most = MOST_PATCHES if unit.dimension is Dimension.PATCH else usual
        if dose.value > most:
            notes.problem(
                "NUM-002",
                f"{dose} at once is not plausible; if the number is a strength write its unit (10 mcg/h), if it "
                f"is a quantity write qty",
            )
        elif (
            product.is_opioid
            and unit.dimension in SOLIDS
            and not all(_is_piece(end.value) for end in (taking.dose.low, dose))
        ):
            notes.problem("NUM-002", f"{taking.dose}: tablets are not given in such parts; check the number")
        elif taking.dose.low.value.denominator != 1:
            splittable = {p.splittable for p in matched.fits or matched.alike}
            if splittable == {"no"} or (not matched.fits and _is_long_acting_elsewhere(product)):
                notes.caution("PROD-102", f"{taking.dose.low}: this product is not made to be split")
    if unit.dimension is Dimension.MASS:
        _check_mass_dose(dose, product, strength, matched, notes)


def _check_mass_dose(dose: Amount, product: Product, strength: Amount | None, matched: Match, notes: Notes) -> None:
    """A dose by mass must not be a thousand times, nor many times, what the products could make."""
    ingredients = tuple(component.ingredient for component in product.components)
    lead = product.lead
    if product.brand is not None and not any(product.brand in p.brands for p in matched.alike):
        return  # a brand whose products we do not list
    listed = _listed_masses(matched, lead, dose.unit)
    liquid = any(p.product.unit is Unit.ML for p in matched.alike)
    wrong = match(Description(ingredients, strengths=(dose,))).thousandfold if strength is None else None
    if wrong is not None:
        possible = any(
            dose.value <= _TIMES_LISTED * each and (dose.value * _SMALLEST_PIECE / each).denominator == 1
            for each in listed
        )
        if not possible and not (
            liquid and listed and listed[0] / _TIMES_LISTED <= dose.value <= _TIMES_LISTED * listed[-1]
        ):
            text = f"no {lead} product makes {dose}; one has {wrong}. Check the unit"
            notes.offer("UNIT-002", in_amount(dose), (str(wrong),), lambda held: text)
            return
    largest = listed[-1] if listed else None
    if strength is not None and strength.unit.dimension is Dimension.MASS:
        largest = max(strength.to(dose.unit).value, largest or Fraction(0))
    if (
        largest is not None
        and product.is_opioid
        and not _is_high_dose(product)
        and dose.value > _MOST_TIMES_THE_LARGEST * largest
    ):
        unit = Amount(largest, dose.unit)
        notes.problem("NUM-002", f"a dose of {dose} is far above the largest product ({unit}); check the number")


def _is_high_dose(product: Product) -> bool:
    return any(component.ingredient in _HIGH_DOSE_DRUGS for component in product.components)


def _check_volume(dose: Amount, product: Product, strength: Amount | None, notes: Notes) -> None:
    """A dose of a liquid opioid is a few mL, and of a concentrate less."""
    if not product.is_opioid or _is_high_dose(product):
        return
    concentration = strength.to(Unit.MG_PER_ML).value if _is_concentration(strength) and strength else Fraction(0)
    too_much = concentration >= _CONCENTRATE and dose.value * concentration > _MOST_CONCENTRATE_MG
    if dose.value > _MOST_ML or too_much:
        notes.problem("NUM-002", f"{dose} at once is not plausible; if it is the quantity write qty")


def _point_at_concentrate(taking: Taking, product: Product, strength: Amount | None, notes: Notes) -> None:
    """Milligrams of an opioid concentrate taken for mL are a known way to die: many mL without the mg are named."""
    dose = None if taking.dose is None else taking.dose.high
    if dose is None or dose.unit is not Unit.ML or strength is None or not _is_concentration(strength):
        return
    per_ml = strength.to(Unit.MG_PER_ML).value
    if per_ml < _STRONGEST_ORAL or dose.value < _MANY_ML_OF_STRONGEST:
        return
    if product.is_opioid:
        mass = Amount(dose.value * per_ml, Unit.MG)
        notes.caution("NUM-102", f"{dose} of {strength} is {mass} at one time: check that mg was not taken for mL")


def _is_concentration(amount: Amount | None) -> bool:
    return amount is not None and amount.unit.dimension is Dimension.CONCENTRATION


def _opioid_is_the_larger(product: Product) -> bool:
    """Whether the strengths of a combination are likelier those of the other order: "codeine 300 mg" with 30 mg."""
    lead = product.lead_component
    other = next(c for c in product.components if c is not lead)
    if not product.is_opioid or lead.strength is None or other.strength is None:
        return False
    masses = [s.to(Unit.MG).value for s in (lead.strength, other.strength) if s.unit.dimension is Dimension.MASS]
    return len(masses) == 2 and masses[0] >= STRENGTH_ALONE > masses[1]


def check_strengths(product: Product, matched: Match, notes: Notes) -> None:
    """A strength of an opioid far above every listed one is a slip, not a product we do not list."""
    if matched.fits or matched.swapped is not None:
        return
    if len(product.components) == 2 and _opioid_is_the_larger(product):
        notes.problem("DIR-007", "the opioid has the larger strength of the two; write each strength behind its drug")
        return
    if not matched.alike:
        return
    if product.brand is not None and not any(product.brand in p.brands for p in matched.alike):
        return  # a brand whose products we do not list
    lead, said = product.lead, product.lead_component.strength
    if said is None or said.unit.dimension is not Dimension.MASS or not product.is_opioid:
        return
    listed = _listed_masses(matched, lead, said.unit)
    if listed and said.value > _TIMES_LARGEST_STRENGTH * listed[-1] and not _is_made_somewhere(product, said):
        largest = Amount(listed[-1], said.unit)
        notes.problem("NUM-002", f"{said} is far above the largest {lead} product of this kind ({largest}); check it")


@remembered(4096)
def _is_made_somewhere(product: Product, strength: Amount) -> bool:
    """Whether a product has this strength in another form, by the same route and release, or in another country."""
    from medsteward.drugs.sold_elsewhere import is_sold_elsewhere

    ingredients = tuple(component.ingredient for component in product.components)
    in_form = Description(ingredients, None, product.form, None, product.release, (strength,))
    in_any = Description(ingredients, None, None, product.route, product.release, (strength,))
    return is_sold_elsewhere(in_form) or bool(match(in_any).fits)


def _is_long_acting_elsewhere(product: Product) -> bool:
    """Whether the product stands only in lists of other countries, and there as one that lets go slowly."""
    from medsteward.drugs.sold_elsewhere import releases_elsewhere

    strengths = tuple(c.strength for c in product.components if c.strength is not None)
    ingredients = tuple(component.ingredient for component in product.components)
    return releases_elsewhere(Description(ingredients, strengths=strengths)) == {"ER"}


@remembered(4096)
def _listed_masses(matched: Match, ingredient: str, unit: Unit) -> tuple[Fraction, ...]:
    """The strengths by mass of an ingredient in the products alike, in a unit of mass, from the lowest."""
    components = (c for p in matched.alike for c in p.product.components if c.ingredient == ingredient)
    strengths = (c.strength for c in components if c.strength is not None)
    return tuple(sorted(each.to(unit).value for each in strengths if each.unit.dimension is Dimension.MASS))
