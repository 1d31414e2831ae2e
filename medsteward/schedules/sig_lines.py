"""Directions for the label: what is taken of one drug, at which time, as a count and as an amount that check it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Course
from medsteward.schedules.step import DrugDay, Item, Step, TimedDose

_WHEN = {
    Moment.EARLY_MORNING: "in the early morning",
    Moment.MORNING: "in the morning",
    Moment.MIDMORNING: "in the middle of the morning",
    Moment.NOON: "at noon",
    Moment.AFTERNOON: "in the afternoon",
    Moment.EVENING: "in the evening",
    Moment.BEDTIME: "at bedtime",
    Moment.NIGHT: "in the night",
    Moment.BEFORE_THERAPY: "30 to 60 minutes before therapy",
    Moment.AS_NEEDED: "as needed",
}
_SWALLOWED = {Unit.TABLET, Unit.CAPSULE, Unit.ML}
_PARTS = {Fraction(1, 2): "half", Fraction(1, 4): "a quarter", Fraction(3, 4): "three quarters"}
_MOST_HOURS = 96
"""Wear up to this long is said in hours, as on the labels of patches that are changed every 72 hours."""


def sig_line(
    doses: Sequence[TimedDose], drug: str, *, wear_days: int | None = None, hours_apart: Fraction | None = None
) -> str:
    """One drug of a step: ``Take 2 tablets (30 mg) in the morning and 3 tablets (45 mg) at bedtime``.

    ``doses`` may hold other drugs, which are left out. Where more than one strength is at hand each count names its
    own. ``wear_days`` is how long a patch stays on, ``hours_apart`` what is left between doses as needed. Raises
    ``ValueError`` for a patch without its days.
    """
    own = [dose for dose in doses if dose.drug == drug]
    if not own:
        return f"Take no {drug}"
    labels = item_labels(own)
    worn = [dose for dose in own if dose.time is Moment.WORN]
    needed = [dose for dose in own if dose.time is Moment.AS_NEEDED]
    timed = [dose for dose in own if dose.time not in (Moment.WORN, Moment.AS_NEEDED)]
    said = [_patch(worn, labels, wear_days)] if worn else []
    said += [_timed(timed, labels)] if timed else []
    said += [_as_needed(needed, labels, hours_apart)] if needed else []
    return ". ".join(said)


def label_line(
    doses: Sequence[TimedDose],
    drug: str,
    product: str,
    *,
    wear_days: int | None = None,
    hours_apart: Fraction | None = None,
) -> str:
    """The directions on the label of one product: its own units at each time, and what is taken with them.

    Where other products of the drug are taken at the same time, they are named as standing in their own bottle, with
    the amount of all together: the same whole direction on two bottles would be followed twice. ``doses``,
    ``wear_days``, ``hours_apart`` and what is raised are as for ``sig_line``.
    """
    own = [dose for dose in doses if dose.drug == drug and any(item.product == product for item in dose.items)]
    needed = any(dose.time is Moment.AS_NEEDED for dose in own)
    alone = all(item.product == product for dose in own for item in dose.items)
    if not own or needed or alone:
        whole = sig_line(own, drug, wear_days=wear_days, hours_apart=hours_apart)
        return whole if alone else f"{whole}. This is one direction for all its bottles together, not for each"
    labels = item_labels([dose for dose in doses if dose.drug == drug])
    worn = any(dose.time is Moment.WORN for dose in own)
    by_time: dict[Moment, list[TimedDose]] = {}
    for dose in sorted(own, key=lambda dose: dose.time.hour):
        by_time.setdefault(dose.time, []).append(dose)
    said = [
        _own_share(together, product, labels, "" if time is Moment.WORN else _WHEN[time])
        for time, together in by_time.items()
    ]
    if worn:
        if wear_days is None:
            raise ValueError(f"{drug}: directions for a patch say how long it stays on")
        return f"Apply {'; '.join(said)}; change all every {_wear(wear_days)}"
    units = {item.unit for dose in own for item in dose.items}
    return f"{'Take' if units <= _SWALLOWED else 'Use'} {'; '.join(said)}"


def _own_share(doses: Sequence[TimedDose], product: str, labels: dict[str, str], when: str) -> str:
    """One product's units at one time, with those of others taken then."""
    items = [item for dose in doses for item in dose.items]
    own = joined([f"{count_words(i.count, i.unit)}{labels[i.product]}" for i in items if i.product == product])
    others = [item for item in items if item.product != product]
    if not others:
        return f"{own} ({_sum(doses)}){when and f' {when}'}"
    named = joined([f"{count_words(item.count, item.unit)}{labels[item.product]}" for item in others])
    whose = "its own" if len({item.product for item in others}) == 1 else "their own"
    package = "box" if all(item.unit is Unit.PATCH for item in items) else "bottle"
    places = package if whose == "its own" else f"{package}{'es' if package == 'box' else 's'}"
    return f"{own}, with {named} from {whose} {places} ({_sum(doses)} in all){when and f', {when}'}"


def directions(step: Step, courses: Sequence[Course]) -> tuple[tuple[str, str], ...]:
    """The directions of a step for each drug taken in it, in the order of ``courses``, then of the step."""
    tracks = [track for course in courses for track in course.tracks]
    worn = {track.drug: track.wear_days for track in tracks if track.wear_days is not None}
    apart = {track.drug: track.hours_apart for track in tracks}
    taken = dict.fromkeys(dose.drug for dose in step.doses)
    order = dict.fromkeys([*(track.drug for track in tracks if track.drug in taken), *taken])
    return tuple(
        (drug, sig_line(step.doses, drug, wear_days=worn.get(drug), hours_apart=apart.get(drug))) for drug in order
    )


def as_needed_in(step: Step) -> frozenset[str]:
    """The drugs of a step that are taken only as needed."""
    return frozenset(dose.drug for dose in step.doses if dose.time is Moment.AS_NEEDED)


def day_words(step: Step, day: DrugDay) -> str:
    """A drug's day in a step: ``20 mg/d``, or ``as needed, at most 20 mg/d``."""
    return f"{'as needed, at most ' if day.drug in as_needed_in(step) else ''}{day.amount}"


def item_labels(doses: Sequence[TimedDose]) -> dict[str, str]:
    """What to call each product beside its count: nothing where there is one, else its strength, else its name."""
    items = {item.product: item for dose in doses for item in dose.items}
    if len(items) < 2:
        return dict.fromkeys(items, "")
    strengths = {(item.strength, item.unit) for item in items.values()}
    if len(strengths) == len(items):
        return {name: f" of {_strength(item)}" for name, item in items.items()}
    return {name: f" of {name}" for name in items}


def dose_words(dose: TimedDose, labels: dict[str, str]) -> str:
    """One dose as a count and an amount: ``1 tablet of 30 mg and 1 tablet of 15 mg (45 mg)``."""
    return _said(dose.items, dose.amount, labels)


def when_words(time: Moment) -> str:
    """A time of day in a sentence: ``in the morning``, ``at noon``; empty for a patch, which is on all day."""
    return _WHEN.get(time, "")


def count_words(count: Fraction, unit: Unit) -> str:
    """A count as it is said: ``2 tablets``, ``half a tablet``, ``1 and a half tablets``, ``2.5 mL``.

    Halves are words: "1/2" is easily read as 1 to 2.
    """
    whole, rest = divmod(count, 1)
    if not unit.is_count or rest == 0:
        return f"{decimal_text(count, thousands=True)} {unit.counted(count)}"
    part = _PARTS.get(rest, f"{rest.numerator}/{rest.denominator}")
    if whole == 0:
        return f"half a {unit.value}" if part == "half" else f"{part} of a {unit.value}"
    return f"{whole} and {'a half' if part == 'half' else part} {unit.counted(count)}"


def joined(parts: Sequence[str]) -> str:
    """Parts of a sentence: ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _patch(worn: Sequence[TimedDose], labels: dict[str, str], wear_days: int | None) -> str:
    if wear_days is None:
        raise ValueError(f"{worn[0].drug}: directions for a patch say how long it stays on")
    items = [item for dose in worn for item in dose.items]
    change = "change" if sum(item.count for item in items) == 1 else "change all"
    return f"Apply {_said(items, _sum(worn), labels)}; {change} every {_wear(wear_days)}"


def _timed(timed: Sequence[TimedDose], labels: dict[str, str]) -> str:
    by_time: dict[Moment, list[TimedDose]] = {}
    for dose in sorted(timed, key=lambda dose: dose.time.hour):
        by_time.setdefault(dose.time, []).append(dose)
    said = [
        f"{_said([item for dose in doses for item in dose.items], _sum(doses), labels)} {_WHEN[time]}"
        for time, doses in by_time.items()
    ]
    units = {item.unit for dose in timed for item in dose.items}
    return f"{'Take' if units <= _SWALLOWED else 'Use'} {joined(said)}"


def _as_needed(doses: Sequence[TimedDose], labels: dict[str, str], hours_apart: Fraction | None) -> str:
    """``Take 1 tablet (5 mg) as needed, at least 6 hours apart, at most 4 tablets (20 mg) in 24 hours``."""
    largest = max(doses, key=lambda dose: dose.amount.value)
    units = {item.unit for dose in doses for item in dose.items}
    single = len(largest.items) == 1 and largest.items[0].count <= 1
    fewer = "" if single else "up to "
    apart = "" if hours_apart is None else f", at least {decimal_text(hours_apart)} hours apart"
    counts: dict[str, Item] = {}
    for item in (item for dose in doses for item in dose.items):
        before = counts[item.product].count if item.product in counts else Fraction(0)
        counts[item.product] = evolve(item, count=before + item.count)
    most = _said(list(counts.values()), _sum(doses), labels)
    verb = "Take" if units <= _SWALLOWED else "Use"
    return f"{verb} {fewer}{_said(largest.items, largest.amount, labels)} as needed{apart}, at most {most} in 24 hours"


def _said(items: Sequence[Item], amount: Amount, labels: dict[str, str]) -> str:
    if not items:
        return str(amount)
    counts = joined([f"{count_words(item.count, item.unit)}{labels[item.product]}" for item in items])
    return counts if counts == str(amount) else f"{counts} ({amount})"


def _strength(item: Item) -> str:
    per = f"/{item.unit.value}" if item.unit is Unit.ML and "/" not in item.strength.unit.value else ""
    return f"{item.strength}{per}"


def _sum(doses: Sequence[TimedDose]) -> Amount:
    total = doses[0].amount
    for dose in doses[1:]:
        total += dose.amount
    return total


def _wear(days: int) -> str:
    hours = 24 * days
    return f"{hours} hours" if hours <= _MOST_HOURS else f"{days} days"
