"""The ways to go on with a taper as one small table, each with the command that makes it; then what to talk over."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medsteward.advice.plan.command import command_text
from medsteward.advice.plan.report import Alternative, PlanReport
from medsteward.model.number import decimal_text
from medsteward.writers.plan.policy import percent
from medsteward.writers.shared.cells import markdown, markdown_table, plain
from medsteward.writers.shared.screen import command_lines, folded
from medsteward.writers.shared.text_table import text_table

HEADER = ("", "way", "steps", "ends", "first %", "most %", "a day", "bottles", "changes", "forced")
"""``first`` and ``most`` are steps in percent of the dose before, ``a day`` the most units, ``bottles`` the
dispensings, ``changes`` those of strength, ``forced`` the steps beyond the ceiling."""
_ON_SCREEN = ("way", "steps", "length", "first, most %", "a day", "bottles", "changes", "forced")
"""The columns of a terminal: the same, with the first and the largest step in one."""
CHOOSE = "Choose a way"
OTHERS = "Alternatives"


def title(report: PlanReport) -> str:
    """What stands above the ways."""
    return CHOOSE if report.awaits_choice else OTHERS


def planned(report: PlanReport) -> list[Alternative]:
    """The ways that are plans with a command."""
    return [each for each in report.alternatives if each.command is not None]


def rows(ways: Sequence[Alternative]) -> list[tuple[str, ...]]:
    """A row for each way, under ``HEADER``."""
    return [
        (
            str(number),
            each.option,
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


def screen_lines(report: PlanReport, *, most: int | None = None) -> list[str]:
    """The ways for a terminal: a table, how one is made, what is to be talked over.

    ``most`` ways at most, without what is said of each; None: all, each with its note and command.
    """
    ways = planned(report)
    if not report.alternatives:
        return []
    lines = [title(report)]
    if ways:
        width = None if most is None else _WIDTH
        cells = [tuple(plain(cell) for cell in _on_screen(number, each, width)) for number, each in enumerate(ways, 1)]
        lines += text_table(("", *_ON_SCREEN), cells[:most], _ALIGN, indent="  ").split("\n")
        if most is not None and len(ways) > most:
            lines.append(f"  ... and {len(ways) - most} more")
    talk = [each for each in report.alternatives if each.command is None]
    if most is None:
        for number, each in enumerate(ways, start=1):
            lines.append(folded(plain(f"{number}. {_sentence(each.option, each.note)}")))
            lines += [plain(line) for line in command_lines(each.command or "")]
        return [*lines, *(folded(plain(_sentence(each.option, each.note))) for each in talk), ""]
    lines += [folded(plain(f"Also: {'; '.join(each.option for each in talk)}."))] if talk else []
    if ways and report.plan is not None:
        lines.append("  To make one, run this with the number of the way:")
        lines += command_lines(plain(command_text(report.plan.request.asked, "--way", "1")))
    return [*lines, ""]


_ALIGN = ("right", "left", "right", "left", "right", "right", "right", "right", "right")


_WIDTH = 17
"""Letters of a way in a short table; the whole of it stands with --verbose."""


def _on_screen(number: int, each: Alternative, width: int | None) -> tuple[str, ...]:
    cut = width is not None and len(each.option) > width
    return (
        str(number),
        f"{each.option[: (width or 0) - 3].rstrip()}..." if cut else each.option,
        "" if each.steps is None else str(each.steps),
        each.ends,
        ", ".join(filter(None, (_figure(each.first_percent), _figure(each.largest_percent or None)))),
        _figure(each.units_a_day),
        "" if each.bottles is None else str(each.bottles),
        "" if each.strength_changes is None else str(each.strength_changes),
        "" if each.forced_steps is None else str(each.forced_steps),
    )


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
