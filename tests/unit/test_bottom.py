"""What a plan does near its bottom: small volumes, times that are left for good, holds, and gentler ways."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

import medsteward
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.schedules.drafting import A_DOSE_RISES
from medsteward.schedules.moment import moment_named
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.step import StepKind

START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def report(*lines, conditions=("insomnia",), **options):
    facts = {"age": 58, "indication": "chronic pain", "conditions": conditions}
    case = medsteward.case_of(*lines, as_of=START, patient=facts)
    asked = {"start": START, "when_stuck": WhenStuck.SMALLEST_STEP, **options}
    return taper(case, TaperOptions(**asked), table=CDC)


def lowered(found):
    """The steps that lower the dose to another one."""
    return [step for step in found.plan.steps if step.kind is StepKind.REDUCE]


LIQUIDS = [
    "diazepam 5 mg/5 mL solution, 10 mL twice daily",
    "diazepam 5 mg/5 mL solution, 2 mL twice daily",
    "diazepam 5 mg/mL solution, 1 mL three times daily",
    "oxycodone 5 mg/5 mL solution, 10 mL every 6 hours",
    "morphine 10 mg/5 mL solution, 5 mL every 4 hours",
    "hydromorphone 1 mg/mL solution, 2 mL every 6 hours",
    "clobazam 2.5 mg/mL suspension, 4 mL twice daily",
]


# a concentrate in marks of 0.1 mL makes larger steps in the end
@pytest.mark.parametrize("line", [line for line in LIQUIDS if "5 mg/mL" not in line])
@pytest.mark.parametrize("ceiling", [10, 25])
def test_no_step_of_a_liquid_is_larger_than_its_marks_ask_for(line, ceiling):
    found = report(line, ceiling=Fraction(ceiling), reason="asked for")
    assert lowered(found)
    assert all(step.percent_of_current <= 10 for step in lowered(found))
    assert not any(caution.code == "TAPER-129" for caution in found.cautions)


@pytest.mark.parametrize("line", LIQUIDS)
def test_volumes_of_a_day_lie_next_to_one_another_on_the_syringe_and_the_last_is_the_largest(line):
    for step in lowered(report(line)):
        volumes = [item.count for dose in step.doses for item in dose.items]
        assert max(volumes) - min(volumes) <= Fraction(1, 2)
        amounts = {dose.time.value: dose.amount.value for dose in step.doses}
        assert max(amounts.values()) == amounts.get("bedtime", amounts.get("evening"))


def test_of_two_days_that_keep_the_pace_the_one_with_even_doses_is_taken():
    volumes = [
        {item.count for dose in step.doses for item in dose.items}
        for step in lowered(report("diazepam 5 mg/5 mL solution, 2.4 mL twice daily"))
    ]
    assert volumes[0] == {Fraction(11, 5)}  # 8.3 %, while 2.2 and 2.4 mL would be 4.2 %


def test_where_every_step_is_beyond_the_pace_of_the_source_the_nearest_is_taken():
    # 10 % at most by the source, 25 % by the ceiling: tablets of 2 mg make 12.5 %, 14.3 %, 16.7 % ...
    found = report("diazepam 2 mg tablet, 2 tablets four times daily")
    for before, after in pairwise([Fraction(16), *(step.total.value for step in lowered(found))]):
        assert before - after <= 2


TIMES = [
    "morphine IR 30 mg tablet, 1 tablet every 6 hours",
    "morphine IR 15 mg tablet, 1 tablet every 4 hours",
    "hydromorphone IR 4 mg tablet, 1 tablet every 6 hours",
    "hydromorphone IR 2 mg tablet, 1 tablet every 4 hours",
    "tramadol IR 50 mg tablet, 2 tablets four times daily",
    "oxycodone IR 15 mg tablet, 1 tablet every 4 hours",
    "oxycodone/acetaminophen 5/325 mg tablet, 1 tablet every 4 hours",
    "codeine/acetaminophen 30/300 mg tablet, 1 tablet every 4 hours",
    "tapentadol IR 75 mg tablet, 1 tablet every 6 hours",
    "methadone 10 mg tablet, 1 tablet every 6 hours",
    "baclofen 20 mg tablet, 1 tablet four times daily",
    "pregabalin IR 75 mg capsule, 1 capsule three times daily",
    "gabapentin 300 mg capsule, 1 capsule four times daily",
    "alprazolam IR 1 mg tablet, 1 tablet four times daily",
]


@pytest.mark.parametrize("line", TIMES)
def test_a_time_of_the_day_that_was_left_does_not_come_back(line):
    for larger in (None, "morning"):
        options = {} if larger is None else {"larger": moment_named(larger)}
        steps = report(line, answers=(("oud", "no"),), **options).plan.steps
        assert steps
        for before, after in pairwise(steps):
            times = {dose.time for dose in before.doses}
            assert {dose.time for dose in after.doses} <= times or A_DOSE_RISES in after.notes


HELD = [
    ("oxycodone IR 5 mg tablet, 1 tablet every 6 hours", {}),
    ("morphine ER 30 mg tablet, 1 tablet every 8 hours", {}),
    ("clonazepam 1 mg tablet, 1 tablet twice daily", {}),
    ("lorazepam IR 1 mg tablet, 1 tablet three times daily", {}),
    ("tramadol IR 50 mg tablet, 1 tablet four times daily", {"policy": "va_slower"}),
    ("fentanyl 100 mcg/h patch every 3 days", {}),
    ("zolpidem IR 10 mg tablet, 1 tablet at bedtime", {}),
]


@pytest.mark.parametrize(("line", "options"), HELD)
def test_steps_beyond_the_ceiling_are_held_longer_to_the_last_one(line, options):
    found = report(line, **options)
    policy = found.plan.request.courses[0].policy
    # the last dose on fewer days is planned for, each step as long as any other
    forced = [step for step in lowered(found) if step.forced and not step.is_on_fewer_days]
    assert forced
    assert all(step.days >= 2 * policy.phases[0].every.least_days - 1 for step in forced)
    assert all(later.days >= earlier.days - 1 for earlier, later in pairwise(forced))


GENTLER = {
    "clonazepam 1 mg tablet, 1 tablet twice daily": ("halves", "orally disintegrating"),
    "clonazepam 0.5 mg tablet, 1 tablet twice daily": ("halves", "orally disintegrating"),
    "lorazepam 1 mg tablet, 1 tablet at bedtime": ("halves", "solution"),
    "lorazepam 0.5 mg tablet, 1 tablet twice daily": ("halves", "solution"),
    "alprazolam IR 0.25 mg tablet, 1 tablet three times daily": ("halves", "solution"),
    "diazepam 2 mg tablet, 1 tablet twice daily": ("halves", "solution"),
    "clobazam 10 mg tablet, 1 tablet twice daily": ("halves", "suspension"),
    "clorazepate 3.75 mg tablet, 1 tablet twice daily": ("halves",),
}


@pytest.mark.parametrize(("line", "ways"), GENTLER.items())
@pytest.mark.parametrize("when_stuck", list(WhenStuck))
def test_what_makes_smaller_steps_is_named_whether_or_not_the_plan_is_accepted(line, ways, when_stuck):
    named = [each.option for each in report(line, when_stuck=when_stuck).alternatives]
    for way in ways:
        assert any(way in option for option in named), (way, named)


def test_a_way_that_raises_the_ceiling_is_no_better_for_it():
    found = report("clonazepam 1 mg tablet, 1 tablet twice daily", when_stuck=WhenStuck.ASK)
    names = [each.option for each in found.alternatives]
    raised = next(name for name in names if name.startswith("steps of up to"))
    gentle = next(name for name in names if "orally disintegrating" in name)
    assert names.index(gentle) < names.index(raised)


@pytest.mark.parametrize(
    "line",
    [
        "gabapentin 300 mg capsule, 1 capsule at bedtime",
        "gabapentin 100 mg capsule, 1 capsule three times daily",
        "pregabalin IR 75 mg capsule, 1 capsule at bedtime",
    ],
)
def test_where_the_amount_of_a_policy_is_the_whole_dose_smaller_steps_are_a_way(line):
    found = report(line, when_stuck=WhenStuck.ASK)
    assert len(found.plan.steps) == 1
    (way,) = [each for each in found.alternatives if each.option.startswith("steps of 25 %")]
    assert way.steps > 1
    assert "--percent 25" in way.command


def test_where_the_last_dose_is_the_smallest_there_is_no_smaller_step_to_name():
    found = report("gabapentin 100 mg capsule, 1 capsule at bedtime", when_stuck=WhenStuck.ASK)
    assert not [each for each in found.alternatives if each.option.startswith("steps of 25 %")]
