"""The programs of an integrator in ``examples/programs``: short, typed, and they do what they say."""

from __future__ import annotations

import importlib.util
import json
import threading
import urllib.error
import urllib.request
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from tests.counts import examples

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "programs"
DAY = date(2027, 1, 4)
CDC = medsteward.factor_table("cdc_2022")


def program(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"program_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_program_is_short():
    programs = sorted(FOLDER.glob("*.py"))
    assert len(programs) == 5
    assert all(len(path.read_text(encoding="utf-8").splitlines()) < 25 for path in programs)


def test_orders_in_a_web_app():
    found = program("orders_in_a_web_app").answer(["oxycodone 5 mg every 6 hours", "alprazolam 0.5 mg bid"], DAY, 71)
    assert (found["mme"]["total"]["maximum"], found["exit_code"]) == (30, 0)
    assert "DDI-001" in [each["rule"] for each in found["interrupting"]]
    json.dumps(found)


def test_rows_of_a_frame():
    nanoarrow = pytest.importorskip("nanoarrow")
    from medsteward import frames

    table = frames._arrow((("patient_key", "string"), ("sig", "string")), [("a", "oxycodone 5 mg every 6 hours")])
    (row,) = nanoarrow.ArrayStream(program("rows_of_a_frame").totals(table, DAY)).to_pylist()
    assert (row["id"], row["maximum"]) == ("a", 30.0)


def test_http_endpoint():
    server = ThreadingHTTPServer(("127.0.0.1", 0), program("http_endpoint").Endpoint)
    server.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    try:
        case = {"as_of": "2027-01-04", "medications": [{"sig": "oxycodone 5 mg every 6 hours"}]}
        with urllib.request.urlopen(url, json.dumps(case).encode()) as answer:
            document = json.load(answer)
        assert (document["schema"], document["mme"]["total"]["maximum"]) == ("medsteward.review/1", 30)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(url, b"[]")
        assert refused.value.code == 400
    finally:
        server.shutdown()
        server.server_close()


def test_taper_for_a_page():
    steps = program("taper_for_a_page").steps
    found = steps("oxycodone IR 5 mg tablet, 3 tablets 4 times daily", DAY, 58)
    assert found[0] == (DAY, "55 mg/d")
    assert all(isinstance(text, str) for text in steps("oxycodne", DAY, 58))


def test_order_against_a_list():
    said = program("order_against_a_list").before_signing(
        ["oxycodone IR 5 mg tablet, 1 tablet every 6 hours"], "oxycodone IR 10 mg tablet, 1 tablet every 6 hours", DAY
    )
    assert said[:3] == ["now: 30 MME/d", "with it, added: 90 MME/d", "with it, replacing: 60 MME/d"]


# --- threads and processes ----------------------------------------------------------------------------------------

LISTS = [
    ("oxycodone 5 mg every 6 hours", "alprazolam 0.5 mg bid"),
    ("morphine ER 15 mg bid", "levorphanol 2 mg tid"),
    ("methadone 10 mg tid", "gabapentin 300 mg tid", "sertraline 50 mg daily"),
    ("fentanyl patch 25 mcg/h every 3 days", "oxycodne 5 mg"),
] * 3


def reviewed(lines: tuple[str, ...]) -> Any:
    case = medsteward.case_of(*lines, as_of=DAY, patient={"age": 71})
    return medsteward.to_json(medsteward.review(case, table=medsteward.factor_table("cdc_2022")))


def test_threads_and_processes_agree():
    expected = [reviewed(lines) for lines in LISTS]
    medsteward.clear_caches()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(reviewed, LISTS)) == expected
    with ProcessPoolExecutor(2) as processes:
        assert list(processes.map(reviewed, LISTS[:4])) == expected[:4]


# --- laws --------------------------------------------------------------------------------------------------------

OPIOIDS = st.sampled_from(
    [
        "oxycodone IR 5 mg tablet, {} tablets every 6 hours",
        "morphine ER 15 mg tablet, {} tablets every 12 hours",
        "hydrocodone/acetaminophen 5/325 mg tablet, {} tablets every 8 hours as needed",
        "methadone 5 mg tablet, {} tablets every 8 hours",
    ]
)
OTHERS = st.sampled_from(
    [
        "gabapentin 300 mg tid",
        "sertraline 50 mg daily",
        "ibuprofen 400 mg tid",
        "alprazolam 0.5 mg bid",
        "senna 2 daily",
    ]
)


@given(lines=st.lists(st.tuples(OPIOIDS, st.integers(1, 3)), min_size=1, max_size=3), times=st.integers(2, 4))
@examples(60)
def test_an_order_in_renewals_never_raises_the_maximum_without_a_warning(lines, times):
    written = [line.format(number) for line, number in lines]
    before = medsteward.mme_per_day(medsteward.case_of(*written, as_of=DAY), table=CDC)
    after: Any = medsteward.mme_per_day(medsteward.case_of(*written, *written[:1] * times, as_of=DAY), table=CDC)
    assert after.total.maximum >= before.total.maximum  # type: ignore[union-attr]
    assert "MME-105" in [each.code for each in after.cautions]
    assert after.total.if_renewals <= before.total.maximum  # type: ignore[union-attr]


@given(lines=st.lists(st.tuples(OPIOIDS, st.integers(1, 3)), max_size=3), more=st.lists(OTHERS, min_size=1, max_size=3))
@examples(60)
def test_a_line_that_is_no_opioid_changes_no_figure(lines, more):
    written = [line.format(number) for line, number in lines]
    alone = medsteward.mme_per_day(medsteward.case_of(*written, as_of=DAY), table=CDC)
    together = medsteward.mme_per_day(medsteward.case_of(*more, *written, as_of=DAY), table=CDC)
    assert together.total == alone.total
