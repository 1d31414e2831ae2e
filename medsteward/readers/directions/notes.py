"""What a reader gathers while it reads one line: problems and cautions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import Factory, define, frozen

from medsteward.model.problem import Caution, Problem

Say = Callable[[tuple[str, ...]], str]


@frozen
class Offer:
    """Words to write instead of others, until it is known where they lead.

    ``said`` is a regular expression that finds the words in the folded line, ``instead`` what could stand there, and
    ``say`` the text of the problem for those that hold, which may be none.
    """

    problem: Problem
    said: str
    instead: tuple[str, ...]
    say: Say


@define
class Notes:
    """Problems and cautions in the order found, each once; ``offers`` are those problems that say what to write."""

    problems: list[Problem] = Factory(list)
    cautions: list[Caution] = Factory(list)
    offers: list[Offer] = Factory(list)

    def problem(self, code: str, text: str, *suggestions: str) -> None:
        """Note a problem."""
        found = Problem(code, "", text, suggestions)
        if found not in self.problems:
            self.problems.append(found)

    def offer(self, code: str, said: str, instead: Sequence[str], say: Say) -> None:
        """Note a problem of words that could be written as one of ``instead``."""
        problem = Problem(code, "", say(tuple(instead)), tuple(instead))
        if problem not in self.problems:
            self.problems.append(problem)
            self.offers.append(Offer(problem, said, tuple(instead), say))

    def caution(self, code: str, text: str) -> None:
        """Note a caution."""
        found = Caution(code, text)
        if found not in self.cautions:
            self.cautions.append(found)
