"""The JSON Schemas of our documents and the templates of those that people fill in."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from medsteward.caches import made_once

_FOLDER = Path(__file__).parent


@made_once
def schema_names() -> tuple[str, ...]:
    """The documents that have a schema."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


def schema_text(name: str) -> str:
    """The JSON Schema of a document. Refuses (``KeyError``) a name that is not in ``schema_names()``."""
    if name not in schema_names():
        raise KeyError(name)
    return (_FOLDER / f"{name}.json").read_text(encoding="utf-8")


def template_text(name: str, style: str) -> str:
    """A fillable document: a case as ``toml``, with comments, or as ``json``; a file of products as ``csv``."""
    if style == "csv":
        return (_FOLDER / f"{name}.template.csv").read_text(encoding="utf-8")
    text = (_FOLDER / f"{name}.template.toml").read_text(encoding="utf-8")
    if style == "toml":
        return text

    def plain(value: Any) -> str:
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(type(value).__name__)

    return json.dumps(tomllib.loads(text), indent=2, ensure_ascii=False, default=plain) + "\n"
