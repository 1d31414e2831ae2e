"""What eases withdrawal from opioids, symptom by symptom, and what speaks against it. Declarations only."""

from __future__ import annotations

from collections.abc import Collection

from attrs import frozen

from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.model.property import Property
from medsteward.model.source import Source
from medsteward.treatments import places as s
from medsteward.treatments import taper_places as t
from medsteward.treatments.against import Against, Effect, Offered
from medsteward.treatments.options import (
    ACETAMINOPHEN,
    GABAPENTIN_OPTION,
    LIDOCAINE,
    ORAL_NSAID,
    SEDATIVES,
    VA_DOSES,
    Advised,
    Fact,
)

LOFEXIDINE_TABLET = "0.18 mg"
LOFEXIDINE_TIMES = 4


@frozen
class Remedy:
    """One medicine: its names in our list, how it is given, and what speaks against it that no rule says.

    ``option`` is the option for pain that it comes from; ``daily_mg`` the least a day that is offered, in mg.
    """

    name: str
    ingredients: tuple[str, ...]
    facts: tuple[Fact, ...]
    against: tuple[Against, ...] = ()
    option: Advised | None = None
    daily_mg: int | None = None

    @property
    def offered(self) -> tuple[Offered, ...]:
        """Its medicines as the rules are asked about them."""
        return tuple(Offered(name, daily_mg=self.daily_mg) for name in self.ingredients)

    def points(self, drugs: Collection[str]) -> tuple[Point, ...]:
        """The facts as they are shown, without those of drugs that are not among ``drugs``."""
        facts = self.facts
        if self.option is not None:
            facts = tuple(fact for fact in facts if fact in self.option.first_of(drugs))
        return tuple(Point("dose", f"{self.name}: {text}", source) for text, source in facts)


@frozen
class Relief:
    """One group of symptoms and the remedies for it. ``first`` is what is said before any medicine."""

    kind: str
    symptoms: str
    remedies: tuple[Remedy, ...]
    first: str = ""


def _va(where: str) -> Source:
    return s.VA_2016.at(where)


def _from_option(option: Advised) -> Remedy:
    """A remedy with the doses that the VA tool gives, and what speaks against the option."""
    facts = tuple((text, source) for text, source in option.first if source == VA_DOSES)
    return Remedy(option.title, option.drugs, facts, option.against, option, option.daily_mg)


def _qt(remedy: str) -> tuple[Against, ...]:
    """What a remedy that may prolong the QT interval is held against."""
    source = s.practice(f"{remedy} and the QT interval")
    return (
        Against(Effect.CAUTION, "adds to another drug that prolongs QT", source, properties=(Property.QT_KNOWN_RISK,)),
        Against(Effect.CAUTION, "adds to another drug that may prolong QT", source, properties=(Property.QT_OTHER,)),
        Against(Effect.BLOCKS, "not with a long QT interval", source, conditions=("long qt",)),
    )


def _older(effect: Effect, text: str, where: str) -> Against:
    return Against(effect, text, s.practice(where), age_from=65)


_ANTICHOLINERGIC = Against(
    Effect.CAUTION,
    "anticholinergic: glaucoma, retention or confusion may worsen",
    s.practice("anticholinergic effects"),
    conditions=("narrow-angle glaucoma", "urinary retention", "delirium or dementia"),
)

CLONIDINE_AGAINST: tuple[Against, ...] = (
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
)
"""What speaks against clonidine beside the rules. Which age and kidney function count as older and low is ours."""

CLONIDINE_POINTS: tuple[Point, ...] = (
    Point("dose", "0.1 to 0.2 mg by mouth every 6 to 8 hours, as outpatient 2 to 4 times daily", _va("clonidine")),
    Point("dose", "mean course 15 days; it ends gradually as well", _va("clonidine")),
    Point(
        "ceiling",
        "protocols differ on the most a day (0.8 and 1.2 mg); the 2.4 mg of the label is about hypertension and is no "
        "aim here",
        s.practice("clonidine in withdrawal, daily maximum"),
    ),
    Point("monitor", "blood pressure daily", _va("clonidine")),
)

LOFEXIDINE_AGAINST: tuple[Against, ...] = (
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
        "avoid with drugs that lower pulse or blood pressure (clonidine, tizanidine and beta blockers are our reading)",
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
)
"""What speaks against lofexidine beside the rules. Its label has no contraindications. What it says to avoid is left
out here.
"""

LOFEXIDINE_POINTS: tuple[Point, ...] = (
    Point(
        "when",
        "only around the last dose or on withdrawal, for up to 14 days; the peak is days 5 to 7 after the last opioid",
        t.LOFEXIDINE_DOSE,
    ),
    Point("ceiling", "0.72 mg a dose and 2.88 mg (16 tablets) a day at the most", t.LOFEXIDINE_DOSE),
    Point("end", "over 2 to 4 days, 1 tablet a dose less every 1 to 2 days", t.LOFEXIDINE_DOSE),
    Point("with", "never together with clonidine, tizanidine or a beta blocker unless that is weighed openly", s.OURS),
    Point(
        "monitor", "CYP2D6 poor metabolizers: watch pressure and pulse more closely", s.LOFEXIDINE_LABEL.at("CYP2D6")
    ),
)

LOPERAMIDE = Remedy(
    "loperamide",
    ("loperamide",),
    (
        ("4 mg, then 2 mg after each loose stool", _va("loperamide")),
        (
            "at most 16 mg/d as prescribed and 8 mg/d without prescription: more harms the heart",
            t.LOPERAMIDE,
        ),
    ),
    (
        Against(
            Effect.CAUTION,
            "keep strictly to the ceiling: another drug that prolongs QT is taken",
            t.LOPERAMIDE,
            properties=(Property.QT_KNOWN_RISK,),
        ),
        Against(
            Effect.CAUTION,
            "keep strictly to the ceiling: long QT interval",
            t.LOPERAMIDE,
            conditions=("long qt",),
        ),
        Against(
            Effect.BLOCKS,
            "not in obstruction",
            s.practice("loperamide in obstruction"),
            conditions=("gastrointestinal obstruction",),
        ),
    ),
)

ALTERNATIVES = Relief(
    "other_autonomic",
    "Where neither clonidine nor lofexidine fits, other choices for restlessness and aches",
    (
        Remedy("baclofen", ("baclofen",), (("5 mg three times daily, up to 40 mg/d", _va("baclofen")),), (SEDATIVES,)),
        Remedy(
            "gabapentin",
            ("gabapentin",),
            (("100 to 300 mg first, up to 1,800 to 2,100 mg/d in 2 to 3 doses", _va("gabapentin")),),
            GABAPENTIN_OPTION.against,
            daily_mg=GABAPENTIN_OPTION.daily_mg,
        ),
        Remedy(
            "tizanidine",
            ("tizanidine",),
            (("4 mg three times daily, up to 8 mg three times daily", _va("tizanidine")),),
            (
                Against(
                    Effect.CAUTION,
                    "lowers blood pressure as clonidine and lofexidine do: not beside them",
                    s.OURS,
                    properties=(Property.LOWERS_PRESSURE_OR_PULSE,),
                ),
                SEDATIVES,
            ),
        ),
    ),
    "each is looked at again on day 3 to 7 and ends gradually",
)

RELIEF: tuple[Relief, ...] = (
    Relief(
        "anxiety_tears_and_runny_nose",
        "Anxiety, tears and runny nose",
        (
            Remedy(
                "hydroxyzine",
                ("hydroxyzine",),
                (("25 to 50 mg three times daily as needed", _va("hydroxyzine")),),
                (
                    *_qt("hydroxyzine"),
                    _older(Effect.LOWERS, "65 and over: at most 50 mg/d (EMA)", "hydroxyzine in older people"),
                    SEDATIVES,
                    _ANTICHOLINERGIC,
                ),
            ),
            Remedy(
                "diphenhydramine",
                ("diphenhydramine",),
                (("25 mg every 6 hours as needed", _va("diphenhydramine")),),
                (
                    Against(Effect.BLOCKS, "not over 65", _va("diphenhydramine, over 65"), age_over=65),
                    SEDATIVES,
                    _ANTICHOLINERGIC,
                ),
            ),
        ),
    ),
    Relief(
        "aches",
        "Aches",
        (
            Remedy(
                "menthol or salicylate on the skin",
                ("menthol", "methyl salicylate"),
                (("as the package says", _va("topical")),),
            ),
            Remedy(LIDOCAINE.title, LIDOCAINE.drugs, (LIDOCAINE.first[0],), LIDOCAINE.against),
            _from_option(ACETAMINOPHEN),
            _from_option(ORAL_NSAID),
        ),
    ),
    Relief(
        "sleeplessness",
        "Sleeplessness that sleep habits alone do not settle",
        (
            Remedy(
                "trazodone",
                ("trazodone",),
                (("25 to 300 mg at bedtime", _va("trazodone")),),
                (
                    *_qt("trazodone"),
                    Against(
                        Effect.BLOCKS,
                        "not with an MAO inhibitor",
                        s.practice("trazodone with MAO inhibitors"),
                        classes=(DrugClass.MAOI,),
                    ),
                    SEDATIVES,
                ),
            ),
        ),
        "no sedative-hypnotics in the taper (Canada 2010)",
    ),
    Relief(
        "nausea",
        "Nausea",
        (
            Remedy(
                "ondansetron",
                ("ondansetron",),
                (("4 mg every 6 hours as needed", _va("ondansetron")),),
                _qt("ondansetron"),
            ),
            Remedy(
                "prochlorperazine",
                ("prochlorperazine",),
                (
                    ("5 to 10 mg every 4 hours as needed", _va("prochlorperazine")),
                    (
                        "usually at most 40 mg/d; 10 mg every 4 hours would be 60 mg/d",
                        s.practice("prochlorperazine maximum"),
                    ),
                ),
                (_ANTICHOLINERGIC, SEDATIVES),
            ),
            Remedy(
                "promethazine",
                ("promethazine",),
                (("25 mg by mouth or rectum every 6 hours as needed", _va("promethazine")),),
                (_ANTICHOLINERGIC, SEDATIVES),
            ),
        ),
    ),
    Relief(
        "cramps",
        "Cramps",
        (
            Remedy(
                "dicyclomine",
                ("dicyclomine",),
                (("20 mg every 6 to 8 hours as needed", _va("dicyclomine")),),
                (
                    _older(Effect.BLOCKS, "avoid in older people", "dicyclomine in older people"),
                    _ANTICHOLINERGIC,
                    Against(
                        Effect.BLOCKS,
                        "not in obstruction",
                        s.practice("dicyclomine in obstruction"),
                        conditions=("gastrointestinal obstruction",),
                    ),
                ),
            ),
        ),
    ),
    Relief(
        "diarrhea",
        "Diarrhea, which in a taper is a sign of withdrawal",
        (
            LOPERAMIDE,
            Remedy(
                "bismuth subsalicylate",
                ("bismuth subsalicylate",),
                (("524 mg every 0.5 to 1 hour, at most 4,192 mg/d (8 doses)", _va("bismuth subsalicylate")),),
                (
                    Against(
                        Effect.BLOCKS,
                        "not after a reaction to aspirin",
                        s.practice("salicylates"),
                        conditions=("aspirin-sensitive asthma",),
                    ),
                    Against(
                        Effect.CAUTION,
                        "a salicylate: bleeding",
                        s.practice("salicylates"),
                        classes=(DrugClass.ANTICOAGULANT,),
                    ),
                ),
            ),
        ),
        "hold laxatives first",
    ),
)
"""Symptom groups in the order of the VA tool."""
