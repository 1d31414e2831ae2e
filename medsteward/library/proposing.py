"""Proposed orders as other programs have them: a line, a table of a case, a FHIR resource, or a value of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from medsteward.advice.case.proposed import Proposed, proposed_with
from medsteward.model.acknowledgement import Acknowledgement
from medsteward.model.code import Resolver
from medsteward.model.given import asked_day
from medsteward.model.regimen import Case, Line, ProposedOrder
from medsteward.readers.case.drafts import drafts_of
from medsteward.readers.case.table import case_of, read_case
from medsteward.readers.fhir.cases import ResourceReader
from medsteward.tables.table import FactorTable

DraftLike = ProposedOrder | Line | Case | str | Mapping[str, Any]
"""What a proposed order may be given as."""


def proposed(
    case: Case,
    drafts: Sequence[DraftLike],
    *,
    table: FactorTable,
    as_of: date,
    acknowledged: Sequence[Acknowledgement] = (),
    resolver: Resolver | None = None,
) -> Proposed:
    """Proposed orders held against a case: the day's MME now and with them, and what they bring.

    A draft is a line of directions or the id of an order in ``case.drafts``; a FHIR MedicationRequest or a Bundle of
    them; a medication or a case as a table; or a ``ProposedOrder``, ``Line`` or ``Case``. Whatever its status, it is
    taken as proposed; one that is cancelled, stopped, completed or entered in error adds nothing, which is said.

    Raises ``DraftOfAnother`` for an order of another patient, ``UnreadableInput`` for a draft without any medication.
    """
    as_of = asked_day(as_of)
    if isinstance(drafts, str | Mapping | ProposedOrder | Line | Case):
        drafts = (drafts,)
    found = [draft for each in drafts for draft in _drafts(each, case, as_of, resolver)]
    return proposed_with(case, found, table=table, as_of=as_of, acknowledged=acknowledged)


def _drafts(given: DraftLike, case: Case, day: date, resolver: Resolver | None) -> tuple[ProposedOrder, ...]:
    if isinstance(given, ProposedOrder):
        return (given,)
    if isinstance(given, Line):
        return (ProposedOrder(given.written or "a line", (given,)),)
    if isinstance(given, Case):
        return drafts_of([given], given.id or "the proposed case")
    if isinstance(given, str):
        by_id = tuple(draft for draft in case.drafts if given in draft.order)
        return by_id or drafts_of([case_of(given, as_of=day)], given)
    if "resourceType" in given:
        read = ResourceReader(resolver, drafts=None).read(given, as_of=day)
        return drafts_of(read, str(given["resourceType"])[:40])
    is_case = "medications" in given or "schema" in given
    known = {} if resolver is None else {"resolver": resolver}
    read_of = read_case(given if is_case else {"medications": [given]}, as_of=day, **known)
    return drafts_of([read_of], "the proposed medication")
