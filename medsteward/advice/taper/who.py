"""Whether a taper is planned for this patient: refused, asked about, held, or planned with conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from medsteward.advice.plan.crisis import ASKING, as_answered, asked_about, texts_of_stated
from medsteward.advice.taper.asked import TaperAsked as _Asked
from medsteward.advice.taper.asked import class_of
from medsteward.advice.taper.holds import FOR_PREGNANCY, held
from medsteward.advice.taper.urgent import diverted, urgent, urgent_condition
from medsteward.advice.taper.verdict import Asks, Condition, GoesAhead, Refused, Verdict
from medsteward.model.answer import how_to_answer
from medsteward.model.conditions import Indication, condition_named
from medsteward.model.drug import DrugClass
from medsteward.model.oud import DISORDER, OudTreatment, oud_treatment, question
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.model.stated import Because, Role, Stated
from medsteward.patient.picture import Picture
from medsteward.reminders import places as s
from medsteward.schedules.policy import Policy
from medsteward.treatments import taper_places as t

ADULT_AGE = 18
DANGER = "acute respiratory depression"
_SLOWS_BREATHING = frozenset({DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG, DrugClass.GABAPENTINOID})
BETA_BLOCKER = "beta-blocker"
MORE_TAKEN = "more-taken"
"""Names of questions that have an answer of their own."""
TOXIC = (Because.ADVERSE_EFFECTS, Because.OVERSEDATION, Because.OVERDOSE)
"""Reasons that are toxicity."""
METHADONE_EXPERTS = (Role.PAIN_MEDICINE, Role.ADDICTION_MEDICINE, Role.PALLIATIVE_CARE)
"""Who may be an expert in methadone for pain. Ours."""


def who_tapers(
    case: Case,
    *,
    drugs: Iterable[str],
    stated: Stated | None = None,
    first: str | None = None,
    policies: Iterable[Policy] = (),
) -> Verdict:
    """Whether to plan a taper of ``drugs`` (ingredients by our names) for a case on its day.

    ``stated`` is put over what the case states, ``first`` is the drug that is lowered first, ``policies`` are those
    chosen. Fields, conditions and facts decide; of the free texts nothing but words of suicide counts, and those only
    ask. What refuses wins over what is urgent, that over what holds, and that over questions: somebody in danger is
    not asked for a form first. Raises ``NotPossible`` for a drug that is not known, and ``ContradictoryRequest``.
    """
    given = (stated or Stated()).over(case.stated)
    case = as_answered(case, given.answers)
    picture = Picture(case)
    names = tuple(dict.fromkeys(drugs))
    asked = _Asked(
        picture=picture,
        names=names,
        lines=tuple(each for each in picture.taken if each.ingredient in names and not each.is_topical),
        stated=given,
        first=(first or "").strip().casefold(),
        policies=tuple(policies),
    )
    return _refused(asked) or _crisis(asked) or _seen_first(asked) or _questions(asked) or _ahead(asked)


def _crisis(asked: _Asked) -> Asks | None:
    """What words of suicide ask about. Somebody who has to be called today is named beside it."""
    problems, _ = _words(asked)
    if not problems:
        return None
    now = urgent(asked, None)
    more, supports = (now.problems, now.supports) if now is not None else ((), ())
    beside = {each.kind: each for each in (*ASKING, *supports)}
    return Asks((*problems, *more), (t.VA_CONSULT, t.VA_DOD_SUICIDE, t.LIFELINE), tuple(beside.values()))


def _words(asked: _Asked) -> tuple[tuple[Problem, ...], tuple[Caution, ...]]:
    said = (("first", asked.first), *((place, text) for place, text in texts_of_stated(asked.stated)))
    return asked_about(asked.picture.case, asked.answers, said)


def _seen_first(asked: _Asked) -> Verdict | None:
    """What comes before questions: somebody to be seen today, else what holds the present dose."""
    holds = held(asked)
    return urgent(asked, holds) or holds


# --- refused ----------------------------------------------------------------------------------------------------


def _refused(asked: _Asked) -> Refused | None:
    problems: list[Problem] = []
    sources: list[Source] = []
    age = asked.picture.patient.age
    if age is not None and age < ADULT_AGE:
        text = f"age {age}: the tapers here are for adults; a plan for a young person belongs with a specialist"
        problems.append(Problem("TAPER-001", "patient.age", text))
        sources += [t.CDC_SCOPE.at("scope: adults"), s.OURS.at("tapers for adults only")]
    for name in (name for name in asked.names if _oud(name, asked).goes_on):
        text = (
            f"{name} for opioid use disorder: continuing treatment is the recommendation, for as long as it helps. "
            "Lowering it brings a high risk of return to use and overdose; talk over with an addiction specialist what "
            "prompted the question"
        )
        problems.append(Problem("TAPER-002", asked.where(name), text))
        sources.append(t.CDC_REC_12)
    if asked.picture.has(DANGER) and (asked.opioids or asked.of(*_SLOWS_BREATHING)):
        text = f"{DANGER} is on the list: that is for emergency care now, and no dated plan is made from it"
        problems.append(Problem("TAPER-003", "patient.conditions", text))
        sources += [t.CDC_REC_5, s.OURS]
    no_taper = diverted(asked)
    if no_taper is not None:
        problems.append(no_taper[0])
        sources += no_taper[1]
    if problems:
        problems += _words(asked)[0]
    return Refused(tuple(problems), tuple(dict.fromkeys(sources))) if problems else None


def _oud(name: str, asked: _Asked) -> OudTreatment:
    """Whether a drug is treatment of opioid use disorder: by its lines, or where none states it by the patient."""
    answers = [each.oud for each in asked.lines if each.ingredient == name]
    if not answers:
        answers = [oud_treatment(name, class_of(name, asked.lines), None, asked.picture.patient)]
    return next((each for each in answers if each.goes_on), max(answers, key=lambda each: each is OudTreatment.UNCLEAR))


# --- questions --------------------------------------------------------------------------------------------------


_CLAUSES = re.compile(r"[.;,:\n]|\b(?:and|but|though|although|however)\b")
_DENIES = re.compile(
    r"\b(?:no|not|never|without|none|denie[sd]|denying|declin\w+|refus\w+|against|await\w*|pending|waiting|referr\w+|"
    r"rule[sd]? out|absent|resolved|\w+n't)\b"
)


def _questions(asked: _Asked) -> Asks | None:
    problems: list[Problem] = []
    sources: list[Source] = []
    if not asked.stated.says_why and not asked.indications:
        text = (
            "a taper is planned when it is indicated: say what the medicine is for (--indication; in a case: [patient] "
            "indication) or why it is lowered (--because; in a case: [taper] because)"
        )
        problems.append(Problem("TAPER-004", "indication", text))
        sources.append(s.SEED.at("a taper is started only when indicated"))
    for name in (name for name in asked.names if _oud(name, asked) is OudTreatment.UNCLEAR):
        problems.append(Problem("TAPER-009", asked.where(name), question(name)))
        sources.append(t.CDC_REC_12)
    benzodiazepines = asked.of(DrugClass.BENZODIAZEPINE)
    if asked.opioids and benzodiazepines:
        ordered = _orders(asked)
        if not ordered or not asked.stated.says_why:
            lacking = " and ".join(
                filter(
                    None,
                    (
                        "" if ordered else "which comes first (--first)",
                        "" if asked.stated.says_why else "why (--because; in a case: [taper] because)",
                    ),
                )
            )
            text = (
                f"{', '.join(asked.opioids)} and {', '.join(benzodiazepines)} are never lowered in the same step; say "
                f"{lacking}, agreed with every prescriber. One guide puts the opioid first in general, another leaves "
                "it to the patient's situation; the benzodiazepine's withdrawal is the more dangerous"
            )
            problems.append(Problem("TAPER-005", "first", text, (*asked.opioids, *benzodiazepines)))
            sources += [t.WASHINGTON_ORDER, t.ILLINOIS, t.VA_DOD_BENZODIAZEPINE]
    for policy in asked.policies:
        problem = _policy_against(policy, asked)
        if problem is not None:
            problems.append(problem)
            sources += policy.sources
    blockers = asked.picture.takes(DrugClass.BETA_BLOCKER) if "clonidine" in asked.names else ()
    if blockers and not asked.answered(BETA_BLOCKER):
        named = " and ".join(blockers)
        text = (
            f"{named} beside clonidine: blood pressure may rebound more when clonidine is lowered. A beta blocker ends "
            "several days before clonidine does, but only if it is to end, gradually, by its prescriber: ended "
            "abruptly it is dangerous itself. Ask its prescriber, and say what was agreed: "
            f"{how_to_answer(BETA_BLOCKER)}"
        )
        problems.append(Problem("TAPER-010", asked.where("clonidine"), text))
        sources += [s.CLONIDINE_LABEL, t.BETA_BLOCKER_END]
    special = _special_care(asked)
    if special and not asked.stated.is_by_patient and asked.stated.because not in TOXIC:
        text = (
            f"{special}: lowering is planned only at the patient's own request or for toxicity. State which: "
            "--requested-by patient or --because adverse-effects (in a case: [taper] requested_by, because)"
        )
        problems.append(Problem("TAPER-008", "taper.requested_by", text))
        sources += _special_sources(asked)
    return Asks(tuple(problems), tuple(dict.fromkeys(sources))) if problems else None


def _orders(asked: _Asked) -> bool:
    """Whether what comes first names one side: a drug under the taper, or its class."""
    sides = (asked.opioids, asked.of(DrugClass.BENZODIAZEPINE))
    words = {"opioid", "opioids", "benzodiazepine", "benzodiazepines"}
    return asked.first in words or any(asked.first == name.casefold() for side in sides for name in side)


def _policy_against(policy: Policy, asked: _Asked) -> Problem | None:
    present = asked.picture.conditions | _conditions_in(asked.indications)
    against = sorted(policy.conditions_against & present)
    if against:
        text = (
            f"the policy {policy.id} is not for a patient with {', '.join(against)}: choose another one, or plan "
            "it with those who treat that"
        )
        return Problem("TAPER-006", "policy", text)
    if policy.conditions_only and not policy.conditions_only & present:
        only = ", ".join(sorted(policy.conditions_only))
        text = (
            f"the policy {policy.id} is only for {only}, which is not stated: add it with --condition or --indication "
            "(in a case: [patient] conditions, indication), or choose another policy with --policy"
        )
        return Problem("TAPER-007", "policy", text)
    return None


def _conditions_in(texts: Iterable[str]) -> frozenset[str]:
    """Conditions that an indication names: whole, or as one or two of its words."""
    found = set()
    for text in texts:
        for clause in _CLAUSES.split(text.casefold()):
            words = clause.split()
            if _DENIES.search(clause):
                continue
            spans = [clause, *words, *(f"{one} {two}" for one, two in pairwise(words))]
            found |= {name for span in spans if (name := condition_named(span)) is not None}
    return frozenset(found)


def _special_care(asked: _Asked) -> str:
    """The care in which lowering needs the patient's request or toxicity, or nothing."""
    outside = asked.picture.is_outside
    if outside is None:
        return ""
    if asked.opioids:
        return outside.value
    if asked.of(DrugClass.BENZODIAZEPINE) and Indication.PALLIATIVE_CARE in asked.picture.indications:
        return Indication.PALLIATIVE_CARE.value
    return ""


def _special_sources(asked: _Asked) -> tuple[Source, ...]:
    return (t.CDC_SCOPE if asked.opioids else t.ASAM_PALLIATIVE, s.OURS.at("only on request or for toxicity"))


# --- ahead ------------------------------------------------------------------------------------------------------


def _ahead(asked: _Asked) -> GoesAhead:
    conditions: list[Condition] = []
    cautions: list[Caution] = []
    picture = asked.picture
    if picture.patient.age is None:
        cautions.append(Caution("TAPER-106", "the age is not stated; the tapers here are for adults", "patient.age"))
    after = urgent_condition(asked)
    conditions += [after] if after is not None else []
    special = _special_care(asked)
    if special:
        why = "the patient's request" if asked.stated.is_by_patient else "toxicity"
        words = f"{special}: planned because of {why}, as is stated; the patient may pause it at any time"
        conditions.append(Condition("special_care", words, _special_sources(asked)))
    supervisor = asked.stated.supervised_from(*FOR_PREGNANCY)
    if picture.has("pregnancy") and supervisor is not None:
        words = f"pregnancy: supervised by {supervisor.words}"
        if asked.opioids:
            words += ", with naloxone and newborn care planned"
        conditions.append(
            Condition("pregnancy", words, (t.CDC_PREGNANCY, t.CDC_POCKET) if asked.opioids else (s.OURS,))
        )
    if "methadone" in asked.names:
        found = _methadone(asked)
        conditions += found
        if not all(each.met for each in found):
            roles = ", ".join(each.value for each in METHADONE_EXPERTS)
            text = (
                "methadone for pain: its effect is long and varies much. Name an expert in methadone: --supervised-by "
                f"ROLE:NAME (in a case: [taper] supervised_by), the role one of {roles}"
            )
            cautions.append(Caution("TAPER-105", text, asked.where("methadone")))
    if asked.opioids and asked.of(DrugClass.BENZODIAZEPINE):
        words = f"one drug at a time, {asked.first} first, as every prescriber agrees"
        conditions.append(Condition("order", words, (t.ILLINOIS, t.WASHINGTON_ORDER, t.VA_DOD_BENZODIAZEPINE)))
    if asked.opioids and picture.has(DISORDER):
        text = (
            "opioid use disorder is on the list: offer treatment with buprenorphine or methadone; lowering the opioid "
            "alone is not recommended"
        )
        conditions.append(Condition("opioid_use_disorder", text, (t.CDC_REC_12,)))
        cautions.append(Caution("TAPER-104", text, "patient.conditions"))
    if asked.opioids and asked.stated.because is Because.RISK:
        text = "CDC 2022 makes no dose figure by itself a reason to lower an opioid; weigh benefit and risk"
        cautions.append(Caution("TAPER-107", text, "taper.because"))
    cautions += _words(asked)[1]
    if not picture.patient.conditions:
        cautions += [
            Caution(
                "TAPER-108",
                f"the policy {policy.id} asks about {', '.join(sorted(policy.conditions_against))}, and no conditions "
                "are stated: ask",
                "patient.conditions",
            )
            for policy in asked.policies
            if policy.conditions_against
        ]
    return GoesAhead(tuple(conditions), tuple(cautions))


def _methadone(asked: _Asked) -> tuple[Condition, ...]:
    """What goes with methadone for pain."""
    named = asked.stated.supervised_from(*METHADONE_EXPERTS)
    expert = (
        f"methadone for pain: supervised by {named.words}"
        if named is not None
        else "methadone for pain: name an expert in methadone who goes along"
    )
    return (
        Condition(
            "slow_steps",
            "methadone for pain: small steps, far apart; symptoms come later and last longer than with other opioids",
            (s.VA_2016.at("symptoms last longer with a long half-life (methadone)"), s.OURS),
        ),
        Condition(
            "ecg",
            "methadone for pain: an electrocardiogram, and again when a drug that prolongs the QT interval is added",
            (s.APS_HRS, s.OURS),
        ),
        Condition("expert", expert, (s.OURS,), met=named is not None),
    )
