"""What is said of a phrase or a code that is asked about or not counted. A wording that wounds is not repeated."""

from __future__ import annotations

import re

from medsteward.patient.conditions.reading import REMITS, Reading
from medsteward.patient.conditions.rows import Action, ConditionMeaning

_WOUNDS = re.compile(
    r"(?i)\b(?:clean|dirty|addict\w*|abus\w*|junkie\w*|alcoholics?(?=$|[,;.)])|alcoholics|recovering alcoholic|"
    r"drunk\w*|users?\b|misus\w*|non[- ]?complian\w*|narcs?\b|narcotic (?:dependen\w*|seek\w*|use)|"
    r"drug[- ]seek\w*|sober|crack\b)"
)
_SHOWN = 60


def shown(text: str) -> str:
    """A phrase as a message repeats it: on one line, short, without words that wound."""
    flat = text[: 2 * _SHOWN]
    if not flat.isprintable():
        flat = "".join(each if each.isprintable() else " " for each in flat)
    return " ".join(_WOUNDS.sub("...", flat).split())[:_SHOWN]


def named(text: str, meaning: ConditionMeaning) -> str:
    """What a message calls a phrase or a code: its own words, or our name where those wound."""
    if _WOUNDS.search(text) and meaning.conditions:
        return f"a phrase for {' and '.join(meaning.conditions)}"
    title = f" ({shown(meaning.title)})" if meaning.title and meaning.title.casefold() != text.casefold() else ""
    return f'"{shown(text)}"{title}'


def of_row(text: str, meaning: ConditionMeaning) -> Reading:
    """What a row says of the patient who has it now."""
    action, name = meaning.action, named(text, meaning)
    questions: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    if meaning.meanings:
        questions = (f"{name} may be {meaning.meanings}. It was not counted: write the one that is meant",)
    elif action is Action.ASK:
        if_so = f' If so, write "{meaning.conditions[0]}".' if meaning.conditions and _can_be_written(meaning) else ""
        questions = (f"{name} was not counted. {meaning.ask}{if_so}",)
    elif action is Action.HISTORY:
        questions = (f"{name} is past and was not counted. {meaning.ask}",)
    elif action is Action.COUNT_AND_ASK:
        questions = (f"{name} was counted as {' and '.join(meaning.conditions)}. {meaning.ask}",)
    elif action is Action.REFUSE:
        refused = (f"{name} is not the patient's present condition, so it was not counted",)
    return Reading(
        conditions=meaning.conditions if action.counts else (),
        asks=questions,
        refused=refused,
        contexts=(meaning.context,) if meaning.context else (),
        indications=(meaning.indication,) if meaning.indication else (),
        is_event=meaning.time == "event",
        in_remission=tuple(REMITS.intersection(meaning.conditions)) if meaning.time == "remission" else (),
    )


def _can_be_written(meaning: ConditionMeaning) -> bool:
    return "opioid tolerant" not in meaning.conditions and "rite " not in meaning.ask
