"""Problems, warnings and sources as every document shows them."""

from __future__ import annotations

from functools import lru_cache

from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source
from medsteward.writers.json_text import Document, Kept


def problem(found: Problem) -> Document:
    """A problem: what, where, why, and what may be meant."""
    return {
        "code": found.code,
        "where": found.where,
        "text": found.text,
        "suggestions": list(found.suggestions),
    }


@lru_cache(maxsize=4096)
def warning(found: Caution) -> Kept:
    """A warning, with its place in front."""
    return Kept({"code": found.code, "text": f"{found.where}: {found.text}" if found.where else found.text})


def source(found: Source) -> Document:
    """A source with the standing of what is taken from it."""
    return {
        "citation": found.citation,
        "where": found.where,
        "year": found.year,
        "url": found.url,
        "standing": found.standing.value,
    }
