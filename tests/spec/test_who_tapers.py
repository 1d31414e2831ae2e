"""Who is tapered: refused, held, asked about, or planned with conditions; each row a patient and a medicine."""

from __future__ import annotations

from datetime import date

import pytest

from medsteward.advice.taper.verdict import Asks, GoesAhead, Holds, Refused, Urgent
from medsteward.advice.taper.who import who_tapers
from medsteward.model.codes import CODES
from medsteward.model.source import Standing
from medsteward.model.stated import Because, RequestedBy, Stated
from medsteward.readers.case.stated import supervisor_of
from medsteward.readers.case.table import read_case
from medsteward.schedules.policies import policy
from medsteward.schedules.replay import NotPossible

DAY = date(2027, 1, 4)
MORPHINE = "morphine ER 30 mg tablet, 1 tablet every 12 hours"
METHADONE = "methadone 10 mg tablet, 1 tablet three times daily"
LORAZEPAM = "lorazepam 1 mg tablet, 1 tablet twice daily"
ZOLPIDEM = "zolpidem 10 mg tablet, 1 tablet at bedtime"
GABAPENTIN = "gabapentin 300 mg capsule, 1 capsule three times daily"
SUBOXONE = "Suboxone 8 mg/2 mg film, 1 film daily"
BUTRANS = "buprenorphine patch 10 mcg/h every 7 days"
CHRONIC = {"age": 58, "indication": "chronic pain"}


def stated(reason="", because=None, by=None, under=(), **answers):
    return Stated(
        requested_by=RequestedBy(by) if by else None,
        because=Because(because) if because else None,
        supervised_by=tuple(map(supervisor_of, under)),
        reason=reason,
        answers=tuple(answers.items()),
    )


def verdict(*medications, drugs, first=None, policies=(), patient=None, **said):
    lines = [{"sig": each} if isinstance(each, str) else each for each in medications]
    case = read_case({"patient": CHRONIC if patient is None else patient, "medications": lines}, as_of=DAY)
    assert not case.problems
    assert not [problem for line in case.lines for problem in line.problems if problem.code.startswith("DRUG")]
    chosen = [policy(name) for name in policies]
    return who_tapers(case, drugs=drugs, stated=stated(**said), first=first, policies=chosen)


def codes(found):
    if isinstance(found, Refused | Asks):
        return {problem.code for problem in found.problems}
    if isinstance(found, Urgent):
        return {problem.code for problem in found.problems}
    return {caution.code for caution in found.cautions}


# --- refused: exit 5 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("medication", "drug", "patient", "code"),
    [
        (MORPHINE, "morphine", {"age": 17, "indication": "chronic pain"}, "TAPER-001"),
        (GABAPENTIN, "gabapentin", {"age": 0}, "TAPER-001"),
        (SUBOXONE, "buprenorphine", {"age": 40}, "TAPER-002"),
        (SUBOXONE, "buprenorphine", {"age": 40, "indication": "opioid use disorder"}, "TAPER-002"),
        (METHADONE, "methadone", {"age": 40, "indication": "OUD"}, "TAPER-002"),
        ({"sig": METHADONE, "indication": "opioid use disorder"}, "methadone", CHRONIC, "TAPER-002"),
        ({"sig": METHADONE, "indication": "pain and opioid use disorder"}, "methadone", CHRONIC, "TAPER-002"),
        (MORPHINE, "morphine", {**CHRONIC, "conditions": ["acute respiratory failure"]}, "TAPER-003"),
        (LORAZEPAM, "lorazepam", {**CHRONIC, "conditions": ["respiratory depression"]}, "TAPER-003"),
    ],
)
def test_refused(medication, drug, patient, code):
    found = verdict(medication, drugs=[drug], by="patient", under=["pain-medicine:Dr. A"], patient=patient)
    assert isinstance(found, Refused)
    assert codes(found) == {code}
    assert {problem.exit_code for problem in found.problems} == {5}
    assert found.sources


def test_treatment_of_opioid_use_disorder_is_redirected_not_just_refused():
    (problem,) = verdict(SUBOXONE, drugs=["buprenorphine"], patient={"age": 40}).problems
    assert "continuing treatment is the recommendation" in problem.text
    assert "specialist" in problem.text


@pytest.mark.parametrize(
    ("medication", "drug", "patient"),
    [
        (MORPHINE, "morphine", {"age": 18, "indication": "chronic pain"}),
        (BUTRANS, "buprenorphine", CHRONIC),
        ({"sig": SUBOXONE, "indication": "chronic pain"}, "buprenorphine", CHRONIC),
        (METHADONE, "methadone", CHRONIC),
        (
            {"sig": METHADONE, "indication": "back pain"},
            "methadone",
            {"age": 40, "conditions": ["opioid use disorder"]},
        ),
        (GABAPENTIN, "gabapentin", {"age": 40, "indication": "opioid use disorder"}),
        (
            {"sig": "venlafaxine 75 mg capsule daily"},
            "venlafaxine",
            {**CHRONIC, "conditions": ["respiratory depression"]},
        ),
    ],
)
def test_nearly_refused(medication, drug, patient):
    assert isinstance(verdict(medication, drugs=[drug], patient=patient), GoesAhead)


def test_a_refusal_wins_over_a_hold_and_a_question():
    patient = {"age": 16, "pregnant": True, "conditions": ["suicidal ideation"]}
    assert codes(verdict(MORPHINE, drugs=["morphine"], patient=patient)) == {"TAPER-001"}


@pytest.mark.parametrize(
    "reason", ["opioid use disorder", "OUD, stable for years", "sleepy on it; no opioid use disorder", "a wish"]
)
def test_a_reason_never_decides_what_the_medicine_is_for(reason):
    found = verdict(METHADONE, drugs=["methadone"], patient={"age": 40}, reason=reason, because="no-benefit")
    assert codes(found).isdisjoint({"TAPER-002", "TAPER-009"})


def test_diversion_is_no_taper_and_says_which_field_to_write():
    found = verdict(MORPHINE, drugs=["morphine"], because="diversion")
    assert isinstance(found, Refused)
    (problem,) = found.problems
    assert (problem.code, problem.exit_code) == ("TAPER-012", 5)
    assert "not confirmed" in problem.text
    assert "disposal" in problem.text
    assert "--taken-per-day" in problem.text
    assert "--because" in problem.text


# --- urgent: exit 3, before any plan ------------------------------------------------------------------------------


@pytest.mark.parametrize("because", ["oversedation", "overdose"])
@pytest.mark.parametrize("medication", [MORPHINE, LORAZEPAM, GABAPENTIN])
def test_urgent_reasons_call_today_before_anything_is_planned(because, medication):
    drug = medication.split()[0]
    found = verdict(medication, drugs=[drug], because=because)
    assert isinstance(found, Urgent)
    (problem,) = found.problems
    assert (problem.code, problem.exit_code) == ("TAPER-011", 3)
    assert "call today" in problem.text
    assert "--answer assessed=" in problem.text
    kinds = [each.kind for each in found.supports]
    assert kinds[0] == "call_today"
    assert "contact" in kinds
    assert ("naloxone" in kinds) == (medication is MORPHINE)
    assert all(each.sources for each in found.supports)


def test_an_urgent_reason_says_what_sources_allow_and_where_they_stand():
    found = verdict(MORPHINE, LORAZEPAM, drugs=["morphine", "lorazepam"], because="overdose")
    supports = {each.kind: each for each in found.supports}
    allowed = supports["what_sources_allow"]
    assert {each.standing for each in allowed.sources} == {Standing.VERIFIED, Standing.RECALLED}
    assert any("2 to 3 weeks" in each.where and each.standing is Standing.RECALLED for each in allowed.sources)
    assert "never ended at once" in supports["benzodiazepine"].consider
    assert "opioid_use_disorder" in supports
    assert "opioid_use_disorder" not in {
        each.kind for each in verdict(MORPHINE, drugs=["morphine"], because="oversedation").supports
    }


def test_after_the_person_was_seen_the_taper_is_planned_and_says_so():
    found = verdict(MORPHINE, drugs=["morphine"], because="oversedation", assessed="seen today by Dr. A")
    assert isinstance(found, GoesAhead)
    assert "seen today by Dr. A" in conditions(found)["urgent"].words


def test_what_is_urgent_goes_before_a_hold_and_keeps_its_supports():
    found = verdict(MORPHINE, drugs=["morphine"], because="overdose", patient={"conditions": ["suicidality"]})
    assert isinstance(found, Urgent)
    assert "crisis_contact" in {each.kind for each in found.supports}
    assert {each.code for each in found.cautions} == {"TAPER-102"}


# --- held -----------------------------------------------------------------------------------------------------------


UNDER = {"under": ["obstetrics:Dr. Rivera"]}


@pytest.mark.parametrize(
    ("patient", "said", "code"),
    [
        ({"pregnant": True}, {}, "TAPER-101"),
        ({"gestational_weeks": 12}, {"by": "patient"}, "TAPER-101"),
        ({"conditions": ["pregnant"]}, {"reason": "specialist unavailable"}, "TAPER-101"),
        ({"pregnant": True}, {"reason": "supervised by Dr. Rivera, maternal-fetal medicine"}, "TAPER-101"),
        ({"pregnant": True}, {"under": ["cardiology:Dr. A", "pharmacy:Dr. B"]}, "TAPER-101"),
        ({"conditions": ["suicidal ideation"]}, {}, "TAPER-102"),
        ({"conditions": ["suicide attempt"]}, {"under": ["psychiatry:Dr. A"]}, "TAPER-102"),
        ({}, {"reason": "wants to kill himself", "suicidality": "yes"}, "TAPER-102"),
        ({}, {"suicidality": "Yes."}, "TAPER-102"),
        ({"conditions": ["uncontrolled hypertension"]}, {}, "TAPER-103"),
        ({"conditions": ["severe hypertension"]}, UNDER, "TAPER-103"),
        ({"conditions": ["recent heart attack"]}, {}, "TAPER-103"),
        ({"conditions": ["unstable angina"]}, {}, "TAPER-103"),
        ({"conditions": ["manic episode"]}, {}, "TAPER-103"),
        ({"conditions": ["psychotic"]}, {}, "TAPER-103"),
        ({"conditions": ["medically unstable"]}, {}, "TAPER-103"),
    ],
)
def test_held(patient, said, code):
    found = verdict(MORPHINE, drugs=["morphine"], patient={**CHRONIC, **patient}, **said)
    assert isinstance(found, Holds)
    assert codes(found) == {code}
    assert found.reason
    assert "--" not in found.reason, "patients read it too"
    assert found.sources
    assert "naloxone" in {each.kind for each in found.supports}
    assert all(each.sources for each in found.supports)


@pytest.mark.parametrize("code", ["TAPER-101", "TAPER-102", "TAPER-103"])
def test_a_hold_names_the_field_that_lifts_it(code):
    patient = {"pregnant": True, "conditions": ["suicidality", "recent mi"]}
    (caution,) = (each for each in verdict(MORPHINE, drugs=["morphine"], patient=patient).cautions if each.code == code)
    option, key = ("--supervised-by", "supervised_by") if code == "TAPER-101" else ("--condition", "conditions")
    assert option in caution.text
    assert key in caution.text


@pytest.mark.parametrize(
    ("patient", "said"),
    [
        ({"pregnant": True}, UNDER),
        ({"pregnant": True}, {"under": ["Maternal-Fetal Medicine:Dr. B", "addiction-medicine:Dr. C"]}),
        ({"pregnant": True}, {"under": ["ob-gyn:Dr. B"]}),
        ({"pregnant": False}, {}),
        ({}, {"reason": "unstable housing"}),
        ({}, {"reason": "less benefit, and unstable angina since May"}),
        ({}, {"reason": "manic in 2019"}),
        ({}, {"reason": "not suicidal; wants to sleep less by day", "suicidality": "asked today: no thoughts"}),
        ({"conditions": ["depression"]}, {}),
        ({"conditions": ["hypertension"]}, {}),
    ],
)
def test_nearly_held(patient, said):
    assert isinstance(verdict(MORPHINE, drugs=["morphine"], patient={**CHRONIC, **patient}, **said), GoesAhead)


def test_who_supervises_a_pregnancy_is_named_on_the_plan():
    found = verdict(MORPHINE, drugs=["morphine"], patient={**CHRONIC, "pregnant": True}, **UNDER)
    assert "Dr. Rivera (obstetrics)" in conditions(found)["pregnancy"].words


def test_a_hold_in_pregnancy_brings_the_newborn_and_naloxone():
    kinds = {each.kind for each in verdict(MORPHINE, drugs=["morphine"], patient={"pregnant": True}).supports}
    assert kinds == {"expertise", "newborn_planning", "naloxone"}


def test_a_hold_for_another_medicine_says_nothing_of_opioids():
    found = verdict(GABAPENTIN, drugs=["gabapentin"], patient={"age": 30, "pregnant": True})
    assert {each.kind for each in found.supports} == {"expertise"}
    assert "labour" not in found.reason


def test_a_hold_in_crisis_gives_a_contact_and_short_supplies():
    found = verdict(MORPHINE, drugs=["morphine"], patient={"conditions": ["suicidality"]})
    kinds = [each.kind for each in found.supports]
    assert kinds == ["crisis_contact", "behavioural_health_now", "short_supplies", "naloxone"]
    assert "988" in found.supports[0].consider


def test_a_hold_wins_over_every_question():
    found = verdict(MORPHINE, LORAZEPAM, drugs=["morphine", "lorazepam"], patient={"conditions": ["suicidality"]})
    assert isinstance(found, Holds)


def test_every_ground_of_a_hold_is_told_and_each_support_once():
    found = verdict(
        MORPHINE, drugs=["morphine"], patient={"pregnant": True, "conditions": ["suicidality", "recent mi"]}
    )
    assert codes(found) == {"TAPER-101", "TAPER-102", "TAPER-103"}
    kinds = [each.kind for each in found.supports]
    assert len(kinds) == len(set(kinds))


# --- asked: exit 3 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("medications", "drugs", "options", "code"),
    [
        ([MORPHINE], ["morphine"], {"patient": {"age": 58}}, "TAPER-004"),
        ([MORPHINE], ["morphine"], {"patient": {"age": 58}, "reason": "less benefit than harm"}, "TAPER-004"),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {}, "TAPER-005"),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {"first": "morphine"}, "TAPER-005"),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {"first": "morphine", "reason": "falls"}, "TAPER-005"),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {"because": "risk"}, "TAPER-005"),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {"first": "er", "because": "risk"}, "TAPER-005"),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {"first": "oxycodone", "because": "risk"}, "TAPER-005"),
        (
            [ZOLPIDEM],
            ["zolpidem"],
            {
                "policies": ["deprescribing_bzra"],
                "patient": {"conditions": ["insomnia", "epilepsy"]},
                "because": "risk",
            },
            "TAPER-006",
        ),
        (
            [LORAZEPAM],
            ["lorazepam"],
            {
                "policies": ["deprescribing_bzra"],
                "patient": {"conditions": ["insomnia", "alcoholism"]},
                "because": "risk",
            },
            "TAPER-006",
        ),
        (
            [LORAZEPAM],
            ["lorazepam"],
            {"policies": ["deprescribing_bzra"], "patient": {"conditions": ["anxiety"]}, "because": "risk"},
            "TAPER-007",
        ),
        ([MORPHINE], ["morphine"], {"patient": {"indication": "cancer pain"}}, "TAPER-008"),
        (
            [MORPHINE],
            ["morphine"],
            {"patient": {"indication": "cancer pain"}, "reason": "patient wants to keep the present dose"},
            "TAPER-008",
        ),
        (
            [MORPHINE],
            ["morphine"],
            {"patient": {"indication": "cancer pain"}, "reason": "nausea has not been seen"},
            "TAPER-008",
        ),
        ([MORPHINE], ["morphine"], {"patient": {"indication": "hospice"}, "because": "risk"}, "TAPER-008"),
        ([MORPHINE], ["morphine"], {"patient": {"conditions": ["sickle cell"]}, "because": "other"}, "TAPER-008"),
        (
            [MORPHINE],
            ["morphine"],
            {"patient": {"indication": "cancer pain"}, "by": "clinician", "because": "no-benefit"},
            "TAPER-008",
        ),
        ([LORAZEPAM], ["lorazepam"], {"patient": {"indication": "palliative care"}}, "TAPER-008"),
        ([METHADONE], ["methadone"], {"patient": {**CHRONIC, "conditions": ["opioid use disorder"]}}, "TAPER-009"),
        ([METHADONE], ["methadone"], {"patient": {**CHRONIC, "context": ["methadone clinic"]}}, "TAPER-009"),
        (
            [METHADONE],
            ["methadone"],
            {"patient": {"conditions": ["opioid use disorder"]}, "because": "other"},
            "TAPER-009",
        ),
        (
            ["buprenorphine 8 mg sublingual tablet, 1 tablet daily"],
            ["buprenorphine"],
            {"patient": {"age": 40}, "because": "patient-wish"},
            "TAPER-009",
        ),
        (
            [{"sig": MORPHINE, "indication": "opioid use disorder"}],
            ["morphine"],
            {"patient": CHRONIC, "because": "patient-wish"},
            "TAPER-009",
        ),
        ([SUBOXONE], ["buprenorphine"], {}, "TAPER-009"),
        (["buprenorphine/naloxone film 8 mg/2 mg, 1 film daily"], ["buprenorphine"], {}, "TAPER-009"),
    ],
)
def test_asked(medications, drugs, options, code):
    found = verdict(*medications, drugs=drugs, **options)
    assert isinstance(found, Asks)
    assert codes(found) == {code}
    assert {problem.exit_code for problem in found.problems} == {3}
    assert found.sources


@pytest.mark.parametrize(
    ("medications", "drugs", "options"),
    [
        ([MORPHINE], ["morphine"], {"patient": {"age": 58}, "because": "no-benefit"}),
        ([MORPHINE], ["morphine"], {"patient": {"age": 58}, "by": "patient"}),
        ([{"sig": MORPHINE, "indication": "back pain"}], ["morphine"], {"patient": {"age": 58}}),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {"first": "Morphine", "because": "risk"}),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {"first": "benzodiazepine", "because": "risk"}),
        ([MORPHINE, LORAZEPAM], ["morphine"], {}),
        (
            [ZOLPIDEM],
            ["zolpidem"],
            {"policies": ["deprescribing_bzra"], "patient": {"conditions": ["insomnia"]}, "because": "risk"},
        ),
        ([{"sig": ZOLPIDEM, "indication": "chronic insomnia"}], ["zolpidem"], {"policies": ["deprescribing_bzra"]}),
        ([MORPHINE], ["morphine"], {"patient": {"indication": "cancer pain"}, "because": "patient-wish"}),
        (
            [MORPHINE],
            ["morphine"],
            {"patient": {"indication": "cancer pain"}, "by": "patient", "because": "no-benefit"},
        ),
        ([MORPHINE], ["morphine"], {"patient": {"indication": "palliative care"}, "because": "adverse-effects"}),
        ([GABAPENTIN], ["gabapentin"], {"patient": {"indication": "cancer pain"}}),
        ([LORAZEPAM], ["lorazepam"], {"patient": {"indication": "cancer pain"}}),
    ],
)
def test_not_asked(medications, drugs, options):
    assert isinstance(verdict(*medications, drugs=drugs, **options), GoesAhead)


def test_every_question_is_asked_at_once():
    found = verdict(
        MORPHINE, LORAZEPAM, drugs=["morphine", "lorazepam"], policies=["deprescribing_bzra"], patient={"age": 58}
    )
    assert codes(found) == {"TAPER-004", "TAPER-005", "TAPER-007"}


# --- ahead ------------------------------------------------------------------------------------------------------------


def conditions(found):
    assert isinstance(found, GoesAhead)
    return {each.kind: each for each in found.conditions}


def test_a_plain_case_has_no_conditions():
    found = verdict(MORPHINE, drugs=["morphine"])
    assert (found.conditions, found.cautions) == ((), ())


def test_methadone_for_pain_is_slow_with_an_electrocardiogram_and_an_expert():
    unnamed = verdict(METHADONE, drugs=["methadone"])
    assert set(conditions(unnamed)) == {"slow_steps", "ecg", "expert"}
    assert not conditions(unnamed)["expert"].met
    assert codes(unnamed) == {"TAPER-105"}
    named = verdict(METHADONE, drugs=["methadone"], under=["pain-medicine:Dr. Okafor"])
    assert "Dr. Okafor (pain medicine)" in conditions(named)["expert"].words
    assert conditions(named)["expert"].met
    assert codes(named) == set()
    other = verdict(METHADONE, drugs=["methadone"], under=["obstetrics:Dr. A"], reason="with Dr. Okafor, pain clinic")
    assert not conditions(other)["expert"].met


def test_special_care_names_why():
    wish = verdict(
        MORPHINE,
        drugs=["morphine"],
        because="patient-wish",
        patient={"age": 70, "indication": "cancer pain"},
    )
    assert "request" in conditions(wish)["special_care"].words
    harm = verdict(
        MORPHINE, drugs=["morphine"], because="adverse-effects", patient={"age": 70, "indication": "cancer pain"}
    )
    assert "toxicity" in conditions(harm)["special_care"].words


def test_order_is_named():
    found = verdict(MORPHINE, LORAZEPAM, drugs=["morphine", "lorazepam"], first="lorazepam", because="risk")
    assert "lorazepam first" in conditions(found)["order"].words


def test_opioid_use_disorder_beside_another_opioid_offers_treatment():
    found = verdict(MORPHINE, drugs=["morphine"], patient={**CHRONIC, "conditions": ["opioid use disorder"]})
    assert "buprenorphine or methadone" in conditions(found)["opioid_use_disorder"].words
    assert codes(found) == {"TAPER-104"}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"patient": {"indication": "chronic pain"}}, "TAPER-106"),
        ({"because": "risk"}, "TAPER-107"),
    ],
)
def test_cautions(options, code):
    assert codes(verdict(MORPHINE, drugs=["morphine"], **options)) == {code}


def test_a_policy_that_asks_about_conditions_says_that_none_are_stated():
    found = verdict(LORAZEPAM, drugs=["lorazepam"], policies=["asam_2025_benzodiazepine"], because="other")
    assert codes(found) == {"TAPER-108"}


def test_a_drug_that_is_not_known_is_not_guessed():
    with pytest.raises(NotPossible, match="morphin is no drug"):
        verdict(MORPHINE, drugs=["morphin"])


@pytest.mark.parametrize(
    ("medications", "drugs", "options"),
    [
        ([MORPHINE], ["morphine"], {"patient": {"age": 58}}),
        ([MORPHINE, LORAZEPAM], ["morphine", "lorazepam"], {}),
        ([MORPHINE], ["morphine"], {"patient": {"indication": "cancer pain"}}),
        ([LORAZEPAM], ["lorazepam"], {"policies": ["deprescribing_bzra"], "because": "risk"}),
    ],
)
def test_every_question_names_the_option_and_the_key_of_a_case(medications, drugs, options):
    for problem in verdict(*medications, drugs=drugs, **options).problems:
        assert "--" in problem.text
        assert "in a case: [" in problem.text


def test_problems_and_warnings_carry_their_kind():
    numbers = {name: code.exit_code for name, code in CODES.items() if name.startswith("TAPER-0")}
    assert all(numbers.values())
    assert {CODES[f"TAPER-00{n}"].exit_code for n in (1, 2, 3)} == {5}
