"""What is asked of a taper beside the case."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import evolve, field, frozen
from attrs.converters import optional

from medsteward.model.amount import Amount
from medsteward.model.answer import Answers
from medsteward.model.given import a_day, a_number, a_whole
from medsteward.model.regimen import Case
from medsteward.model.stated import Because, RequestedBy, Stated, Supervisor
from medsteward.schedules.dates import Interval
from medsteward.schedules.last_days import LastDays
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Asked, WhenStuck
from medsteward.schedules.policy import Basis
from medsteward.schedules.supply import OtherForm, OwnProduct


class CombinationKind(Enum):
    """What becomes of a combination whose opioid is sold alone as well."""

    KEEP = "keep"
    LEAVE = "leave"


@frozen
class TaperOptions:
    """What is asked of a taper beside the case. None: as the policy says.

    ``tail`` is the form in which the last dose of an extended-release opioid goes on. ``combination`` None: kept where
    its plan keeps the ceiling. ``last_days`` are the days without a dose before the stop; None: as is usual.
    ``mark`` None: by the volume. ``floor`` False: a liquid is lowered as far as it can be drawn up. ``target`` is 0 or
    the amount a day to stay at. ``requested_by``, ``because`` and ``supervised_by`` go before those of the case;
    ``reason`` is printed and decides nothing. ``answers`` are to what is asked about before anything is planned. Raises
    ``ContradictoryRequest``.
    """

    start: date = field(converter=a_day)
    policy: str | None = None
    percent: Fraction | None = field(default=None, converter=optional(a_number))
    every: Interval | None = None
    basis: Basis | None = field(default=None, converter=optional(Basis))
    ceiling: Fraction | None = field(default=None, converter=optional(a_number))
    target: Amount | None = None
    requested_by: RequestedBy | None = field(default=None, converter=optional(RequestedBy))
    because: Because | None = field(default=None, converter=optional(Because))
    supervised_by: tuple[Supervisor, ...] = ()
    reason: str = ""
    answers: Answers = ()
    first: str | None = None
    products: tuple[OwnProduct, ...] = ()
    split: bool = False
    mark: Fraction | None = field(default=None, converter=optional(a_number))
    floor: bool = True
    larger: Moment | None = None
    when_stuck: WhenStuck = field(default=WhenStuck.ASK, converter=WhenStuck)
    avoid: str = ""
    weekday: int | None = field(default=None, converter=optional(a_whole))
    fill_days: int | None = field(default=None, converter=optional(a_whole))
    taken_per_day: tuple[tuple[str, Amount], ...] = ()
    tail: OtherForm | None = None
    last_days: LastDays | None = None
    combination: CombinationKind | None = field(default=None, converter=optional(CombinationKind))
    asked: Asked = field(factory=Asked)

    def __attrs_post_init__(self) -> None:
        for name, value in (("percent", self.percent), ("ceiling", self.ceiling)):
            if value is not None and not 0 < value <= 100:
                raise ValueError(f"the {name} is more than 0 and at most 100")
        _ = self.stated

    @property
    def stated(self) -> Stated:
        """What is stated here, without the case."""
        return Stated(self.requested_by, self.because, self.supervised_by, self.reason, self.answers)

    def over(self, case: Case) -> TaperOptions:
        """These options with what the case states where nothing goes before it. Raises ``ContradictoryRequest``."""
        given = self.stated.over(case.stated)
        return evolve(
            self,
            requested_by=given.requested_by,
            because=given.because,
            supervised_by=given.supervised_by,
            reason=given.reason,
            answers=given.answers,
        )
