"""What is offered beside a taper: each class its own list, and the patient's facts in it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from medsteward.advice.plan.report import Support
from medsteward.advice.plan.supports import supports_for
from medsteward.advice.plan.supports_opioids import PAUSE_COWS, URGENT_COWS
from medsteward.drugs.index import drugs as known_drugs
from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.patient.kidneys import KidneyFunction
from medsteward.readers.case.table import read_case
from medsteward.scales.declared import COWS
from medsteward.treatments.declared.autonomic import lofexidine_tablets
from medsteward.treatments.index import RELIEF

DAY = date(2027, 1, 4)
MORPHINE = "morphine ER 30 mg tablet, 1 tablet every 12 hours"
OPIOID_KINDS = [
    "non_opioid",
    "sleep",
    "hydration",
    "behavioural_support",
    "withdrawal_scale",
    "clonidine",
    "lofexidine",
    "other_autonomic",
    *(relief.group.symptom.value for relief in RELIEF),
    "qt_stacking",
    "not_for_withdrawal",
    "bowel_regimen",
    "naloxone",
]
BENZODIAZEPINE_KINDS = ["seizure_history", "ciwa_b", "cbt_i", "longer_acting", "goal"]


def offered(*sigs, drugs, every_days=None, done=None, **patient) -> dict[str, Support]:
    case = read_case({"patient": patient, "medications": [{"sig": s} for s in sigs], "done": done or {}}, as_of=DAY)
    assert not case.problems
    return {each.kind: each for each in supports_for(case, drugs=drugs, every_days=every_days)}


def opioid(*more, **patient):
    return offered(MORPHINE, *more, drugs=["morphine"], **patient)


def words(support):
    return "\n".join((support.consider, *support.limits))


# --- the lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drug", "kinds"),
    [
        ("morphine", OPIOID_KINDS),
        ("tramadol", OPIOID_KINDS),
        ("buprenorphine", OPIOID_KINDS),
        ("butorphanol", OPIOID_KINDS),
        ("lorazepam", BENZODIAZEPINE_KINDS),
        ("zolpidem", ["cbt_i", "drug_free_nights", "rebound_insomnia"]),
        ("gabapentin", ["gabapentinoid_withdrawal", "pain_plan"]),
        ("pregabalin", ["gabapentinoid_withdrawal", "pain_plan"]),
        ("venlafaxine", ["snri_withdrawal", "mood"]),
        ("amitriptyline", ["tricyclic_withdrawal", "mood"]),
        ("clonidine", ["blood_pressure"]),
        ("lofexidine", ["blood_pressure"]),
        ("baclofen", ["baclofen_withdrawal"]),
        ("tizanidine", []),
        ("acetaminophen", []),
        ("naltrexone", []),
    ],
)
def test_each_class_has_its_list(drug, kinds):
    assert list(offered(f"{drug} 1 mg daily", drugs=[drug])) == kinds


def test_every_support_has_words_and_a_source():
    classes = {each.drug_class: name for name, each in known_drugs().items()}
    for drug in classes.values():
        for support in offered(f"{drug} 1 mg daily", drugs=[drug]).values():
            assert support.consider
            assert support.sources
            assert len(set(support.limits)) == len(support.limits)


def test_two_classes_bring_both_lists_and_nothing_twice():
    found = offered(
        MORPHINE, "lorazepam 1 mg bid", "zolpidem 10 mg nightly", drugs=["morphine", "lorazepam", "zolpidem"]
    )
    assert list(found) == [*OPIOID_KINDS, *BENZODIAZEPINE_KINDS, "drug_free_nights", "rebound_insomnia"]


OF_OPIOIDS = ("opioid", "naloxone", "cows", "sows", "lofexidine", "loperamide", "laxative", "bowel", "tolerance")
OF_BENZODIAZEPINES = ("benzodiazepine", "ciwa", "cbt-i", "seizure")


@pytest.mark.parametrize(
    ("drug", "foreign"),
    [
        ("lorazepam", OF_OPIOIDS),
        ("zolpidem", (*OF_OPIOIDS, "ciwa", "seizure")),
        ("gabapentin", (*OF_OPIOIDS, *OF_BENZODIAZEPINES)),
        ("duloxetine", (*OF_OPIOIDS, *OF_BENZODIAZEPINES, "venlafaxine", "tricyclic")),
        ("nortriptyline", (*OF_OPIOIDS, *OF_BENZODIAZEPINES, "venlafaxine", "snri")),
        ("clonidine", ("opioid", "naloxone", "cows", "lofexidine", *OF_BENZODIAZEPINES)),
        ("baclofen", (*OF_OPIOIDS, "benzodiazepine", "ciwa", "cbt-i")),
    ],
)
def test_nothing_of_another_class_is_said(drug, foreign):
    for support in offered(f"{drug} 1 mg daily", drugs=[drug], age=50).values():
        assert [word for word in foreign if word in words(support).casefold()] == []


def test_an_opioid_that_is_taken_but_not_lowered_brings_nothing():
    assert list(offered(MORPHINE, "lorazepam 1 mg bid", drugs=["lorazepam"])) == BENZODIAZEPINE_KINDS


def test_what_is_lowered_as_well_is_not_offered_as_a_remedy():
    found = offered(MORPHINE, "gabapentin 300 mg tid", drugs=["morphine", "gabapentin"])
    assert "gabapentin" not in found["other_autonomic"].consider
    assert not any(limit.startswith("gabapentin") for limit in found["other_autonomic"].limits)
    assert "Already taken" not in found["non_opioid"].consider
    found = offered(MORPHINE, "clonidine 0.1 mg bid", drugs=["morphine", "clonidine"])
    assert "clonidine" not in found


# --- the patient's facts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "offers"), [(65, True), (66, False), (None, True)])
def test_no_diphenhydramine_over_65(age, offers):
    found = opioid(**({} if age is None else {"age": age}))["anxiety_tears_and_runny_nose"]
    assert ("diphenhydramine" in found.consider) is offers
    assert any(limit.startswith("diphenhydramine: not over 65") for limit in found.limits) is not offers
    assert any(limit.startswith("diphenhydramine: 25 mg") for limit in found.limits) is offers


def test_a_group_where_nothing_suits_says_so():
    found = opioid(age=80)["cramps"]
    assert found.consider.endswith("none of the usual medicines suits this patient.")
    assert not any("20 mg" in limit for limit in found.limits)


def test_heart_failure_leaves_a_non_opioid_support():
    found = opioid(age=80, egfr=25, conditions=["heart failure"])
    assert "short course of an oral NSAID" not in found["non_opioid"].consider
    assert "physical therapy" in found["non_opioid"].consider
    assert "naproxen" not in found["aches"].consider


def test_what_is_taken_without_an_opioid_is_named():
    assert "Already taken: duloxetine" in opioid("duloxetine 60 mg daily")["non_opioid"].consider


def test_a_remedy_that_is_already_taken_is_counted():
    assert (
        "trazodone: already taken, count it (medsteward's own rule)"
        in opioid("trazodone 50 mg nightly")["sleeplessness"].limits
    )


def test_clonidine_has_a_plan_for_pressure_and_pulse():
    limits = opioid()["clonidine"].limits
    assert "hold a dose if blood pressure is below 90/60 mmHg" in limits
    assert "test dose 0.1 mg, blood pressure 1 hour later; again after each rise" in limits
    assert "hold a dose if the pulse is below 50 a minute (needs a second source)" in limits
    assert "blood pressure daily" in limits
    assert "no aim here" in "".join(limits)


def test_clonidine_names_what_lowers_pressure_already():
    limits = "\n".join(opioid("metoprolol 25 mg bid")["clonidine"].limits)
    assert "beta blocker makes the rebound worse" in limits
    assert "metoprolol" in limits
    assert "metoprolol" not in "\n".join(opioid()["clonidine"].limits)


def test_every_beta_blocker_and_alpha_agonist_is_named_by_lofexidine():
    for name, drug in known_drugs().items():
        if drug.drug_class in (DrugClass.BETA_BLOCKER, DrugClass.ALPHA2_AGONIST) or name == "tizanidine":
            limits = opioid(f"{name} 1 mg daily")["lofexidine"].limits
            assert any(name in limit and "lower pulse or blood pressure" in limit for limit in limits), name


def test_short_steps_have_relief_at_hand():
    fast = offered(MORPHINE, drugs=["morphine"], every_days=7)["clonidine"].consider
    slow = offered(MORPHINE, drugs=["morphine"], every_days=28)["clonidine"].consider
    assert "ready from the start" in fast
    assert "ready from the start" not in slow


def exactly(value):
    return KidneyFunction(Fraction(value), Fraction(value), "eGFR")


@pytest.mark.parametrize(
    ("child_pugh", "kidney", "tablets"),
    [
        (None, None, 3),
        ("A", None, 3),
        ("B", None, 2),
        ("C", None, 1),
        (None, exactly(120), 3),
        (None, exactly(90), 3),
        (None, exactly(Fraction("89.9")), 2),
        (None, exactly(30), 2),
        (None, exactly(Fraction("29.9")), 1),
        (None, exactly(5), 1),
        ("B", exactly(25), 1),
        ("C", exactly(60), 1),
        ("A", exactly(60), 2),
        (None, KidneyFunction(Fraction(60), Fraction(1000), "eGFR"), 2),  # a stage alone: 60 or above
        (None, KidneyFunction(Fraction(0), Fraction(60), "eGFR"), 1),  # below 60, how far is not known
    ],
)
def test_lofexidine_by_liver_and_kidneys(child_pugh, kidney, tablets):
    assert lofexidine_tablets(child_pugh, kidney) == tablets


@pytest.mark.parametrize(
    ("patient", "daily"),
    [
        ({"egfr": 100}, "2.16"),
        ({"egfr": 60}, "1.44"),
        ({"egfr": 20}, "0.72"),
        ({"child_pugh": "B", "egfr": 100}, "1.44"),
    ],
)
def test_lofexidine_dose_is_shown(patient, daily):
    found = opioid(**patient)["lofexidine"]
    assert f"({daily} mg/d)" in found.limits[0]
    assert "only around the last dose or on withdrawal" in found.consider


@pytest.mark.parametrize("condition", ["long qt syndrome", "stroke", "recent mi", "bradycardia"])
def test_lofexidine_is_left_out_where_its_label_says_avoid(condition):
    found = opioid(conditions=[condition])["lofexidine"]
    assert "not offered" in found.consider
    assert not any("0.18 mg" in limit for limit in found.limits)
    assert found.limits


@pytest.mark.parametrize(
    ("more", "patient", "said"),
    [
        ((), {"egfr": 20, "conditions": ["ckd stage 4"]}, "both are shown"),
        (("methadone 10 mg tid",), {}, "major, DDI-073"),
        (("amitriptyline 25 mg nightly",), {}, "electrocardiogram first"),
        ((), {"qtc_ms": 460}, "electrocardiogram first"),
        ((), {"conditions": ["low potassium"]}, "correct potassium"),
        ((), {"conditions": ["cirrhosis"]}, "liver disease without Child-Pugh"),
        ((), {}, "kidney function is not known"),
    ],
)
def test_limits_of_lofexidine(more, patient, said):
    assert said in "\n".join(opioid(*more, **patient)["lofexidine"].limits)


def test_the_bowel_regimen_goes_down_with_the_dose():
    found = opioid("senna 8.6 mg 2 tablets nightly")["bowel_regimen"]
    assert found.consider == "Keep senna, and reduce in step with the opioid's dose."
    assert "sign of withdrawal" in words(found)
    assert "peripheral opioid antagonist" not in words(found)


def test_a_peripheral_antagonist_ends_with_the_opioid():
    assert "ends on the day the opioid ends" in words(opioid("naloxegol 25 mg daily")["bowel_regimen"])


def test_diarrhea_holds_laxatives_first():
    found = opioid(conditions=["diarrhea"])
    assert found["bowel_regimen"].consider.startswith("Diarrhea is on the list: hold laxatives")


def test_naloxone_at_the_start_even_where_it_is_at_hand():
    assert opioid()["naloxone"].consider.startswith("Offer naloxone at the start")
    assert opioid(done={"naloxone_on_hand": True})["naloxone"].consider.startswith("The patient has naloxone")


def test_withdrawal_is_never_treated_with_an_opioid_or_a_benzodiazepine():
    found = opioid()
    assert "never treated with an extra opioid or a benzodiazepine" in found["not_for_withdrawal"].consider
    names = {name for name, drug in known_drugs().items() if drug.drug_class.is_opioid_agonist}
    names |= {name for name, drug in known_drugs().items() if drug.drug_class is DrugClass.BENZODIAZEPINE}
    remedies = {name for relief in RELIEF for remedy in relief.remedies for name in remedy.treatment.drugs}
    assert not names & remedies


def test_pregnancy_leaves_every_medicine_to_the_specialist():
    assert next(iter(opioid(pregnant=True))) == "pregnancy"
    assert "pregnancy" not in opioid(pregnant=False)


@pytest.mark.parametrize("condition", ["epilepsy", "alcohol use"])
def test_seizures_and_alcohol_ask_about_another_place_of_care(condition):
    found = offered("lorazepam 1 mg bid", drugs=["lorazepam"], conditions=[condition])
    assert "inpatient or specialist care" in found["seizure_history"].consider


def test_a_beta_blocker_beside_clonidine_that_is_lowered():
    found = offered("clonidine 0.1 mg bid", "propranolol 40 mg bid", drugs=["clonidine"])
    said = words(found["blood_pressure"])
    assert "with propranolol: only if it is to end, gradually and by its prescriber" in said
    assert "several days before clonidine" in said


def test_cut_offs_are_those_where_the_bands_of_the_scale_begin():
    edges = {band.name: band.up_to for band in COWS.bands if band.up_to is not None}
    assert edges["mild"] == PAUSE_COWS - 1
    assert edges["moderate"] == URGENT_COWS - 1


# --- standing ---------------------------------------------------------------------------------------------------------


def test_what_needs_a_second_source_says_so():
    for support in opioid(age=70, egfr=50).values():
        recalled = any(source.standing is Standing.RECALLED for source in support.sources)
        shown = any("needs a second source" in limit for limit in support.limits)
        assert shown <= recalled


def test_kidney_function_is_not_shown_as_the_mark_it_is_below():
    shown = [str(KidneyFunction(value, value, "CrCl")) for value in (Fraction(30), Fraction("29.9"), Fraction("29.96"))]
    assert shown == ["CrCl 30", "CrCl 29.9", "CrCl 29.9"]
