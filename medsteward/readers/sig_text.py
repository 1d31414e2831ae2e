"""One medication line as people write it, to a regimen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from attrs import evolve

from medsteward import units
from medsteward.drugs.matching import (
    Description,
    Match,
    is_known_combination,
    is_listed_strengths,
    leading_ingredient,
    match,
)
from medsteward.model.amount import Amount
from medsteward.model.codes import CODES
from medsteward.model.number import decimal_text
from medsteward.model.product import Product
from medsteward.model.regimen import Candidate, Line, Regimen
from medsteward.model.sig import Dose, Sig, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions import Count, Planned, Understood, understand
from medsteward.readers.grammar import Part, parts
from medsteward.readers.naming import Naming, is_opioid, naming, report_unknown
from medsteward.readers.notes import Notes
from medsteward.readers.tokens import MAX_LENGTH, fold, tokens

REMEMBERED = 50_000
"""How many different lines are kept read. Prescriptions repeat; the same words always mean the same."""

_REFUSED = {
    "unsafe": ("DRUG-002", '"{}" could be morphine sulfate or magnesium sulfate; write the drug\'s name in full'),
    "step": ("DIR-008", '"{}": directions or orders that change are not one line; write what is taken now, with dates'),
    "few_doses": ("DIR-008", '"{}" is a number of doses, not a daily schedule; write the days it is taken'),
    "infusion": ("DIR-011", '"{}": infusions and pumps are not read; this program is for doses people take at home'),
    "month": ("DIR-005", '"{}": a month has no fixed length; write "every 28 days" or "every 30 days"'),
    "once": ("DIR-005", '"{}" alone could be a single dose or once a day; write "once daily" if that is meant'),
    "household": ("DIR-003", '"{}" is a household measure; write the volume in mL, as in "5 mL"'),
    "untimed_limit": ("DIR-001", '"{}" in what time? Write it as in "max 6 per day"'),
    "other_limit": ("DIR-007", '"{}": only a limit per day is counted; write it as in "max 6 per day"'),
    "untimed_every": ("DIR-001", '"{}" of what? Write the unit, as in "every 6 hours"'),
    "vague_moments": ("DIR-007", '"{}": one dose or two? Write "once daily", or join the times with "and"'),
    "total": ("DIR-005", 'not understood: "{}"; write a limit as in "max 8 per day"'),
}
_MOST_AT_ONCE = {Dimension.PATCH: 5}
_MOST_OPIOID_UNITS, _MOST_UNITS = 12, 30
_MOST_TIMES_THE_LARGEST = 4
_SOLIDS = frozenset({Dimension.TABLET, Dimension.CAPSULE, Dimension.FILM, Dimension.LOZENGE, Dimension.SUPPOSITORY})
_PRODUCT_CODES = ("PROD", "DIR-1")


@lru_cache(maxsize=REMEMBERED)
def read_line(text: str) -> Line:
    """Read one medication line: drug, strength, dose, how often, limits, supply, reason.

    Never raises for what a person may write. What is wrong is in ``Line.problems``, what deserves a word in
    ``Line.cautions``; a missing frequency, dose or strength is not reported here, because only some uses need it.
    """
    return _read(text, offers=True)


def _read(text: str, *, offers: bool) -> Line:
    notes = Notes()
    if len(text) > MAX_LENGTH:
        notes.problem("DIR-009", f"this line has {len(text):,} characters; directions have at most {MAX_LENGTH:,}")
        return Line(text[:80], None, tuple(notes.problems))
    found_tokens, odd = tokens(text)
    for oddity in odd:
        if CODES[oddity.code].exit_code:
            notes.problem(oddity.code, oddity.text)
        else:
            notes.caution(oddity.code, oddity.text)
    found = parts(found_tokens)
    lost = any(part.kind == "unknown" for part in found)
    for part in found:
        if part.kind in _REFUSED and not (part.kind == "total" and part.bracketed):
            if lost and part.kind.startswith("untimed"):
                continue  # the word that was not understood is the time
            code, sentence = _REFUSED[part.kind]
            notes.problem(code, sentence.format(part.text))
    if sum(part.kind == "duration" for part in found) > 1:
        notes.problem("DIR-008", "several durations in one line; write one line per dose, with dates")
    named_or_refused = any(part.kind in ("name", "unsafe") for part in found)
    offered = report_unknown(found, named_or_refused, notes) if offers else ()
    if not offers and any(part.kind == "unknown" for part in found):
        notes.problem("DIR-005", "words not understood")
    named = naming(found, notes) if any(part.kind == "name" for part in found) else None
    if named is None:
        candidates = _candidates(text, offered)
        return Line(text, None, tuple(notes.problems), tuple(notes.cautions), candidates)
    # once a number or a word is wrong, what would follow from it is not worth saying
    already = bool(notes.problems)
    regimen = _regimen(found, named, Notes() if already else notes)
    if notes.problems:
        # nothing was counted, so what is said about counting would mislead
        notes.cautions = [c for c in notes.cautions if not c.code.startswith(_PRODUCT_CODES)]
    if regimen.sig.as_needed:
        # as needed counts as none when scheduled, whatever the low end
        notes.cautions = [caution for caution in notes.cautions if caution.code != "DIR-104"]
    return Line(text, regimen, tuple(notes.problems), tuple(notes.cautions), _candidates(text, offered))


def _candidates(text: str, offered: Sequence[tuple[str, str]]) -> tuple[Candidate, ...]:
    """The lines that would be meant if the unknown word were each of the offered names."""
    found = []
    folded = fold(text)
    for word, name in offered[:3]:
        corrected = folded.replace(word, name, 1)
        line = _read(corrected, offers=False)
        if line.regimen is not None and not line.problems:
            found.append(Candidate(name, corrected, line.regimen))
    return tuple(found)


def _regimen(found: Sequence[Part], named: Naming, notes: Notes) -> Regimen:
    nostrils = any(part.kind == "twice" for part in found)

    def listed(pair: tuple[Fraction, Fraction]) -> bool:
        return is_listed_strengths(named.ingredients, pair)

    understood = understand(found, named.ingredients, listed, notes)
    description = _description(found, named, understood, notes)
    matched = match(description)
    _check_context(found, understood, matched, notes)
    _check_match(description, matched, understood, notes)
    if named.apart and not matched.fits:
        notes.problem("DRUG-003", "no listed product holds these strengths together; give each drug a line of its own")
    if named.brand is not None and not understood.strengths and any(c.isdigit() for c in named.brand):
        # Tylenol #3: the number in the brand is the strength
        matched = match(evolve(description, strengths=_brand_strengths(named, matched)))
    product = matched.product
    sig = _sig(found, understood, product, matched, notes, twice=nostrils)
    _check_doses(understood, product, sig, matched, notes)
    quantity, days = _supply(found, product, notes)
    return Regimen(product, sig, quantity, days, indication=_indication(found, sig))


def _check_context(found: Sequence[Part], understood: Understood, matched: Match, notes: Notes) -> None:
    """Words that only fit some products or schedules."""
    is_patch = matched.product.form == "patch"
    changed = next((part for part in found if part.kind == "change"), None)
    if changed is not None and not is_patch:
        notes.problem("DIR-008", f'"{changed.text}": write only what is taken now')
    units_said = next((part for part in found if part.kind == "international"), None)
    if units_said is not None and is_opioid(tuple(c.ingredient for c in matched.product.components)):
        notes.problem("UNIT-001", f'"{units_said.text}" is no dose of an opioid; write mg, mcg or a count')
    meals = next((part for part in found if part.kind == "meals"), None)
    if meals is not None and any(t.moments or t.times_per_day is None for t in understood.takings):
        notes.problem("DIR-001", f'"{meals.text}": how many times a day? Write it, as in "3 times daily with meals"')
    if any(part.kind == "as_needed" for part in found) and len(understood.takings) > 1:
        notes.problem("DIR-007", "which of these doses is as needed? Give each one a line of its own")


# --- the product ------------------------------------------------------------------------------------------------


def _description(found: Sequence[Part], named: Naming, understood: Understood, notes: Notes) -> Description:
    strengths = understood.strengths
    if any(part.kind == "percent" for part in found) and not strengths:
        percent = next(part for part in found if part.kind == "percent")
        strengths = (Amount(_first_number(percent.text), Unit.PERCENT),)
    form = _one(found, "form", notes, "forms")
    counted = _counted_unit(found, understood, notes)
    if form is None and counted is not None:
        form = counted.value
    rates = any(s.unit.dimension is Dimension.RATE for s in strengths)
    if rates:
        if form not in (None, "patch"):
            notes.problem("UNIT-001", f"a strength per hour belongs to a patch, not to a {form}")
        form = "patch"
    if form is None and any(s.unit.dimension is Dimension.CONCENTRATION for s in strengths):
        form = None if _is_injected(found) else "solution"
    route = _route(found, form, notes)
    release = _one(found, "release", notes, "kinds of release")
    if not strengths and form is not None and form not in ("solution", "suspension"):
        strengths = _dose_as_strength(understood)
        understood.strengths = strengths
    if not strengths and not _has_oral(named.ingredients):
        strengths = _dose_as_strength(understood)
    return Description(named.ingredients, named.brand, form, route, release, strengths)


def _first_number(text: str) -> Fraction:
    from medsteward.model.number import exact

    return exact(text.split()[0])


def _route(found: Sequence[Part], form: str | None, notes: Notes) -> str | None:
    said = {part.low for part in found if part.kind == "route"}
    if said == {"oral", "sublingual"}:
        notes.caution("DIR-107", "by mouth or under the tongue: counted as by mouth")
        return "oral"
    if said == {"topical"} and form == "patch":
        return None
    return _one(found, "route", notes, "routes")


def _one(found: Sequence[Part], kind: str, notes: Notes, what: str) -> str | None:
    """The one form, route or release that is stated. A longer form word holds a shorter one."""
    said = list(dict.fromkeys(part.low for part in found if part.kind == kind))
    said = [each for each in said if not any(other != each and other.endswith(f" {each}") for other in said)]
    if len(said) > 1:
        notes.problem("DIR-007", f"this line names several {what}: {', '.join(said)}")
    return said[0] if said else None


_ALIKE = {Unit.ACTUATION: Unit.SPRAY}


def _counted_unit(found: Sequence[Part], understood: Understood, notes: Notes) -> Unit | None:
    """The unit that doses are counted in, or that stands alone as a form: tablet, patch, spray. One only."""
    said = [part.low for part in found if part.kind == "unit"]
    said += [p.dose.low.unit for p in understood.takings if isinstance(p.dose, Dose) and p.dose.low.unit.is_count]
    distinct = list(dict.fromkeys(_ALIKE.get(unit, unit) for unit in said))
    if len(distinct) > 1:
        names = " and ".join(unit.counted(Fraction(2)) for unit in distinct)
        notes.problem("DIR-007", f"this line speaks of {names}; keep the form that is meant")
    return distinct[0] if distinct else None


def _is_injected(found: Sequence[Part]) -> bool:
    return any(part.kind == "route" and part.low in ("parenteral", "epidural") for part in found)


def _has_oral(ingredients: tuple[str, ...]) -> bool:
    return match(Description(ingredients)).product.route == "oral"


def _dose_as_strength(understood: Understood) -> tuple[Amount, ...]:
    """The one mass a line states, where it may be the product's strength as well as the dose."""
    masses = {
        (p.dose.low, p.dose.high)
        for p in understood.takings
        if isinstance(p.dose, Dose) and p.dose.low.unit.dimension is Dimension.MASS
    }
    if len(masses) == 1:
        low, high = masses.pop()
        return (low,) if low == high else ()
    return ()


def _check_match(said: Description, matched: Match, understood: Understood, notes: Notes) -> None:
    remarks = {(p.remark_code, p.remark) for p in matched.fits or matched.alike}
    if len(remarks) == 1 and (remark := remarks.pop())[0]:
        notes.caution(*remark)
    name = " with ".join(said.ingredients)
    if matched.swapped is not None:
        right = "/".join(decimal_text(each.value) for each in matched.swapped)
        notes.problem(
            "DIR-007", f"the strengths do not stand in the order of the names; {name} is made as {right}", right
        )
    elif matched.thousandfold is not None:
        stated = (
            said.strengths[said.ingredients.index(leading_ingredient(said.ingredients))]
            if len(said.strengths) == len(said.ingredients)
            else said.strengths[0]
        )
        notes.problem(
            "UNIT-002",
            f"no {name} product has {stated}; one has {matched.thousandfold}. Check the unit",
            str(matched.thousandfold),
        )
    elif said.strengths and understood.strengths and not matched.fits:
        _unlisted(said, matched, notes)
    lead = leading_ingredient(said.ingredients)
    rates = {
        c.strength.unit
        for p in matched.alike
        for c in p.product.components
        if c.ingredient == lead and c.strength is not None
    }
    if said.form == "patch" and rates == {Unit.MCG_PER_H} and said.strengths:
        strength = said.strengths[0]
        if strength.unit.dimension is Dimension.MASS:
            number = decimal_text(strength.value)
            notes.problem(
                "UNIT-001",
                f'a {lead} patch is written by its rate; write "{number} mcg/h" if that is meant, not "{strength}"',
                f"{number} mcg/h",
            )


def _unlisted(said: Description, matched: Match, notes: Notes) -> None:
    shown = "/".join(str(each) for each in said.strengths)
    what = " ".join(filter(None, (said.brand or "/".join(said.ingredients), said.release, said.form)))
    if matched.alike:
        listed = _listed_strengths(said, matched)
        tail = f"; listed are {', '.join(listed)}" if listed else ""
        notes.caution("PROD-101", f"no listed {what} has {shown}{tail}. It was counted as written")
    elif is_opioid(said.ingredients) and is_known_combination(frozenset(said.ingredients)):
        notes.caution("PROD-101", f"no {what} is in our list. It was counted as written")


def _listed_strengths(said: Description, matched: Match) -> list[str]:
    lead = leading_ingredient(said.ingredients)
    strengths = {
        component.strength
        for listed in matched.alike
        for component in listed.product.components
        if component.ingredient == lead and component.strength is not None
    }
    ordered = sorted(strengths, key=lambda amount: (amount.unit.value, amount.value))
    return [str(each) for each in ordered[:12]]


def _brand_strengths(named: Naming, matched: Match) -> tuple[Amount, ...]:
    """The strengths that a brand with a number stands for, where just one listed product bears it."""
    if len(matched.alike) != 1:
        return ()
    by_name = {c.ingredient: c.strength for c in matched.alike[0].product.components}
    strengths = [by_name.get(name) for name in named.ingredients]
    return tuple(each for each in strengths if each is not None)


# --- the directions ---------------------------------------------------------------------------------------------


def _sig(
    found: Sequence[Part], understood: Understood, product: Product, matched: Match, notes: Notes, *, twice: bool
) -> Sig:
    takings = tuple(_taking(planned, product, matched, twice=twice) for planned in understood.takings)
    if product.form == "patch":
        takings = _patches(takings)
    strength_only = bool(understood.strengths) and _is_mass(understood.strengths[0])
    said = any(part.kind == "strength" for part in found)
    if strength_only and not said and understood.daily_total is None and all(t.dose is None for t in takings):
        # "Percocet 5/325 every 6 hours": one unit of the product each time
        one = Amount(Fraction(1), product.unit or Unit.TABLET)
        takings = tuple(evolve(t, dose=Dose(one, one)) for t in takings) or (Taking(Dose(one, one), None),)
    needed = [part for part in found if part.kind == "as_needed"]
    reasons = [part.low for part in needed if part.low] + [part.text for part in found if part.kind == "reason"]
    limit, limit_doses = _limits(found, takings, product, notes)
    wear = next((planned.wear for planned in understood.takings if planned.wear is not None), None)
    durations = [part.low for part in found if part.kind == "duration"]
    if any(part.kind == "awake" for part in found):
        notes.caution("DIR-103", "while awake: counted around the clock, the most these directions allow")
    return Sig(
        takings=takings,
        as_needed=bool(needed),
        reason="; ".join(dict.fromkeys(reasons)) or None,
        limit=limit,
        limit_doses=limit_doses,
        daily_total=_in_mg(understood.daily_total, product),
        wear_hours=wear if product.form == "patch" else None,
        while_awake=any(part.kind == "awake" for part in found),
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
    dose = _in_mg(dose, product)
    if twice and dose is not None and dose.low.unit in (Unit.SPRAY, Unit.ACTUATION):
        dose = Dose(dose.low * Fraction(2), dose.high * Fraction(2))
    return Taking(dose, planned.times_per_day, planned.moments)


def _piece(matched: Match) -> Unit:
    """What a bare count counts, where the products that fit are of several kinds: tablets if any is a tablet."""
    fitting = [p.product.unit for p in (matched.fits or matched.alike) if p.product.unit and p.product.unit.is_count]
    return Unit.TABLET if not fitting or Unit.TABLET in fitting else fitting[0]


def _in_mg(dose: Dose | None, product: Product) -> Dose | None:
    """A mass in the unit the product's strength is labelled in, or in mg; a volume in mL."""
    if dose is None or dose.low.unit.is_count:
        return dose
    if dose.low.unit.dimension is Dimension.VOLUME:
        return Dose(units.convert(dose.low, Unit.ML), units.convert(dose.high, Unit.ML))
    labelled = next((c.strength.unit for c in product.components if c.strength is not None), Unit.MG)
    unit = labelled if labelled.dimension is Dimension.MASS else Unit.MG
    return Dose(units.convert(dose.low, unit), units.convert(dose.high, unit))


def _limits(
    found: Sequence[Part], takings: Sequence[Taking], product: Product, notes: Notes
) -> tuple[Amount | None, Fraction | None]:
    """The most per day: an amount, or a number of doses."""
    amount: Amount | None = None
    doses: Fraction | None = None
    for part in (p for p in found if p.kind == "limit"):
        if part.extra == "doses":
            doses = part.low if doses is None else min(doses, part.low)
            continue
        if part.extra is None and len(product.components) > 1 and _is_mass(part.low):
            notes.caution("DIR-106", f'"{part.text}": of which ingredient? The limit was not used')
            continue
        if part.extra is not None and leading_ingredient(tuple(c.ingredient for c in product.components)) not in (
            part.extra.ingredients
        ):
            notes.caution("DIR-106", f'"{part.text}" limits another ingredient; it was not used')
            continue
        limit = part.low
        if isinstance(limit, Fraction):
            counted = next((t.dose for t in takings if t.dose is not None and t.dose.low.unit.is_count), None)
            if counted is None:
                notes.caution("DIR-106", f'"{part.text}" was read as {decimal_text(limit)} doses a day')
                doses = limit if doses is None else min(doses, limit)
                continue
            unit = counted.low.unit
            if counted.high.value != 1:
                notes.caution(
                    "DIR-106", f'"{part.text}" was read as {decimal_text(limit)} {unit.counted(limit)}, not doses'
                )
            limit = Amount(limit, unit)
        limit = _in_mg(Dose(limit, limit), product).low  # type: ignore[union-attr]
        if amount is not None and amount.unit is not limit.unit:
            notes.problem("DIR-007", f'"{part.text}" is a second limit in another unit; keep the one that is meant')
            continue
        amount = limit if amount is None or limit < amount else amount
    return amount, doses


def _check_doses(understood: Understood, product: Product, sig: Sig, matched: Match, notes: Notes) -> None:
    lead = leading_ingredient(tuple(c.ingredient for c in product.components))
    component = next(c for c in product.components if c.ingredient == lead)
    for dose, mass in understood.checks:
        _check_mass(dose, mass, component.strength, notes)
    _check_day(understood, product, sig, notes)
    if any(number == 0 for number in _all_numbers(sig, product)):
        notes.problem("NUM-002", "a dose, strength, limit or frequency of 0 cannot be meant; leave the line out then")
    for planned in understood.takings:
        if planned.times_per_day is not None and planned.times_per_day.high > 48:
            notes.problem("DIR-007", "more than 48 times a day; check the interval")
    _check_limit(sig, notes)
    for taking in sig.takings:
        _check_unit(taking, product, component.strength, matched, notes)


def _check_limit(sig: Sig, notes: Notes) -> None:
    """A limit below one dose contradicts the dose."""
    for taking in sig.takings:
        dose = taking.dose
        if dose is None or sig.limit is None or dose.low.unit is not sig.limit.unit:
            continue
        if sig.limit < dose.low:
            notes.problem("DIR-007", f"at most {sig.limit} a day, but one dose is {dose}; check both")


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
        if abs(actual.value - said.to(Unit.MG).value) > actual.value / 100:
            shown = decimal_text(number) if isinstance(dose, Count) else str(Amount(number, dose.high.unit))
            notes.problem(
                "DIR-004", f"{shown} of {strength} is {actual.to(said.unit)}, not {said}. Check which is right"
            )
            return


def _check_day(understood: Understood, product: Product, sig: Sig, notes: Notes) -> None:
    """A day's mass that is stated beside dose and schedule must be what they come to."""
    for stated in understood.day_checks:
        strength = next((c.strength for c in product.components if c.strength is not None), None)
        total = Fraction(0)
        for taking in sig.takings:
            if taking.dose is None or taking.times_per_day is None:
                continue
            dose = taking.dose.high
            if dose.unit.dimension is Dimension.MASS:
                each = dose.to(Unit.MG).value
            elif strength is not None and strength.unit.dimension is Dimension.MASS:
                each = dose.value * strength.to(Unit.MG).value
            else:
                each = Fraction(0)
            total += each * taking.times_per_day.high
        if total != stated.high.to(Unit.MG).value:
            day = Amount(total, Unit.MG)
            notes.problem("DIR-004", f'the doses come to {day} a day, not "{stated.text}". Check which is right')


def _check_unit(taking: Taking, product: Product, strength: Amount | None, matched: Match, notes: Notes) -> None:
    """A dose must fit the product: tablets of tablets, mL of a liquid; and be possible."""
    if taking.dose is None:
        return
    dose = taking.dose.high
    unit = dose.unit
    if strength is not None and strength.unit.dimension is Dimension.CONCENTRATION and unit.is_count:
        if unit.dimension in _SOLIDS:
            notes.problem("DIR-007", f"{unit.counted(Fraction(2))} cannot be of {strength}; check form and strength")
        return
    if strength is not None and strength.unit.dimension is Dimension.MASS and unit is Unit.ML:
        notes.problem("DIR-007", f"mL cannot be of {strength}; write the concentration, as in 20 mg/mL")
        return
    if unit.is_count:
        opioid = is_opioid(tuple(component.ingredient for component in product.components))
        most = _MOST_AT_ONCE.get(unit.dimension, _MOST_OPIOID_UNITS if opioid else _MOST_UNITS)
        if dose.value > most:
            notes.problem(
                "NUM-002",
                f"{dose} at one time cannot be meant; if the number is a strength write mg, if it is a quantity qty",
            )
        elif taking.dose.low.value.denominator != 1:
            splittable = {p.splittable for p in matched.fits or matched.alike}
            if splittable == {"no"}:
                notes.caution(
                    "PROD-102", f"{taking.dose.low} is part of a {product.form or 'product'} that is not split"
                )
    if unit.dimension is Dimension.MASS:
        _check_mass_dose(dose, product, strength, matched, notes)


def _check_mass_dose(dose: Amount, product: Product, strength: Amount | None, matched: Match, notes: Notes) -> None:
    """A dose by mass must not be a thousand times, nor many times, what the products could make."""
    ingredients = tuple(component.ingredient for component in product.components)
    lead = leading_ingredient(ingredients)
    if product.brand is not None and not any(product.brand in p.brands for p in matched.alike):
        return  # a brand whose products we do not list
    listed = [
        c.strength.to(dose.unit).value
        for p in matched.alike
        for c in p.product.components
        if c.ingredient == lead and c.strength is not None and c.strength.unit.dimension is Dimension.MASS
    ]
    liquid = any(p.product.unit is Unit.ML for p in matched.alike)
    wrong = match(Description(ingredients, strengths=(dose,))).thousandfold if strength is None else None
    if wrong is not None:
        possible = any(dose.value <= 20 * each and (dose.value * 4 / each).denominator == 1 for each in listed)
        if not possible and not (liquid and listed and min(listed) / 20 <= dose.value <= 20 * max(listed)):
            notes.problem("UNIT-002", f"no {lead} product makes {dose}; one has {wrong}. Check the unit", str(wrong))
            return
    if strength is not None and strength.unit.dimension is Dimension.MASS:
        listed.append(strength.to(dose.unit).value)
    largest = max(listed, default=None)
    if largest is not None and is_opioid(ingredients) and dose.value > _MOST_TIMES_THE_LARGEST * largest:
        unit = Amount(largest, dose.unit)
        notes.problem("NUM-002", f"{dose} at one time is far above the largest product ({unit}); check the number")


def _is_mass(amount: Amount | Fraction | None) -> bool:
    return isinstance(amount, Amount) and amount.unit.dimension is Dimension.MASS


def _supply(found: Sequence[Part], product: Product, notes: Notes) -> tuple[Amount | None, Fraction | None]:
    quantities = [part for part in found if part.kind == "quantity"]
    days = [part.low for part in found if part.kind == "supply"]
    days += [part.high for part in quantities if part.high is not None]
    if len({part.low for part in quantities}) > 1 or len(set(days)) > 1:
        notes.problem("DIR-007", "quantity or days' supply is given twice; keep the one that is meant")
    quantity = None
    if any(part.low == 0 for part in quantities):
        notes.problem("NUM-002", "a quantity of 0 cannot be meant; leave it out")
    if quantities:
        unit = quantities[0].extra or product.unit or Unit.TABLET
        quantity = (
            units.convert(Amount(quantities[0].low, unit), Unit.ML)
            if unit is Unit.L
            else Amount(quantities[0].low, unit)
        )
    return quantity, days[0] if days else None


def _indication(found: Sequence[Part], sig: Sig) -> str | None:
    """What this line is for, in its own words."""
    return sig.reason
