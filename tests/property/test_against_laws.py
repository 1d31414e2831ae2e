"""What is always true of a schedule held against a policy, and a reckoning day by day to compare with."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from medsteward.model.amount import Amount
from medsteward.model.dated import DatedAmount
from medsteward.model.unit import Unit
from medsteward.schedules.against import held_against
from medsteward.schedules.held_schedule import HeldSchedule, TotalChange
from medsteward.schedules.policies import POLICIES, policy
from medsteward.schedules.step import DrugDay

START = date(2027, 1, 4)
FACTORS = {"morphine": Fraction(1), "oxycodone": Fraction(3, 2), "hydromorphone": Fraction(5)}


def weight(daily: tuple[DrugDay, ...]) -> Amount:
    """Milligrams a day times a factor."""
    return Amount(sum((FACTORS[day.drug] * day.amount.value for day in daily), Fraction(0)), Unit.MME_PER_D)


@st.composite
def schedules(draw: st.DrawFn) -> tuple[DatedAmount, ...]:
    """Rows of one to three drugs, with gaps and overlaps, the first of them above zero."""
    rows: list[DatedAmount] = []
    for drug in draw(st.lists(st.sampled_from(sorted(FACTORS)), min_size=1, max_size=3, unique=True)):
        day = 0
        for number in range(draw(st.integers(1, 5))):
            days = draw(st.integers(1, 40))
            amount = draw(st.integers(1 if number == 0 else 0, 60)) * 5
            first, last = START + timedelta(day), START + timedelta(day + days - 1)
            rows.append(DatedAmount(first, last, drug, Amount(Fraction(amount), Unit.MG_PER_D)))
            day += days + (draw(st.integers(-3, 3)) if draw(st.booleans()) else 0)
            day = max(day, 0)
    return tuple(rows)


def held(rows: tuple[DatedAmount, ...], name: str = "humane") -> HeldSchedule:
    return held_against(rows, policy(name), weight)


def total_on(rows: tuple[DatedAmount, ...], day: date) -> Fraction:
    """The total of one day, straight from the rows: in a drug's gap, that of its last day before."""
    total = Fraction(0)
    for drug in {row.drug for row in rows}:
        own = [row for row in rows if row.drug == drug]
        if not any(row.last_day >= day for row in own):
            continue
        known = day
        while known >= START and not any(row.first_day <= known <= row.last_day for row in own):
            known -= timedelta(1)
        total += FACTORS[drug] * sum(row.amount.value for row in own if row.first_day <= known <= row.last_day)
    return total


@given(schedules())
def test_every_day_once_with_its_total(rows):
    found = held(rows)
    expected = START
    for step in found.steps:
        assert step.first_day == expected
        for offset in range(step.days):
            assert step.total.value == total_on(rows, step.first_day + timedelta(offset))
        expected = step.last_day + timedelta(1)
    assert expected == max(row.last_day for row in rows) + timedelta(1)


@given(schedules(), st.sampled_from([name for name, each in POLICIES.items() if each.ceiling.percent is not None]))
def test_percentages_and_the_ceiling(rows, name):
    found = held(rows, name)
    before = found.original.value
    for step in found.steps:
        if step.change in (TotalChange.REDUCE, TotalChange.STOP):
            off = before - step.total.value
            assert step.percent_of_current == off / before * 100
            assert step.percent_of_original == off / found.original.value * 100
            assert found.policy.ceiling.percent is not None
            over = off * 100 > before * found.policy.ceiling.percent
            assert over == any(each.bound.value == "ceiling" for each in step.exceeds)
        else:
            assert step.exceeds == ()
        before = step.total.value


@given(schedules(), st.integers(-500, 500))
def test_a_shift_of_days_shifts_everything(rows, by):
    def shifted(each):
        return evolve(each, first_day=each.first_day + timedelta(by), last_day=each.last_day + timedelta(by))

    moved = held(tuple(shifted(row) for row in rows))
    here = held(rows)
    assert moved.steps == tuple(shifted(step) for step in here.steps)
    assert moved.irregular == tuple(shifted(each) for each in here.irregular)


@given(schedules(), st.randoms())
def test_the_order_of_rows_and_cutting_them_changes_nothing(rows, chance):
    cut: list[DatedAmount] = []
    for row in rows:
        if row.last_day > row.first_day and chance.random() < 0.5:
            middle = row.first_day + timedelta(chance.randrange((row.last_day - row.first_day).days))
            cut += [evolve(row, last_day=middle), evolve(row, first_day=middle + timedelta(1))]
        else:
            cut.append(row)
    chance.shuffle(cut)
    assert held(tuple(cut)).steps == held(rows).steps


@given(schedules(), st.integers(2, 7))
def test_amounts_all_larger_by_the_same_factor_keep_every_percentage(rows, by):
    larger = held(tuple(evolve(row, amount=row.amount * Fraction(by)) for row in rows))
    here = held(rows)
    assert [step.percent_of_current for step in larger.steps] == [step.percent_of_current for step in here.steps]
    assert [step.exceeds for step in larger.steps] == [step.exceeds for step in here.steps]
