"""The patient and the medicines of a form, as a case; every screen works on the same one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve, frozen

from medsteward.errors import MedstewardError
from medsteward.model.regimen import Case
from medsteward.page.form import SentForm
from medsteward.readers.case.files import parse_json
from medsteward.readers.case.medication_list import read_list
from medsteward.readers.case.table import read_case, with_patient
from medsteward.tables.load import factor_table, table_ids
from medsteward.tables.table import FactorTable
from medsteward.writers.case.document import case_document

DEFAULT_TABLE = "cdc_2022"
NUMBERS = ("age", "egfr", "weight_kg", "gestational_weeks")
WORDS = ("sex", "indication", "opioid_since")
FIELDS = ("medicines", "as_of", "table", *NUMBERS, *WORDS, "pregnant", "conditions", "tolerance", "base", "done")
"""Every field that says who the patient is and what is taken."""


@frozen
class Chart:
    """The case of a form on its day, and the factor table that counts it."""

    form: SentForm
    case: Case
    table: FactorTable

    @property
    def is_empty(self) -> bool:
        """Whether no medicine is written yet."""
        return not self.form.text("medicines")


def chart_of(form: SentForm, today: date) -> Chart:
    """The case that a form states. What is not understood is a problem of the case."""
    day = _day(form.text("as_of")) or today
    wanted = form.text("table") or DEFAULT_TABLE
    table = factor_table(wanted if wanted in table_ids() else DEFAULT_TABLE)
    base = _base(form)
    case = _lines(form, base, day)
    return Chart(form, with_patient(case, dict(_facts(form))), table)


def form_of_case(case: Case, form: SentForm) -> SentForm:
    """The form filled in with a case that was opened; what the form has no field for is kept beside it."""
    patient = case.patient
    document = case_document(case)
    stated: Mapping[str, Any] = document.get("patient", {})
    kept = {name: value for name, value in document.items() if name not in ("patient", "schema")}
    kept["patient"] = {name: value for name, value in stated.items() if name not in (*NUMBERS, *WORDS)}
    for name in ("conditions", "pregnant", "opioid_tolerant"):
        kept["patient"].pop(name, None)
    tolerance = {True: "tolerant", False: "naive", None: ""}[patient.opioid_tolerant]
    return form.with_(
        medicines="\n".join(" ".join(line.written.split()) for line in case.lines if not line.replaced),
        as_of=case.as_of.isoformat(),
        conditions="\n".join(patient.conditions),
        pregnant="yes" if patient.pregnant else "",
        tolerance=tolerance,
        base=json.dumps(kept, ensure_ascii=False),
        **{name: str(stated.get(name, "")) for name in (*NUMBERS, *WORDS)},
    )


def _lines(form: SentForm, base: Mapping[str, Any], day: date) -> Case:
    """The lines as typed; one that stands in the case that was opened keeps its days, quantity and prescriber."""
    text = form.text("medicines")
    if not base:
        return read_list(text, as_of=day)
    known = {" ".join(str(each.get("sig", "")).split()): each for each in base.get("medications", [])}
    written = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if not any(line in known for line in written):
        found = read_list(text, as_of=day)
        rest = read_case({**base, "medications": []}, as_of=day)
        return evolve(found, patient=rest.patient, done=rest.done, stated=rest.stated, id=rest.id)
    medications = [known.get(line, {"sig": line}) for line in written]
    return read_case({**base, "as_of": day.isoformat(), "medications": medications}, as_of=day)


def _base(form: SentForm) -> Mapping[str, Any]:
    """The case that was opened, as its document; empty where there is none or it does not read."""
    text = form.text("base")
    if not text:
        return {}
    try:
        found = parse_json(text.encode(), "the case")
    except (MedstewardError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _facts(form: SentForm) -> Iterator[tuple[str, object]]:
    for name in NUMBERS:
        if text := form.text(name):
            yield name, _number(text)
    for name in WORDS:
        if text := form.text(name):
            yield name, text
    conditions = [each.strip() for each in form.text("conditions").replace(";", "\n").split("\n") if each.strip()]
    if conditions:
        yield "conditions", conditions
    if form.has("pregnant"):
        yield "pregnant", True
    if tolerance := form.text("tolerance"):
        yield "opioid_tolerant", tolerance == "tolerant"


def _number(text: str) -> object:
    """A number as JSON has it; what is none is left as it is, for the reader to say so."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return json.loads(text, parse_float=_exact)
    except ValueError:
        return text


def _exact(text: str) -> object:
    from decimal import Decimal

    return Decimal(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
