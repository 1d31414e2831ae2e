"""The blocks of words of a card: title, marks, ending, contacts, warnings and labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from medsteward.advice.plan.report import PlanSheet
from medsteward.schedules.plan import Plan, ReachesTarget
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import Track
from medsteward.writers.card.language import Language, noted
from medsteward.writers.card.sheet import Contact, Labels, TextBlock
from medsteward.writers.card.text import (
    BLOCKS,
    US,
    Block,
    CardLine,
    Group,
    group_of,
)
from medsteward.writers.shared.cells import plain

NOT_REVIEWED = noted("Translation not yet reviewed.")


def title_of(report: PlanSheet, words: Language) -> str:
    """The title of a card."""
    return words.say("My trial plan") if report.kind == "trial" else words.say("My plan for a lower dose")


def footer_of(report: PlanSheet, plan: Plan, words: Language) -> str:
    """The foot of each page: when it was made, which version, and for whom."""
    made, version = words.full_date(report.as_of), str(len(plan.events) + 1)
    if report.case_id:
        return words.say(
            "Plan {name}, version {version}, {date}", name=plain(report.case_id, 60), version=version, date=made
        )
    return words.say("Plan version {version}, {date}", version=version, date=made)


def marks_of(report: PlanSheet, plan: Plan, words: Language) -> tuple[str, ...]:
    """What every page of the card has to say about the plan and about its own words."""
    marks = []
    if report.is_draft:
        marks.append(words.say("Draft: why the dose is lowered is not stated yet."))
    if report.faster_than or any(course.overrides for course in plan.request.courses):
        marks.append(words.say("Your clinic chose a pace of its own for this plan. Ask why if you want to know."))
    if any(step.forced and step.kind is not StepKind.STOP for step in plan.steps):
        marks.append(
            words.say("Some steps are bigger than usual, as no smaller dose can be made. Call if one is hard.")
        )
    if not words.reviewed:
        marks.append(words.say(NOT_REVIEWED))
    return tuple(marks)


def ending_of(report: PlanSheet, plan: Plan, words: Language) -> str:
    """How the plan ends, in a sentence."""
    last = words.day(plan.last_day)
    if isinstance(plan.outcome, ReachesTarget) and plan.steps[-1].total.value == 0:
        return words.say("The plan ends on {last}. Talk with your clinic about how you are then.", last=last)
    decided = next((each.last_day for each in report.checkpoints if each.kind == "fair_trial"), None)
    if decided is not None and plan.request.ends_at_once:
        return words.say(
            "The plan goes up to {last}. On {day} we decide with you if you go on.", last=last, day=words.day(decided)
        )
    if decided is not None:
        return words.say(
            "The plan goes up to {last}. On {day} we decide with you if you go on. If not, you go down step by step. "
            "Get what you need for that from us before your last dose.",
            last=last,
            day=words.day(decided),
        )
    if all(track.is_as_needed for course in plan.request.courses for track in course.tracks):
        return words.say("The plan goes up to {last}. Talk with us before then about what comes next.", last=last)
    return words.say(
        "The plan goes up to {last}. Do not stop then. Stay at the last dose and talk with us about what comes next.",
        last=last,
    )


def contacts_of(words: Language) -> tuple[Contact, ...]:
    """Whom to call, with room to write."""
    return (
        Contact(words.say("My clinic"), ""),
        Contact(words.say("Phone by day"), ""),
        Contact(words.say("Nights and weekends"), ""),
        Contact(words.say("My pharmacy"), ""),
        # Translators: The number beside it is that of the country (911 in the United States).
        Contact(words.say("Emergency"), US.emergency),
        # Translators: The 988 Suicide & Crisis Lifeline, which is called or sent a text message.
        Contact(words.say("If you think of harming yourself, call or text"), US.crisis),
        # Translators: The national telephone line of that name; keep the English name beside yours.
        Contact(words.say("Poison Help"), US.poison),
    )


def blocks_of(report: PlanSheet, tracks: Sequence[Track], words: Language) -> Iterable[TextBlock]:
    """The blocks of words that are for this plan."""
    by_clock = not all(track.is_as_needed for track in tracks)
    at_once = report.plan is not None and report.plan.request.ends_at_once
    patched, others = _groups(tracks)
    for block in BLOCKS:
        if (block.by_clock and not by_clock) or (block.in_steps and at_once) or (block.at_once and not at_once):
            continue
        if report.kind in block.kinds and block.groups & (patched if block.only_patch else patched | others):
            shown = block if by_clock else evolve(block, lines=tuple(line for line in block.lines if not line.by_clock))
            yield block_of(shown, report.kind, tracks, words)


def _groups(tracks: Sequence[Track]) -> tuple[set[Group], set[Group]]:
    """The groups of what is worn, and of what is taken otherwise."""
    patched = {group_of(track.drug_class) for track in tracks if track.wear_days is not None}
    return patched, {group_of(track.drug_class) for track in tracks if track.wear_days is None}


def block_of(block: Block, kind: str, tracks: Sequence[Track], words: Language, *, dose: str = "") -> TextBlock:
    """One block, with the lines that are for these medicines."""
    patched, others = _groups(tracks)
    lines = tuple(
        words.say(line.text, emergency=US.emergency, dose=dose)
        for line in block.lines
        if _is_for(line, kind, patched, others)
    )
    return TextBlock(block.id, words.say(block.title), lines, block.loud)


def _is_for(line: CardLine, kind: str, patched: set[Group], others: set[Group]) -> bool:
    if line.only_taper and kind != "taper":
        return False
    return bool(line.groups & (patched if line.only_patch else others if line.not_patch else patched | others))


def labels_of(words: Language) -> Labels:
    """The words of headings and columns."""
    return Labels(
        overview=words.say("My change days"),
        step=words.say("Step"),
        from_day=words.say("From"),
        changes=words.say("What changes"),
        in_one_day=words.say("In one day"),
        chart=words.say("The plan as a picture"),
        contacts=words.say("Who to call"),
        time=words.say("When"),
        medicine=words.say("Medicine"),
        take=words.say("How much"),
        tick=words.say("Tick a box for each dose"),
        # Translators: Read aloud by screen readers for a box that is ticked by hand.
        box=words.say("box to tick"),
        notes=words.say("My notes"),
        months=words.say("My months"),
        check_days=words.say("Check days"),
        # Translators: A line on which the clinician who went over the card with the patient writes name and date.
        approved=words.say("Gone over with me by (name, date)"),
        clinic_phone=words.say("Clinic phone"),
        page=words.say("Page"),
    )
