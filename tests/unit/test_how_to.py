"""The pages that say how to add a drug or a property, followed on a copy."""

from __future__ import annotations

import pytest

from tests import groups
from tests.how_to import copy_of_the_package, follow, run

DRUG = "how_to_add_a_drug.md"
PROPERTY = "how_to_add_a_property.md"
CONDITION = "how_to_add_a_condition.md"
GROUPS_OF = """
from medsteward.drugs.index import drugs
from medsteward.drugs.properties import properties_of
from medsteward.patient import groups
from medsteward.model.product import Role
from medsteward.patient.drug_group import DrugGroup, Ingredient
def groups_of(name):
    part = Ingredient(name, drugs()[name].drug_class, Role.ACTIVE, properties_of(name))
    return {key for key, who in vars(groups).items() if isinstance(who, DrugGroup) and who.holds(part)}
"""


@pytest.fixture
def copy(tmp_path):
    return copy_of_the_package(tmp_path)


def test_the_drug_of_the_page_loads_and_belongs_to_the_groups_of_its_class_and_properties(copy):
    assert follow(DRUG, copy) == ["medsteward/drugs/declared/sedatives.py"]
    done = run(copy, GROUPS_OF + "print(*sorted(groups_of('adinazolam') & set(vars(groups))))")
    assert done.returncode == 0, done.stderr
    assert {"BENZODIAZEPINE", "CNS_DEPRESSANT", "MISUSED_SEDATIVE"} <= set(done.stdout.split())
    assert not {"ANTICHOLINERGIC", "OPIOID", "HYPNOTIC_BENZODIAZEPINE"} & set(done.stdout.split())


@pytest.mark.parametrize("left_out", ["properties=(Property.CNS_DEPRESSANT,)", "without=(Property.ANTICHOLINERGIC,)"])
def test_the_drug_of_the_page_does_not_load_without_an_answer_and_the_error_says_what_to_write(copy, left_out):
    (changed,) = follow(DRUG, copy)
    before, after = (copy / changed).read_text("utf-8").split('name="adinazolam"')
    after = after.replace(left_out + ",", "", 1)
    (copy / changed).write_text(f'{before}name="adinazolam"{after}', "utf-8")
    done = run(copy, "from medsteward.drugs.index import drugs; drugs()")
    assert done.returncode == 1
    said = done.stderr.strip().splitlines()[-1]
    asked = left_out[left_out.index("Property.") : -2]
    assert said == (
        f'ValueError: drug "adinazolam" (benzodiazepine) does not say: {asked}. '
        "Put each into properties=(...) or without=(...)"
    )


def test_a_second_drug_of_the_name_does_not_load(copy):
    follow(DRUG, copy)
    path = copy / "medsteward/drugs/declared/other.py"
    start = "DRUGS: tuple[Drug, ...] = ("
    twin = f'{start}Drug("adinazolam", DrugClass.SUPPLEMENT),'
    path.write_text(path.read_text("utf-8").replace(start, twin), "utf-8")
    done = run(copy, "from medsteward.drugs.index import drugs; drugs()")
    assert 'two drugs are named "adinazolam", in sedatives and in other' in done.stderr.strip().splitlines()[-1]


def test_the_property_of_the_page_is_read_by_its_group_and_changes_no_member(copy):
    assert follow(PROPERTY, copy) == [
        "medsteward/model/property.py",
        "medsteward/drugs/declared/migraine.py",
        "medsteward/patient/groups.py",
    ]
    holders = "from medsteward.drugs.properties import holders; from medsteward.model.property import Property\n"
    done = run(
        copy,
        f"{GROUPS_OF}{holders}print(*holders()[Property.MAO_A_SUBSTRATE], sep=',')\n"
        "print(*[name for name in drugs() if 'MAOI_TRIPTAN' in groups_of(name)], sep=',')\n"
        "print(groups.MAOI_TRIPTAN.ingredients)",
    )
    assert done.returncode == 0, done.stderr
    named, members, by_name = done.stdout.splitlines()
    assert named == members == "rizatriptan,sumatriptan,zolmitriptan"
    assert by_name == "frozenset()"
    (line,) = (line for line in groups.GOLDEN.read_text("utf-8").splitlines() if line.startswith("MAOI_TRIPTAN:"))
    assert all(name in line for name in members.split(","))
    assert line.count(",") == members.count(",")


READS = """
from medsteward.patient.conditions.stated import read_stated
for text in TEXTS:
    found = read_stated(text).reading
    print(*found.conditions, *(["asks"] if found.asks else []), sep=",")
"""


def test_the_phrase_and_the_code_of_the_page_are_read(copy):
    texts = ["Hospice at home", "hospice-at-home (finding)", "B91", "icd-10-cm:B91"]
    before = run(copy, f"TEXTS = {texts[2:]}{READS}")
    assert before.stdout.splitlines() == ["", ""], before.stderr
    assert follow(CONDITION, copy) == [
        "medsteward/patient/conditions/words.csv",
        "medsteward/patient/conditions/icd10cm.csv",
    ]
    done = run(copy, f"TEXTS = {texts}{READS}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["hospice", "hospice", *["neuromuscular disease,asks"] * 2]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("hospice at home,hospise,count,,,,,,ours", "hospice at home: not conditions we know"),
        ("hospice at home,hospice,ask,,,,,,ours", "hospice at home: a row that asks states its question"),
        ("Hospice-Care,cancer,count,,,,,,ours", "are one phrase with two meanings"),
    ],
)
def test_a_wrong_row_does_not_load_and_the_error_says_why(copy, row, says):
    path = copy / "medsteward/patient/conditions/words.csv"
    path.write_text(path.read_text("utf-8") + row + "\n", "utf-8")
    done = run(copy, "from medsteward.patient.conditions.phrases import known_phrases; known_phrases()")
    assert done.returncode == 1
    assert says in done.stderr.strip().splitlines()[-1]
