"""MAO inhibitors with opioids."""

from __future__ import annotations

from medsteward.interactions.places import (
    LABEL_SECTIONS,
    MEPERIDINE_LABEL,
    MORPHINE_LABEL,
    NUCYNTA_LABELS,
    TRAMADOL_TEXT,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    AFTER_MAOI,
    OPIOID_OF_HIGH_RISK_WITH_MAOI,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    WEAK_MAOI,
)
from medsteward.patient.clauses import takes
from medsteward.patient.groups import (
    MAOI_OR_PROCARBAZINE,
    MEPERIDINE,
    METHADONE,
    OPIOID_REMAINING_WITH_MAOI,
    TAPENTADOL,
    TRAMADOL_OR_MORPHINE,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-050",
        name="MAO inhibitor with meperidine",
        when=(
            takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI),
            takes(MEPERIDINE),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because="Meperidine with an MAO inhibitor has caused serotonin toxicity, coma and death.",
        consider=(
            "Do not give meperidine within 14 days of an MAO inhibitor. If it was given, get emergency help; "
            "consider acetaminophen, or another analgesic with advice."
        ),
        sources=(
            LABEL_SECTIONS.at("Nardil, Parnate and selegiline labels: contraindicated"),
            MEPERIDINE_LABEL.at("meperidine boxed warning lists MAOI"),
            MEPERIDINE_LABEL.at("hellopharmacist"),
        ),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-051",
        name="MAO inhibitor with tramadol or morphine",
        when=(
            takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI),
            takes(TRAMADOL_OR_MORPHINE),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "With tramadol serotonin toxicity and seizures; with morphine a stronger opioid effect and slowed "
            "breathing."
        ),
        consider=(
            "Neither is to be started with an MAO inhibitor or within 14 days after one. An opioid already "
            "taken is not stopped at once: ask both prescribers today."
        ),
        sources=(
            LABEL_SECTIONS.at("tramadol tablets label section 4"),
            MORPHINE_LABEL.at("morphine label section 4 also lists MAOI within 14 days"),
            TRAMADOL_TEXT.at("MIMS tramadol text"),
        ),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-052",
        name="MAO inhibitor with tapentadol",
        when=(
            takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI),
            takes(TAPENTADOL),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because="Tapentadol with an MAO inhibitor can cause serotonin toxicity or a dangerous rise in blood pressure.",
        consider=(
            "Wait 14 days after the MAO inhibitor. If both are taken, call both prescribers today and check "
            "blood pressure; long-used tapentadol is changed to another opioid, not simply stopped."
        ),
        sources=(NUCYNTA_LABELS.at("Nucynta label highlights and section 4.3: with or within 14 days of an MAOI"),),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-053",
        name="MAO inhibitor with methadone",
        when=(
            takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI),
            takes(METHADONE),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.PRESSURE_CRISIS,
        because="Serotonin toxicity and unpredictable opioid toxicity.",
        consider=(
            "Methadone is not recommended with an MAO inhibitor or within 14 days after one. Methadone that "
            "is already taken is not stopped at once: ask both prescribers."
        ),
        sources=(
            LABEL_SECTIONS.at(
                "methadone tablets label section 7: not recommended with or within 14 days of an MAOI (not a "
                "contraindication)"
            ),
        ),
        variants=(
            OUD_GOES_ON,
            OUD_UNCLEAR,
            WEAK_MAOI,
        ),
    ),
    Rule(
        id="DDI-054",
        name="MAO inhibitor with another opioid",
        when=(
            takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI),
            takes(OPIOID_REMAINING_WITH_MAOI),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.PRESSURE_CRISIS,
        because="Opioid toxicity or serotonin toxicity is possible.",
        consider=(
            "Avoid within 14 days. Morphine is not the safe choice instead: its US label forbids it too. "
            "Watch closely if the opioid must be given."
        ),
        sources=(
            LABEL_SECTIONS.at("Suboxone film label section 7: not recommended within 14 days"),
            MEPERIDINE_LABEL.at("older morphine preference in contradicted by the US morphine label"),
            MORPHINE_LABEL.at("older morphine preference in contradicted by the US morphine label"),
        ),
        variants=(
            OUD_GOES_ON,
            OUD_UNCLEAR,
            OPIOID_OF_HIGH_RISK_WITH_MAOI,
            WEAK_MAOI,
        ),
    ),
)
