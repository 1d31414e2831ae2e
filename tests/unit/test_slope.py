"""Measures over time, in a line and as a drawing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from xml.etree import ElementTree

from medsteward.advice.plan.report import MeasureLine
from medsteward.writers.plan.slope import slope_svg, slope_words, sparkline


def line(*values: int, better: str = "lower", ends: bool = True, title: str = "PEG") -> MeasureLine:
    days = [date(2026, 12, 7 + 7 * number) for number in range(len(values))]
    return MeasureLine(
        "peg",
        "",
        title,
        "points",
        better,
        "a change counts from 30 % of the score before",
        tuple(zip(days, map(Fraction, values), strict=True)),
        Fraction(0) if ends else None,
        Fraction(10) if ends else None,
    )


def test_a_slope_in_words_says_each_value_with_its_day_and_the_way_it_went():
    said = slope_words(line(7, 5, 4))
    assert said.startswith("PEG: 7 on 2026-12-07, 5 on 2026-12-14, 4 on 2026-12-21")
    assert "better" in said
    assert "worse" in slope_words(line(3, 5))
    assert "worse" in slope_words(line(300, 200, better="higher", ends=False))
    assert "the same" in slope_words(line(5, 5))


def test_bars_stand_for_the_share_of_the_scale():
    assert sparkline(line(0, 10)) == "\u2581\u2588"
    assert sparkline(line(4, 4, ends=False)) == "\u2581\u2581"


def test_the_drawing_is_well_formed_has_its_words_and_falls_where_the_score_does():
    root = ElementTree.fromstring(slope_svg(line(7, 5, 4, title="<PEG> & co")))
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "<PEG> & co"
    (drawn,) = root.findall(f"{space}polyline")
    points = [tuple(map(float, point.split(","))) for point in drawn.attrib["points"].split()]
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert [y for _, y in points] == sorted(y for _, y in points)  # downwards is a larger y
    assert len(root.findall(f"{space}g/{space}circle")) == 3


def test_one_value_is_drawn_too():
    assert "<polyline" in slope_svg(line(7))
