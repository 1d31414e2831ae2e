"""A plan as text, markdown, rows and a note, and what a revision changed; any words in it are shown safely."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from fractions import Fraction

import jsonschema
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given

from medsteward.advice.plan.report import Checkpoint, PlanReport, Support
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.problem import Caution
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit
from medsteward.schedules.changes import ChangeKind, step_changes
from medsteward.schedules.dates import Interval
from medsteward.schedules.event import Event, Pause
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Course, NeedsChoice, Plan, ReachesTarget, Request
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, StepCeiling
from medsteward.schedules.step import DrugDay, Item, Step, StepKind, TimedDose
from medsteward.schedules.supply import Supply, Track
from medsteward.schemas import schema_text
from medsteward.writers.plan import changes as plan_changes
from medsteward.writers.plan import note as plan_note
from medsteward.writers.plan import table as plan_table
from medsteward.writers.plan.document import document
from medsteward.writers.shared.json_text import pretty
from tests.counts import examples
from tests.property.plans import reports

PLAN_SCHEMA = json.loads(schema_text("plan"))
CHANGES_SCHEMA = json.loads(schema_text("plan_changes"))
START = date(2027, 1, 4)
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
    sources=(Source("A source", "page 1", 2022, None, Standing.VERIFIED),),
    classes=frozenset({DrugClass.OPIOID_FULL_AGONIST}),
)
TABLET = "morphine sulfate ER 15 mg tablet"


def step(number, count, *, days=28, first_day=None, percent=Fraction(100, 11), forced=False):
    """A step of tablets in the morning."""
    first_day = first_day or START + timedelta(days=28 * (number - 1))
    item = Item(TABLET, Amount(Fraction(15), Unit.MG), Unit.TABLET, Fraction(count))
    taken = Amount(Fraction(15 * count), Unit.MG)
    return Step(
        number=number,
        kind=StepKind.REDUCE if count else StepKind.STOP,
        first_day=first_day,
        last_day=first_day + timedelta(days=days - 1),
        doses=(TimedDose("morphine", Moment.MORNING, taken, (item,)),) if count else (),
        daily=(DrugDay("morphine", Amount(taken.value, Unit.MG_PER_D)),),
        total=Amount(taken.value, Unit.MG_PER_D),
        mme=Amount(taken.value, Unit.MME_PER_D),
        asked=Fraction(18),
        asked_percent=Fraction(10),
        basis="current",
        percent_of_current=percent,
        percent_of_original=Fraction(25, 3),
        ceiling=Fraction(10),
        forced=forced,
        why_forced="no smaller step can be dispensed" if forced else "",
    )


TRACK = Track(
    drug="morphine",
    drug_class=DrugClass.OPIOID_FULL_AGONIST,
    route="oral",
    form="tablet",
    release="ER",
    unit=Unit.MG,
    doses=((Moment.MORNING, Fraction(60)),),
    supplies=(Supply(TABLET, Fraction(15), Unit.TABLET),),
)
REQUEST = Request(START, (Course(POLICY, (TRACK,), Unit.MG_PER_D),), table="cdc_2022", indication="chronic pain")


def plan(*steps, outcome=None, events=()):
    ends = outcome or ReachesTarget()
    return Plan(REQUEST, steps, ends, steps, ends, events=events)


STEPS = (step(1, 3), step(2, 2, forced=True), step(3, 0, days=1))
REPORT = PlanReport(
    kind="taper",
    case_id="a",
    as_of=date(2027, 2, 3),
    plan=plan(*STEPS),
    checkpoints=(
        Checkpoint("review", date(2027, 1, 25), date(2027, 1, 31), "Talk about the first step."),
        Checkpoint("review", date(2027, 2, 20), date(2027, 2, 28), "Talk about the second step."),
    ),
    supports=tuple(Support("sleep", f"Offer help number {n}.") for n in range(5)),
)


def test_text_puts_the_end_first_and_marks_what_is_forced_and_in_force():
    text = plan_table.text(REPORT)
    lines = text.splitlines()
    assert lines[0] == "Taper: case a, 3 steps from 2027-01-04 to 2027-03-01, then stops"
    assert lines[1] == "Step 2 is larger than the limit of 10 %"
    rows = {line.split()[0]: line for line in lines if line.strip()[:1].isdigit()}
    assert "9.1" in rows["1"]
    assert "8.3" in rows["1"]
    assert "10 % of" in rows["1"]
    assert rows["2"].endswith("forced,")
    assert lines[lines.index(rows["2"]) + 1].endswith("in force")
    assert not rows["1"].endswith("in force")
    assert rows["3"].endswith("stop")
    said = " ".join(text.split())
    assert "step 1, 2027-01-04 to 2027-01-31: morphine: Take 3 tablets of 15 mg (45 mg) in the morning" in said
    assert "no smaller step can be dispensed" in text


@pytest.mark.parametrize("write", [plan_table.text, plan_table.markdown_text, plan_note.note])
def test_every_page_is_marked_when_the_ceiling_is_raised(write):
    mark = "Ceiling raised: 20 % where the policy has 10 %"
    raised = evolve(REPORT, cautions=(Caution("TAPER-122", "20 %; reason: short stay", mark=mark),))
    assert mark in write(raised)
    assert "Ceiling raised" not in write(REPORT)


def test_marks_are_those_of_the_cautions_in_the_order_of_their_codes():
    cautions = (
        Caution("TAPER-129", "a step is large", mark="too large"),
        Caution("TAPER-120", "begins late"),
        Caution("TAPER-113", "a day without it", mark="urgent"),
    )
    found = plan_table.marks(evolve(REPORT, cautions=cautions))
    assert [each for each in found if each in ("too large", "urgent", "")] == ["urgent", "too large"]


def test_the_note_speaks_of_what_is_to_come():
    note = plan_note.note(REPORT)
    assert "2. 2027-02-01 to 2027-02-28: morphine 30 mg/d (9.1 % of current), forced <- in force" in note
    assert "Next: 2027-02-20 to 2027-02-28" in note
    assert "first step" not in note
    assert "and 2 more to offer, in the full plan" in note


def test_a_long_plan_is_cut_in_the_middle_and_says_so():
    many = tuple(step(n, 40 - n) for n in range(1, 31))
    note = plan_note.note(evolve(REPORT, plan=plan(*many)))
    assert "(15 steps between are in the full plan)" in note
    assert "\n30. " in note


def test_rows_hold_count_and_amount():
    rows = list(csv.DictReader(io.StringIO(plan_table.csv_rows(REPORT))))
    assert [(row["step"], row["count"], row["amount"], row["forced"]) for row in rows] == [
        ("1", "3", "45", "no"),
        ("2", "2", "30", "yes"),
        ("3", "", "", "no"),
    ]


@pytest.mark.parametrize("write", [plan_table.text, plan_note.note, plan_table.markdown_text])
def test_the_lines_at_the_top_are_shown_safely_too(write):
    """The reason of a choice, a raised ceiling and the names of sources once went to the terminal as they were."""
    bad = "a\x1b[31m\u202e<b>"
    stuck = plan(*STEPS, outcome=NeedsChoice(bad))
    page = write(evolve(REPORT, plan=stuck, faster_than=(bad,), cautions=(Caution("TAPER-122", bad),), case_id=bad))
    assert all(c.isprintable() or c == "\n" for c in page)
    assert page.count("[31m") + page.count("\\[31m") >= 3


hostile = examples(25, suppress_health_check=list(HealthCheck))


@hostile
@given(reports())
def test_no_words_in_a_plan_can_steer_a_terminal_a_spreadsheet_or_a_page(report):
    for page in (plan_table.text(report), plan_note.note(report), plan_table.markdown_text(report)):
        assert all(c.isprintable() or c == "\n" for c in page)
    for row in csv.reader(io.StringIO(plan_table.csv_rows(report, with_header=False))):
        assert len(row) == len(plan_table.CSV_HEADER)
        assert not [value for value in row if value.lstrip().startswith(("=", "+", "-", "@"))]


@hostile
@given(reports())
def test_every_document_holds_to_its_schema(report):
    found = json.loads(pretty(document(report)))
    jsonschema.validate(found, PLAN_SCHEMA)
    # the schema knows every key of a step, so none is added or renamed unseen
    steps = PLAN_SCHEMA["properties"]["steps"]["items"]["properties"]
    assert all(set(each) == set(steps) for each in found["steps"])
    assert set(found) <= set(PLAN_SCHEMA["properties"])


# What a revision changed.

PAUSE = Event(date(2027, 1, 20), Pause(date(2027, 1, 21), date(2027, 1, 30)), "travel")


def test_a_pause_lengthens_one_step_and_moves_the_rest():
    now = plan(
        step(1, 3, days=38),
        step(2, 2, first_day=date(2027, 2, 11), forced=True),
        step(3, 0, days=1, first_day=date(2027, 3, 11)),
        events=(PAUSE,),
    )
    before = plan(*STEPS)
    assert [(each.number, each.kind.value) for each in step_changes(before, now)] == [
        (1, "longer"),
        (2, "moved"),
        (3, "moved"),
    ]
    assert plan_changes.text(before, now) == (
        "2027-01-20: paused from 2027-01-21 to 2027-01-30 (travel)\n"
        "  step 1: lasts 38 days instead of 28, until 2027-02-10\n"
        "  step 2: moves from 2027-02-01 to 2027-02-11\n"
        "  step 3: moves from 2027-03-01 to 2027-03-11\n"
    )
    found = plan_changes.document(before, now, case_id="a", as_of=START)
    jsonschema.validate(found, CHANGES_SCHEMA)
    assert found["event"]["what"] == {"kind": "pause", "first": "2027-01-21", "last": "2027-01-30"}
    assert found["changes"][0]["before"]["days"] == 28
    assert found["changes"][0]["after"]["days"] == 38


def test_doses_steps_that_go_and_steps_that_come():
    before = plan(*STEPS)
    now = plan(STEPS[0], step(2, 1), outcome=NeedsChoice("no smaller step"), events=(PAUSE,))
    assert [(each.number, each.kind) for each in step_changes(before, now)] == [
        (2, ChangeKind.DOSE),
        (3, ChangeKind.REMOVED),
    ]
    assert [each.kind for each in step_changes(now, before)] == [ChangeKind.DOSE, ChangeKind.ADDED]
    text = plan_changes.text(before, now)
    assert "step 2: morphine 30 mg/d becomes morphine 15 mg/d" in text
    assert "step 3: no longer planned (was from 2027-03-01)" in text
    assert "how it ends: no smaller step" in text
    jsonschema.validate(plan_changes.document(before, now, case_id=None, as_of=START), CHANGES_SCHEMA)


def test_the_same_day_in_other_tablets_is_said_so():
    (dose,) = STEPS[0].doses
    other = evolve(STEPS[0], doses=(evolve(dose, time=Moment.BEDTIME),))
    now = plan(other, *STEPS[1:], events=(PAUSE,))
    assert "step 1: the same morphine 45 mg/d, taken in another way" in plan_changes.text(plan(*STEPS), now)


def test_a_plan_that_was_never_revised_says_so():
    same = plan(*STEPS)
    assert plan_changes.text(same, same) == "The plan was never revised.\n"
    found = plan_changes.document(same, same, case_id=None, as_of=START)
    jsonschema.validate(found, CHANGES_SCHEMA)
    assert found["event"] is None
    assert found["changes"] == []
