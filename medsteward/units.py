"""Units at the door: every amount from outside is converted here, by pint, exactly.

This is the only module that imports pint. The registry knows the clinical units of ``units.txt`` and nothing else;
text is never handed to pint, only the names in the closed table below. pint is asked once per pair of units and its
exact factor is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from numbers import Real
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from medsteward.caches import made_once, remembered
from medsteward.errors import NotANumber, UnitMismatch, UnknownUnit
from medsteward.model.amount import Amount
from medsteward.model.number import exact, exact_number, why_no_number
from medsteward.model.unit import Unit

if TYPE_CHECKING:
    import pint

    registry: pint.UnitRegistry[Fraction]
    """The one registry, built when it is first asked for; most lines need no conversion and no pint."""

_BUILDING = RLock()


def __getattr__(name: str) -> Any:
    if name != "registry":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _registry()


@made_once
def _built() -> pint.UnitRegistry[Fraction]:
    import pint

    text = str(Path(__file__).with_name("units.txt"))
    return pint.UnitRegistry(text, non_int_type=Fraction, cache_folder=None)


def _registry() -> pint.UnitRegistry[Fraction]:
    with _BUILDING:  # no two threads build it together
        return _built()


PINT_NAMES: Mapping[Unit, str] = MappingProxyType(
    {
        Unit.MG: "milligram",
        Unit.MCG: "microgram",
        Unit.G: "gram",
        Unit.ML: "milliliter",
        Unit.L: "liter",
        Unit.H: "hour",
        Unit.MIN: "minute",
        Unit.D: "day",
        Unit.WEEK: "week",
        Unit.MG_PER_ML: "milligram / milliliter",
        Unit.MCG_PER_ML: "microgram / milliliter",
        Unit.MCG_PER_H: "microgram / hour",
        Unit.MG_PER_H: "milligram / hour",
        Unit.MG_PER_D: "milligram / day",
        Unit.MCG_PER_D: "microgram / day",
        Unit.G_PER_D: "gram / day",
        Unit.ML_PER_D: "milliliter / day",
        Unit.PERCENT: "percent_by_mass",
        Unit.IU: "international_unit",
        Unit.MEQ: "milliequivalent",
        Unit.MME: "MME",
        Unit.MME_PER_D: "MME / day",
        Unit.AUTO_INJECTOR: "auto_injector",
        **{unit: unit.value for unit in Unit if unit.is_count and unit is not Unit.AUTO_INJECTOR},
    }
)
"""What pint calls each unit."""

UCUM: Mapping[str, Unit] = MappingProxyType(
    {
        "mg": Unit.MG,
        "ug": Unit.MCG,
        "g": Unit.G,
        "mL": Unit.ML,
        "L": Unit.L,
        "h": Unit.H,
        "min": Unit.MIN,
        "d": Unit.D,
        "wk": Unit.WEEK,
        "mg/mL": Unit.MG_PER_ML,
        "ug/mL": Unit.MCG_PER_ML,
        "ug/h": Unit.MCG_PER_H,
        "mg/h": Unit.MG_PER_H,
        "mg/d": Unit.MG_PER_D,
        "ug/d": Unit.MCG_PER_D,
        "g/d": Unit.G_PER_D,
        "mL/d": Unit.ML_PER_D,
        "%": Unit.PERCENT,
        "[iU]": Unit.IU,
        "meq": Unit.MEQ,
        "{MME}": Unit.MME,
        "{MME}/d": Unit.MME_PER_D,
        "{tbl}": Unit.TABLET,
        "{tablet}": Unit.TABLET,
        "{capsule}": Unit.CAPSULE,
        "{patch}": Unit.PATCH,
        "{film}": Unit.FILM,
        "{lozenge}": Unit.LOZENGE,
        "{spray}": Unit.SPRAY,
        "{actuat}": Unit.ACTUATION,
        "{suppository}": Unit.SUPPOSITORY,
        "{packet}": Unit.PACKET,
        "{syringe}": Unit.SYRINGE,
        "{vial}": Unit.VIAL,
    }
)
"""UCUM codes we read and write. ``mg{MME}`` is absent on purpose: to UCUM it is plain mg."""

_SPELLINGS: dict[Unit, str] = {
    Unit.MG: "mg mgs milligram milligrams",
    Unit.MCG: "mcg mcgs ug μg microgram micrograms",
    Unit.G: "g gm gms gram grams",
    Unit.ML: "ml mls milliliter milliliters millilitre millilitres cc ccs",
    Unit.L: "l liter liters litre litres",
    Unit.H: "h hr hrs hour hours",
    Unit.MIN: "min mins minute minutes",
    Unit.D: "d day days",
    Unit.WEEK: "wk wks week weeks",
    Unit.PERCENT: "% percent",
    Unit.IU: "unit units u iu [iu]",
    Unit.MEQ: "meq",
    Unit.MME: "mme {mme}",
    Unit.TABLET: "tablet tablets tab tabs caplet caplets {tbl} {tablet}",
    Unit.CAPSULE: "capsule capsules cap caps {capsule}",
    Unit.PATCH: "patch patches {patch}",
    Unit.FILM: "film films strip strips {film}",
    Unit.LOZENGE: "lozenge lozenges troche troches {lozenge}",
    Unit.SPRAY: "spray sprays {spray}",
    Unit.ACTUATION: "actuation actuations actuat {actuat} puff puffs",
    Unit.SUPPOSITORY: "suppository suppositories supp supps {suppository}",
    Unit.PACKET: "packet packets sachet sachets {packet}",
    Unit.SYRINGE: "syringe syringes {syringe}",
    Unit.VIAL: "vial vials {vial}",
    Unit.AUTO_INJECTOR: "auto-injector auto-injectors autoinjector autoinjectors",
}

SPELLINGS: Mapping[str, Unit] = MappingProxyType(
    {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings.split()}
)
"""Every simple spelling we read, in lower case, with its unit. Compound units are two of these around a slash."""

ERROR_PRONE: Mapping[str, str] = MappingProxyType({"u": "units", "iu": "units", "cc": "mL", "ccs": "mL", "μg": "mcg"})
"""Spellings that are read but easily misread, with what to write instead (Joint Commission, ISMP)."""

_HINTS = {
    "gr": "this could be grams or grains; write mg",
    "grain": "write the amount in mg",
    "grains": "write the amount in mg",
    "mcl": "write the volume in mL",
    "teaspoon": "a household spoon is no measure; write the volume in mL",
    "tablespoon": "a household spoon is no measure; write the volume in mL",
}

_COMPOUNDS: dict[tuple[Unit, Unit], Unit] = {
    (Unit.MG, Unit.ML): Unit.MG_PER_ML,
    (Unit.MCG, Unit.ML): Unit.MCG_PER_ML,
    (Unit.G, Unit.ML): Unit.MG_PER_ML,
    (Unit.MG, Unit.L): Unit.MG_PER_ML,
    (Unit.MG, Unit.H): Unit.MG_PER_H,
    (Unit.MCG, Unit.H): Unit.MCG_PER_H,
    (Unit.MG, Unit.D): Unit.MG_PER_D,
    (Unit.MCG, Unit.D): Unit.MCG_PER_D,
    (Unit.G, Unit.D): Unit.G_PER_D,
    (Unit.ML, Unit.D): Unit.ML_PER_D,
    (Unit.MME, Unit.D): Unit.MME_PER_D,
}
"""What a compound is read as: (numerator, denominator) to one unit of the closed list."""

_AMOUNT = re.compile(r"(?P<number>[\d.,]+) *(?P<unit>\S.*)?", re.DOTALL)
_PER = re.compile(r" *(?:/| per ) *")


@remembered(1024)
def factor(unit: Unit, to: Unit) -> Fraction:
    """How many ``to`` one ``unit`` is, exactly, as pint reckons it. Refuses two dimensions (``UnitMismatch``)."""
    if unit.dimension is not to.dimension:
        raise UnitMismatch(f"{unit.value} cannot be turned into {to.value}")
    return Fraction(_registry().Quantity(Fraction(1), PINT_NAMES[unit]).to(PINT_NAMES[to]).magnitude)


@remembered(1024)
def compound_factor(numerator: Unit, denominator: Unit) -> tuple[Fraction, Unit]:
    """The unit that ``numerator`` per ``denominator`` is read as, and the exact factor into it, as pint reckons it.

    Refuses (``UnknownUnit``) a compound outside the closed list.
    """
    unit = _COMPOUNDS.get((numerator, denominator))
    if unit is None:
        text = f"{numerator.value}/{denominator.value}"
        raise UnknownUnit(text, "this program knows no such unit; write mg, mcg, mL, mg/mL or mcg/h")
    one = _registry().Quantity
    written = one(Fraction(1), PINT_NAMES[numerator]) / one(Fraction(1), PINT_NAMES[denominator])
    return Fraction(written.to(PINT_NAMES[unit]).magnitude), unit


def convert(amount: Amount, unit: Unit) -> Amount:
    """``amount`` in another unit of the same dimension, by pint's factor. Refuses others (``UnitMismatch``)."""
    if amount.unit is unit:
        return amount
    return Amount(amount.value * factor(amount.unit, unit), unit)


def per(numerator: Amount, denominator: Amount) -> Amount:
    """``numerator`` per ``denominator``, such as 10 mg per 5 mL: 2 mg/mL.

    Refuses (``UnknownUnit``) a compound outside the closed list, and (``NotANumber``) a denominator of zero.
    """
    if denominator.value == 0:
        raise NotANumber("0", "an amount cannot be per zero")
    ratio, unit = compound_factor(numerator.unit, denominator.unit)
    return Amount(numerator.value / denominator.value * ratio, unit)


@remembered(1024)
def unit_named(text: str) -> Unit:
    """The simple unit of a spelling in any case, ``mg``, ``MCG``, ``µg``. Refuses others (``UnknownUnit``)."""
    spelling = unicodedata.normalize("NFKC", text).strip().casefold().rstrip(".")
    unit = SPELLINGS.get(spelling)
    if unit is None:
        raise UnknownUnit(
            text, _HINTS.get(spelling, "this program knows no such unit; write mg, mcg, mL, mg/mL or mcg/h")
        )
    return unit


def amount(text: str) -> Amount:
    """Read an amount as printed: ``10 mg``, ``75 MCG/HR``, ``10 mg/5 mL``, ``0.25 mL``, ``2 tablets``.

    Any case; spaces are free. Refuses numbers that invite errors (``NotANumber``: ``.5``, ``2,5``, ``1e3``, ``-1``)
    and units outside the closed list (``UnknownUnit``).

    >>> amount("75 MCG/HR")
    Amount(75 mcg/h)
    """
    plain = " ".join(unicodedata.normalize("NFKC", text[:200]).casefold().split())
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise NotANumber(text[:50], "an amount is a number and a unit, as in 10 mg")
    if match["unit"] is None:
        raise UnknownUnit(text, "the unit is missing; write it, as in 10 mg")
    value = exact(match["number"])
    head, *rest = _PER.split(match["unit"])
    numerator = Amount(value, unit_named(head))
    if not rest:
        return numerator
    if len(rest) > 1:
        raise UnknownUnit(match["unit"], "one slash at most; write mg, mcg, mL, mg/mL or mcg/h")
    below = _AMOUNT.fullmatch(rest[0])
    if below and below["unit"]:
        return per(numerator, Amount(exact(below["number"]), unit_named(below["unit"])))
    return per(numerator, Amount(Fraction(1), unit_named(rest[0])))


def quantity(amount: Amount) -> Any:
    """``amount`` as a pint quantity of our registry."""
    return _registry().Quantity(amount.value, PINT_NAMES[amount.unit])


def from_quantity(value: Any) -> Amount:
    """A pint quantity of our registry as an ``Amount``, in its own unit where the closed list has it.

    A float counts by its shortest decimal. Refuses (``UnitMismatch``) quantities of other registries and dimensions we
    do not know, and (``NotANumber``) quotients, sums with noise, infinite and negative numbers.
    """
    registry = _registry()
    if not isinstance(value, registry.Quantity):
        raise UnitMismatch("not a quantity of medsteward.units.registry; make it with that registry")
    magnitude = value.magnitude
    number = exact_number(magnitude)
    if number is None and isinstance(magnitude, Fraction | int) and not isinstance(magnitude, bool) and magnitude >= 0:
        number = Fraction(magnitude)
    if number is None:
        if isinstance(magnitude, Real) and magnitude < 0:
            raise NotANumber(str(magnitude), "an amount is never negative")
        raise NotANumber(str(magnitude), f"the magnitude {why_no_number(magnitude)}")
    for unit, name in PINT_NAMES.items():
        if value.units == registry.Unit(name):
            return Amount(number, unit)
    for unit, name in PINT_NAMES.items():
        if value.is_compatible_with(name):
            return Amount(Fraction(registry.Quantity(number, value.units).to(name).magnitude), unit)
    raise UnitMismatch(f"no unit of the closed list measures {value.dimensionality}")
