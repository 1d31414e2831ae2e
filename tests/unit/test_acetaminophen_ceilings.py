"""The ceilings of acetaminophen: whose they are, and the day's total at each mark and beside it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from medsteward.doses.daily import Daily
from medsteward.limits.acetaminophen import ceilings_for
from medsteward.model.amount import Amount
from medsteward.model.regimen import Patient
from medsteward.model.unit import Unit


def daily(scheduled: int | str, maximum: int | str) -> Daily:
    return Daily(Amount(Fraction(scheduled), Unit.MG_PER_D), None, Amount(Fraction(maximum), Unit.MG_PER_D))


def ceilings_of(patient: Patient) -> dict[int, bool | None]:
    """Each ceiling named for a patient, in mg/d, and whether it is theirs (None: not known)."""
    return {int(each.ceiling.at.value): each.applies for each in ceilings_for(patient, daily(0, 0))}


def test_the_ceilings_name_whose_they_are_and_their_source():
    checks = ceilings_for(Patient(), daily(0, 0))
    assert [(str(each.ceiling.at), each.ceiling.whose.value) for each in checks] == [
        ("4,000 mg/d", "adults of at least 50 kg, as prescribed"),
        ("3,000 mg/d", "adults of at least 50 kg who take it on their own"),
        ("2,000 mg/d", "adults with liver disease or regular alcohol use"),
    ]
    assert [each.ceiling.source.standing.value for each in checks] == ["verified", "verified", "recalled"]


# Whether it is taken on the patient's own is never known here, and no stated condition is not known to be none.
UNKNOWN_LIVER = {4000: True, 3000: None, 2000: None}
LIVER = {4000: True, 3000: None, 2000: True}


@pytest.mark.parametrize(
    ("patient", "ceilings"),
    [
        (Patient(), UNKNOWN_LIVER),
        (Patient(age=58, weight_kg=Fraction(80)), UNKNOWN_LIVER),
        (Patient(conditions=("sleep apnea", "asthma")), UNKNOWN_LIVER),
        (Patient(conditions=("liver disease",)), LIVER),
        (Patient(conditions=("sleep apnea", "alcohol use")), LIVER),
        (Patient(conditions=("alcohol use disorder",)), LIVER),
        (Patient(child_pugh="A"), LIVER),
        (Patient(conditions=("sleep apnea",), child_pugh="C"), LIVER),
        (Patient(conditions=("liver disease",), child_pugh="B"), LIVER),
    ],
)
def test_the_lowest_ceiling_is_for_liver_disease_and_regular_alcohol_use(patient, ceilings):
    assert ceilings_of(patient) == ceilings


@pytest.mark.parametrize(
    ("patient", "named"),
    [
        (Patient(age=0), False),
        (Patient(age=17), False),
        (Patient(age=18), True),
        (Patient(age=19), True),
        (Patient(weight_kg=Fraction("49.9")), True),
        (Patient(weight_kg=Fraction(50)), True),
        (Patient(weight_kg=Fraction("50.1")), True),
        (Patient(age=17, weight_kg=Fraction(80)), False),
        (Patient(age=58, weight_kg=Fraction(45)), True),
        (Patient(age=17, weight_kg=Fraction(45)), False),
        (Patient(age=18, weight_kg=Fraction(50)), True),
        (Patient(age=17, conditions=("liver disease",)), False),
    ],
)
def test_none_is_named_for_children(patient, named):
    assert bool(ceilings_of(patient)) is named


@pytest.mark.parametrize(
    ("patient", "ceilings"),
    [
        (Patient(weight_kg=Fraction(45)), {2700: True, 2000: None}),
        (Patient(weight_kg=Fraction("49.9")), {2994: True, 2000: None}),
        (Patient(weight_kg=Fraction(45), conditions=("liver disease",)), {2700: True, 2000: True}),
        (Patient(weight_kg=Fraction(30)), {1800: True}),
        (Patient(weight_kg=Fraction(50)), UNKNOWN_LIVER),
    ],
)
def test_below_50_kg_the_ceiling_is_60_mg_for_each_kg(patient, ceilings):
    assert ceilings_of(patient) == ceilings


@pytest.mark.parametrize(
    ("scheduled", "maximum", "scheduled_above", "maximum_above"),
    [
        (0, 2000, (), ()),
        (0, "2000.01", (), (2000,)),
        (2000, 3000, (), (2000,)),
        (2600, 3900, (2000,), (3000, 2000)),
        (3000, 4000, (2000,), (3000, 2000)),
        (4000, 4000, (3000, 2000), (3000, 2000)),
        (4000, "4000.01", (3000, 2000), (4000, 3000, 2000)),
        (5600, 5600, (4000, 3000, 2000), (4000, 3000, 2000)),
    ],
)
def test_a_total_at_a_ceiling_is_not_above_it(scheduled, maximum, scheduled_above, maximum_above):
    checks = ceilings_for(Patient(), daily(scheduled, maximum))
    assert tuple(int(each.ceiling.at.value) for each in checks if each.scheduled_above) == scheduled_above
    assert tuple(int(each.ceiling.at.value) for each in checks if each.maximum_above) == maximum_above
