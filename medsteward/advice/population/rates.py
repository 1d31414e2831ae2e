"""How often each rule is found true over a population."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from medsteward.tables.table import FactorTable


@frozen
class RuleRate:
    """One rule at one severity and tier, and how many patients it was found true of."""

    rule: str
    severity: str
    tier: int
    patients: int


@frozen
class CheckedPopulation:
    """All of them. ``incomplete`` patients have a row that failed, so that a finding may be missing.

    ``rows_of_no_patient`` have no patient's key, or one that more rows have than a patient can: nobody is checked for
    them.
    """

    table: FactorTable
    as_of: date
    patients: int
    incomplete: int
    findings: int
    rates: tuple[RuleRate, ...]
    rows_of_no_patient: int

    @property
    def exit_code(self) -> int:
        """0 complete, 4 where a patient's records were not understood whole, or rows are nobody's."""
        return 4 if self.incomplete or self.rows_of_no_patient else 0
