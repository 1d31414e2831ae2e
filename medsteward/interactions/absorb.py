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
    here = {finding.id: finding for finding in findings}
    takers = [finding for finding in findings if finding.rule.absorbs]
    for taker in sorted(takers, key=lambda finding: (len(finding.rule.absorbs), finding.id)):
        if taker.id not in here:
            continue
        drugs = set(taker.drugs)
        taken = [here[id_] for id_ in taker.rule.absorbs if id_ in here and drugs.issuperset(here[id_].drugs)]
        if taken:
            here[taker.id] = with_absorbed(here[taker.id], tuple(taken))
            for each in taken:
                del here[each.id]
    return one_card(list(here.values()), picture)
