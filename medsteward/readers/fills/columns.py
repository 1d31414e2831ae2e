"""The columns of dispensing records that we know, and the headers that each goes by: a table that anyone can add to."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from medsteward.caches import made_once

_FILE = Path(__file__).with_name("headers.csv")

NOT_KEPT = "not_kept"
"""Columns that name people: never read, never passed through."""

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "patient_key": "any opaque key, never a name",
        "filled_date": "the day of filling; supply is counted from it",
        "sold_date": "the day of sale, used where the day of filling is empty",
        "written_date": "the day of writing",
        "drug_name": "drug or product in words",
        "strength": "strength of one unit",
        "strength_unit": "its unit, where the strength is a number alone",
        "form": "dose form",
        "route": "route",
        "rxcui": "RxNorm code",
        "ndc": "NDC",
        "quantity": "quantity dispensed",
        "quantity_unit": "each, mL, g or bottle",
        "days_supply": "days' supply",
        "prescriber_key": "opaque key of the prescriber",
        "pharmacy_key": "opaque key of the pharmacy",
        "treatment_type": "what it is for, in words",
        "hospice": "yes or no",
        "cancer": "yes or no",
        "sickle_cell": "yes or no",
        "palliative": "yes or no",
        "reported_mme": "the MME a day that the record states; compared, never used",
        "birth_date": "day of birth, for measures of adults",
        "age": "age in years, for measures of adults",
        "animal_name": "rows with one are of animals",
        "species": "human, or the animal",
        "rx_number": "number of the prescription",
        "refill_number": "number of the refill",
        "sig": "directions; not used",
        "payer": "payer; not used",
    }
)
"""Every column of ours, and what it holds."""


@made_once
def aliases() -> Mapping[str, str]:
    """Our name of a column by each header it goes by, in the plain form of ``plain``."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {plain(row["header"]): row["column"] for row in csv.DictReader(file)}


def plain(header: str) -> str:
    """A header in lower case, anything but letters and digits turned into single underscores."""
    return re.sub(r"[^a-z0-9]+", "_", header.strip().casefold()).strip("_")
