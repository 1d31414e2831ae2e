"""Answered findings: they stay first at full severity, do not interrupt, and interrupt again when something changes."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from medsteward.interactions.check import acknowledge, check, rules
from medsteward.interactions.interrupting import AT_EACH_SIGNING
from medsteward.model.acknowledgement import Acknowledgement, AnsweredState, Reason
from medsteward.readers.case.acknowledgements import read_acknowledged
from medsteward.readers.case.table import read_case
from medsteward.writers.check import document as check_json
from medsteward.writers.check import table as check_table
from medsteward.writers.shared.json_text import one_line
from tests.counts import examples
from tests.spec.check_language import case_of

DAY = date(2026, 2, 1)
PAIR = (
    "oxycodone 5 mg tablet, 1 tablet 3 times daily by A + alprazolam 0.5 mg tablet, 1 tablet twice daily by A "
    "[age 60; egfr 80]"
)


def answered(text=PAIR, rule="DDI-001", **kept):
    return acknowledge(case_of(text, as_of=DAY), rule, Reason.WILL_MONITOR, **kept)


def later(said, text=PAIR, days=30):
    return check(case_of(text, as_of=DAY + timedelta(days=days)), acknowledged=[said])


def kept(report):
    """The answers as the next review reads them."""
    return read_acknowledged(json.loads(one_line(check_json.document(report))), "kept.json")


def test_an_answered_finding_stays_first_at_full_severity_and_does_not_interrupt():
    new, known = check(case_of(PAIR, as_of=DAY)), later(answered())
    assert (new.interrupts, known.interrupts) == (True, False)
    first = known.findings[0]
    assert (first.id, first.severity, first.tier) == (new.findings[0].id, new.findings[0].severity, 1)
    assert known.answer(first) is not None
    assert "Known: answered on 2026-02-01 because: will monitor. It rests until 2026-05-02." in " ".join(
        check_table.text(known).split()
    )


def test_it_interrupts_again_after_90_days():
    said = answered()
    assert not later(said, days=89).interrupts
    report = later(said, days=90)
    assert report.interrupts
    assert [each.why for each in report.returned] == ["the answer of 2026-02-01 ended on 2026-05-02"]


def test_a_stated_end_is_kept_where_it_comes_sooner():
    said = answered(until=DAY + timedelta(days=20))
    assert not later(said, days=19).interrupts
    assert later(said, days=20).interrupts
    assert later(answered(until=DAY + timedelta(days=300)), days=90).interrupts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (PAIR.replace(" [", " + zolpidem 5 mg nightly ["), "new since it was answered: zolpidem"),
        (PAIR.replace(" [", " + alcohol ["), "new since it was answered: alcohol"),
        (
            PAIR.replace("0.5 mg tablet, 1 tablet", "0.25 mg tablet, 3 tablets"),
            "the dose, route or release of alprazolam has changed",
        ),
        (PAIR.replace("3 times", "twice", 1), "the dose, route or release of oxycodone has changed"),
        (
            PAIR.replace("5 mg tablet, 1 tablet 3 times daily", "ER 15 mg tablet, 1 tablet daily", 1),
            "the dose, route or release of oxycodone has changed",
        ),
        (PAIR.replace("by A", "by B", 1), "another prescriber: B"),
        (PAIR.replace("]", "; COPD]"), "a condition was added: copd"),
        (PAIR.replace("age 60", "age 65"), "the band of age has changed: 65 to 74"),
        (PAIR.replace("egfr 80", "egfr 55"), "the band of kidney function has changed: 30 to 59"),
    ],
)
def test_what_was_answered_has_changed(text, why):
    report = later(answered(), text)
    assert report.interrupts
    assert [(each.rule, each.why) for each in report.returned] == [("DDI-001", why)]


@pytest.mark.parametrize(
    "text",
    [
        PAIR.replace("age 60", "age 61"),
        PAIR.replace("egfr 80", "egfr 71"),
        PAIR.replace(" [", " + atorvastatin 40 mg daily ["),
        PAIR.replace(" [", " + lamotrigine 100 mg daily ["),
        PAIR.replace("1 tablet twice daily", "1 tablet every 12 hours"),
    ],
)
def test_what_was_answered_has_not(text):
    assert not later(answered(), text).interrupts


DATED = "oxycodone 5 mg tablet, 1 tablet 3 times daily from {first} to {last} + alprazolam 0.5 mg twice daily [age 60]"


def test_a_refill_rests_and_a_gap_in_supply_interrupts():
    """The answers are kept from review to review, so that supply is followed on."""
    said = answered(DATED.format(first="2026-01-20", last="2026-02-18"))
    refill = later(said, DATED.format(first="2026-02-19", last="2026-03-20"), days=20)
    assert not refill.interrupts
    (followed,) = kept(refill)
    again = later(followed, DATED.format(first="2026-03-21", last="2026-04-19"), days=50)
    assert not again.interrupts
    gap = later(followed, DATED.format(first="2026-03-30", last="2026-04-28"), days=60)
    assert [each.why for each in gap.returned] == ["the supply of oxycodone had a gap"]


def test_an_answer_without_a_state_ends_with_whatever_starts_after_it():
    said = Acknowledgement("DDI-001", Reason.SPECIALIST_ADVICE, DAY)
    assert not later(said).interrupts
    started = PAIR.replace(" [", " + diazepam 5 mg nightly from 2026-02-20 [")
    assert [each.why for each in later(said, started).returned] == [
        "diazepam was started or raised after it was answered"
    ]


def test_a_lesser_state_does_not_answer_a_greater_danger():
    said = answered()
    assert not later(said).interrupts
    milder = evolve(said, state=AnsweredState(severity="moderate", tier=2))
    assert [each.why for each in later(milder).returned] == ["it is more severe than what was answered"]


# --- at each signing ----------------------------------------------------------------------------------------------

EACH = [
    ("phenelzine 15 mg tid + meperidine 50 mg q6h", "DDI-050"),
    ("fentanyl patch 25 mcg/h every 3 days [naive]", "HAZ-350"),
    ("fentanyl patch 25 mcg/h every 3 days from 2026-01-30", "HAZ-324"),
    ("oxycodone ER 20 mg every 12 hours [dysphagia]", "HAZ-342"),
    ("morphine 20 mg/mL solution 0.25 mL every 4 hours [naive]", "HAZ-325"),
    ("oxycodone 30 mg tablet, 2 tablets every 4 hours [naive]", "HAZ-350"),
    ("methadone 30 mg daily [naive]", "HAZ-351"),
    ("acetaminophen 500 mg tablet, 4 tablets 4 times daily", "HAZ-358"),
    ("sodium oxybate 4.5 g nightly + zolpidem 10 mg nightly", "DDI-013"),
]


@pytest.mark.parametrize(("text", "rule"), EACH, ids=[rule for _, rule in EACH])
def test_some_interrupt_at_each_signing_and_rest_a_week_after_a_named_clinicians_answer(text, rule):
    assert rule in {each.id for each in check(case_of(text, as_of=DAY)).interrupting}
    unnamed, named = answered(text, rule), answered(text, rule, by="Dr. Example")
    for days, by_name in ((0, False), (6, False), (7, True)):
        assert rule in {each.id for each in later(unnamed, text, days).interrupting}
        assert (rule in {each.id for each in later(named, text, days).interrupting}) is by_name


def test_what_interrupts_at_each_signing_are_rules_of_ours_or_still_to_come():
    known = {rule.id for rule in rules()}
    assert AT_EACH_SIGNING - known <= {"HAZ-352", "HAZ-359"}


# --- in a case and in documents -----------------------------------------------------------------------------------


def case(answers, as_of="2026-03-01"):
    medications = [{"sig": "oxycodone 5 mg tablet, 1 tablet 3 times daily"}, {"sig": "alprazolam 0.5 mg twice daily"}]
    return read_case({"as_of": as_of, "medications": medications, "acknowledged": answers}, as_of=DAY)


ANSWER = {"rule": "DDI-001", "reason": "will_monitor", "on": "2026-02-01"}


@pytest.mark.parametrize(
    ("state", "interrupts"),
    [
        ({}, False),
        ({"drugs": ["oxycodone", "alprazolam"]}, False),
        ({"drugs": ["oxycodone"]}, True),
        ({"drugs": [{"drug": "oxycodone", "daily": 15, "route": "oral"}, {"drug": "alprazolam", "daily": 1}]}, True),
        ({"age_band": "18 to 64"}, True),
        ({"age_band": "not stated", "egfr_band": "not stated", "conditions": []}, False),
        ({"by": "Dr. Example", "until": "2026-02-20"}, True),
        ({"on": "2026-03-02"}, True),
    ],
)
def test_a_case_states_what_was_answered(state, interrupts):
    found = case([{**ANSWER, **state}])
    assert found.problems == ()
    assert check(found).interrupts is interrupts


@pytest.mark.parametrize(
    "answer",
    [
        {"reason": "will_monitor", "on": "2026-02-01"},
        {**ANSWER, "reason": "because"},
        {**ANSWER, "on": "yesterday"},
        {**ANSWER, "drugs": "oxycodone"},
        {**ANSWER, "drugs": [{"drug": "oxycodone", "daily": 1, "unit": "g"}]},
        {**ANSWER, "tier": 7},
        {**ANSWER, "by": 5},
    ],
)
def test_an_answer_that_is_not_understood_is_a_problem_and_rests_nothing(answer):
    found = case([answer])
    assert [problem.code for problem in found.problems] == ["CASE-002"]
    assert check(found).interrupts


def test_an_answer_to_no_rule_of_ours_is_said():
    report = check(case([{**ANSWER, "rule": "DDI-999"}]))
    assert report.interrupts
    assert "CHECK-104" in {caution.code for caution in report.cautions}


TEXTS = (PAIR, *(text for text, _ in EACH), "oxycodone + gabapentin + trazodone [COPD; pregnant]", "amoxicillin")


@examples(60)
@given(
    st.sampled_from(TEXTS), st.sampled_from(["", "Dr. Example"]), st.sampled_from(list(Reason)), st.text(max_size=20)
)
def test_a_document_keeps_every_answer_with_its_state(text, by, reason, note):
    case = case_of(text, as_of=DAY)
    answers = [Acknowledgement(finding.id, reason, DAY, "seen", by) for finding in check(case).findings]
    report = check(case, acknowledged=answers)
    assert kept(report) == tuple(each.acknowledgement for each in report.acknowledged)
    assert report.interrupts is any(
        finding.tier == 1 for finding in report.findings if finding.id in {each.rule for each in report.returned}
    )


@examples(60)
@given(st.sampled_from(TEXTS), st.integers(0, 120), st.sampled_from(["", "Dr. Example"]))
def test_an_answer_never_hides_or_demotes_a_finding(text, days, by):
    case = case_of(text, as_of=DAY + timedelta(days=days))
    answers = [Acknowledgement(finding.id, Reason.WILL_MONITOR, DAY, by=by) for finding in check(case).findings]
    with_answers, without = check(case, acknowledged=answers), check(case)
    assert [(f.id, f.severity, f.tier, f.drugs, f.consider) for f in with_answers.findings] == [
        (f.id, f.severity, f.tier, f.drugs, f.consider) for f in without.findings
    ]
