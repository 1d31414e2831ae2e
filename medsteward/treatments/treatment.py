"""What one treatment is: one declaration of what it is for, its doses, its trials and what no rule says against it.

What a rule says of its medicines stands in the rule, and is asked by ``interactions.offer`` whenever it is offered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from attrs import field, frozen

from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.model.source import Source
from medsteward.treatments.against import Against, Offered
from medsteward.treatments.pain import PainKind
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.trial import TrialDrug, Undosed

Fact = tuple[str, Source]
"""What is said, and where it is written."""


@frozen
class Doses:
    """First doses and ceilings of one drug of a treatment that has several."""

    first: tuple[Fact, ...]
    ceiling: tuple[Fact, ...]


@frozen
class ForPain:
    """A kind of pain that it is offered for, why, and its place among the others, the lowest first."""

    kind: PainKind
    place: int
    why: str
    source: Source


@frozen
class Eases:
    """A group of symptoms of withdrawal that it eases, with its doses there and its place among the others."""

    symptom: Symptom
    place: int
    doses: tuple[Fact, ...]


@frozen
class Laxative:
    """A step of the bowel regimen, with its doses there.

    ``begins`` is how it is named where a regimen begins, with the dose beside an opioid; empty: none begins with it.
    """

    step: str
    doses: tuple[Fact, ...]
    begins: str = ""


@frozen
class Treatment:
    """One medicine, or several that are offered in one another's place.

    ``drugs`` are its names in our drug list; empty where a class or a compounded product is meant, of which ``among``
    then names the medicines. ``against`` holds what no rule says: the rules are asked anyway. ``daily_mg`` is the least
    a day that is offered, in mg. ``first`` and ``ceiling`` are its doses for pain; ``doses_of`` says which of them are
    about one drug among several. ``watch`` is what to look for while it is tried, ``points`` what is said beside it.

    Raises ``ValueError`` for one that is offered for nothing, or for pain without doses.
    """

    id: str
    title: str
    drugs: tuple[str, ...]
    drug_classes: tuple[DrugClass, ...] = ()
    among: tuple[str, ...] = ()
    against: tuple[Against, ...] = ()
    daily_mg: int | None = None
    first: tuple[Fact, ...] = ()
    ceiling: tuple[Fact, ...] = ()
    doses_of: Mapping[str, Doses] = field(factory=dict)
    watch: tuple[Fact, ...] = ()
    points: tuple[Point, ...] = ()
    for_pain: tuple[ForPain, ...] = ()
    eases: tuple[Eases, ...] = ()
    laxative: Laxative | None = None
    trials: tuple[TrialDrug | Undosed, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not (self.for_pain or self.eases or self.laxative or self.trials or self.points):
            raise ValueError(
                f'treatment "{self.id}" is for nothing. Give it for_pain, eases, laxative, points or trials'
            )
        if self.for_pain and not (self.first and self.ceiling):
            raise ValueError(f'treatment "{self.id}" is for pain without doses. Give it first and ceiling')

    @cached_property
    def offered(self) -> tuple[Offered, ...]:
        """Its medicines as the rules are asked about them."""
        return tuple(Offered(name, daily_mg=self.daily_mg) for name in (*self.drugs, *self.among))

    def first_of(self, drugs: Collection[str]) -> tuple[Fact, ...]:
        """The first doses without those of drugs that are not among ``drugs``."""
        return self._of(self.first, drugs)

    def ceiling_of(self, drugs: Collection[str]) -> tuple[Fact, ...]:
        """The ceilings without those of drugs that are not among ``drugs``."""
        return self._of(self.ceiling, drugs)

    def remedy_points(self, eases: Eases, drugs: Collection[str]) -> tuple[Point, ...]:
        """Its doses for symptoms, without those of drugs that are not among ``drugs``."""
        return self._named("dose", self._of(eases.doses, drugs))

    def laxative_points(self, laxative: Laxative) -> tuple[Point, ...]:
        """Its doses in a bowel regimen, as they are shown."""
        return self._named(laxative.step, laxative.doses)

    def _named(self, group: str, facts: tuple[Fact, ...]) -> tuple[Point, ...]:
        return tuple(Point(group, f"{self.title}: {text}", source) for text, source in facts)

    def _of(self, facts: tuple[Fact, ...], drugs: Collection[str]) -> tuple[Fact, ...]:
        others = [
            fact
            for name, doses in self.doses_of.items()
            if name not in drugs
            for fact in (*doses.first, *doses.ceiling)
        ]
        return tuple(fact for fact in facts if fact not in others)
