"""JSON as text: UTF-8, exact numbers, each name once. What cannot be read is said in a line."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from medsteward.errors import UnreadableInput


def text_of(data: bytes, name: str, most: int) -> str:
    """Bytes in UTF-8 as text. Refuses (``UnreadableInput``) more than ``most`` bytes and other encodings."""
    if len(data) > most:
        raise UnreadableInput(name, f"it has more than {most:,} bytes; split it, or write one case a line")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableInput(name, "it is UTF-16; save it as UTF-8")
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableInput(name, f"byte {error.start + 1:,} is not UTF-8; save it as UTF-8") from None
    if "\\u" in text and _LONE_SURROGATE.search(text):
        raise UnreadableInput(name, "it holds half a character (\\ud800 to \\udfff); save it as UTF-8")
    return text


_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def json_of(text: str, name: str) -> Any:
    """The object that ``text`` is, numbers as int and Decimal. Refuses (``UnreadableInput``) what is not JSON."""
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise UnreadableInput(name, f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise UnreadableInput(name, "it is nested too deeply") from None
    except ArithmeticError:
        raise UnreadableInput(name, "it holds a number without end; write plain numbers") from None
    except ValueError as error:
        what = "it holds a number without end; write plain numbers" if "digits" in str(error) else str(error)[:120]
        raise UnreadableInput(name, f"not JSON: {what}") from None


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number JSON knows")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f'"{twice[:40]}" is given twice')
    return found


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_unique)
