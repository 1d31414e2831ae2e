"""A plan as printable pages for the clinician (all of it) and the pharmacy (what is dispensed, when, with directions).

No script, nothing loaded; the marks of a plan that exceeds its bounds stand on every printed page.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from medsteward.advice.plan.report import PlanReport
from medsteward.writers.card.curve import svg
from medsteward.writers.plan.page import APPENDIX, PageTable, PlanPage, clinician, pharmacy
from medsteward.writers.plan.slope import slope_svg
from medsteward.writers.shared.html import safe, template
from medsteward.writers.shared.paper import FONTS, LETTER, MM, ems, lines

SIZES = ("11", "10.5", "10", "9.5", "9", "8.5", "8", "7.5")
"""Letters of the pharmacy's page in points: the largest with which it is one page. Smaller ones are hard to read."""

OVER = "9"
"""Its letters in points where even the smallest do not make it one page."""

CLINICIAN = "10"
LARGE = "18"
SEVERAL = "This list is longer than one page. Each page has its number and the number of pages."

_FIXED = ("no.", "step", "from", "to", "first day", "last day", "days", "total", "asked", "quantity")
"""Columns whose cells are not broken into lines."""

MOST_LETTERS = 24
"""A longer word of a cell is broken wherever its line ends."""

_PAPER = (LETTER[0] - 2 * 12 * MM, LETTER[1] - 2 * 12 * MM)
"""What a letter page holds inside its margins, in points: across and down."""

_LINE = 1.18
"""The height of a line of the pharmacy's page, in its letters; ``_BESIDE`` is that of the space and rule of a row."""
_BESIDE = 3.2
_FOOT_SIZE = 9


def clinician_page(report: PlanReport, *, large_print: bool = False) -> str:
    """The whole plan: what was asked, each step with its percentages, sources. Problems are shown where it has any."""
    return _page(clinician(report), large_print, LARGE if large_print else CLINICIAN)


def pharmacy_page(report: PlanReport, *, large_print: bool = False) -> str:
    """What is dispensed: days, product, quantity, directions; on one printed page where its letters may be that small.

    Raises ``NothingToPrint`` without a step.
    """
    page = pharmacy(report)
    size = LARGE if large_print else next((each for each in SIZES if _height(page, each) <= _PAPER[1]), OVER)
    more = SEVERAL if _is_over(page, size) else ""
    return _page(page, large_print, size, widths=_widths(page, float(size)), more=more, is_dense=True)


def _page(
    page: PlanPage, large: bool, size: str, *, widths: Sequence[float] = (), more: str = "", is_dense: bool = False
) -> str:
    slopes = [slope for part in (*page.parts, *page.appendix) for slope in part.slopes]
    made = template("plan.html.j2", "a printable page").render(
        page=page,
        large=large,
        size=size,
        line=_LINE if is_dense else 1.25,
        pad=1 if is_dense else 1.5,
        foot=_foot(page),
        widths=widths,
        more=more,
        fixed=_FIXED,
        is_long=_is_long,
        case=safe(_css_string(f"{page.case_id}, " if page.case_id else "")),
        appendix=APPENDIX,
        curves=[(each.title, safe(svg(each, number, font=FONTS))) for number, each in enumerate(page.curves, start=1)],
        drawings={slope: safe(slope_svg(slope.line, font=FONTS)) for slope in slopes},
        fonts=safe(FONTS),
    )
    return made + "\n"


def _is_long(text: str) -> bool:
    """Whether a cell holds a word that has to be broken, for it would push the others off the page."""
    return any(len(word) > MOST_LETTERS for word in text.split())


def _css_string(text: str) -> str:
    """Text inside quotes of a style sheet: whatever is not a plain letter is written as its number."""
    return "".join(each if each.isascii() and each.isalnum() else f"\\{ord(each):x} " for each in text)


# --- how much room it takes -----------------------------------------------------------------------------------------


def _is_over(page: PlanPage, size: str) -> bool:
    return _height(page, size) > _PAPER[1]


def _foot(page: PlanPage) -> int:
    """The height kept free for the marks at the foot of a page."""
    return 4 if not page.marks else 6 + ceil(lines(". ".join(page.marks), _FOOT_SIZE, _PAPER[0]) * _FOOT_SIZE * 1.2)


_MOST_PRODUCT = (14.0, 18.0, 24.0)
"""How wide the column of products may be: the first with which the table is lowest."""
_MOST_EMS = 9.0
"""How wide other columns may be before their texts are broken; they are as wide as their longest text up to there."""


def _widths(page: PlanPage, points: float) -> list[float]:
    """The widths of the columns of what is dispensed in ems, 0 for the one that takes what is left."""
    table = page.table
    if table is None:
        return []
    made = [_columns(table, most) for most in _MOST_PRODUCT]
    return min(made, key=lambda widths: _table_height(table, widths, points))


def _columns(table: PageTable, most: float) -> list[float]:
    longest = [max(map(ems, column)) for column in zip(table.header, *table.rows, strict=True)]
    widths = [
        round(min(max(ems + 0.9, 2), most if name == "product" else _MOST_EMS), 1)
        for name, ems in zip(table.header, longest, strict=True)
    ]
    return [0 if place == table.wide else width for place, width in enumerate(widths)]


def _height(page: PlanPage, size: str) -> float:
    """How high the pharmacy's page is when printed, in points, by letters of a mean width."""
    points = float(size)
    line = points * _LINE
    across = _PAPER[0]
    height = (
        1.6 * points * 1.2
        + 1.6 * line * ceil(len(page.blanks) / 2)
        + line * (3 + lines(page.headline, points * 1.06, across))
        + _foot(page)
    )
    height += sum(lines(each, points * 1.06, across - 30) * line + 1 for each in page.marks) + 14 * bool(page.marks)
    height += sum(lines(each, points, across - 1.2 * points) * (line + 0.25 * points) for each in page.lead)
    return height + _table_height(page.table, _widths(page, points), points) if page.table is not None else height


def _table_height(table: PageTable, widths: Sequence[float], points: float) -> float:
    left = max(_PAPER[0] - sum(widths) * points, 6 * points)
    room = [(width * points if width else left) - 0.8 * points for width in widths]
    rows = [max(lines(text, points, width) for text, width in zip(row, room, strict=True)) for row in table.rows]
    return (sum(rows) + 1) * points * _LINE + (len(rows) + 1) * _BESIDE + 1.2 * points
