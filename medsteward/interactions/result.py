"""What a check answers: findings, what was acknowledged, what is unknown, what was looked at."""

from __future__ import annotations

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
        if not self.pair:
            return f"{self.rule.name} ({', '.join(self.drugs)})"
        return f"{self.pair}; also {', '.join(self.beside)}" if self.beside else self.pair

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


def with_absorbed(taker: Finding, taken: tuple[Finding, ...]) -> Finding:
    """``taker`` after it took in others: the more severe and the more urgent, every fact and source kept.

    Its advice goes on with the sentences that those keep when they are taken in, each once.
    """
    everything = (taker, *taken)
    more = [each for each in dict.fromkeys(text for f in taken for text in f.merged) if each not in taker.consider]
    names = taker.drugs
    overlaps, washouts, undated = taker.overlaps, taker.washouts, taker.undated
    if any(finding.overlaps or finding.undated or finding.washouts for finding in taken):
        pairs = {
            (min(o.drugs, key=names.index), max(o.drugs, key=names.index), o.first_day, o.last_day)
            for finding in everything
            for o in finding.overlaps
        }
        ordered = sorted(
            pairs, key=lambda p: (names.index(p[0]), names.index(p[1]), p[2] or date.min, p[3] or date.max)
        )
        overlaps = tuple(Overlap((a, b), first, last) for a, b, first, last in ordered)
        washouts = tuple(dict.fromkeys(each for finding in everything for each in finding.washouts))
        undated = tuple(name for name in names if any(name in finding.undated for finding in everything))
    return Finding(
        rule=taker.rule,
        severity=max([finding.severity for finding in everything]),
        tier=min([finding.tier for finding in everything]),
        drugs=names,
        conditions=tuple(dict.fromkeys(word for finding in everything for word in finding.conditions)),
        because=taker.because,
        consider=" ".join([taker.consider, *more]),
        sources=tuple(dict.fromkeys(source for finding in everything for source in finding.sources)),
        overlaps=overlaps,
        washouts=washouts,
        undated=undated,
        absorbed=tuple(sorted({id_ for f in everything for id_ in (f.rule.id, *f.absorbed)} - {taker.rule.id})),
        merged=tuple(dict.fromkeys(text for finding in everything for text in finding.merged)),
    )
