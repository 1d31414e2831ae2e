"""Amounts that treatments offer, by name: each the figure of a row of the dose limits, wherever the data hold one.

Texts and ramps are made from these. An amount of which the data have no row, because it is neither a limit nor a usual
start (a step of a ramp, a dose of a table of practice), names the work it stands in here.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from medsteward.bibliography import cite
from medsteward.limits.load import dose_limit
from medsteward.model.number import decimal_text
from medsteward.model.source import Source


def _exact(number: int | str | Fraction) -> Fraction:
    return Fraction(number)


@frozen
class Figure:
    """One published amount, exact, in its unit; it says itself with thousands marked, as in ``3,600 mg/d``.

    ``work`` is the key of the work it stands in, where no row of the dose limits holds it; ``row`` the id of the row
    that does. Raises ``LookupError`` for a work or a row that is not there, and ``ValueError`` for an amount that is
    not above zero.
    """

    amount: Fraction = field(converter=_exact)
    unit: str
    work: str = ""
    row: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.row:
            cite(self.work, "")
        if self.amount <= 0:
            raise ValueError(f"a published amount is above zero, not {self.amount} {self.unit}")

    @property
    def source(self) -> Source:
        """Where it stands, with the standing of its row."""
        return dose_limit(self.row).source if self.row else cite(self.work, "")

    @property
    def number(self) -> str:
        """The amount without its unit."""
        return decimal_text(self.amount, thousands=True)

    def times(self, number: int) -> Figure:
        """So many of it."""
        return Figure(self.amount * number, self.unit, self.work, self.row)

    def share(self, number: int, unit: str = "") -> Figure:
        """One of so many equal parts of it; ``unit`` where that is another, as a dose of a day."""
        return Figure(self.amount / number, unit or self.unit, self.work, self.row)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


def by_row(id_: str, unit: str = "") -> Figure:
    """The figure of a row, its upper end where it is a range; ``unit`` where one dose a day is meant.

    Raises ``LookupError`` for an id that is not in the data, and ``ValueError`` for a row without a figure.
    """
    return _end(id_, unit, upper=True)


def least_of_row(id_: str, unit: str = "") -> Figure:
    """The lower end of the range of a row."""
    return _end(id_, unit, upper=False)


def _end(id_: str, unit: str, *, upper: bool) -> Figure:
    limit = dose_limit(id_)
    amount = limit.high if upper and limit.high is not None else limit.low
    if amount is None:
        raise ValueError(f"{id_} holds no figure")
    return Figure(amount, unit or limit.unit, row=id_)


# --- on the skin ---

GEL = "DICLOFENAC-GEL-LABEL"
GEL_LOWER_LIMB = Figure(4, "g", GEL)
GEL_UPPER_LIMB = Figure(2, "g", GEL)
GEL_LOWER_LIMB_MOST = by_row("DL-DICLOFENAC-TOPICAL-01")
GEL_UPPER_LIMB_MOST = by_row("DL-DICLOFENAC-TOPICAL-02")
GEL_MOST = by_row("DL-DICLOFENAC-TOPICAL-03")
LIDOCAINE_MOST = by_row("DL-LIDOCAINE-TOPICAL-01")
LIDOCAINE_HOURS = by_row("DL-LIDOCAINE-TOPICAL-02", "hours")

# --- acetaminophen and NSAIDs ---

_VA = "VA-TAPER-2016"
ACETAMINOPHEN_DOSE = Figure(650, "mg", _VA)
ACETAMINOPHEN_TIMES = 4
ACETAMINOPHEN_ONCE_MOST = by_row("DL-ACETAMINOPHEN-02")
ACETAMINOPHEN_MOST = by_row("DL-ACETAMINOPHEN-01")
ACETAMINOPHEN_OTC_MOST = by_row("DL-ACETAMINOPHEN-03")
ACETAMINOPHEN_LIVER_MOST = by_row("DL-ACETAMINOPHEN-22")
NAPROXEN_FIRST = Figure(250, "mg", "NAPROXEN-LABEL")
NAPROXEN_FIRST_VA = Figure(375, "mg", _VA)
NAPROXEN_FULL = Figure(500, "mg", _VA)
NAPROXEN_FIRST_DAY_MOST = by_row("DL-NAPROXEN-03")
NAPROXEN_MOST = by_row("DL-NAPROXEN-04")
NAPROXEN_ARTHRITIS_MOST = by_row("DL-NAPROXEN-01")
NAPROXEN_OTC_MOST = by_row("DL-NAPROXEN-06")
IBUPROFEN_FIRST = Figure(400, "mg", _VA)
IBUPROFEN_FULL = Figure(600, "mg", _VA)
IBUPROFEN_OTC_MOST = by_row("DL-IBUPROFEN-04")
IBUPROFEN_MOST = by_row("DL-IBUPROFEN-01")
CELECOXIB_MOST = by_row("DL-CELECOXIB-01")
MELOXICAM_FIRST = by_row("DL-MELOXICAM-03", "mg")

# --- antidepressants ---

TRICYCLIC_FIRST = least_of_row("DL-NORTRIPTYLINE-03")
TRICYCLIC_FIRST_UP_TO = Figure(20, "mg", "BJSM-TABLE-4")
TRICYCLIC_STEP = by_row("DL-NORTRIPTYLINE-03")
TRICYCLIC_USUAL_MOST = by_row("DL-NORTRIPTYLINE-02")
TRICYCLIC_MOST = by_row("DL-NORTRIPTYLINE-01")
DULOXETINE_FIRST = by_row("DL-DULOXETINE-03", "mg")
DULOXETINE_FULL = by_row("DL-DULOXETINE-04", "mg")
DULOXETINE_MOST = by_row("DL-DULOXETINE-01")
DULOXETINE_SAFETY_LIMIT = by_row("DL-DULOXETINE-02")
DULOXETINE_OTHER_TABLE = Figure(120, "mg/d", "BJSM-TABLE-4")
VENLAFAXINE_FIRST = least_of_row("DL-VENLAFAXINE-04", "mg")
VENLAFAXINE_FIRST_UP_TO = by_row("DL-VENLAFAXINE-04", "mg")
VENLAFAXINE_MOST = by_row("DL-VENLAFAXINE-03")
MILNACIPRAN_FIRST = by_row("DL-MILNACIPRAN-02", "mg")
MILNACIPRAN_KIDNEY_MOST = by_row("DL-MILNACIPRAN-03")

# --- gabapentinoids and antiepileptics ---

_GABAPENTIN, _KIDNEY = "GABAPENTIN-LABEL", "PMC7265598"
GABAPENTIN_SLOW = Figure(100, "mg", _GABAPENTIN)
GABAPENTIN_FIRST = by_row("DL-GABAPENTIN-03", "mg")
GABAPENTIN_NO_MORE_ABOVE = by_row("DL-GABAPENTIN-02")
GABAPENTIN_MOST = by_row("DL-GABAPENTIN-01")
GABAPENTIN_MODERATE, GABAPENTIN_SEVERE, GABAPENTIN_FAILING, GABAPENTIN_BELOW = (
    "DL-GABAPENTIN-04",
    "DL-GABAPENTIN-05",
    "DL-GABAPENTIN-06",
    "DL-GABAPENTIN-07",
)
"""The bands of the kidney table of gabapentin, by the rows that hold their ceilings."""
GABAPENTIN_MODERATE_LEAST = Figure(400, "mg/d", _GABAPENTIN)
GABAPENTIN_SEVERE_LEAST = Figure(200, "mg/d", _GABAPENTIN)
GABAPENTIN_FAILING_LEAST = Figure(100, "mg/d", _GABAPENTIN)
GABAPENTIN_WITHDRAWAL = Figure(1800, "mg/d", _VA)
GABAPENTIN_WITHDRAWAL_MOST = Figure(2100, "mg/d", _VA)
PREGABALIN_LABEL_START = by_row("DL-PREGABALIN-06")
PREGABALIN_LEAST = least_of_row("DL-PREGABALIN-08", "mg")
PREGABALIN_FIRST = by_row("DL-PREGABALIN-08", "mg")
PREGABALIN_MOST = by_row("DL-PREGABALIN-01")
PREGABALIN_SHINGLES_MOST = by_row("DL-PREGABALIN-02")
PREGABALIN_FIBROMYALGIA_MOST = by_row("DL-PREGABALIN-03")
PREGABALIN_SPINAL_MOST = by_row("DL-PREGABALIN-04")
PREGABALIN_MODERATE, PREGABALIN_SEVERE, PREGABALIN_FAILING = "DL-PREGABALIN-15", "DL-PREGABALIN-16", "DL-PREGABALIN-17"
"""The bands of the kidney table of pregabalin, by the rows of its highest column."""
PREGABALIN_MODERATE_START = Figure(75, "mg/d", _KIDNEY)
PREGABALIN_LOW_START = Figure(25, "mg/d", _KIDNEY)
CARBAMAZEPINE_FIRST = by_row("DL-CARBAMAZEPINE-02")
CARBAMAZEPINE_MOST = by_row("DL-CARBAMAZEPINE-01")
TOPIRAMATE_FIRST = by_row("DL-TOPIRAMATE-04", "mg")
TOPIRAMATE_MOST = by_row("DL-TOPIRAMATE-01")

# --- muscle relaxants ---

CYCLOBENZAPRINE_FIRST = by_row("DL-CYCLOBENZAPRINE-03").share(3, "mg")
CYCLOBENZAPRINE_FIRST_LOW = by_row("DL-CYCLOBENZAPRINE-04", "mg")
CYCLOBENZAPRINE_MOST = by_row("DL-CYCLOBENZAPRINE-01")
CYCLOBENZAPRINE_FULL = CYCLOBENZAPRINE_MOST.share(3, "mg")
BACLOFEN_FIRST = by_row("DL-BACLOFEN-02").share(3, "mg")
BACLOFEN_WITHDRAWAL_MOST = by_row("DL-BACLOFEN-04")
TIZANIDINE_FIRST = by_row("DL-TIZANIDINE-03")
TIZANIDINE_TIMES = by_row("DL-TIZANIDINE-04", "times")
TIZANIDINE_MOST = by_row("DL-TIZANIDINE-01")
TIZANIDINE_WITHDRAWAL_MOST = by_row("DL-TIZANIDINE-10")
METHOCARBAMOL_FIRST_DAYS_MOST = by_row("DL-METHOCARBAMOL-01")
METHOCARBAMOL_MOST = by_row("DL-METHOCARBAMOL-02")

# --- others ---

NALTREXONE_LEAST = least_of_row("DL-NALTREXONE-04")
NALTREXONE_FIRST = by_row("DL-NALTREXONE-04")
NALTREXONE_MOST = by_row("DL-NALTREXONE-03")
TRAMADOL_SEVERE = "DL-TRAMADOL-05"
"""The band of low kidney function of tramadol."""

# --- what eases withdrawal ---

CLONIDINE_FIRST = by_row("DL-CLONIDINE-03")
CLONIDINE_ONCE_MOST = by_row("DL-CLONIDINE-04")
CLONIDINE_LOW_MOST = Figure("0.8", "mg", "MEMORY")
CLONIDINE_MOST = by_row("DL-CLONIDINE-01", "mg")
CLONIDINE_PRESSURE_MOST = by_row("DL-CLONIDINE-02", "mg")
LOFEXIDINE_ONCE_MOST = by_row("DL-LOFEXIDINE-01")
LOFEXIDINE_MOST = by_row("DL-LOFEXIDINE-02", "mg")
HYDROXYZINE_OLD_MOST = by_row("DL-HYDROXYZINE-02")
HYDROXYZINE_FIRST = Figure(25, "mg", _VA)
HYDROXYZINE_FULL = Figure(50, "mg", _VA)
DIPHENHYDRAMINE_DOSE = Figure(25, "mg", _VA)
TRAZODONE_LEAST = Figure(25, "mg", _VA)
TRAZODONE_MOST = by_row("DL-TRAZODONE-02", "mg")
ONDANSETRON_DOSE = Figure(4, "mg", _VA)
PROMETHAZINE_DOSE = Figure(25, "mg", _VA)
DICYCLOMINE_DOSE = Figure(20, "mg", _VA)
BISMUTH_DOSE = Figure(524, "mg", _VA)
PROCHLORPERAZINE_FIRST = Figure(5, "mg", _VA)
PROCHLORPERAZINE_DOSE = Figure(10, "mg", _VA)
PROCHLORPERAZINE_MOST = by_row("DL-PROCHLORPERAZINE-01")
LOPERAMIDE_FIRST = by_row("DL-LOPERAMIDE-04")
LOPERAMIDE_NEXT = Figure(2, "mg", _VA)
LOPERAMIDE_MOST = by_row("DL-LOPERAMIDE-01")
LOPERAMIDE_OTC_MOST = by_row("DL-LOPERAMIDE-02")

# --- the bowel regimen ---

_TWYCROSS = "TWYCROSS-2012"
SENNA_TABLET = Figure("8.6", "mg", "SENNA-OTC")
SENNA_DOSE = SENNA_TABLET.times(2)
SENNA_OTC_MOST = by_row("DL-SENNA-01")
SENNA_PALLIATIVE_MOST = by_row("DL-SENNA-03")
BISACODYL_TABLET = Figure(5, "mg", "BISACODYL-OTC")
BISACODYL_FIRST = Figure(10, "mg", _TWYCROSS)
BISACODYL_FULL = Figure(20, "mg", _TWYCROSS)
BISACODYL_OTC_MOST = by_row("DL-BISACODYL-01", "mg")
BISACODYL_PALLIATIVE_MOST = by_row("DL-BISACODYL-03")
BISACODYL_RECTAL = by_row("DL-BISACODYL-04", "mg")
PICOSULFATE_FIRST = Figure(5, "mg", _TWYCROSS)
PICOSULFATE_OPIOID = Figure(10, "mg", _TWYCROSS)
POLYETHYLENE_GLYCOL_DOSE = by_row("DL-POLYETHYLENE-GLYCOL-3350-01", "g")
POLYETHYLENE_GLYCOL_MOST = by_row("DL-POLYETHYLENE-GLYCOL-3350-03")
LACTULOSE_FIRST = Figure(15, "mL", "MEMORY")
LACTULOSE_FIRST_UP_TO = Figure(30, "mL", "MEMORY")
MAGNESIUM_FIRST = Figure(30, "mL/d", "MEMORY")
LACTULOSE_MOST = by_row("DL-LACTULOSE-01")
MAGNESIUM_MOST = by_row("DL-MAGNESIUM-HYDROXIDE-01")
NALDEMEDINE_MOST = by_row("DL-NALDEMEDINE-01", "mg")
NALOXEGOL_MOST = by_row("DL-NALOXEGOL-01", "mg")
NALOXEGOL_KIDNEY = by_row("DL-NALOXEGOL-02", "mg")
METHYLNALTREXONE_MOST = by_row("DL-METHYLNALTREXONE-01", "mg")
METHYLNALTREXONE_LOW = by_row("DL-METHYLNALTREXONE-02", "mg")
METHYLNALTREXONE_SKIN = by_row("DL-METHYLNALTREXONE-03", "mg")
METHYLNALTREXONE_SKIN_LOW = by_row("DL-METHYLNALTREXONE-04", "mg")
METHYLNALTREXONE_PER_KG = by_row("DL-METHYLNALTREXONE-05")
METHYLNALTREXONE_ILL = by_row("DL-METHYLNALTREXONE-06")
METHYLNALTREXONE_ILL_HEAVY = by_row("DL-METHYLNALTREXONE-07")
LUBIPROSTONE_DOSE = by_row("DL-LUBIPROSTONE-01").share(2, "mcg")
LUBIPROSTONE_B = by_row("DL-LUBIPROSTONE-02").share(2, "mcg")
LUBIPROSTONE_C = by_row("DL-LUBIPROSTONE-03").share(2, "mcg")
