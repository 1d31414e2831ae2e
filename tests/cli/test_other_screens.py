"""Every other command on a terminal: no wider than it, no number under another heading, no column without a cell."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from medsteward.tables.load import table_ids
from medsteward.writers.shared.screen import Terminal, cell_lines, fitted, on_screen
from medsteward.writers.shared.text_table import text_table
from tests import program

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILLS = str(EXAMPLES / "fills.csv")
TRIAL = ("trial", "duloxetine", "--start", "2027-01-04", "--goal", "walk 20 minutes", "--baseline", "PEG=7")
SCREENS = {
    "plan check": ("plan", "check", str(EXAMPLES / "schedule.csv"), "--policy", "humane"),
    "fills": ("fills", "--input", FILLS),
    "fills of an export": ("fills", "--input", str(EXAMPLES / "fills-export.csv")),
    "fills, its columns": ("fills", "--columns"),
    "drugs list": ("drugs", "list"),
    **{f"drugs show {name}": ("drugs", "show", name) for name in ("oxycodone", "percocet", "fentanyl", "gabapentin")},
    "drugs search": ("drugs", "search", "--for-pain", "neuropathic", "--age", "80"),
    "tables list": ("tables", "list"),
    **{f"tables show {name}": ("tables", "show", name) for name in table_ids()},
    **{f"tables diff {name}": ("tables", "diff", "cdc_2022", name) for name in ("cdc_2016_clinical", "uk_fpm")},
    "doses list": ("doses", "list"),
    **{f"doses show {name}": ("doses", "show", name) for name in ("gabapentin", "acetaminophen", "oxycodone")},
    "rules list": ("rules", "list"),
    "rules show": ("rules", "show", "ddi-1", "haz-301", "ddi-100"),
    "population run": ("population", "run", "--input", FILLS, "--output", "out"),
    "population check": ("population", "check", "--input", FILLS, "--output", "out", "--as-of", "2026-03-01"),
    "remind": ("remind", "--input", str(EXAMPLES / "chronic-pain.toml")),
    "trial": (*TRIAL, "--age", "50", "--egfr", "90"),
    "score": ("score", "peg", "pain=7", "enjoyment=6", "general_activity=8"),
}
RULE = re.compile(r" *-+(?:  -+)+")


def tables_in(lines: list[str]) -> list[tuple[list[str], list[tuple[int, int]]]]:
    """The rows of each table with those of its heading, and where its columns begin and end."""
    found = []
    for place, line in enumerate(lines):
        if RULE.fullmatch(line):
            above, below = place, place
            while above > 0 and lines[above - 1].strip():
                above -= 1
            while below + 1 < len(lines) and lines[below + 1].strip():
                below += 1
            rows = [*lines[above:place], *lines[place + 1 : below + 1]]
            found.append((rows, [match.span() for match in re.finditer("-+", line)]))
    return found


@pytest.mark.parametrize("columns", ["", "200"])
@pytest.mark.parametrize("name", SCREENS)
def test_a_text_fits_the_terminal(name, columns, tmp_path):
    done = program.run(*SCREENS[name], stdin=b"", folder=tmp_path, environment={"COLUMNS": columns})
    lines = done.out.decode("utf-8").splitlines()
    assert done.code in (0, 3, 4), done.err
    assert lines
    wide = [line for line in lines if len(line) > (120 if columns else 80)]
    assert [line for line in wide if not re.fullmatch(r" *https?://\S+", line)] == []  # an address is never cut
    for rows, spans in tables_in(lines):
        gaps = [spot for (_, end), (start, _) in pairwise(spans) for spot in range(end, start)]
        assert [row for row in rows if any(row[spot : spot + 1] not in ("", " ") for spot in gaps)] == []
        assert all(any(row[start:end].strip() for row in rows[1:]) for start, end in spans)


def test_a_unit_is_never_parted_and_a_long_word_only_where_nothing_else_helps():
    assert cell_lines("at most 120 mcg/h", 9) == "at most\n120 mcg/h"
    assert cell_lines("10/325 mg", 4).replace("\n", "") != "10/"
    assert cell_lines("agonist-antagonist", 12) == "agonist-\nantagonist"
    assert cell_lines("cdc_2016_clinical", 9) == "cdc_2016_\nclinical"
    assert cell_lines("buprenorphine", 13) == "buprenorphine"


def test_a_table_of_long_words_still_fits():
    row = ["palmitoylethanolamide", "appetite-suppressing", "antagonist/partial", "methylsulfonylmethane", "12"]
    for line in text_table(["drug", "class", "mechanism", "other", "products"], [row]).split("\n"):
        assert len(line) <= 80


def test_long_lines_are_folded_as_deep_as_they_stand():
    with on_screen(Terminal(80)):
        text = fitted("short\n  " + "word " * 30)
    first, *others = text.split("\n")
    assert first == "short"
    assert others[0].startswith("  word")
    assert all(line.startswith("    word") for line in others[1:])
    assert max(map(len, others)) <= 80
