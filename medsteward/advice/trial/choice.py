"""Which ramp and which ceiling of a declared trial are this patient's, and what can be dispensed for them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.drugs.index import drugs
from medsteward.drugs.matching import products_of
from medsteward.model.amount import Amount
from medsteward.model.drug import ListedProduct
from medsteward.model.problem import Problem
from medsteward.model.source import Source
from medsteward.model.unit import Unit
from medsteward.patient.kidneys import KidneyFunction
from medsteward.patient.picture import Picture
from medsteward.schedules.supply import DAILY_UNITS, Supply, Track
from medsteward.schedules.trial import Stage
from medsteward.treatments.limited import Ceiling, ceilings_of, limits_of_trial, uses_of
from medsteward.treatments.pain import PainKind
from medsteward.treatments.trial import TrialDrug, Who

SITES = {
    "lower limb": ("knee", "ankle", "foot", "feet", "toe", "lower limb", "leg"),
    "upper limb": ("elbow", "wrist", "hand", "finger", "thumb", "upper limb"),
}
"""Joints by the limb whose dose holds."""
NOT_STUDIED = ("spine", "back", "neck", "hip", "shoulder")
_HAIR = Fraction(1, 1000)


@frozen
class For:
    """For whom and for what a trial is: the picture of the case, the site, whose table is used, and the pain.

    Ramps and ceilings go by fields and conditions, never by goal or reason, and by the low end of kidney function.
    """

    picture: Picture
    site: str
    label: str
    pain: PainKind | None = None

    @property
    def uses(self) -> frozenset[str]:
        """What it is for, in the words of the dose limits."""
        return uses_of(self.picture, self.pain, self.site)


@frozen
class Chosen:
    """The stages for a patient, where they come from, and every ceiling that fits, the lowest first.

    ``of_some``: the ramp is chosen by age, kidneys, liver or a condition of the patient.
    """

    stages: tuple[Stage, ...]
    sources: tuple[Source, ...]
    ceilings: tuple[Ceiling, ...]
    of_some: bool = False

    @property
    def ceiling(self) -> Ceiling:
        """The one that holds."""
        return self.ceilings[0]


def trial_for(picture: Picture, *, site: str, label: str, pain: PainKind | None = None) -> For:
    """What decides, from a case on its day. A range of kidney function is taken at its low end."""
    kidney = picture.kidney
    if kidney is not None and kidney.low != kidney.high:
        picture = picture.with_kidney(kidney.low)
    return For(picture, site, label, pain)


def limb_of(site: str) -> str | None:
    """The limb of a joint; None: not one that is known."""
    said = site.casefold()
    return next((limb for limb, joints in SITES.items() if any(joint in said for joint in joints)), None)


def fits(who: Who, whom: For) -> bool:
    """Whether every test that is set holds. What is not known holds no test."""
    return who.site in ("", whom.site) and who.label in ("", whom.label) and who.when.test(whom.picture) is True


def chosen_for(declared: TrialDrug, whom: For) -> Chosen | Problem:
    """The first ramp that fits, kept under the lowest ceiling that fits."""
    ceilings = ceilings_for(declared, whom)
    ramp = next((each for each in declared.ramps if fits(each.who, whom)), None)
    if ramp is None or not ceilings:
        return Problem("TRIAL-006", "", f"{declared.title}: nothing that was read fits what is stated")
    most = ceilings[0].amount
    stages = tuple(stage for stage in ramp.stages if daily(stage) <= most)
    if not stages:
        unit = DAILY_UNITS[declared.unit]
        text = (
            f"{declared.title}: the ceiling here is {Amount(most, unit)} ({ceilings[0].words}), below the first dose "
            "of any ramp that was read"
        )
        return Problem("TRIAL-008", "patient", text)
    return Chosen(stages, ramp.sources, ceilings, _is_of_some(ramp.who))


def ceilings_for(declared: TrialDrug, whom: For) -> tuple[Ceiling, ...]:
    """Every ceiling that fits a patient, the lowest first."""
    return ceilings_of(declared, limits_of_trial(declared, whom.picture, whom.uses, whom.label))


def _is_of_some(who: Who) -> bool:
    return who.age_from is not None or bool(who.limit or who.conditions)


def daily(stage: Stage) -> Fraction:
    """What a stage takes in a day."""
    return sum((amount for _, amount in stage.doses), Fraction(0))


def stage_problem(declared: TrialDrug, whom: For, kidney: KidneyFunction | None) -> Problem | None:
    """Where only a stage of kidney disease is known and the trial differs within it: the number is asked for."""
    if kidney is None or kidney.low == kidney.high:
        return None
    ends = (kidney.low, kidney.high - _HAIR)
    low, high = (chosen_for(declared, evolve(whom, picture=whom.picture.with_kidney(each))) for each in ends)
    same = (
        isinstance(low, Chosen)
        and isinstance(high, Chosen)
        and low.stages == high.stages
        and low.ceiling.amount == high.ceiling.amount
    )
    if same:
        return None
    return Problem(
        "TRIAL-006",
        "patient.egfr",
        f"{declared.title} depends on the kidneys: {kidney} is not enough; give eGFR or CrCl",
    )


# --- what can be dispensed --------------------------------------------------------------------------------------


def track_of(declared: TrialDrug, stages: Iterable[Stage], *, split: bool = False) -> Track:
    """The drug at the doses of the last stage that has any, out of the listed products."""
    last = [stage.doses for stage in stages if stage.doses][-1]
    drug = drugs()[declared.drug]
    return Track(
        drug=declared.drug,
        drug_class=drug.drug_class,
        route=declared.route,
        form=declared.form,
        release=declared.release,
        unit=declared.unit,
        doses=last,
        supplies=_supplies(declared, split),
        written=declared.title,
    )


def _supplies(declared: TrialDrug, split: bool) -> tuple[Supply, ...]:
    found: dict[Fraction, Supply] = {}
    for listed in products_of(frozenset({declared.drug})):
        strength = _strength(listed, declared)
        if (
            strength is None
            or (declared.strengths and strength not in declared.strengths)
            or listed.product.unit is None
        ):
            continue
        counted = declared.unit in (Unit.G, Unit.PATCH)
        may_be_split = declared.form == "tablet" and declared.release == "IR" and listed.splittable != "no"
        found.setdefault(
            strength,
            Supply(
                product=listed.product.listed or declared.drug,
                strength=Fraction(1) if counted else strength,
                unit=listed.product.unit,
                part=Fraction(1, 2) if split and may_be_split else Fraction(1),
                schedule=listed.schedule,
                brands=listed.brands,
                may_be_split=may_be_split,
            ),
        )
    return tuple(found[strength] for strength in sorted(found))


def _strength(listed: ListedProduct, declared: TrialDrug) -> Fraction | None:
    product = listed.product
    same = (product.route, product.form, product.release) == (declared.route, declared.form, declared.release)
    other_salt = declared.unit is not Unit.G and " sodium" in (product.listed or "")
    if not same or len(product.components) > 1 or "[" in (product.listed or "") or other_salt:
        return None
    strength = product.components[0].strength
    if strength is None:
        return None
    return strength.value if strength.unit is Unit.PERCENT else strength.to(Unit.MG).value
