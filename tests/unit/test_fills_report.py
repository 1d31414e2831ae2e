"""One patient's report from dispensings, and what a run of several patients counts up to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from medsteward.fills.by_day import Mode
from medsteward.fills.measure import MeasureRate, QualityMeasure
from medsteward.fills.measure_clauses import AgeAtFirstFill, FillsOnDifferentDates
from medsteward.fills.report import Tally, report
from medsteward.fills.reported import Cause
from medsteward.fills.supply import DrugKind
from medsteward.model.fill import ExcludedRow, ExclusionKind, FailedRow, QuantityUnit, Reported, WhyExcluded
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Standing
from medsteward.tables.load import factor_table
from tests.dispensings import AS_OF, calendar_day, filled, history, numbered, patch, product, reported_on

MORPHINE, OXYCODONE, HYDROCODONE = (product(each, 10) for each in ("morphine", "oxycodone", "hydrocodone"))
ALPRAZOLAM, ZOLPIDEM = product("alprazolam", 1), product("zolpidem", 10)
GABAPENTIN = product("gabapentin", 300, form="capsule")
METHADONE = product("methadone", 10)
NO_STRENGTH = product("oxycodone", None)
PATCH = patch("buprenorphine", 10, 168)
"""Four for 28 days: CDC 2022 gives no factor, and NIH HEAL 2025 gives 2.2 for each mcg/h, 22 MME a day."""

UNREAD = FailedRow(99, "filled_date", Problem("FILL-002", "", "13/14/2026 is no day"))


def looked_at(*fills, **options):
    stated = {key: options.pop(key) for key in ("failed", "excluded", "birth", "age", "cautions") if key in options}
    return reported_on(history(*fills, **stated), **options)


def values(found):
    """The four definitions: all MME over days' supply, over days covered, over the window, and the highest day."""
    return [each.value for each in found.values]


# --- figures ----------------------------------------------------------------------------------------------------


def test_one_patient_with_two_opioids():
    # 40 mg of oxycodone from day 1 to 30, and 20 of morphine from day 21 to 50: 60, 80 and 20 a day
    found = looked_at(filled(1, OXYCODONE, 120, 30), filled(21, MORPHINE, 60, 30))
    assert found.exposure.total == (20 * 60 + 10 * 80 + 20 * 20) * 1_000_000
    assert values(found.exposure) == [40, 48, Fraction(2400, 90), 80]
    assert found.days_at_or_above == ((50, 30), (90, 0))
    assert found.every_fill_at_once == 80_000_000
    assert (found.problems, found.cautions, found.missing, found.failed) == ((), (), (), ())
    assert (found.is_complete, found.is_shown, found.exit_code) == (True, True, 0)
    assert (found.edition, found.mode, found.window, found.as_of) == ("cdc_2022", Mode.SUMMED, 90, AS_OF)


@pytest.mark.parametrize(
    ("fills", "at_once"),
    [
        # the calendar is set aside: 10 + 15 a day, a year apart
        ([filled(1, MORPHINE), filled(366, OXYCODONE)], 25_000_000),
        # the day's total of methadone chooses its factor: 20 mg x 4, and 40 mg x 8
        ([filled(1, METHADONE, 60)], 80_000_000),
        ([filled(1, METHADONE, 60), filled(366, METHADONE, 60)], 320_000_000),
        ([filled(1, METHADONE, 60), filled(366, MORPHINE, 60)], 100_000_000),
        # nothing that counts is not the same as 0
        ([filled(1, ALPRAZOLAM)], None),
        ([filled(1, PATCH, 4, 28)], None),
        ([], None),
    ],
)
def test_every_fill_at_once(fills, at_once):
    assert looked_at(*fills, table="cdc_2016_clinical").every_fill_at_once == at_once


def test_at_once_each_drug_with_bands_has_a_total_of_its_own():
    # a table made up for this: levorphanol in the bands of methadone
    clinical = factor_table("cdc_2016_clinical")
    bands = [evolve(row, ingredient="levorphanol") for row in clinical.factors if row.ingredient == "methadone"]
    table = evolve(clinical, factors=(*clinical.factors, *bands))
    records = history(filled(1, METHADONE, 60), filled(366, product("levorphanol", 10), 60))
    # 20 mg x 4 of each; of one drug they were 40 x 8
    assert report(records, table=table, as_of=AS_OF).every_fill_at_once == 160_000_000


def test_without_buprenorphine_where_the_table_rates_it():
    fills = (filled(1, MORPHINE, 60, 30), filled(1, PATCH, 4, 28))
    found = looked_at(*fills, table="nih_heal_2025")
    assert found.exposure.values[3].value == 42
    assert found.without_buprenorphine is not None
    assert values(found.without_buprenorphine) == [20, 20, Fraction(600, 90), 20]
    assert looked_at(*fills, table="cdc_2022").without_buprenorphine is None


# --- rows that failed, opioids without a factor -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fills", "failed", "known", "complete"),
    [
        ([filled(1, MORPHINE)], (), True, True),
        # no opioid is 0, and surely so
        ([filled(1, ALPRAZOLAM)], (), True, True),
        # what is counted is counted, whatever else there is
        ([filled(1, MORPHINE)], (UNREAD,), True, False),
        ([filled(1, MORPHINE), filled(1, PATCH, 4, 28)], (), True, False),
        # nothing counted, and something that might be: no figure at all
        ([filled(1, PATCH, 4, 28)], (), False, False),
        ([filled(1, ALPRAZOLAM)], (UNREAD,), False, False),
        ([filled(1, NO_STRENGTH)], (), False, False),
        ([], (UNREAD,), False, False),
    ],
)
def test_unknown_is_not_zero(fills, failed, known, complete):
    found = looked_at(*fills, failed=failed)
    assert [each.mme is not None for each in found.exposure.values] == [known] * 4
    assert found.is_complete is complete


def test_rows_that_cannot_be_used_are_named_in_order():
    found = looked_at(
        filled(1, MORPHINE), filled(2, NO_STRENGTH), filled(3, MORPHINE, 10, 10, QuantityUnit.ML), failed=(UNREAD,)
    )
    assert [(each.row, each.column, each.problem.code) for each in found.failed] == [
        (3, "strength", "DIR-002"),
        (4, "quantity", "FILL-005"),
        (99, "filled_date", "FILL-002"),
    ]


def test_each_problem_says_its_row_and_column():
    found = looked_at(
        filled(1, NO_STRENGTH), filled(1, MORPHINE), filled(1, PATCH, 4, 28), filled(29, PATCH, 4, 28), failed=(UNREAD,)
    )
    assert [(each.code, each.where) for each in found.problems] == [
        ("FILL-002", "row 99, filled_date"),
        ("DIR-002", "row 2, strength"),
        ("MME-001", "row 4"),
    ]
    assert found.problems[2].text.startswith(
        "cdc_2022 gives no factor: Buprenorphine is left out of this table on purpose"
    )
    assert found.unrated == ("buprenorphine",)
    assert found.missing == ("buprenorphine", "as written", "row 99")
    assert found.exit_code == 4


def test_every_opioid_without_a_factor_is_named_once_with_its_own_reason():
    levorphanol = product("levorphanol", 2)
    found = looked_at(filled(1, levorphanol), filled(2, PATCH, 4, 28), filled(31, levorphanol))
    assert found.missing == ("levorphanol", "buprenorphine")
    assert [(each.where, each.text.partition(":")[0]) for each in found.problems] == [
        ("row 2", "cdc_2022 does not rate levorphanol by the oral route"),
        ("row 3", "cdc_2022 gives no factor"),
    ]


# --- warnings ---------------------------------------------------------------------------------------------------


def test_the_same_prescription_refill_and_day_twice_is_said_of_the_second():
    fills = [
        filled(1, MORPHINE, number="7 0"),
        filled(1, MORPHINE, number="7 0"),
        filled(1, MORPHINE, number="7 1"),
        filled(2, MORPHINE, number="7 0"),
        filled(1, OXYCODONE, number="7 0"),
        filled(1, MORPHINE),
        filled(1, MORPHINE),
        filled(1, MORPHINE, number="7 0"),
    ]
    text = "the same prescription, refill and day as row 2; both were counted"
    assert looked_at(*fills).cautions == (Caution("FILL-110", text, "row 3"), Caution("FILL-110", text, "row 9"))


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((1, 100), None),
        ((1, 101), "1 fill after 2026-04-10; counted all the same"),
        ((100, 101, 131), "2 fills after 2026-04-10; counted all the same"),
        ((101, 101, 131), "3 fills after 2026-04-10; counted all the same"),
    ],
)
def test_fills_after_the_day_asked_about_are_counted_and_said(days, text):
    found = looked_at(*(filled(day, MORPHINE) for day in days), as_of=calendar_day(100))
    assert found.cautions == ((Caution("FILL-106", text),) if text else ())
    assert found.exposure.total == len(days) * 300_000_000


def test_warnings_of_the_records_come_first_and_those_of_a_row_say_which():
    known = Caution("FILL-104", "13/14/1970 is no birth date")
    sold = Caution("FILL-103", "no day of filling is stated")
    found = looked_at(
        filled(1, MORPHINE, cautions=(sold,)),
        filled(31, patch("fentanyl", 25, 72), 15, 30, cautions=(sold,)),
        cautions=(known,),
        as_of=calendar_day(30),
    )
    assert [(each.code, each.where) for each in found.cautions] == [
        ("FILL-104", ""),
        ("FILL-103", "row 2"),
        ("FILL-101", "row 3"),
        ("FILL-103", "row 3"),
        ("FILL-106", ""),
    ]


# --- overlaps ---------------------------------------------------------------------------------------------------


def test_overlaps_name_the_drugs_that_were_there():
    found = looked_at(
        filled(1, HYDROCODONE, 10, 10),  # over before any sedative
        filled(21, OXYCODONE, 30, 30),
        filled(41, ALPRAZOLAM, 20, 20),  # days 41 to 50 with oxycodone
        filled(101, MORPHINE, 30, 30),
        filled(130, ZOLPIDEM, 10, 10),  # day 130 with morphine
        filled(201, product("diazepam", 5), 10, 10),  # after every opioid
        filled(301, product("codeine", 30), 10, 10),
        filled(320, GABAPENTIN, 10, 10),
    )
    assert [(each.kind, each.drugs, numbered(each.spans), each.days) for each in found.overlaps] == [
        (DrugKind.BENZODIAZEPINE, ("alprazolam", "oxycodone"), ((41, 50),), 10),
        (DrugKind.Z_DRUG, ("morphine", "zolpidem"), ((130, 130),), 1),
    ]


def test_an_overlap_may_have_several_spans():
    found = looked_at(filled(1, MORPHINE), filled(61, OXYCODONE), filled(30, ALPRAZOLAM, 32, 32))
    (overlap,) = found.overlaps
    assert (numbered(overlap.spans), overlap.days) == (((30, 30), (61, 61)), 2)
    assert overlap.drugs == ("alprazolam", "morphine", "oxycodone")


def test_without_an_opioid_or_without_a_sedative_nothing_overlaps():
    assert looked_at(filled(1, ALPRAZOLAM), filled(1, GABAPENTIN)).overlaps == ()
    assert looked_at(filled(1, MORPHINE), filled(1, OXYCODONE)).overlaps == ()
    assert looked_at(filled(1, MORPHINE), filled(31, ALPRAZOLAM)).overlaps == ()


# --- people, exclusions, lines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "number"), [(("a", "b", "a"), 2), (("a", None, "a"), 1), (("a",), 1), ((None, None), None), ((), None)]
)
def test_how_many_prescribed_and_dispensed_opioids(keys, number):
    found = looked_at(filled(1, ALPRAZOLAM, prescriber="z"), *(filled(1, MORPHINE, prescriber=key) for key in keys))
    assert (found.prescribers, found.pharmacies) == (number, None)
    found = looked_at(filled(1, ALPRAZOLAM, pharmacy="z"), *(filled(1, MORPHINE, pharmacy=key) for key in keys))
    assert (found.prescribers, found.pharmacies) == (None, number)


def test_exclusions_name_their_rows():
    hospice, cancer = ExclusionKind.HOSPICE, ExclusionKind.CANCER
    found = looked_at(
        filled(61, MORPHINE, exclusions=(cancer,)),
        filled(31, ALPRAZOLAM, exclusions=(cancer, hospice)),
        filled(1, MORPHINE),
    )
    assert found.exclusions == ((hospice, (3,)), (cancer, (2, 3)))
    assert looked_at(filled(1, MORPHINE)).exclusions == ()


def test_every_line_that_was_used_has_its_difference():
    # 10 mg a day x 1.5
    found = looked_at(
        filled(1, OXYCODONE, reported=Reported(Fraction(15), 0)),
        filled(2, OXYCODONE, reported=Reported(Fraction(16), 0)),
        filled(3, OXYCODONE),
        filled(4, NO_STRENGTH, reported=Reported(Fraction(15), 0)),
    )
    assert [(each.placed.fill.row, each.difference and each.difference.cause) for each in found.lines] == [
        (2, None),
        (3, Cause.UNKNOWN),
        (4, None),
    ]


def test_another_table_may_explain_a_difference():
    # 10 mg a day x 5; the table of 2018 has 4
    fill = filled(1, product("hydromorphone", 10), reported=Reported(Fraction(40), 0))
    found = looked_at(fill, compare_with=[factor_table("cdc_2018_analytic"), factor_table("cdc_2022")])
    (differs,) = found.differences
    assert differs is not None
    assert (differs.cause, differs.tables) == (Cause.TABLE, ("cdc_2018_analytic",))


def test_a_patient_of_whom_nothing_can_be_said_is_not_shown():
    set_aside = (ExcludedRow(2, WhyExcluded.VETERINARY),)
    assert not looked_at(excluded=set_aside).is_shown
    assert looked_at(excluded=set_aside, failed=(UNREAD,)).is_shown
    assert looked_at(filled(1, ALPRAZOLAM)).is_shown
    assert not reported_on(history(filled(1, MORPHINE), patient="")).is_shown


# --- what a run counts up to ------------------------------------------------------------------------------------


def measure(name, denominator=(), rates=(), exclusions=()):
    return QualityMeasure(
        id=name,
        title=name,
        steward="",
        dated="",
        denominator=denominator,
        rates=rates,
        exclusions=exclusions,
        exclusions_standing=Standing.VERIFIED,
        sources=(),
    )


_TWO = FillsOnDifferentDates(of=DrugKind.OPIOID, at_least=2)
_THREE = FillsOnDifferentDates(of=DrugKind.OPIOID, at_least=3)
ADULTS = measure(
    "adults",
    (AgeAtFirstFill(at_least=18),),
    (MeasureRate("two fills", (_TWO,)), MeasureRate("three fills", (_THREE,))),
    (ExclusionKind.CANCER,),
)
ANYONE = measure("anyone", (), (MeasureRate("of 65", (AgeAtFirstFill(at_least=65),)),))


def tally(*reports):
    found = Tally(factor_table("cdc_2022"), AS_OF, measures=(ADULTS, ANYONE))
    for each in reports:
        found.add(each)
    return found


def person(fills, *, cancer=False, **stated):
    exclusions = (ExclusionKind.CANCER,) if cancer else ()
    days = [1 + 30 * number for number in range(fills)]
    return looked_at(
        *(filled(day, MORPHINE, exclusions=exclusions) for day in days), measures=(ADULTS, ANYONE), **stated
    )


def test_patients_are_counted_by_measure_and_rate():
    found = tally(
        *(person(1, age=40) for _ in range(2)),  # in the denominator, and in no rate
        *(person(2, age=40) for _ in range(3)),
        *(person(3, age=40) for _ in range(4)),
        *(person(2, age=17) for _ in range(5)),
        *(person(2) for _ in range(6)),  # no age
        *(person(2, age=40, cancer=True) for _ in range(7)),
        *(person(2, age=70, failed=(UNREAD,)) for _ in range(8)),  # a third fill may be in the row that failed
    )
    assert found.counts == {
        "adults": {
            "denominator": 2 + 3 + 4 + 8,
            "outside": 5,
            "unknown": 6,
            "excluded": 7,
            "two fills": 3 + 4 + 8,
            "three fills": 4,
            "three fills: unknown": 8,
        },
        "anyone": {"denominator": 35, "of 65": 8, "of 65: unknown": 6},
    }
    assert found.patients == 35


def test_one_patient_is_counted_once():
    assert tally(person(3, age=40)).counts["adults"] == {"denominator": 1, "two fills": 1, "three fills": 1}
    assert tally(person(1, age=17)).counts["adults"] == {"outside": 1}
    assert tally(person(1)).counts["adults"] == {"unknown": 1}
    assert tally(person(1, age=40, cancer=True)).counts["adults"] == {"excluded": 1}
    # who is outside, or not known to be inside, is not counted as left out
    assert tally(person(1, age=17, cancer=True)).counts["adults"] == {"outside": 1}
    assert tally(person(1, cancer=True)).counts["adults"] == {"unknown": 1}


def test_rows_add_up():
    dog, drip = WhyExcluded.VETERINARY, WhyExcluded.INJECTABLE
    found = tally(
        looked_at(filled(1, MORPHINE), filled(31, MORPHINE), filled(61, NO_STRENGTH), failed=(UNREAD,)),
        looked_at(
            filled(1, MORPHINE),
            filled(1, ALPRAZOLAM),
            filled(1, ALPRAZOLAM),
            failed=(UNREAD, evolve(UNREAD, row=100)),
            excluded=(ExcludedRow(5, dog), ExcludedRow(6, dog), ExcludedRow(7, drip)),
        ),
        looked_at(excluded=(ExcludedRow(2, dog),)),
    )
    assert (found.read, found.used) == (4 + 8 + 1, 2 + 3 + 0)
    assert found.failed == {"DIR-002": 1, "FILL-002": 3}
    assert found.excluded == {"veterinary": 3, "injectable": 1}
    assert found.used + found.failed.total() + found.excluded.total() == found.read
    assert found.patients == 2
    assert found.counts == {}


def test_reported_mme_and_how_they_differ_are_counted_over_all_patients():
    def stating(*mme):
        # 10 mg a day x 1.5; the last fill states nothing
        fills = [filled(day, OXYCODONE, reported=Reported(Fraction(each), 0)) for day, each in enumerate(mme, 1)]
        alprazolam = filled(1, ALPRAZOLAM, reported=Reported(Fraction(5), 0))
        return looked_at(*fills, alprazolam, filled(99, OXYCODONE), filled(100, OXYCODONE), filled(101, OXYCODONE))

    found = tally(stating(15, 16, 17), stating(15, 16))
    assert found.reported == 4 + 3
    assert found.differences == {"not explained": 3, "not an opioid": 2}
    assert tally(stating(15)).differences == {"not an opioid": 1}


def test_a_run_says_how_it_was_made():
    found = Tally(factor_table("cdc_2018_analytic"), date(2026, 7, 1))
    assert (found.table.id, found.as_of, found.mode, found.window) == (
        "cdc_2018_analytic",
        date(2026, 7, 1),
        Mode.SUMMED,
        90,
    )
    assert (found.read, found.used, found.reported, found.patients, found.measures) == (0, 0, 0, 0, ())
