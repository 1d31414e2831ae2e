"""Problems, warnings and sources as every document shows them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source
from medsteward.writers.shared.json_text import Document, KeptText


def problem_sentence(found: Problem) -> str:
    """A problem as one line: where, what, what may be meant where its text does not say so already, and the code."""
    where = f"{found.where}: " if found.where else ""
    text = found.text.rstrip(".")
    stop = "" if text.endswith("?") else "."
    further = [each for each in found.suggestions if each not in text]
    offers = f" Suggestions: {'; '.join(further)}." if further else ""
    return f"{where}{text}{stop}{offers} [{found.code}]"


def facts_not_understood(problems: Iterable[Problem]) -> list[str]:
    """The facts of the patient that were not understood, each in its words, as in ``condition "slep apnea"``."""
    return list(dict.fromkeys(f'{each.fact} "{each.said}"' for each in problems if each.fact))


def problem(found: Problem) -> Document:
    """A problem: what, where, why, and what may be meant."""
    return {
        "code": found.code,
        "where": found.where,
        "text": found.text,
        "suggestions": list(found.suggestions),
    }


@lru_cache(maxsize=4096)
def warning(found: Caution) -> KeptText:
    """A warning, with its place in front."""
    return KeptText({"code": found.code, "text": f"{found.where}: {found.text}" if found.where else found.text})


def source(found: Source) -> Document:
    """A source with the standing of what is taken from it."""
    return {
        "citation": found.citation,
        "where": found.where,
        "year": found.year,
        "url": found.url,
        "standing": found.standing.value,
    }
