"""Medication stewardship in pain care.

The public names are those of ``__all__``; each is imported when it is first used, so that importing the package
loads neither pint nor tables.

>>> from datetime import date
>>> import medsteward
>>> case = medsteward.case_of("oxycodone 10 mg, 1 tablet every 6 hours", as_of=date(2027, 1, 4))
>>> report = medsteward.mme_per_day(case, table=medsteward.factor_table("cdc_2022"))
>>> str(report.total)
'60 MME/d'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from medsteward.version import __version__

if TYPE_CHECKING:
    from medsteward.advice.case.check import check_case
    from medsteward.advice.case.dose import mme_of_dose
    from medsteward.advice.case.lookup import about, search
    from medsteward.advice.case.mme import mme_per_day
    from medsteward.advice.case.mme_report import MmeReport
    from medsteward.advice.case.remind import reminders_for
    from medsteward.advice.case.review import review
    from medsteward.advice.pain.matching import for_pain
    from medsteward.caches import clear_caches
    from medsteward.errors import MedstewardError
    from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal
    from medsteward.model.amount import Amount
    from medsteward.model.problem import Caution, Problem
    from medsteward.model.regimen import Case, Line, Patient, Regimen
    from medsteward.readers.case.table import case_of, read_case
    from medsteward.readers.directions.line import read_line
    from medsteward.readers.fhir.cases import read_fhir
    from medsteward.scales.score import score
    from medsteward.tables.load import factor_table, load_table, table_ids
    from medsteward.tables.table import FactorTable
    from medsteward.writers.case.document import case_document
    from medsteward.writers.case.fhir import case_bundle

_HOMES = {
    "Amount": "model.amount",
    "AtLeast": "mme.result",
    "Case": "model.regimen",
    "Caution": "model.problem",
    "CompleteTotal": "mme.result",
    "FactorTable": "tables.table",
    "Line": "model.regimen",
    "MedstewardError": "errors",
    "MmeReport": "advice.case.mme_report",
    "NoTotal": "mme.result",
    "Patient": "model.regimen",
    "Problem": "model.problem",
    "Regimen": "model.regimen",
    "about": "advice.case.lookup",
    "check_case": "advice.case.check",
    "for_pain": "advice.pain.matching",
    "reminders_for": "advice.case.remind",
    "clear_caches": "caches",
    "review": "advice.case.review",
    "score": "scales.score",
    "case_bundle": "writers.case.fhir",
    "case_document": "writers.case.document",
    "case_of": "readers.case.table",
    "factor_table": "tables.load",
    "load_table": "tables.load",
    "mme_of_dose": "advice.case.dose",
    "mme_per_day": "advice.case.mme",
    "read_case": "readers.case.table",
    "read_fhir": "readers.fhir.cases",
    "read_line": "readers.directions.line",
    "search": "advice.case.lookup",
    "table_ids": "tables.load",
}

__all__ = [
    "Amount",
    "AtLeast",
    "Case",
    "Caution",
    "CompleteTotal",
    "FactorTable",
    "Line",
    "MedstewardError",
    "MmeReport",
    "NoTotal",
    "Patient",
    "Problem",
    "Regimen",
    "__version__",
    "about",
    "case_bundle",
    "case_document",
    "case_of",
    "check_case",
    "clear_caches",
    "factor_table",
    "for_pain",
    "load_table",
    "mme_of_dose",
    "mme_per_day",
    "read_case",
    "read_fhir",
    "read_line",
    "reminders_for",
    "review",
    "score",
    "search",
    "table_ids",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'medsteward' has no attribute {name!r}")
    value = getattr(import_module(f"medsteward.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
