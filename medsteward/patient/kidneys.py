"""Kidney function of a patient: one figure or range, for rules, reminders, trials and lists alike."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from medsteward.caches import remembered
from medsteward.model.conditions import EGFR_RANGE
from medsteward.model.kidney import creatinine_clearance
from medsteward.model.number import decimal_text
from medsteward.model.regimen import Patient

_NO_END = Fraction(10**6)
_IN_FULL = {"CrCl": "creatinine clearance", "CrCl (Cockcroft-Gault)": "creatinine clearance, calculated,"}


@frozen
class KidneyFunction:
    """In mL/min (CrCl) or mL/min/1.73 m2 (eGFR): from ``low``, below ``high`` unless both are equal.

    ``stage`` is the condition that it was taken from; empty: it is a figure.
    """

    low: Fraction
    high: Fraction
    name: str
    stage: str = ""

    is_figure: bool = field(init=False, repr=False, eq=False)
    """Whether it is one figure, not what a stage stands for."""
    _floor: int = field(init=False, repr=False, eq=False)
    """The lower end rounded down: it is below a whole limit where the end itself is."""
    _ceiling: int = field(init=False, repr=False, eq=False)
    """The lower end rounded up: it is at or below a whole limit where the end itself is."""

    @is_figure.default
    def _is_one(self) -> bool:
        return self.low is self.high or self.low == self.high

    @_floor.default
    def _rounded_down(self) -> int:
        return self.low.numerator // self.low.denominator

    @_ceiling.default
    def _rounded_up(self) -> int:
        return -(-self.low.numerator // self.low.denominator)

    def is_below(self, limit: int | Fraction) -> bool | None:
        """Whether it is below a limit; None: the stage alone does not tell."""
        if self.is_figure:
            return self._floor < limit if isinstance(limit, int) else self.low < limit
        if self.high <= limit:
            return True
        return False if self.low >= limit else None

    def is_up_to(self, limit: int | Fraction) -> bool | None:
        """Whether it is at or below a limit; None: the stage alone does not tell."""
        if self.is_figure:
            return self._ceiling <= limit if isinstance(limit, int) else self.low <= limit
        if self.high <= limit:
            return True
        return False if self.low > limit else None

    @property
    def in_full(self) -> str:
        """As findings name it: the stage as stated, or the figure with its name in full."""
        return self.stage or f"{_IN_FULL.get(self.name, self.name)} {float(self.low):.4g}"

    def __str__(self) -> str:
        if self.is_figure:
            # rounded down: 29.96 is not shown as the 30 that it is below
            return _figure(self.name, 10 * self.low.numerator // self.low.denominator)
        if self.low == 0:
            return f"{self.name} below {decimal_text(self.high)}"
        if self.high == _NO_END:
            return f"{self.name} at least {decimal_text(self.low)}"
        return f"{self.name} {decimal_text(self.low)} to below {decimal_text(self.high)}"


@remembered(1024)
def _figure(name: str, tenths: int) -> str:
    return f"{name} {decimal_text(Fraction(tenths, 10))}"


def kidney_of(patient: Patient) -> KidneyFunction | None:
    """Kidney function: the lower of CrCl and eGFR as stated, else CrCl by Cockcroft and Gault, else a stage."""
    stated = [(value, name) for value, name in ((patient.crcl, "CrCl"), (patient.egfr, "eGFR")) if value is not None]
    if stated:
        lowest, name = min(stated)
        return KidneyFunction(lowest, lowest, name)
    crcl = creatinine_clearance(patient)
    if crcl is not None:
        return KidneyFunction(crcl, crcl, "CrCl (Cockcroft-Gault)")
    if not patient.conditions:
        return None
    for stage, (low, high) in EGFR_RANGE.items():
        if stage in patient.conditions:
            return KidneyFunction(Fraction(low), Fraction(high), "eGFR", stage)
    if "ckd stage 1 or 2" in patient.conditions:
        return KidneyFunction(Fraction(60), _NO_END, "eGFR", "ckd stage 1 or 2")
    return None
