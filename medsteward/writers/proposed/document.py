"""Proposed orders as the document ``medsteward.proposed/1``: now, with it, and what it brings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.advice.case.proposed import Counted, DraftAnswer, ListWith, Proposed, WithIt
from medsteward.interactions.result import Finding
from medsteward.mme.result import NoTotal
from medsteward.model.number import json_number
from medsteward.model.regimen import Case
from medsteward.version import __version__
from medsteward.writers.check import document as check_json
from medsteward.writers.mme import document as mme_json
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import problem, warning

SCHEMA = "medsteward.proposed/1"


def document(found: Proposed) -> Document:
    """The answer with keys in a stable order; ``with_it`` is of all drafts together."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": found.case_id,
        "as_of": found.as_of.isoformat(),
        "table": mme_json.table_head(found.table),
        "now": _figure(found.now),
        **_with(found.with_it, found.case),
        "drafts": [_draft(each, found.case) for each in found.drafts],
        "interrupts": found.interrupts,
        "problems": [problem(each) for each in found.problems],
        "warnings": [warning(each) for each in found.cautions],
        "not_for": list(dict.fromkeys((*found.table.not_for, *check_json.NOT_FOR))),
    }


def _figure(counted: Counted) -> Document:
    total = counted.mme.total
    return {
        "total": None if isinstance(total, NoTotal) else mme_json.total_figures(total),
        "whole": counted.whole.value,
    }


def _with(with_it: WithIt, case: Case) -> Document:
    interrupting = {each.id for each in with_it.interrupting}
    return {
        "with_it": {
            "added": None if with_it.added is None else _way(with_it.added),
            "replacing": None if with_it.replacing is None else _way(with_it.replacing),
        },
        "replaces": _lines(with_it.replaces, case),
        "possible_renewal_of": _lines(with_it.possible_renewal_of, case),
        "findings_new": [_new(each, with_it, interrupting) for each in with_it.findings_new],
        "findings_known": [
            {
                "rule": each.id,
                "name": each.rule.name,
                "severity": each.severity.words,
                "tier": each.tier,
                "drugs": list(each.drugs),
            }
            for each in with_it.findings_known
        ],
    }


def _way(way: ListWith) -> Document:
    change = way.difference
    return {
        **_figure(way.counted),
        "difference": None
        if change is None
        else {"scheduled": _signed(change.scheduled), "maximum": _signed(change.maximum), "unit": "MME/d"},
    }


def _signed(value: Fraction) -> int | float:
    return json_number(value) if value >= 0 else -json_number(-value)


def _new(found: Finding, with_it: WithIt, interrupting: set[str]) -> Document:
    """A finding, and in which of the ways it is there."""
    named = (("added", with_it.added), ("replacing", with_it.replacing))
    return {
        **check_json.finding(found),
        "interrupts": found.id in interrupting,
        "ways": [
            name
            for name, way in named
            if way is not None and any(each.id == found.id for each in way.counted.check.findings)
        ],
    }


def _lines(numbers: Sequence[int], case: Case) -> list[Document]:
    """Lines of the case, each with the order that it is of, where the record names one."""
    orders = {number: order.names[0] for order in case.orders for number in order.lines}
    return [
        {"line": number, "input": case.lines[number - 1].written, "order": orders.get(number)} for number in numbers
    ]


def _draft(answer: DraftAnswer, case: Case) -> Document:
    draft = answer.draft
    entries = [
        evolve(entry, line=entry.line - len(case.lines))
        for way in answer.with_it.ways[:1]
        for entry in way.counted.mme.entries
        if entry.line > len(case.lines)
    ]
    return {
        "draft": draft.name,
        "counted": not draft.not_counted,
        "reason": draft.not_counted or None,
        "input": [line.written for line in draft.lines],
        "lines": [mme_json.entry_line(each) for each in entries],
        **_with(answer.with_it, case),
    }
