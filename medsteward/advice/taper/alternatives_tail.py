"""The last dose of an extended-release opioid going on as immediate-release ones, as ways on."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from medsteward.advice.plan.command import command_text
from medsteward.advice.taper.alternatives_held import PresentProduct
from medsteward.advice.taper.alternatives_ranked import WayOn
from medsteward.advice.taper.alternatives_told import in_short
from medsteward.advice.taper.tail import TAILS, Tail, ended_at_once, may_have_a_tail
from medsteward.model.number import decimal_text
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.schedules.plan import NeedsChoice, Plan, Request, WhenStuck

TailOf = Callable[[Plan, Tail], Plan | Problem]
"""A plan with its last dose in another form; a problem where that cannot be."""


def tail_ways(plan: Plan, plan_of: Callable[[Request], Plan | None], tail_of: TailOf, case: Case) -> list[WayOn]:
    """A way for each form that makes less than the last dose of the plan, held against the case by the rules."""
    request, more = plan.request, list[str]()
    ended: Plan | None = plan
    if isinstance(plan.outcome, NeedsChoice):
        ended, more = plan_of(evolve(request, when_stuck=WhenStuck.SMALLEST_STEP)), ["--when-stuck", "smallest-step"]
    if ended is None or not may_have_a_tail(ended):
        return []
    found: list[WayOn] = []
    present = PresentProduct(ended.request.courses[0].tracks[0], case)
    for tail in TAILS:
        made = tail_of(ended, tail) if not (tail.split and request.split) else None
        if made is None or isinstance(made, Problem):
            continue
        options = [*more, "--tail", tail.form_words, *(["--split"] if tail.split else [])]
        command = command_text(request.asked, *options, without=["--tail", *more[:1]])
        note = "; ".join(filter(None, (_SCHEDULED, _ended(ended), _SCORED if tail.split else "")))
        told = in_short(f"the last dose as {tail.words}", made, command, note)
        found.append(WayOn(present.with_reasons(told, made.request.courses[0].tracks[0]), made))
    return found


_SCHEDULED = "scheduled, at the same total, from when the next extended-release dose is due, then lowered"
_SCORED = "halves only where the patient's tablets are scored: ask the pharmacist"


def _ended(plan: Plan) -> str:
    mme = ended_at_once(plan)
    return "" if mme is None else f"the stop alone ends {decimal_text(mme)} MME/d at once"
