"""The other ingredients of the products of a plan: what is told of them, though no dose is counted in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve

from medsteward.caches import made_once
from medsteward.doses.acetaminophen import INGREDIENT
from medsteward.drugs.index import drugs
from medsteward.drugs.products import listed_products
from medsteward.limits.acetaminophen import lowest_of
from medsteward.model.product import Product, Role
from medsteward.model.regimen import Patient
from medsteward.model.unit import Unit
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Item, Step
from medsteward.schedules.supply import Track
from medsteward.writers.card.language import Language
from medsteward.writers.card.patient_words import EVERYTHING, ToldRow, Topic, told_of
from medsteward.writers.card.words import drug_words

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


def acetaminophen_lines(plan: Plan, step: Step, words: Language) -> Iterator[str]:
    """How much acetaminophen the products of a step hold in one day, and the most of it from all products together.

    What is taken as needed counts with all the doses that a day may have. Nothing where a product's content is unknown.
    """
    case = plan.request.case
    held = sum((_held(plan, item) for dose in step.doses for item in dose.items), Fraction(0))
    if not held:
        return
    most = lowest_of(case.patient if case is not None else Patient())
    name, amount = drug_words(INGREDIENT, words), words.number(held)
    yield words.say("{drug} is in it, too: {amount} mg in one day.", drug=name, amount=amount)
    if most is None:
        return
    if held < most.value:
        yield words.say(
            "{drug} from all products: at most {most} mg in one day. Ask us first.",
            drug=name,
            most=words.number(most.value),
        )
    else:
        yield words.say("Take no other product with {drug}.", drug=name)


def _held(plan: Plan, item: Item) -> Fraction:
    """The acetaminophen of one dose in mg."""
    content = _contents().get(item.product)
    if content is None:
        lines = plan.request.case.lines if plan.request.case is not None else ()
        own = {
            supply.product: line.regimen.product
            for course in plan.request.courses
            for track in course.tracks
            for supply in ((track.present,) if track.present else ())
            for line in lines
            if line.written == track.written and line.regimen is not None
        }
        content = _content(own[item.product]) if item.product in own else Fraction(0)
    return content * item.count


@made_once
def _contents() -> Mapping[str, Fraction]:
    """The acetaminophen in mg of one unit of each product of the list, by its name."""
    return {each.product.listed or "": _content(each.product) for each in listed_products()}


def _content(product: Product) -> Fraction:
    return sum(
        (
            each.strength.value
            for each in product.components
            if each.ingredient == INGREDIENT
            and each.strength is not None
            and each.strength.unit in (Unit.MG, Unit.MG_PER_ML)
        ),
        Fraction(0),
    )


def _products(plan: Plan, track: Track) -> Iterator[Product]:
    """The products of a line: those that can be dispensed, and those of the case that hold its drug."""
    names = {supply.product for supply in (*track.supplies, *((track.present,) if track.present else ()))}
    yield from (each.product for each in listed_products() if each.product.listed in names)
    for line in plan.request.case.lines if plan.request.case is not None else ():
        if line.written == track.written and line.regimen is not None:
            yield line.regimen.product
