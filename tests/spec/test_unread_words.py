"""A word beside a drug's name that is not known may be another drug: then nothing is complete."""

from __future__ import annotations

from datetime import date

import pytest

from medsteward import case_of, factor_table, mme_per_day
from medsteward.drugs.codes import ListedCodes
from medsteward.drugs.index import name_of
from medsteward.interactions.check import check
from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal
from medsteward.model.regimen import Case
from medsteward.readers.case.medication import Medication, read_medication
from medsteward.readers.directions.line import read_line
from medsteward.readers.fills.product import NotUnderstood, ProductCells, ProductReader, UnderstoodProduct
from tests.build import mme as report_of
from tests.build import total_of
from tests.fhir_parts import TABLETS, case, request

CDC = factor_table("cdc_2022")
HARMLESS = (
    "acetaminophen",
    "APAP",
    "Tylenol",
    "promethazine",
    "naloxone",
    "aspirin",
    "ibuprofen",
    "gabapentin",
    "guaifenesin",
)
FRAGMENTS = ("cod", "hydroco", "oxy", "bup", "perc", "morph", "hc", "xyz")
JOINERS = ("-", "/", " w/", " with ", " / ", ", ", " and ", " & ", " + ", " ", "; ", " (")
"""What may stand between a name and a cut-off word."""


def is_whole(report):
    return report.exit_code == 0 or isinstance(report.total, CompleteTotal)


@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("joiner", JOINERS)
@pytest.mark.parametrize("name", HARMLESS)
def test_a_fragment_beside_a_name_makes_the_line_unknown(name, joiner, fragment):
    for line in (
        f"{name}{joiner}{fragment}",
        f"{fragment}{joiner}{name}",
        f"{name}{joiner}{fragment} TABLET 1 tab q6h",
    ):
        if name_of(f"{name}{joiner}{fragment}".replace(" / ", "/")) is not None:
            continue  # ACETAMINOPHEN-COD is a name of its own, as lists write it
        report = report_of(line)
        assert not is_whole(report), line
        assert getattr(report.total, "missing", None) == (line,)
        assert check(case_of(line, as_of=date(2027, 1, 4))).not_understood == (line,)
        assert read_line(line).may_hide_a_drug


@pytest.mark.parametrize(
    "line",
    [
        "APAP/HYDROCOD",
        "PROMETHAZINE W/CO",
        "NALOXONE/BU",
        "acetaminophen #3",
        "APAP #4 tablet",
        "Tylenol-3",
        "Tylenol (T3) 1 tab q6h",
        "Tylenol 3",
        "gabapentin 300 mg tid, oxy 10 mg q6h",
        "gabapentin 300 mg tid prn oxy 10 mg q6h",
        "gabapentin 300 mg tid for sciatica, oxy 10 mg q6h",
        "gabapentin 300 mg tid for oxy 10 mg q6h",
    ],
)
def test_an_opioid_may_stand_there_and_the_rest_is_at_least(line):
    alone, beside = report_of(line), report_of(line, "oxycodone 5 mg q6h")
    assert isinstance(alone.total, NoTotal)
    assert alone.total.missing == (line,)
    assert isinstance(beside.total, AtLeast)
    assert beside.total.maximum.value == 30
    assert beside.total.missing == (line,)
    assert not any(threshold.maximum is False for threshold in beside.thresholds)


@pytest.mark.parametrize("name", ["Tylenol No 3", "Tylenol No. 3", "Tylenol no.3", "TYLENOL NO 3"])
def test_a_number_in_words_is_the_brand(name):
    report = report_of(f"{name} 1 tab q6h")
    assert report.exit_code == 0
    assert total_of(report).maximum.value == 18


@pytest.mark.parametrize(
    "line",
    [
        "gabapentin 300 mg q8",  # a part is missing, no word is unread
        "acetaminophen 500 mg 2 tabs 3 tabs q6h",
        "docusate 100 mg bid *",
        "lidocaine 5% patch 12 hours on, 12 hours off",
        "gabapentin 300 mg tid for sciatica",
        "acetaminophen 500 mg q6h prn bad headache",
    ],
)
def test_without_a_word_that_may_be_a_drug_the_line_stays_no_opioid(line):
    assert isinstance(report_of(line).total, CompleteTotal)


def test_a_patch_of_an_opioid_is_not_worn_in_part():
    assert not is_whole(report_of("fentanyl patch 25 mcg/h 12 hours on, 12 hours off"))


# --- words against parts and codes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        Medication(drug="ACETAMINOPHEN-HYDROCO", form="tablet"),
        Medication(sig="gabapentin 300 mg tid", drug="oxycodone"),
        Medication(sig="gabapentin 300 mg tid", drug="ACETAMINOPHEN-COD"),
        Medication(sig="gabapentin 300 mg tid", drug="zzz"),
        Medication(sig="gabapentin 300 mg tid", rxcui="1049621"),
    ],
)
def test_parts_and_codes_that_say_another_drug_leave_nothing_complete(said):
    line = read_medication(said)
    assert line.may_hide_a_drug
    assert not is_whole(mme_per_day(Case(date(2027, 1, 4), (line,)), table=CDC))


@pytest.mark.parametrize(
    "said",
    [
        Medication(sig="fentanyl 50 mcg/h", frequency="every 72 hours"),
        Medication(sig="apply every 72 hours", drug="fentanyl", strength="50 mcg/h"),
        Medication(drug="fentanyl", strength="50 mcg/h", form="patch"),
    ],
)
def test_parts_say_that_a_rate_is_that_of_a_patch(said):
    report = mme_per_day(Case(date(2027, 1, 4), (read_medication(said),)), table=CDC)
    assert report.exit_code == 0
    assert isinstance(report.total, CompleteTotal)
    assert report.total.maximum.value == 120


# --- dispensing records and FHIR ----------------------------------------------------------------------------------

CUT = (
    *(
        "APAP/HYDROC 325-10",
        "PROMETHAZINE W/CO SYRUP",
    ),
    *(
        "NALOXONE/BU 2-8 MG FILM",
        "ACETAMINOPHEN #3",
        "ACETAMINOPHEN 300 MG / COD 30 MG ORAL TABLET",
        "GUAIFENESIN/HC SYRUP",
    ),
)


@pytest.mark.parametrize("drug", CUT)
def test_a_cut_off_name_in_a_drug_column_is_not_understood(drug):
    found = ProductReader(ListedCodes()).read(ProductCells(drug))
    assert isinstance(found, NotUnderstood)
    assert found.problem.code in ("DRUG-005", "DRUG-002")


@pytest.mark.parametrize("drug", CUT)
def test_a_cut_off_name_alone_in_fhir_names_no_drug(drug):
    found = case(request(TABLETS, drug={"text": drug}))
    assert found.lines[0].may_hide_a_drug


def test_a_code_beside_a_cut_off_name_must_hold_what_the_name_says():
    reader = ProductReader(ListedCodes())
    agreed = reader.read(ProductCells("ACETAMINOPHEN-COD #3", rxcui="993781"))
    against = reader.read(ProductCells("GABAPENTIN-XYZ", rxcui="993781"))
    assert isinstance(agreed, UnderstoodProduct)
    assert isinstance(against, NotUnderstood)
    assert against.problem.code == "CASE-003"
