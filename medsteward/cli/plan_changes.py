"""The options of ``plan revise`` that change a plan: each makes one change, and several are made in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click
from attrs import frozen

from medsteward.cli.options import Whole
from medsteward.cli.plan_anew import anew_options, asked_anew
from medsteward.cli.words import ReadText
from medsteward.readers.plan.words import (
    day_dose_of,
    dispense_of,
    insert_of,
    missed_of,
    pause_of,
    present_of,
    set_of,
    slow_of,
)
from medsteward.readers.shared.days import day_of

if TYPE_CHECKING:
    from medsteward.advice.saved.replan import AskedAnew
    from medsteward.schedules.event import Change, StatedDose
    from medsteward.schedules.plan import Plan

F = TypeVar("F", bound=Callable[..., object])

Made = Callable[["Plan"], "Change"]
"""A change of a plan as it stands then: of a dose that was taken, a number alone is in the unit of the plan's total."""

_GIVEN = "medsteward.changes"


@frozen
class ChangeOption:
    """One option: its name, what it reads, what it makes of that, and its help; a flag reads nothing."""

    name: str
    kind: click.ParamType[Any] | None
    made: Callable[[Any, Plan, str], Change]
    help: str
    metavar: str | None = None


def _events() -> Any:
    from medsteward.schedules import event

    return event


def _taken(value: Any, plan: Plan, why: str) -> Change:
    from medsteward.advice.saved.revise import taken_on
    from medsteward.model.amount import Amount

    day, number, dose = value
    return taken_on(plan, day, dose or Amount(number, plan.total_unit_on(day)))


def _dispensed(value: Any, plan: Plan, why: str) -> Change:
    """What was dispensed by hand. Refuses (``UsageError``) one without a reason that decides what is at home."""
    day, days, because = value
    reasons = [each.value for each in _events().FillBecause]
    word = because or why.partition(":")[0].strip().casefold()
    if word not in reasons:
        raise click.UsageError(
            f"say why it is dispensed: --dispense {day}={days}:lost counts what is at home as gone; :early and :travel "
            "keep it, and less is dispensed later"
        )
    made: Change = _events().Dispense(day, days, _events().FillBecause(word))
    return made


OPTIONS = (
    ChangeOption(
        "--pause",
        ReadText("from..to", pause_of),
        lambda value, plan, why: value,
        "Stay at the dose in force for these days.",
    ),
    ChangeOption(
        "--slow-to",
        ReadText("percent/interval", slow_of),
        lambda value, plan, why: value,
        "From now on at most so much, as in 5%/8w.",
    ),
    ChangeOption(
        "--hold-at",
        Whole(1),
        lambda value, plan, why: _events().HoldAt(value),
        "Stay at this step until resumed.",
        "STEP",
    ),
    ChangeOption(
        "--resume",
        ReadText("date", day_of),
        lambda value, plan, why: _events().Resume(value),
        "Go on from a hold: the next step begins on this day.",
    ),
    ChangeOption(
        "--taken",
        ReadText("date=dose", day_dose_of),
        _taken,
        "What was really taken on a day, as in 2027-03-15=0.",
    ),
    ChangeOption(
        "--missed",
        ReadText("from..to", missed_of),
        lambda value, plan, why: value,
        "Nothing was taken on these days, as in 2027-03-15..2027-03-16.",
    ),
    ChangeOption(
        "--dispense",
        ReadText("date=days:why", dispense_of),
        _dispensed,
        "So many days were dispensed on a day, and why: lost, early or travel, as in 2027-03-15=7:lost.",
    ),
    ChangeOption(
        "--reverse", None, lambda value, plan, why: _events().Reverse(), "Go back to the last tolerated dose."
    ),
    ChangeOption(
        "--set",
        ReadText("step=dose", set_of),
        lambda value, plan, why: value,
        'Set a future step by hand, as in 3="morphine ER=45 mg/d" or 3="morphine ER=15 mg morning + 30 mg evening".',
    ),
    ChangeOption(
        "--skip", Whole(1), lambda value, plan, why: _events().SkipStep(value), "Leave a future step out.", "STEP"
    ),
    ChangeOption(
        "--insert",
        ReadText("step=dose", insert_of),
        lambda value, plan, why: value,
        'Put a step in before a future one, as in 3="oxycodone=50 mg/d".',
    ),
    ChangeOption(
        "--end",
        ReadText("date", day_of),
        lambda value, plan, why: _events().End(value),
        "The plan ends on this day; the dose in force goes on outside it.",
    ),
    ChangeOption(
        "--undo", None, lambda value, plan, why: _events().Undo(), "Take the last change back, before it takes effect."
    ),
)


def change_options(command: F) -> F:
    """The options that change a plan, gathered into one ``changes`` argument: what makes each, in the order typed."""

    @wraps(command)
    def gathered(
        *args: object, present: tuple[StatedDose, ...], on: tuple[date, ...], why: str, **options: Any
    ) -> object:
        given = click.get_current_context().meta.pop(_GIVEN, [])
        asked = asked_anew(options, states=bool(present))
        options.pop("replan_from")
        if bool(present) != (len(on) == 1):
            raise click.UsageError(
                'a stated dose is written with its day: --present "oxycodone=15 mg" --on 2027-03-15, one day in all'
            )
        changes: list[Made] = []
        for option, value in given:
            if option == "--present":
                changes.append(partial(_presented, on[0], present, asked, why))
            elif option == "--replan-from":
                if asked.taken_per_day:
                    changes.append(partial(_taken_instead, value, asked))
                changes.append(partial(_replanned, value, asked, why))
            else:
                changes.append(partial(_made, option, value, why))
        if not changes:
            raise click.UsageError(
                f"give a change: {', '.join(each.name for each in OPTIONS)}, --replan-from or --present"
            )
        return command(*args, changes=changes, why=why, **options)

    wrapped: Callable[..., object] = gathered
    for option in reversed((*OPTIONS, *_PRESENT)):
        wrapped = _declared(option)(wrapped) if isinstance(option, ChangeOption) else option(wrapped)
    return anew_options(wrapped, _note_replan)  # type: ignore[return-value]


def _presented(day: date, doses: tuple[StatedDose, ...], asked: AskedAnew, why: str, plan: Plan) -> Change:
    from medsteward.advice.saved.regimen import stated_dose
    from medsteward.tables.load import factor_table

    return stated_dose(plan, day, doses, asked, why=why, table=factor_table(plan.request.table))


def _taken_instead(day: date, asked: AskedAnew, plan: Plan) -> Change:
    from medsteward.advice.saved.replan import taken_instead

    return taken_instead(plan, day, asked)


def _replanned(day: date, asked: AskedAnew, why: str, plan: Plan) -> Change:
    from medsteward.advice.saved.revise import replanned
    from medsteward.tables.load import factor_table

    return replanned(plan, day, asked, why=why, table=factor_table(plan.request.table))


def _made(option: ChangeOption, value: object, why: str, plan: Plan) -> Change:
    return option.made(value, plan, why)


def _declared(option: ChangeOption) -> Callable[[F], F]:
    def note(ctx: click.Context, param: click.Parameter, values: Sequence[object] | bool) -> None:
        found: list[tuple[ChangeOption | str, object]] = ctx.meta.setdefault(_GIVEN, [])
        if isinstance(values, bool):
            found += [(option, True)] if values else []
        else:
            found += [(option, value) for value in values]

    if option.kind is None:
        return click.option(option.name, is_flag=True, expose_value=False, callback=note, help=option.help)
    return click.option(
        option.name,
        type=option.kind,
        multiple=True,
        expose_value=False,
        callback=note,
        help=option.help,
        metavar=option.metavar,
    )


def _note_replan(ctx: click.Context, param: click.Parameter, value: date | None) -> date | None:
    if value is not None:
        ctx.meta.setdefault(_GIVEN, []).append(("--replan-from", value))
    return value


def _note_present(ctx: click.Context, param: click.Parameter, values: tuple[StatedDose, ...]) -> tuple[StatedDose, ...]:
    if values:
        ctx.meta.setdefault(_GIVEN, []).append(("--present", values))
    return values


_PRESENT = (
    click.option(
        "--present",
        multiple=True,
        type=ReadText("drug=dose", present_of),
        callback=_note_present,
        help='The dose a day to go on from, as in "morphine ER=30 mg": after a gap, or as somebody changed it; with '
        "--on.",
    ),
    click.option(
        "--on",
        multiple=True,
        type=ReadText("date", day_of),
        help="With --present: the first day of that dose.",
    ),
)
