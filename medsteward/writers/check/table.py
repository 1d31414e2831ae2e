"""A check for people: text for a terminal, markdown, and rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.interactions.result import Acknowledged, CheckReport, Finding
from medsteward.model.source import Standing
from medsteward.patient.overlaps import Overlap
from medsteward.writers.check.depth import RECALLED_MARK, RECALLED_NOTE, Block, Depth, fitted
from medsteward.writers.check.document import NOT_FOR
from medsteward.writers.shared.cells import cell, csv_text, markdown, plain
from medsteward.writers.shared.problems import facts_not_understood, problem_sentences
from medsteward.writers.shared.screen import bold, colored, folded

_SHOWN = 2
_NOT_FOR = "This is not for"
CSV_HEADER = (
    "id",
    "as_of",
    "status",
    "rule",
    "name",
    "hazard",
    "severity",
    "tier",
    "drugs",
    "conditions",
    "because",
    "consider",
    "overlaps",
    "undated",
    "absorbed",
    "standing",
    "sources",
)


def text(report: CheckReport, *, everything: bool = False, verbose: bool = True) -> str:
    """The report for a terminal: the most urgent first; tier 3 is counted, not shown, unless ``everything`` is.

    ``verbose`` adds sources and what a check is not for; without it one line says that there is more.
    """
    head = [bold(folded(headline(report), "")), folded(_checked(report), ""), ""]
    shown = _shown(report, everything)
    blocks = [_block(finding, report.answer(finding), verbose=verbose) for finding in shown]
    hidden = [_hidden(report, everything), ""] if _hidden(report, everything) else []
    rest = [
        line
        for title, said in _sections(report, verbose=verbose)
        for line in (*([title] if title else []), *(folded(plain(each), "  " if title else "") for each in said), "")
    ]
    if verbose:
        return _joined([*head, *(line for block in blocks for line in (*block[Depth.WHY], "")), *hidden, *rest])
    note = [RECALLED_NOTE, ""] if any(map(_is_recalled, shown)) else []
    around = _joined([*head, *hidden, *rest, *note, _MORE]).count("\n")
    urgent = sum(finding.tier == 1 for finding in shown)
    room = len(blocks) * 99 if everything else MOST_LINES - around
    lines, left_out = fitted(blocks, urgent, room)
    if left_out:
        lines, left_out = fitted(blocks, urgent, room - 1)  # what is left out is said in a line, with one below it
    more = [f"... and {left_out} more findings with --verbose", ""] if left_out else []
    return _joined([*head, *lines, *more, *hidden, *rest, *note, _MORE])


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


MOST_LINES = 30
"""Lines of a check without ``--verbose`` and ``--all``, as far as titles of what needs a decision leave room."""
_MORE = "More with --verbose: all of each finding, sources, what a check is not for."


def markdown_text(report: CheckReport, *, everything: bool = False) -> str:
    """The report as markdown."""
    parts = [f"## {markdown(headline(report))}", "", markdown(_checked(report)), ""]
    for finding in _shown(report, everything):
        parts += [f"### {markdown(_title(finding))}", ""]
        answer = report.answer(finding)
        parts += [markdown(known_words(answer)), ""] if answer is not None else []
        parts += [f"**Consider:** {markdown(finding.consider)}", ""]
        parts += [f"- {markdown(line)}" for line in _details(finding)]
        parts.append("")
    hidden = _hidden(report, everything)
    if hidden:
        parts += [markdown(hidden), ""]
    for title, sentences in _sections(report):
        parts += [f"### {markdown(title)}", "", *(f"- {markdown(sentence)}" for sentence in sentences), ""]
    return "\n".join(parts).rstrip() + "\n"


def csv_rows(report: CheckReport, *, with_header: bool) -> str:
    """One row per finding, the known ones marked, then one per problem, then one that says what was checked."""
    rows = [
        _csv_finding(report, "finding" if report.answer(finding) is None else "known", finding)
        for finding in report.findings
    ]
    for problem in report.problems:
        said = f"{problem.where}: {problem.text}" if problem.where else problem.text
        offers = "; ".join(problem.suggestions)
        rows.append(_csv_row(report, status="problem", rule=problem.code, because=cell(said), consider=cell(offers)))
    rows.append(_csv_row(report, status="checked", because=cell(_checked(report))))
    return csv_text(CSV_HEADER, rows, with_header=with_header)


def headline(report: CheckReport) -> str:
    """The answer in one line; what was not understood comes first."""
    found = len(report.findings)
    urgent = len(report.interrupting)
    known = len(report.tier(1)) - urgent
    lead = ""
    names = [name or "an empty line" for name in report.not_understood]
    names += facts_not_understood(report.problems, report.cautions)
    if names:
        shown = plain(", ".join(names), 120)
        lead = f"NOT CHECKED, as not understood: {shown}. Of the rest: "
    if not found:
        nothing = "nothing was found by these rules" if report.drugs else "no drug was left to check"
        return f"{lead}{nothing}"
    word = "finding" if found == 1 else "findings"
    stop = f", {urgent} need{'s' if urgent == 1 else ''} a decision first" if urgent else ""
    rests = f", {known} known and answered" if known else ""
    return f"{lead}{found} {word}{stop}{rests}"


def _checked(report: CheckReport) -> str:
    case = f"case {plain(report.case_id, 60)}, " if report.case_id else ""
    drugs = len(report.drugs)
    return f"{case}checked {drugs} drug{'' if drugs == 1 else 's'} against {report.rules} rules, as of {report.as_of}"


def _shown(report: CheckReport, everything: bool) -> list[Finding]:
    return [finding for finding in report.findings if everything or finding.tier <= _SHOWN]


def _hidden(report: CheckReport, everything: bool) -> str:
    hidden = len(report.findings) - len(_shown(report, everything))
    if not hidden:
        return ""
    return f"And {hidden} minor; --all shows {'it' if hidden == 1 else 'them'}."


def _title(finding: Finding) -> str:
    return f"{finding.severity.words.upper()}: {finding.title} [{finding.id}]"


def known_words(answer: Acknowledged) -> str:
    """That a finding is known: who answered it, when and why, and how long it rests."""
    said = answer.acknowledgement
    by = f" by {said.by}" if said.by else ""
    note = f" ({said.note})" if said.note else ""
    return f"Known: answered on {said.on}{by} because: {said.reason.value}{note}. It rests until {answer.until}."


def _block(finding: Finding, answer: Acknowledged | None, *, verbose: bool) -> Block:
    """A finding at each depth; ``verbose``: with its sources, and no mark for its standing."""
    mark = f" {RECALLED_MARK}" if _is_recalled(finding) and not verbose else ""
    title = colored(folded(f"{_title(finding)}{mark}", "")).split("\n")
    title += [folded(plain(known_words(answer)))] if answer is not None else []
    lead = "" if finding.consider.startswith("Consider ") else "Consider: "
    offered = [*title, *folded(plain(f"{lead}{finding.consider}")).split("\n")]
    why = [line for each in _details(finding, verbose=verbose) for line in folded(plain(each)).split("\n")]
    return title, offered, [*offered, *why]


def _is_recalled(finding: Finding) -> bool:
    return any(source.standing is Standing.RECALLED for source in finding.sources)


def _details(finding: Finding, *, verbose: bool = True) -> list[str]:
    lines = [f"Because: {finding.because}"]
    if finding.conditions:
        lines.append(f"With: {', '.join(finding.conditions)}")
    lines += [_overlap(each) for each in finding.overlaps]
    if finding.undated:
        lines.append(f"Without dates, counted as taken at the same time: {', '.join(finding.undated)}")
    if finding.beside:
        lines.append(f"Also adding to sedation: {', '.join(finding.beside)}")
    if not verbose:
        return lines
    if finding.absorbed:
        lines.append(f"Also covers {', '.join(finding.absorbed)}")
    lines.append(f"Source: {_sources(finding)}")
    return lines


def _sources(finding: Finding) -> str:
    """The sources of the rule itself, each once, those that need a second one marked."""
    marks: dict[str, bool] = {}
    for source in finding.rule.sources if finding.absorbed else finding.sources:
        marks[source.citation] = marks.get(source.citation, False) or source.standing is Standing.RECALLED
    return "; ".join(f"{each} ({Standing.RECALLED.words})" if recalled else each for each, recalled in marks.items())


def _overlap(found: Overlap) -> str:
    first = "an unknown day" if found.first_day is None else str(found.first_day)
    if found.last_day is None:
        return f"Overlap: {found.drugs[0]} and {found.drugs[1]} from {first} on"
    days = "" if found.days is None else f", {found.days} day{'' if found.days == 1 else 's'}"
    return f"Overlap: {found.drugs[0]} and {found.drugs[1]} from {first} to {found.last_day}{days}"


def _sections(report: CheckReport, *, verbose: bool = True) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    if report.problems:
        found.append(("Problems", problem_sentences(report.problems)))
    if report.returned:
        found.append(("Answered before, and asked again", [f"{each.rule}: {each.why}" for each in report.returned]))
    if report.known:
        found.append(("Already so before", [f"{each.id} {each.rule.name}" for each in report.known]))
    if report.safeguards:
        found.append(("Safeguards", [f"{', '.join(f.drugs)}: {f.because}" for f in report.safeguards]))
    if report.unknown:
        found.append(_missing(report, verbose))
    if report.cautions:
        found.append(("To know", [f"{c.where + ': ' if c.where else ''}{c.text} [{c.code}]" for c in report.cautions]))
    return [*found, *([(_NOT_FOR, list(NOT_FOR))] if verbose else [])]


def _missing(report: CheckReport, verbose: bool) -> tuple[str, list[str]]:
    """Facts that were not stated and could add findings: each with its rules, or all in a line."""
    if verbose:
        return "Missing", [f"{each.fact} (could add {', '.join(each.rules)})" for each in report.unknown]
    return "", [f"Missing: {'; '.join(each.fact for each in report.unknown)} (each could add findings)"]


def _csv_row(report: CheckReport, **cells: str) -> list[str]:
    cells = {"id": cell(report.case_id or ""), "as_of": report.as_of.isoformat(), **cells}
    return [cells.get(column, "") for column in CSV_HEADER]


def _csv_finding(report: CheckReport, status: str, finding: Finding) -> list[str]:
    return _csv_row(
        report,
        status=status,
        rule=finding.id,
        name=finding.rule.name,
        hazard=finding.hazard.value,
        severity=finding.severity.words,
        tier=str(finding.tier),
        drugs=cell("; ".join(finding.drugs)),
        conditions=cell("; ".join(finding.conditions)),
        because=cell(finding.because),
        consider=cell(finding.consider),
        overlaps="; ".join(map(_overlap, finding.overlaps)),
        undated=cell("; ".join(finding.undated)),
        absorbed="; ".join(finding.absorbed),
        standing=finding.rule.standing.value,
        sources=cell(_sources(finding)),
    )
