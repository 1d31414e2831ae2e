"""A case to a time-limited trial: ramp, ceiling, days to decide on, and a way out set before the first dose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve, field, frozen

from medsteward.advice.avoid import avoided_days
from medsteward.advice.beside import case_at_start
from medsteward.advice.check import check_case
from medsteward.advice.goals import goal_caution, goal_problem
from medsteward.advice.measures import Sort, checked, lines_of, named
from medsteward.advice.options import NOTES, PainKind
from medsteward.advice.plan_report import Bound, PlanReport
from medsteward.advice.remind import reminders_for
from medsteward.advice.tracks import Making, tracks_of
from medsteward.advice.trial_blocks import advised, against, is_named_for
from medsteward.advice.trial_choice import (
    NOT_STUDIED,
    Chosen,
    chosen_for,
    facts_of,
    limb_of,
    stage_problem,
    track_of,
)
from medsteward.advice.trial_parts import bounds, plan_checkpoints, stop_rules, supports, undosed_checkpoints
from medsteward.advice.weights import scales_of
from medsteward.doses.daily import daily_doses
from medsteward.drugs.index import drugs
from medsteward.interactions.result import Finding
from medsteward.interactions.rule import Severity
from medsteward.model.amount import Amount
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Component, Product
from medsteward.model.regimen import Case, Line, Regimen
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Dimension, Unit
from medsteward.reminders.against import Effect, weigh
from medsteward.reminders.picture import Picture, picture_of
from medsteward.reminders.reminder import Reminder
from medsteward.schedules.dates import NoSuchDay
from medsteward.schedules.dispensable import TooFine
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Asked, Plan, Request
from medsteward.schedules.planner import TooManyDays
from medsteward.schedules.policies import policies_for, policy
from medsteward.schedules.policy import Policy
from medsteward.schedules.supply import DAILY_UNITS, Track
from medsteward.schedules.trial import Measure, Stage, Trial
from medsteward.schedules.trial_make import CannotBeMade, course_of, exit_plan, make_trial, trial_of
from medsteward.schedules.trials import TRIALS, trial_named
from medsteward.schedules.trials import sources as s
from medsteward.schedules.trials.declared import TrialDrug, Undosed
from medsteward.tables.table import FactorTable

ADULT_AGE = 18
OPIOID = "opioid"
"""What a trial of an opioid by its directions is of."""
MOST_OPIOID_DAYS = 90
SESSION_WEEKS = 2
SESSION_DAYS = 42
"""The analgesic before therapy is reviewed at 4 to 6 weeks, and ends there."""
EVALUATE_MME = 50
NAIVE_MME = 30
MOST_SESSIONS = 60


@frozen
class TrialOptions:
    """What is asked of a trial beside the case.

    ``drug`` is a name, or the directions of an opioid; ``line`` what was read of those. ``days`` is the length of an
    opioid trial. ``site`` is the joint of a topical, ``reason``
    what it is for in words of the user's.
    """

    drug: str
    start: date
    goal: str = ""
    baseline: tuple[Measure, ...] = ()
    pain: PainKind | None = None
    label: str = "us"
    site: str = ""
    days: int | None = None
    sessions: tuple[date, ...] = ()
    policy: str | None = None
    line: Line | None = None
    reason: str = ""
    split: bool = False
    avoid: str = ""
    weekday: int | None = None
    fill_days: int | None = None
    asked: Asked = field(factory=Asked)


def trial(case: Case, options: TrialOptions, *, table: FactorTable) -> PlanReport:
    """A trial of a case on its day, with everything that goes beside it.

    Never refuses by raising: what stands in the way is a problem of the report, which then holds no plan. Raises
    ``UnknownPolicy`` and ``UnknownDays``.
    """
    declared = trial_named(options.drug)
    if declared is None and not _is_opioid(options.line):
        return _without_plan(case, [_unknown(options)], [])
    asked = _Asked(case, options, declared, table)
    problems = [*case.problems, *asked.refusals(), *asked.questions()]
    if problems or declared is None:
        return asked.of_opioid(problems) if declared is None else _without_plan(case, problems, asked.cautions())
    if isinstance(declared, Undosed):
        return asked.undosed(declared)
    return asked.of_declared(declared)


def _is_opioid(line: Line | None) -> bool:
    if line is None or line.regimen is None:
        return False
    names = [component.ingredient for component in line.regimen.product.components]
    return any(name in drugs() and drugs()[name].drug_class.is_opioid_agonist for name in names)


def _unknown(options: TrialOptions) -> Problem:
    if options.line is not None and options.line.problems:
        return evolve(options.line.problems[0], where="drug")
    names = ", ".join(TRIALS)
    text = (
        f'no source that was read gives a trial of "{options.drug[:40]}"; those that do: {names}, and opioids by their '
        'directions, as in "oxycodone IR 5 mg tablet, 1 tablet every 6 hours"'
    )
    return Problem("TRIAL-005", "drug", text, tuple(TRIALS))


class _Asked:
    """One trial that is asked for, with the patient it is for."""

    def __init__(
        self, case: Case, options: TrialOptions, declared: TrialDrug | Undosed | None, table: FactorTable
    ) -> None:
        self.case, self.options, self.declared, self.table = case, options, declared, table
        self.picture = picture_of(case)
        self.option = "" if declared is None else declared.option
        if declared is not None:
            self.drug = declared.drug
        else:
            assert options.line is not None
            assert options.line.regimen is not None
            names = [component.ingredient for component in options.line.regimen.product.components]
            self.drug = next(name for name in names if drugs()[name].drug_class.is_opioid_agonist)
        self.title = self.drug if declared is None else declared.title
        self.is_opioid = drugs()[self.drug].drug_class.is_opioid_agonist
        self.weighed = weigh(against(self.option, is_opioid=self.is_opioid), self.picture)

    # --- what stands in the way ---

    def refusals(self) -> list[Problem]:
        """What refuses the trial, with the reason."""
        found = []
        age = self.picture.patient.age
        if age is not None and age < ADULT_AGE:
            text = f"age {age}: the trials here are for adults; a young person's belongs with a specialist"
            found.append(Problem("TRIAL-002", "patient.age", text))
        if self.options.pain is PainKind.MIGRAINE:
            found.append(Problem("TRIAL-002", "for_pain", f"{NOTES[PainKind.MIGRAINE][0].text}"))
        for each in self.weighed.found:
            if each.effect is Effect.BLOCKS:
                standing = "" if each.source.standing is Standing.VERIFIED else f"; {each.source.standing.words}"
                text = f"{self.title}: {each.text} ({each.shown}). Source: {each.source.citation}{standing}"
                found.append(Problem("TRIAL-001", "patient", text))
        if self.declared is None:
            found += self._opioid_refusals()
        return found

    def _opioid_refusals(self) -> list[Problem]:
        found = []
        regimen = None if self.options.line is None else self.options.line.regimen
        product = None if regimen is None else regimen.product
        if product is not None and (product.release == "ER" or product.form == "patch" or self.drug == "methadone"):
            text = f"{self.drug}: an opioid trial begins with an immediate-release one ({s.CDC_3.citation})"
            found.append(Problem("TRIAL-001", "drug", text))
        if self.options.days is not None and self.options.days > MOST_OPIOID_DAYS:
            most = f"an opioid trial is at most {MOST_OPIOID_DAYS} days in all, not {self.options.days}"
            text = f"{most} ({s.VA_DOD_2017.citation})"
            found.append(Problem("TRIAL-002", "days", text))
        return found

    def questions(self) -> list[Problem]:
        """What has to be stated first, every question at once."""
        options = self.options
        found = [problem for problem in [goal_problem(options.goal)] if problem is not None]
        baseline, wrong = checked(options.baseline, "baseline")
        found += wrong
        if not wrong and not any(_is_number(each) for each in baseline):
            text = "a trial needs a baseline to be measured against, such as --baseline PEG=7"
            found.append(Problem("TRIAL-004", "baseline", text))
        if self.declared is None:
            if options.days is None:
                text = "an opioid trial has its days set before it begins; add --days, as in --days 7"
                found.append(Problem("TRIAL-006", "days", text))
            if options.line is not None:
                found += [evolve(each, where="drug") for each in options.line.problems]
        elif any(each.ingredient == self.drug and not each.is_topical for each in self.picture.taken):
            text = f"{self.drug} is taken already; a trial is of something new (a way down is `medsteward taper`)"
            found.append(Problem("TRIAL-006", "drug", text))
        if self.option == "topical-nsaid":
            found += self._site()
        if options.sessions:
            found += self._sessions()
        fitting = policies_for(self.drug, drugs()[self.drug].drug_class)
        if options.policy is not None and policy(options.policy) not in fitting:
            named_ones = ", ".join(each.id for each in fitting) or "none"
            text = f"{options.policy} is not a policy for {self.drug}; those that are: {named_ones}"
            found.append(Problem("TAPER-023", "policy", text))
        return found

    def _site(self) -> list[Problem]:
        site = self.options.site
        if not site:
            return [Problem("TRIAL-006", "site", "the joint decides the dose: add --site, as in --site knee")]
        if any(word in site.casefold() for word in NOT_STUDIED):
            return [
                Problem("TRIAL-006", "site", f"the gel was not studied on the {site[:20]}: no dose is given for it")
            ]
        if limb_of(site) is None:
            return [
                Problem(
                    "TRIAL-006",
                    "site",
                    f'"{site[:20]}" is not a joint that is known; write knee, ankle, foot, elbow, wrist or hand',
                )
            ]
        return []

    def _sessions(self) -> list[Problem]:
        declared, sessions = self.declared, self.options.sessions
        if not isinstance(declared, TrialDrug) or declared.single is None:
            names = ", ".join(each.id for each in TRIALS.values() if isinstance(each, TrialDrug) and each.single)
            return [Problem("TRIAL-006", "sessions", f"before therapy only these are planned: {names}")]
        early = [day for day in sessions if day < self.options.start]
        late = [day for day in sessions if (day - self.options.start).days >= SESSION_DAYS]
        if early or late:
            last = self.options.start + timedelta(days=SESSION_DAYS - 1)
            text = f"sessions are from {self.options.start} to {last}, when it is reviewed; not {(early or late)[0]}"
            return [Problem("TRIAL-006", "sessions", text)]
        if len(sessions) > MOST_SESSIONS:
            return [Problem("TRIAL-006", "sessions", f"at most {MOST_SESSIONS} sessions are planned")]
        return []

    # --- what is said beside it ---

    def cautions(self, sources: Iterable[Source] = ()) -> list[Caution]:
        """What to know about the drug, the patient and the figures."""
        options = self.options
        found = [
            Caution("TRIAL-102", f"{each.text} ({each.shown})")
            for each in self.weighed.found
            if each.effect is not Effect.BLOCKS
        ]
        found += [
            Caution("TRIAL-103", f"{what} is not known: find it out before the first dose")
            for what in self.weighed.unknown
        ]
        if self.picture.patient.age is None:
            found.append(Caution("TRIAL-103", "the age is not known: from 65 on many ramps are lower and slower"))
        goal = goal_caution(options.goal)
        found += [goal] if goal is not None and goal_problem(options.goal) is None else []
        sig = None if self.declared is not None or options.line is None else options.line.regimen
        if sig is not None and sig.sig.as_needed:
            found.append(Caution("TRIAL-102", "as needed: counted and dispensed at the most that the directions allow"))
        if options.start < self.case.as_of:
            found.append(Caution("TRIAL-105", f"the trial begins on {options.start}, before {self.case.as_of}"))
        if (
            options.pain is not None
            and self.option
            and advised(self.option)
            and not is_named_for(self.option, options.pain)
        ):
            text = f"the sources do not name {self.title} for {options.pain.value} pain"
            found.append(Caution("TRIAL-107", text))
        if self.is_opioid and options.pain in (PainKind.NOCIPLASTIC, PainKind.CRPS):
            found += [Caution("TRIAL-102", each.text) for each in NOTES[options.pain] if each.group == "opioids"]
        recalled = [each for each in sources if each.standing is Standing.RECALLED]
        found += [Caution("TRIAL-101", f"needs a second source: {each.where}") for each in dict.fromkeys(recalled)]
        return found

    # --- the trial of a declared drug ---

    def of_declared(self, declared: TrialDrug) -> PlanReport:
        """The plan of a declared trial."""
        options, chosen = self.options, self.chosen(declared)
        if isinstance(chosen, Problem):
            return _without_plan(self.case, [chosen], self.cautions())
        stages, spans = chosen.stages, (declared.safety, declared.first_impression, declared.fair_trial)
        if options.sessions:
            assert declared.single is not None
            stages = _session_stages(options.start, options.sessions, declared.single)
            spans = ((7, 7), (14, 14), (28, SESSION_DAYS))
        track = track_of(declared, stages, split=options.split)
        course = course_of(self._exit(declared.exit), track)
        safety, first, fair = spans
        request = self._request(
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
        cautions, ceilings, sources = self.said_of(declared, chosen)
        return self._report(request, cautions, ceilings, sources)

    def chosen(self, declared: TrialDrug) -> Chosen | Problem:
        """The ramp and the ceilings of this patient, or what has to be known first."""
        options = self.options
        site = (limb_of(options.site) or "") if options.site else ""
        facts = facts_of(self.picture, site=site, label=options.label, words=[options.reason, options.goal])
        return stage_problem(declared, facts, self.picture.kidney) or chosen_for(declared, facts)

    def said_of(
        self, declared: TrialDrug, chosen: Chosen
    ) -> tuple[list[Caution], tuple[Bound, ...], tuple[Source, ...]]:
        """What is said of a choice: cautions, ceilings and sources."""
        sources = (*chosen.sources, declared.length, chosen.ceiling.source)
        cautions = [*self.cautions(sources), *_other_label(declared, self.options, self.picture, chosen)]
        return cautions, bounds(chosen, DAILY_UNITS[declared.unit]), sources

    def _exit(self, declared: str | Policy) -> Policy:
        if self.options.policy is not None:
            return policy(self.options.policy)
        return policy(declared) if isinstance(declared, str) else declared

    def _request(self, made: Trial, leaving: Policy, track: Track) -> Request:
        options = self.options
        return Request(
            start=options.start,
            courses=(course_of(leaving, track),),
            table=self.table.id,
            indication=self.case.patient.indication or made.pain,
            reason=options.reason,
            avoid=options.avoid,
            weekday=options.weekday,
            fill_days=options.fill_days,
            split=options.split,
            asked=options.asked,
            case=self.case,
            trial=made,
        )

    def _report(
        self, request: Request, cautions: Sequence[Caution], ceilings: tuple[Bound, ...], sources: Sequence[Source]
    ) -> PlanReport:
        try:
            plan = make_trial(request, scales_of(request, self.table), avoided_days(request.avoid))
            found = report_on(plan, self.case, self.table, cautions=cautions, ceilings=ceilings, sources=sources)
        except CannotBeMade as error:
            return _without_plan(self.case, [Problem("TRIAL-008", "drug", str(error))], cautions)
        except (TooFine, TooManyDays, NoSuchDay) as error:
            return _without_plan(self.case, [Problem("TRIAL-010", "start", str(error))], cautions)
        worst = [
            each for each in found.findings if each.severity is Severity.CONTRAINDICATED and self.drug in each.drugs
        ]
        if worst:
            problems = [
                Problem("TRIAL-001", "medications", f"{' with '.join(each.drugs)}: {each.because}") for each in worst
            ]
            return evolve(_without_plan(self.case, problems, cautions), findings=found.findings)
        return found

    def undosed(self, declared: Undosed) -> PlanReport:
        """The dates of a trial whose doses no source gives."""
        problem = Problem("TRIAL-007", "drug", f"{declared.title}: {declared.why}")
        found = _without_plan(self.case, [problem], self.cautions(declared.sources))
        dates = undosed_checkpoints(declared, self.options.start, " ".join(self.options.goal.split()))
        baseline = checked(self.options.baseline, "baseline")[0]
        return evolve(
            found,
            checkpoints=dates,
            measures=lines_of(baseline, self.options.start, ()),
            sources=(*declared.sources, *(note.source for note in declared.notes)),
        )

    # --- the trial of an opioid by its directions ---

    def of_opioid(self, problems: Sequence[Problem]) -> PlanReport:
        """The plan of an opioid for a number of days."""
        options, line = self.options, self.options.line
        if problems:
            return _without_plan(self.case, problems, self.cautions())
        assert line is not None
        assert line.regimen is not None
        assert options.days is not None
        tracks, wrong = tracks_of([(1, line)], Making(split=options.split, taken_per_day=_most(line.regimen)))
        if wrong or not tracks:
            return _without_plan(self.case, [evolve(each, where="drug") for each in wrong], self.cautions())
        days, track = options.days, tracks[0]
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
        )
        request = self._request(made, leaving, track)
        sources = (s.CDC_3, s.CDC_2, s.CDC_7, s.VA_DOD_2017)
        most = Bound(track.daily_amount(track.daily), "as written, and no more", s.CDC_2, holds=True)
        found = self._report(request, self.cautions(), (most,), sources)
        return evolve(found, cautions=(*found.cautions, *self._mme_cautions(found.plan)))

    def _mme_cautions(self, plan: Plan | None) -> list[Caution]:
        mme = plan.steps[0].mme if plan is not None and plan.steps else None
        if mme is None:
            return []
        found = []
        if mme.value >= EVALUATE_MME:
            found.append(
                Caution("TRIAL-102", f"{mme}: from {EVALUATE_MME} MME/d on weigh benefit and harm with care (CDC 2022)")
            )
        if mme.value > NAIVE_MME and not self.picture.patient.opioid_tolerant:
            text = f"{mme}: for people new to opioids 20 to {NAIVE_MME} MME/d is usual (needs a second source)"
            found.append(Caution("TRIAL-102", text))
        return found


def _is_number(measure: Measure) -> bool:
    known = named(measure)
    return known is not None and known.sort is not Sort.YES_NO


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
    found = chosen_for(declared, facts_of(picture, site=site, label=other, words=[options.reason, options.goal]))
    if isinstance(found, Problem) or found.ceiling.amount == chosen.ceiling.amount:
        return []
    unit = Unit.MG_PER_D
    here, there = Amount(chosen.ceiling.amount, unit), Amount(found.ceiling.amount, unit)
    text = (
        f"the ceiling is {here} by the {options.label.upper()} table ({chosen.ceiling.words}) and {there} by the "
        f"{other.upper()} table ({found.ceiling.words}); --label {other} takes the other"
    )
    return [Caution("TRIAL-104", text)]


# --- the report -------------------------------------------------------------------------------------------------


def report_on(
    plan: Plan,
    case: Case,
    table: FactorTable,
    *,
    cautions: Sequence[Caution] = (),
    ceilings: tuple[Bound, ...] = (),
    sources: Sequence[Source] = (),
) -> PlanReport:
    """A trial with what goes beside it. Raises what ``make_plan`` does."""
    made = trial_of(plan.request)
    declared = TRIALS.get(made.of)
    declared = declared if isinstance(declared, TrialDrug) else None
    leaving = exit_plan(plan, scales_of(plan.request, table), avoided_days(plan.request.avoid))
    dates = plan_checkpoints(plan)
    findings, reminders = _with_the_drug(plan, case, table)
    length = () if declared is None else (declared.length,)
    own = [*sources, *length, s.ESSAY, *plan.request.courses[0].policy.sources]
    return PlanReport(
        kind="trial",
        case_id=case.id,
        as_of=case.as_of,
        plan=plan,
        checkpoints=dates,
        supports=supports(plan, leaving, declared),
        reminders=reminders,
        findings=findings,
        sources=tuple(dict.fromkeys(own)),
        not_for=plan.request.courses[0].policy.not_for,
        cautions=tuple(dict.fromkeys((*case.cautions, *cautions))),
        ceilings=ceilings or _kept_ceiling(plan),
        stop_rules=stop_rules(made, dates[-1].last_day),
        measures=lines_of(made.baseline, plan.request.start, plan.events),
        exit=leaving,
    )


def report_again(plan: Plan, as_of: date, table: FactorTable) -> PlanReport:
    """A saved trial as it stands on a day. Its ceilings are named again where they are still those it was made with."""
    case = plan.request.case or Case(as_of=as_of)
    made = trial_of(plan.request)
    cautions: Sequence[Caution] = ()
    ceilings: tuple[Bound, ...] = ()
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
            reason=plan.request.reason,
        )
        asked = _Asked(case, options, declared, table)
        chosen = asked.chosen(declared)
        if isinstance(chosen, Chosen) and chosen.ceiling.amount == made.ceiling:
            cautions, ceilings, sources = asked.said_of(declared, chosen)
    return report_on(plan, evolve(case, as_of=as_of), table, cautions=cautions, ceilings=ceilings, sources=sources)


def _kept_ceiling(plan: Plan) -> tuple[Bound, ...]:
    made, track = trial_of(plan.request), plan.request.courses[0].tracks[0]
    words = f"as set before the first dose ({made.label.upper()} label)"
    return (Bound(Amount(made.ceiling, track.daily_unit), words, s.ESSAY, holds=True),)


def _with_the_drug(plan: Plan, case: Case, table: FactorTable) -> tuple[tuple[Finding, ...], tuple[Reminder, ...]]:
    """What the drug adds to the findings of the present regimen, and the reminders it brings."""
    track = plan.request.courses[0].tracks[0]
    start = max(plan.request.start, case.as_of)
    before = case_at_start(case, start, drugs=(), tapers=False)
    after = evolve(before, lines=(*before.lines, _line_of(track)))
    known = {(each.id, each.drugs) for each in check_case(before, table=table).findings}
    found = tuple(each for each in check_case(after, table=table).findings if (each.id, each.drugs) not in known)
    reminders = reminders_for(after, table=table).reminders
    if not track.drug_class.is_opioid_agonist:
        open_before = {(each.kind, each.due) for each in reminders_for(before, table=table).reminders}
        reminders = tuple(each for each in reminders if (each.kind, each.due) not in open_before)
    return found, tuple(reminders)


def _line_of(track: Track) -> Line:
    """The trial's drug as a line of the regimen, at its last doses."""
    supply = track.supplies[0] if track.supplies else None
    strength = None
    if supply is not None and track.unit in (Unit.MG, Unit.MCG):
        strength = Amount(supply.strength, Unit.MG_PER_ML if supply.is_liquid else track.unit)
    takings = []
    if track.unit in (Unit.MG, Unit.MCG):
        once = Span(Fraction(1), Fraction(1))
        for _, amount in track.doses:
            dose = Amount(amount, track.unit)
            takings.append(Taking(Dose(dose, dose), once))
    product = Product(
        components=(Component(track.drug, strength),),
        form=track.form,
        route=track.route,
        release=track.release,
        unit=supply.unit if supply is not None else None,
    )
    return Line(written=track.written or track.drug, regimen=Regimen(product, Sig(tuple(takings))))


def _without_plan(case: Case, problems: Sequence[Problem], cautions: Sequence[Caution]) -> PlanReport:
    return PlanReport(
        "trial",
        case.id,
        case.as_of,
        None,
        problems=tuple(dict.fromkeys(problems)),
        cautions=tuple(dict.fromkeys((*case.cautions, *cautions))),
    )
