"""Every reader of a file given nonsense: one clear message, an exit code of the contract, nothing written half."""

from __future__ import annotations

import copy
import csv
import gzip
import io
import json
import random
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from medsteward.schedules.saved import digest
from tests.program import Done, run
from tests.unit.releases import conso

NAME = "Zzpatientname"
"""A patient's key, and in places the name: it may stand in a result, and in no message."""


# --- what is valid -----------------------------------------------------------------------------------------------

ORDER = {
    "resourceType": "MedicationRequest",
    "status": "active",
    "intent": "order",
    "subject": {"reference": f"Patient/{NAME}"},
    "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
    "dosageInstruction": [{"text": "1 tablet every 6 hours"}],
}
PERSON = {"resourceType": "Patient", "id": NAME, "name": [{"family": NAME}]}
BUNDLE = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": PERSON}, {"resource": ORDER}]}
CASE = {
    "id": NAME,
    "as_of": "2027-01-04",
    "patient": {"age": 58},
    "medications": [{"sig": "oxycodone 5 mg tablet, 1 tablet every 6 hours", "prescriber": NAME}],
}
TOML = f'id = "{NAME}"\nas_of = 2027-01-04\n[[medications]]\nsig = "oxycodone 5 mg tablet, 1 tablet every 6 hours"\n'
FILLS = (
    "patient_key,drug_name,strength,form,quantity,days_supply,filled_date\n"
    f"{NAME},oxycodone,5 mg,tablet,60,15,2027-01-01\n"
)
RRF = conso("1049621", "SCD", "oxycodone hydrochloride 5 MG Oral Tablet")
NDCS = "NDC,Drug\n00406-0552-01,oxycodone 5 mg tablet\n"
_LOWER = "2027-02-01,2027-02-28,morphine,108,mg\n"
SCHEDULE = f"first_day,last_day,drug,amount,unit\n2027-01-01,2027-01-31,morphine,120,mg\n{_LOWER}"
PRODUCTS = (
    "ingredient,route,form,release,strength_value,strength_unit,per_unit,scored_or_splittable\n"
    "morphine,oral,tablet,IR,15,mg,tablet,yes\n"
)
SIG = "morphine IR 15 mg tablet, 1 tablet every 6 hours"


def workbook(_: Path) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["NDC", "Drug"], ["00406-0552-01", "oxycodone 5 mg tablet"]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def parquet(folder: Path) -> bytes:
    duckdb = pytest.importorskip("duckdb")
    (folder / "fills.csv").write_text(FILLS)
    made = folder / "fills.parquet"
    duckdb.sql(f"copy (select * from read_csv('{folder}/fills.csv', all_varchar=true)) to '{made}' (format parquet)")
    return made.read_bytes()


def saved_plan(folder: Path) -> bytes:
    made = folder / "plan.json"
    taper = ("--start", "2027-01-04", "--as-of", "2026-12-20", "--when-stuck", "smallest-step", "--split")
    run("taper", "oxycodone IR 5 mg tablet tid", *taper, "--save", made, "--output", folder / "plan.txt")
    return made.read_bytes()


def saved_trial(folder: Path) -> bytes:
    made = folder / "trial.json"
    asked = ("--goal", "walk 20 minutes", "--baseline", "PEG=7", "--age", "50", "--egfr", "90")
    run("trial", "duloxetine", *START, *DAY, *asked, "--save", made, "--output", folder / "trial.txt")
    return made.read_bytes()


def index(folder: Path) -> bytes:
    (folder / "RXNCONSO.RRF").write_text(RRF)
    run("codes", "load", folder / "RXNCONSO.RRF", "--codes", folder / "index")
    return (folder / "index").read_bytes()


def text(content: str) -> Callable[[Path], bytes]:
    return lambda _: content.encode()


START = ("--start", "2027-01-04")
DAY = ("--as-of", "2027-01-04")
READERS: dict[str, tuple[str, Callable[[Path], bytes], tuple[str, ...]]] = {
    # what is read: the name of the file, its valid content, the command with @ for the file
    "fhir": ("a.json", text(json.dumps(BUNDLE)), ("mme", "--input", "@", *DAY)),
    "fhir to fhir": ("a.json", text(json.dumps(BUNDLE)), ("review", "--input", "@", *DAY, "--format", "json")),
    "ndjson": ("a.ndjson", text(json.dumps(ORDER) + "\n"), ("mme", "--input", "@", *DAY)),
    "standard input": ("a", text(json.dumps(BUNDLE)), ("check", "--input", "-", *DAY)),
    "csv on standard input": ("a", text(FILLS), ("mme", "--input", "-", *DAY)),
    "case": ("a.json", text(json.dumps(CASE)), ("mme", "--input", "@")),
    "case for a taper": ("a.json", text(json.dumps(CASE)), ("taper", "--input", "@", *START)),
    "case before": ("a.json", text(json.dumps(CASE)), ("check", "oxycodone 5 mg tid", "--new-since", "@")),
    "toml": ("a.toml", text(TOML), ("remind", "--input", "@")),
    "lines of cases": ("a.jsonl", text(json.dumps(CASE) + "\n"), ("mme", "--input", "@")),
    "fills": ("a.csv", text(FILLS), ("fills", "--input", "@", "--failed", "FAILED")),
    "fills as cases": ("a.csv", text(FILLS), ("mme", "--input", "@", *DAY)),
    "parquet": ("a.parquet", parquet, ("fills", "--input", "@")),
    "rxnorm": ("RXNCONSO.RRF", text(RRF), ("codes", "load", "@", "--codes", "INDEX")),
    "ndc": ("a.csv", text(NDCS), ("codes", "load-ndc", "@", "--codes", "INDEX")),
    "ndc workbook": ("a.xlsx", workbook, ("codes", "load-ndc", "@", "--codes", "INDEX")),
    "index of codes": ("a.sqlite", index, ("codes", "show", "1049621", "--codes", "@")),
    "plan shown": ("a.json", saved_plan, ("plan", "show", "@", *DAY)),
    "plan checked": ("a.json", saved_plan, ("plan", "check", "@", *DAY)),
    "plan decided": ("a.json", saved_trial, ("plan", "decide", "@", "--measure", "PEG=5", *DAY)),
    "plan revised": (
        "a.json",
        saved_plan,
        ("plan", "revise", "@", "--pause", "2027-02-01..2027-02-14", "--why", "ill", "--save", "SAVED", *DAY),
    ),
    "schedule": ("a.csv", text(SCHEDULE), ("plan", "check", "@", "--policy", "humane", *DAY)),
    "products": ("a.csv", text(PRODUCTS), ("taper", SIG, *START, "--products", "@")),
}

_RANDOM = random.Random(7)


def deep(opened: bytes, inner: bytes, closed: bytes, depth: int = 5000) -> bytes:
    return opened * depth + inner + closed * depth


NONSENSE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "blank": lambda data: b"\n\n  \n",
    "cut to a third": lambda data: data[: len(data) // 3],
    "cut in half": lambda data: data[: len(data) // 2],
    "cut at the end": lambda data: data[:-2],
    "only NUL": lambda data: b"\0" * 200,
    "NUL inside": lambda data: data[: len(data) // 2] + b"\0" + data[len(data) // 2 :],
    "NUL in the key": lambda data: data.replace(NAME.encode(), NAME.encode() + b"\0"),
    "not UTF-8": lambda data: data[: len(data) // 2] + b"\xff\xfe\xc3" + data[len(data) // 2 :],
    "UTF-16": lambda data: data.decode("latin-1").encode("utf-16"),
    "UTF-32": lambda data: data.decode("latin-1").encode("utf-32"),
    "carriage returns": lambda data: data.replace(b"\n", b"\r") + b"\r",
    "random": lambda data: _RANDOM.randbytes(3000),
    "compressed": gzip.compress,
    "lists in lists": lambda data: deep(b"[", b"", b"]"),
    "lists without end": lambda data: b"[" * 5000,
    "objects in objects": lambda data: deep(b'{"a":', b"1", b"}"),
    "a deep Bundle": lambda data: b'{"resourceType":"Bundle","entry":' + deep(b"[", b"", b"]") + b"}",
    "Bundles in Bundles": lambda data: deep(b'{"resourceType":"Bundle","entry":[{"resource":', b"1", b"}]}", 900),
    "a deep case": lambda data: b'{"medications":' + deep(b"[", b"", b"]", 900) + b"}",
    "a deep patient": lambda data: b'{"patient":' + deep(b'{"a":', b"1", b"}", 900) + b"}",
    "deep TOML": lambda data: b"a = " + deep(b"[", b"", b"]"),
    "a deep table of TOML": lambda data: b"[" + b"a." * 5000 + b"a]\nb = 1\n",
    "keys given twice": lambda data: b'{"id": "a", "id": "b", "medications": []}',
    "a column given twice": lambda data: b"patient_key,patient_key,drug_name,NDC,NDC\n1,2,3,4,5\n",
    "a number": lambda data: b"5",
    "text": lambda data: b'"' + NAME.encode() + b'"',
    "null": lambda data: b"null",
    "a list of anything": lambda data: b'[5, null, "x", [], {}]',
    "wrong types": lambda data: b'{"id": [], "as_of": {}, "patient": [], "medications": {"a": 1}, "done": 5}',
    "wrong medications": lambda data: b'{"medications": [{"sig": 5}, {"sig": ["a"]}, {"drug": {}}, {"ndc": true}]}',
    "wrong resource": lambda data: b'{"resourceType": "Bundle", "entry": [5, {"resource": {"resourceType": []}}]}',
    "huge numbers": lambda data: (
        b'{"patient": {"age": 1e400, "egfr": 1e-400, "weight_kg": 1e999999999}, '
        b'"medications": [{"sig": "oxycodone 99999999999999999999 mg", "quantity": 1e309}]}'
    ),
    "a number without end": lambda data: b'{"id": ' + b"9" * 10_000 + b"}",
    "not a number": lambda data: b'{"patient": {"age": NaN}, "medications": []}',
    "quotes": lambda data: b'"' * 5000,
    "commas": lambda data: b"," * 200_000,
    "bars": lambda data: b"|" * 100_000,
    "a long line": lambda data: b"a" * 300_000,
    "a field without end": lambda data: b'patient_key,drug_name,quantity,days_supply\n"' + b"a" * 300_000,
    "an archive": lambda data: b"PK\x03\x04" + _RANDOM.randbytes(500),
    "a parquet file": lambda data: b"PAR1" + _RANDOM.randbytes(500) + b"PAR1",
    "a database": lambda data: b"SQLite format 3\0" + _RANDOM.randbytes(2000),
    "half of half": lambda data: data[len(data) // 4 : len(data) // 2],
}


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The valid content of each reader, made once."""
    kept: dict[str, bytes] = {}

    def content(reader: str) -> bytes:
        if reader not in kept:
            kept[reader] = READERS[reader][1](tmp_path_factory.mktemp("made"))
        return kept[reader]

    return content


def attempt(folder: Path, reader: str, data: bytes) -> tuple[Done, Path]:
    """Give a reader something, and hold what is true of every end."""
    name, _, command = READERS[reader]
    folder.mkdir()
    file = folder / name
    file.write_bytes(data)
    beside = {"@": file, "FAILED": folder / "failed.csv", "SAVED": folder / "saved.json", "INDEX": folder / "index"}
    output = folder / "out"
    done = run(*(beside.get(each, each) for each in command), "--output", output, stdin=data)
    assert done.code in (0, 2, 3, 4, 5), done.err
    assert "Traceback" not in done.err
    assert NAME not in done.err
    assert len(done.err) < 3000
    assert done.code == 0 or done.err.strip()
    left = {each.name for each in folder.iterdir()} - {name}
    assert left <= {"out", "failed.csv", "saved.json", "index"}
    if done.code == 2:
        assert left == set(), done.err
        assert len(done.err.strip().splitlines()) <= 3
    return done, output


@pytest.mark.parametrize("reader", READERS)
def test_nonsense_is_refused_in_words(reader: str, valid: Callable[[str], bytes], tmp_path: Path) -> None:
    data = valid(reader)
    done, output = attempt(tmp_path / "whole", reader, data)
    assert done.code in (0, 3, 4), done.err
    assert output.exists()
    for number, (what, spoilt) in enumerate(NONSENSE.items()):
        try:
            attempt(tmp_path / str(number), reader, spoilt(data))
        except AssertionError as error:
            raise AssertionError(f"{reader}, {what}: {error}") from None


@pytest.mark.parametrize("reader", [reader for reader, (_, _, command) in READERS.items() if "-" not in command])
def test_a_folder_or_nothing_in_place_of_a_file(reader: str, tmp_path: Path) -> None:
    name, _, command = READERS[reader]
    (tmp_path / name).mkdir()
    for file in (tmp_path / name, tmp_path / "none" / name):
        beside = {"@": file, "FAILED": tmp_path / "f", "SAVED": tmp_path / "s", "INDEX": tmp_path / "i"}
        done = run(*(beside.get(each, each) for each in command))
        assert done.code == 2
        assert 0 < len(done.err.strip().splitlines()) <= 3
        assert "Traceback" not in done.err
        assert {each.name for each in tmp_path.iterdir()} == {name}


# --- plan files whose digest fits ----------------------------------------------------------------------------------

NUMBERS: list[object] = [0, 1, 3, 3660, 10**12, Decimal("0.001"), "1/999999999", -1, Decimal("1E+60"), True, None]
MADE_UP_DAYS: list[object] = [
    "0001-01-01",
    "1900-01-01",
    "2027-02-01",
    "2200-12-31",
    "9999-12-31",
    "2027-02-30",
    5,
    None,
]
OTHERS: list[object] = [None, [], {}, 5, "", "x", "\x00", "a" * 5000, "2027-01-04", "patch", "mg/d", "taper"]


def spoilt(table: Any, draw: random.Random) -> Any:
    """A plan's document with one part of it changed, and the digest that fits."""
    found = copy.deepcopy(table)
    holder, key = found, draw.choice(["base", "base", "base", "events", "id", "as_of", "kind"])
    while isinstance(holder[key], (dict, list)) and holder[key] and draw.random() < 0.93:
        holder = holder[key]
        key = draw.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    old = holder[key]
    if isinstance(old, list):
        choices: list[Any] = [
            [],
            old[:1],
            [*old, *old],
            old[::-1],
            old[1:],
            None,
            5,
            old * 1000 if len(old) < 99 else [],
        ]
    elif isinstance(old, (int, Decimal)):
        choices = NUMBERS
    elif isinstance(old, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", old):
        choices = MADE_UP_DAYS
    else:
        choices = [*OTHERS, *NUMBERS]
    holder[key] = copy.deepcopy(draw.choice(choices))
    if isinstance(holder, dict) and draw.random() < 0.1:
        holder["surprise"] = 1
    return found | {"digest": digest(found)}


def plain(value: Any) -> Any:
    return float(value) if abs(value.adjusted()) < 300 else 0


@pytest.mark.parametrize("maker", [saved_plan, saved_trial])
@pytest.mark.parametrize("seed", range(3))
def test_a_plan_made_up_by_hand_is_data(maker: Callable[[Path], bytes], seed: int, tmp_path: Path) -> None:
    table = json.loads(maker(tmp_path), parse_float=Decimal)
    draw = random.Random(seed)
    commands = (("plan", "show", "@", *DAY), ("plan", "check", "@", *DAY), READERS["plan revised"][2])
    for number in range(25):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.json").write_text(json.dumps(spoilt(table, draw), default=plain))
        for command in commands:
            beside = {"@": folder / "a.json", "SAVED": folder / "saved.json"}
            done = run(*(beside.get(each, each) for each in command))
            assert done.code in (0, 2, 3, 4, 5), (number, command[1], done.err)
            assert len(done.err) < 3000
            assert done.code != 2 or not (folder / "saved.json").exists()


IMPOSSIBLE: list[tuple[tuple[str | int, ...], object]] = [
    (("base", "request", "courses", 0, "tracks", 0, "unit"), "mg/d"),
    (("base", "request", "courses", 0, "tracks", 0, "doses"), []),
    (("base", "request", "case", "lines", 0, "regimen", "product", "components"), []),
    (("base", "steps", 0, "number"), 2),
    (("base", "steps", 0, "course"), 7),
    (("base", "steps", 0, "last_day"), "2026-01-01"),
    (("base", "steps", 0, "first_day"), "9999-12-31"),
]


@pytest.mark.parametrize(("path", "value"), IMPOSSIBLE)
def test_what_a_plan_cannot_be_is_one_problem(path: tuple[str | int, ...], value: object, tmp_path: Path) -> None:
    table = json.loads(saved_plan(tmp_path), parse_float=Decimal)
    holder = table
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    table["digest"] = digest(table)
    (tmp_path / "a.json").write_text(json.dumps(table, default=plain))
    done = run("plan", "show", tmp_path / "a.json", *DAY)
    assert done.code == 3, done.err
    assert "PLAN-003" in done.err
    assert not done.out


def test_a_plan_of_a_drug_that_is_not_known_is_refused(tmp_path: Path) -> None:
    table = json.loads(saved_plan(tmp_path), parse_float=Decimal)
    table["base"]["request"]["courses"][0]["tracks"][0]["drug"] = "2027-08-15"
    table["digest"] = digest(table)
    (tmp_path / "a.json").write_text(json.dumps(table, default=plain))
    done = run("plan", "show", tmp_path / "a.json", *DAY)
    assert (done.code, len(done.err.splitlines())) == (2, 1), done.err


def test_a_trial_has_one_course_and_doses_of_something(tmp_path: Path) -> None:
    table = json.loads(saved_trial(tmp_path), parse_float=Decimal)
    twice, nothing = copy.deepcopy(table), copy.deepcopy(table)
    twice["base"]["request"]["courses"] *= 2
    nothing["base"]["steps"][0]["doses"][0]["amount"]["value"] = 0
    for found in (twice, nothing):
        found["digest"] = digest(found)
        (tmp_path / "a.json").write_text(json.dumps(found, default=plain))
        done = run("plan", "show", tmp_path / "a.json", *DAY)
        assert (done.code, "PLAN-003" in done.err) == (3, True), done.err


def test_a_plan_goes_through_fhir_and_back(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(saved_plan(tmp_path))
    file = tmp_path / "plan.fhir.json"
    run("plan", "show", tmp_path / "plan.json", *DAY, "--format", "fhir", "--output", file)
    for command in (("show",), ("check",)):
        there = run("plan", *command, file, *DAY)
        here = run("plan", *command, tmp_path / "plan.json", *DAY)
        assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    before = file.read_bytes()
    change = ("--pause", "2027-02-01..2027-02-14", "--why", "ill", *DAY)
    done = run("plan", "revise", file, *change)
    assert (done.code, file.read_bytes()) == (2, before)  # it is no plan file, and holds more than the plan
    assert "--save" in done.err
    kept = tmp_path / "changed.json"
    assert run("plan", "revise", file, *change, "--save", kept).code == 0
    run("plan", "revise", tmp_path / "plan.json", *change)
    assert kept.read_bytes() == (tmp_path / "plan.json").read_bytes()


@pytest.mark.parametrize("spoil", [5, [5], [{"attachment": 5}], "\xe9", "!", "bm90IGEgcGxhbg==", None])
def test_a_bundle_whose_plan_is_nonsense_is_refused(spoil: object, tmp_path: Path) -> None:
    content = [{"attachment": {"data": spoil}}] if isinstance(spoil, str) else spoil
    carrier = {"resourceType": "DocumentReference", "content": content}
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"resourceType": "Bundle", "entry": [5, {"resource": carrier}]}))
    done = run("plan", "show", file)
    assert (done.code, len(done.err.splitlines())) == (2, 1), done.err


# --- spreadsheets ------------------------------------------------------------------------------------------------

FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", " =1", "'\";=1", "x\n=1", "x,=1", "\uff1d1", "\u00a0=1"]
STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_any_csv_is_a_formula(formula: str, tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [
        {"sig": formula},
        {"sig": "oxycodone 5 mg tablet, 1 tablet every 6 hours", "prescriber": formula, "indication": formula},
        {"sig": f"{formula} oxycodone 5 mg tid"},
        {"drug": formula},
    ]
    (tmp_path / "case.json").write_text(json.dumps({"id": formula, "medications": lines}))
    patient = {"indication": "chronic pain", "age": 58}
    tapered = {"id": formula, "patient": patient, "medications": [{"sig": "oxycodone IR 5 mg tablet tid"}]}
    (tmp_path / "taper.json").write_text(json.dumps(tapered))
    head = FILLS.splitlines()[0] + ",prescriber_key,pharmacy_key"
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head.split(","))
    writer.writerow([formula, "oxycodone", "5 mg", "tablet", 60, 15, "2027-01-01", formula, formula])
    writer.writerow([formula, *[formula] * 3, 60, 15, "2027-01-01", formula, formula])
    writer.writerow(["p", "oxycodone", "5 mg", "tablet", *[formula] * 5])
    (tmp_path / "fills.csv").write_text(out.getvalue())
    failed = tmp_path / "failed.csv"
    texts = [
        run(*command, "--format", "csv").out.decode()
        for command in (
            ("mme", "--input", tmp_path / "case.json", *DAY),
            ("check", "--input", tmp_path / "case.json", *DAY, "--all"),
            ("taper", "--input", tmp_path / "taper.json", *START, "--reason", formula, "--split"),
            ("fills", "--input", tmp_path / "fills.csv", "--failed", failed),
        )
    ]
    texts.append(failed.read_text())
    assert all(texts)
    for text_ in texts:
        for row in csv.reader(io.StringIO(text_)):
            assert not [each for each in row if each.strip(" \u00a0").startswith(STARTS)]
