"""What is prescribed or dispensed: ingredients, strengths, dose form."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from medsteward.model.amount import Amount
from medsteward.model.kept import ADDED
from medsteward.model.unit import Unit


class Role(Enum):
    """What an ingredient does in its product."""

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
