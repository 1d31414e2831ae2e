"""Groups of patients that lie in one another: what one holds beside the other is told by the difference.

A measure may look at all patients with an opioid but five, and both numbers are printed, in different tables. Which
groups lie in which is looked up in the patients themselves: a reader may know it from what the words mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from medsteward.advice.population.counts import ReportCount
from medsteward.population.counting import CountDesk, Question

_AT_ONCE = 200
"""Pairs that one question to the database asks about."""
_Pair = tuple[Question, Question]


def state_nested(desk: CountDesk, below: int) -> None:
    """State each difference from 1 to below this of two groups of which one holds the other, as a count of its own."""
    counted = sorted(((n.value, question) for question, n in desk.known.items() if n.value >= below), reverse=True)
    pairs = iter(_close(counted, below))
    while some := list(islice(pairs, _AT_ONCE)):
        for (outer, inner), beside in zip(some, _beside(desk, some), strict=True):
            if not beside:
                _state(desk, desk.known[outer], desk.known[inner])
    for one, other in desk.inside:
        if other.value >= below and 0 < one.value - other.value < below:
            _state(desk, one, other)


def _close(counted: Sequence[tuple[int, Question]], below: int) -> Iterator[_Pair]:
    """Groups that differ by so few, the larger first."""
    for place, (most, outer) in enumerate(counted):
        for fewer, inner in counted[place + 1 :]:
            if most - fewer >= below:
                break
            if fewer < most:
                yield outer, inner


def _beside(desk: CountDesk, pairs: Sequence[_Pair]) -> Sequence[int]:
    """How many patients of each smaller group are not in the larger one."""
    tests = (f"({_both(inner)}) AND ({_both(outer)}) IS NOT TRUE" for outer, inner in pairs)
    selected = ", ".join(f"count(CASE WHEN {test} THEN 1 END)" for test in tests)
    ((*found,),) = desk.engine.ask(
        f"SELECT {selected} FROM {desk.source} WHERE table_id = :table", {"table": desk.table}
    )
    return [int(number or 0) for number in found]


def _both(question: Question) -> str:
    where, test = question
    return f"({where}) AND ({test})"


def _state(desk: CountDesk, outer: ReportCount, inner: ReportCount) -> None:
    desk.small.whole(outer, [inner, desk.small.count(outer.value - inner.value)])
