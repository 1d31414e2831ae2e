"""The exceptions of medsteward: one base class, few kinds, their parts kept as fields.

Bad *input* is not an exception here: readers return problems (see ``model.problem``).
These are raised when a program breaks a promise, such as adding mg to MME.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class MedstewardError(Exception):
    """Base of every error that medsteward raises on purpose."""


class NotANumber(MedstewardError):
    """A number that cannot be read exactly, or is written in a way that invites a tenfold error.

    ``text`` is what was read, ``hint`` what to write instead, ``code`` its entry in the error list.
    """

    def __init__(self, text: str, hint: str, code: str = "NUM-002") -> None:
        self.text, self.hint, self.code = text, hint, code
        super().__init__(f'"{text}": {hint}')


class NotADay(MedstewardError, ValueError):
    """What a program gives as the day asked about is none. The text says what to give instead."""


class WrongArgument(MedstewardError, TypeError):
    """An argument of another kind than a call takes. The text says what it is and how to make one."""


class UnknownUnit(MedstewardError):
    """A unit outside the closed list. ``text`` is what was read, ``hint`` what to write instead."""

    def __init__(self, text: str, hint: str) -> None:
        self.text, self.hint = text, hint
        super().__init__(f'"{text}": {hint}')


class UnitMismatch(MedstewardError):
    """Two amounts whose units cannot be combined or converted into each other."""


class UnknownTable(MedstewardError):
    """A factor table that is not installed. ``name`` is what was asked for, ``near`` and ``known`` what there is."""

    def __init__(self, name: str, known: tuple[str, ...], near: tuple[str, ...] = ()) -> None:
        self.name, self.known, self.near = name, known, near
        hint = f"did you mean {' or '.join(near)}?" if near else f"the tables are {', '.join(known)}"
        super().__init__(f'no factor table "{name}"; {hint}')


class UnknownPolicy(MedstewardError):
    """A taper policy that does not exist. ``name`` is what was asked for, ``near`` and ``known`` what there is."""

    def __init__(self, name: str, near: tuple[str, ...], known: tuple[str, ...]) -> None:
        self.name, self.near, self.known = name, near, known
        hint = f"did you mean {' or '.join(near)}?" if near else f"the policies are {', '.join(known)}"
        super().__init__(f'no taper policy "{name[:40]}"; {hint}')


class OneOnly(MedstewardError):
    """Several reports, or none, in a format that holds one. The text says which, and what to give instead."""


class BadTable(MedstewardError):
    """A factor table whose files break the rules of the format. ``where`` names file and row."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f"{where}: {what}")


class MissingPart(MedstewardError):
    """A part of the program that is not installed. ``what`` needs it, ``command`` is the one that adds it."""

    def __init__(self, what: str, command: str) -> None:
        self.what, self.command = what, command
        super().__init__(f"{what} needs a part that is not installed; add it with: {command}")


class BrokenPart(MedstewardError):
    """A part of the program that is installed and does not load. ``what`` needs it, ``library`` is its name."""

    def __init__(self, what: str, library: str, why: BaseException) -> None:
        self.what, self.library = what, library
        said = " ".join(str(why).split())[:160]
        super().__init__(
            f"{what} needs {library}, which is installed but does not load ({type(why).__name__}: {said}); "
            f"install it again with: pip install --force-reinstall {library}"
        )


@contextmanager
def part_for(what: str, library: str, command: str) -> Iterator[None]:
    """Import a library inside this. Raises ``MissingPart`` where it is not installed, ``BrokenPart`` where it fails."""
    try:
        yield
    except ImportError as error:
        absent = isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] == library
        if absent or str(error) == library:  # an import hook that says no more than its name
            raise MissingPart(what, command) from None
        raise BrokenPart(what, library, error) from None
    except Exception as error:  # a library that cannot be loaded raises anything
        raise BrokenPart(what, library, error) from None


class UnreadableInput(MedstewardError):
    """A file or stream that cannot be read at all. ``where`` names it, ``what`` says why and what to do."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f"{where}: {what}")


class CannotWrite(MedstewardError):
    """A file that cannot be written. ``where`` names it, ``what`` says why and what to do."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f'cannot write to "{where}": {what}')


class EngineFailed(MedstewardError):
    """A database gave up for a reason that is not ours to know. ``kind`` is its name for it, never its words."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"the database gave up ({kind}); nothing was written. Please report the command")


class NothingToPrint(MedstewardError):
    """A page was asked for and there is no plan to put on it. ``exit_code`` is that of the report."""

    def __init__(self, why: str, exit_code: int) -> None:
        self.why, self.exit_code = why, exit_code
        super().__init__(f"there is no plan to print{': ' if why else ''}{why}")


class UnknownMeasure(MedstewardError):
    """A measure that is not declared. ``name`` is what was asked for, ``known`` what there is."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name, self.known = name, known
        super().__init__(f'no measure "{name[:40]}"; the measures are {", ".join(known)}')


class DraftOfAnother(MedstewardError):
    """A proposed order that is for another patient than the case. ``name`` is that of the order, not the patient's."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f'the order "{name[:60]}" is for another patient than the case; give orders of one patient')


class UnknownPain(MedstewardError):
    """A kind of pain that is not known. ``name`` is what was asked for, ``known`` are the kinds."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name, self.known = name, known
        super().__init__(f'no kind of pain "{name[:40]}"; write {", ".join(known)}')
