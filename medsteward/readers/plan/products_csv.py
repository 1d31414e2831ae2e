"""A file of products that can be had: what a plan is made of in place of the listed ones."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import IO

from medsteward.drugs.index import drug_named
from medsteward.errors import MedstewardError, UnreadableInput
from medsteward.model.amount import Amount
from medsteward.model.labels import label_volume
from medsteward.model.unit import Unit
from medsteward.readers.case.files import decoded
from medsteward.readers.shared.kinds import HEAD, PRODUCTS_FILE, refuse_other
from medsteward.schedules.supply import OwnProduct
from medsteward.units import amount, unit_named

COLUMNS = (
    "ingredient",
    "route",
    "form",
    "release",
    "strength_value",
    "strength_unit",
    "per_unit",
    "scored_or_splittable",
)
MAX_BYTES = 1_000_000
MAX_ROWS = 2000
_SPLIT = ("yes", "no", "unknown")
_RELEASES = ("IR", "ER")


def read_products(path: str, stdin: IO[bytes] | None = None) -> tuple[OwnProduct, ...]:
    """The products of a CSV file, or of standard input for ``-``: the columns ``COLUMNS``, in any order.

    Other columns are not looked at. Refuses (``UnreadableInput``, with the row) what is missing, too large, or not
    understood: a plan out of half of the products would be another plan.
    """
    try:
        with Path(path).open("rb") if path != "-" or stdin is None else stdin as stream:
            data = stream.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise UnreadableInput(path, "this is a folder; give a CSV file") from None
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None
    refuse_other(data[:HEAD], path, PRODUCTS_FILE)
    if len(data) > MAX_BYTES:
        raise UnreadableInput(path, f"a file of products has at most {MAX_BYTES:,} bytes")
    try:
        rows = list(csv.DictReader(io.StringIO(decoded(data, path), newline=""), strict=True))
    except csv.Error as error:
        raise UnreadableInput(path, f"it is not a CSV file: {error}") from None
    if not rows:
        raise UnreadableInput(path, "it holds no product; see `medsteward template products`")
    if len(rows) > MAX_ROWS:
        raise UnreadableInput(path, f"it has {len(rows):,} rows; at most {MAX_ROWS:,} are read")
    lacking = [column for column in COLUMNS if column not in rows[0]]
    if lacking:
        raise UnreadableInput(path, f"the column {lacking[0]} is missing; see `medsteward template products`")
    return tuple(_product(row, f"{path} row {number}") for number, row in enumerate(rows, start=2))


def _product(row: dict[str, str | None], where: str) -> OwnProduct:
    value = {column: (row[column] or "").strip() for column in COLUMNS}
    if None in row:
        raise UnreadableInput(where, "it has more fields than columns")
    drug = drug_named(value["ingredient"].casefold())
    if drug is None:
        raise UnreadableInput(where, f'ingredient "{value["ingredient"][:40]}" is not known')
    release = value["release"].upper() or "IR"
    if release not in _RELEASES:
        raise UnreadableInput(where, f'release "{value["release"][:20]}" is IR or ER')
    split = value["scored_or_splittable"].casefold() or "unknown"
    if split not in _SPLIT:
        raise UnreadableInput(where, f"scored_or_splittable is {', '.join(_SPLIT)}")
    if not value["form"] or not value["route"]:
        raise UnreadableInput(where, "route and form are needed, as in oral,tablet")
    strength, unit = _strength(value, where)
    route, form = value["route"].casefold(), value["form"].casefold()
    per_ml = label_volume(f"{value['strength_value']} {value['strength_unit']}") if unit is Unit.ML else Fraction(1)
    return OwnProduct(drug.name, route, form, release, strength, unit, split, per_ml)


def _strength(value: dict[str, str], where: str) -> tuple[Amount, Unit]:
    try:
        strength = amount(f"{value['strength_value']} {value['strength_unit']}")
        unit = unit_named(value["per_unit"])
    except MedstewardError as error:
        raise UnreadableInput(where, str(error)) from None
    if not strength.value:
        raise UnreadableInput(where, "a strength is more than 0")
    if not unit.is_count and unit is not Unit.ML:
        raise UnreadableInput(where, f"per_unit is what the strength is in, as in tablet or mL, not {unit.value}")
    return strength, unit
