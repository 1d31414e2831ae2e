"""The pages that are made from the program say what the program now says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from medsteward.model.codes import CODES
from medsteward.tables.load import factor_table, table_ids

FOLDER = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py, which is a script and no part of a package."""
    spec = importlib.util.spec_from_file_location("generate_docs", FOLDER / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["tables.md", "codes.md"])
def test_a_generated_page_is_not_stale(generate, name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text == generate.pages()[name], "write it again with: make docs"


def test_no_page_is_left_out_of_the_check(generate):
    assert set(generate.pages()) == {"tables.md", "codes.md"}
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
