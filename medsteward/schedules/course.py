"""What is lowered together: drugs under one policy, in their order, and how far."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import field, frozen
from attrs.validators import min_len

from medsteward.model.kept import ADDED
from medsteward.model.unit import Unit
from medsteward.schedules.policy import Policy
from medsteward.schedules.supply import Track


class WhenStuck(Enum):
    """What to do where no product allows a step within the ceiling, above the bottom."""

    ASK = "ask"
    SMALLEST_STEP = "smallest-step"


@frozen
class Course:
    """Drugs that are lowered under one policy, in the order of ``tracks``; percentages are of their total.

    ``policy`` is the one that holds, options already put over it; ``overrides`` say in words what was changed.
    ``first_because`` is why the first track comes first. ``original`` is the total that shares and original percentages
    are of, where the tracks, planned anew, do not make it; None: that of the tracks. ``lowered`` are the places of the
    tracks in the order in which they are lowered, where that is not their own.
    """

    policy: Policy
    tracks: tuple[Track, ...] = field(validator=min_len(1))
    total_unit: Unit
    target: Fraction = Fraction(0)
    overrides: tuple[str, ...] = ()
    first_because: str = ""
    original: Fraction | None = field(default=None, metadata=ADDED)
    lowered: tuple[int, ...] = field(default=(), metadata=ADDED)

    @lowered.validator
    def _each_once(self, _: object, value: tuple[int, ...]) -> None:
        if value and sorted(value) != list(range(len(self.tracks))):
            raise ValueError("the order in which lines are lowered names each of them once")

    @property
    def of_one_drug(self) -> bool:
        """Whether the total is the drug's own amount."""
        return self.total_unit is not Unit.MME_PER_D
