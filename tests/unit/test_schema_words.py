"""The words that schemas list are those of the program, each list from one place."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from medsteward.model.source import Standing
from medsteward.reminders.reminder import Kind

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def words() -> ModuleType:
    """docs/schema_words.py, which belongs to a script and to no package."""
    spec = importlib.util.spec_from_file_location("schema_words_of_docs", ROOT / "docs" / "schema_words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def places(words: ModuleType) -> list[str]:
    return [
        place
        for path in words.FOLDER.glob("*.json")
        for place, _ in words.lists(json.loads(path.read_text(encoding="utf-8")), path.name)
    ]


def test_the_schemas_list_the_words_of_the_program(words):
    for path, text in words.texts().items():
        assert path.read_text(encoding="utf-8") == text, "write it again with: make docs"


def test_every_list_has_one_home_and_every_home_a_list(words):
    found = places(words)
    assert len(found) > 100
    for place in found:
        words.words_of(place)
    for pattern, _ in (*words.LISTS, *words.OWN):
        assert any(re.fullmatch(pattern, place) for place in found), pattern


def test_a_stale_list_is_written_anew_and_what_may_be_missing_stays_so(words, tmp_path):
    stale = {
        "properties": {
            "standing": {"enum": ["old", None]},
            "reminders": {"items": {"properties": {"kind": {"enum": ["old"]}}}},
        }
    }
    (tmp_path / "remind.json").write_text(json.dumps(stale), encoding="utf-8")
    ((_, text),) = words.texts(tmp_path).items()
    found = json.loads(text)["properties"]
    assert found["standing"]["enum"] == [*(each.value for each in Standing), None]
    assert found["reminders"]["items"]["properties"]["kind"]["enum"] == [each.value for each in Kind]


def test_a_list_that_nobody_declared_is_refused(words, tmp_path):
    (tmp_path / "remind.json").write_text('{"properties": {"mood": {"enum": ["good"]}}}', encoding="utf-8")
    with pytest.raises(ValueError, match="mood"):
        words.texts(tmp_path)
