"""Naloxone: every reason that applies, each with the sources that name it; products; what the household learns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from medsteward.model.drug import DrugClass
from medsteward.model.point import Point
from medsteward.model.source import Source
from medsteward.patient.picture import Picture
from medsteward.reminders import places as s
from medsteward.reminders.days import after, before
from medsteward.reminders.done import Done
from medsteward.reminders.reminder import Kind, Reminder
from medsteward.reminders.risks import Risk, reason
from medsteward.thresholds import whole

RESCUE = ("naloxone", "nalmefene")
BEFORE_EXPIRY_DAYS = whole("naloxone_before_expiry")
REFRESH = "P1Y"
RECENT_END_DAYS = whole("naloxone_after_end")

_CDC_LIST = s.CDC_2022.at("p. 20: offer naloxone")
_FDA_ALL = s.FDA_2020.at("discuss with everyone who is prescribed an opioid, on starting and renewing")
_FDA_DEPRESSANT = s.FDA_2020.at("benzodiazepines and other CNS depressants")

REASONS: Mapping[Risk, tuple[Source, ...]] = MappingProxyType(
    {
        Risk.DOSE_50: (s.CDC_2022.at("p. 20: 50 MME/d or more"), s.HHS_2018.at("50 MME/d or more")),
        Risk.DOSE_90: (s.CALIFORNIA,),
        Risk.BENZODIAZEPINE: (_CDC_LIST, _FDA_DEPRESSANT, s.HHS_2018.at("any dose with a benzodiazepine")),
        Risk.GABAPENTINOID: (_FDA_DEPRESSANT,),
        Risk.OTHER_SEDATIVE: (_FDA_DEPRESSANT,),
        Risk.ALCOHOL: (s.HHS_2018.at("alcohol"),),
        Risk.SLEEP_DISORDERED_BREATHING: (_CDC_LIST, s.HHS_2018.at("obstructive sleep apnea, any dose")),
        Risk.LUNG_DISEASE: (s.HHS_2018.at("COPD, any dose"),),
        Risk.SUBSTANCE_USE: (_CDC_LIST, s.HHS_2018.at("substance use disorder other than of opioids, alcohol")),
        Risk.OPIOID_USE_DISORDER: (_CDC_LIST, s.FDA_2020.at("opioid use disorder")),
        Risk.OUD_TREATMENT: (s.FDA_2020.at("treatment of opioid use disorder"),),
        Risk.METHADONE: (s.OURS.at("methadone: long and variable effect; no list of medsteward names it"),),
        Risk.PRIOR_OVERDOSE: (_CDC_LIST, s.FDA_2020.at("prior overdose"), s.HHS_2018.at("prior overdose")),
        Risk.LOST_TOLERANCE: (_CDC_LIST, s.VA_2016.at("tolerance can be lost within a week")),
        Risk.TAPER: (s.VA_2016.at("naloxone and overdose education at the start of a taper"),),
        Risk.AGE: (s.CDC_PAGE.at("extra caution; not in its naloxone list"),),
        Risk.ORGANS: (s.CDC_PAGE.at("extra caution; not in its naloxone list"),),
        Risk.COGNITION: (s.UTAH.at("cognitive decline"),),
        Risk.MENTAL_DISORDER: (s.HHS_2018.at("mental disorder"),),
        Risk.SUICIDALITY: (s.practice("opioid label, small supplies and naloxone with suicidality"),),
        Risk.CHILDREN: (
            s.FDA_2020.at("household members, children"),
            s.UTAH.at("a preschool child lives there or visits"),
        ),
        Risk.OTHERS_AT_HOME: (s.FDA_2020.at("household members"),),
    }
)
"""The sources that name each reason."""

_SHORT = {
    s.CDC_2022.key: "CDC 2022",
    s.CDC_PAGE.key: "CDC: extra caution, not in its naloxone list",
    s.FDA_2020.key: "FDA 2020",
    s.HHS_2018.key: "HHS 2018",
    s.UTAH.key: "Utah R384-210-2",
    s.CALIFORNIA.key: "California AB 2760 of 2019",
    s.VA_2016.key: "VA 2016",
    s.OURS.key: "medsteward's own rule",
}


def _named(sources: tuple[Source, ...]) -> str:
    """Who names a reason: ``CDC 2022, FDA 2020``."""
    return ", ".join(dict.fromkeys(_SHORT.get(source.key, source.standing.words) for source in sources))


PRODUCTS = (
    Point("products", "nasal spray 4 mg (Narcan, generics), without prescription in the US", s.NARCAN),
    Point("products", "Narcan repeats every 2 to 3 minutes, in the other nostril", s.recalled(s.NARCAN, "directions")),
    Point("products", "nasal spray 3 mg (RiVive), without prescription", s.recalled(s.NARCAN, "RiVive")),
    Point("products", "nasal spray 8 mg (Kloxxado); repeat every 2 to 3 minutes, other nostril", s.KLOXXADO),
    Point(
        "products",
        "nasal sprays 4 mg (Rextovy) and 10 mg (Rezenopy)",
        s.recalled(s.WORST_PILLS, "strengths"),
    ),
    Point(
        "products",
        "5 mg/0.5 mL prefilled syringe into muscle or under the skin (Zimhi); repeat every 2 to 3 minutes",
        s.ZIMHI,
    ),
    Point(
        "products",
        "injection 0.4 and 1 mg/mL: 0.4 to 2 mg, repeat every 2 to 3 minutes; no effect after 10 mg: another cause",
        s.NALOXONE_INJECTION,
    ),
    Point("products", "nalmefene nasal spray 2.7 mg (Opvee), age 12 and over; repeat every 2 to 5 minutes", s.OPVEE),
    Point(
        "products",
        "nalmefene auto-injector 1.5 mg into muscle or under the skin (Zurnai), age 12 and over",
        s.ZURNAI,
    ),
    Point(
        "products",
        "higher doses and nalmefene are not preferred: more and longer withdrawal",
        s.WORST_PILLS,
    ),
    Point("products", "two doses are dispensed", s.practice("naloxone, two doses")),
)
HOUSEHOLD = (
    Point("household", "signs: cannot be woken, slow or no breathing, pinpoint pupils, blue lips", s.IHS_2020),
    Point(
        "household",
        "always call 911, give a dose, rescue breathing, recovery position, repeat as the product says",
        s.IHS_2020,
    ),
    Point("household", "the effect is temporary: stay", s.IHS_2020),
    Point(
        "household",
        "patients cannot give it to themselves: the household must know where it is; let them teach it back",
        s.IHS_2020,
    ),
    Point("household", "withdrawal may follow a dose", s.recalled(s.IHS_2020, "household education")),
    Point(
        "household",
        "lock opioids away, children take them by accident; use take-back disposal",
        s.recalled(s.IHS_2020, "household education"),
    ),
    Point(
        "household",
        "tolerance is lost after a taper or illness; no alcohol or other sedatives",
        s.recalled(s.IHS_2020, "household education"),
    ),
)
KEEPING = (
    Point(
        "refill",
        "when used, lost or expired; offer again at each opioid renewal",
        s.FDA_2020.at("on initiating and renewing (as read by IHS)"),
    ),
    Point("refill", "60 days before the printed day; refresh teaching every year", s.OURS),
    Point("refill", "shelf life of Narcan is 48 months for newly made lots: follow the printed day", s.SHELF_LIFE),
    Point("refill", "store at 15 to 25 C, do not freeze", s.practice("storage of naloxone")),
)


def naloxone(picture: Picture, done: Done, risks: Mapping[Risk, str]) -> tuple[Reminder, ...]:
    """Whether to offer naloxone, when to refill and when to replace it."""
    if not picture.opioids:
        return _after_the_end(picture, done)
    taken = {each.part.ingredient for each in picture.taken}
    listed = tuple([name for name in RESCUE if name in taken])
    record = done.of(Kind.NALOXONE)
    expiry = done.facts.get(Kind.NALOXONE_EXPIRY)
    expires = expiry if isinstance(expiry, date) else None
    has = has_naloxone(picture, done)
    reasons = {risk: sources for risk, sources in _applying(picture).items() if risk in risks}
    because = [f"{reason(risk, risks)} ({_named(sources)})" for risk, sources in reasons.items()]
    because.append("an opioid is prescribed: FDA asks to discuss naloxone with everyone")
    sources = [source for found in reasons.values() for source in found]
    if expires is not None and expires < picture.on:
        because.append(f"the patient's naloxone expired on {expires}")
    if has:
        what = ", ".join(listed) if listed else "naloxone is within reach"
        because.append(f"the patient has {what}" if listed else what)
    start = picture.first_day(picture.opioids) or picture.on
    due = after(record, REFRESH) if has and isinstance(record, date) else after(picture.on, REFRESH) if has else start
    if has and not isinstance(record, date):
        because.append(f"the day of the last teaching is not stated: counted from {picture.on}")
    offer = Reminder(
        kind=Kind.NALOXONE,
        due=due,
        because=tuple(because),
        consider=_consider(has=has, many=bool(reasons)),
        sources=tuple(dict.fromkeys((*sources, _FDA_ALL))),
        repeat=REFRESH,
        done=(record or True) if has else None,
        points=(*KEEPING, *HOUSEHOLD) if has else (*PRODUCTS, *HOUSEHOLD, *KEEPING),
    )
    if expires is None:
        return (offer,)
    return (offer, _replace(expires, picture))


def _after_the_end(picture: Picture, done: Done) -> tuple[Reminder, ...]:
    """Tolerance is lost when an opioid has ended: a return to the former dose is more dangerous than before."""
    ended = max((each.last for each in picture.past if each.is_opioid and each.last is not None), default=None)
    if ended is None or ended < before(picture.on, RECENT_END_DAYS) or has_naloxone(picture, done):
        return ()
    return (
        Reminder(
            kind=Kind.NALOXONE,
            due=ended,
            because=(
                f"{Risk.LOST_TOLERANCE.value}: the last opioid on the list ended on {ended}; a return to the former "
                "dose is more dangerous than before",
            ),
            consider=_consider(has=False, many=True),
            sources=(*REASONS[Risk.LOST_TOLERANCE], s.OURS.at("for 90 days after the last opioid")),
            points=(*PRODUCTS, *HOUSEHOLD, *KEEPING),
        ),
    )


def _applying(picture: Picture) -> Mapping[Risk, tuple[Source, ...]]:
    """The reasons, without CDC 2022 where it does not speak about this care."""
    if picture.is_outside is None:
        return REASONS
    kept = {
        risk: tuple(source for source in sources if source.citation != s.CDC_2022.citation)
        for risk, sources in REASONS.items()
    }
    return {risk: sources for risk, sources in kept.items() if sources}


def _consider(*, has: bool, many: bool) -> str:
    if has:
        return "Ask whether it is still there, unused and in date; refresh teaching for patient and household."
    if many:
        return "Offer naloxone and teach patient and household how to use it."
    return "Discuss naloxone with patient and household."


def _replace(expires: date, picture: Picture) -> Reminder:
    due = before(expires, BEFORE_EXPIRY_DAYS)
    state = "expired" if expires < picture.on else "expires"
    return Reminder(
        kind=Kind.NALOXONE_EXPIRY,
        due=due,
        because=(f"the patient's naloxone {state} on {expires}",),
        consider="Consider a new one in time; the printed day counts.",
        sources=(s.OURS.at("60 days before the printed day"), s.SHELF_LIFE),
    )


def has_naloxone(picture: Picture, done: Done) -> bool:
    """Whether naloxone or nalmefene for rescue is on the list or recorded as at hand and not expired."""
    if done.denies(Kind.NALOXONE):
        return False
    expires = done.facts.get(Kind.NALOXONE_EXPIRY)
    if isinstance(expires, date) and expires < picture.on:
        return False
    listed = not set(picture.takes(DrugClass.OPIOID_ANTAGONIST)).isdisjoint(RESCUE)
    return listed or bool(done.of(Kind.NALOXONE)) or isinstance(expires, date)
