"""The other ingredients of the products of a plan: what is told of them, though no dose is counted in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from medsteward.doses.acetaminophen import INGREDIENT
from medsteward.drugs.index import drugs
from medsteward.drugs.products import listed_products
from medsteward.limits.acetaminophen import lowest_of
from medsteward.model.product import Product, Role
from medsteward.model.regimen import Patient
from medsteward.schedules.partner_days import partner_days
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step
from medsteward.schedules.supply import Track
from medsteward.writers.card.language import Language
from medsteward.writers.card.patient_words import EVERYTHING, ToldRow, Topic, told_of
from medsteward.writers.card.told import held_too
from medsteward.writers.card.words import amount_words, drug_words

PARTNER_TOPICS = (Topic.CALL_911, Topic.CALL_TODAY, Topic.NOT_WITH)
"""What is told of another ingredient: its own dangers, and where else it is. How to take it goes by the product."""


def partners_of(plan: Plan, tracks: Iterable[Track]) -> tuple[Track, ...]:
    """Each other active ingredient of the products of these lines, as a line of its own that has no other doses."""
    tracks = tuple(tracks)
    known = {track.drug for track in tracks}
    found: dict[str, Track] = {}
    for track in tracks:
        for product in _products(plan, track):
            for part in product.components:
                drug = drugs().get(part.ingredient)
                if part.role is Role.ACTIVE and drug is not None and part.ingredient not in known:
                    found.setdefault(drug.name, evolve(track, drug=drug.name, drug_class=drug.drug_class, told=""))
    return tuple(found.values())


def partner_rows(track: Track, topic: Topic, kind: str) -> tuple[ToldRow, ...]:
    """What is told of another ingredient: of it alone, not what holds for every medicine."""
    if topic not in PARTNER_TOPICS:
        return ()
    return tuple(row for row in told_of(track, topic, kind) if row.of != EVERYTHING)


def partner_lines(plan: Plan, step: Step, words: Language) -> Iterator[str]:
    """What else the products of a step hold in one day, and the most acetaminophen from all products together."""
    yield from held_too(step, words)
    held, case = partner_days(step).get(INGREDIENT), plan.request.case
    most = lowest_of(case.patient if case is not None else Patient())
    if held is None or most is None:
        return
    name = drug_words(INGREDIENT, words)
    if held.value < most.value:
        yield words.say(
            "Ask us before you take any other product with {drug}. With this one counted: at most {most}.",
            drug=name,
            most=amount_words(most.value, most.unit, words),
        )
    else:
        yield words.say("Take no other product with {drug}.", drug=name)


def _products(plan: Plan, track: Track) -> Iterator[Product]:
    """The products of a line: those that can be dispensed, and those of the case that hold its drug."""
    names = {supply.product for supply in (*track.supplies, *((track.present,) if track.present else ()))}
    yield from (each.product for each in listed_products() if each.product.listed in names)
    for line in plan.request.case.lines if plan.request.case is not None else ():
        if line.written == track.written and line.regimen is not None:
            yield line.regimen.product
