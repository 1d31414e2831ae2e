"""Which drugs a rule is about: named by class, ingredient, property, form or daily dose, never by code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import evolve, field, frozen

from medsteward.model.drug import DrugClass
from medsteward.model.oud import NO_OPIOID, LineSigns
from medsteward.model.product import Role
from medsteward.model.property import Property
from medsteward.patient.form import AllOf, Among, Compare, Contains, Form, IsStated, Negated, OneOf, Op, Unless


@frozen(eq=False)
class Ingredient:
    """One ingredient of one medication line, as rules see it.

    ``systemic`` is False for what is put on the skin or in the eye for its effect there. ``daily_mg`` is the most a
    day that the directions allow, in mg (None: not known or not a mass). ``oud`` is what the line itself says of being
    treatment of opioid use disorder. ``partners`` are the other ingredients of the product.
    ``times_a_day`` is the most often a day it is taken; ``single_mg`` the most at one time, told of few drugs.
    ``unsure`` are properties that are known from memory alone; ``unsure_class`` says the same of the class.
    """

    ingredient: str
    drug_class: DrugClass
    role: Role
    properties: frozenset[Property]
    systemic: bool = True
    form: str | None = None
    route: str | None = None
    release: str | None = None
    brand: str | None = None
    strength: str | None = None
    daily_mg: Fraction | None = None
    rate_mcg_h: Fraction | None = None
    oud: LineSigns = NO_OPIOID
    partners: tuple[str, ...] = ()
    times_a_day: Fraction | None = None
    single_mg: Fraction | None = None
    unsure: frozenset[Property] = frozenset()
    unsure_class: bool = False
    is_for_itself: bool = field(init=False, repr=False)
    """Whether it is in the product for its own effect, not to deter or hinder the use of another."""
    is_unsure: bool = field(init=False, repr=False)
    """Whether its class or a property of it is known from memory alone."""

    @is_for_itself.default
    def _is_for_itself(self) -> bool:
        return self.role in FOR_ITSELF

    @is_unsure.default
    def _is_unsure(self) -> bool:
        return self.unsure_class or bool(self.unsure)

    @property
    def surely(self) -> Ingredient:
        """The ingredient as far as it is known from more than memory."""
        drug_class = DrugClass.NOT_CLASSIFIED if self.unsure_class else self.drug_class
        return evolve(self, drug_class=drug_class, properties=self.properties - self.unsure)

    @property
    def long_acting(self) -> bool:
        """Whether it is extended-release or long-acting: by its release, as a patch or depot, or methadone."""
        return (
            self.release == "ER"
            or (self.form == "patch" and self.systemic)
            or self.ingredient == "methadone"
            or self.is_depot
        )

    @property
    def mg_per_ml(self) -> Fraction | None:
        """The strength of a liquid in mg/mL; None: it is no liquid, or not stated."""
        if self.strength is None or not self.strength.endswith(" mg/mL"):
            return None
        return Fraction(self.strength.removesuffix(" mg/mL").replace(",", ""))

    @property
    def is_depot(self) -> bool:
        """Whether it is injected to last for weeks."""
        return self.brand in DEPOTS


FOR_ITSELF = frozenset({Role.ACTIVE, Role.RESCUE})
"""The roles of what is taken for its own effect, not to hinder the use of another."""
DEPOTS = frozenset({"Sublocade", "Brixadi", "Vivitrol"})
"""Brands that are injected as a depot."""


@frozen(eq=False)
class Kinds:
    """The classes, names and properties of several ingredients together."""

    classes: frozenset[DrugClass]
    ingredients: frozenset[str]
    properties: frozenset[Property]


def kinds_of(parts: Sequence[Ingredient]) -> Kinds:
    """What several ingredients are, together."""
    return Kinds(
        frozenset([each.drug_class for each in parts]),
        frozenset([each.ingredient for each in parts]),
        frozenset().union(*[each.properties for each in parts]),
    )


@frozen(cache_hash=True, slots=False)
class DrugGroup:
    """A group of drugs, in words and as data.

    A part belongs when its class, ingredient or one of its properties is listed, it has one of the properties of
    ``doing`` where there are any, and every limit that is stated holds (form, route, release, daily dose); or, where
    ``any_of`` is given, when one of those groups holds it. What a group of ``but`` or ``besides`` holds does not
    belong; only the first is said with the words. Daily doses are in mg; a dose that is not known passes no limit.
    ``up_to_single_mg`` is about what is taken at one time, where the day is not known.
    ``topical`` groups are about what is put on the skin; all others about the whole body.
    ``said_twice`` and ``renewed`` are told from the lines, not from the drug.
    """

    words: str
    classes: frozenset[DrugClass] = frozenset()
    ingredients: frozenset[str] = frozenset()
    properties: frozenset[Property] = frozenset()
    doing: frozenset[Property] = frozenset()
    forms: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    long_acting: bool | None = None
    up_to_single_mg: Fraction | None = None
    concentrate: bool = False
    up_to_mg: Fraction | None = None
    above_mg: Fraction | None = None
    from_mg: Fraction | None = None
    up_to_mcg_h: Fraction | None = None
    roles: frozenset[Role] = field(default=frozenset({Role.ACTIVE}))
    topical: bool = False
    said_twice: bool = False
    renewed: bool = False
    but: tuple[DrugGroup, ...] = ()
    any_of: tuple[DrugGroup, ...] = ()
    besides: tuple[DrugGroup, ...] = ()

    def may_hold_one_of(self, every: Kinds) -> bool:
        """Whether one of several may belong to the group, by what it lists alone: no is sure."""
        if self.any_of:
            return any(each.may_hold_one_of(every) for each in self.any_of)
        if self.said_twice or self.renewed:
            return True  # told from the lines, which this does not look at
        return not (
            self.classes.isdisjoint(every.classes)
            and self.ingredients.isdisjoint(every.ingredients)
            and self.properties.isdisjoint(every.properties)
        )

    def holds(self, part: Ingredient) -> bool:
        """Whether ``part`` belongs to the group."""
        inside = any(each.holds(part) for each in self.any_of) if self.any_of else self._named(part)
        return inside and not any(each.holds(part) for each in (*self.but, *self.besides))

    def _named(self, part: Ingredient) -> bool:
        return (
            (
                part.drug_class in self.classes
                or part.ingredient in self.ingredients
                or not self.properties.isdisjoint(part.properties)
            )
            and (not self.doing or not self.doing.isdisjoint(part.properties))
            and self._limits(part)
        )

    def _limits(self, part: Ingredient) -> bool:
        return (
            part.role in self.roles
            and part.systemic is not self.topical
            and (not self.forms or part.form in self.forms)
            and (not self.routes or part.route in self.routes)
            and (not self.brands or part.brand in self.brands)
            and (self.long_acting is None or part.long_acting is self.long_acting)
            and (self.up_to_single_mg is None or _is_small(part, self.up_to_single_mg))
            and (not self.concentrate or _is_concentrate(part))
            and (self.up_to_mg is None or (part.daily_mg is not None and part.daily_mg <= self.up_to_mg))
            and (self.above_mg is None or (part.daily_mg is not None and part.daily_mg > self.above_mg))
            and (self.from_mg is None or (part.daily_mg is not None and part.daily_mg >= self.from_mg))
            and (self.up_to_mcg_h is None or (part.rate_mcg_h is not None and part.rate_mcg_h <= self.up_to_mcg_h))
        )

    @cached_property
    def form(self) -> Form:
        """The group as plain data: who of the rows of what is taken belongs to it."""
        if self.said_twice:
            return Compare("said_twice", Op.IS, True)
        if self.renewed:
            return Compare("renewed", Op.IS, True)
        inside = OneOf(tuple(each.form for each in self.any_of)) if self.any_of else self._named_form
        return AllOf((inside, *(Unless(each.form) for each in (*self.but, *self.besides))))

    @property
    def _named_form(self) -> Form:
        named = OneOf(
            (
                Among("drug_class", tuple(sorted(each.value for each in self.classes))),
                Among("ingredient", tuple(sorted(self.ingredients))),
                Contains("properties", tuple(sorted(each.value for each in self.properties))),
            )
        )
        return AllOf((named, *self._limit_forms()))

    def _limit_forms(self) -> Iterator[Form]:
        if self.doing:
            yield Contains("properties", tuple(sorted(each.value for each in self.doing)))
        yield Among("role", tuple(sorted(each.value for each in self.roles)))
        yield Compare("systemic", Op.IS, not self.topical)
        for column, values in (
            ("form", self.forms),
            ("route", self.routes),
            ("brand", self.brands),
        ):
            if values:
                yield Among(column, tuple(sorted(values)))
        if self.long_acting is not None:
            yield Compare("long_acting", Op.IS, self.long_acting)
        if self.up_to_single_mg is not None:
            yield Negated(IsStated("daily_mg"))
            yield Compare("single_mg", Op.UP_TO, self.up_to_single_mg)
        if self.concentrate:
            yield OneOf(
                tuple(
                    AllOf((Among("ingredient", (name,)), Compare("mg_per_ml", Op.AT_LEAST, least)))
                    for name, least in CONCENTRATES.items()
                )
            )
        limits = (
            ("daily_mg", Op.UP_TO, self.up_to_mg),
            ("daily_mg", Op.ABOVE, self.above_mg),
            ("daily_mg", Op.AT_LEAST, self.from_mg),
            ("rate_mcg_h", Op.UP_TO, self.up_to_mcg_h),
        )
        for column, op, limit in limits:
            if limit is not None:
                yield Compare(column, op, limit)

    def __str__(self) -> str:
        out = "".join(f", but not {each}" for each in self.but)
        return f"{self.words}{out}"


CONCENTRATES = {"morphine": Fraction(20), "oxycodone": Fraction(20), "methadone": Fraction(10)}
"""The strength in mg/mL from which an oral liquid of an opioid is a concentrate."""


def _is_small(part: Ingredient, most: Fraction) -> bool:
    return part.daily_mg is None and part.single_mg is not None and part.single_mg <= most


def _is_concentrate(part: Ingredient) -> bool:
    least, strength = CONCENTRATES.get(part.ingredient), part.mg_per_ml
    return least is not None and strength is not None and strength >= least


def group(
    words: str,
    *members: DrugClass | str | Property,
    but: DrugGroup | tuple[DrugGroup, ...] = (),
    **limits: object,
) -> DrugGroup:
    """A group by its words and members: classes, ingredient names and properties."""
    return DrugGroup(
        words,
        classes=frozenset(each for each in members if isinstance(each, DrugClass)),
        ingredients=frozenset(each for each in members if isinstance(each, str)),
        properties=frozenset(each for each in members if isinstance(each, Property)),
        but=but if isinstance(but, tuple) else (but,),
        **limits,  # type: ignore[arg-type]
    )
