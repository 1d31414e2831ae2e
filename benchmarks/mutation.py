"""Run mutmut on what calculates and decides, and print the score, with the place of every survivor.

mutmut changes one small thing at a time, such as ``*`` into ``/``, and runs the tests that reach it. A change
that no test notices has survived. pyproject.toml says, under [tool.mutmut], which modules and which tests;
docs/mutation.md says what that covers.

It works on a copy in ``build/mutation``, in which properties and functions that remember are written without a
decorator (``undecorated``). It takes hours; ``--resume`` goes on where a run was stopped, if nothing has changed since.
``--only`` and ``--tests`` try a few modules with a few tests.

Two scores are printed: one over every mutant, and one without those that only change what an error says.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import undecorated  # type: ignore[import-not-found]  # beside this script

ROOT = Path(__file__).resolve().parents[1]
DESK = ROOT / "build" / "mutation"
MUTANTS = DESK / "mutants"
COPIED = ("data", "docs", "examples", "benchmarks", "tests", "README.md", "pyproject.toml", "Makefile")
NOTICED = {"killed", "timeout", "caught by type check"}


@dataclass(frozen=True)
class Mutant:
    """One change: its name, what became of it, where it is and what it says."""

    name: str
    status: str
    place: str
    change: str
    only_text: bool

    @property
    def noticed(self) -> bool:
        return self.status in NOTICED


def prepare(only: list[str], tests: list[str]) -> None:
    """Write the copy: the package without decorators, and all that the tests read."""
    shutil.rmtree(DESK, ignore_errors=True)
    left_out = shutil.ignore_patterns("__pycache__", ".hypothesis", "node_modules")
    shutil.copytree(ROOT / "medsteward", DESK / "medsteward", ignore=left_out)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, DESK / name, ignore=left_out)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, DESK / name)
    for path in (DESK / "medsteward").rglob("*.py"):
        path.write_text(undecorated.undecorated(path.read_text(encoding="utf-8")), encoding="utf-8")
    helper = DESK / "medsteward" / f"{undecorated.HELPER}.py"
    helper.write_text(inspect.getsource(undecorated), encoding="utf-8")
    settings = (DESK / "pyproject.toml").read_text(encoding="utf-8")
    for key, chosen in (("only_mutate", only), ("pytest_add_cli_args_test_selection", tests)):
        if chosen:
            settings = re.sub(rf"^{key} = \[.*?^\]", f"{key} = {json.dumps(chosen)}", settings, flags=re.M | re.S)
    (DESK / "pyproject.toml").write_text(settings, encoding="utf-8")


def main(*, resume: bool, only: list[str], tests: list[str]) -> int:
    print("mutating what calculates and decides; all of it takes hours", flush=True)
    if not resume:
        prepare(only, tests)
    mutmut = [sys.executable, "-m", "mutmut"]
    settings = {**os.environ, "PYTHONPATH": "", "HYPOTHESIS_STORAGE_DIRECTORY": str(MUTANTS / ".hypothesis")}
    settings.pop("MEDSTEWARD_NO_SKIP", None)
    settings["MEDSTEWARD_TEST_PROFILE"] = "mutation"
    settings["OPENBLAS_NUM_THREADS"] = "1"  # numpy's threads do not survive a fork, and the child crashes at its end
    run = subprocess.run(
        [*mutmut, "run", "--max-children", str(min(2, os.cpu_count() or 1))],
        cwd=DESK,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    results = subprocess.run(
        [*mutmut, "results", "--all", "true"],
        cwd=DESK,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    statuses = dict(line.strip().rsplit(": ", 1) for line in results.stdout.splitlines() if "__mutmut_" in line)
    if run.returncode != 0 or not statuses or "not checked" in statuses.values():
        print(run.stdout.replace("\r", "\n")[-4000:])
        print("mutation score: none, because mutmut did not finish; its last words are above")
        return 1
    report(sorted(mutants(statuses), key=lambda mutant: mutant.place))
    return 0


def report(found: list[Mutant]) -> None:
    """Print survivors first, so that the score is the last thing seen."""
    for mutant in found:
        if not mutant.noticed:
            print(f"{mutant.place}: {mutant.status}: {mutant.change}")
    for status, count in sorted(Counter(mutant.status for mutant in found).items()):
        print(f"{count:5} {status}")
    print(f"mutation score without error texts: {score([m for m in found if not m.only_text])}")
    print(f"mutation score: {score(found)}")


def score(found: list[Mutant]) -> str:
    if not found:
        return "none, nothing was mutated"
    noticed = sum(mutant.noticed for mutant in found)
    return f"{100 * noticed / len(found):.1f} % ({noticed} of {len(found)} noticed)"


def mutants(statuses: dict[str, str]) -> Iterator[Mutant]:
    """The mutants of every mutated file, each compared with the function it was made from."""
    for copy in sorted(MUTANTS.glob("medsteward/**/*.py")):
        path = copy.relative_to(MUTANTS)
        module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        source = copy.read_text(encoding="utf-8")
        if "__mutmut_orig" not in source:
            continue
        lines = source.splitlines()
        functions = {f.name: f for f in ast.walk(ast.parse(source)) if isinstance(f, ast.FunctionDef)}
        original_lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        for name, function in functions.items():
            status = statuses.get(f"{module}.{name}")
            if status is None:
                continue
            original = functions[name.rpartition("__mutmut_")[0] + "__mutmut_orig"]
            line, change = difference(lines, original, function)
            yield Mutant(
                name=name,
                status=status,
                place=f"{path}:{number_of(line, original_lines, function_name(name)):04}",
                change=f"{line.strip()}  ->  {change.strip()}",
                only_text=without_error_texts(original) == without_error_texts(function),
            )


def difference(lines: list[str], original: ast.FunctionDef, changed: ast.FunctionDef) -> tuple[str, str]:
    """The first line that differs, before and after. ``lines`` are those of the file that holds both."""
    before, after = (lines[function.lineno : function.end_lineno] for function in (original, changed))
    pairs = ((old, new) for old, new in zip(before, after, strict=False) if old != new)
    return next(pairs, (before[-1], after[-1]))


def function_name(name: str) -> str:
    """The plain name in mutmut's: ``x_exact__mutmut_3`` is ``exact``."""
    plain = name.rpartition("__mutmut_")[0]
    return plain.rpartition("ǁ")[2] if "ǁ" in plain else plain.removeprefix("x_")


def number_of(line: str, lines: list[str], function: str) -> int:
    """The number of ``line`` in the file, the first one after the function begins."""
    start = next((n for n, text in enumerate(lines) if f"def {function}(" in text), 0)
    return next((n for n, text in enumerate(lines, 1) if n > start and text == line), start + 1)


class _NoErrorTexts(ast.NodeTransformer):
    def visit_Raise(self, node: ast.Raise) -> ast.Raise:
        if isinstance(node.exc, ast.Call):
            node.exc.args, node.exc.keywords = [], []
        return node


def without_error_texts(function: ast.FunctionDef) -> str:
    """The body of ``function`` as text, leaving out what its errors are made with."""
    copy = ast.parse(ast.unparse(function)).body[0]
    assert isinstance(copy, ast.FunctionDef)
    copy.name, copy.decorator_list = "function", []
    return ast.dump(_NoErrorTexts().visit(copy))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--resume", action="store_true", help="go on with the run that was stopped")
    options.add_argument("--only", nargs="+", default=[], help="modules instead of those of pyproject.toml")
    options.add_argument("--tests", nargs="+", default=[], help="test files instead of those of pyproject.toml")
    asked = options.parse_args()
    sys.exit(main(resume=asked.resume, only=asked.only, tests=asked.tests))
