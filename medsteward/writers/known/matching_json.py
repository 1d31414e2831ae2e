"""What fits a kind of pain, as the document ``medsteward.matching/1``."""

from __future__ import annotations

from medsteward.advice.case.recommendations import Recommendation
from medsteward.advice.pain.matching import Option, PainMatch
from medsteward.caches import remembered
from medsteward.version import __version__
from medsteward.writers.remind.document import point
from medsteward.writers.shared.json_text import Document, KeptText
from medsteward.writers.shared.offer_json import reason
from medsteward.writers.shared.problems import problem, sources

SCHEMA = "medsteward.matching/1"


def document(match: PainMatch) -> Document:
    """The options with keys in a stable order."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": match.case_id,
        "as_of": match.as_of.isoformat(),
        "pain": match.kind.value,
        "refers": match.refers,
        "options": [option(each) for each in match.options],
        "notes": [point(each) for each in match.notes],
        "unknown": list(match.unknown),
        "problems": [problem(each) for each in match.problems],
        "warnings": [],
        "not_for": [],
    }


def option(found: Option) -> Document:
    """One option."""
    return {
        "rank": found.rank,
        "id": found.id,
        "title": found.title,
        "classes": list(found.classes),
        "drugs": list(found.drugs),
        "why": point(found.why),
        "first_dose": [point(each) for each in found.first_dose],
        "ceiling": [point(each) for each in found.ceiling],
        "against": [reason(each) for each in found.against],
        "watch": [point(each) for each in found.watch],
        "fit": found.fit.name.casefold(),
        "blocked": found.blocked,
        "left_out": list(found.left_out),
        "taken": list(found.taken),
        "unknown": list(found.unknown),
    }


@remembered(4096)
def recommendation(found: Recommendation) -> KeptText:
    """One of the 12 recommendations, as a review shows it."""
    return KeptText(
        {
            "number": found.number,
            "applies": found.applies.value,
            "because": list(found.because),
            "lacking": list(found.lacking),
            "about": found.about,
            "category": found.category,
            "evidence": found.evidence,
            "asks": found.asks,
            "sources": sources(found.sources),
        }
    )
