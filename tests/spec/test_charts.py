"""Charts of a pain clinic, a surgical ward, a hospice and others, each with what a careful pharmacist would name.

A line says which drugs must stand in one finding, how severe it must be at least, and words that it must say.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from medsteward.advice.case.check import check_case
from medsteward.interactions.rule import Severity
from medsteward.tables.load import factor_table
from tests.spec.check_language import case_of

AS_OF = date(2026, 6, 1)
TABLE = factor_table("cdc_2022")
LINES = [
    [cell.strip() for cell in line.split(" | ")]
    for line in Path(__file__).with_name("charts.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def checked(regimen):
    return check_case(case_of(regimen, as_of=AS_OF), table=TABLE)


def said(finding):
    return " ".join([finding.hazard.value, finding.title, finding.because, finding.consider]).casefold()


def expected(cell):
    for each in cell.split(" ; "):
        drugs, _, rest = each.partition(": ")
        severity, _, words = rest.partition(", ")
        yield set(drugs.split(", ")), Severity[severity.upper()], words


def test_there_are_forty():
    assert len({name for name, _, _ in LINES}) == len(LINES) == 40


@pytest.mark.parametrize(("name", "regimen", "cell"), LINES, ids=[name for name, _, _ in LINES])
def test_what_a_pharmacist_would_name_is_found(name, regimen, cell):
    findings = checked(regimen).findings
    if cell == "nothing":
        assert [finding.id for finding in findings if finding.severity > Severity.MINOR] == []
        return
    for drugs, least, words in expected(cell):
        about = [finding for finding in findings if drugs <= set(finding.drugs) and finding.severity >= least]
        assert [finding.id for finding in about if re.search(words, said(finding))], (drugs, least.words, words)
