"""Every command that a plan offers instead of itself is run as printed, and gives the plan that was promised."""

from __future__ import annotations

import json
import shlex

import pytest
from click.testing import CliRunner

from medsteward.cli import _group

DAYS = ("--start", "2027-01-04", "--as-of", "2027-01-04")
WHY = ("--reason", "patient wish", "--indication", "chronic pain")

CASES = {
    "seven times together": ("oxycodone IR 10 mg tablet every 4 hours", "oxycodone IR 5 mg tablet three times daily"),
    "eight times together": (
        "hydromorphone IR 2 mg tablet every 4 hours",
        "hydromorphone IR 2 mg tablet in the morning and at noon",
    ),
    "one tablet three times": ("oxycodone IR 5 mg tablet, 1 tablet three times daily",),
    "two releases": ("morphine ER 30 mg tablet every 12 hours", "morphine IR 15 mg tablet every 6 hours"),
    "extended-release alone": ("morphine ER 15 mg tablet every 12 hours",),
    "uneven doses": ("morphine ER 60 mg tablet, 1 tablet in the morning and 2 tablets at bedtime",),
    "a capsule": ("gabapentin 300 mg capsule three times daily",),
    "a benzodiazepine": ("clonazepam 0.5 mg tablet twice daily",),
    "a liquid in 5 mL": ("morphine 10 mg/5 mL solution, 1 mL every 6 hours",),
    "a patch": ("fentanyl 25 mcg/h patch every 3 days",),
    "two opioids": ("oxycodone IR 5 mg tablet every 6 hours", "tramadol IR 50 mg tablet every 6 hours"),
    "tapentadol": ("tapentadol ER 50 mg tablet every 12 hours",),
    "a concentrate": ("oxycodone 20 mg/mL solution, 1 mL every 6 hours",),
    "a large patch": ("fentanyl 100 mcg/h patch every 3 days",),
    "longer than two years": ("hydromorphone 5 mg/5 mL solution, 4 mL every 6 hours",),
    "methadone": ("methadone 5 mg tablet every 8 hours",),
}
OPTIONS = {
    "asked": (),
    "by hand": ("--when-stuck", "smallest-step"),
    "to a target": ("--target", "5 mg/d"),
    "split": ("--split",),
}

MORE = {
    "as needed": (("oxycodone IR 5 mg tablet every 6 hours as needed",), ("--taken-per-day", "oxycodone=15 mg")),
    "a range": (("oxycodone IR 5 mg tablet, 1-2 tablets every 6 hours",), ("--taken-per-day", "oxycodone=30 mg")),
    "one after the other": (
        ("oxycodone 5 mg/5 mL solution, 10 mL every 6 hours", "lorazepam IR 1 mg tablet twice daily"),
        ("--first", "opioid", "--because", "risk"),
    ),
    "a policy": (("morphine ER 30 mg tablet every 8 hours",), ("--policy", "cdc_2022_shorter")),
    "a pace": (("oxycodone IR 10 mg tablet four times daily",), ("--percent", "5", "--every", "14d")),
    "of the original": (("oxycodone IR 10 mg tablet four times daily",), ("--of", "original")),
    "immediate-release first": (CASES["two releases"], ("--first", "ir")),
    "the larger dose named": (CASES["uneven doses"], ("--larger", "morning")),
    "a mark": (("hydromorphone IR 2 mg tablet every 6 hours",), ("--mark", "0.5 mL")),
    "a combination": (("oxycodone/acetaminophen 5/325 mg tablet every 6 hours",), ()),
    "by the clock": (("oxycodone IR 5 mg tablet, 1 tablet at 6 am, 2 tablets at 2 pm, 1 tablet at 10 pm",), ()),
    "weekends avoided": (("oxycodone IR 5 mg tablet three times daily",), ("--avoid", "weekends")),
}


def document(words):
    result = CliRunner().invoke(_group, [*words, "--format", "json"], standalone_mode=False)
    assert result.exception is None, (words, result.exception)
    assert result.return_value in (0, 3), (words, result.stderr)
    return json.loads(result.stdout)


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("lines", CASES.values(), ids=CASES)
def test_each_printed_command_gives_what_it_promised(lines, options):
    keeps_its_promises(lines, options)


@pytest.mark.parametrize(("lines", "options"), MORE.values(), ids=MORE)
def test_the_options_of_the_plan_go_with_its_alternatives(lines, options):
    keeps_its_promises(lines, options)


@pytest.mark.parametrize("place", ["in the early morning and at noon", "at 8 pm and at 9 am"])
def test_a_clock_time_that_no_plan_uses_is_asked_about(place):
    result = CliRunner().invoke(
        _group, ["taper", f"oxycodone IR 5 mg tablet, 1 tablet {place}", *DAYS, *WHY], standalone_mode=False
    )
    assert result.exception is None
    assert result.return_value in (3, 4)


def keeps_its_promises(lines, options):
    found = document(["taper", *lines, *DAYS, *WHY, *options])
    commands = [each for each in found["alternatives"] if each["command"] is not None]
    for promised in commands:
        program, *words = shlex.split(promised["command"])
        assert program == "medsteward"
        made = document(words)
        percents = [
            each["percent_of_current"]
            for each in made["steps"]
            if each["percent_of_current"] is not None and each["kind"] != "stop" and each["total"]["amount"]
        ]
        given = {
            "steps": len(made["steps"]),
            "last_day": made["steps"][-1]["last_day"],
            "largest_percent": max(percents, default=0),
            "forced": any(each["forced"] for each in made["steps"]),
        }
        assert given == {key: promised[key] for key in given}, promised["command"]


def test_a_way_is_saved_and_may_take_the_place_of_another_plan(tmp_path):
    place = str(tmp_path / "plan.json")
    words = ["taper", *CASES["a benzodiazepine"], *DAYS, *WHY, "--when-stuck", "smallest-step", "--save", place]
    made = document(words)
    assert [each for each in made["alternatives"] if each["command"] is not None]
    way = document([*words, "--way", "1", "--replace"])
    assert len(way["steps"]) != len(made["steps"])
    shown = document(["plan", "show", place, "--as-of", "2027-01-04"])
    assert shown["steps"] == way["steps"]
