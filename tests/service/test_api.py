"""The answers of ``/api`` are those of the command line, byte for byte, with its exit code in a header."""

from __future__ import annotations

import json
import random
from itertools import takewhile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from benchmarks.documents import drawn, plans
from medsteward.schemas import schema_text
from tests import program
from tests.counts import scaled
from tests.server import Reply, Service

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
AS_OF = "2027-01-04"
CASE = {"medications": [{"sig": "oxycodone 10 mg, 1 tablet every 6 hours"}]}
ON_A_CASE = ("mme", "check", "remind", "review")


def said(*words: str, stdin: bytes = b"") -> program.Done:
    return program.run(*words, stdin=stdin)


def agrees(reply: Reply, done: program.Done) -> None:
    """The same bytes and exit code; without a document a problem with that code."""
    if done.out:
        assert reply.body == done.out
        assert (reply.status, reply.headers["medsteward-exit"]) == (200, str(done.code))
    else:
        assert (reply.status, reply.json["exit_code"]) == (400, done.code)


@pytest.mark.parametrize("command", ON_A_CASE)
def test_generated_cases_have_the_bytes_of_the_command_line(service: Service, command: str):
    draw = random.Random(23)
    for number in range(scaled(25)):
        body = json.dumps(drawn(draw, number)).encode()
        agrees(
            service.send("POST", f"/api/{command}", body), said(command, "--input", "-", "--format", "json", stdin=body)
        )


@pytest.mark.parametrize("command", ON_A_CASE)
@pytest.mark.parametrize("name", ["chronic-pain.toml", "fhir-bundle.json", "list.txt", "taper.toml", "cases.jsonl"])
def test_examples_have_the_bytes_of_the_command_line(service: Service, command: str, name: str):
    text = (EXAMPLES / name).read_bytes()
    if name.endswith(".json"):
        reply = service.send(
            "POST", f"/api/{command}", b'{"options":{"as_of":"%s"},"case":%s}' % (AS_OF.encode(), text)
        )
    else:
        reply = service.ask(f"/api/{command}", {"case": text.decode(), "options": {"as_of": AS_OF}})
    agrees(reply, said(command, "--input", "-", "--format", "json", "--as-of", AS_OF, stdin=text))


def test_numbers_reach_the_command_as_they_were_written(service: Service):
    text = b'{"case": {"medications": [{"drug": "oxycodone", "strength": "10 mg", "quantity": 12.50}], "patient": '
    text += b'{"egfr": 44.10000000000000000001, "weight_kg": 8e1}}}'
    bare = text[len(b'{"case": ') : -1]
    assert service.send("POST", "/api/mme", text).body == service.send("POST", "/api/mme", bare).body


def test_options_are_those_of_the_command_line(service: Service):
    options = {"table": ["cdc_2022", "anzca_2021"], "age": 72, "condition": ["sleep apnea", "falls"], "as_of": AS_OF}
    words = ["--table=cdc_2022", "--table=anzca_2021", "--age=72", "--condition=sleep apnea", "--condition=falls"]
    body = json.dumps(CASE).encode()
    for command in ON_A_CASE:
        done = said(command, "--input", "-", "--format", "json", *words, "--as-of", AS_OF, stdin=body)
        agrees(service.ask(f"/api/{command}", {"case": CASE, "options": options}), done)


def test_a_check_knows_what_was_answered_and_what_is_new(service: Service, tmp_path: Path):
    before = {"medications": [*CASE["medications"], {"drug": "diazepam"}]}
    now = {"medications": [*before["medications"], {"drug": "gabapentin"}]}
    earlier = service.ask(
        "/api/check", {"case": before, "options": {"acknowledge": "DDI-001=will_monitor", "as_of": AS_OF}}
    )
    (tmp_path / "before.json").write_text(json.dumps(before))
    (tmp_path / "earlier.json").write_bytes(earlier.body)
    options = {"new_since": before, "acknowledged": earlier.json, "as_of": AS_OF}
    done = program.run(
        *("check", "--input", "-", "--format", "json", "--as-of", AS_OF),
        *("--new-since", "before.json", "--acknowledged", "earlier.json"),
        stdin=json.dumps(now).encode(),
        folder=tmp_path,
    )
    agrees(service.ask("/api/check", {"case": now, "options": options}), done)


def test_plans_have_the_bytes_of_the_command_line(service: Service):
    draw = random.Random(23)
    for command, *words in plans(draw, scaled(8)):
        sigs = list(takewhile(lambda word: not word.startswith("--"), words))
        named = dict(zip(words[len(sigs) :: 2], words[len(sigs) + 1 :: 2], strict=True))
        options: dict[str, Any] = {k.removeprefix("--"): v for k, v in named.items() if k != "--format"}
        text = "\n".join(sigs if command == "taper" else [])
        body: dict[str, Any] = {"options": options}
        kept = [word for pair in named.items() if pair[0] != "--format" for word in pair]
        if command == "taper":
            body["case"] = text
            done = said("taper", "--input", "-", "--format", "json", *kept, stdin=text.encode())
        else:
            options["drug"] = sigs[0]
            done = said("trial", sigs[0], "--format", "json", *kept)
        agrees(service.ask(f"/api/{command}", body), done)


TAPER: dict[str, Any] = {
    "case": {
        "patient": {"indication": "chronic pain", "age": 58},
        "medications": [{"sig": "oxycodone IR 5 mg tablet, 3 tablets 4 times daily"}],
    },
    "options": {"start": AS_OF, "as_of": AS_OF, "requested_by": "patient", "when_stuck": "smallest-step"},
}


@pytest.fixture(scope="module")
def plan(service: Service) -> Any:
    reply = service.ask("/api/taper", TAPER)
    assert reply.status == 200
    return reply.json


def test_a_plan_goes_in_and_out(service: Service, plan: Any):
    text = json.dumps(plan).encode()
    shown = service.send("POST", "/api/plan/show", text)
    agrees(shown, said("plan", "show", "-", "--format", "json", stdin=text))
    pause = {"pause": "2027-03-15..2027-04-04", "why": "illness", "as_of": "2027-03-01"}
    revised = service.ask("/api/plan/revise", {"plan": plan, "options": pause})
    words = ["--pause", "2027-03-15..2027-04-04", "--why", "illness", "--as-of", "2027-03-01"]
    agrees(revised, said("plan", "revise", "-", "--format", "json", *words, stdin=text))
    assert len(revised.json["events"]) == 1
    again = service.ask(
        "/api/plan/check", {"plan": revised.json, "options": {"as_of": "2027-03-01", "policy": "humane"}}
    )
    done = said(
        *("plan", "check", "-", "--format", "json", "--as-of", "2027-03-01", "--policy", "humane"), stdin=revised.body
    )
    agrees(again, done)


def test_changes_are_made_in_their_order(service: Service, plan: Any):
    changes = [{"pause": "2027-03-15..2027-04-04"}, {"slow_to": "5%/8w"}, {"why": "asked"}, {"as_of": "2027-03-01"}]
    reply = service.ask("/api/plan/revise", {"plan": plan, "options": changes})
    assert [each["what"]["kind"] for each in reply.json["events"]] == ["pause", "slow_to"]
    turned = service.ask("/api/plan/revise", {"plan": plan, "options": [changes[1], changes[0], *changes[2:]]})
    assert [each["what"]["kind"] for each in turned.json["events"]] == ["slow_to", "pause"]


def test_a_trial_is_decided(service: Service):
    options = {"drug": "duloxetine", "for_pain": "neuropathic", "start": "2026-12-07", "goal": "walk 20 minutes"}
    asked = {"options": {**options, "baseline": {"PEG": 7}, "as_of": "2026-12-01"}}
    plan = service.ask("/api/trial", asked)
    decided = service.ask(
        "/api/plan/decide", {"plan": plan.json, "options": {"measure": "PEG=4", "as_of": "2027-02-15"}}
    )
    words = ["--measure", "PEG=4", "--as-of", "2027-02-15"]
    agrees(decided, said("plan", "decide", "-", "--format", "json", *words, stdin=plan.body))


def test_scales_offers_and_fills(service: Service):
    items = {"pain": 7, "enjoyment": 6, "general_activity": 8}
    words = [f"{name}={value}" for name, value in items.items()]
    done = said("score", "peg", *words, "--format", "json")
    agrees(service.ask("/api/score", {"scale": "peg", "items": items}), done)
    agrees(service.ask("/api/score", {"options": {"scale": "peg", "items": words}}), done)
    body = json.dumps(CASE).encode()
    done = said("drugs", "search", "--for-pain", "neuropathic", "--input", "-", "--format", "json", stdin=body)
    agrees(service.ask("/api/offers", {"case": CASE, "options": {"pain": "neuropathic"}}), done)
    agrees(service.ask("/api/offers", {"case": CASE, "options": {"for_pain": "neuropathic"}}), done)
    for name in ("fills.csv", "fills-export.csv"):
        text = (EXAMPLES / name).read_bytes()
        done = said("fills", "--input", "-", "--format", "json", "--dates", "mdy", "--as-of", AS_OF, stdin=text)
        options = {"dates": "mdy", "as_of": AS_OF}
        agrees(service.ask("/api/fills", {"fills": text.decode("utf-8-sig"), "options": options}), done)


def test_fills_may_be_rows(service: Service):
    header, *lines = (EXAMPLES / "fills.csv").read_text().splitlines()
    rows = [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]
    asked = {"options": {"as_of": AS_OF}}
    text = (EXAMPLES / "fills.csv").read_text()
    assert (
        service.ask("/api/fills", {"fills": rows, **asked}).body
        == service.ask("/api/fills", {"fills": text, **asked}).body
    )
    assert service.ask("/api/fills", {"fills": [{"a": [1]}], **asked}).status == 400


@pytest.mark.parametrize(
    ("accept", "media", "begins"),
    [
        ("text/html", "text/html; charset=utf-8", b"<!"),
        ("application/pdf", "application/pdf", b"%PDF"),
        ("text/calendar", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR"),
        ("text/html;q=0.2, application/json;q=0.1", "text/html; charset=utf-8", b"<!"),
        ("image/png, */*;q=0.1", "application/json", b"{"),
        ("application/*", "application/json", b"{"),
        ("", "application/json", b"{"),
    ],
)
def test_a_plan_is_printed_as_it_is_asked_for(service: Service, accept: str, media: str, begins: bytes):
    reply = service.ask("/api/taper", TAPER, accept=accept)
    assert (reply.status, reply.headers["content-type"]) == (200, media)
    assert reply.body.startswith(begins)


def test_a_printed_page_brings_its_style_by_hash(service: Service):
    policy = service.ask("/api/taper", TAPER, accept="text/html").headers["content-security-policy"]
    assert "style-src 'sha256-" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_what_is_not_offered_is_said(service: Service):
    assert service.ask("/api/mme", CASE, accept="application/pdf").status == 406
    assert service.ask("/api/mme", CASE, accept="application/json;q=0").status == 406


@pytest.mark.parametrize(
    ("path", "body", "part"),
    [
        ("mme", {"case": CASE, "options": {"as_off": "2027-01-04"}}, 'there is no option "as_off"'),
        ("mme", {"case": CASE, "options": {"as_of": "soon"}}, "soon"),
        ("mme", {"case": CASE, "options": {"table": "cdc_2023"}}, "did you mean"),
        ("mme", {"case": CASE, "options": {"age": [58, 59]}}, "age"),
        ("mme", {"case": CASE, "options": {"as_of": {"a": {}}}}, "as_of"),
        ("mme", {"case": CASE, "options": "x"}, "options"),
        ("mme", {"case": CASE, "option": {}}, '"option" is not known'),
        ("mme", {"options": {}}, '"case"'),
        ("mme", 5, "case"),
        ("check", {"case": CASE, "options": {"all": "yes"}}, "true or false"),
        ("taper", {"case": CASE}, "start"),
        ("score", {"scale": "peg"}, "items"),
        ("score", {"scale": "peg", "items": {}}, "items"),
        ("plan/show", {"schema": "medsteward.plan/1"}, ""),
        ("fills", {"fills": "a,b\n1,2\n"}, ""),
    ],
)
def test_what_cannot_be_answered_is_a_problem(service: Service, path: str, body: Any, part: str):
    reply = service.ask(f"/api/{path}", body)
    assert (reply.status, reply.headers["content-type"]) == (400, "application/problem+json")
    assert part in reply.json["detail"]


@pytest.mark.parametrize(
    "option", ["input", "output", "save", "codes", "failed", "replace", "format", "style", "source"]
)
def test_no_option_names_a_file(service: Service, option: str, tmp_path: Path):
    for path in ("mme", "taper", "fills", "plan/revise"):
        reply = service.ask(f"/api/{path}", {"case": CASE, "options": {option: str(tmp_path / "x.json")}})
        assert reply.status == 400
    assert not list(tmp_path.iterdir())


def test_a_document_is_never_read_from_a_file(service: Service, tmp_path: Path):
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    for option in ("new_since", "acknowledged"):
        reply = service.ask("/api/check", {"case": CASE, "options": {option: str(tmp_path / "case.json")}})
        assert reply.status == 400
    reply = service.ask("/api/taper", {**TAPER, "options": {**TAPER["options"], "products": "/etc/passwd"}})
    assert (reply.status, "root" in reply.body.decode()) == (400, False)


def test_a_word_cannot_become_an_option(service: Service):
    for value in ("--output=/tmp/x", "--save", "-o", "@file", "$(id)"):
        reply = service.ask("/api/mme", {"case": CASE, "options": {"condition": [value]}})
        assert reply.status == 200
        assert reply.json["problems"]


def test_the_day_is_the_services_where_none_is_given(service: Service):
    assert service.ask("/api/mme", CASE).json["as_of"] == service.settings.today().isoformat()


def test_every_document_follows_its_schema(service: Service):
    draw = random.Random(29)
    for command in ON_A_CASE:
        schema = json.loads(schema_text(command))
        for number in range(scaled(4)):
            jsonschema.validate(service.ask(f"/api/{command}", drawn(draw, number)).json, schema)


def test_version_names_the_tables_and_their_digests(service: Service):
    found = service.send("GET", "/version").json
    assert found["tables"]["cdc_2022"] == service.ask("/api/mme", CASE).json["table"]["digest"]
    assert all(each.startswith("sha256:") for each in found["dose_limits"].values())


def test_proposed_orders_have_the_bytes_of_the_command_line(service: Service, tmp_path: Path):
    lines = ["diazepam 5 mg tablet, 1 tablet at night", "morphine ER 15 mg tablet, 1 tablet every 12 hours"]
    words = [word for line in lines for word in ("--draft", line)]
    body = json.dumps(CASE).encode()
    done = said("check", "--input", "-", "--format", "json", "--as-of", AS_OF, *words, stdin=body)
    options = {"as_of": AS_OF}
    agrees(service.ask("/api/proposed", {"case": CASE, "drafts": lines, "options": options}), done)
    agrees(service.ask("/api/proposed", {"case": CASE, "options": {**options, "draft": lines}}), done)
    one = {
        "resourceType": "MedicationRequest",
        "id": "d1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": "diazepam 5 mg tablet"},
        "dosageInstruction": [{"text": "1 tablet at night"}],
    }
    (tmp_path / "draft 1").with_suffix(".json").write_text(json.dumps(one))
    words = ["--draft", str(tmp_path / "draft 1.json")]
    done = said("check", "--input", "-", "--format", "json", "--as-of", AS_OF, *words, stdin=body)
    agrees(service.ask("/api/proposed", {"case": CASE, "drafts": [one], "options": options}), done)
    record = {"resourceType": "Bundle", "entry": [{"resource": one}]}
    text = json.dumps(record).encode()
    done = said("check", "--input", "-", "--format", "json", "--as-of", AS_OF, "--draft", "d1", stdin=text)
    agrees(service.ask("/api/proposed", {"case": record, "drafts": ["d1"], "options": options}), done)


def test_a_draft_is_never_read_from_a_file(service: Service, tmp_path: Path):
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    for name in (str(tmp_path / "case.json"), "/etc/passwd", "-"):
        reply = service.ask("/api/proposed", {"case": CASE, "drafts": [name]})
        assert (reply.status, "root:" in reply.body.decode()) == (400, False)
    assert service.ask("/api/proposed", {"case": CASE}).status == 400
    assert service.ask("/api/mme", {"case": CASE, "options": {"draft": ["x y z"]}}).status == 400


def test_a_schedule_in_rows_is_held_against_a_policy(service: Service):
    text = (EXAMPLES / "schedule.csv").read_bytes()
    words = ["--policy", "fda_label_ceiling", "--as-of", AS_OF]
    done = said("plan", "check", "-", "--format", "json", *words, stdin=text)
    options = {"policy": "fda_label_ceiling", "as_of": AS_OF}
    agrees(service.ask("/api/plan/check", {"plan": text.decode(), "options": options}), done)


def test_a_taper_out_of_products_that_are_handed_over(service: Service, tmp_path: Path):
    (tmp_path / "products").write_bytes((EXAMPLES / "products.csv").read_bytes())
    text = (EXAMPLES / "products.csv").read_text()
    header, *lines = text.splitlines()
    rows = [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]
    words = ["--start", AS_OF, "--as-of", AS_OF, "--when-stuck", "smallest-step", "--products", "products"]
    body = (EXAMPLES / "taper.toml").read_bytes()
    done = program.run("taper", "--input", "-", "--format", "json", *words, stdin=body, folder=tmp_path)
    for products in (text, rows):
        options = {"start": AS_OF, "as_of": AS_OF, "when_stuck": "smallest-step", "products": products}
        agrees(service.ask("/api/taper", {"case": body.decode(), "options": options}), done)


def test_more_drafts_than_can_be_held_one_by_one_in_good_time_are_refused(service: Service):
    case = {"medications": [{"drug": "naloxone"}] * 100}
    drafts = [f"diazepam {number} mg daily" for number in range(1, 200)]
    assert service.ask("/api/proposed", {"case": case, "drafts": drafts[:4]}).status == 200
    assert service.ask("/api/proposed", {"case": case, "drafts": drafts}).status == 413
    assert service.ask("/api/proposed", {"case": "naloxone\n" * 100, "options": {"draft": drafts}}).status == 413
