"""Writes the pages that are made from the program itself: tables.md, codes.md, rules.md, half of hazards.md.

Run by ``make docs``. With ``--check`` it writes nothing and exits 1 when a page is stale.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from medsteward.interactions.check import rules
from medsteward.model.codes import CODES, Code
from medsteward.tables.diff import Difference, DifferenceKind, diff, same_count
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import FactorTable
from medsteward.writers.cells import markdown, markdown_table
from medsteward.writers.rules import hazard_table, markdown_page
from medsteward.writers.tables_table import about, diff_rows, factor_rows

HERE = Path(__file__).resolve().parent
HALF = "<!-- from here on generated -->\n\n"
COMPARED_WITH = "cdc_2022"
MADE = "<!-- Made by docs/generate.py; do not edit. Write it again with: make docs -->"

TABLES_HEAD = f"""\
{MADE}

# Factor tables

Every table that medsteward brings, with its citation, what it must not be used for, all its rows, and how it differs
from `{COMPARED_WITH}`, which is used where no other is asked for. The files are in `data/conversion_tables/`.

- A **factor** turns a day's amount of one opioid by one route into MME per day. "per mg/d" multiplies milligrams a day;
  "per mcg/h" multiplies the labelled rate of the patches worn at one time.
- **none** in the factor column: the table names the drug and gives no factor; the note says why. It is not zero.
- **use** says which sum a row is for: *daily* is a daily dose or a worn rate, and every figure of the `mme` command is
  made with these rows; *quantity* is strength x quantity / days' supply of a dispensing record, and nothing else.
- **band** is the range of the day's total in which the factor holds; the factor multiplies the whole total.
- **standing** says how far the row was checked against its source: *verified in the source*; *verified in part, or in a
  secondary copy*; *needs a second source*; *a choice of this project*.

The same at the command line: `medsteward tables list`, `medsteward tables show {COMPARED_WITH}`,
`medsteward tables diff {COMPARED_WITH} uk_fpm`.
"""

CODES_HEAD = f"""\
{MADE}

# Codes of problems and warnings

A **problem** stands in the way of a complete answer; a **warning** says something that should be known about a line
that was counted. Both carry a code, which stays the same when the words beside it change, so that programs can match
it. Codes are listed under `problems` and `warnings` of a [result](results.md), and in brackets in the text.

The exit code of a run is the highest of its problems: 3 needs confirmation, 4 a part is missing, 5 out of scope. A
warning alone leaves it at 0.
"""


def tables_page() -> str:
    """Every table with its citation, rows and notes, and its differences from the usual one."""
    tables = [factor_table(each) for each in table_ids()]
    base = factor_table(COMPARED_WITH)
    overview = [
        [
            f"[`{table.id}`](#{table.id})",
            markdown(table.publisher),
            str(table.year or ""),
            str(table.status),
            markdown(table.region),
            str(len(table.factors)),
            "" if table is base else str(len(diff(base, table))),
        ]
        for table in tables
    ]
    header = ("table", "publisher", "year", "status", "region", "rows", f"uses that differ from {markdown(base.id)}")
    sections = [_table(table, base) for table in tables]
    return "\n".join([TABLES_HEAD, markdown_table(header, overview), *sections])


def _table(table: FactorTable, base: FactorTable) -> str:
    facts = "\n".join(f"- {markdown(line)}" for line in about(table)[1:])
    header = ("ingredient", "route", "form", "use", "band", "factor", "per", "standing", "where")
    rows = [[markdown(each) for each in row[:9]] for row in factor_rows(table)]
    notes = dict.fromkeys(f"- {f.ingredient}, {f.route}: {f.note}" for f in table.factors if f.note)
    parts = [f"## {table.id}", f"{markdown(table.title)}.", facts, markdown_table(header, rows).rstrip()]
    if notes:
        parts += ["Notes on rows:", "\n".join(f"- {markdown(note[2:])}" for note in notes)]
    if table is not base:
        parts.append(f"### {table.id} against {base.id}")
        parts.append(_differences(diff(base, table), same_count(base, table), base, table))
    return "\n\n".join(parts) + "\n"


def _differences(found: Sequence[Difference], same: int, base: FactorTable, table: FactorTable) -> str:
    words = {
        DifferenceKind.ONLY_IN_A.value: f"only in {base.id}",
        DifferenceKind.ONLY_IN_B.value: f"only in {table.id}",
    }
    header = ("ingredient", "route", "form", "use", "difference", markdown(base.id), markdown(table.id))
    rows = [[markdown(words.get(each, each)) for each in row] for row in diff_rows(found)]
    summary = f"{len(found)} uses differ, {same} are the same."
    return f"{summary}\n\n{markdown_table(header, rows)}".rstrip() if rows else summary


def codes_page() -> str:
    """Every code with its exit code, its meaning and what to do."""
    problems = [code for code in CODES.values() if code.exit_code]
    warnings = [code for code in CODES.values() if not code.exit_code]
    parts = [
        CODES_HEAD,
        "## Problems\n",
        markdown_table(("code", "exit", "meaning", "what to do"), [_code(each, shows_exit=True) for each in problems]),
        "## Warnings\n",
        markdown_table(("code", "meaning", "what to do"), [_code(each, shows_exit=False) for each in warnings]),
    ]
    return "\n".join(parts)


def _code(code: Code, *, shows_exit: bool) -> list[str]:
    return [f"`{code.name}`", *([str(code.exit_code)] if shows_exit else []), code.means, code.do]


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {
        "tables.md": tables_page(),
        "codes.md": codes_page(),
        "rules.md": markdown_page(),
        "hazards.md": hazards_page(),
    }


def hazards_page() -> str:
    """The hazard log: its first half as written, its second half from the rules."""
    written = (HERE / "hazards.md").read_text(encoding="utf-8").partition(HALF)[0]
    return written + HALF + hazard_table(rules())


def main(arguments: Sequence[str] | None = None, folder: Path = HERE) -> int:
    """Write or check the pages in ``folder``; the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated pages of the documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is stale")
    check = parser.parse_args(arguments).check
    stale = [name for name, text in pages().items() if _content(folder / name) != text]
    for name in stale:
        if check:
            print(f"{name} is stale; write it again with: make docs", file=sys.stderr)
        else:
            (folder / name).write_text(pages()[name], encoding="utf-8", newline="\n")
            print(f"{name} was written")
    return 1 if check and stale else 0


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
