"""No offer breaks a rule in silence: every offer with every drug and every fact, and what is always true of offers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache, partial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.pain.matching import for_pain
from medsteward.advice.plan.supports import supports_for
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.plan import trial
from medsteward.drugs.index import drugs
from medsteward.drugs.properties import holders
from medsteward.interactions.check import check, rules
from medsteward.interactions.offer import Fit, Offers, medicine
from medsteward.interactions.rule import Severity
from medsteward.model.conditions import CONDITIONS
from medsteward.model.regimen import Case
from medsteward.patient.clauses import Not
from medsteward.patient.picture import Picture
from medsteward.reminders.remind import remind
from medsteward.reminders.reminder import Kind
from medsteward.schedules.trial import Measure
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.others import AGAINST_OPIOIDS
from medsteward.treatments.index import ALTERNATIVES, OPTIONS, RELIEF, TREATMENT_OF_TRIAL, TREATMENTS, TRIALS
from medsteward.treatments.laxatives import AGENTS
from medsteward.treatments.pain import PainKind
from tests import build

DAY = date(2026, 3, 4)
case = partial(build.case, as_of=DAY)
NAMES = sorted(drugs())
OPIOID_LINE = "morphine ER 30 mg tablet, 1 tablet every 12 hours"
OFFERED = sorted(
    {each.drug for treatment in TREATMENTS for each in treatment.offered}
    | {each.drug for each in TRIALS.values()}
    | {"buprenorphine"}
)
KNOWN_OFFERED = [name for name in OFFERED if name in drugs()]
BESIDE = {
    "clonidine": ("clonidine",),
    "lofexidine": ("lofexidine",),
    "bowel_regimen": ("loperamide",),
    "non_opioid": ("diclofenac topical", "acetaminophen", "lidocaine topical", "naproxen", "ibuprofen"),
    **{
        relief.group.symptom.value: tuple(
            name for each in relief.remedies for name in each.treatment.drugs if name in drugs()
        )
        for relief in (ALTERNATIVES, *RELIEF)
    },
}
"""The medicines that each support of an opioid taper offers."""
FACTS: list[dict] = [
    *({"conditions": [name]} for name in CONDITIONS),
    *({"age": age} for age in (3, 11, 15, 41, 65, 66, 80)),
    *({"egfr": egfr} for egfr in (5, 12, 14, 29, 31, 45, 59)),
    *({"crcl": crcl} for crcl in (12, 45)),
    *({"child_pugh": grade} for grade in "ABC"),
    *({"gestational_weeks": weeks} for weeks in (8, 19, 20, 24, 28, 30, 36)),
    *({"qtc_ms": qtc} for qtc in (460, 490, 520)),
    {"pregnant": True},
    {"opioid_tolerant": False},
    {"age": 80, "conditions": ["falls"]},
    {"age": 70, "egfr": 25, "conditions": ["heart failure"]},
]
CASES: list[tuple[str | None, dict]] = [*((name, {}) for name in NAMES), *((None, fact) for fact in FACTS)]
SAMPLE = CASES[::11]


@cache
def line(name):
    """A drug by its name alone, as somebody would write it."""
    return case(name).lines[0]


def grave(patient_case: Case, name: str) -> set[str]:
    """The rules that a check names as major or contraindicated of a drug, once it is taken."""
    found = check(evolve(patient_case, lines=(*patient_case.lines, line(name)))).findings
    return {each.id for each in found if each.severity >= Severity.MAJOR and name in each.drugs}


OF_LABELS = "HAZ-360"
"""The rule that says what a row of the dose limits forbids; an offer may name the row, or a list of ours, instead."""


def named(reasons, name: str) -> set[str]:
    found = {rule for each in reasons if name in each.about for rule in each.rules}
    grave_ones = [each for each in reasons if each.effect in (Effect.BLOCKS, Effect.MAJOR)]
    return found | ({OF_LABELS} if any(each.of_limit and name in each.about for each in grave_ones) else set())


def silent(patient_case: Case) -> Iterator[str]:
    """Every offer of a case with a major or contraindicated finding that it does not name."""
    for kind in PainKind:
        for option in for_pain(kind, patient_case).options:
            for name in (*option.drugs, *option.left_out):
                for rule in grave(patient_case, name) - named(option.against, name):
                    yield f"{kind.value}: {name}: {rule}"
    with_opioid = evolve(patient_case, lines=(*patient_case.lines, line(OPIOID_LINE)))
    for support in supports_for(with_opioid, drugs=["morphine"]):
        for name in BESIDE.get(support.kind, ()):
            for rule in grave(with_opioid, name) - named(support.against, name):
                yield f"{support.kind}: {name}: {rule}"
    bowel = remind(with_opioid).of(Kind.BOWEL_REGIMEN)
    texts = [each.text for each in bowel.points] if bowel is not None else []
    for agent in AGENTS:
        if any(text.startswith(f"{agent.treatment.title}: ") for text in texts):
            for each in agent.treatment.offered:
                for rule in grave(with_opioid, each.drug) if each.drug in drugs() else ():
                    own = [text for text in texts if text.startswith(f"{agent.treatment.title}: ")]
                    says = rule if rule != OF_LABELS else Effect.BLOCKS.value
                    if not any(rule in text or says in text for text in own):
                        yield f"bowel: {agent.treatment.title}: {rule}"


@pytest.mark.parametrize(("drug", "facts"), SAMPLE)
def test_no_offer_is_silent_about_a_drug_or_a_fact(drug, facts):
    assert list(silent(case(*([drug] if drug else []), **facts))) == []


@pytest.mark.slow
@pytest.mark.parametrize(("drug", "facts"), CASES)
def test_no_offer_is_silent_about_any_drug_or_any_fact(drug, facts):
    assert list(silent(case(*([drug] if drug else []), **facts))) == []


# --- trials ---


MET_BY_THE_DOSE = {"DDC-206"}
"""Rules about a dose that is not stated, or above what a trial keeps to: tramadol with low kidney function."""


def refused_or_asked(id_: str, patient_case: Case) -> str | None:
    """What a trial does not name of what a check says; None: it names everything."""
    declared = TRIALS[id_]
    wanted = grave(patient_case, declared.drug)
    if not wanted:
        return None
    options = TrialOptions(
        id_,
        DAY,
        "walk 20 minutes",
        (Measure("PEG", Fraction(7)),),
        site="knee" if TREATMENT_OF_TRIAL[id_].id == "topical-nsaid" else "",
    )
    report = trial(patient_case, options, table=medsteward.factor_table("cdc_2022"))
    said = " ".join([*(each.text for each in report.problems), *(each.text for each in report.cautions)])
    told = {rule for each in report.findings for rule in (each.id, *each.absorbed)}
    if any(each.code in ("TRIAL-001", "TRIAL-002", "TRIAL-006", "TRIAL-008") for each in report.problems):
        return None  # refused or asked about already, with its reason
    missing = {rule for rule in wanted - MET_BY_THE_DOSE if rule not in said and rule not in told}
    return f"{id_}: {sorted(missing)}" if missing else None


@pytest.mark.parametrize(("drug", "facts"), CASES[::40])
@pytest.mark.parametrize("id_", TRIALS)
def test_no_trial_begins_in_silence(id_, drug, facts):
    assert refused_or_asked(id_, case(*([drug] if drug else []), **facts)) is None


@pytest.mark.slow
@pytest.mark.parametrize("id_", TRIALS)
def test_no_trial_begins_in_silence_whatever_the_drug_or_the_fact(id_):
    found = [refused_or_asked(id_, case(*([drug] if drug else []), **facts)) for drug, facts in CASES]
    assert [each for each in found if each] == []


# --- laws ---

offered = st.sampled_from(KNOWN_OFFERED)
medications = st.lists(st.sampled_from(NAMES), max_size=5)
patients = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(0, 100),
        "egfr": st.integers(5, 120),
        "conditions": st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=3, unique=True),
        "opioid_tolerant": st.booleans(),
        "indication": st.sampled_from(["chronic pain", "palliative care", "opioid use disorder"]),
    },
)
PROTECTED = {
    rule.id
    for rule in rules()
    if any(isinstance(clause, Not) and clause.groups for clause in rule.when)
    or any(
        variant.severity is not None and variant.severity < rule.severity and variant.when.groups
        for variant in rule.variants
    )
}
"""Rules in which a drug is named as protection, or makes the advice milder."""
MILDER = {"palliative care", "end of life"}
"""What makes some rules milder; it is no hazard."""


def reasons(patient_case: Case, name: str) -> set[str]:
    held = Offers(Picture(patient_case)).held(medicine(name))
    return {id_ for each in held.reasons if each.severity >= Severity.MAJOR for id_ in (each.id, *each.absorbed)}


@given(medications, patients, offered)
def test_an_offer_says_what_a_check_says_of_the_case_with_it(taken, patient, name):
    before = case(*taken, **patient)
    held = Offers(Picture(before)).held(medicine(name))
    after = check(evolve(before, lines=(*before.lines, evolve(line(name), regimen=medicine(name)))))
    found = {
        (each.id, each.severity, each.drugs, each.absorbed)
        for each in after.findings
        if name in each.drugs and each.severity >= Severity.MODERATE
    }
    assert {(each.id, each.severity, each.drugs, each.absorbed) for each in held.reasons} == found


@given(medications, st.sampled_from(NAMES), patients, offered)
def test_adding_a_drug_never_removes_a_grave_reason(taken, added, patient, name):
    lost = reasons(case(*taken, **patient), name) - reasons(case(*taken, added, **patient), name)
    assert lost <= PROTECTED


def worse(draw: st.DrawFn, patient: dict[str, Any]) -> dict[str, Any]:
    """The patient with one more hazard, that was false or not known."""
    more: dict[str, Any] = draw(
        st.sampled_from(
            [
                *({"conditions": [*patient.get("conditions", []), name]} for name in sorted(set(CONDITIONS) - MILDER)),
                {"age": 80},
                {"egfr": 12},
                {"child_pugh": "C"},
                {"gestational_weeks": 34},
                {"qtc_ms": 520},
            ]
        )
    )
    return {**patient, **more}


@st.composite
def before_and_after(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A patient, and the same patient with one more hazard."""
    patient: dict[str, Any] = draw(patients)
    if "age" in patient and patient["age"] < 18:
        patient["age"] += 18  # being a child is a hazard of its own, which ends with age
    return patient, worse(draw, patient)


@given(medications, before_and_after(), offered)
def test_a_hazard_that_becomes_true_never_improves_an_offer(taken, pair, name):
    before, after = (case(*taken, **patient) for patient in pair)
    assume(not before.problems and not after.problems)
    offers = [Offers(Picture(each)).held(medicine(name)) for each in (before, after)]
    assert offers[0].fit <= offers[1].fit
    assert reasons(before, name) <= reasons(after, name)


@given(medications, before_and_after(), st.sampled_from([kind for kind in PainKind if OPTIONS[kind]]))
def test_a_hazard_that_becomes_true_never_improves_an_option(taken, pair, kind):
    before, after = (
        {each.id: each.fit for each in for_pain(kind, case(*taken, **patient)).options} for patient in pair
    )
    assert all(before[id_] <= after[id_] for id_ in before)


@given(medications, patients, st.sampled_from([kind for kind in PainKind if OPTIONS[kind]]))
def test_the_order_is_by_fit_and_then_that_of_the_sources(taken, patient, kind):
    found = for_pain(kind, case(*taken, **{**patient, "conditions": []})).options
    order = [each.treatment.id for each in OPTIONS[kind]]
    assert [each.id for each in found] == [
        each.id for each in sorted(found, key=lambda each: (each.fit, order.index(each.id)))
    ]


# --- the lists say what no rule says ---

LISTS: list[tuple[tuple[str, ...], tuple[Against, ...]]] = [
    *((each.drugs, each.against) for each in TREATMENTS),
    (("oxycodone", "fentanyl", "buprenorphine"), AGAINST_OPIOIDS),
]
SAYS_MORE = {
    "already takes acetaminophen: count every product": "where the doses are stated and low, no rule speaks",
    "contraindicated in known or suspected gastrointestinal obstruction or a risk of its recurrence": (
        "the rule is milder in palliative care"
    ),
    "a beta blocker makes the rebound worse: only if it is to end, gradually and by its prescriber, it goes several "
    "days before clonidine": "the label's order of ending, and who ends it",
}
ENOUGH = {Effect.BLOCKS: Severity.CONTRAINDICATED, Effect.CAUTION: Severity.MODERATE}


def triggers(entry: Against) -> list[Case]:
    """Cases that each make an entry hold by one condition or one drug; empty where it asks for a number."""
    numbers = (entry.age_from, entry.age_over, entry.gestational_weeks_from, entry.qtc_over)
    kidneys = (entry.kidney_below, entry.kidney_up_to, entry.kidney_from, entry.kidney_above)
    if any(each is not None for each in (*numbers, *kidneys)) or entry.child_pugh:
        return []
    having = {name for one in entry.properties for name in holders()[one]}
    taken = [
        name
        for name, drug in drugs().items()
        if drug.drug_class in entry.classes
        or name in entry.drugs
        or name in having
        or (entry.any_opioid and drug.drug_class.is_opioid_agonist)
    ]
    return [*(case(conditions=[name]) for name in entry.conditions), *(case(name) for name in taken)]


def test_no_entry_of_a_list_repeats_a_rule():
    repeated = set()
    for names, entries in LISTS:
        known = [name for name in names if name in drugs()]
        for entry in entries:
            cases = triggers(entry) if entry.effect in ENOUGH and known else []
            if cases and all(
                any(each.severity >= ENOUGH[entry.effect] for each in Offers(Picture(one)).held(medicine(name)).reasons)
                for one in cases
                for name in known
            ):
                repeated.add(entry.text)
    assert repeated == set(SAYS_MORE)


def test_every_offered_medicine_is_known_or_said_to_be_unknown():
    unknown = set(OFFERED) - set(drugs())
    words = [
        limit
        for each in supports_for(case(OPIOID_LINE), drugs=["morphine"])
        for limit in each.limits
        if "what the rules would say of" in limit
    ]
    for name in unknown & {name for relief in RELIEF for each in relief.remedies for name in each.treatment.drugs}:
        assert any(name in limit for limit in words)


def test_there_is_something_to_be_silent_about():
    """The table above holds many pairs that a check calls major or contraindicated."""
    pairs = [(name, drug) for drug, facts in SAMPLE if drug for name in KNOWN_OFFERED if grave(case(drug), name)]
    assert len(pairs) > 10
    assert any(
        each.fit is Fit.LEFT_OUT for each in Offers(Picture(case("ciprofloxacin"))).all_held([medicine("tizanidine")])
    )
