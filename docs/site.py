"""The documentation as a site that can be searched: ``make docs-site`` writes it to build/site.

The pages stay as they are in this folder. What only makes sense in the repository (links to files beside the pages) is
turned for the site: the README and the changes become pages, links to other files become their names. The contents at
the side are those of index.md, so that every page is one click away from any other.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
SOURCE, SITE = ROOT / "build" / "site_source", ROOT / "build" / "site"
PAGES = {"README.md": "readme.md", "CHANGELOG.md": "changes.md"}
"""Files of the repository that are pages of the site, under which name."""

CONFIGURATION = """\
project = "medsteward"
author = "the medsteward authors"
extensions = ["myst_parser"]
myst_heading_anchors = 4
myst_enable_extensions = ["html_image"]
html_theme = "furo"
html_title = "medsteward"
html_copy_source = False
html_show_copyright = False
"""

_UNKNOWN_FENCE = re.compile(r"(?<=```)csv$", re.M)
"""What the site has no colors for."""
_SECTION = re.compile(r"^\*\*(?P<title>[^*]+)\*\*$", re.M)
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\((?P<target>[^)\s#]*)(?P<place>#[^)\s]*)?\)")


def turned(text: str, *, at_root: bool) -> str:
    """A page with its links turned; ``at_root``: it stands beside the folder of the pages, not in it."""

    def link(found: re.Match[str]) -> str:
        said, target, place = found["text"], found["target"], found["place"] or ""
        if not target or "://" in target:
            return found[0]
        path = ((ROOT if at_root else DOCS) / target).resolve()
        if DOCS in path.parents:
            return f"[{said}]({path.relative_to(DOCS).as_posix()}{place})"
        name = path.relative_to(ROOT).as_posix()
        if name in PAGES:
            return f"[{said}]({PAGES[name]}{place})"
        return f"{said} (`{name}`)"

    return _UNKNOWN_FENCE.sub("text", _LINK.sub(link, text))


def contents(index: str) -> str:
    """The sections of index.md as the contents of the site, and the pages that it does not name."""
    parts = _SECTION.split(index)
    named = {"index", "readme"}
    trees = ["```{toctree}\n:hidden:\n\nreadme\n```"]
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        pages = [link["target"] for link in _LINK.finditer(turned(body, at_root=False))]
        names = [name for each in pages if (name := each.removesuffix(".md")) != each and name not in named]
        named.update(names)
        trees.append("\n".join(["```{toctree}", ":hidden:", f":caption: {title}", "", *dict.fromkeys(names), "```"]))
    left = sorted(path.stem for path in SOURCE.glob("*.md") if path.stem not in named)
    if left:
        raise SystemExit(f"docs/index.md does not name {', '.join(left)}")
    return "\n\n".join(trees)


def write_source() -> None:
    """The pages as sphinx reads them."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    SOURCE.mkdir(parents=True)
    for path in DOCS.glob("*.md"):
        (SOURCE / path.name).write_text(turned(path.read_text("utf-8"), at_root=False), "utf-8")
    for path in DOCS.glob("*.svg"):
        shutil.copy(path, SOURCE)
    shutil.copytree(DOCS / "pictures", SOURCE / "pictures")
    for name, page in PAGES.items():
        (SOURCE / page).write_text(turned((ROOT / name).read_text("utf-8"), at_root=True), "utf-8")
    index = SOURCE / "index.md"
    index.write_text(f"{index.read_text('utf-8')}\n{contents((DOCS / 'index.md').read_text('utf-8'))}\n", "utf-8")
    (SOURCE / "conf.py").write_text(CONFIGURATION, "utf-8")


def build() -> int:
    """Write the site; a warning is a failure."""
    from sphinx.cmd.build import main as sphinx

    write_source()
    return sphinx(["-W", "--keep-going", "-q", "-E", "-b", "html", str(SOURCE), str(SITE)])


if __name__ == "__main__":
    sys.exit(build())
