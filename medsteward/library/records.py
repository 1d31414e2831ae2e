"""Dispensing records for other programs: a file that is looked at, and its patients one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from attrs import field, frozen
from attrs.converters import optional

from medsteward.errors import UnreadableInput, WrongArgument
from medsteward.fills.by_day import Mode
from medsteward.fills.definitions import WINDOW_DAYS
from medsteward.fills.measures import default_measures, measures_named
from medsteward.fills.report import FillsReport, Tally, report
from medsteward.model.given import a_whole, asked_day
from medsteward.readers.fills.cells import DateOrder
from medsteward.readers.fills.header import HeaderReading
from medsteward.readers.fills.layouts import layouts_with
from medsteward.readers.fills.records import Records, in_batches, open_records
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import FactorTable, a_table

if TYPE_CHECKING:
    from medsteward.model.code import Resolver


@frozen
class ReadingOptions:
    """How records are read.

    ``dates`` says how days are written where they could be read in two ways (``DateOrder``: iso, mdy, dmy).
    ``resolver`` looks codes up; None: only the codes that we bring. ``layout`` names the layout of the file (None: the
    only one that fits; "none": headers one by one), ``layouts`` a file of your own. ``columns`` gives your headers of
    our columns: ``{"days_supply": "Tage"}``. ``patient`` is the key of the one patient of a report without such
    a column. ``orders``: rows that are orders are counted, where the layout tells them apart.
    """

    dates: DateOrder | None = field(default=None, converter=optional(DateOrder))
    resolver: Resolver | None = None
    layout: str | None = None
    layouts: str | Path | None = None
    columns: Mapping[str, str] = field(factory=dict)
    patient: str | None = None
    orders: bool = False

    @property
    def reading(self) -> HeaderReading:
        """How the header is read. Refuses (``UnreadableInput``) a file of layouts that is none."""
        known = None
        if self.layouts is not None:
            try:
                known = layouts_with(Path(self.layouts).read_bytes(), str(self.layouts))
            except OSError as error:
                raise UnreadableInput(str(self.layouts), (error.strerror or "it cannot be opened").lower()) from None
        return HeaderReading(self.layout, known, self.columns, self.patient, self.orders)


@frozen
class FillsOptions:
    """What is asked of dispensing records.

    ``mode``: overlapping fills of one drug both counted (``Mode.SUMMED``), or the early one shifted. ``window`` is how
    many days the fixed window has. ``measures`` names quality measures; empty: those whose parts the records hold.
    """

    mode: Mode = field(default=Mode.SUMMED, converter=Mode)
    window: int = field(default=WINDOW_DAYS, converter=a_whole)
    measures: tuple[str, ...] = ()


def _silent(text: str) -> None:
    """Nobody is told."""


@contextmanager
def open_fills(source: str | Path | IO[bytes], options: ReadingOptions | None = None) -> Iterator[Records]:
    """Look at a file of dispensing records, or a binary stream, from end to end; it is closed at the end of the block.

    ``notices`` of what it gives say what was concluded from the file. Refuses (``UnreadableInput``) a file that is no
    table of records, lacks a column that is needed, or writes days in a way that could mean two things.
    """
    asked = options or ReadingOptions()
    if not isinstance(source, str | Path) and not hasattr(source, "read"):
        hint = "give a frame to medsteward.frames.fills" if hasattr(source, "__arrow_c_stream__") else "give a path"
        raise WrongArgument(f"source is {type(source).__name__}, neither a file nor a binary stream; {hint}")
    path, stream = (str(source), None) if isinstance(source, str | Path) else ("-", source)
    with ExitStack() as desk:
        yield open_records(path, stream, desk, dates=asked.dates, resolver=asked.resolver, how=asked.reading)


def fills_report(
    records: Records,
    *,
    table: FactorTable,
    as_of: date,
    options: FillsOptions | None = None,
    say: Callable[[str], None] = _silent,
) -> Iterator[FillsReport | Tally]:
    """The report of each patient as the records come, and last the tally of all rows.

    ``say`` is told, in a sentence, when rows have to be sorted first. Raises ``UnknownMeasure``.
    """
    table, as_of = a_table(table), asked_day(as_of)
    asked = options or FillsOptions()
    measures = measures_named(asked.measures) if asked.measures else default_measures()
    tally = Tally(table, as_of, asked.mode, asked.window, measures)
    known = tuple(factor_table(each) for each in table_ids())
    for histories in in_batches(records.histories(say)):
        for history in histories:
            found = report(
                history,
                table=table,
                as_of=as_of,
                mode=asked.mode,
                window=asked.window,
                measures=measures,
                compare_with=known,
            )
            tally.add(found)
            if found.is_shown:
                yield found
    yield tally
