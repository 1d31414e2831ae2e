"""The page of formats: which command writes which, for whom, with which options, and what writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Never

from medsteward.writers.formats import ALL, PLAN, Format, Whom, Written
from medsteward.writers.shared.cells import markdown_table

_HEAD = """\
# Formats

Every answer is written in one of several formats, which `--format` chooses; the first is taken without it. This page is
made from the table in `medsteward/writers/formats.py`, as the choices and the help of the command line are.
[How to add a format](how_to_add_a_format.md) tells how a row is added.
"""
_SHOWN = tuple(kind for kind in ALL if kind is PLAN or not set(kind.formats) <= set(PLAN.formats))
"""Every report but those that are written as a plan is."""


def markdown_page(commands: Mapping[str, Sequence[Written[Never]]]) -> str:
    """The page. ``commands`` are those with ``--format`` and the reports that each may answer."""
    return "\n".join(
        [
            _HEAD,
            "## Commands\n",
            markdown_table(("command", "formats", "reports"), [_command(*each) for each in commands.items()]),
            "## For whom a plan is written\n",
            "A plan in FHIR is for programs, and for nobody of these. Without `--for` it is whoever stands first in the"
            " last table.\n",
            markdown_table(("`--for`", "formats"), [(f"`{who.value}`", _names(PLAN.names_for(who))) for who in Whom]),
            "## Options of a format\n",
            "Elsewhere these options do nothing; for a plan that is said.\n",
            markdown_table(("option of the writer", "formats"), _options()),
            "## Reports\n",
            markdown_table(
                ("report", "format", "for", "several in one call", "writer in `medsteward/writers/`"),
                [_row(kind, each) for kind in _SHOWN for each in kind.formats],
            ),
        ]
    )


def _command(name: str, kinds: Sequence[Written[Never]]) -> list[str]:
    formats = dict.fromkeys(each for kind in kinds for each in kind.names)
    return [f"`{name}`", _names(formats), "; ".join(kind.about for kind in kinds)]


def _options() -> list[list[str]]:
    options = dict.fromkeys(option for kind in _SHOWN for each in kind.formats for option in each.takes)
    return [
        [
            f"`{option}`",
            "; ".join(
                f"{kind.name}: {_names(kind.names_taking(option))}" for kind in _SHOWN if kind.names_taking(option)
            ),
        ]
        for option in options
    ]


def _row(kind: Written[Never], each: Format) -> list[str]:
    module, _, function = each.writer.partition(":")
    whom = "" if each.whom is None else each.whom.value
    said = (each.together.__doc__ or "").partition(":")[0].rstrip(".")
    several = said[:1].lower() + said[1:]
    return [kind.name, each.name, whom, several, f"`{module.replace('.', '/')}.py` `{function}`"]


def _names(names: Sequence[str] | Mapping[str, None]) -> str:
    return ", ".join(names)
