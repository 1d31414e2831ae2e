"""Write what is made from the rules again: python docs/generate_rules.py"""

from __future__ import annotations

from pathlib import Path

from medsteward.interactions.check import rules
from medsteward.writers.rules import hazard_table, markdown_page

HERE = Path(__file__).parent
MARK = "<!-- from here on generated -->\n\n"


def main() -> None:
    """Write the page of rules, and the second half of the hazard log."""
    (HERE / "rules.md").write_text(markdown_page(), encoding="utf-8")
    log = HERE / "hazards.md"
    head = log.read_text(encoding="utf-8").partition(MARK)[0]
    log.write_text(head + MARK + hazard_table(rules()), encoding="utf-8")


if __name__ == "__main__":
    main()
