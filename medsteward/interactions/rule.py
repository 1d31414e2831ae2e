"""A rule: a sentence about a regimen, with its severity, its reason, what to consider, and its sources."""

from __future__ import annotations

from enum import Enum, IntEnum
from functools import cached_property

from attrs import field, frozen
from attrs.validators import in_, instance_of

from medsteward.interactions.also import Also
from medsteward.model.source import Source, Standing
from medsteward.patient.clauses import All, CaseClause, Ended, Takes, TakesSeveral

REASON = "{reason}"
"""Stands in ``because`` for the facts, and the drugs beside opioids, that made the rule true."""
DrugClause = Takes | TakesSeveral | Ended
"""A clause that chooses drugs of a finding."""


class Severity(IntEnum):
    """How much harm is at stake. Whether to interrupt is the tier, another question."""

    NONE = 0
    INFO = 1
    MINOR = 2
    MODERATE = 3
    MAJOR = 4
    CONTRAINDICATED = 5

    @property
    def words(self) -> str:
        """The severity in lower case."""
        return self.name.lower()


class Hazard(Enum):
    """The harm that a rule is about."""

    BREATHING = "slowed breathing and sedation"
    FALLS = "falls"
    DELIRIUM = "confusion"
    INTRACRANIAL = "raised pressure in the head"
    WITHDRAWAL = "precipitated withdrawal"
    LOST_EFFECT = "lost effect, then withdrawal or overdose"
    DUPLICATION = "the same kind of drug twice"
    SEROTONIN = "serotonin toxicity"
    PRESSURE_CRISIS = "serotonin toxicity or hypertensive crisis"
    SEIZURE = "seizure"
    RHYTHM = "dangerous heart rhythm"
    RAISED_LEVEL = "raised drug level"
    ACTIVATION = "changed activation by enzymes"
    LOW_PRESSURE = "low blood pressure and slow pulse"
    HIGH_PRESSURE = "high blood pressure"
    BLEEDING = "bleeding"
    ULCER = "stomach ulcer and bleeding"
    KIDNEY = "kidney injury"
    ACCUMULATION = "build-up with low kidney function"
    LIVER = "liver injury"
    BILE_DUCT = "bile duct spasm or pancreatitis"
    LIVER_CLEARANCE = "build-up with liver disease"
    HEART = "heart failure, heart attack or stroke"
    SPASM = "narrowed blood vessels"
    CONSTIPATION = "constipation"
    BOWEL = "blocked or perforated bowel"
    ANTICHOLINERGIC = "anticholinergic load"
    URINE = "urinary retention"
    EYE = "raised eye pressure"
    UNBORN = "harm to the unborn or newborn child"
    INFANT = "harm to a breastfed infant"
    CHILD = "slowed breathing of a child"
    CHILD_AT_HOME = "a child at home taking it by accident"
    OVERDOSE = "overdose"
    MISUSE = "misuse"
    SELF_HARM = "self-harm"
    SODIUM = "low sodium"
    SUGAR = "blood sugar"
    OEDEMA = "fluid retention"
    BREATH_ALLERGY = "bronchospasm"
    MAGNESIUM = "magnesium build-up"
    TOXICITY = "toxicity of the other drug"
    HORMONES = "low hormones with long use"
    HYPERALGESIA = "pain made worse by opioids"
    TEETH = "tooth decay"
    HEAT = "overdose from a heated or leftover patch"
    DRIVING = "driving"
    PAIN_RELIEF = "pain made worse in the long run"
    CONTRACEPTION = "failed contraception"
    RASH = "serious skin reaction"
    STEROID_EXCESS = "steroid excess, adrenal failure"
    SAFEGUARD = "a safeguard"


@frozen
class Variant:
    """What changes when something more is so. A part left None stays as it is; ``add`` is said besides.

    ``merged`` stands in place of that of the rule.
    """

    when: CaseClause
    severity: Severity | None = None
    tier: int | None = None
    because: str | None = None
    consider: str | None = None
    add: str = ""
    merged: tuple[str, ...] | None = None


@frozen(eq=False)
class Rule:
    """One rule.

    ``when`` are the clauses that must all hold. ``severity`` and ``tier`` (1 may interrupt, 2 is shown, 3 is listed on
    request, 0 is a safeguard) are kept apart on purpose. ``because`` says what happens, ``consider`` what to weigh: it
    offers, it never orders. ``variants`` change the advice by context, later ones over earlier ones. ``absorbs`` are
    the rules whose findings this one takes in when they are about no further drug. ``merged`` are the
    sentences of its advice that a finding which takes it in goes on to say. ``also`` are the clauses of its advice, or
    of a variant's, that a page may say once. Raises ``ValueError`` for a rule without a source, and where
    ``also`` and the advice disagree.
    """

    id: str = field(validator=instance_of(str))
    name: str
    when: tuple[CaseClause, ...]
    severity: Severity
    tier: int = field(validator=in_((0, 1, 2, 3)))
    hazard: Hazard
    because: str
    consider: str
    sources: tuple[Source, ...] = field()
    variants: tuple[Variant, ...] = ()
    absorbs: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()

    def __attrs_post_init__(self) -> None:
        texts = (self.consider, *(text for one in self.variants for text in (one.consider or "", one.add)))
        said = {clause for clause in Also if any(clause.pattern.search(text) for text in texts)}
        if said != set(self.also):
            named = ", ".join(f"Also.{each.name}" for each in Also if each in said) or "nothing"
            raise ValueError(f"{self.id}: the advice says {named} in a clause of its own: also=(...) names just that")

    @sources.validator
    def _has_source(self, _: object, sources: tuple[Source, ...]) -> None:
        if not sources:
            raise ValueError(f"{self.id} has no source")

    @cached_property
    def standing(self) -> Standing:
        """The standing of the rule: recalled as soon as a part of it is, else that of its best source."""
        standings = {source.standing for source in self.sources}
        for each in (Standing.RECALLED, Standing.VERIFIED, Standing.SECONDARY):
            if each in standings:
                return each
        return Standing.OURS

    @property
    def drug_clauses(self) -> tuple[DrugClause, ...]:
        """The clauses that choose the drugs of a finding."""
        return tuple(each for each in _flat(self.when) if isinstance(each, Takes | TakesSeveral | Ended))

    @property
    def other_clauses(self) -> tuple[CaseClause, ...]:
        """The clauses about everything else."""
        return tuple(each for each in _flat(self.when) if not isinstance(each, Takes | TakesSeveral | Ended))


def _flat(clauses: tuple[CaseClause, ...]) -> tuple[CaseClause, ...]:
    return tuple(inner for each in clauses for inner in (_flat(each.ones) if isinstance(each, All) else (each,)))
