"""Writes what is made from the program itself: pages, half-made pages, and the words that schemas list.

Run by ``make docs``. With ``--check`` it writes nothing and exits 1 when a page is stale.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Never

import click
import known_names
import population_columns
import rooms
import schema_words
from known_conditions import counted

from medsteward.cli import _group
from medsteward.cli.options import FormatName
from medsteward.interactions.check import rules
from medsteward.limits.load import dose_limits
from medsteward.model.codes import CODES, Code
from medsteward.model.number import decimal_text
from medsteward.readers.directions.examples import table as phrase_table
from medsteward.schedules.dates import Interval
from medsteward.schedules.policies import POLICIES
from medsteward.schedules.policy import Basis, Phase, Policy
from medsteward.tables.diff import Difference, DifferenceKind, diff, same_count
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import FactorTable
from medsteward.thresholds import thresholds
from medsteward.writers.check.rules import hazard_table, markdown_page
from medsteward.writers.formats import Written
from medsteward.writers.known.doses import markdown_page as page_of_doses
from medsteward.writers.known.formats import markdown_page as page_of_formats
from medsteward.writers.known.tables import about, diff_rows, factor_rows
from medsteward.writers.plan.policy import ceiling_words, phase_words, policy_lines
from medsteward.writers.remind.table import cited
from medsteward.writers.shared.cells import markdown, markdown_table

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
  secondary copy*; *needs a second source*; *medsteward's own rule*.

The same at the command line: `medsteward tables list`, `medsteward tables show {COMPARED_WITH}`,
`medsteward tables diff {COMPARED_WITH} uk_fpm`.
"""

DOSES_HEAD = f"""\
{MADE}

# Dose limits

Every dose limit in medsteward: for which medicine and whom, how much, how binding its source calls it, and how closely
the source was read. The files are in `data/dose_limits/`. Rules, offers, trials and relief take their figures from
here.

- **label maximum**: the label forbids more, or names it as the limit. Only such a row, read in the source or in part,
  may be called "above the labelled maximum".
- **label recommendation**: the label advises it. **guideline caution**: practice, a guideline, or another country.
- **needs a second source**: written from memory. What rests on it is worded "above the usual limit".
- Of several rows of one kind the one with the narrowest population holds, and of those the lowest. Where it is not
  known what a medicine is for, an alarm takes the highest of its uses, and an offer the lowest.
- "over 75 years" on a label is met by a whole age of 75: the lower ceiling is the safer reading.
- A ceiling is no dose to aim at, and a limit of MME is no dose at all.

The same at the command line: `medsteward doses list`, `medsteward doses show gabapentin`,
`medsteward doses list --standing recalled`.
"""

CODES_HEAD = f"""\
{MADE}

# Codes of problems and warnings

A **problem** stands in the way of a complete answer; a **warning** says something that should be known about a line
that was counted. Both carry a code, which stays the same when the words beside it change, so that programs can match
it. Codes are listed under `problems` and `warnings` of a [result](results.md), and in brackets in the text.

The exit code of a run is the highest of its problems: 3 needs confirmation, 4 a part is missing, 5 refused (out of
scope or unsafe). A warning alone leaves it at 0.
"""


THRESHOLDS_HEAD = f"""\
{MADE}

# Thresholds

Figures at which an answer changes that are neither a factor nor a dose of a medicine: ages, days, and numbers beyond
which a line is asked about. Each is a row of `medsteward/thresholds.csv` with the work and the place that names it, or
"medsteward's own rule". Figures of rules, of policies and of measures stand in their own declarations.
"""


def thresholds_page() -> str:
    """Every threshold with its figure, what happens there, and who says so."""
    rows = [
        [
            f"`{each.key}`",
            f"{decimal_text(each.value)} {each.unit}",
            markdown(each.what),
            markdown(each.source.where if each.work == "OURS" else f"{each.source.citation}: {each.source.where}"),
            each.source.standing.words,
        ]
        for each in thresholds().values()
    ]
    return f"{THRESHOLDS_HEAD}\n{markdown_table(('key', 'figure', 'what happens there', 'place', 'standing'), rows)}"


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


def doses_page() -> str:
    """Every dose limit, set by set."""
    return f"{DOSES_HEAD}\n{page_of_doses(dose_limits().sets)}"


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
        "doses.md": doses_page(),
        "codes.md": codes_page(),
        "thresholds.md": thresholds_page(),
        "rules.md": markdown_page(),
        "formats.md": formats_page(),
        "hazards.md": hazards_page(),
        "policies.md": policies_page(),
        "policies_curves.svg": curves_picture(),
        "policies_pace.svg": pace_picture(),
        "names.md": known_names.page(MADE),
        "conditions.md": conditions_page(),
        "directions.md": directions_page(),
        "architecture.md": architecture_page(),
        "population.md": population_page(),
        "architecture_rooms.svg": rooms.picture(),
    }


def conditions_page() -> str:
    """The page of conditions: what is written of reading them, then all that is known, counted."""
    written = (HERE / "conditions.md").read_text(encoding="utf-8").partition(HALF)[0]
    return written + HALF + counted()


def directions_page() -> str:
    """The page of directions, as written, then the grammar's own examples of every kind of phrase."""
    written = (HERE / "directions.md").read_text(encoding="utf-8").partition(HALF)[0]
    return f"{written}{HALF}{phrase_table()}\n"


def population_page() -> str:
    """The page of populations, as written, then every column."""
    written = (HERE / "population.md").read_text(encoding="utf-8").partition(HALF)[0]
    return written + HALF + population_columns.tables()


def architecture_page() -> str:
    """How the program is built, as written, and its rooms as the imports show them."""
    written = (HERE / "architecture.md").read_text(encoding="utf-8").partition(HALF)[0]
    return written + HALF + rooms.table() + "\n"


def formats_page() -> str:
    """Every command with its formats, and every format with its writer."""
    return f"{MADE}\n\n" + page_of_formats(dict(_commands(_group, ())))


def _commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, tuple[Written[Never], ...]]]:
    """Every command that has ``--format``, with the reports it may answer."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _commands(inner, (*path, name))
        return
    for each in command.params:
        if isinstance(each.type, FormatName):
            yield " ".join(path), each.type.kinds


def hazards_page() -> str:
    """The hazard log: its first half as written, its second half from the rules."""
    written = (HERE / "hazards.md").read_text(encoding="utf-8").partition(HALF)[0]
    return written + HALF + hazard_table(rules())


def policies_page() -> str:
    """How policies work, as written, and every policy as it is declared."""
    written = (HERE / "policies.md").read_text(encoding="utf-8").partition(HALF)[0]
    overview = [
        [
            f"[`{each.id}`](#{each.id})",
            "<br>".join(markdown(phase_words(phase)) for phase in each.phases),
            markdown(ceiling_words(each.ceiling)),
            markdown(each.ceiling.standing.words),
        ]
        for each in POLICIES.values()
    ]
    table = markdown_table(("policy", "asks for", "ceiling", "standing of the ceiling"), overview)
    return "\n".join([written + HALF + "## Every policy\n", table, *map(_policy, POLICIES.values())])


def _policy(policy: Policy) -> str:
    title, *asked = policy_lines(policy)
    notes = [phase.note for phase in policy.phases if phase.note] + list(policy.notes)
    lines = [
        *asked,
        *dict.fromkeys(notes),
        f"Pauses: {policy.pauses}",
        f"The end: {policy.bottom}",
        f"Follow-up: {policy.follow_up.words}",
        *(f"For: {each}" for each in policy.for_whom),
        *(f"Not for: {each}" for each in policy.not_for),
        *(f"Source: {cited([each])}" for each in policy.sources),
    ]
    return f"### {policy.id}\n\n{markdown(title)}.\n\n" + "".join(f"- {_with_code(each)}\n" for each in lines)


def _with_code(text: str) -> str:
    """Text made safe, with the ids between backticks left as they are."""
    return "`".join(part if number % 2 else markdown(part) for number, part in enumerate(text.split("`")))


# --- pictures ---

LINES = (("#1b4f8a", ""), ("#b3420f", "10 5"), ("#1d6b3a", "3 4"), ("#6b2d83", "14 4 3 4"), ("#444444", "1 4"))
"""Colour and dashes of each line: told apart without color too."""
WEEKLY = Interval(days=7)
LEFT, TOP, WIDE, HIGH = 70, 50, 600, 300


def curves_picture() -> str:
    """Linear, proportional and hybrid at 10 % a step."""
    linear = Phase(Fraction(1), WEEKLY, Fraction(10), Basis.ORIGINAL)
    proportional = Phase(Fraction(1), WEEKLY, Fraction(10), Basis.CURRENT)
    late = Phase(Fraction(3, 10), WEEKLY, Fraction(10), Basis.CURRENT)
    steps = 24
    curves = [
        ("linear: 10 % of the original dose", list(_asked((linear,), steps))),
        ("proportional: 10 % of the current dose", list(_asked((proportional,), steps))),
        ("hybrid: 10 % of the original to 30 %, then of the current", list(_asked((linear, late), steps))),
    ]
    points = [(name, list(enumerate(shares))) for name, shares in curves]
    about = "After 10 steps linear is at zero, proportional at 35 and hybrid at 22 percent of the original dose."
    return _picture("Three ways to lower a dose by 10 % a step", about, points, steps, "step", 4)


def pace_picture() -> str:
    """What some opioid policies ask for, over weeks, if every dose could be dispensed."""
    weeks = 104
    points = []
    for name in ("humane", "cdc_2022_shorter", "rxfiles_2018", "va_slower", "va_slowest"):
        day, line = Fraction(0), [(0, Fraction(1))]
        phases = POLICIES[name].phases
        while day < weeks * 7 and line[-1][1] > 0:
            phase = POLICIES[name].phase_at(line[-1][1])
            day += phase.every.least_days
            line.append((int(day / 7), _next(phases, line[-1][1])))
        points.append((name, [point for point in line if point[0] <= weeks]))
    about = "Share of the original dose over 104 weeks, without the last stop and without pauses."
    return _picture("What opioid policies ask for over two years", about, points, weeks, "week", 13)


def _asked(phases: tuple[Phase, ...], steps: int) -> Iterator[Fraction]:
    share = Fraction(1)
    yield share
    for _ in range(steps):
        share = _next(phases, share)
        yield share


def _next(phases: tuple[Phase, ...], share: Fraction) -> Fraction:
    phase = next(each for each in reversed(phases) if share <= each.share)
    assert phase.percent is not None
    base = Fraction(1) if phase.basis is Basis.ORIGINAL else share
    return max(share - base * phase.percent / 100, Fraction(0))


def _picture(
    title: str,
    about: str,
    curves: Sequence[tuple[str, Sequence[tuple[int, Fraction]]]],
    end: int,
    unit: str,
    apart: int,
) -> str:
    """Curves of shares of the original dose as an SVG that reads without color and by a screen reader."""

    def x(at: int) -> str:
        return decimal_text(Fraction(LEFT) + Fraction(WIDE * at, end), 1)

    def y(share: Fraction) -> str:
        return decimal_text(TOP + HIGH * (1 - share), 1)

    high = TOP + HIGH
    full = high + 60 + 24 * len(curves)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 30} {full}" role="img" '
        'aria-labelledby="title about" font-family="sans-serif" font-size="14">',
        f'<title id="title">{title}</title>',
        f'<desc id="about">{about}</desc>',
        f'<rect width="{LEFT + WIDE + 30}" height="{full}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="28" font-size="16">{title}</text>',
    ]
    for percent in range(0, 101, 20):
        at = y(Fraction(percent, 100))
        lines.append(f'<path d="M{LEFT} {at}H{LEFT + WIDE}" stroke="#d5d5d5"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{at}" dy="5" text-anchor="end">{percent} %</text>')
    third = y(Fraction(1, 3))
    lines.append(f'<path d="M{LEFT} {third}H{LEFT + WIDE}" stroke="#777777" stroke-dasharray="2 3"/>')
    lines.append(f'<text x="{LEFT + WIDE}" y="{third}" dy="-5" text-anchor="end" font-size="12">one third</text>')
    for at in range(0, end + 1, apart):
        lines.append(f'<text x="{x(at)}" y="{high + 20}" text-anchor="middle">{at}</text>')
    lines.append(f'<text x="{LEFT + WIDE}" y="{high + 40}" text-anchor="end">{unit}</text>')
    for number, (name, points) in enumerate(curves):
        color, dashes = LINES[number]
        style = f'fill="none" stroke="{color}" stroke-width="2.5"' + (f' stroke-dasharray="{dashes}"' if dashes else "")
        path = f"M{x(points[0][0])} {y(points[0][1])}" + "".join(f"H{x(at)}V{y(share)}" for at, share in points[1:])
        below = high + 60 + 24 * number
        lines.append(f'<path d="{path}" {style}/>')
        lines.append(f'<path d="M{LEFT} {below}h50" {style}/>')
        lines.append(f'<text x="{LEFT + 60}" y="{below}" dy="5">{name}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def main(arguments: Sequence[str] | None = None, folder: Path = HERE, schemas: Path = schema_words.FOLDER) -> int:
    """Write or check the pages in ``folder`` and the schemas in ``schemas``; the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated pages of the documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is stale")
    check = parser.parse_args(arguments).check
    made = {folder / name: text for name, text in pages().items()} | schema_words.texts(schemas)
    if (schemas / "population.json").exists():
        made[schemas / "population.json"] = population_columns.schema_text(schemas)
    stale = {path: text for path, text in made.items() if _content(path) != text}
    for path, text in stale.items():
        if check:
            print(f"{path.name} is stale; write it again with: make docs", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{path.name} was written")
    return 1 if check and stale else 0


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
