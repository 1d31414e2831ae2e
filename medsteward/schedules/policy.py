"""What a policy asks of a taper: how much, how often, at most how much at once, for whom. Declarations only."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, field, frozen
from attrs.validators import instance_of, min_len, optional

from medsteward.model.drug import DrugClass
from medsteward.model.kept import ADDED
from medsteward.model.source import Source, Standing
from medsteward.schedules.dates import Interval


class Basis(Enum):
    """What a percentage is a percentage of. Never guessed, always printed."""

    CURRENT = "current"
    ORIGINAL = "original"


class PolicyStatus(Enum):
    """Whether a policy is meant for use."""

    CURRENT = "current"
    SUPERSEDED = "superseded"


@frozen
class Range:
    """The lowest and highest figure a source gives; None where it leaves that end open ("10 % or less").

    ``under``: the high end itself is not in it ("less than 10 %").
    """

    low: Fraction | None = field(validator=optional(instance_of(Fraction)))
    high: Fraction | None = field(validator=optional(instance_of(Fraction)))
    under: bool = field(default=False, metadata=ADDED)

    def __attrs_post_init__(self) -> None:
        ends = [end for end in (self.low, self.high) if end is not None]
        if not ends or ends[0] <= 0 or ends[0] > ends[-1]:
            raise ValueError(f"a range runs from its low end to its high end, not from {self.low} to {self.high}")
        if self.under and (self.high is None or self.low == self.high):
            raise ValueError("a range that ends under a figure has that figure, and it is not its low end")

    def holds(self, figure: Fraction) -> bool:
        """Whether a figure is within both ends."""
        return (self.low is None or figure >= self.low) and not self.is_passed_by(figure)

    def is_passed_by(self, figure: Fraction) -> bool:
        """Whether a figure is above the high end, or at it where that is not in the range."""
        return self.high is not None and (figure >= self.high if self.under else figure > self.high)


@frozen
class Phase:
    """What is asked from a share of the original total downwards.

    ``share`` is that share (1 for the first phase). Either ``percent`` of ``basis`` is asked, or ``amounts``: a fixed
    number of the drug's own unit per step, by ingredient. ``every`` is how long each step lasts at least.
    ``percents`` and ``days`` are the ranges the source gives. ``standing`` is that of its figures. ``as_asked``: its
    figures are those of who asked, and nobody's standing; ``hold`` is how long a forced step lasts at least, None for
    twice as long as another.
    """

    share: Fraction
    every: Interval
    percent: Fraction | None = None
    basis: Basis | None = None
    amounts: tuple[tuple[str, Fraction], ...] = ()
    percents: Range | None = None
    days: Range | None = None
    standing: Standing = Standing.VERIFIED
    note: str = ""
    as_asked: bool = field(default=False, metadata=ADDED)
    hold: Interval | None = field(default=None, metadata=ADDED)

    @property
    def forced_hold(self) -> Interval:
        """How long a step beyond the ceiling lasts at least: twice as long as others unless ``hold`` says."""
        return self.hold or Interval(days=self.every.days * 2, months=self.every.months * 2)

    def lasting(self, every: Interval) -> Phase:
        """The phase with steps as long as somebody asked for.

        A forced step is held as long as before or as asked, whichever is longer, and never more than twice as asked.
        """
        twice = Interval(days=every.days * 2, months=every.months * 2)
        longer = max(self.forced_hold, every, key=lambda each: each.least_days)
        return evolve(self, every=every, hold=min(twice, longer, key=lambda each: each.least_days), as_asked=True)

    def __attrs_post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError("a phase begins at a share of the original total, more than 0 and at most 1")
        if (self.percent is None) != (self.basis is None) or (self.percent is None) == (not self.amounts):
            raise ValueError("a phase asks for a percentage of a basis, or for amounts")
        if self.percent is not None and not 0 < self.percent <= 100:
            raise ValueError("a percentage is more than 0 and at most 100")


@frozen
class StepCeiling:
    """The most that one step may take off: percent of the current total, or an amount of the drug's own unit.

    ``as_asked``: it is that of who asked, and has nobody's standing.
    """

    percent: Fraction | None = None
    amounts: tuple[tuple[str, Fraction], ...] = ()
    standing: Standing = Standing.OURS
    note: str = ""
    as_asked: bool = field(default=False, metadata=ADDED)

    def __attrs_post_init__(self) -> None:
        if (self.percent is None) == (not self.amounts):
            raise ValueError("a ceiling is a percentage of the current total, or amounts")
        if self.percent is not None and not 0 < self.percent <= 100:
            raise ValueError("a ceiling is more than 0 and at most 100 percent")


@frozen
class FollowUp:
    """When to see the patient: ``after_days`` of each step's first day, then again ``before`` each step.

    ``words`` is the source's advice in our words; ``after_start_days`` are days after the plan's first day, once, and
    ``after_stop_days`` days after the last dose.
    """

    words: str
    after_start_days: tuple[int, ...] = ()
    after_days: tuple[int, ...] = ()
    before_each_step: bool = True
    after_stop_days: tuple[int, ...] = ()
    standing: Standing = Standing.VERIFIED


@frozen
class Policy:
    """A named, sourced, dated way to taper.

    ``classes`` and ``drugs`` say what it is for (either fits); ``release`` and ``route`` narrow that, empty for any.
    ``for_whom`` and ``not_for`` are sentences that are printed; ``conditions_against`` are condition names that refuse
    it, and of ``conditions_only`` one must be there, unless it is empty. ``phases`` come in falling order of share.
    ``intervals_only`` are the days a step may last at all where a source also names intervals that are not offered.
    ``bottom_share`` is the share of the original total from which a stop is planned for, not a step like others.
    ``stops_at_bottom``: from there the next step is the stop, even where products make smaller ones.
    ``notes`` say what the source leaves open and what we chose.
    """

    id: str
    title: str
    year: int
    phases: tuple[Phase, ...] = field(validator=min_len(1))
    ceiling: StepCeiling
    pauses: str
    bottom: str
    follow_up: FollowUp
    for_whom: tuple[str, ...]
    not_for: tuple[str, ...]
    sources: tuple[Source, ...] = field(validator=min_len(1))
    classes: frozenset[DrugClass] = frozenset()
    drugs: frozenset[str] = frozenset()
    conditions_against: frozenset[str] = frozenset()
    conditions_only: frozenset[str] = frozenset()
    status: PolicyStatus = PolicyStatus.CURRENT
    intervals_only: Range | None = None
    release: str = ""
    route: str = ""
    bottom_share: Fraction = Fraction(1, 3)
    notes: tuple[str, ...] = ()
    stops_at_bottom: bool = False

    def __attrs_post_init__(self) -> None:
        shares = [phase.share for phase in self.phases]
        if shares[0] != 1 or any(later >= earlier for earlier, later in pairwise(shares)):
            raise ValueError(f"{self.id}: phases begin at the whole and follow one another downwards")
        if not self.classes and not self.drugs:
            raise ValueError(f"{self.id}: a policy is for a class or for drugs")

    def is_for(self, drug: str, drug_class: DrugClass, release: str | None = None, route: str | None = None) -> bool:
        """Whether it is for a drug. A release or route that is not known (None) rules nothing out."""
        fits = drug in self.drugs or drug_class in self.classes
        return fits and release in (None, self.release or release) and route in (None, self.route or route)

    def phase_at(self, share: Fraction) -> Phase:
        """The phase that holds when ``share`` of the original total is left."""
        return next(phase for phase in reversed(self.phases) if share <= phase.share or phase.share == 1)

    @property
    def ends_at_once(self) -> bool:
        """Whether the whole dose ends in one step, as for what needs no taper."""
        return all(phase.percent == 100 for phase in self.phases)

    @property
    def standing(self) -> Standing:
        """The weakest standing among the figures, in the order verified, secondary, ours, recalled."""
        order = (Standing.VERIFIED, Standing.SECONDARY, Standing.OURS, Standing.RECALLED)
        return max((phase.standing for phase in self.phases), key=order.index)
