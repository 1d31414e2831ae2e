"""A review as markdown, and the words that every form of it shares."""

from __future__ import annotations

from medsteward.advice.case.review import Review
from medsteward.writers.review.page import DueBlock, FindingBlock, MedicineRow, page_of
from medsteward.writers.shared.cells import markdown, markdown_table

MEDICINES = ("line", "medicine", "what it is", "daily dose", "factor", "MME/d")
TITLES = {
    "problems": "Not understood, or missing",
    "first": "Needs a decision first",
    "mme": "MME per day",
    "second": "Other findings",
    "more": "More",
    "due": "Due",
    "applying": "Recommendations of CDC 2022 that apply",
    "unknown": "Missing",
    "medicines": "Medicines",
    "acknowledged": "Answered or known before",
    "to_know": "To know",
    "sources": "Sources",
    "not_for": "This is not for",
}
"""The titles of a page, whatever it is printed as."""


def markdown_text(review: Review) -> str:
    """The page as markdown."""
    page = page_of(review)
    parts = [f"# {markdown(page.title)}", "", f"**{markdown('; '.join(page.summary))}**", ""]
    parts += [markdown(page.made_by), "", f"Patient: {markdown(page.patient)}", ""]
    parts += _markdown_list("problems", page.problems)
    parts += _markdown_findings("first", page.first)
    parts += [f"## {TITLES['mme']}", "", f"**{markdown(page.mme)}**", ""]
    parts += [*(f"- {markdown(note)}" for note in page.mme_notes), *([""] if page.mme_notes else [])]
    parts += _markdown_findings("second", page.second)
    parts += _markdown_list("more", page.more)
    if page.due or page.settled:
        parts += [f"## {TITLES['due']}", ""]
        for due in page.due:
            reasons = f": {markdown(why(due))}" if due.because else ""
            parts += [f"- **{markdown(due.what)}** ({markdown(f'{due.status} {due.when}')}){reasons}"]
            parts += [f"  {markdown(due.consider)}{markdown(cites(due.cites))}"]
        parts += [f"- Settled: {markdown(page.settled)}"] if page.settled else []
        parts.append("")
    for name in ("applying", "unknown"):
        parts += _markdown_list(name, getattr(page, name))
    if page.medicines:
        rows = [[markdown(each) for each in cells(row)] for row in page.medicines]
        parts += [f"## {TITLES['medicines']}", "", markdown_table(MEDICINES, rows)]
    if page.lesser:
        parts += [markdown(f"And {page.lesser}"), ""]
    for name in ("acknowledged", "to_know"):
        parts += _markdown_list(name, getattr(page, name))
    if page.sources:
        parts += [f"## {TITLES['sources']}", ""]
        parts += [f"{n}. {markdown(each)}" for n, each in enumerate(page.sources, start=1)] + [""]
    parts += _markdown_list("not_for", page.not_for)
    return "\n".join(parts).rstrip() + "\n"


def cells(row: MedicineRow) -> tuple[str, ...]:
    """A medicine as cells under ``MEDICINES``; what there is no figure for says why."""
    return str(row.line), row.written, row.drug, row.daily, row.factor, row.mme or row.remark


def facts(block: FindingBlock) -> str:
    """What made a finding true, and the standing of its rule, in parentheses."""
    facts = [*block.facts, *([block.standing] if block.standing else [])]
    return f" ({'; '.join(facts)})" if facts else ""


def why(due: DueBlock) -> str:
    """Why something is due, in one line."""
    return "; ".join(due.because)


def cites(cites: tuple[int, ...]) -> str:
    """The numbers of sources."""
    return f" [{', '.join(map(str, cites))}]" if cites else ""


def medicine_words(row: MedicineRow) -> str:
    """A medicine in one line, with its factor and MME where it has them."""
    name = f"{row.line}. {row.written}: {row.drug}" if row.written else f"{row.line}. {row.drug}"
    if row.mme:
        return f"{name}; {row.daily} x {row.factor} = {row.mme} MME/d"
    return f"{name}; {row.remark}" if row.remark else name


def _markdown_findings(name: str, blocks: tuple[FindingBlock, ...]) -> list[str]:
    if not blocks:
        return []
    lines = [f"## {TITLES[name]}", ""]
    for block in blocks:
        lines += [f"### {markdown(f'{block.severity.upper()}: {block.title} [{block.rule}]')}", ""]
        lines += [markdown(block.known), ""] if block.known else []
        lines += [f"{markdown(block.because)}{markdown(facts(block))}", ""]
        lines += [f"**Consider:** {markdown(block.consider)}{markdown(cites(block.cites))}", ""]
    return lines


def _markdown_list(name: str, lines: tuple[str, ...]) -> list[str]:
    return [f"## {TITLES[name]}", "", *(f"- {markdown(each)}" for each in lines), ""] if lines else []
