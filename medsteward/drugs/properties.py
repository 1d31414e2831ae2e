"""What a drug does, by its name, and who does it: read from the declarations of the drugs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from medsteward.caches import made_once
from medsteward.drugs.index import drugs, find
from medsteward.model.property import Property

_NONE: frozenset[Property] = frozenset()


@made_once
def holders() -> Mapping[Property, tuple[str, ...]]:
    """The drugs that have a property, in the order of their declarations."""
    return MappingProxyType(
        {one: tuple(drug.name for drug in drugs().values() if one in drug.properties) for one in Property}
    )


def properties_of(ingredient: str) -> frozenset[Property]:
    """What a drug does, by its name here; nothing for a name that nobody has."""
    drug = find(ingredient)
    return _NONE if drug is None else drug.properties
