"""What is understood of a line before its product is known: its strengths, and its doses with their schedules."""

from __future__ import annotations

from fractions import Fraction

from attrs import Factory, define, frozen

from medsteward.model.amount import Amount
from medsteward.model.sig import Dose, Span
from medsteward.readers.directions.kinds import MeasurePhrase, PerDay
from medsteward.readers.directions.notes import Notes


@frozen
class Count:
    """A number of units of the product whose unit is not written: ``2`` in "500 mg, 2 three times daily"."""

    low: Fraction
    high: Fraction


@frozen
class Planned:
    """One dose with its schedule: what is taken and, where the line says it, how often and when."""

    dose: Dose | Count | None
    times_per_day: Span | None
    moments: tuple[str, ...]
    wear: Span | None = None


@define
class Understood:
    """What the amounts of a line mean, before the product is known.

    ``strengths`` are one per ingredient, or one alone. ``checks`` are a dose and the mass it is said to come to,
    low end and high end; ``day_checks`` masses that a whole day is said to come to, ``total_checks`` masses
    that one dose or a whole day is. ``halved`` are the tablet and its half, where half of it is taken.
    """

    strengths: tuple[Amount, ...] = ()
    takings: list[Planned] = Factory(list)
    daily_total: Dose | None = None
    checks: list[tuple[Dose | Count, Dose]] = Factory(list)
    day_checks: list[MeasurePhrase | PerDay] = Factory(list)
    total_checks: list[MeasurePhrase] = Factory(list)
    halved: tuple[MeasurePhrase, MeasurePhrase] | None = None

    def take_strengths(self, strengths: tuple[Amount, ...], text: str, notes: Notes) -> None:
        """Take what words say of the strengths; a problem, where other strengths were said before."""
        if self.strengths and self.strengths != strengths:
            notes.problem("DIR-007", f'"{text}" is a second strength in one line; give each product a line of its own')
            return
        self.strengths = strengths
