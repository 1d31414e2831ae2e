"""Slowed breathing is one finding of a case: which pair names it, what it takes in, and what it goes on to say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.advice.case.check import check_case
from medsteward.interactions.card import HOSTS, SEVERAL, WITH_RISK
from medsteward.patient.picture import Tolerance
from medsteward.readers.case.table import read_case
from medsteward.tables.load import factor_table
from tests.counts import examples
from tests.spec.check_language import case_of, checked

TABLE = factor_table("cdc_2022")
CARDS = {*HOSTS, WITH_RISK, SEVERAL}


def cards(report):
    return [finding for finding in report.findings if finding.id in CARDS]


@pytest.mark.parametrize(
    ("regimen", "title"),
    [
        (
            "oxycodone + lorazepam + gabapentin + trazodone",
            "oxycodone with lorazepam (benzodiazepine); also gabapentin, trazodone",
        ),
        ("oxycodone + lorazepam + alcohol", "oxycodone with lorazepam (benzodiazepine) and alcohol"),
        (
            "oxycodone + lorazepam [alcohol use disorder]",
            "oxycodone with lorazepam (benzodiazepine) and alcohol use disorder",
        ),
        ("oxycodone [alcohol use disorder]", "oxycodone with alcohol use disorder"),
        ("diazepam [alcohol use disorder]", "diazepam with alcohol use disorder"),
        ("oxycodone + zolpidem + cyclobenzaprine", "oxycodone with zolpidem (Z-drug); also cyclobenzaprine"),
        (
            "oxycodone + alprazolam + carisoprodol + lamotrigine",
            "oxycodone with alprazolam (benzodiazepine) and carisoprodol (muscle relaxant); also lamotrigine",
        ),
        ("sodium oxybate + zolpidem + lorazepam", "sodium oxybate with zolpidem (Z-drug); also lorazepam"),
        ("oxycodone + morphine + lorazepam", "morphine and oxycodone with lorazepam (benzodiazepine)"),
        ("oxycodone + gabapentin 300 mg tid [age 68; egfr 90]", "oxycodone with gabapentin (gabapentinoid)"),
    ],
)
def test_the_title_names_the_pair_and_every_other_sedative(regimen, title):
    assert [finding.title for finding in checked(regimen).findings if finding.pair] == [title]


@pytest.mark.parametrize(
    ("regimen", "host"),
    [
        ("oxycodone + sodium oxybate + zolpidem + lorazepam", "DDI-013"),
        ("oxycodone + alprazolam + carisoprodol + alcohol", "DDI-011"),
        ("oxycodone + lorazepam + alcohol + zolpidem", "DDI-001"),
        ("oxycodone + alcohol + Fioricet", "DDI-006"),
        ("oxycodone + Fioricet + carisoprodol", "DDI-007"),
        ("oxycodone + carisoprodol + sodium oxybate", "DDI-005"),
        ("oxycodone + zolpidem + gabapentin [COPD]", "DDI-002"),
        ("oxycodone + gabapentin + trazodone [COPD]", "DDI-003"),
        ("oxycodone + gabapentin + trazodone [age 40; egfr 90]", "DDI-014"),
    ],
)
def test_the_most_dangerous_pair_takes_in_the_rest(regimen, host):
    found = cards(checked(regimen))
    assert [finding.id for finding in found] == [host]


def test_what_is_taken_in_keeps_its_severity_tier_and_advice():
    (card,) = cards(checked("Suboxone 8/2 daily for opioid use disorder + lorazepam + gabapentin [COPD]"))
    assert (card.id, card.tier) == ("DDI-001", 1)  # by the gabapentinoid with lung disease
    assert "do not withhold" in card.consider
    assert "kidney function" in card.consider
    assert "tapering the opioid first" not in card.consider


def test_sedatives_that_add_little_are_named_and_make_no_card():
    (card,) = cards(checked("oxycodone + lorazepam + lamotrigine"))
    assert card.beside == ("lamotrigine",)
    assert "lamotrigine" not in card.drugs
    assert cards(checked("oxycodone + lamotrigine + topiramate 50 mg bid + aripiprazole")) == []


def test_in_hospice_no_naloxone_is_urged_and_the_card_still_comes_first():
    report = checked("morphine 5 mg every 4 hours as needed + lorazepam [age 82; hospice]")
    assert report.findings[0].id == "DDI-001"
    assert "GAP-001" not in {finding.id for finding in report.findings}
    assert "what they would want" in report.findings[0].consider
    assert "naloxone" not in report.findings[0].consider.casefold()


SEDATIVES = (
    *("lorazepam", "zolpidem", "gabapentin", "pregabalin", "carisoprodol", "cyclobenzaprine", "baclofen", "Fioricet"),
    *("alcohol", "sodium oxybate", "trazodone", "mirtazapine", "amitriptyline", "quetiapine", "aripiprazole"),
    *("hydroxyzine", "promethazine", "suvorexant", "dronabinol", "cannabidiol", "lamotrigine", "topiramate"),
    *("clonidine", "ketamine", "lasmiditan", "diphenhydramine", "dantrolene", "phenytoin"),
)
people = st.sampled_from(
    [
        {},
        {"age": 70, "egfr": 50},
        {"conditions": ["copd"]},
        {"conditions": ["hospice"]},
        {"conditions": ["alcohol use disorder"]},
        {"indication": "opioid use disorder"},
    ]
)


def drawn(lines, patient):
    return checked_table({"patient": patient, "medications": [{"sig": line} for line in lines]})


def checked_table(table):
    return check_case(read_case(table, as_of=date(2026, 3, 4)), table=TABLE)


@examples(150)
@given(
    st.sampled_from(["oxycodone", "methadone", "Suboxone 8/2 film daily", "buprenorphine patch 10 mcg/h weekly"]),
    st.lists(st.sampled_from(SEDATIVES), max_size=4, unique=True),
    st.sampled_from(SEDATIVES),
    people,
)
def test_one_card_and_a_further_sedative_never_makes_it_less_urgent(opioid, others, added, patient):
    before, after = (drawn([opioid, *lines], patient) for lines in (others, [*others, added]))
    for report in (before, after):
        assert len(cards(report)) <= 1
    urgent = min((finding.tier for finding in before.findings), default=9)
    assert min((finding.tier for finding in after.findings), default=9) <= urgent
    if cards(before):
        (was,), (now,) = cards(before), cards(after)
        assert (now.tier, -now.severity) <= (was.tier, -was.severity)
        assert set(was.drugs) <= set(now.drugs)


# --- tolerance from the list --------------------------------------------------------------------------------------

PATCH = "fentanyl patch 25 mcg/h every 3 days from 2026-03-01"
OXYCODONE = "oxycodone 10 mg tablet, 1 tablet every 6 hours"


@pytest.mark.parametrize(
    ("list_", "tolerance"),
    [
        (f"{OXYCODONE} from 2026-02-25", Tolerance.TOLERANT),
        (f"{OXYCODONE} from 2026-02-26", Tolerance.UNKNOWN),
        (f"{OXYCODONE} from 2026-01-01 to 2026-03-03", Tolerance.TOLERANT),
        (f"{OXYCODONE} from 2026-01-01 to 2026-02-26", Tolerance.UNKNOWN),
        (f"{OXYCODONE} from 2026-01-01 to 2026-02-28 + {OXYCODONE} from 2026-03-01", Tolerance.TOLERANT),
        (f"{OXYCODONE} as needed from 2026-01-01", Tolerance.UNKNOWN),
        (OXYCODONE, Tolerance.UNKNOWN),
        ("oxycodone 5 mg tablet, 1 tablet every 6 hours from 2026-01-01", Tolerance.UNKNOWN),
        (f"{OXYCODONE} from 2026-01-01 [lost opioid tolerance]", Tolerance.NAIVE),
        (f"{OXYCODONE} from 2026-01-01 [naive]", Tolerance.NAIVE),
    ],
)
def test_a_week_at_60_mme_a_day_on_the_list_shows_tolerance(list_, tolerance):
    lines, mark, facts = list_.partition(" [")
    report = check_case(case_of(f"{lines} + {PATCH}{mark}{facts}"), table=TABLE)
    told = {finding.id: finding.tier for finding in report.findings}
    assert (told.get("HAZ-324") == 1) is (tolerance is Tolerance.UNKNOWN)
    assert ("HAZ-350" in told) is (tolerance is Tolerance.NAIVE)


@pytest.mark.parametrize("days", [0, 14, 15])
def test_a_start_is_new_for_14_days_and_a_refill_is_none(days):
    start = date(2026, 3, 4) - timedelta(days=days)
    (first,) = cards(checked(f"oxycodone from 2025-01-01 + gabapentin 300 mg tid from {start}"))
    assert first.tier == (1 if days <= 14 else 2)
    before = f"gabapentin 300 mg tid from 2026-01-01 to {start - timedelta(days=1)}"
    (refill,) = cards(checked(f"oxycodone from 2025-01-01 + {before} + gabapentin 300 mg tid from {start}"))
    assert refill.tier == 2
