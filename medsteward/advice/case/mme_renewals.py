"""Lines that may be one prescription, and lines whose supply has ended: what that makes of a day's MME."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.advice.case.mme_line import LineShare, WaitingOpioid, finished_entries
from medsteward.advice.case.mme_report import Acetaminophen
from medsteward.doses.renewals import Group
from medsteward.mme.result import AtLeast, Entry, NoTotal, Status, Total, mme_amount
from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case, Line
from medsteward.tables.table import TableStatus as TableStatus


def each_once(
    items: list[Entry | WaitingOpioid], entries: Sequence[Entry], groups: Sequence[Group]
) -> tuple[Entry, ...] | None:
    """The entries with each prescription once, the line of it that comes to the most; None: the maximum is the same."""
    of_line = _maximum_by_line(entries)
    left_out: set[int] = set()
    for group in groups:
        kept = max(group, key=lambda number: (of_line.get(number, Fraction(0)), -number))
        left_out.update(number for number in group if number != kept)
    rest = finished_entries(
        [item for item in items if (item.entry if isinstance(item, WaitingOpioid) else item).line not in left_out]
    )
    return None if maximum_of(rest).value == sum(of_line.values(), Fraction(0)) else rest


def maximum_of(entries: Sequence[Entry]) -> Amount:
    """The most a day that entries come to, each line once."""
    return mme_amount(sum(_maximum_by_line(entries).values(), Fraction(0)))


def _maximum_by_line(entries: Sequence[Entry]) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for entry in entries:
        if entry.mme is not None:
            found[entry.line] = found.get(entry.line, Fraction(0)) + entry.mme.maximum.value
    return found


def twice_cautions(groups: Sequence[Group], total: Total, apap: Acetaminophen | None) -> list[Caution]:
    """What to say where lines may be one prescription: which, and what both ways come to."""
    figures = []
    if not isinstance(total, NoTotal) and total.if_renewals is not None:
        least = "at least " if isinstance(total, AtLeast) else ""
        both = f"{least}{total.maximum} if all are taken, {least}{total.if_renewals} if each prescription is taken once"
        figures.append(both)
    if apap is not None and apap.if_renewals is not None:
        both = f"{apap.daily.maximum} if all are taken, {apap.if_renewals} if each is taken once"
        figures.append(f"acetaminophen {both}")
    if not figures:
        return []
    listed = "; ".join(f"lines {', '.join(map(str, group[:-1]))} and {group[-1]}" for group in groups)
    text = f"{listed} may be one prescription that was renewed or said again: {'; '.join(figures)}. Ask which are taken"
    return [Caution("MME-105", text)]


def lines_that_may_go_on(case: Case, groups: Sequence[Group], lapsed: Sequence[int]) -> list[int]:
    """Of the lines that the record calls active after their reckoned end, those that no other line carries on."""
    carried_on = {number for group in groups for number in group}
    return [
        number
        for number in lapsed
        if (line := case.lines[number - 1]).lapsed is not None
        and line.lapsed < case.as_of
        and line.is_active_on(case.as_of)
        and number not in carried_on
    ]


def not_known_to_go_on(shares: list[LineShare], case: Case, open_ends: Sequence[int]) -> list[LineShare]:
    """The shares, with those that may have ended as a question. The figure that each would have is in its problem."""
    if_they_go_on = _maximum_by_line(finished_entries([item for share in shares for item in share.entries]))
    found = list(shares)
    for number in open_ends:
        found[number - 1] = _asked(shares[number - 1], case.lines[number - 1], number, if_they_go_on.get(number))
    return found


def _asked(share: LineShare, line: Line, number: int, figure: Fraction | None) -> LineShare:
    """A line that may have ended: none of its opioids is counted, and each is missing."""
    entries, missing = [], []
    where = f"line {number}"
    goes_on = "a figure that is not known" if figure is None else decimal_text(figure)
    text = (
        f"0 by supply, {goes_on} if it goes on (MME/d). Its supply ended on {line.lapsed} and the record calls it "
        "active: ask whether it is still taken"
    )
    for item in share.entries:
        entry = item.entry if isinstance(item, WaitingOpioid) else item
        if entry.status is Status.COUNTED:
            missing.append(entry.drug or where)
            entry = evolve(entry, status=Status.PROBLEM, applied=None, mme=None, reason=text)
        entries.append(entry)
    is_asked = missing or share.missing
    return evolve(
        share,
        entries=tuple(entries),
        missing=(*share.missing, *missing),
        problems=(*share.problems, *([Problem("FHIR-007", where, text)] if is_asked else [])),
        acetaminophen=None,
        lacks_acetaminophen=share.lacks_acetaminophen or share.acetaminophen is not None,
    )
