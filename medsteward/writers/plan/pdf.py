"""A plan as tagged PDF (PDF/UA-1) for the clinician and the pharmacy: what the pages in HTML show."""

from __future__ import annotations

from typing import Any

from attrs import asdict

from medsteward.advice.plan.report import PlanReport
from medsteward.writers.card.curve import svg
from medsteward.writers.plan.html import CLINICIAN, LARGE, OVER, SEVERAL, SIZES
from medsteward.writers.plan.page import APPENDIX, PagePart, PlanPage, Slope, clinician, pharmacy
from medsteward.writers.plan.slope import slope_svg
from medsteward.writers.shared.typst_pages import DOSES, pdf


def clinician_document(report: PlanReport, *, large_print: bool = False) -> bytes:
    """The whole plan. Raises ``MissingPart`` without typst."""
    size = LARGE if large_print else CLINICIAN
    return _document(clinician(report), (size,), size)


def pharmacy_document(report: PlanReport, *, large_print: bool = False) -> bytes:
    """What is dispensed, on one page where its letters may be that small.

    Raises ``NothingToPrint`` without a step, ``MissingPart`` without typst.
    """
    return _document(pharmacy(report), (LARGE,) if large_print else SIZES, LARGE if large_print else OVER)


def _document(page: PlanPage, sizes: tuple[str, ...], over: str) -> bytes:
    texts = {"sizes": " ".join(sizes), "over": over, "more": SEVERAL}
    return pdf("plan.typ", "a PDF", page.made_on, texts=texts, data={"page": _data(page)})


def _data(page: PlanPage) -> dict[str, Any]:
    data = asdict(page, filter=lambda each, _: each.name not in ("made_on", "parts", "curves", "appendix"))
    data["footer"] = f"{page.case_id}," if page.case_id else ""
    data["parts"] = [_part(each) for each in page.parts]
    data["appendix"] = [_part(each) for each in page.appendix]
    data["appendix_title"] = APPENDIX
    data["curves"] = [
        {"title": each.title, "alt": each.alt, "drawing": svg(each, number, font=DOSES)}
        for number, each in enumerate(page.curves, start=1)
    ]
    return data


def _part(part: PagePart) -> dict[str, Any]:
    return {
        **asdict(part, filter=lambda each, _: each.name != "slopes"),
        "slopes": [_drawn(slope) for slope in part.slopes],
    }


def _drawn(slope: Slope) -> dict[str, str]:
    return {"words": slope.words, "drawing": slope_svg(slope.line, font=DOSES)}
