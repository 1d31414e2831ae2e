"""The code index: RxNorm codes and NDCs from the releases that a user brings, in one sqlite file.

A file is made beside the one it replaces and put in its place when it is whole. Codes stay text: a leading zero counts.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO

from attrs import field, frozen

from medsteward.errors import CannotWrite, UnreadableInput
from medsteward.model.code import Coded
from medsteward.model.ndc import read_ndc
from medsteward.readers.codes.coded import LABEL
from medsteward.readers.shared.whole_file import locked, place_of, replacing

FORMAT = "medsteward.codes/1"
ENVIRONMENT = "MEDSTEWARD_CODES"
"""Names another place for the user's own index."""
MAX_LINE = 65_536
"""Bytes of one line of a release."""
KINDS = ("IN", "PIN", "MIN", "BN", "SCD", "SBD", "GPCK", "BPCK")
"""Term types whose names are kept."""

_CONSO, _REL, _SAT = "RXNCONSO.RRF", "RXNREL.RRF", "RXNSAT.RRF"
_COLUMNS = {_CONSO: 18, _REL: 16, _SAT: 13}
_BATCH = 20_000
_LOADING = 600
"""Seconds that a load waits for another one."""
_DATED = re.compile(r"(?:^|[_/\\])RxNorm_\w*?(\d{2})(\d{2})(\d{4})(?=[_/\\.]|$)")
_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rxcui (code TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, rank INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE ndc (code TEXT PRIMARY KEY, rxcui TEXT, name TEXT, kind TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE base (code TEXT PRIMARY KEY, ingredient TEXT NOT NULL) WITHOUT ROWID;
"""

Progress = Callable[[int], None]
"""Told how many bytes were read since the last time."""


@frozen
class Loaded:
    """What one load put into an index."""

    index: str
    files: tuple[tuple[str, str], ...]
    released: date | None
    rxcuis: int
    ndcs: int
    skipped: int


def user_index() -> Path:
    """Where the user's own index is: ``MEDSTEWARD_CODES``, else in the folder for data of programs."""
    named = os.environ.get(ENVIRONMENT)
    folder = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    found = Path(named) if named else Path(folder) / "medsteward" / "codes.sqlite"
    try:
        str(found).encode()
    except UnicodeEncodeError:
        where = ENVIRONMENT if named else "your home"
        raise UnreadableInput(where, f"its name is not UTF-8; name another file in {ENVIRONMENT}") from None
    return found


# --- asking -----------------------------------------------------------------------------------------------------


@frozen(eq=False)
class CodeIndex:
    """An index as a resolver. Open it with ``open_index``; names that are no longer current are told last."""

    path: str
    _base: sqlite3.Connection = field(repr=False)
    released: str
    _known: dict[tuple[str, str], Coded | None] = field(factory=dict, repr=False)

    def rxcui(self, code: str) -> Coded | None:
        """What an RxNorm code stands for."""
        return self._kept("rxcui", code, self._rxcui)

    def ndc(self, code: str) -> Coded | None:
        """What an NDC of eleven digits stands for."""
        return self._kept("ndc", code, self._ndc)

    def _kept(self, what: str, code: str, ask: Callable[[str], Coded | None]) -> Coded | None:
        key = (what, code)
        if key not in self._known:
            if len(self._known) >= _BATCH:
                self._known.clear()
            try:
                self._known[key] = ask(code)
            except sqlite3.Error as error:
                raise UnreadableInput(self.path, _why(error, "this code index is damaged; " + _ANEW)) from None
        return self._known[key]

    def _rxcui(self, code: str) -> Coded | None:
        row = self._base.execute("SELECT name, kind FROM rxcui WHERE code = ?", (code,)).fetchone()
        if row is None:
            return None
        name, kind = row
        ingredient = None
        if kind in ("IN", "PIN"):
            found = self._base.execute(
                "SELECT rxcui.name FROM base JOIN rxcui ON rxcui.code = base.ingredient WHERE base.code = ?", (code,)
            ).fetchone()
            ingredient = str(found[0] if found else name).casefold()
        return Coded(name, code, f"RxNorm {self.released}", kind, ingredient=ingredient)

    def _ndc(self, code: str) -> Coded | None:
        row = self._base.execute("SELECT rxcui, name, kind, source FROM ndc WHERE code = ?", (code,)).fetchone()
        if row is None:
            return None
        rxcui, name, kind, source = row
        by_code = self.rxcui(rxcui) if rxcui else None
        if by_code is not None:
            return by_code
        return None if name is None else Coded(name, rxcui, source, kind)

    def about(self) -> dict[str, str]:
        """What was loaded, by key: format, files with their digests, the release's day, counts."""
        try:
            return dict(self._base.execute("SELECT key, value FROM about ORDER BY key"))
        except sqlite3.Error as error:
            raise UnreadableInput(self.path, _why(error, "this code index is damaged; " + _ANEW)) from None


def open_index(path: str | Path) -> CodeIndex:
    """Open an index for reading.

    Refuses (``UnreadableInput``) what is missing, may not be read, is locked by another program, is no index of ours,
    or one of another version.
    """
    file = Path(path)
    try:
        with file.open("rb"):
            pass  # sqlite says of everything that it is unable to open it
    except FileNotFoundError:
        raise UnreadableInput(str(path), "there is no code index here; make one with `medsteward codes load`") from None
    except IsADirectoryError:
        raise UnreadableInput(str(path), "this is a folder; give the file of a code index") from None
    except OSError as error:
        raise UnreadableInput(str(path), (error.strerror or "it cannot be opened").lower()) from None
    base = None
    try:
        base = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=_PATIENCE
        )
        about = dict(base.execute("SELECT key, value FROM about"))
    except sqlite3.Error as error:
        if base is not None:
            base.close()
        what = _why(error, "this is no code index; make one with `medsteward codes load`")
        raise UnreadableInput(str(path), what) from None
    if about.get("format") != FORMAT:
        base.close()
        raise UnreadableInput(str(path), f"this code index is of another version of medsteward; {_ANEW}")
    return CodeIndex(str(path), base, about.get("released") or "of an unknown day")


_PATIENCE = 5.0
"""Seconds that are waited for a program that has locked an index."""
_ANEW = "remove the file, and load the releases and NDC files again"
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _why(error: sqlite3.Error, otherwise: str) -> str:
    """What is wrong with an index: another program has locked it, the disk cannot be read, or what is said else."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _LOCKED:
        return "another program has locked this code index; close that program, or try again later"
    if code == sqlite3.SQLITE_IOERR:
        return "the disk that it is on cannot be read"
    return otherwise


# --- loading ----------------------------------------------------------------------------------------------------


def load_rxnorm(
    files: Sequence[str], index: Path, *, released: date | None = None, progress: Progress = lambda _: None
) -> Loaded:
    """Make an index from files of an RxNorm release, which are told apart by their names.

    ``RXNCONSO.RRF`` is needed; ``RXNREL.RRF`` adds which ingredient a salt is of, ``RXNSAT.RRF`` the NDCs. NDCs loaded
    from elsewhere before are kept. The release's day is that of the folder's name unless given. Refuses
    (``UnreadableInput``) lines that are not as the release has them, with their number; the index is then as before.
    """
    named = _by_name(files)
    day = released or next((found for each in files if (found := _day_in(each)) is not None), None)
    with _rebuilt(index, keep_ndc=True) as base:
        digests, skipped = [], 0
        for kind in (_CONSO, _REL, _SAT):
            if kind not in named:
                continue
            put = {_CONSO: _names, _REL: _bases, _SAT: _ndcs}[kind]
            rows = _Rows(named[kind], _COLUMNS[kind], progress)
            skipped += put(base, rows)
            digests.append((Path(named[kind]).name, rows.digest()))
        count = base.execute("SELECT count(*) FROM rxcui").fetchone()[0]
        if not count:
            raise UnreadableInput(named[_CONSO], "it holds no name of RxNorm's own (SAB RXNORM)")
        ndcs = base.execute("SELECT count(*) FROM ndc").fetchone()[0]
        for name, digest in digests:
            _note(base, f"digest {name}", digest)
        _note(base, "released", day.isoformat() if day is not None else "")
        _note(base, "rxcuis", str(count))
        _note(base, "ndcs", str(ndcs))
    return Loaded(str(index), tuple(digests), day, count, ndcs, skipped)


def load_ndcs(path: str, rows: Iterable[tuple[str, str | None, str | None]], index: Path, *, digest: str) -> Loaded:
    """Add NDCs to an index, made if there is none: rows of (NDC, RxCUI or None, name for a label or None).

    Rows whose NDC cannot be told, or that say nothing of it, are skipped and counted.
    """
    with _rebuilt(index, keep_ndc=True, keep_names=True) as base:
        skipped, batch = 0, []
        for written, rxcui, name in rows:
            code = read_ndc(written).code
            if code is None or not (rxcui or name):
                skipped += 1
                continue
            batch.append((code, rxcui, name, LABEL, Path(path).name))
            if len(batch) == _BATCH:
                _put_ndcs(base, batch)
                batch.clear()
        _put_ndcs(base, batch)
        ndcs = base.execute("SELECT count(*) FROM ndc").fetchone()[0]
        if not ndcs:
            raise UnreadableInput(path, "it holds no NDC that can be told")
        _note(base, f"digest {Path(path).name}", digest)
        _note(base, "ndcs", str(ndcs))
        count = base.execute("SELECT count(*) FROM rxcui").fetchone()[0]
    return Loaded(str(index), ((Path(path).name, digest),), None, count, ndcs, skipped)


def _by_name(files: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for each in files:
        kind = Path(each).name.upper()
        if kind not in _COLUMNS:
            raise UnreadableInput(each, f"the files of a release are {', '.join(_COLUMNS)}; keep their names")
        if kind in named:
            raise UnreadableInput(each, f"{kind} is given twice")
        named[kind] = each
    if _CONSO not in named:
        raise UnreadableInput(files[0] if files else "the release", f"{_CONSO} is needed: it holds the names")
    return named


def _day_in(path: str) -> date | None:
    """The day in the name of a release's folder: ``RxNorm_full_10062025`` is 2025-10-06."""
    found = _DATED.search(str(Path(path).resolve()))
    if not found:
        return None
    month, day, year = map(int, found.groups())
    with suppress(ValueError):
        return date(year, month, day)
    return None


@contextmanager
def _rebuilt(index: Path, *, keep_ndc: bool, keep_names: bool = False) -> Iterator[sqlite3.Connection]:
    """A new index beside the old one, put in its place when it is whole; what is kept is copied first.

    One load at a time: another one that has begun is waited for, as each keeps what the one before has loaded.
    """
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(str(index), f"its folder: {(error.strerror or 'it cannot be made').lower()}") from None
    target = place_of(str(index))
    try:
        with (
            locked(target, wait=_LOADING),
            replacing(target, shared=True, lasting=True) as fresh,
            closing(sqlite3.connect(fresh, isolation_level=None)) as base,
        ):
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            base.execute("BEGIN")
            if target.exists() and target.stat().st_size:
                _copy(base, target, keep_ndc=keep_ndc, keep_names=keep_names)
            _note(base, "format", FORMAT)
            yield base
            base.execute("COMMIT")
    except sqlite3.Error as error:
        raise CannotWrite(str(index), str(error)) from None


def _copy(base: sqlite3.Connection, index: Path, *, keep_ndc: bool, keep_names: bool) -> None:
    """What stays of an index. Refuses (``UnreadableInput``) one that cannot be read: its codes would be lost."""
    old = open_index(index)
    try:
        with closing(old._base) as source:
            if keep_names:
                base.executemany("INSERT INTO rxcui VALUES (?, ?, ?, ?)", source.execute("SELECT * FROM rxcui"))
                base.executemany("INSERT INTO base VALUES (?, ?)", source.execute("SELECT * FROM base"))
                base.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", source.execute("SELECT * FROM about"))
            if keep_ndc:
                kept = source.execute(
                    "SELECT * FROM ndc" + ("" if keep_names else " WHERE kind = ?"), () if keep_names else (LABEL,)
                )
                base.executemany("INSERT INTO ndc VALUES (?, ?, ?, ?, ?)", kept)
    except sqlite3.DatabaseError as error:
        raise UnreadableInput(str(index), _why(error, f"this code index is damaged; {_ANEW}")) from None


def _note(base: sqlite3.Connection, key: str, value: str) -> None:
    base.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))


class _Rows:
    """The lines of one file of a release as columns; bounded, checked, digested as they are read."""

    def __init__(self, path: str, columns: int, progress: Progress) -> None:
        self.path, self.columns, self.progress = path, columns, progress
        self._digest = hashlib.sha256()

    def digest(self) -> str:
        """The SHA-256 of what was read."""
        return f"sha256:{self._digest.hexdigest()}"

    def __iter__(self) -> Iterator[list[str]]:
        try:
            with Path(self.path).open("rb") as stream:
                yield from self._lines(stream)
        except IsADirectoryError:
            raise UnreadableInput(self.path, "this is a folder; give the file") from None
        except OSError as error:
            raise UnreadableInput(self.path, (error.strerror or "it cannot be opened").lower()) from None

    def _lines(self, stream: BinaryIO) -> Iterator[list[str]]:
        number, read = 0, 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            read += len(line)
            if len(line) > MAX_LINE:
                raise self._wrong(number, f"is longer than {MAX_LINE:,} bytes")
            self._digest.update(line)
            if read > 1_000_000:
                self.progress(read)
                read = 0
            try:
                columns = line.decode("utf-8").rstrip("\r\n").split("|")
            except UnicodeDecodeError:
                raise self._wrong(number, "is not UTF-8") from None
            if "\0" in columns[0] or b"\0" in line:
                raise self._wrong(number, "holds a NUL byte")
            if len(columns) != self.columns + 1 or columns[-1]:
                raise self._wrong(number, f"has not the {self.columns} columns of the release; was it cut off?")
            yield columns
        self.progress(read)
        if not number:
            raise UnreadableInput(self.path, "it is empty")

    def _wrong(self, number: int, what: str) -> UnreadableInput:
        return UnreadableInput(self.path, f"line {number:,} {what}; nothing was loaded")


def _names(base: sqlite3.Connection, rows: _Rows) -> int:
    """The names of RxNorm's own, one per code: current ones first, then the kinds in their order."""
    skipped, batch = 0, []
    for columns in rows:
        code, source, kind, name, suppressed = columns[0], columns[11], columns[12], columns[14], columns[16]
        if source != "RXNORM" or kind not in KINDS or not code.isdigit() or not name:
            skipped += 1
            continue
        rank = KINDS.index(kind) + (0 if suppressed == "N" else len(KINDS))
        batch.append((code, name, kind, rank))
        if len(batch) == _BATCH:
            _put_names(base, batch)
            batch.clear()
    _put_names(base, batch)
    return skipped


def _put_names(base: sqlite3.Connection, batch: Sequence[tuple[str, str, str, int]]) -> None:
    base.executemany(
        "INSERT INTO rxcui VALUES (?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name, "
        "kind = excluded.kind, rank = excluded.rank WHERE excluded.rank < rxcui.rank",
        batch,
    )


def _bases(base: sqlite3.Connection, rows: _Rows) -> int:
    """Which ingredient a salt is a form of: the second concept of a row stands in the relation to the first."""
    skipped, batch = 0, []
    for columns in rows:
        first, second, relation, source = columns[0], columns[4], columns[7], columns[10]
        if source != "RXNORM" or relation not in ("form_of", "has_form") or not (first and second):
            skipped += 1
            continue
        batch.append((second, first) if relation == "form_of" else (first, second))
        if len(batch) == _BATCH:
            base.executemany("INSERT OR IGNORE INTO base VALUES (?, ?)", batch)
            batch.clear()
    base.executemany("INSERT OR IGNORE INTO base VALUES (?, ?)", batch)
    return skipped


def _ndcs(base: sqlite3.Connection, rows: _Rows) -> int:
    skipped, batch = 0, []
    for columns in rows:
        if columns[8] != "NDC":
            skipped += 1
            continue
        code = read_ndc(columns[10]).code if columns[9] == "RXNORM" else None
        if code is None:
            skipped += 1
            continue
        batch.append((code, columns[0], None, "NDC", "RxNorm"))
        if len(batch) == _BATCH:
            _put_ndcs(base, batch)
            batch.clear()
    _put_ndcs(base, batch)
    return skipped


def _put_ndcs(base: sqlite3.Connection, batch: Sequence[tuple[str, str | None, str | None, str, str]]) -> None:
    base.executemany("INSERT OR REPLACE INTO ndc VALUES (?, ?, ?, ?, ?)", batch)
