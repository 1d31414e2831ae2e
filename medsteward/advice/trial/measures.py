"""The measures of a trial: which there are, what counts as a change, and their values over time."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from attrs import frozen

from medsteward.advice.plan.report import MeasureLine
from medsteward.model.number import decimal_text
from medsteward.model.problem import Problem
from medsteward.model.source import Source
from medsteward.reminders.places import SEED
from medsteward.scales.change import PEG_RULE, RULES, ChangeRule
from medsteward.schedules.event import Event, Measured
from medsteward.schedules.trial import Measure


class Sort(Enum):
    """What a measure is about."""

    FUNCTION = "function"
    PAIN = "pain"
    COUNT = "count"
    YES_NO = "yes or no"


@frozen
class Known:
    """A measure that is known. ``rules`` are by base or joint; none: no minimal important change has a source."""

    name: str
    title: str
    sort: Sort
    better: str = ""
    unit: str = ""
    high: Fraction = Fraction(100_000)
    rules: tuple[ChangeRule, ...] = ()

    def rule(self, variant: str) -> ChangeRule | None:
        """The rule of a variant, or the default one."""
        if variant:
            return next((each for each in self.rules if each.variant == variant), None)
        return next((each for each in self.rules if each.is_default or not each.variant), None)


def _scored(name: str, sort: Sort) -> Known:
    rules = tuple(rule for rule in (PEG_RULE, *RULES) if rule.measure == name)
    first = rules[0]
    title = first.title if not first.variant else first.title.split(",")[0]
    return Known(name, title, sort, first.better.value, first.unit, max(rule.high for rule in rules), rules)


def _counted(name: str, title: str, better: str, unit: str) -> Known:
    return Known(name, title, Sort.COUNT, better, unit)


def _asked(name: str, title: str) -> Known:
    return Known(name, title, Sort.YES_NO, high=Fraction(1))


_ALL = (
    _scored("peg", Sort.FUNCTION),
    _scored("odi", Sort.FUNCTION),
    _scored("ndi", Sort.FUNCTION),
    _scored("rmdq", Sort.FUNCTION),
    _scored("6mwt", Sort.FUNCTION),
    _scored("tug", Sort.FUNCTION),
    _scored("nrs", Sort.PAIN),
    _scored("vas", Sort.PAIN),
    _counted("rescue-doses", "Rescue doses a week", "lower", "doses"),
    _counted("missed-days", "Missed work days a month", "lower", "days"),
    _counted("sleep-hours", "Sleep a night", "higher", "h"),
    _counted("walk-minutes", "Walking without a stop", "higher", "min"),
    _counted("steps", "Steps a day", "higher", "steps"),
    _asked("goal", "the goal is reached"),
    _asked("activity", "more active than before"),
    _asked("sedation", "drowsy or groggy"),
    _asked("nausea", "nausea"),
    _asked("intolerable", "an intolerable side effect"),
    _asked("serious", "a serious effect"),
    _asked("contraindication", "a new contraindication"),
)
MEASURES: Mapping[str, Known] = MappingProxyType({each.name: each for each in _ALL})
"""Every measure by its name."""

_COUNTS = SEED.at("measures: rescue doses, missed days, sleep; shown as a slope")


def named(measure: Measure) -> Known | None:
    """What is known of a measure."""
    return MEASURES.get(plain_name(measure.name))


def plain_name(name: str) -> str:
    """A name as it is kept: ``Rescue doses`` is ``rescue-doses``."""
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())


def checked(measures: Iterable[Measure], where: str) -> tuple[tuple[Measure, ...], tuple[Problem, ...]]:
    """The measures by their names here, and what is wrong with them."""
    found: list[Measure] = []
    problems: list[Problem] = []
    code = "TRIAL-004" if where == "baseline" else "SCALE-003"
    for each in measures:
        known = named(each)
        if known is None:
            near = tuple(difflib.get_close_matches(plain_name(each.name)[:40], MEASURES, n=3, cutoff=0.5))
            hint = f"; did you mean {' or '.join(near)}?" if near else f"; those known are {', '.join(MEASURES)}"
            problems.append(Problem(code, where, f'"{each.name[:40]}" is not a measure that is known{hint}', near))
        elif known.rules and known.rule(each.variant) is None:
            bases = [rule.variant for rule in known.rules if rule.variant]
            if bases:
                text = f"{known.title} needs its base, one of {', '.join(bases)}: write {known.name}:{bases[0]}=..."
            else:
                text = f"{known.title} has no base: write {known.name}=..."
            problems.append(Problem(code, where, text, tuple(bases)))
        elif each.value > _highest(known, each.variant):
            most = decimal_text(_highest(known, each.variant))
            text = f"{known.title} is at most {most}, not {decimal_text(each.value)}"
            problems.append(Problem("SCALE-001", where, text))
        else:
            found.append(Measure(known.name, each.value, each.variant))
    return tuple(found), tuple(problems)


def _highest(known: Known, variant: str) -> Fraction:
    rule = known.rule(variant)
    return known.high if rule is None else rule.high


def lines_of(baseline: Iterable[Measure], start: date, events: Iterable[Event]) -> tuple[MeasureLine, ...]:
    """The measures of a trial over time: the baseline on the first day, then what was measured, by day."""
    series: dict[tuple[str, str], dict[date, Fraction]] = {}
    for each in baseline:
        series[each.name, each.variant] = {start: each.value}
    for event in events:
        if isinstance(event.what, Measured):
            found = event.what.measure
            series.setdefault((found.name, found.variant), {})[event.on] = found.value
    return tuple(_line(name, variant, values) for (name, variant), values in series.items() if name in MEASURES)


def _line(name: str, variant: str, values: Mapping[date, Fraction]) -> MeasureLine:
    known = MEASURES[name]
    rule = known.rule(variant)
    ends = rule is not None and rule.has_ends
    return MeasureLine(
        name=name,
        variant=variant,
        title=known.title if rule is None else rule.title,
        unit=known.unit,
        better=known.better,
        change=_change_words(known, rule),
        series=tuple(sorted(values.items())),
        low=Fraction(0) if ends or known.sort is Sort.YES_NO else None,
        high=rule.high if rule is not None and ends else (Fraction(1) if known.sort is Sort.YES_NO else None),
        sources=_sources(known, rule),
    )


def _sources(known: Known, rule: ChangeRule | None) -> tuple[Source, ...]:
    if rule is not None:
        return rule.sources
    return (_COUNTS,) if known.sort is Sort.COUNT else ()


def _change_words(known: Known, rule: ChangeRule | None) -> str:
    if rule is None:
        if known.sort is Sort.YES_NO:
            return "yes or no"
        return "no minimal important change with a source is known here; looked at as a slope"
    said = []
    if rule.least is not None:
        said.append(f"{decimal_text(rule.least)} {rule.unit}")
    if rule.percent is not None:
        said.append(f"{decimal_text(rule.percent)} % of the score before")
    words = (
        f"a change counts from {' or '.join(said)}" if said else "no minimal important change with a source is known"
    )
    if rule.error is not None:
        words += f"; measurement error {decimal_text(rule.error)} {rule.unit}"
    if rule.error_percent is not None:
        words += f"; measurement error {decimal_text(rule.error_percent)} %"
    return words
