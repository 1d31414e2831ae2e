"""A line of a record, written into a plan and read back."""

from __future__ import annotations

from datetime import date

from medsteward.model.regimen import Line, Origin
from medsteward.readers.shared.exact_json import built
from medsteward.writers.shared.exact_json import exact

OF_A_RECORD = Line("a", None, origin=Origin.REPORT, replaced="by another", lapsed=date(2026, 12, 1), link="m1")


def test_what_a_record_says_of_a_line_comes_back():
    assert built(exact(OF_A_RECORD), Line, "line") == OF_A_RECORD


def test_a_line_without_a_record_is_written_as_before():
    assert not {"origin", "replaced", "lapsed", "link"} & exact(Line("a", None)).keys()
    assert built(exact(Line("a", None)), Line, "line") == Line("a", None)
