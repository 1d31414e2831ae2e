"""The ways to go on with a taper as one small table, each with the command that makes it; then what to talk over."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medsteward.advice.plan.report import Alternative, PlanReport
from medsteward.model.number import decimal_text
from medsteward.writers.plan.policy import percent
from medsteward.writers.shared.cells import markdown, markdown_table, plain
from medsteward.writers.shared.text_table import text_table

HEADER = ("", "way", "steps", "ends", "first %", "most %", "a day", "bottles", "changes", "forced")
"""``first`` and ``most`` are steps in percent of the dose before, ``a day`` the most units, ``bottles`` the
dispensings, ``changes`` those of strength, ``forced`` the steps beyond the ceiling."""
CHOOSE = "Choose a way (each command makes its plan)"
OTHERS = "Alternatives"
_WIDTH = 24
"""Letters of a way in the table of a terminal; a longer one stands whole beside its command."""


def title(report: PlanReport) -> str:
    """What stands above the ways."""
    return CHOOSE if report.awaits_choice else OTHERS


def planned(report: PlanReport) -> list[Alternative]:
    """The ways that are plans with a command."""
    return [each for each in report.alternatives if each.command is not None]


def rows(ways: Sequence[Alternative], *, width: int | None = None) -> list[tuple[str, ...]]:
    """A row for each way, under ``HEADER``; ``width`` cuts long names."""
    return [
        (
            str(number),
            _cut(each.option, width),
            "" if each.steps is None else str(each.steps),
            each.ends,
            _figure(each.first_percent),
            _figure(each.largest_percent or None),
            _figure(each.units_a_day),
            "" if each.bottles is None else str(each.bottles),
            "" if each.strength_changes is None else str(each.strength_changes),
            "" if each.forced_steps is None else str(each.forced_steps),
        )
        for number, each in enumerate(ways, start=1)
    ]


def _figure(value: Fraction | None) -> str:
    return "" if value is None else decimal_text(value, 1)


def _cut(text: str, width: int | None) -> str:
    return text if width is None or len(text) <= width else f"{text[: width - 3].rstrip()}..."


def table(report: PlanReport) -> list[str]:
    """The lines of the table for a terminal; none where no way is a plan."""
    cells = [tuple(plain(cell) for cell in row) for row in rows(planned(report), width=_WIDTH)]
    return [f"  {line}" for line in text_table(HEADER, cells).splitlines()] if cells else []


def sentences(report: PlanReport) -> list[str]:
    """The name and note of each way with its command, by its number in the table; then what is no plan."""
    found = []
    for number, each in enumerate(planned(report), start=1):
        found += [f"{number}. {_sentence(each.option, each.note)}", f"  {each.command}"]
    return found + [_sentence(each.option, each.note) for each in report.alternatives if each.command is None]


def markdown_lines(report: PlanReport) -> list[str]:
    """The same as markdown."""
    ways = planned(report)
    found = [markdown_table(HEADER, [[markdown(cell) for cell in row] for row in rows(ways)]), ""] if ways else []
    for number, each in enumerate(ways, start=1):
        found += [f"{number}. {markdown(_sentence(each.option, each.note))}", f"   {markdown(each.command or '')}"]
    others = [each for each in report.alternatives if each.command is None]
    return [*found, "", *(f"- {markdown(_sentence(each.option, each.note))}" for each in others)]


def _sentence(option: str, note: str) -> str:
    lead = f"{option[:1].upper()}{option[1:]}."
    return f"{lead} {note[:1].upper()}{note[1:]}." if note else lead


def alternative_words(each: Alternative) -> list[str]:
    """An alternative as sentences: its length, its largest step, its command."""
    said = each.option
    if each.steps is not None:
        said += f": {each.steps} step{'s' if each.steps != 1 else ''}"
    if each.ends:
        said += f", {each.ends}"
    if each.last_day is not None:
        said += f", until {each.last_day}"
    if each.largest_percent:
        said += f", largest step {percent(each.largest_percent)}"
    if each.forced_steps:
        said += f", {each.forced_steps} beyond the ceiling"
    return [_sentence(said, each.note), *([f"  {each.command}"] if each.command else [])]
