"""A review as the document ``medsteward.review/1``: the three answers in full, and what joins them."""

from __future__ import annotations

from medsteward.advice.case.review import DrugNote, Review
from medsteward.caches import remembered
from medsteward.version import __version__
from medsteward.writers.check import document as check_json
from medsteward.writers.known.matching_json import recommendation
from medsteward.writers.mme import document as mme_json
from medsteward.writers.remind import document as remind_json
from medsteward.writers.shared.json_text import Document, KeptText
from medsteward.writers.shared.problems import problem, warning

SCHEMA = "medsteward.review/1"


def document(review: Review) -> Document:
    """The review with keys in the order of the contract. ``covered`` says what a page leaves out as said elsewhere."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "id": review.case_id,
        "as_of": review.as_of.isoformat(),
        "mme": mme_json.document(review.mme),
        "check": check_json.document(review.check),
        "remind": remind_json.document(review.remind),
        "recommendations": [recommendation(each) for each in review.recommendations],
        "unknown": [_lacking(each.fact, each.rules, each.reminders, each.recommendations) for each in review.unknown],
        "medicines": [_medicine(each.line, each.written, each.active, each.drugs) for each in review.medicines],
        "covered": [{"rule": each.rule, "kind": each.kind.value, "kept": each.kept} for each in review.covered],
        "interrupts": review.check.interrupts,
        "problems": [problem(each) for each in review.problems],
        "warnings": [warning(each) for each in review.cautions],
        "not_for": not_for(review),
    }


def not_for(review: Review) -> list[str]:
    """What the table and the rules are not for, each once."""
    return list(dict.fromkeys((*review.mme.table.not_for, *check_json.NOT_FOR)))


@remembered(4096)
def _lacking(fact: str, rules: tuple[str, ...], reminders: bool, recommendations: tuple[int, ...]) -> KeptText:
    """A fact that is lacking, which many patients lack for the same."""
    return KeptText(
        {
            "fact": fact,
            "rules": list(rules),
            "reminders": reminders,
            "recommendations": list(recommendations),
        }
    )


@remembered(8192)
def _medicine(line: int, written: str, active: bool, drugs: tuple[DrugNote, ...]) -> KeptText:
    """A line of the case and the drugs in it, which other patients have on a line of the same number."""
    return KeptText(
        {
            "line": line,
            "input": written,
            "active": active,
            "drugs": [
                {
                    "drug": each.name,
                    "class": each.drug_class,
                    "mechanisms": list(each.mechanisms),
                    "role": each.role or "active",
                }
                for each in drugs
            ],
        }
    )
