"""What a trial of a drug is made of: ramps, windows, dates, the way out. Each figure has its source."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import field, frozen
from attrs.validators import min_len

from medsteward.limits.load import dose_limit
from medsteward.model.source import Source
from medsteward.model.unit import Unit
from medsteward.patient.clauses import Age, All, CaseClause, Has
from medsteward.schedules.moment import Moment
from medsteward.schedules.policy import Policy
from medsteward.schedules.trial import Days, Stage


@frozen
class Who:
    """For whom a ramp is; every test that is set holds. Nothing set: everybody.

    ``limit`` is the id of a row of the dose limits: who is in its population. Of ``conditions`` one is enough. ``site``
    is where it is used, ``label`` whose table it stands in.
    """

    age_from: int | None = None
    limit: str = ""
    conditions: tuple[str, ...] = ()
    site: str = ""
    label: str = ""
    when: CaseClause = field(init=False, repr=False)
    """All tests of the patient as one clause; ``site`` and ``label`` are of the trial."""

    @when.default
    def _when(self) -> CaseClause:
        return All(tuple(self._clauses()))

    def _clauses(self) -> Iterator[CaseClause]:
        if self.age_from is not None:
            yield Age(at_least=self.age_from)
        if self.limit:
            population = dose_limit(self.limit).population
            if population is None:
                raise ValueError(f"{self.limit} is for everybody: it chooses no patient")
            yield population
        if self.conditions:
            yield Has(self.conditions)


EVERYBODY = Who()


@frozen
class Ramp:
    """The stages for some patients. The first ramp in order that fits is used."""

    who: Who
    stages: tuple[Stage, ...] = field(validator=min_len(1))
    sources: tuple[Source, ...] = field(validator=min_len(1))


@frozen
class Note:
    """Something to know about the trial."""

    text: str
    source: Source


@frozen
class Window:
    """A side effect that is expected up to a day of the trial, and is by itself no failure until then."""

    effect: str
    through_day: int
    words: str
    source: Source


@frozen
class TrialDrug:
    """The trial of one drug.

    ``strengths`` are those of the products used, of ``unit`` each; none: every listed one. Its ceilings are those of
    the dose limits for the patient: for ``uses`` beside what is stated, with ``ceiling_words`` said of each.
    ``self_care`` is the row of who takes it without a prescription, which does not bound the directions of one.
    ``exit`` is the id of a taper policy, or a policy of its own that stops. ``single`` is what is taken before a
    session of therapy and, after two weeks, what instead.
    """

    id: str
    title: str
    drug: str
    route: str
    form: str
    release: str | None
    unit: Unit
    strengths: tuple[Fraction, ...]
    ramps: tuple[Ramp, ...] = field(validator=min_len(1))
    exit: str | Policy
    length: Source
    names: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    ceiling_words: str = ""
    self_care: str = ""
    safety: Days = (7, 14)
    first_impression: Days = (14, 28)
    fair_trial: Days = (42, 56)
    windows: tuple[Window, ...] = ()
    notes: tuple[Note, ...] = ()
    single: tuple[Fraction, Fraction] | None = None

    @property
    def least_daily_mg(self) -> Fraction | None:
        """The least a day that any of its ramps begins with, in mg; None: doses in another unit."""
        if self.unit is not Unit.MG:
            return None
        first = (
            sum((amount for _, amount in stage.doses), Fraction(0)) for ramp in self.ramps for stage in ramp.stages
        )
        return min((daily for daily in first if daily), default=None)


@frozen
class Undosed:
    """A drug whose trial has dates, and no dose in any source that was read."""

    id: str
    title: str
    drug: str
    why: str
    sources: tuple[Source, ...] = field(validator=min_len(1))
    names: tuple[str, ...] = ()
    safety: Days = (7, 14)
    first_impression: Days = (14, 28)
    fair_trial: Days = (28, 28)
    notes: tuple[Note, ...] = ()


def once(time: Moment, amount: int | str | Fraction) -> tuple[tuple[Moment, Fraction], ...]:
    """One dose a day."""
    return ((time, Fraction(amount)),)


def twice(amount: int | str | Fraction) -> tuple[tuple[Moment, Fraction], ...]:
    """A dose in the morning and one in the evening."""
    return ((Moment.MORNING, Fraction(amount)), (Moment.EVENING, Fraction(amount)))


def thrice(
    amount: int | str | Fraction, last: int | str | Fraction | None = None
) -> tuple[tuple[Moment, Fraction], ...]:
    """Three doses a day; ``last`` is that at bedtime where it is another."""
    evening = Fraction(amount if last is None else last)
    return ((Moment.MORNING, Fraction(amount)), (Moment.NOON, Fraction(amount)), (Moment.BEDTIME, evening))


def four_times(*amounts: int | str | Fraction) -> tuple[tuple[Moment, Fraction], ...]:
    """Four doses a day, all alike where one amount is given."""
    each = [Fraction(amount) for amount in (amounts * 4 if len(amounts) == 1 else amounts)]
    times = (Moment.MORNING, Moment.NOON, Moment.EVENING, Moment.BEDTIME)
    return tuple(zip(times, each, strict=True))
