"""Which codes a command knows: those of this program, then those of an index that the user loaded."""

from __future__ import annotations

from medsteward.model.code import Chain, Resolver
from medsteward.readers.medication import LISTED


def resolver_for(codes: str | None) -> Resolver:
    """``codes`` is the index named by ``--codes``; without it the user's own, if there is one.

    Raises ``UnreadableInput`` for a named index that cannot be read.
    """
    from medsteward.readers.code_index import open_index, user_index

    if codes is None:
        own = user_index()
        return Chain((LISTED, open_index(own))) if own.is_file() else LISTED
    return Chain((LISTED, open_index(codes)))
