"""A scored scale as text for a terminal."""

from __future__ import annotations

from medsteward.model.number import decimal_text
from medsteward.model.source import Standing
from medsteward.scales.scale import ScoreChange, ScoreReport
from medsteward.writers.remind.table import cited, problem_line
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.screen import folded

_COUNTS = {True: "counts as a change", False: "does not count as a change", None: "not known whether it counts"}
_PLACES = 2


def text(report: ScoreReport) -> str:
    """The score for a terminal: the total and its band first, then how it came about and where that is written."""
    parts = [plain(report.title)]
    if report.total is not None:
        parts.append(f"{decimal_text(report.total, _PLACES)}{_range(report)}{_band(report)}")
    if report.change is not None:
        parts.append(_change(report.change))
        parts += [folded(f"- {why}") for why in report.change.because]
    parts += [folded(f"- {plain(why)}") for why in report.because]
    parts += [folded(note) for note in report.notes]
    if report.problems:
        parts += ["", "Problems", *(folded(plain(problem_line(each))) for each in report.problems)]
    if report.sources:
        parts += ["", folded(f"sources: {cited(report.sources)}", "")]
    return "\n".join(parts) + "\n"


def _range(report: ScoreReport) -> str:
    if report.low is None or report.high is None:
        return ""
    return f" ({decimal_text(report.low)} to {decimal_text(report.high)})"


def _band(report: ScoreReport) -> str:
    if report.band is None:
        return ""
    source = report.band_source
    standing = "" if source is None or source.standing is Standing.VERIFIED else f" [{source.standing.words}]"
    return f": {report.band}{standing}"


def _change(found: ScoreChange) -> str:
    way = "better" if found.is_better else "no better" if found.by == 0 else "worse"
    by = decimal_text(found.by, _PLACES)
    before, after = decimal_text(found.before, _PLACES), decimal_text(found.after, _PLACES)
    return f"from {before} to {after}: {way} by {by}; {_COUNTS[found.counts]}"
