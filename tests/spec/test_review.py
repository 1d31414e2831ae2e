"""The one report: the cases of the requirement, what is said once, and where each part comes from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.advice.case import review as module
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.recommendations import Applies, recommendations
from medsteward.advice.case.review import review
from medsteward.interactions.check import acknowledge, rules
from medsteward.interactions.rule import Severity
from medsteward.mme.result import NoTotal
from medsteward.model.acknowledgement import Reason
from medsteward.model.amount import Amount
from medsteward.model.missing import CONDITIONS, KIDNEY, MME, Missing
from medsteward.model.regimen import Case
from medsteward.model.unit import Unit
from medsteward.readers.case.table import read_case
from medsteward.readers.directions.line import read_line
from medsteward.reminders import bowel as bowel_module
from medsteward.reminders.bowel import BULK_RULE
from medsteward.reminders.remind import remind
from medsteward.reminders.reminder import Kind, ReminderStatus
from medsteward.tables.load import factor_table
from medsteward.treatments.laxatives import AGENTS
from medsteward.writers.review import note as review_note
from medsteward.writers.review import screen as review_screen
from medsteward.writers.review.page import page_of
from tests.spec.check_language import case_of

TABLE = factor_table("cdc_2022")
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


def of(text):
    return review(case_of(text), table=TABLE)


def rules_of(report):
    return [said.finding.id for said in report.findings]


@pytest.fixture(scope="module")
def stack():
    return review(read_case(STACK, as_of=date(2026, 1, 25)), table=TABLE)


# --- the cases of the requirement -------------------------------------------------------------------------------


def test_a_stack_of_sedatives(stack):
    (first,) = stack.tier(1)
    assert set(first.finding.drugs) == {"oxycodone", "alprazolam", "zolpidem", "gabapentin"}
    (overlap,) = first.finding.overlaps
    assert (overlap.first_day, overlap.last_day, overlap.days) == (date(2026, 1, 20), date(2026, 2, 3), 15)
    assert set(first.finding.undated) == {"zolpidem", "gabapentin"}
    assert not isinstance(stack.mme.total, NoTotal)
    assert float(stack.mme.total.maximum.value) == 22.5
    naloxone = stack.remind.of(Kind.NALOXONE)
    assert naloxone is not None
    because = "; ".join(naloxone.because)
    for reason in ("alprazolam", "gabapentin", "zolpidem", "sleep apnea", "age 71"):
        assert reason in because
    assert Kind.BOWEL_REGIMEN in {each.kind for each in stack.with_status(ReminderStatus.OVERDUE, ReminderStatus.DUE)}
    shown = review_screen.text(stack)
    assert "2026-01-20 to 2026-02-03, 15 days" in shown
    assert "counted as taken at the same time: zolpidem, gabapentin" in " ".join(shown.split())


def test_treatment_of_opioid_use_disorder_is_not_withheld():
    report = of("Suboxone 8/2 daily for opioid use disorder + lorazepam 1 mg bid from 2026-03-01")
    assert "do not withhold" in " ".join(said.consider for said in report.findings)
    assert isinstance(report.mme.total, NoTotal)
    assert report.mme.exit_code == 5
    assert report.exit_code == 0
    assert "Offer naloxone" not in report.findings[0].consider
    assert "Watch for sedation" in report.findings[0].consider
    assert not any(said.finding.hazard.value == "precipitated withdrawal" for said in report.findings)
    roles = {note.name: note.role for each in report.medicines for note in each.drugs}
    assert roles["naloxone"] == "co-formulated deterrent"
    assert roles["buprenorphine"] == ""


def test_an_antagonist_is_not_to_be_started():
    report = of("Percocet 10/325, 1 tablet every 6 hours + Contrave")
    first = report.tier(1)[0]
    assert first.finding.severity is Severity.CONTRAINDICATED
    assert "Do not start naltrexone" in first.consider


def test_a_washout_says_until_when():
    report = of("phenelzine to 2026-03-01 + meperidine from 2026-03-04")
    assert report.tier(1)[0].finding.washouts[0].until == date(2026, 3, 15)
    assert "2026-03-15" in review_screen.text(report)
    assert [each.active for each in report.medicines] == [False, True]


def test_heart_failure_speaks_against_tablets_and_not_against_a_gel():
    tablets = of("naproxen 500 mg tablet, 1 tablet bid [age 80; heart failure]")
    assert any("heart failure" in said.finding.rule.name for said in tablets.findings)
    gel = of("diclofenac 1% gel, 2 g 4 times daily [age 80; heart failure]")
    assert all(said.finding.severity <= Severity.MINOR for said in gel.findings)
    assert gel.medicines[0].drugs[0].drug_class == "topical NSAID"


def test_a_bowel_regimen_on_the_list_is_settled():
    report = of("morphine ER 30 mg tablet, 1 tablet every 12 hours + senna 8.6 mg 2 tablets bid [egfr 25]")
    assert "DDC-204" in rules_of(report)
    assert Kind.BOWEL_REGIMEN in {each.kind for each in report.with_status(ReminderStatus.SETTLED)}
    assert "Settled: bowel regimen (on the list: senna)" in review_screen.text(report)


def test_tramadol_with_paroxetine_says_each_hazard_once():
    report = of("tramadol + paroxetine")
    hazards = [said.finding.hazard for said in report.findings]
    assert {"DDI-057", "DDI-096"} <= set(rules_of(report))
    assert len(hazards) == len(set(hazards))


def test_a_clean_list_has_nothing_above_minor():
    report = of(
        "amoxicillin 500 mg tid + lisinopril 10 mg daily + morphine 15 mg tablet, 1 tablet 4 times daily"
        " + polyethylene glycol 17 g daily"
    )
    assert all(said.finding.severity <= Severity.MINOR for said in report.findings)


def test_what_was_not_understood_comes_first():
    report = review(
        read_case({"medications": [{"sig": "oxycodone"}, {"sig": "lorazapam"}]}, as_of=date(2026, 3, 4)), table=TABLE
    )
    shown = review_screen.text(report)
    assert shown.startswith("Medication review: NOT UNDERSTOOD, SO NOT LOOKED AT: lorazapam")
    assert "lorazepam" in shown
    assert "no interaction" not in shown.casefold()
    assert "lorazapam" in review_note.text(report)


@pytest.mark.parametrize("text", ["oxycodone 5 mg tid + lorazapam 1 mg bid", "lorazapam"])
def test_an_unknown_drug_needs_confirmation(text):
    report = review(
        read_case({"medications": [{"sig": each} for each in text.split(" + ")]}, as_of=date(2026, 3, 4)), table=TABLE
    )
    assert report.exit_code == 3


# --- said once --------------------------------------------------------------------------------------------------


def test_what_only_says_that_something_is_missing_is_left_to_the_reminder(stack):
    assert {"GAP-001", "DDI-141"} <= {finding.id for finding in stack.check.findings}
    assert not {"GAP-001", "DDI-141"} & set(rules_of(stack))
    assert {(each.rule, each.kind, each.kept) for each in stack.covered} == {
        ("GAP-001", Kind.NALOXONE, "reminder"),
        ("DDI-141", Kind.BOWEL_REGIMEN, "reminder"),
    }


def test_naloxone_is_offered_once(stack):
    assert review_screen.text(stack).count("Offer naloxone") == 1
    assert "Offer naloxone" in stack.check.findings[0].consider


@pytest.mark.parametrize(
    ("text", "rule", "kept"),
    [
        ("oxycodone + naloxegol + clarithromycin", "DDI-089", "finding"),
        ("oxycodone + naloxegol + diltiazem", "DDI-090", "finding"),
        ("oxycodone + naloxegol + rifampin", "DDI-091", "finding"),
        ("oxycodone + naldemedine + rifampin", "DDI-091", "finding"),
        ("oxycodone + naldemedine + clarithromycin", "DDI-092", None),
        ("oxycodone + naloxegol [gi obstruction]", "DDC-265", "finding"),
        ("oxycodone + magnesium citrate [egfr 20]", "DDC-271", "finding"),
        ("methadone + lubiprostone", "DDI-143", "reminder"),
        ("oxycodone + senna + psyllium", "DDI-142", "reminder"),
    ],
)
def test_a_reason_and_a_finding_that_say_the_same(text, rule, kept):
    report = of(text)
    assert rule in {finding.id for finding in report.check.findings}
    (covered,) = [each for each in report.covered if each.rule == rule]
    assert covered.kind is Kind.BOWEL_REVIEW
    assert kept is None or covered.kept == kept
    words = [each.text for agent in AGENTS for each in agent.treatment.against if rule in each.said_by]
    words += ["bulk fiber"] if rule == BULK_RULE else []
    reasons = [why for each in report.reminders if each.kind is Kind.BOWEL_REVIEW for why in each.because]
    in_reasons = any(word in why for word in (*words, f", {rule})") for why in reasons)
    assert in_reasons == (covered.kept == "reminder")
    assert (rule in rules_of(report)) == (covered.kept == "finding")


def test_rules_that_are_named_are_rules():
    known = {rule.id for rule in rules()}
    assert set(module.SAID_BY_REMINDER) <= known
    assert {rule for agent in AGENTS for each in agent.treatment.against for rule in each.said_by} | {
        BULK_RULE
    } <= known


def reworded(entries):
    return tuple(evolve(each, text=f"words {number}") for number, each in enumerate(entries))


def test_words_of_a_reason_decide_nothing(monkeypatch):
    """The same case with every text of the lists changed: the same rules are covered in the same way."""
    case = case_of("oxycodone + naloxegol + rifampin")
    before = review(case, table=TABLE)
    others = tuple(
        evolve(agent, treatment=evolve(agent.treatment, against=reworded(agent.treatment.against))) for agent in AGENTS
    )
    monkeypatch.setattr(bowel_module, "AGENTS", others)
    after = review(case, table=TABLE)
    assert ("DDI-091", Kind.BOWEL_REVIEW) in {(each.rule, each.kind) for each in before.covered}
    assert after.covered == before.covered
    assert [each.finding.id for each in after.findings] == [each.finding.id for each in before.findings]


def test_a_recommendation_points_to_what_says_it(stack):
    assert {each.recommendation.number: each.see for each in stack.applying} == {8: "naloxone", 11: "DDI-001"}
    assert len(stack.recommendations) == 12
    assert all(each.recommendation.applies is Applies.YES for each in stack.applying)


# --- what is unknown --------------------------------------------------------------------------------------------


def test_each_lacking_fact_is_named_once_with_all_that_asks_for_it(stack):
    facts = [each.fact for each in stack.unknown]
    assert len(facts) == len(set(facts))
    (kidney,) = [each for each in stack.unknown if each.fact == KIDNEY.name]
    assert {"DDC-207", "HAZ-314"} <= set(kidney.rules)
    assert kidney.reminders


LINES = ("line 1: which drug it is", "line 3: which drug it is")


def asked_by_recommendations(case):
    return {each.text: each.facts for one in recommendations(case) for each in one.missing}


def asked_by_reminders(case, *, mme=None):
    amount = None if mme is None else Amount(Fraction(mme), Unit.MME_PER_D)
    return {each.text: each.facts for each in remind(case, mme=amount, mme_complete=False).missing}


def test_a_fact_goes_by_one_name_whoever_asks():
    kidney, conditions, mme = (each.name for each in (KIDNEY, CONDITIONS, MME))
    assert Missing("the kidneys", (KIDNEY,)).facts == (kidney,)
    assert Missing("how old").facts == ("how old",)
    case = case_of("oxycodone + magnesium citrate")
    said = asked_by_reminders(case, mme="30")
    assert said[f"{kidney}, for magnesium citrate"] == said[kidney] == (kidney,)
    assert said["the day's MME is incomplete: it may be above 50 or 90 MME/d"] == (mme,)
    assert said[conditions] == (conditions,)
    found = asked_by_recommendations(case)
    both = "the day's MME and conditions (sleep apnea, substance use, prior overdose) or done.screening"
    assert found[both] == (mme, conditions)
    assert found["whether there is opioid use disorder (conditions)"] == (conditions,)


def test_lines_without_a_drug_are_facts_of_their_own():
    written = ("blorbaxine 5 mg daily", "senna 2 tablets daily", "zorfendol 10 mg daily")
    case = Case(date(2026, 1, 5), tuple(map(read_line, written)))
    assert asked_by_recommendations(case)["the drug on line 1, line 3"] == LINES
    assert asked_by_reminders(case)["line 3: no drug could be made out for certain"] == LINES[1:]


# --- one library call -------------------------------------------------------------------------------------------


def test_mme_is_counted_once(monkeypatch):
    calls = []

    def counted(case, *, table):
        calls.append(case)
        return mme_per_day(case, table=table)

    for name in ("review", "check", "remind"):
        monkeypatch.setattr(f"medsteward.advice.case.{name}.mme_per_day", counted)
    of("oxycodone 5 mg tablet, 1 tablet tid + lorazepam")
    assert len(calls) == 1


def test_an_answered_finding_is_shown_as_known_and_does_not_interrupt():
    case = case_of("oxycodone 5 mg tablet, 1 tablet tid + lorazepam [age 50]")
    report = review(case, table=TABLE, acknowledged=[acknowledge(case, "DDI-001", Reason.WILL_MONITOR)])
    assert rules_of(report)[0] == "DDI-001"
    shown = " ".join(review_screen.text(report).split())
    assert "1 known and answered" in shown
    assert "Known: answered on 2026-03-04 because: will monitor. It rests until 2026-06-02." in shown
    assert not report.check.interrupts


def test_only_what_a_change_brings():
    before = case_of("oxycodone 5 mg tablet, 1 tablet tid + lorazepam [age 50]")
    after = case_of("oxycodone 5 mg tablet, 1 tablet tid + lorazepam + sertraline + naproxen tablet [age 50]")
    report = review(after, table=TABLE, new_since=before)
    assert "DDI-121" in rules_of(report)
    assert "DDI-001" not in rules_of(report)
    assert "DDI-001" in {each.id for each in report.check.known}


def test_an_earlier_case_has_its_own_mme():
    before = case_of("oxycodone 5 mg tablet, 1 tablet 3 times daily")
    after = case_of("oxycodone 20 mg tablet, 1 tablet 3 times daily")
    assert "GAP-001" in {each.id for each in review(after, table=TABLE, new_since=before).check.findings}
    assert "GAP-001" not in {each.id for each in review(after, table=TABLE, new_since=after).check.findings}


# --- few and first ----------------------------------------------------------------------------------------------

MANY = (
    "oxycodone 10 mg tablet, 1 tablet every 6 hours + lorazepam 1 mg tablet, 1 tablet twice daily + "
    "gabapentin 600 mg tid + ibuprofen 600 mg tablet, 1 tablet three times daily + lisinopril 20 mg daily + "
    "furosemide 40 mg daily + "
    "sertraline 100 mg daily + amitriptyline 50 mg nightly + cyclobenzaprine 10 mg tid [age 72; heart failure; falls]"
)


def test_at_most_seven_findings_are_shown_in_full_by_harm_and_the_others_are_named():
    report = of(MANY)
    assert len(report.shown) == module.MOST_SHOWN == 7
    harm = [(said.finding.tier, -said.finding.severity) for said in report.findings_of_weight]
    assert harm == sorted(harm)
    assert {*report.shown, *report.more} == {said for said in report.findings if said.finding.tier <= 2}
    text = review_screen.text(report)
    before, _, after = text.partition("\nMore\n")
    for said in report.shown:
        assert f"[{said.finding.id}]" in before
    for said in report.more:
        assert f"[{said.finding.id}]" in after


def test_few_findings_have_no_more():
    assert of("oxycodone + lorazepam").more == ()
    assert "\nMore\n" not in review_screen.text(of("oxycodone + lorazepam"))


def test_naloxone_and_the_bowel_stand_before_tests_and_paperwork():
    kinds = [each.kind for each in of(MANY).reminders]
    assert {Kind.NALOXONE, Kind.BOWEL_REGIMEN} <= set(kinds[:3])
    care = [kind in module.CARE for kind in kinds]
    assert care == sorted(care, reverse=True)
    shown = review_screen.text(of(MANY))
    for paper in ("urine drug test", "prescription monitoring", "agreement", "screening questions"):
        assert shown.index("bowel regimen\n") < shown.index(paper)
        assert shown.index("naloxone\n") < shown.index(paper)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("oxycodone", "Ask about sleep apnea, benzodiazepine use, prior overdose and alcohol, "),
        ("oxycodone [OSA]", "Ask about benzodiazepine use, prior overdose and alcohol, "),
        ("oxycodone + lorazepam [OSA]", "Ask about prior overdose and alcohol, "),
        ("oxycodone + lorazepam [OSA; alcohol use disorder]", "Ask about prior overdose, "),
    ],
)
def test_only_questions_that_the_chart_does_not_answer_are_asked(text, asked):
    (screening,) = [each for each in remind(case_of(text)).reminders if each.kind is Kind.SCREENING]
    assert screening.consider.startswith(asked)


def test_a_chart_that_answers_every_question_is_asked_none():
    found = remind(case_of("oxycodone + lorazepam [OSA; alcohol use disorder; prior overdose]")).reminders
    (screening,) = [each for each in found if each.kind is Kind.SCREENING]
    assert screening.status(date(2026, 3, 4)) is ReminderStatus.SETTLED


def test_naloxone_stands_before_the_bowel_regimen_and_both_before_paperwork():
    assert module.harm_order(Kind.NALOXONE) < module.harm_order(Kind.BOWEL_REGIMEN) < module.harm_order(Kind.PDMP)
    kinds = [each.kind for each in of(MANY).reminders]
    assert kinds.index(Kind.NALOXONE) < kinds.index(Kind.BOWEL_REGIMEN) < kinds.index(Kind.PDMP)
    shown = [each.what.casefold() for each in page_of(of(MANY)).due]
    assert [each for each in shown if each in ("naloxone", "bowel regimen")] == ["naloxone", "bowel regimen"]
