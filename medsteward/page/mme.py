"""Screen 2: one number with its kind, a bar for each medicine, and what another table says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import frozen

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.mme.result import AtLeast, Entry, NoTotal
from medsteward.model.number import decimal_text
from medsteward.page.answer import Answer
from medsteward.page.chart import chart_of
from medsteward.page.commands import command_of
from medsteward.page.form import SentForm
from medsteward.page.understood import understood
from medsteward.page.view import page
from medsteward.tables.load import factor_table, table_ids
from medsteward.writers.formats import MME
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.problems import problem_sentences

_WIDE = 320
"""Units of a bar that is as long as the largest figure or the first threshold."""


@frozen
class Bar:
    """One medicine: its share of the total as a bar, and its working line by line."""

    drug: str
    daily: str
    factor: str
    mme: str
    width: int
    working: tuple[str, ...]
    where: str
    remark: str


@frozen
class Figures:
    """The total: ``lead`` is "at least" or empty, ``beside`` the other figures in words."""

    lead: str
    number: str
    kind: str
    beside: tuple[str, ...]


def mme(form: SentForm, today: date) -> Answer:
    """The day's MME of the list."""
    if form.has("use_table"):
        form = form.with_(table=form.text("use_table"), use_table="")
    chart = chart_of(form, today)
    report = mme_per_day(chart.case, table=chart.table)
    others = []
    if form.has("compare"):
        for name in table_ids():
            if name != chart.table.id:
                other = mme_per_day(chart.case, table=factor_table(name))
                others.append((other.table, figures_of(other)))
    mark, width = _mark(report)
    return page(
        "mme",
        {
            "form": form,
            "chart": chart,
            "report": report,
            "figures": figures_of(report),
            "bars": bars_of(report, width),
            "mark": mark,
            "lines": understood(chart, report),
            "others": others,
            "problems": problem_sentences(report.problems),
            "cautions": tuple(plain(": ".join(filter(None, (each.where, each.text)))) for each in report.cautions),
            "copied": copied(report),
            "command": command_of("mme", form, chart),
            "json": "".join(map(str, MME.write("json", [report]))) if form.has("json") else "",
        },
    )


def figures_of(report: MmeReport) -> Figures:
    """The total in words and numbers: the most that the directions allow is the headline."""
    total = report.total
    if isinstance(total, NoTotal):
        return Figures("", "", plain(total.reason), ())
    beside = []
    if total.if_renewals is not None:
        beside.append(f"{_number(total.if_renewals.value)} if each prescription is taken once")
    if total.scheduled != total.maximum:
        beside.append(f"{_number(total.scheduled.value)} if no as-needed dose is taken")
    if total.expected is not None and total.expected != total.maximum:
        beside.append(f"{_number(total.expected.value)} by the supply")
    lead = "at least" if isinstance(total, AtLeast) else ""
    return Figures(lead, _number(total.maximum.value), "MME a day, the most that the directions allow", tuple(beside))


def bars_of(report: MmeReport, width: Fraction) -> tuple[Bar, ...]:
    """One bar a line, in the order of the list; lines without a figure have none."""
    return tuple(_bar(each, width) for each in report.entries)


def _bar(entry: Entry, width: Fraction) -> Bar:
    factor = None if entry.applied is None else entry.applied.maximum
    most = Fraction(0) if entry.mme is None else entry.mme.maximum.value
    value = "" if factor is None or factor.value is None else decimal_text(factor.value)
    return Bar(
        drug=entry.drug or plain(entry.written),
        daily="" if entry.daily is None else f"{_number(entry.daily.maximum.value)} {entry.daily.unit.value}",
        factor="" if factor is None else f"{value} per {factor.per.value}",
        mme="" if entry.mme is None else _number(most),
        width=round(_WIDE * most / width) if width else 0,
        working=tuple(plain(each) for each in entry.working),
        where="" if factor is None else f"{factor.where}; {factor.standing.words}",
        remark=plain(entry.reason or ""),
    )


def _mark(report: MmeReport) -> tuple[int, Fraction]:
    """Where the first threshold stands on the bars, and the figure that a full bar stands for."""
    most = [each.mme.maximum.value for each in report.entries if each.mme is not None]
    first = min((check.threshold.at for check in report.thresholds), default=None)
    full = max([*most, first or Fraction(0)], default=Fraction(0))
    return (round(_WIDE * first / full) if first and full else 0), full


def copied(report: MmeReport) -> str:
    """The answer as a line for the chart: figure, kind, table, day."""
    found = figures_of(report)
    if not found.number:
        return f"MME: no figure ({found.kind}); table {report.table.id}, {report.as_of}"
    beside = f" ({'; '.join(found.beside)})" if found.beside else ""
    lead = f"{found.lead} " if found.lead else ""
    return f"MME: {lead}{found.number} a day at most{beside}; table {report.table.id}, {report.as_of}"


def _number(value: Fraction) -> str:
    return decimal_text(value, thousands=True)
