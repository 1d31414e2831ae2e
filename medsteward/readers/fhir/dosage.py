"""What a FHIR Dosage says by itself, before the product is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from attrs import frozen

from medsteward.caches import remembered
from medsteward.model.amount import Amount
from medsteward.model.problem import Caution, Problem
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.grammar import phrases
from medsteward.readers.directions.kinds import Route
from medsteward.readers.directions.tokens import tokens
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

    ``denies_needed``: it says that it is not as needed. ``also`` are further statements of the same dose, which must
    agree once the product is known. ``limits`` are the most per day, ``most_at_once`` the most of one dose.
    ``problems`` and ``cautions`` carry their places within the Dosage. ``is_coded`` is False where only words say how
    it is taken.
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
    also: tuple[Given, ...] = ()
    denies_needed: bool = False


# --- what a Dosage says ------------------------------------------------------------------------------------------


def read_dosage(table: Table, at: str) -> Instruction:
    """Read a Dosage. Never raises: what is wrong is in ``problems``, each with its place after ``at``."""
    remarks = Remarks()
    known_elements(table, _DOSAGE, at, "Dosage", remarks)
    timing = object_of(table, "timing", at, remarks)
    needed, reason = _as_needed(table, at, remarks)
    when = NEVER_SAID if timing is None else read_timing(timing, f"{at}.timing", remarks)
    denied = table.get("asNeededBoolean") is False
    if when.as_needed and denied:
        text = "the code of the schedule says as needed, asNeededBoolean says not; make them agree"
        remarks.problem("CASE-003", f"{at}.timing.code", text)
    dose, rate, also = _amounts(table, at, remarks)
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
        when=when,
        as_needed=needed or when.as_needed,
        reason=reason,
        limits=limits,
        most_at_once=None if once is None else quantity_of(once, f"{at}.maxDosePerAdministration", remarks),
        route=_route(table, at, remarks),
        is_coded=any(key in table for key in ("timing", "doseAndRate", "maxDosePerPeriod", "maxDosePerAdministration")),
        problems=tuple(remarks.problems),
        cautions=tuple(remarks.cautions),
        also=also,
        denies_needed=denied,
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
    text = table.get("text")
    known = {_plain(text)} if isinstance(text, str) else set()
    for words in said:
        if words is None or _plain(words) in known:
            continue  # the same words once more
        known.add(_plain(words))
        if _MATTERS.search(words):
            remarks.caution("FHIR-102", f'an instruction in words was not used: "{shown(words)}"', at)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def _amounts(table: Table, at: str, remarks: Remarks) -> tuple[Given | None, Given | None, tuple[Given, ...]]:
    """Dose and rate, and the dose said in other ways. Of several, the one that was ordered; else they must agree."""
    entries = list(enumerate(objects_of(table, "doseAndRate", at, remarks)))
    ordered = [each for each in entries if "ordered" in codes_in(object_of(each[1], "type", at, remarks), _ORDERED)]
    found: list[tuple[Given | None, Given | None]] = []
    for number, entry in ordered or entries:
        place = f"{at}.doseAndRate[{number}]"
        known_elements(entry, _DOSE_AND_RATE, place, "Dosage.doseAndRate", remarks)
        pair = (_given(entry, "dose", place, remarks), _rate(entry, place, remarks))
        if pair not in found:
            found.append(pair)
    also = tuple(dose for dose, rate in found[1:] if dose is not None and rate is None)
    if len(also) != len(found[1:]) or (also and (found[0][0] is None or found[0][1] is not None)):
        remarks.problem("DIR-007", f"{at}.doseAndRate", SEVERAL_DOSES)
    return (*found[0], also) if found else (None, None, ())


SEVERAL_DOSES = "several doses; keep the one that is meant"


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
    if value_of(high) < value_of(low):
        remarks.problem("NUM-002", at, "the upper end of the range is below its lower end")
        return None
    return Given(low, high)


def value_of(measured: Measured) -> Fraction:
    """The number of an amount, or the bare number itself."""
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
        if value_of(above) == 0:
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


@remembered(512)
def route_in(words: str) -> str | None:
    """The one route that a few words name: "Oral route", "PO", "Intravenous use"."""
    if len(words) > 100:
        return None
    found, _ = tokens(words)
    routes = {phrase.route for phrase in phrases(found) if isinstance(phrase, Route)}
    return routes.pop() if len(routes) == 1 else None
