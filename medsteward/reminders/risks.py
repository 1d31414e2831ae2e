"""Risk factors of opioid harm that reminders ask about, each with what in the case shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from medsteward.model.drug import DrugClass
from medsteward.model.number import decimal_text
from medsteward.model.oud import DISORDER, IN_REMISSION
from medsteward.model.property import Property
from medsteward.patient.picture import Picture, pause_between
from medsteward.reminders import places as s
from medsteward.reminders.reminder import Stratum, StratumReport
from medsteward.scales.declared import ORT, ORT_OUD
from medsteward.scales.scale import banded
from medsteward.thresholds import whole


class Risk(Enum):
    """A risk factor, in words."""

    __hash__ = object.__hash__  # its members are single objects, and this is asked for in every case

    DOSE_50 = "50 MME/d or more"
    DOSE_90 = "90 MME/d or more"
    BENZODIAZEPINE = "a benzodiazepine"
    GABAPENTINOID = "a gabapentinoid"
    OTHER_SEDATIVE = "another sedative"
    ALCOHOL = "alcohol"
    SLEEP_DISORDERED_BREATHING = "sleep-disordered breathing"
    LUNG_DISEASE = "COPD or other chronic lung disease"
    SUBSTANCE_USE = "a substance use disorder"
    OPIOID_USE_DISORDER = "opioid use disorder, diagnosed"
    OUD_TREATMENT = "treatment of opioid use disorder"
    METHADONE = "methadone"
    LONG_ACTING = "an extended-release or long-acting opioid"
    PRIOR_OVERDOSE = "a prior overdose"
    LOST_TOLERANCE = "lost tolerance"
    TAPER = "a taper"
    AGE = "age 65 or over"
    ORGANS = "low kidney or liver function"
    COGNITION = "cognitive decline"
    MENTAL_DISORDER = "a mental disorder"
    SUICIDALITY = "suicidality"
    CHILDREN = "children in the household"
    OTHERS_AT_HOME = "others in the household at risk"
    SCREEN_HIGH = "a high score of risk"
    SCREEN_MODERATE = "a moderate score of risk"


OLDER = whole("older_age")
LOW_KIDNEY = whole("low_kidney")
LOST_AFTER_DAYS = whole("tolerance_lost_after")
REWEIGH_MME, HIGH_MME = whole("mme_reweigh"), whole("mme_high")

_OTHER_SEDATIVE_CLASSES = (
    DrugClass.Z_DRUG,
    DrugClass.BARBITURATE,
    DrugClass.OREXIN_ANTAGONIST,
    DrugClass.SEDATIVE_OTHER,
    DrugClass.MUSCLE_RELAXANT,
)
"""Classes taken as sedatives beside opioids, benzodiazepines and gabapentinoids. A choice of this project."""

_CONDITIONS: Mapping[Risk, tuple[str, ...]] = MappingProxyType(
    {
        Risk.ALCOHOL: ("alcohol use", "alcohol use disorder"),
        Risk.SLEEP_DISORDERED_BREATHING: ("sleep apnea", "central sleep apnea"),
        Risk.LUNG_DISEASE: ("copd",),
        Risk.SUBSTANCE_USE: ("substance use disorder", "alcohol use disorder"),
        Risk.OPIOID_USE_DISORDER: (DISORDER, IN_REMISSION),
        Risk.PRIOR_OVERDOSE: ("prior overdose",),
        Risk.LOST_TOLERANCE: ("lost opioid tolerance",),
        Risk.ORGANS: ("low kidney function", "liver disease"),
        Risk.COGNITION: ("delirium or dementia",),
        Risk.MENTAL_DISORDER: (
            "depression",
            "anxiety",
            "bipolar disorder",
            "schizophrenia",
            "post-traumatic stress disorder",
        ),
        Risk.SUICIDALITY: ("suicidality",),
    }
)
_CHILD = re.compile(r"\b(?:grand)?(?:child(?:ren)?|kids?|toddlers?|infants?|bab(?:y|ies)|teen(?:ager)?s?)\b")
_DENIED = re.compile(r"\b(?:no|none|without)\b")


_IN_ORDER = tuple(Risk)


def risks_of(picture: Picture) -> dict[Risk, str]:
    """Every risk factor that is present, with what shows it, in the order of ``Risk``."""
    found: dict[Risk, str] = {}
    for limit, risk in ((REWEIGH_MME, Risk.DOSE_50), (HIGH_MME, Risk.DOSE_90)):
        if picture.reaches(limit) and picture.mme is not None:
            found[risk] = picture.mme_words
    opioids = picture.opioids
    drugs = {
        Risk.BENZODIAZEPINE: picture.takes(DrugClass.BENZODIAZEPINE),
        Risk.GABAPENTINOID: picture.takes(DrugClass.GABAPENTINOID),
        Risk.OTHER_SEDATIVE: picture.takes(*_OTHER_SEDATIVE_CLASSES),
        Risk.ALCOHOL: picture.takes(DrugClass.ALCOHOL),
    }
    if opioids:
        drugs |= {
            Risk.OUD_TREATMENT: tuple(each.ingredient for each in opioids if each.is_for_oud),
            Risk.METHADONE: tuple(each.ingredient for each in opioids if each.ingredient == "methadone"),
            Risk.LONG_ACTING: tuple(each.ingredient for each in opioids if each.is_long_acting and not each.is_for_oud),
        }
    for risk, names in drugs.items():
        if names:
            found[risk] = ", ".join(dict.fromkeys(names))
    known = picture.conditions
    for risk, conditions in _CONDITIONS.items() if known else ():
        if not known.isdisjoint(conditions):
            present = map(picture.as_stated, picture.has(*conditions))
            found[risk] = ", ".join(filter(None, (found.get(risk), *present)))
    if picture.patient.indication is not None and any(each.is_for_oud for each in opioids):
        found.setdefault(Risk.OPIOID_USE_DISORDER, "the indication")
    if picture.kidney is not None and picture.kidney.is_below(LOW_KIDNEY):
        liver = map(picture.as_stated, picture.has("liver disease"))
        found[Risk.ORGANS] = ", ".join((str(picture.kidney), *liver))
    _course(picture, found)
    if picture.patient.age is not None and picture.patient.age >= OLDER:
        found[Risk.AGE] = f"age {picture.patient.age}"
    _household(picture, found)
    _screens(picture, found)
    return {risk: found[risk] for risk in _IN_ORDER if risk in found}


def _course(picture: Picture, found: dict[Risk, str]) -> None:
    ended = [each for each in picture.past if each.is_opioid]
    pause = pause_between(ended, picture.opioids, LOST_AFTER_DAYS) if ended else None
    since = picture.patient.opioid_since
    if pause is not None and (since is None or since >= pause[1]):
        found[Risk.LOST_TOLERANCE] = f"no opioid listed between {pause[0]} and {pause[1]}"
    if "supervised taper" in picture.contexts:
        found[Risk.TAPER] = "supervised taper"


def _household(picture: Picture, found: dict[Risk, str]) -> None:
    children: list[str] = []
    others: list[str] = []
    for text in picture.patient.household:
        low = text.casefold()
        if not _DENIED.search(low):
            (children if _CHILD.search(low) else others).append(text)
    if children:
        found[Risk.CHILDREN] = ", ".join(children)
    if others:
        found[Risk.OTHERS_AT_HOME] = ", ".join(others)


def _screens(picture: Picture, found: dict[Risk, str]) -> None:
    if not picture.patient.scores:
        return
    scores = {name.casefold().replace("_", "-").replace(" ", "-"): value for name, value in picture.patient.scores}
    for scale in (ORT_OUD, ORT):
        value = scores.get(scale.id)
        if value is None or value > scale.high:
            continue
        band = banded(scale.bands, value)
        risk = {"high": Risk.SCREEN_HIGH, "moderate": Risk.SCREEN_MODERATE}.get(band.name if band else "")
        if risk is not None:
            found[risk] = f"{scale.id.upper()} {decimal_text(value)}"
        if scale is ORT_OUD:
            return


@frozen
class _Level:
    """The risk factors that make a stratum."""

    stratum: Stratum
    risks: tuple[Risk, ...]


LEVELS: tuple[_Level, ...] = (
    _Level(
        Stratum.HIGH,
        (
            Risk.DOSE_90,
            Risk.BENZODIAZEPINE,
            Risk.PRIOR_OVERDOSE,
            Risk.SUBSTANCE_USE,
            Risk.OPIOID_USE_DISORDER,
            Risk.SUICIDALITY,
            Risk.SCREEN_HIGH,
        ),
    ),
    _Level(
        Stratum.MODERATE,
        (
            Risk.DOSE_50,
            Risk.GABAPENTINOID,
            Risk.OTHER_SEDATIVE,
            Risk.ALCOHOL,
            Risk.SLEEP_DISORDERED_BREATHING,
            Risk.LUNG_DISEASE,
            Risk.METHADONE,
            Risk.LONG_ACTING,
            Risk.LOST_TOLERANCE,
            Risk.TAPER,
            Risk.AGE,
            Risk.ORGANS,
            Risk.COGNITION,
            Risk.MENTAL_DISORDER,
            Risk.SCREEN_MODERATE,
        ),
    ),
)
"""Which factor puts a patient into which stratum. A choice of this project; the factors are published."""

STRATUM_SOURCES = (
    s.OURS,
    s.VA_DOD_2017.at("more often for high dose, benzodiazepine, mental, medical or substance use comorbidity"),
    s.CDC_2022.at("p. 19: more often than every 3 months at higher risk of opioid use disorder or overdose"),
)


def stratum_of(risks: Mapping[Risk, str]) -> StratumReport:
    """The stratum, with every factor that puts the patient there."""
    levels = [level for level in LEVELS if any(risk in risks for risk in level.risks)]
    if not levels:
        return StratumReport(Stratum.LOW, (), STRATUM_SOURCES)
    reasons = tuple(reason(risk, risks) for level in levels for risk in level.risks if risk in risks)
    return StratumReport(levels[0].stratum, reasons, STRATUM_SOURCES)


def reason(risk: Risk, risks: Mapping[Risk, str]) -> str:
    """A risk factor as said of this patient: ``a benzodiazepine: alprazolam``."""
    return f"{risk.value}: {risks[risk]}"


def takes_cns_depressant(picture: Picture) -> tuple[str, ...]:
    """The drugs that a recommendation about sedatives means: benzodiazepines, gabapentinoids and other sedatives."""
    classes = (DrugClass.BENZODIAZEPINE, DrugClass.GABAPENTINOID, *_OTHER_SEDATIVE_CLASSES)
    return tuple(each for each in picture.takes(*classes))


def prolongs_qt(picture: Picture) -> tuple[str, ...]:
    """The drugs beside methadone that are known to prolong the QT interval."""
    return tuple(name for name in picture.takes_with(Property.QT_KNOWN_RISK) if name != "methadone")
