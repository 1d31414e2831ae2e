"""Problems, warnings and sources as every document shows them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from medsteward.caches import remembered
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source
from medsteward.writers.shared.json_text import Document, KeptList, KeptText

_MOST_PLACES = 12
"""Places that one problem names; of further ones their number."""


def problem_sentence(found: Problem) -> str:
    """A problem as one line: where, what, what may be meant where its text does not say so already, and the code."""
    where = f"{found.where}: " if found.where else ""
    text = found.text.rstrip(".")
    stop = "" if text.endswith("?") else "."
    further = [each for each in found.suggestions if each not in text]
    offers = f" Suggestions: {'; '.join(further)}." if further else ""
    return f"{where}{text}{stop}{offers} [{found.code}]"


def problem_sentences(problems: Iterable[Problem]) -> list[str]:
    """Problems as lines, each said once: what is wrong in several places names the places."""
    places: dict[Problem, list[str]] = {}
    for each in problems:
        places.setdefault(evolve(each, where=""), []).append(each.where)
    return [problem_sentence(evolve(each, where=_joined(found))) for each, found in places.items()]


def _joined(places: list[str]) -> str:
    """``lines 1, 4 and 5``; places that are no numbers of lines alone stand beside one another."""
    said = list(dict.fromkeys(filter(None, places)))
    numbers = [place.removeprefix("line ") for place in said]
    if len(said) > 1 and all(number.isdigit() for number in numbers):
        more = f"{', '.join(numbers[:_MOST_PLACES])} and {len(numbers) - _MOST_PLACES} more"
        return f"lines {more if len(numbers) > _MOST_PLACES else ', '.join(numbers[:-1]) + ' and ' + numbers[-1]}"
    return "; ".join(said[:_MOST_PLACES]) + (
        f" and {len(said) - _MOST_PLACES} more" if len(said) > _MOST_PLACES else ""
    )


def facts_not_understood(problems: Iterable[Problem], cautions: Iterable[Caution] = ()) -> list[str]:
    """The facts of the patient that were not understood, each in its words, as in ``condition "slep apnea"``."""
    found = [f'{each.fact} "{each.said}"' for each in problems if each.fact]
    return list(dict.fromkeys((*found, *(fact for each in cautions for fact in each.unread))))


def problem(found: Problem) -> Document:
    """A problem: what, where, why, and what may be meant."""
    return {
        "code": found.code,
        "where": found.where,
        "text": found.text,
        "suggestions": list(found.suggestions),
    }


@remembered(4096)
def warning(found: Caution) -> KeptText:
    """A warning, with its place in front."""
    return KeptText({"code": found.code, "text": f"{found.where}: {found.text}" if found.where else found.text})


@remembered(4096)
def source(found: Source) -> KeptText:
    """A source with the standing of what is taken from it."""
    return KeptText(
        {
            "citation": found.citation,
            "where": found.where,
            "year": found.year,
            "url": found.url,
            "standing": found.standing.value,
        }
    )


@remembered(4096)
def sources(found: tuple[Source, ...]) -> KeptList:
    """The same of several."""
    return KeptList([source(each) for each in found])
