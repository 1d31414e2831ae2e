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
    from medsteward.advice.case.lookup import About, about, search
    from medsteward.advice.case.mme import mme_per_day
    from medsteward.advice.case.mme_report import MmeReport
    from medsteward.advice.case.proposed import Proposed
    from medsteward.advice.case.remind import reminders_for
    from medsteward.advice.case.review import Review, review
    from medsteward.advice.pain.matching import PainMatch, for_pain
    from medsteward.advice.plan.held import ScheduleCheck
    from medsteward.advice.plan.report import PlanReport
    from medsteward.advice.taper.options import TaperOptions
    from medsteward.advice.taper.plan import taper
    from medsteward.advice.trial.asked import TrialOptions
    from medsteward.caches import clear_caches
    from medsteward.errors import MedstewardError
    from medsteward.fills.by_day import Mode
    from medsteward.fills.report import FillsReport, Tally
    from medsteward.interactions.result import CheckReport, Finding
    from medsteward.library.from_json import from_json
    from medsteward.library.offering import offers
    from medsteward.library.plans import (
        DecisionOptions,
        PlanRefused,
        RevisionOptions,
        decide,
        plan_check,
        plan_report,
        read_plan,
        revise,
        trial,
    )
    from medsteward.library.proposing import proposed
    from medsteward.library.records import FillsOptions, ReadingOptions, fills_report, open_fills
    from medsteward.library.to_json import to_json
    from medsteward.mme.result import AtLeast, CompleteTotal, NoTotal
    from medsteward.model.amount import Amount
    from medsteward.model.problem import Caution, Problem
    from medsteward.model.regimen import Case, Line, Patient, ProposedOrder, Regimen
    from medsteward.model.unit import Unit
    from medsteward.readers.case.table import case_of, read_case
    from medsteward.readers.directions.line import read_line
    from medsteward.readers.fhir.cases import read_fhir
    from medsteward.readers.fills.cells import DateOrder
    from medsteward.readers.plan.document import SavedPlan
    from medsteward.reminders.reminder import RemindReport
    from medsteward.scales.scale import ScoreReport
    from medsteward.scales.score import score
    from medsteward.schedules.event import (
        Dispense,
        End,
        HoldAt,
        InsertStep,
        NotTaken,
        Pause,
        Present,
        Resume,
        Reverse,
        SetStep,
        SkipStep,
        SlowTo,
        Taken,
        Undo,
    )
    from medsteward.schedules.plan import WhenStuck
    from medsteward.schedules.trial import Measure
    from medsteward.tables.load import factor_table, load_table, table_ids
    from medsteward.tables.table import FactorTable
    from medsteward.treatments.pain import PainKind
    from medsteward.writers.case.document import case_document
    from medsteward.writers.case.fhir import case_bundle

_HOMES = {
    "About": "advice.case.lookup",
    "Amount": "model.amount",
    "AtLeast": "mme.result",
    "Case": "model.regimen",
    "Caution": "model.problem",
    "CheckReport": "interactions.result",
    "CompleteTotal": "mme.result",
    "DateOrder": "readers.fills.cells",
    "DecisionOptions": "library.plans",
    "Dispense": "schedules.event",
    "ProposedOrder": "model.regimen",
    "End": "schedules.event",
    "FactorTable": "tables.table",
    "FillsOptions": "library.records",
    "FillsReport": "fills.report",
    "Finding": "interactions.result",
    "HoldAt": "schedules.event",
    "InsertStep": "schedules.event",
    "Line": "model.regimen",
    "Measure": "schedules.trial",
    "MedstewardError": "errors",
    "MmeReport": "advice.case.mme_report",
    "Mode": "fills.by_day",
    "NoTotal": "mme.result",
    "NotTaken": "schedules.event",
    "PainKind": "treatments.pain",
    "PainMatch": "advice.pain.matching",
    "Patient": "model.regimen",
    "Pause": "schedules.event",
    "PlanRefused": "library.plans",
    "PlanReport": "advice.plan.report",
    "Present": "schedules.event",
    "Problem": "model.problem",
    "Proposed": "advice.case.proposed",
    "ReadingOptions": "library.records",
    "Regimen": "model.regimen",
    "RemindReport": "reminders.reminder",
    "Resume": "schedules.event",
    "Reverse": "schedules.event",
    "Review": "advice.case.review",
    "RevisionOptions": "library.plans",
    "SavedPlan": "readers.plan.document",
    "ScheduleCheck": "advice.plan.held",
    "ScoreReport": "scales.scale",
    "SetStep": "schedules.event",
    "SkipStep": "schedules.event",
    "SlowTo": "schedules.event",
    "Taken": "schedules.event",
    "Tally": "fills.report",
    "TaperOptions": "advice.taper.options",
    "TrialOptions": "advice.trial.asked",
    "Undo": "schedules.event",
    "Unit": "model.unit",
    "WhenStuck": "schedules.plan",
    "about": "advice.case.lookup",
    "case_bundle": "writers.case.fhir",
    "case_document": "writers.case.document",
    "case_of": "readers.case.table",
    "check_case": "advice.case.check",
    "clear_caches": "caches",
    "decide": "library.plans",
    "factor_table": "tables.load",
    "fills_report": "library.records",
    "for_pain": "advice.pain.matching",
    "from_json": "library.from_json",
    "load_table": "tables.load",
    "mme_of_dose": "advice.case.dose",
    "mme_per_day": "advice.case.mme",
    "offers": "library.offering",
    "open_fills": "library.records",
    "plan_check": "library.plans",
    "plan_report": "library.plans",
    "proposed": "library.proposing",
    "read_case": "readers.case.table",
    "read_fhir": "readers.fhir.cases",
    "read_line": "readers.directions.line",
    "read_plan": "library.plans",
    "reminders_for": "advice.case.remind",
    "review": "advice.case.review",
    "revise": "library.plans",
    "score": "scales.score",
    "search": "advice.case.lookup",
    "table_ids": "tables.load",
    "taper": "advice.taper.plan",
    "to_json": "library.to_json",
    "trial": "library.plans",
}

__all__ = [
    "About",
    "Amount",
    "AtLeast",
    "Case",
    "Caution",
    "CheckReport",
    "CompleteTotal",
    "DateOrder",
    "DecisionOptions",
    "Dispense",
    "End",
    "FactorTable",
    "FillsOptions",
    "FillsReport",
    "Finding",
    "HoldAt",
    "InsertStep",
    "Line",
    "Measure",
    "MedstewardError",
    "MmeReport",
    "Mode",
    "NoTotal",
    "NotTaken",
    "PainKind",
    "PainMatch",
    "Patient",
    "Pause",
    "PlanRefused",
    "PlanReport",
    "Present",
    "Problem",
    "Proposed",
    "ProposedOrder",
    "ReadingOptions",
    "Regimen",
    "RemindReport",
    "Resume",
    "Reverse",
    "Review",
    "RevisionOptions",
    "SavedPlan",
    "ScheduleCheck",
    "ScoreReport",
    "SetStep",
    "SkipStep",
    "SlowTo",
    "Taken",
    "Tally",
    "TaperOptions",
    "TrialOptions",
    "Undo",
    "Unit",
    "WhenStuck",
    "__version__",
    "about",
    "case_bundle",
    "case_document",
    "case_of",
    "check_case",
    "clear_caches",
    "decide",
    "factor_table",
    "fills_report",
    "for_pain",
    "from_json",
    "load_table",
    "mme_of_dose",
    "mme_per_day",
    "offers",
    "open_fills",
    "plan_check",
    "plan_report",
    "proposed",
    "read_case",
    "read_fhir",
    "read_line",
    "read_plan",
    "reminders_for",
    "review",
    "revise",
    "score",
    "search",
    "table_ids",
    "taper",
    "to_json",
    "trial",
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
