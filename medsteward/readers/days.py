"""A day as people write it in options and cases."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@lru_cache(maxsize=1024)
def day_of(text: str) -> date:
    """A day as 2027-01-04, and in no other way (``ValueError``)."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)
