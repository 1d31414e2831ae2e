"""What is known of a code, or of an index of codes: a line for each part, or a document."""

from __future__ import annotations

from collections.abc import Mapping

from medsteward.writers.shared.json_text import Document

Facts = Mapping[str, object]
"""What is known, by name; a value that is a mapping has lines of its own."""


def text(found: Facts) -> str:
    """A line for each fact."""
    lines: list[str] = []
    for key, value in found.items():
        parts = value.items() if isinstance(value, Mapping) else [(key, value)]
        lines += [f"{name}: {each}" for name, each in parts]
    return "\n".join(lines) + "\n"


def document(found: Facts) -> Document:
    """The facts as they stand."""
    return dict(found)
