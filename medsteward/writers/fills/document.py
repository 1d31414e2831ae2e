"""Reports of dispensing records as documents ``medsteward.fills/1``: one of each patient, and a last one for the file.

Written as text at once, because a patient has a day for every day of supply; a test reads them back and holds them
against the schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import repeat
from json.encoder import encode_basestring

from medsteward.advice.case.mme_thresholds import table_cautions
from medsteward.caches import remembered
from medsteward.fills.by_day import Early, Placed
from medsteward.fills.definitions import DEFINITIONS, Exposure
from medsteward.fills.measure import MeasureAnswer, QualityMeasure, RateAnswer
from medsteward.fills.measure_clause import Answer, FillsClause
from medsteward.fills.report import DaysTogether, FillsReport, Tally
from medsteward.fills.reported import ReportedDifference
from medsteward.fills.supply import MILLIONTHS, FillSupply
from medsteward.model.fill import ExclusionKind
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.tables.table import FactorTable
from medsteward.version import __version__
from medsteward.writers.shared.json_text import Document, pretty, safe
from medsteward.writers.shared.problems import problem, source, warning

SCHEMA = "medsteward.fills/1"

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def line(report: FillsReport) -> str:
    """One patient as one line."""
    return safe(_document(report)) + "\n"


def document(report: FillsReport) -> Document:
    """One patient as a document."""
    found: Document = json.loads(_document(report))
    return found


def last_line(tally: Tally) -> str:
    """The last document as one line."""
    return safe(_ENCODE(last_document(tally))) + "\n"


def array(texts: Iterable[str]) -> Iterator[str]:
    """Documents, each as a line, as one indented array, one after the other."""
    yield "[\n"
    for number, text in enumerate(texts):
        yield ("" if number == 0 else ",\n") + _indented(text)
    yield "\n]\n"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in pretty(json.loads(text)).rstrip("\n").split("\n"))


# --- numbers and days -------------------------------------------------------------------------------------------


@remembered(20_000)
def number(mme: int | None) -> str:
    """Millionths of an MME as a JSON number, at most six places."""
    return "null" if mme is None else decimal_text(Fraction(mme, MILLIONTHS))


def value_text(value: Fraction | int | None) -> str:
    """An exact number at most at six places; empty where there is none."""
    if type(value) is int:
        return str(value)
    return "" if value is None else decimal_text(Fraction(value))


@remembered(20_000)
def iso(ordinal: int) -> str:
    """A day of the calendar by its ordinal."""
    return date.fromordinal(ordinal).isoformat()


_BLOCK = 1024


@remembered(1024)
def _heads(block: int) -> list[str]:
    """The beginning of each day's object, for a block of days that follow one another."""
    days = range(block * _BLOCK, (block + 1) * _BLOCK)
    return [f'{{"day": "{date.fromordinal(day).isoformat()}", "mme": ' for day in days]


def _days(first: int, last: int, mme: int) -> str:
    """The objects of days that follow one another, all with the same MME."""
    block, start = divmod(first, _BLOCK)
    end, stop = divmod(last, _BLOCK)
    heads = _heads(block)[start : stop + 1] if block == end else _heads(block)[start:]
    while block < end:
        block += 1
        heads = heads + (_heads(block)[: stop + 1] if block == end else _heads(block))
    tail = number(mme) + "}"
    return (tail + ", ").join(heads) + tail


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _truth(value: bool | None) -> str:
    return "null" if value is None else "true" if value else "false"


# --- one patient ------------------------------------------------------------------------------------------------


def _document(report: FillsReport) -> str:
    figures = report.exposure
    days = ", ".join([_days(each.first, each.last, each.mme) for each in figures.segments])
    columns = report.history.other_columns
    without = report.without_buprenorphine
    parts = (
        f'{{"schema": "{SCHEMA}", "medsteward": "{__version__}", "id": {encode_basestring(report.patient)}',
        f'"as_of": "{report.as_of.isoformat()}", "table": {_table(report.table)}',
        f'"mode": "{report.mode.value}", "window": {_window(report)}',
        f'"complete": {_truth(report.is_complete)}, "missing": {_names(report.missing)}',
        f'"total": {{"value": {_total(report)}, "unit": "MME"}}',
        f'"definitions": {_definitions(figures)}',
        f'"without_buprenorphine": {"null" if without is None else _definitions(without)}',
        f'"every_fill_at_once": {number(report.every_fill_at_once)}',
        f'"days": [{days}]',
        _peak(figures),
        '"days_at_or_above": {' + ", ".join([f'"{mark}": {days}' for mark, days in report.days_at_or_above]) + "}",
        f'"overlaps": [{", ".join([_overlap(each) for each in report.overlaps])}]',
        f'"early_refills": [{", ".join([_early(each) for each in report.early])}]',
        f'"prescribers": {_count(report.prescribers)}, "pharmacies": {_count(report.pharmacies)}',
        f'"exclusions": {_exclusions(report)}',
        f'"measures": [{", ".join([_measure(each) for each in report.measures])}]',
        f'"fills": [{", ".join(list(map(_fill, report.placed, report.differences, repeat(columns))))}]',
        f'"problems": {_problems(report.problems)}',
        f'"warnings": {_warnings(report.cautions)}',
        f'"not_for": {_not_for(report.table)}}}',
    )
    return ", ".join(parts)


@remembered(64)
def _table(table: FactorTable) -> str:
    return _ENCODE(_table_facts(table))


def _table_facts(table: FactorTable) -> Document:
    return {"id": table.id, "title": table.title, "citation": table.citation, "digest": table.digest}


@remembered(64)
def _not_for(table: FactorTable) -> str:
    return _ENCODE(list(table.not_for))


def _names(found: tuple[str, ...]) -> str:
    return f"[{', '.join(map(encode_basestring, found))}]" if found else "[]"


def _window(report: FillsReport) -> str:
    span = report.exposure.window
    first, last = ("null", "null") if span is None else (f'"{iso(span[0])}"', f'"{iso(span[1])}"')
    return f'{{"days": {report.window}, "first_day": {first}, "last_day": {last}}}'


def _total(report: FillsReport) -> str:
    known = report.exposure.values[0].mme is not None
    return number(report.exposure.total if known else None)


def _definitions(figures: Exposure) -> str:
    parts = [
        f'"{each.definition.name}": {{"value": {number(each.millionths)}, "numerator": {number(each.mme)}, '
        f'"denominator": {each.days}}}'
        for each in figures.values
    ]
    return "{" + ", ".join(parts) + "}"


def _peak(figures: Exposure) -> str:
    peak = figures.peak
    if peak is None:
        return '"peak": null, "peak_first_day": null, "peak_days": 0'
    return f'"peak": {number(peak.mme)}, "peak_first_day": "{iso(peak.first)}", "peak_days": {figures.peak_days}'


def _overlap(overlap: DaysTogether) -> str:
    spans = ", ".join(f'{{"first_day": "{iso(first)}", "last_day": "{iso(last)}"}}' for first, last in overlap.spans)
    return (
        f'{{"with": "{overlap.kind.value}", "drugs": {_names(overlap.drugs)}, '
        f'"first_day": "{iso(overlap.spans[0][0])}", "last_day": "{iso(overlap.spans[-1][1])}", '
        f'"days": {overlap.days}, "spans": [{spans}]}}'
    )


def _early(early: Early) -> str:
    return (
        f'{{"row": {early.fill.row}, "drug": {encode_basestring(early.supply.drug)}, '
        f'"filled_date": "{early.fill.filled.isoformat()}", '
        f'"days": {early.days}, "days_with_stock": {early.days_with_stock}}}'
    )


def _count(found: int | None) -> str:
    return "null" if found is None else str(found)


def _exclusions(report: FillsReport) -> str:
    if not report.exclusions:
        return "[]"
    return _ENCODE([{"kind": kind.value, "rows": list(rows)} for kind, rows in report.exclusions])


def _fill(placed: Placed, difference: ReportedDifference | None, columns: tuple[str, ...]) -> str:
    fill = placed.fill
    days = _days_of_fill(placed.filled, placed.first, placed.last)
    reported = "null" if fill.reported is None else decimal_text(fill.reported.value)
    differs = "null" if difference is None else _difference(difference)
    other = _other(columns, fill.other) if columns else "{}"
    return (
        f'{{"row": {fill.row}, {days}, {_supply(placed.supply)}, "reported_mme": {reported}, '
        f'"difference": {differs}, "other": {other}}}'
    )


@remembered(20_000)
def _days_of_fill(filled: int, first: int, last: int) -> str:
    return f'"filled_date": "{iso(filled)}", "first_day": "{iso(first)}", "last_day": "{iso(last)}"'


@remembered(4096)
def _other(columns: tuple[str, ...], cells: tuple[str, ...]) -> str:
    return _ENCODE(dict(zip(columns, cells, strict=True)))


@remembered(20_000)
def _supply(supply: FillSupply) -> str:
    said = supply.dispensed
    return (
        f'"days_supply": {said.days}, "quantity": {decimal_text(said.quantity)}, '
        f'"product": {_ENCODE(said.written)}, "drug": {_ENCODE(supply.drug)}, "status": "{supply.status.value}", '
        f'"mme": {number(supply.mme)}, "working": {_text(supply.working or None)}, "reason": {_text(supply.reason)}'
    )


def _difference(found: ReportedDifference) -> str:
    return _ENCODE({"cause": found.cause.value, "tables": list(found.tables), "text": found.words})


def _problems(found: tuple[Problem, ...]) -> str:
    return _ENCODE([problem(each) for each in found]) if found else "[]"


def _warnings(found: tuple[Caution, ...]) -> str:
    return _ENCODE([warning(each) for each in found]) if found else "[]"


# --- measures ---------------------------------------------------------------------------------------------------


def status_of(measure: QualityMeasure) -> str:
    """Whether a measure is in use."""
    if measure.retired:
        return "retired"
    return "superseded" if measure.superseded else "in use"


@remembered(20_000)
def _clause(clause: FillsClause, met: bool | None, value: int | None) -> str:
    shown = number(value) if clause.in_mme else _count(value)
    return f'{{"text": {_ENCODE(clause.words)}, "met": {_truth(met)}, "value": {shown}}}'


def _clauses(found: tuple[tuple[FillsClause, Answer], ...]) -> str:
    return "[" + ", ".join([_clause(clause, met, value) for clause, (met, value) in found]) + "]" if found else "[]"


@remembered(1024)
def _rate_head(name: str, met: bool | None, inside: bool) -> str:
    return f'{{"name": "{name}", "met": {_truth(met)}, "in_numerator": {_truth(met if inside else None)}'


def _rate(rate: RateAnswer, inside: bool) -> str:
    return f'{_rate_head(rate.name, rate.met, inside)}, "clauses": {_clauses(rate.answers)}}}'


@remembered(4096)
def _measure_head(measure: QualityMeasure, inside: bool | None, excluded_by: tuple[ExclusionKind, ...]) -> str:
    out = ", ".join([f'"{kind.value}"' for kind in excluded_by])
    return (
        f'{{"name": "{measure.id}", "dated": {_ENCODE(measure.dated)}, "status": "{status_of(measure)}", '
        f'"standing": "{measure.standing.value}", "in_denominator": {_truth(inside)}, "excluded_by": [{out}]'
    )


def _measure(found: MeasureAnswer) -> str:
    inside = bool(found.in_denominator) and not found.excluded_by
    head = _measure_head(found.measure, found.in_denominator, found.excluded_by)
    rates = ", ".join([_rate(rate, inside) for rate in found.rates]) if found.rates else ""
    return f'{head}, "rates": [{rates}], "unmet": {_clauses(found.unmet)}}}'


def declaration(measure: QualityMeasure) -> Document:
    """A measure as it is declared: every clause in words, operators and numbers included."""
    return {
        "name": measure.id,
        "title": measure.title,
        "steward": measure.steward,
        "dated": measure.dated,
        "status": status_of(measure),
        "retired": measure.retired or None,
        "standing": measure.standing.value,
        "denominator": [_declared(each) for each in measure.denominator],
        "rates": [
            {"name": rate.name, "numerator": [_declared(each) for each in rate.numerator]} for rate in measure.rates
        ],
        "exclusions": {
            "kinds": [kind.value for kind in measure.exclusions],
            "standing": measure.exclusions_standing.value,
        },
        "note": measure.note or None,
        "sources": [source(each) for each in measure.sources],
    }


def _declared(clause: FillsClause) -> Document:
    return {"text": clause.words, "standing": clause.standing.value}


# --- the last document ------------------------------------------------------------------------------------------


def last_document(tally: Tally) -> Document:
    """What became of all rows, and what the names in the documents before it stand for."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": None,
        "as_of": tally.as_of.isoformat(),
        "table": _table_facts(tally.table),
        "mode": tally.mode.value,
        "window": {"days": tally.window},
        "patients": tally.patients,
        "rows": {
            "read": tally.read,
            "used": tally.used,
            "excluded": tally.excluded.total(),
            "failed": tally.failed.total(),
        },
        "excluded_because": dict(sorted(tally.excluded.items())),
        "failed_because": dict(sorted(tally.failed.items())),
        "reported_mme": {
            "compared": tally.reported,
            "differ": tally.differences.total(),
            "because": dict(sorted(tally.differences.items())),
        },
        "definitions": [
            {
                "name": each.name,
                "title": each.title,
                "denominator": each.denominator.value,
                "suited_to": each.suited_to,
                "sources": [source(each.source)],
            }
            for each in DEFINITIONS
        ],
        "measures": [
            {**declaration(each), "patients": dict(sorted(tally.counts[each.id].items()))} for each in tally.measures
        ],
        "problems": [],
        "warnings": [warning(each) for each in table_cautions(tally.table)],
        "not_for": list(tally.table.not_for),
    }
