"""The words of a change: as people write them, and read alike by the command and by the page."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.cli.plan_changes import OPTIONS
from medsteward.page.plan import BY_FIELDS, CHANGES
from medsteward.readers.plan.words import dispense_of, form_of, missed_of, pause_of, present_of
from medsteward.schedules.event import NotTaken, Pause
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.supply import OtherForm

FIRST, LAST = date(2027, 3, 15), date(2027, 3, 16)
CASE = medsteward.case_of("morphine ER 60 mg tablet, 1 tablet every 12 hours", as_of=date(2027, 1, 4))
PLAN = taper(
    CASE, TaperOptions(date(2027, 1, 4), when_stuck=WhenStuck.SMALLEST_STEP), table=medsteward.factor_table("cdc_2022")
).plan


@pytest.mark.parametrize(
    "text",
    [
        "2027-03-15..2027-03-16",
        "2027-03-15 .. 2027-03-16",
        "2027-03-15...2027-03-16",
        "2027-03-15 to 2027-03-16",
        "2027-03-15 - 2027-03-16",
        "2027-03-15-2027-03-16",
        "2027-03-15\u20132027-03-16",
        "2027-03-15 through 2027-03-16",
    ],
)
def test_days_are_written_from_the_first_to_the_last_in_several_ways(text):
    assert pause_of(text) == Pause(FIRST, LAST)
    assert missed_of(text) == NotTaken(FIRST, LAST)


def test_one_day_is_a_pause_and_a_missed_day():
    assert pause_of("2027-03-15") == Pause(FIRST, FIRST)
    assert missed_of("2027-03-15") == NotTaken(FIRST, FIRST)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/15/2027..03/16/2027", "write it as 2027-03-15"),
        ("3/4/2027..3/9/2027", "can be read two ways; write 2027-03-04 or 2027-04-03"),
        ("2027-03-15..", "is not a pause"),
        ("..", "is not a pause"),
        ("next week", "is not a pause; write it as 2027-03-15..2027-04-04"),
        ("2027-02-29..2027-03-01", "is not a day"),
    ],
)
def test_days_that_are_not_clear_are_asked_about(text, said):
    with pytest.raises(ValueError, match=said):
        pause_of(text)


def test_a_slip_in_the_name_of_a_drug_is_answered_with_the_name():
    with pytest.raises(ValueError, match="did you mean oxycodone"):
        present_of("oxicodone=30 mg")


def test_what_was_stolen_is_lost():
    assert dispense_of("2027-03-15=7:stolen") == dispense_of("2027-03-15=7:lost") == (FIRST, 7, "lost")


@pytest.mark.parametrize("text", ["IR solution", "IR liquid", "IR oral solution", "IR solutions"])
def test_a_liquid_is_a_solution(text):
    assert form_of(text) == OtherForm("solution", "IR")


WORDS = {
    "pause": "2027-03-15..2027-03-16",
    "slow": "5%/8w",
    "hold": "2",
    "resume": "2027-03-15",
    "set": "3=morphine ER=75 mg/d",
    "skip": "3",
    "insert": "3=morphine ER=75 mg/d",
    "taken": "2027-03-15=0",
    "missed": "2027-03-15..2027-03-16",
    "end": "2027-03-15",
    "reverse": "yes",
    "undo": "yes",
}


@pytest.mark.parametrize("name", WORDS)
def test_the_page_reads_a_change_as_the_command_does(name):
    assert PLAN is not None
    option = next(each for each in OPTIONS if each.name.removeprefix("--").split("-")[0] == name)
    value = True if option.kind is None else option.kind.convert(WORDS[name], None, None)
    assert option.made(value, PLAN, "why") == CHANGES[name](WORDS[name])(PLAN)


def test_the_page_has_every_change_of_the_command():
    ours = {each.name.removeprefix("--").split("-")[0] for each in OPTIONS} | {"replan", "present"}
    assert ours == set(CHANGES) | set(BY_FIELDS)
    assert set(WORDS) == set(CHANGES)


def test_a_day_is_written_in_one_way_on_the_page_too():
    for text in ("20270315", "2027-W11-1"):
        with pytest.raises(ValueError, match="write it as"):
            CHANGES["end"](text)


def test_the_amount_of_a_day_is_an_exact_number():
    assert PLAN is not None
    taken = CHANGES["taken"]("2027-03-15=7.5")(PLAN)
    assert taken.amount == Fraction(15, 2)  # type: ignore[union-attr]
