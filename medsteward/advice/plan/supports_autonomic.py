"""Clonidine and lofexidine beside a taper of an opioid: whether, when, how much."""

from __future__ import annotations

from medsteward.advice.plan.report import Support
from medsteward.advice.plan.supports_shared import EASES_WITHDRAWAL, Tapered, limits_of, support
from medsteward.interactions.offer import Fit
from medsteward.model.number import decimal_text
from medsteward.model.point import Point
from medsteward.reminders.heart import LOFEXIDINE_POINTS as LOFEXIDINE_SIGNS
from medsteward.reminders.heart import PRESSURE_POINTS
from medsteward.treatments import taper_places as t
from medsteward.treatments.against import weigh_offer
from medsteward.treatments.declared.autonomic import (
    CLONIDINE,
    LOFEXIDINE,
    LOFEXIDINE_TABLET,
    LOFEXIDINE_TIMES,
    lofexidine_tablets,
)


def clonidine(taper: Tapered) -> Support:
    """Clonidine as it stands in this patient, with why where it is left out."""
    when = "Have ready from the start, because the steps are short" if taper.fast else "On withdrawal, consider it"
    weighed = weigh_offer(CLONIDINE.offered, CLONIDINE.against, taper.picture, taper.offers)
    limits = limits_of(weighed)
    if weighed.fit is Fit.LEFT_OUT:
        words = "Clonidine is not offered for this patient; see why below."
        return support("clonidine", words, *limits, sources=(EASES_WITHDRAWAL,), against=weighed.found)
    if weighed.fit is Fit.MAJOR_REASON:
        when = "Another choice comes first: weigh the major risk named below before it is considered"
    return support(
        "clonidine",
        f"Clonidine for sweating, restlessness and cramps. {when}; only with a plan for blood pressure and pulse.",
        *CLONIDINE.points,
        *PRESSURE_POINTS,
        *limits,
        sources=(EASES_WITHDRAWAL,),
        against=weighed.found,
    )


def lofexidine(taper: Tapered) -> Support:
    """Lofexidine as it stands in this patient, with its dose, or why it is left out."""
    picture = taper.picture
    weighed = weigh_offer(LOFEXIDINE.offered, LOFEXIDINE.against, picture, taper.offers)
    limits = limits_of(weighed)
    if weighed.is_blocked:
        words = "Lofexidine is not offered for this patient; see why below."
        return support("lofexidine", words, *limits, sources=(EASES_WITHDRAWAL,), against=weighed.found)
    tablets = lofexidine_tablets(picture.patient.child_pugh, picture.kidney)
    daily = decimal_text(LOFEXIDINE_TABLET * tablets * LOFEXIDINE_TIMES)
    because = [f"Child-Pugh {picture.patient.child_pugh}"] if picture.patient.child_pugh else []
    because += [str(picture.kidney)] if picture.kidney is not None else []
    dose = (
        f"{tablets} x {decimal_text(LOFEXIDINE_TABLET)} mg {LOFEXIDINE_TIMES} times daily, 5 to 6 hours apart "
        f"({daily} mg/d)"
        f"{' for ' + ', '.join(because) if because else ''}"
    )
    points = [Point("dose", dose, t.LOFEXIDINE_DOSE)]
    if picture.kidney is None:
        points.append(Point("unknown", "kidney function is not known: below 90 the dose is lower", t.LOFEXIDINE_DOSE))
    if picture.has("liver disease") and not picture.patient.child_pugh:
        points.append(Point("unknown", "liver disease without Child-Pugh: the dose follows it", t.LOFEXIDINE_DOSE))
    major = " Weigh the major risk named below first." if weighed.fit is Fit.MAJOR_REASON else ""
    return support(
        "lofexidine",
        f"Lofexidine, only around the last dose or on withdrawal, as another choice than clonidine.{major}",
        *points,
        *LOFEXIDINE.points,
        *LOFEXIDINE_SIGNS,
        *limits,
        sources=(EASES_WITHDRAWAL,),
        against=weighed.found,
    )
