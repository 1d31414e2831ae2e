"""The day's MME of a case: every line accounted for, the working shown, nothing dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

from attrs import evolve, frozen

from medsteward.doses.acetaminophen import INGREDIENT as ACETAMINOPHEN
from medsteward.doses.acetaminophen import CeilingCheck, ceilings_for
from medsteward.doses.daily import Daily, IngredientDose, daily_doses
from medsteward.drugs.index import drugs
from medsteward.mme.reckon import Bands, NoFactor, applied, bands_for, mme_of, sum_daily, working
from medsteward.mme.result import Entry, NoTotal, Status, Total, total_of
from medsteward.model.amount import Amount
from medsteward.model.conditions import Indication, indication_of
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Role
from medsteward.model.regimen import Candidate, Case, Line, Patient, Regimen
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit
from medsteward.tables.table import FactorTable, Status as TableStatus, Threshold

ADULT_AGE = 18
_OUTSIDE_BY_CONDITION = {
    "cancer": Indication.CANCER_PAIN,
    "palliative care": Indication.PALLIATIVE_CARE,
    "end of life": Indication.PALLIATIVE_CARE,
    "sickle cell disease": Indication.SICKLE_CELL_PAIN,
}


@frozen
class ThresholdCheck:
    """A threshold of the table held against the total. None: the total is incomplete and below, so it is not known."""

    threshold: Threshold
    source: Source
    scheduled: bool | None
    maximum: bool | None


@frozen
class Acetaminophen:
    """The day's acetaminophen over all products; ``missing`` names lines that hold some which cannot be counted."""

    daily: Daily
    ceilings: tuple[CeilingCheck, ...]
    missing: tuple[str, ...]


@frozen
class MmeReport:
    """The day's MME of a case under one table.

    ``entries`` hold one row per opioid per line and one per line without any; ``problems`` stand in the way of a
    complete answer; ``cautions`` do not. ``acetaminophen`` is None when no line holds any.
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

    @property
    def edition(self) -> str:
        """The id of the table that made this report."""
        return self.table.id

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing, 5 refused; the highest wins."""
        return max((problem.exit_code for problem in self.problems), default=0)


@frozen
class _Counted:
    """One opioid of a line that can be counted, waiting for the day's total of its ingredient."""

    at: int
    dose: IngredientDose
    daily: Daily
    bands: Bands


def mme_per_day(case: Case, *, table: FactorTable) -> MmeReport:
    """Count the MME per day of a case on its day, under one table.

    Every line gives at least one entry; what cannot be counted makes the total ``AtLeast`` and is named in it.
    """
    entries: list[Entry] = []
    waiting: list[_Counted] = []
    problems: list[Problem] = list(case.problems)
    cautions: list[Caution] = list(case.cautions)
    missing: list[str] = []
    excluded = False
    for number, line in enumerate(case.lines, start=1):
        where = f"line {number}"
        cautions.extend(evolve(caution, where=where) for caution in line.cautions)
        if line.problems or line.regimen is None:
            _problem_line(number, line, table, entries, problems, missing)
            continue
        if not line.is_active_on(case.as_of):
            entries.append(_inactive(number, line, case.as_of))
            continue
        opioids = opioids_of(line.regimen)
        if not opioids:
            entries.append(_plain_entry(number, line, Status.NOT_AN_OPIOID, "not an opioid"))
            continue
        if _is_for_oud(line.regimen, case.patient):
            excluded = True
            for name in opioids:
                entries.append(_excluded(number, line, name))
            continue
        doses = daily_doses(line.regimen)
        cautions.extend(evolve(caution, where=where) for caution in doses.cautions)
        for dose in doses.ingredients:
            if dose.ingredient in opioids:
                _opioid(number, line, dose, table, entries, waiting, problems, missing)
    _count(entries, waiting)
    counted = [entry.mme for entry in entries if entry.status is Status.COUNTED and entry.mme is not None]
    if excluded and not counted and not missing:
        problems.append(_nothing_left())
    total = _total(counted, tuple(dict.fromkeys(missing)), excluded)
    apap = _acetaminophen(case)
    cautions.extend(_acetaminophen_cautions(apap))
    cautions.extend(_table_cautions(table, case))
    outside = _outside_thresholds(case, entries)
    if outside is not None and table.thresholds:
        cautions.append(
            Caution("MME-102", f"thresholds are left out: the guideline they come from is not about {outside.value}")
        )
    if not case.lines:
        cautions.append(Caution("CASE-101", "the case holds no medication, so nothing was counted"))
    return MmeReport(
        case_id=case.id,
        as_of=case.as_of,
        table=table,
        total=total,
        entries=tuple(entries),
        acetaminophen=apap,
        thresholds=() if outside is not None else _thresholds(table, total),
        problems=tuple(problems),
        cautions=tuple(dict.fromkeys(cautions)),
    )


@lru_cache(maxsize=65536)
def opioids_of(regimen: Regimen) -> tuple[str, ...]:
    """The ingredients of a regimen that count as opioids, in the order of the product."""
    known = drugs()
    return tuple(
        component.ingredient
        for component in regimen.product.components
        if component.role is Role.ACTIVE
        and component.ingredient in known
        and known[component.ingredient].drug_class.is_opioid_agonist
    )


# --- lines that are not counted ---------------------------------------------------------------------------------


def _problem_line(
    number: int,
    line: Line,
    table: FactorTable,
    entries: list[Entry],
    problems: list[Problem],
    missing: list[str],
) -> None:
    where = f"line {number}"
    for problem in line.problems:
        offers = problem.suggestions
        if problem.code == "DRUG-001" and line.candidates:
            offers = tuple(_offer(candidate, table) for candidate in line.candidates) + offers[len(line.candidates) :]
        problems.append(evolve(problem, where=where, suggestions=offers))
    opioids = opioids_of(line.regimen) if line.regimen is not None else ()
    shown = line.written if len(line.written) <= 80 else line.written[:77] + "..."
    name = opioids[0] if opioids else (_name(line.regimen) if line.regimen is not None else None)
    codes = {problem.code for problem in line.problems}
    if line.regimen is None or opioids or any(code.startswith("DRUG") for code in codes):
        missing.append(name if opioids and name else shown)
    reason = "; ".join(problem.text for problem in line.problems) or "no drug could be made out"
    entries.append(Entry(number, line.written, Status.PROBLEM, name, reason=reason))


def _offer(candidate: Candidate, table: FactorTable) -> str:
    """A corrected line with the MME it would have: offered for checking, never taken."""
    line = Line(candidate.text, candidate.regimen)
    report = mme_per_day(Case(date.min, (line,)), table=table)
    if isinstance(report.total, NoTotal) or report.problems or not opioids_of(candidate.regimen):
        return candidate.text
    return f"{candidate.text} ({decimal_text(report.total.maximum.value)} MME/d)"


def _name(regimen: Regimen) -> str:
    return " / ".join(component.ingredient for component in regimen.product.components)


def _plain_entry(number: int, line: Line, status: Status, reason: str) -> Entry:
    assert line.regimen is not None
    opioids = opioids_of(line.regimen)
    name = opioids[0] if opioids else _name(line.regimen)
    return Entry(
        number, line.written, status, name, line.regimen.product, line.regimen.sig.as_needed, reason=reason
    )


def _inactive(number: int, line: Line, day: date) -> Entry:
    first = f"from {line.start}" if line.start else ""
    last = f"to {line.last_day}" if line.last_day else ""
    return _plain_entry(number, line, Status.INACTIVE, f"not active on {day}: {' '.join(filter(None, (first, last)))}")


def _is_for_oud(regimen: Regimen, patient: Patient) -> bool:
    """Whether a line is for opioid use disorder: by its own words, or else by the patient's indication."""
    if regimen.indication is not None:
        return indication_of(regimen.indication) is Indication.OPIOID_USE_DISORDER
    return patient.indication is not None and indication_of(patient.indication) is Indication.OPIOID_USE_DISORDER


def _excluded(number: int, line: Line, name: str) -> Entry:
    reason = "for opioid use disorder: MME is not meant for its treatment, which should go on"
    return evolve(_plain_entry(number, line, Status.EXCLUDED, reason), drug=name)


def _nothing_left() -> Problem:
    return Problem(
        "MME-002",
        "",
        "opioid use disorder treatment has no MME and is not to be judged by one; no other opioid is left to count",
    )


# --- lines that are counted -------------------------------------------------------------------------------------


def _opioid(
    number: int,
    line: Line,
    dose: IngredientDose,
    table: FactorTable,
    entries: list[Entry],
    waiting: list[_Counted],
    problems: list[Problem],
    missing: list[str],
) -> None:
    """One opioid of a line: an entry without a figure, or one that waits for the ingredient's total."""
    assert line.regimen is not None
    product = line.regimen.product
    where = f"line {number}"
    bands = bands_for(table, dose.ingredient, product.route, product.form)
    entry = Entry(
        number,
        line.written,
        Status.NO_FACTOR,
        dose.ingredient,
        product,
        line.regimen.sig.as_needed,
        dose.daily,
        working=dose.working,
    )
    if isinstance(bands, NoFactor):
        missing.append(dose.ingredient)
        if bands.form_decides:
            problems.append(Problem("DIR-010", where, bands.reason))
            entries.append(evolve(entry, status=Status.PROBLEM, reason=bands.reason))
        else:
            problems.append(Problem("MME-001", where, bands.reason))
            entries.append(evolve(entry, reason=bands.reason))
        return
    if dose.daily is None or dose.lacking is not None:
        assert dose.lacking is not None
        missing.append(dose.ingredient)
        problems.append(evolve(dose.lacking, where=where))
        entries.append(evolve(entry, status=Status.PROBLEM, daily=None, reason=dose.lacking.text))
        return
    if dose.daily.unit.dimension is not bands[0].per.dimension:
        missing.append(dose.ingredient)
        text = f"{dose.daily.unit.value} of {dose.ingredient} does not fit a factor per {bands[0].per.value}"
        problems.append(Problem("UNIT-001", where, text))
        entries.append(evolve(entry, status=Status.PROBLEM, reason=text))
        return
    waiting.append(_Counted(len(entries), dose, dose.daily, bands))
    entries.append(entry)


def _count(entries: list[Entry], waiting: Sequence[_Counted]) -> None:
    """Choose each band by the day's total of the ingredient, then multiply."""
    totals: dict[tuple[str, int], Daily] = {}
    for key in dict.fromkeys((item.dose.ingredient, id(item.bands)) for item in waiting if len(item.bands) > 1):
        totals[key] = sum_daily(
            item.daily for item in waiting if (item.dose.ingredient, id(item.bands)) == key
        )
    for item in waiting:
        total = totals.get((item.dose.ingredient, id(item.bands)), item.daily)
        mme, factors, steps = _product(item.bands, total, item.daily)
        entries[item.at] = evolve(
            entries[item.at],
            status=Status.COUNTED,
            applied=factors,
            mme=mme,
            working=item.dose.working + steps,
        )


@lru_cache(maxsize=65536)
def _product(bands: Bands, total: Daily, daily: Daily):  # type: ignore[no-untyped-def]
    factors = applied(bands, total)
    mme = mme_of(daily, factors)
    steps = working(daily, factors, mme)
    if len(bands) > 1 and total is not daily:
        steps = (f"band chosen by the day's total of {total.maximum}", *steps)
    return mme, factors, steps


def _total(counted: list[Daily], missing: tuple[str, ...], excluded: bool) -> Total:
    if not counted and missing:
        return NoTotal(missing, "no opioid line could be counted")
    if not counted and excluded:
        return NoTotal((), "every opioid line is for opioid use disorder, for which there is no MME")
    return total_of(counted, missing)


# --- beside the total -------------------------------------------------------------------------------------------


def _thresholds(table: FactorTable, total: Total) -> tuple[ThresholdCheck, ...]:
    if isinstance(total, NoTotal):
        return ()
    return tuple(
        ThresholdCheck(
            threshold,
            Source(table.citation, threshold.where, table.year, table.url or _doi(table), Standing.VERIFIED),
            _reached(total, total.scheduled, threshold),
            _reached(total, total.maximum, threshold),
        )
        for threshold in table.thresholds
    )


def _doi(table: FactorTable) -> str | None:
    return f"https://doi.org/{table.doi}" if table.doi else None


def _reached(total: Total, figure: Amount, threshold: Threshold) -> bool | None:
    """Compared exactly, never with the printed figure. An incomplete total below the mark is not known to be below."""
    if figure.value >= threshold.at:
        return True
    return None if hasattr(total, "missing") else False


def _outside_thresholds(case: Case, entries: Iterable[Entry]) -> Indication | None:
    """The care that the guideline of the thresholds leaves out, if this is such care."""
    texts = [case.patient.indication] if case.patient.indication else []
    texts += [
        line.regimen.indication
        for line in case.lines
        if line.regimen is not None and line.regimen.indication and opioids_of(line.regimen)
    ]
    for text in texts:
        found = indication_of(text)
        if found is not None and found.is_outside_thresholds:
            return found
    for condition in case.patient.conditions:
        if condition in _OUTSIDE_BY_CONDITION:
            return _OUTSIDE_BY_CONDITION[condition]
    return None


def _table_cautions(table: FactorTable, case: Case) -> list[Caution]:
    found = []
    if table.status is not TableStatus.CURRENT:
        kind = "has been superseded" if table.status is TableStatus.SUPERSEDED else "is for research"
        found.append(Caution("MME-104", f"{table.id} {kind}; use it to compare, not to prescribe"))
    if case.patient.age is not None and case.patient.age < ADULT_AGE:
        found.append(Caution("MME-103", "MME tables are made for adults; this patient is under 18"))
    return found


def _acetaminophen(case: Case) -> Acetaminophen | None:
    found: list[Daily] = []
    missing: list[str] = []
    for number, line in enumerate(case.lines, start=1):
        if line.regimen is None or not any(c.ingredient == ACETAMINOPHEN for c in line.regimen.product.components):
            continue
        if line.problems:
            missing.append(f"line {number}")
            continue
        if not line.is_active_on(case.as_of):
            continue
        for dose in daily_doses(line.regimen).ingredients:
            if dose.ingredient == ACETAMINOPHEN:
                if dose.daily is None:
                    missing.append(f"line {number}")
                else:
                    found.append(dose.daily)
    if not found and not missing:
        return None
    daily = sum_daily(found) if found else _NONE
    return Acetaminophen(daily, ceilings_for(case.patient, daily), tuple(missing))


_NOTHING = Amount(Fraction(0), Unit.MG_PER_D)
_NONE = Daily(_NOTHING, None, _NOTHING)


def _acetaminophen_cautions(apap: Acetaminophen | None) -> list[Caution]:
    if apap is None:
        return []
    found = []
    if apap.missing:
        found.append(
            Caution("APAP-102", f"acetaminophen of {', '.join(apap.missing)} could not be counted; the total is at least this")
        )
    above = [check for check in apap.ceilings if check.maximum_above and check.applies]
    if above:
        lowest = min(above, key=lambda check: check.ceiling.at.value)
        found.append(
            Caution(
                "APAP-101",
                f"acetaminophen over all products comes to {apap.daily.maximum}, above {lowest.ceiling.at} "
                f"({lowest.ceiling.whose.value}); consider which product to change",
            )
        )
    return found
