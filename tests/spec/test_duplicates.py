"""The same medicine twice, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.spec.check_language import checked, told

ER = "morphine ER 30 mg tablet, 1 tablet every 12 hours"
ER_OTHER = "morphine ER 60 mg tablet, 1 tablet every 12 hours"


def found(text: str, rule: str):
    (finding,) = [each for each in checked(text).findings if each.id == rule]
    return finding


def test_the_same_long_acting_opioid_takes_in_what_says_less():
    finding = found(f"{ER} by A + {ER_OTHER} by B", "DDI-210")
    assert finding.drugs == ("morphine",)
    assert "DDI-030" in finding.absorbed


def test_another_long_acting_opioid_beside_it_is_not_the_same():
    text = f"{ER} + oxycodone ER 20 mg tablet, 1 tablet every 12 hours"
    assert "DDI-210" not in told(checked(text))
    assert "DDI-030" in told(checked(text))


def test_only_the_ingredient_that_is_there_twice_is_named():
    text = f"{ER} + {ER_OTHER} + oxycodone ER 20 mg tablet, 1 tablet every 12 hours"
    assert found(text, "DDI-210").drugs == ("morphine",)


def test_lines_that_were_never_taken_together_are_no_duplicate():
    text = f"{ER} to 2026-01-31 + {ER_OTHER} from 2026-02-01"
    assert "DDI-210" not in told(checked(text))


@pytest.mark.parametrize("second", ["by B", "by B from 2026-03-01"])
def test_one_medicine_from_two_prescribers(second):
    text = f"sertraline 50 mg tablet daily by A + sertraline 100 mg tablet daily {second}"
    assert found(text, "DDI-212").drugs == ("sertraline",)


@pytest.mark.parametrize(
    "text",
    [
        "sertraline 50 mg tablet daily by A + sertraline 100 mg tablet daily by A",
        "sertraline 50 mg tablet daily by A + sertraline 100 mg tablet daily",
        "sertraline 50 mg tablet daily by A + gabapentin 300 mg capsule daily by B",
        "diclofenac 1% gel, 4 g four times daily by A + diclofenac 1% gel, 2 g twice daily by B",
        "acetaminophen 500 mg tablet daily by A + acetaminophen 325 mg tablet daily by B",
    ],
)
def test_what_one_prescriber_splits_or_what_stays_on_the_skin_is_none(text):
    assert "DDI-212" not in told(checked(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("amitriptyline + nortriptyline", ("amitriptyline", "nortriptyline")),
        ("diphenhydramine + hydroxyzine", ("diphenhydramine", "hydroxyzine")),
    ],
)
def test_two_of_a_class(text, names):
    assert found(text, "DDI-213").drugs == names


def test_one_of_each_class_is_not_two_of_a_class():
    assert "DDI-213" not in told(checked("amitriptyline + cyclobenzaprine + diphenhydramine"))
    assert "DDI-213" not in told(checked("amitriptyline + doxepin 6 mg tablet nightly"))


@pytest.mark.parametrize(("end", "again"), [("2026-02-20", True), ("2026-02-21", True), ("2026-02-10", False)])
def test_a_renewal_starts_within_a_week_of_the_end(end, again):
    line = "oxycodone 5 mg tablet, 1 tablet 3 times daily"
    text = f"{line} from 2026-01-20 to {end} + {line} from 2026-02-25"
    assert ("DDI-211" in told(checked(text))) is again


@pytest.mark.parametrize("rule", ["DDI-211", "DDI-214"])
def test_what_is_no_duplicate_never_interrupts(rule):
    text = {
        "DDI-211": "oxycodone 5 mg tid from 2026-02-01 to 2026-03-02 + oxycodone 5 mg tid from 2026-03-01",
        "DDI-214": "oxycodone ER 20 mg every 12 hours + oxycodone 5 mg every 6 hours as needed",
    }[rule]
    finding = found(text, rule)
    assert (finding.severity.words, finding.tier) == ("info", 3)
