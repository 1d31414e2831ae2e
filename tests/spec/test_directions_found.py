"""Directions as found in public sources: how many are read right, and that none is read wrong.

The lines, their right answers and where each was seen: ``directions_found.txt``. A question where the answer is clear
is a loss and lowers the share; a number other than the right one fails at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import frozen

from medsteward.doses.daily import daily_doses
from medsteward.drugs.matching import leading_ingredient
from medsteward.mme.result import Status
from medsteward.model.amount import Amount
from medsteward.readers.directions.line import read_line
from tests.build import there
from tests.spec.test_directions import amount, report_of

FLOOR = {"found": 97, "sig": 98, "made": 100}
"""How many of a hundred lines are treated right at least. Raise them as more is read; they never go down."""
FLOOR_OF_CLEAR = {"found": 95, "sig": 98, "made": 100}
"""The same of the clear lines alone: those that no careful pharmacist would ask about."""

MOST_OF_A_KIND = 10
OPENS_A_KIND = "# --- "
EITHER = " or asked"
SEDATIVES = {"alprazolam", "clonazepam", "diazepam", "gabapentin", "lorazepam", "pregabalin", "zopiclone"}
"""All that the file holds beside opioids."""


class Outcome(Enum):
    RIGHT = "right"
    NEEDLESS = "asked, though clear"
    WRONG = "wrong"


@frozen
class Row:
    """A line of the file. ``right`` None: it is to be asked about; ``may_ask``: asking is right as well."""

    group: str
    kind: str
    text: str
    drug: str
    right: Amount | None
    may_ask: bool
    source: str


def rows() -> Iterable[Row]:
    group = kind = ""
    for line in Path(__file__).with_name("directions_found.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(OPENS_A_KIND):
            group, _, kind = line.removeprefix(OPENS_A_KIND).partition(": ")
        elif line and not line.startswith("#"):
            text, answer, source = line.rsplit(" | ", 2)
            drug, _, figure = answer.removesuffix(EITHER).partition(" ")
            right = Amount(*amount(figure)) if figure else None
            may_ask = right is None or answer.endswith(EITHER)
            yield Row(group, kind, text.replace(" :: ", ", "), drug, right, may_ask, source)


ROWS = list(rows())


def read(text: str) -> tuple[str | None, Amount] | None:
    """The drug and the most of a day that are given for a line; None: it is asked about, or not counted."""
    line = read_line(text)
    (entry,) = report_of(text).entries
    if entry.status in (Status.COUNTED, Status.NO_FACTOR):
        # an amount that is swallowed is read although the table has no factor; an injection is not counted at all
        swallowed = entry.product is not None and entry.product.route == "oral"
        counted = entry.daily is not None and (entry.status is Status.COUNTED or swallowed)
        return (entry.drug, there(entry.daily).maximum) if counted else None
    if entry.status is not Status.NOT_AN_OPIOID or line.problems or line.regimen is None:
        return None
    doses = daily_doses(line.regimen).ingredients
    lead = leading_ingredient(tuple(each.ingredient for each in doses))
    daily = next(each.daily for each in doses if each.ingredient == lead)
    return (lead, daily.maximum) if daily is not None else None


def outcome(row: Row) -> Outcome:
    given = read(row.text)
    if given is None:
        return Outcome.RIGHT if row.may_ask else Outcome.NEEDLESS
    drug, most = given
    right = row.right is not None and drug == row.drug and most.to(row.right.unit) == row.right
    return Outcome.RIGHT if right else Outcome.WRONG


@pytest.mark.parametrize("row", [pytest.param(row, id=row.text[:90]) for row in ROWS])
def test_no_line_is_read_wrong(row):
    assert outcome(row) is not Outcome.WRONG, f"{read(row.text)} instead of {row.drug} {row.right}"


def test_no_line_with_an_opioid_is_said_to_have_none():
    for row in ROWS:
        (entry,) = report_of(row.text).entries
        assert entry.status is not Status.NOT_AN_OPIOID or entry.drug in SEDATIVES, row.text


def share(outcomes: list[Outcome]) -> Fraction:
    return Fraction(outcomes.count(Outcome.RIGHT), len(outcomes))


def test_the_share_treated_right_is_told_and_does_not_fall(capsys):
    every = [(row, outcome(row)) for row in ROWS]
    for group, floor in FLOOR.items():
        mine = [(row, found) for row, found in every if row.group == group]
        clear = [found for row, found in mine if not row.may_ask]
        with capsys.disabled():
            print(f"\n{group}: {told(found for _, found in mine)}; of the clear ones {told(clear)}")
            for kind in dict.fromkeys(row.kind for row, _ in mine):
                print(f"  {kind}: {told(found for row, found in mine if row.kind == kind)}")
        assert share([found for _, found in mine]) >= Fraction(floor, 100), group
        assert share(clear) >= Fraction(FLOOR_OF_CLEAR[group], 100), group


def told(outcomes: Iterable[Outcome]) -> str:
    all_of_them = list(outcomes)
    return f"{all_of_them.count(Outcome.RIGHT)} of {len(all_of_them)} right ({int(100 * share(all_of_them))} %)"


def test_there_are_enough_lines_and_no_kind_outweighs_the_others():
    assert Counter(row.group for row in ROWS)["found"] >= 200
    assert max(Counter((row.group, row.kind) for row in ROWS).values()) <= MOST_OF_A_KIND
    assert len({row.text for row in ROWS}) == len(ROWS)


def test_every_found_line_says_where_it_was_seen():
    for row in ROWS:
        seen = row.source.startswith(("https://", "http://", "github.com/"))
        assert seen if row.group != "made" else row.source == "made", row.text
