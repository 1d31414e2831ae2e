"""A patient's dispensing records as a case, so that everything that is said of a case can be said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.fills.by_day import Mode, Placed, place
from medsteward.fills.supply import FillSupply, Unusable, supply_of
from medsteward.model.amount import Amount
from medsteward.model.fill import Dispensed, ExclusionKind, FailedRow, Fill, History, QuantityUnit
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case, Line, Patient, Regimen
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.tables.table import FactorTable

MAX_LINES = 500
"""Fills of one patient that are looked at together."""

_CONDITIONS = {
    ExclusionKind.HOSPICE: "palliative care",
    ExclusionKind.PALLIATIVE: "palliative care",
    ExclusionKind.CANCER: "cancer",
    ExclusionKind.SICKLE_CELL: "sickle cell disease",
}


def case_of_fills(history: History, *, as_of: date, table: FactorTable) -> Case:
    """The fills of one patient as dated medication lines, taken evenly over their days' supply.

    A fill of the same drug before the one before it has run out follows it, so that a refill is not taken for a second
    prescription. Rows that failed are problems of the case; it then knows that it is not whole.
    """
    usable: list[tuple[Fill, FillSupply]] = []
    failed = list(history.failed)
    for fill in (*history.fills, *_treatment(history)):
        found = supply_of(fill.dispensed, table)
        if isinstance(found, Unusable):
            failed.append(FailedRow(fill.row, found.column, found.problem, fill.dispensed.written))
        else:
            usable.append((fill, found))
    problems = [evolve(each.problem, where=f"row {each.row}, {each.column}") for each in failed]
    unread = tuple(f"row {each.row}" for each in failed)
    if len(usable) > MAX_LINES:
        text = f"{len(usable):,} fills of one patient; at most {MAX_LINES} are looked at together, so none was"
        problems.append(Problem("CASE-004", "fills", text))
        usable, unread = [], (*unread, "fills")
    usable.sort(key=lambda each: each[0].row)
    placed, _ = place(usable, Mode.SHIFTED)
    return Case(
        as_of=as_of,
        lines=tuple(_line(each) for each in placed),
        patient=_patient(history, as_of),
        id=history.patient or None,
        problems=tuple(problems),
        cautions=(*history.cautions, *_set_aside(history), *_no_supply(placed, as_of)),
        unread=unread,
    )


def _no_supply(placed: Sequence[Placed], as_of: date) -> tuple[Caution, ...]:
    """What to say where no opioid of the records is there on the day asked about: when its supply ended or begins."""
    spans = [(date.fromordinal(each.first), date.fromordinal(each.last)) for each in placed if each.supply.is_opioid]
    if not spans or any(first <= as_of <= last for first, last in spans):
        return ()
    ended = [last for _, last in spans if last < as_of]
    when = f"the last one ended on {max(ended)}" if ended else f"the first one begins on {min(s[0] for s in spans)}"
    text = f"no opioid supply covers {as_of}: {when}; `medsteward fills` gives MME by calendar day"
    return (Caution("FILL-112", text),)


def _line(placed: Placed) -> Line:
    supply = placed.supply
    said = supply.dispensed
    return Line(
        written=said.written,
        regimen=Regimen(
            said.product,
            _taken(supply),
            days_supply=Fraction(said.days),
            indication=said.indication if supply.is_opioid else None,
        ),
        cautions=supply.cautions,
        start=date.fromordinal(placed.first),
        end=date.fromordinal(placed.last),
        prescriber=placed.fill.prescriber,
    )


def _taken(supply: FillSupply) -> Sig:
    """What quantity and days' supply imply: a day's amount, or the patches worn."""
    dose = supply.dose if supply.dose is not None else _daily(supply.dispensed)
    if dose is None:
        return Sig()
    if dose.unit.dimension is Dimension.RATE:
        strength = next(c.strength for c in supply.dispensed.product.components if c.ingredient == supply.drug)
        assert strength is not None
        worn = Amount(dose.value / strength.to(dose.unit).value, Unit.PATCH)
        hours = supply.dispensed.product.wear_hours
        every = None if hours is None else Span(Fraction(24, hours), Fraction(24, hours))
        return Sig(takings=(Taking(Dose(worn, worn), every),))
    mass = Amount(dose.to(Unit.MG_PER_D).value, Unit.MG)
    return Sig(daily_total=Dose(mass, mass))


def _daily(said: Dispensed) -> Amount | None:
    """The day's amount of a product that is no opioid, counted in units of a mass."""
    product = said.product
    lead = product.lead
    strength = next(component.strength for component in product.components if component.ingredient == lead)
    if strength is None or strength.unit.dimension is not Dimension.MASS or product.form == "patch":
        return None
    if said.quantity_unit not in (None, QuantityUnit.EACH):
        return None
    return Amount(strength.to(Unit.MG).value * said.quantity / said.days, Unit.MG_PER_D)


def _patient(history: History, as_of: date) -> Patient:
    age = history.age
    if history.birth is not None:
        born = history.birth
        age = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    conditions = dict.fromkeys(_CONDITIONS[kind] for fill in history.fills for kind in fill.exclusions)
    return Patient(age=age if age is not None and age >= 0 else None, conditions=tuple(conditions))


def _treatment(history: History) -> tuple[Fill, ...]:
    """Treatment of opioid use disorder: it brings no MME, and what is taken beside it is checked all the same."""
    return tuple(row.fill for row in history.excluded if row.fill is not None)


def _set_aside(history: History) -> tuple[Caution, ...]:
    counts = Counter(row.why.value for row in history.excluded if row.fill is None)
    return tuple(
        Caution("FILL-107", f"{number} row{'' if number == 1 else 's'} set aside: {why}")
        for why, number in sorted(counts.items())
    )
