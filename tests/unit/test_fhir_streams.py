"""FHIR files and streams: found by what they are, gathered by patient, bounded, and refused in a sentence."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medsteward.advice.case.mme import mme_per_day
from medsteward.errors import UnreadableInput
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case
from medsteward.readers.case.files import MAX_CASE, read_cases
from medsteward.readers.fhir import decode, stream
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.readers.shared import json_text
from medsteward.tables.load import factor_table
from tests.build import total_of
from tests.fhir_parts import DAY, FENTANYL, PATCH, TABLETS, bundle, request


def from_stdin(data: bytes, **more: Any) -> list[Case]:
    return list(read_cases("-", io.BytesIO(data), as_of=DAY, **more))


def lines(*resources: object) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in resources)


def of(patient: int, **more: Any) -> dict[str, Any]:
    return request(TABLETS, **{"subject": {"reference": f"Patient/{patient}"}, **more})


@pytest.fixture(params=["fast", "plain"])
def either(request, monkeypatch):
    """With msgspec and without."""
    if request.param == "plain":
        monkeypatch.setattr(decode, "fast_decoder", lambda: None)
    else:
        pytest.importorskip("msgspec")
    return request.param


@pytest.mark.parametrize("name", ["a.json", "a.ndjson", "a.jsonl"])
def test_files_are_known_by_what_they_hold(tmp_path, name, either):
    path = tmp_path / name
    path.write_bytes(lines(of(1)))
    (found,) = read_cases(str(path), None, as_of=DAY)
    assert len(found.lines) == 1
    path.write_text(json.dumps(bundle(of(1), of(1)), indent=None if name != "a.json" else 2), encoding="utf-8-sig")
    (found,) = read_cases(str(path), None, as_of=DAY)
    assert len(found.lines) == 2


def test_standard_input_is_looked_at(either):
    assert len(from_stdin(lines(of(1), of(2)))) == 2
    assert len(from_stdin(json.dumps(bundle(of(1)), indent=1).encode())) == 1
    assert len(from_stdin(json.dumps([of(1), of(2)], indent=1).encode())) == 2
    assert len(from_stdin(b"\n\n" + lines(bundle(of(1)), bundle(of(1))))) == 2


def test_a_case_may_hold_a_resource():
    case = {"id": "a", "medications": [{"sig": "oxycodone 5 mg, 1 tablet daily"}, of(1), request(PATCH, drug=FENTANYL)]}
    for text in (json.dumps(case), json.dumps(case, indent=1)):
        (found,) = from_stdin(text.encode())
        assert found.id == "a"
        assert total_of(mme_per_day(found, table=factor_table("cdc_2022"))).maximum.value == 180 + 30 + 7.5
    (wrong,) = from_stdin(json.dumps({"medications": [{"resourceType": "Bundle", "entry": 5}]}).encode())
    assert wrong.unread
    assert wrong.problems


def test_loose_resources_are_gathered_by_patient(either, monkeypatch):
    resources: list[Any] = [of(n, id=f"{n}-{k}") for n in range(40) for k in range(3)]
    resources += [{"resourceType": "Patient", "id": str(n), "gender": "female"} for n in range(40)]
    medication = {"resourceType": "Medication", "id": "m", "code": FENTANYL}
    by_reference = request(
        PATCH, subject={"reference": "https://x.org/Patient/3"}, medicationReference={"reference": "Medication/m"}
    )
    del by_reference["medicationCodeableConcept"]
    resources += [by_reference, medication]
    random.Random(1).shuffle(resources)
    here = from_stdin(lines(*resources))
    told: list[str] = []
    monkeypatch.setattr(stream, "IN_MEMORY", 5_000)
    there = from_stdin(lines(*resources), tell=told.append)
    assert here == there
    assert len(here) == 40
    assert "on disk" in "".join(told)
    assert {len(case.lines) for case in here} == {3, 4}
    assert all(case.patient.sex == "female" and not case.problems for case in here)


def test_one_patient_of_too_many_resources_is_said_and_hides_no_other(either, monkeypatch):
    resources = [of(1, id=str(n)) for n in range(50)] + [of(2)]
    monkeypatch.setattr(stream, "IN_MEMORY", 0)
    monkeypatch.setattr(stream, "OF_ONE", 5000)
    many, other = from_stdin(lines(*resources))
    assert (many.id, many.lines, other.id, len(other.lines)) == ("1", (), "2", 1)
    assert many.unread
    assert [problem.code for problem in many.problems] == ["CASE-004"]
    assert not other.problems


def test_what_is_put_on_disk_is_removed(monkeypatch, tmp_path):
    monkeypatch.setattr(stream, "IN_MEMORY", 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = read_cases("-", io.BytesIO(lines(of(1), of(2), of(3))), as_of=DAY)
    next(found)
    folder = next(tmp_path.iterdir())
    assert folder.stat().st_mode & 0o077 == 0
    found.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_bundles_in_a_stream_are_answered_at_once():
    def endless() -> Iterator[bytes]:
        while True:
            yield lines(bundle(of(1)))

    class Endless(io.RawIOBase):
        source = endless()

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            data = next(self.source)[: len(buffer)]
            buffer[: len(data)] = data
            return len(data)

    found = read_cases("-", io.BufferedReader(Endless()), as_of=DAY)
    assert [next(found).id for _ in range(5)] == ["1"] * 5


def test_a_bad_line_is_a_case_and_the_reading_goes_on(either):
    found = from_stdin(
        lines(of(1)) + b'{"resourceType": "Patient", "id"\n[]\n5\n' + lines({}, of(2, subject={})) + lines(of(1))
    )
    assert [len(case.lines) for case in found] == [0, 0, 0, 0, 0, 2]
    assert all(case.unread and case.problems for case in found[:-1])
    assert [case.unread[0] for case in found[:-1]] == [f"input line {n}" for n in (2, 3, 4, 5, 6)]


HOSTILE = [
    (b'{"resourceType": "Bundle", "entry": [', "not JSON"),
    (b'{"resourceType": "Bundle", "id": "\x00"}', "not JSON"),
    (b'{"resourceType": "Bundle", "id": "a", "id": "b"}', "given twice"),
    (b'{"resourceType": "Bundle", "entry": ' + b"[" * 100_000, "nested too deeply"),
    (b'{"resourceType": "Bundle", "total": NaN}', "not a number"),
    (b'{"resourceType": "Bundle", "total": ' + b"9" * 5000 + b"}", "number without end"),
    (b'{"resourceType": "Bundle", "id": "\xff"}', "not UTF-8"),
    (b'{"resourceType": "Bundle", "id": "\\ud800"}', "half a character"),
]


@pytest.mark.parametrize(("data", "what"), HOSTILE)
def test_hostile_documents_are_refused_in_a_line(data, what, either, tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match=what):
        list(read_cases(str(path), None, as_of=DAY))


def test_too_large_is_refused_without_reading_it_all(monkeypatch, either):
    monkeypatch.setattr(decode, "MAX_RESOURCE", 5_000_000)
    monkeypatch.setattr(stream, "MAX_RESOURCE", 5_000_000)
    big = b'{\n"resourceType": "Bundle", "id": "' + b"a" * 20_000_000

    class Counting(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            Counting.taken += len(data)
            return data

    with pytest.raises(UnreadableInput, match="more than 5,000,000 bytes"):
        list(read_cases("-", Counting(big), as_of=DAY))
    assert Counting.taken < 6_000_000
    line = b'{"resourceType": "Patient", "id": "' + b"a" * 6_000_000 + b'"}\n'
    found = from_stdin(lines(of(1)) + line + lines(of(1)))
    assert "longer than" in found[0].problems[0].text
    assert len(found[1].lines) == 2


def test_a_large_bundle_is_read_and_a_large_case_is_not(tmp_path):
    filler = {"resourceType": "Patient", "id": "1", "text": {"div": "a" * (MAX_CASE + 1)}}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(bundle(filler, of(1)), indent=1))
    (found,) = read_cases(str(path), None, as_of=DAY)
    assert len(found.lines) == 1
    path.write_text(json.dumps({"id": "a" * MAX_CASE, "medications": [of(1)]}))
    with pytest.raises(UnreadableInput, match="more than"):
        list(read_cases(str(path), None, as_of=DAY))


def test_many_names_twice_are_found_soon():
    names = ", ".join(f'"k{n}": 1' for n in range(200_000))
    with pytest.raises(UnreadableInput, match="given twice"):
        json_text.json_of(f'{{{names}, "k199999": 2}}', "a")


def test_no_key_of_a_patient_is_in_a_message(either):
    secret = "SECRET-MRN-42"
    bad = of(1, subject={"reference": f"Patient/{secret}"}, authoredOn="never", status="unknown")
    told: list[str] = []
    found = from_stdin(lines({"resourceType": "Encounter", "subject": {"reference": secret}}, bad), tell=told.append)
    (case,) = found
    assert case.id == secret
    said: list[Problem | Caution] = [*case.problems, *case.cautions, *case.lines[0].problems]
    messages = [f"{each.where} {each.text}" for each in said] + told
    assert messages
    assert not any(secret in message for message in messages)


def test_the_library_gives_the_same_with_and_without_msgspec(monkeypatch):
    pytest.importorskip("msgspec")
    texts = [
        b'{"resourceType": "Basic", "a": 1.50, "b": -0, "c": 1E2, "d": 12345678901234567890123, "e": 0.1}',
        b'{"resourceType": "Basic", "a": "x\\": y", "b": {"c": [1, {"d": null}, true]}}',
        b'{"resourceType" : "Basic", "a\\u0062": 1, "ab": 2}',
        b'{"resourceType": "Basic", "n": 1e999}',
        b'{"resourceType": "Basic", "n": -0.0}',
        b'{"resourceType": "Basic", "a": "x: \\u003a \\u003A :", "b:": "\\"\\t:", "c" :\n{}}',
    ]
    fast = decode.fast_decoder
    for text in texts:
        answers = []
        for decoder in (fast, lambda: None):
            monkeypatch.setattr(decode, "fast_decoder", decoder)
            try:
                answers.append(repr(decode.decode(text, "a")))
            except UnreadableInput as error:
                answers.append(str(error))
        assert answers[0] == answers[1], text


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1, "a": 1}',
        b'{"a" :1,"b":2,"a":2}',
        b'{"a": ":::", "a": 1}',
        b'{"a": 1, "a": "\\u003a"}',
        b'{"a": 1, "a": "\\u003A"}',
        b'{"a": 1, "\\u0061": "\\\\u003a"}',
        b'{"a": 1, "a": {"\\u003a": 1}}',
        b'[{"b": [{"a": {"c": 1}, "a": {"d": 1, "\\u003ae": 2}}]}]',
        '{"ä": "\\"\\\\:", "\\u00e4": 1.50}'.encode(),
        b'{"a": 12345678901234567890123, "a": 1E400}',
    ],
)
def test_a_name_given_twice_is_never_missed(text, either):
    with pytest.raises(UnreadableInput, match="given twice"):
        decode.decode(text, "a")


def test_a_truncated_resource_never_becomes_another(either, tmp_path: Path):
    whole = json.dumps(bundle(of(1)))
    path = tmp_path / "a.json"
    for end in range(1, len(whole), 7):
        path.write_text(whole[:end])
        with pytest.raises(UnreadableInput):
            list(read_cases(str(path), None, as_of=date(2027, 1, 4)))


HOSTILE_PARTS: list[tuple[dict[str, Any], str]] = [
    ({"intent": ["order"]}, "intent"),
    ({"intent": {}}, "intent"),
    ({"dosageInstruction": 5}, "dosageInstruction is a list"),
    ({"dosageInstruction": {"timing": {"event": 5}}}, "dosageInstruction is a list"),
    ({"dispenseRequest": 5}, "dispenseRequest is an object"),
]


@pytest.mark.parametrize(("part", "said"), HOSTILE_PARTS)
def test_parts_of_the_wrong_kind_are_problems(part, said, either):
    (found,) = from_stdin(lines(of(1, **part)))
    (line,) = found.lines
    texts = [each.text for each in line.problems] + [each.text for each in line.cautions]
    assert any(said in text for text in texts)


def test_several_instructions_do_not_hide_a_supply_that_cannot_be_read():
    (found,) = from_stdin(lines(request(TABLETS, TABLETS, dispenseRequest=5)))
    said = "dispenseRequest is an object"
    assert all(any(said in each.text for each in line.cautions) for line in found.lines)


def test_instructions_that_follow_one_another_from_the_first_day_there_is():
    first = {**TABLETS, "sequence": 1}
    timing = {"repeat": {**TABLETS["timing"]["repeat"], "boundsPeriod": {"start": "0001-01-01"}}}
    (found,) = from_stdin(lines(request(first, {**TABLETS, "sequence": 2, "timing": timing})))
    assert [(line.start, line.end) for line in found.lines] == [(None, date.min), (date.min, None)]


def test_an_order_for_a_medication_is_not_lost(either):
    """A subject that is no patient: who it is for cannot be told, and that is said."""
    lost, kept = from_stdin(lines(of(1), of(2, subject={"reference": "Medication/5"})))
    assert "names no patient" in lost.problems[0].text
    assert lost.unread == ("input line 2",)
    assert len(kept.lines) == 1


def test_a_reference_to_a_patient_as_medication_brings_no_one_elses_lines(either, monkeypatch):
    strange = of(1, medicationCodeableConcept=None, medicationReference={"reference": "Patient/2"})
    for most in (8_000_000, 0):
        monkeypatch.setattr(stream, "IN_MEMORY", most)
        found = from_stdin(lines(strange, of(2, id="a"), of(2, id="b")))
        assert [(case.id, len(case.lines)) for case in found] == [("1", 1), ("2", 2)]
        assert found[0].lines[0].regimen is None


def test_what_is_alike_differs_in_whose_it_is_and_when(either):
    first = of(1, id="a", authoredOn="2026-12-01", requester={"reference": "Practitioner/1"})
    other = of(2, id="b", authoredOn="2026-12-02", requester={"reference": "Practitioner/2"})
    one, two = from_stdin(lines(first, other))
    assert (one.lines[0].start, two.lines[0].start) == (date(2026, 12, 1), date(2026, 12, 2))
    assert (one.lines[0].prescriber, two.lines[0].prescriber) == ("Practitioner/1", "Practitioner/2")
    assert one.lines[0].regimen == two.lines[0].regimen


def test_medications_and_reasons_are_followed_for_each(either):
    """Orders that read the same may refer to Medications and Conditions that do not."""
    entries: list[Any] = []
    for number, drug in enumerate(("oxycodone 5 mg tablet", "morphine ER 30 mg tablet")):
        entries += [
            {"resourceType": "Medication", "id": "m", "code": {"text": drug}},
            {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/1"}, "code": {"text": drug}},
            request(
                TABLETS,
                id=str(number),
                medicationCodeableConcept=None,
                medicationReference={"reference": "Medication/m"},
                reasonReference=[{"reference": "Condition/c"}],
            ),
        ]
    found = from_stdin(lines(bundle(*entries[:3]), bundle(*entries[3:])))
    regimens = [case.lines[0].regimen for case in found]
    assert [each.product.components[0].ingredient for each in regimens if each] == ["oxycodone", "morphine"]
    assert [each.indication for each in regimens if each] == ["oxycodone 5 mg tablet", "morphine ER 30 mg tablet"]


def test_endless_numbers_given_as_objects_are_problems():
    (found,) = ResourceReader().read(
        of(1, dosageInstruction=[{"sequence": 10**5000}], numberOfRepeats=10**5000), as_of=DAY
    )
    assert found.lines[0].problems
