"""Only words that lead to a line that is read are offered: each one is tried before it is printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import evolve

from medsteward.errors import NotANumber
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text, exact
from medsteward.model.regimen import Line
from medsteward.readers.directions.notes import Notes

_MOST = 9
"""Words that are tried for one line; further ones are not offered. Ours."""
_NUMBER = re.compile(r"\d[\d.,]*\d|\d|\.\d+")


def in_words(text: str) -> str:
    """A pattern of words as they stand in a folded line."""
    before = r"(?<!\w)" if text[:1].isalnum() else r"(?<!\d)"
    after = r"(?!\d)" if text[-1:].isdigit() else r"(?!\w)"
    return f"{before}{re.escape(text)}{after}"


def in_amount(amount: Amount) -> str:
    """A pattern of a number with its unit, however that is written."""
    return rf"(?<![\d.]){re.escape(decimal_text(amount.value))}\s?-?\s?[a-z]+(?:\s?/\s?[a-z]+)?"


def in_strengths(numbers: tuple[str, ...]) -> str:
    """A pattern of the strengths of a combination: 300-30 mg, 300 mg/30 mg."""
    unit = r"\s?(?:mg|mcg|g)?"
    return r"(?<![\d.])" + rf"{unit}\s?[-/]\s?".join(map(re.escape, numbers)) + unit + r"(?![\w.])"


def keep_those_that_hold(folded: str, notes: Notes, read: Callable[[str], Line]) -> None:
    """Leave of each offer what, written into the line, gives no other kind of problem and no number not typed."""
    codes = {problem.code for problem in notes.problems}
    typed = _numbers(folded)
    tried = 0
    for offer in notes.offers:
        held = []
        for each in offer.instead:
            tried += 1
            corrected, found = re.subn(offer.said, lambda _, new=each: new, folded, count=1)  # type: ignore[misc]
            if not found or tried > _MOST or not _numbers(each) <= typed:
                continue
            if {problem.code for problem in read(corrected).problems} <= codes:
                held.append(each)
        if tuple(held) != offer.instead:
            at = notes.problems.index(offer.problem)
            notes.problems[at] = evolve(offer.problem, text=offer.say(tuple(held)), suggestions=tuple(held))


def _numbers(text: str) -> set[object]:
    """The numbers that stand in a text, by their value."""
    return {_value(piece) for piece in _NUMBER.findall(text)}


def _value(piece: str) -> object:
    try:
        return exact(f"0{piece}" if piece.startswith(".") else piece)
    except NotANumber:
        return piece
