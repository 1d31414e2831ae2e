"""What tests ask of a card: its parts, its days, everything it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from medsteward.writers.card.sheet import Card, Cell, SheetPart


def parts(card: Card) -> list[SheetPart]:
    """The parts of all sheets, in order."""
    return [part for sheet in card.sheets for part in sheet.parts]


def cells(card: Card) -> list[tuple[Cell, SheetPart]]:
    """The days with boxes, each with its part."""
    return [(cell, part) for part in parts(card) for week in part.weeks for cell in week if cell is not None]


def checks(card: Card) -> list[str]:
    """The talks that the sheets name."""
    return [check for sheet in card.sheets for check in sheet.checks]


def lines(card: Card) -> Iterator[str]:
    """Every sentence of the card's text, titles among them."""
    for block in (*((card.danger,) if card.danger else ()), *card.blocks):
        yield f"{block.title}."
        yield from block.lines
    for part in parts(card):
        yield from part.changes
        yield from part.new
    if card.now is not None:
        yield card.now.lead
    yield from card.marks
    yield card.ending


def days_on(part: SheetPart) -> list[date]:
    """The days of a part on which something is ticked."""
    return [cell.day for week in part.weeks for cell in week if cell is not None]
