"""CDS Hooks: what records send, in the shapes in which they send it, and the cards that come back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from medsteward.interactions.check import rules
from medsteward.model.acknowledgement import Reason
from medsteward.schemas import schema_text
from medsteward.service.cds.naloxone import NaloxoneOrder
from medsteward.service.cds.words import shortened
from medsteward.service.settings import Settings
from tests.fhir_parts import dosage, every, quantity, request
from tests.server import Reply, Service, Start

SANDBOX = json.loads((Path(__file__).parents[1] / "data" / "cds_sandbox.json").read_text())
"""What the sandbox of cds-hooks.org sent to a service, hook by hook: its own example patient, without tokens."""
SCHEMAS = {name: json.loads(schema_text(f"cds_{name}")) for name in ("discovery", "request", "cards", "feedback")}
INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
LOW = dosage(quantity(1, "{tbl}"), every(2))


def follows(document: Any, name: str) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(SCHEMAS[name], format_checker=checker).validate(document)


def bundle(*resources: Any, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources], **more}


def order(drug: str, *dosages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return request(*(dosages or (LOW,)), drug={"text": drug}, **more)


def draft(drug: str, *dosages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return order(drug, *dosages, **{"status": "draft", "id": "d1", **more})


def call(*drafts: Any, hook: str = "order-sign", taken: Any = (), **more: Any) -> dict[str, Any]:
    context: dict[str, Any] = {"userId": "Practitioner/1", "patientId": "1"}
    if hook != "patient-view":
        context["draftOrders"] = {"resourceType": "Bundle", "entry": [{"resource": each} for each in drafts]}
    if hook == "order-select":
        context["selections"] = [f"MedicationRequest/{each['id']}" for each in drafts]
    medications = bundle(*taken) if isinstance(taken, tuple) else taken
    prefetch = {"patient": {"resourceType": "Patient", "id": "1"}, "medications": medications, "conditions": bundle()}
    return {"hook": hook, "hookInstance": INSTANCE, "context": context, "prefetch": prefetch, **more}


def sent(there: Service, body: Any, **headers: str | None) -> Reply:
    return there.ask(f"/cds-services/medsteward-{body['hook']}", body, **headers)


def cards(there: Service, body: Any) -> list[dict[str, Any]]:
    """The cards of a call; request and answer follow their schemas, and nothing empty is sent."""
    follows(body, "request")
    reply = sent(there, body)
    assert reply.status == 200, reply
    follows(reply.json, "cards")
    assert list(empty(reply.json["cards"])) == []
    found: list[dict[str, Any]] = reply.json["cards"]
    return found


def empty(value: Any) -> Iterator[Any]:
    if value is None or value in ("", [], {}):
        if value != [] or not isinstance(value, list):
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from ([each] if each in (None, "", [], {}) else empty(each))
    elif isinstance(value, list):
        for each in value:
            yield from ([each] if each in (None, "", [], {}) else empty(each))


def topics(found: list[dict[str, Any]]) -> list[str]:
    return [each["source"]["topic"]["code"] for each in found]


# Discovery.


def test_discovery_names_three_services_and_what_they_need(service: Service):
    found = service.send("GET", "/cds-services").json
    follows(found, "discovery")
    assert [(each["id"], each["hook"]) for each in found["services"]] == [
        ("medsteward-patient-view", "patient-view"),
        ("medsteward-order-select", "order-select"),
        ("medsteward-order-sign", "order-sign"),
    ]
    for each in found["services"]:
        assert each["prefetch"]["medications"] == "MedicationRequest?patient={{context.patientId}}&status=active"
        assert not {"version", "hookVersion"} & set(each)
    assert service.ask("/cds-services/medsteward-other", {}).status == 404


# The sandbox.


def test_every_call_of_the_sandbox_is_answered(service: Service):
    found = []
    for each in SANDBOX["calls"]:
        follows(each["body"], "request")
        reply = service.ask(f"/cds-services/{each['service']}", each["body"], accept="application/json")
        assert reply.status == 200
        follows(reply.json, "cards")
        found.append([each["summary"] for each in reply.json["cards"]])
    at_least = ["MME a day: at least 30 with it; now not known"]
    assert found == [[], [], [], [], at_least, at_least]


def test_a_code_and_words_that_disagree_are_not_counted_as_either(service: Service):
    """The sandbox's example patient takes "oxycodone 5 mg" under the code of 15 mg."""
    detail = cards(service, SANDBOX["calls"][4]["body"])[0]["detail"]
    assert "Not whole" in detail
    assert "CASE-003" in detail


def test_feedback_of_the_sandbox_is_taken(service: Service):
    for each in SANDBOX["feedback"]:
        follows(each, "feedback")
        reply = service.ask("/cds-services/medsteward-order-sign/feedback", each)
        assert (reply.status, reply.json) == (200, {})


# What a draft brings.


def test_a_dangerous_pair_that_a_draft_brings_is_a_card(service: Service):
    taken = (order("oxycodone 5 mg tablet", id="m1"),)
    for hook in ("order-sign", "order-select"):
        found = cards(service, call(draft("diazepam 5 mg tablet"), hook=hook, taken=taken))
        assert topics(found) == ["DDI001"]
        assert found[0]["indicator"] == "warning"
        assert found[0]["summary"] == "Opioid with benzodiazepine: oxycodone, diazepam"
        assert "naloxone" in found[0]["detail"]
        assert "suggestions" not in found[0]
        assert {each["code"] for each in found[0]["overrideReasons"]} == {each.code for each in Reason}


def test_what_was_there_before_is_no_card(service: Service):
    taken = (order("oxycodone 5 mg tablet", id="m1"), order("diazepam 5 mg tablet", id="m2"))
    assert cards(service, call(draft("lisinopril 10 mg tablet"), taken=taken)) == []


def test_nothing_found_is_no_card(service: Service):
    assert cards(service, call(draft("acetaminophen 500 mg tablet"))) == []
    assert cards(service, call()) == []


def test_a_contraindication_is_critical(service: Service):
    found = cards(service, call(draft("meperidine 50 mg tablet"), taken=(order("phenelzine 15 mg tablet", id="m1"),)))
    assert found[0]["indicator"] == "critical"


def test_there_is_a_card_for_a_hazard_and_three_at_most(service: Service):
    taken = tuple(
        order(drug, id=f"m{n}")
        for n, drug in enumerate(
            (
                "diazepam 5 mg tablet",
                "phenelzine 15 mg tablet",
                "naltrexone 50 mg tablet",
                "amiodarone 200 mg tablet",
            )
        )
    )
    found = cards(
        service, call(draft("meperidine 50 mg tablet"), draft("methadone 10 mg tablet", id="d2"), taken=taken)
    )
    about = [each for each in found if each["source"]["topic"]["code"] != "MME"]
    assert len(about) == 3
    assert "more:**" in about[-1]["detail"]
    assert len({each["uuid"] for each in found}) == len(found)
    order_of = [each["indicator"] for each in about]
    assert order_of == sorted(order_of, key=("critical", "warning", "info").index)


def test_a_draft_without_a_dose_gives_interactions_and_no_figure(service: Service):
    bare = order("oxycodone 5 mg tablet", {"text": "as directed"}, status="draft", id="d1")
    found = cards(service, call(bare, taken=(order("diazepam 5 mg tablet", id="m1"),)))
    assert topics(found) == ["DDI001", "MME"]
    assert "not known" in found[1]["summary"]


def test_only_selected_orders_give_cards(service: Service):
    taken = (order("oxycodone 5 mg tablet", id="m1"),)
    two = (draft("diazepam 5 mg tablet"), draft("lisinopril 10 mg tablet", id="d2"))
    body = call(*two, hook="order-select", taken=taken)
    assert topics(cards(service, body)) == ["DDI001"]
    body["context"]["selections"] = ["MedicationRequest/d2"]
    assert cards(service, body) == []
    body["context"]["selections"] = ["https://fhir.example.org/r4/MedicationRequest/d1"]
    assert topics(cards(service, body)) == ["DDI001"]
    body["context"]["selections"] = ["d1"]
    assert topics(cards(service, body)) == ["DDI001"]
    body["context"]["selections"] = ["ServiceRequest/d1"]
    assert cards(service, body) == []


def test_a_selected_order_is_held_against_the_other_drafts(service: Service):
    two = (draft("diazepam 5 mg tablet"), draft("oxycodone 5 mg tablet", id="d2"))
    body = call(*two, hook="order-select")
    body["context"]["selections"] = ["MedicationRequest/d1"]
    assert topics(cards(service, body)) == ["DDI001"]


def test_a_draft_without_a_medication_is_no_fault(service: Service):
    bare = {"resourceType": "MedicationRequest", "id": "d1", "status": "draft", "intent": "order"}
    assert cards(service, call(bare)) == []
    other = {"resourceType": "ServiceRequest", "id": "s1", "status": "draft", "subject": {"reference": "Patient/1"}}
    assert cards(service, call(other)) == []


def test_lesser_findings_are_cards_where_the_site_wants_them(start: Start):
    taken = (order("oxycodone 5 mg tablet", id="m1"),)
    body = call(draft("gabapentin 300 mg capsule"), taken=taken)
    plain, more = cards(start(Settings()), body), cards(start(Settings(cards=2)), body)
    assert len(more) >= len(plain)
    body = call(draft("amitriptyline 25 mg tablet"), taken=(order("tramadol 50 mg tablet", id="m1"),))
    assert all(each["indicator"] != "info" for each in cards(start(Settings()), body) if topics([each]) != ["MME"])
    assert any(each["indicator"] == "info" for each in cards(start(Settings(cards=2)), body))


def test_opening_a_chart_gives_cards_only_where_the_site_wants_them(service: Service, start: Start):
    taken = (order("oxycodone 5 mg tablet", id="m1"), order("diazepam 5 mg tablet", id="m2"))
    body = call(hook="patient-view", taken=taken)
    assert cards(service, body) == []
    assert topics(cards(start(Settings(patient_view=True)), body)) == ["DDI001"]


# The day's MME.


def test_the_figure_is_a_card_where_a_draft_reaches_a_threshold(service: Service):
    taken = (order("oxycodone 5 mg tablet", dosage(quantity(1, "{tbl}"), every(4)), id="m1"),)
    (found,) = cards(service, call(draft("morphine 15 mg tablet"), taken=taken))
    assert found["summary"] == "MME a day: 60 with it; now 30"
    assert found["indicator"] == "info"
    for part in ("| now | 30 | 30 |", "| with it | 60 | 60 |", "not a limit", "cdc\\_2022"):
        assert part in found["detail"]
    assert (
        cards(service, call(draft("morphine 15 mg tablet", dosage(quantity(1, "{tbl}"), every(1))), taken=taken)) == []
    )


def test_a_figure_above_a_threshold_already_is_no_card(service: Service):
    taken = (order("morphine ER 60 mg tablet", id="m1"),)
    assert cards(service, call(draft("oxycodone 5 mg tablet"), taken=taken)) == []


def test_what_may_be_a_renewal_is_counted_both_ways(service: Service):
    taken = (order("oxycodone 5 mg tablet", id="m1"),)
    (found,) = cards(service, call(draft("oxycodone 5 mg tablet"), taken=taken))
    assert found["summary"] == "MME a day: 30 if added, 15 if it renews; now 15"
    assert "Ask whether this order continues one" in found["detail"]


def test_the_same_order_changed_replaces_it(service: Service):
    taken = (order("oxycodone 5 mg tablet", id="m1"),)
    revised = order("oxycodone 5 mg tablet", dosage(quantity(4, "{tbl}"), every(2)), id="m1", status="active")
    (found,) = cards(service, call(revised, taken=taken))
    assert found["summary"] == "MME a day: 60 with it in place of the order before; now 15"


def test_a_list_that_repeats_itself_is_said_first(service: Service):
    one = dosage(quantity(1, "{tbl}"), every(2))
    taken = (order("oxycodone 20 mg tablet", one, id="m1"), order("oxycodone 20 mg tablet", one, id="m2"))
    (found,) = cards(service, call(draft("oxycodone 5 mg tablet"), taken=taken))
    assert found["detail"].startswith("**The list repeats a drug")
    assert "with each prescription once" in found["detail"]


def test_no_card_about_a_figure_says_to_lower_a_dose(service: Service):
    for taken in ((), (order("oxycodone 30 mg tablet", id="m1"),)):
        body = call(draft("morphine ER 100 mg tablet", dosage(quantity(3, "{tbl}"), every(3))), taken=taken)
        for each in cards(service, body):
            if topics([each]) == ["MME"]:
                assert "taper" not in json.dumps(each).casefold()


@pytest.mark.parametrize("status", ["cancelled", "stopped", "completed", "entered-in-error"])
def test_an_order_that_is_over_brings_nothing(service: Service, status: str):
    taken = (order("oxycodone 5 mg tablet", id="m1"),)
    assert cards(service, call(draft("diazepam 5 mg tablet", status=status), taken=taken)) == []


@pytest.mark.parametrize("status", ["draft", "active", "on-hold", "unknown", None])
def test_an_order_counts_whatever_else_its_status_is(service: Service, status: str | None):
    taken = (order("oxycodone 5 mg tablet", id="m1"),)
    assert topics(cards(service, call(draft("diazepam 5 mg tablet", status=status), taken=taken))) == ["DDI001"]


# Shapes of prefetch and orders.

OXY = order("oxycodone 5 mg tablet", id="m1")


@pytest.mark.parametrize(
    "medications",
    [
        bundle(OXY),
        {"resourceType": "Bundle", "entry": [{"resource": OXY, "search": {"mode": "match"}}]},
        OXY,
        {"resource": OXY},
        {"resource": bundle(OXY)},
        [OXY],
        [{"resource": OXY}],
        bundle(bundle(OXY)),
        bundle(OXY, OXY),
    ],
)
def test_every_shape_of_a_list_is_read(service: Service, medications: Any):
    assert topics(cards(service, call(draft("diazepam 5 mg tablet"), taken=medications))) == ["DDI001"]


@pytest.mark.parametrize("nothing", [None, {"resourceType": "Bundle"}, bundle(), []])
def test_no_medications_is_an_answer(service: Service, nothing: Any):
    assert cards(service, call(draft("diazepam 5 mg tablet"), taken=nothing)) == []


@pytest.mark.parametrize(
    "lacking", [{"resourceType": "OperationOutcome", "issue": []}, {}, "x", 5, {"response": {"status": "404"}}]
)
def test_medications_that_could_not_be_had_are_412(service: Service, lacking: Any):
    reply = sent(service, call(draft("diazepam 5 mg tablet"), taken=lacking))
    assert (reply.status, reply.json["resourceType"]) == (412, "OperationOutcome")


def test_absent_medications_are_412(service: Service):
    for hook in ("patient-view", "order-select", "order-sign"):
        body = call(draft("diazepam 5 mg tablet"), hook=hook)
        del body["prefetch"]["medications"]
        assert sent(service, body).status == 412
        del body["prefetch"]
        assert sent(service, body).status == 412


def test_other_data_may_be_absent_and_are_named(service: Service):
    body = call(draft("diazepam 5 mg tablet"), taken=(OXY,))
    body["prefetch"] |= {"conditions": {"resourceType": "OperationOutcome"}}
    del body["prefetch"]["patient"]
    (found,) = cards(service, body)
    assert "not sent: age and sex, conditions" in found["detail"]


def test_a_list_of_several_pages_is_not_whole(service: Service):
    taken = bundle(OXY, link=[{"relation": "next", "url": "https://fhir.example.org/r4?page=2"}])
    (found,) = cards(service, call(draft("morphine 15 mg tablet"), taken=taken))
    assert found["summary"] == "MME a day: at least 45 with it; now at least 15"


def test_a_list_under_another_name_is_not_known_to_be_whole(service: Service):
    body = call(draft("morphine 15 mg tablet"), taken=(OXY,))
    body["prefetch"]["item1"] = body["prefetch"].pop("medications")
    (found,) = cards(service, body)
    assert "at least" in found["summary"]


def test_orders_of_real_records_are_read(service: Service):
    """A reference with words alone, the dose three times, words for the timing, a very long id."""
    amount = {"value": 1, "unit": "tablet", "system": "http://unitsofmeasure.org", "code": "{tbl}"}
    kinds = ("calculated", "admin-amount", "ordered")
    epic = {
        "resourceType": "MedicationRequest",
        "id": "e" * 194,
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/1", "display": "Zuckerhut, Planted"},
        "medicationReference": {"reference": "Medication/x", "display": "oxycodone 5 mg tablet"},
        "dosageInstruction": [
            {
                "timing": {
                    "repeat": {"frequency": 4, "period": 1, "periodUnit": "d"},
                    "code": {"text": "4 times daily"},
                },
                "doseAndRate": [{"type": {"text": each}, "doseQuantity": amount} for each in kinds],
            }
        ],
    }
    body = call(epic, taken=(order("morphine 15 mg tablet", id="m1"),))
    (found,) = cards(service, body)
    assert found["summary"] == "MME a day: 60 with it; now 30"
    assert "Zuckerhut" not in json.dumps(found)
    body["hook"], body["context"]["selections"] = "order-select", [f"MedicationRequest/{'e' * 194}"]
    assert cards(service, body) == []


def test_a_medication_beside_the_draft_is_found(service: Service):
    medication = {"resourceType": "Medication", "id": "x", "code": {"text": "diazepam 5 mg tablet"}}
    by_reference = draft("x")
    del by_reference["medicationCodeableConcept"]
    by_reference["medicationReference"] = {"reference": "Medication/x"}
    assert topics(cards(service, call(by_reference, medication, taken=(OXY,)))) == ["DDI001"]


# What is refused.


def test_another_patient_is_refused(service: Service):
    other = {"subject": {"reference": "https://fhir.example.org/r4/Patient/2"}}
    for body in (
        call(draft("diazepam 5 mg tablet", **other), taken=(OXY,)),
        call(draft("diazepam 5 mg tablet"), taken=(order("oxycodone 5 mg tablet", **other),)),
    ):
        reply = sent(service, body)
        assert (reply.status, "another patient" in reply.json["detail"]) == (400, True)
    body = call(draft("diazepam 5 mg tablet"))
    body["prefetch"]["patient"]["id"] = "2"
    assert sent(service, body).status == 400
    body = call(
        draft("diazepam 5 mg tablet", subject={"reference": "https://fhir.example.org/r4/Patient/1/_history/3"})
    )
    assert sent(service, body).status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"hook": "order-dispatch"},
        {"hookInstance": None},
        {"hookInstance": "x" * 300},
        {"context": None},
        {"context": {}},
        {"context": {"patientId": "1"}},
        {"context": {"patientId": 1, "draftOrders": bundle()}},
        {"context": {"patientId": "1", "draftOrders": []}},
        {"prefetch": []},
    ],
)
def test_what_is_no_call_of_the_hook_is_refused(service: Service, changed: dict[str, Any]):
    body = {**call(draft("diazepam 5 mg tablet")), **changed}
    assert service.ask("/cds-services/medsteward-order-sign", body).status == 400


def test_unknown_fields_and_extensions_are_ignored(service: Service):
    body = call(draft("diazepam 5 mg tablet"), taken=(OXY,), extension={"com.example": {"a": [1]}}, other=5)
    body["context"]["extension"] = {"com.example": 1}
    assert topics(cards(service, body)) == ["DDI001"]


def test_a_token_of_the_record_is_dropped_and_appears_nowhere(service: Service):
    body = call(draft("diazepam 5 mg tablet"), taken=(OXY,))
    body |= {"fhirServer": "https://fhir.example.org/r4", "fhirAuthorization": {"access_token": "secret-7f3", "x": [1]}}
    reply = sent(service, body)
    assert reply.status == 200
    assert "secret-7f3" not in reply.body.decode() + "\n".join(service.lines)


def test_too_many_drafts_or_medications_are_refused(service: Service):
    many = [draft("lisinopril 10 mg tablet", id=f"d{n}") for n in range(201)]
    assert sent(service, call(*many)).status == 413
    assert sent(service, call(draft("lisinopril 10 mg tablet"), taken=tuple(many))).status == 413


# Cards.


def test_the_same_call_has_the_same_cards_and_another_call_other_uuids(service: Service):
    body = call(draft("diazepam 5 mg tablet"), taken=(OXY,))
    first, again = sent(service, body).body, sent(service, body).body
    assert first == again
    other = json.loads(sent(service, {**body, "hookInstance": str(uuid.UUID(int=5))}).body)["cards"]
    assert other[0]["uuid"] != json.loads(first)["cards"][0]["uuid"]
    assert {**other[0], "uuid": ""} == {**json.loads(first)["cards"][0], "uuid": ""}


def test_every_rule_has_a_summary_that_is_short_enough_and_a_topic_of_letters_and_digits():
    for rule in rules():
        name = rule.name
        assert len(name) < 140 - len(": a very long name of a drug"), rule.id
        assert rule.id.replace("-", "").isalnum()
        assert len(rule.id) <= 100


def test_a_summary_names_as_many_drugs_as_there_is_room_for():
    assert shortened("a " * 100, 139).endswith("\u2026")
    assert len(shortened("word " * 100, 139)) <= 139
    assert shortened("short", 139) == "short"


def test_naloxone_is_suggested_only_with_a_code_of_the_site(start: Start):
    body = call(draft("diazepam 5 mg tablet"), taken=(OXY,))
    coded = NaloxoneOrder("urn:example:orders", "42", "naloxone 4 mg nasal spray")
    found = cards(start(Settings(naloxone=coded)), body)
    (suggestion,) = found[0]["suggestions"]
    assert found[0]["selectionBehavior"] == "any"
    (action,) = suggestion["actions"]
    assert action["resource"]["medicationCodeableConcept"]["coding"][0]["code"] == "42"
    assert action["resource"]["subject"] == {"reference": "Patient/1"}
    assert "dosageInstruction" not in action["resource"]
    has_it = call(
        draft("diazepam 5 mg tablet"), taken=(OXY, order("naloxone 4 mg nasal spray", {"text": "prn"}, id="m2"))
    )
    assert all("suggestions" not in each for each in cards(start(Settings(naloxone=coded)), has_it))


def test_no_text_of_a_request_becomes_a_mark_of_a_card(service: Service):
    bad = draft("oxycodone 5 mg tablet <script>alert(1)</script> [x](javascript:y) **z**")
    for each in cards(service, call(bad, taken=(order("diazepam 5 mg tablet", id="m1"),))):
        text = json.dumps(each)
        assert "<script" not in text
        assert "javascript:" not in text


# Feedback.


def test_feedback_is_written_down_by_topic_and_never_with_a_comment(start: Start, tmp_path: Path):
    audit = tmp_path / "audit.jsonl"
    there = start(Settings(audit=str(audit)))
    (card,) = cards(there, call(draft("diazepam 5 mg tablet"), taken=(OXY,)))
    answer = {
        "card": card["uuid"],
        "outcome": "overridden",
        "overrideReason": {
            "reason": {"code": "will_monitor", "system": "urn:medsteward:reason"},
            "userComment": "Mrs Zuckerhut will be seen on Monday",
        },
        "outcomeTimestamp": "2026-11-30T10:22:47.695Z",
    }
    unknown = {**answer, "card": "Zuckerhut", "overrideReason": {"reason": {"code": "Mrs Zuckerhut\n"}}}
    feedback = {"feedback": [answer, answer, unknown, {"card": card["uuid"], "outcome": "accepted"}]}
    follows(feedback, "feedback")
    assert there.ask("/cds-services/medsteward-order-sign/feedback", feedback).json == {}
    said = "\n".join(there.lines) + audit.read_text()
    assert "feedback DDI001 overridden will_monitor 2026-11-30T10:22:47.695Z" in there.lines
    assert "feedback - overridden - 2026-11-30T10:22:47.695Z" in there.lines
    assert "Zuckerhut" not in said
    kept = [json.loads(line) for line in audit.read_text().splitlines()]
    assert kept[0]["topics"] == ["DDI001"]
    assert kept[0]["hookInstance"] == INSTANCE
    assert kept[0]["table"].startswith("sha256:")
    assert kept[1]["reason"] == "will_monitor"
    assert audit.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "body",
    [{}, {"feedback": []}, {"feedback": [5]}, {"feedback": [{"card": "a"}]}, {"feedback": [{"outcome": "accepted"}]}],
)
def test_what_is_no_feedback_is_refused(service: Service, body: Any):
    assert service.ask("/cds-services/medsteward-order-sign/feedback", body).status == 400


def test_a_record_that_cannot_be_written_withholds_no_card(start: Start, tmp_path: Path):
    there = start(Settings(audit=str(tmp_path)))
    assert topics(cards(there, call(draft("diazepam 5 mg tablet"), taken=(OXY,)))) == ["DDI001"]
    assert any("--audit cannot be written" in line for line in there.lines)


def test_no_name_reaches_the_log_or_the_record(start: Start, tmp_path: Path):
    audit = tmp_path / "audit.jsonl"
    there = start(Settings(audit=str(audit)))
    body = call(draft("diazepam 5 mg tablet", note=[{"text": "Zuckerhut"}]), taken=(OXY,), hookInstance="Zuckerhut")
    body["context"] |= {"patientId": "1", "userId": "Practitioner/Zuckerhut"}
    body["prefetch"]["patient"] |= {"name": [{"family": "Zuckerhut"}], "birthDate": "1955-03-01"}
    found = sent(there, body)
    assert found.status == 200
    assert "Zuckerhut" not in found.body.decode() + "\n".join(there.lines) + audit.read_text()
