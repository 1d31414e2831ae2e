"""Documents to JSON text, the same bytes for the same document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

Document = dict[str, Any]
"""A result as it is printed: keys in a stable order, numbers as ``json_number`` gives them."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "), allow_nan=False).encode


def one_line(document: Document) -> str:
    """A document as one line."""
    return _ENCODE(document) + "\n"


def pretty(document: Any) -> str:
    """A document for people: indented."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def pages(documents: Sequence[Document]) -> Iterator[str]:
    """One document alone, several as an array."""
    yield pretty(documents[0] if len(documents) == 1 else list(documents))
