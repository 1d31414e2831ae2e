"""The check of a case: every rule held against it, what merges merged, and what was answered known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.caches import made_once, remembered
from medsteward.errors import UnreadableInput
from medsteward.interactions.absorb import absorb
from medsteward.interactions.dose_findings import dose_findings
from medsteward.interactions.engine import Engine
from medsteward.interactions.forbidden_here import forbidden_here
from medsteward.interactions.interrupting import resting, state_of
from medsteward.interactions.result import CheckReport, Finding, Unknown
from medsteward.interactions.rule import Rule, Severity
from medsteward.model.acknowledgement import NOT_RECORDED, Acknowledgement, Reason
from medsteward.model.amount import Amount
from medsteward.model.conditions import context_named
from medsteward.model.drug import DrugClass
from medsteward.model.missing import Ask
from medsteward.model.oud import OudTreatment, asked
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case, Regimen
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.patient.picture import Picture

_SITES_DIFFER = frozenset({"diclofenac", "ketoprofen", "ibuprofen"})
"""Names that stand for a drug taken by mouth and one put on the skin."""


@made_once
def engine() -> Engine:
    """All our rules, made ready."""
    from medsteward.interactions.rules import RULES

    return Engine(RULES)


@made_once
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the themes."""
    from medsteward.interactions.rules import doses

    return (*engine().rules, *doses.RULES)


def rules_of(standing: Standing | None = None) -> tuple[Rule, ...]:
    """Every rule, or those of one standing: a rule is recalled as soon as a part of it is."""
    return tuple(rule for rule in rules() if standing is None or rule.standing is standing)


def check(
    case: Case,
    *,
    mme: Amount | Fraction | None = None,
    mme_is_complete: bool = True,
    mme_if_all: Amount | Fraction | None = None,
    acknowledged: Sequence[Acknowledgement] = (),
    new_since: Case | None = None,
    mme_before: Amount | Fraction | None = None,
    mme_before_is_complete: bool = True,
    mme_before_if_all: Amount | Fraction | None = None,
) -> CheckReport:
    """Hold every rule against a case; where its picture is ready, ``check_picture`` does the same.

    ``mme`` is the day's MME at the most the directions allow (MME/d); rules that ask for it are silent without it.
    Where lines may be one prescription, ``mme`` counts each once and ``mme_if_all`` all of them: between the two a rule
    stays unknown.
    ``acknowledged`` are answers beside those that the case states; ``new_since`` is an earlier case, whose findings,
    with ``mme_before`` as its own MME, are then left out. Nothing is refused: what can be answered is answered, and
    what is not understood is a problem beside the answer.
    """
    before = None
    if new_since is not None:
        before = _pictured(new_since, mme_before, mme_before_is_complete, mme_before_if_all)
    picture = _pictured(case, mme, mme_is_complete, mme_if_all)
    return check_picture(picture, acknowledged=acknowledged, new_since=before)


def check_picture(
    picture: Picture, *, acknowledged: Sequence[Acknowledgement] = (), new_since: Picture | None = None
) -> CheckReport:
    """Hold every rule against the picture of a case; ``new_since`` is that of an earlier one."""
    case = picture.case
    lacking: dict[Ask, list[str]] = {}
    everything = absorb(_found(picture, lacking), picture)
    safeguards = [each for each in everything if each.severity is Severity.NONE]
    findings = sorted([each for each in everything if each.severity is not Severity.NONE], key=_order)
    known: list[Finding] = []
    if new_since is not None:
        before = {f.id: f for f in _all_findings(new_since)}
        known = [finding for finding in findings if _is_known(finding, before.get(finding.id))]
        findings = [finding for finding in findings if not _is_known(finding, before.get(finding.id))]
    answers = (*case.acknowledged, *acknowledged)
    known_by, returned = resting(findings, answers, picture)
    problems, cautions = _problems(case)
    cautions = (*cautions, *_unknown_rules(case.acknowledged))
    if picture.unclear:
        cautions = tuple(dict.fromkeys((*cautions, *asked_about_oud(picture))))
    names = {item.part.ingredient for item in picture.every}
    plain = {i.part.ingredient for i in picture.every if i.part.drug_class is DrugClass.NOT_CLASSIFIED}
    recognized = tuple(sorted(plain))
    if recognized:
        text = f"recognized, not interaction-checked: {', '.join(recognized)}"
        cautions = (*cautions, Caution("CHECK-103", text))
    undated = tuple(sorted({i.name for i in picture.every if not i.dated})) if picture.has_dates else ()
    return CheckReport(
        case_id=case.id,
        as_of=case.as_of,
        findings=tuple(findings),
        acknowledged=tuple(known_by),
        returned=tuple(returned),
        known=tuple(known),
        safeguards=tuple(safeguards),
        undated=undated,
        unknown=tuple([Unknown(ask, tuple(sorted(set(lacking[ask])))) for ask in sorted(lacking, key=str)]),
        drugs=tuple(sorted(names - plain)),
        recognized=recognized,
        not_understood=tuple([line.written for line in case.lines if line.may_hide_a_drug]),
        rules=len(rules()),
        problems=problems,
        cautions=cautions,
    )


def known_rule(id_: str) -> None:
    """Refuse (``UnreadableInput``) an id that no rule has: a decision about it would be lost without a word."""
    if id_ not in {each.id for each in rules()}:
        raise UnreadableInput(f'"{id_[:60]}"', "no rule has this id; `medsteward rules list` has every one")


def _unknown_rules(stated: Sequence[Acknowledgement]) -> tuple[Caution, ...]:
    """What to say of answers in a case to rules that do not exist: they would be lost without a word."""
    if not stated:
        return ()
    known = {rule.id for rule in rules()}
    return tuple(
        Caution("CHECK-104", f'"{each.rule[:60]}" is answered, and no rule has this id; nothing rests by it')
        for each in stated
        if each.rule not in known
    )


def _pictured(case: Case, mme: Amount | Fraction | None, complete: bool, if_all: Amount | Fraction | None) -> Picture:
    return Picture(case, mme=_amount(mme), mme_complete=complete, mme_if_all=_amount(if_all))


def _amount(mme: Amount | Fraction | None) -> Amount | None:
    if isinstance(mme, Amount):
        return mme.to(Unit.MME_PER_D)
    return None if mme is None else Amount(mme, Unit.MME_PER_D)


def acknowledge(
    case: Case,
    rule: str,
    reason: Reason,
    *,
    on: date | None = None,
    note: str = "",
    by: str = "",
    until: date | None = None,
) -> Acknowledgement:
    """Record that the finding of a rule was answered, with the case as it is, so that a later change brings it back.

    Refuses (``UnreadableInput``) an id that no rule has: the decision would be lost without a word.
    """
    known_rule(rule)
    picture = Picture(case)
    found = next((f for f in _all_findings(picture) if f.id == rule), None)
    state = NOT_RECORDED if found is None else state_of(found, picture)
    return Acknowledgement(rule, reason, on or case.as_of, note, by, until, state)


def _all_findings(picture: Picture) -> list[Finding]:
    return absorb(_found(picture, {}), picture)


def _found(picture: Picture, lacking: dict[Ask, list[str]]) -> list[Finding]:
    """Every rule that holds. One that may interrupt, and holds by what is known from memory alone, is only shown."""
    found = _held(picture, lacking)
    if 1 not in [each.tier for each in found] or (surely := picture.surely) is picture:
        return found
    sure = {each.id for each in _held(surely, {}) if each.tier == 1}
    return [each if each.tier != 1 or each.id in sure else _needs_a_second_source(each, picture) for each in found]


@remembered(4)
def by_rules(picture: Picture) -> tuple[Sequence[Finding], Mapping[Ask, Sequence[str]]]:
    """What the engine finds of a picture, and what would decide: asked once for a check and the offers after it."""
    asked: dict[Ask, list[str]] = {}
    return engine().findings(picture, asked), asked


def _held(picture: Picture, lacking: dict[Ask, list[str]]) -> list[Finding]:
    by_rule, asked = by_rules(picture)
    for ask, ids in asked.items():
        lacking.setdefault(ask, []).extend(ids)
    found = [*by_rule, *dose_findings(picture, lacking)]
    return [*found, *forbidden_here(picture, found, lacking)]


def _needs_a_second_source(finding: Finding, picture: Picture) -> Finding:
    names = tuple(dict.fromkeys(i.name for i in picture.every if i.is_unsure and i.name in finding.drugs))
    text = f"What is known of {' and '.join(names)} needs a second source."
    return evolve(finding, tier=2, because=f"{finding.because} {text}")


def _order(finding: Finding) -> tuple[int, int, bool, str]:
    return finding.tier, -finding.severity, not finding.pair, finding.rule.id


def _is_known(finding: Finding, before: Finding | None) -> bool:
    """Whether an earlier finding said as much: of all these drugs, as severe and as urgent."""
    return (
        before is not None
        and set(finding.drugs) <= set(before.drugs)
        and set(finding.conditions) <= set(before.conditions)
        and finding.severity <= before.severity
        and finding.tier >= before.tier
    )


def asked_about_oud(picture: Picture) -> list[Caution]:
    """The opioids that are taken and may be treatment of opioid use disorder or not, each asked about."""
    return [asked(i.name, f"line {i.line}") for i in picture.opioids if i.oud is OudTreatment.UNCLEAR]


# --- what was not understood ------------------------------------------------------------------------------------


def _problems(case: Case) -> tuple[tuple[Problem, ...], tuple[Caution, ...]]:
    """Problems of the case and its lines. A missing part of the directions is none: a check needs only the drug."""
    problems = list(case.problems)
    cautions = list(case.cautions)
    for number, line in enumerate(case.lines, start=1):
        unclear = None
        if line.regimen is not None and line.regimen.product.form is None:
            unclear = _unclear_form(line.regimen)
        if not line.problems and not line.cautions and unclear is None:
            continue
        if line.problems:
            problems.extend(
                problem.on_line(number)
                for problem in line.problems
                if problem.exit_code != 4 or problem.code.startswith("DRUG") or line.regimen is None
            )
        if line.cautions:
            cautions.extend(caution.on_line(number) for caution in line.cautions)
        if unclear is not None:
            cautions.append(unclear.on_line(number))
    for text in case.patient.context:
        if context_named(text) is None:
            cautions.append(Caution("CHECK-102", f'"{text[:60]}" is not a context we know; it changed nothing'))
    if not case.lines:
        cautions.append(Caution("CASE-101", "the case holds no medication, so nothing was checked"))
    return tuple(problems), tuple(dict.fromkeys(cautions))


def _unclear_form(regimen: Regimen) -> Caution | None:
    """What to say of a drug that is taken by mouth or put on the skin, where the form is not stated."""
    product = regimen.product
    names = {component.ingredient for component in product.components}
    if product.form is not None or product.brand is not None or len(names) != 1:
        return None
    if names == {"fentanyl"} and product.route is None:
        return Caution(
            "CHECK-101", "the form of fentanyl is not stated; write patch, lozenge, buccal tablet or injection"
        )
    if names & _SITES_DIFFER:
        return Caution("CHECK-101", f"the form of {next(iter(names))} is not stated; it was taken to be by mouth")
    return None
