"""A name of RxNorm, taken apart: text, markdown, rows and a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from medsteward.model.number import decimal_text, json_number
from medsteward.model.product import Component, Product
from medsteward.model.rxnorm import NamedIngredient, NamedProduct, PackItem, RxNormName
from medsteward.version import __version__
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table, plain
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import problem, warning

SCHEMA = "medsteward.rxnorm_name/1"
_HEADER = ("ingredient", "salt", "strength", "unit", "role", "form", "release", "brand", "in pack")


@frozen
class TakenApart:
    """A name, part by part, and the product that it means in our words."""

    name: RxNormName
    meant: NamedProduct


def document(found: TakenApart) -> Document:
    """The name as a document; ``product`` is what it means in our words."""
    name, meant = found.name, found.meant
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "asked": name.text,
        "kind": name.kind,
        **_parts(name),
        "pack": [_item(each) for each in name.pack],
        "product": _product(meant),
        "problems": [problem(each) for each in name.problems],
        "warnings": [warning(each) for each in meant.cautions],
    }


def _parts(name: RxNormName) -> Document:
    return {
        "ingredients": [_ingredient(each) for each in name.ingredients],
        "form": name.form,
        "release": name.release,
        "route": name.route,
        "brand": name.brand,
        "qualifiers": list(name.qualifiers),
        "hours": _number(name.hours),
        "volume_ml": _number(name.volume_ml),
        "actuations": _number(name.actuations),
    }


def _number(value: Any) -> Any:
    return None if value is None else json_number(value)


def _ingredient(found: NamedIngredient) -> Document:
    strength = found.strength
    return {
        "name": found.name,
        "salt": found.salt or None,
        "strength": json_number(strength.value) if strength else None,
        "unit": strength.unit if strength else None,
        "role": found.role.value,
    }


def _item(found: PackItem) -> Document:
    return {"count": json_number(found.count), "name": found.name.text, **_parts(found.name)}


def _product(meant: NamedProduct) -> Document | None:
    product = meant.product
    if product is None:
        return None if not meant.problems else {**_NOTHING, "problems": [problem(each) for each in meant.problems]}
    return {
        "product": product.listed,
        "rxcui": product.rxcui,
        "form": product.form,
        "route": product.route,
        "release": product.release,
        "per": product.unit.value if product.unit else None,
        "ingredients": [_component(each) for each in product.components],
        "problems": [problem(each) for each in meant.problems],
    }


_NOTHING: Document = {
    "product": None,
    "rxcui": None,
    "form": None,
    "route": None,
    "release": None,
    "per": None,
    "ingredients": [],
}


def _component(found: Component) -> Document:
    return {
        "name": found.ingredient,
        "salt": found.salt or None,
        "strength": str(found.strength) if found.strength else None,
        "role": found.role.value,
    }


# --- for people ---------------------------------------------------------------------------------------------------


def text(found: TakenApart) -> str:
    """The name, part by part, for a terminal."""
    name, meant = found.name, found.meant
    lines = [plain(name.text, 200), *(f"  {line}" for line in _lines(name))]
    for item in name.pack:
        lines.append(f"  {decimal_text(item.count)} x {plain(item.name.text, 150)}")
        lines += [f"    {line}" for line in _lines(item.name)]
    if meant.product is not None:
        lines.append(f"  understood as: {_understood(meant.product)}")
    lines += [f"  not understood [{each.code}]: {each.text}" for each in name.problems]
    said = {(each.code, each.text) for each in name.problems}
    lines += [f"  [{each.code}] {each.text}" for each in meant.problems if (each.code, each.text) not in said]
    lines += [f"  note [{each.code}]: {each.text}" for each in meant.cautions]
    return "\n".join(lines) + "\n"


def _lines(name: RxNormName) -> list[str]:
    lines = []
    for each in () if name.pack else name.ingredients:
        role = "" if each.role.value == "active" else f" ({each.role.value})"
        lines.append(f"{each.substance}: {each.strength or 'no strength stated'}{role}")
    for label, value in (
        ("dose form", name.form),
        ("release", name.release),
        ("route", name.route),
        ("brand", name.brand),
        ("kind", ", ".join(name.qualifiers)),
        ("made for", f"{decimal_text(name.hours)} h (not how often it is taken)" if name.hours else None),
        ("container", f"{decimal_text(name.volume_ml)} mL" if name.volume_ml else None),
        ("container", f"{decimal_text(name.actuations)} actuations" if name.actuations else None),
    ):
        if value:
            lines.append(f"{label}: {plain(value, 100)}")
    return lines


def _understood(product: Product) -> str:
    if product.listed is not None:
        return f"{product.listed}{f' (RxCUI {product.rxcui})' if product.rxcui else ''}"
    parts = [" ".join(filter(None, (c.ingredient, str(c.strength or "")))) for c in product.components]
    shape = " ".join(filter(None, (product.release if product.release != "IR" else None, product.form)))
    return f"{' / '.join(parts)} {shape}".rstrip() + ", not one of our listed products"


def rows(name: RxNormName) -> list[list[str]]:
    """One row per ingredient, for packs one per ingredient of each item."""
    if name.pack:
        return [
            [*row[:7], name.brand or row[7], decimal_text(item.count)] for item in name.pack for row in rows(item.name)
        ]
    return [
        [
            each.name,
            each.salt,
            decimal_text(each.strength.value) if each.strength else "",
            each.strength.unit if each.strength else "",
            each.role.value,
            name.form or "",
            name.release or "",
            name.brand or "",
            "",
        ]
        for each in name.ingredients
    ]


def csv_rows(found: TakenApart) -> str:
    """The rows as CSV."""
    return csv_text(_HEADER, _mapped(rows(found.name), cell))


def markdown_text(found: TakenApart) -> str:
    """The rows as a markdown table."""
    return markdown_table(_HEADER, _mapped(rows(found.name), markdown))


def _mapped(found: Sequence[Sequence[str]], how: Any) -> list[list[str]]:
    return [[how(value) for value in row] for row in found]
