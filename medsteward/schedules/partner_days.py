"""What a step's products hold beside the drug that is lowered: the acetaminophen of a combination, a day."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from medsteward.caches import made_once
from medsteward.drugs.products import listed_products
from medsteward.model.amount import Amount
from medsteward.model.product import Role
from medsteward.model.unit import Dimension, Unit
from medsteward.schedules.step import Step


def partner_days(step: Step) -> Mapping[str, Amount]:
    """The mg a day of each other active ingredient of what a step takes, by its name; those of no known strength not.

    Counted by the listed products: so many tablets, or so many mL, of what each holds.
    """
    found: dict[str, Fraction] = {}
    own = {dose.drug for dose in step.doses}
    for dose in step.doses:
        for item in dose.items:
            for name, each in _held().get(item.product, {}).items():
                if name not in own:
                    found[name] = found.get(name, Fraction(0)) + each * item.count
    return {name: Amount(value, Unit.MG_PER_D) for name, value in found.items()}


@made_once
def _held() -> Mapping[str, Mapping[str, Fraction]]:
    """By the name of a listed combination: the mg of each ingredient in one tablet or mL."""
    found: dict[str, dict[str, Fraction]] = {}
    for each in listed_products():
        if len(each.product.components) < _PAIR or each.product.listed is None:
            continue
        for part in each.product.components:
            if part.role is not Role.ACTIVE or part.strength is None:
                continue
            if part.strength.unit.dimension is Dimension.CONCENTRATION:
                found.setdefault(each.product.listed, {})[part.ingredient] = part.strength.to(Unit.MG_PER_ML).value
            elif part.strength.unit.dimension is Dimension.MASS:
                found.setdefault(each.product.listed, {})[part.ingredient] = part.strength.to(Unit.MG).value
    return found


_PAIR = 2
