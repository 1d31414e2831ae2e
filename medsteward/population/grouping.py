"""A report's groups: by age, by a column that says yes, no or a small number, or by what a file of patients states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medsteward.advice.population.counts import ReportCount
from medsteward.advice.population.report import CountTable
from medsteward.errors import UnreadableInput
from medsteward.fills.measures import MEASURES
from medsteward.fills.supply import DrugKind
from medsteward.population.columns import STATED_GROUPS, ColumnKind, overlap_columns, patient_columns
from medsteward.population.counting import DAY_WORDS, Bin, CountDesk, day_bins, everybody, mme_bins
from medsteward.population.duckdb_engine import DuckDbEngine
from medsteward.population.engine import SqlColumn, SqlType, Value

AGE_BAND = "age_band"
AGES = ((0, 17), (18, 34), (35, 49), (50, 64), (65, 74), (75, 150))
GROUPED = "grouped"
"""The name of the patients with the number of their group, ``of_group``."""

_MOST = 60
_NOT_KNOWN = "not known"
_STATED = {each.name for each in STATED_GROUPS}
_KINDS = {
    each.name: each.kind
    for each in patient_columns(MEASURES, enrolment=True)
    if each.kind in (ColumnKind.TRUTH, ColumnKind.WHOLE) or each.name in _STATED
}
_YES_OR_NO = {"true": "yes", "false": "no"}


def groups_of(engine: DuckDbEngine, by: str, table: str, columns: frozenset[str], suppress: int) -> tuple[Bin, ...]:
    """The groups of a column, with ``grouped`` made where they are not ages.

    A text that fewer patients share than may be shown is not printed: these patients are one group. Refuses
    (``UnreadableInput``) a column that is not there, one of keys, days or MME, and one with too many values.
    """
    if by == AGE_BAND:
        named = ((f"{low} to {high}" if high < AGES[-1][1] else f"{low} or more", low, high) for low, high in AGES)
        ages = [Bin(words, f"age BETWEEN {low} AND {high}") for words, low, high in named]
        return (*ages, Bin("not known, or no opioid", "age IS NULL"))
    if by not in _KINDS or by not in columns:
        more = f"; run again with --patients FILE that has {by}" if by in _STATED else ""
        words = f"no column {by[:40]} to group by{more}"
        raise UnreadableInput("--by", f"{words}; give {AGE_BAND}, or a column of yes and no or of whole numbers")
    text = f"SELECT CAST({by} AS STRING), count(*) FROM patients WHERE table_id = :table GROUP BY {by} ORDER BY {by}"
    found = [(None if value is None else str(value), int(n or 0)) for value, n in engine.ask(text, {"table": table})]
    if len(found) > _MOST:
        raise UnreadableInput(by, f"it has {len(found):,} different values; at most {_MOST} are shown")
    numbers, names = _numbered(found, suppress if _KINDS[by] is ColumnKind.TEXT else 0)
    engine.put("group_of", [SqlColumn("shown", SqlType.TEXT), SqlColumn("of_group", SqlType.WHOLE)], numbers)
    engine.see(
        GROUPED,
        "SELECT p.*, g.of_group FROM patients p "
        f"JOIN group_of g ON g.shown IS NOT DISTINCT FROM CAST(p.{by} AS STRING)",
        {},
    )
    return tuple(Bin(words, f"of_group = {number}") for number, words in enumerate(names))


def _numbered(found: Sequence[tuple[str | None, int]], below: int) -> tuple[list[tuple[Value, ...]], list[str]]:
    """The number of each value's group, and the words of each group."""
    shown = [(value, n) for value, n in found if value is not None and n >= below]
    few = [value for value, n in found if value is not None and n < below]
    names = [_YES_OR_NO.get(str(value), str(value)) for value, _ in shown]
    numbers: list[tuple[Value, ...]] = [(value, number) for number, (value, _) in enumerate(shown)]
    if few:
        numbers += [(value, len(names)) for value in few]
        names.append(f"others, each of fewer than {below} patients")
    if any(value is None for value, _ in found):
        numbers.append((None, len(names)))
        names.append(_NOT_KNOWN)
    return numbers, names


def tables_by(desk: CountDesk, by: str, groups: Sequence[Bin]) -> Iterator[CountTable]:
    """The highest day, and days with a benzodiazepine, of each group."""
    name = by.replace("_", " ")
    bins = mme_bins("maximum_day")
    yield CountTable(
        "by",
        f"Highest day by {name}",
        "Patients by the MME of their highest day.",
        (name, "all", *(each.words for each in bins)),
        _lines(desk, groups, bins),
    )
    kind = DrugKind.BENZODIAZEPINE
    yield CountTable(
        "by_benzodiazepine",
        f"Opioid and {kind.value} on the same days, by {name}",
        "Patients by days with both.",
        (name, "all", *DAY_WORDS),
        _lines(desk, groups, day_bins(overlap_columns(kind)[0])),
    )


def _lines(
    desk: CountDesk, groups: Sequence[Bin], bins: Sequence[Bin]
) -> tuple[tuple[str, tuple[ReportCount, ...]], ...]:
    """Each group is a part of everybody, and each of its counts a part of everybody's."""
    total = everybody(desk)
    sizes = desk.parts(groups, total)
    lines = [
        (group.words, (size, *desk.parts(bins, size, group.test))) for group, size in zip(groups, sizes, strict=True)
    ]
    for place, whole in enumerate(desk.parts(bins, total)):
        desk.small.whole(whole, [counts[place + 1] for _, counts in lines])
    return tuple(lines)
