"""Findings that say the same are one: a list rule takes in its pairs by name, and slowed breathing is one card."""

from __future__ import annotations

from collections.abc import Sequence

from medsteward.interactions.card import one_card
from medsteward.interactions.result import Finding, with_absorbed
from medsteward.patient.picture import Picture


def absorb(findings: Sequence[Finding], picture: Picture) -> list[Finding]:
    """Let each finding take in those that its rule names, where they are about no further drug.

    Rules that take in few go first, so that what they took in goes along when they are taken in themselves. What is
    about slowed breathing then becomes one card. Nothing else ever removes a finding.
    """
    here = {finding.rule.id: finding for finding in findings}
    takers = [finding for finding in findings if not here.keys().isdisjoint(finding.rule.absorbs)]
    for taker in sorted(takers, key=_few_first):
        if taker.rule.id not in here:
            continue
        drugs = set(taker.drugs)
        taken = [here[id_] for id_ in taker.rule.absorbs if id_ in here and drugs.issuperset(here[id_].drugs)]
        if taken:
            here[taker.rule.id] = with_absorbed(here[taker.rule.id], taken)
            for each in taken:
                del here[each.rule.id]
    return one_card(here, picture)


def _few_first(taker: Finding) -> tuple[int, str]:
    return len(taker.rule.absorbs), taker.rule.id
