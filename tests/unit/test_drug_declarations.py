"""Declared drugs, combinations, look-alikes and products: consistent with each other, and spot-checked."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest
from attrs import evolve

import medsteward.drugs.products as products_module
from medsteward.drugs.declared.combinations import COMBINATIONS
from medsteward.drugs.index import by_name, everyday
from medsteward.drugs.look_alikes import LOOK_ALIKES
from medsteward.drugs.products import listed_products
from medsteward.drugs.properties import properties_of
from medsteward.model.drug import Drug, DrugClass
from medsteward.model.product import Role
from medsteward.model.property import Property
from medsteward.model.source import Standing
from medsteward.model.unit import Unit

FOLDER = Path(products_module.__file__).parent
DECLARED = FOLDER / "declared"
START = "\nDRUGS: tuple[Drug, ...] = ("
GROUPS = sorted(path.stem for path in DECLARED.glob("*.py") if START in path.read_text("utf-8"))
DRUGS: list[Drug] = [drug for group in GROUPS for drug in import_module(f"medsteward.drugs.declared.{group}").DRUGS]
BY_NAME = {drug.name: drug for drug in DRUGS}

SEDATIVE = Property.CNS_DEPRESSANT

SAME_INGREDIENT_TWO_ROUTES = {
    "3355": {"diclofenac", "diclofenac topical"},
    "5640": {"ibuprofen", "ibuprofen topical"},
    "6142": {"ketoprofen", "ketoprofen topical"},
}
BRANDS_OF_TWO_DRUGS = {"aspercreme"}


def rows():
    with (FOLDER / "products.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(name):
    return next(entry for entry in listed_products() if entry.product.listed == name)


# ------------------------------------------------------------------------------------- drugs


def test_counts():
    assert len(GROUPS) == 18
    assert len(DRUGS) == 290 + 13 + 7 + 26 + 3
    assert len(COMBINATIONS) == 54 + 21
    assert len(listed_products()) == 304 + 362 + 139


def test_two_drugs_of_one_name_do_not_load():
    twin = Drug(name="Senna", drug_class=DrugClass.LAXATIVE_STIMULANT)
    with pytest.raises(ValueError, match=r'two drugs are named "Senna", in bowel and in other\. Delete one'):
        by_name({"bowel": [evolve(twin, name="senna")], "other": [twin]})


def asked_of(drug_class):
    asked = {"CNS_DEPRESSANT", "ANTICHOLINERGIC"} if drug_class.is_sedating else set()
    return asked | {"SEROTONERGIC", "LOWERS_SEIZURE_THRESHOLD"} if drug_class.is_opioid_agonist else asked


@pytest.mark.parametrize("drug_class", DrugClass, ids=lambda each: each.name)
def test_an_opioid_or_a_sedative_does_not_load_without_what_it_is_asked_for(drug_class):
    asked = asked_of(drug_class)
    if not asked:
        assert Drug(name="newdrug", drug_class=drug_class).properties == frozenset()
    for left_out in sorted(asked):
        answered = [Property[each] for each in asked - {left_out}]
        with pytest.raises(
            ValueError, match=rf'^drug "newdrug" \({re.escape(drug_class.value)}\) does not say: .*{left_out}'
        ):
            Drug(name="newdrug", drug_class=drug_class, properties=answered)


def test_every_drug_of_a_sedating_class_is_sedative_and_cannot_say_otherwise():
    assert [each.name for each in DRUGS if each.drug_class.is_sedating and SEDATIVE not in each.properties] == []
    with pytest.raises(ValueError, match="is of a sedating class"):
        Drug(
            name="newzepam",
            drug_class=DrugClass.BENZODIAZEPINE,
            without=(SEDATIVE, Property.ANTICHOLINERGIC),
        )


def test_a_drug_does_not_both_have_a_property_and_lack_it():
    with pytest.raises(ValueError, match=r"says both: Property\.QT_OTHER"):
        Drug(
            name="newdrug",
            drug_class=DrugClass.SSRI,
            properties=(Property.QT_OTHER,),
            without=(Property.QT_OTHER, Property.SEROTONERGIC),
        )


def test_a_declaration_says_nothing_without_being_asked():
    assert [each.name for each in DRUGS if each.without - each.drug_class.asks_for] == []


@pytest.mark.parametrize(
    ("name", "properties"),
    [
        ("morphine", {"CNS_DEPRESSANT"}),
        ("tramadol", {"CNS_DEPRESSANT", "SEROTONERGIC", "LOWERS_SEIZURE_THRESHOLD"}),
        ("meperidine", {"CNS_DEPRESSANT", "SEROTONERGIC", "LOWERS_SEIZURE_THRESHOLD", "ANTICHOLINERGIC"}),
        ("methadone", {"CNS_DEPRESSANT", "SEROTONERGIC", "QT_KNOWN_RISK"}),
        ("carbamazepine", {"CNS_DEPRESSANT", "SEROTONERGIC", "CYP3A4_STRONG_INDUCER"}),
        ("senna", set()),
        ("no such drug", set()),
    ],
)
def test_properties(name, properties):
    assert {each.name for each in properties_of(name)} == properties


def test_names_are_unique():
    assert [name for name, count in Counter(drug.name.casefold() for drug in DRUGS).items() if count > 1] == []


def test_no_text_names_two_things():
    held = defaultdict(set)
    for drug in DRUGS:
        for text in (drug.name, *drug.synonyms, *drug.brands):
            held[text.casefold()].add(drug.name)
    for combination in COMBINATIONS:
        for text in (combination.brand, *combination.synonyms):
            held[text.casefold()].add(f"{combination.brand} (combination)")
    assert {text for text, holders in held.items() if len(holders) > 1} == BRANDS_OF_TWO_DRUGS


def test_names_are_plain():
    for drug in DRUGS:
        texts = (drug.name, *drug.mechanisms, *drug.synonyms, *drug.brands, *drug.salts, *drug.sources)
        assert all(text and text == text.strip() for text in texts), drug.name
        assert not any(set(brand) & set("();") or brand.startswith("in ") for brand in drug.brands), drug.name
        assert all(len(values) == len(set(values)) for values in (drug.synonyms, drug.brands, drug.salts)), drug.name


def test_every_class_is_used_and_has_its_own_words():
    everywhere = {drug.drug_class for drug in (*DRUGS, *everyday().drugs())}
    assert everywhere | {DrugClass.NOT_CLASSIFIED} == set(DrugClass)
    assert len(DrugClass) == len(DrugClass.__members__) == 251


def test_opioid_agonists_are_those_four_classes():
    assert {kind for kind in DrugClass if kind.is_opioid_agonist} == {
        DrugClass.OPIOID_FULL_AGONIST,
        DrugClass.OPIOID_PARTIAL_AGONIST,
        DrugClass.OPIOID_MIXED,
        DrugClass.OPIOID_KAPPA,
    }


def test_codes_are_digits_and_name_one_drug():
    holders = defaultdict(set)
    for drug in DRUGS:
        assert drug.rxcui == "" or (drug.rxcui.isascii() and drug.rxcui.isdigit()), drug.name
        if drug.rxcui:
            holders[drug.rxcui].add(drug.name)
    assert {code: names for code, names in holders.items() if len(names) > 1} == SAME_INGREDIENT_TWO_ROUTES


def test_identifiers_are_verified_exactly_where_a_code_is_given():
    for drug in DRUGS:
        assert drug.identifiers is (Standing.VERIFIED if drug.rxcui else Standing.RECALLED), drug.name


@pytest.mark.parametrize(
    ("name", "drug_class", "rxcui", "schedule"),
    [
        ("morphine", DrugClass.OPIOID_FULL_AGONIST, "7052", "CII"),
        ("methadone", DrugClass.OPIOID_FULL_AGONIST, "6813", "CII"),
        ("tramadol", DrugClass.OPIOID_FULL_AGONIST, "10689", "CIV"),
        ("levomethadyl", DrugClass.OPIOID_FULL_AGONIST, "237005", "CII"),
        ("benzhydrocodone", DrugClass.OPIOID_FULL_AGONIST, "", "CII"),
        ("buprenorphine", DrugClass.OPIOID_PARTIAL_AGONIST, "1819", "CIII"),
        ("butorphanol", DrugClass.OPIOID_MIXED, "1841", "CIV"),
        ("naloxone", DrugClass.OPIOID_ANTAGONIST, "7242", ""),
        ("methylnaltrexone", DrugClass.PAMORA, "29899", ""),
        ("alprazolam", DrugClass.BENZODIAZEPINE, "596", "CIV"),
        ("zolpidem", DrugClass.Z_DRUG, "39993", "CIV"),
        ("pregabalin", DrugClass.GABAPENTINOID, "187832", "CV"),
        ("carisoprodol", DrugClass.MUSCLE_RELAXANT, "2101", "CIV"),
        ("acetaminophen", DrugClass.ACETAMINOPHEN, "161", ""),
        ("guaifenesin", DrugClass.EXPECTORANT, "", ""),
    ],
)
def test_drug(name, drug_class, rxcui, schedule):
    drug = BY_NAME[name]
    assert (drug.drug_class, drug.rxcui, drug.schedule) == (drug_class, rxcui, schedule)


def test_mechanisms():
    assert BY_NAME["tramadol"].mechanisms == ("weak mu agonist", "SERT+NET reuptake inhibition")
    assert BY_NAME["methadone"].mechanisms == ("mu agonist", "NMDA antagonist", "SERT/NET inhibition")
    assert BY_NAME["lithium"].mechanisms == ()


def test_a_combination_brand_is_not_a_brand_of_one_ingredient():
    assert BY_NAME["hydrocodone"].brands == ("Hysingla ER", "Zohydro ER")
    assert BY_NAME["butalbital"].brands == ()


# ------------------------------------------------------------------------------ combinations


def test_combination_ingredients_are_declared():
    for combination in COMBINATIONS:
        assert len(combination.ingredients) > 1
        assert set(combination.ingredients) <= set(BY_NAME), combination.brand


@pytest.mark.parametrize(
    ("text", "ingredients", "release"),
    [
        ("Percocet", ("oxycodone", "acetaminophen"), "IR"),
        ("tylenol #3", ("codeine", "acetaminophen"), "IR"),
        ("tylenol-codeine", ("codeine", "acetaminophen"), "IR"),
        ("Fioricet with Codeine", ("butalbital", "acetaminophen", "caffeine", "codeine"), "IR"),
        ("Suboxone", ("buprenorphine", "naloxone"), None),
        ("Embeda", ("morphine", "naltrexone"), "ER"),
        ("Seglentis", ("tramadol", "celecoxib"), "IR"),
        ("co-codamol", ("codeine", "acetaminophen"), "IR"),
    ],
)
def test_combination(text, ingredients, release):
    found = [c for c in COMBINATIONS if text.casefold() in {t.casefold() for t in (c.brand, *c.synonyms)}]
    assert [(c.ingredients, c.release) for c in found] == [(ingredients, release)]


# ------------------------------------------------------------------------------- look-alikes


def test_look_alikes_are_groups_of_lower_case_names():
    assert len(set(LOOK_ALIKES)) == len(LOOK_ALIKES)
    for group in LOOK_ALIKES:
        assert len(group) > 1
        assert all(name == name.lower() for name in group)
    assert frozenset({"hydromorphone", "morphine"}) in LOOK_ALIKES


# ---------------------------------------------------------------------------------- products


def test_product_names_are_unique():
    counts = Counter(entry.product.listed for entry in listed_products())
    assert [name for name, count in counts.items() if count > 1] == []


def test_product_ingredients_are_declared():
    components = [part for entry in listed_products() for part in entry.product.components]
    assert {part.ingredient for part in components} <= set(BY_NAME)
    for part in components:
        unsaid = part.salt in {"", "base", "free acid"}
        named = part.salt in BY_NAME[part.ingredient].synonyms or part.salt in part.ingredient.split()
        assert unsaid or named or part.salt in BY_NAME[part.ingredient].salts, part


def test_product_brands_are_declared_with_the_same_ingredients():
    for entry in listed_products():
        ingredients = {part.ingredient for part in entry.product.components}
        for brand in entry.brands:
            low = brand.casefold()
            drugs = [{d.name} for d in DRUGS if low in {t.casefold() for t in (*d.brands, *d.synonyms)}]
            combined = [
                set(c.ingredients) for c in COMBINATIONS if low in {t.casefold() for t in (c.brand, *c.synonyms)}
            ]
            assert ingredients in drugs + combined, (brand, ingredients)


def test_product_codes_are_digits_and_agree_with_the_drug():
    for entry in listed_products():
        product, code = entry.product, entry.rxcui_ingredient
        assert product.rxcui is None or product.rxcui.isdigit()
        declared = BY_NAME[product.components[0].ingredient].rxcui
        assert not (code and declared) or code == declared, product.listed


def test_one_product_code_serves_two_rows():
    counts = Counter(entry.product.rxcui for entry in listed_products() if entry.product.rxcui)
    assert {code for code, count in counts.items() if count > 1} == {"1049621"}  # generic and Oxaydo


def test_words_of_the_columns_are_a_closed_list():
    table = rows()
    assert {row["release"] for row in table} == {"IR", "ER", "DR", "local"}
    assert {row["tirf"] for row in table} == {"yes", ""}
    assert {row["long_acting"] for row in table} == {"yes", ""}
    assert {row["scored_or_splittable"] for row in table} == {"yes", "no", "unknown"}
    assert {row["status"] for row in table} == {"verified", "recalled"}
    assert not [row["form"] for row in table if "(" in row["form"]]
    assert {row["ingredient"] for row in table if row["tirf"]} == {"fentanyl"}


@pytest.mark.parametrize(
    ("name", "rxcui", "strength", "unit", "per"),
    [
        ("oxycodone hydrochloride 10 mg tablet", "1049683", "10", Unit.MG, Unit.TABLET),
        ("oxycodone hydrochloride ER 10 mg tablet", "1860157", "10", Unit.MG, Unit.TABLET),
        ("oxycodone hydrochloride 5 mg tablet [RoxyBond]", "1944541", "5", Unit.MG, Unit.TABLET),
        ("oxycodone ER 13.5 mg capsule", "1791558", "27/2", Unit.MG, Unit.CAPSULE),
        ("hydrocodone bitartrate 5 mg / acetaminophen 325 mg tablet", "857002", "5", Unit.MG, Unit.TABLET),
        ("morphine sulfate ER 15 mg tablet", "891878", "15", Unit.MG, Unit.TABLET),
        ("morphine sulfate ER 30 mg capsule [Kadian]", "892345", "30", Unit.MG, Unit.CAPSULE),
        ("morphine sulfate ER 30 mg capsule [Avinza]", "892342", "30", Unit.MG, Unit.CAPSULE),
        ("morphine sulfate 20 mg/mL solution", "892625", "20", Unit.MG_PER_ML, Unit.ML),
        ("methadone hydrochloride 10 mg tablet", "864706", "10", Unit.MG, Unit.TABLET),
        ("fentanyl 75 mcg/h patch", "197696", "75", Unit.MCG_PER_H, Unit.PATCH),
        ("fentanyl 100 mcg buccal tablet", "668363", "100", Unit.MCG, Unit.TABLET),
        ("buprenorphine 8 mg sublingual tablet", "351265", "8", Unit.MG, Unit.TABLET),
        ("fentanyl 200 mcg lozenge", "310295", "200", Unit.MCG, Unit.LOZENGE),
        ("buprenorphine 20 mcg/h patch", "904876", "20", Unit.MCG_PER_H, Unit.PATCH),
        ("tapentadol ER 100 mg tablet", "1148797", "100", Unit.MG, Unit.TABLET),
        ("alprazolam 0.25 mg tablet", "308047", "1/4", Unit.MG, Unit.TABLET),
        ("clonidine 0.1 mg/24 h patch", "998671", "1/10", Unit.MG_PER_D, Unit.PATCH),
        ("lidocaine 5 % patch", "1745091", "5", Unit.PERCENT, Unit.PATCH),
        ("diclofenac sodium 1 % gel", "855633", "1", Unit.PERCENT, Unit.G),
        ("naloxone hydrochloride 4 mg nasal spray", "1725059", "4", Unit.MG, Unit.SPRAY),
        ("polyethylene glycol 3350 17 g powder", "876193", "17", Unit.G, Unit.PACKET),
    ],
)
def test_product(name, rxcui, strength, unit, per):
    product = listed(name).product
    amount = product.components[0].strength
    assert product.rxcui == rxcui
    assert (amount.value, amount.unit) == (Fraction(strength), unit)
    assert product.unit is per


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("fentanyl 75 mcg/h patch", 72),
        ("buprenorphine 20 mcg/h patch", 168),
        ("clonidine 0.1 mg/24 h patch", 168),
        ("diclofenac epolamine 1.3 % patch", 12),
        ("lidocaine 5 % patch", None),  # 12 hours on, 12 off: not one number
        ("oxycodone hydrochloride ER 10 mg tablet", None),
    ],
)
def test_wear(name, hours):
    assert listed(name).product.wear_hours == hours


def test_partners_have_strength_salt_and_role():
    main, partner = listed("morphine sulfate ER 20 mg / naltrexone hydrochloride 0.8 mg capsule").product.components
    assert (main.ingredient, main.salt, main.role) == ("morphine", "sulfate", Role.ACTIVE)
    assert (partner.ingredient, partner.salt, partner.role) == ("naltrexone", "hydrochloride", Role.DETERRENT)
    assert partner.strength.value == Fraction(4, 5)
    name = "codeine phosphate 30 mg / acetaminophen 300 mg / butalbital 50 mg / caffeine 40 mg capsule"
    assert [(part.ingredient, str(part.strength), part.role) for part in listed(name).product.components] == [
        ("codeine", "30 mg", Role.ACTIVE),
        ("acetaminophen", "300 mg", Role.ACTIVE),
        ("butalbital", "50 mg", Role.ACTIVE),
        ("caffeine", "40 mg", Role.ACTIVE),
    ]


def test_topical_diclofenac_is_not_oral_diclofenac():
    routes = defaultdict(set)
    for entry in listed_products():
        routes[entry.product.components[0].ingredient].add(entry.product.route)
    assert routes["diclofenac"] == {"oral"}
    assert routes["diclofenac topical"] == {"topical"}
    assert routes["lidocaine topical"] == {"topical"}


def test_a_salt_remark_that_matters_is_in_the_note():
    entry = listed("oxycodone ER 9 mg capsule")
    assert entry.product.components[0].salt == "base"
    assert entry.note.startswith("myristate salt product; strength as oxycodone base; ")
    assert listed("tapentadol 50 mg tablet").product.components[0].salt == "hydrochloride"


def test_standing_and_splitting_are_as_in_the_file():
    assert listed("morphine sulfate 15 mg tablet").standing is Standing.VERIFIED
    assert listed("lorazepam ER 1 mg capsule").standing is Standing.RECALLED
    assert listed("oxycodone hydrochloride 5 mg tablet").splittable == "unknown"
    assert listed("fentanyl 75 mcg/h patch").splittable == "no"


def test_products_of_few_makers_are_marked():
    for row in rows():
        said = re.search(r"NDC links in source: (\d+)", row["note"])
        alike = [other for other in rows() if _kind(other) == _kind(row)]
        if row["few_makers"]:
            assert row["few_makers"] == "yes"
            assert any(not other["few_makers"] for other in alike), row
            if said:
                assert int(said[1]) <= 2, row
            else:
                assert row["brands"], row
                assert "generics" not in row["brand_examples"], row
        elif said and int(said[1]) <= 2:
            # nothing of its kind is better to be had
            assert all(int(n[1]) <= 2 for o in alike if (n := re.search(r"NDC links in source: (\d+)", o["note"]))), row


def _kind(row):
    partners = re.sub(r"[\d.]+ \S+", "", row["combination_with"])
    return row["ingredient"], row["route"], row["form"], row["release"], partners


def test_known_products_of_few_makers():
    scarce = {entry.product.listed or "" for entry in listed_products() if entry.few_makers}
    assert {"oxycodone hydrochloride 7.5 mg tablet", "gabapentin 100 mg tablet", "gabapentin 400 mg tablet"} <= scarce
    assert not any("15 mg" in name and "[" not in name for name in scarce if name.startswith("oxycodone"))
