"""The distinct prescriptions of a run, each read once by the scalar reader: the only place where medicine is reckoned.

A prescription here is what a row says apart from whose it is, when it was filled and by whom: words and codes of the
product, quantity, days' supply, treatment type, care. There are few of them beside the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

from attrs import frozen

from medsteward.fills.left_out import BUPRENORPHINE
from medsteward.fills.report import is_missing
from medsteward.fills.supply import DrugKind, FillSupply, Unusable, supply_of
from medsteward.model.fill import ExcludedRow, ExclusionKind, FailedRow, Fill
from medsteward.population.records import FILLED, KEY, SOLD, Looked
from medsteward.progress import counted_off
from medsteward.readers.codes.resolving import resolver_for
from medsteward.readers.fills.rows import Row, RowReader
from medsteward.tables.table import FactorTable

ALONE = 4_000
"""Up to so many are read in this process; more are worth the start of others."""
_PIECE = 1_000
_READING = "reading prescriptions"

_A_KEY, _A_DAY = "k", date(2026, 1, 1)


@frozen
class Fate:
    """Why a row is not used: failed or excluded, the code or the reason, the column at fault, in words."""

    failed: bool
    because: str
    column: str = ""
    text: str = ""


@frozen(eq=False)
class ReadSupply:
    """What a prescription comes to under one table, as the database needs it: one fill's days and MME a day.

    ``runs`` says of which kinds of ``packing.RUNS`` a running fill is. ``banded`` is set where the day's total of the
    ingredient chooses the factor.
    """

    days: int
    drug: str
    kinds: tuple[str, ...]
    same_drug: str
    status: str
    mme: int | None
    runs: tuple[bool, ...]
    is_measured: bool
    is_missing: bool
    working: str
    reason: str | None
    banded: FillSupply | None


@frozen(eq=False)
class ReadPrescription:
    """One distinct prescription.

    ``fates`` say why rows of it are not used, by what is looked at first: before the patient's key, before the day of
    filling, after it. ``supplies`` is what it comes to, table by table; None where it was not understood.
    """

    source: int
    cells: tuple[str, ...]
    rows: int
    before_key: Fate | None
    before_day: Fate | None
    after_day: Fate | None
    exclusions: tuple[ExclusionKind, ...]
    written: str
    supplies: tuple[ReadSupply | Fate | None, ...]

    @property
    def fate(self) -> Fate | None:
        """Why none of its rows is used, whatever the patient and the day."""
        return self.before_key or self.before_day or self.after_day


@frozen
class DistinctCells:
    """Distinct cells of some files: the values of the columns that decide, and on how many rows they stand."""

    looked: Looked
    cells: tuple[tuple[tuple[str, ...], int], ...]


def read_all(
    asked: Sequence[DistinctCells],
    columns: Sequence[str],
    tables: Sequence[FactorTable],
    codes: str | None,
    processes: int,
) -> Iterator[ReadPrescription]:
    """Every distinct prescription, in the order given. ``columns`` are those that the cells stand for."""
    pieces = [
        DistinctCells(each.looked, each.cells[start : start + _PIECE])
        for each in asked
        for start in range(0, len(each.cells), _PIECE)
    ]
    if processes < 2 or sum(len(each.cells) for each in pieces) <= ALONE:
        for piece in counted_off(_READING, pieces, len(pieces)):
            yield from _read(piece, columns, tables, codes)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_read, piece, columns, tables, codes) for piece in pieces]
        for each in counted_off(_READING, waiting, len(waiting)):
            yield from each.result()


def _read(
    asked: DistinctCells, columns: Sequence[str], tables: Sequence[FactorTable], codes: str | None
) -> list[ReadPrescription]:
    header = asked.looked.files.header
    reader = RowReader(header, asked.looked.habits, resolver_for(codes))
    places = [header.at.get(column) for column in columns]
    day = FILLED if FILLED in header.at else SOLD
    found = []
    for cells, rows in asked.cells:
        row = [""] * header.width
        for place, cell in zip(places, cells, strict=True):
            if place is not None:
                row[place] = cell

        def said(key: str, filled: str, row: list[str] = row) -> Row:
            whole = list(row)
            whole[header.at[KEY]], whole[header.at[day]] = key, filled
            return reader.read(0, whole)

        without_key, without_day, whole = said("", ""), said(_A_KEY, ""), said(_A_KEY, _A_DAY.isoformat())
        before_key = None if _is_at(without_key, (KEY,)) else _fate(without_key)
        before_day = None if before_key or _is_at(without_day, (FILLED, SOLD)) else _fate(without_day)
        after_day = None if before_key or before_day else _fate(whole)
        fill = whole if isinstance(whole, Fill) else None
        found.append(
            ReadPrescription(
                asked.looked.files.number,
                cells,
                rows,
                before_key,
                before_day,
                after_day,
                fill.exclusions if fill is not None else (),
                fill.dispensed.written if fill is not None else "",
                tuple(None if fill is None else _supply(fill, table) for table in tables),
            )
        )
    return found


def _is_at(row: Row, columns: tuple[str, ...]) -> bool:
    return isinstance(row, FailedRow) and row.column in columns


def _fate(row: Row) -> Fate | None:
    if isinstance(row, FailedRow):
        return Fate(True, row.problem.code, row.column, row.problem.text)
    return Fate(False, row.why.value) if isinstance(row, ExcludedRow) else None


def _supply(fill: Fill, table: FactorTable) -> ReadSupply | Fate:
    found = supply_of(fill.dispensed, table)
    if isinstance(found, Unusable):
        return Fate(True, found.problem.code, found.column, found.problem.text)
    measured = found.is_opioid and found.measured
    plain = found.is_counted and BUPRENORPHINE not in found.drug
    kinds = (DrugKind.BENZODIAZEPINE, DrugKind.Z_DRUG, DrugKind.GABAPENTINOID)
    return ReadSupply(
        fill.dispensed.days,
        found.drug,
        tuple(kind.value for kind in DrugKind if kind in found.kinds),
        found.same_drug,
        found.status.value,
        found.mme,
        (found.is_counted, plain, found.is_opioid, measured, *(kind in found.kinds for kind in kinds)),
        measured,
        found.is_opioid and is_missing(found),
        found.working,
        found.reason,
        found if found.is_banded else None,
    )
