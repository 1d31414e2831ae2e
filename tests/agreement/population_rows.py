"""Made-up dispensing records that reach everything a population run can meet, and what ``fills`` says of them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from medsteward.fills.by_day import Mode
from medsteward.fills.definitions import Exposure
from medsteward.fills.measure import QualityMeasure
from medsteward.fills.report import FillsReport, Tally, is_missing, report
from medsteward.fills.supply import SEDATIVES
from medsteward.model.fill import ExclusionKind
from medsteward.population.columns import (
    clause_column,
    definition_columns,
    exclusion_column,
    mark_column,
    measure_columns,
    overlap_columns,
    rate_column,
)
from medsteward.readers.fills.records import open_records
from medsteward.tables.table import FactorTable

HEADER = (
    "patient_key",
    "filled_date",
    "sold_date",
    "drug_name",
    "strength",
    "form",
    "ndc",
    "quantity",
    "quantity_unit",
    "days_supply",
    "prescriber_key",
    "pharmacy_key",
    "treatment_type",
    "hospice",
    "cancer",
    "birth_date",
    "age",
    "animal_name",
    "reported_mme",
    "rx_number",
)

# drug, strength, form, quantities, days' supplies, unit
PRODUCTS: tuple[tuple[str, str, str, tuple[str, ...], tuple[int, ...], str], ...] = (
    ("OXYCODONE HCL 10 MG TABLET", "", "", ("10", "60", "120", "360"), (5, 15, 30), ""),
    ("oxycodone", "5 mg", "tablet", ("7", "20", "90"), (3, 7, 28, 30), "EA"),
    ("OXYCODONE HCL ER 20 MG TABLET", "", "", ("60", "90"), (30,), ""),
    ("Percocet 10-325 mg tablet", "", "", ("30", "120"), (10, 30), ""),
    ("hydrocodone/acetaminophen", "5-325 mg", "tablet", ("20", "60", "180"), (5, 30), ""),
    ("MORPHINE SULFATE ER 60 MG TABLET", "", "", ("60", "90"), (30, 45), ""),
    ("morphine", "10 mg/5 mL", "solution", ("150", "300"), (10, 30), "ML"),
    ("METHADONE HCL 10 MG TABLET", "", "", ("20", "30", "60", "90", "100"), (7, 9, 15, 30), ""),
    ("methadone 5 mg tablet", "", "", ("20", "40", "70"), (3, 7, 30), ""),
    ("FENTANYL 25 MCG/HR PATCH", "", "", ("5", "10", "15", "7"), (15, 30), ""),
    ("fentanyl 75 mcg/h patch", "", "", ("10", "15"), (30,), ""),
    ("tramadol 50 mg tablet", "", "", ("20", "60"), (5, 30), ""),
    ("TAPENTADOL 100 MG TABLET", "", "", ("60",), (30,), ""),
    ("codeine 30 mg tablet", "", "", ("30",), (10,), ""),
    ("promethazine with codeine 6.25-10 mg/5 mL syrup", "", "", ("120",), (6,), "ML"),
    ("buprenorphine 10 mcg/h patch", "", "", ("4",), (28,), ""),
    ("buprenorphine 8 mg sublingual tablet", "", "", ("30", "60"), (30,), ""),
    ("buprenorphine/naloxone 8-2 mg sublingual film", "", "", ("30",), (30,), ""),
    ("Suboxone 8-2 mg film", "", "", ("60",), (30,), ""),
    ("buprenorphine 300 mcg buccal film", "", "", ("60",), (30,), ""),
    ("butorphanol 10 mg/mL nasal spray", "", "", ("1", "2.5", "3"), (10, 30), ""),
    ("alprazolam 0.5 mg tablet", "", "", ("30", "60"), (15, 30), ""),
    ("DIAZEPAM 5 MG TABLET", "", "", ("30",), (30,), ""),
    ("zolpidem 10 mg tablet", "", "", ("30",), (30,), ""),
    ("gabapentin 300 mg capsule", "", "", ("90",), (30,), ""),
    ("pregabalin 75 mg capsule", "", "", ("60",), (30,), ""),
    ("lisinopril 10 mg tablet", "", "", ("90",), (90,), ""),
    ("APAP/HYDROCO 5-325", "", "", ("30",), (10,), ""),
    ("OXYCODONE ZZYZX 10 MG TABLET", "", "", ("30",), (10,), ""),
    ("oxycodone 5 mg/5 mL solution", "", "", ("3", "150"), (10,), ""),
    ("oxycodone", "", "tablet", ("30",), (10,), ""),
    ("morphine 10 mg/mL injection", "", "", ("10",), (5,), ""),
    ("hydromorphone 4 mg tablet", "", "", ("-30", "1,5", "60"), (30,), ""),
    ("oxymorphone ER 10 mg tablet", "", "", ("60",), (0, 400, 30), ""),
    ("meperidine 50 mg tablet", "", "", ("12",), (3,), "gallons"),
)
FIRST = date(2023, 10, 5)


def made(seed: int, patients: int, most: int = 14) -> Iterable[dict[str, str]]:
    """Rows of so many patients, in no order."""
    rnd = random.Random(seed)
    rows = [row for number in range(patients) for row in _of_patient(rnd, number, most)]
    rnd.shuffle(rows)
    return rows


def _of_patient(rnd: random.Random, number: int, most: int) -> list[dict[str, str]]:
    key = f"p{number:06}" if number % 97 else f' o\'hara "{number}", é '
    favourite = rnd.sample(PRODUCTS, rnd.choice((1, 2, 3, 5)))
    birth = FIRST - timedelta(rnd.randrange(15 * 365, 90 * 365))
    start, end = rnd.choice(((0, 60), (0, 200), (80, 100), (0, 800)))
    hospice = rnd.random() < 0.05
    kind = rnd.randrange(8)
    rows = []
    for _ in range(rnd.randint(1, most)):
        drug, strength, form, quantities, days, unit = rnd.choice(favourite)
        filled = FIRST + timedelta(rnd.randint(start, end))
        row = dict.fromkeys(HEADER, "")
        row.update(
            patient_key=key,
            filled_date=filled.isoformat(),
            drug_name=drug,
            strength=strength,
            form=form,
            quantity=rnd.choice(quantities),
            days_supply=str(rnd.choice(days)),
            quantity_unit=unit,
            prescriber_key=rnd.choice(("", "a", "b", "c", "d", "e")) if kind else rnd.choice("abcdef"),
            pharmacy_key=rnd.choice(("", "x", "y", "z", " x ", "w")) if kind else rnd.choice("uvwxyz"),
            hospice="y" if hospice and rnd.random() < 0.5 else "",
            birth_date=birth.isoformat() if kind < 6 else "",
            age=str(rnd.randint(15, 20)) if kind == 6 else "",
            rx_number=str(rnd.randrange(9)),
        )
        _spoil(rnd, row)
        rows.append(row)
    return rows


def _spoil(rnd: random.Random, row: dict[str, str]) -> None:
    """Now and then a row that fails, is excluded, or states something odd."""
    spoilt: dict[int, dict[str, str]] = {
        0: {"filled_date": ""},
        1: {"filled_date": "", "sold_date": row["filled_date"]},
        2: {"filled_date": "someday"},
        3: {"days_supply": "x"},
        4: {"quantity": ""},
        5: {"animal_name": "Rex"},
        6: {"treatment_type": "opioid use disorder"},
        7: {"treatment_type": "cancer pain"},
        8: {"cancer": "yes"},
        9: {"patient_key": ""},
        10: {"birth_date": "1950-02-30"},
        11: {"birth_date": "1960-02-29"},
        12: {"age": "17"},
        13: {"reported_mme": "60.00 MME"},
        14: {"ndc": "00406-0512-01"},
        15: {"treatment_type": "palliative care", "hospice": "maybe"},
        16: {"filled_date": "2024-02-29"},
        17: {"filled_date": "2023-12-31"},
        18: {"patient_key": "", "animal_name": "Rex"},
        19: {"patient_key": "", "drug_name": "nothing known"},
        20: {"filled_date": "nodate", "treatment_type": "opioid use disorder"},
        21: {"sold_date": "neither"},
    }
    row.update(spoilt.get(rnd.randrange(160), {}))


def as_csv(rows: Iterable[Mapping[str, str]], header: Sequence[str] = HEADER) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# --- what fills says of them ------------------------------------------------------------------------------------


Days = dict[str, list[tuple[date, date, int]]]
AS_OF = date(2026, 11, 30)


def reports_of(
    path: Path, table: FactorTable, mode: Mode, window: int, measures: Sequence[QualityMeasure]
) -> Iterator[FillsReport]:
    """What ``fills`` says of every patient of a file."""
    with ExitStack() as desk:
        for history in open_records(str(path), None, desk).histories(lambda _: None):
            yield report(history, table=table, as_of=AS_OF, mode=mode, window=window, measures=measures)


def expected(
    path: Path, table: FactorTable, mode: Mode, window: int, measures: Sequence[QualityMeasure]
) -> tuple[dict[str, dict[str, object]], Tally, Days]:
    """Every patient's columns, the tally and the days, from the reports of ``fills``."""
    columns: dict[str, dict[str, object]] = {}
    days: Days = {}
    tally = Tally(table, AS_OF, mode, window, tuple(measures))
    for found in reports_of(path, table, mode, window, measures):
        tally.add(found)
        if found.is_shown:
            columns[found.patient] = row_of(found)
        if found.is_shown and found.exposure.segments:
            days[found.patient] = [
                (date.fromordinal(each.first), date.fromordinal(each.last), each.mme)
                for each in found.exposure.segments
            ]
    return columns, tally, days


def row_of(found: FillsReport) -> dict[str, object]:
    """One patient's report as the columns of ``patients.parquet``."""
    opioids = [each for each in found.placed if each.supply.is_opioid]
    row: dict[str, object] = {
        "fills": len(found.placed),
        "opioid_fills": len(opioids),
        "excluded_rows": len(found.history.excluded),
        "failed_rows": len(found.failed),
        "fills_without_factor": sum(is_missing(each.supply) for each in opioids),
        "complete": found.is_complete,
        "every_fill_at_once": found.every_fill_at_once,
        "early_refills": len(found.early),
        "early_refill_days": sum(each.days for each in found.early),
        "early_refill_days_with_stock": sum(each.days_with_stock for each in found.early),
        "prescribers": found.prescribers,
        "pharmacies": found.pharmacies,
    }
    row |= _definitions(found.exposure, "")
    if found.without_buprenorphine is not None:
        row |= _definitions(found.without_buprenorphine, "_without_buprenorphine")
    else:
        row |= dict.fromkeys(_definitions(found.exposure, "_without_buprenorphine"))
    peak, span = found.exposure.peak, found.exposure.window
    row["peak"] = peak.mme if peak else None
    row["peak_first_day"] = date.fromordinal(peak.first) if peak else None
    row["peak_days"] = found.exposure.peak_days
    row["window_first_day"] = date.fromordinal(span[0]) if span else None
    row |= {mark_column(mark): days for mark, days in found.days_at_or_above}
    overlaps = {each.kind: each for each in found.overlaps}
    for kind in SEDATIVES:
        days, first, last = overlap_columns(kind)
        each = overlaps.get(kind)
        row[days] = each.days if each else 0
        row[first] = date.fromordinal(each.spans[0][0]) if each else None
        row[last] = date.fromordinal(each.spans[-1][1]) if each else None
    stated = {kind for kind, _ in found.exclusions}
    row |= {exclusion_column(kind): kind in stated for kind in ExclusionKind}
    row |= _measures(found)
    return row


def _definitions(exposure: Exposure, suffix: str) -> dict[str, object]:
    row: dict[str, object] = {}
    for each in exposure.values:
        value, numerator, denominator = definition_columns(each.definition, suffix)
        row |= {value: each.millionths, numerator: each.mme, denominator: each.days}
    return row


def _measures(found: FillsReport) -> dict[str, object]:
    row: dict[str, object] = {}
    for each in found.measures:
        inside, out = measure_columns(each.measure)
        row |= {inside: each.in_denominator, out: bool(each.excluded_by)}
        said = [*each.unmet, *(answer for rate in each.rates for answer in rate.answers)]
        row |= {rate_column(each.measure, rate): rate.met for rate in each.rates}
        for clause, (_, number) in said:
            if clause_column(clause).startswith("figure_"):
                row[clause_column(clause)] = number
    return row


def without_a_figure(name: str) -> bool:
    """Figures that a run has no column for: what is asked of those alone whom it decides."""
    return name.startswith(("figure_different_keys_of_both", "figure_days_without_an_opioid"))
