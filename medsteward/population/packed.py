"""Packed files of records: unpacked whole, or refused. A file that was cut off would otherwise be fewer fills."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from medsteward.errors import UnreadableInput

_AT_ONCE = 1 << 20


def unpacked(path: str, copy: Path) -> str:
    """Where the text of a file is: in ``copy`` if it was packed. Refuses (``UnreadableInput``) what is not whole."""
    low = path.casefold()
    if low.endswith(".gz"):
        try:
            with gzip.open(path, "rb") as packed, copy.open("wb") as plain:
                copyfileobj(packed, plain, _AT_ONCE)
        except (OSError, EOFError) as error:
            if getattr(error, "errno", None):
                raise
            raise UnreadableInput(path, "it is not a whole gzip file") from None
        return str(copy)
    if low.endswith(".zst"):
        with open(path, "rb") as file:
            if not _is_whole_zstd(file, os.path.getsize(path)):
                raise UnreadableInput(path, "it is not a whole zstd file")
        _by_duckdb(path, copy)
        return str(copy)
    return path


def _by_duckdb(path: str, copy: Path) -> None:
    """Unpack zstd, which Python does not know and DuckDB does, line by line."""
    from medsteward.population.duckdb_records import unpacked as unpacked_by_duckdb

    unpacked_by_duckdb(path, copy)


# --- zstd (RFC 8878): frames of blocks, each with its length before it ----------------------------------------

_FRAME, _SKIPPED = 0xFD2FB528, range(0x184D2A50, 0x184D2A60)
_OF_DICTIONARY, _OF_CONTENT = (0, 1, 2, 4), (0, 2, 4, 8)
_REPEATED, _RESERVED = 1, 3


def _is_whole_zstd(file: IO[bytes], size: int) -> bool:
    """Whether every frame ends with its last block. DuckDB takes what is cut off for the end."""
    frames = 0
    while start := file.read(4):
        magic = int.from_bytes(start, "little")
        if magic in _SKIPPED:
            file.seek(int.from_bytes(file.read(4), "little"), os.SEEK_CUR)
        elif magic != _FRAME or not _skip_frame(file):
            return False
        else:
            frames += 1
        if file.tell() > size:
            return False
    return frames > 0


def _skip_frame(file: IO[bytes]) -> bool:
    first = file.read(1)
    if not first:
        return False
    alone, checked = first[0] >> 5 & 1, first[0] >> 2 & 1
    content = _OF_CONTENT[first[0] >> 6] or alone
    file.seek((not alone) + _OF_DICTIONARY[first[0] & 3] + content, os.SEEK_CUR)
    while True:
        head = file.read(3)
        if len(head) < 3:
            return False
        block = int.from_bytes(head, "little")
        kind = block >> 1 & 3
        if kind == _RESERVED:
            return False
        file.seek(1 if kind == _REPEATED else block >> 3, os.SEEK_CUR)
        if block & 1:
            file.seek(4 * checked, os.SEEK_CUR)
            return True
