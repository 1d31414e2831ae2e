"""NDC files as CDC and FDA write them, and files that are none."""

from __future__ import annotations

import zipfile

import pytest

from medsteward.errors import UnreadableInput
from medsteward.model.code import Coded
from medsteward.readers.codes.coded import LABEL, product_of_code
from medsteward.readers.codes.ndc_files import ndc_rows

openpyxl = pytest.importorskip("openpyxl")


def product(name):
    found = product_of_code(Coded(name, None, "a file", LABEL))
    assert found.problems == ()
    return found.product


def test_long_acting_is_no_release(tmp_path):
    file = tmp_path / "cdc.csv"
    file.write_text(
        "NDC_Numeric,NDC,GENNME,Master_Form,Strength_Per_Unit,UOM,LongShortActing\r\n"
        "54017613,00054017613,Methadone Hydrochloride,Tablet,10,MG,LA\r\n"
        '1,00002322730,Oxycodone Hydrochloride,"Tablet, Extended Release",10,MG,LA\r\n'
    )
    rows = list(ndc_rows(str(file))[0])
    assert [row[0] for row in rows] == ["00054017613", "00002322730"]
    assert [product(row[2]).release for row in rows] == ["IR", "ER"]


def test_substances_and_strengths_of_fda_stand_in_the_same_order(tmp_path):
    file = tmp_path / "fda.txt"
    file.write_text(
        "NDCPACKAGECODE\tSUBSTANCENAME\tDOSAGEFORMNAME\tACTIVE_NUMERATOR_STRENGTH\tACTIVE_INGRED_UNIT\n"
        "0406-0123-01\tACETAMINOPHEN; HYDROCODONE BITARTRATE\tTABLET, FILM COATED\t325; 5\tmg/1; mg/1\n"
        "0406-0124-01\tMORPHINE SULFATE\tSOLUTION\t10\tmg/5mL\n"
    )
    combined, liquid = (product(row[2]) for row in ndc_rows(str(file))[0])
    assert {each.ingredient: str(each.strength) for each in combined.components} == {
        "hydrocodone": "5 mg",
        "acetaminophen": "325 mg",
    }
    assert str(liquid.components[0].strength) == "2 mg/mL"


def test_every_sheet_with_the_columns_is_read_and_numbers_keep_their_digits(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["About this file"])
    opioids = book.create_sheet("Opioids")
    opioids.append(["NDC", "GENNME", "Master_Form", "Strength_Per_Unit", "UOM"])
    opioids.append([54017613, "Methadone Hydrochloride", "Tablet", 10, "MG"])
    other = book.create_sheet("Zolpidem")
    other.append(["GENNME", "NDC"])
    other.append(["Zolpidem Tartrate", "00054017699"])
    file = tmp_path / "cdc.xlsx"
    book.save(file)
    assert list(ndc_rows(str(file))[0]) == [
        ("54017613", None, "Methadone Hydrochloride 10 mg Tablet"),
        ("00054017699", None, "Zolpidem Tartrate"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("utf16.csv", "NDC,RXCUI\n1,2\n".encode("utf-16")),
        ("long.csv", b"NDC,RXCUI\n" + b"1" * 1_100_000),
        ("nul.csv", b"NDC,RXCUI\n0\x001,2\n"),
        ("other.csv", b"a,b\n1,2\n"),
        ("empty.csv", b""),
        ("open.csv", b'NDC,RXCUI\n"' + b"1\n" * 200_000),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UnreadableInput):
        list(ndc_rows(str(file))[0])


@pytest.mark.parametrize(
    ("member", "content"),
    [
        ("x", b"y"),
        ("xl/worksheets/sheet1.xml", b"<a>" + b"0" * 401_000_000),
        ("[Content_Types].xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
    ids=["not a workbook", "unpacks to very much", "entities"],
)
def test_a_workbook_that_is_none_is_refused(tmp_path, member, content):
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr(member, content)
    with pytest.raises(UnreadableInput):
        list(ndc_rows(str(file))[0])
