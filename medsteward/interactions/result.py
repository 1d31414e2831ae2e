"""What a check answers: findings, what was acknowledged, what is unknown, what was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from attrs import frozen

from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.model.acknowledgement import Acknowledgement
from medsteward.model.alike import alike
from medsteward.model.missing import Ask
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source
from medsteward.patient.overlaps import Overlap, Washout


def title_of(rule: Rule, drugs: tuple[str, ...], pair: str, beside: tuple[str, ...]) -> str:
    """What a finding is about in one line: the name of its rule with the drugs, or the pair that names it."""
    if not pair:
        return f"{rule.name} ({', '.join(drugs)})"
    return f"{pair}; also {', '.join(beside)}" if beside else pair


@frozen(eq=False)
class Finding:
    """A rule found true of a case, with the drugs and facts that made it so.

    ``drugs`` are ingredients in the order of the rule. ``undated`` are those of them that have no dates, where others
    do: they count as taken at the same time. ``absorbed`` are the rules whose findings this one took in; ``merged`` is
    what a finding that takes this one in goes on to say. Of the one finding of a case about slowed breathing, ``pair``
    names in words what it is about, and ``beside`` are the other sedatives that are taken.
    """

    rule: Rule
    severity: Severity
    tier: int
    drugs: tuple[str, ...]
    conditions: tuple[str, ...]
    because: str
    consider: str
    sources: tuple[Source, ...]
    overlaps: tuple[Overlap, ...] = ()
    washouts: tuple[Washout, ...] = ()
    undated: tuple[str, ...] = ()
    absorbed: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    pair: str = ""
    beside: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is about in one line, its drugs included."""
        return title_of(self.rule, self.drugs, self.pair, self.beside)

    @property
    def id(self) -> str:
        """The id of the rule."""
        return self.rule.id

    def __eq__(self, other: object) -> bool:
        """Whether another finding says the same, as after pickling."""
        return alike(self, other) if isinstance(other, Finding) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.rule.id, self.drugs))

    def covers(self, rule: str) -> bool:
        """Whether it is the finding of a rule, or took that one in."""
        return rule == self.rule.id or rule in self.absorbed

    @property
    def hazard(self) -> Hazard:
        """The harm it is about."""
        return self.rule.hazard


@frozen
class Acknowledged:
    """A finding that rests because it was answered. It stays in its place, at its full severity.

    ``until`` is the first day on which it may interrupt again.
    """

    finding: Finding
    acknowledgement: Acknowledgement
    until: date


@frozen
class Returned:
    """A finding whose answer does not hold, and why."""

    rule: str
    why: str


@frozen
class Unknown:
    """A fact of the patient that is not stated and would decide rules about the drugs taken."""

    ask: Ask
    rules: tuple[str, ...]

    @property
    def fact(self) -> str:
        """The fact as rules list it."""
        return str(self.ask)


@frozen(slots=False)
class CheckReport:
    """The answer of a check. ``findings`` are sorted: what may interrupt first, then by severity, then by id.

    ``acknowledged`` are those of the findings that were answered and rest, ``returned`` those whose answer no longer
    holds.

    ``safeguards`` are protective drugs on the list. ``known`` are findings left out because the case compared with had
    them too. ``drugs`` and ``rules`` count what was looked at, so that an empty answer says so. ``recognized`` are
    substances that are surely no opioid and that no rule can look at, since nothing else is known of them.
    """

    case_id: str | None
    as_of: date
    findings: tuple[Finding, ...]
    acknowledged: tuple[Acknowledged, ...]
    returned: tuple[Returned, ...]
    known: tuple[Finding, ...]
    safeguards: tuple[Finding, ...]
    undated: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    drugs: tuple[str, ...]
    not_understood: tuple[str, ...]
    rules: int
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]
    recognized: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing, 5 refused; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)

    @property
    def interrupts(self) -> bool:
        """Whether a finding interrupts now: one of tier 1 that is new, or whose answer no longer holds."""
        return bool(self.interrupting)

    @cached_property
    def interrupting(self) -> tuple[Finding, ...]:
        """The findings that interrupt now."""
        return tuple([each for each in self.findings if each.tier == 1 and self.answer(each) is None])

    def answer(self, finding: Finding) -> Acknowledged | None:
        """The answer by which a finding rests, or None."""
        return next((each for each in self.acknowledged if each.finding is finding), None)

    def tier(self, number: int) -> tuple[Finding, ...]:
        """The findings of one tier."""
        return tuple(finding for finding in self.findings if finding.tier == number)


def with_absorbed(
    taker: Finding,
    taken: Sequence[Finding],
    *,
    drugs: tuple[str, ...] = (),
    pair: str = "",
    beside: tuple[str, ...] = (),
) -> Finding:
    """``taker`` after it took in others: the more severe and the more urgent, every fact and source kept.

    Its advice goes on with the sentences that those keep when they are taken in, each once. ``drugs``: those of all,
    where the others are about further ones; ``pair`` and ``beside`` are those of the finding about slowed breathing.
    """
    everything = (taker, *taken)
    names = drugs or taker.drugs
    more = dict.fromkeys([text for each in taken for text in each.merged if text not in taker.consider])
    overlaps, washouts, undated = taker.overlaps, taker.washouts, taker.undated
    if any(each.overlaps or each.undated or each.washouts for each in taken):
        overlaps = _each_once([overlap for each in everything for overlap in each.overlaps], names)
        washouts = tuple(dict.fromkeys([washout for each in everything for washout in each.washouts]))
        without_days = {name for each in everything for name in each.undated}
        undated = tuple([name for name in names if name in without_days])
    ids = {id_ for each in everything for id_ in (each.rule.id, *each.absorbed)} - {taker.rule.id}
    return Finding(
        taker.rule,
        max([each.severity for each in everything]),
        min([each.tier for each in everything]),
        names,
        tuple(dict.fromkeys([word for each in everything for word in each.conditions])),
        taker.because,
        " ".join([taker.consider, *more]),
        tuple(dict.fromkeys([source for each in everything for source in each.sources])),
        overlaps,
        washouts,
        undated,
        tuple(sorted(ids)),
        tuple(dict.fromkeys([text for each in everything for text in each.merged])),
        pair,
        beside,
    )


def _each_once(overlaps: Iterable[Overlap], names: Sequence[str]) -> tuple[Overlap, ...]:
    """Overlaps by their drugs in an order of names, then by their days, each once."""
    place = {name: number for number, name in enumerate(names)}
    found: dict[tuple[int, int, date, date], Overlap] = {}
    for each in overlaps:
        one, other = place[each.drugs[0]], place[each.drugs[1]]
        if one > other:
            one, other = other, one
            each = Overlap((names[one], names[other]), each.first_day, each.last_day)
        found[one, other, each.first_day or date.min, each.last_day or date.max] = each
    return tuple([found[key] for key in sorted(found)])
