"""``medsteward trial`` and ``plan decide`` as a user types them, rightly and wrongly."""

from __future__ import annotations

import pytest

from tests.build import plan_document as document

DAYS = ("--start", "2026-12-07", "--as-of", "2026-12-01")
ASKED = (*DAYS, "--goal", "walk 20 minutes", "--baseline", "PEG=7", "--age", "50", "--egfr", "90")


@pytest.fixture
def saved(run, tmp_path):
    done = run("trial", "duloxetine", *ASKED, "--save", "trial.json")
    assert done.returncode == 0, done.stderr
    return tmp_path / "trial.json"


@pytest.mark.parametrize("style", ["text", "md", "csv", "note", "json", "ics"])
def test_every_format_answers(run, style):
    done = run("trial", "duloxetine", *ASKED, "--format", style)
    assert done.returncode == 0, done.stderr
    assert "2026-12-14" in done.stdout or "20261214" in done.stdout
    if style == "json":
        found = document(done.stdout)
        assert found["kind"] == "trial"
        assert next(each["kind"] for each in found["stop_rules"]) == "no_gain"
        assert found["exit"]["first_day"] == "2027-02-01"
        assert found["measures"][0]["series"] == [{"day": "2026-12-07", "value": 7}]
        assert [(each["amount"], each["holds"]) for each in found["ceilings"]] == [(60, True)]


def test_a_saved_trial_is_shown_as_it_was_written(run, saved):
    done = run("plan", "show", "trial.json", "--as-of", "2026-12-01", "--format", "json")
    assert done.returncode == 0
    assert done.stdout == saved.read_text()


def test_scores_are_kept_and_decide(run, saved):
    assert (
        run("plan", "decide", "trial.json", "--as-of", "2027-01-04", "--measure", "PEG=6", "--record").returncode == 0
    )
    done = run("plan", "decide", "trial.json", "--as-of", "2027-02-01", "--measure", "PEG=6.5", "--format", "json")
    assert done.returncode == 0, done.stderr
    found = document(done.stdout)
    assert found["decision"]["kind"] == "not_helping"
    assert [each["value"] for each in found["measures"][0]["series"]] == [7, 6, 6.5]
    assert document(saved.read_text())["events"] == found["events"]


def test_a_decision_without_function_measured_asks_for_it(run, saved):
    done = run("plan", "decide", "trial.json", "--as-of", "2027-02-01", "--measure", "nrs=8")
    assert done.returncode == 4
    assert "pain alone does not fail a trial" in " ".join(done.stdout.split())


def test_changes_of_a_trial_are_worded(run, saved):
    done = run("plan", "revise", "trial.json", "--pause", "2026-12-10..2026-12-16", "--why", "cold")
    assert done.returncode == 0
    assert "decision on 2027-02-08" in done.stdout
    shown = run("plan", "show", "trial.json", "--changes")
    assert "step 1: lasts 14 days instead of 7" in shown.stdout
    refused = run("plan", "revise", "trial.json", "--slow-to", "5%/8w", "--as-of", "2026-12-12")
    assert refused.returncode == 2
    assert "no percentage" in refused.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("duloxetine", *DAYS, "--goal", "less pain", "--baseline", "PEG=7"), 3, "is not a task"),
        (("duloxetine", *DAYS, "--goal", "walk 20 minutes"), 3, "needs a baseline"),
        (("duloxetine", *ASKED, "--baseline", "PEGG=7"), 3, "did you mean peg"),
        (("duloxetine", *ASKED, "--baseline", "odi=400"), 3, "at most 100"),
        (("duloxetin", *ASKED), 3, "duloxetine"),
        (("aspirin 81 mg tablet daily", *ASKED), 3, "those that do"),
        (("duloxetine", *ASKED, "--condition", "cirrhosis"), 5, "liver disease"),
        (("topical diclofenac", *ASKED), 3, "--site"),
        (("topical diclofenac", *ASKED, "--site", "spine"), 3, "not studied"),
        (("oxycodone IR 5 mg tablet, 1 tablet every 6 hours", *ASKED), 3, "--days"),
        (("duloxetine", *ASKED, "--policy", "humane"), 3, "snri_exit"),
        (("capsaicin cream", *ASKED), 4, "nothing can be counted out"),
        (("duloxetine", "duloxetine 30 mg capsule daily", *ASKED), 3, "is taken already"),
    ],
)
def test_what_stands_in_the_way_is_said_in_the_answer(run, words, code, said):
    done = run("trial", *words)
    assert done.returncode == code, done.stderr
    assert said in " ".join(done.stdout.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("duloxetine", "--goal", "walk"), "--start"),
        (("duloxetine", *DAYS, "--baseline", "PEG"), "PEG=7"),
        (("duloxetine", *DAYS, "--baseline", "PEG=seven"), "seven"),
        (("duloxetine", *DAYS, "--baseline", "PEG=-7"), "-7"),
        (("duloxetine", *ASKED, "--for-pain", "toothache"), "neuropathic"),
        (("acetaminophen", *ASKED, "--sessions", "monday"), "2026-12-08"),
        (("duloxetine", *ASKED, "--label", "fr"), "us"),
        (("duloxetine", *ASKED, "--policy", "nice"), "nice"),
        (("duloxetine", *ASKED, "--avoid", "mondays"), "weekends"),
        (("rhythm", *ASKED, "--save", "x.json"), "rhythm"),
        (("",), "--start"),
    ],
)
def test_wrong_words_are_answered_in_a_line(run, words, said):
    done = run("trial", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert "Traceback" not in done.stderr


def test_a_taper_is_not_decided(run):
    done = run(
        "taper",
        "duloxetine 60 mg capsule daily",
        "--start",
        "2027-01-04",
        "--because",
        "patient-wish",
        "--save",
        "t.json",
    )
    assert done.returncode in (0, 3)
    refused = run("plan", "decide", "t.json", "--measure", "PEG=3")
    assert refused.returncode == 2
    assert "only a trial is decided" in refused.stderr


def test_the_rhythm_answers(run):
    done = run("trial", "rhythm", *ASKED, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = document(done.stdout)
    assert (found["kind"], found["base"]) == ("rhythm", None)
    assert len(found["checkpoints"]) == 4
    assert run("trial", "rhythm", *DAYS).returncode == 3


def test_hostile_text_stays_text(run):
    goal = "walk to <script>alert(1)</script> \x1b[31m =1+1 " + "a" * 100
    for style in ("text", "md", "csv", "note", "json"):
        done = run("trial", "duloxetine", *DAYS, "--goal", goal, "--baseline", "PEG=7", "--format", style)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout
        assert style not in ("md",) or "<script>" not in done.stdout


def test_the_card_of_a_trial_is_written_in_the_language_asked_for(run):
    asked = ("--start", "2026-12-07", "--goal", "climb the stairs", "--baseline", "PEG=6")
    done = run(
        "trial", "diclofenac-gel", "--site", "knee", *asked, "--format", "html", "--language", "es", "--unreviewed"
    )
    assert done.returncode == 0, done.stderr
    assert "aplique 4 g" in done.stdout
    assert "diclofenac sodium 1 %, gel" in done.stdout
    assert "Diclofenac para la piel: empiece con 16 g al día." in done.stdout
