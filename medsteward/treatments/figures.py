"""Every published amount that a treatment offers and its trial plans with, once. Texts and ramps are made from it here.

A figure names the work it stands in. Where an option, its kidney step and its trial say the same amount, all three take
it from here, so a corrected figure is corrected everywhere.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from medsteward.bibliography import cite


def _exact(number: int | str | Fraction) -> Fraction:
    return Fraction(number)


@frozen
class Figure:
    """One published amount, exact, in its unit; it says itself with thousands marked, as in ``3,600 mg/d``.

    ``work`` is the key of the work it stands in. Raises ``LookupError`` for a work that is not in the bibliography, and
    ``ValueError`` for an amount that is not above zero.
    """

    amount: Fraction = field(converter=_exact)
    unit: str
    work: str

    def __attrs_post_init__(self) -> None:
        cite(self.work, "")
        if self.amount <= 0:
            raise ValueError(f"a published amount is above zero, not {self.amount} {self.unit}")

    @property
    def number(self) -> str:
        """The amount without its unit."""
        whole, rest = divmod(self.amount, 1)
        return f"{whole:,}" if not rest else f"{float(self.amount):,g}"

    def times(self, number: int) -> Figure:
        """So many of it."""
        return Figure(self.amount * number, self.unit, self.work)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


@frozen
class KidneyStep:
    """One row of a kidney table: for which function, the least of a day and the most.

    ``above`` and ``below`` do not include the limit, ``lowest`` and ``up_to`` do, in mL/min. ``words`` name the row.
    """

    words: str
    least: Figure
    most: Figure
    above: int | None = None
    lowest: int | None = None
    up_to: int | None = None
    below: int | None = None


# --- on the skin ---

GEL = "DICLOFENAC-GEL-LABEL"
GEL_LOWER_LIMB = Figure(4, "g", GEL)
GEL_UPPER_LIMB = Figure(2, "g", GEL)
GEL_LOWER_LIMB_MOST = Figure(16, "g/d", GEL)
GEL_UPPER_LIMB_MOST = Figure(8, "g/d", GEL)
GEL_MOST = Figure(32, "g/d", GEL)
LIDOCAINE_MOST = Figure(3, "patches", "LIDOCAINE-PATCH-MPR")

# --- acetaminophen and NSAIDs ---

ACETAMINOPHEN_DOSE = Figure(650, "mg", "VA-TAPER-2016")
ACETAMINOPHEN_TIMES = 4
ACETAMINOPHEN_MOST = Figure(4000, "mg/d", "ACETAMINOPHEN-LABEL")
ACETAMINOPHEN_OTC_MOST = Figure(3000, "mg/d", "APAP-OTC500")
ACETAMINOPHEN_LIVER_MOST = Figure(2000, "mg/d", "MEMORY")
NAPROXEN_FIRST = Figure(250, "mg", "NAPROXEN-LABEL")
NAPROXEN_FIRST_VA = Figure(375, "mg", "VA-TAPER-2016")
NAPROXEN_FULL = Figure(500, "mg", "VA-TAPER-2016")
NAPROXEN_MOST = Figure(1000, "mg/d", "NAPROXEN-LABEL")
NAPROXEN_ARTHRITIS_MOST = Figure(1500, "mg/d", "NAPROXEN-LABEL")
IBUPROFEN_FIRST = Figure(400, "mg", "VA-TAPER-2016")
IBUPROFEN_FULL = Figure(600, "mg", "VA-TAPER-2016")
IBUPROFEN_OTC_MOST = Figure(1200, "mg/d", "IBUPROFEN-OTC-LABEL")
IBUPROFEN_MOST = Figure(3200, "mg/d", "MOTRIN")

# --- antidepressants ---

TRICYCLIC_FIRST = Figure(10, "mg", "BJSM-TABLE-4")
TRICYCLIC_FIRST_UP_TO = Figure(20, "mg", "BJSM-TABLE-4")
TRICYCLIC_STEP = Figure(25, "mg", "BJSM-TABLE-4")
TRICYCLIC_USUAL_MOST = Figure(75, "mg/d", "MEMORY")
TRICYCLIC_MOST = Figure(150, "mg/d", "BJSM-TABLE-4")
DULOXETINE_FIRST = Figure(30, "mg", "DULOXETINE-LABEL")
DULOXETINE_FULL = Figure(60, "mg", "DULOXETINE-LABEL")
DULOXETINE_MOST = Figure(60, "mg/d", "DULOXETINE-LABEL")
DULOXETINE_SAFETY_LIMIT = Figure(120, "mg/d", "DULOXETINE-LABEL")
DULOXETINE_OTHER_TABLE = Figure(120, "mg/d", "BJSM-TABLE-4")
VENLAFAXINE_FIRST = Figure("37.5", "mg", "BJSM-TABLE-4")
VENLAFAXINE_FIRST_UP_TO = Figure(75, "mg", "BJSM-TABLE-4")
VENLAFAXINE_MOST = Figure(225, "mg/d", "BJSM-TABLE-4")

# --- gabapentinoids ---

_GABAPENTIN, _KIDNEY = "GABAPENTIN-LABEL", "PMC7265598"
GABAPENTIN_SLOW = Figure(100, "mg", _GABAPENTIN)
GABAPENTIN_FIRST = Figure(300, "mg", _GABAPENTIN)
GABAPENTIN_NO_MORE_ABOVE = Figure(1800, "mg/d", _GABAPENTIN)
GABAPENTIN_MOST = Figure(3600, "mg/d", _GABAPENTIN)
GABAPENTIN_MODERATE = KidneyStep(
    "CrCl 30 to 59", Figure(400, "mg/d", _GABAPENTIN), Figure(1400, "mg/d", _GABAPENTIN), above=30, below=60
)
GABAPENTIN_SEVERE = KidneyStep(
    "CrCl 15 to 29", Figure(200, "mg/d", _GABAPENTIN), Figure(700, "mg/d", _GABAPENTIN), above=15, up_to=30
)
GABAPENTIN_FAILING = KidneyStep("CrCl 15", Figure(100, "mg/d", _GABAPENTIN), Figure(300, "mg/d", _GABAPENTIN), up_to=15)
PREGABALIN_LEAST = Figure(25, "mg", "PREGABALIN-LABEL")
PREGABALIN_FIRST = Figure(75, "mg", "PREGABALIN-LABEL")
PREGABALIN_MOST = Figure(300, "mg/d", "PREGABALIN-LABEL")
PREGABALIN_SHINGLES_MOST = Figure(600, "mg/d", "PREGABALIN-LABEL")
PREGABALIN_FIBROMYALGIA_MOST = Figure(450, "mg/d", "PREGABALIN-LABEL")
PREGABALIN_SPINAL_MOST = Figure(600, "mg/d", "PREGABALIN-LABEL")
PREGABALIN_MODERATE = KidneyStep(
    "eGFR 30 to 60", Figure(75, "mg/d", _KIDNEY), Figure(300, "mg/d", _KIDNEY), above=30, below=60
)
PREGABALIN_SEVERE = KidneyStep(
    "eGFR 15 to 30", Figure(25, "mg/d", _KIDNEY), Figure(150, "mg/d", _KIDNEY), lowest=15, up_to=30
)
PREGABALIN_FAILING = KidneyStep("eGFR below 15", Figure(25, "mg/d", _KIDNEY), Figure(75, "mg/d", _KIDNEY), below=15)

# --- others ---

CYCLOBENZAPRINE_FIRST = Figure(5, "mg", "CYCLOBENZAPRINE-LABEL")
CYCLOBENZAPRINE_FULL = Figure(10, "mg", "CYCLOBENZAPRINE-LABEL")
CYCLOBENZAPRINE_MOST = Figure(30, "mg/d", "CYCLOBENZAPRINE-LABEL")
NALTREXONE_FIRST = Figure("1.5", "mg", "MEMORY")
NALTREXONE_MOST = Figure("4.5", "mg", "J-PAIN-RES-S451183")
TRAMADOL_SEVERE = KidneyStep(
    "CrCl below 30", Figure(25, "mg/d", "TRAMADOL-LABEL"), Figure(200, "mg/d", "TRAMADOL-LABEL"), below=30
)
