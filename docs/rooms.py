"""The rooms of medsteward and who uses whom, read from the imports; drawn for docs/architecture.md."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "medsteward"

QUESTIONS = {
    "errors": "What can go wrong",
    "progress": "How far a long job has come",
    "caches": "What is kept so that it is not calculated twice",
    "version": "Which version is this",
    "schemas": "What documents look like",
    "model": "What the nouns are: products, directions, lines, patients, problems",
    "bibliography": "Which work a fact rests on, and how closely it was read",
    "thresholds": "At which figure an answer changes, and who says so",
    "units": "How amounts are converted: the one pint registry",
    "drugs": "What a drug is, and which products exist",
    "tables": "Which factors were published",
    "doses": "How much is taken in a day",
    "mme": "What that is in MME",
    "limits": "Which doses were published as limits, and for whom",
    "patient": "What is known of the patient, and what may be asked of it",
    "interactions": "Reasons against what is taken, or against an offer",
    "scales": "What a score means",
    "schedules": "Which steps products allow, and what happened to a plan since",
    "fills": "What was dispensed, day by day",
    "reminders": "What is due",
    "treatments": "What may be offered",
    "advice": "What a command answers",
    "readers": "What was written: directions, cases, records, plans",
    "writers": "How an answer is shown",
    "page": "Screens: a form to HTML, for a server and a browser alike",
    "service": "What was asked over HTTP, and by whom",
    "population": "The same as fills, over many patients, in a database",
    "cli": "What was typed: read, call, write",
    "frames": "What a table of rows holds, and answers as rows",
    "library": "What other programs call: their values to ours, and answers as plain data",
}
"""Each room and the one question that it answers."""


def uses() -> dict[str, set[str]]:
    """Each room and the rooms that its modules import, type checking aside."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room.startswith("__"):
            continue
        found.setdefault(room, set())
        for node in _run(ast.parse(path.read_text(encoding="utf-8"))):
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            parts = module.split(".")
            if parts[0] == "medsteward" and len(parts) > 1 and parts[1] != room:
                found[room].add(parts[1])
    return found


def _run(tree: ast.AST) -> list[ast.Import | ast.ImportFrom]:
    """The imports that run, in functions as well."""
    found: list[ast.Import | ast.ImportFrom] = []
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Import | ast.ImportFrom):
            found.append(child)
        elif not (isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")):
            found += _run(child)
    return found


def floors(used: Mapping[str, set[str]]) -> list[list[str]]:
    """The rooms floor by floor, from the ground: each stands above all that it uses."""
    levels: dict[str, int] = {}

    def level(room: str) -> int:
        if room not in levels:
            levels[room] = 1 + max((level(each) for each in used[room]), default=-1)
        return levels[room]

    for room in used:
        level(room)
    return [sorted(room for room in used if levels[room] == number) for number in range(max(levels.values()) + 1)]


def nearest(used: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Each room and those it uses that it does not also reach through another one."""

    def reached(room: str) -> set[str]:
        return used[room].union(*(reached(each) for each in used[room]))

    return {room: below - set().union(*(reached(each) for each in below)) for room, below in used.items()}


WIDE, BOX, HIGH, GAP = 1180, 120, 40, 78
_SMALL = {"errors", "progress", "schemas", "version"}
"""Used from anywhere, and left out of the picture."""


def picture() -> str:
    """The rooms as SVG, the smallest left out: an arrow goes to a room that is used and not reached through another."""
    used = {room: below - _SMALL for room, below in uses().items() if room not in _SMALL}
    rows = floors(used)
    height = GAP * len(rows) + 20
    place: dict[str, tuple[float, float]] = {}
    for number, row in enumerate(rows):
        # a row of one stands a little aside, in turns, so that no arrow runs behind a room
        aside = (-1) ** number * BOX * 0.75 if len(row) == 1 else 0
        for at, room in enumerate(row):
            place[room] = ((at + 0.5) * WIDE / len(row) + aside, height - GAP * (number + 1) + 22)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height}" role="img" '
        'font-family="sans-serif" font-size="15" text-anchor="middle">',
        "<title>The rooms of medsteward, each above those it uses</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        '<defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>',
    ]
    for room, below in sorted(nearest(used).items()):
        for other in sorted(below):
            (x1, y1), (x2, y2) = place[room], place[other]
            lines.append(
                f'<path d="M{x1:.0f} {y1 + HIGH / 2:.0f}C{x1:.0f} {y1 + 50:.0f} {x2:.0f} {y2 - 50:.0f} '
                f'{x2:.0f} {y2 - HIGH / 2:.0f}" fill="none" stroke="#667" marker-end="url(#to)"/>'
            )
    for room, (x, y) in sorted(place.items()):
        lines.append(
            f'<rect x="{x - BOX / 2:.0f}" y="{y - HIGH / 2:.0f}" width="{BOX}" height="{HIGH}" rx="6" '
            'fill="#eef3f7" stroke="#345"/>'
        )
        lines.append(f'<text x="{x:.0f}" y="{y + 5:.0f}">{room}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def table() -> str:
    """The rooms from the top floor down, each with its question and what it uses."""
    used = uses()
    lines = ["| room | answers | uses |", "|---|---|---|"]
    for row in reversed(floors(used)):
        for room in row:
            below = ", ".join(f"`{each}`" for each in sorted(used[room])) or "nothing"
            lines.append(f"| `{room}` | {QUESTIONS[room]} | {below} |")
    return "\n".join(lines)
