"""Each clause of the measures at its mark, one below it and where it is not known, and what a measure makes of them."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from medsteward.fills.measure import MeasureRate, QualityMeasure
from medsteward.fills.measure_clause import FillsClause, Operator
from medsteward.fills.measure_clauses import (
    AgeAtFirstFill,
    AverageMme,
    CoveredSoon,
    DaysAtMme,
    DaysCovered,
    DaysSupplied,
    DifferentKeys,
    DifferentKeysOfBoth,
    EpisodeLasts,
    FillsOnDifferentDates,
    LongestSpan,
    NewEpisode,
    OverlapDays,
)
from medsteward.fills.measures import MEASURES, measures_named
from medsteward.fills.supply import DrugKind
from medsteward.model.fill import ExclusionKind, FailedRow
from medsteward.model.problem import Problem
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from tests.dispensings import both, filled, history, patch, product, reported_on

AT_LEAST, MORE_THAN = Operator.AT_LEAST, Operator.MORE_THAN
UNREAD = FailedRow(99, "strength", Problem("FILL-001", "", "empty"))
"""A row that might be anything."""

OXYCODONE = product("oxycodone", 10)
ALPRAZOLAM = product("alprazolam", 1)
NOT_RATED = patch("buprenorphine", 10, 168)
"""An opioid that measures look at and that CDC 2022 gives no factor for."""

LEFT_OUT = product("buprenorphine", 8, route="sublingual")
COUGH = both(product("codeine", 2, Unit.MG_PER_ML, form="solution"), product("guaifenesin", 20, Unit.MG_PER_ML))
"""Opioids that measures do not look at."""

NO_OPIOID = (filled(1, product("ibuprofen", 400)),)


def asked(*clauses, id="asked", exclusions=(), **parts):
    return QualityMeasure(
        id=id,
        title="a measure of one question",
        steward="",
        dated="",
        denominator=parts.get("denominator", ()),
        rates=tuple(MeasureRate(f"rate {number}", (each,)) for number, each in enumerate(clauses, 1)),
        exclusions=exclusions,
        exclusions_standing=Standing.VERIFIED,
        sources=(),
    )


def answer(clause: FillsClause, *fills, failed=False, **stated):
    """Whether the clause is met, and the number that decided."""
    whose = history(*fills, failed=(UNREAD,) if failed else (), **stated)
    (found,) = reported_on(whose, measures=[asked(clause)]).measures
    ((_, said),) = found.rates[0].answers
    assert found.rates[0].met is said[0]
    return said


def morphine(day, mme, days=30, **stated):
    """A fill of morphine tablets that comes to so many MME a day: one tablet of as many mg."""
    return filled(day, product("morphine", mme), days, days, **stated)


# --- age --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"age": 18}, (True, 18)),
        ({"age": 17}, (False, 17)),
        ({}, (None, None)),
        # the first opioid fill is on 1 January 2026; the birth date goes before the age that a row states
        ({"birth": date(2008, 1, 1)}, (True, 18)),
        ({"birth": date(2008, 1, 2)}, (False, 17)),
        ({"birth": date(2008, 1, 2), "age": 40}, (False, 17)),
        ({"birth": date(2007, 12, 31)}, (True, 18)),
        ({"birth": date(2026, 1, 1)}, (False, 0)),
        ({"birth": date(2025, 1, 1)}, (False, 1)),
        # born after the fill: the record contradicts itself
        ({"birth": date(2026, 1, 2)}, (None, None)),
    ],
)
def test_age_at_the_first_opioid_fill(stated, expected):
    assert answer(AgeAtFirstFill(at_least=18), morphine(1, 30), **stated) == expected


def test_age_is_that_of_the_first_opioid_and_not_of_what_went_before():
    born = date(2008, 2, 1)  # 18 on day 32
    fills = (filled(1, ALPRAZOLAM), morphine(32, 30))
    assert answer(AgeAtFirstFill(at_least=18), *fills, birth=born) == (True, 18)
    assert answer(AgeAtFirstFill(at_least=18), *NO_OPIOID, birth=born) == (None, None)


# --- fills and days ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "fills", "number"),
    [
        # two fills of one day are one date
        (FillsOnDifferentDates(of=DrugKind.OPIOID, at_least=2), (morphine(1, 30), morphine(31, 30)), 2),
        (FillsOnDifferentDates(of=DrugKind.OPIOID, at_least=2), (morphine(1, 30), filled(1, OXYCODONE)), 1),
        (FillsOnDifferentDates(of=DrugKind.OPIOID, at_least=1), NO_OPIOID, 0),
        (
            FillsOnDifferentDates(of=DrugKind.BENZODIAZEPINE, at_least=2),
            (morphine(1, 30), filled(1, ALPRAZOLAM), filled(9, ALPRAZOLAM)),
            2,
        ),
        (FillsOnDifferentDates(of=DrugKind.BENZODIAZEPINE, at_least=2), (morphine(1, 30), filled(1, ALPRAZOLAM)), 1),
        # 10 and 5 days' supply, on the same days
        (DaysSupplied(at_least=15), (morphine(1, 30, 10), filled(1, OXYCODONE, 5, 5)), 15),
        (DaysSupplied(at_least=15), (morphine(1, 30, 10), filled(1, OXYCODONE, 4, 4)), 14),
        (DaysSupplied(at_least=1), (morphine(1, 30, 1),), 1),
        (DaysSupplied(at_least=1), NO_OPIOID, 0),
        # days 1 to 10 and 6 to 15, each day once
        (DaysCovered(at_least=15), (morphine(1, 30, 10), filled(6, OXYCODONE, 10, 10)), 15),
        (DaysCovered(at_least=15), (morphine(1, 30, 10), filled(6, OXYCODONE, 9, 9)), 14),
        (DaysCovered(at_least=1), NO_OPIOID, 0),
        # from day 1 to day 90, days without supply included
        (EpisodeLasts(at_least=90), (morphine(1, 30), morphine(61, 30)), 90),
        (EpisodeLasts(at_least=90), (morphine(1, 30), morphine(60, 30)), 89),
        (EpisodeLasts(at_least=90), (morphine(11, 30, 89),), 89),
        (EpisodeLasts(at_least=1), NO_OPIOID, 0),
        # 20 + 7 + 63 days; with a gap of 8 days the span begins anew
        (LongestSpan(at_least=90, gap=7), (morphine(1, 30, 20), morphine(28, 30, 63)), 90),
        (LongestSpan(at_least=90, gap=7), (morphine(1, 30, 20), morphine(29, 30, 63)), 63),
        # the longest, be it the first, the last or longer by one day
        (LongestSpan(at_least=30, gap=7), (morphine(1, 30, 30), morphine(61, 30, 10)), 30),
        (LongestSpan(at_least=30, gap=7), (morphine(1, 30, 10), morphine(61, 30, 30)), 30),
        (LongestSpan(at_least=30, gap=7), (morphine(1, 30, 29), morphine(61, 30, 30)), 30),
        (LongestSpan(at_least=90, gap=7), (morphine(1, 30, 30), morphine(61, 30, 30)), 30),
        (LongestSpan(at_least=1, gap=7), (morphine(1, 30, 1),), 1),
        (LongestSpan(at_least=1, gap=7), NO_OPIOID, 0),
        # days 21 to 30 and 41 to 50 have both
        (
            OverlapDays(at_least=20),
            (morphine(1, 30), morphine(41, 30, 10), filled(21, ALPRAZOLAM)),
            20,
        ),
        (
            OverlapDays(at_least=20),
            (morphine(1, 30), morphine(41, 30, 10), filled(21, ALPRAZOLAM, 29, 29)),
            19,
        ),
        (OverlapDays(at_least=1), (morphine(1, 30),), 0),
        (OverlapDays(at_least=1), (*NO_OPIOID, filled(1, ALPRAZOLAM)), 0),
    ],
)
def test_counts_of_fills_and_days(clause, fills, number):
    assert answer(clause, *fills) == (number >= clause.at_least, number)
    # a row that failed might bring more, but takes nothing away
    assert answer(clause, *fills, failed=True) == (True if number >= clause.at_least else None, number)


# --- average MME ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "fills", "expected"),
    [
        (AT_LEAST, (morphine(1, 90),), (True, 90_000_000)),
        (MORE_THAN, (morphine(1, 90),), (False, 90_000_000)),
        (MORE_THAN, (morphine(1, "90.1"),), (True, 90_100_000)),
        (AT_LEAST, (morphine(1, "89.9"),), (False, 89_900_000)),
        # 30 days of 120 over the 40 days from the first fill to the last covered day
        (AT_LEAST, (morphine(1, 120, 15), morphine(26, 120, 15)), (True, 90_000_000)),
        (AT_LEAST, (morphine(1, 120, 15), morphine(27, 120, 15)), (False, 87_804_878)),
        # 2 days of 100 in 3 are 66.67, half up
        (AT_LEAST, (morphine(1, 100, 1), morphine(3, 100, 1)), (False, 66_666_667)),
        (AT_LEAST, NO_OPIOID, (False, 0)),
        # days of an opioid without a factor are days of the episode
        (AT_LEAST, (morphine(1, 90), filled(1, NOT_RATED, 4, 28)), (True, 90_000_000)),
        (AT_LEAST, (morphine(1, 89), filled(1, NOT_RATED, 4, 28)), (None, 89_000_000)),
        (AT_LEAST, (filled(1, NOT_RATED, 4, 28),), (None, 0)),
        # what measures leave out neither counts nor leaves anything open
        (AT_LEAST, (morphine(1, 89), filled(1, LEFT_OUT)), (False, 89_000_000)),
        (AT_LEAST, (morphine(1, 89), filled(1, COUGH, 300)), (False, 89_000_000)),
        (AT_LEAST, (morphine(1, 90), filled(50, COUGH, 300)), (True, 90_000_000)),
    ],
)
def test_average_mme_over_the_episode(operator, fills, expected):
    assert answer(AverageMme(operator=operator, at=90), *fills) == expected


@pytest.mark.parametrize("mme", [89, 90])
def test_an_average_is_not_known_where_a_row_failed(mme):
    # the row may lengthen the episode as well as add to it
    assert answer(AverageMme(operator=AT_LEAST, at=90), morphine(1, mme), failed=True) == (None, mme * 1_000_000)


# --- days at a mark ---------------------------------------------------------------------------------------------

TWICE = (morphine(1, 90, 10), morphine(21, 90, 20))
"""10 days of 90 and, after a gap, 20."""


@pytest.mark.parametrize(
    ("operator", "consecutive", "fills", "days"),
    [
        (AT_LEAST, False, TWICE, 30),
        (AT_LEAST, True, TWICE, 20),
        (MORE_THAN, False, TWICE, 0),
        # the longest row counts, be it first or last
        (AT_LEAST, True, (morphine(1, 90, 20), morphine(31, 90, 10)), 20),
        # a day below the mark is passed over, and ends a row
        (AT_LEAST, False, (morphine(1, 89, 5), morphine(6, 90, 10), morphine(16, 89, 5), morphine(21, 91, 20)), 30),
        (AT_LEAST, True, (morphine(1, 89, 5), morphine(6, 90, 10), morphine(16, 89, 5), morphine(21, 91, 20)), 20),
        # days above the mark follow one another, whatever each comes to
        (AT_LEAST, True, (morphine(1, 90, 10), morphine(11, 95, 10), morphine(21, 100, 10)), 30),
        (AT_LEAST, True, (morphine(1, 90, 10), morphine(12, 95, 10)), 10),
        # two fills that reach the mark on the days they share: 50 + 40 on days 11 to 20
        (AT_LEAST, True, (morphine(1, 50, 20), filled(11, product("hydrocodone", 40), 20, 20)), 10),
        (AT_LEAST, True, (morphine(1, 89),), 0),
        (AT_LEAST, True, NO_OPIOID, 0),
    ],
)
def test_days_at_a_mark(operator, consecutive, fills, days):
    def clause(at_least):
        return DaysAtMme(operator=operator, at=90, days=at_least, consecutive=consecutive)

    assert answer(clause(days), *fills) == (True, days)
    assert answer(clause(days + 1), *fills) == (False, days)
    # opioids without a factor and rows that failed might add to a day
    assert answer(clause(days + 1), *fills, filled(1, NOT_RATED, 4, 28)) == (None, days)
    assert answer(clause(days + 1), *fills, failed=True) == (None, days)
    # what measures leave out might not
    assert answer(clause(days + 1), *fills, filled(1, LEFT_OUT)) == (False, days)


# --- prescribers and pharmacies ---------------------------------------------------------------------------------


def seen(*whom):
    """Fills ten days apart: by whom each was prescribed, and who dispensed it ('-': not stated)."""
    keys = [[None if key == "-" else key for key in pair] for pair in whom]
    return [
        morphine(1 + 10 * n, 30, 10, prescriber=prescriber, pharmacy=pharmacy)
        for n, (prescriber, pharmacy) in enumerate(keys)
    ]


@pytest.mark.parametrize(
    ("whom", "prescribers", "pharmacies"),
    [
        (("ap", "bq", "cr", "ds"), (True, 4), (True, 4)),
        (("ap", "bq", "cr", "dr"), (True, 4), (False, 3)),
        (("ap", "bp", "cp", "ap"), (False, 3), (False, 1)),
        # one that is not stated might be a fourth, two might be two more
        (("ap", "bq", "cr", "-r"), (None, 3), (False, 3)),
        (("ap", "b-", "c-", "d-"), (True, 4), (None, 1)),
        (("ap", "b-", "c-"), (False, 3), (False, 1)),
        (("a-", "b-", "b-", "b-"), (False, 2), (None, 0)),
        (("-p", "-q", "-r", "-s", "-p"), (None, 0), (True, 4)),
    ],
)
def test_how_many_people_over_all_of_the_records(whom, prescribers, pharmacies):
    assert answer(DifferentKeys(who="prescribers", at_least=4), *seen(*whom)) == prescribers
    assert answer(DifferentKeys(who="pharmacies", at_least=4), *seen(*whom)) == pharmacies


def test_a_failed_row_might_name_another_prescriber():
    four = DifferentKeys(who="prescribers", at_least=4)
    assert answer(four, *seen("ap", "bp", "cp"), failed=True) == (None, 3)
    assert answer(four, *seen("ap", "bp", "cp", "dp"), failed=True) == (True, 4)


def test_prescribers_of_sedatives_are_not_counted():
    others = [filled(1, ALPRAZOLAM, prescriber=key, pharmacy=key) for key in "xyz"]
    assert answer(DifferentKeys(who="prescribers", at_least=4), *seen("ap", "bq"), *others) == (False, 2)


def visits(*when):
    """Fills by day: the day, the prescriber and the pharmacy."""
    return [
        morphine(day, 30, 1, prescriber=None if who == "-" else who, pharmacy=None if where == "-" else where)
        for day, (who, where) in when
    ]


@pytest.mark.parametrize(
    ("when", "number"),
    [
        # the 180th day is within 180 days, the 181st is not
        ([(1, "ap"), (2, "bq"), (3, "cr"), (180, "ds")], 4),
        ([(1, "ap"), (2, "bq"), (3, "cr"), (181, "ds")], 3),
        # the smaller of the two counts
        ([(1, "ap"), (2, "bq"), (3, "cr"), (4, "dr")], 3),
        ([(1, "ap"), (2, "ap"), (3, "ap"), (4, "ap")], 1),
        # four in the middle of a long record, and one alone at either end
        ([(1, "ap"), (301, "ap"), (302, "bq"), (303, "cr"), (304, "ds"), (700, "ap")], 4),
        # at its end, and at its beginning
        ([(1, "ap"), (301, "ap"), (302, "bq"), (303, "cr"), (304, "ds")], 4),
        ([(1, "ap"), (2, "bq"), (3, "cr"), (4, "ds"), (401, "ap")], 4),
        # two by two, never four at a time
        ([(1, "ap"), (2, "bq"), (301, "cr"), (302, "ds")], 2),
        # three, and the fourth just out of reach of the first at either side
        ([(1, "ap"), (91, "bq"), (151, "cr"), (181, "ds"), (401, "es")], 3),
        ([(1, "ap"), (61, "bq"), (121, "cr"), (181, "ds"), (301, "ep")], 3),
        # the third fill from the start is where the best span begins
        ([(1, "ap"), (2, "ap"), (201, "ap"), (261, "bq"), (321, "cr"), (380, "ds"), (600, "ap")], 4),
        # a later span with more than an earlier, longer one
        ([(1, "ap"), (90, "bq"), (301, "ap"), (302, "bq"), (303, "cr"), (600, "ds")], 3),
        # the one after the 180 days belongs to another span, and brings neither its prescriber nor its pharmacy
        ([(1, "ap"), (2, "bq"), (181, "bq")], 2),
        ([(1, "ap"), (2, "aq"), (181, "bq")], 1),
        ([(1, "ap"), (2, "bp"), (181, "bq")], 1),
        ([(1, "ap")], 1),
    ],
)
def test_how_many_of_both_within_180_days(when, number):
    for at_least in (number, number + 1):
        clause = DifferentKeysOfBoth(at_least=at_least, within=180)
        assert answer(clause, *visits(*when)) == (number >= at_least, number)
    assert answer(DifferentKeysOfBoth(at_least=number + 1, within=180), *visits(*when), failed=True) == (None, number)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        # three and one more fill whose prescriber, or pharmacy, is not stated
        ([(1, "ap"), (2, "bq"), (3, "cr"), (4, "-s")], (None, 3)),
        ([(1, "ap"), (2, "bq"), (3, "cr"), (4, "d-")], (None, 3)),
        # three fills are never four prescribers
        ([(1, "ap"), (2, "bq"), (3, "--")], (False, 2)),
        ([(1, "ap"), (2, "bq"), (3, "cr"), (4, "ds"), (5, "--")], (True, 4)),
    ],
)
def test_of_both_some_may_not_be_stated(when, expected):
    assert answer(DifferentKeysOfBoth(at_least=4, within=180), *visits(*when)) == expected


def test_nobody_prescribed_what_is_no_opioid():
    assert answer(DifferentKeysOfBoth(at_least=1, within=180), *NO_OPIOID) == (False, 0)


# --- new starts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fills", "new"),
    [
        # the records begin 180 days before the first opioid, with another drug
        ((*NO_OPIOID, morphine(181, 30)), True),
        ((*NO_OPIOID, morphine(180, 30)), None),
        # 180 days lie between the fill of day 1 and that of day 182
        ((morphine(1, 30), morphine(182, 30)), True),
        ((morphine(1, 30), morphine(181, 30)), None),
        ((morphine(1, 30), morphine(91, 30), morphine(182, 30)), None),
        ((morphine(1, 30),), None),
        (NO_OPIOID, False),
    ],
)
def test_an_opioid_after_180_days_without_one(fills, new):
    assert answer(NewEpisode(clean=180), *fills) == (new, None)
    assert answer(NewEpisode(clean=180), *fills, failed=True) == (None, None)


@pytest.mark.parametrize(
    ("fills", "days"),
    [
        # 10 days at once, and 5 of the 10 from day 26
        ((morphine(1, 30, 10), morphine(26, 30, 10)), 15),
        ((morphine(1, 30, 10), morphine(27, 30, 10)), 14),
        ((morphine(1, 30, 10), morphine(31, 30, 10)), 10),
        # the new start is the fill after 180 days without one, not the first
        ((morphine(1, 30, 30), morphine(301, 30, 7)), 7),
        # ... and the first, where the records show 180 days before it
        ((*NO_OPIOID, morphine(181, 30, 12), morphine(501, 30, 7)), 12),
        (NO_OPIOID, 0),
    ],
)
def test_days_covered_from_the_new_start(fills, days):
    for at_least in (days, days + 1):
        clause = CoveredSoon(at_least=at_least, within=30, clean=180)
        assert answer(clause, *fills) == (days >= at_least, days)
        assert answer(clause, *fills, failed=True) == (True if days >= at_least else None, days)


# --- what a measure makes of its clauses ------------------------------------------------------------------------

YES, NO = FillsOnDifferentDates(of=DrugKind.OPIOID, at_least=1), FillsOnDifferentDates(of=DrugKind.OPIOID, at_least=9)
UNKNOWN = AgeAtFirstFill(at_least=18)


@pytest.mark.parametrize(
    ("clauses", "inside", "unmet"),
    [
        ((), True, []),
        ((YES,), True, []),
        ((YES, UNKNOWN), None, [UNKNOWN]),
        ((UNKNOWN, YES), None, [UNKNOWN]),
        ((YES, NO, YES), False, [NO]),
        ((UNKNOWN, NO), False, [UNKNOWN, NO]),
        ((NO, UNKNOWN), False, [NO, UNKNOWN]),
    ],
)
def test_all_clauses_must_be_met(clauses, inside, unmet):
    measure = asked(YES, NO, UNKNOWN, denominator=clauses)
    (found,) = reported_on(history(morphine(1, 30)), measures=[measure]).measures
    assert found.measure is measure
    assert found.in_denominator is inside
    assert [clause for clause, _ in found.unmet] == unmet
    # who is surely outside has no rates
    rates = [] if inside is False else [("rate 1", True), ("rate 2", False), ("rate 3", None)]
    assert [(rate.name, rate.met) for rate in found.rates] == rates


def test_a_numerator_wants_all_of_its_clauses():
    measure = evolve(
        asked(), rates=(MeasureRate("yes and no", (YES, NO)), MeasureRate("yes and unknown", (YES, UNKNOWN)))
    )
    (found,) = reported_on(history(morphine(1, 30)), measures=[measure]).measures
    assert [(rate.name, rate.met) for rate in found.rates] == [("yes and no", False), ("yes and unknown", None)]
    assert [[said for _, said in rate.answers] for rate in found.rates] == [
        [(True, 1), (False, 1)],
        [(True, 1), (None, None)],
    ]


def test_several_measures_are_answered_in_the_order_asked():
    found = reported_on(history(morphine(1, 30)), measures=[asked(NO, id="b"), asked(YES, id="a")]).measures
    assert [(each.measure.id, each.rates[0].met) for each in found] == [("b", False), ("a", True)]


def test_a_measure_is_left_for_its_own_exclusions_alone():
    hospice, cancer, sickle_cell = ExclusionKind.HOSPICE, ExclusionKind.CANCER, ExclusionKind.SICKLE_CELL
    measure = asked(YES, exclusions=(hospice, cancer))

    def excluded_by(*stated):
        (found,) = reported_on(history(morphine(1, 30, exclusions=stated)), measures=[measure]).measures
        return found.excluded_by

    assert excluded_by() == ()
    assert excluded_by(sickle_cell) == ()
    assert excluded_by(cancer) == (cancer,)
    assert excluded_by(sickle_cell, cancer, hospice) == (hospice, cancer)


def test_nobody_without_a_fill_is_measured():
    assert reported_on(history(failed=(UNREAD,)), measures=MEASURES).measures == ()
    assert reported_on(history(morphine(1, 30)), measures=()).measures == ()


# --- the measures, with their sources ---------------------------------------------------------------------------


def test_where_a_measure_is_from():
    (cob,) = measures_named(["COB"])
    assert [(each.citation, each.where, each.url, each.standing) for each in cob.sources][:2] == [
        (
            "Partnership for Quality Measurement, CBE 3389",
            "Measure page",
            "https://p4qm.org/measures/3389",
            Standing.VERIFIED,
        ),
        ("Pharmacy Quality Alliance, measure texts COB and OMP", "Published measure pages", None, Standing.VERIFIED),
    ]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.id)
def test_every_measure_says_where_it_is_from(measure):
    assert measure.sources
    for source in measure.sources:
        assert source.citation
        assert source.where
        assert isinstance(source.standing, Standing)


def test_a_fill_of_any_drug_shows_how_far_the_records_go_back():
    early = filled(1, product("gabapentin", 300, form="capsule"))
    (found,) = reported_on(history(early, morphine(181, 30)), measures=measures_named(["COU"])).measures
    assert (found.in_denominator, [rate.met for rate in found.rates]) == (True, [True, False])
