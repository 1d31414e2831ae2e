"""The first table of a report: what a director asks first, each answered in one row."""

from __future__ import annotations

from medsteward.advice.population.report import CountTable
from medsteward.fills.definitions import DEFINITIONS
from medsteward.fills.report import MARKS
from medsteward.fills.supply import SEDATIVES
from medsteward.population.columns import overlap_columns
from medsteward.population.counting import DAYS, CountDesk, day_bins, everybody, mme_bins

INCOMPLETE = "NOT complete"


def glance(desk: CountDesk) -> CountTable:
    """Who is at or above the highest mark by each definition, who has a sedative for long, and who was not read whole.

    Each is a count of a table further down, so that it is hidden where that is.
    """
    total = everybody(desk)
    asked = [(f"{MARKS[-1]} MME a day or more, by {each.title}", mme_bins(each.name)[-1].test) for each in DEFINITIONS]
    asked += [
        (f"opioid and {kind.value} on {DAYS[1]} days or more", day_bins(overlap_columns(kind)[0])[-1].test)
        for kind in SEDATIVES
    ]
    asked.append(("not counted whole: a row failed, or an opioid has no factor", INCOMPLETE))
    return CountTable(
        "glance",
        "At a glance",
        "Each definition divides the same MME by other days, so their answers differ; the table below says by which "
        "days. What became of every row, and why rows failed, is at the end.",
        ("patients", "all", "of them"),
        tuple((words, (total, *desk.counts([test]))) for words, test in asked),
    )
