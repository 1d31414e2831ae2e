"""Medication lists as people paste them: a medicine a line, what is none is said, nothing is lost or joined wrongly."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward import factor_table, mme_per_day
from medsteward.mme.result import CompleteTotal, NoTotal
from medsteward.readers.case.medication_list import MAX_TEXT_LINES, looks_like_list, read_list
from tests.counts import examples

DAY = date(2027, 1, 4)
CDC = factor_table("cdc_2022")


def written(text: str) -> list[str]:
    return [line.written for line in read_list(text, as_of=DAY).lines]


def codes(text: str) -> list[str]:
    return [caution.code for caution in read_list(text, as_of=DAY).cautions]


# a list, and the lines that it is read as
LISTS = {
    "Home medications:\n\noxycodone 5 mg bid\nmetformin 500 mg bid\n": ["oxycodone 5 mg bid", "metformin 500 mg bid"],
    "# Medications\n- oxycodone 5 mg bid\n* metformin 500 mg bid": ["oxycodone 5 mg bid", "metformin 500 mg bid"],
    "**Current Outpatient Medications on File Prior to Visit**\n\u2022 oxycodone 5 mg bid": ["oxycodone 5 mg bid"],
    "[ ] oxycodone 5 mg bid\n[x] metformin 500 mg bid\n\u2610 tramadol 50 mg bid": [
        "oxycodone 5 mg bid",
        "metformin 500 mg bid",
        "tramadol 50 mg bid",
    ],
    "1. oxycodone 5 mg bid\n2) metformin 500 mg bid\n(3) tramadol 50 mg bid": [
        "oxycodone 5 mg bid",
        "metformin 500 mg bid",
        "tramadol 50 mg bid",
    ],
    "1 oxycodone 5 mg bid\n2 metformin 500 mg bid\n3 tramadol 50 mg bid": [
        "oxycodone 5 mg bid",
        "metformin 500 mg bid",
        "tramadol 50 mg bid",
    ],
    "oxycodone 5 mg tablet\ntake\n(1) tablet by mouth tid": ["oxycodone 5 mg tablet take (1) tablet by mouth tid"],
    "oxycodone 5 mg tablet\n    Take 1 tablet every\n    6 hours as needed": [
        "oxycodone 5 mg tablet Take 1 tablet every 6 hours as needed"
    ],
    "oxycodone 5 mg tablet\n\nTake 1 tablet every 6 hours\n\nmetformin 500 mg bid": [
        "oxycodone 5 mg tablet Take 1 tablet every 6 hours",
        "metformin 500 mg bid",
    ],
    "hydrocodone-\nacetaminophen 5-325 mg tablet\n1 tablet every 8 hours": [
        "hydrocodone-acetaminophen 5-325 mg tablet 1 tablet every 8 hours"
    ],
    "oxycodone-acetaminophen 5-325 MG per tablet\nCommonly known as: PERCOCET\nTake 1 tablet every 6 hours": [
        "oxycodone-acetaminophen 5-325 MG per tablet (PERCOCET) Take 1 tablet every 6 hours"
    ],
    "morphine ER 15 mg tablet (MS\nCONTIN) 1 tablet every 12 hours": [
        "morphine ER 15 mg tablet (MS CONTIN) 1 tablet every 12 hours"
    ],
    "- oxycodone 5 mg tablet\n  - 1 tablet every 6 hours\n- metformin 500 mg bid": [
        "oxycodone 5 mg tablet 1 tablet every 6 hours",
        "metformin 500 mg bid",
    ],
    "| Drug | Dose | Frequency |\n|---|---|---|\n| oxycodone | 5 mg | bid |\n| metformin | 500 mg | bid |": [
        "oxycodone 5 mg bid",
        "metformin 500 mg bid",
    ],
    "Oxycodone\t5 mg\tBID\nMetformin\t500 mg\tBID": ["Oxycodone   5 mg    BID", "Metformin   500 mg  BID"],
    "Name: A. Person\nDOB: 1/1/1960\nPharmacy: Corner\noxycodone 5 mg bid": ["oxycodone 5 mg bid"],
    "Allergies: codeine (rash)\noxycodone 5 mg bid": ["oxycodone 5 mg bid"],
    "Allergies:\n- codeine\nNKDA\n\noxycodone 5 mg bid": ["oxycodone 5 mg bid"],
    # what stands under allergies with a dose is no allergy
    "Allergies:\nNKDA\noxycodone 5 mg bid": ["oxycodone 5 mg bid"],
    "oxycodone 5 mg bid 11/02/2026\nmetformin 500 mg bid (last filled 10/02/26)\ntramadol 50 mg bid since Jan 2025": [
        "oxycodone 5 mg bid",
        "metformin 500 mg bid",
        "tramadol 50 mg bid",
    ],
    "\ufeffoxycodone 5 mg bid\r\nmet\u00adformin 500 mg bid\r\n\u200b\r\n": [
        "oxycodone 5 mg bid",
        "metformin 500 mg bid",
    ],
    "Medications: oxycodone 5 mg bid\nHome meds: metformin 500 mg bid": ["oxycodone 5 mg bid", "metformin 500 mg bid"],
    "oxycodone 5 mg bid, Disp: , Rfl:\nmetformin 500 mg bid - since 2019": [
        "oxycodone 5 mg bid",
        "metformin 500 mg bid",
    ],
    "CONTINUE taking these medications\noxycodone 5 mg bid\n\nNEW medications:\nmetformin 500 mg bid": [
        "oxycodone 5 mg bid",
        "metformin 500 mg bid",
    ],
    "oxycodone 5 mg every 6 hours\n  as needed\nmetformin 500 mg bid": [
        "oxycodone 5 mg every 6 hours as needed",
        "metformin 500 mg bid",
    ],
    "metformin 500 mg bid\n\nPRN\noxycodone 5 mg bid": ["metformin 500 mg bid", "oxycodone 5 mg bid"],
    # a drug that is misspelled is neither a heading nor words of the line before it
    "metformin 500 mg bid\noxycodne 5 mg bid": ["metformin 500 mg bid", "oxycodne 5 mg bid"],
    "metformin 500 mg bid\nOxycodne:\n  5 mg bid": ["metformin 500 mg bid", "Oxycodne: 5 mg bid"],
}


@pytest.mark.parametrize("text", LISTS)
def test_a_list_is_read_as_its_medicines(text):
    assert written(text) == LISTS[text]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("oxycodone 5 mg bid until 11/02/2026", "DIR-005"),
        ("oxycodone 5 mg bid stopped 1/2/2026", "DIR-008"),
        ("oxycodone 5 mg bid d/c 11/2/2026", "DIR-008"),
        ("oxycodone 5 mg bid 1/1/2026 - 2/1/2026", "DIR-005"),
        ("oxycodone 5 mg bid\nHOLD", "DIR-008"),
        # words before a colon that may change what is meant stay
        ("Instead of morphine: oxycodone 5 mg bid", "DIR-008"),
        ("Stopped meds: oxycodone 5 mg bid", "DIR-008"),
        ("[DISCONTINUED] oxycodone 5 mg bid", "DIR-008"),
        ("oxycodone 5 mg bid; metformin 500 mg bid", "DRUG-003"),
        # a count or the number of the second line: with two lines nobody can tell
        ("1 metformin 500 mg bid\n2 oxycodone 5 mg bid", "DIR-007"),
    ],
)
def test_a_line_that_may_not_be_taken_as_it_stands_is_asked_about(text, code):
    case = read_list(text, as_of=DAY)
    assert code in {problem.code for problem in case.lines[-1].problems}
    assert not isinstance(mme_per_day(case, table=CDC).total, CompleteTotal)


@pytest.mark.parametrize(
    "heading", ["Discontinued medications:", "Held:", "Past meds", "STOP taking these medications", "Inactive:"]
)
def test_what_stands_under_a_heading_of_stopped_medicines_is_neither_counted_nor_lost(heading):
    case = read_list(
        f"oxycodone 5 mg bid\n{heading}\nmorphine ER 15 mg bid\n\nCurrent medications:\ntramadol 50 mg bid", as_of=DAY
    )
    report = mme_per_day(case, table=CDC)
    assert [line.written for line in case.lines] == ["oxycodone 5 mg bid", "tramadol 50 mg bid"]
    assert [problem.code for problem in report.problems] == ["LIST-001"]
    assert not isinstance(report.total, CompleteTotal | NoTotal)
    assert report.total.missing == ("list line 3",)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("MEDICATIONS ON ADMISSION:", "DISCHARGE MEDICATIONS:"),
        ("Home medications", "Inpatient medications"),
        ("Hospital meds:", "Discharge meds:"),
    ],
)
def test_lists_of_before_and_after_a_stay_are_not_added_up(first, then):
    text = f"{first}\noxycodone 5 mg bid\n\n{then}\nmorphine ER 15 mg bid"
    report = mme_per_day(read_list(text, as_of=DAY), table=CDC)
    assert [problem.code for problem in report.problems] == ["LIST-002"]
    assert isinstance(report.total, NoTotal)
    # one of them empty, or headings of the same moment, are one list
    for other in (
        f"{first}\noxycodone 5 mg bid\n\n{then}\n",
        f"{first}\noxycodone 5 mg bid\nPRN medications:\nmetformin 500 mg",
    ):
        assert read_list(other, as_of=DAY).problems == ()


def test_as_needed_alone_may_head_what_follows_and_is_asked_about():
    case = read_list("morphine ER 15 mg bid\nPRN\noxycodone 5 mg bid", as_of=DAY)
    assert [line.written for line in case.lines] == ["morphine ER 15 mg bid", "PRN", "oxycodone 5 mg bid"]
    assert [bool(line.problems) for line in case.lines] == [False, True, False]


def test_a_bad_line_hides_no_good_one_and_says_where_it_stands():
    case = read_list("Medications:\noxycodone 5 mg bid\n\nfoo bar\nmetformin 500 mg bid", as_of=DAY)
    report = mme_per_day(case, table=CDC)
    assert [entry.status.value for entry in report.entries] == ["counted", "problem", "not_an_opioid"]
    assert [problem.where for problem in report.problems] == ["line 2, list line 4"]


def test_what_was_set_aside_and_joined_is_said():
    text = "Home meds:\n\noxycodone 5 mg tablet\n1 tablet bid 01/02/2026\nName: A. Person"
    case = read_list(text, as_of=DAY)
    assert [caution.text for caution in case.cautions] == [
        'set aside in the list: line 1 as headings ("Home meds:"); line 5 as details of the chart; 1 blank',
        "read as one medicine each: lines 3-4 of the list",
        "line 4 of the list: a date at the end was not used; write it as start or end in a case",
    ]
    assert "Person" not in str(case)


def test_a_list_as_it_should_be_needs_no_word():
    assert codes("oxycodone 5 mg bid\nmetformin 500 mg bid") == []


def test_a_list_beyond_bounds_is_not_read_in_part():
    for text in ("oxycodone 5 mg bid\n" * 501, "\n" * (MAX_TEXT_LINES + 1)):
        case = read_list(text, as_of=DAY)
        assert (case.lines, [problem.code for problem in case.problems]) == ((), ["CASE-004"])
        assert isinstance(mme_per_day(case, table=CDC).total, NoTotal)


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("oxycodone 5 mg bid", True),
        ("# pain\noxycodone 5 mg bid", True),
        ("oxycodone 5 mL = 5 mg bid", True),
        ("hello", False),
        ("", False),
        ("[patient]\nage = 58", False),
        ('[[medications]]\nsig = "oxycodone 5 mg bid"', False),
        ("[[medications]]\nsig = oxycodone 5 mg bid", False),
        ('id = "a"\nmedications = [{ drug = "oxycodone" }]', False),
    ],
)
def test_a_list_is_told_from_a_case(text, is_list):
    assert looks_like_list(text) is is_list


MEDICINES = {
    "oxycodone 5 mg bid": 15,
    "morphine ER 15 mg tablet, 1 tablet every 12 hours": 30,
    "Percocet 5/325 q6h": 30,
    "metformin 500 mg bid": 0,
    "tramadol 50 mg tid": 30,
}
BETWEEN = ["", "   ", "Home medications:", "PRN meds", "## Pain", "-----", "Pharmacy: Corner", "Updated: 01/02/2026"]
MARKS = ["", "- ", "* ", "\u2022 ", "[ ] ", "  "]


@examples(60)
@given(
    st.lists(st.tuples(st.sampled_from(BETWEEN), st.sampled_from(MARKS), st.sampled_from(list(MEDICINES))), min_size=1)
)
def test_headings_bullets_and_blanks_never_change_the_figure(rows):
    text = "\n".join(f"{between}\n{mark}{medicine}" for between, mark, medicine in rows)
    report = mme_per_day(read_list(text, as_of=DAY), table=CDC)
    assert isinstance(report.total, CompleteTotal)
    assert report.total.maximum.value == sum(MEDICINES[medicine] for _, _, medicine in rows)


@examples(60)
@given(st.sampled_from(list(MEDICINES)), st.integers(min_value=1, max_value=60))
def test_a_wrap_between_two_words_never_makes_another_figure(medicine, at):
    words = medicine.split()
    cut = at % len(words)
    text = " ".join(words[:cut]) + "\n  " + " ".join(words[cut:])
    report = mme_per_day(
        read_list(f"metformin 500 mg bid\n{text.strip()}\nmetformin 500 mg daily", as_of=DAY), table=CDC
    )
    counted = isinstance(report.total, CompleteTotal) and report.total.maximum.value == MEDICINES[medicine]
    assert counted or report.problems


@examples(100)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    case = read_list(text, as_of=DAY)
    assert len(case.lines) <= text.count("\n") + len(text.splitlines())
