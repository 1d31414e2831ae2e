"""``medsteward taper``."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Unpack

import click

from medsteward.cli.cases import cases
from medsteward.cli.desk import opened
from medsteward.cli.files_apart import forget_files, read_from, written_to
from medsteward.cli.options import (
    PlanDay,
    Whole,
    Word,
    as_of_option,
    format_option,
    input_option,
    output_option,
    patient_options,
    table_option,
)
from medsteward.cli.plan_options import Pages, answer_plans, plan_pages
from medsteward.cli.plan_saving import refuse_other_plan, replace_option, save_plan
from medsteward.cli.stated import StatedWords, answer_option, stated_of, stated_options
from medsteward.cli.words import ReadText, Worded, option_words, page_words
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
from medsteward.schedules.policies import POLICIES
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import PLAN

if TYPE_CHECKING:
    from medsteward.advice.plan.report import PlanReport
    from medsteward.advice.taper.options import TaperOptions
    from medsteward.model.amount import Amount
    from medsteward.schedules.dates import Interval
    from medsteward.schedules.last_days import LastDays
    from medsteward.schedules.moment import Moment
    from medsteward.schedules.supply import OtherForm, OwnProduct

_EXAMPLES = """

\b
Examples:
  medsteward taper "oxycodone IR 5 mg tablet, 3 tablets 4 times daily" --start 2027-01-04 \\
                   --indication "chronic pain" --requested-by patient --when-stuck smallest-step
  medsteward taper "morphine ER 30 mg tablet, 1 tablet every 12 hours" --start 2027-01-04 --because adverse-effects \\
                   --supervised-by "pain-medicine:Dr. Okafor" --age 58 --when-stuck smallest-step
  medsteward taper --input examples/taper.toml --start 2027-01-04 --when-stuck smallest-step --save taper.json
"""


@click.command(
    cls=Worded,
    epilog=_EXAMPLES,
    help="""A dated taper out of products that exist, that can be paused, slowed and explained.

    Each SIG is one medication with its form, as in "oxycodone IR 5 mg tablet, 1 tablet 3 times daily". The policy says
    what is asked for; no step takes off more than its ceiling, which is a percentage of the current dose. Where no
    product makes such a step, the smallest one is marked, and the alternatives are listed. Nothing here is an order:
    a plan is a proposal for the person who signs it and the patient who agrees to it.
    """,
)
@click.argument("sigs", metavar="[SIG]...", nargs=-1)
@input_option
@click.option("--start", type=PlanDay(), required=True, help="First day of the first reduced dose, as 2027-01-04.")
@click.option(
    "--policy",
    metavar="NAME",
    help=f"One of {', '.join(POLICIES)}. docs/policies.md explains each.  [default: by the drug]",
)
@click.option(
    "--percent", type=ReadText("percent", percent_of), help="Ask for this percentage instead of the policy's."
)
@click.option("--every", type=ReadText("interval", interval_of), help="How long a step lasts at least: 28d, 4w, 1mo.")
@click.option("--of", "basis", type=Word(["current", "original"]), help="What the percentage asked is of.")
@click.option("--ceiling", type=ReadText("percent", percent_of), help="Most percent of the current dose in one step.")
@click.option("--target", type=ReadText("dose", target_of), help="0, or the daily dose to stay at.")
@stated_options
@click.option("--reason", default="", metavar="TEXT", help="The reason in words: it is printed and decides nothing.")
@answer_option("more-taken='relief did not last'")
@click.option("--first", metavar="ir|er|DRUG", help="What is lowered first.")
@click.option("--products", metavar="FILE", callback=read_from, help="A CSV of the products that can be had.")
@click.option("--split", is_flag=True, help="The patient's tablets are scored: halves may be used.")
@click.option("--mark", type=ReadText("volume", mark_of), help="Mark of the syringe.  [default: by the volume]")
@click.option(
    "--floor", type=Word(["none"]), help="Lower a liquid as far as it can be drawn up; else see docs/tapers.md."
)
@click.option(
    "--combination",
    type=Word(["keep", "leave"]),
    help="A combination: kept, fewer each step, or left for the opioid alone.  [default: kept within the ceiling]",
)
@click.option(
    "--tail",
    type=ReadText("form", form_of),
    help='How the last dose of an ER opioid goes on, as in "IR tablet" or solution: at the same total, then lower.',
)
@click.option(
    "--last-days",
    type=ReadText("days", last_days_of),
    help="Days without a dose before the stop: every-2nd,every-3rd, nights such as sat,tue, or none.",
)
@click.option(
    "--larger", type=ReadText("time", moment_of), help="Time of day of the larger dose.  [default: the later]"
)
@click.option(
    "--when-stuck",
    type=Word(["ask", "smallest-step"]),
    default="ask",
    show_default=True,
    help="Where no step within the ceiling can be dispensed.",
)
@click.option("--avoid", default="", metavar="DAYS", help="Days no step begins on: weekends,holidays:US.")
@click.option("--weekday", type=Word(WEEKDAYS), help="Steps begin on this day of the week.")
@click.option("--fill-days", type=Whole(1, 366), help="Days of one dispensing.")
@click.option(
    "--taken-per-day",
    "taken",
    type=ReadText("drug=dose", drug_dose_of),
    multiple=True,
    help="What is really taken a day of an as-needed medicine.",
)
@click.option(
    "--save", metavar="FILE", callback=written_to, help="Keep the plan in this file, to be shown and revised."
)
@click.option("--way", type=Whole(1, 99), help="Make the plan of the alternative with this number in the table.")
@replace_option
@click.option("--explain", is_flag=True, help="Text: say by which wishes, in their order, the steps are chosen.")
@plan_pages
@table_option
@as_of_option
@patient_options
@format_option(PLAN)
@output_option
def taper(
    sigs: tuple[str, ...],
    source: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    patient: Mapping[str, object],
    products: str | None,
    save: str | None,
    way: int | None,
    replace: bool,
    explain: bool,
    style: str,
    output: str | None,
    pages: Pages,
    **asked: Unpack[_Wishes],
) -> int:
    """Read, plan, write."""
    from medsteward.advice.taper.plan import taper as plan_of
    from medsteward.readers.plan.products_csv import read_products

    if len(tables) > 1:
        raise click.UsageError("a plan is counted with one --table")
    options = _options(sigs, source, asked, products=read_products(*opened(products)) if products is not None else ())
    found = cases(sigs, source, as_of=as_of, patient=patient)
    reports: Iterator[PlanReport] = (plan_of(case, options, table=tables[0]) for case in found)
    if way is not None:
        return _by_way(reports, way)
    if save is not None:
        refuse_other_plan(save, replace=replace)
        reports = save_plan(reports, save, replace=replace)
    return answer_plans(reports, style, pages, output, explain=explain)


def _by_way(reports: Iterator[PlanReport], way: int) -> int:
    """Run the command of an alternative. Refuses (``UsageError``) a number that there is not, and several cases."""
    from medsteward.writers.plan.ways import planned

    found = list(reports)
    if len(found) != 1:
        raise click.UsageError("--way is for one case")
    commands = [each.command for each in planned(found[0]) if each.command is not None]
    if way > len(commands):
        there = f"choose 1 to {len(commands)}" if commands else "this plan has no alternatives; leave --way out"
        raise click.UsageError(f"there is no way {way}; {there}")
    words = shlex.split(commands[way - 1])[2:]
    here = click.get_current_context()
    forget_files(here)
    with taper.make_context("taper", [*page_words(), *words], parent=here.parent) as context:
        code: int = taper.invoke(context)
    return code


class _Wishes(StatedWords):
    """What the options of a taper give, each by its name."""

    start: date
    policy: str | None
    percent: Fraction | None
    every: Interval | None
    basis: str | None
    ceiling: Fraction | None
    target: Amount | None
    first: str | None
    split: bool
    mark: Fraction | None
    floor: str | None
    tail: OtherForm | None
    combination: str | None
    last_days: LastDays | None
    larger: Moment | None
    when_stuck: str
    avoid: str
    weekday: str | None
    fill_days: int | None
    taken: tuple[tuple[str, Amount], ...]


def _options(
    sigs: tuple[str, ...], source: str | None, asked: _Wishes, products: tuple[OwnProduct, ...]
) -> TaperOptions:
    from medsteward.advice.taper.options import CombinationKind, TaperOptions
    from medsteward.schedules.plan import Asked, WhenStuck
    from medsteward.schedules.policy import Basis

    stated = stated_of(asked)
    return TaperOptions(
        start=asked["start"],
        policy=asked["policy"],
        percent=asked["percent"],
        every=asked["every"],
        basis=Basis(asked["basis"]) if asked["basis"] else None,
        ceiling=asked["ceiling"],
        target=asked["target"],
        requested_by=stated.requested_by,
        because=stated.because,
        supervised_by=stated.supervised_by,
        reason=stated.reason,
        answers=stated.answers,
        first=asked["first"],
        products=products,
        split=asked["split"],
        mark=asked["mark"],
        floor=asked["floor"] is None,
        tail=asked["tail"],
        combination=CombinationKind(asked["combination"]) if asked["combination"] else None,
        last_days=asked["last_days"],
        larger=asked["larger"],
        when_stuck=WhenStuck(asked["when_stuck"]),
        avoid=asked["avoid"],
        weekday=WEEKDAYS.index(asked["weekday"]) if asked["weekday"] else None,
        fill_days=asked["fill_days"],
        taken_per_day=asked["taken"],
        asked=Asked(sigs, option_words(sigs), source),
    )
