"""What is tried for pain and offered by no list of ours: other NSAIDs, relaxants, an SNRI, medicines of other clinics.

What has no dose for pain, no product in our list or no dated exit in a source that was read is refused with its reason.
"""

from __future__ import annotations

from medsteward.bibliography import practice
from medsteward.limits.load import dose_limit
from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import figures as f
from medsteward.treatments import trial_places as tr
from medsteward.treatments.declared.analgesics import ORAL_NSAID
from medsteward.treatments.declared.shared import APNEA, SEDATIVES, fractions
from medsteward.treatments.exits import STOPS
from medsteward.treatments.treatment import Treatment
from medsteward.treatments.trial import EVERYBODY, Note, Ramp, TrialDrug, Undosed, Who, once, thrice, twice

_MORNING, _BEDTIME = Moment.MORNING, Moment.BEDTIME
_NSAID = tuple(each for each in ORAL_NSAID.against if not each.drugs)
_SHORT = tr.practice("oral NSAID: 1 to 2 weeks in acute pain")
_OSTEOARTHRITIS = Note("osteoarthritis: 4 weeks are a fair trial", tr.practice("oral NSAID in osteoarthritis"))

CELECOXIB = Treatment(
    id="celecoxib",
    title="celecoxib",
    drugs=("celecoxib",),
    drug_classes=(DrugClass.NSAID_ORAL,),
    against=_NSAID,
    trials=(
        TrialDrug(
            id="celecoxib",
            title="a short course of celecoxib",
            drug="celecoxib",
            route="oral",
            form="capsule",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(50, 100, 200),
            ramps=(
                Ramp(
                    Who(limit="DL-CELECOXIB-05"),
                    (Stage(0, twice(f.CELECOXIB_MOST.amount / 4)),),
                    (f.CELECOXIB_MOST.source, dose_limit("DL-CELECOXIB-05").source),
                ),
                Ramp(EVERYBODY, (Stage(0, twice(f.CELECOXIB_MOST.amount / 2)),), (f.CELECOXIB_MOST.source,)),
            ),
            exit=STOPS,
            length=_SHORT,
            notes=(_OSTEOARTHRITIS,),
            safety=(2, 4),
            first_impression=(7, 7),
            fair_trial=(14, 14),
        ),
    ),
)

MELOXICAM = Treatment(
    id="meloxicam",
    title="meloxicam",
    drugs=("meloxicam",),
    drug_classes=(DrugClass.NSAID_ORAL,),
    against=_NSAID,
    trials=(
        TrialDrug(
            id="meloxicam",
            title="a short course of meloxicam",
            drug="meloxicam",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions("7.5", 15),
            ramps=(
                Ramp(EVERYBODY, (Stage(0, once(_MORNING, f.MELOXICAM_FIRST.amount)),), (f.MELOXICAM_FIRST.source,)),
            ),
            exit=STOPS,
            length=_SHORT,
            notes=(_OSTEOARTHRITIS,),
            safety=(2, 4),
            first_impression=(7, 7),
            fair_trial=(14, 14),
        ),
    ),
)

_HALF = f.MILNACIPRAN_KIDNEY_MOST.amount / 4
MILNACIPRAN = Treatment(
    id="milnacipran",
    title="milnacipran",
    drugs=("milnacipran",),
    drug_classes=(DrugClass.SNRI,),
    trials=(
        TrialDrug(
            id="milnacipran",
            title="milnacipran, for fibromyalgia",
            drug="milnacipran",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions("12.5", 25, 50),
            ramps=(
                Ramp(
                    Who(limit="DL-MILNACIPRAN-03"),
                    (
                        Stage(0, once(_MORNING, f.MILNACIPRAN_FIRST.amount)),
                        Stage(1, twice(f.MILNACIPRAN_FIRST.amount)),
                        Stage(7, twice(_HALF)),
                    ),
                    (f.MILNACIPRAN_FIRST.source, f.MILNACIPRAN_KIDNEY_MOST.source),
                ),
                Ramp(
                    EVERYBODY,
                    (
                        Stage(0, once(_MORNING, f.MILNACIPRAN_FIRST.amount)),
                        Stage(1, twice(f.MILNACIPRAN_FIRST.amount)),
                        Stage(3, twice(f.MILNACIPRAN_FIRST.amount * 2)),
                        Stage(7, twice(f.MILNACIPRAN_FIRST.amount * 4)),
                    ),
                    (f.MILNACIPRAN_FIRST.source,),
                ),
            ),
            exit="snri_exit",
            uses=("fibromyalgia",),
            length=tr.WEEKS,
        ),
    ),
)

METHOCARBAMOL = Treatment(
    id="methocarbamol",
    title="methocarbamol, brief",
    drugs=("methocarbamol",),
    drug_classes=(DrugClass.MUSCLE_RELAXANT,),
    against=(SEDATIVES, APNEA),
    trials=(
        TrialDrug(
            id="methocarbamol",
            title="methocarbamol, brief",
            drug="methocarbamol",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(500, 750),
            ramps=(
                Ramp(EVERYBODY, (Stage(0, thrice(f.METHOCARBAMOL_MOST.amount / 3)),), (f.METHOCARBAMOL_MOST.source,)),
            ),
            exit=STOPS,
            uses=("muscle spasm",),
            ceiling_words="after the first 2 to 3 days",
            length=tr.practice("relaxants: 1 to 2 weeks"),
            notes=(
                Note("brief, for spasm that blocks sleep; never a long-term line", tr.ESSAY_RELAXANT),
                Note(
                    f"the label begins higher, with {f.METHOCARBAMOL_FIRST_DAYS_MOST} for 2 to 3 days; not planned",
                    f.METHOCARBAMOL_FIRST_DAYS_MOST.source,
                ),
            ),
            safety=(2, 4),
            first_impression=(7, 7),
            fair_trial=(14, 14),
        ),
    ),
)

CARBAMAZEPINE = Treatment(
    id="carbamazepine",
    title="carbamazepine",
    drugs=("carbamazepine",),
    drug_classes=(DrugClass.ANTICONVULSANT,),
    trials=(
        Undosed(
            id="carbamazepine",
            title="carbamazepine, for trigeminal neuralgia",
            drug="carbamazepine",
            why=(
                f"the label begins with {f.CARBAMAZEPINE_FIRST} in 2 doses and goes to {f.CARBAMAZEPINE_MOST} (needs a "
                "second source); our list has no product of it, so nothing can be counted out"
            ),
            sources=(f.CARBAMAZEPINE_FIRST.source,),
            names=("tegretol",),
        ),
    ),
)

TOPIRAMATE = Treatment(
    id="topiramate",
    title="topiramate",
    drugs=("topiramate",),
    drug_classes=(DrugClass.ANTICONVULSANT,),
    trials=(
        Undosed(
            id="topiramate",
            title="topiramate, to prevent migraine",
            drug="topiramate",
            why=(
                f"the label begins with {f.TOPIRAMATE_FIRST} at night and goes to {f.TOPIRAMATE_MOST} in migraine "
                "(needs a second source); our list has no product of it, so nothing can be counted out"
            ),
            sources=(f.TOPIRAMATE_FIRST.source,),
            names=("topamax",),
            fair_trial=(56, 84),
        ),
    ),
)

DESIPRAMINE = Treatment(
    id="desipramine",
    title="desipramine",
    drugs=("desipramine",),
    drug_classes=(DrugClass.TCA,),
    trials=(
        Undosed(
            id="desipramine",
            title="desipramine",
            drug="desipramine",
            why="no source that was read gives a first dose or a ceiling of it for pain; that of depression is higher",
            sources=(dose_limit("DL-DESIPRAMINE-01").source, practice("desipramine for pain")),
            fair_trial=(42, 56),
        ),
    ),
)

TREATMENTS = (
    CELECOXIB,
    MELOXICAM,
    MILNACIPRAN,
    METHOCARBAMOL,
    CARBAMAZEPINE,
    TOPIRAMATE,
    DESIPRAMINE,
)
