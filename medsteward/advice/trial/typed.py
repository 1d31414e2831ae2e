"""What was typed of a trial: whether the goal, the baseline, the joint, the sessions and the doses can be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from attrs import evolve

from medsteward.advice.trial.asked import TrialAsked, TrialOptions
from medsteward.advice.trial.choice import NOT_STUDIED, limb_of, stage_problem
from medsteward.advice.trial.directions import above_ceilings, declared_in
from medsteward.advice.trial.goals import goal_problem
from medsteward.advice.trial.measures import Sort, checked, named
from medsteward.drugs.index import find
from medsteward.limits.load import dose_limits
from medsteward.model.problem import Problem
from medsteward.schedules.trial import Measure
from medsteward.thresholds import whole
from medsteward.treatments.index import TRIALS
from medsteward.treatments.trial import TrialDrug

SESSION_DAYS = whole("session_trial")
"""The analgesic before therapy is reviewed, and ends, within so many days."""
MOST_SESSIONS = whole("most_sessions")


def unknown_drug(options: TrialOptions) -> Problem:
    """That the medicine is not one of which a trial is declared, and which it may be."""
    if options.line is not None and options.line.problems:
        return evolve(options.line.problems[0], where="drug")
    alike = _of_same_drug(options)
    if alike:
        names = " or ".join(alike)
        return Problem("TRIAL-005", "drug", f'"{options.drug[:40]}" is tried as {names}; write one of them', alike)
    drug = find(options.drug.strip())
    if drug is not None and dose_limits().of(drug.name):
        text = (
            f"{drug.name}: no source that was read gives a first dose and the steps of a trial. Its limits: "
            f"`medsteward doses show {drug.name}`"
        )
        return Problem("TRIAL-005", "drug", text)
    names = ", ".join(TRIALS)
    text = (
        f'no source that was read gives a trial of "{options.drug[:40]}"; those that do: {names}, and opioids by their '
        'directions, as in "oxycodone IR 5 mg tablet, 1 tablet every 6 hours"'
    )
    return Problem("TRIAL-005", "drug", text, tuple(TRIALS))


def _of_same_drug(options: TrialOptions) -> tuple[str, ...]:
    """The declared trials of the medicine that was named without the form or dose which makes it one of them."""
    regimen = None if options.line is None else options.line.regimen
    words = {options.drug.casefold().strip()}
    words |= set() if regimen is None else {each.ingredient for each in regimen.product.components}
    words = {word.removesuffix(" topical") for word in words if word}
    return tuple(each.id for each in TRIALS.values() if each.drug.removesuffix(" topical") in words)


def doses_too_high(asked: TrialAsked) -> Iterable[Problem]:
    """What of the directions of an opioid is above a ceiling, with what is taken on the day it begins."""
    regimen = asked.by_directions
    if regimen is None:
        return []
    active = [line for line in asked.at_start.lines if line.is_active_on(asked.at_start.as_of)]
    return above_ceilings(regimen, active, asked.whom)


def typed_wrongly(asked: TrialAsked) -> Iterator[Problem]:
    """What is missing in what was typed, or cannot be used."""
    options = asked.options
    goal = goal_problem(options.goal)
    if goal is not None:
        yield goal
    baseline, wrong = checked(options.baseline, "baseline")
    yield from wrong
    if not wrong and not any(_is_number(each) for each in baseline):
        text = "a trial needs a baseline to be measured against, such as --baseline PEG=7"
        yield Problem("TRIAL-004", "baseline", text)
    if asked.declared is None and options.line is not None:
        yield from (evolve(each, where="drug") for each in options.line.problems)
    for one in declared_in(asked.by_directions) if asked.by_directions is not None else ():
        stage = stage_problem(one, asked.whom, asked.picture.kidney)
        if stage is not None:
            yield stage
    if asked.is_of("topical-nsaid"):
        yield from _site(asked)
    if options.sessions:
        yield from _sessions(asked)


def _site(asked: TrialAsked) -> list[Problem]:
    site = asked.options.site
    if not site:
        return [Problem("TRIAL-006", "site", "the joint decides the dose: add --site, as in --site knee")]
    if any(word in site.casefold() for word in NOT_STUDIED):
        return [Problem("TRIAL-006", "site", f"the gel was not studied on the {site[:20]}: no dose is given for it")]
    if limb_of(site) is None:
        return [
            Problem(
                "TRIAL-006",
                "site",
                f'"{site[:20]}" is not a joint that is known; write knee, ankle, foot, elbow, wrist or hand',
            )
        ]
    return []


def _sessions(asked: TrialAsked) -> list[Problem]:
    declared, sessions = asked.declared, asked.options.sessions
    if not isinstance(declared, TrialDrug) or declared.single is None:
        names = ", ".join(each.id for each in TRIALS.values() if isinstance(each, TrialDrug) and each.single)
        return [Problem("TRIAL-006", "sessions", f"before therapy only these are planned: {names}")]
    early = [day for day in sessions if day < asked.options.start]
    late = [day for day in sessions if (day - asked.options.start).days >= SESSION_DAYS]
    if early or late:
        last = asked.options.start + timedelta(days=SESSION_DAYS - 1)
        text = f"sessions are from {asked.options.start} to {last}, when it is reviewed; not {(early or late)[0]}"
        return [Problem("TRIAL-006", "sessions", text)]
    if len(sessions) > MOST_SESSIONS:
        return [Problem("TRIAL-006", "sessions", f"at most {MOST_SESSIONS} sessions are planned")]
    return []


def _is_number(measure: Measure) -> bool:
    known = named(measure)
    return known is not None and known.sort is not Sort.YES_NO
