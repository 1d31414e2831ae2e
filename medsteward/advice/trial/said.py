"""What is said of a trial that is asked for: what stands in its way, what is asked first, what to know beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medsteward.advice.trial.asked import TrialAsked
from medsteward.advice.trial.asks import ORGANS, asked_or_answered, with_source
from medsteward.advice.trial.directions import begins_lower
from medsteward.advice.trial.gates import ANSWERED_FIRST, ASKING, REFUSING
from medsteward.advice.trial.goals import goal_caution, goal_problem
from medsteward.advice.trial.typed import doses_too_high, typed_wrongly
from medsteward.model.missing import AGE
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source, Standing
from medsteward.thresholds import whole
from medsteward.treatments.against import Effect
from medsteward.treatments.index import trial_by_mouth
from medsteward.treatments.limited import is_about_kidneys, is_about_liver, limits_of_trial, on_dialysis, part_of_trial
from medsteward.treatments.pain import NOTES, PainKind
from medsteward.treatments.trial import TrialDrug, Undosed

KIDNEYS_FAIL = whole("kidneys_fail")
KIDNEYS_LOW = whole("low_kidney")
"""mL/min. Below the first one, a medicine without a kidney figure is asked about; below the second it is said."""
SAID_ONLY = frozenset({"acetaminophen", "diclofenac-gel", "lidocaine-patch"})
"""Trials that are not held for want of a figure: what little is absorbed, and what is named in place of an NSAID."""


def problems(asked: TrialAsked) -> list[Problem]:
    """What refuses the trial, and what has to be stated first: everything at once."""
    refused = [problem for each in REFUSING for problem in each.problems(asked)]
    asks = [problem for each in ASKING for problem in each.problems(asked)]
    return [*refused, *doses_too_high(asked), *typed_wrongly(asked), *asks]


def to_be_answered(asked: TrialAsked) -> list[Problem | Caution]:
    """What is known before anything is planned and is asked about, or what was answered."""
    found: list[Problem | Caution] = []
    answers = asked.options.answers
    for what, severe in _without_figures(asked):
        text = (
            f"{asked.title}: {what}, and no figure for that was read from a source; ask a specialist or pharmacist "
            "for the dose before it begins"
        )
        holds = severe and (asked.declared is None or asked.declared.id not in SAID_ONLY)
        found.append(asked_or_answered("patient", ORGANS, text, answers) if holds else Caution("TRIAL-103", text))
    for each in asked.weighed.found:
        if each.of_limit and each.effect is Effect.MAJOR:
            text = with_source(each.words, each.source)
            found.append(asked_or_answered("patient", each.of_limit, text, answers))
    for gate in ANSWERED_FIRST:
        found += gate.said(asked)
    return found


def _without_figures(asked: TrialAsked) -> Iterator[tuple[str, bool]]:
    """Organs that are impaired and of which nothing read says what the dose is then, and whether severely."""
    if isinstance(asked.declared, Undosed):
        return
    drug = asked.declared or trial_by_mouth(asked.drug)
    rows = () if drug is None else limits_of_trial(drug, asked.picture, asked.whom.uses).all_rows
    decide = [each for each in asked.reasons if each.effect is not Effect.CAUTION]
    kidney = asked.picture.kidney
    has_figure = any(each.kidney_below or each.kidney_up_to for each in decide) or is_about_kidneys(rows)
    if kidney is not None and kidney.low < KIDNEYS_LOW and not has_figure:
        yield f"the kidneys are impaired ({kidney})", kidney.low < KIDNEYS_FAIL
    livers = ["liver disease" in each.conditions or bool(each.child_pugh) for each in decide]
    has_figure = any(livers) or is_about_liver(rows)
    if "liver disease" in asked.picture.conditions and not has_figure:
        yield "the liver is impaired", True


def cautions(asked: TrialAsked, sources: Iterable[Source] = ()) -> list[Caution]:
    """What to know about the drug, the patient and the figures."""
    options = asked.options
    # where a plan is made, what the rules say stands among its findings, with the doses of the plan
    found = [
        Caution("TRIAL-102", each.words)
        for each in asked.weighed.found
        if each.effect is not Effect.BLOCKS and (each.rule is None or isinstance(asked.declared, Undosed))
    ]
    found += [
        Caution("TRIAL-103", f"{ask.name} is not known: find it out before the first dose")
        for ask in asked.weighed.unknown
        if ask != AGE  # said below, with what it decides
    ]
    found += [each for each in to_be_answered(asked) if isinstance(each, Caution)]
    if isinstance(asked.declared, TrialDrug):
        said = on_dialysis(part_of_trial(asked.declared), asked.picture)
        found += [Caution("TRIAL-102", with_source(text, source)) for text, source in said]
    if asked.picture.patient.age is None:
        found.append(Caution("TRIAL-103", "the age is not known: from 65 on many ramps are lower and slower"))
    goal = goal_caution(options.goal)
    found += [goal] if goal is not None and goal_problem(options.goal) is None else []
    if asked.by_directions is not None:
        found += begins_lower(asked.by_directions)
        if asked.by_directions.sig.as_needed:
            text = "as needed: counted and dispensed at the most that the directions allow"
            found.append(Caution("TRIAL-102", text))
    if options.start < asked.case.as_of:
        found.append(Caution("TRIAL-105", f"the trial begins on {options.start}, before {asked.case.as_of}"))
    if (
        options.pain is not None
        and asked.treatment is not None
        and asked.treatment.for_pain
        and options.pain not in [each.kind for each in asked.treatment.for_pain]
    ):
        text = f"the sources do not name {asked.title} for {options.pain.value} pain"
        found.append(Caution("TRIAL-107", text))
    if asked.is_opioid and options.pain in (PainKind.NOCIPLASTIC, PainKind.CRPS):
        found += [Caution("TRIAL-102", each.text) for each in NOTES[options.pain] if each.group == "opioids"]
    recalled = [each for each in sources if each.standing is Standing.RECALLED]
    found += [Caution("TRIAL-101", f"needs a second source: {each.where}") for each in dict.fromkeys(recalled)]
    return found
