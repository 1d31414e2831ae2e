"""An MME report for people: text for a terminal, markdown, and rows for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from medsteward.advice.case.mme_report import MmeReport, ThresholdCheck
from medsteward.doses.daily import Daily
from medsteward.mme.result import AtLeast, CompleteTotal, Entry, NoTotal, Status
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.writers.shared.amounts import mme_figure
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table, plain
from medsteward.writers.shared.problems import problem_sentences
from medsteward.writers.shared.screen import bold, folded, screen
from medsteward.writers.shared.text_table import text_table

_STATUS_WORDS = {
    "not_an_opioid": "not an opioid",
    "no_factor": "no factor",
    "excluded": "left out",
    "inactive": "not taken now",
    "problem": "problem",
}
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
    parts = [folded(plain(headline(report)), ""), folded(plain(_made_by(report, verbose=verbose)), ""), ""]
    if report.entries:
        rows = [[plain(each, 44) for each in row] for row in _rows(report.entries)]
        parts.append(text_table(_HEADER, rows, _ALIGN))
        parts.append("")
    working = [line for entry in report.entries for line in _working(entry)]
    if working and verbose:
        parts += ["Working", *working, ""]
    elif unusual := [line for entry in report.entries for line in _unusual(entry)]:
        parts += ["Not counted", *unusual, ""]
    found = [each for each in _sections(report, verbose=verbose) if verbose or each[0] != _NOT_FOR]
    answer, head = bold(parts[0]), [plain(line) for part in parts[1:] for line in part.split("\n")]
    if verbose:
        return _joined([answer, *head, *_laid_out(found)])
    room = MOST_LINES - len(answer.split("\n")) - len(head) - 1
    caps = dict.fromkeys((title for title, _ in found if title in _MAY_BE_CUT), 9)
    while len(_laid_out(found, caps)) > room and any(cap > 1 for cap in caps.values()):
        caps[max(caps, key=lambda title: caps[title])] -= 1
    return _joined([answer, *head, *_laid_out(found, caps), _MORE])


MOST_LINES = 20
"""Lines of a report without ``--verbose``, as far as its lines and what stands in the way leave room."""
_MAY_BE_CUT = ("To know", "Context", "Acetaminophen over all products")
_MORE = "More with --verbose: each step of the calculation, sources, limits of the table."


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _laid_out(found: Iterable[tuple[str, list[str]]], caps: Mapping[str, int] = MappingProxyType({})) -> list[str]:
    """Sections as lines; ``caps`` is how many sentences of a section are shown at most."""
    lines: list[str] = []
    for title, sentences in found:
        cap = caps.get(title, len(sentences))
        lines += [title, *(line for each in sentences[:cap] for line in folded(each).split("\n"))]
        lines += [f"  ... and {len(sentences) - cap} more"] if len(sentences) > cap else []
        lines.append("")
    return lines


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
        return f"No MME figure: {_why_none(report, total)}"
    figures = [f"{mme_figure(total.maximum.value)} maximum"]
    if total.expected is not None:
        figures.append(f"{mme_figure(total.expected.value)} expected from the supply")
    figures.append(f"{mme_figure(total.scheduled.value)} scheduled")
    lead = "MME per day: AT LEAST " if isinstance(total, AtLeast) else "MME per day: "
    line = lead + ", ".join(figures)
    if total.if_renewals is not None:
        least = "at least " if isinstance(total, AtLeast) else ""
        once = f"{least}{mme_figure(total.if_renewals.value)} maximum if each prescription is taken once"
        line += f", if all lines are taken; {once}"
    if isinstance(total, AtLeast):
        if left_out := [each for each in total.missing if each != "as_of"]:
            line += f"; NOT COUNTED: {plain(', '.join(left_out), 200)}"
        if len(left_out) < len(total.missing):
            line += f"; THE DAY ASKED ABOUT WAS NOT UNDERSTOOD: {report.as_of} was used"
    return line


def _why_none(report: MmeReport, total: NoTotal) -> str:
    """Why there is no figure: what the table says of an opioid that it does not rate, where that is all there is."""
    left_out = [entry for entry in report.entries if entry.status in (Status.NO_FACTOR, Status.PROBLEM)]
    reasons = dict.fromkeys(entry.reason for entry in left_out if entry.status is Status.NO_FACTOR and entry.reason)
    if len(reasons) == 1 and all(entry.status is Status.NO_FACTOR for entry in left_out):
        return next(iter(reasons)).rstrip(".")
    return total.reason


def _made_by(report: MmeReport, *, verbose: bool = True) -> str:
    if not verbose:
        who = f", case {plain(report.case_id, 40)}" if report.case_id else ""
        return f"Table {report.table.id} ({report.table.status}), as of {report.as_of}{who}"
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
        figures = [mme_figure(entry.mme.scheduled.value), _optional(entry.mme), mme_figure(entry.mme.maximum.value)]
        rows.append([str(entry.line), entry.drug or "", daily, f"{value} per {factor.per.value}", *figures])
    return rows


_NOT_FOR = "This table is not for"


def _unusual(entry: Entry) -> list[str]:
    """Why a line is not in the total, where no problem says it already."""
    if not entry.reason or entry.status not in (Status.EXCLUDED, Status.INACTIVE):
        return []
    return [folded(f"{entry.line}. {plain(entry.written, 60)}: {entry.reason}")]


def _working(entry: Entry) -> list[str]:
    lines = [f"  {entry.line}. {plain(entry.written, screen().width - 6)}"]
    product = entry.product
    if product is not None and product.listed is not None and entry.status.value != "problem":
        code = f" (RxCUI {product.rxcui})" if product.rxcui else ""
        lines.append(f"     understood as {product.listed}{code}")
    lines += [f"     {plain(_rounded(step))}" for step in entry.working]
    if entry.applied is not None:
        factor = entry.applied.maximum
        lines.append(f"     factor from: {factor.where}; {factor.standing.words}")
    if entry.reason and entry.status.value != "not_an_opioid":
        lines.append(folded(f"{_STATUS_WORDS[entry.status.value]}: {entry.reason}", "     "))
    elif entry.reason:
        lines.append(f"     {entry.reason}")
    return lines


def _rounded(step: str) -> str:
    """A step of the calculation with MME of one decimal at most."""
    return _FINE_MME.sub(lambda found: mme_figure(Fraction(found[1].replace(",", ""))), step)


_FINE_MME = re.compile(r"(\d[\d,]*\.\d{2,})(?= MME)")


def _sections(report: MmeReport, *, verbose: bool = True) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    if report.acetaminophen is not None:
        found.append(("Acetaminophen over all products", _acetaminophen(report)))
    if said := _thresholds(report, verbose=verbose):
        found.append(("Context", said))
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
    return [lines[0], *sorted(lines[1:], key=lambda line: not line.startswith("ABOVE"))]


def _thresholds(report: MmeReport, *, verbose: bool) -> list[str]:
    """What the guideline of the table says at each figure that is reached; where ``verbose``, that may be reached."""
    return [
        f"{_reached(check, report)}: {check.text} ({report.table.id})"
        for check in report.thresholds
        if check.maximum or check.scheduled or (verbose and None in (check.maximum, check.scheduled))
    ]


def _reached(check: ThresholdCheck, report: MmeReport) -> str:
    """How the totals stand to a figure: ``both totals are 50 MME a day or more``."""
    at = f"{decimal_text(check.threshold.at)} MME a day"
    words = {True: f"{at} or more", False: f"below {at}", None: f"not known to be below {at}"}
    if report.is_said_twice:
        return (
            f"the maximum is {words[check.maximum]} if all lines are taken, "
            f"{words[check.if_renewals]} if each prescription is taken once"
        )
    if check.maximum is check.scheduled:
        return f"maximum and scheduled are both {words[check.maximum]}"
    return f"the maximum is {words[check.maximum]}, scheduled is {words[check.scheduled]}"


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


def _optional(daily: Daily) -> str:
    return mme_figure(daily.expected.value) if daily.expected is not None else "-"
