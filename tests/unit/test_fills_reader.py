"""Reading dispensing records: headers, encodings, days, numbers, products, what is set aside, what is refused."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from medsteward.drugs.codes import ListedCodes
from medsteward.errors import MissingPart, UnreadableInput
from medsteward.model.code import Coded
from medsteward.model.fill import ExclusionKind, Fill, History, QuantityUnit, WhyExcluded
from medsteward.model.problem import Problem
from medsteward.readers.fills import source as fills_source
from medsteward.readers.fills.cells import DateOrder, DecimalMark, day, number
from medsteward.readers.fills.columns import NOT_KEPT, aliases, plain
from medsteward.readers.fills.header import read_header
from medsteward.readers.fills.product import NotUnderstood, ProductCells, ProductReader, UnderstoodProduct
from medsteward.readers.fills.records import MOST_ROWS, open_records

HEADER = "patient_key,filled_date,drug_name,strength,form,quantity,days_supply"
ROW = "p1,2026-01-01,oxycodone,10 mg,tablet,120,30"


def histories(tmp_path: Path, content: str | bytes, **options) -> tuple[list[History], tuple[str, ...]]:
    path = tmp_path / "fills.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with ExitStack() as desk:
        records = open_records(str(path), None, desk, **options)
        return list(records.histories(lambda _: None)), records.notices


def only(tmp_path: Path, content: str | bytes, **options) -> Fill:
    (found,), _ = histories(tmp_path, content, **options)
    assert found.failed == ()
    (fill,) = found.fills
    return fill


def refusal(tmp_path: Path, content: str | bytes, **options) -> str:
    with pytest.raises(UnreadableInput) as caught:
        histories(tmp_path, content, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def failure(tmp_path: Path, row: str, header: str = HEADER) -> tuple[str, str]:
    (found,), _ = histories(tmp_path, f"{header}\n{row}\n")
    (failed,) = found.failed
    return failed.column, failed.problem.code


# --- headers ----------------------------------------------------------------------------------------------------


def test_headers_are_rows_of_a_table():
    found = aliases()
    assert set(found.values()) >= {
        *("patient_key", "rx_number", "written_date", "filled_date", "sold_date", "ndc", "rxcui", "drug_name"),
        *("strength", "form", "route", "quantity", "quantity_unit", "days_supply", "refill_number", "sig"),
        *("prescriber_key", "pharmacy_key", "payer", "treatment_type", "reported_mme", NOT_KEPT),
    }
    assert all(found[column] == column for column in set(found.values()) - {NOT_KEPT})
    assert all(plain(header) == header for header in found)


def test_a_header_is_added_without_code(monkeypatch, tmp_path):
    table = tmp_path / "headers.csv"
    with (Path(fills_source.__file__).parent / "headers.csv").open(encoding="utf-8") as file:
        table.write_text(file.read() + "days_supply,jours,test\n", encoding="utf-8")
    monkeypatch.setattr("medsteward.readers.fills.columns._FILE", table)
    aliases.cache_clear()
    try:
        content = HEADER.replace("days_supply", "Jours") + f"\n{ROW}\n"
        assert only(tmp_path, content).dispensed.days == 30
    finally:
        monkeypatch.undo()
        aliases.cache_clear()


@pytest.mark.parametrize(
    "header",
    [
        "Patient ID,Month; Day; Year of Filled At,Generic Name,Strength,Form,Quantity,Days Supply",
        "BENE_ID,SRVC_DT,drug,drug strength,dosage form,QTY_DSPNSD_NUM,DAYS_SUPLY_NUM",
        "member_id,prescription_filled_dt,Medication Name,STRENGTH,Dose-Form,Quantity Dispensed,day_supply",
    ],
)
def test_exports_of_several_kinds_are_read(tmp_path, header):
    fill = only(tmp_path, f"{header}\n{ROW}\n")
    assert (fill.filled, int(fill.dispensed.quantity), fill.dispensed.days) == (date(2026, 1, 1), 120, 30)


@pytest.mark.parametrize("lacking", ["patient_key", "filled_date", "drug_name", "quantity", "days_supply"])
def test_a_column_that_is_needed_is_named(tmp_path, lacking):
    assert lacking in refusal(tmp_path, HEADER.replace(lacking, "whatever") + f"\n{ROW}\n")


def test_a_column_twice_is_refused(tmp_path):
    assert "columns 6 and 8 have the same name" in refusal(tmp_path, f"{HEADER},QUANTITY\n{ROW},1\n")
    assert "both read as quantity" in refusal(tmp_path, f"{HEADER},qty\n{ROW},1\n")
    assert "columns 8 and 9" in refusal(tmp_path, f"{HEADER},extra,extra\n{ROW},1,2\n")


@pytest.mark.parametrize("rows", [f"{ROW}\n{ROW}\n", "Somebody,Somebody,1\n", '{"patient": "Somebody"}\n'])
def test_a_file_without_a_header_is_refused_without_showing_a_row(tmp_path, rows):
    said = refusal(tmp_path, rows.replace("p1", "Somebody"))
    assert "Somebody" not in said
    assert "oxycodone" not in said


def test_other_columns_pass_through_but_names_do_not(tmp_path):
    (found,), notices = histories(tmp_path, f"{HEADER},Region,Last Name,\n{ROW},north,Somebody,x\n")
    assert found.other_columns == ("Region", "column_10")
    assert found.fills[0].other == ("north", "x")
    assert any("Last Name" in notice for notice in notices)
    assert not any("Somebody" in notice for notice in notices)


def test_too_many_columns_are_refused():
    with pytest.raises(UnreadableInput, match="at most 500"):
        read_header([f"c{n}" for n in range(501)], "x")


# --- the file ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEADER}\n{ROW}\n".encode(),
        f"{HEADER}\r\n{ROW}\r\n".encode(),
        f"{HEADER}\r{ROW}\r".encode(),
        f"\n\n{HEADER}\n\n{ROW}\n\n".encode(),
        f"{HEADER}\n{ROW}".encode(),
        f"{HEADER}\n{ROW}\n".replace(",", ";").encode(),
        f"{HEADER}\n{ROW}\n".replace(",", "\t").encode(),
        f"{HEADER}\n{ROW}\n".replace(",", "|").encode(),
        f'{HEADER}\np1,2026-01-01,"oxycodone",10 mg,"tablet, coated","120",30\n'.encode(),
        f"{HEADER},note\n{ROW},caf\xe9\n".encode("latin-1"),
    ],
    ids=["bom", "crlf", "cr", "blank lines", "no end", "semicolon", "tab", "bar", "quotes", "latin-1"],
)
def test_files_as_programs_write_them(tmp_path, content):
    fill = only(tmp_path, content)
    assert (int(fill.dispensed.quantity), fill.dispensed.product.form) == (120, "tablet")


def test_latin_1_is_read_and_said(tmp_path):
    (found,), notices = histories(tmp_path, f"{HEADER},note\n{ROW},caf\xe9\n".encode("latin-1"))
    assert found.fills[0].other == ("caf\xe9",)
    assert any("Latin-1" in notice for notice in notices)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (HEADER.encode(), "no rows"),
        (f"{HEADER}\n{ROW}\n".encode("utf-16"), "UTF-16"),
        (f"{HEADER}\n{ROW}\np1,\0\n".encode(), "line 3 holds a NUL byte"),
        (f"{HEADER}\n{ROW}\n".encode() + b"x" * 1_000_001, "line 3 is longer"),
        (f'{HEADER}\np1,"{"x" * 200_000}\n'.encode(), "a quote is opened"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "this is a picture"),
        (b"[1, 2]", "does not name the columns"),
    ],
)
def test_what_is_no_table_of_records_is_refused(tmp_path, content, says):
    assert says in refusal(tmp_path, content)


def test_a_line_of_200_mb_is_refused_in_little_memory(tmp_path):
    import tracemalloc

    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(f"{HEADER}\n".encode())
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    try:
        with ExitStack() as desk, pytest.raises(UnreadableInput, match="line 2 is longer"):
            open_records(str(path), None, desk)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000_000


def test_missing_files_and_folders_are_said(tmp_path):
    with ExitStack() as desk:
        for path, says in ((tmp_path / "no.csv", "no such file"), (tmp_path, "folder")):
            with pytest.raises(UnreadableInput, match=says):
                open_records(str(path), None, desk)
        with pytest.raises(UnreadableInput, match="closed"):
            open_records("-", None, desk)


def test_standard_input_is_read(tmp_path):
    with ExitStack() as desk:
        records = open_records("-", io.BytesIO(f"{HEADER}\n{ROW}\n".encode()), desk)
        assert [len(each.fills) for each in records.histories(print)] == [1]


def test_a_key_that_many_rows_share_is_no_patient(tmp_path):
    content = f"{HEADER}\n" + f"{ROW}\n" * (MOST_ROWS + 5) + "p2" + ROW[2:] + "\n"
    found, _ = histories(tmp_path, content)
    assert sum(len(each.failed) for each in found) == MOST_ROWS + 5
    assert [each.patient for each in found if each.fills] == ["p2"]


# --- parquet ----------------------------------------------------------------------------------------------------


def parquet(tmp_path, select):
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "fills.parquet"
    duckdb.sql(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def test_parquet_is_read_with_its_own_types(tmp_path):
    path = parquet(
        tmp_path,
        "SELECT 'p1' AS patient_key, DATE '2026-01-01' AS filled_date, 'oxycodone' AS drug_name, '10 mg' AS strength, "
        "'tablet' AS form, 120.0::DOUBLE AS quantity, 30 AS days_supply, 60.50::DECIMAL(8,2) AS daily_mme, NULL AS x, "
        "TRUE AS cancer",
    )
    with ExitStack() as desk:
        (found,) = open_records(str(path), None, desk).histories(print)
    (fill,) = found.fills
    assert (fill.row, fill.filled, int(fill.dispensed.quantity), fill.dispensed.days) == (1, date(2026, 1, 1), 120, 30)
    assert fill.reported is not None
    assert fill.reported.value == Fraction("60.5")
    assert fill.exclusions == (ExclusionKind.CANCER,)
    assert fill.other == ("",)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(64) + b"PAR1", b"patient_key\n"])
def test_broken_parquet_is_refused(tmp_path, content):
    pytest.importorskip("duckdb")
    path = tmp_path / "x.parquet"
    path.write_bytes(content)
    with ExitStack() as desk, pytest.raises(UnreadableInput, match="not a parquet file"):
        open_records(str(path), None, desk)


def test_a_name_that_could_be_a_pattern_is_refused(tmp_path):
    pytest.importorskip("duckdb")
    path = tmp_path / "x[1].parquet"
    path.write_bytes(b"PAR1")
    with ExitStack() as desk, pytest.raises(UnreadableInput, match="pattern"):
        open_records(str(path), None, desk)


def test_without_the_extra_the_command_that_adds_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1")
    with ExitStack() as desk, pytest.raises(MissingPart, match=r'pip install "medsteward\[population\]"'):
        open_records(str(path), None, desk)


# --- days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-01-05", None, "2026-01-05"),
        ("2026-1-5", None, "2026-01-05"),
        ("2026-01-05T13:00:00Z", None, "2026-01-05"),
        ("2026-01-05 00:00:00", None, "2026-01-05"),
        ("20260105", None, "2026-01-05"),
        ("2026/01/05", None, "2026-01-05"),
        ("January 5, 2026", None, "2026-01-05"),
        ("Jan 5 2026", None, "2026-01-05"),
        ("05JAN2026", None, "2026-01-05"),
        ("5-Jan-2026", None, "2026-01-05"),
        ("01/05/2026", DateOrder.MONTH_FIRST, "2026-01-05"),
        ("05.01.2026", DateOrder.DAY_FIRST, "2026-01-05"),
        ("1/5/2026 10:30 AM", DateOrder.MONTH_FIRST, "2026-01-05"),
    ],
)
def test_days_are_read(text, order, expected):
    assert day(text, order) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("01/05/26", DateOrder.MONTH_FIRST),
        ("13/05/2026", DateOrder.MONTH_FIRST),
        ("2026-02-30", None),
        ("0026-01-05", None),
        ("yesterday", None),
        ("5 Foo 2026", None),
        ("46027", None),
        ("01/05/2026", DateOrder.ISO),
        ("2026-01-05x", None),
    ],
)
def test_days_that_cannot_be_read(text, order):
    found = day(text, order)
    assert isinstance(found, Problem)
    assert found.code == "FILL-002"


def rows_on(*days_as_written):
    return f"{HEADER}\n" + "".join(ROW.replace("2026-01-01", each) + "\n" for each in days_as_written)


def test_days_that_could_be_read_in_two_ways_are_refused_unless_declared(tmp_path):
    content = rows_on("03/04/2026", "05/05/2026")
    assert "--dates mdy" in refusal(tmp_path, content)
    for order, first in ((DateOrder.MONTH_FIRST, date(2026, 3, 4)), (DateOrder.DAY_FIRST, date(2026, 4, 3))):
        (found,), _ = histories(tmp_path, content, dates=order)
        assert found.fills[0].filled == first
    (found,), _ = histories(tmp_path, content, dates=DateOrder.ISO)
    assert [each.problem.code for each in found.failed] == ["FILL-002"] * 2


def test_one_day_that_tells_decides_its_column(tmp_path):
    (found,), notices = histories(tmp_path, rows_on("03/04/2026", "03/25/2026"))
    assert [fill.filled for fill in found.fills] == [date(2026, 3, 4), date(2026, 3, 25)]
    assert any("month first" in notice for notice in notices)
    (found,), _ = histories(tmp_path, rows_on("03.04.2026", "25.03.2026"))
    assert [fill.filled for fill in found.fills] == [date(2026, 4, 3), date(2026, 3, 25)]
    assert "days with the month first and days with the day first" in refusal(
        tmp_path, rows_on("25/03/2026", "03/25/2026")
    )


def test_days_that_are_the_same_either_way_need_no_word(tmp_path):
    assert only(tmp_path, rows_on("05/05/2026")).filled == date(2026, 5, 5)


def test_the_day_of_sale_serves_where_no_other_is_stated(tmp_path):
    header = HEADER.replace("filled_date", "filled_date,sold_date")
    content = f"{header}\np1,,2026-01-03{ROW[13:]}\np1,2026-01-01,2026-01-03{ROW[13:]}\n"
    (found,), notices = histories(tmp_path, content)
    assert [fill.filled for fill in found.fills] == [date(2026, 1, 3), date(2026, 1, 1)]
    assert [[caution.code for caution in fill.cautions] for fill in found.fills] == [["FILL-103"], []]
    assert any("filled_date" in notice for notice in notices)


# --- numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("30", DecimalMark.POINT, "30"),
        ("30.0", DecimalMark.POINT, "30"),
        (".5", DecimalMark.POINT, "0.5"),
        ("1,000", DecimalMark.POINT, "1000"),
        ("1,000", DecimalMark.COMMA, "1"),
        ("1.000", DecimalMark.COMMA, "1000"),
        ("1.000", DecimalMark.POINT, "1"),
        ("1.000,5", DecimalMark.COMMA, "1000.5"),
        ("1,000.5", DecimalMark.POINT, "1000.5"),
        ("2,5", DecimalMark.COMMA, "2.5"),
        ("0,125", DecimalMark.UNTOLD, "0.125"),
        ("1 000", DecimalMark.POINT, "1000"),
        ("1\u00a0000,5", DecimalMark.COMMA, "1000.5"),
    ],
)
def test_numbers_are_read(text, mark, expected):
    assert number(text, mark) == Fraction(expected)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,000", DecimalMark.UNTOLD),
        ("1.000", DecimalMark.BOTH),
        ("-60", DecimalMark.POINT),
        ("1e3", DecimalMark.POINT),
        ("thirty", DecimalMark.POINT),
        ("nan", DecimalMark.POINT),
        ("1,00,000", DecimalMark.POINT),
        ("9" * 12, DecimalMark.POINT),
    ],
)
def test_numbers_that_cannot_be_read(text, mark):
    found = number(text, mark)
    assert isinstance(found, Problem)
    assert found.code == "FILL-003"


def test_a_file_says_how_it_writes_its_decimals(tmp_path):
    header = HEADER.replace(",", ";")
    row = ROW.replace(",", ";")
    content = f"{header}\n{row.replace('120', '1.000')}\n{row.replace('120', '22,5')}\n"
    (found,), _ = histories(tmp_path, content)
    assert [fill.dispensed.quantity for fill in found.fills] == [1000, Fraction("22.5")]
    assert failure(tmp_path, row.replace("120", "1.000"), header) == ("quantity", "FILL-003")


# --- rows -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",2026-01-01,oxycodone,10 mg,tablet,120,30", ("patient_key", "FILL-001")),
        ("p1,,oxycodone,10 mg,tablet,120,30", ("filled_date", "FILL-001")),
        ("p1,2026-13-01,oxycodone,10 mg,tablet,120,30", ("filled_date", "FILL-002")),
        ("p1,2026-01-01,,10 mg,tablet,120,30", ("drug_name", "DRUG-004")),
        ("p1,2026-01-01,oxycodon,10 mg,tablet,120,30", ("drug_name", "DRUG-001")),
        ("p1,2026-01-01,MS,10 mg,tablet,120,30", ("drug_name", "DRUG-002")),
        ("p1,2026-01-01,oxycodone,10000 mg,tablet,120,30", ("strength", "UNIT-002")),
        ("p1,2026-01-01,oxycodone,10 mg,tablet,,30", ("quantity", "FILL-001")),
        ("p1,2026-01-01,oxycodone,10 mg,tablet,lots,30", ("quantity", "FILL-003")),
        ("p1,2026-01-01,oxycodone,10 mg,tablet,0,30", ("quantity", "FILL-003")),
        ("p1,2026-01-01,oxycodone,10 mg,tablet,120,", ("days_supply", "FILL-001")),
        ("p1,2026-01-01,oxycodone,10 mg,tablet,120,0", ("days_supply", "FILL-003")),
        ("p1,2026-01-01,oxycodone,10 mg,tablet,120,7.5", ("days_supply", "FILL-003")),
        ("p1,2026-01-01,oxycodone,10 mg,tablet,120,9999", ("days_supply", "FILL-003")),
        ("p1,2026-01-01,oxycodone", ("row", "FILL-004")),
        ("p1,2026-01-01,oxycodone,10 mg,tablet,1,000,30", ("row", "FILL-004")),
    ],
)
def test_a_row_that_fails_names_its_column(tmp_path, row, expected):
    assert failure(tmp_path, row) == expected


def test_failed_rows_keep_their_place_in_the_file(tmp_path):
    content = f'{HEADER},note\n{ROW},"two\nlines"\n{ROW.replace("30", "x")},\n\n{ROW.replace("120", "")},\n'
    (found,), _ = histories(tmp_path, content)
    assert [each.row for each in found.failed] == [4, 6]


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("Animal Name", "Rex", WhyExcluded.VETERINARY),
        ("species", "canine", WhyExcluded.VETERINARY),
        ("species", "Human", None),
        ("Animal Name", "N/A", None),
        ("treatment_type", "Not used for opioid dependence", None),
    ],
)
def test_rows_that_are_set_aside(tmp_path, column, cell, why):
    (found,), _ = histories(tmp_path, f"{HEADER},{column}\n{ROW},{cell}\n")
    assert [each.why for each in found.excluded] == ([why] if why else [])


METHADONE_ROW = "p1,2026-01-01,methadone,10 mg,tablet,120,30"
ALPRAZOLAM_ROW = "p1,2026-01-01,alprazolam,0.5 mg,tablet,60,30"


@pytest.mark.parametrize(
    ("row", "cell", "aside"),
    [
        (METHADONE_ROW, "opioid use disorder", True),
        (METHADONE_ROW, "MAT", True),
        (METHADONE_ROW, "Opioid dependence", True),
        (METHADONE_ROW, "Not used for opioid dependence", False),
        (METHADONE_ROW, "pain and opioid use disorder", False),
        (METHADONE_ROW, "maintenance", False),
        (METHADONE_ROW, "02", False),
        (METHADONE_ROW, "", False),
        (ROW, "opioid use disorder", False),
        (ALPRAZOLAM_ROW, "opioid use disorder", False),
    ],
)
def test_only_treatment_of_opioid_use_disorder_is_set_aside_for_its_treatment_type(tmp_path, row, cell, aside):
    (found,), _ = histories(tmp_path, f"{HEADER},treatment_type\n{row},{cell}\n")
    assert [each.why for each in found.excluded] == [WhyExcluded.OPIOID_USE_DISORDER] * aside
    assert len(found.fills) == (not aside)


@pytest.mark.parametrize(
    "drug",
    [
        "MORPHINE SULFATE 10 MG/ML VIAL",
        "hydromorphone 2 mg/mL injection",
        "FENTANYL CITRATE/PF 100 MCG/2 ML AMPUL",
        "morphine 5 mg/mL syringe",
        "ketorolac 30 mg IM",
    ],
)
def test_injectables_are_set_aside(tmp_path, drug):
    (found,), _ = histories(tmp_path, f"{HEADER}\np1,2026-01-01,{drug},,,1,1\n")
    assert [each.why for each in found.excluded] == [WhyExcluded.INJECTABLE]


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        ("treatment_type", "Hospice", (ExclusionKind.HOSPICE,)),
        ("treatment_type", "palliative care", (ExclusionKind.PALLIATIVE,)),
        ("treatment_type", "cancer pain; sickle cell", (ExclusionKind.SICKLE_CELL, ExclusionKind.CANCER)),
        ("treatment_type", "non-cancer pain", ()),
        ("treatment_type", "chronic pain", ()),
        ("cancer,sickle_cell,hospice,palliative", "Y,no,1,", (ExclusionKind.CANCER, ExclusionKind.HOSPICE)),
    ],
)
def test_exclusions_are_read(tmp_path, columns, cells, expected):
    fill = only(tmp_path, f"{HEADER},{columns}\n{ROW},{cells}\n")
    assert set(fill.exclusions) == set(expected)


def test_a_treatment_code_is_not_guessed_and_a_flag_is_yes_or_no(tmp_path):
    fill = only(tmp_path, f"{HEADER},treatment_type\n{ROW},03\n")
    assert fill.exclusions == ()
    assert [caution.code for caution in fill.cautions] == ["FILL-105"]
    fill = only(tmp_path, f"{HEADER},cancer\n{ROW},C50.9\n")
    assert [caution.code for caution in fill.cautions] == ["FILL-105"]
    assert failure(tmp_path, f"{ROW},01", f"{HEADER},species") == ("species", "FILL-007")


def test_a_reported_mme_that_cannot_be_read_decides_nothing(tmp_path):
    (found,), _ = histories(tmp_path, f"{HEADER},reported_mme\n{ROW},60 or so\n{ROW},n/a\n{ROW},60.0\n")
    assert [fill.reported is not None for fill in found.fills] == [False, False, True]
    assert [[caution.code for caution in fill.cautions] for fill in found.fills] == [["FILL-108"], [], []]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("EA", "EACH"), ("mL", "ML"), ("GM", "GRAM"), ("bottle", "BOTTLE"), ("Tablets", "EACH"), ("", None)],
)
def test_units_of_quantity(tmp_path, text, unit):
    fill = only(tmp_path, f"{HEADER},quantity_unit\n{ROW},{text}\n")
    assert fill.dispensed.quantity_unit is (QuantityUnit[unit] if unit else None)


def test_birth_dates_and_ages(tmp_path):
    header = f"{HEADER},DOB,age"
    (found,), _ = histories(tmp_path, f"{header}\n{ROW},1970-05-01,\n{ROW},,\n")
    assert (found.birth, found.age, found.cautions) == (date(1970, 5, 1), None, ())
    (found,), _ = histories(tmp_path, f"{header}\n{ROW},1970-05-01,50\n{ROW},1971-05-01,51\n")
    assert (found.birth, found.age, [caution.code for caution in found.cautions]) == (None, 50, ["FILL-104"])
    (found,), _ = histories(tmp_path, f"{header}\n{ROW},sometime,200\n")
    assert (found.birth, found.age, [caution.code for caution in found.cautions]) == (None, None, ["FILL-104"])


# --- products ---------------------------------------------------------------------------------------------------


class Codes:
    """A resolver of one RxNorm code and one NDC."""

    def rxcui(self, code):
        return Coded("oxycodone hydrochloride 5 MG Oral Tablet", "9", "test") if code == "9" else None

    def ndc(self, code):
        return Coded("morphine sulfate 15 MG Oral Tablet", "8", "test") if code == "00574407205" else None


def product(**said):
    return ProductReader(Codes()).read(ProductCells(**said))


@pytest.mark.parametrize(
    ("said", "ingredient", "strength"),
    [
        ({"drug": "OXYCODONE HCL ER 20 MG TABLET"}, "oxycodone", "20 mg"),
        ({"drug": "Oxycodone HCl", "strength": "20 MG", "form": "TABLET, EXTENDED RELEASE"}, "oxycodone", "20 mg"),
        ({"drug": "HYDROCODON-ACETAMINOPH 5-325"}, "hydrocodone", "5 mg"),
        ({"drug": "MORPHINE SULF ER 15 MG TABLET"}, "morphine", "15 mg"),
        ({"drug": "FENTANYL 12 MCG/HR PATCH TD72"}, "fentanyl", "12 mcg/h"),
        ({"drug": "hydrocodone/acetaminophen", "strength": "10 mg-325 mg", "form": "tablet"}, "hydrocodone", "10 mg"),
        ({"drug": "oxycodone", "strength": "5 mg/1", "form": "tablet"}, "oxycodone", "5 mg"),
        ({"drug": "hydromorphone", "strength": "7,5 mg", "form": "tablet"}, "hydromorphone", "7.5 mg"),
        ({"drug": "oxycodone", "strength": "10", "strength_unit": "MG", "form": "tablet"}, "oxycodone", "10 mg"),
        ({"drug": "alprazolam", "strength": ".5 MG", "form": "tablet"}, "alprazolam", "0.5 mg"),
        (
            {"drug": "12 HR oxycodone hydrochloride 20 MG Extended Release Oral Tablet [Oxycontin]"},
            "oxycodone",
            "20 mg",
        ),
        ({"drug": "morphine sulfate", "strength": "100 MG/5ML", "form": "oral solution"}, "morphine", "20 mg/mL"),
        ({"rxcui": "9"}, "oxycodone", "5 mg"),
        ({"ndc": "0574-4072-05"}, "morphine", "15 mg"),
        ({"drug": "oxycodone", "rxcui": "9"}, "oxycodone", "5 mg"),
        ({"drug": "oxicodone 5 mg", "rxcui": "9"}, "oxycodone", "5 mg"),
    ],
)
def test_products_as_exports_write_them(said, ingredient, strength):
    found = product(**said)
    assert isinstance(found, UnderstoodProduct), found
    lead = next(c for c in found.product.components if c.ingredient == ingredient)
    assert str(lead.strength) == strength


@pytest.mark.parametrize(
    ("said", "column", "code"),
    [
        ({"drug": "oxycodone 10 mg", "rxcui": "9"}, "rxcui", "CASE-003"),
        ({"drug": "hydromorphone 2 mg", "rxcui": "9"}, "rxcui", "CASE-003"),
        ({"drug": "alprazolam 1 mg", "ndc": "00574407205"}, "ndc", "CASE-003"),
        ({"rxcui": "7"}, "rxcui", "DRUG-001"),
        ({"ndc": "00574407299"}, "ndc", "DRUG-001"),
        ({"ndc": "0574407205"}, "ndc", "NDC-002"),
        ({"ndc": "abc"}, "ndc", "NDC-001"),
        ({}, "drug_name", "DRUG-004"),
    ],
)
def test_products_that_are_not_understood(said, column, code):
    found = product(**said)
    assert isinstance(found, NotUnderstood), found
    assert (found.column, found.problem.code) == (column, code)


def test_an_unknown_code_beside_words_is_said_and_the_words_used():
    found = product(drug="oxycodone 10 mg tablet", rxcui="7")
    assert isinstance(found, UnderstoodProduct)
    assert [caution.code for caution in found.cautions] == ["PROD-105"]
    assert product(drug="oxycodone 10 mg tablet", ndc="00574407299") == UnderstoodProduct(found.product)


def test_our_own_codes_serve_without_an_index():
    found = ProductReader(ListedCodes()).read(ProductCells(rxcui="197696"))
    assert isinstance(found, UnderstoodProduct)
    assert (found.product.form, str(found.product.components[0].strength)) == ("patch", "75 mcg/h")


def test_the_words_of_pharmacy_programs_are_a_table():
    path = Path(fills_source.__file__).parent / "words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["word"] for row in rows}) == len(rows)
    assert all(row["word"] == row["word"].casefold() for row in rows)
