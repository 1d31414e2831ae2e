"""Files of plans: what is written can be read again, nobody's change is lost, and no other plan is replaced unasked."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from medsteward.readers.plan.document import read_plan
from medsteward.readers.shared.whole_file import PREFIX, locked
from medsteward.schedules.saved import MAX_TEXT, digest
from tests.program import run as here

SIG = "oxycodone IR 5 mg tablet, 2 tablets 3 times daily"
ASKED = ("--indication", "chronic pain", "--when-stuck", "smallest-step", "--as-of", "2026-12-20")
START = ("--start", "2027-01-04")
UNIX = pytest.mark.skipif(os.name != "posix", reason="modes and signals of Unix")


def taper(folder: Path, *more: str, sig: str = SIG, start: tuple[str, ...] = START) -> Any:
    return here("taper", sig, *ASKED, *start, *more, "--output", folder / "out.txt")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    assert taper(tmp_path, "--save", str(tmp_path / "plan.json")).code == 0
    return tmp_path / "plan.json"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@UNIX
@pytest.mark.parametrize("linked", [False, True])
def test_a_plan_is_not_kept_in_a_pipe_and_nothing_waits_for_its_reader(linked, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    name = "pipe"
    if linked:
        (tmp_path / "link").symlink_to("pipe")
        name = "link"
    saving = ("taper", SIG, *ASKED, *START, "--save", name)
    done = subprocess.run(
        [sys.executable, "-m", "medsteward", *saving], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert b"it is a pipe, which keeps no plan" in done.stderr


# --- what is written can be read --------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--reason", "--avoid", "--products"])
def test_words_longer_than_a_plan_keeps_are_refused_at_the_option(option, tmp_path):
    done = taper(tmp_path, option, "x" * (MAX_TEXT + 1), "--save", str(tmp_path / "plan.json"))
    assert done.code == 2
    assert "4,001 characters; write at most 4,000" in done.err
    assert not (tmp_path / "plan.json").exists()


def test_a_reason_as_long_as_a_plan_keeps_comes_back(plan):
    why = "y" * MAX_TEXT
    done = here("plan", "revise", plan, "--pause", "2027-01-20..2027-01-27", "--why", why, "--as-of", "2027-01-19")
    assert done.code == 0
    saved, _ = read_plan(plan.read_bytes(), "plan.json")
    assert saved is not None
    assert saved.plan.events[0].why == why
    before = plan.read_bytes()
    longer = here("plan", "revise", plan, "--taken", "2027-01-10=0", "--why", f"{why}y", "--as-of", "2027-01-19")
    assert (longer.code, plan.read_bytes()) == (2, before)
    assert "--why" in longer.err


@pytest.mark.parametrize("why", ["caf\udce9", "\udcff\udcfe"])
def test_bytes_that_are_no_text_are_refused_before_anything_is_read(why, plan):
    before = plan.read_bytes()
    done = here("plan", "revise", plan, "--pause", "2027-01-20..2027-01-27", "--why", why)
    assert (done.code, plan.read_bytes()) == (2, before)
    assert "is not UTF-8" in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("start", ["0001-01-01", "1890-01-04", "1899-12-31"])
@pytest.mark.parametrize("style", ["json", "ics"])
def test_a_plan_of_another_age_is_refused_at_the_option(start, style, tmp_path):
    for command in (
        ("taper", SIG, *ASKED),
        ("trial", "duloxetine", "--goal", "walk 20 minutes", "--baseline", "PEG=7"),
    ):
        save = ("--save", tmp_path / "plan.json") if style == "json" else ()
        done = here(*command, "--start", start, "--format", style, *save)
        assert done.code == 2
        assert "before 1900" in done.err
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize("start", ["1900-01-01", "2250-01-04"])
def test_a_plan_of_any_other_year_comes_back(start, tmp_path):
    plan = tmp_path / "plan.json"
    assert taper(tmp_path, "--save", str(plan), start=("--start", start)).code == 0
    assert here("plan", "show", plan, "--as-of", start).code == 0


def test_days_in_a_case_may_be_of_any_year(tmp_path):
    """Records write 9999-12-31 for "no end"."""
    case = {
        "as_of": "2026-12-20",
        "patient": {"indication": "chronic pain"},
        "medications": [{"sig": SIG, "start": "1889-01-01", "end": "9999-12-31"}],
    }
    (tmp_path / "case.json").write_text(json.dumps(case))
    save = ("--save", tmp_path / "plan.json", "--output", tmp_path / "out.txt")
    done = here("taper", "--input", tmp_path / "case.json", *START, "--when-stuck", "smallest-step", *save)
    assert done.code == 0, done.err
    assert here("plan", "show", tmp_path / "plan.json", "--as-of", "2027-01-10").code == 0


def test_a_long_taper_of_a_liquid_comes_back(tmp_path):
    sig = "methadone 1 mg/mL solution, 20 mL every 6 hours"
    plan = tmp_path / "plan.json"
    more = ("--percent", "1", "--every", "7d", "--mark", "0.1", "--save", str(plan))
    assert taper(tmp_path, *more, sig=sig).code in (0, 3)
    assert plan.stat().st_size > 1_000_000
    assert here("plan", "show", plan, "--as-of", "2027-01-10", "--output", tmp_path / "shown.txt").code in (0, 3)


def test_what_could_not_be_read_again_replaces_nothing(plan, monkeypatch):
    """Whatever the reason: the old file stays, and nothing lies beside it."""
    before, names = plan.read_bytes(), {each.name for each in plan.parent.iterdir()}
    monkeypatch.setattr("medsteward.readers.shared.exact_json.MAX_TEXT", 3000)
    pause = ("--pause", "2027-01-20..2027-01-27", "--as-of", "2027-01-19", "--why", "z" * 3001)
    done = here("plan", "revise", plan, *pause)
    assert (done.code, plan.read_bytes()) == (2, before)
    assert "could not be read again" in done.err
    assert {each.name for each in plan.parent.iterdir()} == names


# --- whose file it is -------------------------------------------------------------------------------------------


def test_a_plan_is_replaced_by_itself_and_by_another_only_where_that_is_said(plan, tmp_path):
    assert taper(tmp_path, "--save", str(plan)).code == 0, "the same plan again"
    assert taper(tmp_path, "--save", str(plan), "--large-print", "--replace").code == 0
    assert "--replace" not in plan.read_text()
    later = here("taper", SIG, *ASKED[:-1], "2026-12-21", *START, "--save", plan, "--output", tmp_path / "out.txt")
    assert later.code == 0, "the same plan, asked for a day later"
    before = plan.read_bytes()
    for other in (("--percent", "5"), ("--reason", "asks to go slower")):
        done = taper(tmp_path, *other, "--save", str(plan))
        assert (done.code, plan.read_bytes()) == (2, before)
        assert "holds another plan; give another file, or add --replace" in done.err
    trial = (
        *("trial", "duloxetine", *START, "--goal", "walk 20 minutes", "--baseline", "PEG=7", "--age", "50"),
        *("--egfr", "90", "--output", str(tmp_path / "trial.txt")),
    )
    assert here(*trial, "--save", plan).code == 2
    assert plan.read_bytes() == before
    assert here(*trial, "--save", plan, "--replace").code == 0
    assert json.loads(plan.read_bytes())["kind"] == "trial"


def test_replace_is_of_plans_and_of_nothing_else(tmp_path):
    notes = tmp_path / "notes.json"
    for content in (b'{"schema": "medsteward.mme/1"}', b"my notes", b'{"schema": "medsteward.plan/9"}'):
        notes.write_bytes(content)
        done = taper(tmp_path, "--save", str(notes), "--replace")
        assert (done.code, notes.read_bytes()) == (2, content)


def test_a_revision_kept_elsewhere_does_not_replace_other_changes(plan, tmp_path):
    other = tmp_path / "other.json"
    first = ("--pause", "2027-01-20..2027-01-27", "--as-of", "2027-01-19", "--save", other)
    assert here("plan", "revise", plan, *first).code == 0
    kept = other.read_bytes()
    second = ("--pause", "2027-01-10..2027-01-12", "--as-of", "2027-01-09", "--save", other)
    done = here("plan", "revise", plan, *second)
    assert (done.code, other.read_bytes()) == (2, kept)
    assert "revised on 2027-01-19" in done.err
    assert here("plan", "revise", plan, *second, "--replace").code == 0
    assert len(json.loads(other.read_bytes())["events"]) == 1


@UNIX
def test_a_read_only_file_is_not_replaced(plan, tmp_path):
    """Not even for the administrator, whom the system would let pass."""
    plan.chmod(0o444)
    before = plan.read_bytes()
    for command in (
        ("plan", "revise", plan, "--pause", "2027-01-20..2027-01-27", "--as-of", "2027-01-19"),
        ("taper", SIG, *ASKED, *START, "--save", plan),
        ("taper", SIG, *ASKED, *START, "--percent", "5", "--save", plan, "--replace"),
        ("mme", SIG, "--output", plan),
    ):
        done = here(*command)
        assert (done.code, plan.read_bytes()) == (2, before)
        assert "read-only" in done.err
        assert "plan.json" in done.err


@UNIX
def test_what_holds_a_patients_data_is_for_its_user_alone(plan, tmp_path):
    here("review", SIG, "--as-of", "2027-01-04", "--format", "html", "--output", tmp_path / "review.html")
    here("remind", SIG, "--as-of", "2027-01-04", "--format", "ics", "--output", tmp_path / "remind.ics")
    for name in ("plan.json", "out.txt", "review.html", "remind.ics"):
        assert mode(tmp_path / name) == 0o600, name
    umask = os.umask(0o022)
    try:
        here("tables", "list", "--output", tmp_path / "tables.txt")
    finally:
        os.umask(umask)
    assert mode(tmp_path / "tables.txt") == 0o644, "nothing in it is of a patient"


@UNIX
def test_a_file_that_is_replaced_keeps_its_mode_and_owner(plan):
    plan.chmod(0o640)
    owner = (12345, 54321) if os.getuid() == 0 else (os.getuid(), os.getgid())
    os.chown(plan, *owner)
    assert here("plan", "revise", plan, "--pause", "2027-01-20..2027-01-27", "--as-of", "2027-01-19").code == 0
    now = plan.stat()
    assert (now.st_uid, now.st_gid, mode(plan)) == (*owner, 0o640)


# --- one at a time ----------------------------------------------------------------------------------------------


def test_of_changes_at_the_same_time_none_is_lost(plan, start):
    days = [f"2027-01-{day:02}" for day in range(5, 11)]

    def change(day: str) -> int:
        return start("plan", "revise", str(plan), "--taken", f"{day}=30 mg", "--as-of", "2027-01-12").returncode

    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(change, days))
    kept = {each["what"]["day"] for each in json.loads(plan.read_bytes())["events"]}
    assert kept == {day for day, code in zip(days, codes, strict=True) if code != 2}
    assert len(kept) == 6
    assert not [each.name for each in plan.parent.iterdir() if each.name.startswith(PREFIX)]


def test_who_waits_too_long_is_refused_in_words(plan, monkeypatch):
    monkeypatch.setattr("medsteward.cli.plan_saving.WAIT", 0.1)
    before = plan.read_bytes()
    with locked(plan):
        done = here("plan", "revise", plan, "--pause", "2027-01-20..2027-01-27", "--as-of", "2027-01-19")
    assert (done.code, plan.read_bytes()) == (2, before)
    assert "another medsteward is changing it" in done.err
    assert here("plan", "revise", plan, "--pause", "2027-01-20..2027-01-27", "--as-of", "2027-01-19").code == 0


def test_the_lock_of_a_program_that_died_holds_nobody(plan, start):
    code = "import os, sys; from pathlib import Path; from medsteward.readers.shared.whole_file import locked\n"
    code += "with locked(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, str(plan)], check=False)
    assert start("plan", "revise", str(plan), "--taken", "2027-01-05=30 mg", "--as-of", "2027-01-12").returncode == 0


@pytest.mark.parametrize("way", ["by the system", "by name"])
def test_a_lock_is_held_by_one_and_goes_with_them(way, tmp_path, monkeypatch):
    from medsteward.errors import CannotWrite
    from medsteward.readers.shared import whole_file

    if way == "by name":
        monkeypatch.setattr(whole_file, "fcntl", None)
    target = tmp_path / "plan.json"
    with locked(target), pytest.raises(CannotWrite, match="another medsteward"), locked(target, wait=0.05):
        pass
    with locked(target, wait=0.05):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


# --- plans that somebody made up --------------------------------------------------------------------------------


def put(table: Any, path: str, value: Any) -> None:
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        table = table[part]
    assert table[last] != value
    table[last] = value


STEP = "base.steps.1"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (f"{STEP}.doses.0.items.0.count", 7, "items add up to"),
        (f"{STEP}.doses.0.items.0.count", 0, "more than 0"),
        (f"{STEP}.doses.0.amount.value", 90, "items add up to"),
        (f"{STEP}.doses.0.amount.unit", "mcg", "in the unit of its drug"),
        (f"{STEP}.doses.0.items.0.strength.unit", "mcg", "in the unit of the dose"),
        (f"{STEP}.doses.0.items.0.strength.value", 10, "with the strength they have there"),
        (f"{STEP}.doses.0.items.0.product", "oxycodone IR 80 mg tablet", "products of the request"),
        (f"{STEP}.doses.0.items.0.unit", "mL", "products of the request"),
        (f"{STEP}.doses.0.drug", "hydromorphone", "lists other drugs"),
        (f"{STEP}.daily.0.amount.value", 5, "are"),
        (f"{STEP}.daily.0.amount.unit", "mcg/d", "is in mcg/d, not mg/d"),
        (f"{STEP}.daily.0.drug", "morphine", "lists other drugs"),
        (f"{STEP}.total.value", 5, "its total is"),
        (f"{STEP}.total.unit", "MME/d", "its total is"),
        (f"{STEP}.mme.value", 5, "its MME are"),
        (f"{STEP}.mme", None, "its MME are"),
        (f"{STEP}.percent_of_current", 1, "percentages"),
        (f"{STEP}.percent_of_original", 1, "percentages"),
        (f"{STEP}.forced", False, "more than its limit"),
        (f"{STEP}.dispense.0.quantity", 900, "is not what is taken and left over"),
        (f"{STEP}.dispense.0.taken", 900, "needs another quantity"),
        (f"{STEP}.dispense.0.left_over", 90, "is not what is taken and left over"),
        (f"{STEP}.dispense.0.product", "morphine 15 mg tablet", "is dispensed and not taken"),
        ("base.steps", [], "only a taper that needs a choice has no step"),
    ],
)
def test_a_plan_that_does_not_add_up_is_refused_with_its_place(path, value, said, plan):
    table = json.loads(plan.read_bytes())
    put(table, path, value)
    table["digest"] = digest(table)
    plan.write_text(json.dumps(table))
    before = plan.read_bytes()
    for words in (("show", plan), ("check", plan), ("revise", plan, "--pause", "2027-01-20..2027-01-27")):
        done = here("plan", *words, "--as-of", "2027-01-19")
        assert done.code in (2, 3)
        assert said in done.err
        assert done.out == b""
        assert len(done.err.strip().splitlines()) <= 3
    assert plan.read_bytes() == before


@pytest.mark.parametrize("outcome", [{"kind": "reaches_target"}, {"kind": "needs_choice", "reason": "x"}])
def test_a_trial_without_a_step_is_refused(outcome, tmp_path):
    trial = tmp_path / "trial.json"
    asked = ("--goal", "walk 20 minutes", "--baseline", "PEG=7", "--age", "50", "--egfr", "90")
    here("trial", "duloxetine", *START, *asked, "--save", trial, "--output", tmp_path / "trial.txt")
    table = json.loads(trial.read_bytes())
    table["base"] |= {"steps": [], "outcome": outcome}
    table["digest"] = digest(table)
    trial.write_text(json.dumps(table))
    for words in (("show",), ("show", "--format", "ics"), ("decide", "--measure", "PEG=3"), ("check",)):
        done = here("plan", words[0], trial, *words[1:])
        assert done.code == 3
        assert "base.steps is not empty" in done.err


# --- the end of a program ---------------------------------------------------------------------------------------


@UNIX
@pytest.mark.parametrize("name", ["SIGHUP", "SIGQUIT", "SIGTERM", "SIGINT"])
@pytest.mark.parametrize("folder", ["plain", "it's"])
def test_no_signal_leaves_a_patients_data_behind(name, folder, tmp_path):
    (tmp_path / folder).mkdir()
    order: dict[str, Any] = {"resourceType": "MedicationRequest", "status": "active", "intent": "order"}
    order |= {"medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"}}
    # what runs in the background is started with these ignored, and keeps that; a person's terminal does not
    code = (
        "import signal; signal.signal(signal.SIGQUIT, signal.SIG_DFL); "
        "signal.signal(signal.SIGHUP, signal.SIG_DFL); signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from medsteward.readers.fhir import stream; stream.IN_MEMORY = 0; from medsteward.__main__ import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "mme", "--input", "-", "--output", "out.txt"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / folder)},
    )
    assert process.stdin is not None
    for number in range(2000):
        process.stdin.write(json.dumps({**order, "subject": {"reference": f"Patient/{number}"}}).encode() + b"\n")
    process.stdin.flush()
    until = time.monotonic() + 30
    while not list((tmp_path / folder).iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert list((tmp_path / folder).iterdir()), "it has begun to sort on disk"
    process.send_signal(getattr(signal, name))
    _, said = process.communicate(timeout=30)
    assert process.returncode == 128 + getattr(signal, name)
    assert [each for each in tmp_path.rglob("*") if each.name != folder] == []
    assert b"Traceback" not in said


# --- a plan that takes another one's place ----------------------------------------------------------------------


def calendar_of(file: Path) -> dict[str, tuple[int, str]]:
    """By its UID, the SEQUENCE and STATUS of each entry."""
    done = here("plan", "show", file, "--format", "ics", "--as-of", "2027-01-04")
    found = {}
    for event in Calendar.from_ical(done.out).walk("VEVENT"):
        found[str(event["uid"])] = (int(str(event["sequence"])), str(event.get("status", "")))
    return found


def test_a_plan_that_replaces_another_takes_its_calendar_back_and_keeps_that_when_it_is_revised(plan, tmp_path):
    old = calendar_of(plan)
    assert taper(tmp_path, "--save", str(plan), "--replace", sig=SIG.replace("3 times", "4 times")).code == 0
    for number in range(2):
        now = calendar_of(plan)
        assert {uid: now[uid] for uid in old} == dict.fromkeys(old, (1, "CANCELLED"))
        assert len(now) > len(old)
        if not number:
            paused = here("plan", "revise", plan, "--pause", "2027-01-20..2027-01-27", "--as-of", "2027-01-19")
            assert paused.code == 0


def test_a_plan_in_its_own_place_takes_nothing_back(plan, tmp_path):
    before = plan.read_bytes()
    assert taper(tmp_path, "--save", str(plan), "--replace").code == 0
    assert plan.read_bytes() == before
