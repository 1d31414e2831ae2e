"""What a medicine is for, by the indication that its own line states, in our names of conditions.

The phrases are those of ``patient/conditions``; "prevention of" and the like are set aside. What is denied is no use.
"""

from __future__ import annotations

import re

from medsteward.caches import remembered
from medsteward.model.conditions import Indication, implied, indication_of
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug

_AIM = re.compile(r"\b(?:prevent\w*|prophyla\w*|protect\w*|treatment|control|relief|of|from|for)\b")
_PARTS = 12
_OF_THE_STOMACH = frozenset({"ulcer", "ulcers", "stomach", "stomach lining", "gi", "gastro"})
"""Words that, as what a medicine is for, mean ulcers of the stomach; as a condition they would be asked about."""


@remembered(1024)
def uses_named(text: str) -> tuple[frozenset[str], bool]:
    """The conditions that an indication names, with what they imply, and whether all of it was understood."""
    from medsteward.patient.conditions.words import read_words

    found: set[str] = set()
    clear = True
    for part in re.split(r"[;,]", text.casefold())[:_PARTS]:
        aim = " ".join(_AIM.sub(" ", part).split())
        reading = read_words("stomach ulcer" if aim in _OF_THE_STOMACH else aim)
        found.update(reading.conditions)
        clear = clear and reading.understood
    return implied(found), clear


def uses_of(item: TakenDrug) -> frozenset[str]:
    """The conditions that a line's own indication names."""
    stated = item.regimen.indication
    return uses_named(stated)[0] if stated else frozenset()


def is_use_unclear(item: TakenDrug) -> bool:
    """Whether its line states no indication, or one that was not understood."""
    stated = item.regimen.indication
    return not stated or not uses_named(stated)[1]


def indication_here(item: TakenDrug, picture: Picture) -> Indication | None:
    """What a medicine is for: by its own line, else by what is stated of the patient."""
    stated = item.regimen.indication
    own = indication_of(stated) if stated else None
    return own or picture.indication
