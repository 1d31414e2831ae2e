"""The phrases of a line, asked by their kinds: many checks look for a kind of phrase that few lines have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from medsteward.caches import remembered
from medsteward.readers.directions.kinds import Phrase

Kind = TypeVar("Kind", bound=Phrase)


@remembered(4096)
def _with_bases(classes: frozenset[type[Phrase]]) -> frozenset[type]:
    return frozenset(base for each in classes for base in each.__mro__)


class Phrases(list[Phrase]):
    """The phrases of a line in their order, which stay as they are from here on."""

    __slots__ = ("_of_type", "kinds")

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        super().__init__(phrases)
        of_type: dict[type, list[Phrase]] = {}
        for phrase in self:
            of_type.setdefault(type(phrase), []).append(phrase)
        self._of_type = of_type
        self.kinds: frozenset[type] = _with_bases(frozenset(of_type))
        """Every class that one of them belongs to."""

    def has(self, *kinds: type[Phrase]) -> bool:
        """Whether there is a phrase of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)

    def first(self, kind: type[Kind]) -> Kind | None:
        """The first phrase of a kind; None: there is none."""
        return self.all(kind)[0] if kind in self.kinds else None

    def all(self, kind: type[Kind]) -> Sequence[Kind]:
        """The phrases of a kind in their order."""
        if kind not in self.kinds:
            return ()
        if kind in self._of_type and not kind.__subclasses__():
            return self._of_type[kind]  # type: ignore[return-value]  # all of them are of just this type
        return [phrase for phrase in self if isinstance(phrase, kind)]
