"""What in a patient speaks against an option, as data: a few tests, what they mean, and where that is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from fractions import Fraction

from attrs import frozen

from medsteward.drugs.properties import Property
from medsteward.model.drug import DrugClass
from medsteward.model.number import decimal_text
from medsteward.model.regimen import Patient
from medsteward.model.source import Source
from medsteward.reminders.picture import Picture


class Effect(Enum):
    """What it means for the option."""

    BLOCKS = "not for this patient"
    LOWERS = "dose or ceiling differs"
    CAUTION = "take care"


@frozen
class Against:
    """One thing that speaks against an option.

    It is found when every test that is set holds; of ``conditions``, ``classes``, ``drugs``, ``properties`` and
    ``contexts`` one each is enough. ``kidney_below`` and ``kidney_above`` do not include the limit, ``kidney_up_to``
    and ``kidney_from`` do, in mL/min. ``topical`` False leaves out what is put on the skin.
    """

    effect: Effect
    text: str
    source: Source
    conditions: tuple[str, ...] = ()
    classes: tuple[DrugClass, ...] = ()
    drugs: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()
    any_opioid: bool = False
    child_pugh: str = ""
    age_from: int | None = None
    age_over: int | None = None
    gestational_weeks_from: int | None = None
    qtc_over: int | None = None
    kidney_below: int | None = None
    kidney_up_to: int | None = None
    kidney_from: int | None = None
    kidney_above: int | None = None


@frozen
class Found:
    """Something that speaks against an option in this patient, and what in the case shows it."""

    effect: Effect
    text: str
    shown: str
    source: Source


@frozen
class Weighed:
    """What speaks against an option, and what would have to be known to tell more."""

    found: tuple[Found, ...]
    unknown: tuple[str, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether something rules the option out."""
        return any(each.effect is Effect.BLOCKS for each in self.found)


def weigh(rules: Iterable[Against], picture: Picture) -> Weighed:
    """Hold every rule against the patient. What rules an option out comes first."""
    found: list[Found] = []
    unknown: list[str] = []
    for rule in rules:
        shown = _shown(rule, picture)
        if shown is None:
            unknown.append("kidney function (eGFR or CrCl)")
        elif shown:
            found.append(Found(rule.effect, rule.text, "; ".join(shown), rule.source))
    order = list(Effect)
    found.sort(key=lambda each: order.index(each.effect))
    return Weighed(tuple(found), tuple(dict.fromkeys(unknown)))


def _shown(rule: Against, picture: Picture) -> list[str] | None:
    """What in the case makes the rule hold; empty: it does not; None: the kidneys decide and are not known."""
    shown: list[str] = []
    patient = picture.patient
    if rule.conditions:
        has = picture.has(*rule.conditions)
        if not has:
            return []
        shown += has
    systemic = [each for each in picture.taken if not each.is_topical or each.drug_class is DrugClass.NSAID_TOPICAL]
    if rule.classes or rule.drugs or rule.any_opioid:
        names = [
            each.ingredient
            for each in systemic
            if each.drug_class in rule.classes or each.ingredient in rule.drugs or (rule.any_opioid and each.is_opioid)
        ]
        if not names:
            return []
        shown += dict.fromkeys(names)
    if rule.properties:
        holders = [name for one in rule.properties for name in picture.takes_with(one)]
        if not holders:
            return []
        shown += dict.fromkeys(holders)
    if rule.child_pugh:
        grade = (patient.child_pugh or "").strip().upper()[:1]
        if not grade or grade not in rule.child_pugh:
            return []
        shown.append(f"Child-Pugh {grade}")
    for holds, words in _numbers(rule, patient):
        if not holds:
            return []
        shown.append(words)
    return _with_kidney(rule, picture, shown)


def _numbers(rule: Against, patient: Patient) -> Iterator[tuple[bool, str]]:
    """Each limit on a number of the patient that the rule sets: whether it holds, and what shows it."""
    age, weeks, qtc = patient.age, patient.gestational_weeks, patient.qtc_ms
    if rule.age_from is not None:
        yield age is not None and age >= rule.age_from, f"age {age}"
    if rule.age_over is not None:
        yield age is not None and age > rule.age_over, f"age {age}"
    if rule.gestational_weeks_from is not None:
        yield weeks is not None and weeks >= rule.gestational_weeks_from, "late pregnancy"
    if rule.qtc_over is not None:
        yield qtc is not None and qtc > rule.qtc_over, f"QTc {decimal_text(qtc or Fraction(0))} ms"


def _with_kidney(rule: Against, picture: Picture, shown: list[str]) -> list[str] | None:
    kidney = picture.kidney
    tests: list[bool | None] = []
    if kidney is None:
        limits = (rule.kidney_below, rule.kidney_up_to, rule.kidney_from, rule.kidney_above)
        return shown if all(limit is None for limit in limits) else None
    if rule.kidney_below is not None:
        tests.append(kidney.is_below(rule.kidney_below))
    if rule.kidney_up_to is not None:
        tests.append(kidney.is_up_to(rule.kidney_up_to))
    if rule.kidney_from is not None:
        tests.append(_not(kidney.is_below(rule.kidney_from)))
    if rule.kidney_above is not None:
        tests.append(_not(kidney.is_up_to(rule.kidney_above)))
    if not tests:
        return shown
    if any(test is False for test in tests):
        return []
    if any(test is None for test in tests):
        return None
    return [*shown, str(kidney)]


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value
