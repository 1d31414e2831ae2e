"""Every condition that a rule names can be said, and saying it is enough to reach the rule."""

from __future__ import annotations

import pytest

from medsteward.interactions.check import rules
from medsteward.model.conditions import CONDITIONS, CONTEXTS
from medsteward.patient.clauses import All, AnyOf, Has, InContext, MayBeFor, Not
from tests.spec.check_language import case_of, checked, told
from tests.spec.test_check_cases import CASES


def parts(clause):
    yield clause
    inner = clause.ones if isinstance(clause, All | AnyOf) else (clause.one,) if isinstance(clause, Not) else ()
    for each in inner:
        yield from parts(each)


CLAUSES = [
    part
    for rule in rules()
    for clause in (*rule.when, *(variant.when for variant in rule.variants))
    for part in parts(clause)
]
NAMED = sorted(
    {name for each in CLAUSES if isinstance(each, Has) for name in each.names}
    | {name for each in CLAUSES if isinstance(each, MayBeFor) for name in each.conditions}
)


@pytest.mark.parametrize("name", NAMED)
def test_a_condition_that_a_rule_names_can_be_said(name):
    case = case_of(f"oxycodone [{name}]")
    assert case.problems == ()
    known = set(case.patient.conditions)
    assert name in known or (name == "pregnancy" and case.patient.pregnant), known


def test_a_context_that_a_rule_names_is_known():
    assert {name for each in CLAUSES if isinstance(each, InContext) for name in each.names} <= set(CONTEXTS)


@pytest.mark.parametrize(("rule", "fires"), [(rule, fires) for rule, fires, _ in CASES], ids=[row[0] for row in CASES])
def test_a_rule_that_names_a_condition_is_silent_without_it(rule, fires):
    """What makes a rule true is its condition, not the medicines alone."""
    drugs, bracket, _ = fires.partition(" [")
    (found,) = (each for each in rules() if each.id == rule)
    if bracket and any(isinstance(clause, Has) for clause in found.when):
        assert rule not in told(checked(drugs))


NEW = """raised intracranial pressure, brain tumor, head injury, coma or stupor, biliary disease, pancreatitis,
urinary retention, frailty or wasting, gut wall at risk, gastrointestinal narrowing, bariatric surgery,
infectious diarrhea, inflammatory bowel disease, neuromuscular disease, myasthenia gravis, kyphoscoliosis,
acute kidney injury, kidney transplant, bleeding disorder, intracranial bleeding, dehydration, parkinson disease,
tardive dyskinesia, pheochromocytoma, seizure disorder, porphyria, bone marrow depression, eating disorder,
alcohol withdrawal, sulfonamide allergy, kidney stones, urea cycle or mitochondrial disorder, hyperkalemia,
serotonin syndrome, gastroparesis, CYP2D6 poor metabolizer, CYP2D6 ultrarapid metabolizer, oversedation,
traumatic brain injury, no gallbladder, childbearing potential, illicit opioid use, stimulant use,
xylazine exposure, multiple sclerosis"""


@pytest.mark.parametrize("name", [" ".join(each.split()) for each in NEW.split(",")])
def test_a_condition_that_was_given_a_word_for_a_rule_has_one(name):
    assert name in CONDITIONS
    assert name in NAMED
