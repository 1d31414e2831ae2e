"""For how many days an order is taken: its words, its codes and its supply must not contradict each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.advice.case.mme import mme_per_day
from medsteward.tables.load import factor_table
from tests.counts import examples
from tests.fhir_parts import OXYCODONE, bundle, case, dosage, every, quantity, request

FIRST = "2027-01-01"
AS_OF = date(2027, 1, 3)
TABLE = factor_table("cdc_2022")
ONE = quantity(1, "{tbl}")


def days(number: Any) -> dict[str, Any]:
    return quantity(number, "d")


def report(resource: dict[str, Any]) -> Any:
    return mme_per_day(case(bundle(resource), AS_OF), table=TABLE)


def order(
    words: str | None = None, *, supply: Any = None, needed: bool = False, code: Any = None, **repeat: Any
) -> Any:
    timing = every(4, **repeat) | ({} if code is None else {"code": {"text": code}})
    said = dosage(ONE, timing, **({} if words is None else {"text": words}), asNeededBoolean=needed)
    more = {} if supply is None else {"dispenseRequest": {"expectedSupplyDuration": supply}}
    return request(said, authoredOn=FIRST, **more)


def period(last: str) -> dict[str, str]:
    return {"start": FIRST, "end": last}


AGREE = [
    order("1 tablet 4 times daily for 10 days"),
    order("1 tablet 4 times daily for 10 days", boundsDuration=days(10)),
    order("1 tablet 4 times daily for 2 weeks", boundsDuration=quantity(2, "wk")),
    order("1 tablet 4 times daily for 10 days", boundsPeriod=period("2027-01-10")),
    order("1 tablet 4 times daily for 10 days", boundsPeriod=period("2027-01-11")),  # until its hour of the day
    order("1 tablet 4 times daily for 10 days", count=40),
    order("1 tablet 4 times daily for 10 days", supply=days(10)),
    order("1 tablet 4 times daily for 30 days", supply=days(10)),  # a part of it
    order("1 tablet 4 times daily as needed for 10 days", needed=True, supply=days(5)),
    order("1 tablet 4 times daily as needed for 5 days", needed=True, count=20),
    order(boundsDuration=days(10), supply=days(10)),
    order(boundsPeriod=period("2027-12-31"), supply=days(30)),
    order(code="Every 6 hours for 10 days", boundsDuration=days(10)),
    order("1 tablet 4 times daily for 10 days", code="Every 6 hours for 10 days"),
]
DIFFER = [
    (order("1 tablet 4 times daily for 10 days", boundsDuration=days(7)), "10 days and 7 days"),
    (order("1 tablet 4 times daily for 2 weeks", boundsDuration=days(7)), "14 days and 7 days"),
    (order("1 tablet 4 times daily for 7 days", boundsPeriod=period("2027-01-30")), "7 days and 30 days"),
    (order("1 tablet 4 times daily for 30 days", boundsPeriod=period("2027-01-07")), "30 days and 7 days"),
    (order("1 tablet 4 times daily for 5 days", count=40), "5 days and 10 days"),
    (order("1 tablet 4 times daily for 10 days", supply=days(30)), "say 10 days, and one supply is for 30 days"),
    (order("1 tablet 4 times daily for 10 days", supply=quantity(4, "wk")), "one supply is for 28 days"),
    (order("1 tablet 4 times daily as needed for 7 days", needed=True, supply=days(30)), "one supply is for 30 days"),
    (order(boundsDuration=days(7), supply=days(30)), "say 7 days, and one supply is for 30 days"),
    (order(code="Every 6 hours for 10 days", boundsDuration=days(7)), "10 days and 7 days"),
    (order("1 tablet 4 times daily for 5 days", code="Every 6 hours for 10 days"), "5 days and 10 days"),
    (
        request(dosage(text="1 tablet 4 times daily for 10 days"), authoredOn=FIRST)
        | {"dispenseRequest": {"expectedSupplyDuration": days(30)}},
        "say 10 days, and one supply is for 30 days",
    ),
]


@pytest.mark.parametrize("resource", AGREE)
def test_days_that_agree_are_counted(resource):
    found = report(resource)
    assert (found.total.maximum.value, found.problems) == (30, ())


@pytest.mark.parametrize(("resource", "says"), DIFFER)
def test_days_that_differ_are_asked_about_and_not_counted(resource, says):
    found = report(resource)
    assert [each.code for each in found.problems] == ["CASE-003"]
    assert says in found.problems[0].text
    assert found.total is None or not hasattr(found.total, "maximum")


def test_a_dispensing_of_part_of_an_order_is_no_contradiction_and_one_of_more_is():
    said = dosage(ONE, every(4), text="1 tablet 4 times daily for 10 days")
    for supply, codes in ((5, []), (10, []), (30, ["CASE-003"])):
        resource = {
            "resourceType": "MedicationDispense",
            "status": "completed",
            "subject": {"reference": "Patient/1"},
            "whenHandedOver": FIRST,
            "daysSupply": days(supply),
            "medicationCodeableConcept": OXYCODONE,
            "dosageInstruction": [said],
        }
        assert [each.code for each in report(resource).problems] == codes


def test_a_statement_of_a_longer_time_than_its_directions_is_asked_about():
    said = dosage(ONE, every(4), text="1 tablet 4 times daily for 5 days")
    for last, codes in (("2027-01-04", []), ("2027-01-06", []), ("2027-01-31", ["CASE-003"])):
        resource = {
            "resourceType": "MedicationStatement",
            "status": "active",
            "subject": {"reference": "Patient/1"},
            "effectivePeriod": period(last),
            "medicationCodeableConcept": OXYCODONE,
            "dosage": [said],
        }
        assert [each.code for each in report(resource).problems] == codes


def test_days_that_only_the_schedule_says_are_its_days():
    (line,) = case(bundle(order(code="Every 6 hours for 5 days")), AS_OF).lines
    assert (line.start, line.end) == (date(2027, 1, 1), date(2027, 1, 5))


@given(st.integers(1, 60), st.integers(1, 60))
@examples(60)
def test_words_and_bounds_are_whole_only_where_they_are_one_number(said, bounds):
    resource = order(f"1 tablet 4 times daily for {said} days", boundsDuration=days(bounds))
    assert [each.code for each in report(resource).problems if each.code == "CASE-003"] == (
        [] if said == bounds else ["CASE-003"]
    )


@given(st.integers(1, 60), st.integers(1, 60))
@examples(60)
def test_a_supply_never_lasts_longer_than_the_directions_without_a_problem(said, supply):
    found = report(order(f"1 tablet 4 times daily for {said} days", supply=days(supply)))
    assert ("CASE-003" in [each.code for each in found.problems]) is (supply > said)


# --- pages of a server's answer ----------------------------------------------------------------------------------


def page(number: int, *, links: tuple[str, ...], total: int = 2) -> dict[str, Any]:
    urls = {"self": number, "next": number + 1, "previous": number - 1}
    drug = {"text": f"oxycodone {5 * number} mg tablet"}
    return bundle(
        request(dosage(ONE, every(4)), drug=drug, id=f"m{number}"),
        type="searchset",
        total=total,
        link=[{"relation": each, "url": f"https://x/?page={urls[each]}"} for each in links],
    )


@pytest.mark.parametrize(
    ("pages", "whole"),
    [
        ([page(1, links=("self",), total=1)], True),
        ([page(1, links=("self", "next"))], False),
        ([page(2, links=("self", "previous"))], False),
        ([page(2, links=("self",))], False),
        ([page(1, links=("self",), total=57)], False),
        ([page(1, links=("self", "next")), page(2, links=("self", "previous"))], True),
        ([page(1, links=("self", "next")), page(2, links=("self",))], True),
        ([page(1, links=("self", "next"), total=3), page(2, links=("self", "next"), total=3)], False),
    ],
)
def test_an_answer_is_whole_where_all_its_pages_are_here(pages, whole):
    found = mme_per_day(case(pages, AS_OF), table=TABLE)
    assert ("FHIR-005" in [each.code for each in found.problems]) is not whole
    assert found.exit_code == (0 if whole else 4)
