"""A review as one FHIR R4 Bundle: the MME, the findings and the reminders."""

from __future__ import annotations

from medsteward.advice.case.review import Review
from medsteward.writers.check.fhir import issue
from medsteward.writers.mme.fhir import observation
from medsteward.writers.remind.fhir import task
from medsteward.writers.shared.fhir_parts import collection, outcome
from medsteward.writers.shared.json_text import Document


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
