"""What fits a kind of pain, for people: text, markdown, and rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from medsteward.advice.pain.matching import Option, PainMatch
from medsteward.interactions.offer import Fit
from medsteward.model.point import Point
from medsteward.model.source import Source, Standing
from medsteward.treatments.against import Effect, Found
from medsteward.writers.remind.table import problem_line
from medsteward.writers.shared.cells import cell, csv_text, markdown, plain
from medsteward.writers.shared.screen import folded

CSV_HEADER = (
    "id",
    "as_of",
    "pain",
    "rank",
    "option",
    "drugs",
    "blocked",
    "fit",
    "taken",
    "why",
    "first_dose",
    "ceiling",
    "against",
    "watch",
    "standing",
)
_MARKS = {
    Effect.BLOCKS: "NOT FOR THIS PATIENT",
    Effect.MAJOR: "MAJOR RISK",
    Effect.LOWERS: "lower",
    Effect.CAUTION: "care",
}


def text(match: PainMatch) -> str:
    """The options for a terminal, in their order."""
    parts = [headline(match), ""]
    for each in match.options:
        parts += [plain(_title(each)), *(folded(plain(line), "     ") for line in _lines(each)), ""]
    for title, sentences in _sections(match):
        parts += [title, *(folded(plain(sentence)) for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def markdown_text(match: PainMatch) -> str:
    """The options as markdown."""
    parts = [f"## {markdown(headline(match))}", ""]
    for each in match.options:
        parts += [f"### {markdown(_title(each))}", "", *(f"- {markdown(line)}" for line in _lines(each)), ""]
    for title, sentences in _sections(match):
        parts += [f"### {markdown(title)}", "", *(f"- {markdown(sentence)}" for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def csv_rows(match: PainMatch, *, with_header: bool) -> str:
    """One row per option."""
    rows = [
        [
            cell(match.case_id or ""),
            match.as_of.isoformat(),
            match.kind.value,
            str(each.rank),
            cell(each.title),
            cell("; ".join(each.drugs)),
            "true" if each.blocked else "false",
            each.fit.name.casefold(),
            cell("; ".join(each.taken)),
            cell(_said(each.why)),
            cell(_joined(each.first_dose)),
            cell(_joined(each.ceiling)),
            cell("; ".join(_against(found) for found in each.against)),
            cell(_joined(each.watch)),
            " ".join(dict.fromkeys(source.standing.value for source in each.sources)),
        ]
        for each in match.options
    ]
    return csv_text(CSV_HEADER, rows, with_header=with_header)


def headline(match: PainMatch) -> str:
    """The answer in one line."""
    if match.refers:
        return f"{match.kind.value[0].upper()}{match.kind.value[1:]}: refer; nothing is matched here"
    blocked = sum(1 for each in match.options if each.blocked)
    major = sum(1 for each in match.options if each.fit is Fit.MAJOR_REASON)
    ruled_out = f", {major} with a major risk" if major else ""
    ruled_out += f", {blocked} ruled out for this patient" if blocked else ""
    count = len(match.options)
    return f"{match.kind.value[0].upper()}{match.kind.value[1:]} pain: {count} options in order{ruled_out}"


def _title(each: Option) -> str:
    names = f" ({', '.join(each.drugs)})" if each.drugs and each.drugs != (each.title,) else ""
    mark = {Fit.FITS: "", Fit.MAJOR_REASON: f"  {_MARKS[Effect.MAJOR]}", Fit.LEFT_OUT: f"  {_MARKS[Effect.BLOCKS]}"}[
        each.fit
    ]
    taken = f"  [taken: {', '.join(each.taken)}]" if each.taken else ""
    return f"{each.rank}. {each.title}{names}{mark}{taken}"


def _lines(each: Option) -> list[str]:
    first = (Effect.BLOCKS, Effect.MAJOR)
    lines = [_against(found) for found in each.against if found.effect in first]
    lines.append(f"why: {_said(each.why)}")
    lines += [f"left out: {name}" for name in each.left_out]
    lines += [f"first dose: {_said(point)}" for point in each.first_dose]
    lines += [f"ceiling: {_said(point)}" for point in each.ceiling]
    lines += [_against(found) for found in each.against if found.effect not in first]
    lines += [f"watch: {_said(point)}" for point in each.watch]
    return lines


def _against(found: Found) -> str:
    return f"{_MARKS[found.effect]}: {found.words}{_standing(found.source)}"


def _said(point: Point) -> str:
    return f"{point.text}{_standing(point.source)}"


def _joined(points: Iterable[Point]) -> str:
    return "; ".join(_said(point) for point in points)


def _standing(source: Source) -> str:
    return "" if source.standing is Standing.VERIFIED else f" [{source.standing.words}]"


def _sections(match: PainMatch) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    if match.notes:
        found.append(("To know", [_said(note) for note in match.notes]))
    if match.unknown:
        found.append(("Not known, and would change an answer", list(match.unknown)))
    if match.problems:
        found.append(("Problems", [problem_line(each) for each in match.problems]))
    sources = dict.fromkeys(source.citation for each in match.options for source in each.sources)
    if sources:
        found.append(("Sources", list(sources)))
    return found
