"""Every rule, theme by theme."""

from __future__ import annotations

from medsteward.interactions.rule import Rule
from medsteward.interactions.rules import (
    acute_pain,
    alcohol_and_mood,
    analgesics,
    antiepileptic_levels,
    bowel,
    brain,
    breastfeeding,
    breathing,
    breathing_conditions,
    conditions,
    doses,
    duplicates,
    gut,
    long_use,
    mao_inhibitors,
    mao_with_opioids,
    metabolism,
    metabolism_other,
    migraine_levels,
    nerve_drugs,
    nsaid_conditions,
    nsaid_partners,
    older_people,
    opioid_levels,
    organs,
    organs_liver,
    pain_drug_pairs,
    pregnancy_and_children,
    reserve,
    rhythm,
    rhythm_pairs,
    sedative_pairs,
    sedatives_together,
    serotonin,
    serotonin_pairs,
    unborn,
    withdrawal,
)

THEMES = {
    "breathing": (
        *breathing.RULES,
        *sedatives_together.RULES,
        *sedative_pairs.RULES,
        *breathing_conditions.RULES,
        *brain.RULES,
        *reserve.RULES,
        *acute_pain.RULES,
    ),
    "withdrawal": (*withdrawal.RULES, *duplicates.RULES),
    "serotonin": (*mao_with_opioids.RULES, *serotonin.RULES, *mao_inhibitors.RULES, *serotonin_pairs.RULES),
    "rhythm": (*rhythm.RULES, *rhythm_pairs.RULES),
    "metabolism": (
        *metabolism.RULES,
        *metabolism_other.RULES,
        *opioid_levels.RULES,
        *antiepileptic_levels.RULES,
        *pain_drug_pairs.RULES,
        *migraine_levels.RULES,
    ),
    "analgesics": (*analgesics.RULES, *nsaid_partners.RULES, *nsaid_conditions.RULES),
    "bowel": (*bowel.RULES, *gut.RULES),
    "organs": (*organs.RULES, *organs_liver.RULES),
    "pregnancy_and_children": (*pregnancy_and_children.RULES, *unborn.RULES, *breastfeeding.RULES),
    "older_people": older_people.RULES,
    "conditions": (*conditions.RULES, *alcohol_and_mood.RULES, *nerve_drugs.RULES),
    "long_use": long_use.RULES,
}
"""The rules by theme, in the order in which they are listed; those about doses, which the limits decide, apart."""
EVERY_THEME = {**THEMES, "doses": doses.RULES}
"""The same with those about doses."""

RULES: tuple[Rule, ...] = tuple(rule for theme in THEMES.values() for rule in theme)
"""Every rule but those about doses."""
