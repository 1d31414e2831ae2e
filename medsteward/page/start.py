"""Screen 0: what can be done here."""

from __future__ import annotations

from datetime import date

from medsteward.page.answer import Answer
from medsteward.page.form import SentForm
from medsteward.page.view import page

EXAMPLE = """morphine ER 30 mg tablet, 1 tablet every 12 hours
oxycodone IR 10 mg tablet, 1 tablet every 6 hours as needed
lorazepam 0.5 mg tablet, 1 tablet at bedtime as needed
sertraline 50 mg tablet daily"""
"""A made-up list to try."""


def start(form: SentForm, today: date, *, said: str = "") -> Answer:
    """The doors."""
    return page("start", {"form": form, "example": EXAMPLE, "said": said})
