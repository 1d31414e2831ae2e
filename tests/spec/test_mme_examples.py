"""Worked examples of MME per day, case by case, as guidelines, factor lists and their documentation print them.

Every figure was copied or worked out by hand; the source of each group is named above it. A row is the lines of a
case, the factor table, the three figures (scheduled, expected, maximum; None: not stated), the exit code, and what
else must be true of the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.mme.reckon import NoFactor, mme_from_quantity
from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal, Status
from medsteward.model.amount import Amount
from medsteward.model.product import Component, Product
from medsteward.model.regimen import Case
from medsteward.model.unit import Unit
from medsteward.readers.directions.line import read_line
from medsteward.tables.load import factor_table, table_ids
from tests.build import total_of

CDC = "cdc_2022"
CDC_2016 = "cdc_2016_clinical"
CDC_2018 = "cdc_2018_analytic"
NIH = "nih_heal_2025"
ANZCA = "anzca_2021"
UK = "uk_fpm"

Figures = tuple[str | None, str | None, str | None]
Spec = tuple[list[str], str, Figures | None, int, Mapping[str, Any]]


def report_of(*lines: str, table: str = CDC) -> MmeReport:
    return mme_per_day(Case(date(2026, 11, 23), tuple(map(read_line, lines))), table=factor_table(table))


def same(number: str) -> Figures:
    """Scheduled and maximum alike, nothing dispensed."""
    return number, None, number


# What else a row may say: cautions, problems (codes), said (words of a caution, problem or reason), missing (names),
# acetaminophen (three figures), statuses (one for each entry), suggested (words of one suggestion).
STORIES: list[Spec] = [
    (
        ["fentanyl patch 75 mcg/h every 48 hours", "oxycodone 10 mg every 6 hours as needed"],
        CDC,
        ("180", None, "240"),
        0,
        {"cautions": {"DIR-101"}, "said": ["48 h", "unusual"]},
    ),
    (["morphine 20 mg/mL, 0.25 mL (5 mg) every 4 hours"], CDC, same("30"), 0, {"cautions": set()}),
    (
        ["morphine 20 mg/mL, 5 mL (5 mg) every 4 hours"],
        CDC,
        None,
        3,
        {"problems": {"DIR-004"}, "said": ["100 mg"], "missing": ("morphine",)},
    ),
    (["methadone 10 mg morning, 10 mg midday, 15 mg night"], CDC, same("164.5"), 0, {}),
    (["methadone 10 mg morning, 10 mg midday, 15 mg night"], CDC_2016, same("280"), 0, {"cautions": {"MME-104"}}),
    (["methadone 20.5 mg/d"], CDC, same("96.35"), 0, {}),
    (["methadone 20.5 mg/d"], CDC_2016, same("164"), 0, {"cautions": {"MME-104"}}),
    (
        ["hydrocodone/acetaminophen 5/325, 1-2 tabs q4-6h prn, #90, 15 days"],
        CDC,
        ("0", "30", "60"),
        0,
        {"acetaminophen": ("0", "1950", "3900")},
    ),
    (
        [
            "promethazine with codeine 6.25-10 mg/5 mL, 5 mL every 4 to 6 hours as needed, max 30 mL a day",
        ],
        CDC,
        ("0", None, "9"),
        0,
        {},
    ),
    (
        ["butorphanol 1 mg nasal spray, 1 spray q4h prn", "oxycodone ER 30 mg bid"],
        CDC,
        same("90"),
        4,
        {"missing": ("butorphanol",), "problems": {"MME-001"}, "statuses": (Status.NO_FACTOR, Status.COUNTED)},
    ),
    (
        ["butorphanol 1 mg nasal spray, 1 spray q4h prn", "oxycodone ER 30 mg bid"],
        NIH,
        ("90", None, "132"),
        0,
        {"statuses": (Status.COUNTED, Status.COUNTED)},
    ),
    (
        ["oxycodone/acetaminophen 10/325 two q6h", "acetaminophen 500 mg two tid"],
        CDC,
        same("120"),
        0,
        {
            "acetaminophen": ("5600", None, "5600"),
            "cautions": {"APAP-101"},
            "said": ["5,600", "4,000"],
            "statuses": (Status.COUNTED, Status.NOT_AN_OPIOID),
        },
    ),
    (
        ["hydromorhpone 4 mg q6h"],
        CDC,
        None,
        3,
        {
            "problems": {"DRUG-001"},
            "suggested": ["hydromorphone 4 mg", "80 MME"],
            "said": ["morphine", "mistaken"],
            "missing": ("hydromorhpone 4 mg q6h",),
        },
    ),
    (["tramadol 100 mg qid", "hydromorphone 8 mg q6h"], CDC, same("240"), 0, {}),
    (["tramadol 100 mg qid", "hydromorphone 8 mg q6h"], CDC_2018, same("168"), 0, {}),
    (["fentanyl patch 25 mcg/h", "tapentadol 200 mg/d", "codeine 120 mg/d"], CDC, same("158"), 0, {}),
    (["fentanyl patch 25 mcg/h", "tapentadol 200 mg/d", "codeine 120 mg/d"], NIH, same("138"), 0, {}),
    (["fentanyl patch 25 mcg/h", "tapentadol 200 mg/d", "codeine 120 mg/d"], ANZCA, same("150.6"), 0, {}),
    (
        ["buprenorphine/naloxone film 8 mg/2 mg, 2 daily, indication opioid use disorder"],
        CDC,
        None,
        5,
        {"problems": {"MME-002"}, "said": ["opioid use disorder"], "missing": (), "statuses": (Status.EXCLUDED,)},
    ),
    (
        [
            "buprenorphine/naloxone film 8 mg/2 mg, 2 daily, indication opioid use disorder",
            "oxycodone 5 mg q6h for postoperative pain",
        ],
        CDC,
        same("30"),
        0,
        {"complete": True, "statuses": (Status.EXCLUDED, Status.COUNTED), "said": ["opioid use disorder"]},
    ),
    (["oxycodone ER 10 mg q12h", "morphine 15 mg q12h"], CDC, same("60"), 0, {}),
    (["10,000 ug of oxycodone q12h"], CDC, same("30"), 0, {}),
]

PUBLISHED: list[Spec] = [
    # CDC 2022 guideline, table of MME doses: the two worked examples, then one line for each factor
    (["hydrocodone/acetaminophen 5/325, 1 tablet 4 times a day"], CDC, same("20"), 0, {}),
    (["oxycodone ER 10 mg tablet, 1 tablet 2 times a day"], CDC, same("30"), 0, {}),
    (["codeine 30 mg q6h"], CDC, same("18"), 0, {}),
    (["fentanyl patch 25 mcg/h, every 3 days"], CDC, same("60"), 0, {}),
    (["hydrocodone ER 20 mg daily"], CDC, same("20"), 0, {}),
    (["hydromorphone 2 mg q6h"], CDC, same("40"), 0, {}),
    (["methadone 10 mg daily"], CDC, same("47"), 0, {}),
    (["morphine ER 15 mg q12h"], CDC, same("30"), 0, {}),
    (["oxycodone 5 mg q6h"], CDC, same("30"), 0, {}),
    (["oxymorphone 5 mg q6h"], CDC, same("60"), 0, {}),
    (["tapentadol 50 mg q6h"], CDC, same("80"), 0, {}),
    (["tramadol 50 mg q6h"], CDC, same("40"), 0, {}),
    # CDC 2022: ten rows only; whatever is not in the table has no factor, which is not zero
    *(
        ([line], CDC, None, 4, {"problems": {"MME-001"}, "missing": (name,), "statuses": (Status.NO_FACTOR,)})
        for line, name in (
            ("dihydrocodeine/acetaminophen/caffeine 16/320.5/30, 1 capsule q6h", "dihydrocodeine"),
            ("levorphanol 2 mg q8h", "levorphanol"),
            ("meperidine 50 mg q6h", "meperidine"),
            ("pentazocine/naloxone 50/0.5 1 tablet q6h", "pentazocine"),
            ("benzhydrocodone/acetaminophen 6.12/325 1 tablet q6h", "benzhydrocodone"),
            ("fentanyl 400 mcg lozenge q6h", "fentanyl"),
            ("fentanyl 100 mcg buccal tablet q6h", "fentanyl"),
            ("morphine 10 mg suppository rectally q6h", "morphine"),
            ("morphine 10 mg IV q4h", "morphine"),
            ("buprenorphine patch 10 mcg/h weekly", "buprenorphine"),
            ("buprenorphine 450 mcg buccal film q12h", "buprenorphine"),
            ("buprenorphine 8 mg sublingual tablet daily", "buprenorphine"),
        )
    ),
    # CDC 2016 clinical table, methadone: bands as the CMS list of February 2018 prints them (>20 to <=40, and so on)
    *(
        ([f"methadone {dose} mg/d"], table, same(mme), 0, {})
        for table in (CDC_2016, "cms_2018")
        for dose, mme in (
            ("0.5", "2"),
            ("20", "80"),
            ("20.5", "164"),
            ("21", "168"),
            ("40", "320"),
            ("40.5", "405"),
            ("60", "600"),
            ("60.5", "726"),
            ("61", "732"),
            ("100", "1200"),
        )
    ),
    (["methadone 100 mg/d"], CDC, same("470"), 0, {}),
    (["methadone 100 mg/d"], CDC_2018, same("300"), 0, {}),
    # the factor multiplies the whole dose, not slices of it: 600, not 440
    (["methadone 10 mg, 2 tablets 3 times daily"], CDC_2016, same("600"), 0, {}),
    # the band is that of the day's total over all lines: 10 + 15 mg are 25 mg, 8 each
    (["methadone 10 mg daily", "methadone 5 mg tid"], CDC_2016, same("200"), 0, {}),
    # and not that of one tablet: 6 tablets of 5 mg are 30 mg
    (["methadone 5 mg, 2 tablets tid"], CDC_2016, same("240"), 0, {}),
    # scheduled and maximum may lie in two bands: 20 mg is 80, 40 mg is 320
    (["methadone 10 mg, 1-2 tablets bid"], CDC_2016, ("80", None, "320"), 0, {}),
    (["methadone 10 mg bid", "methadone 5 mg q12h prn"], CDC_2016, ("80", None, "240"), 0, {}),
    # 2016 clinical table: hydromorphone 4, tapentadol and tramadol without a factor
    (["hydromorphone 4 mg q6h"], CDC_2016, same("64"), 0, {}),
    (["tramadol 50 mg q6h", "oxycodone 5 mg q6h"], CDC_2016, same("30"), 4, {"missing": ("tramadol",)}),
    (["tapentadol 50 mg q6h", "oxycodone 5 mg q6h"], CDC_2016, same("30"), 4, {"missing": ("tapentadol",)}),
    # CDC 2018 file, documentation: 7.2 is for quantity and days' supply; a worn rate counts 2.4
    (["fentanyl patch 25 mcg/h q72h"], CDC_2018, same("60"), 0, {}),
    (["buprenorphine patch 5 mcg/h weekly"], "cdc_2016_analytic", same("9"), 0, {}),  # 1.8 x 5
    # CDC 2018 file, documentation: oxycodone 10 mg x 120 / 30 x 1.5
    (["oxycodone 10 mg, 1 tablet q6h, #120, 30 days"], CDC_2018, ("60", "60", "60"), 0, {}),
    # NIH HEAL calculator, worked call: single-day MME with and without buprenorphine
    (["hydrocodone 75 mg 3 times daily", "buprenorphine buccal film 50 mcg twice daily"], NIH, same("228.9"), 0, {}),
    (["hydrocodone 75 mg 3 times daily"], NIH, same("225"), 0, {}),
    # NIH HEAL supplement: morphine IR 5 mg x 4 and ER 10 mg x 3
    (["morphine 5 mg 4 times daily", "morphine ER 10 mg 3 times daily"], NIH, same("50"), 0, {}),
    # Von Korff 2008: transmucosal fentanyl, 100 mcg = 12.5 mg; propoxyphene 0.23
    (["fentanyl 400 mcg lozenge once daily"], "vonkorff_2008", same("50"), 0, {}),
    (["propoxyphene 65 mg by mouth 4 times daily"], "vonkorff_2008", same("59.8"), 0, {}),
    # Canada 2010 (NOUGG): no factor for patches, methadone, tramadol
    (["hydromorphone 2 mg q6h"], "nougg_2010", same("40"), 0, {}),
    *(
        ([line], "nougg_2010", None, 4, {"missing": (name,)})
        for line, name in (
            ("fentanyl patch 25 mcg/h", "fentanyl"),
            ("methadone 10 mg daily", "methadone"),
            ("tramadol 50 mg q6h", "tramadol"),
        )
    ),
    # UK Faculty of Pain Medicine: equal to 10 mg of oral morphine
    (["codeine 100 mg/d"], UK, same("10"), 0, {}),
    (["dihydrocodeine 100 mg/d by mouth"], UK, same("10"), 0, {}),
    (["hydromorphone 2 mg/d"], UK, same("10"), 0, {}),
    (["oxycodone 6.6 mg/d"], UK, same("9.9"), 0, {}),
    (["tapentadol 25 mg/d"], UK, same("10"), 0, {}),
    (["tramadol 100 mg/d"], UK, same("10"), 0, {}),
    *(
        ([f"buprenorphine patch {rate} mcg/h"], UK, same(mme), 0, {})
        for rate, mme in (("5", "12"), ("10", "24"), ("20", "48"), ("35", "84"), ("52.5", "126"), ("70", "168"))
    ),
    # ANZCA 2021: oxycodone 40 mg a day
    (["oxycodone 40 mg/d"], ANZCA, same("60"), 0, {}),
    (["fentanyl patch 25 mcg/h"], ANZCA, same("75"), 0, {}),
    (["buprenorphine 8 mg sublingual tablet daily"], ANZCA, same("320"), 0, {}),
    (["morphine 10 mg IV q4h"], ANZCA, same("180"), 0, {}),
    (["methadone 10 mg daily"], ANZCA, None, 4, {"missing": ("methadone",)}),
]

# Patches count by the rate worn: strength x number worn x 2.4, whatever the interval (CDC 2022; CQF MME calculator,
# where the frequency cancels out). The labelled 12 mcg/h is counted as 12.
PATCHES: list[Spec] = [
    *(
        (
            [f"fentanyl patch {rate} mcg/h {often}"],
            table,
            same(mme),
            0,
            {"cautions_include": ({"PROD-104"} if rate == "12" else set()) | ({"DIR-101"} if odd else set())},
        )
        for table in (CDC, CDC_2016, CDC_2018)
        for rate, mme in (("12", "28.8"), ("25", "60"), ("50", "120"), ("75", "180"), ("100", "240"))
        for often, odd in (
            ("every 72 hours", False),
            ("every 3 days", False),
            ("every 48 hours", True),
            ("daily", True),
            ("", False),
        )
    ),
    # printed as 30 (12.5 is delivered); the labelled 12 is counted, and said
    (["fentanyl patch 12 mcg/h"], UK, same("28.8"), 0, {"cautions_include": {"PROD-104"}}),
    (["fentanyl 50 mcg/h, 2 patches every 72 hours"], CDC, same("240"), 0, {}),
    (["fentanyl two 50 mcg/h patches every 72 hours"], CDC, same("240"), 0, {}),
    (["fentanyl patch 50 mcg/h q72h", "fentanyl patch 50 mcg/h q72h"], CDC, same("240"), 0, {}),
    (["fentanyl patch 25 mcg/h q72h, #10, 30 days"], CDC, ("60", "60", "60"), 0, {}),
    # 20 days for 10 patches is a change every 48 h; the uncorrected formula would give 90
    (["fentanyl patch 25 mcg/h q48h, #10, 20 days"], CDC, ("60", "60", "60"), 0, {"cautions_include": {"DIR-101"}}),
]

# Defects of published calculators that must not come back.
TRAPS: list[Spec] = [
    # transmucosal factors are per mcg although labels say mg: 400 mcg x 0.13
    (["fentanyl 0.4 mg lozenge once daily"], CDC_2018, same("52"), 0, {}),
    (["fentanyl 400 mcg lozenge once daily"], CDC_2018, same("52"), 0, {}),
    (["fentanyl 400 mcg nasal spray, 1 spray 3 times daily"], CDC_2018, same("192"), 0, {}),
    (["fentanyl 1200 mcg buccal film twice daily"], CDC_2018, same("432"), 0, {}),
    (["fentanyl 100 mcg sublingual spray, 1 spray 3 times daily"], CDC_2018, same("54"), 0, {}),  # 0.18, not 0.16
    (["opium 60 mg rectal suppository bid"], CDC_2018, same("120"), 0, {}),
    (["morphine 10 mg rectal suppository q4h"], CDC_2018, same("60"), 0, {}),
    # fentanyl that is no patch: unknown, never 0.0576 per mcg
    (["fentanyl 100 mcg IV q1h"], CDC_2018, None, 4, {"missing": ("fentanyl",)}),
    (["fentanyl 100 mcg q6h"], CDC_2018, None, 4, {"problems": {"DIR-010"}}),
    # oxymorphone is 3, not a third
    (["oxymorphone 10 mg/d"], CDC, same("30"), 0, {}),
    # nothing is rounded before the sum: 2.25 + 2.25 + 1.5, not 2.3 + 2.3 + 1.5
    (["codeine 15 mg daily", "codeine 15 mg qhs", "oxycodone 1 mg/d"], CDC, same("6"), 0, {}),
    # Xtampza is labelled in base; the labelled mg is counted, and said
    (["Xtampza ER 9 mg capsule daily"], CDC, same("13.5"), 0, {"cautions_include": {"PROD-103"}}),
    # as needed: the most the directions allow is the maximum; supply gives the expected figure
    (["oxycodone 5 mg, 1-2 tabs q4-6h PRN, #60"], CDC, ("0", None, "90"), 0, {}),
    (["oxycodone 5 mg, 1-2 tabs q4-6h PRN, #60, 5 days"], CDC, ("0", "90", "90"), 0, {}),
    (["oxycodone 5 mg, 1-2 tabs q4-6h PRN, #60, 10 days"], CDC, ("0", "45", "90"), 0, {}),
    # a missing frequency is not once a day
    (["oxycodone 5 mg, 1 tablet"], CDC, None, 4, {"problems": {"DIR-001"}}),
    # early refill and overlap, worst day: 60 + 60 + 20
    (
        [
            "oxycodone 10 mg, 1 tablet q6h, #120, 30 days",
            "oxycodone 10 mg, 1 tablet q6h, #120, 30 days",
            "hydrocodone/acetaminophen 5/325, 1 tablet q6h, #20, 5 days",
        ],
        CDC,
        ("140", "140", "140"),
        0,
        {},
    ),
    # expected is stated only where every counted line has it
    (["oxycodone 10 mg, 1 tablet q6h, #120, 30 days", "morphine ER 15 mg q12h"], CDC, ("90", None, "90"), 0, {}),
    # an opioid that is missing leaves the rest standing
    (
        ["oxycodone 5 mg q6h", "oxycodone 5 mg"],
        CDC,
        same("30"),
        4,
        {"missing": ("oxycodone",), "statuses": (Status.COUNTED, Status.PROBLEM)},
    ),
    (["ibuprofen 600 mg tid"], CDC, same("0"), 0, {"statuses": (Status.NOT_AN_OPIOID,), "complete": True}),
]

ROWS = [pytest.param(*spec, id=f"{spec[1]}: {'; '.join(spec[0])}") for spec in (*STORIES, *PUBLISHED, *PATCHES, *TRAPS)]


def number(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


@pytest.mark.parametrize(("lines", "table", "figures", "exit_code", "also"), ROWS)
def test_mme_per_day(lines, table, figures, exit_code, also):
    report = report_of(*lines, table=table)
    total = report.total
    if figures is None:
        assert isinstance(total, NoTotal)
    else:
        assert not isinstance(total, NoTotal)
        found = (total.scheduled.value, total.expected and total.expected.value, total.maximum.value)
        assert found == tuple(map(number, figures))
        assert isinstance(total, AtLeast) == ("missing" in also)
    assert report.exit_code == exit_code
    assert report.edition == table
    _check(report, also)


def _check(report: MmeReport, also: Mapping[str, Any]) -> None:
    cautions = {caution.code for caution in report.cautions}
    heard = [caution.text for caution in report.cautions] + [problem.text for problem in report.problems]
    heard += [entry.reason for entry in report.entries if entry.reason]
    if "cautions" in also:
        assert cautions == also["cautions"]
    assert also.get("cautions_include", set()) <= cautions
    if "problems" in also:
        assert {problem.code for problem in report.problems} == also["problems"]
    for words in also.get("said", ()):
        assert any(words in text for text in heard), heard
    if "missing" in also:
        assert not isinstance(report.total, CompleteTotal)
        assert report.total.missing == also["missing"]
    if also.get("complete"):
        assert isinstance(report.total, CompleteTotal)
    if "statuses" in also:
        assert tuple(entry.status for entry in report.entries) == also["statuses"]
    if "acetaminophen" in also:
        assert report.acetaminophen is not None
        daily = report.acetaminophen.daily
        found = (daily.scheduled.value, daily.expected and daily.expected.value, daily.maximum.value)
        assert found == tuple(map(number, also["acetaminophen"]))
    if "suggested" in also:
        offers = [offer for problem in report.problems for offer in problem.suggestions]
        assert any(all(words in offer for words in also["suggested"]) for offer in offers), offers


def test_an_unknown_name_is_never_replaced():
    report = report_of("hydromorhpone 4 mg q6h")
    assert [entry.status for entry in report.entries] == [Status.PROBLEM]
    assert all(entry.mme is None for entry in report.entries)


def test_acetaminophen_is_held_against_its_ceilings():
    report = report_of("oxycodone/acetaminophen 10/325 two q6h", "acetaminophen 500 mg two tid")
    assert report.acetaminophen is not None
    above = {check.ceiling.at.value: check.maximum_above for check in report.acetaminophen.ceilings}
    assert above[Fraction(4000)]
    report = report_of("hydrocodone/acetaminophen 5/325, 1-2 tabs q4-6h prn, #90, 15 days")
    assert report.acetaminophen is not None
    above = {check.ceiling.at.value: check.maximum_above for check in report.acetaminophen.ceilings}
    assert not above[Fraction(4000)]


# Thresholds compare the exact figure, never the printed one: 49.95 is below 50, 90 is not above it by rounding.
@pytest.mark.parametrize(
    ("lines", "at", "scheduled", "maximum"),
    [
        (["codeine 333 mg/d"], "50", False, False),  # 49.95
        (["codeine 333.333333333 mg/d"], "50", False, False),  # prints as 50
        (["morphine 50 mg/d"], "50", True, True),
        (["morphine 40 mg/d", "oxycodone 10 mg daily prn"], "50", False, True),
        (["butorphanol 1 mg nasal spray, 1 spray q4h", "morphine 40 mg/d"], "50", None, None),
        (["butorphanol 1 mg nasal spray, 1 spray q4h", "morphine 60 mg/d"], "50", True, True),
    ],
)
def test_thresholds(lines, at, scheduled, maximum):
    report = report_of(*lines)
    check = next(each for each in report.thresholds if each.threshold.at == Fraction(at))
    assert (check.scheduled, check.maximum) == (scheduled, maximum)


def product(ingredient: str, strength: Amount, form: str, route: str) -> Product:
    return Product((Component(ingredient, strength),), form, route)


# Strength x quantity / days' supply x factor. Source: documentation sheets of the CDC files of 2016 and 2018.
@pytest.mark.parametrize(
    ("table", "ingredient", "form", "route", "strength", "unit", "quantity", "days", "expected"),
    [
        (CDC_2018, "oxycodone", "tablet", "oral", "10", Unit.MG, "120", "30", "60"),
        (CDC_2018, "fentanyl", "patch", "transdermal", "25", Unit.MCG_PER_H, "10", "30", "60"),
        # the days' supply must first be set to patches x 3; uncorrected it is 90
        (CDC_2018, "fentanyl", "patch", "transdermal", "25", Unit.MCG_PER_H, "10", "20", "90"),
        # a bottle counts as its 2.5 mL; 5.833...
        (CDC_2018, "butorphanol", "nasal spray", "nasal", "10", Unit.MG_PER_ML, "2.5", "30", "35/6"),
        ("cdc_2016_analytic", "buprenorphine", "patch", "transdermal", "5", Unit.MCG_PER_H, "4", "28", "9"),
        ("cms_2015", "buprenorphine", "patch", "transdermal", "5", Unit.MCG_PER_H, "4", "28", "9"),
        (CDC_2018, "fentanyl", "lozenge", "transmucosal oral", "400", Unit.MCG, "30", "30", "52"),
        (CDC_2018, "methadone", "tablet", "oral", "10", Unit.MG, "300", "30", "300"),
        ("cms_2018", "methadone", "tablet", "oral", "10", Unit.MG, "300", "30", "300"),  # 3, not the tiers
        (CDC_2018, "propoxyphene", "capsule", "oral", "65", Unit.MG, "120", "30", "59.8"),
        (CDC_2018, "morphine", "suppository", "rectal", "10", Unit.MG, "30", "10", "30"),
        # NIH HEAL supplement: rx total over days is the same rate
        (NIH, "morphine", "tablet", "oral", "5", Unit.MG, "28", "7", "20"),
        # a worn-rate factor never meets a quantity: 2.4 x 25 x 10 / 30 would be a third of the truth
        (CDC, "fentanyl", "patch", "transdermal", "25", Unit.MCG_PER_H, "10", "30", None),
        (CDC_2018, "buprenorphine", "patch", "transdermal", "5", Unit.MCG_PER_H, "4", "28", None),
        (CDC, "levorphanol", "tablet", "oral", "2", Unit.MG, "90", "30", None),
    ],
)
def test_quantity_and_days_supply(table, ingredient, form, route, strength, unit, quantity, days, expected):
    each = Amount(Fraction(strength), unit)
    what = product(ingredient, each, form, route)
    found = mme_from_quantity(factor_table(table), what, ingredient, each, Fraction(quantity), Fraction(days))
    if expected is None:
        assert isinstance(found, NoFactor)
        assert found.reason
    else:
        assert found == Amount(Fraction(expected), Unit.MME_PER_D)


def test_no_days_is_refused():
    each = Amount(Fraction(10), Unit.MG)
    what = product("oxycodone", each, "tablet", "oral")
    with pytest.raises(ValueError, match="days"):
        mme_from_quantity(factor_table(CDC), what, "oxycodone", each, Fraction(1), Fraction(0))


@pytest.mark.parametrize("table", table_ids())
def test_every_report_names_its_table_and_shows_its_working(table):
    report = report_of("oxycodone 10 mg q6h", table=table)
    assert report.edition == table
    assert total_of(report).maximum.value == 60
    assert any("40 mg/d x 1.5 = 60 MME/d" in step for step in report.entries[0].working)
