"""Medication lines as a shell hands them over: lost quotes, files and dashes are seen before they are read as drugs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

import click

from medsteward.cli.desk import is_there
from medsteward.cli.saying import say
from medsteward.model.regimen import Line

_FILE = re.compile(r"\S.*\.(?:toml|jsonl?|ndjson|csv|tsv|parquet|txt)", re.IGNORECASE)
_PATH = re.compile(r"\S{1,200}\.[A-Za-z]\w{0,9}|\S{0,200}/\S{0,200}|\.{1,2}")
_NUMBER = re.compile(r"[^\w\s]?\d[\d.,]*(?:mc?g|g|ml|h)?[,;.]?", re.IGNORECASE | re.ASCII)
"""A number, with its unit at most: no line of directions consists of it."""
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_OPTION = re.compile(rf"[-{_DASHES}]+([A-Za-z][\w-]*)(?:=.*)?", re.DOTALL)


def names_a_file(text: str) -> bool:
    """Whether an argument is the name of a file that could be read, rather than directions."""
    return bool(_FILE.fullmatch(text))


def is_a_file(text: str) -> bool:
    """Whether an argument is the name of a file or folder that is there, by its point or slash no drug's."""
    return _PATH.fullmatch(text) is not None and is_there(text)


def to_read(file: str) -> str:
    """How a file is read, in words."""
    return f"to read a file: --input {shlex.quote(file)}"


def looked_at(sigs: Sequence[str]) -> None:
    """Refuse (``UsageError``) what is a file or an option, and the words of a line that lost its quotes."""
    for sig in sigs:
        option = _OPTION.fullmatch(sig)
        if option and sig[: option.start(1)].strip("-"):
            name = f"--{option[1]}" if len(option[1]) > 1 else f"-{option[1]}"
            raise click.UsageError(f'"{sig[:40]}" begins with a dash that is not a hyphen; for the option write {name}')
        if names_a_file(sig) or is_a_file(sig):
            raise click.UsageError(to_read(sig))
    words = [sig for sig in sigs if sig and not re.search(r"\s", sig)]
    if len(words) > 1 and any(_NUMBER.fullmatch(word) for word in words):
        raise click.UsageError(
            f"{len(words)} lines of one word each: put each medication in straight quotes, "
            'as in "morphine ER 60 mg tablet, 1 tablet every 12 hours"'
        )


def offer_a_list(lines: Sequence[Line]) -> None:
    """Say on standard error how a list is read, where an argument names several medications."""
    several = [str(n) for n, line in enumerate(lines, start=1) if any(p.code == "DRUG-003" for p in line.problems)]
    if several:
        which = f"line {several[0]} names" if len(several) == 1 else f"lines {', '.join(several[:5])} name"
        say(
            f"{which} several medications: give each one in quotes of its own, or the list with one a line in a file "
            "(--input list.txt) or on standard input (--input -)"
        )
