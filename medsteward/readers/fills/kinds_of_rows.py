"""Rows that a layout sets apart: orders among dispensings, and rows that it does not state in full."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.model.fill import ExcludedRow, FailedRow, WhyExcluded
from medsteward.model.problem import Problem
from medsteward.readers.fills.header import Header
from medsteward.readers.fills.layouts import OnlyIf, RowKinds


@frozen
class RowChecks:
    """What is asked of each row before it is read, with the places of the cells that answer."""

    only_if: tuple[tuple[int, OnlyIf], ...]
    kinds: tuple[int, RowKinds] | None
    orders: bool

    @classmethod
    def of(cls, header: Header) -> RowChecks | None:
        """Those of the layout of a file; None: nothing is asked."""
        layout = header.layout
        if layout is None:
            return None
        asked = tuple((header.places[each.header], each) for each in layout.only_if if each.header in header.places)
        kinds = layout.kinds
        place = None if kinds is None else header.places.get(kinds.header)
        if not asked and place is None:
            return None
        return cls(asked, None if kinds is None or place is None else (place, kinds), header.orders)

    def judged(self, row: int, cells: Sequence[str]) -> FailedRow | ExcludedRow | None:
        """Why a row is not read; None: it is."""
        for place, only in self.only_if:
            text = cells[place].strip()
            if text not in only.values:
                return FailedRow(row, only.header, Problem("FILL-007", "", f'"{text[:20]}": {only.otherwise}'))
        if self.kinds is None:
            return None
        place, kinds = self.kinds
        text = cells[place].strip()
        if text in kinds.dispensings:
            return None
        if text in kinds.orders:
            return None if self.orders else ExcludedRow(row, WhyExcluded.ORDER)
        said = f'"{text[:20]}" is not known to be a dispensing or an order'
        return FailedRow(row, kinds.header, Problem("FILL-007", "", said))
