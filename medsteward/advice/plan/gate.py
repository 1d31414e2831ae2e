"""Gates of what is asked for: a clause, and what is said where it holds. Tapers and trials declare theirs with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from attrs import frozen

from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source
from medsteward.patient.clause import Clause

Asked = TypeVar("Asked")


@frozen
class GateWords:
    """One thing that is said: its place, the text, and suggestions."""

    where: str
    text: str
    suggestions: tuple[str, ...] = ()


@frozen
class Gate(Generic[Asked]):
    """What is said of a taper or trial that is asked for where ``when`` holds, with the sources of it.

    ``unknown``: it is said where the clause is not known, and not where it holds.
    """

    code: str
    when: Clause[Asked]
    says: Callable[[Asked], Iterable[GateWords]]
    sources: Callable[[Asked], tuple[Source, ...]] = lambda _: ()
    unknown: bool = False

    def __str__(self) -> str:
        asks = f" [asks for {', '.join(map(str, self.when.asks))}]" if self.when.asks else ""
        return f"{self.code} {'where it is not known whether' if self.unknown else 'where'} {self.when}{asks}"

    def speaks(self, asked: Asked) -> bool:
        """Whether it says something."""
        return self.when.test(asked) is (None if self.unknown else True)

    def problems(self, asked: Asked) -> tuple[Problem, ...]:
        """What it says, as problems; empty where it says nothing."""
        said = self.says(asked) if self.speaks(asked) else ()
        return tuple(Problem(self.code, each.where, each.text, each.suggestions) for each in said)

    def cautions(self, asked: Asked) -> tuple[Caution, ...]:
        """What it says, as warnings; empty where it says nothing."""
        said = self.says(asked) if self.speaks(asked) else ()
        return tuple(Caution(self.code, each.text, each.where) for each in said)
