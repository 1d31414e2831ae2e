"""The pages for clinician and pharmacy: all of the plan, what is dispensed, and text that stays text."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from html import unescape

import pytest
from attrs import evolve

from medsteward.advice.plan.report import Alternative, MeasureLine, Support
from medsteward.errors import NothingToPrint
from medsteward.schedules.plan import Plan
from medsteward.schedules.sig_lines import count_words, directions
from medsteward.writers.plan.html import SEVERAL, clinician_page, pharmacy_page
from medsteward.writers.plan.policy import percent
from tests.unit.test_card import MADE, hostile, plan_of

both = pytest.mark.parametrize("page", [clinician_page, pharmacy_page])


def rows_of(page: str, name: str) -> list[list[str]]:
    """The cells of a table by its name, row by row, its header first."""
    part = page[page.index(f'aria-label="{name}"') :]
    table = part[: part.index("</table>")]
    rows = re.findall(r"<tr>(.*?)</tr>", table, flags=re.S)
    return [[unescape(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def fills(plan: Plan, count: int) -> Plan:
    """A plan of so many dispensings, in turn those that it has."""
    return evolve(plan, fills=tuple(plan.fills[number % len(plan.fills)] for number in range(count)))


def test_the_clinician_sees_each_step_with_its_percentages_and_what_is_taken_and_dispensed():
    page, plan = clinician_page(MADE["opioids"]), plan_of("opioids")
    header, *steps = rows_of(page, "Steps")
    assert [row[header.index("first day")] for row in steps] == [str(step.first_day) for step in plan.steps]
    shown = [percent(step.percent_of_current) for step in plan.steps if step.percent_of_current is not None]
    assert [row[header.index("of current")] for row in steps] == shown
    taken = [row[-1] for row in rows_of(page, "What to take")[1:]]
    said = [sig for step in plan.steps[:-1] for _, sig in directions(step, plan.request.courses)]
    assert taken == [*said, "take none"]
    assert len(rows_of(page, "Dispensings")) == len(plan.fills) + 1
    assert "taken until now: oxycodone, 40 mg/d of oxycodone" in page


def test_the_pharmacy_sees_each_fill_by_its_number():
    plan = plan_of("opioids")
    _, *rows = rows_of(pharmacy_page(MADE["opioids"]), "Dispensings")
    for number, (row, fill) in enumerate(zip(rows, plan.fills, strict=True), start=1):
        quantity = count_words(fill.quantity, fill.unit)
        product = f"NEW STRENGTH: {fill.product}" if fill.new_strength else fill.product
        days = [str(fill.first_day), str(fill.days_supply)]
        assert row == [str(number), *days, product, quantity, fill.sig]
    assert f"{len(plan.fills)} dispensings" in pharmacy_page(MADE["opioids"])


def test_a_new_prescription_is_said_once_where_each_is_one_and_in_its_row_where_some_are():
    plan = plan_of("opioids")
    every = evolve(plan, fills=tuple(evolve(each, schedule="CII") for each in plan.fills))
    page = pharmacy_page(evolve(MADE["opioids"], plan=every))
    assert "each dispensing is a new prescription; no refills" in page
    assert "new, no refill" not in page
    some = evolve(plan, fills=(evolve(plan.fills[0], schedule="CII"), *plan.fills[1:]))
    header, first, second, *_ = rows_of(pharmacy_page(evolve(MADE["opioids"], plan=some)), "Dispensings")
    place = header.index("prescription")
    assert (first[place], second[place]) == ("new, no refill", "")


def printed_at(page: str) -> float:
    """The letters of a printed page, in points."""
    found = re.search(r"body \{ font-size: ([\d.]+)pt; line", page)
    assert found is not None
    return float(found[1])


def test_more_dispensings_have_smaller_letters_never_too_small_to_read_and_more_pages_are_said():
    plan = plan_of("opioids")
    sizes = []
    for count in (4, 12, 24, 30, 200):
        page = pharmacy_page(evolve(MADE["opioids"], plan=fills(plan, count)))
        sizes.append(printed_at(page))
        assert (SEVERAL in page) is (count == 200)
    assert sizes[0] == 11
    assert sizes[:4] == sorted(sizes[:4], reverse=True)
    assert min(sizes) >= 7.5
    assert sizes[4] == 9
    large = pharmacy_page(evolve(MADE["opioids"], plan=fills(plan, 24)), large_print=True)
    assert printed_at(large) == 18


def test_what_belongs_to_a_line_stands_under_it():
    support = Support("sleep", "Offer help.", ("not after noon",))
    way = Alternative("slower", "medsteward taper x")
    page = clinician_page(evolve(MADE["opioids"], supports=(support,), alternatives=(way,)))
    assert "<li>Offer help.<ul><li>not after noon</li></ul></li>" in page
    assert "<ul><li><code>medsteward taper x</code></li></ul>" in page


def test_measures_are_drawn_and_told():
    days = date(2026, 12, 7), date(2027, 1, 4)
    values = tuple(zip(days, (Fraction(7), Fraction(4)), strict=True))
    peg = MeasureLine(
        "peg", "", "PEG", "points", "lower", "a change counts from 30 %", values, Fraction(0), Fraction(10)
    )
    said = MeasureLine("activity", "", "more active", "", "", "yes or no", ((days[1], Fraction(1)),))
    page = clinician_page(evolve(MADE["trial"], measures=(peg, said)))
    assert page.count('<figure class="slope">') == 1
    assert "PEG: 7 on 2026-12-07, 4 on 2027-01-04; better. A change counts" in re.sub(r"<svg.*?</svg>", "", page)
    assert "<li>more active: yes on 2027-01-04</li>" in page


@both
def test_marks_stand_on_every_page(page):
    made = page(evolve(MADE["opioids"], faster_than=("a source",)))
    assert len(re.findall("Faster than: a source", made)) == 2
    assert "position: fixed; bottom: 0" in made


@both
def test_hostile_text_stays_text(page):
    made = page(hostile(MADE["patch"]))
    assert "<script" not in made
    assert "\u202e" not in made
    assert "\x00" not in made
    assert made == page(hostile(MADE["patch"]))


def test_a_case_in_the_style_of_the_page_is_written_as_numbers():
    page = pharmacy_page(evolve(MADE["patch"], case_id='"; } </style><b>x'))
    style = page[page.index("<style>") : page.index("</style>")]
    assert "\\22 \\3b \\20 \\7d \\20 \\3c \\2f style\\3e \\3c b\\3e x" in style
    assert "<b>x" not in page


def test_without_a_plan_the_problems_are_shown_to_the_clinician_only():
    empty = evolve(MADE["patch"], plan=None)
    assert "nothing is planned" in clinician_page(empty)
    with pytest.raises(NothingToPrint):
        pharmacy_page(empty)
