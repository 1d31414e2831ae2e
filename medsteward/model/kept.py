"""Which attributes of a class stand in a saved plan, so that a plan saved by an earlier version keeps its bytes."""

from __future__ import annotations

from typing import Any

import attrs

DERIVED = {"kept": "never"}
"""Metadata of an attribute that follows from others: it is not saved, and made anew."""
ADDED = {"kept": "if set"}
"""Metadata of an attribute that earlier versions did not know: it is saved where it is not its default."""


def is_known(attribute: attrs.Attribute[Any]) -> bool:
    """Whether a saved plan may hold this attribute at all."""
    return attribute.metadata.get("kept") != "never"


def is_kept(attribute: attrs.Attribute[Any], value: Any) -> bool:
    """Whether a saved plan holds this attribute with this value."""
    kept = attribute.metadata.get("kept")
    return kept is None or (kept == "if set" and value != attribute.default)
