"""A check for people: text for a terminal, markdown, and rows for a spreadsheet."""

from __future__ import annotations

from textwrap import fill

from medsteward.interactions.result import Acknowledged, CheckReport, Finding
from medsteward.model.source import Standing
from medsteward.patient.overlaps import Overlap
from medsteward.writers.check.document import NOT_FOR
from medsteward.writers.shared.cells import cell, csv_text, markdown, plain
from medsteward.writers.shared.problems import facts_not_understood, problem_sentences

_WIDTH = 100
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
    parts = [headline(report), _checked(report), ""]
    for finding in _shown(report, everything):
        parts += [*_finding(finding, report.answer(finding), verbose=verbose), ""]
    hidden = _hidden(report, everything)
    if hidden:
        parts += [hidden, ""]
    for title, sentences in _sections(report):
        if verbose or title != _NOT_FOR:
            parts += [title, *(_wrapped(plain(sentence)) for sentence in sentences), ""]
    if not verbose:
        parts.append("More with --verbose: sources, what else a finding covers, what a check is not for.")
    return "\n".join(parts).rstrip() + "\n"


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
    return f"and {hidden} of lesser weight, not shown; --all shows {'it' if hidden == 1 else 'them'}"


def _title(finding: Finding) -> str:
    return f"{finding.severity.words.upper()}: {finding.title} [{finding.id}]"


def known_words(answer: Acknowledged) -> str:
    """That a finding is known: who answered it, when and why, and how long it rests."""
    said = answer.acknowledgement
    by = f" by {said.by}" if said.by else ""
    note = f" ({said.note})" if said.note else ""
    return f"Known: answered on {said.on}{by} because: {said.reason.value}{note}. It rests until {answer.until}."


def _finding(finding: Finding, answer: Acknowledged | None, *, verbose: bool) -> list[str]:
    lines = [fill(_title(finding), _WIDTH, subsequent_indent="  ", break_long_words=False)]
    lines += [_wrapped(plain(known_words(answer)))] if answer is not None else []
    lines.append(_wrapped(f"Consider: {finding.consider}"))
    return lines + [_wrapped(plain(line)) for line in _details(finding, verbose=verbose)]


def _details(finding: Finding, *, verbose: bool = True) -> list[str]:
    is_recalled = any(source.standing is Standing.RECALLED for source in finding.sources)
    mark = f" ({Standing.RECALLED.words})" if is_recalled and not verbose else ""
    lines = [f"Because: {finding.because}{mark}"]
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


def _sections(report: CheckReport) -> list[tuple[str, list[str]]]:
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
        found.append(
            (
                "Not stated, and would decide",
                [f"{each.fact}: {', '.join(each.rules)}" for each in report.unknown],
            )
        )
    if report.cautions:
        found.append(("To know", [f"{c.where + ': ' if c.where else ''}{c.text} [{c.code}]" for c in report.cautions]))
    found.append((_NOT_FOR, list(NOT_FOR)))
    return found


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


def _wrapped(sentence: str, indent: str = "  ") -> str:
    return fill(sentence, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False)
