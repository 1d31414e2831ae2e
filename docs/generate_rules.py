"""Write the page of rules again: python docs/generate_rules.py"""

from __future__ import annotations

from pathlib import Path

from medsteward.writers.rules import markdown_page

PAGE = Path(__file__).parent / "rules.md"


def main() -> None:
    """Write the page from the declarations."""
    PAGE.write_text(markdown_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
