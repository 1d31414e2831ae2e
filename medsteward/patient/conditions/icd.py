"""Codes of ICD-10-CM, of WHO's ICD-10 and of ICD-9-CM, by the longest row that covers them.

A row is a code, the beginning of codes, or a range of them; a code or a beginning beats a range, a narrow range a wide
one. A code of ICD-10-CM that is in its list and has no row matters to no rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from medsteward.caches import made_once, remembered
from medsteward.patient.conditions.rows import HERE, ConditionMeaning, read_rows

_SHAPE = re.compile(r"[A-Z]\d[0-9A-Z]{1,5}")
_SHAPE_9 = re.compile(r"(?:\d{3}|V\d{2})\d{0,2}|E\d{3}\d?")


@frozen
class IcdRows:
    """The rows of one list: by code or beginning, and the ranges with the narrowest first."""

    exact: Mapping[str, ConditionMeaning]
    ranges: tuple[tuple[str, str, ConditionMeaning], ...]
    same_at_who: frozenset[str]
    """Names of the rows that hold for WHO's ICD-10 too."""

    def of(self, code: str) -> ConditionMeaning | None:
        """The longest row that covers a code without dots, or None."""
        for length in range(len(code), 1, -1):
            found = self.exact.get(code[:length])
            if found is not None:
                return found
        return next((row for low, high, row in self.ranges if low <= code[: len(low)] <= high), None)


@remembered(1024)
def rows_of(name: str) -> IcdRows:
    """A list beside this module. Loaded when the first code of its system is met."""
    exact: dict[str, ConditionMeaning] = {}
    ranges: list[tuple[str, str, ConditionMeaning]] = []
    same: set[str] = set()
    for meaning, cells in read_rows(name):
        low, _, high = meaning.name.partition("-")
        if high:
            ranges.append((low, high, meaning))
        else:
            exact[low] = meaning
        if cells.get("who") == "yes":
            same.add(meaning.name)
    ranges.sort(key=lambda each: (_width(each[0], each[1]), each[0]))
    return IcdRows(exact, tuple(ranges), frozenset(same))


def _width(low: str, high: str) -> int:
    """How many codes of the length of its ends a range spans, about: for narrow before wide."""
    return sum((ord(b) - ord(a)) * 40 ** (len(low) - place) for place, (a, b) in enumerate(zip(low, high, strict=True)))


def plain_code(code: str) -> str:
    """A code in capitals without dots and spaces."""
    return re.sub(r"[.\s]", "", code[:20]).upper()


def is_icd10(code: str) -> bool:
    """Whether a plain code has the shape of ICD-10; which edition, it does not tell."""
    return _SHAPE.fullmatch(code) is not None


def is_icd9(code: str) -> bool:
    """Whether a plain code has the shape of ICD-9-CM."""
    return _SHAPE_9.fullmatch(code) is not None


def icd10cm(code: str) -> ConditionMeaning | None:
    """The row of ICD-10-CM for a plain code, or None."""
    return rows_of("icd10cm.csv").of(code)


@remembered(1024)
def is_heading(code: str) -> bool:
    """Whether a plain code of ICD-10-CM without a row is a heading, below which some codes matter."""
    rows = rows_of("icd10cm.csv")
    return rows.of(code) is None and any(
        key != code and key.startswith(code) and row.conditions for key, row in rows.exact.items()
    )


def icd9cm(code: str) -> ConditionMeaning | None:
    """The row of ICD-9-CM for a plain code, or None."""
    return rows_of("icd9cm.csv").of(code)


def icd10_who(code: str) -> ConditionMeaning | None:
    """The row of WHO's ICD-10 for a plain code: where it differs its own, else the one that both share, or None."""
    own, shared = rows_of("icd10_who.csv").of(code), rows_of("icd10cm.csv").of(code)
    if own is not None and (shared is None or len(own.name) >= len(shared.name.partition("-")[0])):
        return own
    if shared is not None and shared.name in rows_of("icd10cm.csv").same_at_who:
        return shared
    return own


@made_once
def _listed() -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
    """By category, the last letters of codes and what stands between the category and them."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for line in (HERE / "icd10cm_listed.txt").read_text(encoding="utf-8").splitlines():
        category, last, *middles = line.split(" ")
        found.setdefault(category, []).append((last, frozenset("" if each == "-" else each for each in middles)))
    return {category: tuple(each) for category, each in found.items()}


def is_listed(code: str) -> bool:
    """Whether ICD-10-CM of April 2026 has a plain code that no row covers."""
    if len(code) == 3:
        return any(code[2] in last for last, _ in _listed().get(code[:2], ()))
    return any(code[-1] in last and code[3:-1] in middles for last, middles in _listed().get(code[:3], ()))
