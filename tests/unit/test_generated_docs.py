"""Generated pages, and examples on written ones, say what the program now says."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from medsteward.advice.case.mme import mme_per_day
from medsteward.doses.daily import daily_doses
from medsteward.drugs.matching import leading_ingredient
from medsteward.model.codes import CODES
from medsteward.model.regimen import Case
from medsteward.readers.directions.line import read_line
from medsteward.tables.load import factor_table, load_table, table_ids
from tests.build import amount

FOLDER = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def generate() -> Iterator[ModuleType]:
    """docs/generate.py, which is a script beside others and no part of a package."""
    sys.path.insert(0, str(FOLDER))
    spec = importlib.util.spec_from_file_location("generate_docs", FOLDER / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(FOLDER))


def test_every_room_of_the_house_has_its_question(generate):
    assert set(generate.rooms.uses()) == set(generate.rooms.QUESTIONS)


GENERATED = (
    "tables.md",
    "codes.md",
    "thresholds.md",
    "rules.md",
    "formats.md",
    "hazards.md",
    "conditions.md",
    "directions.md",
    "policies.md",
    "policies_curves.svg",
    "policies_pace.svg",
    "doses.md",
    "architecture.md",
    "population.md",
    "names.md",
    "architecture_rooms.svg",
)


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_is_not_stale(generate, name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text == generate.pages()[name], "write it again with: make docs"


def test_no_page_is_left_out_of_the_check(generate):
    assert set(generate.pages()) == set(GENERATED)
    assert generate.main(["--check"]) == 0


def test_a_stale_or_missing_page_is_named_and_written(generate, tmp_path, capsys):
    assert generate.main(["--check"], tmp_path) == 1
    assert not list(tmp_path.iterdir())
    assert generate.main([], tmp_path) == 0
    assert generate.main(["--check"], tmp_path) == 0
    (tmp_path / "codes.md").write_text("old")
    capsys.readouterr()
    assert generate.main(["--check"], tmp_path) == 1
    assert "codes.md is stale" in capsys.readouterr().err


def test_every_code_is_on_its_page(generate):
    page = generate.codes_page()
    for code in CODES.values():
        assert page.count(f"| `{code.name}` |") == 1


def test_every_row_of_every_table_is_on_its_page(generate):
    page = generate.tables_page()
    rows = sum(len(factor_table(each).factors) for each in table_ids())
    shown = [line for line in page.splitlines() if line.startswith("| ") and line.count(" | ") == 8]
    assert len(shown) == rows + len(table_ids())  # a header line for each table
    for each in table_ids():
        assert f"\n## {each}\n" in page
        assert factor_table(each).digest in page


# The tables of examples on the page about directions are written by hand, and held to what the reader does.

ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (FOLDER / "directions.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
SUGGESTED = [row for row in ROWS if len(row) == 2]
READ = [row for row in ROWS if row not in SUGGESTED and not row[1][-1].isdigit()]
REFUSED = [row for row in ROWS if row not in SUGGESTED and row not in READ]


def lines(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize(("written", "scheduled", "maximum"), READ, ids=lambda text: text[:60])
def test_an_example_is_read_as_the_page_says(written, scheduled, maximum):
    line = read_line(*lines(written))
    assert [problem.text for problem in line.problems] == []
    assert line.regimen is not None
    doses = daily_doses(line.regimen).ingredients
    lead = leading_ingredient(tuple(each.ingredient for each in doses))
    daily = next(each.daily for each in doses if each.ingredient == lead)
    assert daily is not None
    assert (daily.scheduled, daily.maximum) == (amount(scheduled), amount(maximum))


@pytest.mark.parametrize(("written", "code", "instead"), REFUSED, ids=lambda text: text[:60])
def test_an_example_is_refused_and_its_correction_is_not(written, code, instead):
    table = factor_table("cdc_2018_analytic")
    case = Case(date(2027, 1, 4), tuple(map(read_line, lines(written))))
    assert code in {problem.code for problem in mme_per_day(case, table=table).problems}
    case = Case(date(2027, 1, 4), tuple(map(read_line, lines(instead))))
    assert [problem.text for problem in mme_per_day(case, table=table).problems] == []


@pytest.mark.parametrize(("written", "suggested"), SUGGESTED, ids=lambda text: text[:60])
def test_what_the_page_says_is_suggested_is_read(written, suggested):
    assert lines(written) != lines(suggested)
    assert [problem.text for problem in read_line(*lines(suggested)).problems] == []


def test_the_page_has_examples_of_all_kinds():
    assert len(READ) > 30
    assert len(SUGGESTED) > 3
    assert len(REFUSED) > 15


def test_the_table_of_the_how_to_page_loads(tmp_path):
    page = (FOLDER / "how_to_add_a_table.md").read_text(encoding="utf-8")
    for end in ("csv", "toml"):
        block = re.search(rf"^```{end}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
        assert block is not None
        (tmp_path / f"clinic_2026.{end}").write_text(block[1], encoding="utf-8")
    table = load_table(tmp_path / "clinic_2026.csv", tmp_path / "clinic_2026.toml")
    assert [row.value for row in table.bands("methadone", "oral", None)] == [4, 8]
    assert list(table.rated_routes("tramadol")) == []


def test_a_stale_schema_is_named_and_written(generate, tmp_path, capsys):
    schema = generate.schema_words.FOLDER / "plan_changes.json"
    stale = schema.read_text(encoding="utf-8").replace('"reverse",', '"backwards",')
    (tmp_path / schema.name).write_text(stale, encoding="utf-8")
    assert generate.main(["--check"], schemas=tmp_path) == 1
    assert f"{schema.name} is stale" in capsys.readouterr().err
    assert generate.main([], schemas=tmp_path) == 0
    assert (tmp_path / schema.name).read_text(encoding="utf-8") == schema.read_text(encoding="utf-8")
