"""Reminders as the document ``medsteward.remind/1``."""

from __future__ import annotations

from datetime import date

from medsteward.caches import remembered
from medsteward.model.point import Point
from medsteward.model.source import Source
from medsteward.reminders.reminder import LeftOut, Reminder, RemindReport, StratumReport
from medsteward.version import __version__
from medsteward.writers.shared.json_text import Document, KeptText, Pieced
from medsteward.writers.shared.problems import problem, source, sources, warning

SCHEMA = "medsteward.remind/1"


def document(report: RemindReport) -> Document:
    """The report with keys in the order of the contract."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": report.case_id,
        "as_of": report.as_of.isoformat(),
        "stratum": None if report.stratum is None else _stratum(report.stratum),
        "reminders": [reminder(each, report.as_of) for each in report.reminders],
        "left_out": [_left_out(each) for each in report.left_out],
        "unknown": list(report.unknown),
        "problems": [problem(each) for each in report.problems],
        "warnings": [warning(each) for each in report.cautions],
        "not_for": [],
    }


def reminder(found: Reminder, as_of: date) -> Document:
    """One reminder; ``status`` is where it stands on the day asked about."""
    when = {
        "kind": found.kind.value,
        "status": found.status(as_of).value,
        "due": found.due.isoformat(),
        "repeat": found.repeat,
        "until": None if found.until is None else found.until.isoformat(),
        "done": _done(found.done),
        "because": list(found.because),
    }
    return Pieced(when, _offered(found.consider, found.points, found.sources))


@remembered(1024)
def _offered(consider: str, points: tuple[Point, ...], named: tuple[Source, ...]) -> KeptText:
    """What a reminder offers, which most patients who get it share."""
    return KeptText(
        {
            "consider": consider,
            "points": [point(each) for each in points],
            "sources": sources(named),
        }
    )


@remembered(4096)
def point(found: Point) -> KeptText:
    """One fact with its group, its standing and its source."""
    return KeptText(
        {
            "group": found.group,
            "text": found.text,
            "standing": found.source.standing.value,
            "source": source(found.source),
        }
    )


def _done(done: date | bool | None) -> str | bool | None:
    return done.isoformat() if isinstance(done, date) else done


def _stratum(found: StratumReport) -> Document:
    return {
        "level": found.level.value,
        "because": list(found.because),
        "sources": sources(found.sources),
    }


def _left_out(found: LeftOut) -> Document:
    return {
        "kind": found.kind.value,
        "because": found.because,
        "sources": sources(found.sources),
    }
