"""Forms with files (multipart), parsed in memory by python-multipart."""

from __future__ import annotations

from attrs import frozen

from medsteward.errors import part_for
from medsteward.service.answer import NotAnswered, problem

MOST_FIELDS = 2_000
MOST_FILES = 10


@frozen
class UploadedFile:
    """A file of a form: the last part of the name that the browser gave, and its bytes."""

    name: str
    data: bytes


class _Parts:
    """Gathers the parts of a form: of each the header that names it, and its bytes."""

    def __init__(self) -> None:
        self.found: list[tuple[bytes, bytes]] = []
        self.is_whole = False
        self._name, self._value, self._header, self._data = b"", b"", b"", bytearray()

    def begin(self) -> None:
        """A part begins. Raises ``ValueError`` for one too many."""
        if len(self.found) >= MOST_FIELDS + MOST_FILES:
            raise ValueError("too many parts")
        self._name, self._value, self._header, self._data = b"", b"", b"", bytearray()

    def name(self, data: bytes, start: int, end: int) -> None:
        """A piece of a header's name."""
        self._name += data[start:end]

    def value(self, data: bytes, start: int, end: int) -> None:
        """A piece of a header's value."""
        self._value += data[start:end]

    def header(self) -> None:
        """A header is whole."""
        if self._name.lower() == b"content-disposition":
            self._header = self._value
        self._name, self._value = b"", b""

    def data(self, data: bytes, start: int, end: int) -> None:
        """A piece of the part."""
        self._data += data[start:end]

    def end(self) -> None:
        """A part is whole."""
        self.found.append((self._header, bytes(self._data)))

    def ended(self) -> None:
        """The form is whole."""
        self.is_whole = True


def read_multipart(content_type: str, body: bytes) -> tuple[dict[str, list[str]], dict[str, UploadedFile]]:
    """The fields and files of a form. Raises ``NotAnswered`` (400) for what is not one, or has too many parts."""
    with part_for("a form with files", "python_multipart", "pip install 'medsteward[server]'"):
        from python_multipart.exceptions import FormParserError
        from python_multipart.multipart import MultipartParser, parse_options_header

    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    parts = _Parts()
    try:
        if not boundary:
            raise FormParserError("no boundary")
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.begin,
                "on_header_field": parts.name,
                "on_header_value": parts.value,
                "on_header_end": parts.header,
                "on_part_data": parts.data,
                "on_part_end": parts.end,
                "on_end": parts.ended,
            },
        )
        parser.write(body)
        parser.finalize()
        if not parts.is_whole:
            raise FormParserError("it ends before its end")
    except (FormParserError, UnicodeDecodeError, ValueError):
        raise NotAnswered(problem(400, "the form cannot be read")) from None
    fields: dict[str, list[str]] = {}
    files: dict[str, UploadedFile] = {}
    for header, data in parts.found:
        _, named = parse_options_header(header)
        name = named.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in named:
            file = named[b"filename"].decode("utf-8", "replace").replace("\\", "/").rpartition("/")[2]
            files[name] = UploadedFile(file[:100], data)
        else:
            fields.setdefault(name, []).append(data.decode("utf-8", "replace"))
    if len(parts.found) > MOST_FIELDS or len(files) > MOST_FILES:
        raise NotAnswered(problem(400, f"the form has more than {MOST_FIELDS} fields or {MOST_FILES} files"))
    return fields, files
