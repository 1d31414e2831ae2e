"""Clauses of measures as questions to a database: each class of clause has its figure here, and says when it is met.

What a clause means is ``fills.measure_clauses``; the marks stay with the clause and are handed over as settings. A
clause of a class that has no figure here cannot be asked, and a test finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast

from attrs import evolve, field, frozen

from medsteward.fills import measure_clauses as kinds
from medsteward.fills.measure_clause import FillsClause, Operator
from medsteward.fills.supply import MILLIONTHS, DrugKind
from medsteward.population.engine import Running
from medsteward.population.per_patient import DATES
from medsteward.population.sweep import SqlStage

_C = TypeVar("_C", bound=FillsClause)


@frozen
class ClauseQuestion:
    """One clause, ready to be asked.

    ``number`` is the figure that decides, ``met`` whether it is (NULL: not known), both over the columns of a
    patient. ``stages`` are tables of a row a patient that have to be made and joined, ``over_days`` columns that are
    summed over the spans of days, ``of_days`` those that are found over them otherwise.
    """

    number: str
    met: str
    stages: tuple[SqlStage, ...] = ()
    joined: tuple[str, ...] = ()
    over_days: Mapping[str, str] = field(factory=dict)
    of_days: Mapping[str, str] = field(factory=dict)


class NamedNumbers:
    """Numbers that a text asks for by name; the same number has one name.

    ``running`` is how the database looks at rows that follow one another.
    """

    def __init__(self, running: Running) -> None:
        self.values: dict[str, int] = {}
        self.running = running

    def name(self, value: int) -> str:
        """The name of a number in the text."""
        known = f"n{value}"
        self.values[known] = value
        return f":{known}"


Render = Callable[[FillsClause, NamedNumbers], ClauseQuestion]
RENDERED: dict[type[FillsClause], Render] = {}


def _renders(kind: type[_C]) -> Callable[[Callable[[_C, NamedNumbers], ClauseQuestion]], None]:
    def keep(function: Callable[[_C, NamedNumbers], ClauseQuestion]) -> None:
        RENDERED[kind] = cast(Render, function)

    return keep


def question_of(clause: FillsClause, settings: NamedNumbers) -> ClauseQuestion:
    """A clause as a question."""
    return RENDERED[type(clause)](clause, settings)


def stages_of(questions: Iterable[ClauseQuestion]) -> tuple[SqlStage, ...]:
    """The stages of several clauses, each once."""
    found = {stage.name: stage for each in questions for stage in each.stages}
    return tuple(found.values())


def reached(number: str, mark: str, *, could_be_more: str = "") -> str:
    """Whether a number is at or above a mark; below it, nothing is known where rows failed."""
    more = f"lacking OR {could_be_more}" if could_be_more else "lacking"
    return f"CASE WHEN {number} >= {mark} THEN TRUE WHEN {more} THEN NULL ELSE FALSE END"


def _plainly(number: str, mark: int, settings: NamedNumbers) -> ClauseQuestion:
    return ClauseQuestion(number, reached(number, settings.name(mark)))


@_renders(kinds.AgeAtFirstFill)
def _age(clause: kinds.AgeAtFirstFill, settings: NamedNumbers) -> ClauseQuestion:
    return ClauseQuestion("age", f"age >= {settings.name(clause.at_least)}")


@_renders(kinds.FillsOnDifferentDates)
def _dates(clause: kinds.FillsOnDifferentDates, settings: NamedNumbers) -> ClauseQuestion:
    column = "benzodiazepine_dates" if clause.of is DrugKind.BENZODIAZEPINE else "opioid_dates"
    return evolve(_plainly(column, clause.at_least, settings), stages=(DATES,), joined=(DATES.name,))


@_renders(kinds.DaysSupplied)
def _supplied(clause: kinds.DaysSupplied, settings: NamedNumbers) -> ClauseQuestion:
    return _plainly("measured_days_supplied", clause.at_least, settings)


@_renders(kinds.DaysCovered)
def _covered(clause: kinds.DaysCovered, settings: NamedNumbers) -> ClauseQuestion:
    found = _plainly("measured_days", clause.at_least, settings)
    return evolve(found, over_days={"measured_days": "CASE WHEN measured THEN days ELSE 0 END"})


_EPISODE = {
    "measured_first": "min(CASE WHEN measured THEN day END)",
    "measured_ends": "max(CASE WHEN measured THEN next_day END)",
}


@_renders(kinds.EpisodeLasts)
def _episode(clause: kinds.EpisodeLasts, settings: NamedNumbers) -> ClauseQuestion:
    return evolve(_plainly("COALESCE(measured_ends - measured_first, 0)", clause.at_least, settings), of_days=_EPISODE)


@_renders(kinds.AverageMme)
def _average(clause: kinds.AverageMme, settings: NamedNumbers) -> ClauseQuestion:
    days = "COALESCE(measured_ends - measured_first, 1)"
    mark = settings.name(clause.at * MILLIONTHS)
    met = f"measured_total {clause.operator.value} {mark} * {days}"
    return ClauseQuestion(
        half_up("measured_total", days),
        f"CASE WHEN lacking THEN NULL WHEN {met} THEN TRUE WHEN is_uncounted THEN NULL ELSE FALSE END",
        over_days={"measured_total": "CASE WHEN measured THEN measured_mme * days ELSE 0 END"},
        of_days=_EPISODE,
    )


def half_up(total: str, days: str) -> str:
    """A total over days in whole millionths, half up. ``days`` is more than 0."""
    return f"whole_part({total}, {days}) + CASE WHEN 2 * ({total} % ({days})) >= {days} THEN 1 ELSE 0 END"


@_renders(kinds.OverlapDays)
def _overlap(clause: kinds.OverlapDays, settings: NamedNumbers) -> ClauseQuestion:
    name = "measured_benzodiazepine_days"
    both = "CASE WHEN measured AND benzodiazepines THEN days ELSE 0 END"
    return evolve(_plainly(name, clause.at_least, settings), over_days={name: both})


@_renders(kinds.DifferentKeys)
def _keys(clause: kinds.DifferentKeys, settings: NamedNumbers) -> ClauseQuestion:
    number, unnamed = f"measured_{clause.who}", f"unnamed_{clause.who}"
    mark = settings.name(clause.at_least)
    return ClauseQuestion(number, reached(number, mark, could_be_more=f"{number} + {unnamed} >= {mark}"))


@_renders(kinds.DaysAtMme)
def _days_at(clause: kinds.DaysAtMme, settings: NamedNumbers) -> ClauseQuestion:
    mark = settings.name(clause.at * MILLIONTHS)
    high = f"measured_mme {clause.operator.value} {mark}"
    name = f"days_{'in_a_row_' if clause.consecutive else ''}{_WORD[clause.operator]}_{clause.at}"
    met = reached(name, settings.name(clause.days), could_be_more="is_uncounted")
    if not clause.consecutive:
        return ClauseQuestion(name, met, over_days={name: f"CASE WHEN measured AND {high} THEN days ELSE 0 END"})
    stages = _islands(name, f"measured AND {high}", "0", "CAST(sum(days) AS BIGINT)", settings.running)
    return ClauseQuestion(f"COALESCE({name}, 0)", met.replace(name, f"COALESCE({name}, 0)"), stages, (name,))


_WORD = {Operator.AT_LEAST: "at_least", Operator.MORE_THAN: "more_than"}


@_renders(kinds.LongestSpan)
def _longest(clause: kinds.LongestSpan, settings: NamedNumbers) -> ClauseQuestion:
    name = f"longest_span_gap_{clause.gap}"
    number = f"COALESCE({name}, 0)"
    gap = settings.name(clause.gap)
    stages = _islands(name, "measured", gap, "CAST(max(next_day) - min(day) AS BIGINT)", settings.running)
    return ClauseQuestion(number, reached(number, settings.name(clause.at_least)), stages, (name,))


def _islands(name: str, where: str, gap: str, length: str, running: Running) -> tuple[SqlStage, ...]:
    """The longest run of days that hold a condition, with gaps of at most so many days."""
    before = running.beside("patient", "day")
    return (
        SqlStage(
            name,
            f"""
SELECT patient, max(length) AS {name}
FROM (
  SELECT patient, run, {length} AS length
  FROM (
    SELECT patient, day, next_day, days, CAST(sum(starts) {running.so_far("patient", "day")} AS BIGINT) AS run
    FROM (
      SELECT patient, day, next_day, days,
             CASE WHEN lag(patient) {before} = patient AND day - lag(next_day) {before} <= {gap} THEN 0 ELSE 1 END
               AS starts
      FROM (SELECT * FROM spans WHERE {where}{running.ordered("patient", "day")}) AS sorted
    ) AS marked
  ) AS numbered
  GROUP BY patient, run
) AS runs
GROUP BY patient
""",
        ),
    )


@_renders(kinds.DifferentKeysOfBoth)
def _both(clause: kinds.DifferentKeysOfBoth, settings: NamedNumbers) -> ClauseQuestion:
    """The best span of days.

    A key is within the last days from a fill of it until so many days have passed or it comes again; so each fill adds
    one to the keys of its kind and takes it away then. Only who has enough keys in all is looked at.
    """
    name = f"keys_of_both_within_{clause.within}"
    mark, within = settings.name(clause.at_least), settings.name(clause.within)

    def parts(who: str) -> str:
        adds, other = ("added AS prescribers", "0 AS pharmacies") if who == "prescriber" else ("0", "added")
        source = f"""
    FROM (
      SELECT m.patient, m.filled, lead(m.filled) OVER (PARTITION BY m.patient, m.{who} ORDER BY m.filled) AS again
      FROM (
        SELECT DISTINCT u.patient, u.filled, u.{who} FROM used u
        JOIN named_prescribers a ON a.patient = u.patient
        JOIN named_pharmacies b ON b.patient = u.patient
        WHERE u.is_measured AND u.{who} IS NOT NULL
          AND a.measured_prescribers >= {mark} AND b.measured_pharmacies >= {mark}
      ) AS m
    ) AS fills"""
        gone = f"least(filled + {within}, COALESCE(again, filled + {within}))"
        return f"""
  SELECT patient, day, {adds}, {other} FROM (
    SELECT patient, filled AS day, 1 AS added {source}
    UNION ALL
    SELECT patient, {gone} AS day, -1 AS added {source}
  ) AS {who}s_each"""

    over = "OVER (PARTITION BY patient ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    stage = SqlStage(
        name,
        f"""
SELECT patient, max(least(prescribers, pharmacies)) AS {name}
FROM (
  SELECT patient, CAST(sum(prescribers) {over} AS BIGINT) AS prescribers,
         CAST(sum(pharmacies) {over} AS BIGINT) AS pharmacies
  FROM (
    SELECT patient, day, CAST(sum(prescribers) AS BIGINT) AS prescribers, CAST(sum(pharmacies) AS BIGINT) AS pharmacies
    FROM ({parts("prescriber")}
  UNION ALL{parts("pharmacy")}
    ) AS both_kinds
    GROUP BY patient, day
  ) AS by_day
) AS running
GROUP BY patient
""",
    )
    number = f"COALESCE({name}, 0)"
    could = f"(unnamed_prescribers + unnamed_pharmacies > 0 AND measured_fills >= {mark})"
    return ClauseQuestion(number, reached(number, mark, could_be_more=could), (stage,), (name,))


def _new_start(clean: int, settings: NamedNumbers) -> SqlStage:
    """The first fill after so many days without one, and whether the records show those days."""
    name, days = f"new_start_{clean}", settings.name(clean)
    return SqlStage(
        name,
        f"""
SELECT patient, COALESCE(shown_at, first_filled) AS {name}, shown_at IS NOT NULL AS {name}_shown
FROM (
  SELECT patient, min(filled) AS first_filled,
         min(CASE WHEN is_first AND filled - before >= {days} THEN filled
                  WHEN NOT is_first AND filled - before > {days} THEN filled END) AS shown_at
  FROM (
    SELECT d.patient, d.filled,
           COALESCE(lag(d.filled) OVER (PARTITION BY d.patient ORDER BY d.filled), g.earliest) AS before,
           lag(d.filled) OVER (PARTITION BY d.patient ORDER BY d.filled) IS NULL AS is_first
    FROM (SELECT DISTINCT patient, filled FROM used WHERE is_measured) AS d JOIN given g ON g.patient = d.patient
  ) AS dated
  GROUP BY patient
) AS found
""",
    )


@_renders(kinds.NewEpisode)
def _new(clause: kinds.NewEpisode, settings: NamedNumbers) -> ClauseQuestion:
    stage = _new_start(clause.clean, settings)
    met = f"CASE WHEN lacking THEN NULL WHEN {stage.name} IS NULL THEN FALSE WHEN {stage.name}_shown THEN TRUE END"
    return ClauseQuestion("CAST(NULL AS BIGINT)", met, (stage,), (stage.name,))


@_renders(kinds.CoveredSoon)
def _soon(clause: kinds.CoveredSoon, settings: NamedNumbers) -> ClauseQuestion:
    start = _new_start(clause.clean, settings)
    name = f"days_in_{clause.within}_after_{clause.clean}"
    ends = f"n.{start.name} + {settings.name(clause.within)}"
    inside = f"greatest(least(s.next_day, {ends}) - greatest(s.day, n.{start.name}), 0)"
    stage = SqlStage(
        name,
        f"""
SELECT s.patient, CAST(sum({inside}) AS BIGINT) AS {name}
FROM spans s JOIN {start.name} n ON n.patient = s.patient
WHERE s.measured
GROUP BY s.patient
""",
    )
    number = f"COALESCE({name}, 0)"
    return ClauseQuestion(number, reached(number, settings.name(clause.at_least)), (start, stage), (name,))
