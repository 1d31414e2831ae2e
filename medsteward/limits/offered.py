"""First dose and ceiling of a medicine that is offered to one patient: the lowest published figures that hold.

An alarm takes the highest figure over the uses, so that none is false; an offer takes the lowest. A band of kidneys,
liver, age, weight or another medicine comes before the row for everybody. A fact that is not stated and would make a
lower row hold is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import evolve, field, frozen

from medsteward.caches import remembered
from medsteward.doses.daily import REMEMBERED
from medsteward.limits.hold import FORBIDS, PER_KG, LimitForPatient, ceiling_of, rows_of
from medsteward.limits.limit import DoseLimit, LimitKind, Strictness
from medsteward.limits.subject import COMBINED
from medsteward.model.missing import FIRST_DAY, Ask
from medsteward.model.number import decimal_text
from medsteward.patient.case_clause import CaseClause
from medsteward.patient.drug_group import Ingredient
from medsteward.patient.picture import Picture, Tolerance

KEPT = 256
"""Answers that are kept of one medicine."""
CEILINGS = (
    LimitKind.MAX_DAILY,
    LimitKind.MAX_DAILY_PER_KG,
    LimitKind.MAX_DAILY_PER_CRCL,
    LimitKind.CAUTION_DAILY,
    LimitKind.MAX_PATCHES,
    LimitKind.DOSE_REDUCTION_PERCENT,
)
"""Kinds that bound a day of what is offered."""
STARTS = (
    LimitKind.FIRST_DOSE_MAX,
    LimitKind.START_DAILY_MAX,
    LimitKind.START_USUAL,
    LimitKind.FIRST_DOSE_REDUCTION_PERCENT,
)
"""Kinds that bound a first dose and a first day."""
INTERVALS = (LimitKind.MIN_INTERVAL_H, LimitKind.MAX_DOSES_PER_DAY)
DIALYSIS = LimitKind.SUPPLEMENTAL_DOSE_AFTER_DIALYSIS

_LESS = (LimitKind.DOSE_REDUCTION_PERCENT, LimitKind.FIRST_DOSE_REDUCTION_PERCENT)
_GENERAL = frozenset({"pain", "acute pain", "chronic pain", "cancer pain", "palliative care", "sickle cell pain"})
PAIN_USES = _GENERAL | {
    "CRPS",
    "ankylosing spondylitis",
    "arthritis",
    "breakthrough cancer pain",
    "bursitis",
    "chronic musculoskeletal pain",
    "diabetic neuropathy",
    "dysmenorrhea",
    "fibromyalgia",
    "headache",
    "mild to moderate pain",
    "muscle spasm",
    "neuropathic pain",
    "osteoarthritis",
    "postherpetic neuralgia",
    "radiculopathy",
    "rheumatoid arthritis",
    "spinal cord injury neuropathic pain",
    "tendonitis",
    "trigeminal neuralgia",
}
"""The uses of the data that are pain. Where none is stated, an offer for pain takes the lowest figure over them."""


@frozen
class OfferLimit:
    """A figure that holds for an offer.

    ``whom`` are the facts of the patient that make its row hold, in words; empty: it is for everybody. ``use`` is what
    the row is about, where it is about some uses alone. ``self_care``: without a prescription only, which an offer of a
    clinician is not.
    """

    held: LimitForPatient
    whom: tuple[str, ...] = ()
    use: str = ""
    self_care: bool = False

    @property
    def row(self) -> DoseLimit:
        """The row of the data that it stands in."""
        return self.held.row

    @property
    def text(self) -> str:
        """The figure with its unit, as in ``1,400 mg/d``."""
        return f"{decimal_text(self.held.figure, 2, thousands=True)} {self.held.unit}"


@frozen
class OfferLimits:
    """What bounds an offer. ``most`` are the ceilings that hold, the lowest first, and ``usual`` those for everybody.

    ``first`` are the figures of a first dose or day; ``forbids`` rows that advise against it or forbid it, each with
    the facts that make it hold; ``less`` rows that ask for a lower dose and give no figure. ``apart`` is the row that
    bounds how often it is taken here, with the facts that make it hold; ``lacking`` are facts that would lower one.
    """

    most: tuple[OfferLimit, ...] = ()
    usual: tuple[OfferLimit, ...] = ()
    first: tuple[OfferLimit, ...] = ()
    forbids: tuple[tuple[DoseLimit, tuple[str, ...]], ...] = ()
    less: tuple[tuple[DoseLimit, tuple[str, ...]], ...] = ()
    apart: tuple[DoseLimit, tuple[str, ...]] | None = None
    lacking: tuple[Ask, ...] = ()
    all_rows: tuple[DoseLimit, ...] = field(default=(), repr=False)

    @property
    def times(self) -> int | None:
        """How often a day it may be taken at most here; None: nothing bounds it."""
        return None if self.apart is None else _a_day(self.apart[0])

    @cached_property
    def is_silent(self) -> bool:
        """Whether nothing of it is because of this patient, and nothing is lacking."""
        return not (self.own or self.forbids or self.less or self.apart is not None or self.lacking)

    @property
    def own(self) -> tuple[OfferLimit, ...]:
        """The ceilings that hold because of this patient, the lowest first."""
        return tuple(each for each in self.most if each.whom)


def offer_limits(part: Ingredient, picture: Picture, uses: Collection[str] = (), *, region: str = "US") -> OfferLimits:
    """The lowest figures for one medicine that is offered; ``uses`` are what it is for, as far as it is stated.

    ``region`` is whose table is taken where the data hold another country's for the drug.
    """
    about = uses if isinstance(uses, frozenset) else frozenset(uses)
    rows = _by_kind(part, region, about, picture.tolerance is Tolerance.TOLERANT)
    shown = _Shown(picture)
    if not rows.is_fixed:
        return _limits(rows, shown)
    conditions = picture.conditions
    answers = tuple(
        [
            _NO if each.needs is not None and conditions.isdisjoint(each.needs) else shown.answer(each)
            for each in rows.of_somebody
        ]
    )
    found = rows.kept.get(answers)
    if found is None:
        found = _limits(rows, shown)
        if len(rows.kept) < KEPT:
            rows.kept[answers] = found
    return found


def _limits(rows: _Rows, shown: _Shown) -> OfferLimits:
    lacking: dict[Ask, None] = {}
    most, usual = _lowest(rows.ceilings, shown, lacking)
    first, _ = _lowest(rows.starts, shown, lacking)
    return OfferLimits(
        most,
        usual,
        first,
        tuple([(row, shown.of(row)) for row in rows.forbids if shown.holds(row)]),
        tuple([(row, shown.of(row)) for row in rows.less if shown.holds(row)]),
        _apart(rows.intervals, shown),
        tuple(lacking),
        rows.every,
    )


_Answer = tuple[bool | None, tuple[str | Ask, ...]]
"""Whether a population holds, with the words that show it, or the facts that would decide."""
_NO: _Answer = (False, ())


@frozen(eq=False)
class _Whom:
    """A population, with a row that names it; ``needs`` are conditions of which it needs one, where it needs them."""

    row: DoseLimit
    population: CaseClause
    is_about_tolerance: bool
    needs: frozenset[str] | None


@frozen(eq=False)
class _OfUses:
    """Rows that bound the same: those of each use that counts, and those for who takes it without a prescription."""

    by_use: tuple[tuple[DoseLimit, ...], ...]
    self_care: tuple[DoseLimit, ...]


@frozen(eq=False)
class _Rows:
    """The rows about a medicine that is offered, by what they bound; whom they are about is asked of each patient."""

    every: tuple[DoseLimit, ...]
    ceilings: _OfUses
    starts: _OfUses
    forbids: tuple[DoseLimit, ...]
    less: tuple[DoseLimit, ...]
    intervals: tuple[DoseLimit, ...]
    of_somebody: tuple[_Whom, ...]
    """Every population that any of them names."""
    is_fixed: bool
    """Whether nothing but the populations depends on the patient: no figure is per kg or per mL/min."""
    kept: dict[tuple[_Answer, ...], OfferLimits] = field(factory=dict)
    """What bounded the offer before, by the answers of the populations."""


@remembered(REMEMBERED)
def _by_kind(part: Ingredient, region: str, uses: frozenset[str], tolerant: bool) -> _Rows:
    rows = tuple(row for row in _of_region(part, region) if not (tolerant and row.is_about_tolerance))

    def of_uses(kinds: Collection[LimitKind]) -> _OfUses:
        wanted = _wanted(rows, kinds)
        alone = tuple(row for row in wanted if row.population_words == "self_care")
        return _OfUses(tuple(tuple(each) for each in _by_use(wanted, uses)), alone)

    return _Rows(
        rows,
        of_uses(CEILINGS),
        of_uses(STARTS),
        tuple(row for row in _wanted(rows, FORBIDS) if _forbids(row, uses)),
        tuple(row for row in _wanted(rows, _LESS) if row.low is None),
        _wanted(rows, INTERVALS),
        tuple(
            _Whom(row, row.population, row.is_about_tolerance, row.population.conditions_needed)
            for row in {row.population_words: row for row in rows}.values()
            if row.population is not None
        ),
        not any(row.unit in PER_KG or row.kind is LimitKind.MAX_DAILY_PER_CRCL for row in rows),
    )


def after_dialysis(part: Ingredient, picture: Picture) -> tuple[DoseLimit, ...]:
    """The rows about a dose after each dialysis, where dialysis or the end stage of kidney disease is stated."""
    shown = _Shown(picture)
    return tuple(
        row
        for row in _of_region(part, "US")
        if row.kind is DIALYSIS and row.population is not None and "ckd stage 5" in picture.conditions
        if shown.may_hold(row)
    )


def _forbids(row: DoseLimit, uses: Collection[str]) -> bool:
    """Whether a row may forbid an offer: for some patients, for a use that is meant, and not a start alone.

    What is said of everybody is said by the rules, and who is not tolerant is asked about by those of tolerance.
    """
    for_use = not row.uses or any(use in uses for use in row.uses)
    return row.population is not None and for_use and not row.is_about_tolerance


@remembered(REMEMBERED)
def _of_region(part: Ingredient, region: str) -> tuple[DoseLimit, ...]:
    """The rows of a country; where it has none of its own for a kidney table, those of the United States."""
    rows = [row for row in rows_of(part) if COMBINED not in row.subject.drug]
    ours = [row for row in rows if row.region == region]
    if region == "US" or not ours:
        return tuple(row for row in rows if row.region == "US")
    kinds = {row.kind for row in ours}
    theirs = [row for row in rows if row.region == "US"]
    kept = [row for row in theirs if row.population is None or row.kind not in kinds | {LimitKind.MAX_DAILY_PER_CRCL}]
    return (*ours, *kept)


def _wanted(rows: Iterable[DoseLimit], kinds: Collection[LimitKind]) -> tuple[DoseLimit, ...]:
    return tuple(row for row in rows if row.kind in kinds)


class _Shown:
    """Which rows hold for a patient, and what in the patient shows it."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    def test(self, row: DoseLimit) -> bool | None:
        if row.population is None:
            return True
        return row.population.test(self._new if row.is_about_tolerance else self.picture)

    @cached_property
    def _new(self) -> Picture:
        """The patient as one without tolerance, unless it is stated: an offer begins low."""
        return self.picture.with_tolerance(tolerant=False)

    def answer(self, whom: _Whom) -> _Answer:
        """All that rows of one population ask of the patient, where no figure of theirs does."""
        found = whom.population.test(self._new if whom.is_about_tolerance else self.picture)
        if found is False:
            return _NO
        return (None, self.lacking(whom.row)) if found is None else (True, self.of(whom.row))

    def holds(self, row: DoseLimit) -> bool:
        return self.test(row) is True

    def may_hold(self, row: DoseLimit) -> bool:
        return self.test(row) is not False or "daily" in row.population_words

    def of(self, row: DoseLimit) -> tuple[str, ...]:
        if row.population is None:
            return ()
        names = [each.ingredient for who in row.population.groups for each in self.picture.members(who)]
        return tuple(dict.fromkeys([*map(self._brief, row.population.seen(self.picture)), *names]))

    def _brief(self, word: str) -> str:
        kidney = self.picture.kidney
        return str(kidney) if kidney is not None and word == kidney.in_full else word

    def lacking(self, row: DoseLimit) -> tuple[Ask, ...]:
        lacking = () if row.population is None else row.population.lacking(self.picture)
        return tuple(each for each in lacking if each != FIRST_DAY)


def _lowest(
    rows: _OfUses,
    shown: _Shown,
    lacking: dict[Ask, None],
) -> tuple[tuple[OfferLimit, ...], tuple[OfferLimit, ...]]:
    """The figures that hold, the lowest first, and those that would hold for everybody."""
    found: dict[object, OfferLimit] = {}
    everybody: dict[object, OfferLimit] = {}
    for of_use in rows.by_use:
        holding, general, asked = _holding(of_use, shown)
        found.update({(each.row.id, each.held.figure): each for each in holding})
        everybody.update({(each.row.id, each.held.figure): each for each in general})
        lacking.update(dict.fromkeys(asked))
    for row in rows.self_care:
        if (held := ceiling_of(row, shown.picture)) is not None:
            found[row.id, held.figure] = OfferLimit(held, use=row.indication, self_care=True)
    return _sorted(found.values()), _sorted(everybody.values())


def _sorted(limits: Iterable[OfferLimit]) -> tuple[OfferLimit, ...]:
    return tuple(sorted(limits, key=lambda each: (each.self_care, each.held.size, not each.whom)))


def _by_use(rows: Sequence[DoseLimit], uses: Collection[str]) -> list[list[DoseLimit]]:
    """The rows of each use that counts, those for any use among them each time.

    A stated use comes first. Where none is, every use that is pain counts (every use at all, where none is): its label
    maximum always, advice for it only where no label maximum that was seen holds for any use.
    """
    any_use = [row for row in rows if not row.uses]
    about = dict.fromkeys(use for row in rows for use in row.uses if row.kind not in _LESS)
    stated = [use for use in about if use in uses and use not in _GENERAL]
    if stated:
        return [[*any_use, *(row for row in rows if use in row.uses)] for use in stated]
    general = [use for use in about if use in _GENERAL]
    pains = [use for use in about if use in PAIN_USES] or list(about)
    seen = any(row.is_labelled_maximum and row.population is None for row in any_use)

    def counts(row: DoseLimit) -> bool:
        return not seen or row.strictness is Strictness.LABEL_MAXIMUM or any(use in general for use in row.uses)

    found = [[*any_use, *(row for row in rows if use in row.uses and counts(row))] for use in pains]
    return found or [any_use]


def _holding(rows: Sequence[DoseLimit], shown: _Shown) -> tuple[list[OfferLimit], list[OfferLimit], list[Ask]]:
    """Of the rows of one use what holds, what is for everybody, and the facts that would make another row hold."""
    narrow: list[OfferLimit] = []
    everybody: list[OfferLimit] = []
    less: list[tuple[DoseLimit, tuple[str, ...]]] = []
    asked: list[Ask] = []
    for row in rows:
        answer = shown.test(row)
        whom = shown.of(row) if answer else ()
        if answer is None:
            asked += shown.lacking(row)
        if row.kind in _LESS:
            less += [(row, whom)] if answer and row.low is not None else []
            continue
        held = ceiling_of(row, shown.picture) if answer else None
        if held is None:
            continue
        limit = OfferLimit(held, whom, row.indication)
        (narrow if whom else everybody).append(limit)
    new = [each for each in narrow if each.row.is_about_tolerance]
    for row, whom in less:
        narrow += [_lowered(each, row, whom) for each in (*everybody, *new)]
    lowest = {each.row.kind: each for each in sorted(everybody, key=_size, reverse=True)}
    return sorted(narrow or lowest.values(), key=_size), everybody, asked


def _size(limit: OfferLimit) -> Fraction:
    return limit.held.size


def _lowered(limit: OfferLimit, row: DoseLimit, whom: tuple[str, ...]) -> OfferLimit:
    """A figure less by a share; of a range of shares an offer takes the larger reduction."""
    share = row.high or row.low or Fraction(0)
    words = f"{limit.text} less {decimal_text(share)}%"
    held = LimitForPatient(row, limit.held.figure * (100 - share) / 100, limit.held.unit, limit.held.kind, words)
    return evolve(limit, held=held, whom=whom)


def _apart(rows: Iterable[DoseLimit], shown: _Shown) -> tuple[DoseLimit, tuple[str, ...]] | None:
    """Of the rows that hold because of this patient the one that lets it be taken least often."""
    found = [(row, whom) for row in rows if row.low and shown.holds(row) and (whom := shown.of(row))]
    return min(found, key=lambda each: _a_day(each[0]), default=None)


def _a_day(row: DoseLimit) -> int:
    assert row.low is not None
    return int(24 / row.low) if row.kind is LimitKind.MIN_INTERVAL_H else int(row.low)
