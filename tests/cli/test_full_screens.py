"""Long lists of dangerous medicines still fit a screen: what needs a decision is named, and none of it is left out."""

from __future__ import annotations

import json
import random

import pytest

from tests import program

DAY = ("--as-of", "2027-01-04")
POOL = (
    *("oxycodone 10 mg tablet, 1 tablet every 6 hours", "morphine ER 30 mg bid", "methadone 10 mg tid"),
    *("fentanyl patch 50 mcg/h every 72 hours", "tramadol 50 mg qid", "buprenorphine patch 20 mcg/h weekly"),
    "hydrocodone/acetaminophen 10/325, 1 tablet every 4 hours as needed, max 6 per day",
    *("tapentadol ER 100 mg bid", "codeine 30 mg qid", "meperidine 50 mg q6h", "alprazolam 1 mg tid"),
    *("gabapentin 600 mg tid", "carisoprodol 350 mg tid", "zolpidem 10 mg nightly", "sertraline 100 mg daily"),
    *("phenelzine 15 mg tid", "warfarin 5 mg daily", "naproxen 500 mg bid", "fluconazole 200 mg daily"),
    "rifampin 600 mg daily",
)
WHO = (
    *((), ("--age", "71", "--condition", "sleep apnea"), ("--age", "30", "--pregnant")),
    ("--age", "82", "--egfr", "22", "--condition", "cirrhosis"),
)
MOST = {"mme": (20, 3), "check": (30, 6), "review": (45, 6)}


@pytest.mark.parametrize("command", MOST)
@pytest.mark.parametrize("number", range(20))
def test_a_list_of_dangerous_medicines_fits_a_screen(command, number):
    lines, medicines = MOST[command]
    drawn = random.Random(number)
    asked = (command, *drawn.sample(POOL, medicines), *drawn.choice(WHO), *DAY)
    shown = program.run(*asked, stdin=b"", environment={"COLUMNS": ""}).out.decode("utf-8").splitlines()
    assert 3 < len(shown) <= lines
    assert max(map(len, shown)) <= 80
    if command == "check":
        found = json.loads(program.run(*asked, "--format", "json", stdin=b"").out)["findings"]
        named = [each["rule"] for each in found if each["tier"] == 1]
        assert [rule for rule in named if f"[{rule}]" not in " ".join(shown)] == []
        assert not named or any(line.startswith("  Consider: ") for line in shown)


def test_the_rest_of_what_is_considered_is_asked_for_by_name():
    asked = ("check", *POOL[:3], "phenelzine 15 mg tid", "sertraline 100 mg daily", "alprazolam 1 mg tid", *DAY)
    short, whole = (program.run(*asked, *more, stdin=b"").out.decode("utf-8") for more in ((), ("--verbose",)))
    assert len(short.splitlines()) <= 30
    assert short.count("Consider: ") < whole.count("Consider: ")
    assert short.splitlines()[-1].startswith("More with --verbose: all of each finding")
