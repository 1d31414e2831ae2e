"""The gates of tapers and trials as declarations: as prose, one each; what is not known is neither yes nor no."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medsteward.advice.plan.clauses import OfPatient
from medsteward.advice.taper.clauses import LowersOudTreatment, PolicyIsNotFor
from medsteward.advice.taper.gates import ASKING, POLICY_OPEN, REFUSING
from medsteward.advice.taper.goes_with import NAMED, WARNING
from medsteward.advice.taper.holds import HOLDS
from medsteward.advice.taper.urgent import SEEN_FIRST
from medsteward.advice.taper.who import taper_asked
from medsteward.advice.trial import gates as trial_gates
from medsteward.model.codes import CODES
from medsteward.model.missing import AGE
from medsteward.patient.clause import Every, Some, Without
from medsteward.patient.clauses import Age, Has
from medsteward.readers.case.table import read_case
from medsteward.schedules.policies import policy

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "gates.txt"
DAY = date(2027, 1, 4)


def prose() -> Iterator[str]:
    """Every gate as a sentence, in the order in which they are asked."""
    for title, several in (
        ("Refused", REFUSING),
        ("Seen first", (f"TAPER-011 where {SEEN_FIRST}",)),
        ("Held at the present dose", HOLDS),
        ("Asked first", ASKING),
        ("Named on the plan", NAMED),
        ("Warned of", (*WARNING, POLICY_OPEN)),
        ("A trial is refused", trial_gates.REFUSING),
        ("Stated before a trial", trial_gates.ASKING),
        ("Answered before a trial", trial_gates.ANSWERED_FIRST),
    ):
        yield f"{title}:"
        yield from (f"  {each}" for each in several)
        yield ""


def test_the_gates_as_prose_are_those_of_the_golden_file():
    text = "\n".join(prose())
    if os.environ.get("MEDSTEWARD_ACCEPT"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text, "gates.txt is not in step; read the change, then accept it"


def test_each_code_has_one_gate_that_fits_what_the_code_does():
    problems = [each.code for each in (*REFUSING, *ASKING)]
    cautions = [each.code for each in (*HOLDS, *WARNING, POLICY_OPEN)]
    assert len({*problems, *cautions}) == len(problems) + len(cautions)
    assert {CODES[each].exit_code for each in problems} <= {3, 4, 5}
    assert {CODES[each].exit_code for each in cautions} == {0}
    assert {CODES[each.code].exit_code for each in REFUSING} == {5}


def asked(sig="morphine ER 30 mg tablet, 1 tablet every 12 hours", drug="morphine", policies=(), **patient):
    case = read_case({"patient": patient, "medications": [{"sig": sig}]}, as_of=DAY)
    return taper_asked(case, drugs=[drug], policies=[policy(name) for name in policies])


@pytest.mark.parametrize(
    ("clause", "yes", "no", "unknown", "asks"),
    [
        (OfPatient(Age(below=18)), asked(age=17), asked(age=18), asked(), ("age",)),
        (
            LowersOudTreatment(),
            asked("Suboxone 8 mg/2 mg film, 1 film daily", "buprenorphine"),
            asked(),
            asked("methadone 10 mg daily", "methadone", conditions=["opioid use disorder"]),
            ("what an opioid is for",),
        ),
        (
            PolicyIsNotFor(),
            asked(policies=["deprescribing_bzra"], conditions=["alcohol use"]),
            asked(policies=["deprescribing_bzra"], conditions=["asthma"]),
            asked(policies=["deprescribing_bzra"]),
            ("conditions",),
        ),
    ],
)
def test_what_is_not_known_is_neither_yes_nor_no_and_is_named(clause, yes, no, unknown, asks):
    assert [clause.test(each) for each in (yes, no, unknown)] == [True, False, None]
    assert tuple(map(str, clause.asks)) == asks


OPEN = OfPatient(Age(below=18))
HOLDS_NOT = OfPatient(Has(("asthma",)))


@pytest.mark.parametrize(
    ("clause", "answer"),
    [
        (Every((Without(HOLDS_NOT), OPEN)), None),
        (Every((HOLDS_NOT, OPEN)), False),
        (Every(()), True),
        (Some((Without(HOLDS_NOT), OPEN)), True),
        (Some((HOLDS_NOT, OPEN)), None),
        (Some(()), False),
        (Without(OPEN), True),
    ],
)
def test_joined_clauses_keep_what_is_not_known(clause, answer):
    assert clause.test(asked()) is answer


def test_joined_clauses_say_themselves_and_what_they_need():
    joined = Every((OPEN, Some((HOLDS_NOT, OPEN)), Without(HOLDS_NOT)))
    assert str(joined) == (
        "the patient is younger than 18 and (the patient has asthma or the patient is younger than 18) and not (the "
        "patient has asthma)"
    )
    assert joined.asks == (AGE,)
