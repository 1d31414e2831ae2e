"""The 12 recommendations of CDC 2022: for each, whether it speaks about this case, why, or which fact is lacking.

A recommendation that applies asks for thought; none of them is a reason to lower an opioid at a fixed dose. Fifty
MME/d is where benefit and risk are weighed again, not where a taper begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum

from attrs import frozen

from medsteward.bibliography import cite
from medsteward.caches import made_once
from medsteward.drugs.index import opioids
from medsteward.drugs.products import listed_products
from medsteward.model.amount import Amount
from medsteward.model.conditions import Indication
from medsteward.model.missing import CONDITIONS, MME, Ask, Missing
from medsteward.model.number import decimal_text
from medsteward.model.oud import DISORDER, TREATMENTS, OudTreatment, open_fact
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.patient.picture import Picture, Tolerance
from medsteward.reminders.days import before
from medsteward.reminders.done import Done, read_done
from medsteward.reminders.monitoring import ADULT_AGE, Length, length_of
from medsteward.reminders.naloxone import has_naloxone
from medsteward.reminders.places import CDC_2022
from medsteward.reminders.reminder import Kind
from medsteward.reminders.risks import Risk, reason, risks_of, takes_cns_depressant

QUARTER_DAYS = 90
YEAR_DAYS = 365
SUPPLY_DAYS = 7
REWEIGH_MME = 50
FIRST_REVIEW_DAYS = 28

LOGIC = cite("CDC-CDS-2025", "functional description")
"""The published lines we follow, but for its taper logic at 90 MME, which contradicts the recommendation itself."""


class Applies(Enum):
    """Whether a recommendation speaks about the case now."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    OUT_OF_SCOPE = "out_of_scope"


@frozen
class Recommendation:
    """One recommendation held against a case.

    ``about`` is what it is about in our words, ``category`` and ``evidence`` its grading. ``because`` are the facts
    that decide; ``missing`` the facts that would. ``asks`` is what it asks for.
    """

    number: int
    about: str
    category: str
    evidence: int
    applies: Applies
    because: tuple[str, ...]
    missing: tuple[Missing, ...]
    asks: str
    sources: tuple[Source, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The facts that would decide, in words."""
        return tuple(each.text for each in self.missing)


@frozen
class Fact:
    """A fact of the case: true, false or not known, in words; ``missing`` is what would settle it."""

    holds: bool | None
    text: str
    missing: Missing | None = None


@frozen
class _Stated:
    """One recommendation as published: its number, what it is about, grading, what it asks for and its facts."""

    number: int
    about: str
    category: str
    evidence: int
    asks: str
    facts: tuple[Callable[[_View], Fact], ...]


@frozen
class _View:
    """A case as the facts look at it."""

    picture: Picture
    done: Done
    risks: Mapping[Risk, str]
    mme_for_pain: Amount | None


def recommendations(
    case: Case,
    *,
    mme: Amount | None = None,
    mme_complete: bool = True,
    mme_if_all: Amount | None = None,
    mme_for_pain: Amount | None = None,
) -> tuple[Recommendation, ...]:
    """The 12 recommendations for a case on its day.

    ``mme`` is the day's MME in MME/d (None: not known), ``mme_for_pain`` that of the opioids that are surely for pain
    alone (None: the same). ``mme_if_all`` is the higher figure where lines may be one prescription: no recommendation
    rests on it alone.
    """
    picture = Picture(case, mme=mme, mme_complete=mme_complete, mme_if_all=mme_if_all)
    return recommendations_of(picture, mme_for_pain=mme_for_pain)


def recommendations_of(picture: Picture, *, mme_for_pain: Amount | None = None) -> tuple[Recommendation, ...]:
    """The same where the picture of the case is ready."""
    view = _View(
        picture, read_done(picture.case), risks_of(picture), picture.mme if mme_for_pain is None else mme_for_pain
    )
    outside = _outside(picture)
    return tuple(_held(stated, view, outside) for stated in STATED)


def _held(stated: _Stated, view: _View, outside: str | None) -> Recommendation:
    found = [fact(view) for fact in stated.facts] if outside is None else []
    because: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    if outside is not None:
        applies, because = Applies.OUT_OF_SCOPE, (outside,)
    elif any(fact.holds is False for fact in found):
        applies, because = Applies.NO, tuple(fact.text for fact in found if fact.holds is False)[:1]
    elif any(fact.holds is None for fact in found):
        applies = Applies.UNKNOWN
        because = tuple(fact.text for fact in found if fact.holds)
        missing = tuple(dict.fromkeys(fact.missing for fact in found if fact.missing is not None))
    else:
        applies, because = Applies.YES, tuple(fact.text for fact in found)
    return Recommendation(
        number=stated.number,
        about=stated.about,
        category=stated.category,
        evidence=stated.evidence,
        applies=applies,
        because=because,
        missing=missing,
        asks=stated.asks,
        sources=(CDC_2022.at(f"Recommendation {stated.number}"), LOGIC),
    )


def _outside(picture: Picture) -> str | None:
    """Why the guideline does not speak about this case at all."""
    if picture.patient.age is not None and picture.patient.age < ADULT_AGE:
        return "under 18"
    if picture.is_outside is not None:
        return picture.is_outside.value
    return "inpatient" if "inpatient" in picture.contexts else None


# --- facts ------------------------------------------------------------------------------------------------------


def _open(text: str, *about: Ask, done: str = "") -> Fact:
    """A fact that is not known, and what would settle it; ``done`` is its name in the case's ``[done]`` table."""
    return Fact(None, "", Missing(f"{text} (done.{done})" if done else text, about, done=done))


def _unread(view: _View) -> Fact:
    lines = view.picture.unread
    said = ", ".join(f"line {number}" for number in lines)
    return Fact(None, "", Missing(f"the drug on {said}", lines=tuple(lines)))


def _opioid(view: _View) -> Fact:
    names = tuple(dict.fromkeys(each.ingredient for each in view.picture.opioids_for_pain))
    if names:
        return Fact(True, f"takes {', '.join(names)} for pain")
    if view.picture.unread:
        return _unread(view)
    if view.picture.unclear:
        return _open(open_fact(view.picture.unclear[0]))
    if any(each.oud is OudTreatment.YES for each in view.picture.opioids):
        return Fact(False, "the opioid is for opioid use disorder, not for pain")
    if view.picture.opioids:
        return Fact(False, "the opioid is treatment of opioid use disorder as well as of pain")
    return Fact(False, "no opioid for pain is on the list")


def _acute(view: _View) -> Fact:
    length, missing = length_of(view.picture)
    if length is None:
        return Fact(None, "", missing[0])
    return Fact(length is Length.ACUTE, "acute pain" if length is Length.ACUTE else "subacute or chronic pain")


def _longer(view: _View) -> Fact:
    acute = _acute(view)
    return Fact(None if acute.holds is None else not acute.holds, acute.text, acute.missing)


def _naive(view: _View) -> Fact:
    """No opioid in the 90 days before today's opioids."""
    picture = view.picture
    if picture.has("opioid naive"):
        return Fact(True, "opioid naive")
    if picture.tolerance is Tolerance.TOLERANT:
        return Fact(False, "takes opioids already")
    starts = [each.first for each in picture.opioids_for_pain if each.first is not None]
    first = min(starts, default=None)
    since = picture.patient.opioid_since
    if since is not None and since < (first or picture.on):
        return Fact(False, f"opioids since {since}")
    if first is not None:
        edge = before(first, QUARTER_DAYS)
        earlier = [each.last for each in picture.past if each.is_opioid and each.last is not None and each.last >= edge]
        if earlier:
            return Fact(False, f"an opioid until {max(earlier)}")
        if since is not None:
            return Fact(True, f"the first opioid began on {since}")
    return _open("whether opioids were taken in the 90 days before (opioid_since or opioid_tolerant)")


def _already_on(view: _View) -> Fact:
    naive = _naive(view)
    return Fact(None if naive.holds is None else not naive.holds, naive.text, naive.missing)


def _long_acting(view: _View) -> Fact:
    names = [each.ingredient for each in view.picture.opioids_for_pain if each.is_long_acting]
    if names:
        return Fact(True, f"extended-release or long-acting: {', '.join(dict.fromkeys(names))}")
    open_ones = [
        each.ingredient
        for each in view.picture.opioids_for_pain
        if each.regimen.product.release is None and each.ingredient in _both_releases()
    ]
    if open_ones:
        return _open(f"whether {', '.join(dict.fromkeys(open_ones))} is extended-release (ER) or immediate (IR)")
    return Fact(False, "no extended-release or long-acting opioid")


@made_once
def _both_releases() -> frozenset[str]:
    """Opioids that exist as extended-release products by mouth."""
    er = {
        component.ingredient
        for listed in listed_products()
        if listed.product.release == "ER" and listed.product.route == "oral"
        for component in listed.product.components
    }
    return opioids() & er


def _at_50(view: _View) -> Fact:
    reaches, mme = view.picture.reaches(REWEIGH_MME), view.mme_for_pain
    if reaches and mme is not None and mme.value < REWEIGH_MME:  # only with what is not surely for pain
        if view.picture.unclear:
            return _open(open_fact(view.picture.unclear[0]))
        reaches = False if view.picture.mme_complete else None
    if reaches is None or mme is None:
        return _open(_the_mme(view), MME)
    is_all = mme == view.picture.mme
    shown = view.picture.mme_figures if is_all else f"{decimal_text(mme.value, 2)} MME/d"
    return Fact(reaches, f"{shown}, {'at or above' if reaches else 'below'} {REWEIGH_MME}")


def _the_mme(view: _View) -> str:
    """The day's MME as a fact that is lacking; with both figures where lines may be one prescription."""
    return "the day's MME" if view.picture.mme_if_all is None else f"the day's MME: {view.picture.mme_words}"


def _supply(view: _View) -> Fact:
    supplies = [each.regimen.days_supply for each in view.picture.opioids_for_pain]
    known = [supply for supply in supplies if supply is not None]
    if any(supply > SUPPLY_DAYS for supply in known):
        return Fact(True, f"a supply of {decimal_text(max(known))} days")
    if len(known) < len(supplies):
        return _open("the days' supply of the opioid")
    return Fact(False, f"no supply above {SUPPLY_DAYS} days")


def _recorded(view: _View, kind: Kind, days: int, what: str) -> Fact:
    """Whether something was NOT done in the last ``days`` days."""
    done = view.done.facts.get(kind)
    if done is False:
        return Fact(True, f"{what}: stated as not done")
    if done is True:
        return Fact(False, f"{what}: done")
    if isinstance(done, date):
        late = done < before(view.picture.on, days)
        return Fact(late, f"{what}: last on {done}")
    return _open(f"when {what} was last done", done=kind.value)


def _not_assessed(view: _View) -> Fact:
    what = "benefit and risk were weighed"
    start = view.picture.first_day(view.picture.opioids_for_pain)
    done = view.done.facts.get(Kind.REASSESS)
    if isinstance(done, date) and start is not None and done < start:
        return Fact(True, f"{what}: last on {done}, before the opioid began on {start}")
    found = _recorded(view, Kind.REASSESS, QUARTER_DAYS, what)
    if found.holds is None:
        return _open("when benefit and risk were last weighed", done=Kind.REASSESS.value)
    return found


def _no_pdmp(view: _View) -> Fact:
    return _recorded(view, Kind.PDMP, QUARTER_DAYS, "the PDMP check")


def _no_urine(view: _View) -> Fact:
    return _recorded(view, Kind.URINE_DRUG_TEST, YEAR_DAYS, "the urine drug test")


def _other(name: str, days: int, what: str) -> Callable[[_View], Fact]:
    def fact(view: _View) -> Fact:
        done = view.done.others.get(name)
        if isinstance(done, date):
            recent = done >= before(view.picture.on, days)
            return Fact(not recent, f"{what} on {done}")
        if done is None:
            return _open(f"whether there was {what} in the last {days} days", done=name)
        return Fact(not done, what if done else f"no {what}")

    return fact


def _no_naloxone(view: _View) -> Fact:
    if has_naloxone(view.picture, view.done):
        return Fact(False, "naloxone is on the list or at hand")
    if view.picture.unread:
        return _unread(view)
    return Fact(True, "no naloxone is on the list")


_HARM_RISKS = (
    Risk.DOSE_50,
    Risk.BENZODIAZEPINE,
    Risk.GABAPENTINOID,
    Risk.OTHER_SEDATIVE,
    Risk.SLEEP_DISORDERED_BREATHING,
    Risk.SUBSTANCE_USE,
    Risk.OPIOID_USE_DISORDER,
    Risk.PRIOR_OVERDOSE,
    Risk.LOST_TOLERANCE,
)


def _harm_risk(view: _View) -> Fact:
    found = [reason(risk, view.risks) for risk in _HARM_RISKS if risk in view.risks]
    if found:
        return Fact(True, "; ".join(found))
    asked: dict[Ask, str] = {}
    if view.picture.reaches(REWEIGH_MME) is None:
        asked[MME] = _the_mme(view)
    if not view.picture.patient.conditions and not view.done.of(Kind.SCREENING):
        asked[CONDITIONS] = "conditions (sleep apnea, substance use, prior overdose) or done.screening"
    if asked:
        return _open(" and ".join(asked.values()), *asked)
    return Fact(False, "none of the reasons it names is on the list")


def _depressant(view: _View) -> Fact:
    names = takes_cns_depressant(view.picture)
    if names:
        return Fact(True, f"takes {', '.join(names)} as well")
    if view.picture.unread:
        return _unread(view)
    return Fact(False, "no benzodiazepine or other sedative of that kind is on the list")


def _oud(view: _View) -> Fact:
    if view.picture.has(DISORDER) or Indication.OPIOID_USE_DISORDER in view.picture.indications:
        return Fact(True, DISORDER)
    if view.picture.patient.conditions or view.done.of(Kind.SCREENING):
        return Fact(False, "no opioid use disorder is on the list of conditions")
    return _open("whether there is opioid use disorder (conditions)", CONDITIONS)


def _no_treatment(view: _View) -> Fact:
    """No treatment of opioid use disorder; an opioid that is for pain is none."""
    names = [each.ingredient for each in view.picture.opioids if each.is_for_oud]
    if names:
        return Fact(False, f"takes {', '.join(dict.fromkeys(names))}")
    unclear = [name for name in view.picture.unclear if name in TREATMENTS]
    if unclear:
        return _open(open_fact(unclear[0]))
    if view.picture.unread:
        return _unread(view)
    return Fact(True, "no buprenorphine or methadone is on the list")


STATED: Sequence[_Stated] = (
    _Stated(
        1,
        "acute pain: non-opioid treatment first",
        "B",
        3,
        "Go over non-opioid options, benefits and risks.",
        (_opioid, _acute, _naive),
    ),
    _Stated(
        2,
        "subacute and chronic pain: goals and a way out before starting",
        "A",
        2,
        "Set goals for pain and function, and how the opioid would be ended if it does not help.",
        (
            _opioid,
            _longer,
            _naive,
            _other("pain_procedure", QUARTER_DAYS, "a pain procedure"),
            _other("treatment_plan", QUARTER_DAYS, "a treatment plan"),
        ),
    ),
    _Stated(
        3,
        "start with immediate-release opioids",
        "A",
        4,
        "Consider immediate-release instead of extended-release or long-acting.",
        (_opioid, _naive, _long_acting),
    ),
    _Stated(
        4,
        "lowest effective dose",
        "A",
        3,
        "Weigh benefit and risk again at this dose; keep to the lowest that works.",
        (_opioid, _at_50),
    ),
    _Stated(
        5,
        "changing a dose that is already taken",
        "B",
        4,
        "Weigh benefit and risk of going on and of changing; any lowering is gradual and agreed, never abrupt.",
        (_opioid, _at_50, _already_on),
    ),
    _Stated(
        6,
        "acute pain: no more than is needed",
        "A",
        4,
        "Fit the quantity to the expected length of severe pain (the 7 days are those of the published logic).",
        (_opioid, _acute, _supply),
    ),
    _Stated(
        7,
        "weigh benefit and risk within 1 to 4 weeks, then regularly",
        "A",
        4,
        "Weigh benefit and risk with the patient now.",
        (_opioid, _longer, _not_assessed),
    ),
    _Stated(
        8,
        "lower the risk of harm; offer naloxone",
        "A",
        4,
        "Offer naloxone and teach patient and household.",
        (_opioid, _no_naloxone, _harm_risk),
    ),
    _Stated(9, "prescription monitoring data", "B", 4, "Check the PDMP.", (_opioid, _no_pdmp)),
    _Stated(
        10,
        "toxicology testing",
        "B",
        4,
        "Weigh benefits and risks of a test; talk over an unexpected result, confirm it, never dismiss for it.",
        (_opioid, _longer, _no_urine),
    ),
    _Stated(
        11,
        "opioid with a benzodiazepine or other sedative",
        "B",
        3,
        "Take particular care; weigh whether both are needed. Any change of either is gradual.",
        (_opioid, _depressant),
    ),
    _Stated(
        12,
        "treatment of opioid use disorder",
        "A",
        1,
        "Offer buprenorphine or methadone, or arrange it; withdrawal management alone is not recommended.",
        (_oud, _no_treatment),
    ),
)
"""The recommendations in order. Grading and statements are those of the guideline, in our words."""
