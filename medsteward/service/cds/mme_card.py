"""The day's MME with and without proposed orders, in words for a card: context for a decision, never a limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from medsteward.advice.case.proposed import Counted, Proposed, Wholeness
from medsteward.mme.result import NoTotal, Status
from medsteward.model.number import decimal_text
from medsteward.service.cds.words import MOST_LABEL, escaped, shortened

_OPIOIDS = (Status.COUNTED, Status.NO_FACTOR, Status.EXCLUDED)
_REPEATED = "MME-105"


@frozen
class MmeWords:
    """The words of the card about the day's MME."""

    TOPIC: ClassVar[str] = "MME"

    summary: str
    detail: tuple[str, ...]
    label: str
    url: str | None


def mme_words(found: Proposed) -> MmeWords | None:
    """The words where they help: a threshold is reached, a renewal is unclear, or a figure is not whole.

    None where no opioid is proposed, or where nothing of this is so.
    """
    if not _is_about_opioids(found):
        return None
    ways = dict(_ways(found))
    reached = {text for way in ways.values() for text in _reached(way) if text not in set(_reached(found.now))}
    unclear = bool(found.with_it.possible_renewal_of) and len({_figure(way) for way in ways.values()}) > 1
    whole = all(each.whole is Wholeness.COMPLETE for each in (found.now, *ways.values()))
    if not reached and not unclear and whole:
        return None
    return MmeWords(
        summary=_summary(found.now, ways),
        detail=tuple(_detail(found, ways, sorted(reached), unclear)),
        label=shortened(f"{found.table.title} ({found.table.id})", MOST_LABEL),
        url=None,
    )


def _is_about_opioids(found: Proposed) -> bool:
    """Whether a proposed order holds an opioid, or may hold one."""
    lines = len(found.case.lines)
    for way in found.with_it.ways:
        if any(each.line > lines and each.status in _OPIOIDS for each in way.counted.mme.entries):
            return True
        if len(_missing(way.counted)) > len(_missing(found.now)):
            return True
    return False


def _missing(counted: Counted) -> tuple[str, ...]:
    return getattr(counted.mme.total, "missing", ())


def _ways(found: Proposed) -> Iterator[tuple[str, Counted]]:
    """The ways in which the orders may be meant, by name."""
    if found.with_it.added is not None:
        yield "added", found.with_it.added.counted
    if found.with_it.replacing is not None:
        yield "replacing", found.with_it.replacing.counted


def _reached(counted: Counted) -> list[str]:
    """What is said at the thresholds that a day's maximum reaches."""
    return [each.threshold.text for each in counted.mme.thresholds if each.maximum]


def _figure(counted: Counted) -> str:
    """The day's maximum in words: whole, at least, or none."""
    total = counted.mme.total
    if isinstance(total, NoTotal):
        return "not known"
    figure = decimal_text(total.maximum.value, thousands=True)
    return figure if counted.whole is Wholeness.COMPLETE else f"at least {figure}"


def _scheduled(counted: Counted) -> str:
    total = counted.mme.total
    return "-" if isinstance(total, NoTotal) else decimal_text(total.scheduled.value, thousands=True)


def _once(counted: Counted) -> str:
    """The second figure, where lines of the list may be one prescription."""
    total = counted.mme.total
    if isinstance(total, NoTotal) or total.if_renewals is None:
        return ""
    return f" ({decimal_text(total.if_renewals.value, thousands=True)} with each prescription once)"


def _summary(now: Counted, ways: dict[str, Counted]) -> str:
    if len(ways) == 2:
        added, renewed = (_figure(ways[name]) for name in ("added", "replacing"))
        return f"MME a day: {added} if added, {renewed} if it renews; now {_figure(now)}"
    (name, way), *_ = ways.items()
    what = "with it in place of the order before" if name == "replacing" else "with it"
    return f"MME a day: {_figure(way)} {what}; now {_figure(now)}"


def _detail(found: Proposed, ways: dict[str, Counted], reached: list[str], unclear: bool) -> Iterator[str]:
    repeated = [each.text for each in found.cautions if each.code == _REPEATED]
    if repeated:
        yield (
            "**The list repeats a drug with the same directions.** Ask which orders are still taken: each counts in "
            "the figures below."
        )
    if unclear:
        yield (
            "**Ask whether this order continues one that is on the list or comes on top of it.** The record does not "
            "say, so both are counted."
        )
    if reached:
        yield f"**Consider:** {escaped('; '.join(reached))}."
    rows = [("now", found.now)]
    rows += [(_ROW[name] if len(ways) == 2 or name == "replacing" else "with it", way) for name, way in ways.items()]
    yield "\n".join(
        [
            "| MME/d | scheduled | maximum |",
            "| --- | --- | --- |",
            *(f"| {name} | {_scheduled(each)} | {_figure(each)}{_once(each)} |" for name, each in rows),
        ]
    )
    if any(each.whole is not Wholeness.COMPLETE for each in (found.now, *ways.values())):
        yield "**Not whole:** an opioid, or what may be one, could not be counted, so the day may hold more."
    yield (
        f"Factor table: {escaped(found.table.title)} ({escaped(found.table.id)}). As-needed doses count as none in "
        "scheduled, and as the most that the directions allow in maximum. MME is context, not a limit, and not a dose."
    )


_ROW = {"added": "with it (added)", "replacing": "with it (replacing what it renews)"}
