"""What a quality measure is made of: clauses that say themselves and look at one patient's fills.

A measure is data: clauses with their numbers and operators. Nothing else about a measure is code, so that another
engine can take the same declarations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, frozen

from medsteward.caches import remembered
from medsteward.fills.measure_clause import Answer, Facts, FillsClause
from medsteward.model.fill import ExclusionKind
from medsteward.model.source import Source, Standing


@frozen(eq=False)
class MeasureRate:
    """One numerator of a measure: all its clauses."""

    name: str
    numerator: tuple[FillsClause, ...]


@frozen(eq=False)
class QualityMeasure:
    """A quality measure: whom it looks at, whom it leaves out, and what it counts.

    ``dated`` says of which time the text is; ``retired`` is empty or says since when it is no longer in use.
    ``exclusions_standing`` is that of the exclusions. A measure with anything recalled is not on by default.
    """

    id: str
    title: str
    steward: str
    dated: str
    denominator: tuple[FillsClause, ...]
    rates: tuple[MeasureRate, ...]
    exclusions: tuple[ExclusionKind, ...]
    exclusions_standing: Standing
    sources: tuple[Source, ...]
    retired: str = ""
    superseded: bool = False
    note: str = ""

    @property
    def standing(self) -> Standing:
        """The weakest standing of its parts."""
        parts = [*self.denominator, *(clause for rate in self.rates for clause in rate.numerator)]
        found = {clause.standing for clause in parts} | {source.standing for source in self.sources}
        if self.exclusions:
            found.add(self.exclusions_standing)
        order = (Standing.RECALLED, Standing.OURS, Standing.SECONDARY, Standing.VERIFIED)
        return next(each for each in order if each in found)

    @property
    def by_default(self) -> bool:
        """Whether it is answered without being asked for."""
        return self.standing is not Standing.RECALLED and not self.superseded


@define
class RateAnswer:
    """One rate for one patient, with the answer of each of its clauses."""

    name: str
    met: bool | None
    answers: tuple[tuple[FillsClause, Answer], ...]


@define
class MeasureAnswer:
    """A measure for one patient: in the denominator, left out, in each numerator. None: not known.

    ``unmet`` are the clauses of the denominator that are not met, or not known to be. A patient who is surely outside
    has no rates.
    """

    measure: QualityMeasure
    in_denominator: bool | None
    excluded_by: tuple[ExclusionKind, ...]
    rates: tuple[RateAnswer, ...]
    unmet: tuple[tuple[FillsClause, Answer], ...]


def answers(measures: tuple[QualityMeasure, ...], facts: Facts) -> tuple[MeasureAnswer, ...]:
    """Hold measures against one patient's fills. Measures share clauses, so each clause is asked once."""
    known = {clause: clause.answer(facts) for clause in _clauses(measures)}
    return tuple([_answer(measure, facts.exclusions, known) for measure in measures])


@remembered(64)
def _clauses(measures: tuple[QualityMeasure, ...]) -> tuple[FillsClause, ...]:
    """The different clauses of all of them."""
    parts = [
        each for measure in measures for each in (measure.denominator, *(rate.numerator for rate in measure.rates))
    ]
    return tuple(dict.fromkeys(clause for part in parts for clause in part))


def _answer(
    measure: QualityMeasure, exclusions: frozenset[ExclusionKind], known: Mapping[FillsClause, Answer]
) -> MeasureAnswer:
    inside, found = _all_met(measure.denominator, known)
    unmet = () if inside else tuple([each for each in found if not each[1][0]])
    rates: list[RateAnswer] = []
    if inside is not False:
        for rate in measure.rates:
            met, found = _all_met(rate.numerator, known)
            rates.append(RateAnswer(rate.name, met, tuple(found)))
    out = tuple([each for each in measure.exclusions if each in exclusions]) if exclusions else ()
    return MeasureAnswer(measure, inside, out, tuple(rates), unmet)


def _all_met(
    clauses: Sequence[FillsClause], known: Mapping[FillsClause, Answer]
) -> tuple[bool | None, list[tuple[FillsClause, Answer]]]:
    """Whether all are met (no where one is not, not known where one is not known), and what each says."""
    all_met: bool | None = True
    found: list[tuple[FillsClause, Answer]] = []
    for clause in clauses:
        said = known[clause]
        found.append((clause, said))
        if all_met is not False and not said[0]:
            all_met = said[0]
    return all_met, found
