"""What is said about whether a taper is planned: refused, urgent, held, asked about, or planned with conditions."""

from __future__ import annotations

from attrs import frozen

from medsteward.advice.plan.report import Support
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source


@frozen
class Refused:
    """Nothing is planned, and why."""

    problems: tuple[Problem, ...]
    sources: tuple[Source, ...]


@frozen
class Urgent:
    """Somebody has to be seen today, before anything is planned. ``supports`` say what is done now."""

    problems: tuple[Problem, ...]
    supports: tuple[Support, ...]
    sources: tuple[Source, ...]
    cautions: tuple[Caution, ...] = ()


@frozen
class Asks:
    """Something has to be stated first; every question at once. ``supports`` go beside the questions."""

    problems: tuple[Problem, ...]
    sources: tuple[Source, ...]
    supports: tuple[Support, ...] = ()


@frozen
class Holds:
    """The present dose stays for now. ``supports`` go beside the plan instead of a taper's.

    ``grounds`` say why, for everybody who reads the plan; ``cautions`` say besides which field lifts it.
    """

    cautions: tuple[Caution, ...]
    supports: tuple[Support, ...]
    sources: tuple[Source, ...]
    grounds: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Every reason in one text."""
        return " ".join(self.grounds)


@frozen
class Condition:
    """Something that goes with the plan and is named on it. ``met`` False: it is not stated yet."""

    kind: str
    words: str
    sources: tuple[Source, ...]
    met: bool = True


@frozen
class GoesAhead:
    """A taper is planned. ``conditions`` are named on it."""

    conditions: tuple[Condition, ...] = ()
    cautions: tuple[Caution, ...] = ()


Verdict = Refused | Urgent | Asks | Holds | GoesAhead
