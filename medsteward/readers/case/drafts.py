"""Proposed orders out of what a file, a document or a line holds: every medication in it is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from medsteward.errors import UnreadableInput
from medsteward.model.regimen import Case, ProposedOrder, RecordedOrder


def drafts_of(cases: Iterable[Case], name: str) -> tuple[ProposedOrder, ...]:
    """The proposed orders of cases that were read with every order as a proposed one; ``name`` is that of the input.

    Each order is one, and so is each other line. What could not be read of a case is noted with its first one. Refuses
    (``UnreadableInput``) an input without any.
    """
    found: list[ProposedOrder] = []
    for case in cases:
        orders = [_of_order(order, case) for order in case.orders]
        in_orders = {number for order in case.orders for number in order.lines}
        lines = [
            ProposedOrder(_name_of(name, number, len(case.lines)), (line,))
            for number, line in enumerate(case.lines, start=1)
            if number not in in_orders
        ]
        drafts: Sequence[ProposedOrder] = [*case.drafts, *orders, *lines]
        if not drafts and (case.problems or case.unread):
            drafts = [ProposedOrder(name)]
        if drafts:
            first, *others = drafts
            said = evolve(
                first,
                problems=(*first.problems, *case.problems),
                cautions=(*first.cautions, *(each for each in case.cautions if each.code not in _OF_CASES)),
                unread=(*first.unread, *case.unread),
            )
            found += [said, *others]
    if not found:
        raise UnreadableInput(name, "it holds no medication order; give a line, a case, or a MedicationRequest")
    return tuple(found)


def _of_order(order: RecordedOrder, case: Case) -> ProposedOrder:
    """An order of a record that was read as one that is taken, as a proposed one."""
    lines = tuple(case.lines[number - 1] for number in order.lines)
    return ProposedOrder(order.names[0], lines, order.names, order.replaces, patient=case.id)


_OF_CASES = frozenset({"FHIR-101", "CASE-101"})
"""Warnings of a case that say of proposed orders what is no news: that they do not count by themselves."""


def _name_of(name: str, number: int, of: int) -> str:
    return name if of == 1 else f"{name}, line {number}"
