"""What is known of one case, as the conditions of rules ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from fractions import Fraction

from medsteward.model.conditions import EGFR_RANGE, Indication, context_named, implied, indication_of
from medsteward.model.kidney import creatinine_clearance
from medsteward.model.oud import OudTreatment, decide, patient_signs
from medsteward.model.regimen import Case, Patient
from medsteward.patient.expand import Item

_FOR_EVER = Fraction(10**6)


class Facts:
    """The facts of a case: its ingredients, the patient, the day's MME where the caller gives it.

    ``mme`` is the most of the day, in MME/d; None: not known. ``mme_if_all`` is the same where lines that may be one
    prescription are all taken. ``unclear`` are the ingredients that may be treatment of opioid use disorder;
    ``treats_oud``: one surely is. Answers are kept, so every rule may ask again.
    """

    __slots__ = (
        "conditions",
        "contexts",
        "current_of",
        "has_dates",
        "indication",
        "items",
        "kidney",
        "mme",
        "mme_if_all",
        "mme_is_complete",
        "of_mark",
        "oud_signs",
        "patient",
        "present",
        "safe_at_home",
        "shown_kidney",
        "today",
        "treats_oud",
        "unclear",
    )

    def __init__(
        self,
        case: Case,
        items: Sequence[Item],
        mme: Fraction | None,
        mme_is_complete: bool = True,
        mme_if_all: Fraction | None = None,
    ) -> None:
        patient = case.patient
        self.patient = patient
        self.items = items
        self.mme = mme
        self.mme_is_complete = mme_is_complete
        self.mme_if_all = mme_if_all
        self.today = case.as_of.toordinal()
        self.of_mark: dict[int, list[Item]] = {}
        self.current_of: dict[int, list[Item]] = {}
        self.present = 0
        self.has_dates = False
        self.oud_signs = patient_signs(patient)
        self.unclear: list[Item] = []
        self.treats_oud = False
        for item in items:
            self.present |= item.bits
            self.has_dates = self.has_dates or item.dated
            if item.part.oud.is_opioid:
                answer = decide(item.part.oud, self.oud_signs)
                if answer is OudTreatment.UNCLEAR:
                    self.unclear.append(item)
                elif answer is not OudTreatment.NO:
                    self.treats_oud = True
        self.conditions = implied(patient.conditions) if patient.conditions else frozenset()
        self.indication = None if patient.indication is None else indication_of(patient.indication)
        self.contexts = frozenset(filter(None, map(context_named, patient.context))) if patient.context else frozenset()
        self.kidney, self.shown_kidney = _kidney(patient, self.conditions)
        self.safe_at_home = any(key == "naloxone_on_hand" and value is not False for key, value in case.done)

    def with_item(self, item: Item) -> Facts:
        """The same case with one more ingredient."""
        more = copy(self)
        more.items = (*self.items, item)
        more.of_mark, more.current_of = {}, {}
        more.present = self.present | item.bits
        more.has_dates = self.has_dates or item.dated
        return more

    def of(self, mark: int) -> list[Item]:
        """The ingredients that belong to a group."""
        found = self.of_mark.get(mark)
        if found is None:
            found = self.of_mark[mark] = [item for item in self.items if item.bits & mark]
        return found

    def current(self, mark: int) -> list[Item]:
        """The ingredients of a group that are taken now or will be: not those that ended before the day asked about."""
        if not self.has_dates:
            return self.of(mark)
        found = self.current_of.get(mark)
        if found is None:
            found = self.current_of[mark] = [item for item in self.of(mark) if item.last >= self.today]
        return found

    def oud_treatment(self, item: Item) -> OudTreatment:
        """Whether an ingredient is treatment of opioid use disorder."""
        return decide(item.part.oud, self.oud_signs)

    @property
    def is_palliative(self) -> bool:
        """Whether care is palliative or at the end of life."""
        return (
            self.indication is Indication.PALLIATIVE_CARE
            or "palliative care" in self.conditions
            or "palliative care" in self.contexts
            or "end of life" in self.contexts
        )

    @property
    def is_pregnant(self) -> bool | None:
        """Whether the patient is pregnant; None: not stated."""
        if self.patient.pregnant is not None:
            return self.patient.pregnant or "pregnancy" in self.conditions
        if self.patient.gestational_weeks is not None or "pregnancy" in self.conditions:
            return True
        return None


def _kidney(patient: Patient, conditions: frozenset[str]) -> tuple[tuple[Fraction, Fraction] | None, str]:
    """Renal function as a range in mL/min, low end included and high end not, and its words.

    The lower of eGFR and creatinine clearance where both are stated; the clearance by Cockcroft and Gault where only
    its parts are; else what a stage of kidney disease stands for.
    """
    stated = []
    if patient.egfr is not None:
        stated.append((patient.egfr, "eGFR"))
    if patient.crcl is not None:
        stated.append((patient.crcl, "creatinine clearance"))
    if not stated:
        reckoned = creatinine_clearance(patient)
        if reckoned is not None:
            stated.append((reckoned, "creatinine clearance, reckoned,"))
    if stated:
        value, name = min(stated)
        return (value, value + Fraction(1, 10**9)), f"{name} {float(value):.4g}"
    for condition, (low, high) in EGFR_RANGE.items():
        if condition in conditions:
            return (Fraction(low), Fraction(high)), condition
    if "ckd stage 1 or 2" in conditions:
        return (Fraction(60), _FOR_EVER), "ckd stage 1 or 2"
    return None, ""
