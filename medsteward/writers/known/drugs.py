"""What is known of drugs: text, markdown, rows and documents."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.advice.case.lookup import About, product_count
from medsteward.model.drug import Combination, Drug, ListedProduct
from medsteward.version import __version__
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table, plain
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import problem
from medsteward.writers.shared.screen import fitted, folded
from medsteward.writers.shared.text_table import text_table, that_fits

SCHEMA = "medsteward.drugs/1"
_LIST_HEADER = ("drug", "class", "schedule", "mechanisms", "products")
PRODUCT_HEADER = ("product", "brands", "route", "splittable", "interval, h", "schedule", "rxcui", "standing")


def list_rows(found: Sequence[Drug]) -> list[list[str]]:
    """One row per drug."""
    return [[d.name, d.drug_class.value, d.schedule, "; ".join(d.mechanisms), str(product_count(d))] for d in found]


def list_text(found: Sequence[Drug]) -> str:
    """Drugs as a table for a terminal."""
    rows = [[plain(each, 48) for each in row] for row in list_rows(found)]
    return text_table(_LIST_HEADER, rows) + "\n"


def list_markdown(found: Sequence[Drug]) -> str:
    """Drugs as a markdown table."""
    return markdown_table(_LIST_HEADER, [[markdown(each) for each in row] for row in list_rows(found)])


def list_csv(found: Sequence[Drug]) -> str:
    """Drugs as CSV."""
    return csv_text(_LIST_HEADER, [[cell(each) for each in row] for row in list_rows(found)])


def list_document(found: Sequence[Drug]) -> Document:
    """Drugs as a document."""
    return {"schema": SCHEMA, "medsteward": __version__, "drugs": [drug(each) for each in found]}


def product_rows(products: Sequence[ListedProduct]) -> list[list[str]]:
    """One row per listed product."""
    return [
        [
            str(p.product.listed),
            "; ".join(p.brands),
            p.product.route or "",
            p.splittable,
            p.interval,
            p.schedule,
            p.product.rxcui or "",
            p.standing.words,
        ]
        for p in products
    ]


def about_text(found: About) -> str:
    """What is known of a name, for a terminal."""
    parts: list[str] = []
    for combination in found.combinations:
        parts.append(_combination_line(combination))
    for each in found.drugs:
        parts += [each.name, *(folded(line) for line in _facts(each))]
    if found.look_alikes:
        parts.append(f"Easily mistaken for: {', '.join(found.look_alikes)}")
    if found.products:
        shown = zip(found.products, product_rows(found.products), strict=True)
        rows = [[*row[:-1], each.standing.value] for each, row in shown]
        joined = [[f"{name} ({brands})" if brands else name, *others] for name, brands, *others in rows]
        first, second, *names = PRODUCT_HEADER
        parts += ["", that_fits((PRODUCT_HEADER, rows), ((f"{first} ({second})", *names), joined))]
        parts += [
            "",
            "Splitting, intervals, brands and schedules need a second source; unknown counts as not splittable.",
        ]
    return fitted("\n".join(parts)) + "\n"


def about_markdown(found: About) -> str:
    """What is known of a name, as markdown."""
    parts = [markdown(_combination_line(each)) for each in found.combinations]
    for each in found.drugs:
        parts += [f"## {markdown(each.name)}", "", *(f"- {markdown(line)}" for line in _facts(each)), ""]
    if found.products:
        rows = [[markdown(value) for value in row] for row in product_rows(found.products)]
        parts.append(markdown_table(PRODUCT_HEADER, rows))
    return "\n".join(parts) + "\n"


def about_csv(found: About) -> str:
    """The products of a name as CSV, or its drugs where it has none."""
    if not found.products:
        return list_csv(found.drugs)
    return csv_text(PRODUCT_HEADER, [[cell(value) for value in row] for row in product_rows(found.products)])


def about_document(found: About) -> Document:
    """What is known of a name, as a document."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "asked": found.asked,
        "drugs": [drug(each) for each in found.drugs],
        "combinations": [
            {
                "brand": each.brand,
                "ingredients": list(each.ingredients),
                "release": each.release,
                "standing": each.standing.value,
            }
            for each in found.combinations
        ],
        "products": [_product(each) for each in found.products],
        "look_alikes": list(found.look_alikes),
        "problems": [problem(found.problem)] if found.problem else [],
        "warnings": [],
    }


def drug(found: Drug) -> Document:
    """A drug as a document."""
    return {
        "name": found.name,
        "class": found.drug_class.value,
        "mechanisms": list(found.mechanisms),
        "synonyms": list(found.synonyms),
        "brands": list(found.brands),
        "salts": list(found.salts),
        "schedule": found.schedule or None,
        "rxcui": found.rxcui or None,
        "route_scope": found.route_scope,
        "standing": {
            "codes": found.identifiers.value,
            "class_and_mechanism": found.clinical.value,
            "names": "recalled",
        },
        "sources": list(found.sources),
    }


def _product(found: ListedProduct) -> Document:
    product = found.product
    return {
        "product": product.listed,
        "ingredients": [
            {
                "name": c.ingredient,
                "salt": c.salt or None,
                "strength": str(c.strength) if c.strength is not None else None,
                "role": c.role.value,
            }
            for c in product.components
        ],
        "form": product.form,
        "route": product.route,
        "release": product.release,
        "brands": list(found.brands),
        "splittable": found.splittable,
        "interval_h": found.interval or None,
        "schedule": found.schedule or None,
        "rxcui": product.rxcui,
        "standing": found.standing.value,
        "source": found.source,
        "note": found.note or None,
    }


def _combination_line(found: Combination) -> str:
    return f"{found.brand} = {' + '.join(found.ingredients)} ({found.standing.words})"


def _facts(found: Drug) -> list[str]:
    lines = [f"class: {found.drug_class.value} ({found.clinical.words})"]
    for name, values in (
        ("mechanisms", found.mechanisms),
        ("also called", found.synonyms),
        ("brands", found.brands),
        ("salts", found.salts),
    ):
        if values:
            lines.append(f"{name}: {'; '.join(values)}")
    lines.append(f"schedule: {found.schedule or 'none stated'}")
    if found.rxcui:
        lines.append(f"RxNorm ingredient: {found.rxcui}")
    if found.route_scope != "systemic":
        lines.append(f"applies to: {found.route_scope}")
    return lines
