"""The fields that decide about a taper, and words of suicide, as a user types them and as files hold them."""

from __future__ import annotations

import json

import pytest

from tests.build import plan_document as document

MORPHINE = "morphine IR 15 mg tablet, 1 tablet every 6 hours"
START = ("--start", "2027-01-04", "--as-of", "2026-12-20", "--when-stuck", "smallest-step")
PAIN = ("--indication", "chronic pain", "--age", "58")
CASE = """
[patient]
age = 58
indication = "cancer pain"
[taper]
{taper}
[[medications]]
sig = "morphine IR 15 mg tablet, 1 tablet every 6 hours"
"""


@pytest.fixture
def saved(run, tmp_path):
    fields = ("--because", "no-benefit", "--requested-by", "patient", "--supervised-by", "pain clinic:Dr. Okafor")
    done = run("taper", MORPHINE, *START, *PAIN, *fields, "--reason", "less relief", "--save", "plan.json")
    assert done.returncode == 0, done.stderr
    return tmp_path / "plan.json"


def test_a_clinician_who_asks_contradicts_the_patients_wish(run):
    done = run("taper", MORPHINE, *START, *PAIN, "--because", "patient-wish", "--requested-by", "clinician")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--requested-by" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--because", "falls"), "adverse-effects"),
        (("--requested-by", "family"), "clinician"),
        (("--supervised-by", "Dr. Okafor"), "obstetrics"),
        (("--supervised-by", "specialist:unavailable"), "obstetrics"),
        (("--supervised-by", "obstetrics:unavailable"), "names nobody"),
        (("--because", "risk", "--because", "other"), "more than once"),
    ],
)
def test_a_field_that_cannot_be_read_is_wrong_usage(run, wrong, said):
    done = run("taper", MORPHINE, *START, *PAIN, *wrong)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("fields", "code", "exit_code"),
    [
        ((), "TAPER-008", 3),
        (("--reason", "patient wants to keep the present dose"), "TAPER-008", 3),
        (("--reason", "nausea has not been seen"), "TAPER-008", 3),
        (("--reason", "wants to kill himself"), "CRISIS-001", 3),
        (("--requested-by", "clinician"), "TAPER-008", 3),
        (("--because", "overdose"), "TAPER-011", 3),
        (("--because", "diversion"), "TAPER-012", 5),
        (("--requested-by", "patient"), "", 0),
        (("--because", "patient-wish"), "", 0),
        (("--because", "adverse-effects", "--reason", "nausea has not been seen"), "", 0),
    ],
)
def test_options_and_a_case_decide_alike(run, tmp_path, fields, code, exit_code):
    typed = run("taper", MORPHINE, *START, "--age", "58", "--indication", "cancer pain", *fields, "--format", "json")
    pairs = dict(zip(fields[::2], fields[1::2], strict=True))
    table = "\n".join(f'{name[2:].replace("-", "_")} = "{value}"' for name, value in pairs.items())
    (tmp_path / "case.toml").write_text(CASE.format(taper=table))
    filed = run("taper", "--input", "case.toml", *START, "--format", "json")
    for done in (typed, filed):
        assert done.returncode == exit_code, done.stderr
        found = document(done)
        assert [each["code"] for each in found["problems"]] == ([code] if code else [])
        assert (found["base"] is None) == bool(code)


def test_a_plan_keeps_its_fields_when_it_is_saved_shown_and_revised(run, saved):
    stated = {
        "requested_by": "patient",
        "because": "no-benefit",
        "supervised_by": ["pain-medicine:Dr. Okafor"],
        "reason": "less relief",
        "answers": {},
    }
    assert json.loads(saved.read_text())["stated"] == stated
    pause = ("--pause", "2027-01-11..2027-01-17", "--why", "illness", "--as-of", "2027-01-06")
    assert document(run("plan", "revise", "plan.json", *pause, "--format", "json"))["stated"] == stated
    shown = run("plan", "show", "plan.json", "--as-of", "2027-01-07", "--format", "text", "--verbose").stdout
    for line in ("requested by: the patient", "because: no benefit", "supervised by: Dr. Okafor (pain medicine)"):
        assert line in shown


@pytest.mark.parametrize("why", ["wants to kill himself", "no suicidal thoughts", "not suicidal"])
def test_words_of_suicide_ask_before_a_plan_is_revised_and_leave_the_file(run, saved, why):
    before = saved.read_bytes()
    revise = ("plan", "revise", "plan.json", "--slow-to", "5%/8w", "--why", why, "--as-of", "2027-01-06")
    done = run(*revise, "--format", "json")
    assert (done.returncode, done.stdout) == (3, "")
    assert "--answer suicidality=" in done.stderr
    assert "CRISIS-001" in done.stderr
    assert saved.read_bytes() == before
    found = document(run(*revise, "--answer", "suicidality=asked today: none", "--format", "json"))
    assert found["events"][0]["why"] == why
    assert found["events"][0]["answers"] == [["suicidality", "asked today: none"]]
    note = run("plan", "show", "plan.json", "--as-of", "2027-01-07", "--format", "note").stdout
    assert "asked today: none" in note


def test_words_of_suicide_save_no_plan(run, tmp_path):
    done = run("taper", MORPHINE, *START, *PAIN, "--reason", "no suicidal thoughts", "--save", "plan.json")
    assert done.returncode == 3
    assert "988" in done.stdout
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize("what", ["duloxetine", "rhythm"])
def test_words_of_suicide_in_the_goal_of_a_trial_ask(run, what):
    asked = ("trial", what, "--start", "2027-01-04", "--as-of", "2026-12-20", "--baseline", "PEG=7", "--age", "50")
    goal = ("--goal", "walk 20 minutes a day and not think of suicide")
    done = run(*asked, *goal)
    assert done.returncode == 3
    assert "CRISIS-001" in done.stdout
    assert run(*asked, *goal, "--answer", "suicidality=asked today: none").returncode == 0
    assert run(*asked, *goal, "--condition", "suicidality").returncode == 0


def test_words_of_suicide_in_a_measure_ask_before_a_trial_is_decided(run, tmp_path):
    made = ("trial", "duloxetine", "--start", "2027-01-04", "--as-of", "2026-12-20", "--goal", "walk 20 minutes")
    assert run(*made, "--baseline", "PEG=7", "--age", "50", "--save", "trial.json").returncode == 0
    before = (tmp_path / "trial.json").read_bytes()
    done = run(
        "plan", "decide", "trial.json", "--as-of", "2027-02-20", "--measure", "suicidal=yes", "--measure", "PEG=4"
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "CRISIS-001" in done.stderr
    assert (tmp_path / "trial.json").read_bytes() == before
