"""A review as one printable page of HTML: no scripts, nothing loaded, legible in black and white.

The page is for the clinician. Every text from outside goes through jinja2's autoescape.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from medsteward.advice.review import Review
from medsteward.errors import MissingPart
from medsteward.version import __version__
from medsteward.writers.review_page import page_of
from medsteward.writers.review_table import TITLES

if TYPE_CHECKING:
    from jinja2 import Template

COMMAND = "pip install 'medsteward[handout]'"
_FOLDER = Path(__file__).parent / "templates"


def page(review: Review) -> str:
    """The page as HTML, the same bytes for the same review. Raises ``MissingPart`` without jinja2."""
    return _template().render(page=page_of(review), titles=TITLES, version=__version__) + "\n"


@cache
def _template() -> Template:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingPart("a printable page", COMMAND) from None
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("review.html.j2")
