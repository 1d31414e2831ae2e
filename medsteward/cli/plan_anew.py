"""What ``plan revise`` may ask anew of a plan: products, form, policy and pace of its later steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from medsteward.cli.files_apart import read_from
from medsteward.cli.options import Whole, Word
from medsteward.cli.words import ReadText
from medsteward.model.stated import Because
from medsteward.readers.plan.words import (
    WEEKDAYS,
    drug_dose_of,
    form_of,
    interval_of,
    last_days_of,
    mark_of,
    moment_of,
    percent_of,
    target_of,
)
from medsteward.readers.shared.days import day_of

if TYPE_CHECKING:
    from medsteward.advice.saved.replan import AskedAnew

F = TypeVar("F", bound=Callable[..., object])

_OPTIONS = (
    click.option(
        "--products", metavar="FILE", callback=read_from, help="With --replan-from: a CSV of the products there are."
    ),
    click.option(
        "--form",
        "forms",
        multiple=True,
        type=ReadText("form", form_of),
        help='With --replan-from: another form of the same drug and route, as in "IR tablet" or "morphine=solution".',
    ),
    click.option("--policy", metavar="NAME", help="With --replan-from or --present: the policy from then on."),
    click.option("--percent", type=ReadText("percent", percent_of), help="With --replan-from: the percentage asked."),
    click.option("--every", type=ReadText("interval", interval_of), help="With --replan-from: how long a step lasts."),
    click.option(
        "--of", "basis", type=Word(["current", "original"]), help="With --replan-from: what the percentage is of."
    ),
    click.option(
        "--ceiling", type=ReadText("percent", percent_of), help="With --replan-from: most percent in one step."
    ),
    click.option(
        "--target", type=ReadText("dose", target_of), help="With --replan-from: 0, or the daily dose to stay at."
    ),
    click.option(
        "--because", type=Word([each.value for each in Because]), help="With --ceiling: why it is above the policy's."
    ),
    click.option("--split", is_flag=True, help="With --replan-from: the patient's tablets are scored."),
    click.option("--mark", type=ReadText("volume", mark_of), help="With --replan-from: finest mark of the syringe."),
    click.option(
        "--last-days",
        type=ReadText("days", last_days_of),
        help="With --replan-from: days without a dose before the stop, every-2nd,every-3rd, nights, sat,tue or none.",
    ),
    click.option("--larger", type=ReadText("time", moment_of), help="With --replan-from: time of the larger dose."),
    click.option(
        "--when-stuck", type=Word(["ask", "smallest-step"]), help="With --replan-from: where no step is in the ceiling."
    ),
    click.option("--first", metavar="ir|er|DRUG", help="With --replan-from: what is lowered first of one total."),
    click.option("--avoid", metavar="DAYS", help="With --replan-from: days no step begins on: weekends,holidays:US."),
    click.option("--weekday", type=Word(WEEKDAYS), help="With --replan-from: steps begin on this day of the week."),
    click.option(
        "--taken-per-day",
        type=ReadText("drug=dose", drug_dose_of),
        multiple=True,
        help="With --replan-from: what is really taken a day of an as-needed medicine, from which is planned on.",
    ),
    click.option("--fill-days", type=Whole(1, 366), help="With --replan-from: days of one dispensing."),
)
_FLAGS = {
    "products": "products",
    "forms": "form",
    "policy": "policy",
    "percent": "percent",
    "every": "every",
    "basis": "of",
    "ceiling": "ceiling",
    "target": "target",
    "because": "because",
    "split": "split",
    "mark": "mark",
    "last_days": "last-days",
    "larger": "larger",
    "when_stuck": "when-stuck",
    "first": "first",
    "avoid": "avoid",
    "weekday": "weekday",
    "taken_per_day": "taken-per-day",
    "fill_days": "fill-days",
}
"""What each option is called in a command, by its name here."""


def anew_options(command: F, note: Callable[[click.Context, click.Parameter, date | None], date | None]) -> F:
    """``--replan-from``, of which ``note`` is told, and how later steps are planned; ``asked_anew`` gathers them."""
    wrapped: Callable[..., object] = command
    first = click.option(
        "--replan-from",
        type=ReadText("date", day_of),
        callback=note,
        help="Plan the steps from this day on anew, by the options that follow; the same plan goes on.",
    )
    for option in reversed((first, *_OPTIONS)):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


_OF_A_REGIMEN = frozenset({"policy", "percent", "every", "basis", "ceiling", "target", "because"})
"""What a new regimen that is stated is planned by."""


def asked_anew(options: dict[str, Any], *, states: bool) -> AskedAnew:
    """What the options ask anew, taken out of ``options``; ``states``: a dose is stated.

    Refuses (``UsageError``) any of them where nothing is planned anew.
    """
    from medsteward.advice.saved.replan import AskedAnew
    from medsteward.readers.plan.products_csv import read_products
    from medsteward.schedules.course import WhenStuck
    from medsteward.schedules.policy import Basis

    given = {name: options.pop(name) for name in _FLAGS}
    allowed = _FLAGS if options["replan_from"] is not None else _OF_A_REGIMEN if states else ()
    asked = [flag for name, flag in _FLAGS.items() if given[name] not in (None, False, ()) and name not in allowed]
    if asked:
        raise click.UsageError(f"--{asked[0]} says how later steps are planned anew; give the day with --replan-from")
    made = {
        "products": read_products(given["products"]) if given["products"] is not None else (),
        "basis": Basis(given["basis"]) if given["basis"] else None,
        "when_stuck": WhenStuck(given["when_stuck"]) if given["when_stuck"] else None,
        "weekday": WEEKDAYS.index(given["weekday"]) if given["weekday"] else None,
        "because": Because(given["because"]) if given["because"] else None,
    }
    return AskedAnew(**given | made)
