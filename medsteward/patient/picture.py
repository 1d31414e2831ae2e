"""What is known of a case on its day, gathered once: what is taken, conditions, kidneys, the day's MME.

Rules, reminders, offers, trials and recommendations all ask here, so that what is taken, what the kidneys do, whether
the patient is pregnant and what an opioid is for has one answer each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from attrs import evolve

from medsteward.caches import KeptAnswer
from medsteward.model.amount import Amount
from medsteward.model.conditions import Indication, context_named, implied, indication_of
from medsteward.model.drug import DrugClass
from medsteward.model.number import decimal_text
from medsteward.model.oud import OudTreatment, decide, patient_signs
from medsteward.model.property import Property
from medsteward.model.regimen import Case, Patient, Regimen
from medsteward.model.unit import Unit
from medsteward.patient.drug_group import DrugGroup, Kinds, kinds_of
from medsteward.patient.groups_of_pairs import ILLICIT_OPIOID
from medsteward.patient.kidneys import KidneyFunction, kidney_of
from medsteward.patient.marks import MARKS, SAID_TWICE_MARK, marks_of
from medsteward.patient.taken import TakenDrug, marked, taken_of


class Tolerance(Enum):
    """What is known of a patient's tolerance of opioids."""

    NAIVE = "is not tolerant of opioids"
    UNKNOWN = "may or may not be tolerant of opioids: it is not stated"
    TOLERANT = "is tolerant of opioids"


class _ByMark(dict[int, list[TakenDrug]]):
    """What is taken by the mark of a group, looked up when it is first asked for."""

    def __init__(self, every: Sequence[TakenDrug]) -> None:
        self._every = every

    def __missing__(self, mark: int) -> list[TakenDrug]:
        found = self[mark] = [each for each in self._every if each.bits & mark]
        return found


class Picture:
    """A case on its day. ``mme`` (MME/d) None: not known; ``mme_complete`` False: it is that or more.

    Where lines may be one prescription, ``mme`` counts each once and ``mme_if_all`` all of them. ``week_mme`` is the
    least that was taken on each of the last seven days, as-needed lines left out. ``every`` is every ingredient of
    every line, whatever its days and role; ``taken`` and ``past`` are those of it that are taken on the day for
    themselves, and those that ended before. Nothing of it changes, and each answer is kept. Refuses (``TypeError``) an
    MME of another unit.
    """

    def __init__(
        self,
        case: Case,
        *,
        mme: Amount | None = None,
        mme_complete: bool = True,
        mme_if_all: Amount | None = None,
        week_mme: Amount | None = None,
    ) -> None:
        for figure in (mme, mme_if_all, week_mme):
            if figure is not None and figure.unit is not Unit.MME_PER_D:
                raise TypeError(f"the day's MME is in MME/d, not in {figure.unit.value}")
        self.case = case
        self.patient: Patient = case.patient
        self.on: date = case.as_of
        self.today = case.as_of.toordinal()
        self.mme = mme
        self.mme_complete = mme_complete
        self.mme_if_all = mme_if_all
        self.week_mme = week_mme
        self._signs = patient_signs(case.patient)
        self.every: tuple[TakenDrug, ...] = taken_of(case.lines, case.as_of, self._signs)
        self.present, self.twice = _marks(self.every)
        """The marks of every group of which something is on a line, and (``twice``) of which several things are."""
        dated = [each.dated for each in self.every]
        self.has_dates = True in dated
        self.has_undated = False in dated
        self._opioids = [each for each in self.every if each.part.oud.is_opioid]
        self.answers_oud = tuple([each.oud for each in self._opioids])
        """The answer of each opioid, of any day, to whether it treats opioid use disorder."""
        self.is_pregnant = _is_pregnant(case.patient)
        """Whether the patient is pregnant by any of what is stated; None: nothing says so or denies it."""
        known = implied(case.patient.conditions) if case.patient.conditions else _NOTHING
        if self.is_pregnant:
            known |= _PREGNANCY
        if case.patient.child_pugh is not None and self.liver_grade is not None:
            known |= _LIVER
        self.conditions: frozenset[str] = known
        """The patient's conditions with what they imply; pregnancy and liver disease however they are stated."""
        self.of_mark = _ByMark(self.every)
        """Everything of a declared group by its mark, whatever its days."""
        self._current: dict[int, list[TakenDrug]] = {}

    # --- what is taken --------------------------------------------------------------------------------------------

    @KeptAnswer
    def taken(self) -> tuple[TakenDrug, ...]:
        """What is taken on the day for its own effect."""
        today = self.today
        return tuple([each for each in self.every if each.since <= today <= each.until and each.part.is_for_itself])

    @KeptAnswer
    def names(self) -> frozenset[str]:
        """The ingredients that are taken on the day for their own effect."""
        return frozenset([each.part.ingredient for each in self.taken])

    @KeptAnswer
    def past(self) -> tuple[TakenDrug, ...]:
        """What was taken for its own effect and ended before the day."""
        return tuple([each for each in self.every if each.until < self.today and each.part.is_for_itself])

    @KeptAnswer
    def unread(self) -> tuple[int, ...]:
        """The lines, from 1, that may hide a drug."""
        return tuple([number for number, line in enumerate(self.case.lines, start=1) if line.may_hide_a_drug])

    @KeptAnswer
    def opioids(self) -> tuple[TakenDrug, ...]:
        """Every opioid that is taken."""
        today = self.today
        return tuple([each for each in self._opioids if each.since <= today <= each.until and each.part.is_for_itself])

    @KeptAnswer
    def opioids_for_pain(self) -> tuple[TakenDrug, ...]:
        """Every opioid that is taken for pain: not what may treat opioid use disorder, nor what is illegal."""
        return tuple([each for each in self.opioids if each.oud.is_for_pain_alone and not _is_illicit(each)])

    @property
    def unclear(self) -> tuple[str, ...]:
        """The opioids of which it is not clear whether they treat opioid use disorder, each once."""
        if OudTreatment.UNCLEAR not in self.answers_oud:
            return ()
        return tuple(dict.fromkeys(each.ingredient for each in self.opioids if each.oud is OudTreatment.UNCLEAR))

    @KeptAnswer
    def _by_class(self) -> dict[DrugClass, list[TakenDrug]]:
        """What is taken on the day for its own effect, by class."""
        found: dict[DrugClass, list[TakenDrug]] = {}
        for each in self.taken:
            found.setdefault(each.part.drug_class, []).append(each)
        return found

    def takes(self, *classes: DrugClass) -> tuple[str, ...]:
        """The ingredients of these classes that are taken, in the order of the lines."""
        here = [each for each in classes if each in self._by_class]
        if not here:
            return ()
        taken = self._by_class[here[0]] if len(here) == 1 else self.taken
        return tuple(dict.fromkeys([each.part.ingredient for each in taken if each.part.drug_class in here]))

    def takes_with(self, wanted: Property) -> tuple[str, ...]:
        """The ingredients with a property that are taken, by mouth or otherwise into the body."""
        found = (each for each in self.taken if not each.is_topical)
        return tuple(dict.fromkeys(each.ingredient for each in found if wanted in each.part.properties))

    def of(self, mark: int) -> list[TakenDrug]:
        """Everything of a declared group by its mark, whatever its days."""
        return self.of_mark[mark]

    def current(self, mark: int) -> list[TakenDrug]:
        """What of a declared group is taken now or will be: not what ended before the day asked about."""
        if not self.has_dates:
            return self.of_mark[mark]
        found = self._current.get(mark)
        if found is None:
            found = self._current[mark] = [each for each in self.of_mark[mark] if each.until >= self.today]
        return found

    def goes_on(self, ended: TakenDrug) -> bool:
        """Whether another line of the same ingredient is taken longer than one that ended."""
        return any(each.until > ended.until and each.name == ended.name for each in self.every)

    def members(self, who: DrugGroup) -> list[TakenDrug]:
        """What of a group of drugs is taken now or will be; the group need not be a declared one."""
        mark = MARKS.get(who)
        if mark is not None:
            return self.current(mark) if self.has_dates else self.of_mark[mark]
        return [each for each in self.every if each.until >= self.today and who.holds(each.part)]

    def on_the_day(self, who: DrugGroup) -> list[TakenDrug]:
        """What of a group of drugs is taken on the day for its own effect."""
        if not who.may_hold_one_of(self._kinds):
            return []
        return [each for each in self.taken if each.belongs_to(who)]

    @KeptAnswer
    def _kinds(self) -> Kinds:
        """What is taken on the day, in short."""
        return kinds_of([each.part for each in self.taken])

    def with_medicine(self, regimen: Regimen) -> Picture:
        """The same case with one more medicine, taken from the day asked about on."""
        more = copy(self)
        number = len(self.case.lines) + 1
        added = [
            TakenDrug(
                number,
                part,
                regimen,
                begins=self.today,
                bits=bits,
                oud=decide(part.oud, self._signs) if part.oud.is_opioid else OudTreatment.NO,
            )
            for part, bits in marked(regimen)
        ]
        for name in _OF_WHAT_IS_TAKEN:
            more.__dict__.pop(name, None)
        more.every = (*self.every, *added)
        more.of_mark, more._current = _ByMark(more.every), {}
        more._opioids = [*self._opioids, *(each for each in added if each.part.oud.is_opioid)]
        more.answers_oud = tuple([each.oud for each in more._opioids])
        more.has_undated = True
        more.present, more.twice = _marks(added, self.present, self.twice)
        return more

    @property
    def surely(self) -> Picture:
        """The same case with what is known of its drugs from more than memory; itself where that is everything.

        It is not kept: a picture that holds itself would wait for the garbage collector.
        """
        if True not in [each.part.is_unsure for each in self.every]:
            return self
        more = copy(self)
        for name in _OF_WHAT_IS_TAKEN:
            more.__dict__.pop(name, None)
        more.every = tuple([_surely(each) if each.is_unsure else each for each in self.every])
        more.of_mark, more._current = _ByMark(more.every), {}
        more.present, more.twice = _marks(more.every)
        return more

    def first_day(self, taken: Iterable[TakenDrug]) -> date | None:
        """The first day of any of these, as far as stated; for opioids also the day the case says they began."""
        found = list(taken)
        days = [each.first for each in found if each.first is not None]
        since = self.patient.opioid_since
        if since is not None and since <= self.on and any(each.is_opioid for each in found):
            days.append(since)
        return min(days, default=None)

    # --- the patient ----------------------------------------------------------------------------------------------

    @KeptAnswer
    def contexts(self) -> frozenset[str]:
        """The contexts of care that we know, by our names."""
        return frozenset(filter(None, map(context_named, self.patient.context)))

    @KeptAnswer
    def kidney(self) -> KidneyFunction | None:
        """Kidney function; None: not known."""
        return kidney_of(self.patient)

    def with_kidney(self, figure: Fraction) -> Picture:
        """The same case with a kidney function of one figure, in mL/min."""
        more = copy(self)
        more.__dict__["kidney"] = KidneyFunction(figure, figure, "CrCl" if self.kidney is None else self.kidney.name)
        return more

    def with_tolerance(self, *, tolerant: bool) -> Picture:
        """The same case with a stated tolerance of opioids."""
        more = copy(self)
        more.__dict__.pop("tolerance", None)
        more.patient = evolve(self.patient, opioid_tolerant=tolerant)
        return more

    @KeptAnswer
    def said(self) -> str:
        """The patient's indication and conditions as they are written, in small letters."""
        return " ".join([self.patient.indication or "", *self.patient.conditions]).casefold()

    @property
    def liver_grade(self) -> str | None:
        """The Child-Pugh class, A to C; None: not stated."""
        if self.patient.child_pugh is None:
            return None
        grade = self.patient.child_pugh.strip().upper()[-1:]
        return grade if grade in ("A", "B", "C") else None

    @KeptAnswer
    def tolerance(self) -> Tolerance:
        """What is known of the tolerance of opioids: what is stated, else a week and more at 60 MME a day on the list.

        What denies it counts more. It is never assumed, and never taken from a phrase.
        """
        stated = self.patient.opioid_tolerant
        if stated is False or not self.conditions.isdisjoint(_NOT_TOLERANT):
            return Tolerance.NAIVE
        if stated:
            return Tolerance.TOLERANT
        week = self.week_mme
        return Tolerance.UNKNOWN if week is None or week.value < TOLERANT_FROM else Tolerance.TOLERANT

    @property
    def indication(self) -> Indication | None:
        """What the patient's own indication states."""
        return None if self.patient.indication is None else indication_of(self.patient.indication)

    @KeptAnswer
    def indications(self) -> frozenset[Indication]:
        """What opioids are for, by the patient's indication, by the opioids' lines, by conditions and by context."""
        texts = [self.patient.indication or ""]
        texts += [each.regimen.indication for each in self.opioids if each.regimen.indication]
        found = {indication for text in texts if (indication := indication_of(text)) is not None}
        found |= {_BY_CONDITION[name] for name in (*self.conditions, *self.contexts) if name in _BY_CONDITION}
        return frozenset(found)

    @KeptAnswer
    def is_palliative(self) -> bool:
        """Whether care is palliative or at the end of life: by the patient's indication, a condition or the context."""
        return (
            self.indication is Indication.PALLIATIVE_CARE
            or "palliative care" in self.conditions
            or not self.contexts.isdisjoint(_PALLIATIVE)
        )

    @KeptAnswer
    def is_hospice(self) -> bool:
        """Whether hospice or the end of life is stated: as a condition, a context or the indication itself.

        A consult or a referral is no enrolment, and palliative care alone is neither.
        """
        return (
            not self.conditions.isdisjoint(_HOSPICE)
            or "end of life" in self.contexts
            or " ".join((self.patient.indication or "").casefold().replace("-", " ").split()) in _HOSPICE_INDICATIONS
        )

    @KeptAnswer
    def active_conditions(self) -> frozenset[str]:
        """The conditions without those in remission."""
        return self.conditions.difference(self.patient.in_remission) if self.patient.in_remission else self.conditions

    @KeptAnswer
    def is_outside(self) -> Indication | None:
        """The care that CDC's guideline leaves out, if this is such care."""
        return next((each for each in _OUTSIDE if each in self.indications), None) if self.indications else None

    @property
    def has_naloxone_recorded(self) -> bool:
        """Whether naloxone is recorded as at hand."""
        return any(key == "naloxone_on_hand" and value is not False for key, value in self.case.done)

    def has(self, *conditions: str) -> tuple[str, ...]:
        """Those of the conditions that the patient has."""
        return tuple(name for name in conditions if name in self.conditions)

    def as_stated(self, condition: str) -> str:
        """A condition that the patient has, in the words that state it: a Child-Pugh class states liver disease."""
        if condition == "liver disease" and condition not in self.patient.conditions and self.liver_grade is not None:
            return f"Child-Pugh {self.liver_grade}"
        return condition

    # --- the day's MME --------------------------------------------------------------------------------------------

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


def _marks(drugs: Iterable[TakenDrug], once: int = 0, twice: int = 0) -> tuple[int, int]:
    """The marks of groups of which a drug is there, and of which several are; ``once``, ``twice``: before these."""
    for each in drugs:
        bits = each.bits
        twice |= once & bits
        once |= bits
    return once, twice


def _is_illicit(item: TakenDrug) -> bool:
    """Heroin or illegally made fentanyl, unless its line states what it is for: diamorphine is prescribed in the UK."""
    stated = item.regimen.indication
    return item.belongs_to(ILLICIT_OPIOID) and (stated is None or indication_of(stated) is None)


def _surely(item: TakenDrug) -> TakenDrug:
    part = item.part.surely
    return evolve(item, part=part, bits=marks_of(part) | (item.bits & SAID_TWICE_MARK))


def _is_pregnant(patient: Patient) -> bool | None:
    weeks = patient.gestational_weeks
    if patient.pregnant or "pregnancy" in patient.conditions or (weeks is not None and weeks > 0):
        return True
    if patient.pregnant is not None:
        return False
    return True if weeks is not None else None


_OF_WHAT_IS_TAKEN = (
    *("taken", "names", "past", "opioids", "opioids_for_pain", "indications", "is_outside"),
    *("_by_class", "_kinds"),
)
"""Answers that are kept and change with what is taken."""
_OUTSIDE = tuple(each for each in Indication if each.is_outside_thresholds)
_NOTHING: frozenset[str] = frozenset()
_LIVER = frozenset({"liver disease"})
_PREGNANCY = frozenset({"pregnancy"})
_NOT_TOLERANT = frozenset({"opioid naive", "lost opioid tolerance"})
_PALLIATIVE = frozenset({"palliative care", "end of life"})
_HOSPICE = frozenset({"hospice", "end of life"})
_HOSPICE_INDICATIONS = frozenset({"hospice", "hospice care", "end of life", "end of life care"})
TOLERANT_FROM = Fraction(60)
"""MME a day that, taken for a week or longer, make tolerant: the labels' definition."""
_BY_CONDITION = {
    "cancer": Indication.CANCER_PAIN,
    "palliative care": Indication.PALLIATIVE_CARE,
    "end of life": Indication.PALLIATIVE_CARE,
    "sickle cell disease": Indication.SICKLE_CELL_PAIN,
}


def pause_between(past: Iterable[TakenDrug], now: Sequence[TakenDrug], days: int) -> tuple[date, date] | None:
    """The last gap of at least ``days`` days without an opioid between a past line and the first of today's."""
    starts = [each.first for each in now]
    if not starts or any(start is None for start in starts):
        return None
    first = min(start for start in starts if start is not None)
    ended = max((each.last for each in past if each.last is not None), default=None)
    if ended is None or first - ended <= timedelta(days=days):
        return None
    return ended, first
