"""Rates of findings over a population: ``medsteward.population_check/1``, and lines for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction

from medsteward.advice.population.rates import CheckedPopulation
from medsteward.interactions.check import rules
from medsteward.model.number import decimal_text
from medsteward.version import __version__
from medsteward.writers.shared.json_text import Document

SCHEMA = "medsteward.population_check/1"
_SHOWN = 12


def rates_text(found: CheckedPopulation) -> str:
    """The rates as text."""
    return json.dumps(rates_document(found), ensure_ascii=False, indent=2) + "\n"


def rates_document(found: CheckedPopulation) -> Document:
    """The rates as plain data."""
    names = {each.id: each.name for each in rules()}
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "as_of": found.as_of.isoformat(),
        "table": {"id": found.table.id, "digest": found.table.digest},
        "patients": found.patients,
        "patients_incomplete": found.incomplete,
        "rows_of_no_patient": found.rows_of_no_patient,
        "findings": found.findings,
        "rules": [
            {
                "rule": each.rule,
                "name": names[each.rule],
                "severity": each.severity,
                "tier": each.tier,
                "patients": each.patients,
            }
            for each in found.rates
        ],
    }


def rate_lines(found: CheckedPopulation) -> Iterator[str]:
    """The rules that most patients meet."""
    incomplete = f"{found.incomplete:,} patients not understood whole"
    yield f"{found.patients:,} patients, {found.findings:,} findings; {incomplete}"
    if found.rows_of_no_patient:
        yield f"{found.rows_of_no_patient:,} rows belong to no patient, so nobody was checked for them"
    names = {each.id: each.name for each in rules()}
    for each in sorted(found.rates, key=lambda rate: (-rate.patients, rate.rule))[:_SHOWN]:
        share = decimal_text(Fraction(100 * each.patients, found.patients), 1)
        name = names[each.rule]
        yield f"  {each.rule} {each.severity}, tier {each.tier}: {each.patients:,} patients ({share} of 100): {name}"
