"""FHIR is read the same with msgspec and without, and whatever was read before."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.readers.fhir import decode
from medsteward.readers.fhir.bundle import said_in
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.readers.fhir.kept import Kept, key_of
from medsteward.readers.fhir.stream import read_lines
from tests.counts import examples
from tests.fhir_parts import DAY, UCUM, every, request

pytest.importorskip("msgspec")
FAST = decode.fast_decoder

numbers = st.sampled_from(["1", "2", "1.0", "1e0", "2E0", "0.5", "10", "0", "-1", "1e9", '"1"', "true", "null"])
units = st.sampled_from(
    [
        {"unit": "tablet", "system": UCUM, "code": "{tbl}"},
        {"system": UCUM, "code": "mg"},
        {"unit": "teaspoon"},
        {"unit": "a:b"},
        {},
    ]
)
drugs: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{"text": "oxycodone 5 mg tablet"}, {"text": "morphine ER 30 mg tablet"}, {"text": 'x: "\\é'}, {"text": 5}, {}]
)
more = st.fixed_dictionaries(
    {},
    optional={
        "intent": st.sampled_from(["order", "plan", "filler-order", ["order"], {}, 5]),
        "status": st.sampled_from(["active", "completed", "stopped", "draft", "?", [1]]),
        "authoredOn": st.sampled_from(["2026-12-01", "2026-12", "0001-01-01", "9999-12-31", "x", 5]),
        "requester": st.sampled_from([{"reference": "Practitioner/1"}, {"reference": 5}, "x", []]),
        "reasonCode": st.sampled_from([[{"text": "cancer pain"}], [{}], 5]),
        "dispenseRequest": st.sampled_from(
            [{"expectedSupplyDuration": {"value": 30, "unit": "d"}}, {"quantity": {"value": 60}}, 5, []]
        ),
        "modifierExtension": st.just([{"url": "x"}]),
        "unheard of": st.just({"a": [1, {"b": 2}]}),
        "text": st.just({"div": "<p>a: b</p>"}),
        "dosageInstruction": st.sampled_from([5, "x", {}, [], [5], [{"timing": 5}], [{"text": "1 tablet daily"}]]),
    },
)
timings = st.builds(every, st.sampled_from([1, 2, 4]), st.sampled_from([1, 3]), st.sampled_from(["d", "h", "mo"]))
weekly = st.builds(
    lambda often, days: {"repeat": {"frequency": often, "period": 1, "periodUnit": "wk", "dayOfWeek": days}},
    st.just("VALUE"),
    st.sampled_from([["mon"], ["mon", "thu"], ["foo"]]),
)


@st.composite
def line(draw: st.DrawFn) -> bytes:
    """A request as a line, its numbers written in several ways, now and then with a name twice or cut short."""
    dose = {"value": "VALUE", **draw(units)}
    dosage = {"timing": draw(timings | weekly), "doseAndRate": [{"doseQuantity": dose}]}
    resource = request(dosage, drug=draw(drugs), **draw(more))
    resource["subject"] = {"reference": f"Patient/{draw(st.integers(1, 2))}"}
    resource["id"] = str(draw(st.integers(1, 30)))
    separators = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : ")]))
    text = json.dumps(resource, separators=separators, ensure_ascii=draw(st.booleans()))
    text = text.replace('"VALUE"', draw(numbers))
    change = draw(st.integers(0, 12))
    if change == 0:
        text = f'{text[:-1]}, "id": "2"}}'
    elif change == 1:
        text = text.replace('"value"', '"value": 1, "v\\u0061lue"')
    elif change == 2:
        text = text.replace('"reference"', '"refer\\u0065nce"')
    elif change == 3:
        text = text[: draw(st.integers(0, len(text) - 1))]
    return text.encode()


def read(lines: list[bytes], records: ResourceReader, monkeypatch: pytest.MonkeyPatch, *, fast: bool) -> list[str]:
    """What the cases of the lines are, in full."""
    monkeypatch.setattr(decode, "fast_decoder", FAST if fast else lambda: None)
    stream = io.BytesIO(b"\n".join([b"{}", *lines]))
    return [repr(case) for case in read_lines(stream, b"", "a", records, as_of=DAY)]


FAST_BEFORE, PLAIN_BEFORE = ResourceReader(), ResourceReader()
"""Readers that have read every example before."""


@examples(150)
@given(st.lists(line(), max_size=4))
def test_the_same_with_msgspec_and_without_and_after_others(lines):
    with pytest.MonkeyPatch.context() as patch:
        expected = read(lines, ResourceReader(), patch, fast=False)
        assert read(lines, ResourceReader(), patch, fast=True) == expected
        assert read(lines, FAST_BEFORE, patch, fast=True) == expected
        assert read(lines, PLAIN_BEFORE, patch, fast=False) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", '"1"'),
        ("1.5", '"1.5"'),
        ("1", "true"),
        ("1.0", "1"),
        ("[]", "{}"),
        ("null", "[]"),
        ('"a\\"b"', '"a\\\\"'),
        ("1.50", "1.5"),
    ],
)
@pytest.mark.parametrize("fast", [True, False])
def test_values_that_differ_have_texts_that_differ(one, other, fast, monkeypatch):
    monkeypatch.setattr(decode, "fast_decoder", FAST if fast else lambda: None)
    texts = {key_of(decode.decode(f'{{"a": {each}}}'.encode(), "a"), decode.writer()) for each in (one, other)}
    assert len(texts) == 2
    assert None not in texts


def test_what_is_not_of_r4_is_part_of_what_is_said():
    known: dict[str, Any] = {"id": "1", "authoredOn": "2027-01-01", "status": "active"}
    assert said_in(known, "MedicationRequest") == {"status": "active"}
    for strange in ("effectivePeriod", "modifierExtension", "foo"):
        assert strange in said_in({**known, strange: 1}, "MedicationRequest")
    assert "effectivePeriod" not in said_in({"effectivePeriod": 1}, "MedicationStatement")


def test_what_is_kept_is_bounded():
    kept: Kept[int] = Kept(most=3)
    for number in range(10):
        assert kept.keep(number, number) == number
        assert sum(kept.get(each) is not None for each in range(10)) <= 3
    assert kept.get(9) == 9
    assert key_of("a" * 9000) is None
    assert key_of(10**5000) is None
