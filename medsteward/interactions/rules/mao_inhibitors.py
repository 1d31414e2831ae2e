"""MAO inhibitors with what raises serotonin, norepinephrine or blood pressure."""

from __future__ import annotations

from medsteward.interactions.places import (
    AZILECT_DOSING,
    AZILECT_LABEL,
    CARBAMAZEPINE_LABEL,
    EXPERT_MEMORY,
    LABEL,
    LABEL_SECTIONS,
    MIRTAZAPINE_CHANGE,
    PARNATE_LABEL,
    SKELAXIN_LABEL,
    TRAZODONE_CHANGE,
    XADAGO_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    AFTER_MAOI,
    BEFORE_MAOI,
    CYP_OFFSET,
    DRINKS,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    PATCH_TAIL,
    WEAK_MAOI,
    WITH_RASAGILINE,
)
from medsteward.patient.clauses import either, takes
from medsteward.patient.groups import CYP1A2_STRONG, LITHIUM, MAOI_OR_PROCARBAZINE, OPIOID
from medsteward.patient.groups_of_pairs import (
    CARBAMAZEPINE,
    DECONGESTANT_OR_DIET_PILL,
    DECONGESTANT_OR_PHENTERMINE,
    MAO_B_INHIBITOR,
    MAOI_LASTING,
    MAOI_NOT_B,
    MAOI_WITH_DECONGESTANT,
    METAXALONE,
    METHYLENE_BLUE,
    MONOAMINE_RAISER,
    NEFOPAM,
    NOT_WITH_TRANYLCYPROMINE,
    OPIOID_WITH_MAO_B,
    OTHER_ANTIDEPRESSANT_WITH_MAOI,
    OXCARBAZEPINE,
    RASAGILINE,
    SEROTONIN_SUPPLEMENT,
    TRANYLCYPROMINE,
    VALBENAZINE,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-160",
        name="MAO inhibitor with mirtazapine, trazodone or nefazodone",
        when=(takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI), takes(OTHER_ANTIDEPRESSANT_WITH_MAOI, BEFORE_MAOI)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SEROTONIN,
        because=(
            "The MAO inhibitor stops serotonin breakdown while the antidepressant raises it; fatal serotonin "
            "toxicity has occurred."
        ),
        consider=(
            "Do not combine. Leave 14 days after the MAO inhibitor, and 14 days after the antidepressant "
            "before an MAO inhibitor. If both are taken, call both prescribers today; the antidepressant is "
            "tapered."
        ),
        sources=(
            PARNATE_LABEL.at("4.1 Table 1: nefazodone, trazodone and other antidepressants"),
            MIRTAZAPINE_CHANGE.at("linezolid and methylene blue too"),
            TRAZODONE_CHANGE.at("linezolid and methylene blue too"),
        ),
        variants=(WITH_RASAGILINE, WEAK_MAOI),
    ),
    Rule(
        id="DDI-161",
        name="MAO inhibitor with carbamazepine",
        when=(takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI), takes(CARBAMAZEPINE)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "Carbamazepine is related to the tricyclics; with an MAO inhibitor severe reactions are possible "
            "and both labels forbid the pair."
        ),
        consider=(
            "Do not combine; leave 14 days after the MAO inhibitor. If carbamazepine is already taken, it is "
            "not stopped suddenly (seizures): ask both prescribers today."
        ),
        sources=(
            PARNATE_LABEL.at("4.1 Table 1: carbamazepine"),
            CARBAMAZEPINE_LABEL.at("contraindications: MAO inhibitors, with or within 14 days"),
        ),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-162",
        name="MAO inhibitor with oxcarbazepine",
        when=(takes(MAOI_NOT_B, AFTER_MAOI), takes(OXCARBAZEPINE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "Oxcarbazepine is related to carbamazepine, and a severe reaction with an MAO inhibitor cannot be excluded."
        ),
        consider=(
            "Consider another antiepileptic. If oxcarbazepine is already taken, it is not stopped suddenly; "
            "ask both prescribers."
        ),
        sources=(EXPERT_MEMORY.at("not named in the US label text that was opened"),),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-163",
        name="MAO inhibitor with a decongestant or diet pill",
        when=(takes(MAOI_LASTING, AFTER_MAOI), takes(DECONGESTANT_OR_DIET_PILL)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "The decongestant or diet pill releases norepinephrine that the MAO inhibitor keeps from being "
            "broken down: blood pressure can rise dangerously."
        ),
        consider=(
            "Do not take them together or within 14 days after the MAO inhibitor. If both are taken, end the "
            "decongestant or diet pill now and check blood pressure; a severe headache needs emergency care."
        ),
        sources=(PARNATE_LABEL.at("4.1 Table 1: pseudoephedrine, phenylephrine, ephedrine; phentermine 14 days"),),
    ),
    Rule(
        id="DDI-164",
        name="rasagiline, safinamide or linezolid with a decongestant",
        when=(takes(MAOI_WITH_DECONGESTANT, AFTER_MAOI), takes(DECONGESTANT_OR_PHENTERMINE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "Severe high blood pressure has been reported with decongestants even at the labelled dose of "
            "MAO-B inhibitors; linezolid can do the same."
        ),
        consider=(
            "Consider saline, an antihistamine or a steroid nasal spray instead. If a decongestant is used "
            "with it, check blood pressure."
        ),
        sources=(AZILECT_LABEL.at("7.4"), XADAGO_LABEL.at("sympathomimetics: monitor"), EXPERT_MEMORY.at("linezolid")),
    ),
    Rule(
        id="DDI-165",
        name="two MAO inhibitors",
        when=(takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI), takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because="Two MAO inhibitors block both enzyme types, so hypertensive crisis and serotonin toxicity can follow.",
        consider=(
            "Do not combine; leave at least 14 days between them (labels vary from 7 to 14). If both are "
            "taken, ask the prescribers today; an antidepressant is not stopped suddenly."
        ),
        sources=(
            PARNATE_LABEL.at("4.1 Table 1"),
            XADAGO_LABEL.at("7.1: 14 days"),
            AZILECT_LABEL.at("7.3"),
            LABEL_SECTIONS.at("Zyvox 4.2"),
        ),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-166",
        name="MAO inhibitor with metaxalone",
        when=(takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI), takes(METAXALONE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Metaxalone itself weakly inhibits MAO; with an MAO inhibitor serotonin toxicity becomes more likely.",
        consider=(
            "Consider another muscle relaxant (not cyclobenzaprine). If both are taken, consider ending "
            "metaxalone, and watch for agitation, tremor and fever."
        ),
        sources=(SKELAXIN_LABEL.at("5.1 and 7.1, serotonergic drugs"),),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-167",
        name="MAO inhibitor with tryptophan, 5-HTP or SAMe",
        when=(takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI), takes(SEROTONIN_SUPPLEMENT)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SEROTONIN,
        because="These supplements supply serotonin or its precursor while the MAO inhibitor stops its breakdown.",
        consider=(
            "Do not use the supplement until 14 days after the MAO inhibitor. If both are taken, end the "
            "supplement now, and ask about agitation, tremor and fever."
        ),
        sources=(PARNATE_LABEL.at("4.1 Table 1: tryptophan, hydroxytryptophan, SAM-e"),),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-168",
        name="rasagiline or safinamide with methadone, meperidine, tramadol or propoxyphene",
        when=(takes(MAO_B_INHIBITOR, AFTER_MAOI), takes(OPIOID_WITH_MAO_B)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "Serious and fatal reactions followed these opioids with MAO inhibitors, selective MAO-B "
            "inhibitors included; both labels forbid them."
        ),
        consider=(
            "Do not start one with the other; leave 14 days after the MAO-B inhibitor. If methadone is "
            "already taken, it is not stopped: ask its prescriber and the neurologist today. Tramadol taken "
            "for long is tapered."
        ),
        sources=(
            XADAGO_LABEL.at("7.2 names methadone, meperidine, tramadol, propoxyphene"),
            AZILECT_LABEL.at("contraindications, 14 days"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
        absorbs=("DDI-050", "DDI-051", "DDI-053"),
    ),
    Rule(
        id="DDI-169",
        name="tranylcypromine with a triptan, sedating antihistamine, levodopa or the like",
        when=(takes(TRANYLCYPROMINE, AFTER_MAOI), takes(NOT_WITH_TRANYLCYPROMINE)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because="The tranylcypromine label forbids these drugs because of hypertensive crisis or serotonin toxicity.",
        consider=(
            "Do not combine them, nor take one soon after the other. For allergy consider a nasal steroid; "
            "for migraine ask about a gepant. If both are taken, call both prescribers today; levodopa and "
            "methyldopa are not stopped suddenly."
        ),
        sources=(
            PARNATE_LABEL.at("4.1 Table 1: all triptans as a class, non-selective H1 antagonists, and the named drugs"),
        ),
        absorbs=("DDI-056", "DDI-172"),
    ),
    Rule(
        id="DDI-170",
        name="methylene blue with an opioid",
        when=(takes(METHYLENE_BLUE, AFTER_MAOI), takes(OPIOID, PATCH_TAIL)),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.SEROTONIN,
        because=(
            "Methylene blue in a vein strongly inhibits MAO-A; its boxed warning says to avoid opioids and "
            "serotonergic drugs."
        ),
        consider=(
            "Consider another treatment where one exists. If methylene blue is urgent, use the lowest dose "
            "and watch for 4 hours; an opioid taken for long is not stopped suddenly."
        ),
        sources=(
            LABEL_SECTIONS.at("ProvayBlue boxed warning: avoid SSRIs, SNRIs, MAOIs and opioids"),
            EXPERT_MEMORY.at("the 4 hours"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
        absorbs=("DDI-053", "DDI-054"),
    ),
    Rule(
        id="DDI-171",
        name="MAO inhibitor with lithium",
        when=(takes(MAOI_NOT_B, AFTER_MAOI), takes(LITHIUM)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Lithium strengthens serotonin transmission, so an MAO inhibitor can bring on serotonin toxicity.",
        consider=(
            "Avoid the pair unless a specialist wants it. If both are taken, watch for agitation, tremor and "
            "fever; neither is stopped suddenly."
        ),
        sources=(EXPERT_MEMORY.at("class knowledge"),),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-172",
        name="MAO inhibitor with atomoxetine, tetrabenazine or deutetrabenazine",
        when=(takes(MAOI_NOT_B, AFTER_MAOI), takes(MONOAMINE_RAISER)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.PRESSURE_CRISIS,
        because="These drugs raise or release monoamines that the MAO inhibitor keeps from being broken down.",
        consider=(
            "Do not combine; leave 14 days after the MAO inhibitor. If both are taken, call both prescribers "
            "today and check blood pressure."
        ),
        sources=(PARNATE_LABEL.at("4.1 Table 1: tetrabenazine"), EXPERT_MEMORY.at("atomoxetine and deutetrabenazine")),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-299",
        name="MAO inhibitor with valbenazine",
        when=(takes(MAOI_NOT_B, AFTER_MAOI), takes(VALBENAZINE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "Valbenazine changes the monoamines that the MAO inhibitor keeps from being broken down, so "
            "blood pressure or serotonin can rise."
        ),
        consider=(
            "Avoid the pair. If both are taken, call both prescribers today and check blood pressure; an "
            "antidepressant MAO inhibitor is not stopped suddenly."
        ),
        sources=(LABEL.at("valbenazine label: avoid with MAO inhibitors"),),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-173",
        name="MAO inhibitor with alcohol",
        when=(takes(MAOI_NOT_B, AFTER_MAOI), either(*DRINKS)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.HIGH_PRESSURE,
        because=(
            "Alcohol deepens sedation with an MAO inhibitor, and tap beer or wine can contain tyramine that "
            "raises blood pressure dangerously."
        ),
        consider=(
            "Advise no alcohol during treatment and for 14 days after. Someone who drinks daily needs help "
            "to cut down safely."
        ),
        sources=(LABEL_SECTIONS.at("Nardil contraindications: not with CNS depressants such as alcohol"),),
        variants=(WEAK_MAOI,),
    ),
    Rule(
        id="DDI-174",
        name="rasagiline with strong CYP1A2 inhibitor",
        when=(takes(RASAGILINE), takes(CYP1A2_STRONG, CYP_OFFSET)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises rasagiline, which may then block MAO-A as well.",
        consider="Consider rasagiline at 0.5 mg a day at most while the inhibitor is taken, or another antibiotic.",
        sources=(AZILECT_DOSING,),
    ),
    Rule(
        id="DDI-175",
        name="MAO inhibitor with nefopam",
        when=(takes(MAOI_OR_PROCARBAZINE, AFTER_MAOI), takes(NEFOPAM)),
        severity=Severity.CONTRAINDICATED,
        tier=2,
        hazard=Hazard.PRESSURE_CRISIS,
        because=(
            "Nefopam blocks reuptake of serotonin and norepinephrine; with an MAO inhibitor blood pressure "
            "and seizure risk rise."
        ),
        consider=(
            "Do not combine; consider another analgesic. If both are taken, check blood pressure and call "
            "both prescribers today."
        ),
        sources=(LABEL.at("UK product text"),),
        variants=(WEAK_MAOI,),
    ),
)
