"""How many sheets a month of the patient card takes on paper, so that it can be set to take as few as it may.

The figures are those of the style sheet and the template of the card, in its letters (1 is the size of the text). A
month is set dense where that saves a sheet: its letters stay as large, its lines and boxes stand closer.
"""

from __future__ import annotations

from math import ceil

from attrs import frozen

from medsteward.writers.card.sheet import Card, Month, Stretch
from medsteward.writers.shared.paper import BOLD, LETTER, MM, ems, lines

TICK = 0.85
"""A box to tick in a dense month of the page, in letters of the text: at 14 points a good 4 mm."""


@frozen
class Setting:
    """Heights in letters: of a line, and of what stands around each part. ``foot`` 0: it stands in the margin."""

    line: float
    title: float
    checks: float
    stretch: float
    change: float
    row: float
    totals: float
    days: float
    dates: float
    box: float
    after: float
    foot: float


@frozen
class Sheet:
    """A sheet of paper inside its margins in points, and how a month is set on it.

    ``again`` is what stands above the first week of a further sheet; ``titled`` the line with the month above the days
    of a month that takes several. Both are in letters.
    """

    across: float
    down: float
    again: float
    titled: float
    roomy: Setting
    dense: Setting


PAGE = Sheet(
    LETTER[0] - 2 * 14 * MM,
    (LETTER[1] - 2 * 10 * MM) * 0.98,
    3.2,
    1.3,
    Setting(1.35, 2.6, 0.7, 1.4, 2.5, 0.75, 0.8, 3.9, 1.45, 1.85, 3.1, 0.95),
    Setting(1.2, 2.2, 0.3, 0.7, 1.1, 0.2, 0.3, 1.8, 1.2, TICK + 0.18, 2.0, 0.5),
)
"""The HTML card as a browser prints it, with a little to spare: browsers differ in their letters."""

PDF = Sheet(
    LETTER[0] - 2 * 16 * MM,
    LETTER[1] - (11 + 26) * MM,
    0,
    0,
    Setting(1.29, 2.2, 0.1, 0, 1.6, 0.15, 0, 1.6, 1.9, 1.56, 2.4, 0),
    Setting(1.29, 2.2, 0.1, -0.4, 0.4, -0.1, 0, 1.1, 1.3, 1.08, 1.5, 0),
)
"""The PDF card. Its lines have no leading above the first, so that little stands around its parts."""

_TIME_COLUMN = 0.21
_HEADING = 1.45
_MARGIN_OF_CHANGE = 2.2
_WORD = 1.35
"""The word below the number of a change day."""


def dense_months(card: Card, points: int, sheet: Sheet) -> frozenset[str]:
    """The ids of the months that take fewer sheets when they are set dense."""
    return frozenset(
        month.id
        for month in card.months
        if sheets(month, card, points, sheet, dense=True) < sheets(month, card, points, sheet, dense=False)
    )


WHOLE = -1
"""In place of a week: the whole stretch begins on a new sheet."""


def breaks(month: Month, card: Card, points: int, sheet: Sheet, *, dense: bool) -> tuple[tuple[int, int], ...]:
    """Where a month goes on to a new sheet, as the number of a stretch and that of its week (or ``WHOLE``), from 0.

    A week is never broken, the end of the month stays with its last week, and a second stretch goes to the next sheet
    rather than break.
    """
    drawn = _Drawn(sheet.dense if dense else sheet.roomy, points, sheet.across / points, dense)
    room = sheet.down / points
    found = _breaks(month, card, drawn, room, titled=0.0, again=sheet.again)
    return _breaks(month, card, drawn, room, titled=sheet.titled, again=sheet.again) if found else found


def _breaks(
    month: Month, card: Card, drawn: _Drawn, room: float, *, titled: float, again: float
) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    used = drawn.head(month, card)
    for number, stretch in enumerate(month.stretches):
        head, weeks = drawn.stretch_head(stretch) + titled, drawn.weeks(stretch)
        if number == len(month.stretches) - 1:
            weeks[-1] += drawn.tail(month, card)
        whole = head + sum(weeks)
        if number and used + whole > room and (whole <= room or used + head + weeks[0] > room):
            found.append((number, WHOLE))
            used = 0.0
        used += head
        for place, height in enumerate(weeks):
            if used + height > room:
                found.append((number, place))
                used = again
            used += height
    return tuple(found)


def sheets(month: Month, card: Card, points: int, sheet: Sheet, *, dense: bool) -> int:
    """How many sheets a month takes at so many points."""
    return 1 + len(breaks(month, card, points, sheet, dense=dense))


@frozen
class _Drawn:
    """Parts of a month in one setting; all heights and ``room``, the width of the sheet, in letters."""

    how: Setting
    points: int
    room: float
    dense: bool

    def text(self, text: str, less: float = 0) -> float:
        """The height of a text, most of it bold, on the width of the sheet or ``less``."""
        return lines(text, BOLD, self.room - less) * self.how.line

    def head(self, month: Month, card: Card) -> float:
        """The title and the days on which something is talked about."""
        checks = f"{card.labels.check_days}: {'; '.join(month.checks)}"
        return self.how.title + (self.text(checks) + self.how.checks if month.checks else 0)

    def tail(self, month: Month, card: Card) -> float:
        """What comes after the days: the next change, a line for notes, the foot of the page."""
        wide = ems(month.next_change) * BOLD + 15.5 > self.room
        height = self.how.after + (self.how.line if wide else 0)
        if not self.how.foot:
            return height
        size = 0.86 if self.dense else 1
        marks = sum(lines(mark, size, self.room) for mark in (*card.marks, card.for_staff) if mark)
        return height + (1 + marks) * self.how.line * size + self.how.foot

    def stretch_head(self, each: Stretch) -> float:
        """What stands above the weeks of a step: its change, its doses, the names of the days."""
        how = self.how
        height = how.stretch + lines(f"{each.title} {each.when}", 1.1, self.room) * _HEADING
        if each.change_day:
            apart = (each.change_day, *each.changes)
            said = [" ".join(apart)] if self.dense else apart
            height += how.change + sum(self.text(line, _MARGIN_OF_CHANGE) for line in said)
        if each.rows:
            height += how.line + how.row + len(each.rows) * (self.row(each) + how.row)
        height += self.text("; ".join(each.totals), 5) + how.totals
        height += sum(self.text(note) + 0.7 for note in each.notes)
        return height + how.days

    def weeks(self, each: Stretch) -> list[float]:
        """Each week: its days, and a row for each time of the day; higher where the word of a change day stands."""
        boxes = sum(self.how.box * lines(name, 1, self.room * _TIME_COLUMN) for name in each.boxes)
        turns = [any(cell is not None and cell.change for cell in week) for week in each.weeks]
        return [self.how.dates + boxes + (_WORD if turn else 0) for turn in turns]

    def row(self, each: Stretch) -> float:
        """A dose: three columns that break into lines where they are wider than the sheet."""
        wide = sum(
            max(ems(getattr(row, name)) for row in each.rows) * (1 if name == "product" else BOLD)
            for name in ("time", "product", "take")
        )
        return self.how.line * ceil(wide / (self.room - 1.5))
