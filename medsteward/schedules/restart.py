"""The dose from which a plan goes on after a gap: stated by the clinician, never above the last dose tolerated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from medsteward.errors import MedstewardError
from medsteward.schedules.dispensable import NOTHING, Level, levels_below
from medsteward.schedules.drafting import State, course_amounts, state_of, unchanged
from medsteward.schedules.event import StatedDay, StatedDose
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Plan, Request
from medsteward.schedules.step import Step
from medsteward.schedules.supply import Track, day_amount

HOW = 'to go on from a restart dose: medsteward plan revise FILE --present "DRUG=DOSE" --on DATE'
"""How a restart dose is stated, for those who see the plan."""
NO_DOSE = "no dose is planned until the prescriber has stated a restart dose"
"""What stands in place of doses."""


def waiting(plan: Plan) -> tuple[str, ...]:
    """What a plan that waits for a restart dose says instead of doses; nothing for any other plan.

    Nobody is left without a word: either the present dose goes on, or the clinic is asked before any further one.
    """
    if not plan.awaits_restart:
        return ()
    if not plan.goes_on:
        return NO_DOSE, "call the clinic today, before any further dose"
    return (
        NO_DOSE,
        f"until then the present dose, {plan.goes_on}, goes on unchanged: do not stop it at once, and do not raise it",
        "call the clinic today",
    )


class NoRestart(MedstewardError):
    """A stated dose that does not go. ``what`` says why and what to write instead; ``is_above``: it is too high."""

    def __init__(self, what: str, *, is_above: bool = False) -> None:
        self.what, self.is_above = what, is_above
        super().__init__(what)


def bound_of(request: Request, state: State, course: int) -> str:
    """The last dose tolerated of a course's drugs, in words: ``morphine ER 90 mg/d and morphine IR 30 mg/d``."""
    tracks, names = request.courses[course].tracks, line_names(request.courses)[course]
    amounts = zip(tracks, names, course_amounts(request, state, course), strict=True)
    return " and ".join(f"{name} {track.daily_amount(amount)}" for track, name, amount in amounts if amount)


def restart_state(
    request: Request,
    most: State,
    course: int,
    stated: Iterable[StatedDose],
    steps: Iterable[Step],
    *,
    bound: str = "the last dose tolerated",
) -> State:
    """The state after a gap: each drug of the course at the dose stated, the other courses as in ``most``.

    ``most`` is what no drug may exceed, and ``bound`` what that is called. Doses that the plan has had already, in
    ``steps``, are taken as they were then. Raises ``NoRestart`` for a drug that is not stated or not of the course, a
    unit that does not fit, more than the last dose tolerated, nothing at all, and a dose that no product makes.
    """
    tracks, names = request.courses[course].tracks, line_names(request.courses)[course]
    said = tuple((line_of(each, tracks, names), each) for each in stated)
    known = [state_of(request, step)[course] for step in steps] + [unchanged(request)[course]]
    limits = course_amounts(request, most, course)
    levels: list[Level | None] = []
    for place, (track, name, limit) in enumerate(zip(tracks, names, limits, strict=True)):
        mine = [each for line, each in said if line == place]
        if len(mine) > 1:
            raise NoRestart(f"{name} is stated more than once; state each drug once")
        if not mine and limit:
            raise NoRestart(f'state {name} as well; 0 is written as "{name}=0 mg"')
        amount = amount_in(mine[0], track) if mine else Fraction(0)
        if amount > limit:
            last = track.daily_amount(limit)
            raise NoRestart(
                f"{track.daily_amount(amount)} of {name} is above {bound}, {last}; state that or less", is_above=True
            )
        levels.append(level_at(request, track, amount, [each[place] for each in known]))
    state = (*most[:course], tuple(levels), *most[course + 1 :])
    if not any(course_amounts(request, state, course)):
        raise NoRestart("a restart dose is more than 0; without a dose the plan has ended, and nothing is to be stated")
    return state


def line_of(stated: StatedDose | StatedDay, tracks: Sequence[Track], names: Sequence[str]) -> int:
    """The place of the line that is stated, by its drug and its name. Raises ``NoRestart`` for none and for several."""
    own = [place for place, track in enumerate(tracks) if track.drug == stated.drug]
    asked = f"{stated.drug} {stated.told}".strip()
    if not own:
        raise NoRestart(f"{asked} is not what was lowered; state {' and '.join(names)}")
    for place in own:
        release = tracks[place].release
        alone = len(own) == 1 and (not stated.told or stated.told.casefold() == (release or "").casefold())
        if alone or names[place].casefold() == asked.casefold():
            return place
    lines = " or ".join(names[place] for place in own)
    raise NoRestart(f"{asked} is no line of the plan by itself; write which, as in {lines}")


def amount_in(stated: StatedDose | StatedDay, track: Track) -> Fraction:
    """What is stated, in the unit of a day of the line. Raises ``NoRestart`` for another dimension."""
    asked = day_amount(stated.amount)
    if asked.unit.dimension is not track.daily_unit.dimension:
        raise NoRestart(f"{stated.amount} of {track.drug} is not a dose in {track.daily_unit.value}; write it in that")
    return asked.to(track.daily_unit).value


def _is_whole(level: Level) -> bool:
    """Whether all of a day is made of products that are dispensed now: not so before a plan was planned anew."""
    return (
        all(dose.items for dose in level.doses)
        and sum(dose.amount for dose in level.doses) * level.days.share == level.daily
    )


def level_at(request: Request, track: Track, amount: Fraction, known: Iterable[Level | None]) -> Level | None:
    """The day of this amount: as the plan had it, else the simplest that the products make. Raises ``NoRestart``."""
    if not amount:
        return NOTHING
    if amount == track.daily:
        return None
    for level in known:
        if level is not None and level.daily == amount and _is_whole(level):
            return level
    made = levels_below(track, request.larger)
    for level in made:
        if level.daily == amount and not level.is_last:
            return level
    lower = next((level.daily for level in made if 0 < level.daily < amount), None)
    instead = "" if lower is None else f"; the next lower dose that they make is {track.daily_amount(lower)}"
    raise NoRestart(f"no product makes {track.daily_amount(amount)} of {track.drug}{instead}")
