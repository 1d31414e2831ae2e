"""The steps of a plan as a table for a terminal: a column for each medicine, so that each step is one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve

from medsteward.model.amount import Amount
from medsteward.model.number import PLACES, decimal_text
from medsteward.schedules.plan import Plan
from medsteward.schedules.sig_lines import as_needed_in, daily_words, first_dose
from medsteward.schedules.step import Step, StepKind
from medsteward.writers.plan.policy import percent
from medsteward.writers.plan.totals import several
from medsteward.writers.shared.amounts import amount_words, figure
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.screen import folded
from medsteward.writers.shared.text_table import text_table

_MOST_MEDICINES = 3
"""Medicines with a column each; of more, one column says all."""
_ELIDED = "..."


def step_table(plan: Plan, as_of: date, *, asked: bool, most: int | None = None) -> str:
    """The steps with the day's doses, the total, and each step in percent; the one in force on ``as_of`` is marked.

    ``asked`` adds what the policy asks for. Of more than ``most`` steps those in the middle are left out, and a line of
    dots stands for them.
    """
    columns = [("step", [str(step.number) for step in plan.steps], "right")]
    columns.append(("first day", [step.first_day.isoformat() for step in plan.steps], "left"))
    columns.append(("days", [str(step.days) for step in plan.steps], "right"))
    columns += _doses(plan.steps)
    columns += _days(plan.steps)
    columns += _totals(plan)
    if asked:
        columns.append(("asked", [asked_words(step) for step in plan.steps], "left"))
    columns.append(("% of current", [_figure(step.percent_of_current) for step in plan.steps], "right"))
    columns.append(("% of original", [_figure(step.percent_of_original) for step in plan.steps], "right"))
    columns.append(("", [_flags(step, plan, as_of) for step in plan.steps], "left"))
    rows = [[plain(cell) for cell in row] for row in zip(*(column[1] for column in columns), strict=True)]
    table = text_table([plain(column[0]) for column in columns], elided(rows, most), [column[2] for column in columns])
    if not any(step.is_on_fewer_days for step in plan.steps):
        return table
    return f"{table}\n\n{folded(_averages(plan.steps), '')}"


def first_words(step: Step, name: str, *, since: date | None = None) -> str:
    """The first day with a dose where days lie between doses: ``; first on 2027-03-02``; else nothing.

    ``since`` is a day of the step from which on it is, where that is not its first.
    """
    day = first_dose(step, name, since)
    return "" if day is None else f"; first on {day}"


def _flags(step: Step, plan: Plan, as_of: date) -> str:
    """What is marked, where a planned stop is a stop."""
    if step.kind is StepKind.STOP and step.is_last_dose:
        return "stop, in force" if step is plan.on(as_of) else "stop"
    return marked(step, plan, as_of)


def elided(rows: Sequence[list[str]], most: int | None) -> list[list[str]]:
    """The rows, at most ``most`` lines of them: the first and the last ones, with dots between."""
    if most is None or len(rows) <= most:
        return list(rows)
    first = most // 2
    dots = [_ELIDED, *[""] * (len(rows[0]) - 1)]
    return [*rows[:first], dots, *rows[len(rows) - (most - first - 1) :]]


def marked(step: Step, plan: Plan, as_of: date) -> str:
    """What kind of step it is, where that is not a plain reduction within the limit; and the one in force."""
    return ", ".join(filter(None, (verdict(step), "in force" if step is plan.on(as_of) else "")))


def verdict(step: Step) -> str:
    """What kind of step it is, where that is not a plain reduction within the limit."""
    said = [] if step.kind is StepKind.REDUCE else [step.kind.value]
    if step.forced:
        said.append("planned" if step.is_of_the_end else "forced")
    return ", ".join(said)


def asked_words(step: Step) -> str:
    """What the policy asks for: ``10 % of current``, or an amount."""
    if step.asked_percent is not None:
        return f"{percent(step.asked_percent)} of {step.basis}"
    return "" if step.asked is None else str(Amount(step.asked, step.total.unit))


_Column = tuple[str, list[str], str]


def _doses(steps: Sequence[Step]) -> list[_Column]:
    """A column for each medicine and unit, named once; one column in words where there are many, or some as needed."""
    names = list(dict.fromkeys((day.name, day.amount.unit) for step in steps for day in step.daily))
    if len(names) > _MOST_MEDICINES or any(as_needed_in(step) for step in steps):
        return [("a day", [daily_words(step) or "none" for step in steps], "left")]
    found: list[_Column] = []
    for name, unit in names:
        amounts = [
            next((day.amount.value for day in step.daily if (day.name, day.amount.unit) == (name, unit)), None)
            for step in steps
        ]
        cells = [
            "0" if each is None else decimal_text(each, 2 if step.is_on_fewer_days else PLACES, thousands=True)
            for each, step in zip(amounts, steps, strict=True)
        ]
        found.append((f"{name} {unit.value}", cells, "right"))
    return found


def _averages(steps: Sequence[Step]) -> str:
    """What amounts a day mean where not every day has a dose."""
    said: dict[str, list[int]] = {}
    for step in steps:
        if step.is_on_fewer_days:
            mme = "" if not step.mme else f", {figure(evolve(step.mme, value=step.mme.value / step.pattern.share))} MME"
            said.setdefault(f"{step.on_its_day}{'' if step.mme == step.total else mme}", []).append(step.number)
    found = "; ".join(f"{steps_words(numbers)}: {amount}" for amount, numbers in said.items())
    return f"Where not every day has a dose, amounts are the average of a day. A day with a dose has more: {found}"


def steps_words(numbers: list[int]) -> str:
    """Numbers of steps: ``step 3``, ``steps 1 to 6``, ``steps 2, 4 and 7``."""
    if len(numbers) == 1:
        return f"step {numbers[0]}"
    if numbers == list(range(numbers[0], numbers[-1] + 1)) and len(numbers) > 2:
        return f"steps {numbers[0]} to {numbers[-1]}"
    return f"steps {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _days(steps: Sequence[Step]) -> list[_Column]:
    """On which days something is taken, where that is not every day on each step."""
    if not any(step.is_on_fewer_days for step in steps) or any(as_needed_in(step) for step in steps):
        return []
    cells = [step.pattern.short_words or ("every day" if step.doses else "") for step in steps]
    return [("on days", cells, "left")]


def _totals(plan: Plan) -> list[_Column]:
    """The total that the percentages are of, and MME, each where no other column is the same.

    Medicines that are lowered one after the other have no total in common.
    """
    steps = plan.steps
    units = {step.total.unit for step in steps}
    found: list[_Column] = []
    alone = all(len(step.daily) <= 1 and all(day.amount == step.total for day in step.daily) for step in steps)
    if not several(plan) and (not alone or all(not step.daily for step in steps)):
        cells = [(amount_words if len(units) > 1 else figure)(step.total) for step in steps]
        found.append((f"total {next(iter(units)).value}" if len(units) == 1 else "total", cells, "right"))
    if any(step.mme is not None and step.mme.value and step.mme != step.total for step in steps):
        found.append(("MME/d", ["" if step.mme is None else figure(step.mme) for step in steps], "right"))
    return found


def _figure(value: object) -> str:
    return "" if value is None else decimal_text(value, 1)  # type: ignore[arg-type]
