"""Reports of dispensing records for people: text for a terminal, one row per patient for a spreadsheet, failed rows."""

from __future__ import annotations

from collections.abc import Iterable

from medsteward.fills.definitions import DEFINITIONS, Exposure, Value
from medsteward.fills.measure import MeasureAnswer
from medsteward.fills.report import MARKS, FillsReport, Tally
from medsteward.fills.supply import SEDATIVES
from medsteward.model.fill import FailedRow
from medsteward.writers.fills.document import iso, number, status_of, value_text
from medsteward.writers.shared.cells import cell, csv_text, plain
from medsteward.writers.shared.screen import fitted, folded

_MANY = 8
CSV_HEADER = (
    "id",
    "as_of",
    "table",
    "mode",
    "window_days",
    "complete",
    "missing",
    "total_mme",
    *(f"{each.name}" for each in DEFINITIONS),
    *(f"{each.name}_without_buprenorphine" for each in DEFINITIONS),
    "days_supplied",
    "on_therapy",
    "peak_day",
    *(f"days_at_or_above_{mark}" for mark in MARKS),
    *(f"overlap_days_{each.value.lower().replace('-', '_')}" for each in SEDATIVES),
    "early_refills",
    "prescribers",
    "pharmacies",
    "exclusions",
    "measures",
    "fills_used",
    "rows_failed",
    "rows_excluded",
    "reported_differs",
)
FAILED_HEADER = ("row", "column", "code", "reason")


# --- text -------------------------------------------------------------------------------------------------------


def text(report: FillsReport) -> str:
    """One patient for a terminal: the definitions with what they are made of, then what stands out."""
    figures = report.exposure
    used = len(report.placed)
    head = f"{plain(report.patient, 40)}: {used} fill{_s(used)}, {report.table.id}, early refills {report.mode.value}"
    if report.unrated:
        head += f"; without {', '.join(plain(each) for each in report.unrated)}, which it does not rate"
    if report.failed:
        head += f"; {len(report.failed)} row{_s(len(report.failed))} failed, so no figure is whole"
    parts = [head, *(f"  {line}" for line in _definitions(figures))]
    without = report.without_buprenorphine
    if without is not None and without is not figures:
        parts += ["  without buprenorphine:", *(f"    {line}" for line in _definitions(without))]
    if figures.peak is not None:
        days = figures.peak_days
        parts.append(
            f"  peak {_mme(figures.peak.mme)} MME on {days} day{_s(days)}, the first {iso(figures.peak.first)}; "
            + ", ".join(f"{days} day{_s(days)} at or above {mark}" for mark, days in report.days_at_or_above)
        )
    for overlap in report.overlaps:
        first, last = overlap.spans[0][0], overlap.spans[-1][1]
        parts.append(
            f"  opioid with {overlap.kind.value}: {overlap.days} day{_s(overlap.days)} "
            f"between {iso(first)} and {iso(last)}"
        )
    for early in report.early:
        parts.append(
            f"  {plain(early.supply.drug)} filled {early.fill.filled}: {early.days} day{_s(early.days)} early, "
            f"{early.days_with_stock} counting stock"
        )
    parts.append(f"  prescribers {_count(report.prescribers)}, pharmacies {_count(report.pharmacies)}")
    if report.exclusions:
        parts.append(f"  left out of measures: {', '.join(kind.value for kind, _ in report.exclusions)}")
    parts += [folded(line) for each in report.measures if (line := _measure(each))]
    parts += _notes(report)
    return fitted("\n".join(parts)) + "\n"


def _definitions(figures: Exposure) -> list[str]:
    return [_definition(each) for each in figures.values]


def _definition(found: Value) -> str:
    name = f"{found.definition.title:<26}"
    if found.mme is None:
        return f"{name} not known: no opioid could be counted"
    made = f"{_mme(found.mme)} MME / {found.days:,} day{_s(found.days)}"
    value = found.millionths
    return f"{name} {'none' if value is None else _mme(value):>10} MME/d   {made}"


def _measure(found: MeasureAnswer) -> str:
    measure = found.measure
    status = status_of(measure)
    name = measure.id if status == "in use" else f"{measure.id} ({status})"
    if found.in_denominator is False:
        return ""
    if found.excluded_by:
        return f"{name}: left out ({', '.join(each.value for each in found.excluded_by)})"
    if found.in_denominator is None:
        lacking = "; ".join(clause.words for clause, _ in found.unmet)
        return f"{name}: not known ({lacking})"
    words = {True: "yes", False: "no", None: "not known"}
    return f"{name}: {', '.join(f'{rate.name} {words[rate.met]}' for rate in found.rates)}"


def _notes(report: FillsReport) -> list[str]:
    said = [f"! {each.where}: {each.text} [{each.code}]" for each in report.problems]
    said += [f"* {each.where}: {each.text} [{each.code}]" for each in report.cautions]
    for line in report.lines:
        if line.difference is not None:
            ours = "none" if line.difference.ours is None else _mme(line.difference.ours)
            reported = value_text(line.difference.reported)
            said.append(f"* row {line.placed.fill.row}: reported {reported} MME, here {ours}: {line.difference.words}")
    shown = [folded(plain(each)) for each in said[:_MANY]]
    if len(said) > _MANY:
        shown.append(f"  ... and {len(said) - _MANY} more; --format json has them all")
    return shown


def last_text(tally: Tally) -> str:
    """What became of all rows, and the measures over all patients."""
    parts = [summary(tally)]
    for name, counts in (("excluded", tally.excluded), ("failed", tally.failed)):
        if counts:
            parts.append(f"  {name}: {', '.join(f'{why} {number}' for why, number in sorted(counts.items()))}")
    if tally.reported:
        differ = ", ".join(f"{why} {number}" for why, number in sorted(tally.differences.items()))
        parts.append(
            f"  reported MME: {tally.reported:,} compared, {tally.differences.total():,} differ"
            + (f" ({differ})" if differ else "")
        )
    for measure in tally.measures:
        counts = tally.counts[measure.id]
        rates = ", ".join(f"{rate.name} {counts[rate.name]}" for rate in measure.rates)
        status = "" if status_of(measure) == "in use" else f" ({status_of(measure)})"
        more = "".join(f", {counts[key]} {words}" for key, words in _BESIDE if counts[key])
        parts.append(f"  {measure.id}{status}: {rates} of {counts['denominator']}{more}")
    parts += [f"  not for {each}" for each in tally.table.not_for]
    return fitted("\n".join(parts)) + "\n"


_BESIDE = (("excluded", "left out"), ("unknown", "not known"))


def summary(tally: Tally) -> str:
    """The rows in one line, which add up."""
    return (
        f"{tally.patients:,} patient{_s(tally.patients)}; {tally.read:,} row{_s(tally.read)} read = "
        f"{tally.used:,} used + {tally.excluded.total():,} excluded + {tally.failed.total():,} failed"
    )


def _mme(mme: int) -> str:
    whole, mark, decimals = number(mme).partition(".")
    return f"{int(whole):,}{mark}{decimals}"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _count(found: int | None) -> str:
    return "not stated" if found is None else str(found)


# --- spreadsheet ------------------------------------------------------------------------------------------------


def csv_row(report: FillsReport, *, with_header: bool) -> str:
    """One patient as one row; what could be taken for a formula is quoted."""
    figures, without = report.exposure, report.without_buprenorphine
    days = {each.kind: each.days for each in report.overlaps}
    row = [
        cell(report.patient),
        report.as_of.isoformat(),
        report.table.id,
        report.mode.value,
        str(report.window),
        "yes" if report.is_complete else "no",
        cell("; ".join(report.missing)),
        "" if figures.values[0].mme is None else number(figures.total),
        *(_cell_of(each) for each in figures.values),
        *((_cell_of(each) for each in without.values) if without is not None else [""] * len(DEFINITIONS)),
        str(figures.values[0].days),
        str(figures.values[1].days),
        iso(figures.peak.first) if figures.peak is not None else "",
        *(str(number_of_days) for _, number_of_days in report.days_at_or_above),
        *(str(days.get(kind, 0)) for kind in SEDATIVES),
        str(len(report.early)),
        "" if report.prescribers is None else str(report.prescribers),
        "" if report.pharmacies is None else str(report.pharmacies),
        "; ".join(kind.value for kind, _ in report.exclusions),
        "; ".join(line for each in report.measures if (line := _measure(each))),
        str(len(report.placed)),
        str(len(report.failed)),
        str(len(report.history.excluded)),
        str(sum(each is not None for each in report.differences)),
    ]
    return csv_text(CSV_HEADER, [row], with_header=with_header)


def _cell_of(found: Value) -> str:
    return "" if found.millionths is None else number(found.millionths)


def failed_rows(rows: Iterable[FailedRow], *, with_header: bool) -> str:
    """Failed rows for the side file: the place in the file, the column, the code and the reason."""
    found = [(str(each.row), each.column, each.problem.code, cell(each.problem.text)) for each in rows]
    return csv_text(FAILED_HEADER, found, with_header=with_header)


def csv_header() -> str:
    """The header alone, where no patient could be reported."""
    return csv_text(CSV_HEADER, [], with_header=True)
