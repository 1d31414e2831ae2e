"""The pages that say how to add a scale and a taper policy, followed on a copy."""

from __future__ import annotations

import pytest

from tests.how_to import ROOT, copy_of_the_package, follow, run

SCALE, POLICY = "how_to_add_a_scale.md", "how_to_add_a_policy.md"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_the_package(tmp_path_factory.mktemp("copy"))
    (folder / "data").symlink_to(ROOT / "data")
    assert follow(SCALE, folder) == ["medsteward/scales/places.py", "medsteward/scales/declared.py"]
    assert follow(POLICY, folder) == ["medsteward/schedules/policies/exits.py"]
    return folder


def said(folder, program: str) -> list[str]:
    done = run(folder, program)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_scale_of_the_page_is_scored_and_a_value_that_it_does_not_have_is_refused(copy):
    program = (
        "from medsteward.scales.score import score\n"
        "for nights in (0, 2, 3, 5, 7):\n    print(score('good nights', {'nights': nights}).band)\n"
        "print(*[p.text for p in score('good-nights', {'nights': 8}).problems])\n"
        "print(score('good-nights', {'nights': 8}).total)"
    )
    *bands, refused, total = said(copy, program)
    assert bands == ["few", "few", "some", "some", "most"]
    assert "nights" in refused
    assert "0 to 7" in refused
    assert total == "None"


PLANNED = """
from datetime import date
import medsteward
from medsteward.advice.taper.plan import TaperOptions, taper
case = medsteward.case_of(
    "pregabalin 75 mg capsule, 1 capsule twice daily",
    as_of=date(2027, 1, 4),
    patient={"age": 60, "indication": "chronic pain"CONDITION},
)
found = taper(case, TaperOptions(start=date(2027, 1, 11), policy=POLICY), table=medsteward.factor_table("cdc_2022"))
print(*[each.code for each in found.problems])
if found.plan is not None:
    print(*[f"{step.first_day}:{step.total.value}" for step in found.plan.steps[:3]])
"""


def planned(folder, policy, condition=""):
    return said(folder, PLANNED.replace("POLICY", policy).replace("CONDITION", condition))


def test_the_policy_of_the_page_paces_a_plan_and_the_usual_one_stays_usual(copy):
    assert planned(copy, "'pregabalin_slow_exit'")[1] == "2027-01-11:125 2027-01-25:100 2027-02-08:75"
    assert planned(copy, "None")[1].startswith("2027-01-11:75")
    assert planned(copy, "None")[1] == planned(copy, "'gabapentinoid_exit'")[1]


def test_a_condition_that_the_policy_is_not_for_is_asked_about(copy):
    assert planned(copy, "'pregabalin_slow_exit'", ", 'conditions': ['seizure disorder']")[0] == "TAPER-035"


def test_the_policy_of_the_page_keeps_its_laws(copy):
    program = (
        "from medsteward.schedules.policies import POLICIES, policies_for\n"
        "from medsteward.model.drug import DrugClass\n"
        "print(*[each.id for each in policies_for('pregabalin', DrugClass.GABAPENTINOID)])\n"
        "print(POLICIES['pregabalin_slow_exit'].standing.value)"
    )
    assert said(copy, program) == ["gabapentinoid_exit pregabalin_slow_exit", "ours"]
