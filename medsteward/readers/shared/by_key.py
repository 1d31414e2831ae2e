"""Lines or rows by key on disk, for what comes in no order and is more than memory should hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from medsteward.errors import UnreadableInput

if TYPE_CHECKING:
    from sqlite3 import Connection


class ByKey:
    """Numbered pieces of bytes by key in a file of its own, readable by this user alone.

    Its name is removed as soon as it is open, where the system allows that, so that nothing of a patient is left behind
    whatever ends the program. ``what`` is what is sorted, for messages. Raises ``UnreadableInput`` where there is no
    room.
    """

    def __init__(self, what: str) -> None:
        import sqlite3

        self._what = what
        self._folder = TemporaryDirectory(prefix="medsteward.")
        self._error = sqlite3.Error
        place = Path(self._folder.name) / "rows"
        quoted = self._folder.name.replace("'", "''")
        try:
            self._file: Connection = sqlite3.connect(str(place), isolation_level=None)
            self._file.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"
                f"PRAGMA temp_store = FILE; PRAGMA temp_store_directory = '{quoted}';"
                "CREATE TABLE line (key TEXT NOT NULL, number INTEGER NOT NULL, text BLOB NOT NULL); BEGIN"
            )
        except sqlite3.Error as error:
            self._folder.cleanup()
            raise UnreadableInput(what, f"it cannot be sorted by patient on disk: {error}") from None
        with suppress(OSError):
            place.unlink()

    @contextmanager
    def _room(self) -> Iterator[None]:
        try:
            yield
        except self._error:
            raise UnreadableInput(self._what, "there is no room on disk to sort it by patient") from None

    def add(self, key: str, number: int, text: bytes) -> None:
        """Keep a piece."""
        with self._room():
            self._file.execute("INSERT INTO line VALUES (?, ?, ?)", (key, number, text))

    def sort(self) -> None:
        """Make pieces ready to be found by their keys. None is added after this."""
        with self._room():
            self._file.execute("CREATE INDEX by_key ON line (key, number)")

    def mentioned(self) -> Iterator[str]:
        """The keys, in the order of first mention."""
        with self._room():
            for (key,) in self._file.execute("SELECT key FROM line GROUP BY key ORDER BY min(number)"):
                yield key

    def size(self, key: str) -> int:
        """Bytes of the pieces of a key."""
        with self._room():
            ((size,),) = self._file.execute("SELECT total(length(text)) FROM line WHERE key = ?", (key,))
        return int(size)

    def of(self, key: str) -> Iterator[tuple[int, bytes]]:
        """The pieces of a key with their numbers, in order."""
        with self._room():
            yield from self._file.execute("SELECT number, text FROM line WHERE key = ? ORDER BY number", (key,))

    def in_order(self) -> Iterator[tuple[int, bytes]]:
        """Every piece with its number, by key and within a key by number."""
        with self._room():
            yield from self._file.execute("SELECT number, text FROM line ORDER BY key, number")

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        self._folder.cleanup()
