"""What is known of conditions, counted by list, by what happens and by standing; and every condition with its rows."""

from __future__ import annotations

from collections import Counter

from medsteward.model.conditions import CONDITIONS
from medsteward.patient.conditions.loinc import measures
from medsteward.patient.conditions.phrases import past_meanings
from medsteward.patient.conditions.rows import Action, ConditionMeaning, read_rows
from medsteward.writers.shared.cells import markdown_table

_LISTS = {
    "words.csv": "phrases",
    "icd10cm.csv": "ICD-10-CM",
    "icd10_who.csv": "ICD-10 (WHO)",
    "icd9cm.csv": "ICD-9-CM",
    "snomed.csv": "SNOMED CT",
}
_PAST = {Action.COUNT: "stays", Action.COUNT_AND_ASK: "stays, asked", Action.ASK: "asked", Action.DROP: "over"}


def counted() -> str:
    """The generated half of the page."""
    rows = {name: [meaning for meaning, _ in read_rows(name)] for name in _LISTS}
    actions = [each for each in Action if each is not Action.DROP]
    by_action = [
        [_LISTS[name], *(str(sum(row.action is each for row in found)) for each in actions), str(len(found))]
        for name, found in rows.items()
    ]
    standings = sorted({row.standing.value for found in rows.values() for row in found})
    by_standing = [
        [_LISTS[name], *(str(Counter(row.standing.value for row in found)[each]) for each in standings)]
        for name, found in rows.items()
    ]
    kinds = Counter(each.kind.value for each in measures().values())
    return "\n".join(
        [
            "## What is known, by what happens",
            "",
            markdown_table(["list", *(each.value for each in actions), "rows"], by_action),
            "A row of a code may be the beginning of many codes, or a range.",
            "",
            "## By standing",
            "",
            markdown_table(["list", *standings], by_standing),
            f"LOINC: {len(measures())} codes, by kind.",
            "",
            markdown_table(sorted(kinds), [[str(kinds[kind]) for kind in sorted(kinds)]]),
            "",
            f"## The {len(CONDITIONS)} conditions",
            "",
            "`past` says what a condition means once it is over.",
            "",
            markdown_table(["condition", *_LISTS.values(), "past"], [_condition(name, rows) for name in CONDITIONS]),
        ]
    )


def _condition(name: str, rows: dict[str, list[ConditionMeaning]]) -> list[str]:
    many = [str(sum(name in row.conditions for row in found)) for found in rows.values()]
    past = past_meanings()[name]
    becomes = f": {past.becomes}" if past.becomes not in ("", name) else ""
    return [name, *many, f"{_PAST[past.action]}{becomes}"]
