"""Products that British and Australian lists hold, and strengths made in another form, are no slips."""

from __future__ import annotations

from datetime import date

import pytest

from medsteward import case_of, factor_table, mme_per_day
from medsteward.drugs.index import drugs
from medsteward.drugs.products import listed_products
from medsteward.drugs.sold_elsewhere import sold_elsewhere
from medsteward.mme.result import NoTotal
from medsteward.model.source import Standing
from medsteward.readers.directions.line import read_line
from tests.build import there

CDC = factor_table("cdc_2022")


def said(line: str) -> set[str]:
    read = read_line(line)
    return {each.code for each in read.problems} | {each.code for each in read.cautions}


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ("co-codamol 30/500, 2 tablets four times daily", 36),
        ("co-codamol 8/500, 2 tablets four times daily", "9.6"),
        ("paracetamol/codeine 500/15, 2 tablets four times daily", 18),
        ("oxycodone IR 20 mg capsule, 1 capsule twice daily", 60),
        ("OxyNorm 10 mg capsule four times daily", 60),
        ("oxycodone MR 120 mg tablet twice daily", 360),
        ("hydromorphone 1.3 mg capsule every 4 hours", 39),
        ("morphine 10 mg tablet twice daily", 20),
        ("tramadol 50 mg capsule four times daily", 40),
        ("oxycodone/naloxone 20/10 mg MR tablet twice daily", 60),
    ],
)
def test_a_product_of_another_country_needs_no_word(line, most):
    report = mme_per_day(case_of(line, as_of=date(2027, 1, 4)), table=CDC)
    assert not isinstance(report.total, NoTotal)
    assert float(report.total.maximum.value) == pytest.approx(float(most))
    assert "PROD-101" not in said(line)
    assert report.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "co-codamol 31/500, 2 tablets four times daily",
        "oxycodone 21 mg MR tablet twice daily",
        "tramadol 60 mg capsule four times daily",
    ],
)
def test_a_strength_that_no_list_holds_is_still_named(line):
    assert "PROD-101" in said(line)


def test_a_strength_made_in_another_form_is_counted_with_a_word():
    assert said("methadone 40 mg tablet once daily") >= {"PROD-101"}
    assert read_line("methadone 40 mg tablet once daily").problems == ()
    assert said("methadone 40 mg dispersible tablet once daily") == set()


@pytest.mark.parametrize(
    "line",
    [
        "oxycodone IR 80 mg capsule twice daily",
        "oxycodone IR 200 mg capsule twice daily",
        "morphine IR 200 mg tablet twice daily",
        # no source at hand says that these are made
        "morphine 100 mg suppository twice daily",
    ],
)
def test_a_strength_of_another_release_or_of_no_list_is_still_asked_about(line):
    assert "NUM-002" in said(line)


def test_the_list_holds_known_drugs_with_a_source_and_nothing_that_is_listed_already():
    listed = {
        (
            frozenset((c.ingredient, c.strength) for c in each.product.components),
            each.product.form,
            each.product.release,
        )
        for each in listed_products()
    }
    rows = sold_elsewhere()
    assert len(rows) > 40
    for each in rows:
        assert set(each.ingredients) <= set(drugs())
        assert each.source.standing is Standing.SECONDARY
        key = frozenset(zip(each.ingredients, each.strengths, strict=True)), each.form, each.release
        assert key not in listed, each


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (("acetaminophen 1000 mg qid foo",), False),
        (("acetaminophen 1000 mg qid foo", "Percocet 5/325 every 6 hours"), True),
        (("acetaminophen 500 mg as needed",), True),
    ],
)
def test_a_refused_line_alone_shows_no_acetaminophen(lines, shown):
    report = mme_per_day(case_of(*lines, as_of=date(2027, 1, 4)), table=CDC)
    assert (report.acetaminophen is not None) is shown
    if shown:
        assert there(report.acetaminophen).missing == ("line 1",)
