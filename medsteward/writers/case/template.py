"""A case to fill in, by the name of its template."""

from __future__ import annotations

from medsteward.schemas import template_text


def toml(name: str) -> str:
    """Every field explained."""
    return template_text(name, "toml")


def json(name: str) -> str:
    """The same fields, bare."""
    return template_text(name, "json")
