"""What lowers the autonomic signs of withdrawal from opioids: clonidine and lofexidine."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.model.property import Property
from medsteward.patient.kidneys import KidneyFunction
from medsteward.treatments import figures as f
from medsteward.treatments import places as s
from medsteward.treatments import taper_places as t
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import va
from medsteward.treatments.treatment import Treatment

LOFEXIDINE_TABLET = Fraction("0.18")
"""In mg."""
LOFEXIDINE_TIMES = 4


def lofexidine_tablets(child_pugh: str | None, kidney: KidneyFunction | None) -> int:
    """Tablets of 0.18 mg a dose, 4 times daily, by liver and kidneys; with both impaired the lower of the two.

    Child-Pugh A 3, B 2, C 1; eGFR from 90 3, 30 to 89.9 2, below 30 1. What a stage alone does not tell counts as the
    lower function. Source: lofexidine label text.
    """
    by_liver = {"A": 3, "B": 2, "C": 1}.get((child_pugh or "").strip().upper()[:1], 3)
    if kidney is None:
        return by_liver
    if kidney.is_below(30) is not False:
        return min(by_liver, 1)
    return min(by_liver, 3 if kidney.is_below(90) is False else 2)


CLONIDINE = Treatment(
    id="clonidine",
    title="clonidine",
    drugs=("clonidine",),
    against=(
        Against(Effect.CAUTION, "already taken: count it, do not add to it unseen", s.OURS, drugs=("clonidine",)),
        Against(
            Effect.CAUTION,
            "taken with something else that lowers blood pressure or pulse: not both without a plan for it",
            s.OURS,
            properties=(Property.LOWERS_PRESSURE_OR_PULSE,),
        ),
        Against(
            Effect.CAUTION,
            "a beta blocker makes the rebound worse: only if it is to end, gradually and by its prescriber, it goes "
            "several days before clonidine",
            s.CLONIDINE_LABEL,
            classes=(DrugClass.BETA_BLOCKER,),
        ),
        Against(Effect.LOWERS, "older people: a lower first dose", t.CATAPRES, age_from=65),
        Against(Effect.LOWERS, "low kidney function: a lower first dose", t.CATAPRES, kidney_below=60),
    ),
    points=(
        Point(
            "dose",
            f"{f.CLONIDINE_FIRST.number} to {f.CLONIDINE_ONCE_MOST} by mouth every 6 to 8 hours, as outpatient 2 "
            "to 4 times daily",
            va("clonidine"),
        ),
        Point("dose", "mean course 15 days; it ends gradually as well", va("clonidine")),
        Point(
            "ceiling",
            f"protocols differ on the most a day ({f.CLONIDINE_LOW_MOST.number} and {f.CLONIDINE_MOST}); the "
            f"{f.CLONIDINE_PRESSURE_MOST} of the label is about hypertension and "
            "is no "
            "aim here",
            s.practice("clonidine in withdrawal, daily maximum"),
        ),
        Point("monitor", "blood pressure daily", va("clonidine")),
    ),
)


LOFEXIDINE = Treatment(
    id="lofexidine",
    title="lofexidine",
    drugs=("lofexidine",),
    against=(
        Against(Effect.BLOCKS, "avoid with a long QT interval", s.LOFEXIDINE_LABEL.at("QT"), conditions=("long qt",)),
        Against(
            Effect.BLOCKS,
            "avoid with recent myocardial infarction, cerebrovascular disease or marked bradycardia",
            s.LOFEXIDINE_LABEL.at("warnings"),
            conditions=("recent myocardial infarction", "stroke", "heart block"),
        ),
        Against(
            Effect.CAUTION,
            "avoid where coronary insufficiency is severe",
            s.LOFEXIDINE_LABEL.at("warnings"),
            conditions=("cardiovascular disease",),
        ),
        Against(
            Effect.CAUTION,
            "avoid with drugs that lower pulse or blood pressure (clonidine, tizanidine and beta blockers are our "
            "reading)",
            s.LOFEXIDINE_LABEL.at("warnings"),
            properties=(Property.LOWERS_PRESSURE_OR_PULSE,),
        ),
        Against(
            Effect.CAUTION,
            "electrocardiogram first",
            s.LOFEXIDINE_LABEL.at("QT"),
            conditions=("heart failure", "arrhythmia", "liver disease", "low kidney function"),
        ),
        Against(
            Effect.CAUTION,
            "electrocardiogram first: taken with another drug that may prolong QT",
            s.LOFEXIDINE_LABEL.at("QT"),
            properties=(Property.QT_OTHER,),
        ),
        Against(
            Effect.CAUTION,
            "electrocardiogram first: above 450 ms is a risk with methadone, and is taken as one here",
            s.VA_DOD_2017.at("QTc above 450 ms"),
            qtc_over=450,
        ),
        Against(
            Effect.CAUTION,
            "correct potassium and magnesium first",
            s.secondary(s.LOFEXIDINE_LABEL, "electrolytes"),
            conditions=("hypokalemia", "hypomagnesemia"),
        ),
        Against(
            Effect.CAUTION,
            "the warnings say to avoid it in chronic renal failure, the dosing section gives a dose: both are shown",
            s.LOFEXIDINE_LABEL.at("warnings; section 2"),
            conditions=("low kidney function",),
        ),
    ),
    points=(
        Point(
            "when",
            "only around the last dose or on withdrawal, for up to 14 days; the peak is days 5 to 7 after the last "
            "opioid",
            t.LOFEXIDINE_DOSE,
        ),
        Point(
            "ceiling",
            f"{f.LOFEXIDINE_ONCE_MOST} a dose and {f.LOFEXIDINE_MOST} (16 tablets) a day at the most",
            t.LOFEXIDINE_DOSE,
        ),
        Point("end", "over 2 to 4 days, 1 tablet a dose less every 1 to 2 days", t.LOFEXIDINE_DOSE),
        Point(
            "with", "never together with clonidine, tizanidine or a beta blocker unless that is weighed openly", s.OURS
        ),
        Point(
            "monitor",
            "CYP2D6 poor metabolizers: watch pressure and pulse more closely",
            s.LOFEXIDINE_LABEL.at("CYP2D6"),
        ),
    ),
)

TREATMENTS = (
    CLONIDINE,
    LOFEXIDINE,
)
