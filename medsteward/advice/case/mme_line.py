"""One line's share of a day's MME: which opioids it holds, what is counted, what is missing and why."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cached_property

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.doses.acetaminophen import INGREDIENT as ACETAMINOPHEN
from medsteward.doses.daily import Daily, IngredientDose, daily_doses
from medsteward.drugs.index import drugs, opioids_in
from medsteward.mme.reckon import Bands, NoFactor, applied, bands_for, mme_of, sum_daily, working
from medsteward.mme.result import Entry, Status
from medsteward.model.conditions import Indication, indication_of
from medsteward.model.number import decimal_text
from medsteward.model.oud import (
    NOTHING_KNOWN,
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
from medsteward.model.regimen import Candidate, Line, Patient, Regimen
from medsteward.model.unit import Dimension, Unit
from medsteward.tables.table import FactorTable
from medsteward.tables.table import TableStatus as TableStatus


@frozen(cache_hash=True)
class WaitingOpioid:
    """One opioid that can be counted. Where its factor is banded it waits for the day's total of its ingredient."""

    entry: Entry
    daily: Daily
    bands: Bands


@frozen
class LineShare:
    """What one line brings to a report: the same for the same line at the same place, so it is kept."""

    entries: tuple[Entry | WaitingOpioid, ...]
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


@remembered(65536)
def opioids_of(regimen: Regimen) -> tuple[str, ...]:
    """The ingredients of a regimen that count as opioids, in the order of the product."""
    return opioids_in(regimen.product)


def share_of(line: Line, number: int, table: FactorTable, signs: PatientSigns) -> LineShare:
    """What an active line brings. ``signs``: what is known of opioid use disorder in the patient."""
    if line.regimen is None or line.problems or line.cautions or line.candidates:
        return _of_line(line, number, table, signs)
    signs = signs if line.regimen.product.is_opioid else NOTHING_KNOWN
    return _of_regimen(line.regimen, line.written, number, table, signs)


@remembered(65536)
def _of_regimen(regimen: Regimen, written: str, number: int, table: FactorTable, signs: PatientSigns) -> LineShare:
    """The same of a line that was understood: from when to when it holds, and who prescribed it, changes nothing."""
    return _of_line(Line(written, regimen), number, table, signs)


@remembered(8192)
def _of_line(line: Line, number: int, table: FactorTable, signs: PatientSigns) -> LineShare:
    where = f"line {number}"
    cautions = [caution.on_line(number) for caution in line.cautions]
    if line.regimen is None or (line.problems and not _needs_no_dose(line)):
        return _problem_line(line, number, table, tuple(cautions))
    regimen = line.regimen
    opioids = opioids_of(regimen)
    doses = daily_doses(regimen)
    apap = next((dose for dose in doses.ingredients if dose.ingredient == ACETAMINOPHEN), None)
    beside = LineShare(
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


def _problem_line(line: Line, number: int, table: FactorTable, cautions: tuple[Caution, ...]) -> LineShare:
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
    return LineShare(
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
    line = Line(candidate.text, candidate.regimen)
    share = share_of(line, 1, table, patient_signs(Patient()))
    if any(problem.code == "DIR-010" for problem in share.problems):
        return ""
    counted = [entry.mme for entry in finished_entries(list(share.entries)) if entry.mme is not None]
    if not counted or share.problems or share.missing or not opioids_of(candidate.regimen):
        return candidate.text
    most = sum((daily.maximum.value for daily in counted), Fraction(0))
    return f"{candidate.text} ({decimal_text(most)} MME/d)"


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


def dates_are_wrong(line: Line) -> bool:
    """Whether the days of a line contradict one another: it is then counted as active, with its problem."""
    return any(problem.code.startswith("CASE") for problem in line.problems)


def inactive_share(line: Line, number: int, day: date) -> LineShare:
    """The share of a line that is not active on the day: nothing, and why."""
    over = f"ended {line.last_day}" if line.last_day is not None and line.last_day < day else f"begins {line.start}"
    return _inactive(line.regimen, line.written, number, line.replaced or over)


@remembered(8192)
def _inactive(regimen: Regimen | None, written: str, number: int, reason: str) -> LineShare:
    if regimen is None:
        return LineShare((Entry(number, written, Status.INACTIVE, reason=reason),))
    return LineShare((_plain_entry(Line(written, regimen), number, Status.INACTIVE, reason),))


NOTHING_LEFT = Problem(
    "MME-002",
    "",
    "opioid use disorder treatment has no MME and is not to be judged by one; no other opioid is left to count",
)


def _opioid(
    line: Line, number: int, dose: IngredientDose, table: FactorTable, oud: OudTreatment
) -> tuple[Entry | WaitingOpioid, Problem | None]:
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
    waiting = WaitingOpioid(evolve(entry, status=Status.COUNTED), dose.daily, bands)
    return (waiting if len(bands) > 1 else _counted(waiting, dose.daily)), None


def finished_entries(items: list[Entry | WaitingOpioid]) -> tuple[Entry, ...]:
    """Choose each band by the day's total of the ingredient over all lines, then multiply."""
    waiting = [item for item in items if isinstance(item, WaitingOpioid)]
    if not waiting:
        return tuple(items)  # type: ignore[arg-type]
    totals = {_total_of(item): _NOTHING_YET for item in waiting}
    for item in items:
        key, daily = _total_of(item), _countable(item)
        if key in totals and daily is not None:
            totals[key] = (*totals[key], daily)
    return tuple(
        _counted(item, sum_daily(totals[_total_of(item)])) if isinstance(item, WaitingOpioid) else item
        for item in items
    )


_NOTHING_YET: tuple[Daily, ...] = ()


def _total_of(item: Entry | WaitingOpioid) -> tuple[str | None, Dimension | None]:
    """What the total is of that chooses a band: the ingredient, in amounts that can be added."""
    entry = item.entry if isinstance(item, WaitingOpioid) else item
    return entry.drug, None if entry.daily is None else entry.daily.unit.dimension


def _countable(item: Entry | WaitingOpioid) -> Daily | None:
    """What an item brings to the day's total of its ingredient, under a banded factor or another."""
    if isinstance(item, WaitingOpioid):
        return item.daily
    return item.daily if item.status is Status.COUNTED else None


def _counted(item: WaitingOpioid, total: Daily) -> Entry:
    factors = applied(item.bands, total)
    mme = mme_of(item.daily, factors)
    steps = working(item.daily, factors, mme)
    if total != item.daily:
        steps = (f"band chosen by the day's total of {total.maximum}", *steps)
    return evolve(item.entry, applied=factors, mme=mme, working=item.entry.working + steps)


def _outside_line(regimen: Regimen) -> Indication | None:
    found = indication_of(regimen.indication) if regimen.indication is not None else None
    return found if found is not None and found.is_outside_thresholds else None


@remembered(4096)
def _in_mg_per_day(daily: Daily) -> Daily:
    """The same amount is the same object, so that what follows from it is found again without reckoning."""
    unit = Unit.MG_PER_D
    expected = daily.expected.to(unit) if daily.expected is not None else None
    return Daily(daily.scheduled.to(unit), expected, daily.maximum.to(unit))
