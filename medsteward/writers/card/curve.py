"""The dose of each drug over the days of a plan: what is taken, what the policy asked for, where the plan is held.

One drawing for HTML and PDF, made by hand as SVG and readable without colour: the dose is a thick line, what was
asked for a row of dots, a pause a hatched band.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from html import escape

from attrs import frozen

from medsteward.model.amount import Amount
from medsteward.schedules.event import End, HoldAt, Pause, Present, Resume, Reverse, SlowTo
from medsteward.schedules.naming import LineKey, lines_of, lines_of_plan
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step, StepKind
from medsteward.writers.card.language import Language
from medsteward.writers.card.words import amount_words, line_words
from medsteward.writers.shared.cells import plain


@frozen
class CurveLevel:
    """An amount from a first day to a last, both included."""

    first: date
    last: date
    value: Fraction


@frozen
class DaySpan:
    """Days from first to last, both included."""

    first: date
    last: date


@frozen
class Curve:
    """One line. ``before`` is what is taken when the plan begins; ``asked`` is where the policy would have gone.

    ``title`` and ``alt`` are its words; ``key`` names the marks: dose, asked, pause (empty where there is none).
    """

    drug: str
    before: Fraction
    actual: tuple[CurveLevel, ...]
    asked: tuple[CurveLevel, ...]
    holds: tuple[DaySpan, ...]
    top: str
    title: str
    alt: str
    key: tuple[str, str, str]
    ends: tuple[str, str]


def curves_of(plan: Plan, words: Language) -> tuple[Curve, ...]:
    """A curve for each line of the plan whose dose is planned."""
    first = {line: track.daily for line, track in lines_of(plan.origin.courses).items()}
    now = {line: track.daily_amount(first.get(line, Fraction(0))) for line, track in lines_of_plan(plan).items()}
    starts = plan.steps[0].kind is StepKind.START and not plan.request.hold
    holds = tuple(_holds(plan))
    return tuple(
        _curve(plan, line, Amount(Fraction(0), amount.unit) if starts else amount, holds, words)
        for line, amount in now.items()
    )


def daily_of(step: Step, line: LineKey) -> Fraction:
    """A day's amount of one line in a step, 0 where it has none."""
    return sum((each.amount.value for each in step.daily if (each.drug, each.told) == line), Fraction(0))


def _curve(plan: Plan, line: LineKey, before: Amount, holds: tuple[DaySpan, ...], words: Language) -> Curve:
    actual = tuple(CurveLevel(step.first_day, step.last_day, daily_of(step, line)) for step in plan.steps)
    asked = tuple(_asked(plan, line, before.value))
    top = max(before.value, *(level.value for level in actual))
    lines = {
        "drug": line_words(*line, words),
        "before": amount_words(before.value, before.unit, words),
        "after": amount_words(actual[-1].value, before.unit, words),
        "first": words.full_date(plan.first_day),
        "last": words.full_date(plan.last_day),
    }
    pauses = words.count("There is {count} pause.", "There are {count} pauses.", len(holds), count=str(len(holds)))
    alt = words.say("{drug}: from {before} on {first} to {after} on {last}.", **lines)
    return Curve(
        drug=plain(" ".join(filter(None, line))),
        before=before.value,
        actual=actual,
        asked=asked,
        holds=holds,
        top=amount_words(top, before.unit, words),
        title=words.say("{drug} over time", drug=lines["drug"]),
        alt=f"{alt} {pauses}" if holds else alt,
        key=(
            words.say("your dose"),
            # Translators: The dose that the pace of the plan asks for, before it is rounded to what tablets can make.
            words.say("what was asked for") if asked else "",
            words.say("pause") if holds else "",
        ),
        ends=(words.full_date(plan.first_day), words.full_date(plan.last_day)),
    )


def _asked(plan: Plan, line: LineKey, before: Fraction) -> Iterable[CurveLevel]:
    """Where the dose of a drug would be if each step took off exactly what the policy asks for.

    The day's total falls with the drug that changes, so that the share of what was asked is the same in both.
    """
    totals: dict[int, Fraction] = {}
    previous = before
    for step in plan.steps:
        here = daily_of(step, line)
        percent, total = step.percent_of_current, step.total.value
        if percent is not None and percent != 100:
            totals[step.course] = total / (1 - percent / 100)
        drop = totals.get(step.course, Fraction(0)) - total
        if step.asked is not None and here < previous and drop > 0:
            yield CurveLevel(
                step.first_day, step.last_day, max(Fraction(0), previous - (previous - here) * step.asked / drop)
            )
        totals[step.course] = total
        previous = here


def _holds(plan: Plan) -> Iterable[DaySpan]:
    """The days on which the plan stood still: those of pauses, and those by which a step is longer than at first."""
    changed = any(isinstance(event.what, SlowTo | Reverse | Present | End) for event in plan.standing)
    for event in plan.standing:
        if isinstance(event.what, Pause) and plan.on(event.what.first) is not None:
            yield DaySpan(event.what.first, min(event.what.last, plan.last_day))
    if changed or not any(isinstance(event.what, HoldAt | Resume) for event in plan.standing):
        return
    paused = [event.what for event in plan.standing if isinstance(event.what, Pause)]
    base = {step.number: step.days for step in plan.base}
    for step in plan.steps:
        own = sum((each.last - each.first).days + 1 for each in paused if plan.on(each.first) is step)
        longer = step.days - base.get(step.number, step.days) - own
        if longer > 0:
            yield DaySpan(step.last_day - timedelta(days=longer - 1), step.last_day)


# --- drawing --------------------------------------------------------------------------------------------------------

_WIDTH, _HEIGHT = 520, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 508, 44, 204
_TEXT = 19
_DOTS = (("#000", "7.5"), ("#fff", "4"))
"""A ring and what is in it: seen on white, and on the line of the dose."""


def svg(curve: Curve, number: int, *, font: str) -> str:
    """The drawing as SVG. ``number`` tells the drawings of one page apart; ``font`` is a CSS family list."""
    first, last = curve.actual[0].first, curve.actual[-1].last
    days = (last - first).days + 1
    top = max([curve.before, *(each.value for each in curve.actual)]) or Fraction(1)

    def x(day: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * ((day - first).days + days * 0.04) / (days * 1.04), 2)

    def y(value: Fraction) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * float(value / top), 2)

    def after(day: date) -> date:
        return day if day == date.max else day + timedelta(days=1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(curve.alt)}" font-family="{escape(font)}" font-size="{_TEXT}">',
        f'<defs><pattern id="hold{number}" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="8" height="8" fill="#fff"/>'
        '<rect width="3" height="8" fill="#8a8a8a"/></pattern></defs>',
    ]
    for span in curve.holds:
        left, right = x(span.first), x(after(span.last))
        parts.append(
            f'<rect x="{left}" y="{_TOP}" width="{round(right - left, 2)}" height="{_BOTTOM - _TOP}" '
            f'fill="url(#hold{number})"/>'
        )
    for share in (Fraction(1), Fraction(1, 2)):
        parts.append(
            f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{y(top * share)}" y2="{y(top * share)}" stroke="#767676" '
            'stroke-width="1" stroke-dasharray="1 5"/>'
        )
    parts.append(f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{_BOTTOM}" y2="{_BOTTOM}" stroke="#000" stroke-width="1.5"/>')
    line = [f"M{_LEFT} {y(curve.before)}H{x(first)}"]
    line += [f"V{y(each.value)}H{x(after(each.last))}" for each in curve.actual]
    parts.append(f'<path d="{"".join(line)}" fill="none" stroke="#fff" stroke-width="8"/>')
    parts.append(f'<path d="{"".join(line)}" fill="none" stroke="#000" stroke-width="4.5" stroke-linejoin="round"/>')
    for each in curve.asked:
        for colour, width in _DOTS:
            parts.append(
                f'<line x1="{x(each.first) + 5}" x2="{x(after(each.last))}" y1="{y(each.value)}" y2="{y(each.value)}" '
                f'stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-dasharray="0.1 10"/>'
            )
    parts.append(f'<text x="{_LEFT}" y="{_TOP - 12}" font-weight="700">{escape(curve.top)}</text>')
    parts.append(f'<text x="{_LEFT}" y="{_HEIGHT - 20}">{escape(curve.ends[0])}</text>')
    parts.append(f'<text x="{_RIGHT}" y="{_HEIGHT - 20}" text-anchor="end">{escape(curve.ends[1])}</text>')
    parts.append("</svg>")
    return "".join(parts)


def key_svg(mark: int) -> str:
    """The mark of the key beside a drawing: 0 the dose, 1 what was asked for, 2 a pause."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 18" aria-hidden="true">'
    if mark == 0:
        return f'{head}<path d="M2 9H42" stroke="#000" stroke-width="4.5"/></svg>'
    if mark == 1:
        return (
            f'{head}<path d="M6 9H42" stroke="#000" stroke-width="7.5" stroke-linecap="round" '
            'stroke-dasharray="0.1 10"/><path d="M6 9H42" stroke="#fff" stroke-width="4" stroke-linecap="round" '
            'stroke-dasharray="0.1 10"/></svg>'
        )
    strokes = "".join(f'<path d="M{n} 17L{n + 12} 1" stroke="#767676" stroke-width="3"/>' for n in range(0, 34, 7))
    return f'{head}<rect x="1" y="1" width="42" height="16" fill="#fff"/>{strokes}</svg>'
