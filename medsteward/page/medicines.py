"""Screen 1: the medicines and the patient, each line as it was understood."""

from __future__ import annotations

from datetime import date

from medsteward.advice.case.review import review
from medsteward.page.answer import Answer
from medsteward.page.chart import chart_of
from medsteward.page.form import SentForm
from medsteward.page.understood import understood, with_choice
from medsteward.page.view import page
from medsteward.writers.review.page import page_of
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.problems import problem_sentences


def medicines(form: SentForm, today: date) -> Answer:
    """The list and the patient strip; a suggestion that was pressed is put into the list first."""
    chosen = form.text("choose")
    if chosen:
        form = form.with_(medicines=with_choice(form.text("medicines"), chosen), choose="")
    chart = chart_of(form, today)
    if chart.is_empty:
        return page("medicines", {"form": form, "chart": chart, "lines": (), "missing": (), "said": (), "first": ()})
    found = review(chart.case, table=chart.table)
    shown = page_of(found)
    on_lines = {f"line {number}" for number in range(1, len(chart.case.lines) + 1)}
    rest = [each for each in chart.case.problems if each.where.partition(",")[0] not in on_lines]
    said = [*problem_sentences(rest), *(plain(each.text) for each in chart.case.cautions)]
    return page(
        "medicines",
        {
            "form": form,
            "chart": chart,
            "lines": understood(chart, found.mme),
            "missing": shown.unknown,
            "said": tuple(dict.fromkeys(said)),
            "first": shown.summary,
        },
    )
