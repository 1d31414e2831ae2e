"""A rule made ready: what of it is the same for every case, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from attrs import field, frozen

from medsteward.interactions.result import Finding
from medsteward.interactions.rule import DrugClause, Rule
from medsteward.patient.clauses import (
    Age,
    CaseClause,
    ChildPugh,
    Ended,
    Has,
    Kidney,
    Liver,
    Pregnant,
    Takes,
    TakesSeveral,
    Within,
)
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.marks import MARKS

_OF_PATIENT = (Age, ChildPugh, Has, Kidney, Liver, Pregnant)
Key = tuple[tuple[str, ...], tuple[str, ...], tuple[bool, ...]]
"""Names of drugs, facts of the patient, and which variants apply: what a finding without days is told from."""


@frozen(eq=False)
class ReadyRule:
    """A rule with what does not change from case to case: its clauses by kind, and the marks of its groups.

    ``telling`` and ``adding`` are those of ``others`` that tell facts, and that add drugs. ``told`` keeps findings
    without days that were told before.
    """

    rule: Rule
    clauses: tuple[DrugClause, ...]
    marks: tuple[int, ...]
    others: tuple[CaseClause, ...]
    telling: tuple[CaseClause, ...]
    adding: tuple[CaseClause, ...]
    several: bool
    lasts: bool
    for_pain_alone: bool
    """Whether it is about opioids that surely do not treat opioid use disorder."""
    twice: int
    """The marks of groups of which several drugs are asked for."""
    groups: int
    """The marks of every group that the rule asks about, in clauses and variants alike."""
    of_patient: tuple[CaseClause, ...]
    """Those of ``others`` that what is taken does not change."""
    ages: tuple[Age, ...]
    """Those of ``others`` that ask for an age."""
    of_one_ingredient: bool
    """Whether it asks for several of the same ingredient, so that one that nobody takes yet cannot make it hold."""
    told: dict[Key, Finding] = field(factory=dict)


def made_ready(rule: Rule) -> ReadyRule:
    """Raises ``KeyError`` for a rule about a group that ``groups`` does not declare."""
    clauses, others = rule.drug_clauses, rule.other_clauses
    return ReadyRule(
        rule,
        clauses,
        tuple(MARKS[clause.who] for clause in clauses),
        others,
        tuple(clause for clause in others if type(clause).seen is not CaseClause.seen),
        tuple(clause for clause in others if type(clause).drugs is not CaseClause.drugs),
        any(isinstance(clause, TakesSeveral) for clause in clauses),
        any(
            isinstance(clause, Ended) or (isinstance(clause, Takes) and clause.lasting is not None)
            for clause in clauses
        ),
        any(isinstance(clause, Takes) and clause.not_for_oud for clause in clauses),
        _all_marks(clause.who for clause in clauses if isinstance(clause, TakesSeveral)),
        _all_marks(groups_of(rule)),
        tuple(clause for clause in others if isinstance(clause, _OF_PATIENT)),
        tuple(clause for clause in others if isinstance(clause, Age)),
        any(isinstance(clause, TakesSeveral) and clause.within is Within.INGREDIENT for clause in clauses),
    )


def _all_marks(groups: Iterable[DrugGroup]) -> int:
    return reduce(or_, (MARKS[who] for who in groups), 0)


def groups_of(rule: Rule) -> Iterator[DrugGroup]:
    """Every group of drugs that a rule names, in its clauses or its variants."""
    for clause in rule.when:
        yield from clause.groups
    for variant in rule.variants:
        yield from variant.when.groups
