"""PR away from the name of a drug: prolonged release, or the rectum. The products tell, else it is asked about."""

from __future__ import annotations

from medsteward.drugs.matching import Description, match, same_strength
from medsteward.model.drug import ListedProduct
from medsteward.model.unit import Dimension
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.kinds import (
    FormPhrase,
    MeasurePhrase,
    Often,
    Phrase,
    Release,
    ReleaseOrRoute,
    Route,
    UnitAlone,
)
from medsteward.readers.directions.naming import Naming, is_opioid
from medsteward.readers.directions.notes import Notes
from medsteward.thresholds import whole

_SWALLOWED = frozenset({"tablet", "capsule"})
_MOST_TIMES = whole("prolonged_release_times")
"""Times a day that a product which lets go slowly is taken at most."""


def with_release_or_route(found: Phrases, named: Naming, notes: Notes) -> Phrases:
    """The phrases of a line with each PR read as what it is; a problem where products are made for both."""
    if not found.has(ReleaseOrRoute):
        return found
    meant = _meant(found, named)
    if meant is None:
        name = named.brand or " with ".join(named.ingredients)
        notes.problem("DIR-007", f'"pr" of {name}: prolonged release (write "ER") or the rectum (write "rectally")?')
    release = meant == "ER" and not found.has(Release)
    return Phrases(_read(phrase, meant, release) if isinstance(phrase, ReleaseOrRoute) else phrase for phrase in found)


def _read(phrase: Phrase, meant: str | None, release: bool) -> Phrase:
    if meant != "ER":
        return Route(phrase.text, "rectal", bracketed=phrase.bracketed)
    return Release(phrase.text, "ER", bracketed=phrase.bracketed)


def _meant(found: Phrases, named: Naming) -> str | None:
    """``ER`` or ``rectal``; None where both are made in that form and strength, or neither is known."""
    if not is_opioid(named.ingredients):
        return "rectal"  # of acetaminophen and the like suppositories are sold that our list does not hold
    forms = {phrase.form for phrase in found.all(FormPhrase)} | {phrase.unit.value for phrase in found.all(UnitAlone)}
    forms |= {each.low.unit.value for each in found.all(MeasurePhrase) if each.low.unit.is_count}
    if "suppository" in forms or found.has(Release):
        return "rectal"
    slow = match(Description(named.ingredients, named.brand, None, None, "ER")).alike
    through = match(Description(named.ingredients, named.brand, None, "rectal")).alike
    if _too_often(found):
        slow = ()  # nobody takes these every 4 hours
    if found.has(Route) or not forms.isdisjoint(_SWALLOWED):
        through = ()
    if slow and through:
        slow, through = _of_strengths(slow, found), _of_strengths(through, found)
    if bool(slow) == bool(through):
        return None
    return "ER" if slow else "rectal"


def _too_often(found: Phrases) -> bool:
    return any(often.times.high > _MOST_TIMES for often in found.all(Often))


def _of_strengths(listed: tuple[ListedProduct, ...], found: Phrases) -> tuple[ListedProduct, ...]:
    """The products of a mass that the line states."""
    said = [each.low for each in found.all(MeasurePhrase) if each.low.unit.dimension is Dimension.MASS]
    return tuple(
        each
        for each in listed
        if any(same_strength(component.strength, mass) for component in each.product.components for mass in said)
    )
