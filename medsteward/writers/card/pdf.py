"""The patient card as a tagged PDF: what the HTML card shows, with page numbers and the plan's name on every page."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import asdict

from medsteward.advice.plan.report import PlanSheet
from medsteward.writers.card.curve import key_svg, svg
from medsteward.writers.card.days import card_of
from medsteward.writers.card.sheet import Card
from medsteward.writers.card.sheets import PDF, dense_months
from medsteward.writers.shared.typst_pages import FONT, pdf


def document(report: PlanSheet, *, large_print: bool = False, language: str = "en") -> bytes:
    """The card as PDF, the same bytes for the same report.

    ``large_print`` sets 18 points instead of 14. Raises ``MissingPart`` without typst, ``NothingToPrint`` for a report
    without a plan, ``UnknownLanguage``.
    """
    card = card_of(report, language_code=language)
    size = 18 if large_print else 14
    dense = sorted(dense_months(card, size, PDF))
    return pdf("card.typ", "a PDF", card.made, texts={"size": str(size)}, data={"card": _data(card), "dense": dense})


def _data(card: Card) -> dict[str, Any]:
    data = asdict(card, filter=lambda each, _: each.name != "curves", value_serializer=_text)
    data["curves"] = [
        {
            "title": curve.title,
            "alt": curve.alt,
            "drawing": svg(curve, number, font=FONT),
            "key": [{"name": name, "drawing": key_svg(mark)} for mark, name in enumerate(curve.key) if name],
        }
        for number, curve in enumerate(card.curves, start=1)
    ]
    return data


def _text(_owner: object, _field: object, value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
