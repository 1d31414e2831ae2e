"""What always holds for reminders, scales, matches and recommendations."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from medsteward.advice.case.recommendations import Applies, recommendations
from medsteward.advice.pain.matching import for_pain
from medsteward.model.amount import Amount
from medsteward.model.conditions import CONDITIONS
from medsteward.model.unit import Unit
from medsteward.readers.case.table import read_case
from medsteward.reminders.days import after, shorter
from medsteward.reminders.done import ALSO, NAMES
from medsteward.reminders.remind import remind
from medsteward.reminders.reminder import Kind
from medsteward.scales.declared import SCALES
from medsteward.scales.score import items_of, scale_ids, score
from medsteward.treatments.pain import PainKind
from medsteward.writers.known import matching_json, matching_table, score_json, score_table
from medsteward.writers.remind import document as remind_json
from medsteward.writers.remind import table as remind_table
from medsteward.writers.shared.json_text import pretty

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
SIGS = (
    "oxycodone 5 mg tablet, 1 tablet 3 times daily",
    "morphine ER 30 mg twice daily",
    "methadone 10 mg three times daily",
    "fentanyl patch 25 mcg/h every 3 days",
    "Suboxone 8/2 daily",
    "tramadol 50 mg twice daily",
    "alprazolam 0.5 mg twice daily",
    "gabapentin 300 mg three times daily",
    "zolpidem 10 mg nightly",
    "senna 8.6 mg 2 tablets nightly",
    "docusate 100 mg twice daily",
    "magnesium hydroxide 30 mL daily",
    "naloxegol 25 mg daily",
    "clarithromycin 500 mg twice daily",
    "lubiprostone 24 mcg twice daily",
    "Narcan 4 mg nasal spray as needed",
    "clonidine 0.1 mg twice daily",
    "naproxen 500 mg twice daily",
    "phenelzine 15 mg three times daily",
    "lorazapam 1 mg daily",
)
OPIOIDS = SIGS[:6]


@st.composite
def tables(draw, sigs=SIGS):
    lines = []
    for sig in draw(st.lists(st.sampled_from(sigs), max_size=6)):
        line = {"sig": sig}
        if draw(st.booleans()):
            line["start"] = draw(DAYS)
            if draw(st.booleans()):
                line["end"] = line["start"] + timedelta(days=draw(st.integers(0, 200)))
            elif draw(st.booleans()):
                line["days_supply"] = draw(st.integers(1, 90))
        lines.append(line)
    patient = {
        "age": draw(st.integers(0, 110)),
        "conditions": draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=4, unique=True)),
        "egfr": draw(st.integers(1, 120)),
        "household": draw(st.lists(st.sampled_from(["children", "partner"]), max_size=2)),
        "indication": draw(st.sampled_from(["chronic pain", "acute pain", "cancer pain", "opioid use disorder"])),
        "child_pugh": draw(st.sampled_from(["A", "B", "C"])),
    }
    kept = draw(st.sets(st.sampled_from(sorted(patient))))
    done = draw(st.dictionaries(st.sampled_from([*NAMES, *ALSO]), st.one_of(st.booleans(), DAYS), max_size=5))
    return {"patient": {key: patient[key] for key in kept}, "medications": lines, "done": done}


MME = st.one_of(st.none(), st.fractions(0, 400, max_denominator=100).map(lambda value: Amount(value, Unit.MME_PER_D)))
ORDERS = re.compile(r"\b(?:stop(?!-bang)|discontinue|cease|quit)\b", re.I)


def words(report):
    for each in report.reminders:
        yield from each.because
        yield each.consider
        yield from (point.text for point in each.points)
    yield from (each.because for each in report.left_out)


@given(tables(), DAYS, MME, st.booleans())
def test_reminders_are_whole_and_never_order_an_abrupt_end(table, day, mme, complete):
    report = remind(read_case(table, as_of=day), mme=mme, mme_complete=complete)
    kinds = [each.kind for each in report.reminders]
    assert len(kinds) == len(set(kinds))
    for each in report.reminders:
        assert each.because
        assert each.consider
        assert each.sources
        if each.repeat is not None:
            assert after(day, each.repeat) > day
    assert not [text for text in words(report) if ORDERS.search(text)]
    remind_table.text(report, everything=True)
    remind_table.markdown_text(report)
    remind_table.csv_rows(report, with_header=True)
    assert pretty(remind_json.document(report)) == pretty(
        remind_json.document(remind(read_case(table, as_of=day), mme=mme, mme_complete=complete))
    )


@given(tables(), DAYS, MME)
def test_the_order_of_lines_does_not_matter(table, day, mme):
    turned = {**table, "medications": table["medications"][::-1]}
    one = remind(read_case(table, as_of=day), mme=mme)
    other = remind(read_case(turned, as_of=day), mme=mme)
    assert [(each.kind, each.due, each.repeat, each.settled) for each in one.reminders] == [
        (each.kind, each.due, each.repeat, each.settled) for each in other.reminders
    ]


@given(tables(), DAYS, st.sampled_from(OPIOIDS))
def test_every_opioid_brings_naloxone_and_the_bowels(table, day, opioid):
    more = {**table, "medications": [*table["medications"], {"sig": opioid}]}
    report = remind(read_case(more, as_of=day))
    assert report.of(Kind.NALOXONE) is not None
    assert report.of(Kind.BOWEL_REGIMEN) is not None or any(each.kind is Kind.BOWEL_REGIMEN for each in report.left_out)


@given(
    tables(),
    DAYS,
    st.sampled_from(["lorazepam 1 mg daily", "pregabalin 75 mg twice daily", "carisoprodol 350 mg nightly"]),
)
def test_a_sedative_never_takes_a_reason_for_naloxone_away(table, day, sedative):
    base = {**table, "medications": [*table["medications"], {"sig": OPIOIDS[0]}]}
    more = {**base, "medications": [*base["medications"], {"sig": sedative}]}
    before = remind(read_case(base, as_of=day)).of(Kind.NALOXONE)
    now = remind(read_case(more, as_of=day)).of(Kind.NALOXONE)
    assert before is not None
    assert now is not None
    heads = {each.split(":")[0] for each in now.because}
    assert {each.split(":")[0] for each in before.because} <= heads


@given(tables(), DAYS, MME, MME)
def test_more_mme_never_widens_an_interval(table, day, one, other):
    if one is None or other is None:
        return
    low, high = sorted((one, other), key=lambda amount: amount.value)
    case = read_case({**table, "medications": [{"sig": OPIOIDS[0]}]}, as_of=day)
    at_low, at_high = remind(case, mme=low).of(Kind.REASSESS), remind(case, mme=high).of(Kind.REASSESS)
    if at_low is not None and at_high is not None:
        assert shorter(at_high.repeat or "P1Y", at_low.repeat or "P1Y") == at_high.repeat


@given(tables(), DAYS, MME, st.booleans())
def test_recommendations_always_say_why_or_what_is_lacking(table, day, mme, complete):
    found = recommendations(read_case(table, as_of=day), mme=mme, mme_complete=complete)
    assert [each.number for each in found] == list(range(1, 13))
    out = {each.applies is Applies.OUT_OF_SCOPE for each in found}
    assert len(out) == 1
    for each in found:
        assert bool(each.lacking) is (each.applies is Applies.UNKNOWN)
        assert each.because or each.lacking
        assert not ORDERS.search(" ".join((each.asks, *each.because)))


@given(tables(), DAYS, MME)
def test_knowing_more_never_turns_a_known_answer_into_an_unknown_one(table, day, mme):
    case = read_case(table, as_of=day)
    told = evolve(case, done=(*case.done, ("pdmp", day), ("reassess", day), ("urine_drug_test", day)))
    for before, now in zip(recommendations(case, mme=mme), recommendations(told, mme=mme), strict=True):
        if before.applies is not Applies.UNKNOWN:
            assert now.applies is not Applies.UNKNOWN


@given(tables(), DAYS, st.sampled_from(PainKind))
def test_no_option_is_dropped_and_what_is_blocked_says_why(table, day, kind):
    match = for_pain(kind, read_case(table, as_of=day))
    bare = for_pain(kind, read_case({}, as_of=day))
    assert {each.id for each in match.options} == {each.id for each in bare.options}
    for each in match.options:
        assert each.blocked is any(found.effect.name == "BLOCKS" for found in each.against)
        assert each.sources
    matching_table.text(match)
    matching_table.markdown_text(match)
    matching_table.csv_rows(match, with_header=True)
    pretty(matching_json.document(match))


# --- scales -----------------------------------------------------------------------------------------------------


@st.composite
def filled(draw):
    scale = draw(st.sampled_from(sorted(SCALES)))
    values = {}
    for item in items_of(scale):
        if not item.needed:
            continue
        if item.allowed is not None:
            values[item.name] = draw(st.sampled_from(item.allowed))
        else:
            values[item.name] = draw(st.fractions(item.low, item.high, max_denominator=10))
    return scale, values


@given(filled())
def test_a_filled_in_scale_has_a_total_within_its_ends(given_scale):
    name, values = given_scale
    report = score(name, values)
    scale = SCALES[name]
    assert not report.problems
    assert report.total is not None
    assert scale.low <= report.total <= scale.high
    assert bool(report.band) is bool(scale.bands)
    score_table.text(report)
    pretty(score_json.document(report))


@given(filled(), st.data())
def test_a_value_outside_the_list_never_gives_a_total(given_scale, data):
    name, values = given_scale
    item = data.draw(st.sampled_from([each for each in items_of(name) if each.needed]))
    value = data.draw(st.fractions(-1000, 1000, max_denominator=4).filter(lambda number: not item.takes(number)))
    report = score(name, {**values, item.name: value})
    assert report.total is None
    assert [each.code for each in report.problems] == ["SCALE-001"]
    score_table.text(report)


@given(st.text(max_size=20), st.dictionaries(st.text(max_size=10), st.integers(-10, 200), max_size=4))
def test_nothing_that_is_filled_in_raises(name, values):
    for each in (name, *scale_ids()):
        report = score(each, values)
        score_table.text(report)
        pretty(score_json.document(report))


@given(st.fractions(0, 100, max_denominator=10), st.fractions(0, 100, max_denominator=10))
def test_a_change_for_the_worse_never_counts(before, after_it):
    for scale, variant in (("odi", None), ("ndi", "100"), ("6mwt", "knee"), ("tug", "hip")):
        found = score(scale, {"before": before, "after": after_it}, variant=variant).change
        assert found is not None
        gain = after_it - before if scale == "6mwt" else before - after_it
        assert found.is_better is (gain > 0)
        assert not (found.counts and gain <= 0)
        assert found.by == abs(gain) == abs(Fraction(before) - after_it)
