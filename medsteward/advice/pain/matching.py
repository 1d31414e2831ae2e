"""Drugs whose mechanism fits a kind of pain, held against one patient."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from medsteward.advice.pain.doses import DosesHere, doses_here
from medsteward.interactions.offer import Fit, Offers
from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.patient.picture import Picture
from medsteward.reminders.remind import case_problems
from medsteward.thresholds import whole
from medsteward.treatments.against import Found, Weighed, weigh_offer
from medsteward.treatments.index import OPTIONS, PainOption
from medsteward.treatments.limited import parts_tried, uses_of
from medsteward.treatments.pain import CHILDREN, ESCALATION, NOTES, PainKind
from medsteward.treatments.treatment import Treatment

ADULT_AGE = whole("adult_age")
_PREFER_SNRI = ("depression",)


@frozen
class Option:
    """One option for this patient, ``rank`` counted from 1.

    ``fit`` says whether something major speaks against it, or rules it out (``blocked``); ``against`` says what. An
    option that is ruled out is named with its reason, and has no doses. ``left_out`` are drugs of it that are
    contraindicated here while others are not. ``taken`` names what of it the patient already takes.
    """

    rank: int
    id: str
    title: str
    classes: tuple[str, ...]
    drugs: tuple[str, ...]
    why: Point
    first_dose: tuple[Point, ...]
    ceiling: tuple[Point, ...]
    against: tuple[Found, ...]
    watch: tuple[Point, ...]
    fit: Fit
    left_out: tuple[str, ...]
    taken: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def blocked(self) -> bool:
        """Whether something rules it out."""
        return self.fit is Fit.LEFT_OUT

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the option, once."""
        points = (self.why, *self.first_dose, *self.ceiling, *self.watch)
        return tuple(dict.fromkeys([point.source for point in points] + [each.source for each in self.against]))


@frozen
class PainMatch:
    """What fits a kind of pain in this patient. ``refers``: it has drugs of its own, and nothing is matched."""

    kind: PainKind
    case_id: str | None
    as_of: date
    options: tuple[Option, ...]
    notes: tuple[Point, ...]
    unknown: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def refers(self) -> bool:
        """Whether this kind of pain is referred instead of matched."""
        return not self.options

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)


def pain_kind(text: str) -> PainKind | None:
    """The kind of pain by its name, any case, or None."""
    plain = " ".join(text.casefold().replace("-", " ").split())
    if plain == "complex regional pain syndrome":
        return PainKind.CRPS
    return next((kind for kind in PainKind if kind.value.casefold() == plain), None)


def for_pain(kind: PainKind, case: Case) -> PainMatch:
    """The options for a kind of pain, with what in this patient speaks against each.

    Those without a major reason come first, then those with one, then what is ruled out, each in the order of the
    sources; an SNRI comes first in neuropathic pain where there is depression. None is dropped silently.
    """
    picture = Picture(case)
    offers = Offers(picture)
    weighed = [(each, _weighed(each.treatment, picture, offers, kind)) for each in _ordered(kind, picture)]
    weighed.sort(key=lambda each: each[1].fit)
    options = tuple(_option(rank, *each, picture) for rank, each in enumerate(weighed, start=1))
    notes = NOTES[kind]
    if kind is PainKind.CRPS and picture.opioids:
        notes = (*notes, ESCALATION)
    if options and picture.patient.age is not None and picture.patient.age < ADULT_AGE:
        notes = (CHILDREN, *notes)
    return PainMatch(
        kind=kind,
        case_id=case.id,
        as_of=case.as_of,
        options=options,
        notes=notes,
        unknown=_unknown(options, picture),
        problems=case_problems(case),
    )


def _weighed(treatment: Treatment, picture: Picture, offers: Offers, kind: PainKind) -> Weighed:
    uses = uses_of(picture, kind)
    return weigh_offer(treatment.offered, treatment.against, picture, offers, uses, parts_tried(treatment))


def _ordered(kind: PainKind, picture: Picture) -> tuple[PainOption, ...]:
    options = OPTIONS[kind]
    if kind is PainKind.NEUROPATHIC and picture.has(*_PREFER_SNRI):
        snri = tuple(each for each in options if DrugClass.SNRI in each.treatment.drug_classes)
        return (*snri, *(each for each in options if each not in snri))
    return options


def _option(rank: int, option: PainOption, weighed: Weighed, picture: Picture) -> Option:
    treatment, for_pain = option.treatment, option.for_pain
    out = weighed.fit is Fit.LEFT_OUT
    doses = DosesHere((), ()) if out else doses_here(treatment, weighed.kept, picture, for_pain.kind)
    return Option(
        rank=rank,
        id=treatment.id,
        title=treatment.title,
        classes=tuple(each.value for each in treatment.drug_classes),
        drugs=weighed.kept or treatment.drugs,
        why=Point("why", for_pain.why, for_pain.source),
        first_dose=doses.first,
        ceiling=doses.ceiling,
        against=weighed.found,
        watch=tuple(Point("watch", *each) for each in (() if out else treatment.watch)),
        fit=weighed.fit,
        left_out=weighed.left_out if weighed.kept else (),
        taken=_taken(treatment, picture),
        unknown=tuple(each.name for each in weighed.unknown),
    )


def _taken(treatment: Treatment, picture: Picture) -> tuple[str, ...]:
    """What of the option is already taken: its drugs, or for topical and oral NSAIDs anything of the class."""
    found = [
        each.ingredient
        for each in picture.taken
        if each.drug_class in treatment.drug_classes and (each.ingredient in treatment.drugs or each.is_topical)
    ]
    return tuple(dict.fromkeys(found))


def _unknown(options: tuple[Option, ...], picture: Picture) -> tuple[str, ...]:
    found = [f"line {number}: no drug could be made out for certain" for number in picture.unread]
    if options:
        if picture.patient.age is None:
            found.append("age")
        if not picture.patient.conditions:
            found.append("conditions (heart failure, ulcer, liver disease and others)")
        found += [what for option in options for what in option.unknown]
    return tuple(dict.fromkeys(found))
