"""A drug name of RxNorm, taken apart."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen
from attrs.validators import instance_of, optional

from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product, Role


@frozen
class NamedStrength:
    """A strength as RxNorm prints it: an exact number and its unit.

    ``unit`` is written in our way where it is one of ours (``mg``, ``mg/mL``, ``mg/h``, ``units``, ``mEq``), and in
    the same manner where it is not (``mg/actuation``, ``mg/mg``). Nothing is converted.
    """

    value: Fraction = field(validator=instance_of(Fraction))
    unit: str

    def __str__(self) -> str:
        return f"{decimal_text(self.value)} {self.unit}"


@frozen
class NamedIngredient:
    """One substance of a name, in lower case: base and salt apart, as printed (``salt`` empty: none is).

    The strength is that of the substance as printed: ``oxycodone hydrochloride 10 MG`` is 10 mg of the salt,
    ``oxycodone 9 MG`` 9 mg of the base. None: the name states no strength.
    """

    name: str
    salt: str = ""
    strength: NamedStrength | None = None
    role: Role = Role.ACTIVE

    @property
    def substance(self) -> str:
        """Base and salt as one."""
        return f"{self.name} {self.salt}" if self.salt else self.name


@frozen
class PackItem:
    """What lies in a pack, and how many of it."""

    count: Fraction = field(validator=instance_of(Fraction))
    name: RxNormName


@frozen
class RxNormName:
    """A clinical drug name of RxNorm: SCD, SBD, GPCK or BPCK.

    ``form`` is the dose form in RxNorm's words (``Extended Release Oral Tablet``), also for names that use an older
    word for it; ``release`` (IR, ER, DR) and ``route`` follow from it and from nothing else, None where it does not
    say. ``qualifiers`` are words such as ``Abuse-Deterrent``. ``hours`` is the ``12 HR`` of the name: how the product
    is made, never how often it is taken. ``volume_ml`` is the size of the container and ``actuations`` the number of
    doses in it: never a strength. ``pack`` is empty but for packs, whose ``ingredients`` are those of its items, each
    once. ``problems`` say what was not understood; what was is still given.
    """

    text: str
    ingredients: tuple[NamedIngredient, ...] = ()
    form: str | None = None
    release: str | None = None
    route: str | None = None
    brand: str | None = None
    qualifiers: tuple[str, ...] = ()
    hours: Fraction | None = field(default=None, validator=optional(instance_of(Fraction)))
    volume_ml: Fraction | None = field(default=None, validator=optional(instance_of(Fraction)))
    actuations: Fraction | None = field(default=None, validator=optional(instance_of(Fraction)))
    pack: tuple[PackItem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def kind(self) -> str:
        """The term type that such a name has: SCD, SBD, GPCK or BPCK."""
        if self.pack:
            return "BPCK" if self.brand else "GPCK"
        return "SBD" if self.brand else "SCD"


@frozen(cache_hash=True)
class NamedProduct:
    """What a name means as a product of our model; None where it means none. Problems stand in the way of counting."""

    product: Product | None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
