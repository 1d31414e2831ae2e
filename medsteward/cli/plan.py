"""``medsteward plan``: show, check and revise a plan that was saved."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from medsteward.cli.files_apart import changed_in, read_from
from medsteward.cli.options import Whole, as_of_option, format_option, output_option
from medsteward.cli.plan_check import check
from medsteward.cli.plan_decide import decide
from medsteward.cli.plan_files import file_bytes, own_file
from medsteward.cli.plan_options import (
    Pages,
    answer_plans,
    answer_sheet,
    needs_sheet_alone,
    plan_pages,
)
from medsteward.cli.plan_saving import hold, replace_option, save_plan
from medsteward.cli.stated import answer_option
from medsteward.cli.words import ReadText, Text
from medsteward.model.amount import Amount
from medsteward.readers.plan.words import day_dose_of, pause_of, present_of, slow_of
from medsteward.readers.shared.days import day_of
from medsteward.writers.formats import PLAN, PLAN_CHANGES

if TYPE_CHECKING:
    from medsteward.model.problem import Problem
    from medsteward.readers.plan.document import SavedPlan
    from medsteward.schedules.event import Change, Pause, SlowTo, StatedDose
    from medsteward.schedules.plan import Plan


@click.group(help="A saved plan: show it, hold it against a policy, change it when life happens.")
def plan() -> None:
    """Run one of the commands."""


@plan.command(
    help="""The plan as it stands.

    What was planned first, and what happened since. With --changes, what the last revision changed.

    \b
    Example:
      medsteward plan show plan.json --as-of 2027-03-01
    """
)
@click.argument("file", callback=read_from)
@click.option("--changes", is_flag=True, help="Show what the last revision changed.")
@plan_pages
@as_of_option
@format_option(PLAN, PLAN_CHANGES)
@output_option
def show(file: str, changes: bool, as_of: date | None, style: str, output: str | None, pages: Pages) -> int:
    """Read, replay, write."""
    from medsteward.advice.saved.as_it_stands import before_last_event, replayed, sheet
    from medsteward.cli.running import said_problems
    from medsteward.tables.load import factor_table

    saved, problems = _saved(file)
    if saved is None:
        return said_problems(problems)
    table = factor_table(saved.plan.request.table)
    day = as_of or date.today()
    now = replayed(saved.plan, table, day)
    if changes:
        if pages.whom is not None:
            raise click.UsageError("--changes is one answer for everybody; leave --for out")
        return _changes(before_last_event(saved.plan, table), now, saved.case_id, day, style, output)
    if needs_sheet_alone(style, pages):
        return answer_sheet(sheet(now, day, table), style, pages, output)

    from medsteward.advice.saved.revise import report_again

    return answer_plans(iter([report_again(now, day, table)]), style, pages, output)


@plan.command(
    help="""Change a plan: pause, slow, hold, resume it.

    What was taken can be recorded, and the plan can go back a step. The change is kept in FILE (or in --save FILE)
    as an event; nothing that was planned before is lost. A plan is only ever slowed. --reverse goes back to the
    last tolerated dose, and needs --why. After days without an opioid, or to a dose not taken for a week, the plan
    waits until the prescriber states a restart dose: --present with --on.

    \b
    Examples:
      medsteward plan revise plan.json --pause 2027-03-15..2027-04-04 --why illness
      medsteward plan revise plan.json --slow-to 5%/8w --why "asked to slow down"
    """
)
@click.argument("file", callback=read_from)
@click.option("--pause", type=ReadText("from..to", pause_of), help="Stay at the dose in force for these days.")
@click.option("--slow-to", type=ReadText("percent/interval", slow_of), help="From now on at most so much, as in 5%/8w.")
@click.option("--hold-at", type=Whole(1), metavar="STEP", help="Stay at this step until resumed.")
@click.option("--resume", type=ReadText("date", day_of), help="Go on from a hold: the next step begins on this day.")
@click.option(
    "--taken", type=ReadText("date=dose", day_dose_of), help="What was really taken on a day, as in 2027-03-15=0."
)
@click.option("--reverse", is_flag=True, help="Go back to the last tolerated dose.")
@click.option(
    "--present",
    multiple=True,
    type=ReadText("drug=dose", present_of),
    help='After a gap: the dose a day to go on from, as in "morphine ER=30 mg"; with --on.',
)
@click.option("--on", type=ReadText("date", day_of), help="With --present: the first day of that dose.")
@click.option("--why", type=Text(), default="", metavar="TEXT", help="Why; it is kept with the change.")
@answer_option("suicidality='asked today: no thoughts'")
@click.option("--save", metavar="FILE", callback=changed_in, help="Keep the changed plan here and leave FILE as it is.")
@replace_option
@plan_pages
@as_of_option
@format_option(PLAN)
@output_option
def revise(
    file: str,
    why: str,
    answers: tuple[tuple[str, str], ...],
    save: str | None,
    replace: bool,
    as_of: date | None,
    style: str,
    output: str | None,
    pages: Pages,
    **wishes: Unpack[_Wishes],
) -> int:
    """Read, change, keep, write."""
    from medsteward.advice.saved.revise import asked_of, report_again, revised
    from medsteward.cli.running import said_problems
    from medsteward.schedules.event import Event
    from medsteward.tables.load import factor_table

    _refuse_many(wishes)
    hold(save if save is not None else file)
    saved, problems = _saved(file)
    if saved is None:
        return said_problems(problems)
    table = factor_table(saved.plan.request.table)
    day = as_of or date.today()
    event = Event(day, _change(wishes, saved.plan), why, answers)
    asked = asked_of(saved.plan, event)
    if asked:
        return said_problems(asked)
    changed = revised(saved.plan, event, table)
    report = report_again(changed, day, table)
    target = save if save is not None else own_file(file, saved)
    reports = iter([report])
    kept = save_plan(reports, target, replace=replace, read_from=file) if target is not None else reports
    return answer_plans(kept, style, pages, output)


def _changes(before: Plan, now: Plan, case_id: str | None, as_of: date, style: str, output: str | None) -> int:
    """Write what the last revision changed."""
    from medsteward.cli.running import write
    from medsteward.writers.plan.changes import Revision

    if style not in PLAN_CHANGES.names:
        raise click.UsageError(f"--changes is shown as {' or '.join(PLAN_CHANGES.names)}")
    write(PLAN_CHANGES.write(style, [Revision(before, now, case_id, as_of)]), output)
    return 0


class _Wishes(TypedDict):
    """The changes that can be asked for, each by its option; at most one is given."""

    pause: Pause | None
    slow_to: SlowTo | None
    hold_at: int | None
    resume: date | None
    taken: tuple[date, Fraction, Amount | None] | None
    reverse: bool
    present: tuple[StatedDose, ...]
    on: date | None


def _change(wishes: _Wishes, plan: Plan) -> Change:
    """The one change that was asked for; of a dose that was taken, a number alone is in the unit of the plan."""
    from medsteward.advice.saved.revise import taken_on
    from medsteward.schedules.event import HoldAt, Present, Resume, Reverse

    if wishes["pause"] is not None:
        return wishes["pause"]
    if wishes["slow_to"] is not None:
        return wishes["slow_to"]
    if wishes["hold_at"] is not None:
        return HoldAt(wishes["hold_at"])
    if wishes["resume"] is not None:
        return Resume(wishes["resume"])
    if wishes["taken"] is not None:
        day, number, dose = wishes["taken"]
        return taken_on(plan, day, dose or Amount(number, plan.total_unit_on(day)))
    if wishes["on"] is not None:
        return Present(wishes["on"], wishes["present"])
    return Reverse()


def _refuse_many(wishes: _Wishes) -> None:
    """Refuse (``UsageError``) more than one change, none, and a restart dose without its day."""
    given = {name for name, value in wishes.items() if value not in (None, False, ())}
    if len(given - {"on"}) != 1:
        raise click.UsageError(
            "give one change: --pause, --slow-to, --hold-at, --resume, --taken, --reverse or --present; "
            "more are more revisions"
        )
    if ("present" in given) != ("on" in given):
        raise click.UsageError('a restart dose is written with its day: --present "oxycodone=15 mg" --on 2027-03-15')


def _saved(file: str) -> tuple[SavedPlan | None, tuple[Problem, ...]]:
    """The saved plan of a file; None where what stands in the way is a problem."""
    from medsteward.readers.plan.document import read_plan

    return read_plan(*file_bytes(file))


plan.add_command(check)
plan.add_command(decide)
