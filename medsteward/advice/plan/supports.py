"""What is offered beside a taper, class by class, for this patient. Nothing of one class is said for another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from attrs import field, frozen

from medsteward.advice.plan.report import Support
from medsteward.bibliography import cite
from medsteward.drugs.index import drugs as known_drugs
from medsteward.interactions.offer import Fit, Offers
from medsteward.model.drug import DrugClass
from medsteward.model.number import decimal_text
from medsteward.model.point import Point
from medsteward.model.regimen import Case
from medsteward.model.source import Source, Standing
from medsteward.patient.kidneys import KidneyFunction
from medsteward.patient.picture import Picture
from medsteward.reminders import places as s
from medsteward.reminders.done import read_done
from medsteward.reminders.monitoring import LOFEXIDINE_POINTS as LOFEXIDINE_SIGNS
from medsteward.reminders.monitoring import PRESSURE_POINTS
from medsteward.reminders.naloxone import has_naloxone
from medsteward.scales.declared import COWS, SOWS
from medsteward.treatments import taper_places as t
from medsteward.treatments.against import Found, Offered, Weighed, weigh_offer
from medsteward.treatments.laxatives import ANTAGONIST_ENDS, EFFECTIVE, END_POINTS
from medsteward.treatments.options import ACETAMINOPHEN, LIDOCAINE, ORAL_NSAID, TOPICAL_NSAID
from medsteward.treatments.relief import (
    ALTERNATIVES,
    CLONIDINE_AGAINST,
    CLONIDINE_POINTS,
    LOFEXIDINE_AGAINST,
    LOFEXIDINE_POINTS,
    LOFEXIDINE_TABLET,
    LOFEXIDINE_TIMES,
    LOPERAMIDE,
    RELIEF,
    Relief,
)

PAUSE_COWS = 13
"""COWS from which a pause is offered. A choice of this project: the first value of its moderate band."""
URGENT_COWS = 25
"""COWS from which a review is urgent. A choice of this project: the first value of its moderately severe band."""
FAST_DAYS = 7
"""Steps as short as this are fast: what eases withdrawal is at hand from the start."""


def supports_for(case: Case, *, drugs: Iterable[str], every_days: int | None = None) -> tuple[Support, ...]:
    """What to offer beside a taper of ``drugs`` (ingredients by our names), for a case on its day.

    ``every_days`` is how long the shortest step lasts. Each kind is said once. A drug of a class that has no list here
    adds nothing. Raises ``KeyError`` for a drug that is not known.
    """
    picture = Picture(case)
    names = tuple(dict.fromkeys(drugs))
    taper = _Taper(picture, names, Offers(picture), fast=every_days is not None and every_days <= FAST_DAYS)
    found: dict[str, Support] = {}
    for is_its, offered in _BY_CLASS.items():
        if any(is_its(name) for name in names):
            for support in offered(taper):
                found.setdefault(support.kind, support)
    return tuple(found.values())


@frozen
class _Taper:
    """The case, everything that is tapered in it, and whether the steps are short."""

    picture: Picture
    names: tuple[str, ...]
    offers: Offers
    fast: bool

    def lowers(self, *ingredients: str) -> bool:
        """Whether one of these, or another drug of its class, is under the taper."""
        classes = {known_drugs()[name].drug_class for name in ingredients if name in known_drugs()}
        return any(
            name in ingredients or (known_drugs()[name].drug_class in classes and name not in _OWN_LIST)
            for name in self.names
        )


_THE_CASE = cite("OURS", "the case itself")
"""Of a remark about the case: it is not listed among the sources."""


def shown(point: Point) -> str:
    """A fact with its standing, unless it is verified."""
    if point.source is _THE_CASE or point.source.standing is Standing.VERIFIED:
        return point.text
    return f"{point.text} ({point.source.standing.words})"


def _support(
    kind: str, consider: str, *points: Point, sources: Iterable[Source] = (), against: Iterable[Found] = ()
) -> Support:
    return Support(
        kind,
        consider,
        tuple(shown(point) for point in points),
        tuple(dict.fromkeys([*sources, *(point.source for point in points if point.source is not _THE_CASE)])),
        tuple(against),
    )


def _limits(weighed: Weighed, lead: str = "") -> tuple[Point, ...]:
    """What speaks against something, as points, and what is not known."""
    found = [Point("against", f"{lead}{each.words}", each.source) for each in weighed.found]
    found += [Point("unknown", f"{lead}{text} is not known and would tell more", _THE_CASE) for text in weighed.unknown]
    return tuple(found)


# --- opioids ----------------------------------------------------------------------------------------------------


def _opioids(taper: _Taper) -> tuple[Support, ...]:
    picture = taper.picture
    pregnancy = (_PREGNANCY,) if picture.has("pregnancy") else ()
    clonidine = () if taper.lowers("clonidine") else (_clonidine(taper),)
    lofexidine = () if taper.lowers("lofexidine") else (_lofexidine(taper),)
    return (
        *pregnancy,
        _non_opioid(taper),
        _SLEEP,
        _HYDRATION,
        _BEHAVIOURAL,
        _WITHDRAWAL_SCALE,
        *clonidine,
        *lofexidine,
        _relief(ALTERNATIVES, taper),
        *(_relief(relief, taper) for relief in RELIEF),
        _QT,
        _NOT_FOR_WITHDRAWAL,
        _bowel(taper),
        _naloxone(picture),
    )


_S4 = s.SEED.at("at least one non-opioid support in every taper")
_S5 = s.SEED.at("clonidine or lofexidine, sleep and hydration when withdrawal is expected")
_S6 = s.SEED.at("behavioural support is part of a taper")
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


def _non_opioid(taper: _Taper) -> Support:
    """Treatment of pain without an opioid: what is taken already, movement, and what suits this patient."""
    picture = taper.picture
    names = _Names()
    limits: list[Point] = []
    against: list[Found] = []
    sources = [_S4]
    for option in _NON_OPIOIDS:
        weighed = weigh_offer(option.offered, option.against, picture, taper.offers)
        limits += _limits(weighed, f"{option.title}: ")
        against += weighed.found
        if names.take(option.title, weighed):
            sources.append(option.why_source)
    taken = [name for name in picture.takes(*_NON_OPIOID_CLASSES) if name not in taper.names]
    kept = f" Already taken: {', '.join(taken)}." if taken else ""
    fits = ", ".join(["physical therapy and graded movement", *names.fit])
    consider = f"Consider at least one: {fits}.{names.after()}{kept}"
    return _support("non_opioid", consider, *limits, sources=sources, against=against)


@frozen
class _Names:
    """The names of what is offered: what fits, and what a major reason speaks against."""

    fit: list[str] = field(factory=list)
    major: list[str] = field(factory=list)

    def take(self, name: str, weighed: Weighed) -> bool:
        """Put an offer where it belongs; False: it is left out."""
        if weighed.fit is not Fit.LEFT_OUT:
            (self.major if weighed.fit is Fit.MAJOR_REASON else self.fit).append(name)
        return weighed.fit is not Fit.LEFT_OUT

    def after(self) -> str:
        """What comes after those that fit."""
        if not self.major:
            return ""
        return (
            f" Only where none of these fits, and after weighing the major risk named below: {', '.join(self.major)}."
        )


_SLEEP = _support(
    "sleep",
    "Talk over sleep habits: regular times, light, caffeine, screens; poor sleep is common for a while.",
    Point("limit", "no sedative-hypnotics in the taper", t.CANADA_SEDATIVES),
    sources=(_S5,),
)
_HYDRATION = _support(
    "hydration",
    "Fluids through the day, more with sweating, vomiting or diarrhea.",
    sources=(_S5,),
)
_BEHAVIOURAL = _support(
    "behavioural_support",
    "Offer behavioural support (pain psychology, cognitive behavioural therapy, peer support); ask about mood and "
    "suicidal thoughts at each contact.",
    sources=(_S6, s.VA_DOD_2017.at("suicide risk")),
)
_WITHDRAWAL_SCALE = _support(
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
_NOT_FOR_WITHDRAWAL = _support(
    "not_for_withdrawal",
    "Symptoms of a step are never treated with an extra opioid or a benzodiazepine; pause or slow the taper instead.",
    sources=(s.VA_2016.at("withdrawal is not treated with an opioid or a benzodiazepine"),),
)


_QT = _support(
    "qt_stacking",
    "Methadone, tricyclics, lofexidine, ondansetron, hydroxyzine, trazodone and loperamide beyond its label can each "
    "prolong the QT interval: with two of them, consider an electrocardiogram or another choice.",
    sources=(s.LOFEXIDINE_LABEL.at("QT"), t.LOPERAMIDE, s.practice("hydroxyzine, ondansetron, trazodone and QT")),
)
_PREGNANCY = _support(
    "pregnancy",
    "Pregnancy: the specialist who supervises weighs each medicine named here before it is given.",
    sources=(t.CDC_PREGNANCY,),
)


def _clonidine(taper: _Taper) -> Support:
    when = "Have at hand from the start, because the steps are short" if taper.fast else "On withdrawal, consider it"
    weighed = weigh_offer((Offered("clonidine"),), CLONIDINE_AGAINST, taper.picture, taper.offers)
    limits = _limits(weighed)
    if weighed.fit is Fit.LEFT_OUT:
        words = "Clonidine is not offered for this patient; see why below."
        return _support("clonidine", words, *limits, sources=(_S5,), against=weighed.found)
    if weighed.fit is Fit.MAJOR_REASON:
        when = "Another choice comes first: weigh the major risk named below before it is considered"
    return _support(
        "clonidine",
        f"Clonidine for sweating, restlessness and cramps. {when}; only with a plan for blood pressure and pulse.",
        *CLONIDINE_POINTS,
        *PRESSURE_POINTS,
        *limits,
        sources=(_S5,),
        against=weighed.found,
    )


def lofexidine_tablets(child_pugh: str | None, kidney: KidneyFunction | None) -> int:
    """Tablets of 0.18 mg a dose, 4 times daily, by liver and kidneys; with both impaired the lower of the two.

    Child-Pugh A 3, B 2, C 1; eGFR from 90 3, 30 to 89.9 2, below 30 1. What a stage alone does not tell counts as the
    lower function. Source: lofexidine label text.
    """
    by_liver = {"A": 3, "B": 2, "C": 1}.get((child_pugh or "").strip().upper()[:1], 3)
    if kidney is None:
        return by_liver
    if kidney.is_below(30) is not False:
        return min(by_liver, 1)
    return min(by_liver, 3 if kidney.is_below(90) is False else 2)


def _lofexidine(taper: _Taper) -> Support:
    picture = taper.picture
    weighed = weigh_offer((Offered("lofexidine"),), LOFEXIDINE_AGAINST, picture, taper.offers)
    limits = _limits(weighed)
    if weighed.is_blocked:
        words = "Lofexidine is not offered for this patient; see why below."
        return _support("lofexidine", words, *limits, sources=(_S5,), against=weighed.found)
    tablets = lofexidine_tablets(picture.patient.child_pugh, picture.kidney)
    daily = decimal_text(Fraction(18, 100) * tablets * LOFEXIDINE_TIMES)
    because = [f"Child-Pugh {picture.patient.child_pugh}"] if picture.patient.child_pugh else []
    because += [str(picture.kidney)] if picture.kidney is not None else []
    dose = (
        f"{tablets} x {LOFEXIDINE_TABLET} {LOFEXIDINE_TIMES} times daily, 5 to 6 hours apart ({daily} mg/d)"
        f"{' for ' + ', '.join(because) if because else ''}"
    )
    points = [Point("dose", dose, t.LOFEXIDINE_DOSE)]
    if picture.kidney is None:
        points.append(Point("unknown", "kidney function is not known: below 90 the dose is lower", t.LOFEXIDINE_DOSE))
    if picture.has("liver disease") and not picture.patient.child_pugh:
        points.append(Point("unknown", "liver disease without Child-Pugh: the dose follows it", t.LOFEXIDINE_DOSE))
    major = " Weigh the major risk named below first." if weighed.fit is Fit.MAJOR_REASON else ""
    return _support(
        "lofexidine",
        f"Lofexidine, only around the last dose or on withdrawal, as another choice than clonidine.{major}",
        *points,
        *LOFEXIDINE_POINTS,
        *LOFEXIDINE_SIGNS,
        *limits,
        sources=(_S5,),
        against=weighed.found,
    )


def _relief(relief: Relief, taper: _Taper) -> Support:
    """One group of symptoms: what suits, and what does not with its reason; nothing that is itself being lowered."""
    names = _Names()
    points: list[Point] = []
    against: list[Found] = []
    for remedy in relief.remedies:
        if taper.lowers(*remedy.ingredients):
            continue
        weighed = weigh_offer(remedy.offered, remedy.against, taper.picture, taper.offers)
        if names.take(remedy.name, weighed):
            points += remedy.points(weighed.kept)
        points += _limits(weighed, f"{remedy.name}: ")
        against += weighed.found
        if any(each.ingredient in remedy.ingredients for each in taper.picture.taken):
            points.append(Point("against", f"{remedy.name}: already taken, count it", s.OURS))
    first = f"{relief.first}; " if relief.first else ""
    if names.fit:
        offer = f"consider {' or '.join(names.fit)}.{names.after()}"
    elif names.major:
        offer = f"each of these has a major risk named below, to be weighed first: {' or '.join(names.major)}."
    else:
        offer = "none of the usual medicines suits this patient."
    return _support(relief.kind, f"{relief.symptoms}: {first}{offer}", *points, against=against)


def _bowel(taper: _Taper) -> Support:
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
    weighed = weigh_offer((Offered("loperamide"),), LOPERAMIDE.against, picture, taper.offers)
    points += _limits(weighed, "loperamide: ")
    return _support("bowel_regimen", consider, *points, against=weighed.found)


def _naloxone(picture: Picture) -> Support:
    has = has_naloxone(picture, read_done(picture.case))
    consider = (
        "Naloxone is at hand: ask whether it is in date, and teach patient and household again at the start."
        if has
        else "Offer naloxone at the start, and teach patient and household how to use it."
    )
    return _support(
        "naloxone",
        consider,
        Point("why", "tolerance can be lost within a week: the former dose may then be too much", s.VA_2016),
        sources=(s.VA_2016.at("naloxone and overdose education at the start of a taper"),),
    )


# --- benzodiazepines and Z-drugs --------------------------------------------------------------------------------

_CBT_I = _support(
    "cbt_i",
    "Offer cognitive behavioural therapy for insomnia (CBT-I); anxiety gets therapy of its own.",
    sources=(t.ASAM_2025.at("CBT and CBT-I"),),
)


def _benzodiazepines(taper: _Taper) -> tuple[Support, ...]:
    seizures = taper.picture.has("seizure disorder", "alcohol use", "alcohol use disorder")
    asked = "Ask about seizures, alcohol, and how earlier reductions went, before the first step."
    if seizures:
        asked = f"{', '.join(seizures)} is on the list: ask whether inpatient or specialist care fits better."
    return (
        _support(
            "seizure_history",
            asked,
            Point("why", "an abrupt end is never safe: it can cause seizures and death", t.VA_DOD_BENZODIAZEPINE),
            Point(
                "limit", "imminent harm, complicating disease or severe withdrawal: inpatient care", t.ASAM_INPATIENT
            ),
        ),
        _support(
            "ciwa_b",
            "CIWA-B after each step; symptoms that are significant are a reason to slow or pause.",
            Point("limit", "not CIWA-Ar, which is about alcohol", t.CIWA_B),
            Point("limit", "sources disagree on its bands; compare a patient with themselves", t.CIWA_B),
            sources=(t.ASAM_2025.at("assess at each step; slow or pause"),),
        ),
        _CBT_I,
        _longer_acting(taper),
        _support(
            "goal",
            "The goal may be a lower dose that holds; success is progress.",
            sources=(t.ASAM_2025.at("goal"),),
        ),
    )


def _longer_acting(taper: _Taper) -> Support:
    """A change to a longer-acting benzodiazepine, held against the patient as diazepam, the usual one."""
    weighed = weigh_offer((Offered("diazepam"),), (), taper.picture, taper.offers)
    consider = "A change to a longer-acting benzodiazepine may be considered."
    if weighed.fit is Fit.LEFT_OUT:
        consider = "A change to a longer-acting benzodiazepine is not offered for this patient; see why below."
    return _support(
        "longer_acting",
        consider,
        *_limits(weighed, "diazepam, for one: "),
        sources=(t.ASAM_2025.at("longer-acting benzodiazepine"),),
        against=weighed.found,
    )


def _z_drugs(taper: _Taper) -> tuple[Support, ...]:
    return (
        _CBT_I,
        _support(
            "drug_free_nights",
            "At the lowest dose, planned nights without it.",
            sources=(t.DEPRESCRIBING.at("drug-free days; trials in Table 2"),),
        ),
        _support(
            "rebound_insomnia",
            "Tell beforehand: sleep may be worse for days to a few weeks, mildly. If it is too much, stay 1 to 2 weeks "
            "at the present dose, then go on more slowly.",
            sources=(t.DEPRESCRIBING.at("withdrawal; relapse"),),
        ),
    )


# --- other classes ----------------------------------------------------------------------------------------------


def _gabapentinoids(taper: _Taper) -> tuple[Support, ...]:
    points = [
        Point("when", "within a day or days, for about a week, sometimes longer", t.FIFE),
        Point("when", "more likely after more than 6 weeks of use or a high dose", t.UK_SHEET),
    ]
    if taper.picture.has("seizure disorder"):
        text = "seizure disorder is on the list: agree on each step with those who treat it"
        points.append(Point("limit", text, s.practice("gabapentinoids and seizures")))
    return (
        _support(
            "gabapentinoid_withdrawal",
            "Ask about anxiety, sleep, sweating and pain after each step; hold the step if there is withdrawal.",
            *points,
        ),
        _support(
            "pain_plan",
            "Agree on what else is tried for the pain before the first step.",
            sources=(s.OURS,),
        ),
    )


_MOOD = _support(
    "mood",
    "Ask about mood and suicidal thoughts after each step; tell withdrawal (early, new symptoms) from the "
    "illness coming back (later, the old ones).",
    sources=(s.practice("antidepressant withdrawal and relapse"),),
)


def _snris(taper: _Taper) -> tuple[Support, ...]:
    points = [Point("when", "symptoms come within days and may last weeks, even with gradual steps", t.SNRI_REVIEW)]
    if "venlafaxine" in taper.names:
        points.append(Point("when", "venlafaxine is felt most of its class", s.practice("venlafaxine, withdrawal")))
    return (
        _support(
            "snri_withdrawal",
            "Ask about dizziness, electric sensations, nausea and sleep; hold the step if they trouble.",
            *points,
        ),
        _MOOD,
    )


def _tcas(taper: _Taper) -> tuple[Support, ...]:
    return (
        _support(
            "tricyclic_withdrawal",
            "Ask about nausea, sweating, sleep and mood after each step; hold the step if they trouble.",
            Point("when", "within a day or days, for about a week, sometimes longer", t.FIFE.at("antidepressants")),
        ),
        _MOOD,
    )


def _clonidine_exit(taper: _Taper) -> tuple[Support, ...]:
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
        _support(
            "blood_pressure",
            "Blood pressure and pulse at home each day; headache, agitation or a rise: hold the step and call.",
            *points,
        ),
    )


def _lofexidine_exit(taper: _Taper) -> tuple[Support, ...]:
    return (
        _support(
            "blood_pressure",
            "Blood pressure and pulse before each dose while it is lowered.",
            Point("end", "over 2 to 4 days, 1 tablet a dose less every 1 to 2 days", t.LOFEXIDINE_DOSE),
            *LOFEXIDINE_SIGNS,
        ),
    )


def _baclofen(taper: _Taper) -> tuple[Support, ...]:
    points = [
        Point("limit", "it is tapered, never ended abruptly", s.VA_2016.at("baclofen is tapered")),
        Point("limit", "an abrupt end can bring on seizures", s.practice("baclofen withdrawal")),
    ]
    if taper.picture.has("seizure disorder"):
        points.append(Point("limit", "seizure disorder is on the list: smaller steps, further apart", s.OURS))
    return (
        _support(
            "baclofen_withdrawal",
            "Ask about spasm, fever, confusion and seizures after each step; any of the last three is urgent.",
            *points,
            sources=(s.practice("baclofen withdrawal"),),
        ),
    )


_Offered = Callable[[_Taper], tuple[Support, ...]]
_OWN_LIST = ("clonidine", "lofexidine", "baclofen")
"""Drugs that bring a list by their name, not by their class."""


def _of(*classes: DrugClass) -> Callable[[str], bool]:
    return lambda name: known_drugs()[name].drug_class in classes


def _named(drug: str) -> Callable[[str], bool]:
    return lambda name: name == drug


_BY_CLASS: Mapping[Callable[[str], bool], _Offered] = MappingProxyType(
    {
        _of(*(each for each in DrugClass if each.is_opioid_agonist)): _opioids,
        _of(DrugClass.BENZODIAZEPINE): _benzodiazepines,
        _of(DrugClass.Z_DRUG): _z_drugs,
        _of(DrugClass.GABAPENTINOID): _gabapentinoids,
        _of(DrugClass.SNRI): _snris,
        _of(DrugClass.TCA): _tcas,
        _named("clonidine"): _clonidine_exit,
        _named("lofexidine"): _lofexidine_exit,
        _named("baclofen"): _baclofen,
    }
)
"""Which list a tapered drug brings."""
