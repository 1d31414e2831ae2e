"""The patient card as a page that needs nothing but itself: no script, nothing loaded, printed from any browser."""

from __future__ import annotations

from medsteward.advice.plan.report import PlanSheet
from medsteward.writers.card.asked import Sheets
from medsteward.writers.card.curve import pause_svg, svg
from medsteward.writers.card.days import card_of
from medsteward.writers.card.fit import LARGE, PATCH_ROW, SMALL
from medsteward.writers.shared.html import safe, template
from medsteward.writers.shared.paper import FONTS


def page(
    report: PlanSheet,
    *,
    large_print: bool = False,
    language: str = "en",
    sheets: str = Sheets.NEXT.value,
    clinic: str = "",
) -> str:
    """The card as HTML, the same bytes for the same report.

    ``large_print`` sets 18 points instead of 14; ``sheets`` and ``clinic`` are as in ``card_of``. Raises
    ``MissingPart`` without jinja2, ``NothingToPrint`` for a report without a plan, ``UnknownLanguage``.
    """
    template_of_card = template("card.html.j2", "a patient card")
    card = card_of(report, language_code=language, sheets=sheets, clinic=clinic, points=LARGE if large_print else SMALL)
    drawings = tuple(safe(svg(curve, number, font=FONTS)) for number, curve in enumerate(card.curves, start=1))
    made = template_of_card.render(
        card=card,
        drawings=drawings,
        pause=safe(pause_svg()),
        large=large_print,
        fonts=safe(FONTS),
        patch_row=PATCH_ROW,
    )
    return made + "\n"
