"""Documents to JSON text, the same bytes for the same document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any

Document = dict[str, Any]
"""A result as it is printed: keys in a stable order, numbers as ``json_number`` gives them."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    """JSON text with what could steer a terminal, or is half a character, written as an escape."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


class Kept(dict[str, Any]):
    """A part of a document that many documents share, with its text, so that it is encoded once. Never changed."""

    __slots__ = ("text",)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.text = _ENCODE(document)


class KeptList(list[str]):
    """The same for a list of texts."""

    __slots__ = ("text",)

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__(texts)
        self.text = _ENCODE(list(self))


def one_line(document: Document) -> str:
    """A document as one line."""
    return safe("{" + ", ".join([f'"{key}": {_text(value)}' for key, value in document.items()])) + "}\n"


def _text(value: Any) -> str:
    kind = type(value)
    if kind is Kept or kind is KeptList:
        return value.text  # type: ignore[no-any-return]
    if kind is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if kind is list and not value:
        return "[]"
    if kind is list and type(value[0]) is Kept:
        return f"[{', '.join([each.text for each in value])}]"
    return _ENCODE(value)


def pretty(document: Any) -> str:
    """A document for people: indented."""
    return safe(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def pages(documents: Sequence[Document]) -> Iterator[str]:
    """One document alone, several as an array."""
    yield pretty(documents[0] if len(documents) == 1 else list(documents))
