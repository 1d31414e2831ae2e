"""The command of a plan as it was asked, so that it can be shown again with something added."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from attrs import evolve

from medsteward.schedules.plan import Asked


def command_text(asked: Asked, *more: str, without: Sequence[str] = (), lines: Sequence[str] | None = None) -> str:
    """The command as asked with options added or taken away (each with its value), or with other lines."""
    kept = list(_without(asked.options, without))
    head = ["--input", asked.source] if asked.source is not None and lines is None else list(lines or asked.lines)
    return shlex.join(["medsteward", "taper", *head, *kept, *more])


def without_words(asked: Asked, *names: str) -> Asked:
    """The command as asked without options of these names and their values."""
    return evolve(asked, options=tuple(_without(asked.options, names)))


def _without(options: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    skip = False
    for word in options:
        if skip:
            skip = False
        elif word in names:
            skip = True
        else:
            yield word
