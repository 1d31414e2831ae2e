"""A combination with another medicine, which may be kept as it is, one fewer each step, or left for the opioid alone.

Kept, its plan is one of its own kind, and comes first where every step above the end keeps the ceiling. Never with
butalbital, which has a withdrawal of its own. Ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.advice.taper.lines import lead_of, partners_left
from medsteward.advice.taper.options import CombinationKind
from medsteward.advice.taper.track_supplies import Making, alike_products
from medsteward.model.problem import Caution
from medsteward.model.regimen import Line
from medsteward.schedules.plan import Plan, ReachesTarget, Request

OPTION = "--combination"
PARTNERS = "TAPER-125"
"""What to ask about what else a product holds."""
_NEVER = "butalbital"


@frozen
class OtherKind:
    """The plan of the other kind: its request, and what is asked for it."""

    kind: CombinationKind
    request: Request

    @property
    def option(self) -> tuple[str, str]:
        """The option that asks for it."""
        return OPTION, self.kind.value

    @property
    def words(self) -> str:
        """What it is called among the ways."""
        kept = "the combination as it is, fewer of it each step"
        return kept if self.kind is CombinationKind.KEEP else "the opioid alone in place of the combination"


def may_be_left(lines: Sequence[tuple[int, Line]]) -> bool:
    """Whether a line is a combination that may be kept, and is sold without its partner as well."""
    return any(_may_be_left(line) for _, line in lines)


def _may_be_left(line: Line) -> bool:
    if line.regimen is None:
        return False
    product = line.regimen.product
    if len(product.components) == 1 or any(each.ingredient == _NEVER for each in product.components):
        return False
    lead = lead_of(line)
    found = [alike_products(product, lead, Making(as_written=kept)) for kept in (True, False)]
    sizes = [{len(each.product.components) for each in alike} for alike in found]
    return all(sizes) and sizes[0] != sizes[1]


def keeps_the_ceiling(plan: Plan) -> bool:
    """Whether a plan stands: no step above its end is beyond the ceiling."""
    return (
        bool(plan.steps)
        and isinstance(plan.outcome, ReachesTarget)
        and not any(step.forced and not step.planned for step in plan.steps)
    )


def partners(lines: Sequence[tuple[int, Line]], kind: CombinationKind | None) -> list[Caution]:
    """What to ask about what else combinations hold: left at once, or falling away with each unit of what is kept."""
    kept = [(number, line) for number, line in lines if kind is CombinationKind.KEEP and _may_be_left(line)]
    return [*partners_left([each for each in lines if each not in kept]), *(_falls_away(*each) for each in kept)]


def _falls_away(number: int, line: Line) -> Caution:
    assert line.regimen is not None
    others = [each for each in line.regimen.product.components if each.ingredient != lead_of(line)]
    said = " and ".join(f"{each.strength} {each.ingredient}" if each.strength else each.ingredient for each in others)
    text = f"with each unit fewer {said} falls away as well; ask whether something takes its place"
    return Caution(PARTNERS, text, f"line {number}")
