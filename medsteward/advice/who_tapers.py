"""Whether a taper is planned for this patient: refused, asked about, held, or planned with conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from attrs import frozen

from medsteward.advice import taper_sources as t
from medsteward.advice.plan_report import Support
from medsteward.drugs.index import drugs as known_drugs
from medsteward.model.answer import Answers, answer_to, how_to_answer
from medsteward.model.conditions import Indication, condition_named
from medsteward.model.drug import DrugClass
from medsteward.model.oud import DISORDER, OudTreatment, oud_treatment, question
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.reminders import sources as s
from medsteward.reminders.picture import Picture, Taken, picture_of
from medsteward.schedules.policy import Policy
from medsteward.schedules.replay import NotPossible

ADULT_AGE = 18
UNSTABLE = ("uncontrolled hypertension", "recent myocardial infarction")
"""Conditions taken as unstable disease: severe hypertension and unstable heart disease by our names."""
DANGER = "acute respiratory depression"
_SLOWS_BREATHING = frozenset({DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG, DrugClass.GABAPENTINOID})
BETA_BLOCKER = "beta-blocker"
MORE_TAKEN = "more-taken"
"""Names of questions that have an answer of their own."""


@frozen
class Refused:
    """Nothing is planned, and why."""

    problems: tuple[Problem, ...]
    sources: tuple[Source, ...]


@frozen
class Asks:
    """Something has to be stated first; every question at once."""

    problems: tuple[Problem, ...]
    sources: tuple[Source, ...]


@frozen
class Holds:
    """The present dose stays for now. ``cautions`` say why; ``supports`` go beside the plan instead of a taper's."""

    cautions: tuple[Caution, ...]
    supports: tuple[Support, ...]
    sources: tuple[Source, ...]

    @property
    def reason(self) -> str:
        """Every reason in one text."""
        return " ".join(caution.text for caution in self.cautions)


@frozen
class Condition:
    """Something that goes with the plan and is named on it. ``met`` False: it is not stated yet."""

    kind: str
    words: str
    sources: tuple[Source, ...]
    met: bool = True


@frozen
class GoesAhead:
    """A taper is planned. ``conditions`` are named on it."""

    conditions: tuple[Condition, ...] = ()
    cautions: tuple[Caution, ...] = ()


Verdict = Refused | Asks | Holds | GoesAhead


@frozen
class _Asked:
    """What is asked for, as the questions below look at it. ``lines`` are the tapered ingredients that are taken."""

    picture: Picture
    names: tuple[str, ...]
    lines: tuple[Taken, ...]
    reason: str
    first: str
    specialist: str
    policies: tuple[Policy, ...]
    answers: Answers = ()

    def of(self, *classes: DrugClass) -> tuple[str, ...]:
        """The tapered drugs of these classes."""
        return tuple(name for name in self.names if _class_of(name, self.lines) in classes)

    @property
    def opioids(self) -> tuple[str, ...]:
        """The tapered opioids."""
        return self.of(*(each for each in DrugClass if each.is_opioid_agonist))

    @property
    def indications(self) -> tuple[str, ...]:
        """What it is for, in the words of the case: of the tapered lines and of the patient."""
        texts = [each.regimen.indication for each in self.lines] + [each.regimen.sig.reason for each in self.lines]
        return tuple(dict.fromkeys(text for text in (*texts, self.picture.patient.indication) if text and text.strip()))


def who_tapers(
    case: Case,
    *,
    drugs: Iterable[str],
    reason: str = "",
    first: str | None = None,
    specialist: str = "",
    policies: Iterable[Policy] = (),
    answers: Answers = (),
) -> Verdict:
    """Whether to plan a taper of ``drugs`` (ingredients by our names) for a case on its day.

    ``reason`` is the clinician's own text, ``first`` the drug that is lowered first, ``specialist`` who supervises
    where that is not within the reason; ``policies`` are those chosen,
    ``answers`` what was answered to questions by their names. What refuses wins over what holds, that over
    questions: somebody in danger is not asked for a form first. Raises ``NotPossible`` for a drug that is not known.
    """
    picture = picture_of(case)
    names = tuple(dict.fromkeys(drugs))
    asked = _Asked(
        picture=picture,
        names=names,
        lines=tuple(each for each in picture.taken if each.ingredient in names and not each.is_topical),
        reason=reason.strip(),
        first=(first or "").strip().casefold(),
        specialist=specialist.strip(),
        policies=tuple(policies),
        answers=answers,
    )
    return _refused(asked) or _held(asked) or _questions(asked) or _ahead(asked)


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
        problems.append(Problem("TAPER-002", _where(name, asked), text))
        sources.append(t.CDC_REC_12)
    if asked.picture.has(DANGER) and (asked.opioids or asked.of(*_SLOWS_BREATHING)):
        text = f"{DANGER} is on the list: that is for emergency care now, and no dated plan is made from it"
        problems.append(Problem("TAPER-003", "patient.conditions", text))
        sources += [t.CDC_REC_5, s.OURS]
    return Refused(tuple(problems), tuple(dict.fromkeys(sources))) if problems else None


def _oud(name: str, asked: _Asked) -> OudTreatment:
    """Whether a drug is treatment of opioid use disorder: by its lines, or where none states it by the patient."""
    answers = [each.oud for each in asked.lines if each.ingredient == name]
    if not answers:
        answers = [oud_treatment(name, _class_of(name, asked.lines), None, asked.picture.patient)]
    return next((each for each in answers if each.goes_on), max(answers, key=lambda each: each is OudTreatment.UNCLEAR))


# --- held -------------------------------------------------------------------------------------------------------

_CLAUSES = re.compile(r"[.;,:\n]|\b(?:and|but|though|although|however)\b")
_DENIES = re.compile(
    r"\b(?:no|not|never|without|none|denie[sd]|denying|declin\w+|refus\w+|against|await\w*|pending|waiting|referr\w+|"
    r"rule[sd]? out|absent|resolved|\w+n't)\b"
)
_SUICIDE = re.compile(r"\bsuicid\w*|\bself[- ]harm|\bend (?:his|her|their) life")
_UNSTABLE = re.compile(
    r"\bunstable (?:angina|coronary|heart|cardiac|medical|psychiatric|mental|mood|bipolar|psychosis|disease|blood)"
    r"|\bmanic\b|\bacute psychosis|\bpsychotic\b"
)
_SPECIALIST = re.compile(
    r"\bspecialist|\bconsultant|\bobstetric\w*|\bob[-/ ]?gyn\b|\bmaternal[- ]f(?:o)?etal|\bmfm\b|\bperinatal|"
    r"\baddiction (?:medicine|psychiatr\w+|physician|service|clinic|team)|\bexpert\b|"
    r"\bpain (?:medicine|physician|service|clinic|team|centre|center)|\bpalliative (?:medicine|physician|team|service)"
)
_REQUEST = re.compile(
    r"\b(?:patient|client|person|he|she|they)\b[^.;,]{0,40}\b(?:ask|request|wish|want|prefer|choos|chose|decid)\w*"
    r"|\b(?:ask|request|wish|want|prefer|choice)\w*\b[^.;,]{0,20}\b(?:by|of|from) (?:the |this )?"
    r"(?:patient|client|person|him|her|them)\b"
    r"|\bown (?:request|wish|choice|preference)"
)
_TOXIC = re.compile(
    r"\btoxic\w*|\bneurotoxic\w*|\bsedat\w*|\bdrows\w*|\bsleepy|\bsomnolen\w*|\bconfus\w*|\bdeliri\w*|\bmyoclon\w*|"
    r"\bhallucinat\w*|\bhyperalges\w*|\brespiratory|\bslow(?:ed)? breathing|\boverdose\w*|\bfalls?\b|\bfallen\b|"
    r"\bnause\w*|\bvomit\w*|\bconstipat\w*|\badverse|\bside[- ]effects?"
)
_FIGURE = re.compile(r"\b\d{2,3} ?(?:mme|med|omedd|meq)\b|\b(?:mme|med)\b[^.;,]{0,20}\b\d{2,3}\b")


def _states(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text states something, in a clause that does not deny it."""
    plain = " ".join(text.casefold().replace("\u2019", "'").split(" "))
    for clause in _CLAUSES.split(plain):
        found = pattern.search(clause)
        if found and not _DENIES.search(clause[: found.end()]):
            return True
    return False


def _supervised(asked: _Asked) -> bool:
    return bool(asked.specialist) or _states(_SPECIALIST, asked.reason)


def _held(asked: _Asked) -> Holds | None:
    cautions: list[Caution] = []
    supports: list[Support] = []
    sources: list[Source] = []
    taking_opioids = bool(asked.picture.opioids or asked.opioids)
    if asked.picture.has("pregnancy") and not _supervised(asked):
        why = (t.CDC_PREGNANCY, t.CDC_POCKET, t.CANADA_LABOUR) if asked.opioids else (s.OURS,)
        because = (
            "acute withdrawal is linked to premature labour and loss of the pregnancy"
            if asked.opioids
            else "what lowering means for mother and child is for somebody with experience to weigh"
        )
        text = (
            f"Pregnancy: {because}. The present dose stays until a specialist supervises it; name that specialist in "
            "the reason to plan a taper."
        )
        cautions.append(Caution("TAPER-101", text, "patient.pregnant"))
        supports.append(
            Support(
                "expertise",
                "Ask obstetric and, where it fits, addiction or pain expertise before any change of dose.",
                sources=why,
            )
        )
        if taking_opioids:
            supports.append(_NEWBORN)
        sources += why
    if asked.picture.has("suicidality") or _states(_SUICIDE, asked.reason):
        text = (
            "Suicidality: safety comes first and the present dose stays for now, in short supplies. Plan again once "
            "behavioural health is involved and the crisis has passed."
        )
        cautions.append(Caution("TAPER-102", text, "patient.conditions"))
        supports += [_CRISIS, _BEHAVIOURAL_NOW, _SHORT_SUPPLIES]
        sources += [t.VA_CONSULT, t.VA_DOD_SUICIDE]
    unstable = asked.picture.has(*UNSTABLE)
    if unstable or _states(_UNSTABLE, asked.reason):
        why = (t.CANADA_UNSTABLE, t.CEP, s.OURS) if asked.opioids else (s.OURS,)
        named = f" ({', '.join(unstable)})" if unstable else ""
        text = (
            f"Unstable disease{named}: withdrawal and its anxiety can make it worse. The present dose stays until it "
            "is stable."
        )
        cautions.append(Caution("TAPER-103", text, "patient.conditions"))
        supports.append(
            Support(
                "stabilize", "Treat what is unstable first; ask those who treat it when to plan again.", sources=why
            )
        )
        supports += [_CRISIS, _BEHAVIOURAL_NOW, _SHORT_SUPPLIES]
        sources += why
    if not cautions:
        return None
    if taking_opioids:
        supports.append(_NALOXONE)
    unique = {each.kind: each for each in supports}
    return Holds(tuple(cautions), tuple(unique.values()), tuple(dict.fromkeys(sources)))


_NEWBORN = Support(
    "newborn_planning",
    "Plan for the newborn with the obstetric and newborn teams: a birth where withdrawal of the newborn is recognized "
    "and treated.",
    sources=(s.recalled(s.CDC_2022, "pregnancy: care of the newborn"),),
)
_CRISIS = Support(
    "crisis_contact",
    "Give the crisis contact: in the US call or text 988 (Suicide & Crisis Lifeline), 911 in danger; elsewhere the "
    "local numbers. Agree on whom to call by day and by night.",
    sources=(t.LIFELINE,),
)
_BEHAVIOURAL_NOW = Support(
    "behavioural_health_now",
    "Involve behavioural health now, before any change of dose; ask directly about suicidal thoughts and means.",
    ("an opioid is not continued merely to prevent suicide without behavioural health being involved",),
    (t.VA_CONSULT, t.VA_DOD_SUICIDE),
)
_SHORT_SUPPLIES = Support(
    "short_supplies",
    "Consider short supplies at the same daily dose, a trusted person who keeps them, and a locked place.",
    sources=(s.practice("opioid label, small supplies and naloxone with suicidality"),),
)
_NALOXONE = Support(
    "naloxone",
    "Offer naloxone, and teach patient and household how to use it.",
    sources=(s.VA_2016.at("naloxone and overdose education"), s.FDA_2020.at("discuss with everyone")),
)


# --- questions --------------------------------------------------------------------------------------------------


def _questions(asked: _Asked) -> Asks | None:
    problems: list[Problem] = []
    sources: list[Source] = []
    if not asked.reason and not asked.indications:
        text = (
            "a taper is planned when it is indicated: say what the medicine is for (--indication) or why it is lowered "
            "(--reason)"
        )
        problems.append(Problem("TAPER-004", "indication", text))
        sources.append(s.SEED.at("S3: a taper is started only when indicated"))
    for name in (name for name in asked.names if _oud(name, asked) is OudTreatment.UNCLEAR):
        problems.append(Problem("TAPER-009", _where(name, asked), question(name)))
        sources.append(t.CDC_REC_12)
    benzodiazepines = asked.of(DrugClass.BENZODIAZEPINE)
    if asked.opioids and benzodiazepines:
        ordered = _orders(asked)
        if not ordered or not asked.reason:
            lacking = " and ".join(
                filter(
                    None, ("" if ordered else "which comes first", "" if asked.reason else "the reason for the order")
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
    if blockers and not answer_to(BETA_BLOCKER, asked.answers):
        named = " and ".join(blockers)
        text = (
            f"{named} beside clonidine: blood pressure may rebound more when clonidine is lowered. A beta blocker ends "
            "several days before clonidine does, but only if it is to end, gradually, by its prescriber: ended "
            "abruptly it is dangerous itself. Ask its prescriber, and say what was agreed: "
            f"{how_to_answer(BETA_BLOCKER)}"
        )
        problems.append(Problem("TAPER-010", _where("clonidine", asked), text))
        sources += [s.CLONIDINE_LABEL, t.BETA_BLOCKER_END]
    special = _special_care(asked)
    if special and not _states(_REQUEST, asked.reason) and not _states(_TOXIC, asked.reason):
        text = (
            f"{special}: lowering is planned only at the patient's own request or for toxicity; state in the reason "
            "which of the two it is"
        )
        problems.append(Problem("TAPER-008", "reason", text))
        sources += _special_sources(asked)
    return Asks(tuple(problems), tuple(dict.fromkeys(sources))) if problems else None


def _orders(asked: _Asked) -> bool:
    """Whether what comes first names one side: a drug under the taper, or its class."""
    sides = (asked.opioids, asked.of(DrugClass.BENZODIAZEPINE))
    words = {"opioid", "opioids", "benzodiazepine", "benzodiazepines"}
    return asked.first in words or any(asked.first == name.casefold() for side in sides for name in side)


def _policy_against(policy: Policy, asked: _Asked) -> Problem | None:
    present = asked.picture.conditions | _conditions_in((*asked.indications, asked.reason))
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
            f"the policy {policy.id} is only for {only}, which is not stated: add it with --condition or --indication, "
            "say it in --reason, or choose another policy with --policy"
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
    special = _special_care(asked)
    if special:
        why = "the patient's request" if _states(_REQUEST, asked.reason) else "toxicity"
        words = f"{special}: planned because of {why}, as the reason states; the patient may pause it at any time"
        conditions.append(Condition("special_care", words, _special_sources(asked)))
    if picture.has("pregnancy"):
        words = "pregnancy: under the specialist named in the reason, with naloxone and newborn care planned"
        if not asked.opioids:
            words = "pregnancy: under the specialist named in the reason"
        conditions.append(
            Condition("pregnancy", words, (t.CDC_PREGNANCY, t.CDC_POCKET) if asked.opioids else (s.OURS,))
        )
    if "methadone" in asked.names:
        found = _methadone(asked)
        conditions += found
        if not all(each.met for each in found):
            text = "methadone for pain: name an expert in methadone in the reason; its effect is long and varies much"
            cautions.append(Caution("TAPER-105", text, _where("methadone", asked)))
    if asked.opioids and asked.of(DrugClass.BENZODIAZEPINE):
        words = f"one drug at a time, {asked.first} first, as the reason says and every prescriber agrees"
        conditions.append(Condition("order", words, (t.ILLINOIS, t.WASHINGTON_ORDER, t.VA_DOD_BENZODIAZEPINE)))
    if asked.opioids and picture.has(DISORDER):
        text = (
            "opioid use disorder is on the list: offer treatment with buprenorphine or methadone; lowering the opioid "
            "alone is not recommended"
        )
        conditions.append(Condition("opioid_use_disorder", text, (t.CDC_REC_12,)))
        cautions.append(Caution("TAPER-104", text, "patient.conditions"))
    if asked.opioids and _states(_FIGURE, asked.reason):
        text = "CDC 2022 makes no dose figure by itself a reason to lower an opioid; weigh benefit and risk"
        cautions.append(Caution("TAPER-107", text, "reason"))
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
    named = _supervised(asked)
    expert = (
        f"methadone for pain: an expert is named ({asked.specialist or 'in the reason'})"
        if named
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
        Condition("expert", expert, (s.OURS,), met=named),
    )


def _class_of(name: str, lines: Iterable[Taken]) -> DrugClass:
    """The class of a tapered drug: as its line says, else as the drug list does."""
    found = next((each.drug_class for each in lines if each.ingredient == name), None)
    if found is None and name not in known_drugs():
        raise NotPossible(f"{name[:40]} is no drug that this version knows, so nothing can be said of lowering it")
    return found or known_drugs()[name].drug_class


def _where(name: str, asked: _Asked) -> str:
    return next((f"line {each.line}" for each in asked.lines if each.ingredient == name), name)
