"""A drug known by a code, and what turns codes into names: a resolver that is passed to the readers."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from medsteward.model.product import Product


@frozen
class Coded:
    """What a code stands for.

    ``name`` is in the words of its source: the RxNorm name (``oxycodone hydrochloride 5 MG Oral Tablet``), or that of
    our list. ``rxcui`` is the RxNorm code, None where only an NDC is known. ``source`` says in words where this was
    looked up. ``product`` is set where our own list has the product, ``ingredient`` where the code stands for an
    ingredient that we know; both None: read ``name``. ``kind`` is the term type, such as SCD, where it is known.
    """

    name: str
    rxcui: str | None
    source: str
    kind: str = ""
    product: Product | None = None
    ingredient: str | None = None


class Resolver(Protocol):
    """Looks codes up. It never guesses: what it does not hold is None. Answers are kept by resolver: it is hashable."""

    def __hash__(self) -> int:
        """By identity, or by what it holds."""

    def rxcui(self, code: str) -> Coded | None:
        """What an RxNorm code (digits) stands for."""

    def ndc(self, code: str) -> Coded | None:
        """What an NDC (eleven digits, as ``model.ndc`` gives them) stands for."""


@frozen
class Chain:
    """Several resolvers, asked one after the other; the first one that knows answers."""

    resolvers: tuple[Resolver, ...]

    def rxcui(self, code: str) -> Coded | None:
        """What an RxNorm code stands for."""
        return next((found for each in self.resolvers if (found := each.rxcui(code)) is not None), None)

    def ndc(self, code: str) -> Coded | None:
        """What an NDC stands for."""
        return next((found for each in self.resolvers if (found := each.ndc(code)) is not None), None)
