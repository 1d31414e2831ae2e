"""Every plan that is made adds up when it is recounted, and none whose doses were changed does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from medsteward.advice.plan.weights import scales_of
from medsteward.advice.saved.recheck import recheck
from medsteward.model.amount import Amount
from medsteward.schedules.make import make_plan
from medsteward.schedules.replay import NotPossible
from medsteward.tables.load import factor_table
from tests.property.test_taper_laws import never, requests

TABLE = factor_table("cdc_2022")


def made(request):
    """The plan of a request under a real table; requests of what the table does not rate are put aside."""
    try:
        return make_plan(request, scales_of(request, TABLE), never)
    except NotPossible:
        assume(False)
        raise


def higher(amount, by):
    return Amount(amount.value + by, amount.unit)


@given(requests())
def test_a_plan_that_was_made_adds_up(request_):
    recheck(made(request_), TABLE)


@given(requests(), st.data())
def test_a_plan_of_which_one_number_was_changed_does_not(request_, data):
    plan = made(request_)
    assume(plan.base)
    place = data.draw(st.integers(0, len(plan.base) - 1))
    step = plan.base[place]
    more = data.draw(st.integers(1, 50).map(Fraction))
    day = step.daily[0]
    ways = {
        "total": evolve(step, total=Amount(step.total.value + more, step.total.unit)),
        "mme": evolve(step, mme=None if step.mme is None else Amount(step.mme.value + more, step.mme.unit)),
        "day": evolve(step, daily=(evolve(day, amount=higher(day.amount, more)), *step.daily[1:])),
        "percent": evolve(step, percent_of_current=(step.percent_of_current or 0) + more),
    }
    if step.doses:
        dose = step.doses[0]
        ways["dose"] = evolve(step, doses=(evolve(dose, amount=higher(dose.amount, more)), *step.doses[1:]))
    if step.dispense:
        ways["quantity"] = evolve(
            step, dispense=(evolve(step.dispense[0], quantity=step.dispense[0].quantity + more), *step.dispense[1:])
        )
    changed = ways[data.draw(st.sampled_from(sorted(ways)))]
    assume(changed != step)
    with pytest.raises(NotPossible, match=f"step {step.number} of the plan does not add up"):
        recheck(evolve(plan, base=(*plan.base[:place], changed, *plan.base[place + 1 :])), TABLE)
