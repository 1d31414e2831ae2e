"""The engine and a plain second reckoning agree, exactly, on thousands of made-up cases under every table."""

from __future__ import annotations

import importlib.util
import random
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from medsteward.advice.case.mme import mme_per_day
from medsteward.mme.result import CompleteTotal, NoTotal, Status
from medsteward.model.regimen import Case
from medsteward.readers.directions.line import read_line
from medsteward.tables.load import factor_table

_SPEC = importlib.util.spec_from_file_location("plain_mme", Path(__file__).with_name("plain_mme.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
plain_mme = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(plain_mme)

CASES = 1000
"""Cases for each table; there are eleven tables."""

# ingredient as tables name it, words before the strength, words after it, route, form, unit counted, strengths in mg
SOLIDS = [
    ("oxycodone", "oxycodone", "", "oral", "tablet", "tablet", "5 10 15 20 30"),
    ("oxycodone", "oxycodone ER", "", "oral", "tablet", "tablet", "10 15 20 30 40 60 80"),
    ("oxycodone", "oxycodone", "", "oral", "capsule", "capsule", "5"),
    ("hydrocodone", "hydrocodone ER", "", "oral", "tablet", "tablet", "20 30 40 60"),
    ("hydromorphone", "hydromorphone", "", "oral", "tablet", "tablet", "2 4 8"),
    ("hydromorphone", "hydromorphone", "rectal", "rectal", "suppository", "suppository", "3"),
    ("morphine", "morphine", "", "oral", "tablet", "tablet", "15 30"),
    ("morphine", "morphine ER", "", "oral", "tablet", "tablet", "15 30 60 100"),
    ("morphine", "morphine", "rectal", "rectal", "suppository", "suppository", "5 10 20 30"),
    ("oxymorphone", "oxymorphone", "", "oral", "tablet", "tablet", "5 10"),
    ("oxymorphone", "oxymorphone ER", "", "oral", "tablet", "tablet", "5 7.5 10 15 20 30 40"),
    ("methadone", "methadone", "", "oral", "tablet", "tablet", "5 10"),
    ("tapentadol", "tapentadol", "", "oral", "tablet", "tablet", "50 75 100"),
    ("tapentadol", "tapentadol ER", "", "oral", "tablet", "tablet", "50 100 150 200 250"),
    ("tramadol", "tramadol", "", "oral", "tablet", "tablet", "50 100"),
    ("codeine", "codeine", "", "oral", "tablet", "tablet", "15 30 60"),
    ("levorphanol", "levorphanol", "", "oral", "tablet", "tablet", "2 3"),
    ("meperidine", "meperidine", "", "oral", "tablet", "tablet", "50 100"),
    ("buprenorphine", "buprenorphine", "sublingual", "sublingual", "tablet", "tablet", "2 8"),
    ("butorphanol", "butorphanol", "nasal", "nasal", "nasal spray", "spray", "1"),
    ("propoxyphene", "propoxyphene", "oral", "oral", "capsule", "capsule", "65 100"),
    ("dihydrocodeine", "dihydrocodeine", "oral", "oral", "tablet", "tablet", "30 60"),
    ("levomethadyl", "levomethadyl", "oral", "oral", "tablet", "tablet", "10"),
    ("opium", "opium", "oral", "oral", "capsule", "capsule", "10"),
    ("opium", "opium", "rectally,", "rectal", "suppository", "suppository", "30 60"),
]
PLAIN_TABLETS = [row for row in SOLIDS if row[4] == "tablet" and not row[2]]
# the same with strengths in mcg
SMALL = [
    ("fentanyl", "fentanyl", "", "transmucosal oral", "lozenge", "lozenge", "200 400 600 800 1200 1600"),
    ("fentanyl", "fentanyl", "buccal", "buccal", "buccal tablet", "tablet", "100 200 400 600 800"),
    ("fentanyl", "fentanyl", "sublingual", "sublingual", "sublingual tablet", "tablet", "100 200 300 400"),
    ("fentanyl", "fentanyl", "sublingual", "sublingual", "mucosal spray", "spray", "100 200 400"),
    ("fentanyl", "fentanyl", "nasal", "nasal", "nasal spray", "spray", "100 300 400"),
    ("fentanyl", "fentanyl", "buccal", "buccal", "buccal film", "film", "200 400 600 800 1200"),
    ("buprenorphine", "buprenorphine", "buccal", "buccal", "buccal film", "film", "75 150 300 450 600 750 900"),
]
PATCHES = [("fentanyl", "12 25 37.5 50 62.5 75 87.5 100"), ("buprenorphine", "5 7.5 10 15 20")]
# ingredient, name, form, counted, then (mg of the opioid, strengths as written)
COMBINATIONS = [
    ("oxycodone", "oxycodone/acetaminophen", "tablet", "2.5=2.5/325 5=5/325 7.5=7.5/325 10=10/325 10=10-325"),
    ("oxycodone", "acetaminophen/oxycodone", "tablet", "5=325/5 10=325-10"),
    ("oxycodone", "Percocet", "tablet", "5=5/325 10=10-325"),
    ("oxycodone", "oxycodone-ibuprofen", "tablet", "5=5-400"),
    ("hydrocodone", "hydrocodone-acetaminophen", "tablet", "5=5-325 7.5=7.5-325 10=10-325 5=5/300"),
    ("hydrocodone", "Norco", "tablet", "5=5/325 10=10/325"),
    ("hydrocodone", "hydrocodone/ibuprofen", "tablet", "7.5=7.5/200"),
    ("tramadol", "tramadol/acetaminophen", "tablet", "37.5=37.5/325"),
    ("codeine", "acetaminophen-codeine", "tablet", "15=300-15 30=300-30 60=300-60"),
    ("codeine", "butalbital/acetaminophen/caffeine/codeine", "capsule", "30=50/325/40/30"),
    ("pentazocine", "pentazocine/naloxone", "tablet", "50=50/0.5"),
    ("dihydrocodeine", "dihydrocodeine/acetaminophen/caffeine", "capsule", "16=16/320.5/30"),
    ("benzhydrocodone", "benzhydrocodone/acetaminophen", "tablet", "4.08=4.08/325 6.12=6.12/325"),
]
LIQUIDS = [
    ("morphine", "morphine", "2=10 mg/5 mL 4=20 mg/5 mL 20=20 mg/mL 20=100 mg/5 mL"),
    ("oxycodone", "oxycodone", "1=5 mg/5 mL 20=100 mg/5 mL 20=20 mg/mL"),
    ("methadone", "methadone", "1=5 mg/5 mL 2=10 mg/5 mL 10=10 mg/mL"),
    ("hydromorphone", "hydromorphone", "1=1 mg/mL 1=5 mg/5 mL"),
    ("tramadol", "tramadol", "5=5 mg/mL"),
    ("meperidine", "meperidine", "10=50 mg/5 mL"),
]
# injected: ingredient, doses in mg as written
INJECTED = [
    ("morphine", "2=2 mg 10=10 mg"),
    ("hydromorphone", "1=1 mg 2=2 mg"),
    ("oxycodone", "10=10 mg"),
    ("codeine", "30=30 mg"),
    ("meperidine", "50=50 mg"),
    ("fentanyl", "0.05=50 mcg 0.1=100 mcg"),
    ("nalbuphine", "10=10 mg"),
    ("sufentanil", "0.01=10 mcg"),
]
FREQUENCIES = [
    ("1", "1", "daily|once daily|every 24 hours|at bedtime|every morning"),
    ("2", "2", "bid|twice daily|q12h|every 12 hours|2 times a day|morning and night"),
    ("3", "3", "tid|three times daily|q8h|every 8 hours|3x/day"),
    ("4", "4", "qid|four times a day|q6h|every 6 hours"),
    ("6", "6", "q4h|every 4 hours|6 times daily"),
    ("8", "8", "q3h|every 3 hours"),
    ("4", "6", "q4-6h|every 4 to 6 hours|every 4-6 hours"),
    ("3", "4", "q6-8h|every 6 to 8 hours|3 to 4 times daily"),
    ("2", "3", "2-3 times a day|every 8 to 12 hours"),
    ("1/2", "1/2", "every other day|every 2 days|every 48 hours"),
    ("1/3", "1/3", "every 3 days|every 72 hours"),
    ("1/7", "1/7", "weekly|once a week|every 7 days"),
]
COUNTS = [
    ("1", "1", "1|one"),
    ("1", "1", "1|one"),
    ("2", "2", "2|two"),
    ("3", "3", "3|three"),
    ("1", "2", "1-2|1 to 2|one to two"),
    ("2", "3", "2-3|2 or 3"),
]
HALVES = [("1/2", "1/2", "1/2|0.5|half a"), ("3/2", "3/2", "1.5|1 1/2|one and a half")]
NEEDED = (" as needed", " prn", " as needed for pain", " if needed", " PRN pain")


def plural(unit: str, number: Fraction) -> str:
    if number <= 1:
        return unit
    return {"patch": "patches", "suppository": "suppositories"}.get(unit, unit + "s")


class Maker:
    """Makes lines: as text, and as the plain parts that the second reckoning reads."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.pick = self.random.choice

    def line(self):
        kinds = [self.solid] * 5 + [self.small, self.patch, self.patch, self.combination, self.combination]
        kinds += [self.liquid, self.by_mass, self.two_times, self.injected, self.methadone, self.whole_day]
        return self.pick(kinds)()

    def parts(self, ingredient, route, form, takings, as_needed=False, limit=None, expected=None):
        return {
            "ingredient": ingredient,
            "route": route,
            "form": form,
            "takings": takings,
            "as_needed": as_needed,
            "limit": limit,
            "expected": expected,
        }

    def solid(self, row=None):
        ingredient, before, after, route, form, unit, strengths = row or self.pick(SOLIDS)
        number = self.pick(strengths.split())
        written = self.pick((f"{number} mg", f"{number}mg", f"{number} MG", f"{int(Fraction(number) * 1000)} mcg"))
        head = " ".join(filter(None, (before, written, after, form)))
        return self.counted(head, ingredient, route, form, unit, Fraction(number), unit == "tablet")

    def methadone(self):
        return self.solid(next(row for row in SOLIDS if row[0] == "methadone"))

    def small(self):
        ingredient, before, after, route, form, unit, strengths = self.pick(SMALL)
        number = self.pick(strengths.split())
        milligrams = f"{float(Fraction(number) / 1000):g} mg"
        head = " ".join(filter(None, (before, self.pick((f"{number} mcg", milligrams)), after, form)))
        return self.counted(head, ingredient, route, form, unit, Fraction(number) / 1000, False)

    def combination(self):
        ingredient, name, form, strengths = self.pick(COMBINATIONS)
        mg, _, written = self.pick(strengths.split()).partition("=")
        head = f"{name} {written}" + self.pick(("", " mg")) + self.pick(("", f" {form}"))
        return self.counted(head, ingredient, "oral", form, form, Fraction(mg), False)

    def counted(self, head, ingredient, route, form, unit, each, halves):
        """So many of something so often, perhaps as needed, limited, with a supply."""
        fewest, most, words = self.pick(COUNTS + HALVES if halves else COUNTS)
        low, high = Fraction(fewest), Fraction(most)
        dose = f"{self.pick(words.split('|'))} {plural(unit, high)}"
        times_low, times_high, often = self.pick(FREQUENCIES)
        text = f"{head}, {self.pick(('', 'take '))}{dose} {self.pick(often.split('|'))}"
        needed, limit, supply, expected = self.random.random() < 0.4, None, "", None
        if needed:
            text += self.pick(NEEDED)
        if self.random.random() < 0.3:
            number = self.random.randint(3, 12)
            way = self.random.randint(1, 3)
            if way == 1:
                limit = number * each
                text += self.pick((f", max {number} {unit}s per day", f", no more than {number} {unit}s in 24 hours"))
                text = text.replace("suppositorys", "suppositories")
            elif way == 2:
                limit = number * high * each
                text += f", max {number} doses per day"
            else:
                mg = 10 * number * high * each
                limit = mg
                text += f", maximum {self.decimal(mg)} mg a day"
        if self.random.random() < 0.4:
            quantity, days = self.random.randint(1, 40) * 5, self.pick((5, 7, 10, 15, 28, 30))
            supply = self.pick((f", #{quantity}, {days} days", f", qty {quantity}, {days} day supply"))
            expected = each * quantity / days
        taking = (low * each, high * each, Fraction(times_low), Fraction(times_high))
        return text + supply, self.parts(ingredient, route, form, [taking], needed, limit, expected)

    def two_times(self):
        """One dose in the morning and another one at night."""
        ingredient, before, after, route, form, unit, strengths = self.pick(SOLIDS)
        number = self.pick(strengths.split())
        one, two = self.random.randint(1, 4), self.random.randint(1, 4)
        head = " ".join(filter(None, (before, f"{number} mg", after, form)))
        first, second = (f"{number} {plural(unit, Fraction(number))}" for number in (one, two))
        text = f"{head}, {first} in the morning and {second} at night"
        each, once = Fraction(number), Fraction(1)
        takings = [(one * each, one * each, once, once), (two * each, two * each, once, once)]
        return text, self.parts(ingredient, route, form, takings)

    def by_mass(self):
        """The dose by its mass alone, or a range of it."""
        ingredient, before, after, route, form, _, strengths = self.pick(PLAIN_TABLETS)
        number = Fraction(self.pick(strengths.split()))
        high = number * self.pick((1, 1, 2))
        dose = f"{self.decimal(number)} mg" if high == number else f"{self.decimal(number)}-{self.decimal(high)} mg"
        times_low, times_high, often = self.pick(FREQUENCIES)
        needed = self.random.random() < 0.4
        text = f"{before} {dose} {after}{self.pick(often.split('|'))}{self.pick(NEEDED) if needed else ''}"
        taking = (number, high, Fraction(times_low), Fraction(times_high))
        return text, self.parts(ingredient, route, form, [taking], needed)

    def whole_day(self):
        ingredient, before, after, route, form, _, strengths = self.pick(PLAIN_TABLETS)
        number = Fraction(self.pick(strengths.split())) * Fraction(self.random.randint(1, 16), 4)
        text = f"{before} {self.decimal(number)} {after}{self.pick(('mg/d', 'mg/day', 'mg per day'))}"
        return text, self.parts(ingredient, route, form, [(number, number, Fraction(1), Fraction(1))])

    def liquid(self):
        ingredient, name, strengths = self.pick(LIQUIDS)
        per_ml, _, written = self.pick(_pairs(strengths)).partition("=")
        low = Fraction(self.random.randint(1, 20), 4)
        high = low * self.pick((1, 1, 2))
        dose = self.decimal(low) + ("" if low == high else self.pick(("-", " to ")) + self.decimal(high))
        mass = f" ({self.decimal(low * Fraction(per_ml))} mg)" if low == high and self.random.random() < 0.4 else ""
        times_low, times_high, often = self.pick(FREQUENCIES)
        needed = self.random.random() < 0.3
        text = f"{name} {written}{self.pick(('', ' oral solution'))}, {dose} mL{mass} {self.pick(often.split('|'))}"
        text += self.pick(NEEDED) if needed else ""
        limit = None
        if self.random.random() < 0.3:
            millilitres = self.random.randint(10, 60)
            limit = millilitres * Fraction(per_ml)
            text += f", max {millilitres} mL per day"
        each = Fraction(per_ml)
        taking = (low * each, high * each, Fraction(times_low), Fraction(times_high))
        return text, self.parts(ingredient, "oral", "solution", [taking], needed, limit)

    def patch(self):
        ingredient, rates = self.pick(PATCHES)
        rate = self.pick(rates.split())
        low, high, words = self.pick(COUNTS)
        often = self.pick(("", " every 72 hours", " every 48 hours", " every 3 days", " weekly", " daily"))
        dose = ""
        if high == "1" and self.random.random() < 0.5:
            low = high = "1"
        else:
            dose = f", apply {self.pick(words.split('|'))} {plural('patch', Fraction(high))}"
        written = self.pick((f"patch {rate} mcg/h", f"{rate} mcg/hr patch", f"{rate} mcg/hour transdermal patch"))
        supply, expected = "", None
        if self.random.random() < 0.3:
            supply, expected = ", #10, 30 days", Fraction(rate) * Fraction(high)
        worn = (Fraction(rate) * Fraction(low), Fraction(rate) * Fraction(high), Fraction(1), Fraction(1))
        return (
            f"{ingredient} {written}{dose}{often}{supply}",
            self.parts(ingredient, "transdermal", "patch", [worn], expected=expected),
        )

    def injected(self):
        ingredient, doses = self.pick(INJECTED)
        mg, _, written = self.pick(_pairs(doses)).partition("=")
        times_low, times_high, often = self.pick(FREQUENCIES)
        text = f"{ingredient} {written} {self.pick(('IV', 'intravenously', 'IM'))} {self.pick(often.split('|'))}"
        taking = (Fraction(mg), Fraction(mg), Fraction(times_low), Fraction(times_high))
        return text, self.parts(ingredient, "parenteral", "injection", [taking])

    @staticmethod
    def decimal(value: Fraction) -> str:
        """A number in its shortest decimal writing; every number made here has one."""
        text = f"{float(value):.6f}".rstrip("0").rstrip(".")
        assert Fraction(text) == value
        return text


def _pairs(text: str) -> list[str]:
    """``2=10 mg/5 mL 4=20 mg/5 mL`` as its pairs."""
    found: list[str] = []
    for word in text.split():
        if "=" in word:
            found.append(word)
        else:
            found[-1] += f" {word}"
    return found


def answer(report):
    """What the engine says, in the words of the second reckoning."""
    total = report.total
    figures = dict.fromkeys(("scheduled", "expected", "maximum"))
    if not isinstance(total, NoTotal):
        figures = {
            "scheduled": total.scheduled.value,
            "expected": None if total.expected is None else total.expected.value,
            "maximum": total.maximum.value,
        }
    return {**figures, "unrated": sorted(e.line for e in report.entries if e.status is Status.NO_FACTOR)}


@pytest.mark.slow
@pytest.mark.parametrize("table", plain_mme.table_names())
def test_both_reckonings_agree(table):
    maker = Maker(seed=20260105 + sum(map(ord, table)))
    rows, factors = plain_mme.read_table(table), factor_table(table)
    seen: Counter[str] = Counter()
    for _ in range(CASES):
        made = [maker.line() for _ in range(maker.pick((1, 1, 2, 2, 3, 4)))]
        texts, lines = [text for text, _ in made], [parts for _, parts in made]
        report = mme_per_day(Case(date(2026, 11, 23), tuple(map(read_line, texts))), table=factors)
        stray = [problem for problem in report.problems if problem.code != "MME-001"]
        assert stray == [], texts
        expected = plain_mme.reckon(rows, lines)
        assert answer(report) == expected, texts
        assert isinstance(report.total, CompleteTotal) == (not expected["unrated"])
        seen.update(line["ingredient"] for number, line in enumerate(lines, 1) if number not in expected["unrated"])
    rated = {key[0] for key, bands in rows.items() if all(band[2] is not None for band in bands)}
    assert set(seen) == rated
    assert min(seen.values()) >= 5


def test_the_second_reckoning_by_hand():
    """A few figures that need no program: bands by the day's total, limits, as-needed, the worn rate."""
    maker = Maker(0)
    one = Fraction(1)
    ten = maker.parts("methadone", "oral", "tablet", [(Fraction(10), Fraction(20), one, one)])
    five = maker.parts("methadone", "oral", "tablet", [(Fraction(5), Fraction(5), one, one)], as_needed=True)
    worn = maker.parts("fentanyl", "transdermal", "patch", [(Fraction(50), Fraction(50), one, one)])
    rows = plain_mme.read_table("cdc_2016_clinical")
    found = plain_mme.reckon(rows, [ten, five, worn])
    assert (found["scheduled"], found["maximum"]) == (10 * 4 + 120, 25 * 8 + 120)
    assert plain_mme.reckon(rows, [maker.parts("tramadol", "oral", "tablet", [])])["unrated"] == [1]
    taking = (Fraction(5), Fraction(10), Fraction(4), Fraction(6))
    limited = maker.parts("oxycodone", "oral", "tablet", [taking], limit=Fraction(30))
    found = plain_mme.reckon(rows, [limited])
    assert (found["scheduled"], found["maximum"]) == (30, 45)
