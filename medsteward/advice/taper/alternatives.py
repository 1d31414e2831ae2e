"""Other ways on where a taper is stuck: each planned in full and shown in short, none chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import ceil

from attrs import evolve

from medsteward.advice.plan.command import command_text
from medsteward.advice.plan.figures import figures_of, forced_steps
from medsteward.advice.plan.report import Alternative
from medsteward.advice.taper.alternatives_held import PresentProduct, buprenorphine, fewer_days
from medsteward.advice.taper.alternatives_ranked import WayOn, ranked
from medsteward.advice.taper.alternatives_tail import TailOf, tail_ways
from medsteward.advice.taper.alternatives_told import in_short
from medsteward.advice.taper.combinations import OPTION, OtherKind
from medsteward.advice.taper.other_forms import form_note, form_words, listed_strength, other_forms
from medsteward.advice.taper.track_line import line_of
from medsteward.advice.taper.tracks import joined
from medsteward.drugs.matching import products_of
from medsteward.model.number import decimal_text
from medsteward.model.regimen import Case
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.plan import Asked, Course, NeedsChoice, Plan, Request, WhenStuck
from medsteward.schedules.policies import policies_for
from medsteward.schedules.policy import Basis, Policy, PolicyStatus, StepCeiling
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.supply import Supply, Track

PlanOf = Callable[[Request], Plan | None]
"""Plans a request; None where it cannot be planned."""


AS_SHOWN = "this plan: the smallest steps, each forced one held longer"


def alternatives_for(
    plan: Plan,
    plan_of: PlanOf,
    case: Case,
    tail_of: TailOf,
    also: Sequence[OtherKind] = (),
    *,
    shown: str = AS_SHOWN,
) -> tuple[Alternative, ...]:
    """The ways to go on from a plan that needs a choice, this plan among them, the best first; then what to talk over.

    ``case`` is that of the plan's first day; ``shown`` what this plan is called.
    """
    request, asked = plan.request, plan.request.asked
    forced = forced_steps(plan)
    place = forced[0].course if forced else plan.steps[-1].course if plan.steps else 0
    found = _planned(shown, request, asked, plan_of) if request.when_stuck is WhenStuck.ASK and plan.steps else []
    found += _other_products(request, place, range(len(request.courses[place].tracks)), plan_of, case)
    found += _other_order(request, place, plan_of)
    found += _larger_step(request, place, forced, asked, plan_of)
    found += _shorter(plan, plan_of)
    found += tail_ways(plan, plan_of, tail_of, case)
    found += _of_other_kinds(also, asked, plan_of)
    found += _stay_before(plan, forced, plan_of)
    ways = ranked(found, request)
    if any(
        track.drug_class.is_opioid_agonist and track.drug != "buprenorphine" for track in request.courses[place].tracks
    ):
        ways.append(buprenorphine(case))
    return (*ways, *fewer_days(plan))


def gentler_ways(
    plan: Plan, plan_of: PlanOf, case: Case, tail_of: TailOf, also: Sequence[OtherKind] = ()
) -> tuple[Alternative, ...]:
    """Other ways for a plan that stands: products that spare forced steps, and shorter ones of a very long plan.

    ``case`` is that of the plan's first day.
    """
    request = plan.request
    forced = {step.course for step in forced_steps(plan)}
    found: list[WayOn] = []
    for place in sorted(forced):
        tracks = range(len(request.courses[place].tracks))
        found += _other_products(request, place, tracks, plan_of, case)
    spared = [each for each in found if _is_gentler(each.found, plan)]
    spared += tail_ways(plan, plan_of, tail_of, case)
    spared += _of_other_kinds(also, request.asked, plan_of)
    spared += _quarters(plan, plan_of)
    return (*ranked([*spared, *_shorter(plan, plan_of)], request), *fewer_days(plan))


def _of_other_kinds(also: Sequence[OtherKind], asked: Asked, plan_of: PlanOf) -> list[WayOn]:
    """A combination kept, or left for the opioid alone, where this plan does otherwise."""
    found: list[WayOn] = []
    for other in also:
        found += _planned(other.words, other.request, asked, plan_of, *other.option, without=[OPTION])
    return found


_QUARTER = Fraction(25)
"""Percent of the current dose a step, where a policy's own amount takes half or more of it at once. Ours."""


def _quarters(plan: Plan, plan_of: PlanOf) -> list[WayOn]:
    """Steps of a quarter, where the amount of the policy takes off half of the first dose or more, or all of it."""
    request, course = plan.request, plan.request.courses[0]
    first = plan.steps[0] if plan.steps else None
    if first is None or first.planned or (first.percent_of_current or 0) < _HALF:
        return []
    if len(request.courses) > 1 or course.policy.ceiling.percent is not None:
        return []
    phases = tuple(
        evolve(each, percent=_QUARTER, basis=each.basis or Basis.CURRENT, amounts=(), as_asked=True)
        for each in course.policy.phases
    )
    ceiling = StepCeiling(percent=_QUARTER, note="the percentage asked for", as_asked=True)
    changed = _with_policy(request, 0, evolve(course.policy, phases=phases, ceiling=ceiling))
    words = decimal_text(_QUARTER)
    name = f"steps of {words} % of the current dose"
    found = _planned(name, changed, request.asked, plan_of, "--percent", words, without=["--percent"])
    return [each for each in found if each.found.steps is not None and each.found.steps > len(plan.steps)]


_HALF = 50


def _is_gentler(found: Alternative, plan: Plan) -> bool:
    """Whether a way has fewer steps beyond the ceiling, or a smaller first or largest one."""
    now = figures_of(plan)
    first, largest = found.first_percent, found.largest_percent
    return (
        (found.forced_steps or 0) < now.forced
        or (first is not None and (now.first is None or first < now.first))
        or (largest is not None and (now.largest is None or largest < now.largest))
    )


def _other_products(request: Request, place: int, numbers: Iterable[int], plan_of: PlanOf, case: Case) -> list[WayOn]:
    """The same plan with halves, with strengths of few makers, or in another form; ``numbers`` are the tracks."""
    asked = request.asked
    found: list[WayOn] = []
    supplies = [supply for track in request.courses[place].tracks for supply in track.supplies]
    if not request.split and any(supply.may_be_split for supply in supplies):
        halved = evolve(request, split=True, courses=tuple(_halved(course) for course in request.courses))
        note = "only where the patient's tablets are scored: ask the pharmacist"
        found += _planned("halves of scored tablets", halved, asked, plan_of, "--split", note=note)
    for number in numbers:
        found += _of_few_makers(request, place, number, asked, plan_of)
        if _has_a_partner(request, request.courses[place].tracks[number]):
            continue  # an extended-release line in another form beside this one would be taken too often a day
        found += _in_other_forms(request, place, number, asked, plan_of, case)
    return found


def _planned(
    option: str,
    request: Request,
    asked: Asked,
    plan_of: PlanOf,
    *more: str,
    without: Sequence[str] = (),
    lines: Sequence[str] | None = None,
    note: str = "",
) -> list[WayOn]:
    """The request planned, as an alternative. Where it needs a choice too, its forced steps are accepted."""
    plan = plan_of(request)
    if plan is not None and isinstance(plan.outcome, NeedsChoice) and request.when_stuck is WhenStuck.ASK:
        plan = plan_of(evolve(request, when_stuck=WhenStuck.SMALLEST_STEP))
        more, without = (*more, "--when-stuck", "smallest-step"), (*without, "--when-stuck")
    if plan is None or not plan.steps or plan.steps[0].kind is StepKind.STOP:
        return []
    return [WayOn(in_short(option, plan, command_text(asked, *more, without=without, lines=lines), note), plan)]


def _halved(course: Course) -> Course:
    tracks = []
    for track in course.tracks:
        supplies = tuple(
            evolve(supply, part=Fraction(1, 2)) if supply.may_be_split else supply for supply in track.supplies
        )
        tracks.append(evolve(track, supplies=supplies))
    return evolve(course, tracks=tuple(tracks))


# --- products that few pharmacies have --------------------------------------------------------------------------


def _has_a_partner(request: Request, track: Track) -> bool:
    """Whether it is an extended-release line, and another line of the plan is of the same drug."""
    return track.is_extended and any(
        each.drug == track.drug and each != track for course in request.courses for each in course.tracks
    )


def _of_few_makers(request: Request, place: int, number: int, asked: Asked, plan_of: PlanOf) -> list[WayOn]:
    """Strengths of the same form that few makers sell, beside those at hand; nothing where products were named."""
    tracks = request.courses[place].tracks
    track = tracks[number]
    if track.unit not in (Unit.MG, Unit.MCG_PER_H) or "--products" in asked.options:
        return []
    known = {supply.strength for supply in track.supplies}
    more = [
        each
        for each in products_of(frozenset({track.drug}))
        if (each.few_makers or (each.makers and track.wear_days is not None))
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
    return [WayOn(in_short(f"with {named}", plan, None, note), plan)]


# --- another form -----------------------------------------------------------------------------------------------


def _in_other_forms(
    request: Request, place: int, number: int, asked: Asked, plan_of: PlanOf, case: Case
) -> list[WayOn]:
    """The same dose as a liquid, as another form, or as immediate-release tablets, where such products are listed.

    Each is held against the case by the rules. What they say of the present product as well is no reason against a
    change.
    """
    tracks = request.courses[place].tracks
    own_products = "--products" in asked.options
    if own_products and sum(len(course.tracks) for course in request.courses) > 1:
        return []  # without the user's products the other lines would be planned anew
    found: list[WayOn] = []
    present = PresentProduct(tracks[number], case)
    for other in other_forms(tracks[number], request, own_products=own_products):
        course = evolve(request.courses[place], tracks=joined((*tracks[:number], other, *tracks[number + 1 :])))
        changed = evolve(request, courses=(*request.courses[:place], course, *request.courses[place + 1 :]))
        lines = _lines_with(request, changed)
        note = form_note(tracks[number], other)
        name = form_words(other)
        planned = _planned(name, changed, asked, plan_of, without=["--products"], lines=lines, note=note)
        found += [evolve(each, found=present.with_reasons(each.found, other)) for each in planned]
    return found


def _lines_with(request: Request, changed: Request) -> list[str]:
    """The medication lines as written, and words for each track that a change made anew: joined ones are one line."""
    kept = {id(each) for course in request.courses for each in course.tracks}
    lines: list[str] = []
    for course in changed.courses:
        for each in course.tracks:
            lines += each.written.split("\n") if id(each) in kept else [line_of(each, anew=True).written]
    return lines


# --- a larger step, and staying ---------------------------------------------------------------------------------


def _larger_step(request: Request, place: int, forced: Sequence[Step], asked: Asked, plan_of: PlanOf) -> list[WayOn]:
    """The smallest ceiling under which the plan gets through, with twice the interval.

    Not where several medicines are lowered one after the other: the option would raise the ceiling of all of them.
    """
    needed = [step.percent_of_current for step in forced if step.percent_of_current is not None]
    needed = [percent for percent in needed if percent < 100]  # no ceiling makes a stop smaller
    policy = request.courses[place].policy
    if not needed or policy.ceiling.percent is None or len(request.courses) > 1:
        return []
    percent = Fraction(ceil(max(needed) * 10), 10)
    every = Interval(days=policy.phases[0].every.days * 2, months=policy.phases[0].every.months * 2)
    slower = tuple(phase.lasting(every) for phase in policy.phases)
    wider = evolve(policy, ceiling=StepCeiling(percent=percent, as_asked=True), phases=slower)
    changed = _with_policy(request, place, wider)
    length = f"{every.months}mo" if every.months else f"{every.days}d"
    more = ["--ceiling", decimal_text(percent, 1), "--every", length]
    if request.stated.because is None and not request.stated.reason:
        more += ["--reason", _NO_SMALLER]
    name = f"steps of up to {decimal_text(percent, 1)} % with {every} between them"
    return _planned(name, changed, asked, plan_of, *more, without=["--ceiling", "--every"])


def _other_order(request: Request, place: int, plan_of: PlanOf) -> list[WayOn]:
    """Immediate-release lines first, beside extended-release ones; nothing where an order was asked for."""
    course = request.courses[place]
    kinds = {track.is_extended for track in course.tracks}
    if len(kinds) == 1 or len(request.courses) > 1 or "--first" in request.asked.options:
        return []
    tracks = tuple(sorted(course.tracks, key=lambda track: track.is_extended))
    changed = evolve(request, courses=(evolve(course, tracks=tracks, first_because="ir first, as asked"),))
    return _planned("IR lines first", changed, request.asked, plan_of, "--first", "ir")


_NO_SMALLER = "no smaller step can be dispensed"


def _with_policy(request: Request, place: int, policy: Policy) -> Request:
    course = evolve(request.courses[place], policy=policy)
    return evolve(request, courses=(*request.courses[:place], course, *request.courses[place + 1 :]))


# --- shorter, and staying ---------------------------------------------------------------------------------------


def _shorter(plan: Plan, plan_of: PlanOf) -> list[WayOn]:
    """Ways to shorten a plan of more than two years: its first pace to the end, and a faster policy that is named."""
    request = plan.request
    if not figures_of(plan).is_long:
        return []
    found: list[WayOn] = []
    firsts = {course.policy.phases[0].percent for course in request.courses}
    late = [phase.percent for course in request.courses for phase in course.policy.phases[1:]]
    first = next(iter(firsts))
    if len(firsts) == 1 and first is not None and any(percent is not None and percent < first for percent in late):
        changed = request
        for place, course in enumerate(request.courses):
            same = tuple(evolve(phase, percent=first, as_asked=True) for phase in course.policy.phases)
            changed = _with_policy(changed, place, evolve(course.policy, phases=same))
        words = decimal_text(first)
        found += _planned(
            f"{words} % all the way", changed, request.asked, plan_of, "--percent", words, without=["--percent"]
        )
    faster = [
        (figures_of(shorter).months, place, policy)
        for place, course in enumerate(request.courses)
        for policy in _others_named(course)
        if (shorter := plan_of(_with_policy(request, place, policy))) is not None
        and shorter.steps
        and not figures_of(shorter).is_long
    ]
    if faster:
        _, place, policy = max(faster, key=lambda each: each[0])
        changed = _with_policy(request, place, policy)
        more = ["--policy", policy.id]
        found += _planned(f"policy {policy.id}", changed, request.asked, plan_of, *more, without=["--policy"])
    return found


def _others_named(course: Course) -> list[Policy]:
    """The named policies that a course could go by as well."""
    track = course.tracks[0]
    fitting = policies_for(track.drug, track.drug_class, track.release, track.route) if not course.overrides else ()
    return [
        each
        for each in fitting
        if each.status is PolicyStatus.CURRENT
        and not each.conditions_only
        and not each.stops_at_bottom
        and each != course.policy
    ]


def _stay_before(plan: Plan, forced: Sequence[Step], plan_of: PlanOf) -> list[WayOn]:
    """Staying at the lowest dose that is reached without a forced step, where there is one."""
    request = plan.request
    before = [step for step in plan.steps if forced and step.number < forced[0].number]
    note = "with regular reviews; a lower dose is progress, and zero is not the only success"
    if not before or len(request.courses) > 1:
        return [WayOn(Alternative("stay at the present dose", None, note=note))]
    total = before[-1].total
    units = {track.unit for track in request.courses[0].tracks}
    if len(units) != 1 and total.unit is not Unit.MME_PER_D:
        return [WayOn(Alternative(f"stay at {total}", None, note=note))]
    course = evolve(request.courses[0], target=total.value)
    stays = plan_of(evolve(request, courses=(course,)))
    if stays is None or not stays.steps or isinstance(stays.outcome, NeedsChoice):
        return []
    shown = f"{decimal_text(total.value)} {total.unit.value}"
    command = command_text(request.asked, "--target", shown, without=["--target"])
    return [WayOn(in_short(f"stay at {total}", stays, command, note), stays)]
