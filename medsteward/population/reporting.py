"""From the folder of a run to a report: every figure is a count over the columns that the run wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from medsteward.advice.population.cells import SmallCounts
from medsteward.advice.population.report import CountTable, PopulationReport
from medsteward.errors import UnknownTable, UnreadableInput
from medsteward.fills.definitions import DEFINITIONS
from medsteward.fills.measure import QualityMeasure
from medsteward.fills.measure_clauses import DifferentKeys
from medsteward.fills.measures import MEASURES
from medsteward.fills.report import MARKS
from medsteward.fills.supply import SEDATIVES
from medsteward.model.codes import CODES
from medsteward.population.columns import mark_column, measure_columns, overlap_columns, rate_column
from medsteward.population.counting import COUNTED, DAY_WORDS, DAYS, Bin, CountDesk, day_bins, everybody, mme_bins
from medsteward.population.duckdb_engine import DuckDbEngine
from medsteward.population.glance import INCOMPLETE, UNKNOWN, divided, glance
from medsteward.population.grouping import AGE_BAND, GROUPED, groups_of, tables_by
from medsteward.population.nesting import state_nested
from medsteward.population.place import SUMMARY
from medsteward.progress import counted_off
from medsteward.tables.load import factor_table

SUPPRESSED = 11
"""Counts from 1 to below this are hidden: the smallest cell that CMS lets be published."""

MOST_PRODUCTS = 10
MOST_MONTHS = 36


def reported(folder: Path, *, table: str | None, suppress: int, by: str | None, work: Path) -> PopulationReport:
    """The report of an answer. Refuses (``UnreadableInput``) a folder without one, and a column it does not have."""
    summary = _summary(folder)
    told = {each["table"]["id"]: each for each in summary["tables"]}
    wanted = table or next(iter(told))
    if wanted not in told:
        raise UnknownTable(wanted, tuple(told))
    with _opened(folder, work) as engine:
        columns = _columns(engine)
        groups = () if by is None else groups_of(engine, by, wanted, columns, suppress)
        source = "patients" if by in (None, AGE_BAND) else GROUPED
        desk = CountDesk(engine, wanted, SmallCounts(), columns, source)
        window = int(summary["window"])
        read, reasons = _rows(desk, told[wanted], summary)
        parts = (
            (glance(desk, window), read),
            *(_exposure(desk, window), _sedatives(desk), _measures(desk), _months(desk, folder)),
            *(() if by is None else (tables_by(desk, by, groups),)),
            *(_keys(desk), _products(desk), (_complete(desk), *reasons)),
        )
        tables = list(counted_off("tables of the report", chain.from_iterable(parts)))
        state_nested(desk, suppress)
    desk.small.hide(suppress)
    hidden = sum(each.hidden for each in desk.small.counts)
    notices = tuple(str(each) for each in summary["notices"])
    found = factor_table(wanted)
    days = [told[wanted][name] for name in ("filled_from", "filled_to")]
    months = (str(days[0])[:7], str(days[1])[:7]) if all(days) else None
    return PopulationReport(
        found, summary["mode"], summary["window"], suppress, tuple(tables), notices, hidden, months, str(summary["ran"])
    )


def _summary(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        if found["schema"] == "medsteward.population/1" and found["tables"] and "ran" in found:
            return found
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise UnreadableInput(
        str(folder), "this is no answer of `medsteward population run`; give the folder that it wrote"
    )


@contextmanager
def _opened(folder: Path, work: Path) -> Iterator[DuckDbEngine]:
    engine = DuckDbEngine(work)
    try:
        for name in ("patients", "days", "prescriptions"):
            place = folder / f"{name}.parquet"
            if place.exists():
                engine.see_file(name, place / "*.parquet" if place.is_dir() else place)
        yield engine
    finally:
        engine.close()


def _columns(engine: DuckDbEngine) -> frozenset[str]:
    return frozenset(str(row[0]) for row in engine.ask("SELECT column_name FROM (DESCRIBE patients)", {}))


# --- how complete -----------------------------------------------------------------------------------------------


def _complete(desk: CountDesk) -> CountTable:
    total = everybody(desk)
    complete, incomplete = desk.parts([Bin("", "complete"), Bin("", INCOMPLETE)], total)
    kinds = [Bin("", "failed_rows > 0"), Bin("", f"{INCOMPLETE} AND failed_rows = 0")]
    return CountTable(
        "complete",
        "How complete the reading is",
        "Complete: every row of the patient was read and counted. What no row tells is not known. The MME of "
        "incomplete patients is at least what is counted, or not known.",
        ("patients", "all", "complete", "incomplete", "a row failed", "no row failed, but an opioid has no factor"),
        (("patients", (total, complete, incomplete, *desk.parts(kinds, incomplete))),),
    )


def _rows(desk: CountDesk, told: Mapping[str, Any], summary: Mapping[str, Any]) -> tuple[CountTable, list[CountTable]]:
    """What became of the rows, and two tables of reasons."""
    rows = told["rows"]
    read = desk.small.count(int(rows["read"]))
    parts = [desk.small.count(int(rows[name])) for name in ("used", "excluded", "failed")]
    desk.small.whole(read, parts)
    became = CountTable(
        "rows",
        "What became of the rows",
        f"Of {_files(int(summary['files']))}. A used row counts, whatever its drug. An excluded row was set aside on "
        "purpose. A failed row could not be read or calculated, and none of it is counted. Reasons, if any, are at the "
        "end.",
        ("rows", "read", "used", "excluded", "failed"),
        (("rows", (read, *parts)),),
    )
    reasons = []
    for name, words, note, whole in (
        ("excluded_because", "Why rows were excluded", "Rows that were set aside on purpose.", parts[1]),
        ("failed_because", "Why rows failed", "Rows that are in no figure of this report, by their code.", parts[2]),
    ):
        counts = [(str(why), desk.small.count(int(number))) for why, number in told[name].items()]
        if counts:
            desk.small.whole(whole, [count for _, count in counts])
            lines = tuple((why, (count,)) for why, count in counts)
            meanings = {why: CODES[why].means for why, _ in counts if why in CODES}
            reasons.append(CountTable(name, words, note, ("reason", "rows"), lines, meanings=meanings))
    return became, reasons


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number:,} files"


# --- MME --------------------------------------------------------------------------------------------------------


def _exposure(desk: CountDesk, window: int) -> Iterator[CountTable]:
    total = everybody(desk)
    lines = []
    head: tuple[str, ...] = ()
    for definition in DEFINITIONS:
        bins = mme_bins(definition.name)
        head = tuple(each.words for each in bins)
        lines.append((definition.title, (total, *desk.parts(bins, total))))
    yield CountTable(
        "definitions",
        "Daily MME by each definition",
        "The same MME, divided by different days, so the figures differ. MME describes exposure. It is no target, and "
        "by itself no reason to lower or stop a medicine.",
        ("definition", "all", *head),
        tuple(lines),
        is_drawn=True,
        meanings={each.title: f"{divided(each, window)} Suits: {each.suited_to}." for each in DEFINITIONS},
    )
    known = desk.counts(["maximum_day = 0", UNKNOWN])
    nothing, *highest = desk.counts([each.test for each in mme_bins("maximum_day")])
    desk.small.whole(nothing, known)
    yield CountTable(
        "known",
        "Patients without an MME",
        "Not known: opioids were dispensed and none could be counted, or a row failed and none was understood.",
        ("patients", "none, or not known", "none", "not known"),
        (("patients", (nothing, *known)),),
    )
    rows = []
    for mark in MARKS:
        parts = desk.parts(day_bins(mark_column(mark)), total)
        desk.small.whole(total, [parts[0], *highest[MARKS.index(mark) + 1 :]])  # the highest day tells the same
        rows.append((f"{mark} MME or more", (total, *parts)))
    for low, high in pairwise(MARKS):  # who has so many days at one mark and not at the next, by the difference
        long = [f"{mark_column(mark)} >= {DAYS[1]}" for mark in (low, high)]
        outer, inner, between = desk.counts([*long, f"{long[0]} AND NOT {long[1]}"])
        desk.small.whole(outer, [inner, between])
    yield CountTable(
        "days_at_or_above",
        "Patients by days at or above a mark",
        "Calendar days, each once.",
        ("on a day", "all", *DAY_WORDS),
        tuple(rows),
    )


_MONTHS = """
SELECT month, count(*), {counts}
FROM (
  SELECT patient_key, strftime(month_start, '%Y-%m') AS month, max(mme) AS mme
  FROM (
    SELECT patient_key, mme, unnest(generate_series(
      date_trunc('month', first_day), date_trunc('month', last_day), INTERVAL 1 MONTH)) AS month_start
    FROM days WHERE table_id = :table
  ) AS each_month
  GROUP BY patient_key, month_start
) AS highest
GROUP BY month ORDER BY month DESC LIMIT {most}
"""


def _months(desk: CountDesk, folder: Path) -> Iterator[CountTable]:
    if not (folder / "days.parquet").exists():
        return
    bins = [Bin("none", "mme = 0"), *mme_bins("mme", "mme")]
    counts = ", ".join(f"count(CASE WHEN {each.test} THEN 1 END)" for each in bins)
    lines = []
    ever, *_, highest = desk.counts([COUNTED, *(each.test for each in mme_bins("maximum_day"))])
    text = _MONTHS.format(counts=counts, most=MOST_MONTHS)
    for month, seen, *found in desk.engine.ask(text, {"table": desk.table}):
        total = desk.small.count(int(seen or 0))
        parts = [desk.small.count(int(each or 0)) for each in found]
        desk.small.whole(total, parts)
        desk.inside += [(ever, total), (highest, parts[-1])]
        lines.append((str(month), (total, *parts)))
    yield CountTable(
        "months",
        "Patients by their highest day of each month",
        f"Patients with a counted opioid in the month, at most the last {MOST_MONTHS} months. Supply may run on after "
        "the last fill.",
        ("month", "with an opioid", *(each.words for each in bins)),
        tuple(reversed(lines)),
        is_drawn=True,
    )


# --- sedatives, measures, keys, products ------------------------------------------------------------------------


def _sedatives(desk: CountDesk) -> Iterator[CountTable]:
    total = everybody(desk)
    lines = []
    for kind in SEDATIVES:
        lines.append((kind.value, (total, *desk.parts(day_bins(overlap_columns(kind)[0]), total))))
    yield CountTable(
        "sedatives",
        "Opioid and sedative on the same days",
        "Patients by days with both. Both together slow breathing more than either alone.",
        ("with a", "all", *DAY_WORDS),
        tuple(lines),
        is_drawn=True,
    )


def _measures(desk: CountDesk) -> Iterator[CountTable]:
    total = everybody(desk)
    lines, rates = [], []
    for measure in MEASURES:
        inside, out = measure_columns(measure)
        if inside not in desk.columns:
            continue
        bins = [
            Bin("", f"{inside} AND NOT {out}"),
            Bin("", f"{inside} AND {out}"),
            Bin("", f"NOT {inside}"),
            Bin("", f"{inside} IS NULL AND fills > 0"),
            Bin("", "fills = 0"),
        ]
        parts = desk.parts(bins, total)
        lines.append((_named(measure), (total, *parts)))
        for rate in measure.rates:
            met = rate_column(measure, rate)
            met_bins = [Bin("", f"{met}"), Bin("", f"NOT {met}"), Bin("", f"{met} IS NULL")]
            counted = desk.parts(met_bins, parts[0], f"{inside} AND NOT {out}")
            rates.append((f"{measure.id}: {rate.name}", (parts[0], *counted)))
        _nested(desk, measure, f"{inside} AND NOT {out}")
    if lines:
        yield CountTable(
            "measures",
            "Whom measures look at",
            "Left out: a fill states hospice, cancer, sickle cell disease or palliative care. Outside: too few fills "
            "or days, or another age than the measure asks for. Not known: no age, or a row failed.",
            ("measure", "all", "in the denominator", "left out", "outside", "not known", "no fill used"),
            tuple(lines),
        )
        yield CountTable(
            "rates",
            "What measures count",
            "Numerator of denominator; what is not known is in neither. Measures look at some patients only, so their "
            "counts differ from those at a glance.",
            ("rate", "denominator", "numerator", "not in it", "not known"),
            tuple(rates),
        )


def _nested(desk: CountDesk, measure: QualityMeasure, where: str) -> None:
    """Who meets one rate and not a stricter one is told by the difference of two printed counts."""
    for wide in measure.rates:
        for strict in measure.rates:
            if set(wide.numerator) < set(strict.numerator):
                met, both = rate_column(measure, wide), rate_column(measure, strict)
                whole, inner = desk.counts([met, both], where)
                between = desk.counts([f"{met} AND {both} IS NOT TRUE"], where)
                desk.small.whole(whole, [inner, *between])


def _named(measure: QualityMeasure) -> str:
    ended = f", {measure.retired}" if measure.retired else ", superseded" if measure.superseded else ""
    return f"{measure.id}: {measure.title}{ended}"


_MOST_KEYS = next(
    clause.at_least
    for measure in MEASURES
    for rate in measure.rates
    for clause in rate.numerator
    if isinstance(clause, DifferentKeys)
)
"""Prescribers or pharmacies that measures count as many."""


def _keys(desk: CountDesk) -> Iterator[CountTable]:
    total = everybody(desk)
    most = _MOST_KEYS
    lines = []
    for column in ("prescribers", "pharmacies"):
        bins = [Bin("not stated", f"{column} IS NULL"), *(Bin(str(n), f"{column} = {n}") for n in range(1, most))]
        bins.append(Bin(f"{most} or more", f"{column} >= {most}"))
        lines.append((column, (total, *desk.parts(bins, total))))
    head = ("not stated", *(str(number) for number in range(1, most)), f"{most} or more")
    note = "How many different ones a patient's opioids came from; none is named. Not stated: none, or no opioid."
    yield CountTable("keys", "Prescribers and pharmacies", note, ("how many", "all", *head), tuple(lines))


def _products(desk: CountDesk) -> Iterator[CountTable]:
    text = f"""
SELECT drug, CAST(sum(rows_read) AS BIGINT) AS rows_of FROM prescriptions
WHERE table_id = :table AND outcome = 'used' AND contains(kinds, 'opioid')
GROUP BY drug ORDER BY rows_of DESC, drug LIMIT {MOST_PRODUCTS}
"""
    lines = tuple(
        (str(drug), (desk.small.count(int(rows or 0)),)) for drug, rows in desk.engine.ask(text, {"table": desk.table})
    )
    yield CountTable(
        "products", "Opioids by rows", f"The {MOST_PRODUCTS} that stand on most rows.", ("opioid", "rows"), lines
    )
