"""A review as a short note to paste into a chart: plain text, at most 19 lines, no markup."""

from __future__ import annotations

from medsteward.advice.case.review import Review
from medsteward.model.source import Standing
from medsteward.reminders.reminder import ReminderStatus
from medsteward.version import __version__
from medsteward.writers.mme.table import headline as mme_headline
from medsteward.writers.review.page import counted, questions
from medsteward.writers.shared.cells import plain

MOST_FINDINGS = 4
MOST_PROBLEMS = 3
MOST_UNKNOWN = 3
WIDTH = 300
"""A line of the note is cut here; chart systems wrap it."""


def text(review: Review) -> str:
    """The note. What does not fit is counted, never dropped in silence."""
    case = f", case {review.case_id}" if review.case_id else ""
    lines = [f"Medication review {review.as_of}{case} (medsteward {__version__}, table {review.mme.table.id})"]
    problems = [f"{each.where}: {each.text}" if each.where else each.text for each in review.problems]
    lines += [f"Not understood or missing: {each}" for each in _cut(problems, MOST_PROBLEMS)]
    lines.append(mme_headline(review.mme))
    for number, lead in ((1, "Needs a decision first"), (2, "Findings")):
        said = [
            f"{each.finding.severity.words} - {each.finding.title} [{each.finding.id}]"
            + (" (known, answered)" if review.check.answer(each.finding) is not None else "")
            + (f" ({Standing.RECALLED.words})" if each.finding.rule.standing is Standing.RECALLED else "")
            for each in review.tier(number)
        ]
        lines += [f"{lead}: {each}" for each in _cut(said, MOST_FINDINGS)]
    if not review.tier(1) and not review.tier(2):
        lines.append(f"Findings: none above minor by {review.check.rules} rules, of {counted(review)}")
    for lead, statuses in (("Due", (ReminderStatus.OVERDUE, ReminderStatus.DUE)), ("Coming", (ReminderStatus.COMING,))):
        found = [f"{each.kind.words} ({each.due})" for each in review.with_status(*statuses)]
        if found:
            lines.append(f"{lead}: {'; '.join(found)}")
    settled = [each.kind.words for each in review.with_status(ReminderStatus.SETTLED)]
    if settled:
        lines.append(f"Settled: {'; '.join(settled)}")
    if review.applying:
        numbers = ", ".join(str(each.recommendation.number) for each in review.applying)
        lines.append(f"CDC 2022 recommendations that apply: {numbers}")
    unknown = [each.fact for each in questions(review)]
    if unknown:
        more = len(unknown) - MOST_UNKNOWN
        rest = f"; and {more} more" if more > 0 else ""
        lines.append(f"Not known: {'; '.join(unknown[:MOST_UNKNOWN])}{rest}")
    lines.append("To be weighed by a clinician. MME is a gauge of exposure, not a dose to prescribe.")
    return "".join(f"{plain(line, WIDTH)}\n" for line in lines)


def _cut(lines: list[str], most: int) -> list[str]:
    """The first lines, and how many more there are in the last of them."""
    if len(lines) <= most:
        return lines
    rest = len(lines) - most + 1
    return [*lines[: most - 1], f"and {rest} more, in the full review"]
