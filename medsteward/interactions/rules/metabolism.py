"""What enzymes do to a medicine: CYP3A4."""

from __future__ import annotations

from medsteward.interactions.places import (
    EXPERT_MEMORY,
    HYDROCODONE_LABEL,
    JOURNAVX,
    LABEL,
    LABEL_SECTIONS,
    LEAVITT_2005,
    MOVANTIK,
    OXYCODONE_LABEL,
    TRAMADOL_TEXT,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    CYP_OFFSET,
    INDUCER_OFFSET,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    PATCH_TAIL,
    TRIAZOLAM_BARRED,
)
from medsteward.limits.said import number
from medsteward.patient.clauses import takes
from medsteward.patient.groups import (
    BUPRENORPHINE,
    CODEINE_OR_TRAMADOL,
    CYP3A4_BENZODIAZEPINE,
    CYP3A4_INDUCER,
    CYP3A4_INHIBITOR,
    CYP3A4_MODERATE,
    CYP3A4_MODERATE_INHIBITOR_OR_INDUCER,
    CYP3A4_STRONG,
    CYP3A4_STRONG_INDUCER,
    CYP3A4_VICTIM,
    FENTANYL,
    HYDROCODONE,
    INDUCED_OPIOID,
    METHADONE,
    METHADONE_INDUCER,
    METHADONE_INHIBITOR,
    NALDEMEDINE,
    NALOXEGOL,
    NALOXEGOL_OR_NALDEMEDINE,
    OXYCODONE,
    SUZETRIGINE,
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
        sources=(OXYCODONE_LABEL.at("opioid boxed CYP3A4 interaction"),),
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
        sources=(OXYCODONE_LABEL.at("oxycodone boxed warning CYP3A4"),),
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
        sources=(LEAVITT_2005,),
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
            takes(CYP3A4_INDUCER),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="The inducer lowers the opioid: lost effect and withdrawal; when it ends, the level rises again.",
        consider="Watch both when the inducer starts and when it ends; adjust in small steps.",
        sources=(TRAMADOL_TEXT.at("MIMS Tramicet (rifampin, carbamazepine, phenytoin)"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-086",
        name="methadone with an enzyme inducer",
        when=(
            takes(METHADONE),
            takes(METHADONE_INDUCER),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="The inducer lowers methadone: withdrawal.",
        consider="Raise the dose with care, and reverse that when the inducer ends.",
        sources=(LEAVITT_2005,),
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
        consider=f"Avoid, or reduce naloxegol to {number('DL-NALOXEGOL-03')} mg and watch.",
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
)
