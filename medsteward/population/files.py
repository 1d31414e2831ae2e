"""The files that a run names, and what the header of each says. Nothing of a row is kept."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from glob import glob, has_magic
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast
from urllib.parse import unquote

from attrs import evolve

from medsteward.errors import UnreadableInput
from medsteward.population.packed import unpacked
from medsteward.population.records import ASKED, RecordFiles
from medsteward.readers.fills.around import begins_to_close
from medsteward.readers.fills.columns import aliases, plain
from medsteward.readers.fills.header import Header, read_header
from medsteward.readers.fills.parquet import ParquetSource
from medsteward.readers.fills.records import about_layout
from medsteward.readers.fills.source import MAX_CELL, CsvSource

PARQUET = ".parquet"
_TEXT = (".csv", ".tsv", ".txt", ".psv")
PACKED = (".gz", ".zst")
_KINDS = (PARQUET, *_TEXT, *(text + packed for text in _TEXT for packed in PACKED))
_AT_ONCE = 1 << 20
_AT_THE_END = 4096
"""Bytes that are looked at for the last line of a file."""


def found(inputs: Sequence[str]) -> tuple[str, ...]:
    """The files that paths, patterns and folders name, in order. Refuses (``UnreadableInput``) none, and one twice."""
    paths = [path for each in inputs for path in _of_one(each)]
    seen: dict[str, str] = {}
    for path in paths:
        place = os.path.realpath(path)
        if place in seen:
            raise UnreadableInput(path, "the same file is given twice; its fills would be counted twice")
        seen[place] = path
    _no_copies(paths)
    return tuple(paths)


def _of_one(given: str) -> list[str]:
    if os.path.isdir(given):
        names = sorted(str(each) for each in Path(given).rglob("*") if each.is_file() and _is_records(each, given))
        if not names:
            raise UnreadableInput(given, f"the folder holds no records; they end in {', '.join(_KINDS[:2])} ...")
        return names
    if os.path.exists(given):
        return [given]
    if has_magic(given):
        names = sorted(each for each in glob(given, recursive=True) if os.path.isfile(each))
        if not names:
            raise UnreadableInput(given, "no file has such a name")
        return names
    raise UnreadableInput(given, "no such file")


def _is_records(path: Path, folder: str) -> bool:
    """Whether a file of a folder is one of records: not the marks that other programs leave beside them."""
    inside = path.relative_to(folder).parts
    hidden = any(part.startswith((".", "_")) for part in inside)
    return not hidden and path.name.casefold().endswith(_KINDS)


def _no_copies(paths: Sequence[str]) -> None:
    """Refuse a copy of a file under another name; one whose folders state something else is none."""
    sizes = Counter(os.path.getsize(path) for path in paths)
    seen: dict[tuple[bytes, tuple[tuple[str, str], ...]], str] = {}
    for path in paths:
        if sizes[os.path.getsize(path)] > 1:
            digest = (_digest(path), tuple(_of_folders(path, ()).items()))
            if digest in seen:
                raise UnreadableInput(path, f"it holds the same as {seen[digest]}; its fills would be counted twice")
            seen[digest] = path


def _digest(path: str) -> bytes:
    found = sha256()
    with open(path, "rb") as file:
        while chunk := file.read(_AT_ONCE):
            found.update(chunk)
    return found.digest()


# --- what they hold ---------------------------------------------------------------------------------------------


class Layouts:
    """Files by how they are laid out, with what deserves a word."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self._given: dict[str, str] = {}
        self._kinds: dict[tuple[bool, str, tuple[str, ...], tuple[str, ...]], list[str]] = {}

    def add(
        self, path: str, given: str, is_parquet: bool, delimiter: str, names: Sequence[str], types: Sequence[str] = ()
    ) -> None:
        """Note a file, or the copy of one that was ``given``, which is what is named where it cannot be read.

        Those whose columns have other types are kept apart: read as one, 2.5 could become 2.
        """
        self._given[path] = given
        self._kinds.setdefault((is_parquet, delimiter, tuple(names), tuple(types)), []).append(path)

    def files(self) -> tuple[RecordFiles, ...]:
        """Files that are laid out alike, together. Refuses (``UnreadableInput``) a header without what is needed."""
        made = []
        for number, ((is_parquet, delimiter, names, _), paths) in enumerate(self._kinds.items()):
            header = _with_questions(read_header(names, self._given[paths[0]]))
            self.notices += about_layout(header)
            if header.not_kept:
                named = ", ".join(header.not_kept)[:200]
                self.notices.append(f"columns with names or addresses are not read: {named}")
            made.append(RecordFiles(number, tuple(paths), is_parquet, header, names, delimiter))
        return tuple(made)


def _with_questions(header: Header) -> Header:
    """A header with the columns that its layout asks of each row, such as whether the row is an order."""
    layout = header.layout
    if layout is None:
        return header
    asked = [each.header for each in layout.only_if] + ([layout.kinds.header] if layout.kinds is not None else [])
    there = [header.places[name] for name in dict.fromkeys(asked) if name in header.places]
    if len(there) > len(ASKED):
        raise UnreadableInput(layout.id, "this layout asks more of each row than a population run does")
    return evolve(header, at={**header.at, **dict(zip(ASKED, there, strict=False))})


def looked_at(paths: Sequence[str], folder: Path) -> tuple[tuple[RecordFiles, ...], tuple[str, ...]]:
    """What the headers of files say, and notices. ``folder`` takes copies of files that a database reads otherwise.

    A copy is made of what is packed, is not UTF-8, or is written in a way that Python's csv module and a database read
    differently.
    """
    desk = Layouts()
    for number, path in enumerate(paths):
        if path.casefold().endswith(PARQUET):
            source = ParquetSource(path, MAX_CELL)
            desk.notices += source.notices
            desk.add(path, path, True, ",", source.header(), source.types)
            continue
        text_at = unpacked(path, folder / f"plain-{number}.csv")
        with ExitStack() as stack:
            text = CsvSource(path, cast(IO[bytes], stack.enter_context(open(text_at, "rb"))))
            desk.notices += text.notices
            header = text.header()
            beside = _of_folders(path, header)
            if beside or text.encoding != "utf-8-sig" or text.is_more_than_cells or _is_odd(text_at):
                text_at = _rewritten(text, folder / f"again-{number}.csv", beside)
            desk.add(str(text_at), path, False, text.delimiter, [*header, *beside])
    files = desk.files()
    return files, tuple(dict.fromkeys(desk.notices))


_SPACED_QUOTE = re.compile(rb'(?:^|[,;|\t\n]) +"|" +(?:[,;|\t\r\n]|$)')
_EMPTY_ROW = re.compile(rb'\n[ "]*[,;|\t][,;|\t "]*\r?(?:\n|$)')
_OLD_MAC = re.compile(rb"\r(?!\n)")


def _is_odd(path: str) -> bool:
    """Whether a file is written as the reader of a database takes otherwise than Python's.

    Quotes with spaces around them, lines that end with CR alone or in two ways, empty lines before the header, and what
    may be a total or a note at the end.
    """
    with open(path, "rb") as file:
        start = file.read(3)
        if start[:3].removeprefix(b"\xef\xbb\xbf")[:1] in (b"\r", b"\n", b" ") or start == b"\xef\xbb\xbf":
            return True
        file.seek(0)
        before = b""
        while chunk := file.read(_AT_ONCE):
            piece = before + chunk
            if b'"' in piece and (b' "' in piece or b'" ' in piece) and _SPACED_QUOTE.search(piece):
                return True
            if b"\r" in piece and (_OLD_MAC.search(piece[:-1]) or piece.count(b"\n") != piece.count(b"\r\n")):
                return True
            before = piece[-64:]
    return _may_close(path)


def without_empty_rows(files: Sequence[RecordFiles], folder: Path) -> tuple[RecordFiles, ...]:
    """The same files, copies of those with rows that hold no cell: to be asked where a row without a key was seen."""
    found = []
    for each in files:
        paths = tuple(
            _without_empty_rows(path, folder / f"filled-{each.number}-{place}.csv") if not each.is_parquet else path
            for place, path in enumerate(each.paths)
        )
        found.append(evolve(each, paths=paths))
    return tuple(found)


def _without_empty_rows(path: str, copy: Path) -> str:
    with open(path, "rb") as file:
        before = b""
        while chunk := file.read(_AT_ONCE):
            if _EMPTY_ROW.search(before + chunk):
                return _rewritten(CsvSource(path, file), copy)
            before = chunk[-_AT_THE_END:]
    return path


def _may_close(path: str) -> bool:
    """Whether a file may end with totals or notes: its last line begins as one does."""
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - _AT_THE_END))
        lines = file.read().decode("utf-8", "replace").splitlines()
    last = next((line for line in reversed(lines) if line.strip()), "")
    return begins_to_close(last.strip(' ,;|\t"'))


def _of_folders(path: str, header: Sequence[str]) -> dict[str, str]:
    """Columns that stand in the names of folders, as ``filled_date=2026-01-05``, if they are ours and not in the file.

    DuckDB reads those of parquet files itself.
    """
    there, known = {plain(name) for name in header}, aliases()
    parts = (part.partition("=") for part in Path(path).parts[:-1] if "=" in part)
    found = {name: unquote(value) for name, _, value in parts if plain(name) in known and plain(name) not in there}
    return {name: "" if value == _NO_VALUE else value for name, value in found.items()}


_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


def _rewritten(source: CsvSource, copy: Path, beside: Mapping[str, str] = MappingProxyType({})) -> str:
    """A copy in UTF-8, every row as Python's csv module reads it, with what stands ``beside`` it in each."""
    import csv

    more = list(beside.values())
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=source.delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow([*source.header(), *beside])
        writer.writerows([*cells, *more] for _, cells in source.rows())
    return str(copy)
