"""Clauses of a trial that is asked for: a second reader of their plain form and columns gives every answer."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from medsteward.advice.trial.asked import TrialAsked, TrialOptions
from medsteward.advice.trial.clauses import trial_row
from medsteward.advice.trial.gates import ANSWERED_FIRST, ASKING, REFUSING
from medsteward.patient.clause import Every, Some, Without
from medsteward.patient.columns import taken_rows
from medsteward.readers.case.table import read_case
from medsteward.readers.directions.line import read_line
from medsteward.schedules.policies import POLICIES
from medsteward.tables.load import factor_table
from medsteward.treatments.index import TRIALS, trial_named
from medsteward.treatments.pain import PainKind
from tests.counts import examples
from tests.form_reader import ask

DAY = date(2027, 1, 4)
OPIOIDS = (
    "oxycodone IR 5 mg tablet, 1 tablet every 6 hours",
    "morphine ER 15 mg tablet, 1 tablet every 12 hours",
    "methadone 5 mg tablet, 1 tablet daily",
    "buprenorphine 8 mg sublingual tablet daily",
)
TAKEN = (*OPIOIDS, "gabapentin 300 mg capsule, 1 capsule three times daily", "duloxetine 30 mg capsule daily")


def parts(clause):
    """A clause and every clause inside it."""
    yield clause
    if isinstance(clause, Every | Some):
        for each in clause.ones:
            yield from parts(each)
    if isinstance(clause, Without):
        yield from parts(clause.one)


DECLARED = (*(each.when for each in (*REFUSING, *ASKING)), *(each.when for each in ANSWERED_FIRST))
CLAUSES = tuple(dict.fromkeys(part for clause in DECLARED for part in parts(clause)))

people = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(10, 90),
        "conditions": st.lists(
            st.sampled_from(["opioid use disorder", "opioid tolerant", "liver disease", "angle-closure glaucoma"]),
            max_size=2,
            unique=True,
        ),
        "indication": st.sampled_from(["chronic pain", "opioid use disorder"]),
        "context": st.lists(st.sampled_from(["opioid treatment program"]), max_size=1),
    },
)


@st.composite
def trials(draw):
    lines = [{"sig": sig} for sig in draw(st.lists(st.sampled_from(TAKEN), max_size=3, unique=True))]
    case = read_case({"medications": lines, "patient": draw(people)}, as_of=DAY)
    drug = draw(st.sampled_from([*sorted(TRIALS), *OPIOIDS]))
    declared = trial_named(drug)
    options = TrialOptions(
        drug,
        DAY,
        pain=draw(st.none() | st.sampled_from(PainKind)),
        days=draw(st.none() | st.integers(1, 120)),
        policy=draw(st.none() | st.sampled_from(sorted(POLICIES))),
        line=None if declared is not None else read_line(drug),
    )
    return TrialAsked(case, options, declared, factor_table("cdc_2022"))


@examples(100)
@given(trials())
def test_a_second_reader_of_the_plain_form_gives_every_answer(asked):
    tables = {"taken": taken_rows(asked.picture, asked.picture.every)}
    for clause in CLAUSES:
        assert ask(clause.form, trial_row(asked), tables) is clause.test(asked), (str(clause), clause.form)


def test_every_clause_of_a_gate_says_itself():
    assert len(CLAUSES) > 15
    assert all(str(clause) and "<" not in str(clause) for clause in CLAUSES)
