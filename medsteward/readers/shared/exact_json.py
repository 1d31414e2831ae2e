"""JSON back to values of ours, by the types of their attributes. Every size is bounded."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import attrs

from medsteward.caches import remembered
from medsteward.errors import MedstewardError
from medsteward.model.kept import is_known
from medsteward.model.number import exact_number
from medsteward.schedules.saved import KIND_OF, KINDS, MAX_LIST, MAX_TEXT

_LARGEST_INT = 3660
"""Days, months, years and numbers of steps: ten years of days is the most that is read."""
_RATIO = re.compile(r"(\d{1,60})/(\d{1,60})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class NotAsWritten(MedstewardError):
    """A value that is not what stands there in a file that medsteward wrote. ``where`` is the path to it."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f"{where}: {what}")


def built(value: Any, hint: Any, where: str) -> Any:
    """A parsed JSON value (numbers int or ``Decimal``) as what ``hint`` says. Raises ``NotAsWritten``."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _one_of(value, get_args(hint), where)
    if origin is tuple:
        return _tuple(value, get_args(hint), where)
    if origin is frozenset:
        return frozenset(built(each, get_args(hint)[0], f"{where}[{n}]") for n, each in enumerate(_list(value, where)))
    if attrs.has(hint):
        return _object(value, hint, where)
    return _plain(value, hint, where)


def _plain(value: Any, hint: Any, where: str) -> Any:
    if hint is bool:
        if isinstance(value, bool):
            return value
        raise NotAsWritten(where, "is true or false")
    if hint is str:
        return _text(value, where)
    if hint is int:
        if type(value) is int and 0 <= value <= _LARGEST_INT:
            return value
        raise NotAsWritten(where, f"is a whole number from 0 to {_LARGEST_INT:,}")
    if hint is Fraction:
        return _fraction(value, where)
    if hint is date:
        return _day(value, where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _member(value, hint, where)
    raise TypeError(f"{hint} is not read from JSON")


def _one_of(value: Any, hints: tuple[Any, ...], where: str) -> Any:
    kinds = [hint for hint in hints if hint is not types.NoneType]
    if value is None and len(kinds) < len(hints):
        return None
    if len(kinds) == 1:
        return built(value, kinds[0], where)
    if set(kinds) == {date, bool}:
        return value if isinstance(value, bool) else _day(value, where)
    kind = _mapping(value, where).get("kind")
    made = KINDS.get(kind) if isinstance(kind, str) else None
    if made is None or made not in kinds:
        raise NotAsWritten(f"{where}.kind", f"is one of {', '.join(KIND_OF[each] for each in kinds)}")
    return built(value, made, where)


def _tuple(value: Any, hints: tuple[Any, ...], where: str) -> tuple[Any, ...]:
    items = _list(value, where)
    if len(hints) == 2 and hints[1] is Ellipsis:
        hints = (hints[0],) * len(items)
    if len(items) != len(hints):
        raise NotAsWritten(where, f"is a list of {len(hints)}")
    return tuple(built(each, hint, f"{where}[{n}]") for n, (each, hint) in enumerate(zip(items, hints, strict=True)))


def _object(value: Any, made: type, where: str) -> Any:
    table = _mapping(value, where)
    hints = _hints(made)
    known = {*hints, "kind"} if made in KIND_OF else set(hints)
    for key in table:
        if key not in known:
            raise NotAsWritten(f"{where}.{str(key)[:40]}", "is not a key that belongs there")
    parts = {}
    for name, (hint, needed) in hints.items():
        if name in table:
            parts[name] = built(table[name], hint, f"{where}.{name}")
        elif needed:
            raise NotAsWritten(f"{where}.{name}", "is missing")
    try:
        return made(**parts)
    except (ValueError, TypeError, MedstewardError) as error:
        raise NotAsWritten(where, f"cannot be: {_first_line(error)}") from None


@remembered(1024)
def _hints(made: type) -> Mapping[str, tuple[Any, bool]]:
    """The type of each attribute, and whether it must be given."""
    hints = get_type_hints(made)
    fields = [each for each in attrs.fields(cast(Any, made)) if is_known(each)]
    return {each.name: (hints[each.name], each.default is attrs.NOTHING) for each in fields}


def _first_line(error: Exception) -> str:
    said = str(error.args[0]) if error.args else type(error).__name__
    return said.splitlines()[0][:200] if said else type(error).__name__


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise NotAsWritten(where, "is an object")


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise NotAsWritten(where, "is a list")
    if len(value) > MAX_LIST:
        raise NotAsWritten(where, f"has {len(value):,} entries; at most {MAX_LIST:,} are read")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise NotAsWritten(where, "is text")
    if len(value) > MAX_TEXT:
        raise NotAsWritten(where, f"has {len(value):,} characters; at most {MAX_TEXT:,} are read")
    return value


def _fraction(value: Any, where: str) -> Fraction:
    number = exact_number(value)
    if number is None and isinstance(value, str) and (ratio := _RATIO.fullmatch(value)) and int(ratio[2]):
        number = Fraction(int(ratio[1]), int(ratio[2]))
    if number is None:
        raise NotAsWritten(where, 'is a number that is not negative, or "1/3" as text')
    return number


def _day(value: Any, where: str) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise NotAsWritten(where, "is a day as 2027-01-04")
    return day


def _member(value: Any, hint: type[Enum], where: str) -> Enum:
    if isinstance(value, str):
        for each in hint:
            if each.value == value:
                return each
    known = [str(each.value) for each in hint]
    said = f"is one of {', '.join(known)}" if len(known) <= 12 else "is a word that is not known there"
    raise NotAsWritten(where, said)
