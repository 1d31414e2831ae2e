"""Patients checked by processes: each is handed rows as they are written, and reads them by itself.

Rows are small to hand over, and what a process reads once it knows for all later rows of its own.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from os import cpu_count

from attrs import define, field, frozen

from medsteward.model.fill import History
from medsteward.population.checked_patient import check_patient
from medsteward.population.checking_rows import CheckRow, rows_of
from medsteward.population.options import PopulationCheck
from medsteward.readers.codes.resolving import resolver_for
from medsteward.readers.fills.cells import Habits
from medsteward.readers.fills.header import Header
from medsteward.readers.fills.records import MOST_ROWS, Numbered, Records, Say, grouped
from medsteward.readers.fills.rows import RowReader
from medsteward.tables.table import FactorTable

_PIECE = 3_000
"""Rows, at the least, that a process is given at a time: some hundred patients."""
_WAITING = 4
"""Pieces for each process that are ready before they are needed."""

Piece = list[Numbered]


@frozen
class _Asked:
    """What a process has to know before the first rows come."""

    header: Header
    habits: Habits
    codes: str | None
    as_of: date
    table: FactorTable


@define
class PieceCheck:
    """The check of the rows of some patients; it keeps what it has read of their products."""

    _asked: _Asked
    _reader: RowReader = field(init=False)

    @_reader.default
    def _made(self) -> RowReader:
        return RowReader(self._asked.header, self._asked.habits, resolver_for(self._asked.codes))

    def __call__(self, piece: Piece) -> list[CheckRow]:
        """Rows of ``CHECKED``."""
        found: Iterable[History] = grouped(iter(piece), self._reader, self._asked.header)
        asked = self._asked
        return [row for each in found for row in rows_of(each.patient, check_patient(each, asked.as_of, asked.table))]


@define
class _Pieces:
    """Rows in pieces that hold all rows of each of their patients. ``lost`` counts those that no patient can have."""

    lost: int = 0

    def of(self, rows: Iterable[Numbered], reader: RowReader) -> Iterator[Piece]:
        """Pieces, of rows that stand together by patient."""
        piece: Piece = []
        start = 0  # where the rows of the last patient begin
        key, shared = "", False
        for numbered in rows:
            patient = reader.patient(numbered[1])
            if patient != key:
                if len(piece) >= _PIECE:
                    yield piece
                    piece = []
                key, start, shared = patient, len(piece), False
            if not key or shared:
                self.lost += 1
                continue
            piece.append(numbered)
            if len(piece) - start > MOST_ROWS:  # the key of many patients
                self.lost += len(piece) - start
                del piece[start:]
                shared = True
        if piece:
            yield piece


@define
class SpreadCheck:
    """The check of every patient of a file, by as many processes as are asked for; by this one where there are few."""

    _asked: PopulationCheck
    _pieces: _Pieces = field(factory=_Pieces)

    @property
    def lost(self) -> int:
        """Rows without a patient's key, or with one that more rows have than a patient can; known at the end."""
        return self._pieces.lost

    def rows(self, records: Records, say: Say) -> Iterator[CheckRow]:
        """Rows of ``CHECKED``, of every patient."""
        asked = _Asked(records.header, records.habits, self._asked.codes, self._asked.as_of, self._asked.table)
        pieces = self._pieces.of(records.rows_by_patient(say), records.reader())
        processes = self._asked.processes or cpu_count() or 1
        if processes < 2 or records.rows < 2 * _PIECE:
            check = PieceCheck(asked)
            for piece in pieces:
                yield from check(piece)
            return
        waiting: deque[Future[list[CheckRow]]] = deque()
        context = get_context("spawn")
        with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(asked,)) as pool:
            waiting += [pool.submit(_checked, []) for _ in range(processes)]  # they start while rows are sorted
            for piece in pieces:
                waiting.append(pool.submit(_checked, piece))
                if len(waiting) >= _WAITING * processes:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()


_HERE: list[PieceCheck] = []
"""The check of this process, which lives as long as it does."""


def _begin(asked: _Asked) -> None:
    """Begin a process: the garbage collector leaves its tables alone, as in the command's own."""
    _HERE.append(PieceCheck(asked))
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _checked(piece: Piece) -> list[CheckRow]:
    return _HERE[0](piece)
