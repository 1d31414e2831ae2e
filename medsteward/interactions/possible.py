"""Which rules may hold of a case, told at one glance: an index from what is there to the rules that need it.

A rule needs a drug of each of its groups, and for some of its other clauses one of several conditions or drugs. Each
need is a place; for each place every kind of drug and every condition has the rules whose need it fills, as the bits of
one number. What a case holds is joined place by place (``Filled``), and a rule is possible where all its places are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from medsteward.caches import of_object
from medsteward.interactions.ready import ReadyRule
from medsteward.patient.marks import MARKS
from medsteward.patient.picture import Picture

Filled = tuple[int, ...]
"""For each place the rules, as bits, whose need is filled there."""

_Need = tuple[int, frozenset[str]]
"""The marks of groups and the names of conditions of which one is needed."""

KINDS_OF_DRUGS = 4096


@frozen
class RulesAbout:
    """The rules, as bits, that ask about one more drug and may hold with it.

    ``choosing`` are those that may hold because of it; ``adding`` those of the ``others`` that may name it besides.
    """

    choosing: int
    others: int
    adding: int

    def without(self, place: int) -> RulesAbout:
        """The same without the choosing rule at a place, which cannot hold of this patient."""
        return RulesAbout(self.choosing & ~(1 << place), self.others, self.adding)


class PossibleRules:
    """The index of a list of rules; bit ``n`` is the rule at place ``n`` of the list."""

    def __init__(self, rules: Sequence[ReadyRule]) -> None:
        """Work out what each rule needs."""
        needs = [_needs(ready) for ready in rules]
        self._places = [
            [each[place] if place < len(each) else None for each in needs] for place in range(max(map(len, needs)))
        ]
        self._without = tuple(_bits(need is None for need in place) for place in self._places)
        self._by_condition = self._indexed_by_condition()
        self._rules = tuple(rules)
        self._of_kind = of_object(self._filled_by, most=KINDS_OF_DRUGS)
        self._choosing_kind = of_object(self._choosing, most=KINDS_OF_DRUGS)
        self.asking = of_object(self._asking, most=KINDS_OF_DRUGS)
        self._adding = _bits(ready.adding for ready in rules)
        self._pairs = _bits(len(ready.marks) == 2 for ready in rules)
        self._of_one_ingredient = _bits(ready.of_one_ingredient for ready in rules)

    def filled(self, picture: Picture) -> Filled:
        """What the drugs and the conditions of a case fill."""
        filled = self._without
        for each in picture.every:
            filled = with_more(filled, self._of_kind(each.bits))
        by_condition = self._by_condition
        for name in picture.conditions:
            if name in by_condition:
                filled = with_more(filled, by_condition[name])
        return filled

    def about(self, bits: int, filled: Filled, *, is_new: bool) -> RulesAbout:
        """The rules about one more medicine, by its marks, beside what is ``filled``.

        ``is_new``: it is one ingredient that is not taken yet, so it is no pair by itself, and no second of its kind.
        """
        rules = possible(with_more(filled, self._of_kind(bits))) & self.asking(bits)
        choosing = rules & self._choosing_kind(bits)
        if is_new:
            choosing &= ~self._of_one_ingredient & (filled[0] | filled[1] | ~self._pairs)
        others = rules & ~choosing
        return RulesAbout(choosing, others, others & self._adding)

    def _asking(self, bits: int) -> int:
        """The rules that ask about a drug with these marks, in a clause or a variant."""
        return _bits(ready.groups & bits for ready in self._rules)

    def _choosing(self, bits: int) -> int:
        """The rules of which a clause that chooses drugs is about a drug with these marks."""
        return _bits(any(mark & bits for mark in ready.marks) for ready in self._rules)

    def _filled_by(self, bits: int) -> Filled:
        return tuple(_bits(need is not None and need[0] & bits for need in place) for place in self._places)

    def _indexed_by_condition(self) -> dict[str, Filled]:
        every = {name for place in self._places for need in place if need is not None for name in need[1]}
        return {
            name: tuple(_bits(need is not None and name in need[1] for need in place) for place in self._places)
            for name in sorted(every)
        }


def possible(filled: Filled) -> int:
    """The rules, as bits, whose every need is filled."""
    found = filled[0]
    for each in filled[1:]:
        found &= each
    return found


def with_more(filled: Filled, more: Filled) -> Filled:
    """What two fill together."""
    return tuple([one | other for one, other in zip(filled, more, strict=True)])


def places_of(bits: int) -> list[int]:
    """The places of the rules, in their order."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _needs(ready: ReadyRule) -> list[_Need]:
    """What has to be there: a drug of each group, and what other clauses hold with alone."""
    needs: list[_Need] = [(mark, frozenset()) for mark in ready.marks]
    for clause in ready.others:
        only = clause.only_with
        if only is not None and all(isinstance(each, str) or each in MARKS for each in only):
            marks = sum({MARKS[each] for each in only if not isinstance(each, str)})
            needs.append((marks, frozenset(each for each in only if isinstance(each, str))))
    return needs


def _bits(holds: Iterable[object]) -> int:
    return sum(1 << place for place, each in enumerate(holds) if each)
