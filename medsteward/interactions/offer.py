"""A medicine that might be offered, held against the case by every rule, as if it were taken from today on.

Every place that offers a medicine asks here: options for a kind of pain, what eases withdrawal, laxatives, trials,
alternatives of a taper. What is contraindicated is left out with its reason. A major reason is named and ranks the
offer behind those without one. A moderate one is a note.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from fractions import Fraction
from functools import reduce
from operator import or_

from attrs import frozen

from medsteward.caches import KeptAnswer, made_once, remembered
from medsteward.doses.daily import REMEMBERED
from medsteward.drugs.index import drug_of
from medsteward.interactions.absorb import absorb
from medsteward.interactions.card import OF_A_CARD
from medsteward.interactions.check import by_rules, engine
from medsteward.interactions.possible import Filled
from medsteward.interactions.result import Finding, Unknown
from medsteward.interactions.rule import Severity
from medsteward.model.amount import Amount
from medsteward.model.missing import Ask
from medsteward.model.product import Component, Product
from medsteward.model.regimen import Case, Regimen
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Unit
from medsteward.patient.picture import Picture
from medsteward.patient.taken import marked


class Fit(IntEnum):
    """How an offer stands; a lower one comes first."""

    FITS = 0
    MAJOR_REASON = 1
    LEFT_OUT = 2


@frozen
class Held:
    """What the rules say of one medicine in one case.

    ``reasons`` are the findings that are about it, moderate or more, the most severe first; they are those that
    ``check`` gives of the case with it. ``lacking`` are facts that are not stated and would decide a rule about it that
    is major or contraindicated.
    """

    regimen: Regimen
    reasons: tuple[Finding, ...]
    lacking: tuple[Unknown, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The ingredients of the medicine."""
        return tuple(component.ingredient for component in self.regimen.product.components)

    @property
    def fit(self) -> Fit:
        """How it stands by its most severe reason."""
        worst = self.reasons[0].severity if self.reasons else Severity.NONE
        if worst is Severity.CONTRAINDICATED:
            return Fit.LEFT_OUT
        return Fit.MAJOR_REASON if worst is Severity.MAJOR else Fit.FITS


@remembered(REMEMBERED)
def medicine(
    drug: str,
    *,
    route: str | None = None,
    form: str | None = None,
    release: str | None = None,
    daily_mg: int | Fraction | None = None,
) -> Regimen:
    """One drug of our list as it would be offered; ``daily_mg`` is the most a day, in mg, where the offer states it.

    Raises ``KeyError`` for a drug that is not known.
    """
    name = drug_of(drug).name
    takings: tuple[Taking, ...] = ()
    if daily_mg is not None:
        dose = Amount(Fraction(daily_mg), Unit.MG)
        takings = (Taking(Dose(dose, dose), Span(Fraction(1), Fraction(1))),)
    return Regimen(Product((Component(name),), form, route, release), Sig(takings))


def offer(case: Case, regimen: Regimen) -> Held:
    """Hold one medicine against a case. For several of one case, ``Offers`` reads the case once."""
    return Offers(Picture(case)).held(regimen)


@frozen(eq=False)
class Medicines:
    """What is the same of some medicines in every case: marks, names, and the rules, as bits, that ask about any."""

    bits: int
    asking: int
    names: frozenset[str]


@remembered(1024)
def medicines(regimens: tuple[Regimen, ...]) -> Medicines | None:
    """Medicines of one ingredient each; None where one has several, which may be a pair by themselves."""
    known = [_known(each) for each in regimens]
    if any(len(each.names) > 1 for each in known):
        return None
    names = frozenset(name for each in known for name in each.names)
    bits = reduce(or_, [each.bits for each in known], 0)
    return Medicines(bits, engine().asking(bits), names)


class Offers:
    """The picture of one case, against which any number of medicines is held."""

    def __init__(self, picture: Picture, expected: Medicines | None = None) -> None:
        """Rules that ask for the day's MME use that of the picture.

        Of medicines that are ``expected`` those about which no rule can speak are told at once.
        """
        self._picture = picture
        self._expected = expected
        self._known_marks = 0 if expected is None else expected.bits

    @KeptAnswer
    def _present(self) -> tuple[Finding, ...]:
        """What is found of the case as it is, before one finding takes in another."""
        return tuple(by_rules(self._picture)[0])

    @KeptAnswer
    def _absorbed(self) -> frozenset[str]:
        """The ids of the rules that what is found of the case as it is would take in."""
        return frozenset([id_ for each in self._present for id_ in each.rule.absorbs])

    def _may_join(self, new: Iterable[Finding]) -> bool:
        """Whether any of new findings may take in another, be taken in, or belong to the card of breathing."""
        return any(each.rule.absorbs or each.id in self._absorbed or each.id in OF_A_CARD for each in new)

    @KeptAnswer
    def _filled(self) -> Filled:
        """What of the needs of rules the case fills as it is."""
        return engine().filled(self._picture)

    @KeptAnswer
    def _names(self) -> frozenset[str]:
        """Every ingredient of the case, whatever its days."""
        return frozenset([each.part.ingredient for each in self._picture.every])

    @KeptAnswer
    def _speaking(self) -> int:
        """The rules, as bits, that may speak of any of the expected medicines, as far as they are not taken yet."""
        if self._expected is None:
            return 0
        rules = engine().rules_about(self._expected.bits, self._picture, self._filled, is_new=True)
        return rules.choosing | rules.adding

    def are_silent(self, these: Medicines | None) -> bool:
        """Whether it can be told at once that no rule speaks of any of these medicines: none of them is taken yet."""
        if these is None or these.bits & ~self._known_marks:
            return False
        return not these.asking & self._speaking and these.names.isdisjoint(self._names)

    def held(self, regimen: Regimen) -> Held:
        """What the rules say of a medicine in this case, whether it is taken already or not."""
        known, ready = _known(regimen), engine()
        asked, names = known.asked, known.names
        if not asked or self.are_silent(medicines((regimen,))):
            return known.nothing
        is_taken = not names.isdisjoint(self._names)
        rules = ready.rules_about(known.bits, self._picture, self._filled, is_new=not is_taken and len(names) == 1)
        if not (rules.choosing or rules.adding or is_taken):  # nothing that may hold would name it
            return known.nothing
        lacking: dict[Ask, list[str]] = {}
        with_it = self._picture.with_medicine(regimen)
        new = ready.hold(rules.choosing, with_it, lacking)
        if rules.adding or is_taken or _are_about(new, names):
            new += ready.hold(rules.others, with_it, {})
        if not _are_about(new, names):
            return Held(regimen, (), _unknown(lacking))
        if self._may_join(new):
            new = absorb([*new, *(each for each in self._present if each.id not in asked)], with_it)
        return Held(regimen, _about(new, names), _unknown(lacking))

    def all_held(self, regimens: Iterable[Regimen]) -> tuple[Held, ...]:
        """The same for several medicines, each by itself."""
        return tuple(self.held(each) for each in regimens)


@frozen(eq=False)
class _Known:
    """What is the same of a medicine in every case: its marks, its names, and the rules that ask about it.

    ``nothing`` is the answer where no rule speaks of it.
    """

    bits: int
    names: frozenset[str]
    asked: frozenset[str]
    nothing: Held


@remembered(REMEMBERED)
def _known(regimen: Regimen) -> _Known:
    parts, bits = marked(regimen), 0
    for _, of_part in parts:
        bits |= of_part
    names = frozenset(part.ingredient for part, _ in parts)
    return _Known(bits, names, engine().asks_about(bits), Held(regimen, ()))


def _are_about(findings: Iterable[Finding], names: frozenset[str]) -> bool:
    return not names.isdisjoint([name for each in findings for name in each.drugs])


def _about(findings: Iterable[Finding], names: frozenset[str]) -> tuple[Finding, ...]:
    found = [each for each in findings if each.severity >= Severity.MODERATE and not names.isdisjoint(each.drugs)]
    return tuple(sorted(found, key=lambda each: (-each.severity, each.tier, each.id)))


def _unknown(lacking: dict[Ask, list[str]]) -> tuple[Unknown, ...]:
    if not lacking:
        return ()
    grave = _grave()
    found = [Unknown(ask, tuple(sorted(grave.intersection(lacking[ask])))) for ask in sorted(lacking, key=str)]
    return tuple(each for each in found if each.rules)


@made_once
def _grave() -> frozenset[str]:
    """The rules that are major or contraindicated."""
    return frozenset(rule.id for rule in engine().rules if rule.severity >= Severity.MAJOR)
