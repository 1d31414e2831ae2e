"""The columns of what a run writes: their names, what they hold and what of. ``docs/population.md`` is made of this."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from attrs import frozen

from medsteward.fills.definitions import DEFINITIONS, Definition
from medsteward.fills.measure import MeasureRate, QualityMeasure, RateAnswer
from medsteward.fills.measure_clause import FillsClause
from medsteward.fills.measure_clauses import AgeAtFirstFill, DifferentKeysOfBoth, NewEpisode
from medsteward.fills.report import MARKS
from medsteward.fills.supply import SEDATIVES, DrugKind
from medsteward.model.fill import ExclusionKind
from medsteward.patient.form import Reaches


def column_name(words: str) -> str:
    """Words as a column's name: small letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")


def definition_columns(definition: Definition, suffix: str = "") -> tuple[str, str, str]:
    """Value, numerator and denominator of a definition."""
    name = f"{definition.name}{suffix}"
    return name, f"{name}_mme", f"{name}_days"


def mark_column(mark: int) -> str:
    """Days at or above a mark."""
    return f"days_at_or_above_{mark}"


def overlap_columns(kind: DrugKind) -> tuple[str, str, str]:
    """Days with an opioid and a sedative of a kind, the first and the last of them."""
    name = f"overlap_{column_name(kind.value)}"
    return f"{name}_days", f"{name}_first_day", f"{name}_last_day"


def exclusion_column(kind: ExclusionKind) -> str:
    """Whether a fill states a kind of care."""
    return column_name(kind.value)


def measure_columns(measure: QualityMeasure) -> tuple[str, str]:
    """In the denominator, and left out."""
    name = column_name(measure.id)
    return f"{name}_in_denominator", f"{name}_excluded"


def rate_column(measure: QualityMeasure, rate: MeasureRate | RateAnswer) -> str:
    """Whether a rate's numerator is met."""
    return f"{column_name(measure.id)}_{column_name(rate.name)}_met"


def clause_column(clause: FillsClause) -> str:
    """The figure that decides a clause, with its settings; clauses that differ in their mark alone share it."""
    form = clause.form
    if not isinstance(form, Reaches):
        return column_name(clause.words)
    settings = [f"{name} {value}" if isinstance(value, int) else str(value) for name, value in form.settings]
    return column_name(" ".join(["figure", form.figure, *settings]))


# --- every file, column by column -------------------------------------------------------------------------------


class ColumnKind(Enum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole number"
    MME = "millionths of an MME"
    TRUTH = "true or false"
    DAY = "day"


@frozen
class OutColumn:
    """A column of a file that a run writes: its name, what it holds, and what of. ``may_lack``: NULL says not known."""

    name: str
    kind: ColumnKind
    words: str
    may_lack: bool = False


def patient_columns(measures: Sequence[QualityMeasure], *, enrolment: bool = False) -> tuple[OutColumn, ...]:
    """The columns of ``patients.parquet``, in order. ``enrolment``: a file of patients is given."""
    found = [
        OutColumn("table_id", ColumnKind.TEXT, "the factor table"),
        OutColumn("patient_key", ColumnKind.TEXT, "the patient's key as the records have it"),
        OutColumn("fills", ColumnKind.WHOLE, "rows that were used, whatever their drug"),
        OutColumn("opioid_fills", ColumnKind.WHOLE, "those of opioids"),
        OutColumn("excluded_rows", ColumnKind.WHOLE, "rows set aside on purpose"),
        OutColumn("failed_rows", ColumnKind.WHOLE, "rows that were not understood or could not be calculated"),
        OutColumn("fills_without_factor", ColumnKind.WHOLE, "fills of opioids that the table gives no factor"),
        OutColumn("complete", ColumnKind.TRUTH, "whole: no row failed and every opioid has a factor"),
    ]
    for suffix, without in (("", ""), ("_without_buprenorphine", ", without buprenorphine; empty: it is not rated")):
        for each in DEFINITIONS:
            value, numerator, denominator = definition_columns(each, suffix)
            found += [
                OutColumn(value, ColumnKind.MME, f"MME a day by {each.title}{without}", True),
                OutColumn(numerator, ColumnKind.MME, f"its MME{without}", True),
                OutColumn(denominator, ColumnKind.WHOLE, f"its days: {each.denominator.value}{without}", bool(suffix)),
            ]
    found += [
        OutColumn("every_fill_at_once", ColumnKind.MME, "MME of all fills on one day, the calendar set aside", True),
        OutColumn("peak", ColumnKind.MME, "the most MME of a calendar day", True),
        OutColumn("peak_first_day", ColumnKind.DAY, "the first such day", True),
        OutColumn("peak_days", ColumnKind.WHOLE, "on how many days it is as high"),
        OutColumn(
            "window_first_day", ColumnKind.DAY, "first day with a counted opioid, on which the window begins", True
        ),
        *(OutColumn(mark_column(mark), ColumnKind.WHOLE, f"days at or above {mark} MME") for mark in MARKS),
    ]
    for kind in SEDATIVES:
        days, first, last = overlap_columns(kind)
        found += [
            OutColumn(days, ColumnKind.WHOLE, f"days with an opioid and a {kind.value}"),
            OutColumn(first, ColumnKind.DAY, "the first of them", True),
            OutColumn(last, ColumnKind.DAY, "the last of them", True),
        ]
    found += [
        OutColumn("early_refills", ColumnKind.WHOLE, "fills before the supply of the same drug had run out"),
        OutColumn("early_refill_days", ColumnKind.WHOLE, "by how many days in all, counting from the fill before"),
        OutColumn("early_refill_days_with_stock", ColumnKind.WHOLE, "the same, counting everything left over"),
        OutColumn("prescribers", ColumnKind.WHOLE, "different prescribers of opioids; empty: none is stated", True),
        OutColumn("pharmacies", ColumnKind.WHOLE, "different pharmacies of opioids; empty: none is stated", True),
        OutColumn("age", ColumnKind.WHOLE, "years at the first opioid fill, or the lowest stated", True),
        *(OutColumn(exclusion_column(kind), ColumnKind.TRUTH, f"a fill states {kind.value}") for kind in ExclusionKind),
    ]
    if enrolment:
        found += [ENROLLED, *STATED_GROUPS]
    found += _figures(measures)
    for measure in measures:
        inside, out = measure_columns(measure)
        found += [
            OutColumn(inside, ColumnKind.TRUTH, f"{measure.id}: in the denominator", True),
            OutColumn(out, ColumnKind.TRUTH, f"{measure.id}: left out by a kind of care", True),
        ]
        for rate in measure.rates:
            found.append(
                OutColumn(rate_column(measure, rate), ColumnKind.TRUTH, f"{measure.id}: {rate.name}, met", True)
            )
    return tuple(found)


ENROLLED = OutColumn(
    "enrolled_throughout",
    ColumnKind.TRUTH,
    "with `--patients`: enrolled on every day from the first opioid fill to the last; empty: no span is stated",
    True,
)

STATED_GROUPS = tuple(
    OutColumn(name, ColumnKind.TEXT, f"with `--patients`: the {name} that it states; several, or empty: none", True)
    for name in ("state", "payer")
)
"""Groups of patients for reports."""


def clauses_of(measure: QualityMeasure) -> tuple[FillsClause, ...]:
    """All clauses of a measure."""
    return (*measure.denominator, *(clause for rate in measure.rates for clause in rate.numerator))


NO_FIGURE = (AgeAtFirstFill, DifferentKeysOfBoth, NewEpisode)
"""Clauses without a column of their own: age has one, and the others are asked of those alone whom they decide."""


def _figures(measures: Sequence[QualityMeasure]) -> list[OutColumn]:
    found: dict[str, OutColumn] = {}
    for clause in (clause for measure in measures for clause in clauses_of(measure)):
        if not isinstance(clause, NO_FIGURE):
            kind = ColumnKind.MME if clause.in_mme else ColumnKind.WHOLE
            words = f"what decides: {clause.words}"
            found.setdefault(clause_column(clause), OutColumn(clause_column(clause), kind, words, True))
    return list(found.values())


DAY_COLUMNS = (
    OutColumn("table_id", ColumnKind.TEXT, "the factor table"),
    OutColumn("patient_key", ColumnKind.TEXT, "the patient's key"),
    OutColumn("first_day", ColumnKind.DAY, "the first of days that follow one another and have the same MME"),
    OutColumn("last_day", ColumnKind.DAY, "the last of them"),
    OutColumn("mme", ColumnKind.MME, "MME of each of these days"),
)
"""The columns of ``days.parquet``. Days without a counted opioid are in none of its rows."""


ROW_COLUMNS = (
    OutColumn("table_id", ColumnKind.TEXT, "the factor table"),
    OutColumn("patient_key", ColumnKind.TEXT, "the patient's key; empty: the row has none", True),
    OutColumn(
        "filled_as_written", ColumnKind.TEXT, "the day of filling as written; that of sale where there is none", True
    ),
    OutColumn("filled", ColumnKind.DAY, "the day", True),
    OutColumn("prescription", ColumnKind.WHOLE, "its number in `prescriptions.parquet`", True),
    OutColumn("outcome", ColumnKind.TEXT, "used, excluded or failed"),
    OutColumn("because", ColumnKind.TEXT, "the code or reason, where it is not used", True),
    OutColumn("at_fault", ColumnKind.TEXT, "the column at fault", True),
)
"""The columns of ``rows.parquet``: a row of each row. Rows that are alike in these cells have the same fate."""


def prescription_columns(deciding: Sequence[str]) -> tuple[OutColumn, ...]:
    """The columns of ``prescriptions.parquet``; ``deciding`` are the columns of the files that tell them apart."""
    return (
        OutColumn("table_id", ColumnKind.TEXT, "the factor table"),
        OutColumn("prescription", ColumnKind.WHOLE, "its number in this run"),
        OutColumn("rows_read", ColumnKind.WHOLE, "on how many rows it stands"),
        *(OutColumn(f"as_written_{each}", ColumnKind.TEXT, f"{each} as written") for each in deciding),
        OutColumn("outcome", ColumnKind.TEXT, "used, excluded or failed"),
        OutColumn("because", ColumnKind.TEXT, "the code or reason, where it is not used", True),
        OutColumn("at_fault", ColumnKind.TEXT, "the column at fault", True),
        OutColumn("in_words", ColumnKind.TEXT, "the problem, or why the table gives no factor", True),
        OutColumn("drug", ColumnKind.TEXT, "the opioid, or the ingredients", True),
        OutColumn("kinds", ColumnKind.TEXT, "opioid, benzodiazepine, Z-drug, gabapentinoid", True),
        OutColumn("status", ColumnKind.TEXT, "counted, no_factor, excluded or not_an_opioid", True),
        OutColumn("days_supply", ColumnKind.WHOLE, "days' supply", True),
        OutColumn("mme_per_day", ColumnKind.MME, "MME a day", True),
        OutColumn("has_bands", ColumnKind.TRUTH, "the day's total of the ingredient chooses its factor", True),
        OutColumn("is_measured", ColumnKind.TRUTH, "an opioid that measures look at", True),
        OutColumn("same_drug", ColumnKind.TEXT, "equal for fills of which one continues the other", True),
        OutColumn("working", ColumnKind.TEXT, "how its MME was calculated", True),
    )


CHECK_COLUMNS = (
    OutColumn("patient_key", ColumnKind.TEXT, "the patient's key"),
    OutColumn("rule", ColumnKind.TEXT, "the id of the rule, as `check` has it"),
    OutColumn("severity", ColumnKind.TEXT, "contraindicated, major, moderate, minor or info"),
    OutColumn("tier", ColumnKind.WHOLE, "1 interrupts, 2 is shown, 3 is counted"),
    OutColumn("overlap_days", ColumnKind.WHOLE, "days of its overlaps, each once; empty: none, or an open end", True),
    OutColumn("drugs", ColumnKind.TEXT, "the drugs, in the order of the rule"),
)
"""The columns of ``findings.parquet``: a row of each finding."""
