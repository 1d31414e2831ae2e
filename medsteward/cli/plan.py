"""``medsteward plan``: show, check and revise a plan that was saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from medsteward.cli.answers import answer
from medsteward.cli.desk import today
from medsteward.cli.files_apart import changed_in, read_from
from medsteward.cli.options import as_of_option, format_option, output_option
from medsteward.cli.plan_changes import Made, change_options
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
from medsteward.cli.words import Text
from medsteward.writers.formats import PLAN, PLAN_CHANGES, PLAN_MOVED

if TYPE_CHECKING:
    from medsteward.model.problem import Problem
    from medsteward.readers.plan.document import SavedPlan
    from medsteward.schedules.plan import Plan


@click.group(help="Show, check, pause or slow a saved plan, and decide a trial.")
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
    day = as_of or today()
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
    help="""Change a plan: pause, slow, hold, resume, end it.

    What was taken and dispensed can be recorded, and the plan can go back a step. Several changes in one call are
    made in the order in which they are written, all or none. They are kept in FILE (or in --save FILE) as events;
    nothing that was planned before is lost. As text it says what moved; plan show has the whole plan. A plan is only
    ever slowed. --reverse goes back to the last tolerated dose, and needs --why. After days without an opioid, or to
    a dose not taken for a week, the plan waits until the prescriber states a restart dose. State it with --present
    and --on.

    \b
    Examples:
      medsteward plan revise plan.json --pause 2027-03-15..2027-04-04 --why illness
      medsteward plan revise plan.json --slow-to 5%/8w --why "asked to slow down"
    """
)
@click.argument("file", callback=read_from)
@change_options
@click.option("--why", "--reason", "why", type=Text(), default="", metavar="TEXT", help="Why; kept with the change.")
@answer_option("suicidality='asked today: no thoughts'")
@click.option("--save", metavar="FILE", callback=changed_in, help="Keep the changed plan here and leave FILE as it is.")
@replace_option
@plan_pages
@as_of_option
@format_option(PLAN, PLAN_MOVED)
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
    changes: Sequence[Made],
) -> int:
    """Read, change, keep, write."""
    from medsteward.advice.saved.as_it_stands import replayed
    from medsteward.advice.saved.moved import Moved
    from medsteward.advice.saved.revise import changed, report_again
    from medsteward.cli.running import said_problems
    from medsteward.tables.load import factor_table

    hold(save if save is not None else file)
    saved, problems = _saved(file)
    if saved is None:
        return said_problems(problems)
    table = factor_table(saved.plan.request.table)
    day = as_of or today()
    now, asked = changed(saved.plan, changes, on=day, why=why, answers=answers, table=table)
    if asked:
        return said_problems(asked)
    report = report_again(now, day, table)
    target = save if save is not None else own_file(file, saved)
    reports = iter([report])
    kept = save_plan(reports, target, replace=replace, read_from=file) if target is not None else reports
    if style == PLAN_MOVED.names[0] and pages.whom is None:
        before = replayed(saved.plan, table, day)
        moved = (Moved(before, each, len(now.events) - len(before.events)) for each in kept)
        return answer(PLAN_MOVED, moved, style, output)
    return answer_plans(kept, style, pages, output)


def _changes(before: Plan, now: Plan, case_id: str | None, as_of: date, style: str, output: str | None) -> int:
    """Write what the last revision changed."""
    from medsteward.cli.running import write
    from medsteward.writers.plan.changes import Revision

    if style not in PLAN_CHANGES.names:
        raise click.UsageError(f"--changes is shown as {' or '.join(PLAN_CHANGES.names)}")
    write(PLAN_CHANGES.write(style, [Revision(before, now, case_id, as_of)]), output)
    return 0


def _saved(file: str) -> tuple[SavedPlan | None, tuple[Problem, ...]]:
    """The saved plan of a file; None where what stands in the way is a problem."""
    from medsteward.readers.plan.document import read_plan

    return read_plan(*file_bytes(file))


plan.add_command(check)
plan.add_command(decide)
