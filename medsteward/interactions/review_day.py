"""When the rules were last looked through, and by when they should be again."""

from __future__ import annotations

from datetime import date

CHECKED_ON = date(2026, 11, 23)
"""The day on which the rules were last held against their sources."""
REVIEW_BY = date(2027, 11, 23)
"""The day by which that should happen again; a test fails from then on."""
