"""Small dispensings that tests are made of. Day 1 is 1 January 2026, and rows are numbered as in a file with a head."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.fills.report import FillsReport, report
from medsteward.model.amount import Amount
from medsteward.model.fill import Dispensed, Fill, History
from medsteward.model.product import Component, Product
from medsteward.model.unit import Unit
from medsteward.tables.load import factor_table

AS_OF = date(2027, 1, 4)
_BEFORE = date(2025, 12, 31).toordinal()


def ordinal(day):
    """The ordinal of the day of this number."""
    return _BEFORE + day


def calendar_day(day):
    return date.fromordinal(ordinal(day))


def numbered(found):
    """The number of the day of an ordinal, and spans of ordinals as spans of numbers."""
    return found - _BEFORE if isinstance(found, int) else tuple(numbered(each) for each in found)


def product(ingredient, strength, unit=Unit.MG, *, form="tablet", route="oral", release="IR", wear=None):
    amount = None if strength is None else Amount(Fraction(str(strength)), unit)
    return Product((Component(ingredient, amount),), form=form, route=route, release=release, wear_hours=wear)


def patch(ingredient, rate, wear, unit=Unit.MCG_PER_H):
    return product(ingredient, rate, unit, form="patch", route="transdermal", release="ER", wear=wear)


def both(first, second):
    """The ingredients of two products in one."""
    return evolve(first, components=(*first.components, *second.components))


def dispensed(what, quantity, days=30, unit=None, cautions=()):
    return Dispensed("as written", what, Fraction(str(quantity)), unit, days, cautions)


def filled(day, what, quantity=30, days=30, unit=None, *, row=1, **stated):
    """One fill: of one tablet a day for 30 days unless said otherwise."""
    return Fill(row, calendar_day(day), dispensed(what, quantity, days, unit), **stated)


def history(*fills, patient="p", **stated):
    return History(patient, tuple(evolve(each, row=number) for number, each in enumerate(fills, 2)), **stated)


def reported_on(whose: History, *, table="cdc_2022", as_of=AS_OF, **options) -> FillsReport:
    return report(whose, table=factor_table(table), as_of=as_of, **options)
