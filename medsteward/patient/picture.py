"""What is known of a case on its day, gathered once: what is taken, conditions, kidneys, the day's MME."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from attrs import frozen

from medsteward.doses.daily import daily_doses
from medsteward.drugs.index import drugs
from medsteward.drugs.properties import properties_of
from medsteward.model.amount import Amount
from medsteward.model.conditions import EGFR_RANGE, Indication, context_named, implied, indication_of
from medsteward.model.drug import DrugClass
from medsteward.model.kidney import creatinine_clearance
from medsteward.model.number import decimal_text
from medsteward.model.oud import OudTreatment, oud_treatment
from medsteward.model.product import Role
from medsteward.model.property import Property
from medsteward.model.regimen import Case, Line, Patient, Regimen
from medsteward.model.unit import Dimension, Unit

_TOPICAL_FORMS = frozenset(
    {"gel", "cream", "ointment", "lotion", "foam", "emulgel", "topical solution", "topical spray"}
)
_LOCAL = frozenset({DrugClass.NSAID_ORAL, DrugClass.NSAID_TOPICAL, DrugClass.TOPICAL_ANESTHETIC})
_NO_END = Fraction(10**6)
LOW_ASPIRIN_MG_PER_D = 325
LOW_ASPIRIN_MG = 100
"""Aspirin up to this a day, or of this strength where the day is not known, counts as an antiplatelet. Ours."""
LONG_ACTING = frozenset({"methadone"})
"""Opioids that are long-acting whatever their release."""


@frozen
class Taken:
    """One active ingredient of one line that is active on the day. ``first`` and ``last`` None: not stated."""

    line: int
    ingredient: str
    drug_class: DrugClass
    regimen: Regimen
    first: date | None
    last: date | None
    is_topical: bool
    oud: OudTreatment

    @property
    def is_for_oud(self) -> bool:
        """Whether it is treatment of opioid use disorder, alone or beside pain."""
        return self.oud.goes_on

    @property
    def is_opioid(self) -> bool:
        """Whether it counts as an opioid: full, partial and mixed agonists."""
        return self.drug_class.is_opioid_agonist

    @property
    def is_long_acting(self) -> bool:
        """An ER product or patch, or methadone."""
        product = self.regimen.product
        return product.release == "ER" or product.form == "patch" or self.ingredient in LONG_ACTING


@frozen
class Kidney:
    """Kidney function in mL/min (CrCl) or mL/min/1.73 m2 (eGFR): from ``low``, below ``high`` unless both are equal."""

    low: Fraction
    high: Fraction
    name: str

    def is_below(self, limit: int) -> bool | None:
        """Whether it is below a limit; None: the stage alone does not tell."""
        if self.low == self.high:
            return self.low < limit
        if self.high <= limit:
            return True
        return False if self.low >= limit else None

    def is_up_to(self, limit: int) -> bool | None:
        """Whether it is at or below a limit; None: the stage alone does not tell."""
        if self.low == self.high:
            return self.low <= limit
        if self.high <= limit:
            return True
        return False if self.low > limit else None

    def __str__(self) -> str:
        if self.low == self.high:
            # rounded down: 29.96 is not shown as the 30 that it is below
            return f"{self.name} {decimal_text(Fraction(floor(self.low * 10), 10))}"
        if self.low == 0:
            return f"{self.name} below {decimal_text(self.high)}"
        if self.high == _NO_END:
            return f"{self.name} at least {decimal_text(self.low)}"
        return f"{self.name} {decimal_text(self.low)} to below {decimal_text(self.high)}"


@frozen
class Picture:
    """A case on its day. ``mme`` None: not known; ``mme_complete`` False: it is that or more.

    Where lines may be one prescription, ``mme`` counts each once and ``mme_if_all`` all of them.
    """

    case: Case
    taken: tuple[Taken, ...]
    past: tuple[Taken, ...]
    conditions: frozenset[str]
    contexts: frozenset[str]
    kidney: Kidney | None
    mme: Amount | None
    mme_complete: bool
    indications: frozenset[Indication]
    unread: tuple[int, ...]
    mme_if_all: Amount | None = None

    @property
    def on(self) -> date:
        """The day asked about."""
        return self.case.as_of

    @property
    def patient(self) -> Patient:
        """The patient."""
        return self.case.patient

    @property
    def opioids(self) -> tuple[Taken, ...]:
        """Every opioid that is taken."""
        return tuple(each for each in self.taken if each.is_opioid)

    @property
    def opioids_for_pain(self) -> tuple[Taken, ...]:
        """Every opioid that is taken for pain: not what treats opioid use disorder, and not what may do so."""
        return tuple(each for each in self.opioids if each.oud.is_for_pain_alone)

    @property
    def unclear(self) -> tuple[str, ...]:
        """The opioids of which it is not clear whether they treat opioid use disorder, each once."""
        return tuple(dict.fromkeys(each.ingredient for each in self.opioids if each.oud is OudTreatment.UNCLEAR))

    @property
    def is_outside(self) -> Indication | None:
        """The care that CDC's guideline leaves out, if this is such care."""
        return next((each for each in Indication if each in self.indications and each.is_outside_thresholds), None)

    def takes(self, *classes: DrugClass) -> tuple[str, ...]:
        """The ingredients of these classes that are taken."""
        return tuple(dict.fromkeys(each.ingredient for each in self.taken if each.drug_class in classes))

    def takes_with(self, wanted: Property) -> tuple[str, ...]:
        """The ingredients with a property that are taken, by mouth or otherwise into the body."""
        found = (each.ingredient for each in self.taken if not each.is_topical)
        return tuple(dict.fromkeys(name for name in found if wanted in properties_of(name)))

    def has(self, *conditions: str) -> tuple[str, ...]:
        """Those of the conditions that the patient has."""
        return tuple(name for name in conditions if name in self.conditions)

    def reaches(self, limit: int) -> bool | None:
        """Whether the day's MME is at or above a limit; None: not known."""
        if self.mme is None:
            return None
        if self.mme.value >= limit:
            return True
        if self.mme_if_all is not None and self.mme_if_all.value >= limit:
            return None
        return False if self.mme_complete else None

    @property
    def mme_words(self) -> str:
        """The day's MME in words: both figures where lines may be one prescription; empty: not known."""
        lead = "" if self.mme is None or self.mme_complete else "at least "
        return f"{lead}{self.mme_figures}"

    @property
    def mme_figures(self) -> str:
        """The same without saying whether it may be more."""
        if self.mme is None:
            return ""
        said = f"{decimal_text(self.mme.value, 2)} MME/d"
        if self.mme_if_all is None:
            return said
        return f"{said} (at most {decimal_text(self.mme_if_all.value, 2)} if lines that say the same are all taken)"

    def first_day(self, taken: Iterable[Taken]) -> date | None:
        """The first day of any of these, as far as stated; for opioids also the day the case says they began."""
        found = list(taken)
        days = [each.first for each in found if each.first is not None]
        since = self.patient.opioid_since
        if since is not None and since <= self.on and any(each.is_opioid for each in found):
            days.append(since)
        return min(days, default=None)


def picture_of(
    case: Case, *, mme: Amount | None = None, mme_complete: bool = True, mme_if_all: Amount | None = None
) -> Picture:
    """Gather what is known of a case on its day."""
    taken: list[Taken] = []
    past: list[Taken] = []
    unread: list[int] = []
    for number, line in enumerate(case.lines, start=1):
        if line.may_hide_a_drug:
            unread.append(number)
        if line.regimen is None:
            continue
        found = _ingredients(number, line, line.regimen, case.patient)
        if line.is_active_on(case.as_of):
            taken += found
        elif line.last_day is not None and line.last_day < case.as_of:
            past += found
    patient = case.patient
    contexts = frozenset(context_named(text) or " ".join(text.casefold().split()) for text in patient.context)
    conditions = set(implied(patient.conditions))
    if patient.pregnant or (patient.gestational_weeks is not None and patient.gestational_weeks > 0):
        conditions.add("pregnancy")
    return Picture(
        case=case,
        taken=tuple(taken),
        past=tuple(past),
        conditions=frozenset(conditions),
        contexts=contexts,
        kidney=kidney_of(patient),
        mme=mme,
        mme_complete=mme_complete,
        indications=_indications(case, taken, conditions, contexts),
        unread=tuple(unread),
        mme_if_all=mme_if_all,
    )


def _ingredients(number: int, line: Line, regimen: Regimen, patient: Patient) -> list[Taken]:
    known = drugs()
    found = []
    for component in regimen.product.components:
        drug = known.get(component.ingredient)
        if drug is None or component.role is not Role.ACTIVE:
            continue
        drug_class, topical = drug.drug_class, _is_topical(regimen, drug.drug_class, drug.route_scope)
        if topical and drug_class is DrugClass.NSAID_ORAL:
            drug_class = DrugClass.NSAID_TOPICAL
        if component.ingredient == "aspirin" and _is_low_aspirin(regimen, component.strength):
            drug_class = DrugClass.ANTIPLATELET
        found.append(
            Taken(
                line=number,
                ingredient=component.ingredient,
                drug_class=drug_class,
                regimen=regimen,
                first=line.start,
                last=line.last_day,
                is_topical=topical,
                oud=oud_treatment(component.ingredient, drug_class, regimen, patient),
            )
        )
    return found


def _is_low_aspirin(regimen: Regimen, strength: Amount | None) -> bool:
    """Whether aspirin is taken for platelets: by its day's amount, or where that is not known by its strength."""
    doses = daily_doses(regimen).ingredients
    daily = next((dose.daily for dose in doses if dose.ingredient == "aspirin" and dose.daily is not None), None)
    if daily is not None:
        return daily.maximum.to(Unit.MG_PER_D).value <= LOW_ASPIRIN_MG_PER_D
    if strength is None or strength.unit.dimension is not Dimension.MASS:
        return False
    return strength.to(Unit.MG).value <= LOW_ASPIRIN_MG


def _is_topical(regimen: Regimen, drug_class: DrugClass, scope: str) -> bool:
    product = regimen.product
    if product.route == "topical" or product.form in _TOPICAL_FORMS or scope == "topical":
        return True
    return product.form == "patch" and drug_class in _LOCAL


_BY_CONDITION = {
    "cancer": Indication.CANCER_PAIN,
    "palliative care": Indication.PALLIATIVE_CARE,
    "end of life": Indication.PALLIATIVE_CARE,
    "sickle cell disease": Indication.SICKLE_CELL_PAIN,
}


def _indications(
    case: Case, taken: list[Taken], conditions: Iterable[str], contexts: Iterable[str]
) -> frozenset[Indication]:
    texts = [case.patient.indication or ""]
    texts += [each.regimen.indication for each in taken if each.is_opioid and each.regimen.indication]
    found = {indication for text in texts if (indication := indication_of(text)) is not None}
    found |= {_BY_CONDITION[name] for name in (*conditions, *contexts) if name in _BY_CONDITION}
    return frozenset(found)


def kidney_of(patient: Patient) -> Kidney | None:
    """Kidney function: the lower of CrCl and eGFR as stated, else CrCl by Cockcroft and Gault, else a stage."""
    stated = [(value, name) for value, name in ((patient.crcl, "CrCl"), (patient.egfr, "eGFR")) if value is not None]
    if stated:
        lowest, name = min(stated)
        return Kidney(lowest, lowest, name)
    crcl = creatinine_clearance(patient)
    if crcl is not None:
        return Kidney(crcl, crcl, "CrCl (Cockcroft-Gault)")
    for stage, (low, high) in EGFR_RANGE.items():
        if stage in patient.conditions:
            return Kidney(Fraction(low), Fraction(high), "eGFR")
    if "ckd stage 1 or 2" in patient.conditions:
        return Kidney(Fraction(60), _NO_END, "eGFR")
    return None


def pause_between(past: Iterable[Taken], now: Iterable[Taken], days: int) -> tuple[date, date] | None:
    """The last gap of at least ``days`` days without an opioid between a past line and the first of today's."""
    starts = [each.first for each in now]
    if not starts or any(start is None for start in starts):
        return None
    first = min(start for start in starts if start is not None)
    ended = max((each.last for each in past if each.last is not None), default=None)
    if ended is None or first - ended <= timedelta(days=days):
        return None
    return ended, first
