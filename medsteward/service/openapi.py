"""The service's description (OpenAPI 3.1), made from the commands and from the JSON Schemas of their documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from medsteward.schemas import schema_names, schema_text
from medsteward.service.answer import JSON, PROBLEM
from medsteward.service.calling import Command
from medsteward.service.cds.services import PATH, SERVICES, HookService
from medsteward.service.settings import Settings
from medsteward.version import __version__

_PROBLEM = {
    "type": "object",
    "description": "RFC 9457: why there is no document.",
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "exit_code": {"type": "integer", "description": "That of the command line."},
        "said": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["title", "status", "detail"],
}
_EXIT = {
    "description": "The exit code of the command line: 0 complete, 3 needs confirmation, 4 incomplete, 5 refused.",
    "schema": {"type": "integer", "enum": [0, 3, 4, 5]},
}
_REFUSED = {
    "400": "There is no document: the body or an option is wrong.",
    "401": "The token is missing or wrong.",
    "403": "The origin may not call the service.",
    "406": "The media type asked for is not offered.",
    "408": "The body was not whole in time.",
    "413": "The body is too large, or holds too many medications.",
    "415": "The body is not application/json.",
    "503": "Too many requests at once.",
}


def openapi(commands: Sequence[Command], settings: Settings) -> dict[str, Any]:
    """The whole document."""
    names = dict.fromkeys(each.schema for each in commands if each.schema in schema_names())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "medsteward",
            "version": __version__,
            "description": "Medication stewardship in pain care. The answer of each command is that of the command "
            "line, byte for byte. Nothing is stored. MME is a gauge of exposure, never a dose.",
        },
        "servers": [{"url": settings.own_url}],
        "paths": {
            **{f"/api/{each.name}": {"post": _operation(each)} for each in commands},
            **dict(_hooks()),
            **{f"/{name}": {"get": _fact(name, about)} for name, about in _FACTS.items()},
        },
        "components": {
            "schemas": {
                **{name: _embedded(name) for name in dict.fromkeys((*names, "case", *_OF_HOOKS))},
                "problem": _PROBLEM,
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        **({"security": [{"token": []}]} if settings.token is not None else {}),
    }


_OF_HOOKS = ("cds_discovery", "cds_cards", "cds_feedback")


def _hooks() -> Iterator[tuple[str, dict[str, Any]]]:
    """The paths of CDS Hooks."""
    yield PATH, {"get": _hook("Discovery of CDS Hooks.", "cds_discovery", answer="cds_discovery")}
    for each in SERVICES:
        name = each.hook.replace("-", "_")
        called = _hook(each.description, name, asked=_call_of(each), answer="cds_cards")
        lacking = {"description": "The medications did not come, and are not asked for.", "content": {JSON: _OUTCOME}}
        called["responses"]["412"] = lacking
        yield f"{PATH}/{each.id}", {"post": called}
        feedback = {"$ref": "#/components/schemas/cds_feedback"}
        told = _hook("What became of cards.", f"{name}_feedback", asked=feedback)
        yield f"{PATH}/{each.id}/feedback", {"post": told}


_OUTCOME = {"schema": {"type": "object", "properties": {"resourceType": {"const": "OperationOutcome"}}}}


def _call_of(service: HookService) -> dict[str, Any]:
    """What a call of one hook looks like: without the parts of the context that only other hooks have."""
    found = _embedded("cds_request")
    found["properties"]["hook"] = {"const": service.hook}
    context = found["properties"]["context"]
    used = {"order-sign": ("draftOrders",), "order-select": ("draftOrders", "selections")}.get(service.hook, ())
    for part in ("draftOrders", "selections"):
        if part not in used:
            del context["properties"][part]
    context["required"] = [*context["required"], *used]
    del found["allOf"]
    return found


def _hook(about: str, name: str, *, asked: Mapping[str, Any] | None = None, answer: str = "") -> dict[str, Any]:
    found = {"$ref": f"#/components/schemas/{answer}"} if answer else {"type": "object"}
    return {
        "summary": about,
        "operationId": name,
        "security": [],
        **({"requestBody": {"required": True, "content": {JSON: {"schema": asked}}}} if asked else {}),
        "responses": {
            "200": {"description": about, "content": {JSON: {"schema": found}}},
            **{status: _response(said) for status, said in _REFUSED.items()},
        },
    }


_FACTS = {
    "health": "Whether it answers.",
    "version": "The version, and the digests of tables and dose limits.",
    "openapi.json": "This description.",
}


def _fact(name: str, about: str) -> dict[str, Any]:
    content = {JSON: {"schema": {"type": "object"}}}
    return {
        "summary": about,
        "operationId": name.partition(".")[0],
        "security": [],
        "responses": {"200": {"description": about, "content": content}, "default": _response(_REFUSED["400"])},
    }


def _embedded(name: str) -> dict[str, Any]:
    """A schema of ours inside this document: what it refers to stands below it."""
    schema: dict[str, Any] = json.loads(schema_text(name))
    return {key: _moved(value, name) for key, value in schema.items() if key not in ("$schema", "$id")}


def _moved(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return {
            key: f"#/components/schemas/{name}{held[1:]}"
            if key == "$ref" and isinstance(held, str)
            else _moved(held, name)
            for key, held in value.items()
            if key != "$id"
        }
    if isinstance(value, list):
        return [_moved(each, name) for each in value]
    return value


def _operation(command: Command) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{command.schema}"} if command.schema in schema_names() else {}
    document = {"anyOf": [reference, {"type": "array", "items": reference}]} if reference else {}
    content = {media: {"schema": document if media == JSON else {"type": "string"}} for media in command.media}
    return {
        "summary": command.about,
        "operationId": command.name.replace("/", "_"),
        "requestBody": {"required": True, "content": {JSON: {"schema": _body(command)}}},
        "responses": {
            "200": {"description": "The document.", "headers": {"Medsteward-Exit": _EXIT}, "content": content},
            **{status: _response(about) for status, about in _REFUSED.items()},
        },
    }


def _response(about: str) -> dict[str, Any]:
    return {"description": about, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}}}


def _body(command: Command) -> dict[str, Any]:
    """A bare document, or one beside options. What a document holds wrongly is said in the answer, so all is taken."""
    options: dict[str, Any] = {"type": "object", "properties": dict(command.options), "additionalProperties": False}
    if command.needed:
        options["required"] = list(command.needed)
    if command.document is None:
        return {"anyOf": [options, {"type": "object", "properties": {"options": options}, "required": ["options"]}]}
    held: dict[str, Any] = {"type": ["object", "array", "string"]}
    if command.document == "case":
        held = {"anyOf": [{"$ref": "#/components/schemas/case"}, held]}
    drafts = {"drafts": command.options["drafts"]} if command.takes_drafts else {}
    wrapped = {
        "type": "object",
        "properties": {command.document: held, **drafts, "options": options},
        "required": [
            *([command.document] if command.needs_document else []),
            *(["options"] if command.needed or not command.needs_document else []),
        ],
    }
    bare = {"type": ["object", "array"], "description": f"A {command.document} alone."}
    return {"anyOf": [wrapped, bare] if not command.needed else [wrapped]}
