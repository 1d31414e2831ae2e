"""First doses and ceilings of what is offered, for one patient: asked of the dose limits, never written here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.interactions.offer import medicine
from medsteward.limits.hold import FORBIDS
from medsteward.limits.limit import DoseLimit, LimitKind
from medsteward.limits.load import dose_limit
from medsteward.limits.offered import OfferLimit, OfferLimits, after_dialysis, offer_limits
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.source import Source
from medsteward.model.unit import Unit
from medsteward.patient.drug_group import Ingredient
from medsteward.patient.picture import Picture
from medsteward.patient.taken import marked
from medsteward.treatments.pain import PainKind
from medsteward.treatments.treatment import Treatment
from medsteward.treatments.trial import TrialDrug

_BY_KIND = {
    PainKind.NEUROPATHIC: "neuropathic pain",
    PainKind.MYOFASCIAL: "muscle spasm",
    PainKind.CRPS: "CRPS",
    PainKind.MIGRAINE: "migraine",
}
_BY_CONDITION = {
    "fibromyalgia": ("fibromyalgia",),
    "postherpetic neuralgia": ("postherpetic neuralgia",),
    "osteoarthritis": ("osteoarthritis", "arthritis"),
    "rheumatoid arthritis": ("rheumatoid arthritis", "arthritis"),
    "spinal cord injury": ("spinal cord injury neuropathic pain",),
}
"""The uses of limits that a condition stands for."""


@frozen
class Ceiling:
    """The most a day that holds for a patient, in the unit of the doses, and the row that says so.

    ``words`` are what it is for, whom, and from what it was worked out. ``most_times`` is how often a day it may be
    taken, each time an equal share at most. ``of_some``: it holds because of this patient.
    ``self_care``: it is of who takes it without a prescription; ``is_caution``: more is taken with thought.
    """

    amount: Fraction
    source: Source
    words: str
    row: str
    most_times: int | None = None
    of_some: bool = False
    self_care: bool = False
    is_caution: bool = False


def uses_of(picture: Picture, kind: PainKind | None = None, site: str = "") -> frozenset[str]:
    """What a medicine is for, in the words of the limits: by conditions, indication, kind of pain and joint."""
    found = {"pain"}
    if kind is not None and kind in _BY_KIND:
        found.add(_BY_KIND[kind])
    for condition, uses in _BY_CONDITION.items():
        if condition in picture.conditions:
            found |= set(uses)
    if {"diabetes", "neuropathy"} <= set(picture.conditions):
        found.add("diabetic neuropathy")
    found |= {each.value for each in picture.indications}
    if site:
        found.add(f"{site} joint")
    return frozenset(found)


def part_of(drug: str, *, route: str | None = None, form: str | None = None, release: str | None = None) -> Ingredient:
    """A medicine of our list as it is offered."""
    return marked(medicine(drug, route=route, form=form, release=release))[0][0]


def part_of_trial(declared: TrialDrug) -> Ingredient:
    """The medicine of a trial as the limits see it, in the strength of its first product."""
    part = part_of(declared.drug, route=declared.route, form=declared.form, release=declared.release)
    if declared.unit not in (Unit.G, Unit.PATCH) or not declared.strengths:
        return part
    return evolve(part, strength=f"{decimal_text(declared.strengths[0])} %")


def parts_tried(treatment: Treatment) -> dict[str, Ingredient]:
    """The medicines of a treatment in the form in which they are tried, where they have a trial with doses."""
    return {each.drug: part_of_trial(each) for each in treatment.trials if isinstance(each, TrialDrug)}


def limits_of(part: Ingredient, picture: Picture, uses: Collection[str], label: str = "us") -> OfferLimits:
    """What bounds a medicine that is offered; ``label`` is whose tables are taken: us or uk."""
    return offer_limits(part, picture, uses, region=label.upper())


def limits_of_trial(declared: TrialDrug, picture: Picture, uses: Collection[str], label: str = "us") -> OfferLimits:
    """What bounds the medicine of a trial."""
    return limits_of(part_of_trial(declared), picture, frozenset(uses) | set(declared.uses), label)


def ceilings_of(declared: TrialDrug, limits: OfferLimits) -> tuple[Ceiling, ...]:
    """The ceilings of a trial, the lowest first, with that of self-care where the trial names one."""
    found = [_ceiling(declared, each, limits) for each in limits.most if not each.self_care]
    if declared.self_care:
        row = dose_limit(declared.self_care)
        assert row.low is not None
        found.append(Ceiling(row.low, row.source, "without a prescription", row.id, self_care=True))
    by_amount = {each.amount: each for each in reversed(found) if each is not None}
    return tuple(by_amount[amount] for amount in sorted(by_amount))


_SCALE = {
    (Unit.MG, "mg/d"): Fraction(1),
    (Unit.MG, "mcg/d"): Fraction(1, 1000),
    (Unit.MG, "g/d"): Fraction(1000),
    (Unit.G, "g/d"): Fraction(1),
    (Unit.PATCH, "patches"): Fraction(1),
    (Unit.PATCH, "patches/d"): Fraction(1),
}


def _ceiling(declared: TrialDrug, limit: OfferLimit, limits: OfferLimits) -> Ceiling | None:
    scale = _SCALE.get((declared.unit, limit.held.unit))
    if scale is None:
        return None
    hours = ""
    if limits.times and limit.whom:
        once = Amount(limit.held.figure * scale / limits.times, declared.unit)
        hours = f"{once} every {24 // limits.times} hours"
    return Ceiling(
        limit.held.figure * scale,
        limit.row.source,
        words_of(limit, "; ".join(filter(None, (hours, declared.ceiling_words)))),
        limit.row.id,
        limits.times if limit.whom else None,
        bool(limit.whom),
        is_caution=limit.row.kind is LimitKind.CAUTION_DAILY,
    )


_KIDNEYS = ("crcl", "gfr", "dialysis", "esrd")
_LIVERS = ("liver_disease", "child_pugh", "cirrhosis")


def is_about_kidneys(rows: Iterable[DoseLimit]) -> bool:
    """Whether any row says what the dose is, or that there is none, with impaired kidneys."""
    return _decided_by(rows, _KIDNEYS)


def is_about_liver(rows: Iterable[DoseLimit]) -> bool:
    """Whether any row says what the dose is, or that there is none, with an impaired liver."""
    return _decided_by(rows, _LIVERS)


def _decided_by(rows: Iterable[DoseLimit], words: tuple[str, ...]) -> bool:
    """Whether a row of a population with one of these words holds a figure or advises against the medicine."""
    return any(
        (row.low is not None or row.kind in FORBIDS) and any(word in row.population_words for word in words)
        for row in rows
        if row.kind is not LimitKind.SUPPLEMENTAL_DOSE_AFTER_DIALYSIS
    )


def words_of(limit: OfferLimit, more: str = "") -> str:
    """What a figure is for, for whom it is, and from what it was worked out."""
    words = [limit.use, ", ".join(limit.whom), more]
    if limit.held.worked_out:
        words.append(f"worked out from {limit.held.worked_out}")
    return "; ".join(filter(None, words))


def dialysis_words(rows: Iterable[DoseLimit], drug: str) -> list[tuple[str, Source]]:
    """What the limits say of a dose after dialysis, each with its source."""
    found: list[tuple[str, Source]] = []
    for row in rows:
        if row.low == 0:
            found.append((f"{drug}: no dose more after dialysis; the regular doses go on", row.source))
        elif row.population is not None:
            of = str(row.population).removeprefix("has ckd stage 5").removeprefix(" and ")
            before = f"who {of}: " if of else ""
            found.append((f"{drug}, {before}{row}", row.source))
    return found


def on_dialysis(part: Ingredient, picture: Picture) -> list[tuple[str, Source]]:
    """What is said of doses after dialysis, where it is stated; empty: nothing."""
    return dialysis_words(after_dialysis(part, picture), part.ingredient)
