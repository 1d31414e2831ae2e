"""``medsteward plan decide``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from medsteward.cli.desk import today
from medsteward.cli.files_apart import changed_in, read_from
from medsteward.cli.options import as_of_option, format_option, output_option
from medsteward.cli.plan_files import file_bytes, own_file
from medsteward.cli.plan_options import Pages, answer_plans, plan_pages
from medsteward.cli.plan_saving import hold, replace_option, save_plan
from medsteward.cli.stated import answer_option
from medsteward.cli.words import ReadText
from medsteward.readers.plan.words import measure_of
from medsteward.writers.formats import PLAN

if TYPE_CHECKING:
    from medsteward.schedules.trial import Measure


@click.command(
    help="""Decide a trial by what was measured.

    Its stop rules are applied, with the reason and a next step. Each --measure is a score, or a yes or no: goal,
    activity, sedation, nausea, intolerable, serious, contraindication. The scores are kept in FILE (or in --save
    FILE); scores kept before count as well. With --record they are kept and nothing is decided.

    \b
    Example:
      medsteward plan decide trial.json --as-of 2027-02-01 --measure PEG=4 --measure sedation=yes
    """
)
@click.argument("file", callback=read_from)
@click.option(
    "--measure",
    "measures",
    type=ReadText("scale=value", measure_of),
    multiple=True,
    help="A score, as in PEG=4, or an answer, as in sedation=yes; repeat it.",
)
@answer_option("suicidality='asked today: no thoughts'")
@click.option("--record", is_flag=True, help="Keep the scores, and decide nothing yet.")
@click.option(
    "--save", metavar="FILE", callback=changed_in, help="Keep the plan with its scores here and leave FILE as it is."
)
@replace_option
@plan_pages
@as_of_option
@format_option(PLAN)
@output_option
def decide(
    file: str,
    measures: tuple[Measure, ...],
    answers: tuple[tuple[str, str], ...],
    record: bool,
    save: str | None,
    replace: bool,
    as_of: date | None,
    style: str,
    output: str | None,
    pages: Pages,
) -> int:
    """Read, decide, keep, write."""
    from medsteward.advice.saved.as_it_stands import replayed
    from medsteward.advice.saved.revise import report_again
    from medsteward.advice.trial.decide import decided, measured
    from medsteward.cli.running import said_problems
    from medsteward.readers.plan.document import read_plan
    from medsteward.tables.load import factor_table

    hold(save if save is not None else (file if measures else None))
    data, name = file_bytes(file)
    saved, problems = read_plan(data, name)
    if saved is None:
        return said_problems(problems)
    day, table = as_of or today(), factor_table(saved.plan.request.table)
    plan, wrong = measured(replayed(saved.plan, table, day), measures, day, answers)
    if wrong:
        return said_problems(wrong)
    report = report_again(plan, day, table) if record else decided(plan, day, table)
    reports = iter([report])
    target = save if save is not None else (own_file(file, saved) if measures else None)
    kept = save_plan(reports, target, replace=replace, read_from=file) if target is not None else reports
    return answer_plans(kept, style, pages, output)
