"""A review as one printable page of HTML: no scripts, nothing loaded, legible in black and white.

The page is for the clinician. Every text from outside goes through jinja2's autoescape.
"""

from __future__ import annotations

from medsteward.advice.case.review import Review
from medsteward.version import __version__
from medsteward.writers.review.page import page_of
from medsteward.writers.review.table import TITLES
from medsteward.writers.shared.html import template


def page(review: Review) -> str:
    """The page as HTML, the same bytes for the same review. Raises ``MissingPart`` without jinja2."""
    return (
        template("review.html.j2", "a printable page").render(page=page_of(review), titles=TITLES, version=__version__)
        + "\n"
    )
