"""A review as one FHIR R4 Bundle: the MME, the findings and the reminders."""

from __future__ import annotations

from medsteward.advice.review import Review
from medsteward.writers.fhir_check import issue
from medsteward.writers.fhir_mme import observation
from medsteward.writers.fhir_parts import collection, outcome
from medsteward.writers.fhir_remind import task
from medsteward.writers.json_text import Document


def document(review: Review) -> Document:
    """Each thing once; problems and warnings of all three together."""
    cautions = dict.fromkeys((*review.mme.cautions, *review.check.cautions, *review.remind.cautions))
    return collection(
        [
            observation(review.mme),
            *(issue(each, review.check) for each in review.check.findings),
            *(task(each, review.remind) for each in review.remind.reminders),
            outcome(review.problems, tuple(cautions)),
        ]
    )
