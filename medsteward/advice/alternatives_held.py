"""Alternatives of a taper that name another product or medicine, held against the case by the rules."""

from __future__ import annotations

from attrs import evolve

from medsteward.advice.plan_report import Alternative
from medsteward.advice.track_line import line_of
from medsteward.interactions.offer import Fit, Offers
from medsteward.model.regimen import Case, Line
from medsteward.reminders.against import Effect, Offered, Weighed, weigh_offer
from medsteward.reminders.picture import picture_of
from medsteward.schedules.supply import Track


def buprenorphine(case: Case) -> Alternative:
    """The conversation about buprenorphine, held against the case; ``case`` is that of the plan's first day."""
    weighed = weigh_offer((Offered("buprenorphine"),), (), picture_of(case), Offers(case))
    note = (
        "a conversation rather than a plan: consider it where the dose does not help enough and lowering is hard; how "
        "to start it belongs with somebody who knows it"
    )
    if weighed.fit is Fit.LEFT_OUT:
        note = "not offered for this patient"
    return Alternative("buprenorphine", None, note="; ".join([note, *_in_a_word(weighed)]), against=weighed.found)


def _in_a_word(weighed: Weighed) -> list[str]:
    """The reasons that leave an offer out or are major, by their rules."""
    lead = {Effect.BLOCKS: "", Effect.MAJOR: "weigh first: "}
    return [
        f"{lead[each.effect]}{each.title} ({each.severity.words}, {each.rule})"
        for each in weighed.found
        if each.effect in lead and each.severity is not None
    ]


def rank(found: Alternative) -> Fit:
    """How an alternative stands: those without a major reason come first, what is contraindicated comes last."""
    effects = {each.effect for each in found.against}
    if Effect.BLOCKS in effects:
        return Fit.LEFT_OUT
    return Fit.MAJOR_REASON if Effect.MAJOR in effects else Fit.FITS


def with_reasons(found: Alternative, track: Track, other: Track, case: Case) -> Alternative:
    """An alternative with what the rules say of its product and do not say of the present one."""
    rest = evolve(case, lines=tuple(line for line in case.lines if not _is_of(line, track.drug)))
    picture, offers = picture_of(rest), Offers(rest)
    now, then = (
        weigh_offer((Offered(each.drug, regimen=line_of(each).regimen),), (), picture, offers)
        for each in (track, other)
    )
    known = {(each.rule, each.severity) for each in now.found}
    new = tuple(each for each in then.found if (each.rule, each.severity) not in known)
    if not new:
        return found
    weighed = evolve(then, found=new)
    note = "; ".join(filter(None, [found.note, *_in_a_word(weighed)]))
    if weighed.is_blocked:
        return Alternative(found.option, None, note=f"not offered for this patient; {note}", against=new)
    return evolve(found, note=note, against=new)


def _is_of(line: Line, drug: str) -> bool:
    return line.regimen is not None and any(each.ingredient == drug for each in line.regimen.product.components)
