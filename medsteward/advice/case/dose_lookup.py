"""Which dose limits we hold of a medicine: by itself, in combinations, and those of its groups."""

from __future__ import annotations

from attrs import frozen

from medsteward.drugs.index import drug_of, name_of
from medsteward.drugs.suggest import suggestions
from medsteward.limits.limit import DoseLimit
from medsteward.limits.load import dose_limits
from medsteward.limits.subject import GROUPS
from medsteward.model.drug import Drug
from medsteward.model.problem import Problem
from medsteward.model.product import Role
from medsteward.model.source import Standing
from medsteward.patient.drug_group import Ingredient


@frozen
class LimitsOf:
    """The limits of what was asked for. ``drugs`` are what the name stands for; empty: it is not known."""

    asked: str
    drugs: tuple[str, ...]
    limits: tuple[DoseLimit, ...]
    problem: Problem | None = None


def limits_of(text: str) -> LimitsOf:
    """The limits of a drug, brand or combination by its full name, any case: its own rows, then those of its groups.

    An unknown name, and one of which we hold no limit, gives a problem; nothing is chosen.
    """
    asked = " ".join(text.casefold().split())
    name = name_of(asked)
    if name is None:
        near = suggestions(asked)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; see `medsteward drugs list`"
        return LimitsOf(text, (), (), Problem("DRUG-001", "", f'"{text[:60]}" is not a known name{hint}', near))
    held = dose_limits()
    whole = " + ".join(name.ingredients)
    own = [row for each in name.ingredients for row in held.of(each)]
    if name.is_combination:
        own = sorted(own, key=lambda row: row.subject.drug != whole)
    groups = [row for row in held.rows if _is_of_group(row, name.ingredients)]
    found = tuple(dict.fromkeys([*own, *groups]))
    if not found:
        problem = Problem("LIMIT-001", "", f"we hold no dose limit of {' and '.join(name.ingredients)}")
        return LimitsOf(text, name.ingredients, (), problem)
    return LimitsOf(text, name.ingredients, found)


def all_limits(standing: Standing | None = None) -> tuple[DoseLimit, ...]:
    """Every limit, or those of one standing, in the order of the data."""
    return tuple(row for row in dose_limits().rows if standing is None or row.standing is standing)


def _is_of_group(row: DoseLimit, ingredients: tuple[str, ...]) -> bool:
    return row.subject.drug in GROUPS and any(row.subject.group.holds(_whole(drug_of(each))) for each in ingredients)


def _whole(drug: Drug) -> Ingredient:
    return Ingredient(drug.name, drug.drug_class, Role.ACTIVE, drug.properties)
