"""Words of suicide in a free text: nothing is planned until the condition is stated or the question is answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import evolve

from medsteward.advice.plan.report import Support
from medsteward.model.answer import Answers, answer_to, how_to_answer, plain
from medsteward.model.conditions import implied
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case
from medsteward.model.self_harm import words_of_suicide
from medsteward.model.stated import Stated
from medsteward.reminders import places as s
from medsteward.schedules.plan import Plan
from medsteward.thresholds import whole
from medsteward.treatments import taper_places as t

SUICIDALITY = "suicidality"
"""The condition, and the question that bears its name."""
_YES = frozenset({"yes", "y", "true", "present", "active", "passive", "positive", "si", "sí"})
"""Answers that state the condition."""
_YES_FIRST = re.compile(r"(?:yes|sí)\b")
"""How an answer begins that states it, whatever follows: on the safe side, "yes, but no plan" is a yes."""

SHORT_SUPPLY_DAYS = whole("short_supply")
"""Days of one dispensing at most while suicidality holds a plan."""

CRISIS = Support(
    "crisis_contact",
    "Give the crisis contact: in the US call or text 988 (Suicide & Crisis Lifeline), 911 in danger; elsewhere the "
    "local numbers. Agree on whom to call by day and by night.",
    sources=(t.LIFELINE,),
)
BEHAVIORAL_NOW = Support(
    "behavioural_health_now",
    "Involve behavioral health now, before any change of dose; ask directly about suicidal thoughts and means.",
    ("an opioid is not continued merely to prevent suicide without behavioral health being involved",),
    (t.VA_CONSULT, t.VA_DOD_SUICIDE),
)
SHORT_SUPPLIES = Support(
    "short_supplies",
    "Consider short supplies at the same daily dose, a trusted person who keeps them, and a locked place.",
    sources=(s.practice("opioid label, small supplies and naloxone with suicidality"),),
)
ASKING = (CRISIS, BEHAVIORAL_NOW)
"""What goes beside the question."""


def as_answered(case: Case, answers: Answers) -> Case:
    """The case, with the condition where the answer to the question is a plain yes."""
    said = plain(answer_to(SUICIDALITY, (*case.stated.answers, *answers)))
    if not (said in _YES or _YES_FIRST.match(said)) or SUICIDALITY in case.patient.conditions:
        return case
    return evolve(case, patient=evolve(case.patient, conditions=(*case.patient.conditions, SUICIDALITY)))


def asked_about(
    case: Case, answers: Answers = (), said: Iterable[tuple[str, str]] = ()
) -> tuple[tuple[Problem, ...], tuple[Caution, ...]]:
    """What words of suicide in a case and in what is ``said`` (its place, the text) have to answer, or was answered.

    Nothing where the condition is stated: what follows from it is decided elsewhere.
    """
    if SUICIDALITY in implied(case.patient.conditions):
        return (), ()
    every = (*case.stated.answers, *answers)
    texts = (*texts_of(case), *texts_of_stated(Stated(answers=answers)), *said)
    found = {where: words for where, text in texts if (words := words_of_suicide(text))}
    if not found:
        return (), ()
    where, words = next(iter(found.items()))
    named = f'"{words}" ({", ".join(found)})'
    why = answer_to(SUICIDALITY, every)
    if why:
        return (), (Caution("CRISIS-101", f"{named} speaks of suicide; it goes on, as was answered: {why}", where),)
    text = (
        f"{named} speaks of suicide, so nothing is planned yet. Ask the person directly, today, and involve "
        "behavioral health. Then state it as a condition "
        f'(--condition suicidality, in a case conditions = ["suicidality"]) or answer: {how_to_answer(SUICIDALITY)}'
    )
    return (Problem("CRISIS-001", where, text),), ()


def asked_about_plan(
    plan: Plan, said: Iterable[tuple[str, str]] = (), answers: Answers = ()
) -> tuple[tuple[Problem, ...], tuple[Caution, ...]]:
    """The same of a plan that was made, with what is ``said`` and answered now."""
    case, known = case_of_plan(plan), answers_of_plan(plan)
    return asked_about(as_answered(case, (*known, *answers)), (*known, *answers), (*texts_of_plan(plan), *said))


def case_of_plan(plan: Plan) -> Case:
    """Whom a plan is for, with the condition where that was answered with a plain yes."""
    return as_answered(plan.request.case or Case(as_of=plan.request.start), answers_of_plan(plan))


def answers_of_plan(plan: Plan) -> Answers:
    """Everything that was answered for a plan and its revisions, the latest last."""
    return (*plan.request.stated.answers, *(each for event in plan.events for each in event.answers))


def texts_of_plan(plan: Plan) -> Iterator[tuple[str, str]]:
    """The free texts of a plan beside those of its case."""
    yield from texts_of_stated(plan.request.stated)
    if not plan.request.stated.answers:
        yield "reason", plan.request.reason  # of a plan that was saved before answers were kept apart
    if plan.request.trial is not None:
        yield "goal", plan.request.trial.goal
        yield "site", plan.request.trial.site
    for event in plan.events:
        yield "why", event.why
        yield from texts_of_stated(Stated(answers=event.answers))


def texts_of(case: Case) -> Iterator[tuple[str, str]]:
    """Every free text of a case, with its place."""
    patient = case.patient
    yield "id", case.id or ""
    yield "patient.indication", patient.indication or ""
    for text in (*patient.context, *patient.household):
        yield "patient", text
    for problem in case.problems:
        yield problem.where, problem.said
    for caution in case.cautions:
        if caution.code in ("COND-101", "COND-102"):  # conditions by their own words, not read or asked about
            yield "patient.conditions", caution.text
    for number, line in enumerate(case.lines, start=1):
        yield f"line {number}", line.written
        yield f"line {number}", line.prescriber or ""
        if line.regimen is not None:
            yield f"line {number}", line.regimen.indication or ""
            yield f"line {number}", line.regimen.sig.reason or ""
    for name, _ in (*case.done, *patient.scores):
        yield "case", name
    yield from texts_of_stated(case.stated)


def texts_of_stated(stated: Stated) -> Iterator[tuple[str, str]]:
    """The free texts beside the fields: the reason, names, and answers to other questions."""
    yield "reason", stated.reason
    for each in stated.supervised_by:
        yield "supervised_by", each.name
    for name, why in stated.answers:
        if name != SUICIDALITY:
            yield f"answer {name}", why
