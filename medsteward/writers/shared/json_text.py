"""Documents to JSON text, the same bytes for the same document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from medsteward.caches import emptied_by

Document = dict[str, Any]
"""A result as it is printed: keys in a stable order, numbers as ``json_number`` gives them."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    """JSON text with what could steer a terminal, or is half a character, written as an escape."""
    if (text.isascii() and "\x7f" not in text) or text.isprintable():  # nothing of the pattern is printable
        return text
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


class KeptText(dict[str, Any]):
    """A part of a document that many documents share, with its text, so that it is encoded once. Never changed."""

    __slots__ = ("by_gap", "text")

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.by_gap: dict[str, str] = {}
        self.text = safe(_ENCODE(document))


class Pieced(dict[str, Any]):
    """A part of a document put together of pieces, in their order, some of which many documents share."""

    __slots__ = ("pieces",)

    def __init__(self, *pieces: Document) -> None:
        super().__init__()
        for piece in pieces:
            self.update(piece)
        self.pieces = pieces


class KeptList(list[Any]):
    """A list of texts, or of parts, that many documents share, with its text. Never changed."""

    __slots__ = ("by_gap", "text")

    def __init__(self, values: Iterable[Any]) -> None:
        super().__init__(values)
        self.by_gap: dict[str, str] = {}
        self.text = _CAREFUL.array(self)


class _Names(dict[str, str]):
    """Keys as they stand before their values. There are few; of a document with others no more are kept."""

    def __missing__(self, key: str) -> str:
        name = f"{_string(key)}: "
        if len(self) < _MOST_NAMES:
            self[key] = name
        return name


_MOST_NAMES = 1024
_NAMES = _Names()
emptied_by(f"{__name__}._NAMES", _NAMES.clear)


def _string(text: str) -> str:
    written = encode_basestring(text)
    return written if written.isascii() and "\x7f" not in written else safe(written)


class _ByType(dict[type, Callable[[Any], str]]):
    """How each type is written; one that is not named, as the standard library writes it."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        return _other


def _other(value: Any) -> str:
    return safe(_ENCODE(value))


class _Lines:
    """Writes documents in one line, as ``json.dumps`` does; what is kept is not written anew."""

    def __init__(self, string: Callable[[str], str]) -> None:
        """``string`` writes a text."""
        self.how = _ByType(
            {
                KeptText: attrgetter("text"),
                KeptList: attrgetter("text"),
                Pieced: self._pieced,
                dict: self.object,
                list: self.array,
                str: string,
                int: int.__repr__,
                float: float.__repr__,
                bool: {True: "true", False: "false"}.__getitem__,
                type(None): {None: "null"}.__getitem__,
            }
        )

    def object(self, document: Document) -> str:
        return f"{{{self._members(document)}}}"

    def array(self, values: list[Any]) -> str:
        if not values:
            return "[]"
        how = self.how
        return f"[{', '.join([how[type(value)](value) for value in values])}]"

    def _members(self, document: Document) -> str:
        how, names = self.how, _NAMES
        return ", ".join([names[key] + how[type(part)](part) for key, part in document.items()])

    def _pieced(self, document: Pieced) -> str:
        members = self._members
        inner = [piece.text[1:-1] if type(piece) is KeptText else members(piece) for piece in document.pieces]
        return f"{{{', '.join(inner)}}}"


_PLAIN = _Lines(encode_basestring)
"""Where no text needs an escape of ours: whether any does is seen at the whole line at once."""
_CAREFUL = _Lines(_string)


def one_line(document: Document) -> str:
    """A document as one line."""
    text = _PLAIN.object(document)
    if not text.isascii() or "\x7f" in text:
        text = _CAREFUL.object(document)
    return f"{text}\n"


def pretty(document: Any) -> str:
    """A document for people: indented, as ``json.dumps`` does it, which is three times as slow."""
    return _indented(document, "\n") + "\n"


def _indented(value: Any, gap: str) -> str:
    """A value whose lines begin with ``gap``: a line break and the spaces before it."""
    kind = type(value)
    if kind is str:
        return _string(value)
    if kind is KeptText or kind is KeptList:
        return _kept(value, gap)
    if isinstance(value, dict | list | tuple):
        return _opened(value, gap)
    return _CAREFUL.how[kind](value)


def _opened(value: Any, gap: str) -> str:
    inner = gap + "  "
    if isinstance(value, dict):
        lines = [_NAMES[key] + _indented(part, inner) for key, part in value.items()]
        return f"{{{inner}{f',{inner}'.join(lines)}{gap}}}" if lines else "{}"
    lines = [_indented(part, inner) for part in value]
    return f"[{inner}{f',{inner}'.join(lines)}{gap}]" if lines else "[]"


def _kept(value: KeptText | KeptList, gap: str) -> str:
    """The same of a part that many documents share: written once for each place where it stands."""
    found = value.by_gap.get(gap)
    if found is None:
        found = value.by_gap[gap] = _opened(value, gap)
    return found


def pages(documents: Sequence[Document]) -> Iterator[str]:
    """One document alone, several as an array."""
    yield pretty(documents[0] if len(documents) == 1 else list(documents))
