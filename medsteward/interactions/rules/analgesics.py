"""Acetaminophen, NSAIDs and the drugs they meet."""

from __future__ import annotations

from medsteward.interactions.places import (
    DREISCHULTE_2015,
    DULOXETINE_MONOGRAPH,
    EXPERT_MEMORY,
    FDA_ACETAMINOPHEN,
    KETOROLAC_LABEL,
    LABEL,
    LABEL_SECTIONS,
    LAPI_2013,
    NAPROXEN_LABELS,
    SSRI_NSAID_BLEEDING,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import (
    ACETAMINOPHEN_ABOVE,
    AFTER_BYPASS,
    CLOPIDOGREL_AND_PPI,
    DRINKING,
    DRINKS,
    KETOROLAC_AND_ANTICOAGULANT,
    WITHIN_TWO_GRAMS,
)
from medsteward.limits.said import figure, number, said
from medsteward.patient.clauses import DailyAbove, Each, Liver, TakesSeveral, both, either, has, takes
from medsteward.patient.groups import (
    ACEI_ARB_OR_DIURETIC,
    ACEI_OR_ARB,
    ACETAMINOPHEN,
    ANTICOAGULANT,
    ANTICOAGULANT_OR_ANTIPLATELET,
    ANTIPLATELET,
    CORTICOSTEROID,
    DIURETIC,
    KETOROLAC,
    KETOROLAC_BARRED,
    LITHIUM,
    METHOTREXATE,
    NSAID,
    NSAID_TOPICAL,
    SSRI_OR_SNRI,
    SYSTEMIC_STEROID,
    WARFARIN,
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-110",
        name="acetaminophen in several products or above its ceiling",
        when=(
            takes(ACETAMINOPHEN),
            either(
                DailyAbove(ACETAMINOPHEN, figure("DL-ACETAMINOPHEN-01")),
                both(
                    DailyAbove(ACETAMINOPHEN, figure("DL-ACETAMINOPHEN-22")),
                    either(Liver(), has(*DRINKING)),
                ),
                both(
                    TakesSeveral(ACETAMINOPHEN, 2, Each.LINE),
                    DailyAbove(ACETAMINOPHEN, figure("DL-ACETAMINOPHEN-01"), or_unknown=True),
                ),
            ),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LIVER,
        because=(
            "Taken over all products, acetaminophen is above its ceiling and can injure the liver without "
            "early symptoms, or it cannot be added up."
        ),
        consider=(
            "Add up every product, cold remedies included. Bring the total to "
            f"{said('DL-ACETAMINOPHEN-01')} or less, or {number('DL-ACETAMINOPHEN-22')} mg with liver disease or daily "
            "drinking."
        ),
        sources=(FDA_ACETAMINOPHEN.at("FDA 325 mg/unit action"),),
        variants=(ACETAMINOPHEN_ABOVE,),
        absorbs=("DDI-111", "DDC-213"),
        merged=("Add up every product, cold remedies included.",),
    ),
    Rule(
        id="DDI-111",
        name="acetaminophen with alcohol",
        when=(
            takes(ACETAMINOPHEN),
            either(*DRINKS),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LIVER,
        because="With regular alcohol the liver is injured at lower doses.",
        consider=f"Keep acetaminophen to {said('DL-ACETAMINOPHEN-11')}.",
        merged=(f"Keep acetaminophen to {said('DL-ACETAMINOPHEN-11')}.",),
        sources=(FDA_ACETAMINOPHEN.at("FDA cases with alcohol"),),
        variants=(WITHIN_TWO_GRAMS,),
    ),
    Rule(
        id="DDI-112",
        name="acetaminophen above 2 g a day with warfarin",
        when=(
            takes(ACETAMINOPHEN),
            DailyAbove(ACETAMINOPHEN, figure("DL-ACETAMINOPHEN-19")),
            takes(WARFARIN),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BLEEDING,
        because=f"Regular acetaminophen above {said('DL-ACETAMINOPHEN-19')} can raise the INR.",
        consider="Check the INR.",
        sources=(EXPERT_MEMORY.at("literature"),),
    ),
    Rule(
        id="DDI-120",
        name="NSAID with anticoagulant",
        when=(
            takes(NSAID),
            takes(ANTICOAGULANT),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.BLEEDING,
        because="Together they cause major bleeding.",
        consider=(
            "Avoid the NSAID; acetaminophen or a topical NSAID instead. If it must be, the shortest course with a PPI."
        ),
        sources=(NAPROXEN_LABELS.at("Vimovo label 7.9"),),
        variants=(KETOROLAC_AND_ANTICOAGULANT,),
    ),
    Rule(
        id="DDI-121",
        name="NSAID with SSRI or SNRI",
        when=(
            takes(NSAID),
            takes(SSRI_OR_SNRI),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ULCER,
        because="More bleeding from the upper gut than with either alone.",
        consider=(
            "Add a PPI or choose an alternative to the NSAID. The antidepressant is not stopped at once for this."
        ),
        sources=(SSRI_NSAID_BLEEDING.at("as cited"),),
    ),
    Rule(
        id="DDI-122",
        name="NSAID with ACE inhibitor or ARB and diuretic",
        when=(
            takes(NSAID),
            takes(ACEI_OR_ARB),
            takes(DIURETIC),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.KIDNEY,
        because=('The three together injure the kidneys ("triple whammy"), mostly within the first 30 days.'),
        consider="Avoid the NSAID. If it must be, check creatinine within 30 days.",
        sources=(LAPI_2013.at("first 30 d 1.82 (1.35-2.46)"),),
        absorbs=("DDI-123",),
    ),
    Rule(
        id="DDI-123",
        name="NSAID with an ACE inhibitor, ARB or diuretic",
        when=(
            takes(NSAID),
            takes(ACEI_ARB_OR_DIURETIC),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.KIDNEY,
        because="Kidney injury and raised blood pressure are possible; studies disagree.",
        consider="Check creatinine and blood pressure.",
        sources=(LAPI_2013, DREISCHULTE_2015),
    ),
    Rule(
        id="DDI-124",
        name="NSAID with lithium",
        when=(
            takes(NSAID),
            takes(LITHIUM),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.TOXICITY,
        because="Lithium rises (its lowest level by 15 %, its clearance falls by 20 %).",
        consider="Avoid, or check lithium levels and watch for toxicity; the label asks for observation.",
        sources=(NAPROXEN_LABELS.at("Vimovo (naproxen) label 7.7"),),
    ),
    Rule(
        id="DDI-125",
        name="NSAID with methotrexate",
        when=(
            takes(NSAID),
            takes(METHOTREXATE),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.TOXICITY,
        because=("Methotrexate may rise, most of all at high dose; at 25 mg a week or less the risk is moderate."),
        consider="Avoid with high-dose methotrexate; else check blood counts and kidneys.",
        sources=(
            NAPROXEN_LABELS.at("Vimovo (naproxen) label 7.8: caution, possible raised toxicity"),
            EXPERT_MEMORY.at("dose split at 25 mg/wk recalled"),
        ),
    ),
    Rule(
        id="DDI-126",
        name="two NSAIDs",
        when=(TakesSeveral(NSAID, 2),),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.DUPLICATION,
        because="Stomach and kidney harm without more relief.",
        consider="Choose one.",
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-127",
        name="NSAID with corticosteroid",
        when=(
            takes(NSAID),
            takes(SYSTEMIC_STEROID),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.ULCER,
        because="Ulcers of the gut become more likely.",
        consider="Keep it short; add a PPI.",
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-128",
        name="NSAID with antiplatelet or low-dose aspirin",
        when=(
            takes(NSAID),
            takes(ANTIPLATELET),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.BLEEDING,
        because="An NSAID with an antiplatelet makes bleeding of the stomach more likely.",
        consider=(
            "Consider an alternative to the NSAID, or add a PPI. The antiplatelet is not stopped without its "
            "prescriber."
        ),
        sources=(
            EXPERT_MEMORY.at("class knowledge"),
            LABEL_SECTIONS.at("Plavix 7.2: avoid omeprazole and esomeprazole"),
        ),
        variants=(CLOPIDOGREL_AND_PPI,),
    ),
    Rule(
        id="DDI-129",
        name="ketorolac with another NSAID, aspirin, probenecid or pentoxifylline",
        when=(
            takes(KETOROLAC),
            takes(KETOROLAC_BARRED),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BLEEDING,
        because=(
            "Ketorolac with another NSAID or aspirin multiplies the risk of stomach bleeding and kidney "
            "injury; its label forbids it."
        ),
        consider=(
            "Consider ending ketorolac now. Low-dose aspirin is not stopped without its prescriber. "
            f"A course of ketorolac lasts {said('DL-KETOROLAC-02')} in all, at most {said('DL-KETOROLAC-01')} by mouth."
        ),
        sources=(
            KETOROLAC_LABEL.at(
                "ketorolac tablets contraindication list and boxed warning (DailyMed 19300bc5; MPR monograph)"
            ),
        ),
        absorbs=("DDI-126", "DDI-128"),
    ),
    Rule(
        id="DDI-130",
        name="topical NSAID with NSAID by mouth",
        when=(
            takes(NSAID_TOPICAL),
            takes(NSAID),
        ),
        severity=Severity.MINOR,
        tier=3,
        hazard=Hazard.DUPLICATION,
        because="A small added exposure (about 6 % of a dose by mouth).",
        consider="Usually acceptable for a short time.",
        sources=(LABEL.at("topical label advises against unless benefit"),),
    ),
    Rule(
        id="DDI-131",
        name="SSRI or SNRI with anticoagulant or antiplatelet",
        when=(
            takes(SSRI_OR_SNRI),
            takes(ANTICOAGULANT_OR_ANTIPLATELET),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.BLEEDING,
        because=(
            "Serotonin in platelets helps clotting; SSRIs and SNRIs lower it, so bleeding is more likely "
            "with a blood thinner."
        ),
        consider=(
            "Ask about bleeding and bruising, consider a PPI if there is more risk, and keep the antidepressant going."
        ),
        sources=(DULOXETINE_MONOGRAPH.at("duloxetine monograph"),),
    ),
    Rule(
        id="DDC-218",
        name="NSAID with ulcer or bleed",
        when=(
            takes(NSAID),
            has("gastrointestinal ulcer or bleed"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.ULCER,
        because=(
            "NSAIDs injure the stomach lining, and after an ulcer or bleed a new, dangerous bleed is much more likely."
        ),
        consider=(
            "Consider ending the NSAID, with acetaminophen or a topical NSAID instead. If one is unavoidable, "
            "consider celecoxib with a PPI for the shortest time."
        ),
        sources=(SSRI_NSAID_BLEEDING.at("JAMA IM review pooled RR 3.8"),),
    ),
    Rule(
        id="DDC-219",
        name="NSAID with cardiovascular disease or stroke",
        when=(
            takes(NSAID),
            has("cardiovascular disease", "stroke"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.HEART,
        because="Heart attack and stroke become more likely.",
        consider=("Avoid; topical NSAID or acetaminophen instead. Contraindicated around coronary bypass surgery."),
        sources=(
            NAPROXEN_LABELS.at("naproxen label section 4: CABG setting"),
            KETOROLAC_LABEL.at("ketorolac boxed warning, cardiovascular risk"),
        ),
        variants=(AFTER_BYPASS,),
    ),
    Rule(
        id="DDC-269",
        name="NSAID with aspirin-sensitive asthma or allergy",
        when=(
            takes(NSAID),
            has("aspirin-sensitive asthma"),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.BREATH_ALLERGY,
        because="In people who react to aspirin, an NSAID can close the airways within minutes.",
        consider=(
            "Avoid every NSAID and aspirin; acetaminophen at an ordinary dose is usually tolerated. If one was "
            "taken, get help for wheezing."
        ),
        sources=(
            NAPROXEN_LABELS.at(
                "naproxen label section 4: asthma, urticaria or allergic reaction after aspirin or NSAID"
            ),
        ),
    ),
    Rule(
        id="DDC-272",
        name="corticosteroid with diabetes",
        when=(
            takes(CORTICOSTEROID),
            has("diabetes"),
        ),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.SUGAR,
        because=(
            "Steroids make the liver release sugar, so blood sugar rises for days after a tablet or an injection."
        ),
        consider=(
            "Check glucose more often during the course and for a week after; adjust diabetes medicines with the "
            "care team."
        ),
        sources=(LABEL.at("label"),),
    ),
)
