"""Medicines on the skin that are no NSAIDs."""

from __future__ import annotations

from medsteward.bibliography import cite
from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import figures as f
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import fractions, va
from medsteward.treatments.exits import STOPS
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import DRUG_LIST, SEED_B, TOPICAL_TABLE
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.treatment import Eases, ForPain, Treatment
from medsteward.treatments.trial import EVERYBODY, Note, Ramp, TrialDrug, Undosed, once

LIDODERM = cite("LIDOCAINE-PATCH-MPR", "use")
MENTHOL = Treatment(
    id="menthol-or-salicylate-on-the-skin",
    title="menthol or salicylate on the skin",
    drugs=("menthol", "methyl salicylate"),
    eases=(Eases(Symptom.ACHES, 10, (("as the package says", va("topical")),)),),
)


_PATCHES = (f"up to {f.LIDOCAINE_MOST} at once for up to {f.LIDOCAINE_HOURS} in 24, on intact skin", LIDODERM)
LIDOCAINE = Treatment(
    id="lidocaine-patch",
    title="lidocaine 5 % patch",
    drugs=("lidocaine topical",),
    drug_classes=(DrugClass.TOPICAL_ANESTHETIC,),
    against=(Against(Effect.LOWERS, "smaller area in liver disease", LIDODERM, conditions=("liver disease",)),),
    first=(_PATCHES,),
    ceiling=((str(f.LIDOCAINE_MOST), LIDODERM),),
    for_pain=(
        ForPain(PainKind.NEUROPATHIC, 60, "a first-class option for focal hotspots", SEED_B.at("topicals")),
        ForPain(PainKind.MYOFASCIAL, 10, "focal hotspots", SEED_B.at("topicals")),
    ),
    eases=(Eases(Symptom.ACHES, 20, (_PATCHES,)),),
    trials=(
        TrialDrug(
            id="lidocaine-patch",
            title="lidocaine 5 % patch",
            drug="lidocaine topical",
            route="topical",
            form="patch",
            release=None,
            unit=Unit.PATCH,
            strengths=fractions(5),
            ramps=(Ramp(EVERYBODY, (Stage(0, once(Moment.MORNING, 1)),), (tr.LIDODERM, tr.OURS)),),
            exit=STOPS,
            ceiling_words=f"at once, for up to {f.LIDOCAINE_HOURS} in 24",
            length=tr.practice("lidocaine patch: 3 weeks"),
            names=("lidocaine patch", "lidocaine 5 % patch", "lidocaine 5% patch", "lidocaine topical", "lidoderm"),
            safety=(3, 7),
            first_impression=(7, 14),
            fair_trial=(21, 21),
            notes=(
                Note(f"up to {f.LIDOCAINE_MOST} at once may cover a larger area", tr.LIDODERM),
                Note("the 4 % patch sold without prescription is another product", tr.LIDODERM),
            ),
        ),
    ),
)


COMPOUNDED = Treatment(
    id="amitriptyline-ketamine-cream",
    title="compounded amitriptyline and ketamine cream",
    drugs=(),
    first=(("no dose is given by our sources", SEED_B.at("topicals")),),
    ceiling=(("none is given by our sources", SEED_B.at("topicals")),),
    for_pain=(ForPain(PainKind.NEUROPATHIC, 70, "named for neuropathic pain; low evidence", SEED_B.at("topicals")),),
)


CAPSAICIN = Treatment(
    id="capsaicin",
    title="capsaicin",
    drugs=("capsaicin",),
    drug_classes=(DrugClass.TOPICAL_ANESTHETIC,),
    first=(("cream 0.025 to 0.1 % one to four times daily; full effect after about 4 weeks", TOPICAL_TABLE),),
    ceiling=(
        (
            "8 % patch: given by health professionals only, not more often than every 3 months",
            cite("QUTENZA-LABEL", "2.1; interval"),
        ),
    ),
    for_pain=(ForPain(PainKind.NEUROPATHIC, 80, "focal pain, after other topical treatment", DRUG_LIST),),
    trials=(
        Undosed(
            id="capsaicin-cream",
            title="capsaicin cream",
            drug="capsaicin",
            why="sources give 1 to 4 applications a day and no amount, so nothing can be counted out",
            sources=(tr.CAPSAICIN,),
            names=("capsaicin", "capsaicin cream"),
            safety=(7, 7),
            first_impression=(7, 14),
            fair_trial=(28, 28),
            notes=(Note("relief may begin in week 1; the full effect takes about 4 weeks", tr.CAPSAICIN),),
        ),
        Undosed(
            id="capsaicin-patch",
            title="capsaicin 8 % patch",
            drug="capsaicin",
            why="it is applied by health professionals only, once, and not again within 3 months",
            sources=(tr.QUTENZA, tr.QUTENZA_NUMBERS),
            names=("capsaicin patch", "capsaicin 8 % patch", "capsaicin 8% patch", "qutenza"),
            safety=(7, 14),
            first_impression=(28, 28),
            fair_trial=(28, 84),
            notes=(Note("judged at 4 to 12 weeks", tr.practice("capsaicin 8 % patch")),),
        ),
    ),
)

TREATMENTS = (
    MENTHOL,
    LIDOCAINE,
    COMPOUNDED,
    CAPSAICIN,
)
