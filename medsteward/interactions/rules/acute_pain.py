"""Long-acting and fast-acting opioids where the pain is acute."""

from __future__ import annotations

from medsteward.interactions.places import (
    CDC_2022,
    EXPERT_MEMORY,
    FENTANYL_PATCH_LABELS,
    MHRA_2025_AFTER_SURGERY,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import NEW_START_DAYS
from medsteward.model.conditions import Indication
from medsteward.patient.clauses import BegunBefore, IsFor, MayBeFor, Takes, both, either, has, takes, unless
from medsteward.patient.groups import ER_OPIOID, FENTANYL_PATCH, TIRF

_ACUTE = (Indication.ACUTE_PAIN,)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-292",
        name="long-acting opioid for acute pain",
        when=(
            Takes(ER_OPIOID, not_for_oud=True),
            IsFor(ER_OPIOID, _ACUTE),
            unless(BegunBefore(ER_OPIOID, NEW_START_DAYS)),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Long-acting opioids for pain after surgery cause slowed breathing and persistent use; the UK has "
            "withdrawn that use."
        ),
        consider=(
            "Consider a short-acting opioid for a few days, with non-opioids. If a long-acting one was already taken "
            "for chronic pain, it goes on."
        ),
        sources=(
            MHRA_2025_AFTER_SURGERY.at("indication for post-operative pain removed"),
            CDC_2022.at("Recommendation 3: immediate-release opioids first"),
        ),
    ),
    Rule(
        id="DDC-293",
        name="fentanyl patch for acute pain",
        when=(
            takes(FENTANYL_PATCH),
            IsFor(FENTANYL_PATCH, _ACUTE),
            unless(BegunBefore(FENTANYL_PATCH, NEW_START_DAYS)),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BREATHING,
        because=(
            "A patch builds up for a day and cannot be taken back quickly; deaths followed its use for acute pain."
        ),
        consider=(
            "Not to be started for this: consider a short-acting opioid. A patch already worn for chronic pain stays "
            "on; do not add another."
        ),
        sources=(
            MHRA_2025_AFTER_SURGERY.at("patches not recommended after surgery"),
            FENTANYL_PATCH_LABELS.at("opioid-tolerant patients only"),
            EXPERT_MEMORY.at("fentanyl transdermal, section 4: acute and post-operative pain"),
        ),
        absorbs=("DDC-292",),
    ),
    Rule(
        id="DDC-294",
        name="fentanyl for breakthrough pain in acute pain or migraine",
        when=(
            takes(TIRF),
            either(IsFor(TIRF, _ACUTE), MayBeFor(TIRF, ("migraine",))),
            unless(either(IsFor(TIRF, (Indication.CANCER_PAIN,)), both(has("cancer"), unless(IsFor(TIRF, _ACUTE))))),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=2,
        hazard=Hazard.BREATHING,
        because=(
            "Fast-acting fentanyl is for breakthrough cancer pain in tolerant patients; in acute pain, migraine or "
            "dental pain it has killed."
        ),
        consider=(
            "Not to be used for this; choose another treatment. If it is taken, watch breathing and ask what else is "
            "taken."
        ),
        sources=(EXPERT_MEMORY.at("TIRF labels, section 4: acute pain, migraine, dental pain"),),
    ),
)
