"""A whole plan to look at where the line's own product makes none: out of halves, or another form of the same drug.

It waits for a choice, whatever its steps: nobody stated that the tablets are scored, and a product in place of another
is the prescriber's to choose. Its way among the alternatives is the command that makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.advice.plan.command import without_words
from medsteward.advice.taper.other_forms import form_words, listed_strength, other_forms
from medsteward.advice.taper.track_line import line_of
from medsteward.drugs.matching import products_of
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution
from medsteward.schedules.plan import NeedsChoice, Plan, Request, WhenStuck
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import Track

OTHER_PRODUCT = "TAPER-136"
"""The code of what is said of the products of such a plan."""
HALVES = "halves of scored tablets"
_HALF = Fraction(1, 2)
_LIQUID = ("solution", "suspension")


@frozen
class MadeWhole:
    """A plan out of other products, what is said of them, and what its way is called."""

    plan: Plan
    caution: Caution
    way: str


def made_whole(plan: Plan, plan_of: Callable[[Request], Plan | None]) -> MadeWhole | None:
    """A plan to the stop in place of one that has none; None: it is not wanted, or other products make none either.

    For a plan of one line that is to end at none. Halves come first, unless the half is sold whole in any form; then
    other forms, of a concentrate the weaker one. ``plan_of`` plans a request.
    """
    request = plan.request
    tracks = [track for course in request.courses for track in course.tracks]
    if len(tracks) > 1 or request.courses[0].target or request.hold or not isinstance(plan.outcome, NeedsChoice):
        return None
    if plan.steps and plan.steps[-1].kind is StepKind.STOP:
        return None
    asked = without_words(request.asked, "--when-stuck")
    for changed, said, way in _others(evolve(request, asked=asked, when_stuck=WhenStuck.ASK), tracks[0]):
        made = plan_of(changed)
        if made is not None and len(made.steps) > 1 and made.steps[-1].kind is StepKind.STOP:
            reason = made.outcome if isinstance(made.outcome, NeedsChoice) else plan.outcome
            caution = Caution(OTHER_PRODUCT, said, mark=f"Other products: {said}")
            return MadeWhole(evolve(made, outcome=reason), caution, way)
    return None


def _others(request: Request, track: Track) -> Iterator[tuple[Request, str, str]]:
    """The request with other products, the nearest to the line's own first, with what is said of it and its name."""
    course = request.courses[0]
    halved = tuple(evolve(each, part=_HALF) if each.may_be_split else each for each in track.supplies)
    if not request.split and halved != track.supplies and not _half_is_sold(track):
        asked = evolve(request.asked, options=(*request.asked.options, "--split"))
        changed = evolve(course, tracks=(evolve(track, supplies=halved),))
        said = "this plan takes halves of tablets, which fit only where the patient's are scored; ask the pharmacist"
        yield evolve(request, split=True, asked=asked, courses=(changed,)), said, HALVES
    if request.asked.source is not None:
        return  # the lines are those of a file
    found = sorted(other_forms(track, request), key=lambda each: (each.form in _LIQUID) is not (track.form in _LIQUID))
    for other in found:
        asked = evolve(request.asked, lines=(line_of(other, anew=True).written,))
        said = f"{track.supplies[0].product} makes no plan to a stop, so this one is made of {form_words(other)}"
        if track.form in _LIQUID:
            now, then = track.supplies[0].strength, other.supplies[0].strength
            said += (
                f". It is {decimal_text(now / then, 1)} times weaker: see that none of the stronger one is left at home"
            )
        yield evolve(request, asked=asked, courses=(evolve(course, tracks=(other,)),)), said, form_words(other)


def _half_is_sold(track: Track) -> bool:
    """Whether half of a strength of the line is sold whole, in any solid form of the drug."""
    sold = {
        listed_strength(each)
        for each in products_of(frozenset({track.drug}))
        if each.product.form not in _LIQUID and each.in_fda_ndc_2025 != "not found"
    }
    return any(supply.strength * _HALF in sold for supply in track.supplies)
