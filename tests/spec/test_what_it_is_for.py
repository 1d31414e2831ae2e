"""What a medicine is for decides which danger is named: by its own line, by the patient's indication, by conditions."""

from __future__ import annotations

import pytest

from medsteward.interactions.check import check
from medsteward.readers.case.table import read_case
from tests.spec.check_language import AS_OF, checked, told

SEIZURES = "topiramate 50 mg tablet, 1 tablet twice daily for seizures"


def found(text):
    return {each.id: f"{each.severity.words}/{each.tier}" for each in checked(text).findings}


def asked(text):
    return {str(each.ask): each.rules for each in checked(text).unknown}


@pytest.mark.parametrize(
    ("text", "rule", "not_this"),
    [
        ("topiramate [pregnant]", "DDC-312", "DDC-325"),
        ("topiramate [pregnant; migraine]", "DDC-312", "DDC-325"),
        ("topiramate [pregnant; epilepsy]", "DDC-325", "DDC-312"),
        (f"{SEIZURES} [pregnant]", "DDC-325", "DDC-312"),
        ("topiramate 50 mg tablet, 1 tablet twice daily for migraine [pregnant; epilepsy]", "DDC-325", "DDC-312"),
        ("valproate 500 mg twice daily for bipolar disorder [pregnant]", "DDC-326", "DDC-313"),
        ("valproate [pregnant; mania]", "DDC-326", "DDC-222"),
        ("valproate 500 mg twice daily for migraine prevention [pregnant]", "DDC-313", "DDC-326"),
        ("oxycodone ER 10 mg every 12 hours for acute pain", "DDC-292", "DDC-293"),
        ("oxycodone ER 10 mg every 12 hours [for post-operative pain]", "DDC-292", "DDC-293"),
        ("oxycodone ER 10 mg every 12 hours for chronic pain [for acute pain]", "DDI-141", "DDC-292"),
        ("fentanyl patch 25 mcg/h every 3 days for acute pain [tolerant]", "DDC-293", "DDC-294"),
        ("Actiq 200 mcg lozenge 4 times daily [for dental pain; tolerant]", "DDC-294", "DDC-293"),
        ("Actiq 200 mcg lozenge 4 times daily [migraine; cancer; tolerant]", "DDI-297", "DDC-294"),
    ],
)
def test_the_use_decides(text, rule, not_this):
    rules = told(checked(text))
    assert rule in rules
    assert not_this not in rules


def test_valproate_for_epilepsy_is_not_called_contraindicated_in_pregnancy():
    assert found("valproate [pregnant; epilepsy]")["DDC-326"] == "major/1"
    assert "contraindicated/1" not in found("valproate [pregnant; epilepsy]").values()
    both = found("valproate + methotrexate [pregnant; epilepsy]")
    assert (both["DDC-222"], both["DDC-326"]) == ("contraindicated/1", "major/1")


def test_a_long_acting_opioid_that_was_already_taken_goes_on_through_acute_pain():
    older = "oxycodone ER 10 mg every 12 hours from 2025-06-01 to 2026-03-01"
    newer = "oxycodone ER 20 mg every 12 hours from 2026-03-02"
    assert "DDC-292" not in told(checked(f"{older} + {newer} [for acute pain]"))
    assert "DDC-292" in told(checked(f"{newer} [for acute pain]"))
    assert "DDC-293" not in told(
        checked("fentanyl patch 25 mcg/h every 3 days from 2025-06-01 [for acute pain; tolerant]")
    )


def test_treatment_of_opioid_use_disorder_is_no_long_acting_opioid_for_acute_pain():
    assert "DDC-292" not in told(checked("methadone 80 mg daily for opioid use disorder [for acute pain]"))


def test_misoprostol_without_a_stated_use_asks_what_it_is_for():
    text = "misoprostol 200 mcg tablet, 1 tablet four times daily [pregnant]"
    assert "DDC-310" not in told(checked(text))
    assert asked(text)["what misoprostol is for"] == ("DDC-310",)
    for_ulcers = "misoprostol 200 mcg tablet, 1 tablet four times daily for ulcer prevention [pregnant]"
    assert found(for_ulcers)["DDC-310"] == "contraindicated/1"
    assert "what misoprostol is for" not in asked(for_ulcers)
    with_mifepristone = "misoprostol + mifepristone [pregnant]"
    assert "DDC-310" not in told(checked(with_mifepristone))
    assert "what misoprostol is for" not in asked(with_mifepristone)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("methotrexate 15 mg daily", True),
        ("methotrexate 2.5 mg tablet, 6 tablets daily for rheumatoid arthritis [cancer]", True),
        ("methotrexate 2.5 mg tablet, 3 tablets in the morning and 3 tablets in the evening", True),
        ("methotrexate 15 mg every other day", True),
        ("methotrexate 7.5 mg twice weekly [rheumatoid arthritis; cancer]", True),
        ("methotrexate 15 mg daily for psoriasis", True),
        ("methotrexate 15 mg once a week", False),
        ("methotrexate 2.5 mg tablet, 6 tablets every 7 days", False),
        ("methotrexate 15 mg daily [leukemia]", False),
        ("methotrexate 15 mg daily for leukemia", False),
        ("methotrexate 25 mg injection daily", False),
        ("methotrexate 2.5 mg tablet", False),
    ],
)
def test_methotrexate_by_mouth_is_taken_by_the_week(text, fires):
    assert (found(text).get("HAZ-359") == "major/1") is fires


def test_a_course_of_ketorolac_counts_every_route():
    by_mouth = "ketorolac 10 mg tablet, 1 tablet every 6 hours from 2026-03-02 to 2026-03-05"
    injected = "ketorolac 30 mg injection every 6 hours from 2026-02-28 to 2026-03-04"
    assert "HAZ-352" not in told(checked(by_mouth))
    assert found(f"{by_mouth} + {injected}")["HAZ-352"] == "contraindicated/1"
    assert "HAZ-358" not in found("ketorolac 10 mg tablet, 1 tablet every 6 hours for 30 days")


def test_buprenorphine_that_is_long_established_is_no_start_beside_illicit_use():
    start = "Suboxone 8/2 film daily [illicit opioid use]"
    assert found(start)["HAZ-353"] == "info/2"
    assert "HAZ-353" not in told(checked("Suboxone 8/2 film daily from 2025-01-01 [illicit opioid use]"))
    (merged,) = (each for each in checked("Suboxone 8/2 film daily + diamorphine").findings if each.id == "DDI-035")
    assert "HAZ-353" in merged.absorbed
    assert "lingers" in merged.consider


def test_clonidine_does_not_ask_for_kidneys_that_are_not_stated():
    assert "DDC-303" not in {rule for each in checked("clonidine 0.1 mg twice daily").unknown for rule in each.rules}


def test_gabapentin_for_alcohol_use_disorder_is_said_on_request_alone():
    def severity(*more):
        gabapentin = {
            "sig": "gabapentin 300 mg capsule, 1 capsule three times daily",
            "indication": "alcohol use disorder",
        }
        case = {"patient": {"conditions": ["alcohol use disorder"]}, "medications": [gabapentin, *more]}
        report = check(read_case(case, as_of=AS_OF))
        return {each.id: (each.severity.words, each.tier) for each in report.findings}

    assert severity()["DDC-245"] == ("info", 3)
    assert severity({"sig": "pregabalin 75 mg capsule twice daily"})["DDC-245"] == ("moderate", 2)
    assert severity({"sig": "lorazepam 1 mg tablet nightly"})["DDI-021"] == ("major", 1)


def test_methadone_for_opioid_use_disorder_is_not_asked_to_be_a_short_acting_opioid():
    assert "DDC-274" not in told(checked("methadone 30 mg daily [naive; for opioid use disorder]"))
    assert "HAZ-351" in told(checked("methadone 30 mg daily [naive; for opioid use disorder]"))
    assert "DDC-274" in told(checked("methadone 5 mg three times daily for chronic pain [naive]"))


@pytest.mark.parametrize("text", ["heroin", "diamorphine"])
def test_heroin_is_no_opioid_for_pain(text):
    disorder = checked(f"{text} [substance use disorder]")
    assert "DDC-244" not in told(disorder)
    assert "DDC-244" in told(checked(f"{text} + oxycodone [substance use disorder]"))


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("doxepin 6 mg [age 70]", False),
        ("doxepin 3 mg tablet [age 70]", False),
        ("doxepin 6 mg tablet, 5 tablets nightly [age 70]", True),
        ("doxepin 10 mg [age 70]", True),
        ("doxepin [age 70]", True),
    ],
)
def test_the_low_dose_tablet_of_doxepin_is_known_by_its_strength(text, fires):
    assert ("DDC-233" in told(checked(text))) is fires
