"""What a line says of the product, held against the products that exist."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.caches import remembered
from medsteward.drugs.matching import Description, Match, is_known_combination, match
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.product import Product
from medsteward.model.sig import Dose
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.kinds import (
    Concentration,
    FormPhrase,
    Percent,
    Release,
    Route,
    Strengths,
    UnitAlone,
)
from medsteward.readers.directions.naming import Naming, is_opioid
from medsteward.readers.directions.notes import Notes
from medsteward.readers.directions.offers import in_amount, in_strengths
from medsteward.readers.directions.pairs import STRENGTH_ALONE
from medsteward.readers.directions.plausible import SOLIDS
from medsteward.readers.directions.understood import Understood

_NEVER_COUNTED = frozenset({"solution", "suspension", "gel", "cream", "ointment", "patch", "nasal spray"})
"""Forms of which nobody takes tablets, capsules and the like."""


_SWALLOWED_BY_NOBODY = frozenset({"suppository", "nasal spray", "patch"})


def description(found: Phrases, named: Naming, understood: Understood, notes: Notes) -> Description:
    """What the line says of the product, as far as it says it."""
    strengths = understood.strengths
    stated = found.first(Percent)
    percent = None if stated is None else stated.strength
    if percent is not None and is_opioid(named.ingredients):
        notes.problem("UNIT-001", f"{percent} is no strength of an opioid here; write mg, mcg or mg/mL")
    elif percent is not None and not strengths:
        strengths = (percent,)
    form = _one([phrase.form for phrase in found.all(FormPhrase)], notes, "forms")
    counted = _counted_unit(found, understood, notes)
    if form in _NEVER_COUNTED and counted is not None and counted.dimension in SOLIDS:
        notes.problem("DIR-007", f"{counted.counted(Fraction(2))} of a {form}? Keep the form that is meant")
    if form is None and counted is not None:
        form = counted.value
    measured = {strength.unit.dimension for strength in strengths}
    if Dimension.RATE in measured:
        worn = form == "film" and any(phrase.route == "transdermal" for phrase in found.all(Route))
        if form not in (None, "patch") and not worn:  # a transdermal film is a patch by an older name
            notes.problem("UNIT-001", f"a strength per hour belongs to a patch, not to a {form}")
        form = "patch"
    if form is None and Dimension.CONCENTRATION in measured:
        form = None if _is_injected(found) else "solution"
    route = _route(found, form, notes)
    release = _one([phrase.release for phrase in found.all(Release)], notes, "kinds of release")
    if not strengths and form is not None and form not in ("solution", "suspension"):
        strengths = _dose_as_strength(understood)
        understood.strengths = strengths
    if not strengths and not _has_oral(named.ingredients):
        strengths = _dose_as_strength(understood)
    route = route or (named.route if named.route != "transdermal" or form in (None, "patch") else None)
    return Description(named.ingredients, named.brand, form, route, release or named.release, strengths)


def _route(found: Phrases, form: str | None, notes: Notes) -> str | None:
    routes = [phrase.route for phrase in found.all(Route)]
    said = set(routes)
    if said == {"oral", "sublingual"}:
        notes.caution("DIR-107", "by mouth or under the tongue: counted as by mouth")
        return "oral"
    if said == {"topical"} and form == "patch":
        return None
    if form in _SWALLOWED_BY_NOBODY and "oral" in said:
        notes.problem("DIR-007", f"a {form} is not taken by mouth; keep the form or the route that is meant")
    return _one(routes, notes, "routes")


def _one(stated: Sequence[str], notes: Notes, what: str) -> str | None:
    """The one form, route or release that is stated. A longer form word holds a shorter one."""
    said = list(dict.fromkeys(stated))
    if not said:
        return None
    said = [each for each in said if not any(other != each and other.endswith(f" {each}") for other in said)]
    if len(said) > 1:
        notes.problem("DIR-007", f"this line names several {what}: {', '.join(said)}")
    return said[0]


_ALIKE = {Unit.ACTUATION: Unit.SPRAY}


def _counted_unit(found: Phrases, understood: Understood, notes: Notes) -> Unit | None:
    """The unit that doses are counted in, or that stands alone as a form: tablet, patch, spray. One only."""
    said = [phrase.unit for phrase in found.all(UnitAlone)]
    said += [p.dose.low.unit for p in understood.takings if isinstance(p.dose, Dose) and p.dose.low.unit.is_count]
    distinct = list(dict.fromkeys(_ALIKE.get(unit, unit) for unit in said))
    if len(distinct) > 1:
        names = " and ".join(unit.counted(Fraction(2)) for unit in distinct)
        notes.problem("DIR-007", f"this line speaks of {names}; keep the form that is meant")
    return distinct[0] if distinct else None


def _is_injected(found: Phrases) -> bool:
    return any(phrase.route in ("parenteral", "epidural") for phrase in found.all(Route))


def _has_oral(ingredients: tuple[str, ...]) -> bool:
    return match(Description(ingredients)).product.route == "oral"


def _dose_as_strength(understood: Understood) -> tuple[Amount, ...]:
    """The one mass a line states, where it may be the product's strength as well as the dose."""
    masses = {
        (p.dose.low, p.dose.high)
        for p in understood.takings
        if isinstance(p.dose, Dose) and p.dose.low.unit.dimension is Dimension.MASS
    }
    if len(masses) == 1:
        low, high = masses.pop()
        return (low,) if low == high else ()
    return ()


@remembered(1024)
def _remark_of(matched: Match) -> tuple[str, str]:
    """The code and the text of what is said of every product that fits; empty where that is nothing, or differs."""
    remarks = {(p.remark_code, p.remark) for p in matched.fits or matched.alike}
    return remarks.pop() if len(remarks) == 1 else ("", "")


def check_match(said: Description, matched: Match, understood: Understood, notes: Notes) -> None:
    """Note a strength that no product has, or that is off by a thousand, or stands in the wrong order."""
    code, remark = _remark_of(matched)
    if code:
        notes.caution(code, remark)
    name = " with ".join(said.ingredients)
    if matched.swapped is not None:
        right = "/".join(decimal_text(each.value) for each in matched.swapped)
        text = f"the strengths do not stand in the order of the names; {name} is made as {right}"
        stated_order = tuple(decimal_text(each.value) for each in said.strengths)
        notes.offer("DIR-007", in_strengths(stated_order), (right,), lambda held: text)
    elif matched.thousandfold is not None:
        stated = said.lead_strength
        text = f"no {name} product has {stated}; one has {matched.thousandfold}. Check the unit"
        notes.offer("UNIT-002", in_amount(stated), (str(matched.thousandfold),), lambda held: text)
    elif said.strengths and understood.strengths and not matched.fits:
        _unlisted(said, matched, notes)
    if said.form != "patch" or not said.strengths:
        return
    lead = said.lead
    rates = {
        c.strength.unit
        for p in matched.alike
        for c in p.product.components
        if c.ingredient == lead and c.strength is not None
    }
    if rates == {Unit.MCG_PER_H}:
        strength = said.strengths[0]
        if strength.unit.dimension is Dimension.MASS:
            number = decimal_text(strength.value)
            text = f"a {lead} patch is written by its rate in mcg/h, not by {strength.unit.value}"
            notes.offer(
                "UNIT-001",
                in_amount(strength),
                (f"{number} mcg/h",),
                lambda held: f'{text}; write "{held[0]}" if that is meant' if held else text,
            )


def order_of_brand(said: Description) -> tuple[Amount, ...]:
    """The strengths beside a brand in the order of its ingredients, which it names in none: "Tylenol #3 300-30".

    Empty where the order is not sure: one is made, or the opioid's is listed and the other is far above it.
    """
    matched = match(evolve(said, form=None, route=None, release=None))
    if matched.fits or matched.swapped is not None:
        return matched.swapped or ()
    if len(said.strengths) != 2 or len(said.ingredients) != 2:
        return ()
    at = said.ingredients.index(said.lead)
    stated, other = said.strengths[at], said.strengths[1 - at]
    components = [c for p in matched.alike for c in p.product.components if c.ingredient == said.lead]
    listed = {component.strength for component in components}
    if stated in listed or other not in listed or stated.value < STRENGTH_ALONE:
        return ()
    return tuple(reversed(said.strengths))


def _unlisted(said: Description, matched: Match, notes: Notes) -> None:
    from medsteward.drugs.sold_elsewhere import is_sold_elsewhere

    if is_sold_elsewhere(said):
        return
    shown = "/".join(str(each) for each in said.strengths)
    what = " ".join(filter(None, (said.brand or "/".join(said.ingredients), said.release, said.form)))
    if matched.alike:
        listed = _listed_strengths(said, matched)
        tail = f"; listed are {', '.join(listed)}" if listed else ""
        notes.caution("PROD-101", f"no listed {what} has {shown}{tail}. It was counted as written")
    elif is_opioid(said.ingredients) and is_known_combination(frozenset(said.ingredients)):
        notes.caution("PROD-101", f"no {what} is in our list. It was counted as written")


def _listed_strengths(said: Description, matched: Match) -> list[str]:
    lead = said.lead
    strengths = {
        component.strength
        for listed in matched.alike
        for component in listed.product.components
        if component.ingredient == lead and component.strength is not None
    }
    ordered = sorted(strengths, key=lambda amount: (amount.unit.value, amount.value))
    return [str(each) for each in ordered[:12]]


def with_volume(product: Product, found: Phrases) -> Product:
    """The product with the volume for which the line writes its strength: 5 mL for 10 mg/5 mL."""
    if not found.has(Concentration, Strengths):
        return product
    stated = (phrase.volume for phrase in found if isinstance(phrase, Concentration | Strengths))
    volume = next((each for each in stated if each is not None), None)
    if volume is None or volume.unit.dimension is not Dimension.VOLUME:
        return product
    return evolve(product, per_ml=volume.to(Unit.ML).value)


def check_number_of_brand(said: Description, matched: Match, named: Naming, notes: Notes) -> None:
    """Ask about "Tylenol #4 30 mg": the number of a brand stands for a strength, and another one is written."""
    if said.brand is None or not said.strengths or not any(character.isdigit() for character in said.brand):
        return
    holds = brand_strengths(named, match(Description(said.ingredients, said.brand)))
    if not holds:
        return
    meant = evolve(said, strengths=holds).lead_strength
    written = evolve(said, strengths=matched.swapped or said.strengths).lead_strength
    if meant != written:
        asked = f"{said.brand} holds {meant} of {said.lead}, and {written} is written; write the one that is meant"
        notes.problem("DIR-007", asked)


def brand_strengths(named: Naming, matched: Match) -> tuple[Amount, ...]:
    """The strengths that a brand with a number stands for, where just one listed product bears it."""
    if len(matched.alike) != 1:
        return ()
    by_name = {c.ingredient: c.strength for c in matched.alike[0].product.components}
    strengths = [by_name.get(name) for name in named.ingredients]
    return tuple(each for each in strengths if each is not None)
