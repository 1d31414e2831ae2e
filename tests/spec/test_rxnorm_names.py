"""Names as RxNorm writes them, each with what it means: every shape counted in an extract of October 2020."""

from __future__ import annotations

from fractions import Fraction

import pytest

from medsteward.drugs.dose_forms import DOSE_FORMS
from medsteward.drugs.index import drugs
from medsteward.drugs.products import listed_products
from medsteward.model.product import Product, Role
from medsteward.model.rxnorm import RxNormName
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.readers.codes.rxnorm_name import product_of, read_rxnorm_name

FORMS = [
    "Oral Tablet",
    "Oral Solution",
    "Extended Release Oral Tablet",
    "Extended Release Oral Capsule",
    "Injection",
    "Oral Suspension",
    "Oral Capsule",
    "Sublingual Tablet",
    "Injectable Solution",
    "Transdermal System",
    "Buccal Film",
    "Prefilled Syringe",
    "Cartridge",
    "Rectal Suppository",
    "Oral Lozenge",
    "Buccal Tablet",
    "Mucosal Spray",
    "Sublingual Film",
    "Metered Dose Nasal Spray",
    "Extended Release Suspension",
    "Pack",
    "Tablet for Oral Suspension",
    "Effervescent Oral Tablet",
    "Drug Implant",
    "Disintegrating Oral Tablet",
    "Auto-Injector",
]


def parts(name: RxNormName) -> list[str]:
    return [" ".join(filter(None, (each.name, each.salt, str(each.strength or "")))) for each in name.ingredients]


# text, ingredients, form, release, brand
SHAPES = [
    ("oxycodone hydrochloride 5 MG Oral Tablet", ["oxycodone hydrochloride 5 mg"], "Oral Tablet", "IR", None),
    (
        "acetaminophen 325 MG / oxycodone hydrochloride 5 MG Oral Tablet [Percocet]",
        ["acetaminophen 325 mg", "oxycodone hydrochloride 5 mg"],
        "Oral Tablet",
        "IR",
        "Percocet",
    ),
    (
        "12 HR oxycodone hydrochloride 10 MG Extended Release Oral Tablet",
        ["oxycodone hydrochloride 10 mg"],
        "Extended Release Oral Tablet",
        "ER",
        None,
    ),
    (
        "Abuse-Deterrent 12 HR oxycodone 9 MG Extended Release Oral Capsule [Xtampza]",
        ["oxycodone 9 mg"],
        "Extended Release Oral Capsule",
        "ER",
        "Xtampza",
    ),
    (
        "Abuse-Deterrent oxycodone hydrochloride 5 MG Oral Tablet [RoxyBond]",
        ["oxycodone hydrochloride 5 mg"],
        "Oral Tablet",
        "IR",
        "RoxyBond",
    ),
    (
        "Matrix Delivery 24 HR tramadol hydrochloride 100 MG Extended Release Oral Tablet",
        ["tramadol hydrochloride 100 mg"],
        "Extended Release Oral Tablet",
        "ER",
        None,
    ),
    ("72 HR fentanyl 0.012 MG/HR Transdermal System", ["fentanyl 0.012 mg/h"], "Transdermal System", "ER", None),
    (
        "168 HR buprenorphine 0.0075 MG/HR Transdermal System [Butrans]",
        ["buprenorphine 0.0075 mg/h"],
        "Transdermal System",
        "ER",
        "Butrans",
    ),
    ("20 ML morphine sulfate 25 MG/ML Injection", ["morphine sulfate 25 mg/mL"], "Injection", None, None),
    (
        "0.7 ML buprenorphine 142.9 MG/ML Prefilled Syringe",
        ["buprenorphine 142.9 mg/mL"],
        "Prefilled Syringe",
        None,
        None,
    ),
    (
        "12 HR chlorpheniramine polistirex 1.6 MG/ML / hydrocodone polistirex 2 MG/ML Extended Release Suspension",
        ["chlorpheniramine polistirex 1.6 mg/mL", "hydrocodone polistirex 2 mg/mL"],
        "Extended Release Suspension",
        "ER",
        None,
    ),
    (
        "aspirin 325 MG / oxycodone hydrochloride 4.5 MG / oxycodone terephthalate 0.38 MG Oral Tablet "
        "[Endodan Reformulated May 2009]",
        ["aspirin 325 mg", "oxycodone hydrochloride 4.5 mg", "oxycodone terephthalate 0.38 mg"],
        "Oral Tablet",
        "IR",
        "Endodan Reformulated May 2009",
    ),
    (
        "acetaminophen 325 MG / butalbital 50 MG / caffeine 40 MG / codeine phosphate 30 MG Oral Capsule",
        ["acetaminophen 325 mg", "butalbital 50 mg", "caffeine 40 mg", "codeine phosphate 30 mg"],
        "Oral Capsule",
        "IR",
        None,
    ),
    ("Levorphanol 2 MG Oral Tablet", ["levorphanol 2 mg"], "Oral Tablet", "IR", None),
    ("FENTANYL 0.1 MG/ACTUAT METERED DOSE NASAL SPRAY", ["fentanyl 0.1 mg/actuation"], FORMS[18], "IR", None),
    ("fentaNYL 0.1 MG Buccal Tablet", ["fentanyl 0.1 mg"], "Buccal Tablet", "IR", None),
    (
        "morphine sulfate liposomal 10 MG/ML Injectable Solution",
        ["morphine sulfate liposomal 10 mg/mL"],
        "Injectable Solution",
        None,
        None,
    ),
    (
        "Buprenorphine 2 MG / Naloxone 0.5 MG Oral Strip",
        ["buprenorphine 2 mg", "naloxone 0.5 mg"],
        "Oral Strip",
        "IR",
        None,
    ),
    # beyond the extract
    (
        "heparin sodium 1000 UNT/ML Injectable Solution",
        ["heparin sodium 1000 units/mL"],
        "Injectable Solution",
        None,
        None,
    ),
    ("cholecalciferol 1000 UNT Oral Capsule", ["cholecalciferol 1000 units"], "Oral Capsule", "IR", None),
    (
        "potassium chloride 20 MEQ Extended Release Oral Tablet",
        ["potassium chloride 20 mEq"],
        "Extended Release Oral Tablet",
        "ER",
        None,
    ),
    ("diclofenac sodium 0.01 MG/MG Topical Gel", ["diclofenac sodium 0.01 mg/mg"], "Topical Gel", None, None),
    ("1000 ML lidocaine hydrochloride 4 MG/ML Injection", ["lidocaine hydrochloride 4 mg/mL"], "Injection", None, None),
    (
        "polyethylene glycol 3350 17000 MG Powder for Oral Solution",
        ["polyethylene glycol 3350 17000 mg"],
        "Powder for Oral Solution",
        "IR",
        None,
    ),
]


@pytest.mark.parametrize(("text", "ingredients", "form", "release", "brand"), SHAPES, ids=[row[0] for row in SHAPES])
@pytest.mark.parametrize("case", [str, str.lower, str.upper, str.title])
def test_a_name_is_taken_apart(text, ingredients, form, release, brand, case):
    name = read_rxnorm_name(case(text))
    assert name.problems == ()
    assert (parts(name), name.form, name.release) == (ingredients, form, release)
    assert name.brand == (case(brand) if brand else None)


def test_what_stands_before_the_substance():
    name = read_rxnorm_name("Abuse-Deterrent 24 HR hydrocodone bitartrate 20 MG Extended Release Oral Tablet")
    assert name.qualifiers == ("Abuse-Deterrent",)
    assert (name.hours, name.volume_ml, name.actuations) == (Fraction(24), None, None)
    name = read_rxnorm_name("0.5 ML morphine sulfate 10 MG/ML Prefilled Syringe")
    assert (name.hours, name.volume_ml) == (None, Fraction(1, 2))
    assert read_rxnorm_name("80 ACTUAT fentanyl 0.04 MG/ACTUAT Transdermal System").actuations == 80


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_extract_is_known(form):
    assert next(each for each in DOSE_FORMS if each.name == form).standing is Standing.VERIFIED
    if form != "Pack":
        assert read_rxnorm_name(f"morphine sulfate 10 MG {form}").form == form
        assert read_rxnorm_name(f"morphine sulfate 10 mg {form.lower()} [X]").problems == ()


PACKS = [
    (
        "{2 (fentanyl 0.6 MG/ACTUAT Mucosal Spray) } Pack [Subsys 1200 MCG]",
        [(2, "fentanyl 0.6 mg/actuation", "Mucosal Spray", None)],
        "Subsys 1200 MCG",
    ),
    (
        "{1 (0.1 ML) (Diazepam 100 MG/ML Nasal Spray) } Pack",
        [(1, "diazepam 100 mg/mL", "Nasal Spray", Fraction(1, 10))],
        None,
    ),
    (
        "{5 (milnacipran hydrochloride 12.5 MG Oral Tablet) / 42 (milnacipran hydrochloride 50 MG Oral Tablet) } Pack",
        [
            (5, "milnacipran hydrochloride 12.5 mg", FORMS[0], None),
            (42, "milnacipran hydrochloride 50 mg", FORMS[0], None),
        ],
        None,
    ),
    (
        "{2 (sumatriptan 100 MG Oral Tablet [A (b)]) } Pack [C]",
        [(2, "sumatriptan 100 mg", "Oral Tablet", None)],
        "C",
    ),
]


@pytest.mark.parametrize(("text", "items", "brand"), PACKS, ids=[row[0] for row in PACKS])
@pytest.mark.parametrize("case", [str, str.upper])
def test_a_pack_is_its_items(text, items, brand, case):
    name = read_rxnorm_name(case(text))
    assert name.problems == ()
    assert (name.form, name.brand) == ("Pack", case(brand) if brand else None)
    found = [(each.count, *parts(each.name), each.name.form, each.name.volume_ml) for each in name.pack]
    assert found == items
    assert parts(name) == [each[1] for each in items]


def meant(text: str) -> Product:
    found = product_of(read_rxnorm_name(text))
    assert found.problems == ()
    assert found.product is not None
    return found.product


# The pitfalls, by their number in the dossier.


def test_1_salt_and_base_are_never_converted():
    base, salt = (
        meant(f"oxycodone {text}").components[0] for text in ("9 MG Oral Tablet", "hydrochloride 10 MG Oral Tablet")
    )
    assert (base.ingredient, base.salt, str(base.strength)) == ("oxycodone", "", "9 mg")
    assert (salt.ingredient, salt.salt, str(salt.strength)) == ("oxycodone", "hydrochloride", "10 mg")


def test_2_two_salts_of_one_ingredient_are_added():
    found = product_of(
        read_rxnorm_name(
            "aspirin 325 MG / oxycodone hydrochloride 4.5 MG / oxycodone terephthalate 0.38 MG Oral Tablet"
        )
    )
    assert found.product is not None
    assert [(each.ingredient, str(each.strength)) for each in found.product.components] == [
        ("aspirin", "325 mg"),
        ("oxycodone", "4.88 mg"),
    ]
    assert [each.code for each in found.cautions] == ["RXN-101"]


def test_3_a_rate_is_per_hour_and_the_labelled_one():
    product = meant("72 HR fentanyl 0.012 MG/HR Transdermal System")
    assert str(product.components[0].strength) == "12 mcg/h"
    assert (product.form, product.route, product.rxcui) == ("patch", "transdermal", "577057")
    assert meant("72 HR fentanyl 0.025 MG/HR Transdermal System").listed == "fentanyl 25 mcg/h patch"


def test_4_a_system_by_the_actuation_is_no_patch():
    product = meant("80 ACTUAT fentanyl 0.04 MG/ACTUAT Transdermal System [Ionsys]")
    assert product.form != "patch"
    assert product.route != "transdermal"


def test_5_the_volume_of_the_container_is_no_strength():
    product = meant("20 ML morphine sulfate 25 MG/ML Injection")
    assert (str(product.components[0].strength), product.unit, product.route) == ("25 mg/mL", Unit.ML, "parenteral")


def test_6_a_liquid_counts_by_the_ml():
    product = meant("acetaminophen 21.7 MG/ML / hydrocodone bitartrate 0.5 MG/ML Oral Solution")
    assert (product.unit, product.route) == (Unit.ML, "oral")
    assert product.listed is not None


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("Abuse-Deterrent morphine sulfate 15 MG Oral Tablet", "IR"),
        ("morphine sulfate 15 MG Extended Release Oral Tablet", "ER"),
        ("12 HR morphine sulfate 15 MG Oral Tablet", "IR"),
    ],
)
def test_8_and_9_release_is_that_of_the_dose_form_alone(text, release):
    assert meant(text).release == release


def test_10_and_11_a_pack_counts_its_items_not_its_brand():
    product = meant("{2 (fentanyl 0.6 MG/ACTUAT Mucosal Spray [Subsys]) } Pack [Subsys 1200 MCG]")
    assert (str(product.components[0].strength), product.unit, product.form) == ("600 mcg", Unit.SPRAY, "mucosal spray")
    assert product.brand == "Subsys 1200 MCG"


def test_a_pack_of_several_strengths_is_known_but_not_counted():
    found = product_of(read_rxnorm_name(PACKS[2][0]))
    assert [each.code for each in found.problems] == ["RXN-003"]
    assert found.product is not None
    assert [(each.ingredient, each.strength) for each in found.product.components] == [("milnacipran", None)]


def test_13_naloxone_beside_an_opioid_deters_and_alone_is_the_medicine():
    roles = {
        each.ingredient: each.role for each in meant("buprenorphine 2 MG / naloxone 0.5 MG Sublingual Film").components
    }
    assert roles == {"buprenorphine": Role.ACTIVE, "naloxone": Role.DETERRENT}
    assert meant("0.1 ML naloxone hydrochloride 40 MG/ML Nasal Spray [Narcan]").components[0].role is Role.ACTIVE


def test_a_spray_that_gives_all_it_holds_is_listed_by_its_mass():
    assert (
        meant("0.1 ML naloxone hydrochloride 40 MG/ML Nasal Spray").listed == "naloxone hydrochloride 4 mg nasal spray"
    )


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("1 ML hydromorphone hydrochloride 2 MG/ML Cartridge", "parenteral"),
        ("1 ML hydromorphone hydrochloride 2 MG/ML Prefilled Syringe", "parenteral"),
        ("morphine sulfate 10 MG/ML Injectable Solution", "parenteral"),
        ("0.7 ML morphine sulfate 14.3 MG/ML Auto-Injector", "parenteral"),
        ("buprenorphine 74.2 MG Drug Implant", "implant"),
        ("10 ML morphine sulfate liposomal 10 MG/ML Injection", "epidural"),
        ("morphine sulfate 10 MG Rectal Suppository", "rectal"),
    ],
)
def test_14_15_and_20_no_other_route_is_taken_for_oral(text, route):
    assert meant(text).route == route


def test_18_the_opioid_may_stand_anywhere():
    for text in (
        "acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet",
        "hydrocodone bitartrate 5 MG / acetaminophen 325 MG Oral Tablet",
    ):
        assert meant(text).listed is not None


def test_19_the_mg_of_a_tincture_are_not_counted():
    found = product_of(read_rxnorm_name("opium tincture 100 MG/ML Oral Solution"))
    assert [each.code for each in found.problems] == ["RXN-003"]


def test_21_tall_letters():
    assert (
        read_rxnorm_name("fentaNYL 0.1 MG Buccal Tablet").ingredients
        == read_rxnorm_name("fentanyl 0.1 MG Buccal Tablet").ingredients
    )


# What is not understood is said.


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", {"RXN-001", "RXN-002"}),
        ("oxycodone", {"RXN-002"}),
        ("oxycodone Oral Tablet", {"RXN-002"}),
        ("oxycodone 5 MG", {"RXN-002"}),
        ("oxycodone 5 XYZ Oral Tablet", {"RXN-001"}),
        ("oxycodone 5 MG Strange Tablet", {"RXN-001"}),
        ("oxycodone 5 MG Strange Oral Tablet", {"RXN-001"}),
        ("oxycodone 5 MG strange / aspirin 325 MG Oral Tablet", {"RXN-001"}),
        ("oxycodone .5 MG Oral Tablet", {"RXN-001"}),
        ("oxycodone 1,5 MG Oral Tablet", {"RXN-001"}),
        ("oxycodone 0 MG Oral Tablet", {"RXN-001"}),
        ("12 HR 24 HR oxycodone 5 MG Extended Release Oral Tablet", {"RXN-001"}),
        ("12 HR 12 HR oxycodone 5 MG Extended Release Oral Tablet", {"RXN-001"}),
        ("oxycodone 5 MG Oral Tablet []", {"RXN-001"}),
        ("oxycodone 5 MG Oral Tablet OxyIR]", {"RXN-001"}),
        ("{2 (oxycodone 5 MG Oral Tablet) } Box", {"RXN-001"}),
        ("{2 (oxycodone 5 MG Oral Tablet)", {"RXN-001"}),
        ("{0 (oxycodone 5 MG Oral Tablet) } Pack", {"RXN-001"}),
        ("{(oxycodone 5 MG Oral Tablet) } Pack", {"RXN-001"}),
        ("{2 (oxycodone 5 MG Oral Tablet } Pack", {"RXN-001"}),
        ("{2 (oxycodone 5 MG Oral Tablet) and more } Pack", {"RXN-001"}),
        ("{2 (oxycodone Oral Tablet) } Pack", {"RXN-002"}),
        ("x" * 4001, {"RXN-001"}),
        (" / ".join(["a 1 MG"] * 200), {"RXN-001"}),
    ],
)
def test_what_is_not_understood_is_said(text, codes):
    name = read_rxnorm_name(text)
    assert {each.code for each in name.problems} == codes


def test_a_drug_that_is_not_known_is_said():
    found = product_of(read_rxnorm_name("oxycodne 5 MG Oral Tablet"))
    assert found.product is None
    assert [each.code for each in found.problems] == ["DRUG-001"]
    assert "oxycodone" in found.problems[0].suggestions
    beside = product_of(read_rxnorm_name("oxycodone 5 MG / strangeamine 2 MG Oral Tablet"))
    assert beside.product is not None
    assert [each.code for each in beside.cautions] == ["RXN-102"]


# Our own list, written as RxNorm writes names, is understood as itself.

OF_FORM = {
    "tablet": {"IR": "Oral Tablet", "ER": "Extended Release Oral Tablet", "DR": "Delayed Release Oral Tablet"},
    "capsule": {"IR": "Oral Capsule", "ER": "Extended Release Oral Capsule", "DR": "Delayed Release Oral Capsule"},
    "solution": {"IR": "Oral Solution"},
    "suspension": {"IR": "Oral Suspension", "ER": "Extended Release Suspension"},
    "sublingual tablet": {"IR": "Sublingual Tablet"},
    "sublingual film": {"IR": "Sublingual Film"},
    "buccal tablet": {"IR": "Buccal Tablet"},
    "buccal film": {"IR": "Buccal Film", "ER": "Buccal Film"},
    "orally disintegrating tablet": {"IR": "Disintegrating Oral Tablet"},
    "chewable tablet": {"IR": "Chewable Tablet"},
    "patch": {"ER": "Transdermal System"},
    "suppository": {"IR": "Rectal Suppository"},
    "lozenge": {"IR": "Oral Lozenge"},
    "nasal spray": {"IR": "Metered Dose Nasal Spray"},
    "mucosal spray": {"IR": "Mucosal Spray"},
}
SALTS = {salt for drug in drugs().values() for salt in drug.salts} - {"husk"}
RXNORM_NAMES = {"senna": "sennosides, USP"}
UNITS = {Unit.MG: ("MG", 1), Unit.MCG: ("MG", 1000), Unit.MG_PER_ML: ("MG/ML", 1), Unit.MCG_PER_H: ("MG/HR", 1000)}


def as_rxnorm(product: Product) -> str | None:
    form = OF_FORM.get(product.form or "", {}).get(product.release or "")
    if form is None or any(c.strength is None or c.strength.unit not in UNITS for c in product.components):
        return None
    said = []
    for component in product.components:
        assert component.strength is not None
        unit, below = UNITS[component.strength.unit]
        per = "/ACTUAT" if product.form in ("nasal spray", "mucosal spray") else ""
        value = component.strength.value / below
        digits = f"{float(value):.6f}".rstrip("0").rstrip(".")
        substance = f"{component.ingredient} {component.salt if component.salt in SALTS else ''}".rstrip()
        said.append(f"{RXNORM_NAMES.get(substance, substance)} {digits} {unit}{per}")
    return f"{' / '.join(sorted(said))} {form}"


LISTED = [(name, each.product) for each in listed_products() if (name := as_rxnorm(each.product)) is not None]


def test_most_of_the_list_can_be_written_so():
    assert len(LISTED) > 550


@pytest.mark.parametrize(("text", "product"), LISTED)
def test_the_list_is_understood_as_itself(text, product):
    name = read_rxnorm_name(text)
    assert name.problems == ()
    found = product_of(name)
    assert found.problems == ()
    assert found.product is not None
    mine = {each.ingredient: each.strength for each in found.product.components}
    theirs = {each.ingredient: each.strength for each in product.components}
    assert set(mine) == set(theirs)
    for ingredient, strength in mine.items():
        assert strength is not None
        assert strength.to(theirs[ingredient].unit) == theirs[ingredient]
    assert (found.product.route, found.product.form) == (product.route, product.form)


def test_a_letter_that_grows_in_lower_case_moves_nothing():
    name = read_rxnorm_name("{2 (ßßß 5 MG Oral Tablet) / 3 (oxycodone 5 MG Oral Tablet) } Pack")
    assert [each.name.ingredients[0].name for each in name.pack] == ["ssssss", "oxycodone"]
