"""What goes wrong outside of us: files, libraries, memory, calendars. One line that names it, and no traceback."""

from __future__ import annotations

import builtins
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from medsteward.population.duckdb_engine import DuckDbEngine
from medsteward.readers.fills import parquet
from tests.cli.test_hostile_files import workbook
from tests.cli.users import somebody_else
from tests.program import run as here

SIG = "oxycodone 5 mg tablet, 1 tablet every 6 hours"
ROOT = Path(__file__).resolve().parents[2]
TAPER = ("taper", SIG, "--start", "2027-01-04", "--indication", "chronic pain", "--when-stuck", "smallest-step")
LIBRARIES = {
    "icalendar": ("remind", SIG, "--format", "ics"),
    "jinja2": ("review", SIG, "--format", "html"),
    "typst": (*TAPER, "--format", "pdf"),
    "holidays": (*TAPER, "--avoid", "holidays:US"),
    "duckdb": ("fills", "--input", "fills.parquet"),
    "openpyxl": ("codes", "load-ndc", "ndc.xlsx"),
}


def one_line(done: Any, code: int = 2) -> str:
    assert done.code == code, done.err
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err
    assert "defect" not in done.err
    return str(done.err)


def without(monkeypatch: pytest.MonkeyPatch, library: str, error: Exception) -> None:
    """Make a library fail when it is imported."""
    from medsteward.writers.shared import html

    html.template.cache_clear()
    for name in [each for each in sys.modules if each.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    found = builtins.__import__

    def fails(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == library:
            raise error
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", fails)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ndc.xlsx").write_bytes(workbook(tmp_path))
    (tmp_path / "fills.parquet").write_bytes(b"PAR1")
    return tmp_path


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_that_is_not_installed_comes_with_the_command_that_adds_it(library, desk, monkeypatch):
    without(monkeypatch, library, ModuleNotFoundError(f"No module named '{library}'", name=library))
    said = one_line(here(*LIBRARIES[library], "--output", desk / "out"))
    assert "needs a part that is not installed; add it with: pip install" in said


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    "error",
    [
        ImportError("libfoo.so.6: cannot open shared object file"),
        ModuleNotFoundError("No module named 'six'", name="six"),
        OSError(13, "Permission denied"),
        AttributeError("module has no attribute"),
    ],
)
def test_a_library_that_fails_to_load_is_not_said_to_be_missing(library, error, desk, monkeypatch):
    without(monkeypatch, library, error)
    said = one_line(here(*LIBRARIES[library], "--output", desk / "out"))
    assert f"needs {library}, which is installed but does not load" in said
    assert "not installed" not in said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "not enough memory"),
        (OverflowError("date value out of range"), "beyond the calendar"),
        (PermissionError(13, "Permission denied", "/data/x.toml"), "/data/x.toml: permission denied"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (ImportError("libmpdec.so.3: cannot open", name="pint"), "pint does not load"),
    ],
)
def test_what_the_machine_refuses_is_said_in_a_line(error, said, monkeypatch):
    def fails(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr("medsteward.cli.mme.cases", fails)
    assert said in one_line(here("mme", SIG))


def test_a_defect_of_ours_stays_one(monkeypatch):
    def fails(*_: Any, **__: Any) -> Any:
        raise ImportError("cannot import name 'x'", name="medsteward.advice.case.mme")

    monkeypatch.setattr("medsteward.cli.mme.cases", fails)
    done = here("mme", SIG)
    assert done.code == 1
    assert "internal error (ImportError)" in done.err


@pytest.mark.skipif(os.name != "posix", reason="users of Unix")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    target = tmp_path / "closed" / "out.txt"
    target.parent.mkdir()
    assert here("mme", SIG, "--output", target).code == 0
    target.unlink()
    target.parent.chmod(0o555)
    with somebody_else(tmp_path):
        done = here("mme", SIG, "--output", target)
    assert re.search(r'cannot write to ".*closed/out.txt": its folder: permission denied', one_line(done))


@pytest.mark.skipif(os.name != "posix", reason="users of Unix")
def test_a_case_that_may_not_be_read_is_named(tmp_path):
    case = tmp_path / "case.toml"
    case.write_text(f'[[medications]]\nsig = "{SIG}"\n')
    assert here("mme", "--input", case).code == 0
    case.chmod(0)
    with somebody_else(tmp_path):
        done = here("mme", "--input", case)
    assert "case.toml: permission denied" in one_line(done)


@pytest.mark.parametrize("target", ["/dev/full"])
def test_a_device_that_is_full_is_named(target):
    if not Path(target).exists():
        pytest.fail("this system has no /dev/full")
    assert f'cannot write to "{target}": no space left' in one_line(here("mme", SIG, "--output", target))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("style", ["text", "json", "ics"])
def test_the_ends_of_the_calendar_are_answered(day, style):
    done = here("remind", SIG, "--as-of", day, "--format", style)
    assert done.code in (0, 2)
    assert "defect" not in done.err


ESCAPES = "\x1b[31mred\x1b]0;title\x07\u202e\x9b2J"


@pytest.mark.parametrize(
    "words",
    [
        ("mme", "--input", f"{ESCAPES}.toml"),
        ("mme", SIG, "--table", ESCAPES),
        ("mme", SIG, "--output", f"none/{ESCAPES}"),
        ("check", "--input", "case.toml", "--new-since", f"{ESCAPES}.json"),
        ("codes", "show", f"{ESCAPES}123"),
        ("codes", "show", "1", "--codes", ESCAPES),
        ("codes", "load-ndc", ESCAPES),
        ("drugs", "show", ESCAPES),
        ("drugs", "search", ESCAPES),
        ("drugs", "show", "--rxnorm-name", f"oxycodone {ESCAPES} 10 MG Oral Tablet", "--format", "md"),
        ("plan", "show", "plan.json"),
        ("plan", "show", ESCAPES),
        ("taper", SIG, "--start", ESCAPES),
        ("trial", "duloxetine", "--start", "2027-01-04", "--for-pain", ESCAPES),
        ("fills", "--input", "fills.csv"),
        ("mme", "--input", "stream.ndjson"),
        (ESCAPES,),
    ],
)
def test_nothing_that_is_said_can_steer_a_terminal(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.toml").write_text(f'[[medications]]\nsig = "{SIG}"\n')
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in ESCAPES)
    (tmp_path / "plan.json").write_text(f'{{"schema": "{escaped}", "kind": "{escaped}"}}')
    (tmp_path / "fills.csv").write_text(f"{ESCAPES},quantity,days_supply\n1,2,3\n")
    order = '{"resourceType": "Basic%s", "subject": {"reference": "Patient/1"}}\n'
    (tmp_path / "stream.ndjson").write_text(order % escaped)
    done = here(*words)
    assert done.err.strip() or done.out
    assert not set(done.err + done.out.decode()) & set("\x1b\x07\u202e\x9b")


# --- parquet ----------------------------------------------------------------------------------------------------


def made(folder: Path, filled: str) -> Path:
    duckdb = pytest.importorskip("duckdb")
    path = folder / "moments.parquet"
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as database:
        database.execute(
            "COPY (SELECT 'p1' AS patient_key, 'oxycodone' AS drug_name, '10 mg' AS strength, 'tablet' AS form, "
            f'90 AS quantity, 30 AS days_supply, {filled} AS filled_date, {filled} AS "a ""quoted"" name") '
            f"TO '{path}' (FORMAT parquet)"
        )
    return path


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("TIMESTAMPTZ '2027-01-01 23:30:00+00'", "2027-01-01"),
        ("TIMESTAMPTZ '2027-01-01 00:15:00+00'", "2027-01-01"),
        ("TIMESTAMPTZ '2027-01-01 22:00:00-05'", "2027-01-02"),
        ("TIMESTAMPTZ '1969-12-31 23:59:59.999999+00'", "1969-12-31"),
        ("TIMESTAMP '2027-01-01 23:30:00'", "2027-01-01"),
        ("DATE '2027-01-01'", "2027-01-01"),
    ],
)
def test_a_moment_counts_by_its_day_in_utc_wherever_the_machine_is(zone, moment, day, tmp_path, monkeypatch):
    import time

    path = made(tmp_path, moment)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        source = parquet.ParquetSource(str(path), 1000)
        ((_, cells),) = source.rows()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert cells[-2:] == [day, day]
    assert bool(source.notices) == ("TIMESTAMPTZ" in moment)


def test_days_of_moments_are_said_to_be_those_of_utc(tmp_path):
    path = made(tmp_path, "TIMESTAMPTZ '2027-01-01 23:30:00+00'")
    for command in ("fills", "mme"):
        done = here(command, "--input", path, "--as-of", "2027-01-10")
        assert done.code == 0, done.err
        assert "count by their day in UTC" in done.err


@pytest.mark.parametrize("moment", ["TIMESTAMPTZ 'infinity'", "TIMESTAMPTZ '290000-01-01 00:00:00+00'", "NULL"])
def test_a_moment_that_no_calendar_holds_is_a_failed_row(moment, tmp_path):
    path = made(tmp_path, f"CAST({moment} AS TIMESTAMPTZ)")
    done = here("fills", "--input", path, "--as-of", "2027-01-10", "--format", "json")
    assert done.code in (2, 3, 4)
    assert "defect" not in done.err


def test_every_connection_leaves_extensions_and_the_disk_alone(monkeypatch, tmp_path):
    with parquet.connection() as database:
        asked = ("autoinstall_known_extensions", "autoload_known_extensions", "temp_directory")
        found = [database.execute(f"SELECT current_setting('{name}')").fetchall()[0][0] for name in asked]
    assert [found[0], found[1]] == [False, False]
    assert not found[2]
    engine = DuckDbEngine(tmp_path)
    try:
        (said,) = engine.ask("SELECT " + ", ".join(f"current_setting('{name}')" for name in asked), {})
    finally:
        engine.close()
    assert said[:2] == (False, False)
    assert said[2] == str(tmp_path / "spilled"), "what does not fit goes into the run's own folder, and nowhere else"
    sources = sorted(path.name for path in (ROOT / "medsteward").rglob("*.py") if "duckdb.connect(" in path.read_text())
    assert sources == ["duckdb_engine.py", "parquet.py"], "one place makes the connections of each room"
    assert not [
        p for p in (ROOT / "medsteward").rglob("*.py") if re.search(r"duckdb\.(sql|query|execute)\(", p.read_text())
    ]


# --- workbooks --------------------------------------------------------------------------------------------------


def remade(data: bytes, change: Any) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            content = old.read(each)
            new.writestr(each.filename, change(content) if each.filename.endswith("sheet1.xml") else content)
    return out.getvalue()


def test_a_row_two_thousand_millions_down_is_refused_at_once(tmp_path):
    def far(sheet: bytes) -> bytes:
        moved = sheet.replace(b'<row r="2"', b'<row r="2000000000"')
        return moved.replace(b'r="A2"', b'r="A2000000000"').replace(b'r="B2"', b'r="B2000000000"')

    (tmp_path / "far.xlsx").write_bytes(remade(workbook(tmp_path), far))
    done = here("codes", "load-ndc", tmp_path / "far.xlsx", "--codes", tmp_path / "own.sqlite")
    assert "rows beyond 1,048,576" in one_line(done)
    assert not (tmp_path / "own.sqlite").exists()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_damage_anywhere_is_said_in_a_line(seed, kind, tmp_path):
    import random

    draw = random.Random(seed)
    whole = workbook(tmp_path) if kind == "xlsx" else made(tmp_path, "DATE '2027-01-01'").read_bytes()
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(draw.choice([1, 3, 10, 40])):
            data[draw.randrange(len(data))] = draw.randrange(256)
        file = tmp_path / f"damaged.{kind}"
        file.write_bytes(data)
        command = (
            ("fills", "--input", file, "--as-of", "2027-01-10") if kind == "parquet" else ("codes", "load-ndc", file)
        )
        done = here(
            *command, "--output", tmp_path / "out", *(() if kind == "parquet" else ("--codes", tmp_path / "own"))
        )
        assert done.code in (0, 2, 3, 4), done.err
        assert "Traceback" not in done.err


# --- spreadsheets -----------------------------------------------------------------------------------------------


def test_no_cell_of_any_table_begins_a_formula():
    from medsteward.writers.shared.cells import csv_text

    written = csv_text(["a"], [["=1+1"], ["@x"], ["+1"], ["-1"], ["-1+1"], [" =x"], ["-2.5"], ["'=x"], ["x"]])
    assert written.split("\r\n")[1:-1] == ["'=1+1", "'@x", "'+1", "-1", "'-1+1", "' =x", "-2.5", "'=x", "x"]


def test_the_policy_of_a_plan_is_no_formula():
    from attrs import evolve

    from medsteward.writers.plan.table import csv_rows
    from tests.unit.test_plan_reader import PLAN, REPORT

    course = PLAN.request.courses[0]
    named = evolve(course, policy=evolve(course.policy, id="=HYPERLINK(1)"))
    written = csv_rows(evolve(REPORT, plan=evolve(PLAN, request=evolve(PLAN.request, courses=(named,)))))
    assert ",'=HYPERLINK(1)," in written
    assert ",=HYPERLINK" not in written
