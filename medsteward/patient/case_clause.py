"""A clause about a case, and what its kinds share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from medsteward.model.missing import Ask
from medsteward.patient.clause import Clause
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.form import (
    AllOf,
    Compare,
    Form,
    Op,
)
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug


class CaseClause(Clause[Picture]):
    """One clause about a case."""

    __slots__ = ()

    def test(self, picture: Picture, items: Sequence[TakenDrug] = ()) -> bool | None:
        """Whether it holds for the case, or for ``items``, where it is about the drugs of a finding."""
        raise NotImplementedError

    def seen(self, picture: Picture) -> tuple[str, ...]:
        """The facts of the patient that made it true, in words."""
        return ()

    def drugs(self, picture: Picture) -> tuple[TakenDrug, ...]:
        """The drugs that belong to the finding because of it, beside those that the rule chooses."""
        return ()

    def lacking(self, picture: Picture) -> tuple[Ask, ...]:
        """The facts that would decide it; empty where it is decided."""
        return self.asks if self.test(picture) is None else ()

    @property
    def conditions_needed(self) -> frozenset[str] | None:
        """Conditions of which the patient has to have one, or it is surely no; None: it is not conditions alone."""
        needed = self.only_with
        names = None if needed is None else frozenset(each for each in needed if isinstance(each, str))
        return names if needed is not None and len(names or ()) == len(set(needed)) else None

    @property
    def only_with(self) -> tuple[DrugGroup | str, ...] | None:
        """Groups of drugs and conditions of which the case has to have one, or it is surely no; None: it needs none.

        Rules are found by it, so that nobody asks what cannot hold. A clause that leaves it out is asked every time.
        """
        return None

    @property
    def groups(self) -> tuple[DrugGroup, ...]:
        """The groups of drugs it asks about."""
        return ()


def now_of(who: DrugGroup) -> Form:
    """What of a group is taken now or will be."""
    return AllOf((who.form, Compare("ended", Op.IS, False)))


def negated(answer: bool | None) -> bool | None:
    """The other answer; what is not known stays so."""
    return None if answer is None else not answer


def all_of(answers: Iterable[bool | None]) -> bool | None:
    """No where one is no, else not known where one is not known."""
    known: bool | None = True
    for each in answers:
        if each is False:
            return False
        known = None if each is None else known
    return known


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """Yes where one is yes, else not known where one is not known."""
    known: bool | None = False
    for each in answers:
        if each:
            return True
        known = None if each is None else known
    return known


def or_words(words: tuple[str, ...]) -> str:
    """Words joined by commas and "or"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
