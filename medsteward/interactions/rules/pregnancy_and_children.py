"""Pregnancy, breastfeeding, children."""

from __future__ import annotations

from medsteward.interactions.places import (
    FDA_2017_CHILDREN,
    FDA_2020_NALOXONE,
    FDA_2020_NSAIDS,
    LABEL,
    OURS,
    OXYCODONE_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity, Variant
from medsteward.interactions.rules.unborn import VALPROATE_FOR_BRAIN
from medsteward.patient.clauses import Age, AtHome, Pregnant, both, has, takes, unless
from medsteward.patient.groups import BENZODIAZEPINE, CODEINE_OR_TRAMADOL, NSAID, OPIOID, TERATOGEN
from medsteward.patient.groups_of_conditions import TERATOGEN_NOT_VALPROATE

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDC-220",
        name="NSAID from week 20 of pregnancy",
        when=(
            takes(NSAID),
            Pregnant(20),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.UNBORN,
        because=(
            "Low kidney function of the unborn child and little amniotic fluid; from week 30 early closure of "
            "the ductus."
        ),
        consider=("Avoid from week 20; an ultrasound if it is taken for more than 48 hours. Aspirin 81 mg is exempt."),
        sources=(FDA_2020_NSAIDS.at("FDA 2020-10-15"),),
        variants=(
            Variant(
                when=Pregnant(30),
                tier=1,
                because=(
                    "From week 30 early closure of the ductus of the unborn child, and low kidney function with little "
                    "amniotic fluid."
                ),
                consider=(
                    "No exception from week 30: consider acetaminophen instead, and ask the obstetric team today about "
                    "what was taken. Aspirin 81 mg is exempt."
                ),
            ),
        ),
    ),
    Rule(
        id="HAZ-320",
        name="NSAID in pregnancy before week 20 or of unknown week",
        when=(
            takes(NSAID),
            Pregnant(),
            unless(Pregnant(20)),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.UNBORN,
        because="NSAIDs are to be avoided from week 20 on.",
        consider="Ask for the week of pregnancy; prefer acetaminophen.",
        sources=(
            FDA_2020_NSAIDS.at("from week 20"),
            OURS.at("asked when the week is not known"),
        ),
    ),
    Rule(
        id="DDC-221",
        name="opioid in pregnancy",
        when=(
            takes(OPIOID),
            Pregnant(),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.UNBORN,
        because=(
            "A newborn exposed to opioids can have withdrawal after birth; it is expected and treatable, not a "
            "reason to stop."
        ),
        consider=(
            "Go on with the opioid or a planned change; it is never stopped suddenly. Tell the neonatal team and "
            "support breastfeeding. Treatment of opioid use disorder goes on."
        ),
        sources=(OXYCODONE_LABEL.at("boxed NOWS"),),
        absorbs=("HAZ-321",),
    ),
    Rule(
        id="HAZ-321",
        name="counselling on neonatal withdrawal",
        when=(
            takes(OPIOID),
            Pregnant(),
        ),
        severity=Severity.INFO,
        tier=3,
        hazard=Hazard.UNBORN,
        because="A newborn exposed to opioids can have withdrawal; it is expected and treatable.",
        consider=(
            "Tell the parents what to expect, plan observation after birth, support breastfeeding where it is safe."
        ),
        sources=(OXYCODONE_LABEL.at("boxed warning, neonatal opioid withdrawal syndrome"),),
    ),
    Rule(
        id="DDC-222",
        name="valproate, methotrexate or ergot in pregnancy",
        when=(
            takes(TERATOGEN),
            Pregnant(),
            unless(both(VALPROATE_FOR_BRAIN, unless(takes(TERATOGEN_NOT_VALPROATE)))),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.UNBORN,
        because="These drugs cause malformations or the loss of the pregnancy.",
        consider=(
            "Not to be started. If it is already taken, call the specialist today. Valproate is never stopped "
            "suddenly but changed under guidance; methotrexate is ended at once."
        ),
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDC-223",
        name="benzodiazepine in pregnancy",
        when=(
            takes(BENZODIAZEPINE),
            Pregnant(),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.UNBORN,
        because="Sedation and withdrawal of the newborn.",
        consider="Avoid starting one; one that is taken is reduced gradually.",
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDC-250",
        name="codeine or tramadol under 12",
        when=(
            takes(CODEINE_OR_TRAMADOL),
            Age(below=12),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.CHILD,
        because=(
            "Some children turn codeine or tramadol into its strong form quickly and have died of slowed breathing."
        ),
        consider=(
            "Not to be given under 12; consider acetaminophen or ibuprofen. If it was given, watch breathing and "
            "get help for sleepiness."
        ),
        sources=(FDA_2017_CHILDREN.at("FDA 2017-04-20"),),
    ),
    Rule(
        id="DDC-251",
        name="codeine or tramadol at 12 to 17 with a breathing risk",
        when=(
            takes(CODEINE_OR_TRAMADOL),
            Age(at_least=12, below=18),
            has("obesity", "sleep apnea", "copd", "asthma"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.CHILD,
        because=(
            "Some teenagers turn codeine or tramadol into its strong form quickly; with obesity, sleep apnea or "
            "lung disease breathing can fail."
        ),
        consider=(
            "Consider ibuprofen or acetaminophen. If an opioid is needed, ask a pediatric specialist and watch "
            "breathing."
        ),
        sources=(FDA_2017_CHILDREN.at("FDA 2017"),),
    ),
    Rule(
        id="DDC-252",
        name="codeine or tramadol after tonsillectomy under 18",
        when=(
            takes(CODEINE_OR_TRAMADOL),
            Age(below=18),
            has("post tonsillectomy"),
        ),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.CHILD,
        because=(
            "Children who had tonsils or adenoids removed have died of slowed breathing from codeine or tramadol."
        ),
        consider=(
            "Not to be given; consider acetaminophen or ibuprofen. If it was given, watch breathing and get help "
            "for sleepiness."
        ),
        sources=(FDA_2017_CHILDREN.at("FDA 2013/2017"),),
        absorbs=("DDC-251",),
    ),
    Rule(
        id="DDC-253",
        name="codeine or tramadol while breastfeeding",
        when=(
            takes(CODEINE_OR_TRAMADOL),
            has("breastfeeding"),
        ),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.INFANT,
        because="Slowed breathing of the infant, when the mother turns it over quickly.",
        consider=(
            "Not recommended; choose another analgesic. Tell the parents the signs: sleepiness, trouble "
            "feeding, limpness."
        ),
        sources=(FDA_2017_CHILDREN.at("FDA 2017"),),
    ),
    Rule(
        id="HAZ-323",
        name="opioid in a home with children",
        when=(
            takes(OPIOID),
            AtHome(("child", "toddler", "infant", "grandchild", "baby", "kid")),
        ),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.CHILD_AT_HOME,
        because="One dose, or a used patch, can kill a child.",
        consider=("Lock it up, count it, fold and dispose of used patches at once; show the household naloxone."),
        sources=(
            OXYCODONE_LABEL.at("boxed warning, accidental ingestion"),
            FDA_2020_NALOXONE.at("children in the household"),
        ),
    ),
)
