"""What the lists of supports share: the taper they stand beside, and how a support is put together."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from medsteward.advice.plan.report import Support
from medsteward.bibliography import cite
from medsteward.drugs.index import drug_of, find
from medsteward.interactions.offer import Fit, Offers
from medsteward.model.point import Point
from medsteward.model.source import Source, Standing
from medsteward.patient.picture import Picture
from medsteward.reminders import places as s
from medsteward.treatments.against import Found, Weighed


@frozen
class Tapered:
    """The case, everything that is tapered in it, and whether the steps are short."""

    picture: Picture
    names: tuple[str, ...]
    offers: Offers
    fast: bool

    def lowers(self, *ingredients: str) -> bool:
        """Whether one of these, or another drug of its class, is under the taper."""
        classes = {drug_of(name).drug_class for name in ingredients if find(name) is not None}
        return any(
            name in ingredients or (drug_of(name).drug_class in classes and name not in OWN_LIST) for name in self.names
        )


THE_CASE = cite("OURS", "the case itself")
"""Of a remark about the case: it is not listed among the sources."""


def shown(point: Point) -> str:
    """A fact with its standing, unless it is verified."""
    if point.source is THE_CASE or point.source.standing is Standing.VERIFIED:
        return point.text
    return f"{point.text} ({point.source.standing.words})"


def support(
    kind: str, consider: str, *points: Point, sources: Iterable[Source] = (), against: Iterable[Found] = ()
) -> Support:
    """A support with its points as they are shown, and every source once."""
    return Support(
        kind,
        consider,
        tuple(shown(point) for point in points),
        tuple(dict.fromkeys([*sources, *(point.source for point in points if point.source is not THE_CASE)])),
        tuple(against),
    )


def limits_of(weighed: Weighed, lead: str = "") -> tuple[Point, ...]:
    """What speaks against something, as points, and what is not known."""
    found = [Point("against", f"{lead}{each.words}", each.source) for each in weighed.found]
    found += [Point("unknown", f"{lead}{ask.name} is missing: check it first", THE_CASE) for ask in weighed.unknown]
    return tuple(found)


@frozen
class Names:
    """The names of what is offered: what fits, and what a major reason speaks against."""

    fit: list[str] = field(factory=list)
    major: list[str] = field(factory=list)

    def take(self, name: str, weighed: Weighed) -> bool:
        """Put an offer where it belongs; False: it is left out."""
        if weighed.fit is not Fit.LEFT_OUT:
            (self.major if weighed.fit is Fit.MAJOR_REASON else self.fit).append(name)
        return weighed.fit is not Fit.LEFT_OUT

    def after(self) -> str:
        """What comes after those that fit."""
        if not self.major:
            return ""
        return (
            f" Only where none of these fits, and after weighing the major risk named below: {', '.join(self.major)}."
        )


OWN_LIST = ("clonidine", "lofexidine", "baclofen")
"""Drugs that bring a list by their name, not by their class."""

EASES_WITHDRAWAL = s.SEED.at("clonidine or lofexidine, sleep and hydration when withdrawal is expected")
