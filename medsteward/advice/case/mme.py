"""The day's MME of a case: every line accounted for, the working shown, nothing dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.doses.acetaminophen import INGREDIENT as ACETAMINOPHEN
from medsteward.doses.acetaminophen import CeilingCheck, ceilings_where, is_lower_for
from medsteward.doses.daily import Daily, IngredientDose, daily_doses
from medsteward.doses.renewals import Group, renewals, repeated
from medsteward.drugs.index import drugs, opioids_in
from medsteward.mme.reckon import Bands, NoFactor, applied, bands_for, mme_of, sum_daily, working
from medsteward.mme.result import AtLeast, Entry, NoTotal, Status, Total, mme_amount, total_of
from medsteward.model.amount import Amount
from medsteward.model.conditions import IMPLIES, Indication, indication_of
from medsteward.model.number import decimal_text
from medsteward.model.oud import (
    TREATMENT,
    OudTreatment,
    PatientSigns,
    asked,
    beside_pain,
    decide,
    line_signs,
    patient_signs,
)
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Candidate, Case, Line, Patient, Regimen
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Dimension, Unit
from medsteward.tables.table import FactorTable, Threshold
from medsteward.tables.table import TableStatus as TableStatus

ADULT_AGE = 18
_OUTSIDE_BY_CONDITION = {
    "cancer": Indication.CANCER_PAIN,
    "palliative care": Indication.PALLIATIVE_CARE,
    "end of life": Indication.PALLIATIVE_CARE,
    "sickle cell disease": Indication.SICKLE_CELL_PAIN,
}


@frozen(cache_hash=True)
class ThresholdCheck:
    """A threshold of the table held against the total. None: the total is incomplete and below, so it is not known.

    ``if_renewals`` is the same for the figure with each prescription once, and ``figures`` names both; of no meaning,
    and empty, where the total has one figure.
    """

    threshold: Threshold
    source: Source
    scheduled: bool | None
    maximum: bool | None
    if_renewals: bool | None = None
    figures: str = ""

    @property
    def text(self) -> str:
        """What the table's guideline says at this figure; with both figures, where lines may be one prescription."""
        return f"{self.figures}: {self.threshold.text}" if self.figures else self.threshold.text


@frozen(cache_hash=True)
class Acetaminophen:
    """The day's acetaminophen over all products; ``missing`` names lines that hold some which cannot be counted.

    ``if_renewals`` is the most a day with each prescription once, where lines may be one prescription; else None.
    """

    daily: Daily
    ceilings: tuple[CeilingCheck, ...]
    missing: tuple[str, ...]
    if_renewals: Amount | None = None


@frozen
class MmeReport:
    """The day's MME of a case under one table.

    ``entries`` hold one row per opioid per line and one per line without any; ``problems`` stand in the way of a
    complete answer; ``cautions`` do not. ``acetaminophen`` is None when no line holds any. ``once`` are the entries
    with each prescription once, where lines may be one prescription and that is another figure; else None.
    """

    case_id: str | None
    as_of: date
    table: FactorTable
    total: Total
    entries: tuple[Entry, ...]
    acetaminophen: Acetaminophen | None
    thresholds: tuple[ThresholdCheck, ...]
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]
    once: tuple[Entry, ...] | None = None

    @property
    def edition(self) -> str:
        """The id of the table that made this report."""
        return self.table.id

    @property
    def is_said_twice(self) -> bool:
        """Whether the total has a second, lower figure, because lines may be one prescription."""
        return not isinstance(self.total, NoTotal) and self.total.if_renewals is not None

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing, 5 refused; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)


@frozen(cache_hash=True)
class _Waiting:
    """One opioid that can be counted. Where its factor is banded it waits for the day's total of its ingredient."""

    entry: Entry
    daily: Daily
    bands: Bands


@frozen
class _Share:
    """What one line brings to a report: the same for the same line at the same place, so it is kept."""

    entries: tuple[Entry | _Waiting, ...]
    holds: str = ""
    """The ingredients, in whatever order: only lines that hold the same may be one prescription."""
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    acetaminophen: Daily | None = None
    lacks_acetaminophen: bool = False
    """Whether acetaminophen in it could not be counted, though the line was read."""
    refused_acetaminophen: bool = False
    """The same of a line that was refused."""
    outside: Indication | None = None
    is_apart: bool = False
    """Whether an opioid of it is counted that is not surely for pain alone."""

    @cached_property
    def brings_more(self) -> bool:
        """Whether it brings anything beside its entries; most lines do not."""
        more = self.missing or self.problems or self.cautions or self.outside is not None
        return bool(more) or self.is_apart or self.holds_acetaminophen

    @property
    def holds_acetaminophen(self) -> bool:
        """Whether it holds acetaminophen, counted or not. A line that was refused says so itself, and does not."""
        return self.lacks_acetaminophen or self.acetaminophen is not None


def mme_per_day(case: Case, *, table: FactorTable) -> MmeReport:
    """Count the MME per day of a case on its day, under one table.

    Every line gives at least one entry; what cannot be counted makes the total ``AtLeast`` and is named in it. Lines
    that may be one prescription all count in the maximum; ``if_renewals`` counts each prescription once. A line that
    the record calls active after its supply ended is not counted, and makes the total incomplete.
    """
    signs = patient_signs(case.patient)
    shares: list[_Share] = []
    lapsed: list[int] = []
    holds: set[str] = set()
    may_repeat = False
    for number, line in enumerate(case.lines, start=1):
        if line.is_active_on(case.as_of) or _dates_are_wrong(line):
            share = _share(line, number, table, signs)
        else:
            share = _inactive(line, number, case.as_of)
        shares.append(share)
        if share.holds in holds or line.link:
            may_repeat = True
        holds.add(share.holds)
        if line.lapsed is not None:
            lapsed.append(number)
    groups = renewals(case.lines, case.as_of) if may_repeat else ()
    open_ends = _open_ends(case, groups, lapsed) if lapsed else []
    if open_ends:
        shares = _not_known_to_go_on(shares, case, open_ends)
    items: list[Entry | _Waiting] = []
    beside: list[_Share] = []
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
    entries = _finished(items)
    missing = tuple(dict.fromkeys(names)) if names else ()
    counted = [entry.mme for entry in entries if entry.mme is not None]
    excluded = not counted and any(entry.status is Status.EXCLUDED for entry in entries)
    if excluded and not missing:
        problems.append(_NOTHING_LEFT)
    once = _each_once(items, entries, groups) if groups else None
    total = _total(counted, missing, excluded, None if once is None else _maximum_of(once))
    apap = _acetaminophen(shares, case.patient, repeated(case.lines, groups)) if holds_acetaminophen else None
    outside = _outside_thresholds(case.patient, beside)
    if groups:
        cautions += _twice_cautions(groups, total, apap)
    if apap is not None:
        cautions += _acetaminophen_cautions(apap)
    cautions += _table_cautions(table, case.patient.age)
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
        else _thresholds(
            table, total, _for_pain(entries) if apart else None, _for_pain(once) if apart and once else None
        ),
        problems=tuple(problems),
        cautions=tuple(dict.fromkeys(cautions)) if cautions else (),
        once=once,
    )


@remembered(65536)
def opioids_of(regimen: Regimen) -> tuple[str, ...]:
    """The ingredients of a regimen that count as opioids, in the order of the product."""
    return opioids_in(regimen.product)


# --- one line ---------------------------------------------------------------------------------------------------


@remembered(65536)
def _share(line: Line, number: int, table: FactorTable, signs: PatientSigns) -> _Share:
    """What an active line brings. ``signs``: what is known of opioid use disorder in the patient."""
    where = f"line {number}"
    cautions = [caution.on_line(number) for caution in line.cautions]
    if line.regimen is None or (line.problems and not _needs_no_dose(line)):
        return _problem_line(line, number, table, tuple(cautions))
    regimen = line.regimen
    opioids = opioids_of(regimen)
    doses = daily_doses(regimen)
    apap = next((dose for dose in doses.ingredients if dose.ingredient == ACETAMINOPHEN), None)
    beside = _Share(
        (),
        _holds(regimen),
        acetaminophen=_in_mg_per_day(apap.daily) if apap and apap.daily else None,
        lacks_acetaminophen=apap is not None and apap.daily is None,
        outside=_outside_line(regimen) if opioids else None,
    )
    if not opioids:
        reported = (*cautions, *(evolve(c, where=where) for c in doses.cautions if apap is not None))
        entry = _plain_entry(line, number, Status.NOT_AN_OPIOID, "not an opioid")
        return evolve(beside, entries=(entry,), cautions=reported)
    product, known = regimen.product, drugs()
    answers = {
        name: decide(line_signs(name, known[name].drug_class, product, regimen.indication), signs) for name in opioids
    }
    left_out = [name for name in opioids if answers[name] is OudTreatment.YES]
    entries = [evolve(_plain_entry(line, number, Status.EXCLUDED, TREATMENT), drug=name) for name in left_out]
    if left_out:
        cautions.append(Caution("MME-101", f"{' and '.join(left_out)} is left out of the total: {TREATMENT}", where))
    if len(left_out) == len(opioids):
        return evolve(beside, entries=tuple(entries), cautions=tuple(cautions))
    cautions += [evolve(caution, where=where) for caution in doses.cautions]
    cautions += [asked(name, where) for name in opioids if answers[name] is OudTreatment.UNCLEAR]
    cautions += [beside_pain(name, where) for name in opioids if answers[name] is OudTreatment.AND_PAIN]
    counting = [dose for dose in doses.ingredients if dose.ingredient in opioids and dose.ingredient not in left_out]
    found = [_opioid(line, number, dose, table, answers[dose.ingredient]) for dose in counting]
    return evolve(
        beside,
        entries=(*entries, *(entry for entry, _ in found)),
        is_apart=any(not answers[dose.ingredient].is_for_pain_alone for dose in counting),
        missing=tuple(dose.ingredient for dose, (_, problem) in zip(counting, found, strict=True) if problem),
        problems=tuple(problem for _, problem in found if problem),
        cautions=tuple(cautions),
    )


def _needs_no_dose(line: Line) -> bool:
    """Whether a line surely holds no opioid and no acetaminophen, and lacks a part of its directions and no more.

    Two puffs of an inhaler are a household measure, and nothing here counts them.
    """
    regimen = line.regimen
    return (
        regimen is not None
        and not line.may_hide_a_drug
        and all(problem.exit_code == 4 for problem in line.problems)
        and not opioids_of(regimen)
        and all(component.ingredient != ACETAMINOPHEN for component in regimen.product.components)
    )


def _problem_line(line: Line, number: int, table: FactorTable, cautions: tuple[Caution, ...]) -> _Share:
    """A line that was not understood. It is missing from the total unless it is surely no opioid."""
    problems = []
    whole = {candidate.name: candidate for candidate in line.candidates}
    for problem in line.problems:
        told = [_offer(whole[name], table) if name in whole else name for name in problem.suggestions]
        offers = tuple(offer for offer in told if offer)
        problems.append(evolve(problem.on_line(number), suggestions=offers))
    regimen = line.regimen
    opioids = opioids_of(regimen) if regimen is not None else ()
    name = opioids[0] if opioids else (_name(regimen) if regimen is not None else None)
    feared = bool(opioids) or line.may_hide_a_drug
    reason = "; ".join(problem.text for problem in problems) or "no drug could be made out"
    return _Share(
        entries=(Entry(number, line.written, Status.PROBLEM, name, reason=reason),),
        holds="" if regimen is None else _holds(regimen),
        missing=((opioids[0] if opioids else _short(line.written) or f"line {number}"),) if feared else (),
        problems=tuple(problems),
        cautions=cautions,
        refused_acetaminophen=regimen is not None
        and any(component.ingredient == ACETAMINOPHEN for component in regimen.product.components),
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _offer(candidate: Candidate, table: FactorTable) -> str:
    """A corrected line with the MME it would have: offered for checking, never taken.

    Without a figure where there is none: no factor, no schedule, no opioid. Empty where the form would be asked next.
    """
    report = mme_per_day(Case(date.min, (Line(candidate.text, candidate.regimen),)), table=table)
    if any(problem.code == "DIR-010" for problem in report.problems):
        return ""
    if isinstance(report.total, NoTotal) or report.problems or not opioids_of(candidate.regimen):
        return candidate.text
    return f"{candidate.text} ({decimal_text(report.total.maximum.value)} MME/d)"


def _holds(regimen: Regimen) -> str:
    return " / ".join(sorted(regimen.product.ingredients))


def _name(regimen: Regimen) -> str:
    return " / ".join(component.ingredient for component in regimen.product.components)


def _plain_entry(line: Line, number: int, status: Status, reason: str) -> Entry:
    assert line.regimen is not None
    opioids = opioids_of(line.regimen)
    name = opioids[0] if opioids else _name(line.regimen)
    needed = line.regimen.sig.as_needed
    return Entry(number, line.written, status, name, line.regimen.product, needed, reason=reason)


def _dates_are_wrong(line: Line) -> bool:
    return any(problem.code.startswith("CASE") for problem in line.problems)


def _inactive(line: Line, number: int, day: date) -> _Share:
    first = f"from {line.start}" if line.start else ""
    last = f"to {line.last_day}" if line.last_day else ""
    reason = line.replaced or f"not active on {day}: {' '.join(filter(None, (first, last)))}"
    if line.regimen is None:
        return _Share((Entry(number, line.written, Status.INACTIVE, reason=reason),))
    return _Share((_plain_entry(line, number, Status.INACTIVE, reason),))


_NOTHING_LEFT = Problem(
    "MME-002",
    "",
    "opioid use disorder treatment has no MME and is not to be judged by one; no other opioid is left to count",
)


def _opioid(
    line: Line, number: int, dose: IngredientDose, table: FactorTable, oud: OudTreatment
) -> tuple[Entry | _Waiting, Problem | None]:
    """One opioid of a line: one that waits, or an entry without a figure and the problem that says why."""
    assert line.regimen is not None
    product = line.regimen.product
    where = f"line {number}"
    entry = Entry(
        number,
        line.written,
        Status.PROBLEM,
        dose.ingredient,
        product,
        line.regimen.sig.as_needed,
        dose.daily,
        working=dose.working,
        oud=oud,
    )
    unit = dose.daily.unit.dimension if dose.daily is not None else None
    bands = bands_for(table, dose.ingredient, product.route, product.form, unit)
    if isinstance(bands, NoFactor):
        code, status = ("DIR-010", Status.PROBLEM) if bands.form_decides else ("MME-001", Status.NO_FACTOR)
        return evolve(entry, status=status, reason=bands.reason), Problem(code, where, bands.reason)
    if dose.daily is None:
        assert dose.lacking is not None
        offers = tuple(offer for candidate in line.candidates if (offer := _offer(candidate, table)))
        return evolve(entry, reason=dose.lacking.text), evolve(dose.lacking, where=where, suggestions=offers)
    if dose.daily.unit.dimension is not bands[0].per.dimension:
        text = f"{dose.daily.unit.value} of {dose.ingredient} does not fit a factor per {bands[0].per.value}"
        return evolve(entry, reason=text), Problem("UNIT-001", where, text)
    waiting = _Waiting(evolve(entry, status=Status.COUNTED), dose.daily, bands)
    return (waiting if len(bands) > 1 else _counted(waiting, dose.daily)), None


# --- all lines --------------------------------------------------------------------------------------------------


def _finished(items: list[Entry | _Waiting]) -> tuple[Entry, ...]:
    """Choose each band by the day's total of the ingredient over all lines, then multiply."""
    waiting = [item for item in items if isinstance(item, _Waiting)]
    if not waiting:
        return tuple(items)  # type: ignore[arg-type]
    totals = {_total_of(item): _NOTHING_YET for item in waiting}
    for item in items:
        key, daily = _total_of(item), _countable(item)
        if key in totals and daily is not None:
            totals[key] = (*totals[key], daily)
    return tuple(
        _counted(item, sum_daily(totals[_total_of(item)])) if isinstance(item, _Waiting) else item for item in items
    )


_NOTHING_YET: tuple[Daily, ...] = ()


def _total_of(item: Entry | _Waiting) -> tuple[str | None, Dimension | None]:
    """What the total is of that chooses a band: the ingredient, in amounts that can be added."""
    entry = item.entry if isinstance(item, _Waiting) else item
    return entry.drug, None if entry.daily is None else entry.daily.unit.dimension


def _countable(item: Entry | _Waiting) -> Daily | None:
    """What an item brings to the day's total of its ingredient, under a banded factor or another."""
    if isinstance(item, _Waiting):
        return item.daily
    return item.daily if item.status is Status.COUNTED else None


def _counted(item: _Waiting, total: Daily) -> Entry:
    factors = applied(item.bands, total)
    mme = mme_of(item.daily, factors)
    steps = working(item.daily, factors, mme)
    if total != item.daily:
        steps = (f"band chosen by the day's total of {total.maximum}", *steps)
    return evolve(item.entry, applied=factors, mme=mme, working=item.entry.working + steps)


def _total(counted: list[Daily], missing: tuple[str, ...], excluded: bool, if_renewals: Amount | None) -> Total:
    if not counted and missing:
        return NoTotal(missing, "no opioid line could be counted")
    if not counted and excluded:
        return NoTotal((), "every opioid line is for opioid use disorder, for which there is no MME")
    return total_of(counted, missing, if_renewals)


# --- lines that may be one prescription, and lines that may have ended ---------------------------------------------


def _each_once(
    items: list[Entry | _Waiting], entries: Sequence[Entry], groups: Sequence[Group]
) -> tuple[Entry, ...] | None:
    """The entries with each prescription once, the line of it that comes to the most; None: the maximum is the same."""
    of_line = _maximum_by_line(entries)
    left_out: set[int] = set()
    for group in groups:
        kept = max(group, key=lambda number: (of_line.get(number, Fraction(0)), -number))
        left_out.update(number for number in group if number != kept)
    rest = _finished(
        [item for item in items if (item.entry if isinstance(item, _Waiting) else item).line not in left_out]
    )
    return None if _maximum_of(rest).value == sum(of_line.values(), Fraction(0)) else rest


def _maximum_of(entries: Sequence[Entry]) -> Amount:
    return mme_amount(sum(_maximum_by_line(entries).values(), Fraction(0)))


def _maximum_by_line(entries: Sequence[Entry]) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for entry in entries:
        if entry.mme is not None:
            found[entry.line] = found.get(entry.line, Fraction(0)) + entry.mme.maximum.value
    return found


def _twice_cautions(groups: Sequence[Group], total: Total, apap: Acetaminophen | None) -> list[Caution]:
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


def _open_ends(case: Case, groups: Sequence[Group], lapsed: Sequence[int]) -> list[int]:
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


def _not_known_to_go_on(shares: list[_Share], case: Case, open_ends: Sequence[int]) -> list[_Share]:
    """The shares, with those that may have ended as a question. The figure that each would have is in its problem."""
    if_they_go_on = _maximum_by_line(_finished([item for share in shares for item in share.entries]))
    found = list(shares)
    for number in open_ends:
        found[number - 1] = _asked(shares[number - 1], case.lines[number - 1], number, if_they_go_on.get(number))
    return found


def _asked(share: _Share, line: Line, number: int, figure: Fraction | None) -> _Share:
    """A line that may have ended: none of its opioids is counted, and each is missing."""
    entries, missing = [], []
    where = f"line {number}"
    goes_on = "a figure that is not known" if figure is None else decimal_text(figure)
    text = (
        f"0 by supply, {goes_on} if it goes on (MME/d). Its supply ended on {line.lapsed} and the record calls it "
        "active: ask whether it is still taken"
    )
    for item in share.entries:
        entry = item.entry if isinstance(item, _Waiting) else item
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


# --- beside the total -------------------------------------------------------------------------------------------


def _for_pain(entries: Sequence[Entry]) -> Total | None:
    """The part of the total that is for pain alone. None: all of it is, as in nearly every case."""
    counted = [entry for entry in entries if entry.mme is not None]
    pain = [entry.mme for entry in counted if entry.mme is not None and entry.oud.is_for_pain_alone]
    if len(pain) == len(counted):
        return None
    return total_of(pain, ()) if pain else NoTotal((), "no opioid is known to be for pain alone")


def mme_for_pain(report: MmeReport) -> Amount | None:
    """The most of the day in MME/d of the opioids that are surely for pain alone. None: none of them was counted.

    Lines that may be one prescription count once.
    """
    part = _for_pain(report.entries if report.once is None else report.once)
    total = report.total if part is None else part
    return None if isinstance(total, NoTotal) else total.if_renewals or total.maximum


@remembered(8192)
def _thresholds(
    table: FactorTable, total: Total, part: Total | None, part_once: Total | None
) -> tuple[ThresholdCheck, ...]:
    """The thresholds held against what is for pain alone: ``part`` of the total; None: all of it.

    ``part_once`` is the same with each prescription once.

    What treats opioid use disorder, or may do so, is not judged by them.
    """
    pain = total if part is None else part
    if isinstance(total, NoTotal) or isinstance(pain, NoTotal):
        return ()
    both, low = "", total.if_renewals or total.maximum
    if part_once is not None:
        low = mme_amount(Fraction(0)) if isinstance(part_once, NoTotal) else part_once.maximum
    if total.if_renewals is not None:
        both = f"{total.maximum} in all, {total.if_renewals} with each prescription once"
    return tuple(
        _threshold(
            table,
            threshold,
            both,
            _reached(total, total.scheduled, pain.scheduled, threshold),
            _reached(total, total.maximum, pain.maximum, threshold),
            None if total.if_renewals is None else _reached(total, total.if_renewals, low, threshold),
        )
        for threshold in table.thresholds
    )


@remembered(256)
def _threshold(
    table: FactorTable,
    threshold: Threshold,
    figures: str,
    scheduled: bool | None,
    maximum: bool | None,
    if_renewals: bool | None,
) -> ThresholdCheck:
    place = Source(table.citation, threshold.where, table.year, table.url or _doi(table), Standing.VERIFIED, table.id)
    return ThresholdCheck(threshold, place, scheduled, maximum, if_renewals, figures)


def _doi(table: FactorTable) -> str | None:
    return f"https://doi.org/{table.doi}" if table.doi else None


def _reached(total: Total, figure: Amount, for_pain: Amount, threshold: Threshold) -> bool | None:
    """Compared exactly, never with the printed figure.

    None: not known, because the total is incomplete and below, or at the mark only with what is not surely for pain.
    """
    if for_pain.value >= threshold.at:
        return True
    return None if isinstance(total, AtLeast) or figure.value >= threshold.at else False


def _outside_line(regimen: Regimen) -> Indication | None:
    found = indication_of(regimen.indication) if regimen.indication is not None else None
    return found if found is not None and found.is_outside_thresholds else None


def _outside_thresholds(patient: Patient, shares: Sequence[_Share]) -> Indication | None:
    """The care that the guideline of the thresholds leaves out, if this is such care."""
    if patient.indication is not None:
        found = indication_of(patient.indication)
        if found is not None and found.is_outside_thresholds:
            return found
    for condition in patient.conditions:
        for name in (condition, *IMPLIES.get(condition, ())):
            if name in _OUTSIDE_BY_CONDITION:
                return _OUTSIDE_BY_CONDITION[name]
    return next((share.outside for share in shares if share.outside is not None), None) if shares else None


def table_cautions(table: FactorTable) -> tuple[Caution, ...]:
    """What should be known about a table wherever it is used."""
    return _table_cautions(table, None)


@remembered(1024)
def _table_cautions(table: FactorTable, age: int | None) -> tuple[Caution, ...]:
    found = []
    if table.status is not TableStatus.CURRENT:
        kind = "has been superseded" if table.status is TableStatus.SUPERSEDED else "is for research"
        found.append(Caution("MME-104", f"{table.id} {kind}; use it to compare, not to prescribe"))
    if age is not None and age < ADULT_AGE:
        found.append(Caution("MME-103", "MME tables are made for adults; this patient is under 18"))
    return tuple(found)


def _acetaminophen(shares: Sequence[_Share], patient: Patient, again: frozenset[int]) -> Acetaminophen:
    """``again``: the lines that would not count if each prescription counted once."""
    numbered = [
        (number, share)
        for number, share in enumerate(shares, start=1)
        if share.holds_acetaminophen or share.refused_acetaminophen
    ]
    return _in_all(
        tuple([share.acetaminophen for _, share in numbered if share.acetaminophen is not None]),
        tuple([each.acetaminophen for n, each in numbered if each.acetaminophen is not None and n not in again]),
        tuple([f"line {number}" for number, share in numbered if share.acetaminophen is None]),
        is_lower_for(patient),
    )


@remembered(4096)
def _in_all(
    found: tuple[Daily, ...], once: tuple[Daily, ...], missing: tuple[str, ...], is_lower: bool | None
) -> Acetaminophen:
    """The same acetaminophen is the same object, so that what is said and written of it is found again."""
    daily = sum_daily(found) if found else _NONE
    if_renewals = sum_daily(once).maximum if once and len(once) < len(found) else None
    return Acetaminophen(daily, ceilings_where(is_lower, daily), missing, if_renewals)


@remembered(4096)
def _in_mg_per_day(daily: Daily) -> Daily:
    """The same amount is the same object, so that what follows from it is found again without reckoning."""
    unit = Unit.MG_PER_D
    expected = daily.expected.to(unit) if daily.expected is not None else None
    return Daily(daily.scheduled.to(unit), expected, daily.maximum.to(unit))


_NOTHING = Amount(Fraction(0), Unit.MG_PER_D)
_NONE = Daily(_NOTHING, None, _NOTHING)


@remembered(4096)
def _acetaminophen_cautions(apap: Acetaminophen) -> tuple[Caution, ...]:
    found = []
    if apap.missing:
        found.append(
            Caution(
                "APAP-102",
                f"acetaminophen of {', '.join(apap.missing)} could not be counted; the total is at least this",
            )
        )
    above = [check for check in apap.ceilings if check.maximum_above and check.applies]
    if above:
        lowest = min(above, key=lambda check: check.ceiling.at.value)
        once = apap.if_renewals
        if once is None:
            tail = f", above {lowest.ceiling.at} ({lowest.ceiling.whose.value}); consider which product to change"
        else:
            beside = "above" if lowest.ceiling.at < once else "not above"
            tail = (
                f" if all lines are taken, above {lowest.ceiling.at} ({lowest.ceiling.whose.value}), and to {once} if "
                f"each prescription is taken once, {beside} it; ask which are taken"
            )
        found.append(Caution("APAP-101", f"acetaminophen over all products comes to {apap.daily.maximum}{tail}"))
    return tuple(found)
