"""What a name stands for."""

from __future__ import annotations

from attrs import frozen


@frozen
class Name:
    """What a name stands for: its ingredients in the order of the label, and the brand if it is one.

    ``asks`` is what to ask where nothing else is named: a brand with two meanings, or what is sold without control.
    ``release`` and ``route`` are what the name alone says of the product (None: it does not say).
    """

    text: str
    ingredients: tuple[str, ...]
    brand: str | None = None
    asks: str = ""
    release: str | None = None
    route: str | None = None

    @property
    def is_combination(self) -> bool:
        """Whether the name alone stands for several ingredients."""
        return len(self.ingredients) > 1
