"""What a quality measure is made of: clauses that say themselves and look at one patient's fills.

A measure is data: clauses with their numbers and operators. Nothing else about a measure is code, so that another
engine can take the same declarations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import ClassVar

from attrs import define, field, fields, frozen

from medsteward.caches import remembered
from medsteward.fills.by_day import DaySegment, Placed, both, covered, days_in, total_of
from medsteward.fills.supply import MILLIONTHS, DrugKind
from medsteward.model.fill import ExclusionKind
from medsteward.model.missing import AGE, Ask
from medsteward.model.source import Source, Standing
from medsteward.patient.clause import Clause
from medsteward.patient.form import Compare, Form, Op, Reaches

_NOBODY = frozenset({None})


class Operator(Enum):
    """How a number is compared. It decides on the mark itself, so it is always stated."""

    AT_LEAST = ">="
    MORE_THAN = ">"

    def holds(self, number: int, mark: int) -> bool:
        """Whether ``number`` is at, or above, ``mark``. Exact."""
        return number >= mark if self is Operator.AT_LEAST else number > mark


@define(eq=False)
class Facts:
    """What measures look at: a patient's fills on the calendar, products that measures leave out set aside.

    Fills are in order. ``opioid_days`` are the days with an opioid, as spans. ``uncounted`` is True where an opioid has
    no factor, so that MME is at least what the segments say; ``lacking`` where rows failed, so that every number is at
    least what is known and an average is not known at all. ``earliest`` is the patient's first day in the records, of
    whatever drug.
    """

    age: int | None
    opioids: Sequence[Placed]
    opioid_days: Sequence[tuple[int, int]]
    benzodiazepines: Sequence[Placed]
    segments: Sequence[DaySegment]
    uncounted: bool
    lacking: bool
    exclusions: frozenset[ExclusionKind]
    earliest: int
    prescribers: list[str | None] = field(init=False)
    pharmacies: list[str | None] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.prescribers = [each.fill.prescriber for each in self.opioids]
        self.pharmacies = [each.fill.pharmacy for each in self.opioids]

    def fills(self, kind: DrugKind) -> Sequence[Placed]:
        """The fills of one kind of drug."""
        return self.benzodiazepines if kind is DrugKind.BENZODIAZEPINE else self.opioids


Answer = tuple[bool | None, int | None]
"""Whether a clause is met (None: not known) and the number that decided, where there is one.

MME are whole millionths, half up; the comparison itself is exact.
"""


@frozen(kw_only=True, eq=False)
class FillsClause(Clause[Facts]):
    """One condition of a measure. ``standing`` is that of the condition in the measure's sources.

    ``in_mme``: the number that decides is MME, in millionths. ``figure`` names that number for a database.
    """

    standing: Standing = Standing.VERIFIED
    in_mme: ClassVar[bool] = False
    figure: ClassVar[str] = ""
    marked_by: ClassVar[str] = "at_least"

    @property
    def words(self) -> str:
        """The clause as a sentence would say it."""
        raise NotImplementedError

    def answer(self, facts: Facts) -> Answer:
        """Whether a patient meets it."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.words

    def test(self, facts: Facts, /) -> bool | None:
        """Whether a patient meets it; None: not known."""
        return self.answer(facts)[0]

    @property
    def form(self) -> Form:
        """The figure that decides, with its settings, against its mark."""
        own = {each.name: getattr(self, each.name) for each in fields(type(self)) if each.name != "standing"}
        mark = own.pop(self.marked_by)
        op = _OPS[own.pop("operator")] if self.in_mme else Op.AT_LEAST
        settings = tuple(sorted((name, _plain(value)) for name, value in own.items()))
        return Reaches(self.figure, settings, op, mark)


_OPS = {Operator.AT_LEAST: Op.AT_LEAST, Operator.MORE_THAN: Op.ABOVE}


def _plain(value: object) -> int | str:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, int) else str(value)


def _reaches(facts: Facts, number: int, mark: int, *, could_be_more: bool = False) -> Answer:
    """Whether a number is at or above a mark; below it, nothing is known where rows failed."""
    if number >= mark:
        return True, number
    return None if could_be_more or facts.lacking else False, number


@frozen(kw_only=True, eq=False)
class AgeAtFirstFill(FillsClause):
    """Age at the first opioid fill."""

    at_least: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f"age >= {self.at_least} years"

    def answer(self, facts: Facts) -> Answer:
        """Unknown without a birth date or an age."""
        if facts.age is None:
            return None, None
        return facts.age >= self.at_least, facts.age

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The age."""
        return (AGE,)

    @property
    def form(self) -> Form:
        """The age against its mark."""
        return Compare("age", Op.AT_LEAST, self.at_least)


@frozen(kw_only=True, eq=False)
class FillsOnDifferentDates(FillsClause):
    """So many fills of a kind of drug, on different days."""

    figure = "fill dates"
    of: DrugKind
    at_least: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f">= {self.at_least} {self.of.value} fills on different dates"

    def answer(self, facts: Facts) -> Answer:
        """Two fills of one day are one date."""
        return _reaches(facts, len({each.filled for each in facts.fills(self.of)}), self.at_least)


@frozen(kw_only=True, eq=False)
class DaysSupplied(FillsClause):
    """The days' supply of all opioid fills together."""

    figure = "days supplied"
    at_least: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f">= {self.at_least} days of opioid supply in all, overlapping days counted twice"

    def answer(self, facts: Facts) -> Answer:
        """The sum of days' supply."""
        return _reaches(facts, sum([each.last - each.first + 1 for each in facts.opioids]), self.at_least)


@frozen(kw_only=True, eq=False)
class DaysCovered(FillsClause):
    """Calendar days with an opioid."""

    figure = "days covered"
    at_least: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f">= {self.at_least} calendar days covered by an opioid"

    def answer(self, facts: Facts) -> Answer:
        """Each day counted once."""
        return _reaches(facts, days_in(facts.opioid_days), self.at_least)


@frozen(kw_only=True, eq=False)
class EpisodeLasts(FillsClause):
    """From the first opioid fill to the last covered day."""

    figure = "episode days"
    at_least: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f"opioid episode of >= {self.at_least} days, from the first fill to the last covered day"

    def answer(self, facts: Facts) -> Answer:
        """Gaps included."""
        spans = facts.opioid_days
        return _reaches(facts, spans[-1][1] - spans[0][0] + 1 if spans else 0, self.at_least)


@frozen(kw_only=True, eq=False)
class LongestSpan(FillsClause):
    """Days with an opioid, gaps of a few days bridged."""

    figure = "longest span"
    at_least: int
    gap: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f">= {self.at_least} days of opioids with gaps of at most {self.gap} days"

    def answer(self, facts: Facts) -> Answer:
        """The longest such span, its gaps included."""
        longest = start = end = 0
        for first, last in facts.opioid_days:
            if not end or first - end - 1 > self.gap:
                start = first
            end = last
            if end - start >= longest:
                longest = end - start + 1
        return _reaches(facts, longest, self.at_least)


@frozen(kw_only=True, eq=False)
class AverageMme(FillsClause):
    """Average MME per day from the first opioid fill to the last covered day."""

    figure = "average MME"
    marked_by = "at"
    in_mme = True
    operator: Operator
    at: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f"average MME per day {self.operator.value} {self.at}, from the first fill to the last covered day"

    def answer(self, facts: Facts) -> Answer:
        """All MME of the episode by its days, those without supply included."""
        spans = facts.opioid_days
        days = spans[-1][1] - spans[0][0] + 1 if spans else 1
        total = total_of(facts.segments)
        met = self.operator.holds(total, self.at * MILLIONTHS * days)
        unknown = facts.lacking or (facts.uncounted and not met)
        return None if unknown else met, (2 * total + days) // (2 * days)


@frozen(kw_only=True, eq=False)
class DaysAtMme(FillsClause):
    """Days on which the MME reaches a mark, in a row or in all."""

    figure = "days at MME"
    marked_by = "days"
    operator: Operator
    at: int
    days: int
    consecutive: bool

    @property
    def words(self) -> str:
        """The clause in words."""
        row = "consecutive " if self.consecutive else ""
        return f"MME {self.operator.value} {self.at} on >= {self.days} {row}days"

    def answer(self, facts: Facts) -> Answer:
        """Days are calendar days."""
        most = run = end = 0
        mark = self.at * MILLIONTHS
        for each in facts.segments:
            if each.mme < mark or not self.operator.holds(each.mme, mark):
                continue
            days = each.last - each.first + 1
            run = run + days if not self.consecutive or each.first == end + 1 else days
            end = each.last
            if run > most:
                most = run
        return _reaches(facts, most, self.days, could_be_more=facts.uncounted)


@frozen(kw_only=True, eq=False)
class DifferentKeys(FillsClause):
    """So many different prescribers or pharmacies of opioids, over all of the records."""

    figure = "different keys"
    who: str
    at_least: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f">= {self.at_least} {self.who} of opioids"

    def answer(self, facts: Facts) -> Answer:
        """Unknown where the column is empty on a fill and the others do not reach the mark."""
        named = facts.prescribers if self.who == "prescribers" else facts.pharmacies
        most = len(set(named) - _NOBODY)
        could = most + named.count(None) >= self.at_least
        return _reaches(facts, most, self.at_least, could_be_more=could)


@frozen(kw_only=True, eq=False)
class DifferentKeysOfBoth(FillsClause):
    """So many different prescribers and so many pharmacies within the same days."""

    figure = "different keys of both"
    at_least: int
    within: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f">= {self.at_least} prescribers and >= {self.at_least} pharmacies of opioids within {self.within} days"

    def answer(self, facts: Facts) -> Answer:
        """The best span of days; the number is the smaller of the two."""
        prescribers, pharmacies = facts.prescribers, facts.pharmacies
        days = [each.filled for each in facts.opioids]  # in order, as they are placed
        highest = _named(prescribers, pharmacies)
        most = start = 0
        if days and days[-1] - days[0] < self.within:
            most = highest
        for end, day in enumerate(days):
            if most == highest:
                break
            while day - days[start] >= self.within:
                start += 1
            if end + 1 < len(days) and days[end + 1] - days[start] < self.within:
                continue  # a longer span holds this one
            most = max(most, _named(prescribers[start : end + 1], pharmacies[start : end + 1]))
        lacking = None in prescribers or None in pharmacies
        could = lacking and len(days) >= self.at_least
        return _reaches(facts, most, self.at_least, could_be_more=could)


def _named(prescribers: Sequence[str | None], pharmacies: Sequence[str | None]) -> int:
    """How many different ones there are of both: the smaller number of the two."""
    return min(len(set(prescribers) - _NOBODY), len(set(pharmacies) - _NOBODY))


@frozen(kw_only=True, eq=False)
class OverlapDays(FillsClause):
    """Days with both an opioid and a benzodiazepine."""

    figure = "days with both"
    at_least: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f">= {self.at_least} days in all with both an opioid and a benzodiazepine"

    def answer(self, facts: Facts) -> Answer:
        """Calendar days, each once."""
        days = days_in(both(facts.opioid_days, covered(facts.benzodiazepines)))
        return _reaches(facts, days, self.at_least)


def _new_start(facts: Facts, clean: int) -> tuple[int | None, bool]:
    """The first fill after so many days without an opioid fill, and whether the records show those days."""
    days = sorted({each.filled for each in facts.opioids})
    if not days:
        return None, True
    if days[0] - facts.earliest >= clean:
        return days[0], True
    for before, day in pairwise(days):
        if day - before > clean:
            return day, True
    return days[0], False


@frozen(kw_only=True, eq=False)
class NewEpisode(FillsClause):
    """An opioid fill after some days without any."""

    figure = "days without an opioid before a fill"
    marked_by = "clean"
    clean: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f"an opioid fill after {self.clean} days without one"

    def answer(self, facts: Facts) -> Answer:
        """Unknown where the records begin less than that before the first fill."""
        start, shown = _new_start(facts, self.clean)
        if facts.lacking:
            return None, None
        if start is None:
            return False, None
        return (True if shown else None), None


@frozen(kw_only=True, eq=False)
class CoveredSoon(FillsClause):
    """Days covered within some days of a new start."""

    figure = "days covered soon"
    at_least: int
    within: int
    clean: int

    @property
    def words(self) -> str:
        """The clause in words."""
        return f">= {self.at_least} days covered in the {self.within} days from the new start"

    def answer(self, facts: Facts) -> Answer:
        """Calendar days, each once."""
        start, _ = _new_start(facts, self.clean)
        if start is None:
            return _reaches(facts, 0, self.at_least)
        days = days_in(both(facts.opioid_days, [(start, start + self.within - 1)]))
        return _reaches(facts, days, self.at_least)


@frozen(eq=False)
class MeasureRate:
    """One numerator of a measure: all its clauses."""

    name: str
    numerator: tuple[FillsClause, ...]


@frozen(eq=False)
class QualityMeasure:
    """A quality measure: whom it looks at, whom it leaves out, and what it counts.

    ``dated`` says of which time the text is; ``retired`` is empty or says since when it is no longer in use.
    ``exclusions_standing`` is that of the exclusions. A measure with anything recalled is not on by default.
    """

    id: str
    title: str
    steward: str
    dated: str
    denominator: tuple[FillsClause, ...]
    rates: tuple[MeasureRate, ...]
    exclusions: tuple[ExclusionKind, ...]
    exclusions_standing: Standing
    sources: tuple[Source, ...]
    retired: str = ""
    superseded: bool = False
    note: str = ""

    @property
    def standing(self) -> Standing:
        """The weakest standing of its parts."""
        parts = [*self.denominator, *(clause for rate in self.rates for clause in rate.numerator)]
        found = {clause.standing for clause in parts} | {source.standing for source in self.sources}
        if self.exclusions:
            found.add(self.exclusions_standing)
        order = (Standing.RECALLED, Standing.OURS, Standing.SECONDARY, Standing.VERIFIED)
        return next(each for each in order if each in found)

    @property
    def by_default(self) -> bool:
        """Whether it is answered without being asked for."""
        return self.standing is not Standing.RECALLED and not self.superseded


@define
class RateAnswer:
    """One rate for one patient, with the answer of each of its clauses."""

    name: str
    met: bool | None
    answers: tuple[tuple[FillsClause, Answer], ...]


@define
class MeasureAnswer:
    """A measure for one patient: in the denominator, left out, in each numerator. None: not known.

    ``unmet`` are the clauses of the denominator that are not met, or not known to be. A patient who is surely outside
    has no rates.
    """

    measure: QualityMeasure
    in_denominator: bool | None
    excluded_by: tuple[ExclusionKind, ...]
    rates: tuple[RateAnswer, ...]
    unmet: tuple[tuple[FillsClause, Answer], ...]


def answers(measures: tuple[QualityMeasure, ...], facts: Facts) -> tuple[MeasureAnswer, ...]:
    """Hold measures against one patient's fills. Measures share clauses, so each clause is asked once."""
    known = {clause: clause.answer(facts) for clause in _clauses(measures)}
    return tuple([_answer(measure, facts.exclusions, known) for measure in measures])


@remembered(64)
def _clauses(measures: tuple[QualityMeasure, ...]) -> tuple[FillsClause, ...]:
    """The different clauses of all of them."""
    parts = [
        each for measure in measures for each in (measure.denominator, *(rate.numerator for rate in measure.rates))
    ]
    return tuple(dict.fromkeys(clause for part in parts for clause in part))


def _answer(
    measure: QualityMeasure, exclusions: frozenset[ExclusionKind], known: Mapping[FillsClause, Answer]
) -> MeasureAnswer:
    inside, found = _all_met(measure.denominator, known)
    unmet = () if inside else tuple([each for each in found if not each[1][0]])
    rates: list[RateAnswer] = []
    if inside is not False:
        for rate in measure.rates:
            met, found = _all_met(rate.numerator, known)
            rates.append(RateAnswer(rate.name, met, tuple(found)))
    out = tuple([each for each in measure.exclusions if each in exclusions]) if exclusions else ()
    return MeasureAnswer(measure, inside, out, tuple(rates), unmet)


def _all_met(
    clauses: Sequence[FillsClause], known: Mapping[FillsClause, Answer]
) -> tuple[bool | None, list[tuple[FillsClause, Answer]]]:
    """Whether all are met (no where one is not, not known where one is not known), and what each says."""
    all_met: bool | None = True
    found: list[tuple[FillsClause, Answer]] = []
    for clause in clauses:
        said = known[clause]
        found.append((clause, said))
        if all_met is not False and not said[0]:
            all_met = said[0]
    return all_met, found
