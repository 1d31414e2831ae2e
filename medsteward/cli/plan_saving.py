"""Keeping a plan in a file: never over another plan unasked, one program at a time, and never what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medsteward.cli.plan_files import file_bytes
from medsteward.cli.saying import say
from medsteward.errors import CannotWrite, UnreadableInput
from medsteward.readers.shared.whole_file import locked, place_of, replacing

if TYPE_CHECKING:
    from medsteward.advice.plan.report import PlanReport
    from medsteward.readers.plan.document import SavedPlan
    from medsteward.schedules.plan import Plan, Request

WAIT = 20.0
"""Seconds that a program which changes the same file is waited for."""
_LOCKS = "medsteward.locks"

replace_option = click.option(
    "--replace", is_flag=True, help="With --save: put the plan in the place of another plan that FILE holds."
)


def hold(file: str | None) -> None:
    """From now on keep other programs from changing this file, until ``save_plan`` is done or the command ends.

    Raises ``CannotWrite`` where another one does not let go of it.
    """
    if file in (None, "-") or not _is_replaced(file):
        return
    context = click.get_current_context()
    locks: ExitStack = context.meta.setdefault(_LOCKS, ExitStack())
    context.call_on_close(locks.close)
    locks.enter_context(locked(place_of(file), wait=WAIT))


def save_plan(
    reports: Iterator[PlanReport], path: str, *, replace: bool, read_from: str | None = None
) -> Iterator[PlanReport]:
    """Pass the one report on, its plan kept in a file. One without a plan, or that waits for a choice, leaves no file.

    Refuses (``UsageError``) two reports, a file that holds another plan unless ``replace``, or anything else than a
    plan, and (``CannotWrite``) a plan that could not be read again. ``read_from`` is the file that a changed plan came
    from.
    """
    first = next(reports)
    if next(reports, None) is not None:
        raise click.UsageError("--save keeps one plan; give one case")
    if first.awaits_choice:
        from medsteward.writers.plan.choice import CHOOSE_FIRST

        say(f"{path} was not written: {CHOOSE_FIRST}")
    elif first.plan is not None:
        if not _is_same(path, read_from):
            if read_from is None:
                hold(path)
            refuse_other_plan(path, first.plan, replace=replace)
            if read_from is None:
                first = _taking_over(first, first.plan, path)
        _write(first, path)
    context = click.get_current_context(silent=True)
    if context is not None and _LOCKS in context.meta:
        context.meta[_LOCKS].close()
    yield first


def refuse_other_plan(path: str, plan: Plan | None = None, *, replace: bool) -> None:
    """Refuse (``UsageError``) to write over a file that holds another plan, or no plan at all.

    A plan may go over itself, and over itself with fewer changes. Without ``plan`` only what is no plan is refused, and
    a plan that cannot be read.
    """
    held = _held(path)
    if held is None or replace or plan is None:
        return
    theirs = held.plan
    is_same = (_asked_for(theirs), theirs.base) == (_asked_for(plan), plan.base)
    if is_same and plan.events[: len(theirs.events)] == theirs.events:
        return
    if theirs.events:
        raise click.UsageError(
            f"{path} holds a plan that was revised on {theirs.events[-1].on}; give another file, or remove it first "
            "(--replace puts this plan in its place)"
        )
    raise click.UsageError(f"{path} holds another plan; give another file, or add --replace")


def _taking_over(report: PlanReport, plan: Plan, path: str) -> PlanReport:
    """The report on a plan that takes the place of another one in its file, whose calendar entries it takes back."""
    held = _held(path)
    if held is None or (_asked_for(held.plan), held.plan.base) == (_asked_for(plan), plan.base):
        return report
    from attrs import evolve

    from medsteward.advice.saved.as_it_stands import replayed, sheet
    from medsteward.schedules.saved import MAX_LIST
    from medsteward.tables.load import factor_table
    from medsteward.writers.plan.ics import sent_entries

    table = factor_table(held.plan.request.table)
    theirs = sheet(replayed(held.plan, table), held.as_of, table)
    return evolve(report, plan=evolve(plan, replaced=sent_entries(theirs)[-MAX_LIST:]))


def _asked_for(plan: Plan) -> Request:
    """What a plan follows from, without the words of the command and the day on which it was given."""
    from attrs import evolve

    from medsteward.schedules.plan import Asked

    case = plan.origin.case
    return evolve(plan.origin, asked=Asked(), case=None if case is None else evolve(case, as_of=plan.origin.start))


def _held(path: str) -> SavedPlan | None:
    """The plan in a file that is about to be written over; None where nothing is lost. Refuses any other file."""
    from medsteward.readers.plan.document import read_plan

    if not Path(path).is_file() or not Path(path).stat().st_size:
        return None
    try:
        held, problems = read_plan(*file_bytes(path))
    except UnreadableInput:
        held, problems = None, ()
    if problems:
        raise click.UsageError(f"{path} holds a plan that cannot be read; give another file, or remove it first")
    if held is None or held.is_attached:
        raise click.UsageError(f"{path} is there already and is no plan that --save wrote; give another file")
    return held


def _is_replaced(file: str) -> bool:
    """Whether a file is written by putting another in its place; a device or a pipe is not."""
    return not os.path.exists(file) or os.path.isfile(file) or os.path.isdir(file)


def _is_same(one: str, other: str | None) -> bool:
    return other is not None and os.path.realpath(one) == os.path.realpath(other)


def _write(report: PlanReport, path: str) -> None:
    """The plan in its file, once what is on the disk was read back and is the same plan."""
    from medsteward.cli.running import write
    from medsteward.writers.plan.document import document
    from medsteward.writers.shared.json_text import pretty

    plan = report.plan
    assert plan is not None
    data = pretty(document(report)).encode()
    if not _is_replaced(path):
        _refuse_pipe(path)
        _read_back(data, path, plan)
        write([data], path)
        return
    with replacing(place_of(path), lasting=True) as fresh:
        fresh.write_bytes(data)
        _read_back(fresh.read_bytes(), path, plan)


def _refuse_pipe(path: str) -> None:
    """Refuse (``CannotWrite``) a named pipe: it keeps no plan, and without a reader it would be waited for for ever.

    What the shell opened itself (``/dev/stdout``, ``/dev/fd/63``) has its reader.
    """
    if not os.path.abspath(path).startswith(("/dev/", "/proc/")) and Path(path).is_fifo():
        raise CannotWrite(path, "it is a pipe, which keeps no plan; give a file")


def _read_back(data: bytes, path: str, plan: Plan) -> None:
    from medsteward.readers.plan.document import read_plan

    try:
        saved, problems = read_plan(data, path)
    except UnreadableInput as error:
        raise CannotWrite(path, f"the plan could not be read again: {error.what}") from None
    if saved is None:
        raise CannotWrite(path, f"the plan could not be read again: {problems[0].text}")
    again = saved.plan
    if (again.request, again.base, again.base_outcome, again.events) != (
        plan.origin,
        plan.base,
        plan.base_outcome,
        plan.events,
    ):
        raise CannotWrite(path, "what was read again is another plan; please report it, without patient data")
