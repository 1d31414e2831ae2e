"""What a call asks, answered by the library: the list as it is, and what the proposed orders bring to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from attrs import evolve, frozen

from medsteward.advice.case.check import check_case
from medsteward.advice.case.proposed import Proposed, proposed_with
from medsteward.interactions.result import CheckReport, Finding
from medsteward.model.code import Resolver
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case, ProposedOrder
from medsteward.readers.case.drafts import drafts_of
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.service.cds.hook import ORDER_SIGN, HookCall
from medsteward.service.cds.prefetch import Prefetched
from medsteward.tables.table import FactorTable

_PARTIAL = "the active medications came under other names than agreed, so there may be more of them"


@frozen
class HookFound:
    """What was found. ``case`` is the list with the drafts on it, and ``check`` what is found of that.

    ``counted`` is None where no figure is asked for; ``lacking`` are keys of prefetch that did not come.
    """

    case: Case
    findings: tuple[Finding, ...]
    check: CheckReport
    counted: Proposed | None
    lacking: tuple[str, ...]


@frozen
class Look:
    """How calls are looked at: with which table, codes and day."""

    table: FactorTable
    resolver: Callable[[], Resolver]
    today: Callable[[], date]

    def of_list(self, came: Prefetched) -> HookFound:
        """The list of medications as it is."""
        case = self._case(came)
        check = check_case(case, table=self.table)
        return HookFound(case, check.interrupting, check, None, came.lacking)

    def of_drafts(self, call: HookCall, came: Prefetched) -> HookFound | None:
        """What the chosen drafts bring; the others are context. None: none was chosen."""
        if not call.selected:
            return None
        case, resolver = self._case(came), self.resolver()
        orders = [self._orders(call, number, resolver) for number in range(len(call.drafts))]
        others = [each for n, found in enumerate(orders) if n not in call.selected for each in found]
        chosen = [each for n, found in enumerate(orders) if n in call.selected for each in found]
        whole = self._proposed(case, [*others, *chosen])
        findings = whole.with_it.findings_new
        if others:
            without = self._proposed(case, others).with_it.findings_new
            known = {(each.id, each.drugs) for each in without}
            findings = tuple(each for each in findings if (each.id, each.drugs) not in known)
        ways = whole.with_it.ways
        check = ways[0].counted.check if ways else whole.now.check
        drafted = tuple(line for each in (*others, *chosen) if not each.not_counted for line in each.lines)
        with_them = evolve(case, lines=(*case.lines, *drafted))
        return HookFound(with_them, findings, check, whole if call.hook == ORDER_SIGN else None, came.lacking)

    def _proposed(self, case: Case, drafts: Sequence[ProposedOrder]) -> Proposed:
        return proposed_with(case, drafts, table=self.table, as_of=case.as_of, one_by_one=False)

    def _orders(self, call: HookCall, number: int, resolver: Resolver) -> tuple[ProposedOrder, ...]:
        """A draft as an order, read with the Medications that lie beside it."""
        held = (call.drafts[number], *call.beside)
        bundle = {"resourceType": "Bundle", "entry": [{"resource": each} for each in held]}
        return drafts_of(ResourceReader(resolver, drafts=None).read(bundle, as_of=self.today()), "MedicationRequest")

    def _case(self, came: Prefetched) -> Case:
        case = ResourceReader(self.resolver()).of_one(came.resources, as_of=self.today())
        if not came.is_partial:
            return case
        said = Problem("FHIR-005", "prefetch", _PARTIAL)
        return evolve(case, problems=(*case.problems, said), unread=(*case.unread, "prefetch"))
