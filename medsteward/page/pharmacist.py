"""Screen 7: a product, its quantity and days; and the dispensing records of one patient."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from attrs import frozen

from medsteward.advice.case.mme import mme_per_day
from medsteward.errors import MedstewardError
from medsteward.fills.by_day import Mode
from medsteward.fills.measures import default_measures
from medsteward.fills.report import FillsReport, report
from medsteward.page.answer import Answer
from medsteward.page.chart import DEFAULT_TABLE
from medsteward.page.form import SentForm
from medsteward.page.mme import bars_of, figures_of
from medsteward.page.view import page
from medsteward.readers.case.table import read_case
from medsteward.readers.fills.records import open_records
from medsteward.tables.load import factor_table, table_ids
from medsteward.writers.fills import document as fills_document
from medsteward.writers.fills import table as fills_table
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.problems import problem_sentences

MOST_SHOWN = 50
"""Patients of one file that are named to choose from."""
WINDOW = 90
"""Days of a window over which some definitions average, as the command has by default."""


@frozen
class DayBar:
    """Days of one figure, as a bar of a chart: where it begins, how wide and how high, in its units."""

    x: float
    width: float
    height: float
    words: str


def pharmacist(form: SentForm, today: date) -> Answer:
    """One supply, or a file of fills."""
    model: dict[str, Any] = {
        "form": form,
        "figures": None,
        "expected": "",
        "bars": (),
        "problems": (),
        "fills": "",
        "keys": (),
        "days": (),
        "notices": (),
    }
    upload = form.files.get("fills")
    if upload is not None and upload.data:
        try:
            model.update(_of_file(upload.data, form, today))
        except (MedstewardError, ValueError) as error:
            model["problems"] = (plain(str(error)).replace("standard input", "the file"),)
    elif form.has("product"):
        model.update(_of_supply(form, today))
    return page("pharmacist", model)


def _of_supply(form: SentForm, today: date) -> dict[str, Any]:
    line: dict[str, object] = {"sig": form.text("product")}
    for name in ("quantity", "days_supply"):
        text = form.text(name)
        if text.isdecimal():
            line[name] = int(text)
    case = read_case({"medications": [line]}, as_of=today)
    found = mme_per_day(case, table=factor_table(_table(form)))
    total = found.total
    expected = getattr(total, "expected", None)
    full = max((each.mme.maximum.value for each in found.entries if each.mme), default=Fraction(0))
    return {
        "figures": figures_of(found),
        "expected": "" if expected is None else str(expected),
        "bars": bars_of(found, full),
        "problems": problem_sentences(found.problems),
    }


def _table(form: SentForm) -> str:
    wanted = form.text("table")
    return wanted if wanted in table_ids() else DEFAULT_TABLE


def _of_file(data: bytes, form: SentForm, today: date) -> dict[str, Any]:
    """The report of one patient of a file; with several, the one whose key was chosen, and the keys."""
    wanted = form.text("patient_key")
    keys: list[str] = []
    shown: FillsReport | None = None
    notices: list[str] = []
    with ExitStack() as desk:
        records = open_records("-", io.BytesIO(data), desk)
        notices += records.notices
        for history in records.histories(notices.append):
            if len(keys) < MOST_SHOWN:
                keys.append(history.patient)
            if shown is None and (not wanted or history.patient == wanted):
                found = report(
                    history,
                    table=factor_table(_table(form)),
                    as_of=today,
                    mode=Mode.SUMMED,
                    window=WINDOW,
                    measures=default_measures(),
                )
                shown = found if found.is_shown else None
    document = None if shown is None else json.loads(fills_document.line(shown))
    return {
        "fills": "" if shown is None else fills_table.text(shown),
        "keys": tuple(keys),
        "notices": tuple(map(plain, notices)),
        "problems": () if shown is None else problem_sentences(shown.problems),
        "days": () if document is None else tuple(_bars(document)),
    }


def _bars(document: dict[str, Any]) -> Iterator[DayBar]:
    """The days as bars; days that follow one another with the same figure are one."""
    days: list[tuple[int, Any]] = [
        (date.fromisoformat(each["day"]).toordinal(), each["mme"]) for each in document["days"]
    ]
    if not days:
        return
    first, most = days[0][0], max(mme for _, mme in days) or 1
    length = days[-1][0] - first + 1
    for (_, mme), run in groupby(enumerate(days), lambda each: (each[1][0] - each[0], each[1][1])):
        several = [day for _, (day, _) in run]
        yield DayBar(
            x=round(600 * (several[0] - first) / length, 2),
            width=round(600 * len(several) / length, 2),
            height=round(100 * mme / most, 2),
            words=f"{date.fromordinal(several[0])} to {date.fromordinal(several[-1])}: {mme} MME a day",
        )
