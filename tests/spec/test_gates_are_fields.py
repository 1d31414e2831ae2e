"""Fields decide whether a dose is lowered, a reason in words never does. Words of suicide alone ask, anywhere."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.saved.revise import report_again, revised
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.decide import measured
from medsteward.advice.trial.plan import trial
from medsteward.advice.trial.rhythm import rhythm
from medsteward.model.self_harm import words_of_suicide
from medsteward.model.stated import Because, ContradictoryRequest, RequestedBy, Stated, SupervisorRole, role_named
from medsteward.readers.case.stated import supervisor_of
from medsteward.readers.case.table import read_case
from medsteward.readers.plan.document import read_plan
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Event, HoldAt, Pause, Resume, SlowTo, Taken
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.replay import NotPossible
from medsteward.schedules.trial import Measure
from medsteward.writers.case.document import case_document
from medsteward.writers.plan.document import document
from medsteward.writers.shared.json_text import pretty
from tests.build import codes

NOW, START = date(2026, 12, 20), date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
MORPHINE = "morphine IR 15 mg tablet, 1 tablet every 6 hours"
METHADONE = "methadone 10 mg tablet, 1 tablet three times daily"
LORAZEPAM = "lorazepam 1 mg tablet, 1 tablet twice daily"
ZOLPIDEM = "zolpidem 10 mg tablet, 1 tablet at bedtime"
CLONIDINE = "clonidine 0.1 mg tablet, 1 tablet twice daily"

SUICIDE = """
suicide
Suicidal ideation
SUICIDAL
no suicidal thoughts
denies suicidal thoughts, asks for it
not suicidal; wants to sleep less by day
suicidality was ruled out
a sui\u200bcide note
parasuicide in 2019
sucidal
wants to kill himself
wants to kill herself
would never kill themselves
I will kill myself
threatens to kill self
end his life
ends her own life
ending it all
no reason to go on
sees no point in living
they are better off without me
says she will unalive herself
lethal means are at home
took too many tablets on purpose
SI+
SI: positive
SI denied
S.I. with a plan
no quiere vivir
no quiero seguir viviendo
tiene ganas de morir
prefiere estar muerta
acabar con su vida
hacerse daño
no plan to end their lives
take his own life
took her life
self-harm
no self harm
self_harm
hurting herself
harm himself
hang himself
shoot himself
cut her wrists
jump off a bridge
overdose on purpose
overdosed on purpose last year
an intentional overdose
took a deliberate overdose
the overdose was not intentional
wants to overdose
no thoughts of overdose
tried to overdose
wants to die
wish to die
wishes she were dead
wishes he was dead
better off dead
would rather be dead
thoughts of death
does not want to live
doesn\u2019t want to live anymore
no longer wants to live
no reason to live
nothing to live for
life is not worth living
tired of living
hopes not to wake up
passive SI
denies SI
SI/HI negative
C-SSRS negative
quitarse la vida
""".strip().splitlines()

HARMLESS = """
patient wants to keep the present dose
nausea has not been seen
specialist unavailable
with Dr. Okafor, pain clinic; supervised by maternal-fetal medicine
the patient asks for it
at her own request
myoclonus and sedation, drowsy, delirium
above 90 MME
insomnia, falls
opioid use disorder
unstable angina and a manic episode
end of life care
to lower the risk of an overdose
risk of death from overdose
an accidental overdose in May
SI joint pain
no SI joint injection yet
does not want to wake up at night
takes life one day at a time
pulled the patch off herself
prefers OD dosing
walks by himself
""".strip().splitlines()


def case(*medications, **table):
    lines = [{"sig": each} if isinstance(each, str) else each for each in medications or (MORPHINE,)]
    patient = table.pop("patient", {"age": 58, "indication": "chronic pain"})
    return read_case({"patient": patient, "medications": lines, **table}, as_of=NOW)


def planned(of=None, **options):
    return taper(of or case(), TaperOptions(START, when_stuck=WhenStuck.SMALLEST_STEP, **options), table=CDC)


def asks_about_suicide(report):
    assert report.plan is None
    assert report.exit_code == 3
    assert "CRISIS-001" in codes(report)
    text = next(problem.text for problem in report.problems if problem.code == "CRISIS-001")
    assert "--condition suicidality" in text
    assert "--answer suicidality=" in text
    assert "conditions = [" in text
    return True


# --- words of suicide ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", SUICIDE)
def test_words_of_suicide_are_found_negated_too(text):
    assert words_of_suicide(text)
    assert words_of_suicide(f"Less benefit than harm. {text}, as the daughter says")
    assert words_of_suicide(text.upper() if "SI" not in text else text)


@pytest.mark.parametrize("text", HARMLESS)
def test_other_words_are_not_taken_for_them(text):
    assert not words_of_suicide(text)


@pytest.mark.parametrize("text", SUICIDE)
def test_words_of_suicide_in_the_reason_of_a_taper_ask(text):
    assert asks_about_suicide(planned(reason=text))


@pytest.mark.parametrize(
    "of",
    [
        lambda text: case(taper={"reason": text}),
        lambda text: case(taper={"supervised_by": f"pain-medicine:{text}"}),
        lambda text: case(taper={"answers": {"more-taken": text}}),
        lambda text: case(patient={"age": 58, "indication": f"chronic pain, {text}"}),
        lambda text: case(patient={"age": 58, "indication": "chronic pain", "context": [text]}),
        lambda text: case(patient={"age": 58, "indication": "chronic pain", "household": [text]}),
        lambda text: case({"sig": MORPHINE, "indication": f"back pain; {text}"}),
        lambda text: case(MORPHINE, f"lorazepam 1 mg tablet, 1 tablet as needed for {text}"),
        lambda text: case({"sig": MORPHINE, "prescriber": text}),
        lambda text: case(id=text),
    ],
)
@pytest.mark.parametrize("text", ["no suicidal thoughts", "wants to kill himself"])
def test_words_of_suicide_ask_wherever_they_stand_in_a_case(of, text):
    assert asks_about_suicide(planned(of(text)))


def test_words_of_suicide_among_the_conditions_ask_or_count():
    def of(text):
        return case(patient={"age": 58, "indication": "chronic pain", "conditions": [text]})

    assert asks_about_suicide(planned(of("no suicidal thoughts in May")))
    assert of("wants to kill himself in May").patient.conditions == ("suicidality",)
    held = planned(of("wants to kill himself in May"))
    assert "TAPER-102" in {each.code for each in held.cautions}


@pytest.mark.parametrize("options", [{"reason": "suicidal"}, {"answers": (("more-taken", "wants to end his life"),)}])
def test_words_of_suicide_ask_in_every_option(options):
    report = planned(**options)
    assert asks_about_suicide(report)
    assert {"crisis_contact", "behavioural_health_now"} <= {each.kind for each in report.supports}


def test_a_stated_condition_holds_the_plan_in_weekly_supplies():
    report = planned(case(patient={"age": 58, "conditions": ["suicidality"]}), reason="wants to kill himself")
    assert report.plan.request.hold
    assert [each.kind.value for each in report.plan.steps] == ["start"]
    assert {(each.last_day - each.first_day).days + 1 for each in report.plan.fills} == {7}


def test_a_plain_yes_is_the_condition_and_any_other_answer_goes_on_and_is_printed():
    held = planned(reason="suicidal", answers=(("suicidality", "yes"),))
    assert held.plan.request.hold
    answered = planned(reason="suicidal in 2019", answers=(("suicidality", "asked today: no thoughts, Dr. A"),))
    assert not answered.plan.request.hold
    assert any(each.code == "CRISIS-101" and "no thoughts, Dr. A" in each.text for each in answered.cautions)
    assert document(answered)["stated"]["answers"] == {"suicidality": "asked today: no thoughts, Dr. A"}


@pytest.mark.parametrize("said", ["Yes, passive thoughts", "yes - but no plan", "passive", "sí, a veces"])
def test_an_answer_that_begins_with_yes_is_the_condition(said):
    assert planned(reason="suicidal", answers=(("suicidality", said),)).plan.request.hold


@pytest.mark.parametrize("said", ["unknown", "Not asked.", "not yet", "?", "pending", "n/a"])
@pytest.mark.parametrize("question", ["suicidality", "assessed"])
def test_that_something_is_not_known_answers_no_question(question, said):
    stated = {"because": "overdose"} if question == "assessed" else {"reason": "suicidal"}
    assert planned(case(taper=stated), answers=((question, said),)).plan is None


@pytest.mark.parametrize("said", ["no", "No, tomorrow", "none", "not reached", "nobody was there", "will be seen"])
def test_that_nobody_was_assessed_is_no_assessment(said):
    assert planned(case(taper={"because": "overdose"}), answers=(("assessed", said),)).plan is None


def test_a_case_may_answer_as_well():
    of = case(taper={"reason": "not suicidal", "answers": {"suicidality": "asked today: none"}})
    assert planned(of).plan is not None


def trials(**options):
    given = {"goal": "walk 20 minutes a day", "baseline": (Measure("peg", Fraction(7)),), **options}
    of = given.pop("of", None) or case("acetaminophen 500 mg tablet, 1 tablet daily")
    return trial(of, TrialOptions("duloxetine", START, **given), table=CDC)


@pytest.mark.parametrize(
    "options",
    [
        {"goal": "go one week without wanting to die"},
        {"goal": "walk 20 minutes, no self-harm"},
        {"reason": "not suicidal"},
        {"site": "hopes not to wake up"},
        {"baseline": (Measure("peg", Fraction(7)), Measure("suicidal thoughts", Fraction(0)))},
        {"answers": (("size", "he tried to overdose"),)},
        {
            "of": case(
                {"sig": "acetaminophen 500 mg tablet, 1 tablet daily", "indication": "pain, denies suicidal ideas"}
            )
        },
    ],
)
def test_words_of_suicide_ask_before_a_trial(options):
    assert trials().plan is not None
    assert asks_about_suicide(trials(**options))


def test_a_trial_goes_on_with_the_condition_or_an_answer():
    stated = case("acetaminophen 500 mg tablet, 1 tablet daily", patient={"age": 58, "conditions": ["suicidality"]})
    assert "CRISIS-001" not in codes(trials(of=stated, reason="suicidal"))
    assert trials(reason="suicidal in 2019", answers=(("suicidality", "asked today: none"),)).plan is not None


def test_the_answers_of_a_case_are_kept_with_a_trial():
    of = case("acetaminophen 500 mg tablet daily", taper={"answers": {"suicidality": "asked today: none"}})
    report = trials(of=of, reason="not suicidal")
    assert document(report)["stated"]["answers"] == {"suicidality": "asked today: none"}


def test_words_of_suicide_ask_before_the_rhythm():
    baseline = (Measure("peg", Fraction(7)),)
    assert rhythm(case(), START, "walk 20 minutes", baseline).kind == "rhythm"
    assert asks_about_suicide(rhythm(case(), START, "walk 20 minutes and not think of suicide", baseline))
    answers = (("suicidality", "asked today: none"),)
    assert rhythm(case(), START, "walk 20 minutes and not think of suicide", baseline, answers).kind == "rhythm"


PAUSE = Pause(date(2027, 3, 1), date(2027, 3, 7))
SLOW = SlowTo(Fraction(5), Interval(days=56))


@pytest.mark.parametrize("what", [PAUSE, SLOW, HoldAt(2), Taken(date(2027, 1, 6), Fraction(30))])
@pytest.mark.parametrize("why", ["wants to kill himself", "no suicidal thoughts", "overdose on purpose"])
def test_words_of_suicide_ask_before_a_plan_is_changed(what, why):
    plan = planned().plan
    with pytest.raises(NotPossible, match="--answer suicidality="):
        revised(plan, Event(date(2027, 1, 6), what, why), CDC)
    changed = revised(plan, Event(date(2027, 1, 6), what, why, (("suicidality", "asked today: none"),)), CDC)
    assert changed.events[-1].why == why
    later = Taken(date(2027, 1, 7), Fraction(30))
    again = revised(changed, Event(date(2027, 1, 7), later, "a journey"), CDC)
    assert len(again.events) == 2


def test_after_a_plain_yes_only_the_present_dose_is_kept_until_it_is_answered_anew():
    plan = planned().plan
    yes = (("suicidality", "yes"),)
    day = date(2027, 1, 6)
    held = revised(plan, Event(day, PAUSE, "suicidal", yes), CDC)
    for what in (SLOW, Resume(date(2027, 4, 1))):
        with pytest.raises(NotPossible, match="present dose stays"):
            revised(plan, Event(day, what, "suicidal", yes), CDC)
        with pytest.raises(NotPossible, match="present dose stays"):
            revised(held, Event(date(2027, 3, 8), what, "goes on"), CDC)
    assert "crisis_contact" in {each.kind for each in report_again(held, day, CDC).supports}
    later = Event(date(2027, 3, 8), SLOW, "goes on", (("suicidality", "crisis passed, seen by Dr. A"),))
    assert len(revised(held, later, CDC).events) == 2


def test_words_of_suicide_ask_before_a_score_is_kept():
    plan = trials().plan
    found, problems = measured(plan, [Measure("suicidal", Fraction(1))], START)
    assert found is plan
    assert "CRISIS-001" in [each.code for each in problems]
    assert "CRISIS-001" in [each.code for each in measured(plan, [Measure("peg", Fraction(4), "suicidal")], START)[1]]
    assert measured(plan, [Measure("peg", Fraction(4))], START)[1] == ()


def test_a_base_that_a_measure_does_not_have_is_a_problem():
    (problem,) = measured(trials().plan, [Measure("peg", Fraction(4), "knee")], START)[1]
    assert "has no base" in problem.text


# --- a reason decides nothing -------------------------------------------------------------------------------------


CASES = [
    case(),
    case(METHADONE),
    case(MORPHINE, LORAZEPAM),
    case(ZOLPIDEM, patient={"age": 70}),
    case(CLONIDINE, "propranolol 40 mg tablet, 1 tablet twice daily"),
    case(patient={"age": 58}),
    case(patient={"age": 58, "indication": "cancer pain"}),
    case(patient={"age": 30, "pregnant": True, "indication": "chronic pain"}),
    case(METHADONE, patient={"age": 40, "conditions": ["opioid use disorder"]}),
    case("Suboxone 8 mg/2 mg film, 1 film daily", patient={"age": 40}),
    case(LORAZEPAM, patient={"age": 50, "indication": "palliative care"}),
]
STATED = [
    {},
    {"because": "no-benefit"},
    {"because": "oversedation"},
    {"because": "diversion"},
    {"requested_by": "patient", "first": "lorazepam"},
    {"supervised_by": (supervisor_of("obstetrics:Dr. A"),)},
    {"ceiling": Fraction(30), "because": "risk"},
]
DECIDING = (
    "the patient asks for it; sedation, nausea, falls",
    "supervised by Dr. Okafor, obstetrics and pain medicine",
    "opioid use disorder",
    "pain",
    "insomnia, unstable angina, psychotic",
    "150 MME",
    "a palliative patient near the end of life",
    "no benefit, overdose, oversedation, diversion",
    "pregnant",
    "takes more than prescribed because relief did not last",
    "metoprolol ends",
)


def without_reason(report, reason):
    """The document of a report, with the reason taken out wherever it is printed."""
    found = document(report)
    for key in ("digest", "alternatives"):
        found[key] = None
    for where in (found["stated"], found["base"] and found["base"]["request"]["stated"]):
        if where:
            assert where["reason"] == " ".join(reason.split())
            where["reason"] = ""
    if found["base"]:
        found["base"]["request"]["reason"] = ""
    for said in found["warnings"]:
        if said["code"] == "TAPER-122":
            said["text"] = said["text"].removesuffix(f"; {' '.join(reason.split())}")
    return found


@given(
    st.sampled_from(CASES),
    st.sampled_from(STATED),
    (st.sampled_from([*HARMLESS, *DECIDING]) | st.text(max_size=60)).filter(lambda text: not words_of_suicide(text)),
)
def test_no_text_of_a_reason_changes_a_decision(of, fields, reason):
    plain, said = planned(of, **fields), planned(of, **fields, reason=reason)
    assert said.exit_code == plain.exit_code
    assert without_reason(said, reason) == without_reason(plain, "")


@given(st.sampled_from([*HARMLESS, "pain after shingles", "fibromyalgia", "spinal cord injury"]))
def test_no_text_of_a_reason_or_a_goal_changes_the_doses_of_a_trial(text):
    of = case("acetaminophen 500 mg tablet, 1 tablet daily", patient={"age": 50, "crcl": 90})

    def steps(reason, goal):
        report = trial(
            of, TrialOptions("pregabalin", START, goal, (Measure("peg", Fraction(7)),), reason=reason), table=CDC
        )
        return report.exit_code, document(report)["steps"], document(report)["ceilings"]

    assert steps(text, f"walk 20 minutes, {text}") == steps("", "walk 20 minutes")


# --- the fields ---------------------------------------------------------------------------------------------------


def test_the_patients_wish_is_the_patients_request_and_no_clinicians():
    assert Stated(because=Because.PATIENT_WISH).is_by_patient
    with pytest.raises(ContradictoryRequest):
        TaperOptions(START, because="patient-wish", requested_by="clinician")
    report = planned(case(taper={"requested_by": "clinician"}), because="patient-wish")
    assert (report.plan, codes(report)) == (None, ["CASE-003"])


def test_a_case_states_the_same_fields_and_options_go_before_it():
    of = case(
        patient={"age": 58, "indication": "cancer pain"},
        taper={
            "requested_by": "patient",
            "because": "no-benefit",
            "supervised_by": ["palliative-care:Dr. A", "pain-medicine:Dr. B"],
            "reason": "less benefit",
        },
    )
    assert not of.problems
    stated = document(planned(of))["stated"]
    assert stated == {
        "requested_by": "patient",
        "because": "no-benefit",
        "supervised_by": ["palliative-care:Dr. A", "pain-medicine:Dr. B"],
        "reason": "less benefit",
        "answers": {},
    }
    over = document(planned(of, because="adverse-effects", reason="other words"))["stated"]
    assert over == {**stated, "because": "adverse-effects", "reason": "other words"}


@pytest.mark.parametrize(
    ("table", "code", "where"),
    [
        ({"because": "falls"}, "CASE-002", "taper.because"),
        ({"requested_by": "family"}, "CASE-002", "taper.requested_by"),
        ({"requested_by": True}, "CASE-002", "taper.requested_by"),
        ({"supervised_by": "Dr. Rivera"}, "CASE-002", "taper.supervised_by"),
        ({"supervised_by": "specialist:Dr. Rivera"}, "CASE-002", "taper.supervised_by"),
        ({"supervised_by": "obstetrics:unavailable"}, "CASE-002", "taper.supervised_by"),
        ({"supervised_by": 3}, "CASE-002", "taper.supervised_by"),
        ({"reason": ["a"]}, "CASE-002", "taper.reason"),
        ({"reason": "x" * 1001}, "CASE-002", "taper.reason"),
        ({"answers": "none"}, "CASE-002", "taper.answers"),
        ({"why": "x"}, "CASE-001", "taper.why"),
        ({"because": "patient-wish", "requested_by": "clinician"}, "CASE-003", "taper.requested_by"),
    ],
)
def test_a_field_that_cannot_be_read_is_a_problem_and_nothing_is_planned(table, code, where):
    of = case(taper=table)
    assert [(each.code, each.where) for each in of.problems] == [(code, where)]
    assert planned(of).plan is None


def test_a_case_with_its_fields_is_written_and_read_again():
    of = case(taper={"because": "risk", "supervised_by": "gp:Dr. C", "answers": {"assessed": "today"}, "reason": "x"})
    again = read_case(json.loads(json.dumps(case_document(of))), as_of=NOW)
    assert again.stated == of.stated
    assert "taper" not in case_document(case())


@pytest.mark.parametrize("role", [each.value for each in SupervisorRole])
def test_every_role_is_read_by_its_name_in_any_spelling(role):
    for said in (role, role.upper(), role.replace("-", " "), role.replace("-", "_")):
        assert role_named(said) is SupervisorRole(role)
    assert supervisor_of(f"{role}: Dr. A ").name == "Dr. A"


@pytest.mark.parametrize(
    "text", ["Dr. A", ":Dr. A", "wizardry:Dr. A", "obstetrics:", "gp: none", "pain:?", "gp:Dr. A unavailable"]
)
def test_whoever_is_nobody_does_not_supervise(text):
    with pytest.raises(ValueError, match=r"obstetrics:Dr\. Rivera"):
        supervisor_of(text)


def test_a_saved_plan_keeps_what_was_stated_when_it_is_shown_and_revised():
    of = case(METHADONE, taper={"supervised_by": "pain-medicine:Dr. Okafor"})
    report = planned(of, because="oversedation", reason="not suicidal", answers=ANSWERED)
    saved, problems = read_plan(pretty(document(report)).encode(), "plan.json")
    assert problems == ()
    assert saved is not None
    assert saved.plan.request.stated == report.plan.request.stated
    changed = revised(saved.plan, Event(date(2027, 1, 6), PAUSE, "a journey"), CDC)
    again = report_again(changed, date(2027, 1, 7), CDC)
    assert document(again)["stated"] == document(report)["stated"]
    assert document(again)["stated"]["requested_by"] is None
    kinds = {each.kind for each in again.supports}
    assert {"urgent", "expert"} <= kinds


ANSWERED = (("assessed", "seen today by Dr. A"), ("suicidality", "asked today: none"))


def test_a_plan_saved_before_there_were_fields_is_still_read():
    found = json.loads(pretty(document(planned())))
    del found["base"]["request"]["stated"]
    del found["base"]["request"]["case"]["stated"]
    del found["stated"]
    from medsteward.schedules.saved import digest

    found["digest"] = digest(found)
    saved, problems = read_plan(json.dumps(found).encode(), "plan.json")
    assert problems == ()
    assert saved is not None
    assert saved.plan.request.stated == Stated()


def test_a_ceiling_above_the_policys_takes_a_field_for_its_reason():
    assert codes(planned(ceiling=Fraction(40))) == ["TAPER-024"]
    report = planned(ceiling=Fraction(40), because="risk")
    assert any(each.code == "TAPER-122" and "reason: risk" in each.text for each in report.cautions)


@pytest.mark.parametrize("by", RequestedBy)
def test_who_asks_is_printed(by):
    from medsteward.writers.plan.table import text

    assert f"requested by: the {by.value}" in text(planned(requested_by=by))
