"""The best way down through the places of a course, by the order of wishes.

Exact: first the ways between totals that cost least in pace, by a dynamic programme; on these the products, by another
one in which going back to an earlier strength costs no more than any change. Where its way goes back all the same, a
search with that second price looks for the best one, guided by what the programme found.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple

from medsteward.errors import MedstewardError
from medsteward.schedules.box import ordered_supplies
from medsteward.schedules.dispensable import DoseWay
from medsteward.schedules.moment import Moment
from medsteward.schedules.places import PRESENT, Arc, Place, Places
from medsteward.schedules.plan import Course, Weigh
from medsteward.schedules.wishes import CHANGE, RISE, cost

_MOST_STATES = 200_000
_MOST_STEPS = 1_500_000
"""Single steps looked at between the days of a search; some seconds of work."""

Chosen = tuple[int, ...]
"""Which way of its rung each track takes; ``PRESENT`` for the present dose, and where nothing is taken."""
Node = tuple[Place, Chosen]
_ANOTHER = 1 << 62
"""The bit of a present product that is none of the supplies."""


class TooManyDays(MedstewardError):
    """More days to choose among than this program searches. ``drugs`` names the drugs."""

    def __init__(self, drugs: tuple[str, ...]) -> None:
        self.drugs = drugs
        super().__init__(f"too many ways to dose {' and '.join(drugs)}; use a larger mark or fewer products")


class Search(Places):
    """Places with the products of each, and the best way through them."""

    def __init__(self, course: Course, weigh: Weigh, larger: Moment | None, original: Fraction | None) -> None:
        super().__init__(course, weigh, larger, original)
        self.kinds = [self._present_kinds(number) for number in range(len(course.tracks))]
        self.prices = [[[_price(way) for way in rung.ways] for rung in ladder] for ladder in self.ladders]
        self.steps = 0

    # --- products ---

    def _present_kinds(self, number: int) -> int:
        track = self.course.tracks[number]
        if track.present is None:
            return 0
        strengths = [(supply.product, supply.strength) for supply in ordered_supplies(track)]
        present = track.present.product, track.present.strength
        return 1 << strengths.index(present) if present in strengths else _ANOTHER

    def way(self, place: Place, chosen: Chosen, number: int) -> DoseWay | None:
        """The way that a track is made in; None for the present dose and for nothing."""
        at, which = place[number], chosen[number]
        return self.ladders[number][at - 1].ways[which] if at and which != PRESENT else None

    def _kinds(self, number: int, at: int, which: int) -> int:
        if which == PRESENT:
            return 0 if at else self.kinds[number]
        return self.ladders[number][at - 1].ways[which].kinds

    def raises_a_dose(self, node: Node, after: Node) -> bool:
        """Whether a step between two nodes raises a single dose."""
        changed = [n for n, (old, new) in enumerate(zip(node[0], after[0], strict=True)) if old != new]
        found = [n for n in changed if (way := self.way(*after, n)) is not None and not way.is_last]
        return any(self.rises(n, node[0][n], node[1][n], after[0][n], after[1][n]) for n in found)

    def _options(self, node: Node, arc: Arc) -> list[tuple[Node, int]]:
        """A step by each way to make its place, with the price of the products."""
        (here, chosen), there = node, arc.there
        changed = [n for n in range(len(here)) if here[n] != there[n]]
        if len(changed) > 1 or not self.ladders[changed[0]][there[changed[0]] - 1].ways:
            ended = tuple(PRESENT if n in changed else which for n, which in enumerate(chosen))
            return [((there, ended), 0)]
        number = changed[0]
        old, one, new = here[number], chosen[number], there[number]
        kinds, prices, found = self._kinds(number, old, one), self.prices[number][new - 1], []
        for other, way in enumerate(self.ladders[number][new - 1].ways):
            price = prices[other]
            if kinds and kinds != way.kinds:
                price += CHANGE
            if not way.is_last and self.rises(number, old, one, new, other):
                price += RISE
            found.append(((there, (*chosen[:number], other, *chosen[number + 1 :])), price))
        return found

    # --- the search ---

    def best_way(self, start: Place) -> list[tuple[Node, Arc]]:
        """The steps of the best way down from a place, each with the node that it leads to."""
        graph = self._graph(start)
        order = sorted(graph, key=self.count)
        ends = [self.count(place) for place in order if not graph[place]]
        lowest = min(ends)
        pace: dict[Place, int] = {}
        for here in order:
            arcs = graph[here]
            if not arcs:
                if self.count(here) == lowest:
                    pace[here] = 0
                continue
            found = [arc.cost + pace[arc.there] for arc in arcs if arc.there in pace]
            if found:
                pace[here] = min(found)
        tight = {
            here: [arc for arc in arcs if arc.there in pace and arc.cost + pace[arc.there] == pace[here]]
            for here, arcs in graph.items()
            if here in pace
        }
        node = (start, (PRESENT,) * len(start))
        left = self._costs(node, tight, with_pace=False)
        if left[node] >= RISE:
            # a dose would rise: rather another pace than that
            tight = {here: [a for a in arcs if a.there in pace] for here, arcs in graph.items() if here in pace}
            return self._path(node, tight, self._costs(node, tight, with_pace=True), with_pace=True)
        return self._path(node, tight, left, with_pace=False)

    def _graph(self, start: Place) -> dict[Place, list[Arc]]:
        """Every place that steps reach, with the steps from it."""
        graph: dict[Place, list[Arc]] = {}
        todo = [start]
        while todo:
            here = todo.pop()
            if here in graph:
                continue
            graph[here] = self.arcs(here)
            self._spend(len(graph[here]) + 1, len(graph))
            todo += [arc.there for arc in graph[here] if arc.there not in graph]
        return graph

    def _spend(self, steps: int, states: int) -> None:
        self.steps += steps
        if states > _MOST_STATES or self.steps > _MOST_STEPS:
            raise TooManyDays(tuple(track.drug for track in self.course.tracks))

    def _costs(self, start: Node, arcs: dict[Place, list[Arc]], *, with_pace: bool) -> dict[Node, int]:
        """What the way from each node on costs at least, going back to an earlier strength counted as one change."""
        costs: dict[Node, int] = {}
        stack: list[Node] = [start]
        known: dict[Node, list[tuple[Node, int]]] = {}
        while stack:
            node = stack[-1]
            if node not in known:
                known[node] = [
                    (there, price + arc.cost if with_pace else price)
                    for arc in arcs[node[0]]
                    for there, price in self._options(node, arc)
                ]
                self._spend(len(known[node]), len(known))
                stack += [there for there, _ in known[node] if there not in known]
                continue
            stack.pop()
            if node not in costs:
                costs[node] = min([price + costs[there] for there, price in known[node]], default=0)
        return costs

    def _path(
        self, start: Node, arcs: dict[Place, list[Arc]], left: dict[Node, int], *, with_pace: bool
    ) -> list[tuple[Node, Arc]]:
        """The best way, going back to an earlier strength counted twice."""
        gone: Chosen = (0,) * len(start[0])
        came: list[_Came] = [_Came(0, -1, start, None, gone)]
        heap = [(left[start], 0)]
        seen: set[tuple[Node, Chosen]] = set()
        while heap:
            _, place = heappop(heap)
            place = -place
            now = came[place]
            if (now.node, now.gone) in seen:
                continue
            seen.add((now.node, now.gone))
            if not arcs[now.node[0]]:
                return _back(came, place)
            for arc in arcs[now.node[0]]:
                for there, price in self._options(now.node, arc):
                    again, gone = self._gone(now.node, there, now.gone)
                    spent = now.spent + price + (arc.cost if with_pace else 0) + (CHANGE if again else 0)
                    came.append(_Came(spent, place, there, arc, gone))
                    # of equal ones the latest first: a way that is equal to the best is followed to its end
                    heappush(heap, (spent + left[there], 1 - len(came)))
            self._spend(1, len(came))
        raise AssertionError("every place leads to an end")

    def _gone(self, node: Node, there: Node, gone: Chosen) -> tuple[bool, Chosen]:
        """Whether a step goes back to an earlier strength of a line, and the strengths that were left by then."""
        found, again = list(gone), False
        for number, (old, new) in enumerate(zip(node[0], there[0], strict=True)):
            if old == new:
                continue
            before = self._kinds(number, old, node[1][number])
            after = self._kinds(number, new, there[1][number])
            again = again or bool(after & ~before & gone[number])
            found[number] = (gone[number] | before) & ~after
        return again, tuple(found)


class _Came(NamedTuple):
    """A node that was reached, what that cost so far, from which place, and which strengths were left by then."""

    spent: int
    before: int
    node: Node
    arc: Arc | None
    gone: Chosen


def _price(way: DoseWay) -> int:
    """What the products of a way cost on one step."""
    return cost(rare=way.rare, uneven=way.uneven, strengths=way.strengths, units=way.units)


def _back(came: Sequence[_Came], place: int) -> list[tuple[Node, Arc]]:
    found: list[tuple[Node, Arc]] = []
    while (arc := came[place].arc) is not None:
        found.append((came[place].node, arc))
        place = came[place].before
    return found[::-1]
