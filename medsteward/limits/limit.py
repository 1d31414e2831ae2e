"""One published dose limit: of which drug, for whom, how much, and how binding its source calls it."""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from medsteward.errors import BadTable
from medsteward.model.number import decimal_text
from medsteward.model.source import Source, Standing
from medsteward.patient.case_clause import CaseClause
from medsteward.patient.drug_group import DrugGroup

_ID = re.compile(r"DL-[A-Z0-9-]+-\d{2}", re.ASCII)


class LimitKind(Enum):
    """What a row limits, with the words that come before the figure."""

    MAX_DAILY = "max_daily", "at most", ""
    MAX_SINGLE = "max_single", "at most", "in one dose"
    FIRST_DOSE_MAX = "first_dose_max", "at most", "as the first dose"
    START_DAILY_MAX = "start_daily_max", "begin with at most", ""
    START_USUAL = "start_usual", "usually begin with", ""
    MIN_INTERVAL_H = "min_interval_h", "at least", "between doses"
    MIN_INTERVAL_MIN = "min_interval_min", "at least", "between doses"
    MIN_INTERVAL_D = "min_interval_d", "at least", "between doses"
    MAX_COURSE_DAYS = "max_course_days", "for at most", "in all"
    ACUTE_SUPPLY_DAYS = "acute_supply_days", "for at most", "of acute pain"
    TITRATION_STEP_MIN_DAYS = "titration_step_min_days", "at least", "before the dose is raised"
    DOSE_REDUCTION_PERCENT = "dose_reduction_percent", "less by", "than the day's usual ceiling"
    FIRST_DOSE_REDUCTION_PERCENT = "first_dose_reduction_percent", "less by", "than the usual first dose"
    SUPPLEMENTAL_DOSE_AFTER_DIALYSIS = "supplemental_dose_after_dialysis", "", "more after each dialysis"
    MAX_PATCHES = "max_patches", "at most", "worn at once"
    MAX_RATE = "max_rate", "at most", "released by all patches together"
    MAX_WEAR_H = "max_wear_h", "at most", "on the skin"
    MAX_DAILY_PER_KG = "max_daily_per_kg", "at most", ""
    MAX_DAILY_PER_CRCL = "max_daily_per_crcl", "at most", "of creatinine clearance"
    MAX_WEEKLY = "max_weekly", "at most", ""
    MAX_PER_ATTACK = "max_per_attack", "at most", "in one attack"
    MAX_USES_PER_DAY = "max_uses_per_day", "at most", ""
    MAX_USES_PER_MONTH = "max_uses_per_month", "at most", "in a month"
    MAX_DAYS_PER_MONTH = "max_days_per_month", "on at most", ""
    MAX_DOSES_PER_DAY = "max_doses_per_day", "at most", ""
    MAX_DOSES_TOTAL = "max_doses_total", "at most", "in all"
    CAUTION_DAILY = "caution_daily", "with thought from", ""
    CAUTION_TOTAL = "caution_total", "with thought from", "in all"
    AVOID = "avoid", "avoid", ""
    CONTRAINDICATED = "contraindicated", "contraindicated", ""
    NO_LABEL_MAXIMUM = "no_label_maximum", "the label names no maximum", ""
    NO_DOSE = "no_dose", "our sources name no dose", ""

    def __new__(cls, text: str, before: str, after: str) -> LimitKind:
        """Make a kind known by its text in the data."""
        kind = object.__new__(cls)
        kind._value_ = text
        kind.before = before
        kind.after = after
        return kind

    before: str
    after: str

    @property
    def may_lack_a_figure(self) -> bool:
        """Whether a row of this kind stands without a number: what is avoided, or where the source gives none."""
        return self in _WITHOUT or self in (
            LimitKind.DOSE_REDUCTION_PERCENT,
            LimitKind.FIRST_DOSE_REDUCTION_PERCENT,
        )


_WITHOUT = (LimitKind.AVOID, LimitKind.CONTRAINDICATED, LimitKind.NO_LABEL_MAXIMUM, LimitKind.NO_DOSE)


class Strictness(Enum):
    """How binding the source calls it."""

    LABEL_MAXIMUM = "label maximum"
    LABEL_RECOMMENDATION = "label recommendation"
    GUIDELINE_CAUTION = "guideline caution"
    REGULATION = "regulation"
    NO_LIMIT_STATED = "no limit stated"


UNITS = (
    "mg/d",
    "mcg/d",
    "g/d",
    "mg",
    "mcg",
    "MME",
    "MME/d",
    "mcg/h",
    "mL/d",
    "mg/kg",
    "mg/kg/d",
    "mg/d per mL/min",
    "mg/wk",
    "h",
    "min",
    "d",
    "%",
    "tablets/d",
    "capsules/d",
    "patches",
    "patches/d",
    "drops/d",
    "doses",
    "doses/d",
    "times/d",
    "d/month",
    "headaches",
)
"""The units in which a limit may be stated."""


TOLERANCE_WORDS = ("opioid_naive", "not_opioid_tolerant", "low_tolerance", "lost_tolerance")
"""The words of a population that say who is not tolerant of opioids."""


@frozen
class Subject:
    """Which medicines a row is about.

    ``drug`` is an ingredient, the ingredients of a fixed combination joined by " + ", or the words of a group of
    drugs. ``groups`` hold an ingredient of a line when the row is about it; ``partners`` are the ingredients that it is
    then combined with (None: it does not matter). ``forms`` and ``strengths`` are as on the product; empty: any.
    """

    drug: str
    group: DrugGroup
    partners: frozenset[str] | None = None
    route: str = "any"
    release: str | None = None
    forms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = [self.drug, *([self.release] if self.release else [])]
        if self.forms:
            words.append(" or ".join(self.forms))
        if self.strengths:
            words.append(", ".join(self.strengths))
        if self.brands:
            words.append(f"({', '.join(self.brands)})")
        if self.route not in ("any", "oral") and not self.forms:
            words.append(self.route)
        return " ".join(words)


@frozen(kw_only=True, eq=False)
class DoseLimit:
    """One row: a limit of one kind, for one drug, route, form, use and population.

    ``low`` and ``high`` are equal unless the source gives a range; both None: it gives no figure. ``high`` None with a
    ``low``: "or more". ``population`` None: everybody. ``region`` is the country whose labels or guidelines it is from.
    Refused (``BadTable``): an id, unit or kind outside the closed lists, a figure where there can be none, and none
    where there must be one.
    """

    id: str
    subject: Subject
    indication: str
    population: CaseClause | None
    population_words: str
    kind: LimitKind
    low: Fraction | None
    high: Fraction | None
    unit: str
    strictness: Strictness
    source: Source
    region: str
    note: str
    row: str = field(default="", repr=False)
    uses: tuple[str, ...] = field(init=False, repr=False)
    """What the medicine is for, where the row is about some uses alone; empty: any use."""

    @uses.default
    def _uses(self) -> tuple[str, ...]:
        return tuple(use.strip() for use in re.split("[;,]", self.indication) if use.strip())

    def __attrs_post_init__(self) -> None:
        for complaint in self._complaints():
            raise BadTable(self.row or self.id, complaint)

    def _complaints(self) -> list[str]:
        found = []
        if not _ID.fullmatch(self.id):
            found.append(f'"{self.id}" is no id of a limit; write it as in DL-TRAMADOL-01')
        if self.low is None:
            if not self.kind.may_lack_a_figure:
                found.append(f"{self.kind.value} needs a value")
            if self.unit and self.kind in _WITHOUT:
                found.append("a unit stands without a value")
        elif self.kind in _WITHOUT:
            found.append(f"{self.kind.value} has no value; leave it blank")
        elif self.unit not in UNITS:
            found.append(f'unknown unit "{self.unit}"; the units are {", ".join(UNITS)}')
        if self.low is not None and self.high is not None and self.high < self.low:
            found.append("a range rises")
        return found

    @property
    def standing(self) -> Standing:
        """How closely the source was read for this row."""
        return self.source.standing

    @property
    def is_about_tolerance(self) -> bool:
        """Whether it is for who is not tolerant of opioids, or has lost it."""
        return any(word in self.population_words for word in TOLERANCE_WORDS)

    @property
    def is_labelled_maximum(self) -> bool:
        """Whether a dose above it may be called "above the labelled maximum": seen in a label that forbids it."""
        return self.strictness is Strictness.LABEL_MAXIMUM and self.standing in (Standing.VERIFIED, Standing.SECONDARY)

    @property
    def figure(self) -> str:
        """The value with its unit, such as ``300 mg/d``; empty where there is none."""
        if self.low is None:
            return ""
        number = decimal_text(self.low, thousands=True)
        if self.high is None:
            number = f"{number} or more"
        elif self.high != self.low:
            number = f"{number} to {decimal_text(self.high, thousands=True)}"
        return f"{number}{'' if self.unit == '%' else ' '}{self.unit}"

    def __str__(self) -> str:
        words = [self.kind.before, self.figure, self.kind.after]
        return " ".join(filter(None, words))
