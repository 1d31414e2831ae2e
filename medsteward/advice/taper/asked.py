"""What is asked for of a taper, as the questions about who is tapered look at it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from medsteward.drugs.index import drug_of, find
from medsteward.model.answer import Answers, answer_to
from medsteward.model.drug import DrugClass
from medsteward.model.oud import OudTreatment, oud_treatment
from medsteward.model.stated import Stated
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug
from medsteward.schedules.policy import Policy
from medsteward.schedules.replay import NotPossible


@frozen
class TaperAsked:
    """A taper that is asked for. ``lines`` are the tapered ingredients that are taken."""

    picture: Picture
    names: tuple[str, ...]
    lines: tuple[TakenDrug, ...]
    stated: Stated
    first: str
    policies: tuple[Policy, ...]

    @property
    def answers(self) -> Answers:
        """What was answered."""
        return self.stated.answers

    def answered(self, name: str) -> str:
        """What was answered to a question; empty: nothing."""
        return answer_to(name, self.answers)

    def of(self, *classes: DrugClass) -> tuple[str, ...]:
        """The tapered drugs of these classes."""
        return tuple(name for name in self.names if class_of(name, self.lines) in classes)

    @property
    def opioids(self) -> tuple[str, ...]:
        """The tapered opioids."""
        return self.of(*(each for each in DrugClass if each.is_opioid_agonist))

    @property
    def takes_opioids(self) -> bool:
        """Whether any opioid is taken or tapered."""
        return bool(self.picture.opioids or self.opioids)

    @property
    def indications(self) -> tuple[str, ...]:
        """What it is for, in the words of the case: of the tapered lines and of the patient."""
        texts = [each.regimen.indication for each in self.lines] + [each.regimen.sig.reason for each in self.lines]
        return tuple(dict.fromkeys(text for text in (*texts, self.picture.patient.indication) if text and text.strip()))

    def oud_of(self, name: str) -> OudTreatment:
        """Whether a drug is treatment of opioid use disorder: by its lines, or where none states it by the patient."""
        found = [each.oud for each in self.lines if each.ingredient == name]
        if not found:
            found = [oud_treatment(name, class_of(name, self.lines), None, self.picture.patient)]
        return next((each for each in found if each.goes_on), max(found, key=lambda each: each is OudTreatment.UNCLEAR))

    def where(self, name: str) -> str:
        """The place of a drug: its line."""
        return next((f"line {each.line}" for each in self.lines if each.ingredient == name), name)


def class_of(name: str, lines: Iterable[TakenDrug]) -> DrugClass:
    """The class of a tapered drug: as its line says, else as the drug list does."""
    found = next((each.drug_class for each in lines if each.ingredient == name), None)
    if found is None and find(name) is None:
        raise NotPossible(f"{name[:40]} is no drug that this version knows, so nothing can be said of lowering it")
    return found or drug_of(name).drug_class
