"""The pages that say how to add a treatment and a trial, followed on a copy, and a figure changed in one place."""

from __future__ import annotations

from shutil import copytree

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
    copytree(TABLES, folder / "data")
    return folder


def test_the_treatment_of_the_page_is_offered_in_its_place_and_held_against_the_rules(copy):
    assert follow(TREATMENT, copy) == [FIGURES, ANALGESICS]
    program = (
        "print(*(each.id for each in for_pain(PainKind.INFLAMMATORY, case(age=50)).options[:3]))\n"
        "found = option('nabumetone', PainKind.INFLAMMATORY, case(age=50))\n"
        "print(found.first_dose[0].text, found.ceiling[0].text, found.first_dose[0].source.standing.value, sep='; ')\n"
        "print(option('nabumetone', PainKind.INFLAMMATORY, case(age=50, conditions=['heart failure'])).blocked)\n"
        "found = option('nabumetone', PainKind.INFLAMMATORY, case('lithium 300 mg capsule daily', age=50))\n"
        "print(any(each.rules for each in found.against))"
    )
    assert said(copy, program) == [
        "oral-nsaid nabumetone topical-nsaid",
        "1,000 mg once daily; 2,000 mg/d; secondary",
        "True",
        "True",
    ]


def test_the_trial_of_the_page_is_planned_to_its_ceiling_and_end(copy):
    follow(TREATMENT, copy)
    assert follow(TRIAL, copy) == [ANALGESICS]
    program = (
        "found = tried('nabumetone', case(age=50))\n"
        "print(found.exit_code, [str(each.amount) for each in found.ceilings])\n"
        "print([(str(one.amount), one.time.value) for one in found.plan.steps[0].doses], found.plan.last_day)\n"
        "print(tried('nabumetone', case(age=50, conditions=['heart failure'])).exit_code)"
    )
    assert said(copy, program) == ["0 ['2,000 mg/d']", "[('500 mg', 'morning'), ('500 mg', 'evening')] 2027-01-17", "5"]


def test_two_treatments_in_one_place_do_not_load(copy):
    follow(TREATMENT, copy)
    path = copy / ANALGESICS
    path.write_text(path.read_text("utf-8").replace("            15,\n", "            10,\n", 1), "utf-8")
    done = run(copy, "import medsteward.treatments.index")
    assert done.returncode == 1
    told = "inflammatory pain: 10 stands twice among the treatments. Give one of them another"
    assert done.stderr.strip().splitlines()[-1] == f"ValueError: {told}"
    assert told in (PAGES / TREATMENT).read_text("utf-8")


def test_a_row_of_the_limits_that_is_corrected_is_corrected_in_the_option_its_kidney_step_its_trial_and_the_check(copy):
    rows = {
        "DL-GABAPENTIN-01": ("3600", "3500"),
        "DL-GABAPENTIN-03": ("300", "400"),
        "DL-GABAPENTIN-04": ("1400", "1200"),
        "DL-DULOXETINE-03": ("30", "20"),
    }
    for path in (copy / "data" / "dose_limits").glob("*.csv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        for number, line in enumerate(lines):
            old, new = rows.pop(line.split(",", 1)[0], ("", ""))
            if old:
                assert line.count(f",{old},") == 1
                lines[number] = line.replace(f",{old},", f",{new},")
        path.write_text("".join(lines), "utf-8")
    assert not rows
    program = (
        "low = case(age=50, egfr=40)\n"
        "found = option('gabapentin', PainKind.NEUROPATHIC, low)\n"
        "print(found.ceiling[0].text, [each.text for each in found.against if '1,' in each.text], sep='; ')\n"
        "print([str(each.amount) for each in tried('gabapentin', low).ceilings])\n"
        "print([str(each.amount) for each in tried('gabapentin', case(age=50, egfr=90)).ceilings])\n"
        "usual = tried('gabapentin', case(age=50, egfr=90)).plan.steps\n"
        "print([str(step.total) for step in usual[:2]])\n"
        "print(option('duloxetine', PainKind.NEUROPATHIC, low).first_dose[0].text)\n"
        "print(tried('duloxetine', case(age=50, egfr=90)).plan.steps[0].doses[0].amount)\n"
        "from medsteward.interactions.check import check\n"
        "above = case('gabapentin 600 mg tablet, 2 tablets 3 times daily', age=50, egfr=90)\n"
        "print(*(each.because.split(';')[0] for each in check(above).findings if each.rule.id == 'HAZ-358'))"
    )
    assert said(copy, program) == [
        "here (eGFR 40): at most 1,200 mg/d; ['gabapentin: at most 1,200 mg/d']",
        "['1,200 mg/d']",
        "['3,500 mg/d']",
        "['400 mg/d', '800 mg/d']",
        "20 mg daily for 1 week, then 60 mg",
        "20 mg",
        "Gabapentin: 3,600 mg a day is above the labelled maximum of 3,500 mg a day",
    ]
