"""Factor tables, their sources and their differences: text, markdown, rows and documents."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.model.number import decimal_text, json_number
from medsteward.tables.diff import Comparison, Difference
from medsteward.tables.table import Factor, FactorTable
from medsteward.version import __version__
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.screen import folded
from medsteward.writers.shared.text_table import text_table, that_fits

SCHEMA = "medsteward.tables/1"
LIST_HEADER = ("id", "publisher", "year", "status", "rows", "title")
ROW_HEADER = ("ingredient", "route", "form", "formula", "band", "factor", "per", "standing", "where", "note")
DIFF_HEADER = ("ingredient", "route", "form", "formula", "difference", "first", "second")


def list_rows(tables: Sequence[FactorTable]) -> list[list[str]]:
    """One row per table."""
    return [[t.id, t.publisher, str(t.year or ""), str(t.status), str(len(t.factors)), t.title] for t in tables]


def factor_rows(table: FactorTable) -> list[list[str]]:
    """One row per factor."""
    return [
        [
            f.ingredient,
            f.route,
            f.dose_form or "any",
            f.formula.value,
            _band(f),
            _value(f),
            f.per.value,
            f.standing.words,
            f.where,
            f.note,
        ]
        for f in table.factors
    ]


def diff_rows(found: Sequence[Difference]) -> list[list[str]]:
    """One row per difference."""
    return [
        [d.ingredient, d.route, d.dose_form or "any", d.formula.value, d.kind.value, _bands(d.a), _bands(d.b)]
        for d in found
    ]


def table_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows for a terminal."""
    return text_table(header, rows) + "\n"


def table_markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as markdown."""
    return markdown_table(header, [[markdown(each) for each in row] for row in rows])


def table_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV."""
    return csv_text(header, [[cell(each) for each in row] for row in rows])


def about(table: FactorTable) -> list[str]:
    """What a table is, line by line."""
    lines = [
        f"{table.id}: {table.title}",
        f"citation: {table.citation}",
        f"publisher: {table.publisher}; region: {table.region}; year: {table.year or 'not stated'}",
        f"status: {table.status}; checked on {table.checked_on}",
        f"digest: {table.digest}",
    ]
    if table.doi:
        lines.append(f"doi: {table.doi}")
    if table.url:
        lines.append(f"url: {table.url}")
    lines += [f"threshold: {decimal_text(t.at)} MME/d: {t.text} ({t.where})" for t in table.thresholds]
    lines += [f"not for: {each}" for each in table.not_for]
    lines += [f"note: {each}" for each in table.notes]
    return lines


def list_text(tables: Sequence[FactorTable]) -> str:
    """Tables for a terminal, without their titles."""
    return table_text(LIST_HEADER[:5], [row[:5] for row in list_rows(tables)])


def list_markdown(tables: Sequence[FactorTable]) -> str:
    """Tables as markdown."""
    return table_markdown(LIST_HEADER, list_rows(tables))


def list_csv(tables: Sequence[FactorTable]) -> str:
    """Tables as CSV."""
    return table_csv(LIST_HEADER, list_rows(tables))


def show_text(table: FactorTable) -> str:
    """A table for a terminal: what it is, its rows, and the notes of rows below them."""
    rows = [[*row[:7], f.standing.value] for f, row in zip(table.factors, factor_rows(table), strict=True)]
    joined = [[f"{drug}, {route}", *others] for drug, route, *others in rows]
    first, second, *names = ROW_HEADER[:8]
    shown = that_fits((ROW_HEADER[:8], rows), ((f"{first}, {second}", *names), joined))
    head = "\n".join(folded(line, "", hanging="    ") for line in about(table))
    notes = [folded(f"{f.ingredient}, {f.route}: {f.note}") for f in table.factors if f.note]
    tail = "\nNotes\n" + "\n".join(dict.fromkeys(notes)) + "\n" if notes else ""
    return f"{head}\n\n{shown}\n{tail}"


def show_markdown(table: FactorTable) -> str:
    """A table as markdown."""
    head = "\n".join(f"- {markdown(line)}" for line in about(table)[1:])
    return f"## {table.id}\n\n{markdown(table.title)}\n\n{head}\n\n{table_markdown(ROW_HEADER, factor_rows(table))}"


def show_csv(table: FactorTable) -> str:
    """The rows of a table as CSV."""
    return table_csv(ROW_HEADER, factor_rows(table))


def list_document(tables: Sequence[FactorTable]) -> Document:
    """Tables without their rows."""
    return {"schema": SCHEMA, "medsteward": __version__, "tables": [_head(table) for table in tables]}


def show_document(table: FactorTable) -> Document:
    """A table with its rows."""
    rows = [_row(factor) for factor in table.factors]
    return {"schema": SCHEMA, "medsteward": __version__, "tables": [{**_head(table), "rows": rows}]}


def diff_text(found: Comparison) -> str:
    """How two tables differ, for a terminal."""
    rows = diff_rows(found.differences)
    return (table_text(_diff_header(found), rows) + "\n" if rows else "") + _summary(found)


def diff_markdown(found: Comparison) -> str:
    """How two tables differ, as markdown."""
    rows = diff_rows(found.differences)
    return (table_markdown(_diff_header(found), rows) + "\n" if rows else "") + _summary(found)


def diff_csv(found: Comparison) -> str:
    """How two tables differ, as CSV."""
    return table_csv(_diff_header(found), diff_rows(found.differences))


def diff_document(found: Comparison) -> Document:
    """How two tables differ."""
    return {
        "schema": "medsteward.tables_diff/1",
        "medsteward": __version__,
        "first": _head(found.a),
        "second": _head(found.b),
        "same": found.same,
        "differences": [
            {
                "ingredient": d.ingredient,
                "route": d.route,
                "form": d.dose_form,
                "formula": d.formula.value,
                "difference": d.kind.value,
                "first": [_row(f) for f in d.a],
                "second": [_row(f) for f in d.b],
            }
            for d in found.differences
        ],
    }


def _diff_header(found: Comparison) -> tuple[str, ...]:
    return (*DIFF_HEADER[:5], found.a.id, found.b.id)


def _summary(found: Comparison) -> str:
    return f"{len(found.differences)} uses differ, {found.same} are the same.\n"


def _head(table: FactorTable) -> Document:
    return {
        "id": table.id,
        "title": table.title,
        "citation": table.citation,
        "publisher": table.publisher,
        "year": table.year,
        "status": str(table.status),
        "region": table.region,
        "doi": table.doi,
        "url": table.url,
        "checked_on": table.checked_on.isoformat(),
        "digest": table.digest,
        "not_for": list(table.not_for),
        "notes": list(table.notes),
        "thresholds": [{"at": json_number(t.at), "where": t.where, "text": t.text} for t in table.thresholds],
    }


def _row(factor: Factor) -> Document:
    return {
        "ingredient": factor.ingredient,
        "route": factor.route,
        "form": factor.dose_form,
        "formula": factor.formula.value,
        "per": factor.per.value,
        "above": json_number(factor.above),
        "up_to": None if factor.up_to is None else json_number(factor.up_to),
        "factor": None if factor.value is None else json_number(factor.value),
        "where": factor.where,
        "standing": factor.standing.value,
        "note": factor.note or None,
    }


def _band(factor: Factor) -> str:
    if factor.above == 0 and factor.up_to is None:
        return "all"
    above = decimal_text(factor.above)
    return f"above {above}" if factor.up_to is None else f"above {above} to {decimal_text(factor.up_to)}"


def _value(factor: Factor) -> str:
    return "none" if factor.value is None else decimal_text(factor.value)


def _bands(bands: Sequence[Factor]) -> str:
    if not bands:
        return "not listed"
    if len(bands) == 1:
        return f"{_value(bands[0])} per {bands[0].per.value}"
    return "; ".join(f"{_band(f)}: {_value(f)}" for f in bands)
