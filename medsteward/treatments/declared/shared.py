"""What speaks against several treatments alike, and how they say it."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.property import Property
from medsteward.model.source import Source
from medsteward.treatments import places as s
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.places import SEED

NOT_CONTROL = (
    "sedation without more activity is not control: then swap, reduce or end the trial gradually",
    SEED.at("sedation is not control"),
)
SEDATIVES = Against(
    Effect.CAUTION,
    "already takes a sedative: do not stack sedatives",
    SEED.at("restless legs and sleep apnea"),
    classes=(
        DrugClass.BENZODIAZEPINE,
        DrugClass.Z_DRUG,
        DrugClass.BARBITURATE,
        DrugClass.OREXIN_ANTAGONIST,
        DrugClass.SEDATIVE_OTHER,
        DrugClass.MUSCLE_RELAXANT,
        DrugClass.GABAPENTINOID,
    ),
)
APNEA = Against(
    Effect.CAUTION,
    "treat the cause, and do not stack sedatives",
    SEED.at("restless legs and sleep apnea"),
    conditions=("sleep apnea", "restless legs"),
)
ANTICHOLINERGIC = Against(
    Effect.CAUTION,
    "anticholinergic: glaucoma, retention or confusion may worsen",
    s.practice("anticholinergic effects"),
    conditions=("narrow-angle glaucoma", "urinary retention", "delirium or dementia"),
)


def not_both_qt(remedy: str) -> tuple[Against, ...]:
    """What a remedy that may prolong the QT interval is held against."""
    source = s.practice(f"{remedy} and the QT interval")
    return (
        Against(Effect.CAUTION, "adds to another drug that prolongs QT", source, properties=(Property.QT_KNOWN_RISK,)),
        Against(Effect.CAUTION, "adds to another drug that may prolong QT", source, properties=(Property.QT_OTHER,)),
        Against(Effect.BLOCKS, "not with a long QT interval", source, conditions=("long qt",)),
    )


def older(effect: Effect, text: str, where: str) -> Against:
    """What holds from 65 years on; ``where`` names the place."""
    return Against(effect, text, s.practice(where), age_from=65)


def va(where: str) -> Source:
    """A place in the VA tool."""
    return s.VA_2016.at(where)


def fractions(*numbers: str | int) -> tuple[Fraction, ...]:
    """Exact numbers of their texts."""
    return tuple(Fraction(number) for number in numbers)
