"""Every text that a plan's report holds, made hostile, one field at a time and all at once: it stays text on each page.

The fields are found in the report itself, so a new one is tried without a word here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from medsteward.advice.plan.report import PlanReport
from medsteward.schedules.event import Event, Pause
from medsteward.writers.card import html as card_html
from medsteward.writers.card import pdf as card_pdf
from medsteward.writers.plan.html import clinician_page, pharmacy_page
from medsteward.writers.plan.pdf import clinician_document, pharmacy_document
from tests.build import pages_of_pdf as pages
from tests.twelve import twelve
from tests.unit.test_card import HOSTILE

Field = tuple[type, str]

NOT_FREE = frozenset({("Caution", "code"), ("Has", "names"), ("Request", "avoid")})
"""Fields whose values are known by name: anything else is refused before a report is made."""


def fields_of(value: Any) -> Iterator[Field]:
    """Each class and field below a value that holds a text, or several."""
    if attrs.has(type(value)):
        for each in attrs.fields(type(value)):
            got = getattr(value, each.name)
            if type(got) is str or _texts(got):
                yield type(value), each.name
            else:
                yield from fields_of(got)
    elif type(value) is tuple:
        for one in value:
            yield from fields_of(one)


def _texts(value: Any) -> bool:
    return type(value) is tuple and bool(value) and all(type(each) is str for each in value)


def put(value: Any, field: Field) -> Any:
    """The same value with a hostile text in each place of a field that holds one."""
    if attrs.has(type(value)):
        changes = {}
        for each in attrs.fields(type(value)):
            got = getattr(value, each.name)
            if not each.init:
                continue
            if (type(value), each.name) == field and got is not None:
                changes[each.alias] = HOSTILE if type(got) is str else tuple(HOSTILE for _ in got)
            elif (new := put(got, field)) is not got:
                changes[each.alias] = new
        return attrs.evolve(value, **changes) if changes else value
    if type(value) is tuple:
        made = tuple(put(one, field) for one in value)
        return made if any(new is not old for new, old in zip(made, value, strict=True)) else value
    return value


def report_of(name: str) -> PlanReport:
    """A report with what the twelve lack: a name of the case and a change of the plan with its reason."""
    report = twelve(name)
    plan = report.plan
    assert plan is not None
    event = Event(plan.first_day, Pause(plan.first_day, plan.first_day), "flu")
    return attrs.evolve(report, case_id="a case", plan=attrs.evolve(plan, events=(event,)))


REPORTS = ("beside another medicine", "trial")
FIELDS: tuple[tuple[str, Field], ...] = tuple(
    (name, each)
    for name in REPORTS
    for each in sorted(set(fields_of(report_of(name))), key=lambda one: (one[0].__name__, one[1]))
    if (each[0].__name__, each[1]) not in NOT_FREE
)
NAMES = [f"{name}-{whose.__name__}.{field}" for name, (whose, field) in FIELDS]


def test_the_fields_that_people_fill_in_are_among_those_tried():
    found = set(NAMES)
    for id_ in (
        "trial-Trial.goal",
        "trial-Measure.name",
        "trial-Request.indication",
        "trial-PlanReport.case_id",
        "beside another medicine-Stated.reason",
        "beside another medicine-Track.written",
        "beside another medicine-Item.product",
        "beside another medicine-PlannedFill.sig",
        "beside another medicine-Event.why",
    ):
        assert id_ in found, (id_, sorted(found))


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=NAMES)
def test_a_hostile_text_in_any_field_stays_text_on_each_page(name, field):
    report = put(report_of(name), field)
    for write in (card_html.page, clinician_page, pharmacy_page):
        page = write(report)
        assert "<script" not in page
        assert "</td>&lt;" not in page
        assert not re.search("[\u202a-\u202e\u2066-\u2069\\x00]", page)


@pytest.mark.parametrize("name", REPORTS)
def test_hostile_texts_in_all_fields_stay_text_on_paper(name):
    report = report_of(name)
    for whose, field in FIELDS:
        # the words of rules are held together by the rules themselves
        if whose == name and not field[0].__module__.startswith("medsteward.interactions"):
            report = put(report, field)
    for write in (card_pdf.document, clinician_document, pharmacy_document):
        shown = " ".join(pages(write(report)))
        assert "<script>" in shown
        assert not re.search("[\u202a-\u202e\u2066-\u2069\\x00]", shown)
