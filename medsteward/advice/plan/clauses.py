"""What a clause about the case says of somebody for whom a taper or a trial is asked."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from medsteward.model.missing import Ask
from medsteward.patient.case_clause import CaseClause
from medsteward.patient.clause import Clause
from medsteward.patient.form import Form
from medsteward.patient.picture import Picture


class ForPatient(Protocol):
    """Something that is asked for a patient."""

    @property
    def picture(self) -> Picture:
        """The patient."""


@frozen
class OfPatient(Clause[ForPatient]):
    """A clause about the case holds of the patient for whom something is asked."""

    one: CaseClause

    def __str__(self) -> str:
        words = str(self.one)
        return words if words.startswith(("the ", "care ")) else f"the patient {words}"

    def test(self, asked: ForPatient, /) -> bool | None:
        return self.one.test(asked.picture)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return self.one.asks

    @property
    def form(self) -> Form:
        return self.one.form
