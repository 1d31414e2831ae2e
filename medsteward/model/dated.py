"""A schedule as anybody may write one: on which days how much of a drug is taken."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen
from attrs.validators import instance_of

from medsteward.model.amount import Amount


@frozen
class DatedAmount:
    """A day's amount of one drug (mg/d, mcg/d, or the mcg/h worn), from its first to its last day, both included.

    ``forced`` says why it takes off more than it should where that was planned; ``where`` is the row it was read from.
    """

    first_day: date = field(validator=instance_of(date))
    last_day: date = field(validator=instance_of(date))
    drug: str
    amount: Amount = field(validator=instance_of(Amount))
    forced: str = ""
    where: str = field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"{self.drug} cannot end on {self.last_day} before it begins on {self.first_day}")
        if self.last_day == date.max:
            raise ValueError("a schedule ends before the end of the calendar")
