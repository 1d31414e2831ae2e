"""Measures over time: a line of text, and a small drawing that stands in a page by itself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from html import escape

from medsteward.advice.plan.report import MeasureLine
from medsteward.advice.trial.measures import MEASURES, Sort
from medsteward.model.number import decimal_text
from medsteward.writers.shared.cells import plain

_BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
_WIDTH, _HEIGHT = 520, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 472, 40, 128
_TEXT = 17
_ROOM = Fraction(60)
"""How far apart two values stand at least when both are written beside their dots."""


def slope_words(line: MeasureLine, *, bars: bool = True) -> str:
    """A measure in one line: each value with its day, which way it went, and what counts as a change.

    ``bars`` stand for the values in a terminal; they are left out where the measure is drawn or read aloud.
    """
    first, *later = line.series
    said = f"{line.title}: {_value(line, first[1])} on {first[0]}"
    said += "".join(f", {_value(line, value)} on {day}" for day, value in later)
    if later:
        said += f" {sparkline(line)} {_way(line)}" if bars else f"; {_way(line)}"
    return said if _is_yes_no(line) else f"{said}. {line.change[:1].upper()}{line.change[1:]}"


def sparkline(line: MeasureLine) -> str:
    """The values as bars, each as high as its share of the range."""
    values = [value for _, value in line.series]
    low, high = _range(line)
    return "".join(_BARS[int((value - low) / (high - low) * (len(_BARS) - 1))] for value in values)


def has_slope(line: MeasureLine) -> bool:
    """Whether there is something to draw: a number that was taken more than once."""
    return len(line.series) > 1 and not _is_yes_no(line)


def _is_yes_no(line: MeasureLine) -> bool:
    known = MEASURES.get(line.name)
    return known is not None and known.sort is Sort.YES_NO


def _value(line: MeasureLine, value: Fraction) -> str:
    if _is_yes_no(line):
        return "yes" if value else "no"
    return decimal_text(value)


def _range(line: MeasureLine) -> tuple[Fraction, Fraction]:
    values = [value for _, value in line.series]
    low = line.low if line.low is not None else min(values)
    high = line.high if line.high is not None else max(values)
    return (low, high) if high > low else (low, low + 1)


def _way(line: MeasureLine) -> str:
    first, last = line.series[0][1], line.series[-1][1]
    if first == last or not line.better:
        return "the same" if first == last else "changed"
    return "better" if (last < first) is (line.better == "lower") else "worse"


def slope_svg(line: MeasureLine, *, font: str = "sans-serif") -> str:
    """The series as an SVG drawing, days to scale, legible without colour; its words stand in title and description.

    ``font`` is a CSS family list. First and last day are written below; values beside their dots, where there is room.
    """
    said, (low, high) = plain(slope_words(line, bars=False)), _range(line)
    first, last = line.series[0][0], line.series[-1][0]
    days = max((last - first).days, 1)
    across = [_LEFT + Fraction((day - first).days, days) * (_RIGHT - _LEFT) for day, _ in line.series]
    down = [_BOTTOM - (value - low) / (high - low) * (_BOTTOM - _TOP) for _, value in line.series]
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in zip(across, down, strict=True))
    dots = "".join(f'<circle cx="{_number(x)}" cy="{_number(y)}" r="5"/>' for x, y in zip(across, down, strict=True))
    marks = "".join(
        f'<text x="{_number(across[place])}" y="{_number(down[place] - 12)}" font-weight="700" '
        'stroke="#fff" stroke-width="6" paint-order="stroke" '
        f'text-anchor="{_anchor(place, len(across))}">{decimal_text(line.series[place][1])}</text>'
        for place in _marked(across)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(said)}" '
        f'font-family="{escape(font)}" font-size="{_TEXT}"><title>{escape(plain(line.title))}</title>'
        f"<desc>{escape(said)}</desc>"
        f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{_BOTTOM + 8}" y2="{_BOTTOM + 8}" stroke="#000" stroke-width="1.5"/>'
        f"{_ends(line)}"
        f'<polyline points="{points}" fill="none" stroke="#000" stroke-width="3"/>'
        f"<g>{dots}</g><g>{marks}</g>{_days(first, last)}</svg>"
    )


def _marked(across: list[Fraction]) -> list[int]:
    """The places whose values are written: the ends, and between them those that stand clear of the others."""
    found, end = [0], len(across) - 1
    for place in range(1, end):
        if across[place] - across[found[-1]] >= _ROOM and across[end] - across[place] >= _ROOM:
            found.append(place)
    return [*found, end] if end else found


def _anchor(place: int, count: int) -> str:
    if place == 0:
        return "start"
    return "end" if place == count - 1 else "middle"


def _ends(line: MeasureLine) -> str:
    """Where the scale begins and ends, at the right, so that a slope is not taken for more than it is."""
    if line.low is None or line.high is None:
        return ""
    return "".join(
        f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{y}" y2="{y}" stroke="#767676" stroke-dasharray="2 6"/>'
        f'<text x="{_WIDTH - 4}" y="{y + 6}" text-anchor="end">{decimal_text(end)}</text>'
        for y, end in ((_TOP, line.high), (_BOTTOM, line.low))
    )


def _days(first: date, last: date) -> str:
    below = f'<text x="{_LEFT}" y="{_HEIGHT - 8}">{first}</text>'
    if last == first:
        return below
    return f'{below}<text x="{_RIGHT}" y="{_HEIGHT - 8}" text-anchor="end">{last}</text>'


def _number(value: Fraction) -> str:
    return decimal_text(value, 1)
