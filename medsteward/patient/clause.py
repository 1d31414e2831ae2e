"""What every clause can do, be it about a case or about dispensing records."""

from __future__ import annotations

from typing import Generic, TypeVar

from medsteward.patient.form import Form

Subject = TypeVar("Subject", contravariant=True)


class Clause(Generic[Subject]):
    """One condition as data: it says itself (``str``), tests a subject, names what it needs, and has a plain form."""

    __slots__ = ()

    def test(self, subject: Subject, /) -> bool | None:
        """Whether it holds; None: not known."""
        raise NotImplementedError

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts it needs, in words, where they are asked for."""
        return ()

    @property
    def form(self) -> Form:
        """The clause as plain data, for a database."""
        raise NotImplementedError
