"""What is told of a new plan: products hardly any pharmacy has, a ceiling that binds, dispensings that are long."""

from __future__ import annotations

from medsteward.advice.plan.figures import lifting_ceiling
from medsteward.advice.taper.tail import advised
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution
from medsteward.schedules.event import MOST_DISPENSED
from medsteward.schedules.fill_days import fill_length, is_controlled
from medsteward.schedules.plan import Plan
from medsteward.tables.table import FactorTable


def told_of(plan: Plan, table: FactorTable) -> list[Caution]:
    """Everything that is told of a new plan beside its steps. ``table`` is that by which the last dose is compared."""
    supplied = [*_few_makers(plan), *_ceiling_binds(plan), *_long_fills(plan), *_every_day(plan)]
    return [*_tail_advised(plan, table), *supplied]


def _tail_advised(plan: Plan, table: FactorTable) -> list[Caution]:
    """That immediate-release doses are advised after the last extended-release one."""
    found = advised(plan, table)
    if found is None:
        return []
    much = "" if found.mme is None else f", {decimal_text(found.mme)} MME a day"
    how = (
        'as one of the ways says: --tail "IR tablet"'
        if found.may_follow
        else f'and plan {found.drug} alone to have them: --tail "IR tablet"'
    )
    text = (
        f"the smallest extended-release dose of {found.drug}{much}, ends at once. Consider immediate-release doses "
        f"after it, {how} (medsteward's own rule)"
    )
    mark = f"The end of {found.drug} ER takes off much at once{much}: consider immediate-release doses after it"
    return [Caution("TAPER-137", text, mark=mark)]


def _few_makers(plan: Plan) -> list[Caution]:
    """What to ask the pharmacy before the plan begins: the products that hardly any has."""
    used = {item.product for step in plan.steps for dose in step.doses for item in dose.items}
    scarce = {
        supply.product: supply
        for course in plan.request.courses
        for track in course.tracks
        for supply in track.supplies
        if supply.few_makers and supply.product in used
    }
    return [
        Caution(
            "TAPER-128",
            f"{supply.with_brands} has few makers: ask the pharmacy whether it can be had for the whole plan",
        )
        for supply in scarce.values()
    ]


def _ceiling_binds(plan: Plan) -> list[Caution]:
    """Which option lifts a ceiling under which no product makes a step."""
    found = []
    for number, course in enumerate(plan.request.courses):
        most = course.policy.ceiling.percent
        lifting = lifting_ceiling(plan, number)
        if most is None or lifting is None:
            continue
        text = f"the ceiling of {decimal_text(most)} % of the current dose binds: --ceiling {decimal_text(lifting)} "
        found.append(Caution("TAPER-133", f"{text}lifts it, with --because for the reason"))
    return found


def _long_fills(plan: Plan) -> list[Caution]:
    """That a length which is asked for is longer than is usual for what is controlled."""
    asked = plan.request.fill_days
    tracks = [track for course in plan.request.courses for track in course.tracks]
    usual = fill_length(
        track.wear_days for track in tracks if any(is_controlled(each.schedule) for each in track.supplies)
    )
    if asked is None or usual is None or asked <= usual.most:
        return []
    return [
        Caution(
            "TAPER-134",
            f"dispensings of up to {asked} days are asked for. Controlled medicines are usually dispensed for at most "
            f"{usual.most} days, as more at home is a danger for all who live there; prescriptions of Schedule II "
            f"written in one visit cover at most {MOST_DISPENSED} days together, and states or payers allow less",
        )
    ]


def _every_day(plan: Plan) -> list[Caution]:
    """That days between doses were asked for, and the plan has none: another line of the total ends after it."""
    asked = plan.request.last_days
    if asked is None or not (asked.every or asked.nights) or any(step.is_on_fewer_days for step in plan.steps):
        return []
    text = (
        "days without a dose are asked for and the plan has none: they are for what is lowered last, down to its stop. "
        "Here another line ends later, or the plan does not end in a stop"
    )
    return [Caution("TAPER-135", text)]
