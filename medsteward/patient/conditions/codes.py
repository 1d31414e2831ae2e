"""One code of a record, with the words beside it, to what it says of the patient. A code is read by its system."""

from __future__ import annotations

from enum import Enum

from attrs import evolve

from medsteward.model.conditions import implied
from medsteward.patient.conditions import icd, snomed
from medsteward.patient.conditions.asking import of_row, shown
from medsteward.patient.conditions.past import past
from medsteward.patient.conditions.reading import NOTHING, UNREAD, Reading
from medsteward.patient.conditions.rows import ConditionMeaning
from medsteward.patient.conditions.spelling import plain
from medsteward.patient.conditions.words import read_words

WEEKS = range(8, 43)
"""Completed weeks of pregnancy that a code states."""


class System(Enum):
    """A system of codes that is read."""

    ICD10CM = "icd-10-cm"
    ICD10 = "icd-10"
    ICD9CM = "icd-9-cm"
    SNOMED = "snomed"


_SYSTEMS = {
    "http://hl7.org/fhir/sid/icd-10-cm": System.ICD10CM,
    "urn:oid:2.16.840.1.113883.6.90": System.ICD10CM,
    "http://hl7.org/fhir/sid/icd-10": System.ICD10,
    "urn:oid:2.16.840.1.113883.6.3": System.ICD10,
    "http://hl7.org/fhir/sid/icd-9-cm": System.ICD9CM,
    "urn:oid:2.16.840.1.113883.6.103": System.ICD9CM,
    "http://snomed.info/sct": System.SNOMED,
    "urn:oid:2.16.840.1.113883.6.96": System.SNOMED,
}


def system_of(uri: str) -> System | None:
    """The system of a URI; None: one whose codes are not read."""
    return _SYSTEMS.get(uri.strip().rstrip("/").lower())


def read_term(term: str) -> Reading:
    """What the words of a record say, without the tag that a terminology adds."""
    words, tag = snomed.without_tag(term)
    return read_words(words) if snomed.can_be_a_condition(tag) else UNREAD


def title_of(system: System, code: str) -> str:
    """What a list calls a code; empty: it is not known."""
    found = _row(system, code)
    return "" if found is None or "-" in found.name else found.title


def read_code(system: System, code: str, display: str = "") -> Reading:
    """What a code says; ``display`` are the words beside it, where there are any.

    ``understood`` is False where neither the code nor the words are read. Where they disagree neither counts, and the
    reading asks.
    """
    row = _row(system, code)
    words = read_term(display) if display else UNREAD
    if system is System.ICD10CM and icd.is_icd10(icd.plain_code(code)) and icd.is_heading(icd.plain_code(code)):
        return words if words.understood else _heading(code)
    if row is None:
        if system is System.ICD10CM and icd.is_listed(icd.plain_code(code)):
            return _unless_words_differ(NOTHING, words, code, display)
        return words
    found = _with_digits(of_row(_named(system, code), row), row, system, icd.plain_code(code))
    if display and plain(snomed.without_tag(display)[0]) == plain(row.title):
        return found
    return _unless_words_differ(found, words, code, display)


def _heading(code: str) -> Reading:
    ask = f"code {shown(code)} is a heading and was not counted. Which code below it, or which condition?"
    return Reading(asks=(ask,))


def _row(system: System, code: str) -> ConditionMeaning | None:
    if system is System.SNOMED:
        return snomed.known_codes().get(code.strip())
    plain_ = icd.plain_code(code)
    if system is System.ICD9CM:
        return icd.icd9cm(plain_) if icd.is_icd9(plain_) else None
    if not icd.is_icd10(plain_):
        return None
    return icd.icd10cm(plain_) if system is System.ICD10CM else icd.icd10_who(plain_)


def _named(system: System, code: str) -> str:
    if system is System.SNOMED:
        return code.strip()
    found = icd.plain_code(code)
    dot = 4 if system is System.ICD9CM and found.startswith("E") else 3
    return found if len(found) <= dot else f"{found[:dot]}.{found[dot:]}"


def _with_digits(found: Reading, row: ConditionMeaning, system: System, code: str) -> Reading:
    """What the last characters of a code of ICD-10-CM add: weeks of pregnancy, and the sequela of an injury."""
    if system is not System.ICD10CM:
        return found
    if row.name.startswith("Z3A") and code[3:].isdigit() and int(code[3:]) in WEEKS:
        return evolve(found, gestational_weeks=int(code[3:]))
    if code.startswith("S06") and len(code) == 7 and code.endswith("S"):
        return past(found, f'"{shown(_named(system, code))}"')
    return found


def _unless_words_differ(found: Reading, words: Reading, code: str, display: str) -> Reading:
    """The reading of a code, unless the words beside it count as another condition: then neither, and a question."""
    if not words.conditions or implied(words.conditions) & implied(found.conditions):
        return found
    if found.asks and not found.conditions:
        return found
    by_code = " and ".join(found.conditions) or "nothing that a rule asks about"
    ask = (
        f'code {shown(code)} means {by_code}, but its words "{shown(display)}" mean {" and ".join(words.conditions)}: '
        "neither was counted. Which is right?"
    )
    return Reading(asks=(ask,))
