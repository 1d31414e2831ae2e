"""What is offered beside a taper of sedatives, gabapentinoids, antidepressants and others."""

from __future__ import annotations

from medsteward.advice.plan.report import Support
from medsteward.advice.plan.supports_shared import Tapered, limits_of, support
from medsteward.interactions.offer import Fit
from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.reminders import places as s
from medsteward.reminders.heart import LOFEXIDINE_POINTS as LOFEXIDINE_SIGNS
from medsteward.treatments import taper_places as t
from medsteward.treatments.against import Offered, weigh_offer

_CBT_I = support(
    "cbt_i",
    "Offer cognitive behavioral therapy for insomnia (CBT-I); anxiety gets therapy of its own.",
    sources=(t.ASAM_2025.at("CBT and CBT-I"),),
)


def of_benzodiazepines(taper: Tapered) -> tuple[Support, ...]:
    """The list of a benzodiazepine."""
    seizures = taper.picture.has("seizure disorder", "alcohol use", "alcohol use disorder")
    asked = "Ask about seizures, alcohol, and how earlier reductions went, before the first step."
    if seizures:
        asked = f"{', '.join(seizures)} is on the list: ask whether inpatient or specialist care fits better."
    return (
        support(
            "seizure_history",
            asked,
            Point("why", "an abrupt end is never safe: it can cause seizures and death", t.VA_DOD_BENZODIAZEPINE),
            Point(
                "limit", "imminent harm, complicating disease or severe withdrawal: inpatient care", t.ASAM_INPATIENT
            ),
        ),
        support(
            "ciwa_b",
            "CIWA-B after each step; symptoms that are significant are a reason to slow or pause.",
            Point("limit", "not CIWA-Ar, which is about alcohol", t.CIWA_B),
            Point("limit", "sources disagree on its bands; compare a patient with themselves", t.CIWA_B),
            sources=(t.ASAM_2025.at("assess at each step; slow or pause"),),
        ),
        _CBT_I,
        _longer_acting(taper),
        support(
            "goal",
            "The goal may be a lower dose that holds; success is progress.",
            sources=(t.ASAM_2025.at("goal"),),
        ),
    )


def _longer_acting(taper: Tapered) -> Support:
    """A change to a longer-acting benzodiazepine, held against the patient as diazepam, the usual one."""
    weighed = weigh_offer((Offered("diazepam"),), (), taper.picture, taper.offers)
    consider = "A change to a longer-acting benzodiazepine may be considered."
    if weighed.fit is Fit.LEFT_OUT:
        consider = "A change to a longer-acting benzodiazepine is not offered for this patient; see why below."
    return support(
        "longer_acting",
        consider,
        *limits_of(weighed, "diazepam, for one: "),
        sources=(t.ASAM_2025.at("longer-acting benzodiazepine"),),
        against=weighed.found,
    )


def of_z_drugs(taper: Tapered) -> tuple[Support, ...]:
    """The list of a Z-drug."""
    return (
        _CBT_I,
        support(
            "drug_free_nights",
            "At the lowest dose, planned nights without it.",
            sources=(t.DEPRESCRIBING.at("drug-free days; trials in Table 2"),),
        ),
        support(
            "rebound_insomnia",
            "Tell beforehand: sleep may be worse for days to a few weeks, mildly. If it is too much, stay 1 to 2 weeks "
            "at the present dose, then go on more slowly.",
            sources=(t.DEPRESCRIBING.at("withdrawal; relapse"),),
        ),
    )


def of_gabapentinoids(taper: Tapered) -> tuple[Support, ...]:
    """The list of a gabapentinoid."""
    points = [
        Point("when", "within a day or days, for about a week, sometimes longer", t.FIFE),
        Point("when", "more likely after more than 6 weeks of use or a high dose", t.UK_SHEET),
    ]
    if taper.picture.has("seizure disorder"):
        text = "seizure disorder is on the list: agree on each step with those who treat it"
        points.append(Point("limit", text, s.practice("gabapentinoids and seizures")))
    return (
        support(
            "gabapentinoid_withdrawal",
            "Ask about anxiety, sleep, sweating and pain after each step; hold the step if there is withdrawal.",
            *points,
        ),
        support(
            "pain_plan",
            "Agree on what else is tried for the pain before the first step.",
            sources=(s.OURS,),
        ),
    )


_MOOD = support(
    "mood",
    "Ask about mood and suicidal thoughts after each step; tell withdrawal (early, new symptoms) from the "
    "illness coming back (later, the old ones).",
    sources=(s.practice("antidepressant withdrawal and relapse"),),
)


def of_snris(taper: Tapered) -> tuple[Support, ...]:
    """The list of an SNRI."""
    points = [Point("when", "symptoms come within days and may last weeks, even with gradual steps", t.SNRI_REVIEW)]
    if "venlafaxine" in taper.names:
        points.append(Point("when", "venlafaxine is felt most of its class", s.practice("venlafaxine, withdrawal")))
    return (
        support(
            "snri_withdrawal",
            "Ask about dizziness, electric sensations, nausea and sleep; hold the step if they trouble.",
            *points,
        ),
        _MOOD,
    )


def of_tcas(taper: Tapered) -> tuple[Support, ...]:
    """The list of a tricyclic."""
    return (
        support(
            "tricyclic_withdrawal",
            "Ask about nausea, sweating, sleep and mood after each step; hold the step if they trouble.",
            Point("when", "within a day or days, for about a week, sometimes longer", t.FIFE.at("antidepressants")),
        ),
        _MOOD,
    )


def of_clonidine(taper: Tapered) -> tuple[Support, ...]:
    """The list of clonidine itself."""
    points = [Point("rebound", "pressure may rebound, more at a higher dose", s.CLONIDINE_LABEL)]
    blockers = taper.picture.takes(DrugClass.BETA_BLOCKER)
    if blockers:
        text = (
            f"with {', '.join(blockers)}: only if it is to end, gradually and by its prescriber, the beta blocker goes "
            "several days before clonidine"
        )
        points.append(Point("rebound", text, s.CLONIDINE_LABEL))
    points.append(Point("er", "extended-release tablets: 0.1 mg less every 3 to 7 days", t.CLONIDINE_ER))
    return (
        support(
            "blood_pressure",
            "Blood pressure and pulse at home each day; headache, agitation or a rise: hold the step and call.",
            *points,
        ),
    )


def of_lofexidine(taper: Tapered) -> tuple[Support, ...]:
    """The list of lofexidine itself."""
    return (
        support(
            "blood_pressure",
            "Blood pressure and pulse before each dose while it is lowered.",
            Point("end", "over 2 to 4 days, 1 tablet a dose less every 1 to 2 days", t.LOFEXIDINE_DOSE),
            *LOFEXIDINE_SIGNS,
        ),
    )


def of_baclofen(taper: Tapered) -> tuple[Support, ...]:
    """The list of baclofen."""
    points = [
        Point("limit", "it is tapered, never ended abruptly", s.VA_2016.at("baclofen is tapered")),
        Point("limit", "an abrupt end can bring on seizures", s.practice("baclofen withdrawal")),
    ]
    if taper.picture.has("seizure disorder"):
        points.append(Point("limit", "seizure disorder is on the list: smaller steps, further apart", s.OURS))
    return (
        support(
            "baclofen_withdrawal",
            "Ask about spasm, fever, confusion and seizures after each step; any of the last three is urgent.",
            *points,
            sources=(s.practice("baclofen withdrawal"),),
        ),
    )
