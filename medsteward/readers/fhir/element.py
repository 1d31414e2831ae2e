"""Elements of a FHIR resource, taken out one by one: the right type, a known name, or a problem with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from attrs import Factory, define

from medsteward.caches import remembered
from medsteward.model.number import exact_number
from medsteward.model.problem import Caution, Problem

Table = Mapping[str, Any]
T = TypeVar("T")

MAX_TEXT = 1000
"""Characters of one text that is read."""
MAX_LIST = 200
"""Entries of one list inside a resource."""

_KINDS = {str: "text", bool: "true or false", dict: "an object", list: "a list", int: "a whole number"}
_ALWAYS = frozenset({"id", "extension"})
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.{2,30})?)?)?", re.ASCII | re.DOTALL)
_ENDLESS = 10**4000
"""From here on the digits of a whole number are not shown; Python does not write those of an endless one."""
_LONGEST_DAY = 41
"""Characters that ``_DAY`` takes at most, so that nothing longer is remembered."""


@define
class Remarks:
    """Problems and cautions in the order found, each once, each with its place: ``dosageInstruction[0].timing``."""

    problems: list[Problem] = Factory(list)
    cautions: list[Caution] = Factory(list)

    def problem(self, code: str, where: str, text: str, *suggestions: str, fact: str = "", said: str = "") -> None:
        """Note a problem at a place, and the fact of the patient that was not understood, where it is about one."""
        found = Problem(code, where, text, suggestions, fact, said)
        if found not in self.problems:
            self.problems.append(found)

    def add(self, problems: Iterable[Problem], cautions: Iterable[Caution]) -> None:
        """Note what was noted before."""
        self.problems += [each for each in problems if each not in self.problems]
        self.cautions += [each for each in cautions if each not in self.cautions]

    def caution(self, code: str, text: str, where: str = "", *, unread: tuple[str, ...] = ()) -> None:
        """Note a caution, and the facts of the patient that were not read."""
        found = Caution(code, text, where, unread=unread)
        if found not in self.cautions:
            self.cautions.append(found)


def shown(value: Any) -> str:
    """A value as a message shows it: short, on one line."""
    if not isinstance(value, str):
        number = isinstance(value, Decimal) or (isinstance(value, int) and abs(value) < _ENDLESS)
        value = str(value) if number else "..."
    short = value[:40]
    return short if short.isprintable() else "".join(c if c.isprintable() else " " for c in short)


def _typed(table: Table, key: str, kind: type[T], at: str, remarks: Remarks) -> T | None:
    value = table.get(key)
    if value is None:
        return None
    if type(value) is not kind:
        remarks.problem("FHIR-001", f"{at}.{key}", f"{key} is {_KINDS[kind]}")
        return None
    return value


def text_of(table: Table, key: str, at: str, remarks: Remarks) -> str | None:
    """A string; None where it is absent, blank or, with a problem noted, something else."""
    value = _typed(table, key, str, at, remarks)
    if value is None:
        return None
    if len(value) > MAX_TEXT:
        remarks.problem(
            "FHIR-001", f"{at}.{key}", f"{key} has {len(value):,} characters; at most {MAX_TEXT:,} are read"
        )
        return None
    return value if value.strip() else None


def flag_of(table: Table, key: str, at: str, remarks: Remarks) -> bool | None:
    """True or false; None where it is absent."""
    return _typed(table, key, bool, at, remarks)


def object_of(table: Table, key: str, at: str, remarks: Remarks) -> Table | None:
    """An object; None where it is absent."""
    return _typed(table, key, dict, at, remarks)


def objects_of(table: Table, key: str, at: str, remarks: Remarks, most: int = MAX_LIST) -> tuple[Table, ...]:
    """A list of objects; empty where it is absent."""
    values = _typed(table, key, list, at, remarks)
    if not values:
        return ()
    if len(values) > most:
        remarks.problem("FHIR-001", f"{at}.{key}", f"{key} has {len(values):,} entries; at most {most} are read")
        return ()
    for number, value in enumerate(values):
        if type(value) is not dict:
            remarks.problem("FHIR-001", f"{at}.{key}[{number}]", f"{key} is a list of objects")
            return ()
    return tuple(values)


def texts_of(table: Table, key: str, at: str, remarks: Remarks) -> tuple[str, ...]:
    """A list of strings; empty where it is absent."""
    values = _typed(table, key, list, at, remarks)
    if not values:
        return ()
    if len(values) > MAX_LIST or any(type(value) is not str for value in values):
        remarks.problem("FHIR-001", f"{at}.{key}", f"{key} is a list of at most {MAX_LIST} texts")
        return ()
    return tuple(values)


def number_of(table: Table, key: str, at: str, remarks: Remarks) -> Fraction | None:
    """A decimal that is not negative, exact; None where it is absent."""
    value = table.get(key)
    if value is None:
        return None
    number = exact_number(value)
    if number is None:
        remarks.problem(
            "FHIR-001", f"{at}.{key}", f'{key} is a number that is not negative, as in 2 or 0.5, not "{shown(value)}"'
        )
    return number


def count_of(table: Table, key: str, at: str, remarks: Remarks) -> int | None:
    """A whole number from 1 on; None where it is absent."""
    number = number_of(table, key, at, remarks)
    if number is None:
        return None
    if number.denominator != 1 or number < 1:
        remarks.problem("FHIR-001", f"{at}.{key}", f"{key} is a whole number from 1 on")
        return None
    return int(number)


def first_day(table: Table, key: str, at: str, remarks: Remarks) -> date | None:
    """The day of a date or dateTime as written; of a month or a year alone, its first."""
    span = _span(table, key, at, remarks)
    return None if span is None else span[0]


def last_day(table: Table, key: str, at: str, remarks: Remarks) -> date | None:
    """The day of a date or dateTime as written; of a month or a year alone, its last."""
    span = _span(table, key, at, remarks)
    return None if span is None else span[1]


def _span(table: Table, key: str, at: str, remarks: Remarks) -> tuple[date, date] | None:
    value = _typed(table, key, str, at, remarks)
    if value is None:
        return None
    span = span_of(value)
    if span is None:
        remarks.problem("FHIR-001", f"{at}.{key}", f'{key} is a day as in 2027-01-04, not "{shown(value)}"')
    return span


def span_of(text: str) -> tuple[date, date] | None:
    """The first and last day that a date, dateTime, month or year stands for; None: it is none of these."""
    return _span_of(text) if len(text) <= _LONGEST_DAY else None


@remembered(4096)
def _span_of(text: str) -> tuple[date, date] | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = (None if part is None else int(part) for part in match.groups())
    try:
        if month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is not None:
            only = date(year or 0, month, day)
            return only, only
        first = date(year or 0, month, 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first, after - timedelta(days=1)
    except ValueError:
        return None


def known_elements(table: Table, known: frozenset[str], at: str, what: str, remarks: Remarks) -> None:
    """Note elements that R4 does not have here, and extensions that change the meaning of what holds them."""
    if table.keys() <= known:
        return  # the usual case, and this is asked for every object
    for key in table:
        if key in known or key in _ALWAYS or key.startswith("_"):
            continue
        if key == "modifierExtension":
            if table[key]:
                text = f"a modifierExtension changes what this {what} means, in a way this program does not know"
                remarks.problem("FHIR-002", f"{at}.{key}", text)
            continue
        near = difflib.get_close_matches(key[:40], known, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; is this another version of FHIR?"
        remarks.problem("FHIR-002", f"{at}.{shown(key)}", f"{shown(key)} is no element of {what} in R4{hint}", *near)
        if len(remarks.problems) > 20:
            return


def codings(concept: Table, at: str, remarks: Remarks) -> tuple[Table, ...]:
    """The codings of a CodeableConcept."""
    return objects_of(concept, "coding", at, remarks)


_TAG = re.compile(
    r"\s*\((?:(?:(?:real|virtual|branded|packaged|generic|actual)\s+)*(?:clinical drug|medicinal product|drug|product)"
    r"(?: form| pack| package)?(?: precisely)?|substance|product|physical object|qualifier value)\)\s*$",
    re.IGNORECASE,
)


def without_tag(words: str) -> str:
    """A name of SNOMED CT without the tag in brackets at its end: "Oxycodone 5 mg oral tablet (product)"."""
    return _TAG.sub("", words)


def words_of(concept: Table, at: str, remarks: Remarks) -> str | None:
    """The words of a CodeableConcept: its text, or else the first display."""
    text = text_of(concept, "text", at, remarks)
    if text is not None:
        return text
    found = (
        text_of(coding, "display", f"{at}.coding[{n}]", remarks)
        for n, coding in enumerate(codings(concept, at, remarks))
    )
    return next((display for display in found if display is not None), None)


def codes_in(concept: Table | None, system: str | Iterable[str]) -> tuple[str, ...]:
    """The codes of a concept under one of some systems, as far as they are texts."""
    listed = None if concept is None else concept.get("coding")
    if not isinstance(listed, list):
        return ()
    systems = (system,) if isinstance(system, str) else tuple(system)
    found = []
    for coding in listed:
        if isinstance(coding, dict) and coding.get("system") in systems:
            code = coding.get("code")
            if isinstance(code, str):
                found.append(code)
    return tuple(found)
