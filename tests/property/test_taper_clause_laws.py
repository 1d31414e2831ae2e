"""Clauses of a taper that is asked for: a second reader of their plain form and columns gives every answer."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from medsteward.advice.plan.clauses import OfPatient
from medsteward.advice.taper.clauses import asked_row, lowered_rows
from medsteward.advice.taper.gates import ASKING, REFUSING
from medsteward.advice.taper.goes_with import NAMED, WARNING
from medsteward.advice.taper.holds import HOLDS
from medsteward.advice.taper.urgent import SEEN_FIRST, URGENT
from medsteward.advice.taper.who import taper_asked
from medsteward.drugs.index import drugs
from medsteward.model.stated import Because, RequestedBy, Stated, Supervisor, SupervisorRole
from medsteward.patient.clause import Every, Some, Without
from medsteward.patient.columns import taken_rows
from medsteward.readers.case.table import read_case
from medsteward.schedules.policies import POLICIES
from tests.counts import examples
from tests.form_reader import ask

DAY = date(2027, 1, 4)
SIGS = (
    "morphine ER 30 mg tablet, 1 tablet every 12 hours",
    "methadone 10 mg tablet, 1 tablet three times daily",
    "Suboxone 8 mg/2 mg film, 1 film daily",
    "lorazepam 1 mg tablet, 1 tablet twice daily",
    "zolpidem 10 mg tablet, 1 tablet at bedtime",
    "clonidine 0.1 mg tablet, 1 tablet twice daily",
    "atenolol 50 mg tablet daily",
    "gabapentin 300 mg capsule, 1 capsule three times daily",
)
DRUGS = ("morphine", "methadone", "buprenorphine", "lorazepam", "zolpidem", "clonidine", "gabapentin", "oxycodone")
CONDITIONS = (
    "pregnancy",
    "acute respiratory depression",
    "suicidality",
    "recent myocardial infarction",
    "opioid use disorder",
    "cancer",
)


def parts(clause):
    """A clause and every clause inside it."""
    yield clause
    if isinstance(clause, Every | Some):
        for each in clause.ones:
            yield from parts(each)
    if isinstance(clause, Without):
        yield from parts(clause.one)


DECLARED = (*(each.when for each in (*REFUSING, *ASKING, *HOLDS, *NAMED, *WARNING)), SEEN_FIRST, URGENT)
CLAUSES = tuple(dict.fromkeys(part for clause in DECLARED for part in parts(clause)))

people = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(10, 90),
        "conditions": st.lists(st.sampled_from(CONDITIONS), max_size=2, unique=True),
        "indication": st.sampled_from(
            ["chronic pain", "palliative care", "opioid use disorder", "wants to end it all"]
        ),
        "context": st.lists(st.sampled_from(["end of life", "opioid treatment program"]), max_size=1),
    },
)
answers = st.lists(
    st.tuples(
        st.sampled_from(["assessed", "beta-blocker", "suicidality"]), st.sampled_from(["yes", "no, tomorrow", ""])
    ),
    max_size=2,
)


@st.composite
def requests(draw):
    lines = [{"sig": sig} for sig in draw(st.lists(st.sampled_from(SIGS), max_size=4))]
    case = read_case({"medications": lines, "patient": draw(people)}, as_of=DAY)
    because = draw(st.none() | st.sampled_from(Because))
    by = None if because is Because.PATIENT_WISH else draw(st.none() | st.sampled_from(RequestedBy))
    roles = draw(st.lists(st.sampled_from(SupervisorRole), max_size=2))
    stated = Stated(by, because, tuple(Supervisor(role, "Dr. A") for role in roles), answers=tuple(draw(answers)))
    return taper_asked(
        case,
        drugs=draw(st.lists(st.sampled_from(DRUGS), min_size=1, max_size=3)),
        stated=stated,
        first=draw(st.none() | st.sampled_from(["opioid", "lorazepam", "Morphine", "later"])),
        policies=draw(st.lists(st.sampled_from(sorted(POLICIES)).map(POLICIES.get), max_size=2)),
    )


@examples(150)
@given(requests())
def test_a_second_reader_of_the_plain_form_gives_every_answer(asked):
    case = asked_row(asked)
    tables = {"taken": taken_rows(asked.picture, asked.picture.every), "lowered": lowered_rows(asked)}
    for clause in CLAUSES:
        assert ask(clause.form, case, tables) is clause.test(asked), (str(clause), clause.form)


def test_every_clause_of_a_gate_says_itself():
    assert set(DRUGS) <= set(drugs())
    assert len(CLAUSES) > 25
    assert all(str(clause) and "<" not in str(clause) for clause in CLAUSES)
    assert any(isinstance(clause, OfPatient) for clause in CLAUSES)
