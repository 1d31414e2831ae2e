"""The page as static files that run wholly in a browser: shell, worker, Python for the browser, and what it imports.

The Python packages are those that are installed here; only pure ones are needed. Python for the browser (Pyodide)
comes from its npm package. Nothing is fetched while the page is used.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from medsteward.errors import MedstewardError
from medsteward.page.addresses import STATIC
from medsteward.page.form import SentForm
from medsteward.page.index import answer
from medsteward.tables.files import data_folder
from medsteward.version import __version__

PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
"""The files of the npm package ``pyodide`` that are needed."""
PACKAGES = (
    *("attrs", "pint", "flexcache", "flexparser", "platformdirs", "typing_extensions"),
    *("jinja2", "markupsafe", "tabulate", "icalendar", "python-dateutil", "six", "tzdata"),
)
"""What the screens import, by the names of their distributions."""
_SKIPPED = frozenset({"cli", "service", "population", "fonts"})
"""Rooms of medsteward that the page does not use."""
_LEFT_OUT = frozenset({"..", "__pycache__", "tests", "testsuite"})
_COMPILED = frozenset({".so", ".pyd", ".pyi", ".c"})
_WHEN = (2026, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same packages give the same bytes."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)


class CannotBuild(MedstewardError):
    """A part of the static page is missing."""


def static_site(pyodide: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder, by its name. Refuses (``CannotBuild``) where a part is missing."""
    files = {f"pyodide/{name}": _of_pyodide(pyodide, name) for name in PYODIDE}
    files["packages.zip"] = packages()
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            files[file.relative_to(STATIC).as_posix()] = file.read_bytes()
    files["page.js"] += files.pop("in_browser/static.js")
    for name in ("worker.js", "paper.js", "paper.html"):
        files[name] = files.pop(f"in_browser/{name}")
    files["index.html"] = _shell()
    mark = hashlib.sha256(b"".join(hashlib.sha256(files[name]).digest() for name in sorted(files))).hexdigest()[:16]
    listed = json.dumps(["./", *(name for name in sorted(files) if not name.startswith("in_browser/"))])
    worker = files.pop("in_browser/sw.js").replace(b'"FILES"', listed.encode())
    files["sw.js"] = worker.replace(b"MARK", f"medsteward-{__version__}-{mark}".encode())
    yield from sorted(files.items())


def _shell() -> bytes:
    """The first screen, with the policy of a page that runs Python in the browser."""
    page = answer("", SentForm(), today=date.today()).body.decode()
    head = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    loading = (
        '<p class="limits" id="loading" role="status">Loading medsteward into this browser. Nothing you type leaves it.'
        '<noscript> It needs script: here everything runs in the browser.</noscript></p>\n<main id="main"'
    )
    return page.replace("<title>", f"{head}<title>", 1).replace('<main id="main"', loading, 1).encode()


def _of_pyodide(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise CannotBuild(
            f"{name} of the npm package pyodide is not in {folder}; run `npm install pyodide` and give its folder"
        ) from None


def packages() -> bytes:
    """Medsteward and what its screens import, as one archive. Refuses (``CannotBuild``) where one is not installed."""
    found: dict[str, bytes] = {}
    own = Path(__file__).parents[1]
    for file in sorted(own.rglob("*")):
        parts = file.relative_to(own).parts
        if file.is_file() and "__pycache__" not in parts and parts[0] not in _SKIPPED:
            found[f"medsteward/{'/'.join(parts)}"] = file.read_bytes()
    for folder in sorted(data_folder("conversion_tables").parent.iterdir()):
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if file.is_file():
                found[f"medsteward/data/{folder.name}/{file.name}"] = file.read_bytes()
    for name in PACKAGES:
        found.update(_pure(_installed(name)))
    return _archive(found)


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise CannotBuild(f"{name} is not installed; run `pip install 'medsteward[calendar,handout]'`") from None


def _pure(found: Distribution) -> Iterator[tuple[str, bytes]]:
    """The files of a package that a browser can use: no compiled ones, no tests, of its own data only the name."""
    for file in found.files or ():
        parts = file.parts
        if not _LEFT_OUT.isdisjoint(parts) or file.suffix in _COMPILED:
            continue
        if parts[0].endswith(".dist-info") and file.name != "METADATA":
            continue
        path = Path(str(file.locate()))
        if path.is_file():
            yield file.as_posix(), path.read_bytes()


def _archive(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _WHEN), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()
