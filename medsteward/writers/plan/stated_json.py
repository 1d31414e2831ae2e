"""What is stated about why a dose is lowered, as plans and cases hold it."""

from __future__ import annotations

from medsteward.model.stated import RequestedBy, Stated
from medsteward.writers.shared.json_text import Document


def stated_document(stated: Stated) -> Document:
    """Who asks, why and under whom, as in the ``[taper]`` table of a case; ``reason`` decides nothing."""
    asks = RequestedBy.PATIENT if stated.is_by_patient else stated.requested_by
    return {
        "requested_by": None if asks is None else asks.value,
        "because": None if stated.because is None else stated.because.value,
        "supervised_by": [str(each) for each in stated.supervised_by],
        "reason": stated.reason,
        "answers": dict(stated.answers),
    }
