"""Drugs that raise serotonin or lower the seizure threshold, pair by pair, and three together."""

from __future__ import annotations

from medsteward.interactions.places import (
    AHS_TRIPTANS,
    BUPROPION_LABEL,
    EXPERT_MEMORY,
    FDA_2016_SEROTONIN,
    GILLMAN,
    LABEL,
    LABEL_SECTIONS,
    MHRA_TAPENTADOL,
    OURS,
    SKELAXIN_LABEL,
    TRINTELLIX_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import FLUOXETINE_TAIL, OUD_GOES_ON, OUD_UNCLEAR, PATCH_TAIL, SEDATIVE_ENDS
from medsteward.model.regimen import HowEnded
from medsteward.patient.clauses import Ended, TakesSeveral, either, has, takes
from medsteward.patient.groups import BUPROPION, LITHIUM, SSRI_OR_SNRI, SSRI_SNRI_TCA, TAPENTADOL
from medsteward.patient.groups_of_levels import SEIZURE_IF_STOPPED
from medsteward.patient.groups_of_pairs import (
    AMPHETAMINE,
    ANTIEMETIC_5HT3,
    BUSPIRONE_OR_LITHIUM,
    DEXTROMETHORPHAN,
    KETAMINE,
    METAXALONE,
    METAXALONE_OR_CYCLOBENZAPRINE,
    MIGRAINE_SEROTONIN_DRUG,
    MILD_SEROTONIN_DRUG,
    NEFAZODONE,
    OPIOID_WITH_NEFAZODONE,
    SEROTONERGIC_OPIOID_ANY,
    SEROTONIN_SUPPLEMENT_ANY,
    SSRI_SNRI_OR_TRAMADOL,
    STRONG_SEROTONERGIC,
    THEOPHYLLINE,
    THRESHOLD_DRUG_WITH_BUPROPION,
    THRESHOLD_DRUG_WITH_TAPENTADOL,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-180",
        name="serotonergic opioid with dextromethorphan",
        when=(takes(SEROTONERGIC_OPIOID_ANY, PATCH_TAIL), takes(DEXTROMETHORPHAN)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because=(
            "The opioid and the cough medicine both raise serotonin, so toxicity is possible, more so at "
            "cough-syrup overuse doses."
        ),
        consider=(
            "Consider a cough remedy without dextromethorphan. If both are taken, watch for agitation, "
            "sweating, tremor and fever."
        ),
        sources=(
            FDA_2016_SEROTONIN.at("serotonergic drugs"),
            LABEL_SECTIONS.at("opioid labels section 7, serotonergic drugs"),
            EXPERT_MEMORY.at("that dextromethorphan belongs to them"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-181",
        name="serotonergic opioid with buspirone or lithium",
        when=(takes(SEROTONERGIC_OPIOID_ANY, PATCH_TAIL), takes(BUSPIRONE_OR_LITHIUM)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Both strengthen serotonin signals, so toxicity is possible after starting or raising either drug.",
        consider=(
            "If both are taken, watch closely for the first days after each start or dose rise. Consider "
            "another opioid if symptoms appear; neither is stopped suddenly."
        ),
        sources=(FDA_2016_SEROTONIN.at("serotonergic drugs"), EXPERT_MEMORY.at("which drugs belong to them")),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-182",
        name="serotonergic opioid with an amphetamine",
        when=(takes(SEROTONERGIC_OPIOID_ANY, PATCH_TAIL), takes(AMPHETAMINE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because=(
            "Amphetamines release serotonin while the opioid blocks its removal; with tramadol seizures are "
            "possible too."
        ),
        consider=(
            "Prefer an opioid that does not act on serotonin, or a non-opioid. If both are taken, watch for "
            "agitation, tremor and fever; an opioid taken for long is changed gradually."
        ),
        sources=(FDA_2016_SEROTONIN.at("serotonergic drugs"), EXPERT_MEMORY.at("which drugs belong to them")),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-183",
        name="opioid with nefazodone",
        when=(takes(OPIOID_WITH_NEFAZODONE, PATCH_TAIL), takes(NEFAZODONE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because=(
            "Nefazodone raises serotonin and, by blocking CYP3A4, the opioid as well: sedation, slowed "
            "breathing or serotonin toxicity."
        ),
        consider=(
            "Consider another antidepressant. If both are taken, reduce the opioid with care and watch "
            "breathing; nefazodone is tapered."
        ),
        sources=(FDA_2016_SEROTONIN.at("serotonergic drugs"), EXPERT_MEMORY.at("the strength of nefazodone at CYP3A4")),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-184",
        name="two serotonergic opioids",
        when=(takes(SEROTONERGIC_OPIOID_ANY, PATCH_TAIL), takes(SEROTONERGIC_OPIOID_ANY, PATCH_TAIL)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because=(
            "Two opioids that both raise serotonin add sedation, serotonin toxicity and, with tramadol or "
            "meperidine, seizures."
        ),
        consider=(
            "Consider choosing one opioid. If both are taken, ask a prescriber to convert one of them; an "
            "opioid taken for long is not stopped suddenly."
        ),
        sources=(FDA_2016_SEROTONIN.at("serotonergic drugs"), EXPERT_MEMORY.at("a clinical review, Huang 2007")),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
        absorbs=("DDI-031",),
    ),
    Rule(
        id="DDI-185",
        name="serotonergic opioid with metaxalone or cyclobenzaprine",
        when=(takes(SEROTONERGIC_OPIOID_ANY, PATCH_TAIL), takes(METAXALONE_OR_CYCLOBENZAPRINE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Metaxalone and cyclobenzaprine add serotonin effects and sedation to the opioid.",
        consider=(
            "Consider methocarbamol or a treatment without a drug for spasm, for a short time. If both are "
            "taken, watch for agitation, tremor, fever and sedation."
        ),
        sources=(
            SKELAXIN_LABEL.at("5.1: serotonin syndrome with other serotonergic drugs"),
            EXPERT_MEMORY.at("the cyclobenzaprine label"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-186",
        name="serotonergic opioid with a triptan, ditan or ergot",
        when=(takes(SEROTONERGIC_OPIOID_ANY, PATCH_TAIL), takes(MIGRAINE_SEROTONIN_DRUG)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.SEROTONIN,
        because="FDA names migraine drugs, yet they act on a different serotonin receptor and toxicity is rare.",
        consider="For information; do not withhold migraine treatment because of this. Tell the patient the signs.",
        sources=(FDA_2016_SEROTONIN.at("migraine medicines"), AHS_TRIPTANS.at("0 of 29 cases met the Hunter criteria")),
    ),
    Rule(
        id="DDI-187",
        name="serotonergic opioid with a 5-HT3 antiemetic",
        when=(takes(SEROTONERGIC_OPIOID_ANY, PATCH_TAIL), takes(ANTIEMETIC_5HT3)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.SEROTONIN,
        because="Opioid labels name 5-HT3 antiemetics, but pharmacologists find no convincing mechanism.",
        consider="For information. With methadone or tramadol look at the QT interval instead.",
        sources=(LABEL_SECTIONS.at("methadone section 7, example: 5-HT3 receptor antagonists"), GILLMAN.at("dissent")),
    ),
    Rule(
        id="DDI-188",
        name="SSRI, SNRI or tricyclic with dextromethorphan",
        when=(takes(SSRI_SNRI_TCA, FLUOXETINE_TAIL), takes(DEXTROMETHORPHAN)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Both raise serotonin, and several antidepressants also raise dextromethorphan by blocking CYP2D6.",
        consider=(
            "Consider a cough remedy without dextromethorphan; ask about over-the-counter products. If both "
            "are taken, watch for agitation, tremor and fever."
        ),
        sources=(EXPERT_MEMORY.at("class knowledge"),),
    ),
    Rule(
        id="DDI-189",
        name="SSRI or SNRI with lithium",
        when=(takes(SSRI_OR_SNRI, FLUOXETINE_TAIL), takes(LITHIUM)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because=(
            "Lithium strengthens serotonin transmission, so toxicity can follow, mostly at the start or a dose rise."
        ),
        consider=(
            "Watch for tremor, agitation and diarrhea; check the lithium level after changes. Neither is "
            "stopped suddenly."
        ),
        sources=(LABEL.at("class warning"),),
    ),
    Rule(
        id="DDI-190",
        name="SSRI or SNRI with a further, milder serotonergic drug",
        when=(takes(SSRI_OR_SNRI), takes(MILD_SEROTONIN_DRUG)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.SEROTONIN,
        because="These pairs are common in practice; serotonin toxicity is possible but uncommon.",
        consider="For information: tell the patient the signs and ask at each dose rise.",
        sources=(LABEL.at("class warning"),),
    ),
    Rule(
        id="DDI-191",
        name="SSRI, SNRI or tramadol with a supplement that raises serotonin",
        when=(takes(SSRI_SNRI_OR_TRAMADOL, FLUOXETINE_TAIL), takes(SEROTONIN_SUPPLEMENT_ANY)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="The supplement raises serotonin on top of the prescribed drug, often without the prescriber knowing.",
        consider="Ask about supplements, and consider ending this one. The prescribed drug is not stopped suddenly.",
        sources=(TRINTELLIX_LABEL.at("names tryptophan and St. John's wort"), EXPERT_MEMORY.at("5-HTP and SAMe")),
    ),
    Rule(
        id="DDI-192",
        name="SSRI, SNRI or tricyclic with metaxalone",
        when=(takes(SSRI_SNRI_TCA, FLUOXETINE_TAIL), takes(METAXALONE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Metaxalone weakly inhibits MAO; severe serotonin toxicity has been reported with reuptake inhibitors.",
        consider=(
            "Consider methocarbamol instead. If both are taken, watch for agitation, tremor and fever; the "
            "antidepressant is not stopped for this."
        ),
        sources=(SKELAXIN_LABEL.at("5.1"),),
    ),
    Rule(
        id="DDI-193",
        name="three or more drugs that raise serotonin",
        when=(TakesSeveral(STRONG_SEROTONERGIC, 3),),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEROTONIN,
        because="Several drugs that raise serotonin are taken together; each addition makes toxicity more likely.",
        consider=(
            "Consider which one is still needed, and taper one that is not; none is stopped suddenly. Teach "
            "the signs: agitation, sweating, tremor, diarrhea, fever."
        ),
        sources=(FDA_2016_SEROTONIN.at("serotonergic drugs"), OURS.at("the number three")),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
        absorbs=(
            "DDI-057",
            "DDI-058",
            "DDI-059",
            "DDI-180",
            "DDI-181",
            "DDI-182",
            "DDI-183",
            "DDI-184",
            "DDI-185",
            "DDI-186",
            "DDI-187",
            "DDI-188",
            "DDI-189",
            "DDI-190",
            "DDI-191",
            "DDI-192",
        ),
    ),
    Rule(
        id="DDI-195",
        name="tapentadol with an antidepressant or antipsychotic",
        when=(takes(TAPENTADOL), takes(THRESHOLD_DRUG_WITH_TAPENTADOL)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEIZURE,
        because=(
            "Half of the seizures reported with tapentadol came with another drug that lowers the seizure "
            "threshold, such as an antidepressant."
        ),
        consider=(
            "Avoid with epilepsy or head injury; otherwise use the lowest dose and watch. If both are taken, "
            "neither is stopped suddenly."
        ),
        sources=(MHRA_TAPENTADOL,),
        absorbs=("DDI-067",),
    ),
    Rule(
        id="DDI-197",
        name="bupropion with another drug that lowers the seizure threshold",
        when=(takes(BUPROPION), takes(THRESHOLD_DRUG_WITH_BUPROPION)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.SEIZURE,
        because="Both lower the seizure threshold.",
        consider="Keep bupropion within its dose limit, and ask about earlier seizures and head injury.",
        sources=(LABEL.at("bupropion label, seizure risk factors"),),
    ),
    Rule(
        id="DDI-198",
        name="ketamine with theophylline or aminophylline",
        when=(takes(KETAMINE), takes(THEOPHYLLINE)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEIZURE,
        because="The ketamine label warns that theophylline with ketamine may lower the seizure threshold.",
        consider="Consider another anesthetic or analgesic. If both are given, be ready for a seizure.",
        sources=(LABEL_SECTIONS.at("Ketalar 7.1"),),
    ),
    Rule(
        id="DDI-196",
        name="bupropion after a sudden end of a sedative, antiepileptic or alcohol",
        when=(
            takes(BUPROPION),
            either(Ended(SEIZURE_IF_STOPPED, SEDATIVE_ENDS, HowEnded.SUDDENLY), has("alcohol withdrawal")),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SEIZURE,
        because=(
            "Bupropion lowers the seizure threshold just when sudden withdrawal of a sedative or alcohol "
            "makes seizures likely."
        ),
        consider=(
            "Do not start bupropion now. If a sedative or antiepileptic ended suddenly, call its prescriber "
            "today about taking it again and tapering it; treat alcohol withdrawal first. If bupropion is "
            "already taken, ask its prescriber today."
        ),
        sources=(BUPROPION_LABEL.at("section 4"),),
    ),
)
