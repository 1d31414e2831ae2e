"""Screen 8: a drug with its factors in every table and its dose limits, or a rule, each with its standing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from medsteward.advice.case.dose_lookup import limits_of
from medsteward.advice.case.lookup import about
from medsteward.interactions.check import rules
from medsteward.page.answer import Answer
from medsteward.page.form import SentForm
from medsteward.page.view import page
from medsteward.tables.load import factor_table, table_ids
from medsteward.writers.known.doses import HEADER, limit_row
from medsteward.writers.known.drugs import PRODUCT_HEADER, about_text, product_rows
from medsteward.writers.known.tables import factor_rows
from medsteward.writers.shared.cells import plain

MAX_ASKED = 80


@frozen
class FactorRow:
    """One factor of one table, and whether the table is in use."""

    table: str
    publisher: str
    status: str
    cells: tuple[str, ...]


def look_up(form: SentForm, today: date) -> Answer:
    """What is known under a name, or of a rule by its id."""
    if form.has("pick"):
        form = form.with_(q=form.text("pick"), pick="")
    asked = form.text("q")[:MAX_ASKED]
    rule = next((each for each in rules() if each.id == asked.upper().replace(" ", "")), None)
    found = None if not asked or rule is not None else about(asked)
    limits = None if found is None or not found.drugs else limits_of(asked)
    names = frozenset() if found is None else frozenset(each.name for each in found.drugs)
    return page(
        "look-up",
        {
            "form": form,
            "asked": asked,
            "rule": rule,
            "said": "" if found is None or not found.drugs else about_text(found).partition("\n\n")[0],
            "product_header": PRODUCT_HEADER,
            "products": () if found is None else product_rows(found.products),
            "problem": "" if found is None or found.problem is None else plain(found.problem.text),
            "suggestions": () if found is None or found.problem is None else found.problem.suggestions,
            "factors": tuple(_factors(names)),
            "limits_header": HEADER,
            "limits": () if limits is None else tuple(limit_row(each) for each in limits.limits),
        },
    )


def _factors(names: frozenset[str]) -> Iterator[FactorRow]:
    for name in table_ids():
        table = factor_table(name)
        for row in factor_rows(table):
            if row[0] in names:
                yield FactorRow(table.id, table.publisher, str(table.status), tuple(row))
