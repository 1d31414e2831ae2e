"""A case to a taper: what is lowered, by which policy, out of what, and everything that goes beside the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from attrs import evolve, frozen

from medsteward.advice.plan.command import without_words
from medsteward.advice.plan.crisis import SHORT_SUPPLY_DAYS, SUICIDALITY, as_answered, asked_about
from medsteward.advice.plan.held import check_plan
from medsteward.advice.plan.pace import faster_than
from medsteward.advice.plan.report import Alternative, PlanReport, Support
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.taper.alternatives import AS_SHOWN, alternatives_for, gentler_ways
from medsteward.advice.taper.at_home import SAYS
from medsteward.advice.taper.beside import BesidePlan, beside, case_at_start, tapered_drugs
from medsteward.advice.taper.combinations import PARTNERS, OtherKind, keeps_the_ceiling, may_be_left, partners
from medsteward.advice.taper.courses import PlanningStops, bounded, courses_of
from medsteward.advice.taper.last_days import around, sources_of_last_days, with_last_days
from medsteward.advice.taper.lines import (
    above_directions,
    indication_of_lines,
    lead_of,
    left_words,
    more_than_directed,
    not_known_to_be_taken,
    tapered_lines,
    unread_lines,
)
from medsteward.advice.taper.made_whole import made_whole
from medsteward.advice.taper.no_steps import held_in, without_steps
from medsteward.advice.taper.options import CombinationKind, TaperOptions
from medsteward.advice.taper.tail import Tail, with_tail
from medsteward.advice.taper.told import told_of
from medsteward.advice.taper.track_supplies import FINEST_MARK, Making
from medsteward.advice.taper.tracks import tracks_of
from medsteward.advice.taper.verdict import Asks, GoesAhead, Holds, Refused, Urgent, Verdict
from medsteward.advice.taper.who import who_tapers
from medsteward.model.answer import answers_words
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.model.stated import Because, ContradictoryRequest
from medsteward.patient.picture import Picture
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.dates import NoSuchDay
from medsteward.schedules.dispensable import TooFine
from medsteward.schedules.drafting import SOURCE_AT_BEDTIME, leaves_a_dose_at_bedtime
from medsteward.schedules.fill_days import is_controlled
from medsteward.schedules.held_schedule import exceeding_words, excess_words
from medsteward.schedules.make import make_plan
from medsteward.schedules.plan import NeedsChoice, Plan, ReachesTarget, Request
from medsteward.schedules.planner import TooManyDays
from medsteward.schedules.policies import policy
from medsteward.schedules.supply import OtherForm
from medsteward.tables.table import FactorTable

_MONTH, _YEAR = 30, 365
RISKS = ("prior overdose", "early run-out")
"""Conditions in which what is controlled is dispensed for a week at a time."""
WITHOUT_REASON = "TAPER-004"
"""The question what a taper is for: the one that leaves a draft of the plan beside it."""


def taper(case: Case, options: TaperOptions, *, table: FactorTable) -> PlanReport:
    """A taper of a case on its day, with everything that goes beside it.

    Never refuses by raising: what stands in the way is a problem of the report, which then holds no plan. A question
    about what the taper is for leaves the plan as a draft beside it. Raises ``UnknownPolicy`` and ``UnknownDays``.
    """
    try:
        options = options.over(case)
    except ContradictoryRequest as error:
        return _without_plan(case, [Problem("CASE-003", "taper.requested_by", str(error))], [], ())
    case = as_answered(case, options.answers)
    ready = prepared(case, options, table)
    _, answered = asked_about(case, options.answers, [("reason", options.reason)])
    cautions = [*ready.cautions, *answered]
    if options.start < case.as_of:
        cautions.append(Caution("TAPER-120", f"the plan begins on {options.start}, before {case.as_of}"))
    lines, _ = tapered_lines(case, options.first)
    verdict = who_tapers(
        case,
        drugs=dict.fromkeys(lead_of(line) for _, line in lines),
        stated=options.stated,
        first=options.first,
        policies=[course.policy for course in ready.request.courses] if ready.request is not None else [],
    )
    held = tuple(held_in(lines))
    if held and not isinstance(verdict, Refused):
        verdict = Refused(tuple(each for each, _ in held), tuple(source for _, source in held))
    if isinstance(verdict, Refused):
        return _without_plan(case, verdict.problems, cautions, verdict.sources)
    if isinstance(verdict, Urgent):
        found = _without_plan(case, verdict.problems, [*cautions, *verdict.cautions], verdict.sources)
        return evolve(found, supports=verdict.supports)
    beside_questions = verdict.supports if isinstance(verdict, Asks) else ()
    if ready.request is None:
        asked = verdict.problems if isinstance(verdict, Asks) else ()
        if ready.sources:
            asked = ()  # what a taper is for is not asked where nothing is lowered in steps
        found = _without_plan(case, (*asked, *ready.problems), cautions, ready.sources)
        return evolve(found, supports=beside_questions)
    request, problems = ready.request, list[Problem]()
    if isinstance(verdict, Holds):
        request = evolve(request, hold=verdict.reason)
        cautions += verdict.cautions
    if isinstance(verdict, Asks):
        problems += verdict.problems
        if any(problem.code != WITHOUT_REASON for problem in problems):
            found = _without_plan(case, problems, cautions, verdict.sources)
            return evolve(found, supports=beside_questions)
    if isinstance(verdict, GoesAhead):
        cautions += verdict.cautions
    request = evolve(request, fill_days=_short_supplies(case, request, options, runs_out=ready.above_directions))
    plan = planned(request, table)
    also: tuple[OtherKind, ...] = ()
    if isinstance(plan, Plan) and may_be_left(lines):
        plan, also, said = _of_a_kind(plan, case, options, table)
        cautions = [*(each for each in cautions if each.code != PARTNERS), *said] if said else cautions
    if options.tail is not None and isinstance(plan, Plan):
        plan = _ended_so(plan, options.tail, table)
    if isinstance(plan, Problem):
        return _without_plan(case, (*problems, plan), cautions, ())
    instead = None if options.products else made_whole(plan, lambda each: _plan_or_none(each, table))
    if instead is not None:
        plan = instead.plan
        cautions.append(instead.caution)
    cautions += _may_fit_better(request, case)
    said_first = [evolve(each, mark=f"First: {each.text}.") for each in cautions if each.code == SAYS.code]
    cautions = [*said_first, *(each for each in cautions if each.code != SAYS.code)]
    return report_on(
        plan,
        case,
        verdict,
        table,
        problems=problems,
        cautions=cautions,
        is_new=True,
        also=also,
        shown=instead.way if instead else "",
    )


def _of_a_kind(
    plan: Plan, case: Case, options: TaperOptions, table: FactorTable
) -> tuple[Plan, tuple[OtherKind, ...], list[Caution]]:
    """The plan of the kind that comes first, that of the other kind, and what to ask about partners where it changed.

    The combination is kept where nothing was asked and its plan keeps the ceiling.
    """
    shown = options.combination or CombinationKind.LEAVE
    kind = CombinationKind.LEAVE if shown is CombinationKind.KEEP else CombinationKind.KEEP
    ready = prepared(case, evolve(options, combination=kind), table)
    if ready.request is None:
        return plan, (), []
    request = evolve(ready.request, hold=plan.request.hold, fill_days=plan.request.fill_days)
    other = planned(request, table)
    if options.combination is None and isinstance(other, Plan) and keeps_the_ceiling(other):
        said = [each for each in ready.cautions if each.code == PARTNERS]
        return other, (OtherKind(shown, plan.request),), said
    return plan, (OtherKind(kind, request),), []


def _ended_so(plan: Plan, form: OtherForm, table: FactorTable) -> Plan | Problem:
    """The plan with its last dose in another form; one that needs a choice first is shown without, with its ways."""
    found = with_tail(plan, Tail(form, plan.request.split), table)
    if isinstance(found, Problem) or isinstance(plan.outcome, ReachesTarget):
        return found
    return evolve(plan, request=evolve(plan.request, asked=without_words(plan.request.asked, "--tail")))


def _short_supplies(case: Case, request: Request, options: TaperOptions, *, runs_out: bool) -> int | None:
    """The days of one dispensing: a week at most with suicidality.

    Of what is controlled also after an overdose, where supplies ran out early, or more is taken than directed.
    """
    picture = Picture(case)
    tracks = [track for course in request.courses for track in course.tracks]
    risky = runs_out or picture.has(*RISKS) or options.because is Because.OVERDOSE
    controlled = any(is_controlled(supply.schedule) for track in tracks for supply in track.supplies)
    if picture.has(SUICIDALITY) or (risky and controlled):
        return min(request.fill_days or SHORT_SUPPLY_DAYS, SHORT_SUPPLY_DAYS)
    return request.fill_days


def _plan_or_none(request: Request, table: FactorTable) -> Plan | None:
    found = planned(request, table)
    return None if isinstance(found, Problem) else found


def report_on(
    plan: Plan,
    case: Case,
    verdict: Verdict,
    table: FactorTable,
    *,
    problems: Sequence[Problem] = (),
    cautions: Sequence[Caution] = (),
    is_new: bool = False,
    also: Sequence[OtherKind] = (),
    shown: str = "",
) -> PlanReport:
    """A plan with what goes beside it. ``verdict`` is what was said about who is tapered; ``also`` are other kinds.

    ``shown`` is what the way of a plan out of other products is called.

    Beside a new plan that needs a choice first stand the ways to choose from and the findings, and nothing else yet.
    """

    def plan_of(request: Request) -> Plan | None:
        return _plan_or_none(request, table)

    others: tuple[Alternative, ...] = ()
    if not plan.request.hold and not plan.events:
        stuck = isinstance(plan.outcome, NeedsChoice)
        start = case_at_start(case, plan.request.start, drugs=tapered_drugs(plan))
        ways = partial(alternatives_for, shown=shown or AS_SHOWN) if stuck else gentler_ways
        others = ways(plan, plan_of, start, lambda ended, tail: with_tail(ended, tail, table), also)
    awaits = PlanReport("taper", case.id, case.as_of, plan, is_new=is_new).awaits_choice
    along = beside(plan, case, verdict=verdict, table=table)
    if awaits:
        along = BesidePlan((), (), (), along.findings)
    policies = [course.policy for course in plan.request.courses]
    cautions = [*cautions, *told_of(plan, table), *_beyond_the_source(plan, table, case.as_of)]
    conditions = verdict.conditions if isinstance(verdict, GoesAhead) and not awaits else ()
    return PlanReport(
        kind="taper",
        case_id=case.id,
        as_of=case.as_of,
        plan=plan,
        alternatives=others,
        checkpoints=along.checkpoints,
        supports=(*(Support(each.kind, each.words, sources=each.sources) for each in conditions), *along.supports),
        is_new=is_new,
        reminders=along.reminders,
        findings=along.findings,
        faster_than=faster_than(plan),
        sources=() if awaits else _sources_of(plan),
        not_for=tuple(dict.fromkeys((*(text for each in policies for text in each.not_for), *table.not_for))),
        problems=tuple(problems),
        cautions=tuple(dict.fromkeys((*case.cautions, *cautions))),
    )


def _beyond_the_source(plan: Plan, table: FactorTable, as_of: date) -> list[Caution]:
    """Steps that go beyond the range of their own policy's source, in the words of a check of the plan."""
    found = []
    for name in dict.fromkeys(course.policy.id for course in plan.request.courses):
        checked = check_plan(plan, policy=policy(name), table=table, as_of=as_of) if plan.steps else None
        if checked is None or checked.held is None or not checked.held.exceeding:
            continue
        numbers = [(step.first_day, step.number) for step in plan.steps]
        said = [
            f"step {dict(numbers).get(step.first_day, step.number)}: {excess_words(each)}"
            for step in checked.held.exceeding
            for each in step.exceeds
            if not each.planned
        ]
        more = f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
        asked = any(course.overrides for course in plan.request.courses if course.policy.id == name)
        why = "" if asked else "; the products make no smaller step there"
        lead = exceeding_words(checked.held, numbers)
        text = f"{lead}: {'; '.join(said[:_SHOWN])}{more}{why}"
        found.append(Caution("TAPER-129", text, mark=f"Beyond the source's pace: {lead}"))
    return found


_SHOWN = 4
"""Steps named where several go beyond the pace of the source."""


def _sources_of(plan: Plan) -> tuple[Source, ...]:
    """The sources of its policies, and that of a last dose at bedtime where a step leaves one."""
    found = [source for course in plan.request.courses for source in course.policy.sources]
    at_bedtime = any(leaves_a_dose_at_bedtime(plan.request_of(step), step) for step in plan.steps)
    also = [*([SOURCE_AT_BEDTIME] if at_bedtime else []), *sources_of_last_days(plan)]
    return tuple(dict.fromkeys([*found, *also]))


def _without_plan(
    case: Case, problems: Sequence[Problem], cautions: Sequence[Caution], sources: Sequence[Source]
) -> PlanReport:
    return PlanReport(
        "taper",
        case.id,
        case.as_of,
        None,
        sources=tuple(sources),
        problems=tuple(dict.fromkeys(problems)),
        cautions=tuple(dict.fromkeys((*case.cautions, *cautions))),
    )


def _may_fit_better(request: Request, case: Case) -> list[Caution]:
    """The shorter-use policy is offered where opioids were taken for less than a year."""
    since = case.patient.opioid_since
    chosen = request.courses[0].policy.id
    if since is None or not request.courses[0].tracks[0].drug_class.is_opioid_agonist:
        return []
    days = (request.start - since).days
    if days < 0:
        return []
    if days < _MONTH and chosen not in ("brief_exposure", "brief_exposure_days"):
        text = f"opioids were taken for {days} days: the policies for brief exposure may fit (--policy brief_exposure)"
        return [Caution("TAPER-124", text)]
    if days < _YEAR and chosen in ("humane", "cdc_2022_long_term"):
        text = "opioids were taken for less than a year: the policy for shorter use may fit (--policy cdc_2022_shorter)"
        return [Caution("TAPER-124", text)]
    if days >= _YEAR and chosen in ("cdc_2022_shorter", "brief_exposure", "brief_exposure_days"):
        text = f"opioids were taken for a year or more: {chosen} is meant for shorter use"
        return [Caution("TAPER-124", text)]
    return []


@frozen
class Prepared:
    """A case made ready to plan: the request (None where it cannot be made), and what was noticed on the way.

    ``above_directions``: more is taken of a line than its directions allow, so that its supply runs out early.
    ``sources`` are those of what is said where nothing is lowered in steps.
    """

    request: Request | None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    above_directions: bool = False
    sources: tuple[Source, ...] = ()


def prepared(case: Case, options: TaperOptions, table: FactorTable, *, hold: str = "") -> Prepared:
    """The request that a case and options make. ``hold``: why the present dose stays."""
    lines, left = tapered_lines(case, options.first)
    making = Making(
        options.products,
        options.split,
        options.mark,
        options.taken_per_day,
        as_written=options.combination is CombinationKind.KEEP,
        floor=options.floor,
    )
    tracks, problems = tracks_of(lines, making)
    over_problems, over_cautions = more_than_directed(lines, making, options.answers)
    problems = (*unread_lines(case), *not_known_to_be_taken(case, lines, options), *problems, *over_problems)
    cautions = [Caution("TAPER-121", left_words(line), f"line {number}") for number, line in left]
    cautions += over_cautions
    if not tracks or problems:
        sources: tuple[Source, ...] = ()
        if not lines and not problems:
            said = tuple(without_steps(case))
            none = Problem("TAPER-024", "", "no line holds a medicine that is lowered step by step")
            problems = tuple(each for each, _ in said if isinstance(each, Problem)) or (() if said else (none,))
            cautions += [each for each, _ in said if isinstance(each, Caution)]
            sources = tuple(source for _, source in said)
        return Prepared(None, problems, tuple(cautions), sources=sources)
    tracks = bounded(tracks, table, is_tolerant=case.patient.opioid_tolerant)
    asked_days = None if options.tail is not None else options.last_days
    tracks, refused = with_last_days(tracks, asked_days, around(case, lines))
    if refused is not None:
        return Prepared(None, (refused,), tuple(cautions))
    try:
        courses, noted = courses_of(tracks, options, table)
    except PlanningStops as stop:
        return Prepared(None, (stop.problem,), tuple(cautions))
    request = Request(
        start=options.start,
        courses=courses,
        table=table.id,
        indication=indication_of_lines(case, lines),
        reason="; ".join(filter(None, (options.stated.reason, answers_words(options.answers)))),
        stated=options.stated,
        hold=hold,
        when_stuck=options.when_stuck,
        larger=options.larger,
        avoid=options.avoid,
        weekday=options.weekday,
        fill_days=options.fill_days,
        split=options.split,
        mark=options.mark or FINEST_MARK,
        by_volume=options.mark is None,
        floor=options.floor,
        last_days=options.last_days,
        asked=options.asked,
        case=case,
    )
    runs_out = any(True for _ in above_directions(lines, making))
    return Prepared(request, (), (*cautions, *noted, *partners(lines, options.combination)), runs_out)


def planned(request: Request, table: FactorTable) -> Plan | Problem:
    """The plan of a request, or the problem that keeps it from being made."""
    try:
        return make_plan(request, scales_of(request, table), avoided_days(request.avoid))
    except (TooFine, TooManyDays, NoSuchDay) as error:
        return Problem("TAPER-024", "", str(error))
