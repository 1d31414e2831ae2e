"""Other ways on where a taper is stuck: each planned in full and shown in short, none chosen."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil

from attrs import evolve

from medsteward.advice.plan.report import Alternative
from medsteward.advice.taper.alternatives_held import PresentProduct, buprenorphine, rank
from medsteward.advice.taper.other_forms import form_note, form_words, listed_strength, other_forms
from medsteward.advice.taper.track_line import line_of
from medsteward.advice.taper.tracks import joined
from medsteward.drugs.matching import products_of
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.regimen import Case
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.plan import Asked, Course, NeedsChoice, Plan, Request, WhenStuck
from medsteward.schedules.policy import StepCeiling
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.supply import Supply

PlanOf = Callable[[Request], Plan | None]
"""Plans a request; None where it cannot be planned."""


def command_text(asked: Asked, *more: str, without: Sequence[str] = (), lines: Sequence[str] | None = None) -> str:
    """The command as asked with options added or taken away (each with its value), or with other lines."""
    kept = list(_without(asked.options, without))
    head = ["--input", asked.source] if asked.source is not None and lines is None else list(lines or asked.lines)
    return shlex.join(["medsteward", "taper", *head, *kept, *more])


def _without(options: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    skip = False
    for word in options:
        if skip:
            skip = False
        elif word in names:
            skip = True
        else:
            yield word


def alternatives_for(plan: Plan, plan_of: PlanOf, case: Case) -> tuple[Alternative, ...]:
    """What could be done instead of a plan that needs a choice. ``case`` is that of the plan's first day."""
    request, asked = plan.request, plan.request.asked
    place = plan.steps[-1].course if plan.steps else 0
    found = _other_products(request, place, _still_taken(plan, place), plan_of, case)
    if request.when_stuck is WhenStuck.ASK:
        found += _planned("whole units, the smallest step each time, held twice as long", request, asked, plan_of)
    found += _larger_step(request, place, plan, asked, plan_of)
    found.append(_stay(plan, place))
    if any(
        track.drug_class.is_opioid_agonist and track.drug != "buprenorphine" for track in request.courses[place].tracks
    ):
        found.append(buprenorphine(case))
    return tuple(found)


def gentler_ways(plan: Plan, plan_of: PlanOf, case: Case) -> tuple[Alternative, ...]:
    """Other products that spare forced steps, for a plan that goes through with them. The end of the plan may stay.

    ``case`` is that of the plan's first day.
    """
    request = plan.request
    forced = {step.course for step in plan.steps if step.forced and not _is_bottom(step, plan)}
    largest = max(_percents(plan), default=Fraction(0))
    found: list[Alternative] = []
    for place in sorted(forced):
        tracks = range(len(request.courses[place].tracks))
        found += _other_products(request, place, tracks, plan_of, case)
    return tuple(each for each in found if not each.forced or (each.largest_percent or 0) < largest)


def _other_products(
    request: Request, place: int, numbers: Iterable[int], plan_of: PlanOf, case: Case
) -> list[Alternative]:
    """The same plan with halves, with strengths of few makers, or in another form; ``numbers`` are the tracks."""
    asked = request.asked
    found: list[Alternative] = []
    supplies = [supply for track in request.courses[place].tracks for supply in track.supplies]
    if not request.split and any(supply.may_be_split for supply in supplies):
        halved = evolve(request, split=True, courses=tuple(_halved(course) for course in request.courses))
        note = "only where the tablets at hand are scored: ask the pharmacist"
        found += _planned("halves of scored tablets", halved, asked, plan_of, "--split", note=note)
    for number in numbers:
        found += _of_few_makers(request, place, number, asked, plan_of)
        found += _in_other_forms(request, place, number, asked, plan_of, case)
    return found


def _percents(plan: Plan) -> list[Fraction]:
    """What each step takes off in percent of the dose before it, the last stop left out."""
    return [
        step.percent_of_current
        for step in plan.steps
        if step.percent_of_current is not None and step.kind is not StepKind.STOP
    ]


def in_short(option: str, plan: Plan, command: str | None, note: str = "") -> Alternative:
    """A plan as an alternative: how long, until when, its first and its largest step, the last stop left out."""
    percents = _percents(plan)
    first = f"the first step takes off {decimal_text(percents[0], 1)} %" if percents else ""
    last = plan.steps[-1] if plan.steps else None
    if last is not None and last.kind is StepKind.STOP and last.forced and not _is_bottom(last, plan):
        note = "; ".join(
            filter(None, (note, f"the last step stops from {_before_last(plan)}, as nothing smaller is made"))
        )
    stuck = f"ends at {plan.steps[-1].total if plan.steps else 'the present dose'}, where it needs a choice again"
    return Alternative(
        option=option,
        command=command,
        steps=len(plan.steps),
        last_day=plan.last_day if plan.steps else None,
        largest_percent=max(percents, default=Fraction(0)),
        forced=any(step.forced for step in plan.steps),
        note="; ".join(filter(None, (first, note, stuck if isinstance(plan.outcome, NeedsChoice) else ""))),
    )


def _before_last(plan: Plan) -> Amount:
    return plan.steps[-2].total if len(plan.steps) > 1 else plan.steps[-1].total


def _planned(
    option: str,
    request: Request,
    asked: Asked,
    plan_of: PlanOf,
    *more: str,
    without: Sequence[str] = (),
    lines: Sequence[str] | None = None,
    note: str = "",
) -> list[Alternative]:
    """The request planned, as an alternative. Where it is stuck too, it goes on with the smallest steps."""
    plan = plan_of(request)
    if plan is not None and isinstance(plan.outcome, NeedsChoice):
        plan = plan_of(evolve(request, when_stuck=WhenStuck.SMALLEST_STEP))
        more, without = (*more, "--when-stuck", "smallest-step"), (*without, "--when-stuck")
    if plan is None or not plan.steps or plan.steps[0].kind is StepKind.STOP:
        return []
    return [in_short(option, plan, command_text(asked, *more, without=without, lines=lines), note)]


def _still_taken(plan: Plan, place: int) -> list[int]:
    """The tracks of a course that are still taken where the plan ends."""
    tracks = plan.request.courses[place].tracks
    if not plan.steps:
        return list(range(len(tracks)))
    before = sum(len(course.tracks) for course in plan.request.courses[:place])
    last = plan.steps[-1].daily[before : before + len(tracks)]
    return [number for number, day in enumerate(last) if day.amount.value]


def _halved(course: Course) -> Course:
    tracks = []
    for track in course.tracks:
        supplies = tuple(
            evolve(supply, part=Fraction(1, 2)) if supply.may_be_split else supply for supply in track.supplies
        )
        tracks.append(evolve(track, supplies=supplies))
    return evolve(course, tracks=tuple(tracks))


# --- products that few pharmacies have --------------------------------------------------------------------------


def _of_few_makers(request: Request, place: int, number: int, asked: Asked, plan_of: PlanOf) -> list[Alternative]:
    """Strengths of the same form that few makers sell, beside those at hand; nothing where products were named."""
    tracks = request.courses[place].tracks
    track = tracks[number]
    if track.wear_days is not None or track.unit is not Unit.MG or "--products" in asked.options:
        return []
    known = {supply.strength for supply in track.supplies}
    more = [
        each
        for each in products_of(frozenset({track.drug}))
        if each.few_makers
        and (each.product.form, each.product.release, each.product.route) == (track.form, track.release, track.route)
        and each.in_fda_ndc_2025 != "not found"
        and listed_strength(each) not in known
    ]
    if not more:
        return []
    supplies = [
        Supply(
            each.product.listed or track.drug,
            listed_strength(each),
            each.product.unit or Unit.TABLET,
            schedule=each.schedule,
            brands=each.brands,
            few_makers=True,
        )
        for each in more
    ]
    ordered = tuple(sorted((*track.supplies, *supplies), key=lambda supply: supply.strength))
    course = evolve(
        request.courses[place],
        tracks=(*tracks[:number], evolve(track, supplies=ordered), *tracks[number + 1 :]),
    )
    changed = evolve(request, courses=(*request.courses[:place], course, *request.courses[place + 1 :]))
    plan = plan_of(changed)
    used = {item.product for step in plan.steps for dose in step.doses for item in dose.items} if plan else set()
    helping = [supply for supply in supplies if supply.product in used]
    if plan is None or not helping or plan.steps[0].kind is StepKind.STOP:
        return []
    named = " and ".join(supply.with_brands for supply in helping)
    note = "few makers: ask the pharmacy whether it can be had, then name it with --products"
    return [in_short(f"with {named}", plan, None, note)]


# --- another form -----------------------------------------------------------------------------------------------


def _in_other_forms(
    request: Request, place: int, number: int, asked: Asked, plan_of: PlanOf, case: Case
) -> list[Alternative]:
    """The same dose as a liquid, as another form, or as immediate-release tablets, where such products are listed.

    Each is held against the case by the rules. What they say of the present product as well is no reason against a
    change.
    """
    tracks = request.courses[place].tracks
    own_products = "--products" in asked.options
    if own_products and sum(len(course.tracks) for course in request.courses) > 1:
        return []  # without the user's products the other lines would be planned anew
    found: list[Alternative] = []
    present = PresentProduct(tracks[number], case)
    for other in other_forms(tracks[number], request, own_products=own_products):
        course = evolve(request.courses[place], tracks=joined((*tracks[:number], other, *tracks[number + 1 :])))
        changed = evolve(request, courses=(*request.courses[:place], course, *request.courses[place + 1 :]))
        lines = _lines_with(request, changed)
        note = form_note(tracks[number], other)
        name = form_words(other)
        planned = _planned(name, changed, asked, plan_of, without=["--products"], lines=lines, note=note)
        found += [present.with_reasons(each, other) for each in planned]
    # those without a major reason first; what is contraindicated comes last, without a command
    return sorted(found, key=rank)


def _lines_with(request: Request, changed: Request) -> list[str]:
    """The medication lines as written, and words for each track that a change made anew: joined ones are one line."""
    kept = {id(each) for course in request.courses for each in course.tracks}
    lines: list[str] = []
    for course in changed.courses:
        for each in course.tracks:
            lines += each.written.split("\n") if id(each) in kept else [line_of(each, anew=True).written]
    return lines


# --- a larger step, and staying ---------------------------------------------------------------------------------


def _larger_step(request: Request, place: int, plan: Plan, asked: Asked, plan_of: PlanOf) -> list[Alternative]:
    """The smallest ceiling under which the plan gets through, with twice the interval."""
    forced = plan_of(evolve(request, when_stuck=WhenStuck.SMALLEST_STEP))
    needed = [
        step.percent_of_current
        for step in (forced.steps if forced is not None else ())
        if step.forced and step.percent_of_current is not None and not _is_bottom(step, plan)
    ]
    needed = [percent for percent in needed if percent < 100]  # no ceiling makes a stop smaller
    policy = request.courses[place].policy
    if not needed or policy.ceiling.percent is None:
        return []
    percent = Fraction(ceil(max(needed) * 10), 10)
    every = Interval(days=policy.phases[0].every.days * 2, months=policy.phases[0].every.months * 2)
    slower = tuple(
        evolve(phase, every=max(every, phase.every, key=lambda each: each.least_days)) for phase in policy.phases
    )
    wider = evolve(policy, ceiling=StepCeiling(percent=percent), phases=slower)
    course = evolve(request.courses[place], policy=wider)
    changed = evolve(request, courses=(*request.courses[:place], course, *request.courses[place + 1 :]))
    length = f"{every.months}mo" if every.months else f"{every.days}d"
    more = ["--ceiling", decimal_text(percent, 1), "--every", length]
    if request.stated.because is None and not request.stated.reason:
        more += ["--reason", _NO_SMALLER]
    name = f"steps of up to {decimal_text(percent, 1)} % with {every} between them"
    return _planned(name, changed, asked, plan_of, *more, without=["--ceiling", "--every"])


_NO_SMALLER = "no smaller step can be dispensed"


def _is_bottom(step: Step, plan: Plan) -> bool:
    """Whether a forced step is one of the last, smallest ones, for which the policy plans a stop."""
    return step.forced and step.starts_within(plan.request.courses[step.course].policy.bottom_share)


def _stay(plan: Plan, place: int) -> Alternative:
    """Staying at the lowest dose that the plan reaches."""
    course = plan.request.courses[place]
    if plan.steps:
        total = plan.steps[-1].total
    else:
        total = Amount(sum((track.daily for track in course.tracks), Fraction(0)), course.tracks[0].daily_unit)
    shown = f"{decimal_text(total.value)} {total.unit.value}"
    text = None
    if plan.steps and (len({track.unit for track in course.tracks}) == 1 or total.unit is Unit.MME_PER_D):
        text = command_text(plan.request.asked, "--target", shown, without=["--target"])
    percents = [step.percent_of_current or Fraction(0) for step in plan.steps]
    return Alternative(
        f"stay at {total if plan.steps else 'the present dose'}",
        text,
        len(plan.steps),
        plan.last_day if plan.steps else None,
        max(percents, default=Fraction(0)),
        any(step.forced for step in plan.steps),
        "with regular reviews; a lower dose is progress, and zero is not the only success",
    )
