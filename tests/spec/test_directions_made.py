"""Directions in the ways of charts: each line of ``directions_made.txt`` means what stands before it, or is asked."""

from __future__ import annotations

import pytest

from medsteward.readers.directions.line import read_line
from tests.directions_lines import Said, figures_of, said_in

MADE = said_in("directions_made.txt")


@pytest.mark.parametrize("said", [each for each in MADE if not each.code], ids=lambda said: said.line[:80])
def test_a_line_of_a_chart_means_what_a_pharmacist_reads(said: Said) -> None:
    line = read_line(said.line)
    assert figures_of(line) == (said.scheduled, said.maximum), [problem.text for problem in line.problems]


@pytest.mark.parametrize("said", [each for each in MADE if each.code], ids=lambda said: said.line[:80])
def test_a_line_that_a_pharmacist_would_ask_about_is_asked_about(said: Said) -> None:
    line = read_line(said.line)
    codes = [problem.code for problem in line.problems]
    assert codes == ([] if said.code == "DIR-001" and not codes else [said.code]), [p.text for p in line.problems]
    assert figures_of(line) is None


def test_no_line_stands_twice() -> None:
    assert len({said.line for said in MADE}) == len(MADE)


def test_one_of_a_product_of_which_more_are_usual_is_said() -> None:
    assumed, written = read_line("co-codamol 30/500 QDS"), read_line("co-codamol 30/500 1 tablet QDS")
    assert "DIR-110" in {caution.code for caution in assumed.cautions}
    assert "DIR-110" not in {caution.code for caution in written.cautions}
    assert figures_of(assumed) == figures_of(written) == (120, 120)  # type: ignore[comparison-overlap]
