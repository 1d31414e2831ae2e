"""Any schedule held against a policy, step by step: what it takes off, how long it lasts, which bounds it exceeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, field, frozen
from attrs.validators import min_len

from medsteward.model.amount import Amount
from medsteward.model.dated import DatedAmount
from medsteward.model.unit import Dimension
from medsteward.schedules.event import Replan
from medsteward.schedules.held_schedule import (
    LAST_STOP,
    Bound,
    Excess,
    HeldSchedule,
    HeldStep,
    Irregular,
    Irregularity,
    TotalChange,
)
from medsteward.schedules.plan import Plan
from medsteward.schedules.policy import Basis, Policy
from medsteward.schedules.step import DrugDay

Weight = Callable[[tuple[DrugDay, ...]], Amount]
"""A day's amounts of all drugs to the total that percentages are of."""

_DAY = timedelta(days=1)


@frozen
class _Stretch:
    """Days on which all amounts stay the same."""

    first_day: date
    last_day: date
    daily: tuple[DrugDay, ...] = field(validator=min_len(1))
    forced: str = ""


_Key = tuple[str, Dimension]


def dated_amounts(plan: Plan) -> tuple[DatedAmount, ...]:
    """The steps of a plan as a schedule; two products of one drug, such as ER and IR, are one amount.

    After a change to another label the mg are those of the label before.
    """
    found: list[DatedAmount] = []
    shares = label_shares(plan)
    for step in plan.steps:
        by_drug: dict[_Key, DrugDay] = {}
        for day in step.daily:
            _add(by_drug, day)
        why = step.why_forced if step.forced else ""
        share = next((each for number, each in reversed(shares) if number <= step.number), Fraction(1))
        found += [
            DatedAmount(
                step.first_day, step.last_day, day.drug, evolve(day.amount, value=day.amount.value / share), why
            )
            for day in by_drug.values()
        ]
    return tuple(found)


def label_shares(plan: Plan) -> tuple[tuple[int, Fraction], ...]:
    """From the step of a number on, how many mg on the label are 1 mg on that of the plan's beginning."""
    changes = [event.what for event in plan.standing if isinstance(event.what, Replan)]
    share, found = Fraction(1), []
    for stage in plan.stages:
        told = next((each.relabeled for each in changes if each.courses == stage.request.courses), None)
        share = share * told.share if told is not None else Fraction(1) if stage.is_regimen else share
        found.append((stage.number, share))
    return tuple(found)


def present_doses(plan: Plan) -> tuple[DrugDay, ...]:
    """What is taken before the first step of a plan."""
    found: dict[_Key, DrugDay] = {}
    for course in plan.origin.courses:
        for track in course.tracks:
            _add(found, DrugDay(track.drug, track.daily_amount(track.daily)))
    return tuple(found.values())


def held_against(
    rows: Sequence[DatedAmount], policy: Policy, weight: Weight, *, present: Sequence[DrugDay] = ()
) -> HeldSchedule:
    """A schedule held against a policy.

    ``present`` is what is taken before the first row; empty: the first dose of the schedule is the present one, and
    the rest is held against it. Amounts of one drug on the same day are added up, and said to overlap. In a gap the
    drug's last amount is taken to go on. A stop is planned for when it starts from within the policy's bottom, a step
    that exceeds a bound when its rows say why; both are named, and do not count as exceeding. Refuses (``ValueError``)
    a schedule without rows, one that starts from a total of nothing, and mixed units of one drug's dimension.
    """
    if not rows:
        raise ValueError("a schedule has at least one row")
    irregular: list[Irregular] = []
    stretches = _stretches(rows, irregular)
    if not present:
        present = stretches[0].daily
    original = weight(tuple(present))
    if original.value == 0:
        raise ValueError("a schedule starts from a dose above zero")
    steps = list(_steps(stretches, tuple(present), original, policy, weight, irregular))
    steps = [_with_interval(steps, at) for at in range(len(steps))]
    return HeldSchedule(
        policy, original, tuple(steps), tuple(sorted(irregular, key=lambda each: (each.first_day, each.drugs)))
    )


def days_lowered(rows: Sequence[DatedAmount], present: Sequence[DrugDay] = ()) -> Mapping[date, frozenset[str]]:
    """The days on which drugs are lowered, and which, from one day of the schedule to the next."""
    found: dict[date, frozenset[str]] = {}
    stretches = _stretches(rows, [])
    before = tuple(present) or stretches[0].daily
    for stretch in stretches:
        now, then = _amounts(stretch.daily), _amounts(before)
        lowered = frozenset(key[0] for key, was in then.items() if now.get(key, Fraction(0)) < was)
        if lowered:
            found[stretch.first_day] = lowered
        before = stretch.daily
    return found


# --- days ---


def _stretches(rows: Sequence[DatedAmount], irregular: list[Irregular]) -> list[_Stretch]:
    """The schedule as stretches of days without change, oldest first, without gaps."""
    by_drug: dict[_Key, list[DatedAmount]] = {}
    for row in sorted(rows, key=lambda row: (row.drug, row.amount.unit.dimension.value, row.first_day, row.last_day)):
        by_drug.setdefault((row.drug, row.amount.unit.dimension), []).append(row)
    changes: dict[date, dict[_Key, Amount]] = {}
    for key, own in by_drug.items():
        for day, amount in _own_changes(own, irregular):
            changes.setdefault(day, {})[key] = amount
    end = max(row.last_day for row in rows)
    now = {key: Amount(Fraction(0), own[0].amount.unit) for key, own in by_drug.items()}
    forced: dict[date, str] = {}
    for row in rows:
        if row.forced:
            forced.setdefault(row.first_day, row.forced)
    found: list[_Stretch] = []
    days = sorted(day for day in changes if day <= end)
    for day, following in pairwise([*days, end + _DAY]):
        now.update(changes[day])
        daily = tuple(DrugDay(drug, amount) for (drug, _), amount in now.items())
        if found and found[-1].daily == daily:
            last = found.pop()
            found.append(_Stretch(last.first_day, following - _DAY, daily, last.forced))
        else:
            found.append(_Stretch(day, following - _DAY, daily, forced.get(day, "")))
    return found


def _own_changes(rows: Sequence[DatedAmount], irregular: list[Irregular]) -> Iterator[tuple[date, Amount]]:
    """The days on which one drug's amount changes, and to what. ``rows`` are its own, by their first days."""
    unit = rows[0].amount.unit
    begun: dict[date, list[Fraction]] = {}
    for row in rows:
        value = row.amount.to(unit).value
        begun.setdefault(row.first_day, []).append(value)
        begun.setdefault(row.last_day + _DAY, []).append(-value)
    covered_to = rows[0].last_day
    gaps: dict[date, date] = {}
    for row in rows[1:]:
        if row.first_day <= covered_to:
            irregular.append(_overlap(row.drug, row.first_day, min(row.last_day, covered_to)))
        elif row.first_day > covered_to + _DAY:
            gaps[covered_to + _DAY] = row.first_day
            irregular.append(_gap(row.drug, covered_to + _DAY, row.first_day - _DAY))
        covered_to = max(covered_to, row.last_day)
    amount = Fraction(0)
    for day in sorted(begun):
        amount += sum(begun[day])
        if day not in gaps:
            yield day, Amount(amount, unit)


def _add(found: dict[_Key, DrugDay], day: DrugDay) -> None:
    key = day.drug, day.amount.unit.dimension
    known = found.get(key)
    found[key] = day if known is None else DrugDay(day.drug, known.amount + day.amount.to(known.amount.unit))


# --- steps ---


def _steps(
    stretches: Sequence[_Stretch],
    present: tuple[DrugDay, ...],
    original: Amount,
    policy: Policy,
    weight: Weight,
    irregular: list[Irregular],
) -> Iterator[HeldStep]:
    before, total_before, number = present, original, 0
    for at, stretch in enumerate(stretches):
        total = weight(stretch.daily)
        if at == 0 and _same(before, stretch.daily):
            yield HeldStep(0, TotalChange.START, stretch.first_day, stretch.last_day, stretch.daily, total)
            before = stretch.daily
            continue
        number += 1
        yield _step(number, stretch, before, total_before, total, original, policy)
        irregular.extend(_changes_of(stretch, before, total_before, total))
        before, total_before = stretch.daily, total


def _same(one: tuple[DrugDay, ...], other: tuple[DrugDay, ...]) -> bool:
    return _amounts(one) == _amounts(other)


def _amounts(daily: tuple[DrugDay, ...]) -> dict[_Key, Fraction]:
    """The amounts of a day above nothing, in the first unit of their dimension."""
    return {
        (day.drug, day.amount.unit.dimension): day.amount.value * day.amount.unit.scale
        for day in daily
        if day.amount.value
    }


def _step(
    number: int,
    stretch: _Stretch,
    before: tuple[DrugDay, ...],
    total_before: Amount,
    total: Amount,
    original: Amount,
    policy: Policy,
) -> HeldStep:
    known = (number, stretch.first_day, stretch.last_day, stretch.daily, total)
    if total.value >= total_before.value:
        change = TotalChange.SAME if total.value == total_before.value else TotalChange.RISE
        none_off = Fraction(0) if change is TotalChange.SAME else None
        return HeldStep(known[0], change, *known[1:], none_off, none_off, forced=stretch.forced)
    off = total_before.value - total.value
    of_current, of_original = off / total_before.value * 100, off / original.value * 100
    phase = policy.phase_at(total_before.value / original.value)
    change = TotalChange.REDUCE if total.value else TotalChange.STOP
    planned = stretch.forced
    if change is TotalChange.STOP and total_before.value <= original.value * policy.bottom_share:
        planned = planned or LAST_STOP
    exceeds = [*_over_ceiling(policy, stretch.daily, before, of_current, planned)]
    gentler: list[Bound] = []
    asked = of_original if phase.basis is Basis.ORIGINAL else of_current
    if phase.percents is not None and not phase.percents.holds(asked):
        most = phase.percents.high
        if most is not None and phase.percents.is_passed_by(asked):
            exceeds.append(Excess(Bound.ASKED, asked, most, phase.basis, planned=planned, under=phase.percents.under))
        else:
            gentler.append(Bound.ASKED)
    return HeldStep(
        known[0], change, *known[1:], of_current, of_original, phase, stretch.forced, tuple(exceeds), tuple(gentler)
    )


def _over_ceiling(
    policy: Policy, daily: tuple[DrugDay, ...], before: tuple[DrugDay, ...], of_current: Fraction, planned: str
) -> Iterator[Excess]:
    ceiling = policy.ceiling
    if ceiling.percent is not None:
        if of_current > ceiling.percent:
            yield Excess(Bound.CEILING, of_current, ceiling.percent, Basis.CURRENT, planned=planned)
        return
    now, then = _amounts(daily), _amounts(before)
    for drug, most in ceiling.amounts:
        off = sum((was - now.get(key, Fraction(0)) for key, was in then.items() if key[0] == drug), Fraction(0))
        if off > most:
            yield Excess(Bound.CEILING, off, most, drug=drug, planned=planned)


def _with_interval(steps: Sequence[HeldStep], at: int) -> HeldStep:
    """A reduction with the days until the next one held against the range of its phase. The last one is not known."""
    step = steps[at]
    following = next((each for each in steps[at + 1 :] if each.change is not TotalChange.SAME), None)
    if step.phase is None or following is None or following.phase is None:
        return step
    days = Fraction((following.first_day - step.first_day).days)
    low = Fraction(step.phase.every.least_days)
    high = None
    if step.phase.days is not None:
        low, high = step.phase.days.low or low, step.phase.days.high
    if days < low:
        return evolve(step, exceeds=(*step.exceeds, Excess(Bound.INTERVAL, days, low, planned=step.forced)))
    if high is not None and days > high:
        return evolve(step, gentler=(*step.gentler, Bound.INTERVAL))
    return step


# --- what should not be ---


def _gap(drug: str, first: date, last: date) -> Irregular:
    return Irregular(
        Irregularity.GAP,
        first,
        last,
        (drug,),
        f"no row says how much {drug} is taken; the amount before was taken to go on",
        "Ask what is meant for these days and write it, as 0 where none is taken.",
    )


def _overlap(drug: str, first: date, last: date) -> Irregular:
    return Irregular(
        Irregularity.OVERLAP,
        first,
        last,
        (drug,),
        f"two rows give an amount of {drug} for these days; they were added up",
        "Check whether both are meant; if so, write their sum in one row.",
    )


def _changes_of(
    stretch: _Stretch, before: tuple[DrugDay, ...], total_before: Amount, total: Amount
) -> Iterator[Irregular]:
    now, then = _amounts(stretch.daily), _amounts(before)
    up = sorted({drug for (drug, dimension), value in now.items() if value > then.get((drug, dimension), Fraction(0))})
    down = sorted(
        {drug for (drug, dimension), value in then.items() if value > now.get((drug, dimension), Fraction(0))}
    )
    if total.value > total_before.value:
        yield Irregular(
            Irregularity.RISE,
            stretch.first_day,
            stretch.last_day,
            tuple(up),
            f"the day's total rises from {total_before} to {total}",
            "Ask why. A taper may be held; going back is to the last tolerated dose only, and for a reason.",
        )
    elif up:
        yield Irregular(
            Irregularity.SWITCH,
            stretch.first_day,
            stretch.last_day,
            tuple(up),
            f"{' and '.join(up)} rises while {' and '.join(down)} falls",
            "Check that a switch is meant. Factors of a table compare exposure; they are not for choosing a new dose.",
        )
