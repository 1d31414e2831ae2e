"""What is asked of a trial: what stands in its way, what has to be said first, and what to know beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import evolve, field, frozen

from medsteward.advice.taper.beside import case_at_start
from medsteward.advice.trial.asks import OPIOID_USE_DISORDER, ORGANS, TOLERANCE, asked_or_answered
from medsteward.advice.trial.choice import NOT_STUDIED, For, limb_of, stage_problem, trial_for
from medsteward.advice.trial.directions import above_ceilings, begins_lower, declared_in, ingredients_of
from medsteward.advice.trial.goals import goal_caution, goal_problem
from medsteward.advice.trial.measures import Sort, checked, named
from medsteward.drugs.index import drug_of
from medsteward.interactions.offer import Offers
from medsteward.model.answer import Answers
from medsteward.model.conditions import Indication
from medsteward.model.missing import AGE
from medsteward.model.oud import DISORDER, PROGRAM, OudTreatment, oud_treatment, question
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case, Line, Regimen
from medsteward.model.source import Source, Standing
from medsteward.patient.picture import Picture, Tolerance
from medsteward.schedules.plan import Asked
from medsteward.schedules.policies import policies_for, policy
from medsteward.schedules.trial import Measure
from medsteward.tables.table import FactorTable
from medsteward.thresholds import whole
from medsteward.treatments import trial_places as s
from medsteward.treatments.against import Against, Effect, Offered, weigh_offer
from medsteward.treatments.declared.others import AGAINST_OPIOIDS
from medsteward.treatments.index import TREATMENT_OF_TRIAL, TRIALS, trial_by_mouth
from medsteward.treatments.limited import (
    is_about_kidneys,
    is_about_liver,
    limits_of_trial,
    on_dialysis,
    part_of_trial,
    uses_of,
)
from medsteward.treatments.pain import NOTES, PainKind
from medsteward.treatments.trial import TrialDrug, Undosed

ADULT_AGE = whole("adult_age")
MOST_OPIOID_DAYS = 90
SESSION_DAYS = 42
"""The analgesic before therapy is reviewed at 4 to 6 weeks, and ends there."""
MOST_SESSIONS = 60
KIDNEYS_FAIL = whole("kidneys_fail")
KIDNEYS_LOW = whole("low_kidney")
"""mL/min. Below the first one, a medicine without a kidney figure is asked about; below the second it is said."""
SAID_ONLY = frozenset({"acetaminophen", "diclofenac-gel", "lidocaine-patch"})
"""Trials that are not held for want of a figure: what little is absorbed, and what is named in place of an NSAID."""


@frozen
class TrialOptions:
    """What is asked of a trial beside the case.

    ``drug`` is a name, or the directions of an opioid; ``line`` what was read of those. ``days`` is the length of an
    opioid trial. ``site`` is the joint of a topical, ``reason`` a text that is printed and decides nothing.
    ``answers`` are to what is asked about before it begins.
    """

    drug: str
    start: date
    goal: str = ""
    baseline: tuple[Measure, ...] = ()
    pain: PainKind | None = None
    label: str = "us"
    site: str = ""
    days: int | None = None
    sessions: tuple[date, ...] = ()
    policy: str | None = None
    line: Line | None = None
    reason: str = ""
    split: bool = False
    avoid: str = ""
    weekday: int | None = None
    fill_days: int | None = None
    answers: Answers = ()
    asked: Asked = field(factory=Asked)


def texts_of_options(options: TrialOptions) -> Iterator[tuple[str, str]]:
    """The free texts of what is asked, with their places."""
    yield from (("goal", options.goal), ("reason", options.reason), ("drug", options.drug), ("site", options.site))
    yield from (("baseline", f"{each.name} {each.variant}") for each in options.baseline)


class TrialAsked:
    """One trial that is asked for, with the patient it is for."""

    def __init__(
        self, case: Case, options: TrialOptions, declared: TrialDrug | Undosed | None, table: FactorTable
    ) -> None:
        self.case, self.options, self.declared, self.table = case, options, declared, table
        self.picture = Picture(case)
        self.treatment = None if declared is None else TREATMENT_OF_TRIAL[declared.id]
        self.ingredients: tuple[str, ...]
        if declared is not None:
            self.drug, self.ingredients = declared.drug, (declared.drug,)
        else:
            assert options.line is not None
            assert options.line.regimen is not None
            self.ingredients = ingredients_of(options.line.regimen)
            self.drug = next(name for name in self.ingredients if drug_of(name).drug_class.is_opioid_agonist)
        self.title = self.drug if declared is None else declared.title
        self.is_opioid = drug_of(self.drug).drug_class.is_opioid_agonist
        self.at_start = case_at_start(case, max(options.start, case.as_of), drugs=(), tapers=False)
        """The case on the day the trial begins, or on its own day where that is later."""
        self.weighed = weigh_offer(
            (self._offered(),),
            self._rules(),
            self.picture,
            Offers(Picture(self.at_start)),
            uses_of(self.picture, options.pain),
        )

    @property
    def by_directions(self) -> Regimen | None:
        """The opioid as its directions were read; None: a declared trial."""
        line = self.options.line
        return None if self.declared is not None or line is None else line.regimen

    @property
    def is_tolerant(self) -> bool:
        """Whether the patient is stated to be opioid tolerant."""
        return self.picture.tolerance is Tolerance.TOLERANT

    @property
    def whom(self) -> For:
        """For whom and for what it is: what decides among ramps and ceilings."""
        options = self.options
        site = (limb_of(options.site) or "") if options.site else ""
        return trial_for(self.picture, site=site, label=options.label, pain=options.pain)

    def _is(self, treatment: str) -> bool:
        return self.treatment is not None and self.treatment.id == treatment

    def _offered(self) -> Offered:
        """The trial's medicine as the rules are asked about it before its doses are planned."""
        declared = self.declared
        if isinstance(declared, TrialDrug):
            return Offered(self.drug, declared.route, declared.form, declared.release, declared.least_daily_mg)
        return Offered(self.drug, regimen=self.by_directions)

    def _rules(self) -> list[Against]:
        """What may speak against each ingredient beside the rules."""
        if self.treatment is not None:
            found = list(self.treatment.against)
        else:
            found = list(AGAINST_OPIOIDS if self.is_opioid else ())
        if self.by_directions is not None:
            found += [rule for each in declared_in(self.by_directions) for rule in TREATMENT_OF_TRIAL[each.id].against]
        return list(dict.fromkeys(found))

    # --- what stands in the way ---

    def refusals(self) -> list[Problem]:
        """What refuses the trial, with the reason."""
        found = []
        age = self.picture.patient.age
        if age is not None and age < ADULT_AGE:
            text = f"age {age}: the trials here are for adults; a young person's belongs with a specialist"
            found.append(Problem("TRIAL-002", "patient.age", text))
        if self.options.pain is PainKind.MIGRAINE:
            found.append(Problem("TRIAL-002", "for_pain", f"{NOTES[PainKind.MIGRAINE][0].text}"))
        for each in self.weighed.found:
            if each.effect is Effect.BLOCKS:
                text = _with_source(f"{self.title}: {each.words}", each.source)
                found.append(Problem("TRIAL-001", "patient", text))
        if self._oud().goes_on:
            text = (
                f"{self.drug} for opioid use disorder is no time-limited trial: treatment goes on as long as it helps"
            )
            found.append(Problem("TRIAL-002", "drug", f"{text}; talk it over with an addiction specialist"))
        if self.declared is None:
            found += self._opioid_refusals()
        return found

    def _oud(self) -> OudTreatment:
        """Whether the medicine of the trial would be treatment of opioid use disorder."""
        drug_class = drug_of(self.drug).drug_class
        return oud_treatment(self.drug, drug_class, self.by_directions, self.picture.patient)

    def _opioid_refusals(self) -> list[Problem]:
        found: list[Problem] = []
        regimen = self.by_directions
        product = None if regimen is None else regimen.product
        if regimen is not None:
            active = [line for line in self.at_start.lines if line.is_active_on(self.at_start.as_of)]
            found += above_ceilings(regimen, active, self.whom)
        if product is not None and (product.release == "ER" or product.form == "patch" or self.drug == "methadone"):
            text = f"{self.drug}: an opioid trial begins with an immediate-release one ({s.CDC_3.citation})"
            found.append(Problem("TRIAL-001", "drug", text))
        if self.options.days is not None and self.options.days > MOST_OPIOID_DAYS:
            most = f"an opioid trial is at most {MOST_OPIOID_DAYS} days in all, not {self.options.days}"
            text = f"{most} ({s.VA_DOD_2017.citation})"
            found.append(Problem("TRIAL-002", "days", text))
        return found

    def questions(self) -> list[Problem]:
        """What has to be stated first, every question at once."""
        options = self.options
        found = [problem for problem in [goal_problem(options.goal)] if problem is not None]
        baseline, wrong = checked(options.baseline, "baseline")
        found += wrong
        if not wrong and not any(_is_number(each) for each in baseline):
            text = "a trial needs a baseline to be measured against, such as --baseline PEG=7"
            found.append(Problem("TRIAL-004", "baseline", text))
        if self.declared is None:
            if options.days is None:
                text = "an opioid trial has its days set before it begins; add --days, as in --days 7"
                found.append(Problem("TRIAL-006", "days", text))
            if options.line is not None:
                found += [evolve(each, where="drug") for each in options.line.problems]
            for one in declared_in(self.by_directions) if self.by_directions is not None else ():
                stage = stage_problem(one, self.whom, self.picture.kidney)
                found += [stage] if stage is not None else []
        if self._oud() is OudTreatment.UNCLEAR:
            found.append(Problem("TRIAL-006", "drug", question(self.drug)))
        if any(each.ingredient == self.drug and not each.is_topical for each in self.picture.taken):
            text = f"{self.drug} is taken already; a trial is of something new (a way down is `medsteward taper`)"
            found.append(Problem("TRIAL-006", "drug", text))
        if self._is("topical-nsaid"):
            found += self._site()
        if options.sessions:
            found += self._sessions()
        fitting = policies_for(self.drug, drug_of(self.drug).drug_class)
        if options.policy is not None and policy(options.policy) not in fitting:
            named_ones = ", ".join(each.id for each in fitting) or "none"
            text = f"{options.policy} is not a policy for {self.drug}; those that are: {named_ones}"
            found.append(Problem("TAPER-023", "policy", text))
        return found

    def to_be_answered(self) -> list[Problem | Caution]:
        """What is known before anything is planned and is asked about, or what was answered."""
        found, answers = [], self.options.answers
        for what, severe in self._without_figures():
            text = (
                f"{self.title}: {what}, and no figure for that was read from a source; ask a specialist or pharmacist "
                "for the dose before it begins"
            )
            holds = severe and (self.declared is None or self.declared.id not in SAID_ONLY)
            found.append(asked_or_answered("patient", ORGANS, text, answers) if holds else Caution("TRIAL-103", text))
        for each in self.weighed.found:
            if each.of_limit and each.effect is Effect.MAJOR:
                text = _with_source(each.words, each.source)
                found.append(asked_or_answered("patient", each.of_limit, text, answers))
        oud = Indication.OPIOID_USE_DISORDER in self.picture.indications or self.picture.has(DISORDER)
        treated = any(each.is_for_oud for each in self.picture.opioids) or PROGRAM in self.picture.contexts
        if self._is("low-dose-naltrexone") and (oud or treated):
            text = (
                "opioid use disorder is stated: low doses do not treat it, with any opioid that is taken, prescribed "
                "or not, they bring on withdrawal, and its treatment belongs with who gives it"
            )
            found.append(asked_or_answered("patient.indication", OPIOID_USE_DISORDER, text, answers))
        if self._is("low-dose-naltrexone") and self.is_tolerant:
            text = (
                "opioid tolerance is stated, so an opioid is taken: naltrexone would bring on withdrawal. No opioid "
                "is taken for 7 to 10 days before it, longer after a long-acting one"
            )
            found.append(asked_or_answered("patient.opioid_tolerant", TOLERANCE, text, answers))
        return found

    def _without_figures(self) -> Iterator[tuple[str, bool]]:
        """Organs that are impaired and of which nothing read says what the dose is then, and whether severely."""
        if isinstance(self.declared, Undosed):
            return
        drug = self.declared or trial_by_mouth(self.drug)
        rows = () if drug is None else limits_of_trial(drug, self.picture, self.whom.uses).all_rows
        decide = [each for each in self._rules() if each.effect is not Effect.CAUTION]
        kidney = self.picture.kidney
        has_figure = any(each.kidney_below or each.kidney_up_to for each in decide) or is_about_kidneys(rows)
        if kidney is not None and kidney.low < KIDNEYS_LOW and not has_figure:
            yield f"the kidneys are impaired ({kidney})", kidney.low < KIDNEYS_FAIL
        livers = ["liver disease" in each.conditions or bool(each.child_pugh) for each in decide]
        has_figure = any(livers) or is_about_liver(rows)
        if "liver disease" in self.picture.conditions and not has_figure:
            yield "the liver is impaired", True

    def _site(self) -> list[Problem]:
        site = self.options.site
        if not site:
            return [Problem("TRIAL-006", "site", "the joint decides the dose: add --site, as in --site knee")]
        if any(word in site.casefold() for word in NOT_STUDIED):
            return [
                Problem("TRIAL-006", "site", f"the gel was not studied on the {site[:20]}: no dose is given for it")
            ]
        if limb_of(site) is None:
            return [
                Problem(
                    "TRIAL-006",
                    "site",
                    f'"{site[:20]}" is not a joint that is known; write knee, ankle, foot, elbow, wrist or hand',
                )
            ]
        return []

    def _sessions(self) -> list[Problem]:
        declared, sessions = self.declared, self.options.sessions
        if not isinstance(declared, TrialDrug) or declared.single is None:
            names = ", ".join(each.id for each in TRIALS.values() if isinstance(each, TrialDrug) and each.single)
            return [Problem("TRIAL-006", "sessions", f"before therapy only these are planned: {names}")]
        early = [day for day in sessions if day < self.options.start]
        late = [day for day in sessions if (day - self.options.start).days >= SESSION_DAYS]
        if early or late:
            last = self.options.start + timedelta(days=SESSION_DAYS - 1)
            text = f"sessions are from {self.options.start} to {last}, when it is reviewed; not {(early or late)[0]}"
            return [Problem("TRIAL-006", "sessions", text)]
        if len(sessions) > MOST_SESSIONS:
            return [Problem("TRIAL-006", "sessions", f"at most {MOST_SESSIONS} sessions are planned")]
        return []

    # --- what is said beside it ---

    def cautions(self, sources: Iterable[Source] = ()) -> list[Caution]:
        """What to know about the drug, the patient and the figures."""
        options = self.options
        # where a plan is made, what the rules say stands among its findings, with the doses of the plan
        found = [
            Caution("TRIAL-102", each.words)
            for each in self.weighed.found
            if each.effect is not Effect.BLOCKS and (each.rule is None or isinstance(self.declared, Undosed))
        ]
        found += [
            Caution("TRIAL-103", f"{ask.name} is not known: find it out before the first dose")
            for ask in self.weighed.unknown
            if ask != AGE  # said below, with what it decides
        ]
        found += [each for each in self.to_be_answered() if isinstance(each, Caution)]
        if isinstance(self.declared, TrialDrug):
            said = on_dialysis(part_of_trial(self.declared), self.picture)
            found += [Caution("TRIAL-102", _with_source(text, source)) for text, source in said]
        if self.picture.patient.age is None:
            found.append(Caution("TRIAL-103", "the age is not known: from 65 on many ramps are lower and slower"))
        goal = goal_caution(options.goal)
        found += [goal] if goal is not None and goal_problem(options.goal) is None else []
        if self.by_directions is not None:
            found += begins_lower(self.by_directions)
            if self.by_directions.sig.as_needed:
                text = "as needed: counted and dispensed at the most that the directions allow"
                found.append(Caution("TRIAL-102", text))
        if options.start < self.case.as_of:
            found.append(Caution("TRIAL-105", f"the trial begins on {options.start}, before {self.case.as_of}"))
        if (
            options.pain is not None
            and self.treatment is not None
            and self.treatment.for_pain
            and options.pain not in [each.kind for each in self.treatment.for_pain]
        ):
            text = f"the sources do not name {self.title} for {options.pain.value} pain"
            found.append(Caution("TRIAL-107", text))
        if self.is_opioid and options.pain in (PainKind.NOCIPLASTIC, PainKind.CRPS):
            found += [Caution("TRIAL-102", each.text) for each in NOTES[options.pain] if each.group == "opioids"]
        recalled = [each for each in sources if each.standing is Standing.RECALLED]
        found += [Caution("TRIAL-101", f"needs a second source: {each.where}") for each in dict.fromkeys(recalled)]
        return found


def _with_source(text: str, source: Source) -> str:
    """A text with the work it stands in, and how closely that was read where it was not in full."""
    standing = "" if source.standing is Standing.VERIFIED else f"; {source.standing.words}"
    return f"{text}. Source: {source.citation}{standing}"


def _is_number(measure: Measure) -> bool:
    known = named(measure)
    return known is not None and known.sort is not Sort.YES_NO
