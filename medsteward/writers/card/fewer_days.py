"""What the card says of a medicine that is not taken every day: its days, and what holds on the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from medsteward.model.amount import Amount
from medsteward.schedules.day_pattern import EVERY_DAY, DayPattern
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import LineKey
from medsteward.schedules.step import DrugDay, Step, TimedDose
from medsteward.writers.card.language import Language, noted
from medsteward.writers.card.words import line_words, unit_words

_APART = {2: noted("every second day"), 3: noted("every third day")}
_AT_NIGHT = frozenset({Moment.EVENING, Moment.BEDTIME, Moment.NIGHT})
_SHOWN = 3
"""Days with a dose that are named beside days between doses."""


@frozen
class LineDay:
    """What is taken of a line in a day: the average, by which it is compared; on ``days`` its doses are ``taken``."""

    average: Amount
    days: DayPattern
    taken: Amount


def line_day(step: Step, day: DrugDay) -> LineDay:
    """A line's day in a step."""
    own = [dose for dose in step.doses if (dose.drug, dose.told) == (day.drug, day.told)]
    if not own or own[0].days.is_daily:
        return LineDay(day.amount, EVERY_DAY, day.amount)
    taken = own[0].amount
    for dose in own[1:]:
        taken += dose.amount
    return LineDay(day.amount, own[0].days, taken)


def days_words(days: DayPattern, words: Language) -> str:
    """The days: ``every second day``, ``on Mon, Wed, Fri``; empty: every day."""
    if days.is_daily:
        return ""
    if not days.off:
        return words.say(_APART[days.every])
    # Translators: {days} are short names of days of the week, as in "on Mon, Wed, Fri".
    return words.say("on {days}", days=", ".join(words.short_weekday(day) for day in days.on))


def taken_on(day: LineDay, words: Language) -> str:
    """A dose with its days: ``5 mg every second day``."""
    # Translators: {amount} is a dose, {days} are its days: "5 mg every second day", "5 mg on Mon, Wed, Fri".
    return words.say(
        "{amount} {days}",
        amount=unit_words(day.taken.value, day.taken.unit, words),
        days=days_words(day.days, words),
    )


def none_words(dose: TimedDose, words: Language) -> str:
    """What stands in place of a box on a day without this dose."""
    return words.say("none tonight") if dose.time in _AT_NIGHT else words.say("none today")


def fewer_days_notes(step: Step, day: date, words: Language) -> Iterable[str]:
    """What to know of a step in which something is not taken every day; ``day`` is the first that the words are for."""
    own: dict[LineKey, DayPattern] = {(d.drug, d.told): d.days for d in step.doses if not d.days.is_daily}
    for line, days in own.items():
        drug = line_words(*line, words)
        if days.off:
            # Translators: {days} are names of days of the week.
            yield words.say("{drug}: none on {days}.", drug=drug, days=", ".join(map(words.weekday_name, days.off)))
        else:
            dates = ", ".join(words.near_day(each) for each in next_days(step, days, day))
            # Translators: {days} is "every second day" or "every third day"; {dates} are the first of them.
            yield words.say(
                "{drug}: take it {days}: {dates} and so on. On other days take none.",
                drug=drug,
                days=days_words(days, words),
                dates=dates,
            )


def next_days(step: Step, days: DayPattern, since: date) -> list[date]:
    """The next days with a dose in a step, a few of them."""
    first = max(since, step.first_day)
    left = (date.fromordinal(number) for number in range(first.toordinal(), step.last_day.toordinal() + 1))
    return [day for day in left if days.is_on(day, step.first_day)][:_SHOWN]
