"""How long a whole call takes, from the shell to the prompt, beside python alone and beside ``import pint``.

Bytecode is compiled first. The commands take turns, and each ratio is the median over rounds of one round's time by
the same round's ``python -c pass``, so a busy machine slows both sides. Processor time is beside the wall clock.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

_SCRIPT = Path(sys.executable).with_name("medsteward")
_PROGRAM = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-m", "medsteward"]

COMMANDS: dict[str, list[str]] = {
    "python -c pass": [sys.executable, "-c", "pass"],
    'python -c "import pint"': [sys.executable, "-c", "import pint"],
    "medsteward --help": [*_PROGRAM, "--help"],
    'medsteward mme "oxycodone 10 mg q6h"': [*_PROGRAM, "mme", "oxycodone 10 mg q6h"],
    'medsteward check "oxycodone 10 mg q6h"': [*_PROGRAM, "check", "oxycodone 10 mg q6h"],
    'medsteward review "oxycodone 10 mg q6h"': [*_PROGRAM, "review", "oxycodone 10 mg q6h"],
}
BASE = "python -c pass"
PINT = 'python -c "import pint"'


class Time(NamedTuple):
    """Milliseconds of one process: on the clock and of the processor."""

    wall: float
    cpu: float


def main(rounds: int) -> None:
    # in an empty folder, so that the package found is the installed one or that of PYTHONPATH
    with TemporaryDirectory() as folder:
        home = _output([sys.executable, "-c", "import medsteward; print(medsteward.__path__[0])"], folder)
        compileall.compile_dir(home, quiet=1)
        for command in COMMANDS.values():
            _output(command, folder)  # compiles what is left, and fills the machine's file cache
        found: dict[str, list[Time]] = {name: [] for name in COMMANDS}
        for _ in range(rounds):
            for name, command in COMMANDS.items():
                found[name].append(timed(command, folder))
    print(f"whole processes, medians of {rounds} rounds; package in {home}")
    print(f"{'':38}{'ms':>8}{'cpu ms':>8}{'x python':>10}{'x pint':>8}")
    for name, times in found.items():
        print(
            f"{name:38}{median(t.wall for t in times):8.1f}{median(t.cpu for t in times):8.1f}"
            f"{_ratio(times, found[BASE]):10.2f}{_ratio(times, found[PINT]):8.2f}"
        )


def timed(command: Sequence[str], folder: str) -> Time:
    """Run one process to its end."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
    wall, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Time(wall * 1000, cpu * 1000)


def _ratio(times: Sequence[Time], base: Sequence[Time]) -> float:
    return median(mine.wall / other.wall for mine, other in zip(times, base, strict=True))


def _output(command: Sequence[str], folder: str) -> str:
    run = subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return run.stdout.strip()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=21)
    main(options.parse_args().rounds)
