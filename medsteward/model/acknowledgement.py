"""What a clinician decided about a finding: the reason, the day, and the case as it was then."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from attrs import frozen


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
"""How long an acknowledgement holds; CDC's decision support uses three months."""


@frozen
class Acknowledgement:
    """A finding that a clinician has seen and decided about, with the case as it was then.

    It holds for ``LASTS_DAYS`` from ``on``, and no longer once a dose has risen, a sedative or a drug of the finding
    has been added, or the patient has a further condition. A baseline that is None was not recorded and is not
    compared. ``doses`` are the most a day by ingredient, in mg or for patches in mcg/h (None: not known).
    """

    rule: str
    reason: Reason
    on: date
    note: str = ""
    drugs: tuple[str, ...] | None = None
    doses: tuple[tuple[str, Fraction | None], ...] | None = None
    sedatives: tuple[str, ...] | None = None
    conditions: tuple[str, ...] | None = None

    @property
    def expires(self) -> date:
        """The first day on which it no longer holds."""
        return self.on + timedelta(days=LASTS_DAYS)
