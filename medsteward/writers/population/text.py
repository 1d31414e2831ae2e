"""A population report as Markdown, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator

from medsteward.advice.population.counts import ReportCount
from medsteward.advice.population.report import CountTable, PopulationReport
from medsteward.version import __version__
from medsteward.writers.shared.cells import csv_text, markdown, markdown_table
from medsteward.writers.shared.json_text import Document

SCHEMA = "medsteward.population_report/1"
HIDDEN = "hidden"


def shown(count: ReportCount) -> str:
    """A count as it is printed."""
    return HIDDEN if count.hidden else f"{count.value:,}"


def percent(count: ReportCount, whole: ReportCount) -> str:
    """A share of its row's whole, where both are shown and there is one."""
    if count.hidden or whole.hidden or not whole.value or count is whole:
        return ""
    tenths = (2000 * count.value + whole.value) // (2 * whole.value)
    return f"{tenths // 10}.{tenths % 10} %"


def head_lines(report: PopulationReport) -> Iterator[str]:
    """What the report is of, and what is hidden, in sentences."""
    mode = "overlapping fills are both counted" if report.mode == "summed" else "early refills are shifted"
    if report.months is None:
        yield f"Run on {report.ran}. No fill was used."
    else:
        first, last = report.months
        when = f"in {first}" if first == last else f"from {first} to {last}"
        yield f"Fills {when} (year and month). Run on {report.ran}."
    yield f"Factor table {report.table.id}: {report.table.title}. {mode.capitalize()}; window {report.window} days."
    yield (
        "MME describes exposure. It is not a dose and not a target, and by itself no reason to lower or stop a "
        "medicine; opioids are never stopped abruptly on its account."
    )
    if report.suppressed > 1 and not report.hidden:
        yield f"No count was small enough to hide: none is from 1 to {report.suppressed - 1}."
    elif report.suppressed > 1:
        yield (
            f"{report.hidden:,} counts are hidden: those from 1 to {report.suppressed - 1}, and others from which they "
            "could be worked out. A count of 0 is shown."
        )


def markdown_text(report: PopulationReport) -> str:
    """The report as Markdown."""
    parts = ["# Opioids dispensed: a population\n", *(f"{markdown(line)}\n" for line in head_lines(report))]
    for table in report.tables:
        rows = [
            (_named(table, name), *(_with_percent(count, counts[0]) for count in counts)) for name, counts in table.rows
        ]
        parts.append(f"## {markdown(table.title)}\n\n{markdown(table.note)}\n")
        parts.append(markdown_table([markdown(each) for each in table.head], rows))
    if report.notices:
        parts.append("## Notices\n")
        parts += [f"- {markdown(each)}" for each in report.notices]
    return "\n".join(parts) + "\n"


def _named(table: CountTable, name: str) -> str:
    """A row's name, and what it means where that is said."""
    return markdown(f"{name}: {table.meanings[name]}" if name in table.meanings else name)


def _with_percent(count: ReportCount, whole: ReportCount) -> str:
    share = percent(count, whole)
    return f"{shown(count)} ({share})" if share else shown(count)


def csv_rows(report: PopulationReport) -> str:
    """Every count as a row: table, row, column, count; hidden ones are empty, and say so."""
    rows = [
        (table.id, name, column, "" if count.hidden else str(count.value), "yes" if count.hidden else "no")
        for table in report.tables
        for name, counts in table.rows
        for column, count in zip(table.head[1:], counts, strict=True)
    ]
    return csv_text(("table", "row", "column", "count", "hidden"), rows)


def document(report: PopulationReport) -> Document:
    """The report as plain data; a hidden count is null."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "table": {"id": report.table.id, "title": report.table.title, "digest": report.table.digest},
        "ran": report.ran,
        "filled_from": None if report.months is None else report.months[0],
        "filled_to": None if report.months is None else report.months[1],
        "mode": report.mode,
        "window": report.window,
        "suppressed_below": report.suppressed,
        "hidden": report.hidden,
        "tables": [_table(each) for each in report.tables],
        "notices": list(report.notices),
        "not_for": list(report.table.not_for),
    }


def _table(table: CountTable) -> Document:
    return {
        "name": table.id,
        "title": table.title,
        "note": table.note,
        "columns": list(table.head),
        "rows": [
            {
                "name": name,
                "meaning": table.meanings.get(name),
                "counts": [None if count.hidden else count.value for count in counts],
            }
            for name, counts in table.rows
        ],
    }
