"""What a screen answers: a page, a document to print, or a file to keep."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from attrs import frozen

HTML = "text/html; charset=utf-8"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@frozen
class Answer:
    """Bytes of one kind. ``file`` not empty: to be kept under this name, which holds no fact of a patient.

    ``styles`` are the hashes of the styles that stand in the page itself, as a content security policy writes them:
    only pages that are made to be printed have some.
    """

    body: bytes
    kind: str = HTML
    status: int = 200
    file: str = ""
    styles: tuple[str, ...] = ()


def printed(html: str) -> Answer:
    """A page of a writer, with the hash of each style in it."""
    hashes = tuple(f"'sha256-{b64encode(sha256(found.encode()).digest()).decode()}'" for found in _STYLE.findall(html))
    return Answer(html.encode(), styles=hashes)
