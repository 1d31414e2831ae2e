"""A schedule held against a policy: its steps, what exceeds the policy, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import frozen

from medsteward.model.amount import Amount
from medsteward.model.number import PLACES, decimal_text
from medsteward.schedules.policy import Basis, Phase, Policy
from medsteward.schedules.step import DrugDay

LAST_STOP = "the last stop, from the smallest possible dose"


class Bound(Enum):
    """What a step can exceed."""

    CEILING = "ceiling"
    ASKED = "asked range"
    INTERVAL = "interval range"


class TotalChange(Enum):
    """What a step does to the total."""

    START = "start"
    REDUCE = "reduce"
    SAME = "same"
    RISE = "rise"
    STOP = "stop"


class Irregularity(Enum):
    """What a schedule should not have."""

    GAP = "gap"
    OVERLAP = "overlap"
    RISE = "rise"
    SWITCH = "switch"
    TOGETHER = "together"


@frozen
class Excess:
    """A bound that a step exceeds.

    ``actual`` and ``allowed`` are percent (of ``basis``, or of the current total for a ceiling), days for an interval,
    or the drug's own unit a day where the ceiling is an amount of ``drug``. ``planned`` is empty, or why it was meant.
    ``under``: it has to stay below what is ``allowed``.
    """

    bound: Bound
    actual: Fraction
    allowed: Fraction
    basis: Basis | None = None
    drug: str = ""
    planned: str = ""
    under: bool = False


@frozen
class HeldStep:
    """One dose of the schedule against the policy.

    ``number`` 0 is the present dose that the rest starts from. ``percent_of_current`` and ``percent_of_original`` are
    what the step takes off, None for the present dose and for a rise. ``phase`` is the one whose pace it is held
    against, by the share of the original total before the step. ``gentler`` are the bounds it stays below the low end
    of: allowed, and said.
    """

    number: int
    change: TotalChange
    first_day: date
    last_day: date
    daily: tuple[DrugDay, ...]
    total: Amount
    percent_of_current: Fraction | None = None
    percent_of_original: Fraction | None = None
    phase: Phase | None = None
    forced: str = ""
    exceeds: tuple[Excess, ...] = ()
    gentler: tuple[Bound, ...] = ()

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last_day - self.first_day).days + 1

    @property
    def is_within(self) -> bool:
        """Whether nothing is exceeded that was not planned."""
        return all(each.planned for each in self.exceeds)


@frozen
class Irregular:
    """Something a schedule should not have: its days, the drugs, why it matters and what to consider."""

    kind: Irregularity
    first_day: date
    last_day: date
    drugs: tuple[str, ...]
    because: str
    consider: str


@frozen
class HeldSchedule:
    """A schedule held against a policy. ``original`` is the total that shares and original percentages are of."""

    policy: Policy
    original: Amount
    steps: tuple[HeldStep, ...]
    irregular: tuple[Irregular, ...] = ()

    @property
    def exceeding(self) -> tuple[HeldStep, ...]:
        """The steps that exceed a bound without having been planned to."""
        return tuple(step for step in self.steps if not step.is_within)

    @property
    def is_within(self) -> bool:
        """Whether every step is within every bound, and no day is missing, doubled or higher than before."""
        return not self.exceeding and not self.irregular


# --- in words ---


def exceeding_words(held: HeldSchedule, plan_steps: Sequence[tuple[date, int]] = ()) -> str:
    """Which steps go beyond the policy unplanned: ``steps 2 and 3 of 5 go beyond humane``; empty: none.

    ``plan_steps`` are the first days of the steps of a whole plan with their numbers, of which these are a part.
    """
    all_steps = len(plan_steps) or sum(step.phase is not None for step in held.steps)
    of_plan = dict(plan_steps)
    over = [str(of_plan.get(step.first_day, step.number)) for step in held.exceeding]
    if not over:
        return ""
    if len(over) > _NAMED:
        said = f"{len(over)} of {all_steps} steps go"
    elif len(over) == 1:
        said = f"step {over[0]} of {all_steps} goes"
    else:
        said = f"steps {', '.join(over[:-1])} and {over[-1]} of {all_steps} go"
    return f"{said} beyond {held.policy.id}"


_NAMED = 6
"""Steps that are named by their numbers; more are counted."""


def excess_words(each: Excess) -> str:
    """One bound that is exceeded, with its figures."""
    planned = f" (planned: {each.planned})" if each.planned else ""
    if each.bound is Bound.INTERVAL:
        return f"{decimal_text(each.actual)} days until the next change, under {decimal_text(each.allowed)}{planned}"
    if each.actual == each.allowed:  # at a bound that is not within the range
        actual = allowed = decimal_text(each.actual)
    else:
        actual, allowed = _apart(each.actual, each.allowed)
    if each.drug:
        return f"{actual} mg/d of {each.drug}, over the ceiling of {allowed} mg/d{planned}"
    what = "the ceiling" if each.bound is Bound.CEILING else "the range asked"
    basis = (each.basis or Basis.CURRENT).value
    if each.under:
        return f"{actual} % of the {basis} dose, and {what} is less than {allowed} %{planned}"
    return f"{actual} % of the {basis} dose, over {what} of {allowed} %{planned}"


def _apart(actual: Fraction, allowed: Fraction) -> tuple[str, str]:
    """Both figures with as few places, one at least, as show that they differ."""
    places = next((n for n in range(1, PLACES) if decimal_text(actual, n) != decimal_text(allowed, n)), PLACES)
    return decimal_text(actual, places), decimal_text(allowed, places)
