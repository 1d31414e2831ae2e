"""Templates of printable pages. Every text from outside is escaped; only drawings of ours are taken as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medsteward.caches import remembered
from medsteward.errors import part_for

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

COMMAND = "pip install 'medsteward[handout]'"
_FOLDER = Path(__file__).parents[1] / "templates"


@remembered(1024)
def template(name: str, what: str) -> Template:
    """A template by its file name. Raises ``MissingPart``, naming ``what`` is asked for, without jinja2."""
    with part_for(what, "jinja2", COMMAND):
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def safe(markup: str) -> Markup:
    """Markup that we made ourselves, with every text in it escaped already."""
    from markupsafe import Markup

    return Markup(markup)
