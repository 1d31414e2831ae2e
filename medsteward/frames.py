"""Tables of rows: from pandas, polars, DuckDB or Arrow to cases and dispensing records, and answers back as Arrow.

Frames come and go by the Arrow C stream, so none of those libraries is imported here; the extra ``frames`` (nanoarrow)
is. Whatever takes Arrow takes an answer: ``polars.DataFrame(frames.rows(reports))``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from attrs import evolve

from medsteward.errors import UnreadableInput, part_for
from medsteward.library.records import ReadingOptions, open_fills
from medsteward.library.to_json import to_json
from medsteward.model.number import is_absent
from medsteward.model.regimen import Case
from medsteward.readers.case.table import read_case

if TYPE_CHECKING:
    from medsteward.readers.fills.records import Records

COMMAND = "pip install 'medsteward[frames]'"
KEY = "patient_key"
"""The column with the opaque key of each patient."""


class Frame(Protocol):
    """A table that can be read by the Arrow C stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The stream."""


def cases(
    frame: Frame, *, as_of: date, key: str | None = KEY, patients: Mapping[str, Mapping[str, Any]] | None = None
) -> Iterator[Case]:
    """The cases of a frame with a medication a row; its columns are the fields of a medication of a case.

    ``key`` is the column of the patient's key, in whatever order the rows stand; None: all rows are of one patient.
    ``patients`` gives facts of the patients by their key. Empty cells and NaN are absent. Columns of other names are
    problems of the case. Refuses (``UnreadableInput``) a frame without that column.
    """
    names, rows = _read(frame)
    if key is not None and key not in names:
        raise UnreadableInput("the frame", f'it has no column "{key[:40]}"; name the one with the keys: key=...')
    by_patient: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        stated = None if key is None else cells.pop(key)
        patient = None if is_absent(stated) else _text(stated)
        medication = {name: _cell(value) for name, value in cells.items() if not is_absent(value)}
        by_patient.setdefault(patient, []).append(medication)
    for patient, medications in by_patient.items():
        table: dict[str, Any] = {"medications": medications}
        facts = (patients or {}).get(patient or "")
        if facts:
            table["patient"] = {name: value for name, value in facts.items() if not is_absent(value)}
        yield evolve(read_case(table, as_of=as_of), id=patient)


def fills(frame: Frame, options: ReadingOptions | None = None) -> AbstractContextManager[Records]:
    """The dispensing records of a frame, as ``open_fills`` gives those of a file: layouts and names of columns alike.

    Refuses (``UnreadableInput``) a frame that is no table of records.
    """
    names, rows = _read(frame)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(["" if is_absent(value) else _text(value) for value in row] for row in rows)
    return open_fills(io.BytesIO(text.getvalue().encode()), options)


def rows(answers: Iterable[object]) -> Any:
    """Answers as Arrow: a row each, with its id, its day and its figures; several kinds are refused (``TypeError``).

    Of ``MmeReport`` and ``Proposed`` the totals, of ``CheckReport`` and ``Review`` a row for each finding, of
    ``RemindReport`` one for each reminder, of ``PlanReport`` one for each step and drug, of ``FillsReport`` the four
    definitions. A total that is not whole says so in its own column.
    """
    found = [(type(each).__name__, to_json(each)) for each in answers]
    kinds = {kind for kind, _ in found} - {"Tally"}
    if len(kinds) > 1 or not kinds <= set(_ROWS):
        raise TypeError(f"rows are made of answers of one kind: {', '.join(_ROWS)}")
    kind = next(iter(kinds), "MmeReport")
    columns, made = _ROWS[kind]
    return _arrow(columns, [row for name, document in found if name == kind for row in made(document)])


Row = Sequence[Any]
_TOTAL = ("scheduled", "expected", "maximum")
_HEAD = (("id", "string"), ("as_of", "string"))


def _figures(document: Mapping[str, Any] | None) -> list[Any]:
    """The figures of a total, and whether it is whole; nothing where there is no figure."""
    if document is None:
        return [None, None, None, False]
    return [*(None if document[name] is None else float(document[name]) for name in _TOTAL), document["complete"]]


def _mme(document: Mapping[str, Any]) -> Iterator[Row]:
    yield (document["id"], document["as_of"], document["table"]["id"], *_figures(document["total"]))


def _check(document: Mapping[str, Any]) -> Iterator[Row]:
    for each in document.get("check", document)["findings"]:
        words = (each["rule"], each["name"], each["severity"], each["tier"], each["interrupts"])
        yield (document["id"], document["as_of"], *words, ", ".join(each["drugs"]), each["because"], each["consider"])


def _remind(document: Mapping[str, Any]) -> Iterator[Row]:
    for each in document["reminders"]:
        done = None if each["done"] is None else str(each["done"])
        said = (each["kind"], each["status"], each["due"], done, "; ".join(each["because"]), each["consider"])
        yield (document["id"], document["as_of"], *said)


def _plan(document: Mapping[str, Any]) -> Iterator[Row]:
    for step in document["steps"]:
        days = (step["number"], step["kind"], step["first_day"], step["last_day"])
        mme = None if step["mme"] is None else float(step["mme"])
        for each in step["daily"] or [{"drug": None, "amount": 0, "unit": None}]:
            daily = (each["drug"], float(each["amount"]), each["unit"])
            yield (document["id"], document["as_of"], *days, *daily, mme)


def _proposed(document: Mapping[str, Any]) -> Iterator[Row]:
    for draft in document["drafts"]:
        for way in ("added", "replacing"):
            found = draft["with_it"][way]
            if found is not None:
                now, then = document["now"]["total"], found["total"]
                yield (document["id"], document["as_of"], draft["draft"], way, *_figures(now)[2:], *_figures(then)[2:])


def _fills(document: Mapping[str, Any]) -> Iterator[Row]:
    values = [document["definitions"][name]["value"] for name in _DEFINITIONS]
    figures = [None if value is None else float(value) for value in values]
    yield (document["id"], document["as_of"], document["table"]["id"], document["complete"], *figures)


_DEFINITIONS = ("total_days_supply", "on_therapy_days", "fixed_window", "maximum_day")
_OF_TOTAL = (*((name, "float64") for name in _TOTAL), ("complete", "bool"))
_OF_FINDING = (
    *(("rule", "string"), ("name", "string"), ("severity", "string"), ("tier", "int64"), ("interrupts", "bool")),
    *(("drugs", "string"), ("because", "string"), ("consider", "string")),
)
_OF_REMINDER = tuple((name, "string") for name in ("kind", "status", "due", "done", "because", "consider"))
_OF_STEP = (
    *(("number", "int64"), ("kind", "string"), ("first_day", "string"), ("last_day", "string")),
    *(("drug", "string"), ("amount", "float64"), ("unit", "string"), ("mme", "float64")),
)
_OF_DRAFT = (
    *(("draft", "string"), ("way", "string"), ("now", "float64"), ("now_complete", "bool")),
    *(("with_it", "float64"), ("with_it_complete", "bool")),
)
_ROWS: Mapping[str, Any] = {
    "MmeReport": ((*_HEAD, ("table", "string"), *_OF_TOTAL), _mme),
    "CheckReport": ((*_HEAD, *_OF_FINDING), _check),
    "Review": ((*_HEAD, *_OF_FINDING), _check),
    "RemindReport": ((*_HEAD, *_OF_REMINDER), _remind),
    "PlanReport": ((*_HEAD, *_OF_STEP), _plan),
    "Proposed": ((*_HEAD, *_OF_DRAFT), _proposed),
    "FillsReport": (
        (*_HEAD, ("table", "string"), ("complete", "bool"), *((name, "float64") for name in _DEFINITIONS)),
        _fills,
    ),
}


def _read(frame: Frame) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The names of the columns and the rows. Refuses (``UnreadableInput``) what is no frame."""
    with part_for("frames", "nanoarrow", COMMAND):
        import nanoarrow
    if not hasattr(frame, "__arrow_c_stream__"):
        raise UnreadableInput("the frame", "it has no Arrow C stream; give a frame of pandas, polars, DuckDB or Arrow")
    stream = nanoarrow.ArrayStream(frame)
    names = [field.name for field in stream.schema.fields]
    return names, stream.iter_tuples()


def _arrow(columns: Sequence[tuple[str, str]], found: Sequence[Row]) -> Any:
    """Rows as an Arrow array of structs, which gives itself as a stream."""
    with part_for("frames", "nanoarrow", COMMAND):
        import nanoarrow
    types = {
        "string": nanoarrow.string(),
        "float64": nanoarrow.float64(),
        "int64": nanoarrow.int64(),
        "bool": nanoarrow.bool_(),
    }
    children = [nanoarrow.c_array([row[n] for row in found], types[kind]) for n, (_, kind) in enumerate(columns)]
    schema = nanoarrow.struct({name: types[kind] for name, kind in columns})
    made = nanoarrow.c_array_from_buffers(schema, len(found), buffers=[None], children=children)
    return nanoarrow.Array(made)


def _cell(value: Any) -> Any:
    """A value as a field of a medication: a timestamp at midnight is its day."""
    return value.item() if hasattr(value, "item") else value


def _text(value: Any) -> str:
    """A value as the cell of a CSV holds it: whole floats without a point, days as 2027-01-04."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
