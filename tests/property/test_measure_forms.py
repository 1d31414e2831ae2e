"""Clauses of measures in their plain form, answered from figures that are reckoned a second time, day by day."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import groupby, pairwise
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from medsteward.fills.by_day import DaySegment, Placed
from medsteward.fills.measure_clause import Facts
from medsteward.fills.measures import MEASURES
from medsteward.fills.supply import DrugKind
from medsteward.patient.form import Compare, Op, Reaches
from tests.counts import examples
from tests.form_reader import OPERATORS

CLAUSES = list(
    dict.fromkeys(
        clause
        for measure in MEASURES
        for clause in (*measure.denominator, *(each for rate in measure.rates for each in rate.numerator))
    )
)


def runs(days):
    """Days as spans that follow one another."""
    ordered = sorted(days)
    groups = groupby(enumerate(ordered), key=lambda each: each[1] - each[0])
    spans = [[day for _, day in group] for _, group in groups]
    return [(span[0], span[-1]) for span in spans]


@st.composite
def fills(draw, size=8):
    found = []
    for _ in range(draw(st.integers(0, size))):
        filled = draw(st.integers(1000, 1250))
        keys = st.none() | st.sampled_from("abcde")
        fill: Any = SimpleNamespace(prescriber=draw(keys), pharmacy=draw(keys))
        supply: Any = SimpleNamespace()
        found.append(Placed(fill, supply, filled, filled, filled + draw(st.integers(0, 45))))
    return sorted(found, key=lambda each: each.filled)


@st.composite
def histories(draw):
    opioids, benzodiazepines = draw(fills()), draw(fills(3))
    days = {day for each in opioids for day in range(each.first, each.last + 1)}
    rates = [draw(st.sampled_from((10, 50, 89, 90, 120))) * 1_000_000 for _ in opioids]
    mme: Counter[int] = Counter()
    for each, rate in zip(opioids, rates, strict=True):
        mme.update(dict.fromkeys(range(each.first, each.last + 1), rate))
    facts = Facts(
        age=draw(st.none() | st.integers(10, 90)),
        opioids=opioids,
        opioid_days=runs(days),
        benzodiazepines=benzodiazepines,
        segments=[DaySegment(day, day, rate) for day, rate in sorted(mme.items())],
        uncounted=draw(st.booleans()),
        lacking=draw(st.sampled_from((False, False, True))),
        exclusions=frozenset(),
        earliest=min([each.filled for each in (*opioids, *benzodiazepines)], default=1000) - draw(st.integers(0, 120)),
    )
    return facts, days, mme


def figure(name, settings, facts, days, mme):
    """The figure, whether it may be more, and whether it may be less."""
    lacking = facts.lacking
    dates = sorted({each.filled for each in facts.opioids})
    both_ends = range(min(days), max(days) + 1) if days else range(0)
    match name:
        case "fill dates":
            of = facts.benzodiazepines if settings["of"] == DrugKind.BENZODIAZEPINE.value else facts.opioids
            return len({each.filled for each in of}), lacking, False
        case "days supplied":
            return sum(len(range(each.first, each.last + 1)) for each in facts.opioids), lacking, False
        case "days covered":
            return len(days), lacking, False
        case "episode days":
            return len(both_ends), lacking, False
        case "longest span":
            near = range(-settings["gap"] - 1, settings["gap"] + 2)
            bridged = {day for day in both_ends if any(day + off in days for off in near)}
            spans = [[day for day in range(first, last + 1) if day in days] for first, last in runs(bridged)]
            parts = [piece for span in spans for piece in pieces(span, settings["gap"])]
            return max((last - first + 1 for first, last in parts), default=0), lacking, False
        case "average MME":
            return Fraction(sum(mme.values()), 1_000_000 * max(len(both_ends), 1)), lacking or facts.uncounted, lacking
        case "days at MME":
            reached = {
                day for day, rate in mme.items() if OPERATORS[settings["operator"]](rate, settings["at"] * 10**6)
            }
            longest = max((last - first + 1 for first, last in runs(reached)), default=0)
            return longest if settings["consecutive"] else len(reached), lacking or facts.uncounted, False
        case "different keys":
            keys = facts.prescribers if settings["who"] == "prescribers" else facts.pharmacies
            return len({key for key in keys if key}), lacking, keys.count(None)
        case "different keys of both":
            within = range(settings["within"])
            windows = [[each for each in facts.opioids if each.filled - start in within] for start in dates]
            least = [
                min(len({k.fill.prescriber for k in w} - {None}), len({k.fill.pharmacy for k in w} - {None}))
                for w in windows
            ]
            return max(least, default=0), lacking, None in facts.prescribers or None in facts.pharmacies
        case "days with both":
            other = {day for each in facts.benzodiazepines for day in range(each.first, each.last + 1)}
            return len(days & other), lacking, False
        case "days without an opioid before a fill":
            gaps = [later - before - 1 for before, later in pairwise(dates)]
            return max([dates[0] - facts.earliest, *gaps], default=0) if dates else 0, bool(dates) or lacking, lacking
        case "days covered soon":
            clean = settings["clean"]
            if not dates:
                return 0, lacking, False
            starts = [dates[0]] if dates[0] - facts.earliest >= clean else []
            starts += [later for before, later in pairwise(dates) if later - before > clean]
            start = (starts or dates)[0]
            return len(days & set(range(start, start + settings["within"]))), lacking, False
    raise KeyError(name)


def pieces(ordered, gap):
    """Covered days as spans that bridge gaps of so many days."""
    found: list[tuple[int, int]] = []
    for day in ordered:
        if found and day - found[-1][1] - 1 <= gap:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def answered(form, facts, days, mme):
    if isinstance(form, Compare):
        assert (form.column, form.op) == ("age", Op.AT_LEAST)
        return None if facts.age is None else facts.age >= form.value
    number, more, third = figure(form.figure, dict(form.settings), facts, days, mme)
    reached = OPERATORS[form.op.value](number, form.mark)
    if form.figure == "different keys":
        more, less = more or number + third >= form.mark, False
    elif form.figure == "different keys of both":
        more, less = more or (third and len(facts.opioids) >= form.mark), False
    else:
        less = third
    if reached:
        return None if less else True
    return None if more else False


@examples(150)
@given(histories())
def test_figures_reckoned_day_by_day_give_every_answer(history):
    facts, days, mme = history
    for clause in CLAUSES:
        assert clause.test(facts) is answered(clause.form, facts, days, mme), (str(clause), clause.form)


def test_every_clause_of_the_measures_has_a_form_and_words():
    assert len(CLAUSES) > 15
    assert all(isinstance(each.form, Compare | Reaches) and str(each) for each in CLAUSES)
    assert len({each.form for each in CLAUSES}) == len({str(each) for each in CLAUSES})
