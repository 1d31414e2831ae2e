"""The report of a population: its counts are those of the columns, and what is small cannot be worked out."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import highspy
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.advice.population.cells import SmallCounts
from medsteward.advice.population.counts import ReportCount
from medsteward.errors import UnreadableInput
from medsteward.fills.definitions import DEFINITIONS
from medsteward.population import reporting, run
from medsteward.population.options import PopulationRun
from medsteward.population.reporting import reported
from medsteward.schemas import schema_text
from medsteward.writers.formats import POPULATION
from medsteward.writers.population.text import document
from tests.agreement.population_rows import as_csv, made
from tests.browser import CHROMIUM, running
from tests.counts import examples

NODE = Path(__file__).resolve().parents[1] / "node" / "node_modules"
KEY, PRESCRIBER, WORDS = "planted-key-4711", "planted-prescriber", "planted free text"


def answer(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "fills.csv"
    path.write_text(as_csv(rows), encoding="utf-8")
    run(PopulationRun(inputs=(str(path),), output=folder / "out", days=True))
    return folder / "out"


def report(folder: Path, work: Path, suppress: int = 11, by: str | None = None) -> Any:
    work.mkdir(exist_ok=True)
    return reported(folder, table=None, suppress=suppress, by=by, work=work)


def rows_for(patients: int) -> list[dict[str, str]]:
    row = {"filled_date": "2026-01-05", "drug_name": "OXYCODONE HCL 10 MG TABLET", "quantity": "120"}
    return [{**row, "days_supply": "30", "patient_key": f"p{n}", "age": "50"} for n in range(patients)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Of some hundred patients, one of whom is planted."""
    rows = [dict(each) for each in made(7, 400)]
    planted = {"patient_key": KEY, "prescriber_key": PRESCRIBER, "treatment_type": WORDS, "drug_name": WORDS}
    rows += [{**rows[0], **planted}, {**rows[1], "patient_key": KEY, "prescriber_key": PRESCRIBER}]
    return answer(tmp_path_factory.mktemp("report"), rows)


def texts(found: Any) -> dict[str, str]:
    return {name: "".join(map(str, POPULATION.write(name, [found]))) for name in POPULATION.names}


def test_counts_are_those_of_the_columns(folder, tmp_path):
    found = {each.id: each for each in report(folder, tmp_path / "work", suppress=0, by="age_band").tables}
    with duckdb.connect() as database:

        def many(test: str, file: str = "patients") -> int:
            return database.execute(f"SELECT count(*) FROM '{folder}/{file}.parquet' WHERE {test}").fetchall()[0][0]

        for definition, (_, counts) in zip(DEFINITIONS, found["definitions"].rows, strict=True):
            assert counts[0].value == many("TRUE")
            assert counts[-1].value == many(f"{definition.name} >= 90000000")
            assert sum(each.value for each in counts[1:]) == counts[0].value
        benzodiazepine = next(counts for name, counts in found["sedatives"].rows if name == "benzodiazepine")
        assert benzodiazepine[-1].value == many("overlap_benzodiazepine_days >= 30") > 0
        assert found["complete"].rows[0][1][2].value == many("failed_rows > 0 OR fills_without_factor > 0")
        cob = next(counts for name, counts in found["rates"].rows if name.startswith("COB"))
        assert cob[0].value == many("cob_in_denominator AND NOT cob_excluded")
        assert cob[1].value == many("cob_in_denominator AND NOT cob_excluded AND cob_concurrent_use_met")
        month, counts = found["months"].rows[0]
        touches = f"last_day >= DATE '{month}-01' AND first_day < DATE '{month}-01' + INTERVAL 1 MONTH"
        text = f"SELECT count(DISTINCT patient_key) FROM '{folder}/days.parquet' WHERE {touches}"
        ((seen,),) = database.execute(text).fetchall()
        assert counts[0].value == seen
        ages = {name: counts[0].value for name, counts in found["by"].rows}
        assert ages["not known, or no opioid"] == many("age IS NULL")
        assert ages["50 to 64"] == many("age BETWEEN 50 AND 64")


def test_what_a_director_asks_first_stands_first_and_is_hidden_where_it_is_below(folder, tmp_path):
    found = report(folder, tmp_path / "work")
    first, tables = found.tables[0], {each.id: each for each in found.tables}
    assert first.id == "glance"
    wanted = [counts[-1] for _, counts in (*tables["definitions"].rows, *tables["sedatives"].rows)]
    wanted += [tables["complete"].rows[0][1][2], tables["known"].rows[0][1][2]]
    assert [id(counts[-1]) for _, counts in first.rows[1:]] == [id(each) for each in wanted]
    assert [name for name, _ in first.rows][1 : 1 + len(DEFINITIONS)] == [
        f"90 MME a day or more, by {each.title}" for each in DEFINITIONS
    ]


def test_nothing_of_a_person_is_in_a_report(folder, tmp_path):
    for text in texts(report(folder, tmp_path / "work", suppress=0)).values():
        for planted in (KEY, PRESCRIBER, WORDS, "p00000"):
            assert planted not in text


def test_a_hidden_count_is_in_no_format(folder, tmp_path):
    found = report(folder, tmp_path / "work")
    assert found.hidden > 10
    plain = document(found)
    jsonschema.validate(plain, json.loads(schema_text("population_report")))
    for table, said in zip(found.tables, plain["tables"], strict=True):
        for (_, counts), row in zip(table.rows, said["rows"], strict=True):
            assert row["counts"] == [None if each.hidden else each.value for each in counts]
            assert all(each.hidden for each in counts if 0 < each.value < 11)
    written = texts(found)
    assert written["csv"].count(",,yes") == sum(
        each.hidden for table in found.tables for _, counts in table.rows for each in counts
    )
    assert "hidden" in written["html"]
    assert "hidden" in written["md"]


@pytest.mark.parametrize("patients", [0, 1, 10, 11, 500])
def test_populations_of_every_size_have_a_report(tmp_path, patients):
    rows = rows_for(patients) or [{**rows_for(1)[0], "drug_name": "lisinopril", "animal_name": "Rex"}]
    found = report(answer(tmp_path, rows), tmp_path / "work")
    whole = next(each for each in found.tables if each.id == "definitions").rows[0][1][0]
    assert whole.value == patients
    assert whole.hidden is (0 < patients < 11)
    assert all("Traceback" not in text for text in texts(found).values())


def test_a_million_patients_have_a_report_whose_counts_are_sums_over_the_columns(folder, tmp_path):
    """The answer of some hundred, each of them so often that there are a million."""
    many = tmp_path / "out"
    shutil.copytree(folder, many)
    patients = many / "patients.parquet"
    with duckdb.connect() as database:
        ((few,),) = database.execute(f"SELECT count(*) FROM '{patients}'").fetchall()
        times = -(-1_000_000 // few)
        text = f"SELECT p.* FROM '{folder}/patients.parquet' p, range({times})"
        database.execute(f"COPY ({text}) TO '{patients}' (FORMAT parquet)")
        found = {each.id: each for each in report(many, tmp_path / "work", by="age_band").tables}
        for definition, (_, counts) in zip(DEFINITIONS, found["glance"].rows[1:], strict=False):
            test = f"count(*), count(CASE WHEN {definition.name} >= 90000000 THEN 1 END)"
            ((everybody, high),) = database.execute(f"SELECT {test} FROM '{patients}'").fetchall()
            assert [each.value for each in counts] == [everybody, high]
            assert everybody == few * times >= 1_000_000
            assert not counts[1].hidden


def test_a_folder_without_an_answer_and_a_column_that_is_not_there_are_refused(folder, tmp_path):
    with pytest.raises(UnreadableInput, match="no answer"):
        report(tmp_path, tmp_path / "work")
    with pytest.raises(UnreadableInput, match="no column"):
        report(folder, tmp_path / "work", by="nothing")
    with pytest.raises(UnreadableInput, match="--patients FILE that has state"):
        report(folder, tmp_path / "work", by="state")


# --- what is hidden cannot be worked out ------------------------------------------------------------------------


def reach(small: SmallCounts, asked: ReportCount) -> tuple[float, float]:
    """The least and the most that a hidden count may be, for one who knows everything that is printed."""
    hidden = [each for each in small.counts if each.hidden]
    found = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        solver = highspy.Highs()
        solver.silent()
        at = {each: solver.addVariable(lb=1, ub=10_000, obj=1 if each is asked else 0) for each in hidden}
        for each in small.sums:
            left = sum(at[part] for part in each.parts if part.hidden) if any(p.hidden for p in each.parts) else 0
            right = at[each.whole] if each.whole.hidden else each.whole.value
            known = sum(part.value for part in each.parts if not part.hidden)
            if any(count.hidden for count in each.counts):
                solver.addConstr(left + known == right)  # type: ignore[arg-type]  # a count is hidden, so it is one
        solver.changeObjectiveSense(sense)
        solver.run()
        found.append(round(solver.getInfo().objective_function_value, 4))
    return found[0], found[1]


@st.composite
def tables(draw):
    """A table of two ways in, with its margins, and a second division of everybody."""
    small = SmallCounts()
    values = st.sampled_from([0, 1, 2, 5, 9, 10, 11, 12, 40, 300])
    across, down = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    cells = [[small.count(draw(values)) for _ in range(across)] for _ in range(down)]
    rows = [small.count(sum(each.value for each in row)) for row in cells]
    columns = [small.count(sum(row[place].value for row in cells)) for place in range(across)]
    total = small.count(sum(each.value for each in rows))
    for whole, parts in zip(rows, cells, strict=True):
        small.whole(whole, parts)
    for place, whole in enumerate(columns):
        small.whole(whole, [row[place] for row in cells])
    small.whole(total, rows)
    small.whole(total, columns)
    if total.value:
        first = draw(st.integers(0, total.value))
        small.whole(total, [small.count(first), small.count(total.value - first)])
    return small


@given(tables())
@examples(60)
def test_no_small_count_can_be_worked_out(small):
    small.hide(11)
    for each in small.counts:
        if 0 < each.value < 11:
            assert each.hidden
            least, most = reach(small, each)
            assert most - least >= 1, [(c.value, c.hidden) for c in small.counts]


def test_counts_of_one_that_add_up_to_a_hidden_two_are_not_told():
    """Each hidden count is at least 1, and that may be enough: 300 and 1, 1 and 1 with their margins."""
    small = SmallCounts()
    cells = [[small.count(300), small.count(1)], [small.count(1), small.count(1)]]
    rows, columns = [small.count(301), small.count(2)], [small.count(301), small.count(2)]
    total = small.count(303)
    for place in (0, 1):
        small.whole(rows[place], cells[place])
        small.whole(columns[place], [row[place] for row in cells])
    small.whole(total, rows)
    small.whole(total, columns)
    small.hide(11)
    for each in small.counts:
        if 0 < each.value < 11:
            least, most = reach(small, each)
            assert most - least >= 1


def test_no_more_is_hidden_than_one_small_count_asks_for():
    """A square of four: the small count, one beside it, one below it and the one across."""
    small = SmallCounts()
    cells = [[small.count(value) for value in row] for row in ((3, 40, 500), (60, 70, 800), (900, 1000, 2000))]
    rows = [small.count(sum(each.value for each in row)) for row in cells]
    columns = [small.count(sum(row[place].value for row in cells)) for place in range(3)]
    for place in range(3):
        small.whole(rows[place], cells[place])
        small.whole(columns[place], [row[place] for row in cells])
    small.hide(11)
    assert [each.value for each in small.counts if each.hidden] == [3, 40, 60, 70]


def test_no_hidden_count_of_a_report_can_be_worked_out(folder, tmp_path, monkeypatch):
    """Every sum of the page is a line of the programme: the small counts, and those that are hidden for their sake."""
    kept = SmallCounts()
    monkeypatch.setattr(reporting, "SmallCounts", lambda: kept)
    found = report(folder, tmp_path / "work", by="age_band")
    hidden = [each for each in kept.counts if each.hidden]
    assert len(hidden) == found.hidden > 10
    for each in hidden:
        least, most = reach(kept, each)
        assert least < most, each


def test_nothing_is_hidden_where_it_is_not_asked_for():
    small = SmallCounts()
    small.whole(small.count(3), [small.count(1), small.count(2)])
    small.hide(0)
    assert not any(each.hidden for each in small.counts)


# --- the page ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(CHROMIUM is None or not NODE.exists(), reason="needs chromium and npm ci in tests/node")
def test_the_page_loads_nothing_and_axe_finds_nothing(folder, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(texts(report(folder, tmp_path / "work"))["html"], encoding="utf-8")
    assert not re.search(r"(?:src|href)=|url\(|<script", path.read_text("utf-8"))
    axe = (NODE / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    with running() as browser, browser.opened(path) as tab:
        for pixels in (1280, 390):
            tab.width(pixels)
            tab.value(axe + "; 1")
            found = tab.value("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => v.id))")
            assert found == []
            assert tab.value("document.documentElement.scrollWidth") <= pixels
        assert tab.asked == []
