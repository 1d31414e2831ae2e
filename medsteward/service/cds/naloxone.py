"""Naloxone as a suggestion: only with a code that the site gave, and only where the reminders offer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from medsteward.advice.case.remind import reminders_for
from medsteward.errors import UnreadableInput
from medsteward.model.regimen import Case
from medsteward.reminders.reminder import Kind, ReminderStatus
from medsteward.tables.table import FactorTable


@frozen
class NaloxoneOrder:
    """How the site orders naloxone: a code in a system that its record knows, and the words for it."""

    system: str
    code: str
    display: str

    def suggestion(self, patient: str) -> dict[str, Any]:
        """A suggestion that begins such an order, without a dose: the record has its own."""
        return {
            "label": "Offer naloxone",
            "actions": [
                {
                    "type": "create",
                    "description": f"Begin an order for {self.display}",
                    "resource": {
                        "resourceType": "MedicationRequest",
                        "status": "draft",
                        "intent": "order",
                        "subject": {"reference": f"Patient/{patient}"},
                        "medicationCodeableConcept": {
                            "coding": [{"system": self.system, "code": self.code, "display": self.display}],
                            "text": self.display,
                        },
                    },
                }
            ],
        }


def naloxone_of(path: str, tables: Mapping[str, Any]) -> NaloxoneOrder | None:
    """The ``[naloxone]`` of the site's file; None: there is none. Refuses (``UnreadableInput``) half of one."""
    table = tables.get("naloxone")
    if table is None:
        return None
    parts = ("system", "code", "display")
    if not isinstance(table, dict) or set(table) != set(parts) or not all(isinstance(table[p], str) for p in parts):
        raise UnreadableInput(path, "[naloxone] holds system, code and display, as the record orders it")
    if not all(table[part].strip() and table[part].isprintable() for part in parts):
        raise UnreadableInput(path, "[naloxone]: system, code and display are texts in one line")
    return NaloxoneOrder(table["system"], table["code"], table["display"])


_NOW = (ReminderStatus.OVERDUE, ReminderStatus.DUE)


def is_offered(case: Case, table: FactorTable) -> bool:
    """Whether naloxone is to be offered now to one who takes this."""
    found = reminders_for(case, table=table).reminders
    return any(each.kind is Kind.NALOXONE and each.status(case.as_of) in _NOW for each in found)
