"""Levels raised, lowered or activated differently by enzymes."""

from __future__ import annotations

from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    CYP_OFFSET,
    FLUOXETINE_OFFSET,
    INDUCER_OFFSET,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    PATCH_TAIL,
    TRIAZOLAM_BARRED,
)
from medsteward.interactions.sources import (
    CPIC_2021,
    CYP2D6_LIST,
    DULOXETINE_LABEL,
    DULOXETINE_MONOGRAPH,
    EXPERT_MEMORY,
    HYDROCODONE_LABEL,
    IMITREX,
    JOURNAVX,
    LABEL,
    LABEL_SECTIONS,
    LUCEMYRA,
    METHADONE_MONOGRAPH,
    MOVANTIK,
    OPIOID_LABELS,
    TIZANIDINE_TEXT,
    TRAMADOL_2D6,
    TRAMADOL_TEXT,
)
from medsteward.patient.clauses import takes
from medsteward.patient.groups import (
    BUPRENORPHINE,
    CODEINE,
    CODEINE_OR_TRAMADOL,
    CYP1A2_STRONG,
    CYP2D6_INHIBITOR,
    CYP2D6_STRONG,
    CYP3A4_BENZODIAZEPINE,
    CYP3A4_INDUCER,
    CYP3A4_INHIBITOR,
    CYP3A4_MODERATE,
    CYP3A4_MODERATE_INHIBITOR_OR_INDUCER,
    CYP3A4_STRONG,
    CYP3A4_STRONG_INDUCER,
    CYP3A4_VICTIM,
    DULOXETINE,
    FENTANYL,
    FLUVOXAMINE,
    HYDROCODONE,
    INDUCED_OPIOID,
    LOFEXIDINE,
    METHADONE,
    METHADONE_INDUCER,
    METHADONE_INHIBITOR,
    NALDEMEDINE,
    NALOXEGOL,
    NALOXEGOL_OR_NALDEMEDINE,
    ORAL_NALTREXONE,
    OXYCODONE,
    PROPRANOLOL,
    RAMELTEON,
    RIZATRIPTAN,
    SUZETRIGINE,
    TCA,
    THIORIDAZINE,
    TIZANIDINE,
    TIZANIDINE_BLOCKER,
    TIZANIDINE_RAISER,
    TRAMADOL,
    TRIPTAN,
    TRIPTAN_OR_ERGOT,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-080",
        name="fentanyl with CYP3A4 inhibitor",
        when=(
            takes(FENTANYL, PATCH_TAIL),
            takes(CYP3A4_INHIBITOR, CYP_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises fentanyl: fatal slowing of breathing is possible.",
        consider=(
            "Avoid the inhibitor, or reduce fentanyl with care and watch for longer; watch again when the "
            "inhibitor ends, as fentanyl then falls."
        ),
        sources=(OPIOID_LABELS.at("opioid boxed CYP3A4 interaction"),),
    ),
    Rule(
        id="DDI-081",
        name="oxycodone with CYP3A4 inhibitor",
        when=(
            takes(OXYCODONE),
            takes(CYP3A4_INHIBITOR, CYP_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises oxycodone.",
        consider="Reduce the dose with care and watch; look again when the inhibitor ends.",
        sources=(OPIOID_LABELS.at("oxycodone boxed warning CYP3A4"),),
    ),
    Rule(
        id="DDI-082",
        name="methadone with a strong enzyme inhibitor",
        when=(
            takes(METHADONE),
            takes(METHADONE_INHIBITOR, CYP_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises methadone: sedation and QT.",
        consider="Watch for two weeks after the start and after the end.",
        sources=(METHADONE_MONOGRAPH.at("Leavitt 2005"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-083",
        name="buprenorphine with strong CYP3A4 inhibitor",
        when=(
            takes(BUPRENORPHINE),
            takes(CYP3A4_STRONG, CYP_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises buprenorphine.",
        consider="Watch for sedation.",
        sources=(LABEL_SECTIONS.at("Suboxone film label section 7, CYP3A4 inhibitors raise buprenorphine"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-084",
        name="hydrocodone with CYP3A4 inhibitor",
        when=(
            takes(HYDROCODONE),
            takes(CYP3A4_INHIBITOR, CYP_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises hydrocodone.",
        consider="Reduce the dose with care; look again when the inhibitor ends.",
        sources=(HYDROCODONE_LABEL.at("hydrocodone-acetaminophen label boxed warning, all CYP3A4 inhibitors"),),
    ),
    Rule(
        id="DDI-085",
        name="opioid with CYP3A4 inducer",
        when=(
            takes(INDUCED_OPIOID),
            takes(CYP3A4_INDUCER, INDUCER_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because=(
            "The inducer lowers the opioid: lost effect and withdrawal; when the inducer ends, the level "
            "rises to an overdose."
        ),
        consider="Watch both when the inducer starts and when it ends; adjust in small steps.",
        sources=(TRAMADOL_TEXT.at("MIMS Tramicet (rifampin, carbamazepine, phenytoin)"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-086",
        name="methadone with an enzyme inducer",
        when=(
            takes(METHADONE),
            takes(METHADONE_INDUCER, INDUCER_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="The inducer lowers methadone: withdrawal.",
        consider="Raise the dose with care, and reverse that when the inducer ends.",
        sources=(METHADONE_MONOGRAPH.at("Leavitt 2005"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-087",
        name="tramadol or codeine with CYP3A4 inhibitor",
        when=(
            takes(CODEINE_OR_TRAMADOL),
            takes(CYP3A4_INHIBITOR, CYP_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RAISED_LEVEL,
        because="More of the drug is turned into its stronger form (M1 or morphine).",
        consider="Watch for sedation and slowed breathing.",
        sources=(TRAMADOL_TEXT.at("MIMS Tramicet"),),
    ),
    Rule(
        id="DDI-088",
        name="ergot, ubrogepant, suzetrigine or eletriptan with strong CYP3A4 inhibitor",
        when=(
            takes(CYP3A4_VICTIM),
            takes(CYP3A4_STRONG, CYP_OFFSET),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.TOXICITY,
        because="A large rise in exposure; with ergots, loss of blood flow.",
        consider="Do not start one with the other; with eletriptan leave 72 hours.",
        sources=(
            JOURNAVX.at("suzetrigine label"),
            LABEL_SECTIONS.at("Cafergot label: ergotamine contraindicated with potent CYP3A4 inhibitors"),
            EXPERT_MEMORY.at("others recalled"),
        ),
    ),
    Rule(
        id="DDI-089",
        name="naloxegol with strong CYP3A4 inhibitor",
        when=(
            takes(NALOXEGOL),
            takes(CYP3A4_STRONG, CYP_OFFSET),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.WITHDRAWAL,
        because="Naloxegol rises about 13 times: opioid withdrawal.",
        consider="Do not start one with the other; choose another laxative.",
        sources=(MOVANTIK.at("drugs.com ~13x"),),
    ),
    Rule(
        id="DDI-090",
        name="naloxegol with moderate CYP3A4 inhibitor",
        when=(
            takes(NALOXEGOL),
            takes(CYP3A4_MODERATE, CYP_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.WITHDRAWAL,
        because="Naloxegol rises about 3.4 times: opioid withdrawal is possible.",
        consider="Avoid, or reduce naloxegol to 12.5 mg and watch.",
        sources=(MOVANTIK.at("as cited"),),
    ),
    Rule(
        id="DDI-091",
        name="naloxegol or naldemedine with strong CYP3A4 inducer",
        when=(
            takes(NALOXEGOL_OR_NALDEMEDINE),
            takes(CYP3A4_STRONG_INDUCER, INDUCER_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ACTIVATION,
        because="The inducer takes the effect away (naloxegol falls by 89 %).",
        consider="Not recommended together; choose another laxative.",
        sources=(MOVANTIK.at("as cited"),),
    ),
    Rule(
        id="DDI-092",
        name="naldemedine with CYP3A4 inhibitor",
        when=(
            takes(NALDEMEDINE),
            takes(CYP3A4_INHIBITOR, CYP_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises naldemedine.",
        consider="Watch for withdrawal and cramps.",
        sources=(LABEL.at("Symproic label"),),
    ),
    Rule(
        id="DDI-093",
        name="alprazolam, triazolam or midazolam with strong CYP3A4 inhibitor",
        when=(
            takes(CYP3A4_BENZODIAZEPINE),
            takes(CYP3A4_STRONG, CYP_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because=(
            "Deep sedation. Triazolam is contraindicated with ketoconazole, itraconazole, nefazodone and ritonavir."
        ),
        consider=(
            "Prefer lorazepam, oxazepam or temazepam, or another antimicrobial. A benzodiazepine taken for "
            "long is reduced gradually, not stopped at once."
        ),
        sources=(
            LABEL_SECTIONS.at(
                "triazolam label section 4: contraindicated with strong CYP3A inhibitors (ketoconazole, "
                "itraconazole, nefazodone, ritonavir)"
            ),
            EXPERT_MEMORY.at("alprazolam and midazolam recalled"),
        ),
        variants=(TRIAZOLAM_BARRED,),
    ),
    Rule(
        id="DDI-094",
        name="suzetrigine with a moderate CYP3A4 inhibitor or an inducer",
        when=(
            takes(SUZETRIGINE),
            takes(CYP3A4_MODERATE_INHIBITOR_OR_INDUCER, CYP_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACTIVATION,
        because="The level of suzetrigine changes.",
        consider="With an inhibitor reduce the dose; with an inducer avoid suzetrigine.",
        sources=(JOURNAVX.at("as cited"),),
    ),
    Rule(
        id="DDI-095",
        name="codeine with CYP2D6 inhibitor",
        when=(
            takes(CODEINE),
            takes(CYP2D6_INHIBITOR, FLUOXETINE_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ACTIVATION,
        because=("Codeine is not turned into morphine: no pain relief; toxicity can rebound when the inhibitor ends."),
        consider="Use an analgesic that does not need CYP2D6.",
        sources=(CYP2D6_LIST.at("UpToDate 2D6 list"),),
    ),
    Rule(
        id="DDI-096",
        name="tramadol with CYP2D6 inhibitor",
        when=(
            takes(TRAMADOL),
            takes(CYP2D6_INHIBITOR, FLUOXETINE_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ACTIVATION,
        because=(
            "Less pain relief and more of the parent drug, which raises serotonin and lowers the seizure threshold."
        ),
        consider="Use an analgesic that does not need CYP2D6; tramadol taken for long is tapered.",
        sources=(
            TRAMADOL_2D6.at("as cited"),
            CYP2D6_LIST.at("as cited"),
            OPIOID_LABELS.at("tramadol boxed CYP interactions"),
        ),
    ),
    Rule(
        id="DDI-097",
        name="hydrocodone with strong CYP2D6 inhibitor",
        when=(
            takes(HYDROCODONE),
            takes(CYP2D6_STRONG, FLUOXETINE_OFFSET),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.ACTIVATION,
        because="A small change in levels whose effect is unclear.",
        consider="For information only.",
        sources=(CPIC_2021.at("CPIC 2021 table 4: insufficient evidence"),),
    ),
    Rule(
        id="DDI-098",
        name="tricyclic with CYP2D6 inhibitor",
        when=(
            takes(TCA),
            takes(CYP2D6_INHIBITOR, FLUOXETINE_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The tricyclic rises (desipramine three times with duloxetine): toxicity.",
        consider="Lower the tricyclic gradually; a level or an ECG.",
        sources=(
            CYP2D6_LIST.at("UpToDate list"),
            DULOXETINE_MONOGRAPH.at("UpToDate list"),
        ),
    ),
    Rule(
        id="DDI-100",
        name="duloxetine with strong CYP1A2 inhibitor",
        when=(
            takes(DULOXETINE),
            takes(CYP1A2_STRONG, CYP_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="Duloxetine rises (its clearance falls by 77 % with fluvoxamine).",
        consider=(
            "Avoid the pair: choose another antidepressant or antibiotic, with a gradual change. Thioridazine "
            "is to be avoided with duloxetine too."
        ),
        sources=(
            DULOXETINE_MONOGRAPH.at("MIMS lists as contraindicated (India, Philippines)"),
            DULOXETINE_LABEL.at("MIMS lists as contraindicated (India, Philippines)"),
            DULOXETINE_LABEL.at("thioridazine in fpnotebook"),
        ),
    ),
    Rule(
        id="HAZ-312",
        name="duloxetine with thioridazine",
        when=(
            takes(DULOXETINE),
            takes(THIORIDAZINE),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RHYTHM,
        because="Duloxetine raises thioridazine, which then endangers the heart rhythm.",
        consider="Avoid the pair; ask both prescribers. Duloxetine is not stopped at once.",
        sources=(DULOXETINE_LABEL.at("thioridazine, in lists of drugs to avoid"),),
    ),
    Rule(
        id="DDI-101",
        name="tizanidine with fluvoxamine or ciprofloxacin",
        when=(
            takes(TIZANIDINE),
            takes(TIZANIDINE_BLOCKER, CYP_OFFSET),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.LOW_PRESSURE,
        because=(
            "Tizanidine rises 33 times with fluvoxamine and 10 times with ciprofloxacin: severe low blood "
            "pressure and sedation."
        ),
        consider=(
            "Do not start one with the other; levofloxacin or moxifloxacin do not do this. Tizanidine taken "
            "for long is reduced gradually."
        ),
        sources=(
            LABEL_SECTIONS.at(
                "Zanaflex label 7.1: strong CYP1A2 inhibitors, fluvoxamine and ciprofloxacin named, contraindicated"
            ),
            TIZANIDINE_TEXT.at("vibore"),
        ),
    ),
    Rule(
        id="DDI-102",
        name="tizanidine with another CYP1A2 inhibitor",
        when=(
            takes(TIZANIDINE),
            takes(TIZANIDINE_RAISER, CYP_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOW_PRESSURE,
        because="Low blood pressure and sedation (with an oral contraceptive about four times the level).",
        consider="If it cannot be avoided, begin with 2 mg and rise by 2 to 4 mg.",
        sources=(TIZANIDINE_TEXT.at("Zanaflex label"),),
    ),
    Rule(
        id="DDI-105",
        name="lofexidine with strong CYP2D6 inhibitor",
        when=(
            takes(LOFEXIDINE),
            takes(CYP2D6_STRONG, FLUOXETINE_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.LOW_PRESSURE,
        because="Lofexidine rises: low blood pressure.",
        consider="Check blood pressure lying and standing.",
        sources=(LUCEMYRA.at("Lucemyra"),),
    ),
    Rule(
        id="DDI-106",
        name="lofexidine with oral naltrexone",
        when=(
            takes(LOFEXIDINE),
            takes(ORAL_NALTREXONE),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.ACTIVATION,
        because="Naltrexone may work less when taken within 2 hours.",
        consider="Take them 2 hours apart.",
        sources=(LUCEMYRA.at("hcp.lucemyra"),),
    ),
    Rule(
        id="DDI-107",
        name="ramelteon with fluvoxamine",
        when=(
            takes(RAMELTEON),
            takes(FLUVOXAMINE, CYP_OFFSET),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="Ramelteon rises many times.",
        consider="Do not start ramelteon with fluvoxamine; choose another aid to sleep.",
        sources=(LABEL_SECTIONS.at("Rozerem label section 4"),),
    ),
    Rule(
        id="DDI-108",
        name="rizatriptan with propranolol",
        when=(
            takes(RIZATRIPTAN),
            takes(PROPRANOLOL),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="Rizatriptan rises by 70 %.",
        consider="Use 5 mg a dose, at most 15 mg in 24 hours.",
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-109",
        name="triptan with an ergot or a second triptan",
        when=(
            takes(TRIPTAN),
            takes(TRIPTAN_OR_ERGOT),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SPASM,
        because="Narrowed blood vessels; the effects add up.",
        consider="Leave 24 hours between them; choose one.",
        sources=(IMITREX.at("Imitrex label text"),),
    ),
)
