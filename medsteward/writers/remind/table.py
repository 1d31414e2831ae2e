"""Reminders for people: text for a terminal, markdown, and rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from medsteward.model.point import Point
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source, Standing
from medsteward.reminders.days import in_words
from medsteward.reminders.reminder import Reminder, ReminderStatus, RemindReport
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table, plain
from medsteward.writers.shared.problems import problem_sentences
from medsteward.writers.shared.screen import bold, folded
from medsteward.writers.shared.text_table import text_table

_HEADER = ("", "due", "what", "repeats", "last done")
CSV_HEADER = (
    "id",
    "as_of",
    "kind",
    "status",
    "due",
    "repeat",
    "until",
    "done",
    "because",
    "consider",
    "sources",
    "standing",
)
_ORDER = (ReminderStatus.OVERDUE, ReminderStatus.DUE, ReminderStatus.COMING, ReminderStatus.SETTLED)
Section = tuple[str, list[str]]


def text(report: RemindReport, *, everything: bool = False) -> str:
    """The report for a terminal: what is due first, then why. ``everything`` adds steps, products and cautions."""
    parts = [bold(folded(headline(report), "")), ""]
    ordered = in_order(report)
    if ordered:
        rows = [[plain(each) for each in row] for row in _rows(ordered, report.as_of)]
        parts += [text_table(_HEADER, rows), ""]
    for each in ordered:
        parts += [titled(each.kind.words), *(folded(f"- {plain(why)}") for why in each.because)]
        parts.append(folded(f"> {each.consider}"))
        if everything and each.points:
            parts += [line for group, lines in grouped(each.points) for line in (f"  {group}", *map(_deeper, lines))]
        parts += [folded(f"sources: {cited(each.sources)}"), ""]
    if not everything and any(each.points for each in ordered):
        parts += ["--all shows the steps, doses, products and cautions.", ""]
    for title, sentences in _sections(report):
        parts += [title, *(folded(plain(sentence)) for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def markdown_text(report: RemindReport) -> str:
    """The report as markdown, with every step, product and caution."""
    parts = [f"## {markdown(headline(report))}", ""]
    ordered = in_order(report)
    if ordered:
        rows = [[markdown(each) for each in row] for row in _rows(ordered, report.as_of)]
        parts.append(markdown_table(_HEADER, rows))
    for each in ordered:
        parts += [f"### {markdown(titled(each.kind.words))}", "", *(f"- {markdown(why)}" for why in each.because)]
        parts += ["", f"**{markdown(each.consider)}**", ""]
        for group, lines in grouped(each.points):
            parts += [f"{markdown(group)}:", "", *(f"- {markdown(line)}" for line in lines), ""]
        parts += [f"Sources: {markdown(cited(each.sources))}", ""]
    for title, sentences in _sections(report):
        parts += [f"### {markdown(title)}", "", *(f"- {markdown(sentence)}" for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def csv_rows(report: RemindReport, *, with_header: bool) -> str:
    """One row per reminder."""
    rows = [
        [
            cell(report.case_id or ""),
            report.as_of.isoformat(),
            each.kind.value,
            each.status(report.as_of).value,
            each.due.isoformat(),
            each.repeat or "",
            each.until.isoformat() if each.until else "",
            _done(each),
            cell("; ".join(each.because)),
            cell(each.consider),
            cell(cited(each.sources)),
            " ".join(dict.fromkeys(source.standing.value for source in each.sources)),
        ]
        for each in report.reminders
    ]
    return csv_text(CSV_HEADER, rows, with_header=with_header)


def headline(report: RemindReport) -> str:
    """The answer in one line."""
    case = f"case {plain(report.case_id, 60)}, " if report.case_id else ""
    counts = dict.fromkeys(_ORDER, 0)
    for each in report.reminders:
        counts[each.status(report.as_of)] += 1
    said = ", ".join(f"{count} {status.value}" for status, count in counts.items() if count)
    return f"Reminders: {case}as of {report.as_of}: {said or 'none'}"


def in_order(report: RemindReport) -> list[Reminder]:
    """The reminders, what is overdue first."""
    return sorted(report.reminders, key=lambda each: _ORDER.index(each.status(report.as_of)))


def cited(sources: Iterable[Source]) -> str:
    """Sources in one line, each with its place; what is not verified says so."""
    shown = []
    for each in sources:
        place = f", {each.where}" if each.where else ""
        standing = "" if each.standing is Standing.VERIFIED else f" [{each.standing.words}]"
        shown.append(f"{each.citation}{place}{standing}")
    return "; ".join(dict.fromkeys(shown))


def grouped(points: Sequence[Point]) -> list[Section]:
    """Points by group, in the order the groups first appear; what is not verified says so."""
    found: dict[str, list[str]] = {}
    for each in points:
        standing = "" if each.source.standing is Standing.VERIFIED else f" [{each.source.standing.words}]"
        found.setdefault(each.group, []).append(f"{each.text}{standing}")
    return list(found.items())


def titled(words: str) -> str:
    """Words as a title: the first letter is a capital, the rest stays as it is."""
    return words[:1].upper() + words[1:]


def problem_line(problem: Problem) -> str:
    """A problem in one line."""
    where = f"{problem.where}: " if problem.where else ""
    return f"{where}{problem.text} [{problem.code}]"


def caution_line(caution: Caution) -> str:
    """A warning in one line."""
    return f"{caution.where + ': ' if caution.where else ''}{caution.text} [{caution.code}]"


def _deeper(line: str) -> str:
    return folded(f"- {plain(line)}", "    ")


def _rows(reminders: Iterable[Reminder], as_of: date) -> list[list[str]]:
    return [
        [
            each.status(as_of).value,
            each.due.isoformat(),
            each.kind.words,
            in_words(each.repeat) if each.repeat else "",
            _done(each),
        ]
        for each in reminders
    ]


def _done(each: Reminder) -> str:
    if each.done is None:
        return ""
    return each.done.isoformat() if isinstance(each.done, date) else "yes"


def _sections(report: RemindReport) -> list[Section]:
    found: list[Section] = []
    if report.stratum is not None:
        why = list(report.stratum.because) or ["no factor known that raises it"]
        title = f"Follow-up level: {report.stratum.level.value} (medsteward's own rule)"
        found.append((title, why))
    if report.left_out:
        found.append(("Left out", [f"{each.kind.words}: {each.because}" for each in report.left_out]))
    if report.unknown:
        found.append(("Not known, and would change an answer", list(report.unknown)))
    if report.problems:
        found.append(("Problems", problem_sentences(report.problems)))
    if report.cautions:
        found.append(("To know", [caution_line(each) for each in report.cautions]))
    return found
