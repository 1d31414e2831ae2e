"""Every rule, theme by theme."""

from __future__ import annotations

from medsteward.interactions.rule import Rule
from medsteward.interactions.rules import (
    analgesics,
    bowel,
    breathing,
    breathing_conditions,
    conditions,
    long_use,
    metabolism,
    metabolism_other,
    older_people,
    organs,
    organs_liver,
    pregnancy_and_children,
    rhythm,
    sedatives_together,
    serotonin,
    withdrawal,
)

THEMES = {
    "breathing": (*breathing.RULES, *sedatives_together.RULES, *breathing_conditions.RULES),
    "withdrawal": withdrawal.RULES,
    "serotonin": serotonin.RULES,
    "rhythm": rhythm.RULES,
    "metabolism": (*metabolism.RULES, *metabolism_other.RULES),
    "analgesics": analgesics.RULES,
    "bowel": bowel.RULES,
    "organs": (*organs.RULES, *organs_liver.RULES),
    "pregnancy_and_children": pregnancy_and_children.RULES,
    "older_people": older_people.RULES,
    "conditions": conditions.RULES,
    "long_use": long_use.RULES,
}
"""The rules by theme, in the order in which they are listed."""

RULES: tuple[Rule, ...] = tuple(rule for theme in THEMES.values() for rule in theme)
"""Every rule."""
