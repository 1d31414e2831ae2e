"""The pages for clinician and pharmacy: all of the plan, what is dispensed, and text that stays text."""

from __future__ import annotations

import re
from html import unescape

import pytest
from attrs import evolve

from medsteward.errors import NothingToPrint
from medsteward.writers.plan_html import clinician_page, pharmacy_page
from tests.unit.test_card import MADE, hostile, plan_of

both = pytest.mark.parametrize("page", [clinician_page, pharmacy_page])


def test_the_clinician_sees_each_step_and_the_pharmacy_each_fill():
    text = unescape(clinician_page(MADE["opioids"]))
    for step in plan_of("opioids").steps:
        assert f'<th scope="row">{step.number}</th><td>{step.first_day}</td>' in text
    text = unescape(pharmacy_page(MADE["opioids"]))
    fills = plan_of("opioids").fills
    assert text.count('<th scope="row">') == len(fills)
    for fill in fills:
        assert fill.sig in text
        assert f"<td>{fill.product}</td>" in text


@both
def test_marks_stand_on_every_page(page):
    made = page(evolve(MADE["opioids"], faster_than=("a source",)))
    assert len(re.findall("Faster than: a source", made)) == 2
    assert "position: fixed" in made


@both
def test_hostile_text_stays_text(page):
    made = page(hostile(MADE["patch"]))
    assert "<script" not in made
    assert "\u202e" not in made
    assert "\x00" not in made
    assert made == page(hostile(MADE["patch"]))


def test_without_a_plan_the_problems_are_shown_to_the_clinician_only():
    empty = evolve(MADE["patch"], plan=None)
    assert "nothing is planned" in clinician_page(empty)
    with pytest.raises(NothingToPrint):
        pharmacy_page(empty)
