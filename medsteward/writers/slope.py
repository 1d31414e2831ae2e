"""Measures over time: a line of text, and a small drawing that stands in a page by itself."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from medsteward.advice.plan_report import MeasureLine
from medsteward.model.number import decimal_text

_BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
_WIDTH, _HEIGHT, _EDGE = 320, 96, 14


def slope_words(line: MeasureLine) -> str:
    """A measure in one line: ``PEG: 7, then 5, then 4 (bars), better``; days with each value but the first."""
    first, *later = line.series
    said = f"{line.title}: {decimal_text(first[1])} on {first[0]}"
    said += "".join(f", {decimal_text(value)} on {day}" for day, value in later)
    if later:
        said += f" {sparkline(line)} {_way(line)}"
    return f"{said}. {line.change[:1].upper()}{line.change[1:]}"


def sparkline(line: MeasureLine) -> str:
    """The values as bars, each as high as its share of the range."""
    values = [value for _, value in line.series]
    low, high = _range(line)
    return "".join(_BARS[int((value - low) / (high - low) * (len(_BARS) - 1))] for value in values)


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


def slope_svg(line: MeasureLine) -> str:
    """The series as an SVG drawing, days to scale, legible without colour; its words stand in title and description."""
    low, high = _range(line)
    first, last = line.series[0][0], line.series[-1][0]
    days = max((last - first).days, 1)

    def across(place: int) -> str:
        share = Fraction((line.series[place][0] - first).days, days)
        return _number(_EDGE + share * (_WIDTH - 2 * _EDGE))

    def down(place: int) -> str:
        share = (line.series[place][1] - low) / (high - low)
        return _number(_HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE))

    places = range(len(line.series))
    points = " ".join(f"{across(place)},{down(place)}" for place in places)
    dots = "".join(f'<circle cx="{across(place)}" cy="{down(place)}" r="3"/>' for place in places)
    marks = "".join(
        f'<text x="{across(place)}" y="{_number(Fraction(down(place)) - 6)}" font-size="11" text-anchor="middle">'
        f"{decimal_text(line.series[place][1])}</text>"
        for place in {0, len(line.series) - 1}
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'width="{_WIDTH}" height="{_HEIGHT}"><title>{escape(line.title)}</title>'
        f"<desc>{escape(slope_words(line))}</desc>"
        f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="2"/>'
        f"<g>{dots}</g><g>{marks}</g></svg>"
    )


def _number(value: Fraction) -> str:
    return decimal_text(value, 1)
