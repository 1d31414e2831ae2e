"""Values of ours to JSON without loss: each class as an object of its attributes, numbers exact."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs

from medsteward.model.kept import is_kept
from medsteward.model.number import exact_json
from medsteward.schedules.event import Event
from medsteward.schedules.saved import KIND_OF


def exact(value: Any) -> Any:
    """A value and everything in it. Raises ``TypeError`` for what has no exact JSON, such as a float."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return exact_json(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [exact(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(exact(each) for each in value)
    if attrs.has(type(value)):
        kind = {"kind": KIND_OF[type(value)]} if type(value) in KIND_OF else {}
        found = ((each, getattr(value, each.name)) for each in attrs.fields(type(value)))
        return kind | {each.name: exact(held) for each, held in found if is_kept(each, held)}
    raise TypeError(f"{type(value).__name__} has no exact JSON")


def exact_event(event: Event) -> dict[str, Any]:
    """An event without loss; its answers stand there only where something was asked."""
    found: dict[str, Any] = exact(event)
    return {key: value for key, value in found.items() if key != "answers" or value}
