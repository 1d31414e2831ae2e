"""What may be offered for a kind of pain in a case."""

from __future__ import annotations

from medsteward.advice.pain.matching import PainMatch, for_pain, pain_kind
from medsteward.errors import UnknownPain
from medsteward.model.regimen import Case
from medsteward.treatments.pain import PainKind


def offers(case: Case, kind: PainKind | str) -> PainMatch:
    """The options for a kind of pain, each held against the rules for this case; what is ruled out says why.

    ``kind`` is a ``PainKind`` or its word: neuropathic, nociceptive, inflammatory ... Raises ``UnknownPain``.
    """
    found = kind if isinstance(kind, PainKind) else pain_kind(kind)
    if found is None:
        raise UnknownPain(str(kind), tuple(each.value for each in PainKind))
    return for_pain(found, case)
