"""Figures with units stand in the dose limits or among the figures of treatments; texts are made from them.

The walk reads the source of the rooms that speak to clinicians. A text is what is neither a docstring nor the place
in a work that a source names. What is left must be among the exceptions below, each with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from medsteward.limits.load import dose_limit
from medsteward.limits.said import figure, number, population_of, said
from medsteward.patient.groups import LOPERAMIDE_HIGH
from medsteward.treatments import figures
from medsteward.treatments.figures import Figure

PACKAGE = Path(__file__).resolve().parents[2] / "medsteward"
ROOMS = ("advice", "interactions/rules", "treatments", "reminders")
_UNIT = r"(?:mg|mcg|mL|g|MME)(?:/(?:d|h|kg|mL|wk|min))*"
_FIGURE = re.compile(rf"(?<![\w.{{}}])\d[\d,.]*(?:\s*(?:to|or|and|-)\s*\d[\d,.]*)?\s?(?:{_UNIT}|patches)\b")
_NAMES_A_PLACE = frozenset({"cite", "at", "practice", "secondary", "recalled", "va"})

_EXAMPLE = "an example of how a dose is written"
_NO_ROW = "a dose beside another medicine, of which the data hold no row"
_TOLERANCE = "the definition of tolerance, not a limit of a dose"
_PRODUCT = "the strength of a product, not a limit of a dose"
_MME = "a threshold of MME, which is no dose; thresholds.csv holds it"
ALLOWED: dict[tuple[str, str], str] = {
    ("advice/saved/regimen.py", "0 mg"): _EXAMPLE,
    ("advice/taper/tracks.py", "15 mg"): _EXAMPLE,
    ("advice/taper/tracks.py", "5 mg"): _EXAMPLE,
    ("advice/taper/tracks.py", "25 mcg/h"): _EXAMPLE,
    ("advice/trial/directions.py", "5 mg"): _EXAMPLE,
    ("advice/trial/directions.py", "325 mg"): _EXAMPLE,
    ("advice/trial/typed.py", "5 mg"): _EXAMPLE,
    ("advice/plan/supports_others.py", "0.1 mg"): "a step of a taper, by its policy",
    ("interactions/rules/analgesics.py", "2 g"): "the name of a rule",
    ("interactions/rules/analgesics.py", "25 mg"): "where high-dose methotrexate begins, not a limit",
    ("interactions/rules/conditions.py", "60 mg"): _TOLERANCE,
    ("interactions/rules/conditions.py", "30 mg"): _TOLERANCE,
    ("interactions/rules/conditions.py", "8 mg"): _TOLERANCE,
    ("interactions/rules/mao_inhibitors.py", "0.5 mg"): _NO_ROW,
    (
        "interactions/rules/metabolism_other.py",
        "2 to 4 mg",
    ): "a step of a rise, which has no row",
    ("interactions/rules/migraine_levels.py", "6.25 mg"): _NO_ROW,
    ("interactions/rules/migraine_levels.py", "10 or 30 mg"): _NO_ROW,
    ("interactions/rules/nsaid_partners.py", "2,000 to 3,000 mg"): _NO_ROW,
    ("interactions/rules/organs.py", "30-59 mL/min"): "a band of kidney function, which the row's population holds",
    ("interactions/rules/organs_liver.py", "30 mL/min"): "a band of kidney function, which the rule's clause holds",
    ("interactions/rules/pregnancy_and_children.py", "81 mg"): _PRODUCT,
    ("interactions/rules/unborn.py", "5 mg"): "folic acid, of which the data hold no row",
    ("treatments/declared/analgesics.py", "500 mg"): _PRODUCT,
    ("treatments/pain.py", "50 MME/d"): _MME,
    ("reminders/remind.py", "50 and 90 MME/d"): _MME,
    ("reminders/remind.py", "50 or 90 MME/d"): _MME,
    ("reminders/risks.py", "50 MME/d"): _MME,
    ("reminders/risks.py", "90 MME/d"): _MME,
    **{
        ("reminders/naloxone.py", text): "a product that reverses an overdose, as it is sold"
        for text in (
            "4 mg",
            "3 mg",
            "8 mg",
            "10 mg",
            "5 mg",
            "0.5 mL",
            "0.4 and 1 mg/mL",
            "0.4 to 2 mg",
            "2.7 mg",
            "1.5 mg",
        )
    },
}
"""Figures that stand in a text by themselves, by module, and why."""


def written_figures(source: str) -> Iterator[tuple[int, str]]:
    """The figures with units in the texts of a module, each with its line."""
    tree = ast.parse(source)
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _NAMES_A_PLACE:
                apart |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield from ((node.lineno, found) for found in _FIGURE.findall(node.value))


def test_a_figure_in_a_text_is_found_and_one_in_a_docstring_or_a_place_is_not():
    module = (
        '"""At most 40 mg."""\nA = cite("KEY", "400 mg a day")\nB = "at most 40 mg a day"\nC = f"{x} mg; 2 to 4 mg"\n'
    )
    assert list(written_figures(module)) == [(3, "40 mg"), (4, "2 to 4 mg")]


def test_every_figure_of_a_dose_is_rendered_from_the_limits():
    found = {
        (path.relative_to(PACKAGE).as_posix(), text): line
        for room in ROOMS
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for line, text in written_figures(path.read_text("utf-8"))
    }
    written = {
        f"{module}, line {line}: {text}" for (module, text), line in found.items() if (module, text) not in ALLOWED
    }
    assert not written, "make it from a row of data/dose_limits (limits.said) or from treatments/figures.py"
    assert set(ALLOWED) <= set(found), "an exception is no longer needed"


@pytest.mark.parametrize("name", [name for name, value in vars(figures).items() if isinstance(value, Figure)])
def test_a_named_figure_is_that_of_its_row_or_names_its_work(name):
    value = getattr(figures, name)
    assert value.row or value.work
    if value.row:
        row = dose_limit(value.row)
        wholes = [end / value.amount for end in (row.low, row.high) if end is not None]
        assert any(whole.denominator == 1 for whole in wholes), f"{name} is no whole share of {row.id}"
        assert value.source == row.source


def test_an_amount_that_has_no_row_names_a_work_that_is_known():
    with pytest.raises(LookupError):
        Figure(40, "mg", "NO-SUCH-WORK")
    with pytest.raises(LookupError, match="no dose limit has the id"):
        figures.by_row("DL-NOTHING-01")
    with pytest.raises(ValueError, match="holds no figure"):
        figures.by_row("DL-DULOXETINE-07")


def test_rows_say_their_figures_in_words():
    assert said("DL-GABAPENTIN-04") == "1,400 mg a day"
    assert said("DL-TRAMADOL-06") == "12 hours"
    assert number("DL-GABAPENTIN-01") == "3,600"
    assert str(population_of("DL-TRAMADOL-04")) == "is 75 or older"
    with pytest.raises(LookupError, match="for everybody"):
        population_of("DL-GABAPENTIN-01")
    with pytest.raises(LookupError, match="holds no figure"):
        figure("DL-DULOXETINE-07")


def test_figures_below_the_limits_are_those_of_their_rows():
    """The layers below may not ask the limits: what they hold is tied to its row here."""
    assert LOPERAMIDE_HIGH.above_mg == figure("DL-LOPERAMIDE-01")
