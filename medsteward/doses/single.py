"""How much of each ingredient is taken at one time, how far apart, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from medsteward.doses.daily import mass_of
from medsteward.model.regimen import Regimen
from medsteward.model.unit import Unit

_DAY_H = Fraction(24)


def single_doses(regimen: Regimen) -> Mapping[str, Fraction]:
    """The largest dose at one time by ingredient, in mg. What is not known, and what is no mass, is left out."""
    product = regimen.product
    leading = product.lead_component
    doses = [taking.dose.high for taking in regimen.sig.takings if taking.dose is not None]
    found: dict[str, Fraction] = {}
    for component in product.components:
        masses = [mass_of(dose, component, leading) for dose in doses]
        known = [mass.to(Unit.MG).value for mass in masses if mass is not None]
        if known and len(known) == len(masses):
            found[component.ingredient] = max(known)
    return MappingProxyType(found)


def shortest_interval(regimen: Regimen) -> Fraction | None:
    """The hours between doses where one dose is taken evenly over the day; None: not said, or not even."""
    takings = regimen.sig.takings
    if len(takings) != 1 or takings[0].times_per_day is None or takings[0].times_per_day.high == 0:
        return None
    return _DAY_H / takings[0].times_per_day.high


def units_a_day(regimen: Regimen) -> Fraction | None:
    """How many tablets or capsules a day the directions allow at most; None: not known, or not counted so."""
    sig = regimen.sig
    limits = [sig.limit.value] if sig.limit is not None and sig.limit.unit in _WHOLE else []
    total, known = Fraction(0), bool(sig.takings)
    largest = Fraction(0)
    for taking in sig.takings:
        if taking.dose is None or taking.dose.high.unit not in _WHOLE:
            return min(limits, default=None)
        largest = max(largest, taking.dose.high.value)
        if taking.times_per_day is None:
            known = False
        else:
            total += taking.dose.high.value * taking.times_per_day.high
    if sig.limit_doses is not None and largest:
        limits.append(sig.limit_doses * largest)
    return min([*limits, *([total] if known else [])], default=None)


_WHOLE = frozenset({Unit.TABLET, Unit.CAPSULE})
