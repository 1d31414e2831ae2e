"""The MME of one day's amount of one drug: for programs that already know the dose."""

from __future__ import annotations

from typing import Any

from medsteward.doses.daily import Daily
from medsteward.drugs.index import name_of
from medsteward.errors import MedstewardError, UnitMismatch
from medsteward.mme.reckon import NoFactor, applied, bands_for, mme_of
from medsteward.mme.result import CompleteTotal, NoTotal
from medsteward.model.amount import Amount
from medsteward.model.unit import Dimension
from medsteward.tables.table import FactorTable, a_table


def mme_of_dose(
    drug: str, dose: Any, *, table: FactorTable, route: str = "oral", form: str | None = None
) -> CompleteTotal | NoTotal:
    """MME per day of a day's amount: ``dose`` as text (``"40 mg/d"``, ``"25 mcg/h"``), ``Amount`` or pint quantity.

    A patch is given by its worn rate with ``route="transdermal", form="patch"``. A table that does not rate the drug
    gives ``NoTotal`` with the reason. Refuses (``MedstewardError``) unknown names and combinations, and
    (``UnitMismatch``) amounts that are not per day or per hour.
    """
    from medsteward import units

    table = a_table(table)
    name = name_of(drug)
    if name is None or name.is_combination:
        raise MedstewardError(f'"{drug[:60]}" is not the name of one drug; write it in full, as in oxycodone')
    if isinstance(dose, Amount):
        amount = dose
    else:
        amount = units.amount(dose) if isinstance(dose, str) else units.from_quantity(dose)
    if amount.unit.dimension not in (Dimension.MASS_PER_DAY, Dimension.RATE):
        raise UnitMismatch(f"{amount.unit.value} is not an amount per day; write mg/d, mcg/d or mcg/h")
    bands = bands_for(table, name.ingredients[0], route, form)
    if isinstance(bands, NoFactor):
        return NoTotal((name.ingredients[0],), bands.reason)
    daily = Daily(amount, None, amount)
    mme = mme_of(daily, applied(bands, daily))
    return CompleteTotal(mme.scheduled, None, mme.maximum)
