"""Screen 3: what needs a decision first, what is due, and the rest counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve, frozen

from medsteward.advice.case.review import Review, harm_order, review
from medsteward.interactions.check import known_rule
from medsteward.model.acknowledgement import Acknowledgement, Reason
from medsteward.page.answer import Answer
from medsteward.page.chart import Chart, chart_of
from medsteward.page.commands import command_of
from medsteward.page.form import SentForm
from medsteward.page.view import page
from medsteward.readers.case.acknowledgements import read_acknowledgement
from medsteward.reminders.reminder import Reminder, ReminderStatus
from medsteward.writers.formats import REVIEW
from medsteward.writers.review.page import page_of
from medsteward.writers.shared.cells import plain

DONE = "done:"
"""What the name of a field begins with that says when something was done."""


@frozen
class Due:
    """A reminder: the field that says when it was done, what it is, since when it is due, what to consider, and why."""

    field: str
    what: str
    status: str
    day: str
    consider: str
    because: tuple[str, ...]
    done: str


def safety(form: SentForm, today: date) -> Answer:
    """Findings and reminders of the list, most important first."""
    chart = _with_done(chart_of(form, today))
    acknowledged = tuple(_acknowledged(form, chart))
    found = review(chart.case, table=chart.table, acknowledged=acknowledged)
    more = [word for each in acknowledged for word in ("--acknowledge", f"{each.rule}={each.reason.code}")]
    return page(
        "safety",
        {
            "form": form,
            "chart": chart,
            "shown": page_of(found),
            "due": tuple(_due(found)),
            "reasons": tuple(Reason),
            "answered": {each.rule: each.reason.code for each in acknowledged},
            "command": command_of("review", form, chart, *more),
            "json": "".join(map(str, REVIEW.write("json", [found]))) if form.has("json") else "",
        },
    )


def _acknowledged(form: SentForm, chart: Chart) -> Iterator[Acknowledgement]:
    """The decisions that the form holds; one without a reason, or about a rule that is not there, is left out."""
    for text in form.all("ack"):
        rule, _, code = text.partition("=")
        if Reason.named(code) is None:
            continue
        try:
            known_rule(rule)
        except (KeyError, ValueError):
            continue
        yield read_acknowledgement(text, on=chart.case.as_of, by=form.text("by"))


def _with_done(chart: Chart) -> Chart:
    """The case with the days on which something was done, as typed in the fields of what is due."""
    stated = dict(chart.case.done)
    for name in chart.form.values:
        text = chart.form.text(name)
        if name.startswith(DONE) and text:
            try:
                stated[name.removeprefix(DONE)] = date.fromisoformat(text)
            except ValueError:
                continue
    return evolve(chart, case=evolve(chart.case, done=tuple(stated.items())))


def _due(found: Review) -> Iterator[Due]:
    ones = found.with_status(ReminderStatus.OVERDUE, ReminderStatus.DUE)
    coming = sorted(found.with_status(ReminderStatus.COMING), key=lambda each: each.due)
    ordered: list[Reminder] = sorted((*ones, *coming), key=lambda each: harm_order(each.kind))
    for each in ordered:
        yield Due(
            field=f"{DONE}{each.kind.value}",
            what=each.kind.words,
            status=each.status(found.as_of).value,
            day=each.due.isoformat(),
            consider=plain(each.consider),
            because=tuple(plain(why) for why in each.because),
            done=each.done.isoformat() if isinstance(each.done, date) else "",
        )
