"""What to call each medication line of a plan, so that two lines of one drug are never mistaken for one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import evolve

from medsteward.schedules.plan import Course, Plan, Request
from medsteward.schedules.step import DrugDay, Step, TimedDose
from medsteward.schedules.supply import Supply, Track

_PATCH = "patch"


def line_names(courses: Sequence[Course]) -> tuple[tuple[str, ...], ...]:
    """A name for each track of each course, each its own: the drug, where it stands on one line alone.

    Beside its other lines a drug is named with its release (``morphine ER``), a patch as a patch; with the form as well
    where the release is the same (``morphine IR solution``), then with its strengths, then with the line's number.
    """
    tracks = [track for course in courses for track in course.tracks]
    names = _told_apart(tracks)
    found, begin = [], 0
    for course in courses:
        found.append(tuple(names[begin : begin + len(course.tracks)]))
        begin += len(course.tracks)
    return tuple(found)


LineKey = tuple[str, str]
"""A line of a plan: its drug, and what tells it from other lines of the drug (empty where there is no other)."""


def lines_of(courses: Sequence[Course]) -> dict[LineKey, Track]:
    """The tracks of a plan by what their doses are known by: ``(dose.drug, dose.told)``."""
    return {
        (track.drug, _told(track, name)): track
        for course, names in zip(courses, line_names(courses), strict=True)
        for track, name in zip(course.tracks, names, strict=True)
    }


def lines_of_plan(plan: Plan) -> dict[LineKey, Track]:
    """The same of all that a plan lowered, in every stage; each line as it is now, with all of its products."""
    found: dict[LineKey, Track] = {}
    for request in plan.requests:
        for key, track in lines_of(request.courses).items():
            now = {supply.product for supply in track.supplies}
            before = found[key].supplies if key in found else ()
            more = tuple(supply for supply in before if supply.product not in now)
            found[key] = evolve(track, supplies=(*track.supplies, *more)) if more else track
    return found


def _told_apart(tracks: Sequence[Track]) -> list[str]:
    alone = Counter(track.drug for track in tracks)
    names = [f"{track.drug} {track.told}" if track.told else track.drug for track in tracks]
    for say in _WAYS:
        said = [say(track) for track in tracks]
        for drug, lines in alone.items():
            own = [place for place, track in enumerate(tracks) if track.drug == drug]
            if lines > 1 and len({names[place] for place in own}) < lines:
                for place in own:
                    names[place] = said[place]
    seen = Counter(names)
    return [name if seen[name] == 1 else f"{name} (line {n})" for n, name in enumerate(names, start=1)]


def _kind(track: Track) -> str:
    return _PATCH if track.form == _PATCH else track.release or track.form


def _by_release(track: Track) -> str:
    return f"{track.drug} {_kind(track)}"


def _by_form(track: Track) -> str:
    return " ".join(dict.fromkeys((track.drug, _kind(track), track.form)))


def _by_strength(track: Track) -> str:
    strengths = "/".join(dict.fromkeys(supply.strength_words(track.unit) for supply in track.supplies))
    return f"{_by_form(track)} {strengths}"


_WAYS: tuple[Callable[[Track], str], ...] = (_by_release, _by_form, _by_strength)
"""Ways to say which line is meant, shortest first."""


def named(steps: Iterable[Step], request: Request) -> tuple[Step, ...]:
    """The steps of a request with the name and release of each dose and each day's amount, by its lines.

    A dose belongs to the line of its drug whose products it is made of; without products, to the one that is taken at
    that time.
    """
    names = [name for course in line_names(request.courses) for name in course]
    tracks = [track for course in request.courses for track in course.tracks]
    lines = list(zip(tracks, names, strict=True))
    return tuple(
        evolve(
            step,
            doses=tuple(_named_dose(dose, lines) for dose in step.doses),
            daily=_named_days(step.daily, lines),
        )
        for step in steps
    )


def _named_days(days: Sequence[DrugDay], lines: Sequence[tuple[Track, str]]) -> tuple[DrugDay, ...]:
    if [day.drug for day in days] == [track.drug for track, _ in lines]:
        return tuple(
            evolve(day, release=t.release, told=_told(t, name)) for day, (t, name) in zip(days, lines, strict=True)
        )
    own: Mapping[str, tuple[Track, str]] = {track.drug: (track, name) for track, name in reversed(lines)}
    return tuple(
        evolve(day, release=own[day.drug][0].release, told=_told(*own[day.drug])) if day.drug in own else day
        for day in days
    )


def _named_dose(dose: TimedDose, lines: Sequence[tuple[Track, str]]) -> TimedDose:
    own = [(track, name) for track, name in lines if track.drug == dose.drug]
    if not own:
        return dose
    track, name = max(own, key=lambda line: _fits(dose, line[0]))
    return evolve(dose, release=track.release, told=_told(track, name))


def _told(track: Track, name: str) -> str:
    return name.removeprefix(track.drug).strip()


def _fits(dose: TimedDose, track: Track) -> tuple[bool, bool]:
    known = {supply.product for supply in _products(track)}
    made = bool(dose.items) and all(item.product in known for item in dose.items)
    return made, (dose.time, dose.amount.value) in track.doses


def _products(track: Track) -> tuple[Supply, ...]:
    return (*track.supplies, *((track.present,) if track.present is not None else ()))
