"""The page on the service: each screen under its address, and the files that it loads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from medsteward.page.addresses import ADDRESSES, STATIC
from medsteward.service.headers import printed_policy
from medsteward.service.pages import Asset, Fields, Site, Uploaded

if TYPE_CHECKING:
    from medsteward.page.answer import Answer

_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@frozen
class Served:
    """A page as the service gives it."""

    status: int
    body: bytes
    media: str
    headers: tuple[tuple[str, str], ...]


def site() -> Site:
    """Every screen, and its files. The screens are loaded by the first who asks, or by ``load``."""
    assets = {f"/{file.name}": Asset(file.read_bytes(), _KINDS[file.suffix]) for file in _files(STATIC)}
    return Site({f"/{name}": partial(_shown, name) for name in ADDRESSES}, assets)


def load() -> None:
    """Load the screens, so that the first who asks does not wait."""
    import medsteward.page.index  # noqa: F401


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix in _KINDS)


def _shown(name: str, fields: Fields, files: Mapping[str, Uploaded], *, today: date) -> Served:
    from medsteward.page.answer import Answer
    from medsteward.page.form import FormTooLarge, Upload, form_of
    from medsteward.page.index import answer

    pairs = ((field, value) for field, values in fields.items() for value in values)
    sent = {field: Upload(each.name, each.data) for field, each in files.items()}
    try:
        found = answer(name, form_of(pairs, sent), today=today)
    except FormTooLarge as error:
        found = Answer(str(error).encode(), "text/plain", 413)
    return Served(found.status, found.body, found.kind, tuple(_headers(found)))


def _headers(found: Answer) -> list[tuple[str, str]]:
    headers = []
    if found.is_paper:
        headers.append(("Content-Security-Policy", printed_policy(found.body)))
    if found.file:
        headers.append(("Content-Disposition", f'attachment; filename="{found.file}"'))
    return headers
