"""The site of the documentation: what its pages become before they are built, and that none is out of reach."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
spec = importlib.util.spec_from_file_location("docs_site", DOCS / "site.py")
assert spec is not None
assert spec.loader is not None
site = importlib.util.module_from_spec(spec)
spec.loader.exec_module(site)


def test_links_lead_to_pages_of_the_site():
    assert site.turned("[a](../README.md#use), [b](tables.md)", at_root=False) == "[a](readme.md#use), [b](tables.md)"
    assert site.turned("![c](docs/pictures/card_plan.png)", at_root=True) == "![c](pictures/card_plan.png)"
    assert site.turned("[d](CHANGELOG.md) [e](https://x.org)", at_root=True) == "[d](changes.md) [e](https://x.org)"


def test_a_link_to_a_file_that_is_no_page_becomes_its_name():
    assert site.turned("see [the notice](../NOTICE)", at_root=False) == "see the notice (`NOTICE`)"


def test_every_page_is_in_the_contents():
    found = site.contents((DOCS / "index.md").read_text(encoding="utf-8"))
    listed = re.findall(r"^[\w-]+$", found, re.M)
    assert len(listed) == len(set(listed))
    assert {path.stem for path in DOCS.glob("*.md")} - {"index"} <= set(listed)
