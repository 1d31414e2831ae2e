"""From rows to facts: whose, which day, which prescription, or why the row is not used. The same under every table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import define, field

from medsteward.population.engine import SqlColumn, SqlEngine, SqlType, Value
from medsteward.population.options import PopulationRun
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

    def of(self, number: int) -> Fate:
        """The reason of a number."""
        return self._by_number[number]


@define(eq=False)
class RowFacts:
    """What a run knows once every row is read: the table ``facts`` in the engine, and this.

    ``deciding`` are the columns that the cells of prescriptions stand for. A prescription's number is its place.
    """

    read: int
    prescriptions: tuple[ReadPrescription, ...]
    deciding: tuple[str, ...]
    fates: Fates
    notices: tuple[str, ...]


def gathered(engine: SqlEngine, files: Sequence[RecordFiles], asked: PopulationRun, processes: int) -> RowFacts:
    """Read every row of the files into ``facts``. Refuses (``UnreadableInput``) days that could mean two things."""
    columns = columns_of(files)
    engine.read(files, columns, with_rows=False)
    looked = [_looked(engine, each, columns, asked) for each in files]
    deciding = tuple(column for column in DECIDING if column in columns)
    fates = Fates()
    found = _prescriptions(engine, looked, deciding, asked, processes)
    _put_cells(engine, found, deciding, fates)
    resolver = resolver_for(asked.codes)
    readers = {each.files.number: RowReader(each.files.header, each.habits, resolver) for each in looked}
    _put_days(engine, readers, columns, fates)
    person = tuple(column for column in PERSON if column in columns)
    _put_persons(engine, readers, person)
    values: dict[str, Value] = {
        "most_rows": MOST_ROWS,
        "crowded": fates.number(Fate(True, "FILL-003", KEY)),
        "wrong_width": fates.number(Fate(True, "FILL-004", "row")),
        "no_key": fates.number(Fate(True, "FILL-001", KEY)),
    }
    for column in (KEY, *(key for key in KEYS if key in columns)):
        engine.make(f"known_{column}", _known(column, engine.key_number), {})
    engine.make("crowded", _CROWDED, values)
    engine.make("facts", _facts(columns, deciding, person), values)
    engine.drop("records", *(f"known_{key}" for key in KEYS if key in columns))
    ((read,),) = engine.ask("SELECT count(*) FROM facts", {})
    notices = tuple(notice for each in looked for notice in each.habits.notices)
    return RowFacts(int(read or 0), found, deciding, fates, tuple(dict.fromkeys(notices)))


_CROWDED = """
SELECT patient_key FROM records WHERE patient_key <> ''
GROUP BY patient_key HAVING count(*) > :most_rows
"""
"""Keys that more rows have than any patient could."""


def _known(column: str, number: str) -> str:
    """Every spelling of a key with what stands for it: spellings that differ in outer spaces are one key."""
    return f"""
SELECT s.raw, n.key, n.number
FROM (SELECT DISTINCT {column} AS raw, strip({column}) AS key FROM records) AS s
JOIN (
  SELECT key, {number} AS number
  FROM (SELECT DISTINCT strip({column}) AS key FROM records WHERE strip({column}) <> '') AS keys
) AS n ON n.key = s.key
"""


def _looked(engine: SqlEngine, files: RecordFiles, columns: Sequence[str], asked: PopulationRun) -> Looked:
    texts = [
        f"SELECT DISTINCT '{column}', {column} FROM records WHERE source = :source AND NOT wrong_width"
        for column in (*DAYS_OF, *NUMBERS_OF)
        if column in columns and files.has(column)
    ]
    found = engine.ask(" UNION ALL ".join(texts), {"source": files.number})
    return habits(files, ((str(column), str(cell)) for column, cell in found), asked.dates)


def _prescriptions(
    engine: SqlEngine, looked: Sequence[Looked], deciding: Sequence[str], asked: PopulationRun, processes: int
) -> tuple[ReadPrescription, ...]:
    named = ", ".join(deciding)
    text = f"SELECT {named}, count(*) FROM records WHERE source = :source AND NOT wrong_width GROUP BY {named}"
    wanted = []
    for each in looked:
        rows = engine.ask(text, {"source": each.files.number})
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


def _put_days(engine: SqlEngine, readers: dict[int, RowReader], columns: Sequence[str], fates: Fates) -> None:
    filled = FILLED if FILLED in columns else "''"
    cells: dict[int, list[tuple[str, str]]] = {}
    text = f"SELECT DISTINCT source, {filled}, {_sold(columns)} FROM records WHERE NOT wrong_width"
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
    engine.put("day_cells", [*names, *(SqlColumn(name, _W) for name in ("filled", "ymd", "fate"))], rows)


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
        named = ", ".join(column if column in person else "''" for column in PERSON)
        for source, birth, age in engine.ask(f"SELECT DISTINCT source, {named} FROM records WHERE NOT wrong_width", {}):
            cells.setdefault(int(source or 0), []).append((str(birth), str(age)))
        for source, pairs in cells.items():
            rows += [(source, *pair, *said) for pair, said in persons_of(readers[source], pairs)]
    names = [SqlColumn("source", _W), SqlColumn("birth_text", _T), SqlColumn("age_text", _T)]
    engine.put("person_cells", [*names, SqlColumn("birth", _W), SqlColumn("age", _W)], rows)


def _facts(columns: Sequence[str], deciding: Sequence[str], person: Sequence[str]) -> str:
    same = " AND ".join(f"p.{column} = r.{column}" for column in deciding)
    filled = f"r.{FILLED}" if FILLED in columns else "''"
    keys = [f"k_{key}.number" if key in columns else "CAST(NULL AS BIGINT)" for key in KEYS]
    named = "\n".join(f"LEFT JOIN known_{key} k_{key} ON k_{key}.raw = r.{key}" for key in KEYS if key in columns)
    birth, age = (f"r.{column}" if column in person else "''" for column in PERSON)
    joined = f"LEFT JOIN person_cells w ON w.source = r.source AND w.birth_text = {birth} AND w.age_text = {age}"
    stated = "w.birth, w.age" if person else "CAST(NULL AS BIGINT) AS birth, CAST(NULL AS BIGINT) AS age"
    return f"""
SELECT CASE WHEN c.patient_key IS NOT NULL THEN NULL ELSE k.number END AS patient,
       p.prescription,
       CASE WHEN c.patient_key IS NOT NULL THEN :crowded
            WHEN r.wrong_width THEN :wrong_width
            WHEN p.before_key IS NOT NULL THEN p.before_key
            WHEN r.patient_key = '' THEN :no_key
            WHEN p.before_day IS NOT NULL THEN p.before_day
            WHEN d.fate IS NOT NULL THEN d.fate
            ELSE p.after_day END AS fate,
       d.filled, d.ymd, {keys[0]} AS prescriber, {keys[1]} AS pharmacy, {stated}
FROM records r
LEFT JOIN prescription_cells p ON p.source = r.source AND {same} AND NOT r.wrong_width
LEFT JOIN day_cells d ON d.source = r.source AND d.filled_text = {filled} AND d.sold_text = {_sold(columns, "r.")}
{joined if person else ""}
{named}
LEFT JOIN known_patient_key k ON k.raw = r.patient_key
LEFT JOIN crowded c ON c.patient_key = r.patient_key
"""
