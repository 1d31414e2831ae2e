"""What a how-to page changes, applied to a copy of the package, so that the page still works for who follows it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```diff\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def copy_of_the_package(folder: Path) -> Path:
    """A copy of the package, without what Python keeps of it."""
    shutil.copytree(ROOT / "medsteward", folder / "medsteward", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def follow(page: str, folder: Path) -> list[str]:
    """Apply every ``diff`` block of a page to the copy, and say which files changed.

    A block begins with ``--- path``; ``@@`` begins a place in the file. Lines with ``-`` or a space are there, once;
    those with ``+`` or a space are there afterwards.
    """
    changed = []
    for block in _BLOCK.findall((ROOT / "docs" / page).read_text("utf-8")):
        head, *places = re.split(r"^@@\n", block, flags=re.MULTILINE)
        path = folder / head.removeprefix("--- ").strip()
        text = path.read_text("utf-8")
        for place in places:
            lines = place.splitlines(keepends=True)
            old = "".join(line[1:] for line in lines if line[0] in " -")
            assert text.count(old) == 1, f"{page}: {path.name} holds this {text.count(old)} times:\n{old}"
            text = text.replace(old, "".join(line[1:] for line in lines if line[0] in " +"))
        path.write_text(text, "utf-8")
        changed.append(path.relative_to(folder).as_posix())
    return changed


def run(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program with the copy in place of the package."""
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True
    )
