"""What a reminder is, and the report that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from attrs import field, frozen
from attrs.validators import instance_of, min_len

from medsteward.model.missing import Missing
from medsteward.model.point import Point
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source


class Kind(Enum):
    """What a reminder is about. The value is its name in documents and in a case's ``[done]`` table."""

    __hash__ = object.__hash__  # its members are single objects, and this is asked for in every case

    BOWEL_REGIMEN = "bowel_regimen"
    BOWEL_REVIEW = "bowel_review"
    BOWEL_END = "bowel_end"
    NALOXONE = "naloxone"
    NALOXONE_EXPIRY = "naloxone_expiry"
    SCREENING = "screening"
    PDMP = "pdmp"
    URINE_DRUG_TEST = "urine_drug_test"
    AGREEMENT = "agreement"
    REASSESS = "reassess"
    METHADONE_START = "methadone_start"
    ECG = "ecg"
    BLOOD_PRESSURE = "blood_pressure"

    @property
    def words(self) -> str:
        """The name for people."""
        return _WORDS[self]


_WORDS = {
    Kind.BOWEL_REGIMEN: "bowel regimen",
    Kind.BOWEL_REVIEW: "bowel regimen: something to change",
    Kind.BOWEL_END: "end of the bowel regimen",
    Kind.NALOXONE: "naloxone",
    Kind.NALOXONE_EXPIRY: "naloxone: replace before it expires",
    Kind.SCREENING: "screening questions",
    Kind.PDMP: "prescription monitoring (PDMP)",
    Kind.URINE_DRUG_TEST: "urine drug test",
    Kind.AGREEMENT: "agreement",
    Kind.REASSESS: "reassessment",
    Kind.METHADONE_START: "close follow-up of methadone",
    Kind.ECG: "electrocardiogram",
    Kind.BLOOD_PRESSURE: "blood pressure and pulse",
}


class ReminderStatus(Enum):
    """Where a reminder stands on a day."""

    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"
    SETTLED = "settled"


@frozen
class DueReason:
    """One reason for a reminder, and the ids of the rules that say it, or say the same."""

    text: str
    rules: tuple[str, ...] = ()


def _as_reasons(ones: Iterable[DueReason | str]) -> tuple[DueReason, ...]:
    return tuple([each if isinstance(each, DueReason) else DueReason(each) for each in ones])


@frozen
class Reminder:
    """One thing to offer or do.

    ``due`` is the first day it is due; a day in the past is overdue. ``repeat`` is an ISO 8601 duration or None;
    ``until`` is the last day it repeats on, where it has one.
    ``done`` is the last day it was done, True where that day is not stated, None where nothing is recorded.
    ``settled``: nothing is open, and nothing repeats. ``reasons`` are all that apply, ``because`` their words; one that
    no rule says may be given as its words.
    """

    kind: Kind = field(validator=instance_of(Kind))
    due: date = field(validator=instance_of(date))
    reasons: tuple[DueReason, ...] = field(alias="because", converter=_as_reasons, validator=min_len(1))
    consider: str
    sources: tuple[Source, ...] = field(validator=min_len(1))
    repeat: str | None = None
    until: date | None = None
    done: date | bool | None = None
    settled: bool = False
    points: tuple[Point, ...] = ()

    @property
    def because(self) -> tuple[str, ...]:
        """The reasons in words."""
        return tuple([each.text for each in self.reasons])

    def status(self, day: date) -> ReminderStatus:
        """Where the reminder stands on ``day``."""
        if self.settled:
            return ReminderStatus.SETTLED
        if self.due == day:
            return ReminderStatus.DUE
        return ReminderStatus.OVERDUE if self.due < day else ReminderStatus.COMING


@frozen
class LeftOut:
    """A reminder that is not given, and why not."""

    kind: Kind
    because: str
    sources: tuple[Source, ...] = ()


class Stratum(Enum):
    """How closely to follow. A choice of this project, put together from published risk factors."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@frozen
class StratumReport:
    """The stratum with every reason for it. ``because`` is empty for the lowest."""

    level: Stratum
    because: tuple[str, ...]
    sources: tuple[Source, ...]


@frozen
class RemindReport:
    """The reminders of a case on its day.

    ``stratum`` is None without an opioid for pain. ``missing`` is what is not known and would change an answer.
    """

    case_id: str | None
    as_of: date
    reminders: tuple[Reminder, ...]
    stratum: StratumReport | None = None
    left_out: tuple[LeftOut, ...] = ()
    missing: tuple[Missing, ...] = ()
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is not known and would change an answer, in words."""
        return tuple(dict.fromkeys(each.text for each in self.missing))

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)

    def of(self, kind: Kind) -> Reminder | None:
        """The reminder of a kind, or None."""
        return next((each for each in self.reminders if each.kind is kind), None)
