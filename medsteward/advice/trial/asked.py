"""A trial that is asked for, and the patient it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen
from attrs.converters import optional

from medsteward.advice.taper.beside import case_at_start
from medsteward.advice.trial.choice import For, limb_of, trial_for
from medsteward.advice.trial.directions import declared_in, ingredients_of
from medsteward.drugs.index import drug_of
from medsteward.interactions.offer import Offers
from medsteward.model.answer import Answers
from medsteward.model.given import a_day, a_whole
from medsteward.model.oud import OudTreatment, oud_treatment
from medsteward.model.regimen import Case, Line, Regimen
from medsteward.patient.picture import Picture, Tolerance
from medsteward.schedules.plan import Asked
from medsteward.schedules.trial import Measure
from medsteward.tables.table import FactorTable
from medsteward.treatments.against import Against, Offered, weigh_offer
from medsteward.treatments.declared.others import AGAINST_OPIOIDS
from medsteward.treatments.index import TREATMENT_OF_TRIAL
from medsteward.treatments.limited import (
    uses_of,
)
from medsteward.treatments.pain import PainKind
from medsteward.treatments.trial import TrialDrug, Undosed


@frozen
class TrialOptions:
    """What is asked of a trial beside the case.

    ``drug`` is a name, or the directions of an opioid; ``line`` what was read of those. ``days`` is the length of an
    opioid trial. ``site`` is the joint of a topical, ``reason`` a text that is printed and decides nothing.
    ``answers`` are to what is asked about before it begins.
    """

    drug: str
    start: date = field(converter=a_day)
    goal: str = ""
    baseline: tuple[Measure, ...] = ()
    pain: PainKind | None = None
    label: str = "us"
    site: str = ""
    days: int | None = field(default=None, converter=optional(a_whole))
    sessions: tuple[date, ...] = ()
    policy: str | None = None
    line: Line | None = None
    reason: str = ""
    split: bool = False
    avoid: str = ""
    weekday: int | None = field(default=None, converter=optional(a_whole))
    fill_days: int | None = field(default=None, converter=optional(a_whole))
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

    @property
    def oud(self) -> OudTreatment:
        """Whether the medicine of the trial would be treatment of opioid use disorder."""
        drug_class = drug_of(self.drug).drug_class
        return oud_treatment(self.drug, drug_class, self.by_directions, self.picture.patient)

    @property
    def reasons(self) -> tuple[Against, ...]:
        """What may speak against each ingredient beside the rules."""
        return tuple(self._rules())

    def is_of(self, treatment: str) -> bool:
        """Whether it is a trial of this treatment."""
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
