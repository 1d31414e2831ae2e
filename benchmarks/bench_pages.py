"""The whole process that writes a year-long plan as calendar, HTML card and PDF card, beside one that does nothing.

Bytecode is compiled first, as an installation does, and the environment may not keep it from being used.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
TAPER = [
    *("-m", "medsteward", "taper", "--input", "examples/taper.toml", "--products", "examples/products.csv"),
    *("--start", "2027-01-04", "--as-of", "2026-12-20", "--when-stuck", "smallest-step"),
]
SHOW = ["-m", "medsteward", "plan", "show", "--as-of", "2026-12-20"]


def seconds(*arguments: str) -> float:
    """The shortest of a few runs of the interpreter."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        times.append(time.perf_counter() - begun)
        assert done.returncode in (0, 3), done.stderr.decode()
    return min(times)


def main() -> None:
    compileall.compile_dir(ROOT / "medsteward", quiet=1)
    with tempfile.TemporaryDirectory() as desk:
        plan = Path(desk) / "plan.json"
        seconds(*TAPER, "--save", str(plan), "--format", "note", "--output", str(Path(desk) / "note"))
        nothing = seconds("-c", "pass")
        print(f"{'python -c pass':<16} {nothing * 1000:7.0f} ms")
        for style in ("ics", "html", "pdf"):
            took = seconds(*SHOW, str(plan), "--format", style, "--output", str(Path(desk) / f"plan.{style}"))
            print(f"{style:<16} {took * 1000:7.0f} ms   {took / nothing:5.1f} x, of at most 1,000 ms")


if __name__ == "__main__":
    main()
