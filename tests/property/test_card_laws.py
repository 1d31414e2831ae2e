"""What holds of the card of any plan: each day is on it once, under the step in force, with the dose of the plan."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

from attrs import evolve
from hypothesis import HealthCheck, given

from medsteward.model.number import decimal_text
from medsteward.schedules.moment import Moment
from medsteward.writers.card import html as card_html
from medsteward.writers.card.days import card_of
from tests.cards import cells, parts
from tests.counts import examples
from tests.property.plans import reports

slow = examples(30, suppress_health_check=list(HealthCheck))


@slow
@given(reports())
def test_every_day_of_the_plan_is_on_the_sheets_once_with_its_dose(report):
    plan = report.plan
    card = card_of(report, sheets="all")
    found = cells(card)
    worn = [each.day for part in parts(card) for each in part.patches]
    days = [plan.first_day + timedelta(days=n) for n in range((plan.last_day - plan.first_day).days + 1)]
    days = [day for day in days if day >= report.as_of and plan.on(day) is not None and plan.on(day).doses]
    # of a patch that stays on there may be no day of change among the last days
    if not any(dose.time is Moment.WORN for step in plan.steps for dose in step.doses):
        assert [cell.day for cell, _ in found] == days
    assert len(worn) == len(set(worn))
    for day in (*(cell.day for cell, _ in found), *worn):
        assert day in days
    for cell, part in found:
        step = plan.on(cell.day)
        assert part.step == step.number
        assert len(part.boxes) == len(cell.boxes) > 0
        assert bool(cell.change) == (cell.day == step.first_day)
    for part in parts(card):
        step = next(each for each in plan.steps if each.number == part.step)
        said = " / ".join(row.take for row in part.rows)
        for dose in step.doses:
            for item in dose.items:
                assert decimal_text(item.strength.value * item.count, thousands=True) in said


@slow
@given(reports())
def test_the_table_of_steps_adds_up_to_the_plan(report):
    """Every step is a row, and its lines are the products of the step, with a count at each of its times."""
    plan = report.plan
    table = card_of(report).steps
    if table is None:
        assert len(plan.steps) == 1
        return
    assert [row.step for row in table.rows] == [str(step.number) for step in plan.steps]
    for row, step in zip(table.rows, plan.steps, strict=True):
        if row.state == "past":
            assert step.last_day < report.as_of
            continue
        wanted = {(dose.drug, dose.told, item.product, dose.time) for dose in step.doses for item in dose.items}
        # a dose that names no product stands with its amount
        unnamed = sum(not dose.items for dose in step.doses)
        assert sum(bool(count) for line in row.lines for count in line.counts) == len(wanted) + unnamed
        assert bool(row.lines) is bool(step.doses)


@slow
@given(reports())
def test_a_week_has_the_names_of_its_days_and_begins_on_the_first_day_of_its_part(report):
    for part in parts(card_of(report, sheets="all")):
        names = part.week
        for week in part.weeks:
            assert len(week) == 7
            first = week[0]
            assert first is not None
            for place, cell in enumerate(week):
                assert cell is None or cell.day == first.day + timedelta(days=place)
                assert cell is None or cell.name.startswith(names[place])


def figures(text):
    """The numbers of a dose in order, and whether there is a half."""
    return re.findall(r"\d[\d,.]*\d|\d", text), re.search(r"\bhalf\b|\bmedia\b", text) is not None


@slow
@given(reports())
def test_every_day_has_the_same_dose_in_both_languages(report):
    found, hallado = (cells(card_of(report, language_code=code, sheets="all")) for code in ("en", "es"))
    assert len(found) == len(hallado)
    for (cell, stretch), (casilla, tramo) in zip(found, hallado, strict=True):
        assert (cell.day, cell.boxes, bool(cell.change)) == (casilla.day, casilla.boxes, bool(casilla.change))
        assert stretch.step == tramo.step
        assert [figures(row.take) for row in stretch.rows] == [figures(row.take) for row in tramo.rows]


class Days(HTMLParser):
    """The days of a page in its order, and the elements that are in it."""

    def __init__(self):
        super().__init__()
        self.days, self.tags = [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.days += [value for name, value in attrs if tag == "time" and name == "datetime"]


@slow
@given(reports())
def test_the_page_shows_the_same_days_and_is_the_same_bytes(report):
    made = card_html.page(report, sheets="all")
    reader = Days()
    reader.feed(made)
    found = card_of(report, sheets="all")
    worn = [each.day for part in parts(found) for each in part.patches]
    assert sorted(reader.days) == sorted(day.isoformat() for day in (*(cell.day for cell, _ in cells(found)), *worn))
    assert not reader.tags & {"script", "link", "img", "iframe", "form", "object", "embed"}
    assert made == card_html.page(evolve(report), sheets="all")
