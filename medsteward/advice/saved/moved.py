"""What changes moved: a plan before them, and the report on it after them."""

from __future__ import annotations

from attrs import frozen

from medsteward.advice.plan.report import PlanReport
from medsteward.model.problem import Problem
from medsteward.schedules.plan import Plan


@frozen
class Moved:
    """A plan ``before`` its last ``changes`` events, and the ``report`` on it after them. Both are as of one day."""

    before: Plan
    report: PlanReport
    changes: int

    @property
    def now(self) -> Plan:
        """The plan after the changes."""
        assert self.report.plan is not None
        return self.report.plan

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of the report."""
        return self.report.problems

    @property
    def exit_code(self) -> int:
        """That of the report."""
        return self.report.exit_code
