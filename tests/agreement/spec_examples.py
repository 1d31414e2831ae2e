"""The worked examples of tests/spec/test_fills.py as files for another engine, and what ``fills`` says of them."""

from __future__ import annotations

import csv
import inspect
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from medsteward.fills.by_day import Mode
from medsteward.fills.definitions import WINDOW_DAYS
from medsteward.fills.measures import MEASURES
from medsteward.readers.fills.header import read_header
from medsteward.tables.load import factor_table
from tests.agreement.population_rows import expected
from tests.spec import test_fills as spec

Question = tuple[str, Mode, int]
"""Table, mode and window."""


def asked_by_spec(folder: Path) -> dict[Question, list[str]]:
    """Every file that the examples read, by what they ask of it: they are run, and what they read is kept."""
    texts: dict[Question, list[str]] = {}
    read = spec.reports

    def kept(place: Path, text: str, **options: Any) -> Any:
        question = (
            options.get("table", "cdc_2022"),
            options.get("mode", Mode.SUMMED),
            options.get("window", WINDOW_DAYS),
        )
        if text not in texts.setdefault(question, []):
            texts[question].append(text)
        return read(place, text, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spec, "reports", kept)
        for test in vars(spec).values():
            if inspect.isfunction(test) and test.__name__.startswith("test_"):
                for given in _given(test):
                    test(**({"tmp_path": folder} if "tmp_path" in inspect.signature(test).parameters else {}), **given)
    return texts


def _given(test: Callable[..., object]) -> Iterator[dict[str, Any]]:
    """What a test is given for each of its cases."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        yield {}
        return
    (mark,) = marks
    names, cases = mark.args
    several = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    for case in cases:
        yield dict(zip(several, case if len(several) > 1 else (case,), strict=True))


def written(folder: Path, question: Question, texts: list[str]) -> tuple[list[Path], dict[str, dict[str, object]]]:
    """The files, each patient with a key of its own, and the columns that ``fills`` has for every patient."""
    table, mode, window = question
    paths: list[Path] = []
    columns: dict[str, dict[str, object]] = {}
    for number, text in enumerate(texts):
        header, *rows = csv.reader(io.StringIO(text))
        at = read_header(header, "spec").at["patient_key"]
        path = folder / f"{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([*row[:at], f"{number}:{row[at]}", *row[at + 1 :]] for row in rows if row)
        paths.append(path)
        columns |= expected(path, factor_table(table), mode, window, MEASURES)[0]
    return paths, columns
