"""Trials of topicals, NSAIDs, acetaminophen, a relaxant, low-dose naltrexone and tramadol."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.dates import Interval
from medsteward.schedules.moment import Moment
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy
from medsteward.schedules.policy import Ceiling as StepCeiling
from medsteward.schedules.trial import Stage
from medsteward.treatments import trial_places as s
from medsteward.treatments.trial import (
    EVERYBODY,
    Ceiling,
    Note,
    Ramp,
    TrialDrug,
    Undosed,
    Who,
    four_times,
    once,
    thrice,
    twice,
)

_BEDTIME = Moment.BEDTIME
_LIVER = Who(conditions=("liver disease",))
_DRINKS = Who(conditions=("liver disease", "alcohol use", "alcohol use disorder"))


def _f(*numbers: str | int) -> tuple[Fraction, ...]:
    return tuple(Fraction(number) for number in numbers)


STOPS = Policy(
    id="ends_without_steps",
    title="Ends without steps: a course that needs no taper",
    year=2026,
    phases=(Phase(Fraction(1), Interval(days=1), percent=Fraction(100), basis=Basis.CURRENT),),
    ceiling=StepCeiling(percent=Fraction(100), note="the whole dose ends at once"),
    pauses="There is nothing to pause.",
    bottom="The last dose is the day before the decision.",
    follow_up=FollowUp("A contact within 2 weeks of the end (ours).", after_stop_days=(14,)),
    for_whom=("Short or topical courses whose facts name no taper.",),
    not_for=("Opioids, benzodiazepines, antidepressants, gabapentinoids: those are lowered step by step.",),
    sources=(s.ESSAY.at("exit set first"), s.OURS),
    classes=frozenset(
        {
            DrugClass.NSAID_ORAL,
            DrugClass.NSAID_TOPICAL,
            DrugClass.ACETAMINOPHEN,
            DrugClass.MUSCLE_RELAXANT,
            DrugClass.TOPICAL_ANESTHETIC,
            DrugClass.OPIOID_ANTAGONIST,
        }
    ),
)
"""The way out where no taper is needed. Not among the policies: nothing else ends so."""

TRIALS: tuple[TrialDrug, ...] = (
    TrialDrug(
        id="diclofenac-gel",
        title="topical diclofenac 1 % gel",
        drug="diclofenac topical",
        route="topical",
        form="gel",
        release=None,
        unit=Unit.G,
        strengths=(),
        ramps=(
            Ramp(Who(site="lower limb"), (Stage(0, four_times(4)),), (s.DICLOFENAC,)),
            Ramp(Who(site="upper limb"), (Stage(0, four_times(2)),), (s.DICLOFENAC,)),
        ),
        ceilings=(
            Ceiling(Who(site="lower limb"), Fraction(16), s.DICLOFENAC, "a lower limb joint; 32 g/d over all joints"),
            Ceiling(Who(site="upper limb"), Fraction(8), s.DICLOFENAC, "an upper limb joint; 32 g/d over all joints"),
        ),
        exit=STOPS,
        length=s.practice("topical NSAID: 2 to 4 weeks (trials of 8 to 12 weeks)"),
        option="topical-nsaid",
        names=("topical diclofenac", "diclofenac topical", "diclofenac gel", "diclofenac 1% gel", "voltaren gel"),
        safety=(7, 7),
        first_impression=(14, 14),
        fair_trial=(14, 28),
        notes=(
            Note("32 g/d over all joints is the most, whatever their number", s.DICLOFENAC),
            Note("not studied on spine, hip or shoulder", s.DICLOFENAC),
            Note("grams of gel are not pumps or drops of the solutions: do not mix their units", s.DICLOFENAC),
        ),
    ),
    TrialDrug(
        id="naproxen",
        title="a short course of naproxen",
        drug="naproxen",
        route="oral",
        form="tablet",
        release="IR",
        unit=Unit.MG,
        strengths=_f(250, 500),
        ramps=(Ramp(EVERYBODY, (Stage(0, twice(250)), Stage(4, twice(500))), (s.NAPROXEN_RAMP, s.NAPROXEN_VA)),),
        ceilings=(
            Ceiling(EVERYBODY, Fraction(1000), s.NAPROXEN_MOST, "in pain"),
            Ceiling(EVERYBODY, Fraction(1500), s.NAPROXEN_ARTHRITIS, "arthritis, up to 6 months"),
        ),
        exit=STOPS,
        length=s.ESSAY_SHORT,
        option="oral-nsaid",
        single=(Fraction(500), Fraction(250)),
        notes=(Note("osteoarthritis: 4 weeks are a fair trial", s.practice("oral NSAID in osteoarthritis")),),
        safety=(2, 4),
        first_impression=(7, 7),
        fair_trial=(14, 14),
    ),
    TrialDrug(
        id="ibuprofen",
        title="a short course of ibuprofen",
        drug="ibuprofen",
        route="oral",
        form="tablet",
        release="IR",
        unit=Unit.MG,
        strengths=_f(200, 400, 600),
        ramps=(Ramp(EVERYBODY, (Stage(0, thrice(400)),), (s.IBUPROFEN_VA, s.practice("ibuprofen three times daily"))),),
        ceilings=(
            Ceiling(EVERYBODY, Fraction(1200), s.IBUPROFEN_OTC, "without prescription", self_care=True),
            Ceiling(EVERYBODY, Fraction(3200), s.IBUPROFEN_MOST, "as prescribed"),
        ),
        exit=STOPS,
        length=s.practice("oral NSAID: 1 to 2 weeks in acute pain"),
        option="oral-nsaid",
        single=(Fraction(400), Fraction(200)),
        safety=(2, 4),
        first_impression=(7, 7),
        fair_trial=(14, 14),
    ),
    TrialDrug(
        id="acetaminophen",
        title="acetaminophen by the clock",
        drug="acetaminophen",
        route="oral",
        form="tablet",
        release="IR",
        unit=Unit.MG,
        strengths=_f(325, 500),
        ramps=(
            Ramp(_DRINKS, (Stage(0, four_times(500)),), (s.ACETAMINOPHEN_LIVER,)),
            Ramp(EVERYBODY, (Stage(0, four_times(650)),), (s.ACETAMINOPHEN_VA,)),
        ),
        ceilings=(
            Ceiling(EVERYBODY, Fraction(4000), s.ACETAMINOPHEN_BOXED, "over all products, as prescribed"),
            Ceiling(EVERYBODY, Fraction(3000), s.ACETAMINOPHEN_OTC, "taken on one's own", self_care=True),
            Ceiling(_DRINKS, Fraction(2000), s.ACETAMINOPHEN_LIVER, "liver disease or alcohol"),
        ),
        exit=STOPS,
        length=s.practice("acetaminophen: 1 to 2 weeks"),
        option="acetaminophen",
        names=("paracetamol",),
        single=(Fraction(650), Fraction(325)),
        safety=(2, 4),
        first_impression=(7, 7),
        fair_trial=(14, 14),
    ),
    TrialDrug(
        id="cyclobenzaprine",
        title="cyclobenzaprine, brief",
        drug="cyclobenzaprine",
        route="oral",
        form="tablet",
        release="IR",
        unit=Unit.MG,
        strengths=_f(5, 10),
        ramps=(
            Ramp(_LIVER, (Stage(0, once(_BEDTIME, 5)),), (s.FLEXERIL.at("liver: less often"), s.OURS)),
            Ramp(Who(age_from=65), (Stage(0, once(_BEDTIME, 5)),), (s.FLEXERIL.at("older people: less often"), s.OURS)),
            Ramp(EVERYBODY, (Stage(0, thrice(5)),), (s.FLEXERIL,)),
        ),
        ceilings=(Ceiling(EVERYBODY, Fraction(30), s.FLEXERIL, "for 2 to 3 weeks at most"),),
        exit=STOPS,
        length=s.practice("relaxants: 1 to 2 weeks"),
        option="cyclobenzaprine",
        notes=(Note("brief, for spasm that blocks sleep; never a long-term line", s.ESSAY_RELAXANT),),
        safety=(2, 4),
        first_impression=(7, 7),
        fair_trial=(14, 14),
    ),
    TrialDrug(
        id="lidocaine-patch",
        title="lidocaine 5 % patch",
        drug="lidocaine topical",
        route="topical",
        form="patch",
        release=None,
        unit=Unit.PATCH,
        strengths=_f(5),
        ramps=(Ramp(EVERYBODY, (Stage(0, once(Moment.MORNING, 1)),), (s.LIDODERM, s.OURS)),),
        ceilings=(Ceiling(EVERYBODY, Fraction(3), s.LIDODERM, "at once, for up to 12 hours in 24"),),
        exit=STOPS,
        length=s.practice("lidocaine patch: 3 weeks"),
        option="lidocaine-patch",
        names=("lidocaine patch", "lidocaine 5 % patch", "lidocaine 5% patch", "lidocaine topical", "lidoderm"),
        safety=(3, 7),
        first_impression=(7, 14),
        fair_trial=(21, 21),
        notes=(
            Note("up to 3 patches at once may cover a larger area", s.LIDODERM),
            Note("the 4 % patch sold without prescription is another product", s.LIDODERM),
        ),
    ),
    TrialDrug(
        id="low-dose-naltrexone",
        title="low-dose naltrexone",
        drug="naltrexone",
        route="oral",
        form="capsule",
        release="IR",
        unit=Unit.MG,
        strengths=(),
        ramps=(
            Ramp(
                EVERYBODY,
                (Stage(0, once(_BEDTIME, "1.5")), Stage(14, once(_BEDTIME, 3)), Stage(28, once(_BEDTIME, "4.5"))),
                (s.LDN_RAMP,),
            ),
        ),
        ceilings=(Ceiling(EVERYBODY, Fraction("4.5"), s.LDN_MOST, "usual"),),
        exit=STOPS,
        length=s.LDN_RAMP,
        option="low-dose-naltrexone",
        names=("ldn", "low dose naltrexone", "naltrexone"),
        fair_trial=(56, 84),
        notes=(
            Note("made by a compounding pharmacy; no product of these strengths is licensed", s.LDN_RAMP),
            Note(
                "no opioid at all before it, tramadol, buprenorphine and methadone included: the first dose is 7 to 10 "
                "days after the last opioid at the earliest, longer after a long-acting one, or it brings on "
                "withdrawal (no source gives an interval for low doses)",
                s.LDN_OPIOID_FREE,
            ),
            Note("emerging evidence only: talk over what is not known", s.ESSAY.at("low-dose naltrexone in CRPS")),
            Note("dose finding in fibromyalgia judged at 2 to 3 weeks", s.LDN_DOSE_FINDING),
        ),
    ),
    TrialDrug(
        id="tramadol",
        title="tramadol",
        drug="tramadol",
        route="oral",
        form="tablet",
        release="IR",
        unit=Unit.MG,
        strengths=_f(25, 50, 100),
        ramps=(
            Ramp(
                Who(kidney_below=Fraction(30)),
                (Stage(0, once(Moment.MORNING, 25)), Stage(3, twice(25)), Stage(9, twice(50))),
                (s.TRAMADOL, s.OURS),
            ),
            Ramp(
                _LIVER,
                (Stage(0, once(Moment.MORNING, 25)), Stage(3, twice(25)), Stage(9, twice(50))),
                (s.TRAMADOL_SECONDARY, s.OURS),
            ),
            Ramp(
                EVERYBODY,
                (
                    Stage(0, once(Moment.MORNING, 25)),
                    Stage(3, twice(25)),
                    Stage(6, thrice(25)),
                    Stage(9, four_times(25)),
                    Stage(12, four_times(50, 25, 25, 50)),
                    Stage(15, four_times(50)),
                ),
                (s.TRAMADOL,),
            ),
        ),
        ceilings=(
            Ceiling(EVERYBODY, Fraction(400), s.TRAMADOL, "immediate-release"),
            Ceiling(Who(age_from=75), Fraction(300), s.TRAMADOL_SECONDARY, "over 75, so from 75 whole years on"),
            Ceiling(
                Who(kidney_below=Fraction(30)),
                Fraction(200),
                s.TRAMADOL,
                "CrCl below 30: every 12 hours; no extended-release",
                most_times=2,
            ),
            Ceiling(_LIVER, Fraction(100), s.TRAMADOL_SECONDARY, "cirrhosis: 50 mg every 12 hours", most_times=2),
        ),
        exit="brief_exposure",
        length=s.practice("tramadol: 4 weeks"),
        option="tramadol",
        safety=(3, 7),
        first_impression=(7, 14),
        fair_trial=(21, 28),
        notes=(Note("serotonergic; raises the risk of seizures", s.practice("tramadol, warnings")),),
    ),
)

UNDOSED: tuple[Undosed, ...] = (
    Undosed(
        id="capsaicin-cream",
        title="capsaicin cream",
        drug="capsaicin",
        why="sources give 1 to 4 applications a day and no amount, so nothing can be counted out",
        sources=(s.CAPSAICIN,),
        option="capsaicin",
        names=("capsaicin", "capsaicin cream"),
        safety=(7, 7),
        first_impression=(7, 14),
        fair_trial=(28, 28),
        notes=(Note("relief may begin in week 1; the full effect takes about 4 weeks", s.CAPSAICIN),),
    ),
    Undosed(
        id="capsaicin-patch",
        title="capsaicin 8 % patch",
        drug="capsaicin",
        why="it is applied by health professionals only, once, and not again within 3 months",
        sources=(s.QUTENZA, s.QUTENZA_NUMBERS),
        option="capsaicin",
        names=("capsaicin patch", "capsaicin 8 % patch", "capsaicin 8% patch", "qutenza"),
        safety=(7, 14),
        first_impression=(28, 28),
        fair_trial=(28, 84),
        notes=(Note("judged at 4 to 12 weeks", s.practice("capsaicin 8 % patch")),),
    ),
    Undosed(
        id="oral-steroid",
        title="a course of an oral steroid",
        drug="prednisone",
        why="sources name one course of 5 to 15 days in selected radiculopathy and no dose",
        sources=(s.STEROID,),
        option="oral-steroid",
        names=("prednisone", "oral steroid", "methylprednisolone", "steroid burst"),
        safety=(3, 5),
        first_impression=(7, 7),
        fair_trial=(14, 14),
        notes=(Note("its way down is part of the course", s.STEROID),),
    ),
)
