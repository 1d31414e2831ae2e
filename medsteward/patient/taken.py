"""What is taken: from the lines of a case to ingredients with roles, routes, doses and days. Decided here alone.

Products are opened into ingredients. A co-formulated deterrent is no antagonist; what is put on the skin is not taken
by mouth; low-dose aspirin is an antiplatelet, not an analgesic.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import define, field

from medsteward.caches import remembered
from medsteward.doses.daily import REMEMBERED, daily_doses
from medsteward.doses.renewals import all_differ, follow_on, renewals, repeated
from medsteward.doses.single import single_doses
from medsteward.drugs.index import find
from medsteward.drugs.properties import properties_of
from medsteward.model.amount import Amount
from medsteward.model.drug import Drug, DrugClass
from medsteward.model.oud import OudTreatment, PatientSigns, decide, line_signs
from medsteward.model.product import Component, Role
from medsteward.model.regimen import HowEnded, Line, Regimen
from medsteward.model.unit import Dimension, Unit
from medsteward.patient.drug_group import DrugGroup, Ingredient
from medsteward.patient.marks import MARKS, RENEWED_MARK, SAID_TWICE_MARK, marks_of
from medsteward.patient.overlaps import EVER, day_of

RENEWAL_GRACE_DAYS = 7
"""A line that starts so many days before or after the end of another may renew it. Ours."""
LOW_DOSE_ASPIRIN_MG = Fraction(325)
"""A day of aspirin up to this is taken to be for platelets. Ours."""
LOW_ASPIRIN_TABLET_MG = Fraction(100)
"""The same of one tablet, where the day is not known. Ours."""
_LOW_IS_ANOTHER = frozenset({"doxepin"})
"""Drugs that at a low dose are another medicine: how much is taken at one time tells it where the day is not known."""
_ON_THE_SKIN = frozenset({"topical", "ophthalmic", "otic", "intranasal spray"})
_SKIN_FORMS = frozenset(
    {
        "gel",
        "cream",
        "ointment",
        "lotion",
        "foam",
        "emulgel",
        "topical solution",
        "topical spray",
        "eye drops",
        "ear drops",
        "shampoo",
    }
)
_WHOLE_BODY_SKIN = frozenset({"fentanyl", "buprenorphine", "clonidine", "scopolamine", "selegiline", "oxybutynin"})
_LOCAL_PATCHES = frozenset({DrugClass.NSAID_ORAL, DrugClass.NSAID_TOPICAL, DrugClass.TOPICAL_ANESTHETIC})


@define(eq=False)
class TakenDrug:
    """One ingredient of one line, with the days on which it is taken.

    ``since`` and ``until`` are its first and last day as ordinals (0 and ``EVER``: open). ``begins`` is the day from
    which it meets other drugs: the first day, or for an undated line the day asked about. ``again`` marks a line that
    may be another one of the same prescription: amounts are added up without it. ``bits`` mark the groups of drugs it
    belongs to. ``how_ended`` is how its line ended, where that is stated. Never changed once made; not frozen, because
    ten of them are made for every regimen.
    """

    line: int
    part: Ingredient
    regimen: Regimen
    since: int = 0
    until: int = EVER
    begins: int = 0
    dated: bool = False
    prescriber: str | None = None
    bits: int = field(default=0, repr=False)
    again: bool = False
    oud: OudTreatment = OudTreatment.NO
    how_ended: HowEnded | None = None

    @property
    def name(self) -> str:
        """The ingredient."""
        return self.part.ingredient

    @property
    def ingredient(self) -> str:
        """The ingredient."""
        return self.part.ingredient

    @property
    def drug_class(self) -> DrugClass:
        """The class of the ingredient as it is taken here."""
        return self.part.drug_class

    @property
    def is_topical(self) -> bool:
        """Whether it is put on the skin or in the eye for its effect there."""
        return not self.part.systemic

    @property
    def is_unsure(self) -> bool:
        """Whether its class or a property of it is known from memory alone."""
        return self.part.is_unsure

    @property
    def first(self) -> date | None:
        """The first day; None: not stated."""
        return day_of(self.since)

    @property
    def last(self) -> date | None:
        """The last day; None: not stated."""
        return day_of(self.until)

    @property
    def is_for_oud(self) -> bool:
        """Whether it is treatment of opioid use disorder, alone or beside pain."""
        return self.oud.goes_on

    @property
    def is_opioid(self) -> bool:
        """Whether it counts as an opioid: full, partial and mixed agonists."""
        return self.part.drug_class.is_opioid_agonist

    @property
    def is_long_acting(self) -> bool:
        """An ER product, a patch or a depot, or methadone."""
        return self.part.long_acting

    def belongs_to(self, who: DrugGroup) -> bool:
        """Whether it belongs to a group of drugs."""
        mark = MARKS.get(who)
        return who.holds(self.part) if mark is None else bool(self.bits & mark)

    @property
    def is_itself_taken(self) -> bool:
        """Whether it is in the product for its own effect, not to deter or hinder the use of another."""
        return self.part.is_for_itself


SUPPLY_GAP_DAYS = 7
"""Lines of one drug that are at most so many days apart, or overlap by so many, are one course. Ours."""


def begun(every: Iterable[TakenDrug], item: TakenDrug) -> int:
    """The first day, as an ordinal, of the course that a line goes on with: a refill is no start, a raised dose is one.

    Earlier lines of the drug count while one follows the other, neither after a gap nor taken beside it for long, and
    their dose is not known to be lower: the same directions, or as much a day.
    """
    earlier = [
        each
        for each in every
        if each is not item and each.part.ingredient == item.part.ingredient and each.since < item.since
    ]
    first = item.since
    for each in sorted(earlier, key=lambda one: -one.since):
        if abs(first - 1 - each.until) <= SUPPLY_GAP_DAYS and _is_as_much(each, item):
            first = each.since
    return first


def _is_as_much(earlier: TakenDrug, item: TakenDrug) -> bool:
    if earlier.part.rate_mcg_h is not None and item.part.rate_mcg_h is not None:
        return earlier.part.rate_mcg_h >= item.part.rate_mcg_h
    if earlier.part.daily_mg is not None and item.part.daily_mg is not None:
        return earlier.part.daily_mg >= item.part.daily_mg
    return earlier.regimen == item.regimen


def parts_of(regimen: Regimen) -> tuple[Ingredient, ...]:
    """The ingredients of a regimen as rules see them."""
    product = regimen.product
    doses = {dose.ingredient: dose.daily for dose in daily_doses(regimen).ingredients}
    has_opioid = product.is_opioid
    found = []
    for component in product.components:
        name = component.ingredient
        known = find(name)
        if known is None:
            continue
        daily = doses.get(name)
        daily_mg = _mg(daily.maximum) if daily is not None else None
        systemic = _is_systemic(known, product.route, product.form)
        found.append(
            Ingredient(
                ingredient=name,
                drug_class=_class_here(known.drug_class, component, systemic, daily_mg, _at_once(component, regimen)),
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
                single_mg=_single_mg(component, regimen) if name in _LOW_IS_ANOTHER else None,
                unsure=known.unsure,
                unsure_class=known.unsure_class,
            )
        )
    return tuple(found)


def taken_of(lines: tuple[Line, ...], on: date, signs: PatientSigns) -> tuple[TakenDrug, ...]:
    """Every ingredient of every line whose drug is known, active on the day or not, with its days.

    An order that was replaced is left out, but for the days before.
    """
    found = []
    today = on.toordinal()
    again = _NOTHING
    more_marks: dict[int, int] = {}
    if not all_differ(lines):
        groups = renewals(lines, on)
        again = repeated(lines, groups)
        more_marks = dict.fromkeys((number for group in groups for number in group), SAID_TWICE_MARK)
        for number in follow_on(lines, RENEWAL_GRACE_DAYS):
            more_marks[number] = more_marks.get(number, 0) | RENEWED_MARK
    for number, line in enumerate(lines, start=1):
        regimen = line.regimen
        if regimen is None:
            continue
        start, end = line.start, line.last_day
        if line.replaced and (end is None or end >= on):
            continue
        since = 0 if start is None else start.toordinal()
        until = EVER if end is None else end.toordinal()
        dated = start is not None or end is not None
        begins = since if dated else today
        more = more_marks.get(number, 0)
        repeats = number in again
        for part, bits in marked(regimen):
            oud = decide(part.oud, signs) if part.oud.is_opioid else _NO
            found.append(
                TakenDrug(
                    number,
                    part,
                    regimen,
                    since,
                    until,
                    begins,
                    dated,
                    line.prescriber,
                    bits | more,
                    repeats,
                    oud,
                    line.ended,
                )
            )
    return tuple(found)


_NO = OudTreatment.NO
_NOTHING: frozenset[int] = frozenset()


@remembered(REMEMBERED)
def marked(regimen: Regimen) -> tuple[tuple[Ingredient, int], ...]:
    """The ingredients of a regimen, each with the bits of the groups of drugs that it belongs to."""
    return tuple([(part, marks_of(part)) for part in parts_of(regimen)])


def _at_once(component: Component, regimen: Regimen) -> Amount | None:
    """The amount of one tablet, or, where none is stated, the most that is taken at one time."""
    if component.strength is not None or len(regimen.product.components) > 1:
        return component.strength
    doses = [taking.dose.high for taking in regimen.sig.takings if taking.dose is not None]
    masses = [each for each in doses if each.unit.dimension is Dimension.MASS]
    return max(masses, default=None)


def _single_mg(component: Component, regimen: Regimen) -> Fraction | None:
    """The most that is taken at one time; where the directions do not say, one tablet."""
    found = single_doses(regimen).get(component.ingredient)
    if found is not None:
        return found
    strength = component.strength
    return strength.to(Unit.MG).value if strength is not None and strength.unit.dimension is Dimension.MASS else None


def _class_here(
    declared: DrugClass, component: Component, systemic: bool, daily_mg: Fraction | None, at_once: Amount | None
) -> DrugClass:
    if declared is DrugClass.NSAID_ORAL and not systemic:
        return DrugClass.NSAID_TOPICAL
    if component.ingredient == "aspirin" and declared is DrugClass.NSAID_ORAL:
        if daily_mg is not None:
            return DrugClass.ANTIPLATELET if daily_mg <= LOW_DOSE_ASPIRIN_MG else declared
        if at_once is not None and at_once.unit.dimension is Dimension.MASS:
            return DrugClass.ANTIPLATELET if at_once.to(Unit.MG).value <= LOW_ASPIRIN_TABLET_MG else declared
    return declared


def _is_systemic(drug: Drug, route: str | None, form: str | None) -> bool:
    """Whether a drug reaches the whole body. A stated route decides before the form."""
    if drug.name in _WHOLE_BODY_SKIN and form == "patch":
        return True
    if drug.route_scope == "topical" or (form == "patch" and drug.drug_class in _LOCAL_PATCHES):
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
