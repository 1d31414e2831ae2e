"""Is this opioid treatment of opioid use disorder? The rule as a table, and every command of one mind about it."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from itertools import product as every
from pathlib import Path

import pytest

import medsteward
from medsteward.advice.case.check import check_case
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.advice.case.mme_thresholds import mme_for_pain
from medsteward.advice.case.recommendations import Applies
from medsteward.advice.case.remind import reminders_for
from medsteward.advice.case.review import review
from medsteward.advice.taper.verdict import Asks, GoesAhead, Refused
from medsteward.advice.taper.who import who_tapers
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.plan import trial
from medsteward.drugs.index import drugs, opioids_in
from medsteward.drugs.products import listed_products
from medsteward.fills.case import case_of_fills
from medsteward.fills.report import report as fills_report
from medsteward.fills.supply import FillStatus as FillStatus
from medsteward.fills.supply import FillSupply, supply_of
from medsteward.mme.result import CompleteTotal, NoTotal, Status
from medsteward.model.fill import Dispensed, ExcludedRow, Fill, History, WhyExcluded
from medsteward.model.oud import OudTreatment, oud_treatment
from medsteward.model.product import Product
from medsteward.model.regimen import Case, Line, Patient, Regimen
from medsteward.model.sig import Sig
from medsteward.model.stated import Because, Stated
from medsteward.readers.case.table import read_case
from medsteward.reminders.reminder import Kind
from medsteward.schedules.trial import Measure
from tests.program import run

DAY = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
YES, AND_PAIN, UNCLEAR, NO = OudTreatment
OUD, REMISSION = "opioid use disorder", "opioid use disorder in remission"
METHADONE = "methadone 10 mg tablet, 1 tablet three times daily"
DISPERSIBLE = "methadone 40 mg tablet for oral suspension, 1 tablet daily"
SUBOXONE = "Suboxone 8 mg/2 mg film, 1 film daily"
GENERIC = "buprenorphine/naloxone film 8 mg/2 mg, 1 film daily"
SUBLINGUAL = "buprenorphine 8 mg sublingual tablet, 1 tablet daily"
BUTRANS = "buprenorphine patch 10 mcg/h every 7 days"
BELBUCA = "Belbuca 450 mcg buccal film every 12 hours"
OXYCODONE = "oxycodone IR 10 mg tablet, 1 tablet every 6 hours"
MORPHINE = "morphine ER 30 mg tablet, 1 tablet every 12 hours"
TRAMADOL = "tramadol 50 mg tablet, 1 tablet every 6 hours"
GABAPENTIN = "gabapentin 300 mg capsule, 1 capsule three times daily"


def case_of(*medications: object, **patient: object) -> Case:
    lines = [{"sig": each} if isinstance(each, str) else each for each in medications]
    return read_case({"patient": patient, "medications": lines}, as_of=DAY)


def answer(case: Case) -> OudTreatment:
    regimen = case.lines[0].regimen
    assert regimen is not None
    name = (*opioids_in(regimen.product), regimen.product.components[0].ingredient)[0]
    return oud_treatment(name, drugs()[name].drug_class, regimen, case.patient)


def line(sig: str, indication: str) -> dict[str, str]:
    return {"sig": sig, "indication": indication}


@pytest.mark.parametrize(
    ("medication", "patient", "expected"),
    [
        # the line's own words decide, whatever else is known
        (line(METHADONE, OUD), {}, YES),
        (line(METHADONE, "OUD"), {"indication": "chronic pain"}, YES),
        (line(METHADONE, "heroin dependence"), {}, YES),
        (line(METHADONE, "Opioid dependence, uncomplicated"), {}, YES),
        (line(SUBOXONE, "opioid agonist therapy"), {"indication": "chronic pain"}, YES),
        (line(BUTRANS, OUD), {}, YES),
        (line(METHADONE, "pain and opioid use disorder"), {}, AND_PAIN),
        (line(METHADONE, "Opioid dependence; Low back pain"), {}, AND_PAIN),
        (line(METHADONE, "back pain"), {"conditions": [OUD]}, NO),
        (line(METHADONE, "back pain"), {"indication": OUD, "context": ["methadone clinic"]}, NO),
        (line(METHADONE, "pain; history of opioid use disorder"), {"conditions": [REMISSION]}, NO),
        (line(METHADONE, "not for opioid use disorder"), {"conditions": [OUD]}, NO),
        (line(SUBOXONE, "chronic pain"), {"conditions": [OUD]}, NO),
        (line(METHADONE, "maintenance"), {}, UNCLEAR),
        (line(METHADONE, "opioid withdrawal"), {}, UNCLEAR),
        (line(METHADONE, "opioid use disorder in remission"), {}, UNCLEAR),
        # another opioid is no treatment that we know, so its line cannot make it one
        (line(OXYCODONE, OUD), {}, UNCLEAR),
        (line(MORPHINE, "opioid dependence"), {"conditions": [OUD]}, UNCLEAR),
        (line(OXYCODONE, "pain and opioid use disorder"), {}, NO),
        (line(OXYCODONE, "opioid withdrawal"), {}, NO),
        (OXYCODONE, {"indication": OUD}, NO),
        (TRAMADOL, {"conditions": [OUD], "context": ["otp"]}, NO),
        # the patient's indication
        (METHADONE, {"indication": OUD}, YES),
        (SUBLINGUAL, {"indication": "OUD"}, YES),
        (BUTRANS, {"indication": OUD}, UNCLEAR),
        (BELBUCA, {"indication": OUD}, UNCLEAR),
        (METHADONE, {"indication": "chronic pain"}, NO),
        (METHADONE, {"indication": "chronic pain", "conditions": [OUD]}, UNCLEAR),
        (METHADONE, {"indication": "chronic pain", "context": ["methadone clinic"]}, UNCLEAR),
        (METHADONE, {"indication": "chronic pain", "conditions": [REMISSION]}, NO),
        (METHADONE, {"indication": "cancer pain"}, NO),
        (SUBOXONE, {"indication": "chronic pain"}, UNCLEAR),
        (GENERIC, {"indication": "chronic pain"}, UNCLEAR),
        (SUBLINGUAL, {"indication": "chronic pain"}, UNCLEAR),
        (DISPERSIBLE, {"indication": "chronic pain"}, UNCLEAR),
        (BUTRANS, {"indication": "chronic pain"}, NO),
        # no indication: product, context, condition
        (SUBOXONE, {}, YES),
        (GENERIC, {"conditions": [OUD]}, YES),
        (METHADONE, {"context": ["opioid treatment program"]}, YES),
        (METHADONE, {"context": ["MOUD"], "conditions": [OUD]}, YES),
        (BUTRANS, {"context": ["otp"]}, UNCLEAR),
        (METHADONE, {"conditions": [OUD]}, UNCLEAR),
        (METHADONE, {"conditions": ["oud"]}, UNCLEAR),
        (METHADONE, {"conditions": ["history of opioid use disorder"]}, UNCLEAR),
        (BUTRANS, {"conditions": [OUD]}, UNCLEAR),
        (BUTRANS, {"conditions": [REMISSION]}, NO),
        (SUBLINGUAL, {}, UNCLEAR),
        (DISPERSIBLE, {}, UNCLEAR),
        (METHADONE, {}, NO),
        (METHADONE, {"conditions": ["substance use disorder"]}, NO),
        (BUTRANS, {}, NO),
        (OXYCODONE, {"conditions": [OUD]}, NO),
        # what is no opioid
        (line(GABAPENTIN, OUD), {"indication": OUD, "conditions": [OUD], "context": ["otp"]}, NO),
        (line("naltrexone 50 mg tablet, 1 tablet daily", OUD), {"indication": OUD}, NO),
    ],
)
def test_the_rule(medication, patient, expected):
    assert answer(case_of(medication, **patient)) is expected


def test_an_opioid_that_no_line_states_is_answered_by_the_patient():
    methadone = drugs()["methadone"].drug_class
    assert oud_treatment("methadone", methadone, None, Patient(indication=OUD)) is YES
    assert oud_treatment("methadone", methadone, None, Patient(conditions=(OUD,))) is UNCLEAR
    assert oud_treatment("methadone", methadone, None, Patient()) is NO


# --- every command is of one mind -------------------------------------------------------------------------------------

TREATS, ASKS_WHAT = "This opioid treats opioid use disorder", "may be treatment of opioid use disorder: ask"
ALPRAZOLAM = "alprazolam 0.5 mg tablet, 1 tablet twice daily"


def check_is_of_one_mind(case: Case, opioid: str, expected: OudTreatment) -> None:
    """MME, check, remind, review and taper of a case whose first line holds the opioid and whose second alprazolam."""
    counted = mme_per_day(case, table=CDC)
    entry = next(each for each in counted.entries if each.line == 1)
    assert (entry.status is Status.EXCLUDED) is (expected is YES)
    codes = {caution.code for caution in counted.cautions}
    assert ("OUD-101" in codes, "OUD-102" in codes) == (expected is UNCLEAR, expected is AND_PAIN)
    if expected is not NO:
        assert counted.thresholds == ()

    report = review(case, table=CDC)
    assert ("OUD-101" in {caution.code for caution in report.cautions}) is (expected is UNCLEAR)
    pair = next(each for each in report.check.findings if "DDI-001" in (each.id, *each.absorbed))
    assert (TREATS in pair.consider) is expected.goes_on
    assert (ASKS_WHAT in pair.consider) is (expected is UNCLEAR)
    assert ("do not withhold or taper it" in pair.consider) is (expected is not NO)

    reminders = {each.kind for each in report.remind.reminders}
    if not _outside(case):
        assert (Kind.PDMP in reminders) is (expected is NO)
        monitored = report.recommendations[8].applies
        assert monitored is (Applies.NO if expected.goes_on else Applies.UNKNOWN)
    assert Kind.NALOXONE in reminders

    found = who_tapers(case, drugs=[opioid], stated=Stated(because=Because.PATIENT_WISH))
    taper = {each.code for each in found.problems} if isinstance(found, Refused | Asks) else set()
    assert ("TAPER-002" in taper, "TAPER-009" in taper) == (expected.goes_on, expected is UNCLEAR)


def _outside(case: Case) -> bool:
    regimen = case.lines[0].regimen
    assert regimen is not None
    texts = [case.patient.indication or "", regimen.indication or ""]
    return any("cancer" in text or "palliative" in text for text in texts)


LINE_WORDS = (None, OUD, "back pain", "pain and opioid use disorder", "maintenance", "cancer pain")
INDICATIONS = (None, "chronic pain", OUD, "cancer pain")
CONDITIONS = ((), (OUD,), (REMISSION,))
CONTEXTS = ((), ("opioid treatment program",))
SETTINGS = tuple(every(LINE_WORDS, INDICATIONS, CONDITIONS, CONTEXTS))


def settled(regimen: Regimen, words, indication, conditions, context) -> Case:
    own = Regimen(regimen.product, regimen.sig, indication=words)
    patient = Patient(age=40, indication=indication, conditions=conditions, context=context)
    beside = read_case({"medications": [{"sig": ALPRAZOLAM}]}, as_of=DAY).lines[0]
    return Case(DAY, (Line("the opioid", own), beside), patient)


def regimen_of(sig: str) -> Regimen:
    """What a line says that is read whole."""
    found = case_of(sig).lines[0].regimen
    assert found is not None
    return found


def most(report: MmeReport) -> Fraction:
    """The maximum of a report that has one."""
    assert not isinstance(report.total, NoTotal)
    return report.total.maximum.value


@pytest.mark.parametrize("sig", [METHADONE, DISPERSIBLE, SUBOXONE, SUBLINGUAL, BUTRANS, OXYCODONE])
def test_all_commands_agree_in_every_setting(sig):
    regimen = regimen_of(sig)
    for setting in SETTINGS:
        case = settled(regimen, *setting)
        (name,) = opioids_in(regimen.product)
        own = case.lines[0].regimen
        assert own is not None
        expected = oud_treatment(name, drugs()[name].drug_class, own, case.patient)
        check_is_of_one_mind(case, name, expected)


def opioid_products():
    """Every listed product with an opioid, one of each make: ingredients, route, form, release and brand."""
    found: dict[object, Product] = {}
    for each in listed_products():
        product = each.product
        names = opioids_in(product)
        if len(names) == 1:
            parts = tuple(component.ingredient for component in product.components)
            found.setdefault((parts, product.route, product.form, product.release, product.brand), product)
    return list(found.values())


def test_all_commands_agree_on_every_opioid_product():
    products = opioid_products()
    assert {"methadone", "buprenorphine", "oxycodone", "fentanyl"} <= {opioids_in(each)[0] for each in products}
    for number, product in enumerate(products):
        (name,) = opioids_in(product)
        for setting in SETTINGS[number % 3 :: 3]:
            case = settled(Regimen(product, Sig()), *setting)
            own = case.lines[0].regimen
            assert own is not None
            expected = oud_treatment(name, drugs()[name].drug_class, own, case.patient)
            assert expected in (NO, UNCLEAR) or name in ("methadone", "buprenorphine")
            check_is_of_one_mind(case, name, expected)


def test_no_other_class_is_ever_treatment():
    one_of_each = {drug.drug_class: drug.name for drug in drugs().values() if not drug.drug_class.is_opioid_agonist}
    for name in one_of_each.values():
        for words, indication, conditions, context in SETTINGS:
            case = case_of({"drug": name, **({"indication": words} if words else {})})
            patient = Patient(indication=indication, conditions=conditions, context=context)
            regimen = case.lines[0].regimen
            assert oud_treatment(name, drugs()[name].drug_class, regimen, patient) is NO
            case = Case(DAY, case.lines, patient)
            assert not {"OUD-101", "OUD-102", "MME-101"} & {each.code for each in mme_per_day(case, table=CDC).cautions}


# --- what is said -----------------------------------------------------------------------------------------------------


def test_methadone_with_the_disorder_on_the_list_shows_its_mme_and_no_advice_about_pain():
    case = case_of("methadone 100 mg daily", conditions=[OUD])
    report = review(case, table=CDC)
    assert isinstance(report.mme.total, CompleteTotal)
    assert report.mme.total.maximum.value == 470
    assert report.mme.thresholds == ()
    assert report.exit_code == 0
    applying = {each.recommendation.number for each in report.applying}
    assert applying.isdisjoint({1, 2, 3, 4, 5, 6, 7, 9, 10, 11})
    (asked,) = [each for each in report.cautions if each.code == "OUD-101"]
    assert '"for pain" or "for opioid use disorder"' in asked.text
    assert any("whether methadone is for pain" in each.fact for each in report.unknown)


@pytest.mark.parametrize(("words", "expected"), [("for pain", NO), ("for opioid use disorder", YES)])
def test_what_the_question_offers_to_write_answers_it(words, expected):
    case = case_of(f"methadone 100 mg daily {words}", conditions=[OUD])
    assert answer(case) is expected
    assert "OUD-101" not in {each.code for each in mme_per_day(case, table=CDC).cautions}


def test_another_opioid_is_not_hidden_by_the_patients_indication():
    counted = mme_per_day(case_of("methadone 40 mg daily", OXYCODONE, indication=OUD), table=CDC)
    assert [each.status for each in counted.entries] == [Status.EXCLUDED, Status.COUNTED]
    assert isinstance(counted.total, CompleteTotal)
    assert counted.total.maximum.value == 60
    assert [each.maximum for each in counted.thresholds] == [True]


def test_thresholds_rest_on_what_is_surely_for_pain():
    patient = {"conditions": [OUD]}
    low = mme_per_day(case_of("methadone 20 mg daily", "oxycodone 5 mg tid for pain", **patient), table=CDC)
    assert most(low) == Fraction("116.5")
    surely = mme_for_pain(low)
    assert surely is not None
    assert surely.value == Fraction("22.5")
    assert [each.maximum for each in low.thresholds] == [None]
    high = mme_per_day(case_of("methadone 20 mg daily", "oxycodone 20 mg tid for pain", **patient), table=CDC)
    assert [each.maximum for each in high.thresholds] == [True]
    small = mme_per_day(case_of("methadone 1 mg daily", "oxycodone 5 mg tid for pain", **patient), table=CDC)
    assert [each.maximum for each in small.thresholds] == [False]


def test_the_lowest_dose_that_works_is_not_asked_for_on_account_of_an_unclear_opioid():
    case = case_of("methadone 20 mg daily", "oxycodone 5 mg tid for pain", conditions=[OUD])
    fourth = review(case, table=CDC).recommendations[3]
    assert fourth.applies is Applies.UNKNOWN
    assert fourth.lacking == ("whether methadone is for pain or for opioid use disorder",)


def test_suboxone_alone_has_no_mme_under_any_table():
    for table in ("cdc_2022", "nih_heal_2025", "cdc_2016_analytic"):
        counted = mme_per_day(case_of(SUBOXONE), table=medsteward.factor_table(table))
        assert isinstance(counted.total, NoTotal)
        assert counted.exit_code == 5


def test_both_shows_its_mme_and_goes_on():
    case = case_of(line(METHADONE, "pain and opioid use disorder"), age=50)
    assert most(mme_per_day(case, table=CDC)) == 141
    assert isinstance(who_tapers(case, drugs=["methadone"]), Refused)


def test_opioid_use_disorder_beside_an_opioid_for_pain_does_not_stop_its_taper():
    case = case_of(MORPHINE, age=50, indication="chronic pain", conditions=[OUD])
    assert isinstance(who_tapers(case, drugs=["morphine"]), GoesAhead)


@pytest.mark.parametrize("condition", [OUD, REMISSION])
def test_a_disorder_in_remission_keeps_its_risk(condition):
    report = review(case_of(OXYCODONE, GABAPENTIN, conditions=[condition]), table=CDC)
    assert {"DDC-244", "DDC-245", "GAP-001"} <= {each.id for each in report.check.findings}
    naloxone = next(each for each in report.remind.reminders if each.kind is Kind.NALOXONE)
    assert any(condition in because for because in naloxone.because)


def test_a_disorder_in_remission_is_not_offered_treatment():
    twelfth = review(case_of(OXYCODONE, conditions=[REMISSION]), table=CDC).recommendations[11]
    assert twelfth.applies is Applies.NO


def test_an_unclear_opioid_is_asked_about_before_the_finding_about_opioids_for_pain():
    report = check_case(case_of(METHADONE, conditions=[OUD]), table=CDC)
    assert "DDC-244" not in {each.id for each in report.findings}
    assert ("whether methadone is for pain or for opioid use disorder", ("DDC-244",)) in {
        (each.fact, each.rules) for each in report.unknown
    }


def test_reminders_say_what_they_leave_out_and_ask():
    found = reminders_for(case_of(METHADONE, conditions=[OUD]), table=CDC)
    assert any("may be treatment of opioid use disorder" in each.because for each in found.left_out)
    assert "whether methadone is for pain or for opioid use disorder" in found.unknown


# --- trials and fills -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sig", "patient", "code"),
    [
        (SUBOXONE, {}, "TRIAL-002"),
        (GENERIC, {"indication": OUD}, "TRIAL-002"),
        (SUBLINGUAL, {}, "TRIAL-006"),
        (SUBOXONE, {"indication": "chronic pain"}, "TRIAL-006"),
    ],
)
def test_treatment_of_opioid_use_disorder_is_no_trial(sig, patient, code):
    case = medsteward.case_of(as_of=DAY, patient={"age": 50, "egfr": 90, **patient})
    options = TrialOptions(
        drug=sig,
        start=DAY,
        goal="walk 20 minutes",
        baseline=(Measure("PEG", Fraction(7)),),
        line=medsteward.case_of(sig, as_of=DAY).lines[0],
        days=7,
    )
    found = trial(case, options, table=CDC)
    assert found.plan is None
    assert code in {each.code for each in found.problems}
    assert any("opioid use disorder" in each.text for each in found.problems)


def dispensed(sig: str, indication: str | None = None) -> Dispensed:
    return Dispensed(sig, regimen_of(sig).product, Fraction(30), None, 30, indication=indication)


@pytest.mark.parametrize("sig", [METHADONE, SUBOXONE, SUBLINGUAL, BUTRANS, OXYCODONE])
@pytest.mark.parametrize("words", LINE_WORDS)
def test_fills_agree_with_the_count_of_the_same_line(sig, words):
    said = dispensed(sig, words)
    supply = supply_of(said, medsteward.factor_table("nih_heal_2025"))
    regimen = Regimen(said.product, Sig(), indication=words)
    (name,) = opioids_in(said.product)
    expected = oud_treatment(name, drugs()[name].drug_class, regimen, Patient())
    if isinstance(supply, FillSupply):
        assert (supply.status is FillStatus.EXCLUDED) is (expected is YES)
        assert bool(supply.unclear) is (expected is UNCLEAR)
        assert expected is not YES or not supply.measured
    else:
        assert expected is not YES


def test_treatment_by_its_product_brings_no_mme_to_fills_and_keeps_its_overlap():
    rows = (
        Fill(2, DAY, dispensed(SUBOXONE)),
        Fill(3, DAY, Dispensed("alprazolam", regimen_of(ALPRAZOLAM).product, Fraction(60), None, 30)),
    )
    found = fills_report(History("p1", rows), table=CDC, as_of=DAY)
    assert found.missing == ()
    assert found.exit_code == 0
    assert found.overlaps
    assert found.exposure.values[0].value is None
    assert "MME-101" in {each.code for each in found.cautions}


def test_rows_set_aside_as_treatment_are_still_checked_with_what_is_taken_beside_them():
    treatment = Fill(2, DAY, dispensed(METHADONE, OUD))
    beside = Fill(3, DAY, Dispensed("alprazolam", regimen_of(ALPRAZOLAM).product, Fraction(60), None, 30))
    history = History("p1", (beside,), excluded=(ExcludedRow(2, WhyExcluded.OPIOID_USE_DISORDER, treatment),))
    case = case_of_fills(history, as_of=DAY, table=CDC)
    pair = next(each for each in check_case(case, table=CDC).findings if each.id == "DDI-001")
    assert TREATS in pair.consider
    assert isinstance(mme_per_day(case, table=CDC).total, NoTotal)


def test_the_column_of_the_indication_decides_in_fills(tmp_path: Path) -> None:
    path = tmp_path / "fills.csv"
    path.write_text(
        "patient_key,filled_date,drug_name,quantity,days_supply,indication\n"
        "P,2026-03-01,METHADONE HCL 10 MG TABLET,60,30,opioid use disorder\n"
        "P,2026-03-01,OXYCODONE HCL 5 MG TABLET,40,10,chronic pain\n",
        encoding="utf-8",
    )
    done = run("fills", "--input", path, "--format", "json", "--as-of", "2026-06-01")
    patient, counts = json.loads(done.out)
    assert counts["rows"] == {"read": 2, "used": 1, "excluded": 1, "failed": 0}
    assert patient["definitions"]["maximum_day"]["value"] == 30


def test_the_question_says_which_reminders_count_it_until_it_is_answered() -> None:
    case = medsteward.case_of("methadone 100 mg daily for maintenance", as_of=DAY)
    report = reminders_for(case, table=CDC)
    (naloxone,) = [each for each in report.reminders if each.kind is Kind.NALOXONE]
    assert any("470 MME/d" in because for because in naloxone.because)
    asked = next(each for each in mme_per_day(case, table=CDC).cautions if each.code == "OUD-101")
    assert "naloxone and follow-up reminders count it" in asked.text
