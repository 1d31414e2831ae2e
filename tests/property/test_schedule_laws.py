"""A schedule file of any content is read, or refused in a sentence; what was written is read back."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from medsteward.errors import UnreadableInput
from medsteward.model.amount import Amount
from medsteward.model.dated import DatedAmount
from medsteward.model.number import decimal_text
from medsteward.model.unit import Unit
from medsteward.readers.plan.schedule_csv import COLUMNS, read_schedule

DAYS = st.dates(date(1900, 1, 1), date(2199, 1, 1))
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["2027-01-04", "morphine", "mg/d", "mcg/h", "mg per h", "g/L", "5", "0", ".5", "5.0", "1,000", "=1"]
    ),
)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    said = ""
    try:
        read_schedule(data, "f.csv")
    except UnreadableInput as error:
        said = str(error)
    assert len(said) < 200


@given(st.lists(st.lists(CELLS, max_size=7), min_size=1, max_size=8))
def test_any_cells_are_rows_or_problems(rows):
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *rows])
    try:
        found = read_schedule(out.getvalue().encode("utf-8", "surrogatepass"), "f.csv")
    except UnreadableInput:
        return
    written = sum(any(cell.strip() for cell in row) for row in rows)
    assert len(found.rows) + len(found.problems) == written
    assert all(len(problem.text) < 250 for problem in found.problems)


@given(
    st.lists(
        st.builds(
            lambda first, days, drug, tenths, unit: DatedAmount(
                first, first + timedelta(days), drug, Amount(Fraction(tenths, 10), unit)
            ),
            DAYS,
            st.integers(0, 300),
            st.sampled_from(["morphine", "oxycodone", "diazepam", "gabapentin"]),
            st.integers(0, 99_999),
            st.sampled_from([Unit.MG_PER_D, Unit.MCG_PER_D, Unit.MCG_PER_H]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_was_written_is_read_back(rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        amount = decimal_text(row.amount.value)
        writer.writerow([row.first_day, row.last_day, row.drug, amount, row.amount.unit.value])
    found = read_schedule(out.getvalue().encode(), "f.csv")
    assert found.rows == tuple(rows)
    assert found.problems == ()
