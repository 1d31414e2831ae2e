"""Where a run works and where its answer goes: a folder that is there whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from medsteward.errors import CannotWrite
from medsteward.population.options import PopulationRun
from medsteward.readers.shared.whole_file import PREFIX, locked
from medsteward.version import __version__

SUMMARY = "summary.json"
_MARK = "asked"


@frozen
class Workplace:
    """A run's own folder beside its output, for this user alone: ``made`` becomes the output, ``work`` goes.

    ``goes_on``: a run of the same question was ended before it was done, and its parts are here.
    """

    made: Path
    work: Path
    goes_on: bool


@contextmanager
def workplace(output: Path, question: str = "", *, in_parts: bool = False) -> Iterator[Workplace]:
    """A folder to work in, whose ``made`` takes the place of the output at the end; an error changes nothing.

    Parts that were done stay for the next run of the same ``question`` where it is done ``in_parts``. Refuses
    (``CannotWrite``) an output that is a file, or a folder with anything but an earlier run's answer.
    """
    target = Path(os.path.realpath(output))
    _check(target, str(output))
    with locked(target, wait=0):
        folder = target.parent / f"{PREFIX}{sha256(os.fsencode(target.name)).hexdigest()[:16]}.run"
        goes_on = in_parts and _is_of(folder, question)
        if not goes_on:
            shutil.rmtree(folder, ignore_errors=True)
        place = Workplace(folder / "made", folder / "work", goes_on)
        keep = in_parts
        try:
            shutil.rmtree(place.work, ignore_errors=True)
            for each in (folder, place.made, place.work):
                each.mkdir(mode=0o700, exist_ok=True)
            (folder / _MARK).write_text(question, encoding="utf-8")
            yield place
            _put(place.made, target, folder)
            keep = False
        except OSError as error:
            raise CannotWrite(str(output), (error.strerror or "it cannot be written").lower()) from None
        finally:
            shutil.rmtree(place.work if keep else folder, ignore_errors=True)


def _check(target: Path, given: str) -> None:
    if target.exists() and not target.is_dir():
        raise CannotWrite(given, "it is a file; give a folder")
    if not target.parent.is_dir():
        raise CannotWrite(given, f"there is no folder {target.parent}")
    if target.is_dir() and any(target.iterdir()) and not (target / SUMMARY).is_file():
        raise CannotWrite(given, "the folder holds something else than an earlier run; give a new one")


def question_of_run(asked: PopulationRun, files: tuple[str, ...]) -> str:
    """Everything that decides the answer, as text: the program, the files as they are now, the options."""
    beside = () if asked.patients is None else (asked.patients,)
    states = [(each, os.stat(each).st_size, os.stat(each).st_mtime_ns) for each in (*files, *beside)]
    return json.dumps(
        [
            __version__,
            states,
            [table.digest for table in asked.tables],
            asked.mode.value,
            asked.window,
            [measure.id for measure in asked.measures],
            asked.dates.value if asked.dates is not None else None,
            asked.codes,
            asked.days,
            asked.rows,
            asked.buckets,
            [(each.name, each.stat().st_mtime_ns) for each in _tables_in(asked.concepts)],
        ]
    )


def _tables_in(folder: str | None) -> list[Path]:
    return sorted(Path(folder).iterdir()) if folder is not None and Path(folder).is_dir() else []


def _is_of(folder: Path, question: str) -> bool:
    try:
        return (folder / _MARK).read_text(encoding="utf-8") == question
    except (OSError, UnicodeDecodeError):
        return False


def _put(made: Path, target: Path, folder: Path) -> None:
    """Let what was made take the place of the output."""
    old = folder / "old"
    if target.exists():
        target.rename(old)
    try:
        made.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
