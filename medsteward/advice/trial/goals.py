"""Whether a goal is a task: something a person does, that somebody could watch."""

from __future__ import annotations

import re

from medsteward.model.problem import Caution, Problem

EXAMPLES = (
    "walk 20 minutes without a stop",
    "sit for 90 minutes with one break",
    "climb the stairs at home twice a day",
    "sleep 6 hours on 5 nights of the week",
    "cook a meal standing up",
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_FEELINGS = """
a about ache aches aching again all almost am an and any anymore anything around as at back bad be been being
better bit but by can comfort comfortable comfortably control controlled cope coping day days decent decrease
decreased decreasing discomfort do ease eased easier easing every everything feel feeling feels fewer fine for
free from function functional functioning general get getting go goal good great happier happy have having
health healthy help hurt hurting hurts i if improve improved improvement improving in is it its keep less
level levels life lot lots lower lowered lowering lowest make manage manageable management managing me more
much my myself nicer no none normal not nothing nrs of off ok okay on one or out over overall pain pain-free
painfree painful pains peg per percent point points possible quality really reduce reduced reducing reduction
relief relieve relieved relieving score scores severity so some something soon stop stopping stops stuff
suffer suffering symptom symptoms than that the then thing things this through time to tolerable tolerate
until vas very well what when with within without worse
"""
_VAGUE = frozenset(_FEELINGS.split())
"""Words that say how somebody feels, or nothing; a goal of these alone names no task."""


def goal_problem(goal: str) -> Problem | None:
    """What is wrong with a goal: it is missing, too long, or says how somebody feels and not what they do."""
    said = " ".join(goal.split())
    if len(said) > 200:
        return Problem("TRIAL-003", "goal", "the goal has more than 200 characters; write one task")
    examples = "; ".join(EXAMPLES[:3])
    if not said:
        return Problem("TRIAL-003", "goal", f"a trial needs a goal that is a task, such as: {examples}", EXAMPLES)
    words = {word.casefold() for word in _WORD.findall(said)}
    if words <= _VAGUE:
        text = f'"{said[:60]}" is not a task; what would be done again? Such as: {examples}'
        return Problem("TRIAL-003", "goal", text, EXAMPLES)
    return None


def goal_caution(goal: str) -> Caution | None:
    """A word on a task without a number."""
    if re.search(r"\d|\b(?:once|twice|one|two|three|four|five|six|ten|twenty|half|every|all|whole)\b", goal.casefold()):
        return None
    return Caution("TRIAL-106", "the goal has no number: how long, how far, or how often makes it easier to judge")
