"""The number of a line in a list is no dose: it leaves the figure as it is, or the line is asked about."""

from __future__ import annotations

import string
from datetime import date
from fractions import Fraction

import pytest

from medsteward import factor_table
from medsteward.interactions.check import check
from medsteward.mme.result import CompleteTotal
from medsteward.readers.case.table import case_of
from medsteward.readers.directions.line import read_line
from tests.build import mme as report_of
from tests.build import total_of

CDC = factor_table("cdc_2022")

# lines whose first word is a name, with the most MME a day that each allows
DRUGS = {
    "oxycodone 5 mg q6h prn": "30",
    "methadone 10 mg tid": "141",
    "fentanyl patch 25 mcg/h q72h": "60",
    "MS Contin 30 mg p.o. t.i.d.": "90",
    "Percocet 5/325 q6h": "30",
    "hydrocodone/acetaminophen 10/325 1 tab q6h": "40",
    "morphine 20 mg/mL 0.5 mL q4h": "60",
}
READ = (
    *("{}.", "{}. ", "{})", "{}) ", "{}.)", "{}.) ", "{}:", "{}: ", "{}/", "{}/ ", "{},", "{}, ", "{};", "{}; ", "{}-"),
    *("{} - ", "{}- ", "{} : ", "{} . ", "({})", "({}) ", "({}.) ", "({}): ", "[{}]", "[{}] ", "{}] ", "{}\t", "{}.\t"),
    *(
        "{}\n",
        "Rx {}:",
        "Rx {}: ",
        "RX {}. ",
        "Rx #{}: ",
        "Med {}: ",
        "Drug {}) ",
        "{}a. ",
        "- {}. ",
        "* {}. ",
        "\u2022 {}. ",
    ),
    *(
        "\u2022{}. ",
        "{}\u2022 ",
        "{}\u00b7 ",
        "\u25cf {}) ",
        "{}.- ",
        "{}\u2013 ",
        "{}\u2014 ",
        "0{}. ",
        "#{} ",
        "#{}. ",
    ),
)
ASKED = (
    "Rx {} ",
    "Med {} ",
    "{}+ ",
    "{}= ",
    "{}& ",
    "{}* ",
    "{}(",
    "{}|",
    "{}_ ",
    "{}> ",
    "{}. {}) ",
    "{}a ",
    "{}-{}. ",
    "{}",
)


def is_asked(report):
    return bool(report.problems) and report.exit_code in (3, 4) and not isinstance(report.total, CompleteTotal)


def figure(report):
    assert not report.problems, [problem.text for problem in report.problems]
    assert isinstance(report.total, CompleteTotal)
    return report.total.maximum.value


@pytest.mark.parametrize("number", ["1", "4", "12"])
@pytest.mark.parametrize("mark", READ, ids=[mark.encode("unicode_escape").decode() for mark in READ])
@pytest.mark.parametrize("line", DRUGS)
def test_a_number_of_a_list_changes_nothing(line, mark, number):
    assert figure(report_of(mark.replace("{}", number) + line)) == Fraction(DRUGS[line])


@pytest.mark.parametrize("mark", ASKED)
@pytest.mark.parametrize("line", DRUGS)
def test_a_number_that_may_be_a_count_is_asked_about(line, mark):
    assert is_asked(report_of(mark.replace("{}", "4") + line))


@pytest.mark.parametrize("between", ["", " "])
@pytest.mark.parametrize(
    "mark", [*string.punctuation, "\u00aa", "\u00b0", "\u2192", "\u3002", "\uff09", "\u3011", "\u00bb"]
)
@pytest.mark.parametrize("line", DRUGS)
def test_no_mark_makes_a_dose_of_the_number_before_it(line, mark, between):
    report = report_of(f"4{mark}{between}{line}")
    assert is_asked(report) or figure(report) == Fraction(DRUGS[line])


@pytest.mark.parametrize(
    ("line", "mme"),
    [
        ("2 tabs of Percocet 5/325 every 6 hours", "60"),
        ("1/2-1 tab oxycodone 5 mg q6h", "30"),
        ("1-2 tabs oxycodone 5 mg q6h", "60"),
        ("1- 2 tablets oxycodone 5 mg q6h", "60"),
        ("5/325 Percocet q6h", "30"),
        ("10/325: Norco 1 tab q6h", "40"),
        ("2 oxycodone 5 mg tablets q6h", "60"),
        ("one (1) oxycodone 5 mg tablet q6h", "30"),
        ("12-hour morphine 30 mg, 1 tablet every 12 hours", "60"),
        ("4. 2 tablets oxycodone 5 mg q6h", "60"),
        ("4: 2 tablets oxycodone 5 mg q6h", "60"),
        ("2, 5 mg oxycodone q6h", None),
        ("take 2, oxycodone 5 mg q6h", None),
        ("100) oxycodone 5 mg q6h", None),
        ("4.5. oxycodone 5 mg q6h", None),
        ("two - oxycodone 5 mg tablets q6h", None),
    ],
)
def test_a_dose_before_the_name_is_a_dose(line, mme):
    report = report_of(line)
    if mme is None:
        assert is_asked(report)
    else:
        assert figure(report) == Fraction(mme)


@pytest.mark.parametrize("line", ["2- 30 mg extended-release oxycodone twice a day", "3- 30 mg OxyContin bid"])
def test_a_dash_that_is_glued_to_a_number_of_a_list_makes_no_range_and_is_said(line):
    report = report_of(line)
    assert figure(report) == total_of(report).scheduled.value == Fraction(90)
    assert "DIR-108" in {caution.code for caution in report.cautions}


@pytest.mark.parametrize(
    "line",
    [
        "5- 10 mg oxycodone q6h",
        "2- 10 mg tabs oxycodone q6h",
        "2 - 30 mg oxycodone bid",
        "2-30 mg oxycodone bid",
        "oxycodone 2- 30 mg bid",
        "oxycodone ER 2-30 mg bid",
    ],
)
def test_a_number_and_a_strength_that_look_like_a_range_are_asked_about(line):
    assert is_asked(report_of(line))


@pytest.mark.parametrize("mark", ["4.", "(4) ", "4) ", "4/", "4\t", "Rx 4: "])
def test_a_misspelled_name_is_offered_without_the_number_of_the_list(mark):
    report = report_of(f"{mark}methadoen 10 mg tid")
    offered = [each for problem in report.problems for each in problem.suggestions]
    assert any(each.endswith("(141 MME/d)") for each in offered)
    assert not any("564" in each for each in offered)


@pytest.mark.parametrize("line", ["butrans 10", "duragesic 25", "tramadol 50 qid", "oxycontin 20 bid"])
def test_a_number_that_may_be_a_strength_is_held_against_no_limit(line):
    found = check(case_of(line, as_of=date(2027, 1, 4)))
    assert not {"HAZ-350", "HAZ-351", "HAZ-358"} & {each.id for each in found.findings}
    assert read_line(line).problems


def test_the_short_form_of_a_salt_is_no_drug():
    assert not read_line("metoprolol succ 50 mg daily").problems
