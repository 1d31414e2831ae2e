"""Every row of every file of names does what its ``resolve`` says, however it is written."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from medsteward import case_of, factor_table, mme_per_day
from medsteward.drugs.codes import ListedCodes
from medsteward.drugs.everyday import DRUGS, FOLDER, FURTHER, NOT_OPIOIDS, read_everyday
from medsteward.drugs.index import drugs, everyday, find, name_of, names, opioids
from medsteward.drugs.known_words import OF_KNOWN_WORDS
from medsteward.drugs.suggest import suggestions
from medsteward.interactions.check import check
from medsteward.mme.result import CompleteTotal, NoTotal, Status
from medsteward.model.code import Coded
from medsteward.model.drug import DrugClass
from medsteward.model.property import Property
from medsteward.readers.codes.coded import product_of_code
from medsteward.readers.codes.rxnorm_name import product_of, read_rxnorm_name
from medsteward.readers.directions.line import read_line
from tests.build import mme as report_of
from tests.build import there

DAY = date(2027, 1, 4)
CDC = factor_table("cdc_2022")
ASKED_ABOUT = frozenset({"DRUG-002"})
WAYS = (str, str.upper, str.lower, lambda name: f"{name} 10 mg tablet, 1 tablet daily")
"""Ways of writing a name: as it stands, in capitals, in small letters, within directions."""


def ingredients(line):
    return None if line.regimen is None else {each.ingredient for each in line.regimen.product.components}


def rows(file):
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def of_file(file):
    return [each for each in everyday().further.values() if each.file == file]


def is_another_word(each):
    """Whether the words are another lexeme as well: guaifenesin AC is asked about, (+)- stands between two names."""
    return each.text.casefold() in {"guaifenesin ac", "menthol, (+)-"}


@pytest.mark.parametrize("file", [DRUGS, *FURTHER, NOT_OPIOIDS])
def test_every_name_that_is_read_is_read_as_its_ingredients(file):
    wrong = []
    for each in of_file(file):
        if each.resolve != "yes" or is_another_word(each):
            continue
        for way in WAYS[:3] if each.text[-1:].isdigit() or each.head else WAYS:
            line = read_line(way(each.text))
            if ingredients(line) != set(each.ingredients) or line.may_hide_a_drug:
                wrong.append((way(each.text), each.ingredients, [problem.text for problem in line.problems]))
    assert wrong == []


@pytest.mark.parametrize("file", [*FURTHER])
def test_every_name_that_is_asked_about_is_a_question_and_no_total_is_whole(file):
    wrong = []
    for each in of_file(file):
        for way in WAYS[:3]:
            written = way(each.text)
            if each.resolve == "ask" and not (
                any(problem.code.startswith("D") for problem in read_line(written).problems)
                and not isinstance(report_of(written, "oxycodone 5 mg tablet, 1 tablet daily").total, CompleteTotal)
            ):
                wrong.append(written)
    assert [each for each in wrong if each.casefold() not in CUT_BEFORE_A_MARK] == []


CUT_BEFORE_A_MARK = {"oxycodone-"}
"""It stands before the other drug of a combination in most lines, so it is asked about nowhere but alone."""


def test_a_misspelling_that_was_seen_is_suggested_and_never_read():
    seen = [each for each in everyday().further.values() if each.resolve == "suggest"]
    assert len(seen) == 3
    for each in seen:
        line = read_line(each.text)
        assert line.regimen is None
        assert [problem.suggestions for problem in line.problems] == [("/".join(each.ingredients),)]


def test_what_is_no_medicine_is_neither_read_nor_taken_for_another():
    for each in everyday().further.values():
        if each.resolve == "never":
            line = read_line(each.text)
            assert not any(problem.suggestions for problem in line.problems), each.text
            # lithium phosphate is lithium with a salt, as it would be without the list
            assert line.may_hide_a_drug or ingredients(line) <= {"lithium"}, each.text


def test_an_opioid_is_a_gap_or_a_figure_and_a_substance_that_is_no_opioid_is_neither():
    for each in everyday().further.values():
        line = read_line(each.text)
        if each.resolve != "yes" or is_another_word(each) or line.regimen is None:
            continue
        assert line.regimen.product.is_opioid is bool(opioids() & set(each.ingredients)), each.text
        if each.file == NOT_OPIOIDS:
            assert not line.regimen.product.is_opioid, each.text


@pytest.mark.parametrize("name", ["silodrate", "caprylyl glycol", "populus tremuloides pollen", "benzophenone"])
def test_a_substance_that_is_surely_no_opioid_counts_nothing_and_is_no_gap(name):
    report = report_of(f"{name} 10 mg, 1 daily", "oxycodone 10 mg tablet, 1 tablet daily")
    assert isinstance(report.total, CompleteTotal)
    assert report.entries[0].status is Status.NOT_AN_OPIOID
    checked = check(case_of(f"{name} 10 mg, 1 daily", "oxycodone 10 mg tablet, 1 tablet daily", as_of=DAY))
    assert checked.recognized == (name,)
    assert checked.drugs == ("oxycodone",)
    assert [c.text for c in checked.cautions if c.code == "CHECK-103"] == [
        f"recognized, not interaction-checked: {name}"
    ]


def test_a_name_that_resolves_to_nothing_is_still_loud():
    report = report_of("zzyzzamab 10 mg daily", "oxycodone 10 mg tablet, 1 tablet daily")
    assert not isinstance(report.total, CompleteTotal)
    assert report.exit_code == 3


def test_a_substance_marked_sedative_is_sedative():
    for row in rows(NOT_OPIOIDS):
        if row["sedative"]:
            drug = there(find(row["means"] or row["name"]))
            assert Property.CNS_DEPRESSANT in drug.properties, row["name"]


def test_every_row_names_drugs_that_are_known():
    assert all(find(name) is not None for each in everyday().further.values() for name in each.ingredients)


def test_a_name_in_a_declaration_and_in_a_file_does_not_load():
    twice = dict(names()) | {"rosuvastatin": names()["atorvastatin"]}
    with pytest.raises(ValueError, match=r'"rosuvastatin" stands in everyday\.csv and in a declaration\. Delete one'):
        read_everyday(twice, drugs())


def test_a_blank_property_is_not_judged():
    drug = there(find("amisulpride"))
    assert drug.drug_class is DrugClass.ANTIPSYCHOTIC
    assert Property.ANTICHOLINERGIC in drug.not_judged
    assert Property.ANTICHOLINERGIC not in drug.without


def test_names_made_of_known_words_are_listed_and_read():
    listed = {low for low in OF_KNOWN_WORDS if low in everyday().further}
    assert listed == set(OF_KNOWN_WORDS)
    assert ingredients(read_line("Nurofen Plus 2 tablets every 6 hours")) == {"ibuprofen", "codeine"}
    assert ingredients(read_line("TYLENOL #1 tablet, 1 tablet every 6 hours")) == {
        "acetaminophen",
        "codeine",
        "caffeine",
    }


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Fiorinal", "codeine"),
        ("Voltarol", "on the skin"),
        ("Allegro", "frovatriptan"),
        ("Urex", "methenamine"),
        ("Hycodan", "homatropine"),
        ("Cartia", "diltiazem"),
        ("tianeptine", "without control"),
        ("M30", "fentanyl"),
        ("butalbital", "cut off"),
    ],
)
def test_one_spelling_with_two_meanings_asks(name, asked):
    problems = read_line(f"{name} 1 tablet daily").problems
    assert {problem.code for problem in problems} >= ASKED_ABOUT
    assert asked in " ".join(problem.text for problem in problems)


def test_what_is_sold_without_control_is_asked_about_and_checked_all_the_same():
    case = case_of("nitazenes 1 tablet daily", "alprazolam 1 mg tablet, 1 tablet daily", as_of=DAY)
    assert "DDI-001" in {finding.id for finding in check(case).findings}
    assert isinstance(mme_per_day(case, table=CDC).total, NoTotal)


@pytest.mark.parametrize(
    "cut",
    ["ACETAMINOP", "PROMETHAZI", "CARISOPROD", "hydroco", "oxycodo", "gabapent", "metoprol", "OXYCODONE-ACETAMINOP"],
)
def test_a_cut_name_is_never_completed(cut):
    line = read_line(f"{cut} 10 mg tablet, 1 tablet daily")
    assert line.may_hide_a_drug
    assert not any(problem.suggestions for problem in line.problems)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oxycodne", ("oxycodone",)),
        ("hydromorphne", ("hydromorphone",)),
        ("rosuvastatn", ("rosuvastatin",)),
        ("acetamniophen", ("acetaminophen",)),
        ("levothyroxin", ("levothyroxine",)),
        ("norcoo", ()),
        ("morfn", ()),
        ("codine", ()),  # iodine too
    ],
)
def test_one_slip_from_one_name_is_suggested_and_nothing_else(typed, meant):
    assert suggestions(typed) == meant


HERE = Path(__file__).resolve().parent
TRAPS = list(csv.DictReader((HERE.parent / "data" / "names_never_suggested.csv").open(encoding="utf-8", newline="")))
NOT_PARTS = [("tiotropium", "opium"), ("platycodon", "codon"), ("apomorphine", "morphine"), ("elderly", "eldepryl")]
"""Names and words that hold the name of an opioid, or look like a name."""


@pytest.mark.parametrize("written", ["{}", "{} 10 mg tablet, 1 tablet daily", "{} (product)"])
def test_a_trap_is_never_suggested(written):
    assert len(TRAPS) > 300
    wrong = []
    for typed, never in [*((row["typed"], row["never"]) for row in TRAPS), *NOT_PARTS]:
        line = read_line(written.format(typed))
        if typed != never and any(never in each for problem in line.problems for each in problem.suggestions):
            wrong.append((typed, never))
    assert wrong == []


@pytest.mark.parametrize(("typed", "part"), NOT_PARTS)
def test_an_opioid_is_never_found_as_a_part_of_another_word(typed, part):
    assert part not in (ingredients(read_line(f"{typed} 10 mg tablet, 1 tablet daily")) or ())


def test_only_a_recalled_class_makes_a_finding_that_interrupts_one_that_is_shown():
    recalled = check(case_of("oxycodone 10 mg tablet, 1 tablet daily", "bromazepam 3 mg tablet, 1 daily", as_of=DAY))
    beside = check(
        case_of(
            "oxycodone 10 mg tablet, 1 tablet daily",
            "bromazepam 3 mg tablet, 1 daily",
            "alprazolam 1 mg tablet, 1 tablet daily",
            as_of=DAY,
        )
    )
    one = next(finding for finding in recalled.findings if finding.id == "DDI-001")
    assert (one.tier, one.drugs) == (2, ("oxycodone", "bromazepam"))
    assert one.because.endswith("What is known of bromazepam needs a second source.")
    assert next(finding.tier for finding in beside.findings if finding.id == "DDI-001") == 1


@pytest.mark.parametrize(
    ("line", "mme"),
    [
        ("Zomorph 30 mg capsule, 1 capsule every 12 hours", 60),
        ("Longtec 10 mg tablet, 1 tablet every 12 hours", 30),
        ("ACETAMINOPHEN-COD #3, 1 tablet every 6 hours", 18),
        ("Durogesic 25 mcg/h patch, change every 72 hours", 60),
    ],
)
def test_opioids_by_names_of_lists_and_other_countries_are_counted(line, mme):
    report = report_of(line)
    assert isinstance(report.total, CompleteTotal)
    assert report.total.maximum.value == mme


@pytest.mark.parametrize(
    "line",
    [
        "rosuvastatin (product) 10 mg tablet, 1 tablet daily",
        "Rosuvastatin calcium (substance)",
        "Product containing rosuvastatin (medicinal product)",
        "oxycodone (substance)",
    ],
)
def test_the_tags_of_records_come_off(line):
    found = read_line(line)
    assert found.regimen is not None
    assert not found.may_hide_a_drug


def test_a_whole_name_is_found_in_any_case():
    assert there(name_of(" LiPiToR ")).ingredients == ("atorvastatin",)
    assert there(name_of("Zestoretic")).ingredients == ("lisinopril", "hydrochlorothiazide")
    assert name_of("oxy") is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("codeine phosphate 30 MG Oral Tablet", ("codeine", "phosphate")),
        ("codeine sulfate 30 MG Oral Tablet", ("codeine", "sulfate")),
        ("rosuvastatin calcium 10 MG Oral Tablet", ("rosuvastatin", "calcium")),
        ("potassium chloride 20 MEQ Extended Release Oral Tablet", ("potassium chloride", "")),
        ("silodrate 100 MG Oral Tablet", ("silodrate", "")),
    ],
)
def test_the_ingredient_and_the_salt_of_a_code_are_kept(name, kept):
    product = there(product_of(read_rxnorm_name(name)).product)
    assert [(each.ingredient, each.salt) for each in product.components] == [kept]


def test_codes_of_ingredients_are_known_without_a_release():
    assert there(ListedCodes().rxcui("301542")).ingredient == "rosuvastatin"
    assert ListedCodes().rxcui("99999999") is None


def test_an_ingredient_that_a_release_spells_otherwise_is_known_by_its_code():
    found = product_of_code(Coded("rosuvastatinum strange", "301542", "a release", "IN"))
    assert there(found.product).lead == "rosuvastatin"
    assert product_of_code(Coded("zzyzzamab", "99999999", "a release", "IN")).product is None


def test_a_run_in_which_every_word_is_known_reads_no_further_names():
    code = (
        "from medsteward.readers.directions.line import read_line\n"
        "from medsteward.drugs.index import everyday\n"
        "line = read_line('oxycodone hydrochloride 10 mg tablet, 1 tablet every 6 hours as needed for pain')\n"
        "assert line.regimen is not None and not line.problems\n"
        "print(everyday.cache_info().currsize)\n"
        "read_line('rosuvastatin 10 mg daily')\n"
        "print(everyday.cache_info().currsize)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]
