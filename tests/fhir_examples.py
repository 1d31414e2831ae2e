"""HL7's own examples of FHIR R4, from npm: every order in them is read, or named with the reason why it is not.

Run by ``make fhir-examples``, which fetches the package. It is held to the hash below, read where it lies, and kept
nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from medsteward.advice.case.mme import mme_per_day
from medsteward.model.regimen import Case
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.readers.fhir.status import TYPES
from medsteward.tables.load import factor_table

PACKAGE = "hl7.fhir.r4.examples@4.0.1"
INTEGRITY = "sha512-DXBdIZOeQaSKIgCU7w6HOC7sw/6BzylmipLkBW4f//pT+Bc94x+8LImwTdvaNThPJoOzpBzvxAzNqjeu3X/zLw=="
LARGEST = 1_000_000
"""Bytes of a file; larger ones are Bundles of definitions."""
ORDERS, READ = 92, 31
"""How many orders the package holds, and how many of them were read when this was written: never fewer."""
AS_OF = date(2015, 6, 1)
"""A day in the years of the examples."""


def resources(package: Path) -> Iterator[dict[str, Any]]:
    """Every resource of the package but definitions. Refuses (``SystemExit``) a file of another hash."""
    found = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if f"sha512-{found}" != INTEGRITY:
        raise SystemExit(f"{package} is not {PACKAGE}: its hash differs")
    with tarfile.open(package) as tar:
        for member in tar:
            if not member.isfile() or not member.name.endswith(".json") or member.size > LARGEST:
                continue
            file = tar.extractfile(member)
            assert file is not None
            resource = json.loads(file.read(), parse_float=Decimal)
            if isinstance(resource, dict) and "resourceType" in resource:
                yield resource


def orders_in(resource: Any) -> int:
    """How many medication resources there are in one, itself or in the entries of a Bundle."""
    if resource.get("resourceType") in TYPES:
        return 1
    entries = resource.get("entry") if resource.get("resourceType") == "Bundle" else None
    inner = [each.get("resource") for each in entries or () if isinstance(each, dict)]
    return sum(orders_in(each) for each in inner if isinstance(each, dict))


def became(resource: dict[str, Any]) -> str:
    """What became of a medication resource by itself: read, named with a problem, or left out with a reason."""
    (case,) = ResourceReader().read(resource, as_of=AS_OF)
    if any(line.problems for line in case.lines) or case.problems:
        return "named with a problem"
    if case.lines:
        return "read"
    return "left out with a reason" if case.cautions else "lost"


def counts(found: Iterator[dict[str, Any]]) -> Counter[str]:
    """What became of every order, and how many Bundles were answered."""
    kept: Counter[str] = Counter()
    for resource in found:
        kind = resource["resourceType"]
        if kind in TYPES:
            kept["orders"] += 1
            kept[became(resource)] += 1
        elif kind == "Bundle" and orders_in(resource):
            kept["bundles"] += 1
            for case in ResourceReader().read(resource, as_of=AS_OF):
                answered(case)
    return kept


def answered(case: Case) -> None:
    """A case is counted without a defect, and one that is not whole says so."""
    report = mme_per_day(case, table=factor_table("cdc_2022"))
    assert report.problems or not case.unread


def main(path: str) -> None:
    """Count, and hold the counts against one another: orders are read, named or left out with a reason."""
    kept = counts(resources(Path(path)))
    print(f"{PACKAGE}: " + ", ".join(f"{number} {what}" for what, number in kept.items()))
    assert kept["orders"] == ORDERS, "the package holds another number of orders than it did"
    assert kept["read"] >= READ, "fewer orders are read than before"
    assert not kept["lost"], "an order was lost silently"
    assert kept["orders"] == kept["read"] + kept["named with a problem"] + kept["left out with a reason"]


if __name__ == "__main__":
    main(sys.argv[1])
