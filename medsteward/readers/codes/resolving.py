"""Which codes a command knows: those of this program, then those of an index that the user loaded."""

from __future__ import annotations

from pathlib import Path

from medsteward.model.code import Chain, Resolver
from medsteward.readers.case.medication import LISTED


def resolver_for(codes: str | None) -> Resolver:
    """``codes`` is the index named by ``--codes``; without it the user's own, if there is one.

    Raises ``UnreadableInput`` for an index that is there and cannot be read.
    """
    from medsteward.readers.codes.code_index import open_index, user_index

    if codes is None:
        own = user_index()
        return Chain((LISTED, open_index(own))) if _is_there(own) else LISTED
    return Chain((LISTED, open_index(codes)))


def _is_there(own: Path) -> bool:
    """Whether the user has an index; in a folder that may not be looked into nobody has made one."""
    try:
        own.stat()
    except OSError:
        return False
    return True
