"""JSON text of FHIR resources to objects: by msgspec where it is installed, and otherwise by the standard library.

Both give the same: numbers as int or Decimal, a name given twice refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

from medsteward.readers.json_text import json_of, text_of

MAX_RESOURCE = 32_000_000
"""Bytes of one Bundle or other resource, alone in its file or as one line of a stream."""

_NAMES = re.compile(rb'"\s*:')


class Decoder(Protocol):
    """Bytes of JSON to objects. ``ValueError`` or ``RecursionError``: it cannot be read."""

    def decode(self, data: bytes, /) -> Any:
        """The object that ``data`` is."""


def decode(data: bytes, name: str) -> Any:
    """A resource of bytes in UTF-8. Refuses (``UnreadableInput``) what is not JSON, too large, or names a key twice."""
    if len(data) <= MAX_RESOURCE and b"\\ud" not in data and b"\\uD" not in data and (fast := fast_decoder()):
        try:
            found = fast.decode(data)
            # what looks like the end of a name stands at least as often as there are names, so none was given twice
            if len(_NAMES.findall(data)) == _names_in(found):
                return found
        except (ValueError, RecursionError, ArithmeticError):
            pass  # what is wrong is said in one way, by the standard library
    return json_of(text_of(data, name, MAX_RESOURCE), name)


@cache
def fast_decoder() -> Decoder | None:
    """The decoder of msgspec (extra ``fast``), or None."""
    try:
        from msgspec.json import Decoder as Fast
    except ImportError:
        return None
    fast: Decoder = Fast(float_hook=Decimal)
    return fast


def _names_in(value: Any) -> int:
    """How many names objects have in ``value`` altogether."""
    number = 0
    todo = [value]
    while todo:
        each = todo.pop()
        if type(each) is dict:
            number += len(each)
            todo.extend([inner for inner in each.values() if type(inner) is dict or type(inner) is list])
        elif type(each) is list:
            todo.extend([inner for inner in each if type(inner) is dict or type(inner) is list])
    return number
