"""Who may take the smallest dose on fewer and fewer days before the stop, and how: by drug and form, with the source.

Opioids by mouth, immediate-release: every second day, then every third, where the prescriber asks (CDC 2022 lengthens
the time between doses; which opioids and which days are medsteward's own rule). Z-drugs: nights without it, from the
lowest dose (Deprescribing guideline 2018). Fluoxetine: alternate days, where asked (NICE NG222). Nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from attrs import evolve, frozen

from medsteward.model.drug import DrugClass
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case, Line
from medsteward.model.source import Source
from medsteward.patient.picture import Picture
from medsteward.schedules.day_pattern import DayPattern
from medsteward.schedules.last_days import FLUOXETINE, LastDays, free_nights
from medsteward.schedules.plan import Plan, Request
from medsteward.schedules.policies import places
from medsteward.schedules.supply import Track

OPTION = "--last-days"
CODE = "TAPER-037"
_FROM = Fraction(20)
"""The day's dose of fluoxetine, in mg, from which alternate days are published; below it they are of the smallest."""
_NEVER_WITH = "butalbital"
_BY_CLASS: Mapping[DrugClass, str] = MappingProxyType(
    {
        DrugClass.BENZODIAZEPINE: "a benzodiazepine",
        DrugClass.GABAPENTINOID: "a gabapentinoid",
        DrugClass.SNRI: "an SNRI",
        DrugClass.SSRI: "an SSRI other than fluoxetine",
        DrugClass.TCA: "a tricyclic",
    }
)
_NO_SOURCE = (
    "no source has days without it, and its level falls too far between doses; it is taken every day until the stop "
    "(medsteward's own rule)"
)
_BY_DRUG: Mapping[str, str] = MappingProxyType(
    {
        "methadone": "it builds up over days, so the dose of each day is lowered instead; then the plain stop "
        "(medsteward's own rule)",
        "tramadol": "its seizure risk and its part of an SNRI ask for a plain stop (medsteward's own rule)",
    }
)


@frozen
class Around:
    """What decides beside the line itself: whether an SNRI is taken, and drugs whose product holds a barbiturate."""

    takes_snri: bool = False
    with_barbiturate: frozenset[str] = frozenset()


def around(case: Case, lines: Iterable[tuple[int, Line]]) -> Around:
    """What of a case decides."""
    regimens = [line.regimen for _, line in lines if line.regimen is not None]
    held = [each.product for each in regimens if any(c.ingredient == _NEVER_WITH for c in each.product.components)]
    snri = any(each.drug_class is DrugClass.SNRI for each in Picture(case).taken)
    return Around(snri, frozenset(product.lead for product in held))


def with_last_days(
    tracks: Sequence[Track], asked: LastDays | None, beside: Around
) -> tuple[tuple[Track, ...], Problem | None]:
    """The tracks with the days on which each is taken at the end, and why none of them is where that was asked for."""
    found, refused, is_met = [], [], {"every": False, "nights": False}
    for track in tracks:
        every, nights = _days_apart(track, asked, beside), _nights(track, asked)
        for kind, days in (("every", every), ("nights", nights)):
            if isinstance(days, str):
                refused.append((kind, f"{_called(track)}: {days}"))
            elif days:
                is_met[kind] = True
        last = every if isinstance(every, tuple) and every else nights if isinstance(nights, tuple) else ()
        from_dose = _FROM if track.drug == FLUOXETINE and last else None
        found.append(evolve(track, last_days=last, last_dose=from_dose))
    wanted = {"every": asked is not None and asked.every, "nights": asked is not None and asked.nights}
    said = [text for kind, text in refused if wanted[kind] and not is_met[kind]]
    return tuple(found), Problem(CODE, "last_days", "; ".join(dict.fromkeys(said))) if said else None


def _days_apart(track: Track, asked: LastDays | None, beside: Around) -> tuple[DayPattern, ...] | str:
    """Every second day, then every third; or why not."""
    if asked is None or not asked.every:
        return ()
    if track.drug == FLUOXETINE:
        return asked.apart if asked.every == (2,) else "every second day is published, and no longer time between doses"
    if track.drug_class is DrugClass.Z_DRUG:
        return "it has nights without it, by the days of the week: --last-days sat,tue"
    if not track.drug_class.is_opioid_agonist:
        return _NO_SOURCE
    if track.wear_days is not None:
        return "a patch is worn as long as its label says, and no longer"
    if track.is_extended:
        return "its label forbids more time between extended-release doses"
    if track.route != "oral":
        return "days between doses are for tablets, capsules and liquids that are swallowed (medsteward's own rule)"
    if track.lowest:
        return "a concentrate is not planned so far down; a weaker liquid is"
    if track.drug == "tapentadol" and beside.takes_snri:
        return "beside an SNRI it ends by a plain stop (medsteward's own rule)"
    if track.drug in beside.with_barbiturate:
        return f"its product holds {_NEVER_WITH}, whose own withdrawal asks for a dose each day"
    return _BY_DRUG.get(track.drug, asked.apart)


def _nights(track: Track, asked: LastDays | None) -> tuple[DayPattern, ...] | str:
    """Nights without a dose, more and more of them; or why not. Z-drugs have them unless nobody wants them."""
    if track.drug_class is DrugClass.Z_DRUG:
        wanted = asked is None or bool(asked.nights)
        once = len([amount for _, amount in track.doses if amount]) == 1
        return free_nights(asked.nights if asked is not None else ()) if wanted and once else ()
    return "nights without it are for Z-drugs alone" if asked is not None and asked.nights else ()


def _called(track: Track) -> str:
    kind = None if track.drug == FLUOXETINE else _BY_CLASS.get(track.drug_class)
    return f"{track.drug} ({kind})" if kind else " ".join(filter(None, (track.drug, track.release, track.form)))


# --- what a plan says of it -------------------------------------------------------------------------------------------


def sources_of_last_days(plan: Plan) -> tuple[Source, ...]:
    """The sources of the days on which a plan gives a dose, where not every day has one."""
    found: list[Source] = []
    for step in plan.steps:
        for dose in step.doses:
            if not dose.days.is_daily:
                track = _track_of(plan.request_of(step), dose.drug)
                opioid = track is not None and track.drug_class.is_opioid_agonist
                found += [places.CDC_2022_BOTTOM, places.OURS] if opioid else []
    return tuple(dict.fromkeys(found))


def _track_of(request: Request, drug: str) -> Track | None:
    return next((track for course in request.courses for track in course.tracks if track.drug == drug), None)
