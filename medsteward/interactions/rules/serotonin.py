"""Serotonin toxicity and seizures."""

from __future__ import annotations

from medsteward.interactions.places import (
    AHS_TRIPTANS,
    AZILECT_LABEL,
    BALDO_2018,
    CONTRAVE,
    CYP2D6_LIST,
    DULOXETINE_LABEL,
    EXPERT_MEMORY,
    FDA_2016_SEROTONIN,
    FETZIMA_LABEL,
    IMITREX,
    LABEL,
    LABEL_SECTIONS,
    MAOI_TABLES,
    MHRA_2024_WARFARIN,
    TRAMADOL_2D6,
    TRAMADOL_TEXT,
    TRINTELLIX_LABEL,
    XADAGO_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    AFTER_MAOI,
    AFTER_MAOI_OR_A_DAY,
    BEFORE_MAOI,
    FLUOXETINE_TAIL,
    ONE_ANTIDEPRESSANT_WITH_RASAGILINE,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    PATCH_TAIL,
    SSRI_WITH_SAFINAMIDE,
    WEAK_MAOI,
)
from medsteward.patient.clauses import Age, either, has, takes
from medsteward.patient.groups import (
    BUPROPION,
    DIURETIC,
    GLUCOSE_LOWERING,
    MAOI_OR_PROCARBAZINE,
    MAOI_TRIPTAN,
    NOT_WITH_MAOI,
    OTHER_OPIOID_WITH_SSRI,
    SEIZURE_LOWERING,
    SEIZURE_OPIOID,
    SEROTONERGIC_ANTIDEPRESSANT,
    SEROTONERGIC_OPIOID,
    SEROTONERGIC_STRONG_OPIOID,
    SSRI_OR_SNRI,
    SSRI_SNRI_TCA,
    TRAMADOL,
    TRIPTAN_OR_DITAN,
    WARFARIN,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-055",
        name="MAO inhibitor with an antidepressant, stimulant or the like",
        when=(
            takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI_OR_A_DAY),
            takes(NOT_WITH_MAOI, BEFORE_MAOI),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SEROTONIN,
        because=(
            "An MAO inhibitor keeps serotonin and norepinephrine from being broken down: with these drugs "
            "blood pressure or body temperature can rise to dangerous levels. Linezolid and methylene blue "
            "count."
        ),
        consider=(
            "Wait the labeled interval in both directions (14 days after the MAO inhibitor; before it 5 "
            "weeks after fluoxetine, 3 after vortioxetine, 5 to 14 days after others). If both are taken, "
            "call both prescribers today; the antidepressant is tapered."
        ),
        sources=(
            LABEL_SECTIONS.at("Prozac and Zyvox labels"),
            TRINTELLIX_LABEL.at("21 days before an MAO inhibitor"),
            FETZIMA_LABEL.at("7 days before and 14 days after an MAO inhibitor"),
            AZILECT_LABEL.at("antidepressants: not recommended, 14 days"),
            XADAGO_LABEL.at("7.3: monitor with SSRIs"),
            DULOXETINE_LABEL.at("Cymbalta concise label (5 days after, 14 days before)"),
            MAOI_TABLES.at("drugs.com linezolid"),
            MAOI_TABLES.at("skyscape MAO-B note"),
        ),
        variants=(
            ONE_ANTIDEPRESSANT_WITH_RASAGILINE,
            SSRI_WITH_SAFINAMIDE,
            WEAK_MAOI,
        ),
    ),
    Rule(
        id="DDI-056",
        name="MAO inhibitor with sumatriptan, rizatriptan or zolmitriptan",
        when=(
            takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI),
            takes(MAOI_TRIPTAN),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SPASM,
        because="The MAO inhibitor raises the triptan, so blood vessels can narrow dangerously.",
        consider=(
            "Do not use these triptans with or within 14 days of an MAO inhibitor; ask about a gepant. If "
            "taken with chest pain, get help."
        ),
        sources=(IMITREX.at("Imitrex label text"),),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-057",
        name="tramadol or meperidine with a serotonergic antidepressant",
        when=(
            takes(SEROTONERGIC_STRONG_OPIOID),
            takes(SEROTONERGIC_ANTIDEPRESSANT, FLUOXETINE_TAIL),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Both raise serotonin, so toxicity is possible, and tramadol adds seizures.",
        consider=(
            "Prefer an opioid that does not act on serotonin. If both are taken, keep doses low and watch "
            "for agitation, sweating, tremor and fever; a change is a taper, never a sudden stop."
        ),
        sources=(
            FDA_2016_SEROTONIN.at("FDA 2016-03-22"),
            TRAMADOL_2D6.at("WebMD tramadol-2D6"),
            FDA_2016_SEROTONIN.at("CCJM table"),
        ),
    ),
    Rule(
        id="DDI-058",
        name="methadone, tapentadol, fentanyl or levorphanol with a serotonergic antidepressant",
        when=(
            takes(SEROTONERGIC_OPIOID, PATCH_TAIL),
            takes(SEROTONERGIC_ANTIDEPRESSANT, FLUOXETINE_TAIL),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="These opioids also act on serotonin; toxicity is possible.",
        consider="Watch for agitation, sweating, tremor and fever at the start and at each change of dose.",
        sources=(BALDO_2018.at("Baldo 2018"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-059",
        name="two serotonergic antidepressants",
        when=(
            takes(SSRI_OR_SNRI),
            takes(SSRI_SNRI_TCA),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Duplicate effect: serotonin toxicity, bleeding, raised tricyclic level.",
        consider="Avoid duplication unless a specialist wants it. If one is given up, taper it gradually.",
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-060",
        name="triptan or ditan with SSRI, SNRI or tricyclic",
        when=(
            takes(TRIPTAN_OR_DITAN),
            takes(SSRI_SNRI_TCA),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.SEROTONIN,
        because="Serotonin toxicity was reported but rarely meets the criteria.",
        consider="For information only; do not withhold the triptan because of this.",
        sources=(AHS_TRIPTANS.at("FDA 2006 vs AHS position: 0 of 29 cases met Hunter criteria"),),
    ),
    Rule(
        id="DDI-064",
        name="other opioid with SSRI or SNRI",
        when=(
            takes(OTHER_OPIOID_WITH_SSRI),
            takes(SSRI_OR_SNRI),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.SEROTONIN,
        because="A class-wide warning; morphine, hydromorphone and their kind hardly act on serotonin.",
        consider="For information; no change is needed for this alone.",
        sources=(BALDO_2018.at("Baldo 2018 contradicts for phenanthrenes"),),
    ),
    Rule(
        id="DDI-065",
        name="tramadol with bupropion",
        when=(
            takes(TRAMADOL),
            takes(BUPROPION),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEIZURE,
        because="Both lower the seizure threshold, and bupropion blocks the activation of tramadol.",
        consider=("Avoid the pair; choose another analgesic. If tramadol is given up after long use, taper it."),
        sources=(
            TRAMADOL_2D6.at("WebMD/tramadol 2D6 list"),
            CYP2D6_LIST.at("UpToDate 2D6 list"),
        ),
    ),
    Rule(
        id="DDI-067",
        name="tramadol, meperidine or tapentadol with a drug that lowers the seizure threshold",
        when=(
            takes(SEIZURE_OPIOID),
            takes(SEIZURE_LOWERING),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEIZURE,
        because="Both lower the seizure threshold.",
        consider=("Avoid with epilepsy, alcohol withdrawal or head injury; otherwise prefer another analgesic."),
        sources=(TRAMADOL_TEXT.at("MIMS tramadol"),),
    ),
    Rule(
        id="DDC-240",
        name="tramadol, meperidine or tapentadol with seizure disorder",
        when=(
            takes(SEIZURE_OPIOID),
            has(
                "seizure disorder",
                "head injury",
                "traumatic brain injury",
            ),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEIZURE,
        because="These opioids can bring on seizures.",
        consider=("Avoid starting them; choose another analgesic. If already taken for long, change over gradually."),
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDC-241",
        name="bupropion with seizure disorder",
        when=(
            takes(BUPROPION),
            has("seizure disorder"),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SEIZURE,
        because="Bupropion lowers the seizure threshold, and with epilepsy a seizure becomes likely.",
        consider=(
            "Bupropion is not to be started. If it is taken, call the prescriber today to change over; it is never "
            "stopped suddenly."
        ),
        sources=(CONTRAVE.at("Contrave table lists seizure disorder"),),
    ),
    Rule(
        id="HAZ-305",
        name="tramadol and low blood sugar",
        when=(
            takes(TRAMADOL),
            either(has("diabetes"), has("hypoglycemia"), takes(GLUCOSE_LOWERING)),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.SUGAR,
        because="Tramadol can lower blood sugar, mostly in the first 30 days and with diabetes.",
        consider="Tell the patient the signs; check glucose when starting.",
        sources=(EXPERT_MEMORY.at("tramadol labelling; observational studies"),),
    ),
    Rule(
        id="HAZ-306",
        name="tramadol with warfarin",
        when=(
            takes(TRAMADOL),
            takes(WARFARIN),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BLEEDING,
        because="Tramadol can raise the INR and cause bleeding.",
        consider=(
            "Check the INR within days of starting, changing or ending tramadol; prefer acetaminophen within its limit."
        ),
        sources=(MHRA_2024_WARFARIN,),
    ),
    Rule(
        id="HAZ-307",
        name="tramadol and low sodium",
        when=(
            takes(TRAMADOL),
            either(has("hyponatremia"), takes(DIURETIC), takes(SSRI_OR_SNRI), Age(at_least=65)),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.SODIUM,
        because=("Tramadol can lower sodium, more in older people, in women, with diuretics and with SSRIs or SNRIs."),
        consider="Check sodium when starting and with confusion, falls or seizures.",
        sources=(EXPERT_MEMORY.at("tramadol labelling, warnings"),),
    ),
)
