"""Reports of dispensing records as they come, one of each patient, and at the end what became of all rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from medsteward.fills.report import FillsReport, Tally
from medsteward.writers.fills import document
from medsteward.writers.fills import table as fills_table

Answers: TypeAlias = Iterable[FillsReport | Tally]
"""The reports of patients, then a tally for each factor table; it is complete once the last report was taken."""


def text(answers: Answers) -> Iterator[str]:
    """Reports for a terminal."""
    for each in answers:
        yield fills_table.last_text(each) if isinstance(each, Tally) else fills_table.text(each) + "\n"


def csv(answers: Answers) -> Iterator[str]:
    """A row for each patient under one header, which is there without a patient too."""
    first = True
    for each in answers:
        if isinstance(each, FillsReport):
            yield fills_table.csv_row(each, with_header=first)
            first = False
    if first:
        yield fills_table.csv_header()


def jsonl(answers: Answers) -> Iterator[str]:
    """A document a line."""
    for each in answers:
        yield document.last_line(each) if isinstance(each, Tally) else document.line(each)


def json(answers: Answers) -> Iterator[str]:
    """All documents as one array."""
    return document.array(jsonl(answers))
