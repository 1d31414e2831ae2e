"""What docs/service.md gives to be copied: a unit, a container file, a proxy, a list of clients."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import pytest
from joserfc.jwk import ECKey

from medsteward.cli.serve import serve
from medsteward.service.bounds import BOUNDS
from medsteward.service.cds.naloxone import naloxone_of
from medsteward.service.clients import read_clients, tables_of
from medsteward.version import __version__
from tests import program

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "service.md").read_text(encoding="utf-8")
OPTIONS = {name for param in serve.params for name in param.opts}


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_list_of_clients_is_one(tmp_path: Path):
    key = ECKey.generate_key("P-384").as_dict(private=False)
    (tmp_path / "hospital-keys.json").write_text(json.dumps({"keys": [key]}))
    path = str(tmp_path / "clients.toml")
    tables = tables_of(path, block("toml").encode())
    assert len(read_clients(path, tables)) == 1
    assert naloxone_of(path, tables) is not None
    assert set(tomllib.loads(block("toml"))) == {"client", "naloxone"}


def test_the_unit_runs_the_service_with_options_that_there_are():
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names of systemd have capitals
    unit.read_string(block("ini").replace("\\\n", " "))
    words = shlex.split(unit["Service"]["ExecStart"])
    assert words[1] == "serve"
    assert {word for word in words if word.startswith("--")} <= OPTIONS
    assert float(unit["Service"]["TimeoutStopSec"]) > BOUNDS.ending
    for name in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "ProtectHome"):
        assert unit["Service"][name] == "yes"


def test_the_container_file_is_pinned_and_runs_as_nobody_in_particular():
    lines = re.sub(r"\\\n\s*", " ", block("dockerfile")).splitlines()
    steps = [line.split(" ", 1) for line in lines if line]
    names = [name for name, _ in steps]
    assert set(names) <= {"FROM", "RUN", "COPY", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    images = [what.split()[0] for name, what in steps if name == "FROM"]
    assert all(re.fullmatch(r"[\w./-]+:\d[\w.-]+", image) for image in images)
    assert [what for name, what in steps if name == "USER"] == ["10001"]
    assert names.index("USER") > max(at for at, name in enumerate(names) if name == "RUN")
    assert f"=={__version__}'" in block("dockerfile")
    assert "--no-cache-dir" in block("dockerfile")
    entry, command = (json.loads(what) for name, what in steps if name in ("ENTRYPOINT", "CMD"))
    assert {word for word in [*entry, *command] if word.startswith("--")} <= OPTIONS
    json.loads(next(what for name, what in steps if name == "HEALTHCHECK").partition("CMD ")[2])


def test_the_options_of_unit_and_container_are_taken(tmp_path: Path):
    (tmp_path / "token").write_text("0123456789abcdef0123456789abcdef")
    lines = [line for line in block("dockerfile").splitlines() if line.startswith(("ENTRYPOINT", "CMD"))]
    words = [word for line in lines for word in json.loads(line.partition(" ")[2])]
    words = [str(tmp_path / "token") if word == "/run/secrets/token" else word for word in words]
    done = program.run(*words[1:], "--check-config")
    assert (done.code, done.err) == (0, "")


def test_the_proxy_takes_what_the_service_takes_and_writes_no_query():
    text = block("nginx")
    assert text.count("{") == text.count("}")
    assert all(line.rstrip().endswith((";", "{", "}")) for line in text.splitlines() if line.strip())
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", text)
    assert int(megabytes) * 1_000_000 >= BOUNDS.upload_bytes
    assert "access_log off;" in text
    assert "proxy_set_header Host $host;" in text
    assert "TLSv1.1" not in text


@pytest.mark.parametrize("option", sorted(OPTIONS - {"--host", "--port", "--table"}))
def test_every_option_is_on_the_page(option: str):
    assert option in PAGE


def test_the_bounds_on_the_page_are_those_of_the_service():
    for text in (
        f"| medications in a case | {BOUNDS.lines} |",
        f"is at most {BOUNDS.drafts_by_lines:,} | 413 |",
        f"| nesting of JSON | {BOUNDS.depth} levels |",
        f"{BOUNDS.body_bytes // 1_000_000} MB; {BOUNDS.upload_bytes // 1_000_000} MB",
        f"16 kB, {BOUNDS.head:g} seconds",
        f"| whole body | {BOUNDS.body:g} seconds |",
        f"| requests at once | {BOUNDS.requests} |",
        f"| connections at once | {BOUNDS.connections} |",
        f"| a client that does not read | {BOUNDS.unread:g} seconds |",
    ):
        assert text in PAGE
