"""What a saved plan is held together by: its schema, the names of what can happen to it, and its digest.

A plan file is the JSON document of a plan. What a plan follows from stands in it exactly, under ``base`` and
``events``, each class as an object whose keys are its attributes; the rest is for reading and made anew. What somebody
may act on is in the digest as well, so that a dose changed by hand in a file is never passed over in silence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, get_args

from medsteward.model.number import exact_json
from medsteward.schedules.event import Change
from medsteward.schedules.plan import NeedsChoice, ReachesTarget

SCHEMA = "medsteward.plan/1"

KINDS: Mapping[str, type] = MappingProxyType(
    {each.KIND: each for each in get_args(Change)}
    | {
        "reaches_target": ReachesTarget,
        "needs_choice": NeedsChoice,
    }
)
"""Classes that stand where one of several may; each says its ``kind`` by this name."""

KIND_OF: Mapping[type, str] = MappingProxyType({made: name for name, made in KINDS.items()})

_LARGEST_EXPONENT = 20

MAX_TEXT = 4000
"""Characters of a text that a plan file holds; what is asked for is held to it before a plan is made."""
MAX_LIST = 5000
"""Entries of a list in it."""
MAX_BYTES = 32_000_000
"""Bytes of it. A long taper of a liquid has some hundred steps, each with its directions in several places."""


DIGESTED = ("schema", "base", "events", "replaced", "single_until", "steps", "outcome", "fills", "exit")
"""The keys of a plan document that its digest is of: what the plan follows from, and what is taken and dispensed."""


def digest(document: Mapping[str, Any]) -> str:
    """The SHA-256 of a plan document, in one fixed spelling of the keys in ``DIGESTED`` that it has.

    Takes JSON values, with numbers as int, float or ``Decimal``: spaces, line ends and the order of keys do not matter,
    and every number, word and day does.
    """
    said = json.dumps(
        _spelled({key: document[key] for key in DIGESTED if key in document}),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
        allow_nan=False,
    )
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"


def _spelled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _spelled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_spelled(each) for each in value]
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
            return str(value)
        return exact_json(Fraction(value))
    return value
