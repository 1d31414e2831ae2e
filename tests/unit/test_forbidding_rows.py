"""Every row that forbids a medicine, or advises against it, speaks: as a finding, or where it ranks an offer."""

from __future__ import annotations

import pytest

from medsteward.drugs.index import names
from medsteward.interactions.check import rules
from medsteward.interactions.forbidden_here import SAID_BY
from medsteward.limits.forbidden import is_forbidden_by_label
from medsteward.limits.limit import DoseLimit, Strictness
from medsteward.limits.load import dose_limits
from medsteward.limits.offered import offer_limits
from medsteward.patient.picture import Picture
from tests.forbidding import ROWS, regimen
from tests.spec.check_language import case_of, checked, told

NOT_STATED = {
    "viral_illness": "no case can say it",
    "opioid_dose": "the day's MME says it",
    "cyp2d6": "no case can say it",
    "labor_and_delivery": "no case can say it; breastfeeding in the same row can be said",
}
"""Words of a population that the words of a case cannot say."""
OF_LABELS = [
    row for row in ROWS if is_forbidden_by_label(row) and not any(w in row.population_words for w in NOT_STATED)
]
OF_GUIDELINES = [
    row
    for row in ROWS
    if row.strictness is Strictness.GUIDELINE_CAUTION
    and not row.is_about_tolerance
    and row.population is not None
    and not any(word in row.population_words for word in NOT_STATED)
]
OF_TOLERANCE = [row for row in ROWS if row.is_about_tolerance]


def test_every_row_speaks_in_one_way() -> None:
    ways = [
        [is_forbidden_by_label(row), row.is_about_tolerance, row.strictness is Strictness.GUIDELINE_CAUTION]
        for row in ROWS
    ]
    assert all(any(way) and not (way[0] and any(way[1:])) for way in ways)


@pytest.mark.parametrize("row", OF_LABELS, ids=lambda row: row.id)
def test_what_a_label_forbids_is_a_finding_whoever_tolerates_opioids(row: DoseLimit) -> None:
    text = regimen(row)
    if row.uses == ("pain",):
        text = text.replace("[for pain]", "[for chronic pain]")
    facts = f"{text[:-1]}; tolerant]" if text.endswith("]") else f"{text} [tolerant]"
    found = checked(facts)
    said = told(found)
    assert said & {"HAZ-360", *SAID_BY.get(row.id, ())}, said
    drug = Picture(case_of(facts)).taken[0].ingredient
    assert any(drug in finding.drugs for finding in found.findings)


@pytest.mark.parametrize("row", OF_GUIDELINES, ids=lambda row: row.id)
def test_what_a_guideline_advises_against_ranks_an_offer(row: DoseLimit) -> None:
    picture = Picture(case_of(regimen(row)))
    offered = offer_limits(picture.taken[0].part, picture, row.uses)
    assert row.id in [each.id for each, _ in offered.forbids]


@pytest.mark.parametrize("row", OF_TOLERANCE, ids=lambda row: row.id)
def test_what_needs_tolerance_is_a_finding_without_it(row: DoseLimit) -> None:
    facts = regimen(row)
    found = told(checked(facts.replace("]", "; for chronic pain]") if "pain" in row.uses else facts))
    assert "HAZ-350" in found


def test_rules_that_say_the_same_exist_and_so_do_their_rows() -> None:
    known = {rule.id for rule in rules()}
    assert SAID_BY.keys() <= dose_limits().by_id.keys()
    assert {rule for each in SAID_BY.values() for rule in each} <= known


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("colchicine 0.6 mg tablet daily + clarithromycin [crcl 25]", "major"),
        ("colchicine 0.6 mg tablet daily + clarithromycin [crcl 59]", "major"),
        ("colchicine 0.6 mg tablet daily + clarithromycin [crcl 60]", None),
        ("colchicine 0.6 mg tablet daily + azithromycin [crcl 25]", None),
        ("ketorolac 10 mg tablet [age 40; egfr 90]", None),
        ("meperidine 50 mg tablet [for acute pain]", None),
    ],
)
def test_a_row_holds_only_of_whom_it_is_about(text: str, severity: str | None) -> None:
    found = [each for each in checked(text).findings if each.id == "HAZ-360"]
    assert [each.severity.words for each in found] == ([severity] if severity else [])


@pytest.mark.parametrize("brand", sorted({b for row in dose_limits().rows for b in row.subject.brands}))
def test_a_brand_of_a_row_is_one_that_a_line_can_name(brand: str) -> None:
    assert any(name.brand == brand for name in names().values()), brand


def test_words_that_no_case_can_say_are_left_out_for_rows_that_have_them() -> None:
    words = [row.population_words for row in ROWS]
    assert all(any(word in each for each in words) for word in NOT_STATED)
