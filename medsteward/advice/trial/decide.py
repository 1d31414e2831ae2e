"""A trial decided: its stop rules applied to what was measured, with the reason and always a next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.advice.plan.crisis import asked_about_plan
from medsteward.advice.plan.report import Alternative, Decision, PlanReport
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.trial.measures import MEASURES, Sort, checked
from medsteward.advice.trial.plan import report_again
from medsteward.errors import MedstewardError
from medsteward.interactions.offer import Fit, Offers
from medsteward.model.answer import Answers
from medsteward.model.number import decimal_text
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.patient.picture import Picture
from medsteward.reminders.places import SEED, SEED_B
from medsteward.scales.change import change
from medsteward.scales.scale import ScoreChange
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.dispensable import levels_below
from medsteward.schedules.event import Event, Measured
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Step
from medsteward.schedules.trial import Measure, Trial
from medsteward.schedules.trial_make import at_doses, decision_day, exit_plan, on_day, trial_of
from medsteward.tables.table import FactorTable
from medsteward.treatments import trial_places as s
from medsteward.treatments.against import Effect, Weighed, weigh_offer
from medsteward.treatments.index import OPTIONS, TREATMENT_OF_TRIAL, TRIALS
from medsteward.treatments.pain import PainKind
from medsteward.treatments.trial import TrialDrug

ENOUGH = Fraction(30)
"""Percent better on PEG or pain that counts as a gain of its own."""


class NotATrial(MedstewardError):
    """A saved taper is asked to be decided."""

    def __init__(self) -> None:
        super().__init__(
            "this plan is a taper; only a trial is decided (a taper is changed with `medsteward plan revise`)"
        )


@frozen
class _Gain:
    """One measure held against its baseline."""

    name: str
    title: str
    sort: Sort
    found: ScoreChange | None
    before: Fraction
    after: Fraction
    better: str

    @property
    def counts(self) -> bool:
        """Whether the change for the better counts by the measure's own rule."""
        return self.found is not None and self.found.counts is True

    @property
    def enough(self) -> bool:
        """At least 30 % better on PEG or a pain score."""
        if self.name not in ("peg", "nrs", "vas") or not self.before:
            return False
        return (self.before - self.after) * 100 >= self.before * ENOUGH

    @property
    def words(self) -> str:
        """The change in words, with what it was held against."""
        way = "the same" if self.before == self.after else ("better" if self.is_better else "worse")
        said = f"{self.title}: {decimal_text(self.before)}, then {decimal_text(self.after)}, {way}"
        if self.found is None:
            return f"{said}; no minimal important change with a source is known here"
        verdict = {True: "it counts", False: "it does not count", None: "whether it counts is not known"}
        return f"{said}; {verdict[self.found.counts]} ({'; '.join(self.found.because)})"

    @property
    def is_better(self) -> bool:
        """Whether it moved the better way at all."""
        if self.better == "higher":
            return self.after > self.before
        return self.after < self.before


def measured(
    plan: Plan, measures: Iterable[Measure], on: date, answers: Answers = ()
) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan with scores recorded on a day. Scores change no step. Raises ``NotATrial``.

    Words of suicide, among the words of measures too, ask before anything is kept. ``answers`` are kept with the
    scores.
    """
    if plan.request.trial is None:
        raise NotATrial
    said = tuple(measures)
    asked, _ = asked_about_plan(plan, [("measure", f"{each.name} {each.variant}") for each in said], answers)
    found, problems = checked(said, "measure")
    if asked or problems:
        return plan, (*asked, *problems)
    events = (*plan.events, *(Event(on, Measured(each), answers=answers) for each in found))
    return evolve(plan, events=events), ()


def decided(plan: Plan, on: date, table: FactorTable) -> PlanReport:
    """The report of a trial with the decision of a day. Raises ``NotATrial``."""
    if plan.request.trial is None:
        raise NotATrial
    report = report_again(plan, on, table)
    if on < plan.first_day:
        text = f"the trial begins on {plan.first_day}; it cannot be decided on {on}"
        return evolve(report, problems=(Problem("TRIAL-006", "as_of", text),))
    judge = _Judge(plan, on, table)
    decision = judge.decision()
    ways = judge.alternatives(decision)
    leaving = judge.exit() if decision.kind in _ENDS else report.exit
    missing: tuple[Problem, ...] = ()
    if decision.kind == "measure_function":
        missing = (Problem("TRIAL-009", "measure", decision.because[0]),)
    return evolve(report, decision=decision, alternatives=ways, exit=leaving, problems=(*report.problems, *missing))


_ENDS = ("end_now", "not_helping", "sedation_without_activity", "contraindicated")


class _Judge:
    """A trial, what was measured up to a day, and what the rules make of it."""

    def __init__(self, plan: Plan, on: date, table: FactorTable) -> None:
        self.plan, self.on, self.table = plan, on, table
        self.trial: Trial = trial_of(plan.request)
        self.latest = _latest(plan, on)
        self.gains = tuple(_gains(self.trial, self.latest))
        self.day = (on - plan.first_day).days
        declared = TRIALS.get(self.trial.of)
        self.declared = declared if isinstance(declared, TrialDrug) else None
        self.step = plan.on(on) or plan.steps[-1]

    def says(self, name: str) -> bool:
        """Whether yes was the last answer to a question."""
        return self.latest.get((name, ""), Fraction(0)) > 0

    @property
    def functional(self) -> tuple[_Gain, ...]:
        """The measures of function that were taken again."""
        return tuple(each for each in self.gains if each.sort is Sort.FUNCTION)

    @property
    def active(self) -> bool:
        """More active: by what was said, the goal, or a measure of function past its minimal important change."""
        return self.says("activity") or self.says("goal") or any(each.counts for each in self.functional)

    @property
    def is_due(self) -> bool:
        """Whether the first day of the fair-trial decision has come."""
        return self.day >= self.trial.fair_trial[0] or self.on >= decision_day(self.plan)

    def decision(self) -> Decision:
        """The first rule that holds, in order of urgency."""
        words = [each.words for each in self.gains]
        if self.says("serious"):
            return self._made("end_now", ["a serious effect was reported"], self._urgent(), s.ESSAY)
        if self.says("contraindication"):
            why = ["something new rules the medicine out"]
            return self._made("contraindicated", why, [self._way_out(), *self._next()], s.ESSAY)
        if self.says("intolerable"):
            why = ["an intolerable side effect ends or lowers a trial on any day", *words]
            return self._made("intolerable", why, [*self._back(), self._way_out(), *self._next()], s.ESSAY)
        if self.says("sedation") and not self.active:
            why = ["drowsy, and no measure of function is better by its minimal important change: that is not control"]
            consider = ["Consider another medicine, a lower dose, or the exit taper.", *self._back(), self._way_out()]
            return self._made(
                "sedation_without_activity", why + words, consider + self._next(), SEED.at("sedation is not control")
            )
        if self.says("goal") or any(each.counts or each.enough for each in self.gains):
            why = [f"the goal is reached: {self.trial.goal}"] if self.says("goal") else []
            if self.says("sedation"):
                why.append("drowsy, but more active: a lower dose may keep the gain")
            return self._made(
                "helping", why + words, self._keep(), SEED.at("after gains are held, a trial drug is stepped down")
            )
        return self._without_gain(words)

    def _without_gain(self, words: list[str]) -> Decision:
        if not self.is_due:
            why = [
                f"day {self.day}: the fair-trial decision is not before {on_day(self.plan, self.trial.fair_trial[0])}"
            ]
            if self.says("nausea") and self._in_window("nausea"):
                why.append("nausea in the first two weeks is expected and is no failure by itself unless it is severe")
            consider = [
                "Consider going on to the fair-trial day, with the dose adjusted within the ceiling.",
                "Ask what stands in the way of taking it, and about side effects.",
            ]
            return self._made("go_on", why + words, consider, s.ESSAY)
        if not self.functional and not any((name, "") in self.latest for name in ("activity", "goal")):
            why = ["no measure of function was taken again: pain alone does not fail a trial"]
            names = ", ".join(each.name for each in self.trial.baseline if MEASURES[each.name].sort is not Sort.PAIN)
            ask = (
                f"Measure {names or 'function (PEG, ODI, a walk)'} again, ask about the goal, and decide within a week."
            )
            return self._made(
                "measure_function", why + words, [ask, self._way_out()], SEED_B.at("pain may lag behind function")
            )
        why = [
            "less than 30 % better on PEG or pain, and no measure of function better by its minimal important change"
        ]
        return self._made(
            "not_helping", why + words, [self._way_out(), *self._next()], SEED_B.at("no response is information")
        )

    def _made(self, kind: str, because: list[str], consider: list[str], source: Source) -> Decision:
        return Decision(kind, self.on, tuple(because), tuple(dict.fromkeys(consider)), (source,))

    def _in_window(self, effect: str) -> bool:
        windows = self.declared.windows if self.declared is not None else ()
        return any(each.effect == effect and self.day <= each.through_day for each in windows)

    # --- next steps ---

    def _urgent(self) -> list[str]:
        return [
            "Get help today; in danger call the emergency number.",
            "Ask the prescriber the same day how to end it safely.",
            *self._next(),
        ]

    def _way_out(self) -> str:
        leaving = self.exit()
        if leaving is None:
            return "Nothing is taken regularly now, so there is nothing to lower."
        if len(leaving.steps) == 1:
            return f"Consider ending it on {leaving.first_day}; no taper is needed."
        return f"Consider the exit taper, step by step from {leaving.first_day} to {leaving.last_day}."

    def _back(self) -> list[str]:
        lower = [each for each in self.plan.steps if 0 < each.total.value < self.step.total.value]
        if not lower:
            return []
        return [f"Consider going back to {lower[-1].total} (medsteward plan revise FILE --reverse --why TEXT)."]

    def _next(self) -> list[str]:
        """What else fits the pain, and a look at the diagnosis: not helping is never the end of the plan."""
        found = ["Look again at the diagnosis, sleep, mood and activity before the next medicine."]
        names = self._others()
        if names:
            found.append(f"Consider next, one at a time: {', '.join(names)}.")
        return found

    def _others(self) -> list[str]:
        kind = next((each for each in PainKind if each.value == self.trial.pain), None)
        if kind is None:
            return []
        case = self.plan.request.case or Case(as_of=self.on)
        picture = Picture(case)
        offers = Offers(picture)
        own = TREATMENT_OF_TRIAL[self.declared.id].id if self.declared is not None else ""
        weighed = [
            (each.title, weigh_offer(each.offered, each.against, picture, offers))
            for each in (option.treatment for option in OPTIONS[kind])
            if each.id != own and each.drugs
        ]
        weighed.sort(key=lambda each: each[1].fit)
        return [f"{title}{_major(one)}" for title, one in weighed if one.fit is not Fit.LEFT_OUT]

    def _keep(self) -> list[str]:
        lower = self.lower()
        if lower is None:
            first = (
                "This is the lowest dose the products make: consider a time without it, to see whether it is needed."
            )
        else:
            first = (
                f"Consider the lowest dose that keeps the gain: {self.step.total}, then {lower}; look again in 4 weeks."
            )
        return [first, "Write down the gain and set the next review."]

    def lower(self) -> str | None:
        """The next lower dose of the trial, or half of the lowest one where products make it."""
        lower = [each.total for each in self.plan.steps if 0 < each.total.value < self.step.total.value]
        if lower:
            return str(max(lower, key=lambda each: each.value))
        track = at_doses(self.plan.request.courses[0].tracks[0], self.step)
        levels = [each.daily for each in levels_below(track) if each.daily]
        return str(track.daily_amount(levels[0])) if levels else None

    def exit(self) -> Plan | None:
        """The way out from the dose in force, beginning on the day decided on."""
        scales, avoided = scales_of(self.plan.request, self.table), avoided_days(self.plan.request.avoid)
        return exit_plan(self.plan, scales, avoided, start=self.on)

    def alternatives(self, decision: Decision) -> tuple[Alternative, ...]:
        """The ways on as plans in short."""
        found = []
        if decision.kind in _ENDS or decision.kind == "intolerable":
            leaving = self.exit()
            if leaving is not None:
                found.append(
                    Alternative(
                        "the exit taper",
                        None,
                        steps=len(leaving.steps),
                        last_day=leaving.last_day,
                        forced=any(step.forced for step in leaving.steps),
                    )
                )
        if decision.kind == "helping":
            lower = self.lower()
            if lower is not None:
                command = _taper_command(self.step, lower, self.on)
                found.append(
                    Alternative("the lowest dose that keeps the gain", command, note=f"{self.step.total}, then {lower}")
                )
        return tuple(found)


def _major(weighed: Weighed) -> str:
    """The rules that name a major reason against an offer."""
    rules = dict.fromkeys(rule for each in weighed.found if each.effect is Effect.MAJOR for rule in each.rules)
    return f" (weigh the major risk first: {', '.join(rules)})" if rules else ""


def _taper_command(step: Step, lower: str, on: date) -> str | None:
    """The command that steps down, where one product a dose makes the sig plain."""
    if any(len(dose.items) != 1 or dose.time is Moment.AS_NEEDED for dose in step.doses):
        return None
    sigs = {(dose.items[0].product, dose.items[0].count, dose.items[0].unit) for dose in step.doses}
    if len(sigs) != 1:
        return None
    product, count, unit = sigs.pop()
    times = {1: "daily", 2: "2 times daily", 3: "3 times daily", 4: "4 times daily"}.get(len(step.doses))
    if times is None or ("/" in lower and not lower.endswith("/d")):
        return None
    sig = f"{product}, {decimal_text(count)} {unit.counted(count)} {times}"
    target = lower.removesuffix("/d").replace(",", "")
    because = '--because other --reason "lowest dose that keeps the gain"'
    return f'medsteward taper "{sig}" --start {on + timedelta(days=1)} --target "{target}" {because}'


def _latest(plan: Plan, on: date) -> Mapping[tuple[str, str], Fraction]:
    """The last score of each measure up to a day, by name and base; the baseline is not among them."""
    found: dict[tuple[str, str], tuple[date, Fraction]] = {}
    for event in plan.standing:
        if isinstance(event.what, Measured) and event.on <= on:
            key = (event.what.measure.name, event.what.measure.variant)
            if key not in found or event.on >= found[key][0]:
                found[key] = event.on, event.what.measure.value
    return {key: value for key, (_, value) in found.items()}


def _gains(trial: Trial, latest: Mapping[tuple[str, str], Fraction]) -> Iterable[_Gain]:
    for each in trial.baseline:
        after = latest.get((each.name, each.variant))
        known = MEASURES.get(each.name)
        if after is None or known is None or known.sort is Sort.YES_NO:
            continue
        rule = known.rule(each.variant)
        held = None if rule is None else change(rule, each.value, after)
        title = known.title if rule is None else rule.title
        yield _Gain(each.name, title, known.sort, held, each.value, after, known.better)
