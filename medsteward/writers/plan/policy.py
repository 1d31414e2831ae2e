"""What a policy asks for and at most allows, in words."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve

from medsteward.model.number import decimal_text
from medsteward.model.source import Standing
from medsteward.schedules.policy import Phase, Policy, PolicyStatus, Range, StepCeiling


def for_drugs(policy: Policy, names: Iterable[str]) -> Policy:
    """The policy with the amounts of these drugs alone, where it names those of several."""
    known = frozenset(names)

    def own(amounts: tuple[tuple[str, Fraction], ...]) -> tuple[tuple[str, Fraction], ...]:
        return tuple(each for each in amounts if each[0] in known) or amounts

    phases = tuple(evolve(phase, amounts=own(phase.amounts)) for phase in policy.phases)
    return evolve(policy, phases=phases, ceiling=evolve(policy.ceiling, amounts=own(policy.ceiling.amounts)))


def policy_lines(policy: Policy) -> list[str]:
    """What the policy asks for, its ceiling, and what is open about it."""
    lines = [f"{policy.title} ({policy.year})"]
    if policy.status is PolicyStatus.SUPERSEDED:
        lines.append("superseded: for comparison, not for a new taper")
    lines += [phase_words(phase) for phase in policy.phases]
    ceiling = policy.ceiling
    note = f"; {ceiling.note}" if ceiling.note else ""
    lines.append(f"ceiling: {ceiling_words(ceiling)}{_marked(ceiling.standing, as_asked=ceiling.as_asked)}{note}")
    return lines


def pace_words(policy: Policy) -> str:
    """The pace and the limit in one sentence: ``policy humane: 10 % of the current dose every 4 weeks; ...``."""
    said = "; ".join(phase_words(phase, sources=False) for phase in policy.phases)
    return f"policy {policy.id}: {said}. Limit of one step: {ceiling_words(policy.ceiling)}"


def ceiling_words(ceiling: StepCeiling) -> str:
    """The most that one step may take off."""
    if ceiling.percent is not None:
        return f"{percent(ceiling.percent)} of the current dose"
    return ", ".join(f"{drug} {decimal_text(amount)} mg/d" for drug, amount in ceiling.amounts)


def phase_words(phase: Phase, *, sources: bool = True) -> str:
    """What a phase asks for: ``below 1/3 of the original dose: 5 % of the current dose every 4 weeks (...)``."""
    lead = "" if phase.share == 1 else f"from {_share(phase.share)} of the original dose down: "
    if phase.percent is not None and phase.basis is not None:
        asked = f"{percent(phase.percent)} of the {phase.basis.value} dose"
    else:
        asked = ", ".join(f"{drug} {decimal_text(amount)} mg/d" for drug, amount in phase.amounts)
    ranges = [
        range_words(each, unit) for each, unit in ((phase.percents, "%"), (phase.days, "days")) if each is not None
    ]
    given = f" (source: {', '.join(ranges)})" if ranges else ""
    if not sources:
        return f"{lead}{asked} every {phase.every}"
    return f"{lead}{asked} every {phase.every}{given}{_marked(phase.standing, as_asked=phase.as_asked)}"


def range_words(given: Range, unit: str) -> str:
    """A range as a source gives it: ``5 to 20 %``, ``10 % or less``, ``28 days or more``."""
    if given.low is None or given.high is None:
        end = given.high if given.low is None else given.low
        assert end is not None
        if given.under:
            return f"less than {decimal_text(end)} {unit}"
        return f"{decimal_text(end)} {unit} or {'less' if given.low is None else 'more'}"
    if given.low == given.high:
        return f"{decimal_text(given.low)} {unit}"
    under = "less than " if given.under else ""
    return f"{decimal_text(given.low)} to {under}{decimal_text(given.high)} {unit}"


def percent(value: Fraction | None) -> str:
    """A percentage to one decimal place, or nothing."""
    return "" if value is None else f"{decimal_text(value, 1)} %"


def _share(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}" if share.denominator < 10 else f"{percent(share * 100)}"


def _marked(standing: Standing, *, as_asked: bool) -> str:
    if as_asked:
        return " [as asked]"
    return "" if standing is Standing.VERIFIED else f" [{standing.words}]"
