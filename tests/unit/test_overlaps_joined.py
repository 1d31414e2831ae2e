"""Days that a finding takes over from those that it takes in stand in one order, whatever order they were found in."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve

import medsteward
from medsteward.interactions.check import engine
from medsteward.interactions.result import with_absorbed
from medsteward.patient.overlaps import Overlap
from medsteward.patient.picture import Picture

DAY = date(2027, 1, 4)
DRUGS = ("oxycodone", "alprazolam")


def test_days_that_begin_alike_stand_by_their_last_day():
    picture = Picture(medsteward.case_of("oxycodone 10 mg q6h", "alprazolam 1 mg bid", as_of=DAY))
    taker = next(each for each in engine().findings(picture, {}) if each.drugs == DRUGS)
    overlaps = tuple(Overlap(DRUGS, DAY, DAY + timedelta(days=days)) for days in range(12))
    open_end = Overlap(DRUGS, DAY, None)
    joined = with_absorbed(taker, (evolve(taker, overlaps=(open_end, *reversed(overlaps))),))
    assert joined.overlaps == (*overlaps, open_end)
