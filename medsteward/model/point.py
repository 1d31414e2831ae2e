"""One fact shown with a reminder or an option."""

from __future__ import annotations

from attrs import frozen

from medsteward.model.source import Source


@frozen(cache_hash=True)
class Point:
    """What group it belongs to, its words, where it comes from."""

    group: str
    text: str
    source: Source
