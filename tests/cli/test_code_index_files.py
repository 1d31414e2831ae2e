"""The file of a code index: unreadable, locked, of another version, shared, and loaded by two programs at once."""

from __future__ import annotations

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from medsteward.readers.codes import code_index
from medsteward.readers.codes.code_index import open_index
from tests.cli.users import somebody_else
from tests.program import run as here
from tests.unit import releases

UNIX = pytest.mark.skipif(os.name != "posix", reason="modes of Unix")
NDC = "00054017613"


def ndc_file(folder: Path, number: int = 0) -> Path:
    file = folder / f"ndc{number}.csv"
    rows = "".join(f"{54017600 + number * 1000 + n:011},morphine sulfate 15 mg tablet\n" for n in range(20))
    file.write_text(f"NDC,Drug\n{rows}", encoding="utf-8")
    return file


@pytest.fixture
def index(tmp_path: Path) -> Path:
    assert here("codes", "load-ndc", ndc_file(tmp_path), "--codes", tmp_path / "own.sqlite").code == 0
    return tmp_path / "own.sqlite"


@UNIX
def test_an_index_that_may_not_be_read_is_named(index):
    assert here("codes", "show", NDC, "--codes", index).code == 0
    index.chmod(0o000)
    with somebody_else(index.parent):
        done = here("codes", "show", NDC, "--codes", index)
    assert done.code == 2
    assert "own.sqlite: permission denied" in done.err


def test_a_folder_in_place_of_an_index_is_named(tmp_path):
    done = here("codes", "show", NDC, "--codes", tmp_path)
    assert done.code == 2
    assert "this is a folder" in done.err
    assert here("codes", "load-ndc", ndc_file(tmp_path), "--codes", tmp_path).code == 2


def test_an_index_that_another_program_has_locked_is_waited_for_and_then_said(index, monkeypatch):
    monkeypatch.setattr(code_index, "_PATIENCE", 0.1)
    with sqlite3.connect(index, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = here("codes", "show", NDC, "--codes", index)
        other.execute("ROLLBACK")
    other.close()
    assert done.code == 2
    assert "another program has locked this code index" in done.err
    assert here("codes", "show", NDC, "--codes", index).code == 0


def test_an_index_of_another_version_is_said_and_not_written_over(index, tmp_path):
    with sqlite3.connect(index) as base:
        base.execute("UPDATE about SET value = 'medsteward.codes/0' WHERE key = 'format'")
    base.close()
    before = index.read_bytes()
    files = releases.release(tmp_path / "release")
    for words in (("show", NDC), ("show",), ("load-ndc", ndc_file(tmp_path, 1)), ("load", *files)):
        done = here("codes", *words, "--codes", index)
        assert (done.code, index.read_bytes()) == (2, before)
        assert "another version of medsteward; remove the file, and load" in done.err
    index.unlink()
    assert here("codes", "load", *files, "--codes", index).code == 0


def test_a_damaged_index_is_said_in_every_use(index, tmp_path):
    data = bytearray(index.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    index.write_bytes(data)
    for words in (("show", NDC), ("show",), ("load-ndc", ndc_file(tmp_path, 1))):
        done = here("codes", *words, "--codes", index)
        assert done.code == 2, words
        assert "own.sqlite" in done.err
        assert "code index" in done.err


@UNIX
def test_a_shared_index_stays_shared(index, tmp_path):
    index.chmod(0o664)
    owner = (12345, 54321) if os.getuid() == 0 else (os.getuid(), os.getgid())
    os.chown(index, *owner)
    assert here("codes", "load-ndc", ndc_file(tmp_path, 1), "--codes", index).code == 0
    now = index.stat()
    assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (*owner, 0o664)


@UNIX
def test_a_read_only_index_is_not_replaced(index, tmp_path):
    index.chmod(0o444)
    before = index.read_bytes()
    done = here("codes", "load-ndc", ndc_file(tmp_path, 1), "--codes", index)
    assert (done.code, index.read_bytes()) == (2, before)
    assert "read-only" in done.err


def test_two_loads_at_the_same_time_keep_the_codes_of_both(tmp_path, start):
    index = tmp_path / "own.sqlite"
    files = [ndc_file(tmp_path, number) for number in range(4)]

    def load(file: Path) -> int:
        return start("codes", "load-ndc", str(file), "--codes", str(index)).returncode

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(load, files)) == [0] * 4
    assert open_index(index).about()["ndcs"] == "80"
    assert {each.name for each in tmp_path.iterdir()} == {"own.sqlite", *(file.name for file in files)}
