"""A clause about the limits themselves, for the rules that speak of doses."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.limits.forbidden import forbidden
from medsteward.limits.hold import bounds_a_start_without_tolerance, bounds_any_stage, hold
from medsteward.patient.case_clause import CaseClause
from medsteward.patient.form import Form, NotKnown
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug


@frozen
class PassesLimit(CaseClause):
    """A stated dose or course is above a row of the dose limits that holds for the patient.

    ``without_tolerance``: a row for who is not tolerant of opioids. Its plain form says nothing: a database asks the
    limits row by row.
    """

    without_tolerance: bool = False

    def __str__(self) -> str:
        whom = "someone who is not tolerant of opioids" if self.without_tolerance else "the patient"
        return f"takes more, or for longer, than a dose limit that holds for {whom}"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        """Whether any row is passed; None: a fact that is not stated would decide."""
        wanted = bounds_a_start_without_tolerance if self.without_tolerance else bounds_any_stage
        held = hold(picture, items or picture.taken, wanted)
        if held.passed:
            return True
        return None if held.lacking else False

    @property
    def form(self) -> Form:
        """Not known, whatever the case."""
        return NotKnown()


@frozen
class IsForbidden(CaseClause):
    """A label forbids a medicine that is taken, or advises against it, for this patient: a row that holds.

    Its plain form says nothing: a database asks the limits row by row.
    """

    def __str__(self) -> str:
        return "takes a medicine that a label forbids, or advises against, for the patient"

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        """Whether any row holds; None: a fact that is not stated would decide."""
        found = forbidden(picture)
        if found.passed:
            return True
        return None if found.unknown else False

    @property
    def form(self) -> Form:
        """Not known, whatever the case."""
        return NotKnown()
