"""Creatinine clearance from its parts, as the rules and the reminders both ask for it."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.patient_facts import sex_named
from medsteward.model.regimen import Patient


def creatinine_clearance(patient: Patient) -> Fraction | None:
    """Creatinine clearance in mL/min by Cockcroft and Gault; None: age, weight, creatinine or sex is missing.

    (140 - age) x weight / (72 x creatinine), times 0.85 for women.
    """
    age, weight, creatinine = patient.age, patient.weight_kg, patient.creatinine_mg_dl
    sex = None if patient.sex is None else sex_named(patient.sex)
    if age is None or weight is None or not creatinine or sex not in ("female", "male") or age >= 140:
        return None
    value = (140 - age) * weight / (72 * creatinine)
    return value * Fraction(85, 100) if sex == "female" else value
