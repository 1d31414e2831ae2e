"""What tests are made of: cases, pictures, reports of MME, tapers and products, each from as few words as it needs.

The day is 4 January 2027 unless another is given. Dispensings stand in ``dispensings``, plans to print in
``printed_plans``, resources in ``fhir_parts``.
"""

from __future__ import annotations

import io
import json
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

import jsonschema
from pypdf import PdfReader

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.advice.plan.report import PlanReport
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal
from medsteward.model.amount import Amount
from medsteward.model.regimen import Case
from medsteward.model.unit import Unit
from medsteward.patient.picture import Picture
from medsteward.readers.case.table import read_case
from medsteward.schedules.plan import NeedsChoice, Plan
from medsteward.schedules.supply import OwnProduct
from medsteward.schemas import schema_text
from medsteward.tables.load import factor_table

DAY = date(2027, 1, 4)
CHRONIC = {"age": 58, "indication": "chronic pain"}
"""Somebody for whom a taper may be planned."""
T = TypeVar("T")
_UNITS = {unit.value: unit for unit in Unit}


def case(*medications: Any, as_of: date = DAY, done: Any = None, **patient: Any) -> Case:
    """A case of lines, each a text or a table, and facts of the patient."""
    lines = [{"sig": each} if isinstance(each, str) else each for each in medications]
    return read_case({"patient": patient, "medications": lines, "done": done or {}}, as_of=as_of)


def picture(*medications: Any, as_of: date = DAY, **patient: Any) -> Picture:
    """The picture of a case."""
    return Picture(case(*medications, as_of=as_of, **patient))


def mme(*lines: str, as_of: date = DAY, table: str = "cdc_2022") -> MmeReport:
    """The MME per day of lines."""
    return mme_per_day(case(*lines, as_of=as_of), table=factor_table(table))


def tapered(*medications: Any, as_of: date = DAY, patient: Any = None, start: date = DAY, **options: Any) -> PlanReport:
    """A taper of lines, of somebody with chronic pain unless said otherwise."""
    who = CHRONIC if patient is None else patient
    asked = TaperOptions(start=start, **options)
    return taper(case(*medications, as_of=as_of, **who), asked, table=factor_table("cdc_2022"))


def plan_of(found: PlanReport) -> Plan:
    """The plan of a report that has one."""
    assert found.plan is not None, found.problems
    return found.plan


def choice_of(found: PlanReport) -> NeedsChoice:
    """What a plan waits for that needs a choice."""
    outcome = plan_of(found).outcome
    assert isinstance(outcome, NeedsChoice)
    return outcome


def there(found: T | None) -> T:
    """What is there; a test that gets nothing fails here."""
    assert found is not None
    return found


def total_of(found: MmeReport) -> CompleteTotal | AtLeast:
    """The figures of a report that has them, whole or not."""
    assert not isinstance(found.total, NoTotal), found.problems
    return found.total


def codes(found: Any) -> list[str]:
    """The codes of the problems of an answer, in order."""
    return [problem.code for problem in found.problems]


def amount(text: str) -> Amount:
    """``5 mg`` as an amount, by the unit's own name."""
    number, _, unit = text.partition(" ")
    return Amount(Fraction(number.replace(",", "")), _UNITS[unit])


def own(ingredient: str, release: str, *strengths: int, splittable: str = "unknown") -> list[OwnProduct]:
    """Tablets of the user's own, of these strengths in mg."""
    return [
        OwnProduct(ingredient, "oral", "tablet", release, Amount(Fraction(each), Unit.MG), Unit.TABLET, splittable)
        for each in strengths
    ]


def plan_document(said: Any) -> Any:
    """A plan that a command printed as JSON (its text, or the command that is done), held against its schema."""
    found = json.loads(said if isinstance(said, str) else said.stdout)
    jsonschema.validate(found, json.loads(schema_text("plan")))
    return found


def pages_of_pdf(data: bytes) -> list[str]:
    """The words of each page, any white space one space."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]
