"""What several rules share: how long a drug counts after it was stopped, and how the context of care changes advice."""

from __future__ import annotations

from fractions import Fraction

from medsteward.interactions.rule import Severity, Variant
from medsteward.limits.said import figure
from medsteward.model.source import Standing
from medsteward.patient.clauses import (
    Age,
    BegunBefore,
    CaseClause,
    DailyAbove,
    DayMme,
    HasNow,
    Includes,
    InContext,
    InHospice,
    Kidney,
    Liver,
    MayBeFor,
    MayTreatOud,
    OpioidTolerance,
    Palliative,
    QtcAbove,
    StartedAfter,
    StartedWithin,
    TreatsOud,
    both,
    either,
    has,
    takes,
    unless,
)
from medsteward.patient.groups import (
    ACETAMINOPHEN,
    ALCOHOL,
    ALPRAZOLAM,
    AZOLE,
    BUPRENORPHINE,
    COUNTED_NOT_CANNABINOID,
    COUNTED_SEDATIVE,
    CYP3A4_STRONG,
    FULL_AGONIST,
    GABAPENTIN,
    KETOROLAC,
    MAOI,
    OPIOID_BOXED_WITH_SEDATIVES,
    OPIOID_OR_GABAPENTINOID,
    PREGABALIN,
    TRIAZOLAM,
)
from medsteward.patient.groups_of_conditions import SEDATIVE_NOT_GABAPENTIN
from medsteward.patient.groups_of_levels import CLOPIDOGREL, METHADONE_STRONG_INHIBITOR
from medsteward.patient.groups_of_pairs import (
    FENTANYL_KIND_OR_BUPRENORPHINE,
    ILLICIT_OPIOID,
    MAOI_NOT_RASAGILINE,
    MAOI_NOT_SAFINAMIDE,
    NOT_WITH_MAOI_BUT_ANTIDEPRESSANT,
    NOT_WITH_MAOI_BUT_SSRI,
    PROCARBAZINE,
    RASAGILINE,
    SAFINAMIDE,
)
from medsteward.patient.overlaps import Lasting
from medsteward.patient.picture import Tolerance

NEW_START_DAYS = 14
"""A drug counts as newly started for so many days. Ours."""

# --- how long a drug counts after its last day ------------------------------------------------------------------

PATCH_TAIL = Lasting(0, Standing.OURS, patch_days=1)
"""The skin goes on giving off the drug for about a day after the patch is off."""
AFTER_MAOI = Lasting(14, Standing.SECONDARY)
"""Fourteen days after an MAO inhibitor, as the labels say."""
AFTER_MAOI_OR_A_DAY = Lasting(
    14, Standing.SECONDARY, own=(("linezolid", 1), ("methylene blue", 1)), own_standing=Standing.SECONDARY
)
"""The same before an antidepressant: after linezolid or methylene blue a day is enough."""
BEFORE_MAOI = Lasting(
    14,
    Standing.SECONDARY,
    own=(("fluoxetine", 35), ("vortioxetine", 21), ("duloxetine", 5), ("levomilnacipran", 7)),
    own_standing=Standing.SECONDARY,
    recalled=(("milnacipran", 5), ("venlafaxine", 7), ("desvenlafaxine", 7), ("buspirone", 10)),
)
"""Before an MAO inhibitor: each drug's own days, else fourteen."""
OPIOID_FREE = Lasting(10, Standing.VERIFIED, own=(("methadone", 14),))
"""Seven to ten opioid-free days before naltrexone, longer after methadone; the longer end is taken."""
OPIOID_FREE_LONG = Lasting(14, Standing.SECONDARY)
"""Seven to fourteen days before naltrexone after buprenorphine; the longer end is taken."""
OPIOID_FREE_SAMIDORPHAN = Lasting(14, Standing.RECALLED)
"""Seven days after short-acting, fourteen after long-acting opioids; the longer is taken."""
NALTREXONE_LASTS = Lasting(0, Standing.OURS, depot_days=30)
"""A depot injection blocks for about a month."""
BEFORE_BUPRENORPHINE = Lasting(1, Standing.VERIFIED, own=(("methadone", 3),))
"""Eight to twenty-four hours after a full agonist, longer after methadone."""
CYP_OFFSET = Lasting(7, Standing.RECALLED, own=(("fluoxetine", 35),))
"""An enzyme inhibitor wears off within about a week, fluoxetine within about five."""
FLUOXETINE_OFFSET = CYP_OFFSET
FLUOXETINE_TAIL = Lasting(0, Standing.OURS, own=(("fluoxetine", 35),))
"""Fluoxetine and what it turns into act for about five weeks after the last dose."""
INDUCER_ENDS = Lasting(
    14,
    Standing.RECALLED,
    own=(
        ("rifampin", 14),
        ("carbamazepine", 21),
        ("phenytoin", 21),
        ("phenobarbital", 28),
        ("primidone", 28),
        ("efavirenz", 28),
        ("st. john's wort", 14),
    ),
)
"""How long what an enzyme inducer did goes back after its last day."""
INHIBITOR_ENDS = Lasting(7, Standing.RECALLED, own=(("fluconazole", 14), ("voriconazole", 14), ("amiodarone", 60)))
"""How long what an enzyme inhibitor did goes back after its last day."""
SEDATIVE_ENDS = Lasting(14, Standing.SECONDARY)
"""For how long after a sudden end of a sedative or antiepileptic a seizure is likelier, for the bupropion label."""
INDUCER_OFFSET = Lasting(14, Standing.RECALLED)
"""An enzyme inducer wears off within about two weeks."""

DRINKING = ("alcohol use", "alcohol use disorder", "alcohol withdrawal")
"""The conditions that count as alcohol beside a medicine."""
DRINKS = (takes(ALCOHOL), HasNow(DRINKING))
"""What says that a person drinks, the same for every rule about alcohol. A disorder in remission does not."""

# --- how the context changes the advice -------------------------------------------------------------------------

OUD_GOES_ON = Variant(
    TreatsOud(),
    add="This opioid treats opioid use disorder: do not withhold treatment because of this finding; the harm of "
    "untreated opioid use disorder is greater, and careful management reduces the risk.",
)
OUD_WITH_SEDATIVE = Variant(
    TreatsOud(),
    consider="This opioid treats opioid use disorder: do not withhold or taper it because of the other drug; the harm "
    "of untreated opioid use disorder is greater, and careful management reduces the risk. Ask the other prescriber; "
    "look at the other drug first, reducing it gradually where that is possible, not at once. Offer naloxone; watch "
    "for sedation.",
)
"""The same beside a sedative: it is the sedative that is looked at."""
OUD_UNCLEAR = Variant(
    MayTreatOud(),
    add="This opioid may be treatment of opioid use disorder: ask what it is for. Until that is known, do not withhold "
    "or taper it because of this finding.",
)
"""The same while it is not clear what it is for."""
END_OF_LIFE = InHospice()
"""Hospice or the last days of life are stated; palliative care alone is neither."""
_COMFORT = (
    "Sedation may be the aim. Titrate to comfort, agree the goal with patient and family, and ask what they would want "
    "if breathing slowed."
)
PALLIATIVE_SEDATION = Variant(Palliative(), consider=_COMFORT)
"""In palliative care the same pair may be what is wanted. It is also given for years beside active treatment."""
HOSPICE_SEDATION = Variant(END_OF_LIFE, tier=2)
"""In hospice, or at the end of life, an interruption helps nobody."""
OUD_WITHOUT_BOXED_WARNING = Variant(both(TreatsOud(), unless(Includes(OPIOID_BOXED_WITH_SEDATIVES))), tier=2)
"""Buprenorphine for opioid use disorder: its label has no boxed warning of the pair, and an interruption invites to
withhold it, of which FDA warns."""
IN_ANESTHESIA = Variant(
    InContext(("anesthesia",)), tier=2, add="For a procedure the combination is intended and monitored."
)


def above_for_kidneys(*, or_unknown: bool) -> tuple[CaseClause, ...]:
    """A gabapentinoid is above its dose for the kidney function: one of these holds.

    ``or_unknown``: also where its dose is not known.
    """

    def above(gabapentin: str, pregabalin: str) -> CaseClause:
        return either(
            DailyAbove(GABAPENTIN, figure(gabapentin), or_unknown),
            DailyAbove(PREGABALIN, figure(pregabalin), or_unknown),
        )

    return (
        both(Kidney(60, 30), above("DL-GABAPENTIN-04", "DL-PREGABALIN-15")),
        both(Kidney(30, 15), above("DL-GABAPENTIN-05", "DL-PREGABALIN-16")),
        both(Kidney(15), above("DL-GABAPENTIN-06", "DL-PREGABALIN-17")),
    )


_HARD_FACTOR = either(
    has("copd", "sleep apnea", "acute respiratory depression", "neuromuscular disease"),
    Kidney(30),
    *above_for_kidneys(or_unknown=False),
    StartedWithin(OPIOID_OR_GABAPENTINOID, NEW_START_DAYS),
    OpioidTolerance(Tolerance.NAIVE),
    both(
        DayMme(50),
        either(
            DailyAbove(GABAPENTIN, Fraction(1800), or_equal=True),
            DailyAbove(PREGABALIN, Fraction(300)),
        ),
    ),
)
_SOFT_FACTORS = (takes(COUNTED_SEDATIVE), Kidney(60))
GABAPENTINOID_HIGH_RISK = Variant(
    either(_HARD_FACTOR, both(*_SOFT_FACTORS), both(either(*_SOFT_FACTORS), Age(at_least=65))),
    tier=1,
)
"""One hard factor at any age; of the soft ones both, or one from 65. FDA's factors with the dose bands of a
case-control study; how they are joined is ours."""
ANTICHOLINERGIC_FROM_65 = Variant(Age(at_least=65), tier=2)
SEDATES_MORE = Variant(either(Age(at_least=65), takes(COUNTED_NOT_CANNABINOID)), tier=2)
TAPER_EXPECTED = Variant(
    InContext(("supervised taper",)),
    severity=Severity.INFO,
    tier=3,
    consider="Expected in a supervised taper: clonidine or lofexidine eases withdrawal. Check blood pressure and "
    "pulse; hold a dose below 90/60 mmHg; reduce clonidine gradually at the end.",
)
BREATHLESSNESS = Variant(
    Palliative(),
    severity=Severity.MODERATE,
    consider="In palliative care an opioid can ease breathlessness: begin with a low regular dose, titrate to comfort, "
    "and choose the route that is still possible.",
)
ACUTE_RESPIRATORY = Variant(
    has("acute respiratory depression"),
    severity=Severity.CONTRAINDICATED,
    tier=1,
    consider="An opioid is not to be started while breathing is severely depressed without monitoring. One that is "
    "already taken: assess breathing now; it is reduced under observation, not simply ended.",
)
PLANNED_SWITCH = Variant(
    InContext(("planned switch",)),
    severity=Severity.MODERATE,
    tier=3,
    add="A switch is under way: write down the day on which the first one ends.",
)
ADDED_TO_BUPRENORPHINE = Variant(
    both(StartedAfter(FULL_AGONIST, BUPRENORPHINE), unless(StartedAfter(BUPRENORPHINE, FULL_AGONIST))),
    severity=Severity.MODERATE,
    tier=2,
    because="A full agonist added to established buprenorphine works less.",
    consider="Keep buprenorphine going, and ask its prescriber or a pain service how to treat the added pain. "
    "Treatment of opioid use disorder is not withheld for this.",
)
DELIBERATE_BUPRENORPHINE = Variant(
    InContext(("perioperative", "low-dose buprenorphine start")),
    severity=Severity.MODERATE,
    tier=2,
    add="In this context the overlap is deliberate.",
)
FENTANYL_LINGERS = Variant(
    both(
        either(Includes(ILLICIT_OPIOID), has("illicit opioid use")),
        unless(BegunBefore(BUPRENORPHINE, NEW_START_DAYS)),
    ),
    add="Illegally made fentanyl lingers in fat, so a start by the clock can bring on sudden withdrawal: consider a "
    "start at clear withdrawal (COWS 13 or more) or a low-dose overlap.",
)
QTC_OVER_500 = Variant(QtcAbove(500), add="Above 500 ms: avoid starting; weigh an alternative with its prescriber now.")
TRIAZOLAM_BARRED = Variant(
    either(Includes(TRIAZOLAM), both(Includes(ALPRAZOLAM), Includes(AZOLE))),
    severity=Severity.CONTRAINDICATED,
    tier=1,
)
ACETAMINOPHEN_ABOVE = Variant(
    either(
        DailyAbove(ACETAMINOPHEN, figure("DL-ACETAMINOPHEN-01")),
        both(
            DailyAbove(ACETAMINOPHEN, figure("DL-ACETAMINOPHEN-22")),
            either(Liver(), has(*DRINKING)),
        ),
    ),
    severity=Severity.MAJOR,
    because="Acetaminophen over all products is above its ceiling: liver injury.",
)
AFTER_BYPASS = Variant(
    has("recent coronary bypass"),
    severity=Severity.CONTRAINDICATED,
    tier=1,
    consider="An NSAID is not to be started around coronary bypass surgery; acetaminophen instead.",
)
OBSTRUCTION_PALLIATIVE = Variant(
    Palliative(),
    severity=Severity.MODERATE,
    tier=2,
    consider="In palliative care an opioid is often part of treating obstruction: use a route that avoids the gut "
    "(injection, patch), no stimulant laxative and no PAMORA; ask the palliative team.",
)
_GABAPENTIN_FOR_ALCOHOL = both(
    MayBeFor(GABAPENTIN, ("alcohol use disorder",), own_line=True),
    unless(Includes(SEDATIVE_NOT_GABAPENTIN)),
    unless(takes(ALCOHOL)),
)
BESIDE_ITS_TREATMENT = Variant(_GABAPENTIN_FOR_ALCOHOL, severity=Severity.INFO, tier=3)
"""Gabapentin is treatment of the disorder that would otherwise make it a danger."""
FOR_ALCOHOL_USE_DISORDER = Variant(
    _GABAPENTIN_FOR_ALCOHOL,
    severity=Severity.INFO,
    tier=3,
    consider="Gabapentin can treat alcohol use disorder under a specialist: agree on supply length and one pharmacy.",
)
BACLOFEN_BELOW_65 = Variant(
    both(Age(at_least=18, below=65), Kidney(60, 30)),
    severity=Severity.MODERATE,
    consider="Consider half the dose, and watch for confusion and sleepiness. If it is already taken, reduce it "
    "gradually: stopping it at once is dangerous.",
)
KETOROLAC_KIDNEY = Variant(Includes(KETOROLAC), severity=Severity.CONTRAINDICATED, tier=1)
WITHIN_TWO_GRAMS = Variant(
    unless(DailyAbove(ACETAMINOPHEN, figure("DL-ACETAMINOPHEN-22"), or_unknown=True)),
    severity=Severity.MINOR,
    tier=3,
    add="The stated doses stay within that.",
)
WEAK_MAOI = Variant(
    both(Includes(PROCARBAZINE), unless(Includes(MAOI))),
    severity=Severity.MAJOR,
    tier=2,
    add="Procarbazine inhibits MAO weakly (needs a second source). Treatment of cancer goes on: ask oncology.",
)
"""Procarbazine is the only MAO inhibitor of the finding."""
WITH_RASAGILINE = Variant(
    both(Includes(RASAGILINE), unless(Includes(MAOI_NOT_RASAGILINE))),
    severity=Severity.MAJOR,
    tier=2,
    add="The label of rasagiline advises against the pair; it does not forbid it.",
)
"""Rasagiline is the only MAO inhibitor of the finding, and its label warns of the partner."""
ONE_ANTIDEPRESSANT_WITH_RASAGILINE = Variant(
    both(
        Includes(RASAGILINE), unless(Includes(MAOI_NOT_RASAGILINE)), unless(Includes(NOT_WITH_MAOI_BUT_ANTIDEPRESSANT))
    ),
    severity=Severity.MAJOR,
    tier=2,
    add="The label of rasagiline advises against the pair; it does not forbid it.",
)
SSRI_WITH_SAFINAMIDE = Variant(
    both(Includes(SAFINAMIDE), unless(Includes(MAOI_NOT_SAFINAMIDE)), unless(Includes(NOT_WITH_MAOI_BUT_SSRI))),
    severity=Severity.MAJOR,
    tier=2,
    add="The label of safinamide asks for the lowest dose of the SSRI and for watching.",
)
OPIOID_OF_HIGH_RISK_WITH_MAOI = Variant(Includes(FENTANYL_KIND_OR_BUPRENORPHINE), tier=1)
STRONG_INHIBITOR = Variant(both(takes(CYP3A4_STRONG), Includes(CYP3A4_STRONG)), tier=1)
"""A strong inhibitor raises the opioid so far that the finding may interrupt."""
NEW_STRONG_INHIBITOR = Variant(
    both(takes(CYP3A4_STRONG), StartedWithin(CYP3A4_STRONG, NEW_START_DAYS, or_undated=True)), tier=1
)
"""The same where it is new, or its first day is not stated."""
STRONG_INHIBITOR_SHOWN = Variant(Includes(CYP3A4_STRONG), tier=2)
METHADONE_RAISED_MOST = Variant(Includes(METHADONE_STRONG_INHIBITOR), severity=Severity.MAJOR)
METHADONE_RAISED_MOST_NEW = Variant(
    both(takes(METHADONE_STRONG_INHIBITOR), StartedWithin(METHADONE_STRONG_INHIBITOR, NEW_START_DAYS)), tier=1
)
KETOROLAC_AND_ANTICOAGULANT = Variant(
    Includes(KETOROLAC), tier=1, add="Ketorolac is contraindicated where the risk of bleeding is high."
)
CLOPIDOGREL_AND_PPI = Variant(
    Includes(CLOPIDOGREL), add="With clopidogrel the PPI is pantoprazole, not omeprazole or esomeprazole."
)
