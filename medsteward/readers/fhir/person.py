"""Patient, Condition and Observation to facts about the patient. Names and addresses of people are not read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from medsteward.model.patient_facts import AGE
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Patient
from medsteward.readers.fhir.element import (
    Remarks,
    Table,
    objects_of,
    span_of,
    text_of,
)
from medsteward.readers.fhir.facts import is_fact, read_facts, sex_of


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
    known: dict[str, Any] = {"age": age, "sex": sex}
    if conditions or reasons:
        known |= _with_conditions(conditions, reasons, as_of, remarks)
    ours = [each for each in observations if is_fact(each[0])]
    facts, done = read_facts(ours, as_of, remarks) if ours else ({}, ())
    measures = [each for each in observations if not is_fact(each[0]) and _is_measured(each[0])]
    if measures:
        from medsteward.readers.fhir.laboratory import read_laboratory

        found = read_laboratory(measures, age=facts.get("age", age), sex=sex, as_of=as_of, remarks=remarks)
        conditions_now = tuple(dict.fromkeys((*known.get("conditions", ()), *found.conditions)))
        known |= {**found.facts, "conditions": conditions_now}
    return Person(Patient(**known | facts), done, tuple(remarks.problems), tuple(remarks.cautions))


def _with_conditions(
    conditions: Sequence[tuple[Table, str]],
    reasons: Sequence[tuple[Table, str]],
    as_of: date,
    remarks: Remarks,
) -> dict[str, Any]:
    """What conditions say of a patient, by the names of its facts."""
    from medsteward.readers.fhir.conditions import read_conditions

    stated = read_conditions(conditions, reasons, as_of, remarks)
    weeks = stated.gestational_weeks
    return {
        "conditions": stated.names,
        "in_remission": stated.in_remission,
        "context": stated.contexts,
        "indication": stated.indication,
        "child_pugh": stated.child_pugh,
        "gestational_weeks": None if weeks is None else Fraction(weeks),
    }


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
    """Whether an Observation is one that is read: under a known code of LOINC, or a fact as we write it."""
    return is_fact(table) or _is_measured(table)


def _is_measured(table: Table) -> bool:
    code = table.get("code")
    if not isinstance(code, dict) or not isinstance(code.get("coding"), list):
        return False
    from medsteward.readers.fhir.laboratory import is_measured

    return is_measured(table)
