"""What always holds of doses against limits."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from medsteward.interactions.rule import Severity
from medsteward.limits.by_line import above_ceilings, may_be_above
from medsteward.limits.hold import bounds_a_start_without_tolerance, bounds_any_stage, hold
from medsteward.model.number import decimal_text
from medsteward.patient.picture import Picture
from tests.counts import examples
from tests.spec.check_language import case_of, checked

REGIMENS = (
    "gabapentin 100 mg capsule, {n} capsules three times daily",
    "acetaminophen 325 mg tablet, {n} tablets four times daily",
    "ibuprofen 200 mg tablet, {n} tablets three times daily",
    "tramadol 50 mg tablet, {n} tablets four times daily",
    "duloxetine 20 mg capsule, {n} capsules daily",
    "oxycodone 5 mg tablet, {n} tablets every 6 hours",
    "venlafaxine ER 37.5 mg capsule, {n} capsules daily",
)
OPIOIDS = (
    "oxycodone 5 mg tablet, {n} tablets every 6 hours",
    "hydromorphone 2 mg tablet, {n} tablets every 4 hours",
    "tapentadol 50 mg tablet, {n} tablets every 6 hours",
    "morphine ER 15 mg tablet, {n} tablets every 12 hours",
    "fentanyl patch 25 mcg/h, {n} patches every 72 hours",
    "methadone 5 mg tablet, {n} tablets every 8 hours",
)
FACTS = (
    "",
    " [age 80]",
    " [crcl 22]",
    " [naive]",
    " [crcl 45; age 70]",
    " [weight 44]",
    " [child-pugh C; liver disease]",
)
OF_DOSES = ("HAZ-350", "HAZ-358")


def grade(text: str) -> tuple[Severity, int]:
    found = [f for f in checked(text).findings if f.id in OF_DOSES]
    severity = max((f.severity for f in found), default=Severity.NONE)
    return severity, -min((f.tier for f in found), default=4)


@given(st.sampled_from(REGIMENS), st.sampled_from(FACTS), st.integers(1, 12), st.integers(0, 6))
@examples(120)
def test_more_is_never_less_severe(regimen, facts, count, more):
    few, many = (grade(regimen.format(n=n) + facts) for n in (count, count + more))
    assert few[0] <= many[0]
    assert few[1] <= many[1]


@given(st.sampled_from(REGIMENS[:6]), st.sampled_from(FACTS), st.integers(1, 12))
@examples(60)
def test_one_line_or_the_same_dose_in_mg_is_one_answer(regimen, facts, count):
    """Two tablets of 100 mg and "200 mg" are the same dose."""
    name, rest = regimen.split(", ")
    strength = Fraction(next(word for word in name.split() if word[0].isdigit()))
    often = rest.split(" ", 2)[2]
    in_mg = f"{name}, {decimal_text(strength * count)} mg {often}"
    assert grade(regimen.format(n=count) + facts) == grade(in_mg + facts)


@given(st.lists(st.sampled_from(REGIMENS), min_size=1, max_size=3), st.sampled_from(FACTS), st.integers(1, 12))
@examples(80)
def test_the_quick_way_and_the_whole_way_find_the_same(regimens, facts, count):
    picture = Picture(case_of(" + ".join(each.format(n=count) for each in regimens) + facts))
    quick, whole = above_ceilings(picture), hold(picture, picture.taken, bounds_any_stage)
    quick_found, whole_found = (
        {(p.row.id, p.stated, p.limit, p.worked_out, p.seen) for p in held.passed} for held in (quick, whole)
    )
    assert quick_found == whole_found
    assert set(quick.lacking) == set(whole.lacking)


@given(st.lists(st.sampled_from(OPIOIDS), min_size=1, max_size=3), st.integers(1, 12))
@examples(80)
def test_what_no_line_may_be_above_is_not_passed_by_who_is_not_tolerant(regimens, count):
    """The quick look at the lines never hides a start that is too high."""
    picture = Picture(case_of(" + ".join(each.format(n=count) for each in regimens))).with_tolerance(tolerant=False)
    passed = hold(picture, picture.opioids, bounds_a_start_without_tolerance).passed
    assert may_be_above(picture.opioids, bounds_a_start_without_tolerance) or not passed
