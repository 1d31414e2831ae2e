"""FHIR Dosage to directions: first what it says by itself, then what it means of one product."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from attrs import evolve, frozen

from medsteward.drugs.matching import Match, leading_ingredient
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product
from medsteward.model.regimen import Line
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions import Planned, Understood
from medsteward.readers.fhir.element import (
    Remarks,
    Table,
    codes_in,
    codings,
    flag_of,
    known_elements,
    number_of,
    object_of,
    objects_of,
    shown,
    text_of,
    words_of,
)
from medsteward.readers.fhir.quantity import Measured, quantity_of, ratio_of
from medsteward.readers.fhir.timing import NEVER_SAID, When, read_timing
from medsteward.readers.grammar import parts
from medsteward.readers.notes import Notes
from medsteward.readers.plausible import check_doses
from medsteward.readers.sig_text import REMEMBERED, read_line
from medsteward.readers.stated_sig import in_mg
from medsteward.readers.tokens import MAX_LENGTH, tokens

SNOMED = "http://snomed.info/sct"
_ROUTES: Mapping[str, str] = MappingProxyType(
    {
        "26643006": "oral",
        "37839007": "sublingual",
        "54471007": "buccal",
        "45890007": "transdermal",
        "46713006": "nasal",
        "37161004": "rectal",
        "6064005": "topical",
        "47625008": "parenteral",
        "78421000": "parenteral",
        "34206005": "parenteral",
    }
)
"""Routes by SNOMED CT code, as route value sets of several countries list them."""

_DOSAGE = frozenset(
    {
        "sequence",
        "text",
        "additionalInstruction",
        "patientInstruction",
        "timing",
        "asNeededBoolean",
        "asNeededCodeableConcept",
        "site",
        "route",
        "method",
        "doseAndRate",
        "maxDosePerPeriod",
        "maxDosePerAdministration",
        "maxDosePerLifetime",
    }
)
_DOSE_AND_RATE = frozenset({"type", "doseRange", "doseQuantity", "rateRatio", "rateRange", "rateQuantity"})
_ORDERED = "http://terminology.hl7.org/CodeSystem/dose-rate-type"
_MATTERS = re.compile(
    r"\d|\b(?:max|most|limit|exceed|increas|decreas|reduc|taper|titrat|half|double|hold|skip|stop|until)", re.IGNORECASE
)
"""Words of an additional instruction that may change how much is taken."""


@frozen
class Given:
    """The amount of one dose, low end to high end, as it is said: an amount, or a bare number of units."""

    low: Measured
    high: Measured


@frozen(cache_hash=True)
class Instruction:
    """One Dosage by itself, before the product is known. None: not said.

    ``limits`` are the most per day, ``most_at_once`` the most of one dose. ``problems`` and ``cautions`` carry their
    places within the Dosage. ``is_coded`` is False where only words say how it is taken.
    """

    sequence: int | None = None
    text: str | None = None
    dose: Given | None = None
    rate: Given | None = None
    when: When = NEVER_SAID
    as_needed: bool = False
    reason: str | None = None
    limits: tuple[Measured, ...] = ()
    most_at_once: Measured | None = None
    route: str | None = None
    is_coded: bool = False
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()


# --- what a Dosage says ------------------------------------------------------------------------------------------


def read_dosage(table: Table, at: str) -> Instruction:
    """Read a Dosage. Never raises: what is wrong is in ``problems``, each with its place after ``at``."""
    remarks = Remarks()
    known_elements(table, _DOSAGE, at, "Dosage", remarks)
    timing = object_of(table, "timing", at, remarks)
    needed, reason = _as_needed(table, at, remarks)
    dose, rate = _amounts(table, at, remarks)
    limits = _limits(table, at, remarks)
    once = object_of(table, "maxDosePerAdministration", at, remarks)
    if table.get("maxDosePerLifetime") is not None:
        remarks.caution("FHIR-102", "a most per lifetime is no limit per day; it was not used", at)
    _instructions(table, at, remarks)
    return Instruction(
        sequence=_sequence(table, at, remarks),
        text=text_of(table, "text", at, remarks),
        dose=dose,
        rate=rate,
        when=NEVER_SAID if timing is None else read_timing(timing, f"{at}.timing", remarks),
        as_needed=needed,
        reason=reason,
        limits=limits,
        most_at_once=None if once is None else quantity_of(once, f"{at}.maxDosePerAdministration", remarks),
        route=_route(table, at, remarks),
        is_coded=any(key in table for key in ("timing", "doseAndRate", "maxDosePerPeriod", "maxDosePerAdministration")),
        problems=tuple(remarks.problems),
        cautions=tuple(remarks.cautions),
    )


def _sequence(table: Table, at: str, remarks: Remarks) -> int | None:
    value = number_of(table, "sequence", at, remarks)
    if value is not None and value.denominator != 1:
        remarks.problem("FHIR-001", f"{at}.sequence", "sequence is a whole number")
        return None
    return None if value is None else int(value)


def _as_needed(table: Table, at: str, remarks: Remarks) -> tuple[bool, str | None]:
    stated = flag_of(table, "asNeededBoolean", at, remarks)
    concept = object_of(table, "asNeededCodeableConcept", at, remarks)
    if concept is None:
        return bool(stated), None
    if stated is not None:
        remarks.problem("FHIR-001", at, "asNeededBoolean and asNeededCodeableConcept cannot stand together")
    return True, words_of(concept, f"{at}.asNeededCodeableConcept", remarks)


def _instructions(table: Table, at: str, remarks: Remarks) -> None:
    """Instructions in words that may change the amount are said; they are not used."""
    said = [
        words_of(concept, f"{at}.additionalInstruction[{number}]", remarks)
        for number, concept in enumerate(objects_of(table, "additionalInstruction", at, remarks))
    ]
    said.append(text_of(table, "patientInstruction", at, remarks))
    for words in said:
        if words is not None and _MATTERS.search(words):
            remarks.caution("FHIR-102", f'an instruction in words was not used: "{shown(words)}"', at)


def _amounts(table: Table, at: str, remarks: Remarks) -> tuple[Given | None, Given | None]:
    """Dose and rate. Of several, the one that was ordered; else they must be the same."""
    entries = list(enumerate(objects_of(table, "doseAndRate", at, remarks)))
    ordered = [each for each in entries if "ordered" in codes_in(object_of(each[1], "type", at, remarks), _ORDERED)]
    found: list[tuple[Given | None, Given | None]] = []
    for number, entry in ordered or entries:
        place = f"{at}.doseAndRate[{number}]"
        known_elements(entry, _DOSE_AND_RATE, place, "Dosage.doseAndRate", remarks)
        pair = (_given(entry, "dose", place, remarks), _rate(entry, place, remarks))
        if pair not in found:
            found.append(pair)
    if len(found) > 1:
        remarks.problem("DIR-007", f"{at}.doseAndRate", "several doses; keep the one that is meant")
    return found[0] if found else (None, None)


def _given(entry: Table, what: str, at: str, remarks: Remarks) -> Given | None:
    single, span = object_of(entry, f"{what}Quantity", at, remarks), object_of(entry, f"{what}Range", at, remarks)
    if single is not None and span is not None:
        remarks.problem("FHIR-001", at, f"{what}Quantity and {what}Range cannot stand together")
        return None
    if single is not None:
        amount = quantity_of(single, f"{at}.{what}Quantity", remarks)
        return None if amount is None else Given(amount, amount)
    return None if span is None else _range(span, f"{at}.{what}Range", remarks)


def _range(span: Table, at: str, remarks: Remarks) -> Given | None:
    known_elements(span, frozenset({"low", "high"}), at, "Range", remarks)
    ends: list[Measured | None] = []
    for key in ("low", "high"):
        end = object_of(span, key, at, remarks)
        ends.append(None if end is None else quantity_of(end, f"{at}.{key}", remarks))
    low, high = ends
    if high is None:
        if span.get("high") is None:
            remarks.problem("DIR-006", f"{at}.high", "a range without its upper end leaves open how much at most")
        return None
    if low is None:
        if span.get("low") is not None:
            return None
        remarks.caution("DIR-104", "only the upper end of a range; the low end is counted as none", at)
        low = Amount(Fraction(0), high.unit) if isinstance(high, Amount) else Fraction(0)
    if isinstance(low, Amount) and isinstance(high, Amount) and low.unit is not high.unit:
        if low.unit.dimension is not high.unit.dimension:
            remarks.problem("UNIT-001", at, f"a range from {low} to {high} is of two kinds of unit")
            return None
        low = low.to(high.unit)
    if isinstance(low, Amount) is not isinstance(high, Amount):
        remarks.problem("UNIT-001", at, "one end of the range has a unit, the other has none")
        return None
    if _value(high) < _value(low):
        remarks.problem("NUM-002", at, "the upper end of the range is below its lower end")
        return None
    return Given(low, high)


def _value(measured: Measured) -> Fraction:
    return measured.value if isinstance(measured, Amount) else measured


def _rate(entry: Table, at: str, remarks: Remarks) -> Given | None:
    ratio = object_of(entry, "rateRatio", at, remarks)
    if ratio is None:
        return _given(entry, "rate", at, remarks)
    found = ratio_of(ratio, f"{at}.rateRatio", remarks)
    if found is None:
        return None
    above, below = found
    if not isinstance(above, Amount) or below.unit.dimension is not Dimension.TIME:
        remarks.problem("UNIT-001", f"{at}.rateRatio", "a rate is an amount in a time, as in 75 ug in 1 h")
        return None
    per_hour = {Unit.MCG: Unit.MCG_PER_H, Unit.MG: Unit.MG_PER_H}.get(above.unit)
    if per_hour is None:
        remarks.problem("DIR-011", f"{at}.rateRatio", f"{above} in {below} is an infusion, which is not read")
        return None
    rate = Amount(above.value / below.to(Unit.H).value, per_hour)
    return Given(rate, rate)


def _limits(table: Table, at: str, remarks: Remarks) -> tuple[Measured, ...]:
    """The most per day. A limit of a shorter time is as many times more; one of a longer time is refused."""
    entry = table.get("maxDosePerPeriod")
    entries = list(entry) if isinstance(entry, list) else [] if entry is None else [entry]
    found = []
    for number, each in enumerate(entries):
        place = f"{at}.maxDosePerPeriod" + (f"[{number}]" if isinstance(entry, list) else "")
        if not isinstance(each, dict):
            remarks.problem("FHIR-001", place, "maxDosePerPeriod is a ratio of two quantities")
            continue
        ratio = ratio_of(each, place, remarks)
        if ratio is None:
            continue
        above, below = ratio
        if below.unit.dimension is not Dimension.TIME:
            remarks.problem("UNIT-001", f"{place}.denominator", "a limit is for a time: 1 d, or 24 h")
            continue
        times = 24 / below.to(Unit.H).value
        if times < 1 or times.denominator != 1:
            text = f"a limit for {below} is no limit per day; write it per day"
            remarks.problem("DIR-007", place, text)
            continue
        if _value(above) == 0:
            remarks.problem("NUM-002", f"{place}.numerator", "a limit of 0 cannot be meant")
            continue
        found.append(above * times)
    return tuple(found)


def _route(table: Table, at: str, remarks: Remarks) -> str | None:
    concept = object_of(table, "route", at, remarks)
    if concept is None:
        return None
    coded = {_ROUTES[code] for code in codes_in(concept, SNOMED) if code in _ROUTES}
    words = words_of(concept, f"{at}.route", remarks)
    worded = None if words is None else route_in(words)
    if worded is None:
        for coding in codings(concept, f"{at}.route", remarks):
            code = coding.get("code")
            if isinstance(code, str) and code.isalpha():
                worded = worded or route_in(code)
    if worded is not None:
        coded.add(worded)
    if len(coded) > 1:
        remarks.problem("DIR-007", f"{at}.route", f"several routes: {', '.join(sorted(coded))}")
        return None
    if not coded:
        remarks.caution("FHIR-102", f'the route "{shown(words or "")}" was not understood', f"{at}.route")
        return None
    return coded.pop()


@lru_cache(maxsize=512)
def route_in(words: str) -> str | None:
    """The one route that a few words name: "Oral route", "PO", "Intravenous use"."""
    if len(words) > 100:
        return None
    found, _ = tokens(words)
    routes = {part.low for part in parts(found) if part.kind == "route"}
    return routes.pop() if len(routes) == 1 else None


# --- what it means of a product ----------------------------------------------------------------------------------


@frozen
class Meaning:
    """The directions of one instruction for one product, and what is wrong with them."""

    sig: Sig
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()


@lru_cache(maxsize=REMEMBERED)
def meaning_of(said: Instruction, product: Product, matched: Match, at: str) -> Meaning:
    """The directions in the units of the product, held against it. Words are read where nothing is coded."""
    remarks = Remarks(list(said.problems), list(said.cautions))
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
    return Meaning(sig, tuple(remarks.problems), tuple(remarks.cautions))


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


def _of_product(given: Given, product: Product, place: str, remarks: Remarks) -> Dose | None:
    """The amount in the units of the product; a bare number counts them."""
    low, high = given.low, given.high
    if not isinstance(low, Amount) or not isinstance(high, Amount):
        unit = product.unit
        if unit is None or not unit.is_count:
            text = f"{decimal_text(_value(high))} of what? Give the dose a unit"
            remarks.problem("UNIT-001", place, text)
            return None
        amount = Amount(_value(high), unit)
        remarks.caution("FHIR-104", f"a dose without a unit was read as {amount}", place)
        low, high = Amount(_value(low), unit), amount
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
    lead = leading_ingredient(tuple(component.ingredient for component in product.components))
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


def _worded(said: Instruction, product: Product, at: str, remarks: Remarks) -> Meaning:
    """Only words say how it is taken: they are read as directions are."""
    line = _read_words(said, product)
    remarks.problems += [evolve(problem, where=f"{at}.text") for problem in line.problems]
    remarks.cautions += [caution for caution in line.cautions if not caution.code.startswith("PROD")]
    sig = Sig() if line.regimen is None else line.regimen.sig
    if sig.as_needed is False and said.as_needed:
        sig = evolve(sig, as_needed=True, reason=said.reason)
    if product.form == "patch" and sig.wear_hours is None and all(t.times_per_day is None for t in sig.takings):
        sig = evolve(sig, takings=())
    return Meaning(sig, tuple(remarks.problems), tuple(remarks.cautions))


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
    against = _difference(words, sig)
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
        return "as needed in the words alone"
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
