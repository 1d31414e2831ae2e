"""Directions for the label: what is taken of one drug, at which time, as a count and as an amount that check it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.model.amount import Amount
from medsteward.model.labels import strength_words
from medsteward.model.number import decimal_text
from medsteward.model.unit import Unit
from medsteward.schedules.day_pattern import EVERY_DAY
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import line_names
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
    doses: Sequence[TimedDose], name: str, *, wear_days: int | None = None, hours_apart: Fraction | None = None
) -> str:
    """One line of a step: ``Take 2 tablets of 15 mg (30 mg) in the morning and 3 tablets (45 mg) at bedtime``.

    ``doses`` may hold other lines, which are left out; ``name`` is that of the line. The strength of a product stands
    at its first count, and at each where there are several; ``1 tablet (15 mg)`` says it by itself. Where the drug
    stands on another line, each count names drug and release as well (``1 tablet of morphine ER 30 mg``).
    ``wear_days`` is how long a patch stays on, ``hours_apart`` what is left between doses as needed. Raises
    ``ValueError`` for a patch without its days.
    """
    own = [dose for dose in doses if dose.name == name]
    if not own:
        return f"Take no {name}"
    return _whole(own, _first_labels(own), wear_days, hours_apart)


def _whole(
    own: Sequence[TimedDose], labels: dict[str, str], wear_days: int | None, hours_apart: Fraction | None
) -> str:
    worn = [dose for dose in own if dose.time is Moment.WORN]
    needed = [dose for dose in own if dose.time is Moment.AS_NEEDED]
    timed = [dose for dose in own if dose.time not in (Moment.WORN, Moment.AS_NEEDED)]
    said = [_patch(worn, labels, wear_days)] if worn else []
    said += [_on_days(_timed(timed, labels), timed)] if timed else []
    said += [_as_needed(needed, labels, hours_apart)] if needed else []
    return ". ".join(said)


def label_line(
    doses: Sequence[TimedDose],
    name: str,
    product: str,
    *,
    wear_days: int | None = None,
    hours_apart: Fraction | None = None,
) -> str:
    """The directions on the label of one product: its own units at each time, and what is taken with them.

    Where other products of the line are taken at the same time, they are named as standing in their own bottle, with
    the amount of all together: the same whole direction on two bottles would be followed twice. ``doses``,
    ``wear_days``, ``hours_apart`` and what is raised are as for ``sig_line``.
    """
    own = [dose for dose in doses if dose.name == name and any(item.product == product for item in dose.items)]
    needed = any(dose.time is Moment.AS_NEEDED for dose in own)
    alone = all(item.product == product for dose in own for item in dose.items)
    if not own or needed or alone:
        # the label names the product and its strength itself
        bare = alone and all(dose.name == dose.drug for dose in own)
        said_of = {item.product: "" for dose in own for item in dose.items} if bare else item_labels(own)
        whole = _whole(own, said_of, wear_days, hours_apart) if own else f"Take no {name}"
        return whole if alone else f"{whole}. This is one direction for all its bottles together, not for each"
    labels = item_labels([dose for dose in doses if dose.name == name])
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
            raise ValueError(f"{name}: directions for a patch say how long it stays on")
        return f"Apply {'; '.join(said)}; change all every {_wear(wear_days)}"
    units = {item.unit for dose in own for item in dose.items}
    return _on_days(f"{'Take' if units <= _SWALLOWED else 'Use'} {'; '.join(said)}", own)


def _on_days(said: str, doses: Sequence[TimedDose]) -> str:
    """Directions with the days on which the line is taken, where that is not every day."""
    return " ".join(filter(None, (said, doses[0].days.words)))


def first_dose(step: Step, name: str, since: date | None = None) -> date | None:
    """The first day with a dose of a line with days between doses, from ``since`` on; None for any other."""
    days = next((dose.days for dose in step.doses if dose.name == name), EVERY_DAY)
    return None if days.every == 1 else days.first_on(step.first_day, since)


def _own_share(doses: Sequence[TimedDose], product: str, labels: dict[str, str], when: str) -> str:
    """One product's units at one time, with those of others taken then."""
    items = [item for dose in doses for item in dose.items]
    others = [item for item in items if item.product != product]
    if not others:
        return f"{_said(items, _sum(doses), labels)}{when and f' {when}'}"
    own = joined([f"{count_words(i.count, i.unit)}{labels[i.product]}" for i in items if i.product == product])
    named = joined([f"{count_words(item.count, item.unit)}{labels[item.product]}" for item in others])
    whose = "its own" if len({item.product for item in others}) == 1 else "their own"
    package = "box" if all(item.unit is Unit.PATCH for item in items) else "bottle"
    places = package if whose == "its own" else f"{package}{'es' if package == 'box' else 's'}"
    return f"{own}, with {named} from {whose} {places} ({_sum(doses)} in all){when and f', {when}'}"


def directions(step: Step, courses: Sequence[Course]) -> tuple[tuple[str, str], ...]:
    """The name and the directions of each line taken in a step, in the order of ``courses``, then of the step."""
    lines = {
        name: track
        for course, names in zip(courses, line_names(courses), strict=True)
        for track, name in zip(course.tracks, names, strict=True)
    }
    taken = dict.fromkeys(dose.name for dose in step.doses)
    order = dict.fromkeys([*(name for name in lines if name in taken), *taken])
    found = []
    for name in order:
        track = lines.get(name)
        wear, apart = (None, None) if track is None else (track.wear_days, track.hours_apart)
        found.append((name, sig_line(step.doses, name, wear_days=wear, hours_apart=apart)))
    return tuple(found)


def as_needed_in(step: Step) -> frozenset[str]:
    """The names of the lines of a step that are taken only as needed."""
    return frozenset(dose.name for dose in step.doses if dose.time is Moment.AS_NEEDED)


def day_words(step: Step, day: DrugDay) -> str:
    """A line's day in a step: ``20 mg/d``, or ``as needed, at most 20 mg/d``; less often, a dose and its days.

    ``5 mg every second day (on average 2.5 mg/d)``.
    """
    days = next((dose.days for dose in step.doses if dose.name == day.name), EVERY_DAY)
    if not days.is_daily:
        average = f"{decimal_text(day.amount.value, 2)} {day.amount.unit.value}"
        return f"{_sum([dose for dose in step.doses if dose.name == day.name])} {days.brief} (on average {average})"
    return f"{'as needed, at most ' if day.name in as_needed_in(step) else ''}{day.amount}"


def daily_words(step: Step, *, with_products: bool = False) -> str:
    """What is taken a day of each line: ``morphine ER 90 mg/d, morphine IR 40 mg/d``; empty where nothing is.

    ``with_products`` also says what a drug that stands on several lines is made of, where no directions follow:
    ``morphine ER 45 mg/d (tablets of 15 mg and 30 mg)``.
    """
    said = []
    for day in step.daily:
        if day.amount.value:
            made = _made_of(step, day.name) if with_products and day.name != day.drug else ""
            said.append(f"{day.name} {day_words(step, day)}{made and f' ({made})'}")
    return ", ".join(said)


def _made_of(step: Step, name: str) -> str:
    items = {item.product: item for dose in step.doses if dose.name == name for item in dose.items}
    by_unit: dict[Unit, list[Item]] = {}
    for item in sorted(items.values(), key=lambda item: item.strength.value):
        by_unit.setdefault(item.unit, []).append(item)
    return ", ".join(
        f"{'liquid' if unit is Unit.ML else unit.counted(Fraction(2))} of "
        f"{joined([strength_words(item.strength, unit, item.per_ml) for item in found])}"
        for unit, found in by_unit.items()
    )


def products_of_line(step: Step, name: str) -> tuple[str, ...]:
    """The products that the doses of one line are made of in a step, in their order."""
    return tuple(dict.fromkeys(item.product for dose in step.doses if dose.name == name for item in dose.items))


def product_words(product: str, drug: str, release: str | None, name: str) -> str:
    """A product with its release, where the drug stands on several lines and the product's name does not say it."""
    is_said = release is None or release in product.split() or name == drug or "patch" in product.split()
    return product if is_said else f"{product} ({release})"


def item_labels(doses: Sequence[TimedDose]) -> dict[str, str]:
    """What to call each product beside its count: its strength, else its name where the line has two of one strength.

    Where the drug stands on several lines its name and release stand before the strength. What is counted and not
    measured has no strength to say.
    """
    items = {item.product: (dose, item) for dose in doses for item in dose.items}
    alike = Counter((dose.name, item.strength, item.unit) for dose, item in items.values())
    return {
        product: f" of {product}" if alike[dose.name, item.strength, item.unit] > 1 else _label(dose, item)
        for product, (dose, item) in items.items()
    }


def _label(dose: TimedDose, item: Item) -> str:
    if item.strength.unit is item.unit:
        return ""
    told = (
        f"{dose.drug} {dose.release} "
        if dose.name != dose.drug and dose.release and item.unit is not Unit.PATCH
        else ""
    )
    return f" of {told}{strength_words(item.strength, item.unit, item.per_ml)}"


def dose_words(dose: TimedDose, labels: dict[str, str]) -> str:
    """One dose as counts and an amount that check each other: ``1 tablet of 30 mg and 1 tablet of 15 mg (45 mg)``."""
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
        f"{_said([i for dose in doses for i in dose.items], _sum(doses), _again(labels, timed) if number else labels)} "
        f"{_WHEN[time]}"
        for number, (time, doses) in enumerate(by_time.items())
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
    most = _said(list(counts.values()), _sum(doses), _again(labels, doses))
    verb = "Take" if units <= _SWALLOWED else "Use"
    return f"{verb} {fewer}{_said(largest.items, largest.amount, labels)} as needed{apart}, at most {most} in 24 hours"


def _first_labels(own: Sequence[TimedDose]) -> dict[str, str]:
    """The labels of a line: none where its one product is counted once first, as ``1 tablet (15 mg)`` says it all."""
    labels = item_labels(own)
    first = min(own, key=lambda dose: dose.time.hour)
    is_one = len(first.items) == 1 and first.items[0].count == 1 and first.items[0].unit is not Unit.ML
    return _again(labels, own) if is_one else labels


def _again(labels: dict[str, str], doses: Sequence[TimedDose]) -> dict[str, str]:
    """The labels after the first count: none where one product alone is meant all along."""
    is_clear = len(labels) == 1 and all(dose.name == dose.drug for dose in doses)
    return dict.fromkeys(labels, "") if is_clear else labels


def _said(items: Sequence[Item], amount: Amount, labels: dict[str, str]) -> str:
    if not items:
        return str(amount)
    counts = joined([f"{count_words(item.count, item.unit)}{labels[item.product]}" for item in items])
    return counts if counts == str(amount) else f"{counts} ({amount})"


def _sum(doses: Sequence[TimedDose]) -> Amount:
    total = doses[0].amount
    for dose in doses[1:]:
        total += dose.amount
    return total


def _wear(days: int) -> str:
    hours = 24 * days
    return f"{hours} hours" if hours <= _MOST_HOURS else f"{days} days"
