"""Observations under codes of LOINC to facts of a patient: kidneys, weight, QTc, pregnancy, scores.

A laboratory value alone makes no condition: outside the range of its laboratory it asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from attrs import frozen

from medsteward.model.number import decimal_text
from medsteward.model.patient_facts import HIGHEST
from medsteward.patient.conditions.loinc import LoincKind, LoincMeasure, measures, units_of
from medsteward.readers.fhir.element import Remarks, Table, codes_in, number_of, object_of, shown, span_of
from medsteward.readers.fhir.facts import measured

LOINC = ("http://loinc.org", "urn:oid:2.16.840.1.113883.6.1")
EGFR_UNIT = "mL/min/{1.73_m2}"
ADULT = 18
TERM_WEEKS = 40
"""Completed weeks on the estimated day of birth."""
MOST_WEEKS = 42
OBESE, THIN = 30, Fraction(37, 2)
"""Body mass index in kg/m2 from which an adult is obese, and below which an adult is thin (18.5)."""
_ASKED_FROM = MappingProxyType({"75626-2": 3, "82667-7": 3, "44260-8": 1})
"""Scores from which a question is asked: AUDIT-C (3 in women, 4 in men), DAST-10, item 9 of the PHQ-9. Recalled."""
_AUDIT_C, _IN_MEN = "75626-2", 4
_NOT_AT_ALL = "LA6568-5"
_PREGNANT, _NOT_PREGNANT = "77386006", "60001007"
_SNOMED = "http://snomed.info/sct"
_EGFR_WORDS = re.compile(r"ml/min(?:/(?:1[.,]73 ?_?m ?(?:2|\^2)?|\{1[.,]73[^}]*\}))?")
_HIGHER_IS_WORSE = frozenset({"creatinine_mg_dl", "qtc_ms"})
_UNIT_WORDS = MappingProxyType(
    {
        "mg/dl": "mg/dL",
        "umol/l": "umol/L",
        "µmol/l": "umol/L",
        "μmol/l": "umol/L",
        "mmol/l": "mmol/L",
        "ml/min": "mL/min",
        "kg": "kg",
        "g": "g",
        "lb": "[lb_av]",
        "lbs": "[lb_av]",
        "[lb_av]": "[lb_av]",
        "[lb_us]": "[lb_av]",
        "oz": "[oz_av]",
        "[oz_av]": "[oz_av]",
        "ms": "ms",
        "msec": "ms",
        "s": "s",
        "wk": "wk",
        "weeks": "wk",
        "w": "wk",
        "d": "d",
        "days": "d",
    }
)
_WORDS = MappingProxyType(
    {
        "egfr": "eGFR",
        "creatinine_mg_dl": "creatinine",
        "crcl": "creatinine clearance",
        "weight_kg": "weight",
        "qtc_ms": "QTc",
        "gestational_weeks": "weeks of pregnancy",
    }
)


@frozen
class Laboratory:
    """What the observations say: facts by their names in ``Patient``, scores, and conditions."""

    facts: Mapping[str, Any]
    conditions: tuple[str, ...] = ()


def is_measured(table: Table) -> bool:
    """Whether an Observation is under a code of LOINC that is known."""
    code = table.get("code")
    return isinstance(code, dict) and any(each in measures() for each in codes_in(code, LOINC))


def read_laboratory(
    found: Sequence[tuple[Table, str]], *, age: int | None, sex: str | None, as_of: date, remarks: Remarks
) -> Laboratory:
    """The latest value of each fact on the day; of several on one day the worse one, said. Later ones are not used."""
    numbers: dict[str, list[tuple[date, Fraction]]] = {}
    scores: dict[str, tuple[date, Fraction]] = {}
    stated: list[tuple[date, bool]] = []
    mass: list[tuple[date, Fraction]] = []
    last_menstruation: list[tuple[date, Fraction]] = []
    for table, at, day in measured(found, as_of, remarks):
        measure = _measure(table)
        if measure is None:
            continue
        match measure.kind:
            case LoincKind.NUMBER | LoincKind.EGFR_OF_A_CHILD | LoincKind.WEEKS:
                value = _number(table, at, measure, age, remarks)
                if value is not None and measure.kind is LoincKind.WEEKS:
                    if age is not None and age < 10:
                        continue  # of an infant it is the age at birth
                    value += Fraction((as_of - day).days, 7) if day != date.min else 0
                if value is not None:
                    numbers.setdefault(measure.about[0], []).append((day, value))
            case LoincKind.DAY_OF_BIRTH:
                born = _day(table)
                if born is not None:
                    weeks = TERM_WEEKS - Fraction((born - as_of).days, 7)
                    numbers.setdefault("gestational_weeks", []).append((day, weeks))
            case LoincKind.LAST_MENSTRUATION:
                begun = _day(table)
                if begun is not None:
                    last_menstruation.append((day, Fraction((as_of - begun).days, 7)))
            case LoincKind.PREGNANCY:
                answer = _pregnancy(table, at, remarks)
                if answer is not None:
                    stated.append((day, answer))
            case LoincKind.SCORE:
                value = _plain(table, at, remarks)
                if value is not None and value <= 10 and day >= scores.get(measure.about[0], (date.min, value))[0]:
                    scores[measure.about[0]] = (day, value)
            case LoincKind.BODY_MASS_INDEX:
                value = _plain(table, at, remarks)
                if value is not None:
                    mass.append((day, value))
            case LoincKind.ASK:
                _ask(table, at, measure, sex, remarks)
            case LoincKind.RANGE:
                _out_of_range(table, at, measure, remarks)
            case LoincKind.NOTHING:
                pass
    facts: dict[str, Any] = {fact: _worst(fact, values, remarks) for fact, values in numbers.items()}
    pregnant = max(stated)[1] if stated else None
    if pregnant is not None:
        facts["pregnant"] = pregnant
    if pregnant and "gestational_weeks" not in facts and last_menstruation:
        facts["gestational_weeks"] = max(last_menstruation)[1]
    if "gestational_weeks" in facts and not 0 <= facts["gestational_weeks"] < MOST_WEEKS + 1:
        remarks.caution("COND-102", "A recorded pregnancy would be beyond 42 weeks by now. Is the patient pregnant?")
        del facts["gestational_weeks"]
    if scores:
        facts["scores"] = tuple((name, value) for name, (_, value) in scores.items())
    return Laboratory(facts, _by_mass(mass, age, remarks))


def _measure(table: Table) -> LoincMeasure | None:
    code = table.get("code")
    codes = codes_in(code, LOINC) if isinstance(code, dict) else ()
    return next((measures()[each] for each in codes if each in measures()), None)


def _worst(fact: str, values: Sequence[tuple[date, Fraction]], remarks: Remarks) -> Fraction:
    """The latest value; of several on one day the one that asks for more care."""
    latest = max(day for day, _ in values)
    same = {value for day, value in values if day == latest}
    worst = max(same) if fact in _HIGHER_IS_WORSE else min(same)
    if len(same) > 1:
        listed = ", ".join(decimal_text(value, 2) for value in sorted(same))
        which = "highest" if fact in _HIGHER_IS_WORSE else "lowest"
        remarks.caution("FHIR-102", f"several {_WORDS[fact]} of one day ({listed}); the {which} was taken")
    return worst


def _by_mass(found: Sequence[tuple[date, Fraction]], age: int | None, remarks: Remarks) -> tuple[str, ...]:
    if not found:
        return ()
    value = max(found)[1]
    if age is not None and age < ADULT:
        text = f"a body mass index of {decimal_text(value, 1)} is of a child. Is there obesity or wasting?"
        remarks.caution("COND-102", text)
        return ()
    if value >= OBESE:
        return ("obesity",)
    return ("frailty or wasting",) if value < THIN else ()


# --- values ------------------------------------------------------------------------------------------------------


def _number(table: Table, at: str, measure: LoincMeasure, age: int | None, remarks: Remarks) -> Fraction | None:
    """The value of a fact in our unit."""
    fact = measure.about[0]
    name = _WORDS[fact]
    if measure.kind is LoincKind.EGFR_OF_A_CHILD and (age is None or age >= ADULT):
        text = f"an eGFR by the formula for children (LOINC {measure.code}) was not used. What is the eGFR?"
        remarks.caution("COND-102", text, at)
        return None
    quantity = object_of(table, "valueQuantity", at, remarks)
    if quantity is None:
        if fact == "egfr":
            remarks.problem("FHIR-001", f"{at}.valueQuantity", "an eGFR is a number here; give it with --egfr")
        return None
    place = f"{at}.valueQuantity"
    value = number_of(quantity, "value", place, remarks)
    if value is None:
        return None
    code, unit = quantity.get("code"), quantity.get("unit")
    written = code if isinstance(code, str) else unit if isinstance(unit, str) else ""
    times = _times(fact, written)
    if times is None:
        wanted = EGFR_UNIT if fact == "egfr" else " or ".join(units_of(fact))
        article = "an" if fact == "egfr" else "a"
        remarks.problem("UNIT-001", f"{place}.unit", f'{article} {name} is in {wanted}, not in "{shown(written)}"')
        return None
    value *= times
    comparator = quantity.get("comparator")
    if comparator in (">", ">="):
        above = decimal_text(value, 2)
        remarks.caution("FHIR-102", f"{name} above {above} was taken as {above}", at)
    elif comparator is not None:
        text = f'{name} "{shown(comparator)} {decimal_text(value, 2)}" is no number; give it as an option'
        remarks.problem("FHIR-001", f"{place}.comparator", text)
        return None
    if value > HIGHEST.get(fact, value):
        remarks.problem("NUM-002", f"{place}.value", f"{name} of {decimal_text(value, 2)} cannot be meant")
        return None
    return value


def _times(fact: str, unit: str) -> Fraction | None:
    plain = unit.casefold().replace(" ", "").replace("²", "2")
    if fact == "egfr":
        return Fraction(1) if unit == EGFR_UNIT or _EGFR_WORDS.fullmatch(plain) else None
    return units_of(fact).get(unit) or units_of(fact).get(_UNIT_WORDS.get(plain, ""))


def _plain(table: Table, at: str, remarks: Remarks) -> Fraction | None:
    """A value whose unit says nothing: a score, a count."""
    whole = table.get("valueInteger")
    if type(whole) is int and 0 <= whole <= 1000:
        return Fraction(whole)
    quantity = table.get("valueQuantity")
    return number_of(quantity, "value", f"{at}.valueQuantity", remarks) if isinstance(quantity, dict) else None


def _day(table: Table) -> date | None:
    text = table.get("valueDateTime")
    span = span_of(text) if isinstance(text, str) else None
    return None if span is None or span[0] != span[1] else span[0]


def _pregnancy(table: Table, at: str, remarks: Remarks) -> bool | None:
    value = table.get("valueCodeableConcept")
    codes = codes_in(value, _SNOMED) if isinstance(value, dict) else ()
    if _PREGNANT in codes or _NOT_PREGNANT in codes:
        return _PREGNANT in codes
    remarks.caution("COND-102", "the recorded pregnancy status is neither yes nor no. Is the patient pregnant?", at)
    return None


def _ask(table: Table, at: str, measure: LoincMeasure, sex: str | None, remarks: Remarks) -> None:
    value = _plain(table, at, remarks)
    limit = _IN_MEN if measure.code == _AUDIT_C and sex == "male" else _ASKED_FROM[measure.code]
    concept = table.get("valueCodeableConcept")
    answers = codes_in(concept, LOINC) if isinstance(concept, dict) else ()
    if (value is not None and value >= limit) or (answers and _NOT_AT_ALL not in answers):
        (name,) = measure.about
        more = "Ask today" if name == "suicidality" else "Ask, and state it as a condition if so"
        text = f"{measure.display}: the answer may mean {name}, which was not counted. {more}"
        remarks.caution("COND-102", text, at)


def _out_of_range(table: Table, at: str, measure: LoincMeasure, remarks: Remarks) -> None:
    """Ask about a value that its own laboratory calls high or low."""
    called = set()
    stated = table.get("interpretation")
    for each in stated if isinstance(stated, list) else ():
        codings = each.get("coding") if isinstance(each, dict) else None
        for coding in codings if isinstance(codings, list) else ():
            if isinstance(coding, dict) and isinstance(coding.get("code"), str):
                called.add(coding["code"])
    low, high = bool(called & {"L", "LL"}), bool(called & {"H", "HH"})
    names = [each for each in measure.about if (low and each.startswith("hypo")) or (high and each.startswith("hyper"))]
    if names:
        text = f"{measure.display} is outside its range. Is there {names[0]} now? It was not counted"
        remarks.caution("COND-102", text, at)
