"""A case as a table of TOML or JSON, to a ``Case``. Everything that is not understood is a problem."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve

from medsteward.caches import emptied_by
from medsteward.errors import WrongArgument
from medsteward.model.code import Resolver
from medsteward.model.conditions import Indication, indication_of
from medsteward.model.given import asked_day, plain_day
from medsteward.model.number import exact_number, is_absent, why_no_number
from medsteward.model.patient_facts import CHILD_PUGH, HIGHEST, sex_named, unread_sex
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import MAX_LINES, Case, Line, Patient
from medsteward.model.stated import Stated
from medsteward.readers.case.acknowledgements import read_stated_acknowledgements
from medsteward.readers.case.conditions import ConditionsStated as StatedConditions
from medsteward.readers.case.conditions import read_conditions
from medsteward.readers.case.medication import LISTED, Medication, how_ended, read_medication
from medsteward.readers.case.stated import read_stated
from medsteward.readers.directions.line import REMEMBERED, read_line
from medsteward.readers.shared.days import day_of

SCHEMA = "medsteward.case/1"
MAX_TEXT = 1000
"""Characters of one text in a case."""
_TOP = dict.fromkeys(("id", "as_of", "patient", "done", "taper", "medications", "acknowledged", "schema"))
_PATIENT_NUMBERS = ("egfr", "crcl", "weight_kg", "creatinine_mg_dl", "qtc_ms", "gestational_weeks")
_PATIENT_TEXTS = ("sex", "child_pugh", "indication")
_PATIENT_FLAGS = ("pregnant", "opioid_tolerant")
_PATIENT_LISTS = ("conditions", "context", "household")
_PATIENT = dict.fromkeys(
    ("age", "opioid_since", "scores", *_PATIENT_NUMBERS, *_PATIENT_TEXTS, *_PATIENT_FLAGS, *_PATIENT_LISTS)
)
_MEDICATION_TEXTS = (
    "sig",
    "drug",
    "form",
    "release",
    "route",
    "strength",
    "dose",
    "frequency",
    "max_per_day",
    "indication",
)
_MEDICATION = dict.fromkeys(
    (*_MEDICATION_TEXTS, "as_needed", "quantity", "days_supply", "rxcui", "ndc", "start", "end", "ended", "prescriber")
)
_MANY = 20
_HIGHEST = {**HIGHEST, "days_supply": 3660}
_KEYS = frozenset({"rxcui", "prescriber", "id"})
"""Texts that may come as a whole number."""
_PARTS_NEED_DRUG = ("strength", "form", "release", "route", "dose", "frequency", "max_per_day", "as_needed")


_NOTHING_KNOWN = Patient()
_NOTHING_STATED = Stated()


def _is_nan(value: Any) -> bool:
    """Whether a value stands for none; a Decimal that is no number is one that a document states."""
    return not isinstance(value, Decimal) and is_absent(value)


class _Fields:
    """Takes fields out of one table and notes what is wrong with them."""

    def __init__(self, table: Mapping[str, Any], where: str, known: Mapping[str, None]) -> None:
        self.table, self.where, self.problems = table, where, []  # type: tuple[Mapping[str, Any], str, list[Problem]]
        self.cautions: list[Caution] = []
        unknown = [] if table.keys() <= known.keys() else [key for key in table if key not in known]
        for number, key in enumerate(unknown):
            if number == _MANY:
                self.bad("CASE-004", "fields", f"beyond the first {_MANY} unknown ones are not named")
                break
            near = tuple(difflib.get_close_matches(str(key)[:60], list(known), n=2))
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            self.bad("CASE-001", str(key)[:60], f"is not a field we know{hint}", *near)

    def bad(self, code: str, key: str, text: str, *suggestions: str) -> None:
        where = f"{self.where}.{key}" if self.where else key
        self.problems.append(Problem(code, where, f"{key} {text}", suggestions))

    def text(self, key: str) -> str | None:
        value = self.table.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            if key in _KEYS and (number := exact_number(value)) is not None and number.denominator == 1:
                return str(number)
            if is_absent(value):
                return None
            self.bad("CASE-002", key, "is text; put it in quotes")
            return None
        if len(value) > MAX_TEXT and key != "sig":
            self.bad("CASE-002", key, f"has {len(value):,} characters; at most {MAX_TEXT:,} are read")
            return None
        return value

    def flag(self, key: str) -> bool | None:
        value = self.table.get(key)
        if value is None or isinstance(value, bool):
            return value
        if type(value).__name__ in ("bool", "bool_"):  # of numpy
            return bool(value)
        if is_absent(value):
            return None
        self.bad("CASE-002", key, "is true or false")
        return None

    def number(self, key: str) -> Fraction | None:
        value = self.table.get(key)
        if value is None:
            return None
        number = exact_number(value)
        if number is None:
            if not _is_nan(value):
                self.bad("CASE-002", key, why_no_number(value))
            return None
        if key in _HIGHEST and number > _HIGHEST[key]:
            self.bad("CASE-002", key, f"cannot be more than {_HIGHEST[key]}")
            return None
        return number

    def day(self, key: str) -> date | None:
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            try:
                return day_of(value)
            except ValueError as error:
                self.bad("CASE-002", key, f"was not understood: {error}")
                return None
        if is_absent(value):
            return None
        try:
            return plain_day(value)
        except ValueError as error:
            self.bad("CASE-002", key, str(error))
            return None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key)
        if value is None:
            return ()
        if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
            return tuple(value)
        if is_absent(value):
            return ()
        self.bad("CASE-002", key, 'is a list of texts, as in ["sleep apnea"]')
        return ()


def read_case(table: Mapping[str, Any], *, as_of: date, resolver: Resolver = LISTED) -> Case:
    """Read one case. ``as_of`` is used where the case states no day; ``resolver`` looks codes up.

    Numbers must come as int or Decimal. Never raises for the content: unknown fields, wrong types and unknown
    conditions are problems of the case, and every medication gives a line.
    """
    as_of = asked_day(as_of)
    top = _Fields(table, "", _TOP)
    stated = top.day("as_of")
    if table.get("schema") not in (None, SCHEMA):
        top.bad("CASE-002", "schema", f"is {SCHEMA}")
    stated_patient = table.get("patient")
    patient, patient_problems, patient_cautions = (
        (_NOTHING_KNOWN, (), ()) if stated_patient is None else read_patient(stated_patient)
    )
    done = _done(table["done"], top) if table.get("done") is not None else ()
    why, why_problems = (_NOTHING_STATED, ()) if table.get("taper") is None else read_stated(table["taper"])
    answers, answer_problems = (
        ((), ()) if table.get("acknowledged") is None else read_stated_acknowledgements(table["acknowledged"])
    )
    lost: list[str] = []
    lines = _lines(table.get("medications", []), top, stated or as_of, lost, resolver)
    unread = ("medications",) if lines is None or ("medications" not in table and top.problems) else ()
    if stated is None and table.get("as_of") is not None:
        unread = (*unread, "as_of")  # which lines are active cannot be told
        *before, refused = top.problems
        said = f"{refused.text}. The day asked about was not understood; {as_of} was used"
        top.problems = [*before, evolve(refused, text=said)]
    return Case(
        as_of=stated or as_of,
        lines=lines or (),
        patient=patient,
        id=top.text("id"),
        done=done,
        problems=(*top.problems, *patient_problems, *why_problems, *answer_problems),
        cautions=(*top.cautions, *patient_cautions),
        unread=(*unread, *lost),
        stated=why,
        acknowledged=answers,
    )


def with_patient(case: Case, table: Mapping[str, Any]) -> Case:
    """The case with patient facts from elsewhere (command-line options) put over its own."""
    if not table:
        return case
    patient, problems, cautions = read_patient(table)
    changes = {key: getattr(patient, key) for key in table if getattr(patient, key) not in (None, ())}
    for key in ("conditions", "context"):
        if getattr(patient, key):
            changes[key] = tuple(dict.fromkeys((*getattr(case.patient, key), *getattr(patient, key))))
    both = (case.patient, patient)
    active = {name for each in both for name in each.conditions if name not in each.in_remission}
    remitted = dict.fromkeys(name for each in both for name in each.in_remission if name not in active)
    if remitted or case.patient.in_remission:
        changes["in_remission"] = tuple(remitted)
    for key in ("child_pugh", "gestational_weeks", "indication"):  # what a condition states beside itself
        if key not in table and getattr(patient, key) is not None and getattr(case.patient, key) is None:
            changes[key] = getattr(patient, key)
    return evolve(
        case,
        patient=evolve(case.patient, **changes),
        problems=(*case.problems, *problems),
        cautions=(*case.cautions, *cautions),
    )


def read_patient(table: Any) -> tuple[Patient, tuple[Problem, ...], tuple[Caution, ...]]:
    """Read the ``[patient]`` table; names of people are no field of it."""
    if not isinstance(table, Mapping):
        return Patient(), (Problem("CASE-002", "patient", "patient is a table of facts"),), ()
    if not table:
        return _NOTHING_KNOWN, (), ()
    fields = _Fields(table, "patient", _PATIENT)
    if table.get("child_pugh") not in (None, *CHILD_PUGH):
        fields.bad("CASE-002", "child_pugh", "is A, B or C")
        table = {key: value for key, value in table.items() if key != "child_pugh"}
        fields.table = table
    age = fields.number("age")
    if age is not None and age.denominator != 1:
        fields.bad("CASE-002", "age", "is in whole years")
        age = None
    indication = fields.text("indication")
    if indication is not None and indication_of(indication) is None:
        fields.bad(
            "CASE-002",
            "indication",
            f"says what an opioid is for: {', '.join(each.value for each in Indication)}. "
            f'"{indication[:40]}" is none of them: write "acute pain" or "chronic pain" for pain of any place; without '
            "an opioid leave it out, and say why a medicine is lowered (--because)",
        )
        indication = None
    facts: dict[str, Any] = {key: fields.number(key) for key in _PATIENT_NUMBERS}
    facts |= {key: fields.flag(key) for key in _PATIENT_FLAGS}
    stated = _conditions(fields)
    if facts["gestational_weeks"] is None and stated.gestational_weeks is not None:
        facts["gestational_weeks"] = Fraction(stated.gestational_weeks)
    patient = Patient(
        age=int(age) if age is not None else None,
        sex=_sex(fields),
        conditions=stated.conditions,
        child_pugh=fields.text("child_pugh") or stated.child_pugh,
        indication=indication or stated.indication,
        context=tuple(dict.fromkeys((*fields.texts("context"), *stated.contexts))),
        household=fields.texts("household"),
        opioid_since=fields.day("opioid_since"),
        scores=_scores(fields),
        in_remission=stated.in_remission,
        **facts,
    )
    return patient, tuple(fields.problems), tuple(fields.cautions)


def _sex(fields: _Fields) -> str | None:
    """The sex in our word. A word that is not read is a problem: without the sex, kidney findings would be missing."""
    text = fields.text("sex")
    if text is None:
        return None
    name = sex_named(text)
    if name is None:
        fields.problems.append(
            Problem("CASE-002", "patient.sex", unread_sex(text), ("female", "male"), fact="sex", said=text[:60])
        )
    return None if name == "unknown" else name


def _conditions(fields: _Fields) -> StatedConditions:
    texts = fields.texts("conditions")
    if len(texts) > MAX_LINES:
        fields.bad("CASE-004", "conditions", f"are {len(texts):,}; at most {MAX_LINES} are read, so none was")
        return StatedConditions()
    if not texts:
        return StatedConditions()
    found = read_conditions(texts)
    fields.problems += found.problems
    fields.cautions += found.cautions
    return found


def _scores(fields: _Fields) -> tuple[tuple[str, Fraction], ...]:
    value = fields.table.get("scores") or {}
    if not isinstance(value, Mapping):
        fields.bad("CASE-002", "scores", "is a table of numbers, as in { PEG = 7 }")
        return ()
    found = []
    for key, number in value.items():
        exact = exact_number(number)
        if exact is None and _is_nan(number):
            continue
        if exact is None:
            fields.bad("CASE-002", f"scores.{str(key)[:30]}", "is a number")
        else:
            found.append((str(key), exact))
    return tuple(found)


def _done(table: Any, top: _Fields) -> tuple[tuple[str, date | bool], ...]:
    if not isinstance(table, Mapping):
        top.bad("CASE-002", "done", "is a table of days")
        return ()
    fields = _Fields(table, "done", dict.fromkeys(table))
    found: list[tuple[str, date | bool]] = []
    for key in table:
        value: date | bool | None = table[key] if isinstance(table[key], bool) else fields.day(key)
        if value is not None:
            found.append((str(key), value))
    top.problems.extend(fields.problems)
    return tuple(found)


def _as_table(value: Any) -> Any:
    """A row of a frame, or another mapping, as a table; anything else as it is."""
    if isinstance(value, dict) or not (hasattr(value, "keys") and hasattr(value, "__getitem__")):
        return value
    return {str(key): value[key] for key in value.keys()}  # noqa: SIM118 - a Series iterates over its values


def _lines(value: Any, top: _Fields, as_of: date, lost: list[str], resolver: Resolver) -> tuple[Line, ...] | None:
    """The lines, or None where the list of medications cannot be read."""
    if isinstance(value, list):
        value = [_as_table(each) for each in value]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        top.bad("CASE-001", "medications", "is a list of tables, each with sig or drug")
        return None
    if len(value) > MAX_LINES:
        top.bad("CASE-004", "medications", f"has {len(value):,} lines; at most {MAX_LINES} are read, so none was")
        return None
    lines = []
    for table in value:
        if "resourceType" in table:
            return _with_resources(value, top, as_of, lost, resolver)
        lines.append(read_table(table, resolver))
    return tuple(lines)


def _with_resources(
    value: list[dict[str, Any]], top: _Fields, as_of: date, lost: list[str], resolver: Resolver
) -> tuple[Line, ...]:
    """The lines of a list in which some are FHIR resources: one resource may give several lines, or none.

    The resources are read together, as they may replace one another; their lines stand where the first of them does.
    ``lost`` gets the places of those that could not be read.
    """
    from medsteward.readers.fhir.cases import ResourceReader

    resources = [(table, f"medications[{number}]") for number, table in enumerate(value) if "resourceType" in table]
    case = ResourceReader(resolver).of_one(resources, as_of=as_of)
    top.problems += case.problems
    top.cautions += case.cautions
    lost += case.unread
    found: list[Line] = []
    for table in value:
        if "resourceType" not in table:
            found.append(read_table(table, resolver))
        elif table is resources[0][0]:
            found += case.lines
    return tuple(found)


def read_table(table: Mapping[str, Any], resolver: Resolver = LISTED) -> Line:
    """Read one ``[[medications]]`` table to a line, its codes by ``resolver``."""
    if resolver is not LISTED:
        return _table(table, resolver)
    try:
        key = repr(table)  # tells 1 from True and from "1", and takes any value
    except (ValueError, RecursionError):  # an endless number, a table within a table within ...
        return _table({"sig": ""})
    if len(key) > _WORTH_KEEPING:
        return _table(table)
    line = _REMEMBERED.get(key)
    if line is None:
        if len(_REMEMBERED) >= REMEMBERED:
            _REMEMBERED.clear()
        line = _REMEMBERED[key] = _table(table)
    return line


_WORTH_KEEPING = 2000
_REMEMBERED: dict[str, Line] = {}
"""Tables already read. The same table always gives the same line."""
emptied_by(f"{__name__}.read_table", _REMEMBERED.clear)


def _table(table: Mapping[str, Any], resolver: Resolver = LISTED) -> Line:
    fields = _Fields(table, "", _MEDICATION)
    texts = {key: fields.text(key) for key in _MEDICATION_TEXTS}
    said = Medication(
        as_needed=fields.flag("as_needed"),
        quantity=fields.number("quantity"),
        days_supply=fields.number("days_supply"),
        rxcui=fields.text("rxcui"),
        ndc=fields.text("ndc"),
        **texts,
    )
    if said.drug is None and said.rxcui is None and said.ndc is None:
        for key in _PARTS_NEED_DRUG:
            if table.get(key) is not None and said.sig is None:
                fields.bad("DRUG-004", "drug", "is missing beside the other parts")
                break
    line = read_medication(said, resolver)
    start, end = fields.day("start"), fields.day("end")
    if start is not None and end is not None and end < start:
        fields.bad("CASE-003", "end", f"({end}) is before start ({start})")
    ended = None if (text := fields.text("ended")) is None else how_ended(text)
    if text is not None and ended is None:
        fields.bad("CASE-002", "ended", "is taper or suddenly")
    if said.days_supply == 0:
        fields.bad("CASE-002", "days_supply", "is more than 0")
    problems = (*line.problems, *(Problem(p.code, "", p.text, p.suggestions) for p in fields.problems))
    return evolve(
        line,
        written=line.written or said.sig or said.drug or "",
        problems=tuple(dict.fromkeys(problems)),
        start=start,
        end=end,
        prescriber=fields.text("prescriber"),
        ended=ended,
    )


def case_of(*sigs: str, as_of: date, patient: Mapping[str, Any] | None = None) -> Case:
    """A case of medication lines as written, with patient facts as in the ``[patient]`` table of a case file."""
    if len(sigs) > MAX_LINES:
        text = f"{len(sigs):,} medications; at most {MAX_LINES} are read, so none was"
        return Case(as_of=as_of, problems=(Problem("CASE-004", "medications", text),), unread=("medications",))
    as_of = asked_day(as_of)
    for number, sig in enumerate(sigs, start=1):
        if not isinstance(sig, str):
            what = "is absent; leave it out" if is_absent(sig) else f"is {type(sig).__name__}, not text"
            raise WrongArgument(f"line {number} {what}. Lines are given one by one, as in case_of(*lines, as_of=...)")
    case = Case(as_of=as_of, lines=tuple(read_line(sig) for sig in sigs))
    return with_patient(case, {} if patient is None else _as_table(patient))
