"""Dispensing records: the published examples, from rows of a file to figures, and what a row must say to count."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from medsteward.fills.by_day import Mode
from medsteward.fills.measures import MEASURES, default_measures, measures_named
from medsteward.fills.patches import Worn, worn
from medsteward.fills.report import FillsReport, report
from medsteward.fills.reported import Cause
from medsteward.model.source import Standing
from medsteward.readers.fills.records import open_records
from medsteward.tables.load import factor_table, table_ids

HEADER = "patient_key,filled_date,drug_name,strength,form,quantity,days_supply"
DAY = date(2027, 1, 4)


def reports(tmp_path: Path, text: str, *, table: str = "cdc_2022", **options) -> list[FillsReport]:
    path = tmp_path / "fills.csv"
    path.write_text(text, encoding="utf-8")
    with ExitStack() as desk:
        records = open_records(str(path), None, desk)
        return [
            report(history, table=factor_table(table), as_of=DAY, **options) for history in records.histories(print)
        ]


def one(tmp_path: Path, *rows: str, header: str = HEADER, **options) -> FillsReport:
    (found,) = reports(tmp_path, "\n".join((header, *rows)) + "\n", **options)
    return found


def values(found: FillsReport) -> tuple[str, ...]:
    return tuple(shown(each.value) for each in found.exposure.values)


def shown(value: Fraction | None) -> str:
    if value is None:
        return "none"
    return str((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01")).normalize() + 0)


def day(number: int) -> str:
    """The first day is 1 January 2026."""
    return date.fromordinal(date(2026, 1, 1).toordinal() + number - 1).isoformat()


# --- oxycodone ER 20 mg twice daily, refilled early -------------------------------------------------------------

ER = tuple(f"p1,2026-{filled},oxycodone ER,20 mg,tablet,60,30" for filled in ("01-01", "01-25", "02-20"))


def test_early_refills_as_filled(tmp_path):
    found = one(tmp_path, *ER)
    assert found.exposure.total == 5_400_000_000
    assert values(found) == ("60", "67.5", "60", "120")
    assert [each.days for each in found.exposure.values] == [90, 80, 90, 1]
    assert found.exposure.peak is not None
    assert (found.exposure.peak.mme, found.exposure.peak_days) == (120_000_000, 10)
    assert date.fromordinal(found.exposure.peak.first) == date(2026, 1, 25)
    assert dict(found.days_at_or_above) == {50: 80, 90: 10}
    assert [(each.days, each.days_with_stock) for each in found.early] == [(6, 6), (4, 10)]


def test_early_refills_shifted(tmp_path):
    found = one(tmp_path, *ER, mode=Mode.SHIFTED)
    assert [(each.mme, each.days) for each in found.exposure.segments] == [(60_000_000, 90)]
    assert date.fromordinal(found.exposure.segments[-1].last) == date(2026, 3, 31)
    assert found.exposure.total == 5_400_000_000
    assert values(found) == ("60", "60", "60", "60")
    assert [(each.days, each.days_with_stock) for each in found.early] == [(6, 6), (4, 10)]


def test_fills_of_one_day_are_taken_together_in_either_mode(tmp_path):
    for mode in Mode:
        found = one(tmp_path, ER[0], ER[0], mode=mode)
        assert values(found)[3] == "120"
        assert found.early == ()


def test_two_early_fills_of_one_day_are_both_early_and_begin_together(tmp_path):
    found = one(tmp_path, ER[0], ER[1], ER[1], mode=Mode.SHIFTED)
    assert [(each.days, each.days_with_stock) for each in found.early] == [(6, 6), (6, 6)]
    assert [(each.mme, each.days) for each in found.exposure.segments] == [(60_000_000, 30), (120_000_000, 30)]


def test_a_form_left_out_is_still_the_same_drug(tmp_path):
    rows = ("p1,2026-01-01,alprazolam,1 mg,tablet,60,30", "p1,2026-01-25,alprazolam,1 mg,,60,30")
    assert [each.days for each in one(tmp_path, *rows).early] == [6]


def test_the_same_dispensing_twice_is_counted_and_said(tmp_path):
    rows = (f"{ER[0]},7,0", f"{ER[0]},7,0", f"{ER[0]},7,1", f"{ER[0]},,", f"{ER[0]},,")
    found = one(tmp_path, *rows, header=f"{HEADER},rx_number,refill_number")
    assert [(caution.code, caution.where) for caution in found.cautions] == [("FILL-110", "row 3")]
    assert found.exposure.peak is not None
    assert found.exposure.peak.mme == 300_000_000


def test_another_strength_is_not_shifted(tmp_path):
    found = one(tmp_path, ER[0], "p1,2026-01-25,oxycodone ER,40 mg,tablet,60,30", mode=Mode.SHIFTED)
    assert values(found)[3] == "180"


# --- examples A to D --------------------------------------------------------------------------------------------

A = (
    f"a,{day(1)},oxycodone,10 mg,tablet,120,30",
    f"a,{day(26)},oxycodone,10 mg,tablet,120,30",
    f"a,{day(10)},hydrocodone/acetaminophen,5-325 mg,tablet,20,5",
)


@pytest.mark.parametrize(
    ("mode", "expected", "therapy", "high_days", "worst"),
    [
        (Mode.SUMMED, ("56.92", "67.27", "41.11", "120"), 55, 5, (26, 30)),
        (Mode.SHIFTED, ("56.92", "61.67", "41.11", "80"), 60, 0, (10, 14)),
    ],
)
def test_example_a(tmp_path, mode, expected, therapy, high_days, worst):
    found = one(tmp_path, *A, mode=mode)
    assert found.exposure.total == 3_700_000_000
    assert values(found) == expected
    assert [each.days for each in found.exposure.values] == [65, therapy, 90, 1]
    assert dict(found.days_at_or_above)[90] == high_days
    peak = found.exposure.peak
    assert peak is not None
    assert (date.fromordinal(peak.first).isoformat(), date.fromordinal(peak.last).isoformat()) == tuple(map(day, worst))
    assert found.every_fill_at_once == 140_000_000


def test_example_b(tmp_path):
    found = one(
        tmp_path,
        f"b,{day(1)},oxycodone,10 mg,tablet,120,30",
        f"b,{day(45)},oxycodone,10 mg,tablet,120,30",
        measures=measures_named(["HDO"]),
    )
    assert found.exposure.total == 3_600_000_000
    assert values(found)[:3] == ("60", "60", "40")
    # the treatment period has 74 days
    ((_, answer),) = found.measures[0].rates[0].answers
    assert answer[1] == 48_648_649


def test_example_c(tmp_path):
    rows = (f"c,{day(1)},morphine IR,5 mg,tablet,28,7", f"c,{day(1)},morphine ER,10 mg,capsule,90,30")
    found = one(tmp_path, *rows, table="nih_heal_2025")
    assert found.exposure.total == 1_040_000_000
    assert values(found) == ("28.11", "34.67", "11.56", "50")
    assert found.without_buprenorphine is found.exposure


def test_example_d_nothing_left_without_buprenorphine(tmp_path):
    found = one(tmp_path, f"d,{day(1)},buprenorphine patch,5 mcg/h,,4,28", table="nih_heal_2025")
    assert values(found)[0] == "11"
    assert found.without_buprenorphine is not None
    assert [each.value for each in found.without_buprenorphine.values] == [None, 0, 0, 0]
    assert [each.days for each in found.without_buprenorphine.values] == [0, 0, 90, 1]


def test_the_heal_calculator_with_and_without_buprenorphine(tmp_path):
    rows = (
        f"h,{day(1)},hydrocodone/ibuprofen,7.5-200 mg,tablet,300,10",
        f"h,{day(1)},buprenorphine buccal film,50 mcg,,10,5",
    )
    found = one(tmp_path, *rows, table="nih_heal_2025", window=5)
    assert found.without_buprenorphine is not None
    assert found.exposure.total == 2_269_500_000
    assert values(found)[0] == "151.3"
    assert [each.value for each in found.without_buprenorphine.values[:2]] == [225, 225]
    assert found.without_buprenorphine.total == 2_250_000_000


def test_a_table_that_does_not_rate_buprenorphine_says_so_and_counts_nothing(tmp_path):
    found = one(tmp_path, f"d,{day(1)},buprenorphine patch,5 mcg/h,,4,28")
    assert found.missing == ("buprenorphine",)
    assert found.without_buprenorphine is None
    assert [each.value for each in found.exposure.values] == [None] * 4
    assert [problem.code for problem in found.problems] == ["MME-001"]
    assert found.exit_code == 4


# --- patches ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["cdc_2022", "cdc_2018_analytic", "cdc_2016_analytic", "cms_2018", "nih_heal_2025"])
def test_fifteen_patches_for_thirty_days_are_worn_48_hours(tmp_path, table):
    found = one(tmp_path, f"f,{day(1)},fentanyl patch,75 mcg/h,,15,30", table=table)
    assert [(each.mme, each.days) for each in found.exposure.segments] == [(180_000_000, 30)]
    assert [caution.code for caution in found.cautions] == ["FILL-101"]
    assert "48 h" in found.cautions[0].text


@pytest.mark.parametrize(
    ("strength", "quantity", "days", "mme"),
    [
        ("25 mcg/h", 10, 30, 60),
        ("25 mcg/h", 10, 20, 60),
        ("50 mcg/h", 20, 30, 240),
        ("12 mcg/h", 5, 14, Fraction("28.8")),
        ("100 mcg/h", 1, 3, 240),
    ],
)
def test_patches_count_by_the_rate_worn(tmp_path, strength, quantity, days, mme):
    found = one(tmp_path, f"f,{day(1)},fentanyl patch,{strength},,{quantity},{days}", table="cdc_2018_analytic")
    assert [(each.mme, each.days) for each in found.exposure.segments] == [(mme * 1_000_000, days)]


def test_buprenorphine_patches_are_worn_for_seven_days(tmp_path):
    found = one(tmp_path, f"f,{day(1)},buprenorphine patch,5 mcg/h,,4,28", table="cdc_2016_analytic")
    assert values(found)[0] == "9"


def test_a_table_with_a_factor_per_patch_alone_serves_the_rate_worn(tmp_path):
    # 12.6 per patch of 7 days is 1.8 per mcg/h worn
    found = one(tmp_path, f"f,{day(1)},buprenorphine patch,10 mcg/h,,5,30", table="cms_2015")
    assert values(found)[3] == "18"


@pytest.mark.parametrize(("quantity", "days"), [(10, 5), (5, 30), (7, 30), (Fraction("2.5"), 8), (100, 30)])
def test_patches_that_fit_no_wear_time_are_refused(tmp_path, quantity, days):
    found = one(tmp_path, f"f,{day(1)},fentanyl patch,75 mcg/h,,{float(quantity):g},{days}")
    assert [(each.column, each.problem.code) for each in found.failed] == [("quantity", "FILL-006")]
    assert [each.value for each in found.exposure.values] == [None] * 4


@pytest.mark.parametrize(
    ("quantity", "days", "expected"),
    [
        (10, 28, Worn(1, 72)),
        (10, 31, Worn(1, 72)),
        (15, 30, Worn(1, 48)),
        (20, 30, Worn(2, 72)),
        (30, 30, Worn(3, 72)),
        (40, 30, Worn(4, 72)),
        (50, 30, None),
        (4, 8, Worn(1, 48)),
        (1, 1, Worn(1, 72)),
        (11, 30, None),
        (0, 30, None),
    ],
)
def test_what_a_number_of_patches_means(quantity, days, expected):
    assert worn(Fraction(quantity), days, 72, (48,)) == expected


# --- the CDC file's own examples --------------------------------------------------------------------------------


def test_the_worked_examples_of_the_cdc_file(tmp_path):
    text = "\n".join(
        (
            "Patient ID,Fill Date,PRODNME,Strength_Per_Unit,UOM,Master_Form,Quantity,Days Supply",
            "1,2018-01-01,Oxycodone Hydrochloride,10,MG,Tablet,120,30",
            '2,2018-01-01,Fentanyl,25,MCG/HR,"Patch, Extended Release",10,30',
            "3,2018-01-01,Butorphanol Tartrate,10,MG/ML,Spray,2.5,30",
            "4,2018-01-01,Butorphanol Tartrate,10,MG/ML,Spray,1,30",
            "",
        )
    )
    found = reports(tmp_path, text, table="cdc_2018_analytic")
    assert [[each.mme for each in one.exposure.segments] for one in found] == [
        [60_000_000],
        [60_000_000],
        [5_833_333],
        [5_833_333],
    ]
    assert ["FILL-102" in {caution.code for caution in each.cautions} for each in found] == [False] * 3 + [True]


# --- other liquids, bands, two opioids --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("m,2026-01-01,morphine,20 mg/mL,solution,1,30,", "FILL-005"),
        ("m,2026-01-01,morphine,20 mg/mL,solution,1,30,bottle", "FILL-005"),
        ("m,2026-01-01,morphine,20 mg/mL,solution,30,30,g", "FILL-005"),
        ("m,2026-01-01,morphine,15 mg,tablet,30,30,mL", "FILL-005"),
        ("m,2026-01-01,fentanyl patch,25 mcg/h,,10,30,mL", "FILL-005"),
        ("m,2026-01-01,morphine,,tablet,30,30,", "DIR-002"),
        ("m,2026-01-01,fentanyl,100 mcg,,30,30,", "DIR-010"),
        ("m,2026-01-01,morphine,20 mg/mL,solution,30,30,barrels", "FILL-007"),
    ],
)
def test_quantities_that_do_not_fit(tmp_path, row, code):
    found = one(tmp_path, row, header=f"{HEADER},quantity_unit")
    assert [each.problem.code for each in found.failed] == [code]


@pytest.mark.parametrize(("quantity", "mme"), [("5", 100), ("2.5", 50)])
def test_a_liquid_without_a_unit_is_in_ml_where_it_cannot_be_bottles(tmp_path, quantity, mme):
    found = one(tmp_path, f"m,2026-01-01,morphine,20 mg/mL,solution,{quantity},1")
    assert found.exposure.values[3].value == mme


def test_liquids_count_by_the_ml(tmp_path):
    found = one(tmp_path, "m,2026-01-01,morphine,20 mg/mL,solution,30,30,mL", header=f"{HEADER},quantity_unit")
    assert values(found)[0] == "20"


def test_the_days_total_of_methadone_chooses_its_band(tmp_path):
    rows = (f"m,{day(1)},methadone,10 mg,tablet,60,30", f"m,{day(11)},methadone,5 mg,tablet,90,30")
    found = one(tmp_path, *rows, table="cdc_2016_clinical")
    # 20 mg/d x 4; then 35 mg/d x 8; then 15 mg/d x 4
    assert [(each.mme // 1_000_000, each.days) for each in found.exposure.segments] == [(80, 10), (280, 20), (60, 10)]
    assert found.every_fill_at_once == 280_000_000


def test_the_last_day_of_methadone_counts_in_the_days_total(tmp_path):
    rows = (f"m,{day(1)},methadone,10 mg,tablet,20,10", f"m,{day(10)},methadone,5 mg,tablet,30,10")
    found = one(tmp_path, *rows, table="cdc_2016_clinical")
    # 20 mg/d x 4 for 9 days, 35 mg/d x 8 on the tenth, then 15 mg/d x 4
    assert [(each.mme // 1_000_000, each.days) for each in found.exposure.segments] == [(80, 9), (280, 1), (60, 9)]


def test_a_figure_becomes_unlikely_above_1000(tmp_path):
    at = one(tmp_path, f"u,{day(1)},morphine,100 mg,tablet,100,10")
    assert at.exposure.values[3].value == 1000
    assert not at.cautions
    above = one(tmp_path, f"u,{day(1)},morphine,100 mg,tablet,101,10")
    assert [caution.code for caution in above.cautions] == ["FILL-109"]


def test_an_unlikely_figure_is_counted_and_said(tmp_path):
    found = one(tmp_path, f"u,{day(1)},oxycodone,30 mg,tablet,1000,10", f"u,{day(1)},oxycodone,10 mg,tablet,120,30")
    assert found.exposure.values[3].value == 4560
    assert [(caution.code, caution.where) for caution in found.cautions] == [("FILL-109", "row 2")]


# --- reported MME -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reported", "cause", "tables"),
    [
        ("oxycodone,10 mg,tablet,120,30", "60", None, ()),
        ("butorphanol,10 mg/mL,nasal spray,2.5,30", "5.83", None, ()),
        ("hydromorphone,2 mg,tablet,120,30", "32", Cause.TABLE, ("cdc_2016_analytic", "cdc_2018_analytic")),
        ("fentanyl patch,75 mcg/h,,15,30", "270", Cause.PATCH_WEAR, ()),
        ("fentanyl patch,75 mcg/h,,15,30", "180", None, ()),
        ("buprenorphine patch,5 mcg/h,,4,28", "9", Cause.BUPRENORPHINE, ("cdc_2016_analytic", "cms_2015")),
        ("buprenorphine patch,5 mcg/h,,4,28", "0", None, ()),
        ("alprazolam,1 mg,tablet,30,30", "5", Cause.NOT_AN_OPIOID, ()),
        ("oxycodone,10 mg,tablet,120,30", "61", Cause.UNKNOWN, ()),
    ],
)
def test_a_reported_mme_is_compared_and_a_difference_explained(tmp_path, row, reported, cause, tables):
    table = "cdc_2018_analytic" if "butorphanol" in row else "cdc_2022"
    compare_with = [factor_table(each) for each in table_ids()]
    found = one(
        tmp_path,
        f"r,2026-01-01,{row},{reported}",
        header=f"{HEADER},Daily MME",
        table=table,
        compare_with=compare_with,
    )
    difference = found.lines[0].difference
    assert (difference.cause if difference else None) is cause
    if tables:
        assert difference is not None
        assert set(tables) <= set(difference.tables)


# --- overlaps, people, exclusions -------------------------------------------------------------------------------


def test_days_with_sedatives(tmp_path):
    found = one(
        tmp_path,
        f"o,{day(1)},oxycodone,5 mg,tablet,60,30",
        f"o,{day(21)},alprazolam,1 mg,tablet,30,30",
        f"o,{day(30)},zolpidem,10 mg,tablet,5,5",
        f"o,{day(40)},gabapentin,300 mg,capsule,30,10",
    )
    assert [(each.kind.value, each.days, each.drugs) for each in found.overlaps] == [
        ("benzodiazepine", 10, ("alprazolam", "oxycodone")),
        ("Z-drug", 1, ("oxycodone", "zolpidem")),
    ]


def test_prescribers_pharmacies_and_exclusions(tmp_path):
    found = one(
        tmp_path,
        f"x,{day(1)},oxycodone,5 mg,tablet,60,30,a,p,Hospice",
        f"x,{day(31)},oxycodone,5 mg,tablet,60,30,b,p,non-cancer pain",
        f"x,{day(61)},alprazolam,1 mg,tablet,30,30,c,q,",
        header=f"{HEADER},prescriber_key,pharmacy_key,treatment_type",
    )
    assert (found.prescribers, found.pharmacies) == (2, 1)
    assert [(kind.value, rows) for kind, rows in found.exclusions] == [("hospice", (2,))]


# --- measures ---------------------------------------------------------------------------------------------------

PEOPLE = f"{HEADER},age,prescriber_key,pharmacy_key,cancer"


def measured(tmp_path, name, *rows, **options):
    found = one(tmp_path, *rows, header=PEOPLE, measures=measures_named([name]), **options)
    return found.measures[0]


def course(number, drug="oxycodone,20 mg,tablet,90,30", who="a,p", age=50, cancer=""):
    """The n-th 30-day fill of a drug: 90 MME a day unless said otherwise."""
    return f"q,{day(1 + 30 * number)},{drug},{age},{who},{cancer}"


def test_high_dosage_holds_at_90_itself(tmp_path):
    at = measured(tmp_path, "OHD", *(course(n) for n in range(3)))
    assert (at.in_denominator, [rate.met for rate in at.rates]) == (True, [True])
    below = measured(tmp_path, "ohd", *(course(n, "oxycodone,20 mg,tablet,89,30") for n in range(3)))
    assert (below.in_denominator, [rate.met for rate in below.rates]) == (True, [False])


def test_high_dosage_asks_for_an_episode_of_90_days(tmp_path):
    found = measured(tmp_path, "OHD", course(0), course(1))
    assert found.in_denominator is False
    assert [clause.words.split(",")[0] for clause, _ in found.unmet] == ["opioid episode of >= 90 days"]


def test_a_measure_is_not_known_without_an_age_and_not_met_below_18(tmp_path):
    assert measured(tmp_path, "OHD", *(course(n, age="") for n in range(3))).in_denominator is None
    assert measured(tmp_path, "OHD", *(course(n, age=17) for n in range(3))).in_denominator is False


def test_age_is_that_of_the_first_opioid_fill(tmp_path):
    for born, expected in (("2008-01-01", True), ("2008-01-02", False), ("2026-02-01", None)):
        rows = [f"q,{day(1 + 30 * n)},oxycodone,20 mg,tablet,90,30,{born}" for n in range(3)]
        found = one(tmp_path, *rows, header=f"{HEADER},birth_date", measures=measures_named(["OHD"]))
        assert found.measures[0].in_denominator is expected


def test_days_at_a_mark_are_counted(tmp_path):
    found = one(tmp_path, f"q,{day(1)},morphine,10 mg,tablet,150,30", f"q,{day(41)},morphine,10 mg,tablet,149,30")
    assert dict(found.days_at_or_above) == {50: 30, 90: 0}


def test_exclusions_are_named(tmp_path):
    found = measured(tmp_path, "OHD", *(course(n, cancer="yes") for n in range(3)))
    assert [kind.value for kind in found.excluded_by] == ["cancer"]


def test_concurrent_use_counts_days_of_both(tmp_path):
    opioids = [course(n) for n in range(3)]
    both = [course(n, "alprazolam,1 mg,tablet,15,15") for n in range(2)]
    found = measured(tmp_path, "COB", *opioids, *both)
    assert [rate.met for rate in found.rates] == [True]
    assert [value for _, (_, value) in found.rates[0].answers] == [2, 30]
    less = measured(tmp_path, "COB", *opioids, both[0], course(1, "alprazolam,1 mg,tablet,14,14"))
    assert [rate.met for rate in less.rates] == [False]


def test_multiple_providers_within_180_days(tmp_path):
    people = [course(n, who=f"{'abcd'[n]},{'pqrs'[n]}") for n in range(4)]
    assert [rate.met for rate in measured(tmp_path, "OMP", *people).rates] == [True]
    late = [*people[:3], f"q,{day(181)},oxycodone,20 mg,tablet,90,30,50,d,s,"]
    assert [rate.met for rate in measured(tmp_path, "OMP", *late).rates] == [False]


def test_providers_over_the_year(tmp_path):
    people = [course(n, who=f"{'abcd'[n]},{'ppqq'[n]}") for n in range(4)]
    assert [(r.name, r.met) for r in measured(tmp_path, "UOP", *people).rates] == [
        ("prescribers", True),
        ("pharmacies", False),
        ("both", False),
    ]


def test_ecqm_460_bridges_gaps_of_seven_days(tmp_path):
    def rows(gap):
        return [f"q,{day(1 + (30 + gap) * n)},oxycodone,20 mg,tablet,90,30,,,," for n in range(3)]

    bridged = measured(tmp_path, "CMS460", *rows(7))
    assert (bridged.in_denominator, [rate.met for rate in bridged.rates]) == (True, [True])
    assert measured(tmp_path, "CMS460", *rows(8)).in_denominator is False


def test_the_measure_of_2015_wants_more_than_120_on_days_in_a_row(tmp_path):
    at = [course(n, "oxycodone,20 mg,tablet,120,30") for n in range(3)]
    assert [rate.met for rate in measured(tmp_path, "OHD-2015", *at).rates] == [False]
    above = [course(n, "oxycodone,20 mg,tablet,121,30") for n in range(3)]
    assert [rate.met for rate in measured(tmp_path, "OHD-2015", *above).rates] == [True]
    gap = [*above[:2], f"q,{day(62)},oxycodone,20 mg,tablet,121,30,50,a,p,"]
    found = measured(tmp_path, "OHD-2015", *gap)
    assert [(rate.met, rate.answers[0][1][1]) for rate in found.rates] == [(False, 60)]


def test_new_starts_need_180_clean_days_in_the_records(tmp_path):
    unseen = measured(tmp_path, "COU", course(0))
    assert unseen.in_denominator is None
    seen = measured(tmp_path, "COU", f"q,{day(1)},gabapentin,300 mg,capsule,30,10,50,a,p,", course(7))
    assert seen.in_denominator is True
    assert [rate.met for rate in seen.rates] == [True, False]
    long = measured(tmp_path, "COU", course(0, "oxycodone,20 mg,tablet,90,90"))
    assert [rate.answers[0][1][1] for rate in long.rates] == [30, 62]


def test_what_failed_makes_a_measure_unknown_rather_than_false(tmp_path):
    found = measured(tmp_path, "OHD", course(0), course(1), course(2, "oxycodon,20 mg,tablet,90,30"))
    assert found.in_denominator is None


def test_measures_leave_out_cough_and_cold_products_and_sublingual_buprenorphine(tmp_path):
    cough = [course(n, "promethazine/codeine,6.25-10 mg/5 mL,solution,240,30") for n in range(3)]
    assert measured(tmp_path, "OHD", *cough).in_denominator is False
    sublingual = [course(n, "buprenorphine,8 mg,sublingual tablet,60,30") for n in range(3)]
    assert measured(tmp_path, "OHD", *sublingual, table="nih_heal_2025").in_denominator is False


def test_anything_recalled_is_not_on_by_default():
    names = [measure.id for measure in default_measures()]
    assert names == ["OHD", "COB", "OMP", "CMS460", "UOP"]
    for measure in MEASURES:
        parts = [*measure.denominator, *(clause for rate in measure.rates for clause in rate.numerator)]
        recalled = any(clause.standing is Standing.RECALLED for clause in parts)
        if recalled or (measure.exclusions and measure.exclusions_standing is Standing.RECALLED):
            assert measure.standing is Standing.RECALLED
            assert measure.id not in names
    assert [measure.id for measure in MEASURES if measure.retired] == ["OMP"]


def test_every_operator_is_stated():
    for measure in MEASURES:
        for rate in measure.rates:
            assert all(">=" in clause.words or "> " in clause.words for clause in rate.numerator)
