"""What fits a kind of pain, and what in a patient speaks against it."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from medsteward.advice.pain.matching import for_pain, pain_kind
from medsteward.drugs.index import drugs
from medsteward.treatments.against import Effect
from medsteward.treatments.index import OPTIONS
from medsteward.treatments.pain import NOTES, PainKind
from tests import build

DAY = date(2026, 1, 25)
case = partial(build.case, as_of=DAY)


def options(kind, *sigs, **patient):
    return {each.id: each for each in for_pain(kind, case(*sigs, **patient)).options}


def effects(option, effect):
    return [each.text for each in option.against if each.effect is effect]


ORDERS = {
    PainKind.NOCICEPTIVE: ["topical-nsaid", "acetaminophen", "oral-nsaid", "duloxetine"],
    PainKind.INFLAMMATORY: ["oral-nsaid", "topical-nsaid", "oral-steroid"],
    PainKind.NEUROPATHIC: [
        "tca",
        "gabapentin",
        "pregabalin",
        "duloxetine",
        "venlafaxine",
        "lidocaine-patch",
        "amitriptyline-ketamine-cream",
        "capsaicin",
    ],
    PainKind.NOCIPLASTIC: ["duloxetine", "pregabalin", "tca", "low-dose-naltrexone"],
    PainKind.MYOFASCIAL: ["lidocaine-patch", "duloxetine", "cyclobenzaprine"],
    PainKind.MIGRAINE: [],
    PainKind.CRPS: ["duloxetine", "pregabalin", "low-dose-naltrexone"],
}


@pytest.mark.parametrize("kind", PainKind)
def test_the_order_is_that_of_the_sources(kind):
    assert [each.id for each in for_pain(kind, case()).options] == ORDERS[kind]


def test_depression_puts_snris_first_in_neuropathic_pain():
    found = list(options(PainKind.NEUROPATHIC, conditions=["depression"]))
    assert found[:3] == ["duloxetine", "venlafaxine", "tca"]


def test_heart_failure_blocks_oral_nsaids_and_leaves_topical():
    found = options(PainKind.NOCICEPTIVE, age=80, conditions=["heart failure"])
    assert found["oral-nsaid"].blocked
    assert effects(found["oral-nsaid"], Effect.BLOCKS) == ["no oral NSAID in heart failure"]
    assert not found["topical-nsaid"].blocked
    assert found["topical-nsaid"].against == ()
    assert not found["acetaminophen"].blocked


def test_age_80_lowers_duloxetine_but_does_not_block_it():
    found = options(PainKind.NOCICEPTIVE, age=80, conditions=["heart failure"])["duloxetine"]
    assert not found.blocked
    assert any("age 80" in text for text in effects(found, Effect.LOWERS))
    younger = options(PainKind.NOCICEPTIVE, age=64)["duloxetine"]
    assert not effects(younger, Effect.LOWERS)


def test_inflammatory_pain_in_heart_failure_leaves_topical():
    found = options(PainKind.INFLAMMATORY, conditions=["CHF"])
    assert found["oral-nsaid"].blocked
    assert not found["topical-nsaid"].blocked


@pytest.mark.parametrize(
    ("kind", "option", "patient", "sigs"),
    [
        (PainKind.NOCICEPTIVE, "oral-nsaid", {"egfr": 29}, ()),
        (PainKind.NOCICEPTIVE, "oral-nsaid", {"conditions": ["CKD 4"]}, ()),
        (PainKind.NOCICEPTIVE, "oral-nsaid", {"conditions": ["peptic ulcer"]}, ()),
        (PainKind.NOCICEPTIVE, "oral-nsaid", {"conditions": ["AERD"]}, ()),
        (PainKind.NOCICEPTIVE, "oral-nsaid", {"gestational_weeks": 30}, ()),
        (PainKind.NOCICEPTIVE, "oral-nsaid", {}, ("warfarin 5 mg daily",)),
        (PainKind.NEUROPATHIC, "duloxetine", {"egfr": 29}, ()),
        (PainKind.NEUROPATHIC, "duloxetine", {"conditions": ["cirrhosis"]}, ()),
        (PainKind.NEUROPATHIC, "duloxetine", {"child_pugh": "A"}, ()),
        (PainKind.NEUROPATHIC, "duloxetine", {}, ("phenelzine 15 mg three times daily",)),
        (PainKind.NEUROPATHIC, "tca", {}, ("phenelzine 15 mg three times daily",)),
        (PainKind.NEUROPATHIC, "tca", {"conditions": ["recent MI"]}, ()),
        (PainKind.MYOFASCIAL, "cyclobenzaprine", {"conditions": ["heart failure"]}, ()),
        (PainKind.CRPS, "low-dose-naltrexone", {}, ("tramadol 50 mg twice daily",)),
        (PainKind.CRPS, "low-dose-naltrexone", {}, ("Suboxone 8/2 daily",)),
        (PainKind.NOCIPLASTIC, "low-dose-naltrexone", {}, ("methadone 10 mg daily",)),
    ],
)
def test_what_rules_an_option_out(kind, option, patient, sigs):
    assert options(kind, *sigs, **patient)[option].blocked


@pytest.mark.parametrize(
    ("kind", "option", "patient", "sigs"),
    [
        (PainKind.NOCICEPTIVE, "oral-nsaid", {"egfr": 30}, ()),
        (PainKind.NOCICEPTIVE, "oral-nsaid", {"gestational_weeks": 27}, ()),
        (PainKind.NOCICEPTIVE, "oral-nsaid", {}, ("aspirin 81 mg daily",)),
        (PainKind.NEUROPATHIC, "duloxetine", {"egfr": 30}, ()),
        (PainKind.NEUROPATHIC, "tca", {}, ("sertraline 50 mg daily",)),
        (PainKind.MYOFASCIAL, "cyclobenzaprine", {"conditions": ["hypertension"]}, ()),
        (PainKind.CRPS, "low-dose-naltrexone", {}, ("gabapentin 300 mg daily",)),
    ],
)
def test_what_nearly_rules_an_option_out(kind, option, patient, sigs):
    assert not options(kind, *sigs, **patient)[option].blocked


@pytest.mark.parametrize(
    ("drug", "patient", "most"),
    [
        ("gabapentin", {"crcl": 60}, None),
        ("gabapentin", {"crcl": 59}, "1,400 mg/d"),
        ("gabapentin", {"crcl": 31}, "1,400 mg/d"),
        ("gabapentin", {"crcl": 30}, "700 mg/d"),  # exactly 30 is in no band of the label: the lower one
        ("gabapentin", {"crcl": 16}, "700 mg/d"),
        ("gabapentin", {"crcl": 15}, "300 mg/d"),
        ("gabapentin", {"crcl": 7}, "140 mg/d"),  # 20 mg a day for each mL/min
        ("pregabalin", {"crcl": 60}, None),
        ("pregabalin", {"crcl": 45}, "150 mg/d"),  # what it is for is not stated: the lowest column of the table
        ("pregabalin", {"crcl": 45, "conditions": ["fibromyalgia"]}, "225 mg/d"),
        ("pregabalin", {"crcl": 45, "conditions": ["postherpetic neuralgia"]}, "300 mg/d"),
        ("pregabalin", {"crcl": 45, "conditions": ["diabetes", "neuropathy"]}, "150 mg/d"),
        ("pregabalin", {"crcl": 30}, "150 mg/d"),
        ("pregabalin", {"crcl": 29}, "75 mg/d"),
        ("pregabalin", {"crcl": 14}, "50 mg/d"),
        ("venlafaxine", {"crcl": 95}, None),
        ("venlafaxine", {"crcl": 45}, "112.5 mg/d"),
        ("venlafaxine", {"crcl": 20}, "112.5 mg/d"),
        ("venlafaxine", {"crcl": 95, "child_pugh": "A"}, "112.5 mg/d"),
        ("venlafaxine", {"crcl": 95, "conditions": ["cirrhosis"]}, "112.5 mg/d"),
    ],
)
def test_a_ceiling_is_that_of_the_patient_and_of_what_it_is_for(drug, patient, most):
    found = options(PainKind.NEUROPATHIC, age=50, **patient)[drug]
    here = [each.text for each in found.ceiling if "here (" in each.text]
    if most is None:
        assert not here
        return
    assert f"at most {most}" in here[0]
    assert any(f"at most {most}" in text for text in effects(found, Effect.LOWERS))
    assert all("3,600" not in each.text and "600 mg/d" not in each.text for each in found.ceiling)


def test_no_first_dose_is_shown_that_is_above_the_ceiling_of_the_patient():
    found = options(PainKind.NEUROPATHIC, age=50, crcl=7)["gabapentin"]
    assert [each.text for each in found.first_dose] == ["here: begin with 100 mg once daily (bedtime)"]
    none = options(PainKind.NEUROPATHIC, age=50, crcl=3)["gabapentin"]
    assert "no first dose" in none.first_dose[0].text


@pytest.mark.parametrize("kind", [each for each in PainKind if each is not PainKind.MIGRAINE])
def test_pregnancy_is_spoken_of_with_every_option(kind):
    for each in options(kind, age=30, pregnant=True).values():
        assert any("pregnan" in one.words.casefold() for one in each.against), each.id


@pytest.mark.parametrize(
    ("weeks", "effect"), [(None, Effect.MAJOR), (20, Effect.MAJOR), (29, Effect.MAJOR), (30, Effect.BLOCKS)]
)
def test_an_nsaid_is_major_from_week_20_and_where_the_week_is_not_stated_and_ruled_out_from_30(weeks, effect):
    found = options(PainKind.INFLAMMATORY, age=30, pregnant=True, gestational_weeks=weeks)["oral-nsaid"]
    assert found.against[0].effect is effect


def test_dialysis_adds_its_dose_to_an_option():
    found = options(PainKind.NEUROPATHIC, age=50, conditions=["ckd stage 5"])["gabapentin"]
    after = [each.text for each in found.ceiling if "after each dialysis" in each.text]
    assert [figure in " ".join(after) for figure in ("125 mg", "150 mg", "200 mg", "250 mg", "350 mg")] == [True] * 5


def test_unknown_kidneys_are_listed_not_guessed():
    match = for_pain(PainKind.NEUROPATHIC, case(age=50, conditions=["depression"]))
    assert match.unknown == ("kidney function (eGFR or CrCl)",)


def test_migraine_refers():
    match = for_pain(PainKind.MIGRAINE, case("oxycodone 5 mg daily"))
    assert match.refers
    assert match.options == ()
    assert any("triptans" in note.text and "not match it to opioids" in note.text for note in match.notes)


def test_crps_warns_against_opioid_escalation():
    assert any("no opioid escalation" in note.text for note in for_pain(PainKind.CRPS, case()).notes)


def test_sedating_options_say_that_sedation_is_not_control():
    for option in ("tca", "gabapentin", "pregabalin", "duloxetine"):
        found = options(PainKind.NEUROPATHIC)[option]
        assert any("sedation without more activity is not control" in point.text for point in found.watch)


def test_sedatives_are_not_stacked():
    found = options(PainKind.NEUROPATHIC, "alprazolam 0.5 mg twice daily", conditions=["OSA"])
    assert any("do not stack" in text for text in effects(found["gabapentin"], Effect.CAUTION))


def test_topical_diclofenac_in_use_is_named():
    found = options(PainKind.NOCICEPTIVE, "diclofenac 1% gel 4 g four times daily")["topical-nsaid"]
    assert found.taken == ("diclofenac",)


@pytest.mark.parametrize("text", ["Neuropathic", "neuropathic", " CRPS ", "crps", "complex regional pain syndrome"])
def test_kinds_by_name(text):
    assert pain_kind(text) is not None


def test_unknown_kind():
    assert pain_kind("toothache") is None


def test_every_option_is_complete():
    for kind, found in OPTIONS.items():
        assert NOTES[kind]
        for each in found:
            assert each.treatment.first
            assert each.treatment.ceiling
            assert each.for_pain.why
            for name in each.treatment.drugs:
                assert drugs()[name].drug_class in each.treatment.drug_classes
