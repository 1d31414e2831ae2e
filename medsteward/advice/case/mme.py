"""The day's MME of a case: every line accounted for, the working shown, nothing dropped."""

from __future__ import annotations

from medsteward.advice.case.mme_acetaminophen import acetaminophen_cautions, acetaminophen_over_all
from medsteward.advice.case.mme_line import (
    NOTHING_LEFT,
    LineShare,
    WaitingOpioid,
    dates_are_wrong,
    finished_entries,
    inactive_share,
    share_of,
)
from medsteward.advice.case.mme_renewals import (
    each_once,
    lines_that_may_go_on,
    maximum_of,
    not_known_to_go_on,
    twice_cautions,
)
from medsteward.advice.case.mme_report import MmeReport
from medsteward.advice.case.mme_thresholds import (
    cautions_of_table,
    outside_thresholds,
    thresholds_reached,
    total_for_pain,
)
from medsteward.doses.daily import Daily
from medsteward.doses.renewals import renewals, repeated
from medsteward.mme.result import Entry, NoTotal, Status, Total, total_of
from medsteward.model.amount import Amount
from medsteward.model.oud import (
    patient_signs,
)
from medsteward.model.problem import Caution
from medsteward.model.regimen import Case, a_case
from medsteward.tables.table import FactorTable, a_table
from medsteward.tables.table import TableStatus as TableStatus


def mme_per_day(case: Case, *, table: FactorTable) -> MmeReport:
    """Count the MME per day of a case on its day, under one table.

    Every line gives at least one entry; what cannot be counted makes the total ``AtLeast`` and is named in it. Lines
    that may be one prescription all count in the maximum; ``if_renewals`` counts each prescription once. A line that
    the record calls active after its supply ended is not counted, and makes the total incomplete.
    """
    table, case = a_table(table), a_case(case)
    signs = patient_signs(case.patient)
    day = case.as_of
    shares: list[LineShare] = []
    lapsed: list[int] = []
    holds: set[str] = set()
    may_repeat = False
    for number, line in enumerate(case.lines, start=1):
        if line.link:
            may_repeat = True
        if line.lapsed is not None:
            lapsed.append(number)
        if not (line.is_active_on(day) or dates_are_wrong(line)):
            shares.append(inactive_share(line, number, day))
            continue
        share = share_of(line, number, table, signs)
        shares.append(share)
        if share.holds in holds:
            may_repeat = True
        holds.add(share.holds)
    groups = renewals(case.lines, case.as_of) if may_repeat else ()
    open_ends = lines_that_may_go_on(case, groups, lapsed) if lapsed else []
    if open_ends:
        shares = not_known_to_go_on(shares, case, open_ends)
    items: list[Entry | WaitingOpioid] = []
    beside: list[LineShare] = []
    for share in shares:
        items += share.entries
        if share.brings_more:
            beside.append(share)
    problems, cautions, names = list(case.problems), list(case.cautions), list(case.unread)
    apart = holds_acetaminophen = False
    for share in beside:
        problems += share.problems
        cautions += share.cautions
        names += share.missing
        apart = apart or share.is_apart
        holds_acetaminophen = holds_acetaminophen or share.holds_acetaminophen
    entries = finished_entries(items)
    missing = tuple(dict.fromkeys(names)) if names else ()
    counted = [entry.mme for entry in entries if entry.mme is not None]
    excluded = not counted and any(entry.status is Status.EXCLUDED for entry in entries)
    if excluded and not missing:
        problems.append(NOTHING_LEFT)
    once = each_once(items, entries, groups) if groups else None
    total = _total(counted, missing, excluded, None if once is None else maximum_of(once))
    apap = acetaminophen_over_all(shares, case.patient, repeated(case.lines, groups)) if holds_acetaminophen else None
    outside = outside_thresholds(case.patient, beside)
    if groups:
        cautions += twice_cautions(groups, total, apap)
    if apap is not None:
        cautions += acetaminophen_cautions(apap)
    cautions += cautions_of_table(table, case.patient.age)
    if outside is not None and table.thresholds:
        text = f"thresholds are left out: the guideline they come from is not about {outside.value}"
        cautions.append(Caution("MME-102", text))
    if not case.lines and not case.unread:
        cautions.append(Caution("CASE-101", "the case holds no medication, so nothing was counted"))
    return MmeReport(
        case_id=case.id,
        as_of=case.as_of,
        table=table,
        total=total,
        entries=entries,
        acetaminophen=apap,
        thresholds=()
        if outside is not None
        else thresholds_reached(
            table, total, total_for_pain(entries) if apart else None, total_for_pain(once) if apart and once else None
        ),
        problems=tuple(problems),
        cautions=tuple(dict.fromkeys(cautions)) if cautions else (),
        once=once,
    )


def _total(counted: list[Daily], missing: tuple[str, ...], excluded: bool, if_renewals: Amount | None) -> Total:
    if not counted and missing:
        return NoTotal(missing, "no opioid line could be counted")
    if not counted and excluded:
        return NoTotal((), "every opioid line is for opioid use disorder, for which there is no MME")
    return total_of(counted, missing, if_renewals)
