"""A plan for people: text for a terminal, markdown, and rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from medsteward.advice.plan.report import Checkpoint, PlanReport, Support
from medsteward.model.number import decimal_text
from medsteward.model.stated import RequestedBy
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import line_names
from medsteward.schedules.partner_days import partner_days
from medsteward.schedules.plan import Course, NeedsChoice, Plan, PlannedFill
from medsteward.schedules.policy import Policy
from medsteward.schedules.restart import waiting
from medsteward.schedules.sig_lines import count_words, directions, product_words
from medsteward.schedules.sig_lines import daily_words as line_days
from medsteward.schedules.step import Step, StepKind
from medsteward.schedules.wishes import WISHES
from medsteward.writers.plan import trial_words, ways
from medsteward.writers.plan.changes import change_words
from medsteward.writers.plan.policy import for_drugs, pace_words, percent, policy_lines
from medsteward.writers.plan.short import CHOICE, FINISHED, MORE, ROWS, shortened
from medsteward.writers.plan.step_table import asked_words, elided, first_words, marked, step_table, steps_words
from medsteward.writers.plan.today import today_words
from medsteward.writers.plan.totals import lifting_words, long_words, several, total_title, total_words
from medsteward.writers.remind.table import Section, caution_line, cited, problem_line
from medsteward.writers.shared.amounts import amount_words
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table, plain
from medsteward.writers.shared.screen import bold, folded
from medsteward.writers.shared.text_table import text_table

_HEADER = ("step", "first day", "days", "a day", "total", "asked", "of current", "of original", "")
CSV_HEADER = (
    "id",
    "policy",
    "step",
    "kind",
    "first_day",
    "last_day",
    "days",
    "drug",
    "release",
    "time",
    "amount",
    "unit",
    "product",
    "strength",
    "strength_unit",
    "count",
    "counted",
    "total",
    "total_unit",
    "mme",
    "asked_percent",
    "basis",
    "percent_of_current",
    "percent_of_original",
    "ceiling",
    "forced",
    "taken_on",
)
NEW_PRESCRIPTION = "CII"
"""The schedule whose medicines are never refilled: each dispensing is a new prescription."""

LONG_AGO = 31
"""Days before the day asked about from which a start is asked about on every page (ours)."""

FINDINGS = ("Findings of the present regimen", "With the present regimen")
"""Titles of the findings beside a taper and beside a trial."""
TAKING, DISPENSING = "What to take", "To dispense"
"""Titles of the parts that pages show as tables."""
HOW_CHOSEN = "How the steps are chosen: each wish decides among plans that are equal in those before it"


def text(report: PlanReport, *, verbose: bool = True, explain: bool = False) -> str:
    """The plan for a terminal: how it ends, the steps, what to take, then what goes beside it.

    Without ``verbose`` it fits a screen or two, and the last line says that there is more. ``explain`` adds by which
    wishes, in their order, it was chosen.
    """
    lines = [bold(folded(plain(headline(report)), "")), *(folded(plain(mark), "") for mark in marks(report)), ""]
    beside = [line for title, each in chosen_by(explain) for line in (title, *(folded(plain(say)) for say in each), "")]
    whole = sections(report, full=False, with_ways=False)
    if report.awaits_choice and not verbose:
        whole = [(title, _named(report)) if title in FINDINGS else (title, said) for title, said in whole]
    if verbose:
        lines += [*_body(report), *beside]
        lines += [line for title, each in whole for line in (title, *(folded(plain(say)) for say in each), "")]
        return "\n".join(lines).rstrip() + "\n"
    most = CHOICE if report.plan is not None and isinstance(report.plan.outcome, NeedsChoice) else FINISHED
    for steps, others in ROWS[most]:
        body = "\n".join([*lines, *_body(report, steps=steps, others=others), *beside]).split("\n")
        rest = shortened(whole, most - len(body) - 1, most)
        if len(body) + len(rest) < most:
            break
    return "\n".join([*body, *rest, MORE[most]]) + "\n"


def _named(report: PlanReport) -> list[str]:
    """The findings by their names alone, where a way is to be chosen first."""
    return [f"{each.severity.words}: {each.rule.name} [{each.id}]" for each in report.findings]


def _body(report: PlanReport, *, steps: int | None = None, others: int | None = None) -> list[str]:
    """What is asked for, the steps and the other ways: so many of them, or all with all that is said of each."""
    plan = report.plan
    parts: list[str] = []
    if plan is not None:
        today = [] if report.awaits_choice and steps is not None else today_words(plan, report.as_of)
        said = [*today, *_paces_on_screen(plan, verbose=steps is None)]
        parts += [*(folded(plain(line)) for line in said), ""] if said else []
        if plan.steps:
            parts += [_steps_on_screen(plan, report.as_of, steps, verbose=steps is None), ""]
    return parts + ways.screen_lines(report, most=others)


def _steps_on_screen(plan: Plan, as_of: date, most: int | None, *, verbose: bool) -> str:
    if plan.request.trial is None:
        return step_table(plan, as_of, asked=verbose, most=most)
    rows = [[plain(each) for each in row] for row in trial_words.step_rows(plan)]
    return text_table(trial_words.STEP_HEADER, elided(rows, most))


def _paces_on_screen(plan: Plan, *, verbose: bool) -> list[str]:
    """What is asked for: in full, or the policies alone in a line each; of a plan that waits, nothing."""
    if verbose or plan.request.trial is not None:
        return paces(plan)
    if isinstance(plan.outcome, NeedsChoice):
        return []
    return [
        f"{' and '.join(said)}: {pace_words(_policy_of(course))}"
        for course, said in zip(plan.request.courses, line_names(plan.request.courses), strict=True)
    ]


def markdown_text(report: PlanReport, *, explain: bool = False) -> str:
    """The plan as markdown."""
    parts = [f"## {markdown(headline(report))}", "", *(f"**{markdown(mark)}**" for mark in marks(report)), ""]
    plan = report.plan
    if plan is not None:
        parts += [*(f"- {markdown(line)}" for line in (*today_words(plan, report.as_of), *paces(plan))), ""]
        if plan.steps:
            parts.append(
                markdown_table(
                    step_header(plan), [[markdown(each) for each in row] for row in step_rows(plan, report.as_of)]
                )
            )
    if report.alternatives:
        parts += ["", f"### {markdown(ways.title(report))}", "", *ways.markdown_lines(report), ""]
    for title, sentences in (*chosen_by(explain), *sections(report, with_ways=False)):
        parts += [f"### {markdown(title)}", "", *(f"- {markdown(sentence)}" for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def csv_rows(report: PlanReport, *, with_header: bool = True) -> str:
    """One row for each product of each dose of each step, with its own amount; one for a step without any."""
    rows: list[list[str]] = []
    if report.plan is not None:
        for step in report.plan.steps:
            policy = report.plan.course_of(step).policy.id
            doses = [{}] if report.plan.awaits_restart else _csv_doses(step)
            rows += [_csv_row(report, policy, step, **cells) for cells in doses]
    return csv_text(CSV_HEADER, rows, with_header=with_header)


# --- what stands at the top -------------------------------------------------------------------------------------


def headline(report: PlanReport) -> str:
    """The answer in one line: how long, until when, how it ends."""
    if report.kind != "taper" and (report.plan is None or not isinstance(report.plan.outcome, NeedsChoice)):
        return trial_words.headline(report)
    case = f"case {plain(report.case_id, 60)}, " if report.case_id else ""
    name = report.kind.capitalize()
    plan = report.plan
    if plan is None:
        return f"{name}: {case}nothing is planned; see {'the problems' if report.problems else 'what is to know'}"
    if not plan.steps:
        return f"{name}: {case}no step yet. Decision needed: {_reason(plan)}"
    count = f"{len(plan.steps)} step{'s' if len(plan.steps) != 1 else ''}"
    span = f"{count} from {plan.first_day} to {plan.last_day}"
    if plan.request.hold:
        return f"{name}: {case}the present dose stays for now, from {plan.first_day}"
    total = plan.steps[-1].total
    end = "then stops" if plan.steps[-1].kind is StepKind.STOP else f"then stays at {amount_words(total)}"
    if isinstance(plan.outcome, NeedsChoice):
        return f"{name}: {case}{span}, {end}{long_words(plan)}. Decision needed: {_reason(plan)}{lifting_words(plan)}"
    return f"{name}: {case}{span}, {end}{long_words(plan)}"


def _reason(plan: Plan) -> str:
    return plan.outcome.reason if isinstance(plan.outcome, NeedsChoice) else ""


def marks(report: PlanReport) -> list[str]:
    """What every page of a plan carries: a draft, a far start, a raised ceiling, forced steps, a pace it exceeds."""
    found = ["Draft: why the dose is lowered is not stated yet."] if report.is_draft else []
    found += _far_start(report)
    found += [each.mark for each in sorted(report.cautions, key=lambda each: each.code) if each.mark]
    plan = report.plan
    beyond = [step for step in plan.steps if step.forced and not step.is_of_the_end] if plan is not None else []
    forced = [step.number for step in beyond]
    if forced:
        found.append(_forced_words(beyond, forced))
    if report.faster_than:
        found.append(f"Faster than: {'; '.join(report.faster_than)}")
    return found


def _forced_words(steps: Sequence[Step], numbers: list[int]) -> str:
    """The steps that are larger than the limit: ``Steps 12 to 15 are larger than the limit of 10 %``."""
    limits = {step.ceiling for step in steps if step.ceiling is not None}
    limit = f"the limit of {percent(next(iter(limits)))}" if len(limits) == 1 else "the limit"
    said = steps_words(numbers)
    return f"{said[:1].upper()}{said[1:]} {'is' if len(numbers) == 1 else 'are'} larger than {limit}"


def _far_start(report: PlanReport) -> list[str]:
    """A new plan whose start lies so far back that the year may be a slip; one at hand is under way by then."""
    late = any(each.code in ("TAPER-120", "TRIAL-105") for each in report.cautions)
    if report.plan is None or not late:
        return []
    start = report.plan.request.start
    days = (report.as_of - start).days
    if days <= LONG_AGO:
        return []
    return [f"The plan begins on {start}, {days:,} days before {report.as_of}: is the year meant?"]


def paces(plan: Plan) -> list[str]:
    """What each course asks for, in words; of a trial, what it is for."""
    if plan.request.trial is not None:
        return trial_words.facts(plan)
    lines = []
    for course, said in zip(plan.request.courses, line_names(plan.request.courses), strict=True):
        names = " and ".join(said)
        lines.append(f"{names}, by {course.policy.id}: {'; '.join(policy_lines(_policy_of(course)))}")
        lines += [f"asked instead: {', '.join(course.overrides)}"] if course.overrides else []
        lines += [f"order: {course.first_because}"] if course.first_because else []
        whose = (
            f"percentages of {names} are of its total" if several(plan) else "percentages are of the total daily dose"
        )
        lines.append(f"{whose}: {_total_words(course, plan)}")
    lines += stated_words(plan)
    if plan.request.indication:
        lines.append(f"for: {plan.request.indication}")
    return lines


def _policy_of(course: Course) -> Policy:
    return for_drugs(course.policy, (track.drug for track in course.tracks))


def stated_words(plan: Plan) -> list[str]:
    """Who asks for it, why and under whom, and the reason in words."""
    stated = plan.request.stated
    found = ["requested by: the patient"] if stated.is_by_patient else []
    if stated.requested_by is RequestedBy.CLINICIAN:
        found.append("requested by: the clinician")
    found += [f"because: {stated.because.words}"] if stated.because is not None else []
    found += [f"supervised by: {each.words}" for each in stated.supervised_by]
    return [*found, *([f"reason: {plan.request.reason}"] if plan.request.reason else [])]


def _total_words(course: Course, plan: Plan) -> str:
    return f"{course.total_unit.value}" + ("" if course.of_one_drug else f" by {plan.request.table}")


# --- steps ------------------------------------------------------------------------------------------------------


def step_header(plan: Plan) -> tuple[str, ...]:
    """The columns of the steps: those of a trial name no percentages; medicines without a common total have none."""
    if plan.request.trial is not None:
        return trial_words.STEP_HEADER
    return tuple(word for word in (*_HEADER[:4], total_title(plan), *_HEADER[5:-1]) if word) + _HEADER[-1:]


def step_rows(plan: Plan, as_of: date) -> list[tuple[str, ...]]:
    """A row for each step, under ``step_header``; the one in force on ``as_of`` is marked."""
    if plan.request.trial is not None:
        return trial_words.step_rows(plan)
    return [
        (
            str(step.number),
            step.first_day.isoformat(),
            str(step.days),
            daily_words(step),
            *([total_words(step, plan)] if total_title(plan) else []),
            asked_words(step),
            percent(step.percent_of_current),
            percent(step.percent_of_original),
            marked(step, plan, as_of),
        )
        for step in plan.steps
    ]


def daily_words(step: Step) -> str:
    """What is taken a day: ``morphine 90 mg/d, oxycodone 40 mg/d``; ``none``."""
    return line_days(step) or "none"


def taking_words(step: Step, plan: Plan) -> list[str]:
    """The directions of each line of a step."""
    return [f"{name}: {sig}{first_words(step, name)}" for name, sig in directions(step, plan.request_of(step).courses)]


# --- sections ---------------------------------------------------------------------------------------------------


def sections(report: PlanReport, *, full: bool = True, with_ways: bool = True) -> list[Section]:
    """What follows the steps, in the order in which it matters; ``full`` with sources and the policy's own words.

    Of a plan that waits for a choice nothing is dispensed yet. ``with_ways``: the alternatives too, as sentences.
    """
    plan = report.plan
    found: list[Section] = []
    if report.problems:
        found.append(("Problems", [problem_line(each) for each in report.problems]))
    found += trial_words.decision_section(report)
    if plan is not None and plan.steps:
        found.append((TAKING, _taking(plan)))
        notes = noted_steps(plan)
        found += [("Steps that need attention", notes)] if notes else []
        if not report.awaits_choice:
            fills = [
                fill_words(each, with_sig=full, is_given=plan.is_given(each), on=report.as_of) for each in plan.fills
            ]
            found += [(DISPENSING, fills)] if fills else []
    if plan is not None and plan.events:
        found.append(("What happened since", [f"{each.on}: {change_words(each, plan)}" for each in plan.events]))
    if plan is not None and plan.notes:
        found.append(("To know about the plan", list(plan.notes)))
    if report.alternatives and with_ways:
        words = [line for each in report.alternatives for line in ways.alternative_words(each)]
        found.append((ways.title(report), words))
    if report.checkpoints:
        found.append(("Visits", [checkpoint_words(each) for each in report.checkpoints]))
    found += trial_words.sections(report)
    offered = [each for each in report.supports if not each.is_note]
    if offered:
        words = [line for each in offered for line in support_words(each, with_sources=full)]
        found.append(("Supportive care", words))
    if report.reminders:
        reminders = [f"{each.due}: {each.kind.words}. {each.consider}" for each in report.reminders]
        found.append(("Reminders at the start", reminders))
    if report.findings:
        findings = [
            f"{', '.join(each.drugs)}: {each.rule.name} ({each.severity.words}). {each.rule.consider}"
            for each in report.findings
        ]
        title = FINDINGS[0] if report.kind == "taper" else FINDINGS[1]
        found.append((title, findings))
    notes = [line for each in report.supports if each.is_note for line in support_words(each, with_sources=full)]
    if notes or report.cautions:
        found.append(("To know", [*(caution_line(each) for each in report.cautions), *notes]))
    return [*found, *_policy_sections(report, full)]


def chosen_by(explain: bool) -> list[Section]:
    """The order of wishes by which every plan is chosen, where it is asked for."""
    return [(HOW_CHOSEN, [f"{n}. {wish}" for n, wish in enumerate(WISHES, start=1)])] if explain else []


def noted_steps(plan: Plan) -> list[str]:
    """What is to be known of steps, each text once, with the steps that it is about."""
    found: dict[str, list[int]] = {}
    for step in plan.steps:
        for note in (*step.notes, step.why_forced):
            if note:
                found.setdefault(note, []).append(step.number)
    return [*_partners(plan), *(f"{steps_words(numbers)}: {note}" for note, numbers in found.items())]


def _partners(plan: Plan) -> Iterator[str]:
    """What else the products hold a day, step by step, a line for each other ingredient."""
    found: dict[str, dict[str, list[int]]] = {}
    for step in plan.steps:
        for drug, amount in partner_days(step).items():
            said = f"{decimal_text(amount.value, thousands=True)} {amount.unit.value}"
            found.setdefault(drug, {}).setdefault(said, []).append(step.number)
    for drug, days in found.items():
        said = ", ".join(f"{amount} in {steps_words(numbers)}" for amount, numbers in days.items())
        yield f"{drug} in these products: {said}"


def _policy_sections(report: PlanReport, full: bool) -> list[Section]:
    found: list[Section] = []
    if report.plan is not None and full:
        lines = [
            line
            for course in report.plan.request.courses
            for line in (
                f"pauses: {course.policy.pauses}",
                f"the end: {course.policy.bottom}",
                f"follow-up: {course.policy.follow_up.words}",
                *course.policy.for_whom,
                *course.policy.notes,
            )
        ]
        found.append(("About the policy", lines))
    if report.sources:
        found.append(("Sources", [cited([each]) for each in report.sources]))
    if report.not_for:
        found.append(("This is not for", list(report.not_for)))
    return found


def _taking(plan: Plan) -> list[str]:
    if plan.awaits_restart:
        return list(waiting(plan))
    lines = []
    worn = {
        name
        for course, names in zip(plan.origin.courses, line_names(plan.origin.courses), strict=True)
        for track, name in zip(course.tracks, names, strict=True)
        if track.wear_days
    }
    for step in plan.steps:
        span = f"step {step.number}, {step.first_day} to {step.last_day}"
        wears = {dose.name for dose in step.doses if dose.time is Moment.WORN}
        if step.kind is StepKind.STOP:
            lines.append(f"step {step.number}, from {step.first_day}: {'; '.join(['take none', *_off(worn)])}")
        else:
            lines += [f"{span}: {words}" for words in (*_off(worn - wears), *taking_words(step, plan))]
        worn = wears
    return lines


def _off(names: set[str]) -> list[str]:
    """What is done with a patch on the day that nothing follows it."""
    return [f"{name}: take the old patch off, and put no new one on" for name in sorted(names)]


def fill_words(fill: PlannedFill, *, with_sig: bool = True, is_given: bool = False, on: date | None = None) -> str:
    """One dispensing: its days, how much of what, whether it needs a new prescription and when, its directions.

    ``on`` is the day on which it is read: what was due before it is due now.
    """
    quantity = quantity_words(fill, is_given=is_given)
    kind = ""
    if fill.schedule == NEW_PRESCRIPTION and not is_given:
        due = "" if fill.due is None else f"; due {'now' if on is not None and fill.due <= on else fill.due}"
        kind = f" (new prescription, no refill{due})"
    sig = f". {fill.sig}" if with_sig else ""
    return f"{fill.first_day} to {fill.last_day}: {quantity}, {fill_product(fill)}{kind}{sig}"


def fill_product(fill: PlannedFill) -> str:
    """The product of a dispensing, with its release where the drug is also taken in another."""
    return product_words(fill.product, fill.drug, fill.release, fill.name)


def quantity_words(fill: PlannedFill, *, is_given: bool = False) -> str:
    """How much is dispensed, and what is at home; what was dispensed before a revision is not dispensed again."""
    said = count_words(fill.quantity, fill.unit)
    if is_given:
        return f"{said} (dispensed)"
    return f"{said} ({count_words(fill.stock_before, fill.unit)} at home)" if fill.stock_before else said


def checkpoint_words(each: Checkpoint) -> str:
    """One checkpoint: its day or days, and what it is to decide."""
    days = str(each.first_day) if each.first_day == each.last_day else f"{each.first_day} to {each.last_day}"
    return f"{days}: {each.decide}"


def support_words(each: Support, *, with_sources: bool = True) -> list[str]:
    """One support with its limits, and its sources."""
    lines = [each.consider, *(f"  {limit}" for limit in each.limits)]
    if each.sources and with_sources:
        lines[0] += f" ({cited(each.sources)})"
    return lines


# --- rows -------------------------------------------------------------------------------------------------------


def _csv_doses(step: Step) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for dose in step.doses:
        shared = {
            "drug": cell(dose.drug),
            "release": cell(dose.release or ""),
            "time": dose.time.value,
            "amount": decimal_text(dose.amount.value),
            "unit": dose.amount.unit.value,
            "taken_on": dose.days.words,
        }
        for item in dose.items:
            rows.append(
                {
                    **shared,
                    "amount": decimal_text(item.strength.value * item.count),
                    "product": cell(item.product),
                    "strength": decimal_text(item.strength.value),
                    "strength_unit": item.strength.unit.value,
                    "count": decimal_text(item.count),
                    "counted": item.unit.value,
                }
            )
        if not dose.items:
            rows.append(shared)
    return rows or [{}]


def _csv_row(report: PlanReport, policy: str, step: Step, **cells: str) -> list[str]:
    values = {
        "id": cell(report.case_id or ""),
        "policy": cell(policy),
        "step": str(step.number),
        "kind": step.kind.value,
        "first_day": step.first_day.isoformat(),
        "last_day": step.last_day.isoformat(),
        "days": str(step.days),
        "total": decimal_text(step.total.value),
        "total_unit": step.total.unit.value,
        "mme": "" if step.mme is None else decimal_text(step.mme.value),
        "asked_percent": _figure(step.asked_percent),
        "basis": step.basis or "",
        "percent_of_current": _figure(step.percent_of_current),
        "percent_of_original": _figure(step.percent_of_original),
        "ceiling": _figure(step.ceiling),
        "forced": "yes" if step.forced else "no",
        **cells,
    }
    return [values.get(column, "") for column in CSV_HEADER]


def _figure(value: object) -> str:
    return "" if value is None else decimal_text(value)  # type: ignore[arg-type]
