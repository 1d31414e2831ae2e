"""What is offered beside a taper of an opioid."""

from __future__ import annotations

from medsteward.advice.plan.report import Support
from medsteward.advice.plan.supports_autonomic import clonidine, lofexidine
from medsteward.advice.plan.supports_shared import EASES_WITHDRAWAL, Names, Tapered, limits_of, support
from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.patient.picture import Picture
from medsteward.reminders import places as s
from medsteward.reminders.done import read_done
from medsteward.reminders.naloxone import has_naloxone
from medsteward.scales.declared import COWS, SOWS
from medsteward.thresholds import whole
from medsteward.treatments import taper_places as t
from medsteward.treatments.against import Found, weigh_offer
from medsteward.treatments.declared.analgesics import ACETAMINOPHEN, ORAL_NSAID, TOPICAL_NSAID
from medsteward.treatments.declared.of_symptoms import LOPERAMIDE
from medsteward.treatments.declared.on_the_skin import LIDOCAINE
from medsteward.treatments.index import ALTERNATIVES, RELIEF, Relief
from medsteward.treatments.laxatives import ANTAGONIST_ENDS, EFFECTIVE, END_POINTS

PAUSE_COWS = whole("cows_pause")
"""COWS from which a pause is offered: the first value of its moderate band."""
URGENT_COWS = whole("cows_urgent")
"""COWS from which a review is urgent: the first value of its moderately severe band."""


def of_opioids(taper: Tapered) -> tuple[Support, ...]:
    """The list of an opioid."""
    picture = taper.picture
    pregnancy = (_PREGNANCY,) if picture.has("pregnancy") else ()
    with_clonidine = () if taper.lowers("clonidine") else (clonidine(taper),)
    with_lofexidine = () if taper.lowers("lofexidine") else (lofexidine(taper),)
    return (
        *pregnancy,
        _non_opioid(taper),
        _SLEEP,
        _HYDRATION,
        _BEHAVIOURAL,
        _WITHDRAWAL_SCALE,
        *with_clonidine,
        *with_lofexidine,
        _relief(ALTERNATIVES, taper),
        *(_relief(relief, taper) for relief in RELIEF),
        _QT,
        _NOT_FOR_WITHDRAWAL,
        _bowel(taper),
        _naloxone(picture),
    )


_S4 = s.SEED.at("at least one non-opioid support in every taper")
_S6 = s.SEED.at("behavioral support is part of a taper")
_NON_OPIOIDS = (TOPICAL_NSAID, ACETAMINOPHEN, LIDOCAINE, ORAL_NSAID)
_NON_OPIOID_CLASSES = (
    DrugClass.NSAID_TOPICAL,
    DrugClass.ACETAMINOPHEN,
    DrugClass.NSAID_ORAL,
    DrugClass.TOPICAL_ANESTHETIC,
    DrugClass.SNRI,
    DrugClass.TCA,
    DrugClass.GABAPENTINOID,
)


def _non_opioid(taper: Tapered) -> Support:
    """Treatment of pain without an opioid: what is taken already, movement, and what suits this patient."""
    picture = taper.picture
    names = Names()
    limits: list[Point] = []
    against: list[Found] = []
    sources = [_S4]
    for option in _NON_OPIOIDS:
        weighed = weigh_offer(option.offered, option.against, picture, taper.offers)
        limits += limits_of(weighed, f"{option.title}: ")
        against += weighed.found
        if names.take(option.title, weighed):
            sources.append(option.for_pain[0].source)
    taken = [name for name in picture.takes(*_NON_OPIOID_CLASSES) if name not in taper.names]
    kept = f" Already taken: {', '.join(taken)}." if taken else ""
    fits = ", ".join(["physical therapy and graded movement", *names.fit])
    consider = f"Consider at least one: {fits}.{names.after()}{kept}"
    return support("non_opioid", consider, *limits, sources=sources, against=against)


_SLEEP = support(
    "sleep",
    "Talk about sleep habits: regular times, light, caffeine, screens; poor sleep is common for a while.",
    Point("limit", "no sedative-hypnotics in the taper", t.CANADA_SEDATIVES),
    sources=(EASES_WITHDRAWAL,),
)
_HYDRATION = support(
    "hydration",
    "Fluids through the day, more with sweating, vomiting or diarrhea.",
    sources=(EASES_WITHDRAWAL,),
)
_BEHAVIOURAL = support(
    "behavioural_support",
    "Offer behavioral support (pain psychology, cognitive behavioral therapy, peer support); ask about mood and "
    "suicidal thoughts at each contact.",
    sources=(_S6, s.VA_DOD_2017.at("suicide risk")),
)
_WITHDRAWAL_SCALE = support(
    "withdrawal_scale",
    "SOWS by the patient or COWS by a clinician after each step (score them with: sows, cows).",
    Point(
        "limit",
        f"COWS {PAUSE_COWS} or more: consider a pause; {URGENT_COWS} or more: see the patient urgently",
        s.OURS.at("pause and urgent review by COWS"),
    ),
    Point("when", "early symptoms usually settle 5 to 10 days after a step, later with methadone", s.VA_2016),
    Point("when", "there may be none in a gradual taper", s.VA_2016),
    sources=(COWS.source, SOWS.source),
)
_NOT_FOR_WITHDRAWAL = support(
    "not_for_withdrawal",
    "Symptoms of a step are never treated with an extra opioid or a benzodiazepine; pause or slow the taper instead.",
    sources=(s.VA_2016.at("withdrawal is not treated with an opioid or a benzodiazepine"),),
)


_QT = support(
    "qt_stacking",
    "Methadone, tricyclics, lofexidine, ondansetron, hydroxyzine, trazodone and loperamide beyond its label can each "
    "prolong the QT interval: with two of them, consider an electrocardiogram or another choice.",
    sources=(s.LOFEXIDINE_LABEL.at("QT"), t.LOPERAMIDE, s.practice("hydroxyzine, ondansetron, trazodone and QT")),
)
_PREGNANCY = support(
    "pregnancy",
    "Pregnancy: the specialist who supervises weighs each medicine named here before it is given.",
    sources=(t.CDC_PREGNANCY,),
)


def _relief(relief: Relief, taper: Tapered) -> Support:
    """One group of symptoms: what suits, and what does not with its reason; nothing that is itself being lowered."""
    names = Names()
    points: list[Point] = []
    against: list[Found] = []
    for remedy in relief.remedies:
        treatment = remedy.treatment
        if taper.lowers(*treatment.drugs):
            continue
        weighed = weigh_offer(treatment.offered, treatment.against, taper.picture, taper.offers)
        if names.take(treatment.title, weighed):
            points += treatment.remedy_points(remedy.eases, weighed.kept)
        points += limits_of(weighed, f"{treatment.title}: ")
        against += weighed.found
        if any(each.ingredient in treatment.drugs for each in taper.picture.taken):
            points.append(Point("against", f"{treatment.title}: already taken, count it", s.OURS))
    group = relief.group
    first = f"{group.first}; " if group.first else ""
    if names.fit:
        offer = f"consider {' or '.join(names.fit)}.{names.after()}"
    elif names.major:
        offer = f"each of these has a major risk named below, to be weighed first: {' or '.join(names.major)}."
    else:
        offer = "none of the usual medicines suits this patient."
    return support(group.symptom.value, f"{group.words}: {first}{offer}", *points, against=against)


def _bowel(taper: Tapered) -> Support:
    picture = taper.picture
    laxatives = picture.takes(*EFFECTIVE)
    if picture.has("diarrhea"):
        consider = "Diarrhea is on the list: hold laxatives, and ask whether it is withdrawal."
    elif laxatives:
        consider = f"Keep {', '.join(laxatives)}, and reduce in step with the opioid's dose."
    else:
        consider = "Keep a bowel regimen as long as the opioid, and reduce it in step with the dose."
    antagonists = picture.takes(DrugClass.PAMORA)
    points = [point for point in END_POINTS if antagonists or point is not ANTAGONIST_ENDS]
    # the last of these points names loperamide
    weighed = weigh_offer(LOPERAMIDE.offered, LOPERAMIDE.against, picture, taper.offers)
    points += limits_of(weighed, "loperamide: ")
    return support("bowel_regimen", consider, *points, against=weighed.found)


def _naloxone(picture: Picture) -> Support:
    has = has_naloxone(picture, read_done(picture.case))
    consider = (
        "The patient has naloxone: ask whether it is in date, and teach patient and household again at the start."
        if has
        else "Offer naloxone at the start, and teach patient and household how to use it."
    )
    return support(
        "naloxone",
        consider,
        Point("why", "tolerance can be lost within a week: the former dose may then be too much", s.VA_2016),
        sources=(s.VA_2016.at("naloxone and overdose education at the start of a taper"),),
    )
