"""What speaks against a start and is asked about: findings, the size of an opioid's start. Each has its own answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from medsteward.interactions.result import Finding
from medsteward.interactions.rule import Severity
from medsteward.model.amount import Amount
from medsteward.model.answer import Answers, answer_to, how_to_answer
from medsteward.model.problem import Caution, Problem
from medsteward.model.source import Source, Standing
from medsteward.thresholds import whole
from medsteward.treatments import trial_places as s

EVALUATE_MME = whole("mme_reweigh")
"""MME/d from which benefit and harm are weighed with care."""
NAIVE_MME = whole("naive_start_mme")
"""MME/d that a start seldom exceeds in people new to opioids."""
_MAY_INTERRUPT = 1
"""The tier of findings that may interrupt."""
SIZE = "size"
ORGANS = "kidneys-liver"
OPIOID_USE_DISORDER = "opioid-use-disorder"
TOLERANCE = "opioid-tolerance"
"""Names of questions; those about a finding bear the name of its rule."""

GOES_ALONG = frozenset({"DDC-206", "HAZ-341", "HAZ-358"})
"""Major findings that a trial meets by its ceilings. They are shown."""


def speaks_against(findings: Iterable[Finding], ingredients: Collection[str]) -> Iterator[Finding]:
    """The findings about the trial's own ingredients that a start has to answer: major, or what may interrupt.

    A pair is asked about whichever of its medicines the trial is of: an enzyme does not know which came first.
    """
    for each in findings:
        if each.severity is not Severity.MAJOR or not set(each.drugs) & set(ingredients):
            continue
        if each.tier == _MAY_INTERRUPT or each.id not in GOES_ALONG:
            yield each


def finding_words(finding: Finding) -> str:
    """A finding as a question: its rule, what happens, what to consider."""
    rules = ", ".join([finding.id, *finding.absorbed])
    return f"{finding.rule.name} ({finding.severity.words}, {rules}): {finding.because} {finding.consider}"


def size_words(own: Amount | None, present: Amount | None, *, drug: str, tolerant: bool) -> str:
    """What the size of an opioid's start has to answer; empty: nothing.

    ``own`` is the most of the trial in MME/d (None: the table gives no factor), ``present`` that of what is taken
    already.
    """
    if own is None:
        return f"the table gives no factor for {drug}: its start cannot be checked against {EVALUATE_MME} MME/d"
    total = own if present is None else own + present
    if total.value < EVALUATE_MME or tolerant:
        return ""
    with_present = "" if present is None or not present.value else f" with what is taken already ({present})"
    return (
        f"{own}{with_present}: a trial begins with the lowest dose that works, and from {EVALUATE_MME} MME/d on "
        "benefit and harm are weighed with care first; opioid tolerance is not stated "
        '(--condition "opioid tolerant"). '
        f"Source: {s.CDC_4.citation}, {s.CDC_4.where}"
    )


def size_cautions(own: Amount | None, present: Amount | None, *, tolerant: bool) -> list[Caution]:
    """What to know about the size of an opioid's start."""
    if own is None:
        return []
    found = []
    total = own if present is None else own + present
    if total.value >= EVALUATE_MME:
        in_all = " in all" if total != own else ""
        text = f"{total}{in_all}: from {EVALUATE_MME} MME/d on weigh benefit and harm with care (CDC 2022)"
        found.append(Caution("TRIAL-102", text))
    if own.value > NAIVE_MME and not tolerant:
        text = f"{own}: for people new to opioids 20 to {NAIVE_MME} MME/d is usual (needs a second source)"
        found.append(Caution("TRIAL-102", text))
    return found


def asked_or_answered(where: str, name: str, text: str, answers: Answers) -> Problem | Caution:
    """A question by its name, or what was answered to it. What the medicine is for is no answer."""
    said, why = text.rstrip(". "), answer_to(name, answers)
    if why:
        return Caution("TRIAL-108", f"{said}. It goes on, as was answered: {why}")
    return Problem("TRIAL-011", where, f"{said}. To go on all the same: {how_to_answer(name)}")


def with_source(text: str, source: Source) -> str:
    """A text with the work it stands in, and how closely that was read where it was not in full."""
    standing = "" if source.standing is Standing.VERIFIED else f"; {source.standing.words}"
    return f"{text}. Source: {source.citation}{standing}"
