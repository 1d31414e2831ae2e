"""``medsteward taper`` and ``plan`` as a user types them, rightly and wrongly."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from medsteward.schemas import schema_text
from tests.build import plan_document as document

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OXYCODONE = "oxycodone IR 5 mg tablet tid"
START = ("--start", "2027-01-04", "--as-of", "2026-12-20")
PAIN = ("--indication", "chronic pain", "--age", "58")
STUCK = ("--input", "taper.toml", *START, "--products", "products.csv")
TAPER = (*STUCK, "--when-stuck", "smallest-step")


@pytest.fixture
def desk(tmp_path):
    for name in ("taper.toml", "products.csv"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def saved(run, desk):
    done = run("taper", *TAPER, "--save", "plan.json")
    assert done.returncode == 0, done.stderr
    return desk / "plan.json"


@pytest.mark.parametrize("style", ["text", "md", "csv", "note", "json", "ics", "fhir", "html"])
def test_every_format_answers(run, desk, style):
    done = run("taper", *TAPER, "--format", style)
    assert done.returncode == 0
    assert "2027-01-04" in done.stdout or "20270104" in done.stdout
    if style == "json":
        found = document(done)
        assert [step["total"]["amount"] for step in found["steps"]][:4] == [165, 150, 135, 127.5]
        assert found["outcome"]["kind"] == "reaches_target"
    if style == "csv":
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert {row["drug"] for row in rows if row["kind"] != "stop"} == {"morphine", "oxycodone"}


@pytest.mark.parametrize("style", ["text", "md", "csv", "note", "json"])
def test_a_plan_that_needs_a_choice_is_shown_whole_with_its_ways(run, desk, style):
    done = run("taper", *STUCK, "--format", style)
    assert done.returncode == 3
    assert "choice" in done.stderr
    assert "2027-01-04" in done.stdout
    if style == "json":
        found = document(done)
        assert found["outcome"]["kind"] == "needs_choice"
        assert found["steps"][-1]["kind"] == "stop"
        assert found["supports"] == found["sources"] == found["checkpoints"] == found["reminders"] == []
        assert any("--when-stuck smallest-step" in (each["command"] or "") for each in found["alternatives"])
    if style == "text":
        assert done.stdout.index("Choose a way") < done.stdout.index("--way 1")
        assert "What to take" not in done.stdout
        assert "To dispense" not in done.stdout


PAGES = [
    ("--format", "ics"),
    ("--format", "fhir"),
    ("--format", "html"),
    ("--format", "html", "--for", "clinician"),
    ("--format", "pdf"),
    ("--format", "text", "--for", "pharmacy"),
    ("--format", "csv", "--for", "pharmacy"),
]


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_a_plan_that_needs_a_choice_becomes_no_page_before_one_is_chosen(run, desk, page):
    done = run("taper", *STUCK, *page)
    assert (done.returncode, done.stdout) == (3, "")
    assert "needs a choice first" in done.stderr
    assert "--when-stuck smallest-step" in done.stderr


def test_a_plan_that_needs_a_choice_is_kept_in_no_file(run, desk):
    done = run("taper", *STUCK, "--save", "plan.json")
    assert done.returncode == 3
    assert not (desk / "plan.json").exists()
    assert "plan.json was not written: the plan needs a choice first" in done.stderr


def test_a_plan_that_ends_answers_with_nothing_to_choose(run):
    done = run("taper", OXYCODONE, *START, *PAIN, "--when-stuck", "smallest-step", "--format", "json")
    assert done.returncode == 0
    found = document(done)
    assert found["outcome"] == {"kind": "reaches_target", "reason": None}
    assert found["steps"][-1]["kind"] == "stop"
    assert all(step["forced"] for step in found["steps"])


def test_the_commands_of_other_ways_on_run_as_they_stand(run):
    import shlex

    done = run("taper", OXYCODONE, *START, *PAIN, "--format", "json")
    for each in document(done)["alternatives"]:
        if each["command"] is None:
            continue
        words = shlex.split(each["command"])[1:]
        again = run(*words, "--format", "json", "--as-of", "2026-12-20")
        found = document(again)
        assert len(found["steps"]) == each["steps"], each["option"]
        assert (found["steps"][-1]["last_day"] if found["steps"] else None) == each["last_day"], each["option"]


# --- kept and changed ---------------------------------------------------------------------------------------------


def test_showing_a_saved_plan_gives_the_same_document(run, saved):
    done = run("plan", "show", "plan.json", "--as-of", "2026-12-20", "--format", "json")
    assert done.stdout == saved.read_text(encoding="utf-8")
    document(done)


def test_a_revision_is_kept_in_the_file(run, saved):
    done = run(
        "plan", "revise", "plan.json", "--pause", "2027-03-15..2027-04-04", "--why", "illness", "--format", "json"
    )
    assert done.returncode == 0
    shown = document(run("plan", "show", "plan.json", "--format", "json"))
    assert shown["steps"][3]["first_day"] == "2027-04-19"
    assert shown["steps"][2]["days"] == 49
    assert shown["events"][0]["what"] == {"kind": "pause", "first": "2027-03-15", "last": "2027-04-04"}
    changes = run("plan", "show", "plan.json", "--changes").stdout
    assert "step 3: lasts 49 days instead of 28" in changes


def test_changes_are_text_or_a_document(run, saved):
    run("plan", "revise", "plan.json", "--pause", "2027-03-15..2027-04-04", "--as-of", "2027-03-15")
    done = run("plan", "show", "plan.json", "--changes", "--format", "json", "--as-of", "2027-03-15")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    jsonschema.validate(found, json.loads(schema_text("plan_changes")))
    assert found["event"]["what"]["kind"] == "pause"
    assert (found["changes"][0]["step"], found["changes"][0]["change"]) == (3, "longer")
    refused = run("plan", "show", "plan.json", "--changes", "--format", "ics")
    assert refused.returncode == 2
    assert "text or json" in refused.stderr


def test_a_dose_changed_by_hand_in_the_steps_is_not_revised_away(run, saved):
    table = json.loads(saved.read_text(encoding="utf-8"))
    table["steps"][0]["doses"][0]["items"][0]["count"] += 1
    saved.write_text(json.dumps(table), encoding="utf-8")
    before = saved.read_bytes()
    done = run("plan", "revise", "plan.json", "--hold-at", "2")
    assert done.returncode == 3
    assert "PLAN-002" in done.stderr
    assert saved.read_bytes() == before


def test_a_revision_can_go_elsewhere(run, saved):
    before = saved.read_bytes()
    run("plan", "revise", "plan.json", "--hold-at", "2", "--save", "held.json")
    assert saved.read_bytes() == before
    held = document(run("plan", "show", "held.json", "--format", "json"))
    assert len(held["steps"]) == 2


def test_a_new_plan_is_not_saved_over_one_that_was_revised(run, saved):
    again = ("taper", *TAPER, "--save", "plan.json")
    assert run(*again).returncode == 0, "a plan that nothing happened to may be made anew"
    run("plan", "revise", "plan.json", "--pause", "2027-03-15..2027-04-04", "--as-of", "2027-03-15")
    before = saved.read_bytes()
    done = run(*again)
    assert (done.returncode, done.stdout) == (2, "")
    assert "plan.json holds a plan that was revised on 2027-03-15; give another file, or remove it first" in done.stderr
    assert saved.read_bytes() == before


@pytest.mark.parametrize(
    "words", [("taper", OXYCODONE, *START, *PAIN), ("plan", "revise", "plan.json", "--hold-at", "2")]
)
def test_a_plan_is_not_saved_over_a_file_that_is_none(run, saved, desk, words):
    (desk / "README.md").write_text("# Mine\n")
    done = run(*words, "--save", "README.md")
    assert done.returncode == 2
    assert "README.md is there already and is no plan that --save wrote; give another file" in done.stderr
    assert (desk / "README.md").read_text() == "# Mine\n"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("mme", "--input", "taper.toml", "--output", "./taper.toml"), "taper.toml"),
        (("review", "--output", "taper.toml", "--input", "taper.toml"), "taper.toml"),
        (("taper", "--input", "taper.toml", *START, "--save", "taper.toml"), "taper.toml"),
        (("taper", OXYCODONE, *START, "--products", "products.csv", "--output", "products.csv"), "products.csv"),
        (("check", "aspirin", "--new-since", "taper.toml", "--output", "taper.toml"), "taper.toml"),
        (("plan", "show", "plan.json", "--output", "plan.json"), "plan.json"),
        (("plan", "check", "plan.json", "--output", "plan.json"), "plan.json"),
        (("plan", "revise", "plan.json", "--hold-at", "2", "--output", "plan.json"), "plan.json"),
    ],
)
def test_what_is_read_is_not_written_over(run, saved, desk, words, kept):
    before = (desk / kept).read_bytes()
    done = run(*words)
    assert done.returncode == 2
    assert f"{kept} is the file being read; give another one" in done.stderr
    assert (desk / kept).read_bytes() == before


def test_a_plan_and_its_page_are_two_files(run, saved):
    done = run("taper", OXYCODONE, *START, *PAIN, "--save", "new.json", "--output", "new.json")
    assert done.returncode == 2
    assert "--save and --output are the same file" in done.stderr


def test_the_calendar_of_a_revision_cancels_what_went(run, saved):
    run("plan", "revise", "plan.json", "--hold-at", "2", "--as-of", "2027-01-10")
    assert "STATUS:CANCELLED" in run("plan", "show", "plan.json", "--format", "ics").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "give a change"),
        (("--pause", "2027-03-15..2027-04-04", "--reverse", "--as-of", "2027-02-10"), "reason"),
        (("--undo",), "not changed, so there is nothing to take back"),
        (("--end", "2026-12-01", "--as-of", "2027-02-10"), "end it on 2027-02-10 or later"),
        (("--end", "2030-01-01"), "no step is in force"),
        (("--missed", "2027-02-10..2027-02-09"), "from their first day to their last"),
        (("--missed", "2027-02-08..2027-02-11", "--as-of", "2027-02-10"), "2027-02-11 is after 2027-02-10"),
        (("--missed", "tuesday"), "are not the days that were missed"),
        (("--dispense", "2027-02-10=7", "--as-of", "2027-02-10"), "2027-02-10=7:lost counts what is at home as gone"),
        (("--dispense", "2027-02-10=7:bored"), "write lost, early or travel"),
        (("--dispense", "2027-02-10=91:lost"), "for 1 to 90 days, not 91"),
        (("--dispense", "2027-02-10"), "is not a day, days and a reason"),
        (("--dispense", "2027-02-11=7:early", "--as-of", "2027-02-10"), "2027-02-11 is after 2027-02-10"),
        (("--set", "3=oxycodone=5"), "is not a dose; write it as 45 mg/d"),
        (("--set", "99=morphine=75 mg/d", "--as-of", "2027-01-10"), "there is no step 99"),
        (("--skip", "1", "--as-of", "2027-01-10"), "step 1 began on 2027-01-04"),
        (("--insert", "2=tramadol=50 mg", "--as-of", "2027-01-10"), "tramadol is not what was lowered"),
        (("--hold-at", "2", "--hold-at", "2"), "held at step 2 already"),
        (("--pause", "2027-04-04..2027-03-15"), "from its first day to its last"),
        (("--pause", "2030-01-01..2030-01-02"), "no step is in force"),
        (("--slow-to", "20%/4w"), "only slowed"),
        (("--slow-to", "5%"), "5%/8w"),
        (("--hold-at", "99"), "there is no step 99"),
        (("--resume", "2027-05-01"), "not held"),
        (("--reverse", "--as-of", "2027-02-10"), "reason"),
        (("--taken", "2027-02-10"), "not a day and a dose"),
        (("--taken", "2027-02-10=0", "--as-of", "2027-02-09"), "2027-02-10 is after 2027-02-09"),
        (("--present", "oxycodone=15 mg"), "written with its day"),
        (("--on", "2027-02-10", "--reverse"), "written with its day"),
        (("--present", "oxycodone", "--on", "2027-02-10"), "not a drug and its dose"),
        (("--present", "oxycodone=15 mg", "--on", "2027-02-10"), "state morphine as well"),
        (("--present", "oxycodone=15 mg", "--on", "2027-02-10", "--on", "2027-02-11"), "one day in all"),
        (("--taken", "2027-02-10=25 mcg/h"), "does not fit the day's total, which is in MME/d"),
        (("--taken", "2027-02-10=0", "--as-of", "2027-02-10", "--save", ""), 'cannot write to ""'),
        (("--taken", "2027-02-10=0", "--as-of", "2027-02-10", "--save", "."), 'cannot write to "."'),
    ],
)
def test_what_a_plan_does_not_allow_changes_nothing(run, saved, words, said):
    before = saved.read_bytes()
    done = run("plan", "revise", "plan.json", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert saved.read_bytes() == before


@pytest.mark.parametrize("dose", ["7.5", "7.5 mg", "7500 mcg", "0.0075 g"])
def test_what_was_taken_is_kept_in_the_unit_of_the_plan(run, tmp_path, dose):
    run("taper", OXYCODONE, *START, *PAIN, "--when-stuck", "smallest-step", "--save", "plan.json")
    run("plan", "revise", "plan.json", "--taken", f"2027-02-10={dose}", "--as-of", "2027-02-10")
    assert "on 2027-02-10 7.5 mg/d was taken" in run("plan", "show", "plan.json").stdout


def test_a_gap_waits_for_the_restart_dose_that_a_command_states(run):
    methadone = "methadone 10 mg tablet, 1 tablet three times daily"
    run(
        "taper",
        methadone,
        *START,
        *PAIN,
        "--when-stuck",
        "smallest-step",
        "--reason",
        "with the pain specialist",
        "--save",
        "plan.json",
    )
    for day in ("12", "13", "14"):
        gap = run("plan", "revise", "plan.json", "--taken", f"2027-01-{day}=0", "--as-of", "2027-01-15")
    assert gap.returncode == 3
    assert "Take " not in gap.stdout
    assert "naloxone" in gap.stdout.splitlines()[0]
    high = run("plan", "revise", "plan.json", *_restart("methadone=30 mg"))
    assert (high.returncode, "above the last dose tolerated" in high.stderr) == (2, True)
    again = document(run("plan", "revise", "plan.json", *_restart("methadone=15 mg"), "--format", "json"))
    assert [each["total"]["amount"] for each in again["steps"] if each["kind"] == "start"] == [15]
    assert (again["awaits_restart"], again["dispensed_until"]) == (False, "2027-01-16")
    shown = run("plan", "show", "plan.json", "--changes").stdout
    assert "restarted on 2027-01-16 at methadone 15 mg" in shown


def _restart(dose: str) -> tuple[str, ...]:
    return ("--present", dose, "--on", "2027-01-16", "--as-of", "2027-01-16")


def test_the_same_pause_twice_leaves_the_file_as_it_is(run, saved):
    pause = ("plan", "revise", "plan.json", "--pause", "2027-01-18..2027-02-07", "--as-of", "2027-01-18")
    run(*pause)
    before = saved.read_bytes()
    again = run(*pause)
    assert again.returncode == 2
    assert "paused already; a day is paused once" in again.stderr
    assert saved.read_bytes() == before


def test_the_sentence_about_no_further_step_gives_the_dose_exactly(run):
    asked = ("taper", "clonazepam 1 mg tablet, 1 tablet twice daily", *START, "--because", "risk", "--split")
    said = document(run(*asked, "--format", "json"))["outcome"]["reason"]
    assert said.startswith("at 0.75 mg/d the smallest step that products allow, ")


def test_a_plan_without_a_name_is_no_folder(run, saved):
    done = run("plan", "show", "")
    assert (done.returncode, done.stdout) == (2, "")
    assert "it names no file" in done.stderr


def test_a_file_edited_by_hand_is_refused(run, saved):
    saved.write_text(saved.read_text(encoding="utf-8").replace('"2027-02-01"', '"2027-02-02"'), encoding="utf-8")
    done = run("plan", "show", "plan.json")
    assert done.returncode == 3
    assert "changed after it was saved" in done.stderr


def test_a_file_of_a_newer_version_is_said_to_be_one(run, saved):
    saved.write_text(
        saved.read_text(encoding="utf-8").replace("medsteward.plan/1", "medsteward.plan/9"), encoding="utf-8"
    )
    done = run("plan", "show", "plan.json")
    assert done.returncode == 3
    assert "install the medsteward that wrote it" in done.stderr


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1", b'{"schema": "medsteward.mme/1"}'])
def test_other_files_are_no_plans(run, tmp_path, content):
    (tmp_path / "plan.json").write_bytes(content)
    done = run("plan", "show", "plan.json")
    assert done.returncode in (2, 3)
    assert done.stderr.startswith("medsteward: ")
    assert "Traceback" not in done.stderr


# --- typed wrongly ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--percent", "0"), 2, "more than 0"),
        (("--percent", "-5"), 2, ""),
        (("--ceiling", "200"), 2, "at most 100"),
        (("--every", "2x"), 2, "28d, 4w or 1mo"),
        (("--every", "0d"), 2, "between a day and a year"),
        (("--policy", "nobody"), 2, "the policies are"),
        (("--policy", "deprescribing_bzra"), 3, "is not a policy for oxycodone"),
        (("--first", "ketamine"), 3, "is none of"),
        (("--avoid", "fridays"), 2, "weekends, holidays:US"),
        (("--avoid", "holidays:XX"), 2, "not known"),
        (("--weekday", "someday"), 2, ""),
        (("--mark", "1 L"), 2, "mark of a syringe"),
        (("--larger", "teatime"), 2, "not a time of day"),
        (("--target", "40 mg"), 3, "nothing rises"),
        (("--target", "some"), 2, ""),
        (("--products", "none.csv"), 2, "none.csv"),
        (("--taken-per-day", "oxycodone"), 2, "a drug and its dose"),
        (("--table", "cdc_2022", "--table", "anzca_2021"), 2, "one --table"),
    ],
)
def test_wrong_options_are_said_in_a_line(run, words, code, said):
    done = run("taper", OXYCODONE, *START, *PAIN, *words)
    assert done.returncode == code, done.stderr + done.stdout[-500:]
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ingredient\n",
        b"a,b\n1,2\n",
        b"ingredient,route,form,release,strength_value,strength_unit,per_unit,scored_or_splittable\n",
        b"ingredient,route,form,release,strength_value,strength_unit,per_unit,scored_or_splittable\n"
        b"unobtainium,oral,tablet,IR,5,mg,tablet,no\n",
        b"ingredient,route,form,release,strength_value,strength_unit,per_unit,scored_or_splittable\n"
        b"oxycodone,oral,tablet,IR,.5,mg,tablet,no\n",
        b"ingredient,route,form,release,strength_value,strength_unit,per_unit,scored_or_splittable\n"
        b"oxycodone,oral,tablet,IR,0,mg,tablet,no\n",
        b"\xff\xfe\x00",
        b'"' + b"x" * 2_000_000,
    ],
)
def test_wrong_files_of_products_are_said_in_a_line(run, tmp_path, content):
    (tmp_path / "own.csv").write_bytes(content)
    done = run("taper", OXYCODONE, *START, *PAIN, "--products", "own.csv")
    assert done.returncode == 2
    assert done.stderr.count("\n") <= 3
    assert "Traceback" not in done.stderr


def test_a_start_in_the_past_is_pointed_out(run):
    done = run("taper", OXYCODONE, "--start", "2020-01-01", *PAIN, "--format", "json")
    assert "TAPER-120" in {each["code"] for each in json.loads(done.stdout)["warnings"]}


@pytest.mark.parametrize("words", [(), ("--format", "note"), ("--format", "csv", "--for", "pharmacy")])
def test_a_start_long_ago_is_asked_about_on_every_page(run, desk, words):
    asked = "The plan begins on 2020-01-04, 2,542 days before 2026-12-20: is the year meant?"
    call = ("taper", "--input", "taper.toml", "--as-of", "2026-12-20", "--target", "75 MME/d", *words)
    done = run(*call, "--start", "2020-01-04")
    assert asked in done.stdout
    assert "TAPER-124" not in done.stdout, "no days of use can be told from a start before the first"
    assert "is the year meant" not in run(*call, "--start", "2026-11-20").stdout


def test_a_plan_as_a_table_is_not_taken_for_a_schedule(run, saved, desk):
    table = run("plan", "show", "plan.json", "--format", "csv").stdout
    (desk / "plan.csv").write_text(table)
    done = run("plan", "check", "plan.csv", "--policy", "humane")
    assert (done.returncode, done.stdout) == (2, "")
    assert "this is the plan as a table; save it with --save and check that file" in done.stderr


def test_only_a_step_that_is_held_longer_is_said_to_be(run):
    done = run("taper", OXYCODONE, *START, *PAIN, "--when-stuck", "smallest-step", "--format", "json")
    steps = document(done)["steps"]
    assert {"held longer" in step["why_forced"] for step in steps} == {True, False}
    for step in steps:
        assert not ("held longer" in step["why_forced"] and step["days"] <= 28), step
        assert "held" not in step["why_forced"] or "held longer: at least" in step["why_forced"]


def test_without_a_reason_the_plan_is_a_draft(run):
    done = run("taper", OXYCODONE, *START, "--when-stuck", "smallest-step", "--format", "json")
    assert done.returncode == 3
    found = document(done)
    assert [each["code"] for each in found["problems"]] == ["TAPER-004"]


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "text"),
        ("--format", "md"),
        ("--format", "note"),
        ("--format", "html"),
        ("--format", "html", "--for", "clinician"),
        ("--format", "csv", "--for", "pharmacy"),
    ],
)
def test_every_page_of_a_draft_says_that_it_is_one(run, words):
    said = "Draft: why the dose is lowered is not stated yet."
    call = ("taper", OXYCODONE, *START, "--when-stuck", "smallest-step", *words)
    assert said in run(*call).stdout
    assert said not in run(*call, *PAIN).stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((OXYCODONE, "--age", "16"), 5),
        (("buprenorphine/naloxone 8 mg/2 mg film, 1 film twice daily", "--indication", "opioid use disorder"), 5),
        (("methadone 10 mg tablet tid", "--indication", "opioid use disorder"), 5),
        ((OXYCODONE, *PAIN, "--pregnant"), 3),
        ((OXYCODONE, *PAIN, "--condition", "suicidality"), 3),
        ((OXYCODONE, "alprazolam 0.5 mg tablet bid", *PAIN), 3),
    ],
)
def test_who_is_refused_or_held(run, words, code):
    done = run("taper", *words, *START, "--format", "json")
    assert done.returncode == code, done.stdout[-800:] + done.stderr
    found = document(done)
    assert all(step["kind"] == "start" for step in found["steps"])


def test_a_card_is_written_for_one_plan_and_only_where_there_is_one(run, saved):
    done = run("plan", "show", "plan.json", "--format", "html", "--large-print", "--output", "card.html")
    assert done.returncode == 0
    card = (saved.parent / "card.html").read_text(encoding="utf-8")
    assert card.startswith("<!DOCTYPE html>")
    assert "font-size: 18pt" in card
    done = run("plan", "show", "plan.json", "--format", "pdf", "--output", "card.pdf")
    assert done.returncode == 0
    assert (saved.parent / "card.pdf").read_bytes().startswith(b"%PDF-")
    refused = run("taper", "buprenorphine 8 mg film, 1 film daily", *START, "--indication", "opioid use disorder")
    done = run(
        "taper",
        "buprenorphine 8 mg film, 1 film daily",
        *START,
        "--indication",
        "opioid use disorder",
        "--format",
        "html",
        "--output",
        "none.html",
    )
    assert done.returncode == refused.returncode != 0
    assert not (saved.parent / "none.html").exists()
    assert "there is no plan to print" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_card_is_written_in_the_language_asked_for(run, saved):
    made = ("taper", *TAPER, "--language", "es")
    unread = run(*made, "--format", "html")
    assert unread.returncode == 2
    assert "--language es --unreviewed" in unread.stderr
    for command in ((*made, "--unreviewed"), ("plan", "show", "plan.json", "--language", "ES", "--unreviewed")):
        done = run(*command, "--format", "html")
        assert done.returncode == 0, done.stderr
        assert '<html lang="es">' in done.stdout
        assert "Morphine baja: de 120 a 105 mg al día." in done.stdout
        assert "Traducción aún no revisada." in done.stdout
    done = run(
        "plan", "show", "plan.json", "--format", "pdf", "--language", "es", "--unreviewed", "--output", "card.pdf"
    )
    assert done.returncode == 0
    assert "Mi plan para bajar la dosis" in PdfReader(saved.parent / "card.pdf").pages[0].extract_text()
    paused = ("plan", "revise", "plan.json", "--pause", "2027-03-15..2027-04-04", "--why", "ill")
    assert "Hay 1 pausa." in run(*paused, "--format", "html", "--language", "es", "--unreviewed").stdout


@pytest.mark.parametrize("command", [("taper", OXYCODONE, *START), ("plan", "show", "plan.json")])
def test_a_language_that_is_not_known_is_wrong_usage(run, command):
    done = run(*command, "--format", "html", "--language", "fr")
    assert done.returncode == 2
    assert '"fr" is not one of en, es' in done.stderr
    assert len(done.stderr.splitlines()) <= 3


@pytest.mark.parametrize(
    "form", [("text",), ("json",), ("ics",), ("html", "--for", "clinician"), ("html", "--for", "pharmacy")]
)
def test_what_is_not_the_card_is_the_same_in_any_language(run, saved, form):
    show = ("plan", "show", "plan.json", "--as-of", "2027-01-02", "--format", *form)
    assert run(*show, "--language", "es", "--unreviewed").stdout == run(*show).stdout != ""


@pytest.mark.parametrize(
    ("whom", "forms"),
    [
        ("patient", {"html", "pdf", "ics"}),
        ("clinician", {"html", "pdf", "text", "md", "csv", "json", "note"}),
        ("pharmacy", {"html", "pdf", "text", "md", "csv"}),
    ],
)
def test_whom_a_plan_is_for_is_never_passed_over(run, saved, whom, forms):
    for form in ("text", "json", "csv", "md", "note", "ics", "fhir", "html", "pdf"):
        target = saved.parent / f"shown.{form}"
        words = ("--as-of", "2027-01-02", "--format", form, "--output", str(target))
        done = run("plan", "show", "plan.json", *words, "--for", whom)
        assert done.returncode == (0 if form in forms else 2), (form, done.stderr)
        assert target.exists() is (form in forms)
        if form not in forms:
            assert f"--for {whom} is made as" in done.stderr
    done = run("plan", "show", "plan.json", "--changes", "--for", whom)
    assert done.returncode == 2


def test_the_pharmacy_reads_the_same_dispensings_in_every_format(run, saved):
    words = ("plan", "show", "plan.json", "--as-of", "2027-01-02", "--for", "pharmacy", "--format")
    rows = list(csv.DictReader(io.StringIO(run(*words, "csv").stdout)))
    fills = document(run("plan", "show", "plan.json", "--as-of", "2027-01-02", "--format", "json"))["fills"]
    assert [row["directions"] for row in rows] == [each["sig"] for each in fills]
    assert [int(row["number"]) for row in rows] == list(range(1, len(fills) + 1))
    for form in ("text", "md", "html"):
        shown = " ".join(run(*words, form).stdout.split())
        for row in rows:
            assert f"{row['first_day']}" in shown
            assert row["product"] in shown
    target = saved.parent / "pharmacy.pdf"
    run(*words, "pdf", "--output", str(target))
    (page,) = PdfReader(io.BytesIO(target.read_bytes())).pages
    text = " ".join(page.extract_text().split())
    for row in rows:
        new = "NEW STRENGTH: " if row["new_strength"] == "yes" else ""
        assert f"{row['number']} {row['first_day']} {row['days']} {new}{row['product']}" in text
        assert row["directions"] in text


@pytest.mark.parametrize("start", ["9999-12-31", "9998-12-31", "2300-12-01"])
def test_a_plan_beyond_the_calendar_is_a_problem(run, start):
    done = run("taper", "oxycodone 1 mg/mL solution, 10 mL 3 times daily", *PAIN, "--start", start)
    assert done.returncode == 3
    assert "beyond 2300" in done.stdout
    assert "defect" not in done.stderr


def test_a_trial_beyond_the_calendar_is_a_problem(run):
    done = run("trial", "gabapentin", "--start", "9999-12-31", "--goal", "walk 20 minutes", "--baseline", "PEG=7")
    assert done.returncode == 3
    assert "beyond 2300" in done.stdout
    assert "defect" not in done.stderr


def test_a_pause_beyond_the_calendar_leaves_the_plan_as_it_was(run, saved):
    before = saved.read_bytes()
    done = run("plan", "revise", "plan.json", "--pause", "2027-03-15..9999-12-31", "--why", "ill")
    assert done.returncode == 2
    assert "beyond 2300" in done.stderr
    assert saved.read_bytes() == before


def test_what_a_revision_is_for_cannot_steer_the_terminal(run, saved):
    why = "\x1b[31mred\x07\u202e"
    assert run("plan", "revise", "plan.json", "--pause", "2027-03-15..2027-04-04", "--why", why).returncode == 0
    shown = run("plan", "show", "plan.json", "--changes").stdout
    assert "red" in shown
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}


def test_marks_finer_than_can_be_searched_are_a_problem(run):
    sig = "morphine 2 mg/mL solution, 30 mL 4 times daily"
    done = run("taper", sig, *PAIN, *START, "--mark", "0.01")
    assert done.returncode == 3
    assert "use a larger mark" in done.stdout


def test_asking_for_more_than_the_ceiling_does_not_raise_it(run):
    done = run("taper", "oxycodone IR 5 mg tablet, 2 tablets 4 times daily", *PAIN, *START, "--percent", "100")
    assert "no step takes off more than the ceiling of 10 %" in " ".join(done.stdout.split())
    assert "Ceiling raised" not in done.stdout


def test_several_changes_are_made_in_the_order_typed_and_told_as_one(run, saved):
    asked = ("--insert", "3=oxycodone=35 mg/d", "--hold-at", "3", "--why", "asked to go slower")
    done = run("plan", "revise", "plan.json", *asked, "--as-of", "2027-01-10")
    assert done.returncode == 3
    lines = [line for line in done.stdout.splitlines() if line.startswith("2027-01-10: ")]
    assert lines == [
        "2027-01-10: a step before step 3 put in: oxycodone 35 mg/d (asked to go slower)",
        "2027-01-10: held at step 3 (asked to go slower)",
    ]
    assert "Take " not in done.stdout
    kept = document(run("plan", "show", "plan.json", "--format", "json"))
    assert [each["what"]["kind"] for each in kept["events"]] == ["insert", "hold_at"]
    assert kept["steps"][2]["daily"][1]["amount"] == 35
    changes = json.loads(run("plan", "show", "plan.json", "--changes", "--format", "json").stdout)
    jsonschema.validate(changes, json.loads(schema_text("plan_changes")))
    assert [each["what"]["kind"] for each in changes["events"]] == ["insert", "hold_at"]
    back = run("plan", "revise", "plan.json", "--undo", "--as-of", "2027-01-12")
    assert "taken back: " in back.stdout
    assert len(document(run("plan", "show", "plan.json", "--format", "json"))["steps"]) == 16


def test_a_dose_above_the_last_one_tolerated_is_asked_about_on_the_command_line(run, saved):
    raised = ("--present", "morphine=120 mg", "--present", "oxycodone=40 mg", "--on", "2027-02-20")
    before = saved.read_bytes()
    done = run("plan", "revise", "plan.json", *raised, "--as-of", "2027-02-20")
    assert done.returncode == 3
    assert "TAPER-026" in done.stderr
    assert '--answer above-tolerated="why"' in done.stderr
    assert saved.read_bytes() == before
    again = run("plan", "revise", "plan.json", *raised, "--as-of", "2027-02-20", "--answer", "above-tolerated=seen")
    assert "the dose was changed on 2027-02-20 to morphine 120 mg and oxycodone 40 mg" in again.stdout
