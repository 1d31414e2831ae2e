"""What a person types as a condition: words, a code, or a code with its words."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.patient.conditions import icd, snomed
from medsteward.patient.conditions.asking import of_row
from medsteward.patient.conditions.codes import System, read_code, read_term, system_of, title_of
from medsteward.patient.conditions.near import near_phrases
from medsteward.patient.conditions.phrases import known_phrases, phrase_as_listed
from medsteward.patient.conditions.reading import Reading
from medsteward.patient.conditions.spelling import plain

_NAMES = {
    "icd10cm": System.ICD10CM,
    "icd10": System.ICD10,
    "icd10who": System.ICD10,
    "icd9cm": System.ICD9CM,
    "icd9": System.ICD9CM,
    "snomed": System.SNOMED,
    "snomedct": System.SNOMED,
    "sct": System.SNOMED,
}
_NAMED = re.compile(
    r"(icd[- ]?10(?:[- ]?(?:cm|who))?|icd[- ]?9(?:[- ]?cm)?|snomed(?:[- ]?ct)?|sct)\s*[:| ]\s*(\S+)(.*)", re.I
)
_URI = re.compile(r"((?:https?://|urn:)\S+?)\|([^|\s]+)(.*)")
_BARE = re.compile(r"([A-Za-z]\d[0-9A-Ba-b](?:\.?[0-9A-Za-z]{1,4})?)(?:$|[\s,:-]+(?=[A-Za-z(\[])(.*))")
_IN_BRACKETS = re.compile(
    r"(.+?)\s*[(\[]((?:icd[- ]?10(?:[- ]?cm)?:?\s*)?[A-Za-z]\d[0-9A-Ba-b](?:\.[0-9A-Za-z]{1,4})?)[)\]]", re.I
)
_DIGITS = re.compile(r"(\d{6,18})(?:$|[\s,:|-]+(.*?)\|?$)")
_ICD9 = re.compile(r"\d{3}\.\d{1,2}")


@frozen
class TypedCondition:
    """What was typed: its reading, and what may have been meant where it was not read."""

    reading: Reading
    near: tuple[str, ...] = ()
    hint: str = ""


@remembered(4096)
def read_stated(text: str) -> TypedCondition:
    """Read one condition as it is typed: a phrase, ``C79.51``, ``icd-9-cm:250.00``, ``73211009``, ``code words``.

    A code without a system is ICD-10-CM where it begins with a letter, and SNOMED CT where its check digit says so. One
    that is also of ICD-9-CM is asked about.
    """
    said = " ".join(text[:300].split())
    listed = phrase_as_listed(said)
    if listed is not None:
        return TypedCondition(of_row(plain(said), listed))
    if plain(snomed.without_tag(said)[0]) in known_phrases():
        return TypedCondition(read_term(said))
    coded = _coded(said)
    if coded is not None:
        return coded
    reading = read_term(said)
    if reading.understood:
        return TypedCondition(reading)
    if _ICD9.fullmatch(said):
        return TypedCondition(reading, (f"icd-9-cm:{said}",), "it has the shape of an ICD-9-CM code")
    return TypedCondition(reading, near_phrases(said))


def _coded(said: str) -> TypedCondition | None:
    named = _NAMED.fullmatch(said)
    if named is not None:
        system: System | None = _NAMES[re.sub(r"[- ]", "", named[1].lower())]
        if system is not None and (named[2][0].isdigit() or named[2][1:2].isdigit()):
            return TypedCondition(read_code(system, named[2].rstrip(":,"), named[3].strip(" -:,|()")))
    uri = _URI.fullmatch(said)
    if uri is not None:
        system = system_of(uri[1])
        if system is None:
            return TypedCondition(read_term(uri[3].strip(" |")), (), "codes of this system are not read")
        return TypedCondition(read_code(system, uri[2], uri[3].strip(" -:,|()")))
    bare = _BARE.fullmatch(said)
    if bare is not None:
        return _by_shape(bare[1], (bare[2] or "").strip(" -:,()[]"))
    beside = _IN_BRACKETS.fullmatch(said)
    if beside is not None:
        code = re.sub(r"(?i)^icd[- ]?10(?:[- ]?cm)?:?\s*", "", beside[2])
        return _by_shape(code, beside[1])
    digits = _DIGITS.fullmatch(said)
    if digits is not None and snomed.is_code(digits[1]):
        return TypedCondition(read_code(System.SNOMED, digits[1], (digits[2] or "").strip(" |()")))
    return None


def _by_shape(code: str, display: str) -> TypedCondition | None:
    """A code without a system: of ICD-10-CM, unless ICD-9-CM has it too and means something else."""
    plain_ = icd.plain_code(code)
    found = read_code(System.ICD10CM, code, display)
    if not found.understood and not display:
        return TypedCondition(found, (), "ICD-10-CM has no such code") if "." in code else None
    if not display and icd.is_icd9(plain_) and icd.icd9cm(plain_) is not None:
        other = read_code(System.ICD9CM, code)
        if other.conditions != found.conditions or other.asks:
            title = title_of(System.ICD9CM, code)
            ask = (
                f'"{code}" is a code of ICD-9-CM ({title}) and of ICD-10-CM: it was not counted. Write '
                f"icd-9-cm:{code} or icd-10-cm:{code}"
            )
            return TypedCondition(evolve(found, conditions=(), asks=(ask,)))
    return TypedCondition(found)
