"""Condition resources, and codes that say why a medicine is taken, to conditions by our names.

Codes are read by their system; words where no code is. What is denied, of the family or entered in error is set aside
in silence, but for words of suicide. What is over stays as far as ``history.csv`` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.patient.conditions.asking import shown
from medsteward.patient.conditions.codes import read_code, read_term, system_of, title_of
from medsteward.patient.conditions.near import near_phrases
from medsteward.patient.conditions.past import SUICIDALITY, past
from medsteward.patient.conditions.reading import NOTHING, UNREAD, Reading, joined
from medsteward.patient.conditions.snomed import without_tag
from medsteward.readers.fhir.element import Remarks, Table, codes_in, codings, object_of, span_of, text_of, words_of

_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_OVER = frozenset({"inactive", "remission", "resolved"})
_UNSURE = frozenset({"unconfirmed", "provisional", "differential"})
_RECENT = frozenset({"recent myocardial infarction", "recent coronary bypass"})
_BY_DAY = _RECENT | {"coma or stupor", "pregnancy"}
"""Conditions that are there or not by the day on which they were recorded."""
RECENT_DAYS = 28
"""Days for which ICD-10-CM calls an infarction acute: four weeks or less."""
CONSCIOUSNESS_DAYS = 3
"""Days for which a recorded coma is taken as present: 72 hours. Ours."""
PREGNANCY_DAYS = 42 * 7
"""Days after which a recorded pregnancy is over: it does not last longer than 42 weeks."""
_MANY = 10


@frozen
class Conditions:
    """What the conditions of a record say of the patient."""

    names: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    indication: str | None = None
    child_pugh: str | None = None
    gestational_weeks: int | None = None
    """Completed weeks on the day asked about."""
    in_remission: tuple[str, ...] = ()


def read_conditions(
    found: Sequence[tuple[Table, str]], reasons: Sequence[tuple[Table, str]], as_of: date, remarks: Remarks
) -> Conditions:
    """The conditions of Condition resources, and of the codes of ``reasons``, each with its place in the input."""
    readings: list[Reading] = []
    strange: list[str] = []
    weeks: list[tuple[date, int]] = []
    for table, at in found:
        reading = _of_resource(table, at, as_of, remarks, strange)
        if reading.gestational_weeks is not None:
            day = _day(table) or as_of
            weeks.append((day, reading.gestational_weeks))
        for ask in reading.asks:
            remarks.caution("COND-102", ask, f"{at}.code")
        readings.append(reading)
    for concept, at in reasons:
        reading = _of_codes(concept, at, remarks)
        for ask in reading.asks:
            remarks.caution("COND-102", ask, at)
        readings.append(evolve(reading, indications=(), contexts=(), gestational_weeks=None))
    _name(strange, remarks)
    every = joined(readings)
    return Conditions(
        names=every.conditions,
        in_remission=every.in_remission,
        contexts=every.contexts,
        indication=every.indications[0] if len(every.indications) == 1 else None,
        child_pugh=every.child_pugh,
        gestational_weeks=_weeks_now(weeks, as_of),
    )


def _weeks_now(weeks: Sequence[tuple[date, int]], as_of: date) -> int | None:
    """Completed weeks on the day, by the latest record."""
    if not weeks:
        return None
    day, stated = max(weeks)
    return stated + max((as_of - day).days, 0) // 7


def _name(strange: Sequence[str], remarks: Remarks) -> None:
    if not strange:
        return
    listed = list(dict.fromkeys(strange))
    more = f" and {len(listed) - _MANY} more" if len(listed) > _MANY else ""
    names = ", ".join(listed[:_MANY])
    text = f"conditions of the record that were not read: {names}{more}; give those that matter as words"
    remarks.caution("COND-101", text, unread=tuple(f'condition "{each}"' for each in listed))


def _of_resource(table: Table, at: str, as_of: date, remarks: Remarks, strange: list[str]) -> Reading:
    clinical = set(codes_in(object_of(table, "clinicalStatus", at, remarks), _CLINICAL))
    verified = set(codes_in(object_of(table, "verificationStatus", at, remarks), _VERIFICATION))
    if "entered-in-error" in verified:
        return NOTHING
    code = object_of(table, "code", at, remarks)
    words = "" if code is None else words_of(code, f"{at}.code", remarks) or ""
    reading = UNREAD if code is None else _of_concept(code, at, remarks)
    if "refuted" in verified:
        return _refuted(reading, words)
    if not reading.understood:
        name = _what_it_is_called(code, words)
        near = near_phrases(without_tag(words)[0]) if words else ()
        if near:
            text = f'"{name}" is not a condition we know; did you mean {" or ".join(near)}?'
            remarks.problem("COND-001", f"{at}.code", text, *near, fact="condition", said=name)
        else:
            strange.append(name)
        return NOTHING
    if clinical & _OVER or _has_ended(table, as_of):
        called = f'"{_what_it_is_called(code, words)}"'
        return past(evolve(reading, asks=() if reading.conditions else reading.asks), called)
    if not _BY_DAY.isdisjoint(reading.conditions):
        reading = _by_its_day(reading, _day(table), as_of, f'"{_what_it_is_called(code, words)}"')
    if reading.conditions and verified & _UNSURE:
        names = ", ".join(reading.conditions)
        remarks.caution("FHIR-102", f"{names} is recorded as not confirmed; it was taken to be there", at)
    return reading


def _refuted(reading: Reading, words: str) -> Reading:
    """A condition that the record denies. Words of suicide are never set aside in silence."""
    if SUICIDALITY not in reading.conditions:
        return NOTHING
    said = shown(words) or SUICIDALITY
    return Reading(asks=(f'"{said}" is denied in the record and was not counted. Ask again before any taper',))


def _by_its_day(reading: Reading, day: date | None, as_of: date, called: str) -> Reading:
    """A reading as its recorded day has it: what is only recent, coma, and pregnancy."""
    names = set(reading.conditions)
    days = None if day is None else (as_of - day).days
    if names & _RECENT and days is not None and days > RECENT_DAYS:
        ask = f"{called} was {days} days ago, so it was counted as cardiovascular disease. Is the recovery complete?"
        return past(reading, called).asking(ask)
    if "coma or stupor" in names and (days is None or days > CONSCIOUSNESS_DAYS) and reading.is_event:
        rest = tuple(each for each in reading.conditions if each != "coma or stupor")
        ask = f'{called} is not of the last 72 hours: it was not counted. If it is so now, write "coma or stupor"'
        return evolve(reading, conditions=rest).asking(ask)
    begun = 7 * (reading.gestational_weeks or 0)
    if "pregnancy" in names and days is not None and days + begun > PREGNANCY_DAYS + 6:
        rest = tuple(each for each in reading.conditions if each != "pregnancy")
        ask = f'{called} would be beyond 42 weeks by now: it was not counted. If pregnant, write "pregnancy"'
        return evolve(reading, conditions=rest, gestational_weeks=None).asking(ask)
    return reading


# --- codes and words ---------------------------------------------------------------------------------------------


def _of_concept(concept: Table, at: str, remarks: Remarks) -> Reading:
    """What a CodeableConcept says: its codes together, and its words where no code is read."""
    by_code = _of_codes(concept, at, remarks)
    if by_code.understood:
        return by_code
    texts = [text_of(concept, "text", f"{at}.code", remarks)]
    texts += [text_of(each, "display", f"{at}.code", remarks) for each in codings(concept, f"{at}.code", remarks)]
    return next((found for text in texts if text and (found := _term(text)).understood), UNREAD)


def _of_codes(concept: Table, at: str, remarks: Remarks) -> Reading:
    """What the codes of a concept say that are read, together; where none is, nothing is understood."""
    found: list[Reading] = []
    text = text_of(concept, "text", at, remarks) or ""
    for coding in codings(concept, at, remarks):
        uri, code, display = (coding.get(key) for key in ("system", "code", "display"))
        system = system_of(uri) if isinstance(uri, str) else None
        if system is None or not isinstance(code, str) or len(code) > 40:
            continue
        words = display if isinstance(display, str) else text
        reading = _code(system, code, words)
        if reading.understood:
            found.append(reading)
    return joined(found) if found else UNREAD


_code = remembered(8192)(read_code)
_term = remembered(8192)(read_term)


def _what_it_is_called(code: Table | None, words: str) -> str:
    if words:
        return shown(without_tag(words)[0])
    for coding in code.get("coding", ()) if code is not None and isinstance(code.get("coding"), list) else ():
        if isinstance(coding, dict) and isinstance(coding.get("code"), str):
            return shown(coding["code"])
    return "one without words"


def words_or_title(concept: Table, at: str, remarks: Remarks) -> str | None:
    """The words of a concept; where it has none, what a list that we have calls its code."""
    words = words_of(concept, at, remarks)
    if words is not None:
        return words
    for coding in codings(concept, at, remarks):
        uri, code = coding.get("system"), coding.get("code")
        system = system_of(uri) if isinstance(uri, str) else None
        title = title_of(system, code) if system is not None and isinstance(code, str) else ""
        if title:
            return title
    return None


def _day(table: Table) -> date | None:
    """The day on which it began or was recorded."""
    for key in ("onsetDateTime", "recordedDate"):
        text = table.get(key)
        span = span_of(text) if isinstance(text, str) else None
        if span is not None:
            return span[0]
    period = table.get("onsetPeriod")
    text = period.get("start") if isinstance(period, dict) else None
    span = span_of(text) if isinstance(text, str) else None
    return None if span is None else span[0]


def _has_ended(table: Table, as_of: date) -> bool:
    period = table.get("abatementPeriod")
    texts = [table.get("abatementDateTime"), period.get("end") if isinstance(period, dict) else None]
    spans = [span_of(text) for text in texts if isinstance(text, str)]
    if table.get("abatementBoolean") is True or isinstance(table.get("abatementString"), str):
        return True
    return any(span is not None and span[1] <= as_of for span in spans)
