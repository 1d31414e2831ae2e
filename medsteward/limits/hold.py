"""Holds what is stated of each medicine against the limits: which row holds, and what is above it.

Of several rows of one kind, drug and use the one with the narrowest population holds, and of those the lowest; what it
is for is taken from the lines and the patient's indication, and where that does not say, the highest figure over the
uses is taken, so that no alarm is false. A fact that is not known and would make a row hold that the dose is above is
asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from medsteward.caches import remembered
from medsteward.doses.daily import REMEMBERED
from medsteward.limits.limit import DoseLimit, LimitKind, Strictness, Subject
from medsteward.limits.load import dose_limits
from medsteward.limits.stated import DAILY, SINGLE, CaseDose, stated_dose
from medsteward.limits.subject import COMBINED
from medsteward.model.conditions import Indication
from medsteward.model.missing import Ask
from medsteward.model.number import decimal_text
from medsteward.patient.drug_group import Ingredient
from medsteward.patient.kidneys import KidneyFunction
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug

CEILINGS = (
    LimitKind.MAX_DAILY,
    LimitKind.MAX_DAILY_PER_KG,
    LimitKind.MAX_DAILY_PER_CRCL,
    LimitKind.DOSE_REDUCTION_PERCENT,
    LimitKind.MAX_SINGLE,
    LimitKind.MAX_RATE,
    LimitKind.MAX_PATCHES,
    LimitKind.MAX_COURSE_DAYS,
)
"""Kinds that bound any stage of treatment, and not its beginning alone."""

FORBIDS = (LimitKind.AVOID, LimitKind.CONTRAINDICATED)
"""Kinds without a figure: the medicine itself is too much for who is in the population."""

_Items = Mapping[DoseLimit, Sequence[TakenDrug]]
"""Rows, each with the lines that it is about."""

PER_KG = ("mg/kg", "mg/kg/d")
"""Units of a figure that becomes a dose by the patient's weight."""
_HARD = Strictness.LABEL_MAXIMUM
WORKED_OUT = (LimitKind.MAX_DAILY_PER_KG, LimitKind.MAX_DAILY_PER_CRCL)

_OUD = Indication.OPIOID_USE_DISORDER.value
_RELEASES_ADD_UP = frozenset({"tapentadol", "tramadol"})
"""Drugs whose immediate and extended release count together against the lowest ceiling of either."""
_PAIN = ("acute pain", "chronic pain", "cancer pain", "palliative care", "sickle cell pain", "pain")


@frozen
class Passed:
    """A row that is passed. ``stated`` is what is taken, ``limit`` the figure that holds, both in one unit.

    ``worked_out`` says from what, where the figure is not printed in the source as it is held: per kg, per mL/min of
    creatinine clearance, less by a share. ``seen`` are the facts of the patient that made the row hold, in words.
    """

    row: DoseLimit
    stated: CaseDose
    limit: Fraction
    worked_out: str = ""
    seen: tuple[str, ...] = ()

    @property
    def times(self) -> Fraction:
        """How many times the limit is stated; of an interval how many times as often as it allows."""
        if not self.limit or not self.stated.value:
            return Fraction(1)
        often = self.row.kind is LimitKind.MIN_INTERVAL_H
        return self.limit / self.stated.value if often else self.stated.value / self.limit


@frozen
class LimitForPatient:
    """The figure of a row as it holds for one patient, in the unit that doses are stated in."""

    row: DoseLimit
    figure: Fraction
    unit: str
    kind: LimitKind
    worked_out: str = ""

    @cached_property
    def size(self) -> Fraction:
        """The figure in the largest common unit, to tell which of two is lower; what is forbidden is lowest."""
        if self.row.kind in FORBIDS:
            return Fraction(0)
        scale = _COMMON.get(self.unit)
        return self.figure if scale is None else self.figure * scale


_COMMON = {"mcg/d": Fraction(1, 1000), "mcg": Fraction(1, 1000), "g/d": Fraction(1000)}


def ceiling_of(row: DoseLimit, picture: Picture) -> LimitForPatient | None:
    """The figure of a row for a patient; None: it has none, or needs a figure of the patient that is not known.

    Of a range the upper end is taken, so that no alarm is false.
    """
    if row.kind in FORBIDS:
        return LimitForPatient(row, Fraction(1), "", row.kind)
    figure = row.high if row.high is not None else row.low
    if figure is None:
        return None
    if row.unit in PER_KG:
        weight = picture.patient.weight_kg
        if weight is None:
            return None
        kind = LimitKind.MAX_DAILY if row.unit == "mg/kg/d" else row.kind
        why = f"{decimal_text(figure)} {row.unit} and {decimal_text(weight)} kg"
        return LimitForPatient(row, figure * weight, "mg/d" if row.unit == "mg/kg/d" else "mg", kind, why)
    if row.kind is LimitKind.MAX_DAILY_PER_CRCL:
        kidney = picture.kidney
        return None if kidney is None or not kidney.is_figure else _per_crcl(row, figure, kidney)
    return _as_stated(row)


def _per_crcl(row: DoseLimit, figure: Fraction, kidney: KidneyFunction) -> LimitForPatient:
    why = f"{decimal_text(figure)} mg a day for each mL/min and {kidney}"
    return LimitForPatient(row, figure * kidney.high, "mg/d", LimitKind.MAX_DAILY, why)


def _of_the_stage(row: DoseLimit, picture: Picture) -> LimitForPatient | None:
    """What a limit by the kidney is at most, where a stage or dialysis is stated: for alarms, never for offers."""
    if row.kind is not LimitKind.MAX_DAILY_PER_CRCL or row.high is None or picture.kidney is None:
        return None
    return _per_crcl(row, row.high, picture.kidney)


@remembered(4096)
def _as_stated(row: DoseLimit) -> LimitForPatient:
    """The figure of a row that is the same for every patient."""
    figure = row.high if row.high is not None else row.low
    assert figure is not None
    return LimitForPatient(row, figure, row.unit, row.kind)


@frozen
class HeldLimits:
    """What came of holding a case against the limits. ``lacking``: facts that are not stated and would decide."""

    passed: tuple[Passed, ...]
    lacking: tuple[Ask, ...]


@remembered(REMEMBERED)
def rows_of(part: Ingredient) -> tuple[DoseLimit, ...]:
    """The rows that are about an ingredient of a line, as far as product, route and form tell."""
    held = dose_limits()
    named = [row for row in held.of(part.ingredient) if _is_about(row.subject, part)]
    grouped = [row for row in held.of_groups if _is_about(row.subject, part)]
    return tuple(dict.fromkeys([*named, *grouped]))


def _is_about(about: Subject, part: Ingredient) -> bool:
    if COMBINED in about.drug:
        if part.ingredient != about.drug.split(COMBINED)[0] or about.partners != frozenset(part.partners):
            return False
    elif not about.group.holds(part):
        return False
    return (
        _fits_route(about.route, part)
        and _fits_release(about.release, part)
        and _fits_form(about, part)
        and (not about.brands or part.brand in about.brands)
        and (not about.strengths or part.strength in about.strengths)
    )


def _fits_form(about: Subject, part: Ingredient) -> bool:
    """An extended-release medicine whose form is not said counts as a tablet, as most are."""
    if not about.forms or part.form in about.forms:
        return True
    return part.form is None and part.release == "ER" == about.release and "tablet" in about.forms


def _fits_release(release: str | None, part: Ingredient) -> bool:
    """A medicine whose release is not said counts as one that is not extended: its ceilings are the higher ones."""
    return release is None or part.release == release or (part.release is None and release != "ER")


_ROUTES: Mapping[str, tuple[str, ...]] = {
    "oral": ("oral",),
    "sublingual": ("sublingual",),
    "buccal": ("buccal",),
    "transmucosal": ("buccal", "sublingual", "transmucosal oral", "transmucosal", "nasal"),
    "nasal": ("nasal",),
    "transdermal": ("transdermal",),
    "rectal": ("rectal",),
    "topical": ("topical",),
}


def _fits_route(route: str, part: Ingredient) -> bool:
    if route == "any":
        return True
    if route == "into the whole body":
        return part.systemic
    if route in _ROUTES:
        by_mouth = part.route is None and part.systemic and part.form != "patch" and not part.is_depot
        return part.route in _ROUTES[route] or (by_mouth and route == "oral")
    return part.route in ("parenteral", route)


def hold(picture: Picture, items: Iterable[TakenDrug], wanted: Callable[[DoseLimit], bool]) -> HeldLimits:
    """What of these medicines is above a limit, drug by drug, held against the rows that are wanted."""
    passed: list[Passed] = []
    lacking: dict[Ask, None] = {}
    by_drug: dict[str, dict[DoseLimit, list[TakenDrug]]] = {}
    for item in items:
        for row in rows_of(item.part):
            if wanted(row):
                by_drug.setdefault(item.ingredient, {}).setdefault(row, []).append(item)
    for drug, rows in by_drug.items():
        if drug in _RELEASES_ADD_UP:
            every = list(dict.fromkeys(item for taken in rows.values() for item in taken))
            rows.update({row: every for row in rows if row.kind is LimitKind.MAX_DAILY})
        found, asked = _held(picture, rows)
        passed.extend(found)
        lacking.update(dict.fromkeys(asked))
    return HeldLimits(tuple(passed), tuple(lacking))


def bounds_any_stage(row: DoseLimit) -> bool:
    """Whether a row bounds any stage of treatment, for whoever is in its population, and in the United States."""
    return row.kind in CEILINGS and not row.is_about_tolerance and row.region == "US"


def bounds_a_course(row: DoseLimit) -> bool:
    """Whether a row bounds how long a medicine is taken in all."""
    return row.kind is LimitKind.MAX_COURSE_DAYS and bounds_any_stage(row)


def bounds_a_start_without_tolerance(row: DoseLimit) -> bool:
    """Whether a row is for who is not tolerant of opioids, or has lost it."""
    return row.is_about_tolerance


def _held(picture: Picture, rows: _Items) -> tuple[list[Passed], list[Ask]]:
    passed: list[Passed] = []
    lacking: list[Ask] = []
    for alike in rows_alike(rows):
        found, asked = held_alike(picture, alike, rows)
        if found is not None:
            passed.append(found)
        lacking += asked
    return passed, lacking


def rows_alike(rows: Iterable[DoseLimit]) -> Iterator[list[DoseLimit]]:
    """Rows that bound the same thing with the same force: by what they bound, unit kind, strictness and product."""
    found: dict[object, list[DoseLimit]] = {}
    lowering = [row for row in rows if row.kind is LimitKind.DOSE_REDUCTION_PERCENT]
    for row in rows:
        if row.kind is not LimitKind.DOSE_REDUCTION_PERCENT:
            found.setdefault((_what_it_bounds(row), row.strictness, COMBINED in row.subject.drug), []).append(row)
    for alike in found.values():
        yield [*alike, *lowering] if any(row.kind in DAILY for row in alike) else alike


def _what_it_bounds(row: DoseLimit) -> object:
    if row.kind in DAILY or row.kind in WORKED_OUT:
        return "a day", row.unit in ("tablets/d", "capsules/d")
    if row.kind in SINGLE:
        return "one dose"
    return row.kind


def held_alike(picture: Picture, rows: Sequence[DoseLimit], items: _Items) -> tuple[Passed | None, list[Ask]]:
    """What is passed of rows that bound the same thing, and the facts that would make another of them hold.

    Of several uses that what is taken may be for, the one with the highest limit counts.
    """
    passed, unknown = passed_alike(picture, rows, items)
    return passed, [ask for row in unknown for ask in asked_by(row, picture)]


def asked_by(row: DoseLimit, picture: Picture) -> tuple[Ask, ...]:
    """The facts that would decide whether a row holds."""
    return () if row.population is None else row.population.lacking(picture)


def passed_alike(
    picture: Picture, rows: Sequence[DoseLimit], items: _Items
) -> tuple[Passed | None, Sequence[DoseLimit]]:
    """The same, with the rows of which it is not known whether they hold and that are passed."""
    found = _of_the_use(picture, rows, items)
    highest: tuple[Fraction, Passed | None] | None = None
    unknown: list[DoseLimit] = []
    for use in dict.fromkeys(use for row in found for use in row.uses) or ("",):
        of_use = [row for row in found if not row.uses or use in row.uses]
        holding, not_known = _holding(picture, of_use, items)
        unknown += not_known
        if holding is not None and (highest is None or holding.size > highest[0]):
            highest = holding.size, _above(picture, holding, items[holding.row])
    passed = None if highest is None else highest[1]
    return passed, unknown if passed is None else ()


def _holding(
    picture: Picture, rows: Sequence[DoseLimit], items: _Items
) -> tuple[LimitForPatient | None, list[DoseLimit]]:
    """What holds of one use, and the rows that are passed and of which it is not known whether they hold."""
    everybody: list[LimitForPatient] = []
    narrow: list[LimitForPatient] = []
    less: list[DoseLimit] = []
    unknown: list[DoseLimit] = []
    for row in rows:
        answer = True if row.population is None else row.population.test(picture, items[row])
        ceiling = ceiling_of(row, picture) or _of_the_stage(row, picture)
        if row.kind is LimitKind.DOSE_REDUCTION_PERCENT:
            if answer and row.low is not None:
                less.append(row)
        elif answer and ceiling is not None:
            (everybody if row.population is None else narrow).append(ceiling)
        elif (
            answer is None
            and ceiling is not None
            and row.population is not None
            and _above(picture, ceiling, items[row])
        ):
            unknown.append(row)
    if narrow or not everybody:
        return min(narrow, key=_size, default=None), unknown
    holding = min(everybody, key=_size)
    return min([holding, *(_lowered(holding, row) for row in less)], key=_size), unknown


def _size(ceiling: LimitForPatient) -> Fraction:
    return ceiling.size


def _lowered(ceiling: LimitForPatient, row: DoseLimit) -> LimitForPatient:
    share = row.low or Fraction(0)
    figure = ceiling.figure * (100 - share) / 100
    why = f"{decimal_text(ceiling.figure)} {ceiling.unit} less {decimal_text(share)}%"
    return LimitForPatient(row, figure, ceiling.unit, ceiling.kind, why)


def _above(picture: Picture, ceiling: LimitForPatient, items: Sequence[TakenDrug]) -> Passed | None:
    row = ceiling.row
    seen = () if row.population is None else row.population.seen(picture)
    if row.kind in FORBIDS:
        return Passed(row, CaseDose(Fraction(1), "", tuple(items)), Fraction(1), seen=seen)
    stated = _mme(picture, items) if ceiling.unit == "MME/d" else stated_dose(ceiling.kind, ceiling.unit, items)
    if stated is None or not is_passed(ceiling.kind, stated.value, ceiling.figure):
        return None
    return Passed(row, stated, ceiling.figure, ceiling.worked_out, seen)


def is_passed(kind: LimitKind, stated: Fraction, figure: Fraction) -> bool:
    """Whether what is stated passes a figure: it is more, or less time between doses than an interval asks for."""
    return stated < figure if kind is LimitKind.MIN_INTERVAL_H else stated > figure


def _mme(picture: Picture, items: Sequence[TakenDrug]) -> CaseDose | None:
    """The day's MME of all opioids: it is that or more."""
    return None if picture.mme is None else CaseDose(picture.mme.value, "MME/d", tuple(items))


def _of_the_use(picture: Picture, rows: Sequence[DoseLimit], items: _Items) -> Sequence[DoseLimit]:
    """The rows of the stated use, where one is stated and any row is about it; else all of them.

    What a label advises for one use, and a caution, say nothing of a use that is not stated; what bounds a start
    without tolerance of opioids does. A first dose for pain says nothing of one that treats opioid use disorder.
    """
    said = _uses_said(picture)
    for row in rows:
        said |= {item.regimen.indication.casefold() for item in items[row] if item.regimen.indication}
    if _OUD in said:
        rows = [row for row in rows if not (row.is_about_tolerance and row.uses and not _is_for(row.uses, said))]
    if not said:
        return [row for row in rows if not row.uses or row.is_about_tolerance or row.strictness is _HARD]
    fitting = [row for row in rows if _is_for(row.uses, said)]
    return [*fitting, *(row for row in rows if not row.uses)] if fitting else rows


def _uses_said(picture: Picture) -> set[str]:
    """What is treated, as far as the case states it."""
    said = {each.value for each in picture.indications}
    if picture.patient.indication:
        said.add(picture.patient.indication.casefold())
    return said


def is_for_a_use(row: DoseLimit, picture: Picture, item: TakenDrug) -> bool:
    """Whether a row is about what a medicine is taken for; a use that is not stated may be that of some patients.

    A row that is about a use and about everybody holds only where that use is stated: of the line, else of the patient.
    """
    if not row.uses:
        return True
    own = item.regimen.indication
    said = {own.casefold()} if own else _uses_said(picture)
    return _is_for(row.uses, said) or (row.population is not None and _OUD not in said | set(row.uses))


def _is_for(uses: Sequence[str], said: Iterable[str]) -> bool:
    return any(each in uses or ("pain" in uses and each in _PAIN) for each in said)
