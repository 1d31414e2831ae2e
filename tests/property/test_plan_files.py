"""A plan leaves as a file and comes back as it was, exactly; a file that is not as it was written says so."""

from __future__ import annotations

import copy
import json
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from medsteward.errors import UnreadableInput
from medsteward.model.number import exact_json
from medsteward.readers.plan.document import read_plan
from medsteward.schedules.saved import DIGESTED, digest
from medsteward.writers.plan.document import document
from medsteward.writers.shared.json_text import one_line, pretty
from tests.counts import examples
from tests.property.plans import reports

slow = examples(25, suppress_health_check=list(HealthCheck))


def saved(report):
    return pretty(document(report)).encode()


@slow
@given(reports())
def test_what_was_written_is_read_and_written_again_to_the_byte(report):
    data = saved(report)
    found, problems = read_plan(data, "plan.json")
    assert problems == ()
    assert found is not None
    assert found.plan == evolve(report.plan, fills=(), notes=())
    assert (found.kind, found.case_id, found.as_of) == (report.kind, report.case_id, report.as_of)
    assert saved(evolve(report, plan=found.plan)) == data


@slow
@given(reports())
def test_spaces_and_the_order_of_keys_do_not_matter(report):
    table = document(report)
    mixed = json.dumps(table, indent=None, sort_keys=True).encode()
    assert read_plan(mixed, "a")[0] == read_plan(one_line(table).encode(), "a")[0] == read_plan(saved(report), "a")[0]


def leaves(value, path=()):
    """Every path to something that is not a container, in what the digest is of."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, (*path, number))
    else:
        yield path


def put(table, path, value):
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = value


@slow
@given(reports(), st.data())
def test_whatever_is_changed_by_hand_is_noticed(report, data):
    table = json.loads(saved(report))
    path = data.draw(st.sampled_from([each for key in DIGESTED[1:] for each in leaves(table.get(key), (key,))]))
    old = table
    for key in path:
        old = old[key]
    changed = copy.deepcopy(table)
    put(changed, path, 7 if old != 7 else 8)
    found, problems = read_plan(json.dumps(changed).encode(), "plan.json")
    assert found is None
    assert [each.code for each in problems] == ["PLAN-002"]


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@examples(40, suppress_health_check=list(HealthCheck))
@given(reports(), st.data(), junk)
def test_nothing_in_a_file_raises_anything_but_what_is_said(report, data, value):
    table = json.loads(saved(report))
    paths = [(key,) for key in table] + [each for key in ("base", "events") for each in leaves(table[key], (key,))]
    path = data.draw(st.sampled_from(paths))
    cut = data.draw(st.integers(1, len(path)))
    put(table, path[:cut], value)
    if table["digest"] != value:
        table["digest"] = digest(table)
    try:
        found, problems = read_plan(json.dumps(table).encode(), "plan.json")
    except UnreadableInput:
        return
    assert (found is None) == bool(problems)
    assert len(problems) <= 1


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused_in_words(data):
    with pytest.raises(UnreadableInput):
        read_plan(data, "plan.json")


@given(st.fractions(min_value=0, max_value=10**9))
def test_numbers_keep_their_exact_value(value):
    from decimal import Decimal

    said = json.loads(json.dumps(exact_json(value)), parse_float=Decimal)
    assert Fraction(said) == value
