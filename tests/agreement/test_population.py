"""A population run says of every patient what ``fills`` says, to the last integer."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.fills.by_day import Mode
from medsteward.fills.measure_clause import FillsClause
from medsteward.fills.measure_clauses import CoveredSoon
from medsteward.fills.measures import MEASURES
from medsteward.model.fill import ExclusionKind, WhyExcluded
from medsteward.population import run
from medsteward.population.options import PopulationRun
from medsteward.readers.fills.records import MOST_ROWS
from medsteward.tables.load import factor_table
from tests.agreement.population_rows import (
    HEADER,
    PRODUCTS,
    as_csv,
    expected,
    made,
    reports_of,
    without_a_figure,
)
from tests.counts import PROFILE, examples, scaled

TABLES = ("cdc_2022", "cdc_2016_clinical", "nih_heal_2025", "cms_2018")
PATIENTS = scaled(640) * (2 if PROFILE == "slow" else 1)
"""Of each table and mode: 5,000 in all in a quick run, 200,000 in a slow one."""


def rows_of(folder: Path, file: str = "patients.parquet") -> list[dict[str, Any]]:
    with duckdb.connect() as database:
        found = database.execute(f"SELECT * FROM read_parquet('{folder / file}')")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def compare(path: Path, folder: Path, table_id: str, mode: Mode, window: int, **more: Any) -> None:
    """Run both, and hold every column of every patient, every day and every count against the other."""
    table = factor_table(table_id)
    summary = run(
        PopulationRun(
            inputs=(str(path),),
            output=folder,
            tables=(table,),
            mode=mode,
            window=window,
            measures=MEASURES,
            days=True,
            **more,
        )
    )
    columns, tally, days = expected(path, table, mode, window, MEASURES)
    found = {row.pop("patient_key"): row for row in rows_of(folder)}
    assert found.keys() == columns.keys()
    for key, wanted in columns.items():
        row = found[key]
        for name, value in wanted.items():
            if without_a_figure(name):
                continue
            assert row[name] == value, f"{key} {name}: {row[name]!r}, fills says {value!r}"
            assert type(row[name]) is type(value)
    segments: dict[str, list[tuple[Any, Any, int]]] = {}
    for each in rows_of(folder, "days.parquet"):
        segments.setdefault(each["patient_key"], []).append((each["first_day"], each["last_day"], each["mme"]))
    assert segments == days
    (told,) = summary.tables
    assert summary.read == tally.read
    assert (told.used, told.excluded, told.failed) == (tally.used, tally.excluded, tally.failed)
    assert told.patients == tally.patients
    for counted in told.measures:
        assert dict(counted.counts) == {name: n for name, n in tally.counts[counted.measure.id].items() if n}


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_that_of_fills(tmp_path, table, mode):
    path = tmp_path / "fills.csv"
    path.write_text(as_csv(made(TABLES.index(table), PATIENTS)), encoding="utf-8")
    compare(path, tmp_path / "out", table, mode, {"cdc_2022": 30, "cms_2018": 365}.get(table, 90))


row = st.fixed_dictionaries(
    {
        "drug": st.sampled_from(PRODUCTS),
        "day": st.integers(0, 500),
        "pick": st.integers(0, 20),
        "patient": st.sampled_from("abcdefgh"),
        "prescriber": st.sampled_from(["", "1", "2", "3", "4"]),
        "pharmacy": st.sampled_from(["", "1", "2", "3", "4"]),
        "spoilt": st.sampled_from([None, "animal_name", "treatment_type", "filled_date", "quantity", "patient_key"]),
    }
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return tmp_path_factory.mktemp("population")


@given(
    st.lists(row, min_size=1, max_size=60),
    st.sampled_from(Mode),
    st.sampled_from(TABLES),
    st.integers(1, 400),
    st.integers(1, 3),
)
@examples(12)
def test_rows_drawn_at_random_come_to_the_same(desk, rows, mode, table, window, buckets):
    path = desk / "fills.csv"
    path.write_text(as_csv([_drawn(each) for each in rows]), encoding="utf-8")
    compare(path, desk / "out", table, mode, window, buckets=buckets)


def _drawn(said: dict[str, Any]) -> dict[str, str]:
    drug, strength, form, quantities, days, unit = said["drug"]
    found = dict.fromkeys(HEADER, "")
    found.update(
        patient_key=said["patient"],
        filled_date=(date(2023, 12, 1) + timedelta(said["day"])).isoformat(),
        drug_name=drug,
        strength=strength,
        form=form,
        quantity=quantities[said["pick"] % len(quantities)],
        days_supply=str(days[said["pick"] % len(days)]),
        quantity_unit=unit,
        prescriber_key=said["prescriber"],
        pharmacy_key=said["pharmacy"],
        age=str(15 + said["pick"]),
    )
    if said["spoilt"] and said["pick"] % 4 == 0:
        found[said["spoilt"]] = {"treatment_type": "opioid use disorder", "animal_name": "Rex"}.get(said["spoilt"], "")
    return found


def test_the_records_reach_every_clause_every_reason_and_every_kind_of_care(tmp_path):
    """Otherwise agreement would say nothing of what is never met."""
    said: defaultdict[FillsClause, set[bool | None]] = defaultdict(set)
    rates: defaultdict[str, set[bool | None]] = defaultdict(set)
    failed, excluded, care = set(), set(), set()
    statuses: set[object] = set()
    kinds: set[object] = set()
    for number, table in enumerate(TABLES):
        path = tmp_path / f"{table}.csv"
        path.write_text(as_csv(made(number, PATIENTS)), encoding="utf-8")
        for found in reports_of(path, factor_table(table), Mode.SUMMED, 90, MEASURES):
            for each in found.measures:
                for clause, answer in (*each.unmet, *(a for rate in each.rates for a in rate.answers)):
                    said[clause].add(answer[0])
                for rate in each.rates:
                    rates[f"{each.measure.id} {rate.name}"].add(rate.met)
            failed |= {each.problem.code for each in found.failed}
            excluded |= {each.why for each in found.history.excluded}
            care |= {kind for kind, _ in found.exclusions}
            statuses |= {each.supply.status for each in found.placed}
            kinds |= {kind for each in found.placed for kind in each.supply.kinds}
            kinds |= {"banded"} if any(each.supply.is_banded for each in found.placed) else set()
    for measure in MEASURES:
        for clause in measure.denominator:
            assert False in said[clause] or None in said[clause], clause
        for counted in measure.rates:
            assert rates[f"{measure.id} {counted.name}"] >= {True, False}
            for clause in counted.numerator:
                assert said[clause] >= ({True, False} if not isinstance(clause, CoveredSoon) else {True}), clause
    assert failed >= {"FILL-001", "FILL-002", "FILL-003", "FILL-005", "FILL-006", "FILL-007", "DRUG-005", "DIR-002"}
    assert excluded == set(WhyExcluded) - {WhyExcluded.ORDER}  # a layout tells, see below
    assert care >= set(ExclusionKind) - {ExclusionKind.SICKLE_CELL}
    assert len(statuses) == 4
    assert len(kinds) == 5


def test_one_patient_with_as_many_fills_as_are_allowed_and_one_with_more(tmp_path):
    rows = [dict(each) for each in made(3, 400, most=60)]
    rows += [dict(each) for each in rows]
    most = (rows * 5)[:MOST_ROWS]
    path = tmp_path / "fills.csv"
    path.write_text(
        as_csv(
            [
                *({**each, "patient_key": "many"} for each in most),
                *({**each, "patient_key": "too many"} for each in (*most, most[0])),
                *made(4, 5),
            ]
        ),
        encoding="utf-8",
    )
    compare(path, tmp_path / "out", "cms_2018", Mode.SHIFTED, 90)
    assert Counter(each["patient_key"] for each in rows_of(tmp_path / "out"))["too many"] == 0


OMOP = (
    "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_type_concept_id,quantity,days_supply,"
    "drug_source_value,provider_id\n"
    "1,7,1,2024-01-05,32825,120,30,OXYCODONE HCL 10 MG TABLET,4\n"
    "2,7,1,2024-01-20,32838,120,30,OXYCODONE HCL 10 MG TABLET,4\n"
    "3,8,1,2024-01-20,1,120,30,OXYCODONE HCL 10 MG TABLET,\n"
    "4,9,1,2024-02-20,32838,120,30,OXYCODONE HCL 10 MG TABLET,\n"
)


def test_what_a_layout_asks_of_each_row_is_asked_here_too(tmp_path):
    """An order is no dispensing: it is left out by both."""
    path = tmp_path / "drug_exposure.csv"
    path.write_text(OMOP, encoding="utf-8")
    excluded = [
        each.why
        for each in next(iter(reports_of(path, factor_table("cdc_2022"), Mode.SUMMED, 90, ()))).history.excluded
    ]
    assert excluded == [WhyExcluded.ORDER]
    compare(path, tmp_path / "out", "cdc_2022", Mode.SUMMED, 90)
    told = run(PopulationRun(inputs=(str(path),), output=tmp_path / "out")).notices
    assert any("orders" in each for each in told)
