"""The pages that say how to add a treatment and a trial, followed on a copy, and a figure changed in one place."""

from __future__ import annotations

import pytest

from tests.how_to import ROOT, copy_of_the_package, follow, run

TABLES, PAGES = ROOT / "data", ROOT / "docs"

TREATMENT, TRIAL = "how_to_add_a_treatment.md", "how_to_add_a_trial.md"
FIGURES, ANALGESICS = "medsteward/treatments/figures.py", "medsteward/treatments/declared/analgesics.py"
ASKED = """
from datetime import date
from fractions import Fraction
import medsteward
from medsteward.advice.pain.matching import for_pain
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.plan import trial
from medsteward.readers.case.table import read_case
from medsteward.schedules.trial import Measure
from medsteward.treatments.pain import PainKind
DAY = date(2027, 1, 4)
def case(*sigs, **patient):
    return read_case({"patient": patient, "medications": [{"sig": sig} for sig in sigs]}, as_of=DAY)
def option(id_, kind, of):
    return next(each for each in for_pain(kind, of).options if each.id == id_)
def tried(id_, of):
    options = TrialOptions(id_, DAY, "walk 20 minutes", (Measure("PEG", Fraction(7)),))
    return trial(of, options, table=medsteward.factor_table("cdc_2022"))
"""


def said(folder, program: str) -> list[str]:
    done = run(folder, ASKED + program)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def copy(tmp_path):
    folder = copy_of_the_package(tmp_path)
    (folder / "data").symlink_to(TABLES)
    return folder


def test_the_treatment_of_the_page_is_offered_in_its_place_and_held_against_the_rules(copy):
    assert follow(TREATMENT, copy) == [FIGURES, ANALGESICS]
    program = (
        "print(*(each.id for each in for_pain(PainKind.INFLAMMATORY, case(age=50)).options[:3]))\n"
        "found = option('meloxicam', PainKind.INFLAMMATORY, case(age=50))\n"
        "print(found.first_dose[0].text, found.ceiling[0].text, found.first_dose[0].source.standing.value, sep='; ')\n"
        "print(option('meloxicam', PainKind.INFLAMMATORY, case(age=50, conditions=['heart failure'])).blocked)\n"
        "found = option('meloxicam', PainKind.INFLAMMATORY, case('lithium 300 mg capsule daily', age=50))\n"
        "print(any(each.rules for each in found.against))"
    )
    assert said(copy, program) == [
        "oral-nsaid meloxicam topical-nsaid",
        "7.5 mg once daily; 15 mg/d; secondary",
        "True",
        "True",
    ]


def test_the_trial_of_the_page_is_planned_to_its_ceiling_and_end(copy):
    follow(TREATMENT, copy)
    assert follow(TRIAL, copy) == [ANALGESICS]
    program = (
        "found = tried('meloxicam', case(age=50))\n"
        "print(found.exit_code, [str(each.amount) for each in found.ceilings])\n"
        "print([(str(one.amount), one.time.value) for one in found.plan.steps[0].doses], found.plan.last_day)\n"
        "print(tried('meloxicam', case(age=50, conditions=['heart failure'])).exit_code)"
    )
    assert said(copy, program) == ["0 ['15 mg/d']", "[('7.5 mg', 'morning')] 2027-01-17", "5"]


def test_two_treatments_in_one_place_do_not_load(copy):
    follow(TREATMENT, copy)
    path = copy / ANALGESICS
    path.write_text(path.read_text("utf-8").replace("            15,\n", "            10,\n", 1), "utf-8")
    done = run(copy, "import medsteward.treatments.index")
    assert done.returncode == 1
    told = "inflammatory pain: 10 stands twice among the treatments. Give one of them another"
    assert done.stderr.strip().splitlines()[-1] == f"ValueError: {told}"
    assert told in (PAGES / TREATMENT).read_text("utf-8")


def test_a_figure_that_is_corrected_is_corrected_in_the_option_its_kidney_step_and_its_trial(copy):
    path = copy / FIGURES
    text = path.read_text("utf-8")
    for old, new in (
        ("GABAPENTIN_MOST = Figure(3600", "GABAPENTIN_MOST = Figure(3500"),
        ('Figure(1400, "mg/d", _GABAPENTIN)', 'Figure(1200, "mg/d", _GABAPENTIN)'),
        ("DULOXETINE_FIRST = Figure(30", "DULOXETINE_FIRST = Figure(20"),
        ("GABAPENTIN_FIRST = Figure(300", "GABAPENTIN_FIRST = Figure(400"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    program = (
        "low = case(age=50, egfr=40)\n"
        "found = option('gabapentin', PainKind.NEUROPATHIC, low)\n"
        "print(found.ceiling[0].text, [each.text for each in found.against if '1,' in each.text], sep='; ')\n"
        "print([str(each.amount) for each in tried('gabapentin', low).ceilings])\n"
        "print([str(each.amount) for each in tried('gabapentin', case(age=50, egfr=90)).ceilings])\n"
        "usual = tried('gabapentin', case(age=50, egfr=90)).plan.steps\n"
        "print([str(step.total) for step in (*usual[:3], *tried('gabapentin', low).plan.steps[:2])])\n"
        "print(option('duloxetine', PainKind.NEUROPATHIC, low).first_dose[0].text)\n"
        "print(tried('duloxetine', case(age=50, egfr=90)).plan.steps[0].doses[0].amount)"
    )
    assert said(copy, program) == [
        "3,500 mg/d in 3 doses; ['CrCl 30 to 59: 400 to 1,200 mg/d in 2 doses']",
        "['1,200 mg/d']",
        "['3,500 mg/d']",
        "['400 mg/d', '800 mg/d', '1,200 mg/d', '400 mg/d', '600 mg/d']",
        "20 mg daily for 1 week, then 60 mg",
        "20 mg",
    ]
