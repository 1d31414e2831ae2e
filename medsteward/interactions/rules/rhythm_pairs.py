"""Pairs that endanger the heart rhythm."""

from __future__ import annotations

from medsteward.interactions.places import (
    EXPERT_MEMORY,
    FDA_LOPERAMIDE,
    LABEL,
    LABEL_SECTIONS,
    LOPERAMIDE_LEVELS,
    METHADONE_PATIENT_COPY,
    METHADONE_TAIWAN,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import CYP_OFFSET, OUD_GOES_ON, OUD_UNCLEAR, PATCH_TAIL
from medsteward.limits.said import said
from medsteward.patient.clauses import either, has, takes
from medsteward.patient.groups import METHADONE, TCA
from medsteward.patient.groups_of_levels import LIDOCAINE_ON_SKIN
from medsteward.patient.groups_of_pairs import (
    ANTIARRHYTHMIC_IA_III,
    BUPRENORPHINE_FOR_PAIN,
    CLASS_I_ANTIARRHYTHMIC,
    LOPERAMIDE,
    LOPERAMIDE_RAISER,
    QT_BY_OWN_LABEL,
    QT_LABEL_FORBIDS,
    RHYTHM_DRUG,
    SALT_LOSER,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-220",
        name="methadone with a drug whose label forbids other QT drugs",
        when=(takes(METHADONE), takes(QT_LABEL_FORBIDS)),
        severity=Severity.CONTRAINDICATED,
        tier=2,
        hazard=Hazard.RHYTHM,
        because=(
            "The label of the second drug forbids other drugs that prolong the QT interval, and methadone "
            "does so strongly."
        ),
        consider=(
            "Consider another drug in place of the second. If both are taken, get an ECG and electrolytes "
            "today; methadone is not stopped suddenly."
        ),
        sources=(
            METHADONE_TAIWAN.at("methadone with thioridazine"),
            LABEL.at("labels of thioridazine, ziprasidone, pimozide, dofetilide and dronedarone"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-221",
        name="methadone with class I or III antiarrhythmic",
        when=(takes(METHADONE), takes(ANTIARRHYTHMIC_IA_III)),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.RHYTHM,
        because=(
            "Methadone's boxed warning covers QT prolongation, and its label names class I and III "
            "antiarrhythmics as adding to it."
        ),
        consider=(
            "If both are needed: an ECG before and within days of starting, potassium and magnesium "
            "corrected, and the cardiologist asked. Methadone is not stopped suddenly."
        ),
        sources=(LABEL_SECTIONS.at("methadone boxed warning and section 7: class I and III antiarrhythmics"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
        absorbs=("DDI-070",),
    ),
    Rule(
        id="DDI-222",
        name="methadone with a drug that prolongs QT a little",
        when=(takes(METHADONE), takes(QT_BY_OWN_LABEL)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RHYTHM,
        because="The second drug can prolong the QT interval a little; with methadone the effects add up.",
        consider=(
            "Consider an ECG if there is another risk factor: high methadone dose, low potassium, heart "
            "disease, older age. Neither is stopped suddenly."
        ),
        sources=(LABEL.at("each drug's own label, warning of QT; methadone label: some neuroleptics and tricyclics"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-223",
        name="methadone with a drug that lowers potassium or magnesium",
        when=(takes(METHADONE), takes(SALT_LOSER)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RHYTHM,
        because=(
            "Diuretics and daily stimulant laxatives can lower potassium and magnesium, which makes "
            "methadone's QT effect more dangerous."
        ),
        consider="Check potassium and magnesium once or twice a year and after dose changes; keep the laxative going.",
        sources=(METHADONE_PATIENT_COPY.at("drugs that cause electrolyte disturbance"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-224",
        name="buprenorphine patch or buccal film with a heart rhythm risk",
        when=(takes(BUPRENORPHINE_FOR_PAIN, PATCH_TAIL), either(takes(ANTIARRHYTHMIC_IA_III), has("long qt"))),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RHYTHM,
        because=(
            "The patch and buccal film labels advise against use with class IA or III antiarrhythmics or a long QT."
        ),
        consider=(
            "Prefer another analgesic or check the ECG; a change is gradual. Treatment of opioid use "
            "disorder is not stopped for this."
        ),
        sources=(LABEL.at("Butrans and Belbuca labels"),),
        absorbs=("DDI-074",),
    ),
    Rule(
        id="DDI-225",
        name="loperamide with a drug that raises it",
        when=(takes(LOPERAMIDE), takes(LOPERAMIDE_RAISER, CYP_OFFSET)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RHYTHM,
        because=(
            "These drugs raise loperamide up to 12 times in combination, and high levels endanger the heart rhythm."
        ),
        consider="Keep loperamide within its labeled dose and to two days at most, or consider another antidiarrheal.",
        sources=(
            LOPERAMIDE_LEVELS.at("itraconazole raises loperamide 3.8 times, with gemfibrozil 12.6 times"),
            FDA_LOPERAMIDE.at("list seen in a copy"),
            EXPERT_MEMORY.at("cimetidine among them"),
        ),
    ),
    Rule(
        id="DDI-268",
        name="lidocaine on the skin with a class I antiarrhythmic or amiodarone",
        when=(takes(LIDOCAINE_ON_SKIN), takes(CLASS_I_ANTIARRHYTHMIC)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RHYTHM,
        because="The patch adds a little of the same effect as the heart rhythm drug.",
        consider=(
            f"Keep to {said('DL-LIDOCAINE-TOPICAL-01')} for {said('DL-LIDOCAINE-TOPICAL-02')} and avoid broken skin."
        ),
        sources=(LABEL.at("Lidoderm label"), EXPERT_MEMORY.at("amiodarone beside class I")),
    ),
    Rule(
        id="DDI-271",
        name="tricyclic with an antiarrhythmic or a drug of known QT risk",
        when=(takes(TCA), takes(RHYTHM_DRUG)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RHYTHM,
        because=(
            "Tricyclics slow conduction in the heart; with another rhythm-active drug dangerous rhythms are possible."
        ),
        consider=(
            "Prefer a gabapentinoid or a topical; an SNRI only with cardiology. If both are taken, get an "
            "ECG. The tricyclic is tapered, never stopped suddenly."
        ),
        sources=(LABEL.at("class knowledge"),),
    ),
)
