"""What holds of the card of any plan: each day is on it once, under the step in force, with the dose of the plan."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

from attrs import evolve
from hypothesis import HealthCheck, given

from medsteward.model.number import decimal_text
from medsteward.writers.card import html as card_html
from medsteward.writers.card.days import card_of
from tests.counts import examples
from tests.property.plans import reports

slow = examples(30, suppress_health_check=list(HealthCheck))


def cells(card):
    return [
        (cell, stretch)
        for month in card.months
        for stretch in month.stretches
        for week in stretch.weeks
        for cell in week
        if cell is not None
    ]


@slow
@given(reports())
def test_every_day_of_the_plan_is_on_the_card_once_with_its_dose(report):
    plan = report.plan
    card = card_of(report)
    found = cells(card)
    days = [plan.first_day + timedelta(days=n) for n in range((plan.last_day - plan.first_day).days + 1)]
    assert [cell.day for cell, _ in found] == [day for day in days if plan.on(day) is not None]
    for cell, stretch in found:
        step = plan.on(cell.day)
        assert stretch.step == step.number
        assert bool(cell.change) == (cell.day == step.first_day)
        said = " / ".join(row.take for row in stretch.rows)
        for dose in step.doses:
            for item in dose.items:
                assert decimal_text(item.strength.value * item.count, thousands=True) in said
        assert len(stretch.rows) == sum(max(1, len(dose.items)) for dose in step.doses)


@slow
@given(reports())
def test_a_day_stands_under_its_weekday(report):
    for month in card_of(report).months:
        for stretch in month.stretches:
            for week in stretch.weeks:
                assert len(week) == 7
                for place, cell in enumerate(week):
                    assert cell is None or (cell.day.weekday() + 1) % 7 == place
                    assert cell is None or cell.day.strftime("%Y-%m") == month.id


def figures(text):
    """The numbers of a dose in order, and whether there is a half."""
    return re.findall(r"\d[\d,.]*\d|\d", text), re.search(r"\bhalf\b|\bmedia\b", text) is not None


@slow
@given(reports())
def test_every_day_has_the_same_dose_in_both_languages(report):
    found, hallado = cells(card_of(report)), cells(card_of(report, language_code="es"))
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
    made = card_html.page(report)
    reader = Days()
    reader.feed(made)
    assert reader.days == [cell.day.isoformat() for cell, _ in cells(card_of(report))]
    assert not reader.tags & {"script", "link", "img", "iframe", "form", "object", "embed"}
    assert made == card_html.page(evolve(report))
