"""Where screens are mounted: pure functions of a form, in a module that knows nothing of HTTP.

A screen is asked with the fields of a form, and answers with a page. A GET is a form without fields, and changes
nothing; a POST comes from our own pages alone (``medsteward.service.head``). Files beside them are read once, at the
start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Protocol
from urllib.parse import parse_qsl

from attrs import frozen

from medsteward.service.answer import HttpAnswer, NotAnswered, problem
from medsteward.service.forms import MOST_FIELDS, read_multipart
from medsteward.service.head import FORMS, media_type
from medsteward.service.request import WebRequest

Fields = Mapping[str, Sequence[str]]
"""The fields of a form, each with its values in their order."""


class Uploaded(Protocol):
    """A file that came with a form."""

    @property
    def name(self) -> str:
        """What the browser calls it; never a path."""

    @property
    def data(self) -> bytes:
        """Its bytes."""


class ScreenPage(Protocol):
    """What a screen gives back."""

    @property
    def status(self) -> int:
        """200, or 400 where the form cannot be read at all."""

    @property
    def body(self) -> bytes:
        """The page, or a file to keep."""

    @property
    def media(self) -> str:
        """``text/html`` or that of the file."""

    @property
    def headers(self) -> Sequence[tuple[str, str]]:
        """Further headers, such as the name under which a file is kept."""


class Screen(Protocol):
    """A pure function from a form to a page."""

    def __call__(self, fields: Fields, files: Mapping[str, Uploaded], *, today: date) -> ScreenPage:
        """The page of a form."""


@frozen
class Asset:
    """A file that pages load: its bytes and media type."""

    body: bytes
    media: str


@frozen
class Site:
    """Screens by their paths (``/``, ``/mme``), and the files that they load by theirs (``/static/page.css``)."""

    screens: Mapping[str, Screen]
    assets: Mapping[str, Asset]


NO_SITE = Site({}, {})


def show(screen: Screen, today: Callable[[], date], request: WebRequest) -> HttpAnswer:
    """A screen's answer to a GET or POST. Raises ``NotAnswered`` for a form that is none."""
    fields, files = form_of(request) if request.head.method == "POST" else ({}, {})
    page = screen(fields, files, today=today())
    return HttpAnswer(page.status, page.body, page.media, tuple(page.headers))


def mounted(site: Site, today: Callable[[], date]) -> dict[str, Callable[[WebRequest], HttpAnswer]]:
    """The functions of the screens by path."""
    return {path: partial(show, screen, today) for path, screen in site.screens.items()}


def given(asset: Asset) -> Callable[[WebRequest], HttpAnswer]:
    """The function of a file."""
    answer = HttpAnswer(200, asset.body, asset.media, (("Cache-Control", "no-cache"),))
    return lambda request: answer


def form_of(request: WebRequest) -> tuple[dict[str, list[str]], dict[str, Uploaded]]:
    """The fields and files of a form. Raises ``NotAnswered`` (400) for what is not one, or has too many fields."""
    content = request.head.get("content-type") or ""
    if media_type(content)[0] == FORMS[1]:
        fields, files = read_multipart(content, request.body)
        return fields, dict(files)
    try:
        text = request.body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise NotAnswered(problem(400, f"the form cannot be read, or has more than {MOST_FIELDS} fields")) from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found, {}
