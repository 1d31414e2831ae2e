"""The clinic rhythm: what is aligned, done and decided in the first twelve weeks beside any medicine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import evolve

from medsteward.advice.plan.crisis import ASKING, as_answered, asked_about
from medsteward.advice.plan.report import Checkpoint, PlanReport, StopRule, Support
from medsteward.advice.trial.goals import goal_caution, goal_problem
from medsteward.advice.trial.measures import checked, lines_of
from medsteward.model.answer import Answers
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.reminders.places import SEED, SEED_B
from medsteward.schedules.trial import Measure

_CONTACTS = (
    (
        "week_1",
        (0, 7),
        "Align the present medicines and the sleep plan; therapy within 7 days. Write down goal and baseline.",
        "week 1",
    ),
    (
        "weeks_2_to_4",
        (8, 28),
        "First impression by function, not by pain alone. Where a block or injection is given, it falls here, with "
        "therapy 24 to 72 hours after it.",
        "weeks 2 to 4",
    ),
    (
        "weeks_4_to_6",
        (29, 42),
        "Reassess. Function better: consolidate, and lower the analgesic before therapy. Stalled: look again at the "
        "diagnosis, and adjust.",
        "weeks 4 to 6",
    ),
    (
        "weeks_8_to_12",
        (56, 84),
        "Plan of maintenance: fewer visits, what to do in a flare, and which medicines have no present benefit.",
        "weeks 8 to 12",
    ),
)


def rhythm(
    case: Case, start: date, goal: str, baseline: Iterable[Measure], answers: Answers = (), reason: str = ""
) -> PlanReport:
    """The contacts of the clinic rhythm from a day, or what is missing. No medicine is planned by it."""
    baseline = tuple(baseline)
    case = as_answered(case, answers)
    names = [("baseline", f"{each.name} {each.variant}") for each in baseline]
    crisis, answered = asked_about(case, answers, [("goal", goal), ("reason", reason), *names])
    wrong = goal_problem(goal)
    measures, problems = checked(baseline, "baseline")
    if not measures and not problems:
        problems = (Problem("TRIAL-004", "baseline", "add a baseline to measure against, such as --baseline PEG=7"),)
    found = PlanReport("rhythm", case.id, case.as_of, None, cautions=(*case.cautions, *answered))
    stops = (*crisis, *case.problems, *([wrong] if wrong else []), *problems)
    if stops:
        return evolve(found, kind="trial", problems=stops, supports=ASKING if crisis else ())
    said = goal_caution(goal)
    return evolve(
        found,
        checkpoints=tuple(
            Checkpoint(kind, start + timedelta(days=low), start + timedelta(days=high), decide, (SEED.at(where),))
            for kind, (low, high), decide, where in _CONTACTS
        ),
        stop_rules=(
            StopRule(
                "escalate",
                "any time: red flags, or function falling although the plan is kept: escalate",
                (SEED.at("red flags, or function falling"),),
            ),
            StopRule(
                "pain_alone", "pain may lag behind function by months", (SEED_B.at("pain may lag behind function"),)
            ),
        ),
        supports=(
            Support("goal", f"Goal: {' '.join(goal.split())}", sources=(SEED_B.at("goals are tasks"),)),
            Support(
                "few_elements",
                "A plan holds 3 to 5 elements; more are seldom kept.",
                sources=(SEED_B.at("3 to 5 elements; review by function after 2 to 4 weeks"),),
            ),
        ),
        measures=lines_of(measures, start, ()),
        sources=(
            SEED.at("the first twelve weeks"),
            SEED_B.at(
                "3 to 5 elements; review by function after 2 to 4 weeks; pain may lag behind function; goals are tasks"
            ),
        ),
        cautions=(*case.cautions, *([said] if said else [])),
    )
