"""Whether two values of ours say the same, part by part, where their classes compare by identity to be quick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs


def alike(one: Any, other: Any) -> bool:
    """Whether two values are equal, or are of one class with parts that are alike."""
    if one is other:
        return True
    if type(one) is not type(other):
        return bool(one == other)
    if attrs.has(type(one)):
        return all(alike(getattr(one, each.name), getattr(other, each.name)) for each in attrs.fields(type(one)))
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    return bool(one == other)
