"""Where a fact comes from, and how far it has been checked."""

from __future__ import annotations

from enum import Enum

from attrs import evolve, field, frozen

from medsteward.caches import remembered
from medsteward.model.kept import DERIVED


class Standing(Enum):
    """How far a fact has been checked against its source."""

    __hash__ = object.__hash__  # its members are single objects, and this is asked for of every finding

    VERIFIED = "verified"
    SECONDARY = "secondary"
    RECALLED = "recalled"
    OURS = "ours"

    @property
    def words(self) -> str:
        """The standing as shown to a reader."""
        return _WORDS[self]


_WORDS = {
    Standing.VERIFIED: "verified in the source",
    Standing.SECONDARY: "verified in part, or in a secondary copy",
    Standing.RECALLED: "needs a second source",
    Standing.OURS: "medsteward's own rule",
}


@frozen(cache_hash=True)
class Source:
    """A citation, the place in it, its year, its address if it has one, and the standing of what is taken from it.

    ``key`` finds the work in the bibliography, or is the id of a factor table. It is
    neither shown nor saved: a reader has the citation.
    """

    citation: str
    where: str
    year: int | None
    url: str | None
    standing: Standing
    key: str = field(default="", eq=False, metadata=DERIVED)

    def at(self, where: str) -> Source:
        """The same source at another place."""
        return _at(self, where, self.key)


@remembered(1024)
def _at(source: Source, where: str, key: str) -> Source:
    """Places are few and asked for in every case. Equal sources may differ in ``key``, which is no part of them."""
    return evolve(source, where=where)
