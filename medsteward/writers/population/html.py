"""A population report as one page: no script, nothing loaded, a table beside every picture, legible on paper."""

from __future__ import annotations

from html import escape

from medsteward.advice.population.report import CountTable, PopulationReport
from medsteward.version import __version__
from medsteward.writers.population.text import head_lines, percent, shown
from medsteward.writers.shared.html import safe, template

_FILLS = ("#ffffff", "#c9dcec", "#5f97c4", "#173f63")
_LEFT, _WIDE, _HIGH, _GAP = 150, 330, 18, 8
_SIZE, _LETTER = 11, 5.4
"""The size of letters in a picture, and how wide one is at most on average."""
_SHORT = 8
"""Rows that a page of paper has room for at the width of the page."""


def page(report: PopulationReport) -> str:
    """The page, the same bytes for the same report. Raises ``MissingPart`` without jinja2."""
    tables = [
        {
            "id": table.id,
            "title": table.title,
            "note": table.note,
            "head": table.head,
            "rows": [
                (name, table.meanings.get(name), [(shown(count), percent(count, counts[0])) for count in counts])
                for name, counts in table.rows
            ],
            "picture": safe(_picture(table)) if table.is_drawn and table.rows else None,
        }
        for table in report.tables
    ]
    lines = list(head_lines(report))
    made = template("population.html.j2", "a report as a page").render(
        lines=lines, tables=tables, notices=report.notices, not_for=report.table.not_for, version=__version__
    )
    return made + "\n"


def _picture(table: CountTable) -> str:
    """A bar for each row, its shown parts side by side. What is hidden is left out, leaves no room, and is said."""
    gone = any(count.hidden for _, counts in table.rows for count in counts)
    high = len(table.rows) * (_HIGH + _GAP) + 30 + 16 * gone
    tall = ' class="tall"' if len(table.rows) > _SHORT else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg"{tall} viewBox="0 0 {_LEFT + _WIDE + 2} {high}" role="img" '
        f'aria-label="{escape(table.title)}: the numbers are in the table below">'
    ]
    names = table.head[2:]
    fills = [_FILLS[min(number, len(_FILLS) - 1)] for number in range(len(names))]
    at = 1.0
    for fill, name in zip(fills, names, strict=True):
        parts.append(f'<rect x="{at:.0f}" y="2" width="12" height="12" fill="{fill}" stroke="#000000"/>')
        parts.append(f'<text x="{at + 16:.0f}" y="12" font-size="{_SIZE}">{escape(name)}</text>')
        at += 30 + _LETTER * len(name)
    for place, (name, counts) in enumerate(table.rows):
        top = 26 + place * (_HIGH + _GAP)
        parts.append(
            f'<text x="{_LEFT - 6}" y="{top + 13}" font-size="{_SIZE}" text-anchor="end">{escape(name)}</text>'
        )
        whole, left = counts[0], _LEFT
        for count, fill in zip(counts[1:], fills, strict=True):
            if count.hidden or whole.hidden or not whole.value:
                continue
            width = _WIDE * count.value // whole.value
            if width:
                box = f'<rect x="{left}" y="{top}" width="{width}" height="{_HIGH}"'
                parts.append(f'{box} fill="{fill}" stroke="#000000"/>')
            left += width
    if gone:
        parts.append(f'<text x="1" y="{high - 6}" font-size="{_SIZE}">Hidden counts are not drawn.</text>')
    return "".join([*parts, "</svg>"])
