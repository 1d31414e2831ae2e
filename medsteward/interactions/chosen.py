"""The drugs of a case that make a rule true, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medsteward.interactions.meeting import Chosen, lasts
from medsteward.interactions.ready import ReadyRule
from medsteward.model.oud import OudTreatment
from medsteward.patient.clauses import Ended, TakesSeveral
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug

_Side = list[tuple[TakenDrug, int]]
"""The drugs that a clause may mean, each with the last day on which it counts."""


def chosen_of(ready: ReadyRule, picture: Picture) -> Chosen:
    """For each clause the drugs that make a rule true; empty: it is not true."""
    marks = ready.marks
    if ready.several:
        return _together(ready, picture)
    if len(marks) == 1:
        current = picture.current(marks[0])
        if ready.for_pain_alone:
            current = [item for item in current if item.oud is OudTreatment.NO]
        return (current,) if current else ()
    if isinstance(ready.clauses[-1], Ended):
        return _after_the_end(ready, picture)
    if len(marks) > 2:
        return _tuples_of(ready, picture)
    left, right = picture.of_mark[marks[0]], picture.of_mark[marks[1]]
    if len(left) == 1 and len(right) == 1:  # the usual case: one of each
        return (left, right) if _meet(ready, picture, left[0], right[0]) else ()
    return _each_once((a, b) for a in left for b in right if _meet(ready, picture, a, b))


def _each_once(together: Iterator[tuple[TakenDrug, ...]]) -> Chosen:
    """The sides of tuples of drugs, one of each clause, that make a rule true."""
    return tuple([list(dict.fromkeys(side)) for side in zip(*together, strict=True)])


def _meet(ready: ReadyRule, picture: Picture, a: TakenDrug, b: TakenDrug) -> bool:
    """Whether two drugs, one of each of two clauses, are different ones and taken on some day together."""
    if a.part.ingredient == b.part.ingredient:
        return False
    if not picture.has_dates:
        return True
    if not ready.lasts:
        return a.begins <= b.until and b.begins <= a.until
    one, other = ready.clauses
    return (a.begins <= b.until or a.begins <= lasts(other, b)) and (b.begins <= a.until or b.begins <= lasts(one, a))


def _after_the_end(ready: ReadyRule, picture: Picture) -> Chosen:
    """The drugs that are taken while another, which has ended, wears off: the last of two clauses."""
    ended = ready.clauses[-1]
    assert isinstance(ended, Ended)
    current = picture.current(ready.marks[0])
    return _each_once(
        (a, b)
        for b in ended.drugs(picture)
        for a in current
        if a.begins <= b.until + ended.lasts(b) and a.part.ingredient != b.part.ingredient
    )


def unclear_in(ready: ReadyRule, picture: Picture) -> tuple[str, ...]:
    """The drugs that a rule about opioids for pain would be about, if they were known to be for pain."""
    current = picture.current(ready.marks[0])
    return tuple(dict.fromkeys(i.name for i in current if i.oud is OudTreatment.UNCLEAR))


def _sides(ready: ReadyRule, picture: Picture) -> list[_Side]:
    if not ready.lasts:
        return [[(item, item.until) for item in picture.of_mark[mark]] for mark in ready.marks]
    return [
        [(item, lasts(clause, item)) for item in picture.of_mark[mark]]
        for clause, mark in zip(ready.clauses, ready.marks, strict=True)
    ]


def _tuples_of(ready: ReadyRule, picture: Picture) -> Chosen:
    """The same where a rule has three clauses or more."""
    return _each_once(_tuples(_sides(ready, picture), ()))


def _tuples(sides: Sequence[_Side], taken: tuple[tuple[TakenDrug, int], ...]) -> Iterator[tuple[TakenDrug, ...]]:
    """One drug of each side, all different and all taken on some day."""
    if len(taken) == len(sides):
        yield tuple(item for item, _ in taken)
        return
    for item, last in sides[len(taken)]:
        if all(item.name != other.name for other, _ in taken):
            more = (*taken, (item, last))
            if max(i.begins for i, _ in more) <= min(end for _, end in more):
                yield from _tuples(sides, more)


def _together(ready: ReadyRule, picture: Picture) -> Chosen:
    """The same where several of a group are asked for: the drugs of every day on which all clauses hold."""
    at_all: list[Sequence[TakenDrug]] = []
    for clause, mark in zip(ready.clauses, ready.marks, strict=True):
        those: Sequence[TakenDrug] = picture.of_mark[mark]
        if isinstance(clause, TakesSeveral):
            those = clause.those(those) if len(those) >= clause.at_least else ()
        if not those:  # no day can have more
            return ()
        at_all.append(those)
    if not picture.has_dates:
        return at_all
    sides = _sides(ready, picture)
    days = sorted({item.begins for side in sides for item, _ in side})
    if days[-1] <= min([last for side in sides for _, last in side]):  # all of them on one day, as usual
        return at_all
    found: list[dict[TakenDrug, None]] = [{} for _ in sides]
    for day in days:
        on_day = [
            clause.those(items) if isinstance(clause, TakesSeveral) else items
            for clause, items in zip(
                ready.clauses,
                ([item for item, last in side if item.begins <= day <= last] for side in sides),
                strict=True,
            )
        ]
        if all(on_day):
            for side, items in zip(found, on_day, strict=True):
                side.update(dict.fromkeys(items))
    return [list(side) for side in found] if found[0] else ()
