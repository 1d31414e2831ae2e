"""The check of whole cases: what is said, what is not, and what else the answer carries."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from medsteward.advice.case.check import check_case
from medsteward.interactions.check import check
from medsteward.interactions.rule import Severity
from medsteward.model.acknowledgement import Reason
from medsteward.readers.case.table import read_case
from medsteward.tables.load import factor_table
from medsteward.writers.check import document as check_json
from medsteward.writers.check import table as check_table
from tests.spec.check_language import case_of, checked

STACK = {
    "as_of": "2026-01-25",
    "patient": {"age": 71, "conditions": ["sleep apnea"]},
    "medications": [
        {"sig": "oxycodone 5 mg tablet, 1 tablet tid", "start": "2026-01-05", "days_supply": 30},
        {"sig": "alprazolam 0.5 mg tablet, 1 tablet bid", "start": "2026-01-20", "days_supply": 30},
        {"sig": "zolpidem 10 mg nightly"},
        {"sig": "gabapentin 600 mg tid"},
    ],
}


def rules_of(report):
    return [finding.id for finding in report.findings]


def test_a_stack_of_sedatives_is_one_finding_with_its_days():
    report = check(read_case(STACK, as_of=date(2026, 1, 25)))
    stacks = [f for f in report.findings if f.hazard.value == "slowed breathing and sedation" and len(f.drugs) > 1]
    assert [f.id for f in stacks] == ["DDI-001"]
    (stack,) = stacks
    assert set(stack.drugs) == {"oxycodone", "alprazolam", "zolpidem", "gabapentin"}
    (overlap,) = stack.overlaps
    assert set(overlap.drugs) == {"oxycodone", "alprazolam"}
    assert (overlap.first_day, overlap.last_day, overlap.days) == (date(2026, 1, 20), date(2026, 2, 3), 15)
    assert set(stack.undated) == {"zolpidem", "gabapentin"}
    assert set(report.undated) == {"zolpidem", "gabapentin"}
    assert {"DDI-002", "DDI-003", "DDC-234", "DDC-235", "DDC-236"} <= set(stack.absorbed)
    assert stack.title == "oxycodone with alprazolam (benzodiazepine); also zolpidem, gabapentin"
    assert "GAP-001" in rules_of(report)


def test_dated_overlaps_do_not_depend_on_the_day_asked_about():
    days = ("2025-06-01", "2026-01-25", "2026-06-01")
    cases = [read_case({**STACK, "as_of": day}, as_of=date(2026, 1, 25)) for day in days]
    dated = [{o for f in check(case).findings for o in f.overlaps} for case in cases]
    assert dated[0] == dated[1] == dated[2] != set()


def test_suboxone_with_lorazepam_is_not_withheld():
    report = checked("Suboxone 8/2 daily for opioid use disorder + lorazepam 1 mg bid from 2026-03-01")
    (finding,) = [f for f in report.findings if f.id == "DDI-001"]
    assert "do not withhold or taper it" in finding.consider
    assert "tapering the opioid first" not in finding.consider
    assert "Avoid the pair" not in finding.consider
    assert not any(finding.hazard.value == "precipitated withdrawal" for finding in report.findings)
    assert [finding.id for finding in report.safeguards] == ["DDI-039"]


@pytest.mark.parametrize("text", ["Suboxone", "Talwin NX", "Embeda", "oxycodone + Narcan", "Zubsolv + Narcan"])
def test_a_deterrent_or_rescue_antagonist_raises_no_alarm(text):
    assert not any(finding.hazard.value == "precipitated withdrawal" for finding in checked(text).findings)


@pytest.mark.parametrize("text", ["oxycodone + Contrave", "oxycodone + Lybalvi", "oxycodone + naltrexone"])
def test_an_active_antagonist_does(text):
    first = checked(text).findings[0]
    assert first.severity is Severity.CONTRAINDICATED
    assert "is not stopped suddenly" in first.consider


def test_the_washout_says_until_when():
    report = checked("phenelzine to 2026-03-01 + meperidine from 2026-03-04")
    first = report.findings[0]
    assert first.severity is Severity.CONTRAINDICATED
    (overlap,) = first.overlaps
    assert (overlap.first_day, overlap.last_day, overlap.days) == (date(2026, 3, 4), date(2026, 3, 15), 12)
    assert first.washouts[0].until == date(2026, 3, 15)
    assert "2026-03-15" in first.because


def test_tramadol_with_paroxetine_has_one_finding_for_each_hazard():
    report = checked("tramadol + paroxetine")
    assert {"DDI-057", "DDI-096"} <= set(rules_of(report))
    hazards = [finding.hazard for finding in report.findings]
    assert len(hazards) == len(set(hazards))


def test_an_unknown_drug_is_a_problem_and_never_an_empty_answer():
    report = check(read_case({"medications": [{"sig": "oxycodone"}, {"sig": "lorazapam"}]}, as_of=date(2026, 3, 4)))
    assert report.exit_code == 3
    assert "lorazepam" in report.problems[0].suggestions
    assert report.not_understood == ("lorazapam",)
    text = check_table.text(report)
    assert text.startswith("NOT CHECKED, as not understood: lorazapam")
    assert "no interaction" not in text.casefold()


def test_an_unknown_condition_is_a_problem():
    table = {"patient": {"conditions": ["slep apnea"]}, "medications": [{"sig": "oxycodone"}]}
    report = check(read_case(table, as_of=date(2026, 3, 4)))
    assert report.exit_code == 3
    assert "sleep apnea" in report.problems[0].suggestions


def test_a_drug_alone_is_enough():
    assert check(read_case({"medications": [{"sig": "oxycodone"}]}, as_of=date(2026, 3, 4))).exit_code == 0


@pytest.mark.parametrize("text", ["diclofenac", "fentanyl"])
def test_a_form_that_is_not_stated_is_said(text):
    report = checked(text)
    assert [caution.code for caution in report.cautions] == ["CHECK-101"]


def test_reasons_go_by_their_codes():
    assert Reason.named("will-monitor") is Reason.WILL_MONITOR
    assert all(Reason.named(reason.code) is reason for reason in Reason)
    assert Reason.named("because") is None


def test_refills_are_one_stretch_of_days():
    months = ((1, 31), (2, 28), (3, 31))
    fills = " + ".join(f"oxycodone 5 mg tid from 2026-0{m}-01 to 2026-0{m}-{d}" for m, d in months)
    report = checked(f"{fills} + lorazepam from 2026-01-15 to 2026-03-10")
    (finding,) = [f for f in report.findings if f.id == "DDI-001"]
    (overlap,) = finding.overlaps
    assert (overlap.first_day, overlap.last_day, overlap.days) == (date(2026, 1, 15), date(2026, 3, 10), 55)


def test_a_drug_that_ended_meets_no_undated_one():
    assert "DDI-001" not in rules_of(checked("oxycodone from 2025-01-01 to 2025-01-31 + lorazepam"))
    assert "DDI-001" in rules_of(checked("oxycodone from 2026-03-01 to 2026-03-31 + lorazepam"))


def test_an_open_end_has_no_number_of_days():
    report = checked("oxycodone from 2026-01-01 + lorazepam from 2026-02-01")
    (finding,) = [f for f in report.findings if f.id == "DDI-001"]
    (overlap,) = finding.overlaps
    assert (overlap.first_day, overlap.last_day, overlap.days) == (date(2026, 2, 1), None, None)


def test_facts_that_would_decide_are_listed():
    report = checked("oxycodone + gabapentin")
    assert {unknown.fact for unknown in report.unknown} >= {"age", "eGFR"}
    assert "DDC-234" in next(unknown.rules for unknown in report.unknown if unknown.fact == "age")


def test_the_day_s_mme_comes_from_outside():
    case = case_of("oxycodone 10 mg tablet, 1 tablet 4 times daily + senna")
    assert rules_of(check(case)) == []
    assert rules_of(check(case, mme=Fraction(49))) == []
    assert rules_of(check_case(case, table=factor_table("cdc_2022"))) == ["GAP-001"]


# --- few and clear ----------------------------------------------------------------------------------------------


def test_text_counts_the_third_tier_and_json_has_it():
    report = checked("oxycodone + citalopram + senna + loratadine")
    assert rules_of(report) == ["DDI-064"]
    assert "DDI-064" not in check_table.text(report)
    assert "And 1 minor" in check_table.text(report)
    assert "DDI-064" in check_table.text(report, everything=True)
    assert [found["rule"] for found in check_json.document(report)["findings"]] == ["DDI-064"]


def test_an_empty_answer_says_what_was_looked_at():
    report = checked("amoxicillin + lisinopril")
    text = check_table.text(report)
    assert f"checked 2 drugs against {report.rules} rules" in text
    assert check_json.document(report)["checked"]["drugs"] == 2


BEFORE = "oxycodone 5 mg tablet, 1 tablet 3 times daily + lorazepam 0.5 mg tablet, 1 tablet daily [age 50]"


def test_only_what_a_change_brings():
    before, after = case_of(BEFORE), case_of(BEFORE.replace(" [", " + sertraline + naproxen tablet ["))
    report = check(after, new_since=before)
    assert "DDI-001" in {finding.id for finding in report.known}
    assert "DDI-121" in rules_of(report)
    assert "DDI-001" not in rules_of(report)
    assert rules_of(check(before, new_since=before)) == []


# --- writers ----------------------------------------------------------------------------------------------------


def test_the_document_has_the_keys_of_the_contract():
    document = check_json.document(check(read_case(STACK, as_of=date(2026, 1, 25))))
    assert document["schema"] == "medsteward.check/1"
    top = {"findings", "acknowledged", "undated", "checked", "problems", "warnings", "not_for", "as_of", "id"}
    assert top <= set(document)
    finding = document["findings"][0]
    assert {
        "rule",
        "name",
        "hazard",
        "severity",
        "tier",
        "drugs",
        "conditions",
        "because",
        "consider",
        "sources",
        "overlaps",
        "undated",
        "absorbed",
    } <= set(finding)
    assert finding["overlaps"][0] == {
        "drugs": ["oxycodone", "alprazolam"],
        "first_day": "2026-01-20",
        "last_day": "2026-02-03",
        "days": 15,
    }
    assert set(finding["sources"][0]) == {"citation", "where", "year", "url", "standing"}
    json.dumps(document, allow_nan=False)


def test_rows_for_a_spreadsheet_are_harmless_and_even():
    import csv
    import io

    table = {"id": "=1+1", "medications": [{"sig": "oxycodone"}, {"sig": "=cmd()"}]}
    report = check(read_case(table, as_of=date(2026, 3, 4)))
    rows = list(csv.reader(io.StringIO(check_table.csv_rows(report, with_header=True))))
    assert {len(row) for row in rows} == {len(check_table.CSV_HEADER)}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_markdown_says_the_same():
    report = check(read_case(STACK, as_of=date(2026, 1, 25)))
    text = check_table.markdown_text(report)
    assert "DDI-001" in text
    assert "**Consider:**" in text
