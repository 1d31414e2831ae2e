"""The documents say what happens: every command in them is run, every Python example is tried.

A fenced ``console`` block holds commands after ``$ ``; those that use medsteward are run as from the root of
the repository, and where output follows, it must be what is printed (a line ``...`` stands for any lines). A
command that ends in ``# exit N`` must end with that code. Other commands, such as installing, are not run.
Fenced ``python`` blocks that begin with ``>>> `` are doctests; a page is one session.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import program

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
IDS = [path.relative_to(ROOT).as_posix() for path in PAGES]
SCRIPTS = sysconfig.get_path("scripts")

FENCE = re.compile(r"^(?P<mark>```+|~~~+) *(?P<kind>[\w-]*)[^\n]*\n(?P<body>.*?)^(?P=mark) *$", re.M | re.S)
OURS = re.compile(r"medsteward\b|cat [^|;&]+\| *medsteward\b")
EXIT = re.compile(r"# exit (\d+)\s*$")


@dataclass(frozen=True)
class Command:
    """A command in a page: its line there, what is typed, what is shown after it."""

    line: int
    typed: str
    shown: list[str]

    @property
    def exit_code(self) -> int:
        match = EXIT.search(self.typed)
        return int(match[1]) if match else 0


def commands(text: str) -> list[Command]:
    """The medsteward commands of a page."""
    found = []
    for block in FENCE.finditer(text):
        if block["kind"] != "console":
            continue
        lines = block["body"].splitlines()
        first = text.count("\n", 0, block.start("body")) + 1
        starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            typed, after = lines[start][2:], start + 1
            while typed.endswith("\\") and after < end:
                typed, after = typed[:-1] + lines[after].removeprefix("> "), after + 1
            if OURS.match(typed):
                found.append(Command(first + start, typed, lines[after:end]))
    return found


def matches(shown: list[str], printed: str) -> bool:
    """Whether a block's lines are what was printed; white space at the ends of lines and below is ignored."""

    def tidy(lines: list[str]) -> list[str]:
        return "\n".join(line.rstrip() for line in lines).rstrip("\n").split("\n")

    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line) + "\n" for line in tidy(shown))
    return re.fullmatch(pattern, "\n".join(tidy(printed.splitlines())) + "\n") is not None


def words(typed: str) -> list[str] | None:
    """A command without a shell's work in it, as the words that the shell would pass on; else None."""
    if set("$*~`?") & set(typed):
        return None
    reader = shlex.shlex(typed, posix=True, punctuation_chars=True)
    reader.whitespace_split = True
    found = list(reader)
    return None if any(set(word) <= set("();<>|&") for word in found) else found


def by_shell(typed: str, desk: Path, environment: dict[str, str]) -> tuple[int, str, str]:
    """Run a line of shell in a folder."""
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("MEDSTEWARD_", "XDG_"))}
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {typed}"],
        cwd=desk,
        env={**keep, **environment, "PATH": os.pathsep.join([SCRIPTS, os.environ.get("PATH", "")])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def run(command: Command, desk: Path, home: Path) -> str | None:
    """Run one command, in this process where it needs no shell; what is wrong with it, or nothing."""
    environment = {"COLUMNS": "100", "HOME": str(home), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    typed = words(command.typed)
    if typed is not None:
        answer = program.run(*typed[1:], folder=desk, environment=environment)
        code, out, err = answer.code, answer.out.decode("utf-8"), answer.err
    else:
        code, out, err = by_shell(command.typed, desk, environment)
    said = f"line {command.line}: $ {command.typed}\n--- printed ---\n{out}--- errors ---\n{err}"
    if code != command.exit_code:
        return f"{said}ended with {code}, not {command.exit_code}"
    # A page may show standard output alone, or all that a terminal shows.
    seen = (out, out + err, err + out)
    if any(line.strip() for line in command.shown) and not any(matches(command.shown, one) for one in seen):
        return f"{said}--- the page shows ---\n" + "\n".join(command.shown)
    return None


@pytest.fixture
def desk(tmp_path):
    """A folder that looks like the root of the repository, so that files which commands write do not stay."""
    folder = tmp_path / "medsteward"
    folder.mkdir()
    for entry in ROOT.iterdir():
        if entry.name == "examples":
            shutil.copytree(entry, folder / entry.name)
        elif not entry.name.startswith(".") and entry.name != "mutants":
            (folder / entry.name).symlink_to(entry)
    return folder


def page(path: Path) -> str:
    assert path.exists(), f"{path.name} is missing"
    return path.read_text(encoding="utf-8")


def test_readme_shows_commands():
    assert commands(page(ROOT / "README.md"))


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_commands_do_what_the_page_shows(path, desk, tmp_path):
    found = commands(page(path))
    if found:
        assert (Path(SCRIPTS) / "medsteward").exists(), f"medsteward is not installed in {SCRIPTS}"
    wrong = [fault for command in found if (fault := run(command, desk, tmp_path))]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_python_examples_do_what_the_page_shows(path, desk, monkeypatch):
    text = page(path)
    monkeypatch.chdir(desk)
    runner = doctest.DocTestRunner(verbose=False)
    session: dict[str, object] = {"__name__": "page"}
    report: list[str] = []
    for block in FENCE.finditer(text):
        if block["kind"] == "python" and block["body"].startswith(">>> "):
            line = text.count("\n", 0, block.start("body"))
            example = doctest.DocTestParser().get_doctest(block["body"], session, path.name, str(path), line)
            runner.run(example, out=report.append, clear_globs=False)
            session = example.globs
    assert not runner.failures, "".join(report)


# The reading of pages itself.

PAGE = """\
```console
$ pip install medsteward
$ medsteward mme "a" \\
>     --format json
{
...
}
$ cat "b c.toml" | medsteward mme --input -   # exit 4
$ cat b | grep medsteward
```
"""


def test_commands_are_read_from_a_page():
    assert commands(PAGE) == [
        Command(3, 'medsteward mme "a"     --format json', ["{", "...", "}"]),
        Command(8, 'cat "b c.toml" | medsteward mme --input -   # exit 4', []),
    ]
    assert [command.exit_code for command in commands(PAGE)] == [0, 4]


def test_what_needs_a_shell_is_told_from_what_does_not():
    assert words('medsteward mme "a (b)" --x 1   # exit 4') == ["medsteward", "mme", "a (b)", "--x", "1"]
    assert words("medsteward mme > file") is None
    assert words('cat "b c.toml" | medsteward mme --input -') is None


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        (["a", "b"], "a\nb\n", True),
        (["a ", "b", ""], "a\nb\n\n", True),
        (["a"], "a\nb\n", False),
        (["a", "..."], "a\nb\nc\n", True),
        (["a", "...", "c"], "a\nc\n", True),
        (["...", "c"], "a\nb\n", False),
        (["1.5"], "125\n", False),
    ],
)
def test_output_is_compared(shown, printed, same):
    assert matches(shown, printed) is same
