"""Every count of a report by a second way: patients gone through one by one, in Python, and added up."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from medsteward.advice.population.cells import SmallCounts
from medsteward.errors import UnreadableInput
from medsteward.fills.measures import default_measures
from medsteward.population import reporting, run
from medsteward.population.options import PopulationRun
from medsteward.population.reporting import reported
from medsteward.writers.formats import POPULATION
from medsteward.writers.population.text import head_lines
from tests.agreement.population_rows import as_csv, made
from tests.agreement.test_population import rows_of
from tests.unit.test_population_report import reach

STATES = ("TX", "CA", "New Mexico", "O'Hara", "a :table", "")
Row = dict[str, Any]
Counts = dict[str, tuple[int, ...]]


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    """Some hundred patients, most of whom a file of patients puts into states."""
    folder = tmp_path_factory.mktemp("sums")
    rows = [dict(each) for each in made(17, 500)]
    (folder / "fills.csv").write_text(as_csv(rows), encoding="utf-8")
    keys = sorted({row["patient_key"].strip() for row in rows} - {""})
    with (folder / "who.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["patient_key", "state", "payer"])
        for number, key in enumerate(keys):
            writer.writerow([key, STATES[number % len(STATES)] if number > 3 else f"once {number}", "Medicaid"])
        writer.writerow([keys[-1], "TX", "Medicare"])
    inputs, patients = (str(folder / "fills.csv"),), str(folder / "who.csv")
    run(PopulationRun(inputs=inputs, output=folder / "out", days=True, rows=True, patients=patients))
    return folder / "out"


def tables(folder: Path, work: Path, by: str | None, suppress: int = 0) -> dict[str, Counts]:
    work.mkdir(exist_ok=True)
    found = reported(folder, table=None, suppress=suppress, by=by, work=work)
    return {
        each.id: {name: tuple(-1 if c.hidden else c.value for c in counts) for name, counts in each.rows}
        for each in found.tables
    }


def many(rows: list[Row], *tests: Callable[[Row], Any]) -> tuple[int, ...]:
    return tuple(sum(1 for row in rows if test(row) is True) for test in tests)


def band(name: str, low: int | None, high: int | None) -> Callable[[Row], bool]:
    """An MME from ``low`` to under ``high``, of those who have one at all."""

    def holds(row: Row) -> bool:
        if not row["maximum_day"]:
            return False
        mme = row[name] / 1_000_000
        return (low is None or mme >= low) and (high is None or mme < high)

    return holds


def bands(name: str) -> list[Callable[[Row], bool]]:
    return [lambda row: not row["maximum_day"], band(name, None, 50), band(name, 50, 90), band(name, 90, None)]


def days(name: str) -> list[Callable[[Row], bool]]:
    return [lambda row: row[name] == 0, lambda row: 0 < row[name] < 30, lambda row: row[name] >= 30]


DEFINED = {
    "total days' supply": "total_days_supply",
    "on-therapy days": "on_therapy_days",
    "fixed observation window": "fixed_window",
    "maximum daily dose": "maximum_day",
}
SEDATIVES = ("benzodiazepine", "Z-drug", "gabapentinoid")


def overlap(kind: str) -> str:
    return f"overlap_{kind.casefold().replace('-', '_')}_days"


def test_every_count_is_a_sum_over_patients_one_by_one(answer, tmp_path):
    rows: list[Row] = rows_of(answer)
    total = len(rows)
    found = tables(answer, tmp_path / "work", "age_band")
    wanted: dict[str, Counts] = defaultdict(dict)
    wanted["glance"]["with an opioid whose MME was counted"] = (
        total,
        *many(rows, lambda row: bool(row["maximum_day"])),
    )
    for title, name in DEFINED.items():
        wanted["glance"][f"90 MME a day or more, by {title}"] = (total, *many(rows, band(name, 90, None)))
        wanted["definitions"][title] = (total, *many(rows, *bands(name)))
    for kind in SEDATIVES:
        wanted["sedatives"][kind] = (total, *many(rows, *days(overlap(kind))))
        wanted["glance"][f"opioid and {kind} on 30 days or more"] = (total, wanted["sedatives"][kind][-1])
    lacking = many(rows, lambda row: row["failed_rows"] > 0 or row["fills_without_factor"] > 0)
    unknown = many(rows, lambda row: row["maximum_day"] is None)
    wanted["glance"] |= {"not counted whole": (total, *lacking), "MME not known": (total, *unknown)}
    nothing, none = many(rows, lambda row: not row["maximum_day"], lambda row: row["maximum_day"] == 0)
    wanted["known"]["patients"] = (nothing, none, *unknown)
    for mark in (50, 90):
        wanted["days_at_or_above"][f"{mark} MME or more"] = (total, *many(rows, *days(f"days_at_or_above_{mark}")))
    failed = many(rows, lambda row: row["failed_rows"] > 0)
    without = many(rows, lambda row: row["failed_rows"] == 0 and row["fills_without_factor"] > 0)
    wanted["complete"]["patients"] = (total, total - lacking[0], *lacking, *failed, *without)
    for each in ("prescribers", "pharmacies"):
        stated = Counter(min(row[each] or 0, 4) for row in rows)
        wanted["keys"][each] = (total, *(stated[number] for number in range(5)))
    wanted["by"] = by_groups(rows, age, bands("maximum_day"))
    wanted["by_benzodiazepine"] = by_groups(rows, age, days(overlap("benzodiazepine")))
    wanted["months"] = months(rows_of(answer, "days.parquet"))
    wanted |= fates(rows_of(answer, "rows.parquet"))
    wanted["products"] = products(rows_of(answer, "prescriptions.parquet"))
    wanted |= measured(rows)
    assert found.keys() == wanted.keys()
    for name, counts in wanted.items():
        if name.startswith("by"):
            assert {key: n for key, n in found[name].items() if any(n)} == counts, name
        else:
            assert found[name] == counts, name


def age(row: Row) -> str:
    ages = {17: "0 to 17", 34: "18 to 34", 49: "35 to 49", 64: "50 to 64", 74: "65 to 74", 200: "75 or more"}
    if row["age"] is None:
        return "not known, or no opioid"
    return next(words for last, words in ages.items() if row["age"] <= last)


def by_groups(rows: list[Row], group: Callable[[Row], str], tests: list[Callable[[Row], bool]]) -> Counts:
    of: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of[group(row)].append(row)
    return {name: (len(some), *many(some, *tests)) for name, some in of.items()}


def months(spans: list[Row]) -> Counts:
    """The highest MME of each patient in each month, day by day."""
    highest: dict[tuple[str, str], int] = {}
    for span in spans:
        day: date = span["first_day"]
        while day <= span["last_day"]:
            at = (day.strftime("%Y-%m"), span["patient_key"])
            highest[at] = max(highest.get(at, 0), span["mme"])
            day += timedelta(1)
    found: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for (month, _), mme in highest.items():
        place = 1 if mme == 0 else 2 if mme < 50_000_000 else 3 if mme < 90_000_000 else 4
        found[month][0] += 1
        found[month][place] += 1
    return {month: tuple(found[month]) for month in sorted(found)[-36:]}


def fates(rows: list[Row]) -> dict[str, Counts]:
    outcomes = Counter(row["outcome"] for row in rows)
    found: dict[str, Counts] = {
        "rows": {"rows": (len(rows), outcomes["used"], outcomes["excluded"], outcomes["failed"])}
    }
    for outcome in ("excluded", "failed"):
        because = Counter(row["because"] for row in rows if row["outcome"] == outcome)
        found[f"{outcome}_because"] = {why: (number,) for why, number in because.items()}
    return found


def products(prescriptions: list[Row]) -> Counts:
    found: Counter[str] = Counter()
    for row in prescriptions:
        if row["outcome"] == "used" and "opioid" in (row["kinds"] or "").split(", "):
            found[row["drug"]] += row["rows_read"]
    first = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
    return {name: (number,) for name, number in first}


def measured(rows: list[Row]) -> dict[str, Counts]:
    """Who is in the denominator, left out, outside, not known; and of the denominator who meets each rate."""
    looked: Counts = {}
    rates: Counts = {}
    for measure in default_measures():
        name = measure.id.casefold().replace("-", "_")
        used = [row for row in rows if row["fills"]]
        inside = [row for row in used if row[f"{name}_in_denominator"] is True]
        counted = [row for row in inside if not row[f"{name}_excluded"]]
        outside = [row for row in used if row[f"{name}_in_denominator"] is False]
        unknown = len(used) - len(inside) - len(outside)
        ended = ", retired by PQA in June 2024" if measure.id == "OMP" else ", superseded" if measure.superseded else ""
        looked[f"{measure.id}: {measure.title}{ended}"] = (
            *(len(rows), len(counted), len(inside) - len(counted), len(outside)),
            *(unknown, len(rows) - len(used)),
        )
        for rate in measure.rates:
            met = Counter(row[f"{name}_{rate.name.replace(' ', '_')}_met"] for row in counted)
            rates[f"{measure.id}: {rate.name}"] = (len(counted), met[True], met[False], met[None])
    return {"measures": looked, "rates": rates}


def stated(column: str, row: Row) -> str:
    return row[column] or "not known"


def test_groups_are_what_a_file_of_patients_states(answer, tmp_path):
    rows: list[Row] = rows_of(answer)
    for by in ("state", "payer"):
        found = tables(answer, tmp_path / "work", by)
        wanted = by_groups(rows, partial(stated, by), bands("maximum_day"))
        assert found["by"] == wanted
        assert len(wanted) > (5 if by == "state" else 1)
    assert {row["payer"] for row in rows} == {"Medicaid", "several"}
    yes = by_groups(rows, lambda row: "yes" if row["hospice"] else "no", days(overlap("benzodiazepine")))
    assert tables(answer, tmp_path / "work", "hospice")["by_benzodiazepine"] == yes


def test_a_text_that_few_patients_share_is_not_printed(answer, tmp_path):
    """What stands in such a cell by mistake could be a name."""
    assert {f"once {number}" for number in range(4)} <= tables(answer, tmp_path / "work", "state")["by"].keys()
    found = tables(answer, tmp_path / "work", "state", suppress=11)
    assert not [name for name in found["by"] if "once" in name]
    assert found["by"]["others, each of fewer than 11 patients"][0] == -1
    assert "TX" in found["by"]


@pytest.mark.parametrize("by", ["state", "payer", "hospice", "prescribers"])
def test_no_hidden_count_of_a_report_by_groups_can_be_worked_out(answer, tmp_path, monkeypatch, by):
    kept = SmallCounts()
    monkeypatch.setattr(reporting, "SmallCounts", lambda: kept)
    tables(answer, tmp_path / "work", by, suppress=11)
    hidden = [each for each in kept.counts if each.hidden]
    assert len(hidden) > 20
    for each in hidden:
        least, most = reach(kept, each)
        assert least < most, each.value


def printed_groups(rows: list[Row]) -> dict[tuple[str, str, int], frozenset[int]]:
    """The patients of each cell of some tables, by table, row and place in the row."""
    tests: dict[tuple[str, str], list[Callable[[Row], Any]]] = {
        ("glance", "with an opioid whose MME was counted"): [lambda row: True, lambda row: bool(row["maximum_day"])]
    }
    for title, name in DEFINED.items():
        tests["definitions", title] = [lambda row: True, *bands(name)]
    for kind in SEDATIVES:
        tests["sedatives", kind] = [lambda row: True, *days(overlap(kind))]
    for mark in (50, 90):
        tests["days_at_or_above", f"{mark} MME or more"] = [lambda row: True, *days(f"days_at_or_above_{mark}")]
    for measure in default_measures():
        name = measure.id.casefold().replace("-", "_")
        ended = ", retired by PQA in June 2024" if measure.id == "OMP" else ", superseded" if measure.superseded else ""
        tests["measures", f"{measure.id}: {measure.title}{ended}"] = [
            lambda row: True,
            partial(is_of, f"{name}_in_denominator", True, f"{name}_excluded", False),
            partial(is_of, f"{name}_in_denominator", True, f"{name}_excluded", True),
            partial(is_of, f"{name}_in_denominator", False, f"{name}_in_denominator", False),
        ]
    return {
        (*of, place): frozenset(number for number, row in enumerate(rows) if test(row) is True)
        for of, each in tests.items()
        for place, test in enumerate(each)
    }


def is_of(column: str, value: bool, other: str, and_value: bool, row: Row) -> bool:
    return bool(row["fills"]) and row[column] is value and row[other] is and_value


@pytest.fixture(scope="module")
def few_apart(tmp_path_factory):
    """Forty patients whom measures of opioids look at, five with one short fill, thirty without an opioid."""
    folder = tmp_path_factory.mktemp("apart")
    lines = ["patient_key,filled_date,drug_name,quantity,days_supply,age"]
    for number in range(40):
        lines += [f"P{number},2026-{month:02}-01,oxycodone 10 mg tablet,120,30,50" for month in (1, 2, 3)]
    lines += [f"Q{number},2026-02-03,oxycodone 10 mg tablet,20,5,50" for number in range(5)]
    lines += [f"R{number},2026-02-03,ibuprofen 600 mg tablet,90,30,50" for number in range(30)]
    (folder / "fills.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(PopulationRun(inputs=(str(folder / "fills.csv"),), output=folder / "out", days=True))
    return folder / "out"


def test_no_two_printed_groups_differ_by_few_patients_where_one_holds_the_other(few_apart, tmp_path):
    """All patients with an opioid but five are in a measure: the five are told by the difference."""
    groups = printed_groups(rows_of(few_apart))
    shown, whole = tables(few_apart, tmp_path / "work", None, suppress=11), tables(few_apart, tmp_path / "work", None)
    assert all(len(of) == whole[table][row][place] for (table, row, place), of in groups.items())
    printed = {cell: of for cell, of in groups.items() if shown[cell[0]][cell[1]][cell[2]] >= 11}
    few = [(a, b) for a, b in permutations(printed, 2) if 0 < len(printed[a] - printed[b]) < 11]
    assert not [(a, b) for a, b in few if printed[b] < printed[a]]
    every = [(a, b) for a, b in permutations(groups, 2) if groups[b] < groups[a] and len(groups[b]) >= 11]
    assert [1 for a, b in every if len(groups[a] - groups[b]) < 11]  # there is something to hide
    months = {name: counts[1:] for name, counts in whole["months"].items()}
    assert [name for name in months if shown["months"][name] != whole["months"][name]]
    assert shown["rows"] == whole["rows"]


@pytest.mark.parametrize("by", ["patient_key", "table_id", "maximum_day", "peak_first_day", 'age"; DROP', "fills_met"])
def test_keys_days_and_amounts_are_no_groups(answer, tmp_path, by):
    with pytest.raises(UnreadableInput, match="give age_band"):
        tables(answer, tmp_path / "work", by)


def test_the_summary_of_the_run_says_the_same(answer, tmp_path):
    (told,) = json.loads((answer / "summary.json").read_text("utf-8"))["tables"]
    found = tables(answer, tmp_path / "work", None)
    assert found["rows"]["rows"] == tuple(told["rows"][each] for each in ("read", "used", "excluded", "failed"))
    assert found["complete"]["patients"][::2][:2] == (told["patients"], told["patients_incomplete"])
    filled = [row["filled"] for row in rows_of(answer, "rows.parquet") if row["outcome"] == "used"]
    assert (told["filled_from"], told["filled_to"]) == (min(filled).isoformat(), max(filled).isoformat())


def test_a_report_begins_with_its_months_and_its_day_and_no_day_of_filling(answer, tmp_path):
    """A day of filling could be one patient's."""
    told = json.loads((answer / "summary.json").read_text("utf-8"))
    first, last = (told["tables"][0][name] for name in ("filled_from", "filled_to"))
    (tmp_path / "work").mkdir()
    found = reported(answer, table=None, suppress=11, by=None, work=tmp_path / "work")
    for style in POPULATION.names:
        text = "".join(map(str, POPULATION.write(style, [found])))
        assert first not in text
        assert last not in text
        if style in ("html", "md"):
            assert f"from {first[:7]} to {last[:7]} (year and month). Run on {told['ran']}." in text
            assert f"{found.hidden:,} counts are hidden: those from 1 to 10" in text
    shown = reported(answer, table=None, suppress=2, by=None, work=tmp_path / "work")
    assert any("No count was small enough to hide" in line for line in head_lines(evolve(shown, hidden=0)))
    assert any("No fill was used" in line for line in head_lines(evolve(shown, months=None)))
