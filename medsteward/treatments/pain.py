"""The kinds of pain by mechanism, and what is said with each beside the options."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from medsteward.bibliography import OURS
from medsteward.model.point import Point
from medsteward.treatments.places import CDC_2022, DRUG_LIST, SEED, SEED_B


class PainKind(Enum):
    """The kind of pain, by its mechanism."""

    NOCICEPTIVE = "nociceptive"
    INFLAMMATORY = "inflammatory"
    NEUROPATHIC = "neuropathic"
    NOCIPLASTIC = "nociplastic"
    MYOFASCIAL = "myofascial"
    MIGRAINE = "migraine"
    CRPS = "CRPS"


ACUTE_OPIOID_NOTE = Point(
    "opioids",
    "acute severe flare: a brief opioid only with an end date and functional targets",
    SEED.at("acute severe flare"),
)
NOTES: Mapping[PainKind, tuple[Point, ...]] = MappingProxyType(
    {
        PainKind.NOCICEPTIVE: (ACUTE_OPIOID_NOTE,),
        PainKind.INFLAMMATORY: (
            Point(
                "first",
                "check reflux, kidneys, heart and vessels before an oral NSAID",
                SEED_B.at("acute tissue pain: short anti-inflammatory course"),
            ),
            ACUTE_OPIOID_NOTE,
        ),
        PainKind.NEUROPATHIC: (
            Point(
                "first",
                "peripheral neuropathy: check diabetes, B12, alcohol and thyroid",
                SEED.at("peripheral neuropathy: what to check first"),
            ),
            Point(
                "first", "neck with arm symptoms: only when paraesthesia dominates", SEED.at("neck with arm symptoms")
            ),
            Point(
                "sleep",
                "insomnia that drives daytime pain: adjust evening drugs, do not sedate the day",
                SEED.at("insomnia that drives pain by day"),
            ),
        ),
        PainKind.NOCIPLASTIC: (
            Point("order", "our sources give no order for this kind of pain; this one is medsteward's own rule", OURS),
            Point("opioids", "opioids are avoided in nociplastic pain", DRUG_LIST),
        ),
        PainKind.MYOFASCIAL: (
            Point("order", "our sources give no order for this kind of pain; this one is medsteward's own rule", OURS),
            Point(
                "sleep",
                "insomnia that drives daytime pain: adjust evening drugs, do not sedate the day",
                SEED.at("insomnia that drives pain by day"),
            ),
        ),
        PainKind.MIGRAINE: (
            Point(
                "refer",
                "migraine has drugs of its own (triptans, gepants, CGRP antibodies): refer, do not match it to opioids",
                SEED_B.at("migraine"),
            ),
        ),
        PainKind.CRPS: (
            Point(
                "opioids",
                "high-dose opioids worsen the outcome of CRPS: no opioid escalation",
                SEED.at("CRPS: high-dose opioids"),
            ),
            Point("goal", "about 3 months, counted in function", SEED.at("timelines by kind of pain")),
        ),
    }
)
"""What goes with each kind of pain beside the options."""

ESCALATION = Point(
    "opioids",
    "re-weigh benefit and risk before 50 MME/d; any lowering is gradual",
    CDC_2022.at("Recommendations 4 and 5"),
)
CHILDREN = Point("scope", "under 18: the doses and ceilings here are for adults", OURS)
