"""What a plan says of days on which something else was taken than planned."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.model.problem import Caution
from medsteward.schedules.missed import missed_in, since_restart, urgent_in
from medsteward.schedules.plan import Plan
from medsteward.schedules.restart import HOW, waiting
from medsteward.schedules.taken_above import taken_above


def deviations(plan: Plan) -> tuple[Caution, ...]:
    """Days without a medicine, days with more of it, and the restart dose that a plan waits for."""
    courses = plan.request.courses
    missed = missed_in(plan.course_of, plan.steps, plan.standing)
    return (
        *(each.caution for each in missed if each.caution is not None),
        *urgent_in(courses, plan.steps, since_restart(plan.standing)),
        *taken_above(plan),
        *([Caution("TAPER-115", HOW, mark=_sentences(waiting(plan)))] if plan.awaits_restart else ()),
    )


def _sentences(lines: Sequence[str]) -> str:
    return " ".join(f"{line[:1].upper()}{line[1:]}." for line in lines)
