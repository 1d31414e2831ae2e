"""Screen: a time-limited trial with a goal and a baseline, and its decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from medsteward.advice.pain.matching import pain_kind
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.decide import decided, measured
from medsteward.advice.trial.plan import trial as trial_of
from medsteward.errors import MedstewardError
from medsteward.model.regimen import MAX_LINES
from medsteward.page.answer import Answer
from medsteward.page.chart import chart_of
from medsteward.page.commands import command_of
from medsteward.page.form import SentForm
from medsteward.page.plans import curves, plan_day, plan_text, saved_plan, step_rows
from medsteward.page.view import page
from medsteward.readers.case.stated import answer_of
from medsteward.readers.case.table import case_of
from medsteward.readers.plan.words import measure_of
from medsteward.schedules.trial import Measure
from medsteward.tables.load import factor_table
from medsteward.treatments.index import TRIALS, trial_named
from medsteward.treatments.pain import PainKind
from medsteward.writers.formats import PLAN
from medsteward.writers.plan.table import headline, sections
from medsteward.writers.plan.trial_words import decision_words
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.problems import problem_sentences

_OPTIONS = (
    ("trial_start", "--start"),
    ("goal", "--goal"),
    ("pain", "--for-pain"),
    ("site", "--site"),
    ("days", "--days"),
)


def trial(form: SentForm, today: date) -> Answer:
    """The trial that is asked for, or the decision of one that was kept."""
    if form.has("decide"):
        return _decision(form, today)
    chart = chart_of(form, today)
    report, wrong = None, ""
    if form.has("drug") and form.has("trial_start"):
        try:
            report = trial_of(chart.case, _options(form, today), table=chart.table)
        except (MedstewardError, ValueError) as error:
            wrong = plain(str(error))
    more = [word for name, option in _OPTIONS if form.text(name) for word in (option, form.text(name))]
    more += [word for each in form.all("baseline") for word in ("--baseline", each)]
    command = command_of("trial", form, chart, *more, first=(form.text("drug"),))
    return page(
        "trial",
        {
            "form": form,
            "chart": chart,
            "wrong": wrong,
            **_shown(report, form),
            "drugs": tuple(TRIALS),
            "options_pain": [(each.value, each.value) for each in PainKind],
            "decision": (),
            "command": command,
            "json": "".join(map(str, PLAN.write("json", [report]))) if report is not None and form.has("json") else "",
        },
    )


def _options(form: SentForm, today: date) -> TrialOptions:
    drug = form.text("drug")
    days = form.text("days")
    if len(drug.split("\n")) > MAX_LINES:
        raise ValueError("one medicine is tried at a time")
    return TrialOptions(
        drug=drug,
        start=date.fromisoformat(form.text("trial_start")),
        goal=form.text("goal"),
        baseline=tuple(_measures(form, "baseline")),
        pain=pain_kind(form.text("pain")) if form.has("pain") else None,
        site=form.text("site"),
        days=int(days) if days.isdecimal() else None,
        line=None if trial_named(drug) is not None else case_of(drug, as_of=today).lines[0],
        answers=tuple(answer_of(each) for each in form.all("answer")),
        split=form.has("split"),
    )


def _measures(form: SentForm, name: str) -> Iterator[Measure]:
    for each in form.all(name):
        yield measure_of(each if "=" in each else f"PEG={each}")


def _decision(form: SentForm, today: date) -> Answer:
    """What the stop rules of the kept trial say on a day, by what was measured."""
    empty = {
        "form": form,
        "chart": chart_of(form, today),
        "drugs": tuple(TRIALS),
        "options_pain": [(each.value, each.value) for each in PainKind],
        "command": "",
        "json": "",
        "decision": (),
    }
    try:
        saved, report, problems = saved_plan(form, today)
        if saved is None or report is None:
            return page("trial", {**empty, **_shown(None, form), "wrong": " ".join(problem_sentences(problems))})
        day, table = plan_day(form, today), factor_table(saved.plan.request.table)
        answers = tuple(answer_of(each) for each in form.all("answer"))
        plan, wrong = measured(replayed(saved.plan, table, day), tuple(_measures(form, "measure")), day, answers)
        if wrong:
            return page("trial", {**empty, **_shown(report, form), "wrong": " ".join(problem_sentences(wrong))})
        found = decided(plan, day, table)
    except (MedstewardError, ValueError) as error:
        return page("trial", {**empty, **_shown(None, form), "wrong": plain(str(error))})
    said = () if found.decision is None else tuple(map(plain, decision_words(found.decision)))
    return page("trial", {**empty, **_shown(found, form), "wrong": "", "decision": said})


def _shown(report: PlanReport | None, form: SentForm) -> dict[str, Any]:
    if report is None:
        nothing = dict.fromkeys(("rows", "curves", "problems", "report_parts"), ())
        return {**nothing, "report": None, "headline": "", "plan": form.text("plan")}
    plan = report.plan
    return {
        "report": report,
        "headline": plain(headline(report)),
        "rows": () if plan is None else step_rows(plan, report.as_of),
        "curves": () if plan is None or not plan.steps else curves(plan),
        "problems": problem_sentences(report.problems),
        "report_parts": tuple((title, tuple(map(plain, lines))) for title, lines in sections(report, full=False)),
        "plan": plan_text(report) if plan is not None and plan.steps else "",
    }
