"""The patient card as a tagged PDF: what the HTML card shows, with page numbers and the plan's name on every page."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import asdict

from medsteward.advice.plan.report import PlanSheet
from medsteward.writers.card.asked import Sheets
from medsteward.writers.card.curve import pause_svg, svg
from medsteward.writers.card.days import card_of
from medsteward.writers.card.fit import LARGE, PATCH_ROW, SMALL
from medsteward.writers.card.sheet import Card
from medsteward.writers.shared.typst_pages import DOSES, pdf


def document(
    report: PlanSheet,
    *,
    large_print: bool = False,
    language: str = "en",
    sheets: str = Sheets.NEXT.value,
    clinic: str = "",
) -> bytes:
    """The card as PDF, the same bytes for the same report.

    ``large_print`` sets 18 points instead of 14; ``sheets`` and ``clinic`` are as in ``card_of``. Raises
    ``MissingPart`` without typst, ``NothingToPrint`` for a report without a plan, ``UnknownLanguage``.
    """
    size = LARGE if large_print else SMALL
    card = card_of(report, language_code=language, sheets=sheets, clinic=clinic, points=size)
    texts = {"size": str(size), "patch": str(PATCH_ROW)}
    return pdf("card.typ", "a PDF", card.made, texts=texts, data={"card": _data(card)})


def _data(card: Card) -> dict[str, Any]:
    data = asdict(card, filter=lambda each, _: each.name != "curves", value_serializer=_text)
    data["curves"] = [
        {
            "title": curve.title,
            "alt": curve.alt,
            "drawing": svg(curve, number, font=DOSES),
            "pause": curve.pause,
        }
        for number, curve in enumerate(card.curves, start=1)
    ]
    data["pause"] = pause_svg()
    return data


def _text(_owner: object, _field: object, value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
