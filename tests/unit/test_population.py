"""The parts of a population run: its text, its columns, what it reads, and how it fails."""

from __future__ import annotations

import gc
import gzip
import json
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from medsteward.errors import CannotWrite, MedstewardError
from medsteward.fills.measure_clause import FillsClause
from medsteward.fills.measures import MEASURES, measures_named
from medsteward.population import duckdb_engine, run
from medsteward.population import run as population_run
from medsteward.population.clauses import RENDERED
from medsteward.population.columns import DAY_COLUMNS, ColumnKind, OutColumn, patient_columns, prescription_columns
from medsteward.population.engine import Running
from medsteward.population.figures import text_of
from medsteward.population.options import PopulationRun
from medsteward.population.packing import RUNS, PackedRuns
from medsteward.population.sweep import APART, Shape, day_segments
from medsteward.schemas import schema_text
from medsteward.writers.population.summary import summary_document
from tests.agreement.population_rows import as_csv, made
from tests.agreement.test_population import rows_of
from tests.counts import examples

HEAD = "patient_key,filled_date,drug_name,quantity,days_supply\n"
ROW = "{key},2026-01-05,OXYCODONE HCL 10 MG TABLET,120,30\n"


def ask(folder: Path, *inputs: Path | str, **more: Any) -> dict[str, Any]:
    """A run over files in ``folder``; its first patient's columns, by table and key."""
    run(PopulationRun(inputs=tuple(map(str, inputs)), output=folder / "out", **more))
    return {each["patient_key"]: each for each in rows_of(folder / "out")}


def written(path: Path, *keys: str, head: str = HEAD, row: str = ROW) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + "".join(row.format(key=key) for key in keys), encoding="utf-8")
    return path


# --- the text ---------------------------------------------------------------------------------------------------

EVERYTHING = Shape(shifted=True, bands=True, apart=True, own_bands=True, buprenorphine=True, plain=True)
WAYS = [Running(in_order=True), Running(in_order=False)]


def texts_of(shape: Shape, running: Running) -> list[str]:
    text = text_of(shape, MEASURES, 90, running)
    stages = (*text.before_bands, *text.after_bands, day_segments(running))
    return [*(stage.text for stage in stages), text.patients]


@pytest.mark.parametrize("running", WAYS)
def test_the_text_holds_no_figure_of_medicine(running):
    for shape in (EVERYTHING, Shape(shifted=False)):
        for text in texts_of(shape, running):
            plain = re.sub(r":?\b[a-z_]\w*", "", text, flags=re.IGNORECASE)
            assert set(re.findall(r"\d+", plain)) <= {"0", "1", "2"}, text


@examples(100)
@given(st.lists(st.lists(st.booleans(), min_size=len(RUNS), max_size=len(RUNS)).map(tuple), max_size=8), st.data())
def test_counts_of_what_is_running_never_meet(found, data):
    """Whatever runs at once, each count is above 0 exactly where a fill of its kind runs."""
    most = data.draw(st.integers(0, 20_000))
    runs = PackedRuns.of(found, most)
    running = data.draw(st.lists(st.sampled_from(found), max_size=min(most, 8))) if found else []
    many = data.draw(st.integers(1, max(most // max(len(running), 1), 1)))
    sums = [many * sum(runs.packed(each)[place] for each in running) for place in range(len(runs.names))]
    assert all(0 <= each < 1 << 63 for each in sums)
    said = ", ".join(f"{value}::BIGINT AS {name}" for name, value in zip(runs.names, sums, strict=True))
    text = re.sub(r":(room_\d+)", lambda match: str(runs.rooms[match[1]]), runs.flags())
    ((*flags,),) = duckdb.execute(f"SELECT {text} FROM (SELECT {said})").fetchall()
    assert flags == [any(each[place] for each in running) for place in range(len(RUNS))]


@pytest.mark.parametrize("running", WAYS)
def test_every_sum_is_cast_and_every_running_one_spells_its_frame(running):
    seen = 0
    for text in texts_of(EVERYTHING, running):
        assert text.count("sum(") == len(re.findall(r"CAST\(sum\(", text)), text
        framed = re.findall(r"(?:sum|max)\([^()]*(?:\([^()]*\))?[^()]*\) OVER \(([^)]*)\)", text)
        assert all("BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW" in frame for frame in framed)
        seen += len(framed)
    assert seen > 8


def test_rows_that_come_out_of_order_are_seen():
    """Running sums go along the rows as the database gives them: one that is early would make all after it wrong."""
    (text,) = (each.text for each in text_of(EVERYTHING, (), 90, WAYS[0]).before_bands if each.name == "stock")
    rows = "(VALUES (1, 1, 9, 1, 5), (1, 1, 8, 1, 5), (1, 2, 3, 1, 5), (2, 1, 1, 1, 5))"
    rows += " s(patient, same_drug, filled, fills, longest)"
    with duckdb.connect() as database:
        for asked, found in ((text, 0), (text.replace(" ORDER BY patient, same_drug, filled", ""), 1)):
            asked = asked.replace("FROM supplied", f"FROM {rows}").replace(":apart_by", str(APART))
            ((count,),) = database.execute(f"SELECT count(*) FROM ({asked}) WHERE out_of_order").fetchall()
            assert count == found


def test_every_kind_of_clause_can_be_asked():
    gc.collect()  # attrs makes a class anew for its slots; what it was made of is a subclass until it is let go

    def kinds(kind: type[FillsClause]) -> set[type[FillsClause]]:
        return {each for sub in kind.__subclasses__() for each in (sub, *kinds(sub))}

    assert set(RENDERED) == kinds(FillsClause)


# --- columns ----------------------------------------------------------------------------------------------------

TYPES = {
    ColumnKind.TEXT: "VARCHAR",
    ColumnKind.WHOLE: "BIGINT",
    ColumnKind.MME: "BIGINT",
    ColumnKind.TRUTH: "BOOLEAN",
    ColumnKind.DAY: "DATE",
}


def columns_in(path: Path) -> list[tuple[str, str]]:
    with duckdb.connect() as database:
        return [(name, kind) for name, kind, *_ in database.execute(f"DESCRIBE FROM '{path}'").fetchall()]


def declared(columns: tuple[OutColumn, ...]) -> list[tuple[str, str]]:
    return [(each.name, TYPES[each.kind]) for each in columns]


@pytest.mark.parametrize("names", [(), ("COB",), tuple(each.id for each in MEASURES)])
def test_files_have_the_columns_that_are_declared(tmp_path, names):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(1, 20)), encoding="utf-8")
    measures = measures_named(names)
    summary = run(PopulationRun(inputs=(str(path),), output=tmp_path / "out", measures=measures, days=True))
    assert columns_in(tmp_path / "out/patients.parquet") == declared(patient_columns(measures))
    assert columns_in(tmp_path / "out/days.parquet") == declared(DAY_COLUMNS)
    assert not (tmp_path / "out/rows.parquet").exists()
    deciding = [name for name, _ in columns_in(tmp_path / "out/prescriptions.parquet") if name.startswith("as_written")]
    deciding = [name.removeprefix("as_written_") for name in deciding]
    assert columns_in(tmp_path / "out/prescriptions.parquet") == declared(prescription_columns(deciding))
    schema = json.loads(schema_text("population"))
    jsonschema.validate(summary_document(summary), schema)
    jsonschema.validate(json.loads((tmp_path / "out/summary.json").read_text("utf-8")), schema)
    for file in ("patients", "days", "prescriptions"):
        for row in rows_of(tmp_path / "out", f"{file}.parquet"):
            plain = json.loads(json.dumps(row, default=str))
            jsonschema.validate(plain, {**schema["$defs"][file]})


def test_a_column_that_may_not_lack_never_does(tmp_path):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(2, 200)), encoding="utf-8")
    run(PopulationRun(inputs=(str(path),), output=tmp_path / "out", measures=MEASURES))
    always = [each.name for each in patient_columns(MEASURES) if not each.may_lack]
    assert all(row[name] is not None for row in rows_of(tmp_path / "out") for name in always)


# --- what goes in -----------------------------------------------------------------------------------------------


def test_several_layouts_packed_and_plain_are_one_population(tmp_path):
    """Each layout keeps its own header, delimiter, order of days and decimal mark."""
    written(tmp_path / "in/a.csv", "a", "b")
    semicolons = "Patient ID;Date Filled;Drug Name;Qty;Days Supply\n"
    row = "{key};05.01.2026;OXYCODONE HCL 10 MG TABLET;120,0;30\nd;25.01.2026;LISINOPRIL 10 MG TABLET;30,0;30\n"
    written(tmp_path / "in/b.csv", "c", head=semicolons, row=row)
    with gzip.open(tmp_path / "in/c.csv.gz", "wt", encoding="utf-8", newline="") as packed:
        packed.write(HEAD + ROW.format(key="e"))
    with duckdb.connect() as database:
        rows = (
            "SELECT 'f' AS patient_key, DATE '2026-01-05' AS filled_date, 'OXYCODONE HCL 10 MG TABLET' AS drug_name, "
        )
        rows += "120.0::DOUBLE AS quantity, 30::SMALLINT AS days_supply"
        database.execute(f"COPY ({rows}) TO '{tmp_path}/in/d.parquet'")
        text = "read_csv(?, columns={'l': 'VARCHAR'}, delim=chr(1), quote='', header=false, auto_detect=false)"
        written(tmp_path / "plain.csv", "g")
        database.execute(
            f"COPY (SELECT * FROM {text}) TO '{tmp_path}/in/e.csv.zst' (FORMAT csv, HEADER false, QUOTE '', "
            "DELIMITER '\x01', COMPRESSION zstd)",
            [str(tmp_path / "plain.csv")],
        )
    (tmp_path / "in/_SUCCESS").touch()
    (tmp_path / "in/.hidden.csv").touch()
    found = ask(tmp_path, tmp_path / "in")
    assert sorted(found) == list("abcdefg")
    assert {key for key, row in found.items() if row["peak"] == 60_000_000} == set("abcefg")


def test_patterns_and_names_with_quotes_are_files(tmp_path):
    written(tmp_path / "it's.csv", "a")
    written(tmp_path / 'of "june".csv', "b")
    assert sorted(ask(tmp_path, tmp_path / "*.csv")) == ["a", "b"]


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + ROW.format(key="a")).replace("\n", "\r\n"),
        (HEAD + ROW.format(key="a")).replace("\n", "\r"),
        "\n\n" + HEAD + ROW.format(key="a"),
        HEAD.replace("\n", "\r\n") + ROW.format(key="a"),
        "﻿" + HEAD + ROW.format(key="a"),
        HEAD + 'a,2026-01-05,"OXYCODONE HCL 10 MG\nTABLET",120,30\n',
        HEAD + 'a,2026-01-05, "OXYCODONE" 10 MG TABLET ,120,30\n',
        HEAD + "\n" + ROW.format(key="  a ") + "\n\n",
        HEAD + 'a,2026-01-05,"OXYCODONE "HCL" 10 MG TABLET",120,30\n',
        HEAD + "a,2026-01-05,OXYCODONE HCL 10 MG TABLET,120\n" + ROW.format(key="a"),
        HEAD + "a,2026-01-05,OXYCODONE HCL 10 MG TABLET,120,30,,\n" + ROW.format(key="a"),
        (HEAD + ROW.format(key="\xe9")).encode("cp1252"),
        HEAD + ROW.format(key="a") + 'a,2026-01-06,"OXYCODONE 10 MG TABLET,120,30\n',
        HEAD.replace("patient_key", "Patient Name,patient_key") + "," + ROW.format(key="a"),
        HEAD + ROW.format(key="k" * 10_000),
        HEAD + "   \n" + ROW.format(key="a"),
        HEAD + "a\n" + ROW.format(key="a"),
        HEAD.replace("\n", ",hospice\n") + "a,2026-01-05,OXYCODONE HCL 10 MG TABLET,120,30,,,\n",
    ],
)
def test_delimited_text_is_read_as_fills_reads_it(tmp_path, content):
    from medsteward.fills.by_day import Mode
    from tests.agreement.test_population import compare

    path = tmp_path / "fills.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    compare(path, tmp_path / "out", "cdc_2022", Mode.SUMMED, 90)


def test_cells_of_parquet_are_those_that_fills_reads(tmp_path):
    from medsteward.fills.by_day import Mode
    from tests.agreement.test_population import compare

    rows = """
      SELECT * FROM (VALUES
        (7, TIMESTAMP '2026-01-05 23:30:00', 'OXYCODONE HCL 10 MG TABLET', 120::DOUBLE, 30::UTINYINT, true, 8.0::FLOAT),
        (8, TIMESTAMP '2026-02-01', 'morphine 15 mg tablet', 2.5, 5, false, NULL),
        (8, NULL, 'morphine 15 mg tablet', 1e300, 5, NULL, 'nan'::FLOAT)
      ) AS t (patient_key, filled_date, drug_name, quantity, days_supply, hospice, age)"""
    path = tmp_path / "fills.parquet"
    with duckdb.connect() as database:
        database.execute(f"COPY ({rows}) TO '{path}'")
    compare(path, tmp_path / "out", "cdc_2022", Mode.SUMMED, 90)


# --- how it fails -----------------------------------------------------------------------------------------------

KEY = "planted-key-4711"


def refusal(folder: Path, *inputs: Path | str, **more: Any) -> str:
    with pytest.raises(MedstewardError) as error:
        ask(folder, *inputs, **more)
    assert not (folder / "out").exists()
    assert not [each for each in folder.iterdir() if each.name.startswith(".medsteward")]
    assert KEY not in str(error.value)
    assert len(str(error.value)) < 500
    return str(error.value)


def test_what_cannot_be_read_is_refused_and_nothing_is_left(tmp_path):
    good = written(tmp_path / "good.csv", KEY)
    assert "no such file" in refusal(tmp_path, tmp_path / "none.csv")
    assert "no file has such a name" in refusal(tmp_path, tmp_path / "none*.csv")
    (tmp_path / "empty").mkdir()
    assert "holds no records" in refusal(tmp_path, tmp_path / "empty")
    assert "given twice" in refusal(tmp_path, good, good)
    (tmp_path / "link.csv").symlink_to(good)
    assert "given twice" in refusal(tmp_path, good, tmp_path / "link.csv")
    copy = written(tmp_path / "copy.csv", KEY)
    assert "the same as" in refusal(tmp_path, good, copy)
    assert "lacks" in refusal(tmp_path, written(tmp_path / "bare.csv", head="patient_key,ndc\n", row=f"{KEY},1\n"))
    twice = written(tmp_path / "days.csv", KEY, row="{key},03/04/2026,OXYCODONE HCL 10 MG TABLET,120,30\n")
    assert "could have the day or the month first" in refusal(tmp_path, twice)
    (tmp_path / "zip.csv.gz").write_bytes(b"no gzip")
    assert "gzip" in refusal(tmp_path, tmp_path / "zip.csv.gz")
    (tmp_path / "zip.csv.zst").write_bytes(b"no zstd")
    refusal(tmp_path, tmp_path / "zip.csv.zst")


def test_a_truncated_parquet_file_is_refused(tmp_path):
    with duckdb.connect() as database:
        rows = f"SELECT '{KEY}' || i AS patient_key, '2026-01-05' AS filled_date, 'morphine' AS drug_name, "
        rows += "30 AS quantity, 30 AS days_supply FROM range(100000) t(i)"
        database.execute(f"COPY ({rows}) TO '{tmp_path}/whole.parquet'")
    whole = (tmp_path / "whole.parquet").read_bytes()
    for name, content in {
        "cut.parquet": whole[: len(whole) // 2],
        "bent.parquet": whole[:2000] + bytes(len(whole) - 12_000) + whole[-10_000:],
    }.items():
        (tmp_path / name).write_bytes(content)
        refusal(tmp_path, tmp_path / name)


def test_a_column_that_changes_its_type_between_files_is_read(tmp_path):
    with duckdb.connect() as database:
        for number, quantity in enumerate(("120::BIGINT", "'120'", "120.0::DOUBLE", "2.5::DOUBLE", "'many'")):
            rows = f"SELECT 'p{number}' AS patient_key, DATE '2026-01-05' AS filled_date, {quantity} AS quantity, "
            rows += "'OXYCODONE HCL 10 MG TABLET' AS drug_name, 30 AS days_supply"
            database.execute(f"COPY ({rows}) TO '{tmp_path}/{number}.parquet'")
    found = ask(tmp_path, tmp_path / "*.parquet")
    said = {key: row["peak"] for key, row in found.items()}
    assert said == {**dict.fromkeys(("p0", "p1", "p2"), 60_000_000), "p3": 1_250_000, "p4": None}


def test_a_packed_file_that_was_cut_off_is_refused(tmp_path):
    """What is left of it would be fewer fills."""
    rows = [f"{KEY}{number},2026-01-05,OXYCODONE HCL 10 MG TABLET,120,30" for number in range(20_000)]
    (tmp_path / "plain.csv").write_text(HEAD + "\n".join(rows), encoding="utf-8")
    with duckdb.connect() as database:
        lines = f"read_csv('{tmp_path}/plain.csv', all_varchar=true, delim=chr(1), header=false, quote='')"
        database.execute(
            f"COPY (FROM {lines}) TO '{tmp_path}/whole.csv.zst' (HEADER false, QUOTE '', DELIMITER chr(1))"
        )
    whole = (tmp_path / "whole.csv.zst").read_bytes()
    assert len(ask(tmp_path, tmp_path / "whole.csv.zst")) == len(rows)
    shutil.rmtree(tmp_path / "out")
    packed = gzip.compress((tmp_path / "plain.csv").read_bytes())
    for cut in (1, 5, 1000, len(whole) // 2, len(whole) - 9):
        (tmp_path / "cut.csv.zst").write_bytes(whole[:-cut])
        assert "zstd" in refusal(tmp_path, tmp_path / "cut.csv.zst")
        (tmp_path / "cut.csv.gz").write_bytes(packed[: -min(cut, len(packed) - 1)])
        assert "gzip" in refusal(tmp_path, tmp_path / "cut.csv.gz")


@pytest.mark.parametrize("rows", ["", "\n\n", ROW.format(key=""), 2 * ROW.format(key="  ")])
@pytest.mark.parametrize("buckets", [1, 3])
def test_records_of_nobody_have_an_answer(tmp_path, rows, buckets):
    """A file without a row, and one whose rows have no patient: they fail, and are said to."""
    (tmp_path / "fills.csv").write_text(HEAD + rows, encoding="utf-8")
    asked = PopulationRun(inputs=(str(tmp_path / "fills.csv"),), output=tmp_path / "out", days=True, rows=True)
    (told,) = population_run(asked if buckets == 1 else evolve(asked, buckets=buckets)).tables
    assert (told.patients, told.used, dict(told.failed)) == (0, 0, {"FILL-001": n} if (n := rows.count("OXY")) else {})
    assert rows_of(tmp_path / "out") == []
    assert len(rows_of(tmp_path / "out", "rows.parquet")) == n


def test_too_little_memory_is_said(tmp_path):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(1, 3000)), encoding="utf-8")
    assert "memory" in refusal(tmp_path, path, memory="1MB")


def test_an_output_that_is_something_else_is_left_alone(tmp_path):
    path = written(tmp_path / "fills.csv", "a")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    for output in (tmp_path / "mine", path, tmp_path / "none/out"):
        with pytest.raises(CannotWrite):
            run(PopulationRun(inputs=(str(path),), output=output))
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_later_run_takes_the_place_of_an_earlier_one(tmp_path):
    ask(tmp_path, written(tmp_path / "one.csv", "a"), days=True)
    assert sorted(ask(tmp_path, written(tmp_path / "two.csv", "b", "c"))) == ["b", "c"]
    assert not (tmp_path / "out/days.parquet").exists()
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".medsteward")]
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


def test_a_run_that_was_ended_goes_on_with_the_parts_that_are_left(tmp_path, monkeypatch):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(5, 60)), encoding="utf-8")
    whole = ask(tmp_path, path)
    asked = PopulationRun(inputs=(str(path),), output=tmp_path / "parts", buckets=4)
    write = duckdb_engine.DuckDbEngine.write_part
    names: list[str] = []

    def dies(self, text, file, values, *, stays):
        names.append(file.name)
        if len(names) == 3:
            raise KeyboardInterrupt
        write(self, text, file, values, stays=stays)

    monkeypatch.setattr(duckdb_engine.DuckDbEngine, "write_part", dies)
    with pytest.raises(KeyboardInterrupt):
        population_run(asked)
    assert not (tmp_path / "parts").exists()
    done = names[:2]
    names.clear()
    names += [""] * 3
    population_run(asked)
    assert not set(done) & set(names)
    assert {each["patient_key"]: each for each in rows_of(tmp_path / "parts")} == whole
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".medsteward")]


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("stays", [True, False])
def test_parts_are_put_together_in_order(tmp_path, threads, stays):
    engine = duckdb_engine.DuckDbEngine(tmp_path, threads=threads)
    parts = [tmp_path / f"part-{number}.parquet" for number in range(3)]
    for number, part in enumerate(parts):
        engine.write_part(f"SELECT range + {number * 150_000} AS n FROM range(150000)", part, {}, stays=stays)
    engine.gather(parts, tmp_path / "whole.parquet", ("n",))
    found = duckdb.read_parquet(str(tmp_path / "whole.parquet")).fetchall()
    assert found == [(n,) for n in range(450_000)]
    assert not [part for part in parts if part.exists()]


def test_no_parts_of_another_question_are_taken(tmp_path, monkeypatch):
    path = written(tmp_path / "fills.csv", *(f"p{n}" for n in range(20)))
    stop = duckdb_engine.DuckDbEngine.gather
    monkeypatch.setattr(duckdb_engine.DuckDbEngine, "gather", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        ask(tmp_path, path, buckets=3)
    monkeypatch.setattr(duckdb_engine.DuckDbEngine, "gather", stop)
    written(path, *(f"q{n}" for n in range(20)))
    assert {key[0] for key in ask(tmp_path, path, buckets=3)} == {"q"}


def test_a_run_that_is_killed_leaves_no_answer_and_the_next_one_cleans_up(tmp_path):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(1, 3000)), encoding="utf-8")
    words = [sys.executable, "-m", "medsteward", "population", "run", "--input", str(path), "--output", "out"]
    with subprocess.Popen([*words, "--buckets", "50"], cwd=tmp_path, stderr=subprocess.PIPE, text=True) as killed:
        assert killed.stderr is not None
        for line in killed.stderr:
            if "part 2 of" in line:
                killed.kill()
                break
    assert killed.returncode == -9
    assert not (tmp_path / "out").exists()
    left = [each.name for each in tmp_path.iterdir() if each != path]
    assert left
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert (tmp_path / "out/summary.json").is_file()
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".run")]


def test_a_key_of_ten_thousand_letters_is_a_key_and_is_never_said(tmp_path):
    key = KEY * 1200
    path = written(tmp_path / "fills.csv", key, "b")
    said: list[str] = []
    population_run(PopulationRun(inputs=(str(path),), output=tmp_path / "out", days=True), said.append)
    assert {row["patient_key"] for row in rows_of(tmp_path / "out", "days.parquet")} == {key, "b"}
    assert not [each for each in said if KEY in each]
    assert KEY not in (tmp_path / "out/summary.json").read_text("utf-8")


def test_a_disk_without_room_is_said(tmp_path):
    """Files may not grow here, as where a disk is full."""
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(1, 300)), encoding="utf-8")
    words = [sys.executable, "-m", "medsteward", "population", "run", "--input", str(path), "--output", "out"]

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, preexec_fn=small, check=False)
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["fills.csv"]
