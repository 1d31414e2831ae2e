"""The picture of a case: each thing that is asked of it is decided once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial

import pytest

import medsteward
from medsteward.interactions.check import check_picture, rules
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.regimen import Case, Patient
from medsteward.model.unit import Unit
from medsteward.patient import groups
from medsteward.patient.drug_group import group
from medsteward.patient.marks import MARKS
from medsteward.patient.picture import Picture, Tolerance
from medsteward.reminders.remind import remind_picture
from medsteward.reminders.risks import risks_of
from tests import build

DAY = date(2026, 3, 4)
picture = partial(build.picture, as_of=DAY)


def of_patient(**facts):
    return Picture(Case(as_of=DAY, patient=Patient(**facts)))


@pytest.mark.parametrize(
    ("facts", "pregnant"),
    [
        ({}, None),
        ({"pregnant": True}, True),
        ({"pregnant": False}, False),
        ({"conditions": ("pregnancy",)}, True),
        ({"pregnant": False, "conditions": ("pregnancy",)}, True),
        ({"gestational_weeks": Fraction(12)}, True),
        ({"pregnant": False, "gestational_weeks": Fraction(12)}, True),
        ({"pregnant": False, "gestational_weeks": Fraction(0)}, False),
        ({"gestational_weeks": Fraction(0)}, True),
    ],
)
def test_pregnancy_is_one_fact_however_it_is_stated(facts, pregnant):
    found = of_patient(**facts)
    assert found.is_pregnant is pregnant
    assert bool(found.has("pregnancy")) is bool(pregnant)


@pytest.mark.parametrize(
    ("facts", "tolerance"),
    [
        ({}, Tolerance.UNKNOWN),
        ({"opioid_tolerant": True}, Tolerance.TOLERANT),
        ({"conditions": ("opioid tolerant",)}, Tolerance.UNKNOWN),
        ({"opioid_tolerant": False}, Tolerance.NAIVE),
        ({"opioid_tolerant": True, "conditions": ("lost opioid tolerance",)}, Tolerance.NAIVE),
        ({"opioid_tolerant": False, "conditions": ("opioid tolerant",)}, Tolerance.NAIVE),
    ],
)
def test_what_denies_tolerance_counts_more_than_what_states_it(facts, tolerance):
    """A phrase is no dose: it states nothing."""
    assert of_patient(**facts).tolerance is tolerance


@pytest.mark.parametrize(
    ("stated", "mme", "tolerance"),
    [
        (None, 60, Tolerance.TOLERANT),
        (None, 59, Tolerance.UNKNOWN),
        (False, 90, Tolerance.NAIVE),
    ],
)
def test_a_week_at_the_labels_dose_makes_tolerant_unless_it_is_denied(stated, mme, tolerance):
    week = Amount(Fraction(mme), Unit.MME_PER_D)
    case = Case(as_of=DAY, patient=Patient(opioid_tolerant=stated))
    assert Picture(case, week_mme=week).tolerance is tolerance


@pytest.mark.parametrize(
    ("facts", "hospice"),
    [
        ({"conditions": ("hospice",)}, True),
        ({"conditions": ("end of life",)}, True),
        ({"context": ("end of life",)}, True),
        ({"indication": "hospice care"}, True),
        ({"indication": "hospice consult"}, False),
        ({"conditions": ("palliative care",)}, False),
        ({"indication": "palliative care"}, False),
    ],
)
def test_hospice_is_what_is_stated_and_palliative_care_alone_is_none(facts, hospice):
    assert of_patient(**facts).is_hospice is hospice


@pytest.mark.parametrize(
    ("sig", "topical", "drug_class"),
    [
        ("diclofenac 1% gel, 4 g four times daily", True, DrugClass.NSAID_TOPICAL),
        ("diclofenac 1.3% patch twice daily", True, DrugClass.NSAID_TOPICAL),
        ("diclofenac 50 mg tablet, 1 tablet twice daily", False, DrugClass.NSAID_ORAL),
        ("fentanyl 25 mcg/h patch every 3 days", False, DrugClass.OPIOID_FULL_AGONIST),
        ("lidocaine 5% patch daily", True, DrugClass.TOPICAL_ANESTHETIC),
        ("aspirin 81 mg tablet daily", False, DrugClass.ANTIPLATELET),
        ("aspirin 500 mg tablet, 2 tablets every 6 hours", False, DrugClass.NSAID_ORAL),
    ],
)
def test_what_is_put_on_the_skin_is_the_same_to_everybody(sig, topical, drug_class):
    (taken,) = picture(sig).taken
    assert (taken.is_topical, taken.drug_class) == (topical, drug_class)


def test_naloxone_that_deters_misuse_of_a_product_is_not_taken_for_itself():
    names = [each.name for each in picture("Suboxone 8/2 film daily for opioid use disorder").taken]
    assert names == ["buprenorphine"]
    assert [each.name for each in picture("naloxone 4 mg nasal spray").taken] == ["naloxone"]


def test_days_decide_what_is_taken_what_is_past_and_what_is_to_come():
    lines = [
        {"sig": "morphine 15 mg tablet daily", "end": date(2026, 2, 1)},
        {"sig": "oxycodone 5 mg tablet daily", "start": date(2026, 3, 1)},
        {"sig": "tramadol 50 mg tablet daily", "start": date(2026, 4, 1)},
    ]
    found = Picture(medsteward.read_case({"medications": lines}, as_of=DAY))
    assert [each.name for each in found.past] == ["morphine"]
    assert [each.name for each in found.taken] == ["oxycodone"]
    assert [each.name for each in found.every] == ["morphine", "oxycodone", "tramadol"]
    assert [each.name for each in found.members(groups.OPIOID)] == ["oxycodone", "tramadol"]
    assert (found.taken[0].first, found.taken[0].last) == (date(2026, 3, 1), None)


def test_a_group_that_is_not_declared_is_looked_up_drug_by_drug():
    mine = group("morphine, for this test", "morphine", but=group("nothing", "no such drug"))
    assert mine not in MARKS
    found = picture("morphine 15 mg tablet daily", "ibuprofen 400 mg tablet daily")
    assert [each.name for each in found.members(mine)] == ["morphine"]
    assert [each.belongs_to(mine) for each in found.every] == [True, False]


def test_every_group_that_a_rule_asks_about_is_declared_and_has_a_mark():
    asked = {who for rule in rules() for clause in rule.when for who in clause.groups}
    assert asked <= set(MARKS)
    assert len(set(MARKS.values())) == len(MARKS)


def test_one_more_medicine_leaves_the_picture_itself_as_it_was():
    before = picture("morphine 15 mg tablet daily", indication="opioid use disorder")
    added = medsteward.read_line("methadone 10 mg tablet daily").regimen
    assert added is not None
    after = before.with_medicine(added)
    assert [each.name for each in before.taken] == ["morphine"]
    assert [each.name for each in after.taken] == ["morphine", "methadone"]
    assert [each.is_for_oud for each in after.opioids] == [False, True]
    assert after.members(groups.METHADONE)
    assert not before.members(groups.METHADONE)


def test_kidney_function_goes_by_both_of_its_wordings():
    staged, stated = of_patient(conditions=("ckd stage 4",)), of_patient(egfr=Fraction("29.96"))
    assert staged.kidney is not None
    assert stated.kidney is not None
    assert (str(staged.kidney), staged.kidney.in_full) == ("eGFR 15 to below 30", "ckd stage 4")
    assert (str(stated.kidney), stated.kidney.in_full) == ("eGFR 29.9", "eGFR 29.96")


def test_an_mme_of_another_unit_is_refused():
    with pytest.raises(TypeError, match="MME/d"):
        Picture(Case(as_of=DAY), mme=Amount(Fraction(50), Unit.MG))


def test_rules_and_reminders_ask_about_the_same_unclear_opioids():
    unclear = picture("methadone 10 mg tablet daily", conditions=["opioid use disorder"])
    codes = [
        {each.code for each in found.cautions}
        for found in (check_picture(unclear), remind_picture(unclear, risks_of(unclear)))
    ]
    assert all("OUD-101" in each for each in codes)
