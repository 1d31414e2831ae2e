"""When the drugs of a finding meet, day by day, and which of them count after their last day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations

from medsteward.interactions.rule import DrugClause
from medsteward.model.source import Standing
from medsteward.patient.clauses import Ended, Takes, TakesSeveral
from medsteward.patient.overlaps import EVER, Overlap, Washout, day_of, joined
from medsteward.patient.taken import TakenDrug

Chosen = Sequence[tuple[int, TakenDrug]]
"""The drugs of a finding, each with the place of its clause, each once."""


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


def dates(
    clauses: Sequence[DrugClause], lasts_on: bool, chosen: Chosen, names: tuple[str, ...]
) -> tuple[tuple[Overlap, ...], tuple[Washout, ...]]:
    """Pair by pair, the days on which two dated drugs meet, and the washouts that make them meet."""
    if len(clauses) == 1 and not isinstance(clauses[0], TakesSeveral):
        return (), ()
    if len(clauses) == len(chosen) == len(names) == 2 and not isinstance(clauses[1], Ended):  # one of each, as usual
        (place_a, a), (place_b, b) = chosen
        if place_a < place_b < 2:
            if not (a.dated and b.dated):
                return (), ()
            if lasts_on:
                return _dates_of_two(clauses, a, b, (names[0], names[1]))
            first, last = max(a.begins, b.begins), min(a.until, b.until)
            if first > last:  # a line may end before it begins
                return (), ()
            return (Overlap((names[0], names[1]), day_of(first), day_of(last)),), ()
    washouts: dict[Washout, None] = {}
    for place, item in chosen if lasts_on else ():
        if place < len(clauses) and isinstance(clauses[place], Ended):
            others = [other for other_place, other in chosen if other_place != place]
            washouts.update(dict.fromkeys(w for o in others for w in _washout(clauses[place], item, o, item.until + 1)))
    several = [isinstance(clause, TakesSeveral) for clause in clauses]
    dated = [
        (place, item, *(_counts(clauses[place], item) if lasts_on else (item.begins, item.until)))
        for place, item in chosen
        if item.dated and place < len(clauses)
    ]
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for (place_a, a, a_first, a_last), (place_b, b, b_first, b_last) in combinations(dated, 2):
        first, last = max(a_first, b_first), min(a_last, b_last)
        if first > last or (place_a == place_b and not several[place_a]) or a.part.ingredient == b.part.ingredient:
            continue
        one, other = names.index(a.part.ingredient), names.index(b.part.ingredient)
        spans.setdefault((min(one, other), max(one, other)), []).append((first, last))
        if lasts_on:
            washouts.update(dict.fromkeys(_washout(clauses[place_a], a, b, first)))
            washouts.update(dict.fromkeys(_washout(clauses[place_b], b, a, first)))
    overlaps = tuple(
        Overlap((names[one], names[other]), day_of(first), day_of(last))
        for one, other in sorted(spans)
        for first, last in joined(spans[one, other])
    )
    return overlaps, tuple(sorted(washouts, key=_by_name))


def _dates_of_two(
    clauses: Sequence[DrugClause], a: TakenDrug, b: TakenDrug, names: tuple[str, str]
) -> tuple[tuple[Overlap, ...], tuple[Washout, ...]]:
    """The same of two drugs that meet, one of each of two clauses."""
    first = max(a.begins, b.begins)
    last = min(lasts(clauses[0], a), lasts(clauses[1], b))
    if first > last:  # a line may end before it begins
        return (), ()
    washouts = [*_washout(clauses[0], a, b, first), *_washout(clauses[1], b, a, first)]
    washouts.sort(key=_by_name)
    return (Overlap(names, day_of(first), day_of(last)),), tuple(washouts)


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
