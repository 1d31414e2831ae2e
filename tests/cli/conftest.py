"""Running the command line as a user does, in an empty folder: in this process, or as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import program

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``medsteward`` with arguments; text in, text out."""

    def call(*arguments: str, stdin: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin or b""
        done = program.run(*arguments, stdin=data, folder=tmp_path)
        return subprocess.CompletedProcess(["medsteward", *arguments], done.code, done.out.decode("utf-8"), done.err)

    return call


@pytest.fixture
def start(tmp_path: Path) -> Run:
    """Start ``medsteward`` as a process, for what only a process shows: its exit, what it loads, several at once."""

    def call(*arguments: str, stdin: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "medsteward", *arguments],
            input=data,
            stdin=None if data is not None else subprocess.DEVNULL,
            capture_output=True,
            cwd=tmp_path,
            timeout=60,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return call
