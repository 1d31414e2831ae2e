"""What the service says of itself: that it answers, which version with which tables, and its description."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from medsteward.limits.load import dose_limits
from medsteward.service.answer import HttpAnswer, json_bytes
from medsteward.service.request import WebRequest
from medsteward.tables.load import factor_table, table_ids
from medsteward.version import __version__


def health() -> dict[str, Any]:
    """That it answers."""
    return {"status": "ok"}


def version() -> dict[str, Any]:
    """The version and the digest of every factor table and of the dose limits."""
    return {
        "schema": "medsteward.version/1",
        "medsteward": __version__,
        "tables": {each: factor_table(each).digest for each in table_ids()},
        "dose_limits": {each.id: each.digest for each in dose_limits().sets},
        "cds_hooks": "2.0",
    }


def fixed(document: dict[str, Any]) -> Callable[[WebRequest], HttpAnswer]:
    """A route that always gives the same document."""
    answer = HttpAnswer(200, json_bytes(document))
    return lambda request: answer
