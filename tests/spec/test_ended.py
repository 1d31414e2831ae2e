"""What has ended still counts for a while: the opioid level moves, and a sudden end of a sedative is a danger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.interactions.result import CheckReport
from medsteward.model.regimen import HowEnded
from medsteward.readers.case.table import read_case
from medsteward.writers.case.document import case_document
from tests.counts import examples
from tests.spec.check_language import checked, told

DAY = date(2026, 3, 4)
OPIOID = "oxycodone ER 40 mg tablet, 1 tablet every 12 hours"


def ended(drug: str, days: int) -> str:
    return f"{drug} to {DAY - timedelta(days=days)}"


def found(report: CheckReport, rule: str):
    (finding,) = [each for each in report.findings if each.id == rule]
    return finding


@pytest.mark.parametrize(
    ("inducer", "days"),
    [("rifampin", 14), ("carbamazepine", 21), ("phenytoin", 21), ("phenobarbital", 28), ("primidone", 28)],
)
def test_an_inducer_that_ended_counts_for_its_own_days(inducer, days):
    assert "DDI-230" in told(checked(f"{OPIOID} + {ended(inducer, days)}"))
    assert "DDI-230" not in told(checked(f"{OPIOID} + {ended(inducer, days + 1)}"))


@examples(40)
@given(st.integers(1, 40))
def test_an_inhibitor_that_ended_counts_for_a_week(days):
    assert ("DDI-231" in told(checked(f"{OPIOID} + {ended('clarithromycin', days)}"))) is (days <= 7)


def test_the_danger_turns_round_when_the_inducer_ends():
    during = told(checked(f"{OPIOID} + rifampin"))
    after = told(checked(f"{OPIOID} + {ended('rifampin', 5)}"))
    assert "DDI-085" in during - after
    assert "DDI-230" in after - during


def test_an_inducer_that_goes_on_in_another_line_has_not_ended():
    again = f"{OPIOID} + {ended('rifampin', 5)} + rifampin from 2026-02-20"
    assert "DDI-230" not in told(checked(again))


def test_the_finding_says_when_it_ended_and_until_when_it_counts():
    finding = found(checked(f"{OPIOID} + {ended('rifampin', 5)}"), "DDI-230")
    assert "Rifampin ended on 2026-02-27 and counts for 14 days more, until 2026-03-13" in finding.because
    assert finding.drugs == ("oxycodone", "rifampin")


def test_an_opioid_that_ended_too_is_no_longer_in_danger():
    assert "DDI-230" not in told(checked(f"{OPIOID} to 2026-03-01 + {ended('rifampin', 5)}"))


def test_methadone_after_an_inducer_keeps_the_treatment_of_opioid_use_disorder():
    text = f"methadone 60 mg daily for opioid use disorder + {ended('efavirenz', 20)}"
    assert "do not withhold treatment" in found(checked(text), "DDI-230").consider


@pytest.mark.parametrize("sedative", ["clonazepam", "phenobarbital", "lamotrigine", "alcohol"])
def test_bupropion_after_a_sudden_end(sedative):
    assert "DDI-196" in told(checked(f"bupropion + {ended(sedative, 3)} ended suddenly"))
    assert "DDI-196" not in told(checked(f"bupropion + {ended(sedative, 3)} ended taper"))
    assert "DDI-196" not in told(checked(f"bupropion + {ended(sedative, 15)} ended suddenly"))


def test_gabapentin_that_ended_suddenly_is_not_meant():
    assert "DDI-196" not in told(checked(f"bupropion + {ended('gabapentin', 3)} ended suddenly"))


def test_an_end_that_is_not_explained_is_asked_about():
    report = checked(f"bupropion + {ended('clonazepam', 3)}")
    assert "DDI-196" not in told(report)
    assert ("how a medicine ended", ("DDI-196",)) in [(each.fact, each.rules) for each in report.unknown]


def test_alcohol_withdrawal_is_such_an_end():
    assert "DDI-196" in told(checked("bupropion [alcohol withdrawal]"))


def test_how_a_line_ended_is_read_and_written():
    medication = {"sig": "clonazepam 1 mg tablet nightly", "end": "2026-03-01", "ended": "Suddenly"}
    case = read_case({"medications": [medication]}, as_of=DAY)
    assert case.lines[0].ended is HowEnded.SUDDENLY
    assert case_document(case)["medications"][0]["ended"] == "suddenly"


def test_another_word_for_it_is_a_problem():
    case = read_case({"medications": [{"sig": "clonazepam", "end": "2026-03-01", "ended": "badly"}]}, as_of=DAY)
    (problem,) = case.lines[0].problems
    assert problem.code == "CASE-002"
    assert "is taper or suddenly" in problem.text


def test_a_week_of_opioids_is_not_more_than_a_week():
    assert "DDI-242" not in told(checked("alvimopan + oxycodone from 2026-02-25"))
    assert "DDI-242" in told(checked("alvimopan + oxycodone from 2026-02-24"))
    assert "DDI-242" in told(checked("alvimopan + oxycodone"))
