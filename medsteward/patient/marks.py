"""A bit for each declared group of drugs, so that one glance tells whether a medicine of a group is taken."""

from __future__ import annotations

from medsteward.patient import groups
from medsteward.patient.drug_group import DrugGroup, Ingredient

MARKS: dict[DrugGroup, int] = {
    who: 1 << place
    for place, who in enumerate(dict.fromkeys(each for each in vars(groups).values() if isinstance(each, DrugGroup)))
}
"""The bit of each group of ``groups``. A group that is made elsewhere has none, and is looked up drug by drug."""
SAID_TWICE_MARK = MARKS[groups.SAID_TWICE]
"""The bit of lines that may be one prescription."""


def marks_of(part: Ingredient) -> int:
    """The bits of every group that an ingredient belongs to."""
    return sum([mark for who, mark in MARKS.items() if who.holds(part)])
