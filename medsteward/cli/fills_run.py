"""What a run over dispensing records needs beside reading and writing: a side file, a last word."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

import click

from medsteward.cli.running import write
from medsteward.cli.saying import say
from medsteward.fills.report import FillsReport, Tally
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import FactorTable
from medsteward.writers.fills.table import failed_rows, summary

_KEPT_IN_MEMORY = 1_000_000
_AT_ONCE = 65_536


def all_tables() -> tuple[FactorTable, ...]:
    """Every table, to explain a reported MME."""
    return tuple(factor_table(each) for each in table_ids())


def note(text: str) -> None:
    """A sentence on standard error. It never holds a patient's key."""
    say(text)


class Failures:
    """Gathers failed rows and writes them to the side file at the end, whole or not at all."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._seen: set[int] = set()
        self._kept: IO[str] | None = None

    def __enter__(self) -> Failures:
        if self._path is not None:
            folder = Path(self._path).resolve().parent
            if not folder.is_dir() or Path(self._path).is_dir():
                raise click.UsageError(f"--failed {self._path}: give a file in a folder that exists")
            self._kept = tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY, "w+", encoding="utf-8", newline="")
            self._kept.write(failed_rows((), with_header=True))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._kept is not None:
            self._kept.close()

    def add(self, report: FillsReport) -> None:
        """Take the failed rows of one patient under one table; a row is written once for the same reason."""
        if self._kept is None or not report.failed:
            return
        new = [each for each in report.failed if hash((each.row, each.problem.text)) not in self._seen]
        self._seen = {hash((each.row, each.problem.text)) for each in report.failed}
        self._kept.write(failed_rows(new, with_header=False))

    def finish(self, tallies: Iterable[Tally]) -> None:
        """Write the side file, and say on standard error what became of the rows."""
        for tally in tallies:
            note(summary(tally))
        if self._kept is not None:
            kept = self._kept
            kept.seek(0)
            write(iter(lambda: kept.read(_AT_ONCE), ""), self._path)
        elif any(tally.failed for tally in tallies):
            note("--failed FILE lists the rows that failed, each with its column and reason")
