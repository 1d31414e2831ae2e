"""What raises, lowers or blocks an opioid, and what an opioid does to other drugs."""

from __future__ import annotations

from medsteward.interactions.also import Also
from medsteward.interactions.places import (
    ENTEREG_COPY,
    EXPERT_MEMORY,
    FENTANYL_PATCH_LABELS,
    HOSKIN_1991,
    LABEL,
    LABEL_SECTIONS,
    OXYCODONE_LABEL,
    TRAMADOL_TEXT,
    VIBERZI_COPY,
    ZOLA_1983,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    CYP_OFFSET,
    INDUCER_ENDS,
    INDUCER_OFFSET,
    INHIBITOR_ENDS,
    NALTREXONE_LASTS,
    OUD_GOES_ON,
    OUD_UNCLEAR,
    PATCH_TAIL,
)
from medsteward.patient.clauses import Ended, TakenLonger, either, has, takes
from medsteward.patient.groups import (
    BUPRENORPHINE,
    CYP3A4_INDUCER,
    CYP3A4_INHIBITOR,
    DIURETIC,
    FENTANYL,
    MEPERIDINE,
    METHADONE,
    MIXED_OPIOID,
    NALTREXONE,
    OPIOID,
    TRAMADOL,
)
from medsteward.patient.groups_of_levels import (
    ALVIMOPAN,
    ATAZANAVIR,
    CYP3A4_CHANGER,
    CYP3A4_OR_2D6_INHIBITOR,
    ELUXADOLINE,
    FENTANYL_OR_OXYCODONE,
    GRAPEFRUIT,
    INDUCED_OPIOID_OR_METHADONE,
    INHIBITED_OPIOID,
    MIFEPRISTONE,
    MORPHINE,
    OLICERIDINE,
    OPIOID_COUGH_OR_DIARRHEA_DRUG,
    ORAL_ANTIPLATELET,
    PGP_INHIBITOR,
    RIFAMPIN,
    SUFENTANIL_OR_OLICERIDINE,
    ZIDOVUDINE,
)
from medsteward.patient.groups_of_pairs import CARBAMAZEPINE

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-232",
        name="fentanyl or oxycodone with grapefruit",
        when=(takes(FENTANYL_OR_OXYCODONE, PATCH_TAIL), takes(GRAPEFRUIT)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RAISED_LEVEL,
        because="Grapefruit blocks the enzyme that clears the opioid; the fentanyl label names it.",
        consider="Advise against large amounts of grapefruit; no alarm for occasional juice.",
        sources=(FENTANYL_PATCH_LABELS.at("list of CYP3A4 inhibitors"),),
    ),
    Rule(
        id="DDI-233",
        name="fentanyl with daily mifepristone",
        when=(takes(FENTANYL, PATCH_TAIL), takes(MIFEPRISTONE, CYP_OFFSET)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.RAISED_LEVEL,
        because="Daily mifepristone strongly blocks CYP3A and its label forbids fentanyl.",
        consider=(
            "Do not combine; consider morphine or hydromorphone. If both are taken, watch breathing and call "
            "the prescriber today to change over; fentanyl taken for long is not stopped suddenly."
        ),
        sources=(LABEL_SECTIONS.at("Korlym section 4 names fentanyl"),),
        absorbs=("DDI-080",),
    ),
    Rule(
        id="DDI-234",
        name="buprenorphine with atazanavir",
        when=(takes(BUPRENORPHINE, PATCH_TAIL), takes(ATAZANAVIR)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="Symptoms of opioid excess were reported with atazanavir, with or without ritonavir.",
        consider="Watch for sedation after the start and consider a lower buprenorphine dose; treatment goes on.",
        sources=(LABEL_SECTIONS.at("Suboxone section 7"),),
        absorbs=("DDI-083",),
    ),
    Rule(
        id="DDI-235",
        name="tramadol with carbamazepine",
        when=(takes(TRAMADOL), takes(CARBAMAZEPINE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.SEIZURE,
        because=(
            "Carbamazepine lowers tramadol sharply, and tramadol can bring on the seizures that carbamazepine prevents."
        ),
        consider=(
            "Consider another analgesic. If both are taken, change tramadol gradually; carbamazepine is not "
            "stopped suddenly."
        ),
        sources=(TRAMADOL_TEXT.at("carbamazepine"), EXPERT_MEMORY.at("that the seizures of both add up")),
        absorbs=("DDI-085",),
    ),
    Rule(
        id="DDI-236",
        name="morphine with P-glycoprotein inhibitor",
        when=(takes(MORPHINE), takes(PGP_INHIBITOR, CYP_OFFSET)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RAISED_LEVEL,
        because="Blocking this transporter can raise morphine up to twice.",
        consider="Watch for sedation at the start; consider a lower dose if it comes.",
        sources=(LABEL.at("morphine label section 7"),),
    ),
    Rule(
        id="DDI-301",
        name="morphine with rifampin",
        when=(takes(MORPHINE), takes(RIFAMPIN, INDUCER_OFFSET)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="Rifampin can lower morphine so far that pain returns; when it ends, morphine rises again.",
        consider=(
            "Ask about pain in the first two weeks and titrate to effect. When rifampin ends, consider lowering "
            "morphine step by step."
        ),
        sources=(EXPERT_MEMORY.at("a small trial of rifampin and morphine by mouth"),),
    ),
    Rule(
        id="DDI-237",
        name="meperidine with CYP3A4 inhibitor or inducer",
        when=(takes(MEPERIDINE), takes(CYP3A4_CHANGER, CYP_OFFSET)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.SEIZURE,
        because=(
            "Inhibitors raise meperidine and inducers raise its toxic metabolite, so sedation or seizures can follow."
        ),
        consider=(
            "Consider another opioid. If both are taken, watch breathing and look for tremor and twitching; "
            "a change is gradual."
        ),
        sources=(LABEL.at("meperidine label section 7"),),
        absorbs=("DDI-085",),
    ),
    Rule(
        id="DDI-238",
        name="methadone with zidovudine",
        when=(takes(METHADONE), takes(ZIDOVUDINE)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.TOXICITY,
        because="Methadone raises zidovudine, which may cause anemia or nausea that look like withdrawal.",
        consider="Check the blood count; methadone treatment goes on.",
        sources=(LABEL_SECTIONS.at("methadone section 7"),),
    ),
    Rule(
        id="DDI-239",
        name="opioid with an antiplatelet tablet in an acute coronary event",
        when=(takes(OPIOID), takes(ORAL_ANTIPLATELET), has("recent myocardial infarction")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.HEART,
        because="By slowing the gut, opioids delay the antiplatelet tablet after a heart attack.",
        consider="In an acute coronary event consider an injected antiplatelet; no change for long-term use.",
        sources=(LABEL.at("opioid labels section 7"),),
    ),
    Rule(
        id="DDI-240",
        name="opioid with a diuretic",
        when=(takes(OPIOID, PATCH_TAIL), takes(DIURETIC)),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.LOW_PRESSURE,
        because="Opioids can weaken a diuretic and lower blood pressure on standing.",
        consider="Check weight, swelling and standing blood pressure.",
        sources=(LABEL.at("opioid labels section 7"),),
    ),
    Rule(
        id="DDI-241",
        name="opioid with eluxadoline",
        when=(takes(OPIOID, PATCH_TAIL), takes(ELUXADOLINE)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BOWEL,
        because=(
            "Eluxadoline acts on gut opioid receptors, so constipation and bile duct spasm with pancreatitis "
            "become more likely."
        ),
        consider=(
            "Avoid the pair; consider another treatment for diarrhea. If both are taken, ask about "
            "constipation; pain in the upper belly needs prompt assessment."
        ),
        sources=(VIBERZI_COPY.at("avoid other drugs that cause constipation, seen in copies"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-243",
        name="naltrexone with an opioid cough or diarrhea medicine",
        when=(takes(NALTREXONE, NALTREXONE_LASTS), takes(OPIOID_COUGH_OR_DIARRHEA_DRUG)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.ACTIVATION,
        because="Naltrexone blocks opioid receptors, so opioid cough and diarrhea remedies do not work.",
        consider="Consider a remedy that is no opioid, and warn against larger doses to overcome the block.",
        sources=(LABEL.at("naltrexone label, drug interactions"),),
    ),
    Rule(
        id="DDI-244",
        name="buprenorphine with a mixed agonist-antagonist opioid",
        when=(takes(BUPRENORPHINE, PATCH_TAIL), takes(MIXED_OPIOID)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.WITHDRAWAL,
        because="A mixed opioid competes with buprenorphine: less pain relief or withdrawal.",
        consider="Consider a full agonist or a non-opioid instead; keep buprenorphine going.",
        sources=(
            HOSKIN_1991.at("receptor pharmacology"),
            ZOLA_1983.at("receptor pharmacology"),
            EXPERT_MEMORY.at("the lost effect in practice"),
        ),
    ),
    Rule(
        id="DDI-245",
        name="sufentanil or oliceridine with an enzyme inhibitor",
        when=(
            takes(SUFENTANIL_OR_OLICERIDINE),
            takes(CYP3A4_OR_2D6_INHIBITOR, CYP_OFFSET),
            either(takes(CYP3A4_INHIBITOR), takes(OLICERIDINE)),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises the opioid: sedation and slowed breathing.",
        consider="Consider longer intervals between doses, and monitor breathing.",
        sources=(LABEL.at("labels of both"),),
    ),
    Rule(
        id="DDI-230",
        name="opioid after an enzyme inducer has ended",
        when=(takes(INDUCED_OPIOID_OR_METHADONE, PATCH_TAIL), Ended(CYP3A4_INDUCER, INDUCER_ENDS)),
        severity=Severity.MAJOR,
        tier=1,
        hazard=Hazard.OVERDOSE,
        because=(
            "The enzyme inducer has ended, so the opioid level is now rising: sedation and slowed breathing "
            "can follow days later."
        ),
        consider=(
            "Consider going back to the opioid dose before the inducer, in steps, and watch sedation for 2 "
            "to 4 weeks. Offer naloxone. Treatment of opioid use disorder goes on."
        ),
        sources=(
            OXYCODONE_LABEL.at("discontinuation of a CYP3A4 inducer"),
            FENTANYL_PATCH_LABELS.at("boxed warning: discontinuation of a CYP3A4 inducer"),
            EXPERT_MEMORY.at("how long each inducer takes to wear off"),
        ),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
        absorbs=("DDI-085", "DDI-086"),
        also=(Also.NALOXONE,),
    ),
    Rule(
        id="DDI-231",
        name="opioid after an enzyme inhibitor has ended",
        when=(takes(INHIBITED_OPIOID, PATCH_TAIL), Ended(CYP3A4_INHIBITOR, INHIBITOR_ENDS)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="The enzyme inhibitor has ended, so the opioid level is falling: pain and withdrawal can return.",
        consider=(
            "Ask about pain and withdrawal for a week. If the opioid was reduced because of the inhibitor, "
            "consider restoring it step by step."
        ),
        sources=(LABEL.at("opioid labels section 7, after the end of an inhibitor; how long each takes is recalled"),),
        variants=(OUD_GOES_ON, OUD_UNCLEAR),
    ),
    Rule(
        id="DDI-242",
        name="alvimopan after more than a week of opioids",
        when=(takes(ALVIMOPAN), takes(OPIOID), TakenLonger(OPIOID, 7)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.WITHDRAWAL,
        because="After more than a week of opioids alvimopan can cause severe gut symptoms; its label forbids that.",
        consider=(
            "Do not give alvimopan; consider another way to help the bowel. If it was given, watch for pain "
            "in the belly; the opioid is not stopped suddenly."
        ),
        sources=(ENTEREG_COPY,),
    ),
)
