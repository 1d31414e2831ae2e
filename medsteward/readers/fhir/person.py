"""Patient, Condition and Observation to facts about the patient. Names and addresses of people are not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.model.number import decimal_text
from medsteward.model.patient_facts import AGE, HIGHEST
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Patient
from medsteward.readers.fhir.element import (
    Remarks,
    Table,
    codes_in,
    number_of,
    object_of,
    objects_of,
    shown,
    span_of,
    text_of,
)
from medsteward.readers.fhir.facts import is_fact, measured, read_facts, sex_of

LOINC = "http://loinc.org"
EGFR_CODES = frozenset(
    {
        "33914-3",
        "48642-3",
        "48643-1",
        "50044-7",
        "50210-4",
        "62238-1",
        "69405-9",
        "77147-7",
        "88293-6",
        "88294-4",
        "98979-8",
        "98980-6",
    }
)
"""LOINC codes of an estimated glomerular filtration rate per 1.73 m2, as published value sets list them."""
EGFR_UNIT = "mL/min/{1.73_m2}"

_EGFR_WORDS = re.compile(r"ml/min(?:/(?:1[.,]73 ?_?m ?(?:2|\^2)?|\{1[.,]73[^}]*\}))?")


@frozen
class Person:
    """What is known of a patient, what was done, and what of it was not understood."""

    patient: Patient
    done: tuple[tuple[str, date | bool], ...] = ()
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()


NOBODY = Person(Patient())
"""Someone of whom nothing is said."""


def read_person(
    patient: tuple[Table, str] | None,
    conditions: Sequence[tuple[Table, str]],
    observations: Sequence[tuple[Table, str]],
    as_of: date,
    reasons: Sequence[tuple[Table, str]] = (),
) -> Person:
    """The facts of one patient. Each resource comes with its place in the input.

    ``reasons`` are the concepts that say why a medicine is taken: their codes are conditions of the patient.
    """
    remarks = Remarks()
    age = sex = None
    if patient is not None:
        table, at = patient
        age = _age(table, at, as_of, remarks)
        sex = sex_of(table, "gender", at, remarks)
        if sex == "unknown":
            sex = None
        if table.get("deceasedBoolean") is True or table.get("deceasedDateTime"):
            remarks.caution("FHIR-102", "the record says that the patient has died")
    known = Patient(
        age=age,
        sex=sex,
        egfr=_egfr([each for each in observations if is_egfr(each[0])], as_of, remarks),
    )
    if conditions or reasons:
        known = _with_conditions(known, conditions, reasons, as_of, remarks)
    ours = [each for each in observations if is_fact(each[0])]
    facts, done = read_facts(ours, as_of, remarks) if ours else ({}, ())
    return Person(evolve(known, **facts), done, tuple(remarks.problems), tuple(remarks.cautions))


def _with_conditions(
    known: Patient,
    conditions: Sequence[tuple[Table, str]],
    reasons: Sequence[tuple[Table, str]],
    as_of: date,
    remarks: Remarks,
) -> Patient:
    from medsteward.readers.fhir.conditions import read_conditions

    stated = read_conditions(conditions, reasons, as_of, remarks)
    weeks = stated.gestational_weeks
    return evolve(
        known,
        conditions=stated.names,
        context=stated.contexts,
        indication=stated.indication,
        child_pugh=stated.child_pugh,
        gestational_weeks=None if weeks is None else Fraction(weeks),
    )


def _age(table: Table, at: str, as_of: date, remarks: Remarks) -> int | None:
    """Whole years on the day, by our extension or the day of birth; of a year or month alone the older age, said."""
    extensions = objects_of(table, "extension", at, remarks)
    stated = next((each.get("valueInteger") for each in extensions if each.get("url") == AGE), None)
    if type(stated) is int and 0 <= stated <= 130:
        return stated
    text = text_of(table, "birthDate", at, remarks)
    span = None if text is None else span_of(text)
    if text is None:
        return None
    if span is None or span[0] > as_of or as_of.year - span[0].year > 130:
        remarks.problem("FHIR-001", f"{at}.birthDate", "birthDate is a day in the past, as in 1960-05-01")
        return None
    oldest, youngest = (_years(each, as_of) for each in span)
    if oldest != youngest:
        remarks.caution("FHIR-102", f"the day of birth is not stated in full; the age was taken as {oldest}")
    return oldest


def _years(born: date, day: date) -> int:
    return max(day.year - born.year - ((day.month, day.day) < (born.month, born.day)), 0)


def is_read(table: Table) -> bool:
    """Whether an Observation is one that is read: of the eGFR, or a fact as we write it."""
    return is_egfr(table) or is_fact(table)


# --- kidney function ---------------------------------------------------------------------------------------------


def is_egfr(table: Table) -> bool:
    """Whether an Observation is of the estimated glomerular filtration rate."""
    code = table.get("code")
    return isinstance(code, dict) and bool(EGFR_CODES & set(codes_in(code, LOINC)))


def _egfr(found: Sequence[tuple[Table, str]], as_of: date, remarks: Remarks) -> Fraction | None:
    """The latest eGFR in mL/min/1.73 m2 on the day; of several on one day the lowest."""
    values: list[tuple[date, Fraction]] = []
    for table, at, day in measured(found, as_of, remarks):
        value = _value(table, at, remarks)
        if value is not None:
            values.append((day, value))
    if not values:
        return None
    latest = max(day for day, _ in values)
    same = {value for day, value in values if day == latest}
    if len(same) > 1:
        listed = ", ".join(decimal_text(value) for value in sorted(same))
        remarks.caution("FHIR-102", f"several eGFR of one day ({listed}); the lowest was taken")
    return min(same)


def _value(table: Table, at: str, remarks: Remarks) -> Fraction | None:
    quantity = object_of(table, "valueQuantity", at, remarks)
    if quantity is None:
        remarks.problem("FHIR-001", f"{at}.valueQuantity", "an eGFR is a number here; give it with --egfr")
        return None
    place = f"{at}.valueQuantity"
    value = number_of(quantity, "value", place, remarks)
    if value is None:
        return None
    code, unit = quantity.get("code"), quantity.get("unit")
    written = code if isinstance(code, str) else unit if isinstance(unit, str) else ""
    if code != EGFR_UNIT and not _EGFR_WORDS.fullmatch(written.casefold().replace(" ", "").replace("²", "2")):
        text = f'an eGFR is in {EGFR_UNIT}, not in "{shown(written)}"'
        remarks.problem("UNIT-001", f"{place}.unit", text)
        return None
    comparator = quantity.get("comparator")
    if comparator in (">", ">="):
        remarks.caution("FHIR-102", f"an eGFR above {decimal_text(value)} was taken as {decimal_text(value)}", at)
    elif comparator is not None:
        text = f'an eGFR "{shown(comparator)} {decimal_text(value)}" is no number; give it with --egfr'
        remarks.problem("FHIR-001", f"{place}.comparator", text)
        return None
    if value > HIGHEST["egfr"]:
        remarks.problem("NUM-002", f"{place}.value", f"an eGFR of {decimal_text(value)} cannot be meant")
        return None
    return value
