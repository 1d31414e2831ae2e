"""Dispensing records where a case is expected: each patient's fills become one case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from medsteward.model.code import Resolver
from medsteward.model.regimen import Case

_SUFFIXES = frozenset({".csv", ".tsv", ".parquet"})
_USUAL = "cdc_2022"


def holds_records(source: str, stdin: BinaryIO | None) -> bool:
    """Whether a file, by its name, or standard input, by its first line, holds dispensing records."""
    if source != "-":
        return Path(source).suffix.casefold() in _SUFFIXES
    peek = getattr(stdin, "peek", None)
    if peek is None:
        return False
    from medsteward.readers.fills.source import is_header

    return is_header(peek(1))


def cases_of_records(source: str, stdin: BinaryIO | None, *, as_of: date, resolver: Resolver) -> Iterator[Case]:
    """One case of each patient. What was concluded from the file is said on standard error."""
    from contextlib import ExitStack

    from medsteward.cli.fills_run import note
    from medsteward.fills.case import case_of_fills
    from medsteward.readers.fills.records import open_records
    from medsteward.tables.load import factor_table

    table = factor_table(_USUAL)
    with ExitStack() as desk:
        records = open_records(source, stdin, desk, resolver=resolver)
        for notice in records.notices:
            note(notice)
        for history in records.histories(note):
            if history.patient:
                yield case_of_fills(history, as_of=as_of, table=table)
