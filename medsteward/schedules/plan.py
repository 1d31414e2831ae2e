"""A plan: what was asked, the steps planned first, what happened since, and the steps as they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from attrs import field, frozen
from attrs.validators import min_len

from medsteward.model.kept import ADDED
from medsteward.model.regimen import Case
from medsteward.model.stated import Stated
from medsteward.model.unit import Unit
from medsteward.schedules.course import Course as Course
from medsteward.schedules.course import WhenStuck as WhenStuck
from medsteward.schedules.event import End, Event, HoldAt, Present, Resume, standing
from medsteward.schedules.last_days import LastDays
from medsteward.schedules.moment import Moment
from medsteward.schedules.step import Step
from medsteward.schedules.trial import Trial

Weigh = Callable[[tuple[Fraction, ...]], Fraction]
"""The day's amounts of a course's drugs, in the order of its tracks, to the day's total."""


@frozen
class Asked:
    """The command as it was asked, so that other ways on can be shown as commands.

    ``lines`` are the medication lines as written, ``options`` the words of the options, ``source`` the case file where
    the lines came from one.
    """

    lines: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    source: str | None = None


AS_NEEDED_STEPS = 7
"""Days of a trial as needed from which its most is lowered in steps. Ours; CDC 2022, Recommendation 6, asks for a brief
taper after more than a few days round the clock."""


@frozen
class Request:
    """Everything a plan follows from. The same request gives the same plan.

    ``courses`` follow one another: the next begins when the one before has reached its target. ``avoid`` is as asked
    (``weekends,holidays:US``); ``weekday`` 0 is Monday. ``hold`` not empty: the reason why nothing is lowered yet.
    ``stated`` is who asks, why and under whom; ``reason`` is the text of it that is printed, with what was answered.
    ``table`` is the id of the factor table of the total. ``case`` is whom it is for, as far as it is known. ``trial``
    makes it a trial: the course is its drug at the doses planned last, under the policy of its way out.
    ``first_fill_days`` are those of the very first dispensing, where they are not ``fill_days``. ``last_days`` are the
    days without a dose before the stop, as asked; None: as is usual for each line.
    """

    start: date
    courses: tuple[Course, ...] = field(validator=min_len(1))
    table: str
    indication: str
    reason: str = ""
    hold: str = ""
    when_stuck: WhenStuck = WhenStuck.ASK
    larger: Moment | None = None
    avoid: str = ""
    weekday: int | None = None
    fill_days: int | None = None
    first_fill_days: int | None = None
    split: bool = False
    mark: Fraction = Fraction(1, 10)
    asked: Asked = field(factory=Asked)
    case: Case | None = None
    trial: Trial | None = None
    stated: Stated = field(factory=Stated)
    by_volume: bool = field(default=False, metadata=ADDED)
    floor: bool = field(default=True, metadata=ADDED)
    last_days: LastDays | None = field(default=None, metadata=ADDED)

    @property
    def is_short_as_needed(self) -> bool:
        """A trial of what is taken as needed, too short for the body to be used to it: there is nothing to lower."""
        as_needed = all(track.is_as_needed for course in self.courses for track in course.tracks)
        return self.trial is not None and as_needed and self.trial.days < AS_NEEDED_STEPS

    @property
    def ends_at_once(self) -> bool:
        """Whether what is tried may end without steps, by its policy or because it was short and as needed."""
        by_policy = all(course.policy.ends_at_once for course in self.courses)
        return self.trial is not None and (by_policy or self.is_short_as_needed)


@frozen
class ReachesTarget:
    """The plan ends at its target."""


@frozen
class NeedsChoice:
    """The plan stops above its target, and why; what could be done is offered beside it."""

    reason: str


Outcome = ReachesTarget | NeedsChoice


@frozen
class PlannedFill:
    """One dispensing: its days, the product, how much, and the directions for the label.

    ``release`` and ``name`` are those of the doses it is for; ``name`` is another than the drug where its release has
    to be told (``morphine ER``).
    ``due`` is a working day, at most two before what is at home ends, when its prescription is due. ``stock_before`` is
    what is left of the product at home on its first day, in the same unit. ``new_strength``: the patient had none of
    the product before.
    """

    first_day: date
    last_day: date
    product: str
    unit: Unit
    quantity: Fraction
    schedule: str
    sig: str
    drug: str = ""
    release: str | None = None
    name: str = ""
    due: date | None = None
    stock_before: Fraction = Fraction(0)
    new_strength: bool = False

    @property
    def days_supply(self) -> int:
        """How many days it lasts, with what is at home."""
        return (self.last_day - self.first_day).days + 1


@frozen
class PlanStage:
    """From the step of a number on, what a plan's steps follow from.

    ``is_regimen``: a new regimen was stated, of other lines than before.
    """

    number: int
    request: Request
    is_regimen: bool = False


@frozen
class SentEntry:
    """An entry of a calendar that a plan sent: whose place this plan took, so that its calendar takes it back.

    ``sequence`` is that of the last time it was sent; ``hour`` the one it is at, None: all day.
    """

    uid: str
    sequence: int
    first_day: date
    last_day: date
    title: str
    hour: int | None = None


@frozen
class Plan:
    """A plan as it stands: ``base`` was planned first and never changes; ``steps`` are base and events replayed.

    No step at all: no product allows even the first one, and ``outcome`` says so. Fills that begin until
    ``given_until`` are facts that a revision found. ``awaits_restart``: no dose is planned until the prescriber has
    stated a restart dose; the plan is then broken off, and ``steps`` are the past. ``goes_on`` is the dose, in words,
    that goes on unchanged meanwhile; empty: none does, as after a gap. ``replaced`` are the calendar entries of the
    plans whose file it took over. ``single_until`` is how many events it had when each dose last was a calendar entry
    of its own; None: no release of those read or wrote it.

    ``request`` is what its later steps follow from. ``stages`` is empty unless it was planned anew since: then the
    first one is that of what was asked first, and the last one that of ``request``.
    """

    request: Request
    base: tuple[Step, ...]
    base_outcome: Outcome
    steps: tuple[Step, ...]
    outcome: Outcome
    events: tuple[Event, ...] = ()
    fills: tuple[PlannedFill, ...] = ()
    notes: tuple[str, ...] = ()
    given_until: date | None = None
    awaits_restart: bool = False
    goes_on: str = ""
    replaced: tuple[SentEntry, ...] = ()
    single_until: int | None = None
    stages: tuple[PlanStage, ...] = ()

    @property
    def origin(self) -> Request:
        """What was asked first, by which a plan is known."""
        return self.stages[0].request if self.stages else self.request

    @property
    def requests(self) -> tuple[Request, ...]:
        """What its steps follow from, in their order: one, unless it was planned anew."""
        return tuple(each.request for each in self.stages) or (self.request,)

    @property
    def regimen_from(self) -> int:
        """The number of the step from which it lowers the lines that it lowers now."""
        return max((each.number for each in self.stages if each.is_regimen), default=0)

    def request_of(self, step: Step) -> Request:
        """What a step follows from."""
        found = [each.request for each in self.stages if each.number <= step.number]
        return found[-1] if found else self.origin

    def course_of(self, step: Step) -> Course:
        """The course that a step belongs to."""
        return self.request_of(step).courses[step.course]

    @property
    def standing(self) -> tuple[Event, ...]:
        """The events that were not taken back."""
        return standing(self.events)

    @property
    def held_at(self) -> int | None:
        """The number of the step at which it is held; None: it is not."""
        held = None
        for event in self.standing:
            if isinstance(event.what, HoldAt):
                held = event.what.step
            elif isinstance(event.what, Resume | Present | End):
                held = None
        return held

    @property
    def ended_on(self) -> date | None:
        """The last day of a plan that was ended before its last step; None: it was not."""
        return next((event.what.day for event in self.standing if isinstance(event.what, End)), None)

    @property
    def first_day(self) -> date:
        """The first day of the first step; the day asked for where there is no step."""
        return self.steps[0].first_day if self.steps else self.request.start

    @property
    def last_day(self) -> date:
        """The last day that the plan speaks of."""
        return self.steps[-1].last_day if self.steps else self.request.start

    def is_given(self, fill: PlannedFill) -> bool:
        """Whether a fill is a fact: it began before the last revision, or on its day."""
        return self.given_until is not None and fill.first_day <= self.given_until

    def on(self, day: date) -> Step | None:
        """The step in force on a day, or None outside the plan."""
        return next((step for step in self.steps if step.first_day <= day <= step.last_day), None)

    def total_unit_on(self, day: date) -> Unit:
        """The unit of the day's total: of the step in force, else of the course that is lowered last."""
        step = self.on(day)
        return step.total.unit if step is not None else self.request.courses[-1].total_unit
