"""What is said of medicines that no steps are planned for: they may be stopped, are talked over, or are others'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from medsteward.doses.daily import daily_doses
from medsteward.drugs.index import drug_of, find
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case, Line, Regimen
from medsteward.model.source import Source
from medsteward.model.unit import Dimension, Unit
from medsteward.patient.picture import Picture
from medsteward.treatments.stopping import EndAction, Stopping, never_outpatient, stopping_of

CODES = {
    EndAction.STOP_DIRECTLY: "TAPER-131",
    EndAction.CONVERSATION: "TAPER-032",
    EndAction.REFUSE: "TAPER-033",
    EndAction.NOT_OURS: "TAPER-034",
}
"""The code by which each action is said; what may be stopped is no problem."""


def without_steps(case: Case) -> Iterator[tuple[Problem | Caution, Source]]:
    """What is said of each active line that has such a row, with its source."""
    picture = Picture(case)
    for number, line in enumerate(case.lines, start=1):
        if line.regimen is None or not line.is_active_on(case.as_of):
            continue
        yield from _said(number, _of_line(line, picture))


def may_end_at_once(line: Line) -> bool:
    """Whether a line is of a medicine that is lowered in steps, in a dose so low that it may end without them."""
    if line.regimen is None or find(line.regimen.product.lead) is None:
        return False
    name = line.regimen.product.lead
    daily = _daily_mg(line.regimen, name)
    row = stopping_of(name, drug_of(name).drug_class, lambda _: False, daily)
    return row is not None and row.up_to is not None and row.action is EndAction.STOP_DIRECTLY


def held_in(lines: Sequence[tuple[int, Line]]) -> Iterator[tuple[Problem, Source]]:
    """What refuses a plan of these lines: an ingredient of their products that is never lowered at home."""
    for number, line in lines:
        if line.regimen is None:
            continue
        for each in line.regimen.product.components:
            row = never_outpatient(each.ingredient)
            if row is not None:
                yield Problem(CODES[row.action], f"line {number}", row.said(each.ingredient)), row.source


def _of_line(line: Line, picture: Picture) -> tuple[str, Stopping] | None:
    assert line.regimen is not None
    product = line.regimen.product
    for each in product.components:
        row = never_outpatient(each.ingredient)
        if row is not None:
            return each.ingredient, row
    name = product.lead
    if find(name) is None or product.route == "topical":
        return None
    row = stopping_of(
        name, drug_of(name).drug_class, lambda name: bool(picture.has(name)), _daily_mg(line.regimen, name)
    )
    return None if row is None else (name, row)


def _daily_mg(regimen: Regimen, name: str) -> Fraction | None:
    """The most of a day in mg; None where the directions do not say it."""
    if not regimen.sig.takings:
        return None
    found = next((each.daily for each in daily_doses(regimen).ingredients if each.ingredient == name), None)
    daily = None if found is None else found.maximum
    if daily is None or daily.unit.dimension is not Dimension.MASS_PER_DAY or not daily.value:
        return None
    return daily.to(Unit.MG_PER_D).value


def _said(number: int, found: tuple[str, Stopping] | None) -> Iterator[tuple[Problem | Caution, Source]]:
    if found is not None:
        name, row = found
        code, where, text = CODES[row.action], f"line {number}", row.said(name)
        if row.action is EndAction.STOP_DIRECTLY:
            yield Caution(code, text, where), row.source
        else:
            yield Problem(code, where, text), row.source
