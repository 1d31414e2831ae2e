"""Exports as they come: each layout is known by its headers, and what a file lacks is said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.errors import UnreadableInput
from medsteward.readers.fills.cells import DateOrder
from medsteward.readers.fills.columns import COLUMNS, NOT_KEPT
from medsteward.readers.fills.header import HeaderReading, read_header
from medsteward.readers.fills.layouts import layouts_with, our_layouts
from tests.counts import examples
from tests.program import Done, run

AWARXE = """Filled,Written,ID,Drug,QTY,Days,Prescriber,RX #,Dispenser,Refill,Daily Dose*,Pymt Type,PMP
04/05/2026,04/04/2026,1,Oxycodone Hcl (Ir) 10 Mg Tab,120,30,Jo Do,11,Wal (01),0/0,60.00 MME,Medicaid,MI
04/28/2026,04/28/2026,1,Oxycodone Hcl (Ir) 10 Mg Tab,120,30,Jo Do,12,Wal (01),0/0,60.00 MME,Medicaid,MI
04/05/2026,04/01/2026,1,Alprazolam 1 Mg Tablet,60,30,Al Bo,13,Cvs (02),0/2,4.00 LME,Private Pay,MI
04/15/2026,04/12/2026,1,Fentanyl 25 Mcg/Hr Patch,10,30,Jo Do,14,Wal (01),0/0,60.00 MME,Medicaid,MI
03/15/2026,03/12/2026,1,Buprenorphine-Naloxone 8-2 Mg Sl Film,60,30,Jo Do,15,Wal (01),0/0,16.00 mg,Medicaid,MI
"""
OARRS = """Fill Date,Product,Strength,Form,Qty,Days,Written Date,Rx Number,Refill,Pharmacy,Prescriber,Payment Type,MED
05/25/2026,OXYCODONE HYDROCHLORIDE,10 mg,TABLET,120,30,05/24/2026,1,0,77,Smith,Insurance,60
06/02/2026,HYDROCODONE BITARTRATE/ACETAMINOPHEN,5 mg-325 mg,TABLET,20,5,06/02/2026,2,0,77,Brown,Medicaid,20
"""
CURES = """Date Filled,Patient First Name,Patient Last Name,DOB,Gender,Address,Drug Name,Form,Strength,Qty,Days Supply,\
Prescriber Name,Prescriber DEA,Prescription #,Refill #,Pharmacy Name,Pharmacy License #,Payment Method
2026-05-25,ZELDA,QUENTIN,1960-02-03,F,9 ELM ST,HYDROCODONE BITARTRATE-ACETAMINOPHEN,TAB,325 MG-10 MG,90,30,\
SMITH JO,AS1,A1,0,CVS,PHY1,Insurance
2026-06-25,ZELDA,QUENTIN,1960-02-03,F,9 ELM ST,MORPHINE SULFATE,TER,15 MG,60,30,SMITH JO,AS1,A2,0,CVS,PHY1,Insurance
"""
ASAP = """PAT07,PAT08,PAT18,DSP01,DSP02,DSP03,DSP04,DSP05,DSP06,DSP07,DSP08,DSP09,DSP10,DSP11,DSP12,DSP16,DSP17,PRE02,\
PHA03,DSP24
QUENTIN,ZELDA,19600203,00,1,20260504,00,20260505,00,01,{ndc},120,30,01,05,04,20260505,AS1,BW1,02
"""
ASAP_NAMED = """PatientID,ReportingStatus,PrescriptionNumber,DateWritten,RefillsAuthorized,DateFilled,RefillNumber,\
ProductIDQualifier,ProductID,QuantityDispensed,DaysSupply,DrugDosageUnitsCode,PrescriberDEA,PharmacyDEA
p9,00,1,20260504,00,20260505,00,01,{ndc},120,30,01,AS1,BW1
"""
TABLEAU = """Animal Name,Prescriber DEA,Prescription Number,Generic Name,"Month, Day, Year of Written At",\
"Month, Day, Year of Filled At",Days Supply,Daily MME
,AS1,7,oxycodone HCl,"May 3, 2026","May 5, 2026",30,60
Rex,AS1,8,tramadol HCl,"May 3, 2026","May 5, 2026",30,60
"""
RIF = """BENE_ID|SRVC_DT|PRSCRBR_ID|PROD_SRVC_ID|CMPND_CD|QTY_DSPNSD_NUM|DAYS_SUPLY_NUM|FILL_NUM
-9|12-May-2015|8|{ndc}|1|120|30|1
-9|12-Jun-2015|8|{ndc}|2|120|30|1
"""
SYNPUF = """DESYNPUF_ID,PDE_ID,SRVC_DT,PROD_SRVC_ID,QTY_DSPNSD_NUM,DAYS_SUPLY_NUM,PTNT_PAY_AMT,TOT_RX_CST_AMT
Z1,1,20090305,{ndc},120.000,30,10.00,20.00
"""
OMOP = """drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_type_concept_id,quantity,\
days_supply,sig,provider_id,drug_source_value
1,42,0,2026-05-05,38000177,120,30,,7,1049621
2,42,0,2026-05-05,38000177,60,30,,7,oxycodone hydrochloride 5 MG Oral Tablet
"""
OMOP_JOINED = """person_id,drug_exposure_start_date,concept_name,quantity,days_supply,provider_id,drug_concept_id
42,2026-05-05,oxycodone hydrochloride 5 MG Oral Tablet,120,30,7,1
"""
DISPENSING = """DISPENSINGID,PATID,PRESCRIBINGID,DISPENSE_DATE,NDC,DISPENSE_SUP,DISPENSE_AMT,RAW_NDC,\
RAW_DISPENSE_MED_NAME
d,p9,r,2026-05-05,00000000000,30,120,0,OXYCODONE-ACETAMINOPHEN 5-325
"""
PRESCRIBING = """PRESCRIBINGID,PATID,RX_PROVIDERID,RX_ORDER_DATE,RX_START_DATE,RX_QUANTITY,RX_DOSE_FORM,RX_DAYS_SUPPLY,\
RXNORM_CUI,RAW_RX_MED_NAME,RAW_RXNORM_CUI
r,p9,7,2026-05-05,2026-05-05,120,,30,1049621,oxyCODONE (ROXICODONE) 5 MG immediate release tablet,1049621
"""
OPTUM = """PATID,FILL_DT,NDC,DAYS_SUP,QUANTITY,STRENGTH,BRND_NM,GNRC_NM,AHFSCLSS
9,2020-05-25,00000000000,30,120,5MG-325MG,OXYCODONE-ACETAMINOPHEN,OXYCODONE HCL/ACETAMINOPHEN,280808
"""
MARKETSCAN = """ENROLID,SVCDATE,NDCNUM,DAYSUPP,METQTY,REFILL,GENERID,THERCLS,AGE,SEX
9,05/25/2020,{ndc},30,120,0,1,60,55,2
"""
SENTINEL = """PatID,RxDate,NDC,RxSup,RxAmt
9,2020-05-25,{ndc},30,120
"""
SYNTHEA = """START,STOP,PATIENT,PAYER,ENCOUNTER,CODE,DESCRIPTION,BASE_COST,PAYER_COVERAGE,DISPENSES,TOTALCOST
2026-05-05T08:00:00Z,2026-06-04T08:00:00Z,p,1,1,1049621,Oxycodone Hydrochloride 5 MG Oral Tablet,7,0,1,7
"""
MIMIC = """subject_id,hadm_id,starttime,stoptime,drug_type,drug,gsn,ndc,prod_strength,form_val_disp,form_unit_disp,route
1,2,2180-05-08 08:00:00,2180-05-07 22:00:00,MAIN,OxyCODONE (Immediate Release) ,1,0,5mg Tablet,1,TAB,PO
"""
CLARITY = """PAT_ID,ORDER_MED_ID,ORDERING_DATE,START_DATE,END_DATE,DISPLAY_NAME,SIG,QUANTITY
Z,1,2026-05-05,2026-05-05,2026-06-04,oxyCODONE (ROXICODONE) 5 MG immediate release tablet,Take 1 tablet,120 tablet
"""
ONE = ("--patient", "P1")
UNKNOWN_NDC = "00406051201"


def fills(path: Path, text: str, *more: str, name: str = "in.csv") -> tuple[Done, list[dict[str, Any]]]:
    (path / name).write_text(text.format(ndc=UNKNOWN_NDC))
    done = run("fills", "--input", path / name, "--as-of", "2026-12-31", "--format", "json", *more)
    return done, json.loads(done.out) if done.out else []


def peak(document: dict[str, Any]) -> Any:
    return document["definitions"]["maximum_day"]["value"]


@pytest.mark.parametrize(
    ("text", "words", "layout", "most"),
    [
        pytest.param(AWARXE, ONE, "awarxe", 180, id="awarxe"),
        pytest.param(OARRS, ONE, "oarrs", 80, id="oarrs"),
        pytest.param(CURES, ONE, "cures", 30, id="cures"),
        pytest.param(OMOP_JOINED, (), "omop", 30, id="omop joined"),
        pytest.param(OMOP, ("--orders",), "omop", 45, id="omop with orders"),
        pytest.param(DISPENSING, (), "pcornet_dispensing", 30, id="pcornet dispensing"),
        pytest.param(PRESCRIBING, (), "pcornet_prescribing", 30, id="pcornet prescribing"),
        pytest.param(OPTUM, (), "optum", 30, id="optum"),
    ],
)
def test_a_layout_is_found_by_its_headers_and_counted(tmp_path, text, words, layout, most):
    done, (first, last) = fills(tmp_path, text, *words)
    assert f"read as the layout {layout} " in done.err
    assert peak(first) == most
    assert last["rows"]["read"] == last["rows"]["used"] == len(text.strip().splitlines()) - 1


@pytest.mark.parametrize(
    ("text", "words", "layout", "failed"),
    [
        pytest.param(ASAP, ONE, "asap", 1, id="asap"),
        pytest.param(ASAP_NAMED, (), "asap_named", 1, id="asap named"),
        pytest.param(RIF, (), "rif_pde", 2, id="rif"),
        pytest.param(SYNPUF, (), "synpuf_pde", 1, id="synpuf"),
        pytest.param(MARKETSCAN, (), "marketscan_d", 1, id="marketscan"),
        pytest.param(SENTINEL, (), "sentinel", 1, id="sentinel"),
    ],
)
def test_rows_with_codes_alone_fail_by_name_without_an_index(tmp_path, text, words, layout, failed):
    done, (first, last) = fills(tmp_path, text, *words)
    assert f"read as the layout {layout} " in done.err
    assert done.code == 3
    assert last["rows"]["failed"] == failed
    assert (peak(first), first["complete"]) == (None, False)
    assert any(UNKNOWN_NDC in each["text"] for each in first["problems"])


NDCS = """NDC,Drug,Strength,Form
0406-0512-01,oxycodone/acetaminophen,5-325 mg,tablet
00247-0852-52,simvastatin,20 mg,tablet
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """A code index of the user's own, as `codes load-ndc` makes it."""
    folder = tmp_path_factory.mktemp("codes")
    (folder / "ndc.csv").write_text(NDCS)
    assert run("codes", "load-ndc", folder / "ndc.csv", "--codes", folder / "codes.sqlite").code == 0
    return str(folder / "codes.sqlite")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(ASAP, ONE, id="asap"),
        pytest.param(ASAP_NAMED, (), id="asap named"),
        pytest.param(RIF.replace("|2|120", "|1|120"), (), id="rif"),
        pytest.param(SYNPUF, (), id="synpuf"),
        pytest.param(MARKETSCAN, (), id="marketscan"),
        pytest.param(SENTINEL, (), id="sentinel"),
        pytest.param(DISPENSING.replace("00000000000", "{ndc}"), (), id="pcornet dispensing, both agree"),
        pytest.param(OPTUM.replace("00000000000", "{ndc}"), (), id="optum, both agree"),
    ],
)
def test_rows_with_codes_alone_are_counted_by_the_index_of_the_user(tmp_path, index, text, words):
    done, (first, last) = fills(tmp_path, text, *words, "--codes", index)
    assert (done.code, peak(first), first["missing"]) == (0, 30, [])
    assert last["rows"]["used"] == last["rows"]["read"]


@pytest.mark.parametrize("written", ["00406051201", "0406-0512-01", "00406-0512-01", '="00406051201"'])
def test_a_code_in_each_of_its_writings(tmp_path, index, written):
    _, (first, _) = fills(tmp_path, SENTINEL.replace("{ndc}", written), "--codes", index)
    assert peak(first) == 30


def test_a_code_that_lost_its_zeros_is_asked_about(tmp_path, index):
    _, (first, _) = fills(tmp_path, SENTINEL.replace("{ndc}", "406051201"), "--codes", index)
    assert (peak(first), first["complete"]) == (None, False)
    assert first["missing"] == ["ndc 406051201"]


def test_a_code_of_what_is_surely_no_opioid_is_zero_and_leaves_the_patient_complete(tmp_path, index):
    text = SYNPUF + "Z2,2,20090305,00247085252,60.000,20,0.00,10.00\n"
    done, (_, other, _) = fills(tmp_path, text, "--codes", index)
    assert (done.code, other["id"], peak(other), other["complete"]) == (0, "Z2", 0, True)


def test_a_code_and_words_that_differ_are_asked_about(tmp_path, index):
    text = DISPENSING.replace("00000000000", "00247085252")
    _, (first, _) = fills(tmp_path, text, "--codes", index)
    assert [each["code"] for each in first["problems"]] == ["CASE-003"]


def test_an_rxcui_alone_is_read_where_it_is_one_of_ours(tmp_path):
    text = PRESCRIBING.replace("oxyCODONE (ROXICODONE) 5 MG immediate release tablet", "")
    _, (first, _) = fills(tmp_path, text)
    assert peak(first) == 30


def test_a_compound_is_not_its_code(tmp_path):
    _, (first, _) = fills(tmp_path, RIF)
    assert any("compound" in each["text"] for each in first["problems"])


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        pytest.param(SYNTHEA, ["quantity", "supply", "orders"], id="synthea"),
        pytest.param(MIMIC, ["supply", "quantity", "orders", "after its start"], id="mimic"),
        pytest.param(CLARITY, ["supply", "orders", "as a case"], id="clarity"),
    ],
)
def test_what_holds_no_dispensings_is_refused_with_what_it_lacks(tmp_path, text, lacks):
    done, documents = fills(tmp_path, text)
    assert (done.code, documents) == (2, [])
    assert all(each in done.err for each in lacks)


def test_orders_are_left_out_of_dispensings_and_said(tmp_path):
    done, (last,) = fills(tmp_path, OMOP)
    assert last["rows"] == {"read": 2, "used": 0, "excluded": 2, "failed": 0}
    assert "--orders counts them" in done.err


def test_orders_that_are_counted_are_said_to_be_orders(tmp_path):
    for text, more in ((PRESCRIBING, ()), (OMOP, ("--orders",))):
        _, (first, _) = fills(tmp_path, text, *more)
        assert [each["code"] for each in first["warnings"]] == ["FILL-111"]


def test_a_type_that_is_not_known_to_be_either_fails(tmp_path):
    _, (first, _) = fills(tmp_path, OMOP.replace("38000177", "581452"))
    assert all("not known to be a dispensing" in each["text"] for each in first["problems"])


def test_a_report_without_keys_asks_for_one_and_names_are_none(tmp_path):
    for text in (AWARXE, OARRS, CURES, ASAP, TABLEAU):
        done, documents = fills(tmp_path, text)
        assert (done.code, documents) == (2, [])
        assert "--patient KEY" in done.err


@pytest.mark.parametrize("text", [CURES, ASAP])
def test_names_and_days_of_birth_are_printed_nowhere(tmp_path, text):
    done, _ = fills(tmp_path, text, *ONE)
    said = (done.out.decode() + done.err).upper()
    for name in ("ZELDA", "QUENTIN", "ELM ST", "1960", "SMITH JO"):
        assert name not in said


def test_a_key_beside_a_column_of_keys_is_refused(tmp_path):
    done, _ = fills(tmp_path, OPTUM, *ONE)
    assert done.code == 2
    assert "leave --patient out" in done.err


def test_a_row_of_a_layout_that_lacks_a_part_fails_and_its_reported_figure_is_not_ours(tmp_path):
    _, (first, last) = fills(tmp_path, TABLEAU, *ONE)
    assert (peak(first), first["complete"]) == (None, False)
    assert '"60" a day, which is not ours' in first["problems"][0]["text"]
    assert last["rows"] == {"read": 2, "used": 0, "excluded": 1, "failed": 1}


def test_the_daily_dose_of_a_report_is_compared_where_it_is_of_morphine(tmp_path):
    _, (first, _) = fills(tmp_path, AWARXE, *ONE)
    assert sorted(str(each["reported_mme"]) for each in first["fills"]) == ["60", "60", "60", "None", "None"]
    assert not [each for each in first["warnings"] if each["code"] == "FILL-108"]


@pytest.mark.parametrize(("dates", "code"), [("mdy", 0), ("dmy", 2)])
def test_an_order_of_days_that_the_file_contradicts_is_refused(tmp_path, dates, code):
    done, _ = fills(tmp_path, OARRS, *ONE, "--dates", dates)
    assert done.code == code


def test_the_layout_tells_the_order_where_no_day_does(tmp_path):
    text = OARRS.replace("05/25/2026", "05/04/2026").replace("05/24/2026", "05/03/2026")
    _, (first, _) = fills(tmp_path, text, *ONE)
    assert first["fills"][0]["first_day"] == "2026-05-04"
    done, _ = fills(tmp_path, OARRS.replace("05/25/2026", "25/05/2026"), *ONE)
    assert done.code == 2
    assert "against the layout" in done.err


def test_the_library_reads_them_with_the_same_options(tmp_path):
    (tmp_path / "in.csv").write_text(AWARXE)
    with medsteward.open_fills(tmp_path / "in.csv", medsteward.ReadingOptions(patient="P1")) as records:
        first, _ = medsteward.fills_report(records, table=medsteward.factor_table("cdc_2022"), as_of=date(2026, 12, 31))
    _, (printed, _) = fills(tmp_path, AWARXE, *ONE)
    assert medsteward.to_json(first) == printed


OWN = "Kennung,Tag,Mittel,Menge,Tage\na,2026-05-05,oxycodone 5 mg tablet,120,30\n"
NAMED = ("patient_key=Kennung", "filled_date=Tag", "drug_name=Mittel", "quantity=Menge", "days_supply=Tage")


def test_columns_are_named_one_by_one(tmp_path):
    words = [word for each in NAMED for word in ("--column", each)]
    _, (first, _) = fills(tmp_path, OWN, *words)
    assert peak(first) == 30
    done, _ = fills(tmp_path, OWN, *words[:-2])
    assert done.code == 2
    assert "--column days_supply=" in done.err


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("nonsense=Tag", "the columns are"),
        ("quantity=Zahl", 'no column "Zahl"'),
        ("quantity", "is written as"),
        ("quantity=Tag", "given twice"),
    ],
)
def test_a_column_that_is_not_there_is_said(tmp_path, word, says):
    done, _ = fills(tmp_path, OWN, "--column", "filled_date=Tag", "--column", word)
    assert done.code == 2
    assert says in done.err


MINE = """[klinik]
title = "Our own export"
known_by = ["Kennung", "Tag", "Mittel"]
[klinik.columns]
Kennung = "patient_key"
Tag = "filled_date"
Mittel = "drug_name"
Menge = "quantity"
Tage = "days_supply"
"""


def test_layouts_of_ones_own_are_found_and_named(tmp_path):
    (tmp_path / "mine.toml").write_text(MINE)
    for more in ((), ("--layout", "klinik")):
        done, (first, _) = fills(tmp_path, OWN, "--layouts", str(tmp_path / "mine.toml"), *more)
        assert "read as the layout klinik (Our own export)" in done.err
        assert peak(first) == 30


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no toml", "not TOML"),
        (MINE.replace("klinik", "optum"), "is a layout of medsteward"),
        (MINE.replace('"quantity"', '"amount"'), "not a column of medsteward"),
        (MINE + "color = 1\n", "text"),
        ('[a]\ntitle = "x"\n', "known_by"),
        ('[a]\nknown_by = ["x"]\nsize = 1\n', "no key of a layout"),
        ("a = 1\n", "is a table"),
    ],
)
def test_a_file_of_layouts_that_is_none_is_refused(text, says):
    with pytest.raises(UnreadableInput) as refused:
        layouts_with(text.encode(), "mine.toml")
    assert says in str(refused.value)


def test_a_layout_that_is_named_must_fit_and_none_turns_them_off(tmp_path):
    done, _ = fills(tmp_path, OPTUM, "--layout", "oarrs")
    assert "it is not of the layout oarrs" in done.err
    done, _ = fills(tmp_path, OPTUM, "--layout", "nothing")
    assert "the layouts are" in done.err
    done, _ = fills(tmp_path, OPTUM, "--layout", "none")
    assert "the header lacks" in done.err


def test_what_is_known_is_listed():
    done = run("fills", "--columns")
    text = done.out.decode()
    assert done.code == 0
    assert all(each in text for each in (*COLUMNS, *our_layouts()))


@given(st.data())
@examples(60)
def test_exactly_one_layout_fits_a_file_of_it_in_any_order(data):
    """The sets of headers tell the layouts apart, whatever else stands in a file and in whatever order."""
    layout: Any = data.draw(st.sampled_from(list(our_layouts().values())))
    headers = data.draw(st.permutations(sorted(layout.known_by | set(layout.columns) - {"product_name"})))
    assert [each.id for each in our_layouts().values() if each.fits(headers)] == [layout.id]
    if not layout.refused:
        found: Any = read_header(
            headers, "x", HeaderReading(patient=None if "patient_key" in layout.columns.values() else "P")
        )
        assert found.layout is layout
        for header, column in layout.columns.items():
            kept = header in found.not_kept
            assert kept if column == NOT_KEPT else column in found.at


def test_every_layout_reads_columns_of_ours_in_the_order_it_says():
    for layout in our_layouts().values():
        assert set(layout.columns.values()) <= {*COLUMNS, NOT_KEPT}
        assert layout.dates in (None, DateOrder.MONTH_FIRST)


# --- products as PDMPs write them --------------------------------------------------------------------------------

PRODUCTS = "patient_key,filled_date,drug_name,strength,form,quantity,days_supply\nA,2026-01-01,{},60,30\n"


@pytest.mark.parametrize(
    ("product", "most"),
    [
        ("HYDROCODONE-ACETAMINOPHEN,325 MG-10 MG,TAB", 20),
        ("HYDROCODONE-ACETAMINOPHEN,10 MG-325 MG,TAB", 20),
        ("HYDROCODONE-IBUPROFEN,200 MG-7.5 MG,TAB", 15),
        ("OXYCODONE-ACETAMINOPHEN,325MG/5MG,TAB", 15),
        ("ACETAMINOPHEN-CODEINE,30 MG-300 MG,TAB", 9),
        ("LORTAB 7.5/500,7.5 MG,TABLET", 15),
        ("VICODIN ES,7.5 MG,TABLET", 15),
        ("VICODIN HP,10 MG,TABLET", 20),
        ("VICODIN ES 7.5-750 TABLET,,", 15),
        ('MORPHINE SULFATE,30 MG,"Capsule, Extended Release, 24"', 60),
        ('MORPHINE SULFATE,30 MG,"Tablet, Extended Release, 12"', 60),
        ("MORPHINE SULFATE,15 MG,TER", 30),
        ("MORPHINE SULFATE,15 MG,TBCR", 30),
        ("HYDROCODONE BITARTRATE,10 MG,C12A", 20),
        ("MORPHINE SULFATE,10 MG/5 ML,SOL", 4),
        ("HYDROCODONE-ACETAMINOPHEN,7.5 MG-325 MG/15 ML,SOL", 1),
        ("HYDROCODONE-ACETAMINOPHEN,325 MG-7.5 MG/15 ML,SOL", 1),
        ("OXYCODONE-ACETAMINOPHEN,325MG-5MG/5ML,SOL", 3),
        ("BUTALBITAL-ACETAMINOPHEN-CAFFEINE-CODEINE,50 MG-300 MG-40 MG-30 MG,CAP", 9),
        ("CARISOPRODOL-ASPIRIN-CODEINE,200 MG-325 MG-16 MG,TAB", 4.8),
    ],
)
def test_products_as_programs_write_them(tmp_path, product, most):
    _, (first, _) = fills(tmp_path, PRODUCTS.format(product))
    assert (peak(first), first["problems"]) == (most, [])


def test_strengths_that_contradict_the_name_are_still_a_problem(tmp_path):
    _, (first, _) = fills(tmp_path, PRODUCTS.format("LORTAB 7.5/500,10 MG,TABLET"))
    assert (peak(first), first["complete"]) == (None, False)


@pytest.mark.parametrize(
    "product",
    [
        "CODEINE-GUAIFENESIN,100 MG-10 MG/5 ML,SOL",  # a tenth of it, or ten times as much
        "CODEINE-GUAIFENESIN,10 MG-100 MG/5 ML,SOL",
        "PROMETHAZINE-CODEINE,10 MG-6.25 MG/5 ML,SYR",
        "HYDROCODONE-HOMATROPINE,1.5 MG-5 MG/5 ML,SYR",
        "BUTALBITAL-ACETAMINOPHEN-CAFFEINE-CODEINE,30 MG-50 MG-300 MG-40 MG,CAP",
        "HYDROCODONE-ACETAMINOPHEN,7.5 MG-325 MG/15 ML/2 ML,SOL",
    ],
)
def test_strengths_whose_order_no_listed_product_tells_fail(tmp_path, product):
    _, (first, _) = fills(tmp_path, PRODUCTS.format(product))
    assert (peak(first), first["complete"]) == (None, False)


@pytest.mark.parametrize("rate", ["25 MCG/HR", "25 MCG/H", "25 MCG/1HR", "25 mcg/1 h", "25 MCG/HOUR"])
def test_the_rate_of_a_patch_as_programs_write_it(tmp_path, rate):
    text = PRODUCTS.replace(",60,30", ",10,30").format(f"FENTANYL,{rate},PTCH")
    _, (first, _) = fills(tmp_path, text)
    assert (peak(first), first["problems"]) == (60, [])


def test_a_quotient_that_was_cut_off_is_refused_with_what_to_write(tmp_path):
    text = PRODUCTS.format("OXYCODONE HCL 5 MG TABLET,,").replace(",60,30", ",0.6666666666666666,30")
    _, (first, _) = fills(tmp_path, text)
    assert "write the numbers it was made from" in first["problems"][0]["text"]


def test_a_day_without_supply_says_when_it_ended_and_names_the_command(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(PRODUCTS.format("OXYCODONE HCL 5 MG TABLET,,"))
    for day, says in (("2026-03-01", "ended on 2026-01-30"), ("2025-12-01", "begins on 2026-01-01")):
        done = run("mme", "--input", path, "--as-of", day, "--format", "json")
        (text,) = [each["text"] for each in json.loads(done.out)["warnings"] if each["code"] == "FILL-112"]
        assert says in text
        assert "`medsteward fills`" in text
    done = run("mme", "--input", path, "--as-of", "2026-01-15", "--format", "json")
    assert not [each for each in json.loads(done.out)["warnings"] if each["code"] == "FILL-112"]
