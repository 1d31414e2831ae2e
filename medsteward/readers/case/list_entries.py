"""The lines of a list gathered into medicines: which lines belong together, and what was set aside.

A line that names a drug begins a medicine. One that names none goes on with the medicine before it where its words are
those of directions; a word that is not understood may be another drug, so such a line stands alone and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import Factory, define, evolve, frozen

from medsteward.readers.case.list_lines import DATE, LineKind, ListLine
from medsteward.readers.directions.line import read_line

_OPEN_END = re.compile(r"(?:[-/+,(]|\b(?:with|w/))$", re.IGNORECASE)
"""What ends a line in the midst of a name: a bracket, a dash, a slash."""
_MOST_LINES = 30
"""Lines of one medicine at most. Ours."""
_SAID_AGAIN = re.compile(
    r"(?:commonly known as|also known as|aka|generic name|generic(?: for)?|brand(?: name)?)\s*:?\s*(?P<name>.+)",
    re.IGNORECASE,
)
_DATE_AT_END = re.compile(
    r"[\s,;(\[-]*\b(?:(?:started|start(?: date)?|since|ordered|last (?:filled|fill|dispensed|dose|taken)|filled|"
    rf"updated|reviewed|written|prescribed|dispensed)(?: on)?:? )?{DATE}[)\]\s.,;]*$|"
    r"[\s,;(\[-]*\b(?:started|since|prescribed) (?:in )?(?:19|20)\d{2}[)\]\s.,;]*$",
    re.IGNORECASE,
)
_EMPTY_LABEL = re.compile(r",?\s*\b(?:disp|rfl|refills?|qty|quantity|sig):\s*(?=$|,)", re.IGNORECASE)
"""A label with nothing behind it: "Disp: , Rfl:"."""
_MOMENTS = (
    re.compile(r"\b(?:home|(?:pre)?admission|prior to admission|on arrival)\b", re.IGNORECASE),
    re.compile(r"\b(?:inpatient|hospital)\b", re.IGNORECASE),
    re.compile(r"\bdischarge\b", re.IGNORECASE),
)
"""Headings of lists that stand in for one another: before, in and after a stay."""
_BOUNDS = re.compile(
    r"(?:\b(?:until|till?|thru|through|to|by|before|after|end(?:s|ed|ing)?(?: date)?|stop(?:s|ped)?(?: date)?|"
    r"dc'?d?|d/c'?d?|discontinued?|exp(?:ires?|ired)?|held?|off|resumed?|restart(?:ed)?|no)|-)[\s:]*(?:on[\s:]*)?$",
    re.IGNORECASE,
)
"""Words before a date that say when something ends or changes: such a date is never set aside."""


@frozen
class ListEntry:
    """One medicine of a list: its words, and the first and last line of the text that they stand on."""

    text: str
    first: int
    last: int
    dated: bool = False
    """Whether a date behind it was set aside."""
    counted: int | None = None
    """A number that stands before its name with nothing but a space between."""

    @property
    def where(self) -> str:
        """Where in the list it stands."""
        return f"list line {self.first}" if self.first == self.last else f"list lines {self.first}-{self.last}"


@frozen
class Section:
    """Lines under a heading of what is not taken: the heading and the number of each line."""

    heading: str
    numbers: tuple[int, ...]


@frozen
class Gathered:
    """What a list holds: medicines; headings with their lines; blank lines and details; lines of what is not taken."""

    entries: tuple[ListEntry, ...]
    headings: tuple[ListLine, ...]
    details: tuple[int, ...]
    blank: tuple[int, ...]
    allergies: tuple[int, ...]
    not_taken: tuple[Section, ...]
    moments: tuple[ListLine, ...] = ()
    """The headings under which medicines of different moments stand; empty where they are of one."""


@define
class _Open:
    """What is being gathered."""

    lines: list[ListLine] = Factory(list)
    """Of the medicine that may go on; empty after a heading."""
    parted: bool = False
    """Whether a blank line stands behind it."""
    allergies: bool = False
    stopped: list[int] | None = None
    heading: ListLine | None = None


def gathered(lines: Sequence[ListLine]) -> Gathered:
    """The medicines of a list, in its order, and what was set aside."""
    now = _Open()
    entries: list[list[ListLine]] = []
    headings: list[ListLine] = []
    details: list[int] = []
    blank: list[int] = []
    allergies: list[int] = []
    stopped: list[tuple[str, list[int]]] = []
    heads: dict[int, ListLine] = {}
    for line in lines:
        match line.kind:
            case LineKind.BLANK:
                blank.append(line.number)
                now.parted = True
            case LineKind.DETAIL:
                details.append(line.number)
            case LineKind.HEADING | LineKind.NOT_TAKEN | LineKind.ALLERGIES:
                is_list = line.kind is LineKind.ALLERGIES
                now = _Open(allergies=is_list, heading=line)
                if is_list:
                    allergies.append(line.number)
                else:
                    headings.append(line)
                if line.kind is LineKind.NOT_TAKEN:
                    now.stopped = []
                    stopped.append((line.text, now.stopped))
            case LineKind.WORDS if line.only_needed and (now.parted or not now.lines) and now.stopped is None:
                now = _Open(heading=line)
                headings.append(line)
            case LineKind.WORDS if now.stopped is not None:
                now.stopped.append(line.number)
            case LineKind.WORDS if now.allergies and not now.parted and not line.has_number:
                allergies.append(line.number)
            case LineKind.WORDS:
                line = _said_again(line, now)
                if now.lines and _goes_on(line, now):
                    now.lines.append(line)
                else:
                    now = _Open(lines=[line], heading=now.heading)
                    entries.append(now.lines)
                    if now.heading is not None and (moment := _moment(now.heading)) is not None:
                        heads.setdefault(moment, now.heading)
                now.parted = False
    return Gathered(
        tuple(map(_entry, entries)),
        tuple(headings),
        tuple(details),
        tuple(blank),
        tuple(allergies),
        tuple(Section(heading, tuple(numbers)) for heading, numbers in stopped if numbers),
        tuple(heads.values()) if len(heads) > 1 else (),
    )


def _moment(heading: ListLine) -> int | None:
    """Whether a heading is of what is taken before, in or after a stay; None: of neither, or of several."""
    found = [number for number, pattern in enumerate(_MOMENTS) if pattern.search(heading.text)]
    return found[0] if len(found) == 1 else None


def _said_again(line: ListLine, now: _Open) -> ListLine:
    """A line that gives another name of the medicine before it, as a name in brackets."""
    again = _SAID_AGAIN.fullmatch(line.text)
    if again is None or not now.lines or not _same_drug(line, now):
        return line
    return evolve(line, text=f"({again['name'].strip()})")


def _goes_on(line: ListLine, now: _Open) -> bool:
    """Whether a line belongs to the medicine before it."""
    if len(now.lines) >= _MOST_LINES:
        return False
    before = now.lines[-1].text
    if not now.parted and ((_OPEN_END.search(before) and not before.endswith(",")) or _is_open(now.lines)):
        return True
    if line.named:
        return line.text.startswith(("(", "[")) and not line.marked and _same_drug(line, now)
    first = now.lines[0]
    if line.marked and line.indent <= first.indent and first.marked:
        return False
    if now.parted:
        return not line.unknown and _lacks_directions(now.lines)
    if line.only_needed and line.indent <= first.indent:
        return False  # "PRN" may head what follows: that is asked
    if not line.unknown:
        return True
    if line.indent > first.indent and not line.marked:
        return True
    return line.begins_understood and not line.marked and _lacks_directions(now.lines)


def _is_open(lines: Sequence[ListLine]) -> bool:
    """Whether a bracket stays open."""
    text = _joined(lines)
    return text.count("(") > text.count(")") or text.count("[") > text.count("]")


def _same_drug(line: ListLine, now: _Open) -> bool:
    known = {ingredient for each in now.lines for name in each.names for ingredient in name}
    said = {ingredient for name in line.names for ingredient in name}
    return bool(said) and (said <= known or known <= said) and bool(known)


def _lacks_directions(lines: Sequence[ListLine]) -> bool:
    """Whether a medicine does not say yet how much is taken or how often."""
    read = read_line(_joined(lines))
    if read.regimen is None:
        return False
    takings = read.regimen.sig.takings
    return not takings or any(each.times_per_day is None for each in takings)


def _joined(lines: Sequence[ListLine]) -> str:
    """The words of several lines as one; a word that a hyphen breaks within a name is put together again."""
    text = lines[0].text
    for line in lines[1:]:
        text = f"{text}{line.text}" if re.search(r"\w[-/]$", text) else f"{text} {line.text}"
    return text


def _entry(lines: list[ListLine]) -> ListEntry:
    text = _joined(lines)
    text = _EMPTY_LABEL.sub("", text)
    plain = _DATE_AT_END.sub("", text)
    dated = plain != text and any(each.isalpha() for each in plain) and not _BOUNDS.search(plain)
    return ListEntry(plain if dated else text, lines[0].number, lines[-1].number, dated, lines[0].counted)
