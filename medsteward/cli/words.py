"""A command that remembers the words it was called with, and option types made from readers of short texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from medsteward.errors import MedstewardError
from medsteward.schedules.saved import MAX_LIST, MAX_TEXT

T = TypeVar("T")

_WORDS = "medsteward.words"
_LEFT_OUT = ("--format", "--output", "-o", "--save", "--input", "-i", "--as-of", "--sheets", "--clinic", "--way")
"""Options that say where an answer goes and how it is printed, or where the case comes from."""
_OF_THE_PLAN = ("--input", "-i", "--way")
"""Those of them that say which plan is meant."""
_FLAGS_LEFT_OUT = frozenset({"--", "--replace", "--verbose", "-v", "--unreviewed"})
"""The same without a value."""


class Worded(click.Command):
    """A command whose words can be shown again."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words, then parse them. Refuses (``UsageError``) more of them, or longer ones, than a plan keeps."""
        if len(args) > MAX_LIST:
            raise click.UsageError(f"{len(args):,} words are given; at most {MAX_LIST:,} are read", ctx)
        for word in args:
            _within(word, ctx)
        ctx.meta[_WORDS] = tuple(args)
        return super().parse_args(ctx, args)


def option_words(sigs: Sequence[str]) -> tuple[str, ...]:
    """The options of the present call as words, one word each for name and value; no medication lines."""
    words: list[str] = []
    left = list(sigs)
    for word in click.get_current_context().meta.get(_WORDS, ()):
        if word in left:
            left.remove(word)
        elif word.startswith("--") and "=" in word:
            words += word.split("=", 1)
        else:
            words.append(word)
    kept: list[str] = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in _LEFT_OUT:
            skip = True
        elif word not in _FLAGS_LEFT_OUT:
            kept.append(word)
    return tuple(kept)


def page_words() -> tuple[str, ...]:
    """The words of the present call about the answer and its page: those that no plan keeps, but the case's own."""
    words: list[str] = []
    given = iter(click.get_current_context().meta.get(_WORDS, ()))
    for word in given:
        name, is_joined, _ = word.partition("=")
        if name in _LEFT_OUT:
            both = [word] if is_joined and word.startswith("--") else [word, next(given, "")]
            words += [] if name in _OF_THE_PLAN else both
        elif word in _FLAGS_LEFT_OUT and word != "--":
            words.append(word)
    return tuple(words)


def _within(word: str, ctx: click.Context | None, param: click.Parameter | None = None) -> str:
    """A word that a plan file can keep. Refuses (``BadParameter``) a longer one."""
    if len(word) > MAX_TEXT:
        what = f'"{word[:20]}..." has {len(word):,} characters; write at most {MAX_TEXT:,}'
        raise click.BadParameter(what, ctx, param) if param is not None else click.UsageError(what, ctx)
    return word


class Text(click.ParamType[str]):
    """Free text that is kept in a plan."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it stands."""
        return _within(str(value), ctx, param)


class ReadText(click.ParamType[T]):
    """A short text read by one of the readers; what it refuses is wrong usage."""

    def __init__(self, name: str, read: Callable[[str], T]) -> None:
        self.name, self.read = name, read

    def convert(self, value: T | str, param: click.Parameter | None, ctx: click.Context | None) -> T:
        """Read the text."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except (ValueError, MedstewardError) as error:
            self.fail(str(error), param, ctx)
