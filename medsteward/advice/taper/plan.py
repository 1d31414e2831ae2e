"""A case to a taper: what is lowered, by which policy, out of what, and everything that goes beside the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, field, frozen
from attrs.converters import optional

from medsteward.advice.plan.avoid import avoided_days
from medsteward.advice.plan.crisis import SHORT_SUPPLY_DAYS, SUICIDALITY, as_answered, asked_about
from medsteward.advice.plan.held import check_plan
from medsteward.advice.plan.pace import faster_than
from medsteward.advice.plan.report import Alternative, PlanReport, Support
from medsteward.advice.plan.weights import factors_of, mme_over, scales_of
from medsteward.advice.taper.alternatives import alternatives_for, gentler_ways
from medsteward.advice.taper.beside import beside, case_at_start, tapered_drugs
from medsteward.advice.taper.tracks import Making, over_directions, stated_for, tracks_of
from medsteward.advice.taper.verdict import Asks, GoesAhead, Holds, Refused, Urgent, Verdict
from medsteward.advice.taper.who import who_tapers
from medsteward.doses.renewals import renewals
from medsteward.drugs.index import drug_of, find
from medsteward.model.amount import Amount
from medsteward.model.answer import Answers, answer_to, answers_words, how_to_answer
from medsteward.model.drug import DrugClass
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case, Line
from medsteward.model.source import Source, Standing
from medsteward.model.stated import Because, ContradictoryRequest, RequestedBy, Stated, Supervisor
from medsteward.model.unit import Dimension, Unit
from medsteward.patient.picture import Picture
from medsteward.schedules.against import exceeding_words, excess_words
from medsteward.schedules.dates import Interval, NoSuchDay
from medsteward.schedules.dispensable import TooFine
from medsteward.schedules.drafting import SOURCE_AT_BEDTIME, leaves_a_dose_at_bedtime
from medsteward.schedules.make import make_plan
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Asked, Course, NeedsChoice, Plan, Request, WhenStuck
from medsteward.schedules.planner import TooManyDays
from medsteward.schedules.policies import policies_for, policy
from medsteward.schedules.policy import Basis, Policy, PolicyStatus, StepCeiling
from medsteward.schedules.supply import OwnProduct, Track, day_amount
from medsteward.tables.table import FactorTable

_SEDATIVES = frozenset({DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG})
_MONTH, _YEAR = 30, 365
MORE_TAKEN = "more-taken"
"""The name of the question that a larger stated intake asks."""
WITHOUT_REASON = "TAPER-004"
"""The question what a taper is for: the one that leaves a draft of the plan beside it."""


@frozen
class TaperOptions:
    """What is asked of a taper beside the case. None: as the policy says.

    ``target`` is 0 or the amount a day to stay at. ``requested_by``, ``because`` and ``supervised_by`` go before those
    of the case; ``reason`` is printed and decides nothing. ``answers`` are to what is asked about before anything is
    planned. Raises ``ContradictoryRequest``.
    """

    start: date
    policy: str | None = None
    percent: Fraction | None = None
    every: Interval | None = None
    basis: Basis | None = None
    ceiling: Fraction | None = None
    target: Amount | None = None
    requested_by: RequestedBy | None = field(default=None, converter=optional(RequestedBy))
    because: Because | None = field(default=None, converter=optional(Because))
    supervised_by: tuple[Supervisor, ...] = ()
    reason: str = ""
    answers: Answers = ()
    first: str | None = None
    products: tuple[OwnProduct, ...] = ()
    split: bool = False
    mark: Fraction = Fraction(1, 10)
    larger: Moment | None = None
    when_stuck: WhenStuck = WhenStuck.ASK
    avoid: str = ""
    weekday: int | None = None
    fill_days: int | None = None
    taken_per_day: tuple[tuple[str, Amount], ...] = ()
    asked: Asked = field(factory=Asked)

    def __attrs_post_init__(self) -> None:
        for name, value in (("percent", self.percent), ("ceiling", self.ceiling)):
            if value is not None and not 0 < value <= 100:
                raise ValueError(f"the {name} is more than 0 and at most 100")
        _ = self.stated

    @property
    def stated(self) -> Stated:
        """What is stated here, without the case."""
        return Stated(self.requested_by, self.because, self.supervised_by, self.reason, self.answers)

    def over(self, case: Case) -> TaperOptions:
        """These options with what the case states where nothing goes before it. Raises ``ContradictoryRequest``."""
        given = self.stated.over(case.stated)
        return evolve(
            self,
            requested_by=given.requested_by,
            because=given.because,
            supervised_by=given.supervised_by,
            reason=given.reason,
            answers=given.answers,
        )


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
    if isinstance(verdict, Refused):
        return _without_plan(case, verdict.problems, cautions, verdict.sources)
    if isinstance(verdict, Urgent):
        found = _without_plan(case, verdict.problems, [*cautions, *verdict.cautions], verdict.sources)
        return evolve(found, supports=verdict.supports)
    beside_questions = verdict.supports if isinstance(verdict, Asks) else ()
    if ready.request is None:
        asked = verdict.problems if isinstance(verdict, Asks) else ()
        found = _without_plan(case, (*asked, *ready.problems), cautions, ())
        return evolve(found, supports=beside_questions)
    request, problems = ready.request, list[Problem]()
    if isinstance(verdict, Holds):
        request = evolve(request, hold=verdict.reason, fill_days=_short_supplies(case, request.fill_days))
        cautions += verdict.cautions
    if isinstance(verdict, Asks):
        problems += verdict.problems
        if any(problem.code != WITHOUT_REASON for problem in problems):
            found = _without_plan(case, problems, cautions, verdict.sources)
            return evolve(found, supports=beside_questions)
    if isinstance(verdict, GoesAhead):
        cautions += verdict.cautions
    plan = planned(request, table)
    if isinstance(plan, Problem):
        return _without_plan(case, (*problems, plan), cautions, ())
    cautions += [*_may_fit_better(request, case), *_few_makers(plan)]
    return report_on(plan, case, verdict, table, problems=problems, cautions=cautions)


def _short_supplies(case: Case, fill_days: int | None) -> int | None:
    """The days of one dispensing of a plan that is held: a week at most with suicidality."""
    if not Picture(case).has(SUICIDALITY):
        return fill_days
    return min(fill_days or SHORT_SUPPLY_DAYS, SHORT_SUPPLY_DAYS)


def report_on(
    plan: Plan,
    case: Case,
    verdict: Verdict,
    table: FactorTable,
    *,
    problems: Sequence[Problem] = (),
    cautions: Sequence[Caution] = (),
) -> PlanReport:
    """A plan with what goes beside it. ``verdict`` is what was said about who is tapered."""

    def plan_of(request: Request) -> Plan | None:
        found = planned(request, table)
        return None if isinstance(found, Problem) else found

    others: tuple[Alternative, ...] = ()
    if not plan.request.hold and not plan.events:
        stuck = isinstance(plan.outcome, NeedsChoice)
        start = case_at_start(case, plan.request.start, drugs=tapered_drugs(plan))
        others = alternatives_for(plan, plan_of, start) if stuck else gentler_ways(plan, plan_of, start)
    along = beside(plan, case, verdict=verdict, table=table)
    policies = [course.policy for course in plan.request.courses]
    cautions = [*cautions, *_beyond_the_source(plan, table, case.as_of)]
    conditions = verdict.conditions if isinstance(verdict, GoesAhead) else ()
    return PlanReport(
        kind="taper",
        case_id=case.id,
        as_of=case.as_of,
        plan=plan,
        alternatives=others,
        checkpoints=along.checkpoints,
        supports=(*(Support(each.kind, each.words, sources=each.sources) for each in conditions), *along.supports),
        reminders=along.reminders,
        findings=along.findings,
        faster_than=faster_than(plan),
        sources=tuple(dict.fromkeys((*(source for each in policies for source in each.sources), *_of_steps(plan)))),
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
        said = [
            f"step {step.number}: {excess_words(each)}"
            for step in checked.held.exceeding
            for each in step.exceeds
            if not each.planned
        ]
        more = f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
        asked = any(course.overrides for course in plan.request.courses if course.policy.id == name)
        why = "" if asked else "; the products make no smaller step there"
        lead = exceeding_words(checked.held)
        text = f"{lead}: {'; '.join(said[:_SHOWN])}{more}{why}"
        found.append(Caution("TAPER-129", text, mark=f"Beyond the source's pace: {lead}"))
    return found


_SHOWN = 4
"""Steps named where several go beyond the pace of the source."""


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


def _of_steps(plan: Plan) -> tuple[Source, ...]:
    """The source of a last dose at bedtime, where a step leaves one."""
    return (SOURCE_AT_BEDTIME,) if any(leaves_a_dose_at_bedtime(plan.request, step) for step in plan.steps) else ()


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
    """A case made ready to plan: the request (None where it cannot be made), and what was noticed on the way."""

    request: Request | None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()


class _Stop(Exception):
    """Planning cannot go on; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def prepared(case: Case, options: TaperOptions, table: FactorTable, *, hold: str = "") -> Prepared:
    """The request that a case and options make. ``hold``: why the present dose stays."""
    lines, left = tapered_lines(case, options.first)
    making = Making(options.products, options.split, options.mark, options.taken_per_day)
    tracks, problems = tracks_of(lines, making)
    over_problems, over_cautions = _over_directions(lines, making, options.answers)
    problems = (*_unread(case), *_not_known_to_be_taken(case, lines, options), *problems, *over_problems)
    cautions = [Caution("TAPER-121", _left_words(line, case), f"line {number}") for number, line in left]
    cautions += over_cautions
    if not tracks or problems:
        if not lines and not problems:
            problems = (Problem("TAPER-024", "", "no line holds a medicine that is lowered step by step"),)
        return Prepared(None, problems, tuple(cautions))
    try:
        courses, noted = _courses(tracks, options, table)
    except _Stop as stop:
        return Prepared(None, (stop.problem,), tuple(cautions))
    request = Request(
        start=options.start,
        courses=courses,
        table=table.id,
        indication=_indication(case, lines),
        reason="; ".join(filter(None, (options.stated.reason, answers_words(options.answers)))),
        stated=options.stated,
        hold=hold,
        when_stuck=options.when_stuck,
        larger=options.larger,
        avoid=options.avoid,
        weekday=options.weekday,
        fill_days=options.fill_days,
        split=options.split,
        mark=options.mark,
        asked=options.asked,
        case=case,
    )
    return Prepared(request, (), (*cautions, *noted, *_partners(lines)))


def _over_directions(
    lines: Sequence[tuple[int, Line]], making: Making, answers: Answers
) -> tuple[list[Problem], list[Caution]]:
    """More stated as taken than the directions allow: a problem, or a caution where that was answered."""
    problems, cautions = list[Problem](), list[Caution]()
    for number, line in lines:
        stated = stated_for(line, lines, making)
        most = over_directions(line, stated) if isinstance(stated, Amount) else None
        if most is None or not isinstance(stated, Amount):
            continue
        said = (
            f"{lead_of(line)}: {day_amount(stated)} is stated as taken, and the directions allow at most {most}. It "
            "may be a slip of the pen, or relief that did not last"
        )
        why = answer_to(MORE_TAKEN, answers)
        if why:
            text = f"{said}. The plan starts from what is taken, as was answered: {why}"
            cautions.append(Caution("TAPER-127", text, f"line {number}"))
        else:
            advice = f"ask, then correct one of the two, or answer that it is so: {how_to_answer(MORE_TAKEN)}"
            problems.append(Problem("TAPER-025", f"line {number}", f"{said}: {advice}"))
    return problems, cautions


def planned(request: Request, table: FactorTable) -> Plan | Problem:
    """The plan of a request, or the problem that keeps it from being made."""
    try:
        return make_plan(request, scales_of(request, table), avoided_days(request.avoid))
    except (TooFine, TooManyDays, NoSuchDay) as error:
        return Problem("TAPER-024", "", str(error))


# --- which lines ------------------------------------------------------------------------------------------------


def tapered_lines(case: Case, first: str | None) -> tuple[tuple[tuple[int, Line], ...], tuple[tuple[int, Line], ...]]:
    """The lines that are lowered, and active ones of the same kinds of medicine that are left as they are.

    Opioids, benzodiazepines and Z-drugs where there are any; else every medicine that has a policy. A medicine named
    to come first is always among them.
    """
    possible = [
        (number, line)
        for number, line in enumerate(case.lines, start=1)
        if line.is_active_on(case.as_of) and line.regimen is not None and _has_policy(line)
    ]
    lead = [pair for pair in possible if _class(pair[1]).is_opioid_agonist or _class(pair[1]) in _SEDATIVES]
    named = [pair for pair in possible if first and lead_of(pair[1]) == first.casefold()]
    chosen = [pair for pair in possible if pair in lead or pair in named] if lead else possible
    return tuple(chosen), tuple(pair for pair in possible if pair not in chosen)


def lead_of(line: Line) -> str:
    """The ingredient that a line is about."""
    assert line.regimen is not None
    return line.regimen.product.lead


def _class(line: Line) -> DrugClass:
    return drug_of(lead_of(line)).drug_class


def _has_policy(line: Line) -> bool:
    name = lead_of(line)
    return find(name) is not None and bool(policies_for(name, drug_of(name).drug_class))


def _left_words(line: Line, case: Case) -> str:
    return f"{lead_of(line)} stays as it is in this plan; it can be planned by itself"


def _unread(case: Case) -> tuple[Problem, ...]:
    """Problems of the case and its lines: a plan on half of the medicines would be wrong."""
    found = list(case.problems)
    for number, line in enumerate(case.lines, start=1):
        if line.is_active_on(case.as_of):
            found += [evolve(problem, where=f"line {number}") for problem in line.problems]
    return tuple(found)


def _not_known_to_be_taken(case: Case, lines: Sequence[tuple[int, Line]], options: TaperOptions) -> Iterator[Problem]:
    """Lines of which nobody can tell how much is taken: a plan would begin at a dose that the patient does not take."""
    numbers = {number for number, _ in lines}
    carried_on: set[int] = set()
    for group in renewals(case.lines, case.as_of):
        carried_on.update(group)
        if numbers.issuperset(group):
            listed = f"{', '.join(map(str, group[:-1]))} and {group[-1]}"
            text = (
                f"lines {listed} may be one prescription that was renewed or said again; give each that is taken once"
            )
            yield Problem("TAPER-021", f"line {group[-1]}", text)
    stated = {drug for drug, _ in options.taken_per_day}
    for number, line in lines:
        if line.lapsed is not None and number not in carried_on and lead_of(line) not in stated:
            text = f"its supply ended on {line.lapsed}, and the record calls it active; add --taken-per-day DRUG=DOSE"
            yield Problem("TAPER-021", f"line {number}", text)


def _indication(case: Case, lines: Sequence[tuple[int, Line]]) -> str:
    own = [line.regimen.indication for _, line in lines if line.regimen is not None and line.regimen.indication]
    return "; ".join(dict.fromkeys([*own, *([case.patient.indication] if case.patient.indication else [])]))


def _partners(lines: Sequence[tuple[int, Line]]) -> list[Caution]:
    """What else a combination holds: it is not part of the plan."""
    found = []
    for number, line in lines:
        assert line.regimen is not None
        others = [each.ingredient for each in line.regimen.product.components if each.ingredient != lead_of(line)]
        if others:
            text = (
                f"this product also holds {' and '.join(others)}: the plan counts {lead_of(line)} alone; "
                f"see which products its steps name, and ask what takes the place of {' and '.join(others)}"
            )
            found.append(Caution("TAPER-125", text, f"line {number}"))
    return found


# --- courses ----------------------------------------------------------------------------------------------------


def _courses(
    tracks: Sequence[Track], options: TaperOptions, table: FactorTable
) -> tuple[tuple[Course, ...], list[Caution]]:
    """The courses in their order: drugs that share a policy and a total together, one class after another."""
    groups: list[list[Track]] = []
    for track in tracks:
        group = next((g for g in groups if _together(g[0], track, table)), None)
        if group is None:
            groups.append([track])
        else:
            group.append(track)
    if options.first and not any(_is_named(track, options.first) for track in tracks):
        known = ", ".join(dict.fromkeys(["ir", "er", *(track.drug for track in tracks)]))
        raise _Stop(Problem("TAPER-024", "first", f'"{options.first[:40]}" is none of {known}'))
    if options.first:
        groups.sort(key=lambda group: not any(_is_named(track, options.first or "") for track in group))
    cautions: list[Caution] = []
    courses = tuple(_course(group, options, table, cautions) for group in groups)
    if options.policy and not any(course.policy.id == options.policy for course in courses):
        names = " and ".join(track.drug for track in tracks)
        fitting = ", ".join(each.id for track in tracks for each in _fitting(track))
        raise _Stop(
            Problem("TAPER-023", "policy", f"{options.policy} is not a policy for {names}; those that are: {fitting}")
        )
    return courses, cautions


def _together(one: Track, other: Track, table: FactorTable) -> bool:
    """Whether two tracks are counted in one total: the same drug in one unit, or opioids that the table rates."""
    if one.drug == other.drug and one.unit is other.unit:
        return True
    return factors_of(one, table) is not None and factors_of(other, table) is not None


def _is_named(track: Track, first: str) -> bool:
    word = first.casefold()
    if word in ("er", "ir"):
        return track.is_extended is (word == "er")
    if word in ("opioid", "opioids"):
        return track.drug_class.is_opioid_agonist
    if word in ("benzodiazepine", "benzodiazepines"):
        return track.drug_class is DrugClass.BENZODIAZEPINE
    return track.drug == word


def _ordered(group: Sequence[Track], first: str | None) -> tuple[tuple[Track, ...], str]:
    """The tracks in the order in which they are lowered, and why."""
    if len(group) == 1:
        return tuple(group), ""
    if first and any(_is_named(track, first) for track in group):
        ordered = sorted(group, key=lambda track: (not _is_named(track, first), not track.is_extended))
        return tuple(ordered), f"{first} first, as asked"
    ordered = sorted(group, key=lambda track: not track.is_extended)
    if len({track.is_extended for track in group}) > 1:
        return tuple(ordered), (
            "extended-release first and immediate-release last: its smaller steps smooth the end (a choice of this "
            "project; sources leave the order to the patient)"
        )
    return tuple(ordered), "in the order written; sources leave the order to the patient"


def _fitting(track: Track) -> tuple[Policy, ...]:
    return policies_for(track.drug, track.drug_class, track.release, track.route)


def _course(group: Sequence[Track], options: TaperOptions, table: FactorTable, cautions: list[Caution]) -> Course:
    ordered, because = _ordered(group, options.first)
    fitting = [each for each in _fitting(ordered[0]) if all(each in _fitting(track) for track in ordered)]
    if not fitting:
        raise _Stop(Problem("TAPER-023", "policy", f"no policy that was read gives a pace for {ordered[0].drug}"))
    chosen = next((each for each in fitting if each.id == options.policy), None)
    if chosen is None and options.policy is not None:
        policy(options.policy)  # says which there are, where it is not one at all
    chosen = chosen or fitting[0]
    changed, overrides = _overridden(chosen, options, cautions)
    unit = _total_unit(ordered, options)
    draft = Course(policy=changed, tracks=ordered, total_unit=unit, overrides=overrides, first_because=because)
    if chosen.status is PolicyStatus.SUPERSEDED:
        cautions.append(Caution("TAPER-123", f"{chosen.id} is superseded; it is kept to compare with"))
    if chosen.standing is Standing.RECALLED:
        cautions.append(Caution("TAPER-123", f"the figures of {chosen.id} need a second source"))
    return evolve(draft, target=_target(draft, options, table))


def _total_unit(tracks: Sequence[Track], options: TaperOptions) -> Unit:
    several = len({track.drug for track in tracks}) > 1 or len({track.unit for track in tracks}) > 1
    in_mme = options.target is not None and options.target.unit.dimension in (Dimension.MME, Dimension.MME_PER_DAY)
    opioid = tracks[0].drug_class.is_opioid_agonist
    return Unit.MME_PER_D if several or (in_mme and opioid) else tracks[0].daily_unit


def _overridden(chosen: Policy, options: TaperOptions, cautions: list[Caution]) -> tuple[Policy, tuple[str, ...]]:
    """The policy with the options put over it, and what was changed in words."""
    changed, words = chosen, []
    if options.percent is not None or options.every is not None or options.basis is not None:
        phases = []
        for phase in chosen.phases:
            percent, basis, every = phase.percent, phase.basis, options.every or phase.every
            if options.percent is not None:
                late = phase.share != 1 and percent is not None
                percent = min(options.percent, percent) if late and percent is not None else options.percent
                basis = basis or Basis.CURRENT
            if options.basis is not None and percent is not None and phase.share == 1:
                basis = options.basis
            if options.every is not None and phase.share != 1:
                every = max(options.every, phase.every, key=lambda each: each.least_days)
            amounts = () if percent is not None else phase.amounts
            phases.append(evolve(phase, percent=percent, basis=basis, every=every, amounts=amounts))
        changed = evolve(changed, phases=tuple(phases))
    if options.percent is not None:
        words.append(f"asks for {decimal_text(options.percent)} % a step")
        if options.ceiling is None and changed.ceiling.percent is None:
            changed = evolve(changed, ceiling=StepCeiling(percent=options.percent, note="the percentage asked for"))
    if options.every is not None:
        words.append(f"a step every {options.every}")
    if options.basis is not None:
        words.append(f"percent of the {options.basis.value} dose")
    if options.ceiling is not None:
        own = chosen.ceiling.percent
        changed = evolve(changed, ceiling=StepCeiling(percent=options.ceiling, note="as asked"))
        words.append(f"ceiling {decimal_text(options.ceiling)} % of the current dose")
        if own is None or options.ceiling > own:
            if not options.reason.strip() and options.because is None:
                limit = f"{decimal_text(own)} %" if own is not None else "an amount, not a percentage"
                raise _Stop(
                    Problem(
                        "TAPER-024",
                        "ceiling",
                        f"{decimal_text(options.ceiling)} % is above the ceiling of {chosen.id} ({limit}): "
                        "say why with --because or --reason",
                    )
                )
            why = "; ".join(filter(None, (options.because and options.because.words, options.stated.reason)))
            text = f"ceiling {decimal_text(options.ceiling)} %, above that of {chosen.id}; reason: {why}"
            cautions.append(Caution("TAPER-122", text, mark=f"Ceiling raised: {text}"))
    asked = options.percent
    most = changed.ceiling.percent
    if asked is not None and most is not None and asked > most:
        cautions.append(
            Caution(
                "TAPER-126",
                f"{decimal_text(asked)} % is asked for, but no step takes off more than the ceiling of "
                f"{decimal_text(most)} % of the current dose; a higher one needs --ceiling and --because",
            )
        )
    return changed, tuple(words)


def _target(course: Course, options: TaperOptions, table: FactorTable) -> Fraction:
    asked = options.target
    if asked is None or not asked.value:
        return Fraction(0)
    unit = course.total_unit
    wanted = day_amount(asked)
    if wanted.unit.dimension is not unit.dimension:
        raise _Stop(
            Problem("TAPER-024", "target", f"the target {asked} does not fit the day's total, which is in {unit.value}")
        )
    value = wanted.to(unit).value
    amounts = tuple(track.daily for track in course.tracks)
    now = mme_over(course.tracks, table)(amounts) if unit is Unit.MME_PER_D else sum(amounts, Fraction(0))
    if now is not None and value > now:
        raise _Stop(
            Problem(
                "TAPER-024", "target", f"the target {wanted} is above the present {Amount(now, unit)}; nothing rises"
            )
        )
    return value
