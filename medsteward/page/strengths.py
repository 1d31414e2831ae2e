"""The strengths of which a taper is made: those of the listed products of each medicine, as boxes to tick."""

from __future__ import annotations

from attrs import frozen

from medsteward.drugs.matching import products_of
from medsteward.model.drug import ListedProduct
from medsteward.page.chart import Chart
from medsteward.page.form import SentForm
from medsteward.schedules.supply import OwnProduct

FIELD = "have"
"""The field of a strength that can be had, and of one that is scored."""
SCORED = "scored"


@frozen
class StrengthBox:
    """One product to tick: its name is the value, ``words`` its strength; ``rare`` where few pharmacies have it."""

    name: str
    words: str
    is_had: bool
    is_scored: bool
    is_whole: bool
    rare: bool


@frozen
class StrengthsOf:
    """The boxes of one medicine."""

    drug: str
    boxes: tuple[StrengthBox, ...]


def strengths_of(chart: Chart) -> tuple[StrengthsOf, ...]:
    """The listed strengths of each medicine in its own form and release; all are had where none is ticked."""
    had, scored = frozenset(chart.form.all(FIELD)), frozenset(chart.form.all(SCORED))
    found = []
    for drug, products in _by_drug(chart).items():
        own = [each for each in products if str(each.product.listed) in had]
        boxes = tuple(
            StrengthBox(
                name=str(each.product.listed),
                words=_words(each),
                is_had=each in own or not own,
                is_scored=str(each.product.listed) in scored,
                is_whole=each.product.form not in ("tablet", "film"),
                rare=each.few_makers,
            )
            for each in products
        )
        found.append(StrengthsOf(drug, boxes))
    return tuple(found)


def products_had(form: SentForm, chart: Chart) -> tuple[OwnProduct, ...]:
    """What was ticked, as products that can be had; nothing where no strength was left out and none is scored."""
    had, scored = frozenset(form.all(FIELD)), frozenset(form.all(SCORED))
    if not had:
        return ()
    every = [each for products in _by_drug(chart).values() for each in products]
    chosen = [each for each in every if str(each.product.listed) in had]
    if len(chosen) == len(every) and not scored:
        return ()
    return tuple(_own(each, str(each.product.listed) in scored) for each in chosen)


def _by_drug(chart: Chart) -> dict[str, list[ListedProduct]]:
    found: dict[str, list[ListedProduct]] = {}
    for line in chart.case.lines:
        product = None if line.regimen is None else line.regimen.product
        if product is None or len(product.components) != 1 or not line.is_active_on(chart.case.as_of):
            continue
        name = f"{product.lead} {product.release or ''} {product.form or ''}".strip()
        fits = [
            each
            for each in products_of(product.ingredients)
            if each.product.route == product.route
            and each.product.form == product.form
            and each.product.release == product.release
            and each.product.components[0].strength is not None
        ]
        first = {each.product.components[0].strength: each for each in reversed(fits)}
        if len(first) > 1:
            kept = [each for each in fits if first[each.product.components[0].strength] is each]
            found.setdefault(" ".join(name.split()), kept)
    return found


def _words(each: ListedProduct) -> str:
    strength = each.product.components[0].strength
    return str(strength) if each.product.unit is None or each.product.unit.is_count else f"{strength}/mL"


def _own(each: ListedProduct, scored: bool) -> OwnProduct:
    product = each.product
    strength = product.components[0].strength
    assert strength is not None
    assert product.unit is not None
    return OwnProduct(
        product.lead,
        product.route or "",
        product.form or "",
        product.release or "IR",
        strength,
        product.unit,
        "yes" if scored else each.splittable,
        product.per_ml,
    )
