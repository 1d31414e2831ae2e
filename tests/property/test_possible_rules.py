"""The index of rules leaves out only what cannot hold: asked one by one, all rules say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medsteward.drugs.declared.combinations import COMBINATIONS
from medsteward.interactions.absorb import absorb
from medsteward.interactions.check import engine
from medsteward.interactions.offer import Offers, medicine
from medsteward.interactions.rule import Severity
from medsteward.model.missing import Ask
from medsteward.model.regimen import Regimen
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.picture import Picture
from medsteward.patient.taken import marked
from tests.property.test_check_laws import NAMES, case, patients, regimens

EVERY_RULE = (1 << len(engine().rules)) - 1


BRANDS = [each.brand for each in COMBINATIONS]


def regimen_of(name: str) -> Regimen:
    if name in NAMES:
        return medicine(name)
    (line,) = case([{"sig": name}], {}).lines
    assert line.regimen is not None
    return line.regimen


def is_there(wanted: DrugGroup | str, picture: Picture) -> bool:
    if isinstance(wanted, str):
        return wanted in picture.conditions
    return any(each.belongs_to(wanted) for each in picture.every)


@given(regimens, patients)
def test_the_rules_that_are_looked_up_say_what_all_rules_say(medications, patient):
    picture = Picture(case(medications, patient))
    lacking: dict[Ask, list[str]] = {}
    lacking_of_all: dict[Ask, list[str]] = {}
    found = engine().findings(picture, lacking)
    of_all = engine().hold(EVERY_RULE, picture, lacking_of_all)
    assert [(each.id, each.drugs, each.because) for each in found] == [
        (each.id, each.drugs, each.because) for each in of_all
    ]
    assert lacking == lacking_of_all


@given(regimens, patients)
def test_a_clause_holds_only_with_what_it_says_that_it_needs(medications, patient):
    picture = Picture(case(medications, patient))
    for rule in engine().rules:
        for clause in (*rule.when, *(variant.when for variant in rule.variants)):
            only = clause.only_with
            if only is not None and not any(is_there(each, picture) for each in only):
                assert clause.test(picture) is False, f"{rule.id}: {clause}"


@given(regimens, patients, st.sampled_from(NAMES + BRANDS))
def test_an_offer_is_told_what_the_case_with_it_is_told(medications, patient, name):
    picture, offered = Picture(case(medications, patient)), regimen_of(name)
    held = Offers(picture).held(offered)
    names = {part.ingredient for part, _ in marked(offered)}
    with_it = picture.with_medicine(offered)
    of_all = absorb(engine().hold(EVERY_RULE, with_it, {}), with_it)
    wanted = {
        (each.id, each.severity) for each in of_all if each.severity >= Severity.MODERATE and names & set(each.drugs)
    }
    assert {(each.id, each.severity) for each in held.reasons} == wanted
