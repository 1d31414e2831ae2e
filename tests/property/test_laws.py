"""What is always true of a count of MME, whatever the case: checked on regimens and texts made up by hypothesis."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pint
import pytest
from attrs import evolve, frozen
from hypothesis import assume, given
from hypothesis import strategies as st

from medsteward import units
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.drugs.index import names
from medsteward.mme.reckon import times
from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal, Status
from medsteward.model.amount import Amount
from medsteward.model.regimen import Case, Line
from medsteward.readers.directions.lexicon import lexemes
from medsteward.readers.directions.line import read_line
from medsteward.tables.load import factor_table, table_ids
from tests import hostile

AS_OF = date(2026, 11, 23)
FLAT, BANDED = "cdc_2022", "cdc_2016_clinical"


def report_of(lines: Sequence[str], table: str = FLAT) -> MmeReport:
    return mme_per_day(Case(AS_OF, tuple(map(read_line, lines))), table=factor_table(table))


def figures(report: MmeReport) -> tuple[Fraction, Fraction]:
    """Scheduled and maximum of what was counted, complete or not."""
    if isinstance(report.total, NoTotal):
        return Fraction(0), Fraction(0)
    return report.total.scheduled.value, report.total.maximum.value


# --- regimens with parts that are known, and several ways to write each ------------------------------------------


@frozen
class Often:
    """Times per day, low and high, and ways to write them."""

    low: Fraction
    high: Fraction
    ways: tuple[str, ...]


def often(low: str, high: str, ways: str) -> Often:
    return Often(Fraction(low), Fraction(high), tuple(ways.split("|")))


FREQUENCIES = (
    often("1/7", "1/7", "weekly|once a week|every week|every 7 days"),
    often("1/3", "1/3", "every 3 days|every 72 hours|q3d|q72h"),
    often("1/2", "1/2", "every other day|every 2 days|every 48 hours|qod|every second day"),
    often("1", "1", "daily|once daily|once a day|every day|every 24 hours|q24h|qd|1 time a day|at bedtime|qam"),
    often("1", "2", "1 to 2 times a day|1-2 times daily|every 12 to 24 hours"),
    often("2", "2", "bid|b.i.d.|BID|twice daily|twice a day|2 times a day|two times daily|2x/day|q12h|every 12 hours"),
    often("2", "3", "2-3 times daily|two to three times a day|every 8 to 12 hours|q8-12h"),
    often("3", "3", "tid|t.i.d.|three times daily|3 times a day|3x/day|q8h|every 8 hours|every eight hours"),
    often("3", "4", "every 6 to 8 hours|q6-8h|3 to 4 times a day|every 6-8 hrs"),
    often("4", "4", "qid|four times daily|4 times a day|q6h|every 6 hours|every six hours|q 6 h|Q6H"),
    often("4", "6", "every 4 to 6 hours|q4-6h|q 4-6 h|every 4-6 hours|every four to six hours|q4–6h"),
    often("6", "6", "q4h|every 4 hours|every four hours|6 times a day|q 4 hrs"),
    often("8", "8", "q3h|every 3 hours|8 times daily"),
)
COUNTS = {
    "1/2": ("1/2", "0.5", "half a", "½"),
    "1": ("1", "one", "a"),
    "3/2": ("1.5", "1 1/2", "1½", "one and a half"),
    "2": ("2", "two"),
    "3": ("3", "three"),
    "4": ("4", "four"),
}
RANGES = {("1", "2"): ("1-2", "1 to 2", "one to two", "1–2", "1 or 2"), ("2", "3"): ("2-3", "2 to 3", "two to three")}
TABLETS = {
    "oxycodone": ("5", "10", "15", "20", "30"),
    "morphine": ("15", "30"),
    "hydromorphone": ("2", "4", "8"),
    "oxymorphone": ("5", "10"),
    "methadone": ("5", "10"),
    "tapentadol": ("50", "75", "100"),
    "tramadol": ("50", "100"),
    "codeine": ("15", "30", "60"),
}
FACTORS = {  # CDC 2022 guideline
    "oxycodone": "1.5",
    "morphine": "1",
    "hydromorphone": "5",
    "oxymorphone": "3",
    "methadone": "4.7",
    "tapentadol": "0.4",
    "tramadol": "0.2",
    "codeine": "0.15",
}
AS_NEEDED = (" as needed", " prn", " PRN", " if needed", " as needed for pain", " p.r.n. pain")


@frozen
class Tablets:
    """Tablets of one opioid, taken so many at a time so often."""

    drug: str
    strength: str
    low: str
    high: str
    often: Often
    as_needed: bool = False

    @property
    def mg(self) -> tuple[Fraction, Fraction]:
        """Scheduled and maximum mg per day."""
        low = Fraction(self.strength) * Fraction(self.low) * self.often.low
        high = Fraction(self.strength) * Fraction(self.high) * self.often.high
        return Fraction(0) if self.as_needed else low, high

    @property
    def mme(self) -> tuple[Fraction, Fraction]:
        """Scheduled and maximum MME per day under CDC 2022."""
        low, high = self.mg
        return low * Fraction(FACTORS[self.drug]), high * Fraction(FACTORS[self.drug])

    def written(self, way: int = 0) -> str:
        """One of the many ways to write it; the same number gives the same way."""
        pick = random.Random(way).choice if way else (lambda options: options[0])
        dose = pick(COUNTS[self.low] if self.low == self.high else RANGES[self.low, self.high])
        tablets = pick(("tablet", "tab") if Fraction(self.high) <= 1 else ("tablets", "tabs"))
        text = pick(
            (
                "{drug} {strength} tablet, take {dose} {tablets} by mouth {often}{needed}",
                "{drug} {strength}, {dose} {tablets} {often}{needed}",
                "{drug} {strength}: {dose} {tablets} po {often}{needed}",
                "{drug} {strength} tablets; take {dose} {tablets} {often}{needed}.",
                "{drug} {strength} tab, {dose} {tablets}{needed} {often}",
            )
        ).format(
            drug=pick((self.drug, self.drug.upper(), self.drug.capitalize())),
            strength=pick(strengths(self.strength)),
            dose=dose,
            tablets=tablets,
            often=pick(self.often.ways),
            needed=pick(AS_NEEDED) if self.as_needed else "",
        )
        return pick((text, text, text.replace(" ", "  "), f" {text} ", text.replace(" ", "\u00a0")))


def strengths(mg: str) -> tuple[str, ...]:
    """A strength in mg, mcg and g."""
    mcg = int(Fraction(mg) * 1000)
    grams = f"0.{mcg:06d}".rstrip("0")
    plain = f"{mg} mg", f"{mg}mg", f"{mg} MG", f"{mg} milligrams"
    return *plain, f"{mcg} mcg", f"{mcg:,} mcg", f"{mcg} ug", f"{grams} g"


@st.composite
def regimens(draw, drugs: tuple[str, ...] = tuple(TABLETS)) -> Tablets:
    drug = draw(st.sampled_from(drugs))
    strength = draw(st.sampled_from(TABLETS[drug]))
    low, high = draw(st.sampled_from([(each, each) for each in COUNTS] + list(RANGES)))
    return Tablets(drug, strength, low, high, draw(st.sampled_from(FREQUENCIES)), draw(st.booleans()))


cases = st.lists(regimens(), min_size=1, max_size=5)
ways = st.integers(0, 10**6)
tables = st.sampled_from(table_ids())


@given(regimens(), ways)
def test_every_way_to_write_a_regimen_gives_its_figures(regimen, way):
    report = report_of([regimen.written(way)])
    assert report.problems == (), regimen.written(way)
    assert isinstance(report.total, CompleteTotal)
    assert figures(report) == regimen.mme, regimen.written(way)


@given(regimens(), ways, ways, tables)
def test_two_ways_to_write_it_agree_under_every_table(regimen, one, other, table):
    first, second = report_of([regimen.written(one)], table), report_of([regimen.written(other)], table)
    assert figures(first) == figures(second)
    assert first.exit_code == second.exit_code


@given(cases, st.randoms(use_true_random=False), tables)
def test_the_order_of_lines_does_not_matter(case, shuffler, table):
    lines = [regimen.written() for regimen in case]
    shuffled = list(lines)
    shuffler.shuffle(shuffled)
    one, other = report_of(lines, table), report_of(shuffled, table)
    assert figures(one) == figures(other)
    assert type(one.total) is type(other.total)
    assert one.exit_code == other.exit_code


@given(cases, cases)
def test_flat_tables_add_up_over_lines(some, more):
    one, other = ([regimen.written() for regimen in case] for case in (some, more))
    together = figures(report_of([*one, *other]))
    apart = tuple(map(sum, zip(figures(report_of(one)), figures(report_of(other)), strict=True)))
    assert together == apart


@given(cases, tables)
def test_every_table_adds_up_over_ingredients(case, table):
    by_drug = defaultdict(list)
    for regimen in case:
        by_drug[regimen.drug].append(regimen.written())
    together = figures(report_of([regimen.written() for regimen in case], table))
    apart = [figures(report_of(lines, table)) for lines in by_drug.values()]
    assert list(together) == [sum(each, Fraction(0)) for each in zip(*apart, strict=True)]


@given(st.lists(regimens(("methadone",)), min_size=1, max_size=4))
def test_bands_are_chosen_by_the_days_total(case):
    totals = [sum(each, Fraction(0)) for each in zip(*(regimen.mg for regimen in case), strict=True)]
    factors = [4 if mg <= 20 else 8 if mg <= 40 else 10 if mg <= 60 else 12 for mg in totals]
    expected = [mg * factor for mg, factor in zip(totals, factors, strict=True)]
    assert list(figures(report_of([regimen.written() for regimen in case], BANDED))) == expected


@given(cases, st.integers(0, 4), st.sampled_from(list(COUNTS)), tables)
def test_a_larger_dose_never_gives_less(case, at, count, table):
    changed = case[at % len(case)]
    assume(Fraction(count) >= Fraction(changed.high))
    larger = [*case]
    larger[at % len(case)] = evolve(changed, low=count, high=count)
    before = figures(report_of([regimen.written() for regimen in case], table))
    after = figures(report_of([regimen.written() for regimen in larger], table))
    assert all(b <= a for b, a in zip(before, after, strict=True))


@given(cases, st.integers(0, 4), st.sampled_from(FREQUENCIES), tables)
def test_taking_it_more_often_never_gives_less(case, at, frequency, table):
    changed = case[at % len(case)]
    assume(frequency.low >= changed.often.low and frequency.high >= changed.often.high)
    larger = [*case]
    larger[at % len(case)] = evolve(changed, often=frequency)
    before = figures(report_of([regimen.written() for regimen in case], table))
    after = figures(report_of([regimen.written() for regimen in larger], table))
    assert all(b <= a for b, a in zip(before, after, strict=True))


NOT_COUNTED = (
    "wonderopioid 5 mg bid",
    "oxycodne 5 mg bid",
    "oxycodone 5 mg",
    "oxycodone bid",
    "oxycodone 1 tablet prn",
    "methadone .5 mg bid",
    "methadone 10 mg bid q6h",
    "morphine 1 tsp q4h",
    "MS 10 mg q4h",
    "morphine 20 mg/mL, 5 mL (5 mg) q4h",
    "fentanyl patch",
    "fentanyl 100 mcg q6h",
    "",
)


@given(cases, st.lists(st.sampled_from(NOT_COUNTED), min_size=1, max_size=3), tables)
def test_what_is_not_understood_never_lowers_a_total_and_is_named(case, unknown, table):
    lines = [regimen.written() for regimen in case]
    before, after = report_of(lines, table), report_of([*lines, *unknown], table)
    assert all(b <= a for b, a in zip(figures(before), figures(after), strict=True))
    assert isinstance(after.total, (AtLeast, NoTotal))
    assert after.total.missing
    assert after.exit_code >= 3


@given(cases, tables)
def test_every_line_has_an_entry(case, table):
    report = report_of([regimen.written() for regimen in case], table)
    assert sorted({entry.line for entry in report.entries}) == list(range(1, len(case) + 1))
    counted = [entry.mme for entry in report.entries if entry.status is Status.COUNTED and entry.mme is not None]
    assert figures(report)[1] == sum(each.maximum.value for each in counted)


@given(cases, regimens(), tables)
def test_as_needed_never_raises_what_is_scheduled(case, extra, table):
    lines = [regimen.written() for regimen in case]
    needed = evolve(extra, as_needed=True).written()
    before, after = figures(report_of(lines, table)), figures(report_of([*lines, needed], table))
    assert before[0] == after[0]
    assert before[1] <= after[1]


@given(regimens(), tables)
def test_as_needed_leaves_the_maximum_and_empties_the_scheduled(regimen, table):
    plain, needed = evolve(regimen, as_needed=False), evolve(regimen, as_needed=True)
    before, after = figures(report_of([plain.written()], table)), figures(report_of([needed.written()], table))
    assert after == (Fraction(0), before[1])


@given(cases, tables)
def test_scheduled_is_at_most_the_maximum(case, table):
    report = report_of([regimen.written() for regimen in case], table)
    assert_sane(report)


@given(st.lists(st.tuples(regimens(), st.booleans()), min_size=1, max_size=4))
def test_expected_is_stated_only_where_every_counted_line_has_it(case):
    lines = [regimen.written() + (", #60, 30 days" if supplied else "") for regimen, supplied in case]
    report = report_of(lines)
    assert isinstance(report.total, CompleteTotal)
    if all(supplied for _, supplied in case):
        expected = sum(Fraction(regimen.strength) * 2 * Fraction(FACTORS[regimen.drug]) for regimen, _ in case)
        assert report.total.expected is not None
        assert report.total.expected.value == expected
    else:
        assert report.total.expected is None


@given(regimens(), ways, st.integers(0, 30))
def test_an_unknown_word_is_never_dropped(regimen, way, at):
    words = evolve(regimen, as_needed=False).written(way).split()
    words.insert(at % (len(words) + 1), "zzyzx")
    report = report_of([" ".join(words)])
    assert report.exit_code >= 3, " ".join(words)
    assert not isinstance(report.total, CompleteTotal)


SECOND_DRUGS = ("gabapentin", "fentanyl", "Norco", "naproxen", "Xanax")


@given(regimens(), ways, st.integers(0, 30), st.sampled_from(SECOND_DRUGS))
def test_a_second_drug_is_never_dropped(regimen, way, at, second):
    words = regimen.written(way).split()
    words.insert(at % (len(words) + 1), second)
    report = report_of([" ".join(words)])
    assert report.exit_code >= 3, " ".join(words)
    assert not isinstance(report.total, CompleteTotal)


@given(regimens(), ways, st.sampled_from(["units", "mEq", "%", "tsp", "kg", "MME", "gr"]), st.integers(0, 30))
def test_an_amount_of_another_kind_is_never_dropped(regimen, way, unit, at):
    words = regimen.written(way).split()
    words.insert(at % (len(words) + 1), f"7 {unit}")
    report = report_of([" ".join(words)])
    assert report.exit_code >= 3, " ".join(words)


# --- any text at all ----------------------------------------------------------------------------------------------

VOCABULARY = sorted({words for words, _, _ in lexemes()} | set(names()))
GLUE = (" ", " ", " ", ", ", "/", "-", "; ", ". ", " (", ") ", "")
NUMBERS = (
    *("0", "1", "2", "3", "4", "5", "6", "8", "10", "12", "24", "72", "100", "325", "1,000"),
    *("0.5", ".5", "1.5", "2,5", "5.0", "1/2", "½", "1-2", "4-6", "-1", "5e3"),
)
AMOUNTS = ("5 mg", "5mg", "10 mg/5 mL", "25 mcg/h", "5/325", "2 tablets", "0.25 mL", "8 am", "#30", "q4h", "30 days")
OPIOIDS = ("oxycodone", "morphine", "fentanyl patch", "methadone", "Percocet", "hydrocodone/acetaminophen", "codeine")

word_salads = st.builds(
    lambda first, words, glue: first + "".join(g + w for w, g in zip(words, glue * len(words), strict=False)),
    st.sampled_from(("", *OPIOIDS)),
    st.lists(st.one_of(*map(st.sampled_from, (VOCABULARY, NUMBERS, AMOUNTS))), max_size=40),
    st.lists(st.sampled_from(GLUE), min_size=1, max_size=6),
)
any_texts = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(categories=("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Nd", "No", "Sm", "Sk", "Po")), max_size=300),
    st.text("0123456789.,-/ qhmgdx()#½%°", max_size=120),
)


def assert_sane(report: MmeReport) -> None:
    """What holds for every report, however odd the text."""
    scheduled, maximum = figures(report)
    assert 0 <= scheduled <= maximum
    for entry in report.entries:
        assert (entry.mme is not None) == (entry.status is Status.COUNTED)
        if entry.mme is not None:
            assert entry.daily is not None
            assert 0 <= entry.daily.scheduled.value <= entry.daily.maximum.value
            assert 0 <= entry.mme.scheduled.value <= entry.mme.maximum.value
    if report.problems:
        assert report.exit_code >= 3
    if isinstance(report.total, CompleteTotal):
        assert not any(entry.status in (Status.NO_FACTOR,) for entry in report.entries)
    for problem in report.problems:
        assert problem.text
        assert len(problem.text) < 1500


def assert_answered(text: str, table: str = FLAT) -> None:
    report = report_of([text], table)
    assert_sane(report)
    str(report.total)


@given(any_texts, tables)
def test_any_text_is_answered(text, table):
    assert_answered(text, table)


@given(word_salads, tables)
def test_any_words_in_any_order_are_answered(text, table):
    assert_answered(text, table)


@given(regimens(), ways, st.integers(0, 200), st.characters(), st.sampled_from("ird"))
def test_a_slip_of_the_pen_is_answered(regimen, way, at, character, slip):
    text = regimen.written(way)
    at %= len(text)
    text = text[:at] + (character if slip in "ir" else "") + text[at + (slip in "rd") :]
    assert_answered(text)


@pytest.mark.parametrize("text", hostile.LINES, ids=lambda text: ascii(text[:40]))
def test_hostile_text_is_answered(text):
    for table in table_ids():
        assert_answered(text, table)


PLACES = ("{}", "oxycodone {}", "oxycodone 5 mg {}", "oxycodone 5 mg q6h {}", "5 {} morphine", "one {} morphine q6h")


@pytest.mark.parametrize("place", PLACES)
def test_every_word_is_answered_in_every_place(place):
    for word in VOCABULARY:
        assert_answered(place.format(word))


def test_a_line_without_regimen_is_a_line_that_may_be_an_opioid():
    report = mme_per_day(Case(AS_OF, (Line("?", None),)), table=factor_table(FLAT))
    assert isinstance(report.total, NoTotal)


# --- pint says the same ---------------------------------------------------------------------------------------------

ROWS = [row for table in table_ids() for row in factor_table(table).factors if row.value is not None]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.row)
@given(extra=st.fractions(min_value=Fraction(1, 1000), max_value=20))
def test_a_factor_times_a_dose_is_the_same_in_pint(row, extra):
    dose = Amount(row.above + extra, row.per)
    assert row.value is not None
    per = units.PINT_NAMES[row.per]
    factor = units.registry.Quantity(row.value, f"MME / day / ({per})")
    by_pint = (factor * units.registry.Quantity(dose.value, per)).to("MME / day")
    assert by_pint.magnitude == times(dose, row).value
    assert by_pint == units.quantity(times(dose, row))


def test_mme_and_mg_do_not_add():
    mme, mg = units.registry.Quantity(Fraction(30), "MME"), units.registry.Quantity(Fraction(20), "mg")
    for pair in ((mme, mg), (mg, mme)):
        with pytest.raises(pint.DimensionalityError) as caught:
            pair[0] + pair[1]
        assert "MME" in str(caught.value)
        assert "milligram" in str(caught.value)
    with pytest.raises(pint.DimensionalityError):
        mme.to("mg")
    with pytest.raises(pint.DimensionalityError):
        units.registry.Quantity(Fraction(30), "MME / day") + units.registry.Quantity(Fraction(20), "mg / day")


def test_a_total_is_a_pint_quantity():
    report = report_of(["oxycodone 10 mg q6h"])
    assert isinstance(report.total, CompleteTotal)
    assert report.total.quantity == units.registry.Quantity(Fraction(60), "MME / day")
