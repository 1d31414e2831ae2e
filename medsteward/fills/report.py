"""One patient's dispensing records, looked at as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from attrs import define, evolve, field, frozen

from medsteward.caches import remembered
from medsteward.fills.by_day import DaySegment, Early, Mode, Placed, both, covered, days_in, place, segments, together
from medsteward.fills.definitions import WINDOW_DAYS, Exposure, exposure
from medsteward.fills.left_out import BUPRENORPHINE
from medsteward.fills.measure import MeasureAnswer, QualityMeasure, answers
from medsteward.fills.measure_clause import Facts
from medsteward.fills.reported import ReportedDifference, difference
from medsteward.fills.supply import MILLIONTHS, SEDATIVES, DrugKind, FillSupply, Unusable, supply_of
from medsteward.model.alike import alike
from medsteward.model.fill import ExclusionKind, FailedRow, Fill, History
from medsteward.model.oud import TREATMENT, question
from medsteward.model.problem import Caution, Problem
from medsteward.tables.table import FactorTable
from medsteward.thresholds import whole

MARKS = (whole("mme_reweigh"), whole("mme_high"))
"""MME per day at or above which days are counted."""


@frozen
class DaysTogether:
    """Days on which an opioid and another kind of drug were both supplied, as spans of ordinals."""

    kind: DrugKind
    drugs: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def days(self) -> int:
        """How many days."""
        return days_in(self.spans)


class FillLine(NamedTuple):
    """One fill that was used: what it comes to, which days it covers, and how a reported MME differs."""

    placed: Placed
    difference: ReportedDifference | None


@define(eq=False)
class FillsReport:
    """What the records of one patient say under one table.

    ``unrated`` names opioids without a factor: MME is then at least what is given. ``without_buprenorphine`` is None
    where the table does not rate it. ``every_fill_at_once`` is the MME of all fills on one day, the calendar set
    aside, in millionths. ``placed`` are the fills that were used, and ``differences`` how the MME that each reports
    differs. ``failed`` and ``excluded`` rows are in no figure.
    """

    patient: str
    as_of: date
    table: FactorTable
    mode: Mode
    window: int
    exposure: Exposure
    without_buprenorphine: Exposure | None
    every_fill_at_once: int | None
    days_at_or_above: tuple[tuple[int, int], ...]
    overlaps: tuple[DaysTogether, ...]
    early: tuple[Early, ...]
    prescribers: int | None
    pharmacies: int | None
    exclusions: tuple[tuple[ExclusionKind, tuple[int, ...]], ...]
    measures: tuple[MeasureAnswer, ...]
    placed: tuple[Placed, ...]
    differences: tuple[ReportedDifference | None, ...]
    history: History
    failed: tuple[FailedRow, ...]
    unrated: tuple[str, ...]
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]

    def __eq__(self, other: object) -> bool:
        """Whether another report says the same, as after pickling."""
        return alike(self, other) if isinstance(other, FillsReport) else NotImplemented

    __hash__ = object.__hash__

    @property
    def lines(self) -> tuple[FillLine, ...]:
        """The fills that were used, each with how its reported MME differs."""
        return tuple(map(FillLine, self.placed, self.differences))

    @property
    def edition(self) -> str:
        """The id of the table that made this report."""
        return self.table.id

    @property
    def is_complete(self) -> bool:
        """Whether every row that may be an opioid's is counted; otherwise every figure is at least what it says."""
        return not self.unrated and not self.failed

    @property
    def missing(self) -> tuple[str, ...]:
        """What may be an opioid's and is in no figure: opioids without a factor, and failed rows, by their drug."""
        return (*self.unrated, *dict.fromkeys(each.named for each in self.failed))

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say of a patient: not where every row was set aside, or none has a key."""
        return bool(self.patient) and bool(self.placed or self.failed)

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)


def report(
    history: History,
    *,
    table: FactorTable,
    as_of: date,
    mode: Mode = Mode.SUMMED,
    window: int = WINDOW_DAYS,
    measures: Sequence[QualityMeasure] = (),
    compare_with: Sequence[FactorTable] = (),
) -> FillsReport:
    """Everything that is said of one patient's records under one table.

    ``compare_with`` are tables that may explain a reported MME. Nothing is refused: a fill that cannot be reckoned is
    one of ``failed``, an opioid without a factor is one of ``missing``, and the rest stands.
    """
    usable: list[tuple[Fill, FillSupply]] = []
    failed = list(history.failed)
    for fill in history.fills:
        found = supply_of(fill.dispensed, table)
        if isinstance(found, Unusable):
            failed.append(FailedRow(fill.row, found.column, found.problem, fill.dispensed.written))
        else:
            usable.append((fill, found))
    placed, early = place(usable, mode)
    by_kind: defaultdict[DrugKind, list[Placed]] = defaultdict(list)
    for each in placed:
        for kind in each.supply.kinds:
            by_kind[kind].append(each)
    opioids = by_kind[DrugKind.OPIOID]
    counted = [each for each in opioids if each.supply.is_counted]
    unrated: tuple[str, ...] = ()
    if len(counted) < len(opioids):
        unrated = tuple(dict.fromkeys(each.supply.drug for each in opioids if is_missing(each.supply)))
    opioid_days = covered(opioids)
    days = segments(counted)
    figures = exposure(counted, days, window=window, known=bool(counted) or not (opioids or failed))
    overlaps = _overlaps(by_kind, opioid_days) if opioids and len(opioids) != len(placed) else ()
    excluded_by = _exclusions(history)
    return FillsReport(
        patient=history.patient,
        as_of=as_of,
        table=table,
        mode=mode,
        window=window,
        exposure=figures,
        without_buprenorphine=_without(counted, figures, table, window),
        every_fill_at_once=_at_once(counted) if counted else None,
        days_at_or_above=tuple([(mark, _days_at(days, mark * MILLIONTHS)) for mark in MARKS]),
        overlaps=overlaps,
        early=tuple(early),
        prescribers=_different({each.fill.prescriber for each in opioids}),
        pharmacies=_different({each.fill.pharmacy for each in opioids}),
        exclusions=excluded_by,
        measures=_measures(
            measures, history, placed, by_kind, opioid_days, counted, days, _kinds(excluded_by), bool(failed)
        ),
        placed=tuple(placed),
        differences=tuple(
            [difference(each.fill, each.supply, table, compare_with) if each.fill.reported else None for each in placed]
        ),
        history=history,
        failed=tuple(sorted(failed, key=lambda each: each.row)) if failed else (),
        unrated=unrated,
        problems=_problems(failed, opioids, unrated) if failed or unrated else (),
        cautions=(*history.cautions, *_cautions(placed, as_of)),
    )


def _without(counted: Sequence[Placed], figures: Exposure, table: FactorTable, window: int) -> Exposure | None:
    """The definitions with buprenorphine left out, where the table rates it at all."""
    if not rates_buprenorphine(table):
        return None
    others = [each for each in counted if BUPRENORPHINE not in each.supply.drug]
    if len(others) == len(counted):
        return figures
    return exposure(others, segments(others), window=window)


@remembered(64)
def rates_buprenorphine(table: FactorTable) -> bool:
    """Whether a table rates buprenorphine in any form."""
    return bool(table.rated_routes(BUPRENORPHINE))


def _days_at(days: Sequence[DaySegment], mark: int) -> int:
    return sum([each.last - each.first + 1 for each in days if each.mme >= mark])


def _at_once(counted: Sequence[Placed]) -> int:
    flat = sum(each.supply.mme or 0 for each in counted if not each.supply.is_banded)
    return flat + together(each.supply for each in counted)


def _overlaps(
    by_kind: Mapping[DrugKind, Sequence[Placed]], opioid_days: Sequence[tuple[int, int]]
) -> tuple[DaysTogether, ...]:
    found = []
    for kind in SEDATIVES:
        others = by_kind[kind]
        spans = both(opioid_days, covered(others)) if others else ()
        if spans:
            drugs = {each.supply.drug for each in (*by_kind[DrugKind.OPIOID], *others) if _touches(each, spans)}
            found.append(DaysTogether(kind, tuple(sorted(drugs)), tuple(spans)))
    return tuple(found)


def _touches(each: Placed, spans: Sequence[tuple[int, int]]) -> bool:
    begins, ends = each.first, each.last
    for first, last in spans:  # in order
        if begins <= last:
            return ends >= first
    return False


def _different(keys: set[str | None]) -> int | None:
    """How many keys there are; None where none is stated."""
    return len(keys) - (None in keys) or None


Exclusions = tuple[tuple[ExclusionKind, tuple[int, ...]], ...]


def _exclusions(history: History) -> Exclusions:
    rows: dict[ExclusionKind, list[int]] = {}
    for fill in history.fills:
        for kind in fill.exclusions:
            rows.setdefault(kind, []).append(fill.row)
    return tuple((kind, tuple(sorted(rows[kind]))) for kind in ExclusionKind if kind in rows) if rows else ()


def _kinds(exclusions: Exclusions) -> frozenset[ExclusionKind]:
    return frozenset([kind for kind, _ in exclusions])


def _measures(
    measures: Sequence[QualityMeasure],
    history: History,
    placed: Sequence[Placed],
    by_kind: Mapping[DrugKind, Sequence[Placed]],
    opioid_days: Sequence[tuple[int, int]],
    counted: Sequence[Placed],
    days: Sequence[DaySegment],
    exclusions: frozenset[ExclusionKind],
    lacking: bool,
) -> tuple[MeasureAnswer, ...]:
    if not measures or not placed:
        return ()
    opioids = by_kind[DrugKind.OPIOID]
    looked_at = [each for each in opioids if each.supply.measured]
    same = len(looked_at) == len(opioids)
    facts = Facts(
        age=_age(history, opioids),
        opioids=looked_at,
        opioid_days=opioid_days if same else covered(looked_at),
        benzodiazepines=by_kind[DrugKind.BENZODIAZEPINE],
        segments=days if same else segments([each for each in counted if each.supply.measured]),
        uncounted=len(counted) < len(opioids) and any(is_missing(each.supply) for each in looked_at),
        lacking=lacking,
        exclusions=exclusions,
        earliest=placed[0].filled,
    )
    return answers(tuple(measures), facts)


def _age(history: History, opioids: Sequence[Placed]) -> int | None:
    """Whole years on the day of the first opioid fill (they are in order), or as stated."""
    if history.birth is None or not opioids:
        return history.age
    day = opioids[0].fill.filled
    born = history.birth
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return years if years >= 0 else None


def _problems(failed: Sequence[FailedRow], opioids: Sequence[Placed], unrated: Sequence[str]) -> tuple[Problem, ...]:
    found = [evolve(each.problem, where=f"row {each.row}, {each.column}") for each in failed]
    for drug in unrated:
        fills = [each for each in opioids if each.supply.drug == drug and is_missing(each.supply)]
        reason = fills[0].supply.reason or f"{drug} has no factor"
        found.append(Problem("MME-001", f"row {fills[0].fill.row}", reason))
    return tuple(found)


def is_missing(supply: FillSupply) -> bool:
    """Whether an opioid has no MME that it should have: treatment of opioid use disorder should have none."""
    return not supply.is_counted and not supply.is_excluded


def _rows(rows: Sequence[int]) -> str:
    return f"row {rows[0]}" + (f" and {len(rows) - 1} more" if len(rows) > 1 else "")


def _left_out(placed: Sequence[Placed]) -> list[Caution]:
    """The treatment of opioid use disorder that brings no MME, each drug once, with the rows that it is in."""
    rows: dict[str, list[int]] = {}
    for each in placed:
        if each.supply.is_excluded:
            rows.setdefault(each.supply.drug, []).append(each.fill.row)
    return [Caution("MME-101", f"{name} is left out of the total: {TREATMENT}", _rows(rows[name])) for name in rows]


def _asked_about_oud(placed: Sequence[Placed]) -> list[Caution]:
    """The opioids that may be treatment of opioid use disorder, each asked about once, with the rows that it is in."""
    rows: dict[str, list[int]] = {}
    for each in placed:
        for name in each.supply.unclear:
            rows.setdefault(name, []).append(each.fill.row)
    return [
        Caution(
            "OUD-101",
            f"{question(name, 'as treatment_type')}. Until then its MME is counted",
            _rows(found),
        )
        for name, found in rows.items()
    ]


def _cautions(placed: Sequence[Placed], as_of: date) -> tuple[Caution, ...]:
    found: list[Caution] = []
    seen: dict[tuple[str | None, int, str], int] = {}
    for each in placed:
        fill, supply = each.fill, each.supply
        if fill.number is not None:
            first = seen.setdefault((fill.number, each.filled, supply.drug), fill.row)
            if first != fill.row:
                text = f"the same prescription, refill and day as row {first}; both were counted"
                found.append(Caution("FILL-110", text, f"row {fill.row}"))
        if supply.cautions or fill.cautions:
            where = f"row {fill.row}"
            found += [evolve(caution, where=where) for caution in (*supply.cautions, *fill.cautions)]
    found += _left_out(placed)
    found += _asked_about_oud(placed)
    today = as_of.toordinal()
    if placed and placed[-1].filled > today:  # they are in order
        later = sum([each.filled > today for each in placed])
        found.append(
            Caution("FILL-106", f"{later} fill{'' if later == 1 else 's'} after {as_of}; counted all the same")
        )
    return tuple(found)


@define
class Tally:
    """What became of all rows of a run, and how many patients each measure looks at. Grows as patients are reported."""

    table: FactorTable
    as_of: date
    mode: Mode = Mode.SUMMED
    window: int = WINDOW_DAYS
    measures: tuple[QualityMeasure, ...] = ()
    read: int = 0
    used: int = 0
    excluded: Counter[str] = field(factory=Counter)
    failed: Counter[str] = field(factory=Counter)
    reported: int = 0
    differences: Counter[str] = field(factory=Counter)
    patients: int = 0
    counts: defaultdict[str, Counter[str]] = field(factory=lambda: defaultdict(Counter))

    def add(self, each: FillsReport) -> None:
        """Take one patient into account."""
        self.read += each.history.rows
        self.used += len(each.placed)
        for row in each.history.excluded:
            self.excluded[row.why.value] += 1
        for placed, differs in zip(each.placed, each.differences, strict=True):
            if placed.fill.reported is not None:
                self.reported += 1
                if differs is not None:
                    self.differences[differs.cause.value] += 1
        for failure in each.failed:
            self.failed[failure.problem.code] += 1
        self.patients += each.is_shown
        for found in each.measures:
            counts = self.counts[found.measure.id]
            if found.in_denominator is not True:
                counts["unknown" if found.in_denominator is None else "outside"] += 1
            elif found.excluded_by:
                counts["excluded"] += 1
            else:
                counts["denominator"] += 1
                for rate in found.rates:
                    if rate.met:
                        counts[rate.name] += 1
                    elif rate.met is None:
                        counts[f"{rate.name}: unknown"] += 1
