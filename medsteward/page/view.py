"""Templates of the screens. Every text from outside is escaped; strings of ours go through ``_``, for translators."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medsteward.caches import made_once, remembered
from medsteward.errors import part_for
from medsteward.limits.load import dose_limits
from medsteward.model.conditions import CONDITIONS, Indication
from medsteward.page.answer import Answer
from medsteward.tables.load import factor_table, table_ids
from medsteward.version import __version__
from medsteward.writers.shared.html import COMMAND

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).with_name("templates")


@remembered(1)
def _environment() -> Environment:
    with part_for("the page", "jinja2", COMMAND):
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return made


@made_once
def _made_of() -> str:
    """The data that answers are made of, each by the first letters of its digest."""
    parts = [f"{name} {factor_table(name).digest[7:19]}" for name in table_ids()]
    parts += [f"limits of {each.id} {each.digest[7:19]}" for each in dose_limits().sets]
    return "; ".join(parts)


def page(name: str, model: Mapping[str, Any], *, status: int = 200) -> Answer:
    """A screen: its template filled with its model. Raises ``MissingPart`` without jinja2."""
    known = {
        "screen": name,
        "version": __version__,
        "made_of": _made_of(),
        "indications": [(each.value, each.value) for each in Indication],
        "conditions_known": CONDITIONS,
    }
    html = _environment().get_template(f"{name}.html.j2").render({**model, **known})
    return Answer((html + "\n").encode(), status=status)
