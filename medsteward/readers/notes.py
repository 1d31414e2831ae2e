"""What a reader gathers while it reads one line: problems and cautions."""

from __future__ import annotations

from attrs import Factory, define

from medsteward.model.problem import Caution, Problem


@define
class Notes:
    """Problems and cautions in the order found, each once."""

    problems: list[Problem] = Factory(list)
    cautions: list[Caution] = Factory(list)

    def problem(self, code: str, text: str, *suggestions: str) -> None:
        """Note a problem."""
        found = Problem(code, "", text, suggestions)
        if found not in self.problems:
            self.problems.append(found)

    def caution(self, code: str, text: str) -> None:
        """Note a caution."""
        found = Caution(code, text)
        if found not in self.cautions:
            self.cautions.append(found)
