"""The examples of CDS Hooks are what the service answers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from medsteward.drugs.codes import ListedCodes
from medsteward.service.cds.feedback import Topics
from medsteward.service.cds.held import Look
from medsteward.service.cds.services import SERVICES, Hooks
from medsteward.service.head import Head
from medsteward.service.log import Audit
from medsteward.service.request import WebRequest
from medsteward.service.settings import Settings
from medsteward.tables.load import factor_table
from tests.service.test_cds_hooks import follows

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "cds"
LOOK = Look(factor_table("cdc_2022"), ListedCodes, lambda: date(2026, 11, 30))
HOOKS = Hooks(Settings(), LOOK, Audit(None), lambda line: None, Topics())


def request(path: str, body: bytes = b"") -> WebRequest:
    return WebRequest(Head("POST" if body else "GET", path, ()), body, {})


def test_the_example_of_discovery_is_what_is_answered():
    kept = json.loads((EXAMPLES / "discovery.json").read_text(encoding="utf-8"))
    follows(kept, "discovery")
    assert json.loads(HOOKS.discovery(request("/cds-services")).answer.body) == kept


def test_the_example_of_a_call_is_answered_as_it_stands():
    body = (EXAMPLES / "order-sign-request.json").read_bytes()
    kept = json.loads((EXAMPLES / "order-sign-answer.json").read_text(encoding="utf-8"))
    follows(json.loads(body), "request")
    follows(kept, "cards")
    (sign,) = (each for each in SERVICES if each.hook == "order-sign")
    assert json.loads(HOOKS.answer(sign, request("/", body)).answer.body) == kept
