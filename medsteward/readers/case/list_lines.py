"""What each line of a pasted medication list is: blank, a heading, a detail of the chart, or words of a medicine."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto

from attrs import frozen

from medsteward.drugs.suggest import resembles_a_name
from medsteward.readers.directions.grammar import phrases
from medsteward.readers.directions.kinds import AsNeeded, Mark, NamePhrase, Noise, Phrase, UnknownWord
from medsteward.readers.directions.refused import Unsafe
from medsteward.readers.directions.tokens import tokens

MAX_READ = 1000
"""Characters of one line of a list that are looked at to tell what it is."""


class LineKind(Enum):
    """What a line of a list is."""

    BLANK = auto()
    """Nothing, or marks alone."""
    HEADING = auto()
    """Words about the list: "Home medications:"."""
    ALLERGIES = auto()
    """A heading of what is not tolerated, with or without what that is."""
    NOT_TAKEN = auto()
    """A heading of what was stopped, held or taken in the past."""
    DETAIL = auto()
    """A labelled detail of the chart: "DOB: ...", "Pharmacy: ..."."""
    WORDS = auto()
    """Words of a medicine, understood or not."""


@frozen
class ListLine:
    """One line of a list.

    ``number`` counts all lines of the text from 1; ``text`` is without bullet and without the marks of a table;
    ``indent`` counts the spaces before its first word, ``marked`` says that a bullet or a number with a mark stands
    there. ``names`` are the ingredients named, each name apart; ``named`` is also true for an abbreviation that is
    refused. ``begins_understood``: its first word is one of directions. ``unknown``: some word is not understood.
    ``counted`` is a number with nothing but a space behind it that stands before a name.
    ``only_needed``: it says "as needed" and nothing else, as a heading may and the end of a medicine too.
    """

    number: int
    kind: LineKind
    text: str
    indent: int = 0
    marked: bool = False
    names: tuple[tuple[str, ...], ...] = ()
    named: bool = False
    begins_understood: bool = False
    unknown: bool = False
    has_number: bool = False
    counted: int | None = None
    only_needed: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BULLET = re.compile(r"(?:[*>•▪‣◦●○■□►☐☑☒✓✔✗·–—-]+|\[[ xX]?\])(?:\s+|(?=[^\W\d_]))")
_LABEL = re.compile(r"([^\W\d_][^:\d]{0,40}):(?=\s+\S)\s+")
"""A label before words: "Medications: ..."."""
_NUMBERED = re.compile(r"[(\[]?\d{1,3}[.)\]:]+\s")
_NUMBER_OF_LINE = re.compile(r"[(\[]?\d{1,3}[.)\]]\s+(?=[^\W\d_])")
_NUMBER_ALONE = re.compile(r"(\d{1,3})\s+(?=[^\W\d_])")
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_CORE = _words("medication medications medicine medicines med meds prescription prescriptions drugs rx list")
_AROUND = _words(
    """home current currently active outpatient inpatient discharge admission preadmission pre prior to patient
    scheduled prn as needed standing routine continuing continuous long short term acute chronic pain opioid opioids
    other and the of for on at my your this reconciliation reconciled review reviewed orders order summary visit
    today reported taking takes your here are is full updated otc over counter new changed start started continue
    chart daily usual regular oral topical"""
)
_NOT_TAKEN = re.compile(
    r"\b(?:discontinued|dc'?d|d/c'?d|stop(?:ped)?|past|previous(?:ly)?|former(?:ly)?|inactive|held|on hold|completed|"
    r"historical|history of|not taking|no longer|failed|tried|expired|cancelled|canceled|declined)\b",
    re.IGNORECASE,
)
_ALLERGIES = re.compile(
    r"\W*(?:(?:drug|medication|known|food|environmental)\s+)*"
    r"(?:allerg(?:y|ies)|intolerances?|sensitivit(?:y|ies)|adverse (?:drug )?reactions?)\b"
    r"(?P<more>(?:\s*(?:and|or|/|&)\s*(?:intolerances?|allerg(?:y|ies)|adverse reactions?|sensitivit(?:y|ies)))*)"
    r"\s*(?:(?P<colon>[:=-])\s*(?P<what>.*)|$)",
    re.IGNORECASE,
)
_NO_ALLERGIES = re.compile(r"\W*(?:nkd?a|no known (?:drug |medication )?allergies)\W*", re.IGNORECASE)
_OF_PERSONS = re.compile(
    r"\W*(?:(?:patient|pt)(?:'s)?(?: name| id)?|name|dob|date of birth|birth ?date|mrn|medical record(?: number)?|"
    r"age|sex|gender|pharmacy|preferred pharmacy|pcp|primary care(?: provider)?|provider|prescriber|prescribed by|"
    r"ordering provider|ordered by|authorized by|physician|doctor|phone|tel(?:ephone)?|fax|address|insurance|height|"
    r"weight|rx ?(?:#|no\.?|number)|prescription (?:#|number))\s*[:=]\s*\S.*",
    re.IGNORECASE,
)
DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}/(?:19|20)\d{2}|"
    r"(?:\d{1,2}[ -])?(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?[ -](?:\d{1,2},? )?(?:19|20)\d{2})"
)
"""A date as charts write it, or a month of a year."""
_DATED = re.compile(
    r"\W*(?:date|updated|last updated|printed|printed on|reviewed|last reviewed|last filled|last fill|filled|"
    r"last dispensed|dispensed on|last dose|last taken|start|start date|started|started on|ordered on|order date|"
    rf"date ordered|written|written on)\s*[:=]?\s*(?:on )?{DATE}(?:,? (?:at )?\d{{1,2}}:\d\d(?: ?[ap]m)?)?\W*",
    re.IGNORECASE,
)
_COLUMNS = _words(
    """drug medication medicine name generic brand dose dosage strength frequency freq route sig directions instructions
    qty quantity form prn indication reason start date last filled prescriber comments notes how when taken"""
)
"""Words that head the columns of a table."""
_LONGEST_HEADING, _MOST_HEADINGS = 12, 60
"""Words of a heading, and headings of a list, at most. Ours."""
_LONG_ENOUGH = 4
"""Letters of a word from which a heading may be a drug misspelled. Ours."""
_SIG_LABELS = _words(
    """sig directions instructions dose dosage take taking route freq frequency disp dispense qty quantity amount
    refills refill indication reason for strength form duration how"""
)


def lines_of(text: str) -> tuple[ListLine, ...]:
    """The lines of a list, each with what it is."""
    found: list[ListLine] = []
    headings = 0
    for number, raw in enumerate(text.splitlines(), start=1):
        found.append(_line(number, raw, may_head=headings < _MOST_HEADINGS))
        headings += found[-1].kind in (LineKind.HEADING, LineKind.NOT_TAKEN)
    return tuple(found)


def _line(number: int, raw: str, *, may_head: bool) -> ListLine:
    """One line. ``may_head``: whether it may be a heading; a text full of headings is no list."""
    plain = "".join(each for each in raw.expandtabs(4) if unicodedata.category(each) != "Cf")
    text = _without_table(plain)
    if not any(each.isalnum() for each in text):
        return ListLine(number, LineKind.BLANK, "")
    indent = len(plain) - len(plain.lstrip())
    headed = text.lstrip().startswith("#") and not text.lstrip()[1:2].isdigit()
    bare, marked = _without_bullet(text.strip())
    if headed:
        bare = bare.lstrip("#").strip()
    unmarked = bare.strip("*_ ")
    if (label := _LABEL.match(bare)) is not None and _is_label_of_list(label[1]):
        bare = bare[label.end() :]  # "Medications: oxycodone 5 mg bid"
    found = _phrases(bare)
    names = tuple(each.name.ingredients for each in found if isinstance(each, NamePhrase))
    named = bool(names) or any(isinstance(each, Unsafe) for each in found)
    unknown = any(isinstance(each, UnknownWord) for each in found)
    numbers = any(each.isdigit() for each in bare)
    kind = _labelled(unmarked)
    if kind is LineKind.ALLERGIES and not (named and numbers):
        return ListLine(number, kind, unmarked, indent, marked)
    if kind is LineKind.DETAIL and not named:
        return ListLine(number, kind, "", indent, marked)
    if may_head and not named and (unknown or not numbers) and (headed or _is_heading(unmarked)):
        kind = LineKind.NOT_TAKEN if _NOT_TAKEN.search(unmarked) else LineKind.HEADING
        return ListLine(number, kind, unmarked, indent, marked)
    first = next((each for each in found if not isinstance(each, Mark | Noise)), None)
    # "(1) tablet" is a dose
    numbered = bool(_NUMBERED.match(bare)) and (named or unknown or bare[0].isdigit())
    if (own := _NUMBER_OF_LINE.match(bare)) is not None and _begins_with_name(bare[own.end() :]):
        bare = bare[own.end() :]
    return ListLine(
        number,
        LineKind.WORDS,
        bare,
        indent,
        marked or numbered,
        names,
        named,
        begins_understood=first is not None and not isinstance(first, UnknownWord),
        unknown=unknown,
        has_number=numbers,
        counted=_number_before_name(bare) if named else None,
        only_needed=all(isinstance(each, AsNeeded | Mark) for each in found),
    )


def _number_before_name(text: str) -> int | None:
    number = _NUMBER_ALONE.match(text)
    return int(number[1]) if number is not None and _begins_with_name(text[number.end() :]) else None


def _begins_with_name(text: str) -> bool:
    return isinstance(next(iter(_phrases(text)), None), NamePhrase)


def _phrases(text: str) -> list[Phrase]:
    return phrases(tokens(text[:MAX_READ])[0])


def _without_table(text: str) -> str:
    """A row of a table drawn with bars, its cells beside one another."""
    bare = text.strip()
    if not (bare.startswith("|") and bare.endswith("|")) or len(bare) < 2:
        return text
    return " ".join(cell.strip() for cell in bare.strip("|").split("|"))


def _without_bullet(text: str) -> tuple[str, bool]:
    """A line without its bullet. A sign before a digit stays: it may be a minus."""
    bullet = _BULLET.match(text)
    return (text[bullet.end() :], True) if bullet and text[bullet.end() :].strip() else (text, False)


def _labelled(text: str) -> LineKind | None:
    """What a line is by the label that it begins with."""
    if _ALLERGIES.fullmatch(text) or _NO_ALLERGIES.fullmatch(text):
        return LineKind.ALLERGIES
    if _DATED.fullmatch(text) or _OF_PERSONS.fullmatch(text):
        return LineKind.DETAIL
    return None


def _is_heading(text: str) -> bool:
    """Whether a line that names no drug is about the list, and none of its words is like the name of a drug."""
    words = [word.casefold() for word in _WORDS.findall(text)]
    if not words or len(words) > _LONGEST_HEADING or not _is_about_list(text, words):
        return False
    return not any(len(word) >= _LONG_ENOUGH and resembles_a_name(word) for word in words)


def _is_label_of_list(text: str) -> bool:
    """Whether words are about a list and nothing else: "Home meds"."""
    words = {word.casefold() for word in _WORDS.findall(text)}
    return bool(words & _CORE) and words <= _CORE | _AROUND


def _is_about_list(text: str, words: list[str]) -> bool:
    """Whether a line ends with a colon, or consists of words about lists or of the names of columns."""
    if text.rstrip("*_ ").endswith(":"):
        return words[0] not in _SIG_LABELS
    if len(words) > 1 and words[0] in ("drug", "medication", "medicine", "name") and _COLUMNS.issuperset(words):
        return True
    rest = [word for word in words if word not in _CORE]
    known = all(word in _AROUND or _NOT_TAKEN.fullmatch(word) for word in rest)
    return len(rest) < len(words) and (known or not any(each.isdigit() for each in text))
