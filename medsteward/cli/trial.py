"""``medsteward trial``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from medsteward.cli.cases import cases
from medsteward.cli.desk import today
from medsteward.cli.files_apart import written_to
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
from medsteward.cli.stated import answer_option
from medsteward.cli.words import ReadText, Worded, option_words
from medsteward.readers.plan.words import WEEKDAYS, measure_of, sessions_of
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import PLAN
from medsteward.writers.formats import RHYTHM as RHYTHM_PLAN

if TYPE_CHECKING:
    from medsteward.advice.plan.report import PlanReport
    from medsteward.advice.trial.asked import TrialOptions
    from medsteward.model.answer import Answers
    from medsteward.schedules.trial import Measure

RHYTHM = "rhythm"

_EXAMPLES = """

\b
Examples:
  medsteward trial duloxetine --for-pain neuropathic --start 2026-12-07 --goal "walk 20 minutes" --baseline PEG=7
  medsteward trial "topical diclofenac" --site knee --start 2026-12-07 --goal "climb the stairs twice a day" \\
                   --baseline PEG=6 --age 80 --condition "heart failure"
  medsteward trial rhythm --start 2026-12-07 --goal "walk 20 minutes" --baseline PEG=7
"""


@click.command(
    cls=Worded,
    epilog=_EXAMPLES,
    help="""A time-limited trial of a medicine: a ramp, days to decide on, and an exit taper set before the first dose.

    DRUG is a name, or the directions of an opioid, as in "oxycodone IR 5 mg tablet, 1 tablet every 6 hours". Each SIG
    after it is what is taken already. The goal is a task, and the baseline a measure of it. `rhythm` in place of DRUG
    gives the clinic's contacts of the first twelve weeks. Nothing here is an order: a plan is a proposal for the person
    who signs it and the patient who agrees to it.
    """,
)
@click.argument("drug")
@click.argument("sigs", metavar="[SIG]...", nargs=-1)
@input_option
@click.option("--start", type=PlanDay(), required=True, help="Day of the first dose, as 2026-12-07.")
@click.option("--goal", default="", metavar="TASK", help='A task, as in "walk 20 minutes".')
@click.option(
    "--baseline",
    type=ReadText("scale=value", measure_of),
    multiple=True,
    help="What it is measured against, as in PEG=7; repeat it.",
)
@click.option("--for-pain", "pain", metavar="KIND", help="The kind of pain, as in neuropathic.")
@click.option("--reason", default="", metavar="TEXT", help="The reason in words: it is printed and decides nothing.")
@answer_option("size='tolerant of as much'")
@click.option("--site", default="", metavar="JOINT", help="The joint of a topical, as in knee.")
@click.option("--days", type=Whole(1, 366), help="How long an opioid is tried.")
@click.option("--sessions", type=ReadText("dates", sessions_of), help="Days of therapy it is taken before.")
@click.option(
    "--label",
    type=Word(["us", "uk"], case_sensitive=False),
    default="us",
    show_default=True,
    help="Use the US or UK label where they differ.",
)
@click.option("--policy", metavar="NAME", help="How it is lowered at the end.  [default: by the drug]")
@click.option("--split", is_flag=True, help="The patient's tablets are scored: halves may be used.")
@click.option("--avoid", default="", metavar="DAYS", help="Days no step begins on: weekends,holidays:US.")
@click.option("--weekday", type=Word(WEEKDAYS), help="Steps begin on this day of the week.")
@click.option("--fill-days", type=Whole(1, 366), help="Days of one dispensing.")
@click.option(
    "--save", metavar="FILE", callback=written_to, help="Keep the plan in this file, to be shown, revised and decided."
)
@replace_option
@plan_pages
@table_option
@as_of_option
@patient_options
@format_option(PLAN, RHYTHM_PLAN)
@output_option
def trial(
    drug: str,
    sigs: tuple[str, ...],
    source: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
    patient: Mapping[str, object],
    save: str | None,
    replace: bool,
    style: str,
    output: str | None,
    pages: Pages,
    **asked: Unpack[_Wishes],
) -> int:
    """Read, plan, write."""
    from medsteward.advice.trial.plan import trial as trial_of
    from medsteward.advice.trial.rhythm import rhythm
    from medsteward.readers.case.table import case_of

    reports: Iterator[PlanReport]
    if len(tables) > 1:
        raise click.UsageError("a plan is counted with one --table")
    day = as_of or today()
    if sigs or source is not None:
        found = cases(sigs, source, as_of=as_of, patient=patient)
    else:
        found = iter([case_of(as_of=day, patient=patient)])
    if drug.strip().casefold() == RHYTHM:
        if save is not None or style not in RHYTHM_PLAN.names:
            raise click.UsageError("the rhythm has no doses to keep; leave --save and ics out")
        said = (asked["goal"], asked["baseline"], asked["answers"], asked["reason"])
        reports, kind = (rhythm(case, asked["start"], *said) for case in found), RHYTHM_PLAN
    else:
        options = _options(drug, sigs, source, day, asked)
        reports, kind = (trial_of(case, options, table=tables[0]) for case in found), PLAN
    if save is not None:
        refuse_other_plan(save, replace=replace)
        reports = save_plan(reports, save, replace=replace)
    return answer_plans(reports, style, pages, output, kind)


class _Wishes(TypedDict):
    """What the options of a trial give, each by its name."""

    start: date
    goal: str
    baseline: tuple[Measure, ...]
    pain: str | None
    reason: str
    answers: Answers
    site: str
    days: int | None
    sessions: tuple[date, ...] | None
    label: str
    policy: str | None
    split: bool
    avoid: str
    weekday: str | None
    fill_days: int | None


def _options(drug: str, sigs: tuple[str, ...], source: str | None, day: date, asked: _Wishes) -> TrialOptions:
    from medsteward.advice.pain.matching import pain_kind
    from medsteward.advice.trial.asked import TrialOptions
    from medsteward.readers.case.table import case_of
    from medsteward.schedules.plan import Asked
    from medsteward.treatments.index import trial_named

    kind = pain_kind(asked["pain"]) if asked["pain"] else None
    if asked["pain"] and kind is None:
        raise click.UsageError(
            f'no kind of pain "{asked["pain"][:40]}"; write neuropathic, nociceptive, inflammatory, '
            "nociplastic, myofascial, migraine or CRPS"
        )
    line = None if trial_named(drug) is not None else case_of(drug, as_of=day).lines[0]
    return TrialOptions(
        drug=drug,
        start=asked["start"],
        goal=asked["goal"],
        baseline=asked["baseline"],
        pain=kind,
        label=asked["label"],
        site=asked["site"],
        days=asked["days"],
        sessions=asked["sessions"] or (),
        policy=asked["policy"],
        line=line,
        reason=asked["reason"],
        answers=asked["answers"],
        split=asked["split"],
        avoid=asked["avoid"],
        weekday=WEEKDAYS.index(asked["weekday"]) if asked["weekday"] else None,
        fill_days=asked["fill_days"],
        asked=Asked((drug, *sigs), option_words((drug, *sigs)), source),
    )
