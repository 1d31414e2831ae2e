"""Days: when two drugs are taken together, and how long a drug counts after it was stopped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from attrs import frozen

from medsteward.model.source import Standing

EVER = 10**7
"""Later than any day, as an ordinal. Lines without a first or last day reach to 0 or to this."""


@frozen(cache_hash=True)
class Lasting:
    """How many days a drug counts after its last day: drugs named in ``own``, patches, depots, and all others.

    ``standing`` is that of the figure for all others, ``own_standing`` that of the rest. Drugs in ``recalled`` have
    days of their own too, which are known from memory alone.
    """

    days: int
    standing: Standing
    own: tuple[tuple[str, int], ...] = ()
    patch_days: int | None = None
    depot_days: int | None = None
    own_standing: Standing = Standing.RECALLED
    recalled: tuple[tuple[str, int], ...] = ()

    @property
    def named(self) -> tuple[tuple[str, int], ...]:
        """The drugs that have days of their own."""
        return (*self.own, *self.recalled)

    def of(self, ingredient: str, *, patch: bool = False, depot: bool = False) -> tuple[int, Standing]:
        """The days for one drug, and the standing of the figure."""
        if patch and self.patch_days is not None:
            return self.patch_days, self.own_standing
        if depot and self.depot_days is not None:
            return self.depot_days, self.own_standing
        return self._own.get(ingredient, (self.days, self.standing))

    @cached_property
    def _own(self) -> Mapping[str, tuple[int, Standing]]:
        recalled = {name: (days, Standing.RECALLED) for name, days in self.recalled}
        return recalled | {name: (days, self.own_standing) for name, days in self.own}

    def __str__(self) -> str:
        parts = [f"counted for {_days(self.days)} after its last day ({self.standing.words})"] if self.days else []
        others = [f"{name} for {_days(days)}" for name, days in self.own]
        others += [] if self.patch_days is None else [f"a patch for {_days(self.patch_days)} after it is off"]
        others += [] if self.depot_days is None else [f"a depot injection for {_days(self.depot_days)}"]
        if others:
            lead = "" if parts else "counted further: "
            parts.append(f"{lead}{', '.join(others)} ({self.own_standing.words})")
        if self.recalled:
            named = ", ".join(f"{name} for {_days(days)}" for name, days in self.recalled)
            parts.append(f"{named} ({Standing.RECALLED.words})")
        return "; ".join(parts)


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


@frozen
class Overlap:
    """Two drugs taken at the same time, from the first to the last day (None: not limited), both included."""

    drugs: tuple[str, str]
    first_day: date | None
    last_day: date | None

    @property
    def days(self) -> int | None:
        """How many days; None: one end is open."""
        if self.first_day is None or self.last_day is None:
            return None
        return (self.last_day - self.first_day).days + 1


@frozen
class Washout:
    """``drug`` has ended but counts for ``days`` more, until ``until``, when ``other`` comes after it."""

    drug: str
    other: str
    ended: date
    days: int
    until: date
    standing: Standing


def day_of(ordinal: int) -> date | None:
    """The day of an ordinal; None for the open ends."""
    return date.fromordinal(ordinal) if 0 < ordinal < EVER else None


def joined(spans: Iterable[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Spans of days, in order, those that touch made one."""
    listed = sorted(spans)
    if len(listed) == 1:
        return listed
    found: list[tuple[int, int]] = []
    for first, last in listed:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
