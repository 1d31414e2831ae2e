"""What changes at each step, as the card tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.day_pattern import EVERY_DAY
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import LineKey, lines_of, lines_of_plan
from medsteward.schedules.partner_days import partner_days
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.supply import Track
from medsteward.writers.card.fewer_days import LineDay, line_day, taken_on
from medsteward.writers.card.language import Language, capital
from medsteward.writers.card.sessions import is_before_therapy, taken_words
from medsteward.writers.card.words import line_words

# --- what a step changes ------------------------------------------------------------------------------------------


@frozen
class Told:
    """What a step changes: a word for its day, a sentence for each line of a drug; ``ended`` are those that stop."""

    word: str
    sentences: tuple[str, ...]
    ended: tuple[str, ...] = ()


Lines = Mapping[LineKey, Track]


def changes_of(plan: Plan, words: Language) -> Mapping[int, Told]:
    """What each step changes against the one before it; against what is taken now, before the first."""
    found = {}
    needed: frozenset[LineKey] = frozenset()
    worn = frozenset(key for key, track in lines_of_plan(plan).items() if track.form == "patch")
    before: Mapping[LineKey, LineDay] = {} if plan.steps[0].kind is StepKind.START else _now(plan)
    if plan.steps[0].kind is StepKind.START and plan.request.hold:
        before = _now(plan)
    for step in plan.steps:
        after = _daily(step)
        told = needed | _as_needed(step)
        changed = _told(before, after, words, before_therapy=is_before_therapy(plan), needed=told, worn=worn)
        found[step.number] = evolve(changed, sentences=(*changed.sentences, *map(capital, held_too(step, words))))
        needed = _as_needed(step)
        before = {**{line: _none(day) for line, day in before.items()}, **after}
    return found


def held_too(step: Step, words: Language) -> Iterator[str]:
    """What else the tablets of a step hold in one day."""
    most = any(dose.time is Moment.AS_NEEDED for dose in step.doses)
    for drug, amount in partner_days(step).items():
        said = taken_words(amount.value, amount.unit, words, before_therapy=False)
        said = words.say("at most {amount}, only if you need it", amount=said) if most else said
        # Translators: Another medicine in the same tablet: {drug} is its name, {amount} as in "1,300 mg a day".
        yield words.say("{drug} is in it too: {amount}.", drug=line_words(drug, "", words), amount=said)


def _as_needed(step: Step) -> frozenset[LineKey]:
    return frozenset((dose.drug, dose.told) for dose in step.doses if dose.time is Moment.AS_NEEDED)


def _now(plan: Plan) -> dict[LineKey, LineDay]:
    return {
        line: LineDay(amount := track.daily_amount(track.daily), track.days, amount)
        for line, track in lines_of(plan.origin.courses).items()
    }


def _none(day: LineDay) -> LineDay:
    nothing = Amount(Fraction(0), day.average.unit)
    return LineDay(nothing, EVERY_DAY, nothing)


def _daily(step: Step) -> dict[LineKey, LineDay]:
    """The day of each line in a step."""
    return {(each.drug, each.told): line_day(step, each) for each in step.daily}


_SAID_ONCE = frozenset({Unit.MG_PER_D, Unit.MCG_PER_D, Unit.G_PER_D, Unit.MCG_PER_H})
"""Units that are said once in a change: ``120 to 105 mg a day``."""


def _told(
    before: Mapping[LineKey, LineDay],
    after: Mapping[LineKey, LineDay],
    words: Language,
    *,
    before_therapy: bool,
    needed: Set[LineKey],
    worn: Set[LineKey],
) -> Told:
    marks, sentences, ended = set(), [], []
    for line in dict.fromkeys((*before, *after)):
        old, new = before.get(line), after.get(line)
        old = old or _none(new or LineDay(_NOTHING, EVERY_DAY, _NOTHING))
        new = new or _none(old)
        was, will, unit = old.average.value, new.average.value, new.average.unit
        daily = old.days.is_daily and new.days.is_daily
        plainly = daily and not before_therapy and line not in needed and unit in _SAID_ONCE and bool(will)
        parts = {
            "drug": line_words(*line, words),
            "before": words.number(was)
            if plainly
            else day_words(old, words, before_therapy=before_therapy, most=line in needed),
            "after": day_words(new, words, before_therapy=before_therapy, most=line in needed),
        }
        if was == will:
            continue
        if was == 0:
            # Translators: A change day in a cell of a calendar: one word of at most seven letters. Also "Stop",
            # "Lower", "Higher", "Same" and "Change".
            marks.add(words.say("Start"))
            sentences.append(words.say("{drug}: start with {after}.", **parts))
        elif will == 0:
            marks.add(words.say("Stop"))
            ended.append(
                words.say("{drug}: stop. Take every old patch off, and put no new one on.", **parts)
                if line in worn
                else words.say("{drug}: stop. Take no more of it from this day on.", **parts)
            )
            sentences.append(ended[-1])
        elif will < was:
            marks.add(words.say("Lower"))
            # Translators: {before} and {after} are amounts, as in "120" and "105 mg a day"; {drug} is the name on the
            # label.
            sentences.append(words.say("{drug} goes down: {before} to {after}.", **parts))
        else:
            marks.add(words.say("Higher"))
            sentences.append(words.say("{drug} goes up: {before} to {after}.", **parts))
    if not sentences:
        return Told(words.say("Same"), (words.say("The same dose in one day. Look at the names and times with care."),))
    word = marks.pop() if len(marks) == 1 else words.say("Change")
    return Told(word, tuple(map(capital, sentences)), tuple(map(capital, ended)))


def totals(step: Step, words: Language) -> tuple[str, ...]:
    """What is taken of each line of a drug in one day."""
    therapy = bool(step.doses) and all(dose.time is Moment.BEFORE_THERAPY for dose in step.doses)
    needed = _as_needed(step)
    own = tuple(
        words.say(
            "{drug}: {amount}",
            drug=line_words(*line, words),
            amount=day_words(day, words, before_therapy=therapy, most=line in needed),
        )
        for line, day in _daily(step).items()
    )
    return (*own, *(each.rstrip(".") for each in held_too(step, words)))


_NOTHING = Amount(Fraction(0), Unit.MG_PER_D)


def day_words(day: LineDay, words: Language, *, before_therapy: bool, most: bool) -> str:
    """A day's amount as the card says it; less often than daily, a dose and its days."""
    if not day.days.is_daily:
        return taken_on(day, words)
    amount = day.average
    said = taken_words(amount.value, amount.unit, words, before_therapy=before_therapy)
    return words.say("at most {amount}, only if you need it", amount=said) if most and amount.value else said
