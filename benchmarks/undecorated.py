"""Write decorated functions so that mutmut, which leaves those out, changes them as well.

``@property def f`` becomes ``def f`` and ``f = property(f)`` after it; the same for ``cached_property`` and
``KeptAnswer``, and for ``remembered`` and ``made_once`` of ``medsteward.caches``. What a function remembers is
remembered apart for each mutant (``by_mutant``): else an answer from before the change would hide it. Every other
decorator stays, and its function is left out, as before.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

PLAIN = ("property", "cached_property", "KeptAnswer")
REMEMBERS = ("remembered", "made_once")
HELPER = "_by_mutant"
"""The name of the module, in the copy of the package, that holds ``by_mutant``."""


def by_mutant(decorate: Callable[[Callable[..., Any]], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The decorator of a memory, with a memory for each mutant that is under test."""

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        memories: dict[str, Any] = {}

        def memory() -> Any:
            name = os.environ.get("MUTANT_UNDER_TEST", "")
            if name not in memories:
                memories[name] = decorate(function)
            return memories[name]

        @wraps(function)
        def call(*args: Any, **more: Any) -> Any:
            return memory()(*args, **more)

        call.cache_clear = lambda: memory().cache_clear()  # type: ignore[attr-defined]
        call.cache_info = lambda: memory().cache_info()  # type: ignore[attr-defined]
        return call

    return wrap


def undecorated(text: str) -> str:
    """The same module with the decorators above written as assignments after their functions."""
    lines = text.splitlines(keepends=True)
    tree = ast.parse(text)
    for function, decorator in sorted(_decorated(tree), key=lambda each: -each[0].lineno):
        name, indent = function.name, " " * function.col_offset
        said = ast.unparse(decorator)
        wrapper = said if said in PLAIN else f"{HELPER}({said})"
        assert function.end_lineno is not None
        last = function.end_lineno
        if not lines[last - 1].endswith("\n"):
            lines[last - 1] += "\n"
        lines.insert(last, f"{indent}{name} = {wrapper}({name})\n")
        del lines[decorator.lineno - 1 : function.lineno - 1]
    if HELPER not in "".join(lines):
        return "".join(lines)
    after = max((n.end_lineno or 0) for n in tree.body if _is_future(n)) if any(map(_is_future, tree.body)) else 0
    lines.insert(after, f"from medsteward.{HELPER} import by_mutant as {HELPER}\n")
    return "".join(lines)


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _decorated(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, ast.expr]]:
    """Functions of the module and methods of its classes that have one of these decorators and no other."""
    for node in (*tree.body, *(inner for each in tree.body if isinstance(each, ast.ClassDef) for inner in each.body)):
        if isinstance(node, ast.FunctionDef) and len(node.decorator_list) == 1:
            decorator = node.decorator_list[0]
            named = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(named, ast.Name) and named.id in (*PLAIN, *REMEMBERS):
                yield node, decorator
