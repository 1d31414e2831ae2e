"""From rows to facts: whose, which day, which prescription, or why the row is not used. The same under every table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from attrs import define, field

from medsteward.model.fill import ExclusionKind
from medsteward.population.columns import STATED_GROUPS, exclusion_column
from medsteward.population.engine import Running, SqlColumn, SqlEngine, SqlType, Value
from medsteward.population.files import without_empty_rows
from medsteward.population.options import PopulationRun
from medsteward.population.patients_file import StatedPatient, stated_patients
from medsteward.population.prescriptions import DistinctCells, Fate, ReadPrescription, read_all
from medsteward.population.records import (
    DECIDING,
    FILLED,
    KEY,
    KEYS,
    PERSON,
    SOLD,
    Looked,
    RecordFiles,
    columns_of,
)
from medsteward.population.stated import DAYS_OF, NUMBERS_OF, day_number, days_of, habits, persons_of
from medsteward.readers.codes.resolving import resolver_for
from medsteward.readers.fills.records import MOST_ROWS
from medsteward.readers.fills.rows import RowFault, RowReader

_W, _T = SqlType.WHOLE, SqlType.TEXT


@define
class Fates:
    """Why rows are not used, each reason by a number: above 0 they failed, below they are excluded."""

    _numbers: dict[tuple[bool, str, str], int] = field(factory=dict)
    _by_number: dict[int, Fate] = field(factory=dict)

    def number(self, fate: Fate | None) -> int | None:
        """The number of a reason; those that differ in their words alone share it."""
        if fate is None:
            return None
        key = (fate.failed, fate.because, fate.column)
        if key not in self._numbers:
            number = len(self._numbers) + 1
            self._numbers[key] = number if fate.failed else -number
            self._by_number[self._numbers[key]] = fate
        return self._numbers[key]

    def all(self) -> Iterable[tuple[int, Fate]]:
        """Every reason so far, by its number."""
        return self._by_number.items()

    def of(self, number: int) -> Fate:
        """The reason of a number."""
        return self._by_number[number]


@define(eq=False)
class RowFacts:
    """What a run knows once every row is read: the table ``facts`` in the engine, and this.

    ``deciding`` are the columns that the cells of prescriptions stand for. A prescription's number is its place.
    ``most`` are the rows of the patient who has most.
    """

    read: int
    most: int
    prescriptions: tuple[ReadPrescription, ...]
    deciding: tuple[str, ...]
    fates: Fates
    notices: tuple[str, ...]


def gathered(
    engine: SqlEngine, files: Sequence[RecordFiles], asked: PopulationRun, processes: int, work: Path
) -> RowFacts:
    """Read every row of the files into ``facts``. Refuses (``UnreadableInput``) days that could mean two things.

    The rows are gone through twice: for what is written in them, each spelling once, and for what each row comes to.
    """
    columns = columns_of(files)
    deciding = tuple(column for column in DECIDING if column in columns)
    person = tuple(column for column in PERSON if column in columns)
    spellings = _spellings(columns, deciding, person, [each.number for each in files])
    engine.read(files, columns)
    engine.look("spellings", spellings)
    if any(engine.ask(f"SELECT 1 FROM spellings WHERE strip({KEY}) = '' LIMIT 1", {})):
        filled = without_empty_rows(files, work)
        if filled != tuple(files):
            engine.read(filled, columns)
            engine.look("spellings", spellings)
    looked = [_looked(engine, each, columns, deciding, person, asked) for each in files]
    fates = Fates()
    found = _prescriptions(engine, looked, deciding, asked, processes)
    _put_cells(engine, found, deciding, fates)
    resolver = resolver_for(asked.codes)
    readers = {each.files.number: RowReader(each.files.header, each.habits, resolver) for each in looked}
    _put_days(engine, readers, fates)
    _put_persons(engine, readers, person)
    values: dict[str, Value] = {
        "most_rows": MOST_ROWS,
        "crowded": fates.number(Fate(True, "FILL-003", KEY)),
        "wrong_width": fates.number(Fate(True, "FILL-004", "row")),
        "no_key": fates.number(Fate(True, "FILL-001", KEY)),
    }
    for column in (KEY, *(key for key in KEYS if key in columns)):
        engine.make(f"numbered_{column}", _numbered(column, engine), values)
        engine.make(f"known_{column}", _KNOWN.format(column=column), {})
    engine.make("facts", _facts(columns, deciding, person, engine.running, len(files), asked.rows), values)
    if asked.patients is not None:
        _put_stated(engine, stated_patients(asked.patients, asked.dates))
    engine.drop("records", "spellings", *(f"known_{key}" for key in (KEY, *KEYS) if key in columns))
    ((read,),) = engine.ask("SELECT count(*) FROM facts", {})
    notices = tuple(notice for each in looked for notice in each.habits.notices)
    ((most,),) = engine.ask(f"SELECT max(rows_of) FROM numbered_{KEY} WHERE NOT crowded", {})
    return RowFacts(int(read or 0), int(most or 0), found, deciding, fates, tuple(dict.fromkeys(notices)))


def _spellings(columns: Sequence[str], deciding: Sequence[str], person: Sequence[str], sources: Sequence[int]) -> str:
    """Every different spelling of what is looked up, with how many rows have it, in one go through the files.

    Each set of columns is a part of the answer, and the others are NULL there: no column of ``records`` is.
    """
    filled = FILLED if FILLED in columns else "''"
    shown = [f"{filled} AS filled_text", f"{_sold(columns)} AS sold_text"]
    of_row = ("wrong_width",) if len(sources) == 1 else ("source", "wrong_width")
    sets = [(*of_row, *deciding), (*of_row, "filled_text", "sold_text")]
    sets += [(column,) for column in (KEY, *KEYS) if column in columns]
    if person:
        shown += [f"{column if column in person else _NO_TEXT} AS {column}_text" for column in PERSON]
        sets.append((*of_row, *(f"{column}_text" for column in PERSON)))
    sets += [(*of_row, column) for column in _LOOKED_AT if column in columns]
    every = dict.fromkeys(column for each in sets for column in each)
    plain = [column for column in every if not column.endswith("_text")]
    grouped = ", ".join(f"({', '.join(each)})" for each in sets)
    alone = f"CAST({sources[0]} AS BIGINT) AS source, " if len(sources) == 1 else ""
    return (
        f"SELECT {alone}{', '.join(every)}, count(*) AS rows_of\n"
        f"FROM (SELECT {', '.join([*plain, *shown])} FROM records) AS r\nGROUP BY GROUPING SETS ({grouped})"
    )


_NO_TEXT = "''"
_LOOKED_AT = (SOLD, "reported_mme")
"""Looked at for how the files write days and decimals, whatever else they decide."""


def _numbered(column: str, engine: SqlEngine) -> str:
    """Every key with what stands for it, in order; a patient is ``crowded`` who has more rows than any could."""
    return f"""
SELECT key, {engine.key_number} AS number, rows_of, rows_of > :most_rows AS crowded
FROM (
  SELECT strip({column}) AS key, CAST(sum(rows_of) AS BIGINT) AS rows_of FROM spellings
  WHERE {column} IS NOT NULL AND strip({column}) <> '' GROUP BY strip({column}){engine.running.ordered("key")}
) AS keys
"""


_KNOWN = """
SELECT s.raw, n.number, n.crowded
FROM (SELECT {column} AS raw, strip({column}) AS key FROM spellings WHERE {column} IS NOT NULL) AS s
JOIN numbered_{column} n ON n.key = s.key
"""
"""Every spelling of a key with what stands for it: spellings that differ in outer spaces are one key."""


def _looked(
    engine: SqlEngine,
    files: RecordFiles,
    columns: Sequence[str],
    deciding: Sequence[str],
    person: Sequence[str],
    asked: PopulationRun,
) -> Looked:
    places = {column: column for column in (*deciding, *_LOOKED_AT)}
    places |= {FILLED: "filled_text", **{column: f"{column}_text" for column in person}}
    texts = [
        f"SELECT DISTINCT '{column}', {places[column]} FROM spellings "
        f"WHERE source = :source AND NOT wrong_width AND {places[column]} IS NOT NULL"
        for column in (*DAYS_OF, *NUMBERS_OF)
        if column in columns and files.has(column)
    ]
    found = engine.ask(" UNION ALL ".join(texts), {"source": files.number})
    return habits(files, ((str(column), str(cell)) for column, cell in found), asked.dates)


def _prescriptions(
    engine: SqlEngine, looked: Sequence[Looked], deciding: Sequence[str], asked: PopulationRun, processes: int
) -> tuple[ReadPrescription, ...]:
    named = ", ".join(deciding)
    where = f"source = :source AND NOT wrong_width AND {deciding[0]} IS NOT NULL"
    wanted = []
    for each in looked:
        rows = engine.ask(f"SELECT {named}, rows_of FROM spellings WHERE {where}", {"source": each.files.number})
        cells = sorted((tuple(str(cell) for cell in row[:-1]), int(row[-1] or 0)) for row in rows)
        wanted.append(DistinctCells(each, tuple(cells)))
    return tuple(read_all(wanted, deciding, asked.tables, asked.codes, processes))


def _put_cells(engine: SqlEngine, found: Sequence[ReadPrescription], deciding: Sequence[str], fates: Fates) -> None:
    columns = [SqlColumn("source", _W), *(SqlColumn(column, _T) for column in deciding)]
    columns += [SqlColumn(name, _W) for name in ("prescription", "before_key", "before_day", "after_day")]
    rows = (
        (
            each.source,
            *each.cells,
            number,
            *(fates.number(fate) for fate in (each.before_key, each.before_day, each.after_day)),
        )
        for number, each in enumerate(found)
    )
    engine.put("prescription_cells", columns, rows)


def _put_days(engine: SqlEngine, readers: dict[int, RowReader], fates: Fates) -> None:
    cells: dict[int, list[tuple[str, str]]] = {}
    text = "SELECT source, filled_text, sold_text FROM spellings WHERE NOT wrong_width AND filled_text IS NOT NULL"
    for source, one, other in engine.ask(text, {}):
        cells.setdefault(int(source or 0), []).append((str(one), str(other)))
    rows: list[tuple[Value, ...]] = []
    for source, pairs in cells.items():
        for (one, other), day in days_of(readers[source], pairs):
            if isinstance(day, RowFault):
                fate = fates.number(Fate(True, day.problem.code, day.column, day.problem.text))
                rows.append((source, one, other, None, None, fate))
            else:
                assert isinstance(day, date)
                rows.append((source, one, other, day.toordinal(), day_number(day), None))
    names = [SqlColumn("source", _W), SqlColumn("filled_text", _T), SqlColumn("sold_text", _T)]
    names += [SqlColumn(name, _W) for name in ("filled", "ymd", "fate", "day")]
    engine.put("day_cells", names, ((*row, number) for number, row in enumerate(rows)))


def _sold(columns: Sequence[str], of: str = "") -> str:
    """The day of sale where no day of filling is stated: only then is it looked at."""
    if SOLD not in columns:
        return "''"
    return f"CASE WHEN strip({of}{FILLED}) = '' THEN {of}{SOLD} ELSE '' END" if FILLED in columns else f"{of}{SOLD}"


def _put_persons(engine: SqlEngine, readers: dict[int, RowReader], person: Sequence[str]) -> None:
    """What rows say of the patient; there is one column more than the file has where it states only one of them."""
    rows: list[tuple[Value, ...]] = []
    if person:
        cells: dict[int, list[tuple[str, str]]] = {}
        named = ", ".join(f"{column}_text" for column in PERSON)
        text = f"SELECT source, {named} FROM spellings WHERE NOT wrong_width AND {PERSON[0]}_text IS NOT NULL"
        for source, birth, age in engine.ask(text, {}):
            cells.setdefault(int(source or 0), []).append((str(birth), str(age)))
        for source, pairs in cells.items():
            rows += [(source, *pair, *said) for pair, said in persons_of(readers[source], pairs)]
    names = [SqlColumn("source", _W), SqlColumn("birth_text", _T), SqlColumn("age_text", _T)]
    engine.put("person_cells", [*names, SqlColumn("birth", _W), SqlColumn("age", _W)], rows)


def _put_stated(engine: SqlEngine, patients: Sequence[StatedPatient]) -> None:
    """What a file says of patients, by the keys that the records have."""
    columns = [SqlColumn("key", _T), SqlColumn("stated_birth", _W)]
    columns += [SqlColumn(f"stated_{exclusion_column(kind)}", SqlType.TRUTH) for kind in ExclusionKind]
    columns += [SqlColumn(f"stated_{each.name}", _T) for each in STATED_GROUPS]
    rows: Iterable[tuple[Value, ...]] = (
        (
            each.key,
            None if each.birth is None else day_number(each.birth),
            *(kind in each.care for kind in ExclusionKind),
            *each.groups,
        )
        for each in patients
    )
    engine.put("stated_cells", columns, rows)
    spans: Iterable[tuple[Value, ...]] = (
        (each.key, since.toordinal(), until.toordinal()) for each in patients for since, until in each.enrolled
    )
    engine.put("enrolled_cells", [SqlColumn("key", _T), SqlColumn("since", _W), SqlColumn("until", _W)], spans)
    for name, of in (("stated", "stated_cells"), ("enrolled", "enrolled_cells")):
        engine.make(name, f"SELECT n.number, c.* FROM {of} c JOIN numbered_{KEY} n ON n.key = c.key", {})


def _facts(
    columns: Sequence[str], deciding: Sequence[str], person: Sequence[str], running: Running, sources: int, rows: bool
) -> str:
    """Each row in whole numbers, those of a patient together; ``rows``: with what tells it from others."""

    def of(table: str, pairs: dict[str, str]) -> str:
        same = {"source": "r.source"} if sources > 1 else {}
        return " AND ".join(f"{table}.{column} = {text}" for column, text in {**same, **pairs}.items())

    day = of("d", {"filled_text": f"r.{FILLED}" if FILLED in columns else "''"})
    if SOLD in columns:
        day += f" AND d.sold_text = {_sold(columns, 'r.')}"
    joined = [
        f"prescription_cells p ON {of('p', {column: f'r.{column}' for column in deciding})} AND NOT r.wrong_width",
        f"day_cells d ON {day}",
        *(f"known_{key} k_{key} ON k_{key}.raw = r.{key}" for key in KEYS if key in columns),
        "known_patient_key k ON k.raw = r.patient_key",
    ]
    keys = [f"k_{key}.number" if key in columns else "CAST(NULL AS BIGINT)" for key in KEYS]
    stated = "CAST(NULL AS BIGINT) AS birth, CAST(NULL AS BIGINT) AS age"
    if person:
        texts = dict(zip(PERSON, ("birth_text", "age_text"), strict=True))
        joined.append(f"person_cells w ON {of('w', {texts[column]: f'r.{column}' for column in person})}")
        stated = "CAST(w.birth AS INT) AS birth, CAST(w.age AS INT) AS age"
    tables = "\nLEFT JOIN ".join(joined)
    of_row = "k.number AS owner, CAST(d.day AS INT) AS day, " if rows else ""
    return f"""
SELECT {of_row}CASE WHEN k.crowded THEN NULL ELSE k.number END AS patient,
       CAST(p.prescription AS INT) AS prescription,
       CAST(CASE WHEN k.crowded THEN :crowded
            WHEN r.wrong_width THEN :wrong_width
            WHEN p.before_key IS NOT NULL THEN p.before_key
            WHEN k.number IS NULL THEN :no_key
            WHEN p.before_day IS NOT NULL THEN p.before_day
            WHEN d.fate IS NOT NULL THEN d.fate
            ELSE p.after_day END AS INT) AS fate,
       CAST(d.filled AS INT) AS filled, CAST(d.ymd AS INT) AS ymd, {keys[0]} AS prescriber, {keys[1]} AS pharmacy,
       {stated}
FROM records r
LEFT JOIN {tables}{running.ordered("patient")}
"""
