"""NSAIDs on the skin and by mouth, and acetaminophen."""

from __future__ import annotations

from medsteward.bibliography import cite, practice, recalled, secondary
from medsteward.interactions.places import FDA_2020_NSAIDS
from medsteward.limits.load import dose_limit
from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.model.unit import Unit
from medsteward.schedules.trial import Stage
from medsteward.treatments import figures as f
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import fractions
from medsteward.treatments.exits import STOPS
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import SEED, SEED_33, SEED_B, TOPICAL_TABLE, VA_DOSES
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.treatment import Doses, Eases, ForPain, Treatment
from medsteward.treatments.trial import EVERYBODY, Note, Ramp, TrialDrug, Who, four_times, thrice, twice

DICLOFENAC_GEL = cite("DICLOFENAC-GEL-LABEL", "dosage")
NAPROXEN = cite("NAPROXEN-LABEL", "section 4; arthritis dosage")
ACETAMINOPHEN_BOXED = cite("ACETAMINOPHEN-LABEL", "4,000 mg/d")
ACETAMINOPHEN_OTC = cite("APAP-OTC500", "3,000 mg/d")
_NAPROXEN_DOSES = Doses(
    (
        (f"naproxen {f.NAPROXEN_FIRST_VA.number} to {f.NAPROXEN_FULL} twice daily", VA_DOSES),
        (f"naproxen {f.NAPROXEN_FIRST.number} to {f.NAPROXEN_FULL} twice daily", recalled(NAPROXEN, "pain")),
    ),
    (
        (
            f"naproxen {f.NAPROXEN_MOST} in pain, on the first day up to {f.NAPROXEN_FIRST_DAY_MOST}",
            f.NAPROXEN_MOST.source,
        ),
        (f"naproxen sodium {f.NAPROXEN_OTC_MOST} of the salt without a prescription", f.NAPROXEN_OTC_MOST.source),
        (
            f"naproxen {f.NAPROXEN_ARTHRITIS_MOST} in arthritis, up to 6 months, only where lower doses were tolerated",
            NAPROXEN,
        ),
    ),
)


_IBUPROFEN_DOSES = Doses(
    (
        (f"ibuprofen {f.IBUPROFEN_FIRST.number} to {f.IBUPROFEN_FULL} four times daily", VA_DOSES),
        (
            f"ibuprofen {f.IBUPROFEN_FIRST.number} to {f.IBUPROFEN_FULL} three times daily",
            cite("MOTRIN", "pain", Standing.RECALLED),
        ),
    ),
    (
        (f"ibuprofen {f.IBUPROFEN_OTC_MOST} without prescription", cite("IBUPROFEN-OTC-LABEL", "6 tablets of 200 mg")),
        (f"ibuprofen {f.IBUPROFEN_MOST} as prescribed", cite("MOTRIN", "maximum as prescribed", Standing.RECALLED)),
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
    first=(
        (
            f"diclofenac 1 % gel: {f.GEL_LOWER_LIMB} four times daily on a lower limb joint, {f.GEL_UPPER_LIMB} "
            "on an upper",
            DICLOFENAC_GEL,
        ),
    ),
    ceiling=(
        (
            f"{f.GEL_LOWER_LIMB_MOST} per lower limb joint, {f.GEL_UPPER_LIMB_MOST} per upper, {f.GEL_MOST} in all; "
            "not studied on spine, hip or shoulder",
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
            strengths=fractions(1),
            ramps=(
                Ramp(Who(site="lower limb"), (Stage(0, four_times(f.GEL_LOWER_LIMB.amount)),), (tr.DICLOFENAC,)),
                Ramp(Who(site="upper limb"), (Stage(0, four_times(f.GEL_UPPER_LIMB.amount)),), (tr.DICLOFENAC,)),
            ),
            exit=STOPS,
            ceiling_words=f"{f.GEL_MOST} over all joints",
            length=tr.practice("topical NSAID: 2 to 4 weeks (trials of 8 to 12 weeks)"),
            names=("topical diclofenac", "diclofenac topical", "diclofenac gel", "diclofenac 1% gel", "voltaren gel"),
            safety=(7, 7),
            first_impression=(14, 14),
            fair_trial=(14, 28),
            notes=(
                Note(f"{f.GEL_MOST} over all joints is the most, whatever their number", tr.DICLOFENAC),
                Note("not studied on spine, hip or shoulder", tr.DICLOFENAC),
                Note("grams of gel are not pumps or drops of the solutions: do not mix their units", tr.DICLOFENAC),
            ),
        ),
    ),
)


_BY_VA = (f"{f.ACETAMINOPHEN_DOSE} every 6 hours", VA_DOSES)
ACETAMINOPHEN = Treatment(
    id="acetaminophen",
    title="scheduled acetaminophen",
    drugs=("acetaminophen",),
    drug_classes=(DrugClass.ACETAMINOPHEN,),
    against=(
        Against(
            Effect.LOWERS,
            f"ceiling {f.ACETAMINOPHEN_LIVER_MOST} with liver disease or regular alcohol",
            f.ACETAMINOPHEN_LIVER_MOST.source,
            conditions=("liver disease", "alcohol use", "alcohol use disorder"),
            daily_mg=int(f.ACETAMINOPHEN_LIVER_MOST.amount),
        ),
        Against(
            Effect.CAUTION,
            "already takes acetaminophen: count every product",
            ACETAMINOPHEN_BOXED,
            drugs=("acetaminophen",),
        ),
    ),
    daily_mg=int(f.ACETAMINOPHEN_DOSE.amount * f.ACETAMINOPHEN_TIMES),
    first=(
        _BY_VA,
        (f"{f.ACETAMINOPHEN_DOSE.number} to {f.ACETAMINOPHEN_ONCE_MOST} every 6 to 8 hours", practice("acetaminophen")),
    ),
    ceiling=(
        (f"{f.ACETAMINOPHEN_MOST} over all products, as prescribed", ACETAMINOPHEN_BOXED),
        (
            f"{f.ACETAMINOPHEN_OTC_MOST} without a prescription (one label of 500 mg tablets; others differ)",
            ACETAMINOPHEN_OTC,
        ),
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
                Ramp(
                    _DRINKS,
                    (Stage(0, four_times(f.ACETAMINOPHEN_LIVER_MOST.amount / f.ACETAMINOPHEN_TIMES)),),
                    (tr.ACETAMINOPHEN_LIVER,),
                ),
                Ramp(
                    Who(limit="DL-ACETAMINOPHEN-20"),
                    (Stage(0, four_times(500)),),
                    (dose_limit("DL-ACETAMINOPHEN-12").source, tr.OURS),
                ),
                Ramp(EVERYBODY, (Stage(0, four_times(f.ACETAMINOPHEN_DOSE.amount)),), (tr.ACETAMINOPHEN_VA,)),
            ),
            exit=STOPS,
            self_care="DL-ACETAMINOPHEN-03",
            length=tr.practice("acetaminophen: 1 to 2 weeks"),
            names=("paracetamol",),
            single=(f.ACETAMINOPHEN_DOSE.amount, f.ACETAMINOPHEN_DOSE.amount / 2),
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
            ramps=(
                Ramp(
                    EVERYBODY,
                    (Stage(0, twice(f.NAPROXEN_FIRST.amount)), Stage(4, twice(f.NAPROXEN_FULL.amount))),
                    (tr.NAPROXEN_RAMP, tr.NAPROXEN_VA),
                ),
            ),
            exit=STOPS,
            length=tr.ESSAY_SHORT,
            single=(f.NAPROXEN_FULL.amount, f.NAPROXEN_FULL.amount / 2),
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
                    EVERYBODY,
                    (Stage(0, thrice(f.IBUPROFEN_FIRST.amount)),),
                    (tr.IBUPROFEN_VA, tr.practice("ibuprofen three times daily")),
                ),
            ),
            exit=STOPS,
            self_care="DL-IBUPROFEN-04",
            length=tr.practice("oral NSAID: 1 to 2 weeks in acute pain"),
            single=(f.IBUPROFEN_FIRST.amount, f.IBUPROFEN_FIRST.amount / 2),
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
