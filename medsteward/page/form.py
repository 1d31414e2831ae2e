"""What a browser sends: names and values, bounded, asked for one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

MAX_FIELDS = 2_000
MAX_VALUE = 1_000_000
"""Characters of one value: a plan file is the longest."""


class FormTooLarge(ValueError):
    """More fields, or a longer one, than a screen has."""


@frozen
class Upload:
    """A file that was sent: its name as the browser gave it, and its bytes."""

    name: str
    data: bytes


@frozen
class SentForm:
    """The values of a form by name, in the order in which they were sent, and its files."""

    values: Mapping[str, tuple[str, ...]] = field(factory=dict)
    files: Mapping[str, Upload] = field(factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """The first value, without spaces around it."""
        found = self.values.get(name)
        return found[0].strip() if found else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every value that is not blank."""
        return tuple(value.strip() for value in self.values.get(name, ()) if value.strip())

    def has(self, name: str) -> bool:
        """Whether a box is ticked, or a button of this name was pressed."""
        return bool(self.text(name))

    def with_(self, **values: str) -> SentForm:
        """The same form with other values; an empty one leaves the field out."""
        kept = {name: found for name, found in self.values.items() if name not in values}
        return SentForm({**kept, **{name: (value,) for name, value in values.items() if value}}, self.files)


def form_of(pairs: Iterable[tuple[str, str]], files: Mapping[str, Upload] | None = None) -> SentForm:
    """A form of its pairs. Raises ``FormTooLarge``."""
    found: dict[str, tuple[str, ...]] = {}
    for number, (name, value) in enumerate(pairs, start=1):
        if number > MAX_FIELDS or len(value) > MAX_VALUE:
            raise FormTooLarge(f"a form has at most {MAX_FIELDS} fields of {MAX_VALUE:,} characters")
        found[name] = (*found.get(name, ()), value.replace("\r\n", "\n"))
    return SentForm(found, files or {})
