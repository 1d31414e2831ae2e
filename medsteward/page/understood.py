"""Each line as it was typed, and how it was understood: what a medicines box shows beneath it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.mme.result import NoTotal, Status
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.regimen import Candidate, Case, Line
from medsteward.page.chart import Chart
from medsteward.writers.shared.cells import plain

_WORDS = {
    Status.COUNTED: "counted",
    Status.NOT_AN_OPIOID: "not an opioid",
    Status.NO_FACTOR: "no factor in this table",
    Status.EXCLUDED: "left out of the total",
    Status.INACTIVE: "not active on this day",
    Status.PROBLEM: "not understood",
}


@frozen
class Way:
    """A line that could have been meant: nothing is chosen until somebody presses it. ``comes_to`` may be empty."""

    text: str
    comes_to: str
    replaced: str


@frozen
class UnderstoodLine:
    """One line of the box: typed, read, a day, what it comes to, and its status in words."""

    number: int
    typed: str
    drug: str
    daily: str
    mme: str
    status: str
    is_asked: bool
    said: tuple[str, ...]
    ways: tuple[Way, ...]


def understood(chart: Chart, report: MmeReport) -> tuple[UnderstoodLine, ...]:
    """Every line of the case, in order."""
    return tuple(_line(number, line, chart, report) for number, line in enumerate(chart.case.lines, start=1))


def _line(number: int, line: Line, chart: Chart, report: MmeReport) -> UnderstoodLine:
    entries = [each for each in report.entries if each.line == number]
    own = f"line {number}"
    said = [each.text for each in report.problems if each.where == own or each.where.startswith(f"{own},")]
    said += [each.text for each in report.cautions if each.where == own or each.where.startswith(f"{own},")]
    asked = any(each.status is Status.PROBLEM for each in entries) or bool(line.problems)
    return UnderstoodLine(
        number=number,
        typed=plain(line.written),
        drug=" + ".join(dict.fromkeys(each.drug for each in entries if each.drug)) or _name(line),
        daily="; ".join(_amount(each.daily.maximum) for each in entries if each.daily),
        mme="; ".join(f"{_number(each.mme.maximum.value)} MME/d" for each in entries if each.mme),
        status=", ".join(dict.fromkeys(_WORDS[each.status] for each in entries)) or "not understood",
        is_asked=asked,
        said=tuple(dict.fromkeys(plain(each) for each in said)),
        ways=tuple(_ways(line, chart)) if line.candidates else (),
    )


def _name(line: Line) -> str:
    if line.regimen is None:
        return ""
    return " + ".join(each.ingredient for each in line.regimen.product.components)


def _ways(line: Line, chart: Chart) -> Iterator[Way]:
    for each in line.candidates:
        yield Way(each.text, _comes_to(each, line, chart), " ".join(line.written.split()))


def _comes_to(candidate: Candidate, line: Line, chart: Chart) -> str:
    """What the line would come to alone, if it were this one."""
    alone = Case(as_of=chart.case.as_of, lines=(evolve(line, regimen=candidate.regimen, problems=(), candidates=()),))
    total = mme_per_day(alone, table=chart.table).total
    if isinstance(total, NoTotal) or not total.maximum.value:
        return ""
    return f"{_number(total.maximum.value)} MME/d"


def _amount(amount: Amount) -> str:
    return f"{_number(amount.value)} {amount.unit.value}"


def _number(value: Fraction) -> str:
    return decimal_text(value, thousands=True)


def with_choice(text: str, chosen: str) -> str:
    """The list with one line replaced, as its button says: ``old -> new``, told apart by a line break."""
    old, _, new = chosen.partition("\n")
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if " ".join(line.split()) == old:
            lines[number] = new
            break
    return "\n".join(lines)
