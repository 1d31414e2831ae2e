"""JSON text of FHIR resources to objects: by msgspec where it is installed, and otherwise by the standard library.

Both give the same: numbers as int or Decimal, a name given twice refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from attrs import frozen

from medsteward.caches import made_once
from medsteward.readers.shared.json_text import json_of, text_of

MAX_RESOURCE = 32_000_000
"""Bytes of one Bundle or other resource, alone in its file or as one line of a stream."""

_NOT_FAST = re.compile(rb"\\u(?:[dD]|003[aA])")
"""Escapes that may be half a character, or are a colon."""


@frozen
class Fast:
    """JSON to objects and back. Both raise ``ValueError``, ``RecursionError`` or ``ArithmeticError``: it cannot be."""

    decode: Callable[[bytes], Any]
    encode: Callable[[Any], bytes]


def decode(data: bytes, name: str) -> Any:
    """A resource of bytes in UTF-8. Refuses (``UnreadableInput``) what is not JSON, too large, or names a key twice."""
    fast = fast_decoder()
    if fast is not None and len(data) <= MAX_RESOURCE and not (b"\\" in data and _NOT_FAST.search(data)):
        try:
            found = fast.decode(data)
            # One colon follows each name, and the others are those of the texts, which only an escape writes otherwise.
            # So as many as in the object written again means that no name was given twice.
            if data.count(b":") == fast.encode(found).count(b":"):
                return found
        except (ValueError, RecursionError, ArithmeticError):
            pass  # what is wrong is said in one way, by the standard library
    return json_of(text_of(data, name, MAX_RESOURCE), name)


def writer() -> Callable[[Any], str | bytes]:
    """Gives what ``decode`` gave as a text that no other value has.

    Only 1 and 1e0, which mean the same everywhere, may share one.
    """
    fast = fast_decoder()
    return repr if fast is None else fast.encode


@made_once
def fast_decoder() -> Fast | None:
    """The decoder of msgspec (extra ``fast``), or None."""
    try:
        from msgspec import MsgspecError
        from msgspec.json import Decoder, Encoder
    except Exception:  # without it, or where it does not load: the standard library gives the same
        return None
    read, write = Decoder(float_hook=Decimal).decode, Encoder(decimal_format="number").encode
    if issubclass(MsgspecError, ValueError):
        return Fast(read, write)

    def refusing(use: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Older versions raise errors of their own."""

        def used(value: Any) -> Any:
            try:
                return use(value)
            except MsgspecError as error:
                raise ValueError(str(error)) from None

        return used

    return Fast(refusing(read), refusing(write))
