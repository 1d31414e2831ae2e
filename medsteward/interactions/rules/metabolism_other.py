"""What enzymes do to a medicine: CYP2D6, CYP1A2, and others."""

from __future__ import annotations

from medsteward.interactions.places import (
    CPIC_2021,
    CYP2D6_LIST,
    DULOXETINE_LABEL,
    DULOXETINE_MONOGRAPH,
    IMITREX,
    LABEL,
    LABEL_SECTIONS,
    LUCEMYRA,
    TIZANIDINE_TEXT,
    TRAMADOL_2D6,
    TRAMADOL_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    CYP_OFFSET,
    FLUOXETINE_OFFSET,
)
from medsteward.limits.said import number, said
from medsteward.patient.clauses import takes
from medsteward.patient.groups import (
    CODEINE,
    CYP1A2_STRONG,
    CYP2D6_INHIBITOR,
    CYP2D6_STRONG,
    DULOXETINE,
    FLUVOXAMINE,
    HYDROCODONE,
    LOFEXIDINE,
    ORAL_NALTREXONE,
    PROPRANOLOL,
    RAMELTEON,
    RIZATRIPTAN,
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
            TRAMADOL_LABEL.at("tramadol boxed CYP interactions"),
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
            "Fluvoxamine raises tizanidine 33 times and ciprofloxacin 10 times: severe low blood pressure and sedation."
        ),
        consider=(
            "Change the antibiotic first (levofloxacin or moxifloxacin do not do this) and check blood "
            "pressure. If it cannot be changed, or with fluvoxamine, lower tizanidine gradually with the "
            "prescriber from today on; blood pressure rebounds when it ends suddenly. Fainting or deep "
            "drowsiness needs emergency care."
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
        consider=f"If it cannot be avoided, begin with {said('DL-TIZANIDINE-03')} and rise by 2 to 4 mg.",
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
        tier=1,
        hazard=Hazard.RAISED_LEVEL,
        because=(
            "Fluvoxamine blocks the enzyme that clears ramelteon, which rises many times; its label forbids the pair."
        ),
        consider=(
            "Consider behavioral therapy for insomnia or another sleep aid that CYP1A2 does not clear. If "
            "both are taken, consider ending ramelteon; fluvoxamine is not stopped suddenly."
        ),
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
        consider=f"Use {said('DL-RIZATRIPTAN-04')} a dose, at most {number('DL-RIZATRIPTAN-05')} mg in 24 hours.",
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
