"""How many pages a card has, and that its plan is on the first: over plans of each kind, as set on paper."""

from __future__ import annotations

import pytest

from medsteward.advice.plan.report import PlanReport
from medsteward.writers.card import pdf as card_pdf
from tests import printed_plans as printed
from tests.build import pages_of_pdf as pages


def taper(*tracks, **more) -> PlanReport:
    return printed.report(printed.plan(printed.course(*tracks), **more))


PLANS = {
    "two opioids, 14 months": (taper(printed.MORPHINE, printed.OXYCODONE), 5, 22),
    "extended release": (taper(printed.MORPHINE), 4, 20),
    "short-acting": (taper(printed.OXYCODONE), 4, 22),
    "patch": (taper(printed.FENTANYL), 4, 14),
    "benzodiazepine": (taper(printed.CLONAZEPAM), 4, 12),
    "gabapentinoid": (taper(printed.GABAPENTIN), 4, 26),
    "trial": (printed.trial(), 3, 6),
    "before therapy": (printed.sessions(), 3, 6),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_card_is_short_and_its_first_page_is_the_plan(name):
    report, alone, whole = PLANS[name]
    found = pages(card_pdf.document(report, sheets="none"))
    assert len(found) <= alone
    first = found[0].replace("\u00a0", " ")
    assert " Now " in first
    assert "take " in first or "wear " in first
    assert "Who to call" in first
    assert "Danger: get help" in first
    assert len(pages(card_pdf.document(report, sheets="all"))) <= whole
