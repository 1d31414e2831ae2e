"""A medication list as people keep it, one medicine a line, to a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from attrs import evolve

from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import MAX_LINES, Case, Line
from medsteward.readers.case.list_entries import Gathered, ListEntry, gathered
from medsteward.readers.case.list_lines import lines_of
from medsteward.readers.directions.line import read_line

MAX_TEXT_LINES = 5_000
"""Lines of one list, blank ones counted. Ours."""
_SURELY_NUMBERED = 3
"""Lines from which bare numbers 1, 2, 3 before the names are those of the lines. Ours."""
_SHOWN = 60
"""Characters of a heading that are shown."""
_TABLE_OF_TOML = re.compile(r"^[ \t]*\[{1,2}\s*[A-Za-z_][\w.]*\s*\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)
_FIELD_OF_TOML = re.compile(
    r"""^[ \t]*[A-Za-z_][\w.]*[ \t]*=[ \t]*"""
    r"""(?:["'\[{\u201c-\u201f\u2018\u2019]|\d[\d.-]*[ \t]*(?:#.*)?$|true\b|false\b)""",
    re.MULTILINE,
)


def read_list(text: str, *, as_of: date) -> Case:
    """The case of a list: a line of it a medicine, and what was set aside in the warnings.

    Never raises for the content. Lines that are not understood are lines with problems, which say where in the list
    they stand; other lines stand as they are. Lines under a heading of what was stopped are asked about, never counted.
    """
    if text.count("\n") > MAX_TEXT_LINES:
        said = f"the list has more than {MAX_TEXT_LINES:,} lines; none was read"
        return Case(as_of=as_of, problems=(Problem("CASE-004", "list", said),), unread=("list",))
    found = gathered(lines_of(text))
    if len(found.entries) > MAX_LINES:
        said = f"the list has {len(found.entries):,} medicines; at most {MAX_LINES} are read, so none was"
        return Case(as_of=as_of, problems=(Problem("CASE-004", "list", said),), unread=("list",))
    if found.moments:
        heads = " and ".join(f'"{each.text[:_SHOWN]}" (line {each.number})' for each in found.moments)
        said = f"the list has medicines of several moments: {heads}. Give those of one of them; none was counted"
        return Case(as_of=as_of, problems=(Problem("LIST-002", "list", said),), unread=("list",))
    as_numbered = all(entry.first == entry.last == number for number, entry in enumerate(found.entries, start=1))
    counted = [entry.counted for entry in found.entries]
    ordinals = len(counted) > 1 and counted == list(range(1, len(counted) + 1))
    lines = tuple(
        _placed(_read(entry, ordinals, len(counted)), "" if as_numbered else entry.where) for entry in found.entries
    )
    asked = tuple(
        Problem(
            "LIST-001",
            f"list {_numbers(section.numbers)}",
            f'under "{section.heading[:_SHOWN]}" and not counted. Leave out what is not taken; move what is taken '
            "above this heading",
        )
        for section in found.not_taken
    )
    return Case(
        as_of=as_of,
        lines=lines,
        problems=asked,
        cautions=tuple(_set_aside(found)),
        unread=tuple(problem.where for problem in asked),
    )


def looks_like_list(text: str) -> bool:
    """Whether text is a list rather than a case in TOML: no table and no field of one stands in it, and a drug does."""
    if _TABLE_OF_TOML.search(text) or _FIELD_OF_TOML.search(text):
        return False
    return text.count("\n") <= MAX_TEXT_LINES and any(line.named for line in lines_of(text))


def _read(entry: ListEntry, ordinals: bool, of: int) -> Line:
    """One medicine. A bare number before each name, from 1 up, numbers the lines; of two lines it may be a count."""
    if not ordinals or entry.counted is None:
        return read_line(entry.text)
    line = read_line(entry.text.removeprefix(str(entry.counted)).lstrip())
    if of >= _SURELY_NUMBERED or entry.counted == 1:
        return line
    text = f'"{entry.counted}" before the name: the number of the line, or a count? Write "{entry.counted}." or a dose'
    return evolve(line, written=entry.text, problems=(*line.problems, Problem("DIR-007", "", text)))


def _placed(line: Line, where: str) -> Line:
    """The line, with the place in the list that its problems and warnings are about."""
    if not where or not (line.problems or line.cautions):
        return line
    return evolve(
        line,
        problems=tuple(evolve(problem, where=where) for problem in line.problems),
        cautions=tuple(evolve(caution, where=where) for caution in line.cautions),
    )


def _set_aside(found: Gathered) -> list[Caution]:
    """What was not read as a medicine, and which lines were read as one."""
    said = []
    if found.headings:
        texts = ", ".join(f'"{each.text[:_SHOWN]}"' for each in found.headings[:3])
        more = " and others" if len(found.headings) > 3 else ""
        said.append(f"{_numbers([each.number for each in found.headings])} as headings ({texts}{more})")
    if found.allergies:
        said.append(f"{_numbers(found.allergies)} as allergies")
    if found.details:
        said.append(f"{_numbers(found.details)} as details of the chart")
    if found.blank:
        said.append(f"{len(found.blank)} blank")
    cautions = []
    if said:
        cautions.append(Caution("LIST-101", f"set aside in the list: {'; '.join(said)}"))
    joined = [entry for entry in found.entries if entry.first != entry.last]
    if joined:
        cautions.append(Caution("LIST-102", f"read as one medicine each: {_spans(joined)} of the list"))
    dated = [entry.last for entry in found.entries if entry.dated]
    if dated:
        text = f"{_numbers(dated)} of the list: a date at the end was not used; write it as start or end in a case"
        cautions.append(Caution("LIST-103", text))
    return cautions


def _spans(entries: Sequence[ListEntry]) -> str:
    return "lines " + ", ".join(f"{entry.first}-{entry.last}" for entry in entries)


def _numbers(numbers: Sequence[int]) -> str:
    """``line 4``, ``lines 1, 4-6``."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in spans)
    return f"{'line' if len(numbers) == 1 else 'lines'} {shown}"
