"""Clauses of a patient: a second reader of their plain form agrees, and what is decided stays so as more is known."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from medsteward.interactions.check import rules
from medsteward.limits.clauses import IsForbidden, PassesLimit
from medsteward.limits.load import dose_limits
from medsteward.model.amount import Amount
from medsteward.model.conditions import CONDITIONS, CONTEXTS
from medsteward.model.unit import Unit
from medsteward.patient.clauses import (
    Age,
    All,
    AnyOf,
    ChildPugh,
    DayMme,
    Kidney,
    Liver,
    MoreThanDosesADay,
    Not,
    Pregnant,
    QtcAbove,
    TakesOnTheDay,
)
from medsteward.patient.columns import case_row, taken_rows
from medsteward.patient.groups import OPIOID
from medsteward.patient.marks import MARKS
from medsteward.patient.picture import Picture
from medsteward.readers.case.table import read_case
from medsteward.treatments.declared.others import AGAINST_OPIOIDS
from medsteward.treatments.index import TREATMENTS, TRIALS
from medsteward.treatments.trial import TrialDrug
from tests.counts import examples
from tests.form_reader import ask

DAY = date(2026, 3, 4)


def parts(clause):
    """A clause and every clause inside it."""
    yield clause
    inner = clause.ones if isinstance(clause, All | AnyOf) else (clause.one,) if isinstance(clause, Not) else ()
    for each in inner:
        yield from parts(each)


OF_RULES = [
    clause
    for rule in rules()
    for clause in (*rule.when, *(each.when for each in rule.variants))
    if not isinstance(clause, PassesLimit)  # a database asks the limits row by row: their populations are below
]
OF_LIMITS = [row.population for row in dose_limits().rows if row.population is not None]
LISTS = [
    *(each for treatment in TREATMENTS for each in treatment.against),
    *AGAINST_OPIOIDS,
]
OF_TRIALS = [
    who.when for trial in TRIALS.values() if isinstance(trial, TrialDrug) for who in (each.who for each in trial.ramps)
]
CLAUSES = list(
    dict.fromkeys(
        part
        for clause in (
            *OF_RULES,
            *OF_LIMITS,
            *(each.when for each in LISTS),
            *OF_TRIALS,
            *(TakesOnTheDay(who) for who in MARKS),
        )
        for part in parts(clause)
        if not isinstance(part, PassesLimit | IsForbidden)  # a database asks the limits row by row
    )
)

SIGS = (
    "morphine ER 30 mg tablet, 1 tablet every 12 hours",
    "oxycodone 5 mg tablet, 1 tablet every 4 hours as needed",
    "morphine 100 mg/5 mL solution, 5 mg every 4 hours",
    "fentanyl 25 mcg/h patch every 3 days",
    "Suboxone 8/2 film daily",
    "methadone 10 mg tablet daily for opioid use disorder",
    "methadone 10 mg tablet three times daily",
    "Butrans 5 mcg/h patch weekly",
    "Percocet 5/325 2 tablets every 4 hours",
    "acetaminophen 500 mg tablet, 2 tablets every 6 hours",
    "acetaminophen",
    "ibuprofen 800 mg tablet, 1 tablet three times daily",
    "diclofenac 1% gel, 4 g four times daily",
    "aspirin 81 mg tablet daily",
    "doxepin 6 mg tablet nightly",
    "doxepin 50 mg capsule nightly",
    "alprazolam 1 mg tablet, 1 tablet twice daily",
    "carisoprodol 350 mg tablet nightly",
    "loperamide 2 mg capsule, 12 capsules daily",
    "naloxone 4 mg nasal spray",
    "naltrexone 50 mg tablet daily",
    "sumatriptan 50 mg tablet as needed",
    "sertraline 50 mg tablet daily",
    "linezolid 600 mg tablet twice daily",
    "ketoconazole 200 mg tablet daily",
    "gabapentin 300 mg capsule, 1 capsule three times daily",
    "lisinopril 10 mg tablet daily",
    "rifampin 300 mg capsule twice daily",
    "clonazepam 1 mg tablet nightly",
    "sorcerine 10 mg tablet daily",
    "topiramate 50 mg tablet, 1 tablet twice daily for seizures",
    "valproate 500 mg tablet, 1 tablet twice daily for migraine prevention",
    "misoprostol 200 mcg tablet, 1 tablet four times daily",
    "Arthrotec 50 mg-200 mcg tablet, 1 tablet twice daily",
    "oxycodone ER 20 mg tablet, 1 tablet every 12 hours for acute pain",
    "clonidine 0.1 mg tablet, 1 tablet twice daily",
)


@st.composite
def lines(draw):
    found = {"sig": draw(st.sampled_from(SIGS))}
    offset = draw(st.none() | st.integers(-60, 20))
    if offset is not None:
        found["start"] = DAY + timedelta(days=offset)
        length = draw(st.none() | st.integers(0, 60))
        if length is not None:
            found["end"] = found["start"] + timedelta(days=length)
            if how := draw(st.none() | st.sampled_from(["taper", "suddenly"])):
                found["ended"] = how
    prescriber = draw(st.none() | st.sampled_from(["a", "b"]))
    return found if prescriber is None else {**found, "prescriber": prescriber}


CONDITION = st.sampled_from(sorted({*CONDITIONS}))
WEIGHTY = st.sampled_from(
    ["liver disease", "pregnancy", "opioid naive", "ckd stage 4", "low kidney function", "cancer"]
)
people = st.fixed_dictionaries(
    {},
    optional={
        "weight_kg": st.none() | st.integers(35, 120),
        "sex": st.sampled_from(["female", "male"]),
        "age": st.integers(0, 100),
        "egfr": st.integers(5, 120),
        "crcl": st.integers(5, 120),
        "conditions": st.lists(CONDITION | WEIGHTY, max_size=4, unique=True),
        "child_pugh": st.sampled_from("ABC"),
        "qtc_ms": st.integers(380, 560),
        "opioid_tolerant": st.booleans(),
        "pregnant": st.booleans(),
        "gestational_weeks": st.integers(1, 42),
        "indication": st.sampled_from(
            ["chronic pain", "acute pain", "palliative care", "opioid use disorder", "after shingles"]
        ),
        "context": st.lists(st.sampled_from(sorted(CONTEXTS)), max_size=2, unique=True),
        "household": st.lists(st.sampled_from(["a child of 4", "a toddler", "a dog"]), max_size=2, unique=True),
    },
)
mmes = st.none() | st.integers(0, 200)


def read(medications, patient):
    return read_case({"medications": medications, "patient": patient}, as_of=DAY)


def figure(number):
    return None if number is None else Amount(Fraction(number), Unit.MME_PER_D)


@st.composite
def pictures(draw):
    case = read(draw(st.lists(lines(), max_size=5)), draw(people))
    mme, more = draw(mmes), draw(mmes)
    if_all = None if mme is None or more is None else mme + more
    return Picture(case, mme=figure(mme), mme_complete=draw(st.booleans()), mme_if_all=figure(if_all))


@examples(150)
@given(pictures(), st.data())
def test_a_second_reader_of_the_plain_form_gives_every_answer(picture, data):
    items = [each for each in picture.every if data.draw(st.booleans())] if picture.every else []
    case = case_row(picture)
    tables = {
        "taken": taken_rows(picture, picture.every),
        "found": taken_rows(picture, items or picture.every),
    }
    for clause in CLAUSES:
        if items or not asks_of_a_finding_alone(clause):
            assert ask(clause.form, case, tables) is clause.test(picture, items), (str(clause), clause.form)


def asks_of_a_finding_alone(clause):
    """Whether a part of it is about the drugs of a finding, so that without any it is asked of nothing."""
    return any(type(each).__name__ in ("Includes", "StartedAfter", "SeveralPrescribers") for each in parts(clause))


def test_every_kind_of_clause_and_every_answer_is_tried():
    kinds = {type(clause).__name__ for clause in CLAUSES}
    assert {"Takes", "TakesSeveral", "Has", "Kidney", "Age", "Liver", "DailyAbove", "TreatsOud"} <= kinds
    assert len(CLAUSES) > 300
    assert all(str(clause) for clause in CLAUSES if not isinstance(clause, All) or clause.ones)


OF_STATED = [each for each in CLAUSES if isinstance(each, Kidney) and each.stated]
"""Those that answer no where a figure is not known."""
OF_FIGURES = [
    *(
        each
        for each in CLAUSES
        if isinstance(each, Age | Kidney | QtcAbove | Liver | ChildPugh | Pregnant | DayMme) and each not in OF_STATED
    ),
    Age(at_least=65),
    Pregnant(30),
    QtcAbove(500),
    DayMme(50),
    MoreThanDosesADay(OPIOID, 4),
]
UNKNOWN = ("age", "egfr", "crcl", "child_pugh", "qtc_ms", "pregnant", "gestational_weeks")


@examples(150)
@given(pictures(), people, st.sampled_from(UNKNOWN))
def test_what_is_decided_stays_so_when_one_more_figure_is_known(picture, more, name):
    patient = picture.patient
    value = getattr(read([], more).patient, name)
    if value is None or getattr(patient, name) is not None or contradicts(picture, name, value):
        return
    known = Picture(
        evolve(picture.case, patient=evolve(patient, **{name: value})),
        mme=picture.mme,
        mme_complete=picture.mme_complete,
        mme_if_all=picture.mme_if_all,
    )
    for clause in OF_FIGURES:
        before = clause.test(picture)
        if before is not None:
            assert clause.test(known) is before, (str(clause), name, value)


def contradicts(picture, name, value):
    """Whether a figure says another thing than what is known already, so that one of the two is wrong."""
    kidney = picture.kidney
    if name in ("egfr", "crcl"):  # the lower of two holds, and a stage is a range
        if kidney is None:
            return False
        return value != kidney.low if kidney.low == kidney.high else not kidney.low <= value < kidney.high
    if name == "age":
        return picture.patient.weight_kg is not None
    if name == "child_pugh":  # a list of conditions without liver disease says that there is none
        return "liver disease" not in picture.conditions
    if name == "pregnant":  # what is not stated is taken for none
        return bool(picture.is_pregnant) is not value
    if name == "gestational_weeks":
        return not picture.is_pregnant
    return False


@pytest.mark.parametrize(
    "clause", [each for each in CLAUSES if each.asks and not isinstance(each, All | AnyOf)], ids=str
)
def test_what_a_clause_lacks_is_what_it_asks_for(clause):
    nobody = Picture(read([], {}))
    answer = clause.test(nobody)
    assert clause.lacking(nobody) == (clause.asks if answer is None else ())
