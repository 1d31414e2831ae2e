"""The dose of each drug over the days of a plan: what is taken, where the plan is held, and where today is.

One drawing for HTML and PDF, made by hand as SVG, as wide as the paper and readable without color: the dose is a thick
line, a pause a hatched band, today an upright line with a word beside it.
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
    """One line. ``before`` is what is taken when the plan begins.

    ``title`` and ``alt`` are its words; ``today`` is a day of the plan, or None, and ``here`` the word beside it.
    ``pause`` names the hatched band, and is empty where there is none.
    """

    drug: str
    before: Fraction
    actual: tuple[CurveLevel, ...]
    holds: tuple[DaySpan, ...]
    today: date | None
    top: str
    title: str
    alt: str
    here: str
    pause: str
    ends: tuple[str, str]


def curves_of(plan: Plan, words: Language, today: date | None = None) -> tuple[Curve, ...]:
    """A curve for each line of the plan whose dose is planned; ``today`` is marked on it."""
    first = {line: track.daily for line, track in lines_of(plan.origin.courses).items()}
    now = {line: track.daily_amount(first.get(line, Fraction(0))) for line, track in lines_of_plan(plan).items()}
    starts = plan.steps[0].kind is StepKind.START and not plan.request.hold
    holds = tuple(_holds(plan))
    return tuple(
        _curve(plan, line, Amount(Fraction(0), amount.unit) if starts else amount, holds, words, today)
        for line, amount in now.items()
    )


def daily_of(step: Step, line: LineKey) -> Fraction:
    """A day's amount of one line in a step, 0 where it has none."""
    return sum((each.amount.value for each in step.daily if (each.drug, each.told) == line), Fraction(0))


def _curve(
    plan: Plan, line: LineKey, before: Amount, holds: tuple[DaySpan, ...], words: Language, today: date | None
) -> Curve:
    actual = tuple(CurveLevel(step.first_day, step.last_day, daily_of(step, line)) for step in plan.steps)
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
    inside = today is not None and plan.first_day <= today <= plan.last_day
    return Curve(
        drug=plain(" ".join(filter(None, line))),
        before=before.value,
        actual=actual,
        holds=holds,
        today=today if inside else None,
        top=amount_words(top, before.unit, words),
        title=words.say("{drug} over time", drug=lines["drug"]),
        alt=f"{alt} {pauses}" if holds else alt,
        here=words.say("You are here"),
        pause=words.say("pause") if holds else "",
        ends=(words.full_date(plan.first_day), words.full_date(plan.last_day)),
    )


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

_WIDTH, _HEIGHT = 760, 176
_LEFT, _RIGHT, _TOP, _BOTTOM = 4, 756, 34, 146
_TEXT = 19


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
    at = None if curve.today is None else x(curve.today)
    # the words of today stand beside their line, those of the scale on the other half of the drawing
    early = at is not None and at < _WIDTH / 2
    scale = f'x="{_RIGHT}" text-anchor="end"' if early else f'x="{_LEFT}"'
    parts.append(f'<text {scale} y="{_TOP - 12}" font-weight="700">{escape(curve.top)}</text>')
    if at is not None:
        side = f'x="{round(at + 10, 2)}"' if early else f'x="{round(at - 10, 2)}" text-anchor="end"'
        parts.append(
            f'<line x1="{at}" x2="{at}" y1="{_TOP - 18}" y2="{_BOTTOM}" stroke="#000" stroke-width="2.5" '
            'stroke-dasharray="7 4"/>'
        )
        parts.append(f'<circle cx="{at}" cy="{_TOP - 18}" r="5" fill="#000"/>')
        parts.append(f'<text {side} y="{_TOP - 12}" font-weight="700">{escape(curve.here)}</text>')
    parts.append(f'<text x="{_LEFT}" y="{_HEIGHT - 8}">{escape(curve.ends[0])}</text>')
    parts.append(f'<text x="{_RIGHT}" y="{_HEIGHT - 8}" text-anchor="end">{escape(curve.ends[1])}</text>')
    parts.append("</svg>")
    return "".join(parts)


def pause_svg() -> str:
    """The mark of a pause beside a drawing."""
    strokes = "".join(f'<path d="M{n} 17L{n + 12} 1" stroke="#767676" stroke-width="3"/>' for n in range(0, 34, 7))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 18" aria-hidden="true">'
        f'<rect x="1" y="1" width="42" height="16" fill="#fff"/>{strokes}</svg>'
    )
