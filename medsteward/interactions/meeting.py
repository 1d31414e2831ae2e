"""When the drugs of a finding meet, day by day, and which of them count after their last day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations

from medsteward.interactions.ready import ReadyRule
from medsteward.interactions.rule import DrugClause
from medsteward.model.source import Standing
from medsteward.patient.clauses import Ended, Takes, TakesSeveral
from medsteward.patient.overlaps import EVER, Overlap, Washout, day_of, joined
from medsteward.patient.taken import TakenDrug

Chosen = Sequence[Sequence[TakenDrug]]
"""The drugs of a finding, each once: those of each clause, then any that belong to it besides."""


def lasting(clause: DrugClause, item: TakenDrug) -> tuple[int, Standing]:
    """How many days an ingredient counts for a clause after its last day."""
    if item.until >= EVER:
        return 0, Standing.OURS
    found = clause.within if isinstance(clause, Ended) else clause.lasting if isinstance(clause, Takes) else None
    if found is None:
        return 0, Standing.OURS
    part = item.part
    return found.of(item.name, patch=part.form == "patch", depot=part.is_depot)


def lasts(clause: DrugClause, item: TakenDrug) -> int:
    """The last day on which an ingredient counts for a clause."""
    return item.until + lasting(clause, item)[0]


def _counts(clause: DrugClause, item: TakenDrug) -> tuple[int, int]:
    """The first and the last day on which an ingredient counts for a clause."""
    return item.until + 1 if isinstance(clause, Ended) else item.begins, lasts(clause, item)


def dates(ready: ReadyRule, chosen: Chosen, names: tuple[str, ...]) -> tuple[tuple[Overlap, ...], tuple[Washout, ...]]:
    """Pair by pair, the days on which two dated drugs meet, and the washouts that make them meet."""
    clauses = ready.clauses
    if len(clauses) == 1 and not ready.several:
        return (), ()
    if len(clauses) == len(names) == 2 and [*map(len, chosen)] == [1, 1] and not isinstance(clauses[1], Ended):
        return _dates_of_two(ready, chosen[0][0], chosen[1][0], (names[0], names[1]))  # one of each, as usual
    washouts: dict[Washout, None] = {}
    for place, clause in enumerate(clauses):
        if isinstance(clause, Ended):
            others = [item for other, side in enumerate(chosen) if other != place for item in side]
            ended = [_washout(clause, item, other, item.until + 1) for item in chosen[place] for other in others]
            washouts.update(dict.fromkeys(each for some in ended for each in some))
    dated = [
        (place, item, *(_counts(clauses[place], item) if ready.lasts else (item.begins, item.until)))
        for place, side in enumerate(chosen[: len(clauses)])
        for item in side
        if item.dated
    ]
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for (place_a, a, a_first, a_last), (place_b, b, b_first, b_last) in combinations(dated, 2):
        first, last = max(a_first, b_first), min(a_last, b_last)
        is_one_side = place_a == place_b and not isinstance(clauses[place_a], TakesSeveral)
        if first > last or is_one_side or a.part.ingredient == b.part.ingredient:
            continue
        one, other = names.index(a.part.ingredient), names.index(b.part.ingredient)
        spans.setdefault((min(one, other), max(one, other)), []).append((first, last))
        if ready.lasts:
            ended_before = [*_washout(clauses[place_a], a, b, first), *_washout(clauses[place_b], b, a, first)]
            washouts.update(dict.fromkeys(ended_before))
    overlaps = [
        Overlap((names[one], names[other]), day_of(first), day_of(last))
        for one, other in sorted(spans)
        for first, last in joined(spans[one, other])
    ]
    return tuple(overlaps), tuple(sorted(washouts, key=_by_name))


def _dates_of_two(
    ready: ReadyRule, a: TakenDrug, b: TakenDrug, names: tuple[str, str]
) -> tuple[tuple[Overlap, ...], tuple[Washout, ...]]:
    """The same of two drugs that meet, one of each of two clauses."""
    if not (a.dated and b.dated):
        return (), ()
    one, other = ready.clauses
    first, last = max(a.begins, b.begins), min(a.until, b.until)
    if ready.lasts:
        last = min(lasts(one, a), lasts(other, b))
    if first > last:  # a line may end before it begins
        return (), ()
    overlap = Overlap(names, day_of(first), day_of(last))
    if not ready.lasts:
        return (overlap,), ()
    washouts = [*_washout(one, a, b, first), *_washout(other, b, a, first)]
    return (overlap,), tuple(sorted(washouts, key=_by_name))


def _by_name(washout: Washout) -> tuple[str, str, date]:
    return washout.drug, washout.other, washout.ended


def _washout(clause: DrugClause, ended: TakenDrug, other: TakenDrug, first: int) -> Iterable[Washout]:
    """The washout of one side, when the other began after its last day."""
    if ended.until >= first:
        return
    days, standing = lasting(clause, ended)
    day = day_of(ended.until)
    if days and day is not None:
        yield Washout(ended.name, other.name, day, days, day + timedelta(days=days), standing)


def washout_text(washout: Washout) -> str:
    """How long a drug that ended still counts, as a sentence."""
    name = washout.drug[:1].upper() + washout.drug[1:]
    days = f"{washout.days} day{'' if washout.days == 1 else 's'}"
    return (
        f" {name} ended on {washout.ended} and counts for {days} more, until {washout.until} "
        f"({washout.standing.words})."
    )
