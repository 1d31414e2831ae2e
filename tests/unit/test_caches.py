"""The one module of memories: bounded, named, emptied together, and never another answer."""

from __future__ import annotations

from datetime import date

import pytest

import medsteward
from medsteward.advice.case.check import check_case
from medsteward.caches import caches, clear_caches, made_once, of_object, remembered
from medsteward.writers.check.document import document as check_document
from medsteward.writers.mme.document import document

DAY = date(2027, 1, 4)
LINES = ("oxycodone 10 mg, 1 tablet every 6 hours", "morphine ER 30 mg every 12 hours", "lorazepam 1 mg at bedtime")


def answers() -> tuple[object, object]:
    case = medsteward.case_of(*LINES, as_of=DAY, patient={"age": 70, "conditions": ["sleep apnea"]})
    table = medsteward.factor_table("cdc_2022")
    return document(medsteward.mme_per_day(case, table=table)), check_document(check_case(case, table=table))


def test_what_is_forgotten_is_answered_the_same():
    before = answers()
    assert caches()["medsteward.tables.load.factor_table"].currsize
    medsteward.clear_caches()
    assert all(each.currsize == 0 for each in caches().values())
    assert answers() == before


def test_every_memory_is_bounded_unless_it_holds_one_answer():
    answers()
    assert all(each.maxsize is not None or each.currsize <= 1 for each in caches().values())


def test_a_memory_keeps_what_was_asked_for_last_by_its_name():
    asked = []

    @remembered(2)
    def twice(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [twice(number) for number in (1, 2, 1, 3, 2)] == [2, 4, 2, 6, 4]
    assert asked == [1, 2, 3, 2]
    name = f"{__name__}.test_a_memory_keeps_what_was_asked_for_last_by_its_name.<locals>.twice"
    assert caches()[name].hits == 1
    clear_caches()
    assert twice(1) == 2
    assert asked[-1] == 1


def test_what_takes_arguments_is_not_made_once():
    def half(number: int) -> int:
        return number // 2

    with pytest.raises(TypeError, match="arguments"):
        made_once(half)  # type: ignore[arg-type]


def test_the_memory_of_an_object_is_not_among_those_of_the_package():
    before = set(caches())
    kept = of_object(lambda number: number + 1, most=1)
    assert (kept(1), kept(1), kept.cache_info().hits) == (2, 2, 1)
    assert set(caches()) == before
