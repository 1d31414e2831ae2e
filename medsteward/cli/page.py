"""``medsteward page``."""

from __future__ import annotations

from pathlib import Path

import click

from medsteward.cli.saying import say
from medsteward.errors import UnreadableInput

_HERE = "node_modules/pyodide"


@click.group(help="The page for prescribers and pharmacists, as files of its own.")
def page() -> None:
    """Run the command."""


@page.command(
    help="""Write the page as static files that run wholly in the browser.

    Any web server can serve DIR: nothing that is typed leaves the browser, and it works offline after the first
    visit. Python for the browser comes from the npm package pyodide. `medsteward serve --open` opens the same page
    from this machine without it.

    \b
    Example:
      npm install pyodide@314.0.7
      medsteward page build public --pyodide node_modules/pyodide
      python3 -m http.server --directory public
    """
)
@click.argument("folder", metavar="DIR")
@click.option("--pyodide", default=_HERE, show_default=True, metavar="FOLDER", help="The npm package pyodide.")
def build(folder: str, pyodide: str) -> int:
    """Gather, write, say where."""
    from medsteward.page.static_site import static_site

    target, size = Path(folder), 0
    files = list(static_site(Path(pyodide)))
    try:
        for name, data in files:
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            size += len(data)
    except OSError as error:
        raise UnreadableInput(folder, f"cannot be written: {(error.strerror or str(error)).lower()}") from None
    say(f"{len(files)} files, {size / 1e6:.1f} MB; serve them with `python3 -m http.server --directory {folder}`")
    return 0
