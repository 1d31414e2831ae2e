"""Filling in a scale. A value outside an item's list is refused, a missing item is named; neither gives a total."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from medsteward.model.number import decimal_text, exact_number, is_absent, why_no_number
from medsteward.model.problem import Problem
from medsteward.model.source import Source
from medsteward.scales.change import BFI_RULE, PEG_RULE, RULES, ChangeRule, change
from medsteward.scales.declared import ORT_POINTS, SCALES
from medsteward.scales.scale import Scale, ScaleItem, ScoreChange, ScoreReport, banded

Values = Mapping[str, Fraction | Decimal | float]
"""What is filled in, by item. Numbers are exact; True and False are 1 and 0."""

_HIGH_NECK_CM = {True: Fraction(43), False: Fraction(41)}
_CHANGES = {"peg": PEG_RULE, "bfi": BFI_RULE}
_BASES: Mapping[str, str] = {"ndi": "base", "6mwt": "joint", "tug": "joint"}
_ZERO = Fraction(0)


def scale_ids() -> tuple[str, ...]:
    """Every scale by the name it goes by, the filled-in ones first, then the changes."""
    return (*SCALES, *dict.fromkeys(rule.measure for rule in RULES))


def near_scales(text: str) -> tuple[str, ...]:
    """Scales named like ``text``, nearest first."""
    return tuple(difflib.get_close_matches(_id(text), scale_ids(), n=3, cutoff=0.5))


def items_of(scale_id: str) -> tuple[ScaleItem, ...]:
    """The items of a scale; empty for an unknown one. Owned wording is not shipped."""
    scale = SCALES.get(_id(scale_id))
    if scale is not None:
        return (*scale.items, *_extra(scale))
    high = max((rule.high for rule in RULES if rule.measure == _id(scale_id)), default=None)
    if high is None:
        return ()
    return (
        ScaleItem("before", "the earlier score", None, _ZERO, high),
        ScaleItem("after", "the later score", None, _ZERO, high),
    )


def score(scale_id: str, given: Values, *, variant: str | None = None) -> ScoreReport:
    """Score a scale from its items, or hold a change (``before``, ``after``) against what counts as one.

    ``variant`` is the base of the Neck Disability Index (``50`` or ``100``), or the joint of 6MWT and TUG (``knee``,
    ``hip``, ``severe knee``, ``severe hip``). STOP-BANG takes its items or ``total`` alone. PEG and BFI take
    ``before``, an earlier total, as well. A float counts by its shortest
    decimal and NaN as absent; an infinite number or a quotient is refused (``TypeError``).
    """
    stated = {name: value for name, value in given.items() if not is_absent(value)}
    found = {name.strip().casefold().replace("-", "_"): _exact(value) for name, value in stated.items()}
    scale = SCALES.get(_id(scale_id))
    if scale is None:
        return _change_report(_id(scale_id), found, variant)
    if scale.id == "stop-bang" and "total" in found:
        return _stop_bang_total(scale, found)
    values, problems = _checked(items_of(scale.id), found, scale.id)
    before = values.pop("before", None)
    if problems:
        return _report(scale, None, values, problems=problems)
    total, because, band = _RECKON.get(scale.id, _plain)(scale, values)
    report = _report(scale, total, values, because=because, band=band)
    if before is None:
        return report
    return _with_change(report, change(_CHANGES[scale.id], before, total))


def _id(text: str) -> str:
    return text.strip().casefold().replace("_", "-").replace(" ", "-")


def _exact(value: Fraction | Decimal | float) -> Fraction:
    if isinstance(value, (Fraction, int)):
        return Fraction(value)
    exact = exact_number(value)
    if exact is None:
        raise TypeError(f"an item {why_no_number(value)}")
    return exact


def _extra(scale: Scale) -> tuple[ScaleItem, ...]:
    if scale.id in _CHANGES:
        return (ScaleItem("before", "an earlier total", None, scale.low, scale.high, needed=False),)
    return ()


def _checked(
    items: tuple[ScaleItem, ...], given: Mapping[str, Fraction], where: str
) -> tuple[dict[str, Fraction], list[Problem]]:
    """The values in the order of the items, and what is wrong with what was given."""
    problems = []
    known = [item.name for item in items]
    for name in given:
        if name not in known:
            near = tuple(difflib.get_close_matches(name[:60], known, n=2))
            problems.append(
                Problem("SCALE-003", where, f'"{name[:60]}" is not an item; the items are {", ".join(known)}', near)
            )
    values: dict[str, Fraction] = {}
    for item in items:
        if item.name not in given:
            if item.needed:
                problems.append(
                    Problem("SCALE-002", where, f"{item.name} is missing ({item.about}; {item.range_text})")
                )
            continue
        value = given[item.name]
        if item.takes(value):
            values[item.name] = value
        else:
            shown = f"-{decimal_text(-value)}" if value < 0 else decimal_text(value)
            problems.append(Problem("SCALE-001", where, f"{item.name} is {item.range_text}, not {shown}"))
    return values, problems


def _report(
    scale: Scale,
    total: Fraction | None,
    values: Mapping[str, Fraction],
    *,
    because: tuple[str, ...] = (),
    band: str | None = None,
    problems: list[Problem] | None = None,
) -> ScoreReport:
    found = banded(scale.bands, total) if total is not None else None
    sources: dict[Source, None] = {scale.source: None}
    if found is not None:
        sources[found.source] = None
    return ScoreReport(
        scale=scale.id,
        title=scale.title,
        total=total,
        low=scale.low,
        high=scale.high,
        band=band or (found.name if found else None),
        band_source=found.source if found else None,
        items=tuple(values.items()),
        because=because,
        notes=scale.notes,
        sources=tuple(sources),
        problems=tuple(problems or ()),
    )


def _with_change(report: ScoreReport, found: ScoreChange) -> ScoreReport:
    return evolve(report, change=found, sources=tuple(dict.fromkeys((*report.sources, *found.sources))))


_Reckoned = tuple[Fraction, tuple[str, ...], str | None]


def _plain(scale: Scale, values: Mapping[str, Fraction]) -> _Reckoned:
    total = sum((values[item.name] for item in scale.items), Fraction(0))
    if scale.mean:
        return total / len(scale.items), (f"mean of {len(scale.items)} items",), None
    return total, (), None


def _ort(scale: Scale, values: Mapping[str, Fraction]) -> _Reckoned:
    male = values["male"] == 1
    points = {name: pair[male] for name, pair in ORT_POINTS.items() if values[name] == 1}
    return sum(points.values(), Fraction(0)), tuple(f"{name}: {decimal_text(p)}" for name, p in points.items()), None


def _stop_bang(scale: Scale, values: Mapping[str, Fraction]) -> _Reckoned:
    stop = sum((values[letter] for letter in "stop"), Fraction(0))
    male = values["male"] == 1
    heavy, neck = values["bmi"] > 35, values["neck_cm"] > 40
    total = stop + heavy + (values["age"] > 50) + neck + male
    reasons = []
    if stop >= 2:
        if male:
            reasons.append("two or more of STOP and a man")
        if heavy:
            reasons.append("two or more of STOP and BMI above 35")
        if values["neck_cm"] >= _HIGH_NECK_CM[male]:
            reasons.append(f"two or more of STOP and a neck of {decimal_text(_HIGH_NECK_CM[male])} cm or more")
    band = "high" if reasons else None
    return total, tuple(f"high risk also by: {reason}" for reason in reasons), band


_RECKON: Mapping[str, Callable[[Scale, Mapping[str, Fraction]], _Reckoned]] = {"ort": _ort, "stop-bang": _stop_bang}


def _stop_bang_total(scale: Scale, found: Mapping[str, Fraction]) -> ScoreReport:
    item = ScaleItem("total", "the total of the questionnaire", tuple(Fraction(n) for n in range(9)))
    values, problems = _checked((item,), found, scale.id)
    because = ("from the total alone, so the rules that look at single letters are not applied",)
    return _report(scale, values.get("total"), values, because=() if problems else because, problems=problems)


def _change_report(measure: str, found: Mapping[str, Fraction], variant: str | None) -> ScoreReport:
    rules = {rule.variant: rule for rule in RULES if rule.measure == measure}
    if not rules:
        near = near_scales(measure)
        text = f'"{measure[:60]}" is not a scale we score; the scales are {", ".join(scale_ids())}'
        return _no_scale(measure[:60], Problem("SCALE-003", "scale", text, near))
    rule = _chosen(rules, variant)
    if rule is None:
        code = "SCALE-002" if variant is None else "SCALE-001"
        what = _BASES.get(measure, "variant")
        text = f"{what} must be named: one of {', '.join(filter(None, rules))}"
        return _no_scale(measure, Problem(code, measure, text))
    items = tuple(evolve(item, high=rule.high, unit=rule.unit) for item in items_of(measure))
    values, problems = _checked(items, found, measure)
    made = change(rule, values["before"], values["after"]) if not problems else None
    return ScoreReport(
        scale=measure,
        title=rule.title,
        total=values.get("after") if made else None,
        low=_ZERO if rule.has_ends else None,
        high=rule.high if rule.has_ends else None,
        band=None,
        band_source=None,
        items=tuple(values.items()),
        change=made,
        notes=_change_notes(rule),
        sources=rule.sources,
        problems=tuple(problems),
    )


def _chosen(rules: Mapping[str, ChangeRule], variant: str | None) -> ChangeRule | None:
    if variant is None:
        return next((rule for rule in rules.values() if rule.is_default), None)
    return rules.get(" ".join(variant.casefold().replace("-", " ").replace("_", " ").split()))


def _change_notes(rule: ChangeRule) -> tuple[str, ...]:
    which = f"Held against figures for: {rule.variant}. " if rule.variant else ""
    way = f"{rule.better.value} is better."
    return (
        f"{which}{way[0].upper()}{way[1:]}",
        "Figures differ between populations; another one may be meant for this patient.",
    )


def _no_scale(name: str, problem: Problem) -> ScoreReport:
    return ScoreReport(
        scale=name,
        title=name,
        total=None,
        low=None,
        high=None,
        band=None,
        band_source=None,
        problems=(problem,),
    )
