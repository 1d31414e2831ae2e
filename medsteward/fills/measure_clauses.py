"""Clauses of quality measures: each says itself and looks at one patient's fills."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from medsteward.fills.by_day import both, covered, days_in, total_of
from medsteward.fills.measure_clause import NOBODY, Answer, Facts, FillsClause, Operator, reaches
from medsteward.fills.supply import MILLIONTHS, DrugKind
from medsteward.model.missing import AGE, Ask
from medsteward.patient.form import Compare, Form, Op


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
        return reaches(facts, len({each.filled for each in facts.fills(self.of)}), self.at_least)


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
        return reaches(facts, sum([each.last - each.first + 1 for each in facts.opioids]), self.at_least)


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
        return reaches(facts, days_in(facts.opioid_days), self.at_least)


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
        return reaches(facts, spans[-1][1] - spans[0][0] + 1 if spans else 0, self.at_least)


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
        return reaches(facts, longest, self.at_least)


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
        return reaches(facts, most, self.days, could_be_more=facts.uncounted)


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
        most = len(set(named) - NOBODY)
        could = most + named.count(None) >= self.at_least
        return reaches(facts, most, self.at_least, could_be_more=could)


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
        return reaches(facts, most, self.at_least, could_be_more=could)


def _named(prescribers: Sequence[str | None], pharmacies: Sequence[str | None]) -> int:
    """How many different ones there are of both: the smaller number of the two."""
    return min(len(set(prescribers) - NOBODY), len(set(pharmacies) - NOBODY))


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
        return reaches(facts, days, self.at_least)


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
            return reaches(facts, 0, self.at_least)
        days = days_in(both(facts.opioid_days, [(start, start + self.within - 1)]))
        return reaches(facts, days, self.at_least)
