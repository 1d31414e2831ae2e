"""Classes and drugs by the mechanism of the pain, with first dose, ceiling and what speaks against them.

Declarations only. The order is that of the clinic essays the project began with; where they give none, it says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from types import MappingProxyType

from attrs import evolve, field, frozen

from medsteward.bibliography import OURS, cite, practice, recalled, secondary
from medsteward.interactions.places import FDA_2020_NSAIDS
from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.model.source import Source, Standing
from medsteward.treatments.against import Against, Effect, Offered
from medsteward.treatments.places import CDC_2022, SEED, SEED_B
from medsteward.treatments.trial_places import BJSM


class PainKind(Enum):
    """The kind of pain, by its mechanism."""

    NOCICEPTIVE = "nociceptive"
    INFLAMMATORY = "inflammatory"
    NEUROPATHIC = "neuropathic"
    NOCIPLASTIC = "nociplastic"
    MYOFASCIAL = "myofascial"
    MIGRAINE = "migraine"
    CRPS = "CRPS"


DICLOFENAC_GEL = cite("DICLOFENAC-GEL-LABEL", "dosage")
TOPICAL_TABLE = cite("UPTODATE-TOPICAL", "topical")
DULOXETINE = cite("DULOXETINE-LABEL", "dosage for pain")
GABAPENTIN = cite("GABAPENTIN-LABEL", "2.3 Table 1; 2.1")
PREGABALIN = cite("PREGABALIN-LABEL", "section 2")
GABAPENTINOID_KIDNEY = cite("PMC7265598", "kidney doses")
MHRA = cite("MHRA-GABA-UK-SHEET", "respiratory depression")
FLEXERIL = cite("CYCLOBENZAPRINE-LABEL", "dose and length")
LIDODERM = cite("LIDOCAINE-PATCH-MPR", "use")
NALTREXONE = cite("NALTREXONE-LABEL", "section 4, opioid analgesics")
LDN_DOSES = cite("J-PAIN-RES-S451183", "0.1 to 4.5 mg")
NAPROXEN = cite("NAPROXEN-LABEL", "section 4; arthritis dosage")
VA_DOSES = cite("VA-TAPER-2016", "myalgia")
ACETAMINOPHEN_BOXED = cite("ACETAMINOPHEN-LABEL", "4,000 mg/d")
ACETAMINOPHEN_OTC = cite("APAP-OTC500", "3,000 mg/d")
AMITRIPTYLINE = cite("AMITRIPTYLINE-LABEL", "section 4")
DRUG_LIST = practice("pain and mechanism fit of a drug")
BEERS = cite("BEERS2023", "65 and over", Standing.RECALLED)
SEED_33 = SEED.at("age 80 and heart failure")


Fact = tuple[str, Source]
"""What is said, and where it is written."""


@frozen
class Doses:
    """First doses and ceilings of one drug of an option that has several."""

    first: tuple[Fact, ...]
    ceiling: tuple[Fact, ...]


@frozen
class Advised:
    """One drug or class that fits, before it is held against a patient.

    ``drugs`` are its names in our drug list; empty where a class or a compounded product is meant. ``doses_of`` says
    which of ``first`` and ``ceiling`` are about one drug among several. ``against`` holds what no rule says: the rules
    are asked anyway. ``watch`` is what to look for while it is tried. ``daily_mg`` is the least a day of the first
    doses, in mg.
    """

    id: str
    title: str
    drug_classes: tuple[DrugClass, ...]
    drugs: tuple[str, ...]
    why: str
    why_source: Source
    first: tuple[Fact, ...]
    ceiling: tuple[Fact, ...]
    against: tuple[Against, ...] = ()
    watch: tuple[Fact, ...] = ()
    daily_mg: int | None = None
    doses_of: Mapping[str, Doses] = field(factory=dict)

    @property
    def offered(self) -> tuple[Offered, ...]:
        """Its medicines as the rules are asked about them."""
        return tuple(Offered(name, daily_mg=self.daily_mg) for name in self.drugs)

    def first_of(self, drugs: Collection[str]) -> tuple[Fact, ...]:
        """The first doses without those of drugs that are not among ``drugs``."""
        others = [fact for name, doses in self.doses_of.items() if name not in drugs for fact in doses.first]
        return tuple(fact for fact in self.first if fact not in others)

    def ceiling_of(self, drugs: Collection[str]) -> tuple[Fact, ...]:
        """The ceilings without those of drugs that are not among ``drugs``."""
        others = [fact for name, doses in self.doses_of.items() if name not in drugs for fact in doses.ceiling]
        return tuple(fact for fact in self.ceiling if fact not in others)


_NOT_CONTROL = (
    "sedation without more activity is not control: then swap, reduce or end the trial gradually",
    SEED.at("sedation is not control"),
)
SEDATIVES = Against(
    Effect.CAUTION,
    "already takes a sedative: do not stack sedatives",
    SEED.at("restless legs and sleep apnea"),
    classes=(
        DrugClass.BENZODIAZEPINE,
        DrugClass.Z_DRUG,
        DrugClass.BARBITURATE,
        DrugClass.OREXIN_ANTAGONIST,
        DrugClass.SEDATIVE_OTHER,
        DrugClass.MUSCLE_RELAXANT,
        DrugClass.GABAPENTINOID,
    ),
)
_APNEA = Against(
    Effect.CAUTION,
    "treat the cause, and do not stack sedatives",
    SEED.at("restless legs and sleep apnea"),
    conditions=("sleep apnea", "restless legs"),
)


TOPICAL_NSAID = Advised(
    id="topical-nsaid",
    title="topical NSAID",
    drug_classes=(DrugClass.NSAID_TOPICAL,),
    drugs=("diclofenac topical",),
    why="first for arthritis and tendons near the skin, with little of it in the blood",
    why_source=SEED.at("nociceptive pain: topical NSAID, acetaminophen, short oral NSAID course"),
    first=(("diclofenac 1 % gel: 4 g four times daily on a lower limb joint, 2 g on an upper", DICLOFENAC_GEL),),
    ceiling=(
        (
            "16 g/d per lower limb joint, 8 g/d per upper, 32 g/d in all; not studied on spine, hip or shoulder",
            DICLOFENAC_GEL,
        ),
    ),
    against=(
        Against(
            Effect.CAUTION,
            "takes an oral NSAID: both together bring no more benefit",
            TOPICAL_TABLE,
            classes=(DrugClass.NSAID_ORAL,),
        ),
    ),
)
ACETAMINOPHEN = Advised(
    id="acetaminophen",
    title="scheduled acetaminophen",
    drug_classes=(DrugClass.ACETAMINOPHEN,),
    drugs=("acetaminophen",),
    why="next after topical treatment, by the clock",
    why_source=SEED.at("nociceptive pain: topical NSAID, acetaminophen, short oral NSAID course"),
    first=(("650 mg every 6 hours", VA_DOSES), ("650 to 1,000 mg every 6 to 8 hours", practice("acetaminophen"))),
    ceiling=(
        ("4,000 mg/d over all products, as prescribed", ACETAMINOPHEN_BOXED),
        ("3,000 mg/d taken on one's own (500 mg tablets)", ACETAMINOPHEN_OTC),
    ),
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
)
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
ORAL_NSAID = Advised(
    id="oral-nsaid",
    title="short course of an oral NSAID",
    drug_classes=(DrugClass.NSAID_ORAL,),
    drugs=("naproxen", "ibuprofen"),
    why="a short course, only if stomach and kidneys allow; check reflux, kidneys, heart and vessels first",
    why_source=SEED.at("nociceptive pain: topical NSAID, acetaminophen, short oral NSAID course"),
    first=(*_NAPROXEN_DOSES.first, *_IBUPROFEN_DOSES.first),
    ceiling=(
        *_NAPROXEN_DOSES.ceiling,
        *_IBUPROFEN_DOSES.ceiling,
        ("1 to 2 weeks for acute pain (2 weeks of naproxen in the essay)", SEED.at("naproxen for 2 weeks")),
    ),
    doses_of={"naproxen": _NAPROXEN_DOSES, "ibuprofen": _IBUPROFEN_DOSES},
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
)
STEROID = Advised(
    id="oral-steroid",
    title="short course of an oral steroid",
    drug_classes=(DrugClass.CORTICOSTEROID,),
    drugs=("prednisone", "methylprednisolone"),
    why="selected patients with radiculopathy only",
    why_source=SEED.at("oral steroid: short, in selected radiculopathy"),
    first=(("a taper of 5 to 15 days; no dose is given", practice("oral steroid burst")),),
    ceiling=(("one course", practice("oral steroid burst")),),
)
TCA = Advised(
    id="tca",
    title="low-dose tricyclic at night",
    drug_classes=(DrugClass.TCA,),
    drugs=("nortriptyline", "amitriptyline"),
    why="low dose in the evening; helps sleep disturbed by pain",
    why_source=SEED.at("neuropathic pain: low-dose tricyclic in the evening"),
    first=(
        ("10 to 20 mg at night", BJSM),
        ("10 to 25 mg at night, then 10 to 25 mg more every 3 to 7 days", recalled(BJSM, "titration")),
    ),
    ceiling=(
        ("150 mg/d", BJSM),
        ("many keep to 75 mg/d, lower in older people", practice("tricyclic ceiling")),
    ),
    against=(
        Against(
            Effect.LOWERS, "65 and over: half the first dose, slower; nortriptyline is preferred", BEERS, age_from=65
        ),
        Against(Effect.CAUTION, "over 40: electrocardiogram before it", practice("tricyclics over 40"), age_over=40),
        SEDATIVES,
        _APNEA,
    ),
    watch=(_NOT_CONTROL,),
)
_GABAPENTINOID_AGAINST = (
    Against(
        Effect.CAUTION,
        "breathing at risk: lowest dose, watched",
        cite("FDA-DSC-20191219", "respiratory risk"),
        conditions=("sleep apnea",),
    ),
    Against(
        Effect.LOWERS,
        "65 and over: start at half, step slower",
        practice("older people: start half, step slower"),
        age_from=65,
    ),
    SEDATIVES,
)
GABAPENTIN_OPTION = Advised(
    id="gabapentin",
    title="gabapentin",
    drug_classes=(DrugClass.GABAPENTINOID,),
    drugs=("gabapentin",),
    why="a gabapentinoid for burning or electric pain; lowest dose that works",
    why_source=SEED.at("neuropathic pain: a gabapentinoid at the lowest dose that works"),
    first=(
        (
            "100 to 300 mg one to three times daily, then 100 to 300 mg more every 1 to 7 days",
            recalled(GABAPENTIN, "slower start"),
        ),
        ("after shingles, label: 300 mg on day 1, 600 mg on day 2, 900 mg on day 3, then up to 1,800 mg/d", GABAPENTIN),
    ),
    ceiling=(
        ("3,600 mg/d in 3 doses", GABAPENTIN),
        ("no added benefit was shown above 1,800 mg/d after shingles", GABAPENTIN),
    ),
    against=(
        Against(
            Effect.LOWERS,
            "CrCl 30 to 59: 400 to 1,400 mg/d in 2 doses",
            GABAPENTIN,
            kidney_below=60,
            kidney_above=30,
        ),
        Against(
            Effect.LOWERS,
            "CrCl 15 to 29: 200 to 700 mg/d in 1 dose",
            GABAPENTIN,
            kidney_up_to=30,
            kidney_above=15,
        ),
        Against(
            Effect.LOWERS,
            "CrCl 15: 100 to 300 mg/d in 1 dose; below 15 less in proportion",
            GABAPENTIN,
            kidney_up_to=15,
        ),
        *_GABAPENTINOID_AGAINST,
    ),
    watch=(
        ("fogginess and oedema", SEED.at("gabapentinoids: lowest dose that works; fogginess and edema")),
        _NOT_CONTROL,
    ),
    daily_mg=100,
)
PREGABALIN_OPTION = Advised(
    id="pregabalin",
    title="pregabalin",
    drug_classes=(DrugClass.GABAPENTINOID,),
    drugs=("pregabalin",),
    why="a gabapentinoid for nerve pain; lowest dose that works",
    why_source=SEED.at("neuropathic pain: a gabapentinoid at the lowest dose that works"),
    first=(("25 to 75 mg once or twice daily; to 300 mg/d in 3 to 7 days", recalled(PREGABALIN, "start")),),
    ceiling=(
        ("diabetic neuropathy 300 mg/d, after shingles 600 mg/d", PREGABALIN),
        ("fibromyalgia 450 mg/d, spinal cord injury 600 mg/d", recalled(PREGABALIN, "by indication")),
    ),
    against=(
        Against(
            Effect.LOWERS,
            "eGFR 30 to 60: start 75 mg/d, at most 300 mg/d",
            GABAPENTINOID_KIDNEY,
            kidney_below=60,
            kidney_above=30,
        ),
        Against(
            Effect.LOWERS,
            "eGFR 15 to 30: start 25 to 50 mg/d, at most 150 mg/d",
            GABAPENTINOID_KIDNEY,
            kidney_up_to=30,
            kidney_from=15,
        ),
        Against(
            Effect.LOWERS,
            "eGFR below 15: start 25 mg/d, at most 75 mg/d",
            GABAPENTINOID_KIDNEY,
            kidney_below=15,
        ),
        *_GABAPENTINOID_AGAINST,
    ),
    watch=(
        ("fogginess and oedema", SEED.at("gabapentinoids: lowest dose that works; fogginess and edema")),
        _NOT_CONTROL,
    ),
    daily_mg=25,
)
DULOXETINE_OPTION = Advised(
    id="duloxetine",
    title="duloxetine",
    drug_classes=(DrugClass.SNRI,),
    drugs=("duloxetine",),
    why="an SNRI: preferred where there is depression or myofascial pain as well",
    why_source=SEED.at("neuropathic pain: low-dose tricyclic, gabapentinoid or SNRI"),
    first=(("30 mg daily for 1 week, then 60 mg", DULOXETINE),),
    ceiling=(
        ("60 mg/d for pain: no added benefit above, more adverse effects", DULOXETINE),
        ("120 mg/d is the safety limit", DULOXETINE),
        ("another table goes up to 120 mg/d for neuropathic and nociplastic pain", BJSM),
    ),
    against=(
        Against(
            Effect.BLOCKS,
            "avoid with CrCl below 30: it and its metabolites accumulate",
            secondary(DULOXETINE, "8.10; avoid below 30"),
            kidney_below=30,
        ),
        Against(
            Effect.BLOCKS,
            "avoid with chronic liver disease or cirrhosis",
            secondary(DULOXETINE, "8.9"),
            conditions=("liver disease",),
        ),
        Against(Effect.LOWERS, "age 80 and over: low dose (30 mg is the first step)", SEED_33, age_from=80),
        Against(
            Effect.LOWERS,
            "65 and over: 30 mg for 2 weeks before 60 mg (given for anxiety; none is given for pain)",
            secondary(DULOXETINE, "older people"),
            age_from=65,
        ),
    ),
    watch=(
        (
            "nausea in the first 1 to 2 weeks is no failure by itself before day 14",
            SEED.at("duloxetine: nausea in the first 1 to 2 weeks"),
        ),
        (
            "sedation or dizziness often limits the dose: ask at each contact",
            SEED_B.at("duloxetine and gabapentin: sedation or dizziness"),
        ),
        _NOT_CONTROL,
    ),
)
VENLAFAXINE = Advised(
    id="venlafaxine",
    title="venlafaxine XR",
    drug_classes=(DrugClass.SNRI,),
    drugs=("venlafaxine",),
    why="another SNRI",
    why_source=SEED.at("neuropathic pain: low-dose tricyclic, gabapentinoid or SNRI"),
    first=(("37.5 to 75 mg daily", BJSM), ("then 75 mg more each week", recalled(BJSM, "titration"))),
    ceiling=(("225 mg/d", BJSM),),
    against=(
        Against(
            Effect.LOWERS,
            "65 and over: start at half, step slower",
            practice("older people: start half, step slower"),
            age_from=65,
        ),
    ),
    watch=(_NOT_CONTROL,),
)
LIDOCAINE = Advised(
    id="lidocaine-patch",
    title="lidocaine 5 % patch",
    drug_classes=(DrugClass.TOPICAL_ANESTHETIC,),
    drugs=("lidocaine topical",),
    why="a first-class option for focal hotspots",
    why_source=SEED_B.at("topicals"),
    first=(("up to 3 patches at once for up to 12 hours in 24, on intact skin", LIDODERM),),
    ceiling=(("3 patches", LIDODERM),),
    against=(Against(Effect.LOWERS, "smaller area in liver disease", LIDODERM, conditions=("liver disease",)),),
)
CAPSAICIN = Advised(
    id="capsaicin",
    title="capsaicin",
    drug_classes=(DrugClass.TOPICAL_ANESTHETIC,),
    drugs=("capsaicin",),
    why="focal pain, after other topical treatment",
    why_source=DRUG_LIST,
    first=(("cream 0.025 to 0.1 % one to four times daily; full effect after about 4 weeks", TOPICAL_TABLE),),
    ceiling=(
        (
            "8 % patch: given by health professionals only, not more often than every 3 months",
            cite("QUTENZA-LABEL", "2.1; interval"),
        ),
    ),
)
COMPOUNDED = Advised(
    id="amitriptyline-ketamine-cream",
    title="compounded amitriptyline and ketamine cream",
    drug_classes=(),
    drugs=(),
    why="named for neuropathic pain; low evidence",
    why_source=SEED_B.at("topicals"),
    first=(("no dose is given by our sources", SEED_B.at("topicals")),),
    ceiling=(("none is given by our sources", SEED_B.at("topicals")),),
)
CYCLOBENZAPRINE = Advised(
    id="cyclobenzaprine",
    title="cyclobenzaprine, brief",
    drug_classes=(DrugClass.MUSCLE_RELAXANT,),
    drugs=("cyclobenzaprine",),
    why="brief, for spasm that blocks sleep; never a long-term line",
    why_source=SEED.at("muscle relaxants: brief, for spasm that blocks sleep"),
    first=(("5 mg three times daily, may go to 10 mg three times daily", FLEXERIL),),
    ceiling=(("30 mg/d for 2 to 3 weeks", FLEXERIL),),
    against=(
        Against(Effect.LOWERS, "less often in liver disease", FLEXERIL, conditions=("liver disease",)),
        SEDATIVES,
        _APNEA,
    ),
    watch=(_NOT_CONTROL,),
)
NALTREXONE_LOW = Advised(
    id="low-dose-naltrexone",
    title="low-dose naltrexone",
    drug_classes=(DrugClass.OPIOID_ANTAGONIST,),
    drugs=("naltrexone",),
    why="emerging evidence only; talk over what is not known",
    why_source=SEED.at("low-dose naltrexone in CRPS"),
    first=(("0.5 to 1.5 mg nightly, more every 1 to 2 weeks", practice("low-dose naltrexone")),),
    ceiling=(("4.5 mg usually; the best dose varies from 0.1 to 4.5 mg", LDN_DOSES),),
)

ACUTE_OPIOID_NOTE = Point(
    "opioids",
    "acute severe flare: a brief opioid only with an end date and functional targets",
    SEED.at("acute severe flare"),
)
OPTIONS: Mapping[PainKind, tuple[Advised, ...]] = MappingProxyType(
    {
        PainKind.NOCICEPTIVE: (
            TOPICAL_NSAID,
            ACETAMINOPHEN,
            ORAL_NSAID,
            evolve(
                DULOXETINE_OPTION,
                why="chronic musculoskeletal pain; low dose is left where age and heart failure rule NSAIDs out",
                why_source=SEED_33,
            ),
        ),
        PainKind.INFLAMMATORY: (ORAL_NSAID, TOPICAL_NSAID, STEROID),
        PainKind.NEUROPATHIC: (
            TCA,
            GABAPENTIN_OPTION,
            PREGABALIN_OPTION,
            DULOXETINE_OPTION,
            VENLAFAXINE,
            LIDOCAINE,
            COMPOUNDED,
            CAPSAICIN,
        ),
        PainKind.NOCIPLASTIC: (
            evolve(DULOXETINE_OPTION, why="an SNRI, for fibromyalgia", why_source=DRUG_LIST),
            evolve(PREGABALIN_OPTION, why="a gabapentinoid, for fibromyalgia", why_source=DRUG_LIST),
            evolve(TCA, why="low dose in the evening", why_source=DRUG_LIST),
            NALTREXONE_LOW,
        ),
        PainKind.MYOFASCIAL: (
            evolve(LIDOCAINE, why="focal hotspots"),
            evolve(
                DULOXETINE_OPTION,
                why="an SNRI is preferred where there is myofascial pain",
                why_source=SEED.at("neuropathic pain: low-dose tricyclic, gabapentinoid or SNRI"),
            ),
            CYCLOBENZAPRINE,
        ),
        PainKind.MIGRAINE: (),
        PainKind.CRPS: (
            evolve(
                DULOXETINE_OPTION,
                why="CRPS and nerve pain",
                why_source=SEED_B.at("nerve pain and CRPS: duloxetine, gabapentin or pregabalin"),
            ),
            evolve(
                PREGABALIN_OPTION,
                why="CRPS and nerve pain",
                why_source=SEED_B.at("nerve pain and CRPS: duloxetine, gabapentin or pregabalin"),
            ),
            NALTREXONE_LOW,
        ),
    }
)
"""What fits each kind of pain, in the order of the essays."""

NOTES: Mapping[PainKind, tuple[Point, ...]] = MappingProxyType(
    {
        PainKind.NOCICEPTIVE: (ACUTE_OPIOID_NOTE,),
        PainKind.INFLAMMATORY: (
            Point(
                "first",
                "check reflux, kidneys, heart and vessels before an oral NSAID",
                SEED_B.at("acute tissue pain: short anti-inflammatory course"),
            ),
            ACUTE_OPIOID_NOTE,
        ),
        PainKind.NEUROPATHIC: (
            Point(
                "first",
                "peripheral neuropathy: check diabetes, B12, alcohol and thyroid",
                SEED.at("peripheral neuropathy: what to check first"),
            ),
            Point(
                "first", "neck with arm symptoms: only when paraesthesia dominates", SEED.at("neck with arm symptoms")
            ),
            Point(
                "sleep",
                "insomnia that drives daytime pain: adjust evening drugs, do not sedate the day",
                SEED.at("insomnia that drives pain by day"),
            ),
        ),
        PainKind.NOCIPLASTIC: (
            Point("order", "our sources give no order for this kind of pain; this one is ours", OURS),
            Point("opioids", "opioids are avoided in nociplastic pain", DRUG_LIST),
        ),
        PainKind.MYOFASCIAL: (
            Point("order", "our sources give no order for this kind of pain; this one is ours", OURS),
            Point(
                "sleep",
                "insomnia that drives daytime pain: adjust evening drugs, do not sedate the day",
                SEED.at("insomnia that drives pain by day"),
            ),
        ),
        PainKind.MIGRAINE: (
            Point(
                "refer",
                "migraine has drugs of its own (triptans, gepants, CGRP antibodies): refer, do not match it to opioids",
                SEED_B.at("migraine"),
            ),
        ),
        PainKind.CRPS: (
            Point(
                "opioids",
                "high-dose opioids worsen the outcome of CRPS: no opioid escalation",
                SEED.at("CRPS: high-dose opioids"),
            ),
            Point("goal", "about 3 months, counted in function", SEED.at("timelines by kind of pain")),
        ),
    }
)
"""What goes with each kind of pain beside the options."""

ESCALATION = Point(
    "opioids",
    "re-weigh benefit and risk before 50 MME/d; any lowering is gradual",
    CDC_2022.at("Recommendations 4 and 5"),
)
CHILDREN = Point("scope", "under 18: the doses and ceilings here are for adults", OURS)
