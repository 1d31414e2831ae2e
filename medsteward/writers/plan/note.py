"""A plan as a short note to paste into a chart: plain text, no markup."""

from __future__ import annotations

from medsteward.advice.plan.report import PlanReport
from medsteward.schedules.sig_lines import daily_words
from medsteward.schedules.step import Step, StepKind
from medsteward.version import __version__
from medsteward.writers.plan.policy import percent
from medsteward.writers.plan.step_table import verdict
from medsteward.writers.plan.table import checkpoint_words, headline, marks, paces
from medsteward.writers.shared.cells import plain

IN_FORCE = " <- in force"
MOST_STEPS = 16
MOST_SUPPORTS = 3
WIDTH = 300


def note(report: PlanReport) -> str:
    """The note. What does not fit is counted, never dropped in silence."""
    case = f", case {report.case_id}" if report.case_id else ""
    lines = [f"{report.kind.capitalize()} plan {report.as_of}{case} (medsteward {__version__})", headline(report)]
    lines += marks(report)
    lines += [f"Problem: {each.text}" for each in report.problems]
    plan = report.plan
    if plan is not None:
        lines += paces(plan)
        now = plan.on(report.as_of)
        shown = plan.steps if len(plan.steps) <= MOST_STEPS else (*plan.steps[: MOST_STEPS - 2], plan.steps[-1])
        for step in shown:
            if step is plan.steps[-1] and len(shown) < len(plan.steps):
                lines.append(f"({len(plan.steps) - len(shown)} steps between are in the full plan)")
            lines.append(_step(step) + (IN_FORCE if step is now else ""))
        lines += [f"{each.on}: revised ({each.why_words or 'no reason given'})" for each in plan.events]
    coming = [each for each in report.checkpoints if each.last_day >= report.as_of]
    lines += [f"Next: {checkpoint_words(each)}" for each in coming[:2]]
    offered = [each for each in report.supports if not each.is_note]
    lines += [f"Beside it: {each.consider}" for each in offered[:MOST_SUPPORTS]]
    if len(offered) > MOST_SUPPORTS:
        lines.append(f"and {len(offered) - MOST_SUPPORTS} more to offer, in the full plan")
    lines.append("A proposal to be weighed with the patient, who can ask to slow or pause it at any step.")
    return "".join(f"{plain(line, WIDTH)}\n" for line in lines)


def _step(step: Step) -> str:
    if step.kind is StepKind.STOP:
        return f"{step.number}. {step.first_day}: stop"
    off = f" ({percent(step.percent_of_current)} of current)" if step.percent_of_current is not None else ""
    kind = f", {verdict(step)}" if verdict(step) else ""
    return f"{step.number}. {step.first_day} to {step.last_day}: {daily_words(step, with_products=True)}{off}{kind}"
