"""Random and mutated bodies: every one is answered, none with a defect, none reaches beyond this machine."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from medsteward.schemas import schema_text
from medsteward.service.settings import Settings
from tests.counts import PROFILE, scaled
from tests.hostile import LINES
from tests.server import Service, Start

SANDBOX = json.loads((Path(__file__).parents[1] / "data" / "cds_sandbox.json").read_text())
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PATHS = ("mme", "check", "remind", "review", "score", "taper", "trial", "fills", "offers")
PLAN_PATHS = ("plan/show", "plan/check", "plan/revise", "plan/decide")
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "\u202e",
    "2027-13-45",
    [],
    {},
    [[]],
    {"resourceType": "Bundle"},
)

SEEDS: tuple[Any, ...] = (
    {
        "patient": {"age": 58, "conditions": ["sleep apnea"], "indication": "chronic pain", "egfr": 44},
        "as_of": "2027-01-04",
        "medications": [{"sig": "oxycodone IR 5 mg tablet, 1 tablet 3 times daily", "start": "2026-01-01"}],
    },
    {
        "case": {"medications": [{"drug": "diazepam"}, {"rxcui": "1049621"}]},
        "options": {"table": ["cdc_2022"], "age": 70},
    },
    {"case": {"medications": [{"sig": "morphine ER 30 mg tablet, q12h"}]}, "options": {"start": "2027-01-04"}},
    {"scale": "peg", "items": {"pain": 7, "enjoyment": 6, "general_activity": 8}},
    {"options": {"drug": "duloxetine", "for_pain": "neuropathic", "start": "2026-12-07", "baseline": ["PEG=7"]}},
    {
        "fills": [
            {"patient_id": "a", "fill_date": "2026-01-01", "drug": "oxycodone 5 mg", "quantity": 30, "days_supply": 10}
        ]
    },
    {"case": {"medications": []}, "options": {"pain": "neuropathic"}},
    json.loads((EXAMPLES / "fhir-bundle.json").read_text()),
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder and key inside a document."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        keys = list(each) if isinstance(each, dict) else range(len(each)) if isinstance(each, list) else ()
        for key in keys:
            yield each, key
            waiting.append(each[key])


def mutated(draw: random.Random, seed: Any) -> bytes:
    """A document with a few parts changed, and at times broken as text."""
    value = json.loads(json.dumps(seed))
    for _ in range(draw.choice((0, 1, 1, 2, 3))):
        found = list(places(value))
        if not found:
            break
        holder, key = draw.choice(found)
        change = draw.random()
        if change < 0.5:
            hostile = draw.choice(LINES)[:2000].encode("utf-8", "replace").decode()
            holder[key] = deepcopy(draw.choice((*VALUES, hostile)))
        elif change < 0.7:
            del holder[key]
        elif change < 0.85 and isinstance(holder, list):
            holder += [holder[key]] * draw.choice((1, 5))
        else:
            holder[key] = {str(draw.choice(VALUES)): holder[key]}
    data = json.dumps(value).encode()
    if draw.random() < 0.15:
        cut = draw.randrange(len(data) + 1)
        data = (
            data[:cut] + bytes(draw.randrange(256) for _ in range(draw.randrange(4))) + data[cut + draw.randrange(3) :]
        )
    return data


@pytest.fixture(scope="module")
def plan(service: Service) -> Any:
    options = {"start": "2027-01-04", "requested_by": "patient", "when_stuck": "smallest-step"}
    return service.ask("/api/taper", {"case": SEEDS[0], "options": options}).json


BODIES = 100_000 if PROFILE == "slow" else scaled(2_000)


def test_every_body_is_answered_and_none_with_a_defect(service: Service):
    draw = random.Random(23)
    for _ in range(BODIES):
        path = draw.choice(PATHS)
        body = mutated(draw, draw.choice(SEEDS)) if draw.random() < 0.95 else draw.randbytes(draw.randrange(200))
        reply = service.send("POST", f"/api/{path}", body)
        assert reply.status in (200, 400, 413), (path, body, reply)
        json.loads(reply.body)


def test_every_plan_is_answered_and_none_with_a_defect(service: Service, plan: Any):
    draw = random.Random(29)
    wishes: tuple[dict[str, Any], ...] = (
        {"pause": "2027-03-15..2027-04-04"},
        {"slow_to": "5%/8w"},
        {"undo": True},
        {"as_of": "2027-03-01"},
        {},
    )
    for _ in range(scaled(24)):
        path = draw.choice(PLAN_PATHS)
        body = mutated(draw, {"plan": plan, "options": draw.choice(wishes)})
        reply = service.send("POST", f"/api/{path}", body)
        assert reply.status in (200, 400, 413), (path, body[:2000], reply)


def test_every_call_of_a_hook_is_answered_and_none_with_a_defect(start: Start):
    there = start(Settings(patient_view=True, cards=2))
    schema = json.loads(schema_text("cds_cards"))
    draw = random.Random(37)
    for _ in range(scaled(200)):
        each = draw.choice(SANDBOX["calls"])
        body = mutated(draw, each["body"])
        reply = there.send("POST", f"/cds-services/{each['service']}", body)
        assert reply.status in (200, 400, 412, 413), (body, reply)
        if reply.status == 200:
            jsonschema.validate(reply.json, schema)
    for _ in range(scaled(60)):
        body = mutated(draw, draw.choice(SANDBOX["feedback"]))
        reply = there.send("POST", "/cds-services/medsteward-order-sign/feedback", body)
        assert reply.status in (200, 400), (body, reply)


def test_nothing_reaches_beyond_this_machine(service: Service, monkeypatch: pytest.MonkeyPatch):
    called: list[object] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        if address != ("127.0.0.1", service.port):
            called.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **more: called.append(words))
    draw = random.Random(31)
    for seed in SEEDS:
        for path in PATHS:
            with socket.socket() as client:
                client.connect(("127.0.0.1", service.port))
                body = mutated(draw, seed)
                head = f"POST /api/{path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                client.sendall(f"{head}content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body)
                while client.recv(65536):
                    pass
    assert called == []
