"""The code index: what a release gives, what an NDC file adds, and that it is written whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.drugs.codes import ListedCodes
from medsteward.errors import UnreadableInput
from medsteward.model.code import Chain
from medsteward.readers.case.table import read_case
from medsteward.readers.codes import code_index
from medsteward.readers.codes.code_index import load_ndcs, load_rxnorm
from medsteward.readers.codes.ndc_files import ndc_rows
from tests.counts import examples
from tests.unit import releases

DAY = date(2027, 1, 4)


@pytest.fixture
def index(tmp_path):
    found = tmp_path / "codes.sqlite"
    load_rxnorm(releases.release(tmp_path / "RxNorm_full_10062025" / "rrf"), found)
    return found


def open_index(path):
    return code_index.open_index(path)


def case(resolver, **medication):
    return read_case({"medications": [medication]}, as_of=DAY, resolver=resolver).lines[0]


def chain(index):
    return Chain((ListedCodes(), open_index(index)))


# --- what a release gives ---------------------------------------------------------------------------------------


def test_names_are_those_of_rxnorm_itself_and_current(index):
    found = open_index(index)
    assert found.rxcui("1049621").name == "oxycodone hydrochloride 5 MG Oral Tablet"
    assert found.rxcui("1049621").source == "RxNorm 2025-10-06"
    assert found.rxcui("1") is None


def test_a_salt_is_its_ingredient(index):
    assert open_index(index).rxcui("82063").ingredient == "oxycodone"


def test_ndcs_lead_to_their_names(index):
    found = open_index(index)
    assert found.ndc("00574407205").name == "oxycodone hydrochloride 7 MG Oral Tablet"
    assert found.ndc("99999999999") is None


def test_the_index_says_what_it_was_made_from(index):
    about = open_index(index).about()
    assert about["released"] == "2025-10-06"
    assert about["digest RXNCONSO.RRF"].startswith("sha256:")
    assert about["ndcs"] == "3"


def test_a_later_release_takes_the_place_of_the_earlier_one(index, tmp_path):
    files = releases.release(tmp_path / "RxNorm_full_01052026" / "rrf")
    (tmp_path / "RxNorm_full_01052026" / "rrf" / "RXNCONSO.RRF").write_text(releases.conso("7804", "IN", "oxycodone"))
    load_rxnorm(files, index)
    assert open_index(index).rxcui("9000001") is None
    assert open_index(index).about()["released"] == "2026-01-05"


# --- in a case --------------------------------------------------------------------------------------------------


def test_a_code_alone_is_its_product(index):
    line = case(chain(index), rxcui="9000001", dose="1 tablet", frequency="3 times daily")
    assert not line.problems
    assert line.regimen.product.components[0].strength.value == 7
    by_ndc = case(chain(index), ndc="0574-4072-05", dose="1 tablet", frequency="3 times daily")
    assert by_ndc.regimen == line.regimen


def test_directions_beside_a_code_need_no_drug(index):
    line = case(chain(index), ndc="00574407205", sig="1 tablet every 6 hours")
    assert not line.problems
    assert line.regimen.sig.takings[0].times_per_day.high == 4


def test_words_beside_a_code_are_used_and_a_disagreement_is_a_problem(index):
    fine = case(chain(index), rxcui="9000001", sig="oxycodone 7 mg tablet, 1 tablet tid")
    assert not fine.problems
    assert fine.regimen.product.rxcui == "9000001"
    other = case(chain(index), rxcui="9000001", sig="oxycodone 10 mg tablet, 1 tablet tid")
    assert [each.code for each in other.problems] == ["CASE-003"]
    another = case(chain(index), ndc="00574407205", sig="morphine 15 mg tablet, 1 tablet tid")
    assert [each.code for each in another.problems] == ["CASE-003"]


def test_an_unknown_code_names_the_file_that_would_resolve_it(index):
    alone = case(chain(index), rxcui="123")
    assert alone.problems[0].code == "DRUG-001"
    assert "RXNCONSO.RRF" in alone.problems[0].text
    ndc = case(chain(index), ndc="11111-1111-11")
    assert "RXNSAT.RRF" in ndc.problems[0].text
    words = case(chain(index), rxcui="123", sig="oxycodone 5 mg tablet tid")
    assert not words.problems
    assert words.cautions[-1].code == "PROD-105"


def test_an_ndc_that_could_be_several_is_refused_with_them(index):
    line = case(chain(index), ndc="5744072051", dose="1 tablet", frequency="daily")
    assert line.problems[0].code == "NDC-002"
    assert len(line.problems[0].suggestions) == 3


def test_a_drug_that_we_do_not_know_is_a_problem(index):
    line = case(chain(index), rxcui="9000003", dose="1 tablet", frequency="daily")
    assert line.problems


# --- NDC files ----------------------------------------------------------------------------------------------------


def test_ndc_files_add_to_an_index(index, tmp_path):
    file = tmp_path / "ndc.csv"
    file.write_text(
        "\ufeffNDC,GENNME,Strength_Per_Unit,UOM,Master_Form\r\n"
        "00054017613,Morphine sulfate,15,MG,TABLET\r\n"
        "54017614,Morphine sulfate,30,MG,TABLET\r\n"
        "5744072051,Morphine sulfate,30,MG,TABLET\r\n"
        ",,,,\r\n",
        encoding="utf-8",
    )
    rows, digest = ndc_rows(str(file))
    loaded = load_ndcs(str(file), rows, index, digest=digest)
    assert (loaded.ndcs, loaded.skipped) == (5, 1)
    line = case(chain(index), ndc="0054-0176-13", dose="1 tablet", frequency="every 8 hours")
    assert not line.problems
    assert line.regimen.product.components[0].strength.value == 15
    assert open_index(index).rxcui("9000001") is not None
    load_rxnorm(releases.release(tmp_path / "again"), index)
    assert open_index(index).ndc("00054017613") is not None


def test_xlsx_is_read_as_csv_is(index, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["NDC", "RXCUI"])
    book.active.append(["00054017613", "1049621"])
    book.active.append([54017614, "9000001"])
    book.save(tmp_path / "ndc.xlsx")
    rows, digest = ndc_rows(str(tmp_path / "ndc.xlsx"))
    load_ndcs("ndc.xlsx", rows, index, digest=digest)
    assert open_index(index).ndc("00054017614").name == "oxycodone hydrochloride 7 MG Oral Tablet"


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"7804|ENG|cut off", "columns"),
        (releases.conso("7804", "IN", "oxycodone").encode()[:-30], "columns"),
        (b"\xff\xfe|" * 18 + b"\n", "UTF-8"),
        (releases.conso("7804", "IN", "oxy\0codone").encode(), "NUL"),
        (b"x" * 70_000, "longer"),
        (releases.conso("7804", "IN", "oxycodone", source="MTHSPL").encode(), "no name of RxNorm"),
    ],
)
def test_a_release_that_is_damaged_leaves_the_index_as_it_was(index, tmp_path, content, said):
    before = index.read_bytes()
    (tmp_path / "RXNCONSO.RRF").write_bytes(content)
    with pytest.raises(UnreadableInput, match=said):
        load_rxnorm([str(tmp_path / "RXNCONSO.RRF")], index)
    assert index.read_bytes() == before
    assert [each.name for each in index.parent.iterdir() if each.name.startswith(".codes")] == []


def test_other_files_are_not_taken_for_a_release(tmp_path):
    with pytest.raises(UnreadableInput, match="keep their names"):
        load_rxnorm(["names.txt"], tmp_path / "codes.sqlite")
    with pytest.raises(UnreadableInput, match="is needed"):
        load_rxnorm([str(tmp_path / "RXNSAT.RRF")], tmp_path / "codes.sqlite")
    with pytest.raises(UnreadableInput, match="no code index"):
        open_index(tmp_path / "codes.sqlite")
    (tmp_path / "codes.sqlite").write_text("not a database, and long enough to look at")
    with pytest.raises(UnreadableInput, match="no code index"):
        open_index(tmp_path / "codes.sqlite")


@examples(60)
@given(st.binary(max_size=400))
def test_whatever_stands_in_an_ndc_file_is_read_or_refused(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("ndc") / "ndc.csv"
    file.write_bytes(content)
    with suppress(UnreadableInput):
        rows, _ = ndc_rows(str(file))
        assert all(isinstance(ndc, str) for ndc, _, _ in rows)
