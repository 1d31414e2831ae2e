"""Laws of directions: how a line is set never changes its figure, and a word in a wrong place never makes another one.

The lines are those of the specification. A changed line may be refused; it may not be read as another amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from medsteward.readers.directions.lexicon import lexemes
from tests.counts import examples
from tests.directions_lines import milligrams, read, said_in
from tests.spec.test_directions import READ
from tests.spec.test_directions_found import ROWS

LINES = tuple(
    dict.fromkeys(
        (
            *(said.line for said in said_in("directions_made.txt")),
            *(row.text for row in ROWS),
            *(str(param.values[0]) for param in READ),
        )
    )
)
CLEAR = tuple(line for line in LINES if read(line) is not None)

WAYS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "first letters": str.title,
    "letters turned": str.swapcase,
    "two spaces": lambda line: line.replace(" ", "  "),
    "spaces that do not break": lambda line: line.replace(" ", "\u00a0"),
    "spaces around": lambda line: f"  {line}  ",
    "tabs": lambda line: line.replace(" ", "\t"),
    "short dashes": lambda line: line.replace("-", "\u2013"),
    "long dashes": lambda line: line.replace("-", "\u2014"),
    "dashes that do not break": lambda line: line.replace("-", "\u2011"),
    "wrapped at every word": lambda line: line.replace(" ", "\n"),
    "wrapped at commas": lambda line: line.replace(", ", ",\n"),
    "a dot before": lambda line: f"\u2022 {line}",
    "a dash before": lambda line: f"- {line}",
    "an asterisk before": lambda line: f"* {line}",
    "a box before": lambda line: f"[ ] {line}",
    "4.": lambda line: f"4. {line}",
    "4. without a space": lambda line: f"4.{line}",
    "4)": lambda line: f"4) {line}",
    "(4)": lambda line: f"(4) {line}",
    "Rx 4:": lambda line: f"Rx 4: {line}",
    "10.": lambda line: f"10. {line}",
    "refills": lambda line: f"{line}, 2 refills",
    "Refills: 0": lambda line: f"{line} Refills: 0",
    "#30": lambda line: f"{line}, #30",
    "qty 30": lambda line: f"{line} qty 30",
    "dispense 30": lambda line: f"{line}, dispense 30",
    "set off": lambda line: f"{line} Disp:*30 Tablet(s)* Refills:*0*",
    "take": lambda line: f"take {line}",
    "please take": lambda line: f"please take {line}",
    "as directed": lambda line: f"{line}, take as directed",
    "a full stop": lambda line: f"{line.rstrip('.')}.",
    "no full stop": lambda line: line.rstrip("."),
    "a semicolon": lambda line: f"{line};",
    "a mark of byte order": lambda line: f"\ufeff{line}",
    "brackets": lambda line: f"({line})",
    "quotes": lambda line: f'"{line}"',
}
BEFORE_A_NUMBER = {"take", "please take", "4.", "4. without a space", "4)", "(4)", "Rx 4:", "10."}
MAY_BE_REFUSED = Fraction(1, 10)
"""Of the lines of one way at most so many may be refused; of most ways none is."""

SPLIT = (",", ";", ".", " -", " :", " or", " to")
_SAY_MORE = frozenset(
    {
        *("NUM", "FRACTION", "NAME", "ROMAN", "PRN", "UPTO", "LIMIT", "DAILY_LIMIT", "IF", "HOURLY"),
        *("OTHER", "BOTH_NOSTRILS"),
        *(
            "TIME",
            "MASS",
            "MOMENT",
            "AMPM",
            "FREQUENCY",
            "DAILY",
            "WEEKLY",
            "ONCE",
            "DAY_TOTAL",
            "COUNT",
            "VOLUME",
            "WEEKDAY",
        ),
    }
)
"""Kinds of words that may say another amount or another time by themselves."""
OF_LIMITS = {words for words, kind, _ in lexemes() if kind in ("DOSES", "TIMES")}
SPANNING = {words for words, kind, _ in lexemes() if kind == "TO"}
NUMBERS = {words for words, kind, _ in lexemes() if kind in ("NUM", "ONCE")} | {str(number) for number in range(10)}
LIMITED = re.compile(
    r"\b(max|maximum|limit|up to|not exceed|exceeding|no more|not more|mdd|nte|more than)\b", re.IGNORECASE
)
WORDS = tuple(dict.fromkeys(words for words, kind, _ in lexemes() if kind not in _SAY_MORE))


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_how_a_line_is_set_never_changes_its_figure(way: str) -> None:
    change = WAYS[way]
    lost = 0
    for line in CLEAR:
        if "\t" in line and way in BEFORE_A_NUMBER:
            continue  # "take 4", a tab and a name is a number of doses
        figure, changed = read(line), read(change(line))
        lost += changed is None
        assert changed in (None, figure), change(line)
    assert lost <= MAY_BE_REFUSED * len(CLEAR)


@given(st.sampled_from(CLEAR), st.data())
@examples(400)
def test_a_mark_between_two_words_makes_no_other_figure(line: str, data: st.DataObject) -> None:
    words = line.split(" ")
    assume(len(words) > 1)
    at = data.draw(st.integers(1, len(words) - 1))
    marked = f"{' '.join(words[:at])}{data.draw(st.sampled_from(SPLIT[:5]))} {' '.join(words[at:])}"
    assert read(marked) in (None, read(line)), marked


@given(st.sampled_from([line for line in CLEAR if "\t" not in line]), st.sampled_from(WORDS), st.data())
@examples(800)
def test_a_known_word_in_a_wrong_place_makes_no_other_figure(line: str, word: str, data: st.DataObject) -> None:
    words = line.split(" ")
    at = data.draw(st.integers(0, len(words)))
    spoiled = " ".join((*words[:at], word, *words[at:]))
    near = " ".join(words[max(at - 3, 0) : at + 3])
    assume(word not in OF_LIMITS or not LIMITED.search(near))  # "max 2 doses" is not "max 2"
    assume(
        word not in SPANNING or not {each.casefold() for each in words[max(at - 1, 0) : at]} & NUMBERS
    )  # "two to four times" is a range
    assert milligrams(spoiled) in (None, milligrams(line)), spoiled


@given(st.sampled_from(CLEAR), st.sampled_from(CLEAR))
@examples(300)
def test_two_lines_run_together_are_not_one_line(one: str, other: str) -> None:
    """The figure of two prescriptions in a row is that of one of them or of both, never another one."""
    assume(one != other)
    first, second = read(one), read(other)
    assert first is not None
    assert second is not None
    both = (first[0] + second[0], first[1] + second[1])
    assert read(f"{one} {other}") in (None, first, second, both)
