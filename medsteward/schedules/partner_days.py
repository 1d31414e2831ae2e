"""What a step's products hold beside the drug that is lowered: the acetaminophen of a combination, a day."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from medsteward.caches import remembered
from medsteward.drugs.products import listed_products
from medsteward.model.amount import Amount
from medsteward.model.labels import as_labelled
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
            for name, each in _held(item.per_ml).get(item.product, {}).items():
                if name not in own:
                    found[name] = found.get(name, Fraction(0)) + each * item.count
    return {name: Amount(value, Unit.MG_PER_D) for name, value in found.items()}


@remembered(16)
def _held(per_ml: Fraction) -> Mapping[str, Mapping[str, Fraction]]:
    """By the name of a listed combination: the mg of each ingredient in one tablet or mL.

    ``per_ml`` is the volume for which labels say the strength of a liquid, and so its name in a plan.
    """
    found: dict[str, dict[str, Fraction]] = {}
    for each in listed_products():
        if len(each.product.components) < _PAIR or each.product.listed is None:
            continue
        for part in each.product.components:
            if part.role is not Role.ACTIVE or part.strength is None:
                continue
            name = as_labelled(each.product.listed, per_ml)
            if part.strength.unit.dimension is Dimension.CONCENTRATION:
                found.setdefault(name, {})[part.ingredient] = part.strength.to(Unit.MG_PER_ML).value
            elif part.strength.unit.dimension is Dimension.MASS:
                found.setdefault(name, {})[part.ingredient] = part.strength.to(Unit.MG).value
    return found


_PAIR = 2
