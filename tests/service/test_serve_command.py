"""``medsteward serve``: what it refuses to start with, what it says, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from medsteward.page.addresses import ADDRESSES
from tests import program

TOKEN = "0123456789abcdef0123456789abcdef"


def checked(*words: str) -> program.Done:
    return program.run("serve", "--check-config", *words)


def test_on_this_machine_nothing_more_is_needed():
    done = checked()
    assert done.code == 0
    assert b"would listen on http://127.0.0.1:8460" in done.out
    assert b"only programs on this machine reach it" in done.out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--host", "0.0.0.0"), "--allow-host"),
        (("--host", "0.0.0.0", "--allow-host", "cds.example.org"), "--tls-key and --tls-cert"),
        (("--host", "0.0.0.0", "--behind-proxy"), "--behind-proxy needs --base-url"),
        (("--behind-proxy", "--base-url", "https://cds.example.org"), "none may use it"),
        (("--base-url", "http://cds.example.org"), "https://"),
        (("--base-url", "cds.example.org"), "write it as"),
        (("--base-url", "https://a:b@cds.example.org"), "write it as"),
        (("--allow-host", "*"), "is not taken"),
        (("--cors-origin", "*"), "write scheme and name"),
        (("--cors-origin", "https://ehr.example.org/"), "write scheme and name"),
        (("--cors-origin", "null"), "write scheme and name"),
        (("--tls-key", "key.pem"), "belong together"),
        (("--tls-key", "none.pem", "--tls-cert", "none.pem"), "none.pem"),
        (("--token-file", "none.txt"), "none.txt"),
        (("--audit", "no/folder/audit.jsonl"), "folder that exists"),
        (("--zone", "Mars/Olympus"), "time zone"),
        (("--table", "cdc_2023"), "cdc_2022"),
        (("--port", "70000"), "65535"),
    ],
)
def test_what_would_be_refused_is_said_with_what_to_write(words: tuple[str, ...], part: str):
    done = checked(*words)
    assert done.code == 2
    assert part in done.err
    assert done.out == b""


def test_a_short_or_odd_token_is_refused_and_never_shown(tmp_path: Path):
    for text in ("short", "", "two words of thirty-two characters or more"):
        (tmp_path / "token.txt").write_text(text)
        done = checked("--token-file", str(tmp_path / "token.txt"))
        assert done.code == 2
        assert text == "" or text not in done.err


def test_a_whole_set_of_settings_is_fine(tmp_path: Path, key_pair: tuple[str, str]):
    (tmp_path / "token.txt").write_text(f"{TOKEN}\n")
    words = ("--host", "0.0.0.0", "--allow-host", "cds.example.org", "--token-file", str(tmp_path / "token.txt"))
    done = checked(*words, "--tls-key", key_pair[0], "--tls-cert", key_pair[1], "--zone", "America/New_York")
    assert done.code == 0
    assert b"/api asks for the bearer token" in done.out
    assert TOKEN.encode() not in done.out


def test_a_port_that_is_taken_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = program.run("serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 2
    assert "cannot listen on 127.0.0.1" in done.err


@pytest.mark.skipif(os.name == "nt", reason="there are no signals to send")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_with_the_request_in_flight_answered(number: signal.Signals, tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-m", "medsteward", "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        port = int(first.partition("listens on http://127.0.0.1:")[2].partition(";")[0])
        body = json.dumps({"medications": [{"sig": "oxycodone 10 mg, 1 tablet every 6 hours"}]}).encode()
        head = "POST /api/mme HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json"
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(f"{head}\r\ncontent-length: {len(body)}\r\nexpect: 100-continue\r\n\r\n".encode())
            assert client.recv(1000).startswith(b"HTTP/1.1 100")
            process.send_signal(number)
            client.sendall(body)
            answer = b"".join(iter(lambda: client.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200")
        assert process.wait(20) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""
    assert list(tmp_path.iterdir()) == []


def test_screens_are_loaded_after_the_start_so_that_it_listens_at_once():
    code = "import sys; from medsteward.service.site import load, site; made = site(); "
    code += "early = 'medsteward.page.index' in sys.modules; load(); "
    code += "print(len(made.screens), early, 'medsteward.page.index' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert int(found[0]) == len(ADDRESSES)
    assert found[1:] == ["False", "True"]
