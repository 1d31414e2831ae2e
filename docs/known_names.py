"""The page that counts which names are known, by kind and standing."""

from __future__ import annotations

from collections import Counter

from medsteward.drugs.everyday import DRUGS, FURTHER, NOT_OPIOIDS
from medsteward.drugs.index import drugs, everyday, names
from medsteward.model.source import Standing
from medsteward.writers.shared.cells import markdown_table

_WHAT = {
    DRUGS: "everyday drugs, with their names and brands",
    "asks.csv": "names that are asked about",
    "opioids_and_sedatives.csv": "opioids and sedatives",
    "combinations.csv": "combinations",
    "extra_names.csv": "further names of declared drugs",
    "brands_us.csv": "brands of the United States",
    NOT_OPIOIDS: "substances that are surely no opioid",
}
_RESOLVED = ("yes", "ask", "suggest", "never")


def page(made: str) -> str:
    """Every kind of name with its numbers."""
    further = everyday().further.values()
    rows = []
    for file in (DRUGS, *FURTHER, NOT_OPIOIDS):
        mine = [each for each in further if each.file == file]
        resolve = Counter(each.resolve for each in mine)
        standing = Counter(each.standing for each in mine)
        rows.append(
            [
                _WHAT[file],
                f"`{file}`",
                str(len(mine)),
                *(str(resolve[each]) for each in _RESOLVED),
                *(str(standing[each]) for each in (Standing.VERIFIED, Standing.SECONDARY, Standing.RECALLED)),
            ]
        )
    found = list(everyday().drugs())
    classes = Counter(each.clinical for each in found)
    unsure = sum(bool(each.unsure) for each in found)
    head = ("names", "file", "all", "read", "asked", "suggested", "never read", "verified", "secondary", "recalled")
    return "\n".join(
        [
            made,
            "",
            "# Names",
            "",
            f"medsteward declares {len(drugs())} drugs under {len(names())} names. It also knows the names below, from",
            "`medsteward/drugs/names/`. They are read when a line holds a word that is not known.",
            "",
            markdown_table(head, rows),
            "",
            f"Of {len(found)} everyday drugs, the class is verified for {classes[Standing.VERIFIED]} and recalled for",
            f"{classes[Standing.RECALLED]}. {unsure} have a property that is recalled. A blank property is not judged.",
            "Names of countries other than the United States are recalled unless a list that was seen has them.",
            "",
            "A substance that is surely no opioid counts nothing in MME and is no gap in it. `check` names it as",
            '"recognized, not interaction-checked". A name that is in no file is a problem.',
            "",
            "The names come from RxNorm (prescribable content, October 2025) and FDA's NDC directory (April 2019).",
            "Others come from FDA's list of UNII names, CPIC, and public lists of drug names. [NOTICE](../NOTICE)",
            "has the acknowledgment that NLM asks for.",
            "[How to add a name](how_to_add_a_name.md) says what each column means.",
            "",
        ]
    )
