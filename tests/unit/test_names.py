"""One name means one thing: the public classes of the package."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import medsteward

PACKAGE = Path(medsteward.__file__).parent
TWO_THINGS: dict[str, str] = {}
"""Names that mean more than one thing, and why."""


def homes_of(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Each public class and the modules that declare one of the name."""
    found = defaultdict(list)
    for path in paths:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.name)
    return found


def test_each_public_class_name_means_one_thing():
    twice = {name: homes for name, homes in homes_of(PACKAGE.rglob("*.py")).items() if len(homes) > 1}
    assert not {name: homes for name, homes in twice.items() if name not in TWO_THINGS}
    assert set(TWO_THINGS) <= set(twice), "an exception that is no longer needed"


def test_a_second_class_of_a_name_is_seen(tmp_path):
    for name, text in (("one.py", "class Step: ...\nclass _Own: ..."), ("two.py", "class Step: ...\nclass _Own: ...")):
        (tmp_path / name).write_text(text)
    assert homes_of(sorted(tmp_path.iterdir())) == {"Step": ["one.py", "two.py"]}
