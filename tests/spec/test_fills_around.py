"""Files as programs save them: what stands around the records changes no figure, and what may be a record stays one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.population import run as population_run
from medsteward.population.options import PopulationRun
from medsteward.readers.fills.around import is_closing
from medsteward.tables.load import factor_table
from tests.counts import examples
from tests.program import Done, run
from tests.spec.test_fills_layouts import AWARXE, CURES, OARRS, ONE, OPTUM, PRESCRIBING

Rows = list[list[str]]


def rows_of(text: str) -> Rows:
    return list(csv.reader(io.StringIO(text)))


def text_of(rows: Rows, delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def answer(path: Path, data: str | bytes, *more: str, name: str = "in.csv") -> tuple[Done, Any]:
    (path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    done = run("fills", "--input", path / name, "--as-of", "2026-12-31", "--format", "json", *more)
    return done, json.loads(done.out) if done.out else None


def figures(documents: Any) -> Any:
    """What a file says, apart from the lines that its rows stand on."""
    said = []
    for each in documents:
        kept = {key: each[key] for key in ("definitions", "days", "overlaps", "complete", "missing") if key in each}
        said.append((each["id"], kept, each.get("rows")))
    return said


def of_columns(rows: Rows, change: Callable[[str, str], str]) -> Rows:
    header, *others = rows
    return [header, *[[change(name, cell) for name, cell in zip(header, row, strict=True)] for row in others]]


WAYS: dict[str, Callable[[str], str | bytes]] = {
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "semicolons": lambda text: text_of(rows_of(text), ";"),
    "tabs and CRLF": lambda text: text_of(rows_of(text), "\t", "\r\n"),
    "bars": lambda text: text_of(rows_of(text), "|"),
    "carriage returns alone": lambda text: text_of(rows_of(text), ",", "\r"),
    "Windows-1252": lambda text: text_of(
        [[*row, "Josée" if n else "Clerk"] for n, row in enumerate(rows_of(text))]
    ).encode("cp1252"),
    "line ends within a cell": lambda text: text_of(
        [[*row, "two\nlines" if n else "Remark"] for n, row in enumerate(rows_of(text))]
    ),
    "headers in capitals with spaces": lambda text: text_of(
        [[f" {name.upper()} " for name in rows_of(text)[0]], *rows_of(text)[1:]]
    ),
    "headers with underscores": lambda text: text_of(
        [[name.lower().replace(" ", "_") for name in rows_of(text)[0]], *rows_of(text)[1:]]
    ),
    "more columns": lambda text: text_of(
        [["Store" if not n else "12", *row, "Remark" if not n else ""] for n, row in enumerate(rows_of(text))]
    ),
    "columns in another order": lambda text: text_of([row[::-1] for row in rows_of(text)]),
    "cells with spaces": lambda text: text_of([[f" {cell} " for cell in row] for row in rows_of(text)]),
    "cells as formulas": lambda text: "\n".join(
        ",".join(f'="{cell}"' if n and "," not in cell else f'"{cell}"' for cell in row)
        for n, row in enumerate(rows_of(text))
    ),
    "empty lines at the end": lambda text: text + "\n\n   \n",
    "rows without a cell at the end": lambda text: text + ("," * (len(rows_of(text)[0]) - 1) + "\n") * 3,
    "rows without a cell between": lambda text: text_of(
        [row for each in rows_of(text) for row in (each, ["" for _ in each])]
    ),
    "a total in the row": lambda text: text_of(
        [*rows_of(text), ["Total", *["" for _ in rows_of(text)[0][2:]], "240.00"]]
    ),
    "a total after empty cells": lambda text: text_of(
        [*rows_of(text), ["", "Grand Total", *["" for _ in rows_of(text)[0][3:]], "240.00 MME"]]
    ),
    "a total alone": lambda text: text + "Total: 5 prescriptions\n",
    "rows counted": lambda text: text + "\n(5 rows affected)\n",
    "notes": lambda text: text + "* MME: morphine milligram equivalents\nNote: see the guide; ask\n",
    "an end": lambda text: text + "\nEnd of report\nPage 1 of 1\n",
    "a title": lambda text: f"Patient report\nFrom 01/01/2026 to 12/31/2026\n\n{text}",
    "a title with commas and a quote": lambda text: (
        f'Report, of "all" records, 2026\n"{text.count("5")}" pages\n{text}'
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("text", "more"),
    [(AWARXE, ONE), (OARRS, ONE), (CURES, ONE), (OPTUM, ()), (PRESCRIBING, ())],
    ids=lambda x: str(x)[:9],
)
def test_a_file_says_the_same_however_it_was_saved(tmp_path, text, more, way):
    plain, wanted = answer(tmp_path, text, *more)
    done, found = answer(tmp_path, WAYS[way](text), *more, name="other.csv")
    assert figures(found) == figures(wanted)
    assert done.code == plain.code == 0


@pytest.mark.parametrize(
    "line",
    [
        "Total,,,oxycodone 10 mg tablet,120,,,,,,,,",  # names a drug
        "Total,,,,120,30,Jo Do,,,,,,",  # names a prescriber
        "04/05/2026",  # cut off
        "04/05/2026,04/04/2026,1,Oxycodone Hcl (Ir) 10 Mg Tab",
        "Totacillin,,,,,,,,,,,,",
        "Jo Do",
        ",,,Oxycodone Hcl (Ir) 10 Mg Tab,,,,,,,,,",
    ],
)
def test_what_may_be_a_record_fails_and_is_named(tmp_path, line):
    done, (first, last) = answer(tmp_path, f"{AWARXE}{line}\n", *ONE)
    assert (last["rows"]["failed"], first["complete"], done.code > 2) == (1, False, True)
    assert len(first["missing"]) == 1


def test_a_total_between_records_fails(tmp_path):
    header, first, *others = AWARXE.splitlines()
    _, (_, last) = answer(tmp_path, "\n".join([header, first, "Total,,,,120,,,,,,,,", *others]), *ONE)
    assert last["rows"]["failed"] == 1


def test_so_many_totals_are_no_end_of_a_file(tmp_path):
    for number, failed in ((20, 0), (21, 21)):
        _, (*_, last) = answer(tmp_path, AWARXE + "Total: 5\n" * number, *ONE)
        assert last["rows"]["failed"] == failed


def test_what_was_set_aside_is_said_without_a_word_of_it(tmp_path):
    done, _ = answer(tmp_path, f"Quentin Zelda\nborn 1960-02-03\n{AWARXE}Total: Zelda\n", *ONE)
    assert "2 lines before the header were set aside" in done.err
    assert "a row at the end, from line 9: a total or a note, and set aside" in done.err
    assert "elda" not in done.err


def test_rows_keep_the_lines_of_their_file(tmp_path):
    _, (first, _) = answer(tmp_path, f"A title\n\n{AWARXE.replace('120,30', ',30', 1)}", *ONE)
    assert [each["where"] for each in first["problems"]] == ["row 4, quantity"]


@given(st.lists(st.text(alphabet="Totalsum 12.,*()", max_size=9), max_size=6), st.integers(1, 6))
@examples(200)
def test_a_row_with_words_beside_its_first_is_never_a_total(cells, width):
    stated = [each.strip() for each in cells if each.strip()]
    if len(cells) == width and any(any(c.isalpha() for c in each) for each in stated[1:]):
        assert not is_closing(cells, width)


@pytest.mark.parametrize("serial", ["46086", "46086.0", "46086.5"])
def test_the_number_of_a_day_is_refused_with_what_to_do(tmp_path, serial):
    rows = of_columns(rows_of(CURES), lambda name, cell: serial if name == "Date Filled" else cell)
    _, (first, _) = answer(tmp_path, text_of(rows), *ONE)
    assert all("format the column as a date" in each["text"] for each in first["problems"])


@pytest.mark.parametrize(
    ("quantity", "days", "most"),
    [("120 tablets", "30 days", 30), ("120tabs", "30d", 30), ("120 EA", "30 day", 30), ("120 doses", "30", None)],
)
def test_a_quantity_may_bear_its_unit(tmp_path, quantity, days, most):
    header = "patient_key,filled_date,drug_name,quantity,days_supply"
    text = f"{header}\na,2026-01-01,OXYCODONE 5 MG TABLET,{quantity},{days}\n"
    _, (first, _) = answer(tmp_path, text)
    assert first["definitions"]["maximum_day"]["value"] == most


def test_a_population_run_leaves_out_the_same(tmp_path):
    text = "patient_key,filled_date,drug_name,quantity,days_supply\na,2026-01-01,OXYCODONE 5 MG TABLET,120,30\n"
    for number, around in enumerate(("{}", "Title\n\n{}", "{},,,,\n", "{}Total,,,120,30\n", "{}(1 row affected)\n")):
        path = tmp_path / f"{number}.csv"
        path.write_text(around.format(text))
        summary = population_run(
            PopulationRun(inputs=(str(path),), output=tmp_path / f"out{number}", tables=(factor_table("cdc_2022"),))
        )
        (told,) = summary.tables
        assert (summary.read, told.used, told.failed.total(), told.patients) == (1, 1, 0, 1)


def test_what_is_known_from_memory_is_shown_where_it_is_listed_and_used(tmp_path):
    listed = run("fills", "--columns").out.decode()
    for layout, words in (("omop", "drug_type_concept_id"), ("asap", "DSP01"), ("asap_named", "ReportingStatus")):
        lines = listed[listed.index(f"  {layout}:") :].splitlines()
        assert lines[1].startswith("    needs a second source: ")
        assert words in lines[1]
    header = "person_id,drug_exposure_start_date,drug_type_concept_id,quantity,days_supply,drug_source_value\n"
    done, _ = answer(tmp_path, f"{header}1,2026-05-05,32825,120,30,oxycodone 5 mg tablet\n")
    assert "omop: needs a second source: which values of drug_type_concept_id" in done.err
