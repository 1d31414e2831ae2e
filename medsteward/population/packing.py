"""How many fills of a kind are running, several counts in one whole number, so that one running sum serves them all.

The sums along rows are most of the work of a run. Kinds that every prescription has or lacks together share a count,
and a count has as many bits as the rows of the patient who has most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

RUNS = ("counted", "plain", "opioids", "measured", "benzodiazepines", "z_drugs", "gabapentinoids")
"""Kinds of fills whose running is asked of each day, in the order of ``ReadSupply.runs``."""
BITS = 62
"""Bits of a packed number, which stays above 0 with all counts full."""
_MOST = (1 << 15) - 1


@frozen
class PackedRuns:
    """Where the count of each kind of ``RUNS`` stands: its place among the counts, each of so many ``bits``."""

    places: tuple[int, ...] = tuple(range(len(RUNS)))
    bits: int = _MOST.bit_length()

    @classmethod
    def of(cls, found: Iterable[tuple[bool, ...]], most: int) -> PackedRuns:
        """For the kinds that prescriptions are of, and the most rows of a patient."""
        columns: dict[tuple[bool, ...], int] = {}
        kinds = list(dict.fromkeys(found)) or [(False,) * len(RUNS)]
        places = tuple(columns.setdefault(column, len(columns)) for column in zip(*kinds, strict=True))
        return cls(places, max(most, 1).bit_length())

    @property
    def names(self) -> tuple[str, ...]:
        """The packed numbers."""
        return tuple(f"running_{number}" for number in range(max(self.places) // self._each + 1))

    @property
    def rooms(self) -> dict[str, int]:
        """The bits of each count within its number, by the name of the setting."""
        full = (1 << self.bits) - 1
        return {f"room_{place}": full << self._shift(place) for place in sorted(set(self.places))}

    def packed(self, runs: Sequence[bool]) -> tuple[int, ...]:
        """What one running fill of these kinds adds to each number."""
        sums = [0] * len(self.names)
        for place in {place for place, is_of in zip(self.places, runs, strict=True) if is_of}:
            sums[place // self._each] += 1 << self._shift(place)
        return tuple(sums)

    def flags(self) -> str:
        """Columns that say what is running on a day."""
        return ",\n".join(
            f"       (running_{place // self._each} & :room_{place}) > 0 AS {name}"
            for name, place in zip(RUNS, self.places, strict=True)
        )

    @property
    def _each(self) -> int:
        return BITS // self.bits

    def _shift(self, place: int) -> int:
        return place % self._each * self.bits
