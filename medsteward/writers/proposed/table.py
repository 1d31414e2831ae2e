"""Proposed orders for people: what it is now, what it is with them, what they bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from medsteward.advice.case.proposed import Counted, DraftAnswer, ListWith, Proposed, WithIt
from medsteward.interactions.result import Finding
from medsteward.mme.result import AtLeast, NoTotal
from medsteward.model.number import decimal_text
from medsteward.writers.shared.cells import markdown, plain
from medsteward.writers.shared.problems import problem_sentences
from medsteward.writers.shared.screen import folded
from medsteward.writers.shared.text_table import text_table

Section = tuple[str, list[str]]


def text(found: Proposed) -> str:
    """The answer for a terminal: the figures, then what is new, then what to know."""
    rows = [[plain(cell) for cell in row] for row in _rows(found)]
    parts = [plain(headline(found)), plain(_made_by(found)), "", text_table(_HEADER, rows, _ALIGN), ""]
    for title, sentences in _sections(found):
        parts += [title, *(folded(plain(each)) for each in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def markdown_text(found: Proposed) -> str:
    """The answer as markdown."""
    parts = [f"## {markdown(headline(found))}", "", markdown(_made_by(found)), ""]
    parts += [f"- {markdown(': '.join((row[0], ', '.join(filter(None, row[1:])))))}" for row in _rows(found)]
    for title, sentences in _sections(found):
        parts += ["", f"### {markdown(title)}", "", *(f"- {markdown(each)}" for each in sentences)]
    return "\n".join(parts).rstrip() + "\n"


def headline(found: Proposed) -> str:
    """The answer in one line: both figures, or that one of them is not whole."""
    ways = [f"{_figure(way.counted)} {_how(way, found.with_it)}" for way in found.with_it.ways]
    after = f"; with the proposed order{'s' if len(found.drafts) > 1 else ''}: " + ", or ".join(ways) if ways else ""
    nothing = "" if ways else "; nothing that is proposed counts"
    return f"MME per day now {_figure(found.now)}{after}{nothing}"


_HEADER = ("", "MME per day", "change")
_ALIGN = ("left", "right", "right")


def _rows(found: Proposed) -> list[list[str]]:
    rows = [["now", _figure(found.now), ""]]
    for answer in found.drafts if len(found.drafts) > 1 else ():
        rows += _ways_of(f"with {answer.draft.name[:60]}", answer.with_it)
    return rows + _ways_of("with all of them" if len(found.drafts) > 1 else "with it", found.with_it)


def _ways_of(name: str, with_it: WithIt) -> list[list[str]]:
    if not with_it.ways:
        return [[name, "adds nothing", ""]]
    return [[f"{name}, {_how(way, with_it)}", _figure(way.counted), _change(way)] for way in with_it.ways]


def _how(way: ListWith, with_it: WithIt) -> str:
    numbers = with_it.replaces if way is with_it.added else (*with_it.replaces, *with_it.possible_renewal_of)
    instead = f"replacing {_lines(sorted(numbers))}" if numbers else ""
    if way is with_it.added:
        return f"added, {instead}" if instead else "added"
    return instead


def _lines(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _figure(counted: Counted) -> str:
    total = counted.mme.total
    if isinstance(total, NoTotal):
        return "no figure"
    least = "at least " if isinstance(total, AtLeast) else ""
    once = "" if total.if_renewals is None else f" (or {least}{_number(total.if_renewals.value)})"
    return f"{least}{_number(total.maximum.value)}{once}"


def _change(way: ListWith) -> str:
    if way.difference is None:
        return "not known"
    change = way.difference.maximum
    return f"{'-' if change < 0 else '+'}{_number(abs(change))}" if change else "none"


def _number(value: Fraction) -> str:
    return decimal_text(value, thousands=True)


def _made_by(found: Proposed) -> str:
    case = f"case {plain(found.case_id, 60)}, " if found.case_id else ""
    return f"{case}table {found.table.id}, as of {found.as_of}; the figures are the maximum of MME per day"


def _sections(found: Proposed) -> list[Section]:
    with_it = found.with_it
    sections: list[Section] = []
    first = [each.text for each in found.cautions if each.code == "MME-105"]
    if first:
        sections.append(("First", first))
    if with_it.possible_renewal_of:
        perhaps = f"{_lines(with_it.possible_renewal_of)} may be renewed by it or taken beside it. Ask which is meant."
        sections.append(("Possible renewal", [perhaps]))
    for title, findings in (("New with it", with_it.findings_new), ("Known before", with_it.findings_known)):
        if findings:
            sections.append((title, [*_said(findings, brief=title != "New with it")]))
    if with_it.ways and not with_it.findings_new:
        sections.append(("New with it", ["Nothing new was found by these rules."]))
    sections += _drafts(found.drafts)
    if found.problems:
        sections.append(("Problems", problem_sentences(found.problems)))
    rest = [each for each in found.cautions if each.code != "MME-105"]
    if rest:
        sections.append(("To know", [f"{c.where + ': ' if c.where else ''}{c.text} [{c.code}]" for c in rest]))
    sections.append(("This table is not for", list(found.table.not_for)))
    return sections


def _said(findings: Iterable[Finding], *, brief: bool) -> Iterable[str]:
    for each in findings:
        head = f"{each.severity.words}: {each.title} [{each.id}]"
        yield head if brief else f"{head}. {each.because} {each.consider}"


def _drafts(answers: Sequence[DraftAnswer]) -> list[Section]:
    """What each draft brings by itself, where there are several."""
    if len(answers) < 2:
        return []
    lines = [
        f"{answer.draft.name[:60]}: {', '.join(f'{each.title} [{each.id}]' for each in answer.with_it.findings_new)}"
        for answer in answers
        if answer.with_it.findings_new
    ]
    return [("New by each order", lines)] if lines else []
