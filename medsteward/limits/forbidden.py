"""What a label forbids or advises against for this patient: rows without a figure, about the medicine itself.

A row of ``FORBIDS`` speaks in one of three ways, by what its data say:

- it is for who is not tolerant of opioids: the rules about a start without tolerance ask it;
- a guideline alone advises against: it ranks offers, and is no finding;
- a label does: it is a finding wherever it holds, whether opioids are tolerated or not (``is_forbidden_by_label``).
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from medsteward.caches import remembered
from medsteward.doses.daily import REMEMBERED
from medsteward.limits.hold import FORBIDS, Passed, is_for_a_use, rows_of
from medsteward.limits.limit import DoseLimit, Strictness
from medsteward.limits.stated import CaseDose
from medsteward.model.missing import Ask
from medsteward.patient.drug_group import Ingredient
from medsteward.patient.picture import Picture
from medsteward.patient.taken import TakenDrug

_OF_A_LABEL = (Strictness.LABEL_MAXIMUM, Strictness.LABEL_RECOMMENDATION)


def is_forbidden_by_label(row: DoseLimit) -> bool:
    """Whether it is a finding that somebody of its population takes the medicine at all."""
    return row.kind in FORBIDS and row.strictness in _OF_A_LABEL and not row.is_about_tolerance and row.region == "US"


@frozen
class Forbidden:
    """Rows that hold of what is taken, and those of which it is not known whether they do, with what would tell."""

    passed: tuple[Passed, ...]
    unknown: tuple[tuple[DoseLimit, tuple[Ask, ...]], ...]


@remembered(REMEMBERED)
def _rows(part: Ingredient) -> tuple[DoseLimit, ...]:
    return tuple(row for row in rows_of(part) if is_forbidden_by_label(row))


def _is_its_own_partner(row: DoseLimit, picture: Picture, item: TakenDrug) -> bool:
    """Whether the other medicine that makes a row hold is the medicine itself: ketorolac is an NSAID too."""
    groups = () if row.population is None else row.population.groups
    partners = [each for who in groups for each in picture.members(who)]
    return bool(groups) and all(each.ingredient == item.ingredient for each in partners)


def forbidden(picture: Picture) -> Forbidden:
    """What is taken although a label forbids it, or advises against it, for this patient."""
    passed: list[Passed] = []
    unknown: list[tuple[DoseLimit, tuple[Ask, ...]]] = []
    for item in picture.taken:
        for row in _rows(item.part):
            if row.uses and not is_for_a_use(row, picture, item):
                continue
            answer = True if row.population is None else row.population.test(picture, (item,))
            if answer:
                seen = () if row.population is None else row.population.seen(picture)
                if not seen and _is_its_own_partner(row, picture, item):
                    continue
                passed.append(Passed(row, CaseDose(Fraction(1), "", (item,)), Fraction(1), seen=seen))
            elif answer is None and row.population is not None and (asks := row.population.lacking(picture)):
                unknown.append((row, asks))
    return Forbidden(tuple(passed), tuple(unknown))
