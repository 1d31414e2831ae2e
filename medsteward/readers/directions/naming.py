"""From the words of a line to its ingredients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from attrs import frozen

from medsteward.drugs.index import look_alikes, opioids
from medsteward.drugs.matching import is_known_combination
from medsteward.drugs.suggest import suggestions
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.kinds import (
    AsNeeded,
    FormPhrase,
    Mark,
    MeasurePhrase,
    NamePhrase,
    Noise,
    Pair,
    Phrase,
    ReasonPhrase,
    Release,
    Strengths,
    UnitAlone,
    UnknownWord,
)
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.offers import in_words
from medsteward.readers.directions.refused import Unsafe

_BETWEEN_NAMES = (Mark, MeasurePhrase, Noise, Pair, FormPhrase, UnitAlone, Release, Strengths, NamePhrase)
_WITH_REASONS = (ReasonPhrase, AsNeeded)
_JOINS = frozenset({"/", "-", "with", "w", "plus", "+"})
_WORDS = frozenset({"with", "w", "plus", "+", "and", "&"})
_IN_A_NAME = re.compile(r"(?:#|no\.?|nr\.?) ?(\d)\b")
"""The number in a name: "Tylenol #3", "No. 4"."""
_MANY_UNKNOWN = 6
_MOST_SHOWN = 6
"""Words not understood that are named; of further ones their number. Ours."""


@frozen
class Naming:
    """The ingredients of a line in the order named, and the brand if one is named.

    ``apart``: each has a strength of its own and a word joins them, so they may be two products taken together.
    ``by_brand``: the line itself names them in no order, a brand stands for them.
    ``release`` and ``route`` are what the name alone says of the product.
    """

    ingredients: tuple[str, ...]
    brand: str | None = None
    apart: bool = False
    by_brand: bool = False
    release: str | None = None
    route: str | None = None


def naming(phrases: Phrases, notes: Notes) -> Naming | None:
    """The ingredients that ``phrases`` name; None, with a problem noted, where they name none or several."""
    names = phrases.all(NamePhrase)
    if not names:
        return None
    if len(names) == 1 and not names[0].name.asks:
        name = names[0].name
        if len(set(name.ingredients)) == len(name.ingredients):
            by_brand = name.brand is not None
            return Naming(name.ingredients, name.brand, by_brand=by_brand, release=name.release, route=name.route)
    numbers = dict.fromkeys(number for phrase in names for number in _IN_A_NAME.findall(phrase.text))
    if len(numbers) > 1:
        both = " and ".join(dict.fromkeys(f'"{phrase.text}"' for phrase in names))
        notes.problem("DRUG-003", f"{both}: give each drug a line of its own, or keep the one that is meant")
    named = [(i, phrase.name) for i, phrase in enumerate(phrases) if isinstance(phrase, NamePhrase)]
    distinct = list(dict.fromkeys(name.ingredients for _, name in named))
    widest = max((name for _, name in named), key=lambda name: len(name.ingredients))
    if all(set(each) <= set(widest.ingredients) for each in distinct):
        brand = widest.brand or next((name.brand for _, name in named if name.brand), None)
        if widest.asks and all(name.asks or name.ingredients == widest.ingredients for _, name in named):
            notes.problem("DRUG-002", f'"{widest.text}" could be {widest.asks}; write the drug\'s name in full')
        release = next((name.release for _, name in named if name.release), None)
        route = next((name.route for _, name in named if name.route), None)
        spelled = tuple(dict.fromkeys(each for _, name in named if name.brand is None for each in name.ingredients))
        if set(spelled) == set(widest.ingredients):
            return Naming(spelled, brand, release=release, route=route)
        by_brand = widest.brand is not None
        return Naming(widest.ingredients, brand, by_brand=by_brand, release=release, route=route)
    first, last = named[0][0], named[-1][0]
    between = phrases[first : last + 1]
    at = [i for i, _ in named]
    ingredients = tuple(dict.fromkeys(ingredient for each in distinct for ingredient in each))
    together = all(isinstance(phrase, _BETWEEN_NAMES) for phrase in between)
    paired = any(isinstance(phrase, Strengths | Pair) for phrase in phrases)
    if together and is_known_combination(frozenset(ingredients)) and (paired or _joined(phrases, at, _JOINS | _WORDS)):
        return Naming(ingredients, apart=_apart(phrases, at))
    if together and _joined(phrases, at, _JOINS) and not _apart(phrases, at):
        notes.caution("PROD-106", f"{' with '.join(ingredients)} is not a combination in our list")
        return Naming(ingredients)
    notes.problem(
        "DRUG-003",
        f"this line names several medications ({', '.join(ingredients)}); give each one a line of its own",
    )
    return None


def _joined(phrases: Sequence[Phrase], at: Sequence[int], joins: frozenset[str]) -> bool:
    """Whether each name is tied to the next by one of ``joins``."""
    return all(
        any(isinstance(phrase, Mark) and phrase.text in joins for phrase in phrases[here + 1 : there])
        for here, there in pairwise(at)
    )


def _apart(phrases: Sequence[Phrase], at: Sequence[int]) -> bool:
    """Whether each name has a strength of its own and words join them: "oxycodone 5 mg with acetaminophen 650 mg"."""
    between = [phrase for here, there in pairwise(at) for phrase in phrases[here + 1 : there]]
    worded = any(isinstance(phrase, Mark) and phrase.text in _WORDS for phrase in between)
    return worded and any(isinstance(phrase, MeasurePhrase) for phrase in between)


def unread_words(phrases: Phrases) -> tuple[str, ...]:
    """The words that were not understood and may name a drug, reasons that are not known included.

    A mark or a number alone names none.
    """
    words = [phrase.text for phrase in phrases.all(UnknownWord)]
    words += [word for phrase in phrases if isinstance(phrase, _WITH_REASONS) for word in phrase.unknown]
    return tuple(dict.fromkeys(word for word in words if word[:1].isalpha()))


def report_unknown(phrases: Phrases, named: bool, notes: Notes, *, offers: bool) -> None:
    """Note every word that was not understood; ``offers``: with names for words that may be a drug misspelled."""
    unknown = [phrase.text for phrase in phrases.all(UnknownWord)]
    if not offers:
        if unknown:
            notes.problem("DIR-005", "words not understood")
        return
    # a misspelled drug may hide in a reason: "for pain and gabapentn 300 mg"
    if any(each.unknown for each in phrases.all(ReasonPhrase)) or any(each.unknown for each in phrases.all(AsNeeded)):
        reasons = [phrase for phrase in phrases if isinstance(phrase, _WITH_REASONS)]
        unknown += [word for phrase in reasons for word in phrase.unknown if suggestions(word)]
    if not unknown:
        if not named:
            notes.problem("DRUG-004", "no drug is named here; begin the line with the drug's name")
        return
    plain: list[str] = []
    for word in unknown[:_MANY_UNKNOWN]:
        near = suggestions(word)
        if near:
            notes.offer("DRUG-001", in_words(word), near, partial(_unknown_name, word, near))
        else:
            plain.append(word)
    plain.extend(unknown[_MANY_UNKNOWN:])
    if plain and not named and not any(offer.problem.code == "DRUG-001" for offer in notes.offers):
        shown = " ".join(plain)[:60]
        notes.problem("DRUG-001", f'no drug we know is named in "{shown}"; write its full name')
    elif plain and not (named and any(problem.code == "DIR-008" for problem in notes.problems)):
        # beside orders that change, the words that belong to them are not complained of as well
        words = list(dict.fromkeys(plain))
        shown = ", ".join(f'"{word[:30]}"' for word in words[:_MOST_SHOWN])
        shown += f" and {len(words) - _MOST_SHOWN} more" if len(words) > _MOST_SHOWN else ""
        notes.problem("DIR-005", f"not understood: {shown}; write it another way, and each drug on a line of its own")


def _unknown_name(word: str, near: Sequence[str], held: tuple[str, ...]) -> str:
    text = f'"{word[:40]}" is not a known name'
    if not held:
        return f"{text}; it is spelled like {' or '.join(near)}. Write the name in full, and one drug to a line"
    text = f"{text}; did you mean {' or '.join(held)}?"
    alike = look_alikes(held[0])
    return f"{text} {held[0]} is easily mistaken for {' and '.join(alike)}: check the prescription" if alike else text


def settles(phrases: Phrases, unsafe: Unsafe) -> bool:
    """Whether the line names the opioid that an abbreviation may mean: "codeine-guaifenesin (Robitussin AC)"."""
    named = {each for phrase in phrases.all(NamePhrase) for each in phrase.name.ingredients}
    meanings = unsafe.meanings.casefold()
    return is_opioid(tuple(named)) and all(name in meanings for name in named)


def is_opioid(ingredients: Sequence[str]) -> bool:
    """Whether any of the ingredients is an opioid that counts."""
    return not opioids().isdisjoint(ingredients)
