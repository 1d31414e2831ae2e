"""The patient card as a page that needs nothing but itself: no script, nothing loaded, printed from any browser."""

from __future__ import annotations

from medsteward.advice.plan.report import PlanSheet
from medsteward.writers.card.curve import key_svg, svg
from medsteward.writers.card.days import card_of
from medsteward.writers.card.sheets import PAGE, TICK, WHOLE, breaks, dense_months
from medsteward.writers.shared.html import safe, template
from medsteward.writers.shared.paper import FONTS


def page(report: PlanSheet, *, large_print: bool = False, language: str = "en") -> str:
    """The card as HTML, the same bytes for the same report.

    ``large_print`` sets 18 points instead of 14. Raises ``MissingPart`` without jinja2, ``NothingToPrint`` for a report
    without a plan, ``UnknownLanguage``.
    """
    template_of_card = template("card.html.j2", "a patient card")
    card = card_of(report, language_code=language)
    drawings = tuple(safe(svg(curve, number, font=FONTS)) for number, curve in enumerate(card.curves, start=1))
    keys = tuple(safe(key_svg(mark)) for mark in range(3))
    points = 18 if large_print else 14
    dense = dense_months(card, points, PAGE)
    turns = {month.id: breaks(month, card, points, PAGE, dense=month.id in dense) for month in card.months}
    made = template_of_card.render(
        card=card,
        drawings=drawings,
        keys=keys,
        large=large_print,
        fonts=safe(FONTS),
        dense=dense,
        turns=turns,
        whole=WHOLE,
        tick=TICK,
    )
    return made + "\n"
