"""Holds every rule against one case. What a rule says is data; this is the one place that reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from attrs import field, frozen

from medsteward.doses.daily import REMEMBERED
from medsteward.drugs.index import find
from medsteward.interactions.meeting import Chosen, dates, lasts, washout_text
from medsteward.interactions.result import Finding
from medsteward.interactions.rule import REASON, DrugClause, Rule, Severity
from medsteward.model.missing import Ask
from medsteward.model.oud import OudTreatment, open_fact
from medsteward.patient.clauses import CaseClause, Ended, Has, Takes, TakesSeveral
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.marks import MARKS
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug

_Key = tuple[tuple[str, ...], tuple[str, ...], tuple[bool, ...]]


@frozen(eq=False)
class _Ready:
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
    twice: int
    """The marks of groups of which several drugs are asked for."""
    told: dict[_Key, Finding] = field(factory=dict)
    groups: int = 0
    """The marks of every group that the rule asks about, in clauses and variants alike."""


class Engine:
    """A set of rules, made ready once and then held against any number of cases."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Make the rules ready. Raises ``KeyError`` for a rule about a group that ``groups`` does not declare."""
        self.rules = tuple(rules)
        self._ready = tuple(self._made_ready(rule) for rule in self.rules)
        self._by_bits: dict[int, tuple[_Ready, ...]] = {}
        self._asked_of: dict[int, frozenset[str]] = {}
        self._by_mark: dict[int, list[tuple[int, int, _Ready]]] = {}
        self._by_condition: dict[str, list[_Ready]] = {}
        for ready in self._ready:
            needed = [clause.names for clause in ready.others if isinstance(clause, Has)]
            if needed:
                for name in needed[0]:
                    self._by_condition.setdefault(name, []).append(ready)
            else:
                self._by_mark.setdefault(ready.marks[0], []).append((ready.marks[-1], ready.twice, ready))

    def _made_ready(self, rule: Rule) -> _Ready:
        clauses, others = rule.drug_clauses, rule.other_clauses
        return _Ready(
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
            reduce(or_, (MARKS[clause.who] for clause in clauses if isinstance(clause, TakesSeveral)), 0),
            groups=reduce(or_, (MARKS[who] for who in groups_of(rule)), 0),
        )

    def findings(self, picture: Picture, lacking: dict[Ask, list[str]]) -> list[Finding]:
        """Every rule that holds. Facts that are not stated and would decide are noted in ``lacking``."""
        found = []
        for ready in self._possible(picture):
            finding = self._finding(ready, picture, lacking)
            if finding is not None:
                found.append(finding)
        return found

    def findings_about(self, picture: Picture, bits: int, lacking: dict[Ask, list[str]]) -> list[Finding]:
        """The findings of every rule that asks about a drug with these bits, about the drug or not.

        Facts that are not stated and would decide about that drug are noted in ``lacking``.
        """
        found, present = [], picture.present
        for ready in self._asking(bits):
            if present & ready.marks[0] and present & ready.marks[-1]:
                chooses = any(mark & bits for mark in ready.marks)
                finding = self._finding(ready, picture, lacking if chooses else {})
                if finding is not None:
                    found.append(finding)
        return found

    def asks_about(self, bits: int) -> frozenset[str]:
        """The ids of the rules that ask about a drug with these bits; empty where none of them is more than minor."""
        return self._asked_of[bits] if bits in self._asked_of else self._ask_of(bits)

    def _ask_of(self, bits: int) -> frozenset[str]:
        asking = self._asking(bits)
        speaks = any(_at_most(ready.rule) >= Severity.MODERATE or ready.rule.absorbs for ready in asking)
        found = frozenset(ready.rule.id for ready in asking) if speaks else frozenset()
        self._asked_of[bits] = found
        return found

    def _asking(self, bits: int) -> tuple[_Ready, ...]:
        """The rules that ask about a drug with these bits. There are as many kinds of bits as kinds of drugs."""
        found = self._by_bits.get(bits)
        if found is None:
            found = self._by_bits[bits] = tuple(ready for ready in self._ready if ready.groups & bits)
        return found

    def _possible(self, picture: Picture) -> list[_Ready]:
        """The rules whose drugs are there, and of whose conditions the patient has one, at one glance."""
        present, lack = picture.present, ~picture.twice
        possible = [
            ready
            for first, rules in self._by_mark.items()
            if present & first
            for last, twice, ready in rules
            if present & last and not twice & lack
        ]
        if picture.conditions:
            by_condition = {
                ready: None
                for name in picture.conditions
                if name in self._by_condition
                for ready in self._by_condition[name]
            }
            possible.extend([ready for ready in by_condition if present & ready.marks[0] and present & ready.marks[-1]])
        return possible

    def _finding(self, ready: _Ready, picture: Picture, lacking: dict[Ask, list[str]]) -> Finding | None:
        known = True
        for clause in ready.others:
            answer = clause.test(picture)
            if not answer:
                if answer is False:
                    return None
                known = False
        chosen = _chosen(ready, picture)
        if not chosen:
            for name in _unclear(ready, picture) if known else ():
                lacking.setdefault(Ask(open_fact(name)), []).append(ready.rule.id)
            return None
        if not known:
            for clause in ready.others:
                if clause.asks and clause.test(picture) is None:
                    for ask in clause.asks:
                        lacking.setdefault(ask, []).append(ready.rule.id)
            return None
        for clause in ready.adding:
            more = clause.drugs(picture)
            if more:
                chosen = [*chosen, *((len(ready.clauses), item) for item in more)]
        return self._told(ready, picture, chosen)

    def _told(self, ready: _Ready, picture: Picture, chosen: Chosen) -> Finding:
        rule = ready.rule
        if len(chosen) == 1:
            names: tuple[str, ...] = (chosen[0][1].part.ingredient,)
        elif len(chosen) == 2 and chosen[0][0] < chosen[1][0]:
            (_, a), (_, b) = chosen
            names = (a.part.ingredient, b.part.ingredient)
        else:
            names = tuple(dict.fromkeys([n for _, n in sorted([(p, item.part.ingredient) for p, item in chosen])]))
        seen: tuple[str, ...] = ()
        for clause in ready.telling:
            seen += clause.seen(picture)
        applies: tuple[bool, ...] = ()
        if rule.variants:
            items = [item for _, item in chosen]
            applies = tuple([bool(variant.when.test(picture, items)) for variant in rule.variants])
            for variant, so in zip(rule.variants, applies, strict=True):
                if so:
                    seen += variant.when.seen(picture)
        key = (names, seen, applies)
        plain = ready.told.get(key)
        if plain is None:
            plain = _plain(rule, *key)
            if len(ready.told) < REMEMBERED:
                ready.told[key] = plain
        if not picture.has_dates or True not in [item.dated for _, item in chosen]:
            return plain
        overlaps, washouts = dates(ready.clauses, ready.lasts, chosen, names)
        open_ones = [item.part.ingredient for _, item in chosen if not item.dated]
        undated = tuple([name for name in names if name in open_ones]) if open_ones else ()
        return Finding(
            rule,
            plain.severity,
            plain.tier,
            names,
            plain.conditions,
            plain.because + "".join(map(washout_text, washouts)) if washouts else plain.because,
            plain.consider,
            rule.sources,
            overlaps,
            washouts,
            undated,
            merged=plain.merged,
        )


def _at_most(rule: Rule) -> Severity:
    """The most severe that a rule may be."""
    return max([rule.severity, *(one.severity for one in rule.variants if one.severity is not None)])


def _plain(rule: Rule, names: tuple[str, ...], seen: tuple[str, ...], applies: tuple[bool, ...]) -> Finding:
    """A finding without days: the rule as its variants change it."""
    severity, tier, because, consider = rule.severity, rule.tier, rule.because, rule.consider
    merged = rule.merged
    for variant, so in zip(rule.variants, applies, strict=True):
        if so:
            severity = severity if variant.severity is None else variant.severity
            tier = tier if variant.tier is None else variant.tier
            because = because if variant.because is None else variant.because
            consider = consider if variant.consider is None else variant.consider
            consider = f"{consider} {variant.add}" if variant.add else consider
            merged = merged if variant.merged is None else variant.merged
    if REASON in because:
        because = because.replace(REASON, ", ".join(dict.fromkeys([*seen, *_not_opioids(names)])))
    return Finding(
        rule, severity, tier, names, tuple(dict.fromkeys(seen)), because, consider, rule.sources, merged=merged
    )


def _not_opioids(names: Sequence[str]) -> list[str]:
    return [name for name in names if (drug := find(name)) is None or not drug.drug_class.is_opioid_agonist]


def groups_of(rule: Rule) -> Iterator[DrugGroup]:
    """Every group of drugs that a rule names, in its clauses or its variants."""
    for clause in rule.when:
        yield from clause.groups
    for variant in rule.variants:
        yield from variant.when.groups


# --- which drugs, and when --------------------------------------------------------------------------------------


def _chosen(ready: _Ready, picture: Picture) -> Chosen:
    """The drugs that make a rule true, each with its clause; empty: it is not true."""
    marks = ready.marks
    if ready.several:
        return _together(ready, picture)
    if len(marks) == 1:
        (clause,) = ready.clauses
        if isinstance(clause, Takes) and clause.not_for_oud:
            return [(0, item) for item in picture.current(marks[0]) if item.oud is OudTreatment.NO]
        return [(0, item) for item in picture.current(marks[0])]
    if isinstance(ready.clauses[-1], Ended):
        return _after_the_end(ready, picture)
    if len(marks) > 2:
        return _tuples_of(ready, picture)
    left, right = picture.of_mark[marks[0]], picture.of_mark[marks[1]]
    if len(left) == 1 and len(right) == 1:  # the usual case: one of each
        (a,), (b,) = left, right
        return [(0, a), (1, b)] if _meet(ready, picture, a, b) else []
    found: dict[tuple[int, TakenDrug], None] = {}
    for a in left:
        for b in right:
            if _meet(ready, picture, a, b):
                found[0, a] = None
                found[1, b] = None
    return list(found)


def _meet(ready: _Ready, picture: Picture, a: TakenDrug, b: TakenDrug) -> bool:
    """Whether two drugs, one of each of two clauses, are different ones and taken on some day together."""
    if a.part.ingredient == b.part.ingredient:
        return False
    if not picture.has_dates:
        return True
    if not ready.lasts:
        return a.begins <= b.until and b.begins <= a.until
    one, other = ready.clauses
    return (a.begins <= b.until or a.begins <= lasts(other, b)) and (b.begins <= a.until or b.begins <= lasts(one, a))


def _after_the_end(ready: _Ready, picture: Picture) -> Chosen:
    """The drugs that are taken while another, which has ended, wears off: the last of two clauses."""
    ended = ready.clauses[-1]
    assert isinstance(ended, Ended)
    found: dict[tuple[int, TakenDrug], None] = {}
    for b in ended.drugs(picture):
        last = b.until + ended.lasts(b)
        for a in picture.current(ready.marks[0]):
            if a.begins <= last and a.part.ingredient != b.part.ingredient:
                found[0, a] = None
                found[1, b] = None
    return list(found)


def _unclear(ready: _Ready, picture: Picture) -> tuple[str, ...]:
    """The drugs that a rule about opioids for pain would be about, if they were known to be for pain."""
    clause = ready.clauses[0]
    if not isinstance(clause, Takes) or not clause.not_for_oud:
        return ()
    current = picture.current(ready.marks[0])
    return tuple(dict.fromkeys(i.name for i in current if i.oud is OudTreatment.UNCLEAR))


def _sides(ready: _Ready, picture: Picture) -> list[list[tuple[TakenDrug, int]]]:
    """For each clause the drugs it may mean, each with the last day on which it counts."""
    if not ready.lasts:
        return [[(item, item.until) for item in picture.of_mark[mark]] for mark in ready.marks]
    return [
        [(item, lasts(clause, item)) for item in picture.of_mark[mark]]
        for clause, mark in zip(ready.clauses, ready.marks, strict=True)
    ]


def _tuples_of(ready: _Ready, picture: Picture) -> Chosen:
    """The same where a rule has three clauses or more."""
    found: dict[tuple[int, TakenDrug], None] = {}
    for each in _tuples(_sides(ready, picture), ()):
        for place, item in enumerate(each):
            found[place, item] = None
    return list(found)


def _tuples(
    sides: Sequence[Sequence[tuple[TakenDrug, int]]], taken: tuple[tuple[TakenDrug, int], ...]
) -> Iterator[tuple[TakenDrug, ...]]:
    """One drug of each side, all different and all taken on some day."""
    if len(taken) == len(sides):
        yield tuple(item for item, _ in taken)
        return
    for item, last in sides[len(taken)]:
        if all(item.name != other.name for other, _ in taken):
            more = (*taken, (item, last))
            if max(i.begins for i, _ in more) <= min(end for _, end in more):
                yield from _tuples(sides, more)


def _together(ready: _Ready, picture: Picture) -> Chosen:
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
        return [(place, item) for place, those in enumerate(at_all) for item in those]
    sides = _sides(ready, picture)
    found: dict[tuple[int, TakenDrug], None] = {}
    for day in sorted({item.begins for side in sides for item, _ in side}):
        on_day = [
            clause.those(items) if isinstance(clause, TakesSeveral) else items
            for clause, items in zip(
                ready.clauses,
                ([item for item, last in side if item.begins <= day <= last] for side in sides),
                strict=True,
            )
        ]
        if all(on_day):
            for place, items in enumerate(on_day):
                for item in items:
                    found[place, item] = None
    return list(found)
