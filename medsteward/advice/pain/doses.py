"""First dose and ceiling of an option for one patient: those for everybody, or what kidneys, liver, age and more set.

What is for everybody gives way to what holds here: a first dose or a ceiling above this patient's is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from medsteward.advice.trial.choice import Chosen, chosen_for, trial_for
from medsteward.limits.offered import OfferLimits
from medsteward.model.amount import Amount
from medsteward.model.point import Point
from medsteward.patient.picture import Picture
from medsteward.schedules.trial import Stage
from medsteward.treatments.limited import limits_of, limits_of_trial, on_dialysis, part_of, part_of_trial, uses_of
from medsteward.treatments.pain import PainKind
from medsteward.treatments.treatment import Treatment
from medsteward.treatments.trial import TrialDrug


@frozen
class DosesHere:
    """The first doses and ceilings of an option, as they are shown, and what dialysis adds."""

    first: tuple[Point, ...]
    ceiling: tuple[Point, ...]


def doses_here(treatment: Treatment, drugs: Sequence[str], picture: Picture, kind: PainKind) -> DosesHere:
    """The doses of the medicines of an option that are left, for one patient."""
    first: list[Point] = []
    ceiling: list[Point] = []
    dialysis: list[Point] = []
    own_first: set[str] = set()
    own_ceiling: set[str] = set()
    for drug in drugs:
        name = f"{drug}, " if len(drugs) > 1 else ""
        trial = next((each for each in treatment.trials if isinstance(each, TrialDrug) and each.drug == drug), None)
        part = part_of(drug) if trial is None else part_of_trial(trial)
        uses = uses_of(picture, kind)
        limits = limits_of(part, picture, uses) if trial is None else limits_of_trial(trial, picture, uses)
        here = _ceilings(name, limits)
        starts = _starts(name, limits, trial, picture, kind) if here or _is_own(trial, picture, kind) else ()
        starts = starts or _start_rows(name, limits)
        ceiling += here
        first += starts
        dialysis += [Point("ceiling", text, source) for text, source in on_dialysis(part, picture)]
        own_ceiling |= {drug} if here else set()
        own_first |= {drug} if starts else set()
    others_first = [each for each in drugs if each not in own_first]
    others_ceiling = [each for each in drugs if each not in own_ceiling]
    shown_first = treatment.first_of(others_first) if others_first or not drugs else ()
    shown_ceiling = treatment.ceiling_of(others_ceiling) if others_ceiling or not drugs else ()
    return DosesHere(
        (*first, *(Point("first dose", *each) for each in shown_first)),
        (*ceiling, *(Point("ceiling", *each) for each in shown_ceiling), *dialysis),
    )


def _ceilings(name: str, limits: OfferLimits) -> tuple[Point, ...]:
    several = len({each.text for each in limits.own}) > 1
    found = []
    for each in limits.own:
        use = f" in {each.use}" if several and each.use else ""
        worked_out = f", worked out from {each.held.worked_out}" if each.held.worked_out else ""
        text = f"{name}here ({', '.join(each.whom)}): at most {each.text}{use}{worked_out}"
        found.append(Point("ceiling", text, each.row.source))
    return tuple(dict.fromkeys(found))


def _chosen(trial: TrialDrug, picture: Picture, kind: PainKind) -> Chosen | None:
    site = next((each.who.site for each in trial.ramps if each.who.site), "")
    found = chosen_for(trial, trial_for(picture, site=site, label="us", pain=kind))
    return found if isinstance(found, Chosen) else None


def _is_own(trial: TrialDrug | None, picture: Picture, kind: PainKind) -> bool:
    """Whether the ramp of its trial is one of this patient, and not that of everybody."""
    if trial is None:
        return False
    chosen = _chosen(trial, picture, kind)
    return chosen is not None and chosen.of_some


def _starts(
    name: str, limits: OfferLimits, trial: TrialDrug | None, picture: Picture, kind: PainKind
) -> tuple[Point, ...]:
    """The first stage of this patient's ramp, or that no first dose fits under the ceiling."""
    if trial is None:
        return ()
    chosen = _chosen(trial, picture, kind)
    if chosen is None:
        if not limits.own:
            return ()
        text = f"{name}here: no first dose that was read is as low as the ceiling"
        return (Point("first dose", text, limits.own[0].row.source),)
    said = _said(chosen.stages[0], trial)
    return (Point("first dose", f"{name}here: begin with {said}", chosen.sources[0]),)


_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}


def _said(stage: Stage, trial: TrialDrug) -> str:
    """The doses of a first day: ``100 mg once daily (bedtime)``."""
    amounts = {amount for _, amount in stage.doses}
    when = ", ".join(moment.value for moment, _ in stage.doses)
    if len(amounts) > 1:
        return ", ".join(f"{Amount(amount, trial.unit)} ({moment.value})" for moment, amount in stage.doses)
    return f"{Amount(amounts.pop(), trial.unit)} {_TIMES[len(stage.doses)]} daily ({when})"


def _start_rows(name: str, limits: OfferLimits) -> tuple[Point, ...]:
    return tuple(
        Point("first dose", f"{name}here ({', '.join(each.whom)}): {each.row}", each.row.source)
        for each in limits.first
        if each.whom and not each.row.is_about_tolerance
    )
