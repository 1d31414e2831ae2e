"""The files of a run: found, told apart by how they are laid out, and looked at by the reader of ``fills``."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.readers.fills.cells import Habits
from medsteward.readers.fills.header import Header

KEY = "patient_key"
ASKED = ("asked_1", "asked_2", "asked_3", "asked_4")
"""What a layout asks of each row besides our columns."""
DECIDING = (
    *ASKED,
    "drug_name",
    "strength",
    "strength_unit",
    "form",
    "route",
    "rxcui",
    "ndc",
    "quantity",
    "quantity_unit",
    "days_supply",
    "treatment_type",
    "animal_name",
    "species",
    "hospice",
    "cancer",
    "sickle_cell",
    "palliative",
)
"""Columns that decide what a row comes to, whoever's it is and whenever it was filled."""
FILLED, SOLD = "filled_date", "sold_date"
PERSON = ("birth_date", "age")
KEYS = ("prescriber_key", "pharmacy_key")
COLUMNS = (KEY, *DECIDING, FILLED, SOLD, *PERSON, *KEYS, "reported_mme")
"""Every column that a run reads. A reported MME is only looked at for how the file writes its decimals."""


@frozen
class RecordFiles:
    """Files that are written alike: the same header, delimiter and kind.

    ``number`` tells them from others of the run. ``names`` are the columns as the files have them, in order.
    """

    number: int
    paths: tuple[str, ...]
    is_parquet: bool
    header: Header
    names: tuple[str, ...]
    delimiter: str = ","

    def has(self, column: str) -> bool:
        """Whether the files have one of our columns."""
        return column in self.header.at


@frozen
class Looked:
    """Files with how they write their days and numbers, which all rows were asked for."""

    files: RecordFiles
    habits: Habits


def columns_of(files: Sequence[RecordFiles]) -> tuple[str, ...]:
    """The columns that a run reads and any of the files has."""
    return tuple(column for column in COLUMNS if any(each.has(column) for each in files))
