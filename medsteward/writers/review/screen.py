"""A review for a terminal: what needs a decision first, the MME, what is due; the rest in as many lines as fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medsteward.advice.case.review import Review
from medsteward.writers.check.depth import RECALLED_MARK, RECALLED_NOTE, Block, fitted
from medsteward.writers.review.page import FindingBlock, Page, page_of
from medsteward.writers.review.table import TITLES, cites, facts, medicine_words, why
from medsteward.writers.shared.screen import bold, colored, folded

MOST_LINES = 45
"""Lines of a review without ``--verbose``, as far as what needs a decision first leaves room."""
_MORE = "More with --verbose: all of each finding, why each thing is due, sources."
_ENDLESS = 10**6
_FACTS = 4
"""Missing facts that are named at least."""
_TRIED = (6, 4, 3, 2, 1)
"""Warnings at most, in the order in which they are tried until all of it fits."""
_OFFERED = 2
"""How many of the things that are due have their offer in a short review; the rest are named."""
_PARENTHESES = re.compile(r" \([^)]*\)")


def text(review: Review, *, verbose: bool = True) -> str:
    """The page for a terminal: most important first, findings of the third tier counted.

    ``verbose`` adds why each thing is due, recommendations, medicines, sources by number, and what a review is not for;
    without it one line says that there is more, and findings that can wait are shortened until it fits a screen.
    """
    page = page_of(review)
    head = [bold(folded(f"{page.title}: {'; '.join(page.summary)}", ""))]
    head += [folded(page.made_by if verbose else page.made_by_in_short), folded(page.patient), ""]
    head += _list("problems", page.problems)
    if verbose:
        return _joined([*head, *_whole(page)])
    mme = [TITLES["mme"], folded(page.mme), *(folded(note) for note in page.mme_notes), ""]
    for most in _TRIED:
        rest = _rest_in_short(page, most)
        around = _joined([*head, *mme, *rest, _MORE]).count("\n")
        first, second = _shortened(page, _ENDLESS if review.everything else MOST_LINES - around)
        if review.everything or around + len(first) + len(second) <= MOST_LINES:
            break
    else:
        over = around + len(first) + len(second) - MOST_LINES
        first, second = _shortened(page, MOST_LINES - around - over)
    return _joined([*head, *first, *mme, *second, *rest, _MORE])


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _shortened(page: Page, room: int) -> tuple[list[str], list[str]]:
    """The findings to weigh first and the others in the room there is; the others are shortened before those."""
    note = any(block.standing for block in (*page.first, *page.second))
    titles = bool(page.first) + bool(page.second) + note + 1
    urgent = [_block(block) for block in page.first]
    others = [_block(block) for block in page.second]
    least = sum(len(block[0]) for block in others)
    first, _ = fitted(urgent, len(urgent), room - titles - least)
    second, left_out = fitted(others, 0, room - titles - len(first))
    more = len(page.more) + left_out
    ends = [f"  ... and {more} more with --verbose"] if more else []
    ends += [f"  {RECALLED_NOTE}"] if note else []
    if not page.second and not more:
        return ([TITLES["first"], *first[:-1], *ends, ""] if first else []), []
    body = [*second[:-1], *ends, ""] if second else [*ends, ""]
    return ([TITLES["first"], *first] if first else []), [TITLES["second"], *body]


def _block(block: FindingBlock) -> Block:
    mark = f" {RECALLED_MARK}" if block.standing else ""
    title = colored(folded(f"{block.severity.upper()}: {block.title} [{block.rule}]{mark}")).split("\n")
    title += folded(block.known, "    ").split("\n") if block.known else []
    offered = folded(f"> {block.consider}", "    ").split("\n")
    shown = f" ({'; '.join(block.facts)})" if block.facts else ""
    because = folded(f"{block.because}{shown}", "    ").split("\n")
    return title, [*title, *offered], [*title, *because, *offered]


def _rest_in_short(page: Page, most: int) -> list[str]:
    """What is due, what is missing, what is left out, each in few lines; ``most`` of the warnings."""
    parts = _due_in_short(page, offers=most > 1)
    if page.missing:
        named = [_PARENTHESES.sub("", fact) for fact in page.missing]
        shown = named[: max(most, _FACTS)]
        more = f"; and {len(named) - len(shown)} more" if len(named) > len(shown) else ""
        parts += [folded(f"Missing: {'; '.join(shown)}{more}", ""), ""]
    if page.lesser_count:
        parts += [f"And {page.lesser_count} minor; --all shows {'it' if page.lesser_count == 1 else 'them'}.", ""]
    for name, lines in (("acknowledged", page.acknowledged), ("to_know", page.to_know)):
        left = [f"  ... and {len(lines) - most} more"] if len(lines) > most else []
        parts += [TITLES[name], *(folded(each) for each in lines[:most]), *left, ""] if lines else []
    return parts


def _due_in_short(page: Page, *, offers: bool) -> list[str]:
    """What is due, those of one day in one line, with the offers of the first ones."""
    if not page.due and not page.settled:
        return []
    lines = [TITLES["due"]]
    by_day: dict[str, list[str]] = {}
    for due in page.due:
        by_day.setdefault(f"{due.status.upper()} {due.on}", []).append(due.what)
    lines += [colored(folded(f"{when}: {', '.join(what)}")) for when, what in by_day.items()]
    if offers:
        lines += [folded(f"> {due.consider}", "    ") for due in page.due[:_OFFERED]]
    if page.settled:
        lines.append(folded(f"Settled: {page.settled}"))
    return [*lines, ""]


def _whole(page: Page) -> list[str]:
    """The page after its head, with all that there is."""
    parts = _findings("first", page.first)
    parts += [TITLES["mme"], folded(page.mme), *(folded(note) for note in page.mme_notes), ""]
    parts += _findings("second", page.second)
    parts += _list("more", page.more)
    parts += _reminders(page)
    parts += [*_list("applying", page.applying), *_list("unknown", page.unknown)]
    if page.medicines:
        parts += [TITLES["medicines"], *(folded(medicine_words(row)) for row in page.medicines), ""]
    if page.lesser:
        parts += [folded(f"And {page.lesser}", ""), ""]
    parts += [*_list("acknowledged", page.acknowledged), *_list("to_know", page.to_know)]
    if page.sources:
        parts += [TITLES["sources"], *(folded(f"[{n}] {each}") for n, each in enumerate(page.sources, start=1)), ""]
    return [*parts, *_list("not_for", page.not_for)]


def _findings(name: str, blocks: tuple[FindingBlock, ...]) -> list[str]:
    if not blocks:
        return []
    lines = [TITLES[name]]
    for block in blocks:
        lines.append(colored(folded(f"{block.severity.upper()}: {block.title} [{block.rule}]")))
        lines += [folded(block.known, "    ")] if block.known else []
        lines.append(folded(f"{block.because}{facts(block)}", "    "))
        lines.append(folded(f"> {block.consider}{cites(block.cites)}", "    "))
    return [*lines, ""]


def _reminders(page: Page) -> list[str]:
    if not page.due and not page.settled:
        return []
    lines = [TITLES["due"]]
    for due in page.due:
        lines.append(colored(folded(f"{due.status.upper()} {due.when}: {due.what}")))
        lines += [folded(why(due), "    ")] if due.because else []
        lines.append(folded(f"> {due.consider}{cites(due.cites)}", "    "))
    if page.settled:
        lines.append(folded(f"Settled: {page.settled}"))
    return [*lines, ""]


def _list(name: str, lines: tuple[str, ...]) -> list[str]:
    return [TITLES[name], *(folded(each) for each in lines), ""] if lines else []
