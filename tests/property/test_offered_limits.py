"""Laws of first doses and ceilings that are offered: never above an alarm, never higher with weaker kidneys."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.interactions.offer import medicine
from medsteward.limits.hold import bounds_any_stage, hold
from medsteward.patient.picture import Picture
from medsteward.treatments.index import TRIALS
from medsteward.treatments.limited import ceilings_of, limits_of, limits_of_trial, part_of, uses_of
from medsteward.treatments.trial import TrialDrug
from tests.counts import examples

DAY = date(2027, 1, 4)
BY_MOUTH = [each for each in TRIALS.values() if isinstance(each, TrialDrug) and each.route == "oral"]
BY_KIDNEYS = [
    each for each in BY_MOUTH if each.id in ("gabapentin", "pregabalin", "venlafaxine", "tramadol", "milnacipran")
]


def picture(**patient):
    return Picture(medsteward.case_of(as_of=DAY, patient=patient))


@st.composite
def patients(draw):
    found = {
        "age": draw(st.integers(18, 95)),
        "crcl": draw(st.integers(1, 120)),
        "weight_kg": draw(st.integers(35, 120)),
    }
    grade = draw(st.sampled_from([None, "A", "B", "C"]))
    conditions = st.lists(
        st.sampled_from(["cirrhosis", "liver disease", "fibromyalgia", "postherpetic neuralgia"]), max_size=2
    )
    return found | ({} if grade is None else {"child_pugh": grade}) | {"conditions": draw(conditions)}


def most(declared, of):
    return ceilings_of(declared, limits_of_trial(declared, of, uses_of(of)))


@examples(150)
@given(patient=patients(), declared=st.sampled_from(BY_MOUTH))
def test_the_ceiling_of_an_offer_is_above_no_limit_that_an_alarm_holds(patient, declared):
    of = picture(**patient)
    (lowest, *_) = [each for each in most(declared, of) if not each.self_care]
    taken = medicine(
        declared.drug, route=declared.route, form=declared.form, release=declared.release, daily_mg=lowest.amount
    )
    with_it = of.with_medicine(taken)
    passed = hold(with_it, with_it.taken, bounds_any_stage).passed
    daily = [each.row.id for each in passed if each.row.unit.endswith("/d")]
    assert not daily


@examples(150)
@given(patient=patients(), declared=st.sampled_from(BY_KIDNEYS), lower=st.integers(1, 120))
def test_weaker_kidneys_never_raise_a_ceiling(patient, declared, lower):
    lower = min(lower, patient["crcl"])
    strong = most(declared, picture(**patient))
    weak = most(declared, picture(**patient | {"crcl": lower}))
    assert weak[0].amount <= strong[0].amount


@examples(100)
@given(patient=patients(), declared=st.sampled_from(BY_MOUTH))
def test_ceilings_stand_lowest_first_each_with_its_row_and_above_zero(patient, declared):
    found = most(declared, picture(**patient))
    amounts = [each.amount for each in found]
    assert amounts == sorted(set(amounts))
    assert all(each.amount > 0 and each.row.startswith("DL-") for each in found)


@pytest.mark.parametrize("drug", ["pregabalin", "gabapentin"])
@pytest.mark.parametrize("crcl", [10, 15, 29, 30, 45, 59])
def test_a_stated_use_never_lowers_what_is_offered_without_one(drug, crcl):
    declared = TRIALS[drug]
    unstated = most(declared, picture(age=50, crcl=crcl))[0].amount
    for use in ("fibromyalgia", "postherpetic neuralgia"):
        assert most(declared, picture(age=50, crcl=crcl, conditions=[use]))[0].amount >= unstated


@pytest.mark.parametrize("grade", ["A", "B", "C"])
def test_a_share_off_the_first_dose_is_none_off_the_ceiling(grade):
    part = part_of("hydrocodone", route="oral", form="tablet", release="ER")
    usual, graded = (limits_of(part, picture(age=50, **liver), ("pain",)) for liver in ({}, {"child_pugh": grade}))
    assert [each.held.figure for each in graded.most] == [each.held.figure for each in usual.most]
    halved = [each for each in graded.first if each.held.worked_out]
    assert bool(halved) is (grade == "C")


def test_a_share_off_the_day_lowers_the_ceiling_of_the_use():
    usual = most(TRIALS["celecoxib"], picture(age=50, crcl=90))
    graded = most(TRIALS["celecoxib"], picture(age=50, crcl=90, child_pugh="B"))
    assert (usual[0].amount, graded[0].amount) == (Fraction(200), Fraction(100))
