"""Screen 5: a plan that was kept: pause, slow, hold, set by hand, undo, each with what moves before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from medsteward.advice.plan.report import PlanReport
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.moved import Moved
from medsteward.advice.saved.regimen import stated_dose
from medsteward.advice.saved.replan import AskedAnew
from medsteward.advice.saved.revise import changed, replanned, report_again, taken_on
from medsteward.advice.taper.courses import PlanningStops
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.page.answer import Answer
from medsteward.page.form import SentForm
from medsteward.page.plans import curves, plan_day, plan_text, saved_plan, step_rows
from medsteward.page.view import page
from medsteward.readers.case.stated import answer_of
from medsteward.readers.plan.document import SavedPlan
from medsteward.readers.plan.words import (
    day_dose_of,
    dispense_of,
    form_of,
    insert_of,
    interval_of,
    last_days_of,
    missed_of,
    pause_of,
    percent_of,
    present_of,
    set_of,
    slow_of,
    step_of,
)
from medsteward.readers.shared.days import day_of
from medsteward.schedules.course import WhenStuck
from medsteward.schedules.event import Change, Dispense, End, FillBecause, HoldAt, Resume, Reverse, SkipStep, Undo
from medsteward.schedules.plan import Plan
from medsteward.schedules.policies import POLICIES
from medsteward.schedules.replay import NotPossible
from medsteward.tables.load import factor_table
from medsteward.writers.formats import PLAN_MOVED
from medsteward.writers.plan.changes import change_words
from medsteward.writers.plan.table import headline, marks
from medsteward.writers.plan.today import today_words
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.problems import problem_sentences

T = TypeVar("T")
Make = Callable[[str], Callable[[Plan], Change]]


def _is(change: Change) -> Callable[[Plan], Change]:
    return lambda _: change


def _taken(text: str) -> Callable[[Plan], Change]:
    day, number, dose = day_dose_of(text)
    return lambda plan: taken_on(plan, day, dose or Amount(number, plan.total_unit_on(day)))


CHANGES: Mapping[str, Make] = MappingProxyType(
    {
        "pause": lambda text: _is(pause_of(text)),
        "slow": lambda text: _is(slow_of(text)),
        "hold": lambda text: _is(HoldAt(step_of(text))),
        "resume": lambda text: _is(Resume(day_of(text))),
        "set": lambda text: _is(set_of(text)),
        "skip": lambda text: _is(SkipStep(step_of(text))),
        "insert": lambda text: _is(insert_of(text)),
        "taken": _taken,
        "missed": lambda text: _is(missed_of(text)),
        "end": lambda text: _is(End(day_of(text))),
        "reverse": lambda _: _is(Reverse()),
        "undo": lambda _: _is(Undo()),
    }
)
"""What a field of the screen changes, by its name, and how its words are read."""


def plan(form: SentForm, today: date) -> Answer:
    """The plan as it stands, and what a change would move: it is kept only where the same change is sent again."""
    if not form.has("plan"):
        return page("plan", {**_nothing(form), "problems": ()})
    try:
        saved, report, problems = saved_plan(form, today)
    except MedstewardError as error:
        return page("plan", {**_nothing(form), "problems": (plain(str(error)),)}, status=400)
    if saved is None or report is None:
        return page("plan", {**_nothing(form), "problems": problem_sentences(problems)}, status=400)
    change = form.text("change")
    if change not in CHANGES and change not in BY_FIELDS:
        return page("plan", _shown(form, report, today))
    return _change(form, saved, report, change, today)


def _change(form: SentForm, saved: SavedPlan, report: PlanReport, change: str, today: date) -> Answer:
    table, day = factor_table(saved.plan.request.table), plan_day(form, today)
    before = replayed(saved.plan, table, day)
    try:
        answers = tuple(answer_of(each) for each in form.all("answer"))
        made = BY_FIELDS[change](form) if change in BY_FIELDS else CHANGES[change](words_of(form, change))
        now, asked = changed(saved.plan, [made], on=day, why=form.text("why"), answers=answers, table=table)
    except PlanningStops as stop:
        return page("plan", {**_shown(form, report, today), "problems": problem_sentences((stop.problem,))})
    except (MedstewardError, NotPossible, ValueError) as error:
        return page("plan", {**_shown(form, report, today), "refused": plain(str(error))})
    if asked:
        return page("plan", {**_shown(form, report, today), "problems": problem_sentences(asked)})
    after = report_again(now, day, table)
    moved = Moved(before, after, len(now.events) - len(before.events))
    said = "".join(map(str, PLAN_MOVED.write("text", [moved])))
    if not form.has("keep"):
        return page("plan", {**_shown(form, report, today), "moved": said, "asked": change})
    kept = form.with_(plan=plan_text(after), change="", keep="", why="", **dict.fromkeys((*CHANGES, *BY_FIELDS), ""))
    return page("plan", {**_shown(kept, after, today), "kept": said})


def _anew(form: SentForm) -> Callable[[Plan], Change]:
    """Later steps by another pace, policy or form, from a day on."""

    def read(name: str, reader: Callable[[str], T]) -> T | None:
        return reader(form.text(name)) if form.has(name) else None

    asked = AskedAnew(
        policy=form.text("replan_policy") or None,
        percent=read("replan_percent", percent_of),
        every=read("replan_every", interval_of),
        ceiling=read("replan_ceiling", percent_of),
        forms=tuple(form_of(each) for each in form.all("replan_form")),
        split=form.has("replan_split"),
        when_stuck=read("replan_when_stuck", WhenStuck),
        last_days=read("replan_last_days", last_days_of),
    )
    day = day_of(form.text("replan"))
    return lambda plan: replanned(plan, day, asked, why=form.text("why"), table=factor_table(plan.request.table))


def _stated(form: SentForm) -> Callable[[Plan], Change]:
    """The dose that somebody has changed, from a day on."""
    doses = tuple(present_of(each) for each in form.text("present_dose").split(";") if each.strip())
    day, why = day_of(form.text("present_on")), form.text("why")
    return lambda plan: stated_dose(plan, day, doses, AskedAnew(), why=why, table=factor_table(plan.request.table))


def _dispensed(form: SentForm) -> Callable[[Plan], Change]:
    """What was dispensed by hand, and why."""
    words = f"{form.text('dispense_day')}={form.text('dispense_days')}:{form.text('dispense_why')}"
    day, days, because = dispense_of(words)
    return _is(Dispense(day, days, FillBecause(because)))


BY_FIELDS: Mapping[str, Callable[[SentForm], Callable[[Plan], Change]]] = MappingProxyType(
    {"replan": _anew, "present": _stated, "dispense": _dispensed}
)
"""Changes whose words stand in several fields."""


def words_of(form: SentForm, change: str) -> str:
    """The words of a change from its fields: a range of days from two, a step and its dose from two, else one."""
    if change in ("pause", "missed"):
        return f"{form.text(f'{change}_from')}..{form.text(f'{change}_to')}"
    if change in ("set", "insert"):
        return f"{form.text(f'{change}_step')}={form.text(f'{change}_dose')}"
    if change == "taken":
        return f"{form.text('taken_day')}={form.text('taken_dose')}"
    if change == "slow":
        return f"{form.text('slow_percent')}%/{form.text('slow_every')}w"
    return form.text(change)


def _nothing(form: SentForm) -> dict[str, Any]:
    return {
        "form": form,
        "report": None,
        "headline": "",
        "rows": (),
        "curves": (),
        "marks": (),
        "today": (),
        "history": (),
        "moved": "",
        "kept": "",
        "asked": "",
        "refused": "",
        "day": "",
        "options_policy": [(each.id, each.title) for each in POLICIES.values()],
        "options_why": [(each.value, each.value) for each in FillBecause],
    }


def _shown(form: SentForm, report: PlanReport, today: date) -> dict[str, Any]:
    plan, day = report.plan, plan_day(form, today)
    assert plan is not None
    return {
        **_nothing(form),
        "report": report,
        "headline": plain(headline(report)),
        "marks": tuple(plain(each) for each in marks(report)),
        "rows": step_rows(plan, day),
        "curves": curves(plan) if plan.steps else (),
        "today": tuple(map(plain, today_words(plan, day))),
        "history": tuple(f"{each.on}: {plain(change_words(each, plan))}" for each in plan.events),
        "problems": problem_sentences(report.problems),
        "day": day.isoformat(),
    }
