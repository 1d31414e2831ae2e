"""``medsteward`` run as a user runs it, but in this process, where starting Python anew would be most of the time."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from types import MappingProxyType

from medsteward.cli import _group
from medsteward.cli.running import ENDS, guarded


class Done:
    """How a command ended: its exit code, standard output as bytes, standard error as text."""

    def __init__(self, code: int, out: bytes, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@contextmanager
def _streams(data: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", write_through=True)
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


@contextmanager
def _process() -> Iterator[None]:
    """What a process has of its own, and a command may change, is put back."""
    argv, environment, thresholds = sys.argv, dict(os.environ), gc.get_threshold()
    asked = [getattr(signal, name) for name in (*ENDS, "SIGINT") if hasattr(signal, name)]
    handlers = {number: signal.getsignal(number) for number in asked}
    try:
        yield
    finally:
        sys.argv = argv
        os.environ.clear()
        os.environ |= environment
        gc.set_threshold(*thresholds)
        gc.unfreeze()
        for number, handler in handlers.items():
            signal.signal(number, handler)


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    folder: Path | None = None,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Done:
    """Run ``medsteward`` with arguments, as its entrance does, in a folder and with variables of the environment."""
    with _process(), chdir(folder or Path.cwd()), _streams(stdin) as (out, err):
        sys.argv = ["medsteward", *map(str, arguments)]
        os.environ.update(environment)
        code = guarded(_group)
        return Done(code, out.getvalue(), err.getvalue().decode())
