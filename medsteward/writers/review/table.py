"""A review for people: one page of text for a terminal, or of markdown."""

from __future__ import annotations

from textwrap import fill

from medsteward.advice.case.review import Review
from medsteward.writers.review.page import DueBlock, FindingBlock, MedicineRow, Page, page_of
from medsteward.writers.shared.cells import markdown, markdown_table

_WIDTH = 100
MEDICINES = ("line", "medicine", "what it is", "daily dose", "factor", "MME/d")
TITLES = {
    "problems": "Not understood, or missing",
    "first": "Weigh first",
    "mme": "MME per day",
    "second": "Weigh as well",
    "more": "More",
    "due": "Due",
    "applying": "Recommendations of CDC 2022 that apply",
    "unknown": "Not known, and would decide",
    "medicines": "Medicines",
    "acknowledged": "Answered or known before",
    "to_know": "To know",
    "sources": "Sources",
    "not_for": "This is not for",
}
"""The titles of a page, whatever it is printed as."""


def text(review: Review, *, verbose: bool = True) -> str:
    """The page for a terminal: most important first, sources by number, findings of the third tier counted.

    ``verbose`` adds why each thing is due, recommendations, medicines, sources, and what a review is not for; without
    it one line says that there is more.
    """
    page = page_of(review)
    parts = [_line(f"{page.title}: {'; '.join(page.summary)}", ""), _line(page.made_by), _line(page.patient), ""]
    parts += _list("problems", page.problems)
    parts += _findings("first", page.first, verbose=verbose)
    parts += [TITLES["mme"], _line(page.mme), *(_line(note) for note in page.mme_notes), ""]
    parts += _findings("second", page.second, verbose=verbose)
    parts += _list("more", page.more)
    parts += _reminders(page, verbose=verbose)
    parts += _list("applying", page.applying) if verbose else []
    if page.unknown and not verbose:
        parts += [_line(f"Missing: {'; '.join(each.partition(', for: ')[0] for each in page.unknown)}", ""), ""]
    else:
        parts += _list("unknown", page.unknown)
    if page.medicines and verbose:
        parts += [TITLES["medicines"], *(_line(_medicine(row)) for row in page.medicines), ""]
    if page.lesser:
        parts += [_line(f"And {page.lesser}", ""), ""]
    for name in ("acknowledged", "to_know"):
        parts += _list(name, getattr(page, name))
    if not verbose:
        parts.append(_line(_MORE, ""))
        return "\n".join(parts).rstrip() + "\n"
    if page.sources:
        parts += [TITLES["sources"], *(_line(f"[{n}] {each}") for n, each in enumerate(page.sources, start=1)), ""]
    parts += _list("not_for", page.not_for)
    return "\n".join(parts).rstrip() + "\n"


_MORE = "More with --verbose: why each thing is due, recommendations, medicines, sources."


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
            why = f": {markdown(_why(due))}" if due.because else ""
            parts += [f"- **{markdown(due.what)}** ({markdown(f'{due.status} {due.when}')}){why}"]
            parts += [f"  {markdown(due.consider)}{markdown(_cites(due.cites))}"]
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


def _findings(name: str, blocks: tuple[FindingBlock, ...], *, verbose: bool) -> list[str]:
    if not blocks:
        return []
    lines = [TITLES[name]]
    for block in blocks:
        lines.append(_line(f"{block.severity.upper()}: {block.title} [{block.rule}]"))
        lines += [_line(block.known, "    ")] if block.known else []
        lines.append(_line(f"{block.because}{_facts(block)}", "    "))
        lines.append(_line(f"> {block.consider}{_cites(block.cites) if verbose else ''}", "    "))
    return [*lines, ""]


def _facts(block: FindingBlock) -> str:
    facts = [*block.facts, *([block.standing] if block.standing else [])]
    return f" ({'; '.join(facts)})" if facts else ""


def _reminders(page: Page, *, verbose: bool) -> list[str]:
    if not page.due and not page.settled:
        return []
    lines = [TITLES["due"]]
    for due in page.due:
        lines.append(_line(f"{due.status.upper()} {due.when}: {due.what}"))
        if verbose:
            lines += [_line(_why(due), "    ")] if due.because else []
            lines.append(_line(f"> {due.consider}{_cites(due.cites)}", "    "))
        elif due in page.due[:_OFFERED]:
            lines.append(_line(f"> {due.consider}", "    "))
    if page.settled:
        lines.append(_line(f"settled: {page.settled}"))
    return [*lines, ""]


_OFFERED = 2
"""How many of the things that are due have their offer in a short review; the rest are named."""


def _why(due: DueBlock) -> str:
    return "; ".join(due.because)


def _cites(cites: tuple[int, ...]) -> str:
    return f" [{', '.join(map(str, cites))}]" if cites else ""


def _medicine(row: MedicineRow) -> str:
    name = f"{row.line}. {row.written}: {row.drug}" if row.written else f"{row.line}. {row.drug}"
    if row.mme:
        return f"{name}; {row.daily} x {row.factor} = {row.mme} MME/d"
    return f"{name}; {row.remark}" if row.remark else name


def _list(name: str, lines: tuple[str, ...]) -> list[str]:
    return [TITLES[name], *(_line(each) for each in lines), ""] if lines else []


def _markdown_findings(name: str, blocks: tuple[FindingBlock, ...]) -> list[str]:
    if not blocks:
        return []
    lines = [f"## {TITLES[name]}", ""]
    for block in blocks:
        lines += [f"### {markdown(f'{block.severity.upper()}: {block.title} [{block.rule}]')}", ""]
        lines += [markdown(block.known), ""] if block.known else []
        lines += [f"{markdown(block.because)}{markdown(_facts(block))}", ""]
        lines += [f"**Consider:** {markdown(block.consider)}{markdown(_cites(block.cites))}", ""]
    return lines


def _markdown_list(name: str, lines: tuple[str, ...]) -> list[str]:
    return [f"## {TITLES[name]}", "", *(f"- {markdown(each)}" for each in lines), ""] if lines else []


def _line(sentence: str, indent: str = "  ") -> str:
    return fill(sentence, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False)
