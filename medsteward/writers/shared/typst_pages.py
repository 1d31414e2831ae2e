"""Printed pages as tagged PDF (PDF/UA-1), set by typst from a template of ours and data in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from medsteward.errors import part_for
from medsteward.writers.shared.letters import all_set_in

COMMAND = "pip install 'medsteward[pdf]'"
DOSES = "Medsteward Doses"
"""Atkinson Hyperlegible Next with a zero that has no stroke, so that a 0 of a dose is not taken for an 8."""


_HERE = Path(__file__).parents[1]


def pdf(template: str, what: str, made: date, *, texts: Mapping[str, str], data: Mapping[str, Any]) -> bytes:
    """A template filled, the same bytes for the same data.

    ``texts`` are single words for it, ``data`` documents that it reads as JSON, set in letters that the
    fonts have. Nothing but the fonts beside it is opened. Raises ``MissingPart``, naming ``what`` is asked for, without
    typst.
    """
    with part_for(what, "typst", COMMAND):
        import typst
    shown = {name: all_set_in(each, _HERE / "fonts") for name, each in data.items()}
    inputs = {**texts, **{name: json.dumps(each, ensure_ascii=False) for name, each in shown.items()}}
    return typst.compile(
        str(_HERE / "templates" / template),
        root=str(_HERE / "templates"),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime(made.year, made.month, made.day, tzinfo=UTC),
    )
