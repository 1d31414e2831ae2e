"""The kinds of phrases: each is made by a row, says its values by name, and is refused where it must be."""

from __future__ import annotations

import ast
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from medsteward.drugs.index import drugs, names
from medsteward.drugs.products import listed_products
from medsteward.model.amount import Amount
from medsteward.model.product import Component, Product
from medsteward.model.sig import Span
from medsteward.model.unit import Unit
from medsteward.readers.directions import kinds, refused
from medsteward.readers.directions.grammar import phrases
from medsteward.readers.directions.kinds import Beside, Phrase, Wording
from medsteward.readers.directions.line import read_line
from medsteward.readers.directions.tokens import tokens

ROOM = Path(kinds.__file__).parent


def mg(number: int) -> Amount:
    return Amount(Fraction(number), Unit.MG)


def ml(number: int) -> Amount:
    return Amount(Fraction(number), Unit.ML)


def a_day(low: str, high: str | None = None) -> Span:
    return Span(Fraction(low), Fraction(high or low))


# the words, and the phrase they are
SAID: list[tuple[str, Phrase]] = [
    ("10 mg", kinds.MeasurePhrase("10 mg", mg(10), mg(10))),
    ("up to 2 tablets", kinds.MeasurePhrase("up to 2 tablets", Amount(Fraction(0), Unit.TABLET),
                                      Amount(Fraction(2), Unit.TABLET), Beside.UP_TO)),
    ("2", kinds.BareNumber("2", Fraction(2), Fraction(2))),
    ("up to 2", kinds.BareNumber("up to 2", Fraction(0), Fraction(2), up_to=True)),
    ("2 x 10 mg", kinds.Multiplied("2 x 10 mg", Fraction(2), mg(10))),
    ("20 mg/day", kinds.PerDay("20 mg/day", mg(20), mg(20))),
    ("5 mg total", kinds.MeasurePhrase("5 mg total", mg(5), mg(5), Beside.TOTAL, bracketed=True)),
    ("total daily dose 40 mg", kinds.PerDay("total daily dose 40 mg", mg(40), mg(40), bracketed=True)),
    ("5-325", kinds.Pair("5-325", Fraction(5), Fraction(325), None)),
    ("1 and 2 tablets", kinds.Joined("1 and 2 tablets")),
    ("5/325", kinds.Strengths("5/325", (mg(5), mg(325)))),
    ("10 mg/5 mL", kinds.Concentration("10 mg/5 ml", Amount(Fraction(2), Unit.MG_PER_ML), ml(5))),
    ("strength 10 mg", kinds.Strength("strength 10 mg", mg(10))),
    ("25 mcg/h", kinds.Rate("25 mcg/h", *[Amount(Fraction(25), Unit.MCG_PER_H)] * 2)),
    ("5 %", kinds.Percent("5 %", Amount(Fraction(5), Unit.PERCENT))),
    ("every 4 to 6 hours", kinds.Often("every 4 to 6 hours", a_day("4", "6"))),
    ("up to 3 times a day", kinds.Often("up to 3 times a day", a_day("0", "3"), Wording.UP_TO)),
    ("q4-6", kinds.Often("q 4-6", a_day("4", "6"), Wording.BARE)),
    ("4 doses a day", kinds.Often("4 doses a day", a_day("4"))),
    ("x4 daily", kinds.Often("x 4 daily", a_day("4"))),
    ("2-4 hourly", kinds.Often("2-4 hourly", a_day("6", "12"))),
    ("daily", kinds.Often("daily", a_day("1"))),
    ("per 2 days", kinds.Often("per 2 days", a_day("1/2"), Wording.PER)),
    ("3 days a week", kinds.Often("3 days a week", a_day("3/7"), Wording.WEEKDAYS)),
    ("every other night", kinds.Often("every other night", a_day("1/2"), moments=("bedtime",))),
    ("in the morning and at 10 pm", kinds.AtTimes("in the morning and at 10 pm", ("morning", "22:00"))),
    ("in divided doses", kinds.Divided("in divided doses")),
    ("three times a day and at bedtime", kinds.Often("three times a day and at bedtime", a_day("4"))),
    ("up to 4 hourly", kinds.Often("up to 4 hourly", a_day("0", "6"), Wording.UP_TO)),
    ("while awake", kinds.Awake("while awake")),
    ("with meals", kinds.Meals("with meals")),
    ("max 40 mg per day", kinds.AmountLimit("max 40 mg per day", mg(40))),
    ("max 40 mg oxycodone per day", kinds.AmountLimit("max 40 mg oxycodone per day", mg(40), names()["oxycodone"])),
    ("max 8 per day", kinds.NumberLimit("max 8 per day", Fraction(8))),
    ("max 4 doses per day", kinds.DosesLimited("max 4 doses per day", Fraction(4))),
    ("max 6 tablets", kinds.LooseLimit("max 6 tablets", Fraction(6), Unit.TABLET)),
    ("for 5 days", kinds.Duration("for 5 days", Fraction(5))),
    ("30 day supply", kinds.SupplyPhrase("30 day supply", Fraction(30))),
    ("for 90 tablets", kinds.Quantity("for 90 tablets", Fraction(90), None, Unit.TABLET)),
    ("#90", kinds.Quantity("#90", Fraction(90))),
    ("qty 120 tablets/30 days", kinds.Quantity("qty 120 tablets/30 days", Fraction(120), Fraction(30), Unit.TABLET)),
    ("for pain", kinds.ReasonPhrase("pain")),
    ("for odd pain", kinds.ReasonPhrase("odd pain", ("odd",))),
    ("as needed pain", kinds.AsNeeded("as needed pain", "pain")),
    ("as needed", kinds.AsNeeded("as needed")),
    ("oxycodone", kinds.NamePhrase("oxycodone", names()["oxycodone"])),
    ("oral solution", kinds.FormPhrase("oral solution", "solution")),
    ("tablet", kinds.UnitAlone("tablet", Unit.TABLET)),
    ("extended release", kinds.Release("extended release", "ER")),
    ("by mouth", kinds.Route("by mouth", "oral")),
    ("PR", kinds.ReleaseOrRoute("pr")),
    ("2 refills", kinds.Noise("2 refills", numbered=True)),
    ("pain scale 4", kinds.ReasonPhrase("pain scale 4", (), scored=True)),
    ("100 units", kinds.International("100 units")),
    ("in each nostril", kinds.BothNostrils("in each nostril")),
    ("apply", kinds.Wear("apply")),
    ("12 hours on, 12 hours off", kinds.WornInPart("12 hours on, 12 hours off")),
    ("for up to 12 hours", kinds.WornInPart("for up to 12 hours")),
    ("remove after 12 hours", kinds.WornInPart("remove after 12 hours")),
    ("may repeat once after 2 hours", kinds.MayRepeat("may repeat once after 2 hours")),
    ("repeat in 2 to 3 minutes if no response", kinds.MayRepeat("repeat in 2 to 3 minutes if no response")),
    ("replace", kinds.Change("replace")),
    (",", kinds.Mark(",")),
    ("swallow whole", kinds.Noise("swallow whole")),
    ("given at 08:00", kinds.GivenAt("given at 08 : 00")),
    ("zzz", kinds.UnknownWord("zzz")),
]  # fmt: skip

# the words, the kind that refuses them, and the code
REFUSED: list[tuple[str, type[refused.RefusedPhrase], str]] = [
    ("ms", refused.Unsafe, "DRUG-002"),
    ("taper", refused.StepPhrase, "DIR-008"),
    ("given", refused.GivenPhrase, "DIR-008"),
    ("usually", refused.Habit, "DIR-005"),
    ("for 3 doses", refused.FewDoses, "DIR-008"),
    ("qty 8-2 mg", refused.SeveralDispensed, "DIR-007"),
    ("1 or three times a day", refused.MixedTimes, "DIR-007"),
    ("3 tablets, 2 refills", refused.FewBeforeRefills, "DIR-007"),
    ("x 2", refused.NumberOfThem, "DIR-007"),
    ("drip", refused.Infusion, "DIR-011"),
    ("per kg", refused.PerKilogram, "DIR-011"),
    ("monthly", refused.Monthly, "DIR-005"),
    ("once", refused.Once, "DIR-005"),
    ("1 teaspoon", refused.Household, "DIR-003"),
    ("every 6", refused.UntimedEvery, "DIR-001"),
    ("max 10 per week", refused.OtherLimit, "DIR-007"),
    ("at 25", refused.VagueClock, "DIR-005"),
    ("morning bedtime", refused.VagueTimes, "DIR-007"),
    ("total", refused.Total, "DIR-005"),
]


def read(words: str) -> list[Phrase]:
    found, _ = tokens(words)
    return phrases(found)


def concrete(kind: type[Phrase] = Phrase) -> set[type[Phrase]]:
    """The kinds that are no base of others, of the modules that declare them."""
    declared = [each for module in (kinds, refused) for each in vars(module).values()]
    mine = {each for each in declared if isinstance(each, type) and issubclass(each, kind)}
    return {each for each in mine if not any(other is not each and issubclass(other, each) for other in mine)}


@pytest.mark.parametrize(("words", "phrase"), SAID, ids=[words for words, _ in SAID])
def test_words_are_the_phrase_with_its_values_by_name(words: str, phrase: Phrase) -> None:
    assert read(words)[0] == phrase


@pytest.mark.parametrize(("words", "kind", "code"), REFUSED, ids=[words for words, *_ in REFUSED])
def test_words_that_are_refused_are_a_problem_of_their_code_in_any_line(
    words: str, kind: type[refused.RefusedPhrase], code: str
) -> None:
    (phrase,) = (each for each in read(words) if isinstance(each, kind))
    line = read_line(f"oxycodone 5 mg tablet every 6 hours, {words}")
    assert (code, phrase.complaint) in {(problem.code, problem.text) for problem in line.problems}


def test_every_kind_of_phrase_stands_in_a_table_above() -> None:
    shown = {type(phrase) for _, phrase in SAID} | {kind for _, kind, _ in REFUSED}
    assert shown == concrete()


def test_a_refused_phrase_says_its_words_its_code_and_what_to_write_instead() -> None:
    for kind in concrete(refused.RefusedPhrase):
        assert issubclass(kind, refused.RefusedPhrase)
        assert '"{}"' in kind.sentence, kind
        assert kind.code.startswith(("DIR-", "DRUG-")), kind


@pytest.mark.parametrize("kind", sorted(concrete(), key=str), ids=str)
def test_every_kind_is_frozen_and_holds_nothing_but_its_values(kind: type[Phrase]) -> None:
    phrase = next((each for _, each in SAID if type(each) is kind), None)
    phrase = phrase or next(
        each for words, of, _ in REFUSED if of is kind for each in read(words) if type(each) is kind
    )
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        phrase.text = "other"  # type: ignore[misc]
    assert not hasattr(phrase, "__dict__")
    assert attrs.evolve(phrase, bracketed=True) != phrase


def test_brackets_are_kept_with_the_phrase_in_them() -> None:
    (measure,) = (each for each in read("(10 mg) 5 mg") if isinstance(each, kinds.MeasurePhrase) and each.bracketed)
    assert measure.low == mg(10)


@pytest.mark.parametrize("file", sorted(ROOM.glob("*.py")), ids=lambda file: file.stem)
def test_no_value_in_the_room_of_directions_is_of_any_type(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert "Any" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert "Any" not in {
        each.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for each in node.names
    }


# --- the product knows ------------------------------------------------------------------------------------------


def test_a_product_leads_with_its_opioid_wherever_it_stands_and_else_with_its_first_ingredient() -> None:
    both = Product((Component("acetaminophen"), Component("oxycodone", mg(5))))
    assert (both.lead, both.lead_component.strength, both.is_opioid) == ("oxycodone", mg(5), True)
    neither = Product((Component("acetaminophen"), Component("caffeine")))
    assert (neither.lead, neither.is_opioid) == ("acetaminophen", False)


def test_an_antagonist_alone_is_no_opioid_and_an_unknown_drug_is_none() -> None:
    assert not Product((Component("naloxone"),)).is_opioid
    assert not Product((Component("no such drug"),)).is_opioid


def test_every_listed_product_says_of_itself_what_its_drugs_are() -> None:
    for listed in listed_products():
        classes = [drugs()[each.ingredient].drug_class for each in listed.product.components]
        assert listed.product.is_opioid == any(each.is_opioid_agonist for each in classes), listed.product.listed
        if listed.product.is_opioid:
            assert drugs()[listed.product.lead].drug_class.is_opioid_agonist


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_what_a_product_leads_with_is_never_guessed_before_the_drugs_are_known() -> None:
    made = "from medsteward.model.product import Component, Product\nproduct = Product((Component('oxycodone'),))\n"
    asked = run(f"{made}product.is_opioid")
    assert asked.returncode != 0
    assert "medsteward.drugs.index" in asked.stderr


def test_a_daily_amount_needs_no_further_import() -> None:
    program = (
        "from medsteward.doses.daily import daily_doses\n"
        "from medsteward.model.product import Component, Product\n"
        "from medsteward.model.regimen import Regimen\n"
        "from medsteward.model.sig import Sig\n"
        "product = Product((Component('acetaminophen'), Component('oxycodone')))\n"
        "daily_doses(Regimen(product, Sig()))\n"
        "print(product.lead)\n"
    )
    asked = run(program)
    assert (asked.returncode, asked.stdout) == (0, "oxycodone\n"), asked.stderr
