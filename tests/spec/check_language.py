"""The short language of the check tables: drugs joined by " + ", then facts in brackets.

    oxycodone 5 mg tid from 2026-01-05 to 2026-02-03 + lorazepam [age 70; sleep apnea; egfr 25; naive; mme 60]

A drug is written as on a prescription. ``from`` and ``to`` give its days, ``ended`` how it ended (``taper``,
``suddenly``), ``by A`` its prescriber.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from medsteward.interactions.check import check
from medsteward.interactions.result import CheckReport
from medsteward.model.regimen import Case
from medsteward.readers.case.table import read_case

AS_OF = date(2026, 3, 4)

_FROM = re.compile(r" from (\d{4}-\d\d-\d\d)")
_TO = re.compile(r" to (\d{4}-\d\d-\d\d)")
_ENDED = re.compile(r" ended (taper|suddenly)\b")
_BY = re.compile(r" by ([A-Z])\b")
_NUMBERS = {"egfr": "egfr", "crcl": "crcl", "qtc": "qtc_ms", "weeks": "gestational_weeks", "weight": "weight_kg"}


def table_of(text: str) -> tuple[dict[str, Any], Fraction | None]:
    """A line of a check table as the table of a case, and the day's MME where it is stated."""
    drugs, _, facts = text.strip().removesuffix("]").partition(" [")
    patient: dict[str, Any] = {}
    mme = None
    for fact in filter(None, (each.strip() for each in facts.split(";"))):
        word, _, rest = fact.partition(" ")
        if word == "age":
            patient["age"] = int(rest)
        elif word == "mme":
            mme = Fraction(rest)
        elif word in _NUMBERS:
            patient[_NUMBERS[word]] = Decimal(rest)
        elif word == "child-pugh":
            patient["child_pugh"] = rest
        elif word == "for":
            patient["indication"] = rest
        elif word == "context":
            patient.setdefault("context", []).append(rest)
        elif word == "home":
            patient.setdefault("household", []).append(rest)
        elif fact in ("naive", "tolerant"):
            patient["opioid_tolerant"] = fact == "tolerant"
        elif fact in ("female", "male"):
            patient["sex"] = fact
        elif fact == "pregnant":
            patient["pregnant"] = True
        else:
            patient.setdefault("conditions", []).append(fact)
    return {"patient": patient, "medications": [_medication(each) for each in drugs.split(" + ")]}, mme


def _medication(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, pattern in (("start", _FROM), ("end", _TO), ("ended", _ENDED), ("prescriber", _BY)):
        match = pattern.search(text)
        if match:
            found[key] = match[1]
            text = text.replace(match[0], "", 1)
    return {"sig": text.strip(), **found}


def case_of(text: str, as_of: date = AS_OF) -> Case:
    """The case of a line; a fact or a word that is not understood fails the test that wrote it."""
    table, _ = table_of(text)
    return read_case(table, as_of=as_of)


def checked(text: str, as_of: date = AS_OF) -> CheckReport:
    """The check of a line."""
    table, mme = table_of(text)
    return check(read_case(table, as_of=as_of), mme=mme)


def told(report: CheckReport) -> set[str]:
    """The rules found, those taken in by others and safeguards included."""
    return {rule for finding in (*report.findings, *report.safeguards) for rule in (finding.id, *finding.absorbed)}
