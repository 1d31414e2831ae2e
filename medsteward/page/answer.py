"""What a screen answers: a page, a document to print, or a file to keep."""

from __future__ import annotations

from attrs import frozen

HTML = "text/html"


@frozen
class Answer:
    """Bytes of one kind. ``file`` not empty: to be kept under this name, which holds no fact of a patient.

    ``is_paper``: a page of a writer, made to be printed, which brings its own style.
    """

    body: bytes
    kind: str = HTML
    status: int = 200
    file: str = ""
    is_paper: bool = False
