"""The 12 recommendations of CDC 2022: for each, whether it speaks about this case, why, or which fact is lacking.

A recommendation that applies asks for thought; none of them is a reason to lower an opioid at a fixed dose. Fifty
MME/d is where benefit and risk are weighed again, not where a taper begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from attrs import frozen

from medsteward.advice.case.recommendation_facts import Fact, View
from medsteward.advice.case.recommendation_list import STATED, StatedRecommendation
from medsteward.bibliography import cite
from medsteward.caches import remembered
from medsteward.model.amount import Amount
from medsteward.model.missing import Missing
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.patient.picture import Picture
from medsteward.reminders.done import read_done
from medsteward.reminders.monitoring import ADULT_AGE
from medsteward.reminders.places import CDC_2022
from medsteward.reminders.risks import Risk, risks_of

LOGIC = cite("CDC-CDS-2025", "functional description")
"""The published lines we follow, but for its taper logic at 90 MME, which contradicts the recommendation itself."""


class Applies(Enum):
    """Whether a recommendation speaks about the case now."""

    __hash__ = object.__hash__  # its members are single objects, and this is asked for in every case

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    OUT_OF_SCOPE = "out_of_scope"


@frozen(cache_hash=True)
class Recommendation:
    """One recommendation held against a case.

    ``about`` is what it is about in our words, ``category`` and ``evidence`` its grading. ``because`` are the facts
    that decide; ``missing`` the facts that would. ``asks`` is what it asks for.
    """

    number: int
    about: str
    category: str
    evidence: int
    applies: Applies
    because: tuple[str, ...]
    missing: tuple[Missing, ...]
    asks: str
    sources: tuple[Source, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The facts that would decide, in words."""
        return tuple(each.text for each in self.missing)


def recommendations(
    case: Case,
    *,
    mme: Amount | None = None,
    mme_complete: bool = True,
    mme_if_all: Amount | None = None,
    mme_for_pain: Amount | None = None,
) -> tuple[Recommendation, ...]:
    """The 12 recommendations for a case on its day.

    ``mme`` is the day's MME in MME/d (None: not known), ``mme_for_pain`` that of the opioids that are surely for pain
    alone (None: the same). ``mme_if_all`` is the higher figure where lines may be one prescription: no recommendation
    rests on it alone.
    """
    picture = Picture(case, mme=mme, mme_complete=mme_complete, mme_if_all=mme_if_all)
    return recommendations_of(picture, risks_of(picture), mme_for_pain=mme_for_pain)


def recommendations_of(
    picture: Picture, risks: Mapping[Risk, str], *, mme_for_pain: Amount | None = None
) -> tuple[Recommendation, ...]:
    """The same where the picture of the case and its ``risks`` are ready."""
    view = View(picture, read_done(picture.case), risks, picture.mme if mme_for_pain is None else mme_for_pain)
    outside = _outside(picture)
    known: dict[Callable[[View], Fact], Fact] = {}
    return tuple([_held(stated, view, outside, known) for stated in STATED])


def _held(
    stated: StatedRecommendation, view: View, outside: str | None, known: dict[Callable[[View], Fact], Fact]
) -> Recommendation:
    """One of them; ``known`` are the facts that others asked for before."""
    if outside is not None:
        return _recommendation(stated, Applies.OUT_OF_SCOPE, (outside,), ())
    because: list[str] = []
    missing: dict[Missing, None] = {}
    applies = Applies.YES
    for fact in stated.facts:
        found = known.get(fact)
        if found is None:
            found = known[fact] = fact(view)
        if found.holds is False:  # it decides alone, whatever else is known
            return _recommendation(stated, Applies.NO, (found.text,), ())
        if found.holds:
            because.append(found.text)
            continue
        applies = Applies.UNKNOWN
        if found.missing is not None:
            missing[found.missing] = None
    return _recommendation(stated, applies, tuple(because), tuple(missing))


@remembered(4096)
def _recommendation(
    stated: StatedRecommendation, applies: Applies, because: tuple[str, ...], missing: tuple[Missing, ...]
) -> Recommendation:
    """Held against one patient it is mostly as it was for another."""
    return Recommendation(
        number=stated.number,
        about=stated.about,
        category=stated.category,
        evidence=stated.evidence,
        applies=applies,
        because=because,
        missing=missing,
        asks=stated.asks,
        sources=(CDC_2022.at(f"Recommendation {stated.number}"), LOGIC),
    )


def _outside(picture: Picture) -> str | None:
    """Why the guideline does not speak about this case at all."""
    if picture.patient.age is not None and picture.patient.age < ADULT_AGE:
        return "under 18"
    if picture.is_outside is not None:
        return picture.is_outside.value
    return "inpatient" if "inpatient" in picture.contexts else None
