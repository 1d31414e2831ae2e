"""Findings to cards: one for each hazard, at most three, the rest counted; the figure of a day on a card of its own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from attrs import frozen

from medsteward.interactions.result import Finding
from medsteward.interactions.rule import Severity
from medsteward.model.codes import CODES
from medsteward.service.cds.held import HookFound
from medsteward.service.cds.mme_card import MmeWords, mme_words
from medsteward.service.cds.reasons import override_reasons
from medsteward.service.cds.words import cited, escaped, label, summary
from medsteward.writers.shared.fhir_parts import RULES

MOST = 3
"""Cards about hazards in one answer. Ours."""
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:medsteward:card")
_ALL_KNOWN = "Findings offer and ask. The decision is that of the person who signs."
_NOT_SENT = {"patient": "age and sex", "conditions": "conditions", "medications": "the agreed list of medications"}


@frozen
class HookCard:
    """A card: its ``topic`` never changes for one rule, and its ``uuid`` is the same for the same call."""

    topic: str
    uuid: str
    document: dict[str, Any]


def cards_for(
    held: HookFound, instance: str, *, most_tier: int, suggestion: dict[str, Any] | None = None
) -> list[HookCard]:
    """The cards of an answer, the most urgent first. ``most_tier``: 1, or 2 where lesser findings are shown too."""
    groups = _by_hazard([each for each in held.findings if each.tier <= most_tier])
    found = [_of_hazard(group, held, instance) for group in groups[:MOST]]
    if len(groups) > MOST:
        more = "; ".join(f"{escaped(summary(group[0]))} ({group[0].id})" for group in groups[MOST:])
        found[-1].document["detail"] += f"\n\n**{len(groups) - MOST} more:** {more}"
    words = mme_words(held.counted) if held.counted is not None else None
    if words is not None:
        found.append(_of_figure(words, held, instance))
    if suggestion is not None and found:
        found[0].document["suggestions"] = [{**suggestion, "uuid": _uuid(instance, "suggestion")}]
        found[0].document["selectionBehavior"] = "any"
    return found


def _by_hazard(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one harm together, the most urgent first in each and among them."""
    groups: dict[object, list[Finding]] = {}
    for each in sorted(findings, key=lambda one: (one.tier, -one.severity)):
        groups.setdefault(each.hazard, []).append(each)
    return list(groups.values())


def _of_hazard(group: Sequence[Finding], held: HookFound, instance: str) -> HookCard:
    first, *others = group
    lines = [
        f"**Consider:** {escaped(first.consider)}",
        f"**Why:** {escaped(first.because)} Severity: {first.severity.words}, tier {first.tier}.",
    ]
    if others:
        more = "; ".join(f"{escaped(summary(each))} ({each.id}): {escaped(each.consider)}" for each in others)
        lines.append(f"**Also about {escaped(first.hazard.value)}:** {more}")
    lines.append(f"**Source:** {cited(first.sources)}. Rule {first.id}.")
    lines += _unknown(held)
    return _card(
        topic_of(first),
        instance,
        {
            "summary": summary(first),
            "indicator": indicator(first),
            "source": {
                "label": label(first.sources),
                **({"url": first.sources[0].url} if first.sources[0].url else {}),
                "topic": {"system": RULES, "code": topic_of(first), "display": first.rule.name},
            },
            "detail": "\n\n".join(lines),
        },
    )


def _of_figure(words: MmeWords, held: HookFound, instance: str) -> HookCard:
    return _card(
        MmeWords.TOPIC,
        instance,
        {
            "summary": words.summary,
            "indicator": "info",
            "source": {
                "label": words.label,
                **({"url": words.url} if words.url else {}),
                "topic": {"system": RULES, "code": MmeWords.TOPIC, "display": "MME per day"},
            },
            "detail": "\n\n".join([*words.detail, *_unknown(held)]),
        },
    )


def _card(topic: str, instance: str, document: dict[str, Any]) -> HookCard:
    own = _uuid(instance, topic)
    return HookCard(topic, own, {"uuid": own, **document, "overrideReasons": override_reasons()})


def _uuid(instance: str, topic: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{instance} {topic}"))


def topic_of(finding: Finding) -> str:
    """The rule as a record remembers it: letters and digits alone."""
    return finding.id.replace("-", "")


def indicator(finding: Finding) -> str:
    """How urgent a card is."""
    if finding.tier > 1:
        return "info"
    return "critical" if finding.severity is Severity.CONTRAINDICATED else "warning"


def _unknown(held: HookFound) -> list[str]:
    """What was not known, and so may be missing from the card."""
    lacking = [_NOT_SENT[key] for key in held.lacking if key in _NOT_SENT]
    unread = len({each.where for each in held.check.problems})
    said = []
    if lacking:
        said.append(f"not sent: {', '.join(lacking)}")
    if unread:
        codes = sorted({each.code for each in held.check.problems})[:3]
        means = " ".join(f"{CODES[code].means} ({code})" if code in CODES else code for code in codes)
        said.append(f"{unread} place{'s' if unread > 1 else ''} of the record not understood: {means}".rstrip("."))
    if held.check.unknown:
        said.append(f"could add a finding: {', '.join(each.fact for each in held.check.unknown[:3])}")
    return [*([f"**Not known:** {escaped('; '.join(said))}."] if said else []), _ALL_KNOWN]
