"""What became of cards: read for the log, without a word of what people wrote."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Any

from attrs import Factory, define, frozen

from medsteward.service.answer import NotAnswered, problem
from medsteward.service.body import parsed
from medsteward.service.bounds import Bounds
from medsteward.service.cds.cards import HookCard

MOST = 200
"""Answers in one request."""
MOST_TOPICS = 20_000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?")
_OUTCOMES = ("accepted", "overridden")


@frozen
class CardOutcome:
    """What became of one card: its topic (``-``: not known here), the outcome, the code of the reason, and when."""

    topic: str
    outcome: str
    reason: str | None
    at: str | None

    @property
    def line(self) -> str:
        """In a line for the log."""
        return " ".join(["feedback", self.topic, self.outcome, self.reason or "-", self.at or "-"])


@define
class Topics:
    """The topics of the cards of late, by their uuids: the same for every patient, and bounded."""

    _by_card: OrderedDict[str, str] = Factory(OrderedDict)
    _lock: Lock = Factory(Lock)

    def note(self, cards: Iterable[HookCard]) -> None:
        """Keep the topics of cards that go out."""
        with self._lock:
            for each in cards:
                self._by_card[each.uuid] = each.topic
            while len(self._by_card) > MOST_TOPICS:
                self._by_card.popitem(last=False)

    def of(self, card: str) -> str:
        """The topic of a card; ``-`` where it is not known any more."""
        with self._lock:
            return self._by_card.get(card, "-")


def read_feedback(data: bytes, topics: Topics, bounds: Bounds) -> tuple[CardOutcome, ...]:
    """The outcomes in a body. Raises ``NotAnswered`` (400) for what is no feedback."""
    found = parsed(data, bounds)
    listed = found.get("feedback") if isinstance(found, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST:
        raise NotAnswered(problem(400, f"the body holds feedback, a list of 1 to {MOST} answers to cards"))
    return tuple(_outcomes(listed, topics))


def _outcomes(listed: list[Any], topics: Topics) -> Iterator[CardOutcome]:
    for each in listed:
        card = each.get("card") if isinstance(each, dict) else None
        outcome = each.get("outcome") if isinstance(each, dict) else None
        if not isinstance(card, str) or not card or outcome not in _OUTCOMES:
            raise _wrong(f"each answer has a card and an outcome: {' or '.join(_OUTCOMES)}")
        at = each.get("outcomeTimestamp")
        if not isinstance(at, str | None):
            raise _wrong("outcomeTimestamp is a text")
        suggestions = each.get("acceptedSuggestions") or []
        if not isinstance(suggestions, list) or not all(isinstance(_part(s, "id"), str) for s in suggestions):
            raise _wrong("acceptedSuggestions is a list of objects with an id")
        yield CardOutcome(topics.of(card), str(outcome), _code(each), at if _is_like(_TIME, at) else None)


def _code(answer: dict[str, Any]) -> str | None:
    """The code of the reason, where it is one; the comment of a user is not looked at."""
    override = answer.get("overrideReason")
    reason = _part(override, "reason")
    code = _part(reason, "code")
    if not isinstance(override, dict | None) or not isinstance(reason, dict | None):
        raise _wrong("overrideReason is an object with a reason, which is a code in a system")
    if reason is not None and (not isinstance(code, str) or not code):
        raise _wrong("a reason has a code")
    return code if _is_like(_CODE, code) else None


def _part(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _wrong(text: str) -> NotAnswered:
    return NotAnswered(problem(400, text))


def _is_like(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
