"""The patient card as plain data: page 1 with the plan, words, sheets to tick. HTML and PDF are drawn from it.

They decide nothing. What is taken is a list of rows, one for each product at each time of the day, with count and
amount, so that each checks the other.
"""

from __future__ import annotations

from medsteward.advice.plan.report import PlanSheet
from medsteward.errors import NothingToPrint
from medsteward.schedules.naming import lines_of_plan
from medsteward.schedules.plan import NeedsChoice, Plan
from medsteward.writers.card.asked import Sheets
from medsteward.writers.card.blocks import (
    NOT_REVIEWED,
    Clinic,
    about_of,
    block_of,
    blocks_of,
    clinic_of,
    contacts_of,
    danger_of,
    ending_of,
    footer_of,
    labels_of,
    marks_of,
    title_of,
    version_of,
)
from medsteward.writers.card.curve import curves_of
from medsteward.writers.card.fit import SMALL
from medsteward.writers.card.language import Language, language
from medsteward.writers.card.sessions import folded, is_before_therapy, therapy_days
from medsteward.writers.card.sheet import Card
from medsteward.writers.card.steps import now_of, table_of, turns_of
from medsteward.writers.card.text import AFTER_GAP, PLANNED, WAITING
from medsteward.writers.card.ticks import Ticked, sheets_of
from medsteward.writers.card.told import changes_of, totals


def card_of(
    report: PlanSheet,
    *,
    language_code: str = "en",
    sheets: str = Sheets.NEXT.value,
    clinic: str = "",
    points: int = SMALL,
) -> Card:
    """A report as a card.

    ``sheets`` says which sheets to tick it has, ``clinic`` whom to call (``name; phone``), ``points`` the size of its
    text. A plan that waits for a restart dose has a card without a dose, which says what to do. Raises
    ``NothingToPrint`` without a step, ``UnknownLanguage`` for a language not known.
    """
    if report.plan is None or not report.plan.steps:
        raise nothing_to_print(report)
    words, plan, called = language(language_code), folded(report.plan), clinic_of(clinic)
    if plan.awaits_restart:
        return _waiting(report, plan, words, called)
    lines = lines_of_plan(plan)
    told, turns, marks = changes_of(plan, words), turns_of(plan), marks_of(report, plan, words)
    sessions = therapy_days(report.plan)
    # one dose from the first day to the last stands in the box of now
    has_steps = len(plan.steps) > 1
    ticked = Ticked(report, plan, lines, told, turns, sessions, words, points, len(marks))
    return Card(
        language=words.code,
        title=title_of(report, words),
        subtitle=words.say(
            "From {first} to {last}", first=words.full_date(plan.first_day), last=words.full_date(plan.last_day)
        ),
        version=version_of(report, plan, words),
        made=report.as_of,
        footer=footer_of(report, plan, words),
        marks=marks,
        for_staff="" if words.reviewed else NOT_REVIEWED,
        about=about_of(report, plan, words),
        now=now_of(plan, report.as_of, lines, words),
        danger=danger_of(report, lines, words),
        contacts=contacts_of(words, called),
        steps=table_of(plan, report.as_of, told, turns, words) if has_steps else None,
        ending=ending_of(report, report.plan, words),
        curves=() if is_before_therapy(plan) or not has_steps else curves_of(plan, words, report.as_of),
        blocks=tuple(blocks_of(report, lines, words)),
        sheets=tuple(sheets_of(ticked, Sheets(sheets))),
        phone=called.phone,
        labels=labels_of(words),
    )


def _waiting(report: PlanSheet, plan: Plan, words: Language, clinic: Clinic) -> Card:
    """The card of a plan that waits: what to do, whom to call, what helps; no step, day or dose to take."""
    lines = lines_of_plan(plan)
    dose = "; ".join(totals(plan.steps[-1], words))
    first = block_of(WAITING if plan.goes_on else AFTER_GAP, report.kind, lines, words, dose=dose)
    return Card(
        language=words.code,
        title=title_of(report, words),
        subtitle=words.full_date(report.as_of),
        version=version_of(report, plan, words),
        made=report.as_of,
        footer=footer_of(report, plan, words),
        marks=(
            words.say("Your plan waits. Call your clinic today."),
            *(() if words.reviewed else (words.say(NOT_REVIEWED),)),
        ),
        for_staff="" if words.reviewed else NOT_REVIEWED,
        about=(),
        now=None,
        danger=danger_of(report, lines, words),
        contacts=contacts_of(words, clinic),
        steps=None,
        ending="",
        curves=(),
        blocks=(first, *(block for block in blocks_of(report, lines, words) if block.id not in PLANNED)),
        sheets=(),
        phone=clinic.phone,
        labels=labels_of(words),
    )


def nothing_to_print(report: PlanSheet) -> NothingToPrint:
    """Why there is no page: the problem, or the choice that comes before the first step."""
    why = ""
    if report.plan is not None and isinstance(report.plan.outcome, NeedsChoice):
        why = report.plan.outcome.reason
    elif report.problems:
        why = report.problems[0].text
    return NothingToPrint(why, report.exit_code)
