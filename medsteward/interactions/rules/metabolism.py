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
    METHADONE_RAISED_MOST,
    METHADONE_RAISED_MOST_NEW,
    NEW_STRONG_INHIBITOR,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    PATCH_TAIL,
    STRONG_INHIBITOR,
    STRONG_INHIBITOR_SHOWN,
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
    NALDEMEDINE,
    NALOXEGOL,
    NALOXEGOL_OR_NALDEMEDINE,
    OXYCODONE,
    SUZETRIGINE,
)
from medsteward.patient.groups_of_levels import CYP3A4_INHIBITOR_NOT_FOOD, METHADONE_INHIBITOR

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-080",
        name="fentanyl with CYP3A4 inhibitor",
        when=(
            takes(FENTANYL, PATCH_TAIL),
            takes(CYP3A4_INHIBITOR_NOT_FOOD, CYP_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises fentanyl: fatal slowing of breathing is possible.",
        consider=(
            "Avoid the inhibitor, or reduce fentanyl with care and watch for longer. If both are already "
            "taken, check breathing today; fentanyl is not stopped suddenly. Watch again when the inhibitor "
            "ends, as fentanyl then falls."
        ),
        sources=(OXYCODONE_LABEL.at("opioid boxed CYP3A4 interaction"),),
        variants=(NEW_STRONG_INHIBITOR,),
    ),
    Rule(
        id="DDI-081",
        name="oxycodone with CYP3A4 inhibitor",
        when=(
            takes(OXYCODONE),
            takes(CYP3A4_INHIBITOR_NOT_FOOD, CYP_OFFSET),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because=(
            "The inhibitor slows the breakdown of oxycodone, so sedation and slowed breathing can appear "
            "days after it is started."
        ),
        consider=(
            "Reduce oxycodone with care, lengthen the interval and check breathing within days. Review again "
            "when the inhibitor ends, as the level then falls."
        ),
        sources=(OXYCODONE_LABEL.at("oxycodone boxed warning CYP3A4"),),
        variants=(STRONG_INHIBITOR,),
    ),
    Rule(
        id="DDI-082",
        name="methadone with an enzyme inhibitor",
        when=(
            takes(METHADONE),
            takes(METHADONE_INHIBITOR, CYP_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises methadone: sedation, slowed breathing, and the QT interval as well.",
        consider=(
            "Watch sedation for two weeks after the start and after the end, and consider an ECG. A lower "
            "methadone dose may be needed; it is not stopped."
        ),
        sources=(
            LEAVITT_2005,
            LABEL_SECTIONS.at("methadone boxed warning: inhibitors of CYP3A4, 2B6, 2C19, 2C9 or 2D6"),
            EXPERT_MEMORY.at("which inhibitors raise it most"),
        ),
        variants=(
            OUD_GOES_ON,
            OUD_UNCLEAR,
            METHADONE_RAISED_MOST,
            METHADONE_RAISED_MOST_NEW,
        ),
    ),
    Rule(
        id="DDI-083",
        name="buprenorphine with CYP3A4 inhibitor",
        when=(
            takes(BUPRENORPHINE),
            takes(CYP3A4_INHIBITOR, CYP_OFFSET),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor slows the breakdown of buprenorphine, so sedation can increase.",
        consider="Watch for sleepiness for a week and consider a lower dose. Treatment of opioid use disorder goes on.",
        sources=(LABEL_SECTIONS.at("Suboxone film label section 7, CYP3A4 inhibitors raise buprenorphine"),),
        variants=(
            OUD_GOES_ON,
            OUD_UNCLEAR,
            STRONG_INHIBITOR_SHOWN,
        ),
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
        because=(
            "The inhibitor slows the breakdown of hydrocodone, so sedation and slowed breathing can appear days later."
        ),
        consider=(
            "Reduce hydrocodone with care and check breathing within days. Review again when the inhibitor "
            "ends, as the level then falls."
        ),
        sources=(HYDROCODONE_LABEL.at("hydrocodone-acetaminophen label boxed warning, all CYP3A4 inhibitors"),),
        variants=(STRONG_INHIBITOR,),
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
        because=(
            "The inhibitor raises the second drug so far that blood vessels can close (ergots) or side "
            "effects become severe."
        ),
        consider=(
            "Do not take them together; with eletriptan leave 72 hours. If both were taken, look for cold or "
            "numb fingers and chest pain and get help."
        ),
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
        because="The inhibitor raises naloxegol about 13 times, so opioid withdrawal starts suddenly.",
        consider="Hold naloxegol now and consider polyethylene glycol or senna; the opioid continues.",
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
        because="The inhibitor raises naldemedine, which can cause cramps, diarrhea or opioid withdrawal symptoms.",
        consider="Ask about cramps and withdrawal; consider senna or polyethylene glycol instead if they appear.",
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
