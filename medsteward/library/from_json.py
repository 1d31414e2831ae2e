"""Documents back to what they are of: cases and plans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from medsteward.errors import UnreadableInput
from medsteward.library.plans import read_plan
from medsteward.readers.case.table import read_case
from medsteward.readers.shared.json_text import json_of, text_of
from medsteward.schedules.saved import MAX_BYTES

if TYPE_CHECKING:
    from medsteward.model.code import Resolver
    from medsteward.model.regimen import Case
    from medsteward.readers.plan.document import SavedPlan

_NAME = "the document"


def from_json(
    document: Mapping[str, Any] | str | bytes, *, as_of: date | None = None, resolver: Resolver | None = None
) -> Case | SavedPlan:
    """What a document of ``to_json`` is of: ``medsteward.case/1`` gives a case, ``medsteward.plan/1`` a saved plan.

    ``document`` is plain data or its text; floats count by their shortest decimal. A table without a ``schema`` is read
    as a case; ``as_of`` is the day of a case that states none, and a plan has its own. What a case says that is not
    understood is a problem of the case. Refuses (``UnreadableInput``) any other document, and (``PlanRefused``) a plan
    that cannot be read.
    """
    if isinstance(document, str | bytes):
        data = document.encode() if isinstance(document, str) else document
        document = json_of(text_of(data, _NAME, MAX_BYTES), _NAME)
    if not isinstance(document, Mapping):
        raise UnreadableInput(_NAME, "it is a JSON object: a case or a plan")
    schema = document.get("schema")
    name = schema.partition("/")[0] if isinstance(schema, str) else "medsteward.case"
    if name == "medsteward.plan":
        return read_plan(document)
    if name != "medsteward.case":
        raise UnreadableInput(_NAME, f"{str(schema)[:40]} is an answer; a case or a plan is read back")
    if as_of is None and document.get("as_of") is None:
        raise UnreadableInput(_NAME, 'it states no day; give as_of, or write "as_of": "2027-01-04" in it')
    known = {} if resolver is None else {"resolver": resolver}
    return read_case(document, as_of=as_of or date.min, **known)
