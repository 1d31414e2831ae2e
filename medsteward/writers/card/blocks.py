"""The blocks of words of a card: title, marks, ending, contacts, warnings and labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from medsteward.advice.plan.report import PlanSheet
from medsteward.advice.trial.measures import named
from medsteward.schedules.naming import LineKey
from medsteward.schedules.plan import Plan, ReachesTarget
from medsteward.schedules.step import StepKind
from medsteward.schedules.supply import Track
from medsteward.schedules.trial import Measure
from medsteward.writers.card.language import Language, capital, noted
from medsteward.writers.card.partners import partner_rows, partners_of
from medsteward.writers.card.patient_words import Topic, told_of
from medsteward.writers.card.sheet import Contact, Labels, TextBlock
from medsteward.writers.card.text import (
    BLOCKS,
    DANGER,
    PROMPTS,
    US,
    Block,
    CardLine,
    Group,
    group_of,
)
from medsteward.writers.card.words import line_words
from medsteward.writers.shared.cells import plain

Lines = Mapping[LineKey, Track]


@frozen
class Clinic:
    """Whom to call, as it was typed in; empty parts are lines to write on."""

    name: str = ""
    phone: str = ""


def clinic_of(text: str) -> Clinic:
    """``name; phone`` as it is typed. What has no semicolon is a name."""
    name, _, phone = text.partition(";")
    return Clinic(*(plain(" ".join(each.split()), 40) for each in (name, phone)))


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


def version_of(report: PlanSheet, plan: Plan, words: Language) -> str:
    """Which version of the plan it is, and of which day."""
    return words.say("Version {version}, {date}", version=str(len(plan.events) + 1), date=words.full_date(report.as_of))


def marks_of(report: PlanSheet, plan: Plan, words: Language) -> tuple[str, ...]:
    """What every page of the card has to say about the plan and about its own words."""
    marks = []
    if report.is_draft:
        marks.append(words.say("Draft: why the dose is lowered is not stated yet."))
    if report.faster_than or any(course.overrides for course in plan.request.courses):
        marks.append(words.say("Your clinic chose a pace of its own for this plan. Ask why if you want to know."))
    if any(step.forced and step.kind is not StepKind.STOP and not step.is_of_the_end for step in plan.steps):
        marks.append(words.say("Some steps are big, as no smaller dose can be made. Call if one is hard."))
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
    if decided is not None and all(track.is_as_needed for c in plan.request.courses for track in c.tracks):
        return words.say(
            "The plan goes up to {last}. On {day} we decide with you if you go on. Did you take it each day? Ask us "
            "first how to stop.",
            last=last,
            day=words.day(decided),
        )
    if decided is not None:
        return words.say(
            "The plan goes up to {last}. On {day} we decide with you if you go on. Until then, stay at the dose "
            "of your last step. If you do not go on, you go down step by step. We give you what you need for that.",
            last=last,
            day=words.day(decided),
        )
    if all(track.is_as_needed for course in plan.request.courses for track in course.tracks):
        return words.say("The plan goes up to {last}. Talk with us before then about what comes next.", last=last)
    return words.say(
        "The plan goes up to {last}. Do not stop then. Stay at the last dose and talk with us about what comes next.",
        last=last,
    )


def contacts_of(words: Language, clinic: Clinic) -> tuple[Contact, ...]:
    """Whom to call: what was typed in, else room to write."""
    return (
        Contact(words.say("My clinic"), clinic.name),
        Contact(words.say("Phone by day"), clinic.phone),
        Contact(words.say("Nights and weekends"), ""),
        Contact(words.say("My pharmacy"), ""),
        # Translators: The number beside it is that of the country (911 in the United States).
        Contact(words.say("Emergency"), US.emergency),
        # Translators: The 988 Suicide & Crisis Lifeline, which is called or sent a text message.
        Contact(words.say("Crisis line"), US.crisis),
        # Translators: The national telephone line of that name; keep the English name beside yours.
        Contact(words.say("Poison Help"), US.poison),
    )


def about_of(report: PlanSheet, plan: Plan, words: Language) -> tuple[Contact, ...]:
    """Whom the plan is for, why, and what a trial is measured by; lines to fill in where the patient did not say it.

    Why a dose is lowered is shown where the patient asks for it: what a clinician wrote is for the chart.
    """
    found = [Contact(words.say("This plan is for"), "")]
    trial, stated = plan.request.trial, plan.request.stated
    if trial is None:
        found.append(Contact(words.say("Why"), plain(stated.reason, 90) if stated.is_by_patient else ""))
        return tuple(found)
    found.append(Contact(words.say("My goal"), plain(trial.goal, 90)))
    measured = "; ".join(
        # Translators: A measure by its name, and its value before the trial: "PEG: 7 now".
        words.say(
            "{measure}: {value} now",
            measure=plain(_measure(each), 40),
            value=words.number(each.value),
        )
        for each in trial.baseline
    )
    found.append(Contact(words.say("How we measure it"), measured))
    decided = next((each.last_day for each in report.checkpoints if each.kind == "fair_trial"), None)
    if decided is not None:
        found.append(Contact(words.say("We decide on"), words.day(decided)))
    return tuple(found)


def _measure(measure: Measure) -> str:
    known = named(measure)
    title = known.title if known is not None else measure.name
    return f"{title} {measure.variant}".strip()


def danger_of(report: PlanSheet, lines: Lines, words: Language) -> TextBlock:
    """The box of page 1: for which signs help is called, and no alcohol."""
    partners = () if report.plan is None else partners_of(report.plan, lines.values())
    made = block_of(DANGER, report.kind, lines, words, partners=partners)
    # alcohol is of the patient, not of a medicine: the words of the medicine with which it is worst hold
    by_harm = sorted(lines.values(), key=lambda track: list(Group).index(group_of(track.drug_class)))
    told = [told_of(track, Topic.ALCOHOL, report.kind) for track in by_harm]
    worst = [row for rows in told[:1] for row in rows]
    if by_harm and group_of(by_harm[0].drug_class) is Group.OPIOID:
        # an extended form lets its whole dose out
        formed = [rows for track, rows in zip(by_harm, told, strict=True) if rows and rows[0].form]
        worst = list(formed[0]) if formed else worst
    # each card names the line for those who think of harming themselves; most medicines have it among their own
    return evolve(made, lines=(*_each_once(made.lines), *(row.said(words.code) for row in worst)))


def blocks_of(report: PlanSheet, lines: Lines, words: Language) -> Iterable[TextBlock]:
    """The blocks of words that are for this plan."""
    tracks = tuple(lines.values())
    by_clock = not all(track.is_as_needed for track in tracks)
    plan = report.plan
    at_once = plan is not None and plan.request.ends_at_once
    partners = () if plan is None else partners_of(plan, tracks)
    for block in BLOCKS:
        if (block.by_clock and not by_clock) or (block.in_steps and at_once) or (block.at_once and not at_once):
            continue
        if report.kind in block.kinds and block.groups & _groups(tracks):
            shown = block
            if plan is not None and not _may_be_pregnant(plan):
                shown = evolve(block, topics=tuple(each for each in block.topics if each is not Topic.PREGNANCY))
            made = block_of(shown, report.kind, lines, words, partners=partners)
            if made.lines:
                yield made


_NOT_PREGNANT_FROM = 56
"""From this age on, nothing is said about a pregnancy. Ours."""
_MALE = "male"


def _may_be_pregnant(plan: Plan) -> bool:
    patient = plan.request.case.patient if plan.request.case is not None else None
    if patient is None or patient.pregnant:
        return True
    return patient.sex != _MALE and (patient.age is None or patient.age < _NOT_PREGNANT_FROM)


def _groups(tracks: Iterable[Track]) -> frozenset[Group]:
    return frozenset(group_of(track.drug_class) for track in tracks)


def block_of(
    block: Block, kind: str, lines: Lines, words: Language, *, dose: str = "", partners: Sequence[Track] = ()
) -> TextBlock:
    """One block, with what is told of these medicines, and of other ingredients of their products (``partners``)."""
    groups = _groups(lines.values())

    def said(own: Iterable[CardLine]) -> Iterable[str]:
        for line in own:
            if kind in line.kinds and line.groups & groups:
                yield words.say(line.text, emergency=US.emergency, dose=dose)

    told = told_lines(block.topics, kind, lines, words, partners)
    has_any = told or block.lines
    shown = (*said(block.lines), *told, *(said(block.after) if has_any else ()))
    return TextBlock(block.id, words.say(block.title), shown, block.loud)


def told_lines(
    topics: Sequence[Topic], kind: str, lines: Lines, words: Language, partners: Sequence[Track] = ()
) -> tuple[str, ...]:
    """What is told of each medicine: what all are told is said once, what one is told names it.

    Two lines of one drug are one medicine here, where they are told the same.
    """
    found: list[str] = []
    for topic in topics:
        by_text: dict[str, list[LineKey]] = {}
        for line, track in lines.items():
            for row in told_of(track, topic, kind):
                by_text.setdefault(row.said(words.code), []).append(line)
        beside = {row.said(words.code): (each.drug, "") for each in partners for row in partner_rows(each, topic, kind)}
        for text, whose_own in beside.items():
            by_text.setdefault(text, [whose_own])
        if topic is Topic.CALL_911:
            # signs are of the person: for which medicine does not matter, and each is said once
            found += _each_once(by_text)
            continue
        for text, own in by_text.items():
            if set(own) == set(lines):
                found.append(text)
            else:
                whose = ", ".join(dict.fromkeys(line_words(*line, words) for line in own))
                # Translators: {medicine} is one name or more, {text} a whole sentence about it.
                found.append(capital(words.say("{medicine}: {text}", medicine=whose, text=text)))
    return tuple(found)


def _each_once(paragraphs: Iterable[str]) -> Iterator[str]:
    """The paragraphs without a sentence that stood before: what two medicines share is said once."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        sentences = [each for each in _SENTENCE.split(paragraph) if each not in seen]
        seen.update(sentences)
        if sentences:
            yield " ".join(sentences)


_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z\u00bf\u00a1])")


def labels_of(words: Language) -> Labels:
    """The words of headings and columns."""
    return Labels(
        now=words.say("Now"),
        steps=words.say("My steps"),
        from_day=words.say("From"),
        # Translators: Beside the step in force, and on the picture of the dose over time: this is today.
        you_are_here=words.say("You are here"),
        chart=words.say("The plan as a picture"),
        contacts=words.say("Who to call"),
        time=words.say("When"),
        medicine=words.say("Medicine"),
        take=words.say("How much"),
        in_one_day=words.say("In one day"),
        tick=words.say("Tick a box for each dose"),
        # Translators: Read aloud by screen readers for a box that is ticked by hand.
        box=words.say("box to tick"),
        notes=words.say("My notes"),
        prompts=tuple(words.say(each) for each in PROMPTS),
        check_days=words.say("Check days"),
        # Translators: A line on which the clinician who explained the card to the patient writes name and date.
        approved=words.say("Explained to me by (name, date)"),
        clinic_phone=words.say("Clinic phone"),
        page=words.say("Page"),
        # Translators: Above a box to tick when a step was begun.
        done=words.say("Done"),
        # Translators: Columns of a list of patches: day of the change, hour, side of the body, date written on it.
        patch_day=words.say("Change day"),
        patch_time=words.say("Time"),
        patch_side=words.say("Left or right"),
        patch_dated=words.say("Date is on it"),
        patch_old=words.say("Old one is off"),
    )
