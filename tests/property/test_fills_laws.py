"""Dispensing records: agreement with a plain second implementation, and what must always be true."""

from __future__ import annotations

import csv
import io
import json
import random
from contextlib import ExitStack
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.errors import UnreadableInput
from medsteward.fills.by_day import Mode, both, days_in, joined
from medsteward.fills.definitions import Denominator
from medsteward.fills.measures import MEASURES
from medsteward.fills.report import FillsReport, Tally, report
from medsteward.readers.fills import records as fills_reader
from medsteward.readers.fills.cells import DecimalMark, number
from medsteward.readers.fills.records import open_records
from medsteward.schemas import schema_text
from medsteward.tables.load import factor_table
from medsteward.writers.fills.document import last_line, line
from medsteward.writers.fills.table import CSV_HEADER, csv_row, failed_rows, text
from tests.agreement.plain_fills import FACTORS, PlainFill, plain
from tests.counts import examples

CDC = factor_table("cdc_2022")
DAY = date(2027, 1, 4)
FIRST = date(2026, 1, 1)
STRENGTHS = {"oxycodone": ("5", "10", "20"), "hydrocodone": ("5", "10"), "morphine": ("15", "30"), "tramadol": ("50",)}
STRENGTHS["hydromorphone"] = ("2", "4")

fills = st.builds(
    lambda drug, pick, quantity, days, gap: PlainFill(
        drug, STRENGTHS[drug][pick % len(STRENGTHS[drug])], quantity, days, FIRST + timedelta(gap)
    ),
    st.sampled_from(sorted(FACTORS)),
    st.integers(0, 5),
    st.integers(1, 240),
    st.integers(1, 100),
    st.integers(0, 150),
)
histories = st.lists(fills, min_size=1, max_size=12)
windows = st.sampled_from([7, 14, 30, 90, 365])


def csv_of(patients: dict[str, list[PlainFill]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("patient_key", "filled_date", "drug_name", "strength", "form", "quantity", "days_supply"))
    for key, history in patients.items():
        for fill in history:
            drug = {"hydrocodone": "hydrocodone/acetaminophen"}.get(fill.drug, f"{fill.drug} IR")
            strength = f"{fill.strength}-325 mg" if fill.drug == "hydrocodone" else f"{fill.strength} mg"
            writer.writerow((key, fill.filled, drug, strength, "tablet", fill.quantity, fill.days))
    return out.getvalue()


def read(path: Path, content: str | bytes, **options) -> list[FillsReport]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with ExitStack() as desk:
        records = open_records(str(path), None, desk)
        return [report(each, table=CDC, as_of=DAY, **options) for each in records.histories(lambda _: None)]


def read_or_refused(path: Path, content: bytes, **options) -> list[FillsReport]:
    """Nothing where the file is refused, which is said in one short sentence."""
    refused = ""
    found = []
    try:
        found = read(path, content, **options)
    except UnreadableInput as error:
        refused = str(error)
    assert "\n" not in refused
    assert len(refused) < 900
    return found


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("fills") / "fills.csv"


@given(histories, st.sampled_from(Mode), windows)
def test_the_definitions_agree_with_a_plain_implementation(path, history, mode, window):
    (found,) = read(path, csv_of({"p": history}), mode=mode, window=window)
    expected = plain(history, shifted=mode is Mode.SHIFTED, window=window)
    days = {date.fromordinal(d): each.mme for each in found.exposure.segments for d in range(each.first, each.last + 1)}
    assert days == expected.days
    by_denominator = {each.definition.denominator: each for each in found.exposure.values}
    for denominator, pair in (
        (Denominator.DAYS_SUPPLIED, expected.total_days_supply),
        (Denominator.DAYS_COVERED, expected.on_therapy_days),
        (Denominator.WINDOW, expected.fixed_window),
        (Denominator.WORST_DAY, (expected.maximum_day, 1)),
    ):
        value = by_denominator[denominator]
        assert (value.mme, value.days) == pair
        assert value.value == Fraction(pair[0], pair[1] * 1_000_000)
        assert value.millionths == (Fraction(pair[0], pair[1]) + Fraction(1, 2)).__floor__()
    for mark, number_of_days in found.days_at_or_above:
        assert number_of_days == sum(mme >= mark * 1_000_000 for mme in expected.days.values())
    assert sorted((e.fill.filled, e.days, e.days_with_stock) for e in found.early) == sorted(expected.early)


@given(histories, windows)
def test_what_must_be_so_of_the_definitions(path, history, window):
    summed, shifted = (read(path, csv_of({"p": history}), mode=mode, window=window)[0] for mode in Mode)
    assert summed.exposure.total == shifted.exposure.total
    for found in (summed, shifted):
        supplied, therapy, _, worst = (each.value or Fraction(0) for each in found.exposure.values)
        assert supplied <= worst
        assert therapy <= worst
        assert found.exposure.peak is not None
        assert dict(found.days_at_or_above)[90] <= dict(found.days_at_or_above)[50]
        assert sum(each.days for each in found.exposure.segments) == found.exposure.values[1].days
    assert supplied <= (summed.exposure.values[1].value or 0)


@given(histories, fills)
def test_one_more_fill_never_lowers_a_day(path, history, more):
    before, after = read(path, csv_of({"p": history, "q": [*history, more]}))
    earlier = {d: each.mme for each in before.exposure.segments for d in range(each.first, each.last + 1)}
    later = {d: each.mme for each in after.exposure.segments for d in range(each.first, each.last + 1)}
    assert all(later[day] >= mme for day, mme in earlier.items())


NO_OPIOIDS = (
    "GABAPENTIN 300 MG CAPSULE",
    "SIMVASTATIN 20 MG TABLET",
    "IBUPROFEN 800 MG TABLET",
    "ALPRAZOLAM 0.5 MG TABLET",
    "ACETAMINOPHEN 325 MG TABLET",
    "NALOXONE HCL 4 MG NASAL SPRAY",
    "BUTALBITAL-ACETAMINOPHEN-CAFFEINE 50-325-40 MG TABLET",
)
no_opioids = st.lists(
    st.tuples(st.sampled_from(NO_OPIOIDS), st.integers(1, 240), st.integers(1, 100), st.integers(0, 150)),
    min_size=1,
    max_size=4,
)


@given(histories, no_opioids, st.sampled_from(Mode), windows)
def test_a_row_that_is_no_opioid_changes_no_figure(path, history, more, mode, window):
    text = csv_of({"p": history})
    rows = [f"p,{FIRST + timedelta(gap)},{drug},,,{number},{days}\n" for drug, number, days, gap in more]
    (before,) = read(path, text, mode=mode, window=window)
    (after,) = read(path, text + "".join(rows), mode=mode, window=window)
    assert len(after.placed) == len(before.placed) + len(more)
    for name in ("exposure", "every_fill_at_once", "days_at_or_above", "missing", "is_complete", "exit_code"):
        assert getattr(after, name) == getattr(before, name), name
    for name in ("prescribers", "pharmacies", "without_buprenorphine"):
        assert getattr(after, name) == getattr(before, name), name


@given(histories, st.integers(0, 11), st.integers(2, 4))
def test_a_fill_in_parts_one_after_another_comes_to_the_same(path, history, which, parts):
    """A supply that is handed over in parts, each for its share of the days, is the supply."""
    whole = history[which % len(history)]
    others = [each for each in history if each is not whole]
    whole = PlainFill(whole.drug, whole.strength, whole.quantity * parts, whole.days * parts, whole.filled)
    pieces = [
        PlainFill(
            whole.drug,
            whole.strength,
            whole.quantity // parts,
            whole.days // parts,
            whole.filled + timedelta(n * (whole.days // parts)),
        )
        for n in range(parts)
    ]
    once, again = read(path, csv_of({"p": [*others, whole], "q": [*others, *pieces]}))
    assert once.exposure.total == again.exposure.total
    assert once.exposure.values == again.exposure.values
    assert once.days_at_or_above == again.days_at_or_above


@given(st.lists(histories, min_size=2, max_size=5), st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing(path, patients, seed):
    table = {f"p{number}": history for number, history in enumerate(patients)}
    text_in_order = csv_of(table)
    header, *rows = text_in_order.splitlines(keepends=True)
    random.Random(seed).shuffle(rows)

    def figures(found):
        return {each.patient: (each.exposure, each.every_fill_at_once, len(each.lines)) for each in found}

    assert figures(read(path, text_in_order)) == figures(read(path, header + "".join(rows)))


def test_rows_that_are_not_grouped_are_sorted_on_disk(path):
    fill = PlainFill("oxycodone", "10", 60, 30, FIRST)
    header, *rows = csv_of({f"p{number:03}": [fill] * 4 for number in range(50)}).splitlines(keepends=True)
    random.Random(1).shuffle(rows)
    path.write_text(header + "".join(rows), encoding="utf-8")
    said: list[str] = []
    with ExitStack() as desk:
        records = open_records(str(path), None, desk)
        assert not records.grouped
        found = list(records.histories(said.append))
    assert [each.patient for each in found] == [f"p{number:03}" for number in range(50)]
    assert all([fill.row for fill in each.fills] == sorted(fill.row for fill in each.fills) for each in found)
    assert sorted(fill.row for each in found for fill in each.fills) == list(range(2, 202))
    assert said == ["the file is not sorted by patient; sorting 200 rows first"]


def test_without_room_for_keys_only_sorted_files_count_as_grouped(path, monkeypatch):
    monkeypatch.setattr(fills_reader, "_KEYS_SEEN", 2)
    fill = PlainFill("oxycodone", "10", 60, 30, FIRST)

    def grouped(*keys):
        rows = csv_of({key: [fill] for key in keys})
        path.write_text(rows, encoding="utf-8")
        with ExitStack() as desk:
            return open_records(str(path), None, desk).grouped

    assert grouped("a", "b", "c", "d", "e")
    assert not grouped("a", "b", "e", "d", "c")


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 15)), max_size=8)


@given(spans, spans)
def test_days_of_both_are_the_days_that_are_in_both(ours, theirs):
    def whole(pairs):
        return joined([(first, first + length) for first, length in pairs])

    def days(pairs):
        return {day for first, length in pairs for day in range(first, first + length + 1)}

    apart = whole(ours)
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(apart))
    common = both(apart, whole(theirs))
    assert days_in(common) == len(days(ours) & days(theirs))
    assert days_in(whole(ours)) == len(days(ours))


# --- whatever a file holds --------------------------------------------------------------------------------------

_CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("", "p1", "2026-01-01", "31/12/2026", "60", "30", "-1", "1,000", "1e9", "NaN", "oxycodone 10 mg tablet"),
            *("=1+1", '"', "fentanyl 25 mcg/h patch", "x" * 300, "\u202e", "hospice", "0", "9" * 40),
        ]
    ),
)
_VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text("fills")))
_COLUMNS = ("patient_key", "filled_date", "drug_name", "strength", "quantity", "days_supply", "treatment_type", "other")


@examples(120)
@given(st.lists(st.lists(_CELLS, min_size=len(_COLUMNS), max_size=len(_COLUMNS)), min_size=1, max_size=6))
def test_every_row_is_used_excluded_or_failed(path, rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows(rows)
    found = read_or_refused(path, out.getvalue().encode("utf-8", "replace"), measures=MEASURES)
    tally = Tally(CDC, DAY, measures=MEASURES)
    for each in found:
        tally.add(each)
        document = json.loads(line(each))
        _VALIDATOR.validate(document)
        assert text(each)
        parsed = list(
            csv.reader(io.StringIO(csv_row(each, with_header=False) + failed_rows(each.failed, with_header=False)))
        )
        assert len(parsed[0]) == len(CSV_HEADER)
        assert not any(cell.startswith(("=", "+", "@")) for row in parsed for cell in row)
    last = json.loads(last_line(tally))
    _VALIDATOR.validate(last)
    counts = last["rows"]
    assert counts["read"] == counts["used"] + counts["excluded"] + counts["failed"]
    assert counts["excluded"] == sum(last["excluded_because"].values())
    assert counts["failed"] == sum(last["failed_because"].values())


@examples(200)
@given(st.binary(max_size=400), st.integers(0, 400))
def test_any_bytes_are_read_or_refused_in_a_sentence(path, noise, cut):
    good = csv_of({"p": [PlainFill("oxycodone", "10", 60, 30, FIRST)] * 3}).encode()
    for content in (noise, good[:cut] + noise, good[: cut % len(good)]):
        assert all(json.loads(line(each)) for each in read_or_refused(path, content))


@given(st.decimals(0, 9999, places=2), st.sampled_from([DecimalMark.POINT, DecimalMark.COMMA]), st.booleans())
def test_numbers_read_back_as_they_were_written(value, mark, grouped):
    plain_text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    written = plain_text.translate(str.maketrans(",.", ".,")) if mark is DecimalMark.COMMA else plain_text
    assert number(written, mark) == Fraction(value)
