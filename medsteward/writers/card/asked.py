"""What may be asked of a card: which sheets to tick it has. Light, so that a command line can offer it."""

from __future__ import annotations

from enum import Enum


class Sheets(Enum):
    """Which sheets are printed. ``next``: to the end of the next fill."""

    NONE = "none"
    NEXT = "next"
    THREE_MONTHS = "3m"
    ALL = "all"
