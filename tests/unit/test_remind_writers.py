"""Reminders, scores and matches as documents, text, markdown and CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from medsteward.advice.case.recommendations import recommendations
from medsteward.advice.pain.matching import for_pain
from medsteward.readers.case.table import read_case
from medsteward.reminders.remind import remind
from medsteward.scales.score import score
from medsteward.treatments.pain import PainKind
from medsteward.writers.known import matching_json, matching_table, score_json, score_table
from medsteward.writers.remind import document as remind_json
from medsteward.writers.remind import table as remind_table
from medsteward.writers.shared.json_text import pretty

DAY = date(2026, 1, 25)
CASE = {
    "id": "=1+1",
    "patient": {"age": 71, "conditions": ["sleep apnea"], "household": ["=cmd|' /C calc'!A0"]},
    "medications": [{"sig": "oxycodone 5 mg tid", "start": date(2026, 1, 5), "days_supply": 30}],
    "done": {"pdmp": date(2025, 12, 1), "naloxone_on_hand": True},
}


@pytest.fixture
def case():
    return read_case(CASE, as_of=DAY)


def test_the_document_has_the_keys_of_the_contract(case):
    found = remind_json.document(remind(case))
    assert found["schema"] == "medsteward.remind/1"
    for key in ("medsteward", "id", "as_of", "problems", "warnings", "not_for"):
        assert key in found
    for each in found["reminders"]:
        assert {"kind", "due", "repeat", "done", "because", "consider", "sources"} <= set(each)
        assert each["because"]
        for source in each["sources"]:
            assert set(source) == {"citation", "where", "year", "url", "standing"}
            assert source["standing"] in ("verified", "secondary", "recalled", "ours")
    done = {each["kind"]: each["done"] for each in found["reminders"]}
    assert done["pdmp"] == "2025-12-01"
    assert done["naloxone"] is True
    assert done["agreement"] is None


def test_the_same_case_gives_the_same_bytes(case):
    again = read_case(CASE, as_of=DAY)
    assert pretty(remind_json.document(remind(case))) == pretty(remind_json.document(remind(again)))


def test_text_puts_what_is_overdue_first_and_says_what_is_not_known(case):
    text = remind_table.text(remind(case))
    assert text.index("Bowel regimen\n") < text.index("Agreement\n") < text.index("Naloxone\n")
    assert text.index("Agreement\n") < text.index("Reassessment\n")
    assert "medsteward's own rule" in text
    assert "Not known, and would change an answer" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_points_show_their_standing(case):
    full = remind_table.text(remind(case), everything=True)
    assert "[needs a second source]" in full
    assert "senna: 17.2 mg" in full
    assert "senna: 17.2 mg" in remind_table.markdown_text(remind(case))
    assert "[verified in part, or in a secondary copy]" in full


def test_csv_is_defused(case):
    text = remind_table.csv_rows(remind(case), with_header=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(remind(case).reminders)
    assert {row["id"] for row in rows} == {"'=1+1"}
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_problems_and_warnings_are_shown():
    case = read_case({**CASE, "done": {"pdmpp": True, "ecg": date(2027, 1, 1)}}, as_of=DAY)
    found = remind(case)
    text = remind_table.text(found)
    assert "[DONE-001]" in text
    assert "[DONE-101]" in text
    document = remind_json.document(found)
    assert [each["code"] for each in document["problems"]] == ["DONE-001"]
    assert [each["code"] for each in document["warnings"]] == ["DONE-101"]


def test_an_empty_report():
    found = remind(read_case({"medications": []}, as_of=DAY))
    assert remind_table.text(found) == "Reminders: as of 2026-01-25: none\n"
    assert remind_json.document(found)["reminders"] == []


# --- scores -----------------------------------------------------------------------------------------------------


def test_a_score_as_document_and_text():
    report = score("peg", {"pain": 7, "enjoyment": 6, "general_activity": 6, "before": 10})
    found = score_json.document(report)
    assert found["schema"] == "medsteward.score/1"
    assert found["total"] == 6.333333
    assert found["change"]["counts"] is True
    json.dumps(found, allow_nan=False)
    text = score_table.text(report)
    assert "6.33 (0 to 10)" in text
    assert "counts as a change" in text


def test_a_refused_score_has_no_figure():
    found = score_json.document(score("cows", {"pulse": 3}))
    assert found["total"] is None
    assert found["problems"]
    assert "SCALE-001" in score_table.text(score("cows", {"pulse": 3}))


def test_a_recalled_band_says_so():
    items = dict.fromkeys(
        (
            "family_alcohol",
            "family_illegal",
            "family_prescription",
            "personal_alcohol",
            "personal_illegal",
            "personal_prescription",
            "age_16_to_45",
            "attention_bipolar_schizophrenia",
            "depression",
        ),
        0,
    )
    report = score("ort-oud", items)
    assert "low [needs a second source]" in score_table.text(report)
    assert score_json.document(report)["band_standing"] == "recalled"


def test_a_measure_without_ends_shows_none():
    report = score("tug", {"before": 14, "after": 12})
    assert score_json.document(report)["range"] is None
    assert "600" not in score_table.text(report)


# --- matches ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PainKind)
def test_matches_as_document_text_markdown_and_csv(kind, case):
    match = for_pain(kind, case)
    found = matching_json.document(match)
    assert found["schema"] == "medsteward.matching/1"
    assert found["refers"] is (kind is PainKind.MIGRAINE)
    assert [each["rank"] for each in found["options"]] == list(range(1, len(match.options) + 1))
    assert max(len(line) for line in matching_table.text(match).splitlines()) <= 120
    assert matching_table.markdown_text(match).startswith("## ")
    rows = list(csv.DictReader(io.StringIO(matching_table.csv_rows(match, with_header=True))))
    assert len(rows) == len(match.options)


def test_a_blocked_option_shows_why_and_no_dose():
    blocked = for_pain(PainKind.NOCICEPTIVE, read_case({"patient": {"conditions": ["heart failure"]}}, as_of=DAY))
    text = matching_table.text(blocked)
    assert text.index("3. duloxetine") < text.index("4. short course")
    after = text[text.index("4. short course") : text.index("Not known, and")]
    assert "NOT FOR THIS PATIENT: no oral NSAID in heart failure (heart failure)" in after
    assert "first dose" not in after


def test_recommendations_as_the_contract_has_them(case):
    found = [matching_json.recommendation(each) for each in recommendations(case)]
    assert [each["number"] for each in found] == list(range(1, 13))
    for each in found:
        assert each["applies"] in ("yes", "no", "unknown", "out_of_scope")
        assert {"number", "applies", "because", "lacking"} <= set(each)
