"""The terminal that a text is laid out for: how wide it is, and whether it shows bold letters and colors.

A text is plain and 80 columns wide unless the command line says otherwise for the present call. Styles are put on last,
after a line is folded, so that they take no room; the words alone always say what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from textwrap import fill

from attrs import frozen

NARROW, WIDE = 80, 120
"""Columns that every text fits, and the most that it uses."""


@frozen
class Terminal:
    """Columns of the terminal, and whether it shows styles."""

    width: int = NARROW
    is_styled: bool = False


_PLAIN = Terminal()
_HERE: ContextVar[Terminal] = ContextVar("medsteward_screen", default=_PLAIN)
_BOLD, _RED, _YELLOW, _OFF = "\x1b[1m", "\x1b[1;31m", "\x1b[33m", "\x1b[0m"
_COLORS = {"CONTRAINDICATED": _RED, "MAJOR": _RED, "OVERDUE": _RED, "MODERATE": _YELLOW, "DUE": _YELLOW}
"""The color of a word of severity or of urgency at the beginning of a line; any other has none."""


def screen() -> Terminal:
    """The terminal of the present call."""
    return _HERE.get()


@contextmanager
def on_screen(of: Terminal) -> Iterator[None]:
    """Lay texts out for this terminal while the block runs."""
    token = _HERE.set(of)
    try:
        yield
    finally:
        _HERE.reset(token)


def width_of(columns: int | None) -> int:
    """How wide a text is on a terminal of so many columns: from ``NARROW`` to ``WIDE``."""
    return NARROW if columns is None else max(NARROW, min(columns, WIDE))


def folded(sentence: str, indent: str = "  ", *, hanging: str = "  ") -> str:
    """A sentence folded between words; its further lines stand ``hanging`` deeper. What is pasted is never cut."""
    return fill(
        _bound(sentence),
        screen().width,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace(_HARD, " ")


def command_lines(command: str, indent: str = "    ") -> list[str]:
    """A command folded between its words so that it can be pasted: each line but the last ends in a backslash."""
    room = screen().width - len(indent) - 2
    lines = _between_words(command, room)
    return [f"{indent}{line}{' ' + chr(92) if number < len(lines) else ''}" for number, line in enumerate(lines, 1)]


def _between_words(command: str, room: int) -> list[str]:
    """A command in lines of at most ``room`` letters, broken only where a shell sees a space between words."""
    words: list[str] = []
    quote = ""
    for piece in command.split(" "):
        if quote:
            words[-1] += f" {piece}"
        else:
            words.append(piece)
        for letter in piece:
            if letter in "'\"" and quote in ("", letter):
                quote = "" if quote else letter
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] += f"{' ' if lines[-1] else ''}{word}"
    return lines


def bold(text: str) -> str:
    """The answer itself: bold where the terminal shows it, line by line."""
    if not screen().is_styled:
        return text
    return "\n".join(f"{_BOLD}{line}{_OFF}" if line.strip() else line for line in text.split("\n"))


def colored(text: str) -> str:
    """A text whose first word says how severe or urgent it is, that word in its color where the terminal shows it."""
    if not screen().is_styled:
        return text
    body = text.lstrip()
    word = body.split(" ", 1)[0].rstrip(":")
    color = _COLORS.get(word)
    if color is None:
        return text
    lead = text[: len(text) - len(body)]
    return f"{lead}{color}{word}{_OFF}{body[len(word) :]}"


def fitted(text: str) -> str:
    """A text with the lines that are wider than the terminal folded, further lines as deep as theirs and a little."""
    width = screen().width
    return "\n".join(
        line if len(line) <= width else folded(line.lstrip(" "), " " * (len(line) - len(line.lstrip(" "))))
        for line in text.split("\n")
    )


def cell_lines(text: str, width: int) -> str:
    """A cell of a table folded to a width between words; a number keeps its unit beside it.

    A word that is wider is parted behind a hyphen, slash or low line between letters; a part that still is, anywhere.
    """
    lines = [""]
    for word in _bound(text).split(" "):
        for number, piece in enumerate(_parted(word, width) if len(word) > width else [word]):
            gap = " " if not number and lines[-1] else ""
            if lines[-1] and len(lines[-1]) + len(gap) + len(piece) > width:
                lines.append(piece)
            else:
                lines[-1] += f"{gap}{piece}"
    return "\n".join(lines).replace(_HARD, " ")


_HARD = "\u00a0"
_PARTS = re.compile(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})|(?<=[A-Za-z]{3}/)(?=[A-Za-z]{3})|(?<=_)(?=\w)")
_UNIT = re.compile(r"(?<=\d) (?=(?:%|mg|mcg|mL|MME|g|kg|ms)(?![A-Za-z]))")


def _bound(text: str) -> str:
    """A text in which no number is parted from its unit."""
    return _UNIT.sub(_HARD, text)


def _parted(word: str, width: int) -> list[str]:
    """A word in parts that are no wider than a column."""
    return [part[start : start + width] for part in _PARTS.split(word) for start in range(0, len(part), width)]


def longest_word(text: str, *, parted: bool = False) -> int:
    """The room that a cell needs at least: its longest word, a number with its unit being one.

    ``parted``: words may be parted as ``cell_lines`` does.
    """
    words = _bound(text).split(" ")
    return max((len(part) for word in words for part in (_PARTS.split(word) if parted else (word,))), default=0)
