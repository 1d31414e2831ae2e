"""Input that was not understood, and input that was understood but deserves a word."""

from __future__ import annotations

from attrs import frozen

from medsteward.model.codes import CODES


@frozen
class Problem:
    """Something that stands in the way: its code, where it is, what is wrong and what to do, and suggestions.

    ``fact`` and ``said`` name a fact of the patient that was not understood, and its words as they were written: what
    rests on it was not looked at.
    """

    code: str
    where: str
    text: str
    suggestions: tuple[str, ...] = ()
    fact: str = ""
    said: str = ""

    def __attrs_post_init__(self) -> None:
        if CODES[self.code].exit_code == 0:
            raise ValueError(f"{self.code} is a warning, not a problem")

    @property
    def exit_code(self) -> int:
        """3 needs confirmation, 4 a part is missing, 5 refused."""
        return CODES[self.code].exit_code

    def on_line(self, number: int) -> Problem:
        """The same as a problem of a case: its line, and its place within what the line was read from."""
        return Problem(self.code, _on_line(number, self.where), self.text, self.suggestions)


@frozen(cache_hash=True)
class Caution:
    """A warning: the line counts, and this should be known about it.

    ``mark`` is what every page says of it above everything else; empty: it is only listed. ``unread`` are facts of the
    patient that were not read, so that what rests on them was not looked at: ``condition "ingrowing nail"``.
    """

    code: str
    text: str
    where: str = ""
    mark: str = ""
    unread: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if CODES[self.code].exit_code != 0:
            raise ValueError(f"{self.code} is a problem, not a warning")

    def on_line(self, number: int) -> Caution:
        """The same as a warning of a case."""
        return Caution(self.code, self.text, _on_line(number, self.where), self.mark, self.unread)


def _on_line(number: int, where: str) -> str:
    return f"line {number}, {where}" if where else f"line {number}"
