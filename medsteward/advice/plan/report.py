"""A plan with everything that goes beside it: alternatives, checkpoints, supports, reminders, findings."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen
from attrs.validators import min_len

from medsteward.model.amount import Amount
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source
from medsteward.schedules.plan import NeedsChoice, Plan, WhenStuck

if TYPE_CHECKING:
    # only a full report holds these; a sheet is made without them
    from medsteward.interactions.result import Finding
    from medsteward.reminders.reminder import Reminder
    from medsteward.treatments.against import Found


@frozen
class Alternative:
    """Another way on, as a complete plan in short. ``command`` None: not a plan but a conversation, see ``note``.

    ``ends`` is its length in words. ``first_percent`` and ``largest_percent`` are steps as a percentage of the dose
    before, the last stop left out. ``forced``: some step is beyond the ceiling; ``forced_steps`` are those that the end
    of the policy does not plan for. ``units_a_day`` is the most of any day (None of a liquid), ``bottles`` the
    dispensings, ``strength_changes`` the steps with other strengths than the one before, ``halves`` those with halves
    of tablets. ``against`` is what speaks against its medicine.
    """

    option: str
    command: str | None
    steps: int | None = None
    last_day: date | None = None
    largest_percent: Fraction | None = None
    forced: bool | None = None
    note: str = ""
    against: tuple[Found, ...] = ()
    ends: str = ""
    first_percent: Fraction | None = None
    forced_steps: int | None = None
    units_a_day: Fraction | None = None
    bottles: int | None = None
    strength_changes: int | None = None
    halves: int | None = None


@frozen
class Checkpoint:
    """A day or span of days on which something is decided."""

    kind: str
    first_day: date
    last_day: date
    decide: str
    sources: tuple[Source, ...] = ()


@frozen
class Support:
    """Something offered beside the plan. ``limits`` say when it is held or not given, ``against`` why, by rule.

    One of ``NOTE_KINDS`` offers nothing: it is what to know of the plan.
    """

    kind: str
    consider: str
    limits: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    against: tuple[Found, ...] = ()

    @property
    def is_note(self) -> bool:
        """Whether it says what to know, and offers nothing."""
        return self.kind in NOTE_KINDS


NOTE_KINDS = frozenset({"use", "side_effect_window", "to_know", "before_therapy", "supply", "as_needed"})
"""Kinds that say how a medicine is used and supplied, and what to expect of it."""


@frozen
class TrialBound:
    """A ceiling of a trial's dose. ``holds``: the one that is kept, as the lowest that fits this patient."""

    amount: Amount
    words: str
    source: Source
    holds: bool


@frozen
class StopRule:
    """A rule set before the first dose: when the trial ends or its dose is changed."""

    kind: str
    words: str
    sources: tuple[Source, ...] = ()


@frozen
class MeasureLine:
    """A measure of a trial over time.

    ``change`` says in words what counts as a change; ``better`` is ``lower`` or ``higher``, empty where neither holds.
    ``series`` begins with the baseline. ``low`` and ``high`` are the ends of the scale, None where it has none.
    """

    name: str
    variant: str
    title: str
    unit: str
    better: str
    change: str
    series: tuple[tuple[date, Fraction], ...]
    low: Fraction | None = None
    high: Fraction | None = None
    sources: tuple[Source, ...] = ()


@frozen
class Decision:
    """What the stop rules say of a trial on a day, why, and what to consider next; never nothing."""

    kind: str
    on: date
    because: tuple[str, ...] = field(validator=min_len(1))
    consider: tuple[str, ...] = field(validator=min_len(1))
    sources: tuple[Source, ...] = ()


@frozen
class PlanSheet:
    """What a card and a calendar show of a plan on a day; ``plan`` None: refused or not possible, ``problems`` say why.

    ``kind`` is taper, trial or rhythm (checkpoints alone). ``faster_than`` names the sources whose pace the plan
    exceeds. ``earlier`` are the plan's versions before its revisions, oldest first. ``is_new``: it was planned just
    now, and not read from a file.
    """

    kind: str
    case_id: str | None
    as_of: date
    plan: Plan | None
    checkpoints: tuple[Checkpoint, ...] = ()
    faster_than: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    earlier: tuple[PlanSheet, ...] = ()
    is_new: bool = False

    @property
    def awaits_choice(self) -> bool:
        """Whether it is a new taper that does not stand yet: somebody has to choose how it goes on first."""
        if self.plan is None or not self.is_new or self.plan.events:
            return False
        request = self.plan.request
        asks = request.when_stuck is WhenStuck.ASK and not request.hold and request.trial is None
        return asks and isinstance(self.plan.outcome, NeedsChoice)

    @property
    def is_draft(self) -> bool:
        """Whether it is a taper of which nobody said yet what it is for."""
        if self.plan is None or self.kind != "taper":
            return False
        return not self.plan.request.indication and not self.plan.request.stated.says_why

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs a choice or confirmation, 4 a part is missing, 5 refused; the highest wins."""
        codes = [problem.exit_code for problem in self.problems]
        if self.plan is not None and isinstance(self.plan.outcome, NeedsChoice):
            codes.append(3)
        return max(codes, default=0)


@frozen
class PlanReport(PlanSheet):
    """A plan and everything that goes with it.

    ``sources`` are the plan's own. The last ones belong to trials: ``exit`` is the dated way out after the decision,
    None where nothing is taken then.
    """

    alternatives: tuple[Alternative, ...] = ()
    supports: tuple[Support, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    findings: tuple[Finding, ...] = ()
    sources: tuple[Source, ...] = ()
    not_for: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()
    ceilings: tuple[TrialBound, ...] = ()
    stop_rules: tuple[StopRule, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    exit: Plan | None = None
    decision: Decision | None = None
