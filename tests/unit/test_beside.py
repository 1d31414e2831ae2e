"""Reminders and findings beside a plan, on its first day; and how everything beside a plan is worded."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.plan.supports import supports_for
from medsteward.advice.taper.beside import case_at_start
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.advice.taper.verdict import Asks, GoesAhead, Holds, Refused, Urgent
from medsteward.advice.taper.who import who_tapers
from medsteward.drugs.index import drugs as known_drugs
from medsteward.model.codes import CODES
from medsteward.model.conditions import CONDITIONS
from medsteward.model.drug_class import DrugClass
from medsteward.model.stated import Because, Stated
from medsteward.patient.picture import Picture
from medsteward.readers.case.stated import supervisor_of
from medsteward.readers.case.table import read_case
from medsteward.reminders.reminder import Kind
from medsteward.schedules.event import Event, Taken
from medsteward.schedules.missed import missed_days
from medsteward.schedules.plan import WhenStuck
from medsteward.schedules.policies import POLICIES

NOW = date(2026, 12, 20)
START = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
OXYCODONE = "oxycodone IR 5 mg tablet, 1 tablet twice daily"
LORAZEPAM = "lorazepam 1 mg tablet, 1 tablet twice daily"


def case(*medications, done=None, **patient):
    lines = [{"sig": each} if isinstance(each, str) else each for each in medications]
    facts = {"age": 58, "indication": "chronic pain", **patient}
    return read_case({"patient": facts, "medications": lines, "done": done or {}}, as_of=NOW)


def report(*medications, done=None, patient=None, **options):
    found = taper(
        case(*medications, done=done, **(patient or {})),
        TaperOptions(start=START, **{"split": True, "when_stuck": WhenStuck.SMALLEST_STEP, **options}),
        table=CDC,
    )
    assert found.plan is not None, found.problems
    return found


def reminder(found, kind):
    return next((each for each in found.reminders if each.kind is kind), None)


def ends_on(found):
    return next(
        s.first_day for s in found.plan.steps if not any(d.amount.value for d in s.daily if d.drug == "oxycodone")
    )


# --- the case on the first day --------------------------------------------------------------------------------------


def taken_at_start(*medications, drugs=("oxycodone",), tapers=True):
    return {
        each.ingredient for each in Picture(case_at_start(case(*medications), START, drugs=drugs, tapers=tapers)).taken
    }


def test_a_supply_that_runs_out_before_the_start_is_no_end():
    line = {"sig": OXYCODONE, "start": date(2026, 12, 1), "days_supply": 30}
    other = {"sig": LORAZEPAM, "start": date(2026, 12, 1), "days_supply": 30}
    assert taken_at_start(line, other) == {"oxycodone", "lorazepam"}


def test_a_stated_end_before_the_start_is_one_but_for_what_is_lowered():
    line = {"sig": OXYCODONE, "start": date(2026, 12, 1), "end": date(2026, 12, 31)}
    other = {"sig": LORAZEPAM, "start": date(2026, 12, 1), "end": date(2026, 12, 31)}
    assert taken_at_start(line, other) == {"oxycodone"}


def test_what_had_ended_already_stays_ended():
    old = {"sig": LORAZEPAM, "start": date(2026, 1, 1), "days_supply": 30}
    assert taken_at_start(OXYCODONE, old) == {"oxycodone"}


@pytest.mark.parametrize(
    ("drugs", "tapers", "context"),
    [(("oxycodone",), True, True), (("oxycodone",), False, False), (("lorazepam",), True, False)],
)
def test_only_an_opioid_taper_is_a_supervised_taper(drugs, tapers, context):
    found = case_at_start(case(OXYCODONE, LORAZEPAM), START, drugs=drugs, tapers=tapers)
    assert found.as_of == START
    assert ("supervised taper" in found.patient.context) is context


# --- reminders ------------------------------------------------------------------------------------------------------


def test_nothing_is_due_before_the_plan_begins():
    line = {"sig": OXYCODONE, "start": date(2021, 2, 1)}
    found = report(line, "senna 8.6 mg 2 tablets nightly")
    assert all(each.due >= START for each in found.reminders if not each.settled)
    assert "open since 2021-02-01" in reminder(found, Kind.NALOXONE).because


def test_naloxone_is_talked_over_at_the_start():
    missing, there = report(OXYCODONE), report(OXYCODONE, done={"naloxone_on_hand": True})
    for found in (missing, there):
        naloxone = reminder(found, Kind.NALOXONE)
        assert naloxone.due == START
        assert any("taper" in why for why in naloxone.because)


def test_what_is_asked_for_with_an_opioid_ends_with_it():
    found = report(OXYCODONE)
    ended = ends_on(found)
    for kind in (Kind.PDMP, Kind.REASSESS, Kind.AGREEMENT):
        assert reminder(found, kind).until == ended
    assert reminder(found, Kind.NALOXONE).until is None
    bowel = reminder(found, Kind.BOWEL_END)
    assert bowel.due == ended
    assert "laxative" in bowel.consider


def test_a_peripheral_antagonist_ends_that_day():
    found = report(OXYCODONE, "naloxegol 25 mg daily")
    assert [each.due for each in found.reminders if each.kind is Kind.BOWEL_END] == [ends_on(found)]
    assert "naloxegol" in reminder(found, Kind.BOWEL_END).consider


def test_an_opioid_that_stays_keeps_its_reminders():
    found = report(LORAZEPAM, OXYCODONE, first="lorazepam", because="risk", target=None)
    assert reminder(found, Kind.NALOXONE) is not None
    only = report(LORAZEPAM)
    assert reminder(only, Kind.NALOXONE) is None
    assert reminder(only, Kind.BOWEL_END) is None


def test_pressure_is_watched_daily_while_clonidine_is_lowered():
    found = report("clonidine 0.1 mg tablet, 1 tablet three times daily", split=False)
    pressure = reminder(found, Kind.BLOOD_PRESSURE)
    assert pressure.repeat == "P1D"
    assert "it is lowered: pressure may rebound" in pressure.because


def test_a_hold_keeps_every_reminder_open():
    found = report(OXYCODONE, patient={"pregnant": True})
    assert found.plan.request.hold
    assert all(each.until is None for each in found.reminders)
    assert reminder(found, Kind.BOWEL_END) is None
    assert {each.kind for each in found.checkpoints} == {"hold_review"}


def test_each_kind_is_reminded_of_once():
    kinds = [
        each.kind
        for each in report(OXYCODONE, "naloxegol 25 mg daily", LORAZEPAM, first="oxycodone", because="other").reminders
    ]
    assert len(kinds) == len(set(kinds))


# --- findings -------------------------------------------------------------------------------------------------------


def test_an_opioid_with_a_benzodiazepine_comes_first():
    medications = (OXYCODONE, LORAZEPAM, "phenelzine 15 mg tid", "paroxetine 20 mg daily", "naltrexone 50 mg daily")
    found = report(*medications, first="oxycodone", because="risk")
    first, *others = found.findings
    assert "DDI-001" in (first.id, *first.absorbed)
    assert any(each.tier == 1 for each in others)


def test_findings_are_of_the_regimen_that_is_taken_now():
    assert any(
        each.id == "DDI-001" for each in report(OXYCODONE, LORAZEPAM, first="oxycodone", because="other").findings
    )
    assert not any(each.id == "DDI-001" for each in report(OXYCODONE).findings)


# --- wording --------------------------------------------------------------------------------------------------------

ORDERS = re.compile(r"\b(?:stop|stops|stopped|discontinue|cease|quit|must|immediately)\b", re.I)
ABRUPT = re.compile(r"\babrupt\w*|\bcold turkey", re.I)
TURNED = re.compile(r"\b(?:not|never|no|is dangerous)\b|can (?:cause|bring)", re.I)
LABELS = re.compile(
    r"\b(?:addict\w*|abus\w*|junkie|drug[- ]seek\w*|non-?complian\w*|failed|clean|dirty|misus\w*|"
    r"substance abuse|narcotics?|suffers? from|detox(?!ification alone))\b",
    re.I,
)
SPELLING = re.compile(r"µg|μg|\bcc\b|\bQD\b|\bBID\b|\bTID\b|\d\.0\b|(?<!\d)\.\d")


def faults(text):
    """What must not stand in a text: an order, an abrupt end that is not warned of, a label for a person."""
    found = [*ORDERS.findall(text), *LABELS.findall(text), *SPELLING.findall(text)]
    sentences = re.split(r"(?<=[.;])\s", text)
    return found + [s for s in sentences if ABRUPT.search(s) and not TURNED.search(s)]


def test_the_search_finds_them():
    for text in (
        "Stop the opioid.",
        "You must lower it.",
        "An abrupt end is planned.",
        "the patient is an addict",
        "5.0 mg",
        "has failed",
    ):
        assert faults(text), text
    assert not faults("An abrupt end is never safe: it can cause seizures and death.")
    assert clean("an addict")
    assert not clean("ask an addiction specialist")


ALLOWED = re.compile(
    r"addiction[ -](?:specialist|medicine|or pain expertise|psychiatr\w+)|where it fits, addiction|"
    r"allows an abrupt cut only where life is threatened",
    re.I,
)


def clean(text):
    return faults(ALLOWED.sub("", text))


def texts_of(verdict):
    if isinstance(verdict, Refused | Asks | Urgent):
        yield from (problem.text for problem in verdict.problems)
    if isinstance(verdict, Urgent | Asks):
        for support in verdict.supports:
            yield from (support.consider, *support.limits)
    if isinstance(verdict, Refused | Asks):
        return
    yield from (caution.text for caution in verdict.cautions)
    if isinstance(verdict, Holds):
        yield verdict.reason
        for support in verdict.supports:
            yield from (support.consider, *support.limits)
    if isinstance(verdict, GoesAhead):
        yield from (condition.words for condition in verdict.conditions)


NAMES = (
    *("morphine", "methadone", "buprenorphine", "lorazepam", "zolpidem", "gabapentin", "venlafaxine", "amitriptyline"),
    *("clonidine", "lofexidine", "baclofen"),
)
OTHERS = ("propranolol", "naloxegol", "senna", "ondansetron", "naproxen", "phenelzine", "trazodone", "duloxetine")


@st.composite
def cases(draw):
    lowered = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    more = draw(st.lists(st.sampled_from(OTHERS), max_size=3, unique=True))
    patient = {
        "age": draw(st.integers(0, 100)),
        "conditions": draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=3, unique=True)),
        "egfr": draw(st.integers(5, 120)),
        "child_pugh": draw(st.sampled_from("ABC")),
        "pregnant": draw(st.booleans()),
        "indication": draw(
            st.sampled_from(
                ["chronic pain", "cancer pain", "palliative care", "sickle cell pain", "opioid use disorder"]
            )
        ),
    }
    kept = draw(st.sets(st.sampled_from(sorted(patient))))
    table = {
        "patient": {key: patient[key] for key in kept},
        "medications": [{"sig": f"{name} 1 mg daily"} for name in (*lowered, *more)],
    }
    return read_case(table, as_of=START), tuple(lowered)


STATED = st.builds(
    Stated,
    because=st.none() | st.sampled_from(Because),
    supervised_by=st.sampled_from([(), (supervisor_of("obstetrics:Dr. A"),), (supervisor_of("pain:Dr. B"),)]),
    reason=st.sampled_from(["", "falls", "not suicidal", "with the pain clinic"]),
    answers=st.sampled_from([(), (("assessed", "seen today"),), (("suicidality", "none"),), (("suicidality", "yes"),)]),
)


@given(
    cases(), STATED, st.sampled_from([None, "morphine", "lorazepam", "er"]), st.sets(st.sampled_from(sorted(POLICIES)))
)
def test_every_verdict_and_support_is_whole_and_humane(made, stated, first, policies):
    of, lowered = made
    verdict = who_tapers(
        of, drugs=lowered, stated=stated, first=first, policies=[POLICIES[name] for name in sorted(policies)]
    )
    for text in texts_of(verdict):
        assert text
        assert not clean(text), text
    if isinstance(verdict, Holds):
        assert verdict.cautions
        assert verdict.supports
    if isinstance(verdict, Refused | Asks | Urgent):
        assert verdict.problems
        assert verdict.sources
    found = supports_for(of, drugs=lowered)
    assert len({each.kind for each in found}) == len(found)
    for support in found:
        assert support.sources
        # the words of rules are held by the tests of rules
        of_rules = [each.text for each in support.against if each.rule is not None]
        for text in (support.consider, *support.limits):
            for words in of_rules:
                text = text.replace(words, "")
            assert not clean(text), text


@given(cases())
def test_supports_of_several_drugs_are_those_of_each(made):
    of, lowered = made
    together = {each.kind for each in supports_for(of, drugs=lowered)}
    each_alone = {support.kind for name in lowered for support in supports_for(of, drugs=[name])}
    # what is lowered as well is not offered as a remedy for something else
    assert each_alone - together <= {"clonidine", "lofexidine"}
    assert together <= each_alone


def test_checkpoints_reminders_and_missed_days_are_humane():
    found = report(OXYCODONE, LORAZEPAM, "naloxegol 25 mg daily", first="oxycodone", because="risk")
    for each in found.checkpoints:
        assert not clean(each.decide), each.decide
    for each in found.reminders:
        for text in (each.consider, *each.because):
            assert not clean(text), text
    for number in (2, 5):
        events = [Event(START, Taken(date(2027, 1, 4 + n), Fraction(0))) for n in range(number)]
        for run in missed_days(events, drugs=("oxycodone",)):
            assert not clean(run.consider)


def test_codes_are_humane():
    for code in CODES.values():
        if code.name.startswith("TAPER"):
            assert not clean(f"{code.means} {code.do}".replace("stops above", "")), code.name


WITHOUT_SUPPORTS = {
    *(DrugClass.SSRI, DrugClass.ATYPICAL_ANTIDEPRESSANT, DrugClass.ANTICONVULSANT, DrugClass.MUSCLE_RELAXANT),
    DrugClass.ALPHA2_AGONIST,
}
"""Classes of which some medicine is lowered by a policy while no source of ours says what to offer beside it."""


def test_every_class_that_has_a_policy_has_supports_but_for_those_without_a_source():
    bare = set()
    for name, drug in known_drugs().items():
        of = case(f"{name} 1 mg daily")
        if any(each.is_for(name, drug.drug_class) for each in POLICIES.values()) and not supports_for(of, drugs=[name]):
            bare.add(drug.drug_class)
    assert bare == WITHOUT_SUPPORTS
