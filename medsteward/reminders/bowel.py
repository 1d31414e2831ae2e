"""The bowel regimen: from the first day of any opioid until it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import frozen

from medsteward.caches import made_once
from medsteward.interactions.offer import Fit, Medicines, Offers
from medsteward.model.drug import DrugClass
from medsteward.model.missing import Missing
from medsteward.model.number import decimal_text
from medsteward.model.point import Point
from medsteward.patient.picture import Picture
from medsteward.reminders import places as s
from medsteward.reminders.done import Done
from medsteward.reminders.reminder import DueReason, Kind, LeftOut, Reminder
from medsteward.scales.declared import BFI
from medsteward.thresholds import whole
from medsteward.treatments import laxatives as facts
from medsteward.treatments.against import Weighed, expected, weigh_offer
from medsteward.treatments.laxatives import AGENTS, Agent
from medsteward.treatments.steps import FOURTH, OBSTRUCTION

ADULT_AGE, OLDER_AGE = whole("adult_age"), whole("older_age")
CUT_OFF = next(band.up_to for band in BFI.bands if band.up_to is not None)

_NOT_WITH = (
    ("ileostomy", "an ileostomy: a bowel regimen is not for this patient by default"),
    ("diarrhea", "diarrhea: hold laxatives first; in a taper it is a sign of withdrawal, loperamide comes after that"),
)
_WHEN = s.SEED.at("bowel regimen from day one of an opioid")
_GUIDE = s.WEST_MIDLANDS.at("as soon as weak or strong opioids are prescribed, except with ileostomy or diarrhea")
_OLDER = s.CDC_2022.at("p. 20: bowel regimen for older adults")


@frozen
class BowelAnswer:
    """Reminders about the bowel, what was left out, and what is not known."""

    reminders: tuple[Reminder, ...]
    left_out: tuple[LeftOut, ...] = ()
    missing: tuple[Missing, ...] = ()


def bowel(picture: Picture, done: Done) -> BowelAnswer:
    """What a bowel regimen needs on the day."""
    offers = Offers(picture, _expected())
    reviewed, missing = _review(picture, offers)
    ended = _end(picture)
    extra = tuple(each for each in (reviewed, ended) if each is not None)
    if not picture.opioids:
        return BowelAnswer(extra, missing=missing)
    for condition, why in _NOT_WITH:
        if picture.has(condition):
            return BowelAnswer(extra, (LeftOut(Kind.BOWEL_REGIMEN, why, (_GUIDE,)),), missing)
    return BowelAnswer((_regimen(picture, done, offers), *extra), missing=missing)


def _regimen(picture: Picture, done: Done, offers: Offers) -> Reminder:
    opioids = tuple(dict.fromkeys(each.ingredient for each in picture.opioids))
    because = [f"takes {', '.join(opioids)}: constipation comes with any opioid and does not wear off"]
    satisfied = picture.takes(*facts.EFFECTIVE)
    sources = [_WHEN, _GUIDE]
    if picture.patient.age is not None and picture.patient.age >= OLDER_AGE:
        because.append(f"age {picture.patient.age}: the guideline names a bowel regimen for older adults")
        sources.append(_OLDER)
    due = picture.first_day(picture.opioids) or picture.on
    record = done.of(Kind.BOWEL_REGIMEN)
    index = _index(picture)
    if satisfied and index is not None and index > CUT_OFF:
        because.append(
            f"Bowel Function Index {decimal_text(index, 2)}, above 28.8, though {', '.join(satisfied)} is taken"
        )
        return Reminder(
            kind=Kind.BOWEL_REGIMEN,
            due=picture.on,
            because=tuple(because),
            consider="Ask about red flags first; then consider the next step of the bowel regimen.",
            sources=(*sources, s.ARGOFF),
            done=record or True,
            points=_points(picture, _in_order(picture, offers)),
        )
    if satisfied or record:
        if satisfied:
            because.append(f"on the list: {', '.join(satisfied)}")
        return Reminder(
            kind=Kind.BOWEL_REGIMEN,
            due=due,
            because=tuple(because),
            consider="Keep it as long as the opioid; ask about the bowels at each review.",
            sources=tuple(sources),
            done=record or True,
            settled=True,
            points=(*facts.GOAL_POINTS, *facts.ASSESS_POINTS, *facts.RED_FLAGS, *facts.END_POINTS),
        )
    weak = picture.takes(*facts.NOT_ENOUGH)
    if weak:
        because.append(f"{', '.join(weak)} alone is not a bowel regimen with an opioid")
        sources += [s.IPAL, s.WEST_MIDLANDS]
    else:
        because.append("no laxative is on the list")
    sources += [s.TWYCROSS.at("senna with an opioid"), s.secondary(s.IPAL, "polyethylene glycol 3350")]
    agents = _in_order(picture, offers)
    return Reminder(
        kind=Kind.BOWEL_REGIMEN,
        due=due,
        because=tuple(because),
        consider=_offer(picture, agents),
        sources=tuple(sources),
        points=_points(picture, agents),
    )


def _index(picture: Picture) -> Fraction | None:
    """The Bowel Function Index, where the case states one."""
    scores = {name.casefold(): value for name, value in picture.patient.scores}
    index = scores.get("bfi", scores.get("bowel function index"))
    return index if index is not None and index <= BFI.high else None


def _offer(picture: Picture, agents: Iterable[_Weighed]) -> str:
    if picture.has(OBSTRUCTION):
        return (
            "Evaluate the obstruction first: no stimulant laxative, no bulk fiber and no peripheral opioid antagonist "
            "until it is settled."
        )
    if picture.patient.age is not None and picture.patient.age < ADULT_AGE:
        return "Consider a laxative from day one; the doses here are for adults and are left out."
    fits = [agent.laxative.begins for agent, weighed in agents if agent.laxative.begins and weighed.fit is Fit.FITS]
    if not fits:
        return "Consider a laxative from day one, and check first the reasons below against the usual ones."
    both = ", or both" if len(fits) > 1 else ""
    return f"Consider {', '.join(fits)}{both}, from day one."


def _points(picture: Picture, agents: Iterable[_Weighed]) -> tuple[Point, ...]:
    """The steps for this patient; doses are for adults."""
    if picture.patient.age is not None and picture.patient.age < ADULT_AGE:
        return (*facts.RED_FLAGS, *facts.END_POINTS)
    steps: list[Point] = list(facts.GENERAL_POINTS)
    has_fourth = False
    for agent, weighed in agents:
        if not weighed.is_blocked:
            if agent.laxative.step == FOURTH and not has_fourth:
                has_fourth = True
                steps += facts.PAMORA_POINTS
            steps += agent.points
        steps += [
            Point(agent.laxative.step, f"{agent.treatment.title}: {found.effect.value}: {found.words}", found.source)
            for found in weighed.found
        ]
    return (
        *steps,
        *facts.GOAL_POINTS,
        *facts.AVOID_POINTS,
        *facts.ASSESS_POINTS,
        *facts.RED_FLAGS,
        *facts.END_POINTS,
    )


@made_once
def _expected() -> Medicines | None:
    """The medicines of all agents."""
    return expected(agent.treatment.offered for agent in AGENTS)


_Weighed = tuple[Agent, Weighed]


def _in_order(picture: Picture, offers: Offers) -> list[_Weighed]:
    """The agents step by step, in each step those that fit first, then those with a major reason."""
    weighed = [
        (agent, weigh_offer(agent.treatment.offered, agent.treatment.against, picture, offers)) for agent in AGENTS
    ]
    return sorted(weighed, key=lambda each: (each[0].laxative.step, each[1].fit))


def _review(picture: Picture, offers: Offers) -> tuple[Reminder | None, tuple[Missing, ...]]:
    """Something about a bowel drug that is taken, such as magnesium with low kidney function."""
    because: list[DueReason] = []
    sources = []
    missing: list[Missing] = []
    blocked = False
    every = frozenset([each.part.ingredient for each in picture.taken])
    for agent in AGENTS:
        names = () if every.isdisjoint(agent.treatment.drugs) else _taken(agent, picture)
        if not names:
            continue
        taken = [each for each in agent.treatment.offered if each.drug in names]
        weighed = weigh_offer(taken, agent.treatment.against, picture, offers)
        blocked = blocked or weighed.is_blocked
        because += [
            DueReason(f"{', '.join(names)}: {found.words}", (*found.said_by, *found.rules)) for found in weighed.found
        ]
        sources += [found.source for found in weighed.found]
        missing += [Missing(f"{ask.name}, for {', '.join(names)}", (ask,)) for ask in weighed.unknown]
    if picture.opioids and picture.takes(DrugClass.LAXATIVE_BULK) and picture.takes(*facts.EFFECTIVE):
        why = f"{', '.join(picture.takes(DrugClass.LAXATIVE_BULK))}: bulk fiber is not for use with opioids"
        because.append(DueReason(why, (BULK_RULE,)))
        sources.append(s.WEST_MIDLANDS)
    if not because:
        return None, tuple(missing)
    lead = "Consider another agent" if blocked else "Consider whether the agent and its dose still fit"
    return (
        Reminder(
            kind=Kind.BOWEL_REVIEW,
            due=picture.on,
            because=tuple(dict.fromkeys(because)),
            consider=f"{lead}; the opioid goes on as it is.",
            sources=tuple(dict.fromkeys(sources)),
        ),
        tuple(missing),
    )


BULK_RULE = "DDI-142"
"""The rule that says of bulk fiber what the review says."""


def _taken(agent: Agent, picture: Picture) -> tuple[str, ...]:
    drugs = agent.treatment.drugs
    return tuple(dict.fromkeys([each.part.ingredient for each in picture.taken if each.part.ingredient in drugs]))


def _end(picture: Picture) -> Reminder | None:
    """A peripheral antagonist ends on the day the opioid ends."""
    antagonists = picture.takes(DrugClass.PAMORA)
    if not antagonists:
        return None
    names = ", ".join(antagonists)
    if picture.opioids:
        due = _stated_end(picture)
        why = f"the opioid is to end on {due}"
    else:
        due = max((each.last for each in picture.past if each.is_opioid and each.last is not None), default=picture.on)
        why = "no opioid is on the list any more" if picture.past else "no opioid is on the list"
    if due is None:
        return None
    return Reminder(
        kind=Kind.BOWEL_END,
        due=due,
        because=(f"{names}: {why}", "a peripheral opioid antagonist is for the time an opioid is taken"),
        consider=f"Consider ending {names} on the day the opioid ends; laxatives may go on until stools loosen.",
        sources=(s.PAMORA_LABELS.at("ends with the opioid"),),
        points=facts.END_POINTS,
    )


def _stated_end(picture: Picture) -> date | None:
    """The last day of all opioids, where each line states one. The end of a supply is not the end of treatment."""
    lines = [picture.case.lines[each.line - 1] for each in picture.opioids]
    ends = [None if line.lapsed is not None else line.end for line in lines]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
