"""What lines of one drug are called, and which dose belongs to which line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.naming import line_names, named
from tests.printed_plans import FENTANYL, MORPHINE, OXYCODONE, course, plan, track

OPIOID = DrugClass.OPIOID_FULL_AGONIST
TABLETS = track("morphine", OPIOID, (15, 15), ("15",))
LIQUID = track("morphine", OPIOID, (10, 10), ("2",), part=Fraction(1, 10), unit=Unit.ML, form="solution")
STRONG = track("morphine", OPIOID, (10, 10), ("20",), part=Fraction(1, 10), unit=Unit.ML, form="solution")
LOZENGE = track("fentanyl", OPIOID, (1,), ("1",), form="lozenge", unit=Unit.LOZENGE)


@pytest.mark.parametrize(
    ("tracks", "names"),
    [
        ((MORPHINE,), ("morphine",)),
        ((MORPHINE, OXYCODONE), ("morphine", "oxycodone")),
        ((MORPHINE, TABLETS), ("morphine ER", "morphine IR")),
        ((TABLETS, OXYCODONE, MORPHINE), ("morphine IR", "oxycodone", "morphine ER")),
        ((FENTANYL, LOZENGE), ("fentanyl patch", "fentanyl IR")),
        ((TABLETS, LIQUID), ("morphine IR tablet", "morphine IR solution")),
        ((LIQUID, STRONG), ("morphine IR solution 2 mg/mL", "morphine IR solution 20 mg/mL")),
        ((TABLETS, TABLETS), ("morphine IR tablet 15 mg (line 1)", "morphine IR tablet 15 mg (line 2)")),
    ],
)
def test_lines_of_one_drug_are_told_apart_by_as_little_as_does_it(tracks, names):
    assert line_names((course(*tracks),)) == (names,)


def test_lines_are_told_apart_across_the_courses_of_a_plan():
    assert line_names((course(MORPHINE), course(TABLETS))) == (("morphine ER",), ("morphine IR",))


def test_each_dose_of_a_plan_belongs_to_the_line_whose_products_it_is_made_of():
    made = plan(course(MORPHINE, TABLETS, total_unit=Unit.MG_PER_D))
    for step in made.steps:
        for dose in step.doses:
            assert all((" ER " in item.product) is (dose.name == "morphine ER") for item in dose.items)
        assert [day.name for day in step.daily] == ["morphine ER", "morphine IR"]
        assert [day.release for day in step.daily] == ["ER", "IR"]


def test_a_dose_without_products_belongs_to_the_line_taken_at_that_time():
    made = plan(course(MORPHINE, TABLETS, total_unit=Unit.MG_PER_D))
    step = made.steps[0]
    whole = next(dose for dose in step.doses if dose.name == "morphine IR")
    bare = evolve(step, doses=(evolve(whole, items=(), told="", release=None),))
    assert named((bare,), made.request)[0].doses[0].name == "morphine IR"
