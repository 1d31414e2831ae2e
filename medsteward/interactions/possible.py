"""Which rules may hold of a case, told at one glance: an index from what is there to the rules that need it.

A rule needs a drug of each of its groups, and for some of its other clauses one of several conditions or drugs. For
each need every kind of drug and every condition has the rules whose need it fills, as the bits of one number; the needs
lie side by side in it, first needs lowest. What a case holds is joined (``Filled``), and a rule is possible where all
its needs are filled, and where several of a group are there if it asks for several.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from attrs import frozen

from medsteward.caches import of_object
from medsteward.interactions.ready import ReadyRule
from medsteward.patient.marks import MARKS
from medsteward.patient.picture import Picture

Filled = int
"""For each need of a rule the rules, as bits, whose need is filled: side by side in one number."""

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
        self._needs = [
            [each[number] if number < len(each) else None for each in needs] for number in range(max(map(len, needs)))
        ]
        self._rules = tuple(rules)
        self._every = (1 << len(rules)) - 1
        self._without = self._side_by_side(_bits(need is None for need in needs) for needs in self._needs)
        self._by_condition = self._indexed_by_condition()
        self._of_kind = of_object(self._filled_by, most=KINDS_OF_DRUGS)
        self._choosing_kind = of_object(self._choosing, most=KINDS_OF_DRUGS)
        self.asking = of_object(self._asking, most=KINDS_OF_DRUGS)
        self._several = tuple((1 << place, ready.twice) for place, ready in enumerate(rules) if ready.twice)
        self._marks_of_several = reduce(or_, (marks for _, marks in self._several), 0)
        self._short_of = of_object(self._too_few, most=KINDS_OF_DRUGS)
        self._other_age = of_object(self._for_others, most=KINDS_OF_DRUGS)
        self._adding = _bits(ready.adding for ready in rules)
        self._pairs = _bits(len(ready.marks) == 2 for ready in rules)
        self._of_one_ingredient = _bits(ready.of_one_ingredient for ready in rules)

    def filled(self, picture: Picture) -> Filled:
        """What the drugs and the conditions of a case fill."""
        filled, of_kind, by_condition = self._without, self._of_kind, self._by_condition
        for each in picture.every:
            filled |= of_kind(each.bits)
        for name in picture.conditions:
            if name in by_condition:
                filled |= by_condition[name]
        return filled

    def possible(self, filled: Filled) -> int:
        """The rules, as bits, whose every need is filled."""
        found = self._every
        for number in range(len(self._needs)):
            found &= self._nth(filled, number)
        return found

    def within(self, rules: int, picture: Picture) -> int:
        """Those of some rules, as bits, whose age it may be, and that ask for several of a group where several are."""
        too_few = self._short_of(picture.twice & self._marks_of_several)
        return rules & ~(too_few | self._other_age(picture.patient.age))

    def about(self, bits: int, filled: Filled, *, is_new: bool) -> RulesAbout:
        """The rules about one more medicine, by its marks, beside what is ``filled``.

        ``is_new``: it is one ingredient that is not taken yet, so it is no pair by itself, and no second of its kind.
        """
        rules = self.possible(filled | self._of_kind(bits)) & self.asking(bits)
        choosing = rules & self._choosing_kind(bits)
        if is_new:
            choosing &= ~self._of_one_ingredient & (self._nth(filled, 0) | self._nth(filled, 1) | ~self._pairs)
        others = rules & ~choosing
        return RulesAbout(choosing, others, others & self._adding)

    def _asking(self, bits: int) -> int:
        """The rules that ask about a drug with these marks, in a clause or a variant."""
        return _bits(ready.groups & bits for ready in self._rules)

    def _choosing(self, bits: int) -> int:
        """The rules of which a clause that chooses drugs is about a drug with these marks."""
        return _bits(any(mark & bits for mark in ready.marks) for ready in self._rules)

    def _too_few(self, twice: int) -> int:
        """The rules that ask for several drugs of another group than those of which there are several."""
        return sum(rule for rule, marks in self._several if marks & ~twice)

    def _for_others(self, age: int | None) -> int:
        """The rules about patients of another age than this."""
        return _bits(any(clause.holds_at(age) is False for clause in ready.ages) for ready in self._rules)

    def _filled_by(self, bits: int) -> Filled:
        return self._side_by_side(_bits(need is not None and need[0] & bits for need in needs) for needs in self._needs)

    def _indexed_by_condition(self) -> dict[str, Filled]:
        every = {name for needs in self._needs for need in needs if need is not None for name in need[1]}
        return {
            name: self._side_by_side(
                _bits(need is not None and name in need[1] for need in needs) for needs in self._needs
            )
            for name in sorted(every)
        }

    def _side_by_side(self, of_each: Iterable[int]) -> Filled:
        return sum(bits << number * len(self._rules) for number, bits in enumerate(of_each))

    def _nth(self, filled: Filled, number: int) -> int:
        return filled >> number * len(self._rules) & self._every


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
