"""A case to a time-limited trial: ramp, ceiling, days to decide on, and a way out set before the first dose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.remind import most_a_day
from medsteward.advice.plan.crisis import ASKING, as_answered, asked_about
from medsteward.advice.plan.report import PlanReport, TrialBound
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.saved.deviations import deviations
from medsteward.advice.taper.track_supplies import Making
from medsteward.advice.taper.tracks import tracks_of
from medsteward.advice.trial import said
from medsteward.advice.trial.asked import TrialAsked, TrialOptions, texts_of_options
from medsteward.advice.trial.asks import (
    SIZE,
    asked_or_answered,
    finding_words,
    size_cautions,
    size_words,
    speaks_against,
)
from medsteward.advice.trial.choice import (
    Chosen,
    chosen_for,
    limb_of,
    stage_problem,
    track_of,
    trial_for,
)
from medsteward.advice.trial.measures import checked, lines_of
from medsteward.advice.trial.parts import bounds, undosed_checkpoints
from medsteward.advice.trial.report import report_on, without_plan
from medsteward.advice.trial.typed import SESSION_DAYS, unknown_drug
from medsteward.doses.daily import daily_doses
from medsteward.interactions.result import Finding
from medsteward.interactions.rule import Severity
from medsteward.model.amount import Amount
from medsteward.model.answer import answers_words
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case, Line, Regimen
from medsteward.model.source import Source
from medsteward.model.stated import Stated
from medsteward.model.unit import Dimension, Unit
from medsteward.patient.picture import Picture
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.dates import NoSuchDay
from medsteward.schedules.dispensable import TooFine
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Plan, Request
from medsteward.schedules.planner import TooManyDays
from medsteward.schedules.policies import policy
from medsteward.schedules.policy import Policy
from medsteward.schedules.supply import DAILY_UNITS, Track
from medsteward.schedules.trial import Stage, Trial
from medsteward.schedules.trial_make import CannotBeMade, course_of, make_trial, trial_of
from medsteward.tables.table import FactorTable
from medsteward.thresholds import whole
from medsteward.treatments import trial_places as s
from medsteward.treatments.index import TRIALS, trial_named
from medsteward.treatments.pain import PainKind
from medsteward.treatments.trial import TrialDrug, Undosed

OPIOID = "opioid"
"""What a trial of an opioid by its directions is of."""
SESSION_WEEKS = 2
FIRST_FILL_DAYS = whole("first_opioid_fill")
"""Days of the first prescription of an opioid at most (VA/DoD 2017)."""
OPIOID_FILL_DAYS = whole("opioid_fill")
"""Days of each later one at most."""


def trial(case: Case, options: TrialOptions, *, table: FactorTable) -> PlanReport:
    """A trial of a case on its day, with everything that goes beside it.

    Never refuses by raising: what stands in the way is a problem of the report, which then holds no plan. Raises
    ``UnknownPolicy`` and ``UnknownDays``.
    """
    options = evolve(options, answers=(*case.stated.answers, *options.answers))
    case = as_answered(case, options.answers)
    asked, answered = asked_about(case, options.answers, texts_of_options(options))
    found = _made(case, options, table)
    if asked:
        without = without_plan(case, [*asked, *found.problems], found.cautions)
        return evolve(without, supports=ASKING)
    return evolve(found, cautions=tuple(dict.fromkeys((*found.cautions, *answered))))


def _made(case: Case, options: TrialOptions, table: FactorTable) -> PlanReport:
    declared = trial_named(options.drug)
    if declared is None and not _is_opioid(options.line):
        return without_plan(case, [unknown_drug(options)], [])
    asked = TrialAsked(case, options, declared, table)
    problems = [*case.problems, *said.problems(asked)]
    if problems or declared is None:
        return _of_opioid(asked, problems) if declared is None else without_plan(case, problems, said.cautions(asked))
    if isinstance(declared, Undosed):
        return _undosed(asked, declared)
    return _of_declared(asked, declared)


def report_again(plan: Plan, as_of: date, table: FactorTable) -> PlanReport:
    """A saved trial as it stands on a day. Its ceilings are named again where they are still those it was made with."""
    case = plan.request.case or Case(as_of=as_of)
    made = trial_of(plan.request)
    cautions: Sequence[Caution] = ()
    ceilings: tuple[TrialBound, ...] = ()
    sources: Sequence[Source] = ()
    declared = TRIALS.get(made.of)
    if isinstance(declared, TrialDrug):
        pain = next((each for each in PainKind if each.value == made.pain), None)
        options = TrialOptions(
            declared.id,
            plan.request.start,
            made.goal,
            made.baseline,
            pain,
            label=made.label,
            site=made.site,
            reason=plan.request.stated.reason,
        )
        asked = TrialAsked(case, options, declared, table)
        chosen = _chosen(asked, declared)
        if isinstance(chosen, Chosen) and chosen.ceiling.amount == made.ceiling:
            cautions, ceilings, sources = _said_of(asked, declared, chosen)
    cautions = (*cautions, *deviations(plan))
    return report_on(plan, evolve(case, as_of=as_of), table, cautions=cautions, ceilings=ceilings, sources=sources)


def _is_opioid(line: Line | None) -> bool:
    return line is not None and line.regimen is not None and line.regimen.product.is_opioid


def _of_declared(asked: TrialAsked, declared: TrialDrug) -> PlanReport:
    """The plan of a declared trial."""
    options, chosen = asked.options, _chosen(asked, declared)
    if isinstance(chosen, Problem):
        return without_plan(asked.case, [chosen], said.cautions(asked))
    stages, spans = chosen.stages, (declared.safety, declared.first_impression, declared.fair_trial)
    if options.sessions:
        assert declared.single is not None
        stages = _session_stages(options.start, options.sessions, declared.single)
        spans = ((7, 7), (14, 14), (28, SESSION_DAYS))
    track = track_of(declared, stages, split=options.split)
    course = course_of(_exit(asked, declared.exit), track)
    safety, first, fair = spans
    request = _request(
        asked,
        Trial(
            of=declared.id,
            goal=" ".join(options.goal.split()),
            baseline=checked(options.baseline, "baseline")[0],
            stages=stages,
            safety=safety,
            first_impression=first,
            fair_trial=fair,
            ceiling=chosen.ceiling.amount,
            pain="" if options.pain is None else options.pain.value,
            site=options.site,
            label=options.label,
            sessions=tuple(sorted(set(options.sessions))),
        ),
        course.policy,
        track,
    )
    cautions, ceilings, sources = _said_of(asked, declared, chosen)
    return _report(asked, request, cautions, ceilings, sources)


def _chosen(asked: TrialAsked, declared: TrialDrug) -> Chosen | Problem:
    """The ramp and the ceilings of this patient, or what has to be known first."""
    return stage_problem(declared, asked.whom, asked.picture.kidney) or chosen_for(declared, asked.whom)


def _said_of(
    asked: TrialAsked, declared: TrialDrug, chosen: Chosen
) -> tuple[list[Caution], tuple[TrialBound, ...], tuple[Source, ...]]:
    """What is said of a choice: cautions, ceilings and sources."""
    sources = (*chosen.sources, declared.length, chosen.ceiling.source)
    cautions = [*said.cautions(asked, sources), *_other_label(declared, asked.options, asked.picture, chosen)]
    return cautions, bounds(chosen, DAILY_UNITS[declared.unit]), sources


def _exit(asked: TrialAsked, declared: str | Policy) -> Policy:
    if asked.options.policy is not None:
        return policy(asked.options.policy)
    return policy(declared) if isinstance(declared, str) else declared


def _request(asked: TrialAsked, made: Trial, leaving: Policy, track: Track) -> Request:
    options, opioid = asked.options, asked.is_opioid
    return Request(
        start=options.start,
        courses=(course_of(leaving, track),),
        table=asked.table.id,
        indication=asked.case.patient.indication or made.pain,
        reason="; ".join(filter(None, (options.reason, answers_words(options.answers)))),
        stated=Stated(reason=options.reason, answers=options.answers),
        avoid=options.avoid,
        weekday=options.weekday,
        fill_days=min(options.fill_days or OPIOID_FILL_DAYS, OPIOID_FILL_DAYS) if opioid else options.fill_days,
        first_fill_days=min(options.fill_days or FIRST_FILL_DAYS, FIRST_FILL_DAYS) if opioid else None,
        split=options.split,
        asked=options.asked,
        case=asked.case,
        trial=made,
    )


def _report(
    asked: TrialAsked,
    request: Request,
    cautions: Sequence[Caution],
    ceilings: tuple[TrialBound, ...],
    sources: Sequence[Source],
) -> PlanReport:
    try:
        plan = make_trial(request, scales_of(request, asked.table), avoided_days(request.avoid))
        found = report_on(plan, asked.case, asked.table, cautions=cautions, ceilings=ceilings, sources=sources)
    except CannotBeMade as error:
        return without_plan(asked.case, [Problem("TRIAL-008", "drug", str(error))], cautions)
    except (TooFine, TooManyDays, NoSuchDay) as error:
        return without_plan(asked.case, [Problem("TRIAL-010", "start", str(error))], cautions)
    first = _said_first(asked, plan, found.findings)
    problems = [each for each in first if isinstance(each, Problem)]
    answered = [each for each in first if isinstance(each, Caution)]
    if problems:
        return evolve(without_plan(asked.case, problems, [*cautions, *answered]), findings=found.findings)
    return evolve(found, cautions=tuple(dict.fromkeys((*found.cautions, *answered))))


def _said_first(asked: TrialAsked, plan: Plan, findings: Sequence[Finding]) -> list[Problem | Caution]:
    """What the drug brings that refuses it, what is asked about first, and what was answered."""
    names, answers = set(asked.ingredients), asked.options.answers
    worst = [each for each in findings if each.severity is Severity.CONTRAINDICATED and names & set(each.drugs)]
    found: list[Problem | Caution] = [
        Problem("TRIAL-001", "medications", f"{' with '.join(each.drugs)}: {each.because}") for each in worst
    ]
    found += [each for each in said.to_be_answered(asked) if isinstance(each, Problem)]
    for each in speaks_against(findings, names):
        found.append(asked_or_answered("medications", each.id, finding_words(each), answers))
    if asked.is_opioid:
        own = [step.mme for step in plan.steps if step.mme is not None]
        most = max(own, key=lambda each: each.value, default=None)
        present = most_a_day(mme_per_day(asked.at_start, table=asked.table))
        size = size_words(most, present, drug=asked.drug, tolerant=asked.is_tolerant)
        found += [asked_or_answered("drug", SIZE, size, answers)] if size else []
        found += size_cautions(most, present, tolerant=asked.is_tolerant)
    return found


def _undosed(asked: TrialAsked, declared: Undosed) -> PlanReport:
    """The dates of a trial whose doses no source gives."""
    problem = Problem("TRIAL-007", "drug", f"{declared.title}: {declared.why}")
    found = without_plan(asked.case, [problem], said.cautions(asked, declared.sources))
    dates = undosed_checkpoints(declared, asked.options.start, " ".join(asked.options.goal.split()))
    baseline = checked(asked.options.baseline, "baseline")[0]
    return evolve(
        found,
        checkpoints=dates,
        measures=lines_of(baseline, asked.options.start, ()),
        sources=(*declared.sources, *(note.source for note in declared.notes)),
    )


# --- the trial of an opioid by its directions ---


def _of_opioid(asked: TrialAsked, problems: Sequence[Problem]) -> PlanReport:
    """The plan of an opioid for a number of days."""
    options, line = asked.options, asked.options.line
    if problems:
        return without_plan(asked.case, problems, said.cautions(asked))
    assert line is not None
    assert line.regimen is not None
    assert options.days is not None
    tracks, wrong = tracks_of(
        [(1, line)], Making(split=options.split, taken_per_day=_most(line.regimen), as_written=True)
    )
    if wrong or not tracks:
        return without_plan(asked.case, [_of_trial(each) for each in wrong], said.cautions(asked))
    days, track = options.days, _as_needed(tracks[0], line.regimen)
    leaving = policy(options.policy) if options.policy else policy(_way_out(days))
    made = Trial(
        of=OPIOID,
        goal=" ".join(options.goal.split()),
        baseline=checked(options.baseline, "baseline")[0],
        stages=(Stage(0, track.doses),),
        safety=(min(2, days), min(7, days)),
        first_impression=(min(7, days), min(28, days)),
        fair_trial=(days, days),
        ceiling=track.daily,
        pain="" if options.pain is None else options.pain.value,
        label=options.label,
        written=line,
    )
    request = _request(asked, made, leaving, track)
    sources = (s.CDC_3, s.CDC_2, s.CDC_7, s.VA_DOD_2017)
    most = TrialBound(track.daily_amount(track.daily), "as written, and no more", s.CDC_2, holds=True)
    return _report(asked, request, said.cautions(asked), (most,), sources)


def _of_trial(problem: Problem) -> Problem:
    """A problem of the directions as that of a trial, where nothing is taken yet."""
    if problem.code == "TAPER-021":
        text = (
            "the doses of a trial are set before it begins: write one dose and how often, or the most a day as needed"
        )
        return Problem("TRIAL-006", "drug", text)
    return evolve(problem, where="drug")


def _as_needed(track: Track, regimen: Regimen) -> Track:
    """The track with its doses as needed, where the directions say so."""
    sig = regimen.sig
    if not sig.as_needed:
        return track
    often = max((taking.times_per_day.high for taking in sig.takings if taking.times_per_day), default=Fraction(0))
    doses = tuple((Moment.AS_NEEDED, amount) for _, amount in track.doses)
    return evolve(track, doses=doses, hours_apart=24 / often if often > 1 else None)


def _most(regimen: Regimen) -> tuple[tuple[str, Amount], ...]:
    """The most a day that as-needed directions allow."""
    if not regimen.sig.as_needed:
        return ()
    return tuple(
        (dose.ingredient, dose.daily.maximum)
        for dose in daily_doses(regimen).ingredients
        if dose.daily is not None and dose.daily.maximum.unit.dimension is Dimension.MASS_PER_DAY
    )


def _way_out(days: int) -> str:
    """The policy by how long an opioid was taken (CDC 2022, Recommendation 6)."""
    if days < 7:
        return "brief_exposure_days"
    return "brief_exposure" if days < 30 else "cdc_2022_shorter"


def _session_stages(start: date, sessions: Iterable[date], single: tuple[Fraction, Fraction]) -> tuple[Stage, ...]:
    """A dose before each session, less after two weeks, and nothing on other days."""
    stages: dict[int, Stage] = {0: Stage(0, ())}
    days = sorted({(day - start).days for day in sessions})
    for day in days:
        if day + 1 not in days and day + 1 < SESSION_DAYS:
            stages[day + 1] = Stage(day + 1, (), "no therapy on these days: none is taken")
    for day in days:
        amount = single[0] if day < 7 * SESSION_WEEKS else single[1]
        stages[day] = Stage(day, ((Moment.BEFORE_THERAPY, amount),), "30 to 60 minutes before the session")
    if not stages[0].doses:
        stages[0] = Stage(0, (), "no therapy on these days: none is taken")
    return tuple(stages[day] for day in sorted(stages))


def _other_label(declared: TrialDrug, options: TrialOptions, picture: Picture, chosen: Chosen) -> list[Caution]:
    """Where the other country's table gives another ceiling, it is named."""
    other = "uk" if options.label == "us" else "us"
    site = (limb_of(options.site) or "") if options.site else ""
    found = chosen_for(declared, trial_for(picture, site=site, label=other, pain=options.pain))
    if isinstance(found, Problem) or found.ceiling.amount == chosen.ceiling.amount:
        return []
    unit = Unit.MG_PER_D
    here, there = Amount(chosen.ceiling.amount, unit), Amount(found.ceiling.amount, unit)
    text = (
        f"the ceiling is {here} by the {options.label.upper()} table ({chosen.ceiling.words}) and {there} by the "
        f"{other.upper()} table ({found.ceiling.words}); --label {other} takes the other"
    )
    return [Caution("TRIAL-104", text)]
