"""A liquid keeps the strength that its line or its label writes: 10 mg/5 mL, not 2 mg/mL."""

from __future__ import annotations

from fractions import Fraction

import pytest

from medsteward.advice.taper.track_supplies import Making
from medsteward.advice.taper.tracks import tracks_of
from medsteward.model.amount import Amount
from medsteward.model.labels import as_labelled, label_volume, strength_words
from medsteward.model.unit import Unit
from medsteward.readers.case.medication import Medication, read_medication
from medsteward.readers.directions.line import read_line


def supply_of(line):
    (track,), problems = tracks_of([(1, line)], Making())
    assert problems == ()
    (supply,) = track.supplies
    return supply


@pytest.mark.parametrize(
    ("line", "product", "strength"),
    [
        ("morphine 10 mg/5 mL solution, 5 mL every 6 hours", "morphine sulfate 10 mg/5 mL solution", "10 mg/5 mL"),
        ("morphine 2 mg/mL solution, 5 mL every 6 hours", "morphine sulfate 2 mg/mL solution", "2 mg/mL"),
        (
            "morphine 20 mg per 10 mL solution, 5 mL every 6 hours",
            "morphine sulfate 20 mg/10 mL solution",
            "20 mg/10 mL",
        ),
        (
            "morphine 100 mg/5 mL solution, 0.25 mL every 6 hours",
            "morphine sulfate 100 mg/5 mL solution",
            "100 mg/5 mL",
        ),
        (
            "methadone 10 mg/5 mL solution, 5 mL every 8 hours",
            "methadone hydrochloride 10 mg/5 mL solution",
            "10 mg/5 mL",
        ),
        ("gabapentin 250 mg/5 mL solution, 6 mL three times daily", "gabapentin 250 mg/5 mL solution", "250 mg/5 mL"),
    ],
)
def test_the_bottle_is_named_as_the_line_writes_it(line, product, strength):
    supply = supply_of(read_line(line))
    assert supply.product == product
    assert supply.strength_words(Unit.MG) == strength


def test_the_parts_of_a_case_keep_it_as_well():
    said = Medication(drug="morphine", form="solution", strength="10 mg/5 mL", dose="5 mL", frequency="every 6 hours")
    assert supply_of(read_medication(said)).product == "morphine sulfate 10 mg/5 mL solution"


def test_a_code_is_named_as_its_label():
    said = Medication(rxcui="892589", dose="5 mL", frequency="every 6 hours")
    assert "2 mg/mL" not in supply_of(read_medication(said)).product


@pytest.mark.parametrize(
    ("name", "volume", "said"),
    [
        ("morphine sulfate 2 mg/mL solution", 5, "morphine sulfate 10 mg/5 mL solution"),
        ("morphine sulfate 2 mg/mL solution", 1, "morphine sulfate 2 mg/mL solution"),
        (
            "oxycodone 1 mg/mL / acetaminophen 65 mg/mL solution",
            5,
            "oxycodone 5 mg/5 mL / acetaminophen 325 mg/5 mL solution",
        ),
        ("lactulose 667 mg/mL solution", 15, "lactulose 10000 mg/15 mL solution"),
        ("morphine sulfate 15 mg tablet", 5, "morphine sulfate 15 mg tablet"),
    ],
)
def test_names_are_turned_to_the_volume_of_a_label(name, volume, said):
    assert as_labelled(name, Fraction(volume)) == said
    assert label_volume(said) == (volume if "mL" in said else 1)


def test_what_is_no_liquid_has_its_strength_as_it_is():
    assert strength_words(Amount(Fraction(30), Unit.MG), Unit.TABLET, Fraction(1)) == "30 mg"
    assert strength_words(Amount(Fraction(25), Unit.MCG_PER_H), Unit.PATCH, Fraction(1)) == "25 mcg/h"
