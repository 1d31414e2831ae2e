"""Reminders as a clinician checks them: the case, what is due, and why."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from medsteward.model.amount import Amount
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.readers.case.table import read_case
from medsteward.reminders.remind import remind
from medsteward.reminders.reminder import Kind, ReminderStatus, Stratum

DAY = date(2026, 1, 25)
OXYCODONE = "oxycodone 5 mg tablet, 1 tablet 3 times daily"


def report(*medications, mme=None, complete=True, done=None, as_of=DAY, **patient):
    lines = [{"sig": each} if isinstance(each, str) else each for each in medications]
    case = read_case({"patient": patient, "medications": lines, "done": done or {}}, as_of=as_of)
    amount = None if mme is None else Amount(Fraction(mme), Unit.MME_PER_D)
    return remind(case, mme=amount, mme_complete=complete)


def of(kind, *medications, **more):
    return report(*medications, **more).of(kind)


def reasons(reminder):
    return "\n".join(reminder.because)


def texts(found):
    """Everything a reader of the report can see."""
    for each in found.reminders:
        yield from each.because
        yield each.consider
        yield from (point.text for point in each.points)
    yield from (each.because for each in found.left_out)
    yield from found.unknown


# --- the examples -----------------------------------------------------------------------------------------------

STACK = (
    {"sig": "oxycodone 5 mg tid", "start": date(2026, 1, 5), "days_supply": 30},
    {"sig": "alprazolam 0.5 mg bid", "start": date(2026, 1, 20), "days_supply": 30},
    "zolpidem 10 mg nightly",
    "gabapentin 600 mg tid",
)


def test_four_sedatives_at_71_with_sleep_apnea():
    found = report(*STACK, mme="22.5", age=71, conditions=["sleep apnea"])
    naloxone = found.of(Kind.NALOXONE)
    for word in ("alprazolam", "zolpidem", "gabapentin", "age 71", "sleep apnea"):
        assert word in reasons(naloxone)
    assert "50 MME/d" not in reasons(naloxone)
    assert naloxone.consider.startswith("Offer naloxone")
    assert naloxone.due == date(2026, 1, 5)
    bowel = found.of(Kind.BOWEL_REGIMEN)
    assert not bowel.settled
    assert bowel.due == date(2026, 1, 5)
    assert found.stratum.level is Stratum.HIGH
    assert not [text for text in texts(found) if re.search(r"\b(stop(?!-bang)|discontinue|cease|quit)", text, re.I)]


def test_opioid_use_disorder_treatment_gets_naloxone_and_no_pain_intervals():
    found = report("Suboxone 8/2 daily", "lorazepam 1 mg bid", indication="opioid use disorder")
    assert {each.kind for each in found.reminders} == {Kind.BOWEL_REGIMEN, Kind.NALOXONE}
    assert "treatment of opioid use disorder: buprenorphine" in reasons(found.of(Kind.NALOXONE))
    assert found.stratum is None
    assert [each.kind for each in found.left_out] == [Kind.REASSESS]


def test_suboxone_is_for_opioid_use_disorder_without_being_told():
    assert "treatment of opioid use disorder" in reasons(of(Kind.NALOXONE, "Suboxone 8/2 daily"))
    assert of(Kind.PDMP, "Suboxone 8/2 daily") is None
    assert of(Kind.PDMP, "buprenorphine patch 10 mcg/h every 7 days") is not None


def test_morphine_with_senna_has_its_bowel_regimen():
    bowel = of(Kind.BOWEL_REGIMEN, "morphine ER 15 mg twice daily", "senna 8.6 mg 2 tablets nightly", egfr=25)
    assert bowel.settled
    assert bowel.done is True
    assert bowel.status(DAY) is ReminderStatus.SETTLED
    assert "senna" in reasons(bowel)


def test_a_name_that_is_not_known_is_a_problem_and_the_rest_is_answered():
    found = report("oxycodone + lorazapam")
    assert found.exit_code == 3
    assert found.of(Kind.BOWEL_REGIMEN) is not None
    assert any("line 1" in text for text in found.unknown)


def test_no_opioid_no_reminder():
    found = report("naproxen 500 mg bid", "lisinopril 10 mg daily", age=50)
    assert found.reminders == ()
    assert found.exit_code == 0


# --- bowel regimen, B1 to B7 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "laxative",
    [
        "senna 8.6 mg 2 tablets nightly",
        "MiraLAX 17 g daily",
        "bisacodyl 10 mg nightly",
        "lactulose 20 mL daily",
        "Senokot-S 2 tablets nightly",
        "naldemedine 0.2 mg daily",
        "lubiprostone 24 mcg twice daily",
    ],
)
def test_b1_a_bowel_line_satisfies(laxative):
    assert of(Kind.BOWEL_REGIMEN, OXYCODONE, laxative).settled


@pytest.mark.parametrize(("index", "open_again"), [(28, False), (Decimal("28.8"), False), (29, True), (101, False)])
def test_constipation_despite_a_laxative_asks_for_the_next_step(index, open_again):
    bowel = of(Kind.BOWEL_REGIMEN, OXYCODONE, "senna 8.6 mg 2 tablets nightly", scores={"BFI": index})
    assert bowel.settled is not open_again
    if open_again:
        assert bowel.consider.startswith("Ask about red flags first")
        assert any(point.text.startswith("naldemedine") for point in bowel.points)


@pytest.mark.parametrize("weak", ["docusate 100 mg bid", "Metamucil daily", "methylcellulose daily"])
def test_b2_softener_or_fibre_alone_does_not(weak):
    bowel = of(Kind.BOWEL_REGIMEN, OXYCODONE, weak)
    assert not bowel.settled
    assert "alone is not a bowel regimen" in reasons(bowel)


@pytest.mark.parametrize(
    "opioid", [OXYCODONE, "tramadol 50 mg twice daily", "fentanyl patch 25 mcg/h every 3 days", "methadone 10 mg daily"]
)
def test_b1_any_opioid_without_a_bowel_line_is_due_on_the_first_day(opioid):
    bowel = of(Kind.BOWEL_REGIMEN, {"sig": opioid, "start": date(2026, 1, 20)})
    assert bowel.due == date(2026, 1, 20)
    assert not bowel.settled


@pytest.mark.parametrize(("egfr", "found"), [(29, True), (30, True), (59, True), (60, False)])
def test_b3_magnesium_by_kidney(egfr, found):
    review = of(Kind.BOWEL_REVIEW, OXYCODONE, "magnesium hydroxide 30 mL daily", egfr=egfr)
    assert (review is not None) is found
    if egfr < 30:
        assert "avoided with CrCl below 30" in reasons(review)
        assert review.sources[0].standing is Standing.RECALLED


def test_b3_magnesium_with_unknown_kidneys_is_listed():
    assert any(
        "kidney function" in text and "magnesium" in text for text in report("milk of magnesia 30 mL daily").unknown
    )


def test_b4_naloxegol_with_a_strong_inhibitor():
    review = of(Kind.BOWEL_REVIEW, OXYCODONE, "naloxegol 25 mg daily", "clarithromycin 500 mg bid", egfr=90)
    assert "naloxegol with strong CYP3A4 inhibitor" in reasons(review)
    assert "contraindicated, DDI-089" in reasons(review)
    assert of(Kind.BOWEL_REVIEW, OXYCODONE, "naloxegol 25 mg daily", "azithromycin 250 mg daily", egfr=90) is None


def test_b4_naloxegol_with_a_moderate_inhibitor_is_lowered():
    review = of(Kind.BOWEL_REVIEW, OXYCODONE, "naloxegol 25 mg daily", "diltiazem 120 mg daily", egfr=90)
    assert "12.5 mg" in reasons(review)


def test_b5_lubiprostone_with_methadone():
    review = of(Kind.BOWEL_REVIEW, "methadone 10 mg daily", "lubiprostone 24 mcg bid")
    assert "not established to work with methadone" in reasons(review)
    assert "oral methylnaltrexone is preferred" in reasons(review)
    assert of(Kind.BOWEL_REVIEW, OXYCODONE, "lubiprostone 24 mcg bid") is None


def test_b6_peripheral_antagonist_with_obstruction():
    review = of(Kind.BOWEL_REVIEW, OXYCODONE, "naldemedine 0.2 mg daily", conditions=["bowel obstruction"])
    assert "contraindicated" in reasons(review)


def test_b6_no_stimulant_and_no_antagonist_is_offered_in_obstruction():
    bowel = of(Kind.BOWEL_REGIMEN, OXYCODONE, conditions=["GI obstruction"])
    assert bowel.consider.startswith("Evaluate the obstruction first")
    doses = [
        point.text for point in bowel.points if re.match(r"(senna|bisacodyl|naloxegol|naldemedine|methyl)", point.text)
    ]
    assert doses
    assert all("not for this patient" in text for text in doses)
    assert not [point.text for point in bowel.points if "together: a sensible choice" in point.text]


def test_b7_peripheral_antagonist_after_the_opioid_ended():
    ended = {"sig": OXYCODONE, "start": date(2025, 12, 1), "end": date(2026, 1, 10)}
    end = of(Kind.BOWEL_END, ended, "naldemedine 0.2 mg daily")
    assert end.due == date(2026, 1, 10)
    assert end.status(DAY) is ReminderStatus.OVERDUE


def test_b7_ends_with_the_opioid_where_its_end_is_stated():
    ends = {"sig": OXYCODONE, "start": date(2026, 1, 1), "end": date(2026, 2, 10)}
    assert of(Kind.BOWEL_END, ends, "naldemedine 0.2 mg daily").due == date(2026, 2, 10)
    refilled = {"sig": OXYCODONE, "start": date(2026, 1, 1), "days_supply": 30}
    assert of(Kind.BOWEL_END, refilled, "naldemedine 0.2 mg daily") is None
    assert of(Kind.BOWEL_END, ends, "tramadol 50 mg twice daily", "naldemedine 0.2 mg daily") is None


@pytest.mark.parametrize("condition", ["ileostomy", "diarrhoea"])
def test_no_bowel_regimen_with_ileostomy_or_diarrhea(condition):
    found = report(OXYCODONE, conditions=[condition])
    assert found.of(Kind.BOWEL_REGIMEN) is None
    assert [each.kind for each in found.left_out] == [Kind.BOWEL_REGIMEN]


@pytest.mark.parametrize(
    ("patient", "words"),
    [
        ({"egfr": 59}, "CrCl below 60: naloxegol 12.5 mg"),
        ({"egfr": 59}, "CrCl below 60: methylnaltrexone tablets 150 mg"),
        ({"child_pugh": "B"}, "Child-Pugh B or C: methylnaltrexone tablets 150 mg"),
        ({"child_pugh": "B"}, "Child-Pugh B: lubiprostone 16 mcg twice daily"),
        ({"child_pugh": "C"}, "Child-Pugh C: lubiprostone 8 mcg twice daily"),
        ({"child_pugh": "C"}, "avoid naloxegol in Child-Pugh C"),
        ({"child_pugh": "C"}, "avoid in severe liver disease"),
    ],
)
def test_limits_of_the_prescription_agents_are_shown(patient, words):
    bowel = of(Kind.BOWEL_REGIMEN, OXYCODONE, **patient)
    assert any(words in point.text for point in bowel.points)
    clean = of(Kind.BOWEL_REGIMEN, OXYCODONE, egfr=60, child_pugh="A")
    assert not any(words in point.text for point in clean.points)


def test_recalled_figures_say_so():
    bowel = of(Kind.BOWEL_REGIMEN, OXYCODONE)
    magnesium = next(point for point in bowel.points if point.text.startswith("magnesium hydroxide"))
    assert magnesium.source.standing is Standing.RECALLED
    senna = next(point for point in bowel.points if point.text.startswith("senna: 17.2"))
    assert senna.source.standing is Standing.VERIFIED


def test_children_get_no_adult_doses():
    bowel = of(Kind.BOWEL_REGIMEN, OXYCODONE, age=12)
    assert not any("mg" in point.text for point in bowel.points)
    assert "mg" not in bowel.consider


# --- naloxone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("medications", "patient", "words", "named_by"),
    [
        ((OXYCODONE,), {"mme": "50"}, "50 MME/d or more: 50 MME/d", "CDC 2022, HHS 2018"),
        ((OXYCODONE,), {"mme": "90"}, "90 MME/d or more: 90 MME/d", "California AB 2760"),
        ((OXYCODONE, "lorazepam 1 mg daily"), {}, "a benzodiazepine: lorazepam", "CDC 2022, FDA 2020, HHS 2018"),
        ((OXYCODONE, "pregabalin 75 mg bid"), {}, "a gabapentinoid: pregabalin", "FDA 2020"),
        ((OXYCODONE, "carisoprodol 350 mg nightly"), {}, "another sedative: carisoprodol", "FDA 2020"),
        ((OXYCODONE,), {"conditions": ["OSA"]}, "sleep-disordered breathing: sleep apnea", "CDC 2022, HHS 2018"),
        ((OXYCODONE,), {"conditions": ["COPD"]}, "lung disease: copd", "HHS 2018"),
        ((OXYCODONE,), {"conditions": ["SUD"]}, "a substance use disorder", "CDC 2022, HHS 2018"),
        ((OXYCODONE,), {"conditions": ["OUD"]}, "opioid use disorder, diagnosed", "CDC 2022, FDA 2020"),
        ((OXYCODONE,), {"conditions": ["alcohol use"]}, "alcohol: alcohol use", "HHS 2018"),
        (("methadone 10 mg daily",), {}, "methadone: methadone", "medsteward's own rule"),
        ((OXYCODONE,), {"conditions": ["overdose"]}, "a prior overdose", "CDC 2022, FDA 2020, HHS 2018"),
        ((OXYCODONE,), {"age": 65}, "age 65", "extra caution, not in its naloxone list"),
        ((OXYCODONE,), {"egfr": 59}, "low kidney or liver function: eGFR 59", "extra caution"),
        ((OXYCODONE,), {"conditions": ["cirrhosis"]}, "liver disease", "extra caution"),
        ((OXYCODONE,), {"household": ["children"]}, "children in the household", "FDA 2020, Utah"),
        ((OXYCODONE,), {"household": ["a grandchild visits"]}, "children in the household", "FDA 2020"),
        ((OXYCODONE,), {"conditions": ["dementia"]}, "cognitive decline", "Utah"),
        ((OXYCODONE,), {"conditions": ["bipolar disorder"]}, "a mental disorder", "HHS 2018"),
        ((OXYCODONE,), {"context": ["supervised taper"]}, "a taper", "VA 2016"),
        ((OXYCODONE,), {"conditions": ["lost opioid tolerance"]}, "lost tolerance", "CDC 2022, VA 2016"),
    ],
)
def test_naloxone_with_every_reason_and_who_names_it(medications, patient, words, named_by):
    because = of(Kind.NALOXONE, *medications, **patient).because
    line = next(each for each in because if words in each)
    assert named_by in line


@pytest.mark.parametrize(
    ("patient", "words"),
    [
        ({"mme": "49.999"}, "50 MME/d or more"),
        ({"mme": "89.999"}, "90 MME/d or more"),
        ({"age": 64}, "age 65"),
        ({"egfr": 60}, "low kidney"),
        ({"household": ["no children"]}, "children"),
        ({"household": ["a person of 40"]}, "children"),
        ({"conditions": ["asthma"]}, "lung disease"),
    ],
)
def test_reasons_that_nearly_apply(patient, words):
    assert words not in reasons(of(Kind.NALOXONE, OXYCODONE, **patient))


def test_without_a_reason_naloxone_is_discussed():
    naloxone = of(Kind.NALOXONE, OXYCODONE, mme="22.5", age=40, egfr=90)
    assert naloxone.consider.startswith("Discuss naloxone")
    assert naloxone.because == ("an opioid is prescribed: FDA asks to discuss naloxone with everyone",)


def test_a_pause_of_more_than_a_week_loses_tolerance():
    before = {"sig": OXYCODONE, "start": date(2025, 11, 1), "end": date(2026, 1, 1)}
    again = {"sig": OXYCODONE, "start": date(2026, 1, 10)}
    assert "lost tolerance: no opioid listed between 2026-01-01 and 2026-01-10" in reasons(
        of(Kind.NALOXONE, before, again)
    )
    sooner = {"sig": OXYCODONE, "start": date(2026, 1, 8)}
    assert "lost tolerance" not in reasons(of(Kind.NALOXONE, before, sooner))


def test_naloxone_after_the_last_opioid():
    ended = {"sig": OXYCODONE, "start": date(2025, 11, 1), "end": date(2026, 1, 20)}
    naloxone = of(Kind.NALOXONE, ended)
    assert "lost tolerance" in reasons(naloxone)
    assert naloxone.due == date(2026, 1, 20)
    long_ago = {"sig": OXYCODONE, "start": date(2024, 11, 1), "end": date(2025, 1, 20)}
    assert of(Kind.NALOXONE, long_ago) is None


def test_naloxone_also_in_cancer_pain_without_cdc_as_its_reason():
    naloxone = of(Kind.NALOXONE, OXYCODONE, "lorazepam 1 mg daily", mme="120", indication="cancer pain")
    assert "a benzodiazepine: lorazepam (FDA 2020, HHS 2018)" in naloxone.because
    assert "50 MME/d or more: 120 MME/d (HHS 2018)" in naloxone.because
    assert not any("CDC Clinical Practice" in source.citation for source in naloxone.sources)


def test_an_incomplete_day_is_at_least():
    because = reasons(of(Kind.NALOXONE, OXYCODONE, mme="60", complete=False))
    assert "at least 60 MME/d" in because
    assert any("incomplete" in text for text in report(OXYCODONE, mme="40", complete=False).unknown)


@pytest.mark.parametrize("rescue", ["Narcan 4 mg nasal spray as needed", "naloxone 0.4 mg/mL injection"])
def test_naloxone_on_the_list_is_at_hand(rescue):
    naloxone = of(Kind.NALOXONE, OXYCODONE, rescue)
    assert naloxone.done is True
    assert naloxone.due == date(2027, 1, 25)


def test_naloxone_on_hand_moves_the_due_day():
    assert of(Kind.NALOXONE, OXYCODONE, done={"naloxone_on_hand": date(2025, 6, 1)}).due == date(2026, 6, 1)
    assert of(Kind.NALOXONE, OXYCODONE, done={"naloxone_on_hand": False}).due == DAY


def test_naloxone_is_replaced_60_days_before_it_expires():
    found = report(OXYCODONE, done={"naloxone_on_hand": True, "naloxone_expires": date(2026, 6, 30)})
    assert found.of(Kind.NALOXONE_EXPIRY).due == date(2026, 5, 1)
    expired = report(OXYCODONE, done={"naloxone_on_hand": True, "naloxone_expires": date(2026, 1, 24)})
    assert expired.of(Kind.NALOXONE).done is None
    assert "expired on 2026-01-24" in reasons(expired.of(Kind.NALOXONE))


def test_the_deterrent_in_a_product_is_not_naloxone_at_hand():
    assert of(Kind.NALOXONE, "Suboxone 8/2 daily").done is None


def test_products_and_household_points_are_there():
    groups = {point.group for point in of(Kind.NALOXONE, OXYCODONE).points}
    assert {"products", "household", "refill"} <= groups


# --- monitoring -------------------------------------------------------------------------------------------------

SINCE = date(2021, 2, 1)
CHRONIC = {"indication": "chronic pain", "opioid_since": SINCE}


@pytest.mark.parametrize(
    ("done", "due"),
    [
        ({}, SINCE),
        ({"pdmp": date(2025, 11, 30)}, date(2026, 2, 28)),
        ({"pdmp": date(2025, 10, 25)}, DAY),
        ({"pdmp": True}, date(2026, 4, 25)),
        ({"pdmp": False}, SINCE),
    ],
)
def test_the_pdmp_is_due_every_three_months(done, due):
    pdmp = of(Kind.PDMP, OXYCODONE, done=done, age=40, **CHRONIC)
    assert (pdmp.due, pdmp.repeat) == (due, "P3M")


def test_with_higher_risk_the_pdmp_is_due_with_each_prescription():
    line = {"sig": OXYCODONE, "start": date(2026, 1, 20)}
    done = {"pdmp": date(2026, 1, 2)}
    assert of(Kind.PDMP, line, done=done, age=40, **CHRONIC).due == date(2026, 4, 2)
    assert of(Kind.PDMP, line, done=done, age=70, **CHRONIC).due == date(2026, 1, 20)


@pytest.mark.parametrize(
    ("patient", "level", "review", "urine"),
    [
        ({"age": 40, "mme": "22.5"}, Stratum.LOW, "P3M", "P1Y"),
        ({"age": 40, "mme": "50"}, Stratum.MODERATE, "P2M", "P6M"),
        ({"age": 65}, Stratum.MODERATE, "P2M", "P6M"),
        ({"scores": {"ORT": 7}}, Stratum.MODERATE, "P2M", "P6M"),
        ({"scores": {"ORT": 3}}, Stratum.LOW, "P3M", "P1Y"),
        ({"scores": {"ORT": 8}}, Stratum.HIGH, "P1M", "P3M"),
        ({"scores": {"ORT-OUD": 3}}, Stratum.HIGH, "P1M", "P3M"),
        ({"scores": {"ORT-OUD": 2, "ORT": 8}}, Stratum.LOW, "P3M", "P1Y"),
        ({"mme": "90"}, Stratum.HIGH, "P1M", "P3M"),
        ({"conditions": ["prior overdose"]}, Stratum.HIGH, "P1M", "P3M"),
    ],
)
def test_cadence_by_stratum(patient, level, review, urine):
    found = report(OXYCODONE, done={"reassess": DAY, "urine_drug_test": DAY}, **patient, **CHRONIC)
    assert found.stratum.level is level
    assert found.stratum.sources[0].standing is Standing.OURS
    assert bool(found.stratum.because) is (level is not Stratum.LOW)
    assert found.of(Kind.REASSESS).repeat == review
    assert found.of(Kind.URINE_DRUG_TEST).repeat == urine


def test_every_cadence_is_within_the_published_limits():
    found = report(OXYCODONE, done={"reassess": DAY, "urine_drug_test": DAY}, age=40, **CHRONIC)
    assert found.of(Kind.REASSESS).due == date(2026, 4, 25)
    assert found.of(Kind.URINE_DRUG_TEST).due == date(2027, 1, 25)


@pytest.mark.parametrize(
    ("medication", "patient", "due"),
    [
        (OXYCODONE, {"indication": "chronic pain"}, date(2026, 2, 17)),  # 4 weeks after the start
        (OXYCODONE, {"indication": "acute pain"}, date(2026, 2, 3)),  # 2 weeks
        (OXYCODONE, {"indication": "chronic pain", "mme": "50"}, date(2026, 2, 3)),
        ("OxyContin 10 mg twice daily", {"indication": "chronic pain"}, date(2026, 2, 3)),
    ],
)
def test_the_first_review(medication, patient, due):
    assert of(Kind.REASSESS, {"sig": medication, "start": date(2026, 1, 20)}, **patient).due == due


def test_a_change_of_dose_asks_for_a_review_and_a_refill_does_not():
    before = {"sig": OXYCODONE, "start": date(2025, 12, 1), "days_supply": 30}
    more = {"sig": "oxycodone 10 mg tablet, 1 tablet 3 times daily", "start": date(2026, 1, 10)}
    same = {"sig": OXYCODONE, "start": date(2026, 1, 10)}
    done = {"reassess": date(2025, 12, 29)}
    assert of(Kind.REASSESS, before, more, done=done, age=40, **CHRONIC).due == date(2026, 2, 7)
    assert "the dose of oxycodone changed" in reasons(of(Kind.REASSESS, before, more, done=done, **CHRONIC))
    assert of(Kind.REASSESS, before, same, done=done, age=40, **CHRONIC).due == date(2026, 3, 29)


def test_a_review_after_the_change_settles_it():
    more = {"sig": OXYCODONE, "start": date(2026, 1, 10)}
    assert of(Kind.REASSESS, more, done={"reassess": date(2026, 1, 20)}, indication="chronic pain").due == date(
        2026, 4, 20
    )


def test_acute_pain_needs_no_urine_test_or_agreement():
    line = {"sig": OXYCODONE, "start": date(2026, 1, 22), "days_supply": 5}
    found = report(line, indication="acute pain")
    assert {Kind.URINE_DRUG_TEST, Kind.AGREEMENT} == {each.kind for each in found.left_out}
    assert found.of(Kind.REASSESS).repeat == "P2W"
    assert found.of(Kind.PDMP) is not None


@pytest.mark.parametrize(("days", "acute"), [(27, True), (28, False), (30, False)])
def test_28_days_are_no_longer_acute(days, acute):
    line = {"sig": OXYCODONE, "start": date(2026, 1, 20), "days_supply": days}
    assert (of(Kind.URINE_DRUG_TEST, line) is None) is acute


@pytest.mark.parametrize(
    "patient", [{"indication": "cancer pain"}, {"conditions": ["sickle cell"]}, {"context": ["hospice"]}, {"age": 17}]
)
def test_care_that_the_guideline_leaves_out_has_no_intervals_but_bowel_and_naloxone(patient):
    found = report(OXYCODONE, **patient)
    kinds = {each.kind for each in found.reminders}
    assert kinds == {Kind.BOWEL_REGIMEN, Kind.NALOXONE}
    assert {each.kind for each in found.left_out} == {Kind.PDMP, Kind.URINE_DRUG_TEST, Kind.AGREEMENT, Kind.REASSESS}


def test_methadone_in_its_first_week():
    line = {"sig": "methadone 5 mg twice daily", "start": date(2026, 1, 22)}
    early = of(Kind.METHADONE_START, line, indication="chronic pain")
    assert (early.due, early.repeat, early.until) == (DAY, "P3D", date(2026, 1, 29))
    assert of(Kind.METHADONE_START, line, indication="chronic pain", as_of=date(2026, 1, 30)) is None


@pytest.mark.parametrize(
    ("sig", "done", "patient", "due"),
    [
        ("methadone 5 mg twice daily", {}, {}, date(2026, 2, 7)),  # 2 to 4 weeks
        ("methadone 5 mg twice daily", {}, {"conditions": ["long QT"]}, date(2026, 1, 10)),  # baseline
        ("methadone 5 mg twice daily", {}, {"qtc_ms": 451}, date(2026, 1, 10)),
        ("methadone 5 mg twice daily", {}, {"qtc_ms": 450}, date(2026, 2, 7)),
        ("methadone 10 mg three times daily", {}, {}, date(2026, 1, 10)),  # 30 mg/d
        ("methadone 5 mg twice daily", {"ecg": date(2026, 1, 5)}, {"qtc_ms": 451}, date(2026, 2, 7)),
    ],
)
def test_electrocardiograms_with_methadone(sig, done, patient, due):
    ecg = of(Kind.ECG, {"sig": sig, "start": date(2026, 1, 10)}, done=done, **patient)
    assert ecg.due == due
    assert not ecg.settled


def test_an_electrocardiogram_in_time_settles():
    line = {"sig": "methadone 10 mg three times daily", "start": date(2025, 11, 1)}
    ecg = of(Kind.ECG, line, done={"ecg": date(2025, 11, 20)})
    assert ecg.settled
    assert ecg.done == date(2025, 11, 20)


def test_methadone_for_opioid_use_disorder_has_its_electrocardiogram():
    found = report("methadone 80 mg daily", indication="opioid use disorder")
    assert found.of(Kind.ECG) is not None
    assert found.of(Kind.METHADONE_START) is None


def test_blood_pressure_with_clonidine():
    taper = of(Kind.BLOOD_PRESSURE, {"sig": "clonidine 0.1 mg bid", "start": DAY}, context=["supervised taper"])
    assert (taper.due, taper.repeat) == (DAY, "P1D")
    assert any("90/60" in point.text for point in taper.points)
    other = of(Kind.BLOOD_PRESSURE, "clonidine 0.1 mg bid")
    assert other.repeat is None
    assert of(Kind.BLOOD_PRESSURE, "amlodipine 5 mg daily") is None


def test_screening_is_asked_once():
    assert of(Kind.SCREENING, OXYCODONE, done={"screening": date(2026, 1, 5)}).settled
    assert not of(Kind.SCREENING, OXYCODONE).settled


# --- what was done ----------------------------------------------------------------------------------------------


def test_an_unknown_thing_done_is_a_problem_with_suggestions():
    found = report(OXYCODONE, done={"urine_drug_tests": DAY})
    assert [(each.code, each.suggestions[0]) for each in found.problems] == [("DONE-001", "urine_drug_test")]
    assert found.exit_code == 3


def test_a_day_after_the_day_asked_about_is_not_counted():
    found = report(OXYCODONE, done={"pdmp": date(2026, 2, 1)}, **CHRONIC)
    assert found.of(Kind.PDMP).done is None
    assert [each.code for each in found.cautions] == ["DONE-101"]
