"""From the words of a line to its ingredients."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from medsteward.drugs.index import CLOSE_ENOUGH, drugs, look_alikes, suggestions
from medsteward.drugs.matching import is_known_combination
from medsteward.readers.meanings import Part
from medsteward.readers.notes import Notes

_BETWEEN_NAMES = frozenset({"mark", "measure", "noise", "pair", "form", "unit", "release", "strengths"})
_JOINS = frozenset({"/", "-", "with", "w", "plus", "+"})
_WORDS = frozenset({"with", "w", "plus", "+", "and", "&"})
_MANY_UNKNOWN = 6
_SURE = 0.8
"""Similarity from which a word in running text is taken for a misspelled drug rather than for English. Ours."""


@frozen
class Naming:
    """The ingredients of a line in the order named, and the brand if one is named.

    ``apart``: each has a strength of its own and a word joins them, so they may be two products taken together.
    """

    ingredients: tuple[str, ...]
    brand: str | None = None
    apart: bool = False


def naming(parts: Sequence[Part], notes: Notes) -> Naming | None:
    """The ingredients that ``parts`` name; None, with a problem noted, where they name none or several medications."""
    named = [(i, part.low) for i, part in enumerate(parts) if part.kind == "name"]
    if not named:
        return None
    distinct = list(dict.fromkeys(name.ingredients for _, name in named))
    widest = max((name for _, name in named), key=lambda name: len(name.ingredients))
    if all(set(each) <= set(widest.ingredients) for each in distinct):
        brand = widest.brand or next((name.brand for _, name in named if name.brand), None)
        return Naming(widest.ingredients, brand)
    first, last = named[0][0], named[-1][0]
    between = parts[first : last + 1]
    at = [i for i, _ in named]
    ingredients = tuple(dict.fromkeys(ingredient for each in distinct for ingredient in each))
    together = all(part.kind in _BETWEEN_NAMES or part.kind == "name" for part in between)
    paired = any(part.kind in {"strengths", "pair"} for part in parts)
    if together and is_known_combination(frozenset(ingredients)) and (paired or _joined(parts, at, _JOINS | _WORDS)):
        return Naming(ingredients, apart=_apart(parts, at))
    if together and _joined(parts, at, _JOINS) and not _apart(parts, at):
        notes.caution("PROD-106", f"{' with '.join(ingredients)} is not a combination in our list")
        return Naming(ingredients)
    notes.problem(
        "DRUG-003",
        f"this line names several medications ({', '.join(ingredients)}); give each one a line of its own",
    )
    return None


def _joined(parts: Sequence[Part], at: Sequence[int], joins: frozenset[str]) -> bool:
    """Whether each name is tied to the next by one of ``joins``."""
    return all(
        any(part.kind == "mark" and part.text in joins for part in parts[here + 1 : there])
        for here, there in pairwise(at)
    )


def _apart(parts: Sequence[Part], at: Sequence[int]) -> bool:
    """Whether each name has a strength of its own and words join them: "oxycodone 5 mg with acetaminophen 650 mg"."""
    between = [part for here, there in pairwise(at) for part in parts[here + 1 : there]]
    worded = any(part.kind == "mark" and part.text in _WORDS for part in between)
    return worded and any(part.kind == "measure" for part in between)


def report_unknown(parts: Sequence[Part], named: bool, notes: Notes) -> tuple[tuple[str, str], ...]:
    """Note every word that was not understood; give (word, suggested name) pairs for words that may be a drug."""
    unknown = [part.text for part in parts if part.kind == "unknown"]
    # a misspelled drug may hide in a reason: "for pain and gabapentn 300 mg"
    unknown += [
        word
        for part in parts
        if part.kind in ("reason", "as_needed")
        for word in part.extra or ()
        if len(word) > 4 and suggestions(word, cutoff=_SURE)
    ]
    if not unknown:
        if not named:
            notes.problem("DRUG-004", "no drug is named here; begin the line with the drug's name")
        return ()
    offers: list[tuple[str, str]] = []
    plain: list[str] = []
    for word in unknown[:_MANY_UNKNOWN]:
        near = suggestions(word, cutoff=_SURE if named else CLOSE_ENOUGH) if len(word) > 3 else ()
        if near:
            offers.extend((word, name) for name in near)
            notes.problem("DRUG-001", _unknown_name(word, near), *near)
        else:
            plain.append(word)
    plain.extend(unknown[_MANY_UNKNOWN:])
    if plain and not named and not offers:
        shown = " ".join(plain)[:60]
        notes.problem("DRUG-001", f'no drug we know is named in "{shown}"; write its full name')
    elif plain:
        shown = ", ".join(f'"{word[:30]}"' for word in plain[:8])
        notes.problem("DIR-005", f"not understood: {shown}; write it another way, or leave it out")
    return tuple(offers)


def _unknown_name(word: str, near: Sequence[str]) -> str:
    text = f'"{word[:40]}" is not a name we know; did you mean {" or ".join(near)}?'
    alike = look_alikes(near[0])
    return f"{text} {near[0]} is easily mistaken for {' and '.join(alike)}: check the prescription" if alike else text


def is_opioid(ingredients: Sequence[str]) -> bool:
    """Whether any of the ingredients is an opioid that counts."""
    return any(drugs()[name].drug_class.is_opioid_agonist for name in ingredients if name in drugs())
