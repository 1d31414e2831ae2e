"""The products that exist: one row each in ``products.csv``, read once."""

from __future__ import annotations

import csv
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from medsteward.caches import made_once, remembered
from medsteward.model.amount import Amount
from medsteward.model.drug import ListedProduct
from medsteward.model.labels import LISTED_WITHIN
from medsteward.model.number import exact
from medsteward.model.product import Component, Product, Role
from medsteward.model.source import Standing
from medsteward.model.unit import Unit

_FILE = Path(__file__).with_name("products.csv")

_UNITS = {unit.value: unit for unit in Unit} | {"mg/24 h": Unit.MG_PER_D}
_DETERRENTS = frozenset({"naloxone", "naltrexone"})
_PARTNER_SALTS = ("hydrochloride", "sodium")
_NOT_SAID = frozenset({"base", "free acid", "sennosides"})
_SHOWN_RELEASES = frozenset({"ER", "DR"})


class _Row(NamedTuple):
    """One row of the file, its columns in their order, all text."""

    ingredient: str
    salt: str
    brand_examples: str
    brands: str
    few_makers: str
    makers: str
    route: str
    form: str
    release: str
    tirf: str
    long_acting: str
    strength_value: str
    strength_unit: str
    per_unit: str
    scored_or_splittable: str
    labelled_dosing_interval_h: str
    rxcui_scd_if_known: str
    rxcui_ingredient: str
    dea_schedule: str
    combination_with: str
    source: str
    status: str
    strength_in_fda_ndc_2025: str
    note: str
    remark_code: str
    remark: str


@made_once
def listed_products() -> tuple[ListedProduct, ...]:
    """Every product of the list, in the order of the file. No two share their name (``product.listed``)."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if tuple(next(lines)) != _Row._fields:
            raise ValueError(f"{_FILE.name} has other columns than _Row")
        rows = [_Row._make(line) for line in lines]
    return tuple(_listed(row, name) for row, name in zip(rows, _names(rows), strict=True))


def _listed(row: _Row, name: str) -> ListedProduct:
    return ListedProduct(
        product=_product(row, name),
        brands=_brands(row),
        few_makers=row.few_makers == "yes",
        makers=row.makers,
        splittable=row.scored_or_splittable,
        interval=row.labelled_dosing_interval_h,
        schedule=row.dea_schedule,
        rxcui_ingredient=row.rxcui_ingredient,
        source=row.source,
        standing=Standing.VERIFIED if row.status == "verified" else Standing.RECALLED,
        in_fda_ndc_2025=row.strength_in_fda_ndc_2025,
        note=row.note,
        remark_code=row.remark_code,
        remark=row.remark,
    )


def _product(row: _Row, name: str) -> Product:
    interval = row.labelled_dosing_interval_h
    main = Component(row.ingredient, _amount(row.strength_value, row.strength_unit), _plain_salt(row.salt))
    return Product(
        components=(main, *map(_partner, _partners(row))),
        form=row.form,
        route=row.route,
        release=None if row.release == "local" else row.release,
        unit=_UNITS[row.per_unit],
        listed=name,
        rxcui=row.rxcui_scd_if_known or None,
        wear_hours=int(interval) if row.form == "patch" and interval.isdigit() else None,
        per_ml=_label_volume(row),
    )


_VOLUME = re.compile(r"(\d[\d.]*) (mg|g)(?:/[\d.]+ mg| or [\d.]+ mg)*(?:/| per )(\d[\d.]*) mL")


def _label_volume(row: _Row) -> Fraction:
    """The volume for which the label of a liquid says its strength, in mL: 5 for 10 mg/5 mL; 1 where none is noted.

    5 mg/5 mL is the same number twice, and stays 1 mg/mL.
    """
    if row.strength_unit != "mg/mL":
        return Fraction(1)
    own = exact(row.strength_value)
    for mass, unit, volume in _VOLUME.findall(row.brand_examples):
        stated = exact(mass) * (1000 if unit == "g" else 1) / exact(volume)
        if abs(stated - own) <= own * LISTED_WITHIN and own != 1:
            return exact(volume)
    return Fraction(1)


def _partners(row: _Row) -> list[str]:
    return row.combination_with.split(" + ") if row.combination_with else []


@remembered(1024)
def _partner(text: str) -> Component:
    """``naltrexone hydrochloride 0.8 mg`` as a component."""
    name, value, unit = text.rsplit(" ", 2)
    salt = next((salt for salt in _PARTNER_SALTS if name.endswith(f" {salt}")), "")
    ingredient = name.removesuffix(f" {salt}")
    role = Role.DETERRENT if ingredient in _DETERRENTS else Role.ACTIVE
    return Component(ingredient, _amount(value, unit), salt, role)


@remembered(1024)
def _amount(value: str, unit: str) -> Amount:
    return Amount(exact(value), _UNITS[unit])


def _plain_salt(text: str) -> str:
    """The salt without its remark: ``hydrochloride (strength as base)`` is hydrochloride."""
    return text.partition("(")[0].rstrip()


def _brands(row: _Row) -> tuple[str, ...]:
    return tuple(row.brands.split("; ")) if row.brands else ()


def _names(rows: list[_Row]) -> list[str]:
    """The name of each row; rows that would share one are told apart by brand or remark in brackets.

    Among rows of one name, a row sold as a generic keeps the plain name when it is the only such row.
    """
    names = [_name(row) for row in rows]
    shared = {name for name, count in Counter(names).items() if count > 1}
    generics = Counter(name for row, name in zip(rows, names, strict=True) if name in shared and _is_generic(row))
    return [
        f"{name} [{_tag(row)}]" if name in shared and not (_is_generic(row) and generics[name] == 1) else name
        for row, name in zip(rows, names, strict=True)
    ]


def _name(row: _Row) -> str:
    ingredient = row.ingredient.removesuffix(" topical")
    shows_release = row.release in _SHOWN_RELEASES and row.route != "transdermal"
    salt = _said_salt(ingredient, row.salt)
    words = [ingredient, salt, row.release if shows_release else "", row.strength_value, row.strength_unit]
    components = [" ".join(filter(None, words)), *_partners(row)]
    return f"{' / '.join(components)} {row.form}"


def _said_salt(ingredient: str, text: str) -> str:
    """The salt as a name says it: none where the strength is that of the base or the ingredient names it."""
    salt = _plain_salt(text)
    unsaid = "strength as base" in text or salt in _NOT_SAID or salt in ingredient.split()
    return "" if unsaid else salt


def _tag(row: _Row) -> str:
    brands = _brands(row)
    return brands[0] if brands else row.note.partition(";")[0]


def _is_generic(row: _Row) -> bool:
    return "generics" in row.brand_examples
