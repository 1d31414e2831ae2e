"""Dangerous heart rhythms, blood pressure and pulse."""

from __future__ import annotations

from medsteward.interactions.places import (
    CLONIDINE_LABEL,
    CREDIBLEMEDS,
    CYCLOBENZAPRINE_LABEL,
    DULOXETINE_MONOGRAPH,
    EXPERT_MEMORY,
    FDA_LOPERAMIDE,
    LABEL,
    LUCEMYRA,
    METHADONE_MONOGRAPH,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    OUD_GOES_ON,
    OUD_UNCLEAR,
    QTC_OVER_500,
)
from medsteward.limits.said import said
from medsteward.patient.clauses import QtcAbove, TakesSeveral, either, has, takes
from medsteward.patient.groups import (
    ALPHA2,
    ALPHA2_OR_TIZANIDINE,
    BETA_BLOCKER,
    BUPRENORPHINE,
    CLONIDINE,
    CYCLOBENZAPRINE,
    LOFEXIDINE,
    LOPERAMIDE_HIGH,
    METHADONE,
    QT_KNOWN_OTHER,
    QT_OTHER,
    SNRI,
    TCA_OR_CYCLOBENZAPRINE,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-070",
        name="methadone with a drug of known QT risk",
        when=(
            takes(METHADONE),
            takes(QT_KNOWN_OTHER),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RHYTHM,
        because="Both prolong the QT interval; torsades is possible.",
        consider=(
            "ECG before and after, correct potassium and magnesium, choose an alternative to the second drug. "
            "Methadone is not stopped at once."
        ),
        sources=(
            METHADONE_MONOGRAPH.at("PDR methadone"),
            CREDIBLEMEDS.at("CredibleMeds categories"),
            EXPERT_MEMORY.at("membership recalled"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-071",
        name="methadone with another drug that may prolong the QT interval",
        when=(
            takes(METHADONE),
            takes(QT_OTHER),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RHYTHM,
        because="The effects on the QT interval may add up.",
        consider="ECG if there are other risk factors.",
        sources=(
            CREDIBLEMEDS.at("categories; membership recalled"),
            EXPERT_MEMORY.at("hydroxyzine, trazodone, tricyclics and loperamide above its label"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-072",
        name="two drugs of known QT risk",
        when=(TakesSeveral(QT_KNOWN_OTHER, 2),),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RHYTHM,
        because="Two drugs that prolong the QT interval.",
        consider="Avoid, or take an ECG; correct potassium and magnesium.",
        sources=(CREDIBLEMEDS.at("CredibleMeds FAQ discourages two QT drugs"),),
    ),
    Rule(
        id="DDI-073",
        name="lofexidine with methadone",
        when=(
            takes(LOFEXIDINE),
            takes(METHADONE),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RHYTHM,
        because="Both prolong the QT interval.",
        consider="ECG monitoring; correct potassium and magnesium first.",
        sources=(LUCEMYRA.at("hcp.lucemyra"),),
    ),
    Rule(
        id="DDI-074",
        name="buprenorphine with a drug of known QT risk",
        when=(
            takes(BUPRENORPHINE),
            takes(QT_KNOWN_OTHER),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RHYTHM,
        because="The effects on the QT interval may add up; that of buprenorphine is weak.",
        consider="ECG if there are risk factors.",
        sources=(LABEL.at("Butrans/Belbuca label"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDC-264",
        name="methadone with a heart rhythm risk",
        when=(
            takes(METHADONE),
            either(has("arrhythmia", "long qt", "heart block", "hypokalemia", "hypomagnesemia"), QtcAbove(450)),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RHYTHM,
        because="Methadone prolongs the QT interval; with this risk torsades is more likely.",
        consider=(
            "ECG; correct potassium and magnesium. Avoid starting methadone; if it is already taken, it is "
            "not stopped at once: weigh an alternative with its prescriber."
        ),
        sources=(METHADONE_MONOGRAPH.at("PDR methadone"),),
        variants=(
            OUD_GOES_ON,
            OUD_UNCLEAR,
            QTC_OVER_500,
        ),
    ),
    Rule(
        id="HAZ-308",
        name="loperamide above its label",
        when=(takes(LOPERAMIDE_HIGH),),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RHYTHM,
        because=f"Loperamide above {said('DL-LOPERAMIDE-01')} can cause QT prolongation, torsades and death.",
        consider=(
            "Ask why so much is taken: it may be self-treatment of withdrawal. Bring it to "
            f"{said('DL-LOPERAMIDE-01')} or less; ECG; offer treatment."
        ),
        sources=(FDA_LOPERAMIDE.at("maximum 16 mg a day on prescription, 8 mg a day over the counter"),),
    ),
    Rule(
        id="HAZ-309",
        name="two or more drugs that burden the QT interval, lofexidine among them",
        when=(
            takes(LOFEXIDINE),
            takes(QT_KNOWN_OTHER),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RHYTHM,
        because="Lofexidine prolongs the QT interval, and so does the other drug.",
        consider="ECG; correct potassium and magnesium; choose another drug for the second.",
        sources=(LUCEMYRA.at("QT with other QT drugs"),),
    ),
    Rule(
        id="DDI-103",
        name="clonidine with beta blocker",
        when=(
            takes(CLONIDINE),
            takes(BETA_BLOCKER),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOW_PRESSURE,
        because="Slow pulse; and when clonidine is ended first, blood pressure can rebound.",
        consider=(
            "Watch the pulse. If both are to end, the beta blocker goes first, several days before the "
            "gradual reduction of clonidine."
        ),
        sources=(
            CLONIDINE_LABEL.at(
                "clonidine tablets label (openFDA c83e4e4f v11, effective 2026-04-30), warnings and precautions"
            ),
        ),
    ),
    Rule(
        id="DDI-104",
        name="two alpha-2 agonists, tizanidine included",
        when=(TakesSeveral(ALPHA2_OR_TIZANIDINE, 2),),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.LOW_PRESSURE,
        because="The same effect twice: low blood pressure, slow pulse.",
        consider="Avoid; choose one, and reduce the other gradually.",
        sources=(LABEL.at("Zanaflex label"),),
    ),
    Rule(
        id="DDC-262",
        name="tricyclic or cyclobenzaprine with recent heart attack or arrhythmia",
        when=(
            takes(TCA_OR_CYCLOBENZAPRINE),
            has("recent myocardial infarction", "arrhythmia", "long qt", "heart block"),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.RHYTHM,
        because=(
            "Tricyclics and cyclobenzaprine slow conduction in the heart. After a heart attack or with a rhythm "
            "disorder they can cause fatal rhythms."
        ),
        consider=(
            "Not to be started. If it is taken, get an ECG and call the prescriber today; a tricyclic is tapered. A "
            "gabapentinoid or a topical is safer; an SNRI only with cardiology."
        ),
        sources=(
            LABEL.at("amitriptyline label section 4: not recommended in acute recovery after MI"),
            CYCLOBENZAPRINE_LABEL.at(
                "cyclobenzaprine: contraindicated after MI, arrhythmia, heart block, CHF, hyperthyroidism"
            ),
            EXPERT_MEMORY.at("TCA + arrhythmia recalled"),
        ),
    ),
    Rule(
        id="HAZ-310",
        name="cyclobenzaprine with heart failure, atrial fibrillation or hyperthyroidism",
        when=(
            takes(CYCLOBENZAPRINE),
            has("heart failure", "atrial fibrillation", "hyperthyroidism"),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.RHYTHM,
        because=(
            "Cyclobenzaprine is related to the tricyclics and can speed up or block the heartbeat; its label "
            "forbids it with these conditions."
        ),
        consider=(
            "Not to be started. If it is already taken, ask the prescriber today about heat, exercise or another "
            "muscle relaxant; after weeks of use it is reduced over several days."
        ),
        sources=(
            CYCLOBENZAPRINE_LABEL.at(
                "cyclobenzaprine: after heart attack, arrhythmia, heart block, heart failure, hyperthyroidism"
            ),
        ),
    ),
    Rule(
        id="HAZ-311",
        name="alpha-2 agonist with low blood pressure or heart block",
        when=(
            takes(ALPHA2),
            has("hypotension", "heart block"),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOW_PRESSURE,
        because="Clonidine and its kind lower blood pressure and pulse further.",
        consider=("Check blood pressure and pulse before each dose; hold a dose below 90/60 mmHg. Reduce gradually."),
        sources=(EXPERT_MEMORY.at("alpha-2 agonist labelling"),),
    ),
    Rule(
        id="DDC-273",
        name="SNRI with uncontrolled hypertension",
        when=(
            takes(SNRI),
            has("uncontrolled hypertension"),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.HIGH_PRESSURE,
        because="SNRIs can raise blood pressure.",
        consider="Control blood pressure first; then check it regularly.",
        sources=(DULOXETINE_MONOGRAPH.at("MIMS duloxetine"),),
    ),
)
