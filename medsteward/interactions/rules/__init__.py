"""Every rule, theme by theme."""

from __future__ import annotations

from medsteward.interactions.rule import Rule
from medsteward.interactions.rules import (
    alcohol_and_mood,
    analgesics,
    antiepileptic_levels,
    bowel,
    brain,
    breathing,
    breathing_conditions,
    conditions,
    duplicates,
    gut,
    long_use,
    mao_inhibitors,
    metabolism,
    metabolism_other,
    migraine_levels,
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
    ),
    "withdrawal": (*withdrawal.RULES, *duplicates.RULES),
    "serotonin": (*serotonin.RULES, *mao_inhibitors.RULES, *serotonin_pairs.RULES),
    "rhythm": (*rhythm.RULES, *rhythm_pairs.RULES),
    "metabolism": (
        *metabolism.RULES,
        *metabolism_other.RULES,
        *opioid_levels.RULES,
        *antiepileptic_levels.RULES,
        *pain_drug_pairs.RULES,
        *migraine_levels.RULES,
    ),
    "analgesics": (*analgesics.RULES, *nsaid_partners.RULES),
    "bowel": (*bowel.RULES, *gut.RULES),
    "organs": (*organs.RULES, *organs_liver.RULES),
    "pregnancy_and_children": pregnancy_and_children.RULES,
    "older_people": older_people.RULES,
    "conditions": (*conditions.RULES, *alcohol_and_mood.RULES),
    "long_use": long_use.RULES,
}
"""The rules by theme, in the order in which they are listed."""

RULES: tuple[Rule, ...] = tuple(rule for theme in THEMES.values() for rule in theme)
"""Every rule."""
