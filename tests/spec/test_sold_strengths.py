"""Strengths typed without a unit: what is sold is suggested with its MME, nothing is chosen, and following it holds."""

from __future__ import annotations

import re
from datetime import date

import pytest

from medsteward import factor_table
from medsteward.drugs.products import listed_products
from medsteward.mme.result import CompleteTotal, NoTotal
from medsteward.model.number import decimal_text
from medsteward.model.unit import Dimension
from medsteward.readers.directions.line import read_line
from tests.build import mme as report_of

DAY = date(2027, 1, 4)
CDC = factor_table("cdc_2022")
_SUGGESTED = re.compile(r"(?P<line>.+?)(?: \((?P<mme>[\d.,]+) MME/d\))?")


def suggestions(line: str) -> list[str]:
    return [each for problem in report_of(line).problems for each in problem.suggestions]


@pytest.mark.parametrize(
    ("line", "suggested"),
    [
        ("butrans 10", "butrans 10 mcg/h"),
        ("duragesic 25", "duragesic 25 mcg/h (60 MME/d)"),
        ("oxycontin 20 bid", "oxycontin 20 mg bid (60 MME/d)"),
        ("ms contin 15 bid", "ms contin 15 mg bid (30 MME/d)"),
        ("tramadol 50 qid", "tramadol 50 mg qid (40 MME/d)"),
        ("dilaudid 4 q6h", "dilaudid 4 mg q6h (80 MME/d)"),
        ("hydrocodone 10/325", "hydrocodone/acetaminophen 10/325"),
        ("hydrocodone 10/325 q6h", "hydrocodone/acetaminophen 10/325 q6h (40 MME/d)"),
        ("oxycodone 325/10 q6h", "oxycodone/acetaminophen 10/325 q6h (60 MME/d)"),
        ("hydrocodone 10-325 1 q6h", "hydrocodone/acetaminophen 10/325 1 q6h (40 MME/d)"),
        ("codeine 30/300 q6h", "codeine/acetaminophen 30/300 q6h (18 MME/d)"),
        ("buprenorphine 8/2 daily", "buprenorphine/naloxone 8/2 daily"),
        ("percocet 5 q6h", "percocet 5/325 mg q6h (30 MME/d)"),
        ("norco 10 1 tab q6h", "norco 10/325 mg 1 tab q6h (40 MME/d)"),
        ("oxycodone 5 1-2 q4h prn", "oxycodone 5 mg 1-2 q4h prn (90 MME/d)"),
        ("oxycodone 5-10 q6h", "oxycodone 5-10 mg q6h (60 MME/d)"),
        ("fentanyl 25 q72h", "fentanyl 25 mcg/h q72h (60 MME/d)"),
        ("fentanyl 100 q4h", "fentanyl 100 mcg q4h"),
        ("fentanyl 25", "fentanyl 25 mcg/h patch (60 MME/d)"),
        ("oxycodone 5 tab q6h", "oxycodone 5 mg tab q6h (30 MME/d)"),
        ("gabapentin 300 tid", "gabapentin 300 mg tid"),
    ],
)
def test_a_sold_strength_is_suggested_and_not_chosen(line, suggested):
    report = report_of(line)
    assert suggestions(line) == [suggested]
    assert len(report.problems) == 1
    assert not isinstance(report.total, CompleteTotal) or report.total.maximum.value == 0


@pytest.mark.parametrize("line", ["oxycodone 2 q6h", "oxycontin 25 bid", "metformin 500 bid", "oxycodone 5 mg 20 bid"])
def test_what_is_not_sold_so_is_not_suggested(line):
    assert suggestions(line) == []


def test_several_mistakes_of_a_number_without_a_unit_are_one_problem():
    (problem,) = read_line("butrans 10").problems
    assert problem.text == 'a number without a unit may be a strength or a count; for a strength write "10 mcg/h"'


def _lines() -> list[str]:
    """Every listed product, by its name and its brands, with its strength typed as a count or as two numbers."""
    found: dict[str, None] = {}
    for listed in listed_products():
        parts = listed.product.components
        lead = listed.product.lead_component
        if lead.strength is None or lead.strength.unit.dimension not in (Dimension.MASS, Dimension.RATE):
            continue
        number = decimal_text(lead.strength.value)
        often = "" if lead.strength.unit.dimension is Dimension.RATE else " bid"
        for name in {lead.ingredient, *listed.brands[:1]}:
            found[f"{name} {number}{often}"] = None
        strengths = [decimal_text(each.strength.value) for each in parts if each.strength is not None]
        if len(strengths) == 2:
            found[f"{lead.ingredient} {'/'.join(strengths)}{often}"] = None
    return list(found)


LINES = _lines()


def test_every_suggestion_reads_back_and_comes_to_its_figure():
    followed = with_figure = 0
    for line in LINES:
        for each in suggestions(line):
            said = _SUGGESTED.fullmatch(each)
            assert said is not None
            assert not read_line(said["line"]).problems, (line, each)
            report = report_of(said["line"])
            followed += 1
            if said["mme"] is None:
                continue
            with_figure += 1
            assert not report.problems, (line, each)
            assert not isinstance(report.total, NoTotal)
            assert decimal_text(report.total.maximum.value) == said["mme"], (line, each)
    assert followed > 300
    assert with_figure > 100


def test_a_suggestion_holds_no_number_that_is_not_typed_or_sold():
    """What stands in place of a number is a listed strength of the drug."""
    listed = {
        decimal_text(component.strength.value).replace(",", "")
        for each in listed_products()
        for component in each.product.components
        if component.strength is not None
    }
    for line in LINES:
        for candidate in read_line(line).candidates:
            assert set(re.findall(r"\d+(?:\.\d+)?", candidate.name)) <= listed | set(re.findall(r"\d+(?:\.\d+)?", line))
