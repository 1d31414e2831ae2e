"""What a plan file says when it is not one, or not as it was saved: one clear problem, and nothing is read."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.advice.plan.report import PlanReport
from medsteward.errors import UnreadableInput
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit
from medsteward.readers.plan.document import read_plan
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Event, Pause
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Course, NeedsChoice, Plan, Request
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, StepCeiling
from medsteward.schedules.saved import MAX_BYTES, digest
from medsteward.schedules.step import DrugDay, Item, Step, StepKind, TimedDose
from medsteward.schedules.supply import Supply, Track
from medsteward.writers.plan.document import document
from medsteward.writers.shared.json_text import pretty

SOURCE = Source("A source", "page 1", 2022, None, Standing.VERIFIED)
POLICY = Policy(
    id="a_policy",
    title="A policy",
    year=2022,
    phases=(Phase(Fraction(1), Interval(days=28), percent=Fraction(10), basis=Basis.CURRENT),),
    ceiling=StepCeiling(percent=Fraction(10)),
    pauses="",
    bottom="",
    follow_up=FollowUp("weekly"),
    for_whom=(),
    not_for=(),
    sources=(SOURCE,),
    classes=frozenset({DrugClass.OPIOID_FULL_AGONIST}),
)
PATCH = Track(
    drug="fentanyl",
    drug_class=DrugClass.OPIOID_FULL_AGONIST,
    route="transdermal",
    form="patch",
    release=None,
    unit=Unit.MCG_PER_H,
    doses=((Moment.WORN, Fraction(50)),),
    supplies=(Supply("fentanyl 37.5 mcg/h patch", Fraction(75, 2), Unit.PATCH),),
    wear_days=3,
)


def step(number, first_day, amount):
    """A step of 28 days with one patch."""
    item = Item("fentanyl 37.5 mcg/h patch", Amount(amount, Unit.MCG_PER_H), Unit.PATCH, Fraction(1))
    return Step(
        number=number,
        kind=StepKind.REDUCE,
        first_day=first_day,
        last_day=first_day + timedelta(days=27),
        doses=(TimedDose("fentanyl", Moment.WORN, item.strength, (item,)),),
        daily=(DrugDay("fentanyl", item.strength),),
        total=item.strength,
        percent_of_current=Fraction(100, 11),
        ceiling=Fraction(10),
    )


STEPS = (step(1, date(2027, 1, 4), Fraction(75, 2)), step(2, date(2027, 2, 1), Fraction(75, 2)))
PLAN = Plan(
    request=Request(
        start=date(2027, 1, 4),
        courses=(Course(POLICY, (PATCH,), Unit.MCG_PER_H),),
        table="cdc_2022",
        indication="chronic pain",
    ),
    base=STEPS,
    base_outcome=NeedsChoice("a reason"),
    steps=STEPS,
    outcome=NeedsChoice("a reason"),
    events=(Event(date(2027, 1, 20), Pause(date(2027, 1, 21), date(2027, 1, 30)), "travel"),),
)
REPORT = PlanReport(kind="taper", case_id="a", as_of=date(2027, 1, 4), plan=PLAN)


@pytest.fixture
def table():
    return json.loads(pretty(document(REPORT)))


def read(table, *, mended=False):
    if mended:
        table["digest"] = digest(table)
    return read_plan(json.dumps(table).encode(), "plan.json")


def test_exact_numbers_stand_in_the_base_and_decimals_in_the_steps(table):
    assert table["base"]["steps"][0]["percent_of_current"] == "100/11"
    assert table["steps"][0]["percent_of_current"] == 9.090909
    assert table["steps"][0]["doses"][0]["items"][0]["strength"] == 37.5
    assert table["steps"][0]["directions"] == [
        {"drug": "fentanyl", "release": None, "sig": "Apply 1 patch (37.5 mcg/h); change every 72 hours"}
    ]
    assert table["events"] == [
        {
            "on": "2027-01-20",
            "what": {"kind": "pause", "first": "2027-01-21", "last": "2027-01-30"},
            "why": "travel",
        }
    ]


def test_a_plan_comes_back(table):
    found, problems = read(table)
    assert problems == ()
    assert found is not None
    assert found.plan == PLAN


def test_a_plan_without_a_step_comes_back():
    """No product allows even the first step: there is still a plan file to keep and to choose from."""
    none = evolve(REPORT, plan=evolve(PLAN, base=(), steps=()))
    found, problems = read_plan(pretty(document(none)).encode(), "plan.json")
    assert problems == ()
    assert found is not None
    assert found.plan == none.plan


def test_a_newer_file_is_not_read(table):
    table["schema"] = "medsteward.plan/2"
    found, (problem,) = read(table)
    assert found is None
    assert problem.code == "PLAN-001"
    assert problem.exit_code == 3
    assert "medsteward.plan/2" in problem.text
    assert "install" in problem.text


def test_a_file_changed_by_hand_is_not_read(table):
    table["base"]["steps"][0]["doses"][0]["items"][0]["count"] = 2
    found, (problem,) = read(table)
    assert found is None
    assert problem.code == "PLAN-002"
    assert "changed after it was saved" in problem.text


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table["steps"][0]["doses"][0]["items"][0].update(count=2),
        lambda table: table["steps"][1].update(last_day="2027-03-07"),
        lambda table: table["steps"].pop(),
        lambda table: table["outcome"].update(kind="reaches_target"),
        lambda table: table["fills"].append({"quantity": 500}),
    ],
)
def test_a_dose_a_day_or_a_quantity_changed_by_hand_is_not_passed_over(table, change):
    """What is shown is made anew from the base; the edit would otherwise be lost without a word."""
    change(table)
    assert read(table)[1][0].code == "PLAN-002"


def test_a_change_far_behind_the_point_is_noticed(table):
    text = json.dumps(table).replace('"value": 37.5', '"value": 37.5000000000000000001')
    assert read_plan(text.encode(), "plan.json")[1][0].code == "PLAN-002"


def without(path):
    def change(table):
        for key in path[:-1]:
            table = table[key]
        del table[path[-1]]

    return change


def put(path, value):
    def change(table):
        for key in path[:-1]:
            table = table[key]
        table[path[-1]] = value

    return change


REQUEST = ("base", "request")
STEP = ("base", "steps", 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without(("digest",)), "digest is missing"),
        (without(("kind",)), "kind is missing"),
        (put(("kind",), "cure"), "kind is taper or trial"),
        (put(("base",), None), "a refusal, which holds no plan"),
        (put(("base",), []), "base is an object"),
        (put(("base", "more"), 1), "base is an object with request, steps and outcome"),
        (without((*REQUEST, "start")), "base.request.start is missing"),
        (put((*REQUEST, "start"), "2027-02-30"), "base.request.start is a day"),
        (put((*REQUEST, "start"), "0001-01-01"), "from 1900 to 2300"),
        (put((*REQUEST, "courses"), {}), "base.request.courses is a list"),
        (put((*REQUEST, "courses"), []), "base.request cannot be"),
        (put((*REQUEST, "later"), 1), "base.request.later is not a key that belongs there"),
        (put((*REQUEST, "mark"), "1/0"), "base.request.mark is a number"),
        (put((*REQUEST, "mark"), -1), "base.request.mark is a number that is not negative"),
        (put((*REQUEST, "mark"), True), "base.request.mark is a number"),
        (put((*REQUEST, "split"), 1), "base.request.split is true or false"),
        (put((*REQUEST, "weekday"), 1.5), "base.request.weekday is a whole number"),
        (put((*REQUEST, "weekday"), 10**9), "from 0 to 3,660"),
        (put((*REQUEST, "when_stuck"), "hope"), "is one of ask, smallest-step"),
        (put((*REQUEST, "reason"), 5), "base.request.reason is text"),
        (put((*REQUEST, "reason"), "x" * 5000), "5,000 characters"),
        (put((*REQUEST, "courses", 0, "tracks", 0, "doses", 0), ["worn"]), "is a list of 2"),
        (put((*REQUEST, "courses", 0, "policy", "phases", 0, "percent"), 101), "a percentage is more than 0"),
        (put((*REQUEST, "courses", 0, "tracks", 0, "wear_days"), None), "without its days of wear"),
        (put((*STEP, "course"), 1), "base.steps[1].course is that of a course of the request"),
        (put((*STEP, "number"), 3), "steps are numbered from 1"),
        (put((*STEP, "last_day"), "2027-01-31"), "is not before the first day"),
        (put((*STEP, "first_day"), "2027-02-02"), "is the day after the step before it"),
        (put((*STEP, "total", "unit"), "spoons"), "is a word that is not known there"),
        (put(("base", "outcome", "kind"), "pause"), "base.outcome.kind is one of reaches_target, needs_choice"),
        (put(("base", "outcome"), []), "base.outcome is an object"),
        (put(("events",), None), "events is a list"),
        (put(("events", 0, "what", "kind"), []), "events[0].what.kind is one of pause, slow_to"),
        (put(("events", 0, "what", "last"), "2027-01-01"), "a pause runs from its first day to its last"),
        (put(("id",), 5), "id is text"),
        (put(("as_of",), None), "as_of is a day"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(table, change, said):
    change(table)
    found, (problem,) = read(table, mended="digest" in table)
    assert found is None
    assert problem.code == "PLAN-003"
    assert said in problem.text
    assert "written by medsteward" in problem.text
    assert "\n" not in problem.text
    assert len(problem.text) < 400


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"not json", "this is not a saved plan; a plan is saved with --save plan.json"),
        (b"step,drug\n", "this is not a saved plan"),
        (b"{not json", "not JSON at line 1"),
        (b"[]", "it is not a plan"),
        (b"5", "this is not a saved plan"),
        (b"{}", "it is not a plan"),
        (b'{"schema": 5}', "it is not a plan"),
        (b'{"schema": "medsteward.mme/1"}', "this is an answer of medsteward, not a saved plan"),
        (b'{"schema": "medsteward.plan/0"}', "not a plan"),
        (b'{"schema": "medsteward.plan/1", "x": NaN}', "NaN is not a number JSON knows"),
        (b'{"schema": "medsteward.plan/1", "x": Infinity}', "Infinity"),
        (b'{"schema": "medsteward.plan/1", "schema": "medsteward.plan/1"}', "given twice"),
        (b'{"schema": "medsteward.plan/1", "x": ' + b"9" * 5000 + b"}", "a number without end"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\xff\xfe{\x00", "UTF-16"),
        (b'{"schema": "\xe9"}', "not UTF-8"),
        (b" " * (MAX_BYTES + 1), "at most 32,000,000 bytes"),
    ],
)
def test_what_is_no_plan_file_is_refused(data, said):
    with pytest.raises(UnreadableInput, match=r"^plan\.json: ") as caught:
        read_plan(data, "plan.json")
    assert said in str(caught.value)


@pytest.mark.parametrize("depth", [700, 950, 3000])
def test_brackets_in_brackets_are_refused_at_any_depth(table, depth):
    """The parser takes more of them than what looks at its result afterwards."""
    text = json.dumps(table | {"steps": "HERE"}).replace('"HERE"', "[" * depth + "]" * depth)
    with pytest.raises(UnreadableInput, match="nested too deeply"):
        read_plan(text.encode(), "plan.json")


def test_a_number_with_a_huge_exponent_costs_nothing(table):
    text = json.dumps(table).replace('"mark": 0.1', '"mark": 1e99999999')
    assert read_plan(text.encode(), "plan.json")[1][0].code == "PLAN-002"


def test_a_file_of_windows_is_read(table):
    data = "\ufeff" + json.dumps(table, indent=2).replace("\n", "\r\n")
    found, problems = read_plan(data.encode(), "plan.json")
    assert problems == ()
    assert found is not None
    assert found.plan == PLAN


def test_a_refusal_is_a_document_without_figures():
    refused = document(PlanReport(kind="taper", case_id=None, as_of=date(2027, 1, 4), plan=None))
    assert refused["steps"] == []
    assert [refused[key] for key in ("base", "policy", "outcome", "digest", "table")] == [None] * 5
