"""Screen 4: a taper out of tablets that exist, with its curve and what else could be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from medsteward.advice.plan.report import PlanReport
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper as taper_of
from medsteward.errors import MedstewardError
from medsteward.model.stated import Because, RequestedBy
from medsteward.page.answer import Answer
from medsteward.page.chart import chart_of
from medsteward.page.commands import command_of, form_of_command, patient_words, taper_words
from medsteward.page.form import SentForm
from medsteward.page.plans import curves, plan_text, step_rows
from medsteward.page.strengths import products_had, strengths_of
from medsteward.page.view import page
from medsteward.readers.case.stated import answer_of, supervisor_of
from medsteward.readers.plan.words import WEEKDAYS, dose_of, drug_dose_of, interval_of, last_days_of, percent_of
from medsteward.schedules.plan import Asked, NeedsChoice, WhenStuck
from medsteward.schedules.policies import POLICIES
from medsteward.schedules.supply import OwnProduct
from medsteward.writers.formats import PLAN
from medsteward.writers.plan.table import headline, marks
from medsteward.writers.plan.ways import alternative_words
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.problems import problem_sentences

T = TypeVar("T")


def taper(form: SentForm, today: date) -> Answer:
    """The taper of the list, or the empty form while nothing is asked for yet."""
    if form.has("pick"):
        form = form_of_command(form.text("pick"), form)
    chart = chart_of(form, today)
    report: PlanReport | None = None
    wrong: dict[str, str] = {}
    if form.has("start") and not chart.is_empty:
        options, wrong = options_of(form, products_had(form, chart))
        if options is not None:
            try:
                report = taper_of(chart.case, options, table=chart.table)
            except (MedstewardError, ValueError) as error:
                wrong = {"policy": plain(str(error))}
    return page(
        "taper",
        {
            "form": form,
            "chart": chart,
            "report": report,
            "wrong": wrong,
            **_shown(report, chart.case.as_of),
            "strengths": strengths_of(chart),
            "options_policy": [(each.id, each.title) for each in POLICIES.values()],
            "options_weekday": [(each, each) for each in WEEKDAYS],
            "options_because": [(each.value, each.words) for each in Because],
            "command": command_of("taper", form, chart, *taper_words(form)),
            "json": "".join(map(str, PLAN.write("json", [report]))) if report is not None and form.has("json") else "",
        },
    )


def _shown(report: PlanReport | None, day: date) -> dict[str, Any]:
    """What of a report stands on the screen; a plan that needs a choice is shown, and not kept."""
    if report is None:
        nothing = dict.fromkeys(("rows", "curves", "problems", "ways", "marks"), ())
        return {**nothing, **dict.fromkeys(("headline", "stands", "plan"), "")}
    plan = report.plan
    stands = plan is not None and not isinstance(plan.outcome, NeedsChoice) and bool(plan.steps)
    return {
        "headline": plain(headline(report)),
        "marks": tuple(plain(each) for each in marks(report)),
        "rows": () if plan is None else step_rows(plan, day),
        "curves": () if plan is None or not plan.steps else curves(plan),
        "problems": problem_sentences(report.problems),
        "ways": tuple((each, tuple(map(plain, alternative_words(each)))) for each in report.alternatives),
        "stands": "yes" if stands else "",
        "plan": plan_text(report) if stands else "",
    }


def options_of(form: SentForm, products: tuple[OwnProduct, ...] = ()) -> tuple[TaperOptions | None, dict[str, str]]:
    """What is asked of a taper; None, and what is wrong by the name of the field, where something does not read."""
    wrong: dict[str, str] = {}

    def read(name: str, reader: Callable[[str], T]) -> T | None:
        text = form.text(name)
        if not text:
            return None
        try:
            return reader(text)
        except (ValueError, MedstewardError) as error:
            wrong[name] = plain(str(error)) or "this does not read"
            return None

    def several(name: str, reader: Callable[[str], T]) -> Iterator[T]:
        for text in form.all(name):
            try:
                yield reader(text)
            except (ValueError, MedstewardError) as error:
                wrong[name] = plain(str(error)) or "this does not read"

    start = read("start", date.fromisoformat)
    target = form.text("target")
    weekday = form.text("weekday")
    percent = read("percent", percent_of)
    every = read("every", interval_of)
    ceiling = read("ceiling", percent_of)
    last_days = read("last_days", last_days_of)
    target_dose = None if target in ("", "0") else read("target", dose_of)
    requested_by = read("requested_by", RequestedBy)
    because = read("because", Because)
    supervised_by = tuple(several("supervised_by", supervisor_of))
    answers = tuple(several("answer", answer_of))
    taken_per_day = tuple(several("taken", drug_dose_of))
    if wrong or start is None:
        return None, wrong
    try:
        return (
            TaperOptions(
                start=start,
                policy=form.text("policy") or None,
                reason=form.text("reason"),
                first=form.text("first") or None,
                split=form.has("split"),
                products=products,
                avoid=form.text("avoid"),
                weekday=WEEKDAYS.index(weekday) if weekday in WEEKDAYS else None,
                when_stuck=WhenStuck(form.text("when_stuck") or WhenStuck.ASK.value),
                asked=Asked(_lines(form), (*taper_words(form), *patient_words(form))),
                percent=percent,
                every=every,
                ceiling=ceiling,
                requested_by=requested_by,
                because=because,
                supervised_by=supervised_by,
                answers=answers,
                taken_per_day=taken_per_day,
                target=target_dose,
                last_days=last_days,
            ),
            {},
        )
    except (ValueError, MedstewardError) as error:
        return None, {"start": plain(str(error))}


def _lines(form: SentForm) -> tuple[str, ...]:
    return tuple(line.strip() for line in form.text("medicines").split("\n") if line.strip())
