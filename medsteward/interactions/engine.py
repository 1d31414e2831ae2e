"""Holds every rule against one case. What a rule says is data; this is the one place that reads it."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.caches import of_object
from medsteward.doses.daily import REMEMBERED
from medsteward.drugs.index import find
from medsteward.interactions.chosen import chosen_of, unclear_in
from medsteward.interactions.meeting import Chosen, dates, washout_text
from medsteward.interactions.possible import KINDS_OF_DRUGS, Filled, PossibleRules, RulesAbout, places_of
from medsteward.interactions.ready import ReadyRule, made_ready
from medsteward.interactions.result import Finding
from medsteward.interactions.rule import REASON, Rule, Severity
from medsteward.model.conditions import in_full
from medsteward.model.missing import Ask
from medsteward.model.oud import open_fact
from medsteward.patient.picture import Picture


class Engine:
    """A set of rules, made ready once and then held against any number of cases."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Make the rules ready. Raises ``KeyError`` for a rule about a group that ``groups`` does not declare."""
        self.rules = tuple(rules)
        self._ready = tuple(made_ready(rule) for rule in self.rules)
        self._index = PossibleRules(self._ready)
        self.asks_about = of_object(self._asks_about, most=KINDS_OF_DRUGS)

    def findings(self, picture: Picture, lacking: dict[Ask, list[str]]) -> list[Finding]:
        """Every rule that holds. Facts that are not stated and would decide are noted in ``lacking``."""
        return self.hold(self._index.possible(self._index.filled(picture)), picture, lacking)

    def filled(self, picture: Picture) -> Filled:
        """What of the needs of rules a case fills; asked once where many medicines are held against it."""
        return self._index.filled(picture)

    def rules_about(self, bits: int, picture: Picture, filled: Filled, *, is_new: bool) -> RulesAbout:
        """The rules that may hold once a medicine with these marks is taken, beside what a case has ``filled``.

        ``picture`` is that of the case without it; ``is_new``: it is one ingredient that the case does not hold.
        """
        rules = self._index.about(bits, filled, is_new=is_new)
        for place in places_of(rules.choosing):
            if any(clause.test(picture) is False for clause in self._ready[place].of_patient):
                rules = rules.without(place)
        return rules

    def asking(self, bits: int) -> int:
        """The rules, as bits, that ask about a drug with these marks."""
        return self._index.asking(bits)

    def _asks_about(self, bits: int) -> frozenset[str]:
        """The ids of the rules that ask about a drug with these marks; empty where none is more than minor."""
        asking = [self._ready[place].rule for place in places_of(self._index.asking(bits))]
        speaks = any(_at_most(rule) >= Severity.MODERATE or rule.absorbs for rule in asking)
        return frozenset(rule.id for rule in asking) if speaks else frozenset()

    def hold(self, rules: int, picture: Picture, lacking: dict[Ask, list[str]]) -> list[Finding]:
        """Those of some rules, as bits, that hold."""
        found = []
        for place in places_of(self._index.within(rules, picture)):
            finding = self._finding(self._ready[place], picture, lacking)
            if finding is not None:
                found.append(finding)
        return found

    def _finding(self, ready: ReadyRule, picture: Picture, lacking: dict[Ask, list[str]]) -> Finding | None:
        known = True
        for clause in ready.others:
            answer = clause.test(picture)
            if not answer:
                if answer is False:
                    return None
                known = False
        chosen = chosen_of(ready, picture)
        if not chosen:
            if known and ready.for_pain_alone:
                for name in unclear_in(ready, picture):
                    lacking.setdefault(Ask(open_fact(name)), []).append(ready.rule.id)
            return None
        if not known:
            for clause in ready.others:
                if clause.asks and clause.test(picture) is None:
                    for ask in clause.asks:
                        lacking.setdefault(ask, []).append(ready.rule.id)
            return None
        more = [item for clause in ready.adding for item in clause.drugs(picture)]
        if more:
            chosen = (*chosen, more)
        names = _names(chosen)
        plain = _without_days(ready, picture, chosen, names)
        return _with_days(plain, ready, picture, chosen) if picture.has_dates else plain


def _names(chosen: Chosen) -> tuple[str, ...]:
    """The drugs of a finding, each once: in the order of the clauses, those of one clause by their names."""
    names: list[str] = []
    for side in chosen:
        names += [side[0].part.ingredient] if len(side) == 1 else sorted([item.part.ingredient for item in side])
    return tuple(names) if len(names) == 1 else tuple(dict.fromkeys(names))


def _without_days(ready: ReadyRule, picture: Picture, chosen: Chosen, names: tuple[str, ...]) -> Finding:
    """A finding as it is where no drug has dates. What was told before of the same is told again."""
    seen: tuple[str, ...] = ()
    for clause in ready.telling:
        seen += clause.seen(picture)
    applies: tuple[bool, ...] = ()
    if ready.rule.variants:
        items = [item for side in chosen for item in side]
        applies = tuple([bool(variant.when.test(picture, items)) for variant in ready.rule.variants])
        for variant, so in zip(ready.rule.variants, applies, strict=True):
            if so:
                seen += variant.when.seen(picture)
    key = (names, seen, applies)
    found = ready.told.get(key)
    if found is None:
        found = _told(ready.rule, *key)
        if len(ready.told) < REMEMBERED:
            ready.told[key] = found
    return found


def _with_days(finding: Finding, ready: ReadyRule, picture: Picture, chosen: Chosen) -> Finding:
    """The same with the days on which its drugs meet, and those of them that have none, where others do."""
    undated: tuple[str, ...] = ()
    if picture.has_undated:
        items = [item for side in chosen for item in side]
        open_ones = [item.part.ingredient for item in items if not item.dated]
        if len(open_ones) == len(items):
            return finding
        undated = tuple([name for name in finding.drugs if name in open_ones])
    overlaps, washouts = dates(ready, chosen, finding.drugs)
    if not (overlaps or washouts or undated):
        return finding
    return Finding(
        finding.rule,
        finding.severity,
        finding.tier,
        finding.drugs,
        finding.conditions,
        finding.because + "".join(map(washout_text, washouts)) if washouts else finding.because,
        finding.consider,
        finding.sources,
        overlaps,
        washouts,
        undated,
        merged=finding.merged,
    )


def _at_most(rule: Rule) -> Severity:
    """The most severe that a rule may be."""
    return max([rule.severity, *(one.severity for one in rule.variants if one.severity is not None)])


def _told(rule: Rule, names: tuple[str, ...], seen: tuple[str, ...], applies: tuple[bool, ...]) -> Finding:
    """A rule in words about these drugs, as its variants change it."""
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
        because = because.replace(REASON, ", ".join(dict.fromkeys([*map(in_full, seen), *_not_opioids(names)])))
    return Finding(
        rule, severity, tier, names, tuple(dict.fromkeys(seen)), because, consider, rule.sources, merged=merged
    )


def _not_opioids(names: Sequence[str]) -> list[str]:
    return [name for name in names if (drug := find(name)) is None or not drug.drug_class.is_opioid_agonist]
