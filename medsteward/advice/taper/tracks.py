"""Medication lines to what a taper starts from: doses at times of the day, and the products that exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil

from attrs import evolve

from medsteward.advice.taper.track_supplies import (
    Making,
    alike_products,
    as_rate,
    fewest_times,
    floor_of,
    least_of,
    patch_unit,
    present,
    strength_in,
    supplies_of,
    too_often_for_er,
    worn_together,
)
from medsteward.doses.daily import daily_doses
from medsteward.drugs.index import drug_of
from medsteward.drugs.matching import products_of
from medsteward.model.amount import Amount
from medsteward.model.drug import ListedProduct
from medsteward.model.problem import Problem
from medsteward.model.product import Component, Product
from medsteward.model.regimen import Line, Regimen
from medsteward.model.sig import Sig, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.schedules.moment import CLOCK_HOURS, MOST_TIMES, Moment, moment_named, moments_for
from medsteward.schedules.supply import Track, day_amount


def tracks_of(lines: Sequence[tuple[int, Line]], making: Making) -> tuple[tuple[Track, ...], tuple[Problem, ...]]:
    """The tracks of numbered lines; lines of the same product are one track. What cannot be planned is a problem."""
    found: list[Track] = []
    problems: list[Problem] = []
    for number, line in lines:
        track = _track(line, making, stated_for(line, lines, making))
        if isinstance(track, Problem):
            problems.append(evolve(track, where=f"line {number}"))
        else:
            _join(found, track)
    return tuple(found), tuple(problems)


def joined(tracks: Iterable[Track]) -> tuple[Track, ...]:
    """Tracks in their order, those of one product together."""
    found: list[Track] = []
    for track in tracks:
        _join(found, track)
    return tuple(found)


def _join(found: list[Track], track: Track) -> None:
    """Add a track, or its doses to the one of the same drug, form and release."""
    for place, other in enumerate(found):
        same = (other.drug, other.route, other.form, other.release) == (
            track.drug,
            track.route,
            track.form,
            track.release,
        )
        if same and other.supplies == track.supplies:
            doses = dict(other.doses)
            for time, amount in track.doses:
                doses[time] = doses.get(time, Fraction(0)) + amount
            merged = tuple(sorted(doses.items(), key=lambda dose: dose[0].hour))
            present = other.present if other.present == track.present else None
            written = f"{other.written}\n{track.written}"
            found[place] = evolve(other, doses=merged, present=present, written=written)
            return
    found.append(track)


def stated_for(line: Line, lines: Sequence[tuple[int, Line]], making: Making) -> Amount | Problem | None:
    """What is stated to be really taken a day on a line, or None where its directions alone say it.

    Stated actual use is of a drug. Beside another line of it that leaves the dose open, exact directions stand as they
    are; two open lines of one drug cannot share a figure, which is a problem.
    """
    regimen = line.regimen
    if regimen is None:
        return None
    drug = _lead(line)
    stated = dict(making.taken_per_day).get(drug)
    if stated is not None and stated.unit in (Unit.TABLET, Unit.CAPSULE):
        component = next(each for each in regimen.product.components if each.ingredient == drug)
        mass = _mass(stated, component, Unit.MG)
        if mass is None:
            return Problem("DIR-002", "", f"the strength of {drug} is missing, so {stated} cannot be counted; add it")
        stated = Amount(mass, Unit.MG)
    alike = [each for _, each in lines if each.regimen is not None and _lead(each) == drug]
    open_lines = [each for each in alike if each.regimen is not None and is_open(each.regimen.sig)]
    if stated is not None and len(alike) > 1:
        if len(open_lines) != 1:
            return Problem(
                "TAPER-021",
                "",
                f"{drug} stands on {len(alike)} lines, and {stated} does not say how much of it is each one's; write "
                "quantity and days' supply on each line, or exact directions",
            )
        stated = stated if line is open_lines[0] else None
    if stated is None and regimen.sig.as_needed:
        component = next(each for each in regimen.product.components if each.ingredient == drug)
        return _expected(regimen, component)
    return stated


def _lead(line: Line) -> str:
    assert line.regimen is not None
    return line.regimen.product.lead


def is_open(sig: Sig) -> bool:
    """Whether directions leave open how much is taken: as needed, or a range."""
    spans = [(taking.dose, taking.times_per_day) for taking in sig.takings]
    return sig.as_needed or any(
        (dose is not None and dose.low != dose.high) or (times is not None and times.low != times.high)
        for dose, times in spans
    )


def over_directions(line: Line, stated: Amount) -> Amount | None:
    """The most that the directions of a line allow a day, where what is stated as taken is more than that."""
    if line.regimen is None:
        return None
    drug = _lead(line)
    found = next((each.daily for each in daily_doses(line.regimen).ingredients if each.ingredient == drug), None)
    if found is None or found.maximum.unit.dimension is not Dimension.MASS_PER_DAY or not found.maximum.value:
        return None
    return found.maximum if day_amount(stated).to(found.unit).value > found.maximum.value else None


def _track(line: Line, making: Making, stated: Amount | Problem | None) -> Track | Problem:
    regimen = line.regimen
    if regimen is None:
        return Problem("DRUG-004", "", "no drug could be made out, so nothing can be planned")
    product = _by_mouth(regimen.product)
    lead = product.lead
    component = next(each for each in product.components if each.ingredient == lead)
    if product.form is None or product.route is None:
        return _form_is_missing(lead)
    alike = alike_products(product, lead, making)
    if product.form == "patch":
        component = as_rate(component, alike)
    unit = patch_unit(component) if product.form == "patch" else _dose_unit(component, alike)
    if isinstance(stated, Problem):
        return stated
    doses = _doses(regimen, component, unit, stated, lead)
    if isinstance(doses, Problem):
        return doses
    release = product.release or _only(each.product.release for each in alike) or too_often_for_er(alike, len(doses))
    if release is None and alike:
        return Problem(
            "DIR-010",
            "",
            f"{lead} {product.form}s are immediate-release or extended-release, which decides what can be dispensed; "
            "write IR or ER after the drug's name",
        )
    alike = tuple(each for each in alike_products(product, lead, making, len(doses)) if each.product.release == release)
    supplies = supplies_of(product, lead, release, alike, making)
    if not supplies:
        return Problem(
            "TAPER-020",
            "",
            f"no listed {' '.join(filter(None, (lead, release, product.form)))} can be dispensed; "
            "give what can be had with --products",
        )
    wear = _wear(regimen) if product.form == "patch" else None
    if isinstance(wear, Problem):
        return wear
    drug_class = drug_of(lead).drug_class
    least = least_of(product, lead, drug_class, alike)
    return Track(
        drug=lead,
        drug_class=drug_class,
        route=product.route,
        form=product.form,
        release=release,
        unit=unit,
        doses=doses,
        supplies=supplies,
        fewest_times=fewest_times(alike, len(doses)) if release == "ER" and product.form != "patch" else 1,
        ends_at_bedtime=release == "ER" and product.form != "patch" and may_end_at_bedtime(lead),
        wear_days=wear,
        written=line.written,
        present=present(product, component, lead, supplies),
        most_units=_most_units(doses, component, product, alike),
        worn_together=worn_together(lead, doses) if product.form == "patch" else (),
        least=least,
        floor=floor_of(product, doses, least, making),
    )


def may_end_at_bedtime(drug: str) -> bool:
    """Opioids, as for morphine (VA), and clonidine, whose label lowers by 0.1 mg: one tablet of the last two."""
    return drug == "clonidine" or drug_of(drug).drug_class.is_opioid_agonist


def _by_mouth(product: Product) -> Product:
    """The product, by mouth where its form is sold for that and nothing else is said, as everywhere."""
    if product.route is not None or product.form is None:
        return product
    names = frozenset(component.ingredient for component in product.components)
    oral = any(p.product.form == product.form and p.product.route == "oral" for p in products_of(names))
    return evolve(product, route="oral") if oral else product


def _form_is_missing(drug: str) -> Problem:
    forms = dict.fromkeys(
        " ".join(filter(None, (listed.product.release if listed.product.release == "ER" else "", listed.product.form)))
        for listed in products_of(frozenset({drug}))
    )
    named = ", ".join(forms) or "tablet, capsule, solution or patch"
    return Problem("DIR-010", "", f"the form of {drug} decides what can be dispensed ({named}); add it", tuple(forms))


def _only(values: Iterable[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _most_units(
    doses: Sequence[tuple[Moment, Fraction]], component: Component, product: Product, alike: Sequence[ListedProduct]
) -> Fraction | None:
    """As many units of a combination in one dose as now, so that its other ingredients never rise."""
    if component.strength is None or product.unit is Unit.ML or not any(len(p.product.components) > 1 for p in alike):
        return None
    return max(amount for _, amount in doses) / strength_in(component.strength)


# --- doses ------------------------------------------------------------------------------------------------------


def _dose_unit(component: Component, alike: Sequence[ListedProduct]) -> Unit:
    strengths = [component.strength] if component.strength is not None else []
    strengths += [
        each.strength
        for listed in alike
        for each in listed.product.components
        if each.ingredient == component.ingredient and each.strength is not None
    ]
    return Unit.MCG if strengths and strengths[0].unit is Unit.MCG else Unit.MG


def _doses(
    regimen: Regimen, component: Component, unit: Unit, stated: Amount | None, drug: str
) -> tuple[tuple[Moment, Fraction], ...] | Problem:
    sig = regimen.sig
    if stated is None and sig.as_needed:
        return Problem(
            "TAPER-021",
            "",
            f"{drug} is taken as needed, so what is really taken decides; "
            f'add it, as in --taken-per-day "{drug}=15 mg", or quantity and days\' supply',
        )
    if stated is None and (sig.daily_total is not None or not sig.takings):
        return Problem(
            "DIR-001", "", f"at which times of the day {drug} is taken decides; write it, as in 3 times daily"
        )
    if unit in (Unit.MCG_PER_H, Unit.MG_PER_D):
        return _worn(regimen, component)
    if stated is not None:
        return _spread(regimen, component, stated, unit, drug)
    doses: dict[Moment, Fraction] = {}
    for taking in sig.takings:
        placed = _placed(taking, component, unit, drug, len(sig.takings))
        if isinstance(placed, Problem):
            return placed
        for time, amount in placed:
            doses[time] = doses.get(time, Fraction(0)) + amount
    return tuple(sorted(doses.items(), key=lambda dose: dose[0].hour))


def _placed(
    taking: Taking, component: Component, unit: Unit, drug: str, takings: int
) -> list[tuple[Moment, Fraction]] | Problem:
    dose, times = taking.dose, taking.times_per_day
    if dose is None:
        return Problem("DIR-006", "", f"how much {drug} is taken each time is missing; add it, as in 1 tablet or 5 mg")
    if times is None:
        return Problem("DIR-001", "", f"how often {drug} is taken is missing; add it, as in 3 times daily")
    if dose.low != dose.high or times.low != times.high:
        return Problem(
            "TAPER-021",
            "",
            f"{drug} is written as a range, so what is really taken decides; "
            f'add it, as in --taken-per-day "{drug}=15 mg"',
        )
    amount = _mass(dose.high, component, unit)
    if amount is None:
        return Problem("DIR-002", "", f"the strength of {drug} is missing, so {dose} cannot be counted; add it")
    if taking.moments:
        try:
            return [(moment_named(moment), amount) for moment in taking.moments]
        except KeyError as unknown:
            return Problem(
                "TAPER-022",
                "",
                f"{drug} is taken at {unknown.args[0]}, and a plan places doses at {CLOCK_HOURS}; write one of these, "
                "or morning, noon, evening or bedtime",
            )
    number = times.high
    if number.denominator != 1 or number > MOST_TIMES:
        return Problem(
            "TAPER-022",
            "",
            f"{drug} is not taken one to {MOST_TIMES} times every day, so its doses cannot be placed; "
            "write the times of the day",
        )
    return [(moment, amount) for moment in moments_for(int(number))]


def _worn(regimen: Regimen, component: Component) -> tuple[tuple[Moment, Fraction], ...] | Problem:
    if component.strength is None or component.strength.unit.dimension not in (Dimension.RATE, Dimension.MASS_PER_DAY):
        return Problem(
            "DIR-002", "", f"the rate of the {component.ingredient} patch is missing; write it, as in 25 mcg/h"
        )
    patches = sum((taking.dose.high.value for taking in regimen.sig.takings if taking.dose), Fraction(0))
    return ((Moment.WORN, patches * strength_in(component.strength)),)


def _wear(regimen: Regimen) -> int | Problem:
    hours = regimen.sig.wear_hours.high if regimen.sig.wear_hours else regimen.product.wear_hours
    if not hours or Fraction(hours) % 24:
        return Problem("TAPER-022", "", "how many whole days a patch stays on is missing; write it, as in every 3 days")
    return int(Fraction(hours) / 24)


def _mass(dose: Amount, component: Component, unit: Unit) -> Fraction | None:
    if dose.unit.dimension is Dimension.MASS:
        return dose.to(unit).value
    strength = component.strength
    if strength is None:
        return None
    if dose.unit is Unit.ML:
        if strength.unit.dimension is not Dimension.CONCENTRATION:
            return None
        return Amount(dose.value * strength.to(Unit.MG_PER_ML).value, Unit.MG).to(unit).value
    return (strength * dose.value).to(unit).value if strength.unit.dimension is Dimension.MASS else None


def _expected(regimen: Regimen, component: Component) -> Amount | None:
    """What quantity and days' supply say is taken a day."""
    days = regimen.days_supply if regimen.days_supply is not None else regimen.sig.duration_days
    if regimen.quantity is None or not days:
        return None
    amount = _mass(regimen.quantity, component, Unit.MG)
    return None if amount is None else Amount(amount / days, Unit.MG_PER_D)


_MOST_AT_ONCE = 4
"""Doses of the directions that are taken at once at most where more is taken than directed: four units. Ours."""


def _spread(
    regimen: Regimen, component: Component, stated: Amount, unit: Unit, drug: str
) -> tuple[tuple[Moment, Fraction], ...] | Problem:
    """A day's amount in doses of the size that the directions give, as many as it fills."""
    per_day = stated if stated.unit.dimension is Dimension.MASS else Amount(stated.to(Unit.MG_PER_D).value, Unit.MG)
    total = per_day.to(unit).value
    sizes = [
        size
        for taking in regimen.sig.takings
        if taking.dose is not None and (size := _mass(taking.dose.high, component, unit))
    ]
    size = max(sizes, default=total)
    if not total:
        return Problem("TAPER-021", "", f"{drug} is stated as not taken at all, so there is nothing to lower")
    number = ceil(total / size)
    if number > MOST_TIMES * _MOST_AT_ONCE:
        most = MOST_TIMES * _MOST_AT_ONCE
        return Problem("TAPER-022", "", f"{stated} of {drug} would be more than {most} of its doses a day; check it")
    if number > MOST_TIMES:
        least, more = divmod(number, MOST_TIMES)
        amounts = [size * least] * (MOST_TIMES - more) + [size * (least + 1)] * more
        amounts[0] -= size * number - total
        return tuple(zip(moments_for(MOST_TIMES), sorted(amounts), strict=True))
    times = moments_for(number)
    amounts = [size] * (number - 1) + [total - size * (number - 1)]
    return tuple(zip(times, sorted(amounts), strict=True))
