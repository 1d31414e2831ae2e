"""The courses of a taper: what is lowered together, in which order, by which policy and how far."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.advice.plan.weights import factors_of, mme_over
from medsteward.advice.taper.options import TaperOptions
from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Standing
from medsteward.model.unit import Dimension, Unit
from medsteward.schedules.plan import Course
from medsteward.schedules.policies import policies_for, policy
from medsteward.schedules.policy import Basis, Policy, PolicyStatus, StepCeiling
from medsteward.schedules.supply import Track, day_amount
from medsteward.tables.table import FactorTable


class PlanningStops(Exception):
    """Planning cannot go on; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


# --- courses ----------------------------------------------------------------------------------------------------


def courses_of(
    tracks: Sequence[Track], options: TaperOptions, table: FactorTable
) -> tuple[tuple[Course, ...], list[Caution]]:
    """The courses in their order: drugs that share a policy and a total together, one class after another."""
    groups: list[list[Track]] = []
    for track in tracks:
        group = next((g for g in groups if _together(g[0], track, table)), None)
        if group is None:
            groups.append([track])
        else:
            group.append(track)
    if options.first and not any(is_named(track, options.first) for track in tracks):
        known = ", ".join(dict.fromkeys(["ir", "er", *(track.drug for track in tracks)]))
        raise PlanningStops(Problem("TAPER-024", "first", f'"{options.first[:40]}" is none of {known}'))
    if options.first:
        groups.sort(key=lambda group: not any(is_named(track, options.first or "") for track in group))
    cautions: list[Caution] = []
    courses = tuple(_course(group, options, table, cautions) for group in groups)
    if options.policy and not any(course.policy.id == options.policy for course in courses):
        names = " and ".join(track.drug for track in tracks)
        fitting = ", ".join(each.id for track in tracks for each in _fitting(track))
        raise PlanningStops(
            Problem("TAPER-023", "policy", f"{options.policy} is not a policy for {names}; those that are: {fitting}")
        )
    return courses, cautions


_CONCENTRATE = Fraction(20)
"""mg in a mL from which an opioid liquid is a concentrate, for who is tolerant."""
_TOLERANT = Fraction(60)
"""MME a day below which a concentrate is not planned. Ours, by the labels' definition for morphine."""


def bounded(tracks: Sequence[Track], table: FactorTable, *, is_tolerant: bool | None) -> tuple[Track, ...]:
    """The tracks, opioid concentrates with the amount below which they are not planned; never without tolerance."""
    return tuple(_bounded(track, table, is_tolerant) for track in tracks)


def _bounded(track: Track, table: FactorTable, is_tolerant: bool | None) -> Track:
    strong = [each for each in track.supplies if each.is_liquid and each.strength >= _CONCENTRATE]
    if not strong or len(strong) < len(track.supplies) or not track.drug_class.is_opioid_agonist:
        return track
    mme = mme_over([track], table)((Fraction(1),))
    if not mme:
        return track
    lowest = track.daily if is_tolerant is False else min(track.daily, _TOLERANT / mme)
    return evolve(track, lowest=lowest)


def _together(one: Track, other: Track, table: FactorTable) -> bool:
    """Whether two tracks are counted in one total: the same drug in one unit, or opioids that the table rates."""
    if one.drug == other.drug and one.unit is other.unit:
        return True
    return factors_of(one, table) is not None and factors_of(other, table) is not None


def is_named(track: Track, first: str) -> bool:
    """Whether what is to be lowered first is this line: its drug, its release or its class."""
    word = first.casefold()
    if word in ("er", "ir"):
        return track.is_extended is (word == "er")
    if word in ("opioid", "opioids"):
        return track.drug_class.is_opioid_agonist
    if word in ("benzodiazepine", "benzodiazepines"):
        return track.drug_class is DrugClass.BENZODIAZEPINE
    return track.drug == word


def _ordered(group: Sequence[Track], first: str | None) -> tuple[tuple[Track, ...], str]:
    """The tracks in the order in which they are lowered, and why."""
    if len(group) == 1:
        return tuple(group), ""
    if first and any(is_named(track, first) for track in group):
        ordered = sorted(group, key=lambda track: (not is_named(track, first), not track.is_extended))
        return tuple(ordered), f"{first} first, as asked"
    ordered = sorted(group, key=lambda track: not track.is_extended)
    if len({track.is_extended for track in group}) > 1:
        return tuple(ordered), (
            "extended-release first wherever it makes a step within the ceiling, else immediate-release (medsteward's "
            "own rule; sources leave the order to the patient: --first ir)"
        )
    return tuple(ordered), "in the order written; sources leave the order to the patient"


def _fitting(track: Track) -> tuple[Policy, ...]:
    return policies_for(track.drug, track.drug_class, track.release, track.route)


def fitting_all(tracks: Sequence[Track]) -> list[Policy]:
    """The policies that fit each of these tracks, the usual one first."""
    return [each for each in _fitting(tracks[0]) if all(each in _fitting(track) for track in tracks)]


def _course(group: Sequence[Track], options: TaperOptions, table: FactorTable, cautions: list[Caution]) -> Course:
    ordered, because = _ordered(group, options.first)
    fitting = fitting_all(ordered)
    if not fitting:
        raise PlanningStops(
            Problem("TAPER-023", "policy", f"no policy that was read gives a pace for {ordered[0].drug}")
        )
    chosen = next((each for each in fitting if each.id == options.policy), None)
    if chosen is None and options.policy is not None:
        policy(options.policy)  # says which there are, where it is not one at all
    chosen = chosen or fitting[0]
    changed, overrides = overridden(chosen, options, cautions)
    unit = _total_unit(ordered, options)
    draft = Course(policy=changed, tracks=ordered, total_unit=unit, overrides=overrides, first_because=because)
    if chosen.status is PolicyStatus.SUPERSEDED:
        cautions.append(Caution("TAPER-123", f"{chosen.id} is superseded; it is kept to compare with"))
    if chosen.standing is Standing.RECALLED:
        cautions.append(Caution("TAPER-123", f"the figures of {chosen.id} need a second source"))
    return evolve(draft, target=target_of(draft, options, table))


def _total_unit(tracks: Sequence[Track], options: TaperOptions) -> Unit:
    several = len({track.drug for track in tracks}) > 1 or len({track.unit for track in tracks}) > 1
    in_mme = options.target is not None and options.target.unit.dimension in (Dimension.MME, Dimension.MME_PER_DAY)
    opioid = tracks[0].drug_class.is_opioid_agonist
    return Unit.MME_PER_D if several or (in_mme and opioid) else tracks[0].daily_unit


def overridden(chosen: Policy, options: TaperOptions, cautions: list[Caution]) -> tuple[Policy, tuple[str, ...]]:
    """The policy with the options put over it, and what was changed in words."""
    changed, words = chosen, []
    if options.percent is not None or options.every is not None or options.basis is not None:
        phases = []
        for phase in chosen.phases:
            percent, basis = options.percent or phase.percent, phase.basis
            basis = basis or (Basis.CURRENT if percent is not None else None)
            if options.basis is not None and percent is not None and phase.share == 1:
                basis = options.basis
            amounts = () if percent is not None else phase.amounts
            told = evolve(phase, percent=percent, basis=basis, amounts=amounts)
            told = told if told == phase else evolve(told, as_asked=True)
            phases.append(told.lasting(options.every) if options.every is not None else told)
        changed = evolve(changed, phases=tuple(phases))
    if options.percent is not None:
        words.append(f"asks for {decimal_text(options.percent)} % a step")
        if options.ceiling is None and changed.ceiling.percent is None:
            same = StepCeiling(percent=options.percent, note="the percentage asked for", as_asked=True)
            changed = evolve(changed, ceiling=same)
    if options.every is not None:
        words.append(f"a step every {options.every}")
    if options.basis is not None:
        words.append(f"percent of the {options.basis.value} dose")
    if options.ceiling is not None:
        own = chosen.ceiling.percent
        changed = evolve(changed, ceiling=StepCeiling(percent=options.ceiling, as_asked=True))
        words.append(f"ceiling {decimal_text(options.ceiling)} % of the current dose")
        if own is None or options.ceiling > own:
            if not options.reason.strip() and options.because is None:
                limit = f"{decimal_text(own)} %" if own is not None else "an amount, not a percentage"
                raise PlanningStops(
                    Problem(
                        "TAPER-024",
                        "ceiling",
                        f"{decimal_text(options.ceiling)} % is above the ceiling of {chosen.id} ({limit}): "
                        "say why with --because or --reason",
                    )
                )
            why = "; ".join(filter(None, (options.because and options.because.words, options.stated.reason)))
            text = f"ceiling {decimal_text(options.ceiling)} %, above that of {chosen.id}; reason: {why}"
            cautions.append(Caution("TAPER-122", text, mark=f"Ceiling raised: {text}"))
    asked = options.percent
    most = changed.ceiling.percent
    if asked is not None and most is not None and asked > most:
        cautions.append(
            Caution(
                "TAPER-126",
                f"{decimal_text(asked)} % is asked for, but no step takes off more than the ceiling of "
                f"{decimal_text(most)} % of the current dose; a higher one needs --ceiling and --because",
            )
        )
    return changed, tuple(words)


def target_of(course: Course, options: TaperOptions, table: FactorTable) -> Fraction:
    """Where a course ends, in its total. Raises ``PlanningStops`` for a target that does not fit or is above it."""
    asked = options.target
    if asked is None or not asked.value:
        return Fraction(0)
    unit = course.total_unit
    wanted = day_amount(asked)
    if wanted.unit.dimension is not unit.dimension:
        raise PlanningStops(
            Problem("TAPER-024", "target", f"the target {asked} does not fit the day's total, which is in {unit.value}")
        )
    value = wanted.to(unit).value
    amounts = tuple(track.daily for track in course.tracks)
    now = mme_over(course.tracks, table)(amounts) if unit is Unit.MME_PER_D else sum(amounts, Fraction(0))
    if now is not None and value > now:
        raise PlanningStops(
            Problem(
                "TAPER-024", "target", f"the target {wanted} is above the present {Amount(now, unit)}; nothing rises"
            )
        )
    return value
