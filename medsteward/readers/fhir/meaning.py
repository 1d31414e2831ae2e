"""What a FHIR Dosage means of one product: directions in its units, held against it, and what of them cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.drugs.matching import Description, Match, match
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product
from medsteward.model.regimen import Line
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.line import read_line
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.plausible import check_doses
from medsteward.readers.directions.stated_sig import in_mg
from medsteward.readers.directions.tokens import MAX_LENGTH
from medsteward.readers.directions.understood import Planned, Understood
from medsteward.readers.fhir.dosage import SEVERAL_DOSES, Given, Instruction, value_of
from medsteward.readers.fhir.drug import ResourceDrug
from medsteward.readers.fhir.element import Remarks
from medsteward.readers.fhir.kept import KEPT
from medsteward.readers.fhir.lasting import against_codes


@frozen
class Meaning:
    """The directions of one instruction for one product, in words too, and what is wrong with them."""

    sig: Sig
    words: str = ""
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()


@remembered(KEPT)
def meaning_of(said: Instruction, drug: ResourceDrug, at: str) -> Meaning:
    """The directions in the units of a drug's product, held against it. Words are read where nothing is coded."""
    assert drug.product is not None
    assert drug.matched is not None
    remarks = Remarks(list(said.problems), list(said.cautions))
    sig = _understood(said, drug.product, drug.matched, at, remarks)
    return Meaning(sig, said.text or in_words(sig), tuple(remarks.problems), tuple(remarks.cautions))


def _understood(said: Instruction, product: Product, matched: Match, at: str, remarks: Remarks) -> Sig:
    if said.text is not None and not said.is_coded:
        return _worded(said, product, at, remarks)
    sig = _sig(said, product, at, remarks)
    if not remarks.problems:
        notes = Notes()
        planned = [Planned(t.dose, t.times_per_day, t.moments, sig.wear_hours) for t in sig.takings]
        check_doses(Understood(takings=planned), product, sig, matched, notes)
        remarks.problems += [evolve(problem, where=at) for problem in notes.problems]
        remarks.cautions += notes.cautions
    if said.text is not None and not remarks.problems:
        sig = _with_words(said, sig, product, at, remarks)
    if not remarks.problems and (against := against_codes(None, said.when, sig)) is not None:
        text = f"the words and the parts of this schedule contradict each other: {against}; make them agree"
        remarks.problem("CASE-003", f"{at}.timing", text)
    return sig


def _sig(said: Instruction, product: Product, at: str, remarks: Remarks) -> Sig:
    dose = _dose(said, product, at, remarks)
    when = said.when
    worn = product.form == "patch"
    takings: tuple[Taking, ...] = ()
    if dose is not None or when.times is not None:
        takings = (Taking(dose, when.times, when.moments),)
    if worn and when.times is None and not when.events:
        takings = ()  # a patch that nobody says when to change: nothing is known of how many are worn
    if when.events and dose is not None:
        takings = (Taking(dose, Span(Fraction(1), Fraction(1))),)
    wear = (when.lasts or when.hours) if worn else None
    if when.lasts is not None and not worn:
        text = f"a duration of {decimal_text(when.lasts.high, 2)} h is how long one dose lasts; it ends nothing"
        remarks.caution("FHIR-102", text, f"{at}.timing.repeat.duration")
    amounts, doses = _limits_of(said, product, dose, at, remarks)
    if when.count is not None and when.times is None and not when.events:
        text = f"{when.count} doses are no daily schedule; add frequency and period"
        remarks.problem("DIR-008", f"{at}.timing.repeat.count", text)
    return Sig(
        takings=takings,
        as_needed=said.as_needed,
        reason=said.reason,
        limit=amounts,
        limit_doses=doses,
        wear_hours=wear,
        duration_days=when.days,
    )


def _dose(said: Instruction, product: Product, at: str, remarks: Remarks) -> Dose | None:
    place = f"{at}.doseAndRate"
    dose = None if said.dose is None else _of_product(said.dose, product, place, remarks)
    if dose is not None and said.also:
        dose = _said_again(dose, said.also, product, place, remarks)
    if said.rate is not None:
        return _rated(said.rate, dose, product, f"{place}.rate", remarks)
    if dose is not None and dose.low.unit.dimension is Dimension.RATE:
        return _rated(Given(dose.low, dose.high), None, product, place, remarks)
    most = said.most_at_once
    if most is not None:
        top = _of_product(Given(most, most), product, f"{at}.maxDosePerAdministration", remarks)
        if top is not None and dose is None and said.dose is None:
            remarks.caution("DIR-104", "only the most of one dose is stated; the low end is counted as none", at)
            return Dose(Amount(Fraction(0), top.high.unit), top.high)
        if top is not None and dose is not None and top.high.unit.dimension is dose.high.unit.dimension:
            if top.high.to(dose.high.unit) < dose.high:
                text = f"a dose of {dose} is more than the {top.high} that are allowed at once"
                remarks.problem("DIR-007", f"{at}.maxDosePerAdministration", text)
        elif top is not None and dose is not None:
            remarks.caution("FHIR-102", f"the most of one dose, {top.high}, is in another unit; it was not used", at)
    return dose


def _said_again(dose: Dose, also: Sequence[Given], product: Product, place: str, remarks: Remarks) -> Dose:
    """A dose that is said in several ways, once; in mg where it is. Doses that differ are a problem.

    A number of tablets whose strength is not stated cannot differ from an amount in mg: it is said and not used.
    """
    everything = [dose, *(_of_product(each, product, place, Remarks()) for each in also)]
    known = [_as_mass(each, product) for each in everything if each is not None]
    masses = [each for each in known if each.high.unit.dimension is Dimension.MASS]
    if len(known) == len(everything) and masses and len(set(masses)) == 1:
        counts = [each for each in known if each not in masses and each.high.unit.is_count]
        if counts and not _is_sold(masses[0], counts, product):
            text = f"{counts[0]} beside {masses[0]}: the strength is not stated, so only the mg were used"
            remarks.caution("FHIR-102", text, place)
        if len(masses) + len(counts) == len(known):
            return dose if dose.high.unit.is_count and not counts else masses[0]
    elif len(known) == len(everything) and len(set(known)) == 1:
        return dose
    remarks.problem("DIR-007", place, SEVERAL_DOSES)
    return dose


def _is_sold(mass: Dose, counts: Sequence[Dose], product: Product) -> bool:
    """Whether a product is sold in the strength that an amount in mg and a number of units come to: 80 mg, 1 tablet."""
    names = tuple(component.ingredient for component in product.components)
    if len(names) != 1 or any(each.low != each.high or not each.high.value for each in (mass, *counts)):
        return False
    strengths = {mass.high.value / each.high.value for each in counts}
    if len(strengths) != 1:
        return False
    each = Amount(strengths.pop(), mass.high.unit)
    said = Description(names, product.brand, product.form, product.route, product.release, (each,))
    return bool(match(said).fits)


def _as_mass(dose: Dose, product: Product) -> Dose:
    """A dose in mg, where the product has one ingredient of a known strength, so that 1 tablet is its 80 mg."""
    strength = product.components[0].strength if len(product.components) == 1 else None
    mass = None
    if strength is not None and dose.high.unit is product.unit and strength.unit.dimension is Dimension.MASS:
        mass = strength.to(Unit.MG)
    if strength is not None and dose.high.unit is Unit.ML and strength.unit.dimension is Dimension.CONCENTRATION:
        mass = Amount(strength.to(Unit.MG_PER_ML).value, Unit.MG)
    return dose if mass is None else Dose(mass * dose.low.value, mass * dose.high.value)


def _of_product(given: Given, product: Product, place: str, remarks: Remarks) -> Dose | None:
    """The amount in the units of the product; a bare number counts them."""
    low, high = given.low, given.high
    if not isinstance(low, Amount) or not isinstance(high, Amount):
        unit = product.unit
        if unit is None or not unit.is_count:
            text = f"{decimal_text(value_of(high))} of what? Give the dose a unit"
            remarks.problem("UNIT-001", place, text)
            return None
        amount = Amount(value_of(high), unit)
        remarks.caution("FHIR-104", f"a dose without a unit of its own was read as {amount}", place)
        low, high = Amount(value_of(low), unit), amount
    unit = high.unit
    wanted = product.unit
    if unit.is_count and wanted is not None and wanted.is_count and unit is not wanted:
        if {unit, wanted} == {Unit.SPRAY, Unit.ACTUATION}:
            return Dose(Amount(low.value, wanted), Amount(high.value, wanted))
        text = f"a dose in {unit.counted(Fraction(2))} of a product that is counted in {wanted.counted(Fraction(2))}"
        remarks.problem("DIR-007", place, text)
        return None
    if unit.dimension in (Dimension.MASS, Dimension.VOLUME) or unit.is_count:
        return in_mg(Dose(low, high), product)
    if unit.dimension is Dimension.RATE:
        return Dose(low, high)
    remarks.problem(
        "UNIT-001", place, f"{high} is no amount of one dose; write it in mg, mcg, mL or units of the product"
    )
    return None


def _rated(rate: Given, dose: Dose | None, product: Product, place: str, remarks: Remarks) -> Dose | None:
    """A rate belongs to a patch: it must be what the patches worn at once release."""
    lead = product.lead
    strength = next(c.strength for c in product.components if c.ingredient == lead)
    worn = product.form == "patch"
    if not worn or not isinstance(rate.high, Amount) or rate.high.unit.dimension is not Dimension.RATE:
        remarks.problem(
            "DIR-011", place, f"a rate of {rate.high} is an infusion, which is not read; a patch has a rate"
        )
        return None
    number = Fraction(1) if dose is None else dose.high.value
    if dose is not None and dose.high.unit is not Unit.PATCH:
        remarks.problem("DIR-007", place, f"{dose} at {rate.high}: how many patches?")
        return None
    if strength is None or strength.unit.dimension is not Dimension.RATE:
        remarks.problem("DIR-002", place, f"a rate of {rate.high}, of a patch whose own rate is not stated")
        return None
    if (strength * number).to(rate.high.unit) != rate.high or rate.low != rate.high:
        patches = Amount(number, Unit.PATCH)
        remarks.problem("DIR-007", place, f"{patches} of {strength} is not {rate.high}; make them agree")
        return None
    return Dose(Amount(number, Unit.PATCH), Amount(number, Unit.PATCH))


def _limits_of(
    said: Instruction, product: Product, dose: Dose | None, at: str, remarks: Remarks
) -> tuple[Amount | None, Fraction | None]:
    """The most per day, as an amount in the units of the dose."""
    place = f"{at}.maxDosePerPeriod"
    amount: Amount | None = None
    for each in said.limits:
        if not isinstance(each, Amount) and dose is not None and dose.high.unit.is_count:
            each = Amount(each, dose.high.unit)
        found = _of_product(Given(each, each), product, place, remarks)
        if found is None:
            continue
        limit = found.high
        if limit.unit.dimension is Dimension.MASS and len(product.components) > 1:
            remarks.caution("DIR-106", f"at most {limit} a day: of which ingredient? The limit was not used", place)
            continue
        if amount is not None and amount.unit is not limit.unit:
            remarks.problem("DIR-007", place, "limits in two units; keep the one that is meant")
            continue
        amount = limit if amount is None or limit < amount else amount
    return amount, None


# --- directions in words -----------------------------------------------------------------------------------------


def _worded(said: Instruction, product: Product, at: str, remarks: Remarks) -> Sig:
    """Only words say how it is taken: they are read as directions are."""
    line = _read_words(said, product)
    remarks.problems += [evolve(problem, where=f"{at}.text") for problem in line.problems]
    remarks.cautions += [caution for caution in line.cautions if not caution.code.startswith("PROD")]
    sig = Sig() if line.regimen is None else line.regimen.sig
    if sig.as_needed is False and said.as_needed:
        sig = evolve(sig, as_needed=True, reason=said.reason)
    if product.form == "patch" and sig.wear_hours is None and all(t.times_per_day is None for t in sig.takings):
        sig = evolve(sig, takings=())
    return sig


def _read_words(said: Instruction, product: Product) -> Line:
    assert said.text is not None
    words = said.text.strip()
    line = read_line(f"{_product_words(product)}, {words}"[: MAX_LENGTH + 1])
    if line.regimen is None or line.problems:
        whole = read_line(words)  # the words may name the drug themselves
        names = _names(product)
        if whole.regimen is not None and not whole.problems and names == _names(whole.regimen.product):
            return whole
    return line


def _names(product: Product) -> set[str]:
    return {component.ingredient for component in product.components}


def _product_words(product: Product) -> str:
    """The product as a line of directions names it."""
    names = "/".join(component.ingredient for component in product.components)
    strengths = [component.strength for component in product.components if component.strength is not None]
    form = product.form or (product.unit.value if product.unit is not None and product.unit.is_count else "")
    release = product.release if product.release in ("ER", "DR") and form != "patch" else ""
    strength = ""
    if len(strengths) == 1:
        strength = str(strengths[0])
    elif len(strengths) > 1 and len({each.unit for each in strengths}) == 1 and strengths[0].unit is Unit.MG:
        strength = f"{'/'.join(decimal_text(each.value) for each in strengths)} mg"
    return " ".join(filter(None, (names, release or "", strength, form)))


def _with_words(said: Instruction, sig: Sig, product: Product, at: str, remarks: Remarks) -> Sig:
    """The parts completed by the words. Words that say something else contradict them; others are set aside."""
    line = _read_words(said, product)
    if line.regimen is None or line.problems:
        return sig
    words = line.regimen.sig
    if words.as_needed and not sig.as_needed and not said.denies_needed:
        text = "as needed stands in the words alone; it was read so"
        remarks.caution("FHIR-104", text, f"{at}.text")
        sig = evolve(sig, as_needed=True, reason=sig.reason or words.reason)
    against = _difference(words, sig) or against_codes(words.duration_days, said.when, sig)
    if against is not None:
        text = f"the words and the parts of this Dosage contradict each other: {against}; make them agree"
        remarks.problem("CASE-003", at, text)
        return sig
    return _completed(sig, words, product)


def _completed(sig: Sig, words: Sig, product: Product) -> Sig:
    """A dose, a schedule or a limit that only the words state."""
    if len(words.takings) == 1 and len(sig.takings) <= 1:
        theirs = words.takings[0]
        mine = sig.takings[0] if sig.takings else Taking(None, None)
        taking = Taking(
            mine.dose or theirs.dose, mine.times_per_day or theirs.times_per_day, mine.moments or theirs.moments
        )
        if product.form != "patch" or taking.times_per_day is not None:
            sig = evolve(sig, takings=(taking,), wear_hours=sig.wear_hours or words.wear_hours)
    return evolve(
        sig,
        limit=sig.limit or words.limit,
        limit_doses=sig.limit_doses or words.limit_doses,
        duration_days=sig.duration_days or words.duration_days,
    )


def _difference(words: Sig, coded: Sig) -> str | None:
    if coded.takings and words.takings and len(words.takings) == len(coded.takings) == 1:
        said, parts_ = words.takings[0], coded.takings[0]
        if said.dose is not None and parts_.dose is not None and said.dose != parts_.dose:
            same = said.dose.high.unit.dimension is parts_.dose.high.unit.dimension
            if same and said.dose.high.to(parts_.dose.high.unit) != parts_.dose.high:
                return f"a dose of {said.dose} and of {parts_.dose}"
        if said.times_per_day is not None and parts_.times_per_day is not None:
            here, there = said.times_per_day.high, parts_.times_per_day.high
            if here != there and coded.wear_hours is None:
                return f"{decimal_text(here, 3)} and {decimal_text(there, 3)} times a day"
    if words.as_needed and not coded.as_needed and coded.takings:
        return "as needed in the words, and asNeededBoolean says not"
    here_, there_ = words.limit, coded.limit
    if here_ is not None and there_ is not None and here_.unit is there_.unit and here_ != there_:
        return f"at most {here_} and at most {there_}"
    return None


# --- several instructions ----------------------------------------------------------------------------------------


def together(sigs: Sequence[Sig]) -> Sig | None:
    """Directions that are followed together as one: the several doses of a day. None: they differ in more than that."""
    if len(sigs) == 1:
        return sigs[0]
    if any(sig.as_needed or sig.limit or sig.daily_total or sig.duration_days for sig in sigs):
        return None
    if not all(sig.takings and all(t.dose is not None and t.times_per_day for t in sig.takings) for sig in sigs):
        return None
    return evolve(sigs[0], takings=tuple(taking for sig in sigs for taking in sig.takings))


# --- directions as words ---------------------------------------------------------------------------------------------


def in_words(sig: Sig) -> str:
    """Directions as a line writes them."""
    said = []
    for taking in sig.takings:
        dose = "" if taking.dose is None else str(taking.dose)
        often = "" if taking.times_per_day is None else _often(taking.times_per_day)
        said.append(" ".join(filter(None, (dose, often))))
    if sig.as_needed:
        said.append("as needed")
    if sig.limit is not None:
        said.append(f"at most {sig.limit} a day")
    return ", ".join(filter(None, said))


def _often(times: Span) -> str:
    if times.low == times.high and times.high < 1 and (1 / times.high).denominator == 1:
        return f"every {decimal_text(1 / times.high)} days"
    high = decimal_text(times.high, 3)
    low = high if times.low is times.high else decimal_text(times.low, 3)
    number = high if low == high else f"{low} to {high}"
    return "daily" if number == "1" else f"{number} times daily"
