"""From a case to its ingredients with roles, routes, doses and days: what every rule looks at.

Products are opened into ingredients. A co-formulated deterrent is no antagonist; what is put on the skin is not taken
by mouth; low-dose aspirin is an antiplatelet, not an analgesic.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from attrs import define, field

from medsteward.doses.daily import REMEMBERED, daily_doses
from medsteward.doses.renewals import renewals, repeated
from medsteward.drugs.index import drugs
from medsteward.drugs.properties import properties_of
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.oud import line_signs
from medsteward.model.product import Component, Role
from medsteward.model.regimen import Line, Regimen
from medsteward.model.unit import Dimension, Unit
from medsteward.patient.overlaps import EVER
from medsteward.patient.who import Part

LOW_DOSE_ASPIRIN_MG = Fraction(325)
"""A day of aspirin up to this is taken to be for platelets. Ours."""
_ON_THE_SKIN = frozenset({"topical", "ophthalmic", "otic", "intranasal spray"})
_SKIN_FORMS = frozenset({"gel", "cream", "ointment", "lotion", "eye drops", "ear drops", "shampoo"})
_WHOLE_BODY_SKIN = frozenset({"fentanyl", "buprenorphine", "clonidine", "scopolamine", "selegiline", "oxybutynin"})


@define(eq=False)
class Item:
    """One ingredient of one line, with its first and last day as ordinals (0 and ``EVER``: open).

    ``begins`` is the day from which it meets other drugs: the first day, or for an undated line the day asked about.
    ``again`` marks a line that may be another one of the same prescription: amounts are added up without it.
    Never changed once made; not frozen, because ten of them are made for every regimen.
    """

    line: int
    part: Part
    first: int = 0
    last: int = EVER
    begins: int = 0
    dated: bool = False
    prescriber: str | None = None
    bits: int = field(default=0, repr=False)
    again: bool = False

    @property
    def name(self) -> str:
        """The ingredient."""
        return self.part.ingredient


@lru_cache(maxsize=REMEMBERED)
def parts_of(regimen: Regimen) -> tuple[Part, ...]:
    """The ingredients of a regimen as rules see them."""
    product = regimen.product
    doses = {dose.ingredient: dose.daily for dose in daily_doses(regimen).ingredients}
    has_opioid = product.is_opioid
    found = []
    for component in product.components:
        name = component.ingredient
        known = drugs().get(name)
        if known is None:
            continue
        daily = doses.get(name)
        daily_mg = _mg(daily.maximum) if daily is not None else None
        systemic = _is_systemic(name, product.route, product.form, known.route_scope)
        found.append(
            Part(
                ingredient=name,
                drug_class=_class_here(known.drug_class, component, systemic, daily_mg),
                role=_role(component, has_opioid, product.route, product.brand),
                properties=properties_of(name),
                systemic=systemic,
                form=product.form,
                route=product.route,
                release=product.release,
                brand=product.brand,
                strength=None if component.strength is None else str(component.strength),
                daily_mg=daily_mg,
                rate_mcg_h=_rate(component),
                oud=line_signs(name, known.drug_class, product, regimen.indication),
                partners=tuple(each.ingredient for each in product.components if each.ingredient != name),
                times_a_day=_times(regimen),
            )
        )
    return tuple(found)


def items_of(
    lines: tuple[Line, ...], bits_of: Callable[[Regimen], tuple[tuple[Part, int], ...]], today: int, twice: int = 0
) -> tuple[Item, ...]:
    """Every ingredient of every line whose drug is known, active or not, with its days.

    ``twice`` is the mark of the ingredients of lines that may be one prescription. An order that was replaced is left
    out, but for the days before.
    """
    found = []
    day = date.fromordinal(today)
    groups = renewals(lines, day)
    together = frozenset(number for group in groups for number in group)
    again = repeated(lines, day) if groups else frozenset()
    for number, line in enumerate(lines, start=1):
        regimen = line.regimen
        if regimen is None:
            continue
        start, end = line.start, line.last_day
        if line.replaced and (end is None or end >= day):
            continue
        first = 0 if start is None else start.toordinal()
        last = EVER if end is None else end.toordinal()
        dated = start is not None or end is not None
        begins = first if dated else today
        more, repeats = (twice, number in again) if number in together else (0, False)
        for part, bits in bits_of(regimen):
            found.append(Item(number, part, first, last, begins, dated, line.prescriber, bits | more, repeats))
    return tuple(found)


def _class_here(declared: DrugClass, component: Component, systemic: bool, daily_mg: Fraction | None) -> DrugClass:
    if declared is DrugClass.NSAID_ORAL and not systemic:
        return DrugClass.NSAID_TOPICAL
    if component.ingredient == "aspirin" and declared is DrugClass.NSAID_ORAL:
        if daily_mg is not None:
            return DrugClass.ANTIPLATELET if daily_mg <= LOW_DOSE_ASPIRIN_MG else declared
        strength = component.strength
        if strength is not None and strength.unit is Unit.MG and strength.value <= 100:
            return DrugClass.ANTIPLATELET
    return declared


def _is_systemic(name: str, route: str | None, form: str | None, scope: str) -> bool:
    if name in _WHOLE_BODY_SKIN and form == "patch":
        return True
    if scope == "topical":
        return False
    return not (route in _ON_THE_SKIN or (route is None and form in _SKIN_FORMS))


def _role(component: Component, has_opioid: bool, route: str | None, brand: str | None) -> Role:
    """Naloxone with an opioid deters; alone it rescues, and so does nalmefene unless taken by mouth."""
    if component.role is not Role.ACTIVE:
        return component.role
    if component.ingredient == "naloxone":
        return Role.DETERRENT if has_opioid else Role.RESCUE
    if component.ingredient == "nalmefene" and route != "oral" and brand != "Selincro":
        return Role.RESCUE
    return Role.ACTIVE


def _mg(amount: Amount) -> Fraction | None:
    if amount.unit.dimension is not Dimension.MASS_PER_DAY:
        return None
    return amount.to(Unit.MG_PER_D).value


def _times(regimen: Regimen) -> Fraction | None:
    """The most often a day that the directions allow; None: they do not say."""
    sig = regimen.sig
    if sig.limit_doses is not None:
        return sig.limit_doses
    stated = [taking.times_per_day.high for taking in sig.takings if taking.times_per_day is not None]
    times = sum(stated, Fraction(0)) if stated else None
    doses = [taking.dose.high for taking in sig.takings if taking.dose is not None]
    if sig.limit is not None and doses and all(dose.unit is sig.limit.unit and dose.value for dose in doses):
        limited = sig.limit.value / max(dose.value for dose in doses)
        return limited if times is None else min(times, limited)
    return times


def _rate(component: Component) -> Fraction | None:
    strength = component.strength
    if strength is None or strength.unit.dimension is not Dimension.RATE:
        return None
    return strength.to(Unit.MCG_PER_H).value
