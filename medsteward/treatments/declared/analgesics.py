"""NSAIDs on the skin and by mouth, and acetaminophen."""

from __future__ import annotations

from fractions import Fraction

from medsteward.bibliography import cite, practice, recalled, secondary
from medsteward.interactions.places import FDA_2020_NSAIDS
from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.schedules.trial import Stage
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import (
    fractions,
)
from medsteward.treatments.exits import STOPS
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import SEED, SEED_33, SEED_B, TOPICAL_TABLE, VA_DOSES
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.treatment import Doses, Eases, ForPain, Treatment
from medsteward.treatments.trial import (
    EVERYBODY,
    Ceiling,
    Note,
    Ramp,
    TrialDrug,
    Who,
    four_times,
    thrice,
    twice,
)

DICLOFENAC_GEL = cite("DICLOFENAC-GEL-LABEL", "dosage")


NAPROXEN = cite("NAPROXEN-LABEL", "section 4; arthritis dosage")


ACETAMINOPHEN_BOXED = cite("ACETAMINOPHEN-LABEL", "4,000 mg/d")


ACETAMINOPHEN_OTC = cite("APAP-OTC500", "3,000 mg/d")


_NAPROXEN_DOSES = Doses(
    (
        ("naproxen 375 to 500 mg twice daily", VA_DOSES),
        ("naproxen 250 to 500 mg twice daily", recalled(NAPROXEN, "pain")),
    ),
    (
        ("naproxen 1,000 mg/d in pain", secondary(NAPROXEN, "pain (Medscape)")),
        ("naproxen 1,500 mg/d only where lower doses were tolerated", NAPROXEN),
    ),
)


_IBUPROFEN_DOSES = Doses(
    (
        ("ibuprofen 400 to 600 mg four times daily", VA_DOSES),
        ("ibuprofen 400 to 600 mg three times daily", cite("MOTRIN", "pain", Standing.RECALLED)),
    ),
    (
        ("ibuprofen 1,200 mg/d without prescription", cite("IBUPROFEN-OTC-LABEL", "6 tablets of 200 mg")),
        ("ibuprofen 3,200 mg/d as prescribed", cite("MOTRIN", "maximum as prescribed", Standing.RECALLED)),
    ),
)


_DRINKS = Who(conditions=("liver disease", "alcohol use", "alcohol use disorder"))


TOPICAL_NSAID = Treatment(
    id="topical-nsaid",
    title="topical NSAID",
    drugs=("diclofenac topical",),
    drug_classes=(DrugClass.NSAID_TOPICAL,),
    against=(
        Against(
            Effect.CAUTION,
            "takes an oral NSAID: both together bring no more benefit",
            TOPICAL_TABLE,
            classes=(DrugClass.NSAID_ORAL,),
        ),
    ),
    first=(("diclofenac 1 % gel: 4 g four times daily on a lower limb joint, 2 g on an upper", DICLOFENAC_GEL),),
    ceiling=(
        (
            "16 g/d per lower limb joint, 8 g/d per upper, 32 g/d in all; not studied on spine, hip or shoulder",
            DICLOFENAC_GEL,
        ),
    ),
    for_pain=(
        ForPain(
            PainKind.NOCICEPTIVE,
            10,
            "first for arthritis and tendons near the skin, with little of it in the blood",
            SEED.at("nociceptive pain: topical NSAID, acetaminophen, short oral NSAID course"),
        ),
        ForPain(
            PainKind.INFLAMMATORY,
            20,
            "first for arthritis and tendons near the skin, with little of it in the blood",
            SEED.at("nociceptive pain: topical NSAID, acetaminophen, short oral NSAID course"),
        ),
    ),
    trials=(
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
                Ramp(Who(site="lower limb"), (Stage(0, four_times(4)),), (tr.DICLOFENAC,)),
                Ramp(Who(site="upper limb"), (Stage(0, four_times(2)),), (tr.DICLOFENAC,)),
            ),
            ceilings=(
                Ceiling(
                    Who(site="lower limb"), Fraction(16), tr.DICLOFENAC, "a lower limb joint; 32 g/d over all joints"
                ),
                Ceiling(
                    Who(site="upper limb"), Fraction(8), tr.DICLOFENAC, "an upper limb joint; 32 g/d over all joints"
                ),
            ),
            exit=STOPS,
            length=tr.practice("topical NSAID: 2 to 4 weeks (trials of 8 to 12 weeks)"),
            names=("topical diclofenac", "diclofenac topical", "diclofenac gel", "diclofenac 1% gel", "voltaren gel"),
            safety=(7, 7),
            first_impression=(14, 14),
            fair_trial=(14, 28),
            notes=(
                Note("32 g/d over all joints is the most, whatever their number", tr.DICLOFENAC),
                Note("not studied on spine, hip or shoulder", tr.DICLOFENAC),
                Note("grams of gel are not pumps or drops of the solutions: do not mix their units", tr.DICLOFENAC),
            ),
        ),
    ),
)


_BY_VA = ("650 mg every 6 hours", VA_DOSES)
ACETAMINOPHEN = Treatment(
    id="acetaminophen",
    title="scheduled acetaminophen",
    drugs=("acetaminophen",),
    drug_classes=(DrugClass.ACETAMINOPHEN,),
    against=(
        Against(
            Effect.LOWERS,
            "ceiling 2,000 mg/d with liver disease or regular alcohol",
            practice("acetaminophen with liver disease or alcohol"),
            conditions=("liver disease", "alcohol use", "alcohol use disorder"),
            daily_mg=2000,
        ),
        Against(
            Effect.CAUTION,
            "already takes acetaminophen: count every product",
            ACETAMINOPHEN_BOXED,
            drugs=("acetaminophen",),
        ),
    ),
    daily_mg=2600,
    first=(_BY_VA, ("650 to 1,000 mg every 6 to 8 hours", practice("acetaminophen"))),
    ceiling=(
        ("4,000 mg/d over all products, as prescribed", ACETAMINOPHEN_BOXED),
        ("3,000 mg/d taken on one's own (500 mg tablets)", ACETAMINOPHEN_OTC),
    ),
    for_pain=(
        ForPain(
            PainKind.NOCICEPTIVE,
            20,
            "next after topical treatment, by the clock",
            SEED.at("nociceptive pain: topical NSAID, acetaminophen, short oral NSAID course"),
        ),
    ),
    eases=(Eases(Symptom.ACHES, 30, (_BY_VA,)),),
    trials=(
        TrialDrug(
            id="acetaminophen",
            title="acetaminophen by the clock",
            drug="acetaminophen",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(325, 500),
            ramps=(
                Ramp(_DRINKS, (Stage(0, four_times(500)),), (tr.ACETAMINOPHEN_LIVER,)),
                Ramp(EVERYBODY, (Stage(0, four_times(650)),), (tr.ACETAMINOPHEN_VA,)),
            ),
            ceilings=(
                Ceiling(EVERYBODY, Fraction(4000), tr.ACETAMINOPHEN_BOXED, "over all products, as prescribed"),
                Ceiling(EVERYBODY, Fraction(3000), tr.ACETAMINOPHEN_OTC, "taken on one's own", self_care=True),
                Ceiling(_DRINKS, Fraction(2000), tr.ACETAMINOPHEN_LIVER, "liver disease or alcohol"),
            ),
            exit=STOPS,
            length=tr.practice("acetaminophen: 1 to 2 weeks"),
            names=("paracetamol",),
            single=(Fraction(650), Fraction(325)),
            safety=(2, 4),
            first_impression=(7, 7),
            fair_trial=(14, 14),
        ),
    ),
)


ORAL_NSAID = Treatment(
    id="oral-nsaid",
    title="short course of an oral NSAID",
    drugs=("naproxen", "ibuprofen"),
    drug_classes=(DrugClass.NSAID_ORAL,),
    against=(
        Against(Effect.BLOCKS, "no oral NSAID in heart failure", SEED_33, conditions=("heart failure",)),
        Against(
            Effect.BLOCKS,
            "not recommended with CrCl below 30",
            secondary(NAPROXEN, "kidneys (Medscape)"),
            kidney_below=30,
        ),
        Against(
            Effect.BLOCKS,
            "stomach decides: not with an ulcer or bleed",
            practice("NSAID with ulcer or bleeding"),
            conditions=("gastrointestinal ulcer or bleed",),
        ),
        Against(
            Effect.BLOCKS,
            "avoid from week 30 of pregnancy: the ductus may close early",
            FDA_2020_NSAIDS.at("week 30"),
            gestational_weeks_from=30,
        ),
        Against(
            Effect.BLOCKS,
            "not with an anticoagulant",
            practice("NSAID with anticoagulants"),
            classes=(DrugClass.ANTICOAGULANT,),
        ),
        Against(
            Effect.CAUTION,
            "check heart and vessels first",
            SEED_B.at("acute tissue pain: short anti-inflammatory course"),
            conditions=("hypertension",),
        ),
        Against(
            Effect.CAUTION,
            "check reflux first",
            SEED_B.at("acute tissue pain: short anti-inflammatory course"),
            conditions=("gastroesophageal reflux",),
        ),
        Against(
            Effect.CAUTION,
            "already taken: count it",
            practice("one NSAID at a time"),
            drugs=("naproxen", "ibuprofen"),
        ),
        Against(
            Effect.CAUTION,
            "a topical NSAID is in use: both together bring no more benefit",
            TOPICAL_TABLE,
            classes=(DrugClass.NSAID_TOPICAL,),
        ),
    ),
    first=(*_NAPROXEN_DOSES.first, *_IBUPROFEN_DOSES.first),
    ceiling=(
        *_NAPROXEN_DOSES.ceiling,
        *_IBUPROFEN_DOSES.ceiling,
        ("1 to 2 weeks for acute pain (2 weeks of naproxen in the essay)", SEED.at("naproxen for 2 weeks")),
    ),
    doses_of={"naproxen": _NAPROXEN_DOSES, "ibuprofen": _IBUPROFEN_DOSES},
    for_pain=(
        ForPain(
            PainKind.NOCICEPTIVE,
            30,
            "a short course, only if stomach and kidneys allow; check reflux, kidneys, heart and vessels first",
            SEED.at("nociceptive pain: topical NSAID, acetaminophen, short oral NSAID course"),
        ),
        ForPain(
            PainKind.INFLAMMATORY,
            10,
            "a short course, only if stomach and kidneys allow; check reflux, kidneys, heart and vessels first",
            SEED.at("nociceptive pain: topical NSAID, acetaminophen, short oral NSAID course"),
        ),
    ),
    eases=(Eases(Symptom.ACHES, 40, (_NAPROXEN_DOSES.first[0], _IBUPROFEN_DOSES.first[0])),),
    trials=(
        TrialDrug(
            id="naproxen",
            title="a short course of naproxen",
            drug="naproxen",
            route="oral",
            form="tablet",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(250, 500),
            ramps=(Ramp(EVERYBODY, (Stage(0, twice(250)), Stage(4, twice(500))), (tr.NAPROXEN_RAMP, tr.NAPROXEN_VA)),),
            ceilings=(
                Ceiling(EVERYBODY, Fraction(1000), tr.NAPROXEN_MOST, "in pain"),
                Ceiling(EVERYBODY, Fraction(1500), tr.NAPROXEN_ARTHRITIS, "arthritis, up to 6 months"),
            ),
            exit=STOPS,
            length=tr.ESSAY_SHORT,
            single=(Fraction(500), Fraction(250)),
            notes=(Note("osteoarthritis: 4 weeks are a fair trial", tr.practice("oral NSAID in osteoarthritis")),),
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
            strengths=fractions(200, 400, 600),
            ramps=(
                Ramp(
                    EVERYBODY, (Stage(0, thrice(400)),), (tr.IBUPROFEN_VA, tr.practice("ibuprofen three times daily"))
                ),
            ),
            ceilings=(
                Ceiling(EVERYBODY, Fraction(1200), tr.IBUPROFEN_OTC, "without prescription", self_care=True),
                Ceiling(EVERYBODY, Fraction(3200), tr.IBUPROFEN_MOST, "as prescribed"),
            ),
            exit=STOPS,
            length=tr.practice("oral NSAID: 1 to 2 weeks in acute pain"),
            single=(Fraction(400), Fraction(200)),
            safety=(2, 4),
            first_impression=(7, 7),
            fair_trial=(14, 14),
        ),
    ),
)

TREATMENTS = (
    TOPICAL_NSAID,
    ACETAMINOPHEN,
    ORAL_NSAID,
)
