"""Large and endless input: a bounded amount of it is read, memory stays flat, and what is known is answered at once."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

LARGE = 200_000_000
"""Bytes of a large file."""
MOST_MEMORY = 1_000_000_000
"""Bytes of address space that a run may ask for: five times less than the file would take as objects."""
ORDER = {
    "resourceType": "MedicationRequest",
    "status": "active",
    "intent": "order",
    "subject": {"reference": "Patient/1"},
    "medicationCodeableConcept": {"text": "oxycodone 5 mg tablet"},
    "dosageInstruction": [{"text": "1 tablet every 6 hours"}],
}
FILLS = b"patient_key,drug_name,strength,form,quantity,days_supply,filled_date\n"


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def run(*arguments: str | Path, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run ``medsteward`` as a process whose memory is bounded."""
    return subprocess.run(  # type: ignore[call-overload]
        [sys.executable, "-m", "medsteward", *map(str, arguments)],
        capture_output=True,
        timeout=300,
        check=False,
        preexec_fn=_bounded,
        **({"stdin": subprocess.DEVNULL} | more),
    )


@contextmanager
def fed(*arguments: str, block: bytes, head: bytes = b"", most: int = 10**12) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a pipe to its standard input that does not end before ``most`` bytes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "medsteward", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_bounded,
        env={key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"},
    )

    def feed() -> None:
        assert process.stdin is not None
        sent = 0
        try:
            process.stdin.write(head)
            process.stdin.flush()
            while sent < most:
                sent += process.stdin.write(block)
            process.stdin.close()
        except (BrokenPipeError, ValueError):
            pass

    threading.Thread(target=feed, daemon=True).start()
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def said_by(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """What a process said, whose input another thread writes."""
    assert process.stdout is not None
    assert process.stderr is not None
    out, err = process.stdout.read(), process.stderr.read()
    process.wait(timeout=60)
    return out, err


READERS: dict[str, tuple[str, ...]] = {
    "a.json": ("mme", "--input", "@"),
    "a.ndjson": ("mme", "--input", "@"),
    "a.jsonl": ("mme", "--input", "@"),
    "a.toml": ("mme", "--input", "@"),
    "a.csv": ("fills", "--input", "@"),
    "a.parquet": ("fills", "--input", "@"),
    "RXNCONSO.RRF": ("codes", "load", "@", "--codes", "INDEX"),
    "ndc.csv": ("codes", "load-ndc", "@", "--codes", "INDEX"),
    "ndc.xlsx": ("codes", "load-ndc", "@", "--codes", "INDEX"),
    "plan.json": ("plan", "show", "@"),
    "schedule.csv": ("plan", "check", "@", "--policy", "humane"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_a_large_file_of_nothing_is_refused_in_bounded_memory(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    with file.open("wb") as stream:
        stream.truncate(LARGE)
    done = run(*({"@": file, "INDEX": tmp_path / "index"}.get(each, each) for each in READERS[name]))
    assert done.returncode in (2, 3), done.stderr
    assert 0 < len(done.stderr.splitlines()) <= 3
    assert b"Traceback" not in done.stderr
    assert {each.name for each in tmp_path.iterdir()} == {name}


WRITTEN: dict[str, tuple[str, bytes, bytes]] = {
    "a text without end": ("a.json", b'{"resourceType": "Bundle", "id": "', b"a" * 1000),
    "entries without end": ("a.json", b'{"resourceType": "Bundle", "entry": [', b"{}," * 1000),
    "medications without end": ("a.json", b'{"medications": [', b'{"sig": "x"},' * 1000),
    "brackets": ("a.json", b"", b"[" * 1000),
    "one line of NDJSON": ("a.ndjson", b'{"resourceType": "Patient", "id": "', b"a" * 1000),
    "lines of one patient": ("a.ndjson", b"", json.dumps(ORDER).encode() + b"\n"),
    "a field without end": ("a.csv", FILLS + b'"', b"a\n" * 1000),
    "a header without end": ("a.csv", b"", b"a," * 1000),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", WRITTEN)
def test_a_large_file_is_answered_in_bounded_memory(what: str, tmp_path: Path) -> None:
    name, head, unit = WRITTEN[what]
    file = tmp_path / name
    with file.open("wb") as stream:
        stream.write(head)
        block = unit * (1_000_000 // len(unit))
        while stream.tell() < LARGE:
            stream.write(block)
    done = run(*(file if each == "@" else each for each in READERS[name]))
    file.unlink()
    assert done.returncode in (2, 3, 4), done.stderr
    assert b"Traceback" not in done.stderr
    assert 0 < len(done.stderr.splitlines()) <= 3


@pytest.mark.parametrize("head", [b"", b"{", b'{"resourceType": "Bundle", "id": "', b"[[medications]]\nsig = '"])
def test_a_line_without_end_is_refused(head: bytes) -> None:
    """The pipe stays open: the answer comes after a bounded amount, not at the end."""
    with fed("mme", "--input", "-", head=head, block=b"a" * 65_536) as process:
        assert process.wait(timeout=120) == 2
        assert process.stderr is not None
        said = process.stderr.read()
    assert b"bytes" in said
    assert len(said.splitlines()) == 1


def test_a_stream_is_answered_as_it_comes() -> None:
    """A Bundle is answered while the stream waits for the next; and before a line that never ends."""
    first = json.dumps({"resourceType": "Bundle", "entry": [{"resource": ORDER}]}).encode() + b"\n"
    with fed("mme", "--input", "-", "--format", "jsonl", head=first * 2, block=b"a" * 65_536) as process:
        assert process.stdout is not None
        assert [json.loads(process.stdout.readline())["id"] for _ in range(2)] == ["1", "1"]
        assert process.poll() is None


def test_a_line_that_is_too_long_is_thrown_away_as_it_comes() -> None:
    first = json.dumps({"resourceType": "Bundle", "entry": [{"resource": ORDER}]}).encode() + b"\n"
    more = {"head": first * 2, "block": b"a" * 65_536, "most": LARGE // 2}
    with fed("mme", "--input", "-", "--format", "jsonl", **more) as process:  # type: ignore[arg-type]
        out, err = said_by(process)
    assert process.returncode == 3, err
    assert len(out.splitlines()) == 3
    assert b"Traceback" not in err
