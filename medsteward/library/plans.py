"""Tapers, trials and saved plans for other programs: what the commands do, without files unless one is named."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from medsteward.advice.plan.held import ScheduleCheck, check_plan, check_schedule
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.saved.as_it_stands import replayed
from medsteward.advice.saved.revise import changed, report_again
from medsteward.advice.trial.asked import TrialOptions
from medsteward.advice.trial.decide import decided, measured
from medsteward.advice.trial.plan import trial as trial_of
from medsteward.errors import MedstewardError, UnreadableInput
from medsteward.model.answer import Answers
from medsteward.model.dated import DatedAmount
from medsteward.model.given import asked_day
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.readers.directions.line import read_line
from medsteward.readers.plan.document import SavedPlan
from medsteward.readers.plan.document import read_plan as read_bytes
from medsteward.schedules.event import Change
from medsteward.schedules.plan import Plan
from medsteward.schedules.policies import policy
from medsteward.schedules.policy import Policy
from medsteward.schedules.saved import MAX_BYTES
from medsteward.schedules.trial import Measure
from medsteward.tables.load import factor_table
from medsteward.tables.table import FactorTable
from medsteward.treatments.index import trial_named

AnyPlan = Plan | SavedPlan | PlanReport
"""A plan, a saved one, or the report of one."""


class PlanRefused(MedstewardError):
    """A saved plan that cannot be read, or a change that has to be answered first. ``problems`` say what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.where}: {each.text} ({each.code})" for each in self.problems))


@frozen
class RevisionOptions:
    """What goes with changes of a plan.

    ``why`` is kept with them and decides nothing. ``answers`` are to what is asked first, as pairs of the question and
    the answer: ``(("suicidality", "asked today: no thoughts"),)``.
    """

    why: str = ""
    answers: Answers = ()


@frozen
class DecisionOptions:
    """What goes with the measures of a trial.

    ``answers`` are as for a revision. ``record`` keeps the scores and decides nothing yet.
    """

    answers: Answers = ()
    record: bool = False


def trial(case: Case, options: TrialOptions, *, table: FactorTable) -> PlanReport:
    """A new time-limited trial: ramp, days to decide on, exit taper.

    ``options.drug`` is the name of a declared trial (``duloxetine``), or the directions of an opioid, which are read.
    Nothing is refused by an exception: what stands in the way is a problem of the report.
    """
    if options.line is None and trial_named(options.drug) is None:
        options = evolve(options, line=read_line(options.drug))
    return trial_of(case, options, table=table)


def read_plan(source: str | Path | bytes | Mapping[str, Any]) -> SavedPlan:
    """A saved plan: from the name of its file, its bytes, or its document as plain data.

    Its ``plan`` is as planned first; ``plan_report`` replays what happened since. Refuses (``UnreadableInput``) what is
    no plan file, and (``PlanRefused``) a newer schema, a digest that does not fit, and parts that are missing or wrong.
    """
    if isinstance(source, Mapping):
        data, name = json.dumps(source, ensure_ascii=False, default=_exact).encode(), "the document"
    elif isinstance(source, bytes):
        data, name = source, "the document"
    else:
        name = str(source)
        try:
            with Path(source).open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise UnreadableInput(name, (error.strerror or "it cannot be opened").lower()) from None
    saved, problems = read_bytes(data, name)
    if saved is None:
        raise PlanRefused(problems)
    return saved


def plan_report(plan: AnyPlan, *, as_of: date) -> PlanReport:
    """A plan as it stands on a day, with what goes beside it; counted with the table that made it."""
    found, as_of = _plan(plan), asked_day(as_of)
    table = _table(found)
    return report_again(replayed(found, table, as_of), as_of, table)


def revise(plan: AnyPlan, changes: Sequence[Change], *, on: date, options: RevisionOptions | None = None) -> PlanReport:
    """A plan with changes that are entered on a day, in their order, all or none.

    ``changes`` are ``Pause``, ``SlowTo``, ``HoldAt``, ``Resume``, ``Taken``, ``NotTaken``, ``Dispense``, ``Reverse``,
    ``SetStep``, ``SkipStep``, ``InsertStep``, ``Present``, ``End``, ``Undo``. Raises ``NotPossible`` for one that the
    plan does not allow, and ``PlanRefused`` for one that has to be answered first. The plan that was given stays as it
    is.
    """
    asked = options or RevisionOptions()
    found, on = _plan(plan), asked_day(on, "on")
    table = _table(found)
    made = [lambda _, change=each: change for each in changes]
    now, problems = changed(found, made, on=on, why=asked.why, answers=asked.answers, table=table)
    if problems:
        raise PlanRefused(problems)
    return report_again(now, on, table)


def decide(
    plan: AnyPlan, measures: Sequence[Measure], *, on: date, options: DecisionOptions | None = None
) -> PlanReport:
    """A trial decided by what was measured on a day, and by what was measured before.

    Raises ``NotATrial`` for a taper, and ``PlanRefused`` for a measure that is not known or words that ask first.
    """
    asked = options or DecisionOptions()
    found, on = _plan(plan), asked_day(on, "on")
    table = _table(found)
    now, problems = measured(replayed(found, table, on), measures, on, asked.answers)
    if problems:
        raise PlanRefused(problems)
    return report_again(now, on, table) if asked.record else decided(now, on, table)


def plan_check(
    plan: AnyPlan | Sequence[DatedAmount],
    *,
    as_of: date,
    policy_name: str | Policy | None = None,
    table: FactorTable | None = None,
) -> tuple[ScheduleCheck, ...]:
    """A schedule held against a policy; a plan against each of its own where none is named.

    Rows of a schedule need a policy and a table. Raises ``UnknownPolicy``.
    """
    as_of = asked_day(as_of)
    named = policy(policy_name) if isinstance(policy_name, str) else policy_name
    if isinstance(plan, Plan | SavedPlan | PlanReport):
        found = _plan(plan)
        now = replayed(found, _table(found))
        own = dict.fromkeys(course.policy for course in found.request.courses)
        used = table or _table(found)
        return tuple(check_plan(now, policy=each, table=used, as_of=as_of) for each in ([named] if named else own))
    if named is None or table is None:
        raise TypeError("rows of a schedule are checked against a named policy, and need a table")
    return (check_schedule(tuple(plan), policy=named, table=table, as_of=as_of),)


def _plan(found: AnyPlan) -> Plan:
    """The plan of whatever holds one. Raises ``PlanRefused`` for a report without one."""
    if isinstance(found, Plan):
        return found
    if found.plan is None:
        assert isinstance(found, PlanReport)
        raise PlanRefused(found.problems)
    return found.plan


def _table(plan: Plan) -> FactorTable:
    return factor_table(plan.request.table)


def _exact(value: object) -> Any:
    """Decimals of a parser, as the text of a document has them."""
    return float(str(value))
