"""Findings about doses: what is above a limit, how far, how severe that is, and by which row of the data.

One finding for each rule, whatever the number of medicines: what speaks of each stands in its reason. How severe a row
is follows from how binding its source calls it, how closely it was read, how far it is passed, and how toxic the drug
is; the grades are ours. What was written from memory never reaches tier 1, methadone's first dose excepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from medsteward.interactions.result import Finding
from medsteward.interactions.rule import Rule, Severity
from medsteward.interactions.rules.doses import (
    ABOVE_A_LIMIT,
    KETOROLAC_COURSE,
    METHADONE_START,
    METHOTREXATE_DAILY,
    TOO_MUCH_WITHOUT_TOLERANCE,
)
from medsteward.limits.by_line import above_ceilings, may_be_above
from medsteward.limits.hold import (
    FORBIDS,
    Passed,
    bounds_a_course,
    bounds_a_start_without_tolerance,
    hold,
    rows_of,
)
from medsteward.limits.limit import DoseLimit, LimitKind, Strictness
from medsteward.limits.load import dose_limits
from medsteward.limits.stated import CaseDose
from medsteward.limits.subject import COMBINED
from medsteward.model.conditions import Indication, in_full
from medsteward.model.drug import DrugClass
from medsteward.model.missing import TOLERANCE, Ask
from medsteward.model.number import decimal_text
from medsteward.model.source import Standing
from medsteward.patient.groups_of_conditions import METHOTREXATE_BY_MOUTH
from medsteward.patient.overlaps import EVER
from medsteward.patient.picture import Picture, Tolerance
from medsteward.patient.taken import TakenDrug
from medsteward.patient.uses import uses_of

MAJOR_FROM = Fraction(3, 2)
"""From so many times a limit a finding is major. Ours."""
TIER_1_FROM = Fraction(2)
"""From so many times a limit it may interrupt. Ours."""

_TOXIC = frozenset({"acetaminophen", "tramadol", "bupropion", "citalopram", "loperamide"})
"""Medicines of which any excess over the label is major: a small step to serious harm. Ours."""

_HARMS: tuple[tuple[frozenset[str], frozenset[DrugClass], str], ...] = (
    (frozenset({"acetaminophen"}), frozenset(), "liver failure without early signs"),
    (frozenset({"tramadol", "bupropion"}), frozenset(), "seizures"),
    (
        frozenset({"citalopram", "escitalopram", "loperamide", "methadone", "ondansetron"}),
        frozenset(),
        "dangerous heart rhythms",
    ),
    (frozenset({"baclofen", "tizanidine"}), frozenset(), "deep sedation and low blood pressure"),
    (frozenset({"clonidine", "lofexidine"}), frozenset(), "low blood pressure and slow pulse"),
    (frozenset({"lamotrigine"}), frozenset(), "dizziness, confusion and a serious rash"),
    (frozenset({"methotrexate", "colchicine"}), frozenset(), "failure of the bone marrow"),
    (frozenset(), frozenset({DrugClass.TCA}), "seizures and dangerous heart rhythms"),
    (frozenset(), frozenset({DrugClass.NSAID_ORAL, DrugClass.NSAID_TOPICAL}), "bleeding and kidney injury"),
    (frozenset(), frozenset({DrugClass.TRIPTAN, DrugClass.ERGOT}), "narrowed blood vessels"),
    (frozenset(), frozenset({DrugClass.SNRI}), "high blood pressure and seizures"),
    (frozenset(), frozenset({DrugClass.ANTICONVULSANT}), "dizziness and confusion"),
    (
        frozenset(),
        frozenset(
            {
                DrugClass.GABAPENTINOID,
                DrugClass.BENZODIAZEPINE,
                DrugClass.Z_DRUG,
                DrugClass.MUSCLE_RELAXANT,
                DrugClass.ANTIHISTAMINE_SEDATING,
            }
        ),
        "sedation, falls and slowed breathing",
    ),
    (
        frozenset(),
        frozenset({DrugClass.LAXATIVE_OSMOTIC, DrugClass.LAXATIVE_STIMULANT, DrugClass.LAXATIVE_BULK}),
        "cramps and loss of salts",
    ),
)
"""What too much of a medicine does: of the drug by name, else of its class. Ours."""


def dose_findings(picture: Picture, lacking: dict[Ask, list[str]]) -> list[Finding]:
    """The findings of the rules about doses. Facts that are not stated and would decide are noted in ``lacking``."""
    found = _above(picture, lacking)
    if "methotrexate" in picture.names:
        found.append(_methotrexate(picture))
    if picture.opioids:
        found += _without_tolerance(picture, lacking)
    return [each for each in found if each is not None]


def _above(picture: Picture, lacking: dict[Ask, list[str]]) -> list[Finding | None]:
    held = above_ceilings(picture)
    _note(held.lacking, ABOVE_A_LIMIT, lacking)
    passed = _strictest(held.passed, _grade)
    courses = [each for each in passed if _is_course_of_ketorolac(each)] or _ketorolac_so_far(picture)
    return [
        _finding(KETOROLAC_COURSE, [(each, Severity.CONTRAINDICATED, 1) for each in courses]),
        _finding(ABOVE_A_LIMIT, [(each, *_grade(each)) for each in passed if each not in courses]),
    ]


def _is_course_of_ketorolac(passed: Passed) -> bool:
    return passed.row.kind is LimitKind.MAX_COURSE_DAYS and passed.stated.items[0].ingredient == "ketorolac"


def _ketorolac_so_far(picture: Picture) -> list[Passed]:
    """Ketorolac without a last day, taken from its first day until now: that course is too long already.

    Other courses are left to lines that say how long: a list keeps many old first days.
    """
    passed: list[Passed] = []
    for item in picture.taken if "ketorolac" in picture.names else ():
        says_how_long = item.until != EVER or item.regimen.sig.duration_days or item.regimen.days_supply
        if item.ingredient != "ketorolac" or not item.since or says_how_long or item.part.times_a_day is None:
            continue
        so_far = Fraction(picture.today - item.since + 1)
        for row in rows_of(item.part):
            if bounds_a_course(row) and row.population is None and row.high is not None and so_far > row.high:
                passed.append(Passed(row, CaseDose(so_far, row.unit, (item,)), row.high))
    return passed


def _methotrexate(picture: Picture) -> Finding | None:
    """Methotrexate by mouth more often than the label allows outside cancer: it is taken by the week."""
    passed = []
    for row in dose_limits().of("methotrexate"):
        if row.kind is not LimitKind.MIN_INTERVAL_H or row.low is None:
            continue
        for item in picture.taken:
            times = item.part.times_a_day
            if not item.belongs_to(METHOTREXATE_BY_MOUTH) or times is None or _is_for_cancer(item, picture):
                continue
            if times * row.low > _DAY_H:
                passed.append(Passed(row, CaseDose(_DAY_H / times, "h", (item,)), row.low))
    return _finding(METHOTREXATE_DAILY, [(each, Severity.MAJOR, 1) for each in passed])


_DAY_H = 24


def _is_for_cancer(item: TakenDrug, picture: Picture) -> bool:
    """By its own line, else by what is stated of the patient, unless that names arthritis."""
    if item.regimen.indication:
        return "cancer" in uses_of(item)
    return "rheumatoid arthritis" not in picture.conditions and (
        "cancer" in picture.conditions or Indication.CANCER_PAIN in picture.indications
    )


_Grading = Callable[[Passed], tuple[Severity, int]]
"""How severe it is to pass a row, and its tier."""


def _strictest(passed: Iterable[Passed], grade: _Grading) -> list[Passed]:
    """Of rows about the same drug and kind the most severe: a label's maximum says what its advice says too."""
    found: dict[tuple[str, bool], Passed] = {}
    for each in passed:
        key = each.stated.items[0].ingredient, each.row.kind is LimitKind.MAX_COURSE_DAYS
        best = found.get(key)
        if best is None or _grade_key(each, grade) < _grade_key(best, grade):
            found[key] = each
    return list(found.values())


def _grade_key(passed: Passed, grade: _Grading) -> tuple[int, int, Fraction]:
    severity, tier = grade(passed)
    return -severity, tier, -passed.times


def _grade(passed: Passed) -> tuple[Severity, int]:
    row = passed.row
    reduces = row.kind is LimitKind.DOSE_REDUCTION_PERCENT and row.strictness is Strictness.LABEL_RECOMMENDATION
    if row.strictness is not Strictness.LABEL_MAXIMUM and not reduces:
        return Severity.INFO, 3
    toxic = _is_toxic(passed.stated.items[0])
    severity = Severity.MAJOR if toxic or passed.times >= MAJOR_FROM else Severity.MODERATE
    may_interrupt = passed.times >= TIER_1_FROM and row.is_labelled_maximum
    return severity, 1 if may_interrupt else 2


def _is_toxic(item: TakenDrug) -> bool:
    is_patch = item.ingredient == "buprenorphine" and item.part.form == "patch"
    return item.ingredient in _TOXIC or item.drug_class is DrugClass.TCA or is_patch


# --- without tolerance ------------------------------------------------------------------------------------------


def _without_tolerance(picture: Picture, lacking: dict[Ask, list[str]]) -> list[Finding | None]:
    methadone = [each for each in picture.opioids if each.ingredient == "methadone"]
    others = [each for each in picture.opioids if each.ingredient != "methadone" and not each.is_for_oud]
    found: list[Finding | None] = []
    if methadone:
        found.append(_methadone_start(picture, methadone, lacking))
    if picture.tolerance is Tolerance.NAIVE:
        passed = hold(picture, others, bounds_a_start_without_tolerance).passed
        found.append(
            _finding(
                TOO_MUCH_WITHOUT_TOLERANCE, [(each, *_naive_grade(each)) for each in _strictest(passed, _naive_grade)]
            )
        )
    elif (
        may_be_above(others, _label_start)
        and picture.tolerance is Tolerance.UNKNOWN
        and _may_be_a_start(picture, others)
    ):
        naive = picture.with_tolerance(tolerant=False)
        if any(
            each.row.strictness is not Strictness.GUIDELINE_CAUTION for each in hold(naive, others, _label_start).passed
        ):
            _note((TOLERANCE,), TOO_MUCH_WITHOUT_TOLERANCE, lacking)
    return found


def _label_start(row: DoseLimit) -> bool:
    return row.is_about_tolerance and row.strictness is not Strictness.GUIDELINE_CAUTION


def _may_be_a_start(picture: Picture, opioids: Iterable[TakenDrug]) -> bool:
    """Whether any of them began within the week that makes tolerance, or does not say when it began."""
    return any(not each.since or picture.today - each.since < _WEEK for each in opioids)


_WEEK = 7


def _methadone_start(picture: Picture, methadone: Sequence[TakenDrug], lacking: dict[Ask, list[str]]) -> Finding | None:
    """A first dose or first day above its limit: until a first rise may follow, and at any time without tolerance.

    The limit of the first day goes on through the days before a first rise, as the dose builds up: a higher one then
    is a rise too early.
    """
    passed: list[Passed] = []
    if all(each.since and picture.today - each.since < _first_step(each) for each in methadone):
        held = hold(picture, methadone, _bounds_the_first_day)
        passed += held.passed
        naive = hold(picture.with_tolerance(tolerant=False), methadone, bounds_a_start_without_tolerance).passed
        if naive and not passed and picture.tolerance is Tolerance.UNKNOWN:
            _note((TOLERANCE,), METHADONE_START, lacking)
    if picture.tolerance is Tolerance.NAIVE:
        passed += hold(picture, methadone, bounds_a_start_without_tolerance).passed
    return _finding(METHADONE_START, [(each, Severity.MAJOR, 1) for each in _strictest(passed, _naive_grade)])


def _first_step(item: TakenDrug) -> int:
    """Days before a first rise: the fewest that a label names; 1 where none does."""
    days = [
        row.low
        for row in rows_of(item.part)
        if row.kind is LimitKind.TITRATION_STEP_MIN_DAYS
        and row.strictness is Strictness.LABEL_RECOMMENDATION
        and row.low is not None
    ]
    return int(min(days, default=Fraction(1)))


def _bounds_the_first_day(row: DoseLimit) -> bool:
    return row.kind in (LimitKind.FIRST_DOSE_MAX, LimitKind.START_DAILY_MAX) and not row.is_about_tolerance


def _naive_grade(passed: Passed) -> tuple[Severity, int]:
    row = passed.row
    if row.strictness is Strictness.GUIDELINE_CAUTION:
        return Severity.MODERATE, 2
    if row.is_labelled_maximum:
        return Severity.MAJOR, 1
    seen = row.standing in (Standing.VERIFIED, Standing.SECONDARY)
    return Severity.MAJOR, 1 if seen and passed.times >= TIER_1_FROM else 2


# --- said -------------------------------------------------------------------------------------------------------

_Graded = tuple[Passed, Severity, int]


def _finding(rule: Rule, graded: Sequence[_Graded]) -> Finding | None:
    if not graded:
        return None
    names = tuple(dict.fromkeys(each.stated.items[0].ingredient for each, _, _ in graded))
    reasons = [said(each) for each, _, _ in graded]
    lead = "" if rule is ABOVE_A_LIMIT else f" {rule.because}"
    return Finding(
        rule,
        max(severity for _, severity, _ in graded),
        min(tier for _, _, tier in graded),
        names,
        tuple(dict.fromkeys(word for each, _, _ in graded for word in each.seen)),
        " ".join(reasons) + lead,
        rule.consider,
        tuple(dict.fromkeys([*(each.row.source for each, _, _ in graded), *rule.sources])),
    )


def said(passed: Passed) -> str:
    """What is stated against its limit, in a sentence."""
    row, stated = passed.row, passed.stated
    name = _named(passed)
    name = f"{name[:1].upper()}{name[1:]}"
    if row.kind is LimitKind.MIN_INTERVAL_H:
        every = f"every {decimal_text(stated.value, 1)} hours"
        least = "once a week" if passed.limit == _WEEK * _DAY_H else f"every {decimal_text(passed.limit)} hours"
        return f"{name}: {every} is more often than {least}{_for_whom(passed)}."
    if row.kind in FORBIDS:
        verb = "advises against" if row.kind is LimitKind.AVOID else "forbids"
        source = "the label" if row.strictness is not Strictness.GUIDELINE_CAUTION else "a guideline"
        return f"{name}: {source} {verb} {row.subject}{_for_whom(passed)}."
    figure = f"{decimal_text(stated.value, 2, thousands=True)} {_unit(stated.unit)}"
    limit = f"{decimal_text(passed.limit, 2, thousands=True)} {_unit(stated.unit)}"
    harm = _harm(stated.items[0])
    return f"{name}: {figure} is above {_what(passed)} {limit}{_for_whom(passed)}; too much risks {harm}."


def _named(passed: Passed) -> str:
    """The medicine by its name; of a fixed combination all that is in it, as its limit counts tablets or capsules."""
    item = passed.stated.items[0]
    if COMBINED not in passed.row.subject.drug:
        return item.ingredient
    held = passed.row.subject.drug.replace(COMBINED, ", ")
    return held if item.part.brand is None else f"{item.part.brand} ({held})"


def _for_whom(passed: Passed) -> str:
    return f" here ({', '.join(dict.fromkeys(map(in_full, passed.seen)))})" if passed.seen else ""


def _what(passed: Passed) -> str:
    row = passed.row
    if passed.worked_out:
        return f"the limit worked out from {passed.worked_out}:"
    if row.standing is Standing.RECALLED:
        return "the usual limit (needs a second source) of"
    if row.is_labelled_maximum:
        return "the labelled maximum of"
    if row.strictness is Strictness.LABEL_RECOMMENDATION:
        return "what the label advises:"
    return "what guidelines advise:"


_UNITS = {
    "mg/d": "mg a day",
    "mcg/d": "mcg a day",
    "g/d": "g a day",
    "d": "days",
    "mg": "mg at once",
    "tablets/d": "tablets a day",
    "capsules/d": "capsules a day",
    "patches": "patches at once",
}


def _unit(unit: str) -> str:
    return _UNITS.get(unit, unit)


def _harm(item: TakenDrug) -> str:
    if item.ingredient == "buprenorphine" and item.part.form == "patch":
        return "dangerous heart rhythms"
    for names, classes, harm in _HARMS:
        if item.ingredient in names or item.drug_class in classes:
            return harm
    return "slowed breathing" if item.is_opioid else "more side effects without proven benefit"


def _note(facts: Iterable[Ask], rule: Rule, lacking: dict[Ask, list[str]]) -> None:
    for fact in facts:
        lacking.setdefault(fact, []).append(rule.id)
