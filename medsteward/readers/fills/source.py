"""Where rows of dispensing records come from: a CSV file, standard input, or parquet, twice over if need be.

Nothing here knows what a column means. Sizes are bounded: a line, a cell, a row; never the file.
"""

from __future__ import annotations

import codecs
import csv
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Protocol

from medsteward.errors import UnreadableInput
from medsteward.readers.fills.around import (
    LINES_BEFORE,
    before_header,
    delimiter_of,
    is_empty,
    names_columns,
    until_the_end,
    without_formulas,
)
from medsteward.readers.shared.kinds import HEAD, RECORDS, refuse_other

MAX_LINE = 1_000_000
"""Bytes of one line."""
MAX_CELL = 100_000
"""Characters of one cell."""

_CHUNK = 1 << 20
_SHORT = 1 << 18

Cells = list[str]
Progress = Callable[[int], None]


class RecordSource(Protocol):
    """Rows that can be read more than once."""

    name: str
    delimiter: str
    notices: list[str]
    size: int

    def header(self) -> Cells:
        """The header's cells."""

    def rows(self, progress: Progress | None = None) -> Iterator[tuple[int, Cells]]:
        """Every row with its place in the file, the header and empty lines left out."""


def open_source(path: str, stdin: IO[bytes] | None, desk: ExitStack) -> RecordSource:
    """The rows of a file, or of standard input for ``-``, which is first copied to a temporary file.

    Refuses (``UnreadableInput``) what is missing, empty, not text, or has lines without end.
    """
    if path == "-":
        if stdin is None:
            raise UnreadableInput("standard input", "it is closed; give a file")
        return CsvSource("standard input", _spooled(stdin, desk))
    try:
        if not Path(path).exists():
            raise UnreadableInput(path, "no such file")
        if not Path(path).is_file():
            if Path(path).is_dir():
                raise UnreadableInput(path, "this is a folder; give a file")
            with Path(path).open("rb") as pipe:
                return CsvSource(path, _spooled(pipe, desk))
        if Path(path).suffix.casefold() == ".parquet":
            from medsteward.readers.fills.parquet import ParquetSource

            return ParquetSource(path, MAX_CELL)
        return CsvSource(path, desk.enter_context(Path(path).open("rb")))
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None


def _spooled(stream: IO[bytes], desk: ExitStack) -> IO[bytes]:
    """A copy that can be read twice; it has no name and goes when it is closed."""
    file: IO[bytes] = desk.enter_context(tempfile.TemporaryFile(prefix="medsteward."))  # noqa: SIM115
    while chunk := stream.read(_CHUNK):
        file.write(chunk)
    file.flush()
    return file


class CsvSource:
    """Delimited text. The delimiter is that of the header; UTF-8, or else Windows-1252, which holds Latin-1.

    Lines of a title before the header, empty rows, and totals and notes at the end are no rows.
    """

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name, self._file = name, file
        self.notices: list[str] = []
        self._formulas = False
        self.encoding, self.size = self._look()
        with self._text() as text:
            line, self._before = before_header(text)
        self.delimiter = delimiter_of(line)
        self._told_of_closing = False
        if self._before:
            lines = "1 line" if self._before == 1 else f"{self._before} lines"
            self.notices.append(f"{lines} before the header were set aside")

    def _look(self) -> tuple[str, int]:
        """Read all of it once as bytes: encoding, length of lines, NUL bytes."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        utf8, since, size, line = True, 0, 0, 1
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            if size == 0:
                refuse_other(chunk[:HEAD], self.name, RECORDS)
            if size == 0 and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise UnreadableInput(self.name, "it is UTF-16; save it as UTF-8")
            if (at := chunk.find(b"\0")) >= 0:
                line += chunk.count(b"\n", 0, at)
                raise UnreadableInput(self.name, f"line {line:,} holds a NUL byte, so this is not text; save it as CSV")
            since = self._longest(chunk, since, line)
            self._formulas = self._formulas or (b'"' in chunk and b'="' in chunk)
            line += chunk.count(b"\n") or chunk.count(b"\r")
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
            size += len(chunk)
        if utf8:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                utf8 = False
        if size == 0:
            raise UnreadableInput(self.name, "it is empty; the first line names the columns")
        if not utf8:
            self.notices.append("the file is not UTF-8 and was read as Windows-1252 (Latin-1)")
        return ("utf-8-sig" if utf8 else "cp1252"), size

    def _longest(self, chunk: bytes, since: int, line: int) -> int:
        """Refuse a line that is too long; give the length of the unfinished one."""
        if since < _SHORT and all(chunk.find(b"\n", at, at + _SHORT) >= 0 for at in range(0, len(chunk), _SHORT)):
            return len(chunk) - 1 - chunk.rfind(b"\n")  # a line ends in each piece, so that none is longer than two
        pieces = chunk.split(b"\n" if b"\n" in chunk else b"\r")
        lengths = [since + len(pieces[0]), *map(len, pieces[1:])]
        if max(lengths) > MAX_LINE:
            where = line + next(number for number, length in enumerate(lengths) if length > MAX_LINE)
            raise UnreadableInput(
                self.name, f"line {where:,} is longer than {MAX_LINE:,} bytes, so this is no table of records"
            )
        return lengths[-1]

    def _text(self) -> IO[str]:
        """The file as text from the start, on its own handle; lines of an old Mac, with CR alone, as well."""
        again = os.dup(self._file.fileno())
        text = open(again, encoding=self.encoding, errors="replace", newline="")  # noqa: SIM115
        text.seek(0)
        return text

    def _told(self, text: IO[str], progress: Progress) -> Iterator[str]:
        """Lines, with a word now and then of how far they are."""
        for number, line in enumerate(text, start=1):
            if number % 2000 == 0:
                progress(os.lseek(text.fileno(), 0, os.SEEK_CUR))
            yield line
        progress(self.size)

    @property
    def is_more_than_cells(self) -> bool:
        """Whether a reader of plain delimited text would take a title for the header, or a formula for a cell."""
        return bool(self._before) or self._formulas

    def header(self) -> Cells:
        """The header, which is the first line that is not empty where no line is one that we know."""
        for _, cells in self._records(None):
            return [cell.strip() for cell in cells]
        raise UnreadableInput(self.name, "it is empty; the first line names the columns")

    def rows(self, progress: Progress | None = None) -> Iterator[tuple[int, Cells]]:
        """Every row with the number of its line."""
        records = self._records(progress)
        _, header = next(records, (0, []))
        closing: list[int] = []
        yield from until_the_end(records, len(header), closing)
        if closing and not self._told_of_closing:
            self._told_of_closing = True
            rows = "a row" if len(closing) == 1 else f"{len(closing)} rows"
            self.notices.append(f"{rows} at the end, from line {closing[0]:,}: a total or a note, and set aside")

    def _records(self, progress: Progress | None) -> Iterator[tuple[int, Cells]]:
        csv.field_size_limit(MAX_CELL)
        with self._text() as text:
            lines = iter(text) if progress is None else self._told(text, progress)
            before = sum(1 for _ in islice(lines, self._before))
            reader = csv.reader(lines, delimiter=self.delimiter)
            try:
                for cells in reader:
                    if cells and (cells[0].strip() or not is_empty(cells)):
                        yield before + reader.line_num, without_formulas(cells) if self._formulas else cells
            except csv.Error as error:
                what = "a quote is opened and not closed" if "limit" in str(error) else str(error)[:80]
                raise UnreadableInput(
                    self.name, f"line {before + reader.line_num:,}: {what}; check the quotes before it"
                ) from None


def is_header(start: bytes) -> bool:
    """Whether the start of a file holds the header of dispensing records: names of columns that we know."""
    lines = start.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n").splitlines()  # of any system
    return any(names_columns(line.decode("utf-8", "replace")) for line in lines[:LINES_BEFORE])
