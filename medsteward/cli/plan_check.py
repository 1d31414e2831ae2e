"""``medsteward plan check``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from medsteward.cli.answers import answer
from medsteward.cli.desk import today
from medsteward.cli.files_apart import read_from
from medsteward.cli.options import as_of_option, format_option, output_option, table_option
from medsteward.cli.plan_files import file_bytes
from medsteward.errors import UnreadableInput
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import PLAN_CHECK

if TYPE_CHECKING:
    from medsteward.advice.plan.held import ScheduleCheck
    from medsteward.schedules.plan import Plan
    from medsteward.schedules.policy import Policy

_EXCEEDS = "a bound is exceeded, or days want a look: see which"


@click.command(
    help="""Check a taper schedule against a policy.

    Step by step: what it takes off, and which bounds it exceeds. FILE is a saved plan, or CSV with a day's amount
    of one drug in each row. Its columns are first_day, last_day, drug, amount and unit; its first dose is the present
    one. - reads standard input. A saved plan is checked against its own policy where none is named. Ends with 3 when a
    bound is exceeded or a day is missing, doubled or higher than before.

    \b
    Example:
      medsteward plan check schedule.csv --policy fda_label_ceiling
    """
)
@click.argument("file", callback=read_from)
@click.option("--policy", "name", metavar="NAME", help="The policy, as in humane.  [default: the plan's own]")
@table_option
@as_of_option
@format_option(PLAN_CHECK)
@output_option
def check(
    file: str, name: str | None, tables: tuple[FactorTable, ...], as_of: date | None, style: str, output: str | None
) -> int:
    """Read, hold, write."""
    data, where = file_bytes(file)
    named = None if name is None else _policy(name)
    day = as_of or today()
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        found = _of_rows(data, where, named, tables, day)
        return answer(PLAN_CHECK, found, style, output, without_problem=_EXCEEDS)

    from medsteward.cli.running import said_problems
    from medsteward.readers.plan.document import read_plan

    saved, problems = read_plan(data, where)
    if saved is None:
        return said_problems(problems)
    source = click.get_current_context().get_parameter_source("tables")
    given = () if source is click.core.ParameterSource.DEFAULT else tables
    return answer(PLAN_CHECK, _of_plan(saved.plan, named, given, day), style, output, without_problem=_EXCEEDS)


def _policy(name: str) -> Policy:
    from medsteward.errors import UnknownPolicy
    from medsteward.schedules.policies import policy

    try:
        return policy(name.casefold())
    except UnknownPolicy as error:
        raise click.BadParameter(str(error), param_hint="--policy") from None


def _of_rows(
    data: bytes, where: str, named: Policy | None, tables: tuple[FactorTable, ...], day: date
) -> Iterator[ScheduleCheck]:
    from medsteward.advice.plan.held import check_schedule
    from medsteward.readers.plan.schedule_csv import read_schedule
    from medsteward.readers.shared.kinds import A_SCHEDULE, HEAD, refuse_other

    refuse_other(data[:HEAD], where, A_SCHEDULE)
    if not data.strip():
        raise UnreadableInput(where, "it is empty; give the file that --save wrote")
    if named is None:
        raise click.UsageError("name the policy to check against, as in --policy humane")
    found = read_schedule(data, where)
    for table in dict.fromkeys(tables):
        yield check_schedule(
            found.rows, policy=named, table=table, as_of=day, problems=found.problems, cautions=found.cautions
        )


def _of_plan(plan: Plan, named: Policy | None, tables: tuple[FactorTable, ...], day: date) -> Iterator[ScheduleCheck]:
    from medsteward.advice.plan.held import check_plan
    from medsteward.advice.saved.as_it_stands import replayed
    from medsteward.tables.load import factor_table

    now = replayed(plan, factor_table(plan.request.table))
    own = dict.fromkeys(course.policy for course in plan.request.courses)
    for policy in [named] if named is not None else own:
        for table in dict.fromkeys(tables or (factor_table(plan.request.table),)):
            yield check_plan(now, policy=policy, table=table, as_of=day)
