"""The commands as the HTTP service offers them: each with the JSON Schema of its options, made from its declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import click

from medsteward.cli.calls import CALLS, DOCUMENTS, DRAFTS, INPUT, call, formats_of, options_of
from medsteward.cli.options import Day, Number, TableId
from medsteward.service.calling import Command
from medsteward.tables.load import table_ids

_SCHEMAS = {
    "taper": "plan",
    "trial": "plan",
    "offers": "matching",
    "plan/show": "plan",
    "plan/check": "plan_check",
    "plan/revise": "plan",
    "plan/decide": "plan",
}
"""The schema of an answer, where it is not the call's own name."""
_SLOW = ("taper", "trial", "fills", "plan/show", "plan/check", "plan/revise", "plan/decide")

_EXAMPLE = (
    b'{"patient":{"age":60,"conditions":["sleep apnea"]},"medications":'
    b'[{"sig":"oxycodone 10 mg, 1 tablet every 6 hours"},{"sig":"diazepam 5 mg, 1 tablet at night"}]}'
)


def served() -> tuple[Command, ...]:
    """Every command of the API, loaded."""
    return tuple(_command(name) for name in CALLS)


def warm(offered: Sequence[Command]) -> None:
    """Ask each quick command once, so that tables and rules are loaded before the first request."""
    for each in offered:
        if each.document == "case" and not each.needed:
            each.ask((), {INPUT: _EXAMPLE}, today=date(2027, 1, 4), media="application/json")


def _command(name: str) -> Command:
    called, options = CALLS[name], options_of(name)
    by_key = {key: schema_of(param) for key, param in options.items()}
    for ours, theirs in called.others.items():
        by_key[ours] = by_key.pop(theirs.replace("-", "_"))
    return Command(
        name=name,
        about=called.about,
        document=called.input,
        needs_document=called.needs_input,
        documents=tuple(key for key, param in options.items() if param.name in DOCUMENTS),
        options=by_key,
        needed=tuple(_needed(name)),
        media=formats_of(name),
        schema=_SCHEMAS.get(name, name),
        is_slow=name in _SLOW,
        takes_drafts=called.takes_drafts,
        ask=partial(call, name),
    )


def _needed(name: str) -> Iterator[str]:
    """The options without which there is no answer."""
    others = {theirs.replace("-", "_"): ours for ours, theirs in CALLS[name].others.items()}
    for key, param in options_of(name).items():
        if isinstance(param, click.Argument) or param.required or key in others or key == DRAFTS:
            yield others.get(key, key)


def schema_of(param: click.Parameter) -> dict[str, Any]:
    """The JSON Schema of an option's value, as its type and help say it."""
    about = {"description": param.help} if isinstance(param, click.Option) and param.help else {}
    if param.name in DOCUMENTS:
        return {"type": ["object", "array", "string"], **about}
    if isinstance(param, click.Option) and param.is_flag:
        return {"type": "boolean", **about}
    if param.name == DRAFTS:
        one_draft = {"type": ["string", "object"], "description": "An id of the case, a line, or a document."}
        return {"anyOf": [one_draft, {"type": "array", "items": one_draft, "maxItems": 200}], **about}
    one = _value(param.type)
    if isinstance(param, click.Argument) and param.nargs == -1:
        return {"type": "object", "additionalProperties": one, **about}
    if param.multiple:
        return {"anyOf": [one, {"type": "array", "items": one, "maxItems": 500}, {"type": "object"}], **about}
    return {**one, **about}


def _value(kind: click.ParamType[Any]) -> dict[str, Any]:
    if isinstance(kind, TableId):
        return {"type": "string", "enum": list(table_ids())}
    if isinstance(kind, click.Choice):
        return {"type": "string", "enum": list(kind.choices)}
    if isinstance(kind, click.IntRange):
        bounds = {"minimum": kind.min, "maximum": kind.max}
        return {"type": "integer", **{key: value for key, value in bounds.items() if value is not None}}
    if isinstance(kind, Day):
        return {"type": "string", "format": "date"}
    if isinstance(kind, Number):
        return {"type": "number", "minimum": 0}
    return {"type": ["string", "number"]}
