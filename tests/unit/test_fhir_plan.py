"""A plan as FHIR: valid for two validators, read back exactly, and the same doses on every day."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

import medsteward
from medsteward.advice.case.mme import mme_per_day
from medsteward.mme.result import NoTotal
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.readers.plan.document import read_plan
from medsteward.readers.shared.json_text import json_of
from medsteward.schedules.plan import WhenStuck
from medsteward.writers.plan.fhir import document
from medsteward.writers.shared.json_text import pretty
from tests.build import tapered

HERE = Path(__file__).resolve().parents[1] / "node"
NODE = shutil.which("node")
INSTALLED = (HERE / "node_modules" / "fhir").is_dir()
CDC = medsteward.factor_table("cdc_2022")
report = partial(tapered, as_of=date(2026, 12, 20), when_stuck=WhenStuck.SMALLEST_STEP)
REGIMENS = {
    "two drugs": (
        "morphine ER 60 mg tablet, 1 tablet every 12 hours",
        "oxycodone IR 10 mg tablet, 1 tablet four times daily",
    ),
    "patch": ("fentanyl patch 100 mcg/h every 72 hours",),
    "liquid": ("oxycodone 1 mg/mL solution, 5 mL every 4 hours",),
    "one tablet": ("oxycodone IR 5 mg tablet tid",),
}


def mme_of(case):
    return mme_per_day(case, table=CDC).total


@pytest.fixture(scope="module", params=list(REGIMENS))
def planned(request):
    return report(*REGIMENS[request.param])


def test_fhir_resources_takes_every_resource(planned):
    bundle = pytest.importorskip("fhir.resources.R4B.bundle")
    bundle.Bundle.model_validate(json.loads(pretty(document(planned))))


@pytest.mark.skipif(not (NODE and INSTALLED), reason='needs Node.js and "npm ci" in tests/node')
def test_npm_fhir_takes_it(planned, tmp_path):
    script = (
        "import { Fhir } from 'fhir'; import { readFileSync } from 'node:fs';"
        "const r = new Fhir().validate(JSON.parse(readFileSync(0, 'utf8')), { errorOnUnexpected: true });"
        "console.log(JSON.stringify(r.messages.filter((m) => ['error', 'fatal'].includes(m.severity))));"
    )
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-e", script],
        cwd=HERE,
        input=pretty(document(planned)).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_the_plan_comes_back_exactly(planned):
    saved, problems = read_plan(pretty(document(planned)).encode(), "plan.fhir.json")
    assert problems == ()
    assert saved
    assert saved.plan.request == planned.plan.request
    assert saved.plan.base == planned.plan.base


def test_each_day_is_the_day_of_the_plan(planned):
    """Signed and made orders, the requests say what the plan says, by our own reader of FHIR."""
    found = json_of(pretty(document(planned)), "plan")
    orders = [
        {"resource": {**entry["resource"], "status": "active", "intent": "order"}}
        for entry in found["entry"]
        if entry["resource"]["resourceType"] == "MedicationRequest"
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": orders}
    for step in planned.plan.steps:
        if not any(day.amount.value for day in step.daily):
            continue
        for day in (step.first_day, step.last_day):
            (case,) = ResourceReader().read(bundle, as_of=day)
            assert str(mme_of(case).maximum) == str(step.mme), (step.number, day)
    (after,) = ResourceReader().read(bundle, as_of=planned.plan.last_day + timedelta(days=400))
    # orders that are still called active after their last day are a question, not a stop
    assert isinstance(mme_of(after), NoTotal)
    assert {problem.code for problem in mme_per_day(after, table=CDC).problems} >= {"FHIR-007"}


def test_nothing_is_an_order(planned):
    kinds = {(e["resource"]["resourceType"], e["resource"].get("status")) for e in document(planned)["entry"]}
    assert kinds - {("OperationOutcome", None)} == {
        ("CarePlan", "draft"),
        ("MedicationRequest", "draft"),
        ("DocumentReference", "current"),
    }
