"""Doses against the dose limits: a table that a pharmacist can read and correct."""

from __future__ import annotations

import pytest

from tests.spec.check_language import checked
from tests.spec.test_check_cases import cells, lines

CASES = [cells(line) for line in lines("dose_cases.txt")]
OF_DOSES = ("HAZ-350", "HAZ-351", "HAZ-358")
INFO = 3


@pytest.mark.parametrize(("regimen", "expected"), CASES, ids=[row[0] for row in CASES])
def test_a_dose_is_held_against_its_limits(regimen, expected):
    """Rows of less weight than a finding that is shown (tier 3) count as nothing here."""
    found = {f.id: f for f in checked(regimen).findings if f.id in OF_DOSES and f.tier < INFO}
    if expected == "nothing":
        assert {id_: f.because for id_, f in found.items()} == {}
        return
    rule, _, grade = expected.partition(" ")
    severity, _, tier = grade.partition("/")
    assert rule in found, sorted(found)
    assert found[rule].severity.words == severity
    assert not tier or found[rule].tier == int(tier)
