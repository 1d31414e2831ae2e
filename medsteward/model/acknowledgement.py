"""What a clinician answered to a finding: the reason, the day, who, and the state of the case that it answered."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from attrs import field, frozen


class Reason(Enum):
    """Why a finding was acknowledged, as a code and in words."""

    BENEFIT_OUTWEIGHS_RISK = "benefit outweighs risk, with a plan"
    ALREADY_TOLERATED = "already tolerated"
    SWITCHING = "switching: the old drug was stopped"
    WILL_MONITOR = "will monitor"
    PALLIATIVE = "palliative or end-of-life care"
    OUD_TREATMENT = "treatment of opioid use disorder: benefit of treatment"
    PERIOPERATIVE_BUPRENORPHINE = "buprenorphine goes on around an operation"
    DATA_WRONG = "the record is wrong: the drug is not taken"
    SPECIALIST_ADVICE = "specialist advice"

    @property
    def code(self) -> str:
        """The code in lower case."""
        return self.name.lower()

    @classmethod
    def named(cls, code: str) -> Reason | None:
        """The reason of a code, or None."""
        return cls.__members__.get(code.strip().upper().replace("-", "_"))


LASTS_DAYS = 90
"""How long an answer holds; CDC's decision support uses three months."""
LASTS_DAYS_AT_EACH_SIGNING = 7
"""How long a named clinician's answer holds where a finding interrupts at each signing. Ours."""


@frozen
class AnsweredMedicine:
    """One drug of an answered finding as it was taken then.

    ``daily`` is the most a day, in mg, or of a patch in mcg/h (``is_rate``); None: not known. ``last_day`` is the last
    day that it was supplied for; None: open.
    """

    drug: str
    daily: Fraction | None = None
    is_rate: bool = False
    route: str | None = None
    release: str | None = None
    last_day: date | None = None


@frozen
class AnsweredState:
    """The state of a case that an answer was given to. A part that is None was not recorded and is not compared.

    ``drugs`` are the names alone, where their doses were not recorded. ``age_band`` and ``kidney_band`` are in words.
    ``severity`` is by its word, as the finding was then.
    """

    medicines: tuple[AnsweredMedicine, ...] | None = None
    drugs: tuple[str, ...] | None = None
    conditions: tuple[str, ...] | None = None
    age_band: str | None = None
    kidney_band: str | None = None
    prescribers: tuple[str, ...] | None = None
    severity: str | None = None
    tier: int | None = None


NOT_RECORDED = AnsweredState()


@frozen
class Acknowledgement:
    """A finding that a clinician has seen and decided about.

    It never hides the finding. ``by`` names the clinician; ``until`` is the first day on which it no longer holds,
    where that is stated and earlier than ``LASTS_DAYS`` after ``on``. It holds only for the state that it answered.
    """

    rule: str
    reason: Reason
    on: date
    note: str = ""
    by: str = ""
    until: date | None = None
    state: AnsweredState = field(default=NOT_RECORDED)

    def ends(self, *, at_each_signing: bool) -> date:
        """The first day on which it no longer holds, for a finding of the one kind or the other."""
        days = LASTS_DAYS
        if at_each_signing:
            days = LASTS_DAYS_AT_EACH_SIGNING if self.by else 0
        last = self.on + timedelta(days=days)
        return last if self.until is None else min(last, self.until)
