"""What is always true of a check."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from medsteward.drugs.declared.combinations import COMBINATIONS
from medsteward.drugs.index import drugs
from medsteward.interactions.check import check, rules
from medsteward.model.conditions import CONDITIONS
from medsteward.patient.clauses import Not
from medsteward.readers.case.table import read_case
from medsteward.writers.check import document as check_json
from medsteward.writers.shared.json_text import one_line

AS_OF = date(2026, 3, 4)
NAMES = sorted(name for name in drugs() if name not in ("kaolin", "potassium guaiacolsulfonate"))
PROTECTED = {rule.id for rule in rules() if any(isinstance(clause, Not) and clause.groups for clause in rule.when)}
"""Rules about something that is missing: adding what is missing is meant to end them."""

offsets = st.none() | st.integers(-60, 60)


@st.composite
def medications(draw):
    found = {"sig": draw(st.sampled_from(NAMES))}
    first, length = draw(offsets), draw(st.none() | st.integers(0, 60))
    if first is not None:
        found["start"] = AS_OF + timedelta(days=first)
        if length is not None:
            found["end"] = found["start"] + timedelta(days=length)
    return found


patients = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(0, 100),
        "egfr": st.integers(5, 120),
        "conditions": st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=3, unique=True),
        "opioid_tolerant": st.booleans(),
        "pregnant": st.booleans(),
        "indication": st.sampled_from(["chronic pain", "palliative care", "opioid use disorder"]),
    },
)
regimens = st.lists(medications(), min_size=1, max_size=6)


def case(medications, patient):
    return read_case({"medications": medications, "patient": patient}, as_of=AS_OF)


def said(report):
    """Every rule told, with the drugs it was told of."""
    return {rule: set(finding.drugs) for finding in report.findings for rule in (finding.id, *finding.absorbed)}


@given(regimens, medications(), patients)
def test_adding_a_drug_never_removes_a_hazard_of_the_others(before, added, patient):
    first, second = said(check(case(before, patient))), said(check(case([*before, added], patient)))
    lost = {rule for rule in first if rule not in second} - PROTECTED
    assert lost == set()


@given(regimens, patients, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(medications, patient, random):
    shuffled = list(medications)
    random.shuffle(shuffled)
    one, other = check(case(medications, patient)), check(case(shuffled, patient))
    assert check_json.document(one)["findings"] == check_json.document(other)["findings"]


@given(regimens, patients)
def test_the_same_case_gives_the_same_bytes(medications, patient):
    documents = {one_line(check_json.document(check(case(medications, patient)))) for _ in range(2)}
    assert len(documents) == 1


RELEASED_ALIKE = [c for c in COMBINATIONS if c.release in (None, "IR") and "naloxone" not in c.ingredients]


ABOUT_FORM = {"DDI-030", "DDI-031", "DDI-110", "DDC-274", "HAZ-342"}
"""Rules about release or dose: a brand states them, a bare name does not (hydrocodone alone exists as ER only)."""


@given(st.sampled_from(RELEASED_ALIKE), regimens, patients)
def test_a_brand_is_its_ingredients(combination, others, patient):
    brand = said(check(case([{"sig": combination.brand}, *others], patient)))
    parts = said(check(case([*({"sig": name} for name in combination.ingredients), *others], patient)))
    assert set(brand) ^ set(parts) <= ABOUT_FORM


@given(regimens, patients)
def test_no_drug_is_lost_from_what_was_checked(medications, patient):
    report = check(case(medications, patient))
    assert set(report.drugs) == {line["sig"] for line in medications} or report.not_understood


@given(regimens, patients)
def test_overlaps_lie_within_the_days_of_both(medications, patient):
    for finding in check(case(medications, patient)).findings:
        for overlap in finding.overlaps:
            assert overlap.first_day is None or overlap.last_day is None or overlap.first_day <= overlap.last_day
            assert set(overlap.drugs) <= set(finding.drugs)
