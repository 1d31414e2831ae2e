"""Numbers and days as other programs have them: taken where they are certain, refused with what to write elsewhere."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward import units
from medsteward.errors import MedstewardError, NotADay, NotANumber, WrongArgument
from medsteward.model.given import plain_day
from medsteward.model.number import exact_number
from tests.counts import examples

DAY = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")
NAN = float("nan")


class Int64(int):
    """A whole number that is no int of ours in its class, as numpy's."""


class Float32:
    """A real number that is no float: numpy's of half the size, whose text is its shortest decimal."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __float__(self) -> float:
        return float(self.text)

    def __eq__(self, other: object) -> bool:
        return float(self) == other

    def __hash__(self) -> int:
        return hash(self.text)


Real.register(Float32)


class NAType:
    """What pandas has where nothing is stated."""


class NaTType(datetime):
    """What pandas has where no day is stated."""


class Timestamp(datetime):
    """A datetime of pandas."""


class Whole64:
    """A whole number of numpy: no int, registered as one."""

    def __int__(self) -> int:
        return 60

    def __eq__(self, other: object) -> bool:
        return other == 60

    def __hash__(self) -> int:
        return 60


Integral.register(Whole64)

ROW = {
    "sig": "oxycodone 10 mg tablet, 1 tablet every 6 hours",
    "quantity": 120.0,
    "days_supply": Float32("30.0"),
    "start": Timestamp(2026, 12, 20),
    "end": NaTType(2026, 1, 1),
    "prescriber": 7.0,
    "indication": NAN,
    "as_needed": None,
    "rxcui": NAN,
}


def test_a_row_of_a_frame_is_a_medication():
    case = medsteward.read_case({"as_of": Timestamp(2027, 1, 4), "medications": [ROW]}, as_of=DAY)
    line: Any = case.lines[0]
    assert (case.problems, line.problems, case.as_of) == ((), (), DAY)
    assert line.regimen is not None
    assert line.regimen.quantity is not None
    assert (line.regimen.quantity.value, line.regimen.days_supply) == (120, 30)
    assert (line.start, line.end, line.prescriber, line.regimen.indication) == (date(2026, 12, 20), None, "7", None)


def test_facts_of_a_patient_may_be_numbers_of_a_frame():
    facts = {
        "age": 70.0,
        "egfr": 55.5,
        "weight_kg": Whole64(),
        "crcl": NAN,
        "indication": NAType(),
        "scores": {"PEG": 7.0},
    }
    case = medsteward.case_of(as_of=DAY, patient=facts)
    patient: Any = case.patient
    assert case.problems == ()
    assert (patient.age, patient.egfr, patient.weight_kg, patient.crcl) == (70, Fraction(111, 2), 60, None)
    assert patient.scores == (("PEG", Fraction(7)),)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (float("inf"), "is infinite"),
        (200 / 3, "round it, as in 66.6667"),
        (0.1 + 0.2, "round it, as in 0.3"),
        (-1.5, "not negative"),
        (Decimal("NaN"), "not negative"),
    ],
)
def test_a_number_that_is_none_is_refused_with_what_to_write(value, says):
    (problem,) = medsteward.case_of(as_of=DAY, patient={"egfr": value}).problems
    assert (problem.code, problem.where) == ("CASE-002", "patient.egfr")
    assert says in problem.text


@pytest.mark.parametrize("value", [datetime(2027, 1, 4, 9, 30), Timestamp(2027, 1, 4, 0, 0, 1)])
def test_a_time_of_day_is_refused_with_what_to_write(value):
    case = medsteward.read_case({"medications": [{"sig": "oxycodone 5 mg daily", "start": value}]}, as_of=DAY)
    found = [*case.problems, *case.lines[0].problems]
    assert ["write the day alone" in each.text for each in found] == [True]
    with pytest.raises(ValueError, match="time of day"):
        medsteward.case_of("oxycodone 5 mg daily", as_of=value)


class datetime64:  # noqa: N801  # numpy's name
    """A day of numpy: its text is all that is read."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


class Series:
    """A row of a frame: it has keys and values, and is no mapping. What it iterates over are its values."""

    def __init__(self, cells: dict[Any, Any]) -> None:
        self._cells = cells

    def keys(self) -> Any:
        return self._cells.keys()

    def __getitem__(self, key: Any) -> Any:
        return self._cells[key]

    def __iter__(self) -> Any:
        return iter(self._cells.values())

    def __bool__(self) -> bool:
        raise ValueError("the truth of a Series is ambiguous")


def test_a_row_that_is_no_mapping_is_a_medication_and_a_patient():
    case = medsteward.read_case({"medications": [Series(ROW), ROW]}, as_of=DAY)
    assert (case.problems, case.lines[0]) == ((), case.lines[1])
    stated = medsteward.case_of(as_of=DAY, patient=Series({"age": 70.0, "egfr": NAN}))  # type: ignore[arg-type]
    assert (stated.problems, stated.patient.age) == ((), 70)


def test_options_and_changes_take_the_numbers_and_days_of_other_programs():
    theirs: Any = {"start": Timestamp(2027, 1, 4), "percent": 10.0, "mark": 0.1, "fill_days": Whole64(), "weekday": 0.0}
    ours: Any = {"start": DAY, "percent": Fraction(10), "mark": Fraction(1, 10), "fill_days": 60, "weekday": 0}
    assert medsteward.TaperOptions(**theirs) == medsteward.TaperOptions(**ours)
    trial: Any = {"start": datetime64("2027-01-04"), "days": 28.0}
    assert medsteward.TrialOptions("duloxetine", **trial) == medsteward.TrialOptions("duloxetine", DAY, days=28)
    window: Any = Whole64()
    assert medsteward.FillsOptions(window=window).window == 60
    day: Any = Timestamp(2027, 1, 4)
    assert medsteward.Pause(day, day) == medsteward.Pause(DAY, DAY)
    amount: Any = Float32("7.5")
    assert medsteward.Taken(day, amount) == medsteward.Taken(DAY, Fraction(15, 2))


ANY: Any = medsteward
"""The library as a program without types calls it."""


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: ANY.case_of("oxycodone 5 mg daily", as_of=None), "as_of is not stated"),
        (lambda: ANY.case_of("oxycodone 5 mg daily", as_of=NaTType(2026, 1, 1)), "as_of is not stated"),
        (lambda: ANY.case_of("oxycodone 5 mg daily", as_of="2027-01-04"), "give a date"),
        (lambda: ANY.case_of("oxycodone 5 mg daily", as_of=20270104), "as_of is a day"),
        (lambda: ANY.case_of(["oxycodone 5 mg daily"], as_of=DAY), "one by one"),
        (lambda: ANY.case_of("oxycodone 5 mg daily", NAN, as_of=DAY), "line 2 is absent"),
        (lambda: ANY.mme_per_day(ANY.case_of(as_of=DAY), table="cdc_2022"), 'factor_table("cdc_2022")'),
        (lambda: ANY.mme_of_dose("oxycodone", "5 mg/d", table=None), "give the table itself"),
        (lambda: ANY.review("oxycodone 5 mg daily", table=CDC), "medsteward.case_of"),
        (lambda: ANY.check_case([ANY.case_of(as_of=DAY)], table=CDC), "case is list"),
        (lambda: ANY.TaperOptions(start="2027-01-04"), "give a date"),
        (lambda: ANY.TaperOptions(start=DAY, percent=200 / 3), "round it"),
        (lambda: ANY.TaperOptions(start=DAY, fill_days=27.5), "no whole number"),
        (lambda: ANY.FillsOptions(window=NAN), "no whole number"),
        (lambda: ANY.HoldAt("two"), "no whole number"),
        (lambda: ANY.open_fills({"quantity": [1]}).__enter__(), "give a path"),
    ],
)
def test_an_argument_of_another_kind_is_refused_with_what_to_give(call, says):
    with pytest.raises(MedstewardError) as refused:
        call()
    assert isinstance(refused.value, NotADay | WrongArgument)
    assert says in str(refused.value)


def test_one_draft_may_be_given_without_a_list():
    case = medsteward.case_of("oxycodone 5 mg every 6 hours", as_of=DAY)
    draft = "alprazolam 0.5 mg bid"
    alone = medsteward.proposed(case, draft, table=CDC, as_of=DAY)
    assert alone == medsteward.proposed(case, [draft], table=CDC, as_of=DAY)


def test_a_day_of_numpy_is_read_by_its_text():
    assert plain_day(datetime64("2027-01-04T00:00:00.000000000")) == DAY
    assert plain_day(datetime64("2027-01-04")) == DAY
    with pytest.raises(ValueError, match="time of day"):
        plain_day(datetime64("2027-01-04T09:00:00"))
    absent = {"sig": "oxycodone 5 mg daily", "start": datetime64("NaT"), "quantity": datetime64("NaT")}
    case = medsteward.read_case({"medications": [absent]}, as_of=DAY)
    assert (case.problems, case.lines[0].problems, case.lines[0].start) == ((), (), None)


@given(st.decimals(min_value=0, max_value=10**6, places=4))
@examples(100)
def test_a_decimal_comes_back_from_json_as_it_was(value):
    assert exact_number(json.loads(json.dumps(float(value)))) == Fraction(value)


@given(st.integers(1, 500), st.integers(2, 30))
@examples(60)
def test_a_quotient_is_taken_as_it_is_printed_or_not_at_all(top, bottom):
    found = exact_number(top / bottom)
    assert found in (None, Fraction(top, bottom)) or abs(found - Fraction(top, bottom)) < Fraction(1, 10**13)
    if Fraction(top, bottom).denominator == 3:
        assert found is None


def test_a_quantity_of_pint_may_have_a_float():
    assert str(medsteward.mme_of_dose("oxycodone", units.registry.Quantity(40.0, "mg / day"), table=CDC)) == "60 MME/d"
    for value in (float("inf"), NAN, 200 / 3, -1.0):
        with pytest.raises(NotANumber):
            units.from_quantity(units.registry.Quantity(value, "mg / day"))


def test_items_of_a_scale_may_be_those_of_a_frame():
    given_: dict[str, Any] = {"pain": 7.0, "enjoyment": Whole64(), "general_activity": Float32("8")}
    found = medsteward.score("peg", {**given_, "enjoyment": 6, "before": NAN})
    assert found.total == 7
    with pytest.raises(TypeError, match="infinite"):
        medsteward.score("peg", {**given_, "pain": float("inf")})


def test_an_amount_is_a_number_beside_numbers():
    total: Any = medsteward.mme_of_dose("oxycodone", "33.4 mg/d", table=CDC)
    most = total.maximum
    assert float(most) == 50.1
    assert most > 50
    assert most >= Decimal("50.1") >= Fraction(most.value)
    assert not most < 50.1
    assert 50 < most <= 50.1
    with pytest.raises(TypeError):
        _ = most < "50"


def answers() -> dict[str, Any]:
    case = medsteward.case_of(
        "oxycodone IR 5 mg tablet, 3 tablets 4 times daily", "alprazolam 0.5 mg bid", as_of=DAY, patient={"age": 70}
    )
    asked = medsteward.TaperOptions(start=DAY, requested_by="patient")
    with medsteward.open_fills("examples/fills.csv") as records:
        first, *_ = medsteward.fills_report(records, table=CDC, as_of=DAY)
    return {
        "quantity": units.registry.Quantity(Fraction(40), "mg / day"),
        "total": medsteward.mme_per_day(case, table=CDC).total,
        "table": CDC,
        "mme": medsteward.mme_per_day(case, table=CDC),
        "check": medsteward.check_case(case, table=CDC),
        "remind": medsteward.reminders_for(case, table=CDC),
        "review": medsteward.review(case, table=CDC),
        "proposed": medsteward.proposed(case, ["morphine 15 mg bid"], table=CDC, as_of=DAY),
        "taper": medsteward.taper(medsteward.case_of(case.lines[0].written, as_of=DAY), asked, table=CDC),
        "offers": medsteward.offers(case, "neuropathic"),
        "fills": first,
    }


@pytest.mark.parametrize("name", answers())
def test_what_is_answered_can_be_sent_copied_and_compared(name):
    value = answers()[name]
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), copy.copy(value)):
        assert again == value
    assert value != "another thing"


def test_a_finding_covers_its_rule_and_what_it_took_in():
    case = medsteward.case_of("oxycodone 5 mg tid", "alprazolam 0.5 mg bid", "gabapentin 300 mg tid", as_of=DAY)
    finding = next(each for each in medsteward.check_case(case, table=CDC).findings if each.absorbed)
    assert all(finding.covers(each) for each in (finding.id, *finding.absorbed))
    assert not finding.covers("DDI-999")
