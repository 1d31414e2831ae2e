"""An MME report for people: text for a terminal, markdown, and rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from medsteward.advice.case.mme_report import MmeReport
from medsteward.doses.daily import Daily
from medsteward.mme.result import AtLeast, CompleteTotal, Entry, NoTotal
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table, plain
from medsteward.writers.shared.problems import problem_sentences
from medsteward.writers.shared.text_table import text_table

_STATUS_WORDS = {
    "not_an_opioid": "not an opioid",
    "no_factor": "no factor",
    "excluded": "left out",
    "inactive": "not active",
    "problem": "problem",
}
_WIDTH = 100
CSV_HEADER = (
    "id",
    "as_of",
    "table",
    "line",
    "input",
    "status",
    "drug",
    "route",
    "form",
    "release",
    "product",
    "rxcui",
    "as_needed",
    "dose_scheduled",
    "dose_expected",
    "dose_maximum",
    "dose_unit",
    "factor",
    "factor_per",
    "factor_where",
    "factor_standing",
    "mme_scheduled",
    "mme_expected",
    "mme_maximum",
    "reason",
)


def text(report: MmeReport, *, verbose: bool = True) -> str:
    """The report for a terminal: headline, table named, line by line, then what to know.

    ``verbose`` adds the working and what the table is not for; without it one line says that there is more.
    """
    parts = [headline(report), _made_by(report), ""]
    if report.entries:
        rows = [[plain(each, 44) for each in row] for row in _rows(report.entries)]
        parts.append(text_table(_HEADER, rows, _ALIGN))
        parts.append("")
    working = [line for entry in report.entries for line in _working(entry)]
    if working and verbose:
        parts += ["Working", *working, ""]
    elif unusual := [line for entry in report.entries for line in _unusual(entry)]:
        parts += ["Not counted, or read in its own way", *unusual, ""]
    for title, sentences in _sections(report):
        if verbose or title != _NOT_FOR:
            parts += [title, *(_wrapped(sentence) for sentence in sentences), ""]
    if not verbose:
        parts.append("More with --verbose: each step of the calculation, sources, what the table is not for.")
    return "\n".join(plain(line) for part in parts for line in part.split("\n")).rstrip() + "\n"


def markdown_text(report: MmeReport) -> str:
    """The report as markdown."""
    parts = [f"## {markdown(headline(report))}", "", markdown(_made_by(report)), ""]
    if report.entries:
        rows = [[markdown(each) for each in row] for row in _rows(report.entries)]
        parts.append(markdown_table(_HEADER, rows))
    working = [" ".join(line.split()) for entry in report.entries for line in _working(entry)]
    if working:
        parts += ["### Working", "", *(f"- {markdown(line)}" for line in working), ""]
    for title, sentences in _sections(report):
        parts += [f"### {markdown(title)}", "", *(f"- {markdown(sentence)}" for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def csv_rows(report: MmeReport, *, with_header: bool) -> str:
    """One row per entry, then one row for the total, with its completeness as status."""
    rows = [_csv_row(report, entry) for entry in report.entries]
    rows.append(_csv_total(report))
    return csv_text(CSV_HEADER, rows, with_header=with_header)


def headline(report: MmeReport) -> str:
    """The answer in one line."""
    total = report.total
    if isinstance(total, NoTotal):
        return f"No MME figure: {total.reason}"
    figures = [f"{_mme(total.maximum)} maximum", f"{_mme(total.scheduled)} scheduled"]
    if total.expected is not None:
        figures.append(f"{_mme(total.expected)} expected from the supply")
    lead = "MME per day: AT LEAST " if isinstance(total, AtLeast) else "MME per day: "
    line = lead + ", ".join(figures)
    if total.if_renewals is not None:
        least = "at least " if isinstance(total, AtLeast) else ""
        once = f"{least}{_mme(total.if_renewals)} maximum if each prescription is taken once"
        line += f", if all lines are taken; {once}"
    if isinstance(total, AtLeast):
        if left_out := [each for each in total.missing if each != "as_of"]:
            line += f"; NOT COUNTED: {plain(', '.join(left_out), 200)}"
        if len(left_out) < len(total.missing):
            line += f"; THE DAY ASKED ABOUT WAS NOT UNDERSTOOD: {report.as_of} was used"
    return line


def _made_by(report: MmeReport) -> str:
    case = f"case {plain(report.case_id, 60)}, " if report.case_id else ""
    year = f", {report.table.year}" if report.table.year else ""
    return (
        f"{case}table {report.table.id} ({report.table.publisher}{year}; {report.table.status}), as of {report.as_of}"
    )


_HEADER = ("line", "drug", "daily dose", "factor", "scheduled", "expected", "maximum")
_ALIGN = ("right", "left", "right", "left", "right", "right", "right")


def _rows(entries: Sequence[Entry]) -> list[list[str]]:
    rows = []
    for entry in entries:
        daily = f"{_number(entry.daily.maximum)} {entry.daily.unit.value}" if entry.daily else ""
        if entry.mme is None or entry.applied is None:
            rows.append(
                [str(entry.line), entry.drug or entry.written, daily, _STATUS_WORDS[entry.status.value], "", "", ""]
            )
            continue
        factor = entry.applied.maximum
        value = decimal_text(factor.value) if factor.value is not None else ""
        figures = [_mme(entry.mme.scheduled), _optional(entry.mme), _mme(entry.mme.maximum)]
        rows.append([str(entry.line), entry.drug or "", daily, f"{value} per {factor.per.value}", *figures])
    return rows


_NOT_FOR = "This table is not for"


def _unusual(entry: Entry) -> list[str]:
    """Why a line is not in the total; nothing for one that is, or that is no opioid."""
    if not entry.reason or entry.status.value in ("not_an_opioid", "counted"):
        return []
    return [_wrapped(f"{entry.line}. {plain(entry.written, 60)}: {entry.reason}")]


def _working(entry: Entry) -> list[str]:
    lines = [f"  {entry.line}. {plain(entry.written, _WIDTH)}"]
    product = entry.product
    if product is not None and product.listed is not None and entry.status.value != "problem":
        code = f" (RxCUI {product.rxcui})" if product.rxcui else ""
        lines.append(f"     understood as {product.listed}{code}")
    lines += [f"     {plain(step)}" for step in entry.working]
    if entry.applied is not None:
        factor = entry.applied.maximum
        lines.append(f"     factor from: {factor.where}; {factor.standing.words}")
    if entry.reason and entry.status.value != "not_an_opioid":
        lines.append(_wrapped(f"{_STATUS_WORDS[entry.status.value]}: {entry.reason}", "     "))
    elif entry.reason:
        lines.append(f"     {entry.reason}")
    return lines


def _sections(report: MmeReport) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    if report.acetaminophen is not None:
        found.append(("Acetaminophen over all products", _acetaminophen(report)))
    if report.thresholds:
        found.append(("Context", _thresholds(report)))
    if report.problems:
        found.append(("Problems", problem_sentences(report.problems)))
    if report.cautions:
        found.append(("To know", [f"{c.where + ': ' if c.where else ''}{c.text} [{c.code}]" for c in report.cautions]))
    found.append((_NOT_FOR, list(report.table.not_for)))
    return [(title, [plain(sentence) for sentence in sentences]) for title, sentences in found]


def _acetaminophen(report: MmeReport) -> list[str]:
    assert report.acetaminophen is not None
    daily = report.acetaminophen.daily
    lead = "at least " if report.acetaminophen.missing else ""
    expected = f", {_number(daily.expected)} expected" if daily.expected is not None else ""
    lines = [f"{lead}{_number(daily.maximum)} mg/d maximum, {_number(daily.scheduled)} scheduled{expected}"]
    for check in report.acetaminophen.ceilings:
        above = "ABOVE" if check.maximum_above else "not above"
        lines.append(
            f"{above} {check.ceiling.at} for {check.ceiling.whose.value} ({check.ceiling.source.standing.words})"
        )
    return lines


def _thresholds(report: MmeReport) -> list[str]:
    words = {True: "at or above", False: "below", None: "not known to be below"}
    if report.is_said_twice:
        return [
            f"maximum {words[check.maximum]} {decimal_text(check.threshold.at)} MME/d if all lines are taken, "
            f"{words[check.if_renewals]} if each prescription is taken once: {check.text} ({report.table.id})"
            for check in report.thresholds
        ]
    return [
        f"maximum {words[check.maximum]} {decimal_text(check.threshold.at)} MME/d, scheduled {words[check.scheduled]}: "
        f"{check.text} ({report.table.id})"
        for check in report.thresholds
    ]


def _csv_row(report: MmeReport, entry: Entry) -> list[str]:
    product = entry.product
    factor = entry.applied.maximum if entry.applied is not None else None
    return [
        *_csv_head(report),
        str(entry.line),
        cell(entry.written),
        entry.status.value,
        cell(entry.drug or ""),
        (product.route if product else None) or "",
        (product.form if product else None) or "",
        (product.release if product else None) or "",
        (product.listed if product else None) or "",
        (product.rxcui if product else None) or "",
        "true" if entry.as_needed else "false",
        *_csv_figures(entry.daily),
        entry.daily.unit.value if entry.daily else "",
        decimal_text(factor.value) if factor is not None and factor.value is not None else "",
        factor.per.value if factor else "",
        cell(factor.where) if factor else "",
        factor.standing.value if factor else "",
        *_csv_figures(entry.mme),
        cell(entry.reason or ""),
    ]


def _csv_total(report: MmeReport) -> list[str]:
    total = report.total
    blank = [""] * 11
    if isinstance(total, NoTotal):
        status, figures, reason = "no total", ["", "", ""], total.reason
    else:
        status = "total" if isinstance(total, CompleteTotal) else "at least"
        figures = _csv_figures(Daily(total.scheduled, total.expected, total.maximum))
        said = [f"not counted: {', '.join(total.missing)}"] if isinstance(total, AtLeast) else []
        if total.if_renewals is not None:
            said.append(f"{decimal_text(total.if_renewals.value)} if each prescription is taken once")
        reason = "; ".join(said)
    return [*_csv_head(report), "", "", status, *blank, "", "", "", "", *figures, cell(reason)]


def _csv_head(report: MmeReport) -> list[str]:
    return [cell(report.case_id or ""), report.as_of.isoformat(), report.table.id]


def _csv_figures(daily: Daily | None) -> list[str]:
    if daily is None:
        return ["", "", ""]
    expected = decimal_text(daily.expected.value) if daily.expected is not None else ""
    return [decimal_text(daily.scheduled.value), expected, decimal_text(daily.maximum.value)]


def _number(amount: Amount) -> str:
    return decimal_text(amount.value, thousands=True)


def _mme(amount: Amount) -> str:
    """A figure in MME for people: one decimal at most. What is more than nothing is never shown as 0."""
    shown = decimal_text(amount.value, 1, thousands=True)
    return "<0.1" if shown == "0" and amount.value else shown


def _optional(daily: Daily) -> str:
    return _mme(daily.expected) if daily.expected is not None else "-"


def _wrapped(sentence: str, indent: str = "  ") -> str:
    return fill(sentence, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False)
