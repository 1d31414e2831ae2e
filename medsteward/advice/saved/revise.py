"""A plan after something happened: one more event, and what goes beside it made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from attrs import evolve

from medsteward.advice.plan.crisis import SUICIDALITY, answers_of_plan, asked_about_plan, case_of_plan
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.plan.weights import scales_of
from medsteward.advice.saved.as_it_stands import earlier, replayed
from medsteward.advice.saved.deviations import deviations
from medsteward.advice.saved.other_label import relabeled
from medsteward.advice.saved.regimen import case_now
from medsteward.advice.saved.replan import AskedAnew, replan
from medsteward.advice.taper.courses import PlanningStops
from medsteward.advice.taper.plan import report_on
from medsteward.advice.taper.verdict import Holds
from medsteward.advice.taper.who import who_tapers
from medsteward.model.amount import Amount
from medsteward.model.answer import Answers, answer_to, how_to_answer
from medsteward.model.problem import Caution, Problem
from medsteward.schedules.avoid import avoided_days
from medsteward.schedules.event import Change, Event, Present, Replan, Taken
from medsteward.schedules.happens.index import kind_of
from medsteward.schedules.happens.restarting import ABOVE, above_tolerated
from medsteward.schedules.plan import Plan
from medsteward.schedules.replay import NotPossible, request_in_force, with_event
from medsteward.schedules.supply import day_amount
from medsteward.tables.table import FactorTable


def asked_of(plan: Plan, event: Event) -> tuple[Problem, ...]:
    """What has to be stated before a change is made to a plan as it stands.

    Words of suicide ask. Once they are answered with a plain yes the present dose stays: only a pause or a hold is
    made, and what was taken and dispensed is recorded. A dose above the last one tolerated asks as well.
    """
    problems, _ = asked_about_plan(plan, [("why", event.why)], event.answers)
    problems = problems or _above_tolerated(plan, event)
    stated_now = SUICIDALITY in case_of_plan(evolve(plan, events=(*plan.events, event))).patient.conditions
    if problems or not stated_now or plan.request.hold or kind_of(event.what).keeps_the_dose:
        return problems
    text = (
        "suicidality is stated: safety comes first and the present dose stays for now. Use --pause or --hold-at, and "
        f"once the crisis has passed say so: {how_to_answer(SUICIDALITY)}"
    )
    return (Problem("CRISIS-001", "answer", text),)


def _above_tolerated(plan: Plan, event: Event) -> tuple[Problem, ...]:
    """What is asked where a dose is stated above the last one tolerated."""
    if not isinstance(event.what, Present) or event.what.courses or answer_to(ABOVE, event.answers):
        return ()
    most = above_tolerated(plan, event.what.day, event.what.doses)
    if not most:
        return ()
    text = (
        f"the dose stated is above the last dose tolerated, {most}: tolerance may be lost. Consider asking who raised "
        f"it and how awake the person is, and to offer naloxone with an opioid; then say so: {how_to_answer(ABOVE)}"
    )
    return (Problem("TAPER-026", "present", text),)


def revised(plan: Plan, event: Event, table: FactorTable) -> Plan:
    """The plan with one more event. Raises ``NotPossible`` for a change that it does not allow, or that asks first.

    A plan that does not add up is refused so too.
    """
    for problem in asked_of(replayed(plan, table, event.on), event):
        raise NotPossible(problem.text)
    return with_event(plan, event, lambda request: scales_of(request, table), avoided_days(plan.origin.avoid))


def changed(
    plan: Plan,
    changes: Sequence[Callable[[Plan], Change]],
    *,
    on: date,
    why: str = "",
    answers: Answers = (),
    table: FactorTable,
) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan with several changes that are entered together, each made of the plan as the one before left it.

    All of them or none: where one asks first, the plan comes back as it was, with what it asks. Raises ``NotPossible``
    for one that the plan does not allow.
    """
    now = replayed(plan, table, on)
    for number, make in enumerate(changes):
        try:
            change = make(now)
        except PlanningStops as stop:
            return plan, (stop.problem,)
        event = Event(on, change, why, answers if not number else (), together=number > 0)
        asked = asked_of(now, event)
        if asked:
            return plan, asked
        now = revised(now, event, table)
    return now, ()


def replanned(plan: Plan, day: date, asked: AskedAnew, *, why: str, table: FactorTable) -> Replan:
    """The change that plans later steps of a plan anew. Raises ``PlanningStops`` and ``NotPossible``."""
    request = request_in_force(plan, lambda each: scales_of(each, table), avoided_days(plan.origin.avoid))
    other = relabeled(plan, request, day, asked, why=why, table=table)
    return other or replan(plan, request, day, asked, why=why, table=table)


def taken_on(plan: Plan, day: date, dose: Amount) -> Taken:
    """What was taken on a day, in the unit of the plan's total. Raises ``NotPossible`` where its unit does not fit."""
    unit, asked = plan.total_unit_on(day), day_amount(dose)
    if asked.unit.dimension is not unit.dimension:
        raise NotPossible(f"{dose} does not fit the day's total, which is in {unit.value}")
    return Taken(day, asked.to(unit).value)


def report_again(plan: Plan, as_of: date, table: FactorTable) -> PlanReport:
    """A saved plan as it stands on a day, with what goes beside it.

    Holding an existing plan always works: nobody is asked again whether there should be one.
    """
    words = _unanswered(plan)
    if plan.request.trial is not None:
        # a taper is shown without loading what a trial is chosen and made by
        from medsteward.advice.trial.plan import report_again as report_trial_again

        found = report_trial_again(plan, as_of, table)
        return evolve(found, earlier=earlier(plan, as_of, table), cautions=(*words, *found.cautions))
    case = case_now(plan, evolve(case_of_plan(plan), as_of=as_of))
    drugs = dict.fromkeys(track.drug for course in plan.request.courses for track in course.tracks)
    policies = [course.policy for course in plan.request.courses]
    stated = evolve(plan.request.stated, answers=answers_of_plan(plan))
    lowered_first = plan.request.courses[0].tracks[0].drug
    verdict = who_tapers(case, drugs=drugs, stated=stated, first=lowered_first, policies=policies)
    if not isinstance(verdict, Holds) and plan.request.hold:
        verdict = Holds((), (), ())
    report = report_on(plan, case, verdict, table, cautions=[*words, *deviations(plan)])
    return evolve(report, earlier=earlier(plan, as_of, table))


def _unanswered(plan: Plan) -> tuple[Caution, ...]:
    """Words of suicide in a plan that is shown all the same: what was answered, or what is to be asked."""
    problems, answered = asked_about_plan(plan)
    return (*answered, *(Caution("CRISIS-101", each.text, each.where) for each in problems))
