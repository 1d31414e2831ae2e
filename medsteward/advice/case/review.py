"""The one report of a case: MME, findings, reminders and recommendations, each thing said once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from attrs import define, evolve, field, frozen

from medsteward.advice.case.check import check_case
from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.advice.case.mme_thresholds import mme_for_pain
from medsteward.advice.case.recommendations import Applies, Recommendation, recommendations_of
from medsteward.advice.case.remind import pictured
from medsteward.caches import made_once, remembered
from medsteward.doses.daily import REMEMBERED
from medsteward.drugs.index import find
from medsteward.interactions.also import Also, without
from medsteward.interactions.result import CheckReport, Finding
from medsteward.interactions.rule import Hazard
from medsteward.mme.result import Entry
from medsteward.model.acknowledgement import Acknowledgement
from medsteward.model.drug import DrugClass
from medsteward.model.missing import Missing
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Role
from medsteward.model.regimen import Case, Line, Patient
from medsteward.patient.picture import Picture
from medsteward.reminders.remind import remind_picture
from medsteward.reminders.reminder import Kind, Reminder, ReminderStatus, RemindReport
from medsteward.reminders.risks import risks_of
from medsteward.tables.table import FactorTable

SHOWN_TIER = 2
"""Findings up to this tier are shown on a page; those above it are counted."""

MOST_SHOWN = 7
"""Findings that a page shows in full, by harm; the others are named after them."""

CARE = (Kind.NALOXONE, Kind.NALOXONE_EXPIRY, Kind.BOWEL_REGIMEN, Kind.BOWEL_REVIEW, Kind.BOWEL_END)
"""Reminders that protect a person today, by harm: an overdose before hard stools. They stand before the others, which
are tests, talks and paperwork."""


def harm_order(kind: Kind) -> int:
    """The place of a kind of reminder by harm: the first one protects most, those that are no care stand last."""
    return CARE.index(kind) if kind in CARE else len(CARE)


SAID_BY_REMINDER: Mapping[str, Kind] = MappingProxyType({"DDI-141": Kind.BOWEL_REGIMEN, "GAP-001": Kind.NALOXONE})
"""Findings that only say that something is lacking, and the reminder that says it with doses, day and reasons."""

ALSO_SAID: Mapping[Also, tuple[Kind, ...]] = MappingProxyType(
    {
        Also.NALOXONE: (Kind.NALOXONE,),
        Also.NALOXONE_AND_PDMP: (Kind.NALOXONE, Kind.PDMP),
    }
)
"""Clauses in the advice of many findings that reminders of these kinds say once, with every reason."""

NO_PROBLEM = frozenset({"MME-002"})
"""Problems of a count of MME that are none here: treatment of opioid use disorder has no MME, and the rest stands."""

RECOMMENDED: Mapping[int, Kind] = MappingProxyType(
    {7: Kind.REASSESS, 8: Kind.NALOXONE, 9: Kind.PDMP, 10: Kind.URINE_DRUG_TEST}
)
"""Recommendations and the reminder that says what they ask for."""

SEDATIVES = 11
"""The recommendation that findings about slowed breathing say in full."""


@frozen
class Said:
    """A finding as a page says it: ``consider`` is its advice without what a reminder of the page says."""

    finding: Finding
    consider: str


@frozen
class Covered:
    """A rule and a reminder that would say the same, and which of the two is kept: ``reminder`` or ``finding``."""

    rule: str
    kind: Kind
    kept: str


@frozen
class Pointer:
    """A recommendation that applies. ``see`` names the reminder or the rule that says what it asks for, or is empty."""

    recommendation: Recommendation
    see: str


@frozen
class Lacking:
    """A fact that is not known, and what it would decide: rules (ids and names), reminders, recommendations.

    ``is_line``: it is the drug of a line. ``done`` is the name in a case's ``[done]`` table that would record it.
    """

    fact: str
    rules: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    reminders: bool = False
    recommendations: tuple[int, ...] = ()
    is_line: bool = False
    done: str = ""


@frozen(cache_hash=True)
class DrugNote:
    """One ingredient of a medicine: its class and its mechanisms. ``role`` is empty for an active ingredient."""

    name: str
    drug_class: str
    mechanisms: tuple[str, ...]
    role: str = ""


@frozen
class MedicineNote:
    """One line of the case. ``drugs`` is empty where none could be made out; ``entries`` are its share of the MME."""

    line: int
    written: str
    active: bool
    drugs: tuple[DrugNote, ...]
    entries: tuple[Entry, ...]


@frozen
class Review:
    """Everything there is to say about a case on its day.

    ``mme``, ``check`` and ``remind`` are the three answers in full. ``findings``, ``reminders`` and ``applying`` are
    what a page shows of them, with nothing said twice; ``covered`` says what was left out for that. ``unknown`` names
    each fact that is lacking once. ``everything``: a page shows each finding in full, those of tier 3 too.
    """

    case_id: str | None
    as_of: date
    patient: Patient
    mme: MmeReport
    check: CheckReport
    remind: RemindReport
    recommendations: tuple[Recommendation, ...]
    findings: tuple[Said, ...]
    reminders: tuple[Reminder, ...]
    applying: tuple[Pointer, ...]
    covered: tuple[Covered, ...]
    unknown: tuple[Lacking, ...]
    medicines: tuple[MedicineNote, ...]
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]
    everything: bool = False

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing, 5 refused; the highest of the three answers wins."""
        return max((problem.exit_code for problem in self.problems), default=0)

    def tier(self, number: int) -> tuple[Said, ...]:
        """What is said of one tier."""
        return tuple(said for said in self.findings if said.finding.tier == number)

    @property
    def shown(self) -> tuple[Said, ...]:
        """What a page shows in full, by harm."""
        return self.findings_of_weight if self.everything else self.findings_of_weight[:MOST_SHOWN]

    @property
    def more(self) -> tuple[Said, ...]:
        """What a page names after that."""
        return () if self.everything else self.findings_of_weight[MOST_SHOWN:]

    @property
    def findings_of_weight(self) -> tuple[Said, ...]:
        """What is said of the tiers that a page shows, by harm: tier, then severity."""
        return tuple(said for said in self.findings if self.everything or said.finding.tier <= SHOWN_TIER)

    def with_status(self, *wanted: ReminderStatus) -> tuple[Reminder, ...]:
        """The reminders that stand so on the day."""
        return tuple(each for each in self.reminders if each.status(self.as_of) in wanted)


def review(
    case: Case,
    *,
    table: FactorTable,
    acknowledged: Sequence[Acknowledgement] = (),
    new_since: Case | None = None,
) -> Review:
    """Join MME, findings, reminders and the 12 recommendations of CDC 2022 into one report; MME is counted once.

    Nothing is refused: what can be answered is answered, and what is not known is listed.
    """
    mme = mme_per_day(case, table=table)
    picture = pictured(case, mme)
    check = check_case(case, table=table, acknowledged=acknowledged, new_since=new_since, picture=picture)
    risks = risks_of(picture)
    remind = remind_picture(picture, risks)
    recommended = recommendations_of(picture, risks, mme_for_pain=mme_for_pain(mme))
    findings, reminders, covered = _once(check, remind)
    return Review(
        case_id=case.id,
        as_of=case.as_of,
        patient=case.patient,
        mme=mme,
        check=check,
        remind=remind,
        recommendations=recommended,
        findings=findings,
        reminders=reminders,
        applying=_applying(recommended, findings, reminders),
        covered=covered,
        unknown=_unknown(check, remind, recommended),
        medicines=_medicines(picture, mme),
        problems=merged_problems((mme.problems, check.problems, remind.problems)),
        cautions=tuple(dict.fromkeys((*mme.cautions, *check.cautions, *remind.cautions))),
    )


# --- nothing twice ----------------------------------------------------------------------------------------------


def _once(
    check: CheckReport, remind: RemindReport
) -> tuple[tuple[Said, ...], tuple[Reminder, ...], tuple[Covered, ...]]:
    """Findings and reminders for a page, and which rule and which reminder said the same."""
    kinds = {each.kind for each in remind.reminders}
    tiers = {each.rule.id: each.tier for each in check.findings}
    covered = [Covered(id_, SAID_BY_REMINDER[id_], "reminder") for id_ in tiers if SAID_BY_REMINDER.get(id_) in kinds]
    reminders = []
    for each in remind.reminders:
        kept = []
        for why in each.reasons if each.kind is Kind.BOWEL_REVIEW else ():
            rules = [rule for rule in dict.fromkeys(why.rules) if rule in tiers]
            shown = any(tiers[rule] <= SHOWN_TIER for rule in rules)
            covered += [Covered(rule, each.kind, "finding" if shown else "reminder") for rule in rules]
            if not shown:
                kept.append(why)
        if each.kind is not Kind.BOWEL_REVIEW:
            reminders.append(each)
        elif kept:
            reminders.append(evolve(each, because=tuple(kept)))
    left_out = {each.rule for each in covered if each.kept == "reminder"}
    findings = tuple(Said(each, _without(each, kinds)) for each in check.findings if each.rule.id not in left_out)
    ordered = sorted(reminders, key=lambda each: harm_order(each.kind))
    return findings, tuple(ordered), tuple(dict.fromkeys(covered))


def _without(finding: Finding, kinds: set[Kind]) -> str:
    """The advice of a finding without the clauses that reminders say; advice that is nothing else stays whole."""
    if not finding.rule.also:
        return finding.consider
    said = tuple([clause for clause in finding.rule.also if kinds.issuperset(ALSO_SAID[clause])])
    return without(finding.consider, said) or finding.consider if said else finding.consider


def _applying(
    recommended: Iterable[Recommendation], findings: Iterable[Said], reminders: Iterable[Reminder]
) -> tuple[Pointer, ...]:
    kinds = {each.kind for each in reminders}
    breathing = [
        said.finding.id
        for said in findings
        if said.finding.hazard is Hazard.BREATHING and len(said.finding.drugs) > 1 and said.finding.tier <= SHOWN_TIER
    ]
    found = []
    for each in recommended:
        if each.applies is not Applies.YES:
            continue
        kind = RECOMMENDED.get(each.number)
        see = kind.words if kind in kinds and kind is not None else ""
        if each.number == SEDATIVES and breathing:
            see = breathing[0]
        found.append(Pointer(each, see))
    return tuple(found)


# --- what is not known ------------------------------------------------------------------------------------------


def _unknown(check: CheckReport, remind: RemindReport, recommended: Iterable[Recommendation]) -> tuple[Lacking, ...]:
    """Every lacking fact once. What decides rules comes first, then what decides reminders, then the rest."""
    found: dict[str, _Noted] = {}
    for unknown in check.unknown:
        found.setdefault(unknown.ask.name, _Noted()).rules.extend(unknown.rules)
    for missing in remind.missing:
        for fact in missing.facts:
            _noted(found, fact, missing).reminders = True
    for each in recommended:
        for missing in each.missing:
            for fact in missing.facts:
                _noted(found, fact, missing).recommendations.append(each.number)
    return tuple([each.lacking(fact) for fact, each in found.items()])


@define
class _Noted:
    """What a lacking fact would decide, as far as it was gathered."""

    is_line: bool = False
    done: str = ""
    rules: list[str] = field(factory=list)
    reminders: bool = False
    recommendations: list[int] = field(factory=list)

    def lacking(self, fact: str) -> Lacking:
        """Each thing that it would decide, once."""
        rules = tuple(dict.fromkeys(self.rules))
        names = _rule_names() if rules else {}
        return Lacking(
            fact,
            rules,
            tuple([names[rule] for rule in rules]),
            self.reminders,
            tuple(dict.fromkeys(self.recommendations)),
            self.is_line,
            self.done,
        )


def _noted(found: dict[str, _Noted], fact: str, missing: Missing) -> _Noted:
    known = found.get(fact)
    if known is None:
        known = found[fact] = _Noted(bool(missing.lines), missing.done)
    return known


@made_once
def _rule_names() -> dict[str, str]:
    from medsteward.interactions.check import rules

    return {rule.id: rule.name for rule in rules()}


# --- medicines --------------------------------------------------------------------------------------------------


def _medicines(picture: Picture, mme: MmeReport) -> tuple[MedicineNote, ...]:
    day, today = picture.on, picture.today
    classes = {
        (each.line, each.part.ingredient): each.part.drug_class
        for each in picture.every
        if each.part.is_for_itself and (each.since <= today or each.until < today)
    }
    entries: dict[int, list[Entry]] = {}
    for entry in mme.entries:
        entries.setdefault(entry.line, []).append(entry)
    return tuple(
        [
            MedicineNote(
                number,
                line.written,
                line.is_active_on(day),
                _drug_notes(line, number, classes),
                tuple(entries.get(number, ())),
            )
            for number, line in enumerate(picture.case.lines, start=1)
        ]
    )


def _drug_notes(line: Line, number: int, classes: Mapping[tuple[int, str], DrugClass]) -> tuple[DrugNote, ...]:
    if line.regimen is None:
        return ()
    return tuple(
        [
            note
            for each in line.regimen.product.components
            if (note := _drug_note(each.ingredient, classes.get((number, each.ingredient)), each.role)) is not None
        ]
    )


@remembered(REMEMBERED)
def _drug_note(name: str, drug_class: DrugClass | None, role: Role) -> DrugNote | None:
    """The same of a drug wherever it stands; ``drug_class`` is its class as it is taken, where it is."""
    drug = find(name)
    if drug is None:
        return None
    known = drug.drug_class if drug_class is None else drug_class
    return DrugNote(drug.name, known.value, drug.mechanisms, "" if role is Role.ACTIVE else role.value)


def merged_problems(several: Iterable[Iterable[Problem]]) -> tuple[Problem, ...]:
    """Each problem once, with the fullest suggestions, which come first."""
    found: dict[tuple[str, str, str], Problem] = {}
    for problems in several:
        for each in problems:
            if each.code not in NO_PROBLEM:
                found.setdefault((each.code, each.where, each.text), each)
    return tuple(found.values())
