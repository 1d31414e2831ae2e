"""What every clause can do, be it about a case, a taper or dispensing records; and clauses of one kind joined."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import frozen

from medsteward.model.missing import Ask
from medsteward.patient.form import AllOf, Form, OneOf, Unless

Subject = TypeVar("Subject", contravariant=True)


class Clause(Generic[Subject]):
    """One condition as data: it says itself (``str``), tests a subject, names what it needs, and has a plain form."""

    __slots__ = ()

    def test(self, subject: Subject, /) -> bool | None:
        """Whether it holds; None: not known."""
        raise NotImplementedError

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The facts it needs, where they are asked for."""
        return ()

    @property
    def form(self) -> Form:
        """The clause as plain data, for a database."""
        raise NotImplementedError


@frozen
class Every(Clause[Subject]):
    """All of these hold: no where one is no, else not known where one is not known."""

    ones: tuple[Clause[Subject], ...]

    def __str__(self) -> str:
        return " and ".join(f"({each})" if isinstance(each, Some) else str(each) for each in self.ones)

    def test(self, subject: Subject, /) -> bool | None:
        answers = [each.test(subject) for each in self.ones]
        return False if False in answers else None if None in answers else True

    @property
    def asks(self) -> tuple[Ask, ...]:
        return _asks(self.ones)

    @property
    def form(self) -> Form:
        return AllOf(tuple(each.form for each in self.ones))


@frozen
class Some(Clause[Subject]):
    """At least one of these holds: yes where one is yes, else not known where one is not known."""

    ones: tuple[Clause[Subject], ...]

    def __str__(self) -> str:
        return " or ".join(f"({each})" if isinstance(each, Every) else str(each) for each in self.ones)

    def test(self, subject: Subject, /) -> bool | None:
        answers = [each.test(subject) for each in self.ones]
        return True if True in answers else None if None in answers else False

    @property
    def asks(self) -> tuple[Ask, ...]:
        return _asks(self.ones)

    @property
    def form(self) -> Form:
        return OneOf(tuple(each.form for each in self.ones))


@frozen
class Without(Clause[Subject]):
    """This does not hold; what is not known does not hold either."""

    one: Clause[Subject]

    def __str__(self) -> str:
        return f"not ({self.one})"

    def test(self, subject: Subject, /) -> bool | None:
        return self.one.test(subject) is not True

    @property
    def form(self) -> Form:
        return Unless(self.one.form)


def _asks(ones: tuple[Clause[Subject], ...]) -> tuple[Ask, ...]:
    return tuple(dict.fromkeys([ask for each in ones for ask in each.asks]))
