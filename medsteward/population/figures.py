"""From fills and spans to a row a patient: definitions, marks, overlaps, measures, rendered from their declarations."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.fills.definitions import DEFINITIONS, Denominator
from medsteward.fills.measure import QualityMeasure
from medsteward.fills.measure_clause import FillsClause
from medsteward.fills.report import MARKS
from medsteward.fills.supply import MILLIONTHS, SEDATIVES, DrugKind
from medsteward.model.fill import ExclusionKind
from medsteward.population.clauses import ClauseQuestion, NamedNumbers, half_up, question_of, stages_of
from medsteward.population.columns import (
    ENROLLED,
    NO_FIGURE,
    STATED_GROUPS,
    clause_column,
    clauses_of,
    definition_columns,
    exclusion_column,
    mark_column,
    measure_columns,
    overlap_columns,
    rate_column,
)
from medsteward.population.engine import Running
from medsteward.population.per_patient import (
    AT_ONCE,
    ENROLLED_THROUGHOUT,
    GIVEN,
    PEAKS,
    PHARMACIES,
    PRESCRIBERS,
    STARTS,
    TALLY,
)
from medsteward.population.sweep import (
    APART,
    EARLY,
    SUPPLIED,
    Shape,
    SqlStage,
    banded,
    placed,
    spans,
    stock,
    used,
)

_SPAN_OF = {DrugKind.BENZODIAZEPINE: "benzodiazepines", DrugKind.Z_DRUG: "z_drugs"}
_SPAN_OF[DrugKind.GABAPENTINOID] = "gabapentinoids"


@frozen
class RunText:
    """Every stage of a run under one table, in order, what ``patients`` asks of them, and the settings they name."""

    before_bands: tuple[SqlStage, ...]
    after_bands: tuple[SqlStage, ...]
    patients: str
    settings: dict[str, int]


def text_of(shape: Shape, measures: Sequence[QualityMeasure], window: int, running: Running) -> RunText:
    """The one text of a run."""
    settings = NamedNumbers(running)
    clauses = tuple(dict.fromkeys(clause for measure in measures for clause in clauses_of(measure)))
    questions = {clause: question_of(clause, settings) for clause in clauses}
    before = [used(shape), SUPPLIED, stock(running), EARLY, placed(shape), *banded(shape)]
    after = [
        spans(shape, running),
        TALLY,
        GIVEN,
        PRESCRIBERS,
        PHARMACIES,
        STARTS,
        PEAKS,
        _over_days(shape, list(questions.values()), settings),
        *stages_of(questions.values()),
    ]
    if shape.bands:
        after.append(AT_ONCE)
    if shape.stated:
        after.append(ENROLLED_THROUGHOUT)
    return RunText(
        tuple(before),
        tuple(after),
        _patients(shape, measures, questions, running),
        {
            **settings.values,
            **shape.runs.rooms,
            "apart_by": APART,
            "window": window,
            "years": _A_YEAR,
        },
    )


def _inside(first: str) -> str:
    """The days of a span that are in the window that begins on ``first``."""
    return f"greatest(least(s.next_day, {first} + :window) - greatest(s.day, {first}), 0)"


def _over_days(shape: Shape, questions: Sequence[ClauseQuestion], settings: NamedNumbers) -> SqlStage:
    """Sums over the days of each patient."""
    sums = {
        "total": "CASE WHEN counted THEN mme * days ELSE 0 END",
        "covered": "CASE WHEN counted THEN days ELSE 0 END",
        "inside": f"CASE WHEN counted THEN mme * {_inside('t.first')} ELSE 0 END",
    }
    others: dict[str, str] = {}
    if shape.plain:
        sums |= {
            "plain_total": "CASE WHEN plain THEN plain_mme * days ELSE 0 END",
            "plain_covered": "CASE WHEN plain THEN days ELSE 0 END",
            "plain_inside": f"CASE WHEN plain THEN plain_mme * {_inside('t.plain_first')} ELSE 0 END",
        }
        others["plain_peak"] = "max(CASE WHEN plain THEN plain_mme END)"
    for mark in MARKS:
        at = settings.name(mark * MILLIONTHS)
        sums[mark_column(mark)] = f"CASE WHEN counted AND mme >= {at} THEN days ELSE 0 END"
    for kind in SEDATIVES:
        days, first, last = overlap_columns(kind)
        together = f"opioids AND {_SPAN_OF[kind]}"
        sums[days] = f"CASE WHEN {together} THEN days ELSE 0 END"
        others[first] = f"min(CASE WHEN {together} THEN day END)"
        others[last] = f"max(CASE WHEN {together} THEN next_day - 1 END)"
    for question in questions:
        sums.update(question.over_days)
        others.update(question.of_days)
    columns = [f"CAST(sum({text}) AS BIGINT) AS {name}" for name, text in sums.items()]
    columns += [f"CAST({text} AS BIGINT) AS {name}" for name, text in others.items()]
    selected = ",\n       ".join(columns)
    return SqlStage(
        "over_days",
        f"SELECT s.patient, {selected}\nFROM spans s LEFT JOIN starts t ON t.patient = s.patient\nGROUP BY s.patient",
    )


# --- a row a patient --------------------------------------------------------------------------------------------

_ZERO = ("total", "covered", "inside")
_COUNTS = (
    *("opioid_fills", "counted_fills", "plain_fills", "fills_without_factor", "supplied", "plain_supplied"),
    *("flat_at_once", "measured_fills", "measured_days_supplied"),
    *("unnamed_prescribers", "unnamed_pharmacies"),
)
_NAMED = {
    "np": ("prescribers", "measured_prescribers"),
    "nh": ("pharmacies", "measured_pharmacies"),
}
"""Columns that are 0 where there is nothing to add or count, those of ``_NAMED`` by the table they come from."""
_JOINED = {"dates": [f"COALESCE(dates.{each}, 0) AS {each}" for each in ("opioid_dates", "benzodiazepine_dates")]}
_KNOWN = "(counted_fills > 0 OR (opioid_fills = 0 AND failed_rows = 0))"
_PLAIN_KNOWN = f"(plain_fills <> counted_fills OR {_KNOWN})"


def _values(prefix: str, known: str, suffix: str) -> list[str]:
    worst = "COALESCE(plain_peak, 0)" if prefix else "COALESCE(peak, 0)"
    made = {
        Denominator.DAYS_SUPPLIED: (f"{prefix}total", f"{prefix}supplied"),
        Denominator.DAYS_COVERED: (f"{prefix}total", f"{prefix}covered"),
        Denominator.WINDOW: (f"{prefix}inside", ":window"),
        Denominator.WORST_DAY: (worst, "1"),
    }
    found = []
    for definition in DEFINITIONS:
        mme, days = made[definition.denominator]
        none = "NULL" if definition.denominator is Denominator.DAYS_SUPPLIED else "0"
        value, numerator, denominator = definition_columns(definition, suffix)
        found += [
            f"CASE WHEN NOT {known} THEN NULL WHEN {days} = 0 THEN {none} ELSE "
            f"{half_up(mme, f'greatest({days}, 1)')} END AS {value}",
            f"CASE WHEN {known} THEN {mme} END AS {numerator}",
            f"CAST({days} AS BIGINT) AS {denominator}",
        ]
    return found


def _patients(
    shape: Shape,
    measures: Sequence[QualityMeasure],
    questions: dict[FillsClause, ClauseQuestion],
    running: Running,
) -> str:
    columns = [
        ":table_id AS table_id",
        "key AS patient_key",
        "fills",
        "opioid_fills",
        "excluded_rows",
        "failed_rows",
        "fills_without_factor",
    ]
    columns += ["fills_without_factor = 0 AND failed_rows = 0 AS complete"]
    columns += _values("", _KNOWN, "")
    if shape.buprenorphine:
        columns += _values("plain_", _PLAIN_KNOWN, "_without_buprenorphine")
    else:
        for definition in DEFINITIONS:
            columns += [f"CAST(NULL AS BIGINT) AS {each}" for each in definition_columns(definition, _WITHOUT)]
    columns += [
        f"CASE WHEN counted_fills > 0 THEN flat_at_once{' + banded_at_once' if shape.bands else ''} END "
        "AS every_fill_at_once",
        "peak",
        "day_of(peak_day) AS peak_first_day",
        "COALESCE(peak_days, 0) AS peak_days",
        "day_of(first) AS window_first_day",
        *(f"COALESCE({mark_column(mark)}, 0) AS {mark_column(mark)}" for mark in MARKS),
    ]
    for kind in SEDATIVES:
        days, first, last = overlap_columns(kind)
        asked = "opioid_fills <> fills"
        columns += [
            f"CASE WHEN {asked} THEN COALESCE({days}, 0) ELSE 0 END AS {days}",
            f"CASE WHEN {asked} THEN day_of({first}) END AS {first}",
            f"CASE WHEN {asked} THEN day_of({last}) END AS {last}",
        ]
    columns += [
        "COALESCE(early_refills, 0) AS early_refills",
        "COALESCE(early_refill_days, 0) AS early_refill_days",
        "COALESCE(early_refill_days_with_stock, 0) AS early_refill_days_with_stock",
        "nullif(prescribers, 0) AS prescribers",
        "nullif(pharmacies, 0) AS pharmacies",
        "age",
        *(exclusion_column(kind) for kind in ExclusionKind),
    ]
    if shape.stated:
        columns += [ENROLLED.name, *(each.name for each in STATED_GROUPS)]
    columns += _figures(questions)
    for measure in measures:
        columns += _measure(measure, questions)
    return f"SELECT {_listed(columns)}\nFROM ({_together(shape, questions)}) AS of_patient{running.ordered('patient')}"


_WITHOUT = "_without_buprenorphine"


def _figures(questions: dict[FillsClause, ClauseQuestion]) -> list[str]:
    """The numbers that decide the clauses, each once: clauses that differ in their mark share it."""
    named = {
        clause_column(clause): each.number for clause, each in questions.items() if not isinstance(clause, NO_FIGURE)
    }
    return [f"CASE WHEN fills > 0 THEN {number} END AS {name}" for name, number in named.items()]


def _listed(columns: Sequence[str]) -> str:
    return ",\n       ".join(columns)


def _measure(measure: QualityMeasure, questions: dict[FillsClause, ClauseQuestion]) -> list[str]:
    """In the denominator, left out, each rate met; nothing of a patient without a fill that is used."""
    inside_name, excluded_name = measure_columns(measure)
    inside = _all_met([questions[clause] for clause in measure.denominator])
    out = " OR ".join(exclusion_column(kind) for kind in measure.exclusions) or "FALSE"
    found = [
        f"CASE WHEN fills > 0 THEN {inside} END AS {inside_name}",
        f"CASE WHEN fills > 0 THEN {out} END AS {excluded_name}",
    ]
    for rate in measure.rates:
        met = _all_met([questions[clause] for clause in rate.numerator])
        name = rate_column(measure, rate)
        found.append(f"CASE WHEN fills > 0 AND COALESCE({inside}, TRUE) THEN {met} END AS {name}")
    return found


def _all_met(questions: Sequence[ClauseQuestion]) -> str:
    return "(" + " AND ".join(f"({each.met})" for each in questions) + ")"


def _together(shape: Shape, questions: dict[FillsClause, ClauseQuestion]) -> str:
    """All that is known of a patient in one row: columns that are sums are 0 where there is nothing to sum."""
    joined = list(dict.fromkeys(name for each in questions.values() for name in each.joined))
    summed = [name for each in questions.values() for name in each.over_days]
    zero = dict.fromkeys([*_ZERO, *summed])
    others = dict.fromkeys(name for each in questions.values() for name in each.of_days)
    plain = {f"plain_{name}": f"plain_{name}" if shape.plain else name for name in _ZERO}
    columns = [
        "k.key, t.patient, t.fills, t.excluded_rows, t.failed_rows",
        *(_care(kind, shape) for kind in ExclusionKind),
        "t.failed_rows > 0 AS lacking",
        _age(shape),
        *(f"COALESCE(g.{name}, 0) AS {name}" for name in _COUNTS),
        *(f"COALESCE({of}.{name}, 0) AS {name}" for of, names in _NAMED.items() for name in names),
        "COALESCE(g.is_uncounted, FALSE) AS is_uncounted",
        *(f"COALESCE(o.{name}, 0) AS {name}" for name in zero),
        *(f"COALESCE(o.{of}, 0) AS {name}" for name, of in plain.items()),
        "o.plain_peak" if shape.plain else "p.peak AS plain_peak",
        *(f"o.{name}" for name in others),
        *(f"o.{mark_column(mark)}" for mark in MARKS),
        *(f"o.{name}" for kind in SEDATIVES for name in overlap_columns(kind)),
        "p.peak, p.peak_days, p.peak_day, st.first",
        "e.early_refills, e.early_refill_days, e.early_refill_days_with_stock",
    ]
    tables = [
        "tally t JOIN numbered_patient_key k ON k.number = t.patient",
        "given g ON g.patient = t.patient",
        "named_prescribers np ON np.patient = t.patient",
        "named_pharmacies nh ON nh.patient = t.patient",
        "over_days o ON o.patient = t.patient",
        "peaks p ON p.patient = t.patient",
        "starts st ON st.patient = t.patient",
        "early e ON e.patient = t.patient",
    ]
    if shape.bands:
        columns.append("COALESCE(b.banded_at_once, 0) AS banded_at_once")
        tables.append("at_once b ON b.patient = t.patient")
    if shape.stated:
        columns.append(f"en.holds AS {ENROLLED.name}")
        columns += [f"x.stated_{each.name} AS {each.name}" for each in STATED_GROUPS]
        tables += ["stated x ON x.number = t.patient", "enrolled_throughout en ON en.patient = t.patient"]
    for name in joined:
        columns += _JOINED.get(name, [f"{name}.{name}"])
        if name.startswith("new_start"):
            columns.append(f"{name}.{name}_shown")
        tables.append(f"{name} ON {name}.patient = t.patient")
    sources = "\n  LEFT JOIN ".join(tables)
    return f"\n  SELECT {_listed(columns)}\n  FROM {sources}\n  WHERE t.fills > 0 OR t.failed_rows > 0\n"


_A_YEAR = 10_000
"""Days written as numbers, 20270104, that are a year apart differ by this."""


def _care(kind: ExclusionKind, shape: Shape) -> str:
    name = exclusion_column(kind)
    return f"(t.{name} OR COALESCE(x.stated_{name}, FALSE)) AS {name}" if shape.stated else f"t.{name}"


def _age(shape: Shape) -> str:
    """Whole years on the day of the first opioid fill, days being written as the number 20270104; else as stated."""
    first, last = ("t.born_first", "t.born_last")
    if shape.stated:
        first, last = (f"COALESCE(x.stated_birth, {each})" for each in (first, last))
    return f"""CAST(CASE
         WHEN {first} = {last} AND g.first_opioid IS NOT NULL
         THEN CASE WHEN g.first_opioid >= {first} THEN whole_part(g.first_opioid - {first}, :years) END
         ELSE t.stated_age END AS BIGINT) AS age"""
