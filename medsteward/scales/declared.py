"""Every scale, its items, its bands and their sources."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from medsteward.model.source import Source
from medsteward.scales import places as s
from medsteward.scales.scale import YES_NO, Band, Scale, ScaleItem, integers, values

_TEN = integers(0, 10)
_FOUR = integers(0, 4)


def _bands(source: Source, *bands: tuple[str, str | None]) -> tuple[Band, ...]:
    return tuple(Band(name, None if up_to is None else Fraction(up_to), source) for name, up_to in bands)


COWS = Scale(
    id="cows",
    title="Clinical Opiate Withdrawal Scale (COWS), rated by a clinician",
    items=(
        ScaleItem(
            "pulse", "resting pulse: 0 up to 80, 1 from 81, 2 from 101, 4 above 120 a minute", values(0, 1, 2, 4)
        ),
        ScaleItem("sweating", "sweating", values(0, 1, 2, 3, 4)),
        ScaleItem("restlessness", "restlessness", values(0, 1, 3, 5)),
        ScaleItem("pupils", "pupil size", values(0, 1, 2, 5)),
        ScaleItem("aches", "bone or joint aches, only the added part", values(0, 1, 2, 4)),
        ScaleItem("nose_and_tears", "runny nose or tearing", values(0, 1, 2, 4)),
        ScaleItem("gut", "stomach and bowel upset", values(0, 1, 2, 3, 5)),
        ScaleItem("tremor", "tremor of outstretched hands", values(0, 1, 2, 4)),
        ScaleItem("yawning", "yawning", values(0, 1, 2, 4)),
        ScaleItem("anxiety", "anxiety or irritability", values(0, 1, 2, 4)),
        ScaleItem("gooseflesh", "gooseflesh", values(0, 3, 5)),
    ),
    low=Fraction(0),
    high=Fraction(48),
    source=s.COWS,
    bands=_bands(
        s.COWS,
        ("none or minimal", "4"),
        ("mild", "12"),
        ("moderate", "24"),
        ("moderately severe", "36"),
        ("severe", None),
    ),
    notes=("The allowed values of gooseflesh and anxiety need a second source.",),
)

SOWS = Scale(
    id="sows",
    title="Subjective Opiate Withdrawal Scale (SOWS), rated by the patient",
    items=tuple(
        ScaleItem(name, about, _FOUR)
        for name, about in (
            ("anxious", "anxious"),
            ("yawning", "yawning"),
            ("sweating", "sweating"),
            ("tearing", "eyes tearing"),
            ("nose", "nose running"),
            ("gooseflesh", "gooseflesh"),
            ("shaking", "shaking"),
            ("hot_flashes", "hot flashes"),
            ("cold_flashes", "cold flashes"),
            ("aches", "bone or muscle ache"),
            ("restless", "restless"),
            ("nausea", "nausea"),
            ("vomiting", "urge to vomit"),
            ("twitching", "twitching"),
            ("cramps", "stomach cramps"),
            ("urge", "urge to use"),
        )
    ),
    low=Fraction(0),
    high=Fraction(64),
    source=s.SOWS,
    bands=(
        *_bands(s.recalled(s.SOWS, "bands"), ("none", "0"), ("mild", "10"), ("moderate", "20"), ("severe", "30")),
        Band("severe", None, s.OURS),
    ),
    notes=("The published bands stop at 30 though the scale reaches 64; above 30 is called severe here.",),
)

PEG = Scale(
    id="peg",
    title="PEG: pain, enjoyment of life, general activity",
    items=(
        ScaleItem("pain", "pain on average in the past week", _TEN),
        ScaleItem("enjoyment", "interference with enjoyment of life", _TEN),
        ScaleItem("general_activity", "interference with general activity", _TEN),
    ),
    low=Fraction(0),
    high=Fraction(10),
    source=s.PEG,
    mean=True,
    notes=(
        "Higher is worse. Give `before` (an earlier PEG) to see whether the change counts.",
        "Smaller changes of 1.0 to 1.75 points were noticed by patients (Reed 2023); 30 % is what counts here.",
    ),
)

ORT_OUD = Scale(
    id="ort-oud",
    title="ORT-OUD: revised Opioid Risk Tool, unweighted",
    items=(
        ScaleItem("family_alcohol", "family history: alcohol", YES_NO),
        ScaleItem("family_illegal", "family history: illegal drugs", YES_NO),
        ScaleItem("family_prescription", "family history: prescription drugs", YES_NO),
        ScaleItem("personal_alcohol", "personal history: alcohol", YES_NO),
        ScaleItem("personal_illegal", "personal history: illegal drugs", YES_NO),
        ScaleItem("personal_prescription", "personal history: prescription drugs", YES_NO),
        ScaleItem("age_16_to_45", "age 16 to 45", YES_NO),
        ScaleItem("attention_bipolar_schizophrenia", "ADD, OCD, bipolar disorder or schizophrenia", YES_NO),
        ScaleItem("depression", "depression", YES_NO),
    ),
    low=Fraction(0),
    high=Fraction(9),
    source=s.ORT_OUD,
    bands=_bands(s.recalled(s.ORT_OUD, "cut-off: 3 or more"), ("low", "2"), ("high", None)),
    notes=(
        "The one used here by default. A score is a reason for closer support, never to refuse pain care.",
        "Programs that give the sex-weighted 0 to 26 score this name are not this scale.",
    ),
)

_ORT_POINTS = (
    # item, points for women, points for men
    ("family_alcohol", 1, 3),
    ("family_illegal", 2, 3),
    ("family_prescription", 4, 4),
    ("personal_alcohol", 3, 3),
    ("personal_illegal", 4, 4),
    ("personal_prescription", 5, 5),
    ("age_16_to_45", 1, 1),
    ("preadolescent_sexual_abuse", 3, 0),
    ("attention_bipolar_schizophrenia", 2, 2),
    ("depression", 1, 1),
)
ORT_POINTS: Mapping[str, tuple[Fraction, Fraction]] = MappingProxyType(
    {name: (Fraction(female), Fraction(male)) for name, female, male in _ORT_POINTS}
)
"""Points of each ORT item for women and for men (Webster 2005)."""

_ORT_ABOUT = {item.name: item for item in ORT_OUD.items}

ORT = Scale(
    id="ort",
    title="Opioid Risk Tool (ORT), weighted by sex",
    items=(
        ScaleItem("male", "1 for a man's points, 0 for a woman's", YES_NO),
        *(
            _ORT_ABOUT.get(name, ScaleItem(name, "history of preadolescent sexual abuse", YES_NO))
            for name in ORT_POINTS
        ),
    ),
    low=Fraction(0),
    high=Fraction(26),
    source=s.ORT,
    bands=_bands(s.ORT, ("low", "3"), ("moderate", "7"), ("high", None)),
    notes=(
        "ORT-OUD is the one used by default here. A score is a reason for closer support, never to refuse pain care.",
    ),
)

STOP_BANG = Scale(
    id="stop-bang",
    title="STOP-BANG total for obstructive sleep apnea",
    items=(
        ScaleItem("s", "S", YES_NO),
        ScaleItem("t", "T", YES_NO),
        ScaleItem("o", "O", YES_NO),
        ScaleItem("p", "P", YES_NO),
        ScaleItem("bmi", "body mass index; above 35 counts", None, Fraction(8), Fraction(150), "kg/m2"),
        ScaleItem("age", "age; above 50 counts", None, Fraction(0), Fraction(130), "years"),
        ScaleItem("neck_cm", "neck circumference; above 40 cm counts", None, Fraction(15), Fraction(100), "cm"),
        ScaleItem("male", "1 for a man", YES_NO),
    ),
    low=Fraction(0),
    high=Fraction(8),
    source=s.STOP_BANG,
    bands=_bands(s.STOP_BANG, ("low", "2"), ("intermediate", "4"), ("high", None)),
    notes=(
        "The wording of the questions belongs to University Health Network and is not shipped; only letters are.",
        "BMI 35, age 50 and a neck of 40 cm give no point: each must be passed. Other versions differ.",
    ),
)

BFI = Scale(
    id="bfi",
    title="Bowel Function Index (BFI)",
    items=tuple(
        ScaleItem(name, about, None, Fraction(0), Fraction(100))
        for name, about in (
            ("ease", "ease of defecation, past 7 days"),
            ("incomplete", "feeling of incomplete evacuation, past 7 days"),
            ("judgement", "personal judgment of constipation, past 7 days"),
        )
    ),
    low=Fraction(0),
    high=Fraction(100),
    source=s.BFI,
    bands=_bands(s.BFI, ("not above the cut-off", "28.8"), ("constipation", None)),
    mean=True,
    notes=("Higher is worse. Some texts round the cut-off of 28.8 to 30.",),
)

SCALES: Mapping[str, Scale] = MappingProxyType(
    {scale.id: scale for scale in (COWS, SOWS, PEG, ORT_OUD, ORT, STOP_BANG, BFI)}
)
"""Scales that are filled in item by item, by id."""
