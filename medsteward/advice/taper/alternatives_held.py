"""Alternatives of a taper that name another product or medicine, held against the case by the rules."""

from __future__ import annotations

from functools import cached_property

from attrs import evolve

from medsteward.advice.plan.report import Alternative
from medsteward.advice.taper.track_line import line_of
from medsteward.interactions.offer import Fit, Offers
from medsteward.interactions.rule import Severity
from medsteward.model.drug import DrugClass
from medsteward.model.regimen import Case, Line
from medsteward.patient.picture import Picture
from medsteward.schedules.last_days import FLUOXETINE
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import Track
from medsteward.treatments.against import Effect, Offered, Weighed, weigh_offer


def buprenorphine(case: Case) -> Alternative:
    """The conversation about buprenorphine, held against the case; ``case`` is that of the plan's first day."""
    picture = Picture(case)
    weighed = weigh_offer((Offered("buprenorphine"),), (), picture, Offers(picture))
    note = (
        "a conversation rather than a plan: consider it where the dose does not help enough and lowering is hard; how "
        "to start it belongs with somebody who knows it"
    )
    if weighed.fit is Fit.LEFT_OUT:
        note = "not offered for this patient"
    return Alternative("buprenorphine", None, note="; ".join([note, *_in_a_word(weighed)]), against=weighed.found)


def fewer_days(plan: Plan) -> tuple[Alternative, ...]:
    """What may come between the smallest dose and its stop by a source, where the plan has none of it."""
    if not plan.steps or plan.steps[-1].kind is not StepKind.STOP or any(step.is_on_fewer_days for step in plan.steps):
        return ()
    tracks = [track for course in plan.request.courses for track in course.tracks]
    if any(track.drug_class is DrugClass.Z_DRUG for track in tracks):
        note = (
            "from the smallest dose on, nights without it before the stop (--last-days nights); trials that the "
            "deprescribing guideline of 2018 tells of did so"
        )
        return (Alternative("nights without it before the stop", None, note=note),)
    if any(track.drug == FLUOXETINE for track in tracks):
        note = (
            "twice the smallest dose on alternate days in place of it each day (--last-days every-2nd), of this "
            "medicine alone"
        )
        return (Alternative("alternate days before the stop (NICE NG222)", None, note=note),)
    return ()


def _in_a_word(weighed: Weighed) -> list[str]:
    """The reasons that leave an offer out or are major, by their rules."""
    lead = {Effect.BLOCKS: "", Effect.MAJOR: "check first: "}
    return [
        f"{lead[each.effect]}{each.title} ({each.severity.words}, {', '.join(each.rules)})"
        for each in weighed.found
        if each.effect in lead and each.severity is not None
    ]


def rank(found: Alternative) -> Fit:
    """How an alternative stands: those without a major reason come first, what is contraindicated comes last."""
    effects = {each.effect for each in found.against}
    if Effect.BLOCKS in effects:
        return Fit.LEFT_OUT
    return Fit.MAJOR_REASON if Effect.MAJOR in effects else Fit.FITS


class PresentProduct:
    """The present product of a track in its case, against which other products are held."""

    def __init__(self, track: Track, case: Case) -> None:
        """``case`` is that of the plan's first day."""
        self._track = track
        self._case = evolve(case, lines=tuple(line for line in case.lines if not _is_of(line, track.drug)))

    @cached_property
    def _offers(self) -> Offers:
        return Offers(self._picture)

    @cached_property
    def _picture(self) -> Picture:
        return Picture(self._case)

    def _weighed(self, track: Track) -> Weighed:
        return weigh_offer((Offered(track.drug, regimen=line_of(track).regimen),), (), self._picture, self._offers)

    @cached_property
    def _known(self) -> frozenset[tuple[str | None, Severity | None]]:
        return frozenset((each.rule, each.severity) for each in self._weighed(self._track).found)

    def with_reasons(self, found: Alternative, other: Track) -> Alternative:
        """An alternative with what the rules say of its product and do not say of the present one."""
        then = self._weighed(other)
        new = tuple(each for each in then.found if (each.rule, each.severity) not in self._known)
        if not new:
            return found
        weighed = evolve(then, found=new)
        note = "; ".join(filter(None, [found.note, *_in_a_word(weighed)]))
        if weighed.is_blocked:
            return Alternative(found.option, None, note=f"not offered for this patient; {note}", against=new)
        return evolve(found, note=note, against=new)


def _is_of(line: Line, drug: str) -> bool:
    return line.regimen is not None and any(each.ingredient == drug for each in line.regimen.product.components)
