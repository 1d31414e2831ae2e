"""Lines as American, British and Australian lists print them, and near them lines that must stay a question."""

from __future__ import annotations

from datetime import date

import pytest

from medsteward import case_of, check_case, factor_table, mme_per_day, read_line
from medsteward.mme.result import CompleteTotal

CDC = factor_table("cdc_2022")
DAY = date(2027, 1, 4)

READ = [
    # what was dispensed, at the end of a line
    ("Zomorph 30mg modified-release capsules One to be taken twice a day - 60 capsule", "60"),
    ("MST Continus 30mg tablets ONE TWICE A DAY 56 tablet(s)", "60"),
    ("Co-codamol 30mg/500mg tablets Two To Be Taken Up To Four Times A Day When Required - 100 tablet", "36"),
    ("Fentanyl 25micrograms/hour transdermal patches Apply One Patch Every Three Days - 10 patch", "60"),
    ("morphine 10mg/5ml 5 ml every 4 hours - 300 ml", "60"),
    # the most of a day, in words of how often
    ("Codeine 30mg tablets 1-2 tablets up to QDS PRN", "36"),
    ("oxycodone 5 mg 1 tab up to twice daily", "15"),
    ("Codeine 15mg tablets one or two to be taken every 4-6 hours up to four times a day when required", "18"),
    ("oxycodone 5 mg 1 tab q6h up to 3 times a day", "22.5"),
    # who made it
    ("Oramorph 10mg/5ml oral solution (Boehringer Ingelheim Ltd) 10ml FOUR times a day", "80"),
    ("OxyContin 40mg modified-release tablets (Napp Pharmaceuticals Ltd) 1 BD", "120"),
    # a patch, with its rate said again
    ("fentaNYL (DURAGESIC) 25 mcg/hr, Place 1 patch (25 mcg total) onto the skin every 72 hours.", "60"),
    ("fentanyl 25 mcg/hr patch 2 patches (50 mcg total) q72h", "120"),
    ("FENTANYL DIS 25MCG/HR APPLY 1 PATCH TO SKIN EVERY 72 HOURS", "60"),
    # spoons with their mL, tablets of a pharmacy's codes, numbers in words
    ("Oramorph 10mg/5ml oral solution two 5ml spoonfuls four times a day", "80"),
    ("Morphine Sulf ER 15mg Tab 2T PO Q12H", "60"),
    ("oxycodone 5mg tab #120 (one hundred twenty) 1 po qid", "30"),
    ("oxycodone 10 mg (two 5 mg tabs) q6h", "60"),
    ("methadone 10 mg 1 in the morning, 1/2 at noon and 1 at night", "117.5"),
    ("oxycodone 5 mg 1 tab q4-6hprn pain", "45"),
    ("oxycodone 5 mg 1 poq6h", "30"),
    ("morphine 20mg/ml 0.25ml = 5mg q2h prn", "60"),
    # orders of hospitals
    ("OxyCODONE (Immediate Release) 10 mg PO/NG Q4H:PRN Pain - Moderate", "90"),
    ("oxyCODONE IR tab 5 mg : Dose 5 mg : Oral : Every 4 hours PRN", "45"),
    ("Oxycodone 5mg 1 tab mane, 1 tab midi, 2 tab nocte", "30"),
    ("Targin 10/5 1 BD", "30"),
    # shortenings of pharmacies
    ("HYDROCO/APAP TAB 10-325MG TAKE 1 TABLET BY MOUTH FOUR TIMES DAILY", "40"),
    ("MORPHINE SUL TAB 15MG ER TAKE 1 TABLET BY MOUTH EVERY 12 HOURS", "30"),
    ("PROMETHAZINE W/COD SYRUP 6.25-10 mg/5 ml 5 ml q6h", "6"),
    ("butalbital-apap-caff-codeine 50-325-40-30 1 cap q4h", "27"),
    ("vitamin D3 1 tablet daily", "0"),
]

ASKED = [
    "Norco 5/325 tid - 90 tabs",
    "oxycodone 5 mg every 6 hours, 12 tablets",
    "oxycodone 5 mg 1 tab every 6 hours, 90 tablets",
    "morphine 10mg/5ml every 4 hours - 300 ml",
    "oxycodone 5 mg 1 tab bid up to 4 times a day",
    "oxycodone 5 mg 1 tab q6h up to 5 times a day",
    "oxycodone 5 mg 1 tab bid, 2 tabs up to 4 times a day",
    "oxycodone 5 mg every 4 hours, up to every 6 hours",
    "fentanyl 25 mcg/hr patch 1 patch (50 mcg total) q72h",
    "fentanyl 25 mcg/hr patch 2 patches (25 mcg total) q72h",
    "oxycodone 5 mg tab dis 1 q6h",
    "Oramorph 10mg/5ml oral solution one teaspoon four times a day",
    "morphine 10mg/5ml 1T po q4h",
    "oxycodone 5mg #120 (one hundred thirty) 1 tab q6h",
    "oxycodone 15 mg (two 5 mg tabs) q6h",
    # a few units before the refills, and a limit of doses or of tablets
    "oxycodone 5 mg tablet every 8 hours take 3 tabs refills 0",
    "oxycodone 5 mg tablet every 6 hours, 2 tablets, no refills",
    "oxycodone 15 mg tablet, 30 mg 3 times a day, max 3/day",
    # a limit below one dose
    "oxycodone 5 mg 1 tab q6h max 2 mg/day",
    "oxycodone 5 mg 2 tabs q6h max 5 mg/day",
    "methadone 10 mg 1 tab tid max 10 mcg per day",
    "morphine 10mg/5ml 5 ml q4h max 5 mg/day",
    "oxycodone 5 mg tablet, 10 mg q6h, max 1 tablet per day",
    "morphine 20mg/ml 0.5ml = 5mg q2h prn",
    "oxycodone 5 mg PO given at 0830 and 1230",
    "oxycodone 5 mg tab given at 0800, 1200, 1600",
    "PROMETHAZINE W/COD SYRUP 5 ml q6h",
]


@pytest.mark.parametrize(("line", "mme"), READ)
def test_a_line_of_a_list_is_read(line, mme):
    report = mme_per_day(case_of(line, as_of=DAY), table=CDC)
    assert not report.problems
    assert str(report.total) == f"{mme} MME/d"


@pytest.mark.parametrize("line", ASKED)
def test_what_stays_open_is_asked_and_not_counted(line):
    report = mme_per_day(case_of(line, as_of=DAY), table=CDC)
    assert report.problems
    assert not isinstance(report.total, CompleteTotal)


def test_half_of_a_long_acting_tablet_of_another_country_is_warned_about():
    assert [caution.code for caution in read_line("Targin 10/5 1/2 tab bid").cautions] == ["PROD-102"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Cafergot", "caffeine"),
        ("Caltrate", "vitamin D"),
        ("co-danthramer", "poloxamer"),
        ("co-danthrusate", "docusate"),
        ("Citracal", "vitamin D"),
        ("Sominex", "promethazine"),
        ("Gaviscon", "antacids"),
        ("Diocalm", "morphine"),
    ],
)
def test_a_brand_that_differs_by_country_is_asked_about(name, asked):
    problems = check_case(case_of(f"{name} 1 tablet daily", as_of=DAY), table=CDC).problems
    assert any(problem.code == "DRUG-002" and asked in problem.text for problem in problems)
