"""A bit for each declared group of drugs, so that one glance tells whether a medicine of a group is taken."""

from __future__ import annotations

from collections.abc import Hashable

from medsteward.patient import groups, groups_of_conditions, groups_of_levels, groups_of_pairs
from medsteward.patient.drug_group import DrugGroup, Ingredient

MODULES = (groups, groups_of_pairs, groups_of_levels, groups_of_conditions)
"""Where groups are declared."""
MARKS: dict[DrugGroup, int] = {
    who: 1 << place
    for place, who in enumerate(
        dict.fromkeys(each for module in MODULES for each in vars(module).values() if isinstance(each, DrugGroup))
    )
}
"""The bit of each declared group. A group that is made elsewhere has none, and is looked up drug by drug."""
SAID_TWICE_MARK = MARKS[groups.SAID_TWICE]
"""The bit of lines that may be one prescription."""
RENEWED_MARK = MARKS[groups.RENEWED]
"""The bit of lines of which one follows the other."""


def _keys(who: DrugGroup) -> set[Hashable]:
    """The classes, names and properties of which a member of the group has one."""
    if who.any_of:
        return set().union(*(_keys(each) for each in who.any_of))
    return {*who.classes, *who.ingredients, *who.properties}


def _indexed() -> dict[Hashable, tuple[tuple[DrugGroup, int], ...]]:
    found: dict[Hashable, list[tuple[DrugGroup, int]]] = {}
    for who, mark in MARKS.items():
        for key in _keys(who):
            found.setdefault(key, []).append((who, mark))
    return {key: tuple(each) for key, each in found.items()}


_GROUPS_OF = _indexed()
"""By class, name and property, the groups that somebody with it may belong to."""


def marks_of(part: Ingredient) -> int:
    """The bits of every group that an ingredient belongs to."""
    bits = 0
    for key in (part.drug_class, part.ingredient, *part.properties):
        for who, mark in _GROUPS_OF.get(key, ()):
            if not bits & mark and who.holds(part):
                bits |= mark
    return bits
