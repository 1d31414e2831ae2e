"""What of a picture a database needs to answer the clauses: the columns that ``form`` names, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from medsteward.patient.marks import RENEWED_MARK, SAID_TWICE_MARK
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug, begun
from medsteward.patient.uses import indication_here, is_use_unclear, uses_of

Cell = bool | int | Fraction | str | frozenset[str] | None
Row = dict[str, Cell]


def case_row(picture: Picture) -> Row:
    """The one row of a case. None: not known."""
    patient, kidney, mme = picture.patient, picture.kidney, picture.mme
    exact = kidney is not None and kidney.low == kidney.high
    most = mme if picture.mme_if_all is None else picture.mme_if_all
    return {
        "age": patient.age,
        "sex": patient.sex,
        "weight_kg": patient.weight_kg,
        "conditions": picture.conditions,
        "active_conditions": picture.active_conditions,
        "contexts": picture.contexts,
        "household": "\n".join(patient.household).casefold(),
        "said": picture.said,
        "indication": None if picture.indication is None else picture.indication.value,
        "palliative": picture.is_palliative,
        "hospice": picture.is_hospice,
        "pregnant": picture.is_pregnant,
        "gestational_weeks": patient.gestational_weeks,
        "liver_grade": picture.liver_grade,
        "tolerance": picture.tolerance.name,
        "qtc_ms": patient.qtc_ms,
        "naloxone_recorded": picture.has_naloxone_recorded,
        "kidney_low": None if kidney is None else kidney.low,
        "kidney_high": None if kidney is None else kidney.high,
        "kidney_high_included": exact,
        "mme_low": None if mme is None else mme.value,
        "mme_high": None if most is None or not picture.mme_complete else most.value,
        "mme_high_included": True,
    }


def taken_rows(picture: Picture, taken: Iterable[TakenDrug]) -> tuple[Row, ...]:
    """One row for each ingredient: those of the case (``every``), or those of a finding."""
    return tuple(_row(picture, each) for each in taken)


def _row(picture: Picture, taken: TakenDrug) -> Row:
    part, today = taken.part, picture.today
    return {
        "line": taken.line,
        "ingredient": part.ingredient,
        "drug_class": part.drug_class.value,
        "properties": frozenset(each.value for each in part.properties),
        "role": part.role.value,
        "systemic": part.systemic,
        "form": part.form,
        "route": part.route,
        "brand": part.brand,
        "long_acting": part.long_acting,
        "single_mg": part.single_mg,
        "mg_per_ml": part.mg_per_ml,
        "daily_mg": part.daily_mg,
        "rate_mcg_h": part.rate_mcg_h,
        "times_a_day": part.times_a_day,
        "partners": frozenset(part.partners),
        "uses": uses_of(taken),
        "use_unclear": is_use_unclear(taken),
        "indication_here": None if (use := indication_here(taken, picture)) is None else use.value,
        "prescriber": taken.prescriber,
        "oud": taken.oud.name,
        "said_twice": bool(taken.bits & SAID_TWICE_MARK),
        "renewed": bool(taken.bits & RENEWED_MARK),
        "again": taken.again,
        "since": taken.since,
        "treatment_day": today - taken.since + 1 if taken.since else None,
        "days_since_start": today - taken.since,
        "days_since_new": today - begun(picture.every, taken),
        "days_since_end": today - taken.until,
        "begun": taken.since <= today,
        "ended": taken.until < today,
        "over": taken.until < today and not picture.goes_on(taken),
        "how_ended": None if taken.how_ended is None else taken.how_ended.name,
    }
