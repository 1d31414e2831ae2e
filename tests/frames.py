"""Frames of pandas and polars, run by .ci/run in an environment of their own: numpy spoils the figures of start-up."""

from __future__ import annotations

import importlib
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import medsteward
from medsteward import frames

DAY = date(2027, 1, 4)
ROOT = Path(__file__).resolve().parents[1]
SIGS = ["oxycodone 5 mg every 6 hours", "morphine ER 15 mg bid", "alprazolam 0.5 mg bid"]
CDC = medsteward.factor_table("cdc_2022")


def main() -> None:
    """Every frame gives the same cases, totals and records; answers come back as frames."""
    assert not {"pandas", "polars", "pyarrow"} & set(sys.modules)
    pandas, polars, pyarrow = (importlib.import_module(name) for name in ("pandas", "polars", "pyarrow"))
    days = [pandas.Timestamp("2026-12-20"), pandas.NaT, pandas.NaT]
    read = pandas.DataFrame(
        {"patient_key": list("aba"), "sig": SIGS, "start": days, "quantity": [60.0, None, None], "rxcui": [None] * 3}
    )
    found = [list(frames.cases(each, as_of=DAY)) for each in (read, pyarrow.table(read), polars.from_pandas(read))]
    assert found[0] == found[1] == found[2]
    assert [line.start for line in found[0][0].lines] == [date(2026, 12, 20), None]
    assert not any(case.problems or line.problems for case in found[0] for line in case.lines)
    rows = read.drop(columns="patient_key").to_dict("records")
    case = medsteward.read_case({"medications": rows}, as_of=pandas.Timestamp(DAY))
    assert not case.problems
    assert not any(line.problems for line in case.lines)
    one = medsteward.read_case({"medications": [read.drop(columns="patient_key").iloc[0]]}, as_of=DAY)
    assert one.lines[0] == case.lines[0]
    numpy = importlib.import_module("numpy")
    theirs = medsteward.TaperOptions(start=pandas.Timestamp(DAY, tz="UTC"), percent=numpy.float64(10))
    assert theirs == medsteward.TaperOptions(start=DAY, percent=Fraction(10))
    absent = {"sig": SIGS[0], "start": numpy.datetime64("NaT"), "quantity": numpy.float64("nan"), "end": pandas.NaT}
    assert medsteward.read_case({"medications": [absent]}, as_of=DAY).lines[0].start is None

    def totals() -> object:
        return frames.rows(medsteward.mme_per_day(each, table=CDC) for each in found[0])

    expected = [("a", "2027-01-04", "cdc_2022", 30.0, None, 30.0, True)]
    assert polars.DataFrame(totals()).rows()[:1] == expected
    assert list(pyarrow.table(totals()).to_pandas()["maximum"]) == [30.0, 30.0]
    text = ROOT / "examples" / "fills.csv"
    answers: list[list[Any]] = []
    for each in (pandas.read_csv(text), polars.read_csv(text, try_parse_dates=True)):
        with frames.fills(each) as records:
            answers.append(list(medsteward.fills_report(records, table=CDC, as_of=DAY)))
    with medsteward.open_fills(text) as records:
        answers.append(list(medsteward.fills_report(records, table=CDC, as_of=DAY)))
    figures = [[each.exposure.values for each in some[:-1]] for some in answers]
    assert figures[0] == figures[1] == figures[2]
    print("frames of pandas", pandas.__version__, "and polars", polars.__version__, "agree")


if __name__ == "__main__":
    main()
