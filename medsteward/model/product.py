"""What is prescribed or dispensed: ingredients, strengths, dose form."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from medsteward.model.amount import Amount
from medsteward.model.kept import ADDED
from medsteward.model.unit import Unit


class Role(Enum):
    """What an ingredient does in its product."""

    __hash__ = object.__hash__  # its members are single objects, and this is asked for of every ingredient

    ACTIVE = "active"
    DETERRENT = "co-formulated deterrent"
    RESCUE = "rescue"


@frozen
class Component:
    """One ingredient of a product with its strength per unit of product (None: not stated), its salt and its role."""

    ingredient: str
    strength: Amount | None = None
    salt: str = ""
    role: Role = Role.ACTIVE


@frozen(cache_hash=True)
class Product:
    """Ingredients, strengths, dose form, route and release, as far as they are stated or follow from what is.

    ``unit`` is what a strength is per (a tablet, a mL, a patch). ``rxcui`` and ``listed`` are set when exactly one
    product of our list is meant; ``listed`` is its name in words. ``per_ml`` is the volume in mL for which the strength
    of a liquid is written: 5 for 10 mg/5 mL, which is the same product as 2 mg/mL.
    """

    components: tuple[Component, ...]
    form: str | None = None
    route: str | None = None
    release: str | None = None
    unit: Unit | None = None
    brand: str | None = None
    listed: str | None = None
    rxcui: str | None = None
    wear_hours: int | None = None
    per_ml: Fraction = field(default=Fraction(1), eq=False, metadata=ADDED)

    @cached_property
    def ingredients(self) -> frozenset[str]:
        """What is in it, in whatever order. Asked of every line of every case, so it is kept."""
        return frozenset([each.ingredient for each in self.components])

    @cached_property
    def lead_component(self) -> Component:
        """The component that a single strength or mass of the product means: its opioid, or else its first one."""
        opioids = _opioids()
        return next((each for each in self.components if each.ingredient in opioids), self.components[0])

    @property
    def lead(self) -> str:
        """The leading ingredient: the product's opioid, or else its first ingredient."""
        return self.lead_component.ingredient

    @cached_property
    def is_opioid(self) -> bool:
        """Whether any of its ingredients is an opioid."""
        opioids = _opioids()
        return any(each.ingredient in opioids for each in self.components)


_SAID: list[Callable[[], frozenset[str]]] = []


def opioids_are(names: Callable[[], frozenset[str]]) -> None:
    """Say which ingredients are opioids. The drug index does so when it is imported; they are asked for when needed."""
    _SAID[:] = [names]


def _opioids() -> frozenset[str]:
    if not _SAID:
        raise LookupError("which ingredients are opioids is known once medsteward.drugs.index is imported")
    return _SAID[0]()
