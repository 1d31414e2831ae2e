"""What is always true of orders beside orders: nothing is added up in silence, nothing unread looks whole."""

from __future__ import annotations

import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from medsteward.advice.case.check import check_case
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.advice.case.recommendations import Applies
from medsteward.advice.case.remind import recommendations_for, reminders_for
from medsteward.doses.renewals import renewals, repeated
from medsteward.mme.result import CompleteTotal, NoTotal
from medsteward.model.regimen import Case
from medsteward.readers.case.files import read_cases
from medsteward.readers.case.table import case_of
from medsteward.tables.load import factor_table
from tests.build import total_of
from tests.fhir_parts import DAY, bundle, case, dosage, every, quantity, request

TABLE = factor_table("cdc_2022")
BANDED = factor_table("cdc_2016_clinical")
LINES = (
    "oxycodone 5 mg tablet, 1 tablet every 6 hours",
    "oxycodone 5 mg tablet, 2 tablets every 12 hours",
    "oxycodone 10 mg tablet, 1 tablet every 6 hours as needed",
    "oxycodone ER 10 mg tablet, 1 tablet every 12 hours",
    "morphine ER 30 mg tablet, 1 tablet every 12 hours",
    "morphine 15 mg tablet, 1 tablet every 6 hours",
    "methadone 10 mg tablet, 1 tablet twice daily",
    "fentanyl patch 25 mcg/h, 1 patch every 72 hours",
    "hydrocodone/acetaminophen 10/325 mg tablet, 1 tablet every 6 hours",
    "acetaminophen 500 mg tablet, 2 tablets every 8 hours",
    "alprazolam 1 mg tablet, 1 tablet three times daily",
    "butorphanol nasal spray 1 mg every 4 hours",
)
DRUGS = (
    ({"text": "oxycodone 5 mg tablet"}, quantity(1, "{tbl}")),
    ({"text": "morphine ER 30 mg tablet"}, quantity(1, "{tbl}")),
    ({"text": "hydromorphone 4 mg tablet"}, quantity(4, "mg")),
    ({"text": "oxycodone 5 mg / acetaminophen 325 mg tablet"}, quantity(2, "{tbl}")),
)
DAYS = ("2026-10-05", "2026-11-05", "2026-12-05", "2027-01-04", None)

orders = st.tuples(st.sampled_from(DRUGS), st.integers(1, 6), st.sampled_from(DAYS))


def order(said: Any, day: str | None, **more: Any) -> dict[str, Any]:
    (drug, dose), times, _ = said
    return request(dosage(dose, every(times)), drug=drug, authoredOn=day, **more)


def report_of(found: Case) -> MmeReport:
    return mme_per_day(found, table=TABLE)


def typed(lines: list[str]) -> Case:
    return case_of(*lines, as_of=DAY)


def maximum(report: MmeReport) -> Any:
    assert isinstance(report.total, CompleteTotal)
    return report.total.maximum.value


@given(orders, st.lists(st.sampled_from(DAYS), min_size=2, max_size=5))
def test_one_order_split_into_renewals_never_raises_the_maximum_without_a_warning(said, days):
    one = report_of(case(order(said, None)))
    several = report_of(case(bundle(*(order(said, day) for day in days))))
    assert maximum(several) >= maximum(one)
    if maximum(several) > maximum(one):
        assert isinstance(several.total, CompleteTotal)
        assert several.total.if_renewals is not None
        assert several.total.if_renewals.value == maximum(one)
        assert "MME-105" in {each.code for each in several.cautions}
        assert several.exit_code == 0


@given(orders, st.integers(2, 5))
def test_a_chain_of_orders_that_replace_one_another_counts_once(said, number):
    chain = [
        order(said, f"2026-0{n + 1}-05", id=f"m{n}", priorPrescription={"reference": f"MedicationRequest/m{n - 1}"})
        for n in range(number)
    ]
    report = report_of(case(bundle(*chain)))
    assert maximum(report) == maximum(report_of(case(order(said, None))))
    assert sum(each.mme is not None for each in report.entries) == 1


@given(st.lists(st.sampled_from(LINES), max_size=5), st.sampled_from(LINES))
def test_a_line_said_again_changes_no_figure_but_the_one_of_all_taken(lines, again):
    for table in (TABLE, BANDED):
        once = mme_per_day(typed([*lines, again]), table=table)
        twice = mme_per_day(typed([*lines, again, again]), table=table)
        if isinstance(once.total, NoTotal) or isinstance(twice.total, NoTotal):
            assert type(once.total) is type(twice.total)
            continue
        lowest = [total_of(each).if_renewals or total_of(each).maximum for each in (once, twice)]
        assert lowest[0] == lowest[1]
        assert total_of(twice).maximum >= total_of(once).maximum
        assert isinstance(twice.total, CompleteTotal) is isinstance(once.total, CompleteTotal)


@given(st.lists(st.sampled_from(LINES), max_size=4), st.sampled_from(LINES))
def test_a_line_said_again_brings_no_finding_but_the_duplicate(lines, again):
    once, twice = typed([*lines, again]), typed([*lines, again, again])
    before = {each.id for each in check_case(once, table=TABLE).findings}
    after = {each.id for each in check_case(twice, table=TABLE).findings}
    assert after - before <= {"DDI-300"}
    assert "DDI-300" in after
    applying = [
        {each.number for each in recommendations_for(found, table=TABLE) if each.applies is Applies.YES}
        for found in (once, twice)
    ]
    assert applying[1] <= applying[0]
    kinds = [{each.kind for each in reminders_for(found, table=TABLE).reminders} for found in (once, twice)]
    assert kinds[1] <= kinds[0]


@given(st.lists(st.sampled_from(LINES), max_size=8))
def test_groups_share_no_line_and_keep_one_of_each(lines):
    found = typed(lines)
    groups = renewals(found.lines, DAY)
    numbers = [number for group in groups for number in group]
    assert len(numbers) == len(set(numbers))
    assert len(repeated(found.lines, groups)) == len(numbers) - len(groups)
    assert all(len({lines[number - 1] for number in group}) == 1 for group in groups)


WHOSE = {"reference": "Patient/1"}
kinds = st.sampled_from(["MedicationOrder", "ExplanationOfBenefit", "Claim", "ClaimResponse", "MedicationUsage"])
carriers = st.one_of(
    kinds.map(lambda kind: {"resourceType": kind, "patient": WHOSE}),
    st.just({"resourceType": "Parameters", "parameter": []}),
    st.sampled_from(["fatal", "error"]).map(
        lambda severity: {"resourceType": "OperationOutcome", "issue": [{"severity": severity, "code": "processing"}]}
    ),
    st.tuples(st.sampled_from(["List", "Encounter", "CarePlan", "Patient", "Condition"]), orders).map(
        lambda pair: {
            "resourceType": pair[0],
            **({"id": "1"} if pair[0] == "Patient" else {"subject": WHOSE}),
            "contained": [order(pair[1], "2027-01-01", id="c")],
        }
    ),
)


@given(st.lists(orders, max_size=3), carriers, st.randoms(use_true_random=False))
def test_a_carrier_that_is_not_read_never_leaves_an_answer_whole(some, carrier, chance):
    resources = [order(said, said[2], id=f"o{n}") for n, said in enumerate(some)] + [carrier]
    chance.shuffle(resources)
    lines = "".join(json.dumps(each) + "\n" for each in resources)
    for text in (json.dumps(bundle(*resources)), json.dumps(bundle(*resources), indent=1), lines):
        found = list(read_cases("-", io.BytesIO(text.encode()), as_of=DAY))
        assert found
        for each in found:
            report = report_of(each)
            assert not isinstance(report.total, CompleteTotal)
            assert report.exit_code >= 4 or {p.exit_code for p in report.problems} & {3, 4}
