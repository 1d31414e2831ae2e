"""Figures of rows in the words of rules, reminders and texts, by the id of the row: a number is never written twice."""

from __future__ import annotations

from fractions import Fraction

from medsteward.limits.limit import DoseLimit
from medsteward.limits.load import dose_limit
from medsteward.model.number import decimal_text
from medsteward.patient.case_clause import CaseClause

_WORDS = {"mg/d": "mg a day", "mcg/d": "mcg a day", "g/d": "g a day", "mL/d": "mL a day", "d": "days", "h": "hours"}


def figure(id_: str) -> Fraction:
    """The figure of a row, the upper end of a range. Raises ``LookupError`` for an unknown id or a row without one."""
    return _figure(dose_limit(id_))


def said(id_: str) -> str:
    """The figure of a row with its unit in words, as in ``1,400 mg a day`` or ``5 mg``."""
    limit = dose_limit(id_)
    return f"{number(id_)} {_WORDS.get(limit.unit, limit.unit)}"


def number(id_: str) -> str:
    """The figure of a row without its unit, as in ``1,400``."""
    return decimal_text(figure(id_), thousands=True)


def population_of(id_: str) -> CaseClause:
    """Whom a row is for, as a clause. Raises ``LookupError`` for a row that is for everybody."""
    population = dose_limit(id_).population
    if population is None:
        raise LookupError(f"{id_} is for everybody")
    return population


def _figure(limit: DoseLimit) -> Fraction:
    found = limit.high if limit.high is not None else limit.low
    if found is None:
        raise LookupError(f"{limit.id} holds no figure")
    return found
